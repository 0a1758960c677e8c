/*
 * The tables of senders and channels.  Never opens a connection, and looks no
 * secret up.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "config/load.h"

#define AT(member) offsetof(struct fu_transport, member)
#define N(keys) (sizeof(keys) / sizeof((keys)[0]))

static const char *const tls_words[] = { "required", "none", NULL };
static const char *const auth_words[] = { "xoauth2", NULL };
static const char *const stop_words[] = { "ours", "provider", NULL };
static const char *const registered_words[] = { "10dlc", "toll_free",
	"short_code", NULL };

/* What each channel can leave by; exec:/path always can. */
static const char *const email_via[] = { "outbox", "smtp", "sendmail", NULL };
static const char *const sms_via[] = { "outbox", "twilio", NULL };
static const char *const whatsapp_via[] = { "outbox", "cloud", NULL };
static const char *const chat_via[] = { "outbox", "web", NULL };
static const char *const task_via[] = { "outbox", "email", "slack", "webhook",
	NULL };

static bool
is_secret(const char *text)
{
	return (strncmp(text, "env:", 4) == 0 ||
	    strncmp(text, "file:", 5) == 0 || strncmp(text, "exec:", 5) == 0);
}

static void
read_url(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_transport *t = base;
	const char *text = fu_node_text(rd, node);

	if (text == NULL)
		return;
	if (is_secret(text))
		t->url_secret = (struct fu_secret){ text, node->where };
	else if (strstr(text, "://") == NULL)
		fu_fault_add(rd->faults, &node->where, false, "\"%s\" is no "
		    "address: write smtp://host:587 or https://…", text);
	else
		t->url = text;
}

static void
read_via(struct fu_read *rd, const struct fu_node *node, void *base,
    const char *const *words)
{
	struct fu_transport *t = base;
	const char *text = fu_node_text(rd, node);

	if (text == NULL)
		return;
	if (strncmp(text, "exec:", 5) == 0) {
		if (text[5] == '/')
			t->via = text;
		else
			fu_fault_add(rd->faults, &node->where, false, "a "
			    "program is named by its whole path: exec:/path");
	} else if (fu_word_find(words, text) < 0)
		fu_word_fault(rd, node, words, "via");
	else
		t->via = text;
}

static void
via_email(struct fu_read *rd, const struct fu_node *node, void *base)
{
	read_via(rd, node, base, email_via);
}

static void
via_sms(struct fu_read *rd, const struct fu_node *node, void *base)
{
	read_via(rd, node, base, sms_via);
}

static void
via_whatsapp(struct fu_read *rd, const struct fu_node *node, void *base)
{
	read_via(rd, node, base, whatsapp_via);
}

static void
via_chat(struct fu_read *rd, const struct fu_node *node, void *base)
{
	read_via(rd, node, base, chat_via);
}

static void
via_task(struct fu_read *rd, const struct fu_node *node, void *base)
{
	read_via(rd, node, base, task_via);
}

static const struct fu_keydef warm_up_keys[] = {
	{ .name = "start", .type = FU_KT_INT, .offset = AT(warm_start),
	    .min = 1, .max = 10000, .required = true,
	    .doc = "Touches of a sender on the first day that mail of theirs "
	    "leaves" },
	{ .name = "add", .type = FU_KT_INT, .offset = AT(warm_add),
	    .min = 0, .max = 10000, .required = true,
	    .doc = "More for each day on which some left, up to the "
	    "sender's cap" },
};
static const struct fu_table warm_up_table = { .what = "warm_up",
	.key = warm_up_keys, .n = N(warm_up_keys) };

