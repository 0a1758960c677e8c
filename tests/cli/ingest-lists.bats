#!/usr/bin/env bats
# fu-ingest: lists of people as they come: whose ids, whose opt-outs, what will
# keep people from being written to, and what stops no more than its own row.

load world

setup() {
	world
}

q() {
	sqlite3 fu.db "$1"
}

@test "a region that is there once says its country, where nobody else does" {
	cat >in.csv <<-'X'
	Email,Phone,State,Country
	a@x.example,020 7946 0018,England,
	b@x.example,,California,
	c@x.example,,Georgia,
	d@x.example,,CA,
	e@x.example,,England,Narnia
	f@x.example,,Bavaria,Ireland
	X
	echo '{"email":"g@x.example","region":"Scotland"}' >in.ndjson
	fu-ingest -q in.csv in.ndjson >out
	[ "$(q "SELECT group_concat(coalesce(country, '') || '-' || coalesce(region, '') || coalesce(phone, ''), ' ') FROM prospect")" = \
	    'GB-ENG+442079460018 US-CA - - - IE- GB-SCT' ]
	echo '{"email":"h@x.example","region":"Bavaria"}' |
	    fu-ingest -q --set country=US >out
	[ "$(q "SELECT country FROM prospect WHERE email = 'h@x.example'")" = US ]
}

@test "an owner that is no sender is told, once for all" {
	printf 'Email,Owner\na@x.example,ADA\nb@x.example,bob\nc@x.example,Bob\nd@x.example,\ne@x.example,carla@x.example\n' >in.csv
	fu-ingest in.csv 2>err >/dev/null
	grep -F '3 have an owner that is no sender of fu.yaml ("bob", "carla@x.example"): they are shared out among all' err
	printf 'Email,Owner\na@x.example,dee\nb@x.example,bob\nc@x.example,eve\nd@x.example,Fay\n' >in.csv
	fu-ingest in.csv 2>err >/dev/null
	grep -F '4 have an owner that is no sender of fu.yaml ("dee", "bob", "eve", …)' err
	printf 'Email,Owner\na@x.example,ada@example.com\n' >in.csv
	fu-ingest in.csv 2>err >/dev/null
	! grep -F 'no sender' err
}

@test "a narrow file of HubSpot's or Salesforce's finds whom a wide one brought" {
	printf 'Record ID,First Name,Email,Contact owner,Lead Status\n1,Ann,ann@x.example,Rae,New\n' >wide.csv
	printf 'Record ID,First Name,Phone Number\n1,Ann,+13055550100\n' >narrow.csv
	fu-ingest -q wide.csv >out
	fu-ingest narrow.csv 2>err | grep -F '"prospect":1,"action":"updated"'
	[ "$(q "SELECT count(*) || external_system || phone FROM prospect")" = \
	    1hubspot+13055550100 ]
	run grep 'no known system' err
	[ "$status" -eq 1 ]
	printf 'Id,FirstName,LastName,Email\n00Q3,Gus,Ortiz,gus@x.example\n' | fu-ingest -q >out
	printf 'Id,FirstName,OwnerId,City\n00Q3,Gus,0053,Rome\n' | fu-ingest -q >out
	[ "$(q "SELECT count(*) || external_system || city FROM prospect WHERE id > 1")" = \
	    1salesforceRome ]
}

@test "an id of no known system is nobody's whom a system has, and that is said" {
	printf 'Record ID,Email\n1,ann@x.example\n' | fu-ingest -q >out
	printf 'Contact ID,First Name\n1,Bob\n2,Cy\n' >ids.csv
	fu-ingest ids.csv 2>err >out
	[ "$(q 'SELECT count(*) FROM prospect')" -eq 3 ]
	grep -F '2 ids of no known system, so no system'"'"'s id matches: `--set external_system=hubspot`' err
	echo '{"external_id":"9","external_system":"apollo"}' | fu-ingest 2>err >out
	run grep 'no known system' err
	[ "$status" -eq 1 ]
	# Of two systems none is likelier.
	fu-ingest ids.csv 2>err >out
	grep -F '`--set external_system=…`' err
	fu-ingest --set external_system=hubspot ids.csv 2>err | grep -F '"prospect":1,'
	run grep 'no known system' err
	[ "$status" -eq 1 ]
}

