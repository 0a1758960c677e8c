#!/usr/bin/env bats
# fu-ingest: what goes in, what comes out, what is in the store.

load world

setup() {
	world
}

q() {
	sqlite3 fu.db "$1"
}

@test "a table of people comes out as records" {
	printf 'Email,First Name,Seats\nAnn@ACME.example,Ann,5\n' >in.csv
	run fu-ingest -q in.csv
	[ "$status" -eq 0 ]
	[ "$output" = '{"type":"prospect","prospect":1,"action":"created","email":"Ann@acme.example","first_name":"Ann","Seats":"5"}' ]
}

@test "the same file twice changes nothing the second time" {
	cat >in.csv <<-'X'
	Email,Phone,Title,Country,Record ID
	ann@acme.example,+1 305 555 0100,VP,US,1
	bob@acme.example,,CTO,GB,2
	ann@acme.example,,CEO,US,1
	X
	fu-ingest -q in.csv >one
	q 'SELECT news FROM standing' >news
	fu-ingest -q in.csv >two
	[ "$(grep -c unchanged two)" -eq 3 ]
	q 'SELECT news FROM standing' | diff news -
	[ "$(q 'SELECT title FROM prospect WHERE id = 1')" = CEO ]
}

@test "the same events twice are duplicates" {
	cat >in <<-'X'
	{"event":"visit","email":"a@x.example","url":"https://x/","at":"2026-03-01T10:00:00Z"}
	{"event":"reply","email":"a@x.example","text":"Sounds good","at":"2026-03-01T11:00:00Z","id":"m1"}
	X
	fu-ingest -q <in >one
	q 'SELECT * FROM prospect JOIN standing ON prospect = id' >state
	fu-ingest -q <in >two
	[ "$(grep -c duplicate two)" -eq 2 ]
	q 'SELECT * FROM prospect JOIN standing ON prospect = id' | diff state -
	[ "$(q 'SELECT count(*) FROM event')" -eq 2 ]
}

@test "a shared phone joins nobody and is a note" {
	cat >in.csv <<-'X'
	Email,Phone
	ann@acme.example,+1 305 555 0100
	bob@acme.example,+1 305 555 0100
	X
	fu-ingest -q in.csv >out
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 2 ]
	[ "$(q "SELECT reason FROM decision")" = phone_shared ]
	fu-ingest -q in.csv >out
	[ "$(q "SELECT count(*) FROM decision")" -eq 1 ]
}

@test "the same id with another email is a conflict: both are kept" {
	printf 'Email,external_id\na@x.example,7\nb@x.example,7\n' >in.csv
	fu-ingest -q in.csv >out
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 2 ]
	[ "$(q "SELECT kind || reason FROM decision")" = conflictsame_external_id_other_email ]
	fu-ingest -q in.csv >out
	[ "$(grep -c unchanged out)" -eq 2 ]
	[ "$(q "SELECT count(*) FROM decision")" -eq 1 ]
}

@test "two records that turn out to be one are merged with their events" {
	cat >in <<-'X'
	{"email":"a@x.example"}
	{"event":"visit","visitor":"v1","url":"https://x/","at":"2026-03-01T10:00:00Z"}
	{"email":"a@x.example","visitor":"v1"}
	X
	fu-ingest -q <in >out
	tail -1 out | grep -F '"prospect":2,"action":"merged","into":1'
	[ "$(q 'SELECT prospect FROM event')" -eq 1 ]
	[ "$(q 'SELECT prospect FROM alias WHERE old = 2')" -eq 1 ]
	[ "$(q "SELECT count(*) FROM decision WHERE kind = 'merge'")" -eq 1 ]
	echo '{"event":"visit","prospect":2,"url":"https://x/2","at":"2026-03-01T11:00:00Z"}' |
	    fu-ingest -q | grep -F '"prospect":1'
	[ "$(q 'SELECT count(*) FROM event WHERE prospect = 1')" -eq 2 ]
}

@test "--on-conflict fill and skip" {
	printf 'Email,Title\na@x.example,VP\n' | fu-ingest -q >out
	printf 'Email,Title,City\na@x.example,CEO,Rome\n' >in.csv
	fu-ingest -q --on-conflict skip in.csv | grep unchanged
	fu-ingest -q --on-conflict fill in.csv | grep updated
	[ "$(q 'SELECT title || city FROM prospect')" = VPRome ]
	fu-ingest -q in.csv >out
	[ "$(q 'SELECT title FROM prospect')" = CEO ]
}

@test "an opt-out column is a ratchet" {
	printf 'Email,Email Opt Out\na@x.example,true\n' >yes.csv
	printf 'Email,Email Opt Out\na@x.example,false\n' >no.csv
	fu-ingest -q yes.csv >out
	[ "$(q 'SELECT rule FROM suppression')" = CS-04 ]
	fu-ingest -q no.csv >out
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 1 ]
	fu-ingest -q yes.csv | grep unchanged
	[ "$(q 'SELECT count(*) FROM ledger')" -eq 1 ]
}

@test "an opt-out and a bounce of nobody's address make nobody" {
	cat >in <<-'X'
	{"event":"unsubscribe","email":"z@no.example","at":"2026-03-01T10:00:00Z"}
	{"event":"bounce","email":"y@no.example","status":"5.1.1","at":"2026-03-01T10:00:00Z"}
	{"event":"bounce","email":"x@no.example","status":"5.7.1","hard":true,"at":"2026-03-01T10:00:00Z"}
	X
	fu-ingest -q <in >out
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 0 ]
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 2 ]
	[ "$(q "SELECT instr(hex(group_concat(subject)), hex('no.example')) FROM suppression")" -eq 0 ]
}

