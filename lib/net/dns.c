/*
 * Asking DNS, by libresolv.
 *
 * Must never take "nobody answered" for "there is none": a sender would be
 * held because a cable was pulled.
 */
#include <sys/types.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "net/dns.h"

/* Two servers, twice, two seconds each (libresolv doubles the second). */
#define SERVERS_MAX	2
#define TRIES		2
#define WAIT_S		2

struct fu_dns {
	struct __res_state	 state;
	unsigned char		 answer[NS_MAXMSG];
};

/* "127.0.0.1:5353" */
static int
parse_server(const char *text, struct sockaddr_in *sin)
{
	char		 host[INET_ADDRSTRLEN], *end;
	const char	*colon = strchr(text, ':');
	long		 port;

	if (colon == NULL || (size_t)(colon - text) >= sizeof(host))
		return (-1);
	memcpy(host, text, (size_t)(colon - text));
	host[colon - text] = '\0';
	port = strtol(colon + 1, &end, 10);
	memset(sin, 0, sizeof(*sin));
	sin->sin_family = AF_INET;
	sin->sin_port = htons((uint16_t)port);
	return (*end == '\0' && port > 0 && port <= 65535 &&
	    inet_pton(AF_INET, host, &sin->sin_addr) == 1 ? 0 : -1);
}

struct fu_dns *
fu_dns_open(struct fu_err *err)
{
	struct fu_dns	*dns;
	const char	*server = fu_env("FU_DNS");

	if ((dns = calloc(1, sizeof(*dns))) == NULL)
		fu_oom();
	if (res_ninit(&dns->state) == -1) {
		fu_err_set(err, FU_EUNAVAILABLE, "no resolver");
		free(dns);
		return (NULL);
	}
	dns->state.retrans = WAIT_S;
	dns->state.retry = TRIES;
	if (dns->state.nscount > SERVERS_MAX)
		dns->state.nscount = SERVERS_MAX;
	if (server == NULL)
		return (dns);
	if (parse_server(server, &dns->state.nsaddr_list[0]) == -1) {
		fu_err_set(err, FU_ECONFIG, "FU_DNS=%s: is no address such as "
		    "127.0.0.1:5353", server);
		fu_dns_close(dns);
		return (NULL);
	}
	dns->state.nscount = 1;
	return (dns);
}

void
fu_dns_close(struct fu_dns *dns)
{
	if (dns == NULL)
		return;
	res_nclose(&dns->state);
	free(dns);
}

/* The character-strings of a TXT record, as one; NULL when they do not fit. */
static const char *
read_txt(const unsigned char *p, size_t len, struct fu_arena *arena)
{
	char	*text = fu_alloc(arena, len + 1);
	size_t	 n = 0, part;

	while (len > 0) {
		part = *p++;
		len--;
		if (part > len)
			return (NULL);
		len -= part;
		for (; part > 0; part--, p++)
			if (n < FU_DNS_TEXT_MAX)
				text[n++] = *p >= 0x20 && *p < 0x7f ?
				    (char)*p : '?';
	}
	text[n] = '\0';
	return (text);
}

/* The host of an MX record, and how far behind it stands. */
static const char *
read_mx(const ns_msg *m, const ns_rr *rr, unsigned *preference,
    struct fu_arena *arena)
{
	char	 host[NS_MAXDNAME];

	if (ns_rr_rdlen(*rr) < 3 || dn_expand(ns_msg_base(*m), ns_msg_end(*m),
	    ns_rr_rdata(*rr) + 2, host, sizeof(host)) == -1)
		return (NULL);
	*preference = ns_get16(ns_rr_rdata(*rr));
	fu_printable(host);
	return (fu_dup(arena, host));
}

int
fu_dns_read(const unsigned char *message, size_t len, enum fu_dns_type type,
    struct fu_arena *arena, const char ***list, size_t *n)
{
	const int	 want = type == FU_DNS_TXT ? ns_t_txt : ns_t_mx;
	unsigned	 preference[FU_DNS_RECORDS_MAX], p = 0;
	const char	*text;
	size_t		 k;
	ns_msg		 m;
	ns_rr		 rr;

	*list = fu_alloc_array(arena, FU_DNS_RECORDS_MAX, sizeof(**list));
	*n = 0;
	if (len > NS_MAXMSG || ns_initparse(message, (int)len, &m) == -1)
		return (-1);
	for (int i = 0; i < ns_msg_count(m, ns_s_an) &&
	    *n < FU_DNS_RECORDS_MAX; i++) {
		if (ns_parserr(&m, ns_s_an, i, &rr) == -1)
			return (-1);
		/* The way there, by CNAME, is in the answer too. */
		if ((int)ns_rr_type(rr) != want ||
		    (int)ns_rr_class(rr) != ns_c_in)
			continue;
		text = type == FU_DNS_MX ? read_mx(&m, &rr, &p, arena) :
		    read_txt(ns_rr_rdata(rr), ns_rr_rdlen(rr), arena);
		if (text == NULL)
			return (-1);
		for (k = (*n)++; k > 0 && preference[k - 1] > p; k--) {
			preference[k] = preference[k - 1];
			(*list)[k] = (*list)[k - 1];
		}
		preference[k] = p;
		(*list)[k] = text;
	}
	return (*n > 0);
}

int
fu_dns_ask(struct fu_dns *dns, const char *name, enum fu_dns_type type,
    struct fu_arena *arena, const char ***list, size_t *n, struct fu_err *err)
{
	int	 len, rc;

	*list = NULL;
	*n = 0;
	len = res_nquery(&dns->state, name, ns_c_in, type == FU_DNS_TXT ?
	    ns_t_txt : ns_t_mx, dns->answer, sizeof(dns->answer));
	if (len == -1) {
		if (dns->state.res_h_errno == HOST_NOT_FOUND ||
		    dns->state.res_h_errno == NO_DATA)
			return (0);
		return (fu_err_set(err, FU_ETEMP, "%s: %s", name,
		    dns->state.res_h_errno == TRY_AGAIN ?
		    "no name server answers" :
		    "the name server does not want to answer"));
	}
	/* What did not fit is told with its whole length. */
	rc = fu_dns_read(dns->answer, (size_t)len < sizeof(dns->answer) ?
	    (size_t)len : sizeof(dns->answer), type, arena, list, n);
	return (rc != -1 ? rc : fu_err_set(err, FU_ETEMP,
	    "%s: the name server's answer cannot be read", name));
}
