/*
 * What an answer of 2xx says of itself: some services answer so when they have
 * taken nothing.
 */
#ifndef FU_CHANNEL_ANSWER_H
#define FU_CHANNEL_ANSWER_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * fu_answer_refusal(body, arena):
 * NULL when ${body} is no JSON object or says nothing of a refusal; else why,
 * as it is written there: a part of Salesforce's composite answer with a
 * status from 400 on, HubSpot's errors of a batch, Pipedrive's success: false.
 * The text may be "".
 */
const char *fu_answer_refusal(struct fu_str, struct fu_arena *);

#endif
