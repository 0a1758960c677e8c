/*
 * Knowing a delivery report, and the recipients that it names.
 *
 * Must never take a person's mail for one: somebody who forwards a bounce, or
 * writes "failed" into a subject, is no mail server.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/mail_report.h"
#include "content/mail_html.h"

#define REPORT_BYTES	32768	/* of a text that are read for reasons */
#define SAID_BYTES	500	/* of what a server said that are kept */

struct reader {
	const struct fu_letter	*letter;
	const struct fu_mail_lists *lists;
	struct fu_arena		*arena;
	struct fu_report	*report;
	const char		*text;		/* what is written above the
						 * original, as it stands */
	const char		*folded;	/* the same */
};

static bool
null_path(const struct fu_letter *l)
{
	const char	*path = fu_mail_field_get(&l->head, "Return-Path");

	return (path != NULL && (strcmp(path, "<>") == 0 ||
	    strcmp(path, "") == 0));
}

static bool
from_daemon(struct reader *r)
{
	const char	*from = fu_mail_field_get(&r->letter->head, "From"),
	    *path = fu_mail_field_get(&r->letter->head, "Return-Path");
	bool		 daemon;

	daemon = from != NULL && fu_said(r->lists, FU_ML_DAEMON,
	    fu_mail_fold(from, r->arena));
	if (!daemon && path != NULL)
		daemon = fu_said(r->lists, FU_ML_DAEMON, fu_mail_fold(path,
		    r->arena));
	return (daemon);
}

/* Somebody answers: no server writes these together. */
static bool
by_person(const struct fu_letter *l)
{
	const char	*auto_ = fu_mail_field_get(&l->head, "Auto-Submitted");

	return (!null_path(l) && (auto_ == NULL ||
	    strncasecmp(auto_, "no", 2) == 0) &&
	    (fu_mail_field_get(&l->head, "In-Reply-To") != NULL ||
	    fu_mail_field_get(&l->head, "User-Agent") != NULL ||
	    fu_mail_field_get(&l->head, "X-Mailer") != NULL));
}

/* Without RFC 3464: a server writes, of a mail that did not arrive. */
static bool
looks_so(struct reader *r)
{
	const struct fu_letter	*l = r->letter;
	const char		*subject = fu_mail_fold(l->subject, r->arena);
	bool			 titled, worded;

	if (fu_mail_field_get(&l->head, "X-Failed-Recipients") != NULL)
		return (true);
	titled = fu_said(r->lists, FU_ML_REPORT_SUBJECT, subject);
	worded = fu_said(r->lists, FU_ML_REPORT_TEXT, r->folded);
	if (from_daemon(r))
		return (titled || worded);
	if (by_person(l))
		return (false);
	if (null_path(l) || fu_mail_field_get(&l->head, "Auto-Submitted") != NULL)
		return (worded && (titled || strchr(r->text, '@') != NULL));
	return (titled && worded && l->encloses);
}

/* "spam@x.example" is somebody's name, not what is said of a mail. */
static const char *
without_addresses(const char *folded, struct fu_arena *arena)
{
	char	*out = fu_alloc(arena, strlen(folded) + 1), *o = out;
	size_t	 n;
	bool	 begins = true;

	while (*folded != '\0') {
		if (begins && (n = fu_address_at(folded)) > 0) {
			*o++ = '@';
			folded += n;
		}
		begins = strchr(" <>(\"':;,[", *folded) != NULL;
		if (*folded != '\0')
			*o++ = *folded++;
	}
	return (out);
}

/* Headers of the mail that was sent begin here, in a text. */
static bool
original_at(const char *line)
{
	return (strncasecmp(line, "Received: ", 10) == 0 ||
	    strncasecmp(line, "Return-Path: ", 13) == 0 ||
	    strncasecmp(line, "DKIM-Signature: ", 16) == 0);
}

/*
 * Cut the text where the copy of what was sent begins; the copy's headers are
 * read where no part of its own has them.
 */
