/*
 * Whose law a person is under, and what their clocks may show.
 *
 * Must never take the absence of evidence for evidence: a free-mail address,
 * a toll-free number or a .io domain says nothing.
 */
#include "policy/jurisdiction.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "policy/employer.h"
#include "record/email.h"

/* Hours that the candidate zones share are worth planning in from here on. */
#define SHARED_MIN 60

struct zones {
	const struct fu_zone *zone[FU_ALIKE_MAX];
	size_t n;
};

bool
fu_zones_alike(const struct fu_zone *a, const struct fu_zone *b)
{
	/*
	 * Each season, by the rules of now: the middles of January and July
	 * 2030, of April and October 2031.  Half a year apart and not of
	 * today, so that base/zone's cache holds them beside today's.
	 */
	static const int64_t probe[] = {INT64_C(1894665600) * FU_SECOND,
	    INT64_C(1910736000) * FU_SECOND, INT64_C(1933545600) * FU_SECOND,
	    INT64_C(1950220800) * FU_SECOND};

	if (a == b)
		return (true);
	for (size_t i = 0; i < sizeof(probe) / sizeof(probe[0]); i++)
		if (fu_zone_offset(a, probe[i]) != fu_zone_offset(b, probe[i]))
			return (false);
	return (true);
}

static bool
has(const struct zones *s, const struct fu_zone *z)
{
	for (size_t i = 0; i < s->n; i++)
		if (fu_zones_alike(s->zone[i], z))
			return (true);
	return (false);
}

static void
put(struct zones *s, const struct fu_zone *z)
{
	if (z != NULL && s->n < FU_ALIKE_MAX && !has(s, z))
		s->zone[s->n++] = z;
}

static void
put_run(const struct fu_rulebook *b, struct zones *s, struct fu_zone_run r)
{
	for (uint32_t i = 0; i < r.n; i++)
		put(s, fu_rulebook_zone(b, r.first + i));
}

/* Where the finer says no more than the coarser allows, it is the truth. */
static void
narrow(struct zones *s, const struct zones *by)
{
	if (by->n == 0)
		return;
	for (size_t i = 0; i < by->n; i++)
		if (!has(s, by->zone[i]))
			return;
	*s = *by;
}

static void
add_country(
    const struct fu_rulebook *b, struct fu_jurisdiction *j, const char *code)
{
	const struct fu_country *c = fu_rulebook_country(b, code);

	if (c == NULL) {
		if (j->unknown_what == NULL)
			j->unknown_what = code;
		j->unknown = true;
		return;
	}
	j->places |= c->place;
	for (size_t i = 0; i < j->ncountry; i++)
		if (j->country[i] == c)
			return;
	if (j->ncountry < FU_COUNTRIES_MAX)
		j->country[j->ncountry++] = c;
}

static void
add_state(const struct fu_rulebook *b, struct fu_jurisdiction *j,
    const char *country, const char *state)
{
	const struct fu_state *s;
	char code[FU_CODE_MAX];

	if (strlen(country) != 2 || strlen(state) != 2)
		return;
	memcpy(code, country, 2);
	code[2] = '-';
	memcpy(code + 3, state, 3);
	if ((s = fu_rulebook_state(b, code)) == NULL)
		return;
	for (size_t i = 0; i < j->nstate; i++)
		if (j->state[i] == s)
			return;
	if (j->nstate < FU_STATES_MAX)
		j->state[j->nstate++] = s;
}

/* An area code's country, states and zones. */
static void
north_american(const struct fu_rulebook *b, const char *digits,
    const char *stated, struct fu_jurisdiction *j, struct zones *zones)
{
	const struct fu_prefix *area, *row;
	size_t first = j->nstate;
	char npa[4] = "";

	memcpy(npa, digits + 1, 3);
	area = fu_prefix_find(&b->areas, npa, 3);
	if (area == NULL) {
		/* Toll-free and the like: either country's law, unless the
		 * record says which [CA-02]. */
		if (!fu_streq(stated, "US") && !fu_streq(stated, "CA")) {
			add_country(b, j, "US");
			add_country(b, j, "CA");
		}
		return;
	}
	add_country(b, j, area->country);
	j->us_number = strcmp(area->country, "US") == 0;
	for (int i = 0; i < 3 && area->state[i][0] != '\0'; i++)
		add_state(b, j, area->country, area->state[i]);
	row = fu_prefix_find(&b->phone_zones, digits, 4);
	if (row != NULL) {
		put_run(b, zones, row->zones);
		return;
	}
	for (size_t i = first; i < j->nstate; i++)
		put_run(b, zones, j->state[i]->zones);
	if (zones->n == 0) {
		const struct fu_country_zones *all =
		    fu_rulebook_all(b, area->country);

		if (all != NULL && all->zones.n == 1)
			put_run(b, zones, all->zones);
	}
}

