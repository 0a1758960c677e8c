#!/usr/bin/env bats
# The five shipped cadences, from entry to end, in one house.
#
# Six people, New York all of them; their day 0 is Monday 2 March 2026, 10:00.
#
#   hanna  hot         met on Saturday the 28th, so two days ago now
#   wanda  warm        imported that minute, buys in four months
#   carla  cold        known since December, back on the site that minute
#   petra  post-demo   the demo was held that minute, with an objection
#   paul   post-demo   so was his, without; he comes back on Thursday and chats
#   edgar  enterprise  imported that minute
#
# Both lines run at every hour of the first week, then from 04:00 (the owners
# in Dublin begin at 08:30) to 20:00 until 2 April, then from 07:00 to 19:00
# until the sixty days of the shorter ones are over; for the rest of
# enterprise's year from 08:00 to 13:00 on the first five days of a month, else
# at noon, so that what leaves on a day nobody expects still shows its date.
#
# What everybody got is compared with NAME.txt beside this file, in a folder of
# its name; GOLDEN=write writes those anew, to be read before they are kept.
load lib

setup_file() {
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	scene
	memory
	house begin
	# Two runs side by side: where they are and what they speak must not
	# matter.  Same key, same empty database.
	cp -r begin newyork
	cp -r begin tokyo
	locale -a | grep -qi '^de_DE.utf-\?8$' && german=de_DE.UTF-8 || german=C
	echo "$german" >german
	(TZ=Asia/Tokyo LC_ALL=$german year tokyo) >tokyo.log 2>&1 3>&- &
	(year newyork) >newyork.log 2>&1 || fail "the run: $(cat newyork.log)"
	wait $! || fail "the run in Tokyo: $(cat tokyo.log)"
}

year() {
	cd "$1" || return

	ny 2025-12-12 10:00
	take_in <<-E
	carla@cold.example,Carla,Cold,Sales Manager,Cold Storage,Logistics,95,NY,Alan Turing,12000,,quote reminders,
	E
	happens '{"event":"visit","email":"carla@cold.example","url":"https://www.example.com/product"}'
	both_lines

	ny 2026-02-28 10:00
	take_in <<-E
	hanna@hot.example,Hanna,Hot,VP Sales,Hot Software,Software,240,NY,Ada Lovelace,36000,4 months,lead routing,
	E
	happens '{"event":"meeting","email":"hanna@hot.example","status":"held"}' \
	    '{"event":"form","email":"hanna@hot.example","question":"Can it route by region?"}'
	both_lines

	drive 2026-03-02T05:00Z 2026-03-02T14:00Z
	ny 2026-03-02 10:00
	take_in <<-E
	wanda@warm.example,Wanda,Warm,VP Sales,Warm Freight,Logistics,280,NY,Grace Hopper,30000,4 months,reply rates,
	petra@demo.example,Petra,Demo,Head of Sales,Demo Works,Manufacturing,150,NY,Ada Lovelace,20000,,quiet hours,
	paul@visits.example,Paul,Visits,Head of Sales,Visits Clinics,Healthcare,150,NY,Grace Hopper,20000,,answers at night,
	edgar@large.example,Edgar,Large,Director of IT,Large Lines,Logistics,2600,NY,Alan Turing,90000,,one view of all desks,enterprise
	E
	happens '{"event":"visit","email":"carla@cold.example","url":"https://www.example.com/product"}' \
	    '{"event":"demo","email":"petra@demo.example","status":"held","features":["routing by region","replies in the CRM","quiet hours"],"questions":["Can it read custom fields?"],"objections":["price"]}' \
	    '{"event":"demo","email":"paul@visits.example","status":"held","features":["answers at night","the desk","the log"],"questions":["How long does it take to start?"]}'
	drive 2026-03-02T15:00Z 2026-03-05T15:00Z

	ny 2026-03-05 10:20
	happens '{"event":"visit","email":"paul@visits.example","url":"https://www.example.com/product"}' \
	    '{"event":"chat","from":"bot","email":"paul@visits.example","touch":'"$(touch_of paul@visits.example demo-answer)"',"text":"It takes three weeks."}'
	drive 2026-03-05T16:00Z 2026-03-10T03:00Z
	drive 2026-03-10T04:00Z 2026-04-03T03:00Z 4-20
	drive 2026-04-03T04:00Z 2026-05-03T03:00Z 7-19
	for month in 2026-{05..12} 2027-{01..03}; do
		drive "$month-01T11:00Z" "$month-06T03:00Z" 8-13
		drive "$month-06T05:00Z" "$(date -ud "$month-01 1 month 4 hours" +%FT%RZ)" 12
	done
}

teardown_file() {
	forget
}

setup() {
	scene
	cd "$MEMORY" || return
}

golden() {
	local want=$BATS_TEST_DIRNAME/five-cadences/$1.txt
	(cd newyork && story "$2") >"$1.txt"
	[ "${GOLDEN-}" != write ] || cp "$1.txt" "$want"
	same "$want" "$1.txt" "what $2 got"
}

@test "hot: chat 2 March, mail 4, return chat from 7, mail 10, task 16, mail 23" {
	golden hot hanna@hot.example
}

@test "warm: chat 2 March, mail 5, 12, 23, 1 April, return chat from 1 April" {
	golden warm wanda@warm.example
}

@test "cold: chat 2 March, mail 5, 12, 23, reminder task 1 April" {
	golden cold carla@cold.example
}

@test "post-demo: mail 3 March, chat until 6 or else mail 6, mail 9, task 16, mail 20 for an objection" {
	golden post-demo petra@demo.example
}

@test "post-demo, back on the 5th: the chat says it, no mail on the 6th; no objection, no mail on the 20th" {
	golden post-demo-visit paul@visits.example
}

@test "enterprise: mail 2 March, 2 April, 4 May, 2 June and so on, tasks 1 April, 1 July and so on" {
	golden enterprise edgar@large.example
}

@test "the hot one's score stays above 70 at entry and below the hand-off's 75 throughout" {
	cd newyork
	jq -r 'select(.email == "hanna@hot.example") | .score' log/scores |
	    sort -n >scores
	[ "$(tail -n 1 scores)" -gt 70 ] || fail "never hot: $(uniq scores)"
	[ "$(tail -n 1 scores)" -lt 75 ] || fail "handed over: $(uniq scores)"
}

@test "nobody was handed over, nothing was sent twice, and nothing lies there that nobody sent" {
	cd newyork
	[ ! -s log/line1 ] || fail "hand-offs:" "$(cat log/line1)"
	jq -r '.result.message_id // empty' log/line2 | sort >sent
	is "" "$(uniq -d sent)" "sent twice"
	is "$(wc -l <sent)" "$(ls outbox/*/* | wc -l)" "letters in the outbox"
	jq -c 'select(.result and .result.status != "sent")' log/line2 >other
	[ ! -s other ] || fail "not sent:" "$(cat other)"
}

@test "in Tokyo, in German: the same bytes, outbox and records" {
	[ "$(cat german)" != C ] || echo "# no de_DE.UTF-8 here: LC_ALL=C instead" >&3
	diff -r newyork/outbox tokyo/outbox >different || :
	[ ! -s different ] || fail "outbox:" "$(head -20 different)"
	for log in newyork/log/*; do
		same "$log" "tokyo/log/${log##*/}"
	done
}
