#!/usr/bin/env bats
# fu-due: what it says is held is so now, and what it plans is what happens.
load scene

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z	# a Monday
}

# lead EMAIL [MEMBERS]: somebody whom the warm cadence takes.
lead() {
	echo '{"email":"'"$1"'","title":"VP","company":"Wc","country":"'"${country:-US}"'","source":"s","basis":"li","collected":"direct","industry":"software","company_size":100,"budget":50000,"timeline":"6 months"'"${2:+,$2}"'}' |
	    line >/dev/null
}
line() {
	fu-ingest -q | fu-score | fu-cadence -q "$@" | fu-handoff
}
at() { export FU_NOW=$1; }
db() { sqlite3 fu.db "$1"; }

# absences: mail, task and mail on days 0, 4 and 8.
absences() {
	cat >cadences/abs.yaml <<-Y
	cadence: abs
	priority: 90
	enter: "score > 1000"
	spacing: "a test"
	steps:
	  - { day: 0, channel: email, message: note, id: a }
	  - { day: 4, channel: task, message: hot-call, id: b }
	  - { day: 8, channel: email, message: more, id: c }
	Y
	note
	sed 's/what you asked/what else there is/' messages/note.md >messages/more.md
}
note() {
	printf -- '---\nsubject: "A note"\nthread: new\n---\nHello, this is a note about what you asked.\n' >messages/note.md
}

@test "mail to somebody whose zone is not known leaves in hours that all zones share" {
	lead w@w.example
	fu-due --plan 35d >plan
	# 08:30 in Los Angeles to 17:30 in New York, on either side of 8 March
	jq -r 'select(.channel == "email") | .due[11:16]' plan >times
	[ "$(wc -l <times)" -eq 4 ] || fail "$(cat plan)"
	while read -r t; do
		[[ ! $t < 15:30 && $t < 22:30 ]] || fail "at $t UTC:" "$(cat plan)"
	done <times
	fu-due --plan 35d -t >table
	says table "(America/New_York)"
	lead v@v.example '"region":"CA"'
	fu-due --plan 35d -t v@v.example >table
	if grep New_York table; then fail "their zone is known"; fi
	at 2026-03-05T15:29:00Z
	is "" "$(fu-due -n | jq -r .step)" "in the night of Los Angeles"
}

@test "-n decides as a run without it, and changes nothing" {
	for who in a b; do
		country=DE lead $who@$who.example
	done
	lead c@c.example '"region":"NY"'
	at 2026-03-05T19:00:00Z
	db 'SELECT * FROM touch' >before
	fu-due -n -x -q | jq -r '[.email, .step, .held.reason] | @tsv' | sort >dry
	db 'SELECT * FROM touch' >after
	same before after
	cp -r ../h ../live
	(cd ../live && fu-due -x -q) | jq -r '[.email, .step, .held.reason] | @tsv' | sort >live
	same live dry
	[ "$(wc -l <dry)" -ge 3 ] || fail "only: $(cat dry)"
	is "" "$(cut -f 1,2 dry | uniq -d)" "one touch twice"
}

@test "a claim that was lost is seen by -n and by the plan" {
	lead c@c.example '"region":"NY"'
	at 2026-03-05T19:00:00Z
	is warm-article "$(fu-due -q | jq -r .step)"
	at 2026-03-05T19:20:00Z
	is warm-article "$(fu-due -n -q | jq -r .step)"
	is warm-article "$(fu-due --plan 1d -q | jq -r 'select(.channel == "email") | .step')"
}

@test "what is held says why now, not why yesterday" {
	sed -i 's/gap: 0/gap: 3h/' fu.yaml
	lead c@c.example '"region":"NY","owner":"ada"'
	lead d@d.example '"region":"NY","owner":"ada"'
	at 2026-03-05T19:00:00Z
	fu-due -q >/dev/null
	who=$(fu-due -x -q | jq -r 'select(.held.reason == "rate_limited") | .email' | head -n 1)
	[ -n "$who" ] || fail "nobody waits for the sender's gap"
	fu-handoff -q --pause "$who" --by ada
	is human_owned "$(fu-due -nx -q | jq -r "select(.email == \"$who\" and .channel == \"email\") | .held.reason")"
}

@test "a company's cap holds within a run, and the plan knows it" {
	grep -q 'company_week: 3' fu.yaml
	for i in 1 2 3 4 5 6; do
		lead p$i@big.example '"region":"NY"'
	done
	fu-due --plan 5d | jq -r 'select(.step == "warm-article" and .held == null) | .email' >planned
	is 3 "$(wc -l <planned)" "planned"
	at 2026-03-05T19:00:00Z
	fu-due -q | fu-send -q | jq -r 'select(.result.status == "sent") | .email' >sent
	is 3 "$(wc -l <sent)" "sent"
}

@test "of two touches of one person the gap lets one be claimed" {
	cat >cadences/two.yaml <<-Y
	cadence: two
	priority: 90
	enter: "score > 1000"
	spacing: "a test"
	steps:
	  - { day: 0, channel: email, message: note, id: a }
	  - { every: month, channel: email, message: note, id: b }
	Y
	note
	lead c@c.example '"region":"NY"'
	fu-cadence -q --cadence two c@c.example >/dev/null
	fu-due -q >claimed
	is 1 "$(jq -c 'select(.claim)' claimed | wc -l)" "claims"
}

