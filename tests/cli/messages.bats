#!/usr/bin/env bats
# The shipped messages as those get them of whom much, little or nothing is
# known: a file a message in messages/, to be read as a reader would.
#
# GOLDEN=write tests/run cli/messages writes them anew.
load scene

at=2026-03-06T15:00:00Z

setup() {
	scene
}

# What is known of them: nothing; a name; what a list says; what they asked in
# the chat; what a rep noted of a demo.
people() {
	jq -c '. + {country: "US", region: "NY", source: "website",
	    basis: "consent", collected: "direct"}' <<-'E'
	{"email":"nobody@a.example"}
	{"email":"name@b.example","first_name":"Ann"}
	{"email":"list@c.example","first_name":"Lee","last_name":"Moss","company":"Ardente","industry":"Software","company_size":210,"interest":"Products: audit trail","timeline":"Q3","budget":48000}
	{"email":"asked@d.example","first_name":"Kim","company":"Dunmore","industry":"Retail"}
	{"email":"demo@e.example","first_name":"Eve","last_name":"Orr","company":"Eastgate","industry":"Software","interest":"lead routing","timeline":"4 months"}
	E
}

# Nothing but that a demo was held is known of the first two.
events() {
	cat <<-'E'
	{"event":"call","email":"name@b.example","outcome":"demo"}
	{"event":"call","email":"nobody@a.example","outcome":"demo"}
	{"event":"demo","email":"asked@d.example"}
	{"event":"chat","email":"asked@d.example","from":"prospect","text":"What does it cost?"}
	{"event":"demo","email":"demo@e.example","features":["routing by region","replies in the CRM","quiet hours"],"questions":["Can it read custom fields?"],"objections":["we already have a sequencing tool"]}
	E
}

# The kinds of insight that a message brings, as the cadences have it.
kinds() {
	sed -n "s/.*message: $1\>.*insight: \(\[[^]]*\]\|[a-z_]*\).*/\1/p
	    s/.*rotate: \(\[[^]]*\]\).*message: $1\>.*/\1/p" cadences/*.yaml
}

# What a reader sees of it: subject and text without the footer; of what is
# not mail the text alone.
shown() {
	jq -r '"== \(.email): " + if .result.text then
	    (if .channel == "email" then .result.subject else "" end) + "\n\n" +
	    (.result.text | split("\n---\n")[0] | split("\nWho it is\n")[0] |
	    split("\nTask ")[0] | sub("\\s+$"; "")) + "\n"
	    else .result.reason end' | sed 's/ $//'
}

