#!/usr/bin/env bats
# fu-ingest is killed at 200 random instants and carried on; the end equals an
# undisturbed run's.  FU_SEED repeats a run.

load ../cli/world

setup() {
	world
}

rows() {
	awk 'BEGIN {
		srand(7)
		print "Email,Phone,Record ID,First Name,Email Opt Out"
		for (i = 0; i < 6000; i++)
			printf "p%d@c%d.example,+1305%07d,%d,N%d,%s\n",
			    int(rand() * 5000), i % 50, 2000000 + i, i, i,
			    i % 97 == 0 ? "yes" : ""
	}'
}

@test "200 SIGKILLs over an ingest, carried on" {
	seed=${FU_SEED:-$$}
	echo "FU_SEED=$seed" >&3
	RANDOM=$seed
	rows >in.csv
	cp fu.db empty.db
	cp fu.db clean.db
	fu-ingest -q -d clean.db in.csv >/dev/null
	people clean.db | sed 's/|[^|]*$//' >want
	killed=0
	while [ "$killed" -lt 200 ]; do
		fu-ingest -q in.csv >/dev/null 2>&1 &
		pid=$!
		sleep "0.$(printf '%03d' $((RANDOM % 150)))"
		if kill -KILL $pid 2>/dev/null; then
			killed=$((killed + 1))
		fi
		wait $pid 2>/dev/null || true
		[ "$(sqlite3 fu.db 'PRAGMA integrity_check')" = ok ]
		# Begin anew, now and then, so that all of it is met.
		if [ $((RANDOM % 8)) -eq 0 ]; then
			fu-ingest -q in.csv >/dev/null
			people | sed 's/|[^|]*$//' | diff want -
			rm -f fu.db fu.db-wal fu.db-shm
			cp empty.db fu.db
		fi
	done
	fu-ingest -q in.csv >/dev/null
	people | sed 's/|[^|]*$//' | diff want -
}
