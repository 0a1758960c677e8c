#!/usr/bin/env bats
# `fu-due --plan 45d`, asked right after entry, tells what then happens: who
# gets which step on which day.
#
# Two seasons: March, in which clocks change, and the end of May, which has
# Memorial Day on the 25th and Juneteenth on Friday, 19 June.  People enter at
# all hours, on a Friday evening and on a Sunday too.
load lib

setup_file() {
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	scene
	memory
	house begin
	cp -r begin march
	cp -r begin may
	season may 2026-05-22 2026-07-06 >may.log 2>&1 3>&- &
	season march 2026-03-06 2026-04-20 >march.log 2>&1 ||
	    fail "march: $(cat march.log)"
	wait $! || fail "may: $(cat may.log)"
}

teardown_file() {
	forget
}

setup() {
	scene
	cd "$MEMORY" || return
}

# season HOUSE DAY END: from DAY, a Friday, people come in; on the Sunday after
# it the plan is asked for, then 45 days pass.
season() (
	cd "$1" || return
	ny "$2" 09:10
	take_in <<-E
	ann@alder.example,Ann,Alder,VP Sales,Alder,Software,240,NY,Ada Lovelace,30000,4 months,lead routing,
	ben@birch.example,Ben,Birch,Director of Sales,Birch,Logistics,310,CA,Grace Hopper,45000,5 months,reply rates,
	eva@elm.example,Eva,Elm,Director of IT,Elm,Healthcare,2600,IL,Ada Lovelace,90000,,one view,enterprise
	E
	both_lines
	# After the window has closed, with a demo of that afternoon.
	ny "$2" 18:40
	take_in <<-E
	cyd@cedar.example,Cyd,Cedar,VP Operations,Cedar,Manufacturing,420,TX,Grace Hopper,26000,4 months,forgotten quotes,
	dov@dogwood.example,Dov,Dogwood,Head of Sales,Dogwood,Software,150,NY,Ada Lovelace,21000,,quiet hours,
	fay@fir.example,Fay,Fir,Head of Sales,Fir,Software,150,CO,Alan Turing,21000,,replies,
	E
	happens '{"event":"demo","email":"dov@dogwood.example","status":"held","features":["a","b","c"],"questions":["Can it read custom fields?"],"objections":["price"]}' \
	    '{"event":"demo","email":"fay@fir.example","status":"held","features":["a","b","c"]}'
	both_lines
	# On Sunday, in the night of Hawaii.
	ny "$(date -d "$2 2 days" +%F)" 10:00
	take_in <<-E
	gil@ginkgo.example,Gil,Ginkgo,VP Sales,Ginkgo,Software,90,HI,Alan Turing,24000,6 months,night shifts,
	hal@hazel.example,Hal,Hazel,Sales Director,Hazel,Logistics,800,AZ,Alan Turing,33000,4 months,quotes,
	E
	both_lines

	fu-due --plan 45d >log/plan
	fu-due --plan 45d -t ann@alder.example >log/table
	cp log/line2 log/before
	drive "$(date -ud "$FU_NOW 1 hour" +%FT%H:00Z)" "$3T23:00Z" 6-23
)

# What the plan says will leave by END; days and people, as each lives.
planned() {
	jq -r 'select(.held | not) | "\(.due_local[:10]) \(.email) \(.channel) \(.step)"' \
	    log/plan | awk -v end="$1" '$1 < end' | LC_ALL=C sort
}

# What lies in the outbox, with the day that it says itself.  Everybody's own
# zone is what fu-due's records know.
happened() {
	local id email step channel offset file
	tail -n +$(($(wc -l <log/before) + 1)) log/line2 |
	    jq -r 'select(.result.status == "sent") | "\(.result.message_id) \(.email) \(.step) \(.channel) \(.due_local[19:])"' |
	    while read -r id email step channel offset; do
		file=$(grep -lF -- "Message-ID: $id" outbox/*/*) || file=/dev/null
		echo "$(local_day "$(header Date "$file")" "$offset") $email $channel $step"
	done | awk -v end="$1" '$1 < end' | LC_ALL=C sort
}

# local_day DATE OFFSET: the calendar day of that instant at UTC+OFFSET.
local_day() {
	local sign=${2:0:1} minutes=$((10#${2:1:2} * 60 + 10#${2:4:2}))
	TZ=UTC date -d "@$(($(date -d "$1" +%s) $sign minutes * 60))" +%F
}

@test "March: what was planned is what lies in the outbox, day by day" {
	cd march
	planned 2026-04-20 >planned
	happened 2026-04-20 >happened
	[ "$(wc -l <planned)" -gt 25 ] || fail "only:" "$(cat planned)"
	same planned happened
}

@test "May and June: so too around two holidays" {
	cd may
	planned 2026-07-06 >planned
	happened 2026-07-06 >happened
	[ "$(wc -l <planned)" -gt 25 ] || fail "only:" "$(cat planned)"
	same planned happened
	if grep -E '^2026-(05-25|06-19|07-03) .* (email|task)' happened; then
		fail "something left on a holiday"
	fi
}

@test "no letter without a plan, no weekend with a letter" {
	for season in march may; do
		cd "$MEMORY/$season"
		happened 9999-12-31 | cut -d ' ' -f 1 | sort -u |
		    while read -r day; do date -d "$day" '+%a %F'; done >days
		! grep -E '^S' days || fail "$season: on a weekend"
	done
}

@test "the chats that wait are in the plan, from their days on" {
	cd march
	jq -r 'select(.held.reason == "waits_for_visit" and
	    .email == "ann@alder.example") |
	    "\(.due_local[:10]) \(.step)"' log/plan >waits
	printf '%s\n' "2026-03-08 warm-open" "2026-04-05 warm-return" >want
	same want waits
}

@test "the plan of one person reads like the playbook's" {
	# Without times of day: those are spread.
	sed -E 's/ [0-9]{2}:[0-9]{2} / /' march/log/table >table
	cat >want <<-E
	THEIR OWN TIME        DAY      CHANNEL  CADENCE  STEP            WHO                HELD
	Sun 2026-03-08  day 0    chat     warm     warm-open       ann@alder.example  waits_for_visit
	Mon 2026-03-09  day 3    email    warm     warm-article    ann@alder.example
	Mon 2026-03-16  day 10   email    warm     warm-story      ann@alder.example
	Thu 2026-03-26  day 20   email    warm     warm-benchmark  ann@alder.example
	Sun 2026-04-05  from 30  chat     warm     warm-return     ann@alder.example  waits_for_visit
	Mon 2026-04-06  day 30   email    warm     warm-invite     ann@alder.example
	E
	same want table
}
