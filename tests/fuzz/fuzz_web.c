/*
 * Any bytes as what a request carries beside its body: a visitor's token, the
 * tail and query of a signed link, X-Forwarded-For and an origin.  Nothing of
 * it is ours, and an address is an address.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/click.h"
#include "web/origin.h"
#include "web/visitor.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char	*proxy[] = { "30303030", "7f000001" };
	struct fu_web_access	 access = { .proxies = { proxy, 2 } };
	struct fu_keys		 keys = { .n = 1 };
	struct fu_token		 token;
	struct fu_arena		 a;
	char			 id[FU_VISITOR_MAX], out[64], *text, *half;
	bool			 kept;

	fu_arena_init(&a);
	memcpy(keys.key[0].bytes, "0123456789abcdef0123456789abcdef", 32);
	keys.key[0].len = 32;
	text = fu_dup_str(&a, (struct fu_str){ (const char *)data, size });
	if (fu_visitor_check(&keys, fu_str_of(text), id, &kept))
		abort();
	if ((half = strchr(text, '?')) != NULL) {
		*half = '\0';
		if (fu_click_check(&keys, text, half + 1, &token, &a) != NULL)
			abort();
		*half = '?';
	}
	fu_access_client(&access, "127.0.0.1", text, out, sizeof(out));
	if (strlen(out) >= sizeof(out) || strpbrk(out, "\r\n,\"<") != NULL)
		abort();
	(void)fu_address_key(out);
	(void)fu_origin_of(fu_str_of(text), &a);
	fu_arena_free(&a);
	return (0);
}
