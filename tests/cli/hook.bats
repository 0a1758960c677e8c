#!/usr/bin/env bats
# What other services tell by HTTP: whose it is, what it says, once, as a
# filter and as a CGI program.
load scene

now=2026-03-02T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	sed -i -e 's|^  sms: .*|  sms: { via: outbox, token: env:TOKEN, inbound: true, webhook: "https://example.com/hooks/sms" }|' \
	    -e 's|^  whatsapp: .*|  whatsapp: { via: outbox, app_secret: env:SECRET, verify_token: env:VERIFY }|' \
	    -e 's|^booking: .*|booking: { url: "https://www.example.com/book", secret: env:SECRET, demo: ["*demo*"] }|' \
	    -e '$ahook: { secret: env:SECRET }' fu.yaml
	export TOKEN=12345 SECRET=appsecret VERIFY=open-sesame
	unset REQUEST_METHOD QUERY_STRING PATH_INFO SCRIPT_NAME
}

q() { sqlite3 fu.db "$1"; }
# hex [KEY]: HMAC-SHA256 of standard input.
hex() { openssl dgst -sha256 -hmac "${1:-$SECRET}" -r | cut -d' ' -f1; }
# sms FORM [QUERY]: Twilio's signature of an ordered form without escapes.
sms() {
	printf '%s' "https://example.com/hooks/sms${2:+?$2}$(printf %s "$1" | tr -d '&=' | sed 's/%2B/+/g')" |
	    openssl dgst -sha1 -hmac "$TOKEN" -binary | base64
}
stop='AccountSid=AC0&Body=STOP&From=%2B14155550100&MessageSid=SM1&NumMedia=0&OptOutType=STOP&To=%2B15105550101'
stop_signed='ctf4yC2I6DdVnZc95BPiNDCvm4g='

# asks SERVICE FILE [NAME=VALUE...]: the request to a CGI program.
asks() {
	local service=$1 file=$2
	shift 2
	env REQUEST_METHOD=POST "CONTENT_LENGTH=$(wc -c <"$file")" \
	    "PATH_INFO=/$service" SCRIPT_NAME=/cgi-bin/fu-hook \
	    HTTP_HOST=example.com "FU_NOW=$now" "$@" fu-hook -q <"$file" >out 2>err
}

@test "SM-02: a whole request of Twilio's, signed, and one that is not" {
	printf '%s\r\n' 'POST /hooks/sms HTTP/1.1' 'Host: inner:8080' \
	    "x-twilio-signature: $stop_signed" \
	    'Content-Type: application/x-www-form-urlencoded' \
	    "Content-Length: ${#stop}" '' >request
	printf %s "$stop" >>request
	ends 0 fu-hook --at $now twilio request
	is '{"event":"stop","id":"SM1","at":"2026-03-02T15:00:00Z","channel":"sms","phone":"+14155550100","text":"STOP","to":"+15105550101"}' "$(cat out)"
	sed 's/Body=STOP/Body=GO_ON/' request >forged
	ends 65 fu-hook --at $now twilio forged
	is "" "$(cat out)"
	says err 'forged: twilio: no signature, or one that channels.sms.token does not give'
	grep -v twilio-signature request >bare
	ends 65 fu-hook --at $now twilio <bare
	# Both of two files are looked at.
	ends 65 fu-hook --at $now twilio forged request
	is SM1 "$(jq -r .id out)"
	# Kept and replayed it is one event.
	fu-hook --at $now twilio request request | fu-ingest -q --at $now >/dev/null
	fu-hook --at 2026-03-02T16:00:00Z twilio request | fu-ingest -q --at 2026-03-02T16:00:00Z >/dev/null
	is 1 "$(q "SELECT count(*) FROM event WHERE kind = 'stop'")" "stops"
	is 1 "$(q "SELECT count(*) FROM dispatch WHERE kind = 'service'")" "confirmations"
}

@test "SM-02: the url is the public one, its query signed with it" {
	form='Body=Hi&From=%2B14155550100&MessageSid=SM2&To=%2B15105550101'
	printf '%s\r\n' 'POST /anywhere?x=1 HTTP/1.1' "X-Twilio-Signature: $(sms "$form" x=1)" '' >request
	printf %s "$form" >>request
	ends 0 fu-hook --at $now twilio request
	is "reply Hi" "$(jq -r '.event + " " + .text' out)"
	ends 65 fu-hook --at $now -u https://other.example/hooks/sms twilio request
	# Without the key it is the request's own.
	sed -i 's|, webhook: "[^"]*"||' fu.yaml
	sed 's|/anywhere|/hooks/sms|; s/^X-Tw/Host: example.com\r\nX-Tw/' request >own
	ends 0 fu-hook --at $now twilio own
}

