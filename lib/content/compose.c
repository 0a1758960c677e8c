/*
 * A mail's headers and parts, put together by GMime.
 *
 * Must never let a line break into a header, and never write two different
 * mails for the same input: no random boundary, no clock, no host name.
 */
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "content/compose.h"
#include "content/header.h"
#include "record/encoded_break.h"

/* Headers that an extra one may not be: they are made here. */
static const char *const ours[] = { "From", "To", "Cc", "Bcc", "Sender",
	"Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To",
	"References", "MIME-Version", "Content-Type",
	"Content-Transfer-Encoding", "List-Unsubscribe",
	"List-Unsubscribe-Post", "Return-Path", "Received" };

struct composer {
	const struct fu_mail	*mail;
	GMimeHeaderList		*list;
	const char		**reason;
	struct fu_arena		*arena;
	struct fu_err		*err;
};

bool
fu_header_safe(struct fu_str value)
{
	size_t i;

	for (i = 0; i < value.len; i++)
		if (((unsigned char)value.ptr[i] < 0x20 &&
		    value.ptr[i] != '\t') || value.ptr[i] == 0x7f)
			return (false);
	return (true);
}

static int
refuse(struct composer *c, const char *reason, const char *name,
    const char *why)
{
	*c->reason = reason;
	return (fu_err_set(c->err, FU_EDATA, "%s: %s", name, why));
}

static int
check(struct composer *c, const char *name, const char *value, bool url)
{
	if (value == NULL)
		return (0);
	if (!fu_header_safe(fu_str_of(value)) ||
	    fu_encoded_break(fu_str_of(value)) ||
	    (url && strpbrk(value, " \t<>") != NULL))
		return (refuse(c, "header_injection", name,
		    "a line break or control character in a header"));
	return (0);
}

/* Hand a finished header to GMime, which must not format it anew. */
static void
add(struct composer *c, const char *name, struct fu_mailhdr *h)
{
	GMimeHeader *header;

	fu_buf_putc(&h->value, '\n');
	g_mime_header_list_append(c->list, name, "", NULL);
	header = g_mime_header_list_get_header_at(c->list,
	    g_mime_header_list_get_count(c->list) - 1);
	g_mime_header_set_raw_value(header, h->value.ptr);
	fu_buf_free(&h->value);
}

static int
add_text(struct composer *c, const char *name, const char *value)
{
	struct fu_mailhdr h;

	if (value == NULL)
		return (0);
	if (check(c, name, value, false) == -1)
		return (-1);
	fu_mailhdr_start(&h, name);
	fu_mailhdr_text(&h, value);
	add(c, name, &h);
	return (0);
}

static int
add_address(struct composer *c, const char *header, const char *name,
    const char *email)
{
	struct fu_mailhdr h;
	const char *wire;
	bool utf8;

	if (email == NULL)
		return (0);
	if (check(c, header, name, false) == -1 ||
	    check(c, header, email, false) == -1)
		return (-1);
	if ((wire = fu_mail_address(email, c->arena, &utf8, c->err)) == NULL) {
		*c->reason = "bad_address";
		return (fu_err_prefix(c->err, "%s: ", header));
	}
	fu_mailhdr_start(&h, header);
	if (!fu_blank(name)) {
		fu_mailhdr_phrase(&h, name);
		wire = fu_printf(c->arena, "<%s>", wire);
	}
	fu_mailhdr_token(&h, fu_str_of(wire));
	add(c, header, &h);
	return (0);
}

/* One id a line from the second on: they never fit well together. */
static int
add_ids(struct composer *c, const char *name, const char *ids)
{
	struct fu_mailhdr h;
	size_t len;

	if (ids == NULL)
		return (0);
	if (check(c, name, ids, false) == -1)
		return (-1);
	fu_mailhdr_start(&h, name);
	while (*(ids += strspn(ids, " \t")) != '\0') {
		len = strcspn(ids, " \t");
		if (ids[0] != '<' || ids[len - 1] != '>' || len < 3)
			break;
		if (h.value.len > 0)
			h.column = FU_FOLD_COLUMNS;
		fu_mailhdr_token(&h, (struct fu_str){ ids, len });
		ids += len;
	}
	if (*ids != '\0' || h.value.len == 0) {
		fu_buf_free(&h.value);
		return (refuse(c, "bad_header", name, "no message id"));
	}
	add(c, name, &h);
	return (0);
}

