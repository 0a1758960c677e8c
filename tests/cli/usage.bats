#!/usr/bin/env bats
# What every program answers to --help, to -V and to what it does not know.
load scene

setup() { scene; }

@test "every program is there" {
	for program in fu-init fu-ingest fu-score fu-cadence fu-due fu-send \
	    fu-handoff fu-reply fu-hook fu-log fu-list fu-lint fu-why \
	    fu-privacy fu-report fu-stats fu-fit; do
		[ -x "$FU_BIN/$program" ] || fail "$program is not built"
	done
	[ -x "$FU_BIN/fu" ] || fail "fu is not built"
}

@test "--help: standard output, at most 24 lines of at most 80 columns, exit 0" {
	for program in $(programs); do
		for option in --help -h; do
			ends 0 "$program" $option
			[ ! -s err ] || fail "$program $option: on standard error:" "$(cat err)"
			[ "$(wc -l <out)" -le 24 ] ||
			    fail "$program $option: $(wc -l <out) lines"
			[ -s out ] || fail "$program $option says nothing"
			says out "usage: $program"
			! grep -nE '.{81,}' out || fail "$program $option: too wide"
		done
	done
}

@test "-V and --version: the program, the toolkit and its version" {
	for program in $(programs); do
		for option in -V --version; do
			ends 0 "$program" $option
			is "$program (fu) $(cat "$root/VERSION")" "$(cat out)"
			[ ! -s err ] || fail "$program $option: $(cat err)"
		done
	done
}

@test "an unknown option: one line, the way to the help, exit 64" {
	for program in $(programs); do
		for option in --no-such-thing -Z; do
			ends 64 "$program" $option </dev/null
			[ ! -s out ] || fail "$program $option: $(cat out)"
			is "try $program --help" "$(sed -n '$s/^[^:]*: //p' err)" "$program $option: last line"
			is 2 "$(wc -l <err)" "$program $option: lines"
			is 2 "$(grep -c "^$program: " err)" "$program $option: lines that name the program"
			grep -qF -- "${option#-}" err ||
			    grep -q 'unknown option' err ||
			    fail "$program $option: which one?" "$(cat err)"
		done
	done
}

@test "an option without its value: exit 64" {
	for program in $(programs); do
		for option in --at -d; do
			ends 64 "$program" $option </dev/null
			says err "$program: " "try $program --help"
		done
	done
}

@test "a clock that is none: exit 64, and the text is shown" {
	for program in $(programs); do
		ends 64 "$program" --at yesterday </dev/null
		says err "yesterday" "try $program --help"
		FU_NOW=soon ends 64 "$program" </dev/null
		says err "soon"
	done
}

@test "an extra operand: exit 64 where none is taken" {
	house h; cd h || return
	ends 64 fu-due extra
	says err extra "try fu-due --help"
	ends 64 fu-send extra </dev/null
	says err extra "try fu-send --help"
	ends 64 fu-due --plan 3d one two
	says err two
}

@test "a person whom nobody knows: said, and not passed over" {
	house h; cd h || return
	for program in fu-score fu-cadence; do
		ends 1 "$program" nobody@x.example
		says err nobody@x.example
	done
}

@test "help that nobody can read is no success" {
	[ -w /dev/full ] || skip "no /dev/full"
	for program in $(programs); do
		status=0
		"$program" --help >/dev/full 2>err || status=$?
		[ "$status" -ne 0 ] || fail "$program --help >/dev/full: exit 0"
	done
}

@test "fu runs the programs by their names" {
	ends 0 fu score --help
	says out "usage: fu-score"
	ends 0 fu help
	for program in "$FU_BIN"/fu-*; do
		says out "$(basename "$program") "
	done
	ends 64 fu no-such-program
	says err no-such-program
}
