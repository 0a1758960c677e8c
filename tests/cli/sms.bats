#!/usr/bin/env bats
# Texts by Twilio's API, against a server that keeps each request byte by byte:
# what leaves, what its answers make of a touch and of a number, and the reports
# that come later.
load scene

now=2026-03-02T15:00:00Z
to=+12125550100

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	sed -i '/^sample:/d' fu.yaml
	export TOKEN=12345
	python3 "$root/tests/wired.py" --dir http --idle 60 >port 3>&- &
	server=$!
	until_true 10 test -s port
	cat >cadences/text.yaml <<-'C'
	cadence: text
	about: two texts
	priority: 1
	enter: first_name = 'nobody'
	spacing: "of a test"
	steps:
	  - { day: 0, channel: sms, message: text-one }
	  - { day: 4, channel: sms, message: text-two }
	C
	printf '%s\n' --- --- 'Hi {{first_name | default: "there"}}, the numbers you asked for are ready & waiting.' |
	    tee messages/text-one.md | sed 's/numbers/other numbers/' >messages/text-two.md
	sms
	answers '201

{"sid":"SM77","status":"queued","error_code":null,"num_segments":"1"}'
}
teardown() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || :; }

q() { sqlite3 fu.db "$1"; }
# sms [MORE]: channels.sms, as a line of fu.yaml.
sms() {
	sed -i "s|^  sms: .*|  sms: { via: twilio, url: \"http://127.0.0.1:$(cat port)\", account: AC0, token: env:TOKEN, from: \"+13055550100\", registered: 10dlc, inbound: true, webhook: \"https://example.com/hooks/sms\"${1:+, $1} }|" fu.yaml
}
answers() { printf '%s\n' "$1" >http/answer; }
# refuses STATUS CODE: an error as Twilio writes it.
refuses() { answers "$1

{\"code\":$2,\"message\":\"said so\",\"more_info\":\"https://www.twilio.com/docs/errors/$2\",\"status\":$1}"; }

# enrol NAME NUMBER: with all that the law asks of a text.
enrol() {
	cat <<-E | fu-ingest -q --at $now | head -1 | fu-cadence -q --cadence text --at $now >/dev/null
	{"email":"$1@x.example","first_name":"$1","phone":"$2","country":"US","region":"${region:-NY}","source":"web","basis":"consent","collected":"direct","dnc":"clear","dnc_checked_at":"$now","reassigned_checked_at":"$now"}
	{"event":"consent","phone":"$2","channel":"sms","status":"granted","method":"web_form","wording":"Yes, send me automated texts","written":true,"automated":true,"not_condition":true,"seller":"Example Ltd","at":"2026-03-01T15:00:00Z"}
	E
}
# leaves [AT]: what is due is sent; "STATUS REASON RULE" a line.
leaves() {
	fu-due -q --at "${1:-$now}" >due
	fu-send --at "${1:-$now}" <due >sent 2>err && echo 0 >status || echo $? >status
	jq -r '.result | [.status, .reason // "-", .rule // "-"] | join(" ")' sent
}
# reports STATUS [CODE]: a callback about the last request, by fu-hook.
reports() {
	local url form sign n
	n=$(ls http/*.request | wc -l)
	url=$(tail -1 "http/$n.request" | tr '&' '\n' | sed -n 's/^StatusCallback=//p' | sed 's/%3A/:/g; s/%2F/\//g; s/%3F/?/; s/%3D/=/; s/%2540/%40/')
	form="${2:+ErrorCode=$2&}MessageSid=${sid:-SM77}&MessageStatus=$1&To=%2B12125550100"
	sign=$(printf '%s' "$url$(printf %s "$form" | tr -d '&=' | sed 's/%2B/+/')" |
	    openssl dgst -sha1 -hmac "$TOKEN" -binary | base64)
	printf %s "$form" >body
	printf '%s\n' "$url" "$sign" >signed
	{ printf '%s\r\n' "POST ${url#https://example.com} HTTP/1.1" "X-Twilio-Signature: $sign" ''
	  printf %s "$form"; } | fu-hook --at "${at:-$now}" twilio >reported &&
	    fu-ingest -q --at "${at:-$now}" <reported >/dev/null
}

@test "SM-01: the request, byte by byte" {
	enrol Ann $to
	is "sent - -" "$(leaves)"
	id=$(q 'SELECT message_id FROM touch' | head -1 | tr -d '<>')
	cat >want <<-W
	POST /2010-04-01/Accounts/AC0/Messages.json HTTP/1.1
	Host: 127.0.0.1:$(cat port)
	Content-Type: application/x-www-form-urlencoded
	Accept: application/json
	Authorization: Basic QUMwOjEyMzQ1
	W
	body="To=%2B12125550100&From=%2B13055550100&Body=Example%20Ltd%3A%20Hi%20Ann%2C%20the%20numbers%20you%20asked%20for%20are%20ready%20%26%20waiting.%0AReply%20STOP%20to%20end.&StatusCallback=https%3A%2F%2Fexample.com%2Fhooks%2Fsms%3Fid%3D$(printf %s "$id" | sed 's/@/%2540/')&ValidityPeriod=3600"
	{ cat want; printf 'Content-Length: %d\n\n' ${#body}; printf %s "$body"; } >whole
	sed 's/\r$//' http/1.request >got
	same whole got
	is "SM77 twilio" "$(q "SELECT relay_id || ' ' || via FROM touch WHERE state = 4")"
	# The token is a secret.
	! grep -rq 12345 sent err due || fail "the token is told"
}

@test "SM-04: a messaging service, and a text that may not lie about into the night" {
	sed -i 's/^  hours: .*/  hours: "00:00-24:00"/' fu.yaml
	sms 'from: MG5' 2>/dev/null
	sed -i 's/from: "+13055550100", \(.*\), from: MG5/from: MG5, \1/' fu.yaml
	enrol Ann $to
	# 20:50 in New York: texts end at 21:00, and Saturday is a day like others.
	is "sent - -" "$(leaves 2026-03-03T01:50:00Z)"
	grep -q '&MessagingServiceSid=MG5&' http/1.request || fail "$(cat http/1.request)"
	grep -q 'ValidityPeriod=300$' http/1.request || fail "$(cat http/1.request)"
}

@test "SM-04: opted out at the provider is opted out here, and an alarm" {
	refuses 400 21610
	enrol Ann $to
	is "failed suppressed SM-04" "$(leaves)"
	is "sms suppressed SM-04 provider" "$(q "SELECT channel || ' ' || reason || ' ' || rule || ' ' || source FROM ledger WHERE event = 'suppress'")"
	says err "somebody has opted out at Twilio, and no STOP has come here" "400 21610 said so"
	is opt_out "$(q 'SELECT reason FROM enrolment')"
	leaves 2026-03-06T15:00:00Z >/dev/null
	is 1 "$(ls http/*.request | wc -l)" "texts"
	# The operator hears of it without looking.
	is "alert sent" "$(jq -r '.type + " " + .result.status' sent)"
}

@test "SM-04: a number that takes no texts is blocked, that channel of it" {
	refuses 400 21614
	enrol Ann $to
	is "failed hard_bounce SM-04" "$(leaves)"
	is "sms hard_bounce SM-04" "$(q "SELECT channel || ' ' || reason || ' ' || rule FROM suppression")"
	is "blocked hard_bounce" "$(fu-due -qx --at 2026-03-06T15:00:00Z | jq -r '.held.class + "ed " + .held.reason' | head -1)"
}

@test "SM-04: too many requests are tried again, Retry-After minded; too often is the end" {
	answers '429
Retry-After: 7200

{"code":20429,"message":"Too Many Requests","status":429}'
	enrol Ann $to
	is "retry rate_limited SM-04" "$(leaves)"
	is "" "$(leaves 2026-03-02T16:59:00Z)" "too early"
	answers '201

{"sid":"SM78"}'
	is "sent - -" "$(leaves 2026-03-02T19:30:00Z)"
	# 30003: three times at most.
	refuses 400 30003
	enrol Bob +12125550101
	for hour in 20 23; do
		is "retry undelivered SM-04" "$(leaves 2026-03-02T$hour:00:00Z)"
		sed -i 's/^  hours: .*/  hours: "00:00-24:00"/' fu.yaml
	done
	is "retry undelivered SM-04" "$(leaves 2026-03-03T14:00:00Z)"
	is "failed retries_over SM-04" "$(leaves 2026-03-03T18:00:00Z)"
}

@test "SM-04: what may have arrived is uncertain, until a report says that it did" {
	for answer in '503

{"code":20503}' drop; do
		answers "$answer"
		rm -rf fu.db* "$FU_STATE"; fu-init . >/dev/null 2>&1
		rm -f http/*.request
		enrol Ann $to
		case $(leaves) in uncertain\ *) ;; *) fail "$(cat sent err)" ;; esac
		is "" "$(leaves 2026-03-02T19:00:00Z)" "a second one"
		is uncertain "$(fu-send --uncertain --at $now | jq -r .result.status)"
		kill "$server"; wait "$server" || :
		python3 "$root/tests/wired.py" --dir http --idle 60 >port 3>&- &
		server=$!
		until_true 10 test -s port
		at=2026-03-02T15:05:00Z reports delivered
		is "delivered 1" "$(jq -r '[.status, .touch > 0] | join(" ")' reported | sed 's/true/1/')"
		is "" "$(fu-send --uncertain --at $now || :)" "uncertain"
		is "4" "$(q 'SELECT state FROM touch ORDER BY id LIMIT 1')" "its state"
		is 1 "$(q "SELECT count(*) FROM event WHERE kind = 'sent'")" "sent"
		at=2026-03-02T15:06:00Z reports delivered
		is 1 "$(q "SELECT count(*) FROM event WHERE kind = 'delivery'")" "told twice"
		sms
	done
}

@test "SM-04: a report that it never left settles it as failed" {
	answers drop
	enrol Ann $to
	leaves >/dev/null
	reports failed 30007
	is "5 reported" "$(q "SELECT state || ' ' || status FROM touch ORDER BY id LIMIT 1")"
	is 0 "$(q "SELECT count(*) FROM event WHERE kind = 'sent'")" "sent"
}

@test "SM-04: what a report says did not arrive goes out again, three times at most" {
	sed -i -e 's/^  hours: .*/  hours: "00:00-24:00"/' fu.yaml
	enrol Ann $to
	is "sent - -" "$(leaves)"
	at=2026-03-02T15:01:00Z reports undelivered 30003
	is "0 undelivered" "$(q 'SELECT state || " " || status FROM touch ORDER BY id LIMIT 1')"
	# Told twice, or in other words: once.
	at=2026-03-02T15:01:00Z reports undelivered 30003
	at=2026-03-02T15:02:00Z reports failed 30003
	is 1 "$(q "SELECT count(*) FROM attempt WHERE outcome = 'undelivered'")"
	is "" "$(leaves 2026-03-02T16:59:00Z)" "too early"
	n=78
	for try in 17:20 20:00 22:45; do
		answers "201

{\"sid\":\"SM$n\"}"
		is "sent - -" "$(leaves 2026-03-02T$try:00Z)" "at $try"
		# The first one's report, late: it is not about this one.
		at=2026-03-02T$try:05Z reports canceled 30008
		is 4 "$(q 'SELECT state FROM touch ORDER BY id LIMIT 1')" "another's report"
		sid=SM$n at=2026-03-02T$try:10Z reports undelivered 30003
		n=$((n + 1))
	done
	is "5 retries_over" "$(q 'SELECT state || " " || status FROM touch ORDER BY id LIMIT 1')"
	is 4 "$(ls http/*.request | wc -l)" "texts"
}

@test "ST-02: texts that did not arrive count for the cap of a state, not for our own" {
	sed -i -e 's/^  hours: .*/  hours: "00:00-24:00"/' fu.yaml
	to=+13055550177
	region=FL enrol Ann $to
	n=77
	for try in 15:00 17:20 20:00; do
		answers "201

{\"sid\":\"SM$n\"}"
		is "sent - -" "$(leaves 2026-03-02T$try:00Z)" "at $try"
		sid=SM$n at=2026-03-02T$try:10Z reports undelivered 30003
		n=$((n + 1))
	done
	is "cap_reached ST-02 2026-03-03T15:00:00Z" "$(fu-due -qx --at 2026-03-02T23:30:00Z | jq -r '.held | .reason + " " + .rule + " " + .until' | head -1)"
}

@test "SM-04: no text that came back leaves again after a STOP" {
	sed -i -e 's/^  hours: .*/  hours: "00:00-24:00"/' fu.yaml
	enrol Ann $to
	leaves >/dev/null
	printf '%s\n' "{\"event\":\"stop\",\"phone\":\"$to\",\"channel\":\"sms\",\"at\":\"2026-03-02T15:00:30Z\"}" | fu-ingest -q --at 2026-03-02T15:00:30Z >/dev/null
	at=2026-03-02T15:01:00Z reports undelivered 30003
	leaves 2026-03-02T18:00:00Z >/dev/null
	is 1 "$(cat http/*.request | grep -c 'Body=Example%20Ltd%3A%20Hi')" "texts"
}

@test "SM-04: a code that stops all pauses texts when it comes in a report, until an operator's word" {
	enrol Ann $to
	enrol Bob +12125550101
	sed -i 's/company_week: [0-9]*/company_week: 100/' fu.yaml
	leaves >/dev/null
	at=2026-03-02T15:01:00Z reports failed 30034
	is "stream:sms|sender_unregistered" "$(q 'SELECT domain, reason FROM paused_domain')"
	is "hold sender_unregistered SM-04" "$(fu-due -qx --at 2026-03-06T20:00:00Z | jq -r 'select(.held) | .held.class + " " + .held.reason + " " + .held.rule' | sort -u)"
	printf '%s\n' "{\"event\":\"delivery\",\"phone\":\"$to\",\"channel\":\"sms\",\"status\":\"failed\",\"code\":\"30002\",\"provider\":\"twilio\",\"at\":\"$now\"}" |
	    fu-ingest --at 2026-03-02T15:02:00Z >/dev/null 2>err
	is 0 "$(grep -c 'is paused' err)" "said twice"
	fu-log --at 2026-03-06T20:00:00Z resume stream=sms | fu-ingest -q --at 2026-03-06T20:00:00Z >/dev/null
	is "sent - -
sent - -" "$(leaves 2026-03-06T20:00:00Z)"
}

@test "SM-04: codes that come later count like those at once" {
	enrol Ann $to
	is "sent - -" "$(leaves)"
	reports undelivered 30006
	is "sms hard_bounce SM-04 provider" "$(q "SELECT s.channel || ' ' || s.reason || ' ' || s.rule || ' ' || source FROM suppression s JOIN ledger USING (seq)")"
	# The gate names that rule too.
	is "hard_bounce SM-04" "$(fu-why --at 2026-03-06T15:00:00Z --only now ann@x.example |
	    jq -r 'select(.touch) | "\(.reason) \(.rule)"')"
}

@test "SM-04: 30005 is the end the third time, over three days" {
	enrol Ann $to
	leaves >/dev/null
	for at in 2026-03-02T16:00:00Z 2026-03-04T16:00:00Z; do
		printf '%s\n' "{\"event\":\"delivery\",\"phone\":\"$to\",\"channel\":\"sms\",\"status\":\"undelivered\",\"code\":\"30005\",\"provider\":\"twilio\",\"at\":\"$at\"}" |
		    fu-ingest -q --at "$at" >/dev/null
	done
	is 0 "$(q 'SELECT count(*) FROM suppression')"
	at=2026-03-05T16:00:00Z reports undelivered 30005
	is "sms hard_bounce" "$(q "SELECT channel || ' ' || reason FROM suppression")"
}

@test "SM-04: a token that is refused stops all, and takes nothing with it" {
	refuses 401 20003
	enrol Ann $to
	enrol Bob +12125550101
	is "held configuration -
held configuration -" "$(leaves)"
	is 78 "$(cat status)" "exit status"
	says err "Twilio refuses the account's token" "fu.yaml:"
	is 1 "$(ls http/*.request | wc -l)" "requests"
	answers '201

{"sid":"SM1"}'
	is "sent - -
sent - -" "$(leaves)"
}

@test "SM-05: too many parts are held, never cut; plain quotes are offered, and made" {
	long=$(printf 'x%.0s' {1..380})
	printf '%s\n' --- --- "It’s “ready”: $long" >messages/text-one.md
	enrol Ann $to
	is "held missing_value P1.4" "$(leaves | sed 's/missing_value .*/missing_value P1.4/')"
	says sent 'an SMS of 7 parts, where channels.sms.max_segments is 3: with channels.sms.transliterate: true it would fit'
	fu-lint >lint 2>&1 || :
	says lint "make this an SMS of 7 parts, each of which is paid for; with plain ones (' \" -) it is 3"
	sms 'transliterate: true'
	is "sent - -" "$(leaves 2026-03-03T15:00:00Z)"
	grep -q "Body=Example%20Ltd%3A%20It%27s%20%22ready%22%3A%20xxx" http/1.request || fail "$(cat http/1.request)"
}

@test "TC-05 TC-12: the answer to STOP and HELP leaves by Twilio, worth five minutes" {
	printf '%s\n' "{\"event\":\"stop\",\"phone\":\"$to\",\"channel\":\"sms\",\"at\":\"$now\"}" \
	    '{"event":"help","phone":"+12125550199","channel":"sms","at":"2026-03-02T15:00:00Z"}' |
	    fu-ingest -q --at $now >/dev/null
	is "sent - -
sent - -" "$(leaves 2026-03-02T15:01:00Z)"
	cat http/*.request | tr '&' '\n' >form
	says form 'To=%2B12125550100' 'Body=Example%20Ltd%3A%20You%20have%20opted%20out' \
	    'ValidityPeriod=240' 'To=%2B12125550199' 'Reply%20STOP%20to%20cancel'
}

@test "TC-05: a STOP that the provider has heard first is no alarm" {
	printf '%s\n' "{\"event\":\"stop\",\"phone\":\"$to\",\"channel\":\"sms\",\"at\":\"$now\"}" |
	    fu-ingest -q --at $now >/dev/null
	refuses 400 21610
	is "failed suppressed SM-04" "$(leaves 2026-03-02T15:01:00Z)"
	! grep -q "no STOP has come here" err || fail "$(cat err)"
	is "" "$(leaves 2026-03-02T15:02:00Z)" "again"
}

@test "TC-13: START by the provider's word opens what STOP closed" {
	enrol Ann $to
	says_it() {
		form="Body=$1&From=%2B12125550100&MessageSid=SM$1&OptOutType=$1&To=%2B13055550100"
		sign=$(printf %s "https://example.com/hooks/sms$(printf %s "$form" | tr -d '&=' | sed 's/%2B/+/g')" |
		    openssl dgst -sha1 -hmac "$TOKEN" -binary | base64)
		printf %s "$form" | fu-hook --at "$2" -H "X-Twilio-Signature: $sign" twilio |
		    fu-ingest -q --at "$2" >/dev/null
	}
	says_it STOP 2026-03-02T15:00:00Z
	is "all suppressed TC-03" "$(q "SELECT channel || ' ' || reason || ' ' || rule FROM suppression")"
	says_it START 2026-03-02T15:10:00Z
	is "sms lift TC-13" "$(q "SELECT channel || ' ' || reason || ' ' || rule FROM suppression WHERE reason = 'lift'")"
}

@test "TC-13: after START a cadence of texts takes them again, what else is shut stays so" {
	enrol Ann $to
	is "sent - -" "$(leaves)"
	says_sms() { # TEXT AT
		jq -nc --arg t "$1" --arg at "$2" --arg p "$to" '{event: "reply", channel: "sms", phone: $p, text: $t, at: $at}' |
		    fu-ingest -q --at "$2" >/dev/null
	}
	again() { # CADENCE AT
		fu-list -q --at "$2" "first_name = 'Ann'" | fu-cadence -q --at "$2" --cadence "$1" |
		    jq -r '.enrollment | .action + " " + .reason'
	}
	says_sms STOP 2026-03-02T15:10:00Z
	is "none suppressed" "$(again text 2026-03-02T15:20:00Z)" "after STOP"
	fu-why -q --at 2026-03-02T15:20:00Z ann@x.example >why
	says why 'no cadence takes them'
	says_sms START 2026-03-02T15:30:00Z
	for n in three four; do
		printf '%s\n' --- --- "The numbers for part $n of your question are $n." >messages/text-$n.md
	done
	sed '/^cadence:/s/text/later/; s/text-one/text-three/; s/text-two/text-four/' \
	    cadences/text.yaml >cadences/later.yaml
	is "enrolled by_hand" "$(again later 2026-03-03T15:30:00Z)" "after START"
	fu-why -q --at 2026-03-03T15:30:00Z ann@x.example >why
	! grep -q 'no cadence takes them' why || fail "$(cat why)"
	is "sent - -" "$(leaves 2026-03-05T15:31:00Z)" "a text"
	# Mail is shut as before: by itself it takes nobody, and beside texts it
	# is passed over.
	sed '/^cadence:/s/text/mails/; s/sms/email/; s/text-/hot-/; s/hot-one/hot-recap/; s/hot-two/hot-nudge/' \
	    cadences/text.yaml >cadences/mails.yaml
	sed '/^cadence:/s/text/both/; s/day: 0, channel: sms, message: text-one/day: 0, channel: email, message: hot-recap/; s/text-two/text-four/' \
	    cadences/text.yaml >cadences/both.yaml
	is "none suppressed" "$(again mails 2026-03-10T15:30:00Z)" "mails"
	is "moved by_hand" "$(again both 2026-03-10T15:30:00Z)" "both"
	is "" "$(leaves 2026-03-10T15:31:00Z)" "the mail"
	fu-why -q --at 2026-03-11T15:30:00Z ann@x.example >why
	says why 'hot-recap'
	is "skipped suppressed TC-03 email consent" "$(jq -r 'select(.verdict == "skipped") |
	    "\(.verdict) \(.reason) \(.rule) \(.inputs.channel) \(.inputs.basis)"' why)"
	is "sent - -" "$(leaves 2026-03-16T19:41:00Z)" "the text"
}

@test "an answer's code is told once" {
	answers '500

oops'
	enrol Ann $to
	case $(leaves) in uncertain\ *) ;; *) fail "$(cat sent err)" ;; esac
	says err "1 uncertain: 500 oops"
}

@test "a body with its signature and its url tells of the same touch as the whole request" {
	enrol Ann $to
	is "sent - -" "$(leaves)"
	reports delivered
	[ "$(jq .touch reported)" -gt 0 ] || fail "$(cat reported)"
	ends 0 fu-hook --at $now -H "X-Twilio-Signature: $(sed -n 2p signed)" \
	    -u "$(sed -n 1p signed)" twilio body
	same reported out
	ends 65 fu-hook --at $now -H "X-Twilio-Signature: $(sed -n 2p signed)" twilio body
}