static void
by_phone(const struct fu_rulebook *b, const char *phone, const char *stated,
    struct fu_jurisdiction *j, struct zones *zones)
{
	const struct fu_prefix *p;

	if (phone == NULL || *phone != '+')
		return;
	phone++;
	if (*phone == '1') {
		if (strlen(phone) >= 4)
			north_american(b, phone, stated, j, zones);
		return;
	}
	if ((p = fu_prefix_find(&b->calling, phone, 1)) == NULL)
		return;
	add_country(b, j, p->country);
	if ((p = fu_prefix_find(&b->phone_zones, phone, 1)) != NULL)
		put_run(b, zones, p->zones);
}

const char *
fu_number_country(const struct fu_rulebook *b, const char *phone)
{
	const struct fu_prefix *p;

	if (b == NULL || phone == NULL || *phone != '+')
		return (NULL);
	phone++;
	if (*phone == '1')
		p = fu_prefix_find(&b->areas, phone + 1, 3);
	else
		p = fu_prefix_find(&b->calling, phone, 1);
	return (p == NULL || p->country[0] == '\0' ? NULL : p->country);
}

/* A mail domain of a country, where only people there buy such domains. */
static void
by_domain(
    const struct fu_rulebook *b, const char *email, struct fu_jurisdiction *j)
{
	const struct fu_country_zones *c;
	const struct fu_country *own;
	const char *domain, *dot;
	char code[3];

	if (email == NULL)
		return;
	domain = fu_email_domain(email);
	dot = strrchr(domain, '.');
	if (dot == NULL || strlen(dot + 1) != 2 || fu_freemail(b, domain) ||
	    fu_words_has(&b->generic, fu_str_of(dot + 1)))
		return;
	for (int i = 0; i < 2; i++) {
		if (dot[i + 1] < 'a' || dot[i + 1] > 'z')
			return;
		code[i] = (char)(dot[i + 1] - 'a' + 'A');
	}
	code[2] = '\0';
	if (strcmp(code, "UK") == 0)
		memcpy(code, "GB", 3);
	/* The tables' own spelling outlives this call. */
	if ((own = fu_rulebook_country(b, code)) != NULL)
		add_country(b, j, own->code);
	else if ((c = fu_rulebook_all(b, code)) != NULL)
		add_country(b, j, c->code);
}

/* Zones of the record's country and region. */
static void
by_address(const struct fu_rulebook *b, const struct fu_person *p,
    struct fu_jurisdiction *j, struct zones *zones)
{
	const char *country = p->f[FU_F_COUNTRY], *region = p->f[FU_F_REGION];
	const struct fu_country_zones *c;
	const struct fu_state *s;
	char code[FU_CODE_MAX];

	if (country == NULL || strlen(country) != 2)
		return;
	add_country(b, j, country);
	if (region != NULL && strlen(region) == 2) {
		snprintf(code, sizeof(code), "%.2s-%.2s", country, region);
		if ((s = fu_rulebook_state(b, code)) != NULL) {
			add_state(b, j, country, region);
			put_run(b, zones, s->zones);
			return;
		}
	}
	/* "Somewhere in the United States" is no place. */
	if (strcmp(country, "US") == 0 || strcmp(country, "CA") == 0)
		return;
	if ((c = fu_rulebook_all(b, country)) != NULL)
		put_run(b, zones, c->zones);
}

void
fu_jurisdiction_of(const struct fu_rulebook *b, const struct fu_person *p,
    struct fu_jurisdiction *j)
{
	struct zones phone = {.n = 0}, address = {.n = 0};
	struct zones stated = {.n = 0}, all = {.n = 0};

	memset(j, 0, sizeof(*j));
	if (p->f[FU_F_TZ] != NULL)
		put(&stated, fu_zone_open(p->f[FU_F_TZ]));
	by_address(b, p, j, &address);
	by_phone(b, p->f[FU_F_PHONE], p->f[FU_F_COUNTRY], j, &phone);
	by_domain(b, p->f[FU_F_EMAIL], j);
	if (j->ncountry == 0)
		j->unknown = true;

