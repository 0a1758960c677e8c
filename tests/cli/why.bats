#!/usr/bin/env bats
# fu-why: everything that was decided about one person, in order.
load scene

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	export FU_NOW=2026-03-02T15:00:00Z
	printf '%s\n' \
	    '{"email":"ann@a.example","first_name":"Ann","title":"VP Sales","company":"A","industry":"Software","company_size":240,"country":"US","region":"NY","source":"webinar","basis":"li","collected":"direct","budget":36000,"timeline":"4 months"}' \
	    '{"email":"greta@g.example","first_name":"Greta","title":"VP Sales","company":"G","industry":"Software","company_size":240,"country":"DE","source":"webinar","basis":"li","collected":"direct","budget":36000,"timeline":"4 months"}' \
	    '{"email":"lea@l.example","title":"Student","country":"US","source":"webinar"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q >first
}

# day DATE: what cron does on that day.
day() {
	FU_NOW=$1T16:00:00Z
	fu-score -q --changed | fu-cadence -q | fu-handoff -q | fu-send -q
	fu-due -q | fu-send -q
} >/dev/null

@test "imports, scores, enrolments, sends, replies, hand-offs: in order" {
	day 2026-03-05
	echo '{"event":"reply","email":"ann@a.example","text":"Can we talk about the contract terms?","at":"2026-03-05T18:00:00Z"}' >r
	FU_NOW=2026-03-05T18:05:00Z
	fu-ingest -q r | fu-score -q | fu-cadence -q | fu-handoff -q |
	    fu-send -q >/dev/null
	ends 0 fu-why ann@a.example
	is "$(jq -r .at out)" "$(jq -r .at out | sort)" "the order of time"
	for kind in import score enrolment send event handoff now; do
		[ "$(jq -r .kind out | grep -cx "$kind")" -gt 0 ] ||
		    fail "no $kind" "$(cat out)"
	done
	is 'reply_pending' "$(jq -r 'select(.kind == "now" and .verdict == "paused") | .reason' out | head -1)"
	says out "contract terms"
}

@test "a verdict has reason, rule and what the gate looked at" {
	day 2026-03-05
	fu-why --only gate greta@g.example >out
	is 'block no_consent EP-01 DE li' "$(jq -r 'select(.verdict == "block") |
	    "\(.verdict) \(.reason) \(.rule) \(.inputs.country) \(.inputs.basis)"' out)"
	[ -n "$(jq -r 'select(.verdict == "block") | .inputs.ruleset' out)" ]
	is "$(fu-due -n -x -q | jq -r 'select(.email == "greta@g.example" and .held.class == "block") | .held.reason')" \
	    "$(jq -r 'select(.verdict == "block") | .reason' out)" "as fu-due -x"
}

@test "who is in no cadence: the terms that fail, with their facts" {
	fu-why --only now lea@l.example >out
	is no_entry "$(jq -r 'select(.cadence == "warm") | .verdict' out)"
	says out "band = 'warm' (band is" "score > 70 (score is"
	fu-log won lea@l.example | fu-ingest -q >/dev/null
	fu-why --only now lea@l.example >out
	is "barred won" "$(jq -r '"\(.verdict) \(.reason)"' out)"
}

@test "an opt-out is told with its rule, and who said it" {
	fu-log unsubscribe ann@a.example channel=email | fu-ingest -q >/dev/null
	fu-why --only suppression ann@a.example >out
	is 'suppress CS-04' "$(jq -r '"\(.verdict) \(.rule)"' out | sort -u)"
}

@test "text for people: their own time, one line an entry, no control bytes" {
	printf '{"email":"ann@a.example","first_name":"A\\u001b[31mnn"}' | fu-ingest -q >/dev/null
	ends 0 fu-why -t ann@a.example
	says out "America/New_York" "2026-03-02 10:00  import"
	if LC_ALL=C grep -q "$(printf '\033')" out; then fail "an escape"; fi
}

@test "nobody: exit 1; no operand: 64; several people" {
	ends 1 fu-why nobody@n.example
	says err "nobody is known as nobody@n.example"
	ends 64 fu-why
	ends 0 fu-why --only import ann@a.example greta@g.example
	is "1 2" "$(jq -r .prospect out | xargs)"
}

@test "who opted out is taken by no cadence, and fu-why says so" {
	fu-log unsubscribe lea@l.example | fu-ingest -q >/dev/null
	ends 0 fu-why -t lea@l.example
	says out "no cadence takes them: suppressed"
	if grep -q 'takes them when' out; then fail "$(cat out)"; fi
}
