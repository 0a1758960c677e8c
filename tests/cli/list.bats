#!/usr/bin/env bats
# fu-list: people by a condition over facts.
load scene

setup() {
	scene
	house h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z
	fu-ingest -q <<-'E' | fu-score -q >scored
	{"email":"ann@a.example","first_name":"=cmd()","title":"VP Sales","company":"A, \"B\"","country":"US","phone":"+12125550111","source":"website","Lead Source":"Webinar","Seats":"12"}
	{"email":"bob@b.example","first_name":"Bob","title":"Student","country":"US","source":"website"}
	{"email":"cy@c.example","first_name":"@cy","title":"Director","country":"US","source":"webinar","Seats":"7"}
	{"event":"visit","email":"cy@c.example","url":"https://x.example/pricing","at":"2026-03-01T15:00:00Z"}
	E
}

@test "records: who matches, in order of id, with all facts" {
	ends 0 fu-list 'seniority >= 4'
	is "ann@a.example cy@c.example" "$(jq -r .email out | xargs)"
	is '["prospect","prospect"]' "$(jq -sc 'map(.type)' out)"
	is 1 "$(jq -s '.[1].pricing_visits_7d' out)"
	is null "$(jq -s '.[0].days_since_visit' out)"
}

@test "everybody without a condition, as the next filter takes them" {
	ends 0 fu-list
	is 3 "$(wc -l <out)"
	fu-list | fu-score -q -n >again
	is "$(jq -c '[.email,.score]' scored | sort -u)" \
	    "$(jq -c '[.email,.score]' again | sort -u)"
}

@test "nobody: exit 1 and no output; with --csv the header" {
	ends 1 fu-list 'score > 100'
	[ ! -s out ] || fail "$(cat out)"
	ends 1 fu-list --csv --facts email 'score > 100'
	is email "$(cat out)"
}

@test "columns of one's own, events of a kind, facts of the account" {
	ends 64 fu-list --facts 'email,Seats'
	says err "attr('Seats')"
	ends 0 fu-list --facts "email,attr('Lead Source')" "attr('Seats') > 10"
	is '{"type":"prospect","prospect":1,"email":"ann@a.example","Lead Source":"Webinar"}' "$(cat out)"
	ends 0 fu-list --facts email "events('visit', 2) = 1 AND account_people = 1"
	is cy@c.example "$(jq -r .email out)"
	ends 1 fu-list "events('visit', 1) = 1 AND visits = 2"
}

@test "--csv: a header, quotes, and cells that no spreadsheet runs" {
	ends 0 fu-list --csv --facts prospect,email,phone,first_name,company,days_since_visit
	is "$(printf '%s\n' 'prospect,email,phone,first_name,company,days_since_visit' \
	    "1,ann@a.example,'+12125550111,'=cmd(),\"A, \"\"B\"\"\"," \
	    '2,bob@b.example,,Bob,,' "3,cy@c.example,,'@cy,,1")" "$(cat out)"
}

@test "--csv goes back into fu-ingest and changes nothing" {
	fu-list --csv --facts email,phone,first_name,company >people.csv
	ends 0 fu-ingest -q people.csv
	is '["unchanged"]' "$(jq -sc 'map(.action) | unique' out)" "$(cat out)"
}

@test "a bad condition: exit 64, with the column and the way out" {
	ends 64 fu-list 'score > 1 AND scre > 7'
	says err 'condition, column 15: no fact "scre"; did you mean "score"?'
	ends 64 fu-list 'title = "VP"'
	says err "'VP'"
	ends 64 fu-list ''
	ends 64 fu-list '1) OR (1'
	ends 64 fu-list '(SELECT 1)'
	ends 64 fu-list 'load_extension(1)'
	ends 64 fu-list score '>' 7
	ends 64 fu-list --facts email,email
	ends 64 fu-list --facts ''
	ends 64 fu-list --csv -t
}

