/*
 * Feasts that people are away until, whose days can be computed.
 *
 * Pure: when it was written is an argument.
 */
#ifndef FU_CONTENT_MAIL_FEASTS_H
#define FU_CONTENT_MAIL_FEASTS_H

#include "base/clock.h"
#include "content/mail_lists.h"

/*
 * fu_feast_ends(feast, sent, day):
 * The last day of the coming ${feast} (FU_ML_NEW_YEAR to FU_ML_THANKSGIVING),
 * for who wrote on day number ${sent}: New Year's Day, the 26th of December,
 * Easter Monday, the Sunday after Thanksgiving of the United States.  False
 * where one has just gone by, and the next is not meant.
 */
bool fu_feast_ends(enum fu_mail_list, int32_t, int32_t *);

#endif
