#!/usr/bin/env bats
# WhatsApp by the Cloud API, against a server that keeps each request byte by
# byte: the 24 hours, templates, what answers and states make of a person.
load scene

now=2026-03-02T15:00:00Z
to=+4915112345678

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	sed -i -e '/^sample:/d' -e 's/^  hours: .*/  hours: "00:00-24:00"/' fu.yaml
	sed -i 's/channels: \[email\], dpa:/channels: [email, whatsapp, sms], dpa:/' fu.yaml
	export TOKEN=wa-token SECRET=appsecret
	python3 "$root/tests/wired.py" --dir http --idle 60 >port 3>&- &
	server=$!
	until_true 10 test -s port
	cat >cadences/wa.yaml <<-'C'
	cadence: wa
	about: two messages
	priority: 1
	enter: first_name = 'nobody'
	spacing: "of a test"
	steps:
	  - { day: 0, channel: whatsapp, message: wa-one }
	  - { day: 4, channel: whatsapp, message: wa-two }
	C
	printf '%s\n' --- --- 'Hi {{first_name | default: "there"}}, the "numbers" are ready.' |
	    tee messages/wa-one.md | sed "s/are ready/are all ready/" >messages/wa-two.md
	cat >rules/whatsapp.yaml <<-'Y'
	templates:
	  - name: follow_up
	    language: en_US
	    status: approved
	    for: [wa-one, wa-two]
	    body: "Hi {{1}}, {{2}} is waiting for you. Reply STOP to end. https://www.example.com/privacy"
	    parameters: [ "{{first_name | default: \"there\"}}", "{{interest | default: \"your  answer\"}}" ]
	Y
	sed -i "s|^  whatsapp: .*|  whatsapp: { via: cloud, url: \"http://127.0.0.1:$(cat port)\", phone_number_id: \"1001\", token: env:TOKEN, app_secret: env:SECRET, templates: rules/whatsapp.yaml, inbound: true }|" fu.yaml
	answers '200

{"messaging_product":"whatsapp","contacts":[{"input":"4915112345678","wa_id":"4915112345678"}],"messages":[{"id":"wamid.A"}]}'
}
teardown() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || :; }

