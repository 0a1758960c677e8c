#!/usr/bin/env bats
# fu-index: files into the knowledge base.
load scene

setup() {
	scene
	house h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z
	# What came with the house goes.
	fu-index -q --remove '*'
	mkdir docs
	printf -- '---\nkind: pricing\nlanguage: en\nurl: https://x.example/p\n---\n# What it costs\n\nA seat costs nine euros.\n\n## Discounts\n\nTen seats cost a tenth less, %s.\n' \
	    'and schools pay half of it, and whoever pays for a year at once pays for eleven months of it, and whoever writes about us in public gets a month for nothing, once, on the day on which it was written and seen' >docs/price.md
	printf 'Opening hours\n\nWe are there from nine to five.\n' >docs/hours.txt
}

# Everything that is searched, without ids.
base() {
	sqlite3 fu.db "SELECT d.root, d.path, d.version, d.kind, d.title, d.url,
	    d.front, p.chunk, p.heading, p.hash, p.text, hex(p.sketch),
	    (SELECT count(*) FROM passage_index i WHERE i.passage = p.id)
	    FROM document d JOIN passage p ON p.document = d.id
	    ORDER BY 1, 2, p.chunk"
}

docs() {
	fu-index --list | jq -r .doc | xargs
}

@test "a directory: documents, passages, front matter; twice the same" {
	ends 0 fu-index docs
	says err "2 new, 0 changed, 0 as they were, 0 gone: 2 documents with 2 passages"
	[ ! -s out ]
	is '["hours.txt","h/docs",null,"hours.txt","en"] ["price.md","h/docs","https://x.example/p","What it costs","en"]' \
	    "$(fu-index --list | jq -c '[.doc,("h/"+.root),.url,.title,.language]' | xargs -d'\n')"
	base >one
	ends 0 fu-index docs
	says err "0 new, 0 changed, 2 as they were"
	base | same one - "the second run"
	is "A seat costs nine euros." "$(fu-search discounts | jq -r '.hits[0].text' | head -1)"
	is "Discounts" "$(fu-search discounts | jq -r '.hits[0].text' | sed -n 2p)" "a short section goes on with the next"
}

@test "questions: of front matter are searched, never shown" {
	{ printf -- '---\nkind: faq\nquestions:\n- Is there a rebate for kindergartens\n- "Do kindergartens pay less?"\n---\n# Discounts\n\n'
	  echo 'Schools pay half.'; printf '\n## Years\n\n'
	  for i in $(seq 60); do echo "Who pays for $i years at once gets some of them for nothing, too."; done
	} >docs/discount.md
	fu-index -q docs
	ends 0 fu-search -a -k 9 'rebate for kindergartens'
	is discount.md "$(jq -r '.hits[0].doc' out)"
	is true "$(jq '[.hits[] | select(.doc == "discount.md")] | length > 1' out)" "every passage of it"
	is true "$(jq '.hits[0].answerable >= 0.5' out)"
	is 0 "$(sqlite3 fu.db "SELECT count(*) FROM passage WHERE text LIKE '%indergarten%'")"
	# The same text without them is as long, and has the same sketch.
	own="SELECT i.length, hex(p.sketch), p.text FROM passage p
	    JOIN passage_index i ON i.passage = p.id JOIN document d
	    ON d.id = p.document WHERE d.path = 'discount.md' ORDER BY p.chunk"
	sqlite3 fu.db "$own" >with
	sed -i '/indergarten/d; /^questions/d' docs/discount.md
	fu-index -q docs
	sqlite3 fu.db "$own" | same with - "without questions"
	ends 1 fu-search --by words 'kindergartens'
}

@test "questions: that are too many or too long are told of with their line" {
	{ printf -- '---\nkind: faq\nquestions:\n'; for i in $(seq 51); do echo "- q$i"; done; printf -- '---\n# T\n\nText.\n'; } >docs/many.md
	ends 65 fu-index docs
	says err "docs/many.md: 4:1: 51 questions: a document has 50 at most"
}

@test "without operands it is the directory that fu.yaml names" {
	ends 0 fu-index
	is "$(find kb -name '*.md' | wc -l)" "$(fu-index --list | wc -l)"
	is kb "$(fu-index --list | jq -r .root | sort -u)"
}

@test "a changed file is replaced, a deleted one goes, a new one comes" {
	fu-index -q docs
	before=$(sqlite3 fu.db "SELECT id FROM document WHERE path = 'hours.txt'")
	sed -i 's/nine euros/nine florins/' docs/price.md
	echo 'A third text.' >docs/third.md
	ends 0 fu-index docs
	says err "1 new, 1 changed, 1 as they were, 0 gone"
	is "$before" "$(sqlite3 fu.db "SELECT id FROM document WHERE path = 'hours.txt'")"
	ends 1 fu-search --by words euros
	ends 0 fu-search --by words florins
	rm docs/hours.txt
	ends 0 fu-index docs
	says err "0 new, 0 changed, 2 as they were, 1 gone"
	is "price.md third.md" "$(docs)"
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM passage_index WHERE passage NOT IN (SELECT id FROM passage)')"
}

