/*
 * Countries, regions and languages by name.
 *
 * Sorted tables of folded names, made once.  Never matches by likeness, never
 * guesses a country from a region whose name another place has, too.
 */
#include "record/place.h"

#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/json.h"
#include "record/latin.h"

#define NAME_MAX_FOLDED	96
#define REGION_CODE_MAX	3			/* letters of ISO 3166-2 */
#define FILE_MAX	(4 * 1024 * 1024)	/* iso_3166-2.json has 0.5 MB */

struct name {
	const char	*key;	/* folded; a region's with "US " before it */
	const char	*code;
};

struct names {
	struct name	*name;
	size_t		 n, cap;
};

struct fu_places {
	struct fu_arena	 arena;
	struct names	 countries, regions, languages;
	struct names	 country_names;		/* code to English name */
	struct names	 region_names;		/* to its country; "" for many */
};

/*
 * Fold for comparing: lower case, no accents, '&' is "and", a leading "the"
 * goes, "saint" is "st", runs of anything but letters and digits are one
 * blank.  False when it is too long to be a place.
 */
static bool
fold(struct fu_str s, char out[NAME_MAX_FOLDED])
{
	char *nfkd = NULL;
	const char *p, *end;
	size_t n = 0, word = 0;

	if (s.len >= NAME_MAX_FOLDED)
		return (false);
	p = s.ptr;
	end = s.ptr + s.len;
	if (!fu_ascii(s.ptr, s.len)) {
		nfkd = g_utf8_normalize(s.ptr, (gssize)s.len, G_NORMALIZE_NFKD);
		if (nfkd == NULL)
			return (false);
		p = nfkd;
		end = nfkd + strlen(nfkd);
	}
	for (; p < end && n + 8 < NAME_MAX_FOLDED;) {
		gunichar u = g_utf8_get_char(p);

		p = g_utf8_next_char(p);
		if (g_unichar_ismark(u) || u == '\'' || u == 0x2019 ||
		    u == '.')
			continue;
		if (u == '&') {
			if (n > 0 && out[n - 1] != ' ')
				out[n++] = ' ';
			memcpy(out + n, "and ", 4);
			n += 4;
			word = n;
			continue;
		}
		if (g_unichar_isalnum(u)) {
			/* Letters that have no decomposition. */
			if (u == 0xf8 || u == 0xd8)
				u = 'o';
			else if (u == 0x142 || u == 0x141)
				u = 'l';
			else if (u == 0x131)
				u = 'i';
			n += (size_t)g_unichar_to_utf8(g_unichar_tolower(u),
			    out + n);
			continue;
		}
		if (n == word)
			continue;
		if (n - word == 3 && word == 0 && memcmp(out, "the", 3) == 0)
			n = 0;
		else if (n - word == 5 &&
		    memcmp(out + word, "saint", 5) == 0) {
			memcpy(out + word, "st ", 3);
			n = word + 3;
		} else
			out[n++] = ' ';
		word = n;
	}
	g_free(nfkd);
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return (n > 0);
}

static void
add(struct fu_places *p, struct names *t, const char *before, struct fu_str s,
    const char *code)
{
	char folded[NAME_MAX_FOLDED];

	if (!fold(s, folded))
		return;
	t->name = fu_grow(&p->arena, t->name, t->n, &t->cap,
	    sizeof(*t->name));
	t->name[t->n++] = (struct name){ fu_printf(&p->arena, "%s%s", before,
	    folded), code };
}

static int
by_key(const void *a, const void *b)
{
	const struct name *x = a, *y = b;

	return (strcmp(x->key, y->key));
}

static const char *
look_up(const struct names *t, const char *key)
{
	struct name want = { key, NULL };
	const struct name *found;

	found = bsearch(&want, t->name, t->n, sizeof(want), by_key);
	return (found != NULL ? found->code : NULL);
}

/* Sort; of equal keys the one that was added first stays. */
static void
settle(struct names *t)
{
	size_t n = 0;

	/* GLib's is stable. */
	g_qsort_with_data(t->name, (gint)t->n, sizeof(*t->name),
	    (GCompareDataFunc)(void (*)(void))by_key, NULL);
	for (size_t i = 0; i < t->n; i++)
		if (n == 0 || strcmp(t->name[n - 1].key, t->name[i].key) != 0)
			t->name[n++] = t->name[i];
	t->n = n;
}