static int
add_date(struct composer *c)
{
	static const char *const day[] = { "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat", "Sun" };
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const struct fu_mail *mail = c->mail;
	int64_t local = mail->date_us + mail->date_offset_s * FU_SECOND, rest;
	int off = mail->date_offset_s / 60, away = off < 0 ? -off : off;
	struct fu_date date;
	int32_t days;

	days = (int32_t)(local / FU_DAY - (local % FU_DAY < 0));
	rest = local - days * FU_DAY;
	date = fu_date_of_days(days);
	return (add_text(c, "Date", fu_printf(c->arena,
	    "%s, %d %s %04d %02d:%02d:%02d %c%02d%02d",
	    day[fu_days_weekday(days)], date.day, month[date.month - 1],
	    date.year, (int)(rest / FU_HOUR), (int)(rest / FU_MINUTE % 60),
	    (int)(rest / FU_SECOND % 60), off < 0 ? '-' : '+', away / 60,
	    away % 60)));
}

/* One-click needs https; a mailto alone is no one-click.  [RFC 8058] */
static int
add_unsubscribe(struct composer *c)
{
	const char *url = c->mail->unsubscribe_url;
	const char *mailto = c->mail->unsubscribe_mailto;
	struct fu_mailhdr h;

	if (url == NULL && mailto == NULL)
		return (0);
	if (check(c, "List-Unsubscribe", url, true) == -1 ||
	    check(c, "List-Unsubscribe", mailto, true) == -1)
		return (-1);
	fu_mailhdr_start(&h, "List-Unsubscribe");
	if (url != NULL)
		fu_mailhdr_token(&h, fu_str_of(fu_printf(c->arena, "<%s>%s",
		    url, mailto != NULL ? "," : "")));
	if (mailto != NULL)
		fu_mailhdr_token(&h, fu_str_of(fu_printf(c->arena,
		    "<mailto:%s>", mailto)));
	add(c, "List-Unsubscribe", &h);
	if (url == NULL || strncasecmp(url, "https://", 8) != 0)
		return (0);
	return (add_text(c, "List-Unsubscribe-Post",
	    "List-Unsubscribe=One-Click"));
}

static int
add_extra(struct composer *c)
{
	const struct fu_mail_header *extra;
	size_t i, j;

	for (i = 0; i < c->mail->nextra; i++) {
		extra = &c->mail->extra[i];
		for (j = 0; extra->name[j] > 0x20 && extra->name[j] < 0x7f &&
		    extra->name[j] != ':'; j++)
			continue;
		if (j == 0 || extra->name[j] != '\0' || j > 60)
			return (refuse(c, "bad_header", "extra header",
			    "not a header's name"));
		for (j = 0; j < sizeof(ours) / sizeof(*ours); j++)
			if (fu_streq_nocase(extra->name, ours[j]))
				return (refuse(c, "bad_header", extra->name,
				    "made by the composer"));
		if (add_text(c, extra->name, extra->value) == -1)
			return (-1);
	}
	return (0);
}

static int
add_headers(struct composer *c)
{
	const struct fu_mail *mail = c->mail;

	if (mail->from_email == NULL || mail->to_email == NULL)
		return (refuse(c, "bad_address", "From and To",
		    "an address is missing"));
	if (mail->message_id == NULL)
		return (refuse(c, "bad_header", "Message-ID", "missing"));
	if (add_address(c, "From", mail->from_name, mail->from_email) == -1 ||
	    add_address(c, "To", mail->to_name, mail->to_email) == -1 ||
	    add_address(c, "Reply-To", NULL, mail->reply_to) == -1 ||
	    add_text(c, "Subject", mail->subject) == -1 ||
	    add_date(c) == -1 ||
	    add_ids(c, "Message-ID", mail->message_id) == -1 ||
	    add_ids(c, "In-Reply-To", mail->in_reply_to) == -1 ||
	    add_ids(c, "References", mail->references != NULL ?
	    mail->references : mail->in_reply_to) == -1 ||
	    add_text(c, "Auto-Submitted", mail->auto_submitted) == -1 ||
	    add_unsubscribe(c) == -1 ||
	    add_text(c, "Feedback-ID", mail->feedback_id) == -1)
		return (-1);
	return (add_extra(c));
}

