/*
 * SPF, DKIM and DMARC of the senders' domains.
 *
 * Must never hold a transaction while it waits for a name server, nor write
 * down that a record is missing when nobody has said so.
 */
#include <string.h>
#include <strings.h>

#include "flow/authcheck.h"
#include "flow/stream.h"
#include "net/dns.h"
#include "policy/stream.h"
#include "store/touches.h"

/* A domain's DMARC record may be one of those above it, so many looks at
 * most [RFC 9989: the walk up the tree]. */
#define WALK_MAX	8

static const char *const usual_selectors[] = { "default", "mail", "selector1",
	"selector2", "google", "s1", "s2", "k1" };

/* Is it the record of that version, "v=spf1" or "v=DMARC1"? */
static bool
is_version(const char *text, const char *version, char end)
{
	size_t	 len = strlen(version);

	return (strncasecmp(text, version, len) == 0 &&
	    (text[len] == '\0' || text[len] == ' ' || text[len] == end));
}

/* A key that was not revoked: a tag p= that is not empty [RFC 6376 3.6.1]. */
static bool
is_key(const char *text)
{
	struct fu_str	 tag;
	size_t		 n;

	for (; *text != '\0'; text += n + (text[n] == ';')) {
		n = strcspn(text, ";");
		tag = fu_str_trim((struct fu_str){ text, n });
		if (tag.len < 2 || tag.ptr[0] != 'p')
			continue;
		tag = fu_str_trim((struct fu_str){ tag.ptr + 1, tag.len - 1 });
		if (tag.len > 1 && tag.ptr[0] == '=')
			return (true);
	}
	return (false);
}

/* The one record of ${name} with that version; two count as none.  1, 0, -1. */
static int
one_record(struct fu_dns *dns, const char *name, const char *version, char end,
    struct fu_arena *arena, const char **record, const char **hint,
    struct fu_err *err)
{
	const char	**list;
	size_t		 n, found = 0;

	*record = "";
	if (fu_dns_ask(dns, name, FU_DNS_TXT, arena, &list, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (is_version(list[i], version, end)) {
			*record = list[i];
			found++;
		}
	if (found < 2)
		return (found == 1);
	*record = "";
	*hint = fu_printf(arena, "%s has %zu records %s, which count as none",
	    name, found, version);
	return (0);
}

/* The domain's own, else the nearest above it that has two labels or more. */
static int
find_dmarc(struct fu_dns *dns, struct fu_authcheck *a, struct fu_arena *arena,
    struct fu_err *err)
{
	const char	*name = a->domain, *dot;
	int		 rc = 0;

	for (int i = 0; i < WALK_MAX && rc == 0; i++) {
		rc = one_record(dns, fu_printf(arena, "_dmarc.%s", name),
		    "v=DMARC1", ';', arena, &a->dmarc, &a->hint, err);
		if (rc != 0 || (dot = strchr(name, '.')) == NULL ||
		    strchr(dot + 1, '.') == NULL)
			break;
		name = dot + 1;
	}
	return (rc == -1 ? -1 : 0);
}

static int
find_dkim(struct fu_dns *dns, const struct fu_list *own,
    struct fu_authcheck *a, struct fu_arena *arena, struct fu_err *err)
{
	const char *const	*selector = usual_selectors;
	size_t			 n, count = sizeof(usual_selectors) /
	    sizeof(*usual_selectors);
	const char		**list;

	a->dkim = "";
	if (own->n > 0) {
		selector = own->item;
		count = own->n;
	}
	for (size_t i = 0; i < count; i++) {
		if (fu_dns_ask(dns, fu_printf(arena, "%s._domainkey.%s",
		    selector[i], a->domain), FU_DNS_TXT, arena, &list, &n,
		    err) == -1)
			return (-1);
		for (size_t k = 0; k < n; k++)
			if (is_key(list[k])) {
				a->dkim = list[k];
				a->selector = selector[i];
				return (0);
			}
	}
	if (own->n == 0 && a->hint == NULL)
		a->hint = "no DKIM key under the usual selectors: name yours "
		    "in channels.email.dkim_selectors";
	return (0);
}

static int
put_down(struct fu_session *s, const struct fu_authcheck *a,
    struct fu_err *err)
{
	const struct fu_domain_auth	 auth = { .spf = a->spf,
		.dkim = a->dkim, .dmarc = a->dmarc };

	if (!s->has_store)
		return (0);
	if (fu_session_begin(s, err) == -1)
		return (-1);
	if (fu_auth_put(&s->store, a->domain, &auth, err) == -1 ||
	    fu_touches_wake(&s->store, 0, err) == -1) {
		fu_session_rollback(s);
		return (-1);
	}
	return (fu_session_commit(s, err));
}

static int
check(struct fu_session *s, struct fu_dns *dns, struct fu_authcheck *a,
    struct fu_arena *arena, struct fu_err *err)
{
	const struct fu_list	*own =
	    &s->config.channel[FU_CH_EMAIL].dkim_selectors;
	struct fu_err		 why;

	/* One name that is not answered is enough: the next would wait too. */
	if (one_record(dns, a->domain, "v=spf1", ' ', arena, &a->spf, &a->hint,
	    &why) == -1 || find_dmarc(dns, a, arena, &why) == -1 ||
	    find_dkim(dns, own, a, arena, &why) == -1) {
		a->failed = fu_dup(arena, why.msg);
		return (0);
	}
	a->aligned = fu_stream_auth(true, a->spf, a->dkim, a->dmarc) ==
	    FU_AUTH_ALIGNED;
	return (put_down(s, a, err));
}

static bool
seen_before(const struct fu_session *s, size_t i, const char *domain,
    struct fu_arena *arena)
{
	for (size_t k = 0; k < i; k++)
		if (fu_streq(fu_stream_domain(s->config.sender[k].email,
		    arena), domain))
			return (true);
	return (false);
}

int
fu_authcheck_run(struct fu_session *s,
    void (*tell)(void *, const struct fu_authcheck *), void *ctx,
    struct fu_err *err)
{
	struct fu_authcheck	 a;
	struct fu_arena		 arena;
	struct fu_dns		*dns;
	int			 rc = 0;

	if ((dns = fu_dns_open(err)) == NULL)
		return (-1);
	fu_arena_init(&arena);
	for (size_t i = 0; rc == 0 && i < s->config.nsender; i++) {
		fu_arena_reset(&arena);
		a = (struct fu_authcheck){ .domain = fu_stream_domain(
		    s->config.sender[i].email, &arena) };
		if (seen_before(s, i, a.domain, &arena))
			continue;
		rc = check(s, dns, &a, &arena, err);
		if (rc == 0)
			tell(ctx, &a);
	}
	fu_arena_free(&arena);
	fu_dns_close(dns);
	return (rc);
}
