/*
 * What the rooms of an audit share.  Nobody but compliance*.c includes this.
 */
#ifndef FU_FLOW_COMPLIANCE_ROOM_H
#define FU_FLOW_COMPLIANCE_ROOM_H

#include "flow/compliance.h"

#define FU_AUDIT_CHUNK	500	/* rows of a scan at once */

struct fu_audit {
	struct fu_session		*session;
	const struct fu_compliance	*asked;
	const struct fu_zone		*zone;	/* company.zone */
	int64_t				 now_us;
	int32_t				 today, soon;	/* days of it */
	struct fu_arena			 arena;	/* reset behind each chunk */
};

/* Is there another chunk behind one of ${n} rows, and anybody who reads it? */
bool fu_audit_goes_on(const struct fu_audit *, size_t);
/* A finding with nothing wrong, to be filled in; and handing it on. */
struct fu_finding fu_finding(enum fu_duty, const char *);
int fu_audit_give(struct fu_audit *, const struct fu_finding *,
    struct fu_err *);
/* The day of an instant, as text in the arena. */
const char *fu_audit_date(struct fu_audit *, int64_t);
/* It is due on that day, with the reasons for when it is over, and near. */
void fu_audit_due(struct fu_audit *, struct fu_finding *, int32_t,
    const char *, const char *);

/* Duties that are not towards one person. */
int fu_duty_assessments(struct fu_audit *, struct fu_err *);
int fu_duty_processors(struct fu_audit *, struct fu_err *);
int fu_duty_streams(struct fu_audit *, struct fu_err *);
int fu_duty_deliveries(struct fu_audit *, struct fu_err *);
int fu_duty_ledger(struct fu_audit *, struct fu_err *);
int fu_duty_retention(struct fu_audit *, struct fu_err *);

#endif