@test "Do Not Call closes texts and calls, by whatever way the number comes; mail goes on" {
	cat >in.csv <<-'X'
	Email,Phone,First Name,Country,State,Source,Basis,Collected,Do Not Call
	ann@x.example,+12125550100,Ann,US,NY,web,consent,direct,Yes
	X
	fu-ingest -q in.csv >ann
	[ "$(q 'SELECT group_concat(channel) FROM suppression')" = sms,voice,whatsapp ]
	[ "$(fu-cadence -q --cadence warm <ann | jq -r .enrollment.action)" = enrolled ]
	fu-ingest -q in.csv | grep -F '"action":"unchanged"'
	[ "$(q 'SELECT count(*) FROM ledger')" -eq 3 ]
	# Another number of theirs; and of who turns out to be them.
	printf 'Email,Phone\nann@x.example,+12125550199\n' | fu-ingest -q >out
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 6 ]
	echo '{"external_id":"7","external_system":"s","phone":"+12125550188"}' | fu-ingest -q >out
	echo '{"email":"ann@x.example","external_id":"7","external_system":"s"}' |
	    fu-ingest -q | grep -F '"action":"merged"'
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 9 ]
	[ "$(q "SELECT count(*) FROM suppression WHERE channel = 'all'")" -eq 0 ]
	fu-privacy verify >/dev/null
	# Not to be contacted at all is another thing.
	printf 'Email,Phone,Do Not Contact\nbo@x.example,+12125550177,Yes\n' | fu-ingest -q >out
	[ "$(q "SELECT count(*) FROM suppression WHERE channel = 'all'")" -eq 2 ]
}

# says TEXT...: each is a line of err, behind the program's name.
says() {
	local text
	for text; do
		grep -qxF "fu-ingest: $text" err || { echo "not said: $text"; cat err; return 1; } >&2
	done
}

@test "the summary says who has no address, known people's own counted" {
	printf 'Record ID,Email,Phone,Country,Source\n1,a@x.example,,US,web\n2,,+12125550100,US,web\n3,,,US,\n' |
	    fu-ingest 2>err >out
	says '1 without an email or phone: nobody can write to them' \
	    '1 without a source: `--set source=…`' '3 without a basis: `--set basis=li`, or a consent'
	# A file that gives less than we have takes nothing away.
	printf 'Record ID,City\n1,Rome\n2,Oslo\n3,Bonn\n' >less.csv
	for mode in skip fill update; do
		fu-ingest --on-conflict $mode less.csv 2>err >out
		says '1 without an email or phone: nobody can write to them' \
		    '1 without a source: `--set source=…`'
		run grep country err
		[ "$status" -eq 1 ]
	done
}

@test "CS-12 GD-09: an import of who opted out or was erased is told of, and opens nothing" {
	printf 'Email,First Name\nann@x.example,Ann\ncy@x.example,Cy\nok@x.example,Ok\n' >in.csv
	fu-ingest in.csv 2>err >out
	run grep before err
	[ "$status" -eq 1 ]
	cat >ev <<-'X'
	{"event":"unsubscribe","email":"ann@x.example","channel":"email","at":"2026-03-01T10:00:00Z"}
	{"event":"unsubscribe","email":"bo@x.example","channel":"email","at":"2026-03-01T10:00:00Z"}
	{"event":"bounce","email":"di@x.example","hard":true,"status":"5.1.1","at":"2026-03-01T10:00:00Z"}
	{"event":"stop","phone":"+12125550100","channel":"sms","at":"2026-03-01T10:00:00Z"}
	X
	fu-ingest -q ev >out
	fu-privacy erase -q cy@x.example 2>out
	# Known, nobody yet, erased, bounced, in another spelling, by number.
	cat >again.csv <<-'X'
	Email,Phone,First Name,Status
	ANN@x.example,,Anna,active
	bo+news@x.example,,Bo,active
	Cy@X.example,,Cy,active
	di@x.example,,Di,active
	ok@x.example,,Ok,active
	,+12125550100,Eve,active
	X
	fu-ingest -n again.csv 2>err >out
	says '1 opted out before, and stay so: never written to'
	fu-ingest -v again.csv 2>err >out
	says '2 opted out before, and stay so: no mail goes there' \
	    '1 opted out before, and stay so: never written to' \
	    '1 erased before: never written to' \
	    '1 bounced before: no mail goes there' \
	    'again.csv:2: opted out before, and stays so' \
	    'again.csv:4: erased before, and stays so'
	[ "$(q "SELECT count(*) FROM suppression WHERE reason = 'lift'")" -eq 0 ]
	# A newer consent of theirs opens what they shut, so no more is said.
	echo '{"event":"consent","email":"ann@x.example","channel":"email","status":"granted","wording":"Mail me","method":"web_form","at":"2026-03-02T10:00:00Z"}' |
	    fu-ingest -q >out
	head -2 again.csv | fu-ingest 2>err >out
	run grep before err
	[ "$status" -eq 1 ]
}

