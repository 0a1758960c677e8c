#!/usr/bin/env bats
# A file a fault, with the words that it gets.
load scene

# The fixtures, with the rules and the key that every installation has.
setup() {
	scene
	house ../house
	cp -r "$BATS_TEST_DIRNAME/config-faults/." .
	cp -r ../house/rules ../house/fu.key .
}

# What fu-init --check says of a file, without the program's own name and its
# last word, the count.
check() {
	fu-init --check -c "$1" </dev/null 2>&1 >/dev/null |
	    sed -e 's/^fu-init: //' -e '/^the configuration is in order$/d' \
	    -e '/^[0-9]* faults\{0,1\} in /d'
}

# The words beside it.  A step whose message nobody has written yet is a
# warning while things run, and a fault to the one who asks for a check.
expected() {
	sed '/ there is no .* or this step is held$/s/ warning: / /' "$1.expect"
}

@test "every fixture is told with its line and column, and all of it" {
	local yaml stem got want wrong=0 n=0
	for yaml in *.yaml; do
		stem=${yaml%.yaml}
		n=$((n + 1))
		want=$(expected "$stem")
		got=$(check "$yaml")
		if [ "$got" != "$want" ]; then
			wrong=$((wrong + 1))
			printf '%s\nexpected:\n%s\ngot:\n%s\n\n' "$stem" \
			    "$want" "$got" >&2
		fi
	done
	[ "$n" -ge 40 ] || fail "only $n fixtures found"
	[ "$wrong" -eq 0 ] || fail "$wrong of $n told otherwise"
}

@test "faults end with 78, warnings alone with 0" {
	local yaml stem status want
	for yaml in *.yaml; do
		stem=${yaml%.yaml}
		status=0
		fu-init --check -c "$yaml" </dev/null >/dev/null 2>&1 || status=$?
		want=78
		expected "$stem" | grep -qv ' warning: ' || want=0
		is "$want" "$status" "$stem: exit status"
	done
}

@test "a program whose standard input is no pipe tells all of it" {
	cp -r several.yaml ok ../house/
	cd ../house || return
	for program in fu-due fu-ingest fu-score fu-cadence; do
		ends 78 "$program" -c several.yaml </dev/null
		sed "s/^/$program: /" "$BATS_TEST_DIRNAME/config-faults/several.expect" >want
		head -n "$(wc -l <want)" err >told
		same want told "$program"
		[ ! -s out ] || fail "$program: wrote records" "$(cat out)"
	done
}

@test "in a pipeline the others say one line each" {
	cp -r several.yaml ok ../house/
	cd ../house || return
	for program in fu-score fu-cadence fu-handoff fu-send; do
		status=0
		{ : | "$program" -c several.yaml >out; } 2>err || status=$?
		is 78 "$status" "$program: exit status"
		is 1 "$(wc -l <err)" "$program: lines on standard error"
		says err "$program: " several.yaml
	done
}

@test "nothing is run under a faulty configuration" {
	cp -r several.yaml ok ../house/
	cd ../house || return
	leads 3 >leads.csv
	ends 78 fu-ingest -c several.yaml --at 2026-03-02T15:00:00Z leads.csv
	ends 0 fu-ingest --at 2026-03-02T15:00:00Z -q leads.csv
	is 3 "$(grep -c '"action":"created"' out)" "people made only now"
}

@test "the templates that fu-init installs have no fault" {
	cd ../house || return
	ends 0 fu-init --check
	is "fu-init: the configuration is in order" "$(cat err)"
}

@test "a message that never leaves is no configuration in order" {
	cp -r ../house/. .
	printf -- '---\nsubject: Just checking in\n---\nHi there.\n' >messages/hot-recap.md
	ends 78 fu-init --check
	says err 'messages/hot-recap.md:2:10: "just checking in" says nothing'
}

@test "in a pipeline a fault is one line, the fault itself" {
	cp -r ../house/. .
	sed -i 's/^enter: .*/enter: scroe > 1/' cadences/hot.yaml
	echo '{"prospect":1}' | ends 78 fu-cadence
	is 'fu-cadence: cadences/hot.yaml:6:8: no fact "scroe"; did you mean "score"?' "$(cat err)"
	sed -i 's/^enter: .*/enter: scroe > 1/' cadences/warm.yaml
	echo '{"prospect":1}' | ends 78 fu-cadence
	is 1 "$(wc -l <err)" "lines"
	says err "(and 1 more: fu-init --check tells all)"
}
