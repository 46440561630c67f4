/* An archive moved from one engine to another, or to another place of the same: all tables with their keys, from one moment, held against each other before it counts. */
#ifndef MARSAD_MOVE_H
#define MARSAD_MOVE_H

#include "archive/fingerprint.h"

typedef struct {
    table_progress *progress; /* NULL: nobody asks */
    /* What a table holds on both sides, as digests. NULL: nobody asks. */
    void (*compared)(void *context, const char *table, uint64_t rows, const char *from, const char *to);
    void *context;
} move_listener;

/*
 * Copies the archive `from` over the archive `to`, which holds no row, or a file that is there and empty. Others go on writing to `from`.
 * Errors: as db_open(); MARSAD_ERR_ARGUMENT if `to` holds something; MARSAD_ERR_FORMAT if it did not come out the same. `to` is as it was then; a file is no archive.
 */
marsad_status move_archive(const char *from, const char *to, const move_listener *listener, marsad_error *err);

#endif
