#!/usr/bin/env bats
# fu-web: what it answers, whom, and what it refuses.

load scene

setup() {
	scene
	house here
	cd here
	unthrottled .
	sed -i -e 's|^  web: .*|  web: https://fu.example.com|' fu.yaml
}

teardown() {
	[ -z "${web:-}" ] || { kill "$web" 2>/dev/null; wait "$web" 2>/dev/null; } || :
}

q() { sqlite3 -cmd '.timeout 5000' fu.db "$1"; }

# serve [OPTION...]: a server of this house; its address in $at.
serve() {
	fu-web -l 127.0.0.1:0 "$@" >access.ndjson 2>web.err 3>&- &
	web=$!
	until_true 20 grep -q 'listens on' web.err || fail "no server: $(cat web.err)"
	at=$(sed -n 's/.*listens on //p' web.err)
}

# asks PATH [CURL-OPTION...]: status in $code, body in body, head in head.
asks() {
	local path=$1
	shift
	code=$(curl -s -m 20 -o body -D head -w '%{http_code}' "$@" "$at$path")
}
# posts PATH JSON [CURL-OPTION...]: as a page of the site does.
posts() {
	local path=$1 json=$2
	shift 2
	asks "$path" -H 'Origin: https://www.example.com' \
	    -H 'Content-Type: application/json' \
	    ${visitor:+-H "X-Fu-Visitor: $visitor"} -d "$json" "$@"
}
takes_token() { visitor=$(jq -r '.visitor // empty' body); [ -n "$visitor" ]; }
# events KIND N: so many events of that kind are recorded.
events() { [ "$(q "SELECT count(*) FROM event WHERE kind = '$1'")" -eq "$2" ]; }

@test "it is well, counts, and stops when it is told to" {
	serve
	asks /healthz
	is "200 ok" "$code $(cat body)"
	asks /metrics
	says body 'fu_web_requests_total 2'
	asks /metrics -H 'X-Forwarded-For: 192.0.2.1'
	is 404 "$code"
	asks /nothing
	is 404 "$code"
	asks /v1/chat
	is 405 "$code"
	says head 'Referrer-Policy: no-referrer' 'X-Content-Type-Options: nosniff'
	kill "$web"
	wait "$web"
	web=
	is '/healthz 200' "$(jq -r '"\(.path) \(.status)"' access.ndjson | head -1)"
	is 5 "$(wc -l <access.ndjson)" "lines of the log"
}

@test "a wrong listen, proxy or origin is told at the start" {
	ends 78 fu-web -l nowhere
	says err 'no address with a port'
	echo 'web: { proxies: [ten] }' >>fu.yaml
	ends 78 fu-web -l 127.0.0.1:0
	says err 'web.proxies: "ten" is no address'
	sed -i 's|^web: .*|web: { origins: [example] }|' fu.yaml
	ends 78 fu-web -l 127.0.0.1:0
	says err 'is no origin'
}

@test "WC-01: a turn by HTTP is one of fu-chat's, disclosure first" {
	serve
	posts /v1/chat '{"text":"Do you have an API?","url":"https://www.example.com/"}'
	is 200 "$code"
	[[ $(jq -r .reply body) == "I am Mia, an automated assistant"* ]]
	is docs-api.md "$(jq -r '.sources[0].doc' body)"
	takes_token
	posts /v1/chat '{"text":"What does it cost?"}'
	is 200 "$code"
	is "" "$(jq -r '.visitor // empty' body)" "another token"
	posts /v1/history '{}'
	is 4 "$(jq '.messages | length' body)" "messages"
	is 1 "$(q 'SELECT count(*) FROM prospect')" "people"
}

