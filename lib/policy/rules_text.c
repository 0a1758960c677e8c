/*
 * Reading a condition's text: enough of SQL's tokens to see that it is one
 * expression, where it may be parted, and which events it counts.
 *
 * Judges shape only; names and meaning are SQLite's, in rules.c.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/rules_text.h"

const char FU_RULE_NO_FUNCTION[] = "no such function";

/* Pure functions of small results: nothing random, nothing that allocates. */
const char *const fu_rule_functions[] = {
	"abs", "attr", "coalesce", "events", "glob", "ifnull", "iif", "instr",
	"length", "like", "lower", "ltrim", "max", "min", "nullif", "round",
	"rtrim", "sign", "substr", "substring", "trim", "typeof", "upper", NULL
};

/* Words that a bracket may follow without being a call. */
static const char *const keywords[] = {
	"and", "or", "not", "in", "is", "between", "like", "glob", "escape",
	"case", "when", "then", "else", "null", "collate", "as", "cast", NULL
};

static bool
listed(const char *const *list, const char *s, size_t len)
{
	struct fu_str str = { s, len };

	for (; *list != NULL; list++)
		if (fu_str_is_nocase(str, *list))
			return (true);
	return (false);
}

bool
fu_rule_function_known(struct fu_str name)
{

	return (listed(fu_rule_functions, name.ptr, name.len));
}

static bool
word_byte(char c)
{

	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80);
}

static bool
digit(char c)
{

	return (c >= '0' && c <= '9');
}

/* Behind a closing ${quote}; two of them are one inside.  0: never closed. */
static size_t
quoted(const char *s, char quote)
{
	size_t i;

	for (i = 1; s[i] != '\0'; i++) {
		if (s[i] != quote)
			continue;
		if (quote != ']' && s[i + 1] == quote)
			i++;
		else
			return (i + 1);
	}
	return (0);
}

struct fu_token
fu_rule_token(const char *s, size_t at)
{
	struct fu_token t = { FU_TOK_END, at, 0 };
	const char *p;

	while (s[t.at] == ' ' || s[t.at] == '\t' || s[t.at] == '\n' ||
	    s[t.at] == '\r')
		t.at++;
	p = s + t.at;
	if (*p == '\0')
		return (t);
	if (*p == '\'' || *p == '"' || *p == '`' || *p == '[') {
		t.type = *p == '\'' ? FU_TOK_STRING : FU_TOK_QUOTED;
		t.len = quoted(p, *p == '[' ? ']' : *p);
		if (t.len == 0) {
			t.type = FU_TOK_BAD;
			t.len = strlen(p);
		}
	} else if (digit(*p) || (*p == '.' && digit(p[1]))) {
		t.type = FU_TOK_NUMBER;
		while (word_byte(p[t.len]) || p[t.len] == '.' ||
		    ((p[t.len] == '-' || p[t.len] == '+') &&
		    (p[t.len - 1] == 'e' || p[t.len - 1] == 'E')))
			t.len++;
	} else if (word_byte(*p)) {
		t.type = FU_TOK_WORD;
		while (word_byte(p[t.len]))
			t.len++;
	} else {
		t.type = FU_TOK_MARK;
		t.len = 1;
		if ((p[0] == '-' && p[1] == '-') || (p[0] == '/' &&
		    p[1] == '*'))
			t.len = 2;
	}
	return (t);
}

static bool
is_word(const char *s, const struct fu_token *t, const char *word)
{
	struct fu_str str = { s + t->at, t->len };

	return (t->type == FU_TOK_WORD && fu_str_is_nocase(str, word));
}

static bool
is_mark(const char *s, const struct fu_token *t, char c)
{

	return (t->type == FU_TOK_MARK && t->len == 1 && s[t->at] == c);
}

static struct fu_token
after(const char *s, const struct fu_token *t)
{

	return (fu_rule_token(s, t->at + t->len));
}

/* events('kind') or events('kind', 30), from the bracket on. */
static bool
events_args(const char *s, struct fu_token t, struct fu_token *name,
    struct fu_token *days)
{

	days->len = 0;
	*name = after(s, &t);
	if (name->type != FU_TOK_STRING || name->len < 3)
		return (false);
	t = after(s, name);
	if (is_mark(s, &t, ',')) {
		*days = after(s, &t);
		if (days->type != FU_TOK_NUMBER || days->len > 5 ||
		    strspn(s + days->at, "0123456789") != days->len)
			return (false);
		t = after(s, days);
	}
	return (is_mark(s, &t, ')'));
}

