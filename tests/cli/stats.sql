-- What fu-stats counts, counted another way: in plain SQL over the store, with
-- a window of 30 days and the clock of history.py.  A line a figure:
-- stat|by|n|of|pending, as stats.bats makes of the records.
CREATE TEMP VIEW clock AS SELECT 1772463600000000 AS now, 2592000000000 AS span;

CREATE TEMP TABLE gone AS SELECT t.*, CASE t.state WHEN 4 THEN t.sent_us
    ELSE t.handled_us END AS left_us FROM touch t WHERE t.state IN (4, 5);
CREATE INDEX temp.gone_of ON gone (prospect, left_us);

CREATE TEMP TABLE came AS SELECT e.*, COALESCE(
    (SELECT g.id FROM gone g WHERE g.prospect = e.prospect AND g.id = e.touch),
    (SELECT g.id FROM gone g WHERE g.prospect = e.prospect AND g.state = 4
	AND g.channel <> 'task' AND (g.channel = 'chat') = (e.kind = 'chat')
	AND g.left_us <= e.at_us AND (e.kind <> 'bounce' OR g.channel = 'email')
	ORDER BY g.left_us DESC, g.id DESC LIMIT 1)) AS answers
    FROM event e WHERE e.at_us <= (SELECT now FROM clock) AND (e.kind IN
	('reply', 'auto_reply', 'bounce', 'complaint', 'unsubscribe', 'stop',
	'objection') OR (e.kind = 'chat' AND e.who = 1));

-- What came back of each within its window.
CREATE TEMP TABLE back AS SELECT g.id,
    MAX(c.kind IN ('reply', 'chat')) AS replied,
    MIN(CASE WHEN c.kind IN ('reply', 'chat') THEN c.at_us END) AS replied_us,
    MAX(c.kind IN ('reply', 'chat') AND (c.signals LIKE '%"interested"%' OR
	c.signals LIKE '%"meeting"%')) AS liked,
    MAX(c.kind IN ('reply', 'chat') AND (c.signals LIKE '%"not_now"%' OR
	c.signals LIKE '%"opt_out"%' OR c.signals LIKE '%objection:%'))
	AS disliked,
    MAX(c.kind IN ('unsubscribe', 'stop', 'objection') OR
	c.signals LIKE '%"opt_out"%') AS out,
    MAX(c.kind = 'auto_reply') AS auto, MAX(c.kind = 'complaint') AS spam,
    MAX(c.kind = 'bounce' AND c.arg LIKE '5.1.%') AS hard,
    MAX(c.kind = 'bounce' AND c.arg NOT LIKE '5.1.%') AS soft
    FROM gone g JOIN came c ON c.prospect = g.prospect AND c.answers = g.id
    AND c.at_us BETWEEN g.left_us AND g.left_us + (SELECT span FROM clock)
    GROUP BY g.id;

CREATE TEMP TABLE t AS SELECT g.*, left_us + (SELECT span FROM clock) <=
    (SELECT now FROM clock) AS done, COALESCE(replied, 0) AS replied,
    b.replied_us, COALESCE(liked, 0) AS liked, COALESCE(disliked, 0) AS disliked,
    COALESCE(out, 0) AS out, COALESCE(auto, 0) AS auto,
    COALESCE(spam, 0) AS spam, COALESCE(hard, 0) AS hard,
    COALESCE(soft, 0) AS soft,
    CASE WHEN channel <> 'email' THEN NULL
	WHEN address LIKE '%@gmail.com' THEN 'google'
	WHEN address LIKE '%@outlook.com' THEN 'microsoft'
	WHEN address LIKE '%@yahoo.%' THEN 'yahoo'
	WHEN address LIKE '%@web.de' THEN 'gmx' ELSE 'own domain' END AS provider
    FROM gone g LEFT JOIN back b ON b.id = g.id WHERE g.channel <> 'task'
    AND (g.state = 4 OR hard OR soft);
CREATE TEMP VIEW d AS SELECT * FROM t WHERE state = 4 AND NOT hard AND NOT soft;
CREATE TEMP VIEW ways AS SELECT 1 AS way UNION SELECT 2 UNION SELECT 3
    UNION SELECT 4 UNION SELECT 5 UNION SELECT 6;
