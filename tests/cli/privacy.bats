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

# others FILE: nobody else's address or number is in it.
others() {
	local none
	for none in bob@b ada@example grace@example alan@example \
	    carla%40c carla@c 555-0199 5550199 555-0198 2125550197 0151; do
		if grep -qF "$none" "$1"; then
			fail "it names $none" "$(grep -oF -m1 -- "$none" "$1")"
		fi
	done
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
	others out
}

@test "GD-08 export: somebody else's address or number is in no text of it" {
	printf '%s\n' \
	    '{"email":"jane.doe@example.com","owner":"grace@example.com","interest":"ask carla@c.example","Boss":"Carla, carla@c.example, (212) 555-0199","Boss Phone":12125550199,"Mine":"+1 212 555 0142"}' \
	    >"carla@c.example.json"
	printf '%s\n' \
	    '{"event":"reply","email":"jane.doe@example.com","subject":"Re","message_id":"<m1@mail.example>","text":"Write to Carla@C.example, or call 212-555-0198.  My number is 212-555-0142, my mail Jane.Doe+x@example.com","at":"2026-03-07T11:00:00Z"}' \
	    '{"event":"visit","email":"jane.doe@example.com","url":"/pricing?ref=carla%40c.example","at":"2026-03-07T11:01:00Z"}' \
	    '{"event":"form","email":"jane.doe@example.com","text":"My colleague: 2125550197","to":["bob@b.example"],"at":"2026-03-07T11:02:00Z"}' \
	    '{"event":"message","email":"jane.doe@example.com","channel":"email","from":"rep","text":"Alan (alan@example.com, 0151 2345 6789) will call","at":"2026-03-07T11:03:00Z"}' >said
	FU_NOW=2026-03-08T12:00:00Z
	fu-ingest -q "carla@c.example.json" said | fu-score -q | fu-cadence -q |
	    fu-handoff -q >/dev/null
	grep -qs carla@c <(sqlite3 fu.db 'SELECT attrs, interest FROM prospect') ||
	    fail "the store has no third person, so this shows nothing"
	ends 0 fu-privacy export jane.doe@example.com
	others out
	# What is theirs stays, however it is spelled.
	says out "My number is 212-555-0142, my mail Jane.Doe+x@example.com" \
	    "+1 212 555 0142" "<m1@mail.example>"
	is "Carla, [somebody else's address], [somebody else's number]" \
	    "$(jq -r .person.custom.Boss out)"
	is "[somebody else's number]" "$(jq -r '.person.custom["Boss Phone"]' out)"
	is null "$(jq -r .person.owner out)"
	is true "$(jq '.handoffs | length > 0' out)" "hand-offs"
	says out "Names of other people are not found"
	# A wording is what they were shown: as it was.
	is "I agree" "$(jq -r '.consents[0].wording' out)"
}

@test "GD-08 export --portable: nothing without consent or contract, and why" {
	ends 0 fu-privacy export --portable jane.doe@example.com
	is '["basis","controller","made_at","notes","rights","type","why"]' \
	    "$(jq -c keys out)"
	says out "on legitimate interest"
	is 0 "$(grep -ci 'doeringham\|Rex\|jane' out || true)" "data"
	echo '{"email":"no@basis.example","source":"web","collected":"direct"}' |
	    fu-ingest -q >/dev/null
	ends 0 fu-privacy export --portable no@basis.example
	is '[null,true]' "$(jq -c '[.basis, (.why | contains("on no basis"))]' out)"
}

