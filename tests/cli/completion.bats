#!/usr/bin/env bats
# Completion for bash, zsh and fish: every program, every option that it has,
# and the names of cadences, facts and the like where they fit.
load scene

setup() {
	scene
	made=$(cd "$FU_BIN/../completion" && pwd)
	house h
	cd h
}

# completes WORD...: what bash offers for the last word, a line each.
completes() {
	bash --norc -c '
		source "$0" || exit 1
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
		COMP_POINT=${#COMP_LINE}
		_fu 2>&1
		[ "${#COMPREPLY[@]}" -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"' \
	    "$made/bash" "$@"
}

# Long options of a help, but for examples of pipelines.
of_help() {
	"$1" --help | grep -v '^  fu-' | grep -oE '(^|[^a-z-])--[a-z][a-z-]+' |
	    sed 's/^[^-]*//' | sort -u
}

@test "bash: every option of every program's --help, and none that the program does not know" {
	for program in $(programs); do
		completes "$program" -- >all
		# Of a short option that --help tells of there is the long one, too.
		is "" "$(of_help "$program" | comm -23 - <(sort all) | xargs)" "$program lacks"
		while read -r option; do
			# --help behind it ends all that is understood.
			"$program" "$option" 1 --help >said 2>&1 </dev/null || :
			! grep -q "unrecognized option '$option" said ||
			    fail "$program does not know $option"
		done <all
		is "$(sort all | xargs)" "$(completes fu "${program#fu-}" -- | sort | xargs)" "fu ${program#fu-}"
	done
}

@test "bash: programs and pages behind fu" {
	is "$(printf '%s\n' help $(programs | sed 's/^fu-//') | sort | xargs)" \
	    "$(completes fu '' | sort | xargs)"
	is "score search send stats" "$(completes fu s | sort | xargs)"
	is "score search send stats" "$(completes fu help s | sort | xargs)"
	is "--help" "$(completes fu --h)"
}

@test "bash: names of cadences, facts, senders and events, as they are here" {
	is "cold enterprise hot post-demo warm" "$(completes fu-cadence --cadence '' | sort | xargs)"
	is "hot" "$(completes fu cadence -n --cadence h)"
	is "hot" "$(completes fu-cadence --cadence = h)"
	sed 's/^cadence: hot/cadence: hotter/' cadences/hot.yaml >cadences/x.yaml
	is "hot hotter" "$(completes fu-cadence --cadence h | sort | xargs)"
	is "seniority" "$(completes fu-list senio)"
	is "visits,seniority" "$(completes fu-list --facts visits,senio)"
	is "visits,replies,seniority" "$(completes fu fit --without = visits,replies,senio)"
	is "ada alan" "$(completes fu-handoff --owner a | sort | xargs)"
	is "meeting message" "$(completes fu-log me | sort | xargs)"
	# Of the configuration that the line names; nothing, quietly, of none.
	cd ..
	is "" "$(completes fu-cadence -c none.yaml --cadence h)"
	is "hot hotter" "$(completes fu-cadence -c h/fu.yaml --cadence h | sort | xargs)"
}

@test "bash: words of a choice, files, and nothing where only the user knows" {
	is "csv ndjson tsv" "$(completes fu-ingest -f '' | sort | xargs)"
	is "ymd" "$(completes fu-ingest --date-order = y)"
	is "whatsapp" "$(completes fu-hook w)"
	is "export erase purge verify" "$(completes fu-privacy '' | xargs)"
	is "fu.yaml" "$(completes fu-send -c fu.y)"
	is "fu.db" "$(completes fu-score -d fu.d)"
	: >'my leads.csv'
	is "my leads.csv" "$(completes fu-ingest 'my l')"
	is "" "$(completes fu-score '')"
	is "" "$(completes fu-due --at '')"
	is "--changed" "$(completes fu-score -n --ch)"
}

@test "bash itself: keys pressed at a prompt" {
	cat >keys.py <<-'E'
	import os, pty, select, sys, time

	made, want, keys = sys.argv[1], sys.argv[2].encode(), sys.argv[3]
	pid, fd = pty.fork()
	if pid == 0:
	    os.environ["TERM"] = "dumb"
	    os.environ["PS1"] = "> "
	    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
	seen = b""


	def wait_for(what):
	    global seen
	    end = time.monotonic() + 30
	    while what not in seen and time.monotonic() < end:
	        if select.select([fd], [], [], 0.2)[0]:
	            seen += os.read(fd, 4096)
	    return what in seen


	os.write(fd, f"source '{made}'; echo REA''DY\n".encode())
	ready = wait_for(b"READY")
	seen = b""
	os.write(fd, keys.encode() + b"\t")
	found = ready and wait_for(want)
	os.write(fd, b"\x15exit\n")
	print(seen.decode(errors="replace"))
	sys.exit(0 if found else 1)
	E
	python3 keys.py "$made/bash" "fu-cadence --cadence enterprise" \
	    "fu-cadence --cadence ent" >seen || fail "$(cat -v seen)"
	python3 keys.py "$made/bash" "fu-list --facts=visits,seniority" \
	    "fu-list --facts=visits,senio" >seen || fail "$(cat -v seen)"
	python3 keys.py "$made/bash" "fu handoff" "fu han" >seen || fail "$(cat -v seen)"
}

@test "zsh: the file is one, and has every program and option" {
	for program in $(programs); do
		grep -q "^    $program) _arguments" "$made/zsh" || fail "$program is not in it"
		head -1 "$made/zsh" | grep -qw -- "$program" || fail "#compdef lacks $program"
		for option in $(of_help "$program"); do
			sed -n "/^    $program)/,/;;\$/p" "$made/zsh" |
			    grep -q -- "\*$option[=[]" || fail "$program lacks $option"
		done
	done
	command -v zsh >/dev/null || skip "zsh is not installed: not read by it"
	zsh -n "$made/zsh"
}

@test "fish: the file is one, and completes" {
	for program in $(programs); do
		for option in $(of_help "$program"); do
			grep -q "^complete -c $program -l ${option#--}\( \|\$\)" "$made/fish" ||
			    fail "$program lacks $option"
		done
	done
	command -v fish >/dev/null || skip "fish is not installed: not read by it"
	export HOME=$PWD
	fish -n "$made/fish"
	is "hot" "$(fish -c "source $made/fish; complete -C 'fu-cadence --cadence h'" | cut -f1)"
	is "visits,seniority" "$(fish -c "source $made/fish; complete -C 'fu list --facts visits,senio'" | cut -f1)"
	is "score search send stats" "$(fish -c "source $made/fish; complete -C 'fu s'" | sort | xargs)"
}

@test "make install puts them where the shells look, and uninstall takes them away" {
	cd "$root"
	B=$(dirname "$FU_BIN") dest=$BATS_TEST_TMPDIR/dest
	# The PREFIX that is compiled in: another would build all anew.
	prefix=$(cat "$B/prefix")
	make -s install B="$B" DESTDIR="$dest" PREFIX="$prefix" >/dev/null ||
	    fail "make install"
	share=$dest$prefix/share
	for program in fu $(programs); do
		same "$made/bash" "$share/bash-completion/completions/$program"
		same "$made/fish" "$share/fish/vendor_completions.d/$program.fish"
	done
	same "$made/zsh" "$share/zsh/site-functions/_fu"
	make -s uninstall B="$B" DESTDIR="$dest" PREFIX="$prefix" >/dev/null
	is "" "$(find "$dest" ! -type d)"
}

@test "fu --names: lists for completion, and the kinds that there are" {
	ends 0 fu --names channels
	is "email sms whatsapp chat task" "$(xargs <out)"
	ends 0 fu --names programs
	is "$(programs | sed 's/^fu-//' | sort | xargs)" "$(sort out | xargs)"
	ends 0 fu --names messages
	is "$(cd messages && ls *.md | sed 's/\.md$//' | xargs)" "$(xargs <out)"
	ends 64 fu --names nothing
	says err 'no names of "nothing"' facts
	echo 'company: [' >broken.yaml
	ends 0 fu -c broken.yaml --names cadences
	[ ! -s err ] || fail "$(cat err)"
}
