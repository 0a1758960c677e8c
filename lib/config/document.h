/*
 * Documents of the knowledge base: front matter and Markdown.
 *
 * Says what a document is, never what it means: passages, words and vectors
 * are content/'s.
 */
#ifndef FU_CONFIG_DOCUMENT_H
#define FU_CONFIG_DOCUMENT_H

#include "config/config.h"

#define FU_DOCUMENT_BYTES_MAX	(4 * 1024 * 1024)	/* a file */
#define FU_DOCUMENTS_MAX	100000			/* files of a tree */
#define FU_NO_DAY		INT32_MIN
#define FU_QUESTIONS_MAX	50			/* of a document, and */
#define FU_QUESTION_BYTES_MAX	300			/* bytes of each */

struct fu_document {
	const char	*path;		/* below the directory, '/' between */
	const char	*file;		/* as it was opened */
	const char	*version;	/* hash of the file, hex */
	const char	*kind;		/* "case_study", or NULL: not given */
	struct fu_list	 industry;	/* empty: any */
	int		 size_min;	/* company sizes that it speaks to … */
	int		 size_max;	/* … INT_MAX: no end; 0, INT_MAX: any */
	const char	*language;	/* "en", or NULL */
	const char	*summary, *url;	/* or NULL */
	int32_t		 published, expires, deadline; /* days, FU_NO_DAY */
	struct fu_list	 competitor, objection;
	struct fu_list	 questions;	/* other ways to ask for what it says */
	const char	*title;		/* first heading, else file name */
	const char	*body;		/* Markdown behind the front matter */
	int		 body_line;	/* where it begins */
};

/* The kinds that exist, NULL last; a step's insight: is one or more of them. */
extern const char *const fu_document_kinds[];
/* The objections that one can answer, NULL last, as signals name them. */
extern const char *const fu_document_objections[];

/*
 * fu_documents_load(dir, arena, document, n, faults, err):
 * Every *.md file below ${dir}, sorted by path, links to directories and
 * names that begin with a dot left aside.  A document with faults is left out
 * and makes it return -1; the others are there all the same.
 *
 * fu_document_parse(text, path, arena, document, faults):
 * One of them, from memory; -1 when it added errors.
 */
int fu_documents_load(const char *, struct fu_arena *, struct fu_document **,
    size_t *, struct fu_faults *, struct fu_err *);
int fu_document_parse(struct fu_str, const char *, struct fu_arena *,
    struct fu_document *, struct fu_faults *);

#endif
