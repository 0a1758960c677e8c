#!/usr/bin/env bats
# fu-init: a directory that runs at once, never over anything, and its copies.
load scene

setup() { scene; }

@test "everything is made, the key for its owner alone, the crontab printed" {
	ends 0 fu-init -q house
	[ ! -s err ] || fail "$(cat err)"
	for file in fu.yaml scoring.yaml cadences/hot.yaml messages/hot-recap.md \
	    handoffs/email.md rules/competitors.txt kb/faq.md sample/leads.csv \
	    fu.key fu.db; do
		[ -s "house/$file" ] || fail "no $file"
	done
	is 600 "$(stat -c %a house/fu.key)" "mode of fu.key"
	is "$(cat <<-E
	PATH=$FU_BIN:/usr/local/bin:/usr/bin:/bin
	FU_DB=$PWD/house/fu.db
	FU_CONFIG=$PWD/house/fu.yaml
	*/5 * * * *  fu-score --changed | fu-cadence | fu-handoff | fu-send
	* * * * *    fu-due | fu-send
	0 5 * * *    fu-index -q
	# once answers come to a Maildir (fu-reply(1)):
	# */5 * * * *  fu-reply -q --newer 3d ~/Maildir | fu-ingest -q | fu-score | fu-cadence | fu-handoff | fu-send
	E
	)" "$(cat out)"
	cd house || return
	ends 0 fu-init --check
	is 32 "$(sqlite3 fu.db "SELECT length(value) FROM meta WHERE key = 'instance'")"
	is "" "$(sqlite3 fu.db "SELECT value FROM meta WHERE key = 'nature'")" "nature"
}

@test "what is there is kept, byte for byte, and said to be kept" {
	house h
	echo '# mine' >>h/fu.yaml
	rm h/kb/faq.md
	before=$(sha256sum h/fu.yaml h/fu.key h/fu.db)
	ends 0 fu-init h
	is "$before" "$(sha256sum h/fu.yaml h/fu.key h/fu.db)"
	[ -s h/kb/faq.md ] || fail "kb/faq.md was not made again"
	says err "1 made"
	is 2 "$(wc -l <err)" "lines, whatever was kept"
	ends 0 fu-init -v h
	says err "kept fu.yaml: it was there" "kept fu.key: it was there" "0 made"
	[ -z "$(find h -name '*.half')" ] || fail "$(find h -name '*.half')"
}

@test "FU_DB and FU_CONFIG say where, a directory operand outranks the latter" {
	mkdir data
	FU_DB=data/my.db FU_CONFIG=conf/fu.yaml ends 0 fu-init -q
	[ -s data/my.db ] && [ -s conf/fu.yaml ] && [ -s conf/fu.key ] ||
	    fail "$(find . -maxdepth 2)"
	says out "FU_DB=$PWD/data/my.db" "FU_CONFIG=$PWD/conf/fu.yaml"
	FU_CONFIG=conf/fu.yaml ends 0 fu-init -q other
	says out "FU_CONFIG=$PWD/other/fu.yaml" "FU_DB=$PWD/other/fu.db"
}

@test "templates that are not there: exit 66, and nothing made but the directory" {
	FU_TEMPLATES=/nowhere ends 66 fu-init h
	says err /nowhere/fu.yaml
	is "" "$(ls h)"
}

@test "a directory that cannot be made or written: exit 73" {
	echo text >file
	ends 73 fu-init file
	ends 73 fu-init no/such/parent
}

@test "--check tells of every fault, in every kind of file, exit 78" {
	house h
	cd h || return
	sed -i 's/score > 70/scre > 70/' cadences/hot.yaml
	sed -i 's/^limits:/limts:/' fu.yaml
	sed -i '0,/when: "seniority/s//when: "seniorty/' scoring.yaml
	rm messages/warm-open.md
	echo '{{#open' >>messages/hot-recap.md
	echo '{{/shut}}' >>handoffs/email.md
	echo 'no row' >>rules/states.txt
	chmod 644 fu.key
	ends 78 fu-init --check
	says err 'fu.yaml:' '"limts": did you mean "limits"?' \
	    'cadences/hot.yaml:' 'did you mean "score"?' \
	    'scoring.yaml:' 'did you mean "seniority"?' \
	    'there is no messages/warm-open.md' \
	    'messages/hot-recap.md:' 'handoffs/email.md:' 'rules/states.txt:' \
	    'fu.key: others may read it' '8 faults in '
	says err 'faults in fu.yaml, cadences/warm.yaml, scoring.yaml, cadences/hot.yaml'
	# Faults of others are not fu.yaml's.
	cd .. && house i && cd i || return
	sed -i 's/score > 70/scre > 70/' cadences/hot.yaml
	ends 78 fu-init --check
	says err 'fu-init: 1 fault in cadences/hot.yaml'
}

@test "--check looks at documents, subjects and what sample: true may not do" {
	house h
	cd h || return
	sed -i 's/^kind: .*/kind: case_stdy/' kb/case-finance.md
	sed -i '1,3{/^---/d}' kb/faq.md
	sed -i '/^subject:/d' messages/hot-recap.md
	sed -i 's/^  email: *{ via: outbox/  email: { via: smtp, url: "smtp:\/\/mx.example"/' fu.yaml
	sed -i '1a\  - [' kb/pricing.md
	ends 78 fu-init --check
	says err 'kb/case-finance.md:' 'did you mean "case_study"?' \
	    'messages/hot-recap.md: it has no "subject:"' 'cadences/hot.yaml:' \
	    'kb/pricing.md:' 'says `sample: true`'
}

