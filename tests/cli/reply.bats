#!/usr/bin/env bats
# fu-reply: mail in, events out; each test of a rule under the rule's id.
load scene

now=2026-03-04T12:00:00Z

setup() {
	scene
	house h
	cd h || return
	export FU_NOW=$now
}

# mail HEADER... : a message of those headers, its text from standard input.
mail() {
	printf '%s\n' "From: Ann Lee <ann@x.example>" \
	    "Date: Wed, 4 Mar 2026 09:12:00 +0100" \
	    "Message-ID: <m1@x.example>" "$@" ""
	cat
}

# kind [FILTER]: what a message on standard input becomes.
kind() { fu-reply -q | jq -r "${1:-.event}"; }

# dsn: the body of a delivery report, its recipients' groups from stdin.
dsn() {
	printf '%s\n' "From: MAILER-DAEMON@mx.example" \
	    "To: ${1:-ada@example.com}" "Message-ID: <d1@mx.example>" \
	    "Date: Wed, 4 Mar 2026 09:12:00 +0100" "MIME-Version: 1.0" \
	    "Content-Type: multipart/report; report-type=delivery-status; boundary=b" \
	    "" "--b" "" "It failed." "--b" \
	    "Content-Type: message/delivery-status" "" \
	    "Reporting-MTA: dns; mx.example" ""
	cat
	printf '%s\n' "--b" "Content-Type: message/rfc822" "" \
	    "Message-ID: ${2:-<1@example.com>}" "To: ann@x.example" "" "Hi" "--b--"
}

# sent: one touch really left (into the outbox): its mail in $touch.
sent() {
	unthrottled .
	printf '%s\n' '{"email":"ann@x.example","first_name":"Ann","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}' |
	    fu-ingest -q --at 2026-03-02T15:00:00Z | fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
	fu-due -q --at 2026-03-06T15:00:00Z | fu-send -q --at 2026-03-06T15:00:00Z >sent.ndjson
	touch=$(find outbox -type f -path '*/new/*' | head -1)
	[ -n "$touch" ] || fail "nothing left" "$(cat sent.ndjson)"
	ours=$(jq -r 'select(.type == "touch" and .result.status == "sent").result.message_id' sent.ndjson | head -1)
	number=$(jq -r 'select(.type == "touch" and .result.status == "sent").touch' sent.ndjson | head -1)
}

@test "a message on standard input becomes one event" {
	mail "Subject: Re: Roll-out" "In-Reply-To: <1@example.com>" <<-'M' >m
	Yes, on Tuesday.

	On Tue, 3 Mar 2026, Ada wrote:
	> Shall we talk?
	M
	fu-reply -q <m >out
	is '{"event":"reply","via":"mail","id":"<m1@x.example>","email":"ann@x.example","at":"2026-03-04T08:12:00Z","subject":"Re: Roll-out","message_id":"<m1@x.example>","in_reply_to":"<1@example.com>","channel":"email","text":"Yes, on Tuesday."}' \
	    "$(cat out)"
	echo '{"email":"ann@x.example"}' | fu-ingest -q >/dev/null
	fu-ingest -q <out | jq -e '.action == "recorded"' >/dev/null
	is duplicate "$(fu-ingest -q <out | jq -r .action)" "the same again"
}

# Long mails by people to mailing lists, whose words are nobody's opt-out.
@test "mails that people wrote at length are replies, each of them" {
	data=$BATS_TEST_DIRNAME/../../../shared/data/mail/classify
	[ -d "$data" ] || skip "no shared data"
	fu-reply -q "$data"/human-*.eml | jq -r .event | sort | uniq -c >got
	[ "$(tr -s ' ' <got)" = " $(find "$data" -name 'human-*.eml' |
	    wc -l) reply" ]
}

@test "an mbox, a folder and a Maildir are read, and nothing is changed" {
	mail "Subject: one" <<<"One." >1
	mail "Subject: two" <<<"Two." | sed 's/m1@/m2@/' >2
	{
		echo "From ann@x.example Wed Mar  4 09:12:00 2026"
		cat 1
		printf '>From here on.\n\n'
		echo "From ann@x.example Wed Mar  4 09:13:00 2026"
		cat 2
	} >mbox
	fu-reply -q <mbox >out
	is 'One.
From here on.|Two.' "$(jq -sr 'map(.text) | join("|")' out)"
	mkdir -p M/new M/cur M/tmp folder
	cp 1 M/new/1.host
	cp 2 "M/cur/2.host:2,S"
	cp 2 "M/cur/3.host:2,D"
	cp 1 2 folder
	find M folder -printf '%p %T@ %C@\n' | sort >before
	is 2 "$(fu-reply -q M | wc -l)" "of the Maildir"
	is 2 "$(fu-reply -q folder | wc -l)" "of the folder"
	find M folder -printf '%p %T@ %C@\n' | sort >after
	same before after
}

