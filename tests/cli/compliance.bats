#!/usr/bin/env bats
# fu-stats --compliance: each duty once in order, once not.
load scene

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	sed -i 's|^  zone: Europe/Dublin|  zone: UTC|' fu.yaml
	export FU_NOW=2026-07-01T15:00:00Z
}

# person EMAIL COUNTRY [MEMBER...]: one who is taken in.
person() {
	local email=$1 country=$2
	shift 2
	echo "{\"email\":\"$email\",\"country\":\"$country\",\"source\":\"list\",\"basis\":\"li\"${*:+,$(IFS=,; echo "$*")}}" |
	    fu-ingest -q >/dev/null
}

# shows EXPECTED STATUS ITEM FILTER [OPTION...]: what jq makes of that item's
# records, with bars between, and the exit status.
shows() {
	local expected=$1 status=$2 item=$3 filter=$4
	shift 4
	ends "$status" fu-stats --compliance "$@"
	is "$expected" "$(jq -r "select(.item == \"$item\") | $filter" out | paste -sd '|')" "$item"
}

@test "a new house: exit 0, one line at the end; an option is asked for" {
	ends 0 fu-stats --compliance
	says err "none of 5 needs a look"
	is "assessment stream ledger retention retention" "$(jq -r .item out | xargs)"
	is '["compliance"]' "$(jq -sc 'map(.type) | unique' out)"
	ends 0 fu-stats --compliance -q
	[ ! -s err ] || fail "$(cat err)"
	ends 64 fu-stats --compliance --held
	says err "one of --compliance and --held"
	ends 64 fu-stats --compliance extra
	ends 64 fu-stats --compliance --json -t
	ends 64 fu-stats --compliance --since yesterday
	ends 66 fu-stats --compliance -d none.db
	[ ! -e none.db ] || fail "none.db was made"
}

@test "CS-03 optout: received, due in ten business days, done" {
	person ann@a.example US '"collected":"direct"'
	person bob@b.example US '"collected":"direct"'
	printf '%s\n' \
	    '{"event":"unsubscribe","email":"ann@a.example","channel":"email","at":"2026-07-01T14:00:00Z"}' \
	    '{"event":"bounce","email":"bob@b.example","hard":true,"status":"5.1.1","at":"2026-07-01T14:00:00Z"}' |
	    fu-ingest -q >/dev/null
	shows "true 1 ann@a.example email CS-04 2026-07-01T14:00:00Z 2026-07-16 2026-07-01T15:00:00Z" \
	    0 optout '"\(.ok) \(.prospect) \(.email) \(.channel) \(.rule) \(.received) \(.due) \(.done)"'
	is "$(sqlite3 fu.db "SELECT seq FROM ledger WHERE reason = 'suppressed'")" \
	    "$(jq 'select(.item == "optout") | .ledger' out)"

	FU_NOW=2026-07-16T23:59:00Z
	printf '%s\n' \
	    '{"event":"objection","email":"bob@b.example","at":"2026-07-01T20:00:00Z"}' |
	    fu-ingest -q >/dev/null
	shows "true|true" 0 optout .ok
	FU_NOW=2026-07-17T00:01:00Z
	printf '%s\n' \
	    '{"event":"complaint","email":"ann@a.example","at":"2026-07-01T20:00:00Z"}' |
	    fu-ingest -q >/dev/null
	shows "CS-04 true null|GD-10 true null|EM-19 false optout_late" 1 optout '"\(.rule) \(.ok) \(.reason)"'
	says err "1 of 8 needs a look"
	says out "1 day late"
}

