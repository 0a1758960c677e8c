#!/usr/bin/env bats
# fu-handoff: each trigger and what only looks like it, once an episode, what
# a rep is told, and what a rep says.
load scene

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z	# a Monday, in Dublin's hours
}

# The first line of DESIGN, as far as the hand-off.
line() {
	fu-ingest -q | fu-score | fu-cadence -q | fu-handoff "$@"
}

# person [MEMBERS]: Jordan comes into the store, and nothing fires.
person() {
	echo '{"email":"jordan@acme.example","first_name":"Jordan","last_name":"Meyer","company":"Acme","country":"US","source":"website","owner":"ada"'"${1:+,$1}"'}' |
	    line >first
	[ ! -s first ] || fail "fired at once:" "$(cat first)"
}

# event MEMBERS [AT]: something happens to Jordan.
event() {
	echo '{"email":"jordan@acme.example","at":"'"${2:-$FU_NOW}"'",'"$1"'}'
}
says_in_chat() { event '"event":"chat","from":"prospect","text":"'"$1"'"'; }

# fires TRIGGER, misses: what stands on the input does, or does not.
fires() {
	line >fired
	is "$1" "$(jq -r '.triggers[]' fired | grep -x "$1")" "triggers of $(cat fired)"
}
misses() {
	line >fired
	[ ! -s fired ] || fail "fired:" "$(jq -c '.triggers,.evidence' fired)"
}
open_ones() { fu-handoff --open | jq -r "${1:-.state}"; }
db() { sqlite3 fu.db "$1"; }

pricing=https://www.example.com/pricing

@test "a hand-off goes to somebody who is there: a colleague stands in for a rep on leave" {
	sed -i 's/away: .*/away: [2026-03-03..2026-03-10]/' fu.yaml
	person
	says_in_chat "Could I talk to a person please?" | line >fired
	is ada@example.com "$(jq -r '.to[].address' fired)" "there on the day"
	fu-handoff --decline "$(jq .handoff fired)" >/dev/null
	# After Monday's hours an answer could begin on Tuesday.
	FU_NOW=2026-03-02T22:00:00Z
	event '"event":"chat","from":"prospect","text":"Can I speak to a human?"' "$FU_NOW" | line >fired
	is '["grace","grace@example.com","Ada Lovelace, away until 10 March 2026"]' \
	    "$(jq -c '[.owner, .to[].address, .stands_in_for]' fired)" "stands in"
	is "" "$(fu-handoff --open --owner ada)" "Ada's"
	is open "$(fu-handoff --open --owner grace | jq -r .state)" "Grace's"
	fu-send <fired >sent
	grep -rlq "^From: .*grace@example.com" outbox || fail "not from her" "$(grep -rh ^From: outbox)"
	grep -rq "Owner: Grace Hopper, in place of Ada Lovelace, away until 10 March 2026" outbox ||
	    fail "the mail does not say for whom:" "$(grep -rh Owner: outbox)"
	# Nobody there: the owner's all the same, and the escalation's in time.
	sed -i -e '/^  grace:/a\    away: [2026-03-01..2026-03-10]' \
	    -e '/^  alan:/a\    away: [2026-03-01..2026-03-10]' fu.yaml
	fu-handoff --decline "$(jq .handoff fired)" >/dev/null
	FU_NOW=2026-03-03T12:00:00Z
	event '"event":"chat","from":"prospect","text":"I want to speak to a human."' "$FU_NOW" | line >fired
	is '["ada","ada@example.com",null]' \
	    "$(jq -c '[.owner, .to[].address, .stands_in_for]' fired)" "nobody there"
}

@test "the alert reads as a colleague would say it, from what is there" {
	person '"title":"VP of Sales","company_size":"200","budget":48000,"timeline":"Q3","interest":"CRM integration"'
	for day in 02-27 02-28 03-01; do
		event '"event":"visit","url":"'$pricing'"' 2026-${day}T10:00:00Z
	done | fu-ingest -q >/dev/null
	event '"event":"visit","url":"'$pricing'"' | line >fired
	is 'Jordan M. (lead score 70, budget $48K, timeline Q3) visited your pricing page 4 times this week without re-engaging the chatbot. Recommended action: direct outreach within 24 hours.' \
	    "$(jq -r .alert fired)" "alert"
	is return_visits "$(jq -r .trigger fired)" "trigger"
	is 2026-03-03T15:00:00Z "$(jq -r .respond_by fired)" "respond_by"
	is '[{"via":"email","address":"ada@example.com"}]' \
	    "$(jq -c '[.to[] | {via,address}]' fired)" "to"
	is 70 "$(jq '[.factors[].points] | add' fired)" "factors add up"
	jq -e '.claim and .lease_until and .handoff and .prospect' fired >/dev/null
}

