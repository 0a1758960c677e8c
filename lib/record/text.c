/*
 * Bytes of a descriptor as lines of UTF-8.
 *
 * Never holds more than FU_TEXT_HOLD_MAX and a read's worth beyond it, and
 * never waits for more than the next line needs.
 */
#include "record/json.h"
#include "record/text.h"

#include <errno.h>
#include <iconv.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/sig.h"

#define READ_MAX	65536
/* UTF-16 grows by a half at most when it becomes UTF-8. */
#define ROOM_MIN	(2 * READ_MAX)
#define SNIFF_MIN	8
#define CUT_SHOWN	200	/* octets of a line too long, for its report */

struct fu_text {
	const char		*name;
	int			 fd;
	enum fu_encoding	 encoding;
	iconv_t			 cd;		/* for UTF-16 */
	bool			 decodes;
	bool			 eof, stopped;
	bool			 cut;		/* skip to the line's end */
	uint64_t		 bytes;
	char			*buf;
	size_t			 begin;		/* of what is held */
	size_t			 pos, end, cap;
	size_t			 lf;		/* next LF at or behind pos */
	bool			 lf_known;
	size_t			 scan;		/* no LF in pos..scan */
	uint64_t		 number;	/* of the next line */
	char			*raw;		/* UTF-16 not yet decoded */
	size_t			 rawlen;
};

static const char *const encoding_names[FU_ENCODING_N] = {
	[FU_ENC_UTF8] = "UTF-8",
	[FU_ENC_UTF8_BOM] = "UTF-8 with BOM",
	[FU_ENC_UTF16LE] = "UTF-16LE",
	[FU_ENC_UTF16BE] = "UTF-16BE",
};

/* Files that people rename to .csv, by their first bytes. */
static const struct {
	const char	*magic;
	size_t		 len;
	const char	*what;
} strangers[] = {
	{ "PK\003\004", 4, "a spreadsheet (zip) file: save it as CSV" },
	{ "\320\317\021\340", 4, "a spreadsheet (old Excel) file: save it as "
	    "CSV" },
	{ "%PDF", 4, "a PDF file: export it as CSV" },
	{ "\037\213", 2, "compressed: gunzip it first" },
	{ "(\265/\375", 4, "compressed: unzstd it first" },
	{ "SQLite format 3", 15, "a database: export a table as CSV" },
};

static void
make_room(struct fu_text *t)
{
	if (t->cap - t->end >= ROOM_MIN)
		return;
	if (t->begin > 0) {
		memmove(t->buf, t->buf + t->begin, t->end - t->begin);
		t->pos -= t->begin;
		t->end -= t->begin;
		t->scan = t->scan > t->begin ? t->scan - t->begin : 0;
		/* One behind us is of no use, and would wrap around. */
		t->lf_known = t->lf_known && t->lf >= t->begin;
		t->lf -= t->lf_known ? t->begin : t->lf;
		t->begin = 0;
	}
	if (t->cap - t->end < ROOM_MIN) {
		t->cap = t->end + 2 * ROOM_MIN;
		t->buf = realloc(t->buf, t->cap);
		if (t->buf == NULL)
			fu_oom();
	}
}

/* Decode what is in raw; at the end of the input a half character is one that
 * was lost. */
static void
decode(struct fu_text *t)
{
	char *in = t->raw, *out = t->buf + t->end;
	size_t inleft = t->rawlen, outleft = t->cap - t->end;

	while (inleft > 0) {
		if (iconv(t->cd, &in, &inleft, &out, &outleft) != (size_t)-1)
			break;
		if (errno == E2BIG || (errno == EINVAL && !t->eof))
			break;
		if (outleft < 3)
			break;
		memcpy(out, "\357\277\275", 3);
		out += 3;
		outleft -= 3;
		in += inleft < 2 ? inleft : 2;
		inleft -= inleft < 2 ? inleft : 2;
	}
	memmove(t->raw, in, inleft);
	t->rawlen = inleft;
	t->end = (size_t)(out - t->buf);
}

/* Take one read's worth.  1, 0 at the end, -1. */
static int
fill(struct fu_text *t, struct fu_err *err)
{
	char *to;
	ssize_t n;

	if (t->eof || t->stopped)
		return (0);
	make_room(t);
	to = t->decodes ? t->raw + t->rawlen : t->buf + t->end;
	for (;;) {
		if (fu_sig_stopping()) {
			t->stopped = true;
			return (0);
		}
		n = read(t->fd, to, READ_MAX);
		if (n >= 0)
			break;
		if (errno == EAGAIN) {
			struct pollfd p = { .fd = t->fd, .events = POLLIN };

			(void)poll(&p, 1, -1);
		} else if (errno != EINTR)
			return (fu_err_sys(err, FU_EIO, "%s", t->name));
	}
	t->bytes += (uint64_t)n;
	if (n == 0)
		t->eof = true;
	if (t->decodes) {
		t->rawlen += (size_t)n;
		decode(t);
	} else
		t->end += (size_t)n;
	return (n > 0 ? 1 : 0);
}

