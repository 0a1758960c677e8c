/*
 * A parsed template, between the parser and the renderer of Mustache.
 *
 * For content/mustache*.c alone; others see struct fu_template as opaque.
 */
#ifndef FU_CONTENT_MUSTACHE_TREE_H
#define FU_CONTENT_MUSTACHE_TREE_H

#include "content/mustache.h"

enum fu_node_type {
	FU_NODE_TEXT, FU_NODE_VALUE, FU_NODE_SECTION, FU_NODE_INVERTED,
	FU_NODE_PARTIAL
};

struct fu_node {
	enum fu_node_type	 type;
	struct fu_str		 text;		/* TEXT; else the name */
	bool			 raw;		/* VALUE: never escaped */
	const char		*fallback;	/* VALUE: or NULL */
	struct fu_str		 indent;	/* PARTIAL: before each line */
	int			 line, col;
	struct fu_node		*child;		/* SECTION, INVERTED */
	struct fu_node		*next;
};

struct fu_template {
	struct fu_arena	*arena;
	const char	*file;
	struct fu_node	*first;
};

#endif
