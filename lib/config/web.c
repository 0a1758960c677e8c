/*
 * What fu-web listens on, whom it answers and how much of it.
 *
 * A table and its defaults; what an address or an origin is, is asked by
 * fu-web when it starts.
 */
#include <stddef.h>
#include <string.h>

#include "config/load.h"

#define AT(member) offsetof(struct fu_config, web.member)
#define N(keys) (sizeof(keys) / sizeof((keys)[0]))

static const struct fu_keydef limit_keys[] = {
	{ .name = "body", .type = FU_KT_INT, .offset = AT(body_kib), .min = 1,
	    .max = 1024, .doc = "KiB of what a browser sends, 64 unless said" },
	{ .name = "visitor", .type = FU_KT_INT, .offset = AT(visitor_minute),
	    .max = 1000000,
	    .doc = "Requests of a visitor a minute, 120 unless said; 0: any" },
	{ .name = "address", .type = FU_KT_INT, .offset = AT(address_minute),
	    .max = 100000000,
	    .doc = "Requests of an address a minute, 1200 unless said; 0: any" },
	{ .name = "connections", .type = FU_KT_INT, .offset = AT(connections),
	    .min = 16, .max = 100000,
	    .doc = "Open at a time, 8000 unless said" },
	{ .name = "timeout", .type = FU_KT_DURATION, .offset = AT(timeout_us),
	    .doc = "How long a request may take to come, 15s unless said" },
};
static const struct fu_table limit_table = { .what = "web.limits",
	.key = limit_keys, .n = N(limit_keys) };

static const struct fu_keydef keys[] = {
	{ .name = "listen", .type = FU_KT_LINE, .offset = AT(listen),
	    .doc = "Address and port, \"127.0.0.1:8087\" unless said" },
	{ .name = "origins", .type = FU_KT_LIST, .offset = AT(origins),
	    .doc = "Sites that carry the widget, beside company.site and chat.origins" },
	{ .name = "proxies", .type = FU_KT_LIST, .offset = AT(proxies),
	    .doc = "Addresses whose X-Forwarded-For is believed" },
	{ .name = "limits", .type = FU_KT_MAP, .table = &limit_table,
	    .doc = "How much of it" },
	{ .name = "identify", .type = FU_KT_SECRET, .offset = AT(identify),
	    .doc = "What your site signs fu.identify() with" },
	{ .name = "user", .type = FU_KT_LINE, .offset = AT(user),
	    .doc = "Who it becomes when root starts it" },
	{ .name = "wake", .type = FU_KT_BOOL, .offset = AT(wake),
	    .doc = "Whether it runs fu-due | fu-send for what is due at once; true unless said" },
};
const struct fu_table fu_web_table = { .what = "web", .key = keys,
	.n = N(keys) };

void
fu_web_defaults(struct fu_config *config)
{
	config->web.listen = "127.0.0.1:8087";
	config->web.body_kib = 64;
	config->web.visitor_minute = 120;
	config->web.address_minute = 1200;
	config->web.connections = 8000;
	config->web.timeout_us = 15 * FU_SECOND;
	config->web.wake = true;
}

const char *
fu_web_address(const struct fu_config *config, const char *path,
    const char *tail, struct fu_arena *arena)
{
	const char	*web = config->company.web;
	size_t		 len;

	if (fu_blank(web))
		return (NULL);
	for (len = strlen(web); len > 0 && web[len - 1] == '/'; len--)
		continue;
	return (fu_printf(arena, "%.*s%s%s", (int)len, web, path, tail));
}