@test "the mail of an alert has all that a rep needs, in times to be read" {
	person '"phone":"+12125550123","title":"VP of Sales","region":"NY","budget":48000,"timeline":"Q3","interest":"CRM integration"'
	{
		event '"event":"chat","from":"prospect","text":"How long does\nthe onboarding take?"' 2026-03-02T14:01:00Z
		event '"event":"chat","from":"bot","text":"About two weeks."' 2026-03-02T14:02:00Z
		says_in_chat "We look at HubSpot too. Can you send me a quote?"
	} | fires competitor_mention
	fu-send -q <fired >/dev/null
	python3 - >mail <<-'P'
	import email, email.policy, glob
	with open(glob.glob("outbox/new/*")[0], "rb") as f:
	    m = email.message_from_binary_file(f, policy=email.policy.default)
	print("Subject:", m["subject"])
	print(m.get_body(("plain",)).get_content())
	P
	says mail "Subject: Jordan M., Acme: buying intent" \
	    "showed buying intent" "Answer by Tue 3 March, 15:00 GMT." \
	    "- Email: jordan@acme.example" "- Phone: +12125550123" \
	    "- Title: VP of Sales" "- Company: Acme" \
	    "- Their time: Mon 2 March, 10:00 GMT-5" \
	    "- Owner: Ada Lovelace" "names a competitor" \
	    "- 2 March, 14:01, buying intent: How long does the onboarding take?" \
	    "- 2 March, 15:00, buying intent, names a competitor: We look" \
	    "- 2 March, 14:02 bot (chat): About two weeks."
	! grep -nE '^>|\?\.|\.\.|[0-9]T[0-9]|In short' mail ||
	    fail "$(cat mail)"
	is "Jordan M., Acme: buying intent" "$(sed -n 's/^Subject: //p' mail)"
}

@test "score_threshold: the crossing fires, one below the line does not" {
	sed -i 's/score_threshold: { at: 75 }/score_threshold: { at: 70 }/' fu.yaml
	# 52 for what they are, 6 for visits, 9 for clicks, 6 a download
	person '"title":"VP of Sales","company_size":"200","budget":48000,"timeline":"Q3","interest":"x"'
	for path in /customers/a /customers/b /customers/c; do
		event '"event":"visit","url":"https://www.example.com'$path'"'
	done | misses
	for q in a b c; do
		event '"event":"click","url":"https://www.example.com/'$q'"'
	done | misses
	event '"event":"download","document":"guide.pdf"' | fires score_threshold
	event '"event":"download","document":"other.pdf"' | misses
}

@test "score_threshold: a score that the record came with fires once, and is told as such" {
	echo '{"email":"tim@t.example","first_name":"Tim","score":83,"source":"s"}' |
	    fires score_threshold
	says fired "Tim (lead score 83 as imported)" "imported with a score of 83, line 75"
	fu-handoff --decline "$(open_ones .handoff)" --by ada
	echo '{"email":"tim@t.example","score":90}' | misses
	echo '{"email":"tom@t.example","score":74,"source":"s"}' | misses
}

@test "a budget bears the sign or code that they wrote" {
	person '"country":"GB","budget":1500'
	event '"event":"reply","text":"40k EUR is our budget and we are 300 people. How do we start?"' |
	    fires reply
	says fired "budget €40K"
}

@test "score_threshold: an imported lead above the line fires, and re-arms five points below" {
	sed -i 's/score_threshold: { at: 75 }/score_threshold: { at: 55 }/' fu.yaml
	echo '{"email":"jordan@acme.example","title":"VP of Sales","company_size":"200","budget":48000,"timeline":"Q3","interest":"x","industry":"software","country":"US","source":"s"}' |
	    fires score_threshold
	fu-handoff --decline "$(open_ones .handoff)" --by ada
	echo '{"email":"jordan@acme.example","interest":"y"}' | misses
	# 57, 47, and 57 again: a crossing again
	echo '{"email":"jordan@acme.example","company_size":"20"}' | misses
	echo '{"email":"jordan@acme.example","company_size":"200"}' | fires score_threshold
}