@test "--newer passes over older files" {
	mkdir -p M/new M/cur
	mail "Subject: x" <<<"Old." >M/cur/1:2,S
	mail "Subject: x" <<<"New." | sed 's/m1@/m2@/' >M/cur/2:2,
	touch -d 2026-02-20T00:00:00Z M/cur/1:2,S
	touch -d 2026-03-03T00:00:00Z M/cur/2:2,
	is New. "$(fu-reply -q --newer 3d M | jq -r .text)"
	ends 64 fu-reply --newer soon M
}

@test "what is no mail is a reject, and the rest is read" {
	mkdir f
	mail "Subject: x" <<<"Yes." >f/1
	printf 'PK\003\004 not a mail' >f/2
	head -c 3000 /dev/urandom >f/3
	: >f/4
	mail "Subject: x" <<<"No." | grep -v ^From: >f/5
	ends 65 fu-reply -q -r rejects f
	is 1 "$(wc -l <out)"
	is "no_sender not_mail not_mail not_mail" \
	    "$(jq -sr 'map(.reason) | sort | join(" ")' rejects)"
	ends 66 fu-reply -q nowhere f/1
	is 1 "$(wc -l <out)"
}

@test "nothing that a message is made of is a crash" {
	python3 - <<-'P'
	import random
	out = ["From: a@x.example", "Subject: deep", "MIME-Version: 1.0"]
	for i in range(3000):
	    out += ["Content-Type: multipart/mixed; boundary=b%d" % i, "", "--b%d" % i]
	out += ["Content-Type: text/plain", "", "hello"]
	open("deep", "w").write("\n".join(out))
	open("wide", "w").write("From: a@x.example\nSubject: x\n\n" + "x" * 5000000)
	open("many", "w").write("From: a@x.example\n" + "X: y\n" * 100000 + "\nhello\n")
	open("charset", "wb").write(b"From: a@x.example\nContent-Type: text/plain; charset=x-nobody\n\ncaf\xe9 \xff\xfe\n")
	open("half", "w").write("From: a@x.example\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+")
	open("utf7", "w").write("From: a@x.example\nContent-Type: text/plain; charset=utf-7\n\n+AGgAaQ-\n")
	P
	for file in deep wide many charset half utf7; do
		timeout 20 fu-reply -q $file >out || fail "$file: exit $?"
		jq -e '.event == "reply"' out >/dev/null || fail "$file: $(head -c 300 out)"
		[ "$(wc -c <out)" -lt 1048576 ] || fail "$file: a record too long"
	done
	is 'café ÿþ' "$(fu-reply -q charset | jq -r .text)"
}

@test "EM-13: the first that it can be; an absence that quotes our way out is one" {
	mail "Subject: Automatic reply: Roll-out" "Auto-Submitted: auto-replied" <<-'M' >m
	I am away until Friday, 13 March 2026.

	> Don't want these emails? Unsubscribe: https://fu.example.com/u/x
	M
	is "auto_reply ooo 2026-03-16" "$(kind '.event + " " + .reason + " " + .returns' <m)"
	mail "Subject: Re: x" <<<"Please delete all data that you hold of me." >m
	is erasure_request "$(kind <m)"
	mail "Subject: Re: x" <<<"I object to direct marketing." >m
	is objection "$(kind <m)"
}

@test "an absence that is over is none, nor are the hours of an office" {
	for text in "Our office hours are Mon-Fri 9-5. We will respond within 2 days." \
	    "Unsere Bürozeiten sind Mo-Fr 9-17 Uhr. Wir antworten innerhalb von 3 Tagen."; do
		mail "Subject: Automatic reply: x" "Auto-Submitted: auto-replied" <<<"$text" >m
		is "auto_reply ack" "$(kind '.event + " " + .reason' <m)" "$text"
	done
	mail "Subject: Re: x" "Auto-Submitted: auto-replied" \
	    <<<"I was out of office 9-13 November. I am now back and will read my mail." >m
	is ack "$(kind .reason <m)"
	mail "Subject: Out of office" <<<"I was on holiday until 13 November. I am now back: yes, let us talk." >m
	is reply "$(kind <m)"
}

