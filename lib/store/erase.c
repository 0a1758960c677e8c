/*
 * The statements that erase.
 *
 * Must never touch the ledger or the fold of its suppressions.
 */
#include "store/erase.h"

static const char *const of_person[] = {
	"DELETE FROM event WHERE prospect = $1",
	"DELETE FROM touch WHERE prospect = $1",
	"DELETE FROM attempt WHERE prospect = $1",
	"DELETE FROM insight_shown WHERE prospect = $1",
	"DELETE FROM enrolment WHERE prospect = $1",
	"DELETE FROM handoff WHERE prospect = $1",
	"DELETE FROM dispatch WHERE prospect = $1",
	"DELETE FROM turn WHERE prospect = $1",
	"DELETE FROM conversation WHERE prospect = $1",
	"DELETE FROM decision WHERE prospect = $1",
	"DELETE FROM consent WHERE prospect = $1",
	"DELETE FROM provenance WHERE prospect = $1",
	"DELETE FROM alias WHERE prospect = $1",
	"DELETE FROM standing WHERE prospect = $1",
};
#define NOF_PERSON (sizeof(of_person) / sizeof(of_person[0]))

/* Those in the person's own columns, and those beside them. */
static const char identity_own[] =
    "DELETE FROM identity WHERE (kind, value) IN"
    " (SELECT 1, lower(email) FROM prospect WHERE id = $1"
    " UNION ALL SELECT 2, phone FROM prospect WHERE id = $1"
    " UNION ALL SELECT 3, external_system || ':' || external_id"
    " FROM prospect WHERE id = $1"
    " UNION ALL SELECT 3, ':' || external_id FROM prospect WHERE id = $1"
    " UNION ALL SELECT 4, visitor FROM prospect WHERE id = $1"
    " UNION ALL SELECT 5, company_domain FROM prospect WHERE id = $1)"
    " AND prospect = $1";
static const char identity_more[] =
    "DELETE FROM identity WHERE prospect = $1 AND more = 1";
static const char identity_rest[] =
    "DELETE FROM identity WHERE prospect = $1";
static const char fresh_drop[] =
    "DELETE FROM identity_fresh WHERE prospect = $1";
static const char prospect_drop[] =
    "DELETE FROM prospect WHERE id = $1";

static const char event_of_address[] =
    "DELETE FROM event WHERE prospect = 0"
    " AND (instr(lower(body), $1) > 0 OR instr(lower(text), $1) > 0"
    " OR instr(lower(arg), $1) > 0)";
static const char dispatch_of_address[] =
    "DELETE FROM dispatch WHERE prospect = 0"
    " AND (instr(lower(destination), $1) > 0 OR instr(lower(package), $1) > 0)";

static const char mentions[] =
    "SELECT 'event', prospect, id FROM event WHERE instr(lower(body), $1) > 0"
    " OR instr(lower(text), $1) > 0"
    " UNION ALL SELECT 'prospect', id, id FROM prospect"
    " WHERE instr(lower(attrs), $1) > 0 OR lower(email) = $1 OR phone = $1"
    " UNION ALL SELECT 'identity', prospect, 0 FROM identity WHERE value = $1"
    " UNION ALL SELECT 'attempt', prospect, id FROM attempt"
    " WHERE instr(lower(text), $1) > 0 OR instr(lower(detail), $1) > 0"
    " UNION ALL SELECT 'handoff', prospect, id FROM handoff"
    " WHERE instr(lower(package), $1) > 0"
    " UNION ALL SELECT 'dispatch', prospect, id FROM dispatch"
    " WHERE instr(lower(package), $1) > 0 OR instr(lower(destination), $1) > 0"
    " UNION ALL SELECT 'turn', prospect, id FROM turn"
    " WHERE instr(lower(text), $1) > 0"
    " UNION ALL SELECT 'decision', prospect, id FROM decision"
    " WHERE instr(lower(inputs), $1) > 0 OR instr(lower(reason), $1) > 0"
    " UNION ALL SELECT 'touch', prospect, id FROM touch"
    " WHERE lower(address) = $1 OR instr(lower(status), $1) > 0"
    " LIMIT 100";

#define STALE "(coalesce(s.last_inbound_us, p.known_us) < $1"		\
	" AND (s.last_inbound_us IS NOT NULL"				\
	" OR coalesce(p.collected_at, '') < $2))"
static const char stale[] =
    "SELECT p.id FROM prospect p JOIN standing s ON s.prospect = p.id"
    " WHERE " STALE " AND p.id > $3 ORDER BY p.id LIMIT $4";
static const char stale_visitors[] =
    "SELECT p.id FROM prospect p JOIN standing s ON s.prospect = p.id"
    " WHERE " STALE " AND p.id > $3 AND p.email IS NULL AND p.phone IS NULL"
    " AND p.external_id IS NULL ORDER BY p.id LIMIT $4";

static const char *const older[FU_STALE_N] = {
	[FU_STALE_TRANSCRIPTS] =
	"UPDATE event SET text = NULL, body = NULL WHERE (prospect, id) IN"
	" (SELECT prospect, id FROM event WHERE at_us < $1"
	" AND (text IS NOT NULL OR (body IS NOT NULL AND kind IN"
	" ('chat', 'message', 'reply', 'form', 'auto_reply'))) LIMIT $2)",
	[FU_STALE_MESSAGES] =
	"UPDATE attempt SET text = NULL WHERE (prospect, id) IN"
	" (SELECT prospect, id FROM attempt WHERE started_us < $1"
	" AND text IS NOT NULL LIMIT $2)",
	[FU_STALE_DECISIONS] =
	"DELETE FROM decision WHERE (prospect, id) IN"
	" (SELECT prospect, id FROM decision WHERE at_us < $1 LIMIT $2)",
	[FU_STALE_RUNS] =
	"DELETE FROM run WHERE id IN (SELECT id FROM run WHERE"
	" started_us < $1 AND ended_us IS NOT NULL LIMIT $2)",
};

int
fu_erase_person(struct fu_store *store, int64_t prospect, struct fu_err *err)
{
	for (size_t i = 0; i < NOF_PERSON; i++)
		if (fu_db_run(store->db, of_person[i], err, "i", prospect) ==
		    -1)
			return (-1);
	if (fu_db_run(store->db, identity_own, err, "i", prospect) == -1 ||
	    fu_db_run(store->db, identity_more, err, "i", prospect) == -1 ||
	    fu_db_run(store->db, fresh_drop, err, "i", prospect) == -1)
		return (-1);
	return (fu_db_run(store->db, prospect_drop, err, "i", prospect));
}

int
fu_erase_address(struct fu_store *store, const char *address, uint64_t *n,
    struct fu_err *err)
{
	if (fu_db_run(store->db, event_of_address, err, "s", address) == -1)
		return (-1);
	*n += (uint64_t)fu_db_changes(store->db);
	if (fu_db_run(store->db, dispatch_of_address, err, "s", address) == -1)
		return (-1);
	*n += (uint64_t)fu_db_changes(store->db);
	return (0);
}
