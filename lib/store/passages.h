/*
 * The knowledge base: documents, their passages, and what was learned of them.
 *
 * Belongs to no person.  Ids here are places: what is remembered of a passage
 * elsewhere is its document's path, its heading and its hash.
 */
#ifndef FU_STORE_PASSAGES_H
#define FU_STORE_PASSAGES_H

#include <sys/types.h>

#include "config/document.h"
#include "store/store.h"

/* A document as it is kept; ${d} has all but body, file and body_line. */
struct fu_document_row {
	int64_t			 id;
	const char		*root;		/* the directory */
	const char		*reading;	/* how the file was read, */
	const char		*tongue;	/* and in which language: "en" */
	struct fu_document	 d;
	struct fu_str		 blocks;	/* 8 bytes each, sorted */
	int64_t			 passages;
	int64_t			 indexed_us;
};

struct fu_passage_row {
	int64_t		 id, document;
	int		 chunk;		/* from 0, in the document's order */
	const char	*heading;	/* path of headings, " > " between, or "" */
	const char	*hash;		/* of the text, 16 hex digits */
	const char	*text;
	struct fu_str	 sketch;	/* see content/passage.h */
};

/* What is searched of a passage. */
struct fu_passage_words {
	int64_t		 passage, document;
	struct fu_str	 words;		/* as content/shelf packs them */
	int64_t		 length;	/* how many its text has */
	struct fu_str	 vector;	/* floats; empty: none */
	struct fu_str	 names;		/* as content/shelf_names has them */
};

struct fu_basis {
	const char	*embedder;	/* or NULL: learned from the passages */
	size_t		 rank;		/* 0: there is none */
	float		 shrink;
	int64_t		 passages, newest;
	int64_t		 learned_us;
};

/*
 * fu_document_add(store, row, err): put down a document with row->passages
 * passages to come; its id is drawn into row->id.
 * fu_document_at(store, row, id, same, err): the one of that root and path, and
 * whether it is of row's version and reading; 1, 0 when there is none, -1.
 * fu_document_drop(store, id, err): it, and all that is of it.
 * fu_passage_add(store, row, words, err): one of its passages; its id is drawn
 * into both.  Ids rise.
 * All in a transaction.
 */
int fu_document_add(struct fu_store *, struct fu_document_row *,
    struct fu_err *);
int fu_document_at(struct fu_store *, const struct fu_document_row *,
    int64_t *, bool *, struct fu_err *);
int fu_document_drop(struct fu_store *, int64_t, struct fu_err *);
int fu_passage_add(struct fu_store *, struct fu_passage_row *,
    struct fu_passage_words *, struct fu_err *);

/*
 * fu_documents_each(store, arena, each, ctx, err):
 * All documents by root and path.  A row lives in ${arena}.  Stops when
 * ${each} returns other than 0, and returns that.
 *
 * fu_passage_load(store, id, arena, passage, document, err): one of them; 1, 0
 * when it is gone, -1.
 */
int fu_documents_each(struct fu_store *, struct fu_arena *,
    int (*)(void *, const struct fu_document_row *, struct fu_err *), void *,
    struct fu_err *);
/* fu_document_kinds_each(store, each, ctx, err): id and kind (NULL: none) of
 * each document. */
int fu_document_kinds_each(struct fu_store *,
    int (*)(void *, int64_t, const char *, struct fu_err *), void *,
    struct fu_err *);
int fu_passage_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_passage_row *, struct fu_document_row *, struct fu_err *);

/* fu_document_passages(store, document, arena, rows, n, err): those of one, in
 * order. */
int fu_document_passages(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_passage_row **, size_t *, struct fu_err *);

/* How many there are. */
struct fu_knowledge_size {
	int64_t	 documents, passages;
	int64_t	 unlearned;		/* passages newer than the basis */
};
int fu_knowledge_size(struct fu_store *, struct fu_knowledge_size *,
    struct fu_err *);
/* Its languages, that of the most passages first. */
int fu_knowledge_tongues(struct fu_store *, struct fu_arena *,
    struct fu_list *, struct fu_err *);

/* What is searched, in order of passage, from behind one on. */
int fu_passage_index_each(struct fu_store *, int64_t,
    int (*)(void *, const struct fu_passage_words *, struct fu_err *),
    void *, struct fu_err *);

/*
 * fu_term_find(store, text, id, err): its number; 1, 0 when there is none, -1.
 * fu_term_look(store, text, id, value, n, says, err): the same, and what it says
 * in the basis, when it says something.
 * fu_term_make(store, text, id, err): the number, made when it is missing.
 * fu_term_basis(store, id, value, n, err): what it says in the basis: rarity
 * and ${n}-1 numbers, into ${value}; 1, 0 when it says nothing, -1.
 */
int fu_term_find(struct fu_store *, const char *, uint32_t *, struct fu_err *);
int fu_term_look(struct fu_store *, const char *, uint32_t *, float *, size_t,
    bool *, struct fu_err *);
int fu_term_make(struct fu_store *, const char *, uint32_t *, struct fu_err *);
int fu_term_basis(struct fu_store *, uint32_t, float *, size_t,
    struct fu_err *);

/*
 * fu_basis_load(store, arena, basis, err): rank 0 when there is none.
 * fu_basis_replace(store, basis, err): a new one; terms and passages lose what
 *	the old one said.  In a transaction, with all that follows:
 * fu_basis_term(store, id, value, n, err), fu_basis_vector(store, passage,
 *	vector, rank, err): what the new one says of them.
 */
/*
 * fu_passages_bare(store, after, n, arena, row, err): up to ${n} passages behind
 * that one which have no vector, in order; ids, headings, texts, and in
 * ${title} their documents' titles.  How many, or -1.
 */
ssize_t fu_passages_bare(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_passage_row *, const char **, struct fu_err *);

int fu_basis_load(struct fu_store *, struct fu_arena *, struct fu_basis *,
    struct fu_err *);
int fu_basis_replace(struct fu_store *, const struct fu_basis *,
    struct fu_err *);
int fu_basis_term(struct fu_store *, uint32_t, const float *, size_t,
    struct fu_err *);
int fu_basis_vector(struct fu_store *, int64_t, const float *, size_t,
    struct fu_err *);

#endif
