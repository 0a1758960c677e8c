/*
 * The knowledge base as its files are now, for programs that only use it.
 *
 * Must never read a file when nothing has changed, nor end a run for one that
 * cannot be read.
 */
#include <errno.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "flow/index_room.h"

/* What the files were, when they were last taken in. */
#define META_SEEN	"knowledge"

const char *
fu_index_state(struct fu_session *s)
{
	char		*const path[] = { (char *)s->config.knowledge_dir,
		NULL };
	uint64_t	 sum = fu_hash_cstr(s->config.version, 0);
	FTS		*fts;
	FTSENT		*e;
	size_t		 dir = strlen(path[0]);
	bool		 any = false;

	if ((fts = fts_open(path, FTS_PHYSICAL | FTS_NOCHDIR, NULL)) == NULL)
		return ("");
	while ((e = fts_read(fts)) != NULL) {
		int64_t	 is[3];

		if (e->fts_info == FTS_D && e->fts_level > 0 &&
		    e->fts_name[0] == '.')
			(void)fts_set(fts, e, FTS_SKIP);
		any = any || e->fts_info == FTS_D;
		if (e->fts_info != FTS_F && e->fts_info != FTS_SL)
			continue;
		is[0] = e->fts_statp->st_size;
		is[1] = e->fts_statp->st_mtim.tv_sec;
		is[2] = e->fts_statp->st_mtim.tv_nsec;
		/* In whatever order they come. */
		sum += fu_hash_cstr(e->fts_path + dir, fu_hash64(is, sizeof(is), 0));
	}
	(void)fts_close(fts);
	return (any ? fu_printf(&s->arena, "%016llx",
	    (unsigned long long)sum) : "");
}

int
fu_index_remember(struct fu_session *s, const char *state, struct fu_err *err)
{
	if (*state == '\0')
		return (0);
	if (fu_session_begin(s, err) == -1)
		return (-1);
	if (fu_meta_set(&s->store, META_SEEN, state, err) == -1) {
		fu_session_rollback(s);
		return (-1);
	}
	return (fu_session_commit(s, err));
}

int
fu_index_refresh(struct fu_session *s, struct fu_err *err)
{
	const char		*state = fu_index_state(s), *seen;
	struct fu_index_tally	 tally;

	if (*state == '\0')
		return (0);
	seen = fu_meta_get(&s->store, META_SEEN, &s->arena, err);
	if (seen == NULL && err->class != FU_OK)
		return (-1);
	if (fu_streq(seen, state))
		return (0);
	if (!s->has_run) {
		fu_note(s->opt, "%s has changed since it was indexed: this is "
		    "of before (fu-index)", s->config.knowledge_dir);
		return (0);
	}
	if (fu_index_take(s, &tally, err) == -1)
		return (-1);
	if (tally.failed > 0)
		fu_say(s->opt, "%s: %llu documents cannot be read and stay as "
		    "they were; fu-index says which", s->config.knowledge_dir,
		    (unsigned long long)tally.failed);
	return (fu_index_remember(s, state, err));
}