@test "WC-02: nothing of a visitor is stored before they act or agree; Sec-GPC is honoured" {
	serve
	posts /v1/visit '{"verdict":"hit","url":"https://www.example.com/pricing"}'
	posts /v1/visit '{"verdict":"visit","url":"https://www.example.com/pricing?email=x@y.example"}'
	is false "$(jq .stored body)"
	is 0 "$(q 'SELECT count(*) FROM event')"
	posts /v1/consent '{"granted":true,"wording":"May we?"}' -H 'Sec-GPC: 1'
	is false "$(jq .granted body)"
	is 0 "$(q 'SELECT count(*) FROM event')"
	posts /v1/consent '{"granted":true,"wording":"May we?"}'
	is true "$(jq .granted body)"
	takes_token
	posts /v1/visit '{"verdict":"visit","url":"https://www.example.com/pricing"}'
	posts /v1/visit '{"verdict":"visit","url":"https://www.example.com/pricing#b"}'
	is false "$(jq .stored body)" "the same page again"
	posts /v1/visit '{"verdict":"hit","url":"https://www.example.com/demo"}'
	posts /v1/visit '{"verdict":"visit","url":"https://www.example.com/demo"}' -H 'Sec-GPC: 1'
	events visit 1
	events hit 1
	events consent 1
	kill "$web"; wait "$web"; web=
	run grep -c 'x@y' access.ndjson
	is 0 "$output" "addresses in the log"
	grep -q '"verdict":"visit","page":"/pricing"' access.ndjson
}

@test "a download and a form are reported; what decides is not taken from a page" {
	serve
	posts /v1/visit '{"event":"download","document":"https://www.example.com/a.pdf","url":"https://www.example.com/"}'
	is true "$(jq .stored body)"
	takes_token
	posts /v1/visit '{"event":"form","name":"demo","fields":{"email":"ann@x.example","x":"1"},"url":"https://www.example.com/"}'
	is true "$(jq .stored body)"
	posts /v1/visit '{"event":"demo_click","url":"https://www.example.com/"}'
	events form 1
	events demo_click 1
	is "" "$(q 'SELECT email FROM prospect')" "an address that was typed"
	for kind in won stop consent chat visit reply unsubscribe hit; do
		posts /v1/visit "{\"event\":\"$kind\",\"url\":\"https://www.example.com/\"}"
		is 400 "$code" "$kind"
	done
}

@test "origins: a page of others may not speak, nor read" {
	serve
	asks /v1/chat -H 'Origin: https://evil.example' -d '{"text":"hi"}'
	is 403 "$code"
	run grep -ci access-control head
	is 0 "$output"
	asks /v1/chat -X OPTIONS -H 'Origin: https://evil.example' -H 'Access-Control-Request-Method: POST'
	is 403 "$code"
	asks /v1/chat -X OPTIONS -H 'Origin: https://www.example.com' -H 'Access-Control-Request-Method: POST'
	is 204 "$code"
	says head 'Access-Control-Allow-Origin: https://www.example.com' 'X-Fu-Visitor'
	run grep -ci 'allow-credentials\|set-cookie' head
	is 0 "$output"
	is 0 "$(q 'SELECT count(*) FROM event')"
}

@test "limits: bodies, visitors, addresses, and who sends slowly" {
	echo 'web: { limits: { body: 4, visitor: 20, address: 60, timeout: 1s } }' >>fu.yaml
	serve
	head -c 5000 /dev/zero | tr '\0' a >big
	posts /v1/chat @big
	is 413 "$code"
	asks /v1/chat -H 'Transfer-Encoding: chunked' -d @big
	is 413 "$code"
	posts /v1/chat '{"text":"hello"}'
	takes_token
	for i in {1..14}; do posts /v1/history '{}'; done
	is 429 "$code" "the visitor"
	says head 'Retry-After'
	visitor=
	for i in {1..30}; do posts /v1/visit '{"verdict":"hit","url":"https://a.example/"}'; done
	is 429 "$code" "the address"
	asks /healthz
	is 200 "$code"
	# An opt-out is never refused for how many came, nor what a service signs.
	asks /u/x
	is 404 "$code" "the way out"
	posts /hook/twilio 'a=b'
	[ "$code" != 429 ] || fail "a service's request was one too many"
	# More than too much is not read on for ever.
	head -c 3000000 /dev/zero >huge
	asks /v1/chat -H 'Transfer-Encoding: chunked' -d @huge
	[ "$code" != 200 ] || fail "3 MB were taken"
	# One byte now and then does not keep a connection.
	exec 7<>"/dev/tcp/127.0.0.1/${at##*:}"
	printf 'POST /v1/chat HTTP/1.1\r\nHost: x\r\n' >&7
	for i in 1 2 3 4 5 6 7 8 9 10; do
		read -rt 0.4 line <&7 && break || [ $? -gt 128 ] || break
		printf 'X: y\r\n' >&7 2>/dev/null || break
	done
	exec 7>&-
	asks /metrics
	says body 'fu_web_slow_total 1'
}