@test "a leave that ends with a month: its first day, with a header or without" {
	mail "Subject: Absence du bureau" \
	    <<<"Je suis en congé maternité et reviendrai en mars 2027." >m
	is "auto_reply ooo 2027-03-01" "$(kind '.event + " " + .reason + " " + .returns' <m)"
	mail "Subject: Absence du bureau" "Auto-Submitted: auto-replied" \
	    <<<"Actuellement en congé parental, je reviendrai en mai 2026." >m
	is "ooo 2026-05-01" "$(kind '.reason + " " + .returns' <m)"
}

@test "they are back on a working day, ours or not; a half range, a week, a month or a feast tells it" {
	unthrottled .
	back() { mail "Subject: Automatic reply: x" "Auto-Submitted: auto-replied" <<<"$1" |
	    sed 's/^Date: .*/Date: Fri, 27 Nov 2026 09:12:00 +0100/' | kind '.reason + " " + .returns'; }
	is "ooo 2026-12-07" "$(back "I am out of the office until 4 December.")"
	is "ooo 2026-12-07" "$(back "I am back on 5 December.")" "a Saturday"
	is "ooo 2027-01-04" "$(back "Out 12/23 - 1/3")"
	is "ooo 2026-12-07" "$(back "I am out of the office the week of 30 November")"
	is "ooo 2027-04-01" "$(back "I'm on parental leave until March.")"
	is "ooo 2027-02-01" "$(back "Away till end of January")"
	is "ooo 2026-12-14" "$(back "I'll be back on the 14th")"
	is "ooo 2027-01-04" "$(back "On holiday until the new year")"
	is "ooo 2027-01-04" "$(back "Closed between Christmas and New Year")"
	is "ooo 2026-12-25" "$(back "Returning on 25 December")" "a day that they name"
}

@test "who left a company is gone; who left the office is not" {
	while IFS='|' read -r reason text; do
		mail "Subject: Automatic reply: x" "Auto-Submitted: auto-replied" <<<"$text" >m
		is "$reason" "$(kind .reason <m)" "$text"
	done <<-'T'
	left_company|I left Acme on 1 November; please contact Bob.
	left_company|I left Acme in October.
	left_company|I have left Acme.
	left_company|Please note that I have changed jobs
	left_company|I retired on 1 November.
	left_company|Ich habe den Job gewechselt.
	left_company|J'ai changé d'entreprise.
	left_company|He cambiado de empresa.
	left_company|Ho cambiato azienda.
	left_company|Mudei de emprego.
	left_company|Ik ben van baan veranderd.
	ooo|I left the office on Friday and return on Monday.
	ooo|I left for vacation on 12 November.
	ooo|I left my phone at home; please contact Bob.
	ooo|I have left instructions with Bob, contact him.
	T
}

@test "EM-14: headers of a program, or none" {
	mail "Subject: Re: x" "Auto-Submitted: auto-replied (vacation)" \
	    <<<"back on 2026-12-01" >m
	is "ooo 2026-12-01" "$(kind '.reason + " " + .returns' <m)"
	mail "Subject: Re: x" "Auto-Submitted: no" <<<"back on 2026-12-01" >m
	is reply "$(kind <m)"
	mail "Subject: Re: Out of office hours support?" <<<"Do you have it?" >m
	is reply "$(kind <m)"
	mail "Subject: [#17] We have received your request" "Auto-Submitted: auto-generated" \
	    <<<"Your ticket has been received." >m
	is ack "$(kind .reason <m)"
	mail "Subject: Automatic reply: x" "X-Auto-Response-Suppress: All" \
	    <<<"I no longer work here." >m
	is left_company "$(kind .reason <m)"
	mail "Subject: Re: x" "X-Auto-Response-Suppress: All" <<<"Yes please." >m
	is reply "$(kind <m)"
}

