/*
 * What a text on a telephone says beside its words: who it is from, and how to
 * end it.
 */
#ifndef FU_CONTENT_SHORT_H
#define FU_CONTENT_SHORT_H

#include "content/render.h"

/*
 * fu_short_text(in, said, arena, out):
 * ${said} with the company's name before it where it does not say it; for
 * somebody in Canada (in->identify) a link to who we are; and the way out:
 * "Reply STOP to end.", or where nobody reads answers (channels.sms without
 * inbound: true, an outbox apart) that they are not read, and the link to end
 * it.  Fills in out->text, way_out and identified: what is not there is what
 * keeps it from leaving.  [TC-07, TC-12, CA-02]
 */
void fu_short_text(const struct fu_message_in *, const char *,
    struct fu_arena *, struct fu_message_out *);

#endif
