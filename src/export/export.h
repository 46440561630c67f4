/*
 * Publication formats: incidents and statements, after the safety profile, as the columns that others read. One file a format.
 * Each export comes with a loss report: what the format could not carry, what was withheld and why, how many rows were dropped and why.
 */
#ifndef MARSAD_EXPORT_H
#define MARSAD_EXPORT_H

#include "incident/incident.h"

typedef struct export_run export_run; /* one export on its way: where bytes go, the profile, the counts of the loss report */

typedef struct {
    const char *name;   /* "acled", "ged", ... */
    const char *ending; /* ".csv" */
    const char *summary;
    /* Writes everything; what could not be carried is counted by export_loss(). False when memory is out or a write is refused. */
    bool (*write)(export_run *run, const incident_list *incidents);
} export_format;

/* Ends with a row whose name is NULL. */
const export_format *export_formats(void);
const export_format *export_format_find(const char *name);

/* Counts a fact of `what` ("speaker", "figure bounds" ...) that the format has no column for, or a row that was dropped for `why`. */
void export_loss(export_run *run, const char *what, const char *why);

#endif