@test "after days without a run, what is past is skipped and what is due leaves" {
	lead c@c.example '"region":"NY"'
	at 2026-03-05T19:00:00Z
	fu-due -q | fu-send -q >/dev/null
	at 2026-03-23T18:00:00Z
	is warm-benchmark "$(fu-due -q | jq -r .step)"
}

@test "an absence moves tasks and mail, and the plan says so at once" {
	absences
	lead c@c.example '"region":"NY"'
	fu-cadence -q --cadence abs c@c.example >/dev/null
	fu-due -q | fu-send -q >/dev/null
	at 2026-03-03T15:00:00Z
	echo '{"event":"auto_reply","email":"c@c.example","at":"2026-03-03T15:00:00Z","reason":"ooo","returns":"2026-03-13"}' | line >/dev/null
	fu-due --plan 30d | jq -r '"\(.due_local[:10]) \(.step)"' >plan
	printf '%s\n' "2026-03-16 b" "2026-03-20 c" >want
	same want plan
	for d in 06 10 13 16 20; do
		at 2026-03-${d}T14:00:00Z
		fu-due -q | fu-send -q | jq -r "select(.result.status == \"sent\") | \"2026-03-$d \\(.step)\""
	done >sent
	same want sent
}

@test "a chat that is over in an absence gives way, and the mail behind it moves" {
	lead c@c.example '"region":"NY"'
	at 2026-03-03T15:00:00Z
	echo '{"event":"auto_reply","email":"c@c.example","at":"2026-03-03T15:00:00Z","reason":"ooo","returns":"2026-03-13"}' | line >/dev/null
	timeout 20 fu-due --plan 45d >plan || fail "the plan does not end"
	is 2026-03-16 "$(jq -r 'select(.step == "warm-article") | .due_local[:10]' plan)"
	at 2026-03-07T15:00:00Z
	timeout 20 fu-due -q >/dev/null || fail "the run does not end"
	is no_visit "$(db "SELECT status FROM touch WHERE step = 'warm-open'")"
	is 2026-03-16 "$(fu-due --plan 45d | jq -r 'select(.step == "warm-article") | .due_local[:10]')"
}

@test "the plan holds what there is nothing new to say for, as fu-send does" {
	lead c@c.example '"region":"NY"'
	rm -r kb
	mkdir kb
	fu-index -q
	fu-due --plan 20d | jq -r 'select(.step == "warm-story") | .held.reason' >planned
	is no_new_insight "$(cat planned)"
}

@test "days on which the sender is away are no sending days: the plan moves, and says so" {
	sed -i 's,away: .*,away: [2026-03-04..2026-03-08],' fu.yaml
	fu-init --check >/dev/null
	lead ann@x.example '"owner":"ada"'
	is "2026-03-09 2026-03-12" "$(fu-due --plan 20d |
	    jq -r 'select(.channel == "email").due_local[:10]' | head -2 | paste -sd' ')"
	# One that was planned already waits for the return.
	sed -i 's/2026-03-04..2026-03-08/2026-03-09..2026-03-10/' fu.yaml
	at 2026-03-09T19:00:00Z
	fu-due -qx >out
	is "send_window the sender is away 2026-03-11" "$(jq -r 'select(.held and .channel == "email") |
	    .held.reason + " " + .held.detail + " " + .held.until[:10]' out)"
}

@test "the plan ends where what nobody releases ends the enrolment" {
	lead bob@x.example
	echo '{"event":"message","from":"rep","channel":"email","email":"bob@x.example","text":"Hi","at":"2026-03-02T15:00:00Z"}' |
	    fu-ingest -q >/dev/null
	fu-due --plan 45d >plan
	is "" "$(jq -r 'select(.due > "2026-03-17").step' plan)" "after the fourteenth day"
	[ -s plan ] || fail "nothing is planned before"
	at 2026-03-17T15:00:00Z
	is rep_not_released "$(fu-score --changed | fu-cadence -q | jq -r .enrollment.reason)"
}

@test "after days without cron the plan begins now, and goes by what leaves now" {
	lead ann@x.example '"region":"NY"'
	at 2026-03-10T15:00:00Z
	fu-due --plan 10d >plan
	is "" "$(jq -r 'select(.due < "2026-03-10T15:00:00Z").due' plan)" "in the past"
	jq -r 'select(.channel == "email" and .held == null) | .step + " " + .due' plan >planned
	for t in 2026-03-10T15:00:00Z 2026-03-11T15:00:00Z 2026-03-12T17:00:00Z 2026-03-13T12:30:00Z 2026-03-13T17:00:00Z; do
		at $t
		fu-due -q | fu-send -q | jq -r 'select(.channel == "email") | .step + " " + .result.at'
	done >left
	is "$(cut -c1-24 planned)" "$(cut -c1-24 left)"
}
