/* The transports that need no server: outbox, exec, sendmail, and the table. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/sig.h"
#include "channel/channel.h"

struct box {
	char			 dir[32];
	struct fu_arena		 arena;
	struct fu_channel_conf	 conf;
	struct fu_err		 err;
};

static void
make(struct box *b, const char *via)
{
	memset(b, 0, sizeof(*b));
	strcpy(b->dir, "/tmp/fu-box-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	fu_arena_init(&b->arena);
	b->conf.via = via;
	b->conf.path = fu_printf(&b->arena, "%s/out", b->dir);
}

static void
drop(struct box *b)
{
	char command[64];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", b->dir);
	assert_int_equal(system(command), 0);
	fu_arena_free(&b->arena);
}

static struct fu_delivery
mail(const char *id)
{
	struct fu_delivery d = { .kind = "email", .id = id,
		.envelope_from = "b@example.com", .from = "ada@example.com",
		.to = "ann@example.org", .at_us = INT64_C(1795437000000000),
		.mail = FU_STR("Subject: x\r\n\r\nbody\r\n") };

	return (d);
}

static size_t
files(const char *dir, const char *sub)
{
	struct dirent *entry;
	char path[80];
	size_t n = 0;
	DIR *d;

	(void)snprintf(path, sizeof(path), "%s/out/%s", dir, sub);
	assert_non_null(d = opendir(path));
	while ((entry = readdir(d)) != NULL)
		n += entry->d_name[0] != '.';
	closedir(d);
	return (n);
}

static const char *
slurp(struct fu_arena *arena, const char *path)
{
	char *text = NULL;
	const char *copy;
	size_t size = 0;
	FILE *f;

	if ((f = fopen(path, "r")) == NULL)
		fail_msg("no %s", path);
	if (getdelim(&text, &size, '\0', f) == -1)
		fail_msg("nothing in %s", path);
	copy = fu_dup(arena, text);
	free(text);
	fclose(f);
	return (copy);
}

static bool
never(void *ctx, struct fu_delivery *d)
{
	(void)ctx;
	(void)d;
	return (false);
}

static void
test_outbox(void **state)
{
	struct fu_delivery d[3];
	struct fu_chan *channel;
	const char *text, *old, *new;
	struct stat st;
	struct box b;

	(void)state;
	make(&b, "outbox");
	channel = fu_channel_open(&b.conf, &b.err);
	assert_non_null(channel);
	assert_true(fu_channel_is_local(channel));
	d[0] = mail("<1@example.com>");
	d[1] = mail("<2@example.com>");
	d[2] = mail("<3@example.com>");
	d[2].may_start = never;
	assert_int_equal(fu_channel_deliver(channel, d, 3, &b.arena, &b.err),
	    0);
	assert_int_equal(d[0].status, FU_D_SENT);
	assert_int_equal(d[2].status, FU_D_NOT_STARTED);
	assert_int_equal(files(b.dir, "new"), 2);
	assert_int_equal(files(b.dir, "tmp"), 0);
	new = fu_printf(&b.arena, "%s/new/%s", b.conf.path, d[0].relay_id);
	assert_string_equal(slurp(&b.arena, new),
	    "Subject: x\r\n\r\nbody\r\n");
	assert_int_equal(stat(new, &st), 0);
	assert_int_equal(st.st_mtime, 1795437000);
	/* Read by somebody, then sent again: still one. */
	old = fu_printf(&b.arena, "%s/cur/%s:2,S", b.conf.path, d[0].relay_id);
	assert_int_equal(rename(new, old), 0);
	fu_channel_close(channel);
	channel = fu_channel_open(&b.conf, &b.err);
	assert_int_equal(fu_channel_deliver(channel, d, 2, &b.arena, &b.err),
	    0);
	assert_int_equal(d[0].status, FU_D_SENT);
	assert_int_equal(files(b.dir, "new"), 1);
	assert_int_equal(files(b.dir, "cur"), 1);

	d[0] = (struct fu_delivery){ .kind = "sms", .id = "t-9",
		.from = "Example Ltd", .to = "+13055550100",
		.text = "Hi Ann \xe2\x80\x93 it is ready\n",
		.at_us = INT64_C(1795437000000000) };
	assert_int_equal(fu_channel_deliver(channel, d, 1, &b.arena, &b.err),
	    0);
	text = slurp(&b.arena, fu_printf(&b.arena, "%s/new/%s", b.conf.path,
	    d[0].relay_id));
	assert_non_null(strstr(text, "\r\nX-Fu-Channel: sms\r\n"));
	assert_non_null(strstr(text, "\r\nX-Fu-To: +13055550100\r\n"));
	assert_non_null(strstr(text, "\r\nSubject: SMS to +13055550100\r\n"));
	assert_non_null(strstr(text,
	    "\r\nTo: +13055550100 <+13055550100@sms.invalid>\r\n"));
	assert_non_null(strstr(text, "From: Example Ltd <fu@invalid>\r\n"));
	assert_non_null(strstr(text, "Hi Ann "));
	fu_channel_close(channel);
	drop(&b);
}

static void
write_program(struct box *b, const char *name, const char *body)
{
	const char *path = fu_printf(&b->arena, "%s/%s", b->dir, name);
	FILE *f;

	assert_non_null(f = fopen(path, "w"));
	fprintf(f, "#!/bin/sh\n%s\n", body);
	fclose(f);
	assert_int_equal(chmod(path, 0700), 0);
}

