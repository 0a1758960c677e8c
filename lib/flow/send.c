/*
 * The run of fu-send: what is read before anything leaves, and closing.
 *
 * Must never let a batch begin that the configuration or the witness forbids.
 */
#include <stdlib.h>
#include <string.h>

#include "content/noise.h"
#include "flow/rulesdir.h"
#include "flow/send_room.h"
#include "flow/send_text.h"
#include "store/touches.h"

static const char *const status_names[FU_SEND_STATUS_N] = {
	"sent", "held", "blocked", "retry", "failed", "uncertain"
};

const char *
fu_send_status_name(enum fu_send_status status)
{
	return (status_names[status]);
}

void
fu_send_wrong(struct fu_send *s, const struct fu_err *err)
{
	if (s->wrong) {
		fu_say(s->session->opt, "%s", err->msg);
		return;
	}
	s->wrong = true;
	s->why = *err;
}

void
fu_parcel_settle(struct fu_parcel *pc, enum fu_send_status status,
    const char *reason, const char *rule)
{
	pc->settled = true;
	pc->ready = false;
	pc->status = status;
	pc->reason = reason;
	pc->rule = rule;
}

/* Messages; their faults forbid all sending. */
static int
load_texts(struct fu_send *s, struct fu_err *err)
{
	const struct fu_config	*config = &s->session->config;
	struct fu_faults	 faults;
	int			 rc;

	fu_faults_init(&faults);
	rc = fu_messages_load(config->messages_dir, &s->arena, &s->message,
	    &s->nmessage, &faults, err);
	for (size_t i = 0; rc == 0 && i < s->nmessage; i++)
		fu_text_check(&s->message[i], &s->arena, &faults);
	fu_text_check_templates(config, &s->arena, &faults);
	if (rc == 0 && fu_faults_errors(&faults) > 0)
		rc = fu_err_set(err, FU_ECONFIG, "%s: %zu faults in messages",
		    config->messages_dir, fu_faults_errors(&faults));
	if (rc == -1) {
		err->class = FU_ECONFIG;
		fu_session_faults(s->session->opt, &faults);
	}
	fu_faults_free(&faults);
	return (rc);
}

/* One that promotes is commercial, whatever it calls itself [CS-11]. */
static void
reclass(struct fu_message *m, const struct fu_list *promotion)
{
	bool	 promotes = fu_noise_find(promotion, m->subject) != NULL ||
	    fu_noise_find(promotion, m->body) != NULL;

	for (size_t i = 0; i < m->nvariant; i++)
		promotes = promotes || fu_noise_find(promotion,
		    m->variant[i].subject) != NULL;
	m->transactional = m->transactional && !promotes;
}

static int
load_rules(struct fu_send *s, struct fu_err *err)
{
	const struct fu_config	*config = &s->session->config;
	struct fu_list		 promotion = { NULL, 0 };

	if (fu_rulesdir_lines(config, "noise.txt", &s->arena, &s->noise,
	    err) == -1 || fu_rulesdir_lines(config, "urgency.txt", &s->arena,
	    &s->urgency, err) == -1 || fu_rulesdir_lines(config,
	    "promotion.txt", &s->arena, &promotion, err) == -1)
		return (-1);
	for (size_t i = 0; i < s->nmessage; i++)
		if (s->message[i].transactional)
			reclass(&s->message[i], &promotion);
	return (0);
}

/*
 * Touches whose sender was killed count as sent: their lines go on.  Planning
 * again what is planned changes nothing.
 */
static int
carry_on_killed(struct fu_send *s, struct fu_err *err)
{
	struct fu_store		*store = &s->session->store;
	struct fu_touch_row	*rows;
	struct fu_arena		 arena;
	int64_t			 after = 0;
	size_t			 n = 1;
	int			 rc = 0;

	fu_arena_init(&arena);
	while (rc == 0 && n > 0) {
		if ((rc = fu_store_begin(store, err)) == -1)
			break;
		rc = fu_touches_uncertain(store, after, 100, &arena, &rows, &n,
		    err);
		for (size_t i = 0; rc == 0 && i < n; i++) {
			after = rows[i].t.id;
			rc = fu_cadence_handled(s->cadencer,
			    rows[i].t.prospect, &arena, err);
		}
		if (rc == 0)
			rc = fu_store_commit(store, err);
		else
			fu_store_rollback(store);
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
	return (rc);
}

/* A copy refuses at once, before anything is read. */
static int
ask_witness(struct fu_send *s, struct fu_err *err)
{
	int	 rc;

	if ((s->witness = fu_witness_open(s->session, err)) == NULL ||
	    (rc = fu_witness_check(s->witness, err)) == -1)
		return (-1);
	if (rc == 0 && s->refused == NULL) {
		s->refused = "not_adopted";
		fu_send_wrong(s, err);
	}
	return (0);
}

struct fu_send *
fu_send_read(struct fu_session *session, int connections)
{
	struct fu_send	*s;
	struct fu_err	 why;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		fu_oom();
	s->session = session;
	s->connections = connections;
	fu_arena_init(&s->arena);
	if (fu_via_sample(&session->config, &why) == -1 ||
	    load_texts(s, &why) == -1 || load_rules(s, &why) == -1 ||
	    fu_knowledge_open(session, &s->knowledge, &why) == -1) {
		s->refused = "configuration";
		fu_send_wrong(s, &why);
	}
	if (s->refused == NULL)
		(void)fu_llm_open(session, &s->llm);
	return (s);
}

struct fu_send *
fu_send_open(struct fu_session *session, int connections, struct fu_err *err)
{
	struct fu_send	*s = fu_send_read(session, connections);

	if ((s->cadencer = fu_cadencer_open(session, err)) == NULL)
		goto err;
	if (session->store.rehearsal && fu_via_trial(s, err) == -1)
		goto err;
	if (session->opt->dry)
		return (s);
	if (!session->store.rehearsal && ask_witness(s, err) == -1)
		goto err;
	if (s->refused == NULL && carry_on_killed(s, err) == -1)
		goto err;
	return (s);
err:
	(void)fu_send_close(s, -1, err);
	return (NULL);
}

int
fu_send_close(struct fu_send *s, int rc, struct fu_err *err)
{
	if (s == NULL)
		return (rc);
	if (rc != -1)
		rc = fu_preview_end(s, err);
	if (rc != -1)
		rc = fu_via_alert(s, err);
	if (rc != -1 && s->wrong) {
		*err = s->why;
		rc = -1;
	} else if (s->wrong)
		fu_say(s->session->opt, "%s", s->why.msg);
	rc = fu_tally_tell(s, rc, err);
	for (size_t i = 0; i < s->nvia; i++)
		fu_channel_close(s->via[i]->chan);
	fu_witness_close(s->witness);
	fu_cadencer_close(s->cadencer);
	fu_knowledge_close(&s->knowledge);
	fu_llm_close(&s->llm);
	fu_arena_free(&s->arena);
	free(s);
	return (rc);
}
