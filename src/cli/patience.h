/* Trying again what a database that was away, or somebody in the way, let fail. */
#ifndef MARSAD_CLI_PATIENCE_H
#define MARSAD_CLI_PATIENCE_H

#include <stdbool.h>

#include "marsad_archive.h"

/* Zeroed: nothing has failed yet. */
typedef struct {
    double end;     /* of a clock that only goes on */
    unsigned pause; /* the last one, in milliseconds */
} patience;

bool patience_has_begun(const patience *p);

/*
 * Waits, longer each time, until what failed on `archive` last is worth another try. False, at once, when it is not: only a person can help, or some minutes have
 * passed since the first failure.
 */
bool patience_lasts(patience *p, const marsad_archive *archive);

#endif
