-- The first schema.  Times are microseconds since the epoch, UTC, in INTEGER;
-- NULL is never.  JSON is TEXT.  A table that belongs to a person has the key
-- (prospect, id); ids are drawn from the table `counter`.

-- What the database says of itself: instance, nature (live, rehearsal), and
-- so on.
CREATE TABLE meta (
	key	TEXT NOT NULL PRIMARY KEY,
	value	TEXT NOT NULL
) STRICT;

CREATE TABLE counter (
	name	TEXT NOT NULL PRIMARY KEY,
	next	INTEGER NOT NULL
) STRICT;
INSERT INTO counter VALUES ('prospect', 1), ('event', 1), ('batch', 1),
	('run', 1), ('row', 1), ('send', 0), ('ledger', 1), ('document', 1),
	('passage', 1), ('term', 0);

-- One row a run of a program.
CREATE TABLE run (
	id		INTEGER NOT NULL PRIMARY KEY,
	program		TEXT NOT NULL,
	started_us	INTEGER NOT NULL,
	ended_us	INTEGER,
	records_read	INTEGER NOT NULL DEFAULT 0,
	written		INTEGER NOT NULL DEFAULT 0,
	rejected	INTEGER NOT NULL DEFAULT 0,
	exit_status	INTEGER,
	config		TEXT			-- version hash of the files used
) STRICT;
CREATE INDEX run_program ON run (program, started_us);

-- Where data came from: one row an imported file or stream.
CREATE TABLE batch (
	id		INTEGER NOT NULL PRIMARY KEY,
	run		INTEGER NOT NULL,
	name		TEXT NOT NULL,		-- file name, "stdin"
	at_us		INTEGER NOT NULL
) STRICT;

CREATE TABLE prospect (
	id		INTEGER NOT NULL PRIMARY KEY,
	email		TEXT,
	phone		TEXT,
	external_system	TEXT,
	external_id	TEXT,
	visitor		TEXT,
	first_name	TEXT,
	last_name	TEXT,
	title		TEXT,
	company		TEXT,
	industry	TEXT,
	company_size	TEXT,
	country		TEXT,
	region		TEXT,
	city		TEXT,
	tz		TEXT,
	language	TEXT,
	budget		TEXT,
	timeline	TEXT,
	interest	TEXT,
	segment		TEXT,
	owner		TEXT,
	source		TEXT,
	stage		TEXT,
	website		TEXT,
	linkedin	TEXT,
	basis		TEXT,
	subscriber	TEXT,
	job_fit		TEXT,
	collected	TEXT,
	collected_at	TEXT,
	notice_at	TEXT,
	dnc		TEXT,
	dnc_checked_at	TEXT,
	reassigned_checked_at TEXT,
	sale_at		TEXT,
	optout_offered	TEXT,
	prefers		TEXT,
	imported_score	TEXT,			-- the record's own "score"
	attrs		TEXT,			-- custom members, a JSON object
	company_domain	TEXT,
	batch		INTEGER NOT NULL,	-- that made the row,
	fields		INTEGER NOT NULL,	-- and the fields it gave, bit i = field i
	known_us	INTEGER NOT NULL,	-- since when we know them
	timeline_us	INTEGER,		-- when the timeline was stated
	-- Opt-outs of whatever address they have or get; a ratchet.
	optout		INTEGER NOT NULL DEFAULT 0,	-- bits FU_OUT_*
	optout_us	INTEGER			-- the newest of them
) STRICT;

