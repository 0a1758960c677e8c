/*
 * Setting up: a directory that is ready to run, its check, and copies of its
 * database.
 *
 * Never overwrites anything: what is there is kept, and said to be kept.
 */
#ifndef FU_FLOW_INIT_H
#define FU_FLOW_INIT_H

#include "flow/session.h"

/* Where everything of one installation lies. */
struct fu_place {
	const char	*dir;		/* of fu.yaml, absolute */
	const char	*config, *key, *db;	/* absolute */
	const char	*programs;	/* fu-ingest and its kin */
	const char	*templates;	/* what is copied */
};

/*
 * fu_place_find(opt, dir, arena, place, err):
 * Name the files of ${dir} (NULL: of -c or FU_CONFIG, else of the current
 * directory), which is made if it is missing.  The database is that of -d,
 * without ${dir} of FU_DB, else fu.db in the directory.  Templates are those of FU_TEMPLATES, else the
 * installed ones, else those of the tree that the program was built in.
 *
 * fu_templates_find(arena, err):
 * That directory of templates alone, or NULL.
 */
int fu_place_find(const struct fu_opt *, const char *, struct fu_arena *,
    struct fu_place *, struct fu_err *);
const char *fu_templates_find(struct fu_arena *, struct fu_err *);

/*
 * fu_init_make(place, clock, said, ctx, err):
 * Copy the templates, make key and database, each whole or not at all.
 * ${said} hears of each path, in order, and whether it was made or kept.  A
 * new database has an instance id of its own, and no nature yet.
 */
int fu_init_make(const struct fu_place *, const struct fu_clock *,
    void (*)(void *, const char *, bool), void *, struct fu_err *);

/* The lines for crontab(5), with PATH, FU_DB and FU_CONFIG filled in. */
void fu_init_crontab(const struct fu_place *, struct fu_buf *);

/*
 * fu_init_check(opt, faults, err):
 * Read the whole configuration as the programs do, messages, conditions,
 * rules, hand-off templates and key included, and add everything that is wrong
 * to ${faults}, sorted.  Return 0; or -1 with FU_ECONFIG and their number.
 */
int fu_init_check(const struct fu_opt *, struct fu_faults *, struct fu_err *);

/*
 * fu_init_backup(opt, file, err): copy the database to ${file}, which must
 * not exist, while others write.
 * fu_init_rehearse(opt, file, err): the same, and the copy is a rehearsal for
 * ever, with an instance id of its own.
 */
int fu_init_backup(const struct fu_opt *, const char *, struct fu_err *);
int fu_init_rehearse(const struct fu_opt *, const char *, struct fu_err *);

#endif
