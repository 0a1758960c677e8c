#!/usr/bin/env bats
# fu-report: one page that needs nothing but itself, and names nobody.
load scene

setup() {
	scene
	house h
	cd h || return
	export FU_NOW=2026-03-02T15:00:00Z
	python3 "$root/tests/bench/history.py" fu.db 600 6
}

# The page as an XML parser sees it: every element is closed, every id is one.
well_formed() {
	python3 - "$1" <<'P'
import sys
from html.parser import HTMLParser
VOID = {"meta", "br", "rect", "path"}
class Check(HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.ids, self.refs, self.tags = [], set(), [], []
    def handle_starttag(self, tag, attrs):
        d = dict(attrs)
        self.tags.append((tag, d))
        if "id" in d:
            assert d["id"] not in self.ids, d["id"]
            self.ids.add(d["id"])
        self.refs += d.get("aria-labelledby", "").split()
        if tag not in VOID:
            self.stack.append(tag)
    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
    def handle_endtag(self, tag):
        assert self.stack.pop() == tag, (tag, self.getpos())
p = Check()
p.feed(open(sys.argv[1], encoding="utf-8").read())
assert not p.stack, p.stack
assert set(p.refs) <= p.ids
for tag, d in p.tags:
    assert tag not in ("script", "link", "img", "iframe", "object"), tag
    assert not any(a in d for a in ("src", "href", "style", "onclick")), d
    if tag == "svg":
        assert d.get("role") == "img" and d.get("aria-labelledby")
n = sum(t == "svg" for t, _ in p.tags)
assert n == sum(t == "title" for t, _ in p.tags) - 1 == sum(t == "desc" for t, _ in p.tags)
print(n)
P
}

@test "one page: no script, nothing fetched, small, each chart with its table" {
	ends 0 fu-report
	is "<!DOCTYPE html>" "$(head -1 out)"
	[ "$(wc -c <out)" -lt 300000 ] || fail "$(wc -c <out) bytes"
	is 12 "$(well_formed out)"
	[ "$(grep -c '<table>' out)" -gt 20 ]
	! grep -nE '<script|http:|https:|url\(|@import|<link' out || fail "fetched"
	says out "prefers-color-scheme:dark" "@media print" "<caption>" \
	    'scope="col"' "default-src 'none'" "reference: mail alone" \
	    "30 days, from entry"
}

@test "the figures are those of fu-stats" {
	ends 0 fu-stats --json funnel reply_rate
	n=$(jq -r 'select(.by.level == "4 replied") |
	    "\(.n)</td><td>\(.of)</td>"' out)
	rate=$(jq -r 'select(.by == {"channel":"email"}) |
	    "\(.n)</td><td>\(.of)</td>"' out)
	ends 0 fu-report
	says out "replied</th><td>$n" "email</th><td>$rate"
}

@test "nobody is named, unless it is asked for" {
	ends 0 fu-report
	sed '1,/<.style>/d' out >body
	! grep -nwE 'ada|ben|moon|SAP|acme|Thank' body || fail "named"
	! grep -n '@' body || fail "an address"
	says out "sender 1" "sender 2" "in words of one&#39;s own"
	ends 0 fu-report --names
	says out ">ada<" "Is it on the moon?"
	! grep -n 'p1@\|acme' out || fail "an address"
	ends 0 fu-report --where "email = 'p1@acme.example'"
	! grep -n 'acme' out || fail "an address in the condition"
	says out "a condition"
}

@test "what is not text is made text" {
	sqlite3 fu.db "UPDATE touch SET step = '<b>\"&''' WHERE step = 'warm-case'"
	ends 0 fu-report
	says out "&lt;b&gt;&quot;&amp;&#39;"
	is 12 "$(well_formed out)"
}

@test "-o: aside, then in its place; what is there is kept when it fails" {
	ends 0 fu-report -o page.html
	[ ! -s out ] && [ -s page.html ]
	is "" "$(ls | grep 'page.html.')"
	is 644 "$(umask 022; fu-report -o p.html; stat -c %a p.html)"
	ends 0 fu-report
	same out page.html
	ends 73 fu-report -o no/page.html
	echo old >kept.html
	ends 66 fu-report -d none.db -o kept.html
	is old "$(cat kept.html)"
	ends 64 fu-report operand
	ends 64 fu-report --since yesterday
}

@test "nothing yet: a page all the same" {
	cd .. && house empty && cd empty
	ends 0 fu-report
	says out "Nothing of it was seen" "nothing yet"
	is 0 "$(well_formed out)"
}

@test "a browser shows it whole, light, dark and narrow" {
	browser=$(command -v chromium || command -v chromium-browser ||
	    command -v google-chrome) || skip "no chromium"
	ends 0 fu-report -o page.html
	for width in 360 1000; do
		"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars \
		    --user-data-dir="$PWD/cr" --window-size=$width,900 \
		    --screenshot="$PWD/$width.png" "file://$PWD/page.html" >log 2>&1 ||
		    fail "$(tail -5 log)"
		[ "$(stat -c %s "$width.png")" -gt 10000 ]
	done
	"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/cr" \
	    --blink-settings=preferredColorScheme=0 --window-size=1000,900 \
	    --screenshot="$PWD/dark.png" "file://$PWD/page.html" >log 2>&1
	! cmp -s dark.png 1000.png || fail "dark is as light"
	"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/cr" \
	    --print-to-pdf="$PWD/page.pdf" "file://$PWD/page.html" >log 2>&1
	pdftotext -layout page.pdf - | grep -q "Calibration of the score"
}

@test "fu-due --plan --html: the coming weeks as a calendar, of the same touches" {
	cd .. && house plan && cd plan
	leads 40 | fu-ingest -q | fu-score -q | fu-cadence -q >/dev/null
	ends 0 fu-due --plan 45d
	cp out plan
	n=$(jq -s 'map(select(.on == null)) | length' plan)
	[ "$n" -gt 20 ] || fail "$n planned"
	ends 0 fu-due --plan 45d --html
	is 0 "$(well_formed out)"
	says out "2026-03-02 to 2026-04-16: $n touches" "waits for a visit" \
	    "site_return" 'class="cal"'
	! grep -nE 'p1@|c1\.example|P1\b' out || fail "named"
	# What the cells say, day by day, is what the records say.
	jq -r 'select(.on == null) | [.due_local[0:10], .channel, .step] |
	    @tsv' plan | sort | uniq -c | awk '{ print $1, $3, $4 }' | sort >want
	grep -o '<span[^>]*>[0-9,]* × [a-z]* [a-z-]*' out |
	    sed 's/.*>//; s/ ×//' | sort >got
	same want got
	ends 64 fu-due --html
	ends 64 fu-due --plan 45d --html -t
}
