/*
 * WhatsApp's webhooks: messages, states of ours, and who wants no more
 * marketing.
 *
 * Must never take the time of receipt for the time of a message: the 24 hours
 * are counted from the latter [WA-02].
 */
#include <string.h>

#include "content/hook_event.h"

/* One change, while it is read. */
struct change {
	const struct fu_hook_in	*in;
	struct fu_object	 value;
	const char		*to;		/* phone_number_id */
	const char		*name, *user;	/* of the first contact */
	size_t			 number;	/* of the item, from 1 */
};

/* "1764240000", seconds; ${now_us} when that is none. */
static int64_t
time_of(const struct change *c, const struct fu_object *o)
{
	const char *text = fu_hook_member(c->in, o, "timestamp");
	int64_t at = 0;
	size_t i;

	if (fu_blank(text) || strlen(text) > 11 ||
	    text[strspn(text, "0123456789")] != '\0')
		return (c->in->now_us);
	for (i = 0; text[i] != '\0'; i++)
		at = at * 10 + (text[i] - '0');
	return (at * FU_SECOND);
}

/*
 * Who it is: a number, and an id of theirs that may come without one [WA-09].
 * False when there is neither.
 */
static bool
put_who(struct fu_jw *jw, const struct change *c, const char *number,
    const char *user)
{
	bool known = fu_hook_phone(jw, number);

	if (fu_blank(user))
		user = c->user;
	if (fu_blank(user))
		return (known);
	fu_jw_str(jw, "visitor", fu_printf(c->in->arena, "whatsapp:%s", user));
	return (true);
}

/* The member of an object in an object: "text" "body". */
static const char *
inner(const struct change *c, const struct fu_object *o, const char *name,
    const char *member)
{
	struct fu_object in;

	fu_hook_object(c->in, o, name, &in);
	return (fu_hook_member(c->in, &in, member));
}

/* What they said, wherever it stands: a STOP may be in a caption. */
static const char *
words(const struct change *c, const struct fu_object *m, const char *type)
{
	struct fu_object o;
	const char *text;

	if (strcmp(type, "text") == 0)
		return (inner(c, m, "text", "body"));
	if (strcmp(type, "button") == 0)
		return (inner(c, m, "button", "text"));
	if (strcmp(type, "reaction") == 0)
		return (inner(c, m, "reaction", "emoji"));
	if (strcmp(type, "interactive") != 0)
		return (inner(c, m, type, "caption"));
	fu_hook_object(c->in, m, "interactive", &o);
	text = inner(c, &o, "button_reply", "title");
	return (text != NULL ? text : inner(c, &o, "list_reply", "title"));
}

/* What the button that they tapped is called by who made it; NULL: none. */
static const char *
tapped(const struct change *c, const struct fu_object *m, const char *type)
{
	struct fu_object o;
	const char *id;

	if (strcmp(type, "button") == 0)
		return (inner(c, m, "button", "payload"));
	if (strcmp(type, "interactive") != 0)
		return (NULL);
	fu_hook_object(c->in, m, "interactive", &o);
	id = inner(c, &o, "button_reply", "id");
	return (id != NULL ? id : inner(c, &o, "list_reply", "id"));
}

/*
 * Does a button say by its payload that it is the way out, whatever stands on
 * it in whichever language?  Letters count, signs and case do not.  "CANCEL"
 * and "END" may be of an appointment or a menu: then its title decides.
 */
static bool
is_way_out(const char *payload)
{
	static const char *const outs[] = { "stop", "stopall", "optout",
		"stoppromotions", "stopmarketing", "unsubscribe" };
	char letters[16];
	size_t n = 0;

	for (; payload != NULL && *payload != '\0'; payload++) {
		if (strchr(" _-.:", *payload) != NULL)
			continue;
		if (n + 1 == sizeof(letters))
			return (false);
		letters[n++] = *payload;
	}
	letters[n] = '\0';
	for (size_t i = 0; i < sizeof(outs) / sizeof(outs[0]); i++)
		if (fu_streq_nocase(letters, outs[i]))
			return (true);
	return (false);
}

/* What tells nothing of the person. */
static bool
passes(const char *type)
{
	return (strcmp(type, "system") == 0 ||
	    strcmp(type, "request_welcome") == 0);
}

static void
message(const struct change *c, const struct fu_json *item, bool echo)
{
	const struct fu_hook_in *in = c->in;
	const char *id, *type, *payload;
	size_t start = in->out->len;
	struct fu_object m;
	struct fu_jw jw;

	fu_hook_item(in, item, &m);
	id = fu_hook_member(in, &m, "id");
	type = fu_hook_member(in, &m, "type");
	if (fu_blank(id) || fu_blank(type) || passes(type))
		return;
	payload = echo ? NULL : tapped(c, &m, type);
	fu_hook_event(&jw, in, echo ? "message" : is_way_out(payload) ?
	    "stop" : "reply", id, NULL, time_of(c, &m));
	fu_jw_str(&jw, "channel", "whatsapp");
	if (echo)
		fu_jw_str(&jw, "from", "rep");
	if (!put_who(&jw, c, fu_hook_member(in, &m, echo ? "to" : "from"),
	    fu_hook_member(in, &m, echo ? "to_user_id" : "from_user_id"))) {
		fu_buf_cut(in->out, start);
		if (in->refuse != NULL)
			in->refuse(in->ctx, c->number, "no_sender", item->raw,
			    fu_printf(in->arena, "message %s says neither from "
			    "which number nor from whom", id));
		return;
	}
	fu_hook_put(&jw, "text", words(c, &m, type));
	if (!echo) {
		fu_hook_put(&jw, "name", c->name);
		fu_hook_put(&jw, "to", c->to);
	}
	if (strcmp(type, "text") != 0)
		fu_jw_str(&jw, "kind", type);
	fu_hook_put(&jw, "payload", payload);
	fu_hook_put(&jw, "in_reply_to", inner(c, &m, "context", "id"));
	fu_hook_event_end(&jw, in);
}