@test "EM-15: each recipient of a report; delayed and delivered are no failure" {
	dsn <<-'D' >m
	Final-Recipient: rfc822; ann@x.example
	Action: failed
	Status: 5.1.1
	Diagnostic-Code: smtp; 550 5.1.1 User unknown

	Final-Recipient: rfc822; bob@x.example
	Action: failed
	Status: 4.2.2

	Final-Recipient: rfc822; cid@x.example
	Action: delayed
	Status: 4.4.7

	Final-Recipient: rfc822; dan@x.example
	Action: delivered
	Status: 2.0.0

	D
	fu-reply -q <m >out
	is 'ann@x.example true 5.1.1 <d1@mx.example> ann@x.example
bob@x.example false 4.2.2 <d1@mx.example> bob@x.example
cid@x.example false 4.4.7 <d1@mx.example> cid@x.example' \
	    "$(jq -r '[.email, .hard, .status, .id] | join(" ")' out)"
	is true "$(jq -r 'select(.email == "cid@x.example").delayed' out)"
}

@test "EM-15: a person who forwards a report, or says failed, is a person" {
	dsn <<<"" >report
	{
		mail "Subject: Fwd: Undeliverable: failed delivery" "MIME-Version: 1.0" \
		    "Content-Type: multipart/mixed; boundary=x" </dev/null
		printf '%s\n' "--x" "" "This came back, is your address right?" "--x" \
		    "Content-Type: message/rfc822" ""
		cat report
		echo "--x--"
	} >m
	is reply "$(kind <m)"
	mail "Subject: Delivery failed twice" "User-Agent: Mutt" \
	    <<<"The parcel could not be delivered to bob@x.example, who pays?" >m
	is reply "$(kind <m)"
}

@test "EM-16: policy is no address's fault, in plain texts too" {
	printf '%s\n' "From: MAILER-DAEMON@mx.example" "Subject: failure notice" \
	    "Message-ID: <q@mx.example>" "" "Hi. This is the qmail-send program." \
	    "I'm afraid I wasn't able to deliver your message." "" \
	    "<ann@x.example>:" "192.0.2.1 does not like recipient." \
	    "Remote host said: 550 5.7.1 blocked by Spamhaus" "" \
	    "--- Below this line is a copy of the message." "" \
	    "Return-Path: <ada@example.com>" "Message-ID: <1@example.com>" >m
	is "ann@x.example false 5.7.1 <1@example.com>" \
	    "$(kind '[.email, .hard, .status, .original_id] | join(" ")' <m)"
	sed 's/550 .*/550 no such user/' m >n
	is "ann@x.example true" "$(kind '[.email, .hard] | join(" ")' <n)"
}

@test "EM-19: a complaint is known by what lies in it; not-spam is none" {
	arf() {
		printf '%s\n' "From: fbl@isp.example" "Message-ID: <a1@isp.example>" \
		    "MIME-Version: 1.0" \
		    "Content-Type: multipart/report; report-type=feedback-report; boundary=b" \
		    "" "--b" "" "A complaint." "--b" \
		    "Content-Type: message/feedback-report" "" "Feedback-Type: $1" \
		    "Version: 1" "Original-Rcpt-To: redacted@isp.example" "" "--b" \
		    "Content-Type: message/rfc822" ""
		tr -d '\r' <"$touch" | sed '/^To:/d'
		echo "--b--"
	}
	sent
	arf abuse >m
	is "complaint $number" "$(kind '.event + " " + (.touch | tostring)' <m)"
	arf not-spam >m
	is "" "$(kind <m)"
}

@test "EM-11, EM-17: a touch is known by a token that checks, by no other" {
	sent
	mail "Subject: Re: x" "In-Reply-To: $ours" <<<"Yes." >m
	is "$number in_reply_to" "$(kind '[.touch, .matched] | join(" ")' <m)"
	mail "Subject: Re: x" "In-Reply-To: <x@x.example>" \
	    "References: <y@x.example> $ours <z@x.example>" <<<"Yes." >m
	is "$number references" "$(kind '[.touch, .matched] | join(" ")' <m)"
	forged=$(echo "$ours" | sed 's/^\(<[^.]*\.\)\(.\)/\1\2\2/')
	mail "Subject: Re: x" "In-Reply-To: $forged" <<<"Yes." >m
	is null "$(kind .touch <m)"
	is "$forged" "$(kind .in_reply_to <m)"
	dsn "ada@example.com" "$ours" <<-'D' >m
	Final-Recipient: rfc822; ann@x.example
	Action: failed
	Status: 5.1.1

	D
	is "$number original" "$(kind '[.touch, .matched] | join(" ")' <m)"
	rm fu.key
	mail "Subject: Re: x" "In-Reply-To: $ours" <<<"Yes." | fu-reply >out 2>err
	is reply "$(jq -r 'select(.touch == null).event' out)"
	says err "fu.key: it is not there"
}

