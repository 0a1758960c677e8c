/* Requests of other services: whose they are, and what they tell of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "content/hook.h"
#include "content/token.h"

#define NOW	(INT64_C(1772463600) * FU_SECOND)	/* 2026-03-02T15:00Z */

static struct fu_keys
keys(void)
{
	struct fu_keys k = { .n = 1 };

	k.key[0].len = 32;
	memcpy(k.key[0].bytes, "0123456789abcdef0123456789abcdef", 32);
	return (k);
}

/* The events of a body, by one of the readers. */
struct world {
	struct fu_arena		 arena;
	struct fu_buf		 out;
	struct fu_keys		 keys;
	struct fu_hook_in	 in;
	struct fu_err		 err;
};

static void
world_init(struct world *w)
{
	static const char *demo[] = { "*demo*" };
	static const struct fu_list demos = { demo, 1 };

	fu_arena_init(&w->arena);
	fu_buf_init(&w->out);
	w->keys = keys();
	w->in = (struct fu_hook_in){ .keys = &w->keys, .demo = &demos,
		.now_us = NOW, .arena = &w->arena, .out = &w->out };
}

static void
world_free(struct world *w)
{
	fu_buf_free(&w->out);
	fu_arena_free(&w->arena);
}

static void
says(struct world *w, const char *want)
{
	assert_string_equal(w->out.ptr != NULL ? w->out.ptr : "", want);
	fu_buf_reset(&w->out);
}

static bool
twilio_signs(struct world *w, const char *url, const char *form,
    const char *said)
{
	struct fu_hook_pairs fields;

	assert_int_equal(fu_hook_form(fu_str_of(form), &w->arena, &fields,
	    NULL), 0);
	return (fu_sign_twilio("12345", fu_str_of(url), &fields,
	    fu_str_of(form), fu_str_of(said)));
}

static void
SM_02_signatures_of_twilio(void **state)
{
	static const char url[] =
	    "https://mycompany.com/myapp.php?foo=1&bar=2";
	static const char form[] = "Digits=1234&To=%2B18005551212&"
	    "From=%2B12349013030&Caller=%2B12349013030&"
	    "CallSid=CA1234567890ABCDE";
	static const char good[] = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";
	static const char stop[] = "AccountSid=AC0&Body=STOP&From=%2B14155550"
	    "100&MessageSid=SM1&NumMedia=0&OptOutType=STOP&To=%2B15105550101";
	struct world w;

	(void)state;
	world_init(&w);
	assert_true(twilio_signs(&w, url, form, good));
	assert_true(twilio_signs(&w,
	    "https://mycompany.com:443/myapp.php?foo=1&bar=2", form, good));
	assert_true(twilio_signs(&w, "https://example.com/hooks/sms", stop,
	    "ctf4yC2I6DdVnZc95BPiNDCvm4g="));
	assert_false(twilio_signs(&w, "https://example.com:8443/hooks/sms",
	    stop, "ctf4yC2I6DdVnZc95BPiNDCvm4g="));
	assert_false(twilio_signs(&w, "http://example.com/hooks/sms", stop,
	    "ctf4yC2I6DdVnZc95BPiNDCvm4g="));
	assert_false(twilio_signs(&w, url, form, ""));
	assert_false(twilio_signs(&w, url, form,
	    "0/KCTR6DLpKmkAf8muzZqo1nDgQ"));
	assert_false(twilio_signs(&w, url, "Digits=1235", good));
	/* A field that nobody knows counts, too. */
	assert_false(twilio_signs(&w, "https://example.com/hooks/sms",
	    "New=1&AccountSid=AC0", "ctf4yC2I6DdVnZc95BPiNDCvm4g="));
	assert_false(fu_sign_twilio("", fu_str_of(url), NULL,
	    fu_str_of(form), fu_str_of(good)));
	world_free(&w);
}

