/*
 * Signals: SIGINT and SIGTERM raise a flag, SIGPIPE and SIGXFSZ are ignored so
 * that the write says EPIPE or EFBIG.  The project's one global variable lives
 * here.
 */
#ifndef FU_BASE_SIG_H
#define FU_BASE_SIG_H

#include <stdbool.h>

void fu_sig_install(void);
bool fu_sig_stopping(void);	/* has SIGINT or SIGTERM come? */

/*
 * fu_sig_wait_input(fd):
 * Wait until ${fd} can be read, is at its end or is broken; false when SIGINT
 * or SIGTERM has come, however late before the wait.
 */
bool fu_sig_wait_input(int);

#endif