@test "STOP by mail suppresses, and needs nobody" {
	echo '{"event":"reply","email":"a@x.example","text":"Please stop emailing me","at":"2026-03-01T10:00:00Z"}' |
	    fu-ingest -q | grep -F '"signals":["opt_out"]'
	echo '{"email":"b@x.example"}' | fu-ingest -q >out
	echo '{"event":"reply","email":"b@x.example","text":"STOP","at":"2026-03-01T10:00:00Z"}' |
	    fu-ingest -q >out
	[ "$(q 'SELECT group_concat(DISTINCT rule) FROM suppression')" = EM-20 ]
	[ "$(q 'SELECT count(reply_pending_us) FROM standing')" -eq 0 ]
}

@test "a human reply waits for a person, whatever the order of arrival" {
	cat >in <<-'X'
	{"event":"reply","email":"a@x.example","text":"Tell me more","at":"2026-03-01T12:00:00Z"}
	{"event":"reply","email":"a@x.example","text":"Hello","at":"2026-03-01T10:00:00Z"}
	{"event":"message","from":"rep","channel":"email","email":"b@x.example","text":"Hi","at":"2026-03-01T10:00:00Z"}
	X
	fu-ingest -q <in >out
	[ "$(q 'SELECT reply_pending_us FROM standing WHERE prospect = 1')" = 1772359200000000 ]
	[ "$(q 'SELECT human_us FROM standing WHERE prospect = 2')" = 1772359200000000 ]
	[ "$(q 'SELECT last_inbound_us FROM standing WHERE prospect = 1')" = 1772366400000000 ]
}

@test "what they say of budget and time replaces a list's, the newest word whatever comes first" {
	echo '{"email":"a@x.example","title":"CEO","budget":48000,"timeline":"Q1"}' | fu-ingest -q >out
	echo '{"event":"reply","email":"a@x.example","text":"We have a budget of $30,000 and would buy in Q3. I am the head of IT. How much is it?","at":"2026-03-01T10:00:00Z"}' |
	    fu-ingest -q >out
	[ "$(q 'SELECT budget || timeline || title FROM prospect')" = "30000in Q3CEO" ]
	[ "$(q "SELECT name FROM batch b JOIN provenance p ON p.batch = b.id")" = "what they wrote" ]
	echo '{"event":"reply","email":"a@x.example","text":"Our budget is $20,000.","at":"2026-02-01T10:00:00Z"}' |
	    fu-ingest -q >out
	[ "$(q 'SELECT budget || timeline FROM prospect')" = "30000in Q3" ]
	echo '{"event":"reply","email":"a@x.example","text":"Our budget is $25,000 now.","at":"2026-03-01T11:00:00Z"}' |
	    fu-ingest -q >out
	[ "$(q 'SELECT budget || timeline FROM prospect')" = "25000in Q3" ]
}

@test "an event ahead of the clock, of nobody, of no kind, of ours" {
	cat >in <<-'X'
	{"event":"visit","email":"a@x.example","at":"2026-03-02T15:06:00Z"}
	{"event":"visit","at":"2026-03-02T15:00:00Z"}
	{"event":"","email":"a@x.example"}
	{"event":"sent","email":"a@x.example"}
	not json
	X
	run fu-ingest -q -r rej in
	[ "$status" -eq 65 ]
	[ "$(jq -r .reason rej | tr '\n' ' ')" = "future no_identity bad_event bad_event bad_json " ]
	[ "$(q 'SELECT count(*) FROM event')" -eq 0 ]
}

@test "a reject file can be corrected and fed back" {
	echo '{"email":"x@","first_name":"X"}' >in
	run fu-ingest -q -r rej in
	[ "$status" -eq 65 ]
	sed 's/x@/x@ok.example/g' rej >fixed
	fu-ingest -q fixed | grep -F '"action":"created"'
}

@test "rejected rows of a table come back with their header" {
	printf 'A list\n\nWork Mail;First;Seats\nx@;"X;Y";5\nb@x.example;B\n' >in.csv
	run fu-ingest -q -m 'Work Mail=email' -r rej in.csv
	[ "$status" -eq 65 ]
	[ "$(jq -rs '.[0].header, .[0].delimiter' rej | tr '\n' ' ')" = \
	    'Work Mail;First;Seats ; ' ]
	sed 's/x@/x@ok.example/g' rej >fixed
	run fu-ingest -q -m 'Work Mail=email' --set source=fair -r again fixed
	[ "$status" -eq 65 ]
	[ "$(jq -r '.reason + .header' again)" = 'ragged_rowWork Mail;First;Seats' ]
	[ "$(q "SELECT email || first_name || source || attrs FROM prospect")" = \
	    'x@ok.exampleX;Yfair{"Seats":"5"}' ]
	# Without the mapping nothing identifies them: said, not passed over.
	run fu-ingest -q -r again fixed
	[ "$status" -eq 65 ]
	[ "$(wc -l <again)" -eq 2 ]
}

@test "a reject that holds nothing to be read is rejected again" {
	cat >in <<-'X'
	{"type":"reject","source":"a.csv","line":0,"reason":"not_text","detail":"x","input":""}
	{"type":"reject","source":"a.csv","line":2,"reason":"bad_email","detail":"x","input":"x@,X"}
	{"type":"reject","source":"a","line":1,"reason":"x","detail":"x","input":"{\"type\":\"reject\"}"}
	X
	run fu-ingest -q -r rej in
	[ "$status" -eq 65 ]
	[ "$(jq -r .reason rej | tr '\n' ' ')" = 'bad_reject bad_json bad_reject ' ]
}

