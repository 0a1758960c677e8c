/*
 * The two readers: tables and NDJSON.
 *
 * Must never drop a row without a word, nor write one before it is durable.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sig.h"
#include "flow/ingest_again.h"
#include "flow/ingest_header.h"
#include "flow/ingest_read.h"
#include "flow/ingest_room.h"
#include "record/csv.h"

/* Text of a window beyond which it is run, however few its rows. */
#define WINDOW_BYTES	((size_t)16 * 1024 * 1024)
#define OUT_BYTES	((size_t)256 * 1024)

/* A line of NDJSON in the window: of a row, or passing through. */
struct line {
	struct fu_str	 text;
	size_t		 row;		/* + 1; 0: passes through */
	const char	*header;	/* of a table's row once, or NULL */
	char		 delimiter;
};

struct reader {
	struct fu_ingest		*in;
	const struct fu_ingest_reading	*how;
	struct fu_sink			*sink;
	struct fu_arena			 arena;	/* for the window */
	struct fu_arena			 parse;	/* for one line */
	struct fu_buf			 out;
	struct line			*line;
	size_t				 n, cap, bytes;
	const char			*name;
	struct fu_again			 again;	/* rejects that come back */
};

static void
reader_init(struct reader *r, struct fu_ingest *in,
    const struct fu_ingest_reading *how, const char *name)
{
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->how = how;
	r->sink = &in->session->sink;
	r->name = name;
	fu_arena_init(&r->arena);
	fu_arena_init(&r->parse);
	fu_buf_init(&r->out);
	fu_again_init(&r->again);
}

static void
reader_free(struct reader *r)
{
	fu_ingest_empty(r->in);
	free(r->line);
	fu_again_free(&r->again);
	fu_buf_free(&r->out);
	fu_arena_free(&r->parse);
	fu_arena_free(&r->arena);
}

/* Out with it, once it is worth a system call. */
static int
printed(struct reader *r, struct fu_err *err)
{
	return (r->out.len < OUT_BYTES ? 0 : fu_sink_write(r->sink, &r->out,
	    err));
}

/* It names what is not there, or is not taken of them: that shows when it is
 * written. */
static int
reject_row(struct reader *r, const struct fu_ingest_row *row,
    struct fu_str input)
{
	fu_reject(r->sink, r->name, row->line, row->reject, input, "%s",
	    row->detail);
	return (0);
}

static int
print_row(struct reader *r, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	if (!row->done)
		return (0);
	if (row->reject != NULL)
		return (reject_row(r, row, row->input));
	fu_ingest_print(row, &r->out);
	return (printed(r, err));
}

/* Of a reject that came back: if it goes there again, its header does too. */
static int
print_again(struct reader *r, const struct line *l,
    const struct fu_ingest_row *row, struct fu_err *err)
{
	int	 rc;

	r->sink->reject_header = l->header;
	r->sink->reject_delimiter = l->delimiter;
	rc = print_row(r, row, err);
	r->sink->reject_header = NULL;
	return (rc);
}

/* Parsed once more: to keep what was parsed would take four times its text. */
static int
print_line(struct reader *r, const struct line *l, struct fu_err *err)
{
	const struct fu_ingest_row	*row = l->row == 0 ? NULL :
	    &r->in->row[l->row - 1];
	struct fu_rec			 rec;

	if (l->header != NULL)
		return (print_again(r, l, row, err));
	if (row != NULL && !row->done)
		return (0);
	if (row != NULL && row->reject != NULL)
		return (reject_row(r, row, l->text));
	fu_arena_reset(&r->parse);
	if (row == NULL) {
		fu_rec_new(&rec, &r->parse);
		rec.line = l->text;
	} else if (fu_rec_parse(&rec, &r->parse, l->text, err) == -1)
		return (-1);
	else
		fu_ingest_mark(row, &rec);
	fu_rec_write(&rec, &r->out);
	return (printed(r, err));
}