/* "+" is a blank before it is signed, %2B a plus; JSON is signed by its hash. */
static void
SM_02_blanks_and_json(void **state)
{
	static const char body[] = "{\"a\":1}";
	struct world w;
	struct fu_buf text;
	uint8_t mac[20], sum[32];
	char said[32], hex[65];

	(void)state;
	world_init(&w);
	fu_hmac_sha1(FU_STR("12345"), "https://x.example/a b+c", 23, mac);
	fu_base64(mac, 20, said);
	assert_true(twilio_signs(&w, "https://x.example/", "a+b=%2Bc", said));
	fu_sha256(body, strlen(body), sum);
	fu_hex(sum, 32, hex);
	fu_buf_init(&text);
	fu_buf_printf(&text, "https://x.example/?bodySHA256=%s", hex);
	fu_hmac_sha1(FU_STR("12345"), text.ptr, text.len, mac);
	fu_base64(mac, 20, said);
	assert_true(fu_sign_twilio("12345", fu_buf_view(&text), NULL,
	    fu_str_of(body), fu_str_of(said)));
	assert_false(fu_sign_twilio("12345", fu_buf_view(&text), NULL,
	    FU_STR("{\"a\":2}"), fu_str_of(said)));
	fu_buf_free(&text);
	world_free(&w);
}

static void
WA_07_the_signature_is_of_the_bytes(void **state)
{
	static const char hex[] = "09eceea024af6e6343b760cc9bd3ae7c056938dd"
	    "636e24e92109eb8219500384";
	struct fu_str body =
	    FU_STR("{\"object\":\"whatsapp_business_account\",\"entry\":[]}");
	char said[80] = "sha256=";

	(void)state;
	strcat(said, hex);
	assert_true(fu_sign_sha256("appsecret", body, fu_str_of(said)));
	assert_true(fu_sign_sha256("appsecret", body, fu_str_of(hex)));
	assert_false(fu_sign_sha256("appsecret", FU_STR("{\"object\": "
	    "\"whatsapp_business_account\",\"entry\":[]}"),
	    fu_str_of(said)));
	assert_false(fu_sign_sha256("other", body, fu_str_of(said)));
	assert_false(fu_sign_sha256("appsecret", body, fu_str_of(NULL)));
	assert_false(fu_sign_sha256("appsecret", body, FU_STR("sha256=")));
	assert_false(fu_sign_sha256("", body, fu_str_of(said)));
	assert_false(fu_sign_sha256(NULL, body, fu_str_of(said)));
}

static void
test_stamped_and_bearer(void **state)
{
	struct fu_str body = FU_STR("{}");
	uint8_t mac[32];
	char hex[65], said[120];

	(void)state;
	fu_hmac_sha256(FU_STR("key"), "1772463600.{}", 13, mac);
	fu_hex(mac, 32, hex);
	(void)snprintf(said, sizeof(said), "t=1772463600, v1=%s", hex);
	assert_true(fu_sign_stamped("key", body, fu_str_of(said), NOW));
	assert_true(fu_sign_stamped("key", body, fu_str_of(said),
	    NOW + 5 * FU_MINUTE));
	assert_false(fu_sign_stamped("key", body, fu_str_of(said),
	    NOW + 5 * FU_MINUTE + FU_SECOND));
	assert_false(fu_sign_stamped("key", body, fu_str_of(said),
	    NOW - 6 * FU_MINUTE));
	assert_false(fu_sign_stamped("key", FU_STR("{ }"), fu_str_of(said),
	    NOW));
	assert_false(fu_sign_stamped("key", body, FU_STR("t=,v1="), NOW));
	assert_false(fu_sign_stamped("key", body, fu_str_of(hex), NOW));
	assert_true(fu_sign_bearer("key", FU_STR("Bearer key")));
	assert_true(fu_sign_bearer("key", FU_STR("bearer  key ")));
	assert_false(fu_sign_bearer("key", FU_STR("Bearer ke")));
	assert_false(fu_sign_bearer("key", FU_STR("Basic key")));
	assert_false(fu_sign_bearer("", FU_STR("Bearer ")));
}

