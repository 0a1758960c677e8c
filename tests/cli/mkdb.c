/*
 * A database without anything in it, and a key beside it, for tests of
 * programs when there is no fu-init at hand: mkdb DATABASE KEYFILE.
 */
#include <stdio.h>

#include "base/hash.h"
#include "store/store.h"

int
main(int argc, char **argv)
{
	struct fu_clock	 clock = { FU_NEVER };
	struct fu_store	 store;
	struct fu_err	 err;

	if (argc != 3)
		return (64);
	if (fu_store_open(&store, argv[1], FU_DB_CREATE, &clock, &err) == -1 ||
	    fu_keys_create(argv[2], &err) == -1) {
		fprintf(stderr, "mkdb: %s\n", err.msg);
		return ((int)err.class);
	}
	fu_store_close(&store);
	return (0);
}