@test "GD-08 export --portable: what they gave themselves, field by field" {
	FU_NOW=2026-03-10T09:00:00Z
	# A list gave some of it, a form the rest; some of that the list had, too.
	printf 'Email,First Name,Last Name,Title,City,Company Name,Basis,Country/Region,Tier,Shoe Size,Owner,Interest\neva@e.example,Eva,List,CTO,Rome,Firma,consent,Italy,A1,39,grace,lists\n' >list.csv
	fu-ingest -q list.csv >/dev/null
	printf '%s\n' \
	    '{"event":"form","email":"EVA@e.example","last_name":"Form","city":"Rome","country":"Italy","Shoe Size":"39","Newsletter":"yes","at":"2026-03-10T08:00:00Z"}' \
	    '{"event":"reply","email":"eva@e.example","text":"Our budget is 40000 EUR.  Ask bob@b.example","at":"2026-03-10T08:30:00Z"}' \
	    '{"event":"call","email":"eva@e.example","outcome":"connected","notes":"she sounds tired","at":"2026-03-10T08:40:00Z"}' |
	    fu-ingest -q >/dev/null
	ends 0 fu-privacy export --portable eva@e.example
	is '["basis","consents","controller","events","made_at","notes","person","rights","type"]' \
	    "$(jq -c keys out)"
	is '{"email":"eva@e.example","last_name":"Form","country":"IT","city":"Rome","budget":"40000","custom":{"Shoe Size":"39"}}' \
	    "$(jq -c .person out)"
	is 'form reply' "$(jq -r '[.events[].event] | join(" ")' out)"
	says out "[somebody else's address]"
	# Of a batch that says that it is from them all of it is; what we say of
	# people never is.
	printf '%s\n' '{"email":"ute@u.example","first_name":"Ute","title":"CTO","basis":"contract","collected":"direct","source":"fair","segment":"big","owner":"ada","job_fit":true,"Tier":"A1"}' |
	    fu-ingest -q >/dev/null
	ends 0 fu-privacy export --portable ute@u.example
	is '{"email":"ute@u.example","first_name":"Ute","title":"CTO","custom":{}}' \
	    "$(jq -c .person out)"
	# And of one that came later, and does not say so, nothing is.
	printf 'Email,Title,City\nute@u.example,CFO,Ulm\n' >later.csv
	fu-ingest -q later.csv >/dev/null
	ends 0 fu-privacy export --portable ute@u.example
	is '{"email":"ute@u.example","first_name":"Ute","custom":{}}' \
	    "$(jq -c .person out)"
	# Nor of one that was bought since.
	echo '{"email":"ute@u.example","collected":"purchased","source":"list","last_name":"Bought"}' |
	    fu-ingest -q >/dev/null
	ends 0 fu-privacy export --portable ute@u.example
	is '{"custom":{}}' "$(jq -c .person out)"
}

# sms MEMBERS: a consent to texts, with whatever else it says.
sms() {
	printf '{"event":"consent","email":"jane.doe@example.com","channel":"sms","status":"granted","method":"web_form","wording":"Yes, automated texts from Example.","written":true,"automated":true,"not_condition":true,"preticked":false,"seller":"Example Ltd","locale":"en-US","purpose":"news"%s}\n' "${1:+,$1}" |
	    fu-ingest -q >/dev/null
}

