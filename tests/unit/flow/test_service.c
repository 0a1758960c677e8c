/* The words of a service message: what is in them, and how long they may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "flow/service.h"

static void
test_text(void **state)
{
	struct fu_sender	 sender = { .phone = "+353 1 555 0101",
		.email = "ada@example.com" };
	struct fu_config	 config = { .company = { .name = "Example Ltd",
		.site = "https://www.example.com" }, .sender = &sender,
		.nsender = 1 };
	char			 name[401], site[401];
	struct fu_arena		 arena;
	const char		*text;

	(void)state;
	fu_arena_init(&arena);
	assert_string_equal(fu_service_text(&config, FU_SERVICE_HELP, &arena),
	    "Example Ltd: Texts about your inquiry. Reply STOP to cancel. "
	    "Help: https://www.example.com");
	assert_string_equal(fu_service_text(&config, FU_SERVICE_STOP, &arena),
	    "Example Ltd: You have opted out and will get no more texts from "
	    "us. Help: https://www.example.com");

	/* A way that does not fit makes room for the next. */
	memset(site, 'x', 400);
	site[400] = '\0';
	config.company.site = site;
	assert_non_null(strstr(fu_service_text(&config, FU_SERVICE_HELP,
	    &arena), "Help: +353 1 555 0101"));
	sender.phone = NULL;
	assert_non_null(strstr(fu_service_text(&config, FU_SERVICE_HELP,
	    &arena), "Help: ada@example.com"));
	sender.email = NULL;
	assert_null(strstr(fu_service_text(&config, FU_SERVICE_HELP, &arena),
	    "Help:"));

	/* A long name is cut between words, and never the rest. */
	config.company.name = "The Honourable Company of Makers of Very Long "
	    "Names";
	assert_string_equal(fu_service_text(&config, FU_SERVICE_HELP, &arena),
	    "The Honourable Company of Makers of Very: Texts about your "
	    "inquiry. Reply STOP to cancel.");
	memset(name, '[', 400);
	name[400] = '\0';
	memset(site + 50, 0, 1);
	config.company.name = name;
	text = fu_service_text(&config, FU_SERVICE_STOP, &arena);
	/* Each bracket takes two. */
	assert_int_equal(strspn(text, "["), 20);
	assert_true(strlen(text) + 20 <= 160);

	/* Letters that GSM 03.38 has stay; else the site stands for the name. */
	config.company.site = "https://acme.example/en";
	config.company.name = "Müller & Söhne";
	assert_memory_equal("Müller & Söhne: ", fu_service_text(&config,
	    FU_SERVICE_HELP, &arena), strlen("Müller & Söhne: "));
	config.company.name = "Łódź";
	assert_memory_equal("acme.example: ", fu_service_text(&config,
	    FU_SERVICE_HELP, &arena), strlen("acme.example: "));
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
