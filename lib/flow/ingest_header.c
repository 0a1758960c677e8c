/*
 * A first line by which nobody can be told apart: what it may be instead.
 *
 * Must never take a column for another: it only says what to write.
 */
#include "config/nearest.h"
#include "flow/ingest_header.h"
#include "record/email.h"

bool
fu_ingest_header_data(const char *const *header, size_t n, struct fu_arena *arena)
{
	const char	*email;

	for (size_t i = 0; i < n; i++)
		if (fu_email_parse(fu_str_of(header[i]), arena, &email,
		    NULL) == 0)
			return (true);
	return (false);
}

const char *
fu_ingest_header_meant(const char *const *header, size_t n, struct fu_arena *arena)
{
	static const char *const key[] = { "email", "phone", "external_id",
		"visitor" };
	struct fu_nearest	 near;

	for (size_t i = 0; i < n; i++) {
		fu_nearest_start(&near, header[i]);
		for (size_t k = 0; k < sizeof(key) / sizeof(*key); k++)
			fu_nearest_try(&near, key[k]);
		if (near.word != NULL)
			return (fu_printf(arena, "%s=%s", header[i],
			    near.word));
	}
	return ("HEADER=email");
}
