/*
 * The one personal paragraph of a message, by a language model: what it is
 * given, and where its words go.
 *
 * Must never be asked about somebody whom the gate would not let hear of us,
 * nor while a transaction is open.
 */
#include <string.h>

#include "flow/send_room.h"
#include "flow/send_text.h"
#include "store/touches.h"

/* As fu_standalone() has it for an insight's own words. */
#define SENTENCES   3
#define WORDS	    60
#define TURNS	    6 /* of what was said, the newest */
#define HISTORY_MAX 20
/* With less of its lease left, a claim does not wait for a model. */
#define LEASE_LEFT_US (3 * FU_MINUTE)

static bool
names_text(const struct fu_message *m)
{
	return (strstr(m->body, "insight.text") != NULL ||
		strstr(m->body, "#insight") != NULL);
}

static void
add(struct fu_prompt_source *list, size_t *n, const char *label,
    const char *text)
{
	if (!fu_blank(text) && *n < HISTORY_MAX)
		list[(*n)++] = (struct fu_prompt_source){label, text};
}

/* What is known of them that a message may go by: no name, no address. */
static size_t
history_of(const struct fu_case *c, struct fu_arena *arena,
    struct fu_prompt_source *list)
{
	static const struct {
		enum fu_field field;
		const char *label;
	} field[] = {{FU_F_COMPANY, "their company"},
	    {FU_F_INDUSTRY, "their industry"}, {FU_F_TITLE, "their title"},
	    {FU_F_INTEREST, "what they are interested in"}};
	static const char *const word[] = {"topic", "question", "objection"};
	struct fu_ctx *ctx = fu_ctx_object(arena);
	const struct fu_ctx *node;
	size_t n = 0, from = c->nevent, turns = 0;

	for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++)
		add(list, &n, field[i].label, c->p.person.f[field[i].field]);
	fu_words_of(&c->facts, ctx, arena);
	for (size_t i = 0; i < sizeof(word) / sizeof(*word); i++) {
		node = fu_ctx_get(ctx, fu_str_of(word[i]));
		if (node != NULL && node->type == FU_CTX_TEXT)
			add(list, &n, word[i], node->text);
	}
	while (from > 0 && turns < TURNS)
		turns += c->event[--from].text != NULL;
	for (size_t i = from; i < c->nevent; i++) {
		const struct fu_event *e = &c->event[i];

		if (e->at_us <= c->facts.now_us && e->kind != FU_K_SENT)
			add(list, &n,
			    e->from == FU_FROM_REP || e->from == FU_FROM_BOT
				? "we said"
				: "they said",
			    e->text);
	}
	return (n);
}

void
fu_send_paragraph(struct fu_send *s, const struct fu_case *c,
    const struct fu_message *m, const struct fu_choice *choice,
    struct fu_arena *arena, struct fu_phrasing *p)
{
	const struct fu_document *d = choice->document;
	struct fu_prompt_source source[1 + FU_CHOICE_PASSAGES];
	struct fu_prompt_source history[HISTORY_MAX];
	struct fu_llm_in in = {.prompt = "insight",
	    .sender = c->sender,
	    .source = source,
	    .history = history,
	    .language = m->language != NULL ? m->language : d->language,
	    .limits = {.sentences = SENTENCES, .words = WORDS}};
	struct fu_llm_out out;

	if (s->llm.at.url == NULL || d == NULL || !names_text(m))
		return;
	source[in.nsource++] = (struct fu_prompt_source){
	    "passage", fu_blank(d->title)
			   ? d->summary
			   : fu_printf(arena, "%s\n%s", d->title, d->summary)};
	for (size_t i = 0; i < choice->npassage; i++)
		source[in.nsource++] =
		    (struct fu_prompt_source){"passage", choice->passage[i]};
	in.nhistory = history_of(c, arena, history);
	(void)fu_llm_phrase(&s->llm, &in, arena, &out);
	*p = (struct fu_phrasing){.doc = d->path,
	    .hash = choice->shown.hash,
	    .summary = d->summary,
	    .text = out.text,
	    .reason = out.reason,
	    .detail = out.detail,
	    .told = out.told};
}

