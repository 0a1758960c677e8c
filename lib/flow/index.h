/*
 * The knowledge base made from files: which are there, what changed, what is
 * learned of them.
 */
#ifndef FU_FLOW_INDEX_H
#define FU_FLOW_INDEX_H

#include "flow/session.h"
#include "record/progress.h"
#include "store/passages.h"

struct fu_index_tally {
	uint64_t	 files;		/* that are documents */
	uint64_t	 new, changed, same, gone;
	uint64_t	 failed;	/* could not be read: what was known stays */
	uint64_t	 passages;	/* written */
	uint64_t	 dropped;	/* blocks that stand on many pages */
	size_t		 rank;		/* of the basis, if learned anew */
	uint64_t	 embedded;	/* passages that got an embedder's vector */
	bool		 stopped;	/* by a signal */
	struct fu_knowledge_size size;
};

/*
 * fu_index_run(session, operand, n, progress, tally, err):
 * Bring the knowledge base up to date with the files and directories of
 * ${operand}, or without any with fu.yaml's "knowledge:".  A document is
 * replaced in one transaction; one whose file is gone goes; one that cannot be
 * read is rejected, and stays as it was.  Then the basis is learned anew, if a
 * tenth is new to it.  An operand that is not there is FU_ENOINPUT, before
 * anything is done.
 *
 * fu_index_remove(session, operand, n, tally, err):
 * Forget the documents of those paths, or below them; paths are as --list
 * prints them, or globs over these.  FU_NOTFOUND is returned when none was
 * known.
 *
 * fu_index_refresh(session, err):
 * Take in what has changed below fu.yaml's "knowledge:", if a look at names,
 * sizes and times says that something has.  Learns nothing anew: fu-index does.
 * A run that only reads is told of it instead.
 *
 * fu_index_list(session, each, ctx, err): the documents, by root and path.
 */
int fu_index_run(struct fu_session *, char **, int, struct fu_progress *,
    struct fu_index_tally *, struct fu_err *);
int fu_index_remove(struct fu_session *, char **, int,
    struct fu_index_tally *, struct fu_err *);
int fu_index_refresh(struct fu_session *, struct fu_err *);
int fu_index_list(struct fu_session *,
    int (*)(void *, const struct fu_document_row *, struct fu_err *), void *,
    struct fu_err *);

#endif
