/*
 * What --set says of every person of a list, made canonical once.
 *
 * Must never take a value that a row could not have.
 */
#include "record/fields_room.h"

int
fu_defaults_make(struct fu_defaults *d, const struct fu_norm *norm,
    const struct fu_pair *pair, size_t n, struct fu_arena *a,
    struct fu_err *err)
{
	struct fu_taken sink;
	struct fu_taker t;
	const char *reason;

	*d = (struct fu_defaults){ .nattr = 0 };
	fu_take_begin(&t, norm, NULL, a, &sink);
	/* Twice, so that a country given last helps a region given first. */
	for (size_t i = 0; i < 2 * n; i++) {
		const struct fu_pair *p = &pair[i % n];
		int field = fu_field_find(p->key);

		if ((i < n) != (field == FU_F_COUNTRY))
			continue;
		if (field < 0)
			fu_take_text(&t, p->key, fu_str_of(p->value));
		else if (fu_value_canon(norm, (enum fu_field)field,
		    fu_str_of(p->value), d->f[FU_F_COUNTRY], a, &d->f[field],
		    &reason, err) != 0) {
			fu_err_prefix(err, "--set %s=%s: ", p->key, p->value);
			if (err != NULL)
				err->class = FU_EUSAGE;
			return (-1);
		}
	}
	d->attr = sink.person.attr;
	d->nattr = sink.person.nattr;
	return (0);
}
