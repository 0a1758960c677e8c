#!/usr/bin/env bats
# Hand-offs into a CRM: the bodies of HubSpot, Salesforce and Pipedrive against
# what their vendors document, and how a webhook is asked, asked again and
# answered.
load scene

setup() {
	scene
	house h
	cd h || return
	unthrottled .
	sed -i '/^sample:/d' fu.yaml
	export FU_NOW=2026-03-02T15:00:00Z CRM_TOKEN=t0k3n CRM_SECRET=hush
	http_server crm
}

teardown() { kill "$httpd" 2>/dev/null || :; }

# crm TEMPLATE PATH [MORE]: where hand-offs go.
crm() {
	hand_off_to "{ via: webhook, url: \"http://127.0.0.1:$port$2\", template: $1${3:+, $3} }"
}
# asks MEMBERS: somebody comes in and asks for a human; the claimed hand-off.
asks() {
	{
		echo '{"email":"jo@acme.example","country":"US","source":"website","owner":"ada"'"${1:+,$1}"'}'
		echo '{"email":"jo@acme.example","event":"chat","from":"prospect","at":"'$FU_NOW'","text":"Could I talk to a person <b>please</b> & \"soon\"?"}'
	} | fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q
}
plain='"first_name":"Jordan","last_name":"Meyer","title":"VP of Sales","company":"Acme","phone":"+12125550100"'
# Quotes, line ends, a mention, tags, a backslash, an emoji: all in one name.
hostile='"first_name":"<!channel>","last_name":"O\"Neil \\ {{x}} 👋","title":"\"C\"EO & <b>","company":"A&B \"Ltd\" </script>"'
request() { sed -n "${1}p" crm/requests.ndjson; }
results() { jq -r '.result.status + " " + (.result.reason // "-")' "${1:-out}"; }
db() { sqlite3 fu.db "$1"; }

# What the vendors document: a line a member, with its type; ! is needed.
# Beside these nothing may be there.  "a.b" is b of the object a, "a[]" each
# item of the list a.
shape_hubspot_contact='
! inputs[].id string
! inputs[].properties object
  inputs[].idProperty string
  inputs[].properties.email string
  inputs[].properties.firstname string
  inputs[].properties.lastname string
  inputs[].properties.phone string
  inputs[].properties.jobtitle string
  inputs[].properties.company string
  inputs[].properties.country string'
shape_hubspot_task='
! properties.hs_timestamp time
  properties.hs_task_subject string
  properties.hs_task_body string
  properties.hs_task_status NOT_STARTED|COMPLETED
  properties.hs_task_priority LOW|MEDIUM|HIGH
  properties.hs_task_type EMAIL|CALL
  associations[].to.id string
  associations[].types[].associationCategory HUBSPOT_DEFINED
  associations[].types[].associationTypeId number'
shape_salesforce='
  allOrNone boolean
! compositeRequest[].method POST|PATCH
! compositeRequest[].url string
! compositeRequest[].referenceId string
  compositeRequest[].body object
  compositeRequest[].body.LastName string
  compositeRequest[].body.Company string
  compositeRequest[].body.FirstName string
  compositeRequest[].body.Email string
  compositeRequest[].body.Phone string
  compositeRequest[].body.Title string
  compositeRequest[].body.WhoId string
  compositeRequest[].body.Subject string
  compositeRequest[].body.ActivityDate day
  compositeRequest[].body.Status string
  compositeRequest[].body.Priority High|Normal|Low
  compositeRequest[].body.Description string'
shape_pipedrive_person='
! name string
  email[].value string
  email[].primary boolean
  email[].label work|home|other
  phone[].value string
  phone[].primary boolean
  phone[].label work|home|mobile|other'
shape_pipedrive_activity='
  subject string
  type string
  due_date day
  due_time minute
  note string
  done number
  person_id number'