@test "who asks what is held of them is told of, and written to as before" {
	person ann@a.example US '"collected":"direct"'
	echo '{"event":"reply","channel":"email","email":"ann@a.example","text":"Which data do you hold on me?","at":"2026-07-01T14:30:00Z"}' >asked
	fu-ingest <asked >out 2>err || fail "$(cat err)"
	is reply "$(jq -r .event out)" "event"
	is '["access"]' "$(jq -c .signals out)" "signals"
	says err 'stdin:1: prospect 1 asks for a copy of their data: fu-privacy export 1, by 2026-08-01 at the latest [GD-08]'
	fu-ingest <asked >/dev/null 2>err
	! grep -q 'asks for a copy' err || fail "said of a repetition: $(cat err)"
	fu-due -q | jq -r 'select(.type == "alert") | .text' >alerts
	is 1 "$(grep -c 'fu-privacy export 1' alerts)" "alerts"
	shows "" 0 erasure .reason
	fu-why ann@a.example >why 2>&1 || :
	! grep -q 'objected' why || fail "objected: $(cat why)"
}

@test "GD-09 erasure: who asks for it waits for fu-privacy erase, and somebody hears of it" {
	person ann@a.example US '"collected":"direct"'
	person bob@b.example US '"collected":"direct"' '"phone":"+12125550188"'
	{
		echo '{"event":"erasure_request","email":"nobody@n.example","at":"2026-07-01T14:00:00Z"}'
		echo '{"event":"erasure_request","email":"bob@b.example","at":"2026-07-01T14:00:00Z"}'
		echo '{"event":"reply","channel":"email","email":"ann@a.example","text":"Please delete all my personal data.","at":"2026-07-01T14:30:00Z"}'
	} >asked
	fu-ingest <asked >/dev/null 2>err || fail "$(cat err)"
	says err 'stdin:2: prospect 2 asks to be erased: fu-privacy erase 2, by 2026-08-01'
	says err 'stdin:3: prospect 1 asks to be erased: fu-privacy erase 1'
	fu-ingest <asked >/dev/null 2>err
	! grep -q 'asks to be erased' err || fail "said of a repetition: $(cat err)"
	fu-due -q | jq -r 'select(.type == "alert") | .text' >alerts
	is 2 "$(grep -c 'asks to be erased: fu-privacy erase' alerts)" "alerts"
	! grep -q '@' alerts || fail "an address in $(cat alerts)"
	shows "true bob@b.example 2026-07-01T14:00:00Z 2026-08-01 null erasure_due|true ann@a.example 2026-07-01T14:30:00Z 2026-08-01 null erasure_due" \
	    0 erasure '"\(.ok) \(.email) \(.received) \(.due) \(.done) \(.reason)"'
	FU_NOW=2026-07-20T12:00:00Z
	ends 0 fu-privacy erase bob@b.example
	shows "true 2 null 2026-07-20T12:00:00Z null|true 1 ann@a.example null erasure_due" \
	    0 erasure '"\(.ok) \(.prospect) \(.email) \(.done) \(.reason)"'
	FU_NOW=2026-08-01T12:00:00Z
	shows "true|false erasure_due" 1 erasure '"\(.ok) \(.reason // "")" | sub(" $"; "")'
	FU_NOW=2026-12-01T12:00:00Z
	shows "false 1 erasure_overdue" 1 erasure '"\(.ok) \(.prospect) \(.reason)"' --since 30d
	says out "fu-privacy erase 1"
	ends 0 fu-privacy erase ann@a.example
	shows "true|false erasure_late" 1 erasure '"\(.ok) \(.reason // "")" | sub(" $"; "")' --since 300d
	says out "122 days late"
}