static void
test_request(void **state)
{
	static const struct {
		const char	*text;
		int		 rc;
	} cases[] = {
		{ "POST /a?b=c HTTP/1.1\r\nHost: x\r\n\r\nbody", 0 },
		{ "POST /a?b=c HTTP/1.1\nhost: x\n\nbody", 0 },
		{ "POST /a?b=c HTTP/1.1\r\nHost:x\r\ncontent-length: 4\r\n"
		    "\r\nbodymore", 0 },
		{ "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nbody", -1 },
		{ "POST /a HTTP/1.1\r\nContent-Length: -1\r\n\r\nbody", -1 },
		{ "POST /a HTTP/1.1\r\nContent-Length: 99999999999999\r\n"
		    "\r\nbody", -1 },
		{ "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
		    "\r\n0\r\n\r\n", -1 },
		{ "POST /a HTTP/1.1\r\nHost: x\r\n", -1 },
		{ "POST /a HTTP/1.1\r\nno header\r\n\r\n", -1 },
		{ "POST /a\r\n\r\n", -1 }, { "{}\n", -1 }, { "", -1 },
	};
	struct fu_hook_request r;
	struct fu_arena arena;
	size_t i;

	(void)state;
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (fu_hook_request_parse(fu_str_of(cases[i].text), &arena,
		    &r, NULL) != cases[i].rc)
			fail_msg("%s", cases[i].text);
		if (cases[i].rc == -1)
			continue;
		assert_true(fu_str_is(r.method, "POST"));
		assert_true(fu_str_is(r.path, "/a"));
		assert_true(fu_str_is(r.query, "b=c"));
		assert_true(fu_str_is(r.body, "body"));
		assert_true(fu_str_is(fu_hook_header(&r, "HOST"), "x"));
		assert_null(fu_hook_header(&r, "Hos").ptr);
	}
	fu_arena_free(&arena);
}

static void
test_form(void **state)
{
	struct fu_hook_pairs p;
	struct world w;

	(void)state;
	world_init(&w);
	assert_int_equal(fu_hook_form(FU_STR("a=1+2&&b%3d=%41%zz%4&c&a=3&d="),
	    &w.arena, &p, NULL), 0);
	assert_int_equal(p.n, 5);
	assert_true(fu_str_is(fu_hook_field(&p, "a"), "1 2"));
	assert_true(fu_str_is(fu_hook_field(&p, "b="), "A%zz%4"));
	assert_true(fu_str_is(fu_hook_field(&p, "c"), ""));
	assert_null(fu_hook_field(&p, "e").ptr);
	assert_string_equal(fu_hook_text(FU_STR("a\r\nb\0c\x1b\xff\xc3\xa9"),
	    &w.arena), "a\nb c \xef\xbf\xbd\xc3\xa9");
	assert_null(fu_hook_text(FU_STR(""), &w.arena));
	world_free(&w);
}

static int
twilio(struct world *w, const char *query, const char *form)
{
	struct fu_hook_pairs q, f;

	assert_int_equal(fu_hook_form(fu_str_of(query), &w->arena, &q, NULL),
	    0);
	assert_int_equal(fu_hook_form(fu_str_of(form), &w->arena, &f, NULL),
	    0);
	return (fu_hook_twilio(&w->in, &q, &f, &w->err));
}

#define TEXT(kind, more) "{\"event\":\"" kind "\",\"id\":\"SM1\",\"at\":" \
	"\"2026-03-02T15:00:00Z\",\"channel\":\"sms\",\"phone\":" \
	"\"+14155550100\"" more "}\n"

