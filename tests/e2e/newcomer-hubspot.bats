#!/usr/bin/env bats
# A newcomer with an export of HubSpot and the page fu(7): its commands, as
# they stand there and in their order, lead to the first message.
load lib

setup() {
	BATS_FILE_TMPDIR=$BATS_TEST_TMPDIR
	scene
	memory
	# Monday morning in New York; by the page's own words a rehearsal.
	ny 2026-03-02 10:00
}

teardown() {
	cd / && forget
}

# The commands that the page shows behind "$ ", unfolded, a line each.
page() {
	awk '/^\.Bd -literal/ { on = 1; next } /^\.Ed/ { on = 0 }
	    on && sub(/^\$ /, "") { more = 1 }
	    on && more { sub(/^ +/, "")
		if (sub(/\\e$/, "")) printf "%s", $0
		else { print; more = 0 } }' "$root/man/fu.7"
}

# An export as HubSpot writes it, with three properties of the newcomer's own.
export_of_hubspot() {
	cat <<-E
	Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Industry,Number of Employees,Contact owner,Lifecycle Stage,Lead Status,Marketing contact status,Create Date,State/Region,Country/Region,Unsubscribed from all email,Time Zone,Original Source,Budget,Timeline,Interest
	501,Ann,Lee,ann@x.example,(212) 555-0142,VP Sales,X Freight,Logistics,240,Ada Lovelace,Lead,New,Marketing contact,2026-01-15 10:00,New York,United States,false,america_slash_new_york,Organic Search,30000,4 months,lead routing
	502,Bea,Okafor,bea@y.example,,Head of Ops,Y Works,Manufacturing,90,Grace Hopper,Lead,New,Marketing contact,2026-01-16 11:30,Ohio,United States,true,,Referrals,,,
	503,Cy,Novak,cy@w.example
	504,Dee,Park,dee@z.example,,Sales Manager,Z Clinics,Healthcare,120,Alan Turing,Lead,New,Marketing contact,2026-01-22 15:10,Texas,United States,false,,Offline Sources,,,
	E
}

# Run the page's commands from the first to the last that begins with $1; the
# export lies where the newcomer stands.
follow() {
	page | awk -v last="$1" '{ print }
	    $0 == "cd followup" { print "cp ../leads.csv ."
		print "mkdir -p Maildir/new Maildir/cur Maildir/tmp" }
	    index($0, last) == 1 { exit }' >steps
	bash -o pipefail -c 'while read -r step <&9; do
		eval "$step" || case $? in 65) ;; *) echo "failed: $step" >&2; exit 1 ;; esac
	    done 9<steps' >out 2>err || fail "$(cat out err)"
}

# What cron does at this time: the lines of crontab.txt behind its variables.
cron() {
	local line
	while read -r line; do
		case $line in
		[A-Z]*=*) export "${line?}" ;;
		[*0-9]*) bash -c "$(cut -d ' ' -f 6- <<<"$line" | sed 's/^ *//')" || return ;;
		esac
	done <crontab.txt >>cron.out 2>&1
}

@test "the page's commands, from nothing to the first message in the outbox" {
	export_of_hubspot >leads.csv
	follow "fu-due -n -x"
	says err "fu-ingest: 3 created, 0 updated, 0 unchanged, 0 merged, 1 rejected"
	says err "the first of them leaves on 2026-03-05"
	says err "1 that no cadence took"
	says out "Thu 2026-03-05" "warm-article    ann@x.example"
	says followup/rejects.ndjson '"line":4' '503,Cy,Novak,cy@w.example'
	[ ! -e followup/outbox ] || fail "a message too early: $(ls followup/outbox/new)"

	for day in 2026-03-0{2..6}; do
		for hour in 11 12 17; do
			ny "$day" "$hour:00"
			cron || fail "cron: $(cat cron.out)"
		done
	done
	grep -l "^To: Ann Lee <ann@x.example>" followup/outbox/new/* >got ||
	    fail "no message to Ann:" "$(cat cron.out)"
	is 1 "$(ls followup/outbox/new | wc -l)" "messages"
	says "$(cat got)" "Date: Thu, 5 Mar 2026" "From: Ada Lovelace" \
	    "List-Unsubscribe-Post: List-Unsubscribe=One-Click" "12 Mill Lane"
}

@test "the page's crontab lines are those that fu-init prints" {
	fu-init followup >crontab.txt 2>/dev/null
	grep '^[*]' crontab.txt >printed
	grep '^[*]' "$root/man/fu.7" >page
	same page printed
}

@test "every other command of the page does what it says" {
	export_of_hubspot >leads.csv
	follow "no such command: to the end"
	cd followup
	# The demo by telephone, and the opt-out, of one who was in the export.
	is "call unsubscribe" "$(sqlite3 fu.db "SELECT kind FROM event
	    WHERE kind IN ('call', 'unsubscribe') ORDER BY kind" | xargs)" "events"
	is "" "$(fu-due --plan 45d ann@x.example)" "plan of one who opted out"
	[ -s trial.db ] || fail "no rehearsal"
}

@test "the plain export of the fixtures: nobody is lost, and the way on is told" {
	cp "$root/tests/cli/fixtures/ingest/hubspot.csv" leads.csv
	follow "fu-ingest"
	says err "1 that no cadence took" "fu-cadence --cadence NAME"
	cd followup
	# The way that it tells, for the one who has not opted out.
	fu-list "region = 'NY'" | fu-cadence --cadence warm >enrolled 2>&1
	says enrolled "leaves on 2026-03-05"
	for hour in 12 17; do
		ny 2026-03-05 "$hour:00"
		both_lines
	done
	says "$(ls -d outbox/new/*)" "To: Ann Lee <"
}
