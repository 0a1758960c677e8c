/*
 * Service messages: the one answer that a STOP or a HELP by text message is
 * owed, put down in the transaction that records the event.
 *
 * fu-due claims it like a hand-off, whatever else waits; fu-send asks the
 * gate's service row before the wire.
 */
#ifndef FU_FLOW_SERVICE_H
#define FU_FLOW_SERVICE_H

#include "flow/case.h"
#include "flow/ingest.h"

#define FU_SERVICE_STOP	"stop_confirmation"
#define FU_SERVICE_HELP	"help"

/*
 * fu_service_answer(ingest, row, signals, err):
 * If the event of ${row} is a STOP or HELP that we answer ourselves, put the
 * answer down, due at once.  To be called before the event takes effect: a
 * number that is suppressed already gets no second confirmation [TC-05].
 *
 * fu_service_text(config, service, arena):
 * The text, of at most 160 septets of GSM 03.38.
 *
 * fu_service_ledger(session, case, channel, arena, state, err):
 * What the ledger says for a service message on that channel: as
 * fu_case_ledger(), and a complaint or an erasure of any address counts.
 */
int fu_service_answer(struct fu_ingest *, const struct fu_ingest_row *,
    const struct fu_signals *, struct fu_err *);
const char *fu_service_text(const struct fu_config *, const char *,
    struct fu_arena *);
int fu_service_ledger(struct fu_session *, const struct fu_case *,
    enum fu_channel, struct fu_arena *, struct fu_ledger_state *,
    struct fu_err *);

#endif
