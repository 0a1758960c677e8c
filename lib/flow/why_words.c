/*
 * The entries of a story as sentences.
 *
 * Must never say what no row says.
 */
#include <string.h>

#include "flow/handoff_room.h"
#include "flow/why_room.h"
#include "store/ledger.h"

#define QUOTE_BYTES	100
#define FIELDS_MAX	6
#define FACTORS_MAX	6

/* Names of the first fields; the record has all. */
static void
put_fields(struct fu_buf *out, uint64_t fields)
{
	int	 n = 0;

	for (int i = 0; i < FU_FIELD_N; i++) {
		if ((fields >> i & 1) == 0)
			continue;
		if (n < FIELDS_MAX)
			fu_buf_printf(out, "%s%s", n > 0 ? ", " : "",
			    fu_fields[i].name);
		n++;
	}
	if (n == 0)
		fu_buf_puts(out, "nothing new");
	else if (n > FIELDS_MAX)
		fu_buf_printf(out, " and %d more", n - FIELDS_MAX);
}

const char *
fu_why_moment(const struct fu_teller *t, int64_t us)
{
	const struct fu_zone	*zone = fu_case_shown_zone(t->session,
	    &t->told->person, FU_CH_EMAIL);
	char			 text[FU_TIME_LEN];

	us -= us % FU_SECOND;
	fu_time_print_offset(us, fu_zone_offset(zone, us), text);
	return (fu_printf(t->arena, "%.10s %.5s %s", text, text + 11,
	    text + 19));
}

const char *
fu_why_given(const struct fu_teller *t, const struct fu_given *g)
{
	struct fu_buf	 out;
	const char	*text;

	fu_buf_init(&out);
	fu_buf_printf(&out, "%s %s ", g->name, g->first ? "brought them:" :
	    "gave");
	put_fields(&out, g->fields);
	text = fu_dup_buf(t->arena, &out);
	fu_buf_free(&out);
	return (text);
}

static const char *
from_text(enum fu_from from)
{
	static const char *const	 name[] = { "", " by them",
		" by the chat", " by a rep" };

	return (name[from]);
}

/* A member of an event, or of a decision's inputs, as text. */
static const char *
member(const struct fu_teller *t, const char *json, const char *name)
{
	struct fu_object	 o;

	if (json == NULL || fu_json_object(t->arena, fu_str_of(json), &o,
	    NULL) == -1)
		return (NULL);
	return (fu_json_scalar_text(t->arena, fu_json_get(&o, name)));
}

const char *
fu_why_event(const struct fu_teller *t, const struct fu_event *e)
{
	const struct fu_touch_row	*touch;
	struct fu_buf			 out;
	const char			*quote, *reason, *text;

	fu_buf_init(&out);
	fu_buf_printf(&out, "%s%s", e->name, from_text(e->from));
	if (e->channel != NULL)
		fu_buf_printf(&out, ", %s", e->channel);
	if (e->arg != NULL && !fu_streq(e->arg, e->channel))
		fu_buf_printf(&out, ": %s", e->arg);
	if ((touch = fu_teller_touch(t, e->touch)) != NULL)
		fu_buf_printf(&out, ", of %s", touch->t.step);
	quote = fu_handoff_quote(e->text, QUOTE_BYTES, t->arena);
	if (!fu_blank(quote))
		fu_buf_printf(&out, ": \"%s\"", quote);
	/* Who gave it, where no text of theirs did. */
	reason = fu_handoff_quote(member(t, e->body, "reason"), QUOTE_BYTES,
	    t->arena);
	if (!fu_blank(reason) && !fu_streq(reason, e->arg))
		fu_buf_printf(&out, ": %s", reason);
	text = fu_dup_buf(t->arena, &out);
	fu_buf_free(&out);
	return (text);
}

static const struct fu_reason_def *
reason_def(const char *name)
{
	for (int i = 1; i < FU_REASON_N; i++)
		if (fu_streq(fu_reasons[i].name, name))
			return (&fu_reasons[i]);
	return (NULL);
}

