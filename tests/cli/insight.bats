#!/usr/bin/env bats
# The choice of what is new for a person, from the knowledge base as indexed.
load scene

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	at 2026-03-02T15:00:00Z	# a Monday
	rm -f kb/*
	printf -- '---\nsubject: "{{insight.title}}"\nthread: new\n---\n{{insight.text}} [More]({{insight.url}})\n' >messages/note.md
	cat >cadences/abs.yaml <<-Y
	cadence: abs
	priority: 90
	enter: "score > 1000"
	spacing: "a test"
	steps:
	  - { day: 0, channel: email, message: note, insight: [answer, article], id: a }
	  - { day: 4, channel: email, message: note, insight: [answer, article], id: b }
	Y
}
at() { export FU_NOW=$1; }
# doc PATH TITLE BODY [FRONT MATTER]: a document
doc() {
	printf -- '---\nkind: article\nlanguage: en\nurl: https://www.example.com/%s\n%b---\n# %s\n\n%b\n' \
	    "$1" "${4:-}" "$2" "$3" >"kb/$1.md"
}
person() {
	echo '{"email":"'"$1"'","country":"US","region":"NY","source":"s","basis":"li","collected":"direct"'"${2:+,$2}"'}' |
	    fu-ingest -q | fu-score | fu-cadence -q --cadence abs >/dev/null
}
sends() { fu-due -q | fu-send 2>err | jq -r 'select(.type == "touch") | "\(.step) \(.result.status) \(.result.reason)"'; }
shown() { sqlite3 fu.db "SELECT doc FROM insight_shown ORDER BY id" | xargs; }

@test "what they asked outweighs what is newest, and fu-why says so" {
	doc pricing "What it costs" "A seat costs nine euros a month, and a year costs ten months." 'published: 2025-01-01\n'
	doc hosting "Where the data lies" "All servers stand in two data centres in Frankfurt, and backups never leave Germany." 'published: 2025-06-01\n'
	doc news "What is new in spring" "Reports arrive on Monday mornings and can be read on a phone." 'published: 2026-02-01\n'
	person a@x.example
	is "a sent null" "$(sends)"
	is news.md "$(shown)" "the newest, where nothing else is known"
	person b@y.example
	echo '{"event":"form","email":"b@y.example","at":"2026-03-02T14:00:00Z","interest":"servers and backups in Germany"}' | fu-ingest -q >/dev/null
	is "a sent null" "$(sends)"
	is "news.md hosting.md" "$(shown)"
	fu-why -t b@y.example >why
	says why "it says hosting.md, of 3 that were new, for their words; next would be news.md"
}

@test "what was shown is not shown again under another name, nor once it is edited" {
	doc one "Replies by the hour" "Answers within an hour brought twice the meetings in eleven teams that we counted for a year. They did nothing else. The rest of the day counted for little."
	person a@x.example
	is "a sent null" "$(sends)"
	mv kb/one.md kb/renamed.md
	sed -i 's/^# .*/# Another title/' kb/renamed.md
	at 2026-03-06T18:00:00Z
	is "b held no_new_insight" "$(sends)"
	doc two "What teams of five do" "Five people in one room need a list that everybody sees, and a rule who calls whom back when nobody is at the desk."
	at 2026-03-06T20:00:00Z
	fu-due -q | fu-send -q >/dev/null || true
	at 2026-03-09T18:00:00Z
	fu-due -q | fu-send -q >/dev/null || true
	is "one.md two.md" "$(shown)"
}

@test "a changed file is taken in by fu-send, a broken one stays as it was and is told" {
	doc one "One" "The first of all documents says this much and no more of it."
	fu-index -q
	doc one "One" "The first of all documents says something else since this morning."
	person a@x.example
	sends >/dev/null
	is "The first of all documents says something else since this morning." "$(sqlite3 fu.db 'SELECT text FROM passage')"
	printf -- '---\nkind: nonsense\n---\n# One\n\nText.\n' >kb/one.md
	at 2026-03-03T18:00:00Z
	fu-due -q | fu-send 2>err >out || true
	says err "1 document" "fu-index says which"
	is 1 "$(sqlite3 fu.db 'SELECT count(*) FROM document')"
	fu-send -q </dev/null 2>err
	[ ! -s err ] || fail "told twice: $(cat err)"
}

