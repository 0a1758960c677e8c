/*
 * Bytes of a file descriptor as UTF-8 text, by the physical line.
 *
 * Finds out the encoding from the first bytes, decodes as it reads, and holds
 * no more than the span that its caller asked it to hold.  Knows lines, not
 * what is in them.
 */
#ifndef FU_RECORD_TEXT_H
#define FU_RECORD_TEXT_H

#include "base/err.h"
#include "base/str.h"

/* Held text grows no longer than this; a longer line is cut. */
#define FU_TEXT_HOLD_MAX	(1024 * 1024)

enum fu_encoding {
	FU_ENC_UTF8, FU_ENC_UTF8_BOM, FU_ENC_UTF16LE, FU_ENC_UTF16BE,
	FU_ENCODING_N
};

enum fu_text_kind { FU_TEXT_EMPTY, FU_TEXT_ROWS, FU_TEXT_NDJSON };

struct fu_text;

/*
 * fu_text_open(fd, name, err):
 * Read the first bytes of ${fd}, which stays the caller's to close.  Return a
 * reader to be closed with fu_text_close(), or NULL with ${err} filled in:
 * FU_EDATA, in words for a person, if this is no text (a spreadsheet renamed,
 * an archive, a PDF, NULs), FU_EIO if reading failed.  ${name} is borrowed.
 */
struct fu_text *fu_text_open(int, const char *, struct fu_err *);
void fu_text_close(struct fu_text *);

/* What the first visible character says: '{' begins NDJSON. */
enum fu_text_kind fu_text_kind(const struct fu_text *);
enum fu_encoding fu_text_encoding(const struct fu_text *);
const char *fu_encoding_name(enum fu_encoding);	/* "UTF-16LE" */
const char *fu_text_name(const struct fu_text *);
/* Bytes taken from the descriptor so far, for a progress bar. */
uint64_t fu_text_bytes(const struct fu_text *);

/*
 * fu_text_line(text, line, number, cut, err):
 * The next physical line without its end (LF, CRLF or CR), for readers of
 * NDJSON; it lives until the next call.  ${number} counts from 1.  ${cut} says
 * that the line was longer than FU_TEXT_HOLD_MAX and that its rest was
 * skipped.  Return 1, 0 at the end or when a signal asks to stop, -1 with
 * ${err} filled in.  Bytes are not checked to be UTF-8.
 */
int fu_text_line(struct fu_text *, struct fu_str *, uint64_t *, bool *,
    struct fu_err *);

/*
 * fu_text_pending(text):
 * Can the next line be had without waiting for the writer?  True also at the
 * end of the input.  May read what is there.
 */
bool fu_text_pending(struct fu_text *);

/*
 * For readers whose rows span lines.  fu_text_begin() lets go of everything
 * before the present place and holds from there.  fu_text_more() takes one
 * more physical line, gives its span within what is held (without its end)
 * and returns 1, 0 at the end, -1 on an error, 2 when the hold is full (then
 * nothing was taken).  fu_text_held() is the whole of it, ends included;
 * pointers hold until the next call of any of these.  fu_text_back() returns
 * to ${offset} in it, which must be the beginning of a line, that was number
 * ${line}.
 */
void fu_text_begin(struct fu_text *);
int fu_text_more(struct fu_text *, size_t *, size_t *, struct fu_err *);
struct fu_str fu_text_held(const struct fu_text *);
void fu_text_back(struct fu_text *, size_t, uint64_t);
/* The number of the line that fu_text_more() would take next. */
uint64_t fu_text_next_number(const struct fu_text *);
/* The next 200 octets, or what is read of them: for the report of a line too
 * long to be held. */
struct fu_str fu_text_head(const struct fu_text *);
/* Skip to behind the next line end: the way out of a line too long. */
int fu_text_skip(struct fu_text *, struct fu_err *);

#endif
