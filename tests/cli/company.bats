#!/usr/bin/env bats
# A company is a unit: what one of its people says makes the others wait.
load scene

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	printf -- '---\nsubject: "A note"\nthread: new\n---\nHello, this is a note about what you asked.\n' >messages/note.md
	sed 's/what you asked/what else there is/' messages/note.md >messages/more.md
	cat >cadences/abs.yaml <<-Y
	cadence: abs
	priority: 90
	enter: "score > 1000"
	spacing: "a test"
	steps:
	  - { day: 0, channel: email, message: note, id: a }
	  - { day: 4, channel: email, message: more, id: b }
	Y
	sed -i '/^limits:/s/company_week: [0-9]*/company_week: 50/' fu.yaml
	at 2026-03-02T15:00:00Z	# a Monday
	for who in ann@acme.example bob@acme.example cy@else.example; do
		echo '{"email":"'"$who"'","company":"Acme","country":"US","region":"NY","source":"s","basis":"li","collected":"direct"}'
	done | fu-ingest -q | fu-score | fu-cadence -q --cadence abs >/dev/null
}
at() { export FU_NOW=$1; }
event() { fu-ingest -q | fu-score | fu-cadence -q | fu-handoff >/dev/null; }
left() { fu-due 2>err | fu-send -q | jq -r 'select(.type == "touch") | "\(.email) \(.step) \(.result.status)"' | sort; }

@test "a colleague's answer makes the others wait until it is released, and moves their days" {
	is "ann@acme.example a sent
bob@acme.example a sent
cy@else.example a sent" "$(left)"
	at 2026-03-03T15:00:00Z
	fu-log reply ann@acme.example text="Thanks, we are thinking about it." | event
	at 2026-03-06T17:00:00Z
	is "cy@else.example b sent" "$(left)"
	says err "company_pause"
	fu-due -x -q | jq -r 'select(.held.reason == "company_pause") | .email' >held
	is bob@acme.example "$(cat held)"
	fu-why bob@acme.example -t >why
	says why "prospect 1 answered"
	is "company_pause" "$(fu-due --plan 30d -q bob@acme.example | jq -r .held.reason)" "plan"
	at 2026-03-09T15:00:00Z
	fu-handoff -q --release ann@acme.example >/dev/null
	at 2026-03-10T17:00:00Z
	is "bob@acme.example b sent" "$(left)"
}

@test "an answer that nobody releases holds colleagues for fourteen days" {
	left >/dev/null
	at 2026-03-03T15:00:00Z
	fu-log reply ann@acme.example text="Thanks, we are thinking about it." | event
	for day in 06 09 16; do
		at 2026-03-${day}T17:00:00Z
		is "" "$(left | grep bob || true)" "on $day March"
	done
	for day in 17 18 19 20 23 24 25 26 27 30 31; do
		at 2026-03-${day}T17:00:00Z
		left
	done >all
	is "bob@acme.example b sent" "$(grep bob all)" "$(fu-why -t bob@acme.example)"
}

@test "a customer's colleagues wait, unless company_pause says otherwise" {
	left >/dev/null
	at 2026-03-03T15:00:00Z
	fu-log won ann@acme.example value=100 | event
	at 2026-03-06T17:00:00Z
	is "cy@else.example b sent" "$(left)"
	fu-due -x -q | jq -r 'select(.type == "touch" and .email == "bob@acme.example").held.reason' >held
	is company_pause "$(cat held)"
	fu-why bob@acme.example -t >why
	says why "prospect 1 is a customer"
	sed -i 's/^company_pause:.*/company_pause: [reply]/' fu.yaml
	for hour in 18 19; do
		at 2026-03-06T${hour}:00:00Z
		left
	done >all
	for day in 09 10; do
		at 2026-03-${day}T17:00:00Z
		left
	done >>all
	is "bob@acme.example b sent" "$(cat all)"
}

@test "a reply that comes between claim and wire stops a colleague's mail" {
	fu-due -q >claims
	fu-log reply ann@acme.example text="Thanks, we are thinking about it." | event
	fu-send -q <claims | jq -r 'select(.type == "touch") | "\(.email) \(.result.status) \(.result.reason)"' | sort >out
	is "ann@acme.example held reply_pending
bob@acme.example held company_pause
cy@else.example sent null" "$(cat out)"
}

@test "people of a free-mail domain are no company" {
	echo '{"email":"x@gmail.com","country":"US","region":"NY","source":"s","basis":"li","collected":"direct"}
{"email":"y@gmail.com","country":"US","region":"NY","source":"s","basis":"li","collected":"direct"}' |
	    fu-ingest -q | fu-score | fu-cadence -q --cadence abs >/dev/null
	fu-log reply x@gmail.com text="Thanks, we are thinking about it." | event
	left >all
	grep -q "y@gmail.com a sent" all || fail "$(cat all)"
}
