/*
 * Faults of the wire in words.
 *
 * Must never print a path or a login of a url: Slack's path is a secret.
 */
#include <stdio.h>
#include <string.h>

#include "net/fault.h"

#define HOST_MAX	260	/* 255 of a name, ":65535" and NUL */

/* "127.0.0.1:2599" of "smtp://user@127.0.0.1:2599/name". */
static void
host_of(const char *url, char host[HOST_MAX])
{
	const char *from = strstr(url, "://"), *at;
	size_t len;

	from = from != NULL ? from + 3 : url;
	len = strcspn(from, "/?#");
	if ((at = memchr(from, '@', len)) != NULL) {
		len -= (size_t)(at + 1 - from);
		from = at + 1;
	}
	(void)snprintf(host, HOST_MAX, "%.*s", (int)len, from);
}

bool
fu_fault_waited(CURLcode result)
{
	/* By our own clock or by libcurl's. */
	return (result == CURLE_ABORTED_BY_CALLBACK ||
	    result == CURLE_OPERATION_TIMEDOUT);
}

bool
fu_fault_certificate(CURLcode result)
{
	return (result == CURLE_PEER_FAILED_VERIFICATION ||
	    result == CURLE_SSL_CACERT_BADFILE);
}

/*
 * By the numbers of X509_V_ERR_*.  Without a verdict of OpenSSL's own (0, or 1
 * as libcurl begins) it was libcurl that compared the name.
 */
static const char *
untrusted(CURL *easy)
{
	long why = 0;

	(void)curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &why);
	switch (why) {
	case 0:
	case 1:
	case 62:
	case 64:
		return ("it is for another name");
	case 9:
		return ("not valid yet");
	case 10:
		return ("expired");
	case 18:
	case 19:
		return ("self-signed");
	case 2:
	case 20:
	case 21:
		return ("its issuer is unknown here");
	case 23:
		return ("revoked");
	default:
		return ("it cannot be verified");
	}
}

/* Nothing of the message had left. */
static void
before(CURL *easy, CURLcode result, const char *host, bool silent,
    int patience_s, char *out, size_t size)
{
	long port = 0;

	/* Ours is known as soon as theirs has accepted. */
	(void)curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
	if (result == CURLE_COULDNT_RESOLVE_HOST)
		(void)snprintf(out, size, "cannot connect to %s: no address "
		    "is known for that name", host);
	else if (port == 0 && fu_fault_waited(result))
		(void)snprintf(out, size, "cannot connect to %s: no answer "
		    "for %d s", host, patience_s);
	else if (port == 0)
		(void)snprintf(out, size, "cannot connect to %s", host);
	else if (fu_fault_waited(result) && silent)
		(void)snprintf(out, size, "%s accepted the connection and "
		    "said nothing for %d s", host, patience_s);
	else if (fu_fault_waited(result))
		(void)snprintf(out, size, "%s did not answer for %d s", host,
		    patience_s);
	else
		(void)snprintf(out, size, "the connection to %s was lost "
		    "before the message was sent", host);
}

void
fu_fault_words(CURL *easy, CURLcode result, const char *url, bool silent,
    enum fu_left left, int patience_s, char *out, size_t size)
{
	char host[HOST_MAX];

	host_of(url, host);
	switch (result) {
	case CURLE_PEER_FAILED_VERIFICATION:
		(void)snprintf(out, size, "its certificate is not trusted (%s)",
		    untrusted(easy));
		return;
	case CURLE_SSL_CACERT_BADFILE:
		(void)snprintf(out, size, "the certificates to trust cannot "
		    "be read: look at SSL_CERT_FILE");
		return;
	case CURLE_USE_SSL_FAILED:
		(void)snprintf(out, size, "it does not offer STARTTLS, and "
		    "TLS is required");
		return;
	case CURLE_SSL_CONNECT_ERROR:
		(void)snprintf(out, size, "no TLS can be agreed on with %s",
		    host);
		return;
	case CURLE_LOGIN_DENIED:
		(void)snprintf(out, size, "it refuses the login");
		return;
	case CURLE_ABORTED_BY_CALLBACK:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
		break;
	default:
		(void)snprintf(out, size, "the transfer to %s failed "
		    "(libcurl: %s)", host, curl_easy_strerror(result));
		return;
	}
	if (left == FU_LEFT_NONE)
		before(easy, result, host, silent, patience_s, out, size);
	else if (fu_fault_waited(result))
		(void)snprintf(out, size, "%s did not answer for %d s %s the "
		    "message was sent; it may have arrived", host, patience_s,
		    left == FU_LEFT_ALL ? "after" : "while");
	else
		(void)snprintf(out, size, "the connection was lost %s the "
		    "message was sent; it may have arrived",
		    left == FU_LEFT_ALL ? "after" : "while");
}