@test "GD-03 TC-01: all that a consent carries is in the chain, and its wording once" {
	sms '"page":"https://www.example.com/texts?mail=jane.doe@example.com#top","at":"2026-03-06T11:30:00Z"'
	sms '"page":"https://www.example.com/u/jane.doe@example.com/yes","at":"2026-03-06T11:31:00Z"'
	is '{"complete":true,"written":true,"automated":true,"not_condition":true,"preticked":false,"seller":"Example Ltd","locale":"en-US","page":"https://www.example.com/texts"}' \
	    "$(sqlite3 fu.db "SELECT detail FROM ledger WHERE seq = 2")"
	is '"https://www.example.com/u/..."' "$(sqlite3 fu.db 'SELECT detail FROM ledger WHERE seq = 3' | jq .page)"
	is "I agree|Yes, automated texts from Example." "$(sqlite3 fu.db \
	    'SELECT text FROM wording ORDER BY text' | paste -sd'|')"
	is "$(printf 'Yes, automated texts from Example.' | sha256sum | cut -d' ' -f1)" \
	    "$(sqlite3 fu.db 'SELECT DISTINCT evidence FROM ledger WHERE seq > 1')"
	ends 0 fu-privacy verify
	# An inferred one says until when; nothing that an address could be in
	# gets there.
	printf '%s\n' '{"event":"consent","email":"bob@b.example","channel":"email","status":"granted","implied":"inquiry","seller":"for bob@b.example","purpose":"bob@b.example","locale":"bob@b.example","at":"2026-03-06T11:32:00Z"}' |
	    fu-ingest -q >/dev/null
	is '{"complete":false,"seller":"for [somebody else'"'"'s address]","implied":"inquiry","expires":"2026-09-06T11:32:00Z"}' \
	    "$(sqlite3 fu.db 'SELECT detail FROM ledger WHERE seq = 4')"
	is 0 "$(sqlite3 fu.db 'SELECT * FROM ledger' | grep -ci 'bob@\|jane' || true)" "addresses"
	# No name is a language.
	printf '%s\n' '{"event":"consent","email":"bob@b.example","channel":"email","status":"granted","wording":"Yes","locale":"Bob-Lee","at":"2026-03-06T11:33:00Z"}' \
	    '{"event":"consent","email":"bob@b.example","channel":"email","status":"granted","wording":"Yes","locale":"zh_hans_CN.UTF-8","at":"2026-03-06T11:34:00Z"}' |
	    fu-ingest 2>err >/dev/null
	grep -qF 'locale: 1 set aside (bad_language)' err || fail "$(cat err)"
	is 'null "zh-Hans-CN"' "$(sqlite3 fu.db 'SELECT detail FROM ledger WHERE seq > 4 ORDER BY seq' | jq -c .locale | paste -sd' ')"
	# The copy for the person shows it, with the text.
	ends 0 fu-privacy export jane.doe@example.com
	is '["web_form","news","Example Ltd","en-US","https://www.example.com/texts","Yes, automated texts from Example.",true,true,true,false,true]' \
	    "$(jq -c '.consents[1] | [.method, .purpose, .seller, .locale, .page,
	    .wording, .written, .automated, .not_condition, .preticked,
	    .complete]' out)"
}

