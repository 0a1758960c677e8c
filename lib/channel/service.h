/*
 * What the transports of SMS and WhatsApp services share.
 */
#ifndef FU_CHANNEL_SERVICE_H
#define FU_CHANNEL_SERVICE_H

#include "channel/channel.h"

/*
 * fu_service_base(channel, usual, err): the url of the configuration without
 * its last '/', else ${usual}; notes whether it is on this machine.  NULL with
 * FU_ECONFIG for one that is none.
 *
 * fu_service_outcome(channel, delivery, meaning, err):
 * A code's meaning into the delivery's outcome.  0; or -1 where nothing may
 * leave that way any more: then the delivery counts as not started, for the
 * service has said that it took nothing.
 */
const char *fu_service_base(struct fu_chan *, const char *, struct fu_err *);
int fu_service_outcome(struct fu_chan *, struct fu_delivery *,
    const struct fu_provider_code *, struct fu_err *);

#endif