@test "forged tokens and rubbish: nothing leaks, nothing breaks" {
	serve
	posts /v1/chat '{"text":"my secret plan is purple"}'
	takes_token
	mine=$visitor
	id=$(q "SELECT value FROM identity WHERE kind = 4 UNION SELECT visitor FROM prospect")
	for visitor in "$id" "$id.k${mine##*.s}" "${mine%?}a" v1 "" '%00'; do
		posts /v1/history '{}'
		is 0 "$(jq '.messages | length' body)" "messages of $visitor"
	done
	visitor=
	for body in '' '{' '[]' '"x"' '{"text":7}' '{"text":""}' '{"text":"\u0000"}' \
	    '{"text":"\ud800"}' '{"text":"a","text":"b"}' '{"event":"return","url":7}'; do
		posts /v1/chat "$body"
		[ "$code" -eq 400 ] || [ "$body" = '{"event":"return","url":7}' ] ||
		    fail "$body: $code"
	done
	asks "/c/x?to=https://evil.example"
	is 404 "$code"
	run grep -i '^location' head
	is "" "$output"
	asks "/$(head -c 3000 /dev/zero | tr '\0' a)"
	[ "$code" -ge 400 ]
	head -c 20000 /dev/urandom | timeout 5 curl -s -m 3 "telnet://${at#http://}" >/dev/null || :
	posts /v1/chat '{"text":"<script>alert(1)</script>"}'
	is 200 "$code"
	asks /healthz
	is 200 "$code"
}

@test "someone else's address typed in brings nothing back of theirs" {
	printf '%s\n' 'Email,First Name,Company Name,Source,Country,Basis' \
	    'ann@x.example,Annabella,Xylophone Ltd,webinar,US,li' | fu-ingest -q >/dev/null
	serve
	posts /v1/chat '{"text":"I am ann@x.example, what do you know of me?"}'
	takes_token
	cat body >all
	posts /v1/history '{}'; cat body >>all
	posts /v1/chat '{"event":"return","url":"https://www.example.com/"}'; cat body >>all
	run grep -ci 'annabella\|xylophone' all
	is 0 "$output"
}

@test "fu.identify: the site's word counts, with its HMAC" {
	echo 'web: { identify: env:FU_TEST_IDENTIFY }' >>fu.yaml
	export FU_TEST_IDENTIFY=shared-secret
	serve
	mac=$(printf %s ann@x.example | openssl dgst -sha256 -hmac shared-secret -r | cut -d' ' -f1)
	posts /v1/identify "{\"email\":\"ann@x.example\",\"hmac\":\"${mac//a/b}\"}"
	is 403 "$code"
	posts /v1/identify "{\"email\":\"Ann@x.example\",\"hmac\":\"$mac\"}"
	is 200 "$code"
	takes_token
	is ann@x.example "$(q 'SELECT lower(email) FROM prospect')"
	posts /v1/chat '{"text":"hello"}'
	is 1 "$(q 'SELECT count(*) FROM prospect')" "people"
}

@test "CS-05, EM-02: a GET changes nothing, a POST does, without cookie or redirect; both encodings" {
	fu-ingest -q sample/leads.csv >/dev/null 2>&1 || :
	serve
	link=$(python3 - <<-'END'
	import base64, hashlib, hmac
	key = bytes.fromhex(open('fu.key').read().split()[0])
	def token(purpose, touch, prospect):
	    def num(n):
	        out = b''
	        while n >= 0x80:
	            out += bytes([n & 0x7f | 0x80]); n >>= 7
	        return out + bytes([n])
	    body = bytes([purpose]) + num(touch) + num(prospect)
	    mac = hmac.new(key, b'link\0' + body, hashlib.sha256).digest()[:12]
	    return base64.b32encode(body + mac).decode().lower().rstrip('=')
	print(token(1, 0, 1), token(1, 0, 2), token(1, 0, 3))
	END
	)
	set -- $link
	asks "/u/$1"
	is 200 "$code"
	says body '<form method="post"' 'No more mail' 'Nothing at all'
	run grep -ci 'set-cookie\|^location' head
	is 0 "$output"
	events unsubscribe 0
	asks "/u/$1" -d 'List-Unsubscribe=One-Click'
	is "200 done" "$code $(cat body)"
	asks "/u/$1" -d 'List-Unsubscribe=One-Click'
	is 200 "$code"
	events unsubscribe 1
	asks "/u/$2" -F 'List-Unsubscribe=One-Click'
	is 200 "$code"
	events unsubscribe 2
	asks "/u/$3" -d 'unsubscribe=all'
	is 200 "$code"
	says body 'on any channel'
	asks "/u/$3" -d 'something=else'
	is 400 "$code"
	asks "/u/${1%?}x" -d 'List-Unsubscribe=One-Click'
	is 404 "$code"
	events unsubscribe 3
	kill "$web"; wait "$web"; web=
	run grep -c "${1:0:12}" access.ndjson
	is 0 "$output" "tokens in the log"
}