@test "TC-02 purge: a consent's proof stays for five years from its last use" {
	printf 'cadence: texts\nabout: By text\npriority: 10\nenter: score > 900\nsteps:\n  - { day: 0, channel: sms, message: text-open }\n' >cadences/texts.yaml
	printf -- '---\nclass: commercial\n---\nExample: hello. Reply STOP to cancel.\n' >messages/text-open.md
	FU_NOW=2026-03-06T12:00:00Z
	echo '{"email":"tom@t.example","phone":"+12125550177","first_name":"Tom","last_name":"Tester","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct","dnc":"clear","dnc_checked_at":"2026-03-05","reassigned_checked_at":"2026-03-05"}' |
	    fu-ingest -q >tom
	echo '{"event":"consent","email":"tom@t.example","channel":"sms","status":"granted","method":"web_form","wording":"Yes, automated texts from Example.","written":true,"automated":true,"not_condition":true,"seller":"Example Ltd","at":"2025-01-10T10:00:00Z"}' |
	    fu-ingest -q >/dev/null
	fu-cadence -q --cadence texts <tom >/dev/null
	FU_NOW=2026-03-06T16:00:00Z
	fu-due -q | fu-send -q >sent
	is "sms sent" "$(jq -r '.channel + " " + .result.status' sent)" "the use"
	row() {
		sqlite3 fu.db "SELECT l.status, l.source, l.detail, w.text
		    FROM ledger l JOIN wording w ON w.hash = l.evidence
		    WHERE l.channel = 'sms' AND l.at_us < 1740000000000000"
	}
	all=$(row)
	is 'granted|web_form|{"complete":true,"written":true,"automated":true,"not_condition":true,"seller":"Example Ltd"}|Yes, automated texts from Example.' "$all"
	# The person and all their rows go; given over five years ago, used four
	# years and eleven months ago.
	FU_NOW=2030-02-06T12:00:00Z
	ends 0 fu-privacy purge --older-than 1095d
	is 0 "$(sqlite3 fu.db 'SELECT (SELECT count(*) FROM prospect) +
	    (SELECT count(*) FROM event) + (SELECT count(*) FROM touch) +
	    (SELECT count(*) FROM consent)')" "rows of theirs"
	FU_NOW=2031-02-06T12:00:00Z
	ends 0 fu-privacy purge
	says err "wordings: 0 that no consent of the last five years rests on"
	is "$all" "$(row)"
	ends 0 fu-privacy verify
	# Nothing but the law's span counts for it.
	ends 0 fu-privacy purge --older-than 1d wordings
	is "$all" "$(row)"
	# Over five years ago: the text goes, the ledger has its hash.
	FU_NOW=2031-03-07T12:00:00Z
	ends 0 fu-privacy purge -n wordings
	says err "wordings: 2 that no consent of the last five years rests on would go"
	ends 0 fu-privacy purge wordings
	is "" "$(row)"
	is 64 "$(sqlite3 fu.db "SELECT length(evidence) FROM ledger
	    WHERE channel = 'sms' AND detail LIKE '%Example Ltd%'")" "the hash"
	ends 0 fu-privacy verify
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

@test "GD-09 a touch in flight of somebody who was erased is blocked, as erased" {
	unthrottled .
	FU_NOW=2026-03-09T15:00:00Z
	echo '{"email":"fly@f.example","first_name":"F","country":"US","region":"NY","source":"web","basis":"li","collected":"direct"}' |
	    fu-ingest -q | fu-score -q | fu-cadence -q --cadence warm >/dev/null
	FU_NOW=2026-03-12T21:00:00Z
	fu-due -q | jq -c 'select(.email == "fly@f.example")' >claimed
	[ -s claimed ] || fail "nothing was due"
	ends 0 fu-privacy erase fly@f.example
	fu-send -q <claimed >out
	is "blocked erased GD-09" "$(jq -r '.result | "\(.status) \(.reason) \(.rule)"' out)"
}

@test "GD-09 erase: a merged and a second address go with them" {
	printf '%s\n' '{"email":"jd@private.example","external_id":"J-99"}' \
	    '{"external_id":"J-99","email":"jd@private.example","phone":"+12125550142"}' |
	    fu-ingest -q >/dev/null
	# Somebody else has the number, too.
	ends 1 fu-privacy erase jane.doe@example.com
	says err '"+12125550142" still stands'
	is 0 "$(sqlite3 fu.db "SELECT count(*) FROM identity WHERE value LIKE 'jane%'")"
}

@test "GD-09 erase: a wording that names them goes, its hash stays" {
	n=0
	for text in "I, JANE DOERINGHAM, agree" "Texts to (212) 555-0142, yes" \
	    "Mail to Jane.Doe+x@Example.com, yes" "Doeringham, Jane: yes" \
	    "Mail to bob@b.example, yes" "Jane and others agree"; do
		n=$((n + 1))
		jq -nc --arg t "$text" --arg at "2026-03-06T11:1$n:00Z" \
		    '{event: "consent", email: "jane.doe@example.com",
		    channel: "email", status: "granted", wording: $t, at: $at}' |
		    fu-ingest -q >/dev/null
	done
	ends 0 fu-privacy erase jane.doe@example.com
	is "I agree|Jane and others agree|Mail to bob@b.example, yes" \
	    "$(sqlite3 fu.db 'SELECT text FROM wording WHERE text IS NOT NULL ORDER BY text' | paste -sd'|')"
	is "4 7" "$(sqlite3 -separator ' ' fu.db "SELECT
	    (SELECT count(*) FROM wording WHERE text IS NULL),
	    (SELECT count(*) FROM ledger l JOIN wording w ON w.hash = l.evidence)")" "hashes"
	ends 0 fu-privacy verify
}