static int
print_all(struct reader *r, struct fu_err *err)
{
	int	 rc = 0;

	for (size_t i = 0; rc == 0 && r->line == NULL && i < r->in->n; i++)
		rc = print_row(r, &r->in->row[i], err);
	for (size_t i = 0; rc == 0 && i < r->n; i++)
		rc = print_line(r, &r->line[i], err);
	return (rc == 0 ? fu_sink_write(r->sink, &r->out, err) : rc);
}

/* Something is full or broken: where it stopped, and how to go on. */
static void
say_stopped(struct reader *r, const struct fu_text *text)
{
	uint64_t	 line = fu_text_next_number(text);

	for (size_t i = 0; i < r->in->n; i++)
		if (!r->in->row[i].done) {
			line = r->in->row[i].line;
			break;
		}
	fu_say(r->sink->opt, "%s:%llu: stopped here; what came before is in: "
	    "mend what follows, and run it again to go on", r->name,
	    (unsigned long long)line);
}

/* Run what is in the window, and write what came of it: of a window that could
 * not be written to its end, what was committed. */
static int
run(struct reader *r, const struct fu_text *text, struct fu_err *err)
{
	int	 rc;

	rc = r->in->n > 0 ? fu_ingest_run(r->in, err) : 0;
	if (print_all(r, rc == -1 ? NULL : err) == -1)
		rc = -1;
	if (rc == -1)
		say_stopped(r, text);
	/* What cannot be read now cannot be read by the next run either. */
	if (fu_sink_flush_rejects(r->sink, rc == -1 ? NULL : err) == -1)
		rc = -1;
	fu_progress_tick(r->how->progress, r->sink->read, fu_text_bytes(text),
	    r->sink->rejected);
	r->n = r->bytes = 0;
	fu_ingest_empty(r->in);
	fu_arena_reset(&r->arena);
	return (rc);
}

static bool
full(const struct reader *r)
{
	return (fu_ingest_full(r->in) || r->n >= FU_WINDOW_MAX ||
	    r->bytes >= WINDOW_BYTES);
}

static void
set_aside(struct reader *r, const struct fu_taken *taken, uint64_t line)
{
	for (size_t i = 0; i < taken->naside; i++) {
		fu_ingest_aside(r->in, taken->aside[i].header,
		    taken->aside[i].reason);
		fu_debug(r->sink->opt, "%s:%llu: %s: \"%s\" set aside (%s)",
		    r->name, (unsigned long long)line, taken->aside[i].header,
		    taken->aside[i].value, taken->aside[i].reason);
	}
}

/* Is somebody of that row in the window now? */
static bool
take_row(struct reader *r, struct fu_mapping *map,
    const struct fu_csv_row *row, uint64_t line)
{
	struct fu_taken	*t = fu_alloc(&r->arena, sizeof(*t));
	struct fu_ingest_row *taken;

	r->bytes += row->input.len;
	if (row->reason != NULL) {
		fu_reject(r->sink, r->name, line, row->reason, row->input,
		    "%s", row->detail);
		return (false);
	}
	fu_person_of_row(map, &r->in->norm, &r->how->defaults, row->cell,
	    row->n, &r->arena, t);
	if (t->reject != NULL) {
		fu_reject(r->sink, r->name, line, t->reject, row->input,
		    "%s", t->detail);
		return (false);
	}
	set_aside(r, t, line);
	taken = fu_ingest_person(r->in, &t->person, 0, &r->arena, r->name,
	    line);
	if (t->person.f[FU_F_COLLECTED] != NULL)
		taken->input = fu_str_of(fu_dup_str(&r->arena, row->input));
	return (true);
}

/*
 * A file of which nothing can be taken: one reject stands for all of it.  An
 * error that is not the file's own stays one.
 */
static int
refuse_file(struct fu_sink *sink, const char *name, const char *reason,
    struct fu_str input, struct fu_err *err)
{
	const char	*text = err->msg;
	size_t		 len = strlen(name);
	uint64_t	 line = 0;
	char		*end;

