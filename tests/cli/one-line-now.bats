#!/usr/bin/env bats
# A line typed into an open pipeline comes out while standard input stays open.
load scene

at=2026-03-02T15:00:00Z

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	leads 3 >leads.csv
	fu-ingest --at $at -q leads.csv >/dev/null
	mkfifo to from
}

teardown() {
	exec 8>&- 9<&-
	wait
}

# answers LINE...: write each to the open pipe and read what comes for it.
# Standard input of the pipeline stays open until the last has answered.
answers() {
	local line
	exec 8>to 9<from
	for line; do
		printf '%s\n' "$line" >&8
		IFS= read -rt 20 answer <&9 ||
		    fail "no answer within 20 s to: $line"
		[ -n "$answer" ] || fail "an empty line for: $line"
	done
	exec 8>&-
	if IFS= read -rt 20 more <&9; then
		fail "more than was asked for: $more"
	fi
}

lead='{"email":"typed@now.example","first_name":"T","title":"VP Sales","company_size":240,"budget":36000,"timeline":"4 months","industry":"Software","country":"US","region":"NY","source":"webinar","basis":"li","collected":"direct"}'

@test "fu-ingest" {
	fu-ingest -q -f ndjson --at $at <to >from &
	answers "$lead" '{"event":"visit","at":"2026-03-02T14:00:00Z","email":"typed@now.example","url":"https://x.example/pricing"}' "$lead"
	is unchanged "$(jq -r .action <<<"$answer")"
}

@test "fu-ingest, without being told the format" {
	fu-ingest -q --at $at <to >from &
	answers "$lead"
	is created "$(jq -r .action <<<"$answer")"
}

@test "fu-ingest: rows of a table, once its header is there" {
	fu-ingest -q -f csv --at $at <to >from &
	exec 8>to 9<from
	printf 'Email,First Name\n' >&8
	for i in 1 2 3; do
		printf 'row%d@now.example,R\n' $i >&8
		IFS= read -rt 20 answer <&9 || fail "no answer to row $i"
		is "row$i@now.example" "$(jq -r .email <<<"$answer")"
	done
	exec 8>&-
}

@test "fu-score" {
	fu-score --at $at <to >from &
	answers '{"type":"prospect","prospect":1}' '{"prospect":2}' '{"type":"other"}'
}

@test "fu-cadence" {
	fu-cadence -q --at $at <to >from &
	answers '{"type":"prospect","prospect":1}' '{"prospect":2}' '{"type":"other"}'
}

@test "fu-handoff --pass" {
	fu-handoff --pass --at $at <to >from &
	answers '{"type":"prospect","prospect":1}' '{"type":"other"}'
}

@test "fu-send" {
	fu-send -q --at $at <to >from &
	answers '{"type":"prospect","prospect":1}' '{"type":"other"}'
}

@test "the whole first line" {
	fu-ingest -q -f ndjson --at $at <to | fu-score --at $at |
	    fu-cadence -q --at $at | fu-handoff --pass --at $at |
	    fu-send -q --at $at >from &
	answers "$lead" "${lead/typed/second}"
	is second@now.example "$(jq -r .email <<<"$answer")"
	is enrolled "$(jq -r .enrollment.action <<<"$answer")"
}

@test "the whole first line: a reply becomes a hand-off that is delivered at once" {
	fu-ingest -q --at $at leads.csv | fu-score --at $at | fu-cadence -q --at $at >/dev/null
	fu-ingest -q -f ndjson --at $at <to | fu-score --at $at |
	    fu-cadence -q --at $at | fu-handoff --at $at |
	    fu-send -q --at $at >from &
	answers '{"event":"reply","at":"2026-03-02T14:59:00Z","email":"p1@c1.example","channel":"email","text":"Yes, please call me about pricing.","id":"r1"}'
	is handoff "$(jq -r .type <<<"$answer")"
	is sent "$(jq -r .result.status <<<"$answer")"
	is 1 "$(ls outbox/new | wc -l)" "messages to the rep"
}

@test "a bad line says so at once, and the next comes out" {
	fu-score --at $at <to >from 2>err &
	exec 8>to 9<from
	echo 'not json' >&8
	until_true 20 grep -q 'stdin:1: ' err || fail "nothing said"
	echo '{"prospect":1}' >&8
	IFS= read -rt 20 answer <&9 || fail "no answer"
	exec 8>&-
}
