/*
 * fu-search: finds passages of the knowledge base for queries, which are its
 * operands or the "query" of records, and adds "hits".  Changes nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/search.h"
#include "record/grid.h"

static const char help[] =
"usage: fu-search [-anqtv] [-k N] [--by words|meaning] [--kind KIND[,KIND]]\n"
"                 [-c FILE] [-d DB] [-r FILE] [--at TIME] [QUERY ...]\n"
"\n"
"Find the passages that answer a query best: each operand's, or that of the\n"
"member \"query\" of each record on standard input.\n"
"\n"
"  -k, --hits N     at most so many hits a query, 5 unless said\n"
"  -a, --all        all passages of a document, not its best alone\n"
"  --by words|meaning  in one of the two ways alone\n"
"  --kind KIND[,KIND]  of documents of those kinds alone: faq, pricing\n"
"  -t, --table      for people: each query's hits, their text below\n"
"  -r, --rejects FILE  write rejected records there\n"
"  --at TIME        believe that it is TIME\n"
"  -d, --db FILE    the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml), where there is one\n"
"  -q, -v           say less, say more\n"
"  -n, --dry-run    taken, as by every program, and of no effect\n"
"  -h, --help       this text; -V, --version: which fu this is\n"
"\n"
"Ends with 1 when nothing was found.  fu-search(1) has examples.\n";

#define HITS_MAX 1000
#define TEXT_WIDTH 76
#define KINDS_MAX 32

enum { OPT_BY = 256, OPT_KIND };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "hits", required_argument, NULL, 'k' },
	{ "all", no_argument, NULL, 'a' },
	{ "by", required_argument, NULL, OPT_BY },
	{ "kind", required_argument, NULL, OPT_KIND },
	{ NULL, 0, NULL, 0 }
};

struct run {
	struct fu_session	*session;
	struct fu_search	*search;
	struct fu_search_how	 how;
	const char		*kind[KINDS_MAX];
	struct fu_list		 kinds;
	size_t			 asked, found;
	struct fu_buf		 out;
};

static void
put_hit(struct fu_jw *jw, const struct fu_found *f)
{
	const struct fu_document	*d = &f->document->d;

	fu_jw_object(jw, NULL);
	fu_jw_str(jw, "doc", d->path);
	fu_jw_int(jw, "chunk", f->passage->chunk);
	fu_jw_str(jw, "title", d->title);
	if (*f->passage->heading != '\0')
		fu_jw_str(jw, "heading", f->passage->heading);
	fu_jw_str(jw, "url", d->url);
	fu_jw_str(jw, "kind", d->kind);
	fu_jw_real(jw, "score", f->score);
	fu_jw_real(jw, "answerable", f->answerable);
	fu_jw_str(jw, "hash", f->passage->hash);
	fu_jw_str(jw, "text", f->passage->text);
	fu_jw_object_end(jw);
}

static const char *
hits_json(const struct fu_found *found, size_t n, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*result;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_array(&jw, NULL);
	for (size_t i = 0; i < n; i++)
		put_hit(&jw, &found[i]);
	fu_jw_array_end(&jw);
	result = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (result);
}

/* A record's query; records without one pass. */
static int
work(void *ctx, struct fu_batch *batch, struct fu_err *err)
{
	struct run		*run = ctx;
	struct fu_found		*found;
	const struct fu_json	*query;
	const char		*text;
	size_t			 n;

	for (size_t i = 0; i < batch->n; i++) {
		struct fu_item	*item = &batch->item[i];

		if (item->rejected ||
		    (query = fu_rec_get(&item->rec, "query")) == NULL)
			continue;
		text = fu_json_text(&batch->arena, query);
		if (fu_blank(text)) {
			fu_item_reject(batch, item, "bad_query",
			    "\"query\" is no text to look for");
			continue;
		}
		if (fu_search_ask(run->search, fu_str_of(text),
		    &run->how, &batch->arena, &found, &n, err) == -1)
			return (-1);
		run->asked++;
		run->found += n;
		fu_rec_set_raw(&item->rec, "hits", fu_str_of(hits_json(found,
		    n, &batch->arena)));
	}
	return (0);
}

/* "0.83  Prices > Discounts  pricing.md#2", and the text below it. */
static void
write_readable(struct run *run, const char *query,
    const struct fu_found *found, size_t n)
{
	char	 score[16];

	fu_buf_printf(&run->out, "%s%s\n", run->asked > 1 ? "\n" : "", query);
	for (size_t i = 0; i < n; i++) {
		const struct fu_passage_row	*p = found[i].passage;
		const char			*s = p->text, *end;

		(void)snprintf(score, sizeof(score), "%.2f", found[i].score);
		fu_buf_printf(&run->out, "\n%s  %s%s%s  (%s, answers %.2f)\n",
		    score, found[i].document->d.title, *p->heading == '\0' ?
		    "" : " > ", p->heading, found[i].document->d.path,
		    found[i].answerable);
		for (; *s != '\0'; s = *end == ' ' || *end == '\n' ? end + 1 :
		    end) {
			size_t	 len = strcspn(s, "\n");

			if (len > TEXT_WIDTH) {
				len = fu_utf8_cut(s, TEXT_WIDTH);
				while (len > 1 && s[len] != ' ')
					len--;
				if (len <= 1)
					len = fu_utf8_cut(s, TEXT_WIDTH);
			}
			end = s + len;
			fu_buf_printf(&run->out, "      %.*s\n", (int)len, s);
		}
	}
}

