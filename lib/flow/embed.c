/*
 * Texts to an embedder, vectors back.
 *
 * Must never take a vector on trust: its place, its length and its numbers are
 * looked at.
 */
#include <math.h>
#include <string.h>

#include "content/meaning.h"
#include "flow/embed.h"
#include "net/http.h"
#include "record/json.h"

#define ANSWER_MAX	(8 * 1024 * 1024)

int
fu_embedder_open(struct fu_session *s, struct fu_embedder *e,
    struct fu_err *err)
{
	int	 rc;

	memset(e, 0, sizeof(*e));
	if (fu_session_config(s, err) != 0)
		return (-1);
	rc = fu_server_open(s, &s->config.embed, "embed", "/embeddings",
	    &e->at, err);
	if (rc == 1)
		e->name = fu_printf(&s->arena, "%s %s", e->at.url,
		    e->at.model == NULL ? "" : e->at.model);
	return (rc);
}

static const char *
body_of(const struct fu_embedder *e, const struct fu_str *text, size_t n,
    struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*body;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	if (e->at.model != NULL)
		fu_jw_str(&jw, "model", e->at.model);
	fu_jw_array(&jw, "input");
	for (size_t i = 0; i < n; i++)
		fu_jw_span(&jw, NULL, text[i]);
	fu_jw_array_end(&jw);
	fu_jw_object_end(&jw);
	body = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (body);
}

static int
no_vectors(const struct fu_embedder *e, const char *why, struct fu_err *err)
{
	return (fu_err_set(err, FU_EUNAVAILABLE, "%s: gave no vectors: %s",
	    e->at.url, why));
}

/* One vector out of its numbers, made of length one. */
static int
take(const struct fu_embedder *e, struct fu_arena *arena,
    const struct fu_json *numbers, float *vector, size_t rank,
    struct fu_err *err)
{
	struct fu_json	*item;
	size_t		 n;
	double		 value;

	item = fu_json_items(arena, numbers, &n);
	if (n != rank)
		return (no_vectors(e, "they are not of one length", err));
	for (size_t i = 0; i < n; i++) {
		if (!fu_json_real(&item[i], &value) || !isfinite(value) ||
		    fabs(value) > 1e6)
			return (no_vectors(e, "a number is none", err));
		vector[i] = (float)value;
	}
	fu_vector_shrink(vector, rank, 0);
	return (0);
}

static int
take_all(const struct fu_embedder *e, struct fu_str answer, size_t n,
    struct fu_arena *arena, float **vector, size_t *rank, struct fu_err *err)
{
	const struct fu_json	*data, *numbers;
	struct fu_object	 object, one;
	struct fu_json		*item;
	int64_t			 at;
	size_t			 got;
	bool			*seen = fu_alloc_array(arena, n, sizeof(*seen));

	if (fu_json_object(arena, answer, &object, err) == -1)
		return (no_vectors(e, "no JSON object", err));
	data = fu_json_get(&object, "data");
	if (data == NULL || data->type != FU_JSON_ARRAY)
		return (no_vectors(e, "no \"data\"", err));
	item = fu_json_items(arena, data, &got);
	if (got != n)
		return (no_vectors(e, "not one for each text", err));
	*rank = 0;
	for (size_t i = 0; i < n; i++) {
		if (item[i].type != FU_JSON_OBJECT)
			return (no_vectors(e, "bad \"data\"", err));
		fu_json_members(arena, &item[i], &one);
		numbers = fu_json_get(&one, "embedding");
		if (!fu_json_int(fu_json_get(&one, "index"), &at))
			at = (int64_t)i;
		if (numbers == NULL || numbers->type != FU_JSON_ARRAY ||
		    at < 0 || (uint64_t)at >= n || seen[at])
			return (no_vectors(e, "bad \"data\"", err));
		seen[at] = true;
		if (*rank == 0) {
			(void)fu_json_items(arena, numbers, rank);
			if (*rank == 0 || *rank > FU_EMBED_RANK)
				return (no_vectors(e, "too few or too many "
				    "numbers", err));
			*vector = fu_alloc_array(arena, n * *rank,
			    sizeof(**vector));
		}
		if (take(e, arena, numbers, *vector + (size_t)at * *rank,
		    *rank, err) == -1)
			return (-1);
	}
	return (0);
}

int
fu_embed(const struct fu_embedder *e, const struct fu_str *text, size_t n,
    struct fu_arena *arena, float **vector, size_t *rank, struct fu_err *err)
{
	const char		*header[] = { "Content-Type: application/json",
	    e->at.authorization, NULL };
	struct fu_http_request	 request = { .url = e->at.url, .header = header,
		.body = fu_str_of(body_of(e, text, n, arena)),
		.timeout_s = e->at.timeout_s, .body_max = ANSWER_MAX };
	struct fu_http_response	 response;

	if (fu_http_post(&request, arena, &response, err) == -1)
		return (fu_err_prefix(err, "%s: ", e->at.url));
	if (response.status != 200)
		return (fu_err_set(err, response.status == 429 ||
		    response.status >= 500 ? FU_ETEMP : FU_EUNAVAILABLE,
		    "%s: answered %d: %.*s", e->at.url, response.status,
		    response.body.len < 200 ? (int)response.body.len : 200,
		    response.body.ptr));
	return (take_all(e, response.body, n, arena, vector, rank, err));
}
