#!/usr/bin/env bats
# A stream, the mail of one sender's domain: complaints pause it, an operator
# resumes it, and a domain without its DNS records waits.
load scene

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	enrol 100 1 2026-03-02
	now 2026-03-06
	fu-due -q | fu-send -q >sent
	n=$(jq -r 'select(.channel == "email" and .result.status == "sent") | .touch' sent |
	    tee touches | wc -l)
	[ "$n" -ge 50 ] || fail "only $n mails left"
	# Others, whose turn is next.
	enrol 20 101 2026-03-04
	now 2026-03-09
}

enrol() {
	now "$3"
	leads "$1" "$2" | fu-ingest -q -f csv | fu-score -q | fu-cadence -q >/dev/null
}
now() { export FU_NOW=$1T16:00:00Z; }
# complain TOUCH...: each is reported as spam.
complain() {
	local t
	for t; do
		printf '{"event":"complaint","touch":%d,"at":"%s"}\n' "$t" "$FU_NOW"
	done | fu-ingest >out 2>err
}
# What of the mails that are due is held, and by which rule; "claim" otherwise.
verdicts() {
	fu-due -x -q | jq -r 'select(.channel == "email") |
	    .held | if . then "\(.class) \(.reason) \(.rule)" else "claim" end' |
	    sort | uniq -c | sort -rn | sed 's/^ *//'
}
db() { sqlite3 fu.db "$1"; }

@test "EM-03: complaints pause the stream, and a word of the operator resumes it" {
	complain "$(head -1 touches)"
	says err "fu-ingest: mail from example.com is paused: in seven days 1 complaints" \
	    "fu-log resume stream=example.com"
	is 1 "$(grep -c paused err)"
	is "stream:example.com|spam_rate_high" "$(db 'SELECT domain, reason FROM paused_domain')"
	verdicts >held
	says held "hold spam_rate_high EM-03"
	if grep -q claim held; then fail "mail leaves all the same" "$(cat held)"; fi
	# The next one says nothing new.
	complain "$(sed -n 2p touches)"
	is 0 "$(grep -c 'mail from' err)"
	fu-log resume stream=Example.com | fu-ingest -q >/dev/null
	is 0 "$(db 'SELECT count(*) FROM paused_domain')"
	# At once, not at the next daily look.
	fu-due -q | fu-send -q >out
	[ "$(jq -r .result.status out | grep -c sent)" -gt 0 ] || fail "$(cat out)"
}