static int
read_file(struct fu_arena *a, const char *path, struct fu_str *out,
    struct fu_err *err)
{
	struct stat st;
	ssize_t n, got = 0;
	char *text;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0)
			close(fd);
		return (fu_err_sys(err, FU_ENOINPUT, "%s", path));
	}
	if (st.st_size > FILE_MAX) {
		close(fd);
		return (fu_err_set(err, FU_ECONFIG, "%s: too large", path));
	}
	text = fu_alloc(a, (size_t)st.st_size + 1);
	while ((n = read(fd, text + got, (size_t)(st.st_size - got))) > 0)
		got += n;
	close(fd);
	if (n < 0)
		return (fu_err_sys(err, FU_EIO, "%s", path));
	*out = (struct fu_str){ text, (size_t)got };
	return (0);
}

/* The list under ${key} of an iso-codes file. */
static struct fu_json *
load_list(struct fu_arena *a, const char *dir, const char *file,
    const char *key, size_t *n, struct fu_err *err)
{
	struct fu_object object;
	const struct fu_json *list;
	struct fu_str text;
	const char *path = fu_printf(a, "%s/%s", dir, file);

	if (read_file(a, path, &text, err) != 0) {
		fu_err_prefix(err, "the package iso-codes is missing: ");
		return (NULL);
	}
	if (fu_json_object(a, text, &object, err) != 0) {
		fu_err_prefix(err, "%s: ", path);
		return (NULL);
	}
	list = fu_json_get(&object, key);
	if (list == NULL || list->type != FU_JSON_ARRAY) {
		fu_err_set(err, FU_ECONFIG, "%s: no list \"%s\"", path, key);
		return (NULL);
	}
	return (fu_json_items(a, list, n));
}

static const char *
member(struct fu_arena *a, const struct fu_object *o, const char *key)
{
	return (fu_json_text(a, fu_json_get(o, key)));
}

/* A name, its form without brackets, and "Korea, Republic of" turned round. */
static void
add_name(struct fu_places *p, struct names *t, const char *before,
    const char *name, const char *code)
{
	const char *cut;

	if (name == NULL)
		return;
	add(p, t, before, fu_str_of(name), code);
	cut = strpbrk(name, "([");
	if (cut != NULL && cut > name)
		add(p, t, before, (struct fu_str){ name,
		    (size_t)(cut - name) }, code);
	cut = strstr(name, ", ");
	if (cut != NULL)
		add(p, t, before, fu_str_of(fu_printf(&p->arena, "%s %.*s",
		    cut + 2, (int)(cut - name), name)), code);
}

static int
load_countries(struct fu_places *p, struct fu_arena *a, const char *dir,
    struct fu_err *err)
{
	static const char *const keys[] = { "alpha_2", "alpha_3", "numeric",
		"common_name", "name", "official_name" };
	struct fu_object o;
	struct fu_json *item;
	size_t n;

	item = load_list(a, dir, "iso_3166-1.json", "3166-1", &n, err);
	if (item == NULL)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		const char *code, *name;

		if (item[i].type != FU_JSON_OBJECT)
			continue;
		fu_json_members(a, &item[i], &o);
		code = fu_dup(&p->arena, member(a, &o, "alpha_2"));
		name = member(a, &o, "common_name");
		if (name == NULL)
			name = member(a, &o, "name");
		if (code == NULL || name == NULL)
			continue;
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
			add_name(p, &p->countries, "", member(a, &o, keys[k]),
			    code);
		add(p, &p->country_names, "", fu_str_of(code),
		    fu_dup(&p->arena, name));
	}
	return (0);
}

static int
load_regions(struct fu_places *p, struct fu_arena *a, const char *dir,
    struct fu_err *err)
{
	struct fu_object o;
	struct fu_json *item;
	size_t n;

	item = load_list(a, dir, "iso_3166-2.json", "3166-2", &n, err);
	if (item == NULL)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		const char *code, *part;
		char before[4];

		if (item[i].type != FU_JSON_OBJECT)
			continue;
		fu_json_members(a, &item[i], &o);
		code = fu_dup(&p->arena, member(a, &o, "code"));
		if (code == NULL || strlen(code) < 4 || code[2] != '-')
			continue;
		part = code + 3;
		(void)snprintf(before, sizeof(before), "%.2s ", code);
		add(p, &p->regions, before, fu_str_of(part), part);
		add_name(p, &p->regions, before, member(a, &o, "name"), part);
	}
	return (0);
}