	if (err->class != FU_EDATA)
		return (-1);
	if (strncmp(text, name, len) == 0 && text[len] == ':') {
		text += len + 1;
		if (*text >= '0' && *text <= '9') {
			line = strtoull(text, &end, 10);
			text = *end == ':' ? end + 1 : end;
		}
		text += *text == ' ';
	}
	fu_reject(sink, name, line, reason, input, "%s", text);
	memset(err, 0, sizeof(*err));
	return (fu_sink_flush_rejects(sink, err));
}

/* Headers that the table knows, or the operator. */
static size_t
known(void *ctx, const struct fu_str *cell, size_t n)
{
	const struct fu_ingest_reading	*how = ctx;
	char				 name[FU_HEADER_MAX];
	char				 want[FU_HEADER_MAX];
	struct fu_header		 h;
	size_t				 sum = fu_headers_known(NULL, cell, n);

	for (size_t i = 0; how->nmap > 0 && i < n; i++) {
		if (cell[i].len == 0 || cell[i].len >= FU_HEADER_MAX ||
		    fu_header_find(fu_header_normalise(cell[i], name), &h))
			continue;
		for (size_t k = 0; k < how->nmap; k++)
			if (strcmp(name, fu_header_normalise(fu_str_of(
			    how->map[k].key), want)) == 0) {
				sum++;
				break;
			}
	}
	return (sum);
}

/* No column says who anybody is. */
static int
refuse_table(struct reader *r, struct fu_csv *csv, struct fu_err *err)
{
	const char *const	*header;
	struct fu_str		 row = { "", 0 };
	size_t			 n;

	header = fu_csv_header(csv, &n);
	if (!fu_ingest_header_data(header, n, &r->arena)) {
		(void)fu_err_set(err, FU_EDATA, "%s: no column identifies a "
		    "person (email, phone, external_id, visitor); "
		    "-m '%s' says which one does", r->name,
		    fu_ingest_header_meant(header, n, &r->arena));
		return (refuse_file(r->sink, r->name, "no_identity", row,
		    err));
	}
	row = fu_str_of(fu_csv_header_input(csv));
	r->sink->reject_header = NULL;
	(void)fu_err_set(err, FU_EDATA, "%s:%llu: looks like data (an "
	    "address): put a header line such as \"email,name\" above it; "
	    "nothing of the file was taken", r->name, (unsigned long long)
	    fu_csv_seen(csv)->header_line);
	return (refuse_file(r->sink, r->name, "no_header", row, err));
}

static int
read_table(struct reader *r, struct fu_text *text, struct fu_err *err)
{
	struct fu_ingest_reading how = *r->how;
	struct fu_csv_opt	 opt = { .delimiter = how.delimiter,
	    .known = known, .ctx = &how };
	struct fu_csv_row	 row;
	struct fu_mapping	 map;
	struct fu_csv		*csv;
	const char *const	*header;
	size_t			 n;
	bool			 none = false;
	int			 rc, more;

	if ((csv = fu_csv_open(text, &opt, err)) == NULL) {
		if (err->class != FU_NOTFOUND)
			return (refuse_file(r->sink, r->name, "no_header",
			    (struct fu_str){ "", 0 }, err));
		fu_note(r->sink->opt, "%s", err->msg);
		return (0);
	}
	header = fu_csv_header(csv, &n);
	rc = fu_mapping_make(&map, header, n, r->how->map, r->how->nmap, err);
	r->sink->reject_header = fu_csv_header_input(csv);
	r->sink->reject_delimiter = fu_csv_seen(csv)->delimiter;
	if (rc == 0 && !map.identifies) {
		rc = refuse_table(r, csv, err);
		none = true;
	}
	if (rc == 0 && !none) {
		fu_ingest_tell_kept(r->sink->opt, r->name, &map);
		fu_ingest_tell_smells(r->sink->opt, r->name, &map);
	}
	while (rc == 0 && !none && !r->sink->lost &&
	    (more = fu_csv_next(csv, &row, err)) != 0) {
		if (more == -1) {
			rc = -1;
			break;
		}
		r->sink->read++;
		(void)take_row(r, &map, &row, row.line);
		if (full(r) || !fu_csv_pending(csv))
			rc = run(r, text, err);
	}
	if (rc == 0)
		rc = run(r, text, err);
	if (rc == 0 && !none)
		fu_ingest_tell_table(r->sink->opt, r->name, text,
		    fu_csv_seen(csv));
	r->sink->reject_header = NULL;
	fu_mapping_free(&map);
	fu_csv_close(csv);
	return (rc);
}