@test "no configuration is needed; no database is none made" {
	mkdir ../bare && cp fu.db ../bare && cd ../bare
	ends 0 fu-list
	is 3 "$(wc -l <out)"
	ends 66 fu-list -d none.db
	[ ! -e none.db ] || fail "none.db was made"
}

@test "a thousand people and a reader who goes after one" {
	seq 1500 | sed 's/.*/{"email":"p&@p&.example","source":"website","country":"US"}/' |
	    fu-ingest -q >/dev/null
	ends 0 fu-list --facts email
	is 1503 "$(wc -l <out)"
	is "$(seq 1503)" "$(jq .prospect out)" "order"
	fu-list --facts email | head -1 >first
	is 1 "$(jq .prospect first)"
}

@test "tables have a heading, the id first, numbers to the right, and line up" {
	long=a.very.long.name.that.goes.on.and.on@a-long-company-name.example
	printf 'Email,First Name,Budget,Basis\n%s,Ann,12000,li\nbo@x.example,Bö,5,li\n,,,\n' $long |
	    fu-ingest -q -m Budget=budget - >/dev/null 2>&1 || :
	fu-list -t --facts first_name,budget,email "email LIKE '%example' AND budget > 0" >out
	is "PROSPECT  FIRST_NAME  BUDGET  EMAIL" "$(head -1 out)"
	grep -qE '^ +[0-9]+  Ann          12000  '"$long"'$' out || fail "$(cat out)"
	grep -qE '^ +[0-9]+  Bö               5  bo@x.example$' out || fail "$(cat out)"
	# Somebody without a score is no row of dashes.
	fu-list -t "email = 'bo@x.example'" >out
	is "PROSPECT SCORE BAND EMAIL FIRST_NAME TITLE COMPANY" "$(head -1 out | xargs)"
	! grep -q -- '-' <(tail -1 out) || fail "$(cat out)"
	fu-score -n -t bo@x.example >out
	is "PROSPECT SCORE BAND EMAIL FACTORS" "$(head -1 out | xargs)"
	is "email" "$(fu-list -t --facts email,prospect | head -1 | xargs | cut -d' ' -f1 | tr A-Z a-z)" "an order that was asked for"
}

@test "an address is the same in any case" {
	echo '{"email":"A.Lee@cases.example","source":"s"}' | fu-ingest -q >/dev/null
	is A.Lee@cases.example "$(fu-list "email = 'a.lee@CASES.example'" | jq -r .email)"
	is 1 "$(fu-list "email IN ('a.lee@cases.example')" | wc -l)"
}

@test "a scan of everybody knows what a look at one knows: questions, addresses given, bookings" {
	fu-ingest -q <<-'E' >/dev/null
	{"event":"chat","from":"prospect","email":"bob@b.example","text":"Is it fast?","at":"2026-03-01T10:00:00Z"}
	{"event":"reply","email":"bob@b.example","text":"And when?","at":"2026-03-01T11:00:00Z"}
	{"event":"form","email":"bob@b.example","at":"2026-03-01T12:00:00Z"}
	{"event":"demo","email":"ann@a.example","status":"held","questions":["one","two"],"objections":["price"],"at":"2026-03-01T12:00:00Z"}
	{"event":"meeting","email":"cy@c.example","status":"booked","starts_at":"2026-03-01T18:00:00Z","at":"2026-03-01T12:00:00Z"}
	E
	is '[[2,0,0],[2,1,0],[0,0,0]]' "$(fu-list | jq -sc 'map([.questions, .contact_shared, .meetings_booked])')"
	is 1 "$(fu-list "email LIKE 'ann%'" | jq .objections_open)"
	for who in ann@a.example bob@b.example cy@c.example; do
		is "$(fu-score -q -n "$who" | jq -c '[.prospect, .score, .factors]')" \
		    "$(fu-score -q -n -a | jq -c "select(.email == \"$who\") | [.prospect, .score, .factors]")" "$who"
	done
}
