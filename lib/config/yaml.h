/*
 * YAML as a tree of texts, lists and maps, each with its place in the file.
 *
 * Every scalar is a text; what it means is for the table that reads it.
 * Aliases, anchors, tags, a second document and keys given twice are faults:
 * a configuration says what it says where one reads it.
 */
#ifndef FU_CONFIG_YAML_H
#define FU_CONFIG_YAML_H

#include "config/config.h"

/* No file of an operator's needs more; both bound what hostile input costs. */
#define FU_YAML_DEPTH_MAX	16
#define FU_YAML_NODES_MAX	200000

enum fu_node_kind { FU_NODE_TEXT, FU_NODE_LIST, FU_NODE_MAP };

struct fu_node {
	enum fu_node_kind	 kind;
	struct fu_where		 where;		/* a text's: inside its quote */
	const char		*text;		/* FU_NODE_TEXT */
	char			 quote;		/* ', ", | or 0: plain */
	const char		*source;	/* the file's text from there */
	const char		*key;		/* member of a map: its key */
	struct fu_where		 key_where;
	struct fu_node		*first, *last;	/* items or members, in order */
	struct fu_node		*next;		/* of the same parent */
	bool			 cut;		/* ended early: syntax error */
};

/*
 * fu_yaml_parse(arena, file, text, line, faults):
 * Parse ${text}, which begins on line ${line} of ${file}.  Return its root,
 * or NULL for an empty document or when nothing was read before a syntax
 * error.  Faults are added to ${faults}; after a syntax error the tree holds
 * what stood before it, its open nodes marked cut.  ${text} must outlive the
 * tree.
 */
struct fu_node *fu_yaml_parse(struct fu_arena *, const char *, struct fu_str,
    int, struct fu_faults *);

/* The member of that key, or NULL; ${node} may be NULL. */
struct fu_node *fu_node_get(const struct fu_node *, const char *);
const char *fu_node_kind_name(const struct fu_node *); /* "a list" … */

/*
 * fu_syntax_fault(file, line, parser, text, faults):
 * Say in our words what libyaml's parser stumbled over.
 */
struct yaml_parser_s;
void fu_syntax_fault(const char *, int, const struct yaml_parser_s *,
    struct fu_str, struct fu_faults *);
/* The text of a line and column on, both from 0; "" past the end. */
const char *fu_source_at(struct fu_str, size_t, size_t);

#endif
