/*
 * Starting, looking after, and stopping.
 *
 * Must never leave a request without an answer because it is told to stop.
 */
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sig.h"
#include "web/room.h"

#define TICK_US		(50 * 1000)
#define STOP_US		(10 * FU_SECOND)	/* for a child that runs */
#define BURST(minute)	((minute) / 2 < 10 ? 10 : (minute) / 2)

/* Root becomes who is named, or whose the database is. */
static int
drop_privileges(struct fu_web *web, struct fu_err *err)
{
	const char	*name = web->opt->user != NULL ? web->opt->user :
	    web->session->config.web.user;
	struct passwd	*pw;
	struct stat	 st;

	if (geteuid() != 0)
		return (0);
	if (name != NULL && (pw = getpwnam(name)) == NULL)
		return (fu_err_set(err, FU_ECONFIG, "web.user: there is no "
		    "user \"%s\"", name));
	if (name == NULL) {
		if (stat(web->session->opt->db, &st) == -1 ||
		    (pw = getpwuid(st.st_uid)) == NULL)
			return (fu_err_sys(err, FU_ENOINPUT, "%s",
			    web->session->opt->db));
		if (pw->pw_uid == 0) {
			fu_note(web->session->opt, "runs as root, whose the "
			    "database is: give it to a user of its own, and "
			    "name that in web.user");
			return (0);
		}
	}
	if (initgroups(pw->pw_name, pw->pw_gid) == -1 ||
	    setgid(pw->pw_gid) == -1 || setuid(pw->pw_uid) == -1)
		return (fu_err_sys(err, FU_EUNAVAILABLE, "web.user: %s",
		    pw->pw_name));
	return (0);
}

static int
start(struct fu_web *web, pthread_t *desk, pthread_t *http,
    struct fu_err *err)
{
	const struct fu_config	*c = &web->session->config;

	web->log_to = web->session->sink;
	fu_queue_init(&web->queue);
	pthread_mutex_init(&web->conn_lock, NULL);
	pthread_mutex_init(&web->log_lock, NULL);
	if (c->web.visitor_minute > 0)
		web->per_visitor = fu_rate_new(c->web.visitor_minute,
		    BURST(c->web.visitor_minute));
	if (c->web.address_minute > 0)
		web->per_address = fu_rate_new(c->web.address_minute,
		    BURST(c->web.address_minute));
	if (fu_access_make(c, &web->arena, &web->access, err) == -1 ||
	    fu_assets_load(web, err) == -1 ||
	    (web->opt->wake && fu_child_find(web, err) == -1) ||
	    fu_desk_open(web, err) == -1 || fu_web_listen(web, err) == -1 ||
	    drop_privileges(web, err) == -1)
		return (-1);
	if (pthread_create(desk, NULL, fu_desk_run, web->desk) != 0)
		return (fu_err_set(err, FU_EUNAVAILABLE, "no thread"));
	if (pthread_create(http, NULL, fu_web_serve, web) != 0) {
		fu_queue_close(&web->queue);
		pthread_join(*desk, NULL);
		return (fu_err_set(err, FU_EUNAVAILABLE, "no thread"));
	}
	fu_note(web->session->opt, "listens on %s", web->listens);
	return (0);
}

static int
look_after(struct fu_web *web, struct fu_err *err)
{
	int64_t	 tidied = 0, now;
	int	 rc = 0;

	while (rc == 0 && !fu_sig_stopping()) {
		fu_sleep_us(TICK_US);
		now = fu_clock_monotonic_us();
		fu_child_tend(web, false);
		rc = fu_log_flush(web, err);
		if (now - tidied > FU_SECOND) {
			tidied = now;
			fu_web_hurry(web);
		}
	}
	return (rc);
}

static void
stop(struct fu_web *web, pthread_t desk, pthread_t http)
{
	int64_t	 end = fu_clock_monotonic_us() + STOP_US;

	web->stopping = true;
	fu_queue_close(&web->queue);
	pthread_join(desk, NULL);
	/* What was answered leaves. */
	while (web->flight > 0 && fu_clock_monotonic_us() < end)
		fu_sleep_us(TICK_US);
	fu_sleep_us(TICK_US);
	web->closing = true;
	pthread_join(http, NULL);
	fu_web_close(web);
	while ((web->child.pid[0] != 0 || web->child.pid[1] != 0) &&
	    fu_clock_monotonic_us() < end) {
		fu_child_tend(web, true);
		fu_sleep_us(TICK_US);
	}
}

int
fu_web_run(struct fu_session *session, struct fu_clock *clock,
    const struct fu_web_opt *opt, struct fu_err *err)
{
	struct fu_web	*web = fu_zeroed(1, sizeof(*web));
	pthread_t	 desk, http;
	int		 rc;

	web->session = session;
	web->clock = clock;
	web->opt = opt;
	fu_arena_init(&web->arena);
	fu_buf_init(&web->log);
	rc = start(web, &desk, &http, err);
	if (rc == 0) {
		rc = look_after(web, err);
		stop(web, desk, http);
		if (rc == 0)
			rc = fu_log_flush(web, err);
		session->sink.read = web->count.requests;
	} else
		fu_web_close(web);
	session->sink.out_fd = web->log_to.out_fd;
	fu_desk_close(web->desk);
	fu_rate_free(web->per_visitor);
	fu_rate_free(web->per_address);
	fu_buf_free(&web->log);
	fu_arena_free(&web->arena);
	free(web);
	return (rc);
}
