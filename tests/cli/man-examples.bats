#!/usr/bin/env bats
# Every command of every manual page's EXAMPLES runs, in a directory made by
# fu-init, with the sample leads and events in it.  What a page names of the
# reader's own (ann@x.example, leads.csv, hand-off 3) is put there first, or may
# be answered with "there is none"; a command line that a program does not
# understand, a missing program or a bad configuration is a failure.

load scene

setup() {
	scene
	house here
	cd here
	cp sample/leads.csv leads.csv
	export FU_NOW=2026-03-12T14:00:00Z EDITOR=true
	printf '%s\n' 'Email,First Name,Source,Country' \
	    'ann@x.example,Ann,webinar,US' >ann.csv
	fu-ingest -q ann.csv leads.csv 2>/dev/null >all.ndjson || true
	fu-ingest -q sample/events.ndjson 2>/dev/null >/dev/null || true
	fu-score --changed | fu-cadence -q | fu-handoff | fu-send >/dev/null
	# What the services of fu-hook sign with, and a request of each.
	sed -i -e 's/^  sms: .*/  sms: { via: outbox, token: env:TOKEN }/' \
	    -e 's/^  whatsapp: .*/  whatsapp: { via: outbox, app_secret: env:SECRET }/' \
	    -e '$ahook: { secret: env:SECRET }' fu.yaml
	export TOKEN=12345 SECRET=appsecret
	printf '%s\r\n' 'POST /hooks/sms HTTP/1.1' 'Host: example.com' \
	    'X-Twilio-Signature: ctf4yC2I6DdVnZc95BPiNDCvm4g=' '' >request.http
	printf %s 'AccountSid=AC0&Body=STOP&From=%2B14155550100&MessageSid=SM1&NumMedia=0&OptOutType=STOP&To=%2B15105550101' >>request.http
	printf %s '{"object":"whatsapp_business_account","entry":[]}' >body.json
	export SIGNATURE=sha256=09eceea024af6e6343b760cc9bd3ae7c056938dd636e24e92109eb8219500384
	# What a reader has at hand beside fu itself.
	mkdir -p Maildir/new Maildir/cur Maildir/.Sent/cur
	printf 'From: ann@x.example\nMessage-ID: <1@x.example>\n\nYes, please.\n' |
	    tee message.eml >Maildir/cur/1:2,S
	mkdir bin www.example.com
	echo '<html><title>Us</title><p>What we do</p>' >www.example.com/index.html
	printf '#!/bin/sh\nexit 0\n' | tee bin/vi bin/crontab bin/wget >/dev/null
	chmod +x bin/*
	PATH=$PWD/bin:$PATH
}

# The commands of a page, each on one line: those behind "$ ", joined with the
# lines that go on with them.
commands() {
	mandoc -T utf8 -O width=200 "$1" | sed 's/.\x08//g' | awk '
	/^EXAMPLES/ { e = 1; next }
	/^[A-Z]/ { e = 0 }
	!e { next }
	{ sub(/^ */, "") }
	/^\$ / { sub(/^\$ /, ""); if (line != "") print line; line = $0; next }
	line != "" && (line ~ /[|\\]$/ || open(line)) {
		sub(/\\$/, "", line); line = line " " $0; next
	}
	line != "" { print line; line = "" }
	END { if (line != "") print line }
	function open(s, n) { n = gsub(/\047/, "", s); return n % 2 }'
}

@test "the commands of the EXAMPLES run" {
	tried=0
	for page in "$root"/man/*.[157]; do
		commands "$page" >commands.txt
		while IFS= read -r line <&3; do
			tried=$((tried + 1))
			set +e
			timeout 60 bash -c "set -o pipefail; $line" \
			    >out.txt 2>err.txt </dev/null
			status=$?
			set -e
			case $status in
			0 | 1 | 65 | 69 | 75) ;;
			*)
				echo "$(basename "$page"): $line"
				echo "exit $status: $(cat err.txt)"
				return 1
				;;
			esac
		done 3<commands.txt
	done
	echo "$tried commands"
	[ "$tried" -ge 20 ]
}
