/*
 * A stop event for each text that may be one and that nobody decided about.
 *
 * Must never do what a stop does: flow/ingest does that, as for any other.
 */
#include "flow/doubt.h"
#include "flow/ingest.h"
#include "policy/gate.h"
#include "store/events.h"
#include "store/prospects.h"

#define AT_ONCE	256

/* The event of that text; NULL where it is not there any more. */
static int
text_of(struct fu_ingest *in, const struct fu_doubt *d, struct fu_arena *arena,
    const struct fu_event **text, struct fu_err *err)
{
	struct fu_event	*e;
	size_t		 n;

	*text = NULL;
	if (fu_events_load(&in->session->store, d->prospect, arena, &e, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < n && *text == NULL; i++)
		if (e[i].at_us == d->at_us && !fu_blank(e[i].text) &&
		    (e[i].kind == FU_K_REPLY || e[i].kind == FU_K_MESSAGE))
			*text = &e[i];
	return (0);
}

static int
add_stop(struct fu_ingest *in, const struct fu_event *e,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_object	 o;
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	const char		*line, *reason;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", "stop");
	fu_jw_int(&jw, "prospect", e->prospect);
	fu_jw_str(&jw, "channel", e->channel != NULL ? e->channel : "email");
	fu_jw_time(&jw, "at", e->at_us);
	fu_jw_str(&jw, "id", fu_printf(arena, "undecided:%lld:%lld",
	    (long long)e->prospect, (long long)e->id));
	fu_jw_str(&jw, "reason", "nobody decided within 24 hours");
	fu_jw_object_end(&jw);
	line = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	if (fu_json_object(arena, fu_str_of(line), &o, err) == -1)
		return (-1);
	return (fu_ingest_event(in, &o, fu_str_of(line), arena, "fu-due", 0,
	    &reason, err));
}

/* A few, whole. */
static int
settle(struct fu_ingest *in, const struct fu_doubt *list, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	const struct fu_event	*e;

	for (size_t i = 0; i < n; i++) {
		if (text_of(in, &list[i], arena, &e, err) == -1 ||
		    (e != NULL && add_stop(in, e, arena, err) == -1))
			return (-1);
	}
	if (fu_ingest_run(in, err) == -1)
		return (-1);
	fu_ingest_empty(in);
	if (fu_store_begin(store, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (fu_prospect_doubt_over(store, list[i].prospect,
		    INT64_MIN, err) == -1) {
			fu_store_rollback(store);
			return (-1);
		}
	return (fu_store_commit(store, err));
}

int
fu_doubts_settle(struct fu_session *session, size_t *n, struct fu_err *err)
{
	struct fu_doubt	 list[AT_ONCE];
	struct fu_ingest in;
	struct fu_arena	 arena;
	size_t		 found;
	bool		 open = false;
	int		 rc;

	*n = 0;
	if (session->opt->dry)
		return (0);
	fu_arena_init(&arena);
	do {
		rc = fu_doubts(&session->store, fu_session_now(session) -
		    FU_DOUBT_US, list, AT_ONCE, &found, err);
		if (rc == 0 && found > 0 && !open) {
			open = true;
			rc = fu_ingest_open(&in, session, err);
			if (rc == 0)
				fu_ingest_source(&in, "undecided");
		}
		if (rc == 0 && found > 0)
			rc = settle(&in, list, found, &arena, err);
		if (rc == 0)
			*n += found;
		fu_arena_reset(&arena);
	} while (rc == 0 && found == AT_ONCE);
	if (open && rc == 0)
		rc = fu_ingest_finish(&in, err);
	if (open)
		fu_ingest_close(&in);
	fu_arena_free(&arena);
	return (rc);
}
