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

@test "what they told us lands where nothing stands" {
	echo '{"email":"a@x.example","title":"CEO"}' | fu-ingest -q >out
	echo '{"event":"reply","email":"a@x.example","text":"We have a budget of $30,000 and would buy in Q3. How much is it?","at":"2026-03-01T10:00:00Z"}' |
	    fu-ingest -q >out
	[ "$(q 'SELECT budget || timeline || title FROM prospect')" = "30000in Q3CEO" ]
	[ "$(q "SELECT name FROM batch b JOIN provenance p ON p.batch = b.id")" = chat ]
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
	sed -n 1p err | grep 'n.csv: no column'
	sed -n 3p err | grep '1 created, .* 2 rejected'
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
