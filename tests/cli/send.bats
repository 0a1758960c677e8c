#!/usr/bin/env bats
# fu-send by outbox: what leaves, what is held and why, what a result says.
load scene

at=2026-03-06T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	leads 3 | fu-ingest -q -f csv --at 2026-03-02T15:00:00Z >people
	fu-score -q --at 2026-03-02T15:00:00Z <people |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
}

due() { fu-due -q --at "${1:-$at}"; }
# The outbox's mail to that address, its headers unfolded.
mail_to() {
	local f
	f=$(grep -l "^To: .*$1" outbox/new/* | head -1)
	[ -n "$f" ] || fail "no mail to $1" "$(ls outbox/new)"
	sed -e ':a' -e 'N' -e '$!ba' -e 's/\r//g' -e 's/\n[ \t]/ /g' "$f"
}
results() { jq -r '.result.status + " " + (.result.reason // "-")' "$@"; }
# A mail without insight in place of the first one of the warm cadence.
message() {
	sed -i 's/, insight: article//' cadences/warm.yaml
	cat >messages/warm-article.md
}

@test "a claimed touch leaves, and its record says so" {
	due >claimed
	[ "$(wc -l <claimed)" -eq 3 ] || fail "$(cat claimed)"
	ends 0 fu-send --at $at <claimed
	is 3 "$(ls outbox/new | wc -l)" "messages"
	is "sent - sent - sent -" "$(results out | xargs)"
	is "fu-send: 3 sent" "$(cat err)"
	# All but the result is what came in, byte for byte.
	sed 's/,"result":.*/}/' out >before
	same claimed before
	jq -e '.result | .message_id and .via == "outbox" and .at == "2026-03-06T15:00:00Z"' out
	ends 0 fu-send --at $at <claimed
	is "held claim_lost" "$(results out | sort -u)"
	is 3 "$(ls outbox/new | wc -l)" "messages"
}

@test "the mail has the headers that the law and the protocols ask for" {
	due | fu-send -q --at $at >/dev/null
	mail_to p1@c1.example >mail
	says mail 'Date: Fri, 6 Mar 2026 15:00:00 +0000' \
	    'List-Unsubscribe: <https://fu.example.com/u/' '<mailto:' \
	    'List-Unsubscribe-Post: List-Unsubscribe=One-Click' \
	    'Feedback-ID: warm-article:warm:' 'Auto-Submitted: auto-generated' \
	    'MIME-Version: 1.0' '12 Mill Lane' 'or reply STOP'
	grep -q "^Message-ID: <[0-9]*\.[a-z2-7]*@example.com>" mail ||
	    fail "$(cat mail)"
}

@test "the To: header has what there is of a name, and no more" {
	printf '%s\n' '{"email":"cher@one.example","first_name":"Cher"}' \
	    '{"email":"byrne@one.example","last_name":"Byrne"}' \
	    '{"email":"info@one.example","company":"One"}' |
	    sed 's/}$/,"country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}/' |
	    fu-ingest -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
	due | fu-send -q --at $at >/dev/null
	for who in p1@c1 cher@one byrne@one info@one; do
		mail_to "$who" | sed -n 's/^To: //p'
	done >to
	printf '%s\n' 'P1 Lead <p1@c1.example>' 'Cher <cher@one.example>' \
	    'Byrne <byrne@one.example>' info@one.example >want
	same want to
}

@test "other records pass whole, and what is no record is rejected" {
	printf '%s\n' '{"type":"prospect", "n":1.50,"z":[ ]}' '{"a":1}' \
	    '{"type":"touch","touch":1}' >in
	ends 0 fu-send --at $at <in
	same in out
	ends 65 fu-send --at $at -r rejects <<<'no'
	says rejects '"input":"no"'
}

@test "-n composes and changes nothing; with -v it shows the text" {
	due | head -1 >one
	ends 0 fu-send -nv --at $at <one
	jq -e '.result.dry_run and (.result.text | contains("Hi P")) and .result.subject' out
	[ ! -d outbox/new ] || is 0 "$(ls outbox/new | wc -l)" "messages"
	ends 0 fu-send --at $at <one
	is "sent -" "$(results out)"
}

