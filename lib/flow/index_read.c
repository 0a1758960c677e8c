/*
 * A file as a document.
 *
 * Must never take bytes for text that are none, nor wait for a converter for
 * ever.
 */
#include <limits.h>
#include <string.h>

#include "channel/program.h"
#include "flow/index_room.h"
#include "record/latin.h"

#define PDF_SECONDS	60
#define PDF_TEXT_MAX	(16 * 1024 * 1024)
static const char *const pdftotext[] = { "/usr/bin/pdftotext",
	"/usr/local/bin/pdftotext", "/opt/homebrew/bin/pdftotext", NULL };

/* CRLF and CR become LF, in place; no byte order mark. */
static struct fu_str
plain_lines(char *p, size_t len)
{
	size_t	 i, n = 0, from = len >= 3 &&
	    memcmp(p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	for (i = from; i < len; i++)
		if (p[i] != '\r')
			p[n++] = p[i];
		else if (i + 1 == len || p[i + 1] != '\n')
			p[n++] = '\n';
	p[n] = '\0';
	return ((struct fu_str){ p, n });
}

int
fu_file_version(const struct fu_file *file, struct fu_arena *arena,
    struct fu_str *text, const char **version, struct fu_err *err)
{
	if (fu_file_read(file->full, arena, text, err) == -1)
		return (-1);
	*version = fu_printf(arena, "%016llx",
	    (unsigned long long)fu_hash64(text->ptr, text->len, 0));
	return (0);
}

static int
of_pdf(const struct fu_file *file, struct fu_arena *arena,
    struct fu_str *text, struct fu_err *err)
{
	const char		*argv[] = { NULL, "-q", "-enc", "UTF-8",
	    file->full, "-", NULL };
	struct fu_program	 run;

	for (size_t i = 0; pdftotext[i] != NULL; i++) {
		argv[0] = pdftotext[i];
		if (fu_program_run_max(argv, FU_STR(""), PDF_SECONDS,
		    PDF_TEXT_MAX, arena, &run, err) == -1)
			continue;
		if (run.timed_out)
			return (fu_err_set(err, FU_EDATA, "pdftotext had not "
			    "read it after %d seconds", PDF_SECONDS));
		if (run.status != 0)
			return (fu_err_set(err, FU_EDATA, "pdftotext cannot "
			    "read it (it ended with %d)", run.status));
		*text = run.out;
		return (0);
	}
	return (fu_err_set(err, FU_EDATA, "a PDF is read by pdftotext, which "
	    "is not installed (Debian: poppler-utils)"));
}

/* UTF-8 out of what is that or Windows-1252. */
static int
of_bytes(struct fu_arena *arena, struct fu_str *text, bool latin,
    struct fu_err *err)
{
	struct fu_buf	 out;

	if (memchr(text->ptr, '\0', text->len) != NULL)
		return (fu_err_set(err, FU_EDATA, "is no text: it has NUL "
		    "bytes"));
	if (latin && !fu_utf8_valid(text->ptr, text->len)) {
		fu_buf_init(&out);
		fu_latin_decode(*text, &out);
		text->len = out.len;
		text->ptr = fu_dup_buf(arena, &out);
		fu_buf_free(&out);
	}
	*text = plain_lines(fu_dup_str(arena, *text), text->len);
	return (0);
}

static void
bare(const char *path, struct fu_arena *arena, struct fu_document *d)
{
	*d = (struct fu_document){ .path = fu_dup(arena, path),
		.size_max = INT_MAX, .published = FU_NO_DAY,
		.expires = FU_NO_DAY, .deadline = FU_NO_DAY, .body = "" };
}

/* Front matter and the text behind it. */
static int
of_written(const struct fu_file *file, struct fu_str text,
    struct fu_arena *arena, struct fu_document *d, struct fu_err *err)
{
	struct fu_faults	 faults;
	size_t			 i;
	int			 rc;

	fu_faults_init(&faults);
	rc = fu_document_parse(text, file->full, arena, d, &faults);
	for (i = 0; rc == -1 && i < faults.n; i++)
		if (!faults.fault[i].warning)
			break;
	if (rc == -1 && i < faults.n)
		fu_err_set(err, FU_EDATA, "%s", fu_fault_print(arena,
		    &faults.fault[i]));
	fu_faults_free(&faults);
	return (rc);
}

/* What fu.yaml says of files by their paths. */
static const char *
kind_of(const struct fu_config *config, const char *path,
    struct fu_arena *arena)
{
	for (size_t i = 0; i < config->kinds.n; i++) {
		const char	*pair = config->kinds.item[i];
		const char	*eq = strrchr(pair, '=');

		if (fu_glob(fu_dup_str(arena, (struct fu_str){ pair,
		    (size_t)(eq - pair) }), path))
			return (eq + 1);
	}
	return (NULL);
}

static const char *
url_of(const struct fu_config *config, const char *path,
    struct fu_arena *arena)
{
	const char	*base = config->base_url, *name = strrchr(path, '/');
	struct fu_buf	 url;
	const char	*result;
	size_t		 len = strlen(path);

	if (base == NULL)
		return (NULL);
	name = name == NULL ? path : name + 1;
	if (strcmp(name, "index.html") == 0 || strcmp(name, "index.htm") == 0)
		len = (size_t)(name - path);
	fu_buf_init(&url);
	fu_buf_puts(&url, base);
	if (base[strlen(base) - 1] != '/')
		fu_buf_putc(&url, '/');
	for (size_t i = 0; i < len; i++)
		if (strchr(" ?#%\"<>\\^`{|}", path[i]) != NULL ||
		    (unsigned char)path[i] >= 0x80)
			fu_buf_printf(&url, "%%%02X", (unsigned char)path[i]);
		else
			fu_buf_putc(&url, path[i]);
	result = fu_dup_buf(arena, &url);
	fu_buf_free(&url);
	return (result);
}

/* Of a page's own headings the first of level one, else what it calls itself,
 * else its file. */
static const char *
title_of(const struct fu_page *page, const char *path)
{
	const char	*slash = strrchr(path, '/');

	for (size_t i = 0; i < page->n; i++)
		if (page->block[i].level == 1)
			return (page->block[i].text);
	if (!fu_blank(page->title))
		return (page->title);
	return (slash == NULL ? path : slash + 1);
}

int
fu_document_read(struct fu_session *s, const struct fu_file *file,
    struct fu_arena *arena, struct fu_document *d, struct fu_page *page,
    struct fu_err *err)
{
	struct fu_str	 text;
	const char	*version;
	bool		 written = file->type == FU_FILE_MARKDOWN ||
	    file->type == FU_FILE_TEXT;

	memset(page, 0, sizeof(*page));
	if (fu_file_version(file, arena, &text, &version, err) == -1)
		return (-1);
	if ((file->type == FU_FILE_PDF && of_pdf(file, arena, &text, err) ==
	    -1) || of_bytes(arena, &text, file->type != FU_FILE_MARKDOWN,
	    err) == -1)
		return (-1);
	if (!written)
		bare(file->path, arena, d);
	else if (of_written(file, text, arena, d, err) == -1)
		return (-1);
	if (file->type == FU_FILE_MARKDOWN)
		fu_page_markdown(page, arena, fu_str_of(d->body));
	else if (file->type == FU_FILE_HTML)
		fu_page_html(page, arena, text);
	else
		fu_page_text(page, arena, written ? fu_str_of(d->body) : text);
	d->path = file->path;
	d->version = version;
	if (!written)
		d->title = title_of(page, file->path);
	if (d->kind == NULL)
		d->kind = kind_of(&s->config, file->path, arena);
	if (d->language == NULL)
		d->language = page->language;
	if (d->url == NULL)
		d->url = page->url;
	if (d->url == NULL)
		d->url = url_of(&s->config, file->path, arena);
	return (0);
}
