#!/usr/bin/env bats
# What the law asks, and only the programs together can show: each test under
# the rule's id.
load scene

now=2026-03-02T15:00:00Z
later=2026-03-06T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	unthrottled .
}

q() { sqlite3 fu.db "$1"; }
ingest() { fu-ingest -q --at "${at:-$now}" "$@"; }
enrol() { fu-cadence -q --cadence "$1" --at "${at:-$now}"; }
log() { fu-log --at "${at:-$now}" "$@" | ingest >/dev/null; }

# person EMAIL [MEMBERS]: a record with all that the gates ask for.
person() {
	printf '{"email":"%s","first_name":"Ann","last_name":"Lee","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"%s}\n' "$1" "${2:+,$2}"
}

# held [AT]: what may not leave, as "EMAIL CLASS REASON RULE".
held() {
	fu-due -qx --at "${1:-$later}" | jq -r 'select(.held) |
	    .email + " " + .held.class + " " + .held.reason + " " + .held.rule' |
	    sort -u
}

@test "CS-04: an opt-out by way of one cadence ends it, and every other one" {
	person ann@x.example | ingest >ann
	enrol warm <ann >/dev/null
	[ "$(fu-due --plan 60d --at $now | jq -r 'select(.channel == "email").step' | wc -l)" -gt 1 ] ||
	    fail "no mails planned"
	log unsubscribe ann@x.example channel=email
	is opt_out "$(q 'SELECT reason FROM enrolment')" "why it ended"
	is "" "$(fu-due --plan 60d --at $now)" "still planned"
	for cadence in hot warm cold enterprise; do
		is "none suppressed" "$(enrol $cadence <ann |
		    jq -r '.enrollment.action + " " + .enrollment.reason')" "$cadence"
	done
	is "" "$(fu-due -q --at $later)" "claimed"
}

@test "CS-04: another address of theirs is another, unless they say all contact" {
	person ann@x.example '"external_id":"7"' | ingest >/dev/null
	printf '%s\n' '{"event":"unsubscribe","email":"bob@x.example","channel":"email","at":"2026-03-01T10:00:00Z"}' |
	    ingest >/dev/null
	person ann@x.example | ingest | enrol warm >enrolled
	is enrolled "$(jq -r .enrollment.action enrolled)"
	person bob@x.example | ingest | enrol warm >enrolled
	is suppressed "$(jq -r .enrollment.reason enrolled)"
	person cid@x.example '"phone":"+12125550100"' | ingest >/dev/null
	log unsubscribe cid@x.example channel=email scope=all
	is 2 "$(q "SELECT count(DISTINCT subject) FROM suppression WHERE channel = 'all'")" "address and number"
}

@test "CS-12: an import never opens what a person has closed" {
	person ann@x.example | ingest >/dev/null
	log unsubscribe ann@x.example channel=email
	printf 'Email,Status,Email Opt Out,First Name\nann@x.example,active,false,Ann\n' >again.csv
	ingest again.csv >/dev/null
	is 1 "$(q 'SELECT count(*) FROM suppression')" "suppressions"
	person ann@x.example '"status":"active"' | ingest | enrol warm >enrolled
	is "none suppressed" "$(jq -r '.enrollment.action + " " + .enrollment.reason' enrolled)"
	# A consent of theirs that is newer does; one that is older does not.
	ingest >/dev/null <<-'E'
	{"event":"consent","email":"ann@x.example","channel":"email","status":"granted","wording":"Mail me","method":"web_form","at":"2026-03-01T10:00:00Z"}
	E
	person ann@x.example | ingest | enrol warm >enrolled
	is "none suppressed" "$(jq -r '.enrollment.action + " " + .enrollment.reason' enrolled)"
	at=2026-03-03T15:00:00Z
	ingest >/dev/null <<-'E'
	{"event":"consent","email":"ann@x.example","channel":"email","status":"granted","wording":"Mail me","method":"web_form","at":"2026-03-03T10:00:00Z"}
	E
	person ann@x.example | ingest | enrol warm >enrolled
	is enrolled "$(jq -r .enrollment.action enrolled)"
}

