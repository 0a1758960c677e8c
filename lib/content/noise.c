/*
 * Phrases without content, found in what is about to be said.
 *
 * Must never match inside a word: "touch base" is noise, "touch baseline" not.
 */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "content/noise.h"

/*
 * Letters and digits in folded case, one blank for anything else, none for an
 * apostrophe; a blank at each end so that whole words are what is compared.
 */
static char *
normal(const char *text)
{
	struct fu_buf out;
	char *folded, *s;
	uint32_t cp;
	size_t len;

	if ((folded = fu_fold(text)) == NULL)
		return (NULL);
	fu_buf_init(&out);
	fu_buf_putc(&out, ' ');
	for (s = folded; (len = fu_utf8_next(s, &cp)) > 0; s += len) {
		if (cp == '\'' || cp == 0x2019 || cp == 0x2018)
			continue;
		if (g_unichar_isalnum(cp) || g_unichar_ismark(cp))
			fu_buf_put(&out, s, len);
		else if (out.ptr[out.len - 1] != ' ')
			fu_buf_putc(&out, ' ');
	}
	if (out.ptr[out.len - 1] != ' ')
		fu_buf_putc(&out, ' ');
	free(folded);
	return (out.ptr);
}

const char *
fu_noise_find(const struct fu_list *phrases, const char *text)
{
	const char *found = NULL;
	char *hay, *needle;
	size_t i;

	if (phrases == NULL || text == NULL || (hay = normal(text)) == NULL)
		return (NULL);
	for (i = 0; i < phrases->n && found == NULL; i++) {
		if ((needle = normal(phrases->item[i])) == NULL)
			continue;
		if (needle[1] != '\0' && strstr(hay, needle) != NULL)
			found = phrases->item[i];
		free(needle);
	}
	free(hay);
	return (found);
}

/* The next word that is no link; length 0 at the end. */
static struct fu_str
next_word(const char **at)
{
	struct fu_str word;

	do {
		*at += strspn(*at, " \t\r\n");
		word = (struct fu_str){ *at, strcspn(*at, " \t\r\n") };
		*at += word.len;
	} while (word.len > 0 && memmem(word.ptr, word.len, "://", 3) != NULL);
	return (word);
}

bool
fu_same_text(const char *a, const char *b)
{
	struct fu_str x, y;

	do {
		x = next_word(&a);
		y = next_word(&b);
		if (x.len != y.len || memcmp(x.ptr, y.ptr, x.len) != 0)
			return (false);
	} while (x.len > 0);
	return (true);
}
