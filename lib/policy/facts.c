/*
 * The fold: from a person's record and events to the row of facts that
 * conditions see.
 *
 * One pass, in order of time.  Never reads the clock, the store or a file, and
 * never depends on the order in which events arrived.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "policy/facts.h"

#define WEEK		(7 * FU_DAY)
#define AWAY_MIN	(12 * FU_HOUR)	/* shorter is the same visit */
#define RETURN_FRESH	FU_DAY
#define OPEN_MAX	32		/* bookings, at once */
#define SHARED_KINDS	\
	((UINT64_C(1) << FU_K_FORM) | (UINT64_C(1) << FU_K_CHAT))

/* What the pass remembers from one event to the next. */
struct fold {
	struct fu_facts		*f;
	struct fu_arena		*arena;		/* of this pass: JSON decoded */
	int64_t			 n[FU_FACT_N];	/* counts */
	uint64_t		 open[FU_OBJECTIONS_MAX]; /* by hash */
	size_t			 nopen;
	/* starts of what is booked; INT64_MAX: not told */
	int64_t			 booked[OPEN_MAX];
	size_t			 nbooked;
	const char		*competitor;
	int64_t			 return_us, away_us;
};

static void
set_int(struct fu_facts *f, enum fu_fact fact, int64_t i)
{

	f->v[fact].type = FU_V_INT;
	f->v[fact].i = i;
}

static void
set_text(struct fu_facts *f, enum fu_fact fact, const char *s)
{

	if (s == NULL)
		return;
	f->v[fact].type = FU_V_TEXT;
	f->v[fact].s = s;
}

static void
set_number(struct fu_facts *f, enum fu_fact fact, const char *s)
{

	if (s != NULL && !fu_number_parse(fu_str_of(s), &f->v[fact]))
		set_text(f, fact, s);
}

static void
set_days_since(struct fu_facts *f, enum fu_fact fact, int64_t us)
{

	if (us != FU_NEVER)
		set_int(f, fact, us > f->now_us ? 0 : (f->now_us - us) / FU_DAY);
}

static int32_t
day_of(int64_t us)
{

	return ((int32_t)(us / FU_DAY - (us % FU_DAY < 0)));
}

static void
of_record(struct fu_facts *f)
{
	static const struct {
		enum fu_fact	fact;
		enum fu_field	field;
	} text[] = {
		{ FU_FACT_EMAIL, FU_F_EMAIL }, { FU_FACT_PHONE, FU_F_PHONE },
		{ FU_FACT_FIRST_NAME, FU_F_FIRST_NAME },
		{ FU_FACT_LAST_NAME, FU_F_LAST_NAME },
		{ FU_FACT_TITLE, FU_F_TITLE },
		{ FU_FACT_COMPANY, FU_F_COMPANY },
		{ FU_FACT_INDUSTRY, FU_F_INDUSTRY },
		{ FU_FACT_COUNTRY, FU_F_COUNTRY },
		{ FU_FACT_REGION, FU_F_REGION },
		{ FU_FACT_INTEREST, FU_F_INTEREST },
		{ FU_FACT_SOURCE, FU_F_SOURCE }, { FU_FACT_BASIS, FU_F_BASIS },
		{ FU_FACT_SEGMENT, FU_F_SEGMENT },
		{ FU_FACT_OWNER, FU_F_OWNER }, { FU_FACT_STAGE, FU_F_STAGE },
	};
	const struct fu_subject *subject = f->subject;
	const struct fu_person *p = subject->person;
	int32_t by;
	size_t i;

	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		set_text(f, text[i].fact, p->f[text[i].field]);
	set_number(f, FU_FACT_COMPANY_SIZE, p->f[FU_F_COMPANY_SIZE]);
	set_number(f, FU_FACT_BUDGET, p->f[FU_F_BUDGET]);
	set_int(f, FU_FACT_SENIORITY, fu_title_seniority(p->f[FU_F_TITLE]));
	if (p->f[FU_F_TIMELINE] != NULL && fu_timeline_by(p->f[FU_F_TIMELINE],
	    subject->timeline_us != FU_NEVER ? subject->timeline_us :
	    subject->known_us, &by))
		set_int(f, FU_FACT_TIMELINE_DAYS, by - day_of(f->now_us));
	if (subject->score >= 0)
		set_int(f, FU_FACT_SCORE, subject->score);
	if (subject->previous_score >= 0)
		set_int(f, FU_FACT_PREVIOUS_SCORE, subject->previous_score);
	set_text(f, FU_FACT_BAND, subject->band);
}