-- How it stands with a person: what jobs and events change often, beside the
-- record, which is wide and seldom changes.  Every prospect has a row.
CREATE TABLE standing (
	prospect	INTEGER NOT NULL PRIMARY KEY,
	-- work to do: each job remembers the news that it has seen
	news		INTEGER NOT NULL DEFAULT 1,
	done_score	INTEGER NOT NULL DEFAULT 0,
	done_cadence	INTEGER NOT NULL DEFAULT 0,
	done_handoff	INTEGER NOT NULL DEFAULT 0,
	rescore_at	INTEGER,
	-- the score
	score		INTEGER,
	previous_score	INTEGER,
	band		TEXT,
	factors		TEXT,			-- JSON array
	scored_us	INTEGER,
	first_scored_us	INTEGER,
	-- what makes touches wait
	reply_pending_us INTEGER,		-- since
	-- since a text that may be a stop waits for a person to say so
	doubt_us	INTEGER,
	human_us	INTEGER,		-- since a rep has the conversation
	human_by	TEXT,
	-- the sender whose first message it was that left: theirs, unless an
	-- owner is said
	written_by	TEXT,
	handoff_open	INTEGER,		-- the open episode,
	handoff_until_us INTEGER,		-- and when its respond_by passes
	ooo_until_us	INTEGER,
	-- what hand-offs have used
	evidence_us	INTEGER,		-- evidence must be newer
	score_fired	INTEGER NOT NULL DEFAULT 0,
	title_used	INTEGER NOT NULL DEFAULT 0,
	return_used_us	INTEGER,		-- newest return a cadence used
	-- barred from every cadence until a rep enrols: won, lost, stopped
	barred		TEXT,
	last_inbound_us	INTEGER,
	last_inbound_chat_us INTEGER,
	last_inbound_wa_us INTEGER
) STRICT;
CREATE INDEX standing_lag ON standing (prospect)
	WHERE news > done_score OR news > done_cadence OR news > done_handoff;
CREATE INDEX standing_doubt ON standing (doubt_us)
	WHERE doubt_us IS NOT NULL;
CREATE INDEX standing_rescore ON standing (rescore_at)
	WHERE rescore_at IS NOT NULL;

