/*
 * The footer of a mail.
 *
 * Must never leave out a line that the law asks for because a value is not
 * there: then the whole mail stays.
 */
#include <string.h>

#include "content/footer.h"

const char *
fu_footer_fault(const struct fu_message_in *in, struct fu_arena *arena,
    const char **detail)
{
	const struct fu_config *config = in->config;
	const struct {
		const char *key, *value;
	} asked[] = {
		{ "company.name", config->company.name },
		{ "company.privacy_notice", config->company.privacy_notice },
		{ "law.notice.purpose", config->law.notice.purpose },
		{ "law.notice.interest", config->law.notice.interest },
		{ "law.notice.categories", config->law.notice.categories },
		{ "law.notice.recipients", config->law.notice.recipients },
		{ "law.notice.authority", config->law.notice.authority },
		{ "the person's source", in->source }
	};
	size_t i;

	if (fu_blank(config->company.postal_address)) {
		*detail = "company.postal_address is not given in fu.yaml";
		return ("no_postal_address");
	}
	for (i = 0; in->notice && i < sizeof(asked) / sizeof(*asked); i++)
		if (fu_blank(asked[i].value)) {
			*detail = fu_printf(arena, "the notice needs %s",
			    asked[i].key);
			return ("notice_missing");
		}
	return (NULL);
}

/* Values are text, whatever characters they hold. */
static void
put(struct fu_buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (strchr("\\`*_{}[]()<>#+-.!|&~=\"'\n", *text) != NULL)
			fu_buf_printf(out, "&#%d;", *text);
		else
			fu_buf_putc(out, *text);
}

static void
put_item(struct fu_buf *out, const char *before, const char *value,
    const char *after)
{
	fu_buf_puts(out, before);
	put(out, value);
	fu_buf_puts(out, after);
}

/* "1095 days": the class that people's records are in. */
static void
put_retention(struct fu_buf *out, const struct fu_config *config)
{
	size_t i;

	for (i = 0; i < config->nretention; i++)
		if (fu_streq(config->retention[i].class, "prospects")) {
			fu_buf_printf(out, "for %lld days after the last "
			    "contact",
			    (long long)(config->retention[i].keep_us /
			    FU_DAY));
			return;
		}
	fu_buf_puts(out, "until you object, and no longer than this purpose "
	    "needs");
}

static const char *
place_name(const char *code)
{
	static const char *const name[][2] = { { "EU", "the EU" },
		{ "EEA", "the EEA" }, { "US", "the USA" },
		{ "UK", "the United Kingdom" }, { "GB",
		"the United Kingdom" } };

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++)
		if (strcmp(code, name[i][0]) == 0)
			return (name[i][1]);
	return (code);
}

/* Is a place told already, by the recipients or for a processor before? */
static bool
told(const struct fu_config *config, size_t i, size_t j)
{
	const struct fu_processor *processor = config->law.processor;
	const char *code = processor[i].places.item[j];
	size_t k, l;

	if (config->law.notice.recipients != NULL &&
	    strstr(config->law.notice.recipients, place_name(code)) != NULL)
		return (true);
	for (k = 0; k <= i; k++)
		for (l = 0; l < processor[k].places.n; l++) {
			if (k == i && l == j)
				return (false);
			if (strcmp(processor[k].places.item[l], code) == 0)
				return (true);
		}
	return (false);
}

static void
put_transfers(struct fu_buf *out, const struct fu_config *config)
{
	const struct fu_processor *processor;
	bool any = false;
	size_t i, j;

	for (i = 0; i < config->law.nprocessor; i++) {
		processor = &config->law.processor[i];
		for (j = 0; j < processor->places.n; j++) {
			if (told(config, i, j))
				continue;
			fu_buf_puts(out, any ? ", " : " They process it in ");
			put(out, place_name(processor->places.item[j]));
			any = true;
		}
	}
	if (any)
		fu_buf_puts(out, ".");
}

