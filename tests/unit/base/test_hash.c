/*
 * Digests against their published vectors, keys, and the shared options.
 */
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

#include "base/hash.h"
#include "base/opt.h"

static void
digests_are_the_published_ones(void **state)
{
	struct fu_key	key;
	uint8_t		sum[32];
	char		hex[65];

	(void)state;
	fu_sha256("abc", 3, sum);	/* FIPS 180-2, B.1 */
	fu_hex(sum, 32, hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	fu_sha256("", 0, sum);
	fu_hex(sum, 32, hex);
	assert_memory_equal(hex, "e3b0c44298fc1c14", 16);
	memset(&key, 0, sizeof(key));	/* RFC 4231, case 2 */
	memcpy(key.bytes, "Jefe", 4);
	key.len = 4;
	fu_hmac(&key, "what do ya want for nothing?", 28, sum);
	fu_hex(sum, 32, hex);
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	assert_true(fu_same_ct("abc", "abc", 3));
	assert_false(fu_same_ct("abc", "abd", 3));
}

static void
base32_is_that_of_rfc_4648(void **state)
{
	static const char	*pair[][2] = { { "", "" }, { "f", "my" },
				    { "fo", "mzxq" }, { "foo", "mzxw6" },
				    { "foob", "mzxw6yq" },
				    { "fooba", "mzxw6ytb" },
				    { "foobar", "mzxw6ytboi" } };
	char			 text[32];
	size_t			 i;

	(void)state;
	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++) {
		fu_base32((const uint8_t *)pair[i][0], strlen(pair[i][0]),
		    text);
		assert_string_equal(text, pair[i][1]);
	}
}

static void
fast_hash_never_changes(void **state)
{
	(void)state;
	/* XXH3_64bits of nothing, as its specification gives it. */
	assert_true(fu_hash64("", 0, 0) == UINT64_C(0x2d06800538d394c2));
	assert_true(fu_hash_cstr("ann", 1) == fu_hash64("ann", 3, 1));
	assert_true(fu_hash_cstr("ann", 1) != fu_hash_cstr("ann", 2));
}

static void
put_file(const char *path, const char *text, mode_t mode)
{
	FILE	*f;

	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void
keys_are_made_and_read(void **state)
{
	char		dir[] = "/tmp/fu-test-XXXXXX", path[64], text[300];
	struct fu_keys	keys, again;
	struct fu_err	err;
	struct stat	st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/fu.key", dir);
	assert_int_equal(fu_keys_load(path, &keys, &err), -1);
	assert_int_equal(err.class, FU_ENOINPUT);
	assert_int_equal(fu_keys_create(path, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(fu_keys_create(path, &err), -1);
	assert_int_equal(err.class, FU_ECANTCREAT);
	assert_int_equal(fu_keys_load(path, &keys, &err), 0);
	assert_int_equal(keys.n, 1);
	assert_int_equal(keys.key[0].len, 32);
	assert_int_equal(fu_keys_load(path, &again, &err), 0);
	assert_true(fu_same_ct(keys.key[0].bytes, again.key[0].bytes, 32));

	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(fu_keys_load(path, &keys, &err), -1);
	assert_non_null(strstr(err.msg, "chmod 600"));

	memset(text, 'a', sizeof(text));
	text[64] = '\n';
	text[65 + 128] = '\n';
	text[65 + 129] = '\0';
	put_file(path, text, 0600);
	assert_int_equal(fu_keys_load(path, &keys, &err), 0);
	assert_int_equal(keys.n, 2);
	assert_int_equal(keys.key[1].len, 64);
	put_file(path, "# nothing\n", 0600);
	assert_int_equal(fu_keys_load(path, &keys, &err), -1);
	put_file(path, "abcd\n", 0600);
	assert_int_equal(fu_keys_load(path, &keys, &err), -1);
	assert_null(strstr(err.msg, "abcd"));
	unlink(path);
	rmdir(dir);
}

static void
random_bytes_differ(void **state)
{
	uint8_t	a[32], b[32];

	(void)state;
	assert_int_equal(fu_random(a, sizeof(a), NULL), 0);
	assert_int_equal(fu_random(b, sizeof(b), NULL), 0);
	assert_memory_not_equal(a, b, sizeof(a));
}

static void
options_come_from_environment_and_line(void **state)
{
	struct fu_opt	opt;
	struct fu_err	err;

	(void)state;
	unsetenv("FU_DB");
	unsetenv("FU_NOW");
	setenv("FU_CONFIG", "", 1);
	assert_int_equal(fu_opt_init(&opt, "fu-x", &err), 0);
	assert_string_equal(opt.db, "./fu.db");
	assert_null(opt.config);
	assert_true(opt.clock.at_us == FU_NEVER);
	setenv("FU_DB", "other.db", 1);
	setenv("FU_NOW", "1970-01-02", 1);
	assert_int_equal(fu_opt_init(&opt, "fu-x", &err), 0);
	assert_string_equal(opt.db, "other.db");
	assert_true(opt.clock.at_us == FU_DAY);
	assert_int_equal(fu_opt_take(&opt, FU_OPT_AT, "1970-01-03", "", &err),
	    1);
	assert_true(opt.clock.at_us == 2 * FU_DAY);
	assert_int_equal(fu_opt_take(&opt, FU_OPT_AT, "noon", "", &err), -1);
	assert_int_equal(err.class, FU_EUSAGE);
	assert_memory_equal(err.msg, "--at: ", 6);
	assert_int_equal(fu_opt_take(&opt, 'n', NULL, "", &err), 1);
	assert_true(opt.dry);
	assert_int_equal(fu_opt_take(&opt, 'd', "", "", &err), -1);
	assert_int_equal(fu_opt_take(&opt, FU_OPT_PROGRESS, "never", "", &err),
	    1);
	assert_int_equal(opt.progress, FU_NO);
	assert_int_equal(fu_opt_take(&opt, FU_OPT_PROGRESS, "often", "", &err),
	    -1);
	assert_int_equal(fu_opt_take(&opt, 'k', NULL, "", &err), 0);
	setenv("FU_NOW", "yesterday", 1);
	assert_int_equal(fu_opt_init(&opt, "fu-x", &err), -1);
	assert_memory_equal(err.msg, "FU_NOW: ", 8);
	unsetenv("FU_NOW");
	unsetenv("FU_DB");
	unsetenv("FU_CONFIG");
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(digests_are_the_published_ones),
		cmocka_unit_test(base32_is_that_of_rfc_4648),
		cmocka_unit_test(fast_hash_never_changes),
		cmocka_unit_test(keys_are_made_and_read),
		cmocka_unit_test(random_bytes_differ),
		cmocka_unit_test(options_come_from_environment_and_line),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