@test "EM-20: an opt-out is what they wrote, by words, subject or button" {
	mail "Subject: Re: x" <<-'M' >m
	Stop

	-----Original Message-----
	From: Ada
	Sent: Tuesday
	Subject: x

	Hi
	M
	is unsubscribe "$(kind <m)"
	mail "Subject: Re: x" <<-'M' >m
	Sounds good!

	> unsubscribe: https://fu.example.com
	M
	is reply "$(kind <m)"
	mail "Subject: Re: x" <<<"Please unsubscribe my colleague Bob from lunch, when do we talk?" >m
	is reply "$(kind <m)"
	mail "Subject: unsubscribe" </dev/null >m
	is unsubscribe "$(kind <m)"
	mail "Subject: Re: x" <<<"I don't want these emails" >m
	is unsubscribe "$(kind <m)"
	mail "Subject: Re: x" <<<"I'd like to opt out of the demo on Friday" >m
	is reply "$(kind <m)"
	mail "Subject: Re: x" <<<"Lösch meine Daten" >m
	is erasure_request "$(kind <m)"
	mail "Subject: unsubscribe" "Auto-Submitted: auto-generated" \
	    <<<"This message was automatically generated." >m
	is unsubscribe "$(kind <m)"
	sent
	token=$(tr -d '\r' <"$touch" | tr -d '\n' | grep -o 'subject=unsubscribe%20[a-z2-7]*' | sed 's/.*%20//')
	mail "Subject: unsubscribe $token" </dev/null | sed 's/ann@x/alias@x/' >m
	fu-reply -q <m >out
	is "unsubscribe unsubscribe" "$(jq -sr 'map(.event) | join(" ")' out)"
	fu-ingest -q <out >/dev/null
	is 2 "$(sqlite3 fu.db 'SELECT count(DISTINCT subject) FROM suppression')" "the token's address and the alias"
	# One letter lost: it names nobody, but the word is there.
	mail "Subject: unsubscribe ${token%?}" </dev/null | sed 's/ann@x/other@x/' >m
	is "unsubscribe other@x.example" "$(kind '.event + " " + .email' <m)"
	wrong=b
	[ "${token: -1}" != b ] || wrong=c
	mail "Subject: unsubscribe ${token%?}$wrong" </dev/null >m
	fu-reply -q <m >out
	is "unsubscribe" "$(jq -sr 'map(.event) | join(" ")' out)"
}

@test "our people's own mail is a message to each one outside" {
	printf '%s\n' "From: Ada Lovelace <ada@example.com>" \
	    "To: Ann <ann@x.example>, grace@example.com" "Cc: bob@y.example" \
	    "Date: Wed, 4 Mar 2026 09:12:00 +0100" "Message-ID: <s1@example.com>" \
	    "Subject: Tuesday" "" "Shall we say ten?" >m
	is 'message ann@x.example rep ada <s1@example.com> ann@x.example
message bob@y.example rep ada <s1@example.com> bob@y.example' \
	    "$(kind '[.event, .email, .from, .by, .id] | join(" ")' <m)"
	sent
	is "" "$(kind <"$touch")" "a touch of ours"
}

@test "a calendar's answer is a meeting; perhaps is for a person" {
	cal() {
		mail "Subject: Accepted: Demo" "MIME-Version: 1.0" \
		    "Content-Type: text/calendar; method=REPLY; charset=utf-8" <<-C
		BEGIN:VCALENDAR
		METHOD:REPLY
		BEGIN:VEVENT
		DTSTART;TZID=Europe/Dublin:20260701T100000
		SUMMARY:Demo
		ATTENDEE;CN="Lee: Ann";PARTSTAT=$1:mailto:ann
		 @x.example
		END:VEVENT
		END:VCALENDAR
		C
	}
	is "meeting booked 2026-07-01T09:00:00Z" \
	    "$(cal ACCEPTED | kind '[.event, .status, .starts_at] | join(" ")')"
	is "meeting cancelled" "$(cal DECLINED | kind '[.event, .status] | join(" ")')"
	is "reply Tentative" "$(cal TENTATIVE | kind '[.event, .text] | join(" ")')"
	# What our own people answer is no word of theirs to anybody.
	for answer in ACCEPTED TENTATIVE DECLINED; do
		is "" "$(cal $answer | sed 's/^From: .*/From: ada@example.com/; s/^To: .*/To: ann@x.example/' | kind)" "ours: $answer"
	done
}