@test "WA-07: signed over its bytes, verified before it is read" {
	printf %s '{"object":"whatsapp_business_account","entry":[]}' >body
	signed=sha256=09eceea024af6e6343b760cc9bd3ae7c056938dd636e24e92109eb8219500384
	ends 0 fu-hook -H "X-Hub-Signature-256: $signed" whatsapp body
	is "" "$(cat out)"
	jq . body >spaced
	ends 65 fu-hook -H "X-Hub-Signature-256: $signed" whatsapp spaced
	asks whatsapp spaced HTTP_X_HUB_SIGNATURE_256=$signed || :
	is "Status: 401 Unauthorized" "$(head -1 out | tr -d '\r')"
	asks whatsapp body HTTP_X_HUB_SIGNATURE_256=$signed
	is "Status: 200 OK" "$(head -1 out | tr -d '\r')"
	# What is no JSON is not looked at, unless Meta signed it.
	printf '{' >broken
	ends 65 fu-hook -H "X-Hub-Signature-256: sha256=00" whatsapp broken
	says err "no signature"
	ends 65 fu-hook -H "X-Hub-Signature-256: sha256=$(hex <broken)" whatsapp broken
	says err "the body: "
}

@test "WA-07: the same message twice is one event, delivered after read changes nothing" {
	cat >body <<-'B'
	{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1001"},"messages":[{"from":"4915112345678","id":"wamid.A","timestamp":"1772463540","type":"text","text":{"body":"What does it cost?"}}],"statuses":[{"id":"wamid.C","status":"read","timestamp":"1772463500","recipient_id":"4915112345678"}]}}]}]}
	B
	sed 's/"read"/"delivered"/; s/1772463500/1772463400/' body >later
	for file in body body later later; do
		asks whatsapp $file "HTTP_X_HUB_SIGNATURE_256=sha256=$(hex <$file)"
		is "Status: 200 OK" "$(head -1 out | tr -d '\r')"
	done
	is "delivery delivered
delivery read
reply whatsapp" "$(q "SELECT kind || ' ' || arg FROM event ORDER BY 1")"
	# At the time that it was written, in the order in which it was.
	is "1772463400 1772463500 1772463540" "$(q "SELECT group_concat(at_us / 1000000, ' ') FROM (SELECT at_us FROM event ORDER BY at_us)")"
}

@test "WA-06: Meta's question is answered by the token" {
	printf 'GET /h?hub.mode=subscribe&hub.verify_token=open-sesame&hub.challenge=1158 HTTP/1.1\r\n\r\n' >request
	ends 0 fu-hook whatsapp request
	is 1158 "$(cat out)"
	sed 's/open-sesame/open-sesam/' request >wrong
	ends 65 fu-hook whatsapp wrong
	asks whatsapp /dev/null REQUEST_METHOD=GET 'QUERY_STRING=hub.mode=subscribe&hub.verify_token=open-sesame&hub.challenge=1158'
	is "$(printf 'Status: 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n\r\n1158')" "$(cat out)"
	asks whatsapp /dev/null REQUEST_METHOD=GET 'QUERY_STRING=hub.mode=subscribe&hub.verify_token=x&hub.challenge=1158' || :
	is "Status: 403 Forbidden" "$(head -1 out | tr -d '\r')"
}

@test "WA-09: somebody without a number is somebody, and the two are joined when both come" {
	value() { printf '{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"messages":[{"id":"%s",%s,"timestamp":"1772463540","type":"text","text":{"body":"Hello"}}]}}]}]}' "$1" "$2"; }
	value A '"from_user_id":"BR.1502576394655843"' >a
	value B '"from_user_id":"BR.1502576394655843","from":"5511912345678"' >b
	for file in a b; do
		fu-hook -H "X-Hub-Signature-256: sha256=$(hex <$file)" whatsapp $file |
		    fu-ingest -q --at $now >/dev/null
	done
	is 1 "$(q 'SELECT count(*) FROM prospect')" "people"
	is "+5511912345678" "$(q 'SELECT phone FROM prospect')"
}

@test "WA-08: no more marketing is of WhatsApp alone, and resume undoes that alone" {
	printf '%s\n' '{"email":"ann@x.example","phone":"+4915112345678"}' | fu-ingest -q --at $now >/dev/null
	prefers() { printf '{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"user_preferences":[{"wa_id":"4915112345678","category":"marketing_messages","value":"%s","timestamp":"%s"}]}}]}]}' "$1" "$2"; }
	tells() {
		prefers "$@" >p
		fu-hook -H "X-Hub-Signature-256: sha256=$(hex <p)" whatsapp p | fu-ingest -q --at $now >/dev/null
	}
	tells stop 1772460000
	is "whatsapp WA-08" "$(q 'SELECT channel || " " || rule FROM suppression')"
	tells resume 1772460100
	lifts="SELECT at_us / 1000000 FROM suppression WHERE reason = 'lift'"
	is 1772460100 "$(q "$lifts")" "lifted"
	# A STOP by text is none of its business.
	tells stop 1772460200
	printf '%s\n' '{"event":"stop","phone":"+4915112345678","channel":"sms","at":"2026-03-02T14:10:00Z"}' |
	    fu-ingest -q --at $now >/dev/null
	tells resume 1772463000
	is 1772460100 "$(q "$lifts")" "lifted"
}

@test "booking: Cal.com's and Calendly's, a meeting made, moved, cancelled" {
	cat >cal <<-'B'
	{"triggerEvent":"BOOKING_CREATED","createdAt":"2026-03-02T14:00:00.000Z","payload":{"type":"demo-30","title":"Product demo between Ada and Ann","uid":"u1","startTime":"2026-03-05T09:30:00Z","attendees":[{"email":"ann@x.example","name":"Ann Lee"}]}}
	B
	ends 0 fu-hook --at $now -H "X-Cal-Signature-256: $(hex <cal)" booking cal
	is "demo booked ann@x.example 2026-03-05T09:30:00Z u1:booked" "$(jq -r '[.event, .status, .email, .starts_at, .id] | join(" ")' out)"
	fu-ingest -q --at $now <out >/dev/null
	is 1 "$(fu-list -q --at $now 'meetings_booked = 1' | wc -l)" "booked"
	cat >calendly <<-'B'
	{"event":"invitee.canceled","created_at":"2026-03-02T14:30:00.000000Z","payload":{"uri":"https://api.calendly.com/scheduled_events/A/invitees/B","email":"ann@x.example","rescheduled":false,"scheduled_event":{"name":"30 Minute Meeting","start_time":"2026-03-05T09:30:00.000000Z"}}}
	B
	stamp=$(date -d $now +%s)
	signed="t=$stamp,v1=$( (printf %s. "$stamp" && cat calendly) | hex)"
	ends 0 fu-hook --at $now -H "Calendly-Webhook-Signature: $signed" booking calendly
	is "meeting cancelled" "$(jq -r '.event + " " + .status' out)"
	# An old one is a replay.
	ends 65 fu-hook --at 2026-03-02T15:06:00Z -H "Calendly-Webhook-Signature: $signed" booking calendly
}

@test "json: a CRM's won and lost, by HMAC or by bearer, and what is wrong is told to it" {
	printf '%s\n' '{"email":"ann@x.example"}' | fu-ingest -q --at $now >/dev/null
	printf '[{"event":"stage","email":"ann@x.example","to":"negotiation","at":"%s"},\n {"event":"won","email":"ann@x.example","value":48000,"id":"deal-7","at":"%s"}]' $now $now >body
	asks json body "HTTP_AUTHORIZATION=Bearer $SECRET"
	is "Status: 200 OK" "$(head -1 out | tr -d '\r')"
	asks json body "HTTP_X_HUB_SIGNATURE_256=sha256=$(hex <body)"
	is "1 1 negotiation" "$(q "SELECT (SELECT count(*) FROM event WHERE kind = 'won'), (SELECT count(*) FROM event WHERE kind = 'stage'), stage FROM prospect" | tr '|' ' ')"
	asks json body "HTTP_AUTHORIZATION=Bearer wrong" || :
	is "Status: 401 Unauthorized" "$(head -1 out | tr -d '\r')"
	echo '{"event":"won","value":1}' >nobody
	asks json nobody "HTTP_AUTHORIZATION=Bearer $SECRET" || :
	is "Status: 422 Unprocessable Content" "$(head -1 out | tr -d '\r')"
	says err "says of nobody"
	echo 'won!' >none
	asks json none "HTTP_AUTHORIZATION=Bearer $SECRET" || :
	is "Status: 400 Bad Request" "$(head -1 out | tr -d '\r')"
}

@test "json: a bad item does not take the good ones with it, and is told by its number" {
	printf '[{"event":"won","email":"ann@x.example","value":1,"at":"%s"}, 7,\n {"a":1,"a":2}, {"event":"lost","email":"bob@x.example","at":"%s"}]' $now $now >body
	ends 65 fu-hook -r rejected -H "Authorization: Bearer $SECRET" json body
	is "won lost" "$(jq -r .event out | xargs)"
	says err "fu-hook: json:2: item 2: " "fu-hook: json:3: item 3: "
	is '2 bad_json 7
3 bad_json {"a":1,"a":2}' "$(jq -r '[.line, .reason, .input] | join(" ")' rejected)"
	printf '%s\n' '{"event":"won","email":"cid@x.example","value":1}' 'oh no' >lines
	ends 65 fu-hook -H "Authorization: Bearer $SECRET" json lines
	is won "$(jq -r .event out)"
	says err "line 2: "
	printf '%s\n' '{"email":"ann@x.example"}' | fu-ingest -q --at $now >/dev/null
	asks json body "HTTP_AUTHORIZATION=Bearer $SECRET" || :
	is "Status: 422 Unprocessable Content" "$(head -1 out | tr -d '\r')"
	is 1 "$(q "SELECT count(*) FROM event WHERE kind = 'won'")"
}

@test "WA-07: another number's messages are left alone, one of nobody is rejected" {
	sed -i 's/^  whatsapp: .*/  whatsapp: { via: outbox, app_secret: env:SECRET, verify_token: env:VERIFY, phone_number_id: "1001" }/' fu.yaml
	message() { printf '{"id":"%s","timestamp":"1772463600","type":"text","text":{"body":"Hello"}%s}' "$1" "${2:-}"; }
	wa() {
		printf '{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"%s"},"messages":[%s]}}]}]}' "$1" "$2" >body
		fu-hook ${3:--v} -r rejected -H "X-Hub-Signature-256: sha256=$(hex <body)" whatsapp body >out 2>err
	}
	wa 2002 "$(message wamid.1 ',"from":"4915112345678"')"
	is "" "$(cat out)"
	says err "what came to phone_number_id 2002 is left alone: channels.whatsapp has 1001"
	status=0
	wa 1001 "$(message wamid.2),$(message wamid.3 ',"from":"4915112345678"')" || status=$?
	is "65 wamid.3" "$status $(jq -r .id out)"
	says err "whatsapp:1: message wamid.2 says neither from which number nor from whom"
	is "1 no_sender" "$(jq -r '[.line, .reason] | join(" ")' rejected)"
}

@test "CGI: recorded before it answers, once, and never by words of the url" {
	printf %s "$stop" >body
	for i in 1 2; do
		asks twilio body "HTTP_X_TWILIO_SIGNATURE=$stop_signed"
		is "$(printf 'Status: 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nCache-Control: no-store\r\n\r\n<Response/>')" "$(cat out)"
		is 1 "$(q "SELECT count(*) FROM event WHERE kind = 'stop'")" "events"
	done
	asks nobody body || :
	is "Status: 404 Not Found" "$(head -1 out | tr -d '\r')"
	asks twilio body REQUEST_METHOD=PUT || :
	is "Status: 405 Method Not Allowed" "$(head -1 out | tr -d '\r')"
	asks twilio body CONTENT_LENGTH=9 || :
	is "Status: 401 Unauthorized" "$(head -1 out | tr -d '\r')"
	asks twilio body CONTENT_LENGTH=99999 || :
	is "Status: 400 Bad Request" "$(head -1 out | tr -d '\r')"
	asks twilio body "QUERY_STRING=-c+/etc/passwd" || :
	is "Status: 400 Bad Request" "$(head -1 out | tr -d '\r')"
	# No database, no secret: nothing is lost by a 200.
	asks twilio body "HTTP_X_TWILIO_SIGNATURE=$stop_signed" FU_DB=none.db || :
	is "Status: 500 Internal Server Error" "$(head -1 out | tr -d '\r')"
	unset TOKEN
	asks twilio body "HTTP_X_TWILIO_SIGNATURE=$stop_signed" || :
	is "Status: 500 Internal Server Error" "$(head -1 out | tr -d '\r')"
}

@test "no secret, no service, no request" {
	sed -i 's/^hook: .*//' fu.yaml
	echo '{}' >body
	ends 78 fu-hook -H 'Authorization: Bearer ' json body
	says err "no hook.secret"
	ends 64 fu-hook
	ends 64 fu-hook telegram
	ends 64 fu-hook -H nonsense json
	ends 65 fu-hook twilio <body
	says err "does not begin like"
	ends 66 fu-hook twilio no-such-file
	head -c 1200000 /dev/zero >big
	ends 65 fu-hook twilio big
	says err "more than"
}