static const struct fu_keydef email_keys[] = {
	{ .name = "via", .type = FU_KT_READ, .read = via_email,
	    .required = true,
	    .doc = "outbox, smtp, sendmail or exec:/path" },
	{ .name = "url", .type = FU_KT_READ, .read = read_url,
	    .doc = "smtp://host:587, or smtps://host" },
	{ .name = "user", .type = FU_KT_TEXT, .offset = AT(user),
	    .doc = "The login" },
	{ .name = "password", .type = FU_KT_SECRET, .offset = AT(password),
	    .doc = "Its password" },
	{ .name = "auth", .type = FU_KT_NAME, .offset = AT(auth),
	    .words = auth_words, .doc = "How to log in, if not by password" },
	{ .name = "token", .type = FU_KT_SECRET, .offset = AT(token),
	    .doc = "What xoauth2 logs in with" },
	{ .name = "tls", .type = FU_KT_WORD, .offset = AT(tls),
	    .words = tls_words, .doc = "none: a relay on this machine only" },
	{ .name = "connections", .type = FU_KT_INT, .offset = AT(connections),
	    .min = 1, .max = 32, .doc = "At once, 4 unless said" },
	{ .name = "bounce_domain", .type = FU_KT_TEXT,
	    .offset = AT(bounce_domain),
	    .doc = "Where delivery reports go, a touch's own address each" },
	{ .name = "reply_domain", .type = FU_KT_TEXT,
	    .offset = AT(reply_domain), .doc = "Where replies go" },
	{ .name = "unsubscribe_mailbox", .type = FU_KT_EMAIL,
	    .offset = AT(unsubscribe_mailbox),
	    .doc = "Of the unsubscribe header's mailto:" },
	{ .name = "warm_up", .type = FU_KT_MAP, .table = &warm_up_table,
	    .doc = "How a new sender's daily number grows" },
	{ .name = "dkim_selectors", .type = FU_KT_LIST,
	    .offset = AT(dkim_selectors),
	    .doc = "Under which your DKIM keys are, for fu-lint --dns" },
	{ .name = "path", .type = FU_KT_PATH, .offset = AT(path),
	    .doc = "outbox: where the Maildir lies" },
};

static const struct fu_keydef sms_keys[] = {
	{ .name = "via", .type = FU_KT_READ, .read = via_sms,
	    .required = true, .doc = "outbox, twilio or exec:/path" },
	{ .name = "url", .type = FU_KT_READ, .read = read_url,
	    .doc = "The service's address, if not its usual one" },
	{ .name = "account", .type = FU_KT_TEXT, .offset = AT(account),
	    .doc = "The account's id" },
	{ .name = "token", .type = FU_KT_SECRET, .offset = AT(token),
	    .doc = "Its token" },
	{ .name = "from", .type = FU_KT_TEXT, .offset = AT(from),
	    .doc = "The number that it comes from, \"+1…\"" },
	{ .name = "webhook", .type = FU_KT_URL, .offset = AT(webhook),
	    .doc = "Where the service tells fu-hook of answers and delivery" },
	{ .name = "registered", .type = FU_KT_NAME, .offset = AT(registered),
	    .words = registered_words, .doc = "How the number is registered" },
	{ .name = "inbound", .type = FU_KT_BOOL, .offset = AT(inbound),
	    .doc = "Are answers to the number read?" },
	{ .name = "stop_reply", .type = FU_KT_NAME, .offset = AT(stop_reply),
	    .words = stop_words, .doc = "Who confirms a STOP" },
	{ .name = "max_segments", .type = FU_KT_INT,
	    .offset = AT(max_segments), .min = 1, .max = 10,
	    .doc = "A longer text is held, 3 unless said" },
	{ .name = "transliterate", .type = FU_KT_BOOL,
	    .offset = AT(transliterate),
	    .doc = "Smart quotes and dashes become plain where it saves parts" },
	{ .name = "path", .type = FU_KT_PATH, .offset = AT(path),
	    .doc = "outbox: where the Maildir lies" },
};

