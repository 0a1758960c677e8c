#!/usr/bin/env bats
# A thousand people of five industries for forty-five days, with the sample
# knowledge base: ../bench/simulation.py says what is looked at.
load lib

setup() {
	scene
	memory
}

teardown() {
	forget
}

@test "P1.5 45 days: no document and no sentence twice to one person, and 90 % of what may leave left" {
	python3 "$root/tests/bench/simulation.py" 1000 "$PWD/house" --check \
	    >table 2>told || fail "$(cat table told)"
	sed 's/^/# /' table >&3
}
