#!/usr/bin/env bats
# fu-send over SMTP, against a loopback server with faults on demand: what is
# tried again, what never, and what nobody knows.
load ../cli/scene

at=2026-03-06T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	sed -i '/^sample:/d' fu.yaml
	server=
}

teardown() { [ -z "$server" ] || kill "$server" 2>/dev/null || :; }

# smtpd OPTION...: the server; its port goes into fu.yaml with what else the
# channel needs.
smtpd() {
	local channel=$1
	shift
	python3 "$root/tests/smtpd.py" --dir "$PWD/smtpd" --idle 60 "$@" \
	    >port 3>&- &
	server=$!
	until_true 20 test -s port || fail "no server"
	sed -i "s|^  email: { via: outbox }|  email: { via: smtp, url: \"smtp://localhost:$(cat port)\", $channel }|" fu.yaml
}

# people NAME...: a person each, of a company each, in the warm cadence.
people() {
	local name n=0
	for name; do
		n=$((n + 1))
		printf '{"email":"%s@c%d.example","first_name":"P","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}\n' "$name" $n
	done | fu-ingest -q --at 2026-03-02T15:00:00Z |
	    fu-score -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
}

due() { fu-due -q --at "${1:-$at}"; }
results() { jq -r '(.email | split("@")[0]) + " " + .result.status + " " + (.result.reason // "-")' "$@" | sort; }
accepted() { [ ! -f smtpd/accepted.ndjson ] || jq -r '.to[]' smtpd/accepted.ndjson | sort; }

@test "STARTTLS, AUTH and a kept connection" {
	smtpd "user: ada, password: env:PW, connections: 1" --starttls --auth ada:secret
	people a b c d e
	export PW=secret SSL_CERT_FILE=$PWD/smtpd/cert.pem
	due | ends 0 fu-send --at $at
	is 5 "$(jq -r .result.status out | grep -c '^sent$')" "sent"
	is 5 "$(accepted | wc -l)" "accepted"
	is "true ada 1" "$(jq -r '[.tls, .user, .connection] | map(tostring) | join(" ")' smtpd/accepted.ndjson | sort -u)"
}

@test "-j: several connections at once" {
	smtpd "tls: none"
	people a b c d e f g h
	due | ends 0 fu-send -j 4 --at $at
	is 8 "$(accepted | wc -l)" "accepted"
}

@test "every fault gets the outcome that it deserves, and no neighbour suffers" {
	smtpd "tls: none, connections: 2"
	people ok1 rcpt550 rcpt551 ok2 rcpt451 data451 dot554 dot451 dotdrop ok3
	due | ends 0 fu-send --at $at
	says err "3 sent, 3 to be tried again, 2 failed, 1 uncertain, 1 held: domain_paused" \
	    "mail to c3.example is paused: it blocks us (5.7.1 blocked by policy)"
	says err "1 to be tried again: 451 4.7.1 greylisted" "fu-send --uncertain" \
	    "1 uncertain: the connection was lost after the message was sent; it may have arrived"
	results out >got
	cat >want <<-'E'
	data451 retry refused
	dot451 retry refused
	dot554 failed refused
	dotdrop uncertain connection
	ok1 sent -
	ok2 sent -
	ok3 sent -
	rcpt451 retry refused
	rcpt550 failed hard_bounce
	rcpt551 held domain_paused
	E
	same want got
	# The one whose answer was lost did arrive, once, and is never retried.
	is 1 "$(accepted | grep -c dotdrop)"
	ends 0 fu-send --uncertain --at $at
	is 1 "$(wc -l <out)" "uncertain"
	# 30 to 33 minutes later those that came back are tried, and no other:
	# who blocks us is not written to until an operator says so.
	due 2026-03-06T15:29:00Z >early
	is alert "$(jq -r .type early)"
	due 2026-03-06T15:34:00Z | fu-send -q --at 2026-03-06T15:34:00Z >again
	is "data451 dot451 rcpt451" "$(jq -r '.email | split("@")[0]' again | sort | xargs)"
	is "domain_paused EM-16" "$(fu-due -x -q --at 2026-03-06T15:35:00Z |
	    jq -r 'select(.email == "rcpt551@c3.example") | .held | .reason + " " + .rule')"
	is 0 "$(sqlite3 fu.db "SELECT count(*) FROM suppression WHERE subject IN
	    (SELECT subject FROM ledger WHERE prospect = 3)")" "suppressed for a policy"
	FU_NOW=2026-03-06T15:36:00Z sh -c 'fu-log resume domain=c3.example | fu-ingest -q' >/dev/null
	is rcpt551 "$(due 2026-03-06T15:36:00Z | jq -r '.email | split("@")[0]')"
}

