/*
 * Text: borrowed spans, and a buffer that grows.
 *
 * A struct fu_str is bytes of somebody else's, not NUL-terminated.  A plain
 * const char * anywhere in libfu is valid UTF-8 without control characters
 * other than tab and newline, ends in NUL, and is owned by an arena or a
 * struct that says so.
 */
#ifndef FU_BASE_STR_H
#define FU_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fu_str {
	const char	*ptr;
	size_t		 len;
};

#define FU_STR(lit) ((struct fu_str){ "" lit, sizeof(lit) - 1 })

struct fu_str fu_str_of(const char *);	/* of a C string; NULL gives len 0 */
bool fu_str_is(struct fu_str, const char *);		/* same bytes? */
bool fu_str_is_nocase(struct fu_str, const char *);	/* same in ASCII? */
bool fu_str_same(struct fu_str, struct fu_str);
bool fu_str_starts(struct fu_str, const char *);
struct fu_str fu_str_trim(struct fu_str);	/* ASCII blanks, both ends */

/* C strings, NULL counts as absent. */
bool fu_streq(const char *, const char *);	/* both NULL is equal */
bool fu_streq_nocase(const char *, const char *);	/* ASCII */
bool fu_blank(const char *);		/* NULL, empty or only blanks? */

/*
 * fu_glob(pattern, text):
 * Does ${text} match ${pattern}, where '*' is any run, '?' any one byte, and
 * ASCII case does not count?  Linear in time: no input makes it explode.
 */
bool fu_glob(const char *, const char *);

/*
 * fu_utf8_valid(ptr, len): well-formed UTF-8 of RFC 3629, without NUL?
 * fu_utf8_len(ptr, len): the length of the well-formed sequence at ${ptr}, of
 *	which ${len} bytes are there; 0 when it is malformed, cut or empty.
 * fu_utf8_next(s, &cp): the length of the sequence at ${s}, its code point in
 * ${cp}; 0 at the end of the string.  The string must be valid.
 * fu_utf8_cut(s, len): the greatest length <= ${len} that splits no sequence.
 * fu_utf8_count(text): how many characters valid text has.
 */
bool fu_utf8_valid(const char *, size_t);
size_t fu_utf8_len(const char *, size_t);
size_t fu_utf8_next(const char *, uint32_t *);
size_t fu_utf8_cut(const char *, size_t);
size_t fu_utf8_count(struct fu_str);

/*
 * fu_printable(text):
 * Make ${text} safe for a terminal, in place: each control character (tab,
 * newline and C1 included) and each byte that is not UTF-8 becomes '?'.
 */
void fu_printable(char *);

/*
 * fu_fold(src):
 * Casefold ${src} for comparing (Unicode simple folding, by GLib, after NFKC).
 * Return a string to be freed with free().
 */
char *fu_fold(const char *);

/*
 * fu_fold_plain(src):
 * The same, and letters without their accents: "désinscrire" is "desinscrire",
 * as many write it.
 */
char *fu_fold_plain(const char *);

/* A buffer that grows; ptr is always NUL-terminated once anything is in it. */
struct fu_buf {
	char	*ptr;
	size_t	 len;
	size_t	 cap;
};

void fu_buf_init(struct fu_buf *);
void fu_buf_free(struct fu_buf *);
void fu_buf_reset(struct fu_buf *);		/* empty, keeps its memory */
void fu_buf_cut(struct fu_buf *, size_t);	/* back to that length */
void fu_buf_put(struct fu_buf *, const void *, size_t);
void fu_buf_puts(struct fu_buf *, const char *);
void fu_buf_putc(struct fu_buf *, char);
void fu_buf_str(struct fu_buf *, struct fu_str);
/* So that it is text in HTML and in its attributes; NULL is nothing. */
void fu_buf_html(struct fu_buf *, const char *);
void fu_buf_printf(struct fu_buf *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
void fu_buf_vprintf(struct fu_buf *, const char *, va_list);
struct fu_str fu_buf_view(const struct fu_buf *);

#endif
