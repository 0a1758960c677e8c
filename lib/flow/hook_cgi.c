/*
 * CGI: a request out of the environment and standard input, an answer to
 * standard output.  [RFC 3875]
 *
 * Must never read more than the request says, nor more than a request may.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "flow/hook.h"

bool
fu_hook_is_cgi(void)
{
	return (fu_env("REQUEST_METHOD") != NULL);
}

bool
fu_hook_cgi_argv(void)
{
	const char	*query = fu_env("QUERY_STRING");

	return (query != NULL && strchr(query, '=') == NULL);
}

int
fu_hook_read(int fd, size_t max, struct fu_arena *arena, struct fu_str *text,
    struct fu_err *err)
{
	const size_t	 limit = FU_HOOK_HEAD_MAX + FU_HOOK_BODY_MAX;
	char		 block[16384];
	struct fu_buf	 buf;
	size_t		 want;
	ssize_t		 n = 1;
	int		 rc = 0;

	fu_buf_init(&buf);
	while (n > 0 && rc == 0 && (max == 0 || buf.len < max)) {
		want = max > 0 && max - buf.len < sizeof(block) ?
		    max - buf.len : sizeof(block);
		if ((n = read(fd, block, want)) == -1 && errno == EINTR)
			n = 1;
		else if (n == -1)
			rc = fu_err_sys(err, FU_EIO, "standard input");
		else
			fu_buf_put(&buf, block, (size_t)n);
		if (rc == 0 && buf.len > limit)
			rc = fu_err_set(err, FU_EDATA, "a request of more than "
			    "%zu bytes", limit);
	}
	*text = (struct fu_str){ fu_dup_buf(arena, &buf), buf.len };
	fu_buf_free(&buf);
	return (rc);
}

/* The headers that a service's request is known by. */
static const char *const headers[][2] = {
	{ "X-Twilio-Signature", "HTTP_X_TWILIO_SIGNATURE" },
	{ "X-Hub-Signature-256", "HTTP_X_HUB_SIGNATURE_256" },
	{ "X-Cal-Signature-256", "HTTP_X_CAL_SIGNATURE_256" },
	{ "Calendly-Webhook-Signature", "HTTP_CALENDLY_WEBHOOK_SIGNATURE" },
	{ "X-Fu-Signature", "HTTP_X_FU_SIGNATURE" },
	{ "Authorization", "HTTP_AUTHORIZATION" },
	{ "Host", "HTTP_HOST" },
};

static void
take_headers(struct fu_arena *arena, struct fu_hook_request *r)
{
	const size_t	 n = sizeof(headers) / sizeof(*headers);
	const char	*value;

	r->header.pair = fu_alloc_array(arena, n, sizeof(*r->header.pair));
	for (size_t i = 0; i < n; i++)
		if ((value = fu_env(headers[i][1])) != NULL)
			r->header.pair[r->header.n++] = (struct fu_hook_pair){
				fu_str_of(headers[i][0]), fu_str_of(value) };
}

int
fu_hook_cgi(struct fu_arena *arena, struct fu_hook_request *r,
    struct fu_str *path_info, struct fu_err *err)
{
	const char	*length = fu_env("CONTENT_LENGTH");
	const char	*query = fu_env("QUERY_STRING");
	const char	*script = fu_env("SCRIPT_NAME");
	const char	*info = fu_env("PATH_INFO");
	size_t		 n = 0, i = 0;

	memset(r, 0, sizeof(*r));
	r->method = fu_str_of(fu_env("REQUEST_METHOD"));
	*path_info = fu_str_of(info);
	r->path = fu_str_of(fu_printf(arena, "%s%s", script != NULL ? script :
	    "", info != NULL ? info : ""));
	if (query != NULL)
		r->query = fu_str_of(query);
	take_headers(arena, r);
	for (; length != NULL && length[i] >= '0' && length[i] <= '9' &&
	    n <= FU_HOOK_BODY_MAX; i++)
		n = n * 10 + (size_t)(length[i] - '0');
	if (length == NULL || n == 0)
		return (0);
	if (length[i] != '\0' || n > FU_HOOK_BODY_MAX)
		return (fu_err_set(err, FU_EDATA, "CONTENT_LENGTH is not up to "
		    "%d", FU_HOOK_BODY_MAX));
	if (fu_hook_read(STDIN_FILENO, n, arena, &r->body, err) == -1)
		return (-1);
	return (r->body.len == n ? 0 : fu_err_set(err, FU_EDATA, "a body of "
	    "%zu bytes, CONTENT_LENGTH %zu", r->body.len, n));
}

static const char *
words(int status)
{
	switch (status) {
	case 200:
		return ("OK");
	case 400:
		return ("Bad Request");
	case 401:
		return ("Unauthorized");
	case 403:
		return ("Forbidden");
	case 404:
		return ("Not Found");
	case 405:
		return ("Method Not Allowed");
	case 422:
		return ("Unprocessable Content");
	case 503:
		return ("Service Unavailable");
	default:
		return ("Internal Server Error");
	}
}

void
fu_hook_cgi_answer(const struct fu_hook_answer *answer, struct fu_buf *out)
{
	fu_buf_printf(out, "Status: %d %s\r\n", answer->status,
	    words(answer->status));
	if (answer->status == 405)
		fu_buf_puts(out, "Allow: POST\r\n");
	fu_buf_printf(out, "Content-Type: %s; charset=utf-8\r\n"
	    "Cache-Control: no-store\r\n\r\n%s", answer->type, answer->body);
}
