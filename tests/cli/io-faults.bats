#!/usr/bin/env bats
# What goes wrong below the programs: a clear line, its exit status, and
# nothing half done.
load scene

at=2026-03-02T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	leads 400 >leads.csv
}

teardown() {
	[ -z "${mounted:-}" ] || umount "$mounted"
}

# every PROGRAM LINE that opens the database
openers() {
	cat <<-'EOF'
	fu-ingest leads.csv
	fu-score -a
	fu-score
	fu-cadence
	fu-due
	fu-handoff
	fu-send
	EOF
}

# Each opener ends with the status and says the text on one or two lines.
all_end() {
	local want=$1 line
	shift
	while IFS= read -r line; do
		# shellcheck disable=SC2086
		ends "$want" $line --at $at </dev/null
		says err "${line%% *}: " "$@"
		[ "$(wc -l <err)" -le 2 ] || fail "$line: too much said" "$(cat err)"
		[ ! -s out ] || fail "$line: wrote records" "$(head -3 out)"
	done < <(openers)
}

@test "a database that is not there: 66, and none is made" {
	rm fu.db
	all_end 66 fu.db
	[ ! -e fu.db ] || fail "fu.db was made"
	ends 66 fu-score -a -d elsewhere/none.db --at $at
	says err elsewhere/none.db
	[ ! -e elsewhere ]
}

@test "a file that is no database" {
	rm -f fu.db-wal fu.db-shm
	for content in "Email,Name" "$(head -c 8000 /dev/zero | tr '\0' x)"; do
		printf '%s\n' "$content" >fu.db
		cp fu.db before
		while IFS= read -r line; do
			status=0
			# shellcheck disable=SC2086
			$line --at $at </dev/null >out 2>err || status=$?
			[ "$status" -eq 66 ] || [ "$status" -eq 74 ] ||
			    [ "$status" -eq 65 ] || fail "$line: exit $status" "$(cat err)"
			says err "${line%% *}: " fu.db
		done < <(openers)
		same before fu.db "the file"
	done
}

@test "an empty file is no database of ours" {
	rm -f fu.db-wal fu.db-shm
	: >fu.db
	status=0
	fu-score -a --at $at >out 2>err || status=$?
	[ "$status" -ne 0 ] || fail "exit 0"
	says err fu.db
	[ ! -s fu.db ] || fail "something was written"
}

@test "somebody else's SQLite database is left alone" {
	rm -f fu.db-wal fu.db-shm fu.db
	sqlite3 fu.db 'CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1);'
	cp fu.db before
	status=0
	fu-ingest --at $at leads.csv >out 2>err || status=$?
	[ "$status" -ne 0 ] || fail "exit 0"
	says err fu.db
	is theirs "$(sqlite3 fu.db "SELECT name FROM sqlite_schema" | xargs)" "tables"
}

@test "a database of a newer schema is refused, by all" {
	sqlite3 fu.db 'PRAGMA user_version = 999'
	while IFS= read -r line; do
		status=0
		# shellcheck disable=SC2086
		$line --at $at </dev/null >out 2>err || status=$?
		[ "$status" -ne 0 ] || fail "$line: exit 0"
		says err "${line%% *}: " newer
		[ ! -s out ] || fail "$line: wrote records"
	done < <(openers)
	is 999 "$(sqlite3 fu.db 'PRAGMA user_version')"
}

@test "a directory in the place of a file" {
	mkdir there
	ends 66 fu-ingest --at $at there
	says err there
	ends 66 fu-ingest --at $at no-such-file.csv
	says err "no-such-file.csv: No such file"
	ends 66 fu-ingest --at $at leads.csv no-such-file.csv
	is 400 "$(fu-score -a --at $at | wc -l)" "people, when another file is missing"
}

@test "a read-only database: 74, and nothing is changed" {
	fu-ingest -q --at $at leads.csv >/dev/null
	fu-score -a --at $at >/dev/null
	sqlite3 fu.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	if [ "$(id -u)" -eq 0 ]; then
		# root writes through every mode: a mount says no to root, too.
		mkdir ../ro
		mount --bind . ../ro 2>/dev/null || skip "root, and no mount"
		mounted=$(cd ../ro && pwd)
		mount -o remount,ro,bind "$mounted" || skip "no read-only mount"
		db=$mounted/fu.db
	else
		chmod 444 fu.db
		chmod 555 .
		db=$PWD/fu.db
	fi
	sum=$(sha256sum <fu.db)
	for line in "fu-ingest $PWD/leads.csv" "fu-score -a" fu-score fu-cadence fu-due fu-send fu-handoff; do
		status=0
		# shellcheck disable=SC2086
		$line -d "$db" --at $at </dev/null >../out 2>../err || status=$?
		is 74 "$status" "$line: exit status ($(cat ../err))"
		says ../err "${line%% *}: " fu.db
	done
	is "$sum" "$(sha256sum <fu.db)" "the file"
	[ "$(id -u)" -eq 0 ] || chmod 755 .
}

