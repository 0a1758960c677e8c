/*
 * via: exec:/path: one record in, one record out; how an operator adds a
 * transport without touching C.
 *
 * Must never take silence for success.
 */
#include <string.h>

#include "channel/channel.h"
#include "channel/program.h"
#include "record/json.h"

static int
exec_open(struct fu_chan *channel, struct fu_err *err)
{
	const char *path = strchr(channel->conf.via, ':');

	if (path == NULL || path[1] != '/')
		return (fu_err_set(err, FU_ECONFIG,
		    "%s:%d: via: exec: needs a path from the root, "
		    "exec:/usr/local/bin/program",
		    channel->conf.where.file != NULL ?
		    channel->conf.where.file : "fu.yaml",
		    channel->conf.where.line));
	channel->state = fu_dup(&channel->arena, path + 1);
	return (0);
}

/* What the program reads: all that is needed to deliver, on one line. */
static void
write_record(const struct fu_delivery *d, struct fu_buf *out)
{
	struct fu_jw jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "delivery");
	fu_jw_str(&jw, "channel", d->kind);
	fu_jw_str(&jw, "id", d->id);
	fu_jw_str(&jw, "from", d->from);
	fu_jw_str(&jw, "to", d->to);
	fu_jw_time(&jw, "at", d->at_us);
	if (d->envelope_from != NULL)
		fu_jw_str(&jw, "envelope_from", d->envelope_from);
	if (d->subject != NULL)
		fu_jw_str(&jw, "subject", d->subject);
	if (d->text != NULL)
		fu_jw_str(&jw, "text", d->text);
	if (d->template != NULL) {
		fu_jw_object(&jw, "template");
		fu_jw_str(&jw, "name", d->template->name);
		fu_jw_str(&jw, "language", d->template->language);
		fu_jw_array(&jw, "parameters");
		for (size_t i = 0; i < d->parameters.n; i++)
			fu_jw_str(&jw, NULL, d->parameters.item[i]);
		fu_jw_array_end(&jw);
		fu_jw_object_end(&jw);
	}
	if (d->mail.len > 0)
		fu_jw_span(&jw, "mail", d->mail);
	if (d->record.len > 0)
		fu_jw_raw(&jw, "record", d->record);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
}

/* {"status":"sent|retry|failed","id":…,"reason":…} */
static bool
take_answer(struct fu_delivery *d, struct fu_str out, struct fu_arena *arena)
{
	struct fu_object object;
	const char *status;
	struct fu_err err;

	if (fu_json_object(arena, fu_str_trim(out), &object, &err) == -1)
		return (false);
	status = fu_json_text(arena, fu_json_get(&object, "status"));
	if (fu_streq(status, "sent"))
		d->status = FU_D_SENT;
	else if (fu_streq(status, "retry"))
		d->status = FU_D_RETRY;
	else if (fu_streq(status, "failed"))
		d->status = FU_D_FAILED;
	else
		return (false);
	d->relay_id = fu_json_scalar_text(arena, fu_json_get(&object, "id"));
	d->reason = fu_json_text(arena, fu_json_get(&object, "reason"));
	d->detail = fu_json_text(arena, fu_json_get(&object, "detail"));
	return (true);
}

static int
deliver_one(struct fu_chan *channel, struct fu_delivery *d,
    struct fu_arena *arena, struct fu_err *err)
{
	const char *path = channel->state, *argv[] = { path, NULL };
	struct fu_program program;
	struct fu_buf record;
	int ret;

	fu_buf_init(&record);
	write_record(d, &record);
	ret = fu_program_run(argv, fu_buf_view(&record), FU_PROGRAM_SECONDS,
	    arena, &program, err);
	fu_buf_free(&record);
	if (ret == -1)
		return (-1);
	d->code = program.status;
	if (!program.timed_out && take_answer(d, program.out, arena))
		return (0);
	/* It ran and did not say: it may have sent. */
	d->status = FU_D_UNCERTAIN;
	d->reason = program.timed_out ? "timeout" : "no_answer";
	if (!program.timed_out && program.status == FU_ETEMP) {
		d->status = FU_D_RETRY;
		d->reason = "program";
	}
	d->detail = fu_printf(arena, "%s ended with status %d", path,
	    program.status);
	return (0);
}

static int
exec_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	return (fu_channel_each(channel, delivery, n, arena, deliver_one,
	    err));
}

static void
exec_close(struct fu_chan *channel)
{
	(void)channel;
}

const struct fu_channel_ops fu_channel_exec = {
	"exec", exec_open, exec_deliver, exec_close
};