static const struct fu_keydef whatsapp_keys[] = {
	{ .name = "via", .type = FU_KT_READ, .read = via_whatsapp,
	    .required = true, .doc = "outbox, cloud or exec:/path" },
	{ .name = "url", .type = FU_KT_READ, .read = read_url,
	    .doc = "The service's address, if not its usual one" },
	{ .name = "phone_number_id", .type = FU_KT_TEXT,
	    .offset = AT(phone_number_id), .doc = "The sending number's id" },
	{ .name = "token", .type = FU_KT_SECRET, .offset = AT(token),
	    .doc = "The access token" },
	{ .name = "app_secret", .type = FU_KT_SECRET,
	    .offset = AT(app_secret),
	    .doc = "What inbound requests are signed with" },
	{ .name = "verify_token", .type = FU_KT_SECRET,
	    .offset = AT(verify_token),
	    .doc = "What it asks for when the webhook is set up" },
	{ .name = "templates", .type = FU_KT_PATH, .offset = AT(templates),
	    .doc = "The file of approved templates" },
	{ .name = "inbound", .type = FU_KT_BOOL, .offset = AT(inbound),
	    .doc = "Are answers to the number read?" },
	{ .name = "path", .type = FU_KT_PATH, .offset = AT(path),
	    .doc = "outbox: where the Maildir lies" },
};

static const struct fu_keydef chat_keys[] = {
	{ .name = "via", .type = FU_KT_READ, .read = via_chat,
	    .required = true, .doc = "outbox, web or exec:/path" },
	{ .name = "path", .type = FU_KT_PATH, .offset = AT(path),
	    .doc = "outbox: where the Maildir lies" },
};

static const struct fu_keydef task_keys[] = {
	{ .name = "via", .type = FU_KT_READ, .read = via_task,
	    .required = true,
	    .doc = "outbox, email, slack, webhook or exec:/path" },
	{ .name = "url", .type = FU_KT_READ, .read = read_url,
	    .doc = "slack, webhook: where to" },
	{ .name = "token", .type = FU_KT_SECRET, .offset = AT(token),
	    .doc = "webhook: what the request is signed with" },
	{ .name = "path", .type = FU_KT_PATH, .offset = AT(path),
	    .doc = "outbox: where the Maildir lies" },
};

static void
transport_init(void *base)
{
	struct fu_transport *t = base;

	t->given = true;
	t->tls = FU_TLS_REQUIRED;
	t->connections = 4;
	t->stop_reply = stop_words[0];
	t->max_segments = 3;
}

static void
transport_check(struct fu_read *rd, const struct fu_node *node, void *base)
{
	const struct fu_transport *t = base;
	struct {
		const char	*via, *key;
		bool		 there;
	} needs[] = {
		{ "smtp", "url", t->url != NULL || t->url_secret.spec != NULL },
		{ "twilio", "account", t->account != NULL },
		{ "twilio", "token", t->token.spec != NULL },
		{ "twilio", "from", t->from != NULL },
		{ "cloud", "phone_number_id", t->phone_number_id != NULL },
		{ "cloud", "token", t->token.spec != NULL },
		{ "slack", "url",
		    t->url != NULL || t->url_secret.spec != NULL },
		{ "webhook", "url",
		    t->url != NULL || t->url_secret.spec != NULL },
	};
	size_t i;

	for (i = 0; t->via != NULL && i < N(needs); i++)
		if (strcmp(needs[i].via, t->via) == 0 && !needs[i].there &&
		    fu_node_get(node, needs[i].key) == NULL)
			fu_fault_add(rd->faults, &node->where, false,
			    "via: %s needs \"%s:\"", t->via, needs[i].key);
	if (t->auth != NULL && t->token.spec == NULL)
		fu_fault_add(rd->faults, &node->where, false, "auth: %s needs "
		    "\"token:\"", t->auth);
}

#define TRANSPORT(title, keys) { .what = title, .key = keys, .n = N(keys), \
	.has_where = true, .where = AT(where), .init = transport_init, \
	.check = transport_check }
static const struct fu_table email_table =
    TRANSPORT("channels.email", email_keys);