@test "an address that does not exist is not written to again" {
	smtpd "tls: none"
	people rcpt550
	due | ends 0 fu-send --at $at
	is "rcpt550 failed hard_bounce" "$(results out)"
	for day in 12 20; do
		due 2026-03-${day}T18:00:00Z >later
		is "" "$(cat later)" "on the $day."
	done
	fu-cadence -q --cadence warm --at $at <<<'{"type":"prospect","prospect":1}' >/dev/null || :
	due 2026-03-12T18:00:00Z | fu-send -q --at 2026-03-12T18:00:00Z >later
	is "" "$(jq -r 'select(.result.status == "sent") | .touch' later)"
}

@test "EM-16: greylisting of three people of a domain within an hour pauses it" {
	echo 'rcpt rcpt451-* 451 4.7.1 greylisted' >script
	smtpd "tls: none" --script script
	for name in rcpt451-a rcpt451-b rcpt451-c; do
		printf '{"email":"%s@one.example","first_name":"P","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}\n' $name
	done | fu-ingest -q --at 2026-03-02T15:00:00Z | fu-score -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
	due | ends 0 fu-send --at $at
	is 1 "$(grep -c 'mail to one.example is paused: it put off mail to 3 people within an hour' err)"
}

@test "EM-18: the whole gate is asked before every try: who said stop meanwhile is not written to" {
	smtpd "tls: none"
	people rcpt451 data451
	due | ends 0 fu-send --at $at
	is "data451 retry refused rcpt451 retry refused" "$(results out | xargs)"
	echo '{"event":"unsubscribe","email":"rcpt451@c1.example","at":"2026-03-06T15:10:00Z"}' |
	    fu-ingest -q --at 2026-03-06T15:10:00Z >/dev/null
	# Not before half an hour is over, and by then only the other one.
	is "" "$(due 2026-03-06T15:29:59Z | jq -r .email)"
	due 2026-03-06T15:34:00Z | fu-send -q --at 2026-03-06T15:34:00Z >again
	is data451@c2.example "$(jq -r .email again)"
}

@test "EM-18: a host that says 421 is let be: what was not tried goes back" {
	smtpd "tls: none, connections: 1"
	people rcpt421 b c
	due | fu-send --at $at >out 2>err || :
	is 0 "$(accepted | grep -c ops)" "alerts"
	is "" "$(jq -r 'select(.result.status == "failed" or .result.status == "uncertain") | .email' out)" "lost"
	due 2026-03-06T16:00:00Z | fu-send -q --at 2026-03-06T16:00:00Z >again || :
	is "b@c2.example c@c3.example" "$(accepted | grep -v ops | xargs)"
}

@test "two days of 4xx are the end of it" {
	smtpd "tls: none"
	people rcpt451
	sed -i 's/^  - { day: 10.*//; s/^  - { day: 21.*//; s/^  - { day: 30.*//; /site_return/d' cadences/warm.yaml
	status=retry t=$(date -ud $at +%s) n=0
	while [ $status = retry ] && [ $n -lt 60 ]; do
		now=$(date -ud "@$t" +%Y-%m-%dT%H:%M:%SZ)
		due "$now" | fu-send -q --at "$now" >out
		[ ! -s out ] || status=$(jq -r .result.status out)
		t=$((t + 3600)) n=$((n + 1))
	done
	[ $status != sent ] || fail "sent"
	[ $n -gt 3 ] || fail "given up after $n hours"
}

