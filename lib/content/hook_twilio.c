/*
 * Twilio's forms: a text that came in, and what became of one of ours.
 *
 * Must never take the word of a form for which touch it is about: the id in
 * the url says that, under our own key.
 */
#include <string.h>

#include "content/hook_event.h"

#define MEDIA_MAX	10	/* of one message [Twilio: Messages] */

/* States that tell something new; the others come before "sent". */
static const char *const told[] = { "sent", "delivered", "undelivered",
	"failed", "canceled", "read" };

/* "whatsapp:+1…" is WhatsApp's by way of Twilio. */
static const char *
number_of(const char *text, const char **channel)
{
	*channel = "sms";
	if (text == NULL || strncmp(text, "whatsapp:", 9) != 0)
		return (text);
	*channel = "whatsapp";
	return (text + 9);
}

static const char *
field(const struct fu_hook_in *in, const struct fu_hook_pairs *f,
    const char *name)
{
	return (fu_hook_text(fu_hook_field(f, name), in->arena));
}

static void
put_media(struct fu_jw *jw, const struct fu_hook_in *in,
    const struct fu_hook_pairs *f)
{
	const char *url;
	int i;

	if (field(in, f, "MediaUrl0") == NULL)
		return;
	fu_jw_array(jw, "media");
	for (i = 0; i < MEDIA_MAX; i++) {
		url = field(in, f, fu_printf(in->arena, "MediaUrl%d", i));
		if (url != NULL)
			fu_jw_str(jw, NULL, url);
	}
	fu_jw_array_end(jw);
}

/* What the service itself made of the words counts before them [SM-01]. */
static const char *
kind_of(const char *opt_out)
{
	if (fu_streq(opt_out, "STOP"))
		return ("stop");
	if (fu_streq(opt_out, "START"))
		return ("start");
	return (fu_streq(opt_out, "HELP") ? "help" : "reply");
}

static int
inbound(const struct fu_hook_in *in, const struct fu_hook_pairs *f,
    const char *sid, struct fu_err *err)
{
	const char *channel, *from = number_of(field(in, f, "From"), &channel);
	struct fu_jw jw;
	size_t start = in->out->len;

	fu_hook_event(&jw, in, kind_of(field(in, f, "OptOutType")), sid, NULL,
	    in->now_us);
	fu_jw_str(&jw, "channel", channel);
	if (!fu_hook_phone(&jw, from)) {
		fu_buf_cut(in->out, start);
		return (fu_err_set(err, FU_EDATA, "message %s: From is no "
		    "number", sid));
	}
	fu_hook_put(&jw, "text", field(in, f, "Body"));
	fu_hook_put(&jw, "to", field(in, f, "To"));
	put_media(&jw, in, f);
	fu_hook_event_end(&jw, in);
	return (0);
}

static int
report(const struct fu_hook_in *in, const struct fu_hook_pairs *query,
    const struct fu_hook_pairs *f, const char *sid, const char *status)
{
	const char *channel, *to = number_of(field(in, f, "To"), &channel);
	struct fu_jw jw;
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(*told); i++)
		if (strcmp(told[i], status) == 0)
			break;
	if (i == sizeof(told) / sizeof(*told))
		return (0);
	fu_hook_event(&jw, in, "delivery", sid, status, in->now_us);
	fu_jw_str(&jw, "channel", channel);
	(void)fu_hook_phone(&jw, to);
	fu_jw_str(&jw, "status", status);
	fu_hook_put(&jw, "code", field(in, f, "ErrorCode"));
	fu_hook_ours(&jw, in, fu_hook_field(query, "id"));
	fu_jw_str(&jw, "provider", "twilio");
	fu_jw_str(&jw, "relay_id", sid);
	fu_hook_event_end(&jw, in);
	return (0);
}

int
fu_hook_twilio(const struct fu_hook_in *in, const struct fu_hook_pairs *query,
    const struct fu_hook_pairs *fields, struct fu_err *err)
{
	const char *sid = field(in, fields, "MessageSid");
	const char *status = field(in, fields, "MessageStatus");

	if (sid == NULL)
		sid = field(in, fields, "SmsSid");
	if (sid == NULL)
		return (fu_err_set(err, FU_EDATA, "no message: it has no "
		    "MessageSid"));
	if (status != NULL)
		return (report(in, query, fields, sid, status));
	return (inbound(in, fields, sid, err));
}
