/*
 * Service messages: whether an event is owed one, to which number, in what
 * words.
 *
 * Must never say anything that sells, nor put down an answer that would come
 * too late.
 */
#include <stdio.h>
#include <string.h>

#include "flow/service.h"
#include "store/dispatch.h"

/* A confirmation that comes later is a message to who said STOP [TC-05]. */
#define STOP_US		(5 * FU_MINUTE)
/* The law sets none for HELP; a day later nobody waits for it any more. */
#define HELP_US		FU_DAY

/* Of one text message [TC-12], and what name and contact may take. */
#define SEPTETS_MAX	160
#define NAME_MAX	40
#define CONTACT_MAX	50

/* GSM 03.38 beside ASCII; characters of its extension take two septets. */
static const char gsm[] = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
static const char gsm_extended[] = "^{}\\[~]|€";

/* How many septets one character takes; 0: it has none. */
static int
septets_of(const char *at, size_t len)
{
	char	 one[5] = "";

	memcpy(one, at, len);
	if (strstr(gsm_extended, one) != NULL)
		return (2);
	if (len == 1)
		return (one[0] >= 0x20 && one[0] < 0x7f && one[0] != '`');
	return (strstr(gsm, one) != NULL);
}

/* Of a whole text; 0 when some of it cannot be said in GSM 03.38. */
static size_t
septets(const char *text)
{
	size_t	 n = 0, len;
	int	 one;

	for (; *text != '\0'; text += len) {
		len = fu_utf8_len(text, strlen(text));
		if (len == 0 || (one = septets_of(text, len)) == 0)
			return (0);
		n += (size_t)one;
	}
	return (n);
}

/*
 * The brand: the company's name, or where GSM 03.38 has no letters for it the
 * site's host; cut between words when it is long.
 */
static const char *
brand(const struct fu_config *config, struct fu_arena *arena)
{
	const char	*name = config->company.name, *from;
	size_t		 len, n = 0, end = 0, word = 0, one;

	if (fu_blank(name) || septets(name) == 0) {
		if (fu_blank(config->company.site))
			return ("");
		from = strstr(config->company.site, "://");
		from = from == NULL ? config->company.site : from + 3;
		name = fu_printf(arena, "%.*s", (int)strcspn(from, "/?#:"),
		    from);
		if (septets(name) == 0)
			return ("");
	}
	for (; name[end] != '\0'; end += len, n += one) {
		len = fu_utf8_len(name + end, strlen(name + end));
		one = (size_t)septets_of(name + end, len);
		if (n + one > NAME_MAX)
			break;
		if (name[end] == ' ')
			word = end;
	}
	if (name[end] != '\0' && name[end] != ' ' && word > 0)
		end = word;
	return (fu_dup_str(arena, (struct fu_str){ name, end }));
}

/* The first that fits: half an address helps nobody. */
static const char *
contact(const struct fu_config *config)
{
	const struct fu_sender	*first = config->nsender > 0 ?
	    &config->sender[0] : NULL;
	const char		*way[] = { config->company.site,
		first != NULL ? first->phone : NULL,
		first != NULL ? first->email : NULL };
	size_t			 n;

	for (size_t i = 0; i < sizeof(way) / sizeof(*way); i++) {
		if (fu_blank(way[i]))
			continue;
		n = septets(way[i]);
		if (n > 0 && n <= CONTACT_MAX)
			return (way[i]);
	}
	return (NULL);
}

const char *
fu_service_text(const struct fu_config *config, const char *service,
    struct fu_arena *arena)
{
	const char	*name = brand(config, arena), *way = contact(config);
	const char	*colon = name[0] != '\0' ? ": " : "";
	const char	*help = way != NULL ? " Help: " : "";

	if (way == NULL)
		way = "";
	if (strcmp(service, FU_SERVICE_STOP) == 0)
		return (fu_printf(arena, "%s%sYou have opted out and will get "
		    "no more texts from us.%s%s", name, colon, help, way));
	return (fu_printf(arena, "%s%sTexts about your inquiry. Reply STOP to "
	    "cancel.%s%s", name, colon, help, way));
}

int
fu_service_ledger(struct fu_session *s, const struct fu_case *c,
    enum fu_channel channel, struct fu_arena *arena,
    struct fu_ledger_state *state, struct fu_err *err)
{
	struct fu_ledger_state	 other;

	if (fu_case_ledger(s, c, channel, arena, state, err) == -1)
		return (-1);
	for (int i = 0; i < FU_CHANNEL_N; i++) {
		if (fu_case_ledger(s, c, (enum fu_channel)i, arena, &other,
		    err) == -1)
			return (-1);
		state->complaint = state->complaint || other.complaint;
		state->erased = state->erased || other.erased;
	}
	return (0);
}