@test "a file, a directory in a root, and a root above it" {
	mkdir docs/sub
	echo 'Deep down.' >docs/sub/deep.md
	fu-index -q docs
	sed -i 's/Deep/Deeper/' docs/sub/deep.md
	sed -i 's/nine/eight/' docs/price.md
	ends 0 fu-index docs/sub
	says err "0 new, 1 changed, 0 as they were, 0 gone: 3 documents"
	ends 0 fu-index docs/price.md
	says err "0 new, 1 changed"
	rm docs/sub/deep.md
	ends 0 fu-index docs/sub/deep.md
	says err "1 gone: 2 documents"
	mkdir outer && mv docs outer/
	fu-index -q outer/docs
	ends 0 fu-index outer
	says err "2 new, 0 changed, 0 as they were, 2 gone"
}

@test "a project that is moved is the same project" {
	fu-index -q docs
	cd ..
	mv h g
	cd g || return
	ends 0 fu-index docs
	says err "0 new, 0 changed, 2 as they were, 0 gone"
}

@test "what cannot be read is told, rejected, and stays as it was" {
	fu-index -q docs
	printf -- '---\npublished: someday\n---\nText\n' >docs/price.md
	printf 'bin\0ary' >docs/binary.txt
	printf 'caf\351 au lait\n' >docs/latin.txt
	printf 'caf\351\n' >docs/latin.md
	: >docs/empty.md
	printf '%%PDF-1.4 no' >docs/broken.pdf
	ends 65 fu-index -r rej docs
	says err "docs/price.md:"
	says err "binary.txt: is no text"
	says err "latin.md"
	says err "2 new, 0 changed, 1 as they were, 0 gone, 4 not read"
	is "binary.txt broken.pdf latin.md price.md" "$(jq -r .source rej | xargs -n1 basename | sort | xargs)"
	ends 0 fu-search --by words "nine euros"
	is latin.txt "$(fu-search café | jq -r '.hits[0].doc')"
}

@test "an unreadable file, and paths that are not there" {
	[ "$(id -u)" -ne 0 ] || skip "root may read everything"
	chmod 0 docs/hours.txt
	ends 65 fu-index docs
	says err "hours.txt"
}

@test "a path that is not there changes nothing" {
	fu-index -q docs
	ends 66 fu-index docs nowhere
	says err nowhere
	is "hours.txt price.md" "$(docs)"
	ends 66 fu-index fu.db
	ends 66 fu-index -d none.db docs
}

@test "--remove by name, directory and glob; -n changes nothing" {
	fu-index -q docs kb
	ends 0 fu-index -n --remove 'event-*'
	ends 0 fu-index --remove 'event-*' price.md
	is 0 "$(fu-index --list | jq -r .doc | grep -c '^event-\|^price.md' || true)"
	ends 1 fu-index --remove 'event-*'
	says err "no document is known as event-*"
	ends 0 fu-index --remove docs
	is kb "$(fu-index --list | jq -r .root | sort -u)"
	ends 0 fu-index -n docs
	says err "2 new"
	is kb "$(fu-index --list | jq -r .root | sort -u)"
}

@test "kinds and base_url; another kinds: reads again" {
	mkdir -p docs/blog
	echo 'About cranes.' >docs/blog/cranes.md
	printf '%s\n' "kinds: { 'blog/*': article }" "base_url: https://x.example" >>fu.yaml
	fu-index -q docs
	is '"article" "https://x.example/blog/cranes.md"' "$(fu-search cranes | jq -c '.hits[0]|.kind,.url' | xargs -d'\n')"
	sed -i "s/: article/: case_study/" fu.yaml
	ends 0 fu-index docs
	is case_study "$(fu-search cranes | jq -r '.hits[0].kind')"
	sed -i "s/: case_study/: novel/" fu.yaml
	ends 78 fu-index docs
	says err "novel"
}

# page N: of a site whose frame is made of divisions.
page() {
	printf '<!DOCTYPE html><html lang="en"><head><title>Page %s | Acme</title><style>p{x:y}</style></head><body>' "$1"
	printf '<header><a href=/>Acme home</a></header><nav>Menu here</nav><div class=top>Call us on 555 0100</div>'
	printf '<h1>About %s</h1><p>This page is about %s &amp; nothing else.</p>' "$1" "$1"
	printf '<div>Subscribe to our letter</div><footer>Imprint</footer><script>var zebra = "<p>no</p>";</script></body></html>'
}

