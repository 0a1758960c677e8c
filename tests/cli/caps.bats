#!/usr/bin/env bats
# What a sender may send: who goes first when it is not enough for all, how a
# new mailbox grows, and whose name a person hears from.
load scene

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	export FU_NOW=2026-03-02T15:00:00Z	# a Monday
	cat >cadences/two.yaml <<-Y
	cadence: two
	priority: 90
	enter: "score > 1000"
	spacing: "a test"
	steps:
	  - { day: 0, channel: email, message: note, id: a }
	  - { day: 4, channel: email, message: other, id: b }
	Y
	printf -- '---\nsubject: "A note"\nthread: new\n---\nHello, this is a note about what you asked.\n' >messages/note.md
	sed 's/what you asked/what else there is/' messages/note.md >messages/other.md
}

db() { sqlite3 fu.db "$1"; }
# lead EMAIL [MEMBERS]: in the cadence of two mails; a VP with a budget is warm,
# anybody else is not.
lead() {
	echo '{"email":"'"$1"'","country":"US","region":"NY","source":"s","basis":"li","collected":"direct"'"${2:+,$2}"'}' |
	    fu-ingest -q | fu-score | fu-cadence -q --cadence two >/dev/null
}
one_sender() { sed -i -e '/^  grace:/,/^$/d' fu.yaml; }
# cap N: so many a day of each sender.
cap() { sed -i "s/cap: { day: [0-9]* }/cap: { day: $1 }/" fu.yaml; }
sends() { fu-due -q | fu-send -q | jq -r 'select(.result.status == "sent") | .email'; }

@test "a cap that binds: the hot before the warm before the cold, follow-ups before first mails" {
	one_sender
	lead first@a.example
	lead second@b.example
	FU_NOW=2026-03-02T19:00:00Z
	is "first@a.example second@b.example" "$(sends | sort | xargs)"
	# Four days on: their second mail, and new people, one of them warm.
	FU_NOW=2026-03-06T15:00:00Z
	lead new@c.example
	lead warm@d.example '"title":"VP Sales","company":"D","industry":"software","company_size":100,"budget":50000,"timeline":"6 months"'
	is "warm" "$(db "SELECT band FROM standing WHERE prospect = 4")" "the band"
	FU_NOW=2026-03-06T21:00:00Z
	cap 1
	is warm@d.example "$(sends)"
	cap 3
	is "first@a.example second@b.example" "$(sends | sort | xargs)"
	is new@c.example "$(db "SELECT p.email FROM touch t JOIN prospect p ON p.id = t.prospect
	    WHERE t.state <= 1 AND t.step = 'a'")" "who waits"
}

@test "a new mailbox grows: so many on its first day, so many more on each day after" {
	one_sender
	sed -i 's/^  email: { via: outbox }/  email: { via: outbox, warm_up: { start: 2, add: 1 } }/' fu.yaml
	for i in 1 2 3 4 5 6 7 8 9 10; do lead p$i@c$i.example; done
	fu-due -q --plan 10d | jq -r 'select(.step == "a" and .held == null) | .due[:10]' | sort | uniq -c |
	    awk '{ print $1 }' | xargs >planned
	FU_NOW=2026-03-02T21:00:00Z
	is 2 "$(sends | wc -l)" "the first day"
	is 0 "$(sends | wc -l)" "and no more of them"
	FU_NOW=2026-03-03T21:00:00Z
	is 3 "$(sends | wc -l)" "the second"
	# The days after a day without mail count only those on which some left.
	FU_NOW=2026-03-05T21:00:00Z
	is 4 "$(sends | wc -l)" "the third with mail"
	is "2 3 4 1" "$(cat planned)" "the plan"
}

@test "two fu-due at once keep a sender's cap" {
	one_sender
	cap 5
	for i in 1 2 3 4 5 6 7 8 9; do lead p$i@c$i.example; done
	FU_NOW=2026-03-02T21:00:00Z
	sends >one &
	sends >two
	wait
	is 5 "$(cat one two | sort -u | wc -l)"
	is 5 "$(cat one two | wc -l)"
}

@test "who wrote first goes on writing, however many senders there are; an owner outranks that" {
	for i in 1 2 3 4 5 6; do lead p$i@c$i.example; done
	FU_NOW=2026-03-02T21:00:00Z
	is 6 "$(sends | wc -l)"
	by() { db "SELECT prospect, sender FROM touch WHERE step = '$1' AND sent_us IS NOT NULL ORDER BY prospect"; }
	by a >before
	[ "$(cut -d'|' -f2 before | sort -u | wc -l)" -gt 1 ] || fail "only one sender wrote"
	sed -i '/^senders:/a\  zoe: { name: Zoe Zed, email: zoe@example.com }\n  yan: { name: Yan Yo, email: yan@example.com }' fu.yaml
	owner=$(sed -n 1p before | cut -d'|' -f2)
	echo '{"email":"p1@c1.example","owner":"zoe"}' | fu-ingest -q >/dev/null
	[ "$owner" != zoe ]
	FU_NOW=2026-03-06T21:00:00Z
	is 6 "$(sends | wc -l)"
	by b >after
	is "1|zoe" "$(sed -n 1p after)"
	same <(sed 1d before) <(sed 1d after) "senders"
}

@test "a thread stays in its mailbox: a new owner begins one of their own" {
	printf -- '---\nsubject: "A note"\nthread: continue\n---\nHello again, this is a note about what you asked.\n' >messages/more.md
	sed -i 's/message: other, id: b/message: more, id: b/' cadences/two.yaml
	lead p1@c1.example '"owner":"ada"'
	lead p2@c2.example '"owner":"ada"'
	FU_NOW=2026-03-02T21:00:00Z
	is 2 "$(sends | wc -l)"
	echo '{"email":"p2@c2.example","owner":"grace"}' | fu-ingest -q >/dev/null
	FU_NOW=2026-03-06T21:00:00Z
	is 2 "$(sends | wc -l)"
	grep -lr '^To: .*p1@c1' outbox/new | xargs grep -h '^Subject:\|^In-Reply-To:' >one
	grep -lr '^To: .*p2@c2' outbox/new | xargs grep -h '^Subject:\|^In-Reply-To:' >two
	says one "Subject: Re: A note" "In-Reply-To:"
	if grep -q 'Re:\|In-Reply-To' two; then fail "another mailbox goes on with the thread" "$(cat two)"; fi
}
