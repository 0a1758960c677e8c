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

# scores PERSON: what is told of each score, in order.
scores() {
	fu-why --only score "$1" | jq -r '"\(.at[:10]) \(.inputs.previous_score) \(.inputs.score) \(.verdict) \([.inputs.factors[].points] | add)"'
}

@test "each score keeps its own factors, and the score before it" {
	echo '{"email":"pat@p.example","title":"Sales Manager","company":"P","company_size":90,"country":"US","source":"webinar","basis":"li"}' |
	    fu-ingest -q | fu-score -q >score.02
	first=$(jq .score score.02)
	is "2026-03-02 null $first nurture $first" "$(scores pat@p.example)" "the first"
	visit='"event":"visit","email":"pat@p.example","url":"https://www.example.com/pricing"'
	for day in 03 04; do
		export FU_NOW=2026-03-${day}T15:00:00Z
		for hour in 10 11; do
			echo "{$visit,\"at\":\"2026-03-${day}T$hour:00:00Z\"}"
		done | fu-ingest -q | fu-score -q >"score.$day"
	done
	second=$(jq -s .[1].score score.03)
	third=$(jq -s .[1].score score.04)
	[ "$first" -lt "$second" ] && [ "$second" -lt "$third" ]
	is "2026-03-02 null $first nurture $first
2026-03-03 $first $second nurture $second
2026-03-04 $second $third nurture $third" "$(scores pat@p.example)" "all three"
	# Looked at again with nothing new there is nothing more to tell.
	FU_NOW=2026-03-04T15:00:01Z fu-score -qa >/dev/null
	is 3 "$(scores pat@p.example | wc -l)" "looked at again"
	fu-why -t --only score pat@p.example >out
	is 1 "$(grep -c 'for the first time' out)"
	says out "$second, nurture; it was $first, nurture: +" "pricing page visits"
}

@test "a band that falls by silence alone has its factors, and the first keeps its own" {
	was=$(jq -r 'select(.email == "lea@l.example").score' first)
	export FU_NOW=2026-06-02T15:00:00Z
	fu-score -q --changed >/dev/null
	is "2026-03-02 null $was nurture $was
2026-06-02 $was $was cold $was" "$(scores lea@l.example)"
}

@test "at one instant a cause is told before what it led to" {
	echo '{"event":"chat","from":"prospect","email":"ann@a.example","text":"Can I talk to a person, please?","at":"2026-03-02T15:00:00Z"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q | fu-send -q >/dev/null
	fu-due -q | fu-send -q >/dev/null
	fu-why ann@a.example | jq -r 'select(.kind != "now") | "\(.at) \(.kind)"' | uniq >out
	is "import event score enrolment handoff" \
	    "$(grep 2026-03-02T15:00:00Z out | cut -d' ' -f2 | head -5 | xargs)" "$(cat out)"
	fu-why ann@a.example | jq -r 'select(.kind == "handoff") | .verdict' >out
	is fired "$(head -1 out)"
}

@test "a touch that waits for its sender's return says whose, and until when" {
	echo '{"email":"ann@a.example","owner":"ada"}' | fu-ingest -q >/dev/null
	# Planned already, for a day that is one of these.
	FU_NOW=2026-03-05T12:00:00Z
	fu-due -q >/dev/null
	sed -i 's,away: .*,away: [2026-03-05..2026-03-09],' fu.yaml
	FU_NOW=2026-03-05T18:00:00Z
	fu-due -q >/dev/null
	fu-why -t ann@a.example >out
	says out "send_window (Ada Lovelace is away until 2026-03-09) until 2026-03-"
	is 2 "$(grep -c 'Ada Lovelace is away' out)" "then and now"
}

@test "a stop that nobody decided about is told as one" {
	echo '{"event":"reply","email":"ann@a.example","channel":"email","text":"cancel my 3pm meeting","at":"2026-03-02T15:00:00Z"}' |
	    fu-ingest -q >/dev/null
	FU_NOW=2026-03-03T15:00:01Z
	fu-due -q >/dev/null
	fu-why -t ann@a.example >out
	says out "nobody decided within 24 hours"
}

@test "an address that is nobody's, but closed: what, since when, from what" {
	FU_NOW=2026-03-05T16:00:00Z
	printf '%s\n' '{"event":"stop","phone":"+12125550142","channel":"sms","at":"2026-03-04T10:00:00Z"}' \
	    '{"event":"unsubscribe","email":"who@w.example","at":"2026-03-04T11:00:00Z"}' |
	    fu-ingest -q >/dev/null
	ends 0 fu-why -t "+1 212 555 0142"
	says out "+12125550142 is no one person's" "2026-03-04 10:00" \
	    "whoever has it gets nothing by" "suppressed since 2026-03-04" "[TC-03]"
	ends 0 fu-why Who+tag@w.example
	is "suppress CS-04 2026-03-04T11:00:00Z Who+tag@w.example null" "$(jq -r 'select(.kind == "suppression") |
	    "\(.verdict) \(.rule) \(.at) \(.email) \(.prospect)"' out)"
	is "suppressed" "$(jq -r 'select(.kind == "now") | .verdict' out)"
	ends 1 fu-why +12125550143
	says err "nobody is known as +12125550143"
}

