/*
 * Open episodes, for whoever asks what there is to do.
 *
 * Must never write.
 */
#include <string.h>

#include "flow/handoff_room.h"
#include "flow/send_text.h"

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

/* Of what was met the first by rank, whatever came first. */
static const char *
first_trigger(const struct fu_handoff *h, struct fu_arena *arena)
{
	struct fu_json	 array, *item;
	const char	*name;
	size_t		 n = 0;
	int		 t, first = FU_TRIGGER_N;

	if (fu_json_parse(fu_str_of(h->triggers), &array, NULL) == -1 ||
	    array.type != FU_JSON_ARRAY)
		return (h->trigger);
	item = fu_json_items(arena, &array, &n);
	for (size_t i = 0; i < n; i++) {
		name = fu_json_text(arena, &item[i]);
		t = name == NULL ? -1 : fu_trigger_find(name);
		if (t != -1 && t < first)
			first = t;
	}
	return (first == FU_TRIGGER_N ? h->trigger :
	    fu_trigger_name((enum fu_trigger)first));
}

static int
make_row(struct fu_session *s, const struct fu_handoff *h,
    struct fu_arena *arena, struct fu_buf *line, struct fu_handoff_row *row,
    struct fu_err *err)
{
	struct fu_prospect	 p;
	struct fu_rec		 rec;
	const char		*trigger = first_trigger(h, arena);
	int			 rc;

	rc = fu_prospect_load(&s->store, h->prospect, arena, &p, err);
	if (rc == -1 || fu_rec_parse(&rec, arena, fu_str_of(h->package), err) == -1)
		return (-1);
	/* The score of now, not that of when the package was made. */
	if (rc == 1 && p.score >= 0)
		fu_rec_set_int(&rec, "score", p.score);
	fu_rec_set_str(&rec, "trigger", trigger);
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
		.name = fu_rec_text(&rec, "name"), .email =
		    rc == 1 ? p.person.f[FU_F_EMAIL] : NULL,
		.trigger = fu_rec_text(&rec, "trigger_words"),
		.owner = h->owner, .accepted_by = h->accepted_by,
		.respond_by = fu_words_time(h->respond_by_us,
		    s->config.company.zone, arena),
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
			rc = make_row(s, &h[i], &arena, &line, &row, err);
			if (rc == 0)
				rc = emit(ctx, &row, err);
		}
		fu_arena_reset(&arena);
	} while (rc == 0 && n == CHUNK && !s->sink.lost);
	fu_buf_free(&line);
	fu_arena_free(&arena);
	return (rc);
}
