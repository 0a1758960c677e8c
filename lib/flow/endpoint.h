/*
 * A server of the operator's that speaks OpenAI's protocol: an embedder, a
 * language model.
 */
#ifndef FU_FLOW_ENDPOINT_H
#define FU_FLOW_ENDPOINT_H

#include "flow/session.h"

struct fu_server {
	const char	*url;		/* whole; NULL: not asked */
	const char	*model;		/* or NULL */
	const char	*authorization;	/* header, or NULL */
	int		 timeout_s;
};

/*
 * fu_server_open(session, endpoint, name, path, server, err):
 * What fu.yaml says of it under ${name}; ${path} ("/embeddings") is put behind
 * its url where it does not end in that.  1; 0 when it names none, or one that
 * a rehearsal, which talks to this machine alone, must not ask, of which a note
 * is made; -1 when its key cannot be had.
 */
int fu_server_open(struct fu_session *, const struct fu_endpoint *,
    const char *, const char *, struct fu_server *, struct fu_err *);

#endif
