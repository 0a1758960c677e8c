/*
 * fu.yaml beside the law's demands: address, notice, assessments, processors,
 * and secrets that everybody can read.
 *
 * Must never show a secret.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "config/country.h"
#include "flow/lint_room.h"
#include "flow/session.h"
#include "policy/rulebook_files.h"

const struct fu_node *
fu_lint_tree(struct fu_linting *l)
{
	struct fu_faults	 told;
	struct fu_str		 text;
	struct fu_err		 err;
	const struct fu_node	*root = NULL;

	fu_faults_init(&told);
	if (fu_file_read(l->config.file, l->arena, &text, &err) == 0)
		root = fu_yaml_parse(l->arena, l->config.file, text, 1, &told);
	fu_faults_free(&told);
	return (root);
}

static struct fu_where
place(struct fu_linting *l, const struct fu_node *node)
{
	struct fu_where	 where = { l->config.file, 0, 0 };

	if (node == NULL)
		return (where);
	return (node->key != NULL ? node->key_where : node->where);
}

/* The n-th item of a list, or NULL. */
static const struct fu_node *
item(const struct fu_node *list, size_t n)
{
	const struct fu_node	*node = list == NULL ? NULL : list->first;

	while (node != NULL && n-- > 0)
		node = node->next;
	return (node);
}

static bool
sends(const struct fu_config *c)
{
	return (c->channel[FU_CH_EMAIL].given || c->channel[FU_CH_SMS].given ||
	    c->channel[FU_CH_WHATSAPP].given);
}

static void
check_company(struct fu_linting *l, const struct fu_node *root)
{
	const struct fu_config	*c = &l->config;
	struct fu_where		 where = place(l, fu_node_get(root, "company"));

	if (c->nsender == 0 && sends(c))
		fu_lint_say(l, &where, false, "schema", "nobody can write: "
		    "name one in senders:");
	if (fu_blank(c->company.postal_address) &&
	    c->channel[FU_CH_EMAIL].given)
		fu_lint_say(l, &where, false, "CS-06", "no mail leaves without "
		    "a postal address: write company.postal_address");
}

/* Each is counted by itself, but the mailbox and what is said of it are one. */
static void
check_senders(struct fu_linting *l, const struct fu_node *root)
{
	const struct fu_config	*c = &l->config;
	const struct fu_node	*node = fu_node_get(root, "senders");
	struct fu_where		 where;
	size_t			 k;

	for (size_t i = 1; i < c->nsender; i++) {
		for (k = 0; k < i && !fu_streq_nocase(c->sender[k].email,
		    c->sender[i].email); k++)
			continue;
		if (k == i)
			continue;
		where = place(l, fu_node_get(fu_node_get(node,
		    c->sender[i].key), "email"));
		fu_lint_say(l, &where, true, "EM-03", "%s and %s write from "
		    "one address: cap and gap are counted of each, so that it "
		    "sends more than is meant", c->sender[k].key,
		    c->sender[i].key);
	}
}

/* Does any mail leave by something else than the outbox? */
static bool
mails(const struct fu_config *c)
{
	const struct fu_transport	*email = &c->channel[FU_CH_EMAIL];

	for (size_t i = 0; email->given && i < c->nsender; i++)
		if (c->sender[i].smtp != NULL)
			return (true);
	return (email->given && email->via != NULL &&
	    strcmp(email->via, "outbox") != 0);
}

/* Gmail and Yahoo ask senders of many mails for one click [RFC 8058]. */
static void
check_web(struct fu_linting *l, const struct fu_node *root)
{
	const char		*web = l->config.company.web;
	const struct fu_node	*company = fu_node_get(root, "company");
	const struct fu_node	*node = fu_node_get(company, "web");
	struct fu_where		 where = place(l, company);

	if (fu_blank(web) && node == NULL && mails(&l->config))
		fu_lint_say(l, &where, true, "EM-01", "mails leave without a "
		    "way out by one click: write company.web, where fu-web "
		    "answers");
	else if (!fu_blank(web) && node != NULL &&
	    strncasecmp(web, "https://", 8) != 0)
		fu_lint_say(l, &node->where, true, "EM-01", "mails leave "
		    "without a way out by one click, which needs https://: "
		    "give fu-web a certificate, and write company.web: "
		    "https://…");
}

