/*
 * Which domains are a company's own.
 *
 * Must never guess: a domain that no rule names is somebody's company.
 */
#include <string.h>

#include "policy/employer.h"
#include "policy/rulebook.h"
#include "record/email.h"

int
fu_rulebook_employer_line(struct fu_rulebook *b, struct fu_line *l)
{
	struct fu_words *to = NULL;
	struct fu_err err;
	const char *domain;
	char *save, *w;

	if (l->n != 2)
		return (
		    fu_line_bad(l, l->column[0], "expected kind | domains"));
	if (strcmp(l->column[0], "mail") == 0)
		to = &b->freemail;
	else if (strcmp(l->column[0], "page") == 0)
		to = &b->page;
	else
		return (fu_line_bad(
		    l, l->column[0], "the kind is mail or page"));
	fu_line_note(l, "%s", l->column[0]);
	for (w = strtok_r(l->column[1], " \t", &save); w != NULL;
	     w = strtok_r(NULL, " \t", &save)) {
		domain = fu_domain_parse(fu_str_of(w), &b->arena, &err);
		if (domain == NULL)
			return (fu_line_bad(l, w, "%s", err.msg));
		to->word = fu_grow(
		    &b->arena, to->word, to->n, &to->cap, sizeof(*to->word));
		to->word[to->n++] = domain;
	}
	return (0);
}

bool
fu_freemail(const struct fu_rulebook *b, const char *domain)
{
	return (b != NULL && fu_words_has(&b->freemail, fu_str_of(domain)));
}

const char *
fu_company_domain(const struct fu_rulebook *b, const struct fu_person *p,
    struct fu_arena *a)
{
	const char *d;

	if (p->f[FU_F_EMAIL] != NULL) {
		d = fu_email_domain(p->f[FU_F_EMAIL]);
		if (*d != '\0' && !fu_freemail(b, d))
			return (fu_dup(a, d));
	}
	if (p->f[FU_F_WEBSITE] == NULL)
		return (NULL);
	d = fu_domain_parse(fu_str_of(p->f[FU_F_WEBSITE]), a, NULL);
	if (d == NULL || fu_freemail(b, d) ||
	    (b != NULL && fu_words_has(&b->page, fu_str_of(d))))
		return (NULL);
	return (d);
}
