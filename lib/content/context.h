/*
 * What a template can name: a tree of texts, lists and objects, JSON-like.
 *
 * Built once for a message and read by content/mustache.  Holds no code and
 * looks nothing up: what is not in the tree has no value.
 */
#ifndef FU_CONTENT_CONTEXT_H
#define FU_CONTENT_CONTEXT_H

#include "base/arena.h"
#include "record/json.h"

enum fu_ctx_type { FU_CTX_FALSE, FU_CTX_TEXT, FU_CTX_LIST, FU_CTX_OBJECT };

struct fu_ctx_member;

struct fu_ctx {
	enum fu_ctx_type	 type;
	const char		*text;		/* TEXT */
	bool			 zero;		/* TEXT: a number that is 0 */
	struct fu_ctx_member	*member;	/* LIST and OBJECT, in order */
	size_t			 n, cap;
	struct fu_arena		*arena;
};

struct fu_ctx_member {
	const char	*key;			/* NULL in a list */
	struct fu_ctx	*value;
};

/* New nodes, owned by the arena.  A NULL text is FALSE. */
struct fu_ctx *fu_ctx_object(struct fu_arena *);
struct fu_ctx *fu_ctx_list(struct fu_arena *);
struct fu_ctx *fu_ctx_text(struct fu_arena *, const char *);

/*
 * fu_ctx_set(object, key, value): add a member, or replace the one of that
 * name.  The key must outlive the tree.
 * fu_ctx_set_text(object, key, text): the same for a text, which is borrowed;
 * NULL or blank text sets nothing, so that the name has no value.
 * fu_ctx_set_int(object, key, number): 0 is printed, and false in a section.
 * fu_ctx_add(list, value): one more item.
 */
void fu_ctx_set(struct fu_ctx *, const char *, struct fu_ctx *);
void fu_ctx_set_text(struct fu_ctx *, const char *, const char *);
void fu_ctx_set_int(struct fu_ctx *, const char *, int64_t);
void fu_ctx_add(struct fu_ctx *, struct fu_ctx *);

/*
 * fu_ctx_get(object, key): the member, or NULL.
 * fu_ctx_true(node): does a section of it show?  Not NULL, not FALSE, not "",
 * not 0, not an empty list.
 */
const struct fu_ctx *fu_ctx_get(const struct fu_ctx *, struct fu_str);
bool fu_ctx_true(const struct fu_ctx *);

/*
 * fu_ctx_of_json(arena, value):
 * The tree of a validated JSON value; true is "true", null is FALSE, numbers
 * keep their spelling.
 */
struct fu_ctx *fu_ctx_of_json(struct fu_arena *, const struct fu_json *);

#endif