@test "GD-09 LG-02 erase: what a tagged spelling did goes, though it is nobody's" {
	FU_NOW=2026-03-08T12:00:00Z
	printf '%s\n' \
	    '{"event":"bounce","email":"jane.doe+tag@example.com","hard":true,"status":"5.1.1","at":"2026-03-07T11:00:00Z"}' \
	    '{"event":"unsubscribe","email":"Jane.Doe+news@EXAMPLE.com","at":"2026-03-07T11:01:00Z"}' \
	    '{"event":"unsubscribe","email":"jane.doe\u0040example.com","id":"e","at":"2026-03-07T11:02:00Z"}' \
	    '{"event":"stop","phone":"(212) 555-0142","country":"US","note":"212.555.0142","email":"x@x.example","at":"2026-03-07T11:03:00Z"}' \
	    '{"event":"unsubscribe","email":"xjane.doe@example.com","at":"2026-03-07T11:04:00Z"}' \
	    '{"event":"unsubscribe","email":"jane.doe@example.com.au","at":"2026-03-07T11:05:00Z"}' \
	    '{"event":"bounce","email":"jane.doer@example.com","hard":true,"at":"2026-03-07T11:06:00Z"}' |
	    fu-ingest -q -r rejects >/dev/null || true
	ends 1 fu-privacy erase -q jane.doe@example.com
	is "jane.doe@example.com.au jane.doer@example.com xjane.doe@example.com" \
	    "$(sqlite3 fu.db 'SELECT body FROM event WHERE prospect = 0' |
	    jq -r .email | sort | xargs)" "of nobody"
}

@test "GD-09 erase: a file that was called after them is called so no more" {
	for name in jane.doe-request.csv JaneDoeringham.csv \
	    "doeringham, jane (2).csv" +12125550142.csv jane.doe@example.com.csv; do
		printf 'Email\njane.doe@example.com\n"%s@other.example"\n' "n$((n++))" >"$name"
		fu-ingest -q "$name" >/dev/null
	done
	for name in john.doe.csv 2026-03-06-leads.csv; do
		printf 'Email\n%s@other.example\n' "$name" >"$name"
		fu-ingest -q "$name" >/dev/null
	done
	ends 0 fu-privacy erase jane.doe@example.com
	is 5 "$(sqlite3 fu.db "SELECT count(*) FROM batch WHERE name = 'erased'")"
	is "2026-03-06-leads.csv john.doe.csv" "$(sqlite3 fu.db \
	    "SELECT DISTINCT name FROM batch WHERE name NOT IN ('erased', 'stdin', 'chat') ORDER BY name" | xargs)"
	is 0 "$(traces)" "traces"
	says err 'no trace of "jane.doe@example.com"' 'no trace of "jane.doe"' \
	    'no trace of "Jane Doeringham"' 'no trace of "+12125550142"'
}

@test "erase: the read-through sees names, numbers and local parts, too" {
	printf 'Email,Note\nbob@b.example,met jane.doe at the fair with Jane Doeringham\n' >note.csv
	fu-ingest -q note.csv >/dev/null
	ends 1 fu-privacy erase jane.doe@example.com
	says err '"jane.doe" still stands' '"Jane Doeringham" still stands' \
	    'no trace of "+12125550142"'
	# A desk's local part is in many a word.
	printf 'Email,Note\nsales@s.example,\nbob@b.example,sales\n' >sales.csv
	fu-ingest -q sales.csv >/dev/null
	ends 0 fu-privacy erase sales@s.example
	says err 'no trace of "sales@s.example"'
	is sales.csv "$(sqlite3 fu.db "SELECT name FROM batch WHERE name LIKE 'sales%'")"
	grep -q '"sales"' err && fail "it looked for a desk"
	true
}