static const char *
check_word(const char *s, const struct fu_token *t)
{
	struct fu_token next = after(s, t), name, days;

	if (is_word(s, t, "select") || is_word(s, t, "exists") ||
	    is_word(s, t, "values") || is_word(s, t, "over") ||
	    is_word(s, t, "filter"))
		return ("a condition is one expression over facts, without "
		    "queries of its own");
	if (!is_mark(s, &next, '(') || listed(keywords, s + t->at, t->len))
		return (NULL);
	if (!listed(fu_rule_functions, s + t->at, t->len))
		return (FU_RULE_NO_FUNCTION);
	if (is_word(s, t, "events") && !events_args(s, next, &name, &days))
		return ("events() takes a kind in single quotes and a number "
		    "of days: events('webinar', 30)");
	return (NULL);
}

static const char *
check_mark(const char *s, const struct fu_token *t)
{

	if (t->len == 2)
		return ("a condition cannot hold a comment");
	switch (s[t->at]) {
	case ';':
		return ("a condition cannot hold a semicolon");
	case '?':
	case ':':
	case '@':
	case '$':
	case '#':
		return ("a condition has no parameters; a text is written in "
		    "single quotes");
	case '.':
		return ("a fact is one name, without a dot");
	case '{':
	case '}':
		return ("a condition uses round brackets");
	}
	return (NULL);
}

const char *
fu_rule_check(const char *s, size_t *at)
{
	struct fu_token t;
	const char *why;
	size_t open[64], depth = 0;
	bool any = false;

	if (strlen(s) > FU_RULE_TEXT_MAX) {
		*at = FU_RULE_TEXT_MAX;
		return ("a condition has 4096 bytes at most");
	}
	for (t = fu_rule_token(s, 0); t.type != FU_TOK_END; t = after(s, &t)) {
		any = true;
		*at = t.at;
		why = NULL;
		if (t.type == FU_TOK_BAD)
			return ("this quote is never closed");
		if (t.type == FU_TOK_WORD)
			why = check_word(s, &t);
		else if (t.type == FU_TOK_MARK)
			why = check_mark(s, &t);
		if (why != NULL)
			return (why);
		if (is_mark(s, &t, '(')) {
			if (depth == sizeof(open) / sizeof(open[0]))
				return ("brackets too deep");
			open[depth++] = t.at;
		} else if (is_mark(s, &t, ')')) {
			if (depth == 0)
				return ("this bracket was never opened");
			depth--;
		} else if (is_mark(s, &t, ',') && depth == 0) {
			return ("a comma outside brackets; join conditions "
			    "with AND or OR");
		}
	}
	if (depth > 0) {
		*at = open[depth - 1];
		return ("this bracket is never closed");
	}
	if (!any) {
		*at = 0;
		return ("an empty condition");
	}
	return (NULL);
}

static struct fu_str
trimmed(const char *s, size_t from, size_t to)
{

	return (fu_str_trim((struct fu_str){ s + from, to - from }));
}

size_t
fu_rule_terms(const char *s, struct fu_str *term, size_t max)
{
	struct fu_token t;
	size_t n = 0, depth = 0, from = 0;
	int between = 0;

	if (max == 0)
		return (0);
	for (t = fu_rule_token(s, 0); t.type != FU_TOK_END; t = after(s, &t)) {
		/* CASE and END are brackets too */
		if (is_mark(s, &t, '(') || is_word(s, &t, "case"))
			depth++;
		else if (is_mark(s, &t, ')') || is_word(s, &t, "end"))
			depth -= depth > 0;
		if (depth > 0)
			continue;
		if (is_word(s, &t, "between")) {
			between++;
		} else if (is_word(s, &t, "or")) {
			n = max;
			break;
		} else if (is_word(s, &t, "and") && between > 0) {
			between--;
		} else if (is_word(s, &t, "and")) {
			if (n + 1 >= max) {
				n = max;
				break;
			}
			term[n++] = trimmed(s, from, t.at);
			from = t.at + t.len;
		}
	}
	if (n == max) {
		term[0] = trimmed(s, 0, strlen(s));
		return (1);
	}
	term[n++] = trimmed(s, from, strlen(s));
	return (n);
}

size_t
fu_rule_windows(struct fu_arena *arena, const char *s,
    struct fu_rule_window *window, size_t max)
{
	struct fu_token t, next, name, days;
	size_t n = 0, i, out;
	char *text;

	for (t = fu_rule_token(s, 0); t.type != FU_TOK_END && n < max;
	    t = after(s, &t)) {
		if (!is_word(s, &t, "events"))
			continue;
		next = after(s, &t);
		if (!is_mark(s, &next, '(') ||
		    !events_args(s, next, &name, &days))
			continue;
		text = fu_alloc(arena, name.len);
		for (i = 1, out = 0; i + 1 < name.len; i++) {
			text[out++] = s[name.at + i];
			i += s[name.at + i] == '\'';
		}
		window[n].name = text;
		window[n].days = days.len > 0 ? atoi(s + days.at) : 0;
		n++;
	}
	return (n);
}
