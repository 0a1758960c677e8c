/*
 * Asking a language model.
 *
 * Must never hand on a word that was not checked, nor let a run wait for one
 * longer than it may.
 */
#include <string.h>

#include "content/completion.h"
#include "flow/llm.h"
#include "flow/rulesdir.h"
#include "net/http.h"

#define DETAIL_MAX 120 /* bytes, of what is put on record */

static bool
not_asked(struct fu_session *s, struct fu_llm *llm, const struct fu_err *err)
{
	fu_note(s->opt, "%s: \"llm:\" is not asked", err->msg);
	llm->at.url = NULL;
	return (false);
}

bool
fu_llm_open(struct fu_session *s, struct fu_llm *llm)
{
	struct fu_err	 err;
	int		 rc;

	memset(llm, 0, sizeof(*llm));
	llm->s = s;
	rc = fu_server_open(s, &s->config.llm, "llm", "/chat/completions",
	    &llm->at, &err);
	if (rc == 0)
		return (false);
	/* What it may not say; without the lists, it is not asked. */
	if (rc == -1 || fu_rulesdir_lines(&s->config, "noise.txt", &s->arena,
	    &llm->noise, &err) == -1 || fu_rulesdir_lines(&s->config,
	    "promises.txt", &s->arena, &llm->promises, &err) == -1)
		return (not_asked(s, llm, &err));
	llm->terms = fu_terms_new();
	return (true);
}

void
fu_llm_close(struct fu_llm *llm)
{
	fu_terms_free(llm->terms);
	llm->terms = NULL;
	llm->at.url = NULL;
}

static bool
fall_back(struct fu_llm_out *out, const char *reason, const char *detail)
{
	out->reason = reason;
	out->detail = detail;
	return (false);
}

/* What the operator's words in a prompt may name. */
static struct fu_ctx *
context_of(const struct fu_llm *llm, const struct fu_llm_in *in,
    struct fu_arena *arena)
{
	struct fu_ctx *ctx = fu_ctx_object(arena);
	struct fu_ctx *sender = fu_ctx_object(arena);

	fu_ctx_set_text(ctx, "company_name", llm->s->config.company.name);
	if (in->sender != NULL) {
		fu_ctx_set_text(sender, "name", in->sender->name);
		fu_ctx_set_text(sender, "title", in->sender->title);
		fu_ctx_set(ctx, "sender", sender);
	}
	fu_ctx_set_text(ctx, "language", in->language);
	if (in->limits.sentences > 0)
		fu_ctx_set_int(ctx, "sentences", in->limits.sentences);
	if (in->limits.words > 0)
		fu_ctx_set_int(ctx, "words", in->limits.words);
	if (in->limits.chars > 0)
		fu_ctx_set_int(ctx, "characters", in->limits.chars);
	return (ctx);
}

static int
make_prompt(const struct fu_llm *llm, const struct fu_llm_in *in,
    struct fu_arena *arena, struct fu_prompt *prompt, struct fu_err *err)
{
	const char *file = fu_printf(
	    arena, "%s/%s.md", llm->s->config.prompts_dir, in->prompt);
	struct fu_prompt_in what = {.file = file,
	    .ctx = context_of(llm, in, arena),
	    .source = in->source,
	    .nsource = in->nsource,
	    .history = in->history,
	    .nhistory = in->nhistory};

	if (fu_file_read(file, arena, &what.text, err) == -1)
		return (-1);
	return (fu_prompt_make(&what, arena, prompt, err));
}

/* One more that came to nothing; the last of them is told. */
static bool
failed(struct fu_llm *llm, struct fu_llm_out *out, const char *reason,
    const char *detail)
{
	if (++llm->failures >= FU_LLM_FAILURES) {
		llm->off = "off";
		fu_note(llm->s->opt,
		    "%s: failed %d times, the last: %s; it "
		    "is not asked again in this run, and what it would have "
		    "written is said in the words of the sources",
		    llm->at.url, llm->failures, detail != NULL ? detail : reason);
	}
	return (fall_back(out, reason, detail));
}

/* The text of its answer, or out's reason. */
static const char *
ask(struct fu_llm *llm, const struct fu_prompt *prompt, struct fu_arena *arena,
    struct fu_llm_out *out)
{
	const char *header[] = {
	    "Content-Type: application/json", llm->at.authorization, NULL};
	struct fu_http_request request = {.url = llm->at.url,
	    .header = header,
	    .timeout_s = llm->at.timeout_s,
	    .body =
		fu_str_of(fu_completion_request(llm->at.model, prompt, arena))};
	int64_t began = fu_clock_monotonic_us();
	struct fu_http_response response;
	const char *text, *why;
	struct fu_err err;
	int rc;

