/*
 * Whether a url stays on this machine.
 *
 * Reads the url alone; asks no resolver.
 */
#ifndef FU_NET_LOOPBACK_H
#define FU_NET_LOOPBACK_H

#include <stdbool.h>

/* Is its host localhost, in 127.0.0.0/8, or ::1?  NULL is not. */
bool fu_url_is_loopback(const char *);

#endif
