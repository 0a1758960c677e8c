/*
 * What the law wants under a commercial mail: who, where, why, and the way
 * out.
 *
 * Markdown, so that each part of a mail says the same.  [CS-01, CS-06, CS-08,
 * GD-05, EM-20]
 */
#ifndef FU_CONTENT_FOOTER_H
#define FU_CONTENT_FOOTER_H

#include "content/render.h"

/*
 * fu_footer_fault(in, arena, detail):
 * Why no lawful footer can be made, or NULL: "no_postal_address", or
 * "notice_missing" when the notice is asked for and law.notice, the privacy
 * notice or the person's source is not given; ${detail} says which key.
 *
 * fu_footer_markdown(in, arena): the footer.
 *
 * fu_footer_lost(in, part, html):
 * What of it a rendered part does not show, or NULL: "no_postal_address",
 * "no_unsub_mechanism".  A template may have hidden it in a comment.
 */
const char *fu_footer_fault(const struct fu_message_in *, struct fu_arena *,
    const char **);
const char *fu_footer_markdown(const struct fu_message_in *,
    struct fu_arena *);
const char *fu_footer_lost(const struct fu_message_in *, const char *,
    bool);

#endif