@test "buying_intent: words of theirs, not somebody else's" {
	person
	says_in_chat "I saw a film yesterday." | misses
	event '"event":"chat","from":"bot","text":"Please send me a quote"' | misses
	says_in_chat "Can you send me a quote for 40 seats?" | fires buying_intent
	is "Can you send me a quote for 40 seats?" "$(jq -r '.evidence[] | select(.trigger == "buying_intent").text' fired)"
	is "answer in person and offer the next step" "$(jq -r .action fired)"
}

@test "return_visits: three within seven days, not two, and not with one too old" {
	person
	event '"event":"visit","url":"'$pricing'"' 2026-02-22T10:00:00Z | misses
	event '"event":"visit","url":"'$pricing'"' 2026-03-01T10:00:00Z | misses
	event '"event":"visit","url":"https://www.example.com/demo"' 2026-03-01T12:00:00Z | misses
	event '"event":"visit","url":"https://www.example.com/blog"' 2026-03-02T12:00:00Z | misses
	event '"event":"visit","url":"'$pricing'"' 2026-03-02T13:00:00Z | fires return_visits
	is "visited your pricing and demo pages 3 times this week without re-engaging the chatbot." \
	    "$(jq -r .evidence_sentence fired)"
}

@test "competitor_mention: a name of the list, not another" {
	person
	says_in_chat "We use a spreadsheet today." | misses
	says_in_chat "We are looking at HubSpot too." | fires competitor_mention
	is "named a competitor in the chat: “We are looking at HubSpot too.”" "$(jq -r .evidence_sentence fired)"
}

@test "decision_maker: a title learned in a form is evidence, an imported one is not" {
	person '"title":"Director of Sales"'
	event '"event":"visit","url":"https://www.example.com/"' | misses
	event '"event":"form","title":"Assistant to the CEO"' | misses
	event '"event":"form","title":"VP of Sales"' | fires decision_maker
	fu-handoff -q --release jordan@acme.example
	export FU_NOW=2026-03-02T16:00:00Z
	event '"event":"form","title":"VP of Sales","id":"again"' | misses
}

@test "stalled_objection: raised again after two answers, not after one" {
	person
	{
		event '"event":"chat","from":"prospect","text":"That is too expensive for us."' 2026-03-02T10:00:00Z
		event '"event":"chat","from":"bot","text":"It pays for itself."' 2026-03-02T10:01:00Z
		event '"event":"chat","from":"prospect","text":"Still, it is too expensive."' 2026-03-02T10:02:00Z
	} | misses
	{
		event '"event":"chat","from":"bot","text":"There is a smaller plan."' 2026-03-02T10:03:00Z
		event '"event":"chat","from":"prospect","text":"No, that is too expensive."' 2026-03-02T10:04:00Z
	} | fires stalled_objection
	jq -r .objections fired | grep -q '^price (' || fail "objections: $(jq -c .objections fired)"
}

@test "trigger_event: two hours for an enterprise account, nothing for others" {
	person
	event '"event":"visit","url":"'$pricing'"' | misses
	echo '{"email":"jordan@acme.example","segment":"enterprise"}' | line >/dev/null
	fu-handoff -q --release jordan@acme.example 2>/dev/null || :
	export FU_NOW=2026-03-02T15:20:00Z
	event '"event":"visit","url":"'$pricing'"' | fires trigger_event
	is 2026-03-02T17:20:00Z "$(jq -r .respond_by fired)" "respond_by"
	is "within 2 hours" "$(jq -r .respond_within fired)"
}

@test "asked_for_human: asks, not mentions" {
	person
	says_in_chat "A person in my team likes it." | misses
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
}

@test "reply: a person's answer fires, an automatic one does not" {
	person
	event '"event":"auto_reply","reason":"ack","text":"We got your mail."' | misses
	event '"event":"reply","channel":"email","text":"Thanks, I will read it."' | fires reply
	is "answered in a reply: “Thanks, I will read it.”" "$(jq -r .evidence_sentence fired)"
}

@test "a reply in a cadence with on_reply: stop ends the enrolment and is no hand-off" {
	sed -i 's/on_reply: handoff/on_reply: stop/' cadences/warm.yaml
	grep -q 'on_reply: stop' cadences/warm.yaml || echo 'on_reply: stop' >>cadences/warm.yaml
	person
	fu-cadence -q --cadence warm jordan@acme.example >/dev/null
	export FU_NOW=2026-03-03T15:00:00Z
	event '"event":"reply","channel":"email","text":"Thanks, I will read it."' | misses
	is "0|reply" "$(db 'SELECT active, reason FROM enrolment')"
	is "" "$(open_ones)"
}