@test "CS-03 optout: a column of a file, and a merge, have their rows" {
	person imp@i.example US '"collected":"direct"' '"Email Opt Out":"yes"'
	shows "true imp@i.example email CS-04 null 2026-07-01T15:00:00Z 2026-07-16 2026-07-01T15:00:00Z" \
	    0 optout '"\(.ok) \(.email) \(.channel) \(.rule) \(.reason) \(.received) \(.due) \(.done)"'
	# Two records that turn out to be one, weeks later; and one more address.
	person two@t.example US '"collected":"direct"'
	echo '{"external_id":"7","external_system":"crm","country":"US","source":"list","Email Opt Out":"yes"}' |
	    fu-ingest -q >/dev/null
	FU_NOW=2026-08-10T15:00:00Z
	echo '{"external_id":"7","external_system":"crm","email":"two@t.example"}' |
	    fu-ingest -q >out
	is merged "$(jq -r .action out)"
	echo '{"email":"imp@i.example","secondary email":"imp@second.example"}' | fu-ingest -q >/dev/null
	carried='email CS-04 carried true 2026-07-01T15:00:00Z 2026-08-24 2026-08-10T15:00:00Z'
	shows "two@t.example $carried|imp@i.example $carried" 0 optout \
	    '"\(.email) \(.channel) \(.rule) \(.reason) \(.ok) \(.received) \(.due) \(.done)"' --since 3w
}

@test "TC-03 optout: the words of a reply; --since leaves out what is older" {
	person ann@a.example US '"collected":"direct"' '"phone":"+12125550142"'
	echo '{"event":"reply","phone":"+12125550142","channel":"sms","text":"STOP","at":"2026-07-01T14:00:00Z"}' |
	    fu-ingest -q >/dev/null
	shows "TC-03 2026-07-16" 0 optout '"\(.rule) \(.due)"'
	FU_NOW=2026-07-20T14:00:00Z
	shows "" 0 optout .rule --since 10d
	shows TC-03 0 optout .rule --since 3w
}

@test "CS-03 optout: one that a restored copy had lost is no late one" {
	unset FU_NOW
	mkdir live && cd live || return
	fu-init -q . >/dev/null
	person ann@a.example US '"collected":"direct"'
	cp fu.db copy.db
	fu-log unsubscribe ann@a.example channel=email at=2026-01-05T10:00:00Z |
	    fu-ingest -q >/dev/null
	mv copy.db fu.db
	rm -f fu.db-wal fu.db-shm
	fu-init --adopt >/dev/null
	fu-stats --compliance --since 3000d >out || :
	is "true adopted 2026-01-20" "$(jq -r 'select(.item == "optout") |
	    "\(.ok) \(.reason) \(.due)"' out)"
}

@test "GD-05 notice: a month after collecting, under EU and UK law alone" {
	local m='"collected":"purchased"' at='"collected_at":"2027-01-31"'
	sed -i 's/next_review: 2027/next_review: 2029/' fu.yaml
	FU_NOW=2027-01-31T12:00:00Z
	person us@a.example US "$m" "$at"
	person direct@d.example DE '"collected":"direct"' "$at"
	person told@d.example FR "$m" "$at" '"notice_at":"2027-02-01"'
	shows "" 0 notice .email
	person de@d.example DE "$m" "$at"
	person gb@g.example GB "$m"
	person early@e.example IE '"collected":"indirect"' '"collected_at":"2027-01-05"'
	shows "" 0 notice .email --within 1d
	shows "early@e.example" 0 notice .email --within 27d
	shows "de@d.example 2027-02-28 notice_due GD-05|gb@g.example 2027-02-28 notice_due GD-05|early@e.example 2027-02-05 notice_due GD-05" \
	    0 notice '"\(.email) \(.due) \(.reason) \(.rule)"' --within 28d
	says err "none of 8 needs a look; 3 are due soon"
	FU_NOW=2027-02-28T23:59:00Z
	shows "true|true|false" 1 notice .ok
	FU_NOW=2027-03-01T00:00:00Z
	shows "notice_overdue|notice_overdue|notice_overdue" 1 notice .reason
}

@test "GD-05 notice: who was written to was told" {
	person de@d.example DE '"collected":"indirect"' '"collected_at":"2026-05-01"'
	shows false 1 notice .ok
	sqlite3 fu.db "INSERT INTO touch (prospect, id, enrolment, cadence,
	    line, step, occurrence, day, channel, message, state, due_us,
	    expires_us, sent_us) VALUES (1, 900, 1, 'hot', 'days', 'chat', 0, 1,
	    'chat', 'm', 4, 0, 0, 1)"
	shows false 1 notice .ok
	sqlite3 fu.db "UPDATE touch SET channel = 'email' WHERE id = 900"
	shows "" 0 notice .ok
}