@test "a file without a person's column, or no text at all, is one reject" {
	printf 'Foo,Bar\n1,2\n' >n.csv
	printf 'PK\003\004abc' >z.csv
	printf 'Email\na@x.example\n' >ok.csv
	status=0
	fu-ingest -r rej n.csv z.csv ok.csv 2>err >out || status=$?
	[ "$status" -eq 65 ]
	[ "$(jq -rc '[.source, .line, .reason, .input]' rej | tr '\n' ' ')" = \
	    '["n.csv",0,"no_identity",""] ["z.csv",0,"not_text",""] ' ]
	[ "$(q 'SELECT email FROM prospect')" = a@x.example ]
	grep -v rehearsal err >said
	sed -n 1p said | grep 'n.csv: no column'
	sed -n 3p said | grep '1 created, .* 2 rejected'
	printf 'Emial,Name\na@x.example,Ann\n' >n.csv
	[ "$(fu-ingest n.csv 2>&1 >/dev/null | grep -c -- "-m 'Emial=email'")" -eq 1 ]
}

@test "a word that a field does not know is told with those that it knows" {
	fu-ingest --set basis=because /dev/null 2>err >out || status=$?
	[ "$status" -eq 64 ]
	grep 'not a word of this field: consent, li' err
}

@test "what an export knows to bounce gets no mail" {
	printf 'Email,Email Status,Secondary Email\na@x.example,Invalid,a2@x.example\nb@x.example,Verified,\n' >apollo.csv
	printf 'Email,EmailBouncedReason\nc@x.example,550 no such user\nd@x.example,\n' >salesforce.csv
	printf 'Person - Email,Person - Marketing status\ne@x.example,Bounced\n' >pipedrive.csv
	printf 'Email,Email Bounced\nf@x.example,true\ng@x.example,false\n' >bounced.csv
	fu-ingest ./*.csv 2>err >out
	grep '4 known to bounce' err
	[ "$(q "SELECT count(*) FROM suppression WHERE channel = 'email' AND
	    reason = 'hard_bounce' AND rule = 'EM-16'")" -eq 4 ]
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 4 ]
	[ "$(q "SELECT DISTINCT source FROM ledger WHERE reason = 'hard_bounce'")" = import ]
	fu-ingest -q ./*.csv | jq -r .action | sort -u | grep -x unchanged
}

@test "a word that is none of its closed set is rejected" {
	cat >in <<-'X'
	{"event":"consent","email":"a@x.example","channel":"emial","status":"granted"}
	{"event":"consent","email":"a@x.example","channel":"email","status":"maybe"}
	{"event":"meeting","email":"a@x.example","status":"bookd"}
	{"event":"bounce","email":"a@x.example","status":"bad"}
	{"event":"bounce","email":"a@x.example","hard":"yes"}
	{"event":"auto_reply","email":"a@x.example","reason":"gone"}
	X
	run fu-ingest -r rej in
	[ "$status" -eq 65 ]
	[ "$(jq -r .reason rej | tr '\n' ' ')" = "bad_channel bad_status bad_status bad_status bad_value bad_value " ]
	echo "$output" | grep -F 'in:1: channel "emial": did you mean "email"?'
	[ "$(q 'SELECT count(*) FROM event')" -eq 0 ]
}

@test "an opt-out is never refused: of a channel that nobody knows, of all" {
	echo 'email,phone,country
	a@x.example,+13055550100,US' | tr -d '\t' | fu-ingest -q >/dev/null
	echo '{"event":"stop","email":"a@x.example","channel":"smss"}' |
	    fu-ingest -q >/dev/null
	[ "$(q "SELECT count(DISTINCT subject) FROM suppression
	    WHERE channel = 'all' AND reason = 'suppressed'")" -eq 2 ]
}

@test "a misspelled name: --set says so, -m ends" {
	printf 'Email,Bar\na@x.example,1\n' >in.csv
	fu-ingest --set county=DE in.csv 2>err >out
	grep -F 'did you mean "country"?' err
	run fu-ingest -m Bar=emial in.csv
	[ "$status" -eq 64 ]
	echo "$output" | grep -F 'did you mean "email"?'
	# By other names, in a few letters, in other languages.
	while IFS='|' read -r word field; do
		run fu-ingest -m "Bar=$word" in.csv
		[ "$status" -eq 64 ]
		echo "$output" | grep -qF "no field \"$word\"; did you mean \"$field\"?" ||
		    { echo "$word: $output" >&2; return 1; }
	done <<-'X'
	fone|phone
	Telephone|phone
	fist_name|first_name
	vorname|first_name
	Last Name|last_name
	unsubscribed|optout_email
	skp|skip
	X
}

@test "the summary: conflicts by name, what was set aside by column" {
	printf 'Email,id,Phone 1\na@x.example,7,000\nb@x.example,7,001\n' >in.csv
	fu-ingest in.csv 2>err >out
	grep -F 'in.csv:3: conflict: the same id with another email: kept prospect 2 (b@x.example) and prospect 1 (a@x.example)' err
	grep -F '1 conflict: both were kept' err
	grep -F 'Phone 1: 2 set aside (cannot be placed)' err
	echo '{"event":"visit","email":"a@x.example"}' | fu-ingest 2>err >out
	grep -F '1 event recorded' err
}

@test "a phone of many is one note" {
	{ echo Email,Phone; for i in {1..30}; do
		echo "p$i@x.example,+1 305 555 0100"; done; } >in.csv
	fu-ingest -q in.csv >out
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 30 ]
	[ "$(q "SELECT count(*) FROM decision WHERE kind = 'note'")" -eq 1 ]
	fu-ingest -q in.csv | jq -r .action | sort -u | grep -x unchanged
}

@test "away until the opening where they are" {
	cat >in <<-'X'
	{"email":"a@x.example","country":"JP"}
	{"email":"b@x.example","phone":"+442079460000"}
	{"event":"auto_reply","email":"a@x.example","reason":"ooo","returns":"2026-03-10","at":"2026-03-02T10:00:00Z"}
	{"event":"auto_reply","email":"b@x.example","reason":"ooo","returns":"2026-03-10","at":"2026-03-02T10:00:00Z"}
	X
	fu-ingest -q in >out
	jp=$(q "SELECT ooo_until_us FROM standing WHERE prospect = 1")
	gb=$(q "SELECT ooo_until_us FROM standing WHERE prospect = 2")
	[ $(((gb - jp) / 3600000000)) -eq 9 ]
}

@test "CS-04 an opt-out said again without a time holds after a new consent" {
	un='{"event":"unsubscribe","email":"a@x.example","channel":"email"}'
	echo '{"email":"a@x.example"}' | fu-ingest -q >/dev/null
	echo "$un" | FU_NOW=2026-03-02T16:00:00Z fu-ingest -q >/dev/null
	echo '{"event":"consent","email":"a@x.example","channel":"email","status":"granted","method":"web_form","wording":"I agree to emails","at":"2026-03-05T16:00:00Z"}' |
	    FU_NOW=2026-03-05T16:00:00Z fu-ingest -q >/dev/null
	echo "$un" | FU_NOW=2026-03-10T16:00:00Z fu-ingest -q >out
	[ "$(q "SELECT datetime(max(at_us) / 1000000, 'unixepoch') FROM ledger WHERE event = 'suppress'")" = "2026-03-10 16:00:00" ]
	# And once more says nothing new.
	echo "$un" | FU_NOW=2026-03-11T16:00:00Z fu-ingest -q >out
	[ "$(q "SELECT count(*) FROM ledger WHERE event = 'suppress'")" -eq 2 ]
}

@test "a consent that the law infers needs its status, too, and is told so" {
	echo '{"event":"consent","email":"a@x.example","channel":"email","implied":"inquiry"}' >in
	run fu-ingest -q in
	[ "$status" -eq 65 ]
	echo "$output" | grep -F 'consent without a status: write one of granted, pending, revoked; implied says only on what ground'
	echo '{"event":"consent","email":"a@x.example","status":"granted"}' >in
	run fu-ingest -q in
	echo "$output" | grep -F 'consent without a channel: write one of email, sms, whatsapp'
}

@test "CS-12 a consent without a time opens nothing the second time, and says why" {
	yes='{"event":"consent","email":"a@x.example","channel":"email","status":"granted","method":"web_form","wording":"I agree to emails"}'
	echo '{"email":"a@x.example"}' | fu-ingest -q >/dev/null
	echo "$yes" >yes
	fu-ingest -q yes >/dev/null
	# The file once more, while it holds: nothing to say.
	FU_NOW=2026-03-03T16:00:00Z fu-ingest -q yes >out 2>err
	[ ! -s err ]
	echo '{"event":"unsubscribe","email":"a@x.example","channel":"email"}' |
	    FU_NOW=2026-03-04T16:00:00Z fu-ingest -q >out
	FU_NOW=2026-03-05T16:00:00Z fu-ingest -q yes >out 2>err
	[ "$(jq -r .action out)" = duplicate ]
	grep -F 'yes:1: consent to email: it was withdrawn since' err
	grep -F 'write when, as at' err
	# One with its time is news.
	echo "${yes%\}},\"at\":\"2026-03-05T15:00:00Z\"}" |
	    FU_NOW=2026-03-05T16:00:00Z fu-ingest -q >out 2>err
	[ "$(jq -r .action out)" = recorded ]
	[ ! -s err ]
	# And withdrawn by its own event.
	echo '{"event":"consent","email":"a@x.example","channel":"email","status":"revoked","at":"2026-03-06T15:00:00Z"}' |
	    FU_NOW=2026-03-06T16:00:00Z fu-ingest -q >out
	FU_NOW=2026-03-07T16:00:00Z fu-ingest -q yes >out 2>err
	grep -F 'it was withdrawn since' err
}

@test "EM-14: an absence ends at the opening of the day where the person is" {
	sed -i 's/^  hours: .*/  hours: "00:00-24:00"/' fu.yaml
	n=0
	for who in '"country":"US","region":"CA"' '"country":"DE"' '"country":"US"' '"country":"AU"'; do
		n=$((n + 1))
		printf '%s\n' "{\"email\":\"p$n@x$n.example\",$who,\"source\":\"w\"}" \
		    "{\"event\":\"auto_reply\",\"email\":\"p$n@x$n.example\",\"at\":\"2026-11-02T10:00:00Z\",\"reason\":\"ooo\",\"returns\":\"2026-11-10\"}"
	done | fu-ingest -q --at 2026-11-02T11:00:00Z >/dev/null
	sqlite3 fu.db "SELECT strftime('%dT%H:%M', ooo_until_us / 1000000, 'unixepoch')
	    FROM standing WHERE ooo_until_us IS NOT NULL ORDER BY prospect" >until
	# Los Angeles, Berlin; all that a country without more may be, not our own.
	cat until
	[ "$(head -2 until | xargs)" = "10T08:00 09T23:00" ]
	[ "$(wc -l <until)" -eq 4 ]
	! grep -q '10T00:00' until
}