static void
state(const struct change *c, const struct fu_json *item)
{
	const struct fu_hook_in *in = c->in;
	const char *id, *status, *ours;
	struct fu_json *error;
	struct fu_object s, e;
	struct fu_jw jw;
	size_t n;

	fu_hook_item(in, item, &s);
	id = fu_hook_member(in, &s, "id");
	status = fu_hook_member(in, &s, "status");
	if (fu_blank(id) || fu_blank(status))
		return;
	fu_hook_event(&jw, in, "delivery", id, status, time_of(c, &s));
	fu_jw_str(&jw, "channel", "whatsapp");
	(void)put_who(&jw, c, fu_hook_member(in, &s, "recipient_id"),
	    fu_hook_member(in, &s, "recipient_user_id"));
	fu_jw_str(&jw, "status", status);
	error = fu_hook_list(in, &s, "errors", &n);
	fu_hook_item(in, n > 0 ? &error[0] : NULL, &e);
	fu_hook_put(&jw, "code", fu_hook_member(in, &e, "code"));
	fu_hook_put(&jw, "reason", fu_hook_member(in, &e, "title"));
	ours = fu_hook_member(in, &s, "biz_opaque_callback_data");
	fu_hook_ours(&jw, in, fu_str_of(ours));
	fu_jw_str(&jw, "provider", "whatsapp");
	fu_jw_str(&jw, "relay_id", id);
	fu_hook_event_end(&jw, in);
}

/* Their word to WhatsApp about marketing: of this channel alone [WA-08]. */
static void
preference(const struct change *c, const struct fu_json *item)
{
	const struct fu_hook_in *in = c->in;
	const char *number, *user, *value;
	size_t start = in->out->len;
	struct fu_object p;
	struct fu_jw jw;
	int64_t at;
	bool stop;

	fu_hook_item(in, item, &p);
	value = fu_hook_member(in, &p, "value");
	stop = fu_streq(value, "stop");
	if (!fu_streq(fu_hook_member(in, &p, "category"),
	    "marketing_messages") || (!stop && !fu_streq(value, "resume")))
		return;
	number = fu_hook_member(in, &p, "wa_id");
	user = fu_hook_member(in, &p, "user_id");
	at = time_of(c, &p);
	/* WhatsApp gives these no id of their own. */
	fu_hook_event(&jw, in, stop ? "stop" : "start", fu_printf(in->arena,
	    "preference:%s:%lld", number != NULL ? number : user != NULL ?
	    user : "", (long long)(at / FU_SECOND)), value, at);
	fu_jw_str(&jw, "channel", "whatsapp");
	if (stop)
		fu_jw_str(&jw, "scope", "channel");
	if (!put_who(&jw, c, number, user)) {
		fu_buf_cut(in->out, start);
		return;
	}
	fu_hook_event_end(&jw, in);
}

static void
each(struct change *c, const char *name,
    void (*tell)(const struct change *, const struct fu_json *))
{
	struct fu_json *item;
	size_t n, i;

	item = fu_hook_list(c->in, &c->value, name, &n);
	for (i = 0; i < n; i++) {
		c->number = i + 1;
		tell(c, &item[i]);
	}
}

static void
theirs(const struct change *c, const struct fu_json *item)
{
	message(c, item, false);
}

/* A rep wrote, in WhatsApp's own app on the same number. */
static void
echoed(const struct change *c, const struct fu_json *item)
{
	message(c, item, true);
}

static void
change(const struct fu_hook_in *in, const struct fu_json *item)
{
	struct change c = { .in = in };
	struct fu_json *contact;
	struct fu_object o, first;
	size_t n;

	fu_hook_item(in, item, &o);
	fu_hook_object(in, &o, "value", &c.value);
	c.to = inner(&c, &c.value, "metadata", "phone_number_id");
	if (c.to != NULL && in->number_id != NULL &&
	    strcmp(c.to, in->number_id) != 0) {
		if (in->note != NULL)
			in->note(in->ctx, fu_printf(in->arena, "what came to "
			    "phone_number_id %s is left alone: "
			    "channels.whatsapp has %s", c.to, in->number_id));
		return;
	}
	contact = fu_hook_list(in, &c.value, "contacts", &n);
	/* Of several it could be anybody's. */
	fu_hook_item(in, n == 1 ? &contact[0] : NULL, &first);
	c.name = inner(&c, &first, "profile", "name");
	c.user = fu_hook_member(in, &first, "user_id");
	each(&c, "messages", theirs);
	each(&c, "statuses", state);
	each(&c, "user_preferences", preference);
	each(&c, "message_echoes", echoed);
}

int
fu_hook_whatsapp(const struct fu_hook_in *in, struct fu_str body,
    struct fu_err *err)
{
	struct fu_json *entry, *changes;
	struct fu_object o, e;
	size_t n, m, i, k;

	if (fu_json_object(in->arena, body, &o, err) == -1)
		return (fu_err_prefix(err, "the body: "));
	if (!fu_streq(fu_hook_member(in, &o, "object"),
	    "whatsapp_business_account"))
		return (fu_err_set(err, FU_EDATA, "the body: object is not "
		    "whatsapp_business_account"));
	entry = fu_hook_list(in, &o, "entry", &n);
	for (i = 0; i < n; i++) {
		fu_hook_item(in, &entry[i], &e);
		changes = fu_hook_list(in, &e, "changes", &m);
		for (k = 0; k < m; k++)
			change(in, &changes[k]);
	}
	return (0);
}
