#!/usr/bin/env bats
# Late and shuffled events fold in at their own time.
load scene

at=2026-03-12T15:00:00Z

setup() {
	scene
	house h
	unthrottled h
	cd h || return
	leads 12 >leads.csv
	{
		for i in 1 2 4 5 7 8 10 11; do
			echo '{"event":"visit","at":"2026-03-0'$((i % 7 + 2))'T14:00:00Z","email":"p'$i'@c'$i'.example","url":"https://x.example/pricing","id":"v'$i'"}'
			echo '{"event":"visit","at":"2026-03-0'$((i % 7 + 2))'T14:10:00Z","email":"p'$i'@c'$i'.example","url":"https://x.example/demo","id":"w'$i'"}'
			echo '{"event":"form","at":"2026-03-0'$((i % 5 + 2))'T13:00:00Z","email":"p'$i'@c'$i'.example","id":"f'$i'","interest":"routing '$i'"}'
			echo '{"event":"chat","from":"prospect","at":"2026-03-0'$((i % 5 + 3))'T13:00:00Z","email":"p'$i'@c'$i'.example","id":"c'$i'","text":"How long does the set-up take?"}'
		done
		echo '{"event":"meeting","status":"held","at":"2026-03-05T15:00:00Z","email":"p1@c1.example","id":"m1"}'
		echo '{"event":"demo","status":"held","at":"2026-03-10T15:00:00Z","email":"p2@c2.example","id":"d2"}'
		echo '{"event":"reply","channel":"email","at":"2026-03-11T15:00:00Z","email":"p4@c4.example","id":"r4","text":"We look at HubSpot too. Can we talk? Our budget is $40,000, and we would start in 3 months."}'
		echo '{"event":"reply","channel":"email","at":"2026-03-10T15:00:00Z","email":"p4@c4.example","id":"q4","text":"Our budget is $20,000, and we would start in 3 months."}'
		echo '{"event":"visit","at":"2026-03-11T15:00:00Z","email":"p5@c5.example","url":"https://x.example/pricing","id":"x5"}'
		echo '{"event":"visit","at":"2026-03-11T16:00:00Z","email":"p5@c5.example","url":"https://x.example/pricing?plan=2","id":"y5"}'
		echo '{"event":"visit","at":"2026-03-11T17:00:00Z","email":"p5@c5.example","url":"https://x.example/demo","id":"z5"}'
		echo '{"event":"unsubscribe","channel":"email","at":"2026-03-09T15:00:00Z","email":"p7@c7.example","id":"u7"}'
		echo '{"event":"auto_reply","reason":"ooo","returns":"2026-03-20","at":"2026-03-11T15:00:00Z","email":"p8@c8.example","id":"o8"}'
		echo '{"event":"consent","channel":"email","status":"granted","method":"web_form","wording":"Write to me","at":"2026-03-04T15:00:00Z","email":"p10@c10.example","id":"k10"}'
		echo '{"event":"consent","channel":"email","status":"revoked","method":"web_form","at":"2026-03-06T15:00:00Z","email":"p10@c10.example","id":"l10"}'
		echo '{"event":"reply","channel":"email","at":"2026-03-08T15:00:00Z","email":"p11@c11.example","id":"r11","text":"Who are you?"}'
		echo '{"event":"released","at":"2026-03-09T15:00:00Z","email":"p11@c11.example","id":"s11","by":"ada"}'
	} >events.ndjson
	cp fu.db empty.db
}

# What became of everybody, without ids, which are by arrival.  All has come in
# before anybody is looked at: who was enrolled meanwhile is another matter.
ends_as() {
	rm -f fu.db-wal fu.db-shm
	cp empty.db fu.db
	fu-ingest -q --at $at leads.csv "$1" >/dev/null
	fu-score --changed --at $at | fu-cadence -q --at $at | fu-handoff --at $at >fired
	fu-score -a --at $at | fu-cadence -n -q --at $at |
	    jq -Sc '{email,score,band,factors,cadence:.enrollment.cadence,due:.enrollment.due,step:.enrollment.step}' | sort
	jq -Sc '{email,handoff:.trigger,triggers:(.triggers|sort),score,respond_by,to:[.to[].address],summary}' fired | sort
}

@test "events shuffled with several seeds: same score, enrolment and hand-offs" {
	ends_as events.ndjson >want
	is 12 "$(grep -c '"band"' want)" "people"
	[ "$(grep -c '"handoff"' want)" -ge 2 ] || fail "hand-offs:" "$(grep '"handoff"' want)"
	grep -q '"cadence":"' want || fail "nobody is enrolled" "$(cat want)"
	base=${FU_TEST_SEED:-$RANDOM}
	for seed in $base $((base + 1)) $((base + 2)) $((base + 3)); do
		shuf --random-source=<(yes "$seed") events.ndjson >shuffled
		ends_as shuffled >got
		same want got "seed $seed (FU_TEST_SEED=$seed repeats it)"
	done
	tac events.ndjson >shuffled
	ends_as shuffled >got
	same want got "backwards"
}

@test "events before the people they are about: the same" {
	ends_as events.ndjson >want
	cp empty.db fu.db
	rm -f fu.db-wal fu.db-shm
	fu-ingest -q --at $at events.ndjson leads.csv >/dev/null
	fu-score -a --at $at | jq -Sc '{email,score,band}' | sort >got
	jq -Sc 'select(.band) | {email,score,band}' want | sort >wanted
	same wanted got
}

@test "a late reply pauses, a reply older than the release does not" {
	fu-ingest -q --at $at leads.csv | fu-score --at $at | fu-cadence -q --at $at >/dev/null
	grep -e '"s11"' events.ndjson | fu-ingest -q --at $at >/dev/null
	grep -e '"r11"' events.ndjson | fu-ingest -q --at $at >/dev/null
	grep -e '"r4"' events.ndjson | fu-ingest -q --at $at >/dev/null
	fu-due -x -q --at 2026-03-16T19:00:00Z >due
	is "" "$(jq -r 'select(.email == "p11@c11.example") | .held.reason // empty' due | grep -x reply_pending)" "p11 held"
	is reply_pending "$(jq -r 'select(.email == "p4@c4.example") | .held.reason // empty' due | sort -u | grep -x -e reply_pending -e handoff_open)" "p4 held"
}