@test "a thousand people to be told: in order of id, across chunks" {
	seq 1200 | sed 's/.*/{"email":"p&@p&.example","source":"list","country":"DE","collected":"purchased","collected_at":"2026-05-01"}/' |
	    fu-ingest -q >/dev/null
	shows "$(seq 1200 | paste -sd '|')" 1 notice .prospect
	says err "1200 of 1205 need a look"
	fu-stats --compliance 2>err2 | head -1 >first || true
	is 1 "$(jq .prospect first)"
	[ ! -s err2 ] || fail "$(cat err2)"
}

# consent EMAIL AT MEMBER...: one that is recorded.
consent() {
	local email=$1 at=$2
	shift 2
	echo "{\"event\":\"consent\",\"email\":\"$email\",\"channel\":\"email\",\"at\":\"$at\",$(IFS=,; echo "$*")}" |
	    fu-ingest -q >/dev/null
}

@test "CA-01 consent: ends soon, has ended, never ends" {
	person ann@a.example CA '"collected":"direct"'
	person bob@b.example CA '"collected":"direct"'
	consent ann@a.example 2026-01-10T10:00:00Z '"status":"granted"' '"implied":"inquiry"'
	consent bob@b.example 2026-01-10T10:00:00Z '"status":"granted"' '"wording":"yes"'
	shows "ann@a.example true consent_expires CA-01 2026-07-10 email" 0 consent '"\(.email) \(.ok) \(.reason) \(.rule) \(.due) \(.channel)"'
	shows "" 0 consent .ok --within 8d
	FU_NOW=2026-07-11T00:00:00Z
	shows "false consent_expired" 1 consent '"\(.ok) \(.reason)"'
	consent ann@a.example 2026-07-11T00:00:00Z '"status":"revoked"'
	shows "" 0 consent .ok
}

@test "EP-03 consent: pending for seven days, and longer" {
	person ann@a.example DE '"collected":"direct"'
	consent ann@a.example 2026-07-01T10:00:00Z '"status":"pending"' '"method":"double_opt_in"'
	FU_NOW=2026-07-08T09:59:00Z
	shows "" 0 consent .ok
	FU_NOW=2026-07-08T10:00:01Z
	shows "false consent_pending EP-03 2026-07-08" 1 consent '"\(.ok) \(.reason) \(.rule) \(.due)"'
}

@test "GD-02 assessment: reviewed, due, overdue, its file gone" {
	shows "lia-sample true null 2027-01-10 GD-02" 0 assessment '"\(.assessment) \(.ok) \(.reason) \(.due) \(.rule)"'
	FU_NOW=2027-01-10T15:00:00Z
	shows "true review_due" 0 assessment '"\(.ok) \(.reason)"'
	FU_NOW=2027-01-11T15:00:00Z
	shows "false review_overdue" 1 assessment '"\(.ok) \(.reason)"'
	FU_NOW=2026-07-01T15:00:00Z
	mv legal/lia-sample.md gone.md
	shows "false file_missing" 1 assessment '"\(.ok) \(.reason)"'
}

@test "GD-12 processor: one with a dpa for each channel that leaves" {
	shows "" 0 processor .channel
	sed -i 's|^  email: { via: outbox }|  email: { via: sendmail }|
	    s|^  sms: { via: outbox }|  sms: { via: "exec:/bin/true" }|' fu.yaml
	sed -i '/^sample:/d' fu.yaml
	shows "email true Mail relay null|sms false null no_dpa" 1 processor '"\(.channel) \(.ok) \(.processor) \(.reason)"'
	sed -i 's/channels: \[email\], dpa: dpa-1/channels: [email, sms], dpa: dpa-1/' fu.yaml
	shows "true|true" 0 processor .ok
	sed -i 's/dpa: dpa-1, //' fu.yaml
	shows "false|false" 1 processor .ok
}