static void
put_touch(const struct fu_teller *t, int64_t id, struct fu_buf *out)
{
	const struct fu_touch_row	*r = fu_teller_touch(t, id);

	if (r == NULL)
		fu_buf_printf(out, "touch %lld", (long long)id);
	else
		fu_buf_printf(out, "%s by %s", r->t.step,
		    fu_channel_name(r->t.channel));
}

/* What the gate named, and who it is that is away, and how long. */
static const char *
detail_of(const struct fu_teller *t, const char *inputs)
{
	const char	*sender = member(t, inputs, "sender");
	const char	*until = member(t, inputs, "away_until");

	if (sender == NULL || until == NULL)
		return (member(t, inputs, "detail"));
	return (fu_printf(t->arena, "%s is away until %s", sender, until));
}

static void
put_gate(const struct fu_teller *t, const struct fu_decided *d,
    struct fu_buf *out)
{
	const struct fu_reason_def	*def = reason_def(d->reason);
	const char			*until = member(t, d->inputs, "until");
	const char			*detail = detail_of(t, d->inputs);
	int64_t				 us;

	put_touch(t, d->subject, out);
	if (strcmp(d->verdict, "allow") == 0) {
		fu_buf_puts(out, ": allowed now");
		return;
	}
	fu_buf_printf(out, ": %s, %s", d->verdict, d->reason);
	if (detail != NULL)
		fu_buf_printf(out, " (%s)", detail);
	if (until != NULL && fu_time_parse(fu_str_of(until), &us, NULL) == 0)
		fu_buf_printf(out, " until %s", fu_why_moment(t, us));
	else if (def != NULL && def->way_out[0] != '\0' &&
	    strcmp(d->verdict, "skipped") != 0)
		fu_buf_printf(out, "; what clears it: %s", def->way_out);
}

/* What the gate looked at when it let it leave. */
static void
put_allowed(const struct fu_teller *t, const struct fu_decided *d,
    struct fu_buf *out)
{
	static const char *const	 name[] = { "country", "region",
		"basis", "assessment", "consent", "zone" };
	const struct fu_json		*gate;
	struct fu_object		 o, in;
	const char			*value;
	int				 n = 0;

	if (d->inputs == NULL || fu_json_object(t->arena,
	    fu_str_of(d->inputs), &o, NULL) == -1 ||
	    (gate = fu_json_get(&o, "gate")) == NULL ||
	    fu_json_object(t->arena, gate->raw, &in, NULL) == -1)
		return;
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		value = fu_json_scalar_text(t->arena, fu_json_get(&in,
		    name[i]));
		if (!fu_blank(value))
			fu_buf_printf(out, "%s%s %s", n++ == 0 ?
			    "; the gate let it by " : ", ", name[i], value);
	}
}

/* Which document was shown, and why that one. */
static void
put_insight(const struct fu_teller *t, const struct fu_decided *d,
    struct fu_buf *out)
{
	const struct fu_json	*insight;
	struct fu_object	 o, in;
	const char		*text[4];
	static const char *const name[] = { "doc", "of", "for", "next" };

	if (d->inputs == NULL || fu_json_object(t->arena,
	    fu_str_of(d->inputs), &o, NULL) == -1 ||
	    (insight = fu_json_get(&o, "insight")) == NULL ||
	    fu_json_object(t->arena, insight->raw, &in, NULL) == -1)
		return;
	for (size_t i = 0; i < 4; i++)
		text[i] = fu_json_scalar_text(t->arena, fu_json_get(&in,
		    name[i]));
	fu_buf_printf(out, "; it says %s, of %s that were new", text[0],
	    text[1]);
	if (text[2] != NULL)
		fu_buf_printf(out, ", for %s", text[2]);
	if (text[3] != NULL)
		fu_buf_printf(out, "; next would be %s", text[3]);
}