static void
test_exec(void **state)
{
	static const struct {
		const char			*body;
		enum fu_delivery_status	 status;
		const char			*reason;
	} cases[] = {
		{ "cat > $0.in; echo '{\"status\":\"sent\",\"id\":\"x1\"}'",
		    FU_D_SENT, NULL },
		{ "cat > $0.in; echo '{\"status\":\"failed\","
		    "\"reason\":\"no_such\"}'", FU_D_FAILED, "no_such" },
		{ "echo '{\"status\":\"retry\"}'", FU_D_RETRY, NULL },
		{ "exit 0", FU_D_UNCERTAIN, "no_answer" },
		{ "exit 75", FU_D_RETRY, "program" }
	};
	struct fu_chan *channel;
	struct fu_delivery d;
	struct box b;
	size_t i;

	(void)state;
	make(&b, NULL);
	b.conf.via = fu_printf(&b.arena, "exec:%s/program", b.dir);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		write_program(&b, "program", cases[i].body);
		channel = fu_channel_open(&b.conf, &b.err);
		assert_non_null(channel);
		assert_false(fu_channel_is_local(channel));
		d = mail("<1@example.com>");
		d.record = FU_STR("{\"type\":\"touch\",\"touch\":1.0}");
		assert_int_equal(fu_channel_deliver(channel, &d, 1, &b.arena,
		    &b.err), 0);
		assert_int_equal(d.status, cases[i].status);
		if (cases[i].reason != NULL)
			assert_string_equal(d.reason, cases[i].reason);
		fu_channel_close(channel);
	}
	assert_non_null(strstr(slurp(&b.arena, fu_printf(&b.arena,
	    "%s/program.in", b.dir)), "\"to\":\"ann@example.org\""));
	assert_non_null(strstr(slurp(&b.arena, fu_printf(&b.arena,
	    "%s/program.in", b.dir)),
	    "\"record\":{\"type\":\"touch\",\"touch\":1.0}"));
	b.conf.via = "exec:/nowhere/at/all";
	channel = fu_channel_open(&b.conf, &b.err);
	assert_int_equal(fu_channel_deliver(channel, &d, 1, &b.arena, &b.err),
	    -1);
	assert_int_equal(b.err.class, FU_ECONFIG);
	assert_int_equal(d.status, FU_D_NOT_STARTED);
	fu_channel_close(channel);
	drop(&b);
}

static void
test_sendmail(void **state)
{
	static const struct {
		const char			*body;
		enum fu_delivery_status	 status;
		bool				 hard;
	} cases[] = {
		{ "echo \"$@\" > $0.args; cat > $0.in", FU_D_SENT, false },
		{ "exit 67", FU_D_FAILED, true },
		{ "exit 75", FU_D_RETRY, false },
		{ "kill -9 $$", FU_D_UNCERTAIN, false }
	};
	struct fu_chan *channel;
	struct fu_delivery d;
	struct box b;
	size_t i;

	(void)state;
	make(&b, "sendmail");
	b.conf.path = fu_printf(&b.arena, "%s/program", b.dir);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		write_program(&b, "program", cases[i].body);
		channel = fu_channel_open(&b.conf, &b.err);
		d = mail("<1@example.com>");
		assert_int_equal(fu_channel_deliver(channel, &d, 1, &b.arena,
		    &b.err), 0);
		assert_int_equal(d.status, cases[i].status);
		assert_int_equal(d.bounce == FU_B_HARD, cases[i].hard);
		fu_channel_close(channel);
	}
	assert_string_equal(slurp(&b.arena, fu_printf(&b.arena,
	    "%s/program.args", b.dir)),
	    "-i -f b@example.com -- ann@example.org\n");
	assert_string_equal(slurp(&b.arena, fu_printf(&b.arena,
	    "%s/program.in", b.dir)), "Subject: x\n\nbody\n");
	channel = fu_channel_open(&b.conf, &b.err);
	d = mail("<1@example.com>");
	d.to = "-oQ/tmp@example.org";
	assert_int_equal(fu_channel_deliver(channel, &d, 1, &b.arena, &b.err),
	    0);
	assert_int_equal(d.status, FU_D_FAILED);
	fu_channel_close(channel);
	drop(&b);
}

static void
test_table(void **state)
{
	struct fu_channel_conf conf = { .via = "pigeon",
		.where = { "fu.yaml", 14, 8 } };
	struct fu_err err;

	(void)state;
	assert_null(fu_channel_open(&conf, &err));
	assert_int_equal(err.class, FU_ECONFIG);
	assert_non_null(strstr(err.msg, "fu.yaml:14:8: "));
	assert_non_null(strstr(err.msg, "via: outbox"));
	conf.via = "outbox";
	assert_null(fu_channel_open(&conf, &err));
	conf.via = "slack";
	assert_null(fu_channel_open(&conf, &err));
	assert_int_equal(err.class, FU_ECONFIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outbox),
		cmocka_unit_test(test_exec),
		cmocka_unit_test(test_sendmail),
		cmocka_unit_test(test_table)
	};

	fu_sig_install();
	return (cmocka_run_group_tests(tests, NULL, NULL));
}
