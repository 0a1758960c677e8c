/*
 * fu-web: the server behind a site's widget, the links of messages, webhooks
 * of services and a rep's page.  Its access log is its output.
 */
#include "web/web.h"

static const char help[] =
"usage: fu-web [-qv] [-c FILE] [-d DB] [-l ADDRESS:PORT] [-u USER]\n"
"              [--no-wake] [--site DIR] [--at TIME]\n"
"\n"
"Serve HTTP until a signal comes; a front proxy gives it a certificate.  What\n"
"it answers, and whom, stands in fu.yaml under web:.\n"
"\n"
"  -l, --listen ADDRESS:PORT  where (web.listen, 127.0.0.1:8087); port 0: any\n"
"  -u, --user USER  who to become when root starts it (web.user)\n"
"  --site DIR       serve the files of DIR as well, to try the widget\n"
"  --no-wake        leave fu-due | fu-send to cron\n"
"  --at TIME        believe that it is TIME (rehearsals)\n"
"  -d, --db FILE    the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q, -v           say less, say more\n"
"  -h, --help       this text; -V, --version: which fu this is\n"
"\n"
"fu-web(1) has examples, fu(7) puts it behind nginx and Caddy.\n";

enum { OPT_SITE = 256, OPT_NO_WAKE };

static const struct option longopts[] = {
	{ "at", required_argument, NULL, FU_OPT_AT },
	{ "config", required_argument, NULL, 'c' },
	{ "db", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ "listen", required_argument, NULL, 'l' },
	{ "no-wake", no_argument, NULL, OPT_NO_WAKE },
	{ "quiet", no_argument, NULL, 'q' },
	{ "site", required_argument, NULL, OPT_SITE },
	{ "user", required_argument, NULL, 'u' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct fu_web_opt	 web = { .wake = true };
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-web", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, "c:d:hl:qu:vV", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (c == 'l')
			web.listen = optarg;
		if (c == 'u')
			web.user = optarg;
		if (c == OPT_SITE)
			web.site = optarg;
		if (c == OPT_NO_WAKE)
			web.wake = false;
	}
	if (optind < argc)
		return (fu_opt_usage(&opt, "what is \"%s\"?", argv[optind]));

	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | FU_S_WRITE, &err);
	if (rc == 0) {
		web.wake = web.wake && session.config.web.wake;
		rc = fu_web_run(&session, &opt.clock, &web, &err);
	}
	return (fu_session_close(&session, rc, &err));
}
