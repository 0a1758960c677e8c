/*
 * One HTTP POST by libcurl.
 *
 * Must never follow a redirect: a signed body goes where the operator wrote,
 * or nowhere.
 */
#include <curl/curl.h>
#include <string.h>

#include "net/fault.h"
#include "net/http.h"

#define TIMEOUT_S	30

struct answer {
	struct fu_buf	 body;
	size_t		 max;
};

static size_t
on_body(char *data, size_t size, size_t n, void *ctx)
{
	struct answer *answer = ctx;
	size_t room = answer->max - answer->body.len;

	fu_buf_put(&answer->body, data, size * n < room ? size * n : room);
	return (size * n <= room ? size * n : 0);
}

static int
bad_request(const struct fu_http_request *request, struct fu_err *err)
{
	const char *const *header;

	if (request->url == NULL ||
	    (strncmp(request->url, "http://", 7) != 0 &&
	    strncmp(request->url, "https://", 8) != 0) ||
	    strpbrk(request->url, " \t\r\n") != NULL)
		return (fu_err_set(err, FU_EDATA, "bad url: http or https"));
	for (header = request->header; header != NULL && *header != NULL;
	    header++)
		if (strpbrk(*header, "\r\n") != NULL ||
		    strchr(*header, ':') == NULL)
			return (fu_err_set(err, FU_EDATA,
			    "bad header: \"Name: value\" on one line"));
	return (0);
}

static int
fault(CURLcode result, const char *text, struct fu_err *err)
{
	if (fu_fault_certificate(result))
		return (fu_err_set(err, FU_EUNAVAILABLE, "%s", text));
	if (result == CURLE_URL_MALFORMAT ||
	    result == CURLE_UNSUPPORTED_PROTOCOL)
		return (fu_err_set(err, FU_EDATA, "bad url: http or https"));
	return (fu_err_set(err, FU_ETEMP, "%s", text));
}

int
fu_http_post(const struct fu_http_request *request, struct fu_arena *arena,
    struct fu_http_response *response, struct fu_err *err)
{
	int patience_s = request->timeout_s > 0 ? request->timeout_s :
	    TIMEOUT_S;
	char text[400] = "";
	struct curl_slist *list = NULL;
	const char *const *header;
	struct answer answer;
	curl_off_t wait = 0;
	CURLcode result;
	long status = 0, size = 0;
	CURL *easy;

	memset(response, 0, sizeof(*response));
	if (bad_request(request, err) == -1)
		return (-1);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (easy = curl_easy_init()) == NULL)
		fu_oom();
	fu_buf_init(&answer.body);
	answer.max = request->body_max > FU_HTTP_BODY_MAX ?
	    request->body_max : FU_HTTP_BODY_MAX;
	list = curl_slist_append(list, "Expect:");
	for (header = request->header; header != NULL && *header != NULL;
	    header++)
		list = curl_slist_append(list, *header);
	if (list == NULL)
		fu_oom();
	curl_easy_setopt(easy, CURLOPT_URL, request->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	if (request->ca_file != NULL)
		curl_easy_setopt(easy, CURLOPT_CAINFO, request->ca_file);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)patience_s);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(easy, CURLOPT_POST, 1L);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)request->body.len);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.ptr);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer);
	result = curl_easy_perform(easy);
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &size);
	curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &wait);
	response->status = (int)status;
	response->retry_after_us = wait * FU_SECOND;
	response->sent = size > 0;
	response->body.len = answer.body.len;
	response->body.ptr = fu_dup_str(arena, fu_buf_view(&answer.body));
	fu_buf_free(&answer.body);
	fu_fault_words(easy, result, request->url, status == 0,
	    size > 0 ? FU_LEFT_ALL : FU_LEFT_NONE, patience_s, text,
	    sizeof(text));
	curl_slist_free_all(list);
	curl_easy_cleanup(easy);
	/* An answer too long was an answer. */
	if (result == CURLE_OK ||
	    (result == CURLE_WRITE_ERROR && status >= 200))
		return (0);
	return (fault(result, text, err));
}
