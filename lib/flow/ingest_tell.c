/*
 * What is said of a table besides its rows: how it was read, and which of its
 * columns and owners somebody should look at.
 */
#include <stdio.h>
#include <string.h>

#include "config/nearest.h"
#include "flow/ingest_room.h"

#define KEPT_TOLD	5	/* so many columns are named */

void
fu_ingest_tell_table(const struct fu_opt *opt, const char *name,
    const struct fu_text *text, const struct fu_csv_seen *seen)
{
	enum fu_encoding	 e = fu_text_encoding(text);

	if (e == FU_ENC_UTF16LE || e == FU_ENC_UTF16BE)
		fu_note(opt, "%s: converted from %s", name,
		    fu_encoding_name(e));
	if (seen->cp1252 > 0)
		fu_note(opt, "%s:%llu: not UTF-8: %llu row%s read as "
		    "Windows-1252", name, (unsigned long long)
		    seen->first_cp1252, (unsigned long long)seen->cp1252,
		    seen->cp1252 == 1 ? "" : "s");
	if (seen->preamble > 0)
		fu_note(opt, "%s: %llu line%s before the header skipped", name,
		    (unsigned long long)seen->preamble,
		    seen->preamble == 1 ? "" : "s");
	if (seen->footers > 0)
		fu_note(opt, "%s:%llu: %llu footer line%s left out", name,
		    (unsigned long long)seen->first_footer,
		    (unsigned long long)seen->footers,
		    seen->footers == 1 ? "" : "s");
}

/* What smells of an opt-out and is none is said before it does harm. */
void
fu_ingest_tell_smells(const struct fu_opt *opt, const char *name,
    const struct fu_mapping *map)
{
	char	 norm[FU_HEADER_MAX];
	int	 target;

	for (size_t i = 0; i < map->n; i++) {
		if (map->col[i].target != FU_T_ATTR || map->col[i].rank < 0)
			continue;
		target = fu_header_smells(fu_header_normalise(
		    fu_str_of(map->col[i].header), norm));
		if (target != FU_T_ATTR)
			fu_note(opt, "%s: column \"%s\" looks like an "
			    "opt-out; -m '%s=%s' makes it one", name,
			    map->col[i].header, map->col[i].header,
			    fu_target_name(target));
	}
}

void
fu_ingest_tell_kept(const struct fu_opt *opt, const char *name,
    const struct fu_mapping *map)
{
	struct fu_buf	 names;
	size_t		 n = 0;

	fu_buf_init(&names);
	for (size_t i = 0; i < map->n; i++) {
		if (map->col[i].target != FU_T_ATTR || map->col[i].rank < 0 ||
		    fu_blank(map->col[i].header))
			continue;
		if (n++ < KEPT_TOLD)
			fu_buf_printf(&names, "%s%.40s", n > 1 ? ", " : "",
			    map->col[i].header);
	}
	if (n > 0)
		fu_note(opt, "%s: %zu column%s kept under %s own name%s: %s%s",
		    name, n, n == 1 ? "" : "s", n == 1 ? "its" : "their",
		    n == 1 ? "" : "s", names.ptr, n > KEPT_TOLD ? ", …" : "");
	fu_buf_free(&names);
}

/* A slip of the finger would be a kind that nothing ever looks for. */
void
fu_ingest_tell_kind(struct fu_ingest *in, const char *source, uint64_t line,
    const char *name)
{
	struct fu_ingest_counts	*c = &in->counts;
	struct fu_nearest	 near;

	for (size_t i = 0; i < c->nkind; i++)
		if (strcmp(c->kind[i], name) == 0)
			return;
	if (c->nkind == FU_KINDS_TOLD)
		return;
	fu_nearest_start(&near, name);
	for (size_t i = 0; i < FU_K_N; i++)
		if (fu_kinds[i].name != NULL)
			fu_nearest_try(&near, fu_kinds[i].name);
	if (near.word == NULL)
		return;
	c->kind[c->nkind++] = fu_dup(&in->session->arena, name);
	fu_note(in->session->opt, "%s:%llu: event %s: a kind of your own; did "
	    "you mean %s?", source, (unsigned long long)line, name, near.word);
}

void
fu_ingest_owner(struct fu_ingest *in, const char *owner)
{
	struct fu_ingest_counts	*c = &in->counts;
	const struct fu_config	*config = &in->session->config;
	size_t			 len = owner == NULL ? 0 : strlen(owner);

	if (fu_blank(owner) || config->nsender == 0 ||
	    fu_sender_find(config, owner) != NULL)
		return;
	c->strangers++;
	for (size_t i = 0; i < c->nowner && i < FU_OWNERS_TOLD; i++)
		if (fu_streq_nocase(c->owner[i], owner))
			return;
	if (c->nowner < FU_OWNERS_TOLD)
		(void)snprintf(c->owner[c->nowner], sizeof(c->owner[0]), "%.*s",
		    (int)(len < sizeof(c->owner[0]) ? len : fu_utf8_cut(owner,
		    sizeof(c->owner[0]) - 1)), owner);
	if (c->nowner <= FU_OWNERS_TOLD)
		c->nowner++;
}

void
fu_ingest_tell_owners(const struct fu_ingest *in)
{
	const struct fu_ingest_counts	*c = &in->counts;
	struct fu_buf			 names;

	if (c->strangers == 0)
		return;
	fu_buf_init(&names);
	for (size_t i = 0; i < c->nowner && i < FU_OWNERS_TOLD; i++)
		fu_buf_printf(&names, "%s\"%s\"", i > 0 ? ", " : "",
		    c->owner[i]);
	if (c->nowner > FU_OWNERS_TOLD)
		fu_buf_puts(&names, ", …");
	fu_note(in->session->opt, "%llu %s an owner that is no sender of "
	    "fu.yaml (%s): %s shared out among all", (unsigned long long)
	    c->strangers, c->strangers == 1 ? "has" : "have", names.ptr,
	    c->strangers == 1 ? "it is" : "they are");
	fu_buf_free(&names);
}
