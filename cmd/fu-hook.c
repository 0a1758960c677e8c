/*
 * fu-hook: a webhook request of an SMS, WhatsApp or booking service or of a
 * CRM in, its signature checked, events out.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flow/hook.h"

static const char help[] =
    "usage: fu-hook [-nqv] [-c file] [-d db] [-H header ...] [-r file] [-u url]\n"
    "               twilio|whatsapp|booking|json [file ...]\n"
    "  fu-hook twilio <request | fu-ingest\n"
    "Reads an HTTP request, checks whose it is, prints the events of it.\n"
    "  -H, --header 'NAME: VALUE'  the input is a body, with these headers\n"
    "  -r, --rejects FILE  what is bad beside what is good\n"
    "  -u, --url URL    the public url that was called; with -H its query is the\n"
    "                   request's\n"
    "As a CGI program (REQUEST_METHOD is set) it records the events in the\n"
    "database and answers when they are durable; the last part of PATH_INFO\n"
    "says which service, if no operand does.\n"
    "      --at TIME    the clock of this run\n"
    "  -c, --config FILE  fu.yaml     -d, --db DB  database (CGI)\n"
    "  -n, --dry-run  record nothing  -q, --quiet  -v, --verbose\n"
    "  -h, --help                     -V, --version\n";

static const struct option options[] = {
	{ "at", required_argument, NULL, FU_OPT_AT },
	{ "config", required_argument, NULL, 'c' },
	{ "db", required_argument, NULL, 'd' },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "header", required_argument, NULL, 'H' },
	{ "help", no_argument, NULL, 'h' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "rejects", required_argument, NULL, 'r' },
	{ "url", required_argument, NULL, 'u' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

struct args {
	struct fu_opt		 opt;
	struct fu_arena		 arena;
	struct fu_hook_pairs	 header;
	size_t			 header_cap;
	const char		*url;
	int			 service;	/* -1: not said */
	bool			 done;		/* --help has said it all */
};

static int
add_header(struct args *a, const char *text)
{
	const char	*colon = strchr(text, ':');

	if (colon == NULL || colon == text)
		return (fu_opt_usage(&a->opt, "-H \"%s\": write it as 'Name: "
		    "value'", text));
	a->header.pair = fu_grow(&a->arena, a->header.pair, a->header.n,
	    &a->header_cap, sizeof(*a->header.pair));
	a->header.pair[a->header.n++] = (struct fu_hook_pair){
		{ text, (size_t)(colon - text) },
		fu_str_trim(fu_str_of(colon + 1)) };
	return (0);
}

/* 0, or the exit status. */
static int
parse(struct args *a, int argc, char **argv)
{
	struct fu_err	 err;
	int		 c, rc;

	fu_arena_init(&a->arena);
	a->service = -1;
	if (fu_opt_init(&a->opt, "fu-hook", &err) == -1)
		return (fu_opt_usage(&a->opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, "c:d:H:hnqr:u:vV", options,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&a->opt, NULL));
		rc = fu_opt_take(&a->opt, c, optarg, help, &err);
		if (rc == -1)
			return (fu_opt_usage(&a->opt, "%s", err.msg));
		if (rc == 2) {
			a->done = true;
			return (0);
		}
		if (c == 'u')
			a->url = optarg;
		if (c == 'H' && (rc = add_header(a, optarg)) != 0)
			return (rc);
	}
	return (0);
}

/* A body alone has no request line that would say it: the url does. */
static struct fu_str
query_of(const char *url)
{
	const char	*mark = url == NULL ? NULL : strchr(url, '?');

	return (mark == NULL ? (struct fu_str){ NULL, 0 } :
	    (struct fu_str){ mark + 1, strcspn(mark + 1, "#") });
}

/* One request, of a file or standard input; 65 when it is refused. */
static int
take(struct args *a, struct fu_session *s, int fd, const char *name,
    struct fu_err *err)
{
	struct fu_hook_request	 request = { 0 };
	struct fu_hook_answer	 answer;
	struct fu_str		 text;
	struct fu_buf		 out;
	int			 rc;

	fu_buf_init(&out);
	rc = fu_hook_read(fd, 0, &a->arena, &text, err);
	if (rc == 0 && a->header.n > 0) {
		request.method = FU_STR("POST");
		request.header = a->header;
		request.body = text;
		request.query = query_of(a->url);
	} else if (rc == 0)
		rc = fu_hook_request_parse(text, &a->arena, &request, err);
	if (rc == 0)
		rc = fu_hook_take(s, (enum fu_hook_service)a->service,
		    &request, a->url, &a->arena, &out, &answer, err);
	else if (err->class == FU_EDATA)
		rc = 0;
	if (rc == 0) {
		s->sink.rejected++;
		fu_say(&a->opt, "%s: %s", name, err->msg);
	}
	if (rc == 1 && fu_str_is(request.method, "GET"))
		fu_buf_printf(&out, "%s\n", answer.body);
	if (rc == 1)
		rc = fu_sink_write(&s->sink, &out, err);
	fu_buf_free(&out);
	return (rc);
}