@test "EM-14: an absence without a day of return lasts a week, a receipt no time" {
	cat >in <<-'X'
	{"email":"a@x.example","country":"GB"}
	{"email":"b@x.example","country":"GB"}
	{"event":"auto_reply","email":"a@x.example","reason":"ooo","at":"2026-03-02T10:00:00Z"}
	{"event":"auto_reply","email":"b@x.example","reason":"ack","at":"2026-03-02T10:00:00Z"}
	X
	fu-ingest -q in >out
	[ "$(q "SELECT datetime(ooo_until_us / 1000000, 'unixepoch') FROM standing WHERE prospect = 1")" = "2026-03-09 08:30:00" ]
	[ "$(q "SELECT count(*) FROM standing WHERE prospect = 2 AND ooo_until_us IS NOT NULL")" -eq 0 ]
}

@test "a changed stage is an event, a first one is none" {
	echo '{"email":"a@x.example","stage":"new"}' | fu-ingest -q >out
	[ "$(q 'SELECT count(*) FROM event')" -eq 0 ]
	echo '{"email":"a@x.example","stage":"demo"}' | fu-ingest -q >out
	[ "$(q 'SELECT kind || arg FROM event')" = stagedemo ]
}

@test "-n changes nothing" {
	echo '{"email":"a@x.example"}' >in
	fu-ingest -n in | grep -F '"action":"created"'
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 0 ]
}