CREATE TEMP VIEW dw AS SELECT d.*, way, CASE way WHEN 1 THEN '' WHEN 2 THEN
    channel WHEN 3 THEN channel || ',' || cadence || ',' || step
    WHEN 4 THEN sender WHEN 5 THEN provider WHEN 6 THEN sender || ',' ||
    provider END AS by FROM d, ways;
CREATE TEMP VIEW tw AS SELECT t.*, way, CASE way WHEN 1 THEN '' WHEN 2 THEN
    channel WHEN 4 THEN sender WHEN 5 THEN provider END AS by FROM t, ways;

-- A person counts once: by the touches whose window is over, else as pending.
CREATE TEMP VIEW dp AS SELECT prospect, way, by, MAX(done) AS done,
    MAX(done AND replied) AS replied, MAX(done AND liked) AS liked,
    MAX(done AND disliked) AS disliked, MAX(done AND auto) AS auto,
    MAX(done AND out) AS out, MAX(done AND spam) AS spam,
    MAX(replied) AS answered FROM dw
    WHERE by IS NOT NULL GROUP BY prospect, way, by;
SELECT 'reply_rate', by, SUM(replied), SUM(done), SUM(NOT done) FROM dp
    GROUP BY way, by;
SELECT 'positive_reply_rate', by, SUM(liked), SUM(replied),
    SUM(answered AND NOT replied) FROM dp WHERE answered AND way < 6
    GROUP BY way, by;
SELECT 'auto_reply_rate', by, SUM(auto), SUM(done), SUM(NOT done) FROM dp
    WHERE way < 3 GROUP BY way, by;
SELECT 'opt_out_rate', by, SUM(out), SUM(done), SUM(NOT done) FROM dp
    WHERE way < 3 GROUP BY way, by;
SELECT 'complaint_rate', by, SUM(spam), SUM(done), SUM(NOT done) FROM dp
    WHERE way NOT IN (3, 6) GROUP BY way, by;
CREATE TEMP VIEW tp AS SELECT prospect, way, by, MAX(done) AS done,
    MAX(done AND hard) AS hard, MAX(done AND soft AND NOT hard) AS soft FROM tw
    WHERE by IS NOT NULL GROUP BY prospect, way, by;
SELECT 'bounce_rate', by, SUM(hard), SUM(done), SUM(NOT done) FROM tp
    WHERE way NOT IN (3, 6) GROUP BY way, by;
SELECT 'soft_bounce_rate', by, SUM(soft), SUM(done), SUM(NOT done) FROM tp
    WHERE way < 3 GROUP BY way, by;
SELECT 'ab_test', cadence || ',' || step || ',' || variant, SUM(done AND
    replied), SUM(done), SUM(NOT done) FROM d WHERE variant IS NOT NULL
    GROUP BY cadence, step, variant;

-- Enrolments; nobody of the history has two.
CREATE TEMP TABLE n AS SELECT e.*, entered_us + span <= now AS done,
    entered_us + span AS until, COALESCE(score, -1) > 70 AS hot,
    (SELECT COUNT(*) FROM event v WHERE v.prospect = e.prospect
	AND v.at_us > entered_us AND v.at_us <= entered_us + span
	AND (v.kind IN ('reply', 'visit') OR (v.kind = 'chat' AND v.who = 1)))
	> 0 AS engaged,
    (SELECT COUNT(*) FROM event v WHERE v.prospect = e.prospect
	AND v.at_us > entered_us AND v.at_us <= entered_us + span
	AND v.kind IN ('meeting', 'demo') AND (v.arg IS NULL OR
	v.arg IN ('booked', 'held'))) > 0 AS meeting,
    (SELECT COUNT(*) FROM event v WHERE v.prospect = e.prospect
	AND v.at_us > entered_us AND v.at_us <= entered_us + span
	AND v.kind = 'won') > 0 AS won,
    (SELECT COUNT(*) FROM handoff h WHERE h.prospect = e.prospect
	AND h.fired_us >= entered_us AND h.fired_us <= entered_us + span) > 0
	AS handed,
    (SELECT COUNT(*) FROM d WHERE d.enrolment = e.id
	AND d.left_us <= entered_us + span) > 0 AS delivered,
    (SELECT COUNT(*) FROM d WHERE d.enrolment = e.id
	AND d.left_us <= entered_us + span
	AND d.replied_us <= entered_us + span) > 0 AS replied,
    (SELECT SUM(channel = 'email') * 0.02 + SUM(channel = 'task') * 12
	FROM gone g WHERE g.enrolment = e.id AND g.state = 4
	AND g.left_us <= entered_us + span) AS cost
    FROM enrolment e, clock;
