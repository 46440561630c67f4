/* What an open archive is: shared by src/keeping.c, src/refresh.c, src/ask/ and what publishes. */
#ifndef MARSAD_KEEPING_H
#define MARSAD_KEEPING_H

#include "archive/store.h"
#include "incident/incident.h"
#include "marsad_archive.h"

struct marsad_archive {
    store store;
    rule_set *rules;
    bool is_read_only;
    bool is_in_batch;
    char *path, *rules_folder;
};

/* The statements of `list` joined as a whole, with people's decisions, in `memory`: what the stored incidents are, for any set of statements. */
marsad_status archive_join(marsad_archive *archive, const statement_list *list, incident_list *out, arena *memory, marsad_error *err);

/* An incident as the store keeps it, sorted under `area` and `day`. False when memory is out. */
bool archive_keep_incident(stored_incident *out, const incident *i, const char *area, int32_t day, arena *memory);

#endif