static void
SM_01_a_text_that_comes_in(void **state)
{
	static const char who[] = "MessageSid=SM1&From=%2B14155550100";
	struct world w;

	(void)state;
	world_init(&w);
	assert_int_equal(twilio(&w, "", "MessageSid=SM1&From=%2B14155550100&"
	    "To=%2B13055550100&Body=No+thanks&NumMedia=0&FutureField=x"), 0);
	says(&w, TEXT("reply", ",\"text\":\"No thanks\",\"to\":"
	    "\"+13055550100\""));
	/* What the service made of it counts before the words. */
	assert_int_equal(twilio(&w, "", fu_printf(&w.arena,
	    "%s&Body=Hello&OptOutType=STOP", who)), 0);
	says(&w, TEXT("stop", ",\"text\":\"Hello\""));
	assert_int_equal(twilio(&w, "", fu_printf(&w.arena,
	    "%s&Body=Unstop&OptOutType=START", who)), 0);
	says(&w, TEXT("start", ",\"text\":\"Unstop\""));
	assert_int_equal(twilio(&w, "", fu_printf(&w.arena,
	    "%s&Body=Help&OptOutType=HELP", who)), 0);
	says(&w, TEXT("help", ",\"text\":\"Help\""));
	/* A picture without a word is an answer, too. */
	assert_int_equal(twilio(&w, "", fu_printf(&w.arena, "%s&Body=&"
	    "NumMedia=1&MediaUrl0=https%%3A%%2F%%2Fa.example%%2F1", who)), 0);
	says(&w, TEXT("reply", ",\"media\":[\"https://a.example/1\"]"));
	assert_int_equal(twilio(&w, "", "From=%2B14155550100&Body=x"), -1);
	assert_int_equal(twilio(&w, "", "MessageSid=SM1&Body=x"), -1);
	assert_int_equal(twilio(&w, "", "MessageSid=SM1&From=12345678901234567"
	    "&Body=x"), -1);
	says(&w, "");
	world_free(&w);
}

static void
SM_04_a_report_names_its_touch(void **state)
{
	struct world w;
	const char *id;

	(void)state;
	world_init(&w);
	id = fu_message_id(&w.keys, "55", "x.example", &w.arena);
	id = fu_printf(&w.arena, "id=%.*s", (int)strlen(id) - 2, id + 1);
	assert_int_equal(twilio(&w, id, "MessageSid=SM9&MessageStatus="
	    "undelivered&ErrorCode=30006&To=%2B14155550100"), 0);
	says(&w, "{\"event\":\"delivery\",\"id\":\"SM9:undelivered\",\"at\":"
	    "\"2026-03-02T15:00:00Z\",\"channel\":\"sms\",\"phone\":"
	    "\"+14155550100\",\"status\":\"undelivered\",\"code\":\"30006\","
	    "\"touch\":55,\"provider\":\"twilio\",\"relay_id\":\"SM9\"}\n");
	/* A touch that no key of ours signed is nobody's word. */
	assert_int_equal(twilio(&w, "id=55.aaaaaaaaaaaaaaaa%40x.example",
	    "MessageSid=SM9&MessageStatus=sent&To=whatsapp%3A%2B4915112345678"
	    ), 0);
	says(&w, "{\"event\":\"delivery\",\"id\":\"SM9:sent\",\"at\":"
	    "\"2026-03-02T15:00:00Z\",\"channel\":\"whatsapp\",\"phone\":"
	    "\"+4915112345678\",\"status\":\"sent\",\"provider\":\"twilio\","
	    "\"relay_id\":\"SM9\"}\n");
	id = fu_message_id(&w.keys, "d7", "x.example", &w.arena);
	id = fu_printf(&w.arena, "id=%.*s", (int)strlen(id) - 2, id + 1);
	assert_int_equal(twilio(&w, id, "MessageSid=SM9&MessageStatus=sent"),
	    0);
	says(&w, "{\"event\":\"delivery\",\"id\":\"SM9:sent\",\"at\":"
	    "\"2026-03-02T15:00:00Z\",\"channel\":\"sms\",\"status\":"
	    "\"sent\",\"dispatch\":7,\"provider\":\"twilio\",\"relay_id\":"
	    "\"SM9\"}\n");
	assert_int_equal(twilio(&w, "", "MessageSid=SM9&MessageStatus=queued"),
	    0);
	says(&w, "");
	world_free(&w);
}

