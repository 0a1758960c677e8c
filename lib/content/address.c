/*
 * A mail address as it goes on the wire.
 *
 * Must never let a blank, a bracket or a control character through: they
 * would end the address and begin a command.
 */
#include <idn2.h>
#include <string.h>

#include "content/address.h"

#define LOCAL_MAX	64	/* octets [RFC 5321 4.5.3.1.1] */
#define DOMAIN_MAX	255
#define PATH_MAX_SMTP	254	/* 256 with its brackets */

static const char *
refuse(struct fu_err *err, const char *address, const char *why)
{
	fu_err_set(err, FU_EDATA, "bad address \"%s\": %s", address, why);
	return (NULL);
}

/* Atoms with dots between; a quoted local part is not taken. */
static bool
local_ok(const char *s, size_t len)
{
	size_t i;

	if (len == 0 || s[0] == '.' || s[0] == '-' || s[len - 1] == '.')
		return (false);
	for (i = 0; i < len; i++) {
		if ((unsigned char)s[i] <= 0x20 || s[i] == 0x7f ||
		    strchr("()<>[]:;@\\,\"", s[i]) != NULL)
			return (false);
		if (s[i] == '.' && s[i + 1] == '.')
			return (false);
	}
	return (true);
}

static bool
domain_ok(const char *s)
{
	size_t label = 0;

	for (; *s != '\0'; s++) {
		if (*s == '.') {
			if (label == 0)
				return (false);
			label = 0;
			continue;
		}
		if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') ||
		    *s == '-' || *s == '_'))
			return (false);
		if (++label > 63)
			return (false);
	}
	return (label > 0);
}

const char *
fu_mail_address(const char *address, struct fu_arena *arena, bool *smtputf8,
    struct fu_err *err)
{
	const char *at = strrchr(address, '@'), *wire;
	size_t local, i;
	char *ascii;

	*smtputf8 = false;
	if (at == NULL)
		return (refuse(err, address, "no @"));
	local = (size_t)(at - address);
	if (local > LOCAL_MAX)
		return (refuse(err, address, "local part over 64 octets"));
	if (!local_ok(address, local))
		return (refuse(err, address, "bad local part"));
	if (!fu_utf8_valid(address, strlen(address)))
		return (refuse(err, address, "not UTF-8"));
	if (idn2_to_ascii_8z(at + 1, &ascii, IDN2_NFC_INPUT |
	    IDN2_NONTRANSITIONAL) != IDN2_OK)
		return (refuse(err, address, "bad domain"));
	for (i = 0; ascii[i] != '\0'; i++)
		if (ascii[i] >= 'A' && ascii[i] <= 'Z')
			ascii[i] = (char)(ascii[i] - 'A' + 'a');
	if (i > DOMAIN_MAX || local + 1 + i > PATH_MAX_SMTP ||
	    !domain_ok(ascii)) {
		idn2_free(ascii);
		return (refuse(err, address, "bad domain"));
	}
	wire = fu_printf(arena, "%.*s@%s", (int)local, address, ascii);
	idn2_free(ascii);
	for (i = 0; i < local; i++)
		if ((unsigned char)address[i] >= 0x80)
			*smtputf8 = true;
	return (wire);
}