@test "a missing value without a default holds the touch" {
	message <<-'M'
	---
	subject: "For {{nickname}}"
	---
	Something to say.
	M
	due | ends 0 fu-send --at $at
	is "held missing_value" "$(results out | sort -u)"
	jq -e '.result.detail | contains("nickname")' out
	[ ! -d outbox/new ] || is 0 "$(ls outbox/new | wc -l)" "messages"
	# Not again before tomorrow.
	is "" "$(due)"
}

@test "noise holds the touch" {
	message <<-'M'
	---
	subject: "Your plans"
	---
	I am just checking in.
	M
	due | ends 0 fu-send --at $at
	is "held noise" "$(results out | sort -u)"
}

@test "nothing new to say holds the touch" {
	rm kb/article-*.md
	due | ends 0 fu-send --at $at
	is "held no_new_insight" "$(results out | sort -u)"
}

@test "CS-07: a deceptive subject is blocked" {
	message <<-'M'
	---
	subject: "Re: our call"
	---
	You asked nothing.
	M
	due | ends 0 fu-send --at $at
	is "blocked subject_deceptive" "$(results out | sort -u)"
}

@test "EM-09: a line break in a header never leaves" {
	printf '{"email":"eve@e.example","first_name":"Eve","last_name":"Lee\\r\\nBcc: all@e.example","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}\n' |
	    fu-ingest -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
	due | fu-send -q --at $at >/dev/null
	! grep -l '^Bcc:' outbox/new/* || fail "a header of theirs"
}

@test "LG-04: an opt-out between claim and wire stops it" {
	due >claimed
	fu-log --at $at unsubscribe p1@c1.example channel=email |
	    fu-ingest -q --at $at >/dev/null
	ends 0 fu-send --at $at <claimed
	jq -c 'select(.email == "p1@c1.example").result' out >mine
	is "blocked suppressed CS-04" "$(jq -r '.status + " " + .reason + " " + .rule' mine)"
	is 2 "$(ls outbox/new | wc -l)" "messages"
}

@test "what was sent says what the gate let it leave by" {
	due | fu-send -q --at $at >/dev/null
	is "US li lia-sample" "$(sqlite3 fu.db "SELECT json_extract(inputs, '\$.gate.country') || ' ' ||
	    json_extract(inputs, '\$.gate.basis') || ' ' || json_extract(inputs, '\$.gate.assessment')
	    FROM decision WHERE kind = 'send' AND verdict = 'sent' LIMIT 1")"
	fu-why -t --at $at p1@c1.example >story
	says story "the gate let it by country US" "assessment lia-sample"
}

@test "a claim whose lease is over goes back" {
	due >claimed
	ends 0 fu-send --at 2026-03-06T16:00:00Z <claimed
	is "held claim_lost" "$(results out | sort -u)"
	is 3 "$(due 2026-03-06T16:00:00Z | wc -l)" "claims"
}

@test "nobody gets the same insight twice, and a thread goes on" {
	sed -i 's/^thread: new/thread: continue/' messages/warm-story.md
	sed -i 's/, insight: case_study/, insight: article/' cadences/warm.yaml
	due | fu-send -q --at $at >/dev/null
	mail_to p1@c1.example >first
	mv outbox/new outbox/then
	due 2026-03-13T18:00:00Z | fu-send -q --at 2026-03-13T18:00:00Z >second
	is "sent" "$(jq -r .result.status second | sort -u)"
	mail_to p1@c1.example >mail
	id=$(sed -n 's/^Message-ID: //p' first)
	says mail "In-Reply-To: $id" "References: $id" \
	    "Subject: Re: $(sed -n 's/^Subject: //p' first)"
	! grep -qF "$(grep -o 'https://www.example.com/article[^ )]*' first |
	    head -1)" mail || fail "the same article" "$(cat mail)"
}

@test "a task goes to its owner with all that is known" {
	sed -i 's/channel: email, message: warm-article.*/channel: task, message: hot-call, task: [call] }/' cadences/warm.yaml
	due | ends 0 fu-send --at $at
	is "sent -" "$(results out | sort -u)"
	f=$(grep -l 'p1@c1.example' outbox/new/* | head -1)
	says "$f" 'X-Fu-Channel: task' 'Who it is' 'VP Sales' 'p1@c1.example' \
	    'fu-handoff --done'
	grep -q '^To: .*@example.com' "$f" || fail "$(cat "$f")"
	says "$f" 'Subject: Call P1 Lead, C1 (warm, day 3)' 'budget $36K'
	is 1 "$(grep -c 'fu-handoff --done' "$f")" "how to end it"
}

@test "sample: true refuses whatever leaves, and says which lines to edit" {
	due >claimed
	sed -i 's/^  email: { via: outbox }/  email: { via: smtp, url: "smtp:\/\/127.0.0.1:9" }/' fu.yaml
	ends 78 fu-send --at $at <claimed
	says err 'sample: true' "fu.yaml:$(grep -n '^  email: { via: smtp' fu.yaml | cut -d: -f1) (email via: smtp)"
	is "held configuration" "$(results out | sort -u)"
	# The claims went back: put right, it goes on at once.
	sed -i 's/^  email: { via: smtp.*/  email: { via: outbox }/' fu.yaml
	is 3 "$(due | wc -l)" "claims"
}

