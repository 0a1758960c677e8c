/*
 * GMime's tree of a message as a flat list of texts.
 *
 * Must never trust a size, a depth or a charset that the message states, nor
 * take what lies in an enclosed message for what its sender said.
 */
#include <glib.h>
#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

#include "content/mail_charset.h"
#include "content/mail_parse.h"
#include "content/mail_part.h"

#define MULTIPARTS_MAX	1000	/* GMime looks at the boundary of each that is open
				 * with every line */
#define LOCAL_MAX	320	/* bytes of an address that are looked at */
#define DOMAIN_MAX	260
#define HEAD_MAX	8192	/* bytes in which a line ends, if lines do */
#define REST_MAX	65536	/* bytes of a body that has no parts */

struct reading {
	struct fu_letter	*letter;
	struct fu_arena		*arena;
	int			 alternatives;
};

/* Headers of which a mail has one at least. */
static const char *const marks[] = { "From", "Date", "Message-ID", "Subject",
	"Received", "To", "Return-Path", "Content-Type", "Delivered-To" };

const char *
fu_mail_field_get(const struct fu_mail_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (strcasecmp(fields->field[i].name, name) == 0)
			return (fields->field[i].value);
	return (NULL);
}

void
fu_mail_field_add(struct fu_mail_fields *fields, struct fu_arena *arena,
    struct fu_str name, struct fu_str value)
{
	char	*copy;

	if (fields->n == FU_LETTER_FIELDS_MAX)
		return;
	value.len = value.len > FU_LETTER_VALUE_MAX ? FU_LETTER_VALUE_MAX :
	    value.len;
	copy = fu_dup(arena, fu_mail_utf8(value, NULL, arena));
	for (char *p = copy; *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	fields->field = fu_grow(arena, fields->field, fields->n, &fields->cap,
	    sizeof(*fields->field));
	fields->field[fields->n++] = (struct fu_mail_field){
	    fu_mail_utf8(name, NULL, arena), fu_dup_str(arena,
	    fu_str_trim(fu_str_of(copy))) };
}

size_t
fu_mail_fields_read(const char *text, struct fu_arena *arena,
    struct fu_mail_fields *fields)
{
	const char	*s = text, *end, *colon, *name;
	struct fu_buf	 value;
	size_t		 len;

