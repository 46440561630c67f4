/*
 * The loss report: what an export does not say, counted. It holds constants and counts only, never a value of an incident, so that it can be published with the
 * export. An export without rows says why it has none.
 */
#ifndef MARSAD_LOSS_H
#define MARSAD_LOSS_H

#include "base/base.h"

typedef enum {
    LOSS_WITHHELD,   /* by the safety profile */
    LOSS_DROPPED,    /* whole incidents that the format has no row for */
    LOSS_NOT_CARRIED /* facts that the format has no column for */
} loss_section;

typedef struct {
    loss_section section;
    const char *what, *why; /* constants */
    uint64_t count;
} loss_row;

typedef struct {
    const char *format, *profile; /* names; "" before an export begins */
    int64_t profile_version;
    uint64_t incidents;        /* handed to the export */
    uint64_t public_incidents; /* left by the profile */
    uint64_t rows;             /* written */
    loss_row *items;
    uint32_t count, room;
} loss_report;

/* Adds `count` to the row of (section, what, why). False when memory is out. */
bool loss_add(loss_report *report, loss_section section, const char *what, const char *why, uint64_t count, arena *memory);

/* Orders the rows by section, then by the words, so that equal exports have equal reports. */
void loss_sort(loss_report *report);

/* The report for people, in Markdown, and as one JSON object with a newline. False when a write is refused. */
bool loss_write_text(const loss_report *report, marsad_write *write, void *context);
bool loss_write_json(const loss_report *report, marsad_write *write, void *context);

#endif
