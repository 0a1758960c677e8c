/*
 * Which of our messages an event answers, by the ids that it names: ours, or
 * those that a relay gave our message in their place.
 *
 * Must never believe a touch that the event names itself to be wrong: that is
 * looked at first, elsewhere.
 */
#include <string.h>

#include "flow/ingest_room.h"

#define IDS_MAX	20	/* of a thread, the newest */

bool
fu_ingest_answers(const struct fu_event *e)
{
	switch (e->kind) {
	case FU_K_REPLY:
	case FU_K_AUTO_REPLY:
	case FU_K_BOUNCE:
	case FU_K_DELIVERY:
	case FU_K_COMPLAINT:
	case FU_K_UNSUBSCRIBE:
	case FU_K_OBJECTION:
	case FU_K_ERASURE_REQUEST:
	case FU_K_MEETING:
		return (true);
	default:
		return (false);
	}
}

/* The ids of a text, or of a list of texts, the last first. */
static int
by_ids(struct fu_ingest *in, const char *text, int64_t *touch,
    struct fu_err *err)
{
	static const char	 between[] = " \t\r\n,";
	const char		*end = text + strlen(text), *from;
	int			 rc = 0;

	for (int i = 0; i < IDS_MAX && end > text && rc == 0; i++) {
		while (end > text && strchr(between, end[-1]) != NULL)
			end--;
		for (from = end; from > text &&
		    strchr(between, from[-1]) == NULL; from--)
			;
		if (from < end)
			rc = fu_touch_by_message(&in->session->store,
			    fu_dup_str(&in->scratch, (struct fu_str){ from,
			    (size_t)(end - from) }), touch, err);
		end = from;
	}
	return (rc);
}

/* A member that is a text, or a list of texts. */
static const char *
ids_of(struct fu_ingest *in, const struct fu_object *o, const char *member)
{
	const struct fu_json	*value = fu_json_get(o, member);
	const char		*text = "", *one;
	struct fu_json		*item;
	size_t			 n;

	if (value == NULL || value->type != FU_JSON_ARRAY)
		return (fu_json_text(&in->scratch, value));
	item = fu_json_items(&in->scratch, value, &n);
	for (size_t i = 0; i < n; i++)
		if ((one = fu_json_text(&in->scratch, &item[i])) != NULL)
			text = fu_printf(&in->scratch, "%s %s", text, one);
	return (text);
}

int
fu_ingest_thread(struct fu_ingest *in, struct fu_event *e, struct fu_err *err)
{
	static const char *const	 member[] = { "original_id",
		"in_reply_to", "references" };
	struct fu_object		 o;
	const char			*ids;
	int				 rc = 0;

	if (e->touch != 0 || !fu_ingest_answers(e))
		return (0);
	if (fu_json_object(&in->scratch, fu_str_of(e->body), &o, err) == -1)
		return (-1);
	for (size_t i = 0; i < sizeof(member) / sizeof(*member) && rc == 0; i++)
		if (!fu_blank(ids = ids_of(in, &o, member[i])))
			rc = by_ids(in, ids, &e->touch, err);
	return (rc == -1 ? -1 : 0);
}
