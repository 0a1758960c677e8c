/*
 * Alerts: what an operator must hear of although nobody looks: mail that is
 * paused, a relay that refuses us.
 *
 * A cause is told once a day, to everybody of alerts.to, by fu-due | fu-send.
 */
#ifndef FU_FLOW_ALERT_H
#define FU_FLOW_ALERT_H

#include "flow/session.h"

/*
 * fu_alert(session, cause, text, err):
 * ${cause} is what is told once a day ("domain:mail.example"); ${text} a
 * sentence or two, with the way out.  It goes to standard error in any case,
 * each time.  In a transaction.
 * fu_alert_tell(session, cause, text, err): the same for what standard error
 * has had already.
 */
int fu_alert_tell(struct fu_session *, const char *, const char *,
    struct fu_err *);
int fu_alert(struct fu_session *, const char *, const char *, struct fu_err *);

#endif