static void
whatsapp(struct world *w, const char *value)
{
	const char *body = fu_printf(&w->arena, "{\"object\":\"whatsapp_"
	    "business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{"
	    "\"field\":\"messages\",\"value\":{\"messaging_product\":"
	    "\"whatsapp\",\"metadata\":{\"phone_number_id\":\"1001\"},%s}}]}]"
	    "}", value);

	assert_int_equal(fu_hook_whatsapp(&w->in, fu_str_of(body), &w->err),
	    0);
}

#define SAID(event, text) "{\"event\":\"" event "\",\"id\":\"wamid.A\"," \
	"\"at\":\"2026-03-02T14:59:00Z\",\"channel\":\"whatsapp\"," \
	"\"phone\":\"+4915112345678\"" text "}\n"
#define WHATSAPP(text) SAID("reply", text)
#define MESSAGE(more) "\"messages\":[{\"from\":\"4915112345678\",\"id\":" \
	"\"wamid.A\",\"timestamp\":\"1772463540\"," more "}]"

static void
WA_07_messages(void **state)
{
	static const struct {
		const char	*value, *want;
	} cases[] = {
		{ "\"contacts\":[{\"wa_id\":\"4915112345678\",\"profile\":{"
		    "\"name\":\"Ann Lee\"}}]," MESSAGE("\"type\":\"text\","
		    "\"text\":{\"body\":\"Hi\\u0007 there\"},\"context\":{"
		    "\"id\":\"wamid.0\"}"), WHATSAPP(",\"text\":\"Hi  there\","
		    "\"name\":\"Ann Lee\",\"to\":\"1001\",\"in_reply_to\":"
		    "\"wamid.0\"") },
		{ MESSAGE("\"type\":\"button\",\"button\":{\"text\":\"STOP\","
		    "\"payload\":\"x\"}"), WHATSAPP(",\"text\":\"STOP\","
		    "\"to\":\"1001\",\"kind\":\"button\",\"payload\":"
		    "\"x\"") },
		/* The way out is the payload's, in any language. */
		{ MESSAGE("\"type\":\"button\",\"button\":{\"text\":"
		    "\"Keine Werbung\",\"payload\":\"STOP\"}"),
		    SAID("stop", ",\"text\":\"Keine Werbung\",\"to\":"
		    "\"1001\",\"kind\":\"button\",\"payload\":\"STOP\"") },
		{ MESSAGE("\"type\":\"interactive\",\"interactive\":{"
		    "\"type\":\"button_reply\",\"button_reply\":{\"id\":"
		    "\"stop_promotions\",\"title\":\"No, gracias\"}}"),
		    SAID("stop", ",\"text\":\"No, gracias\",\"to\":"
		    "\"1001\",\"kind\":\"interactive\",\"payload\":"
		    "\"stop_promotions\"") },
		{ MESSAGE("\"type\":\"button\",\"button\":{\"text\":"
		    "\"Another day\",\"payload\":\"cancel\"}"), WHATSAPP(","
		    "\"text\":\"Another day\",\"to\":\"1001\",\"kind\":"
		    "\"button\",\"payload\":\"cancel\"") },
		{ MESSAGE("\"type\":\"interactive\",\"interactive\":{\"type\":"
		    "\"list_reply\",\"list_reply\":{\"id\":\"1\",\"title\":"
		    "\"Pricing\"}}"), WHATSAPP(",\"text\":\"Pricing\",\"to\":"
		    "\"1001\",\"kind\":\"interactive\",\"payload\":\"1\"") },
		{ MESSAGE("\"type\":\"image\",\"image\":{\"id\":\"9\","
		    "\"caption\":\"stop\"}"), WHATSAPP(",\"text\":\"stop\","
		    "\"to\":\"1001\",\"kind\":\"image\"") },
		{ MESSAGE("\"type\":\"audio\",\"audio\":{\"id\":\"9\"}"),
		    WHATSAPP(",\"to\":\"1001\",\"kind\":\"audio\"") },
		{ MESSAGE("\"type\":\"system\",\"system\":{}"), "" },
		{ "\"messages\":[{\"type\":\"text\"},7,null]", "" },
		{ "\"messages\":{}", "" },
		/* A rep, in the app on the same number. */
		{ "\"message_echoes\":[{\"from\":\"13055550100\",\"to\":"
		    "\"4915112345678\",\"id\":\"wamid.A\",\"timestamp\":"
		    "\"1772463540\",\"type\":\"text\",\"text\":{\"body\":"
		    "\"I call you\"}}]", "{\"event\":\"message\",\"id\":"
		    "\"wamid.A\",\"at\":\"2026-03-02T14:59:00Z\",\"channel\":"
		    "\"whatsapp\",\"from\":\"rep\",\"phone\":"
		    "\"+4915112345678\",\"text\":\"I call you\"}\n" },
	};
	struct world w;
	size_t i;

	(void)state;
	world_init(&w);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		whatsapp(&w, cases[i].value);
		says(&w, cases[i].want);
	}
	assert_int_equal(fu_hook_whatsapp(&w.in, FU_STR("{\"object\":\"page\"}"
	    ), &w.err), -1);
	assert_int_equal(fu_hook_whatsapp(&w.in, FU_STR("[]"), &w.err), -1);
	assert_int_equal(fu_hook_whatsapp(&w.in, FU_STR("{"), &w.err), -1);
	world_free(&w);
}

