/*
 * What the rooms of web/ share; for those of lib/web alone.
 *
 * A request belongs to the HTTP thread until it is queued, to the desk until
 * it is answered, and to the HTTP thread again.
 */
#ifndef FU_WEB_ROOM_H
#define FU_WEB_ROOM_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "chat/chat.h"
#include "content/hook.h"
#include "flow/ingest.h"
#include "web/origin.h"
#include "web/rate.h"
#include "web/visitor.h"
#include "web/web.h"

struct MHD_Connection;
struct MHD_Daemon;
struct fu_desk;
struct fu_web;
struct fu_web_req;

#define FU_WEB_ADDRESS_MAX	64
#define FU_WEB_PATH_MAX		512	/* longer is 414 */
#define FU_WEB_TAIL_MAX		256	/* behind a route's prefix */
/* How long a browser that waits for words is kept waiting. */
#define FU_WEB_WAIT_US		(25 * FU_SECOND)
/* A group of writes shares a commit; the first waits so long for others. */
#define FU_WEB_GATHER_US	4000
#define FU_WEB_GROUP		512
/* A page of the same visitor counts once in so long. */
#define FU_WEB_AGAIN_US		(30 * FU_MINUTE)

/* What the desk does with a request, and in which order. */
enum fu_web_work {
	FU_WORK_NONE,		/* answered by the HTTP thread */
	FU_WORK_EVENT,		/* events into the group's window, then done() */
	FU_WORK_CHAT,		/* a turn, taken with others */
	FU_WORK_ALONE,		/* anything else */
	FU_WORK_WAIT		/* for a rep's words */
};

struct fu_web_route {
	const char		*method;	/* "POST" */
	const char		*path;		/* ends in '/': a prefix */
	enum fu_web_work	 work;
	bool			 widget;	/* for browsers on other sites */
	bool			 big;		/* a service's body, not a browser's */
	bool			 always;	/* never too often: an opt-out, and
						 * what a service signs and does
						 * not send again */
	/* NONE: on the HTTP thread.  Else on the desk: EVENT adds its rows;
	 * ALONE answers.  -1: the store failed. */
	int			(*serve)(struct fu_desk *, struct fu_web_req *,
				    struct fu_err *);
	int			(*done)(struct fu_desk *, struct fu_web_req *,
				    struct fu_err *);
	const char		*label;		/* in the log and in metrics */
};

/* A connection, for who looks after slow ones. */
struct fu_web_conn {
	struct fu_web_conn	*prev, *next;
	int			 fd;
	int64_t			 since_us;	/* waiting for a whole request */
	bool			 busy;		/* one is being answered */
};

struct fu_web_req {
	struct fu_web		*web;
	struct MHD_Connection	*mhd;
	struct fu_web_conn	*conn;
	const struct fu_web_route *route;	/* NULL: none was found */
	struct fu_web_req	*next;		/* of a queue */
	int64_t			 start_us;
	/* what came */
	char			 method[8];
	char			 tail[FU_WEB_TAIL_MAX];	/* behind the prefix */
	char			 address[FU_WEB_ADDRESS_MAX];
	char			 origin[128];	/* allowed, or "" */
	char			 visitor[FU_VISITOR_MAX];	/* id, or "" */
	bool			 kept;		/* they consented to be known */
	bool			 gpc;		/* Sec-GPC: 1 */
	bool			 head;		/* HEAD: no body out */
	bool			 form;		/* urlencoded, else JSON or raw */
	char			*query;		/* or NULL */
	struct fu_buf		 body;
	size_t			 over;		/* bytes that were too many */
	struct fu_hook_pair	*header;	/* of a big route, owned */
	size_t			 nheader;
	/* on the desk */
	struct fu_arena		*arena;		/* of the group */
	size_t			 row;		/* its first of the window + 1; 0 none */
	size_t			 nrow;
	int64_t			 linked;	/* whom their signed link names; 0 */
	bool			 fresh;		/* the visitor is a new one */
	struct fu_chat_turn	 turn;
	int64_t			 after;		/* WAIT: the last words they have */
	int64_t			 until_us;	/* WAIT */
	/* what is answered */
	bool			 handed;	/* to the desk */
	bool			 answered;
	int			 status;
	const char		*type;		/* NULL: application/json */
	struct fu_buf		 out;
	const struct fu_str	*asset;		/* instead of out: lives on */
	char			*location;	/* owned, or NULL */
	const char		*csp;		/* of a page, or NULL */
	const char		*cache;		/* NULL: no-store */
	const char		*verdict;	/* for the log, or NULL */
	char			 page[96];	/* the page's path, for the log */
};

/* Requests on their way to the desk. */
struct fu_web_queue {
	pthread_mutex_t		 lock;
	pthread_cond_t		 more;
	struct fu_web_req	*first, **last;
	size_t			 n;
	bool			 closed;
};

#define FU_METRICS(X) \
	X(requests, "fu_web_requests_total", "requests") \
	X(refused, "fu_web_refused_total", "requests refused: limits, origins, signatures") \
	X(limited, "fu_web_limited_total", "requests over a rate limit") \
	X(failed, "fu_web_failed_total", "requests answered with 5xx") \
	X(hits, "fu_web_hits_total", "pages opened") \
	X(visits, "fu_web_visits_total", "pages that somebody looked at") \
	X(turns, "fu_web_turns_total", "turns of the chat") \
	X(events, "fu_web_events_total", "events recorded") \
	X(commits, "fu_web_groups_total", "groups of writes committed") \
	X(reacted, "fu_web_reactions_total", "people looked at after an event") \
	X(handoffs, "fu_web_handoffs_total", "hand-offs made") \
	X(children, "fu_web_children_total", "runs of fu-due | fu-send") \
	X(slow, "fu_web_slow_total", "connections closed for being slow") \
	X(lost, "fu_web_log_lost_total", "lines of the log that nobody read")

