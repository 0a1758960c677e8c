/*
 * DNS: what a name has, asked of the system's resolver.
 *
 * Believes what it is told: DNSSEC is the resolver's business.  For tests,
 * FU_DNS=127.0.0.1:PORT names a server (IPv4) that is asked instead.
 */
#ifndef FU_NET_DNS_H
#define FU_NET_DNS_H

#include "base/arena.h"
#include "base/err.h"

#define FU_DNS_RECORDS_MAX	64	/* of an answer; the rest is not read */
#define FU_DNS_TEXT_MAX		4096	/* of a record; the rest is cut off */

enum fu_dns_type { FU_DNS_TXT, FU_DNS_MX };

struct fu_dns;

/* Ready to ask; NULL with FU_ECONFIG when FU_DNS is no address. */
struct fu_dns *fu_dns_open(struct fu_err *);
void fu_dns_close(struct fu_dns *);

/*
 * fu_dns_ask(dns, name, type, arena, list, n, err):
 * The records of ${name}: of TXT the text, its parts joined, of MX the hosts,
 * the preferred one first.  What is not printable ASCII is a '?'.  Return 1,
 * 0 when there is none, or -1 with FU_ETEMP when nobody has said so: at the
 * latest after some ten seconds.
 */
int fu_dns_ask(struct fu_dns *, const char *, enum fu_dns_type,
    struct fu_arena *, const char ***, size_t *, struct fu_err *);

/*
 * fu_dns_read(message, len, type, arena, list, n):
 * The same out of an answer's bytes; -1 when they are no answer.
 */
int fu_dns_read(const unsigned char *, size_t, enum fu_dns_type,
    struct fu_arena *, const char ***, size_t *);

#endif
