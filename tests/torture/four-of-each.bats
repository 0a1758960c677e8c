#!/usr/bin/env bats
# Any program may run at any time, in parallel, twice.
load ../cli/scene

# In memory where there is such a place: a disk's patience is not the subject.
setup() {
	scene
	where=$(mktemp -d -p /dev/shm fu-torture.XXXXXX 2>/dev/null ||
	    mktemp -d "$BATS_TEST_TMPDIR/torture.XXXXXX")
}

teardown() { rm -rf "$where"; }

four() {
	PYTHONDONTWRITEBYTECODE=1 python3 "$BATS_TEST_DIRNAME/four.py" "$1" "$where"
}

@test "four fu-ingest of the same files: nobody twice" {
	four load
}

@test "four fu-due, four fu-due | fu-send: no claim and no message twice" {
	four due
}

@test "four of all lines at once: the end of one run of each" {
	four all
}
