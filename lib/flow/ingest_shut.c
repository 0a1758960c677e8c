/*
 * Do Not Call: no calls and no texts, whoever's list says so.
 *
 * Must never close mail: a number's suppression of all channels would, since
 * the person behind it is one.
 */
#include "flow/ingest_room.h"

/* The channels of a number. */
static const char *const channels[] = { "sms", "voice", "whatsapp" };

static int
shut_calls(struct fu_ingest *in, int64_t id, const struct fu_ingest_row *row,
    int64_t at_us, const char *only, bool *news, struct fu_err *err)
{
	struct fu_optout	 o = { .reason = "suppressed", .rule = "TC-10",
	    .source = "import", .actor = "import", .at_us = at_us,
	    .until_us = FU_NEVER, .phones = true, .only = only,
	    .keep = FU_OUT_CALLS, .again = true, .brought = true };
	bool			 n;

	for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++) {
		o.channel = channels[i];
		if (fu_ingest_optout(in, id, row, &o, &n, err) == -1)
			return (-1);
		*news = *news || n;
	}
	return (0);
}

int
fu_ingest_shut(struct fu_ingest *in, int64_t id,
    const struct fu_ingest_row *row, int64_t whose, unsigned bits,
    int64_t at_us, const char *only, bool *news, struct fu_err *err)
{
	const char	*kind = NULL;

	if (bits != 0 && fu_event_optout(&in->session->store, whose, at_us,
	    &in->scratch, &kind, err) == -1)
		return (-1);
	if (fu_ingest_import(in, id, row, bits, at_us, only, kind, news,
	    err) == -1)
		return (-1);
	return ((bits & FU_OUT_CALLS) == 0 ? 0 : shut_calls(in, id, row, at_us,
	    only, news, err));
}

int
fu_ingest_shut_columns(struct fu_ingest *in, int64_t id,
    const struct fu_ingest_row *row, bool *news, struct fu_err *err)
{
	if (fu_ingest_columns(in, id, row, news, err) == -1)
		return (-1);
	return ((row->person->optout & FU_OUT_CALLS) == 0 ? 0 : shut_calls(in,
	    id, row, in->session->store.now_us, NULL, news, err));
}