/* Whose words it says that in, and why not a model's that was asked. */
static void
put_phrased(const struct fu_teller *t, const struct fu_decided *d,
    const char *what, struct fu_buf *out)
{
	const struct fu_json *phrased;
	struct fu_object o, in;
	const char *text, *why, *detail;

	if (d->inputs == NULL ||
	    fu_json_object(t->arena, fu_str_of(d->inputs), &o, NULL) == -1 ||
	    (phrased = fu_json_get(&o, "phrased")) == NULL ||
	    fu_json_object(t->arena, phrased->raw, &in, NULL) == -1)
		return;
	text = fu_json_text(t->arena, fu_json_get(&in, "text"));
	why = fu_json_text(t->arena, fu_json_get(&in, "why"));
	detail = fu_json_text(t->arena, fu_json_get(&in, "detail"));
	if (text != NULL)
		fu_buf_printf(out, "; %s in a model's words: “%s”", what, text);
	else if (why != NULL)
		fu_buf_printf(out,
		    "; %s in its own words, a model's were not "
		    "taken (%s%s%s)",
		    what, why, detail != NULL ? ": " : "",
		    detail != NULL ? detail : "");
}

static void
put_send(const struct fu_teller *t, const struct fu_decided *d,
    struct fu_buf *out)
{
	const char	*via = member(t, d->inputs, "via");
	const char	*detail = member(t, d->inputs, "detail");

	put_touch(t, d->subject, out);
	fu_buf_printf(out, ": %s", d->verdict);
	if (via != NULL)
		fu_buf_printf(out, " via %s", via);
	if (d->reason != NULL)
		fu_buf_printf(out, ", %s", d->reason);
	if (detail != NULL && !fu_streq(detail, d->reason))
		fu_buf_printf(out, ": %s", detail);
	put_insight(t, d, out);
	put_phrased(t, d, "said", out);
	put_allowed(t, d, out);
}

/* Who hears instead of a destination that did not take it. */
static void
put_route(const struct fu_teller *t, const struct fu_decided *d,
    struct fu_buf *out)
{
	const char	*route = member(t, d->inputs, "other_route");

	if (fu_streq(route, "none"))
		fu_buf_puts(out, "; nobody else is told of it");
	else if (route != NULL)
		fu_buf_printf(out, "; it goes by %s", route);
}

/* "+20 4 pricing page visits in 7 days, ...": the first; the record has all. */
static void
put_factors(const struct fu_teller *t, const struct fu_object *o,
    struct fu_buf *out)
{
	const struct fu_json	*list = fu_json_get(o, "factors");
	struct fu_json		*item;
	struct fu_object	 factor;
	int64_t			 points;
	size_t			 n;

