#!/usr/bin/env bats
# fu-fit: a scorecard learned from outcomes, measured through fu-score.
load scene

setup() {
	scene
	logit=$root/tests/logit.py
	leads=$root/../shared/data/leads/leads-outcomes.csv
	# What leaks the outcome of that file, as its README says.
	leaks="Tags,Lead Quality,Last Notable Activity,Lead Profile,Asymmetrique*"
	converted="attr('Converted') = 1"
}

# history N: a house h that the clock stands still in, with N people's history.
history() {
	house h
	cd h || return
	export FU_NOW=2026-06-01T00:00:00Z
	python3 "$root/tests/history.py" "$@" | fu-ingest -q >/dev/null
}

# points FILE: of every rule of a card.
points() { grep -oE 'points: -?[0-9]+' "$1" | cut -d' ' -f2; }

# near A B BY: A is no more than BY below B.
near() {
	awk -v a="$1" -v b="$2" -v by="$3" 'BEGIN { exit !(a >= b - by) }' ||
	    fail "$1 is more than $3 below $2"
}

@test "leads of a file: the card as written, scored by fu-score, is as good as a plain logistic regression" {
	[ -r "$leads" ] || skip "no $leads"
	awk 'NR == 1 || NR % 4 != 0' "$leads" >train.csv
	awk 'NR == 1 || NR % 4 == 0' "$leads" >test.csv
	house a && house b
	(cd a && fu-ingest -q ../train.csv >/dev/null 2>&1) || :
	(cd b && fu-ingest -q ../test.csv >/dev/null 2>&1) || :
	ends 0 fu-fit -d a/fu.db -c a/fu.yaml --outcome "$converted" \
	    --without "$leaks" -o b/scoring.yaml
	plain=$(python3 "$logit" learn Converted train.csv test.csv \
	    Tags 'Lead Quality' 'Last Notable Activity' 'Lead Profile' \
	    'Asymmetrique*' 'Prospect ID')
	cd b
	fu-lint >lint.out || fail "$(cat lint.out)"
	fu-score -a -q | jq -r '[.prospect, .score] | @tsv' >scores
	fu-list --facts "attr('Converted')" |
	    jq -r '[.prospect, .Converted] | @tsv' >outcomes
	ours=$(join scores outcomes | cut -d' ' -f2,3 | python3 "$logit" auc)
	echo "fu-fit $ours, a plain logistic regression $plain"
	near "$ours" "$plain" 0.02
	near "$ours" 0.85 0
	# --evaluate says the same, for these facts do not change with time.
	is "$ours" "$(fu-fit --evaluate scoring.yaml --outcome "$converted" |
	    jq -r '.auc * 10000 | round / 10000' | awk '{ printf "%.4f", $1 }')"
}

@test "leads of a file: a column that tells too much is named, and a serial number is none" {
	[ -r "$leads" ] || skip "no $leads"
	house a
	cd a
	fu-ingest -q "$leads" >/dev/null 2>&1 || :
	ends 0 fu-fit -v --outcome "$converted"
	says err 'Tags alone tells 9' '--without "Tags"' "Lead Number looks like a serial"
	! grep -q "Lead Number\|Converted'" <(grep -v '^#' out) || fail "$(cat out)"
	is 25 "$(printf '%s\n' 25 "$(grep -c '^  - ' out)" | sort -n | tail -1)" "rules"
	ends 0 fu-fit --outcome "$converted" --without Tags,"Lead Source"
	! grep -qE "Tags|[\"( ]source " <(grep -v '^#' out) || fail "$(grep source out)"
}

@test "a history: learned from the first 70 % by date, better than the shipped rules on the rest" {
	history 3000
	ends 0 fu-fit --until 2025-09-19 --at 2025-11-20 -o card.yaml
	ours=$(fu-fit --evaluate card.yaml --since 2025-09-19 | jq .auc)
	shipped=$(fu-fit --evaluate scoring.yaml --since 2025-09-19 | jq .auc)
	echo "fu-fit $ours, shipped $shipped"
	near "$ours" "$shipped" -0.03
	# What tells is there, and what does not is not.
	for rule in pricing careers webinar Seats referral; do
		grep -v '^ *#' card.yaml | grep -q "$rule" || fail "no $rule" "$(cat card.yaml)"
	done
	! grep -v '^ *#' card.yaml | grep -qi colour || fail "$(cat card.yaml)"
	[ "$(points card.yaml | sort -n | head -1)" -ge -30 ]
	[ "$(points card.yaml | sort -n | tail -1)" -le 30 ]
	[ "$(grep -c '^  - ' card.yaml)" -le 25 ]
}