@test "line ends of CR alone, deep tags, parts within parts, broken base64: the words, and no others" {
	mail "Subject: Re: Roll-out" <<<"Yes, on Tuesday." | tr '\n' '\r' >m
	is "reply ann@x.example <m1@x.example> Yes, on Tuesday." "$(kind '[.event, .email, .id, .text] | join(" ")' <m)"
	html() { mail "Subject: Re: x" "MIME-Version: 1.0" "Content-Type: text/html"; }
	python3 -c 'print("<div>" * 200000 + "Yes, on Tuesday." + "</div>" * 200000)' | html >m
	is "Yes, on Tuesday." "$(kind .text <m)" "200,000 div"
	python3 -c 'print("<p>word word</p>\n" * 200000)' | html >m
	[ "$(kind '.text | length' <m)" -le 524288 ] || fail "as long as the mail"
	python3 - >m <<-'P'
	print("From: ann@x.example\nMessage-ID: <m2@x.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n")
	for i in range(1, 5000):
	    print("--b%d\nContent-Type: multipart/mixed;\n boundary=b%d\n" % (i - 1, i))
	print("--b4999\nContent-Type: text/plain\n\nYes, on Tuesday.\n")
	P
	is "Yes, on Tuesday." "$(kind .text <m)" "5,000 multiparts"
	coded() { mail "Subject: Re: x" "MIME-Version: 1.0" "Content-Type: text/plain; charset=utf-8" "Content-Transfer-Encoding: base64"; }
	echo "Yes, on Tuesday: it's fine" | coded >m
	is "Yes, on Tuesday: it's fine" "$(kind .text <m)" "not base64 at all"
	{ echo "Yes, on Tuesday." | base64; echo "-- sent to you by: the list!"; } | coded >m
	is "Yes, on Tuesday." "$(kind .text <m)" "a list's footer"
	head -c 3000 /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null | base64 | coded >m
	is "" "$(kind .text <m)" "no text"
}

@test "a mail that is longer than what is read says so" {
	{ mail "Subject: Re: x" <<<"Yes."; head -c 70000000 /dev/zero | tr '\0' x | fold -w 900; } >m
	is "true" "$(kind .truncated <m)"
	is "null" "$(mail "Subject: Re: x" <<<"Yes." | kind .truncated)"
}

@test "a Maildir that isync filled from a Dovecot, the reply already seen" {
	command -v mbsync >/dev/null && command -v doveadm >/dev/null &&
	    [ -x /usr/lib/dovecot/imap ] || skip "isync or Dovecot is not here"
	# Dovecot does not open a mailbox for root.
	work=$(mktemp -d /tmp/fu-imap.XXXXXX) user=$(id -un) as=
	mkdir -p "$work/server/cur" "$work/server/new" "$work/server/tmp" "$work/local"
	mail "Subject: Re: Roll-out" <<<"Yes, on Tuesday." \
	    >"$work/server/cur/1772600000.1.host:2,S"
	cat >"$work/dovecot.conf" <<-C
	mail_location = maildir:$work/server
	base_dir = $work/run
	log_path = $work/log
	ssl = no
	C
	if [ "$(id -u)" = 0 ]; then
		user=nobody
		as="setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=$work/server USER=nobody "
		chmod 755 "$work"
		chown -R nobody:nogroup "$work/server"
	fi
	printf '%s\n' "IMAPStore far" \
	    "Tunnel \"$as/usr/lib/dovecot/imap -c $work/dovecot.conf\"" "" \
	    "MaildirStore near" "Path $work/local/" "Inbox $work/local/INBOX" \
	    "" "Channel mail" "Far :far:" "Near :near:" "Create Near" \
	    "SyncState *" >"$work/mbsyncrc"
	if ! USER=$user HOME=$work timeout 60 mbsync -c "$work/mbsyncrc" mail 2>"$work/err"; then
		why=$(head -c 300 "$work/err")
		rm -rf "$work"
		skip "this Dovecot does not run here: $why"
	fi
	got=$(fu-reply -q "$work/local/INBOX" | jq -r .text)
	seen=$(ls "$work/local/INBOX/cur")
	rm -rf "$work"
	is "Yes, on Tuesday." "$got"
	[[ $seen == *:2,S ]] || fail "it was not seen before: $seen"
}

