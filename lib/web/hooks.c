/*
 * Webhooks: the request of a service, as fu-hook takes it.
 *
 * Must never read a body before its signature; flow/hook sees to it.
 */
#include <string.h>

#include "flow/hook.h"
#include "web/serve.h"

/* The address that Twilio called, unless fu.yaml says it. */
static const char *
public_url(struct fu_web_req *r, enum fu_hook_service service)
{
	const struct fu_config	*config = &r->web->session->config;

	if (service != FU_HOOK_TWILIO || config->channel[FU_CH_SMS].webhook !=
	    NULL)
		return (NULL);
	return (fu_web_address(config, "/hook/", "twilio", r->arena));
}

static int
service_of(const struct fu_web_req *r)
{
	if (strcmp(r->route->path, "/v1/events") == 0)
		return (FU_HOOK_JSON);
	return (strcmp(r->method, "GET") == 0 ? FU_HOOK_WHATSAPP :
	    fu_hook_service_find(fu_str_of(r->tail)));
}

int
fu_serve_hook(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	struct fu_hook_answer	 answer = { 500, "text/plain", "" };
	struct fu_hook_request	 q = { .method = fu_str_of(r->method),
		.path = fu_str_of(r->route->path), .body =
		fu_buf_view(&r->body), .header = { r->header, r->nheader } };
	struct fu_buf		 lines;
	uint64_t		 rejected = d->session->sink.rejected;
	int			 rc, service = service_of(r);

	if (service == -1) {
		fu_answer_error(r, 404, "not_found");
		return (0);
	}
	if (r->query != NULL)
		q.query = fu_str_of(r->query);
	fu_buf_init(&lines);
	rc = fu_hook_take(d->session, (enum fu_hook_service)service, &q,
	    public_url(r, (enum fu_hook_service)service), r->arena, &lines,
	    &answer, err);
	if (rc == -1 || (rc == 0 && answer.status != 200)) {
		fu_desk_say(d, err);
		r->web->count.refused += rc == 0;
		rc = 0;
	} else if (rc == 1) {
		rc = fu_desk_record(d, fu_hook_service_name(
		    (enum fu_hook_service)service), fu_buf_view(&lines), err);
		fu_child_wake(d->web);
	}
	fu_buf_free(&lines);
	if (rc == -1)
		return (-1);
	if (service == FU_HOOK_JSON && answer.status == 200 &&
	    d->session->sink.rejected > rejected)
		answer = (struct fu_hook_answer){ 422, "text/plain",
		    "some records were rejected\n" };
	fu_answer_text(r, answer.status, answer.body);
	r->type = answer.type;
	return (0);
}