@test "LG-02: a tag and capitals make no other address" {
	log unsubscribe a@x.com channel=email
	person A+promo@X.com | ingest | enrol warm >enrolled
	is "none suppressed" "$(jq -r '.enrollment.action + " " + .enrollment.reason' enrolled)"
	# The other way round, too.
	log unsubscribe b+news@x.com channel=email
	person b@x.com | ingest | enrol warm >enrolled
	is "none suppressed" "$(jq -r '.enrollment.action + " " + .enrollment.reason' enrolled)"
	# And it ends what they are in.
	person c@x.com | ingest | enrol warm >/dev/null
	log unsubscribe C+news@X.com channel=email
	is opt_out "$(q "SELECT reason FROM enrolment e JOIN prospect p ON p.id = e.prospect WHERE p.email = 'c@x.com'")"
}

@test "-x says what is blocked for good, when it is found" {
	person ann@x.example | ingest | enrol warm >/dev/null
	echo '{"event":"consent","email":"ann@x.example","channel":"email","status":"revoked","method":"web_form","at":"2026-03-01T10:00:00Z"}' |
	    ingest >/dev/null
	is "ann@x.example block no_consent LG-02b" "$(held)"
}

@test "CS-09: who has opted out of anything is given to nobody" {
	for who in ann bob cid; do
		person $who@x.example '"phone":"+12125550'"$((100 + ${#who} + $(printf %d "'$who") ))"'"'
	done | ingest >/dev/null
	log unsubscribe bob@x.example channel=email
	is "ann@x.example cid@x.example" "$(fu-list --for partner | jq -r .email | xargs)"
	log stop ann@x.example channel=sms
	is "cid@x.example" "$(fu-list --for partner --csv --facts email | tail -n +2)"
	is 3 "$(fu-list | wc -l)"
	ends 64 fu-list --for anybody
}

