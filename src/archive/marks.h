/*
 * Marks: what people hold candidates of the truce ledger for, as rows that are only added to.
 *
 * Transactions and errors as in store.h.
 */
#ifndef MARSAD_MARKS_H
#define MARSAD_MARKS_H

#include "archive/store.h"

/* Strings live where they were read or handed over. */
typedef struct {
    int64_t key;
    const char *agreement, *version, *rule;
    bool counted; /* by `rule`, when the mark was made */
    const char *record, *accused, *mark, *person, *reason;
} stored_mark;

typedef struct {
    stored_mark *items; /* by record, accused */
    uint32_t count, room;
} mark_list;

/* Keeps a mark and makes its line in the log. `key` is not looked at. */
marsad_status store_add_mark(store *s, const stored_mark *mark, marsad_error *err);

/* The newest mark of each record and accused under an agreement, marks that were taken back ("none") among them. */
marsad_status store_marks(store *s, const char *agreement, mark_list *out, arena *memory, marsad_error *err);

#endif