static int
filter(struct args *a, char **file, int n)
{
	struct fu_session	 s;
	struct fu_err		 err;
	int			 fd, rc;

	rc = fu_session_open(&s, &a->opt, FU_S_CONFIG | FU_S_KEYS, &err);
	if (rc == 0 && n == 0)
		rc = take(a, &s, STDIN_FILENO, "stdin", &err);
	for (int i = 0; i < n && rc == 0; i++) {
		if ((fd = open(file[i], O_RDONLY | O_CLOEXEC)) == -1) {
			rc = fu_err_sys(&err, FU_ENOINPUT, "%s", file[i]);
			break;
		}
		rc = take(a, &s, fd, file[i], &err);
		close(fd);
	}
	return (fu_session_close(&s, rc, &err));
}

/* Which service: the operand, else the end of the path. */
static int
service_of(const struct args *a, struct fu_str path)
{
	size_t	 from = path.len;

	if (a->service != -1)
		return (a->service);
	while (from > 0 && path.ptr[from - 1] != '/')
		from--;
	return (fu_hook_service_find((struct fu_str){ path.ptr + from,
	    path.len - from }));
}

/* Take the request and record its events; the answer says what came of it. */
static int
serve(struct args *a, struct fu_session *s, struct fu_hook_answer *answer,
    struct fu_err *err)
{
	struct fu_hook_request	 request;
	struct fu_str		 path;
	struct fu_buf		 lines;
	int			 service, rc;

	*answer = (struct fu_hook_answer){ 400, "text/plain",
	    "bad request\n" };
	if (fu_hook_cgi(&a->arena, &request, &path, err) == -1)
		return (-1);
	if ((service = service_of(a, path)) == -1) {
		answer->status = 404;
		return (fu_err_set(err, FU_EDATA, "which service?  The path "
		    "ends in none of twilio, whatsapp, booking, json"));
	}
	fu_buf_init(&lines);
	rc = fu_hook_take(s, (enum fu_hook_service)service, &request, a->url,
	    &a->arena, &lines, answer, err);
	if (rc == 1 && (rc = fu_hook_record(s, fu_hook_service_name(
	    (enum fu_hook_service)service), fu_buf_view(&lines),
	    err)) == -1)
		*answer = (struct fu_hook_answer){ 503, "text/plain",
		    "try again\n" };
	else if (rc == 0 && answer->status != 200)
		rc = -1;
	/* Who sends our own records can mend them; a service cannot. */
	if (rc == 0 && s->sink.rejected > 0 && service == FU_HOOK_JSON)
		*answer = (struct fu_hook_answer){ 422, "text/plain",
		    "some records were rejected\n" };
	fu_buf_free(&lines);
	return (rc);
}

static int
cgi(struct args *a)
{
	struct fu_hook_answer	 answer = { 500, "text/plain",
		"not configured\n" };
	struct fu_session	 s;
	struct fu_err		 err;
	struct fu_buf		 out;
	int			 fd, rc;

	fu_buf_init(&out);
	if (fu_hook_cgi_argv()) {
		fu_say(&a->opt, "the url's query is no list of name=value");
		printf("Status: 400 Bad Request\r\n\r\n");
		return (FU_EDATA);
	}
	/* What is recorded is told to nobody: the answer alone is. */
	fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	rc = fu_session_open(&s, &a->opt, FU_S_CONFIG | FU_S_KEYS |
	    FU_S_RULES | FU_S_WRITE, &err);
	if (rc == 0 && fd != -1) {
		s.sink.out_fd = fd;
		rc = serve(a, &s, &answer, &err);
		s.sink.out_fd = STDOUT_FILENO;
	} else if (err.class == FU_ETEMP || err.class == FU_EIO)
		answer = (struct fu_hook_answer){ 503, "text/plain",
		    "try again\n" };
	fu_hook_cgi_answer(&answer, &out);
	if (fu_sink_write(&s.sink, &out, &err) == -1)
		rc = -1;
	fu_buf_free(&out);
	if (fd != -1)
		close(fd);
	return (fu_session_close(&s, rc, &err));
}

int
main(int argc, char **argv)
{
	struct args	 a = { 0 };
	int		 rc;

	if ((rc = parse(&a, argc, argv)) != 0 || a.done) {
		fu_arena_free(&a.arena);
		return (rc);
	}
	argc -= optind;
	argv += optind;
	if (argc > 0) {
		a.service = fu_hook_service_find(fu_str_of(argv[0]));
		if (a.service == -1)
			rc = fu_opt_usage(&a.opt, "\"%s\" is not twilio, "
			    "whatsapp, booking or json", argv[0]);
	} else if (!fu_hook_is_cgi())
		rc = fu_opt_usage(&a.opt, "which service: twilio, whatsapp, "
		    "booking or json?");
	if (rc == 0)
		rc = fu_hook_is_cgi() ? cgi(&a) : filter(&a, argv + 1,
		    argc - 1);
	fu_arena_free(&a.arena);
	return (rc);
}