static int
load_languages(struct fu_places *p, struct fu_arena *a, const char *dir,
    struct fu_err *err)
{
	struct fu_object o;
	struct fu_json *item;
	size_t n;

	item = load_list(a, dir, "iso_639-2.json", "639-2", &n, err);
	if (item == NULL)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		const char *code, *name;

		if (item[i].type != FU_JSON_OBJECT)
			continue;
		fu_json_members(a, &item[i], &o);
		code = member(a, &o, "alpha_2");
		name = member(a, &o, "name");
		if (code == NULL || name == NULL)
			continue;
		code = fu_dup(&p->arena, code);
		add(p, &p->languages, "", fu_str_of(code), code);
		add(p, &p->languages, "",
		    fu_str_of(member(a, &o, "alpha_3")), code);
		/* "Spanish; Castilian" is two names. */
		for (; *name != '\0'; name += *name == ';') {
			size_t len = strcspn(name, ";");

			add(p, &p->languages, "",
			    (struct fu_str){ name, len }, code);
			name += len;
		}
	}
	return (0);
}

/* "name = GB" or "name = DE-BY" */
static int
load_aliases(struct fu_places *p, struct fu_arena *a, const char *path,
    struct fu_err *err)
{
	struct fu_str text;
	unsigned number = 0;