/* Their own words: what bot and rep say is no sign of what they want. */
static bool
theirs(const struct fu_event *e)
{

	return (e->from != FU_FROM_BOT && e->from != FU_FROM_REP);
}

/* A question mark that ends something; those inside a URL do not. */
static bool
asks(const char *text)
{
	const char *p;

	if (text == NULL)
		return (false);
	for (p = strchr(text, '?'); p != NULL; p = strchr(p + 1, '?'))
		if (p[1] == '\0' || strchr(" \t\n\r?!\"').,;:*", p[1]) != NULL ||
		    (unsigned char)p[1] >= 0x80)
			return (true);
	return (strstr(text, "？") != NULL || strstr(text, "؟") != NULL);
}

static uint64_t
hash_of(const char *s)
{
	char low[64];
	size_t i;

	for (i = 0; s[i] != '\0' && i < sizeof(low); i++)
		low[i] = s[i] >= 'A' && s[i] <= 'Z' ? s[i] - 'A' + 'a' : s[i];
	return (fu_hash64(low, i, 0));
}

/* Said again while it is open, an objection is still the same one. */
static void
raise_objection(struct fold *d, const char *kind)
{
	uint64_t h = hash_of(kind);
	size_t i;

	for (i = 0; i < d->nopen; i++)
		if (d->open[i] == h)
			return;
	d->n[FU_FACT_OBJECTIONS_RAISED]++;
	if (d->nopen < FU_OBJECTIONS_MAX)
		d->open[d->nopen++] = h;
}

/* Take what the detector found; return whether it was a question. */
static bool
signals(struct fold *d, const struct fu_event *e)
{
	struct fu_json list, *item;
	const char *s;
	size_t i, n;
	bool question = false;

	if (e->signals == NULL || e->signals[0] != '[' ||
	    e->signals[1] == ']' || fu_json_parse(fu_str_of(e->signals), &list,
	    NULL) == -1 || list.type != FU_JSON_ARRAY)
		return (false);
	item = fu_json_items(d->arena, &list, &n);
	for (i = 0; i < n; i++) {
		if ((s = fu_json_text(d->arena, &item[i])) == NULL)
			continue;
		if (strcmp(s, "objection_resolved") == 0)
			d->nopen = 0;
		else if (!theirs(e))
			continue;
		else if (strncmp(s, "objection:", 10) == 0)
			raise_objection(d, s + 10);
		else if (strncmp(s, "competitor:", 11) == 0 && s[11] != '\0')
			d->competitor = s + 11;
		else if (strcmp(s, "pricing") == 0 ||
		    strcmp(s, "contract") == 0 ||
		    strcmp(s, "implementation") == 0)
			question = true;
	}
	return (question);
}

static bool
body_of(struct fold *d, const struct fu_event *e, struct fu_object *body)
{

	return (e->body != NULL && fu_json_object(d->arena, fu_str_of(e->body),
	    body, NULL) == 0);
}

static bool
has_contact(struct fold *d, const struct fu_object *o)
{
	const struct fu_json *v;
	struct fu_object inner;

	if (!fu_blank(fu_json_text(d->arena, fu_json_get(o, "email"))) ||
	    !fu_blank(fu_json_scalar_text(d->arena, fu_json_get(o, "phone"))))
		return (true);
	if ((v = fu_json_get(o, "extracted")) == NULL ||
	    v->type != FU_JSON_OBJECT)
		return (false);
	fu_json_members(d->arena, v, &inner);
	return (!fu_blank(fu_json_text(d->arena,
	    fu_json_get(&inner, "email"))) || !fu_blank(
	    fu_json_scalar_text(d->arena, fu_json_get(&inner, "phone"))));
}

static bool
shared(struct fold *d, const struct fu_event *e)
{
	struct fu_object body;

	if (e->kind == FU_K_REPLY)
		return (theirs(e));
	if ((SHARED_KINDS >> e->kind & 1) == 0 || !fu_event_inbound(e) ||
	    e->body == NULL || (strstr(e->body, "\"email\"") == NULL &&
	    strstr(e->body, "\"phone\"") == NULL))
		return (false);
	return (body_of(d, e, &body) && has_contact(d, &body));
}

