#!/usr/bin/env bats
# A reader that goes away loses nobody: what was not passed on comes again.
load scene

at=2026-03-02T15:00:00Z

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	leads 200 >leads.csv
	fu-ingest --at $at -q leads.csv >/dev/null
}

people() { jq -r .email | sort -u; }

# What the rest of the line has seen of everybody.
@test "fu-score --changed | false, then again: nobody is lost" {
	fu-score --changed --at $at | people >everybody
	is 200 "$(wc -l <everybody)" "people with news"
	fu-score --changed --at $at 2>err | false || :
	[ ! -s err ] || fail "said: $(cat err)"
	fu-score --changed --at $at | people >again
	same everybody again
}

@test "a part that was read and passed on is done, the rest comes again" {
	fu-score --changed --at $at | head -n 20 |
	    fu-cadence --at $at 2>/dev/null | fu-handoff --at $at --pass |
	    people >first
	is 20 "$(wc -l <first)" "people of the first run"
	fu-score --changed --at $at | fu-cadence --at $at 2>/dev/null |
	    fu-handoff --at $at --pass | people >second
	sort -u first second >all
	is 200 "$(wc -l <all)" "people of both runs"
	fu-score --changed --at $at >third
	[ ! -s third ] || fail "still new:" "$(head -3 third)"
}

@test "fu-cadence | false: everybody's hand-off is still to be looked at" {
	fu-score --changed --at $at | fu-cadence -q --at $at | false || :
	fu-score --changed --at $at | people >again
	is 200 "$(wc -l <again)" "people who come again"
	fu-score --changed --at $at | fu-cadence -q --at $at |
	    fu-handoff --pass --at $at >/dev/null
	fu-score --changed --at $at >third
	[ ! -s third ] || fail "still new:" "$(head -3 third)"
	is "$(fu-cadence -n --at $at -q $(fu-score -a --at $at | jq .prospect) |
	    jq -r .enrollment.action | sort | uniq -c | xargs)" \
	    "$(fu-cadence -n --at $at -q $(fu-score -a --at $at | jq .prospect) |
	    jq -r .enrollment.action | sort | uniq -c | xargs)"
}

@test "fu-due | false: a claim that nobody took comes back with its lease" {
	fu-score --changed --at $at | fu-cadence -q --at $at >/dev/null
	# All that is due when the lease has run out.
	fu-due -n --at 2026-03-05T22:11:00Z -q | jq -r .touch | sort >all
	[ "$(wc -l <all)" -gt 50 ] || fail "only $(wc -l <all) touches are due"
	fu-due -q --at 2026-03-05T22:00:00Z 2>err | false || :
	[ ! -s err ] || fail "said: $(cat err)"
	fu-due -q --at 2026-03-05T22:00:30Z | jq -r .touch | sort >while
	fu-due -q --at 2026-03-05T22:11:00Z | jq -r .touch | sort >later
	# Slices that were never claimed may come at once, the rest by lease.
	sort while later >both
	comm -12 while later >twice
	[ ! -s twice ] || fail "claimed twice:" "$(cat twice)"
	same all both "touches"
}

@test "programs whose reader has gone end quietly" {
	for line in "fu-score -a" "fu-score --changed" "fu-due -q -x"; do
		status=0
		{ $line --at $at; echo $? >status; } 2>err | false || :
		is 0 "$(cat status)" "$line: exit status"
		[ ! -s err ] || fail "$line said: $(cat err)"
	done
}