@test "each sender's own mailbox: a password here, a token of a program there" {
	smtpd "tls: none" --starttls --auth ada@example.com:secret --xoauth2 grace@example.com:tok-7
	printf '#!/bin/sh\necho tok-7\n' >token
	chmod 700 token
	url=smtp://localhost:$(cat port)
	sed -i -e "/^  ada:/a\    smtp: { url: \"$url\", user: ada@example.com, password: env:PW }" \
	    -e "/^  grace:/a\    smtp: { url: \"$url\", user: grace@example.com, auth: xoauth2, token: \"exec:$PWD/token\" }" fu.yaml
	printf '{"email":"%s@c%d.example","first_name":"P","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct","owner":"%s"}\n' \
	    a 1 ada b 2 grace c 3 ada d 4 grace |
	    fu-ingest -q --at 2026-03-02T15:00:00Z | fu-score -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
	export PW=secret SSL_CERT_FILE=$PWD/smtpd/cert.pem
	due | ends 0 fu-send --at $at
	is "ada@example.com 2 grace@example.com 2" \
	    "$(jq -r .user smtpd/accepted.ndjson | sort | uniq -c | awk '{ print $2, $1 }' | xargs)"
	is "ada@example.com ada@example.com grace@example.com grace@example.com" \
	    "$(jq -r '[.from, .user] | select(.[0] == .[1]) | .[0]' smtpd/accepted.ndjson | sort | xargs)"
	# One login that is refused holds that sender's mail alone.
	for n in 5 6; do
		printf '{"email":"x%d@d%d.example","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct","owner":"%s"}\n' \
		    $n $n "$([ $n = 5 ] && echo ada || echo grace)"
	done | fu-ingest -q --at 2026-03-02T15:00:00Z | fu-score -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
	printf '#!/bin/sh\necho expired\n' >token
	due 2026-03-06T19:00:00Z | ends 69 fu-send --at 2026-03-06T19:00:00Z
	is "x5 sent -" "$(results out | grep sent)"
	# And alerts.to is told, by the mailbox that works.
	due 2026-03-06T19:01:00Z >alert
	is alert "$(jq -r 'select(.type == "alert") | .type' alert)"
	jq -r 'select(.type == "alert") | .text' alert | grep -q '535 5.7.8' || fail "$(cat alert)"
}

@test "AUTH refused: exit 69, nothing marked, claims go back" {
	smtpd "user: ada, password: env:PW" --starttls --auth ada:secret
	people a b
	export PW=wrong SSL_CERT_FILE=$PWD/smtpd/cert.pem
	due >claimed
	ends 69 fu-send --at $at <claimed
	is "a held service_unavailable b held service_unavailable" "$(results out | xargs)"
	export PW=secret
	due | ends 0 fu-send --at $at
	is 2 "$(accepted | grep -vc ops@)" "accepted"
}

@test "a certificate that nobody vouches for: exit 69, claims go back" {
	smtpd "connections: 1" --starttls
	people a
	due >claimed
	unset SSL_CERT_FILE
	ends 69 fu-send --at $at <claimed
	says err "its certificate is not trusted (self-signed)"
	is "" "$(accepted)"
	is "alert touch" "$(due | jq -r .type | sort | xargs)" "claims"
}

@test "a relay without STARTTLS: exit 69, claims go back" {
	smtpd "connections: 1"
	people a
	due | ends 69 fu-send --at $at
	says err "it does not offer STARTTLS, and TLS is required"
	is "alert touch" "$(due | jq -r .type | sort | xargs)" "claims"
}

@test "an unset env: is a fault when it is used" {
	smtpd "user: ada, password: env:FU_NO_SUCH" --starttls --auth ada:secret
	people a
	due >claimed
	ends 78 fu-send --at $at <claimed
	says err FU_NO_SUCH fu.yaml
	is 1 "$(due | wc -l)" "claims"
}

@test "nobody listens: retry, and the batch ends" {
	smtpd "tls: none"
	people a b
	kill "$server"
	wait "$server" 2>/dev/null || :
	due >claimed
	ends 75 fu-send -q --at $at <claimed
	is "a retry connection b retry connection" "$(results out | xargs)"
	is "fu-send: 2 to be tried again: cannot connect to localhost:$(cat port)" "$(cat err)"
	due 2026-03-06T15:34:00Z | ends 75 fu-send --at 2026-03-06T15:34:00Z
	is "fu-send: 2 to be tried again" "$(head -1 err)"
}

