/* What differs between two editions of incidents.jsonl (docs/formats.md): by incident and by statement, field by field. */
#ifndef MARSAD_DIFF_H
#define MARSAD_DIFF_H

#include "base/base.h"

/* `field`, `before` and `after` are "" where something is added or withdrawn as a whole; values are JSON. False stops. */
typedef bool diff_visit(void *context, const char *id, const char *what, const char *field, const char *before, const char *after);

/* Visits in the order of ids; statements behind incidents. Errors: MARSAD_ERR_FORMAT with the line that is no incident; MARSAD_ERR_SYSTEM. */
marsad_status editions_diff(view before, view after, diff_visit *visit, void *context, marsad_error *err);

#endif