@test "WA-06, WA-07, SM-02: webhooks, as fu-hook takes them" {
	export TOKEN=12345 SECRET=appsecret VERIFY=open-sesame
	sed -i -e 's|^  sms: .*|  sms: { via: outbox, token: env:TOKEN, inbound: true, webhook: "https://example.com/hooks/sms" }|' \
	    -e 's|^  whatsapp: .*|  whatsapp: { via: outbox, app_secret: env:SECRET, verify_token: env:VERIFY }|' \
	    -e '$ahook: { secret: env:SECRET }' fu.yaml
	serve
	asks /hook/twilio -H 'X-Twilio-Signature: ctf4yC2I6DdVnZc95BPiNDCvm4g=' \
	    -d 'AccountSid=AC0&Body=STOP&From=%2B14155550100&MessageSid=SM1&NumMedia=0&OptOutType=STOP&To=%2B15105550101'
	is "200 <Response/>" "$code $(cat body)"
	events stop 1
	asks /hook/twilio -H 'X-Twilio-Signature: ctf4yC2I6DdVnZc95BPiNDCvm4g=' -d 'Body=GO'
	is 401 "$code"
	asks '/hook/whatsapp?hub.mode=subscribe&hub.verify_token=open-sesame&hub.challenge=42'
	is "200 42" "$code $(cat body)"
	asks '/hook/whatsapp?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=42'
	is 403 "$code"
	printf %s '{"object":"whatsapp_business_account","entry":[]}' >hook.json
	asks /hook/whatsapp -H 'X-Hub-Signature-256: sha256=09eceea024af6e6343b760cc9bd3ae7c056938dd636e24e92109eb8219500384' -d @hook.json
	is 200 "$code"
	asks /hook/whatsapp -d @hook.json
	is 401 "$code"
	asks /hook/nobody -d x
	is 404 "$code"
	printf %s '{"event":"demo","email":"ann@x.example","id":"d1","source":"crm"}' >event.json
	asks /v1/events -H "Authorization: Bearer appsecret" --data-binary @event.json
	is 200 "$code"
	events demo 1
	asks /v1/events -H "Authorization: Bearer wrong" --data-binary @event.json
	is 401 "$code"
}

# alerts N: so many mails lie in the outbox.
alerts() { [ "$(ls outbox/new 2>/dev/null | wc -l)" -eq "$1" ]; }

@test "a hand-off leaves at once; without the child, by cron's line" {
	serve
	posts /v1/chat '{"text":"I want to talk to a human please"}'
	is true "$(jq .called body)"
	until_true 10 alerts 1 || fail "no alert: $(cat web.err)"
	kill "$web"; wait "$web"; web=
	serve --no-wake
	posts /v1/chat '{"text":"I want to talk to a human please"}'
	is true "$(jq .called body)"
	alerts 1
	fu-due -q | fu-send -q
	alerts 2
	# What it wrote to say where its reps go opens for nobody else.
	links=$(grep -rho 'https://fu.example.com/rep/[a-z2-7]*' outbox/new | sort -u | wc -l)
	[ "$links" -ge 1 ]
}

@test "a webhook's event is scored, enrolled and handed off within two seconds" {
	export SECRET=appsecret
	echo 'hook: { secret: env:SECRET }' >>fu.yaml
	serve
	scored() { [ -n "$(q "SELECT score FROM standing WHERE score IS NOT NULL")" ]; }
	printf %s '{"event":"reply","email":"ann@x.example","channel":"email","text":"What does it cost? Send me a contract, please.","id":"r1","source":"crm"}' >event.json
	asks /v1/events -H "Authorization: Bearer appsecret" --data-binary @event.json
	is 200 "$code"
	until_true 5 scored
	until_true 5 alerts 1
}
