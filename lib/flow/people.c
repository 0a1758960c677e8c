/*
 * Each distinct person of a batch once.
 *
 * Must never know what is done to them: that is handed in.
 */
#include <string.h>
#include <unistd.h>

#include "flow/people.h"
#include "store/prospects.h"

static int
begin(void *ctx, struct fu_err *err)
{
	return (fu_store_begin(&((struct fu_people *)ctx)->session->store,
	    err));
}

static int
commit(void *ctx, struct fu_err *err)
{
	return (fu_store_commit(&((struct fu_people *)ctx)->session->store,
	    err));
}

static void
rollback(void *ctx)
{
	fu_store_rollback(&((struct fu_people *)ctx)->session->store);
}

/*
 * Whose record is that?  0 when it names nobody and passes, or when it was
 * rejected; -1.  One that says no more than an address, as a list of an
 * operator's does, is given the id.
 */
static int
whose(struct fu_people *p, struct fu_batch *batch, struct fu_item *item,
    int64_t *id, struct fu_err *err)
{
	const struct fu_json	*given = fu_rec_get(&item->rec, "prospect");
	const char		*type = fu_rec_type(&item->rec), *email;
	int			 rc;

	*id = 0;
	if (given != NULL && fu_rec_int(&item->rec, "prospect", id) && *id > 0)
		return (1);
	if (fu_rec_get(&item->rec, "event") != NULL ||
	    (type != NULL && strcmp(type, "prospect") != 0))
		return (0);
	if (given != NULL && given->type != FU_JSON_NULL) {
		fu_item_reject(batch, item, "no_prospect", "prospect %.*s: is "
		    "no id", (int)(given->raw.len < 60 ? given->raw.len : 60),
		    given->raw.ptr);
		return (0);
	}
	email = fu_rec_text(&item->rec, "email");
	if (fu_blank(email) || strchr(email, '@') == NULL)
		return (0);
	rc = fu_prospect_find(&p->session->store, email, id, err);
	if (rc == 1)
		fu_rec_set_int(&item->rec, "prospect", *id);
	else if (rc == 0)
		fu_debug(p->session->opt, "%s:%llu: %s: nobody whom we know",
		    item->source, (unsigned long long)item->line, email);
	return (rc);
}

/* Each person of the batch once, where the record says which. */
static void
ready(void *ctx, struct fu_batch *batch)
{
	struct fu_people *p = ctx;
	const char *email;
	int64_t *seen, id;
	struct fu_err err;
	size_t n = 0, k;

	if (p->ready == NULL)
		return;
	seen = fu_alloc_array(&batch->arena, batch->n + 1, sizeof(*seen));
	for (size_t i = 0; i < batch->n; i++) {
		struct fu_rec *rec = &batch->item[i].rec;

		if (!fu_rec_int(rec, "prospect", &id) &&
		    (fu_blank(email = fu_rec_text(rec, "email")) ||
			fu_prospect_find(
			    &p->session->store, email, &id, &err) != 1))
			continue;
		for (k = n; k > 0 && seen[k - 1] != id; k--)
			continue;
		if (k > 0 || id <= 0)
			continue;
		seen[n++] = id;
		p->ready(p->ctx, id, &batch->arena);
	}
}

