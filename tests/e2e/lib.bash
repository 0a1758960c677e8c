# The steps of the stories in this folder.  `load lib` brings the small words
# of the other tests too (house, is, same, says, fail: ../cli/scene.bash).
#
# A story takes place in a house, a directory that fu-init made.  Its clock is
# FU_NOW; both_lines runs what cron would run at that time; drive lets time
# pass.  Every record that passed by is kept in the house's log/:
#
#	scores     what fu-score --changed said
#	line1      hand-offs that fired, and what fu-send made of them
#	due        what fu-due -x gave out or held, below {"now":TIME} each time
#	line2      what fu-send made of that
load ../cli/scene

# memory: a directory where nothing waits for a disk, if there is one; thousands
# of commits that nobody will miss go faster there.  Gone with forget.
memory() {
	[ -w /dev/shm ] || set -- "$BATS_FILE_TMPDIR"
	MEMORY=$(mktemp -d "${1:-/dev/shm}/fu-e2e.XXXXXX")
	export MEMORY
	cd "$MEMORY" || return
}

forget() {
	[ -z "${MEMORY-}" ] || rm -rf "$MEMORY"
}

# at TIME: it is that time, in UTC, from now on.
at() {
	export FU_NOW=$1
}

# ny DATE TIME: it is that time in New York.
ny() {
	FU_NOW=$(date -ud "TZ=\"America/New_York\" $1 $2" +%FT%TZ)
	export FU_NOW
}

# The whole system is two lines of shell; here they are.
both_lines() {
	mkdir -p log
	echo "{\"now\":\"$FU_NOW\"}" >>log/due
	fu-score -q --changed | tee -a log/scores |
	    fu-cadence -q | fu-handoff -q | fu-send -q >>log/line1
	fu-due -q -x | tee -a log/due | fu-send -q >>log/line2
}

# drive FROM TO [HOURS]: time passes from FROM to TO, hour by hour, and at each
# hour of New York in HOURS ("7-19", "12", "7-11,17"; all of them unless said)
# both lines run.
drive() {
	local from to t hour hours=${3:-0-23} zone
	from=$(date -ud "$1" +%s)
	to=$(date -ud "$2" +%s)
	for ((t = from; t <= to; t += 3600)); do
		TZ=America/New_York printf -v hour '%(%-H)T' "$t"
		in_hours "$hour" "$hours" || continue
		TZ=UTC printf -v FU_NOW '%(%FT%TZ)T' "$t"
		export FU_NOW
		both_lines
	done
}

in_hours() {
	local part
	for part in ${2//,/ }; do
		(($1 >= ${part%-*} && $1 <= ${part#*-})) && return 0
	done
	return 1
}

# people: the head of a CSV with all that the gates ask of a person in the
# United States, for rows of
# email,first,last,title,company,industry,size,region,owner,budget,timeline,interest,segment
people() {
	echo "Email,First Name,Last Name,Job Title,Company Name,Industry,Number of Employees,State/Region,Contact owner,Budget,Timeline,Interest,Segment"
	cat
}

# take_in: those rows, known since now, to fu-ingest.
take_in() {
	mkdir -p log
	people | fu-ingest -q -f csv --set country=US --set source=website \
	    --set basis=li --set subscriber=corporate --set job_fit=true \
	    --set collected=direct --set "collected_at=$FU_NOW" >>log/in ||
	    fail "fu-ingest: exit status $?"
}

# happens EVENT...: each a record without its time, which is now.
happens() {
	local event
	mkdir -p log
	for event; do
		printf '{"at":"%s",%s\n' "$FU_NOW" "${event#?}"
	done | fu-ingest -q >>log/in || fail "fu-ingest: exit status $?"
}

# touch_of EMAIL STEP: the number of the touch of that step, as fu-due -x
# last showed it.
touch_of() {
	jq -r --arg email "$1" --arg step "$2" \
	    'select(.email == $email and .step == $step) | .touch' log/due |
	    tail -n 1
}

# story EMAIL: what that person got, heard or caused, by New York's calendar;
# a line a mail or task as it lies in the outbox, a line a chat for the days on
# which it was armed.
story() {
	{ letters "$1"; chats "$1"; } | LC_ALL=C sort |
	    while IFS='|' read -r day what; do
		printf '%s %s\n' "$(TZ=UTC LC_ALL=C date -d "$day" '+%a %F')" "$what"
	done
}

# The outbox says what left, the records of fu-send whose it was.
letters() {
	local file id step channel day to subject
	jq -r --arg email "$1" 'select(.email == $email and
	    .result.status == "sent") | "\(.result.message_id)|\(.step)|\(.channel)"' \
	    log/line1 log/line2 | while IFS='|' read -r id step channel; do
		file=$(grep -lF -- "Message-ID: $id" outbox/*/* | head -n 1)
		[ -n "$file" ] || { echo "9999-12-31|$channel $step: NOT IN THE OUTBOX"; continue; }
		day=$(TZ=America/New_York date -d "$(header Date "$file")" +%F)
		to=$(header To "$file" | grep -o '[^< ]*@[^> ]*')
		subject=$(header Subject "$file")
		printf '%s|%-5s %s to %s: %s\n' "$day" "$channel" "$step" \
		    "$to" "${subject#"$step: "}"
	done
}

# header NAME FILE: a header's value, unfolded.
header() {
	awk -v name="$1: " '{ sub(/\r$/, "") } /^$/ { exit }
	    /^[ \t]/ { if (on) value = value " " substr($0, 2); next }
	    { on = index($0, name) == 1; if (on) value = substr($0, length(name) + 1) }
	    END { print value }' "$2" | tr -d '\r'
}

# A chat is armed from the day that its record names, until it was held no more.
chats() {
	jq -r --arg email "$1" '.now // (select(.email == $email and
	    .held.reason == "waits_for_visit") |
	    "\(.touch)|\(.due_local[:10])|chat  \(.step)")' log/due |
	    awk -F'|' 'NF == 1 { now = $1; next }
		!($1 in from) { from[$1] = $2 "|" $3 }
		{ last[$1] = now }
		END { for (t in from) print from[t] "|" last[t] }' |
	    while IFS='|' read -r day what last; do
		printf '%s|%s waits for a visit until %s\n' "$day" "$what" \
		    "$(TZ=America/New_York LC_ALL=C date -d "$last" '+%a %F')"
	done
}