static void
take_person(struct reader *r, struct line *l, uint64_t number,
    struct fu_str input)
{
	struct fu_taken	 *t = fu_alloc(&r->arena, sizeof(*t));
	struct fu_object  object = { 0 };
	int64_t		  given = 0;

	/* Its custom members are the object's: they last like the row. */
	(void)fu_json_object(&r->arena, l->text, &object, NULL);
	(void)fu_json_int(fu_json_get(&object, "prospect"), &given);
	fu_person_of_json(&r->in->norm, &r->how->defaults, &object, &r->arena,
	    t);
	/* Without an identity of its own, it may name whom it is about. */
	if (t->reject != NULL && (given == 0 ||
	    strcmp(t->reject, "header_injection") == 0)) {
		fu_reject(r->sink, r->name, number, t->reject, input, "%s",
		    t->detail);
		r->n--;
		return;
	}
	set_aside(r, t, number);
	fu_ingest_person(r->in, &t->person, given, &r->arena, r->name, number);
	l->row = r->in->n;
}

static struct line *
new_line(struct reader *r)
{
	if (r->n == r->cap) {
		r->cap = r->cap == 0 ? 256 : r->cap * 2;
		r->line = reallocarray(r->line, r->cap, sizeof(*r->line));
		if (r->line == NULL)
			fu_oom();
	}
	memset(&r->line[r->n], 0, sizeof(*r->line));
	return (&r->line[r->n++]);
}

/* The rows of a reject that came from a table. */
static void
take_again(struct reader *r, const struct fu_again_reject *reject,
    uint64_t number)
{
	struct fu_csv_row	 row;
	struct fu_mapping	*map;
	struct fu_text		*text;
	struct fu_csv		*csv;
	struct fu_err		 err;
	struct line		*l;
	size_t			 n = 0;
	int			 fd, more = 0;

	r->sink->reject_header = reject->header;
	r->sink->reject_delimiter = reject->delimiter;
	if ((csv = fu_again_open(reject, r->name, &fd, &text, &err)) == NULL) {
		fu_reject(r->sink, r->name, number, "bad_reject",
		    fu_str_of(reject->input), "its header and input make no "
		    "table: %s", err.msg);
		r->sink->reject_header = NULL;
		return;
	}
	if ((map = fu_again_mapping(&r->again, csv, r->how->map, r->how->nmap,
	    &err)) == NULL)
		fu_reject(r->sink, r->name, number, "bad_header",
		    fu_str_of(reject->input), "%s", err.msg);
	while (map != NULL && (more = fu_csv_next(csv, &row, &err)) == 1) {
		n++;
		if (take_row(r, map, &row, number)) {
			l = new_line(r);
			l->row = r->in->n;
			l->header = fu_dup(&r->arena, reject->header);
			l->delimiter = reject->delimiter;
		}
	}
	if (map != NULL && n == 0 && !fu_sig_stopping())
		fu_reject(r->sink, r->name, number, "bad_reject",
		    fu_str_of(reject->input), "its input is no row");
	fu_csv_close(csv);
	fu_text_close(text);
	close(fd);
	r->sink->reject_header = NULL;
}

