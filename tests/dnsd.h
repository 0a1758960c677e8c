/*
 * A name server for tests: a process of its own on a UDP port of loopback that
 * answers from a table.  Ends by itself after a thousand questions, or when
 * nobody has asked for a minute.
 */
#ifndef FU_TESTS_DNSD_H
#define FU_TESTS_DNSD_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a name that is in the table is answered; one that is not, NXDOMAIN. */
enum dnsd_how {
	DNSD_TXT,		/* a record with that text, cut in parts of 200 */
	DNSD_MX,		/* "10 mail.example" */
	DNSD_EMPTY,		/* the name is there, the record is not */
	DNSD_SERVFAIL,
	DNSD_GARBAGE		/* lengths that point out of the message */
};
struct dnsd_row {
	const char	*name;
	enum dnsd_how	 how;
	const char	*text;
};

struct dnsd {
	pid_t	 pid;
	char	 address[32];	/* for FU_DNS */
};

#define DNSD_QUESTIONS_MAX	1000
#define DNSD_WAIT_MS		60000

static inline size_t
dnsd_name(const unsigned char *q, size_t len, char *name)
{
	size_t	 i = 12, n = 0;

	while (i < len && q[i] != 0 && i + 1 + q[i] < len && n + q[i] < 250) {
		memcpy(name + n, q + i + 1, q[i]);
		n += q[i];
		name[n++] = '.';
		i += 1 + q[i];
	}
	name[n > 0 ? n - 1 : 0] = '\0';
	return (i + 5);		/* the root, type and class */
}

static inline unsigned char *
dnsd_name_put(unsigned char *p, const char *name)
{
	size_t	 n;

	for (; *name != '\0'; name += n + (name[n] == '.')) {
		n = strcspn(name, ".");
		*p++ = (unsigned char)n;
		memcpy(p, name, n);
		p += n;
	}
	*p++ = 0;
	return (p);
}

/* The record behind the question; its name is a pointer to that. */
static inline unsigned char *
dnsd_record(unsigned char *p, const struct dnsd_row *row)
{
	const char	*text = row->text;
	unsigned char	*len;
	size_t		 n;

	*p++ = 0xc0;
	*p++ = 12;
	*p++ = 0;
	*p++ = row->how == DNSD_MX ? 15 : 16;
	memcpy(p, "\0\1\0\0\0\74", 6);	/* IN, a minute */
	len = p + 6;
	p += 8;
	if (row->how == DNSD_MX) {
		*p++ = 0;
		*p++ = (unsigned char)atoi(text);
		p = dnsd_name_put(p, strchr(text, ' ') + 1);
	} else
		do {
			n = strlen(text) < 200 ? strlen(text) : 200;
			*p++ = (unsigned char)n;
			memcpy(p, text, n);
			p += n;
			text += n;
		} while (*text != '\0');
	n = (size_t)(p - len - 2);
	if (row->how == DNSD_GARBAGE)
		n = 0xffff;
	len[0] = (unsigned char)(n >> 8);
	len[1] = (unsigned char)n;
	return (p);
}

static inline size_t
dnsd_answer(const struct dnsd_row *rows, const unsigned char *q, size_t len,
    unsigned char *a)
{
	char		 name[256];
	size_t		 end = dnsd_name(q, len, name);
	unsigned char	*p = a + end;
	int		 known = 0, n = 0, fail = 0;

	memset(a, 0, 12);
	if (end > len)
		return (0);
	memcpy(a, q, end);
	for (; rows->name != NULL; rows++) {
		if (strcasecmp(rows->name, name) != 0)
			continue;
		known = 1;
		fail = fail || rows->how == DNSD_SERVFAIL;
		if (rows->how == DNSD_EMPTY || rows->how == DNSD_SERVFAIL)
			continue;
		p = dnsd_record(p, rows);
		n++;
	}
	a[2] = 0x81;		/* an answer, recursion desired */
	a[3] = (unsigned char)(0x80 | (fail ? 2 : known ? 0 : 3));
	memset(a + 4, 0, 8);
	a[5] = 1;
	a[7] = (unsigned char)n;
	return ((size_t)(p - a));
}

static inline void
dnsd_loop(int fd, const struct dnsd_row *rows)
{
	unsigned char		 q[512], a[4096];
	struct sockaddr_in	 from;
	struct pollfd		 pfd = { .fd = fd, .events = POLLIN };
	socklen_t		 len;
	ssize_t			 n;
	size_t			 size;

	for (int i = 0; i < DNSD_QUESTIONS_MAX; i++) {
		if (poll(&pfd, 1, DNSD_WAIT_MS) != 1)
			return;
		len = sizeof(from);
		n = recvfrom(fd, q, sizeof(q), 0, (struct sockaddr *)&from,
		    &len);
		if (n < 17)
			continue;
		size = dnsd_answer(rows, q, (size_t)n, a);
		if (size > 0)
			(void)sendto(fd, a, size, 0,
			    (struct sockaddr *)&from, len);
	}
}

/* Start it and let FU_DNS name it; 0 or -1. */
static inline int
dnsd_start(struct dnsd *d, const struct dnsd_row *rows)
{
	struct sockaddr_in	 sin = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t		 len = sizeof(sin);
	int			 fd = socket(AF_INET, SOCK_DGRAM, 0);

	d->pid = -1;
	if (fd == -1 || bind(fd, (struct sockaddr *)&sin, len) == -1 ||
	    getsockname(fd, (struct sockaddr *)&sin, &len) == -1)
		return (-1);
	snprintf(d->address, sizeof(d->address), "127.0.0.1:%d",
	    ntohs(sin.sin_port));
	setenv("FU_DNS", d->address, 1);
	if ((d->pid = fork()) == 0) {
		dnsd_loop(fd, rows);
		_exit(0);
	}
	close(fd);
	return (d->pid == -1 ? -1 : 0);
}

static inline void
dnsd_stop(struct dnsd *d)
{
	if (d->pid > 0) {
		kill(d->pid, SIGKILL);
		waitpid(d->pid, NULL, 0);
	}
	unsetenv("FU_DNS");
}

#endif
