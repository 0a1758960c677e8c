/*
 * What went wrong on a wire, in words that an operator can act on.
 *
 * Reads a libcurl handle after its transfer; for net/ alone.
 */
#ifndef FU_NET_FAULT_H
#define FU_NET_FAULT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

/* How much of the message had left when the fault came. */
enum fu_left { FU_LEFT_NONE, FU_LEFT_PART, FU_LEFT_ALL };

/*
 * fu_fault_words(easy, result, url, silent, left, patience_s, out, size):
 * Say what ${result} means, without libcurl's own words where there are any of
 * ours, and without ${url} but for its host and port.  ${silent}: the other
 * side has said nothing at all; ${patience_s} is how long it was waited for.
 *
 * fu_fault_waited(result): was the end of patience the fault?
 * fu_fault_certificate(result): is it the other side's certificate, or the
 * list of those to trust?
 */
void fu_fault_words(CURL *, CURLcode, const char *, bool, enum fu_left, int,
    char *, size_t);
bool fu_fault_waited(CURLcode);
bool fu_fault_certificate(CURLcode);

#endif