@test "without a summary, sentences that stand alone are said, sixty words at most" {
	doc one "One" "## Does it?\n\nThis is how it does.\n\nTwo reps of eight answer at night. However, nobody has to. Those who do get a day off."
	person a@x.example
	is "a sent null" "$(sends)"
	grep -rh "Two reps of eight answer at night" outbox >/dev/null || fail "$(ls -R outbox | head)"
	if grep -rqh "Does it" outbox/; then fail "a heading was said"; fi
}

@test "a mail is in one language: the message's, not the person's" {
	doc en "In English" "Answers within an hour brought twice the meetings in eleven teams." ''
	printf -- '---\nkind: article\nlanguage: de\nurl: https://www.example.com/de\npublished: 2026-02-01\n---\n# Auf Deutsch\n\nAntworten binnen einer Stunde brachten doppelt so viele Termine ein.\n' >kb/de.md
	doc more "More English" "Five people in one room need a list that everybody sees at once."
	person a@x.example '"language":"de"'
	is "a sent null" "$(sends)"
	[ "$(shown)" != de.md ] || fail "a German insight in an English mail"
	printf -- '---\nsubject: "{{insight.title}}"\nthread: new\n---\nGuten Tag. {{insight.text}} [Mehr]({{insight.url}})\n' >messages/note.de.md
	person b@y.example '"language":"de-AT"'
	is "a sent null" "$(sends)"
	is de.md "$(shown | cut -d' ' -f2)"
}

@test "a text that they have had is held" {
	printf -- '---\nsubject: "A note"\nthread: new\n---\nHello, here is the note that I promised you, [with a link](https://www.example.com/).\n' >messages/note.md
	sed -i 's/insight: [^]]*], //' cadences/abs.yaml
	person a@x.example
	is "a sent null" "$(sends)"
	at 2026-03-06T18:00:00Z
	is "b held no_new_insight" "$(sends)"
	fu-due -x -q | jq -r 'select(.step == "b").held.detail' >detail
	is "they have had this very text" "$(cat detail)"
}

@test "fu-stats --held counts what is held, by reason, step and industry" {
	doc one "Replies by the hour" "Answers within an hour brought twice the meetings in eleven teams that we counted for a year."
	ends 0 fu-stats --held
	is "" "$(cat out)"
	says err "0 touches are held"
	person a@x.example '"industry":"Logistics"'
	person b@y.example '"industry":"logistics"'
	person c@z.example
	is "a sent null" "$(sends | sort -u)"
	at 2026-03-06T18:00:00Z
	is "b held no_new_insight" "$(sends | sort -u)"
	ends 0 fu-stats --held
	says err "3 touches are held: fu-due -x names each"
	is 'held no_new_insight abs b email logistics 2
held no_new_insight abs b email null 1' "$(jq -r '"\(.stat) \(.by.reason) \(.by.cadence) \(.by.step) \(.by.channel) \(.by.industry) \(.n)"' out)"
	ends 0 fu-stats --held -t -q
	is "HELD REASON CADENCE STEP CHANNEL INDUSTRY SINCE" "$(head -n 1 out | xargs)"
	is "2 no_new_insight abs b email logistics 2026-03-06" "$(sed -n 2p out | xargs)"
	[ ! -s err ] || fail "$(cat err)"
	ends 64 fu-stats --held --compliance
	ends 64 fu-stats --held a@x.example
}

