/*
 * What people say of records, as the store keeps it: decisions (only added to), bonds between records, leases. What may be decided when is said by src/review.c.
 *
 * Transactions and errors as in store.h.
 */
#ifndef MARSAD_DECIDE_H
#define MARSAD_DECIDE_H

#include "archive/store.h"

/* A record as review sees it; strings live in the arena it was read into. */
typedef struct {
    const char *id;
    int64_t key;
    review_state state;
    bool is_verified;
    int64_t revision; /* how often people changed its body */
    const char *area; /* its neighbourhood */
    int32_t day;
    view body;
    const char *holder; /* who leases it until `leased_until`; "" for nobody, also when the lease is over at the store's time */
    int64_t leased_until;
} review_record;

/* Errors: MARSAD_ERR_ARGUMENT if there is no such record. */
marsad_status store_review_record(store *s, const char *id, review_record *out, arena *memory, marsad_error *err);

/* A list of record ids in `memory`; grows. */
typedef struct {
    const char **items;
    uint32_t count, room;
} id_list;

bool id_list_add(id_list *list, view id, arena *memory);

/* `id` itself if it is a record's, the records of an incident, by id. Errors: MARSAD_ERR_ARGUMENT if neither is there. */
marsad_status store_records_of(store *s, const char *id, id_list *out, arena *memory, marsad_error *err);

/* --- decisions ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *what, *person, *reason;
    view detail;        /* a JSON object */
    review_state state; /* the record's from now on */
    bool is_verified;   /* ... */
    int64_t revision;   /* ... */
    view body;          /* ... */
    marsad_kind kind;   /* what of the body has columns of its own */
    marsad_modality modality;
    int64_t place; /* key; 0: none */
} stored_decision;

/* Keeps the decision, makes its line in the log, and puts what follows from it into the record. */
marsad_status store_decide(store *s, const review_record *record, const stored_decision *decision, marsad_error *err);

/* What a decision's row is sealed by: 64 hexadecimal digits over its key, time, person, what, record, detail and reason. */
typedef struct {
    int64_t key, time;
    view person, what, record, detail, reason;
} decision_row;
void decision_digest(char out[2 * SHA256_BYTES + 1], const decision_row *row);
/* 64 hexadecimal digits of SHA-256. */
void digest_hex(char out[2 * SHA256_BYTES + 1], view bytes);

/* --- bonds: which records belong together ------------------------------------------------------------------------------------ */

/* A record has either one bond of merging or any number of bonds of splitting. */
marsad_status store_bond_add(store *s, const char *record, const char *other, bool is_merge, marsad_error *err);
marsad_status store_bonds_clear(store *s, const char *record, marsad_error *err);
/* The record that `record` was merged into, in `memory`; NULL if none. */
marsad_status store_merged_into(store *s, const char *record, const char **out, arena *memory, marsad_error *err);
/* The records that were merged into `record`. */
marsad_status store_merged_from(store *s, const char *record, id_list *out, arena *memory, marsad_error *err);

/* Adds to `again` the bonds that follow from all decisions up to line `last_line` of the log. */
marsad_status store_replay_bonds(store *s, store *again, int64_t last_line, arena *memory, marsad_error *err);

/* Sorts the record under another neighbourhood; both become stale. The one it is in becomes stale in any case. */
marsad_status store_move_record(store *s, const char *record, const char *area, int32_t day, marsad_error *err);

/* --- leases --------------------------------------------------------------------------------------------------------------------- */

marsad_status store_lease(store *s, const char *record, const char *person, int64_t until, marsad_error *err);
marsad_status store_unlease(store *s, const char *record, marsad_error *err);

#endif
