# What these files share: where the programs are, a house to run them in, and
# how a failure is told.  `load scene`, then `scene` in setup().

# Programs in PATH, templates for fu-init, nothing of the caller's environment,
# and an empty directory to stand in.
scene() {
	root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	FU_BIN=$(cd "${FU_BIN:-$root/build/bin}" && pwd)
	export FU_BIN FU_TEMPLATES=${FU_TEMPLATES:-$root/templates}
	export PATH=$FU_BIN:$PATH LC_ALL=C.UTF-8 TZ=UTC
	export FU_STATE=$BATS_TEST_TMPDIR/state
	unset FU_DB FU_CONFIG FU_NOW FU_INSTANCE NO_COLOR
	mkdir -p "$BATS_TEST_TMPDIR/scene"
	cd "$BATS_TEST_TMPDIR/scene" || return
}

# house NAME: what fu-init makes, in a directory of that name.
house() {
	mkdir -p "$1" && (cd "$1" && fu-init) >"$1.init" 2>&1 ||
	    fail "fu-init in $1: $(cat "$1.init")"
}

# Senders who need no pause between two messages: the clock stands still.
unthrottled() {
	sed -i -e 's/gap: 90s/gap: 0/' -e 's/cap: { day: [0-9]* }/cap: { day: 10000 }/' "$1/fu.yaml"
}

# leads N [FIRST]: N people of as many companies, as CSV; every third has
# what the warm band asks for, a student among seven.
leads() {
	local i n=${2:-1}
	echo "Email,First Name,Last Name,Job Title,Company Name,Industry,Number of Employees,Country/Region,State/Region,Budget,Timeline,Source,Basis,Subscriber,Job Fit,Collected,Collected At,Interest"
	for ((i = n; i < n + $1; i++)); do
		if ((i % 7 == 6)); then
			echo "p$i@c$i.example,P$i,Lead,Student,,,,United States,New York,,,website,li,corporate,true,direct,2026-01-20,"
		elif ((i % 3 == 0)); then
			echo "p$i@c$i.example,P$i,Lead,Sales Manager,C$i,Software,90,United States,New York,6000,,webinar,li,corporate,true,direct,2026-01-20,quotes"
		else
			echo "p$i@c$i.example,P$i,Lead,VP Sales,C$i,Software,240,United States,New York,36000,4 months,webinar,li,corporate,true,direct,2026-01-20,routing"
		fi
	done
}

fail() {
	printf '%s\n' "$@" >&2
	return 1
}

# same EXPECTED-FILE GOT-FILE [WHAT]: the same bytes, or the difference.
same() {
	cmp -s "$1" "$2" ||
	    fail "${3:-$2}: not the same (expected -, got +):" \
	    "$(diff -u "$1" "$2" | head -40)"
}

# is EXPECTED GOT [WHAT]
is() {
	[ "$1" = "$2" ] || fail "${3:-value}" "expected: $1" "     got: $2"
}

# ends STATUS COMMAND...: that exit status; out and err hold what it said.
ends() {
	local want=$1 got=0
	shift
	"$@" >out 2>err || got=$?
	[ "$got" -eq "$want" ] ||
	    fail "$*" "expected exit status $want, got $got" "$(cat err)"
}

# says FILE TEXT...: each text is in the file.
says() {
	local file=$1 text
	shift
	for text; do
		grep -qF -- "$text" "$file" ||
		    fail "$file does not say: $text" "$(cat "$file")"
	done
}

# The programs that are built, a line each.
programs() {
	(cd "$FU_BIN" && ls | grep '^fu-')
}

# until_true SECONDS COMMAND...: wait for an event by looking for it.
until_true() {
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		((SECONDS < end)) || return 1
		read -rt 0.01 <> <(:) || :
	done
}

# hand_off_to DESTINATION...: the list of handoff.to in ./fu.yaml.
hand_off_to() {
	local list
	list=$(printf '%s, ' "$@")
	awk -v to="  to: [ ${list%, } ]" '
	/^[a-z]/ { in_it = /^handoff:/; done = 0 }
	in_it && !done && /^  to:/ { print to; skip = done = 1; next }
	skip && /^    / { next }
	{ skip = 0; print }' fu.yaml >fu.yaml.new && mv fu.yaml.new fu.yaml
}

# http_server DIR: tests/httpd.py with its files in DIR; its pid in $httpd, its
# port in $port.
http_server() {
	mkdir -p "$1"
	python3 "$root/tests/httpd.py" --dir "$PWD/$1" --idle 60 >"$1/port" 3>&- &
	httpd=$!
	until_true 20 test -s "$1/port" || fail "no server"
	port=$(cat "$1/port")
}
