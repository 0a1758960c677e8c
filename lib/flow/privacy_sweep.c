/*
 * What names a person beside their own rows: rows of nobody, names of files,
 * wordings of consents, and texts of others.
 *
 * Must never change a text of somebody else.
 */
#include <string.h>

#include "flow/privacy_room.h"
#include "policy/desk.h"
#include "store/erase.h"
#include "store/identity.h"
#include "store/intake.h"
#include "store/wording.h"

void
fu_privacy_locals(struct fu_session *s, const struct fu_known_by *k,
    struct fu_own *own)
{
	const char	*local;

	for (size_t i = 0; i < k->n; i++) {
		if (k->as[i].kind != FU_ID_EMAIL)
			continue;
		local = fu_printf(own->arena, "%.*s",
		    (int)strcspn(k->as[i].value, "+@"), k->as[i].value);
		if (!fu_is_desk(s->rulebook, local))
			fu_own_word(own, local);
	}
}

static bool
reached(void *ctx, const char *text)
{
	return (fu_own_reached_json(ctx, text));
}

static bool
named(void *ctx, const char *text)
{
	return (fu_own_reached(ctx, text) || fu_own_named(ctx, text));
}

/* Names that fu gives to what came by no file say nothing of anybody. */
static bool
names_file(void *ctx, const char *name)
{
	return (strcmp(name, "stdin") != 0 && strcmp(name, FU_BATCH_TOLD) != 0 &&
	    (fu_own_reached(ctx, name) || fu_own_labelled(ctx, name) ||
	    fu_own_worded(ctx, name)));
}

int
fu_privacy_sweep(struct fu_session *s, const struct fu_own *own, bool asked,
    uint64_t *strangers, struct fu_err *err)
{
	struct fu_own	 o = *own;
	uint64_t	 n = 0;

	if (fu_erase_strangers(&s->store, reached, &o, strangers, err) == -1 ||
	    fu_erase_batches(&s->store, names_file, &o, &n, err) == -1)
		return (-1);
	return (asked ? fu_wording_erase(&s->store, named, &o, &n, err) : 0);
}

/* For GLOB: an address or number, anywhere, with ${rest} as a pattern behind
 * its first ${len} bytes, and ${end} behind that. */
static const char *
pattern(struct fu_arena *arena, const char *text, size_t len,
    const char *rest, const char *end)
{
	struct fu_buf	 buf;
	const char	*out;

	fu_buf_init(&buf);
	fu_buf_puts(&buf, *rest == '\0' ? "*[^0-9]" : "*[^a-z0-9._+-]");
	for (size_t i = 0; i < len; i++)
		if (strchr("*?[", text[i]) != NULL)
			fu_buf_printf(&buf, "[%c]", text[i]);
		else
			fu_buf_putc(&buf, text[i]);
	fu_buf_puts(&buf, rest);
	fu_buf_puts(&buf, end);
	out = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (out);
}

/* An address as it is without a tag, and with any; at the end of a sentence,
 * and else. */
static int
address_mentions(struct fu_session *s, const char *value,
    struct fu_arena *arena, void (*tell)(void *, const char *, int64_t,
    int64_t), void *ctx, struct fu_err *err)
{
	static const char *const end[] = { "[^a-z0-9.-]*", "[.][^a-z0-9]*" };
	/* A local part that is all tag keeps it. */
	size_t		 local = strcspn(value, value[0] == '+' ? "@" : "+@");
	const char	*rest[] = { strchr(value, '@'),
		fu_printf(arena, "+*%s", strchr(value, '@')) };

	for (size_t i = 0; i < 4; i++)
		if (fu_erase_mentions(&s->store, pattern(arena, value, local,
		    rest[i / 2], end[i % 2]), tell, ctx, err) == -1)
			return (-1);
	return (0);
}

int
fu_privacy_mentions(struct fu_session *s, const struct fu_known_by *k,
    void (*tell)(void *, const char *, int64_t, int64_t), void *ctx,
    struct fu_err *err)
{
	struct fu_arena	 arena;
	const char	*value;
	int		 rc = 0;

	fu_arena_init(&arena);
	for (size_t i = 0; i < k->n && rc == 0; i++) {
		value = k->as[i].value;
		if (k->as[i].kind == FU_ID_PHONE)
			rc = fu_erase_mentions(&s->store, pattern(&arena,
			    value, strlen(value), "", "[^0-9]*"), tell, ctx,
			    err);
		else if (k->as[i].kind == FU_ID_EMAIL)
			rc = address_mentions(s, value, &arena, tell, ctx,
			    err);
	}
	fu_arena_free(&arena);
	return (rc);
}

bool
fu_privacy_is_word(const char *text)
{
	size_t	 n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return (n > 0 && n <= 40 && text[n] == '\0');
}
