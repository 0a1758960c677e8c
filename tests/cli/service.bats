#!/usr/bin/env bats
# Service messages: a STOP is confirmed once and in time, a HELP is answered,
# whoever wrote it; and nobody else hears anything.
load scene

day=2026-03-02
at=${day}T15:00:00Z
ann=+14155550100

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	echo "{\"email\":\"ann@a.example\",\"first_name\":\"Ann\",\"phone\":\"$ann\",\"country\":\"US\",\"region\":\"NY\",\"source\":\"web\",\"basis\":\"consent\",\"collected\":\"direct\"}" |
	    fu-ingest -q --at $at | fu-cadence -q --cadence warm --at $at >/dev/null
}

# hears TIME JSON...: events of that time (HH:MM:SS), taken in at once.
hears() {
	local time=${day}T$1Z
	shift
	printf '%s\n' "$@" | sed "s/}\$/,\"at\":\"$time\"}/" |
	    fu-ingest -q --at "$time" >/dev/null
}
# owed TIME: what fu-due claims and fu-send delivers then.
owed() {
	fu-due -q --at "${day}T$1Z" | jq -c 'select(.type == "service")' |
	    fu-send -q --at "${day}T$1Z" |
	    jq -r '[.service, .channel, .to, .result.status, .result.reason // "-"] | join(" ")' | sort
}
stop="{\"event\":\"stop\",\"phone\":\"$ann\",\"channel\":\"sms\"}"
confirmed="stop_confirmation sms $ann sent -"

@test "TC-05 STOP: one confirmation, as a record and as a text" {
	hears 16:00:00 "$stop"
	fu-due -q --at ${day}T16:04:59Z >due
	jq -e '.type == "service" and .service == "stop_confirmation" and
	    .channel == "sms" and .to == "+14155550100" and .prospect == 1 and
	    .claim and .lease_until' due
	ends 0 fu-send --at ${day}T16:04:59Z <due
	is "sent 1" "$(jq -r .result.status out) $(ls outbox/new | wc -l)"
	says outbox/new/* 'Subject: SMS to +14155550100' 'X-Fu-To: +14155550100' \
	    'Example Ltd: You have opted out'
	is "" "$(owed 16:04:59)" "a second one"
	! grep -qi 'unsubscribe\|http.*/u/' outbox/new/* || fail "$(cat outbox/new/*)"
}

@test "TC-05: five minutes after STOP is too late, claimed or not" {
	hears 16:00:00 "$stop"
	is "" "$(owed 16:05:01)"
	is 0 "$(ls outbox/new 2>/dev/null | wc -l)" "messages"
	hears 17:00:00 '{"event":"stop","phone":"+14155550111","channel":"sms"}'
	fu-due -q --at ${day}T17:04:00Z >due
	ends 0 fu-send --at ${day}T17:05:01Z <due
	is "failed stale" "$(jq -r '.result.status + " " + .result.reason' out)"
	# Taken in from a file of last week nothing is put down at all.
	echo '{"event":"stop","phone":"+14155550112","channel":"sms","at":"2026-02-23T10:00:00Z"}' |
	    fu-ingest -q --at ${day}T17:00:00Z >/dev/null
	is 2 "$(sqlite3 fu.db 'SELECT count(*) FROM dispatch')" "put down"
}

@test "TC-05: a second STOP is not confirmed, one after START is" {
	echo "{\"event\":\"consent\",\"phone\":\"$ann\",\"channel\":\"sms\",\"status\":\"granted\",\"method\":\"web_form\",\"wording\":\"Yes, automated texts\",\"written\":true,\"automated\":true,\"not_condition\":true,\"seller\":\"Example Ltd\",\"at\":\"$at\"}" |
	    fu-ingest -q --at $at >/dev/null
	hears 16:00:00 "$stop" "{\"event\":\"reply\",\"phone\":\"$ann\",\"channel\":\"sms\",\"text\":\"Stop please!\"}"
	is "$confirmed" "$(owed 16:00:30)"
	hears 16:01:00 "$stop"
	is "" "$(owed 16:01:30)"
	hears 16:02:00 "{\"event\":\"start\",\"phone\":\"$ann\",\"channel\":\"sms\"}"
	hears 16:03:00 "$stop"
	is "$confirmed" "$(owed 16:03:30)"
}

@test "the same event twice is one answer" {
	hears 16:00:00 '{"event":"help","phone":"+14155550122","id":"SM1"}'
	hears 16:00:10 '{"event":"help","phone":"+14155550122","id":"SM1"}'
	is "help sms +14155550122 sent -" "$(owed 16:00:30)"
}

@test "TC-05 TC-12: words and nobody's numbers: STOP and HELP are answered to who wrote" {
	hears 16:00:00 '{"event":"reply","phone":"+14155550177","channel":"sms","text":"STOP"}' \
	    '{"event":"reply","phone":"+14155550178","channel":"sms","text":"help"}' \
	    '{"event":"message","from":"prospect","phone":"+14155550179","channel":"sms","text":"unsubscribe"}' \
	    '{"event":"help","phone":"+14155550180","channel":"sms"}'
	owed 16:01:00 >got
	cat >want <<-'W'
	help sms +14155550178 sent -
	help sms +14155550180 sent -
	stop_confirmation sms +14155550177 sent -
	stop_confirmation sms +14155550179 sent -
	W
	same want got
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM dispatch WHERE prospect <> 0')"
}