	fu_buf_init(&value);
	while (*s != '\0') {
		end = strchrnul(s, '\n');
		name = s;
		for (len = 0; s[len] > ' ' && s[len] < 0x7f && s[len] != ':';
		    len++)
			continue;
		colon = s + len;
		if (len == 0 || len > 76 || *colon != ':')
			break;
		fu_buf_reset(&value);
		fu_buf_put(&value, colon + 1, (size_t)(end - colon - 1));
		s = *end == '\0' ? end : end + 1;
		while (*s == ' ' || *s == '\t') {
			if (strspn(s, " \t") == strcspn(s, "\n"))
				break;
			end = strchrnul(s, '\n');
			fu_buf_putc(&value, ' ');
			s += strspn(s, " \t");
			fu_buf_put(&value, s, (size_t)(end - s));
			s = *end == '\0' ? end : end + 1;
		}
		fu_mail_field_add(fields, arena, (struct fu_str){ name, len },
		    fu_buf_view(&value));
	}
	fu_buf_free(&value);
	return ((size_t)(s - text));
}

/* The length of a letter beyond ASCII, of a script that parts its words: what
 * stands before or behind an address in others is none of it. */
static size_t
letter_at(const char *s)
{
	uint32_t	 cp;
	size_t		 n = 0;

	if ((unsigned char)*s >= 0xc0)	/* not within one */
		n = fu_utf8_next(s, &cp);
	return (n > 0 && cp < 0x2e80 && (g_unichar_isalnum(cp) ||
	    g_unichar_ismark(cp)) ? n : 0);
}

static size_t
local_at(const char *s)
{
	unsigned char	 c = (unsigned char)*s;

	if (c >= 0x80)
		return (letter_at(s));
	return (c > ' ' && c < 0x7f && strchr("()<>[]\\,;:@\"", c) == NULL);
}

static size_t
domain_at(const char *s)
{
	unsigned char	 c = (unsigned char)*s;

	if (c >= 0x80)
		return (letter_at(s));
	return (c == '-' || c == '.' || (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
}

size_t
fu_address_at(const char *s)
{
	size_t	 n = 0, local, step;

	while (n < LOCAL_MAX && (step = local_at(s + n)) > 0)
		n += step;
	if (n == 0 || s[n] != '@')
		return (0);
	local = ++n;
	while (n < local + DOMAIN_MAX && (step = domain_at(s + n)) > 0)
		n += step;
	while (n > local && (s[n - 1] == '.' || s[n - 1] == '-'))
		n--;
	return (n > local ? n : 0);
}

const char *
fu_address_next(const char *text, struct fu_arena *arena, const char **end)
{
	const char	*at = text, *s;
	size_t		 len;

	while ((at = strchr(at, '@')) != NULL) {
		for (s = at; s > text && at - s < LOCAL_MAX &&
		    ((unsigned char)s[-1] >= 0x80 || local_at(s - 1) > 0); s--)
			continue;
		/* "<mailto:ann@x.example>", "'ann@x.example'". */
		while (s < at && (strchr("'\"=*", *s) != NULL ||
		    ((unsigned char)*s & 0xc0) == 0x80 ||
		    ((unsigned char)*s >= 0x80 && letter_at(s) == 0)))
			s++;
		while (s < at && (len = fu_address_at(s)) == 0)
			s++;
		if (s < at && len > (size_t)(at - s)) {
			if (end != NULL)
				*end = s + len;
			return (fu_dup_str(arena, (struct fu_str){ s, len }));
		}
		at++;
	}
	return (NULL);
}

static const char *
lower(const char *text, struct fu_arena *arena)
{
	char	*copy = fu_dup(arena, text == NULL ? "" : text);

	for (char *p = copy; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p |= 0x20;
	return (copy);
}

static void
take_headers(GMimeHeaderList *list, struct fu_arena *arena,
    struct fu_mail_fields *fields)
{
	int	 n = g_mime_header_list_get_count(list);

	for (int i = 0; i < n && fields->n < FU_LETTER_FIELDS_MAX; i++) {
		GMimeHeader	*h = g_mime_header_list_get_header_at(list, i);
		const char	*value = g_mime_header_get_value(h);

		fu_mail_field_add(fields, arena, fu_str_of(g_mime_header_get_name(h)),
		    fu_str_of(value == NULL ? "" : value));
	}
}

static enum fu_part_kind
kind_of(GMimeContentType *type)
{
	const char	*sub = g_mime_content_type_get_media_subtype(type);

	sub = sub == NULL ? "" : sub;
	if (g_mime_content_type_is_type(type, "message", "*")) {
		if (strcasestr(sub, "delivery-status") != NULL)
			return (FU_PART_STATUS);
		return (strcasecmp(sub, "feedback-report") == 0 ?
		    FU_PART_FEEDBACK : FU_PART_OTHER);
	}
	if (!g_mime_content_type_is_type(type, "text", "*"))
		return (FU_PART_OTHER);
	if (strcasecmp(sub, "html") == 0)
		return (FU_PART_HTML);
	if (strcasecmp(sub, "calendar") == 0)
		return (FU_PART_CALENDAR);
	return (FU_PART_TEXT);
}

static bool
is_parameter(GMimeObject *part, const char *name, const char *value)
{
	const char	*have = g_mime_object_get_content_type_parameter(part,
	    name);

	return (have != NULL && strcasecmp(have, value) == 0);
}

static void
take_leaf(struct reading *r, GMimeObject *object, int alternative)
{
	GMimeContentType	*type = g_mime_object_get_content_type(object);
	GMimeContentDisposition	*how =
	    g_mime_object_get_content_disposition(object);
	const char		*name;
	struct fu_part		*p;

	if (r->letter->npart == FU_LETTER_PARTS_MAX || !GMIME_IS_PART(object))
		return;
	p = &r->letter->part[r->letter->npart++];
	*p = (struct fu_part){ .kind = kind_of(type), .text = "",
		.alternative = alternative };
	name = g_mime_content_type_get_media_subtype(type);
	if (p->kind != FU_PART_OTHER)
		p->text = fu_mail_part_text(GMIME_PART(object), p->kind ==
		    FU_PART_HTML ? FU_LETTER_HTML_MAX : FU_LETTER_TEXT_MAX,
		    r->arena);
	if (p->kind == FU_PART_TEXT && name != NULL &&
	    strstr(name, "rfc822-headers") != NULL) {
		p->kind = FU_PART_OTHER;
		if (r->letter->original.n == 0)
			(void)fu_mail_fields_read(p->text, r->arena,
			    &r->letter->original);
		r->letter->encloses = true;
	}
	p->flowed = is_parameter(object, "format", "flowed");
	p->delsp = is_parameter(object, "delsp", "yes");
	p->attached = how != NULL && strcasecmp(
	    g_mime_content_disposition_get_disposition(how),
	    "attachment") == 0;
}

static void
take_enclosed(struct reading *r, GMimeMessagePart *part)
{
	GMimeMessage	*message = g_mime_message_part_get_message(part);
	GMimeObject	*inner;
	char		*type;

	r->letter->encloses = true;
	if (message == NULL || r->letter->original.n > 0)
		return;
	take_headers(g_mime_object_get_header_list(GMIME_OBJECT(message)),
	    r->arena, &r->letter->original);
	if ((inner = g_mime_message_get_mime_part(message)) == NULL)
		return;
	type = g_mime_content_type_get_mime_type(
	    g_mime_object_get_content_type(inner));
	r->letter->original_type = lower(type, r->arena);
	g_free(type);
}

static void
take_part(struct reading *r, GMimeObject *object, int alternative, int depth)
{
	GMimeMultipart	*multi;
	int		 n;

	if (object == NULL || depth > FU_LETTER_DEPTH_MAX)
		return;
	if (GMIME_IS_MESSAGE_PART(object)) {
		take_enclosed(r, GMIME_MESSAGE_PART(object));
		return;
	}
	if (!GMIME_IS_MULTIPART(object)) {
		take_leaf(r, object, alternative);
		return;
	}
	multi = GMIME_MULTIPART(object);
	if (g_mime_content_type_is_type(g_mime_object_get_content_type(object),
	    "multipart", "alternative"))
		alternative = ++r->alternatives;
	n = g_mime_multipart_get_count(multi);
	for (int i = 0; i < n && r->letter->npart < FU_LETTER_PARTS_MAX; i++)
		take_part(r, g_mime_multipart_get_part(multi, i), alternative,
		    depth + 1);
}

/* What is left of a body without the lines that part it: boundaries, and the
 * headers of parts. */
static const char *
rest_text(struct fu_str body, struct fu_arena *arena)
{
	const char	*s = body.ptr, *end = body.ptr + body.len, *eol, *text;
	bool		 head = false;
	struct fu_buf	 out;

	fu_buf_init(&out);
	for (; s < end && out.len < REST_MAX; s = eol) {
		eol = memchr(s, '\n', (size_t)(end - s));
		eol = eol == NULL ? end : eol + 1;
		if (eol - s > 2 && s[0] == '-' && s[1] == '-')
			head = true;	/* what follows are headers … */
		else if (*s == '\n' || *s == '\r')
			head = false;	/* … up to a blank line */
		if (!head)
			fu_buf_put(&out, s, (size_t)(eol - s));
	}
	if (out.len > REST_MAX)
		fu_buf_cut(&out, REST_MAX);
	text = fu_mail_utf8(fu_str_trim(fu_buf_view(&out)), NULL, arena);
	fu_buf_free(&out);
	return (text);
}

/* A multipart without its parts: what stands there is all there is. */
static void
take_rest(struct reading *r, struct fu_str bytes)
{
	struct fu_letter	*l = r->letter;
	const char		*body = memmem(bytes.ptr, bytes.len, "\n\n", 2),
	    *crlf = memmem(bytes.ptr, bytes.len, "\n\r\n", 3);

	for (size_t i = 0; i < l->npart; i++)
		if (l->part[i].kind != FU_PART_OTHER)
			return;
	if (body == NULL || (crlf != NULL && crlf < body))
		body = crlf;
	if (body == NULL || l->npart == FU_LETTER_PARTS_MAX ||
	    strncmp(l->type, "multipart/", 10) != 0)
		return;
	bytes.len -= (size_t)(body - bytes.ptr);
	bytes.ptr = body;
	l->part[l->npart++] = (struct fu_part){ .kind = FU_PART_TEXT,
		.text = rest_text(bytes, r->arena) };
}

static bool
is_mail(const struct fu_mail_fields *head)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (fu_mail_field_get(head, marks[i]) != NULL)
			return (true);
	return (false);
}

static const char *
first_id(const char *value, struct fu_arena *arena)
{
	const char	*open, *end;

	if (value == NULL)
		return (NULL);
	if ((open = strchr(value, '<')) == NULL)
		return (*value == '\0' || strchr(value, ' ') != NULL ? NULL :
		    fu_printf(arena, "<%s>", value));
	end = strchr(open, '>');
	return (end == NULL ? NULL : fu_dup_str(arena, (struct fu_str){ open,
	    (size_t)(end - open) + 1 }));
}

/* Who wrote: the address in the last brackets, since a name may hold one. */
static const char *
from_of(const struct fu_mail_fields *head, struct fu_arena *arena)
{
	const char	*value = fu_mail_field_get(head, "From"), *open, *address;

	if (value == NULL && (value = fu_mail_field_get(head, "Sender")) == NULL)
		return (NULL);
	if ((open = strrchr(value, '<')) != NULL &&
	    (address = fu_address_next(open, arena, NULL)) != NULL)
		return (address);
	return (fu_address_next(value, arena, NULL));
}

static void
take_facts(struct reading *r, GMimeMessage *message)
{
	struct fu_letter	*l = r->letter;
	GMimeObject		*body = g_mime_message_get_mime_part(message);
	GDateTime		*date = g_mime_message_get_date(message);
	const char		*subject = fu_mail_field_get(&l->head, "Subject");
	char			*type;
	gint64			 seconds = 0;

	l->from = from_of(&l->head, r->arena);
	l->subject = subject == NULL ? "" : subject;
	l->message_id = first_id(fu_mail_field_get(&l->head, "Message-ID"),
	    r->arena);
	l->date_us = FU_NEVER;
	if (date != NULL) {
		seconds = g_date_time_to_unix(date);
		l->offset_s = (int)(g_date_time_get_utc_offset(date) /
		    G_TIME_SPAN_SECOND);
	}
	if (seconds > 0 && seconds < INT64_C(253402300800))
		l->date_us = seconds * FU_SECOND;
	l->type = "";
	if (body == NULL)
		return;
	type = g_mime_content_type_get_mime_type(
	    g_mime_object_get_content_type(body));
	l->type = lower(type, r->arena);
	g_free(type);
	if (strcmp(l->type, "multipart/report") == 0)
		l->report = lower(g_mime_object_get_content_type_parameter(body,
		    "report-type"), r->arena);
}

/* What stands before the thousandth multipart: no person sends so many, and
 * time that is theirs squared is not ours to give. */
static struct fu_str
bounded(struct fu_str bytes)
{
	static const char	 word[] = "multipart/";
	const char		*s = bytes.ptr, *end = bytes.ptr + bytes.len;

	for (int n = 0; n < MULTIPARTS_MAX; n++) {
		while (s < end && (s = memchr(s, '/', (size_t)(end - s))) !=
		    NULL && (s - bytes.ptr < 9 ||
		    strncasecmp(s - 9, word, sizeof(word) - 1) != 0))
			s++;
		if (s == NULL || s >= end)
			return (bytes);
		s++;
	}
	return ((struct fu_str){ bytes.ptr, (size_t)(s - bytes.ptr) });
}

/* A mail whose lines end as those of the old Macintosh did: as ours do. */
static struct fu_str
lines_of(struct fu_str bytes, struct fu_arena *arena)
{
	char	*copy;

	if (bytes.len == 0 || memchr(bytes.ptr, '\r', bytes.len) == NULL ||
	    memchr(bytes.ptr, '\n', bytes.len < HEAD_MAX ? bytes.len :
	    HEAD_MAX) != NULL)
		return (bytes);
	copy = fu_alloc(arena, bytes.len);
	memcpy(copy, bytes.ptr, bytes.len);
	for (size_t i = 0; i < bytes.len; i++)
		if (copy[i] == '\r')
			copy[i] = '\n';
	return ((struct fu_str){ copy, bytes.len });
}

int
fu_letter_read(struct fu_str bytes, struct fu_arena *arena,
    struct fu_letter *letter, struct fu_err *err)
{
	struct reading	 r = { .letter = letter, .arena = arena };
	struct fu_str	 whole;
	GMimeMessage	*message;
	GMimeStream	*stream;
	GMimeParser	*parser;
	int		 rc = 0;

	memset(letter, 0, sizeof(*letter));
	whole = lines_of(bytes, arena);
	bytes = bounded(whole);
	g_mime_init();		/* counts its calls; later ones do nothing */
	stream = g_mime_stream_mem_new_with_buffer(bytes.len > 0 ? bytes.ptr :
	    "", bytes.len);
	parser = g_mime_parser_new_with_stream(stream);
	g_object_unref(stream);
	message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	if (message != NULL) {
		take_headers(g_mime_object_get_header_list(
		    GMIME_OBJECT(message)), arena, &letter->head);
		take_facts(&r, message);
		take_part(&r, g_mime_message_get_mime_part(message), 0, 0);
		take_rest(&r, whole);
		g_object_unref(message);
	}
	if (message == NULL || !is_mail(&letter->head))
		rc = fu_err_set(err, FU_EDATA,
		    "this is no mail: it has none of a mail's headers");
	return (rc);
}