static void
cut_original(struct reader *r, struct fu_mail_fields *original)
{
	const char	*s = r->text, *end, *below = NULL, *stop;

	for (stop = s; *s != '\0'; s = *end == '\0' ? end : end + 1) {
		struct fu_str	 line;

		end = strchrnul(s, '\n');
		line = fu_str_trim((struct fu_str){ s, (size_t)(end - s) });
		stop = s;
		if (original_at(s)) {
			below = s;
			break;
		}
		if (line.len > 0 && line.len < 300 && fu_said(r->lists,
		    FU_ML_ORIGINAL_BELOW, fu_mail_fold(fu_dup_str(r->arena,
		    line), r->arena))) {
			below = *end == '\0' ? end : end + 1;
			break;
		}
		stop = end;
	}
	if (below != NULL && original->n == 0) {
		/* "------ This is a copy, including all headers. ------" */
		for (int i = 0; i < 12 && *below != '\0' &&
		    original->n == 0; i++) {
			if (fu_mail_fields_read(below, r->arena, original) > 0 &&
			    (fu_mail_field_get(original, "Message-ID") != NULL ||
			    fu_mail_field_get(original, "Received") != NULL ||
			    original->n > 2))
				break;
			original->n = 0;
			below = strchrnul(below, '\n');
			below += *below == '\n';
		}
	}
	if ((size_t)(stop - r->text) > REPORT_BYTES)
		stop = r->text + fu_utf8_cut(r->text, REPORT_BYTES);
	r->text = fu_dup_str(r->arena, (struct fu_str){ r->text,
	    (size_t)(stop - r->text) });
	r->folded = without_addresses(fu_mail_fold(r->text, r->arena),
	    r->arena);
}

static struct fu_failed *
add(struct reader *r, const char *email)
{
	struct fu_report	*report = r->report;

	for (size_t i = 0; i < report->n; i++)
		if (email != NULL && report->failed[i].email != NULL &&
		    strcasecmp(email, report->failed[i].email) == 0)
			return (NULL);
	if (report->n == FU_REPORT_MAX)
		return (NULL);
	report->failed[report->n] = (struct fu_failed){ .email = email };
	return (&report->failed[report->n++]);
}

static const char *
keep(struct reader *r, const char *said)
{
	size_t	 n = strlen(said);

	return (n == 0 ? NULL : fu_dup_str(r->arena, (struct fu_str){ said,
	    n < SAID_BYTES ? n : fu_utf8_cut(said, SAID_BYTES) }));
}

/* "rfc822; ann@x.example", "<ann@x.example>"; NULL where it has no address. */
static const char *
recipient_of(struct reader *r, const struct fu_mail_fields *group)
{
	static const char *const names[] = { "Original-Recipient",
		"Final-Recipient", "X-Actual-Recipient" };
	const char	*value, *email;

	for (size_t i = 0; i < 3; i++) {
		value = fu_mail_field_get(group, names[i]);
		if (value == NULL)
			continue;
		if ((email = strchr(value, ';')) != NULL)
			value = email + 1;
		if ((email = fu_address_next(value, r->arena, NULL)) != NULL)
			return (email);
	}
	return (NULL);
}

/* What may stand before an address that a line is about. */
static const char *
skip_label(const char *s)
{
	static const char *const labels[] = { "recipient:",
		"recipient address:", "final-recipient:", "rfc822;",
		"failed recipient:", "user:", "address:", "rcpt to:",
		"e-mail address:", "email address:", "empfänger:",
		"destinataire:", "destinatario:" };
	const char	*from;

	do {
		from = s;
		s += strspn(s, " \t<\"'-*[({>");
		for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
			if (strncasecmp(s, labels[i], strlen(labels[i])) == 0)
				s += strlen(labels[i]);
	} while (s != from);
	return (s);
}

/* What the text says below a line that begins with ${email}; NULL: nothing. */
static const char *
block_of(struct reader *r, const char *email)
{
	const char	*s = r->text, *end, *at, *from = NULL;
	size_t		 n;

	for (; *s != '\0'; s = *end == '\0' ? end : end + 1) {
		end = strchrnul(s, '\n');
		at = skip_label(s);
		if (at >= end || (n = fu_address_at(at)) == 0)
			continue;
		if (from != NULL)
			break;
		if (n == strlen(email) && strncasecmp(at, email, n) == 0)
			from = at + n;
	}
	return (from == NULL ? NULL : fu_dup_str(r->arena,
	    (struct fu_str){ from, (size_t)(s - from) }));
}

