#!/usr/bin/env bats
# The same conversation elsewhere: texts that are answered by text, and words
# on the site that nobody fetched, which leave once by mail.

load scene

day=2026-03-03
ann=+14155550100
dana=dana@acme.example

setup() {
	scene
	house here
	cd here
	unthrottled .
	export FU_NOW=${day}T17:00:00Z
	echo "{\"email\":\"ann@a.example\",\"first_name\":\"Ann\",\"phone\":\"$ann\",\"country\":\"US\",\"region\":\"NY\",\"tz\":\"America/New_York\",\"source\":\"web\",\"basis\":\"consent\",\"collected\":\"direct\"}" |
	    fu-ingest -q >/dev/null
}

q() { sqlite3 fu.db "$1"; }
at() { export FU_NOW=${day}T$1Z; }
# consents CHANNEL: Ann has, in full.
consents() {
	echo "{\"event\":\"consent\",\"phone\":\"$ann\",\"channel\":\"$1\",\"status\":\"granted\",\"method\":\"web_form\",\"wording\":\"Yes, automated texts\",\"written\":true,\"automated\":true,\"not_condition\":true,\"seller\":\"Example Ltd\",\"at\":\"2026-03-01T15:00:00Z\"}" |
	    fu-ingest -q >/dev/null
}
# writes CHANNEL TEXT [ID]: as fu-hook has it, by fu-ingest; the turn into out.
writes() {
	jq -nc --arg c "$1" --arg t "$2" --arg i "${3:-$2}" --arg p $ann \
	    '{event: "reply", phone: $p, channel: $c, text: $t, id: $i}' |
	    fu-ingest -q | fu-chat -q >out 2>err
}
turn() {
	jq -nc --arg v "$1" --arg t "$2" '{visitor: $v, text: $t}' |
	    fu-chat -q >out 2>err
}
reply() { jq -r .reply out; }
# leaves: what fu-due claims of answers and fu-send makes of it.
leaves() {
	fu-due -q | fu-send -q >sent
	jq -r 'select(.service == "answer") | [.channel, .to, .result.status, .result.reason // "-"] | join(" ")' sent
}
# decoded FILE...: mails as they read.
decoded() {
	cat "$@" | python3 -c 'import quopri, sys
sys.stdout.buffer.write(quopri.decodestring(sys.stdin.buffer.read()))'
}
# confirms VISITOR: their address is confirmed.
confirms() {
	turn "$1" "write to $dana"
	fu-due -q | fu-send -q >/dev/null
	jq -nc --arg v "$1" --arg t "$(decoded outbox/new/* | grep -o '/confirm/[a-z2-7]*' | head -1 | cut -d/ -f3)" \
	    '{event: "confirm", visitor: $v, token: $t}' | fu-ingest -q >/dev/null
	is $dana "$(q "SELECT email FROM prospect p JOIN identity i ON i.prospect = p.id WHERE i.kind = 4 AND i.value = '$1'")"
	mv outbox/new outbox/before
}

