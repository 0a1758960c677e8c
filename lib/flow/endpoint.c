/*
 * Where a server of the operator's is, and how it is spoken to.
 *
 * Must never let a rehearsal tell anybody outside this machine of a text.
 */
#include <string.h>

#include "flow/endpoint.h"
#include "net/loopback.h"

int
fu_server_open(struct fu_session *s, const struct fu_endpoint *conf,
    const char *name, const char *path, struct fu_server *server,
    struct fu_err *err)
{
	size_t		 len, n = strlen(path);
	const char	*key;

	memset(server, 0, sizeof(*server));
	if (conf->url == NULL)
		return (0);
	if (s->store.rehearsal && !fu_url_is_loopback(conf->url)) {
		fu_note(s->opt, "a rehearsal tells nobody of its texts: "
		    "\"%s:\" is not asked", name);
		return (0);
	}
	if (conf->key.spec != NULL) {
		key = fu_secret_get(&conf->key, &s->arena, err);
		if (key == NULL)
			return (-1);
		server->authorization = fu_printf(&s->arena,
		    "Authorization: Bearer %s", key);
	}
	for (len = strlen(conf->url); len > 0 && conf->url[len - 1] == '/';)
		len--;
	server->url = fu_printf(&s->arena, "%.*s%s", (int)len, conf->url,
	    len > n && strncmp(conf->url + len - n, path, n) == 0 ? "" : path);
	server->model = conf->model;
	server->timeout_s = (int)(conf->timeout_us / FU_SECOND);
	return (1);
}
