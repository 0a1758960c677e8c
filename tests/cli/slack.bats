#!/usr/bin/env bats
# Hand-offs to Slack: what it reads, what it refuses, how fast it is written to,
# and who hears when it does not.
load scene

at=2026-03-02T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	sed -i '/^sample:/d' fu.yaml
	export FU_NOW=$at
	http_server slack
	export FU_SLACK_URL="http://127.0.0.1:$port/services/T0/B0/secret"
	hand_off_to '{ via: slack, url: env:FU_SLACK_URL }'
}

teardown() { kill "$httpd" 2>/dev/null || :; }

# ask N [FIRST]: N people ask for a human, so that N hand-offs are claimed.
ask() {
	local i
	for ((i = ${2:-1}; i < ${2:-1} + $1; i++)); do
		echo '{"email":"p'$i'@c'$i'.example","first_name":"Pat'$i'","last_name":"Lee","company":"C'$i'","country":"US","source":"website","owner":"ada"}'
		echo '{"email":"p'$i'@c'$i'.example","event":"chat","from":"prospect","at":"'$FU_NOW'","text":"Could I talk to a person please?"}'
	done | fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q
}
posts() { [ ! -f slack/requests.ndjson ] || wc -l <slack/requests.ndjson; }
body() { sed -n "${1}p" slack/requests.ndjson | jq -r .body; }
results() { jq -r '.result.status + " " + (.result.reason // "-")' "${1:-out}"; }
db() { sqlite3 fu.db "$1"; }
# The least time between two posts, in milliseconds.
least_gap() {
	jq -s '[.[].at] | sort | [range(1; length) as $i | .[$i] - .[$i - 1]] |
	    min * 1000 | floor' slack/requests.ndjson
}

@test "SL-01: a name is text to Slack, whatever it looks like" {
	echo '{"email":"eve@e.example","first_name":"<!channel>","last_name":"\"Q\" & \\ 👋","company":"<https://evil.example|A&B>","country":"US","source":"website","owner":"ada"}' >in
	echo '{"email":"eve@e.example","event":"chat","from":"prospect","at":"'$at'","text":"<!here> I want to talk to a human\n& now"}' >>in
	fu-ingest -q <in | fu-score -q | fu-cadence -q | fu-handoff -q >fired
	ends 0 fu-send <fired
	is "sent -" "$(results)"
	is 1 "$(posts)" "posts"
	body 1 >sent
	jq -e .text sent >/dev/null || fail "no JSON:" "$(cat sent)"
	says sent '&lt;!channel&gt;' '&lt;!here&gt;' 'A&amp;B'
	! grep -E '<!|<http|[^;]&[^a-z]' sent || fail "Slack reads this:" "$(cat sent)"
}

