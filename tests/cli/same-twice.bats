#!/usr/bin/env bats
# The same input gives the same output: DESIGN's "Same input, same output".
load scene

setup() { scene; }

# The first line at one instant, the second on the days that follow.
run_all() {
	local at=2026-03-02T16:00:00Z day
	(
		cd "$1" || exit
		grep -v -e '2026-03-0[3-9]' -e '2026-03-[123]' sample/events.ndjson >events
		fu-ingest --at $at -q sample/leads.csv events |
		    tee ../$1.ingest | fu-score --at $at |
		    tee ../$1.score | fu-cadence --at $at -q |
		    tee ../$1.cadence | fu-handoff --at $at |
		    tee ../$1.handoff | fu-send --at $at -q >../$1.send
		for day in 02 03 04 05 06 09 10; do
			fu-due --at 2026-03-${day}T20:00:00Z -q -x |
			    tee -a ../$1.due |
			    fu-send --at 2026-03-${day}T20:00:00Z -q >>../$1.send2
		done
		fu-score -a --at 2026-03-10T20:00:00Z >../$1.all
	) || :
	(cd "$1/outbox/new" && sha256sum -- *) >$1.outbox
}

@test "two fresh directories: the same records and the same mail, byte for byte" {
	house a
	house b
	unthrottled a
	unthrottled b
	# Ids that must be unguessable are a key's; it is the only thing drawn.
	cp a/fu.key b/fu.key
	run_all a
	TZ=Asia/Tokyo run_all b
	for f in ingest score cadence handoff send due send2 all outbox; do
		[ -e a.$f ] || fail "no a.$f"
		same a.$f b.$f
	done
	[ "$(wc -l <a.outbox)" -ge 5 ] || fail "only $(wc -l <a.outbox) messages"
	[ -s a.handoff ] || fail "no hand-off"
}

@test "loading the same file twice changes nothing" {
	house h
	cd h || return
	local at=2026-03-30T15:00:00Z
	fu-ingest --at $at -q sample/leads.csv sample/events.ndjson >first
	sqlite3 fu.db .dump | grep -v -e 'INTO run ' -e 'INTO batch ' -e 'INTO counter ' >dump1
	fu-ingest --at 2026-03-30T16:00:00Z -q sample/leads.csv sample/events.ndjson >second
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
	fu-ingest --at $at -q sample/leads.csv sample/events.ndjson | fu-score --at $at |
	    fu-cadence --at $at -q | fu-handoff --at $at --pass >/dev/null
	fu-score --changed --at $at | fu-cadence --at $at -q | fu-handoff --at $at --pass >/dev/null
	fu-ingest --at $at -q sample/leads.csv sample/events.ndjson >/dev/null
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
	LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=America/St_Johns run_all b
	for f in score cadence handoff due outbox; do
		same a.$f b.$f
	done
}