static void
WA_09_an_id_in_place_of_a_number(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	whatsapp(&w, "\"contacts\":[{\"user_id\":\"BR.1502576394655843\"}],"
	    "\"messages\":[{\"id\":\"wamid.B\",\"timestamp\":\"1772463540\","
	    "\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}]");
	says(&w, "{\"event\":\"reply\",\"id\":\"wamid.B\",\"at\":"
	    "\"2026-03-02T14:59:00Z\",\"channel\":\"whatsapp\",\"visitor\":"
	    "\"whatsapp:BR.1502576394655843\",\"text\":\"Hi\",\"to\":\"1001\"}"
	    "\n");
	/* Both join the two. */
	whatsapp(&w, "\"messages\":[{\"id\":\"wamid.B\",\"from\":"
	    "\"5511912345678\",\"from_user_id\":\"BR.1\",\"timestamp\":"
	    "\"1772463540\",\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}]");
	says(&w, "{\"event\":\"reply\",\"id\":\"wamid.B\",\"at\":"
	    "\"2026-03-02T14:59:00Z\",\"channel\":\"whatsapp\",\"phone\":"
	    "\"+5511912345678\",\"visitor\":\"whatsapp:BR.1\",\"text\":\"Hi\","
	    "\"to\":\"1001\"}\n");
	/* Neither is nobody. */
	whatsapp(&w, "\"messages\":[{\"id\":\"wamid.B\",\"timestamp\":"
	    "\"1772463540\",\"type\":\"text\",\"from\":\"\",\"text\":{"
	    "\"body\":\"Hi\"}}]");
	says(&w, "");
	world_free(&w);
}

static void
WA_05_states_of_ours(void **state)
{
	struct world w;
	const char *id;

	(void)state;
	world_init(&w);
	id = fu_message_id(&w.keys, "55", "x.example", &w.arena);
	whatsapp(&w, fu_printf(&w.arena, "\"statuses\":[{\"id\":\"wamid.C\","
	    "\"status\":\"failed\",\"timestamp\":\"1772463540\","
	    "\"recipient_id\":\"4915112345678\",\"biz_opaque_callback_data\":"
	    "\"%s\",\"errors\":[{\"code\":131049,\"title\":\"limit\"}]}]",
	    id));
	says(&w, "{\"event\":\"delivery\",\"id\":\"wamid.C:failed\",\"at\":"
	    "\"2026-03-02T14:59:00Z\",\"channel\":\"whatsapp\",\"phone\":"
	    "\"+4915112345678\",\"status\":\"failed\",\"code\":\"131049\","
	    "\"reason\":\"limit\",\"touch\":55,\"provider\":\"whatsapp\","
	    "\"relay_id\":\"wamid.C\"}\n");
	world_free(&w);
}

