/*
 * Rules data of places: countries, telephone prefixes, mail addresses.
 *
 * Must never hold an opinion of its own: what a file does not say is not
 * there.
 */
#include "policy/rulebook.h"

#include <ctype.h>
#include <string.h>

static bool
is_code(const char *s)
{
	return (isupper((unsigned char)s[0]) && isupper((unsigned char)s[1]) &&
		s[2] == '\0');
}

/* Digits with a 1 before them, so that leading zeros count. */
static bool
prefix_key(const char *s, uint64_t *key)
{
	*key = 1;
	if (*s == '\0' || strlen(s) > 8)
		return (false);
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return (false);
		*key = *key * 10 + (uint64_t)(*s - '0');
	}
	return (true);
}

static int
word_of(const char *const *words, const char *s)
{
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], s) == 0)
			return (i);
	return (-1);
}

int
fu_rulebook_country_line(
    struct fu_rulebook *b, struct fu_line *l, struct fu_err *err)
{
	static const char *const places[] = {"us", "ca", "uk", "eu", NULL};
	/* In the order of enum fu_mail_rule. */
	static const char *const rules[] = {
	    "free", "opt_out_legal", "opt_out_job", "opt_in", "blocked", NULL};
	struct fu_country c;
	int place, named, generic;

	memset(&c, 0, sizeof(c));
	if (l->n < 5 || !is_code(l->column[0]))
		return (fu_line_bad(l, err,
		    "expected country | place | "
		    "named | generic | source"));
	if ((place = word_of(places, l->column[1])) < 0)
		return (fu_line_bad(l, err, "place is us, ca, uk or eu"));
	if ((named = word_of(rules, l->column[2])) < 0 ||
	    (generic = word_of(rules, l->column[3])) < 0)
		return (fu_line_bad(l, err,
		    "a rule is opt_in, opt_out_job, "
		    "opt_out_legal, free or blocked"));
	memcpy(c.code, l->column[0], sizeof(c.code));
	c.place = (enum fu_place)(1 << place);
	c.named = (enum fu_mail_rule)named;
	c.generic = (enum fu_mail_rule)generic;
	b->country = fu_grow(
	    &b->arena, b->country, b->ncountry, &b->country_cap, sizeof(c));
	b->country[b->ncountry++] = c;
	return (0);
}

int
fu_rulebook_country_zones_line(
    struct fu_rulebook *b, struct fu_line *l, struct fu_err *err)
{
	struct fu_country_zones c;
	struct fu_prefix p;
	char *save, *w;

	memset(&c, 0, sizeof(c));
	memset(&p, 0, sizeof(p));
	if (l->n < 3 || !is_code(l->column[0]))
		return (
		    fu_line_bad(l, err, "expected country | prefixes | zones | main"));
	memcpy(c.code, l->column[0], sizeof(c.code));
	memcpy(p.country, c.code, sizeof(p.country));
	c.zones = fu_rulebook_zones(b, l->column[2]);
	c.main = l->n > 3 ? fu_rulebook_zones(b, l->column[3]) : c.zones;
	for (w = strtok_r(l->column[1], " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save)) {
		if (!prefix_key(w, &p.key))
			return (fu_line_bad(l, err, "a prefix is digits"));
		fu_prefix_add(b, &b->calling, &p);
	}
	b->all = fu_grow(&b->arena, b->all, b->nall, &b->all_cap, sizeof(c));
	b->all[b->nall++] = c;
	return (0);
}

int
fu_rulebook_phone_line(
    struct fu_rulebook *b, struct fu_line *l, struct fu_err *err)
{
	struct fu_prefix p;

	memset(&p, 0, sizeof(p));
	if (l->n != 2 || !prefix_key(l->column[0], &p.key))
		return (fu_line_bad(l, err, "expected prefix | zones"));
	p.zones = fu_rulebook_zones(b, l->column[1]);
	fu_prefix_add(b, &b->phone_zones, &p);
	return (0);
}

int
fu_rulebook_area_line(
    struct fu_rulebook *b, struct fu_line *l, struct fu_err *err)
{
	struct fu_prefix p;
	char *save, *w;
	size_t n = 0;

	memset(&p, 0, sizeof(p));
	if (l->n != 3 || strlen(l->column[0]) != 3 ||
	    !prefix_key(l->column[0], &p.key) || !is_code(l->column[1]))
		return (fu_line_bad(
		    l, err, "expected area code | country | states"));
	memcpy(p.country, l->column[1], sizeof(p.country));
	for (w = strtok_r(l->column[2], " ", &save); w != NULL && n < 3;
	     w = strtok_r(NULL, " ", &save)) {
		if (!is_code(w))
			return (fu_line_bad(l, err, "a state is two capitals"));
		memcpy(p.state[n++], w, 3);
	}
	fu_prefix_add(b, &b->areas, &p);
	return (0);
}

int
fu_rulebook_address_line(
    struct fu_rulebook *b, struct fu_line *l, struct fu_err *err)
{
	struct fu_words *to;
	char *save, *w;

	if (l->n != 2)
		return (fu_line_bad(l, err, "expected kind | words"));
	if (strcmp(l->column[0], "generic") == 0)
		to = &b->generic;
	else if (strcmp(l->column[0], "role") == 0)
		to = &b->role;
	else if (strcmp(l->column[0], "wireless") == 0)
		to = &b->wireless;
	else if (strcmp(l->column[0], "unlawful") == 0)
		to = &b->unlawful;
	else
		return (fu_line_bad(l, err,
		    "the kind is generic, role, "
		    "wireless or unlawful"));
	for (w = strtok_r(l->column[1], " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save)) {
		to->word = fu_grow(
		    &b->arena, to->word, to->n, &to->cap, sizeof(*to->word));
		to->word[to->n++] = fu_dup(&b->arena, w);
	}
	return (0);
}