# Three score and nine who were written to, in two days.
written() {
	leads 120 >leads.csv
	fu-ingest -q leads.csv | fu-score -q | fu-cadence -q >/dev/null
	for day in 06 08; do
		FU_NOW=2026-07-${day}T16:00:00Z
		fu-score -q --changed | fu-cadence -q >/dev/null
		fu-due -q | fu-send -q >/dev/null
	done
	is 69 "$(sqlite3 fu.db 'SELECT sum(sent) FROM sender_day')" "sent"
	sqlite3 fu.db "SELECT p.email FROM touch t JOIN prospect p
	    ON p.id = t.prospect WHERE t.channel = 'email' AND
	    t.sent_us IS NOT NULL ORDER BY p.id" >to
	FU_NOW=2026-07-08T20:00:00Z
}

# came KIND LINES [MEMBER]: such an answer of those who were written to.
came() {
	sed -n "$2p" to | sed "s/.*/{\"event\":\"$1\",\"email\":\"&\",\"at\":\"2026-07-08T19:00:00Z\"${3:+,$3}}/" |
	    fu-ingest -q >/dev/null
}

@test "EM-03 stream: too few for a rate, then hard bounces: watched from 2.5 %, paused from 5 %" {
	shows "example.com 0 few true" 0 stream '"\(.domain) \(.sent) \(.level) \(.ok)"'
	written
	came bounce 1 '"hard":true,"status":"5.1.1"'
	shows "example.com 69 1 ok 0" 0 stream '"\(.domain) \(.sent) \(.hard_bounces) \(.level) \(.complaint_rate)"'
	came bounce 2,3 '"hard":true,"status":"5.1.1"'
	shows "3 warn false stream_rate EM-03" 1 stream '"\(.hard_bounces) \(.level) \(.ok) \(.reason) \(.rule)"'
	came bounce 4 '"hard":true,"status":"5.1.1"'
	shows "4 high false" 1 stream 'select(.level) | "\(.hard_bounces) \(.level) \(.ok)"'
	sqlite3 fu.db "DELETE FROM paused_domain"
	FU_NOW=2026-07-20T12:00:00Z
	shows "0 0 few" 0 stream '"\(.sent) \(.hard_bounces) \(.level)"'
}

@test "EM-03 stream: complaints, warn from 0.1 % on and high from 0.3 %" {
	written
	came complaint 5
	shows "1 high false" 1 stream 'select(.level) | "\(.complaints) \(.level) \(.ok)"'
	# as if more had left
	more='DELETE FROM paused_domain; UPDATE sender_day SET mails = 0;
	    UPDATE sender_day SET mails = N WHERE (sender, day) =
	    (SELECT sender, max(day) FROM sender_day)'
	for level in 333:high 334:warn 1000:warn 1001:ok; do
		sqlite3 fu.db "${more/N/${level%:*}}"
		status=1
		[ "${level#*:}" != ok ] || status=0
		shows "${level%:*} ${level#*:}" $status stream 'select(.level) | "\(.sent) \(.level)"'
	done
}

@test "EM-03 stream: a company is paused as it should be, a stream is not" {
	us=1782900000000000
	sqlite3 fu.db "INSERT INTO paused_domain VALUES ('b.example', $us, 'won')"
	shows "b.example true domain_paused EM-16 2026-07-01T10:00:00Z" 0 stream 'select(.since) | "\(.domain) \(.ok) \(.reason) \(.rule) \(.since)"'
	sqlite3 fu.db "INSERT INTO paused_domain VALUES ('stream:example.com', $us, 'spam_rate_high')"
	shows "b.example true|example.com false" 1 stream 'select(.since) | "\(.domain) \(.ok)"'
}

