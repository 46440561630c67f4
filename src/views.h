/*
 * What tallies, control and the truce ledger are asked from, kept up to date with the incidents: in the same transactions, by who refreshes.
 *
 *   neighbourhood ─join→ incidents ─pack→ table neighbourhood ─candidates→ truce_cell, for each ledger
 *   statements of control ─pack→ town_claim ─a town's claims→ town
 *
 * Table `made` tells by which files they were made. Where rules have changed, all is made again; where an agreement has, its ledgers.
 */
#ifndef MARSAD_VIEWS_H
#define MARSAD_VIEWS_H

#include "archive/views_bulk.h"
#include "incident/control.h"
#include "incident/truce.h"
#include "keeping.h"

#define VIEWS_OF_INCIDENTS "incidents" /* in table `made`; the other names are of ledgers */

/* Kinds of statement that tell of control. */
enum { CONTROL_KINDS = 1 << MARSAD_KIND_CAPTURE | 1 << MARSAD_KIND_HOLD | 1 << MARSAD_KIND_WITHDRAW };

/* --- ledgers ------------------------------------------------------------------------------------------------------------------ */

/* An agreement under a counting rule. */
typedef struct {
    const char *name;  /* "calm-aleppo-2016-05/strict-fire-v1" */
    const char *files; /* fingerprint of the agreement's file */
    const char *rule;
    const truce_agreement *agreement;
} view_ledger;

/* The file at `path`, read, with the SHA-256 of its bytes in hexadecimal. */
marsad_status views_agreement(truce_agreement *out, const char **fingerprint, const char *path, arena *memory, marsad_error *err);
const char *views_ledger_name(const char *agreement, const char *rule, arena *memory);

/* The cells of some incidents, as they count on `day`, without what people marked. False when memory is out. */
bool views_cells(cell_list *out, const view_ledger *ledger, const incident_list *incidents, int32_t day, const rule_set *rules, arena *memory);

/* --- making them ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    marsad_archive *archive;
    made_list made;
    view_ledger *ledgers; /* agreements in the folder beside the rules, with each rule */
    uint32_t ledger_count, ledger_room;
    bool is_whole;      /* the views of incidents, made by the rules at hand */
    bool is_others;     /* made by other rules, by another program that leads: it goes on to make them */
    const char **towns; /* whose claims changed in the transaction at work */
    uint32_t town_count, town_room;
    arena memory, town_memory, scratch; /* of ledgers; of the transaction; of one step */
    buffer incidents, told;
    bool in_bulk;
    views_bulk bulk; /* what was gathered in the transaction at work */
} view_maker;

/* Reads agreements and what is made. Free it in any case. */
marsad_status views_begin(view_maker *v, marsad_archive *archive, marsad_error *err);
void views_end(view_maker *v);

/* In a transaction of its own: where rules have changed, or `anew`, all is forgotten and every neighbourhood marked as stale. */
marsad_status views_look(view_maker *v, bool anew, int64_t now, marsad_error *err);

/*
 * Within a transaction, after the incidents of area's days [from, to] were replaced by those of `incidents`, which were joined from `statements`: those of the
 * area that are sorted under [from - REACH, to + REACH]. Claims are of the days of those.
 */
marsad_status views_keep_days(view_maker *v, const char *area, int32_t from, int32_t to, const incident_list *incidents, marsad_error *err);
marsad_status views_keep_claims(view_maker *v, const char *area, int32_t from, int32_t to, const statement_list *statements, const claim_rows *days,
                                marsad_error *err);
/* The days under which those of them that tell of control are sorted. */
marsad_status views_days(store *s, const char *area, int32_t from, int32_t to, const statement_list *statements, claim_rows *out, arena *memory,
                         marsad_error *err);
/* At its end: what was gathered, timelines of the towns whose claims changed; and, where nothing was stale any more, that all is made. */
marsad_status views_keep_towns(view_maker *v, marsad_error *err);
marsad_status views_keep_whole(view_maker *v, marsad_error *err);

/* Makes ledgers whose agreement is new or has changed, in several transactions. */
marsad_status views_make_ledgers(view_maker *v, int64_t now, marsad_error *err);

/* A timeline as the store keeps it, of one place (NULL: of all), in `memory`. */
marsad_status views_spans(stored_span **out, uint32_t *count, const control_timeline *timeline, const char *place, arena *memory, marsad_error *err);
/* What is kept of a statement of control: a row for each town. False when memory is out. */
bool views_claims(claim_rows *out, const statement *s, const char *area, int32_t day, buffer *packed, arena *memory);

#endif