@test "what they need is told beside the quotation, not a second time" {
	echo '{"email":"ann@n.example","country":"US","source":"website","owner":"ada","interest":"CRM integration"}
	{"email":"ann@n.example","event":"chat","from":"prospect","at":"'$at'","text":"Could I talk to a person please?"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q >fired
	ends 0 fu-send <fired
	is "*Needs* CRM integration" "$(body 1 | jq -r '.blocks[2].fields[4].text' | xargs)"
	jq -e '.summary.needs | length == 2' fired >/dev/null || fail "$(jq -c .summary fired)"
	body 1 | jq -r .text | grep -q "Could I talk to a person please" || fail "no quotation"
}

@test "their time is told where there are two that it may be, both" {
	echo '{"email":"tex@t.example","country":"US","region":"TX","source":"website","owner":"ada"}
	{"email":"tex@t.example","event":"chat","from":"prospect","at":"'$at'","text":"I want to talk to a human"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q | ends 0 fu-send
	body 1 | jq -r '.blocks[2].fields[3].text' >time
	says time "Mon 2 March, 09:00 GMT-6 or Mon 2 March, 08:00 GMT-7"
}

@test "SL-01: 429 waits as long as it says, and it is one delivery" {
	ask 1 >fired
	echo '429 3 rate_limited' >slack/answers
	ends 0 fu-send <fired
	is "sent -" "$(results)"
	is 2 "$(posts)" "posts"
	[ "$(least_gap)" -ge 3000 ] || fail "after $(least_gap) ms"
	is 1 "$(db 'SELECT count(*) FROM attempt')" "attempts"
	is 4 "$(db 'SELECT state FROM dispatch')" "state: sent"
	is "" "$(fu-due)" "nothing is left"
}

@test "a login that is refused marks nothing: the claim goes back, and the next run has it" {
	hand_off_to "{ via: slack, url: \"http://127.0.0.1:$port/a\" }" "{ via: webhook, url: \"http://127.0.0.1:$port/b\" }"
	ask 1 >fired
	printf '%s\n' '401 - invalid token' '401 - invalid token' >slack/answers
	ends 69 fu-send <fired
	is "held service_unavailable" "$(results)"
	is 0 "$(db 'SELECT DISTINCT state FROM dispatch')" "state: planned"
	is "" "$(db "SELECT outcome FROM attempt WHERE outcome <> 'not_started'")" "outcomes"
	says err "it does not let us in (401 invalid token)" "fu.yaml:"
	! grep -q "services/T0" err || fail "the url is a secret"
	fu-due | ends 0 fu-send
	is "sent -" "$(results | sort -u)"
}

@test "SL-01: 429 with a longer wait goes back, and nobody else writes there" {
	ask 2 >fired
	echo '429 600 rate_limited' >slack/answers
	ends 0 fu-send <fired
	is "retry rate_limited held rate_limited" "$(results | xargs)"
	is 1 "$(posts)" "posts"
	is 2026-03-02T15:10:00Z "$(jq -r 'select(.result.status == "retry").result.until' out)" "again at"
	is "" "$(fu-due)" "due before"
	export FU_NOW=2026-03-02T15:10:00Z
	is 2 "$(fu-due | wc -l)" "due then"
}

@test "SL-01: what Slack refuses for good is not tried again, and goes by mail" {
	ask 1 >fired
	echo '404 - no_service' >slack/answers
	ends 0 fu-send <fired
	is "failed no_service" "$(results)"
	says err 'slack refused hand-off' '(404 no_service): it goes to ada@example.com by mail'
	is email "$(db "SELECT inputs FROM decision WHERE verdict = 'failed'" | jq -r .other_route)" "decision"
	! grep -r secret out err || fail "the url is told"
	ends 0 fu-send < <(fu-due)
	is "sent -" "$(results)"
	is 1 "$(posts)" "posts"
	grep -l "^To: .*ada@example.com" outbox/new/* >mail
	is 1 "$(wc -l <mail)" "mails to the owner"
	grep -q 'Pat1 L' "$(cat mail)" || fail "another package" "$(cat "$(cat mail)")"
	is "" "$(fu-due)" "nothing is left"
}

@test "SL-01: each of Slack's words that no waiting helps" {
	local n=0 line
	while read -r line; do
		n=$((n + 1))
		ask 1 $n >fired
		echo "$line" >>slack/answers
		ends 0 fu-send <fired
		is "failed ${line##* }" "$(results)" "$line"
	done <<-'END'
	400 - invalid_payload
	400 - no_text
	400 - user_not_found
	403 - action_prohibited
	403 - invalid_token
	403 - team_disabled
	404 - channel_not_found
	410 - channel_is_archived
	END
	is $n "$(posts)" "posts"
}

@test "SL-01: 5xx and rollup_error are tried again soon, as the same message" {
	ask 1 >fired
	printf '%s\n' '500 - rollup_error' '503 -' >slack/answers
	ends 0 fu-send <fired
	is "retry rollup_error" "$(results)"
	is 2026-03-02T15:00:30Z "$(jq -r .result.until out)" "again at"
	export FU_NOW=2026-03-02T15:00:30Z
	fu-due | ends 0 fu-send
	is "retry refused" "$(results)"
	is 2026-03-02T15:01:30Z "$(jq -r .result.until out)" "again at"
	export FU_NOW=2026-03-02T15:01:30Z
	fu-due | ends 0 fu-send
	is "sent -" "$(results)"
	is 3 "$(posts)" "posts"
}

@test "SL-01: a 200 that is not Slack's is no delivery" {
	ask 1 >fired
	echo '200 - <html>log in to the hotel</html>' >slack/answers
	ends 0 fu-send <fired
	is "failed not_ok" "$(results)"
}

@test "with another destination Slack's refusal is told, and nothing is sent twice" {
	hand_off_to '{ via: slack, url: env:FU_SLACK_URL }' '{ via: email }'
	ask 1 >fired
	echo '403 - invalid_token' >slack/answers
	ends 0 fu-send <fired
	says err 'it goes to email all the same'
	is "failed sent" "$(jq -r '.result.deliveries[].status' out | xargs)" "deliveries"
	is "" "$(fu-due)" "nothing is left"
	is 1 "$(ls outbox/new | wc -l)" "mails"
}

@test "with the last destination gone the rep has one mail, and hears of it once" {
	hand_off_to '{ via: slack, url: env:FU_SLACK_URL }' '{ via: slack, url: env:FU_SLACK_URL }'
	ask 1 >fired
	printf '%s\n' '403 - invalid_token' '404 - no_service' >slack/answers
	ends 0 fu-send <fired
	says err '(403 invalid_token): it goes to slack all the same' '(404 no_service): it goes to ada@example.com by mail'
	fu-due | ends 0 fu-send
	is "sent -" "$(results)"
	is 1 "$(ls outbox/new | wc -l)" "mails"
}

@test "nobody can be told: it says so" {
	sed -i '/^  email: {/d' fu.yaml
	ask 1 >fired
	echo '404 - no_service' >slack/answers
	ends 0 fu-send <fired
	says err 'nobody else is told: fu-handoff --open lists it'
}

@test "SL-01: two fu-send at once keep one message a second between them" {
	ask 3 1 >one
	ask 3 4 >two
	fu-send <one >out1 2>err1 &
	local other=$!
	ends 0 fu-send <two
	wait $other || fail "$(cat err1)"
	is 6 "$(posts)" "posts"
	is 6 "$(jq -r .result.status out out1 | grep -c '^sent$')" "sent"
	[ "$(least_gap)" -ge 950 ] || fail "a gap of $(least_gap) ms" "$(jq .at slack/requests.ndjson)"
}

@test "a burst: five alone, the rest in one message that lists them" {
	ask 12 >fired
	ends 0 fu-send <fired
	is 12 "$(results | grep -c '^sent -$')" "sent"
	is 6 "$(posts)" "posts"
	body 6 | jq -r .text >digest
	is "*7 more hand-offs*" "$(head -1 digest)"
	is 7 "$(grep -c '^• .*(hand-off [0-9]*, owner Ada Lovelace, answer by ' digest)" "lines" || fail "$(cat digest)"
	is 12 "$(db 'SELECT count(*) FROM dispatch WHERE state = 4')" "sent"
	is 12 "$(db "SELECT count(*) FROM attempt WHERE outcome = 'sent'")" "attempts"
}

@test "what a digest says is refused, tried again or sent for all in it" {
	ask 8 >fired
	printf '%s\n' '200 - ok' '200 - ok' '200 - ok' '200 - ok' '200 - ok' '503 -' >slack/answers
	ends 0 fu-send <fired
	is "5 3" "$(results | grep -c '^sent -$') $(results | grep -c '^retry refused$')"
	export FU_NOW=2026-03-02T15:05:00Z
	fu-due | ends 0 fu-send
	is 3 "$(results | grep -c '^sent -$')" "sent after all"
	# Three are few enough to go alone in that run.
	is 9 "$(posts)" "posts"
}

@test "the url is in no record, no message, no log and no argument" {
	export FU_SLACK_URL=http://127.0.0.1:1/services/T0/B0/secret
	ask 1 >fired
	ends 75 fu-send -v <fired
	! grep -r secret out err || fail "the url is told"
	is 0 "$(sqlite3 fu.db .dump | grep -c 'T0/B0')" "in the database"
}

@test "a task by Slack is text to Slack, too" {
	sed -i -e "s|^  task: .*|  task: { via: slack, url: env:FU_SLACK_URL }|" fu.yaml
	sed -i 's/channel: email, message: warm-article, *insight: article/channel: task, message: hot-call, task: [call]/' cadences/warm.yaml
	echo '{"email":"eve@e.example","first_name":"<!channel>","company":"A&B","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}' |
	    fu-ingest -q | fu-cadence -q --cadence warm >/dev/null
	export FU_NOW=2026-03-06T15:00:00Z
	fu-due | ends 0 fu-send
	is "sent -" "$(results)"
	body 1 | jq -r .text >text
	says text '&lt;!channel&gt;'
}

@test "a text that may be a stop: Slack is told so, alone and among many" {
	local i warning='This may ask us to stop: fu-handoff --release'
	for ((i = 1; i <= 13; i++)); do
		echo '{"email":"p'$i'@c'$i'.example","phone":"+1415555010'$i'","first_name":"Pat'$i'","country":"US","source":"website","owner":"ada"}'
		echo '{"email":"p'$i'@c'$i'.example","event":"reply","channel":"sms","at":"'$at'","text":"cancel my 3pm meeting"}'
	done | fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q >fired
	ends 0 fu-send <fired
	body 1 | jq -r .text >text
	says text "cancel my 3pm meeting" "$warning 1 by "
	body 1 | jq -r '.blocks[1].text.text' >block
	says block "$warning 1 by " "or it counts as an opt-out.*"
	body "$(posts | cut -d' ' -f1)" | jq -r .text >many
	says many "more hand-offs" "$warning 13 by "
}