@test "evidence more than three days old fires nothing" {
	person
	event '"event":"chat","from":"prospect","text":"Send me a quote"' 2026-02-27T14:59:00Z | misses
	event '"event":"chat","from":"prospect","text":"Send me a quote please"' 2026-02-27T15:01:00Z | fires buying_intent
}

@test "one episode: another trigger is evidence and told, the same is not" {
	person
	says_in_chat "We are looking at HubSpot too." | fires competitor_mention
	fu-send -q <fired >/dev/null
	export FU_NOW=2026-03-02T15:10:00Z
	says_in_chat "HubSpot, you know." | misses
	export FU_NOW=2026-03-02T15:11:00Z
	says_in_chat "Can you send me a quote?" | fires buying_intent
	is evidence "$(jq -r .kind fired)"
	is competitor_mention "$(jq -r .trigger fired)" "the trigger that opened it"
	is 1 "$(db 'SELECT count(*) FROM handoff')" "episodes"
	is 3 "$(open_ones '.evidence | length')" "evidence"
}

@test "evidence that is not on its way yet is told once, with what is new" {
	person
	says_in_chat "We are looking at HubSpot too." | fires competitor_mention
	cp fired before
	export FU_NOW=2026-03-02T15:01:00Z
	says_in_chat "Can you send me a quote?" | fires buying_intent
	is 1 "$(db 'SELECT count(*) FROM dispatch')" "rows to be sent"
	# who held the old claim finds it lost
	fu-send -q <before | jq -r .result.reason | grep -x claim_lost
	is sent "$(fu-send -q <fired | jq -r .result.status)"
	is 1 "$(find outbox/new -type f | wc -l)" "mails"
}

@test "once told, nobody is told again; a lost claim is told by fu-due" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	fu-due -q >now
	[ ! -s now ] || fail "claimed while the lease runs: $(cat now)"
	export FU_NOW=2026-03-02T15:11:00Z
	fu-due -q | fu-send -q >sent
	is "handoff sent" "$(jq -r '"\(.type) \(.result.status)"' sent)"
	export FU_NOW=2026-03-02T15:30:00Z
	fu-due -q >again
	[ ! -s again ] || fail "told again: $(cat again)"
	fu-score --changed | fu-cadence -q | fu-handoff >again
	[ ! -s again ] || fail "fired again: $(cat again)"
}

@test "nobody answers: it lapses, automation goes on, and it escalates" {
	sed -i 's/respond: 24h/respond: 96h/' fu.yaml
	person '"region":"NY","basis":"li","subscriber":"corporate","job_fit":true,"collected":"direct","collected_at":"2026-03-01"'
	fu-cadence -q --cadence warm jordan@acme.example >/dev/null
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	fu-send -q <fired >/dev/null
	fu-score --changed | fu-cadence -q >/dev/null
	# the mail of day 3 waits, and moves by the days of the wait
	export FU_NOW=2026-03-05T16:00:00Z
	fu-due -x -q >waits
	is handoff_open "$(jq -r 'select(.channel == "email") | .held.reason' waits)"
	export FU_NOW=2026-03-06T15:00:00Z
	fu-due -q >/dev/null
	is lapsed "$(open_ones)"
	fu-score --changed | fu-cadence -q >/dev/null
	is email "$(fu-due -n -q --at 2026-03-09T18:00:00Z | jq -r 'select(.type == "touch") | .channel')"
	export FU_NOW=2026-03-07T15:00:00Z
	fu-due -q | jq -c 'select(.type == "handoff")' >escalated
	is "escalation sales-lead@example.com" "$(jq -r '"\(.kind) \(.to[0].address)"' escalated)"
	says escalated "Nobody has answered in time: " " at once."
	! grep -q "within 24 hours" escalated || fail "$(cat escalated)"
	fu-send -q <escalated >/dev/null
	export FU_NOW=2026-03-08T15:00:00Z
	is "" "$(fu-due -q | jq -c 'select(.type == "handoff")')" "escalated again"
	fu-handoff -q --accept "$(jq .handoff escalated)" --by ada
	is "accepted ada" "$(open_ones '"\(.state) \(.accepted_by)"')"
}