static int
work(void *ctx, struct fu_batch *batch, struct fu_err *err)
{
	struct fu_people	*p = ctx;
	int64_t			*seen, id;
	void			**result;
	size_t			 n = 0, k;
	int			 rc;

	seen = fu_alloc_array(&batch->arena, batch->n + 1, sizeof(*seen));
	result = fu_alloc_array(&batch->arena, batch->n + 1, sizeof(*result));
	for (size_t i = 0; i < batch->n; i++) {
		struct fu_item	*item = &batch->item[i];

		item->keep = item->keep && !p->drop;
		if (item->rejected)
			continue;
		if ((rc = whose(p, batch, item, &id, err)) == -1)
			return (-1);
		if (rc == 0)
			continue;
		/* Records of one person mostly follow each other. */
		for (k = n; k > 0 && seen[k - 1] != id; k--)
			continue;
		if (k == 0) {
			rc = p->look(p->ctx, id, item, &batch->arena,
			    &result[n], err);
			if (rc == -1)
				return (-1);
			if (rc == 0) {
				fu_item_reject(batch, item, "no_prospect",
				    "no prospect %lld in the database",
				    (long long)id);
				continue;
			}
			k = ++n;
			seen[k - 1] = id;
		}
		if (p->put != NULL)
			p->put(p->ctx, item, result[k - 1], &batch->arena);
	}
	return (0);
}

/* The operands as records of a batch; of those that are nobody it is said. */
static int
find_operands(struct fu_people *p, char **operand, int n,
    struct fu_batch *batch, bool *missing, struct fu_err *err)
{
	struct fu_sink		*sink = &p->session->sink;
	struct fu_prospect	 person;
	const char		*email;
	int64_t			 id;

	batch->sink = sink;
	batch->item = fu_alloc_array(&batch->arena, (size_t)n,
	    sizeof(*batch->item));
	for (int i = 0; i < n; i++) {
		struct fu_item	*item = &batch->item[batch->n];

		sink->read++;
		if (fu_session_find(p->session, operand[i], &id, err) == -1) {
			if (err->class != FU_NOTFOUND)
				return (-1);
			fu_say(p->session->opt, "%s", err->msg);
			*missing = true;
			continue;
		}
		if (fu_prospect_load(&p->session->store, id, &batch->arena,
		    &person, err) == -1)
			return (-1);
		email = person.person.f[FU_F_EMAIL];
		item->keep = true;
		item->source = "operand";
		item->line = (uint64_t)i + 1;
		item->input = fu_str_of(operand[i]);
		fu_buf_init(&item->before);
		fu_rec_new(&item->rec, &batch->arena);
		fu_rec_set_str(&item->rec, "type", "prospect");
		fu_rec_set_int(&item->rec, "prospect", id);
		if (email != NULL)
			fu_rec_set_str(&item->rec, "email", email);
		batch->n++;
	}
	return (0);
}

static int
run_operands(struct fu_people *p, char **operand, int n, struct fu_err *err)
{
	struct fu_batch	 batch;
	struct fu_buf	 out;
	bool		 missing = false;
	int		 rc;

	memset(&batch, 0, sizeof(batch));
	fu_arena_init(&batch.arena);
	fu_buf_init(&out);
	rc = find_operands(p, operand, n, &batch, &missing, err);
	if (rc == 0)
		ready(p, &batch);
	if (rc == 0 && (rc = begin(p, err)) == 0) {
		rc = work(p, &batch, err);
		if (rc == 0)
			rc = commit(p, err);
		if (rc == -1)
			rollback(p);
	}
	for (size_t i = 0; i < batch.n; i++) {
		struct fu_item	*item = &batch.item[i];

		fu_buf_str(&out, fu_buf_view(&item->before));
		if (item->keep)
			fu_rec_write(&item->rec, &out);
		fu_buf_free(&item->before);
	}
	if (rc == 0)
		rc = fu_sink_write(&p->session->sink, &out, err);
	fu_arena_free(&batch.arena);
	fu_buf_free(&out);
	return (rc == 0 && missing ? FU_NOTFOUND : rc);
}

int
fu_people_run(struct fu_people *p, char **operand, int n, struct fu_err *err)
{
	struct fu_filter	 filter = { .ctx = p, .ready = ready,
		.begin = begin, .work = work, .commit = commit,
		.rollback = rollback };

	if (n > 0)
		return (run_operands(p, operand, n, err));
	return (fu_filter_run(&filter, STDIN_FILENO, "stdin",
	    &p->session->sink, err));
}