/* What a demo's record lists as asked and objected. */
static void
demo_lists(struct fold *d, const struct fu_event *e)
{
	const struct fu_json *list;
	struct fu_json *item;
	struct fu_object body, o;
	const char *s;
	size_t i, n;

	if (e->body == NULL || (strstr(e->body, "\"questions\"") == NULL &&
	    strstr(e->body, "\"objections\"") == NULL) || !body_of(d, e, &body))
		return;
	if ((list = fu_json_get(&body, "questions")) != NULL &&
	    list->type == FU_JSON_ARRAY) {
		fu_json_items(d->arena, list, &n);
		d->n[FU_FACT_QUESTIONS] += (int64_t)n;
	}
	if ((list = fu_json_get(&body, "objections")) == NULL ||
	    list->type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(d->arena, list, &n);
	for (i = 0; i < n; i++) {
		s = fu_json_scalar_text(d->arena, &item[i]);
		if (item[i].type == FU_JSON_OBJECT) {
			fu_json_members(d->arena, &item[i], &o);
			s = fu_json_text(d->arena, fu_json_get(&o, "kind"));
			if (s == NULL)
				s = fu_json_text(d->arena,
				    fu_json_get(&o, "text"));
		}
		if (!fu_blank(s))
			raise_objection(d, s);
	}
}

static int64_t
starts(struct fold *d, const struct fu_event *e)
{
	struct fu_object body;
	const char *s;
	int64_t us;

	if (e->body == NULL || strstr(e->body, "\"starts_at\"") == NULL ||
	    !body_of(d, e, &body) || (s = fu_json_text(d->arena,
	    fu_json_get(&body, "starts_at"))) == NULL ||
	    fu_time_parse(fu_str_of(s), &us, NULL) == -1)
		return (FU_NEVER);
	return (us);
}

/* The booking of that start goes, else the one that was made last. */
static void
unbook(struct fold *d, int64_t start)
{
	size_t i;

	if (d->nbooked == 0)
		return;
	for (i = d->nbooked; i > 0; i--)
		if (d->booked[i - 1] == start)
			break;
	if (i == 0)
		i = d->nbooked;
	memmove(&d->booked[i - 1], &d->booked[i],
	    (d->nbooked - i) * sizeof(d->booked[0]));
	d->nbooked--;
}

static void
book(struct fold *d, int64_t start)
{
	size_t i;

	if (start == FU_NEVER)
		start = INT64_MAX;
	for (i = 0; i < d->nbooked; i++)
		if (d->booked[i] == start)
			return;
	if (d->nbooked < OPEN_MAX)
		d->booked[d->nbooked++] = start;
}

/* Bookings whose time has come are nobody's to cancel. */
static void
expire(struct fold *d, int64_t now_us)
{
	size_t i, n = 0;

	for (i = 0; i < d->nbooked; i++)
		if (d->booked[i] > now_us)
			d->booked[n++] = d->booked[i];
	d->nbooked = n;
}

/* They met, and were shown the product or not. */
static void
held(struct fold *d, const struct fu_event *e, bool demo)
{
	struct fu_facts *f = d->f;

	f->meeting_us = e->at_us;
	d->n[FU_FACT_MEETINGS]++;
	d->n[FU_FACT_REPLIES_SINCE_MEETING] = 0;
	if (demo) {
		f->demo_us = e->at_us;
		d->n[FU_FACT_DEMOS]++;
		d->n[FU_FACT_REPLIES_SINCE_DEMO] = 0;
		d->n[FU_FACT_CHATS_SINCE_DEMO] = 0;
		demo_lists(d, e);
	}
	/* A booking without a time is over with the meeting. */
	if (d->nbooked > 0 && d->booked[d->nbooked - 1] == INT64_MAX)
		d->nbooked--;
}

static void
meeting(struct fold *d, const struct fu_event *e)
{
	struct fu_facts *f = d->f;
	int64_t start = FU_NEVER;

	expire(d, e->at_us);
	if (fu_blank(e->arg) || strcmp(e->arg, "held") == 0) {
		held(d, e, e->kind == FU_K_DEMO);
		return;
	}
	start = starts(d, e);
	if (strcmp(e->arg, "booked") == 0) {
		book(d, start);
		f->meeting_booked_us = e->at_us;
	} else if (strcmp(e->arg, "moved") == 0) {
		unbook(d, FU_NEVER);
		book(d, start);
		f->meeting_booked_us = e->at_us;
	} else if (strcmp(e->arg, "cancelled") == 0) {
		unbook(d, start);
	} else if (strcmp(e->arg, "no_show") == 0) {
		if (d->nbooked > 0 && d->booked[d->nbooked - 1] == INT64_MAX)
			d->nbooked--;
	}
}

static void
visit(struct fold *d, const struct fu_event *e, int64_t seen_before_us)
{
	struct fu_facts *f = d->f;

	d->n[FU_FACT_VISITS]++;
	f->visit_us = e->at_us;
	/* Who was never here has been away since we know them. */
	if (seen_before_us == FU_NEVER)
		seen_before_us = f->subject->known_us;
	if (seen_before_us != FU_NEVER &&
	    e->at_us - seen_before_us >= AWAY_MIN) {
		d->return_us = e->at_us;
		d->away_us = e->at_us - seen_before_us;
	}
	if (e->at_us <= f->now_us - WEEK)
		return;
	d->n[FU_FACT_VISITS_7D]++;
	if (e->arg == NULL)
		return;
	if (fu_glob("*pricing*", e->arg))
		d->n[FU_FACT_PRICING_VISITS_7D]++;
	if (fu_glob("*demo*", e->arg))
		d->n[FU_FACT_DEMO_VISITS_7D]++;
}

/* Replies of the very instant of a meeting or touch are not after it. */
static void
reply(struct fold *d, const struct fu_event *e)
{
	struct fu_facts *f = d->f;

	if (!theirs(e))
		return;
	f->reply_us = e->at_us;
	d->n[FU_FACT_REPLIES]++;
	d->n[FU_FACT_REPLIES_SINCE_MEETING] += f->meeting_us != FU_NEVER &&
	    e->at_us > f->meeting_us;
	d->n[FU_FACT_REPLIES_SINCE_DEMO] += f->demo_us != FU_NEVER &&
	    e->at_us > f->demo_us;
	d->n[FU_FACT_REPLIES_SINCE_TOUCH] += f->touch_us != FU_NEVER &&
	    e->at_us > f->touch_us;
}

static void
event(struct fold *d, const struct fu_event *e)
{
	struct fu_facts *f = d->f;
	int64_t seen_before_us = f->seen_us;
	bool question;

	if (fu_event_inbound(e)) {
		f->seen_us = e->at_us;
		if (fu_kinds[e->kind].engages)
			f->engaged_us = e->at_us;
	}
	question = signals(d, e);
	if (d->n[FU_FACT_CONTACT_SHARED] == 0 && shared(d, e))
		d->n[FU_FACT_CONTACT_SHARED] = 1;
	switch (e->kind) {
	case FU_K_VISIT:
		visit(d, e, seen_before_us);
		break;
	case FU_K_CHAT:
		if (e->from != FU_FROM_PROSPECT)
			break;
		d->n[FU_FACT_CHATS]++;
		d->n[FU_FACT_CHATS_SINCE_DEMO] += f->demo_us != FU_NEVER &&
		    e->at_us > f->demo_us;
		d->n[FU_FACT_QUESTIONS] += question || asks(e->text);
		break;
	case FU_K_REPLY:
		reply(d, e);
		if (theirs(e))
			d->n[FU_FACT_QUESTIONS] += question || asks(e->text);
		break;
	case FU_K_DOWNLOAD:
		d->n[FU_FACT_DOWNLOADS]++;
		break;
	case FU_K_MEETING:
	case FU_K_DEMO:
		meeting(d, e);
		break;
	case FU_K_CALL:
		/* What a rep notes of a call that was more than one. */
		if (fu_event_meaning(e) != FU_K_CALL) {
			expire(d, e->at_us);
			held(d, e, fu_event_meaning(e) == FU_K_DEMO);
		}
		break;
	case FU_K_SENT:
		f->touch_us = e->at_us;
		d->n[FU_FACT_TOUCHES_SENT]++;
		d->n[FU_FACT_REPLIES_SINCE_TOUCH] = 0;
		break;
	case FU_K_WON:
		f->won_us = e->at_us;
		d->n[FU_FACT_WON]++;
		break;
	case FU_K_LOST:
		f->lost_us = e->at_us;
		d->n[FU_FACT_LOST]++;
		break;
	default:
		break;
	}
}

static void
of_time(struct fold *d)
{
	struct fu_facts *f = d->f;
	const struct fu_subject *s = f->subject;
	int64_t before;

	set_days_since(f, FU_FACT_DAYS_SINCE_SEEN, f->seen_us);
	set_days_since(f, FU_FACT_DAYS_SINCE_VISIT, f->visit_us);
	set_days_since(f, FU_FACT_DAYS_SINCE_REPLY, f->reply_us);
	set_days_since(f, FU_FACT_DAYS_SINCE_MEETING, f->meeting_us);
	set_days_since(f, FU_FACT_DAYS_SINCE_DEMO, f->demo_us);
	set_days_since(f, FU_FACT_DAYS_SINCE_TOUCH, f->touch_us);
	set_days_since(f, FU_FACT_DAYS_SILENT,
	    f->engaged_us != FU_NEVER ? f->engaged_us : s->known_us);
	if (d->return_us != FU_NEVER && d->return_us > f->now_us - RETURN_FRESH &&
	    (s->return_used_us == FU_NEVER || d->return_us > s->return_used_us)) {
		f->return_us = d->return_us;
		set_int(f, FU_FACT_DAYS_ABSENT, d->away_us / FU_DAY);
	}
	before = f->return_us != FU_NEVER ? f->return_us : f->now_us;
	set_int(f, FU_FACT_SCORED_BEFORE, s->first_scored_us != FU_NEVER &&
	    s->first_scored_us < before);
}

void
fu_facts_fold(const struct fu_subject *subject, const struct fu_event *events,
    size_t n, int64_t now_us, struct fu_facts *f)
{
	struct fold d;
	struct fu_arena arena;
	const char *collected;
	size_t i, len;
	int fact;

	memset(f, 0, sizeof(*f));
	memset(&d, 0, sizeof(d));
	f->subject = subject;
	f->event = events;
	f->nevent = n;
	f->now_us = now_us;
	f->return_us = f->seen_us = f->visit_us = f->reply_us = f->meeting_us =
	    f->demo_us = f->touch_us = f->engaged_us = f->meeting_booked_us =
	    f->won_us = f->lost_us = f->booked_start_us = FU_NEVER;
	d.f = f;
	fu_arena_init(&arena);
	d.arena = &arena;
	d.return_us = FU_NEVER;
	collected = subject->person->f[FU_F_COLLECTED];
	if ((fu_streq(collected, "direct") || fu_streq(collected, "chat")) &&
	    (subject->person->f[FU_F_EMAIL] != NULL ||
	    subject->person->f[FU_F_PHONE] != NULL))
		d.n[FU_FACT_CONTACT_SHARED] = 1;
	of_record(f);
	for (i = 0; i < n && events[i].at_us <= now_us; i++)
		event(&d, &events[i]);
	expire(&d, now_us);
	for (i = 0; i < d.nbooked; i++)
		if (d.booked[i] != INT64_MAX && (f->booked_start_us ==
		    FU_NEVER || d.booked[i] < f->booked_start_us))
			f->booked_start_us = d.booked[i];
	d.n[FU_FACT_MEETINGS_BOOKED] = (int64_t)d.nbooked;
	d.n[FU_FACT_OBJECTIONS_OPEN] = (int64_t)d.nopen;
	d.n[FU_FACT_ACCOUNT_PEOPLE] = subject->account_people;
	d.n[FU_FACT_ACCOUNT_VISITS_7D] = subject->account_visits_7d;
	for (fact = FU_FACT_VISITS; fact <= FU_FACT_ACCOUNT_VISITS_7D; fact++)
		if (fact != FU_FACT_COMPETITOR)
			set_int(f, fact, d.n[fact]);
	if (d.competitor != NULL) {
		len = fu_utf8_cut(d.competitor, strlen(d.competitor) <
		    sizeof(f->competitor) ? strlen(d.competitor) :
		    sizeof(f->competitor) - 1);
		memcpy(f->competitor, d.competitor, len);
		set_text(f, FU_FACT_COMPETITOR, f->competitor);
	}
	memcpy(f->objection, d.open, sizeof(f->objection));
	f->nobjection = d.nopen;
	of_time(&d);
	fu_arena_free(&arena);
}

bool
fu_facts_objects(const struct fu_facts *f, const char *kind)
{
	uint64_t h = hash_of(kind);

	for (size_t i = 0; i < f->nobjection; i++)
		if (f->objection[i] == h)
			return (true);
	return (false);
}