q() { sqlite3 fu.db "$1"; }
answers() { printf '%s\n' "$1" >http/answer; }
refuses() { answers "$1

{\"error\":{\"message\":\"(#$2) said so\",\"type\":\"OAuthException\",\"code\":$2,\"fbtrace_id\":\"x\"}}"; }

# enrol NAME NUMBER [MEMBERS]
enrol() {
	cat <<-E | fu-ingest -q --at $now | head -1 | fu-cadence -q --cadence wa --at $now >/dev/null
	{"email":"$1@x.example","first_name":"$1","phone":"$2","country":"${country:-DE}","region":"${region:-}","source":"web","basis":"consent","subscriber":"corporate","collected":"direct","notice_at":"2026-03-01T00:00:00Z","dnc":"clear","dnc_checked_at":"$now","reassigned_checked_at":"$now"${3:+,$3}}
	{"event":"consent","phone":"$2","channel":"${consent:-whatsapp}","status":"granted","method":"web_form","wording":"Yes, send me automated messages","written":true,"automated":true,"not_condition":true,"seller":"Example Ltd","at":"2026-03-01T15:00:00Z"}
	E
}
# wrote AT [TO]: the person did, on WhatsApp, and a rep has released them.
wrote() {
	printf '%s\n' "{\"event\":\"reply\",\"phone\":\"$to\",\"channel\":\"whatsapp\",\"text\":\"Hello\",\"to\":\"${2:-1001}\",\"id\":\"wamid.$1\",\"at\":\"$1\"}" \
	    "{\"event\":\"released\",\"phone\":\"$to\",\"at\":\"$1\"}" |
	    fu-ingest -q --at "$1" >/dev/null
}
leaves() {
	fu-due -q --at "${1:-$now}" >due
	fu-send --at "${1:-$now}" <due >sent 2>err && echo 0 >status || echo $? >status
	jq -r '.result | [.status, .reason // "-", .rule // "-"] | join(" ")' sent
}
held() { fu-due -qx --at "${1:-$now}" | jq -r 'select(.held) | .held.class + " " + .held.reason + " " + .held.rule' | head -1; }
# states STATUS [CODE]: of the last message, as Meta tells it, by fu-hook.
states() {
	local n id errors=
	[ -z "${2:-}" ] || errors=",\"errors\":[{\"code\":$2,\"title\":\"t\"}]"
	n=$(ls http/*.request | wc -l)
	id=$(tail -1 "http/$n.request" | jq -r .biz_opaque_callback_data)
	printf '{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"1001"},"statuses":[{"id":"wamid.%s","status":"%s","timestamp":"%s","recipient_id":"%s","biz_opaque_callback_data":"%s"%s}]}}]}]}' \
	    "$n" "$1" "$(date -d "${at:-$now}" +%s)" "${to#+}" "$id" "$errors" >body
	fu-hook --at "${at:-$now}" -H "X-Hub-Signature-256: sha256=$(openssl dgst -sha256 -hmac $SECRET -r <body | cut -d' ' -f1)" whatsapp body |
	    fu-ingest -q --at "${at:-$now}" >/dev/null
}

@test "WA-02, WA-03: outside the 24 hours by a template, byte by byte" {
	enrol Ann $to
	is "sent - -" "$(leaves)"
	id=$(q 'SELECT message_id FROM touch WHERE state = 4' | tr -d '<>')
	body='{"messaging_product":"whatsapp","recipient_type":"individual","to":"4915112345678","type":"template","template":{"name":"follow_up","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ann"},{"type":"text","text":"your answer"}]}]},"biz_opaque_callback_data":"'$id'"}'
	cat >want <<-W
	POST /v23.0/1001/messages HTTP/1.1
	Host: 127.0.0.1:$(cat port)
	Content-Type: application/json
	Accept: application/json
	Authorization: Bearer wa-token
	Content-Length: ${#body}

	W
	printf %s "$body" >>want
	sed 's/\r$//' http/1.request >got
	same want got
	is "wamid.A cloud" "$(q "SELECT relay_id || ' ' || via FROM touch WHERE state = 4")"
	is "Hi Ann, your answer is waiting for you. Reply STOP to end. https://www.example.com/privacy" "$(q 'SELECT text FROM attempt')"
}

@test "WA-02: free words while the window is open, to the second" {
	enrol Ann $to
	wrote 2026-03-02T10:00:00Z
	is "sent - -" "$(leaves)"
	tail -1 http/1.request | jq -c '{type,text}' >got
	is '{"type":"text","text":{"preview_url":false,"body":"Hi Ann, the \"numbers\" are ready."}}' "$(cat got)"
	# The second at which it closes, by the time of the message.
	sed -i 's/status: approved/status: paused/' rules/whatsapp.yaml
	at=2026-03-06T16:30:00Z
	wrote 2026-03-05T16:30:01Z
	is "sent - -" "$(leaves $at)"
	is text "$(tail -1 http/2.request | jq -r .type)"
}

@test "WA-02: a second later it is closed" {
	enrol Ann $to
	wrote 2026-03-01T15:00:00Z
	is "sent - -" "$(leaves)"
	is template "$(tail -1 http/1.request | jq -r .type)"
}

@test "WA-02: closed and without a template it waits for them" {
	sed -i 's/\[wa-one, wa-two\]/[wa-two]/' rules/whatsapp.yaml
	enrol Ann $to
	wrote 2026-03-01T15:00:00Z
	is "defer outside_window WA-02" "$(held)"
	# What they write to another number of ours opens nothing.
	wrote 2026-03-02T14:00:00Z 2002
	is "defer outside_window WA-02" "$(held)"
	wrote 2026-03-02T14:30:00Z
	is "sent - -" "$(leaves)"
}

@test "WA-03: a template that is not approved holds, and one with other parameters is a fault" {
	for status in pending rejected paused disabled; do
		sed -i "s/status: .*/status: $status/" rules/whatsapp.yaml
		[ -n "${enrolled:-}" ] || enrol Ann $to
		enrolled=1
		is "hold template_not_approved WA-03" "$(held)" $status
	done
	sed -i 's/ is waiting/ and {{3}} is waiting/' rules/whatsapp.yaml
	fu-lint >lint 2>&1 || :
	says lint 'rules/whatsapp.yaml:2:' 'its body has 3 parameters, and "parameters:" fills 2'
	sed -i 's/ and {{3}} is waiting/ is waiting/; s/{{interest |/{{#interest}} |/' rules/whatsapp.yaml
	fu-lint >lint 2>&1 || :
	says lint 'rules/whatsapp.yaml:2:' interest
}

@test "WA-03: the template in the person's language" {
	cat >>rules/whatsapp.yaml <<-'Y'
	  - name: nachfassen
	    language: de
	    status: approved
	    for: [wa-one]
	    body: "Hallo {{1}}. https://www.example.com/privacy"
	    parameters: [ "{{first_name}}" ]
	Y
	enrol Ann $to '"language":"de-AT"'
	is "sent - -" "$(leaves)"
	is "nachfassen de" "$(tail -1 http/1.request | jq -r '.template | .name + " " + .language.code')"
}

@test "WA-01: consent to texts is none to WhatsApp" {
	consent=sms enrol Ann $to
	is "block no_consent WA-01" "$(held)"
}

@test "WA-04: no marketing template to a number of the United States, an answer to one that wrote" {
	to=+12125550100
	country=US region=NY enrol Ann $to
	printf '%s\n' "{\"event\":\"consent\",\"phone\":\"$to\",\"channel\":\"sms\",\"status\":\"granted\",\"method\":\"web_form\",\"wording\":\"Yes, send me automated messages\",\"written\":true,\"automated\":true,\"not_condition\":true,\"seller\":\"Example Ltd\",\"at\":\"2026-03-01T15:00:00Z\"}" |
	    fu-ingest -q --at $now >/dev/null
	is "block wa_us_marketing WA-04" "$(held)"
	wrote 2026-03-02T14:30:00Z
	is "sent - -" "$(leaves)"
}

@test "WA-05: too much marketing for one person: a day, two days, never" {
	refuses 400 131049
	enrol Ann $to
	is "retry engagement_limited WA-05" "$(leaves)"
	is "defer engagement_limited WA-05" "$(held 2026-03-03T14:59:00Z)"
	is "retry engagement_limited WA-05" "$(leaves 2026-03-03T15:30:00Z)"
	is "defer engagement_limited WA-05" "$(held 2026-03-05T15:00:00Z)"
	is "engagement_limited" "$(q "SELECT DISTINCT reason FROM suppression")"
}

@test "WA-05: the same by a state that comes later, from when it failed" {
	enrol Ann $to
	is "sent - -" "$(leaves)"
	at=2026-03-02T15:10:00Z states failed 131049
	is "whatsapp engagement_limited 2026-03-03T15:10:00Z" "$(q "SELECT channel || ' ' || reason || ' ' || strftime('%Y-%m-%dT%H:%M:%SZ', until_us / 1000000, 'unixepoch') FROM suppression")"
}

@test "WA-05: who opted out over there, whom it does not reach, what stops all" {
	refuses 400 131050
	enrol Ann $to
	is "failed suppressed WA-05" "$(leaves)"
	is "whatsapp suppressed WA-05 provider" "$(q "SELECT channel || ' ' || reason || ' ' || rule || ' ' || source FROM ledger WHERE event = 'suppress'")"
	enrol Bob +4915112345679
	refuses 400 131026
	is "failed undelivered WA-05" "$(leaves)"
	is 1 "$(q "SELECT count(*) FROM suppression")" "not the first time"
	is "failed undelivered WA-05" "$(leaves 2026-03-06T18:30:00Z)"
	is 1 "$(q "SELECT count(*) FROM suppression WHERE reason = 'hard_bounce' AND channel = 'whatsapp'")"
	enrol Cid +4915112345680
	refuses 401 190
	is "held configuration -" "$(leaves)"
	is 78 "$(cat status)"
	says err "the token for WhatsApp has expired"
}

@test "WA-05: a rate is waited out by powers of four, in seconds" {
	refuses 400 131056
	enrol Ann $to
	is "retry rate_limited WA-05" "$(leaves)"
	is 2026-03-02T15:00:04Z "$(jq -r .result.until sent)"
	is "retry rate_limited WA-05" "$(leaves 2026-03-02T15:00:04Z)"
	is 2026-03-02T15:00:20Z "$(jq -r .result.until sent)"
	is "retry rate_limited WA-05" "$(leaves 2026-03-02T15:01:00Z)"
	is 2026-03-02T15:02:04Z "$(jq -r .result.until sent)"
}

@test "WA-05: a country that it will not serve is left alone, the others are not" {
	sed -i 's/company_week: [0-9]*/company_week: 100/' fu.yaml
	enrol Ann $to
	enrol Bob +4915112345679
	country=FR enrol Cid +33612345678
	answers '200

{"messages":[{"id":"wamid.A"}]}'
	leaves >/dev/null
	at=2026-03-02T15:01:00Z
	printf '%s\n' "{\"event\":\"delivery\",\"phone\":\"$to\",\"channel\":\"whatsapp\",\"status\":\"failed\",\"code\":\"130497\",\"provider\":\"whatsapp\",\"at\":\"$at\"}" |
	    fu-ingest --at $at >/dev/null 2>err
	says err "whatsapp to DE is paused: WhatsApp does not let this account write to that country (130497)" "fu-log resume stream=whatsapp-de"
	is "hold domain_paused WA-05 2" "$(fu-due -qnx --at 2026-03-06T18:16:00Z | jq -r 'select(.held.reason == "domain_paused") | .held.class + " " + .held.reason + " " + .held.rule' | uniq -c | awk '{print $2, $3, $4, $1}')"
	fu-due -q --at 2026-03-06T18:16:00Z >due
	is 3 "$(jq -r "select(.touch) | .prospect" due)" "France"
	fu-log --at 2026-03-06T18:17:00Z resume stream=whatsapp-de | fu-ingest -q --at 2026-03-06T18:17:00Z >/dev/null
	is "1 2" "$(fu-due -q --at 2026-03-06T18:18:00Z | jq -r "select(.touch) | .prospect" | sort | xargs)" "Germany"
}

@test "WA-05: people's reports stop the channel, at once or later, until somebody has looked" {
	refuses 400 131048
	enrol Ann $to
	is "held configuration -" "$(leaves)"
	answers '200

{"messages":[{"id":"wamid.B"}]}'
	is "hold spam_rate_high WA-05" "$(held)"
	fu-log --at $now resume stream=whatsapp | fu-ingest -q --at $now >/dev/null
	is "sent - -" "$(leaves)"
	at=2026-03-02T15:10:00Z states failed 131031
	is "stream:whatsapp|spam_rate_high" "$(q 'SELECT domain, reason FROM paused_domain')"
}

@test "WA-05: a window that closed on the way is tried again, by a template then" {
	enrol Ann $to
	wrote 2026-03-01T15:00:30Z
	refuses 400 131047
	is "retry outside_window WA-05" "$(leaves)"
	is text "$(tail -1 http/1.request | jq -r .type)"
	answers '200

{"messages":[{"id":"wamid.B"}]}'
	is "sent - -" "$(leaves 2026-03-02T16:00:00Z)"
	is template "$(tail -1 http/2.request | jq -r .type)"
}

@test "WA-05: what may have arrived is uncertain, and settled by its state" {
	answers drop
	enrol Ann $to
	case $(leaves) in uncertain\ *) ;; *) fail "$(cat sent err)" ;; esac
	states delivered
	is "4 1" "$(q "SELECT state, (SELECT count(*) FROM event WHERE kind = 'sent') FROM touch ORDER BY id LIMIT 1" | tr '|' ' ')"
	answers '503

upstream'
	enrol Bob +4915112345679
	case $(leaves) in uncertain\ *) ;; *) fail "$(cat sent err)" ;; esac
	# One that says what it is has not taken it.
	refuses 500 131000
	enrol Cid +4915112345680
	is "retry unavailable WA-05" "$(leaves)"
}

@test "the line that fu.yaml ships in a comment loads, its example of a template, too" {
	fu-init -q ../fresh >/dev/null
	cd ../fresh || return
	sed -i -e '/^  whatsapp: /d' -e 's/^  # whatsapp: {/  whatsapp: {/' -e '/^sample:/d' fu.yaml
	WA_TOKEN=x WA_SECRET=y ends 0 fu-lint -q
	[ ! -s out ] || fail "$(cat out)"
	sed -i -e '/^templates:/d' -e '/^# templates:/,$s/^# //' rules/whatsapp.yaml
	WA_TOKEN=x WA_SECRET=y ends 0 fu-lint -q
	[ ! -s out ] || fail "$(cat out)"
	grep -q '^  - name: routing_story' rules/whatsapp.yaml || fail "$(cat rules/whatsapp.yaml)"
}