/* UTF-16 without a mark: one half of every pair is mostly NUL. */
static int
sniff_utf16(const unsigned char *p, size_t n)
{
	size_t even = 0, odd = 0;

	n &= ~(size_t)1;
	for (size_t i = 0; i < n; i += 2) {
		even += p[i] == 0;
		odd += p[i + 1] == 0;
	}
	if (n < 4)
		return (-1);
	if (odd * 10 >= n / 2 * 7 && even * 10 < n / 2)
		return (FU_ENC_UTF16LE);
	if (even * 10 >= n / 2 * 7 && odd * 10 < n / 2)
		return (FU_ENC_UTF16BE);
	return (-1);
}

static int
begin_utf16(struct fu_text *t, enum fu_encoding encoding, size_t skip,
    struct fu_err *err)
{
	t->cd = iconv_open("UTF-8", fu_encoding_name(encoding));
	if (t->cd == (iconv_t)-1)
		return (fu_err_sys(err, FU_EUNAVAILABLE, "%s: iconv from %s",
		    t->name, fu_encoding_name(encoding)));
	t->encoding = encoding;
	t->decodes = true;
	t->raw = malloc(2 * READ_MAX);
	if (t->raw == NULL)
		fu_oom();
	t->rawlen = t->end - skip;
	memcpy(t->raw, t->buf + skip, t->rawlen);
	t->end = 0;
	decode(t);
	return (0);
}

static int
sniff(struct fu_text *t, struct fu_err *err)
{
	const unsigned char *p = (const unsigned char *)t->buf;
	size_t n = t->end;
	int found;

	for (size_t i = 0; i < sizeof(strangers) / sizeof(strangers[0]); i++)
		if (n >= strangers[i].len &&
		    memcmp(p, strangers[i].magic, strangers[i].len) == 0)
			return (fu_err_set(err, FU_EDATA, "%s: is %s", t->name,
			    strangers[i].what));
	if (n >= 2 && p[0] == 0xff && p[1] == 0xfe)
		return (begin_utf16(t, FU_ENC_UTF16LE, 2, err));
	if (n >= 2 && p[0] == 0xfe && p[1] == 0xff)
		return (begin_utf16(t, FU_ENC_UTF16BE, 2, err));
	if (n >= 3 && memcmp(p, "\357\273\277", 3) == 0) {
		t->encoding = FU_ENC_UTF8_BOM;
		t->begin = t->pos = t->scan = 3;
	}
	if (memchr(p, 0, n) == NULL)
		return (0);
	found = sniff_utf16(p, n);
	if (found < 0)
		return (fu_err_set(err, FU_EDATA, "%s: is not text: it holds "
		    "NUL bytes; save it as CSV in UTF-8", t->name));
	return (begin_utf16(t, (enum fu_encoding)found, 0, err));
}

struct fu_text *
fu_text_open(int fd, const char *name, struct fu_err *err)
{
	struct fu_text *t;
	int r = 1;

	t = calloc(1, sizeof(*t));
	if (t == NULL)
		fu_oom();
	t->name = name;
	t->fd = fd;
	t->number = 1;
	while (r > 0 && t->end < SNIFF_MIN &&
	    (t->end == 0 || memchr(t->buf, '\n', t->end) == NULL))
		r = fill(t, err);
	if (r >= 0 && t->end > 0)
		r = sniff(t, err);
	if (r < 0) {
		fu_text_close(t);
		return (NULL);
	}
	return (t);
}

void
fu_text_close(struct fu_text *t)
{
	if (t == NULL)
		return;
	if (t->decodes)
		iconv_close(t->cd);
	free(t->raw);
	free(t->buf);
	free(t);
}

/* A whole JSON array or object is no table's header, whatever follows it. */
static bool
begins_in_json(struct fu_str s)
{
	const char	*nl;
	struct fu_json	 value;

	if (s.len == 0 || (s.ptr[0] != '{' && s.ptr[0] != '['))
		return (false);
	if (s.ptr[0] == '{')
		return (true);
	if ((nl = memchr(s.ptr, '\n', s.len)) != NULL)
		s.len = (size_t)(nl - s.ptr);
	return (fu_json_parse(fu_str_trim(s), &value, NULL) == 0);
}

/* A line that is none, and then a record: no table has that either. */
static bool
goes_on_in_json(struct fu_str s)
{
	const char	*nl = memchr(s.ptr, '\n', s.len), *end;
	struct fu_json	 value;

	if (nl == NULL || nl[1] != '{')
		return (false);
	s = (struct fu_str){ nl + 1, s.len - (size_t)(nl + 1 - s.ptr) };
	if ((end = memchr(s.ptr, '\n', s.len)) != NULL)
		s.len = (size_t)(end - s.ptr);
	return (fu_json_parse(fu_str_trim(s), &value, NULL) == 0);
}

enum fu_text_kind
fu_text_kind(const struct fu_text *t)
{
	struct fu_str s = { t->buf + t->pos, t->end - t->pos };

	if (s.len == 0)
		return (FU_TEXT_EMPTY);
	s = fu_str_trim(s);
	return (begins_in_json(s) || goes_on_in_json(s) ? FU_TEXT_NDJSON :
	    FU_TEXT_ROWS);
}

