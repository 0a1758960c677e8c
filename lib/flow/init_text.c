/*
 * Parsing messages and templates of hand-offs, to see whether they parse.
 *
 * Must never render one: what a value would be, only a person's case tells.
 */
#include "content/mustache.h"
#include "flow/init_text.h"

void
fu_init_template(const char *text, const struct fu_where *begin,
    struct fu_arena *arena, struct fu_faults *faults)
{
	size_t	 before = faults->n;

	if (text != NULL)
		fu_template_check(text, begin, arena, faults);
	fu_faults_rule(faults, before, "tag");
}

void
fu_init_message(const char *path, struct fu_arena *arena,
    struct fu_faults *faults)
{
	struct fu_message	 m;
	struct fu_err		 err;
	size_t			 before = fu_faults_errors(faults);

	if (fu_message_load(path, arena, &m, faults, &err) == -1) {
		if (fu_faults_errors(faults) == before)
			fu_fault_of(faults, path, &err);
		return;
	}
	fu_init_template(m.body, &(struct fu_where){ m.file, m.body_line, 1 },
	    arena, faults);
	fu_init_template(m.subject, &m.subject_where, arena, faults);
	for (size_t i = 0; i < m.nvariant; i++)
		fu_init_template(m.variant[i].subject, &m.variant[i].where,
		    arena, faults);
}
