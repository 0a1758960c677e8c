/*
 * The bytes of the database itself, read through: does anything of somebody
 * who was erased stand in them?
 *
 * A row's columns stand there without anything between, so what is around a
 * trace says little: it is taken for one unless something whole that holds it
 * is plainly somebody else's.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/privacy_room.h"
#include "record/email.h"
#include "store/erase.h"

#define TRACE_MAX	4096		/* bytes of what is looked for */
#define READ_SIZE	(1 << 20)
/* The longest address that can hold it, and a byte on either side. */
#define AROUND		(FU_EMAIL_LOCAL_MAX + FU_EMAIL_DOMAIN_MAX + 3)

struct trace {
	const char	*text;		/* in lower case; "": none */
	size_t		 len;
	bool		 address;
	const char	**longer;	/* others' addresses that hold it */
	size_t		 nlonger;
	bool		*found;
};

struct window {
	const char	*buf;
	size_t		 have;
	bool		 first, last;	/* of the file */
};

static char
lower(char c)
{
	return (c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
}

static bool
alnum(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
}

static bool
within(const struct window *w, size_t at, const char *signs)
{
	return (at < w->have && w->buf[at] != '\0' &&
	    strchr(signs, w->buf[at]) != NULL);
}

/* Of a longer word than it?  A local part that is theirs whole may be a second
 * address of the same person. */
static bool
is_inside(const struct trace *t, const char *whole, const char *part)
{
	char	 after = part[t->len];

	return (t->address || (part > whole && alnum(part[-1])) ||
	    (after != '@' && after != '+'));
}

/* Part of an address of somebody whom we know? */
static bool
is_anothers(const struct window *w, const struct trace *t, size_t at)
{
	for (size_t i = 0; i < t->nlonger; i++) {
		const char	*whole = t->longer[i], *part = whole;
		size_t		 len = strlen(whole), before;

		while ((part = strstr(part, t->text)) != NULL) {
			before = (size_t)(part - whole);
			if (is_inside(t, whole, part) && before <= at && at - before + len <= w->have &&
			    memcmp(w->buf + at - before, whole, len) == 0)
				return (true);
			part++;
		}
	}
	return (false);
}

/* Part of a longer address in a text, with signs on both sides of it? */
static bool
is_longer(const struct window *w, const struct trace *t, size_t at)
{
	static const char	 edge[] = " \n\"'<>(),:;";
	size_t			 begin = at, end = at + t->len;

	if (!t->address)
		return (false);
	while (begin > 0 && at - begin < AROUND &&
	    (alnum(w->buf[begin - 1]) || within(w, begin - 1, "._%+-")))
		begin--;
	while (end < w->have && end - at < AROUND && (alnum(w->buf[end]) ||
	    (within(w, end, ".-") && end + 1 < w->have &&
	    alnum(w->buf[end + 1]))))
		end++;
	return ((begin < at || end > at + t->len) && begin > 0 &&
	    within(w, begin - 1, edge) &&
	    (within(w, end, edge) || within(w, end, ".\\")));
}

/* Those whose surroundings are all there; the next window has the others. */
static void
look(const struct window *w, struct trace *t)
{
	const char	*hit = w->buf;
	size_t		 at;

	while (!*t->found && t->len > 0 && (hit = memmem(hit, w->have -
	    (size_t)(hit - w->buf), t->text, t->len)) != NULL) {
		at = (size_t)(hit++ - w->buf);
		if ((at < AROUND && !w->first) ||
		    (at + t->len + AROUND > w->have && !w->last))
			continue;
		*t->found = !is_anothers(w, t, at) && !is_longer(w, t, at);
	}
}

/* A file may not be there. */
static int
look_through(const char *path, struct trace *t, size_t n, struct fu_err *err)
{
	struct window	 w = { .first = true };
	size_t		 kept = 0, longest = 0;
	char		*buf;
	ssize_t		 got;
	int		 fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return (errno == ENOENT ? 0 :
		    fu_err_sys(err, FU_EIO, "%s", path));
	for (size_t i = 0; i < n; i++)
		longest = t[i].len > longest ? t[i].len : longest;
	if ((buf = malloc(READ_SIZE)) == NULL)
		fu_oom();
	w.buf = buf;
	while (!w.last && (got = read(fd, buf + kept, READ_SIZE - kept)) >= 0) {
		w.last = got == 0;
		w.have = kept + (size_t)got;
		for (size_t i = kept; i < w.have; i++)
			buf[i] = lower(buf[i]);
		for (size_t i = 0; i < n; i++)
			look(&w, &t[i]);
		kept = longest + 2 * AROUND;
		w.first = w.first && w.have <= kept;
		kept = w.have < kept ? w.have : kept;
		memmove(buf, buf + w.have - kept, kept);
	}
	free(buf);
	close(fd);
	return (w.last ? 0 : fu_err_sys(err, FU_EIO, "%s", path));
}

int
fu_privacy_find_traces(struct fu_session *s, const char *const *texts,
    size_t n, bool *found, struct fu_err *err)
{
	const char	*db = fu_db_path(s->store.db);
	struct trace	*t;
	struct fu_arena	 arena;
	char		*text;
	int		 rc = 0;

	fu_arena_init(&arena);
	t = fu_alloc_array(&arena, n, sizeof(*t));
	for (size_t i = 0; i < n && rc == 0; i++) {
		found[i] = false;
		text = fu_dup(&arena, strlen(texts[i]) > TRACE_MAX ? "" :
		    texts[i]);
		for (char *c = text; *c != '\0'; c++)
			*c = lower(*c);
		t[i] = (struct trace){ .text = text, .len = strlen(text),
			.address = strchr(text, '@') != NULL,
			.found = &found[i] };
		if (t[i].len > 0)
			rc = fu_erase_longer(&s->store, text, &arena,
			    &t[i].longer, &t[i].nlonger, err);
	}
	if (rc == 0)
		rc = look_through(db, t, n, err);
	if (rc == 0)
		rc = look_through(fu_printf(&arena, "%s-wal", db), t, n, err);
	fu_arena_free(&arena);
	return (rc);
}
