/*
 * What a bulletin said, item by item, as a later bulletin that corrects it needs it: made of what was let out, kept as JSON beside the bulletin's other forms.
 *
 *   {"format": "marsad-bulletin-items-1", "items": [{"item": 4, "incident": "I-…", "grade": "fair",
 *     "figures": [{"of": "killed", "group": "", "low": 3, "high": 5}], "statements": [{"id": "R-…", "outlet": "…", "says": "16 hexadecimal digits"}]}]}
 */
#ifndef MARSAD_BULLETIN_ITEMS_H
#define MARSAD_BULLETIN_ITEMS_H

#include "incident/incident.h"

typedef struct {
    const char *of, *group;
    int64_t low, high; /* MARSAD_NO_VALUE: open */
} item_figure;

typedef struct {
    const char *id, *outlet;
    const char *says; /* a digest of what the statement tells: another one if a person mended it */
} item_statement;

typedef struct {
    int64_t number;
    const char *incident, *grade;
    item_figure *figures;
    item_statement *statements;
    uint32_t figure_count, statement_count;
} bulletin_item;

typedef struct {
    bulletin_item *items; /* by number */
    uint32_t count;
} bulletin_items;

/* The items of a bulletin of `incidents`, numbered as they stand in it. False when memory is out. */
bool bulletin_items_of(bulletin_items *out, const incident_list *incidents, arena *memory);
bool bulletin_items_write(const bulletin_items *items, marsad_write *write, void *context);
/* Errors: MARSAD_ERR_SYSTEM, MARSAD_ERR_FORMAT. */
marsad_status bulletin_items_read(bulletin_items *out, view json, arena *memory, marsad_error *err);

#endif
