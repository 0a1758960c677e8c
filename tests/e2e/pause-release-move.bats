#!/usr/bin/env bats
# What interrupts a cadence, and how it goes on.
#
# Wanda of New York enters warm on Monday, 2 March 2026.  Left alone she gets
# mail on 5, 12 and 23 March and on 1 April (warm.txt of five-cadences).  Both
# lines run at noon and at 17:00 there, which is enough to see the day.
load lib

wanda=wanda@warm.example

setup() {
	BATS_FILE_TMPDIR=$BATS_TEST_TMPDIR
	scene
	memory
	house h
	cd h || return
	ny 2026-03-02 10:00
	take_in <<-E
	$wanda,Wanda,Warm,VP Sales,Warm Freight,Logistics,280,NY,Grace Hopper,30000,4 months,reply rates,
	E
	both_lines
}

teardown() {
	cd / && forget
}

# to DAY HH:MM: time passes until then, and it is then.
to() {
	local from
	from=$(date -ud "$FU_NOW 1 hour" +%FT%H:00Z)
	ny "$1" "$2"
	drive "$from" "$FU_NOW" 12,17
	ny "$1" "$2"
}

mails() {
	story "${1:-$wanda}" | awk '$3 == "email" { print $2, $4 }'
}

# got MAILS...: those, day and step, and no other.
got() {
	printf '%s\n' "$@" >want
	mails >got
	same want got "mail to $wanda"
}

handoff() {
	jq -r 'select(.type == "handoff" and .prospect) | .handoff' log/line1 |
	    tail -n 1
}

held_for() {
	jq -r 'select(.held) | .held.reason' log/due | grep -qx "$1" ||
	    fail "nothing was held for $1, but for:" \
	    "$(jq -r 'select(.held) | .held.reason' log/due | sort | uniq -c)"
}

enrolled() {
	fu-score -q "$wanda" | fu-cadence -n -q | jq -r .enrollment.cadence
}

@test "left alone, mail comes on 5, 12, 23 March and 1 April" {
	to 2026-04-20 18:00
	got "2026-03-05 warm-article" "2026-03-12 warm-story" \
	    "2026-03-23 warm-benchmark" "2026-04-01 warm-invite"
}

@test "a reply pauses, a rep takes it and lets go ten days later: what remains moves by ten days" {
	to 2026-03-06 11:00
	happens '{"event":"reply","email":"wanda@warm.example","channel":"email","text":"Thanks, that was useful. How does it work beside the system we have?"}'
	both_lines
	jq -r 'select(.type == "handoff") | .triggers[]' log/line1 >triggers
	says triggers reply
	to 2026-03-06 15:00
	fu-handoff --accept "$(handoff)" --by grace >accepted
	to 2026-03-16 09:00
	held_for reply_pending
	got "2026-03-05 warm-article"
	fu-handoff --release "$wanda" --by grace >released
	to 2026-04-30 18:00
	# The 12th, 22nd and 1st are now the 22nd, a Sunday, the 1st and the
	# 11th, a Saturday.
	got "2026-03-05 warm-article" "2026-03-23 warm-story" \
	    "2026-04-01 warm-benchmark" "2026-04-13 warm-invite"
	story "$wanda" >story
	says story "Sat 2026-04-11 chat  warm-return waits for a visit"
}

