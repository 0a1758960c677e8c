/*
 * What in a text is one person's own: addresses, telephone numbers, their name.
 *
 * Pure: looks at texts, never at the store.  Finds what is written as people
 * write it, and never claims to know a name that it was not told.
 */
#ifndef FU_FLOW_PRIVACY_OWN_H
#define FU_FLOW_PRIVACY_OWN_H

#include "record/json.h"

/* What they are known by.  Lists in ${arena}, which is the caller's. */
struct fu_own {
	struct fu_arena	 *arena;
	const char	**email;	/* fu_email_suppress_key() of each */
	const char	**number;	/* digits alone, country code first */
	const char	**word;		/* local parts, as folded words */
	const char	**name;		/* pairs of folded words: first, last */
	size_t		  nemail, nnumber, nword, nname;
	size_t		  cap_email, cap_number, cap_word, cap_name;
};

/*
 * fu_own_init(own, arena): nothing is theirs yet.
 * fu_own_email(own, email): an address as fu_email_parse() gives it, or its
 *	key; whatever its +tag, it is the same [LG-02].
 * fu_own_number(own, number): in E.164, or any other row of digits of theirs.
 * fu_own_word(own, text): a local part that stands for no desk.
 * fu_own_name(own, first, last): NULL or blank in either is no name.
 */
void fu_own_init(struct fu_own *, struct fu_arena *);
void fu_own_email(struct fu_own *, const char *);
void fu_own_number(struct fu_own *, const char *);
void fu_own_word(struct fu_own *, const char *);
void fu_own_name(struct fu_own *, const char *, const char *);

/* An address or a number in a text. */
struct fu_sight {
	bool	 number;		/* else an address */
	bool	 own;
	size_t	 at, len;		/* bytes of the text */
};

/* A text that is being looked through. */
struct fu_look {
	const struct fu_own	*own;
	const char		*text;
	size_t			 at;	/* nothing before it any more */
	struct fu_sight		 email;	/* the next address, */
	bool			 ahead;	/* if there is one */
};

/*
 * fu_look_start(look, own, text), fu_look_next(look, sight):
 * The addresses and numbers of ${text}, in order; false behind the last.
 * An address is a@b.example, also with %40 for its sign.  A number is digits,
 * nine or, behind a '+', eight at least, with the usual signs between; a date
 * and an IP address are none, nor is one group of more than fifteen.
 */
void fu_look_start(struct fu_look *, const struct fu_own *, const char *);
bool fu_look_next(struct fu_look *, struct fu_sight *);

/*
 * fu_own_reached(own, text): does an address or a number of theirs stand in
 *	it?  fu_own_reached_json(own, text): in a string or number of JSON; text
 *	that is none is looked at as it is.
 * fu_own_named(own, text): does their full name?  In any case, with any signs
 *	for blanks, or none: "Jane Doe", "Jane Q. Doe", "Doe, Jane", "janedoe".
 * fu_own_labelled(own, name): does it in a name of a file or the like, where
 *	"doe_jane" is one, too?
 * fu_own_worded(own, text): does one of the words, as a whole?
 */
bool fu_own_reached(const struct fu_own *, const char *);
bool fu_own_reached_json(const struct fu_own *, const char *);
bool fu_own_named(const struct fu_own *, const char *);
bool fu_own_labelled(const struct fu_own *, const char *);
bool fu_own_worded(const struct fu_own *, const char *);

#endif
