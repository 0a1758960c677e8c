/*
 * Judging a stream.
 *
 * Must never judge by few: one complaint in twenty mails says nothing.
 */
#include "base/str.h"
#include "policy/stream.h"

/* In hundredths of a percent. */
#define COMPLAINTS_WARN	10
#define COMPLAINTS_HIGH	30
#define BOUNCES_WARN	250
#define BOUNCES_HIGH	500

static enum fu_stream_level
level(int64_t n, int64_t of, int warn, int high)
{
	if (of < FU_STREAM_MAILS_MIN || n * 10000 < of * warn)
		return (FU_STREAM_FINE);
	return (n * 10000 < of * high ? FU_STREAM_WARN : FU_STREAM_HIGH);
}

enum fu_stream_level
fu_stream_level(int64_t mails, int64_t bounces, int64_t complaints)
{
	enum fu_stream_level	 a, b;

	a = level(complaints, mails - bounces, COMPLAINTS_WARN,
	    COMPLAINTS_HIGH);
	b = level(bounces, mails, BOUNCES_WARN, BOUNCES_HIGH);
	return (a > b ? a : b);
}

bool
fu_stream_pauses_complained(int64_t mails, int64_t bounces, int64_t complaints)
{
	return (complaints > 0 && mails >= FU_STREAM_MAILS_MIN &&
	    complaints * 10000 >= (mails - bounces) * COMPLAINTS_WARN);
}

bool
fu_stream_pauses_bounced(int64_t mails, int64_t bounces)
{
	return (level(bounces, mails, BOUNCES_WARN, BOUNCES_HIGH) ==
	    FU_STREAM_HIGH);
}

enum fu_auth
fu_stream_auth(bool checked, const char *spf, const char *dkim,
    const char *dmarc)
{
	if (!checked)
		return (FU_AUTH_UNKNOWN);
	return (fu_blank(spf) || fu_blank(dkim) || fu_blank(dmarc) ?
	    FU_AUTH_MISALIGNED : FU_AUTH_ALIGNED);
}
