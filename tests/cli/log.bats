#!/usr/bin/env bats
# fu-log: operands in, one event out.

load world

setup() {
	world
}

@test "a call, of whom, with what" {
	run fu-log call ann@x.example outcome=demo
	[ "$status" -eq 0 ]
	[ "$output" = '{"event":"call","email":"ann@x.example","outcome":"demo","at":"2026-03-02T15:00:00Z"}' ]
}

@test "a person is an id, an email, a phone or a visitor" {
	[ "$(fu-log won 17 | jq -c .prospect)" = 17 ]
	[ "$(fu-log won '+1 305 555 0100' | jq -r .phone)" = '+1 305 555 0100' ]
	[ "$(fu-log won v-abc | jq -r .visitor)" = v-abc ]
}

@test "a time of its own, lists and booleans" {
	run fu-log demo 17 at=2026-03-01T10:00Z 'features=["a","b"]' x=true
	[ "$output" = '{"event":"demo","prospect":17,"features":["a","b"],"x":true,"at":"2026-03-01T10:00:00Z"}' ]
}

@test "a list whose quotes the shell ate is a list, or an error" {
	[ "$(fu-log demo 17 features='[a, b c]' | jq -c .features)" = '["a","b c"]' ]
	[ "$(fu-log call 17 text='[urgent]' | jq -r .text)" = '[urgent]' ]
	run fu-log demo 17 features='[a,b'
	[ "$status" -eq 64 ]
	echo "$output" | grep -F "write 'features=[one, two]'"
}

@test "options of others are not taken" {
	for option in -t -v -n '-d fu.db' '-c fu.yaml' '-r rej'; do
		# shellcheck disable=SC2086
		run fu-log $option won 17
		[ "$status" -eq 64 ]
	done
}

@test "no person where a domain says enough" {
	run fu-log resume domain=x.example
	[ "$status" -eq 0 ]
	run fu-log call outcome=demo
	[ "$status" -eq 64 ]
}

@test "what is no event" {
	run fu-log
	[ "$status" -eq 64 ]
	run fu-log sent 17
	[ "$status" -eq 64 ]
	run fu-log call 17 nonsense
	[ "$status" -eq 64 ]
	run fu-log call 17 at=tomorrow
	[ "$status" -eq 64 ]
}

@test "into the store" {
	echo '{"email":"ann@x.example"}' | fu-ingest -q >out
	fu-log won ann@x.example | fu-ingest -q | grep recorded
	[ "$(sqlite3 fu.db 'SELECT barred FROM standing')" = won ]
}
