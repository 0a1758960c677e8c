/*
 * The names of the channels.
 */
#include <string.h>

#include "record/channel.h"

static const char *const channels[FU_CHANNEL_N] = {
	[FU_CH_EMAIL] = "email",
	[FU_CH_SMS] = "sms",
	[FU_CH_WHATSAPP] = "whatsapp",
	[FU_CH_CHAT] = "chat",
	[FU_CH_TASK] = "task",
};

const char *
fu_channel_name(enum fu_channel channel)
{
	return (channels[channel]);
}

int
fu_channel_find(const char *name)
{
	for (int i = 0; name != NULL && i < FU_CHANNEL_N; i++)
		if (strcmp(channels[i], name) == 0)
			return (i);
	return (-1);
}