/* Article 14(1) and (2), in the order of the article. */
static void
put_notice(struct fu_buf *out, const struct fu_message_in *in)
{
	const struct fu_config *config = in->config;
	bool interest = in->basis == NULL || strcmp(in->basis, "li") == 0;

	put_item(out, "**Why you hear from us.** ", config->company.name,
	    " is responsible for this data");
	put_item(out, config->law.notice.purpose != NULL &&
	    strncmp(config->law.notice.purpose, "to ", 3) == 0 ?
	    ". We use it " : ". We use it for ", config->law.notice.purpose,
	    "");
	if (interest)
		put_item(out, ", in our legitimate interest: ",
		    config->law.notice.interest, "");
	else
		put_item(out, ", on the basis of ",
		    strcmp(in->basis, "consent") == 0 ? "your consent" :
		    in->basis, "");
	put_item(out, ". We hold: ", config->law.notice.categories, "");
	put_item(out, ". We have it from: ", in->source, "");
	put_item(out, ". It goes to: ", config->law.notice.recipients, ".");
	put_transfers(out, config);
	fu_buf_puts(out, " We keep it ");
	put_retention(out, config);
	fu_buf_puts(out, ". You may ask for access, correction, erasure, "
	    "restriction or a copy of it, and complain to ");
	put(out, config->law.notice.authority);
	fu_buf_printf(out, ". More: <%s>\n\n", config->company.privacy_notice);
	/* Apart from all else, as the law has it [Art 21(4)]. */
	fu_buf_puts(out, "**You may object to this at any time**, without a "
	    "reason: answer this mail, or use the link below.\n\n");
}

const char *
fu_footer_markdown(const struct fu_message_in *in, struct fu_arena *arena)
{
	const char *company, *unsubscribe = NULL, *result;
	struct fu_buf out;

	company = in->config->company.name;
	if (in->links != NULL)
		unsubscribe = in->links->unsubscribe;
	fu_buf_init(&out);
	if (in->notice)
		put_notice(&out, in);
	if (!in->message->transactional &&
	    !fu_streq(in->basis, "consent"))
		fu_buf_puts(&out, "This is a commercial message from ");
	put_item(&out, "", company != NULL ? company : "", ", ");
	put_item(&out, "", in->config->company.postal_address, ".\n\n");
	if (unsubscribe != NULL)
		fu_buf_printf(&out, "Don't want these emails? Unsubscribe: "
		    "<%s>, or reply STOP.\n", unsubscribe);
	else if (!in->message->transactional)
		fu_buf_puts(&out, "Don't want these emails? Reply STOP.\n");
	result = fu_dup_str(arena, fu_buf_view(&out));
	fu_buf_free(&out);
	return (result);
}

/*
 * Letters and digits of a text alone: wrapping, quoting and HTML's own marks do
 * not tell two of the same apart.
 */
static void
bare(const char *text, bool html, struct fu_buf *out)
{
	const char *end;

	for (; *text != '\0'; text++) {
		if (html && *text == '<' && (end = strchr(text, '>')) != NULL) {
			text = end;
			continue;
		}
		if (html && *text == '&') {
			end = text + 1 + strspn(text + 1,
			    "abcdefghijklmnopqrstuvwxyz");
			if (*end == ';') {
				text = end;
				continue;
			}
		}
		if ((*text >= '0' && *text <= '9') ||
		    (*text >= 'A' && *text <= 'Z') ||
		    (*text >= 'a' && *text <= 'z') ||
		    (unsigned char)*text >= 0x80)
			fu_buf_putc(out, *text);
	}
}

static bool
shows(const char *part, bool html, const char *what)
{
	struct fu_buf in, it;
	bool found;

	fu_buf_init(&in);
	fu_buf_init(&it);
	bare(part, html, &in);
	bare(what, false, &it);
	found = it.len == 0 || (in.len > 0 && strstr(in.ptr, it.ptr) != NULL);
	fu_buf_free(&in);
	fu_buf_free(&it);
	return (found);
}

const char *
fu_footer_lost(const struct fu_message_in *in, const char *part, bool html)
{
	const char *url = in->links != NULL ? in->links->unsubscribe : NULL;

	if (!shows(part, html, in->config->company.postal_address))
		return ("no_postal_address");
	if (url == NULL && in->message->transactional)
		return (NULL);
	return (shows(part, html, url != NULL ? url : "Reply STOP") ? NULL :
	    "no_unsub_mechanism");
}
