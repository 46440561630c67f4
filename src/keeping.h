/* What an open archive is, and what is ready to be added to it: shared by src/keeping.c, src/importing.c, src/refresh.c, src/ask/ and what publishes. */
#ifndef MARSAD_KEEPING_H
#define MARSAD_KEEPING_H

#include "archive/store.h"
#include "base/buffer.h"
#include "incident/incident.h"
#include "marsad_archive.h"

struct marsad_archive {
    store store;
    rule_set *rules;
    bool is_read_only;
    bool is_in_batch;
    int64_t doubtful, doubtful_begun; /* a batch of which it is not known whether its commit was done; 0: none */
    char *path, *rules_folder;
};

struct marsad_draft {
    arena memory;
    stored_article article;
    stored_record *records;
    size_t record_count;
    buffer keys;
};

/*
 * All that the archive keeps of `reading`, which may be a person's as well as a program's: `reader` says whose. `media` and `reader` must outlive the draft,
 * all else is copied.
 */
marsad_status draft_of_reading(marsad_draft **out, const marsad_archive *archive, const marsad_reading *reading, view evidence, const char *media,
                               const char *note, const char *reader, marsad_error *err);

/* The statements of `list` joined as a whole, with people's decisions, in `memory`: what the stored incidents are, for any set of statements. */
marsad_status archive_join(marsad_archive *archive, const statement_list *list, incident_list *out, arena *memory, marsad_error *err);

/* The same with the merges and splits of another store. */
marsad_status archive_join_by(const marsad_archive *archive, store *bonds, const statement_list *list, incident_list *out, arena *memory,
                              marsad_error *err);

/*
 * One step of a person in the archive's life, whole or not at all: what is changed stands between these. The last is given what the step came to, and
 * returns it, or why it could not be kept.
 */
marsad_status archive_begin_step(marsad_archive *archive, int64_t now, marsad_error *err);
marsad_status archive_begin_with(marsad_archive *archive, int64_t now, unsigned locks, marsad_error *err); /* holding these alone: DB_LOCK_... */
marsad_status archive_end_step(marsad_archive *archive, marsad_status status, marsad_error *err);
/* What the store keeps beside an incident's body: INCIDENT_... flags, and its first place that the gazetteer knows (NULL: none). */
unsigned archive_flags_of(const incident *i);
const statement_place *archive_place_of(const incident *i);

/* An incident as the store keeps it, sorted under `area` and `day`. False when memory is out. */
bool archive_keep_incident(stored_incident *out, const incident *i, const char *area, int32_t day, arena *memory);

#endif
