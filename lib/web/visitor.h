/*
 * What a browser calls itself: an id that nobody can guess, signed by us.
 *
 * Pure but for the making of a new one.  The id is what the store keeps; the
 * token, which alone brings back what was said, is never stored here, so that
 * who reads an export cannot speak as a visitor.
 */
#ifndef FU_WEB_VISITOR_H
#define FU_WEB_VISITOR_H

#include "base/hash.h"

#define FU_VISITOR_MAX		32	/* an id with its NUL */
#define FU_VISITOR_TOKEN_MAX	64

/*
 * fu_visitor_new(id, err): one that nobody had.
 *
 * fu_visitor_token(keys, id, kept, token):
 * ${kept}: they agreed to be known again, so the browser may store it.  Without
 * that it lives as long as the page.
 *
 * fu_visitor_check(keys, token, id, kept):
 * Is it one of ours?  In the same time whatever it is.
 */
int fu_visitor_new(char[FU_VISITOR_MAX], struct fu_err *);
void fu_visitor_token(const struct fu_keys *, const char *, bool,
    char[FU_VISITOR_TOKEN_MAX]);
bool fu_visitor_check(const struct fu_keys *, struct fu_str,
    char[FU_VISITOR_MAX], bool *);

#endif