@test "a rehearsal uses no transport that leaves this machine" {
	sed -i -e '/^sample:/d' -e 's/^  email: { via: outbox }/  email: { via: smtp, url: "smtp:\/\/mail.example.com:25", tls: none }/' fu.yaml
	due >claimed
	ends 78 fu-send --at $at <claimed
	says err 'is a rehearsal'
	is "held configuration" "$(results out | sort -u)"
}

@test "a faulty message stops all sending with its file and line" {
	due >claimed
	printf -- '---\nsubject: "x"\n---\n\n{{#open}} no end\n' >messages/hot-recap.md
	ends 78 fu-send --at $at <claimed
	says err 'hot-recap.md'
	is "held configuration" "$(results out | sort -u)"
}

# A live database, whose window never closes, with one mail that is due now.
live() {
	cd .. || return
	house live
	cd live || return
	unthrottled .
	sed -i -e 's/days: mon-fri/days: mon-sun/' -e '/^  holidays:/d' \
	    -e 's/^  hours: "08:30-17:30"/  hours: "00:00-24:00"/' fu.yaml
	rm cadences/*
	cat >cadences/drip.yaml <<-'E'
	cadence: drip
	about: One mail, now
	enter: score >= 0
	spacing: "a test"
	steps:
	  - { day: 0, channel: email, message: warm-article, insight: article }
	E
	leads 3 | fu-ingest -q -f csv | fu-score -q | fu-cadence -q >/dev/null
}

@test "exec: a program is the transport, and silence is uncertain" {
	live
	sed -i -e '/^sample:/d' -e "s|^  email: { via: outbox }|  email: { via: \"exec:$PWD/tell\" }|" fu.yaml
	cat >tell <<-'E'
	#!/bin/sh
	case $(cat) in
	*'"to":"p1@'*) echo '{"status":"sent","id":"x1"}' ;;
	*'"to":"p2@'*) echo '{"status":"failed","reason":"closed"}' ;;
	*) exit 0 ;;
	esac
	E
	chmod +x tell
	fu-due -q >claimed
	[ "$(wc -l <claimed)" -eq 3 ] || skip "no hour is open now"
	ends 0 fu-send <claimed
	is "p1@c1.example sent - p2@c2.example failed closed p3@c3.example uncertain no_answer" \
	    "$(jq -r '.email + " " + .result.status + " " + (.result.reason // "-")' out | sort | xargs)"
	fu-due -q | fu-send -q >again
	is "" "$(cat again)" "tried again"
	ends 0 fu-send --uncertain
	is p3@c3.example "$(jq -r .email out)"
	id=$(jq -r .touch out)
	ends 0 fu-send --resolve "$id=sent"
	is sent "$(jq -r .result.status out)"
	ends 0 fu-send --uncertain
	is "" "$(cat out)"
}

@test "--resolve refuses what is not uncertain, --uncertain lists nothing" {
	due | fu-send -q --at $at >sent
	id=$(jq -r .touch sent | head -1)
	ends 1 fu-send --at $at --resolve "$id=sent"
	says err "is not uncertain, it is sent"
	ends 64 fu-send --at $at --resolve "$id"
	ends 0 fu-send --at $at --uncertain
	is "" "$(cat out)"
}

@test "the same input gives the same bytes" {
	cp -r . ../again
	due | fu-send -q --at $at >out
	cd ../again || return
	due | fu-send -q --at $at >out
	same ../h/out out
	diff -r ../h/outbox outbox
}

# The whole database, as text.
dump() { sqlite3 fu.db .dump; }

@test "--test: one marked mail to an address of ours, counted nowhere" {
	dump >before
	ends 0 fu-send --at $at --test ada@example.com p1@c1.example warm-article
	says err 'warm-article for P1 L. went to ada@example.com by outbox'
	jq -e '.type == "test" and .to == "ada@example.com" and .email == "p1@c1.example" and .result.status == "sent"' out
	is 1 "$(ls outbox/new | wc -l)" "messages"
	mail_to ada@example.com >mail
	says mail 'Subject: [Test] ' 'X-Fu-Test: yes' 'Hi P1' 'Auto-Submitted: auto-generated'
	! grep -i '^List-Unsubscribe' mail || fail "a way out of theirs"
	# Its insight is the one that they will have.
	insight=$(jq -r .insight out)
	[ -f "kb/$insight" ] || fail "no insight: $(cat out)"
	# Links are there to be looked at, and act for nobody.
	tr -d '\n' <mail | grep -q 'https://fu.example.com/u/test' || fail "$(cat mail)"
	dump >after
	same before after "the database"
	# What is due is as it was, and says what the test said.
	due | ends 0 fu-send --at $at
	is "sent" "$(results out | cut -d' ' -f1 | sort -u)"
	is "$insight" "$(sqlite3 fu.db "SELECT doc FROM insight_shown JOIN prospect p ON p.id = prospect WHERE p.email = 'p1@c1.example'")"
}

@test "--uncertain only reads: a live database is listed at any time" {
	mkdir -p live && (cd live && fu-init -q . >/dev/null && fu-ingest -q -f csv >/dev/null <<<"$(leads 1)")
	cd live
	dump >before
	ends 0 fu-send --uncertain --at 2030-01-01T00:00:00Z
	dump >after
	same before after "the database"
}

@test "--test: no insight where none is used, the notice of a first touch, the thread that goes on" {
	try() { fu-send -q -v --at "${when:-$at}" --test ada@example.com p1@c1.example "$1"; }
	printf '%s\n' --- 'subject: "Hello"' --- 'Hello there.' >messages/plain.md
	is null "$(try plain | jq -r .insight)"
	printf '%s\n' --- 'subject: "Hello"' --- '{{insight.text}}' >messages/with.md
	[ "$(try with | jq -r .insight)" != null ] || fail "no insight"
	# Somebody in France, of whom others told us, and who has heard nothing yet.
	printf '%s\n' '{"email":"eve@y.example","first_name":"Eve","country":"FR","source":"event list","basis":"li","subscriber":"corporate","job_fit":true,"collected":"indirect"}' |
	    fu-ingest -q --at $at >/dev/null
	fu-send -q -v --at $at --test ada@example.com eve@y.example plain | jq -r .result.text >text
	says text "event list"
	! try plain | grep -q "event list" || fail "a notice to somebody who needs none"
	# Its subject is that of the thread.
	sed -i 's/^thread: new/thread: continue/' messages/warm-story.md
	due | fu-send -q --at $at >/dev/null
	mail_to p1@c1.example >first
	when=2026-03-13T18:00:00Z
	rm outbox/new/*
	is "[Test] Re: $(sed -n 's/^Subject: //p' first)" "$(try warm-story | jq -r .result.subject)"
	mail_to ada@example.com >mail
	says mail "In-Reply-To: $(sed -n 's/^Message-ID: //p' first)"
}

@test "--test: -n shows what would go; again is again" {
	ends 0 fu-send -nv --at $at --test ada@example.com p1@c1.example warm-article
	says err 'warm-article for P1 L. would go to ada@example.com'
	jq -e '.result.dry_run and (.result.subject | startswith("[Test] ")) and (.result.text | contains("Hi P1"))' out
	[ ! -d outbox/new ] || is 0 "$(ls outbox/new | wc -l)" "messages"
	ends 0 fu-send -q --at $at --test ada@example.com p1@c1.example warm-article
	ends 0 fu-send -q --at $at --test "Ada <ada@example.com>" 2 warm-article
	[ ! -s err ] || fail "$(cat err)"
	is 2 "$(ls outbox/new | wc -l)" "messages"
}

@test "--test: who is nobody, what is no message, and what is no address" {
	ends 1 fu-send --at $at --test ada@example.com nobody@x.example warm-article
	says err 'nobody is known as nobody@x.example'
	ends 1 fu-send --at $at --test ada@example.com p1@c1.example warm-artcle
	says err 'no message "warm-artcle" in ' 'did you mean warm-article?'
	ends 64 fu-send --at $at --test ada@ p1@c1.example warm-article
	ends 64 fu-send --at $at --test ada@example.com p1@c1.example
	ends 64 fu-send --at $at --test ada@example.com --uncertain p1@c1.example warm-article
	[ ! -d outbox/new ] || is 0 "$(ls outbox/new | wc -l)" "messages"
}

@test "--test: a message that cannot be said to them says why" {
	cat >messages/warm-odd.md <<-'M'
	---
	subject: "For {{nickname}}"
	---
	Something to say.
	M
	ends 1 fu-send --at $at --test ada@example.com p1@c1.example warm-odd
	is "held missing_value" "$(results out)"
	says err 'warm-odd for P1 L.: missing_value: ' nickname
}

@test "--test: somebody who opted out is no hindrance, the configuration is" {
	fu-log --at $at unsubscribe p1@c1.example channel=email | fu-ingest -q --at $at >/dev/null
	ends 0 fu-send --at $at --test ada@example.com p1@c1.example warm-article
	# As installed nothing leaves, a test neither.
	sed -i 's|^  email: { via: outbox }|  email: { via: smtp, url: "smtp://127.0.0.1:1", tls: none }|' fu.yaml
	grep -q '127.0.0.1:1' fu.yaml || fail "no transport"
	ends 78 fu-send --at $at --test ada@example.com p1@c1.example warm-article
	says err 'sample: true'
	# A rehearsal stays on this machine.
	sed -i '/^sample:/d' fu.yaml
	ends 75 fu-send --at $at --test ada@example.com p1@c1.example warm-article
	sed -i 's|127.0.0.1:1"|mail.example.com"|; s/tls: none/tls: required/' fu.yaml
	ends 78 fu-send --at $at --test ada@example.com p1@c1.example warm-article
	says err 'is a rehearsal: outbox and loopback only'
	is 1 "$(ls outbox/new | wc -l)" "messages"
}

@test "a host that blocks us: its domain is paused, the touch held, and tried by nobody" {
	sed -i '/^sample:/d' fu.yaml
	echo '{"email":"rcpt551@b.example","first_name":"P","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}' |
	    fu-ingest -q --at 2026-03-02T15:00:00Z | fu-score -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
	python3 "$root/tests/smtpd.py" --dir "$PWD/smtpd" --idle 60 >port 3>&- &
	server=$!
	until_true 20 test -s port
	sed -i "s|^  email: { via: outbox }|  email: { via: smtp, url: \"smtp://localhost:$(cat port)\", tls: none }|" fu.yaml
	due | ends 0 fu-send --at $at
	is "held domain_paused EM-16 null" "$(jq -r 'select(.email == "rcpt551@b.example") |
	    .result | "\(.status) \(.reason) \(.rule) \(.until)"' out)"
	says err "1 held: domain_paused" "mail to b.example is paused: it blocks us"
	due 2026-03-06T16:00:00Z | fu-send -q --at 2026-03-06T16:00:00Z >later
	! grep -q rcpt551 later || fail "$(cat later)"
	FU_NOW=2026-03-06T16:01:00Z sh -c 'fu-log resume domain=b.example | fu-ingest -q' >/dev/null
	is rcpt551@b.example "$(due 2026-03-06T16:02:00Z | jq -r 'select(.type == "touch") | .email')"
	kill "$server"
}
