#!/usr/bin/env bats
# The same input gives the same output: DESIGN's "Same input, same output".
load scene

setup() { scene; }

# line NAME AT FILE...: the first line, a stage after the other: where two run
# at once, what a record of the first sees of what comes behind it is a matter
# of who was faster.
line() {
	local name=$1 at=$2
	shift 2
	fu-ingest --at "$at" -q "$@" >in || [ $? -eq 65 ]
	fu-score --at "$at" <in >scored
	fu-cadence --at "$at" -q <scored >enrolled
	fu-handoff --at "$at" <enrolled >fired
	fu-send --at "$at" -q <fired >told
	for f in in scored enrolled fired told; do
		cat $f >>"../$name.$f"
	done
}

# The first line at three instants, the second on the days between.
run_all() {
	local day
	cd "$1" || return
	line "$1" 2026-03-02T16:00:00Z sample/leads.csv 2>/dev/null
	grep -E '"at": "(2025|2026-02|2026-03-0[12])' sample/events.ndjson >early
	line "$1" 2026-03-03T01:00:00Z early
	for day in 03 04 05 06 09 10; do
		grep -E '"at": "2026-03-'$day sample/events.ndjson >today || :
		line "$1" 2026-03-${day}T22:00:00Z today
		fu-due --at 2026-03-${day}T22:00:00Z -q -x >due
		fu-send --at 2026-03-${day}T22:00:00Z -q <due >sent
		cat due >>"../$1.due"
		cat sent >>"../$1.sent"
	done
	fu-score -a --at 2026-03-11T01:00:00Z >"../$1.all"
	(cd outbox/new && sha256sum -- *) >"../$1.outbox"
	cd ..
}

@test "two fresh directories: the same records and the same mail, byte for byte" {
	house a
	house b
	unthrottled a
	unthrottled b
	# Ids that must be unguessable are a key's; it is the only thing drawn.
	cp a/fu.key b/fu.key
	run_all a
	run_all b
	for f in in scored enrolled fired told due sent all outbox; do
		[ -e a.$f ] || fail "no a.$f"
		same a.$f b.$f
	done
	[ "$(wc -l <a.outbox)" -ge 5 ] || fail "only $(wc -l <a.outbox) messages"
	[ -s a.fired ] || fail "no hand-off"
}

@test "loading the same file twice changes nothing" {
	house h
	cd h || return
	local at=2026-03-30T15:00:00Z
	grep -v casey sample/leads.csv >leads.csv
	fu-ingest --at $at -q leads.csv sample/events.ndjson >first
	sqlite3 fu.db .dump | grep -v -e 'INTO run ' -e 'INTO batch ' -e 'INTO counter ' >dump1
	fu-ingest --at 2026-03-30T16:00:00Z -q leads.csv sample/events.ndjson >second
	sqlite3 fu.db .dump | grep -v -e 'INTO run ' -e 'INTO batch ' -e 'INTO counter ' >dump2
	is "" "$(jq -r 'select(.type == "prospect") | .action' second | grep -vx unchanged | sort | uniq -c)" "prospects that are not unchanged"
	is "" "$(jq -r 'select(.type == "event") | .action' second | grep -vx duplicate | sort | uniq -c)" "events that are not duplicates"
	is "$(wc -l <first)" "$(wc -l <second)" "records"
	same dump1 dump2 "the database"
}

@test "loading the same file twice brings no news" {
	house h
	cd h || return
	local at=2026-03-30T15:00:00Z
	grep -v casey sample/leads.csv >leads.csv
	fu-ingest --at $at -q leads.csv sample/events.ndjson | fu-score --at $at |
	    fu-cadence --at $at -q | fu-handoff --at $at --pass >/dev/null
	fu-score --changed --at $at | fu-cadence --at $at -q | fu-handoff --at $at --pass >/dev/null
	fu-ingest --at $at -q leads.csv sample/events.ndjson >/dev/null
	fu-score --changed --at $at >changed
	[ ! -s changed ] || fail "news:" "$(head -3 changed)"
}

@test "the configuration's locale and zone change no byte" {
	house a
	house b
	unthrottled a
	unthrottled b
	cp a/fu.key b/fu.key
	run_all a
	export LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=America/St_Johns 2>/dev/null
	run_all b
	export LC_ALL=C.UTF-8 TZ=UTC
	for f in in scored enrolled fired due sent outbox; do
		same a.$f b.$f
	done
}
