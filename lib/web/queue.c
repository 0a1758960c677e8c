/*
 * Requests on their way from the HTTP thread to the desk.
 *
 * Must never be held while anything is done with them.
 */
#include <errno.h>
#include <time.h>

#include "web/room.h"

void
fu_queue_init(struct fu_web_queue *q)
{
	pthread_condattr_t	 attr;

	pthread_mutex_init(&q->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&q->more, &attr);
	pthread_condattr_destroy(&attr);
	q->first = NULL;
	q->last = &q->first;
	q->n = 0;
	q->closed = false;
}

bool
fu_queue_put(struct fu_web_queue *q, struct fu_web_req *r)
{
	bool	 open;

	r->next = NULL;
	pthread_mutex_lock(&q->lock);
	if ((open = !q->closed)) {
		*q->last = r;
		q->last = &r->next;
		q->n++;
		pthread_cond_signal(&q->more);
	}
	pthread_mutex_unlock(&q->lock);
	return (open);
}

void
fu_queue_close(struct fu_web_queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_cond_broadcast(&q->more);
	pthread_mutex_unlock(&q->lock);
}

static void
wait_until(struct fu_web_queue *q, int64_t until_us)
{
	struct timespec	 ts = { .tv_sec = until_us / FU_SECOND,
		.tv_nsec = until_us % FU_SECOND * 1000 };

	(void)pthread_cond_timedwait(&q->more, &q->lock, &ts);
}

struct fu_web_req *
fu_queue_take(struct fu_web_queue *q, int64_t wait_us, int64_t gather_us,
    size_t enough, bool *over)
{
	struct fu_web_req	*r;
	int64_t			 now = fu_clock_monotonic_us(), until = now +
	    wait_us;

	pthread_mutex_lock(&q->lock);
	while (q->n == 0 && !q->closed && now < until) {
		wait_until(q, until);
		now = fu_clock_monotonic_us();
	}
	/* The first waits a moment for others, to share their commit. */
	for (until = now + gather_us; q->n > 0 && q->n < enough &&
	    !q->closed && now < until; now = fu_clock_monotonic_us())
		wait_until(q, until);
	r = q->first;
	q->first = NULL;
	q->last = &q->first;
	q->n = 0;
	*over = q->closed && r == NULL;
	pthread_mutex_unlock(&q->lock);
	return (r);
}