/* One group of fields: of the message, or of a recipient. */
static void
take_group(struct reader *r, const struct fu_mail_fields *group)
{
	const char	*action = fu_mail_field_get(group, "Action"),
	    *status = fu_mail_field_get(group, "Status"),
	    *said = fu_mail_field_get(group, "Diagnostic-Code"), *folded, *semi;
	struct fu_failed *f;

	if (action == NULL && status == NULL &&
	    fu_mail_field_get(group, "Final-Recipient") == NULL)
		return;
	if (action != NULL && (strncasecmp(action, "deliver", 7) == 0 ||
	    strncasecmp(action, "relay", 5) == 0 ||
	    strncasecmp(action, "expand", 6) == 0))
		return;
	if (action == NULL && status != NULL && *status == '2')
		return;
	if ((f = add(r, recipient_of(r, group))) == NULL)
		return;
	f->delayed = action != NULL && strncasecmp(action, "delay", 5) == 0;
	if (fu_blank(said) && f->email != NULL)
		said = block_of(r, f->email);
	said = said == NULL ? "" : said;
	if ((semi = strchr(said, ';')) != NULL && semi - said < 20)
		said = semi + 1 + strspn(semi + 1, " ");
	folded = fu_mail_fold(said, r->arena);
	f->said = keep(r, said);
	folded = without_addresses(folded, r->arena);
	f->code = fu_code_find(fu_printf(r->arena, " %s", folded));
	if (status != NULL)
		f->status = fu_status_find(status, r->arena);
	/* "5.0.0" says less than what the server itself said. */
	if (f->status == NULL || strcmp(f->status + 3, ".0") == 0) {
		const char	*own = fu_status_find(folded, r->arena);

		f->status = own != NULL ? own : f->status;
	}
	fu_report_judge(f, folded, r->folded, r->lists, r->arena);
}

static void
take_status(struct reader *r, const char *text)
{
	while (*text != '\0') {
		struct fu_mail_fields	 group = { .n = 0 };
		size_t			 n;

		n = fu_mail_fields_read(text, r->arena, &group);
		take_group(r, &group);
		text += n;
		if (n == 0 || *text == '\n') {
			text = strchrnul(text, '\n');
			text += *text == '\n';
		}
	}
}

/* Is that address one of those that the report is from or goes to? */
static bool
is_party(struct reader *r, const char *email)
{
	static const char *const names[] = { "From", "To", "Return-Path",
		"Delivered-To", "Reply-To", "Cc", "Message-ID" };
	const char	*value;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((value = fu_mail_field_get(&r->letter->head, names[i])) != NULL &&
		    strcasestr(value, email) != NULL)
			return (true);
	return (fu_said(r->lists, FU_ML_DAEMON, fu_mail_fold(email,
	    r->arena)));
}

/* A recipient and the text that is about it. */
static void
take_text(struct reader *r, const char *email, const char *text, size_t len,
    bool delayed)
{
	const char	*block = fu_dup_str(r->arena, (struct fu_str){ text,
	    len }), *folded = without_addresses(fu_mail_fold(block, r->arena),
	    r->arena);
	struct fu_failed *f = add(r, email);

	if (f == NULL)
		return;
	f->delayed = delayed;
	f->said = keep(r, fu_dup_str(r->arena, fu_str_trim(fu_str_of(block))));
	f->status = fu_status_find(folded, r->arena);
	f->code = fu_code_find(fu_printf(r->arena, " %s", folded));
	if (f->status == NULL && f->code == 0) {
		f->status = fu_status_find(r->folded, r->arena);
		f->code = fu_code_find(fu_printf(r->arena, " %s", r->folded));
	}
	fu_report_judge(f, folded, r->folded, r->lists, r->arena);
}

