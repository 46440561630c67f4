/*
 * Incidents written where the engine takes rows in bulk: those of many stretches of days are gathered, and written together before the commit.
 * What is written is what store_replace_incidents() writes one by one elsewhere; tests hold the two against each other.
 */
#ifndef MARSAD_INCIDENTS_BULK_H
#define MARSAD_INCIDENTS_BULK_H

#include "archive/store.h"

typedef struct incidents_bulk incidents_bulk;

/* Gathers what store_replace_incidents() is given. */
marsad_status incidents_bulk_add(store *s, const char *area, int32_t from, int32_t to, const stored_incident *incidents, size_t count,
                                 marsad_error *err);
/* Writes what was gathered. */
marsad_status incidents_bulk_flush(store *s, marsad_error *err);
/* The transaction at work is over: forgets what was gathered in it. */
void incidents_bulk_end(store *s);
void incidents_bulk_free(store *s);

/* Of incidents.c: adds an id to ids parted by blanks, unless it is among them; the list ends with a NUL where it holds any. And makes a tombstone of incident `key`; `became` names the incidents that hold its records now. */
void incident_add_id(buffer *list, const char *id);
marsad_status incident_bury(store *s, int64_t key, const char *became, marsad_error *err);

#endif
