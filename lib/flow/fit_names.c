/*
 * The names that --facts and --without give: of facts, custom columns and
 * kinds of events, as an operator knows them.
 */
#include <string.h>

#include "flow/fit_room.h"
#include "record/headers.h"

/* attr('Lead Source') and events('webinar'): the name inside, or NULL. */
static const char *
inside(struct fu_str word, const char *call, struct fu_arena *arena)
{
	size_t	 len = strlen(call);

	if (!fu_str_starts(word, call) || word.ptr[word.len - 1] != ')')
		return (NULL);
	word = fu_str_trim((struct fu_str){ word.ptr + len,
	    word.len - len - 1 });
	if (word.len < 3 || word.ptr[0] != '\'' ||
	    word.ptr[word.len - 1] != '\'')
		return (NULL);
	return (fu_dup_str(arena, (struct fu_str){ word.ptr + 1,
	    word.len - 2 }));
}

/* A column of an export that ingest took for a field of the record. */
static const char *
field_of(const char *name)
{
	char			 normal[FU_HEADER_MAX];
	struct fu_header	 header;

	if (!fu_header_find(fu_header_normalise(fu_str_of(name), normal),
	    &header) || header.target >= FU_FIELD_N)
		return (NULL);
	return (fu_fields[header.target].name);
}

static int
add(struct fu_fit_names *names, const char *option, struct fu_str word,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_fit_name	 one = { .met = false };

	word = fu_str_trim(word);
	if (word.len == 0)
		return (fu_err_set(err, FU_EUSAGE, "%s: an empty name",
		    option));
	one.text = fu_dup_str(arena, word);
	one.name = inside(word, "attr(", arena);
	if (one.name == NULL)
		one.name = inside(word, "events(", arena);
	if (one.name == NULL)
		one.name = one.text;
	one.field = field_of(one.name);
	names->name = fu_grow(arena, names->name, names->n, &names->cap,
	    sizeof(*names->name));
	names->name[names->n++] = one;
	return (0);
}

int
fu_fit_names_read(struct fu_fit_names *names, const char *option,
    const char *list, struct fu_arena *arena, struct fu_err *err)
{
	const char	*from = list, *p = list;
	bool		 quoted = false;

	for (; list != NULL; p++) {
		quoted = *p == '\'' ? !quoted : quoted;
		if (*p != '\0' && (*p != ',' || quoted))
			continue;
		if (add(names, option, (struct fu_str){ from,
		    (size_t)(p - from) }, arena, err) == -1)
			return (-1);
		if (*p == '\0')
			break;
		from = p + 1;
	}
	return (0);
}

/* "visits" for "visit", "replies" for "reply". */
static bool
is_plural(const char *many, const char *one, size_t len)
{
	if (strncmp(many, one, len) == 0 && strcmp(many + len, "s") == 0)
		return (true);
	return (len > 0 && one[len - 1] == 'y' &&
	    strncmp(many, one, len - 1) == 0 &&
	    strcmp(many + len - 1, "ies") == 0);
}

static bool
names_it(const struct fu_fit_name *n, const char *name)
{
	size_t	 kind = strcspn(name, " ");

	if (fu_glob(n->name, name) || fu_streq_nocase(n->field, name))
		return (true);
	return (is_plural(n->name, name, kind) ||
	    (name[kind] == ' ' && strlen(n->name) == kind &&
	    strncmp(n->name, name, kind) == 0));
}

bool
fu_fit_names_have(struct fu_fit_names *names, const char *name)
{
	bool	 have = false;

	for (size_t i = 0; i < names->n; i++)
		if (names_it(&names->name[i], name))
			have = names->name[i].met = true;
	return (have);
}

bool
fu_fit_names_exact(const struct fu_fit_names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->name[i].name, name) == 0)
			return (true);
	return (false);
}

const struct fu_fit_name *
fu_fit_names_unmet(const struct fu_fit_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (!names->name[i].met)
			return (&names->name[i]);
	return (NULL);
}