@test "what only follows a win has no weight, whatever the outcome is called" {
	history 1000
	for outcome in "" "won > 0" "coalesce(stage, '') = 'x' OR won > 0" "events('won') > 0" \
	    "CASE WHEN won + lost > 0 THEN won > 0 END"; do
		ends 0 fu-fit ${outcome:+--outcome "$outcome"}
		! grep -qE 'welcome|account' <(grep -v '^ *#' out) ||
		    fail "$outcome" "$(grep -E 'welcome|account' out)"
	done
	# Nor when it is all that there is.
	ends 1 fu-fit --facts welcome_pack,"*account*"
	[ ! -s out ] || fail "$(cat out)"
	says err "tells who wins"
}

@test "an outcome that is no event: people are seen before it came true" {
	history 1200
	ends 0 fu-fit --outcome "events('webinar') > 0"
	! grep -qE 'webinar' <(grep -v '^ *#' out | grep -v "'webinar'") ||
	    fail "$(cat out)"
}

@test "the same people, the same card; and it is what fu-score reads" {
	history 1200
	fu-fit -q -o one.yaml && fu-fit -q -o two.yaml
	same one.yaml two.yaml
	cp one.yaml scoring.yaml
	ends 0 fu-lint
	fu-score -q -n 1 >scored
	is number "$(jq -r '.score | type' scored)"
	ends 0 fu-init --check
	# The comments: how many, how good, and each rule's effect.
	says one.yaml "# Learned from " "AUC 0." "Brier 0." "without it AUC" "expected"
}

@test "under 50 of either outcome: refused, exit 65, and how many there are" {
	history 90
	ends 65 fu-fit -o card.yaml
	says err "won and " "fewer than 50"
	[ ! -e card.yaml ] || fail "a card was written"
	ends 65 fu-fit --outcome "seniority > 1000"
	says err "0 won and 90 did not"
	ends 65 fu-fit --outcome "attr('Nothing') = 1"
	says err "0 won and 0 did not"
}

@test "people who have no outcome yet, and those who objected, are not learned from" {
	history 300
	for i in $(seq 40); do
		echo "{\"email\":\"open$i@x.example\",\"source\":\"list\"}"
	done | fu-ingest -q >/dev/null
	for i in 1 2 3; do
		echo "{\"event\":\"objection\",\"email\":\"p$i@c$i.example\",\"at\":\"2026-05-01T00:00:00Z\"}"
	done | fu-ingest -q >/dev/null
	is "[297,40,3]" "$(fu-fit --evaluate scoring.yaml | jq -c '[.n,.open,.objected]')"
	is "[337,0]" "$(fu-fit --evaluate scoring.yaml --outcome 'won > 0' | jq -c '[.n,.open]')"
}

@test "a stage that says won or lost is an outcome, as the event is" {
	house h
	cd h
	export FU_NOW=2026-06-01T00:00:00Z
	for i in $(seq 200); do
		stage="Closed Lost" seats=$((i % 3))
		[ $((i % 2)) = 1 ] || stage="Closed Won" seats=$((i % 3 + 2))
		echo "{\"email\":\"p$i@x.example\",\"source\":\"list\",\"Seats\":$seats}"
		echo "{\"event\":\"visit\",\"email\":\"p$i@x.example\",\"url\":\"https://x.example/\",\"at\":\"2026-01-02T00:00:00Z\"}"
		echo "{\"event\":\"stage\",\"email\":\"p$i@x.example\",\"to\":\"$stage\",\"at\":\"2026-02-02T00:00:00Z\"}"
	done | fu-ingest -q >/dev/null
	ends 0 fu-fit
	grep -q "attr('Seats')" out || fail "$(cat out)"
	is '[200,100]' "$(fu-fit --evaluate scoring.yaml | jq -c '[.n,.positives]')"
}

@test "fields are as they stood at the first enrolment" {
	house h
	cd h
	# Sixty of 120 get a budget when they are won, half a year after.
	for i in $(seq 120); do
		echo "{\"email\":\"p$i@x.example\",\"source\":\"list\",\"n\":$((i % 7))}"
	done | FU_NOW=2026-01-01T00:00:00Z fu-ingest -q >/dev/null
	for i in $(seq 120); do
		echo "{\"event\":\"visit\",\"email\":\"p$i@x.example\",\"url\":\"https://x.example/\",\"at\":\"2026-01-02T00:00:00Z\"}"
	done | FU_NOW=2026-01-03T00:00:00Z fu-ingest -q >/dev/null
	for i in $(seq 120); do
		if [ $((i % 2)) = 0 ]; then
			echo "{\"email\":\"p$i@x.example\",\"budget\":90000,\"industry\":\"Software\"}"
			echo "{\"event\":\"won\",\"email\":\"p$i@x.example\",\"at\":\"2026-06-02T00:00:00Z\"}"
		else
			echo "{\"event\":\"lost\",\"email\":\"p$i@x.example\",\"at\":\"2026-06-02T00:00:00Z\"}"
		fi
	done | FU_NOW=2026-06-03T00:00:00Z fu-ingest -q >/dev/null
	export FU_NOW=2026-06-04T00:00:00Z
	is "60" "$(fu-list 'budget > 0' | wc -l)"
	fu-fit >out 2>err || :
	! grep -qE 'budget|industry' <(grep -v '^ *#' out) || fail "$(cat out)"
}