@test "--check of a file that is not there: exit 66, named once" {
	ends 66 fu-init --check -c nope.yaml
	is "fu-init: nope.yaml: No such file or directory" "$(cat err)"
}

@test "a directory with a broken configuration gets no crontab" {
	house h
	sed -i 's/^limits:/limts:/' h/fu.yaml
	ends 78 fu-init h
	is "" "$(cat out)"
	says err 'fu.yaml:' '"limts": did you mean "limits"?' '--check'
}

@test "--adopt -n says what it would do, and does not" {
	house h
	cd h || return
	ends 0 fu-init --adopt -n
	says err "would be the living one"
	ends 0 fu-init --adopt
	says err "is the living one"
}

@test "--check tells what a law asks for, as fu-lint does" {
	house h
	cd h
	sed -i 's/next_review: 2027-01-10/next_review: 2026-02-01/' fu.yaml
	FU_NOW=2026-12-01T10:00Z ends 0 fu-init --check
	says err 'fu.yaml:86:68: warning: the assessment "lia-sample" was to be reviewed by 2026-02-01'
	says err 'everything runs with this configuration'
	! grep -q 'is in order' err || fail "$(cat err)"
}

@test "--check of a database that is named and is not there: exit 66" {
	house h
	cd h
	ends 66 fu-init -d /nope --check
	says err 'no database /nope: No such file or directory'
	FU_DB=gone.db ends 66 fu-init --check
	ends 0 fu-init -d "$PWD/fu.db" --check
	rm fu.db
	ends 0 fu-init --check
}

@test "--check without a fu.yaml: exit 78, and how to make one" {
	ends 78 fu-init --check
	says err 'make one with fu-init'
}

@test "--backup is a whole copy, and never over a file" {
	house h
	cd h || return
	fu-ingest -q sample/leads.csv >/dev/null 2>&1 || :
	ends 0 fu-init --backup copy.db
	is "$(sqlite3 fu.db .dump)" "$(sqlite3 copy.db .dump)"
	ends 73 fu-init --backup copy.db
	ends 66 fu-init -d none.db --backup other.db
	[ ! -e other.db ] || fail "other.db was made"
}

@test "--rehearse: the copy is written under --at, and is not the living one" {
	house h
	cd h || return
	fu-ingest -q sample/leads.csv >/dev/null 2>&1 || :
	FU_NOW=2026-03-02T15:00:00Z ends 64 fu-score -a
	ends 0 fu-init --rehearse trial.db
	FU_NOW=2026-03-02T15:00:00Z ends 0 fu-score -a -d trial.db
	is rehearsal "$(sqlite3 trial.db "SELECT value FROM meta WHERE key = 'nature'")"
	[ "$(sqlite3 fu.db "SELECT value FROM meta WHERE key = 'instance'")" != \
	    "$(sqlite3 trial.db "SELECT value FROM meta WHERE key = 'instance'")" ] ||
	    fail "one instance for two databases"
}

@test "--rehearse: all that the copy sends lies beside it, whatever the channels say" {
	house h
	unthrottled h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z
	leads 6 | fu-ingest -q >/dev/null
	fu-score -a | fu-cadence -q >/dev/null
	sed -i -e '/^sample:/d' -e 's/^  email: { via: outbox }/  email: { via: smtp, url: "smtp:\/\/mail.example.com:25", tls: none }/' fu.yaml
	ends 0 fu-init --rehearse trial.db
	says err 'trial.db: a rehearsal of'
	export FU_DB=$PWD/trial.db FU_NOW=2026-03-05T21:00:00Z
	ends 0 sh -c 'fu-due | fu-send >sent'
	[ -s sent ] || fail "nothing was due"
	is sent "$(jq -r .result.status sent | sort -u)" "results"
	is "$(wc -l <sent)" "$(find trial.outbox/new -type f | wc -l)" "mails beside the copy"
	[ ! -e outbox ] || fail "the living outbox was used:" "$(find outbox)"
}

@test "a database whose first run is told the time says that it is a rehearsal, once" {
	house h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z
	leads 1 >leads.csv
	ends 0 fu-ingest leads.csv
	says err "fu.db is a rehearsal from now on"
	ends 0 fu-score -a
	is "" "$(cat err)" "said again"
}

@test "one job at a time" {
	ends 64 fu-init --check --adopt
	ends 64 fu-init --check somewhere
	ends 64 fu-init one two
}

@test "installed under another prefix, it finds its own templates" {
	mkdir -p usr/bin usr/share/fu
	cp "$FU_BIN/fu-init" usr/bin
	cp -r "$FU_TEMPLATES" usr/share/fu/templates
	env -u FU_TEMPLATES usr/bin/fu-init -q h >out || fail "exit $?"
	[ -s h/fu.yaml ] || fail "no fu.yaml"
	says out "PATH=$PWD/usr/bin:"
}

@test "-n makes nothing, and says what it goes with" {
	run -64 fu-init -n dry
	[[ $output == *"-n goes with --adopt"* ]] || fail "$output"
	[ ! -e dry ] || fail "made"
}

@test "a directory that is named is meant, whatever FU_DB says" {
	FU_DB=/nowhere/fu.db ends 0 fu-init st
	says err "FU_DB names /nowhere/fu.db; this makes st/fu.db"
	[ -s st/fu.db ] || fail "no database"
	says out "FU_DB=$PWD/st/fu.db"
}
