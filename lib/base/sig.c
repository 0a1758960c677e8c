/*
 * The signal flag, and waiting for input without missing it.
 *
 * Must never do more in the handler than raise the flag.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include "base/sig.h"

static volatile sig_atomic_t stopping;

static void
on_stop(int signo)
{
	(void)signo;
	stopping = 1;
}

void
fu_sig_install(void)
{
	struct sigaction	sa;

	memset(&sa, 0, sizeof(sa));
	sigemptyset(&sa.sa_mask);
	/* No SA_RESTART: a read that waits must come back. */
	sa.sa_handler = on_stop;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
	sigaction(SIGXFSZ, &sa, NULL);
}

bool
fu_sig_stopping(void)
{
	return (stopping != 0);
}

bool
fu_sig_wait_input(int fd)
{
	struct pollfd	 pfd;
	sigset_t	 block, before;
	int		 n;

	/*
	 * A signal between the question and the wait would be slept through;
	 * so they are blocked, and let in by ppoll(2) alone.
	 */
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigprocmask(SIG_BLOCK, &block, &before);
	pfd.fd = fd;
	pfd.events = POLLIN;
	n = 0;
	while (!fu_sig_stopping()) {
		n = ppoll(&pfd, 1, NULL, &before);
		if (n != -1 || errno != EINTR)
			break;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return (!fu_sig_stopping() && n != 0);
}