@test "delivery: hand-offs that failed in seven days, and those that wait" {
	sed -i -e '/^sample:/d' -e '/^  zone: /s/:.*/: UTC/' fu.yaml
	http_server crm
	hand_off_to "{ via: webhook, url: \"http://127.0.0.1:$port/a\" }" "{ via: slack, url: \"http://127.0.0.1:$port/b\" }"
	printf '%s\n' '422 - no such field' '404 - no_service' >crm/answers
	echo '{"email":"jo@a.example","country":"US","source":"website","collected":"direct"}
	{"email":"jo@a.example","event":"chat","from":"prospect","at":"'$FU_NOW'","text":"Could I talk to a person please?"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q | fu-send -q >/dev/null 2>&1
	shows 'false slack 1 no_service SL-01 delivery_failed|false webhook 1 no such field P4.2 delivery_failed' 1 delivery \
	    '"\(.ok) \(.via) \(.count) \(.detail) \(.rule) \(.reason)"'
	ends 1 fu-stats --compliance -t
	says out 'LOOK  delivery' '1 by slack did not arrive in 7 days, the last on 2026-07-01: no_service'
	! grep -E "127.0.0.1|jo@" out || fail "more than one needs to know"
	# The mail to the rep waits for fu-due, and was not tried.
	FU_NOW=2026-07-09T15:00:00Z
	shows "" 0 delivery .ok
	FU_NOW=2026-07-01T15:00:00Z
	printf '%s\n' '422 - x' '404 - x' '503 - busy' >crm/answers
	hand_off_to "{ via: webhook, url: \"http://127.0.0.1:$port/a\" }"
	echo '{"email":"al@b.example","country":"US","source":"website","collected":"direct"}
	{"email":"al@b.example","event":"chat","from":"prospect","at":"'$FU_NOW'","text":"Could I talk to a person please?"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q | fu-send -q >/dev/null 2>&1
	kill "$httpd"
	fu-stats --compliance >out || :
	is "true webhook 1 busy delivery_retry 2026-07-01" \
	    "$(jq -r 'select(.item == "delivery" and .ok) | "\(.ok) \(.via) \(.count) \(.detail) \(.reason) \(.due)"' out)"
}

@test "LG-01 ledger: holds, or names the entry" {
	person ann@a.example US '"collected":"direct"'
	fu-log unsubscribe ann@a.example channel=email | fu-ingest -q >/dev/null
	shows "true 1 $(fu-privacy verify -q | jq -r .head)" 0 ledger '"\(.ok) \(.entries) \(.head)"'
	sqlite3 fu.db "UPDATE ledger SET source = 'x' WHERE seq = 1"
	shows "false 1 ledger_broken LG-01" 1 ledger '"\(.ok) \(.ledger) \(.reason) \(.rule)"'
}

@test "GD-11 retention: as many as fu-privacy purge -n counts" {
	person old@o.example US '"collected":"direct"' '"collected_at":"2023-01-10"'
	person new@n.example US '"collected":"direct"' '"collected_at":"2026-06-10"'
	sed -i '/^retention:/d' fu.yaml
	shows "true 0" 0 retention '"\(.ok) \(.people)"'
	sed -i '/^retention:/d' fu.yaml
	echo 'retention: { prospects: 1095d, visitors: 90d }' >>fu.yaml
	shows "prospects false 1 GD-11|visitors true 0 GD-11" 1 retention '"\(.class) \(.ok) \(.people) \(.rule)"'
	fu-privacy purge -n 2>&1 | grep -q 'prospects: 1 older'
	fu-privacy purge -q
	shows "true 0" 0 retention 'select(.class == "prospects") | "\(.ok) \(.people)"'
}

@test "-t: text for people; nothing is changed; the same twice" {
	person ann@a.example DE '"collected":"indirect"' '"collected_at":"2026-05-01"'
	sqlite3 fu.db .dump >before
	ends 1 fu-stats --compliance -t
	says out "LOOK  notice      2026-06-01  ann@a.example should have been told" "[GD-05]"
	says err "1 of 6 needs a look"
	ends 1 fu-stats --compliance --json
	cp out first
	ends 1 fu-stats --compliance
	same first out
	sqlite3 fu.db .dump >after
	same before after
}