static void
WA_08_no_more_marketing(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	whatsapp(&w, "\"user_preferences\":[{\"wa_id\":\"4915112345678\","
	    "\"detail\":\"x\",\"category\":\"marketing_messages\",\"value\":"
	    "\"stop\",\"timestamp\":1772463540},{\"wa_id\":\"4915112345678\","
	    "\"category\":\"marketing_messages\",\"value\":\"resume\","
	    "\"timestamp\":1772463541},{\"wa_id\":\"4915112345678\","
	    "\"category\":\"other\",\"value\":\"stop\"}]");
	says(&w, "{\"event\":\"stop\",\"id\":\"preference:4915112345678:"
	    "1772463540:stop\",\"at\":\"2026-03-02T14:59:00Z\",\"channel\":"
	    "\"whatsapp\",\"scope\":\"channel\",\"phone\":\"+4915112345678\"}"
	    "\n{\"event\":\"start\",\"id\":\"preference:4915112345678:"
	    "1772463541:resume\",\"at\":\"2026-03-02T14:59:01Z\",\"channel\":"
	    "\"whatsapp\",\"phone\":\"+4915112345678\"}\n");
	world_free(&w);
}

#define CAL(trigger, more) "{\"triggerEvent\":\"" trigger "\",\"createdAt\":" \
	"\"2026-03-02T14:00:00.5Z\",\"payload\":{" more "\"uid\":\"u1\"," \
	"\"startTime\":\"2026-03-05T09:30:00Z\",\"type\":\"30min\",\"title\":" \
	"\"30 Min\",\"attendees\":[{\"email\":\"ann@x.example\",\"name\":" \
	"\"Ann Lee\"},{\"email\":\"guest@x.example\"}]}}"
#define MEETING(kind, id, status, title, by) "{\"event\":\"" kind "\"," \
	"\"id\":\"" id ":" status "\",\"at\":\"2026-03-02T14:00:00.5Z\"," \
	"\"email\":\"ann@x.example\",\"status\":\"" status "\"," \
	"\"starts_at\":\"2026-03-05T09:30:00Z\",\"title\":\"" title "\"," \
	"\"name\":\"Ann Lee\",\"provider\":\"" by "\"}\n"
#define CALENDLY(name, more) "{\"event\":\"" name "\",\"created_at\":" \
	"\"2026-03-02T14:00:00.5Z\",\"payload\":{" more "\"uri\":" \
	"\"https://c/i1\",\"email\":\"ann@x.example\",\"name\":\"Ann Lee\"," \
	"\"scheduled_event\":{\"name\":\"Product demo\",\"start_time\":" \
	"\"2026-03-05T09:30:00Z\"}}}"

