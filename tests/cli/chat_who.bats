#!/usr/bin/env bats
# WC-06: a typed address joins nobody until the link in the one mail to it is
# opened by the visitor who typed it.

load scene

dana=dana@acme.example
day=2026-03-03

setup() {
	scene
	house here
	cd here
	export FU_NOW=${day}T15:00:00Z
}

# turn VISITOR TEXT: one turn of its own run; the record into out.
turn() {
	jq -nc --arg v "$1" --arg t "$2" '{visitor: $v, text: $t}' |
	    fu-chat -q >out 2>err
}
comes() {
	jq -nc --arg v "$1" '{visitor: $v, event: "return",
	    url: "https://www.example.com/"}' | fu-chat -q >out 2>err
}
reply() { jq -r .reply out; }
q() { sqlite3 fu.db "$1"; }

# mails: deliver what is due; who got a mail that asks, one a line.
mails() {
	fu-due -q | fu-send -q |
	    jq -r 'select(.service == "double_opt_in") | [.to, .result.status, .result.reason // "-"] | join(" ")'
}
# token [N]: that of the N-th mail that asks, 1 the first.
token() {
	for f in outbox/new/*; do
		echo "$(sed -n 's/^Message-ID: <d\([0-9]*\).*/\1/p' "$f")" \
		    "$(grep -o '/confirm/[a-z2-7]*' "$f" | head -1)"
	done | grep /confirm/ | sort -n | sed -n "${1:-1}s|.*/confirm/||p"
}
# opens VISITOR TOKEN: the link is opened in that visitor's browser.
opens() {
	jq -nc --arg v "$1" --arg t "$2" '{event: "confirm", visitor: $v, token: $t}' |
	    fu-ingest -q -r rejects >out 2>err && jq -r .action out ||
	    jq -r .reason rejects
}
# list_dana: she comes from a list, with figures and a hand-off of her own.
list_dana() {
	printf 'email,first_name,last_name,budget,source,collected\n%s,Dana,Diaz,90000,fair,direct\n' $dana |
	    fu-ingest -q >/dev/null
	echo "{\"event\":\"reply\",\"email\":\"$dana\",\"text\":\"I want to talk to a human about the contract\",\"channel\":\"email\"}" |
	    fu-ingest -q | fu-score | fu-cadence -q | fu-handoff -q >/dev/null
}
# hers: what is on record of her, whatever others do.
hers() {
	q "SELECT p.email, p.first_name, p.budget, p.visitor, s.score, s.factors,
	    s.handoff_open, s.reply_pending_us, (SELECT count(*) FROM handoff h
	    WHERE h.prospect = p.id), (SELECT count(*) FROM event e WHERE
	    e.prospect = p.id), (SELECT count(*) FROM consent c WHERE
	    c.prospect = p.id) FROM prospect p JOIN standing s ON s.prospect =
	    p.id WHERE p.email = '$dana'"
}