@test "the summary says what a column shuts, and once" {
	cat >in.csv <<-'X'
	Email,Phone,Do Not Email,Do Not Call,SMS Opt Out,Do Not Contact
	a@x.example,+12125550101,yes,,,
	b@x.example,+12125550102,,yes,,
	c@x.example,+12125550103,,,yes,
	d@x.example,+12125550104,yes,yes,,
	e@x.example,+12125550105,,,,yes
	X
	for n in 1 2; do
		fu-ingest in.csv 2>err >out
		says '2 opted out: never written to' '1 opted out of mail: none goes there' \
		    '1 not to be called: no calls, no texts; mail goes on' \
		    '1 opted out of texts: none go there'
		run grep before err
		[ "$status" -eq 1 ]
	done
}

@test "a file that is not there is told, the others are read: 66" {
	printf 'Email;First Name\na@x.example;Ann\nx@;Bad\n' >semi.csv
	status=0
	fu-ingest nofile.csv semi.csv . -r rej 2>err >out || status=$?
	[ "$status" -eq 66 ]
	says 'nofile.csv: No such file or directory' '.: is a directory' \
	    '2 of 3 files could not be read; the rest is done'
	[ "$(sed -n 1p err)" = 'fu-ingest: nofile.csv: No such file or directory' ]
	[ "$(q 'SELECT email FROM prospect')" = a@x.example ]
	[ "$(jq -r .line rej)" = 3 ]
	[ "$(q "SELECT exit_status FROM run ORDER BY id DESC LIMIT 1")" -eq 66 ]
	# Of none that is there nothing is begun.
	q 'SELECT count(*) FROM run' >runs
	run fu-ingest nofile.csv nofile2.csv
	[ "$status" -eq 66 ]
	[ "${#lines[@]}" -eq 2 ]
	q 'SELECT count(*) FROM run' | diff runs -
	# Nor of one that rejects would be written over.
	run fu-ingest -r semi.csv nofile.csv semi.csv
	[ "$status" -eq 64 ]
}

@test "a budget: a currency's k is no thousand, and the country says what a point is" {
	cat >in.csv <<-'X'
	Email;Country;Budget
	a@x.example;SE;45 000 kr
	b@x.example;DE;€ 30.000
	c@x.example;Spain;30.000 €
	d@x.example;US;30.000
	e@x.example;IT;1.5k
	f@x.example;BR;R$ 1.250,00
	X
	fu-ingest -q in.csv >out
	[ "$(jq -r '.budget // "-"' out | paste -sd' ')" = "45000 30000 30000 - 1500 1250" ]
	# A number of JSON bears no thousands.
	echo '{"email":"g@x.example","country":"DE","budget":30.000}' | fu-ingest -q >out
	[ "$(sqlite3 fu.db "SELECT budget IS NULL FROM prospect WHERE email LIKE 'g@%'")" = 1 ]
}

@test "a DNC column of yes and no, or of when, is kept, and its yes closes calls and texts" {
	cat >in.csv <<-'X'
	Email,Phone,Country,DNC
	a@x.example,+12125550101,US,yes
	b@x.example,+12125550102,US,x
	c@x.example,+12125550103,US,2024-03-04
	d@x.example,+12125550104,US,no
	e@x.example,+12125550105,US,listed
	f@x.example,+12125550106,US,0
	g@x.example,+12125550107,US,03/04/2024
	h@x.example,+12125550108,US,TRUE
	i@x.example,+12125550109,US,perhaps
	X
	fu-ingest in.csv >out 2>err
	[ "$(jq -r '.dnc // "-"' out | paste -sd' ')" = "listed listed listed - listed - listed listed -" ]
	[ "$(sqlite3 fu.db 'SELECT count(*) FROM prospect WHERE optout & 32')" -eq 5 ]
	[ "$(sqlite3 fu.db 'SELECT count(DISTINCT subject) FROM suppression')" -eq 5 ]
	grep bad_word err
}