void
fu_send_phrased(
    struct fu_phrasing *p, struct fu_choice *choice, struct fu_arena *arena)
{
	struct fu_document *d;

	if (p->told == NULL || choice->document == NULL)
		return;
	if (p->text == NULL)
		return;
	if (!fu_streq(p->doc, choice->document->path) ||
	    !fu_streq(p->hash, choice->shown.hash) ||
	    !fu_streq(p->summary, choice->document->summary)) {
		/* Something came in between: it was written of another. */
		p->text = NULL;
		p->reason = "changed";
		p->detail = NULL;
		p->told = "{\"by\":\"sources\",\"why\":\"changed\"}";
		return;
	}
	d = fu_alloc(arena, sizeof(*d));
	*d = *choice->document;
	d->summary = p->text;
	choice->document = d;
}

/* One touch, as it stands now; what becomes of its claim is decided later. */
static int
phrase_one(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_session *session = s->session;
	struct fu_arena *arena = pc->arena;
	struct fu_case *c = fu_alloc(arena, sizeof(*c));
	struct fu_verdict_asked *a = fu_alloc(arena, sizeof(*a));
	const struct fu_step *step;
	const struct fu_message *m;
	struct fu_choice choice;
	struct fu_touch_row row;
	int rc;

	memset(&choice, 0, sizeof(choice));
	rc = fu_touch_load(&session->store, pc->row.t.id, arena, &row, err);
	if (rc != 1)
		return (rc);
	/* With -n all the way nothing was claimed for good. */
	if (!(session->opt->dry && row.t.state == FU_T_PLANNED) &&
	    (row.t.state != FU_T_CLAIMED || !fu_streq(row.t.claim, pc->claim)))
		return (0);
	rc = fu_case_load(
	    session, row.t.prospect, FU_FACTS_ACCOUNT, arena, c, err);
	if (rc != 1 || c->sender == NULL ||
	    (step = fu_send_step(s, &row.t)) == NULL)
		return (rc == -1 ? -1 : 0);
	m = fu_message_find(s->message, s->nmessage, row.t.message,
	    c->p.person.f[FU_F_LANGUAGE]);
	if (m == NULL || !names_text(m) ||
	    (step->insight.n == 0 && row.rotated == NULL))
		return (0);
	if (fu_send_ask(s, c, &row.t, m, arena, a, err) == -1)
		return (-1);
	if (a->v.class != FU_ALLOW && !a->notice)
		return (0);
	if (row.t.state == FU_T_CLAIMED &&
	    row.t.lease_us - fu_session_now(session) < LEASE_LEFT_US) {
		pc->phrasing.reason = "time";
		pc->phrasing.told = "{\"by\":\"sources\",\"why\":\"time\"}";
		return (0);
	}
	rc = fu_send_insight(s, &row, c, step, m, arena, &choice, err);
	if (rc == 1)
		fu_send_paragraph(s, c, m, &choice, arena, &pc->phrasing);
	return (rc == -1 ? -1 : 0);
}

void
fu_send_phrase(struct fu_send *s, struct fu_parcel **group, size_t n)
{
	const struct fu_opt *opt = s->session->opt;
	struct fu_err err;

	/* Who only counts what would leave needs no words. */
	if (s->llm.at.url == NULL ||
	    (opt->dry && s->preview == NULL && !opt->verbose))
		return;
	/* What fails here fails again in the transaction, and is told there. */
	for (size_t i = 0; i < n; i++)
		if (group[i]->is_touch && !group[i]->settled &&
		    fu_channel_counts(group[i]->row.t.channel) &&
		    phrase_one(s, group[i], &err) == -1)
			return;
}
