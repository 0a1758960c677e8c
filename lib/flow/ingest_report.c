/*
 * Reports of SMS and WhatsApp services: what became of a message of ours.
 *
 * Must never take a report for a sign of the person: it says what a network
 * did.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/again.h"
#include "flow/arrived.h"
#include "flow/ingest_room.h"

static const char *
phone_of(const struct fu_ingest_row *row)
{
	for (size_t i = 0; i < row->nkey; i++)
		if (row->key[i].kind == FU_ID_PHONE)
			return (row->key[i].value);
	return (NULL);
}

/* What the code means, by who gives it; NULL: neither is known. */
static const struct fu_provider_code *
meaning(struct fu_ingest *in, const struct fu_ingest_row *row,
    const char *phone)
{
	const struct fu_config	*config = &in->session->config;
	struct fu_arena		*arena = &in->scratch;
	const char		*provider = fu_json_text(arena, fu_json_get(
	    row->object, "provider"));
	const char		*code = fu_json_scalar_text(arena, fu_json_get(
	    row->object, "code"));
	long			 n;

	if (fu_blank(code) || strlen(code) > 9 ||
	    code[strspn(code, "0123456789")] != '\0')
		return (NULL);
	n = strtol(code, NULL, 10);
	if (fu_streq(provider, "twilio"))
		return (fu_provider_twilio((int)n, fu_streq(
		    config->channel[FU_CH_SMS].registered, "toll_free")));
	if (fu_streq(provider, "whatsapp"))
		return (fu_provider_whatsapp((int)n, phone != NULL &&
		    strncmp(phone, "+1", 2) == 0));
	return (NULL);
}

/* Does it go out again?  1, 0, -1. */
static int
again(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_lost	 lost = { .touch = row->event.touch,
		.at_us = row->event.at_us, .code = meaning(in, row,
		    phone_of(row)) };

	if (row->event.touch == 0 || row->action == FU_ACT_DUPLICATE)
		return (0);
	lost.relay_id = fu_json_text(&in->scratch, fu_json_get(row->object,
	    "relay_id"));
	return (fu_again(in->session, &lost, &in->scratch, err));
}

int
fu_ingest_settles(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	bool			 sent = e->kind != FU_K_DELIVERY ||
	    (!fu_streq(e->arg, "failed") && !fu_streq(e->arg, "undelivered") &&
	    !fu_streq(e->arg, "canceled"));
	int64_t			 id = 0;
	int			 rc;

	if (!sent && (rc = again(in, row, err)) != 0)
		return (rc == -1 ? -1 : 0);
	if (e->touch != 0 && fu_arrived_touch(in->session, e->touch, sent,
	    &in->scratch, err) == -1)
		return (-1);
	if (e->kind != FU_K_DELIVERY || row->object == NULL ||
	    !fu_json_int(fu_json_get(row->object, "dispatch"), &id) || id <= 0)
		return (0);
	return (fu_arrived_dispatch(in->session, id, sent, &in->scratch, err));
}

int
fu_ingest_report(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	struct fu_said_of	 said = { .channel = e->channel,
		.phone = phone_of(row), .prospect = e->prospect,
		.at_us = e->at_us, .witness = &in->witness };

	if (e->channel == NULL || (strcmp(e->channel, "sms") != 0 &&
	    strcmp(e->channel, "whatsapp") != 0))
		return (0);
	if ((said.code = meaning(in, row, said.phone)) == NULL)
		return (0);
	return (fu_provider_effect(in->session, &said, &in->scratch, err));
}

bool
fu_ingest_elsewhere(struct fu_ingest *in, const struct fu_ingest_row *row)
{
	const char	*own = in->session->config.channel[FU_CH_WHATSAPP].
	    phone_number_id;
	const char	*to = fu_json_scalar_text(&in->scratch, fu_json_get(
	    row->object, "to"));

	return (own != NULL && to != NULL && strcmp(own, to) != 0);
}