/* Lines that begin with an address, each with what stands below it. */
static void
take_lines(struct reader *r, bool delayed)
{
	const char	*s = r->text, *end, *email = NULL, *from = NULL, *at;
	size_t		 n;

	for (; *s != '\0'; s = *end == '\0' ? end : end + 1) {
		end = strchrnul(s, '\n');
		at = skip_label(s);
		if (at >= end || (n = fu_address_at(at)) == 0 ||
		    is_party(r, fu_dup_str(r->arena,
		    (struct fu_str){ at, n })))
			continue;
		if (email != NULL)
			take_text(r, email, from, (size_t)(s - from), delayed);
		email = fu_dup_str(r->arena, (struct fu_str){ at, n });
		from = at + n;
	}
	if (email != NULL)
		take_text(r, email, from, strlen(from), delayed);
}

/* Whom it is about, where no line is: named in a header, in the text, or in
 * what was sent. */
static void
take_named(struct reader *r, const struct fu_mail_fields *original, bool delayed)
{
	const char	*s, *email;

	s = fu_mail_field_get(&r->letter->head, "X-Failed-Recipients");
	while (s != NULL && (email = fu_address_next(s, r->arena, &s)) != NULL)
		take_text(r, email, r->text, strlen(r->text), delayed);
	for (s = r->text; r->report->n == 0 &&
	    (email = fu_address_next(s, r->arena, &s)) != NULL;)
		if (!is_party(r, email))
			take_text(r, email, r->text, strlen(r->text), delayed);
	if (r->report->n == 0 && (s = fu_mail_field_get(original, "To")) != NULL &&
	    (email = fu_address_next(s, r->arena, NULL)) != NULL)
		take_text(r, email, r->text, strlen(r->text), delayed);
	if (r->report->n == 0)
		take_text(r, NULL, r->text, strlen(r->text), delayed);
}

static bool
has_status(const struct fu_letter *l)
{
	for (size_t i = 0; i < l->npart; i++)
		if (l->part[i].kind == FU_PART_STATUS &&
		    !fu_blank(l->part[i].text))
			return (true);
	return (false);
}

/* What is said about the report: texts that are no copy of what was sent. */
static void
gather(struct reader *r, struct fu_mail_fields *original)
{
	struct fu_buf	 buf;

	fu_buf_init(&buf);
	for (size_t i = 0; i < r->letter->npart; i++) {
		const struct fu_part	*p = &r->letter->part[i];

		if (p->attached || (p->kind != FU_PART_TEXT &&
		    p->kind != FU_PART_HTML))
			continue;
		if (p->kind == FU_PART_HTML && buf.len > 0)
			continue;
		fu_buf_puts(&buf, p->kind == FU_PART_HTML ?
		    fu_mail_html_text(p->text, r->lists, r->arena) : p->text);
		fu_buf_putc(&buf, '\n');
	}
	/* Of a report's own HTML no mark is of use. */
	for (size_t i = 0; i < buf.len; i++)
		if (buf.ptr[i] >= FU_MARK_QUOTED && buf.ptr[i] <= FU_MARK_SIGN)
			buf.ptr[i] = ' ';
	r->text = buf.len == 0 ? "" : fu_dup_buf(r->arena, &buf);
	fu_buf_free(&buf);
	cut_original(r, original);
}

bool
fu_mail_report(const struct fu_letter *letter,
    const struct fu_mail_lists *lists, struct fu_arena *arena,
    struct fu_report *report)
{
	struct reader	 r = { .letter = letter, .lists = lists,
		.arena = arena, .report = report };
	struct fu_mail_fields original = letter->original;
	bool		 standard, delayed;

	memset(report, 0, sizeof(*report));
	standard = letter->report != NULL &&
	    strstr(letter->report, "delivery-status") != NULL;
	if (letter->report != NULL && !standard)
		return (false);
	gather(&r, &original);
	if (!standard && !looks_so(&r))
		return (false);
	report->original_id = fu_mail_field_get(&original, "Message-ID");
	report->original_from = fu_mail_field_get(&original, "Return-Path");
	for (size_t i = 0; i < letter->npart; i++)
		if (letter->part[i].kind == FU_PART_STATUS)
			take_status(&r, letter->part[i].text);
	if (has_status(letter))
		return (true);
	delayed = fu_said(lists, FU_ML_DELAYED, r.folded) ||
	    fu_said(lists, FU_ML_DELAYED, fu_mail_fold(letter->subject, arena));
	take_lines(&r, delayed);
	if (report->n == 0)
		take_named(&r, &original, delayed);
	return (true);
}