# fits NAME FILE: is the JSON in FILE as the vendor documents it?
fits() {
	local shape=shape_${1//-/_}
	jq -r 'def name: map(if type == "number" then "[]" else "." + . end) |
	    join("")[1:];
	    paths as $p | getpath($p) as $v | select($p[-1] | type == "string") |
	    [($p | name), ($v | type), ($v | tostring | @json)] | @tsv' "$2" >members
	printf '%s\n' "${!shape}" | awk -v members=members '
	NF == 0 { next }
	{ needed = $1 == "!"; path = needed ? $2 : $1; kind[path] = needed ? $3 : $2; if (needed) must[path] = 1 }
	END {
		while ((getline line < members) > 0) {
			split(line, m, "\t")
			path = m[1]; type = m[2]; text = m[3]
			gsub(/^\\?"|\\?"$/, "", text)
			seen[path] = 1
			if (!(path in kind)) {
				if (type == "array" || type == "object") continue
				print path ": not documented"; continue
			}
			k = kind[path]
			if (k == "time") ok = text ~ /^[0-9-]+T[0-9:]+Z$/
			else if (k == "day") ok = text ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/
			else if (k == "minute") ok = text ~ /^[0-2][0-9]:[0-5][0-9]$/
			else if (k ~ /^(string|number|boolean|object)$/) ok = type == k
			else ok = ("|" k "|") ~ ("[|]" text "[|]")
			if (!ok) print path ": " type " " text ", and it is to be " k
		}
		for (path in must) if (!(path in seen)) print path ": is needed"
	}' >wrong
	[ ! -s wrong ] || fail "$1 is not as documented:" "$(cat wrong)" "$(cat "$2")"
}

bodies='hubspot-contact hubspot-task salesforce pipedrive-person pipedrive-activity'

@test "the check of shapes knows what is missing, too much and of another type" {
	echo '{"name":1,"email":[{"value":"a","primary":"yes","label":"car"}],"age":3}' >bad
	! fits pipedrive-person bad 2>said || fail "taken"
	says wrong 'name: number' 'email[].primary: string' 'email[].label' 'age: not documented'
	echo '{"email":[]}' >bad
	! fits pipedrive-person bad 2>said || fail "taken"
	says wrong 'name: is needed'
}

@test "each body of a CRM is as its vendor documents it, whoever it is about" {
	local name who
	crm hubspot-contact /
	for who in "$plain" "$hostile" "" '"first_name":"Jo"' '"last_name":"Meyer"'; do
		asks "$who" >fired
		for name in $bodies; do
			crm $name /
			fu-send -nv <fired 2>/dev/null | jq -j .result.text >body
			jq -e . body >/dev/null || fail "$name: no JSON for $who" "$(cat body)"
			fits $name body
		done
		rm fu.db* && fu-init -q . >/dev/null
	done
}

@test "hostile names arrive as they are" {
	crm hubspot-contact /
	asks "$hostile" >fired
	fu-send -nv <fired | jq -r .result.text >body
	is '<!channel>|O"Neil \ {{x}} 👋|"C"EO & <b>|A&B "Ltd" </script>' \
	    "$(jq -r '.inputs[0].properties | [.firstname, .lastname, .jobtitle, .company] | join("|")' body)"
	crm salesforce /
	fu-send -nv <fired | jq -r .result.text >body
	is 'A&B "Ltd" </script>' "$(jq -r '.compositeRequest[0].body.Company' body)"
	jq -e '.compositeRequest[1].body.Description | contains("a person <b>please</b> & \"soon\"?")' body
	# A note that is HTML has no tags of theirs.
	crm pipedrive-activity /
	fu-send -nv <fired | jq -r .result.text >body
	jq -e '.note | contains("&lt;b&gt;please&lt;/b&gt; &amp; &quot;soon&quot;?") and (contains("<b>") | not) and contains("<br>")' body
}

@test "words of theirs are no references to Salesforce" {
	crm salesforce /
	asks '"first_name":"Jo","last_name":"@{lead.id}","company":"@{@{x}}"' >fired
	fu-send -nv <fired | jq -r .result.text >body
	is '["@ {lead.id}","@ {@ {x}}","@{lead.id}"]' \
	    "$(jq -c '[.compositeRequest[0].body.LastName, .compositeRequest[0].body.Company, .compositeRequest[1].body.WhoId]' body)"
}

@test "a key that stands in fu.yaml is told by fu-lint" {
	crm hubspot-task / 'headers: { Authorization: "Bearer abc", X-Own: abc }'
	fu-lint >out 2>&1 || :
	is 1 "$(grep -c 'this header stands where everybody reads it' out)" "warnings" || fail "$(cat out)"
	crm hubspot-task / 'headers: { Authorization: "Bearer env:CRM_TOKEN" }'
	fu-lint >out 2>&1 || :
	! grep 'this header stands' out || fail "warned of env:"
}

@test "a person who came from a CRM is tied to what it has" {
	crm hubspot-task /
	asks "$plain"',"external_id":"4711","external_system":"hubspot"' >fired
	fu-send -nv <fired | jq -r .result.text >body
	fits hubspot-task body
	is '["4711",204]' "$(jq -c '[.associations[0].to.id, .associations[0].types[0].associationTypeId]' body)"
	rm fu.db* && fu-init -q . >/dev/null
	crm salesforce /
	asks "$plain"',"external_id":"00Q5g00000AbCdE","external_system":"salesforce"' >fired
	fu-send -nv <fired | jq -r .result.text >body
	fits salesforce body
	is '[1,"00Q5g00000AbCdE"]' "$(jq -c '[(.compositeRequest | length), .compositeRequest[0].body.WhoId]' body)"
	rm fu.db* && fu-init -q . >/dev/null
	crm pipedrive-activity /
	asks "$plain"',"external_id":"99","external_system":"pipedrive"' >fired
	fu-send -nv <fired | jq -r .result.text >body
	fits pipedrive-activity body
	is 99 "$(jq -c .person_id body)"
	# No number, so no bare one.
	rm fu.db* && fu-init -q . >/dev/null
	asks "$plain"',"external_id":"9,\"x\":1","external_system":"pipedrive"' >fired
	fu-send -nv <fired | jq -r .result.text | jq -e 'has("person_id") | not'
}

@test "path, headers and body arrive byte for byte" {
	local name path n=0
	while read -r name path; do
		n=$((n + 1))
		rm -f fu.db* && fu-init -q . >/dev/null
		crm $name "$path" 'headers: { Authorization: "Bearer env:CRM_TOKEN", x-api-token: env:CRM_TOKEN }'
		asks "$plain" >fired
		ends 0 fu-send <fired
		is "sent -" "$(results)" "$name"
		request $n >got
		is "POST $path" "$(jq -r '.method + " " + .path' got)"
		is "Bearer t0k3n|t0k3n|application/json; charset=utf-8" \
		    "$(jq -r '.headers | [.authorization, .["x-api-token"], .["content-type"]] | join("|")' got)"
		jq -j .body got >body
		same "$BATS_TEST_DIRNAME/crm/$name.json" body
		fits $name body
		! grep -r t0k3n out err || fail "the token is told"
	done <<-'END'
	hubspot-contact /crm/v3/objects/contacts/batch/upsert
	hubspot-task /crm/v3/objects/tasks
	salesforce /services/data/v59.0/composite/
	pipedrive-person /v1/persons
	pipedrive-activity /v1/activities
	END
	is 5 $n
}

@test "a webhook is signed anew and known again at each try" {
	local n t mac
	hand_off_to "{ via: webhook, url: \"http://127.0.0.1:$port/hook\", secret: env:CRM_SECRET }"
	asks "$plain" >fired
	printf '%s\n' '503 -' 'drop - -' '429 90' >crm/answers
	ends 0 fu-send <fired
	is "retry refused" "$(results)"
	for at in 15:00:30 15:01:30 15:03:30; do
		export FU_NOW=2026-03-02T${at}Z
		fu-due | ends 0 fu-send || :
	done
	is "sent -" "$(results)"
	is 4 "$(wc -l <crm/requests.ndjson)" "requests"
	is 1 "$(jq -r '.headers["x-fu-event-id"]' crm/requests.ndjson | sort -u | wc -l)" "event ids"
	for n in 1 4; do
		request $n >got
		t=$(jq -r '.headers["x-fu-signature"]' got | sed 's/^t=\([0-9]*\),.*/\1/')
		mac=$( (printf '%s.' "$t"; jq -j .body got) | openssl dgst -sha256 -hmac hush | sed 's/.* //')
		is "t=$t,v1=$mac" "$(jq -r '.headers["x-fu-signature"]' got)" "signature $n"
	done
	is "" "$(fu-due)" "nothing is left"
}

@test "a CRM that takes nothing and says 200 has refused" {
	crm salesforce /services/data/v59.0/composite/
	asks "$plain" >fired
	echo '200 - {"compositeResponse":[{"body":[{"errorCode":"PROCESSING_HALTED","message":"rolled back"}],"httpStatusCode":400,"referenceId":"lead"},{"body":[{"errorCode":"INVALID_FIELD","message":"no Fu_Id__c"}],"httpStatusCode":400,"referenceId":"task"}]}' >crm/answers
	ends 0 fu-send <fired
	is "failed refused" "$(results)"
	says err 'INVALID_FIELD' 'it goes to ada@example.com by mail'
}

@test "a template that is not there is told with line and column" {
	crm hubspot-contract /
	line=$(grep -n 'hubspot-contract' fu.yaml | cut -d: -f1)
	ends 78 fu-init --check
	says err "fu.yaml:$line:" 'no body "hubspot-contract" in ' 'did you mean hubspot-contact?'
	ends 78 fu-lint || ends 65 fu-lint || :
	grep -q "fu.yaml:$line:.*did you mean hubspot-contact?" out err || fail "fu-lint is silent" "$(cat out err)"
	asks "$plain" >fired
	ends 78 fu-send <fired
	says err "fu.yaml:$line:" 'template: hubspot-contract: '
	is "held configuration" "$(results)"
	crm ../fu /
	ends 78 fu-init --check
	says err '"../fu" is no name of a body'
	hand_off_to '{ via: email, template: webhook }'
	ends 78 fu-init --check
	says err 'template is for via: slack and via: webhook'
}

@test "a text that may be a stop: every shipped body that tells says so" {
	local file i=0
	for file in webhook hubspot-task pipedrive-activity salesforce; do
		i=$((i + 1))
		crm $file /crm
		{
			echo '{"email":"p'$i'@c'$i'.example","country":"US","source":"website","owner":"ada"}'
			echo '{"email":"p'$i'@c'$i'.example","event":"reply","at":"'$FU_NOW'","text":"cancel my 3pm meeting"}'
		} | fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q | ends 0 fu-send
		request $i | jq -r .body >body
		says body "This may ask us to stop: fu-handoff --release $i by "
	done
	hand_off_to '{ via: email }'
	{
		echo '{"email":"eve@e.example","country":"US","source":"website","owner":"ada"}'
		echo '{"email":"eve@e.example","event":"reply","at":"'$FU_NOW'","text":"cancel my 3pm meeting"}'
	} | fu-ingest -q | fu-score -q | fu-cadence -q | fu-handoff -q | ends 0 fu-send
	cat outbox/new/* | tr -d '\n' >mail
	says mail "This may ask us to stop"
}
