#!/usr/bin/env bats
# SIGINT and SIGTERM commit what was read and end cleanly; SIGPIPE is quiet.
load scene

at=2026-03-02T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	mkfifo to from
}

teardown() {
	exec 8>&- 9<&-
	[ -z "${pid:-}" ] || kill "$pid" 2>/dev/null || :
}

# stops SIGNAL: 50 people come in, the signal arrives while the input is
# open; all 50 are there, and the program ends well.
stops() {
	fu-ingest -f ndjson --at $at <to >from 2>err &
	pid=$!
	exec 8>to 9<from
	for i in {1..50}; do
		echo '{"email":"s'$i'@x.example","source":"fair"}' >&8
	done
	for i in {1..50}; do
		IFS= read -rt 20 answer <&9 || fail "no answer to line $i"
	done
	kill -"$1" $pid
	status=0
	wait $pid || status=$?
	pid=
	is 0 "$status" "exit status after SIG$1"
	fu-score -a --at $at | jq -r .email | sort -u >people
	is 50 "$(wc -l <people)" "people"
	! grep -qi -e error -e abort err || fail "$(cat err)"
}

@test "SIGTERM while fu-ingest waits for more: what was read is there, exit 0" {
	stops TERM
}

@test "SIGINT while fu-ingest waits for more: the same" {
	stops INT
}

# A long file: the signal comes in the middle of the work.
@test "SIGINT in the middle of a load: what was reported is there, and the next run goes on" {
	leads 4000 >leads.csv
	for signal in INT TERM; do
		rm -f fu.db-*
		house ../again-$signal
		cp ../again-$signal/fu.db fu.db
		cp ../again-$signal/fu.key fu.key
		# Signals that a shell ignores for its background jobs are set back.
		python3 - "$signal" >reported 2>err <<-'EOF'
		import os, signal, subprocess, sys
		p = subprocess.Popen(["fu-ingest", "--at", "2026-03-02T15:00:00Z",
		    "leads.csv"], stdout=subprocess.PIPE)
		first = p.stdout.readline()
		p.send_signal(getattr(signal, "SIG" + sys.argv[1]))
		rest = p.stdout.read()
		sys.stdout.buffer.write(first + rest)
		print(p.wait(), file=sys.stderr)
		EOF
		is 0 "$(tail -1 err)" "exit status"
		grep -q 'interrupted at leads.csv:[0-9]*; what was read is in' err ||
		    [ "$(wc -l <reported)" -eq 4000 ] || fail "$(cat err)"
		[ -z "$(tail -c1 reported)" ] || fail "half a record:" "$(tail -c 200 reported)"
		jq -r .email reported | sort -u >said
		fu-score -a --at $at | jq -r .email | sort -u >there
		same said there "people after SIG$signal"
		fu-ingest -q --at $at leads.csv >/dev/null
		is 4000 "$(fu-score -a --at $at | wc -l)" "people in the end"
	done
}

@test "SIGTERM ends the filters that wait, with exit 0" {
	leads 3 >leads.csv
	fu-ingest -q --at $at leads.csv >/dev/null
	for program in fu-score fu-cadence "fu-handoff --pass" fu-send; do
		# shellcheck disable=SC2086
		$program -q --at $at <to >from 2>err &
		pid=$!
		exec 8>to 9<from
		printf '{"prospect":1,"type":"stat"}\n' >&8
		IFS= read -rt 20 answer <&9 || fail "$program: no answer"
		kill -TERM $pid
		status=0
		wait $pid || status=$?
		pid=
		is 0 "$status" "$program: exit status"
		exec 8>&- 9<&-
	done
}

@test "Ctrl-C: a whole pipeline is interrupted at once, and ends without a complaint" {
	leads 3000 >leads.csv
	# Each at another point of its work; the signal goes to all, as from a
	# terminal.
	cat >interrupt.py <<-'EOF'
	import os, signal, subprocess, sys, time
	at = ["--at", "2026-03-02T15:00:00Z"]
	line = [["fu-ingest", "-q", "leads.csv"], ["fu-score"],
	    ["fu-cadence", "-q"], ["fu-handoff", "--pass"], ["fu-send", "-q"]]
	procs, before = [], subprocess.DEVNULL
	for words in line:
	    procs.append(subprocess.Popen(words + at, stdin=before,
	        stdout=subprocess.PIPE))
	    before = procs[-1].stdout
	for p in procs[:-1]:
	    p.stdout.close()
	for i in range(int(sys.argv[1])):
	    procs[-1].stdout.readline()
	for p in procs:
	    p.send_signal(signal.SIGINT)
	rest = procs[-1].stdout.read()
	print([p.wait() for p in procs])
	if rest and not rest.endswith(b"\n"):
	    print("half a record")
	EOF
	for n in 1 100 1000; do
		python3 interrupt.py $n >status 2>err
		is "[0, 0, 0, 0, 0]" "$(cat status)" "exit statuses after $n records ($(cat err))"
		[ ! -s err ] || fail "said: $(cat err)"
	done
	fu-ingest -q --at $at leads.csv | fu-score --at $at | fu-cadence -q --at $at |
	    fu-handoff --pass --at $at | fu-send -q --at $at >/dev/null
	fu-score --changed --at $at | fu-cadence -q --at $at | fu-handoff --at $at >/dev/null
	is 3000 "$(fu-score -a --at $at | wc -l)" "people in the end"
	is 0 "$(fu-score --changed --at $at | wc -l)" "people with news in the end"
}

@test "a reader that goes away: quiet, exit 0" {
	leads 500 >leads.csv
	{ fu-ingest -q --at $at leads.csv; echo $? >status; } 2>err | head -n 1 >/dev/null
	is 0 "$(cat status)" "exit status"
	[ ! -s err ] || fail "said: $(cat err)"
	{ fu-score -a --at $at; echo $? >status; } 2>err | head -n 1 >/dev/null
	is 0 "$(cat status)" "exit status"
	[ ! -s err ] || fail "said: $(cat err)"
}

@test "no process dies of SIGPIPE" {
	leads 500 >leads.csv
	fu-ingest -q --at $at leads.csv | fu-score --at $at | fu-cadence -q --at $at | head -n 1 >/dev/null
	for s in "${PIPESTATUS[@]}"; do
		is 0 "$s" "exit status"
	done
}