@test "a WhatsApp text is a turn, answered once within the 24 hours, whatever its consent" {
	writes whatsapp 'Do you have an API?'
	reply | grep REST || fail "$(cat out)"
	is "whatsapp $ann sent -" "$(leaves)"
	decoded outbox/new/* | grep REST
	is "" "$(leaves)" "a second time"
	# The same text again is no second turn.
	writes whatsapp 'Do you have an API?'
	is "" "$(leaves)" "the same text again"
	# What follows is read in the light of it.
	at 17:05:00
	writes whatsapp 'and webhooks?'
	jq -e '.sources | length > 0' out >/dev/null || fail "$(cat out)"
	is "whatsapp $ann sent -" "$(leaves)"
}

@test "WA-02: an answer that comes after the 24 hours does not leave" {
	writes whatsapp 'Do you have an API?'
	FU_NOW=2026-03-04T16:59:59Z fu-due -q >due
	FU_NOW=2026-03-04T17:00:00Z fu-send -q <due >sent
	is "failed stale" "$(jq -r 'select(.service) | .result | .status + " " + .reason' sent)"
	jq -nc --arg p $ann '{event: "reply", phone: $p, channel: "whatsapp", text: "Is there single sign-on?", id: "old", at: "2026-03-03T18:00:00Z"}' |
	    FU_NOW=2026-03-04T18:00:00Z fu-ingest -q | FU_NOW=2026-03-04T18:00:00Z fu-chat -q >out
	is "null outside_window" "$(jq -r '"\(.reply) \(.silent)"' out)"
}

@test "an SMS is answered on a consented number alone" {
	writes sms 'Do you have an API?'
	is "null no_consent" "$(jq -r '"\(.reply) \(.silent)"' out)"
	is "" "$(leaves)"
	is 0 "$(q "SELECT count(*) FROM event WHERE who = 2")" "said nothing"
	consents sms
	writes sms 'Is there single sign-on?'
	[ "$(reply)" != null ] || fail "$(cat out)"
	is "sms $ann sent -" "$(leaves)"
}

@test "TC-08: an answer by SMS at night waits for the morning" {
	consents sms
	export FU_NOW=2026-03-04T04:00:00Z
	writes sms 'Do you have an API?'
	is "sms $ann held quiet_hours" "$(leaves)"
	export FU_NOW=2026-03-04T16:00:00Z
	is "sms $ann sent -" "$(leaves)"
}

@test "after STOP, and while a rep has the conversation, nothing answers" {
	consents sms
	writes sms 'Do you have an API?'
	writes sms STOP
	leaves >got
	grep -q "sms $ann blocked suppressed" got || fail "$(cat got)"
	writes whatsapp 'Is there single sign-on?'
	is "null suppressed" "$(jq -r '"\(.reply) \(.silent)"' out)"
}

@test "a rep answers a text by text, and the bot is silent from then on" {
	writes whatsapp 'I want to talk to a human'
	leaves >/dev/null
	at 17:10:00
	fu-chat --as-rep ann@a.example --by ada 'Ada here, what is it about?'
	is "whatsapp $ann sent -" "$(leaves)"
	decoded outbox/new/* | grep 'Ada here'
	at 17:20:00
	writes whatsapp 'About the API'
	is "null human_owned" "$(jq -r '"\(.reply) \(.silent)"' out)"
	is "" "$(leaves)"
}

@test "a rep's words that nobody fetched in two minutes leave once, to the confirmed address, in one thread" {
	confirms v1
	at 17:01:00
	fu-chat --as-rep v1 --by ada 'Ada here, how can I help?'
	at 17:02:59
	is "" "$(leaves)" "too soon"
	at 17:03:00
	is "email $dana sent -" "$(leaves)"
	decoded outbox/new/* >mail
	says mail 'From: Ada Lovelace' 'Subject: Your conversation with Example Ltd' 'Ada Lovelace: Ada here, how can I help?'
	! grep -q 'automated assistant' mail || fail "a person is no machine"
	first=$(sed -n 's/^Message-ID: //p' mail)
	at 17:04:00
	is "" "$(leaves)" "a second time"
	fu-chat --as-rep v1 --by ada 'Are you there?'
	fu-chat --as-rep v1 --by ada 'I shall be here until six.'
	rm -r outbox/new
	at 17:06:00
	is "email $dana sent -" "$(leaves)"
	decoded outbox/new/* >mail
	says mail 'Subject: Re: Your conversation' "In-Reply-To: $first" "References: $first" 'Are you there?' 'until six'
}

@test "without a confirmed address they wait on the site; when it is confirmed they leave" {
	turn v1 'I want to talk to a human'
	fu-chat --as-rep v1 --by ada 'Under which address can I reach you?'
	at 17:10:00
	is "" "$(leaves)"
	turn v1 "$dana"
	fu-due -q | fu-send -q >/dev/null
	token=$(decoded outbox/new/* | grep -o '/confirm/[a-z2-7]*' | head -1 | cut -d/ -f3)
	echo "{\"event\":\"confirm\",\"visitor\":\"v1\",\"token\":\"$token\"}" | fu-ingest -q >/dev/null
	is "email $dana sent -" "$(leaves)"
}

@test "words that were fetched do not leave, even when the mail was claimed" {
	confirms v1
	at 17:01:00
	fu-chat --as-rep v1 --by ada 'Ada here.'
	at 17:04:00
	fu-due -q >due
	# The page comes back: what a web server does by fu_chat_fetched().
	q "UPDATE turn SET fetched_us = 1, next_us = NULL"
	fu-send -q <due >sent
	is "failed fetched" "$(jq -r 'select(.service == "answer") | .result | .status + " " + .reason' sent)"
}

@test "a reply to that mail is a turn of the same conversation, answered by mail in its thread" {
	confirms v1
	at 17:01:00
	fu-chat --as-rep v1 --by ada 'Ada here, ask me anything.'
	at 17:04:00
	is "email $dana sent -" "$(leaves)"
	id=$(decoded outbox/new/* | sed -n 's/^Message-ID: //p')
	fu-handoff --release v1 >/dev/null
	rm -r outbox/new
	at 17:10:00
	printf '%s\n' "From: Dana <private@home.example>" 'To: ada@example.com' \
	    'Subject: Re: Your conversation with Example Ltd' 'Message-ID: <her-1@home.example>' \
	    "In-Reply-To: $id" "Date: Tue, 3 Mar 2026 17:09:00 +0000" '' 'Do you have an API?' >reply.eml
	fu-reply -q reply.eml | fu-ingest -q | fu-chat -q >out
	is "$(q "SELECT prospect FROM identity WHERE kind = 4 AND value = 'v1'")" "$(jq .prospect out)"
	reply | grep REST || fail "$(cat out)"
	is "email $dana sent -" "$(leaves)"
	decoded outbox/new/* >mail
	says mail 'In-Reply-To: <her-1@home.example>' "$id" 'I am Mia, an automated assistant' REST
	# Mail that answers anything else passes.
	sed 's/^In-Reply-To.*/In-Reply-To: <x@y.example>/; s/her-1/her-2/' reply.eml | fu-reply -q >other
	fu-ingest -q <other >recorded; fu-chat -q <recorded >out
	same recorded out
}

