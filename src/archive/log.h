/*
 * The log: what happened to the archive, only added to. Each line carries the hash of the line before, so that no line can be changed, taken out or put in
 * between without all later hashes being wrong.
 *
 *   hash = SHA-256( hash of the line before | line | time | what | subject | detail )     each part but the first as text, each ended by a NUL
 */
#ifndef MARSAD_LOG_H
#define MARSAD_LOG_H

#include "archive/db.h"

enum { LOG_HASH_BYTES = 32 };

typedef struct {
    int64_t line, time;
    view what, subject, detail;
    unsigned char hash[LOG_HASH_BYTES];
} log_line;

/* The hash that follows from `before` (all zero for line 1) and the line's parts. */
void log_hash(unsigned char out[LOG_HASH_BYTES], const unsigned char before[LOG_HASH_BYTES], const log_line *line);

/*
 * Adds a line within the transaction at work. Times in the log never go back: where `now` is before the newest line's time, that is used.
 */
marsad_status log_add(db *d, int64_t now, const char *what, const char *subject, view detail, marsad_error *err);

/*
 * Lines that are added together, where rows are taken in bulk: log_head() first, then each line, then log_batch_send().
 */
typedef struct {
    log_line head; /* the newest; its views are not set */
    int64_t now;
    buffer rows;
} log_batch;
void log_batch_add(log_batch *lines, const char *what, const char *subject, view detail);
/* Sends them. Errors: also MARSAD_ERR_SYSTEM where memory was out. */
marsad_status log_batch_send(db *d, log_batch *lines, marsad_error *err);

/* Adds a line "clock" if `now` is before the newest line's time: to be asked once before a piece of work. */
marsad_status log_note_clock(db *d, int64_t now, marsad_error *err);

/* The newest line; line 0 and a zero hash in an empty log. The views are not set. */
marsad_status log_head(db *d, log_line *out, marsad_error *err);

#endif
