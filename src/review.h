/* Where a person's merging puts a record. Shared by src/review.c and src/verify. */
#ifndef MARSAD_REVIEW_H
#define MARSAD_REVIEW_H

#include "archive/decide.h"
#include "keeping.h"

/* The record whose incident `id` is in: itself, or the end of the merges that lead from it over records that are in force. In `memory`. */
marsad_status review_root(marsad_archive *archive, const char *id, const char **out, arena *memory, marsad_error *err);

/* The neighbourhood that `id` is sorted under: that of its root. */
marsad_status review_neighbourhood(marsad_archive *archive, const char *id, incident_neighbourhood *out, arena *memory, marsad_error *err);

/* Sorts `id`, and all records that were merged into it, under the neighbourhoods that are theirs now; all that changes is stale. */
marsad_status review_settle(marsad_archive *archive, const char *id, arena *memory, marsad_error *err);

#endif
