/*
 * The shipped lists of rules/, for the tests of inbound mail.
 */
#ifndef TEST_MAIL_LISTS_H
#define TEST_MAIL_LISTS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "content/mail_lists.h"

/* Run from the top of the tree. */
static inline const char *
shipped(struct fu_arena *arena, const char *name)
{
	char *path = fu_printf(arena, "templates/rules/%s", name);
	char *text = fu_alloc(arena, 1 << 20);
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, (1 << 20) - 1, f)] = '\0';
	fclose(f);
	return (text);
}

static inline struct fu_mail_lists *
shipped_lists(struct fu_arena *arena)
{
	struct fu_mail_lists *lists;
	struct fu_err err;

	lists = fu_mail_lists_new(shipped(arena, "bounces.txt"),
	    shipped(arena, "absences.txt"), shipped(arena, "quotes.txt"),
	    &err);
	if (lists == NULL)
		fail_msg("%s", err.msg);
	return (lists);
}

#endif
