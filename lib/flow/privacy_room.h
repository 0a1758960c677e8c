/*
 * What privacy*.c share; for nobody else.
 */
#ifndef FU_FLOW_PRIVACY_ROOM_H
#define FU_FLOW_PRIVACY_ROOM_H

#include "flow/case.h"
#include "flow/privacy.h"
#include "flow/privacy_mask.h"

/* Everything that a person is known by, as identities have it. */
struct fu_known_by {
	struct fu_known_as {
		int		 kind;		/* enum fu_id_kind */
		const char	*value;
		bool		 own;		/* in the person's own columns */
	}		*as;
	size_t		 n, cap;
};

/* A copy for the person that is being written. */
struct fu_exporter {
	struct fu_session	*session;
	struct fu_arena		 arena;
	struct fu_case		 person;
	struct fu_known_by	 known;
	struct fu_own		 own;
	struct fu_jw		 jw;
};

/* privacy_export.c: what both kinds of copies have. */
void fu_export_controller(struct fu_exporter *);
void fu_export_notes(struct fu_exporter *);
/* Consents of theirs, or what closes a channel, by any of their addresses. */
int fu_export_ledger(struct fu_exporter *, bool consents, struct fu_err *);
void fu_export_event(struct fu_exporter *, const struct fu_event *,
    bool portable);
/* privacy_portable.c: the members of a portable copy. */
int fu_export_portable(struct fu_exporter *, struct fu_err *);

/* Of a person as fu_prospect_load() gave it; in the arena. */
int fu_known_by(struct fu_session *, const struct fu_prospect *,
    struct fu_arena *, struct fu_known_by *, struct fu_err *);
/* What of it a text would have, put to ${own}: addresses, numbers, the name. */
void fu_known_own(const struct fu_prospect *, const struct fu_known_by *,
    struct fu_own *);

/* privacy_sweep.c: what else names people who go: rows of nobody, whose number
 * ${strangers} is raised by, and names of files; of those who asked for it
 * (${asked}) also by the local part of an address, and wordings.  Inside a
 * transaction. */
int fu_privacy_sweep(struct fu_session *, const struct fu_own *, bool asked,
    uint64_t *strangers, struct fu_err *);
/* The local parts of their addresses, but for those of a desk. */
void fu_privacy_locals(struct fu_session *, const struct fu_known_by *,
    struct fu_own *);
/* Tell where a text of somebody else still has one of their addresses. */
int fu_privacy_mentions(struct fu_session *, const struct fu_known_by *,
    void (*)(void *, const char *, int64_t, int64_t), void *,
    struct fu_err *);

#endif