static int
ask_operands(struct run *run, char **operand, int n, struct fu_err *err)
{
	struct fu_arena	 arena;
	struct fu_found	*found;
	struct fu_rec	 rec;
	size_t		 nfound;
	int		 rc = 0;

	fu_arena_init(&arena);
	for (int i = 0; rc == 0 && i < n; i++) {
		fu_arena_reset(&arena);
		run->session->sink.read++;
		if (!fu_utf8_valid(operand[i], strlen(operand[i]))) {
			rc = fu_err_set(err, FU_EUSAGE, "query %d is no UTF-8",
			    i + 1);
			break;
		}
		rc = fu_search_ask(run->search, fu_str_of(operand[i]),
		    &run->how, &arena, &found, &nfound, err);
		if (rc == -1)
			break;
		run->asked++;
		run->found += nfound;
		if (run->session->opt->table)
			write_readable(run, operand[i], found, nfound);
		else {
			fu_rec_new(&rec, &arena);
			fu_rec_set_str(&rec, "type", "search");
			fu_rec_set_str(&rec, "query", operand[i]);
			fu_rec_set_raw(&rec, "hits", fu_str_of(hits_json(
			    found, nfound, &arena)));
			fu_rec_write(&rec, &run->out);
		}
		run->session->sink.written++;
		rc = fu_sink_write(&run->session->sink, &run->out, err);
	}
	fu_arena_free(&arena);
	return (rc);
}

static int
parse_hits(const char *text, size_t *k)
{
	char		*end;
	unsigned long	 n = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || n == 0 ||
	    n > HITS_MAX)
		return (-1);
	*k = n;
	return (0);
}

static int
parse_by(const char *text, enum fu_search_by *by)
{
	if (strcmp(text, "words") != 0 && strcmp(text, "meaning") != 0)
		return (-1);
	*by = *text == 'w' ? FU_BY_WORDS : FU_BY_MEANING;
	return (0);
}

/* Kinds with commas between; the option may be given again. */
static int
parse_kinds(struct run *run, char *text, struct fu_opt *opt)
{
	const char	*const *known;
	char		*one;

	while ((one = strsep(&text, ",")) != NULL) {
		for (known = fu_document_kinds; *known != NULL &&
		    strcmp(*known, one) != 0; known++)
			continue;
		if (*known == NULL || run->kinds.n == KINDS_MAX)
			return (fu_opt_usage(opt, "--kind: \"%s\" is no kind "
			    "of document: fu-message(5) has them", one));
		run->kind[run->kinds.n++] = *known;
	}
	return (0);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct run		 run = { .session = &session, .how.k = 5,
		.kinds.item = run.kind, .how.kinds = &run.kinds };
	struct fu_filter	 filter = { .ctx = &run, .work = work };
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-search", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "ak:", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		run.how.each = run.how.each || c == 'a';
		if (c == OPT_BY && parse_by(optarg, &run.how.by) == -1)
			return (fu_opt_usage(&opt, "--by: \"%s\" is not "
			    "words or meaning", optarg));
		if (c == OPT_KIND &&
		    (rc = parse_kinds(&run, optarg, &opt)) != 0)
			return (rc);
		if (c == 'k' && parse_hits(optarg, &run.how.k) == -1)
			return (fu_opt_usage(&opt, "-k: \"%s\" is not 1 to %d",
			    optarg, HITS_MAX));
	}
	argc -= optind;
	argv += optind;
	if (opt.table && argc == 0)
		return (fu_opt_usage(&opt, "-t is for queries on the command "
		    "line"));

	rc = fu_session_open(&session, &opt, FU_S_READ, &err);
	if (rc == 0 && (run.search = fu_search_open(&session, &err)) == NULL)
		rc = -1;
	if (rc == 0 && argc > 0)
		rc = ask_operands(&run, argv, argc, &err);
	else if (rc == 0)
		rc = fu_filter_run(&filter, STDIN_FILENO, "stdin",
		    &session.sink, &err);
	if (rc == 0 && run.asked > 0 && run.found == 0)
		rc = FU_NOTFOUND;
	fu_search_close(run.search);
	fu_buf_free(&run.out);
	return (fu_session_close(&session, rc, &err));
}
