/*
 * What a person may ask of us: to see what we hold, to take it along, and to
 * be forgotten; and what nobody asked for but must not be kept for ever.
 *
 * Functions that write make transactions of their own.
 */
#ifndef FU_FLOW_PRIVACY_H
#define FU_FLOW_PRIVACY_H

#include "flow/session.h"

/*
 * fu_privacy_export(session, prospect, portable, out, err):
 * Everything that is held about the person as one JSON document, in ${out}:
 * record, sources, consents, what was sent with its words, what they wrote,
 * scores with their reasons, recipients, retention and rights [GDPR Art. 15].
 * With ${portable} what they gave us themselves, no more [Art. 20].  Names
 * nobody else.  1; 0 when there is no such person; -1.
 */
int fu_privacy_export(struct fu_session *, int64_t, bool, struct fu_buf *,
    struct fu_err *);

/* What erasing found and did. */
struct fu_erased {
	uint64_t	 people, strangers;	/* rows of nobody that named them */
	uint64_t	 addresses;		/* emails and phones suppressed */
	uint64_t	 mentions;		/* in somebody else's texts */
	/* Addresses, numbers and names that were theirs, to look for in the
	 * file afterwards; in the session's arena. */
	const char	**trace;
	size_t		 ntrace, cap_trace;
};

/*
 * fu_privacy_erase(session, prospect, reason, tell, ctx, erased, err):
 * Take out every row of the person, rows of nobody and wordings of consents
 * that name them, and names of files that do, leaving a keyed hash of each
 * address that keeps them from being written to [GDPR Art. 17(3), 21(3)].
 * ${reason} is "erasure_request" or another word (fu_privacy_is_word()): it
 * stays in the chain.  Nothing is left in the file only after
 * fu_privacy_scrub().  Each text of somebody else that still names them is
 * told to ${tell} (table, person, row).
 *
 * fu_privacy_is_word(text): at most 40 of a-z, 0-9, '_' and '-'?
 */
int fu_privacy_erase(struct fu_session *, int64_t, const char *,
    void (*)(void *, const char *, int64_t, int64_t), void *,
    struct fu_erased *, struct fu_err *);
bool fu_privacy_is_word(const char *);

/*
 * fu_privacy_erase_again(session, subjects, n, people, err):
 * Those of whom an address is one of ${subjects} were erased, and a copy of
 * the database still has them: take them out of it, and scrub.
 */
int fu_privacy_erase_again(struct fu_session *, const char *const *, size_t,
    uint64_t *, struct fu_err *);

/* Free pages and log hold nothing that was deleted, afterwards. */
int fu_privacy_scrub(struct fu_session *, struct fu_err *);

/*
 * fu_privacy_find_traces(session, texts, n, found, err):
 * Which of ${n} texts stand anywhere in the database's files, in any case of
 * ASCII letters?  Reads them through once.
 */
int fu_privacy_find_traces(struct fu_session *, const char *const *, size_t,
    bool *, struct fu_err *);

/* How long the configuration keeps that class; 0: for ever. */
int64_t fu_keep_us(const struct fu_config *, enum fu_keep);

/*
 * fu_privacy_purge(session, keep, keep_us, n, err):
 * Take out what of that class is older than ${keep_us}, in slices; ${n} is
 * how many people or rows.  Nobody who is taken out for age is suppressed for
 * it; what they refused stays refused.
 */
int fu_privacy_purge(struct fu_session *, enum fu_keep, int64_t, uint64_t *,
    struct fu_err *);

/*
 * fu_privacy_purge_wordings(session, n, err):
 * Take out wordings of consents that were all last used more than five years
 * ago [TC-02]; the ledger keeps their hashes.
 */
int fu_privacy_purge_wordings(struct fu_session *, uint64_t *,
    struct fu_err *);

#endif