@test "opt-outs under other names: a yes shuts, a no does not, and a no to being welcome does" {
	while IFS='|' read -r header cell want; do
		n=$((n + 1))
		printf 'Email,%s\np%s@x.example,%s\n' "$header" "$n" "$cell" |
		    fu-ingest -q >out
		got=$(sqlite3 fu.db "SELECT optout FROM prospect ORDER BY id DESC LIMIT 1")
		[ "$got" = "$want" ] || { echo "$header, $cell: $got"; false; }
	done <<-'X'
	GDPR objection|yes|8
	Stop|1|8
	No Contact|x|8
	Exclude from mailings|yes|1
	Keine Werbung|ja|8
	Keine Werbung|nein|0
	E-Mail Sperre|x|1
	Abgemeldet|ja|1
	Newsletter abbestellt|ja|1
	Désinscrit|oui|1
	Désinscrit|non|0
	Accepts Marketing|no|1
	Accepts Marketing|yes|0
	Marketing consent|false|1
	Opted in to newsletter|no|1
	Stop date|2024-03-04|0
	Bus stop|yes|0
	Contact owner|x|0
	Email Permission Status|Opted out|1
	Email Permission Status|Granted|0
	Marketing Emails|No|1
	Newsletter|false|1
	Newsletter|weekly|0
	Member Status|cleaned|1
	Member Status|Responded|0
	Keine E-Mails|ja|1
	Keine Anrufe|ja|32
	No. of Emails|12|0
	X
}

@test "an id of Salesforce's shape is Salesforce's, a number is nobody's" {
	printf 'Lead ID,Email\n00Q5e00001AbCdE,a@x.example\n7,b@x.example\n' |
	    fu-ingest -q >out
	printf 'LeadId,Email\n00Q5e00001AbCdFEAU,c@x.example\n' | fu-ingest -q >out
	printf 'Id,Email\n0035e00001AbCdF,d@x.example\n' | fu-ingest -q >out
	printf 'Record ID,Email,Lifecycle Stage\n0035e00001AbCdF,e@x.example,Lead\n' | fu-ingest -q >out
	[ "$(sqlite3 fu.db "SELECT coalesce(external_system, '-') FROM prospect ORDER BY id" | paste -sd' ')" = \
	    "salesforce - salesforce salesforce hubspot" ]
}

# field HEADERS ROW MEMBER...: what those of the record are, blank between.
field() {
	local of=""
	printf '%s\n%s\n' "$1" "$2" | fu-ingest -q >out
	shift 2
	for m; do of="$of${of:+,}.$m"; done
	jq -r "[$of] | map(. // \"-\") | join(\" \")" out
}

@test "a salutation is no job title, and a job title beats a column called Title" {
	[ "$(field id,title,firstname,lastname,position,email '1,Mr,A,B,CTO,m@x.example' title first_name)" = "CTO A" ]
	[ "$(field 'Title,First Name,Job Title,E-mail Address,Business Country/Region' 'Dr.,A,,o@x.example,Germany' title country)" = "- DE" ]
	for word in Mrs Ms. Herr Frau M. Mme Sr. Sra.; do
		[ "$(field Email,Title "${word%.}@x.example,$word" title)" = - ]
	done
	[ "$(field Email,Title,Role 'r@x.example,CTO,user' title)" = CTO ]
}

@test "Email Permission and a no under dnc" {
	printf 'Email,Email Permission\np@x.example,No\n' | fu-ingest -q >out
	[ "$(q "SELECT channel FROM suppression")" = email ]
	[ "$(field Email,Phone,dnc 'd@x.example,+12125550142,0' dnc)" = - ]
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 1 ]
	field Email,Phone,dnc 'e@x.example,+12125550143,1' dnc
	[ "$(q 'SELECT count(*) FROM suppression')" -eq 4 ]
	[ "$(echo '{"email":"f@x.example","dnc":"clear"}' | fu-ingest -q | jq -r .dnc)" = clear ]
}

