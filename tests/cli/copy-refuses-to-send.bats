#!/usr/bin/env bats
# A restored copy does not send twice, and forgets no STOP.  These are live
# databases: the clock is the system's, everything goes to the outbox.
load scene

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	# Every hour of every day, and a first mail that leaves at once.
	sed -i -e 's/^window: .*/window: { days: mon-sun, hours: "00:00-24:00" }/' \
	    -e '/^  days: mon-fri/s/mon-fri/mon-sun/' \
	    -e '/^  hours:/s/".*"/"00:00-24:00"/' \
	    -e '/^  holidays:/d' fu.yaml
	rm cadences/*
	cat >cadences/drip.yaml <<-'EOF'
	cadence: drip
	about: One mail, now
	enter: score >= 10
	spacing: "a test"
	steps:
	  - { day: 0, channel: task, message: hot-call, task: [call] }
	  - { day: 3, channel: email, message: warm-article, insight: article }
	EOF
	leads 6 >leads.csv
	fu-ingest -q leads.csv | fu-score | fu-cadence -q >/dev/null
}

sent() { jq -r 'select(.result.status == "sent") | .touch' "$1" | sort; }

@test "the living one sends, and goes on after a run that was killed" {
	fu-due -q | fu-send -q >first
	[ "$(sent first | wc -l)" -ge 1 ] || fail "nothing was sent:" "$(cat first)"
	fu-due -q | fu-send -q >second
	is "" "$(sent second)" "sent again"
}

@test "a copy that lies behind refuses: not_adopted, and nothing leaves" {
	fu-init --backup ../backup.db
	fu-due -q | fu-send -q >first
	[ "$(sent first | wc -l)" -ge 1 ] || fail "nothing was sent:" "$(cat first)"
	n=$(ls outbox/new | wc -l)
	rm -f fu.db-wal fu.db-shm
	cp ../backup.db fu.db
	status=0
	fu-due -q | fu-send -q >second 2>err || status=$?
	[ "$status" -ne 0 ] || fail "exit 0"
	is "" "$(sent second)" "sent by the copy"
	is "not_adopted" "$(jq -r 'select(.result) | .result.reason' second | sort -u)"
	says err "fu-init --adopt"
	is "$n" "$(ls outbox/new | wc -l)" "messages in the outbox"
}

@test "--adopt: the copy lives, and what it may have sent is not sent again" {
	fu-init --backup ../backup.db
	fu-due -q | fu-send -q >first
	n=$(ls outbox/new | wc -l)
	[ "$n" -ge 1 ] || fail "nothing was sent"
	rm -f fu.db-wal fu.db-shm
	cp ../backup.db fu.db
	ends 0 fu-init --adopt
	ends 0 bash -c 'set -o pipefail; fu-due -q | fu-send -q'
	is "$n" "$(ls outbox/new | wc -l)" "messages in the outbox"
	fu-send --uncertain >uncertain
	is "$(sent first | wc -l)" "$(wc -l <uncertain)" "uncertain ones"
}

@test "a STOP that came after the copy was made is not forgotten" {
	fu-init --backup ../backup.db
	fu-due -q | fu-send -q >/dev/null
	fu-log unsubscribe p1@c1.example channel=email | fu-ingest -q >/dev/null
	rm -f fu.db-wal fu.db-shm
	cp ../backup.db fu.db
	ends 0 fu-init --adopt
	fu-ingest -q leads.csv | fu-score | fu-cadence -q >after
	is suppressed "$(jq -r 'select(.email == "p1@c1.example") | .enrollment.reason' after)"
}

# Somebody new, whose first touch is due at once.
newcomers() {
	leads 2 "$1" | fu-ingest -q -f csv | fu-score | fu-cadence -q >/dev/null
}

# refuses COMMAND...: what is due does not leave, and the way out is said.
refuses() {
	local before
	before=$(ls outbox/new | wc -l)
	status=0
	fu-due -q >due
	[ -s due ] || fail "nothing is due"
	"$@" fu-send -q <due >out 2>err || status=$?
	[ "$status" -ne 0 ] || fail "exit 0"
	is not_adopted "$(jq -r 'select(.result) | .result.reason' out | sort -u)"
	says err "fu-init --adopt"
	is "$before" "$(ls outbox/new | wc -l)" "messages in the outbox"
}

@test "a copy beside the living one refuses once that has sent more" {
	fu-due -q | fu-send -q >/dev/null
	cp -r . ../copy
	newcomers 20
	fu-due -q | fu-send -q >more
	[ "$(sent more | wc -l)" -ge 1 ] || fail "the living one does not send"
	cd ../copy || return
	newcomers 40
	refuses env
}

@test "on another machine it refuses" {
	fu-due -q | fu-send -q >/dev/null
	newcomers 20
	refuses env FU_INSTANCE=another
}

@test "without its witness a database that has sent refuses" {
	fu-due -q | fu-send -q >/dev/null
	rm -r "$FU_STATE"
	newcomers 20
	refuses env
}

@test "what a refused run had claimed leaves once it is adopted" {
	fu-due -q | fu-send -q >/dev/null
	newcomers 20
	FU_INSTANCE=another refuses env
	FU_INSTANCE=another ends 0 fu-init --adopt
	export FU_INSTANCE=another
	fu-due -q | fu-send -q >after
	{ sent after; fu-send --uncertain | jq -r .touch; } | sort >settled
	jq -r .touch due | sort >claimed
	same claimed settled "touches sent or uncertain"
}

@test "a rehearsal needs no witness" {
	cd ..
	house r
	unthrottled r
	cd r || return
	leads 3 >leads.csv
	at=2026-03-02T16:00:00Z
	fu-ingest --at $at -q leads.csv | fu-score --at $at | fu-cadence --at $at -q >/dev/null
	cp -r . ../r2
	cd ../r2 || return
	ends 0 bash -c 'set -o pipefail; fu-due --at 2026-03-05T20:00:00Z -q | fu-send -q --at 2026-03-05T20:00:00Z'
	[ ! -d "$FU_STATE" ] || is "" "$(ls "$FU_STATE")" "state"
}