	rc = fu_http_post(&request, arena, &response, &err);
	llm->waited_us += fu_clock_monotonic_us() - began;
	if (rc == -1) {
		failed(llm, out, "endpoint", fu_dup(arena, err.msg));
		return (NULL);
	}
	if (response.status != 200) {
		failed(llm, out, "endpoint",
		    fu_printf(arena, "answered %d", response.status));
		return (NULL);
	}
	text = fu_completion_text(response.body, arena, &why);
	if (text == NULL && strcmp(why, "answer") == 0) {
		failed(llm, out, why, NULL);
		return (NULL);
	}
	llm->failures = 0;
	if (text == NULL)
		fall_back(out, why, NULL);
	return (text);
}

static bool
check(const struct fu_llm *llm, const struct fu_llm_in *in, const char *text,
    struct fu_arena *arena, struct fu_llm_out *out)
{
	struct fu_phrased_in what = {.text = text,
	    .source = {fu_alloc_array(
			   arena, in->nsource + 1, sizeof(*what.source.item)),
		0},
	    .history = {fu_alloc_array(arena, in->nhistory + 3,
			    sizeof(*what.history.item)),
		0},
	    .noise = &llm->noise,
	    .promises = &llm->promises,
	    .language = in->language,
	    .limits = in->limits};
	const char **name =
	    fu_alloc_array(arena, in->names.n + 3, sizeof(*name));
	struct fu_phrased got;

	/* As many as the model was shown. */
	for (size_t i = 0; i < in->nsource && i < FU_PROMPT_SOURCES; i++)
		what.source.item[what.source.n++] = in->source[i].text;
	for (size_t i = 0; i < in->nhistory && i < FU_PROMPT_SOURCES; i++)
		what.history.item[what.history.n++] = in->history[i].text;
	for (size_t i = 0; i < in->names.n; i++)
		name[what.names.n++] = in->names.item[i];
	if (!fu_blank(llm->s->config.company.name))
		name[what.names.n++] = llm->s->config.company.name;
	if (in->sender != NULL && !fu_blank(in->sender->name))
		name[what.names.n++] = in->sender->name;
	what.names.item = name;
	if (!fu_phrased_check(llm->terms, &what, arena, &got))
		return (fall_back(out, got.reason, got.detail));
	out->text = got.text;
	return (true);
}

static bool
phrase(struct fu_llm *llm, const struct fu_llm_in *in, struct fu_arena *arena,
    struct fu_llm_out *out)
{
	struct fu_prompt prompt;
	struct fu_err err;
	const char *text;

	if (llm->off != NULL)
		return (fall_back(out, llm->off, NULL));
	if (llm->waited_us >= FU_LLM_WAIT_US) {
		llm->off = "time";
		fu_note(llm->s->opt,
		    "%s: five minutes were waited for it, "
		    "which is enough for one run",
		    llm->at.url);
		return (fall_back(out, "time", NULL));
	}
	if (make_prompt(llm, in, arena, &prompt, &err) == -1) {
		llm->off = "prompt";
		fu_note(llm->s->opt, "%s: the model is not asked", err.msg);
		return (fall_back(out, "prompt", fu_dup(arena, err.msg)));
	}
	text = ask(llm, &prompt, arena, out);
	return (text != NULL && check(llm, in, text, arena, out));
}

/* Who wrote it in the end, and if not the model, why. */
static const char *
tell(const struct fu_llm *llm, const struct fu_llm_out *out,
    struct fu_arena *arena)
{
	struct fu_buf buf;
	struct fu_jw jw;
	const char *text;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "by", out->text != NULL ? "model" : "sources");
	if (llm->at.model != NULL)
		fu_jw_str(&jw, "model", llm->at.model);
	if (out->text != NULL)
		fu_jw_str(&jw, "text", out->text);
	if (out->reason != NULL)
		fu_jw_str(&jw, "why", out->reason);
	if (out->detail != NULL)
		fu_jw_str(&jw, "detail", out->detail);
	fu_jw_object_end(&jw);
	text = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

bool
fu_llm_phrase(struct fu_llm *llm, const struct fu_llm_in *in,
    struct fu_arena *arena, struct fu_llm_out *out)
{
	bool ok;

	memset(out, 0, sizeof(*out));
	ok = phrase(llm, in, arena, out);
	if (out->detail != NULL && strlen(out->detail) > DETAIL_MAX)
		out->detail = fu_dup_str(
		    arena, (struct fu_str){out->detail,
			       fu_utf8_cut(out->detail, DETAIL_MAX)});
	out->told = tell(llm, out, arena);
	return (ok);
}
