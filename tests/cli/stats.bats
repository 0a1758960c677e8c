#!/usr/bin/env bats
# fu-stats: every measure beside plain SQL on a generated history, and the
# options.
load scene

setup() {
	scene
	house h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z
}

history() {
	python3 "$root/tests/bench/history.py" fu.db "$@"
}

# The records as stats.sql prints its figures.
as_lines() {
	jq -r '[.stat, ([.by[]] | join(",")) + (.text // ""), .n,
	    (.of // .people), (if .stat == "cost_per_meeting"
	    then .cost * 100 | round else .pending // 0 end)] | join("|")' "$1"
}

@test "every measure is what plain SQL counts" {
	sed -i 's/^#* *costs:.*//' fu.yaml
	echo 'costs: { email: 0.02, task: 12 }' >>fu.yaml
	for seed in 1 2; do
		rm -rf again && house again && cd again
		cp ../fu.yaml . && history 1000 8 "$seed"
		ends 0 fu-stats --json
		as_lines out | sort >came
		jq -r 'select(.stat == "first_response" and .by == {}) |
		    "first_response median||\(.value | floor)|0|0",
		    "first_response p90||\(.p90 | floor)|0|0",
		    "first_response in time||\(.within_respond_by * .of | round)|\(.of)|0"' out >>came
		jq -r 'select(.stat == "pipeline_velocity") |
		    "pipeline_velocity value||\(.value | round)|0|0"' out >>came
		jq -sr 'map(select(.stat == "replies_by_hour").n) |
		    "replies_by_hour||\(add)|"' out >hours
		sqlite3 fu.db <"$root/tests/cli/stats.sql" | sort >want
		is "$(cut -d'|' -f1-3 hours)" \
		    "$(grep '^replies_by_hour' want | cut -d'|' -f1-3)"
		grep -v '^replies_by_hour' want >want.rest
		# Each figure of SQL's is there, and says the same.
		sort came | comm -23 want.rest - >missing
		[ ! -s missing ] || fail "seed $seed, wanted:" \
		    "$(head -20 missing)" "came:" "$(cut -d'|' -f1,2 missing |
		    head -20 | while read -r line; do grep -F "$line|" came; done)"
		[ "$(wc -l <want.rest)" -gt 90 ] || fail "$(wc -l want.rest)"
		# And of what SQL counts whole, there is no figure besides.
		for stat in $(cut -d'|' -f1 want.rest | sort -u |
		    grep -Ev ' |^(enrolment_reply|stage|win|reactivation)_rate|first_response|touches_before|velocity'); do
			is "$(grep -c "^$stat|" want.rest)" \
			    "$(grep -c "^$stat|" came)" "figures of $stat"
		done
		cd ..
	done
}

@test "by what is asked: only measures that know it, and whole people" {
	history 400 6
	ends 0 fu-stats --json --by channel,cadence
	is '["auto_reply_rate","bounce_rate","complaint_rate","held_touches","opt_out_rate","positive_reply_rate","replies_by_hour","reply_rate","soft_bounce_rate"]' \
	    "$(jq -sc 'map(.stat) | unique' out)"
	is '["channel","cadence"]' \
	    "$(jq -sc 'map(select(.stat == "reply_rate"))[0].by | keys_unsorted' out)"
	ends 0 fu-stats --json --by industry reply_rate
	is '[null,"Retail","Software"]' "$(jq -sc 'map(.by.industry)' out)"
	cp out by
	ends 0 fu-stats --json reply_rate --by country
	is "$(jq -s 'map(.of) | add' by)" "$(jq -s 'map(.of) | add' out)"
	ends 64 fu-stats --by colour
	says err "colour"
	ends 64 fu-stats --by reason
}

@test "of whom: a condition over facts; since and until cut what began" {
	history 400 6
	ends 0 fu-stats --json --by country meeting_rate
	want=$(jq -c 'select(.by.country == "DE") | [.n, .of, .pending]' out)
	ends 0 fu-stats --json --where "country = 'DE'" meeting_rate
	is "$want" "$(jq -c 'select(.by == {}) | [.n, .of, .pending]' out)"
	ends 64 fu-stats --where "colour = 'blue'"
	says err "colour"
	ends 0 fu-stats --json --since 60d --until 40d meeting_rate
	is "$(sqlite3 fu.db 'SELECT COUNT(*) FROM enrolment WHERE NOT holdout
	    AND entered_us >= 1772463600000000 - 60 * 86400000000
	    AND entered_us < 1772463600000000 - 40 * 86400000000')" \
	    "$(jq 'select(.by == {}).of' out)"
	ends 0 fu-stats --json --since 2026-01-01 --until 2026-01-21T15:00:00Z meeting_rate
	[ "$(jq -s length out)" -gt 0 ]
	ends 64 fu-stats --since yesterday
	ends 64 fu-stats --within 3d
	ends 64 fu-stats --held --by channel
	ends 64 fu-stats replyrate
	says err "replyrate"
}

@test "a table of 80 columns, the few marked; records on the same" {
	history 400 6
	ends 0 fu-stats -t
	is "" "$(awk 'length > 80' out)"
	says out "Reactivation (reactivation_rate)" "no difference yet" \
	    "~ of fewer than 30 people" "within respond_by" "hour  0"
	ends 0 fu-stats
	is '["stat"]' "$(jq -sc 'map(.type) | unique' out)"
	is "" "$(jq -c 'select(.stat == "reply_rate" and
	    .few != (.of < 30))' out)"
	cp out first
	ends 0 fu-stats
	same first out
}

@test "nothing yet: no figures, and it says so; no database is an error" {
	ends 0 fu-stats
	[ ! -s out ]
	says err "nothing to measure yet"
	ends 0 fu-stats -t -q
	[ ! -s out ] && [ ! -s err ]
	ends 66 fu-stats -d none.db
}

@test "a holdout: planned, never sent, and counted beside the others" {
	grep -q 'channel: chat' cadences/warm.yaml
	sed -i 's/^enter:.*/enter: score >= 0\nholdout: 50%/; s/^priority:.*/priority: 99/' cadences/warm.yaml
	export FU_NOW=2026-01-05T15:00:00Z
	leads 60 | fu-ingest -q | fu-score -q | fu-cadence -q >enrolled
	n=$(jq -s 'map(select(.enrollment.reason == "holdout")) | length' enrolled)
	[ "$n" -gt 15 ] && [ "$n" -lt 45 ] || fail "$n of 60"
	held=$(jq -r 'select(.enrollment.reason == "holdout").prospect' enrolled | sort)
	for day in 05 06 08 12 15 20; do
		export FU_NOW=2026-01-${day}T16:00:00Z
		fu-due -q | fu-send -q >sent
		jq -r 'select(.result.status == "sent").prospect' sent
	done | sort -u >written
	[ -s written ] || fail "nobody was written to"
	is "" "$(comm -12 <(echo "$held" | sort) written)" "held out, and written to"
	is holdout "$(sqlite3 fu.db "SELECT DISTINCT status FROM touch
	    JOIN enrolment e ON e.id = enrolment WHERE e.holdout AND state = 7")"
	export FU_NOW=2026-02-20T15:00:00Z
	ends 0 fu-stats --json reactivation_rate
	is "$n" "$(jq 'select(.by.group == "holdout").of' out)"
	is $((60 - n)) "$(jq 'select(.by.group == "written").of' out)"
	is "no difference yet" "$(jq -r 'select(.by.group == "written").verdict' out)"
	is $((60 - n)) "$(jq 'select(.by == {}).of' out)"
}