static const struct fu_table sms_table = TRANSPORT("channels.sms", sms_keys);
static const struct fu_table whatsapp_table =
    TRANSPORT("channels.whatsapp", whatsapp_keys);
static const struct fu_table chat_table =
    TRANSPORT("channels.chat", chat_keys);
static const struct fu_table task_table =
    TRANSPORT("channels.task", task_keys);

static const struct fu_keydef smtp_keys[] = {
	{ .name = "url", .type = FU_KT_READ, .read = read_url,
	    .required = true, .doc = "smtp://host:587, or smtps://host" },
	{ .name = "user", .type = FU_KT_TEXT, .offset = AT(user),
	    .required = true, .doc = "The login" },
	{ .name = "password", .type = FU_KT_SECRET, .offset = AT(password),
	    .doc = "Its password" },
	{ .name = "auth", .type = FU_KT_NAME, .offset = AT(auth),
	    .words = auth_words, .doc = "How to log in, if not by password" },
	{ .name = "token", .type = FU_KT_SECRET, .offset = AT(token),
	    .doc = "What xoauth2 logs in with" },
	{ .name = "tls", .type = FU_KT_WORD, .offset = AT(tls),
	    .words = tls_words, .doc = "none: a relay on this machine only" },
	{ .name = "connections", .type = FU_KT_INT, .offset = AT(connections),
	    .min = 1, .max = 32, .doc = "At once, 4 unless said" },
};
const struct fu_table fu_smtp_table = TRANSPORT("a sender's smtp", smtp_keys);
#undef AT

#define CH(ch) offsetof(struct fu_config, channel[ch])
static const struct fu_keydef channels_keys[] = {
	{ .name = "email", .type = FU_KT_MAP, .offset = CH(FU_CH_EMAIL),
	    .table = &email_table, .doc = "How mail leaves" },
	{ .name = "sms", .type = FU_KT_MAP, .offset = CH(FU_CH_SMS),
	    .table = &sms_table, .doc = "How texts leave" },
	{ .name = "whatsapp", .type = FU_KT_MAP, .offset = CH(FU_CH_WHATSAPP),
	    .table = &whatsapp_table, .doc = "How WhatsApp messages leave" },
	{ .name = "chat", .type = FU_KT_MAP, .offset = CH(FU_CH_CHAT),
	    .table = &chat_table, .doc = "Where the chat is" },
	{ .name = "task", .type = FU_KT_MAP, .offset = CH(FU_CH_TASK),
	    .table = &task_table, .doc = "How tasks reach their owner" },
};
const struct fu_table fu_channels_table = { .what = "channels",
	.key = channels_keys, .n = N(channels_keys) };

#define AT(member) offsetof(struct fu_sender, member)
static void
read_smtp(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_sender *sender = base;
	struct fu_transport *smtp = fu_alloc(rd->arena, sizeof(*smtp));

	fu_table_read(rd, &fu_smtp_table, node, smtp);
	smtp->via = "smtp";
	sender->smtp = smtp;
}

static const struct fu_keydef cap_keys[] = {
	{ .name = "day", .type = FU_KT_INT, .offset = AT(cap_day), .min = 1,
	    .max = 100000, .doc = "Touches a day, in company.zone" },
};
static const struct fu_table cap_table = { .what = "cap", .key = cap_keys,
	.n = N(cap_keys) };