	if (list == NULL || list->type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(t->arena, list, &n);
	for (size_t i = 0; i < n && i < FACTORS_MAX; i++) {
		if (item[i].type != FU_JSON_OBJECT)
			continue;
		fu_json_members(t->arena, &item[i], &factor);
		if (!fu_json_int(fu_json_get(&factor, "points"), &points))
			continue;
		fu_buf_printf(out, "%s%+lld %s", i == 0 ? ": " : ", ",
		    (long long)points, fu_json_text(t->arena,
		    fu_json_get(&factor, "why")));
	}
	if (n > FACTORS_MAX)
		fu_buf_printf(out, " and %zu more factor%s", n - FACTORS_MAX,
		    n - FACTORS_MAX == 1 ? "" : "s");
}

const char *
fu_why_scored(const struct fu_teller *t, const char *inputs, const char *band,
    const char *before)
{
	struct fu_object	 o = { 0 };
	struct fu_buf		 out;
	int64_t			 score = -1, previous;
	const char		*text;

	fu_buf_init(&out);
	if (inputs != NULL)
		(void)fu_json_object(t->arena, fu_str_of(inputs), &o, NULL);
	if (fu_json_int(fu_json_get(&o, "score"), &score))
		fu_buf_printf(&out, "%lld, ", (long long)score);
	fu_buf_puts(&out, band);
	if (!fu_json_int(fu_json_get(&o, "previous_score"), &previous))
		fu_buf_puts(&out, ", for the first time");
	else if (before == NULL && previous == score)
		fu_buf_puts(&out, ", as before");
	else if (before != NULL)
		fu_buf_printf(&out, "; it was %lld, %s", (long long)previous,
		    before);
	else
		fu_buf_printf(&out, "; it was %lld", (long long)previous);
	put_factors(t, &o, &out);
	text = fu_dup_buf(t->arena, &out);
	fu_buf_free(&out);
	return (text);
}

const char *
fu_why_decided(const struct fu_teller *t, const struct fu_decided *d)
{
	struct fu_buf	 out;
	const char	*name, *text;

	fu_buf_init(&out);
	if (strcmp(d->kind, "gate") == 0)
		put_gate(t, d, &out);
	else if (strcmp(d->kind, "send") == 0)
		put_send(t, d, &out);
	else if (strcmp(d->kind, "enrolment") == 0) {
		name = member(t, d->inputs, "cadence");
		fu_buf_printf(&out, "%s%s%s%s%s", d->verdict,
		    name == NULL ? "" : " ", name == NULL ? "" : name,
		    d->reason == NULL ? "" : ": ",
		    d->reason == NULL ? "" : d->reason);
	} else if (strcmp(d->kind, "score") == 0)
		fu_buf_puts(&out, fu_why_scored(t, d->inputs, d->verdict,
		    d->reason));
	else if (strcmp(d->kind, "merge") == 0)
		fu_buf_printf(&out, "prospect %lld is the same person: %s",
		    (long long)d->subject, d->reason);
	else if (strcmp(d->kind, "conflict") == 0)
		fu_buf_printf(&out, "prospect %lld is kept apart: %s",
		    (long long)d->subject, d->reason);
	else {
		if (d->subject != 0)
			fu_buf_printf(&out, "%s %lld: ", d->kind,
			    (long long)d->subject);
		fu_buf_puts(&out, d->verdict);
		if (d->reason != NULL)
			fu_buf_printf(&out, ", %s", d->reason);
		name = fu_handoff_quote(member(t, d->inputs, "text"), QUOTE_BYTES,
		    t->arena);
		if (!fu_blank(name))
			fu_buf_printf(&out, ": %s", name);
		put_phrased(t, d, "said", &out);
		put_route(t, d, &out);
	}
	text = fu_dup_buf(t->arena, &out);
	fu_buf_free(&out);
	return (text);
}

const char *
fu_why_recorded(const struct fu_teller *t, const struct fu_recorded *r)
{
	const char	*all = strcmp(r->channel, "all") == 0 ?
	    "every channel" : r->channel;
	bool		 kept;

	if (strcmp(r->event, "consent") == 0)
		return (fu_printf(t->arena, "consent to %s: %s%s%s", all,
		    r->status == NULL ? "granted" : r->status,
		    r->source == NULL ? "" : ", by ",
		    r->source == NULL ? "" : r->source));
	kept = r->source != NULL && strncmp(r->source, FU_SOURCE_KEPT,
	    strlen(FU_SOURCE_KEPT)) == 0;
	return (fu_printf(t->arena, "%s for %s: %s, by %s%s%s%s",
	    strcmp(r->event, "lift") == 0 ? "open again" : "closed", all,
	    r->reason, r->actor, r->source == NULL ? "" : ", from ",
	    r->source == NULL ? "" : kept ? r->source +
	    strlen(FU_SOURCE_KEPT) : r->source, kept ?
	    ", kept for this address" : ""));
}

const char *
fu_why_verdict(const struct fu_teller *t, const struct fu_verdict *v,
    const char *inputs)
{
	const struct fu_reason_def	*def = &fu_reasons[v->reason];
	const char			*detail = detail_of(t, inputs);

	if (v->class == FU_ALLOW)
		return ("the gate lets it leave");
	detail = detail == NULL ? "" : fu_printf(t->arena, " (%s)", detail);
	if (v->class == FU_DEFER)
		return (fu_printf(t->arena, "the gate defers it: %s%s until "
		    "%s", def->name, detail, fu_why_moment(t, v->until_us)));
	return (fu_printf(t->arena, "the gate says %s: %s%s; what clears it: "
	    "%s", fu_verdict_class_name(v->class), def->name, detail,
	    def->way_out));
}