CREATE TEMP VIEW nw AS SELECT n.*, '' AS by FROM n UNION ALL
    SELECT n.*, cadence FROM n;
SELECT 'reactivation_rate', by, SUM(done AND engaged), SUM(done),
    SUM(NOT done) FROM nw WHERE NOT hot AND NOT holdout GROUP BY by;
SELECT 'reactivation_rate', cadence || ',' || CASE holdout WHEN 1 THEN
    'holdout' ELSE 'written' END, SUM(done AND engaged), SUM(done),
    SUM(NOT done) FROM n WHERE NOT hot AND cadence = 'warm'
    GROUP BY cadence, holdout;
SELECT 'enrolment_reply_rate', '', SUM(done AND replied), SUM(done),
    SUM(NOT done) FROM n WHERE NOT holdout;
SELECT 'meeting_rate', by, SUM(done AND meeting), SUM(done), SUM(NOT done)
    FROM nw WHERE NOT holdout GROUP BY by;
SELECT 'cost_per_meeting', by, SUM(done AND meeting), SUM(done),
    CAST(ROUND(SUM(done * cost) * 100) AS INTEGER) FROM nw WHERE NOT holdout
    GROUP BY by;
SELECT 'win_rate', CASE WHEN score > 70 THEN 'hot' WHEN score >= 40 THEN 'warm'
    ELSE 'nurture' END AS band, SUM(done AND won), SUM(done), SUM(NOT done)
    FROM n WHERE NOT holdout AND score IS NOT NULL GROUP BY band;
SELECT 'stage_rate', v.arg, COUNT(DISTINCT v.prospect), (SELECT SUM(done)
    FROM n WHERE NOT holdout), (SELECT SUM(NOT done) FROM n
    WHERE NOT holdout) FROM event v JOIN n ON n.prospect = v.prospect
    AND v.at_us > entered_us AND v.at_us <= until AND NOT holdout AND done
    WHERE v.kind = 'stage' GROUP BY v.arg;
SELECT 'funnel', level, SUM(done AND CASE level WHEN '1 enrolled' THEN 1
    WHEN '2 delivered' THEN delivered WHEN '3 engaged' THEN engaged
    WHEN '4 replied' THEN replied WHEN '5 handed off' THEN handed
    WHEN '6 meeting' THEN meeting ELSE won END), SUM(done), SUM(NOT done)
    FROM n, (SELECT '1 enrolled' AS level UNION SELECT '2 delivered' UNION
    SELECT '3 engaged' UNION SELECT '4 replied' UNION SELECT '5 handed off'
    UNION SELECT '6 meeting' UNION SELECT '7 won')
    WHERE NOT holdout GROUP BY level;

-- Hand-offs; nobody has two either.
CREATE TEMP VIEW h AS SELECT handoff.*, fired_us + span <= now AS done,
    (SELECT COUNT(*) FROM event v WHERE v.prospect = handoff.prospect
	AND v.at_us > fired_us AND v.at_us <= fired_us + span AND (v.kind =
	'won' OR (v.kind IN ('meeting', 'demo') AND (v.arg IS NULL OR
	v.arg IN ('booked', 'held'))))) > 0 AS converted,
    CASE WHEN first_response_us IS NOT NULL THEN 1 WHEN respond_by_us > now
	THEN 0 ELSE 2 END AS answer FROM handoff, clock;
SELECT 'trigger_conversion', '', SUM(done AND converted), SUM(done),
    SUM(NOT done) FROM h;
SELECT 'trigger_conversion', trigger, SUM(done AND converted), SUM(done),
    SUM(NOT done) FROM h GROUP BY trigger;
SELECT 'first_response', '', SUM(answer = 1), SUM(answer > 0),
    SUM(answer = 0) FROM h;
