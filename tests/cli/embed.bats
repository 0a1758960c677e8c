#!/usr/bin/env bats
# fu.yaml's embed: the vectors of a server in the place of those learned here.
load scene

setup() {
	scene
	house h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z KEY=sesame
	# What came with the house goes.
	fu-index -q --remove '*'
	python3 "$root/tests/embedd.py" --dir e >port 3>&- &
	server=$!
	for _ in $(seq 100); do [ -s port ] && break; sleep 0.05; done
	echo "embed: { url: \"http://127.0.0.1:$(cat port)/v1\", model: tiny, key: env:KEY }" >>fu.yaml
	mkdir docs
	# A hundred and more, so that meaning counts.
	for i in $(seq 110); do
		printf '# Note %s\n\nNothing that matters stands in note %s of many.\n' "$i" "$i" >"docs/note$i.md"
	done
	printf '# The vehicle\n\nIt has four wheels.\n' >docs/vehicle.md
	printf '# Drinks\n\nServed cold.\n' >docs/drinks.md
}

teardown() {
	kill "$server" 2>/dev/null || true
}

@test "its vectors are asked for, in batches, and find what shares no word" {
	ends 0 fu-index docs
	says err "112 passages have a vector of the embedder's"
	is '["/v1/embeddings","Bearer sesame","tiny",1]' "$(head -1 e/requests.ndjson | jq -c '[.path,.authorization,.model,.n]')"
	is 16 "$(jq -s 'map(.n) | max' e/requests.ndjson)"
	is vehicle.md "$(fu-search 'an automobile' | jq -r '.hits[0].doc')"
	ends 1 fu-search --by words 'an automobile'
	# A second run asks for nothing, one more document for one.
	wc -l <e/requests.ndjson >n
	ends 0 fu-index docs
	is "$(cat n)" "$(wc -l <e/requests.ndjson)"
	printf '# Beverages\n\nA beverage.\n' >docs/more.md
	ends 0 fu-index docs
	says err "1 passages have a vector"
	is 1 "$(tail -1 e/requests.ndjson | jq .n)"
}

@test "an embedder that does not answer: words are found, the rest comes later" {
	mkdir -p e
	echo "500 sorry" >e/fail
	ends 75 fu-index docs
	says err "answered 500: sorry"
	is 112 "$(fu-index --list | wc -l)"
	ends 0 fu-search vehicle
	rm e/fail
	ends 0 fu-index docs
	says err "112 passages have a vector"
	echo "401 who are you" >e/fail
	ends 0 fu-search 'the vehicle'
	says err "answered 401"
	says err "found by words alone"
	is vehicle.md "$(jq -r '.hits[0].doc' out)"
}

@test "answers that are no vectors are refused" {
	mkdir -p e
	for bad in 'no json' '{}' '{"data":[]}' '{"data":[{"embedding":[]}]}' \
	    '{"data":[{"embedding":["x"]}]}' '{"data":[{"embedding":[1e99]}]}' \
	    '{"data":[{"index":7,"embedding":[1]}]}' '{"data":[7]}'; do
		echo "200 $bad" >e/fail
		ends 69 fu-index docs
		says err "gave no vectors"
	done
}

@test "without it again, meaning is learned here" {
	fu-index -q docs
	sed -i '/^embed:/d' fu.yaml
	ends 0 fu-search vehicle
	ends 0 fu-index docs
	is "" "$(sqlite3 fu.db "SELECT embedder FROM basis WHERE embedder IS NOT NULL")"
}

@test "a rehearsal tells no stranger of its texts" {
	# The first person decides that it is one.
	echo '{"email":"ann@x.example"}' | fu-ingest -q >/dev/null
	sed -i '/^embed:/d' fu.yaml
	echo 'embed: { url: "https://embed.example/v1" }' >>fu.yaml
	ends 0 fu-index docs
	says err "a rehearsal tells nobody of its texts"
}
