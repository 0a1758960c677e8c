/*
 * Many hand-offs at once for one Slack webhook: the first few alone, the rest
 * together in one message with a line each.
 *
 * Must never leave one out: whoever is in a message shares its outcome.
 */
#include <string.h>
#include <unistd.h>

#include "flow/send_room.h"
#include "flow/send_text.h"

#define ALONE_MAX	5	/* of a run and webhook */
/* Slack shows 4,000 characters of a text; a line is 150 of them. */
#define TOGETHER_MAX	25

size_t
fu_digest_room(const struct fu_via *via)
{
	return (via->alone < ALONE_MAX ? ALONE_MAX - via->alone :
	    TOGETHER_MAX);
}

static const char *
render(const char *file, struct fu_parcel *const *in,
    size_t n, struct fu_err *err)
{
	struct fu_arena	*arena = in[0]->arena;
	struct fu_ctx	*ctx = fu_ctx_object(arena);
	struct fu_ctx	*list = fu_ctx_list(arena);
	struct fu_str	 text;

	if (fu_file_read(file, arena, &text, err) == -1) {
		err->class = FU_ECONFIG;
		return (NULL);
	}
	for (size_t i = 0; i < n; i++)
		fu_ctx_add(list, in[i]->ctx);
	fu_ctx_set_int(ctx, "count", (int64_t)n);
	fu_ctx_set(ctx, "handoffs", list);
	return (fu_text_json(text, file, ctx, FU_ESCAPE_SLACK, arena, err));
}

int
fu_digest_make(struct fu_send *s, struct fu_parcel **group, size_t n,
    struct fu_err *err)
{
	struct fu_via		*via = group[0]->via;
	struct fu_parcel	**in;
	const char		*file, *text;
	size_t			 k = 0;

	in = fu_alloc_array(group[0]->arena, n, sizeof(*in));
	for (size_t i = 0; i < n; i++)
		if (group[i]->started && group[i]->ctx != NULL)
			in[k++] = group[i];
	file = fu_printf(group[0]->arena, "%s/slack-digest.json",
	    s->session->config.handoffs_dir);
	if (via->alone < ALONE_MAX || k < 2 || access(file, F_OK) == -1) {
		via->alone += k;
		return (0);
	}
	if ((text = render(file, in, k, err)) == NULL)
		return (-1);
	in[0]->delivery.text = text;
	for (size_t i = 1; i < k; i++)
		in[i]->leader = in[0];
	return (0);
}

void
fu_digest_share(struct fu_delivery *d, const struct fu_delivery *leader)
{
	d->status = leader->status;
	d->reason = leader->reason;
	d->code = leader->code;
	d->detail = leader->detail;
	d->relay_id = leader->relay_id;
	d->retry_after_us = leader->retry_after_us;
}