@test "an export of Zoho is none of HubSpot" {
	zoho='Record Id,Lead Owner,First Name,Last Name,Email,Lead Status,No. of Employees,Designation'
	[ "$(field "$zoho" 'zcrm_1,Ann,A,B,z@x.example,New,250,CTO' external_system company_size title)" = "zoho 250 CTO" ]
	[ "$(field 'Record ID,Email,Lifecycle Stage' 'zcrm_2,y@x.example,Lead' external_system)" = zoho ]
	[ "$(field 'Record ID,Email,Lifecycle Stage' '17,h@x.example,Lead' external_system)" = hubspot ]
}

@test "Sales Navigator scraped, Google Contacts, and headers in other languages" {
	[ "$(field 'firstName,lastName,fullName,title,companyName,companyUrl,linkedInProfileUrl,location,email' \
	    'A,B,A B,CTO,Acme,https://www.linkedin.com/company/acme,https://www.linkedin.com/in/ab,Rome,s@x.example' \
	    company linkedin website)" = "Acme https://www.linkedin.com/in/ab -" ]
	[ "$(field 'Given Name,Family Name,Organization Name,Organization Title,E-mail 1 - Value,Phone 1 - Value' \
	    'A,B,Acme,CTO,g@x.example,+12125550144' email phone company title last_name)" = \
	    "g@x.example +12125550144 Acme CTO B" ]
	[ "$(field Vorname,Nachname,Firma,Land,Telefon,Email 'A,B,Acme,Deutschland,030 901820,de@x.example' \
	    first_name last_name company country)" = "A B Acme DE" ]
	[ "$(field Prénom,Nom,Société,Pays,Courriel 'A,B,Acme,France,fr@x.example' first_name last_name company country email)" = \
	    "A B Acme FR fr@x.example" ]
	[ "$(field Nombre,Apellidos,Empresa,País,Correo 'A,B,Acme,Spain,es@x.example' first_name last_name company country email)" = \
	    "A B Acme ES es@x.example" ]
}

@test "customers and lost deals are sold to no more, until a rep enrols them" {
	# The middle one comes to it, the last is none.
	printf 'Email,Lifecycle Stage,Deal Stage\na@x.example,Customer,\nb@x.example,,Closed-Lost\nc@x.example,Lead,\nd@x.example,Customer success lead,\n' |
	    fu-ingest 2>err >out
	grep -F '2 won or lost by their stage (rules/stages.txt)' err
	printf 'Email,Lifecycle Stage\nc@x.example,customer\n' | fu-ingest 2>err >out
	grep -F '1 won or lost by their stage' err
	[ "$(q "SELECT coalesce(barred, '-') FROM standing ORDER BY prospect" | paste -sd' ')" = "won lost won -" ]
	# Said again it is nothing new, and undoes no rep's word.
	q "UPDATE standing SET barred = NULL"
	printf 'Email,Lifecycle Stage\nc@x.example,customer\n' | fu-ingest 2>err >out
	[ "$(q "SELECT count(*) FROM standing WHERE barred IS NOT NULL")" = 0 ]
	fu-log stage a@x.example to=Evangelist | fu-ingest -q >out
	[ "$(q "SELECT barred FROM standing WHERE prospect = 1")" = won ]
}

@test "an event of a kind that was misspelt is asked about, once a kind" {
	printf '{"event":"%s","email":"a@x.example","id":"%s"}\n' vist 1 vist 2 webinar 3 |
	    fu-ingest 2>err >out
	grep -F 'stdin:1: event vist: a kind of your own; did you mean visit?' err
	[ "$(grep -c 'kind of your own' err)" -eq 1 ]
}

@test "columns that are kept as they are are named once" {
	printf 'Email,Shoe Size,Pet\na@x.example,42,cat\n' | fu-ingest 2>err >out
	grep -F 'stdin: 2 columns kept under their own names: Shoe Size, Pet' err
	printf 'Email,A1,B1,C1,D1,E1,F1\na@x.example,1,2,3,4,5,6\n' | fu-ingest 2>err >out
	grep -F 'stdin: 6 columns kept under their own names: A1, B1, C1, D1, E1, …' err
}