@test "unknown members, spelling and order survive" {
	printf '%s\n' '{"z":1.50, "email":"a@x.example","a":{"b":[1e3]}}' >in
	[ "$(fu-ingest -q in)" = '{"z":1.50, "email":"a@x.example","a":{"b":[1e3]},"type":"prospect","prospect":1,"action":"created"}' ]
	echo '{"type":"touch","x":1.0}' | fu-ingest -q | diff - <(echo '{"type":"touch","x":1.0}')
}

@test "a line typed into an open pipe comes out at once" {
	mkfifo in
	fu-ingest -q <in >out &
	exec 9>in
	echo '{"email":"a@x.example"}' >&9
	for i in $(seq 200); do
		[ -s out ] && break
		sleep 0.05
	done
	grep created out
	exec 9>&-
	wait
}

@test "what is not there: 66; what is no option: 64" {
	run fu-ingest nowhere.csv
	[ "$status" -eq 66 ]
	run fu-ingest .
	[ "$status" -eq 66 ]
	run fu-ingest -d none.db
	[ "$status" -eq 66 ]
	run fu-ingest --nonsense
	[ "$status" -eq 64 ]
	run fu-ingest -f xml
	[ "$status" -eq 64 ]
	run fu-ingest --help
	[ "$status" -eq 0 ]
}

@test "the summary says what keeps people from being written to" {
	echo '{"email":"a@x.example"}' | fu-ingest 2>err >out
	grep -F '1 without a source: `--set source=…`' err
	echo '{"email":"a@x.example"}' |
	    fu-ingest --set source=fair --set basis=li --country DE \
	    --set collected=direct 2>err >out
	run grep without err
	[ "$status" -eq 1 ]
}

@test "real files: every row is in the store or in the reject file" {
	D=${FU_DATA:-/nowhere}/leads
	[ -d "$D" ] || skip "FU_DATA names no folder of real files"
	run fu-ingest -q -r rej "$D/customers-1000.csv"
	n=$(q 'SELECT count(*) FROM prospect')
	r=$(wc -l <rej)
	[ $((n + r)) -eq 1000 ]
	run fu-ingest -q -r rej "$D/leads-outcomes.csv"
	n=$(q "SELECT count(*) FROM prospect WHERE batch = 2")
	r=$(wc -l <rej)
	[ $((n + r)) -eq 6372 ]
	run fu-ingest "$D/not-really-a.csv"
	[ "$status" -eq 65 ]
}

# Many events at once are written in the order of their people; a few at a
# time, as they come.
events() {
	awk 'BEGIN {
		srand(11)
		split("visit reply form visit stop chat visit call", kind)
		for (i = 0; i < 5000; i++) {
			n = int(rand() * 1500)
			at = sprintf("2026-02-%02dT%02d:00:00Z",
			    1 + i % 28, i % 24)
			who = "\"email\":\"p" n "@c" n % 40 ".example"
			if (i % 7 == 0)
				who = "\"phone\":\"+1212555" 2000 + n
			else if (i % 11 == 0)
				who = "\"visitor\":\"v" n
			if (i % 501 == 0)
				who = who "\",\"visitor\":\"w" n
			text = i % 5 == 0 ? "What does it cost?" : "Thanks"
			printf "{\"event\":\"%s\",\"at\":\"%s\",%s\",", \
			    kind[1 + i % 8], at, who
			printf "\"from\":\"prospect\",\"text\":\"%s\",", text
			printf "\"outcome\":\"connected\",\"k\":%d}\n", i % 4500
		}
	}'
}

@test "many events at once do what the same do a few at a time" {
	awk 'BEGIN {
		print "Email,Phone"
		for (i = 0; i < 1000; i++)
			printf "p%d@c%d.example,+1212555%d\n", i, i % 40,
			    2000 + i
	}' >people.csv
	events >events
	fu-ingest -q people.csv >/dev/null
	cp fu.db few.db
	fu-ingest -q events >at-once
	split -l 500 events part.
	for part in part.*; do
		fu-ingest -q -d few.db "$part"
	done >a-few
	diff a-few at-once
	# Which run gave a field is another.
	for db in fu.db few.db; do
		sqlite3 $db 'UPDATE prospect SET fields = 0'
	done
	people >have
	people few.db | diff - have
	# And nothing the second time, but a stop of an address that was
	# nobody's then.
	fu-ingest -q events | jq -r 'select(.event != "stop").action' |
	    sort -u >again
	[ "$(cat again)" = duplicate ]
}

# How many of the ledger's opt-outs are an import's.
imported() {
	q "SELECT count(*) FROM ledger WHERE source = 'import' AND
	    event = 'suppress' AND rule = 'CS-04'"
}

@test "an opt-out without an address is kept, and is of each that comes" {
	printf 'Prospect ID,Do Not Email,Country,State\nZ1,Yes,US,California\n' >in.csv
	fu-ingest in.csv 2>err >out
	grep -F '1 without an email or phone: nobody can write to them' err
	grep -F '1 opted out of mail: none goes there' err
	grep -F '"Do Not Email":"Yes"' out
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 0 ]
	fu-ingest -q in.csv | grep -F '"action":"unchanged"'
	printf 'Prospect ID,Email\nZ1,z1@acme.example\n' | fu-ingest -q >out
	[ "$(imported)" -eq 1 ]
	# A further address, by whatever way it comes.
	echo '{"event":"form","email":"z2@acme.example","prospect":1,"at":"2026-03-01T10:00:00Z"}' |
	    fu-ingest -q >out
	[ "$(imported)" -eq 2 ]
	# Said again, it says nothing new.
	fu-ingest -q in.csv >out
	[ "$(q 'SELECT count(*) FROM ledger')" -eq 2 ]
}