@test "four at once open one episode and tell it once" {
	person
	says_in_chat "Can I talk to a human please?" | fu-ingest -q | fu-score | fu-cadence -q >in
	for i in 1 2 3 4; do
		fu-handoff <in >out.$i &
	done
	wait
	is 1 "$(cat out.? | wc -l)" "records"
	is 1 "$(db 'SELECT count(*) FROM handoff')" "episodes"
	is 1 "$(db 'SELECT count(*) FROM dispatch')" "rows to be sent"
}

@test "respond_by waits for the next business opening" {
	export FU_NOW=2026-03-06T15:00:00Z	# a Friday
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	is 2026-03-09T08:30:00Z "$(jq -r .respond_by fired)"
	# And the sentence says no other time than the line below it.
	says fired "by Mon 9 March, 08:30 GMT."
	! grep -q "within 24 hours" fired || fail "$(cat fired)"
}

@test "accept: a person has it until release; first response is on record" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	h=$(jq .handoff fired)
	export FU_NOW=2026-03-02T15:30:00Z
	ends 0 fu-handoff --accept "$h" --by grace
	says err "hand-off $h: accepted by grace"
	is "1800|grace" "$(db 'SELECT (first_response_us - fired_us) / 1000000, accepted_by FROM handoff')"
	is grace "$(db 'SELECT human_by FROM standing')"
	ends 1 fu-handoff --accept "$h" --by grace
	ends 0 fu-handoff -n --accept "$h" --by ada
	says err "hand-off $h was with grace, since 2026-03-02T15:30:00Z: tell them"
	export FU_NOW=2026-03-02T16:30:00Z
	if grep "none of" err; then fail "grace is one of fu.yaml's"; fi
	ends 0 fu-handoff -n --release "$h" --by "Sam Poe"
	says err "by Sam Poe, who is none of fu.yaml's senders"
	ends 0 fu-handoff --release "$h" --by grace
	is "released||" "$(db 'SELECT state, p.human_us, p.handoff_open FROM handoff JOIN standing p')"
	ends 1 fu-handoff --accept "$h"
	says err "is over (released)"
	# and the next thing that happens is a new episode
	export FU_NOW=2026-03-02T16:40:00Z
	says_in_chat "May I talk to a human please?" | fires asked_for_human
}

@test "decline: the episode ends and the cadence goes on" {
	person
	event '"event":"reply","channel":"email","text":"Thanks, I will read it."' | fires reply
	ends 0 fu-handoff --decline "$(jq .handoff fired)" --by ada
	is "declined|||" "$(db 'SELECT state, p.human_us, p.handoff_open, p.reply_pending_us FROM handoff JOIN standing p')"
}

@test "pause and release a person without a hand-off" {
	person
	ends 0 fu-handoff --pause jordan@acme.example --by ada
	is ada "$(db 'SELECT human_by FROM standing')"
	ends 0 fu-handoff --release jordan@acme.example --by ada
	is "" "$(db 'SELECT human_us FROM standing')"
	ends 1 fu-handoff --release jordan@acme.example --by ada
	ends 1 fu-handoff --pause nobody@x.example
	says err "nobody@x.example"
}

@test "a number is a hand-off and never the person of that number" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	h=$(jq .handoff fired) p=$(jq .prospect fired)
	# somebody else has the number of the hand-off, and a rep has them
	for i in $(seq 1 9); do
		echo '{"email":"n'$i'@acme.example","source":"website"}'
	done | line >/dev/null
	for i in 1 2 3 4 5 6 7 8 9; do
		fu-handoff -q --pause n$i@acme.example --by grace
	done
	ends 0 fu-handoff --decline "$h" --by ada
	paused=$(db 'SELECT count(*) FROM standing WHERE human_us IS NOT NULL')
	for verb in --release --accept --decline; do
		ends 1 fu-handoff $verb "$h" --by ada
		is "fu-handoff: hand-off $h is over (declined)" "$(cat err)"
	done
	ends 1 fu-handoff --release 424242
	is "fu-handoff: there is no hand-off 424242" "$(cat err)"
	is "$paused" "$(db 'SELECT count(*) FROM standing WHERE human_us IS NOT NULL')" "paused"
	ends 0 fu-handoff --pause "$p" --by ada
	says err "prospect $p: paused by ada"
	ends 0 fu-handoff --release "prospect:$p" --by ada
	says err "prospect $p: released by ada"
	ends 0 fu-handoff --pause "person:$p" --by ada
	ends 0 fu-handoff --release "person:$p" --by ada
	ends 1 fu-handoff --release "prospect:$p" --by ada
	ends 1 fu-handoff --release prospect:x
}

