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