@test "a record comes out when its outcome is durable, not when all are" {
	echo "dot slow* sleep 30" >script
	smtpd "tls: none, connections: 1" --script "$PWD/script"
	people a b slow1 c
	due >all
	{ grep -v slow1 all; grep slow1 all; } >claimed
	fu-send -q --at $at <claimed >out 2>err 3>&- &
	pid=$!
	until_true 20 grep -qs slow1 smtpd/accepted.ndjson
	# Two a connection share a commit.
	is "$(head -2 claimed | jq -r .touch)" "$(jq -r .touch out)"
	is "sent" "$(jq -r .result.status out | sort -u)"
	kill -9 $pid
	wait $pid 2>/dev/null || :
}

@test "an address that needs SMTPUTF8 and a relay without: no send, no bounce" {
	smtpd "tls: none" --no-utf8
	people josé ann
	due | ends 0 fu-send --at $at
	is "ann sent - josé failed smtputf8_unavailable" "$(results out | xargs)"
	is EM-10 "$(jq -r 'select(.result.reason).result.rule' out)"
	is ann@c2.example "$(accepted)"
	! grep -q "josé" smtpd/transcript.log || fail "$(cat smtpd/transcript.log)"
	# The address is as good as it was: nothing of it is suppressed.
	is 0 "$(sqlite3 fu.db "SELECT count(*) FROM suppression")"
	is 0 "$(sqlite3 fu.db "SELECT count(*) FROM event WHERE kind = 'bounce'")"
	fu-due --plan 30d --at $at josé@c1.example >later
	[ -s later ] || fail "their cadence has ended"
}

@test "SIGKILL in the midst: that group is uncertain, the rest goes on" {
	echo "dot slow* sleep 30" >script
	smtpd "tls: none, connections: 1" --script "$PWD/script"
	people slow1 b c d e
	due >claimed
	fu-send -q --at $at <claimed >out 3>&- &
	pid=$!
	until_true 20 grep -q slow1 smtpd/accepted.ndjson
	kill -9 $pid
	wait $pid 2>/dev/null || :
	: >script
	# After the leases have run out.
	later=2026-03-06T16:30:00Z
	due $later | fu-send -q --at $later >again
	fu-send --uncertain --at $later >uncertain
	[ "$(wc -l <uncertain)" -ge 1 ] || fail "none is listed"
	[ "$(wc -l <uncertain)" -le 2 ] || fail "$(cat uncertain)"
	is "" "$(accepted | uniq -d)" "delivered twice"
	is 5 $(($(jq -r 'select(.result.status == "sent") | .touch' again | wc -l) + $(wc -l <uncertain)))
	id=$(jq -r 'select(.email == "slow1@c1.example") | .touch' uncertain)
	fu-send --at $later --resolve "$id=sent" >resolved
	is sent "$(jq -r .result.status resolved)"
}

@test "return path and reply address carry the touch where domains are given" {
	smtpd "tls: none, bounce_domain: bounce.example.com, reply_domain: reply.example.com, unsubscribe_mailbox: unsub@example.com"
	people a
	due | ends 0 fu-send --at $at
	jq -r .from smtpd/accepted.ndjson | grep -q '^b-[0-9]*-[a-z2-7]*@bounce.example.com$' ||
	    fail "$(cat smtpd/accepted.ndjson)"
	grep -q '^Reply-To: r-[0-9]*-[a-z2-7]*@reply.example.com' smtpd/msg/*.eml ||
	    fail "$(cat smtpd/msg/*.eml)"
	grep -q 'mailto:unsub@example.com?subject=' smtpd/msg/*.eml
}

@test "smtp-sink takes what we send" {
	sink=$(command -v smtp-sink || echo /usr/sbin/smtp-sink)
	[ -x "$sink" ] || skip "no smtp-sink"
	port=$((20000 + RANDOM % 20000))
	mkdir dump
	(cd dump && exec "$sink" -u "$(id -un)" -d "%H." 127.0.0.1:$port 10) 3>&- 2>sink.err &
	server=$!
	sed -i "s|^  email: { via: outbox }|  email: { via: smtp, url: \"smtp://127.0.0.1:$port\", tls: none }|" fu.yaml
	until_true 20 bash -c "exec 4<>/dev/tcp/127.0.0.1/$port" || fail "$(cat sink.err)"
	people a b c
	due | ends 0 fu-send --at $at
	is 3 "$(jq -r .result.status out | grep -c '^sent$')" "sent"
}