# frozen_reads: what reads alone says the same of $mounted as of this directory.
frozen_reads() {
	local line n=0
	for line in fu-list "fu-list -t" "fu-score -a -n" "fu-due --plan 30d" "fu-handoff --open -t"; do
		n=$((n + 1))
		# shellcheck disable=SC2086
		FU_DB=$PWD/fu.db ends 0 $line --at $at </dev/null
		cp out "../want-$n"
		[ -s out ] || [ "$n" -eq 5 ] || fail "$line: nothing said"
	done
	mount -o remount,ro "$mounted" || return
	n=0
	for line in fu-list "fu-list -t" "fu-score -a -n" "fu-due --plan 30d" "fu-handoff --open -t"; do
		n=$((n + 1)) status=0
		# shellcheck disable=SC2086
		FU_DB=$mounted/fu.db $line --at $at </dev/null >../got 2>../err || status=$?
		is 0 "$status" "$line: exit status ($(cat ../err))"
		same "../want-$n" ../got "$line"
	done
	rm -f ../copy.db
	FU_DB=$mounted/fu.db fu-init --backup ../copy.db 2>../err || fail "$(cat ../err)"
	is "$1" "$(sqlite3 ../copy.db 'SELECT count(*) FROM prospect')" "people in the copy"
	mount -o remount,rw "$mounted"
}

@test "a disk that has gone read-only is read all the same, with a log or without" {
	[ "$(id -u)" -eq 0 ] || skip "needs to mount a tmpfs"
	leads 40 >leads.csv
	fu-ingest -q --at $at leads.csv | fu-score --at $at | fu-cadence -q --at $at >/dev/null
	mkdir "../a 100%? disk"
	mount -t tmpfs none "../a 100%? disk" 2>/dev/null || skip "no mount"
	mounted=$(cd "../a 100%? disk" && pwd)
	cp fu.db "$mounted"
	frozen_reads 40
	# One that holds what the file does not: nobody may read past it.
	leads 1 41 >leads.csv
	sqlite3 fu.db >/dev/null <<-END
	SELECT count(*) FROM prospect;
	.shell fu-ingest -q --at $at leads.csv >/dev/null
	.shell fu-score -q -a --at $at | fu-cadence -q --at $at >/dev/null
	.shell cp fu.db fu.db-wal fu.db-shm "$mounted"
	END
	[ -s "$mounted/fu.db-wal" ] || fail "no log was left"
	frozen_reads 41
}

@test "-n decides where nothing can be written, and leaves nothing behind" {
	local line
	[ "$(id -u)" -eq 0 ] || skip "needs to mount a tmpfs"
	leads 20 >leads.csv
	fu-ingest -q --at $at leads.csv | fu-score -q --at $at >people
	mkdir ../disk ../tmp
	mount -t tmpfs none ../disk 2>/dev/null || skip "no mount"
	mounted=$(cd ../disk && pwd)
	decides() {
		fu-ingest -q -n --at $at leads.csv || return
		fu-cadence -q -n --at $at <people || return
		fu-handoff -q -n --pass --at $at <people || return
		fu-due -q -n -x --at $at | jq -c 'del(.claim)'
	}
	cp fu.db "$mounted"
	decides >../want || fail "$(cat ../want)"
	mount -o remount,ro "$mounted"
	(export FU_DB="$mounted/fu.db" TMPDIR="$PWD/../tmp"; decides) \
	    >../got 2>../err || fail "$(cat ../err)"
	mount -o remount,rw "$mounted"
	[ -s ../want ] || fail "nothing was decided"
	same ../want ../got "what was decided"
	is "" "$(ls -A ../tmp)" "left behind"
	same fu.db "$mounted/fu.db" "the database"
}

# with_limit BLOCKS COMMAND...: no file may grow beyond it (units of 1 KiB).
with_limit() {
	local blocks=$1
	shift
	(ulimit -f "$blocks"; trap '' XFSZ; exec "$@")
}

@test "no room while loading: 74, what was reported is there, the rest is not" {
	leads 4000 >leads.csv
	for room in 64 200 600; do
		status=0
		with_limit $room fu-ingest --at $at leads.csv 2>err \
		    > >(cat >reported) || status=$?
		wait $!
		is 74 "$status" "exit status with $room KiB a file ($(head -3 err))"
		says err "fu-ingest: "
		fu-score -a -n --at $at | jq -r .email | sort -u >there
		jq -r .email reported | sort -u >said
		comm -23 said there >lost
		[ ! -s lost ] || fail "reported and not there:" "$(head -3 lost)"
		is ok "$(sqlite3 fu.db 'PRAGMA integrity_check')" "the database"
	done
	ends 0 fu-ingest -q --at $at leads.csv
	is 4000 "$(fu-score -a -n --at $at | wc -l)" "people, once there is room"
}

