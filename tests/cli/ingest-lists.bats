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