@test "an opt-out survives a bad address, a No and a merge" {
	printf 'Lead ID,Email,Email Opt Out\n00Q9,bad at x,1\n' | fu-ingest -q >out
	printf 'Lead ID,Email,Email Opt Out\n00Q9,,0\n' | fu-ingest -q >out
	echo '{"email":"m@x.example"}' | fu-ingest -q >out
	[ "$(imported)" -eq 0 ]
	# One more person, found to be both.
	echo '{"email":"m@x.example","external_id":"00Q9","external_system":"salesforce"}' >both
	fu-ingest -q both | grep -F '"action":"merged"'
	[ "$(imported)" -eq 1 ]
	printf '{"email":"m@x.example","secondary email":"n@x.example"}' |
	    fu-ingest -q >out
	[ "$(imported)" -eq 2 ]
}

@test "Do Not Call is of the number that comes later" {
	printf 'Email,Do Not Call\ndnc@x.example,1\n' | fu-ingest -q >out
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 0 ]
	printf 'Email,Phone\ndnc@x.example,+13055550100\n' | fu-ingest -q >out
	[ "$(q "SELECT group_concat(channel) || rule || reason FROM suppression
	    GROUP BY rule, reason")" = sms,voice,whatsappTC-10suppressed ]
}

@test "an unsubscribe of somebody without an address is kept, too" {
	echo '{"visitor":"v1"}' | fu-ingest -q >out
	echo '{"event":"unsubscribe","prospect":1,"at":"2026-03-01T10:00:00Z"}' |
	    fu-ingest -q | grep -F '"action":"recorded"'
	echo '{"visitor":"v1","email":"v@x.example"}' | fu-ingest -q >out
	[ "$(q "SELECT actor || ' ' || source FROM ledger")" = "prospect kept:unsubscribe" ]
	[ "$(q 'SELECT at_us FROM suppression')" = 1772359200000000 ]
	fu-why -t v@x.example | grep -F 'suppressed, by prospect, from unsubscribe, kept for this address'
	fu-stats --compliance --json | grep "holds for one more address of theirs"
}

@test "an opt-out without a channel is of all that they have, whatever that is" {
	printf 'email,phone\n,+12125550113\na@x.example,+12125550114\nb@x.example,\n' |
	    fu-ingest -q >out
	for who in +12125550113 a@x.example b@x.example; do
		fu-log unsubscribe "$who" | fu-ingest -q >out
	done
	[ "$(q "SELECT prospect || channel || rule || count(*) FROM ledger
	    GROUP BY prospect" | xargs)" = "1allCS-041 2allCS-042 3allCS-041" ]
	# What comes later is shut as they said it.
	printf 'email,phone\nlate@x.example,+12125550113\n' | fu-ingest -q >out
	[ "$(q "SELECT actor || ' ' || source FROM ledger WHERE prospect = 1 ORDER BY seq DESC LIMIT 1")" = \
	    "prospect kept:unsubscribe" ]
	# A stop of somebody with no number closes their mail; of one channel, that.
	printf 'email,phone\nc@x.example,\nd@x.example,+12125550115\n' | fu-ingest -q >out
	fu-log stop c@x.example | fu-ingest -q >out
	fu-log unsubscribe d@x.example channel=email | fu-ingest -q >out
	[ "$(q "SELECT prospect || channel FROM ledger WHERE prospect > 3 AND
	    event = 'suppress'" | xargs)" = "4all 5email" ]
}

@test "opt-out columns of real exports, and one that looks like it" {
	# header, value, channel
	while IFS='|' read -r header value channel; do
		printf 'Email,Phone,%s\na@x.example,+13055550100,%s\n' \
		    "$header" "$value" >in.csv
		cp fu.db new.db
		fu-ingest -q -d new.db in.csv >out
		[ "$(sqlite3 new.db 'SELECT group_concat(channel) FROM suppression')" = "$channel" ] ||
		    { echo "$header=$value" >&2; return 1; }
	done <<-'X'
	Opted out of email: Marketing Information|Yes|email
	Opted out of email: reason|Spam|
	Opted Out of Email|Yes|email
	GDPR Opt-Out|x|all,all
	Suppressed|true|all,all
	HasOptedOutOfFax|true|
	Do Not Fax|Yes|
	UNSUB_TIME|2024-03-04 10:00:00|email
	Unsubscribe Date|2024-03-04|email
	Unsubscribe Date||
	SMS Opt Out|1|sms
	Subscribed|false|email
	Subscribed|true|
	Email Opt In|false|email
	Email Opt In|true|
	Person - Marketing status|No consent|email
	Person - Marketing status|Unsubscribed|email
	Person - Marketing status|Subscribed|
	X
	printf 'Email,Unsubscribe Reason,HasOptedOutOfFax\na@x.example,Spam,Yes\n' >in.csv
	fu-ingest in.csv 2>err >out
	grep -F "column \"Unsubscribe Reason\" looks like an opt-out; -m 'Unsubscribe Reason=optout_email' makes it one" err
	run grep "Fax.*looks like" err
	[ "$status" -eq 1 ]
	fu-ingest -m 'Unsubscribe Reason=attr' in.csv 2>err >out
	run grep 'looks like' err
	[ "$status" -eq 1 ]
}

