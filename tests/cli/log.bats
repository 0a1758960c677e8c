#!/usr/bin/env bats
# fu-log: operands in, one event out.

load world
load scene

setup() {
	world
}

@test "a call, of whom, with what" {
	run fu-log call ann@x.example outcome=demo
	[ "$status" -eq 0 ]
	[ "$output" = '{"event":"call","email":"ann@x.example","outcome":"demo","at":"2026-03-02T15:00:00Z"}' ]
}

@test "a person is an id, an email, a phone or a visitor" {
	[ "$(fu-log won 17 | jq -c .prospect)" = 17 ]
	[ "$(fu-log won '+1 305 555 0100' | jq -r .phone)" = '+1 305 555 0100' ]
	[ "$(fu-log won v-abc | jq -r .visitor)" = v-abc ]
}

@test "a time of its own, lists and booleans" {
	run fu-log demo 17 at=2026-03-01T10:00Z 'features=["a","b"]' x=true
	[ "$output" = '{"event":"demo","prospect":17,"features":["a","b"],"x":true,"at":"2026-03-01T10:00:00Z"}' ]
}

@test "a list whose quotes the shell ate is a list, or an error" {
	[ "$(fu-log demo 17 features='[a, b c]' | jq -c .features)" = '["a","b c"]' ]
	[ "$(fu-log call 17 text='[urgent]' | jq -r .text)" = '[urgent]' ]
	run fu-log demo 17 features='[a,b'
	[ "$status" -eq 64 ]
	echo "$output" | grep -F "write 'features=[one, two]'"
}

@test "options of others are not taken" {
	for option in -t -v -n '-r rej'; do
		# shellcheck disable=SC2086
		run fu-log $option won 17
		[ "$status" -eq 64 ]
	done
}

@test "no person where a domain says enough" {
	run fu-log resume domain=x.example
	[ "$status" -eq 0 ]
	for what in domain= "domain= " stream= domain=x ann@x.example; do
		run fu-log resume "$what"
		[ "$status" -eq 64 ]
	done
	fu-log resume domain= 2>&1 | grep -F 'domain: is empty; write one such as x.example'
	fu-log resume ann@x.example 2>&1 | grep -F 'resume of what?'
	run fu-log call outcome=demo
	[ "$status" -eq 64 ]
}

@test "what was never paused is said not to have been" {
	run sh -c 'fu-log resume domain=x.example | fu-ingest -q'
	[ "$status" -eq 0 ]
	echo "$output" | grep -F 'resume: nothing to or from x.example was paused'
	sqlite3 fu.db "INSERT INTO paused_domain VALUES ('x.example', 1, 'domain_paused')"
	run sh -c 'fu-log resume domain=X.example at=2026-03-01T11:00:00Z | fu-ingest -q'
	[ "$status" -eq 0 ]
	! echo "$output" | grep -F 'was paused'
	[ "$(sqlite3 fu.db 'SELECT count(*) FROM paused_domain')" -eq 0 ]
}

@test "what is no event" {
	run fu-log
	[ "$status" -eq 64 ]
	run fu-log sent 17
	[ "$status" -eq 64 ]
	run fu-log call 17 nonsense
	[ "$status" -eq 64 ]
	run fu-log call 17 at=tomorrow
	[ "$status" -eq 64 ]
}

@test "into the store" {
	echo '{"email":"ann@x.example"}' | fu-ingest -q >out
	fu-log won ann@x.example | fu-ingest -q | grep recorded
	[ "$(sqlite3 fu.db 'SELECT barred FROM standing')" = won ]
}