@test "what is no text message gets none" {
	hears 16:00:00 '{"event":"unsubscribe","email":"ann@a.example"}' \
	    '{"event":"reply","email":"bob@b.example","text":"stop"}' \
	    '{"event":"stop","phone":"+14155550131","channel":"whatsapp"}' \
	    '{"event":"stop","email":"cy@c.example"}' \
	    '{"event":"reply","phone":"+14155550132","channel":"sms","text":"Do not stop now, what does it cost?"}'
	is "" "$(owed 16:01:00)"
}

@test "the provider answers, or nobody reads: none of ours" {
	sed -i 's/^  sms: .*/  sms: { via: outbox, stop_reply: provider }/' fu.yaml
	hears 16:00:00 "$stop" '{"event":"help","phone":"+14155550140"}'
	sed -i 's|^  sms: .*|  sms: { via: "exec:/bin/false", inbound: false }|' fu.yaml
	hears 16:00:10 '{"event":"help","phone":"+14155550141"}'
	sed -i '/^  sms: /d' fu.yaml
	hears 16:00:20 '{"event":"help","phone":"+14155550142"}'
	is "" "$(owed 16:01:00)"
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM dispatch')" "put down"
}

@test "a person who is paused, in quiet hours and over every cap is answered" {
	sed -i 's/^  *hours: .*/  hours: "08:30-08:31"/' fu.yaml
	hears 08:00:00 '{"event":"reply","email":"ann@a.example","text":"Let us talk on Monday about the offer."}' \
	    "{\"event\":\"help\",\"phone\":\"$ann\"}"
	is "help sms $ann sent -" "$(owed 08:00:10)"
	hears 08:01:00 "$stop"
	is "$confirmed" "$(owed 08:01:10)"
	hears 08:02:00 "{\"event\":\"help\",\"phone\":\"$ann\"}"
	is "help sms $ann sent -" "$(owed 08:02:10)"
}

@test "never after a complaint" {
	hears 16:00:00 '{"event":"complaint","email":"ann@a.example"}'
	hears 16:00:10 "$stop" "{\"event\":\"help\",\"phone\":\"$ann\"}"
	is "" "$(owed 16:00:20)"
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM dispatch')" "put down"
}

@test "a complaint between claim and wire stops it, by the gate" {
	hears 16:00:00 "{\"event\":\"help\",\"phone\":\"$ann\"}"
	fu-due -q --at ${day}T16:00:10Z >due
	hears 16:00:20 '{"event":"complaint","email":"ann@a.example"}'
	ends 0 fu-send --at ${day}T16:00:30Z <due
	is "blocked complaint EM-19" "$(jq -r '.result | [.status, .reason, .rule] | join(" ")' out)"
	is "" "$(owed 16:01:00)"
}

@test "what is taken in with -n puts nothing down; fu-due -n claims nothing" {
	echo '{"event":"help","phone":"+14155550122"}' | fu-ingest -nq --at ${day}T16:00:00Z >/dev/null
	is "" "$(owed 16:00:10)"
	hears 16:00:00 "$stop"
	is 1 "$(fu-due -nq --at ${day}T16:00:10Z | jq -c 'select(.type == "service")' | wc -l)"
	is "$confirmed" "$(owed 16:00:20)"
}

@test "live, too" {
	cd ..
	house live
	cd live || return
	echo '{"event":"stop","phone":"+14155550100","channel":"sms"}' |
	    fu-ingest -q >/dev/null
	fu-due -q | fu-send -q >out
	is "stop_confirmation sent" "$(jq -r '.service + " " + .result.status' out)"
}

@test "a keyword that a machine answers is nobody's answer: no points, no pause, no hand-off" {
	for word in help INFO START unstop STOP; do
		hears 16:00:00 "{\"event\":\"reply\",\"channel\":\"sms\",\"phone\":\"$ann\",\"text\":\"$word\"}"
		fu-list -q --at ${day}T16:00:01Z "email = 'ann@a.example'" | fu-score -q --at ${day}T16:00:01Z |
		    fu-cadence -q --at ${day}T16:00:01Z |
		    fu-handoff --pass -q --at ${day}T16:00:01Z >out
		is "prospect" "$(jq -r .type out)" "$word: handed over"
		is "0" "$(jq '[.factors[]? | select(.factor == "replies") | .points] | add // 0' out)" "$word: points"
		is "" "$(sqlite3 fu.db 'SELECT reply_pending_us FROM standing WHERE prospect = 1')" "$word: reply pending"
		is "" "$(fu-list -q --at ${day}T16:00:01Z 'replies > 0')" "$word: replies"
	done
	# What somebody should read is an answer still.
	hears 16:10:00 "{\"event\":\"reply\",\"channel\":\"sms\",\"phone\":\"+14155550123\",\"email\":\"dee@d.example\",\"text\":\"help me choose a plan\"}"
	is "dee@d.example" "$(fu-list -q --at ${day}T16:10:01Z 'replies > 0' | jq -r .email)"
}