# render NAME: the message to everybody, as a mail, a chat's as a task.
render() {
	local channel=task kinds
	kinds=$(kinds "$1")
	! grep -q "channel: email.*message: $1\>\|, email\].*message: $1\>" \
	    cadences/* || channel=email
	cat >cadences/one.yaml <<-E
	cadence: one
	about: One message
	enter: score >= 0
	spacing: "a test"
	steps:
	  - { day: 0, channel: $channel, message: $1${kinds:+, insight: $kinds} }
	E
	rm -f fu.db*
	cp ../known.db fu.db
	fu-cadence -q --cadence one --at $at <../known >/dev/null
	fu-due -q --at $at | fu-send -nvq --at $at | jq -s 'sort_by(.prospect)[]' |
	    shown
	rm cadences/one.yaml
}

everything() {
	house h
	cd h || return
	unthrottled .
	sed -i 's/company_week: 3/company_week: 99/' fu.yaml
	# A story for anybody, so that a story is told to all.
	sed -e '/^industry:/d' -e '/^company_size:/d' kb/case-logistics.md \
	    >kb/case-any.md
	fu-index -q
	people | fu-ingest -q --at 2026-03-02T15:00:00Z >../known
	events | jq -c '. + {at: "2026-03-04T15:00:00Z"}' |
	    fu-ingest -q --at 2026-03-04T15:00:00Z >/dev/null
	fu-score -q --at 2026-03-04T15:00:00Z <../known >/dev/null
	sqlite3 fu.db 'VACUUM INTO "../known.db"'
	for file in messages/*.md; do
		name=$(basename "$file" .md)
		render "$name" >"../$name.txt"
	done
	cd ..
}

@test "each message is whole and true, whatever is known of its reader" {
	everything
	for file in h/messages/*.md; do
		name=$(basename "$file" .md)
		[ "${GOLDEN-}" != write ] ||
		    cp "$name.txt" "$BATS_TEST_DIRNAME/messages/$name.txt"
		same "$BATS_TEST_DIRNAME/messages/$name.txt" "$name.txt"
	done
}

# Outside of a section a message says nothing of its reader but by greeting
# them, and never that it answers what was asked.
@test "no message claims what is not known" {
	python3 - "$root"/templates/messages/*.md >claims <<-'E'
	import re, sys
	claim = re.compile(r"\b(" + "|".join([
	    "(you|we) (had |have |then |also |just )?(asked|said|told|mentioned|"
	    "raised|wrote|looked|saw|seen|showed|spoke|talked|planned)",
	    "(in|after) the demo", "matters most to you", "my notes",
	    "I (promised|owed|found|looked)", "looked it up", "last time",
	    "thank you for", "your question", "since you"]) + r")\b", re.I)
	section = re.compile(r"\{\{#([a-z_0-9]+)\}\}.*?\{\{/\1\}\}", re.S)
	default = re.compile(r"\{\{[^{}]*\| *default:[^{}]*\}\}")
	for name in sys.argv[1:]:
	    text = open(name, encoding="utf-8").read()
	    # The rep's: a task has no insight, and says what is not known.
	    if "insight." not in text and "{{sender" not in text and \
	        re.search(r"-(call|checkin|remind)\.md$", name):
	        continue
	    bare = section.sub("", text)
	    for found in claim.finditer(bare):
	        print(name.split("/")[-1] + ": " + found.group(0))
	    for found in default.findall(text):
	        if found != '{{first_name | default: "there"}}':
	            print(name.split("/")[-1] + ": " + found)
	E
	[ ! -s claims ] || fail "$(cat claims)"
}

# A person who goes from one cadence to the next gets many of them; the monthly
# one comes again and again, so no sentence of its own may be long.
@test "no two messages share a sentence of over 8 words, and none has 120" {
	python3 - "$root"/templates/messages/*.md >said <<-'E'
	import re, sys
	def words(text):
	    return re.findall(r"[a-z0-9']+", text.lower())
	seen = {}
	for name in sys.argv[1:]:
	    text = open(name, encoding="utf-8").read().split("---\n", 2)[2]
	    name = name.split("/")[-1]
	    if re.search(r"-(call|checkin|remind)\.md$", name):
	        continue
	    text = re.sub(r"\{\{[#^/][^}]*\}\}", "", text)
	    text = re.sub(r"\]\([^)]*\)", "]", text)
	    for block in text.split("\n\n"):
	        for s in re.split(r"(?<=[.!?:])\s+", re.sub(r"\{\{.*?\}\}", "x",
	            block)):
	            key = " ".join(words(s))
	            if len(key.split()) <= 8:
	                continue
	            if name == "enterprise-monthly.md" or \
	                seen.setdefault(key, name) != name:
	                print(f"{name}: {s}")
	E
	[ ! -s said ] || fail "$(cat said)"
	python3 - "$BATS_TEST_DIRNAME"/messages/*.txt >long <<-'E'
	import re, sys
	for name in sys.argv[1:]:
	    for text in re.split(r"^== ", open(name).read(), flags=re.M)[1:]:
	        if len(re.sub(r"\(https://\S*\)", "", text).split()) >= 120:
	            print(name.split("/")[-1], text.split("\n")[0])
	E
	[ ! -s long ] || fail "$(cat long)"
}
