#!/usr/bin/env bats
# fu-lint: a case a file in lint/, with the lines that it gets.
#
# A case is what is put into a house that fu-init made: "=== PATH" and a file's
# text, "=== sed PATH" and a script for one that is there, "=== rm" and names.
# "=== expect" is what fu-lint prints, to the letter.
load scene

setup() {
	scene
	export FU_NOW=2026-12-01T15:00:00Z
	house h
	rm h/fu.db
	cd h || return
}

# put CASE: its parts into this directory, what is expected into ../want.
put() {
	: >../want
	awk '
	function flush() {
		if (head == "expect") printf "%s", text >"../want"
		else if (head == "rm") printf "%s", text >"../remove"
		else if (head ~ /^sed /) {
			printf "%s", text >("../script." ++n)
			print "../script." n, substr(head, 5) >"../scripts"
		} else if (head != "") printf "%s", text >head
		text = ""
	}
	/^=== / { flush(); head = substr($0, 5); next }
	head != "" { text = text $0 "\n" }
	END { flush() }' "$1"
	if [ -s ../scripts ]; then
		while read -r script file; do
			sed -i -f "$script" "$file" || return
		done <../scripts
	fi
	[ ! -s ../remove ] || xargs rm <../remove
	rm -f ../scripts ../script.* ../remove
}

@test "what fu-init installs has no finding" {
	ends 0 fu-lint
	is "" "$(cat out)"
	[[ $(cat err) =~ ^"fu-lint: 0 errors, 0 warnings in "[0-9]+" files"$ ]] ||
	    fail "$(cat err)"
}

@test "each case gets its lines, and no others" {
	local wrong=0 n=0 name want status
	cp -r . ../clean
	for case in "$BATS_TEST_DIRNAME"/lint/*; do
		name=$(basename "$case")
		n=$((n + 1))
		rm -rf ../one && cp -r ../clean ../one && cd ../one
		put "$case"
		status=0
		fu-lint >../got 2>../err || status=$?
		want=0
		! grep -q ': error: ' ../want || want=1
		if ! diff -u ../want ../got >../differ || [ "$status" != "$want" ]; then
			wrong=$((wrong + 1))
			echo "$name: exit status $status, expected $want"
			cat ../differ ../err
		fi
		# Each line has its place, whatever it is about.
		if grep -vE '^[^:]+:[1-9][0-9]*:[1-9][0-9]*: (error|warning): .+ \[[a-zA-Z0-9.-]+\]$' ../got; then
			wrong=$((wrong + 1))
			echo "$name: not file:line:col: level: message [rule]"
		fi
	done >&2
	[ "$n" -ge 50 ] || fail "only $n cases found"
	[ "$wrong" -eq 0 ] || fail "$wrong of $n told otherwise"
}

@test "columns: asked of the database where there is one, of nobody else" {
	sed -i "s/^exit: days_silent > 60/exit: days_silent > 60 OR attr('Sales') > 1 OR attr('seats') = 0/" cadences/hot.yaml
	printf -- '---\nsubject: One\n---\n%s\n' \
	    '{{Seats}} {{Seats | default: "some"}} {{Seets | default: "some"}}' \
	    >messages/hot-story.md
	tag='nothing is called {{Seets}}'
	ends 0 fu-lint
	is "messages/hot-story.md:4:1: warning: {{Seats}} may have no value, and the message is then held as missing_value: write {{Seats | default: \"…\"}} [fallback]
messages/hot-story.md:4:39: warning: $tag, unless it is a column of your own: fu-message(5) has the names [tag]" "$(cat out)"
	fu-init -q 2>/dev/null >/dev/null
	ends 0 fu-lint
	! grep -q '\[column\]' out || fail "an empty database knows of no column" "$(cat out)"
	echo '{"email":"ann@a.example","source":"website","country":"US","Seats":"12"}' |
	    fu-ingest -q >/dev/null
	before=$(sha256sum fu.db)
	ends 1 fu-lint
	is "$before" "$(sha256sum fu.db)" "the database"
	is "cadences/hot.yaml:7:27: warning: nobody has a column \"Sales\": attr('Sales') is NULL for everybody [column]
messages/hot-story.md:4:1: warning: {{Seats}} may have no value, and the message is then held as missing_value: write {{Seats | default: \"…\"}} [fallback]
messages/hot-story.md:4:39: error: $tag, and nobody has such a column: fu-message(5) has the names [tag]" "$(cat out)"
	ends 0 fu-lint -d none.db
	[ ! -e none.db ] || fail "none.db was made"
}

@test "--json: a record a finding" {
	put "$BATS_TEST_DIRNAME/lint/dated"
	ends 0 fu-lint --json
	is '{"type":"lint","file":"rules/competitors.txt","line":2,"col":9,"level":"warning","rule":"dated","text":"of 2025-01-10, over a year ago: compare it with its source, then change the date"}' \
	    "$(head -1 out)"
	is '["col","file","level","line","rule","text","type"]' "$(jq -c keys out | sed -n 2p)"
	sed -i 's/^booking:/bookings:/' fu.yaml
	ends 1 fu-lint --json fu.yaml
	is '["fu.yaml",139,1,"error","schema"]' \
	    "$(jq -c '[.file,.line,.col,.level,.rule]' out)"
}

@test "operands: files and directories, and nothing of the others" {
	put "$BATS_TEST_DIRNAME/lint/dated"
	printf -- '---\nsubject: "Re: it"\n---\nHello.\n' >messages/hot-story.md
	ends 1 fu-lint messages/hot-story.md
	is 1 "$(wc -l <out)"
	is "fu-lint: 1 error, 0 warnings in 1 file" "$(cat err)"
	ends 0 fu-lint "$PWD/rules/mine.txt" cadences
	is "rules/mine.txt rules/mine.txt" "$(sed 's/:.*//' out | xargs)"
	ends 0 fu-lint rules/
	is 4 "$(wc -l <out)"
	cd messages
	ends 1 fu-lint -c ../fu.yaml hot-story.md hot-open.md
	says out ../messages/hot-story.md:2:11:
	ends 66 fu-lint -c ../fu.yaml no-such.md
	says err no-such.md
	[ ! -s out ] || fail "$(cat out)"
}

