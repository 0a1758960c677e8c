#!/usr/bin/env bats
# The widget and a rep's page in headless Chromium: tests/web/widget.py, a test
# of it each.  Skipped where there is no Chromium.

setup() {
	root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	command -v chromedriver >/dev/null || skip "no chromedriver"
}

look() {
	python3 "$root/tests/web/widget.py" "$1" 3>&- || return 1
}

@test "the widget is 15 KB at most as it goes over the wire" {
	look small
}

@test "first visit: disclosure, question, cited answer, typed script stays text" {
	look talk
}

@test "asked once, yes and no alike; known again after a reload, and not without" {
	look consent
}

@test "two seconds and an input; pushState counts, a reload does not; banner's word" {
	look visits
}

@test "downloads, demo clicks and forms that are marked are reported" {
	look marked
}

@test "Sec-GPC: nothing is stored, nobody is followed, and the chat still answers" {
	look gpc
}

@test "by keyboard alone, named for a screen reader, on a phone too" {
	look keyboard
}

@test "a lost connection is told, what was written is kept, and it recovers" {
	look lost
}

@test "on another site than fu-web, with third-party cookies blocked" {
	look elsewhere
}

@test "a rep's words from a terminal are there within a second" {
	look words
}

@test "hand-off fires once, its alert has a link; accept, answer live, release" {
	look rep
}

@test "a browser without hands that opens every link of a mail is no return and no click" {
	look scanner
}


@test "an address that is typed is confirmed by the mail's link, in that browser alone" {
	look confirm
}
