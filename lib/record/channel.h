/*
 * The channels that a touch can take.
 */
#ifndef FU_RECORD_CHANNEL_H
#define FU_RECORD_CHANNEL_H

enum fu_channel {
	FU_CH_EMAIL, FU_CH_SMS, FU_CH_WHATSAPP, FU_CH_CHAT, FU_CH_TASK,
	FU_CHANNEL_N
};
const char *fu_channel_name(enum fu_channel);
int fu_channel_find(const char *);		/* -1 if none */

#endif