/* A part whose content is quoted-printable already. */
static GMimeObject *
make_part(const char *text, const char *subtype)
{
	GMimeDataWrapper *content;
	struct fu_buf encoded;
	GMimeStream *stream;
	GMimePart *part;

	fu_buf_init(&encoded);
	fu_qp_encode(text, &encoded);
	stream = g_mime_stream_mem_new_with_buffer(
	    encoded.len > 0 ? encoded.ptr : "", encoded.len);
	content = g_mime_data_wrapper_new_with_stream(stream,
	    GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	part = g_mime_part_new_with_type("text", subtype);
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset",
	    "utf-8");
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part,
	    GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_object_unref(content);
	g_object_unref(stream);
	fu_buf_free(&encoded);
	return (GMIME_OBJECT(part));
}

/* "=_" never stands in quoted-printable, so no part can hold it. */
static void
set_boundary(GMimeMultipart *multipart, const char *message_id)
{
	uint8_t hash[32];
	char text[80] = "=_fu-";

	fu_sha256(message_id, strlen(message_id), hash);
	fu_hex(hash, 12, text + strlen(text));
	g_mime_multipart_set_boundary(multipart, text);
}

static GMimeObject *
make_body(const struct fu_mail *mail)
{
	GMimeMultipart *multipart;
	GMimeObject *part;

	part = make_part(mail->text, "plain");
	if (mail->html == NULL)
		return (part);
	multipart = g_mime_multipart_new_with_subtype("alternative");
	set_boundary(multipart, mail->message_id);
	g_mime_multipart_add(multipart, part);
	g_object_unref(part);
	part = make_part(mail->html, "html");
	g_mime_multipart_add(multipart, part);
	g_object_unref(part);
	return (GMIME_OBJECT(multipart));
}

static struct fu_str
with_crlf(const char *text, struct fu_arena *arena)
{
	struct fu_buf out;
	struct fu_str bytes;
	const char *end;

	fu_buf_init(&out);
	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = strchrnul(text, '\n');
		fu_buf_put(&out, text, (size_t)(end - text));
		fu_buf_puts(&out, "\r\n");
	}
	bytes.len = out.len;
	bytes.ptr = fu_dup_str(arena, fu_buf_view(&out));
	fu_buf_free(&out);
	return (bytes);
}

int
fu_mail_compose(const struct fu_mail *mail, struct fu_arena *arena,
    struct fu_str *bytes, const char **reason, struct fu_err *err)
{
	struct composer c = { .mail = mail, .reason = reason, .arena = arena,
		.err = err };
	GMimeMessage *message;
	GMimeObject *body;
	char *text;

	*reason = NULL;
	g_mime_init();		/* counts its calls; later ones do nothing */
	message = g_mime_message_new(FALSE);
	c.list = g_mime_object_get_header_list(GMIME_OBJECT(message));
	if (add_headers(&c) == -1) {
		g_object_unref(message);
		return (-1);
	}
	body = make_body(mail);
	g_mime_message_set_mime_part(message, body);
	g_object_unref(body);
	text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
	*bytes = with_crlf(text, arena);
	g_free(text);
	g_object_unref(message);
	return (0);
}

const char *
fu_mail_references(const char *references, const char *in_reply_to,
    const char *id, struct fu_arena *arena)
{
	/* A single In-Reply-To stands in for what the parent did not say. */
	if (fu_blank(references) && !fu_blank(in_reply_to) &&
	    strchr(in_reply_to, ' ') == NULL)
		references = in_reply_to;
	if (fu_blank(references))
		return (fu_dup(arena, id));
	return (fu_printf(arena, "%s %s", references, id));
}
