#!/usr/bin/env bats
# A filter adds or replaces its own members; every other byte goes through.
load scene

at=2026-03-02T15:00:00Z

setup() {
	scene
	house h
	cd h || return
	leads 3 >leads.csv
	fu-ingest --at $at -q leads.csv >/dev/null
	cat >odd.members <<-'EOF'
	"zeta":1,"alpha":2
	"price":1.50e2,"small":1E-3,"zero":-0,"big":123456789012345678901234567890,"exact":0.1000
	"code":"007","plz":"01067","phone_ext":"+1"
	"text":"tab\tquote\"back\\slash\/solidus","u":"\u00e9\u00E9é\ud83d\ude00😀","nul":"\u0000","lone":"\ud800"
	"nested":{"b":[1, 2.0,{"a" : null}],"a":{}},"empty":[],"t":true,"f":false,"n":null
	"wide" :  "spaces" ,  "kept":[ 1 ,2 ]
	"":"no name","with space":"x","dotted.name":1,"ünï":"ö","\u0061":"escaped name"
	"scores":1,"bandit":"x","factor":[],"enrollments":{},"results":1,"Score":"theirs"
	EOF
}

# Records of the house's people, each with one line of odd members.
records() {
	local members i=0
	while IFS= read -r members; do
		i=$((i % 3 + 1))
		printf '{"type":"prospect","prospect":%d,"email":"p%d@c%d.example",%s}\n' $i $i $i "$members"
	done <odd.members
}

# without NAME...: the members that a filter adds behind all others, cut off.
# Their values are objects, lists and plain values; jq tells how long they are.
first_bytes() {
	local want got n=0
	while IFS= read -r want <&3 && IFS= read -r got <&4; do
		n=$((n + 1))
		# All but the closing brace stands there as it came.
		[ "${got:0:${#want}-1}" = "${want%\}}" ] || {
			printf 'expected: %s\n     got: %s\n' "$want" "$got" >&2
			return 1
		}
	done 3<"$1" 4<"$2"
	is "$(wc -l <"$1")" "$n" "records compared"
	is "$(wc -l <"$1")" "$(wc -l <"$2")" "records"
}

@test "fu-score, fu-cadence, fu-handoff --pass and fu-send keep every byte of the rest" {
	records >in
	fu-score --at $at <in >scored
	first_bytes in scored
	fu-cadence --at $at -q <scored >enrolled
	first_bytes scored enrolled
	fu-handoff --at $at --pass <enrolled | grep -v '"type":"handoff"' >passed
	same enrolled passed
	fu-send --at $at -q <passed >sent
	same passed sent
}

@test "each filter leaves a record alone when it comes a second time" {
	records >in
	fu-score --at $at <in >once
	fu-score --at $at <once >twice
	# previous_score is of the score that was there before.
	sed 's/,"previous_score":[0-9]*//' once >a
	sed 's/,"previous_score":[0-9]*//' twice >b
	same a b
}

@test "a filter's own member is replaced where it stands" {
	echo '{"score":"old","prospect":1,"band":3,"x":1.50,"factors":null,"y":2}' >in
	fu-score --at $at <in >out
	# shellcheck disable=SC2016
	is '["score","prospect","band","x","factors","y"]' \
	    "$(jq -c '[keys_unsorted[] | select(. != "previous_score")]' out)" "order"
	says out '"x":1.50,' '"y":2'
	is number "$(jq -r '.score | type' out)"
}

@test "types that a filter does not handle pass through whole" {
	cat >in <<-'EOF'
	{"type":"stat","stat":"reply_rate","value":0.080}
	{"type":"weather" , "sky":"grey","n":1e400}
	{"no":"type"}
	{"type":"touch","touch":"none of ours","x":1.0}
	EOF
	fu-score --at $at <in >out
	same in out fu-score
	fu-cadence -q --at $at <in >out
	same in out fu-cadence
	fu-handoff --pass --at $at <in >out
	same in out fu-handoff
	head -3 in >in3
	fu-send -q --at $at <in3 >out
	same in3 out fu-send
}

@test "fu-ingest keeps an operator's columns with their spelling" {
	cat >in <<-'EOF'
	{"email":"x1@y.example","zeta":"007","alpha":1.50e2,"deep":{"k":[1, 2]},"text":"\u00e9\/","Lead Source":"Fair"}
	EOF
	fu-ingest --at $at -q <in >out
	says out '"zeta":"007"' '"alpha":1.50e2' '"deep":{"k":[1, 2]}' '"text":"\u00e9\/"' '"Lead Source":"Fair"'
	fu-ingest --at $at -q <in >out2
	is unchanged "$(jq -r .action out2)"
	says out2 '"zeta":"007"' '"alpha":1.50e2'
}

@test "fu-ingest keeps the odd members of events" {
	echo '{"event":"visit","at":"2026-03-02T14:00:00Z","email":"p1@c1.example","url":"https://x.example/a?b=1&c=%20","utm":"007","weight":1.50e2}' |
	    fu-ingest --at $at -q >out
	says out '"utm":"007"' '"weight":1.50e2' '"url":"https://x.example/a?b=1&c=%20"'
}

@test "CSV: leading zeros stay text, number spellings stay as written" {
	printf 'Email,Customer No,Amount,Zip\r\nq1@y.example,007,1.50e2,01067\r\n' |
	    fu-ingest --at $at -q >out
	says out '"Customer No":"007"' '"Zip":"01067"'
	is '1.50e2' "$(sed -n 's/.*"Amount":"\{0,1\}\([0-9.e]*\)"\{0,1\}.*/\1/p' out)" Amount
}

@test "a whole first line: a custom column comes out at its end as it went in" {
	printf '{"email":"p1@c1.example","zeta":"007","alpha":1.50e2,"u":"\\u00e9"}\n' |
	    fu-ingest --at $at -q | fu-score --at $at | fu-cadence -q --at $at |
	    fu-handoff --pass --at $at | grep -v '"type":"handoff"' |
	    fu-send -q --at $at >out
	says out '"zeta":"007"' '"alpha":1.50e2' '"u":"\u00e9"'
	is 1 "$(wc -l <out)"
	is '"email" "zeta" "alpha" "u" "score" "enrollment"' \
	    "$(jq -c 'keys_unsorted[] | select(. as $k | ["email","zeta","alpha","u","score","enrollment"] | index($k))' out | xargs -d '\n')" "order"
}

@test "bad lines are rejected and the others go through" {
	printf '{"prospect":1,"x":1.0}\nnot json\n[1]\n{"prospect":2,"x":2.0}\n{"prospect":1,}\n' >in
	ends 65 fu-score --at $at -r rejects <in
	is 2 "$(wc -l <out)"
	is "2 3 5" "$(jq .line rejects | xargs)" "rejected lines"
	says err "fu-score: stdin:2: " "fu-score: stdin:3: " "fu-score: stdin:5: "
	is '"not json"' "$(head -1 rejects | jq .input)"
}

@test "a line over 1 MiB is rejected, its neighbours are not" {
	{
		echo '{"prospect":1,"x":1}'
		printf '{"prospect":2,"x":"%*s"}\n' 1100000 ''
		echo '{"prospect":3,"x":3}'
	} >in
	ends 65 fu-score --at $at -r rejects <in
	is "1 3" "$(jq .prospect out | xargs)"
	is line_too_long "$(jq -r .reason rejects)"
}