static bool
has_phone(const struct fu_ingest_row *row)
{
	for (size_t i = 0; i < row->nkey; i++)
		if (row->key[i].kind == FU_ID_PHONE)
			return (true);
	return (false);
}

/* What a text message asks for; NULL: no answer of this kind. */
static const char *
asked_for(const struct fu_ingest_row *row, const struct fu_signals *s)
{
	const struct fu_event	*e = &row->event;

	/* Without a channel it is a text message if a number is its author. */
	if (e->channel == NULL ? !has_phone(row) || (e->kind != FU_K_STOP &&
	    e->kind != FU_K_HELP) : strcmp(e->channel, "sms") != 0)
		return (NULL);
	switch (e->kind) {
	case FU_K_STOP:
	case FU_K_UNSUBSCRIBE:
		return (FU_SERVICE_STOP);
	case FU_K_HELP:
		return (FU_SERVICE_HELP);
	case FU_K_REPLY:
	case FU_K_MESSAGE:
		return (s->stop == FU_STOP_YES ? FU_SERVICE_STOP : NULL);
	default:
		return (NULL);
	}
}

/*
 * Is it we who answer?  A provider that confirms STOP answers HELP, too.  An
 * outbox is read by who rehearses.
 */
static bool
ours(const struct fu_transport *t)
{
	return (t->given && !fu_streq(t->stop_reply, "provider") &&
	    (t->inbound || fu_streq(t->via, "outbox")));
}

/* The number that wrote, and the addresses that the ledger may know of it. */
static int
author(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_case *c, struct fu_err *err)
{
	const char	**f = c->p.person.f;
	struct fu_intake p;
	int		 rc = 0;

	c->p.id = row->event.prospect;
	if (c->p.id != 0 && (rc = fu_intake_load(&in->session->store, c->p.id,
	    &in->scratch, &p, err)) == -1)
		return (-1);
	if (rc == 1) {
		f[FU_F_EMAIL] = p.f[FU_F_EMAIL];
		f[FU_F_PHONE] = p.f[FU_F_PHONE];
	}
	for (size_t i = row->nkey; i-- > 0;)
		if (row->key[i].kind == FU_ID_PHONE)
			f[FU_F_PHONE] = row->key[i].value;
	return (f[FU_F_PHONE] != NULL);
}

static int
put_down(struct fu_ingest *in, const struct fu_case *c, const char *service,
    int64_t expires_us, struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	struct fu_dispatch	 d = { .prospect = c->p.id, .kind = "service",
		.state = FU_T_PLANNED, .due_us = store->now_us,
		.next_us = store->now_us, .expires_us = expires_us };
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "channel", fu_channel_name(FU_CH_SMS));
	fu_jw_str(&jw, "to", c->p.person.f[FU_F_PHONE]);
	fu_jw_object_end(&jw);
	d.destination = fu_dup_buf(&in->scratch, &buf);
	fu_buf_reset(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "service");
	fu_jw_str(&jw, "service", service);
	fu_jw_str(&jw, "text", fu_service_text(&in->session->config, service,
	    &in->scratch));
	fu_jw_object_end(&jw);
	d.package = fu_dup_buf(&in->scratch, &buf);
	fu_buf_free(&buf);
	return (fu_dispatch_add(store, &d, err));
}

int
fu_service_answer(struct fu_ingest *in, const struct fu_ingest_row *row,
    const struct fu_signals *s, struct fu_err *err)
{
	struct fu_session	*session = in->session;
	const char		*service = asked_for(row, s);
	struct fu_case		*c;
	struct fu_ledger_state	 state;
	int64_t			 expires_us;
	bool			 stop;
	int			 rc;

	if (service == NULL || !ours(&session->config.channel[FU_CH_SMS]))
		return (0);
	stop = strcmp(service, FU_SERVICE_STOP) == 0;
	expires_us = row->event.at_us + (stop ? STOP_US : HELP_US);
	if (expires_us <= session->store.now_us)
		return (0);
	c = fu_alloc(&in->scratch, sizeof(*c));
	if ((rc = author(in, row, c, err)) != 1)
		return (rc);
	if (fu_service_ledger(session, c, FU_CH_SMS, &in->scratch, &state,
	    err) == -1)
		return (-1);
	if (state.complaint || state.erased ||
	    (stop && fu_ledger_bars(&state)))
		return (0);
	return (put_down(in, c, service, expires_us, err));
}