@test "what fu-ingest would reject is not written" {
	while IFS='|' read -r args says; do
		# shellcheck disable=SC2086
		run fu-log $args
		[ "$status" -eq 64 ] || { echo "$args" >&2; return 1; }
		echo "$output" | grep -F "$says" || { echo "$output" >&2; return 1; }
	done <<-'X'
	call a@x.example outcome=a outcome=b|key occurs twice
	won 17 at=2026-03-01T10:00Z at=2026-03-01T11:00Z|at= occurs twice
	meeting 17 status=later|is none of booked, moved, cancelled, held, no_show
	meeting 17 starts_at=soon|is no time
	bounce 17 hard=perhaps|is neither true nor false
	won 17 value=lots|is no number
	consent 17 channel=email|consent without a status: write one of granted, pending, revoked
	consent 17 channel=fax status=granted|is none of email
	X
	run fu-log unsubscribe 17 channel=fax
	[ "$status" -eq 64 ]
	echo "$output" | grep -F 'channel "fax" is none: write one of email'
	run fu-log stop 17 scope=al
	[ "$status" -eq 64 ]
	echo "$output" | grep -F 'stop: scope "al" is none: write one of channel, all'
	for known in channel all; do
		fu-log stop 17 channel=sms scope=$known 2>err >out
		[ ! -s err ]
	done
	fu-log consent 17 channel=e-mail status=granted
}

@test "somebody who is no id, email, phone or visitor" {
	for who in 'not an email' 'a@' 'a b@x.example' ''; do
		run fu-log call "$who"
		[ "$status" -eq 64 ]
	done
	run fu-log call 'not an email'
	echo "$output" | grep -F '"not an email" is no id, email, phone (+...) or visitor id'
}

@test "an opt-out is of somebody: no number without its country, no name" {
	for who in 702-555-0133 '(702) 555 0133' 0702/5550133; do
		ends 64 fu-log unsubscribe "$who"
		says err "a phone number only with its country: write +1"
	done
	ends 64 fu-log call 702-555-0133
	for event in unsubscribe stop objection erasure_request complaint; do
		ends 64 fu-log $event walter
		says err "write visitor=walter"
	done
	ends 0 fu-log call walter
	ends 0 fu-log unsubscribe v-17
	fu-log unsubscribe visitor=walter 2>err | fu-ingest 2>>err >out
	says err 'stdin:1: unsubscribe: nobody is known as walter, so nothing is closed' \
	    '1 opt-out of nobody known'
	echo '{"event":"stop","email":"new@x.example","channel":"sms"}' |
	    fu-ingest 2>err >out
	says err '1 opt-out of nobody known'
}

@test "prospect:17 is how fu-handoff writes an id" {
	is 17 "$(fu-log call prospect:17 | jq -c .prospect)"
	echo '{"email":"ann@x.example"}' | fu-ingest -q >out
	ends 0 fu-why prospect:1
}

@test "-d and -c are taken, as by every program" {
	fu-log -d other.db -c other.yaml --at 2026-03-02T15:00:00Z call ann@x.example >out
	grep -q '"event":"call"' out
	fu-log --db other.db --config other.yaml call ann@x.example >out
	grep -q '"event":"call"' out
	[ ! -e other.db ]
}

@test "a demo told by a call is one for facts and for the score" {
	echo '{"email":"dee@x.example","source":"web"}' | fu-ingest -q >/dev/null
	fu-log call dee@x.example outcome=demo | fu-ingest -q |
	    fu-score >scored
	[ "$(jq -r '.factors[] | select(.factor == "demos") | "\(.factor) \(.points)"' scored)" = "demos 10" ]
	[ "$(fu-list --facts demos 'demos = 1' | jq .demos)" -eq 1 ]
}

@test "a kind that is a slip of the finger is told with the one that was meant" {
	fu-log cal a@x.example 2>err >out
	grep 'did you mean call?' err
	fu-log frobnicate a@x.example 2>err >out
	grep 'a kind of your own$' err
}

@test "a member that is a slip of the finger is told with the one that was meant, a visitor as one" {
	fu-log unsubscribe q@f50.example chanel=email 2>err >out
	grep 'chanel is a member of your own; did you mean channel?' err
	[ "$(jq -r .chanel out)" = email ]
	fu-log unsubscribe q@f50.example channel=email scope=all plan=gold 2>err >out
	[ ! -s err ]
	fu-log foo bar 2>err >out
	grep '"bar": no id, email or phone (+...), so taken for the id of a visitor' err
}
