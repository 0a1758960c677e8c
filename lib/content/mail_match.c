/*
 * Looking for what we signed.
 *
 * Must never go by an id whose MAC is wrong, nor look at more of them than a
 * thread can have.
 */
#include <string.h>
#include <strings.h>

#include "content/mail_match.h"

#define ADDRESSES_MAX	50
#define IDS_MAX		100
#define WORDS_MAX	200
#define TOKEN_LEAST	20	/* bytes: a purpose, two numbers, a MAC */

/* Between the words that may be tokens. */
#define PARTS		" \t<>/?&=%,\""

/* Where the address stands that a mail came to. */
static const char *const to_headers[] = { "Delivered-To", "X-Original-To",
	"Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-RCPT-TO",
	"X-Forwarded-To", "Resent-To", "Apparently-To", "To", "Cc" };

/* "r-55-k3vq7mzt@…", or behind a plus of somebody's address. */
static int64_t
touch_of(const struct fu_keys *keys, const char *address)
{
	static const char	 letters[] = { 'b', 'r' };
	const char		*plus = strchr(address, '+');
	int64_t			 touch = 0;

	for (size_t i = 0; i < sizeof(letters) && touch == 0; i++) {
		touch = fu_verp_check(keys, letters[i], fu_str_of(address));
		if (touch == 0 && plus != NULL)
			touch = fu_verp_check(keys, letters[i],
			    fu_str_of(plus + 1));
	}
	return (touch);
}

static int64_t
by_address(const struct fu_keys *keys, const char *value,
    struct fu_arena *arena)
{
	const char	*address;
	int64_t		 touch = 0;

	for (int i = 0; value != NULL && touch == 0 && i < ADDRESSES_MAX &&
	    (address = fu_address_next(value, arena, &value)) != NULL; i++)
		touch = touch_of(keys, address);
	return (touch);
}

/* The last id of ours in a list of them. */
static int64_t
by_ids(const struct fu_keys *keys, const char *value)
{
	char	 ref[FU_REF_MAX + 1];
	int64_t	 touch = 0, t;

	for (int i = 0; value != NULL && i < IDS_MAX; i++) {
		const char	*open = strchr(value, '<'), *end;

		if (open == NULL || (end = strchr(open, '>')) == NULL)
			break;
		if (fu_message_id_check(keys, (struct fu_str){ open,
		    (size_t)(end - open) + 1 }, ref) &&
		    (t = fu_ref_touch(ref)) > 0)
			touch = t;
		value = end + 1;
	}
	return (touch);
}

static bool
found(struct fu_match *m, int64_t touch, const char *by)
{
	if (touch == 0)
		return (false);
	m->touch = touch;
	m->by = by;
	return (true);
}

void
fu_mail_match(const struct fu_keys *keys, const struct fu_letter *l,
    const char *original_id, const char *original_from,
    struct fu_arena *arena, struct fu_match *m)
{
	memset(m, 0, sizeof(*m));
	if (keys->n == 0)
		return;
	for (size_t i = 0; i < l->head.n; i++)
		for (size_t k = 0; k < sizeof(to_headers) /
		    sizeof(to_headers[0]); k++)
			if (strcasecmp(l->head.field[i].name,
			    to_headers[k]) == 0 && found(m, by_address(keys,
			    l->head.field[i].value, arena), "address"))
				return;
	if (found(m, by_address(keys, original_from, arena), "original") ||
	    found(m, by_ids(keys, original_id), "original") ||
	    found(m, by_ids(keys, fu_mail_field_get(&l->head, "In-Reply-To")),
	    "in_reply_to"))
		return;
	(void)found(m, by_ids(keys, fu_mail_field_get(&l->head, "References")),
	    "references");
}

bool
fu_mail_token(const struct fu_keys *keys, const char *s,
    struct fu_token *token)
{
	size_t	 n;

	if (keys->n == 0)
		return (false);
	for (int i = 0; s != NULL && *s != '\0' && i < WORDS_MAX; i++) {
		n = strcspn(s, PARTS);
		if (n > TOKEN_LEAST && n < FU_TOKEN_LEN && fu_token_check(keys,
		    (struct fu_str){ s, n }, FU_TOKEN_UNSUBSCRIBE, token))
			return (true);
		/* "unsubscribe%20TOKEN" */
		if (s[n] == '%' && s[n + 1] != '\0' && s[n + 2] != '\0')
			n += 2;
		s += n + (s[n] != '\0');
	}
	return (false);
}

const char *
fu_mail_tokenless(const char *s, struct fu_arena *arena)
{
	static const char	 letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	char			*out = fu_dup(arena, s), *p;
	size_t			 n;

	for (p = out; *p != '\0'; p += n + (p[n] != '\0')) {
		n = strcspn(p, PARTS);
		if (n > TOKEN_LEAST && n < FU_TOKEN_LEN &&
		    strspn(p, letters) >= n)
			memset(p, ' ', n);
	}
	return (out);
}

bool
fu_mail_is_ours(const struct fu_keys *keys, const struct fu_letter *l)
{
	static const char *const ids[] = { "Message-ID",
		"X-Google-Original-Message-ID", "X-Original-Message-ID",
		"Original-Message-ID", "X-MS-Exchange-Original-Message-ID" };
	struct fu_token	 token;
	char		 ref[FU_REF_MAX + 1];
	const char	*id;

	if (keys->n == 0)
		return (false);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if ((id = fu_mail_field_get(&l->head, ids[i])) != NULL &&
		    fu_message_id_check(keys, fu_str_trim(fu_str_of(id)), ref))
			return (true);
	return (fu_mail_token(keys, fu_mail_field_get(&l->head, "List-Unsubscribe"),
	    &token));
}