@test "done: a task, and nothing but a task" {
	person
	fu-cadence -q --cadence hot jordan@acme.example >/dev/null
	ends 1 fu-handoff --done 999999
	says err "there is no touch 999999"
	chat=$(db "SELECT id FROM touch WHERE channel = 'chat' LIMIT 1")
	ends 1 fu-handoff --done "$chat"
	says err "is no task"
	ends 64 fu-handoff --done jordan@acme.example
	db "UPDATE touch SET channel = 'task' WHERE id = $chat"
	ends 0 fu-handoff --done "$chat" --by ada
	is "task_done|ada|$chat" "$(db "SELECT kind, arg, touch FROM event WHERE kind = 'task_done'")"
}

@test "the same words by events: accepted, then won ends it" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	export FU_NOW=2026-03-02T15:30:00Z
	fu-log handoff_accepted jordan@acme.example by=ada | line >/dev/null
	is "accepted ada" "$(open_ones '"\(.state) \(.accepted_by)"')"
	export FU_NOW=2026-03-02T15:40:00Z
	fu-log won jordan@acme.example value=48000 | line >fired
	[ ! -s fired ] || fail "fired: $(cat fired)"
	is "ended|won" "$(db 'SELECT state, closed_reason FROM handoff')"
}

@test "a rep's own message is an answer" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	export FU_NOW=2026-03-02T15:20:00Z
	event '"event":"message","channel":"email","from":"rep","text":"Hello, this is Ada."' | misses
	is accepted "$(open_ones)"
	export FU_NOW=2026-03-05T15:00:00Z
	fu-due -q >/dev/null
	is accepted "$(open_ones)" "later"
}

@test "--open lists, by owner, as records and as a table" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	is asked_for_human "$(fu-handoff --open --owner ada | jq -r .trigger)"
	is "" "$(fu-handoff --open --owner grace)"
	ends 64 fu-handoff --open --owner nobody
	ends 0 fu-handoff --open -t
	is "HAND-OFF STATE PERSON EMAIL TRIGGER OWNER ANSWER BY" "$(head -1 out | xargs)"
	says out "Jordan M." "Tue 3 March, 15:00 GMT"
}