@test "an operand's findings: a file of it that is missing, too" {
	rm rules/states.txt
	for place in rules/ . "$PWD/rules"; do
		ends 1 fu-lint -q $place
		says out "rules/states.txt:1:1: error: it is not there"
	done
	ends 0 fu-lint -q messages
}

@test "-q: the findings without the count" {
	put "$BATS_TEST_DIRNAME/lint/unused"
	ends 0 fu-lint -q
	is 1 "$(wc -l <out)"
	[ ! -s err ] || fail "$(cat err)"
}

@test "no fu.yaml: exit 66, and nothing on standard output" {
	mkdir ../bare && cd ../bare
	ends 66 fu-lint -c none.yaml
	says err none.yaml
	[ ! -s out ] || fail "$(cat out)"
	ends 64 fu-lint --no-such-option
}

@test "a fu.yaml that does not parse is told, and no advice given" {
	printf 'company: { name: x\n' >fu.yaml
	ends 1 fu-lint
	says out 'fu.yaml:'
	is "" "$(grep -v '^fu.yaml:' out)"
	# Cut between two of the directories that it names.
	printf 'messages: messages/\ncompany: { name: x\n' >fu.yaml
	ends 1 fu-lint
	is "" "$(grep -v '^fu.yaml:' out)"
}

@test "what only the installation has is no error: no key, no database" {
	rm fu.key
	ends 0 fu-lint
	is "./fu.key:1:1: warning: No such file or directory [missing]" "$(cat out)"
}

@test "a year after, what is old is told; the clock is the run's" {
	ends 0 fu-lint --at 2027-12-01
	says out 'rules/noise.txt:2:9: warning: of 2026-01-10, over a year ago' \
	    'was to be reviewed by 2027-01-10' '[GD-02]'
	ends 0 fu-lint --at 2026-12-01
	is "" "$(cat out)"
}

@test "a day before the rules were read is no fault of theirs" {
	ends 0 fu-lint --at 2025-06-01
	is "" "$(cat out)"
	sed -i 's/^# date: .*/# date: 2036-12-03/' rules/noise.txt
	ends 0 fu-lint --at 2025-06-01
	says out 'rules/noise.txt:2:9: warning: of 2036-12-03, a day that is to come'
}

# Files of rules/ that the gate, or the reading of people, goes by.
needed="addresses countries country-zones nanp-regions noise phone-zones phones
places promotion signals states urgency"

@test "a rules file that is missed ends each run that loads rules, and fu-init brings it back" {
	local file program
	for file in $needed; do
		mv "rules/$file.txt" ..
		ends 78 fu-due -q </dev/null
		says err "fu-due: rules/$file.txt: it is not there, and" \
		    'fu-init puts back what is missing'
		is 1 "$(wc -l <err)" "lines said"
		ends 1 fu-lint -q
		says out "rules/$file.txt:1:1: error: it is not there, and"
		is 1 "$(wc -l <out)" "findings"
		ends 78 fu-init --check
		says err "fu-init: rules/$file.txt: it is not there, and"
		FU_NOW= ends 0 fu-init -q
		cmp "rules/$file.txt" "../$file.txt"
		ends 0 fu-lint
	done
	rm fu.db rules/states.txt
	for program in 'fu-score -a' fu-cadence fu-handoff fu-send fu-due \
	    'fu-ingest sample/leads.csv' 'fu-why ann@a.example' \
	    'fu-stats --compliance' 'fu-init --adopt' 'fu-privacy export ann@a.example'; do
		# shellcheck disable=SC2086
		ends 78 $program </dev/null
		says err "${program%% *}: rules/states.txt: it is not there"
	done
	# Several: each, and how many.
	rm rules/phones.txt
	ends 78 fu-due </dev/null
	says err 'rules/phones.txt: it is' 'rules/states.txt: it is' \
	    'fu-due: 2 faults in rules/'
}

