/*
 * via: sendmail: a mail on the standard input of a local program.
 *
 * Must never let an address be taken for an option.
 */
#include <string.h>
#include <sysexits.h>

#include "channel/channel.h"
#include "channel/program.h"

#define DEFAULT_PROGRAM "/usr/sbin/sendmail"

static int
sendmail_open(struct fu_chan *channel, struct fu_err *err)
{
	(void)err;
	if (channel->conf.path == NULL)
		channel->conf.path = DEFAULT_PROGRAM;
	return (0);
}

/* Programs read LF; CRLF of ours would become CR CR LF in some. */
static struct fu_str
with_lf(struct fu_str mail, struct fu_arena *arena)
{
	char *bytes = fu_dup_str(arena, mail);
	size_t i, n = 0;

	for (i = 0; i < mail.len; i++)
		if (bytes[i] != '\r')
			bytes[n++] = bytes[i];
	return ((struct fu_str){ bytes, n });
}

/* The exit status as sendmail's own callers read it. */
static void
take_status(struct fu_delivery *d, const struct fu_program *program)
{
	d->code = program->status;
	d->reason = "sendmail";
	switch (program->status) {
	case EX_OK:
		d->status = FU_D_SENT;
		d->reason = NULL;
		break;
	case EX_NOUSER:
		d->bounce = FU_B_HARD;
		d->status = FU_D_FAILED;
		break;
	case EX_NOHOST:
	case EX_DATAERR:
	case EX_NOPERM:
	case EX_PROTOCOL:
		d->status = FU_D_FAILED;
		break;
	case EX_TEMPFAIL:
	case EX_UNAVAILABLE:
	case EX_OSERR:
	case EX_OSFILE:
	case EX_IOERR:
	case EX_CANTCREAT:
	case EX_CONFIG:
	case EX_SOFTWARE:
		d->status = FU_D_RETRY;
		break;
	case EX_USAGE:
		d->status = FU_D_FAILED;
		break;
	default:
		/* A signal, or a status that says nothing: who knows. */
		d->status = FU_D_UNCERTAIN;
	}
}

static void
refuse(struct fu_delivery *d, const char *detail)
{
	d->status = FU_D_FAILED;
	d->reason = "header_injection";
	d->detail = detail;
}

static int
deliver_one(struct fu_chan *channel, struct fu_delivery *d,
    struct fu_arena *arena, struct fu_err *err)
{
	const char *from = d->envelope_from;
	const char *argv[] = { channel->conf.path, "-i", "-f", from, "--",
		d->to, NULL };
	struct fu_program program;

	if (from == NULL || from[0] == '\0')
		argv[3] = "<>";
	if (d->to[0] == '-' || argv[3][0] == '-') {
		refuse(d, "an address that begins with '-'");
		return (0);
	}
	if (fu_program_run(argv, with_lf(d->mail, arena), FU_PROGRAM_SECONDS,
	    arena, &program, err) == -1)
		return (-1);
	if (program.timed_out) {
		d->status = FU_D_UNCERTAIN;
		d->reason = "timeout";
		return (0);
	}
	take_status(d, &program);
	if (program.out.len > 0)
		d->detail = program.out.ptr;
	return (0);
}

static int
sendmail_deliver(struct fu_chan *channel, struct fu_delivery *delivery,
    size_t n, struct fu_arena *arena, struct fu_err *err)
{
	return (fu_channel_each(channel, delivery, n, arena, deliver_one,
	    err));
}

static void
sendmail_close(struct fu_chan *channel)
{
	(void)channel;
}

const struct fu_channel_ops fu_channel_sendmail = {
	"sendmail", sendmail_open, sendmail_deliver, sendmail_close
};
