/*
 * The outbox as verbs over its tables (schema/sqlite-3.sql). What changes something is called between store_begin() and store_commit(); nothing of it is told in
 * the log.
 */
#ifndef MARSAD_OUTBOX_STORE_H
#define MARSAD_OUTBOX_STORE_H

#include "archive/store.h"
#include "marsad_outbox.h"

/* What is asked of so many ids takes one query: over a network each is a way there and back. The engine takes 24 values to a query (db.h). */
enum { OUTBOX_IDS = 16 };

/* `known[i]` becomes true where ids[i] is in the outbox or among the dead letters; count <= OUTBOX_IDS. */
marsad_status store_known_parcels(store *s, const marsad_parcel *parcels, size_t count, bool *known, marsad_error *err);
/* `packed`: its bytes, compressed. `*is_new` is false, and nothing is changed, if there is one of its id. */
marsad_status store_add_parcel(store *s, const marsad_parcel *parcel, view packed, bool *is_new, marsad_error *err);

marsad_status store_keep_backfill(store *s, const marsad_backfill *file, marsad_error *err);
marsad_status store_find_backfill(store *s, marsad_backfill *file, marsad_error *err);

marsad_status store_unsent_parcels(store *s, marsad_parcel_id *out, size_t most, size_t *count, marsad_error *err);
/* Sent at `s->now`; count <= OUTBOX_IDS, as for the next two. */
marsad_status store_mark_sent(store *s, const marsad_parcel_id *ids, size_t count, marsad_error *err);
marsad_status store_drop_parcels(store *s, const marsad_parcel_id *ids, size_t count, marsad_error *err);
/*
 * found[i] becomes the parcel of ids[i]; its id is "" where there is none, or ids[i] was named before. What is damaged is given without its bytes, so that its id is not that of its
 * content.
 */
marsad_status store_find_parcels(store *s, const marsad_parcel_id *ids, size_t count, marsad_parcel *found, arena *memory, marsad_error *err);

/* Some thousand parcels behind `*key` (0: from the first) are not sent. `*key` becomes that of the last, or OUTBOX_END: the lock of the outbox is not held for all of them. */
#define OUTBOX_END INT64_MAX
marsad_status store_mark_unsent(store *s, int64_t *key, marsad_error *err);
marsad_status store_count_unsent(store *s, int64_t *count, marsad_error *err);

marsad_status store_bury_parcel(store *s, const char *id, int64_t time, int64_t deliveries, const char *reason, marsad_error *err);
/* Dead letters become unsent parcels; `*count` grows by them. A parcel that came to the outbox again meanwhile stays as it is, and its dead letter goes. */
marsad_status store_unbury_parcels(store *s, const marsad_parcel_id *ids, size_t id_count, size_t *count, marsad_error *err);
marsad_status store_unbury_all(store *s, size_t *count, marsad_error *err);
/* Reads neither what was given nor the bytes. */
marsad_status store_bury_damaged_parcel(store *s, const char *id, int64_t time, int64_t deliveries, const char *reason, marsad_error *err);
marsad_status store_count_parcels(store *s, marsad_outbox_figures *out, marsad_error *err);

#endif
