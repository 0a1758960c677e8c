#!/usr/bin/env bats
# A real Postfix on loopback: what it refuses at once, what it puts off, and what
# it takes and sends back, all the way to the ledger.
load ../cli/scene

at=2026-03-06T15:00:00Z

setup() {
	scene
	postfix=$(command -v postfix || echo /usr/sbin/postfix)
	[ -x "$postfix" ] || skip "no postfix"
	[ "$(id -u)" -eq 0 ] || skip "postfix needs root"
	PATH=$PATH:/usr/sbin
	house h
	cd h || return
	unthrottled .
	relay
}

teardown() { [ ! -d pf/etc ] || "$postfix" -c "$PWD/pf/etc" stop 2>/dev/null || :; }

# relay: Postfix with a configuration of its own.  It knows some addresses to be
# gone and puts one off; another it takes and finds gone afterwards; what it
# sends back to bounce.example.com lies in a Maildir.
relay() {
	local d=$PWD/pf port=$((20000 + RANDOM % 20000)) service
	mkdir -p pf/etc pf/spool pf/data pf/mail
	chown postfix pf/data
	chown nobody pf/mail
	# Its daemons run as others than root.
	while [ "$d" != / ]; do chmod go+x "$d"; d=$(dirname "$d"); done
	d=$PWD/pf
	cat >pf/etc/main.cf <<-X
	compatibility_level = 3.6
	queue_directory = $d/spool
	data_directory = $d/data
	command_directory = /usr/sbin
	daemon_directory = $(postconf -d -h daemon_directory)
	mail_owner = postfix
	setgid_group = postdrop
	myhostname = relay.example
	mydestination =
	mynetworks = 127.0.0.0/8
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	maillog_file = $d/log
	maillog_file_prefixes = $d
	alias_maps =
	local_recipient_maps =
	smtpd_reject_unlisted_recipient = no
	smtpd_recipient_restrictions = check_recipient_access inline:{ {gone@c2.example = 550 5.1.1 no such user here} {grey@c3.example = 450 4.7.1 greylisted} {spam@c4.example = 550 5.7.1 blocked by policy} }, permit_mynetworks, reject
	transport_maps = inline:{ {late@c5.example = error:5.1.1 the mailbox is gone} }
	default_transport = discard:
	virtual_mailbox_domains = bounce.example.com
	virtual_mailbox_base = $d/mail
	virtual_mailbox_maps = static:all/
	virtual_minimum_uid = 1
	virtual_uid_maps = static:$(id -u nobody)
	virtual_gid_maps = static:$(id -g nobody)
	X
	{
		echo "127.0.0.1:$port inet n - n - - smtpd"
		echo "cleanup unix n - n - 0 cleanup"
		echo "qmgr unix n - n 300 1 qmgr"
		for service in rewrite:-:trivial-rewrite bounce:0 \
		    defer:0:bounce trace:0:bounce verify:1 proxymap:- proxywrite:1:proxymap \
		    error:- retry:-:error discard:- anvil:1 scache:1; do
			IFS=: read -r name max program <<<"$service"
			echo "$name unix - - n - $max ${program:-$name}"
		done
		echo "virtual unix - n n - - virtual"
		echo "postlog unix-dgram n - n - 1 postlogd"
	} >pf/etc/master.cf
	"$postfix" -c "$d/etc" start 3>&- 2>pf/start || skip "postfix does not start: $(cat pf/start)"
	until_true 20 bash -c "exec 4<>/dev/tcp/127.0.0.1/$port" || fail "$(cat pf/log)"
	sed -i -e '/^sample:/d' -e "s|^  email: { via: outbox }|  email: { via: smtp, url: \"smtp://127.0.0.1:$port\", tls: none, bounce_domain: bounce.example.com }|" fu.yaml
}

people() {
	local name n=0
	for name; do
		n=$((n + 1))
		printf '{"email":"%s@c%d.example","first_name":"P","country":"US","region":"NY","source":"web","basis":"consent","collected":"direct"}\n' "$name" $n
	done | fu-ingest -q --at 2026-03-02T15:00:00Z |
	    fu-score -q --at 2026-03-02T15:00:00Z |
	    fu-cadence -q --cadence warm --at 2026-03-02T15:00:00Z >/dev/null
}
db() { sqlite3 fu.db "$1"; }

@test "a real Postfix: refused, put off, blocked, taken, and sent back" {
	people ok gone grey spam late
	fu-due -q --at $at >claimed
	fu-send --at $at <claimed >out 2>err || fail "$(cat err)" "$(tail -20 pf/log)"
	cat >want <<-'E'
	gone failed hard_bounce
	grey retry refused
	late sent -
	ok sent -
	spam held domain_paused
	E
	jq -r '(.email | split("@")[0]) + " " + .result.status + " " + (.result.reason // "-")' out | sort >got
	same want got
	[ -n "$(db "SELECT relay_id FROM touch WHERE address = 'ok@c1.example' AND sent_us IS NOT NULL")" ] ||
	    fail "the relay's id is not kept"
	is "c4.example|policy" "$(db 'SELECT domain, reason FROM paused_domain')"
	is 1 "$(db "SELECT count(*) FROM suppression WHERE reason = 'hard_bounce'")" "gone"
	# What it took and could not deliver comes back, and is known by its return path.
	until_true 100 bash -c 'ls pf/mail/all/new/* >/dev/null 2>&1' || fail "nothing came back: $(cat pf/log)"
	fu-reply -q pf/mail/all >events
	is "bounce late@c5.example 5.1.1 true" "$(jq -r '"\(.event) \(.email) \(.status) \(.hard)"' events)"
	is "$(db "SELECT id FROM touch WHERE address = 'late@c5.example' AND sent_us IS NOT NULL")" \
	    "$(jq .touch events)" "whose"
	# Postfix has the machine's clock; the rehearsal has its own.
	jq -c --arg at 2026-03-06T15:01:00Z '.at = $at' events |
	    fu-ingest -q --at 2026-03-06T15:05:00Z >/dev/null
	is 2 "$(db "SELECT count(*) FROM suppression WHERE reason = 'hard_bounce'")" "late, too"
	is hard_bounce "$(db "SELECT reason FROM enrolment WHERE prospect = 5")"
}