static void
take_line(struct reader *r, struct fu_str given, uint64_t number)
{
	struct fu_again_reject	 reject;
	struct fu_err		 err;
	struct fu_rec		 rec;
	struct fu_str		 text;
	struct line		*l;
	const char		*reason, *type;
	bool			 event, person;

	r->sink->read++;
	r->bytes += given.len;
	text.ptr = fu_dup_str(&r->arena, given);
	text.len = given.len;
	if (fu_again_unpack(&r->arena, text, &reject) == 1) {
		if (reject.input == NULL) {
			fu_reject(r->sink, r->name, number, "bad_reject", text,
			    "a reject without its input: correct the file "
			    "that it names, and feed that");
			return;
		}
		if (reject.header != NULL) {
			take_again(r, &reject, number);
			return;
		}
		text = fu_str_of(reject.input);
	}
	l = new_line(r);
	l->text = text;
	fu_arena_reset(&r->parse);
	if (fu_rec_parse(&rec, &r->parse, text, &err) == -1) {
		fu_reject(r->sink, r->name, number, "bad_json", text, "%s",
		    err.msg);
		r->n--;
		return;
	}
	type = fu_rec_type(&rec);
	event = fu_rec_get(&rec, "event") != NULL &&
	    (type == NULL || strcmp(type, "event") == 0);
	person = !event && (type == NULL || strcmp(type, "prospect") == 0);
	if ((event || person) && fu_json_half(text)) {
		fu_reject(r->sink, r->name, number, "bad_json", text,
		    "half of a surrogate pair is no character");
		r->n--;
	} else if (event) {
		if (fu_ingest_event(r->in, &rec.object, text, &r->arena,
		    r->name, number, &reason, &err) == -1) {
			fu_reject(r->sink, r->name, number, reason, text, "%s",
			    err.msg);
			r->n--;
			return;
		}
		l->row = r->in->n;
	} else if (fu_streq(type, "reject")) {
		fu_reject(r->sink, r->name, number, "bad_reject", text,
		    "a reject of a reject: feed the inner one");
		r->n--;
	} else if (person)
		take_person(r, l, number, text);
}

static int
read_ndjson(struct reader *r, struct fu_text *text, struct fu_err *err)
{
	struct fu_str	 line;
	uint64_t	 number;
	bool		 cut;
	int		 rc = 0, more;

	/* An empty window still has lines: they are this reader's own. */
	r->cap = 256;
	if ((r->line = calloc(r->cap, sizeof(*r->line))) == NULL)
		fu_oom();
	while (rc == 0 && !r->sink->lost &&
	    (more = fu_text_line(text, &line, &number, &cut, err)) != 0) {
		if (more == -1) {
			rc = -1;
			break;
		}
		if (cut) {
			r->sink->read++;
			fu_reject(r->sink, r->name, number, "line_too_long",
			    (struct fu_str){ line.ptr, 4096 },
			    "longer than %d bytes; only its beginning is kept",
			    FU_LINE_MAX);
		} else if (fu_str_trim(line).len > 0)
			take_line(r, line, number);
		if (full(r) || !fu_text_pending(text))
			rc = run(r, text, err);
	}
	return (rc == 0 ? run(r, text, err) : rc);
}

int
fu_ingest_read(struct fu_ingest *in, const struct fu_ingest_reading *how,
    int fd, const char *name, struct fu_err *err)
{
	struct reader		 r;
	struct fu_text		*text;
	enum fu_text_kind	 kind;
	int			 rc = 0;

	if ((text = fu_text_open(fd, name, err)) == NULL)
		return (refuse_file(&in->session->sink, name, "not_text",
		    (struct fu_str){ "", 0 }, err));
	fu_ingest_source(in, name);
	reader_init(&r, in, how, name);
	kind = fu_text_kind(text);
	if (kind == FU_TEXT_EMPTY) {
		if (!fu_sig_stopping())
			fu_note(r.sink->opt, "%s: is empty", name);
	} else if (how->format == FU_FMT_NDJSON ||
	    (how->format == FU_FMT_AUTO && kind == FU_TEXT_NDJSON))
		rc = read_ndjson(&r, text, err);
	else
		rc = read_table(&r, text, err);
	if (rc == 0 && fu_sig_stopping())
		fu_note(r.sink->opt, "interrupted at %s:%llu; %s", name,
		    (unsigned long long)fu_text_next_number(text),
		    r.sink->opt->dry ? "nothing was written (-n)" :
		    "what was read is in; run it again to go on");
	reader_free(&r);
	fu_text_close(text);
	return (rc);
}