struct fu_web_metrics {
#define X(name, metric, help) atomic_ullong name;
	FU_METRICS(X)
#undef X
	atomic_ullong	connections, waiting, queued;	/* gauges */
};

/* fu-due | fu-send, one at a time. */
struct fu_web_child {
	const char	*due, *send;		/* paths */
	pid_t		 pid[2];		/* 0: none */
	atomic_bool	 wanted;
	int64_t		 after_us;		/* not before */
};

struct fu_web_asset {
	const char	*path, *type;
	struct fu_str	 text;
	bool		 site;			/* of --site */
};

struct fu_web {
	struct fu_session	*session;
	struct fu_clock		*clock;
	const struct fu_web_opt	*opt;
	struct fu_arena		 arena;
	struct MHD_Daemon	*daemon;
	char			 listens[96];	/* "http://127.0.0.1:8087" */
	struct fu_web_access	 access;
	struct fu_web_queue	 queue;
	struct fu_web_metrics	 count;
	struct fu_rate		*per_visitor, *per_address;	/* NULL: any */
	pthread_mutex_t		 conn_lock;
	struct fu_web_conn	*conns;
	pthread_mutex_t		 log_lock;
	struct fu_buf		 log;
	struct fu_sink		 log_to;
	struct fu_web_asset	*asset;
	size_t			 nasset;
	struct fu_web_child	 child;
	struct fu_desk		*desk;
	atomic_llong		 flight;	/* requests that the desk has */
	atomic_bool		 stopping;
	atomic_bool		 closing;	/* no more is answered */
};

/* What the desk has to itself. */
struct fu_desk {
	struct fu_web		*web;
	struct fu_session	*session;
	struct fu_arena		 arena;		/* for the group */
	struct fu_ingest	 in;
	struct fu_chat		*chat;
	struct fu_react		*react;
	struct fu_rate		*seen;		/* pages that were counted */
	struct fu_web_req	*turn;		/* that are not taken yet */
	struct fu_web_req	*waiting;	/* for words */
	int64_t			 version;	/* of the store, when last looked */
	int64_t			 looked_us;
	bool			 spoke;		/* we wrote a rep's words */
	int64_t			 said_us;	/* a failure was told */
	int			 null_fd;
};

/* server.c: answering from the desk gives the request back. */
int fu_web_listen(struct fu_web *, struct fu_err *);
void fu_web_close(struct fu_web *);
void *fu_web_serve(void *);		/* the HTTP thread */
void fu_web_resume(struct fu_web_req *);
void fu_web_hurry(struct fu_web *);	/* close connections that are slow */

/* request.c */
struct fu_web_req *fu_web_req_new(struct fu_web *, struct MHD_Connection *,
    struct fu_web_conn *, const char *);
void fu_web_req_free(struct fu_web_req *);
/* Headers, limits and origin: true when it may go on; else it is answered. */
bool fu_web_req_admit(struct fu_web_req *, const char *);
size_t fu_web_body_max(const struct fu_web_req *);

/* queue.c */
void fu_queue_init(struct fu_web_queue *);
/* false: it is closed. */
bool fu_queue_put(struct fu_web_queue *, struct fu_web_req *);
/* All that is there, within ${wait_us}; NULL.  Closed and empty: ${over}. */
struct fu_web_req *fu_queue_take(struct fu_web_queue *, int64_t, int64_t,
    size_t, bool *);
void fu_queue_close(struct fu_web_queue *);

/* route.c */
const struct fu_web_route *fu_web_route(const char *, const char *,
    const char **, bool *);

/* answer.c */
void fu_answer(struct fu_web_req *, int);		/* status; body in out */
void fu_answer_error(struct fu_web_req *, int, const char *);	/* JSON */
void fu_answer_text(struct fu_web_req *, int, const char *);
int fu_answer_send(struct fu_web_req *);		/* to MHD */

/* log.c */
void fu_log_request(struct fu_web *, const struct fu_web_req *);
int fu_log_flush(struct fu_web *, struct fu_err *);
void fu_metrics_print(struct fu_web *, struct fu_buf *);

/* asset.c */
int fu_assets_load(struct fu_web *, struct fu_err *);
const struct fu_web_asset *fu_asset_find(const struct fu_web *, const char *);

/* desk.c */
int fu_desk_open(struct fu_web *, struct fu_err *);
void *fu_desk_run(void *);
void fu_desk_close(struct fu_desk *);
/* An event's line into the window, counted to the request. */
int fu_desk_event(struct fu_desk *, struct fu_web_req *, const char *,
    struct fu_err *);
/* On standard error, once a second at most: who asks decides how often. */
void fu_desk_say(struct fu_desk *, const struct fu_err *);
/* Record lines at once, and react to whom they are about. */
int fu_desk_record(struct fu_desk *, const char *, struct fu_str,
    struct fu_err *);

/* child.c */
int fu_child_find(struct fu_web *, struct fu_err *);
void fu_child_wake(struct fu_web *);
void fu_child_tend(struct fu_web *, bool);

#endif