@test "CS-11: a promotion makes a message commercial, whatever it calls itself" {
	person ann@x.example | ingest >/dev/null
	printf 'cadence: once\npriority: 90\nenter: "score > 1000"\nspacing: "a test"\nsteps:\n  - { day: 0, channel: email, message: once }\n' >cadences/once.yaml
	for what in "your call is booked." "a discount for you: save up to half."; do
		printf -- '---\nsubject: Your call\nclass: transactional\n---\nHello, %s\n' "$what" >messages/once.md
		fu-cadence -q --at $now --stop ann@x.example >/dev/null
		rm -rf outbox fu.db* && fu-init -q . >/dev/null
		person ann@x.example | ingest | enrol once >/dev/null
		fu-due -q --at $now | fu-send -q --at $now >/dev/null
		grep -c '^List-Unsubscribe:' outbox/new/* || true
	done >found
	is "0 1" "$(xargs <found)"
}

@test "EM-02: a click that is reported twice is one event, and one of the ledger" {
	person ann@x.example | ingest >/dev/null
	for i in 1 2; do
		echo '{"event":"unsubscribe","email":"ann@x.example","at":"2026-03-01T10:01:00Z"}' |
		    ingest >/dev/null
	done
	is 1 "$(q 'SELECT count(*) FROM ledger')" "rows of the ledger"
	is 1 "$(q 'SELECT count(*) FROM event')" "events"
}

@test "GD-03: a consent without its wording, or ticked beforehand, is incomplete" {
	ingest >/dev/null <<-'E'
	{"event":"consent","email":"a@x.example","channel":"email","status":"granted"}
	{"event":"consent","email":"b@x.example","channel":"email","status":"granted","wording":"Mail me","preticked":true}
	{"event":"consent","email":"c@x.example","channel":"email","status":"granted","wording":"Mail me"}
	E
	is "a@x.example 0 b@x.example 0 c@x.example 1" "$(q "SELECT email || ' ' ||
	    complete FROM consent c JOIN prospect p ON p.id = c.prospect
	    ORDER BY email" | xargs)"
	for name in a b c; do
		printf '{"email":"%s@x.example","first_name":"A","last_name":"L","country":"DE","source":"web","basis":"consent","collected":"direct"}\n' $name
	done | ingest | enrol warm >/dev/null
	is "a@x.example block consent_incomplete GD-03
b@x.example block consent_incomplete GD-03" "$(held)"
	# The wording is kept by its hash.
	is "$(printf 'Mail me' | sha256sum | cut -d' ' -f1)" \
	    "$(q "SELECT evidence FROM ledger WHERE event = 'consent' ORDER BY seq DESC LIMIT 1")"
}

@test "GD-04: withdrawn between two mails: the first stays, the second is blocked" {
	cat >consent <<-'E'
	{"event":"consent","email":"eva@firma.example","channel":"email","status":"granted","wording":"Mail me","method":"web_form","at":"2026-03-02T10:00:00Z"}
	E
	ingest consent >/dev/null
	printf '{"email":"eva@firma.example","first_name":"Eva","last_name":"M","country":"DE","source":"web","basis":"consent","collected":"direct"}\n' |
	    ingest | enrol warm >/dev/null
	fu-due -q --at $later | fu-send -q --at $later >sent
	is "sent" "$(jq -r .result.status sent)"
	at=2026-03-06T15:01:00Z
	echo '{"event":"consent","email":"eva@firma.example","channel":"email","status":"revoked","at":"2026-03-06T15:01:00Z"}' |
	    ingest >/dev/null
	is 1 "$(q "SELECT count(*) FROM touch WHERE sent_us > 0")" "sent"
	is "eva@firma.example block no_consent" "$(held 2026-03-13T18:00:00Z | cut -d' ' -f1-3)"
	is "" "$(fu-due -q --at 2026-03-13T18:00:00Z)" "claimed"
}

@test "GD-07: what was told in a chat and what was bought are left apart" {
	echo '{"email":"c@x.example","collected":"chat","source":"chat","title":"CEO"}' | ingest >/dev/null
	echo '{"email":"c@x.example","collected":"purchased","source":"list","title":"CFO","city":"Rome","phone":"+12125550188"}' >bought
	ends 65 fu-ingest --at $now -r rejects bought
	is chat_and_purchased "$(jq -r .reason rejects)"
	says err 'bought:1:' 'enrichment'
	is "CEO||chat" "$(q 'SELECT title, city, collected FROM prospect')" "the record"
	is "kept_apart GD-07" "$(q "SELECT verdict || ' ' || rule FROM decision WHERE kind = 'conflict'")"
	# A table's row keeps its header, however often it comes back.
	printf 'email;collected;source;title;city\nc@x.example;purchased;list;CFO;Rome\n' >list.csv
	ends 65 fu-ingest --at $now -r once list.csv
	ends 65 fu-ingest --at $now -r twice once
	says err 'once:1:' 'enrichment'
	is "$(jq -c '[.input, .header, .delimiter]' once)" \
	    "$(jq -c '[.input, .header, .delimiter]' twice)"
	is '"email;collected;source;title;city"' "$(jq .header twice)"
	# With their consent to it, it is laid there.
	echo '{"event":"consent","email":"c@x.example","channel":"enrichment","status":"granted","wording":"Yes","at":"2026-03-02T11:00:00Z"}' |
	    ingest >/dev/null
	ingest bought >/dev/null
	is "Rome" "$(q 'SELECT city FROM prospect')"
}

@test "GD-07: nor is what was bought laid over what they said in a chat or on a form" {
	cat >said <<-'E'
	{"event":"chat","id":"ch7","email":"chat@corp.example","visitor":"v99","from":"prospect","text":"We are 40 people, our budget is 30k, I am head of sales.","at":"2026-03-02T11:00:00Z"}
	{"event":"form","email":"form@corp.example","budget":"30000","title":"Head of Sales","at":"2026-03-02T11:00:00Z"}
	{"event":"chat","email":"bot@corp.example","from":"bot","text":"Hello!","at":"2026-03-02T11:00:00Z"}
	E
	ingest said >/dev/null
	q 'SELECT email, budget, title, first_name, company_size, source FROM prospect ORDER BY id' >before
	is 30000 "$(head -1 before | cut -d'|' -f2)"
	for who in chat form bot; do
		jq -nc --arg e $who@corp.example '{email: $e, first_name: "Mix", title: "CEO", budget: "1000", company_size: "9", collected: "purchased", source: "list broker", country: "US", phone: "+12125550188"}'
	done >bought
	ends 65 fu-ingest --at $now -r rejects bought >/dev/null
	is "1 2" "$(jq -r .line rejects | paste -sd' ')" "rejected"
	is "chat_and_purchased" "$(jq -r .reason rejects | sort -u)"
	q 'SELECT email, budget, title, first_name, company_size, source FROM prospect ORDER BY id' >after
	is "$(head -2 before)" "$(head -2 after)" "what they told us"
	is "bot@corp.example|1000|CEO|Mix|9|list broker" "$(tail -1 after)" "who only heard us"
	is "kept_apart" "$(q "SELECT DISTINCT verdict FROM decision WHERE rule = 'GD-07'")"
	# With their consent to it, it is laid there.
	echo '{"event":"consent","email":"form@corp.example","channel":"enrichment","status":"granted","wording":"Yes","at":"2026-03-02T11:30:00Z"}' |
	    ingest >/dev/null
	ends 65 fu-ingest --at $now -r again rejects >/dev/null
	is 1 "$(jq -r .reason again | wc -l)" "rejected again"
	is "Mix" "$(q "SELECT first_name FROM prospect WHERE email = 'form@corp.example'")"
}

@test "GD-07: somebody bought who tells us themselves: what was bought goes" {
	echo '{"email":"c@x.example","collected":"purchased","source":"list","title":"CFO","city":"Rome","phone":"+12125550188","Pet":"cat"}' |
	    ingest >/dev/null
	echo '{"email":"c@x.example","collected":"chat","source":"chat","first_name":"Cy"}' | ingest >/dev/null
	is "Cy||||chat|chat|" "$(q 'SELECT first_name, title, city, phone, collected, source, attrs FROM prospect')"
	ends 1 fu-list --at $now "phone = '+12125550188'"
	is 1 "$(q 'SELECT count(*) FROM identity WHERE kind <> 5')" "known by"
	# An opt-out counts, whoever brings it.
	printf 'email,collected,source,Do Not Email\nc@x.example,purchased,list,yes\n' >out.csv
	ends 65 fu-ingest --at $now -r rejects out.csv
	is 'c@x.example,purchased,list,yes' "$(jq -r .input rejects)"
	is 1 "$(q 'SELECT count(*) FROM suppression')" "opt-outs"
}

@test "GD-10: an objection to a price or a clause is none to marketing" {
	person ann@x.example | ingest >/dev/null
	for text in "There is no objection to the timing from us. Please send the contract terms." \
	    "We have no objection to the price." "I object to the price." \
	    "We object to the clause on liability in your contract." \
	    "The objection to the price is gone, go ahead."; do
		jq -nc --arg t "$text" '{event: "reply", channel: "email", email: "ann@x.example", text: $t, at: "2026-03-02T11:00:00Z"}' |
		    ingest >/dev/null
	done
	is 0 "$(q 'SELECT count(*) FROM suppression')" "closed"
	echo '{"event":"reply","channel":"email","email":"ann@x.example","text":"I object to any further marketing","at":"2026-03-02T12:00:00Z"}' |
	    ingest >/dev/null
	is objected "$(q 'SELECT DISTINCT reason FROM suppression')"
}

@test "GD-10: an objection in a mail ends texts too" {
	person ann@x.example '"phone":"+12125550100"' | ingest >/dev/null
	echo '{"event":"reply","channel":"email","email":"ann@x.example","text":"I object to marketing","at":"2026-03-02T11:00:00Z"}' |
	    ingest >/dev/null
	is "2 all" "$(q "SELECT count(DISTINCT subject), channel FROM suppression
	    WHERE reason = 'objected' AND rule = 'GD-10'" | tr '|' ' ')"
	person ann@x.example | ingest | enrol warm >enrolled
	is "none objected" "$(jq -r '.enrollment.action + " " + .enrollment.reason' enrolled)"
}

# by_text TEXT...: each from a number of its own.
by_text() {
	local n=0 text
	for text; do
		n=$((n + 1))
		jq -nc --arg p "+1212555$((2000 + n))" --arg t "$text" \
		    '{event: "reply", channel: "sms", phone: $p, text: $t,
		    at: "2026-03-02T11:00:00Z"}'
	done >texts
	jq -c '{phone, source: "web"}' texts | ingest >/dev/null
	ingest texts >/dev/null
}

@test "TC-03: a stop in so many words stops, and needs nobody" {
	by_text " Stop. " "STOP!!!" "pls stop texting me" "Opt-out" "ＳＴＯＰ" \
	    "Unsubscribe please" "STPO" "sotp"
	is 8 "$(q "SELECT count(DISTINCT subject) FROM suppression
	    WHERE rule = 'TC-03' AND reason = 'suppressed' AND channel = 'all'")" "stopped"
	is 0 "$(q 'SELECT count(reply_pending_us) FROM standing')" "wait for a person"
}

@test "TC-03: what may be a stop waits for a person, and nothing leaves" {
	by_text "End of month works for me" "cancel my 3pm meeting" \
	    "please cancel today's demo" "cancel tomorrow please" \
	    "Stop by Tuesday" "I can't stop thinking about your demo"
	is 0 "$(q 'SELECT count(*) FROM suppression')" "stopped"
	is 6 "$(q 'SELECT count(reply_pending_us) FROM standing')" "wait for a person"
}

@test "TC-03: what nobody decides about within a day is a stop, dated as it came" {
	by_text "cancel tomorrow please" "End of month works for me" "I cancel my cable"
	# Of the second somebody decides; the third is with a rep.
	log released +12125552002 by=ada
	log message +12125552003 from=rep channel=sms text=Hello
	fu-due -q --at 2026-03-03T10:59:59Z >/dev/null
	is 0 "$(q 'SELECT count(*) FROM suppression')" "stopped a second early"
	fu-due -n --at 2026-03-03T11:00:00Z >/dev/null
	is 0 "$(q 'SELECT count(*) FROM suppression')" "stopped by looking"
	fu-due --at 2026-03-03T11:00:00Z 2>err >out
	says err "1 stopped"
	is "" "$(cat out)" "a confirmation a day late"
	is "all TC-03 2026-03-02 11:00:00" "$(q "SELECT channel || ' ' || rule ||
	    ' ' || datetime(at_us / 1000000, 'unixepoch') FROM suppression")"
	is "stop +12125552001" "$(q "SELECT e.kind || ' ' || p.phone FROM event e
	    JOIN prospect p ON p.id = e.prospect WHERE e.kind = 'stop'")"
	fu-due --at 2026-03-04T11:00:00Z 2>err
	[ ! -s err ] || fail "twice:" "$(cat err)"
	fu-privacy verify >/dev/null
}

@test "TC-03: a release a day too late undoes no stop, and everybody knows of it before it is written" {
	person ann@x.example | ingest | enrol warm >/dev/null
	echo '{"event":"reply","channel":"email","email":"ann@x.example","text":"cancel my 3pm meeting","at":"2026-03-02T15:00:00Z"}' |
	    ingest >/dev/null
	at=2026-03-03T16:00:00Z
	is "" "$(fu-list --for partner --at $at)" "given away"
	is "none suppressed" "$(fu-list --at $at | enrol cold |
	    jq -r '.enrollment.action + " " + .enrollment.reason')"
	fu-handoff -q --release ann@x.example --at $at
	fu-due -q --at 2026-03-03T16:01:00Z >/dev/null
	is "TC-03 EM-20" "$(q "SELECT 'TC-03 ' || rule FROM suppression")"
	is "" "$(fu-due -q --at $later | jq -r 'select(.channel == "email").touch')"
}

@test "TC-03: what is none is an answer, and one of them ends calls" {
	by_text "Why don't you send me pricing?" "don't forget to send the deck" \
	    "Don't call me, text is fine"
	is "voice TC-03" "$(q "SELECT channel || ' ' || rule FROM suppression")"
	is 3 "$(q 'SELECT count(reply_pending_us) FROM standing')" "answers to be read"
}

@test "TC-06: a stop by text is one of WhatsApp and calls, unless it is told otherwise" {
	by_text STOP
	is all "$(q 'SELECT channel FROM suppression')"
	house ../other
	cd ../other || return
	sed -i 's/stop_scope: all /stop_scope: channel /' fu.yaml
	by_text STOP
	is sms "$(q 'SELECT channel FROM suppression')"
}

# consent_sms AT: a complete one of +12125552001.
consent_sms() {
	printf '{"event":"consent","phone":"+12125552001","channel":"sms","status":"granted","wording":"Yes, automated texts from Example","written":true,"automated":true,"not_condition":true,"seller":"Example","method":"web_form","at":"%s"}\n' "$1" |
	    ingest >/dev/null
}

stopped() {
	fu-ingest -q --at "$now" </dev/null >/dev/null
	q "SELECT count(*) FROM suppression s WHERE reason = 'suppressed' AND
	    NOT EXISTS (SELECT 1 FROM ledger l WHERE l.subject = s.subject AND
	    l.event = 'lift' AND l.at_us >= s.at_us)"
}

@test "TC-13: START opens what a stop by text closed, with the old consent complete" {
	consent_sms 2026-03-01T10:00:00Z
	by_text STOP
	is 1 "$(stopped)" "stopped"
	# From a table it is nothing.
	printf 'Phone,Status\n+12125552001,START\n' | ingest -f csv >/dev/null
	is 1 "$(stopped)" "stopped after an import"
	echo '{"event":"reply","channel":"sms","phone":"+12125552001","text":"START","at":"2026-03-02T12:00:00Z"}' |
	    ingest >/dev/null
	is 0 "$(stopped)" "stopped after START"
	is TC-13 "$(q "SELECT rule FROM ledger WHERE event = 'lift'")"
}

@test "TC-13: without a complete consent before it, START opens nothing" {
	by_text STOP
	echo '{"event":"reply","channel":"sms","phone":"+12125552001","text":"START","at":"2026-03-02T12:00:00Z"}' |
	    ingest >/dev/null
	is 1 "$(stopped)" "stopped after START"
}

@test "TC-01: a number from a chat, a yes without \"automated\", and all of it" {
	echo '{"phone":"+12125552001","source":"chat","collected":"chat"}' | ingest >/dev/null
	is 0 "$(q 'SELECT count(*) FROM consent')" "consents"
	printf '{"event":"consent","phone":"+12125552001","channel":"sms","status":"granted","wording":"Yes, texts","written":true,"not_condition":true,"seller":"Example","at":"2026-03-01T10:00:00Z"}\n' |
	    ingest >/dev/null
	is 0 "$(q 'SELECT complete FROM consent')" "complete"
	consent_sms 2026-03-01T11:00:00Z
	is 1 "$(q 'SELECT complete FROM consent')" "complete"
	# The box says automated and the words do not; and one given to another.
	printf '{"event":"consent","phone":"+12125552001","channel":"sms","status":"granted","wording":"Yes, texts from Example","written":true,"automated":true,"not_condition":true,"seller":"Example","method":"web_form","at":"2026-03-01T12:00:00Z"}\n' |
	    ingest >/dev/null
	is 0 "$(q 'SELECT complete FROM consent')" "complete"
	# Nor by what it was signed.
	consent_sms 2026-03-01T12:10:00Z
	is 1 "$(q 'SELECT complete FROM consent')" "complete"
	printf '{"event":"consent","phone":"+12125552001","channel":"sms","status":"granted","wording":"Yes, automated texts from Example","written":true,"automated":true,"not_condition":true,"seller":"Example","at":"2026-03-01T12:20:00Z"}\n' |
	    ingest >/dev/null
	is 0 "$(q 'SELECT complete FROM consent')" "complete without a method"
	printf '{"event":"consent","phone":"+12125552001","channel":"sms","status":"granted","wording":"Yes, automated texts","written":true,"automated":true,"not_condition":true,"seller":"Acme Rival Inc","method":"web_form","at":"2026-03-01T13:00:00Z"}\n' |
	    ingest >/dev/null
	is 0 "$(q 'SELECT complete FROM consent')" "complete"
	printf '{"event":"consent","phone":"+12125552001","channel":"sms","status":"granted","wording":"Ja, automatisierte SMS","written":true,"automated":true,"not_condition":true,"seller":"EXAMPLE Limited","method":"web_form","at":"2026-03-01T14:00:00Z"}\n' |
	    ingest >/dev/null
	is 1 "$(q 'SELECT complete FROM consent')" "complete"
}

@test "CA-01: six months after an inquiry, two years after a purchase" {
	at=2026-11-23T15:00:00Z
	ingest >/dev/null <<-'E'
	{"event":"consent","email":"a@x.example","channel":"email","status":"granted","implied":"inquiry","at":"2026-05-20T00:00:00Z"}
	{"event":"consent","email":"b@x.example","channel":"email","status":"granted","implied":"purchase","at":"2024-11-24T00:00:00Z"}
	{"event":"consent","email":"c@x.example","channel":"email","status":"granted","implied":"inquiry","at":"2026-08-31T00:00:00Z"}
	E
	is "2026-11-20 2026-11-24 2027-02-28" "$(q "SELECT date(expires_us / 1000000,
	    'unixepoch') FROM consent ORDER BY prospect" | xargs)"
}

@test "EM-04: the date of a mail is in no language" {
	mkdir locale
	localedef -i de_DE -f UTF-8 "$PWD/locale/de_DE.UTF-8" 2>/dev/null ||
	    skip "no localedef here"
	person ann@x.example | ingest | enrol warm >/dev/null
	fu-due -q --at $later | LOCPATH=$PWD/locale LC_ALL=de_DE.UTF-8 \
	    fu-send -q --at $later >/dev/null
	grep -q '^Date: Fri, 6 Mar 2026 15:00:00 +0000' outbox/new/* ||
	    fail "$(grep -h '^Date:' outbox/new/*)"
}

@test "GD-13: who objected is not scored" {
	person obi@o.example '"title":"VP Sales","budget":50000' | ingest |
	    fu-score -q --at $now >was
	[ "$(jq .score was)" -gt 0 ] || fail "$(cat was)"
	log objection obi@o.example
	fu-score -q -a --at $now >scored
	is '0 objected' "$(jq -r '"\(.score) \(.factors | map(.factor) | join(","))"' scored)"
}

@test "EM-09: a line break in a name rejects its row, others go on, and none gets into a header" {
	{
		person ann@x.example
		person eve@x.example | sed 's/"Ann"/"Eve\\r\\nBcc: x@y.example"/'
		person bob@x.example
	} >people
	ends 65 ingest -r rej people
	is "2 header_injection" "$(jq -r '"\(.line) \(.reason)"' rej)"
	is 2 "$(q 'SELECT count(*) FROM prospect')"
	printf 'Email,First Name,Company,Job Title\n"cy@x.example","Cy\nBcc: x@y.example",C,T\ndi@x.example,Di,"D\rBcc: x@y.example",T\nel@x.example,El,E,"T\r\nBcc: x@y.example"\n"fay@x.example\nBcc: x@y.example",Fay,F,T\ngus@x.example,"Gus\n",G,T \n' >people.csv
	ends 65 ingest -r rej people.csv
	is "2 4 6 8 header_injection" "$(jq -rs '[.[].line, (map(.reason) | unique[])] | join(" ")' rej)"
	is Gus "$(q "SELECT first_name FROM prospect WHERE email = 'gus@x.example'")"
	# a form's, too, whatever ends the header; and nothing of it is taken
	printf '{"event":"form","email":"hal@x.example","%s","id":"%s"}\n' \
	    'first_name":"Hal' 1 'first_name":"Hal\r\nBcc: x@y.example' 2 \
	    'company":"H\u0000x' 3 'title":"T\u000aBcc: x@y.example' 4 \
	    'note":"two\nlines' 5 >forms
	ends 65 ingest -r rej forms
	is "2 3 4 header_injection" "$(jq -rs '[.[].line, (map(.reason) | unique[])] | join(" ")' rej)"
	is "Hal||" "$(q "SELECT first_name, company, title FROM prospect WHERE email = 'hal@x.example'")"
	# corrected, they come in
	sed 's/\\r\\nBcc: x@y.example//' people | ingest | enrol warm >/dev/null
	cp fu.db whole.db
	fu-due -q --at $later | fu-send -q --at $later >sent
	is "ann@x.example sent|bob@x.example sent|eve@x.example sent" "$(jq -r 'select(.channel == "email") |
	    "\(.email) \(.result.status)"' sent | sort | paste -sd '|')"
	if grep -ri '^bcc:' outbox; then fail "it got into a header"; fi
	# what a database may hold all the same
	rm -f fu.db-wal fu.db-shm
	cp whole.db fu.db
	q "UPDATE prospect SET first_name = 'Eve' || char(10) || 'Bcc: x@y.example'
	    WHERE email = 'eve@x.example'"
	fu-due -q --at $later | fu-send -q --at $later >sent
	is "blocked header_injection EM-09" "$(jq -r 'select(.email == "eve@x.example" and .channel == "email") |
	    "\(.result.status) \(.result.reason) \(.result.rule)"' sent)"
}

@test "EM-09: a line break that is one after decoding rejects its row too, and is blocked where it is stored" {
	printf '{"email":"p%s@x.example","%s":"%s"}\n' 1 first_name 'Eve%0d%0aBcc: x@y.example' \
	    2 title 'CEO%0ABcc: x' 3 company 'D&#13;&#10;Bcc: x' 4 last_name 'E%250D%250ABcc: x' \
	    5 name 'F F&amp;#xA;Bcc: x' 6 company '100% 0aks &#169; R&D 50%0f' 7 title '&NewLine;T' >people
	echo '{"email":"x%0d%0abcc@x.example","first_name":"X"}' >>people
	ends 65 ingest -r rej people
	is "1 2 3 4 5 7 8 header_injection" "$(jq -rs '[.[].line, (map(.reason) | unique[])] | join(" ")' rej)"
	is "100% 0aks &#169; R&D 50%0f" "$(q 'SELECT company FROM prospect')"
	printf 'Email,First Name\ncy@x.example,Cy%%0d%%0aBcc: x\n' >people.csv
	ends 65 ingest -r rej people.csv
	is header_injection "$(jq -r .reason rej)"
	echo '{"event":"form","email":"hal@x.example","first_name":"Hal%0aBcc: x"}' >form
	ends 65 ingest -r rej form
	is header_injection "$(jq -r .reason rej)"
	person eve@x.example | ingest | enrol warm >/dev/null
	q "UPDATE prospect SET first_name = 'Eve%0d%0aBcc: x@y.example' WHERE email = 'eve@x.example'"
	fu-due -q --at $later | fu-send -q --at $later >sent
	is "blocked header_injection EM-09" "$(jq -r 'select(.channel == "email") |
	    "\(.result.status) \(.result.reason) \(.result.rule)"' sent)"
}

@test "LG-03 WG-09: a ledger cut off, or a clock behind it: nothing leaves, exit 74" {
	person ann@x.example | ingest | enrol warm >/dev/null
	log unsubscribe bob@y.example channel=email
	cp fu.db sound.db
	sqlite3 fu.db "UPDATE ledger SET chain = substr(chain, 1, 7)"
	ends 74 fu-due -q --at $later
	is "" "$(jq -r 'select(.channel == "email") | .claim // empty' out)"
	says err "the ledger does not hold at entry 1"
	ends 74 fu-why --json --at $later ann@x.example
	says out ledger_error
	# Its end cut off, with what it came to.
	cp sound.db fu.db
	rm -f fu.db-wal fu.db-shm
	sqlite3 fu.db "DELETE FROM ledger; DELETE FROM suppression"
	ends 74 fu-due -q --at $later
	says err "cut off before entry 1"
	# And so for everybody, until somebody has looked at all of it.
	cp sound.db fu.db
	rm -f fu.db-wal fu.db-shm
	sqlite3 fu.db "DELETE FROM suppression"
	person bob@y.example | ingest >/dev/null
	ends 74 fu-cadence -q --cadence warm --at $later bob@y.example
	ends 74 fu-due -q --at $later
	is "" "$(jq -r 'select(.channel == "email") | .claim // empty' out)" "claimed beside it"
	cp sound.db fu.db
	rm -f fu.db-wal fu.db-shm
	at=2026-03-06T15:06:00Z log unsubscribe cid@y.example channel=email
	ends 74 fu-due -q --at $later
	says err "the clock is behind the ledger"
	ends 0 fu-due -q -n --at $later
	ends 0 fu-due -q --at 2026-03-06T15:01:00Z
	[ -s out ] || fail "nothing was claimed"
}

@test "LG-03: a consent that was made whole behind the ledger's back is none" {
	consent_sms 2026-03-01T10:00:00Z
	cp fu.db sound.db
	for change in "UPDATE consent SET status = 'revoked'" \
	    "UPDATE consent SET complete = 0" "DELETE FROM consent" \
	    "UPDATE consent SET expires_us = 5" \
	    "UPDATE ledger SET detail = replace(detail, 'Example', 'Rival') WHERE event = 'consent'"; do
		cp sound.db fu.db
		rm -f fu.db-wal fu.db-shm
		sqlite3 fu.db "$change"
		ends 74 fu-cadence -q --cadence warm --at $later +12125552001
		says err "at entry 1"
	done
	cp sound.db fu.db
	rm -f fu.db-wal fu.db-shm
	ends 0 fu-cadence -q --cadence warm --at $later +12125552001
}

@test "LG-03: what the ledger says of somebody and what is looked up must agree, however old" {
	person ann@x.example | ingest | enrol warm >/dev/null
	log unsubscribe ann@x.example channel=email
	# 5,000 entries later nobody looks at the first in passing.
	for i in $(seq 5000); do
		echo '{"event":"unsubscribe","email":"u'$i'@y.example","id":"'$i'","at":"2026-03-01T10:00:00Z"}'
	done | ingest >/dev/null
	cp fu.db long.db
	for change in "UPDATE ledger SET rule = 'XX-1' WHERE seq = 1" \
	    "DELETE FROM suppression WHERE seq = 1" \
	    "UPDATE suppression SET reason = 'soft_bounce' WHERE seq = 1" \
	    "UPDATE suppression SET at_us = 1 WHERE seq = 1"; do
		cp long.db fu.db
		rm -f fu.db-wal fu.db-shm
		sqlite3 fu.db "$change"
		ends 74 fu-cadence -q --cadence warm --at $later ann@x.example
		says err "entry 1"
	done
}
