#!/usr/bin/env bats
# fu-privacy: access, erasure, retention, and the ledger's proof.
load scene

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	export FU_NOW=2026-03-02T15:00:00Z
	printf '%s\n' \
	    '{"email":"Jane.Doe@Example.COM","phone":"+12125550142","visitor":"vis-jane","external_id":"J-77","first_name":"Jane","last_name":"Doeringham","title":"VP Sales","company":"Acme","industry":"Software","company_size":240,"country":"US","region":"NY","source":"webinar","basis":"li","collected":"direct","budget":36000,"timeline":"4 months","Pet":"Rex the dog"}' \
	    '{"email":"bob@b.example","first_name":"Bob","title":"VP Sales","company":"B","industry":"Software","company_size":240,"country":"US","region":"NY","source":"webinar","basis":"li","collected":"direct","collected_at":"2023-01-10","budget":36000,"timeline":"4 months"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q >first
	FU_NOW=2026-03-05T16:00:00Z
	fu-due -q | fu-send -q >/dev/null
	FU_NOW=2026-03-06T12:00:00Z
	printf '%s\n' \
	    '{"event":"reply","email":"jane.doe@example.com","text":"Jane here, call me on +12125550142","at":"2026-03-06T11:00:00Z"}' \
	    '{"event":"consent","email":"jane.doe@example.com","channel":"sms","status":"granted","method":"web_form","wording":"I agree","at":"2026-03-06T11:01:00Z"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q |
	    fu-send -q >/dev/null
}

traces() {
	cat fu.db fu.db-wal 2>/dev/null | strings |
	    grep -ic 'jane\|doeringham\|12125550142\|J-77\|Rex the dog' || true
}

@test "GD-08 export: record, consents, what was sent with its words, replies" {
	ends 0 fu-privacy export jane.doe@example.com
	is '1 1 1' "$(jq -r '[(.consents | length), (.touches | length),
	    ([.events[] | select(.event == "reply")] | length)] | join(" ")' out)"
	is Doeringham "$(jq -r .person.last_name out)"
	is '"Rex the dog"' "$(jq -c .person.custom.Pet out)"
	[ "$(jq -r '.touches[0].text | length' out)" -gt 100 ] || fail "no words"
	is true "$(jq '.score.factors | length > 0' out)"
	is stdin "$(jq -r '.sources[0].name' out)"
	for none in bob@b ada@example grace@example alan@example; do
		if grep -q "$none" out; then fail "it names $none"; fi
	done
}

@test "GD-08 export --portable: what they gave, no more" {
	ends 0 fu-privacy export --portable jane.doe@example.com
	is '["consents","controller","events","known_by","made_at","person","suppressions","type"]' \
	    "$(jq -c keys out)"
	is null "$(jq -c .person.score out)"
	is reply "$(jq -r '.events[0].event' out)"
}

@test "GD-09 erase: no trace in any table, page or log; the hash stays" {
	[ "$(traces)" -gt 0 ]
	ends 0 fu-privacy erase jane.doe@example.com
	says err "no trace of"
	is 0 "$(traces)" "traces"
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM prospect WHERE id = 1')"
	ends 1 fu-privacy export jane.doe@example.com
	# in another spelling, with a tag: kept, and never written to
	echo '{"email":" Jane.Doe+x@Example.COM ","first_name":"J","title":"VP Sales","company":"Acme","industry":"Software","company_size":240,"country":"US","region":"NY","source":"webinar","basis":"li","collected":"direct","budget":36000,"timeline":"4 months"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q --cadence warm >again
	is suppressed "$(jq -r .enrollment.reason again)"
	FU_NOW=2026-03-09T16:00:00Z fu-due -q >due
	is "" "$(jq -r 'select(.prospect == 3)' due)"
	is GD-09 "$(fu-why --only suppression 3 | jq -r .rule)"
}

@test "GD-09 erase: a merged and a second address go with them" {
	printf '%s\n' '{"email":"jd@private.example","external_id":"J-99"}' \
	    '{"external_id":"J-99","email":"jd@private.example","phone":"+12125550142"}' |
	    fu-ingest -q >/dev/null
	fu-privacy erase -q jane.doe@example.com 2>/dev/null
	is 0 "$(sqlite3 fu.db "SELECT count(*) FROM identity WHERE value LIKE 'jane%'")"
}