/* Article 14's members; what is not there, by name. */
static void
check_notice(struct fu_linting *l, const struct fu_node *root)
{
	const struct fu_config	*c = &l->config;
	const struct {
		const char *key, *value;
	} asked[] = {
		{ "company.privacy_notice", c->company.privacy_notice },
		{ "law.notice.purpose", c->law.notice.purpose },
		{ "law.notice.interest", c->law.notice.interest },
		{ "law.notice.categories", c->law.notice.categories },
		{ "law.notice.recipients", c->law.notice.recipients },
		{ "law.notice.authority", c->law.notice.authority }
	};
	const struct fu_node	*law = fu_node_get(root, "law");
	const struct fu_node	*notice = fu_node_get(law, "notice");
	struct fu_where		 where;
	struct fu_buf		 names;

	if (!sends(c))
		return;
	fu_buf_init(&names);
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
		if (fu_blank(asked[i].value))
			fu_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "",
			    asked[i].key);
	where = place(l, notice != NULL ? notice : law);
	if (names.len > 0)
		fu_lint_say(l, &where, true, "GD-05", "the notice of a first "
		    "message needs %s: until then those whom it is due to are "
		    "not written to", names.ptr);
	fu_buf_free(&names);
}

/* Where the law asks for consent, an interest of ours is no ground for mail. */
static void
check_country(struct fu_linting *l, const struct fu_node *item)
{
	int	 consent;
	char	 code[3] = { 0 };

	if (item == NULL || item->kind != FU_NODE_TEXT ||
	    strlen(item->text) != 2)
		return;
	for (int i = 0; i < 2; i++)
		code[i] = (char)toupper((unsigned char)item->text[i]);
	if (!fu_country_known(code))
		return;
	if ((consent = fu_rulebook_consent(l->book, code)) == 1)
		fu_lint_say(l, &item->where, true, "EP-01", "mail to a person "
		    "at a company in %s asks for consent: an assessment covers "
		    "nobody's own address there", code);
	else if (consent == -1)
		fu_lint_say(l, &item->where, true, "EP-01", "nobody has read "
		    "the law of %s for rules/countries.txt: what goes there is "
		    "held, whatever was assessed", code);
}

static void
check_scope(struct fu_linting *l, const struct fu_node *scope)
{
	if (scope == NULL || l->book == NULL)
		return;
	if (scope->kind != FU_NODE_LIST)
		check_country(l, scope);
	for (const struct fu_node *n = scope->kind == FU_NODE_LIST ?
	    scope->first : NULL; n != NULL; n = n->next)
		check_country(l, n);
}

/* Where the law asks for no consent, it asks for an assessment. */
static void
check_unassessed(struct fu_linting *l, const struct fu_node *law)
{
	struct fu_where	 where = place(l, law);
	struct fu_buf	 names;

	if (l->book == NULL || l->config.law.nassessment > 0 ||
	    !l->config.channel[FU_CH_EMAIL].given)
		return;
	fu_buf_init(&names);
	if (fu_rulebook_assessed(l->book, &names) > 0)
		fu_lint_say(l, &where, true, "GD-02", "law.assessments has "
		    "none: nobody in %s is written to on the ground of our "
		    "interest (basis li) until one is written down whose "
		    "scope names that country", names.ptr);
	fu_buf_free(&names);
}

static void
check_assessments(struct fu_linting *l, const struct fu_node *root)
{
	const struct fu_node	*list = fu_node_get(fu_node_get(root, "law"),
	    "assessments");

	check_unassessed(l, list != NULL ? list : fu_node_get(root, "law"));

	for (size_t i = 0; i < l->config.law.nassessment; i++) {
		const struct fu_assessment *a = &l->config.law.assessment[i];
		const struct fu_node	*node = item(list, i);
		struct fu_where		 where = place(l, node);
		char			 date[FU_TIME_LEN];

		check_scope(l, fu_node_get(node, "scope"));
		if (a->next_review.year != 0 &&
		    fu_date_days(a->next_review) < l->today) {
			where = place(l, fu_node_get(node, "next_review"));
			fu_lint_say(l, &where, true, "GD-02", "the assessment "
			    "\"%s\" was to be reviewed by %s: those who are "
			    "written to on its ground are held", a->id,
			    fu_date_print(a->next_review, date));
		}
		if (fu_blank(a->file))
			fu_lint_say(l, &where, true, "GD-02", "the assessment "
			    "\"%s\" names no file: say where it is written "
			    "down", a->id);
		else if (access(a->file, R_OK) == -1) {
			where = place(l, fu_node_get(node, "file"));
			fu_lint_say(l, &where, false, "GD-02", "there is no "
			    "%s: an assessment is one when it is written down",
			    a->file);
		} else
			fu_lint_file(l, a->file);
	}
}