@test "a hand-off that one destination did not take says who hears of it" {
	sed -i '/^sample:/d' fu.yaml
	http_server crm
	hand_off_to "{ via: webhook, url: \"http://127.0.0.1:$port/a\" }"
	echo '422 - no such field' >crm/answers
	echo '{"event":"chat","from":"prospect","email":"ann@a.example","text":"Can I talk to a person, please?","at":"'$FU_NOW'"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q | fu-send -q >/dev/null 2>&1
	kill "$httpd"
	fu-why -t --only handoff ann@a.example >out
	says out "failed" "; it goes by email"
}

@test "what waits for a retry says so, and when" {
	sed -i '/^sample:/d; s|^  email: { via: outbox }|  email: { via: smtp, url: "smtp://127.0.0.1:1", tls: none }|' fu.yaml
	FU_NOW=2026-03-05T16:00:00Z
	fu-due -q >due
	fu-send -q <due >sent || :
	is retry "$(jq -r 'select(.email == "ann@a.example") | .result.status' sent | head -1)"
	ends 0 fu-why --only now ann@a.example
	next=$(sqlite3 fu.db "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', next_us / 1000000, 'unixepoch') FROM touch WHERE prospect = 1 AND next_us > due_us AND status LIKE 'cannot%'")
	is "retry $next" "$(jq -r 'select(.touch) | "\(.verdict) \(.due | sub("[.][0-9]+"; ""))"' out | head -1)"
	says out "it was put off (" "and is tried again 2026-03-05"
	! grep -q "the gate lets it leave" out || fail "$(cat out)"
}

@test "an absence: fu-why says what the plan says" {
	day 2026-03-05
	echo '{"event":"auto_reply","email":"ann@a.example","at":"2026-03-05T16:30:00Z","reason":"ooo","returns":"2026-03-13"}' |
	    FU_NOW=2026-03-05T16:45:00Z fu-ingest -q >/dev/null
	FU_NOW=2026-03-06T16:00:00Z
	fu-score -q --changed | fu-cadence -q >/dev/null
	ends 0 fu-why --only now ann@a.example
	is "defer ooo_until" "$(jq -r 'select(.step == "warm-story") | "\(.verdict) \(.reason)"' out)"
	is "$(fu-due -q --plan 60d ann@a.example | jq -r 'select(.step == "warm-story") | .due')" \
	    "$(jq -r 'select(.step == "warm-story") | .due' out)"
	says out "by the plan it leaves"
}

@test "TC-03: a text that may be a stop: until when it waits, and then it is none that waits" {
	echo '{"email":"ann@a.example","phone":"+12125550199"}' | fu-ingest -q >/dev/null
	day 2026-03-05
	echo '{"event":"reply","channel":"sms","phone":"+12125550199","text":"stop by our office","at":"2026-03-05T17:00:00Z"}' >r
	FU_NOW=2026-03-05T17:05:00Z
	fu-ingest -q r >/dev/null
	ends 0 fu-why --only now ann@a.example
	is "reply_pending 2026-03-06T17:00:00Z" "$(jq -r 'select(.verdict == "paused") | "\(.reason) \(.until // .due)"' out)"
	says out "becomes one 2026-03-06 12:00 -05:00 unless somebody decides"
	FU_NOW=2026-03-06T17:05:00Z
	ends 0 fu-why --only now ann@a.example
	is "" "$(jq -r 'select(.verdict == "paused") | .reason' out)" "once it is a stop"
	fu-due -q >/dev/null
	ends 0 fu-why --only now ann@a.example
	is "" "$(jq -r 'select(.verdict == "paused") | .reason' out)" "once it is written down"
	says out "suppressed"
}

@test "a reason and a detail that are one are said once" {
	day 2026-03-05
	sqlite3 fu.db "UPDATE decision SET verdict = 'failed', reason = 'smtputf8_unavailable',
	    inputs = '{\"via\":\"smtp\",\"detail\":\"smtputf8_unavailable\"}' WHERE kind = 'send' AND prospect = 1"
	ends 0 fu-why --only send ann@a.example
	is "failed via smtp, smtputf8_unavailable" "$(jq -r '.text | sub("^[^:]*: "; "")' out | head -1)"
}

@test "an event that says no time is told behind the import that made the person" {
	printf '%s\n' '{"email":"eve@e.example","country":"US"}' \
	    '{"event":"visit","email":"eve@e.example","url":"https://www.example.com/"}' >both
	house live
	cd live || return
	unset FU_NOW
	fu-ingest -q ../both >/dev/null
	is "import event" "$(fu-why eve@e.example | jq -r .kind | head -2 | xargs)"
}

@test "a score that came to the same by other factors keeps the ones it had before" {
	echo '{"email":"sc@acme.example","country":"US","source":"s"}' | FU_NOW=2026-03-02T17:00:00Z fu-ingest -q |
	    FU_NOW=2026-03-02T17:00:00Z fu-score >/dev/null
	fu-log --at 2026-03-03T10:00:00Z objection sc@acme.example | FU_NOW=2026-03-03T10:00:00Z fu-ingest -q >/dev/null
	FU_NOW=2026-03-03T10:01:00Z fu-score sc@acme.example >/dev/null
	FU_NOW=2026-03-03T10:01:00Z fu-score sc@acme.example >/dev/null
	FU_NOW=2026-03-03T10:02:00Z fu-why sc@acme.example | jq -c 'select(.kind == "score") | [.at[:10], (.inputs.factors | map(.factor) | index("objected")) != null]' >got
	is '["2026-03-02",false] ["2026-03-03",true]' "$(paste -sd' ' got)"
}
