/*
 * Alerts put down: a row a destination, once a cause and day.
 *
 * Must never send: that is fu-send's.
 */
#include "flow/alert.h"
#include "store/dispatch.h"
#include "store/limits.h"

static const char *
destination_json(const struct fu_destination *to, size_t i,
    struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*json;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "via", to->via);
	if (to->address != NULL)
		fu_jw_str(&jw, "address", to->address);
	fu_jw_str(&jw, "list", "alerts");
	fu_jw_int(&jw, "index", (int64_t)i);
	fu_jw_object_end(&jw);
	json = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (json);
}

static const char *
package_json(const char *cause, const char *text, int64_t at_us,
    struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*json;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "alert");
	fu_jw_str(&jw, "cause", cause);
	fu_jw_str(&jw, "text", text);
	fu_jw_time(&jw, "fired_at", at_us);
	fu_jw_object_end(&jw);
	json = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (json);
}

int
fu_alert_tell(struct fu_session *s, const char *cause, const char *text,
    struct fu_err *err)
{
	const struct fu_config	*config = &s->config;
	int32_t			 day = fu_zone_day(config->company.zone,
	    s->store.now_us);
	struct fu_dispatch	 d;
	int			 rc;

	if (config->nalerts == 0 ||
	    (rc = fu_alert_once(&s->store, cause, day, err)) == 0)
		return (0);
	for (size_t i = 0; rc == 1 && i < config->nalerts; i++) {
		d = (struct fu_dispatch){ .kind = "alert", .number = (int)i,
			.state = FU_T_PLANNED, .due_us = s->store.now_us,
			.next_us = s->store.now_us, .expires_us = FU_NEVER,
			.lease_us = FU_NEVER, .destination = destination_json(
			    &config->alerts[i], i, &s->arena),
			.package = package_json(cause, text, s->store.now_us,
			    &s->arena) };
		if (fu_dispatch_add(&s->store, &d, err) == -1)
			return (-1);
	}
	return (rc == -1 ? -1 : 0);
}

int
fu_alert(struct fu_session *s, const char *cause, const char *text,
    struct fu_err *err)
{
	fu_say(s->opt, "%s", text);
	return (fu_alert_tell(s, cause, text, err));
}