	/* An area code is moved with, so of a state's two zones both stay;
	 * the number of a country's mobile network belongs to no zone of it. */
	if (j->nstate == 0)
		narrow(&address, &stated);
	if (p->f[FU_F_PHONE] != NULL &&
	    strncmp(p->f[FU_F_PHONE], "+1", 2) != 0) {
		if (j->nstate == 0)
			narrow(&address, &phone);
		narrow(&phone, &stated);
		narrow(&phone, &address);
	}
	/* The order is the order of belief: the first is planned in. */
	for (size_t i = 0; i < stated.n; i++)
		put(&all, stated.zone[i]);
	for (size_t i = 0; i < address.n; i++)
		put(&all, address.zone[i]);
	for (size_t i = 0; i < phone.n; i++)
		put(&all, phone.zone[i]);
	memcpy(j->zone, all.zone, sizeof(j->zone));
	j->nzone = all.n;
}

const struct fu_zone *
fu_gate_zone(const struct fu_rulebook *b, const struct fu_person *p,
    const struct fu_zone *company, bool *known)
{
	struct fu_jurisdiction j;
	struct fu_person one = *p;
	const struct fu_zone *z;

	*known = true;
	if (p->f[FU_F_TZ] != NULL && (z = fu_zone_open(p->f[FU_F_TZ])) != NULL)
		return (z);
	one.f[FU_F_EMAIL] = NULL; /* a domain has no clock */
	fu_jurisdiction_of(b, &one, &j);
	if (j.nzone == 1)
		return (j.zone[0]);
	if (j.nzone > 1 && p->f[FU_F_COUNTRY] != NULL) {
		/* Of the address alone, which comes before the number. */
		struct zones address = {.n = 0}, phone = {.n = 0};

		by_address(b, p, &j, &address);
		by_phone(b, p->f[FU_F_PHONE], p->f[FU_F_COUNTRY], &j, &phone);
		narrow(&address, &phone);
		if (address.n == 1)
			return (address.zone[0]);
	}
	*known = false;
	return (company);
}

/* Minutes that the window is open in all of them at once, by the rules of both
 * seasons: what is shared in winter alone is no hour to plan in. */
static int
shared_min(const struct fu_window *w, const struct zones *s)
{
	static const int64_t probe[] = {INT64_C(1894665600) * FU_SECOND,
	    INT64_C(1910736000) * FU_SECOND};
	int least = w->close_min - w->open_min, span;

	for (size_t i = 0; i < sizeof(probe) / sizeof(probe[0]); i++) {
		int lo = INT_MAX, hi = INT_MIN;

		for (size_t k = 0; k < s->n; k++) {
			int off = fu_zone_offset(s->zone[k], probe[i]) / 60;

			lo = off < lo ? off : lo;
			hi = off > hi ? off : hi;
		}
		span = w->close_min - w->open_min - (hi - lo);
		least = span < least ? span : least;
	}
	return (least);
}

void
fu_gate_clock(const struct fu_rulebook *b, const struct fu_person *p,
    const struct fu_config *config, struct fu_their_clock *clock)
{
	struct fu_person one = *p;
	struct fu_jurisdiction j;
	struct zones s = {.n = 0};

	clock->window = config->window;
	clock->zone = fu_gate_zone(b, p, config->company.zone, &clock->known);
	if (clock->known)
		return;
	one.f[FU_F_EMAIL] = NULL; /* a domain has no clock */
	fu_jurisdiction_of(b, &one, &j);
	for (size_t i = 0; i < j.nzone; i++)
		put(&s, j.zone[i]);
	for (size_t i = 0; j.nzone == 0 && i < j.ncountry; i++) {
		const struct fu_country_zones *c =
		    fu_rulebook_all(b, j.country[i]->code);

		if (c != NULL)
			put_run(b, &s, c->main);
	}
	if (s.n == 0 || shared_min(&config->window, &s) < SHARED_MIN)
		return;
	clock->zone = s.zone[0];
	for (size_t i = 1; i < s.n; i++)
		clock->may_be[i - 1] = s.zone[i];
	clock->window.zone = clock->may_be;
	clock->window.nzone = s.n - 1;
}

bool
fu_gate_identifies(const struct fu_rulebook *book,
    const struct fu_person *person)
{
	struct fu_jurisdiction j;

	fu_jurisdiction_of(book, person, &j);
	return ((j.places & FU_P_CA) != 0);
}