@test "EM-16: what pauses mail is told to alerts.to, a cause once a day" {
	sed -i '/address: ops@example.com/a\    - { via: outbox }' fu.yaml
	complain "$(head -1 touches)"
	printf '{"event":"bounce","touch":%d,"status":"5.7.1","text":"550 5.7.1 blocked","at":"%s"}\n' \
	    "$(sed -n 2p touches)" "$FU_NOW" >block
	domain=$(db "SELECT substr(address, instr(address, '@') + 1) FROM touch WHERE id = $(sed -n 2p touches)")
	fu-ingest -q <block >/dev/null 2>err
	says err "mail to $domain is paused: it blocks us (550 5.7.1 blocked)" "fu-log resume domain=$domain"
	is "$domain|policy" "$(db "SELECT domain, reason FROM paused_domain WHERE domain NOT LIKE 'stream:%'")"
	is 0 "$(db "SELECT count(*) FROM suppression WHERE reason LIKE '%bounce'")" "nobody is suppressed"
	fu-due -q | jq -c 'select(.type == "alert")' >alerts
	is 4 "$(wc -l <alerts)" "two causes, two destinations"
	fu-send -q <alerts >told
	is sent "$(jq -r .result.status told | sort -u)" "results"
	is 2 "$(grep -l '^To: ops@example.com' outbox/new/* | wc -l)" "mails"
	grep -q "^Subject: fu: mail to $domain is paused" outbox/new/* || fail "no such subject"
	# Resumed, and paused again on the same day: no second mail.
	fu-log resume domain="$domain" | fu-ingest -q >/dev/null
	sed 's/"blocked"/"blocked again"/; s/5.7.1 blocked/5.7.1 still/' block | fu-ingest -q >/dev/null 2>err
	says err "mail to $domain is paused"
	is "" "$(fu-due -q | jq -c 'select(.type == "alert")')" "told again"
}

@test "EM-03: 0.1 % of complaints in seven days pauses, and only a new one again" {
	db "UPDATE sender_day SET mails = 1000"
	senders=$(db "SELECT count(*) FROM sender_day WHERE mails > 0")
	complain $(sed -n 1,"$((senders - 1))"p touches)
	is 0 "$(grep -c 'mail from' err)" "under it"
	complain "$(sed -n "${senders}p" touches)"
	says err "mail from example.com is paused: in seven days $senders complaints and 0 hard bounces of ${senders}000 mails"
	fu-log resume stream=example.com | fu-ingest -q >/dev/null
	# What was looked at is no news, whatever else comes.
	t=$(sed -n 20p touches)
	printf '{"event":"bounce","touch":%d,"status":"5.1.1","at":"%s"}\n' "$t" "$FU_NOW" | fu-ingest >/dev/null 2>err
	is 0 "$(grep -c 'is paused' err)" "a bounce"
	complain "$(sed -n "$((senders + 1))p" touches)"
	says err "mail from example.com is paused: in seven days $((senders + 1)) complaints"
	fu-log resume stream=example.com | fu-ingest -q >/dev/null
	# Eight days on, those are out of the window.
	now 2026-03-17
	db "INSERT INTO sender_day (sender, day, mails) SELECT sender, day + 11, 2000
	    FROM sender_day WHERE mails > 0"
	complain $(sed -n 6,8p touches)
	is 0 "$(grep -c 'mail from' err)" "old complaints"
}

@test "EM-03: hard bounces count for the sender of their touch" {
	for t in $(head -8 touches); do
		printf '{"event":"bounce","touch":%d,"status":"5.1.1","at":"%s"}\n' "$t" "$FU_NOW"
	done | fu-ingest >out 2>err
	is 8 "$(db 'SELECT sum(bounces) FROM sender_day')"
	says err "mail from example.com is watched" "mail from example.com is paused"
	is 2 "$(grep -c 'mail from' err)"
	# One that is not the address's fault, and one twice: nothing more.
	t=$(sed -n 9p touches)
	for status in 5.7.1 4.2.2; do
		printf '{"event":"bounce","touch":%d,"status":"%s","at":"%s"}\n' "$t" "$status" "$FU_NOW"
	done | fu-ingest -q >/dev/null
	printf '{"event":"bounce","touch":%d,"status":"5.1.1","at":"%s"}\n' "$(head -1 touches)" "$FU_NOW" |
	    fu-ingest -q >/dev/null
	is 8 "$(db 'SELECT sum(bounces) FROM sender_day')"
}

@test "an answer is the person's whose message it names, by our id or the relay's" {
	t=$(sed -n 3p touches)
	who=$(db "SELECT prospect FROM touch WHERE id = $t")
	ours=$(db "SELECT message_id FROM touch WHERE id = $t")
	db "UPDATE touch SET relay_id = '0102018f-7a-000000' WHERE id = $t"
	reply() {
		jq -nc --arg id "$1" --arg at "$FU_NOW" --arg from "$2" \
		    '{event: "reply", email: $from, id: $from, text: "Yes please", at: $at} + ($ARGS.named.more // {})' \
		    --argjson more "$3"
	}
	{
		reply - pa@else.example "$(jq -nc --arg i "$ours" '{in_reply_to: $i}')"
		reply - pb@else.example '{"in_reply_to": "<0102018f-7a-000000@eu-west-1.amazonses.com>"}'
		reply - pc@else.example "$(jq -nc --arg i "$ours" '{in_reply_to: "<x@y>", references: ["<z@y>", $i, "<x@y>"]}')"
		reply - pd@else.example '{"in_reply_to": "<none@of.ours>"}'
	} | fu-ingest -q >got
	is "$who $who $who" "$(jq -r .prospect got | head -3 | xargs)" "whose"
	is "$t|3" "$(db "SELECT touch, count(*) FROM event WHERE kind = 'reply' AND touch IS NOT NULL")"
	[ "$(jq -r .prospect got | tail -1)" != "$who" ] || fail "anybody's answer is theirs"
}

@test "a complaint without a touch is the sender's of their last mail" {
	email=$(jq -r "select(.touch == $(head -1 touches)) | .email" sent)
	sender=$(db "SELECT sender FROM touch WHERE id = $(head -1 touches)")
	fu-log complaint "$email" | fu-ingest -q >/dev/null 2>&1
	is "$sender|1" "$(db 'SELECT sender, complaints FROM sender_day WHERE complaints > 0')"
	# Somebody who had no mail says nothing of anybody's.
	fu-log complaint nobody@n.example | fu-ingest -q >/dev/null
	is 1 "$(db 'SELECT sum(complaints) FROM sender_day')"
	# A count of complaints is no send: caps and gaps do not see it.
	is 1 "$(db 'SELECT count(*) FROM sender_day WHERE sent = 0 AND last_us IS NULL')"
}

@test "EM-03: a domain without a DMARC record waits, one never checked does not" {
	db "INSERT INTO domain_auth VALUES ('example.com', 'v=spf1 -all',
	    'v=DKIM1; p=MIGf', '', 0)"
	verdicts >held
	says held "hold auth_misaligned EM-03"
	if grep -q claim held; then fail "$(cat held)"; fi
	db "UPDATE domain_auth SET dmarc = 'v=DMARC1; p=none'"
	now 2026-03-10
	verdicts >after
	says after claim
	if grep -q auth_misaligned after; then fail "$(cat after)"; fi
}