@test "erase --reason takes a word, which stays in the chain" {
	for reason in "jane.doe@example.com asked" "" Asked "two words" \
	    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; do
		ends 64 fu-privacy erase --reason "$reason" jane.doe@example.com
		says err "--reason takes a word"
	done
	ends 0 fu-privacy erase --reason art_17-2 jane.doe@example.com
	is art_17-2 "$(sqlite3 fu.db "SELECT DISTINCT source FROM ledger WHERE reason = 'erased'")"
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
	ends 1 fu-privacy erase jane.doe@example.com
	says err "of prospect 2 still names them"
}

@test "erase: who has an address that only ends like theirs is not told of" {
	printf '%s\n' '{"email":"na@x.example"}' '{"email":"anna@x.example"}' '{"email":"na@x.example.au"}' | fu-ingest -q >/dev/null
	fu-privacy erase na@x.example 2>err || :
	if grep -q 'prospect [0-9]* has the same\|still names them' err; then fail "somebody else:" "$(cat err)"; fi
}

@test "GD-09 erase: the read-through takes a longer address of others for no trace" {
	printf '%s\n' '{"email":"anna@x.example","first_name":"Anna","last_name":"Lee"}' \
	    '{"email":"Joanna@x.example","first_name":"Jo"}' '{"email":"anna@x.example.au"}' |
	    fu-ingest -q >/dev/null
	echo '{"event":"reply","email":"joanna@x.example","text":"Write to susanna@x.example, too","at":"2026-03-06T11:30:00Z"}' |
	    fu-ingest -q >/dev/null
	ends 1 fu-privacy erase anna@x.example
	says err 'no trace of "anna@x.example"' '"anna" still stands'
	echo '{"email":"mia@x.example"}' | fu-ingest -q >/dev/null
	echo '{"email":"damia@x.example"}' | fu-ingest -q >/dev/null
	ends 0 fu-privacy erase mia@x.example
	# Theirs, whatever stands beside it.
	echo '{"email":"eva@x.example"}' | fu-ingest -q >/dev/null
	echo '{"email":"kim@k.example","company":"deva@x.exampleB"}' | fu-ingest -q >/dev/null
	ends 1 fu-privacy erase eva@x.example
	says err '"eva@x.example" still stands'
}

@test "LG-02 erase: others who have a tagged spelling are told" {
	echo '{"email":"jane.doe+x@example.com","first_name":"J"}' | fu-ingest -q >/dev/null
	ends 1 fu-privacy erase jane.doe@example.com
	says err "prospect 3 has the same address" "fu-privacy erase 3"
	ends 0 fu-privacy erase 3
	is "" "$(sqlite3 fu.db "SELECT email FROM prospect WHERE email LIKE 'jane%'")"
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
	is 'false 2 fold differs' "$(jq -r '"\(.holds) \(.entry) \(.why)"' out)"
}

@test "LG-01 verify: an end that was cut off shows, and a fold behind its back" {
	fu-log unsubscribe bob@b.example channel=email | fu-ingest -q >/dev/null
	ends 0 fu-privacy verify
	cp fu.db* "$BATS_TEST_TMPDIR"
	try() {
		cp "$BATS_TEST_TMPDIR"/fu.db* .
		sqlite3 fu.db "$1"
		ends 1 fu-privacy verify
		is "false $2" "$(jq -r '"\(.holds) \(.entry) \(.why)"' out)" "$1"
		says err "does not hold at entry"
	}
	try 'DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)' '2 chain differs'
	try "DELETE FROM ledger WHERE seq = 2; UPDATE counter SET next = 2 WHERE name = 'ledger'" '2 fold differs'
	try "DELETE FROM ledger; UPDATE counter SET next = 1 WHERE name = 'ledger'; DELETE FROM suppression" '1 fold differs'
	try 'UPDATE consent SET complete = 1' '1 fold differs'
	try "UPDATE consent SET status = 'pending'" '1 fold differs'
	try "UPDATE suppression SET until_us = 1" '2 fold differs'
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
	says err "1 person who had been erased is erased again"
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM prospect')"
	is 0 "$(cat fu.db fu.db-wal 2>/dev/null | strings | grep -c ann@a || true)"
}
