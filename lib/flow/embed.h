/*
 * An embedder of the operator's: a server that turns texts into vectors, by
 * OpenAI's protocol, which others speak too.
 */
#ifndef FU_FLOW_EMBED_H
#define FU_FLOW_EMBED_H

#include "flow/endpoint.h"

#define FU_EMBED_BATCH	16	/* texts of a request */
#define FU_EMBED_RANK	4096	/* numbers of a vector, at most */

struct fu_embedder {
	struct fu_server	 at;
	const char		*name;	/* url and model: whose vectors they are */
};

/*
 * fu_embedder_open(session, embedder, err):
 * What fu.yaml's "embed:" says, which is read if it was not yet.  1; 0 when it
 * names none, or one that a rehearsal must not talk to; -1.
 *
 * fu_embed(embedder, text, n, arena, vector, rank, err):
 * One vector of length one for each of ${n} texts, FU_EMBED_BATCH at most, in
 * a row at ${vector}; ${rank} numbers each.  -1 with FU_ETEMP or
 * FU_EUNAVAILABLE when it does not answer, or no vectors.  Waits on the
 * network: in no transaction.
 */
int fu_embedder_open(struct fu_session *, struct fu_embedder *,
    struct fu_err *);
int fu_embed(const struct fu_embedder *, const struct fu_str *, size_t,
    struct fu_arena *, float **, size_t *, struct fu_err *);

#endif
