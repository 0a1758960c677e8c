#!/usr/bin/env bats
# Conversations as people hold them, over the sample knowledge base: what a
# sensible person would demand of each reply stands in dialogues/*.txt.
load lib

setup() {
	BATS_FILE_TMPDIR=$BATS_TEST_TMPDIR
	scene
	memory
}

teardown() {
	cd / && forget
}

@test "sixty dialogues and more: nine turns in ten are right" {
	house here
	TMPDIR=$PWD python3 "$root/tests/e2e/dialogues.py" here \
	    "$root"/tests/e2e/dialogues/*.txt >log || fail "$(cat log)"
	sed 's/^/# /' log >&3
	read -r right _ turns _ _ _ _ dialogues _ < <(tail -n 1 log)
	[ "$dialogues" -ge 60 ] || fail "only $dialogues dialogues"
	((right * 10 >= turns * 9)) || fail "$(tail -n 1 log)"
}
