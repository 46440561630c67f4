/*
 * What follows from incidents and statements, as rows: neighbourhoods packed, cells of truce ledgers, claims on towns, timelines of towns. What they mean is told in
 * src/views.h; here they are bytes.
 *
 * Transactions and errors as in store.h. Strings and blobs that are read live in `memory`.
 */
#ifndef MARSAD_ARCHIVE_VIEWS_H
#define MARSAD_ARCHIVE_VIEWS_H

#include "archive/store.h"

/* --- how far views are made ------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *name, *files; /* what it is; a fingerprint of the files that it was made by */
    bool is_whole;
    int32_t day; /* of what is made piece by piece: the last neighbourhood that was looked at */
    const char *area;
} stored_made;

typedef struct {
    stored_made *items; /* by name */
    uint32_t count, room;
} made_list;

marsad_status store_made(store *s, made_list *out, arena *memory, marsad_error *err);
marsad_status store_put_made(store *s, const stored_made *made, marsad_error *err);
/* Forgets all views and marks every neighbourhood as stale. */
marsad_status store_forget_views(store *s, marsad_error *err);
/* Of several programs that would make all views again: may this one? Not if another leads. Holds until the transaction ends. */
marsad_status store_may_make_views(store *s, bool *out, marsad_error *err);

/* --- neighbourhoods ------------------------------------------------------------------------------------------------------------ */

typedef struct {
    const char *area;
    int32_t day;
    view incidents, told;
} stored_neighbourhood;

typedef struct {
    stored_neighbourhood *items;
    uint32_t count, room;
} neighbourhood_list;

/* Those of the area's days [from, to], by day. */
marsad_status store_neighbourhoods(store *s, const char *area, int32_t from, int32_t to, neighbourhood_list *out, arena *memory, marsad_error *err);
/* The first `most` behind area and day, by day and area. */
marsad_status store_neighbourhoods_behind(store *s, int32_t day, const char *area, uint32_t most, neighbourhood_list *out, arena *memory,
                                          marsad_error *err);
marsad_status store_put_neighbourhood(store *s, const stored_neighbourhood *n, marsad_error *err);
marsad_status store_drop_neighbourhood(store *s, const char *area, int32_t day, marsad_error *err);

/* --- truce ledgers -------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *governorate, *accused, *accuser;
    int64_t counted, previous, total;
    int64_t killed_low, killed_high; /* MARSAD_NO_VALUE: open */
} stored_cell;

typedef struct {
    stored_cell *items;
    uint32_t count, room;
} cell_list;

/* What the neighbourhood gives to the ledger (NULL: to all); what is added may not be there. */
marsad_status store_drop_cells(store *s, const char *ledger, const char *area, int32_t day, marsad_error *err);
marsad_status store_add_cells(store *s, const char *ledger, const char *area, int32_t day, const stored_cell *cells, uint32_t count,
                              marsad_error *err);
/* All its cells, and that they were made. */
marsad_status store_drop_ledger(store *s, const char *ledger, marsad_error *err);
/* Summed up over days: `counted` and the killed in [from, to], `previous` in as many days before, `total` until `to`; with rows of which nothing counts in these. */
marsad_status store_cells(store *s, const char *ledger, int32_t from, int32_t to, cell_list *out, arena *memory, marsad_error *err);

/* --- towns ------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    const char *place, *record, *area;
    int32_t day, last;
    view told;
} stored_claim;

typedef struct {
    stored_claim *items;
    uint32_t count, room;
} claim_rows;

/* Claims of statements that are sorted under the area's days [from, to], by record and place. */
marsad_status store_claims_of_days(store *s, const char *area, int32_t from, int32_t to, claim_rows *out, arena *memory, marsad_error *err);
/* Claims on a place, by record. */
marsad_status store_claims_on(store *s, const char *place, claim_rows *out, arena *memory, marsad_error *err);
marsad_status store_put_claim(store *s, const stored_claim *claim, marsad_error *err);
marsad_status store_drop_claim(store *s, const char *place, const char *record, marsad_error *err);
/* Which record is sorted under which day, of the area's days [from, to] and `kinds` (1 << kind); by record. Only id and day of the rows are filled. */
marsad_status store_days_of_kinds(store *s, const char *area, int32_t from, int32_t to, int64_t kinds, claim_rows *out, arena *memory,
                                  marsad_error *err);

typedef struct {
    const char *place, *name, *name_en, *admin1, *country;
    int32_t from, to; /* INT32_MAX: open */
    double lat, lon;
    const char *side, *holder, *status, *rule;
    view claims; /* JSON */
} stored_span;

marsad_status store_drop_town(store *s, const char *place, marsad_error *err);
marsad_status store_add_span(store *s, const stored_span *span, marsad_error *err);

#endif
