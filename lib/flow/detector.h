/*
 * The detector of what people write, of the phrase files in rules/.
 */
#ifndef FU_FLOW_DETECTOR_H
#define FU_FLOW_DETECTOR_H

#include "policy/signal.h"

/*
 * fu_detector_open(config, err):
 * Read rules/signals.txt and those of the other languages that are there, and
 * compile them with ${config}'s lists.  ${config} is borrowed.  Return the
 * detector, to be freed with fu_detector_free(), or NULL with ${err}.
 */
struct fu_detector *fu_detector_open(const struct fu_config *,
    struct fu_err *);

#endif
