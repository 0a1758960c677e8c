/*
 * Sending: what fu-send does to claimed touches, hand-offs and service
 * messages.
 *
 * A claim is asked about once more with the message composed, its attempt is
 * made durable before the first byte leaves, and its outcome after the answer
 * [DESIGN 5, 6].  Nothing leaves that was not claimed, and nothing twice.
 */
#ifndef FU_FLOW_SEND_H
#define FU_FLOW_SEND_H

#include "flow/cadence.h"

struct fu_send;

enum fu_send_status {
	FU_SEND_SENT, FU_SEND_HELD, FU_SEND_BLOCKED, FU_SEND_RETRY,
	FU_SEND_FAILED, FU_SEND_UNCERTAIN,
	FU_SEND_STATUS_N
};
const char *fu_send_status_name(enum fu_send_status);

/*
 * fu_send_open(session, connections, err):
 * Read messages, knowledge base and noise phrases; open no transport.
 * ${session} must be open with FU_S_CONFIG, FU_S_RULES, FU_S_KEYS and
 * FU_S_WRITE.  ${connections} is -j, 0: as each transport says.  A fault that
 * forbids all sending (messages with faults, `sample: true` with a channel
 * that leaves this machine, a copied database) is kept: claims read go back,
 * and fu_send_close() tells it.  NULL on any other error.
 *
 * fu_send_preview(send, html): with -n: print messages to read in the place of
 * records, and at the end a page of them into the file ${html}, if not NULL.
 *
 * fu_send_batch(send, batch, err): a batch of the loop; makes transactions of
 * its own.  -1 when the store failed: what was committed before stays so.
 *
 * fu_send_close(send, rc, err): close transports and say on standard error
 * what the run came to; return ${rc}, or, when it is not -1 and a transport or
 * all sending was refused, -1 with that in ${err}; or with FU_ETEMP when every
 * transfer of a transport was cut off.  ${send} may be NULL.
 */
void fu_send_preview(struct fu_send *, const char *);
struct fu_send *fu_send_open(struct fu_session *, int, struct fu_err *);
int fu_send_batch(void *, struct fu_batch *, struct fu_err *);
int fu_send_close(struct fu_send *, int, struct fu_err *);

/*
 * fu_send_uncertain(session, out, n, err):
 * Records of what may or may not have left, oldest first, into ${out}; those
 * whose sender died long enough ago are counted among them from now on.
 *
 * fu_send_resolve(session, cadencer, id, sent, out, err):
 * Somebody looked: the uncertain touch or hand-off ${id} was sent, or was not;
 * its record into ${out}.  FU_NOTFOUND when it is not uncertain.  Not sent is
 * final: it is not tried again.
 */
int fu_send_uncertain(struct fu_session *, struct fu_buf *, uint64_t *,
    struct fu_err *);
int fu_send_resolve(struct fu_session *, struct fu_cadencer *, int64_t, bool,
    struct fu_buf *, struct fu_err *);

/*
 * fu_send_test(session, to, person, message, out, err):
 * One mail to the address ${to}, marked as a test: ${message} as ${person}
 * would have it, with what is new to them, and with no link that acts for
 * them.  Nothing is written to the store, and no gate asked.  Its record into
 * ${out}.  0; FU_NOTFOUND when the message cannot be said to them, which is
 * told on standard error; -1, with FU_NOTFOUND for a person or message that is
 * not there and FU_EUSAGE for an address that is none.  The session is open
 * with FU_S_CONFIG, FU_S_RULES, FU_S_KEYS and FU_S_READ.
 */
int fu_send_test(struct fu_session *, const char *, const char *,
    const char *, struct fu_buf *, struct fu_err *);

/*
 * fu_send_retry_at(tries, first_us, now_us, wish_us, seed):
 * When to try again after the ${tries}-th try (from 1) came back, the first
 * one having been at ${first_us}: +30 m, +30 m, +2 h, +3 h, +6 h, +12 h, each
 * with up to a tenth more by the hash of ${seed}, not before ${wish_us} from
 * now; FU_NEVER when that would be more than 48 hours after the first.
 * [EM-18]
 */
int64_t fu_send_retry_at(int, int64_t, int64_t, int64_t, int64_t);

/*
 * fu_send_backoff_at(tries, first_us, now_us, wish_us):
 * The same for a service that asks to be written to less often: 4, 16, 64 …
 * seconds later.  [WA-05]
 */
int64_t fu_send_backoff_at(int, int64_t, int64_t, int64_t);

#endif
