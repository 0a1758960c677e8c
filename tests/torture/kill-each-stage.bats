#!/usr/bin/env bats
# Programs are killed at random instants, again and again; what is carried on
# ends as an undisturbed run does, but for what is listed as uncertain, and no
# message leaves twice.  KILLS (200 each) and FU_TEST_SEED may be set.
load ../cli/scene

# In memory where there is such a place: a SIGKILL, unlike a power cut, loses
# nothing that was written, and a disk's patience is not what is tested.
setup() {
	scene
	where=$(mktemp -d -p /dev/shm fu-torture.XXXXXX 2>/dev/null ||
	    mktemp -d "$BATS_TEST_TMPDIR/torture.XXXXXX")
}

teardown() { rm -rf "$where"; }

torture() {
	PYTHONDONTWRITEBYTECODE=1 python3 "$BATS_TEST_DIRNAME/kill.py" "$1" "$where"
}

@test "fu-ingest" {
	torture ingest
}

@test "fu-due | fu-send" {
	torture due
}

@test "fu-ingest | fu-score | fu-cadence | fu-handoff | fu-send" {
	torture line
}