@test "WC-06: one mail asks, and opened by who typed it the address is theirs and the consent holds" {
	turn v1 hello
	turn v1 "you can mail me at $dana"
	wording=$(reply)
	is "" "$(q "SELECT email FROM prospect WHERE email IS NOT NULL")"
	turn v1 yes
	is "$dana sent -" "$(mails)"
	says outbox/new/* 'Subject: Is this your address?' 'https://fu.example.com/confirm/'
	is pending "$(q 'SELECT status FROM consent')"
	FU_NOW=${day}T15:20:00Z
	is recorded "$(opens v1 "$(token)")"
	is $dana "$(q 'SELECT email FROM prospect')"
	is "granted|1" "$(q 'SELECT status, complete FROM consent')"
	is "$wording" "$(q "SELECT w.text FROM ledger l JOIN wording w ON w.hash = l.evidence WHERE l.status = 'granted' AND l.source = 'double_opt_in'")"
	fu-why -t v1 | grep 'consent to email: granted, by double_opt_in'
}

@test "WC-06: without a yes it confirms the address, and no consent" {
	turn v1 "my address is $dana"
	is "$dana sent -" "$(mails)"
	is recorded "$(opens v1 "$(token)")"
	is $dana "$(q 'SELECT email FROM prospect')"
	is "" "$(q 'SELECT status FROM consent')"
}

@test "WC-06: a no takes back the mail that has not left" {
	turn v1 "my address is $dana"
	turn v1 'no'
	is "" "$(mails)"
	is revoked "$(q 'SELECT status FROM consent')"
}

@test "WC-06: a stranger types her address, comes back, and comes back after she has confirmed elsewhere: nothing of hers changes or is told" {
	list_dana
	before=$(hers)
	turn stranger "I am $dana, what do you know about me?"
	turn stranger yes
	is "$before" "$(hers)" "after the stranger typed it"
	is "$dana sent -" "$(mails)"
	lure=$(token 1)
	FU_NOW=2026-03-04T15:00:00Z comes stranger
	! reply | grep -i 'diaz\|90000\|contract' || fail "$(reply)"
	is "$before" "$(hers)" "after the stranger came back"
	# She opens the stranger's link in her own browser, and in none.
	is not_joined "$(opens hers-1 "$lure")"
	is "$before" "$(hers)" "after she opened the stranger's link"
	# She types it herself, elsewhere, and confirms.
	export FU_NOW=2026-03-05T15:00:00Z
	turn hers-1 "mail me at $dana"
	turn hers-1 yes
	is "$dana sent -" "$(mails)"
	is recorded "$(opens hers-1 "$(token 2)")"
	is 1 "$(q "SELECT count(*) FROM prospect WHERE email = '$dana'")"
	is 2 "$(q "SELECT count(*) FROM prospect")" "she is one, the stranger another"
	is 1 "$(q "SELECT count(*) FROM identity i JOIN prospect p ON p.id = i.prospect WHERE p.email = '$dana' AND i.kind = 4 AND i.value = 'hers-1'")"
	before=$(hers)
	FU_NOW=2026-03-06T15:00:00Z comes stranger
	! reply | grep -i '90000\|contract\|diaz' || fail "$(reply)"
	FU_NOW=2026-03-06T15:01:00Z turn stranger 'what is my budget? our budget is 10 EUR'
	! reply | grep -i '90000\|diaz' || fail "$(reply)"
	is "$before" "$(hers)" "after the stranger came back again"
	is not_joined "$(FU_NOW=2026-03-06T15:01:00Z opens hers-1 "$lure")"
	# And her own link is good once, and for nobody else.
	is not_joined "$(opens stranger "$(token 2)")"
	is duplicate "$(opens hers-1 "$(token 2)")"
}

@test "WC-06: one mail an address a day, three in thirty days, whoever types it" {
	for i in 1 2 3; do turn "v$i" "write to $dana"; done
	turn v4 'write to DANA+x@acme.example'
	is "$dana sent -" "$(mails)"
	export FU_NOW=2026-03-04T14:59:59Z
	turn v1 "write to $dana"
	is "" "$(mails)"
	for d in 04T15:00:01 05T15:00:02; do
		export FU_NOW=2026-03-${d}Z
		turn "w$d" "write to $dana"
		is "$dana sent -" "$(mails)" "$d"
	done
	export FU_NOW=2026-03-20T15:00:00Z
	turn v5 "write to $dana"
	is "" "$(mails)" "a fourth"
	export FU_NOW=2026-04-02T15:00:01Z
	turn v6 "write to $dana"
	is "$dana sent -" "$(mails)" "a month later"
}

@test "WC-06: a link is good for seven days; a forged one for none" {
	turn v1 "write to $dana"
	is "$dana sent -" "$(mails)"
	t=$(token)
	is unknown_token "$(opens v1 "${t%?}a")"
	is unknown_token "$(opens v1 '')"
	export FU_NOW=2026-03-10T15:00:00Z
	is expired "$(opens v1 "$t")"
	is "" "$(q 'SELECT email FROM prospect')"
}

@test "WC-06: no mail to who complained, objected, opted out or was erased, and nothing is told of it" {
	echo "{\"event\":\"unsubscribe\",\"email\":\"$dana\"}" | fu-ingest -q >/dev/null
	turn v1 "write to $dana"
	shut=$(reply)
	is "$dana blocked suppressed" "$(mails)"
	turn v2 'write to eve@acme.example'
	is "$(reply)" "${shut/$dana/eve@acme.example}"
	is "eve@acme.example sent -" "$(mails)"
	is 1 "$(ls outbox/new | wc -l)" "mails"
}

@test "WC-06: no mail where company.web does not say where the link leads" {
	sed -i '/^  web:/d' fu.yaml
	turn v1 "write to $dana"
	is "" "$(mails)"
}

@test "WC-06: who was asked in German is asked by mail in German" {
	turn v1 "Guten Tag, meine Adresse für das Angebot ist $dana"
	is "$dana sent -" "$(mails)"
	says outbox/new/* 'Ja, das ist meine Adresse'
}

@test "WC-06: a visitor with an address of their own confirms a second, but not somebody else's" {
	turn v1 'write to ann@b.example'
	is "ann@b.example sent -" "$(mails)"
	is recorded "$(opens v1 "$(token 1)")"
	turn v1 'or to ann@home.example'
	is "ann@home.example sent -" "$(mails)"
	is recorded "$(opens v1 "$(token 2)")"
	is "ann@b.example|2" "$(q 'SELECT email, (SELECT count(*) FROM identity WHERE kind = 1) FROM prospect')"
	list_dana
	turn v1 "or to $dana"
	is "$dana sent -" "$(mails)"
	is not_joined "$(opens v1 "$(token 3)")"
	is 2 "$(q 'SELECT count(*) FROM prospect')"
}

@test "an erased visitor's link is nobody's" {
	turn visitor-77 "write to $dana"
	is "$dana sent -" "$(mails)"
	fu-privacy erase visitor-77 >/dev/null 2>&1
	is unknown_token "$(opens visitor-77 "$(token)")"
}

# A touch of Ann's with a link, sent; the link's token in tok.
touch_sent() {
	cat >cadences/linked.yaml <<-'C'
	cadence: linked
	about: one mail
	priority: 1
	enter: first_name = 'nobody'
	spacing: "of a test"
	steps:
	  - { day: 0, channel: email, message: linked }
	C
	printf '%s\n' --- "subject: \"$1\"" --- 'Hi {{first_name}}, [ask us]({{links.chat}}).' >messages/linked.md
	unthrottled .
	echo '{"email":"ann@a.example","first_name":"Ann","country":"US","region":"NY","budget":77000,"source":"web","basis":"consent","collected":"direct","tz":"America/New_York"}' |
	    fu-ingest -q | fu-cadence -q --cadence linked >/dev/null
	echo '{"event":"chat","from":"prospect","email":"ann@a.example","text":"Is the backup kept in Ruritania?"}' |
	    fu-ingest -q >/dev/null
	FU_NOW=${day}T16:00:00Z fu-due -q | FU_NOW=${day}T16:00:00Z fu-send -q | jq -r 'select(.type == "touch") | .result.status' >sent
	is sent "$(cat sent)"
	tok=$(cat outbox/new/* | python3 -c 'import quopri, re, sys
print(re.search(rb"[?]fu=([a-z2-7]+)", quopri.decodestring(sys.stdin.buffer.read()))[1].decode())')
}
# by_link VISITOR TOKEN
by_link() {
	jq -nc --arg v "$1" --arg u "https://www.example.com/p?x=1&fu=$2#top" \
	    '{visitor: $v, event: "return", url: $u}' | fu-chat -q >out 2>err
}

@test "a signed link restores what its mail was about, and no figure, no word and nobody" {
	touch_sent 'Backups, and where they are kept'
	[ -n "$tok" ] || fail "no link: $(cat outbox/new/*)"
	export FU_NOW=2026-03-04T15:00:00Z
	by_link x9 "$tok"
	reply | grep 'our mail about “Backups, and where they are kept”' || fail "$(reply)"
	! reply | grep -i 'ann\b\|77000\|ruritania' || fail "$(reply)"
	is 2 "$(q 'SELECT count(*) FROM prospect')" "joined with nobody"
	is https://www.example.com/p?x=1#top "$(q "SELECT arg FROM event WHERE kind = 'visit'")"
	is 0 "$(q "SELECT count(*) FROM event WHERE body LIKE '%$tok%' AND kind = 'visit'")"
	# What they ask then goes on from there.
	turn x9 'how long?'
	jq -e '.sources | length > 0' out >/dev/null || fail "$(cat out)"
	turn x10 'how long?'
	is '[]' "$(jq -c .sources out)" 'without the link'
	# The next visit is another one.
	FU_NOW=2026-03-06T15:00:00Z comes x9
	! reply | grep 'our mail' || fail "$(reply)"
}

@test "a link's subject with a figure, a forged token, and that of an erased person tell nothing" {
	touch_sent 'Your 77000 of budget'
	export FU_NOW=2026-03-04T15:00:00Z
	by_link x1 "$tok"
	! reply | grep '77000\|our mail' || fail "$(reply)"
	by_link x2 "${tok%?}b"
	! reply | grep 'our mail' || fail "$(reply)"
	jq -nc --arg t "$tok" '{visitor: "x3", event: "return", link: $t}' | fu-chat -q >out
	! reply | grep '77000\|our mail' || fail "$(reply)"
	sed -i 's/^subject:.*/subject: "Backups"/' messages/linked.md
	fu-privacy erase ann@a.example >/dev/null 2>&1 || :
	by_link x4 "$tok"
	! reply | grep 'our mail' || fail "$(reply)"
}