@test "an event of an id, a touch or a hand-off that is not there" {
	cat >in <<-'X'
	{"event":"unsubscribe","prospect":424242,"channel":"email"}
	{"event":"won","prospect":424242,"at":"2026-03-01T10:00:00Z"}
	{"event":"visit","touch":999,"url":"/"}
	{"event":"handoff_accepted","handoff":77}
	{"prospect":424242,"title":"CEO"}
	{"event":"unsubscribe","touch":999,"email":"z@no.example"}
	X
	run fu-ingest -q -r rej in
	[ "$status" -eq 65 ]
	[ "$(jq -r '"\(.line) \(.reason)"' rej | tr '\n' ' ')" = \
	    '1 no_prospect 2 no_prospect 3 no_touch 4 no_handoff 5 no_prospect ' ]
	echo "$output" | grep -F 'in:1: there is no prospect 424242'
	[ "$(q 'SELECT count(*) FROM event')" -eq 1 ]
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 1 ]
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 0 ]
	run fu-ingest -n -q in
	[ "$status" -eq 65 ]
}

@test "rejects are not written over what is read" {
	echo '{"email":"x@"}' >r.nd
	cp r.nd same
	run fu-ingest -r r.nd r.nd
	[ "$status" -eq 64 ]
	ln r.nd link.nd
	run fu-ingest -r link.nd r.nd
	[ "$status" -eq 64 ]
	run fu-ingest -r r.nd <r.nd
	[ "$status" -eq 64 ]
	run fu-score -r r.nd <r.nd
	[ "$status" -eq 64 ]
	echo "$output" | grep -F 'write rejects to another file'
	cmp r.nd same
}

@test "a disk that fills: what was committed is told, and where it stopped" {
	awk 'BEGIN { print "Email,First Name"; for (i = 0; i < 20000; i++)
		printf "p%d@c%d.example,Ann\n", i, i % 400 }' >in.csv
	status=0
	(ulimit -f 1500; trap '' XFSZ; exec fu-ingest in.csv) 2>err \
	    > >(cat >out) || status=$?
	wait $!
	[ "$status" -eq 74 ]
	n=$(q 'SELECT count(*) FROM prospect')
	[ "$n" -gt 0 ]
	[ "$n" -lt 20000 ]
	[ "$(wc -l <out)" -eq "$n" ]
	grep -F "in.csv:$((n + 2)): stopped here" err
	grep -F 'run it again to go on' err
	grep -F "$n created" err
	# The run's end is on record, unless the disk had no room for it either.
	[ "$(q "SELECT CASE WHEN ended_us IS NULL THEN $n ELSE written END
	    FROM run ORDER BY id DESC LIMIT 1")" -eq "$n" ]
	fu-ingest in.csv 2>err >out
	grep -F "$((20000 - n)) created, 0 updated, $n unchanged" err
}

@test "a shared phone is told with -v, once" {
	printf 'Email,Phone\np1@x.example,+13055550100\np2@x.example,+13055550100\n' >in.csv
	fu-ingest -v in.csv 2>err >out
	grep -F 'in.csv:3: prospect 2: has the phone number of another: prospect 1 (p1@x.example)' err
	fu-ingest -v in.csv 2>err >out
	run grep -F 'phone number' err
	[ "$status" -eq 1 ]
}

@test "what an event must say, and of which sort" {
	cat >in <<-'X'
	{"event":"consent","at":"2026-03-01T10:00:00Z","email":"a@x.example"}
	{"event":"consent","at":"2026-03-01T10:00:00Z","email":"a@x.example","channel":"email"}
	{"event":"meeting","email":"a@x.example","starts_at":"soon"}
	{"event":"reply","email":"a@x.example","text":42}
	{"event":"won","email":"a@x.example","value":"lots"}
	{"event":"visit","prospect":"q","url":"/"}
	{"event":"consent","email":"a@x.example","channel":"fax","status":"granted"}
	X
	run fu-ingest -q -r rej in
	[ "$status" -eq 65 ]
	[ "$(wc -l <rej)" -eq 7 ]
	echo "$output" | grep -F 'in:1: consent without a channel: write one of email, sms'
	echo "$output" | grep -F 'in:5: value "lots": is no number'
	[ "$(q 'SELECT count(*) FROM event')" -eq 0 ]
}

@test "a channel in other words, and one that nobody knows" {
	printf 'Email,Phone\na@x.example,+13055550100\n' | fu-ingest -q >out
	echo '{"event":"unsubscribe","email":"a@x.example","channel":"e-mail","at":"2026-03-01T10:00:00Z"}' |
	    fu-ingest -q >out
	[ "$(q 'SELECT group_concat(channel) FROM suppression')" = email ]
	[ "$(q 'SELECT channel FROM event')" = email ]
	echo '{"event":"unsubscribe","email":"a@x.example","channel":"fax"}' |
	    fu-ingest -q 2>err >out
	grep -F 'stdin:1: unsubscribe: channel "fax": nobody knows it, so it is taken for all' err
	[ "$(q "SELECT count(DISTINCT subject) FROM suppression WHERE channel = 'all'")" -eq 2 ]
}

@test "a scope that nobody knows narrows no opt-out, and is kept nowhere" {
	printf 'Email,Phone\na@x.example,+13055550100\n' | fu-ingest -q >out
	echo '{"event":"unsubscribe","email":"a@x.example","channel":"email","scope":"Ann Lee"}' |
	    fu-ingest -q 2>err >out
	grep -F 'stdin:1: unsubscribe: scope "Ann Lee": nobody knows it, so it is taken for all' err
	[ "$(q "SELECT count(DISTINCT subject) FROM suppression WHERE channel = 'all'")" -eq 2 ]
	[ "$(q 'SELECT group_concat(DISTINCT scope) FROM ledger')" = all ]
}

@test "an event without a time is the same whenever it comes" {
	cat >in <<-'X'
	{"event":"visit","email":"a@x.example","url":"/pricing"}
	{"event":"unsubscribe","email":"b@x.example"}
	X
	fu-ingest -q in >out
	q 'SELECT * FROM event' >events
	q 'SELECT * FROM ledger' >ledger
	fu-ingest -q --at 2026-03-03T10:00:00Z in | jq -r .action | uniq | grep -x duplicate
	q 'SELECT * FROM event' | diff events -
	q 'SELECT * FROM ledger' | diff ledger -
}

