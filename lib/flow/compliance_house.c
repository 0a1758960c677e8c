/*
 * Our own duties: assessments, contracts, how our mail fares, the ledger, and
 * letting people go.
 *
 * Must never write.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/compliance_room.h"
#include "flow/privacy.h"
#include "policy/stream.h"
#include "record/email.h"
#include "store/compliance.h"
#include "store/erase.h"
#include "store/ledger.h"
#include "store/streams.h"


static int
by_review(const void *x, const void *y)
{
	const struct fu_assessment	*a = *(const void *const *)x;
	const struct fu_assessment	*b = *(const void *const *)y;
	int32_t				 i = fu_date_days(a->next_review);
	int32_t				 k = fu_date_days(b->next_review);

	return (i != k ? (i < k ? -1 : 1) : strcmp(a->id, b->id));
}

int
fu_duty_assessments(struct fu_audit *a, struct fu_err *err)
{
	const struct fu_config		*conf = &a->session->config;
	size_t				 n = conf->law.nassessment;
	const struct fu_assessment	**list = fu_alloc_array(&a->arena, n,
	    sizeof(*list));

	for (size_t i = 0; i < n; i++)
		list[i] = &conf->law.assessment[i];
	qsort(list, n, sizeof(*list), by_review);
	for (size_t i = 0; i < n; i++) {
		struct fu_finding	 f = fu_finding(FU_D_ASSESSMENT,
		    "GD-02");

		f.assessment = list[i]->id;
		fu_audit_due(a, &f, fu_date_days(list[i]->next_review),
		    "review_overdue", "review_due");
		f.text = fu_printf(&a->arena, "assessment %s %s to be reviewed "
		    "by %s", f.assessment, f.ok ? "is" : "was", f.due);
		if (list[i]->file == NULL ||
		    access(list[i]->file, R_OK) == -1) {
			f.ok = f.soon = false;
			f.reason = "file_missing";
			f.text = fu_printf(&a->arena, "%s; its file %s", f.text,
			    list[i]->file == NULL ? "is not named" :
			    "cannot be read");
		}
		if (fu_audit_give(a, &f, err) == -1)
			return (-1);
	}
	fu_arena_reset(&a->arena);
	return (0);
}

/* How the channel leaves the house: NULL if it does not. */
static const char *
leaves_by(const struct fu_config *conf, int channel)
{
	const char	*via = conf->channel[channel].via;

	if (via != NULL && strcmp(via, "outbox") != 0)
		return (via);
	for (size_t i = 0; channel == FU_CH_EMAIL && i < conf->nsender; i++)
		if (conf->sender[i].smtp != NULL)
			return ("smtp");
	return (NULL);
}

int
fu_duty_processors(struct fu_audit *a, struct fu_err *err)
{
	const struct fu_config	*conf = &a->session->config;
	const char		*via;

	for (int c = 0; c < FU_CHANNEL_N; c++) {
		struct fu_finding	 f = fu_finding(FU_D_PROCESSOR,
		    "GD-12");

		if ((via = leaves_by(conf, c)) == NULL)
			continue;
		f.channel = fu_channel_name(c);
		for (size_t i = 0; i < conf->law.nprocessor; i++) {
			const struct fu_processor *p = &conf->law.processor[i];

			if (f.processor == NULL && !fu_blank(p->dpa) &&
			    fu_list_has(&p->channels, f.channel))
				f.processor = p->name;
		}
		f.ok = f.processor != NULL;
		f.reason = f.ok ? NULL : "no_dpa";
		f.text = fu_printf(&a->arena, f.ok ? "%s leaves by %s: %s" :
		    "%s leaves by %s, and law.processors names nobody with a "
		    "dpa for it", f.channel, via, f.processor);
		if (fu_audit_give(a, &f, err) == -1)
			return (-1);
	}
	fu_arena_reset(&a->arena);
	return (0);
}

