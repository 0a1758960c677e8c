/*
 * Header fields of a mail as they stand on the wire: encoded words, phrases,
 * folding, and quoted-printable for the parts.
 *
 * For content/compose.  GMime's own choices differ between versions and fold
 * some values past 78; these do not.  [RFC 2045 6.7, 2047, 5322 2.2.3]
 */
#ifndef FU_CONTENT_HEADER_H
#define FU_CONTENT_HEADER_H

#include "base/str.h"

#define FU_FOLD_COLUMNS	78
#define FU_WORD_MAX	998	/* RFC 5322 2.1.1, less what stands before */

/*
 * A header under way: its value with LF where it is folded; column counts from
 * the name's first letter.
 */
struct fu_mailhdr {
	struct fu_buf	 value;
	size_t		 column;
};

void fu_mailhdr_start(struct fu_mailhdr *, const char *);	/* "Subject" */
/* Append a token that is not broken, with a blank or a fold before it. */
void fu_mailhdr_token(struct fu_mailhdr *, struct fu_str);
/*
 * fu_mailhdr_text(header, text): unstructured text: as it is, folded at its own
 * blanks, when it is printable ASCII; else encoded words.
 * fu_mailhdr_phrase(header, text): a display name: atoms, a quoted string, or
 * encoded words.
 */
void fu_mailhdr_text(struct fu_mailhdr *, const char *);
void fu_mailhdr_phrase(struct fu_mailhdr *, const char *);

/* A text with LF, CRLF or CR as quoted-printable with LF; no line over 76. */
void fu_qp_encode(const char *, struct fu_buf *);

#endif