enum fu_encoding
fu_text_encoding(const struct fu_text *t)
{
	return (t->encoding);
}

const char *
fu_encoding_name(enum fu_encoding e)
{
	return (encoding_names[e]);
}

const char *
fu_text_name(const struct fu_text *t)
{
	return (t->name);
}

uint64_t
fu_text_bytes(const struct fu_text *t)
{
	return (t->bytes);
}

uint64_t
fu_text_next_number(const struct fu_text *t)
{
	return (t->number);
}

/*
 * Find the end of the line at pos in what is read: its length in ${len}, that
 * of its end in ${over}.  False when more must be read to know.
 */
static bool
line_end(struct fu_text *t, size_t *len, size_t *over)
{
	const char *p = t->buf + t->pos, *cr;
	size_t limit;

	if (t->end == t->pos)
		return (false);
	if (!t->lf_known || t->lf < t->pos) {
		size_t from = t->scan > t->pos ? t->scan : t->pos;
		const char *lf;

		lf = memchr(t->buf + from, '\n', t->end - from);
		t->lf_known = lf != NULL;
		t->lf = lf != NULL ? (size_t)(lf - t->buf) : 0;
		t->scan = lf != NULL ? t->lf : t->end;
	}
	limit = t->lf_known ? t->lf : t->end;
	cr = memchr(p, '\r', limit - t->pos);
	if (cr != NULL) {
		size_t at = (size_t)(cr - t->buf);

		/* Whether a LF belongs to it is not known at the very end. */
		if (at + 1 == t->end && !t->eof)
			return (false);
		*len = at - t->pos;
		*over = at + 1 < t->end && cr[1] == '\n' ? 2 : 1;
		return (true);
	}
	if (t->lf_known) {
		*len = t->lf - t->pos;
		*over = 1;
		return (true);
	}
	*len = t->end - t->pos;
	*over = 0;
	return (t->eof);
}

void
fu_text_begin(struct fu_text *t)
{
	t->begin = t->pos;
}

int
fu_text_more(struct fu_text *t, size_t *off, size_t *len, struct fu_err *err)
{
	size_t over;

	while (!line_end(t, len, &over)) {
		if (t->end - t->begin > FU_TEXT_HOLD_MAX)
			return (2);
		if (t->stopped || (t->eof && t->end == t->pos))
			return (0);
		if (fill(t, err) < 0)
			return (-1);
	}
	if (t->pos + *len - t->begin > FU_TEXT_HOLD_MAX)
		return (2);
	*off = t->pos - t->begin;
	t->pos += *len + over;
	t->number++;
	return (1);
}

struct fu_str
fu_text_held(const struct fu_text *t)
{
	return ((struct fu_str){ t->buf + t->begin, t->pos - t->begin });
}

void
fu_text_back(struct fu_text *t, size_t offset, uint64_t number)
{
	t->pos = t->begin + offset;
	t->number = number;
	t->lf_known = false;
	t->scan = t->pos;
}

int
fu_text_skip(struct fu_text *t, struct fu_err *err)
{
	size_t len, over;

	while (!line_end(t, &len, &over)) {
		if (t->stopped || (t->eof && t->end == t->pos))
			return (0);
		/* A CR at the very end may have its LF to come. */
		t->pos = t->end > t->pos ? t->end - 1 : t->end;
		t->begin = t->pos;
		if (fill(t, err) < 0)
			return (-1);
	}
	t->pos += len + over;
	t->number++;
	return (1);
}

int
fu_text_line(struct fu_text *t, struct fu_str *line, uint64_t *number,
    bool *cut, struct fu_err *err)
{
	struct fu_str held;
	size_t off, len;
	int r;

	if (t->cut && (r = fu_text_skip(t, err)) != 1)
		return (r);
	t->cut = false;
	*number = t->number;
	*cut = false;
	fu_text_begin(t);
	r = fu_text_more(t, &off, &len, err);
	if (r == 2) {
		t->cut = *cut = true;
		*line = (struct fu_str){ t->buf + t->begin, CUT_SHOWN };
		line->len = fu_utf8_cut(line->ptr, line->len);
		return (1);
	}
	if (r != 1)
		return (r);
	held = fu_text_held(t);
	*line = (struct fu_str){ held.ptr + off, len };
	return (1);
}

struct fu_str
fu_text_head(const struct fu_text *t)
{
	size_t n = t->end - t->pos;

	return ((struct fu_str){ t->buf + t->pos,
	    n < CUT_SHOWN ? n : CUT_SHOWN });
}

bool
fu_text_pending(struct fu_text *t)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	size_t len, over;

	while (!line_end(t, &len, &over)) {
		if (t->eof || t->stopped || t->end - t->pos > FU_TEXT_HOLD_MAX)
			return (true);
		if (poll(&p, 1, 0) <= 0)
			return (false);
		if (fill(t, NULL) < 0)
			return (true);
	}
	return (true);
}
