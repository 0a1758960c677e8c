/*
 * Lists of phrases, names and titles: inline, or a file with one a line.
 * Never interprets an entry.
 */
#include <string.h>

#include "config/load.h"

#define LINE_MAX_BYTES 400	/* a phrase is a sentence at most */

bool
fu_list_has(const struct fu_list *list, const char *text)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (fu_streq_nocase(list->item[i], text))
			return (true);
	return (false);
}

/* One line: NULL when it is blank or a comment. */
static const char *
take_line(struct fu_read *rd, const char *path, int line, struct fu_str s)
{
	struct fu_where where = { path, line, 1 };

	s = fu_str_trim(s);
	if (s.len == 0 || s.ptr[0] == '#')
		return (NULL);
	if (s.len > LINE_MAX_BYTES) {
		fu_fault_add(rd->faults, &where, false, "this line is longer "
		    "than %d bytes: a list has one phrase a line",
		    LINE_MAX_BYTES);
		return (NULL);
	}
	if (memchr(s.ptr, '\t', s.len) != NULL) {
		fu_fault_add(rd->faults, &where, false, "a tab stands in this "
		    "line: a list has one phrase a line");
		return (NULL);
	}
	return (fu_dup_str(rd->arena, s));
}

void
fu_read_lines(struct fu_read *rd, const char *path,
    const struct fu_where *named, struct fu_list *list)
{
	struct fu_load *load = rd->ctx;
	struct fu_str text, line;
	struct fu_err err;
	const char *hash, *entry, *p, *end;
	size_t cap = 0;
	int n = 0;

	*list = (struct fu_list){ 0 };
	if (fu_source_read(rd->arena, path, FU_CONFIG_BYTES_MAX, &text, &hash,
	    &err) == -1) {
		fu_fault_add(rd->faults, named, false, "%s", err.msg);
		return;
	}
	fu_buf_printf(&load->versions, "%s\n", hash);
	if (!fu_text_valid(rd->faults, path, text))
		return;
	p = text.ptr;
	end = p + text.len;
	if (fu_str_starts(text, "\xef\xbb\xbf"))
		p += 3;
	for (; p < end; p = line.ptr + line.len + 1) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));

		line = (struct fu_str){ p, (size_t)((nl ? nl : end) - p) };
		entry = take_line(rd, path, ++n, line);
		if (entry != NULL)
			fu_list_add(rd->arena, list, &cap, entry);
	}
	if (list->n == 0)
		fu_fault_add(rd->faults, named, true, "%s holds no entry: "
		    "nothing will ever match", path);
}

void
fu_read_phrases(struct fu_read *rd, const struct fu_node *node, void *member)
{
	static const struct fu_keydef inline_key = { .name = "phrases",
		.type = FU_KT_LIST };
	const char *text;

	if (node->kind != FU_NODE_TEXT) {
		fu_key_read(rd, &inline_key, node, member);
		return;
	}
	if ((text = fu_node_text(rd, node)) == NULL)
		return;
	fu_read_lines(rd, fu_path_join(rd->arena, rd->dir, text), &node->where,
	    member);
}
