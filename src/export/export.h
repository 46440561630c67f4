/*
 * Publication formats: incidents and statements, after the safety profile, as the columns that others read. One file a format.
 * Each export comes with a loss report: what the format could not carry, what was withheld and why, how many rows were dropped and why.
 *
 *   incidents ─safety_view()→ public view ─format→ bytes
 *                   └────────── loss report ─┘
 *
 * A format is handed the public view and nothing else, so it cannot write what the profile withholds. How formats are written: frame.h.
 */
#ifndef MARSAD_EXPORT_H
#define MARSAD_EXPORT_H

#include "export/loss.h"
#include "export/safety.h"
#include "incident/incident.h"

typedef struct export_run export_run; /* one export on its way: where bytes go, the public view, the counts of the loss report */

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

typedef struct {
    marsad_write *write; /* where the bytes go */
    void *context;
    const safety_profile *profile;
    const rule_set *rules;
    int32_t today;         /* delays are counted to this day; NO_DAY: whatever has a delay is withheld */
    safety_centre *centre; /* points of governorates and districts for coarsened places; NULL: they have no point */
    void *centre_context;
} export_options;

/*
 * Applies the profile and writes what is left of `incidents` in `format`.
 *   report  filled whatever the result; it lives in `memory`, which holds the public view too
 * Errors: MARSAD_ERR_ARGUMENT when profile or rules are missing (nothing is written); MARSAD_ERR_SYSTEM when memory is out or a write is refused.
 */
marsad_status export_write(const export_format *format, const incident_list *incidents, const export_options *options, loss_report *report,
                           arena *memory, marsad_error *err);

/* Counts a fact of `what` ("speaker", "figure bounds" ...) that the format has no column for, as `why`. Both are constants, never words of a report. */
void export_loss(export_run *run, const char *what, const char *why);
/* Counts an incident that the format has no row for. */
void export_drop(export_run *run, const char *why);
/* Counts a row that was written. */
void export_row(export_run *run);

#endif