-- By what a person is known.  kind: 1 email (comparison key), 2 phone (E.164),
-- 3 external id ("system:id"), 4 visitor; 5 the company's domain, which many
-- share.
CREATE TABLE identity (
	kind		INTEGER NOT NULL,
	value		TEXT NOT NULL,
	prospect	INTEGER NOT NULL,
	more		INTEGER NOT NULL,	-- 0: surely in the row's own columns
	PRIMARY KEY (kind, value, prospect)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_prospect ON identity (prospect)
	WHERE more = 1;

-- Identities of people just made by a bulk load, in the order of their
-- making: a commit of random keys into the great table would write a page for
-- each.  They are sorted in some 300,000 at a time; what a killed run has left
-- here counts, and the next run sorts it in.
CREATE TABLE identity_run (
	run		INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE TABLE identity_fresh (
	run		INTEGER NOT NULL,
	kind		INTEGER NOT NULL,
	value		TEXT NOT NULL,
	prospect	INTEGER NOT NULL,
	PRIMARY KEY (run, kind, value, prospect)
) STRICT, WITHOUT ROWID;

-- Later batches that gave fields of a person.
CREATE TABLE provenance (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	batch		INTEGER NOT NULL,
	fields		INTEGER NOT NULL,
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;

-- A merged id resolves for ever.
CREATE TABLE alias (
	old		INTEGER NOT NULL PRIMARY KEY,
	prospect	INTEGER NOT NULL,
	at_us		INTEGER NOT NULL,
	reason		TEXT NOT NULL
) STRICT;
CREATE INDEX alias_prospect ON alias (prospect);

CREATE TABLE event (
	prospect	INTEGER NOT NULL,	-- 0: of an address that is nobody's
	id		INTEGER NOT NULL,
	kind		TEXT NOT NULL,
	at_us		INTEGER NOT NULL,
	received_us	INTEGER NOT NULL,
	batch		INTEGER,
	dedup		INTEGER NOT NULL,
	channel		TEXT,
	who		INTEGER NOT NULL DEFAULT 0, -- enum fu_from
	arg		TEXT,
	text		TEXT,
	signals		TEXT,
	touch		INTEGER,
	body		TEXT,
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX event_dedup ON event (prospect, dedup);

-- Consent and suppression, append only.  subject is a keyed hash, never an
-- address; chain is SHA-256 over the previous chain and this row.
CREATE TABLE ledger (
	seq		INTEGER NOT NULL PRIMARY KEY,
	at_us		INTEGER NOT NULL,
	recorded_us	INTEGER NOT NULL,
	prospect	INTEGER NOT NULL,
	subject		TEXT NOT NULL,
	channel		TEXT NOT NULL,		-- "all" or one
	event		TEXT NOT NULL,		-- suppress, lift, consent
	status		TEXT,			-- granted, pending, revoked
	reason		TEXT NOT NULL,
	rule		TEXT NOT NULL,
	purpose		TEXT,
	basis		TEXT,
	scope		TEXT,
	source		TEXT,
	evidence	TEXT,			-- hash of the wording or message
	-- JSON: what a consent carries (complete, written, seller, page, ...,
	-- implied, expires); until when a suppression lasts, if not for good
	detail		TEXT,
	actor		TEXT NOT NULL,
	chain		BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_subject ON ledger (subject);
CREATE INDEX ledger_prospect ON ledger (prospect);
CREATE INDEX ledger_evidence ON ledger (evidence)
	WHERE evidence IS NOT NULL;

-- What consents were given to, in full, each text once.  Outlives the people:
-- it is proof until five years after the last use of the last such consent.
CREATE TABLE wording (
	hash		TEXT NOT NULL PRIMARY KEY,	-- SHA-256, hex
	text		TEXT,			-- NULL: it named who was erased
	used_us		INTEGER NOT NULL	-- last use by people who are gone
) STRICT, WITHOUT ROWID;

-- The fold of the ledger's suppressions, for one look-up a touch.
CREATE TABLE suppression (
	subject		TEXT NOT NULL,
	channel		TEXT NOT NULL,		-- "all" or one
	reason		TEXT NOT NULL,
	rule		TEXT NOT NULL,
	at_us		INTEGER NOT NULL,
	until_us	INTEGER,
	seq		INTEGER NOT NULL,
	PRIMARY KEY (subject, channel, reason)
) STRICT, WITHOUT ROWID;

-- And of its consents: the newest of each channel.
CREATE TABLE consent (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	channel		TEXT NOT NULL,
	status		TEXT NOT NULL,
	at_us		INTEGER NOT NULL,
	complete	INTEGER NOT NULL,
	implied		TEXT,
	expires_us	INTEGER,
	seq		INTEGER NOT NULL,
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX consent_channel ON consent (prospect, channel);

CREATE TABLE enrolment (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	cadence		TEXT NOT NULL,
	version		TEXT NOT NULL,
	active		INTEGER NOT NULL,
	entered_us	INTEGER NOT NULL,
	anchor_us	INTEGER NOT NULL,
	return_us	INTEGER,
	shift_days	INTEGER NOT NULL DEFAULT 0,
	paused_us	INTEGER,
	holdout		INTEGER NOT NULL DEFAULT 0,
	ended_us	INTEGER,
	reason		TEXT,
	score		INTEGER,		-- at entry
	told		INTEGER NOT NULL DEFAULT 0, -- fu-cadence has said its end
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;
-- One active cadence a person, whoever runs at once.
CREATE UNIQUE INDEX enrolment_active ON enrolment (prospect)
	WHERE active = 1;

CREATE TABLE touch (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	enrolment	INTEGER NOT NULL,
	cadence		TEXT NOT NULL,
	line		TEXT NOT NULL,
	step		TEXT NOT NULL,
	occurrence	INTEGER NOT NULL,
	day		INTEGER NOT NULL,
	channel		TEXT NOT NULL,
	message		TEXT NOT NULL,
	state		INTEGER NOT NULL,	-- enum fu_touch_state
	due_us		INTEGER NOT NULL,
	expires_us	INTEGER NOT NULL,
	becomes		TEXT,			-- chat that turns into another channel,
	becomes_us	INTEGER,		-- from then
	rotated		TEXT,			-- insight kind whose turn it is
	next_us		INTEGER,		-- looked at again; NULL: not by time
	held_class	TEXT,
	held_reason	TEXT,
	held_rule	TEXT,
	held_detail	TEXT,			-- names what is unknown
	held_until_us	INTEGER,
	claim		TEXT,
	lease_us	INTEGER,
	sender		TEXT,
	attempts	INTEGER NOT NULL DEFAULT 0,
	sent_us		INTEGER,
	handled_us	INTEGER,		-- sent, skipped or failed at
	address		TEXT,			-- it went to
	message_id	TEXT,
	relay_id	TEXT,			-- the relay's own, of its 250 answer
	thread		TEXT,			-- References, for the next of the thread
	subject		TEXT,
	variant		TEXT,
	via		TEXT,
	status		TEXT,			-- of the last attempt: code and text
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX touch_once ON touch
	(prospect, enrolment, step, occurrence);
CREATE INDEX touch_due ON touch (next_us, prospect, id)
	WHERE state <= 1 AND next_us IS NOT NULL;
CREATE INDEX touch_flight ON touch (sender, lease_us, channel, claim)
	WHERE claim IS NOT NULL;
CREATE INDEX touch_lease ON touch (lease_us)
	WHERE claim IS NOT NULL;
CREATE INDEX touch_uncertain ON touch (id)
	WHERE state = 6;
CREATE INDEX touch_message ON touch (message_id)
	WHERE message_id IS NOT NULL;
CREATE INDEX touch_relay ON touch (relay_id)
	WHERE relay_id IS NOT NULL;
CREATE INDEX touch_id ON touch (id);

-- Each try to deliver, durable before its first byte.
CREATE TABLE attempt (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	touch		INTEGER,
	dispatch	INTEGER,
	started_us	INTEGER NOT NULL,
	ended_us	INTEGER,
	via		TEXT NOT NULL,
	message_id	TEXT,
	outcome		TEXT,			-- NULL: on the wire, or killed
	detail		TEXT,
	text		TEXT,			-- what a touch says to them
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;

-- What a sender has sent, on a day of company.zone (day number), and what was
-- said of it on that day.
CREATE TABLE sender_day (
	sender		TEXT NOT NULL,
	day		INTEGER NOT NULL,
	sent		INTEGER NOT NULL DEFAULT 0,	-- touches, of any channel
	last_us		INTEGER,		-- of them
	mails		INTEGER NOT NULL DEFAULT 0,	-- those refused at once too
	bounces		INTEGER NOT NULL DEFAULT 0,	-- hard ones
	complaints	INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (sender, day)
) STRICT, WITHOUT ROWID;

-- What DNS said of a sender's domain: the records as found, '' for none.
CREATE TABLE domain_auth (
	domain		TEXT NOT NULL PRIMARY KEY,
	spf		TEXT NOT NULL,
	dkim		TEXT NOT NULL,
	dmarc		TEXT NOT NULL,
	checked_us	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Domains that mail may not go to; "stream:DOMAIN": nor come from.
CREATE TABLE paused_domain (
	domain		TEXT NOT NULL PRIMARY KEY,
	since_us	INTEGER NOT NULL,
	reason		TEXT NOT NULL
) STRICT;

-- Whom a domain has put off by policy, and when last [EM-16].
CREATE TABLE slowed (
	domain		TEXT NOT NULL,
	prospect	INTEGER NOT NULL,
	at_us		INTEGER NOT NULL,
	PRIMARY KEY (domain, prospect)
) STRICT, WITHOUT ROWID;
CREATE INDEX slowed_prospect ON slowed (prospect);

-- What operators were told on a day of company.zone: a cause once.
CREATE TABLE alert (
	cause		TEXT NOT NULL,
	day		INTEGER NOT NULL,
	PRIMARY KEY (cause, day)
) STRICT, WITHOUT ROWID;

-- Nothing is said twice.
CREATE TABLE insight_shown (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	touch		INTEGER,
	doc		TEXT NOT NULL,		-- path below the knowledge base
	heading		TEXT,
	hash		TEXT,			-- of the passage
	kind		TEXT,
	sketch		BLOB NOT NULL,		-- its shingles: content/passage.h
	at_us		INTEGER NOT NULL,
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE handoff (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	state		TEXT NOT NULL,	-- open, accepted, declined, released, lapsed, ended
	trigger		TEXT NOT NULL,
	triggers	TEXT NOT NULL,		-- JSON array
	package		TEXT NOT NULL,		-- JSON object: P4.1
	owner		TEXT,
	fired_us	INTEGER NOT NULL,
	evidence_us	INTEGER NOT NULL,	-- newest evidence used
	respond_by_us	INTEGER NOT NULL,
	first_response_us INTEGER,
	accepted_us	INTEGER,
	accepted_by	TEXT,
	escalated_us	INTEGER,
	closed_us	INTEGER,
	closed_reason	TEXT,
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;
-- One open episode a person.
CREATE UNIQUE INDEX handoff_open ON handoff (prospect)
	WHERE state IN ('open', 'accepted', 'lapsed');
CREATE INDEX handoff_waiting ON handoff (respond_by_us)
	WHERE state IN ('open', 'lapsed') AND escalated_us IS NULL;
CREATE INDEX handoff_id ON handoff (id);

-- What leaves that is no touch: hand-offs, added evidence, escalations,
-- service messages; a row a destination.
CREATE TABLE dispatch (
	prospect	INTEGER NOT NULL,	-- 0: a number that is nobody's
	id		INTEGER NOT NULL,
	kind		TEXT NOT NULL,		-- handoff, evidence, escalation, service, alert
	handoff		INTEGER,
	number		INTEGER NOT NULL,	-- of the destination, from 0; evidence: and 100 a round
	destination	TEXT NOT NULL,		-- JSON object
	package		TEXT NOT NULL,		-- JSON object: what is told
	state		INTEGER NOT NULL,	-- enum fu_touch_state
	due_us		INTEGER NOT NULL,
	expires_us	INTEGER,
	next_us		INTEGER,
	claim		TEXT,
	lease_us	INTEGER,
	attempts	INTEGER NOT NULL DEFAULT 0,
	message_id	TEXT,
	via		TEXT,
	status		TEXT,
	sent_us		INTEGER,
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX dispatch_once ON dispatch
	(prospect, handoff, kind, number) WHERE handoff IS NOT NULL;
CREATE INDEX dispatch_due ON dispatch (next_us, prospect, id)
	WHERE state = 0 AND next_us IS NOT NULL;
CREATE INDEX dispatch_flight ON dispatch (lease_us)
	WHERE claim IS NOT NULL;
CREATE INDEX dispatch_uncertain ON dispatch (id)
	WHERE state = 6;
CREATE INDEX dispatch_failed ON dispatch (due_us)
	WHERE state = 5;
CREATE INDEX dispatch_id ON dispatch (id);

-- When the next message may go to a service that takes one a second, by the
-- machine's own clock.
CREATE TABLE pace (
	service		TEXT NOT NULL PRIMARY KEY,	-- keyed hash of its address
	next_us		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Turns that wait: our words in the site's chat until who is there has fetched
-- them, and what they wrote by text or mail until the chat has looked at it.
CREATE TABLE turn (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	at_us		INTEGER NOT NULL,
	who		INTEGER NOT NULL,	-- enum fu_from
	rep		TEXT,			-- a sender's key; of a rep's
	visitor		TEXT,			-- NULL: whichever of theirs comes
	text		TEXT NOT NULL,
	next_us		INTEGER,		-- leaves by mail; NULL: not by time
	fetched_us	INTEGER,
	dispatch	INTEGER,		-- the mail that says it
	event		INTEGER,		-- theirs: what they wrote
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX turn_due ON turn (next_us, prospect)
	WHERE next_us IS NOT NULL;
CREATE INDEX turn_asks ON turn (id)
	WHERE who = 1;

-- When an address was asked to confirm itself: by its keyed hash, so that
-- neither an erasure nor another visitor begins the count anew.
CREATE TABLE asked (
	subject		TEXT NOT NULL,
	at_us		INTEGER NOT NULL,
	PRIMARY KEY (subject, at_us)
) STRICT, WITHOUT ROWID;

-- Why: every enrolment change, trigger and send, and each verdict that differs
-- from that touch's last.
CREATE TABLE decision (
	prospect	INTEGER NOT NULL,
	id		INTEGER NOT NULL,
	at_us		INTEGER NOT NULL,
	run		INTEGER NOT NULL,
	kind		TEXT NOT NULL,	-- merge, conflict, score, enrolment, gate, send, handoff
	subject		INTEGER,		-- touch, enrolment or hand-off
	verdict		TEXT NOT NULL,
	reason		TEXT,
	rule		TEXT,
	inputs		TEXT,			-- JSON object
	PRIMARY KEY (prospect, id)
) STRICT, WITHOUT ROWID;

-- The knowledge base, which belongs to no person.  A document is a file below
-- a directory; what the operator wrote of it is front, a JSON object.
CREATE TABLE document (
	id		INTEGER NOT NULL PRIMARY KEY,
	root		TEXT NOT NULL,		-- the directory
	path		TEXT NOT NULL,		-- below it
	version		TEXT NOT NULL,		-- hash of the file,
	reading		TEXT NOT NULL,		-- and of how it was read
	kind		TEXT,
	title		TEXT NOT NULL,
	url		TEXT,
	language	TEXT,			-- as it says itself,
	tongue		TEXT NOT NULL,		-- and as it was read
	front		TEXT NOT NULL,
	blocks		BLOB NOT NULL,		-- a web page's, hash by hash
	passages	INTEGER NOT NULL,
	indexed_us	INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX document_path ON document (root, path);
CREATE INDEX document_tongue ON document (tongue, passages);

-- A passage is known by path, heading and hash; its id is only a place.
CREATE TABLE passage (
	id		INTEGER NOT NULL PRIMARY KEY,
	document	INTEGER NOT NULL,
	chunk		INTEGER NOT NULL,	-- from 0
	heading		TEXT NOT NULL,		-- "Prices > Discounts"
	hash		TEXT NOT NULL,
	text		TEXT NOT NULL,
	sketch		BLOB NOT NULL		-- hashes of its five-word shingles
) STRICT;
CREATE UNIQUE INDEX passage_chunk ON passage (document, chunk);

-- What is searched of a passage, apart from what is shown of it: a search
-- reads all of this.
CREATE TABLE passage_index (
	passage		INTEGER NOT NULL PRIMARY KEY,
	document	INTEGER NOT NULL,
	words		BLOB NOT NULL,		-- term << 8 | places, by term
	length		INTEGER NOT NULL,	-- words of its text
	names		BLOB NOT NULL,		-- its headings, and on the first
						-- of a document what that goes
						-- by: number, terms, by term
	vector		BLOB			-- float32; NULL: none yet
) STRICT;
CREATE INDEX passage_index_bare ON passage_index (passage)
	WHERE vector IS NULL;

-- Terms, and what each says in the basis that was learned: its rarity then,
-- and its vector times that.
CREATE TABLE term (
	id		INTEGER NOT NULL PRIMARY KEY,
	text		TEXT NOT NULL,
	basis		BLOB
) STRICT;
CREATE UNIQUE INDEX term_text ON term (text);

-- The basis: one row, once something was learned or an embedder asked.
CREATE TABLE basis (
	id		INTEGER NOT NULL PRIMARY KEY,	-- 1
	embedder	TEXT,			-- url and model; NULL: learned
	rank		INTEGER NOT NULL,
	shrink		BLOB NOT NULL,		-- float32: length taken as short
	passages	INTEGER NOT NULL,	-- learned from,
	newest		INTEGER NOT NULL,	-- the newest of which was this
	learned_us	INTEGER NOT NULL
) STRICT;