@test "erase -n changes nothing; nobody: exit 1" {
	ends 0 fu-privacy erase -n jane.doe@example.com
	says err "would be erased"
	ends 0 fu-privacy export jane.doe@example.com
	ends 1 fu-privacy erase nobody@n.example
}

@test "somebody else's text that names them is told" {
	echo '{"event":"reply","email":"bob@b.example","text":"ask jane.doe@example.com","at":"2026-03-06T11:30:00Z"}' |
	    fu-ingest -q >/dev/null
	ends 0 fu-privacy erase jane.doe@example.com
	says err "of prospect 2 still names them"
}

@test "GD-11 purge: by age of the last sign of life, else of collecting" {
	ends 0 fu-privacy purge -n --older-than 1095d
	says err "prospects: 1 older than 1095 days would go"
	ends 0 fu-privacy purge --older-than 1095d
	is "jane.doe@example.com" "$(sqlite3 fu.db 'SELECT lower(email) FROM prospect')"
	is 'erase|retention_expired|GD-11' "$(sqlite3 fu.db \
	    "SELECT event, reason, rule FROM ledger WHERE event = 'erase'")"
	ends 0 fu-privacy verify
	ends 64 fu-privacy purge nonsense
	says err "prospects, visitors"
}

@test "GD-11 purge: each class by fu.yaml, with opt-outs and consents left" {
	sed -i '/^retention:/d' fu.yaml
	echo 'retention: { transcripts: 10d, messages: 10d, decisions: 10d }' >>fu.yaml
	fu-log unsubscribe bob@b.example channel=email | fu-ingest -q >/dev/null
	before=$(sqlite3 fu.db 'SELECT count(*) FROM ledger')
	FU_NOW=2026-04-06T12:00:00Z
	ends 0 fu-privacy purge
	is "0 0 0" "$(sqlite3 -separator ' ' fu.db "SELECT
	    (SELECT count(*) FROM event WHERE text IS NOT NULL),
	    (SELECT count(*) FROM attempt WHERE text IS NOT NULL),
	    (SELECT count(*) FROM decision)")"
	is "$before" "$(sqlite3 fu.db 'SELECT count(*) FROM ledger')"
	is 2 "$(sqlite3 fu.db 'SELECT count(*) FROM prospect')"
	says err "transcripts: " "messages: " "decisions: "
}

@test "LG-01 verify: an edited byte shows at its entry, a lost fold too" {
	fu-log unsubscribe bob@b.example channel=email | fu-ingest -q >/dev/null
	ends 0 fu-privacy verify
	is true "$(jq .holds out)"
	head=$(jq -r .head out)
	fu-log unsubscribe jane.doe@example.com channel=email | fu-ingest -q >/dev/null
	[ "$(fu-privacy verify -q | jq -r .head)" != "$head" ]
	cp fu.db* "$BATS_TEST_TMPDIR"
	sqlite3 fu.db "UPDATE ledger SET reason = 'suppresseD' WHERE seq = 2"
	ends 1 fu-privacy verify
	is 2 "$(jq .entry out)"
	cp "$BATS_TEST_TMPDIR"/fu.db* .
	sqlite3 fu.db "DELETE FROM suppression WHERE seq = 2"
	ends 1 fu-privacy verify
}

@test "a restored copy forgets nobody who was erased" {
	mkdir live && cd live
	fu-init -q . >/dev/null
	unset FU_NOW
	echo '{"email":"ann@a.example","source":"web","country":"US"}' |
	    fu-ingest -q >/dev/null
	cp fu.db copy.db
	fu-privacy erase -q ann@a.example 2>/dev/null
	mv copy.db fu.db
	rm -f fu.db-wal fu.db-shm
	ends 0 fu-init --adopt
	says err "1 people who had been erased are erased again"
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM prospect')"
	is 0 "$(cat fu.db fu.db-wal 2>/dev/null | strings | grep -c ann@a || true)"
}
