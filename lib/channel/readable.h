/*
 * A message that is no mail, in the form of one, so that a mail reader shows
 * everything in an outbox.
 */
#ifndef FU_CHANNEL_READABLE_H
#define FU_CHANNEL_READABLE_H

#include "channel/channel.h"

/*
 * fu_readable(delivery, arena):
 * Headers X-Fu-Channel, X-Fu-To, From, Subject, Date and Message-ID, a blank
 * line, and the text.  What has no subject is "SMS to +13055550100".  Values with line breaks lose them here: this is a file
 * to look at, nothing is delivered from it.
 */
struct fu_str fu_readable(const struct fu_delivery *, struct fu_arena *);

#endif