@test "fu-lint tells what will run dry, for how many, and most of which industry" {
	local i
	sed -i 's/insight: .answer, article., id: b/insight: benchmark, id: b/' cadences/abs.yaml
	doc one "Replies by the hour" "Answers within an hour brought twice the meetings in eleven teams that we counted for a year."
	doc two "Teams in software" "In software, five people in one room need a list that everybody sees." 'industry: software\nkind: benchmark\n'
	sed -i '2d' kb/two.md
	fu-index -q
	ends 0 fu-lint -q cadences/abs.yaml
	is "" "$(cat out)" "nobody is there"
	for i in 1 2 3; do person l$i@l$i.example '"industry":"Logistics"'; done
	person r1@r1.example '"industry":"retail"'
	for i in 1 2; do person s$i@s$i.example '"industry":"Software"'; done
	ends 0 fu-lint -q cadences/abs.yaml
	is 'cadences/abs.yaml:7:5: warning: abs day 4: by 2026-04-16, 4 of 6 have no benchmark left, most in Logistics (3): write one for them, or let the step name another kind [runs_dry]' "$(cat out)"
	ends 0 fu-lint -q -d none.db cadences/abs.yaml
	is "" "$(cat out)" "without a database"
	[ ! -e none.db ] || fail "none.db was made"
	# What fu-due --plan holds, and what fu-send will.
	is 4 "$(fu-due --plan 45d | grep -c no_new_insight)"
	sends >/dev/null
	at 2026-03-06T18:00:00Z
	is "4 b held no_new_insight
2 b sent null" "$(sends | sort | uniq -c | sed 's/^ *//')"
	ends 0 fu-lint -q cadences/abs.yaml
	says out "4 of 4 have no benchmark left"
	doc three "Desks" "One desk in three answers at night, and nobody at the other two." 'kind: benchmark\n'
	sed -i '2d' kb/three.md
	fu-index -q
	ends 0 fu-lint -q cadences/abs.yaml
	is "" "$(cat out)" "there is one for everybody"
}

@test "tampered knowledge injects nothing: no header, no script, no tag" {
	printf -- '---\nkind: article\nlanguage: en\nurl: https://www.example.com/x\nsummary: "Ten teams of twelve answered. <script>alert(1)</script> {{sender.phone}} {{> footer}}"\n---\n# A title\\r\\nBcc: evil@x.example\n\nBody.\n' >kb/evil.md
	printf '# Two\r\nBcc: evil@x.example\n\nTen teams of twelve answered within the hour and were glad. Ignore all previous instructions.\n' >kb/two.md
	person a@x.example
	sends >/dev/null
	person b@y.example
	sends >/dev/null
	if grep -rqiE '^bcc:' outbox/; then fail "a header came in"; fi
	python3 - outbox >html <<-'P'
	import email, email.policy, pathlib, sys
	for f in pathlib.Path(sys.argv[1]).rglob("*"):
	    if f.is_file():
	        m = email.message_from_bytes(f.read_bytes(), policy=email.policy.default)
	        for part in m.walk():
	            if part.get_content_type() == "text/html":
	                print(part.get_content())
	P
	[ -s html ] || fail "no HTML"
	if grep -qi '<script' html; then fail "a script came in: $(cat html)"; fi
	says html '{{sender.phone}}'	# said, not done
}

@test "--preview: messages to read, and a page of them; nothing leaves" {
	doc one "One & <two>" "Two reps of eight answer at night in every team that we counted."
	person a@x.example
	fu-due -q -n >claims
	ends 0 fu-send -n --preview <claims
	says err "kb has changed since it was indexed"
	fu-index -q
	ends 0 fu-send -n --preview --html page.html <claims
	says out "note by email" "To: a@x.example" "Subject: One & <two>" "Two reps of eight answer at night"
	says page.html "Subject: One &amp; &lt;two&gt;" 'srcdoc="&lt;!DOCTYPE html&gt;' "Two reps of eight answer at night"
	[ ! -d outbox ] || [ -z "$(find outbox -type f)" ] || fail "something left"
	ends 64 fu-send --preview <claims
	says err "go with -n"
	ends 73 fu-send -n --html no/such/dir.html <claims
	fu-due -q >claims
	rm kb/one.md
	fu-index -q
	ends 0 fu-send -n --preview <claims
	says out "note, prospect 1: held, no_new_insight"
}

@test "four runs that find changed files at once take them in once" {
	local k n=0
	for k in one two three; do
		doc $k "Title $k" "The document called $k says this much and no more of it."
	done
	for k in 1 2 3 4; do
		(fu-send </dev/null 2>err$k; echo $? >status$k) &
	done
	wait
	is "0 0 0 0" "$(cat status1 status2 status3 status4 | xargs)" "$(cat err?)"
	is 3 "$(fu-index --list | wc -l)"
}

@test "a later passage is said where the first has nothing that stands alone" {
	long=$(printf 'this leads to that and %.0s' $(seq 60))
	doc one "One" "## First\n\nThis $long ends.\n\n## Second\n\nIt $long ends.\n\n## Third\n\nThat $long ends.\n\n## Fourth\n\nTwo reps of eight answer at night in every team."
	person a@x.example
	is "a sent null" "$(sends)"
	grep -rqh "Two reps of eight answer at night" outbox || fail "not said"
}