@test "EM-15: a report counts when it names what we sent: by its return path, or by an id of ours" {
	sent
	id=$(sqlite3 fu.db "SELECT message_id FROM touch WHERE id = $number")
	relay=0102018f-7a-000000
	sqlite3 fu.db "UPDATE touch SET relay_id = '$relay' WHERE id = $number"
	who=$(sqlite3 fu.db "SELECT address FROM touch WHERE id = $number")
	failed() { printf 'Final-Recipient: rfc822; %s\nAction: %s\nStatus: %s\n\n' "$who" "$1" "$2" | dsn ada@example.com "$3"; }
	blocked() { sqlite3 fu.db "SELECT count(*) FROM suppression WHERE reason = 'hard_bounce'"; }
	# Anybody's: on record, and nothing is done.
	failed failed 5.1.1 "<1@else.example>" | fu-reply -q | fu-ingest >/dev/null 2>err
	says err "1 delivery report names no mail of ours to that address"
	is 0 "$(blocked)" "forged"
	# Ours, but only late.
	failed delayed 5.1.1 "$id" | sed 's/<d1@/<d2@/' | fu-reply -q | fu-ingest -q >/dev/null
	is 0 "$(blocked)" "late"
	# Under the id that a relay gave it.
	failed failed 5.1.1 "<$relay@eu.relay.example>" | sed 's/<d1@/<d3@/' | fu-reply -q | fu-ingest -q >/dev/null
	is 1 "$(blocked)" "ours"
}

@test "EM-15: a report of one person's mail closes nobody else, and an address that it was forwarded to is theirs; each once" {
	sent
	id=$(sqlite3 fu.db "SELECT message_id FROM touch WHERE id = $number")
	who=$(sqlite3 fu.db "SELECT address FROM touch WHERE id = $number")
	echo '{"email":"kay@acme.example"}' | fu-ingest -q >/dev/null
	failed() { printf 'Final-Recipient: rfc822; %s\nAction: failed\nStatus: 5.1.1\n\n' "$1" | dsn ada@example.com "$id" | sed "s/<d1@/<$2@/"; }
	shut() { sqlite3 fu.db "SELECT count(*) FROM suppression WHERE reason = 'hard_bounce'"; }
	failed kay@acme.example d5 | fu-reply -q | fu-ingest >/dev/null 2>err
	says err "1 delivery report names no mail of ours to that address"
	is 0 "$(shut)" "somebody else's"
	failed elsewhere@forward.example d6 | fu-reply -q | fu-ingest -q >/dev/null
	is 1 "$(shut)" "forwarded"
	fu-why -t "$who" | grep -q hard_bounce || fail "theirs is not closed"
	failed "$who" d7 | fu-reply -q | fu-ingest -q >/dev/null
	is "1 1" "$(shut) $(sqlite3 fu.db "SELECT count(*) FROM ledger WHERE reason = 'hard_bounce'")" "twice"
}

@test "mail of people whom nobody knows makes nobody, and stays in the mailbox; a stop of theirs counts" {
	mail "Subject: Our newsletter" <<<"Ten new things this month." | fu-reply -q >one
	mail "Subject: Re: x" "To: ada@example.com" <<<"Please remove me from your list." |
	    sed 's/ann@x/bob@x/; s/<m1@/<m2@/' | fu-reply -q >two
	ends 0 fu-ingest one two
	is "reply nobody|unsubscribe recorded" "$(jq -r '"\(.event) \(.action)"' out | paste -sd'|')"
	says err "1 of people whom nobody knows: left in the mailbox"
	is "0 1" "$(sqlite3 -separator ' ' fu.db "SELECT (SELECT count(*) FROM prospect), (SELECT count(*) FROM event)")"
	is 1 "$(sqlite3 fu.db 'SELECT count(*) FROM suppression')"
	# Of somebody whom we know it is an answer.
	echo '{"email":"ann@x.example"}' | fu-ingest -q >/dev/null
	ends 0 fu-ingest one
	is recorded "$(jq -r .action out)"
}