SELECT 'first_response median', '', (first_response_us - fired_us) / 1000000,
    0, 0 FROM h WHERE answer = 1 ORDER BY first_response_us - fired_us
    LIMIT 1 OFFSET (SELECT (SUM(answer = 1) - 1) / 2 FROM h);
SELECT 'first_response p90', '', (first_response_us - fired_us) / 1000000,
    0, 0 FROM h WHERE answer = 1 ORDER BY first_response_us - fired_us
    LIMIT 1 OFFSET (SELECT (SUM(answer = 1) * 9 + 9) / 10 - 1 FROM h);
SELECT 'first_response in time', '', SUM(answer = 1 AND first_response_us <=
    respond_by_us), SUM(answer > 0), 0 FROM h;

SELECT 'held_touches', CASE state WHEN 0 THEN 'waits,' || held_reason ELSE
    'given up,' || status END AS by, COUNT(*), COUNT(DISTINCT prospect), 0
    FROM touch, clock WHERE due_us <= now AND ((state = 0 AND held_reason
    IS NOT NULL) OR (state = 7 AND status <> 'holdout')) GROUP BY by;

-- Before the first answer, and before the win.
CREATE TEMP VIEW first AS SELECT prospect, MIN(at_us) AS at_us FROM came
    WHERE kind IN ('reply', 'chat') AND answers IS NOT NULL GROUP BY prospect;
CREATE TEMP TABLE before AS SELECT f.prospect, COUNT(*) AS n FROM first f
    JOIN gone g ON g.prospect = f.prospect AND g.state = 4 AND g.channel <>
    'task' AND g.left_us <= f.at_us GROUP BY f.prospect;
SELECT 'touches_before_reply', substr('0' || n, -2), COUNT(*), COUNT(*), 0
    FROM before GROUP BY n;
CREATE TEMP TABLE before_win AS SELECT f.prospect, COUNT(*) AS n FROM
    (SELECT prospect, MIN(at_us) AS at_us FROM event WHERE kind = 'won'
    GROUP BY prospect) f JOIN gone g ON g.prospect = f.prospect
    AND g.state = 4 AND g.channel <> 'task' AND g.left_us <= f.at_us
    GROUP BY f.prospect;
SELECT 'touches_before_win', substr('0' || n, -2), COUNT(*), COUNT(*), 0
    FROM before_win GROUP BY n;

-- Opportunities: from the first hand-off, meeting or stage on.
CREATE TEMP TABLE o AS SELECT prospect, MIN(at_us) AS opened FROM
    (SELECT prospect, fired_us AS at_us FROM handoff UNION ALL
    SELECT prospect, at_us FROM event WHERE kind = 'stage' OR (kind IN
    ('meeting', 'demo') AND (arg IS NULL OR arg IN ('booked', 'held'))))
    GROUP BY prospect;
SELECT 'pipeline_velocity', '', COUNT(w.at_us), COUNT(*), 0 FROM o LEFT JOIN
    event w ON w.prospect = o.prospect AND w.kind = 'won' AND w.at_us >= opened;
SELECT 'pipeline_velocity value', '', CAST(ROUND(SUM(w.arg) / (SUM(w.at_us -
    opened) / 86400000000.0 / COUNT(*))) AS INTEGER), 0, 0 FROM o JOIN event w
    ON w.prospect = o.prospect AND w.kind = 'won' AND w.at_us >= opened;

SELECT 'replies_by_hour', '', COUNT(*), COUNT(DISTINCT prospect), 0 FROM came c
    WHERE kind IN ('reply', 'chat') AND answers IS NOT NULL;
SELECT 'unanswered_questions', question, COUNT(*), COUNT(DISTINCT prospect), 0
    FROM (SELECT e.prospect, (SELECT substr(q.body, instr(q.body,
    '"question":"') + 12, instr(q.body, '?') - instr(q.body, '"question":"')
    - 11) FROM event q WHERE q.prospect = e.prospect AND q.kind = 'chat'
    AND q.at_us = e.at_us - 1) AS question FROM event e WHERE e.kind = 'chat'
    AND e.body = '{"said":["unknown"]}') GROUP BY question;