static int
by_text(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

/* The senders' mail domains, each once, in order. */
static const char **
own_domains(struct fu_audit *a, size_t *n)
{
	const struct fu_config	*conf = &a->session->config;
	const char		**all = fu_alloc_array(&a->arena,
	    conf->nsender, sizeof(*all));

	for (size_t i = 0; i < conf->nsender; i++)
		all[i] = fu_email_domain(conf->sender[i].email);
	qsort(all, conf->nsender, sizeof(*all), by_text);
	*n = 0;
	for (size_t i = 0; i < conf->nsender; i++)
		if (*n == 0 || strcmp(all[*n - 1], all[i]) != 0)
			all[(*n)++] = all[i];
	return (all);
}

static int
one_stream(struct fu_audit *a, const char *domain, struct fu_err *err)
{
	static const char *const	 level[] = { "ok", "warn", "high" };
	const struct fu_config		*conf = &a->session->config;
	struct fu_sender_sums		 sum = { 0 };
	struct fu_finding		 f = fu_finding(FU_D_STREAM, "EM-03");

	for (size_t i = 0; i < conf->nsender; i++)
		if (strcmp(fu_email_domain(conf->sender[i].email), domain) ==
		    0 && fu_sender_sums(&a->session->store,
		    conf->sender[i].key, a->today - FU_STREAM_DAYS, &sum,
		    err) == -1)
			return (-1);
	f.domain = domain;
	f.sent = sum.mails;
	f.hard_bounces = sum.bounces;
	f.complaints = sum.complaints;
	f.level = sum.mails < FU_STREAM_MAILS_MIN ? "few" :
	    level[fu_stream_level(sum.mails, sum.bounces, sum.complaints)];
	f.ok = strcmp(f.level, "warn") != 0 && strcmp(f.level, "high") != 0;
	f.reason = f.ok ? NULL : "stream_rate";
	f.text = fu_printf(&a->arena, "%s sent %lld in %d days, with %lld hard "
	    "bounce%s and %lld complaint%s: %s", domain, (long long)f.sent,
	    FU_STREAM_DAYS, (long long)f.hard_bounces, f.hard_bounces == 1 ?
	    "" : "s", (long long)f.complaints, f.complaints == 1 ? "" : "s",
	    strcmp(f.level, "few") == 0 ? "too few for a rate" : f.level);
	return (fu_audit_give(a, &f, err));
}

static int
one_pause(struct fu_audit *a, const struct fu_audit_pause *p,
    struct fu_err *err)
{
	bool			 ours = strncmp(p->domain, "stream:", 7) == 0;
	struct fu_finding	 f = fu_finding(FU_D_STREAM, ours ? "EM-03" :
	    fu_reasons[FU_R_DOMAIN_PAUSED].rule);

	/* A company that is left alone is as it should be; a stream of ours
	 * that stands still, or a host that blocks us, is not. */
	f.ok = !ours && strcmp(p->reason, "policy") != 0 &&
	    strcmp(p->reason, "slowed") != 0;
	f.domain = ours ? p->domain + 7 : p->domain;
	f.reason = ours ? p->reason : "domain_paused";
	f.since_us = p->since_us;
	f.text = fu_printf(&a->arena, "%s %s is paused since %s (%s): fu-log "
	    "resume %s=%s | fu-ingest", ours ? "the stream of" : "mail to",
	    f.domain, fu_audit_date(a, p->since_us), p->reason, ours ?
	    "stream" : "domain", f.domain);
	return (fu_audit_give(a, &f, err));
}

int
fu_duty_streams(struct fu_audit *a, struct fu_err *err)
{
	struct fu_store		*store = &a->session->store;
	struct fu_arena		 rows;
	struct fu_audit_pause	*p;
	const char		**own, *after = "";
	size_t			 nown, n = FU_AUDIT_CHUNK;
	int			 rc = 0;

	own = own_domains(a, &nown);
	for (size_t i = 0; rc == 0 && i < nown; i++)
		rc = one_stream(a, own[i], err);
	fu_arena_init(&rows);
	while (rc == 0 && fu_audit_goes_on(a, n)) {
		rc = fu_audit_pauses(store, after, FU_AUDIT_CHUNK, &rows, &p,
		    &n, err);
		for (size_t i = 0; rc == 0 && i < n; i++)
			rc = one_pause(a, &p[i], err);
		if (rc == 0 && n > 0)
			after = p[n - 1].domain;
	}
	fu_arena_free(&rows);
	fu_arena_reset(&a->arena);
	return (rc);
}

int
fu_duty_ledger(struct fu_audit *a, struct fu_err *err)
{
	struct fu_finding	 f = fu_finding(FU_D_LEDGER, "LG-01");
	char			 head[FU_SUBJECT_LEN] = "";
	int64_t			 bad;
	int			 rc;

	rc = fu_ledger_verify(&a->session->store, &bad, &f.entries, head, err);
	if (rc == -1)
		return (-1);
	if (rc == 1) {
		f.head = head;
		f.text = fu_printf(&a->arena, "the ledger holds: %lld entries",
		    (long long)f.entries);
	} else {
		f.ok = false;
		f.reason = "ledger_broken";
		f.ledger = bad;
		f.text = fu_printf(&a->arena, "the ledger does not hold at "
		    "entry %lld: fu-privacy verify, and go back to a backup",
		    (long long)bad);
	}
	return (fu_audit_give(a, &f, err));
}

static int
one_retention(struct fu_audit *a, enum fu_keep keep, int64_t keep_us,
    struct fu_err *err)
{
	struct fu_finding	 f = fu_finding(FU_D_RETENTION, "GD-11");
	int64_t			 id[FU_AUDIT_CHUNK], after = 0;
	size_t			 n = keep_us == 0 ? 0 : FU_AUDIT_CHUNK;

	while (fu_audit_goes_on(a, n)) {
		if ((keep == FU_KEEP_VISITORS ? fu_erase_stale_visitors :
		    fu_erase_stale)(&a->session->store, a->now_us - keep_us,
		    after, FU_AUDIT_CHUNK, id, &n, err) == -1)
			return (-1);
		after = n > 0 ? id[n - 1] : after;
		f.people += (int64_t)n;
	}
	f.class = fu_keep_names[keep];
	f.ok = f.people == 0;
	f.reason = f.ok ? NULL : "retention_expired";
	f.text = keep_us == 0 ? fu_printf(&a->arena, "%s: fu.yaml's retention: "
	    "keeps them for ever", f.class) : fu_printf(&a->arena,
	    "%s: %lld older than %lld days%s", f.class, (long long)f.people,
	    (long long)(keep_us / FU_DAY), f.ok ? "" : ": fu-privacy purge");
	return (fu_audit_give(a, &f, err));
}

/* People, and those of whom a visitor id alone is known, where it is said. */
int
fu_duty_retention(struct fu_audit *a, struct fu_err *err)
{
	const struct fu_config	*conf = &a->session->config;
	int64_t			 visitors = fu_keep_us(conf, FU_KEEP_VISITORS);

	if (one_retention(a, FU_KEEP_PROSPECTS, fu_keep_us(conf,
	    FU_KEEP_PROSPECTS), err) == -1)
		return (-1);
	return (visitors == 0 ? 0 : one_retention(a, FU_KEEP_VISITORS,
	    visitors, err));
}
