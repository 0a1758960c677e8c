/*
 * Any bytes as a telephone number: what is placed is E.164, and placed again
 * without a country it is the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "record/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const at_hand[] = { NULL, "US", "DE", "GB", "IT",
		"RU", "JM", "BY" };
	static struct fu_phones *phones;
	struct fu_phone one, two;
	struct fu_str text = { (const char *)data, size };

	if (phones == NULL)
		phones = fu_phones_open("templates/rules/phones.txt", NULL);
	if (phones == NULL)
		abort();
	for (size_t i = 0; i < sizeof(at_hand) / sizeof(at_hand[0]); i++) {
		if (fu_phone_parse(phones, text, at_hand[i], &one, NULL) != 0)
			continue;
		if (one.e164[0] != '+' ||
		    strlen(one.e164) > FU_PHONE_DIGITS_MAX + 1)
			abort();
		if (fu_phone_parse(phones, fu_str_of(one.e164), NULL, &two,
		    NULL) != 0 || strcmp(one.e164, two.e164) != 0)
			abort();
	}
	return (0);
}