@test "-n of fu-due claims no words, and puts no mail down" {
	confirms v1
	at 17:01:00
	fu-chat --as-rep v1 --by ada 'Ada here.'
	at 17:05:00
	before=$(q 'SELECT count(*) FROM dispatch')
	fu-due -q -n >/dev/null
	is "$before" "$(q 'SELECT count(*) FROM dispatch')"
	is "email $dana sent -" "$(leaves)"
}

@test "--waiting answers once what was recorded and not looked at, whoever recorded it" {
	jq -nc --arg p $ann '{event: "reply", phone: $p, channel: "whatsapp", text: "Do you have an API?", id: "w1"}' |
	    fu-ingest -q >/dev/null
	fu-chat -q -n --waiting | jq -r .reply | grep REST
	fu-chat -q --waiting >out
	is "1 whatsapp" "$(jq -r '"\(.prospect) \(.channel)"' out)"
	reply | grep REST || fail "$(cat out)"
	is "whatsapp $ann sent -" "$(leaves)"
	is "" "$(fu-chat -q --waiting)" "a second time"
	# What the pipe has answered waits no more, nor what is a day old.
	at 17:05:00
	writes whatsapp 'Is there single sign-on?'
	is "" "$(fu-chat -q --waiting)"
	jq -nc --arg p $ann '{event: "reply", phone: $p, channel: "whatsapp", text: "How long do you keep backups?", id: "w3", at: "2026-03-02T16:59:00Z"}' |
	    fu-ingest -q >/dev/null
	is "" "$(fu-chat -q --waiting)" "of the day before"
	# A keyword is answered by its own.
	jq -nc --arg p $ann '{event: "reply", phone: $p, channel: "sms", text: "STOP", id: "w4"}' |
	    fu-ingest -q >/dev/null
	is "" "$(fu-chat -q --waiting)" "STOP"
}