@test "the summary: somebody whom an event made, each reason of a column" {
	echo '{"event":"visit","email":"new@x.example"}' | fu-ingest 2>err >out
	grep -F '1 created' err
	printf 'Email,sale_at\na@x.example,46000\nb@x.example,3/4/2026\nc@x.example,3/5/2026\n' |
	    fu-ingest 2>err >out
	grep -F 'sale_at: 1 set aside (bad_date)' err
	grep -F 'sale_at: 2 set aside (day or month first? --date-order)' err
}

@test "--date-order ymd" {
	printf 'Email,sale_at\na@x.example,26/3/4\nb@x.example,1/2/26\nc@x.example,3/4/2026\n' |
	    fu-ingest -q --date-order ymd >out
	[ "$(jq -r '.sale_at // "none"' out | cut -c1-10 | tr '\n' ' ')" = \
	    '2026-03-04 2001-02-26 none ' ]
	run fu-ingest --date-order foo </dev/null
	[ "$status" -eq 64 ]
	echo "$output" | grep -F 'dmy, mdy or ymd'
}

@test "a list without a header, Excel's first line, nothing but blank lines" {
	printf 'ann@x.example,Ann\nbob@x.example,Bob\n' >list.csv
	run fu-ingest -q -r rej list.csv
	[ "$status" -eq 65 ]
	echo "$output" | grep -F 'list.csv:1: looks like data (an address): put a header line'
	[ "$(jq -rc '[.line, .reason, .input, .header]' rej)" = \
	    '[1,"no_header","ann@x.example,Ann",null]' ]
	printf 'sep=;\nEmail;Note\na@x.example;"1,2,3,4"\n' | fu-ingest -q |
	    grep -F '"Note":"1,2,3,4"'
	printf 'sep=:\nEmail:City\nb@x.example:Rome\n' | fu-ingest -q |
	    grep -F '"city":"Rome"'
	printf '\n\n\n' >blank.csv
	fu-ingest -r rej blank.csv 2>err
	grep -F 'blank.csv: is empty' err
	[ ! -s rej ]
}

@test "opt-outs and further addresses come out again" {
	printf 'Email,Email,E-mail,DoNotCall,HasOptedOutOfEmail\na1@x.example,a2@x.example,a3@x.example,0,1\n' |
	    fu-ingest -q >out
	[ "$(jq -c '[.email, (.more_email | sort), .DoNotCall, .HasOptedOutOfEmail]' out)" = \
	    '["a1@x.example",["a2@x.example","a3@x.example"],"0","1"]' ]
	# And are read as what they are.
	fu-ingest -q out | grep -F '"action":"unchanged"'
	printf '%s\n' '{"email":"b1@x.example","more_email":["b2@x.example"]}' |
	    fu-ingest -q >out
	[ "$(q "SELECT count(*) FROM identity WHERE value = 'b2@x.example'")" -eq 1 ]
}

@test "half a surrogate pair is rejected" {
	printf '%s\n' '{"email":"s@x.example","first_name":"\ud800"}' \
	    '{"email":"t@x.example","first_name":"\ud83d\ude00"}' >in
	run fu-ingest -r rej in
	[ "$status" -eq 65 ]
	[ "$(jq -r '"\(.line) \(.reason)"' rej)" = '1 bad_json' ]
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 1 ]
}

@test "Excel's apostrophe goes from numbers that do not win as well" {
	printf "Email,Mobile Phone,Corporate Phone\na@x.example,'+1 305 555 0100,'+1 415 555 0000\n" |
	    fu-ingest -q | grep -F '"Corporate Phone":"+1 415 555 0000"'
}

@test "a field that is none and near none" {
	run fu-ingest -m 'Email=nofield' </dev/null
	[ "$status" -eq 64 ]
	echo "$output" | grep -F 'no field "nofield" (fu-records(5) lists them'
}

@test "a filter finds whom an address names; an id that is none is rejected" {
	echo '{"email":"dana@northlake.example"}' | fu-ingest -q >out
	echo '{"email":"dana@northlake.example"}' | fu-score |
	    jq -e '.prospect == 1 and .score != null'
	echo '{"email":"who@northlake.example"}' >in
	fu-score <in | cmp in -
	run fu-score <<<'{"prospect":"q"}'
	[ "$status" -eq 65 ]
	echo "$output" | grep -F 'stdin:1: prospect "q": is no id'
}

@test "a first line that is another JSON value is rejected, and what follows it is read" {
	printf '[1,2]\n{"email":"a@x.example"}\n' >in
	run fu-ingest -r rejects in
	[ "$status" -eq 65 ]
	[ "$(q 'SELECT email FROM prospect')" = a@x.example ]
	[ "$(wc -l <rejects)" -eq 1 ]
	# A header in brackets is one.
	printf '[Email],Name\nb@x.example,B\n' >t.csv
	fu-ingest -m '[Email]=email' t.csv
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 2 ]
}

@test "a first line that is no record does not make the others a table" {
	printf 'hello\n{"email":"a@x.example"}\n{"email":"b@x.example"}\n' >in
	run fu-ingest -q -r rejects in
	[ "$status" -eq 65 ]
	[ "$(sqlite3 fu.db 'SELECT count(*) FROM prospect')" -eq 2 ]
	[ "$(jq -c '[.line, .input]' rejects)" = '[1,"hello"]' ]
}

@test "an event that names a person by id and by something else tells us that" {
	printf 'email\na@x.example\n' | fu-ingest -q >out
	echo '{"event":"visit","prospect":1,"visitor":"zz","url":"/x","at":"2026-03-01T00:00:00Z"}' | fu-ingest -q >out
	echo '{"event":"visit","visitor":"zz","url":"/y","at":"2026-03-01T01:00:00Z"}' | fu-ingest -q >out
	[ "$(jq -r .prospect out)" = 1 ]
}
