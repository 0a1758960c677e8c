/*
 * Open episodes, for whoever asks what there is to do.
 *
 * Must never write.
 */
#include <string.h>

#include "flow/handoff_room.h"

#define CHUNK	64

static int
find_owner(const struct fu_config *config, const char *owner,
    const char **key, struct fu_err *err)
{
	*key = NULL;
	if (owner == NULL)
		return (0);
	for (size_t i = 0; i < config->nsender; i++) {
		const struct fu_sender	*x = &config->sender[i];

		if (fu_streq_nocase(x->key, owner) ||
		    fu_streq_nocase(x->name, owner) ||
		    fu_streq_nocase(x->email, owner)) {
			*key = x->key;
			return (0);
		}
	}
	return (fu_err_set(err, FU_EUSAGE, "%s: no sender \"%s\"",
	    config->file, owner));
}

static int
make_row(const struct fu_handoff *h, struct fu_arena *arena,
    struct fu_buf *line, struct fu_handoff_row *row, struct fu_err *err)
{
	struct fu_rec	 rec;

	if (fu_rec_parse(&rec, arena, fu_str_of(h->package), err) == -1)
		return (-1);
	fu_rec_set_str(&rec, "state", h->state);
	fu_rec_set_raw(&rec, "triggers", fu_str_of(h->triggers));
	fu_rec_set_time(&rec, "respond_by", h->respond_by_us);
	if (h->accepted_by != NULL) {
		fu_rec_set_str(&rec, "accepted_by", h->accepted_by);
		fu_rec_set_time(&rec, "accepted_at", h->accepted_us);
	}
	if (h->escalated_us != FU_NEVER)
		fu_rec_set_time(&rec, "escalated_at", h->escalated_us);
	fu_buf_reset(line);
	fu_rec_write(&rec, line);
	*row = (struct fu_handoff_row){ .handoff = h->id,
		.prospect = h->prospect, .state = h->state,
		.name = fu_rec_text(&rec, "name"), .trigger = h->trigger,
		.owner = h->owner, .accepted_by = h->accepted_by,
		.fired_us = h->fired_us, .respond_by_us = h->respond_by_us,
		.record = fu_buf_view(line) };
	return (0);
}

int
fu_handoff_list(struct fu_session *s, const char *owner,
    int (*emit)(void *, const struct fu_handoff_row *, struct fu_err *),
    void *ctx, struct fu_err *err)
{
	struct fu_handoff	*h;
	struct fu_handoff_row	 row;
	struct fu_arena		 arena;
	struct fu_buf		 line;
	const char		*key;
	int64_t			 after = 0;
	size_t			 n = 0;
	int			 rc;

	if (find_owner(&s->config, owner, &key, err) == -1)
		return (-1);
	fu_arena_init(&arena);
	fu_buf_init(&line);
	do {
		rc = fu_handoffs_next(&s->store, after, CHUNK, &arena, &h, &n,
		    err);
		for (size_t i = 0; i < n && rc == 0; i++) {
			after = h[i].prospect;
			if (key != NULL && !fu_streq(h[i].owner, key))
				continue;
			rc = make_row(&h[i], &arena, &line, &row, err);
			if (rc == 0)
				rc = emit(ctx, &row, err);
		}
		fu_arena_reset(&arena);
	} while (rc == 0 && n == CHUNK && !s->sink.lost);
	fu_buf_free(&line);
	fu_arena_free(&arena);
	return (rc);
}