@test "an open hand-off pauses until its time is up, then the cadence goes on while it escalates" {
	to 2026-03-10 10:00
	for n in 1 2 3; do
		happens '{"event":"visit","email":"wanda@warm.example","url":"https://www.example.com/pricing","id":"'$n'"}'
	done
	both_lines
	jq -r 'select(.type == "handoff") | .triggers[]' log/line1 >triggers
	says triggers return_visits
	is 2026-03-11T14:00:00Z "$(jq -r 'select(.type == "handoff") |
	    .respond_by' log/line1 | head -n 1)" "respond_by"
	to 2026-04-20 18:00
	# One day later all of them: the 13th, the 23rd, 2 April.
	got "2026-03-05 warm-article" "2026-03-13 warm-story" \
	    "2026-03-23 warm-benchmark" "2026-04-02 warm-invite"
	grep -l "^To: .*sales-lead@example.com" outbox/new/* >escalated ||
	    fail "nobody told the sales lead"
	is 1 "$(wc -l <escalated)" "letters to the sales lead"
}

@test "declined the same day: no day is lost" {
	to 2026-03-10 10:00
	for n in 1 2 3; do
		happens '{"event":"visit","email":"wanda@warm.example","url":"https://www.example.com/pricing","id":"'$n'"}'
	done
	both_lines
	to 2026-03-10 16:00
	fu-handoff --decline "$(handoff)" --by grace >declined
	to 2026-04-20 18:00
	got "2026-03-05 warm-article" "2026-03-12 warm-story" \
	    "2026-03-23 warm-benchmark" "2026-04-01 warm-invite"
}

@test "an absence defers: out of office from the 6th until the 16th" {
	to 2026-03-06 11:00
	happens '{"event":"auto_reply","email":"wanda@warm.example","reason":"ooo","returns":"2026-03-16","text":"I am away until 16 March."}'
	both_lines
	to 2026-03-15 18:00
	[ ! -s log/line1 ] || fail "an absence is no hand-off:" "$(cat log/line1)"
	to 2026-04-30 18:00
	got "2026-03-05 warm-article" "2026-03-23 warm-story" \
	    "2026-04-01 warm-benchmark" "2026-04-13 warm-invite"
}

@test "an absence and a rep who holds on longer are one pause, to its end" {
	to 2026-03-06 11:00
	happens '{"event":"auto_reply","email":"wanda@warm.example","reason":"ooo","returns":"2026-03-11"}'
	to 2026-03-10 15:00
	fu-handoff --pause "$wanda" --by grace >paused
	to 2026-03-16 09:00
	fu-handoff --release "$wanda" --by grace >released
	to 2026-04-30 18:00
	got "2026-03-05 warm-article" "2026-03-23 warm-story" \
	    "2026-04-01 warm-benchmark" "2026-04-13 warm-invite"
}

@test "a rep's own message pauses, until released" {
	to 2026-03-06 11:00
	happens '{"event":"message","from":"rep","email":"wanda@warm.example","channel":"email","text":"Wanda, a word from me."}'
	to 2026-03-16 09:00
	held_for human_owned
	happens '{"event":"released","email":"wanda@warm.example","by":"grace"}'
	to 2026-04-30 18:00
	got "2026-03-05 warm-article" "2026-03-23 warm-story" \
	    "2026-04-01 warm-benchmark" "2026-04-13 warm-invite"
}

@test "a reply that nobody releases ends it after fourteen days, by time alone" {
	to 2026-03-06 11:00
	happens '{"event":"reply","email":"wanda@warm.example","channel":"email","text":"Thanks, that was useful."}'
	to 2026-03-21 18:00
	fu-handoff --release "$wanda" --by grace >released
	to 2026-04-30 18:00
	got "2026-03-05 warm-article"
	is null "$(enrolled)" "cadence"
}

@test "so does a rep who keeps her and forgets, when nothing else ever happens" {
	to 2026-03-06 11:00
	fu-handoff --pause "$wanda" --by grace >paused
	to 2026-03-21 18:00
	is "" "$(sqlite3 fu.db "SELECT cadence FROM enrolment WHERE active")" "cadence"
}

@test "from warm to hot to enterprise: what was said stays said, and nothing is said twice" {
	to 2026-03-09 10:00
	is warm "$(enrolled)" "cadence"
	happens '{"event":"meeting","email":"wanda@warm.example","status":"held"}' \
	    '{"event":"form","email":"wanda@warm.example","question":"Can it read our rate sheets?"}'
	both_lines
	is warm "$(enrolled)" "cadence on the day of the meeting"
	to 2026-03-11 12:00
	is hot "$(enrolled)" "cadence, two days after the meeting"
	to 2026-03-16 10:00
	fu-ingest -q -f csv <<-E >>log/in
	Email,Segment
	$wanda,enterprise
	E
	both_lines
	is enterprise "$(enrolled)" "cadence of the account"
	# A demo would enrol her in post-demo, which ranks below.  It brings
	# her score over 75, too: a hand-off, which costs the months a day.
	to 2026-03-18 10:00
	happens '{"event":"demo","email":"wanda@warm.example","status":"held","features":["a","b","c"]}'
	both_lines
	is enterprise "$(enrolled)" "cadence after a demo"
	to 2026-05-20 18:00
	got "2026-03-05 warm-article" "2026-03-13 hot-recap" \
	    "2026-03-16 enterprise-monthly" "2026-04-17 enterprise-monthly" \
	    "2026-05-18 enterprise-monthly"
	is 1 "$(grep -c '"type":"handoff"' log/line1)" "hand-offs"
	grep -h "^Subject:" outbox/new/* | sort | uniq -d >twice
	[ ! -s twice ] || fail "said twice:" "$(cat twice)"
}