@test "a copy of a site: what stands on every page is dropped" {
	mkdir -p www/a
	for i in cranes boats tents ropes; do page $i >www/a/$i.html; done
	page sails >www/a/sails
	echo 'p { color: red }' >www/a/style.css
	printf '%s\n' 'base_url: https://acme.example/' >>fu.yaml
	ends 0 fu-index www
	says err "5 new"
	is 'This page is about cranes & nothing else.' "$(fu-search cranes | jq -r '.hits[0].text')"
	is '"About cranes" "https://acme.example/a/cranes.html"' "$(fu-search cranes | jq -c '.hits[0]|.title,.url' | xargs -d'\n')"
	ends 1 fu-search --by words zebra imprint menu subscribe call
	# One more page changes no other.
	page masts >www/a/masts.html
	ends 0 fu-index www
	says err "1 new, 0 changed, 5 as they were"
}

@test "a frame that comes to be one has its pages read again" {
	mkdir www
	for i in cranes boats; do page $i >www/$i.html; done
	fu-index -q www
	ends 0 fu-search --by words subscribe
	for i in tents ropes; do page $i >www/$i.html; done
	ends 0 fu-index www
	says err "2 new, 2 changed"
	ends 1 fu-search --by words subscribe
}

@test "PDF, where pdftotext is" {
	[ -x /usr/bin/pdftotext ] || skip "no pdftotext"
	{
		printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n'
		printf '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
		printf '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n'
		printf '4 0 obj<</Length 50>>stream\nBT /F 12 Tf 20 200 Td (Warranty of ten years) Tj ET\nendstream endobj\n'
		printf '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n'
	} >docs/warranty.pdf
	fu-index -q docs
	is "warranty.pdf" "$(fu-search warranty | jq -r '.hits[0].doc')"
	is "Warranty of ten years" "$(fu-search warranty | jq -r '.hits[0].text')"
}

# many N: as many documents of sixty words that somebody could have written.
many() {
	awk -v n="$1" 'BEGIN {
		srand(3)
		split("crane boat tent rope sail mast anchor deck harbour storm wind" \
		    " tide port ship sailor captain compass chart lantern oar", w, " ")
		for (i = 0; i < n; i++) {
			f = sprintf("many/%04d.md", i)
			printf "# %s %s %d\n\nWe say of it:", w[i % 20 + 1], w[int(i / 20) % 20 + 1], i >f
			for (k = 0; k < 60; k++) printf " %s", w[(i % 20 + int(rand() * 4)) % 20 + 1] >f
			print "." >f
			close(f)
		}
	}'
}

@test "from a hundred passages on it learns, and again when a tenth is new" {
	mkdir many
	many 120
	ends 0 fu-index many
	says err "was learned anew, in "
	sqlite3 fu.db "SELECT hex(vector) FROM passage_index ORDER BY passage" >one
	rm -f fu.db*
	house again && cp again/fu.db fu.db
	fu-index -q --remove '*'
	fu-index -q many
	sqlite3 fu.db "SELECT hex(vector) FROM passage_index ORDER BY passage" | same one - "learned twice"
	# One more is folded in: the others keep their vectors.
	echo 'A crane on a boat in a storm.' >many/more.md
	ends 0 fu-index many
	says err "1 new"
	[ "$(grep -c 'learned anew' err || true)" = 0 ] || fail "$(cat err)"
	sqlite3 fu.db "SELECT hex(vector) FROM passage_index ORDER BY passage" >two
	is 121 "$(grep -c . two)"
	head -120 two | same one - "those that were there"
	many 140
	ends 0 fu-index many
	says err "learned anew"
}

@test "Ctrl-C: what was read is kept, the next run does the rest" {
	mkdir many
	many 1500
	fu-index -q many &
	pid=$!
	for _ in $(seq 400); do
		[ "$(sqlite3 fu.db 'SELECT count(*) FROM document')" -gt 0 ] && break
		sleep 0.01
	done
	kill -INT $pid
	wait $pid || true
	is 0 "$(sqlite3 fu.db 'SELECT count(*) FROM document d WHERE d.passages <>
	    (SELECT count(*) FROM passage p WHERE p.document = d.id)')" "half of a document"
	ends 0 fu-index many
	says err "1500 documents with 1500 passages"
}

@test "searching goes on while it is indexed, and finds old or new" {
	mkdir many
	many 300
	fu-index -q many docs
	sed -i 's/nine euros/nine pounds/' docs/price.md
	for f in many/*.md; do echo 'And more of it.' >>"$f"; done
	fu-index -q many docs &
	pid=$!
	while kill -0 $pid 2>/dev/null; do
		fu-search -k 1 'seat nine' >hit || fail "nothing was found"
		jq -e '.hits[0].doc == "price.md"' hit >/dev/null || fail "$(cat hit)"
	done
	wait $pid
	says hit '"hits"'
	fu-search -k 1 'seat nine pounds' >hit
	says hit "nine pounds"
}

@test "usage" {
	ends 64 fu-index --list --remove x
	ends 64 fu-index --list x
	ends 64 fu-index --remove
	ends 1 fu-index --list
}
