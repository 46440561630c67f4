/* What tests of exports share: rules and profiles of the tree, an export into memory. */
#ifndef MARSAD_EXPORTING_H
#define MARSAD_EXPORTING_H

#include "export/export.h"
#include "incidents.h"

typedef struct {
    arena memory;
    rule_set *rules;
    safety_profile shown, hidden; /* rules/safety/internal.json, public.json */
} export_fixture;

void exporting_open(export_fixture *fixture);
void exporting_close(export_fixture *fixture);

/* Bytes in the arena; what the sink of an export writes to. */
typedef struct {
    arena *memory;
    char *bytes; /* NUL-terminated once something was written */
    uint32_t count, room;
} byte_sink;
bool sink_write(void *sink, const char *bytes, size_t size);

/* Exports in `format`; the bytes live in the fixture. Fails the test unless the export succeeds. */
const char *exported(export_fixture *fixture, const char *format, const safety_profile *profile, const incident_list *incidents, int32_t today,
                     loss_report *report);

/* The loss report as text and as JSON, one behind the other. */
const char *losses_told(export_fixture *fixture, const loss_report *report);

/* A middle for governorates and districts that have a name: the same for the same names. */
safety_centre centre_of_names;

#endif