	if (read_file(a, path, &text, err) != 0)
		return (-1);
	if (!fu_utf8_valid(text.ptr, text.len))
		return (fu_err_set(err, FU_ECONFIG, "%s: not UTF-8", path));
	while (text.len > 0) {
		const char *nl = memchr(text.ptr, '\n', text.len), *eq;
		struct fu_str line = { text.ptr, nl != NULL ?
		    (size_t)(nl - text.ptr) : text.len };
		struct fu_str code;
		char *owned;

		text.ptr += line.len + (nl != NULL);
		text.len -= line.len + (nl != NULL);
		number++;
		line = fu_str_trim(line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		eq = memrchr(line.ptr, '=', line.len);
		code = (struct fu_str){ "", 0 };
		if (eq != NULL)
			code = fu_str_trim((struct fu_str){ eq + 1,
			    line.len - (size_t)(eq + 1 - line.ptr) });
		if (code.len < 2 || (code.len > 2 && code.ptr[2] != '-') ||
		    code.len == 3)
			return (fu_err_set(err, FU_ECONFIG, "%s:%u: expected "
			    "\"name = GB\" or \"name = DE-BY\"", path, number));
		line.len = (size_t)(eq - line.ptr);
		owned = fu_dup_str(&p->arena, code);
		if (code.len == 2)
			add(p, &p->countries, "", line, owned);
		else {
			char before[4];

			(void)snprintf(before, sizeof(before), "%.2s ", owned);
			add(p, &p->regions, before, line, owned + 3);
		}
	}
	return (0);
}

/* Of each region's name in words, whose it is; the regions are settled. */
static void
name_regions(struct fu_places *p)
{
	struct names *t = &p->region_names;
	size_t n = 0;

	for (size_t i = 0; i < p->regions.n; i++) {
		const char *key = p->regions.name[i].key;

		if (strlen(key + 3) <= REGION_CODE_MAX)
			continue;
		t->name = fu_grow(&p->arena, t->name, t->n, &t->cap,
		    sizeof(*t->name));
		t->name[t->n++] = (struct name){ key + 3,
		    fu_printf(&p->arena, "%.2s", key) };
	}
	g_qsort_with_data(t->name, (gint)t->n, sizeof(*t->name),
	    (GCompareDataFunc)(void (*)(void))by_key, NULL);
	for (size_t i = 0; i < t->n; i++) {
		if (n == 0 || strcmp(t->name[n - 1].key, t->name[i].key) != 0)
			t->name[n++] = t->name[i];
		else if (strcmp(t->name[n - 1].code, t->name[i].code) != 0)
			t->name[n - 1].code = "";
	}
	t->n = n;
}

struct fu_places *
fu_places_open(const char *dir, const char *aliases, struct fu_err *err)
{
	struct fu_places *p;
	struct fu_arena a;
	int r;

	p = calloc(1, sizeof(*p));
	if (p == NULL)
		fu_oom();
	fu_arena_init(&p->arena);
	fu_arena_init(&a);
	r = load_countries(p, &a, dir, err);
	if (r == 0)
		r = load_regions(p, &a, dir, err);
	if (r == 0)
		r = load_languages(p, &a, dir, err);
	if (r == 0 && aliases != NULL)
		r = load_aliases(p, &a, aliases, err);
	fu_arena_free(&a);
	if (r != 0) {
		fu_places_close(p);
		return (NULL);
	}
	settle(&p->countries);
	settle(&p->regions);
	name_regions(p);
	settle(&p->languages);
	settle(&p->country_names);
	return (p);
}

void
fu_places_close(struct fu_places *p)
{
	if (p == NULL)
		return;
	fu_arena_free(&p->arena);
	free(p);
}

/* The country of that name, and of no region of another of that name: "CA"
 * behind a comma is California. */
static const char *
country_alone(const struct fu_places *p, struct fu_str s)
{
	char folded[NAME_MAX_FOLDED];
	const char *code, *of;

	if (s.len < 2 || !fold(s, folded) ||
	    (code = look_up(&p->countries, folded)) == NULL ||
	    fu_str_is_nocase(s, code))
		return (NULL);
	of = look_up(&p->region_names, folded);
	return (of == NULL || strcmp(of, code) == 0 ? code : NULL);
}

const char *
fu_country_find(const struct fu_places *p, struct fu_str s)
{
	char folded[NAME_MAX_FOLDED];
	const char *code, *cut;

	if (!fold(s, folded))
		return (NULL);
	code = look_up(&p->countries, folded);
	if (code != NULL)
		return (code);
	/* "GB-ENG": a region's code names its country. */
	if (s.len > 3 && s.ptr[2] == '-') {
		code = fu_country_find(p, (struct fu_str){ s.ptr, 2 });
		if (code != NULL && fu_region_find(p, code, s) != NULL)
			return (code);
	}
	/* "Slovakia (Slovak Republic)": the words outside the brackets. */
	cut = memchr(s.ptr, '(', s.len);
	if (cut != NULL && cut != s.ptr)
		return (fold((struct fu_str){ s.ptr, (size_t)(cut - s.ptr) },
		    folded) ? look_up(&p->countries, folded) : NULL);
	/* "Leeds, England": what stands last. */
	cut = memrchr(s.ptr, ',', s.len);
	return (cut == NULL ? NULL : country_alone(p, fu_str_trim(
	    (struct fu_str){ cut + 1, s.len - (size_t)(cut + 1 - s.ptr) })));
}

const char *
fu_region_find(const struct fu_places *p, const char *country, struct fu_str s)
{
	char folded[NAME_MAX_FOLDED], key[NAME_MAX_FOLDED + 4];

	if (country == NULL)
		return (NULL);
	/* "US-CA" as well as "CA". */
	if (s.len > 3 && s.ptr[2] == '-' &&
	    strncasecmp(s.ptr, country, 2) == 0) {
		struct fu_str part = { s.ptr + 3, s.len - 3 };

		if (fold(part, folded)) {
			const char *code;

			(void)snprintf(key, sizeof(key), "%.2s %s", country,
			    folded);
			code = look_up(&p->regions, key);
			if (code != NULL)
				return (code);
		}
	}
	if (!fold(s, folded))
		return (NULL);
	(void)snprintf(key, sizeof(key), "%.2s %s", country, folded);
	return (look_up(&p->regions, key));
}

const char *
fu_region_country(const struct fu_places *p, struct fu_str s)
{
	char folded[NAME_MAX_FOLDED];
	const char *code, *country;

	if (!fold(s, folded) ||
	    (code = look_up(&p->region_names, folded)) == NULL)
		return (NULL);
	country = look_up(&p->countries, folded);
	return (*code == '\0' || (country != NULL && strcmp(country, code) !=
	    0) ? NULL : code);
}

const char *
fu_country_name(const struct fu_places *p, const char *code)
{
	char folded[NAME_MAX_FOLDED];

	if (!fold(fu_str_of(code), folded))
		return (NULL);
	return (look_up(&p->country_names, folded));
}

const char *
fu_language_called(const struct fu_places *p, struct fu_str s)
{
	char folded[NAME_MAX_FOLDED];

	return (fold(s, folded) ? look_up(&p->languages, folded) : NULL);
}