static void
test_bookings(void **state)
{
	static const struct {
		const char	*body, *want;
	} cases[] = {
		{ CAL("BOOKING_CREATED", ""),
		    MEETING("meeting", "u1", "booked", "30 Min", "cal.com") },
		{ CAL("BOOKING_RESCHEDULED", "\"eventTitle\":\"Demo\","),
		    MEETING("demo", "u1", "moved", "Demo", "cal.com") },
		{ CAL("BOOKING_CANCELLED", ""),
		    MEETING("meeting", "u1", "cancelled", "30 Min",
		    "cal.com") },
		{ CAL("BOOKING_REQUESTED", ""), "" },
		{ CAL("MEETING_ENDED", ""), "" },
		{ "{\"triggerEvent\":\"BOOKING_NO_SHOW_UPDATED\",\"createdAt\":"
		    "\"2026-03-02T14:00:00Z\",\"payload\":{\"bookingUid\":"
		    "\"u1\",\"attendees\":[{\"email\":\"ann@x.example\","
		    "\"noShow\":true},{\"email\":\"b@x.example\",\"noShow\":"
		    "false}]}}", "{\"event\":\"meeting\",\"id\":\"u1:no_show:"
		    "ann@x.example\",\"at\":\"2026-03-02T14:00:00Z\",\"email\":"
		    "\"ann@x.example\",\"status\":\"no_show\",\"provider\":"
		    "\"cal.com\"}\n" },
		{ CALENDLY("invitee.created", "\"old_invitee\":null,"),
		    MEETING("demo", "https://c/i1", "booked", "Product demo",
		    "calendly") },
		{ CALENDLY("invitee.created", "\"old_invitee\":\"https://c/i0"
		    "\","), MEETING("demo", "https://c/i1", "moved",
		    "Product demo", "calendly") },
		{ CALENDLY("invitee.canceled", "\"rescheduled\":true,"), "" },
		{ CALENDLY("invitee.canceled", "\"rescheduled\":false,"),
		    MEETING("demo", "https://c/i1", "cancelled",
		    "Product demo", "calendly") },
		{ CALENDLY("routing_form_submission.created", ""), "" },
		{ "{\"event\":\"invitee.created\",\"payload\":[]}", "" },
	};
	struct world w;
	size_t i;

	(void)state;
	world_init(&w);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(fu_hook_booking(&w.in,
		    fu_str_of(cases[i].body), &w.err), 0);
		says(&w, cases[i].want);
	}
	assert_int_equal(fu_hook_booking(&w.in, FU_STR("{}"), &w.err), -1);
	assert_int_equal(fu_hook_booking(&w.in, FU_STR("x"), &w.err), -1);
	world_free(&w);
}

static void
test_records_of_ours(void **state)
{
	static const struct {
		const char	*body, *want;
	} cases[] = {
		{ "{\"event\":\"won\",\n \"value\":1e3,\"x\":\"a\\nb\"}\n",
		    "{\"event\":\"won\",  \"value\":1e3,\"x\":\"a\\nb\"}\n" },
		{ "[{\"a\":1},\r\n{\"b\":2}]", "{\"a\":1}\n{\"b\":2}\n" },
		{ "{\"a\":1}\n\n{\"b\":2}\r\n", "{\"a\":1}\n{\"b\":2}\n" },
		{ "", "" }, { "[]", "" },
		/* One that is bad takes no other with it. */
		{ "{\"a\":1}\nx\n", "{\"a\":1}\n" },
		{ "[7,{\"a\":1},{\"a\":1,\"a\":2}]", "{\"a\":1}\n" },
	};
	static const char *const bad[] = { "7", "[7]", "{\"a\":1,\"a\":2}",
		"x\ny\n", "[{\"a\":1},{\"b\"}]", "\xff" };
	struct world w;
	size_t i;

	(void)state;
	world_init(&w);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(fu_hook_json(&w.in, fu_str_of(cases[i].body),
		    &w.err), 0);
		says(&w, cases[i].want);
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(fu_hook_json(&w.in, fu_str_of(bad[i]),
		    &w.err), -1);
		assert_int_equal(w.out.len, 0);
	}
	world_free(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(SM_02_signatures_of_twilio),
		cmocka_unit_test(SM_02_blanks_and_json),
		cmocka_unit_test(WA_07_the_signature_is_of_the_bytes),
		cmocka_unit_test(test_stamped_and_bearer),
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_form),
		cmocka_unit_test(SM_01_a_text_that_comes_in),
		cmocka_unit_test(SM_04_a_report_names_its_touch),
		cmocka_unit_test(WA_07_messages),
		cmocka_unit_test(WA_09_an_id_in_place_of_a_number),
		cmocka_unit_test(WA_05_states_of_ours),
		cmocka_unit_test(WA_08_no_more_marketing),
		cmocka_unit_test(test_bookings),
		cmocka_unit_test(test_records_of_ours),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
