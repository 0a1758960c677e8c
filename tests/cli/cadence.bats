#!/usr/bin/env bats
# fu-cadence: who is taken, who is not and why, and how it ends.
load scene

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z	# a Monday
}

lead() {
	echo '{"email":"'"$1"'","title":"VP","company":"Wc","country":"US","region":"NY","source":"s","basis":"li","collected":"direct","industry":"software","company_size":100,"budget":50000,"timeline":"6 months"'"${2:+,$2}"'}'
}
# looked: what fu-cadence says of what stands on the input.
looked() {
	fu-ingest -q | fu-score | fu-cadence >all 2>said
	jq -r '.enrollment | "\(.cadence) \(.action) \(.reason)"' all
}
event() { echo '{"email":"c@c.example","at":"'"$FU_NOW"'",'"$1"'}'; }

@test "what ended an enrolment elsewhere is said once, with its reason" {
	lead c@c.example | looked >/dev/null
	export FU_NOW=2026-03-03T15:00:00Z
	is "warm stopped opt_out" "$(event '"event":"unsubscribe"' | looked)"
	! grep -q "no cadence took" said || fail "counted as not taken: $(cat said)"
	! grep -q "leaves on" said || fail "$(cat said)"
	export FU_NOW=2026-03-03T16:00:00Z
	is "null none suppressed" "$(event '"event":"visit","url":"https://www.example.com/"' | looked)"
	! grep -q "no cadence took" said || fail "offered to enrol: $(cat said)"
}

@test "--stop says at its end how many it stopped" {
	lead c@c.example | looked >/dev/null
	lead d@d.example | fu-ingest -q >/dev/null
	fu-cadence --stop c@c.example d@d.example >out 2>err
	says err "1 stopped, 1 who were in none"
	fu-cadence -q --stop c@c.example >out 2>err
	is "" "$(cat err)"
}

@test "a won deal stops" {
	lead c@c.example | looked >/dev/null
	is "warm stopped won" "$(event '"event":"won"' | looked)"
}

@test "on_reply: stop ends it at the first look, and no run after makes a hand-off" {
	sed -i 's/on_reply: handoff/on_reply: stop/' cadences/warm.yaml
	grep -q 'on_reply: stop' cadences/warm.yaml || echo 'on_reply: stop' >>cadences/warm.yaml
	lead c@c.example | looked >/dev/null
	export FU_NOW=2026-03-03T16:30:00Z
	event '"event":"reply","channel":"email","text":"Thanks, I will read it."' >reply
	fu-ingest -q reply | fu-score | fu-cadence -q | tee looked | fu-handoff >fired
	is "warm stopped reply" "$(jq -r '.enrollment | "\(.cadence) \(.action) \(.reason)"' looked)"
	export FU_NOW=2026-03-03T16:35:00Z
	fu-score --changed | fu-cadence -q | fu-handoff >>fired
	event '"event":"visit","url":"https://www.example.com/"' | fu-ingest -q | fu-score | fu-cadence -q | fu-handoff >>fired
	[ ! -s fired ] || fail "fired: $(cat fired)"
}

@test "the end of a run: only who was taken leaves, and not in the past" {
	lead c@c.example | looked >/dev/null
	says said "the first of them leaves on 2026-03-05"
	export FU_NOW=2026-03-10T15:00:00Z
	fu-cadence c@c.example >all 2>said
	! grep -q "leaves on" said || fail "kept, and yet: $(cat said)"
}

@test "a cadence that they have had is among what kept them out" {
	lead c@c.example | looked >/dev/null
	sed -i -e '/^exit:/d' -e 's/^enter:.*/&\nexit: "visits > 0"/' cadences/warm.yaml
	event '"event":"visit","url":"https://www.example.com/"' | looked >/dev/null
	event '"event":"click","url":"https://www.example.com/a"' | looked >got
	is "null none no_entry" "$(cat got)"
	says said '`again`: they have been in it'
}

@test "who is held out is told so from the start" {
	sed -i 's/^enter:.*/&\nholdout: 100%/' cadences/warm.yaml
	is "warm enrolled holdout" "$(lead c@c.example | looked)"
	is null "$(jq -r '.enrollment.due' all)"
	says said "1 held out"
	! grep -qE "enrolled or moved|leaves on" said || fail "$(cat said)"
}

@test "a person operand that is nobody: 1, and the others are looked at" {
	lead c@c.example | looked >/dev/null
	ends 1 fu-cadence nobody@x.example c@c.example
	says err "nobody is known as nobody@x.example"
	is 1 "$(wc -l <out)" "records"
	ends 1 fu-score nobody@x.example
	ends 1 fu-handoff nobody@x.example
	ends 1 fu-handoff --accept nobody@x.example
	ends 1 fu-due --plan 45d nobody@x.example
}

@test "a demo by telephone is a demo" {
	lead c@c.example | looked >/dev/null
	export FU_NOW=2026-03-03T15:00:00Z
	fu-log call c@c.example outcome=demo | looked >got
	is "post-demo moved enter" "$(cat got)"
	is 1 "$(fu-list 'demos = 1 AND meetings = 1' | wc -l)"
}

@test "what failed most is counted of those whom no cadence took" {
	for i in 1 2 3; do
		echo '{"email":"n'$i'@x.example","source":"s"}'
	done >people
	lead_of() { echo '{"email":"w@x.example","title":"VP","company":"W","country":"US","region":"NY","source":"s","basis":"li","collected":"direct","industry":"software","company_size":100,"budget":50000,"timeline":"6 months"}'; }
	lead_of >>people
	fu-ingest -q people | fu-score | fu-cadence 2>said >/dev/null
	says said "3 that no cadence took" "3 of 3" \
	    "of 3: segment = 'enterprise' OR company_size >= 1000"
	! grep -q "of 4" said || fail "$(cat said)"
	# Brackets that are about a part of it stay.
	sed -i "s/^enter: .*/enter: (score > 90) OR demos > 3/" cadences/enterprise.yaml
	fu-list 'score >= 0' | fu-cadence -n 2>said >/dev/null
	says said "(score > 90) OR demos > 3"
	echo '{"event":"unsubscribe","email":"n1@x.example"}' | fu-ingest -q >/dev/null
	fu-ingest -q people | fu-score | fu-cadence 2>said >/dev/null
	says said "1 whom no cadence may take" "2 that no cadence took"
	! grep -q "of 4" said || fail "$(cat said)"
}

@test "who is not scored yet is told so, and not as one who opted out" {
	lead c@c.example | fu-ingest -q >in
	fu-cadence <in >all 2>said
	is not_scored "$(jq -r .enrollment.reason all)"
	says said "1 not looked at" "fu-score first, then fu-cadence"
	! grep -q "opted out" said || fail "$(cat said)"
	fu-why -t c@c.example >story
	says story "not scored yet" "fu-score first, then fu-cadence"
	! grep -q "takes them when fu-cadence looks" story || fail "$(cat story)"
	# Scored, but not since they came.
	fu-score -q <in >/dev/null
	fu-why -t c@c.example >story
	says story "warm takes them when fu-cadence looks"
	event '"event":"visit","url":"https://www.example.com/"' | fu-ingest -q >in
	fu-why -t c@c.example >story
	says story "warm takes them when fu-score, then fu-cadence look"
}