@test "another directory of rules: fu-init does not fill it, and says so" {
	mkdir law
	cp rules/* law/
	rm law/states.txt law/merge-tags.txt
	sed -i 's|^rules: .*|rules: law/|' fu.yaml
	ends 1 fu-lint -q
	is "law/merge-tags.txt:1:1: warning: it is not there, and fu-lint knows other programs' tags by it: fu-init makes one in rules/ beside fu.yaml, to be copied [missing]
law/states.txt:1:1: error: it is not there, and the gate goes by it: fu-init makes one in rules/ beside fu.yaml, to be copied [missing]" "$(cat out)"
	rm -r law
	ends 1 fu-lint -q
	is "law:1:1: error: No such file or directory: fu-init makes one in rules/ beside fu.yaml, to be copied [schema]" "$(cat out)"
	ends 78 fu-due </dev/null
	cd ..
	sed -i 's|^rules: .*|rules: rules/|' h/fu.yaml
	rm h/rules/states.txt
	ends 78 fu-due -c h/fu.yaml </dev/null
	says err 'h/rules/states.txt: it is not there' 'fu-init puts back'
}

@test "what is wrong with a rules file ends a run, with its place" {
	local case want
	for case in rules-twice rules-nowhere rules-head rules-gone; do
		rm -rf ../one && cp -r . ../one && cd ../one
		put "$BATS_TEST_DIRNAME/lint/$case"
		ends 78 fu-due </dev/null
		# A whole file is said without a line, here.
		sed -n 's/: error: \(.*\) \[[a-z]*\]$/: \1/p' ../want |
		    sed '/: it is not there/s/:1:1:/:/' >../rules
		while IFS= read -r want; do
			says err "fu-due: $want"
		done <../rules
		says err "fu-due: $(wc -l <../rules) faults in rules/"
		cd ../h || return
	done
	echo 'US-FL | - | - | - | - | - | | [P]' >>rules/states.txt
	ends 78 fu-due </dev/null
	is 'fu-due: rules/states.txt:129:1: "US-FL" is there already, on line 69: take one away' "$(cat err)"
}

@test "what fu-ingest's own readers of rules/ do not take is told before it runs" {
	echo 'XX 49 0 00 nonsense' >>rules/phones.txt
	echo '@nobody|x' >>rules/signals.txt
	ends 1 fu-lint -q
	is "rules/phones.txt:$(wc -l <rules/phones.txt):1: error: no numbering plan (country code trunk prefix plan [ranges]) [schema]
rules/signals.txt:$(wc -l <rules/signals.txt):1: error: no words are named \"@nobody\" [schema]" "$(cat out)"
	ends 78 fu-init --check
	says err 'rules/phones.txt:' 'rules/signals.txt:'
}

@test "GD-14: a link whose address holds something of the person is told" {
	put "$BATS_TEST_DIRNAME/lint/link-person"
	ends 1 fu-lint
	is 10 "$(grep -c '\[GD-14\]$' out)" "links"
	put "$BATS_TEST_DIRNAME/lint/link-fine"
	ends 0 fu-lint
	is "" "$(cat out)"
}

@test "EM-01: one click is missed where web: is, or has no https" {
	put "$BATS_TEST_DIRNAME/lint/one-click"
	ends 0 fu-lint
	says out '[EM-01]'
}

@test "EP-01: an assessment is no ground where the law asks for consent" {
	put "$BATS_TEST_DIRNAME/lint/assessment-scope"
	ends 1 fu-lint
	is 3 "$(grep -c '\[EP-01\]$' out)"
}

@test "an error is not lost behind five hundred warnings" {
	for ((i = 0; i < 600; i++)); do
		printf -- '---\nsubject: One\n---\nHello.\n' >"messages/m$i.md"
	done
	printf -- '---\nsubject: "Re: it"\n---\nHello.\n' >messages/z.md
	ends 1 fu-lint
	says out 'messages/z.md:2:11: error:'
	says err '1 error, 499 warnings' 'perhaps more'
}

@test "a pipe that nobody reads, a disk that is full: no success" {
	[ -w /dev/full ] || skip "no /dev/full"
	put "$BATS_TEST_DIRNAME/lint/unused"
	status=0
	fu-lint >/dev/full 2>err || status=$?
	is 74 "$status"
}
