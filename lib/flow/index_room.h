/*
 * What the rooms of indexing share.  For lib/flow/index*.c alone.
 */
#ifndef FU_FLOW_INDEX_ROOM_H
#define FU_FLOW_INDEX_ROOM_H

#include "content/page.h"
#include "content/passage.h"
#include "content/terms.h"
#include "flow/embed.h"
#include "flow/index.h"

enum fu_file_type { FU_FILE_NONE, FU_FILE_MARKDOWN, FU_FILE_TEXT,
	FU_FILE_HTML, FU_FILE_PDF };

/* A file that is, or could be, a document. */
struct fu_file {
	const char			*root, *path;	/* path below root */
	const char			*full;		/* to open it */
	enum fu_file_type		 type;
	const struct fu_document_row	*known;		/* or NULL */
	struct fu_str			 blocks;	/* of a web page: hashes */
	const char			*version;	/* NULL: not to be read */
};

/* What was walked: a root, and the directory or file below it; "" is all. */
struct fu_scope {
	const char	*root, *path;
};

/* Files and documents, each sorted by root and path. */
struct fu_files {
	struct fu_arena		*arena;
	const char		*base;		/* roots below it are relative */
	struct fu_file		*file;
	size_t			 n, cap;
	struct fu_document_row	*known;
	bool			*seen;		/* of known: its file is there */
	size_t			 nknown, known_cap;
	struct fu_scope		*scope;
	size_t			 nscope, scope_cap;
};

/*
 * fu_files_known(files, session, err): the documents that there are.
 * fu_files_find(files, session, operand, n, err): the same, and the files that
 * the operands are or hold.
 * fu_files_gone(files, i): was known document ${i} looked for, and is its file
 * not there?
 */
int fu_files_known(struct fu_files *, struct fu_session *, struct fu_err *);
int fu_files_find(struct fu_files *, struct fu_session *, char **, int,
    struct fu_err *);
bool fu_files_gone(const struct fu_files *, size_t);
/* By name, or, where that says nothing, by the first bytes. */
enum fu_file_type fu_file_type(const char *, struct fu_str);

/*
 * fu_document_read(session, file, arena, document, page, err):
 * The file as a document, whose version is that of what was read, and its
 * page.  FU_EDATA when it is no text or its front matter has faults: the
 * message does not begin with the file's name unless it has a line.
 * fu_file_version(file, arena, text, version, err): its bytes and their hash.
 */
int fu_document_read(struct fu_session *, const struct fu_file *,
    struct fu_arena *, struct fu_document *, struct fu_page *,
    struct fu_err *);
int fu_file_version(const struct fu_file *, struct fu_arena *,
    struct fu_str *, const char **, struct fu_err *);

/* The terms of the collection, and what the basis says of them. */
struct fu_lexis {
	struct fu_terms	*terms;
	uint32_t	*id;		/* of each number of terms */
	float		**basis;	/* rarity and vector, or NULL */
	bool		*asked;		/* has the basis been looked up? */
	size_t		 n, cap;
	struct fu_basis	 now;
	struct fu_arena	 arena;		/* of the basis' values */
};

void fu_lexis_init(struct fu_lexis *);
void fu_lexis_free(struct fu_lexis *);
/* In a transaction, before the others: is the basis still the same? */
int fu_lexis_begin(struct fu_lexis *, struct fu_store *, struct fu_err *);
/* The collection's number of a term, made where it has none. */
int fu_lexis_id(struct fu_lexis *, struct fu_store *, uint32_t, uint32_t *,
    struct fu_err *);
/* Its rarity and vector in the basis, NULL where that says nothing of it. */
int fu_lexis_basis(struct fu_lexis *, struct fu_store *, uint32_t,
    const float **, struct fu_err *);

/* What a passage is found by: the terms of its text, of its document's title,
 * of its headings and of the ways of asking for its document follow each other;
 * and the names that it goes by. */
struct fu_lot {
	struct fu_term_run	 run;
	size_t			 title, heading, asked;	/* where they begin */
	struct fu_term_run	 names;
};

/*
 * fu_lots_read(terms, document, passage, n, tongue, lot): those of a document's
 * ${n} passages, into zeroed ones.
 * fu_lot_pack(lexis, store, lot, arena, words, err): as it is kept, in
 * ${arena} and, its names, in ${lot}; once.
 */
void fu_lots_read(struct fu_terms *, const struct fu_document *,
    const struct fu_passage *, size_t, enum fu_tongue, struct fu_lot *);
int fu_lot_pack(struct fu_lexis *, struct fu_store *, struct fu_lot *,
    struct fu_arena *, struct fu_passage_words *, struct fu_err *);
void fu_lot_free(struct fu_lot *);

/*
 * fu_index_take(session, tally, err): what fu_index_run does without operands,
 * but for learning and for rejecting.
 * fu_index_learn(session, tally, err): the basis anew, when that is due; or
 * the vectors of an embedder, where there is one:
 * fu_index_embed(session, embedder, tally, err): those that are missing.
 */
int fu_index_take(struct fu_session *, struct fu_index_tally *,
    struct fu_err *);
int fu_index_embed(struct fu_session *, const struct fu_embedder *,
    struct fu_index_tally *, struct fu_err *);
int fu_index_learn(struct fu_session *, struct fu_index_tally *,
    struct fu_err *);

/*
 * fu_index_state(session): names, sizes and times of all files below
 * "knowledge:"; "" when there is no such directory.
 * fu_index_remember(session, state, err): that is what was taken in.
 */
const char *fu_index_state(struct fu_session *);
int fu_index_remember(struct fu_session *, const char *, struct fu_err *);

#endif