@test "the package: transcript oldest first, fifty turns at most, summary short" {
	person '"budget":48000,"timeline":"Q3","interest":"routing"'
	for i in $(seq -w 1 60); do
		event '"event":"chat","from":"bot","text":"turn '$i'"' 2026-03-01T11:$(printf %02d $((10#$i - 1))):00Z
	done | fu-ingest -q >/dev/null
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	is 50 "$(jq '.transcript | length' fired)"
	is "prospect chat Can I talk to a human please?" "$(jq -r '.transcript[-1] | "\(.from) \(.channel) \(.text)"' fired)"
	is true "$(jq '[.transcript[].at] | . == sort' fired)"
	is '["needs","objections","budget","timeline"]' "$(jq -c '[.summary | keys_unsorted[] | select(. != "text")]' fired)"
	[ "$(jq '.summary.text | length' fired)" -le 240 ]
}

@test "TC-03 a text that may be a stop: the rep is told so, and until when" {
	person
	echo '{"event":"reply","email":"jordan@acme.example","text":"please cancel the demo of today","at":"2026-03-02T14:00:00Z"}' | line >fired
	jq -r .alert fired >alert
	says alert "This may ask us to stop: fu-handoff --release" "by Tue 3 March, 14:00 GMT" "or it counts as an opt-out"
}

@test "the transcript has what our own messages said, without their footer" {
	leads 1 | line -q >/dev/null
	FU_NOW=2026-03-05T19:00:00Z
	fu-due -q | fu-send -q >/dev/null
	FU_NOW=2026-03-06T15:00:00Z
	echo '{"event":"reply","email":"p1@c1.example","text":"Could you call me?","at":"2026-03-06T15:00:00Z"}' | line >fired
	is "bot email|prospect email" "$(jq -r '.transcript[] | "\(.from) \(.channel)"' fired | paste -sd'|')"
	jq -r '.transcript[0].text' fired >text
	says text "Hi P1,"
	if grep -q 'Unsubscribe\|Mill Lane\|/u/' text; then fail "with its footer:" "$(cat text)"; fi
}

@test "only hand-offs, unless --pass; each person once; unknown ones are rejects" {
	person
	says_in_chat "Can I talk to a human please?" | fu-ingest -q | fu-score | fu-cadence -q >in
	{ cat in in; echo '{"type":"note","x":1}'; } | fu-handoff --pass >out
	is "handoff event event note" "$(jq -r .type out | xargs)"
	echo '{"prospect":99999}' >in
	ends 1 fu-handoff -r rejects in <in
	ends 65 fu-handoff -r rejects <in
	is no_prospect "$(jq -r .reason rejects)"
}

@test "-n decides and prints, and changes nothing" {
	person
	says_in_chat "Can I talk to a human please?" | fu-ingest -q | fu-score | fu-cadence -q >in
	is asked_for_human "$(fu-handoff -n <in | jq -r .trigger)"
	is 0 "$(db 'SELECT count(*) FROM handoff')"
	is asked_for_human "$(fu-handoff <in | jq -r .trigger)"
	ends 0 fu-handoff -n --accept "$(open_ones .handoff)"
	is open "$(open_ones)"
}

@test "usage" {
	ends 64 fu-handoff --accept 1 --decline 2
	ends 64 fu-handoff --owner ada
	ends 64 fu-handoff --open --pass
	ends 0 fu-handoff --help
}

@test "-n says what a verb would do, and a task is done once" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	fu-handoff -n --accept "$(open_ones .handoff)" --by ada 2>said
	says said "would be accepted by ada"
	is open "$(open_ones)"
	fu-handoff -n --pause jordan@acme.example --by ada 2>said
	says said "would be paused by ada"
	cat >cadences/call.yaml <<-Y
	cadence: call
	priority: 90
	enter: "score > 1000"
	spacing: "a test"
	steps:
	  - { day: 0, channel: task, message: hot-call, id: a }
	Y
	fu-cadence -q --cadence call jordan@acme.example >/dev/null
	task=$(db "SELECT id FROM touch WHERE step = 'a'")
	fu-handoff -q --done "$task" --by ada
	FU_NOW=2026-03-02T15:05:00Z ends 1 fu-handoff --done "$task" --by bob
	says err "is done already, by ada"
}

@test "what is open shows the score of now, and the first of its triggers" {
	person '"title":"VP of Sales","company_size":"200","budget":48000'
	says_in_chat "We are looking at HubSpot too." | fires competitor_mention
	was=$(open_ones .score)
	export FU_NOW=2026-03-02T15:11:00Z
	says_in_chat "Can you send me a quote?" | fires buying_intent
	is buying_intent "$(open_ones .trigger)"
	event '"event":"click","url":"https://www.example.com/a"' | line >/dev/null
	now=$(fu-list 'score >= 0' | jq .score)
	[ "$now" -ne "$was" ] || fail "the score stayed at $now"
	is "$now" "$(open_ones .score)"
}

@test "an escalation says that they have opted out since" {
	person
	says_in_chat "Can I talk to a human please?" | fires asked_for_human
	export FU_NOW=2026-03-02T16:00:00Z
	event '"event":"unsubscribe","channel":"email"' | fu-ingest -q >/dev/null
	export FU_NOW=2026-03-05T15:00:00Z
	fu-due -q | jq -c 'select(.kind == "escalation")' >escalated
	says escalated "They have opted out since"
}

@test "a budget is told in the currency of its cell, else in the country's" {
	n=0
	while IFS='|' read -r country cell want; do
		who=p$((n += 1))@x.example
		echo '{"email":"'$who'","source":"s","country":"'"$country"'","budget":"'"$cell"'"}' |
		    line >/dev/null
		echo '{"event":"chat","from":"prospect","text":"Can I talk to a human please?","email":"'$who'","at":"'$FU_NOW'"}' |
		    fires asked_for_human
		is "$want" "$(jq -r .summary.budget fired)"
	done <<-'X'
	DE|$45,000|$45K
	US|£45,000|£45K
	GB|45000 USD|$45K
	DE|CHF 30000|CHF 30K
	US|SEK 400000|SEK 400K
	US|¥5,000,000|¥5M
	GB|₹2000000|₹2M
	DE|30.000 €|€30K
	SE|45 000 kr|45K
	US|48000|$48K
	X
}

@test "-t is of --open, and says so" {
	ends 64 fu-handoff -t
	says err "-t goes with --open"
}