static void
check_processors(struct fu_linting *l, const struct fu_node *root)
{
	const struct fu_node	*list = fu_node_get(fu_node_get(root, "law"),
	    "processors");

	for (size_t i = 0; i < l->config.law.nprocessor; i++) {
		const struct fu_processor *p = &l->config.law.processor[i];
		struct fu_where		 where = place(l, item(list, i));

		if (fu_blank(p->dpa))
			fu_lint_say(l, &where, true, "GD-12", "\"%s\" handles "
			    "data without a contract: write its dpa:, until "
			    "then what it would carry into the EU is held",
			    p->name);
	}
}

static void
check_secret(struct fu_linting *l, const struct fu_secret *s, const char *what)
{
	if (s->spec != NULL && strncmp(s->spec, "env:", 4) != 0 &&
	    strncmp(s->spec, "file:", 5) != 0 &&
	    strncmp(s->spec, "exec:", 5) != 0)
		fu_lint_say(l, &s->where, true, "secret", "this %s stands "
		    "where everybody reads it: write env:NAME, file:PATH or "
		    "exec:PATH", what);
}

/* "smtp://ann:secret@host", or an address that is itself the secret. */
static void
check_url(struct fu_linting *l, const char *url, const struct fu_where *where,
    bool secret)
{
	const char	*host = url == NULL ? NULL : strstr(url, "://");
	size_t		 len;

	if (host == NULL)
		return;
	len = strcspn(host + 3, "/");
	if (!secret && (memchr(host + 3, '@', len) == NULL ||
	    memchr(host + 3, ':', len) == NULL))
		return;
	fu_lint_say(l, where, true, "secret", "who has this url can use it: "
	    "write url: env:NAME");
}

static void
check_transport(struct fu_linting *l, const struct fu_transport *t)
{
	check_secret(l, &t->password, "password");
	check_secret(l, &t->token, "token");
	check_secret(l, &t->app_secret, "app_secret");
	check_secret(l, &t->verify_token, "verify_token");
	check_url(l, t->url, &t->where, fu_streq(t->via, "slack"));
}

/* "Authorization: Bearer abc": a header that lets somebody in. */
static void
check_headers(struct fu_linting *l, const struct fu_destination *d)
{
	static const char *const	 keys[] = { "authorization", "token",
		"api-key", "apikey", "secret" };
	struct fu_secret		 secret = { NULL, d->where };
	const char			*line, *found, *colon;

	for (size_t i = 0; i < d->headers.n; i++) {
		line = d->headers.item[i];
		if ((colon = strchr(line, ':')) == NULL)
			continue;
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
			found = strcasestr(line, keys[k]);
			if (found == NULL || found > colon)
				continue;
			secret.spec = strrchr(line, ' ') + 1;
			check_secret(l, &secret, "header");
			break;
		}
	}
}

static void
check_destinations(struct fu_linting *l, const struct fu_destination *d,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check_secret(l, &d[i].secret, "secret");
		check_headers(l, &d[i]);
		check_url(l, d[i].url, &d[i].where,
		    fu_streq(d[i].via, "slack"));
	}
}

static void
check_secrets(struct fu_linting *l)
{
	const struct fu_config	*c = &l->config;

	for (int i = 0; i < FU_CHANNEL_N; i++)
		check_transport(l, &c->channel[i]);
	for (size_t i = 0; i < c->nsender; i++)
		if (c->sender[i].smtp != NULL)
			check_transport(l, c->sender[i].smtp);
	check_destinations(l, c->handoff.to, c->handoff.nto);
	check_destinations(l, c->handoff.escalate_to, c->handoff.nescalate_to);
	check_destinations(l, c->alerts, c->nalerts);
	check_secret(l, &c->booking_secret, "secret");
	check_secret(l, &c->hook_secret, "secret");
	check_secret(l, &c->llm.key, "key");
	check_secret(l, &c->embed.key, "key");
}

void
fu_lint_law(struct fu_linting *l)
{
	check_company(l, l->root);
	check_senders(l, l->root);
	check_web(l, l->root);
	check_notice(l, l->root);
	check_assessments(l, l->root);
	check_processors(l, l->root);
	check_secrets(l);
}