static const struct fu_keydef sender_keys[] = {
	{ .name = "name", .type = FU_KT_LINE, .offset = AT(name),
	    .required = true, .doc = "As the From line shows it" },
	{ .name = "email", .type = FU_KT_EMAIL, .offset = AT(email),
	    .required = true, .doc = "The sender's address" },
	{ .name = "title", .type = FU_KT_LINE, .offset = AT(title),
	    .doc = "{{sender.title}}" },
	{ .name = "phone", .type = FU_KT_LINE, .offset = AT(phone),
	    .doc = "{{sender.phone}}" },
	{ .name = "cap", .type = FU_KT_MAP, .table = &cap_table,
	    .doc = "How much leaves in this name" },
	{ .name = "gap", .type = FU_KT_DURATION, .offset = AT(gap_us),
	    .doc = "Between two sends" },
	{ .name = "away", .type = FU_KT_SPANS, .offset = AT(away),
	    .count = AT(naway), .doc = "Days on which nobody is there" },
	{ .name = "smtp", .type = FU_KT_READ, .read = read_smtp,
	    .table = &fu_smtp_table, .doc = "A mailbox with its own login" },
};
const struct fu_table fu_sender_table = { .what = "a sender",
	.key = sender_keys, .n = N(sender_keys),
	.size = sizeof(struct fu_sender), .name = AT(key), .has_where = true,
	.where = AT(where) };
#undef AT

/* A share of ${n} that is the same for that prospect for ever. */
static size_t
share_of(int64_t prospect, size_t n)
{
	char id[24];
	int len;

	len = snprintf(id, sizeof(id), "%lld", (long long)prospect);
	return (fu_hash64(id, (size_t)len, 0) % n);
}

static int
by_name(const void *va, const void *vb)
{
	const struct fu_sender_name *a = va, *b = vb;
	int d = strcasecmp(a->name, b->name);

	if (d != 0)
		return (d);
	return (a->sender < b->sender ? -1 : a->sender > b->sender);
}

void
fu_senders_index(struct fu_config *config)
{
	struct fu_sender_name *name = fu_alloc(&config->arena,
	    3 * config->nsender * sizeof(*name));
	size_t n = 0;

	for (size_t i = 0; i < config->nsender; i++) {
		const struct fu_sender *s = &config->sender[i];
		const char *const called[] = { s->key, s->name, s->email };

		for (size_t k = 0; k < N(called); k++)
			if (called[k] != NULL)
				name[n++] = (struct fu_sender_name){
					called[k], i };
	}
	if (n > 0)
		qsort(name, n, sizeof(*name), by_name);
	config->sender_name = name;
	config->nsender_name = n;
}

/* The first of the file that is called so. */
const struct fu_sender *
fu_sender_find(const struct fu_config *config, const char *owner)
{
	size_t lo = 0, hi = config->nsender_name, mid;

	if (fu_blank(owner))
		return (NULL);
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcasecmp(config->sender_name[mid].name, owner) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == config->nsender_name ||
	    strcasecmp(config->sender_name[lo].name, owner) != 0)
		return (NULL);
	return (&config->sender[config->sender_name[lo].sender]);
}

const struct fu_sender *
fu_sender_of(const struct fu_config *config, const char *owner,
    int64_t prospect)
{
	const struct fu_sender *s = fu_sender_find(config, owner);

	if (s != NULL || config->nsender == 0)
		return (s);
	return (&config->sender[share_of(prospect, config->nsender)]);
}

int32_t
fu_sender_away(const struct fu_sender *s, int32_t day)
{
	for (size_t i = 0; i < s->naway; i++)
		if (day >= s->away[i].from && day <= s->away[i].to)
			return (s->away[i].to);
	return (INT32_MIN);
}

const struct fu_sender *
fu_sender_there(const struct fu_config *config, const char *owner,
    int64_t prospect, int32_t day)
{
	const struct fu_sender *s = fu_sender_of(config, owner, prospect);
	size_t nthere = 0, share;

	if (s == NULL || fu_sender_away(s, day) == INT32_MIN)
		return (s);
	for (size_t i = 0; i < config->nsender; i++)
		nthere += fu_sender_away(&config->sender[i], day) == INT32_MIN;
	if (nthere == 0)
		return (s);
	share = share_of(prospect, nthere);
	for (size_t i = 0; i < config->nsender; i++)
		if (fu_sender_away(&config->sender[i], day) == INT32_MIN &&
		    share-- == 0)
			return (&config->sender[i]);
	return (s);
}