@test "--facts and --without name what is there, in either spelling, or it is an error" {
	history 600
	ends 0 fu-fit --facts "attr('Seats'),visits,seniority"
	! grep -oE '(when|event): "[a-z]+' out | grep -vE 'attr|visit|seniority|"1' ||
	    fail "$(cat out)"
	ends 0 fu-fit --without "Sea*,visit,source"
	! grep -qE "Seats|visit\"|source" <(grep '^  - ' out) || fail "$(cat out)"
	ends 64 fu-fit --without Seat
	says err 'no fact, column or kind of event "Seat"; did you mean "Seats"?'
	ends 64 fu-fit --facts won
	says err '"won" is an outcome'
	ends 64 fu-fit --facts "seniority,,visits"
}

@test "usage: conditions, files and options that do not go together" {
	history 120
	ends 64 fu-fit --outcome 'wo > 0'
	says err '--outcome, column 1: no fact "wo"; did you mean "won"?'
	ends 64 fu-fit --outcome 'account_people > 1'
	ends 64 fu-fit --since soon
	ends 64 fu-fit extra
	ends 64 fu-fit -t
	ends 64 fu-fit --evaluate scoring.yaml -o x
	ends 78 fu-fit --evaluate none.yaml
	echo 'rules: [ { name: a, when: "scre > 1", points: 5 } ]' >bad.yaml
	ends 78 fu-fit --evaluate bad.yaml
	says err 'no fact "scre"'
	ends 66 fu-fit -d none.db
	[ ! -e none.db ] || fail "none.db was made"
	ends 73 fu-fit --outcome "won > 0" --until 2027-01-01 -o no/such/card.yaml || :
}

@test "-o replaces a file whole, and -n leaves it alone" {
	history 400
	echo mine >card.yaml
	ends 0 fu-fit -n -o card.yaml
	is mine "$(cat card.yaml)"
	says out "rules:"
	ends 0 fu-fit -o card.yaml
	says card.yaml "rules:"
	[ ! -s out ] || fail "$(cat out)"
	is 1 "$(ls card.yaml* | wc -l)" "files"
	ends 0 fu-fit -t --evaluate card.yaml
	is "SCORE PEOPLE WON RATE" "$(head -1 out | xargs)"
	says err "AUC 0."
}

@test "what people do after they were first enrolled is not seen, before it is" {
	house h
	cd h
	for i in $(seq 160); do
		echo "{\"email\":\"p$i@x.example\",\"source\":\"webinar\",\"country\":\"US\",\"basis\":\"consent\",\"Colour\":\"c$((i % 5))\"}"
		[ $((i % 8)) -gt 3 ] || echo "{\"event\":\"download\",\"email\":\"p$i@x.example\",\"document\":\"plan.pdf\",\"at\":\"2026-01-04T00:00:00Z\"}"
	done | FU_NOW=2026-01-05T00:00:00Z fu-ingest -q |
	    FU_NOW=2026-01-05T00:00:00Z fu-cadence -q --cadence warm >enrolled
	is 160 "$(jq -r 'select(.enrollment.action == "enrolled") | .prospect' enrolled | sort -u | wc -l)"
	for i in $(seq 160); do
		won=$((i % 8 < 4))
		[ $((i % 5)) -gt 0 ] || won=$((1 - won))
		if [ $won = 1 ]; then
			echo "{\"event\":\"visit\",\"email\":\"p$i@x.example\",\"url\":\"https://x.example/pricing\",\"at\":\"2026-01-06T00:00:00Z\"}"
			echo "{\"event\":\"won\",\"email\":\"p$i@x.example\",\"at\":\"2026-03-01T00:00:00Z\"}"
		else
			echo "{\"event\":\"lost\",\"email\":\"p$i@x.example\",\"at\":\"2026-03-01T00:00:00Z\"}"
		fi
	done | FU_NOW=2026-03-02T00:00:00Z fu-ingest -q >/dev/null
	export FU_NOW=2026-03-03T00:00:00Z
	ends 0 fu-fit
	! grep -q 'visit' <(grep '^  - ' out) || fail "$(cat out)"
	grep -q 'download' <(grep '^  - ' out) || fail "$(cat out)"
}
