/*
 * Rules data of places: countries, telephone prefixes, mail addresses.
 *
 * Must never hold an opinion of its own: what a file does not say is not
 * there.
 */
#include "policy/rulebook.h"

#include <stdio.h>
#include <string.h>

#include "config/country.h"
#include "policy/rulebook_files.h"

#define NAMED_MAX 3 /* words of many, in a line for people */

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

static int
no_country(const struct fu_line *l, const char *code)
{
	return (fu_line_bad(l, code,
	    "there is no country \"%s\": write its two letters, like DE",
	    code));
}

int
fu_rulebook_country_line(struct fu_rulebook *b, struct fu_line *l)
{
	static const char *const places[] = {"us", "ca", "uk", "eu", NULL};
	/* In the order of enum fu_mail_rule. */
	static const char *const rules[] = {
	    "free", "opt_out_legal", "opt_out_job", "opt_in", "blocked", NULL};
	struct fu_country c;
	const char *code = l->column[0];
	int place, rule[2];

	memset(&c, 0, sizeof(c));
	if (l->n < 5)
		return (fu_line_bad(l, code,
		    "expected country | place | "
		    "named | generic | source"));
	/* EU: the Union's own top-level domain. */
	if (!fu_country_known(code) && strcmp(code, "EU") != 0)
		return (no_country(l, code));
	if ((place = word_of(places, l->column[1])) < 0)
		return (fu_line_bad(
		    l, l->column[1], "place is us, ca, uk or eu"));
	for (size_t i = 0; i < 2; i++)
		if ((rule[i] = word_of(rules, l->column[2 + i])) < 0)
			return (fu_line_bad(l, l->column[2 + i],
			    "a rule is opt_in, opt_out_job, "
			    "opt_out_legal, free or blocked"));
	fu_line_once(l, code, "%s", code);
	memcpy(c.code, code, sizeof(c.code));
	c.place = (enum fu_place)(1 << place);
	c.named = (enum fu_mail_rule)rule[0];
	c.generic = (enum fu_mail_rule)rule[1];
	b->country = fu_grow(
	    &b->arena, b->country, b->ncountry, &b->country_cap, sizeof(c));
	b->country[b->ncountry++] = c;
	return (0);
}

int
fu_rulebook_country_zones_line(struct fu_rulebook *b, struct fu_line *l)
{
	struct fu_country_zones c;
	struct fu_prefix p;
	char *code = l->column[0], *save, *w;

	memset(&c, 0, sizeof(c));
	memset(&p, 0, sizeof(p));
	if (l->n < 3)
		return (fu_line_bad(
		    l, code, "expected country | prefixes | zones | main"));
	if (!fu_country_known(code))
		return (no_country(l, code));
	fu_line_once(l, code, "%s", code);
	memcpy(c.code, code, sizeof(c.code));
	memcpy(p.country, c.code, sizeof(p.country));
	if (fu_rulebook_zones(b, l, l->column[2], &c.zones) == -1)
		return (-1);
	c.main = c.zones;
	if (l->n > 3 &&
	    fu_rulebook_zones(b, l, l->column[3], &c.main) == -1)
		return (-1);
	for (w = strtok_r(l->column[1], " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save)) {
		if (!prefix_key(w, &p.key))
			return (fu_line_bad(l, w, "a prefix is digits"));
		fu_line_once(l, w, "+%s", w);
		fu_prefix_add(b, &b->calling, &p);
	}
	b->all = fu_grow(&b->arena, b->all, b->nall, &b->all_cap, sizeof(c));
	b->all[b->nall++] = c;
	return (0);
}

int
fu_rulebook_phone_line(struct fu_rulebook *b, struct fu_line *l)
{
	struct fu_prefix p;

	memset(&p, 0, sizeof(p));
	if (l->n != 2 || !prefix_key(l->column[0], &p.key))
		return (
		    fu_line_bad(l, l->column[0], "expected prefix | zones"));
	if (fu_rulebook_zones(b, l, l->column[1], &p.zones) == -1)
		return (-1);
	fu_line_once(l, l->column[0], "%s", l->column[0]);
	fu_prefix_add(b, &b->phone_zones, &p);
	return (0);
}

static int
area_states(struct fu_line *l, struct fu_prefix *p)
{
	bool ours = strcmp(p->country, "US") == 0 ||
		    strcmp(p->country, "CA") == 0;
	char code[FU_CODE_MAX], *save, *w;
	size_t n = 0;

	for (w = strtok_r(l->column[2], " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save)) {
		if (strlen(w) != 2 || n == 3)
			return (fu_line_bad(l, w,
			    "a state is two capitals, three of them at most"));
		snprintf(code, sizeof(code), "%s-%s", p->country, w);
		if (ours && !fu_state_known(code))
			return (fu_line_bad(l, w,
			    "there is no state or province \"%s\"", code));
		memcpy(p->state[n++], w, 3);
	}
	return (0);
}

int
fu_rulebook_area_line(struct fu_rulebook *b, struct fu_line *l)
{
	struct fu_prefix p;

	memset(&p, 0, sizeof(p));
	if (l->n != 3 || strlen(l->column[0]) != 3 ||
	    !prefix_key(l->column[0], &p.key))
		return (fu_line_bad(l, l->column[0],
		    "expected area code | country | states"));
	if (!fu_country_known(l->column[1]))
		return (no_country(l, l->column[1]));
	memcpy(p.country, l->column[1], sizeof(p.country));
	if (area_states(l, &p) == -1)
		return (-1);
	fu_line_once(l, l->column[0], "%s", l->column[0]);
	fu_prefix_add(b, &b->areas, &p);
	return (0);
}

static struct fu_words *
words_of(struct fu_rulebook *b, const char *kind)
{
	if (strcmp(kind, "generic") == 0)
		return (&b->generic);
	if (strcmp(kind, "role") == 0)
		return (&b->role);
	if (strcmp(kind, "wireless") == 0)
		return (&b->wireless);
	if (strcmp(kind, "unlawful") == 0)
		return (&b->unlawful);
	return (NULL);
}

size_t
fu_rulebook_lacks(struct fu_rulebook *b, struct fu_rulebook *other,
    const char *kind, struct fu_buf *text)
{
	const struct fu_words *all = words_of(other, kind);
	const struct fu_words *mine = words_of(b, kind);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		if (fu_words_has(mine, fu_str_of(all->word[i])))
			continue;
		if (++n <= NAMED_MAX)
			fu_buf_printf(text, "%s\"%s\"", n > 1 ? ", " : "",
			    all->word[i]);
	}
	if (n > NAMED_MAX)
		fu_buf_printf(text, ", …");
	return (n);
}

int
fu_rulebook_address_line(struct fu_rulebook *b, struct fu_line *l)
{
	struct fu_words *to;
	char *save, *w;
	bool any = false;

	if (l->n != 2)
		return (
		    fu_line_bad(l, l->column[0], "expected kind | words"));
	if ((to = words_of(b, l->column[0])) == NULL)
		return (fu_line_bad(l, l->column[0],
		    "the kind is generic, role, "
		    "wireless or unlawful"));
	fu_line_note(l, "%s", l->column[0]);
	for (w = strtok_r(l->column[1], " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save)) {
		to->word = fu_grow(
		    &b->arena, to->word, to->n, &to->cap, sizeof(*to->word));
		to->word[to->n++] = fu_dup(&b->arena, w);
		any = true;
	}
	if (!any)
		return (fu_line_bad(l, l->column[1], "no word stands here"));
	return (0);
}