@test "no room for fu-score and fu-cadence: 74, rolled back" {
	fu-ingest -q --at $at leads.csv >people
	sqlite3 fu.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	# A log that may not grow: the database is larger than this already.
	for program in fu-score fu-cadence; do
		status=0
		with_limit 24 "$program" -q --at $at <people >out 2>err || status=$?
		is 74 "$status" "$program: exit status ($(head -3 err))"
		says err "$program: "
		is ok "$(sqlite3 fu.db 'PRAGMA integrity_check')" "the database"
	done
	fu-score --changed --at $at | jq .prospect | sort -u >again
	is 400 "$(wc -l <again)" "people who are still to be looked at"
}

@test "a full disk: 74, and after making room all is well" {
	[ "$(id -u)" -eq 0 ] || skip "needs to mount a small tmpfs"
	mkdir ../small
	room=$(($(stat -c %s fu.db) / 1024 + 100))k
	mount -t tmpfs -o "size=$room" none ../small 2>/dev/null || skip "no mount"
	mounted=$(cd ../small && pwd)
	cp fu.key fu.db "$mounted"
	leads 3000 >leads.csv
	status=0
	fu-ingest --at $at -d "$mounted/fu.db" leads.csv >reported 2>err || status=$?
	is 74 "$status" "exit status ($(head -3 err))"
	says err "fu-ingest: "
	jq -r .email reported | sort -u >said
	mkdir -p ../large
	cp "$mounted"/fu.db* ../large/
	cp fu.key ../large/
	fu-score -a -n -d ../large/fu.db --at $at | jq -r .email | sort -u >there
	comm -23 said there >lost
	[ ! -s lost ] || fail "reported and not there:" "$(head -3 lost)"
	is ok "$(sqlite3 ../large/fu.db 'PRAGMA integrity_check')"
	ends 0 fu-ingest -q --at $at -d ../large/fu.db leads.csv
	is 3000 "$(fu-score -a -n -d ../large/fu.db --at $at | wc -l)" people
}

@test "standard output that cannot be written: 74, and what was committed stays" {
	[ -w /dev/full ] || skip "no /dev/full"
	fu-ingest -q --at $at leads.csv | fu-score --at $at | fu-cadence -q --at $at >/dev/null
	for line in "fu-score -a" "fu-due -q -x" "fu-ingest -q leads.csv"; do
		status=0
		# shellcheck disable=SC2086
		$line --at 2026-03-05T22:00:00Z >/dev/full 2>err || status=$?
		is 74 "$status" "$line: exit status"
		says err "${line%% *}: " "standard output"
	done
}

@test "a reject file that cannot be made: 73, before anything is read" {
	ends 73 fu-ingest --at $at -r no/such/dir/rejects leads.csv
	says err no/such/dir/rejects
	is 0 "$(fu-score -a -n --at $at | wc -l)" people
}

@test "no outbox can be made: said, the claims go back, nothing is lost" {
	unthrottled .
	fu-ingest -q --at $at leads.csv | fu-score --at $at | fu-cadence -q --at $at >/dev/null
	: >outbox
	status=0
	fu-due -q --at 2026-03-05T20:00:00Z | fu-send -q --at 2026-03-05T20:00:00Z >out 2>err || status=$?
	[ "$status" -ne 0 ] || fail "exit 0"
	says err "fu-send: " outbox
	is "" "$(jq -r 'select(.result.status == "sent" or .result.status == "uncertain") | .touch' out)" "sent or uncertain"
	n=$(jq -r .touch out | wc -l)
	rm outbox
	fu-due -q --at 2026-03-05T20:01:00Z | fu-send -q --at 2026-03-05T20:01:00Z >out2
	is "$n" "$(jq -r 'select(.result.status == "sent") | .touch' out2 | wc -l)" "sent, once there is an outbox"
}

@test "who may not write there, or not even read, is told so and how else to look" {
	[ "$(id -u)" -eq 0 ] || skip "needs to become somebody else"
	fu-ingest -q --at $at leads.csv >/dev/null
	sqlite3 fu.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	open=$(mktemp -d)
	cp fu.db fu.yaml "$FU_BIN/fu-list" "$open"
	chmod 755 "$open"
	chmod a+r "$open"/*
	read_it() {
		status=0
		(cd "$open" && setpriv --reuid=65534 --regid=65534 \
		    --clear-groups ./fu-list -d fu.db --at $at) >out 2>err ||
		    status=$?
	}
	read_it
	is 74 "$status" "status ($(cat err))"
	says err "you may not write there" "fu-init --backup"
	chmod 600 "$open/fu.db"
	read_it
	is 74 "$status" "status ($(cat err))"
	says err "you may not read it"
	rm -r "$open"
}
