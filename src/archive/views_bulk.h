/*
 * Views written in bulk, where the engine takes rows so (db_takes_bulk()): gathered within a transaction, written by statements over all of them at its end. What is
 * gathered twice is written as it came last.
 */
#ifndef MARSAD_VIEWS_BULK_H
#define MARSAD_VIEWS_BULK_H

#include "archive/views.h"

/* Zero-initialised is empty and ready. */
typedef struct {
    buffer neighbourhoods, cells, claims, spans;
    int64_t count; /* of neighbourhoods and claims */
    bool has_staged;
} views_bulk;

/* A neighbourhood; and cells of the one gathered last. */
void views_bulk_neighbourhood(views_bulk *b, const stored_neighbourhood *n);
void views_bulk_cells(views_bulk *b, const char *ledger, const stored_cell *cells, uint32_t count);
void views_bulk_claim(views_bulk *b, const stored_claim *claim);
void views_bulk_span(views_bulk *b, const stored_span *span);

/* Neighbourhoods, cells and claims; their timelines. Old spans must be gone. */
marsad_status views_bulk_flush(store *s, views_bulk *b, marsad_error *err);
marsad_status views_bulk_flush_spans(store *s, views_bulk *b, marsad_error *err);
void views_bulk_free(views_bulk *b);

#endif
