# A directory of its own for each test, with a database, a key and the shipped
# templates in it.  FU_BIN holds the built programs.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PATH=$FU_BIN:$PATH
export LC_ALL=C.UTF-8 TZ=UTC
unset FU_DB FU_CONFIG FU_NOW

world() {
	T=$(mktemp -d "${BATS_TEST_TMPDIR:-/tmp}/fu.XXXXXX")
	cd "$T" || return 1
	fu-init . >/dev/null 2>&1 || return 1
	export FU_NOW=2026-03-02T15:00:00Z
}

# The store's people, events and addresses, without ids: what two runs must
# agree on.
people() {
	sqlite3 "${1:-fu.db}" "SELECT id, email, phone, external_id, visitor,
	    first_name, title, country, attrs, company_domain, fields, news
	    FROM prospect JOIN standing ON prospect = id ORDER BY id;
	    SELECT kind, value, prospect FROM identity UNION ALL
	    SELECT kind, value, prospect FROM identity_fresh
	    ORDER BY 1, 2, 3;
	    SELECT prospect, id, kind, at_us, dedup, arg, text FROM event
	    ORDER BY 1, 2;
	    SELECT subject, channel, reason, rule FROM suppression
	    ORDER BY 1, 2, 3;"
}
