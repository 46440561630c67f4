/*
 * Articles added where the engine takes rows in bulk. They are gathered here, and stored together before the commit:
 *
 *   staged_article, staged_record, staged_place (of this connection)   by COPY, while others write
 *   lock of news ─ what others stored meanwhile is dropped ─ evidence, articles, places, records, bands, chains, search keys, stale, log
 *
 * What is stored is what store_add_article() stores one by one elsewhere; tests hold the two against each other.
 */
#ifndef MARSAD_BULK_H
#define MARSAD_BULK_H

#include "archive/store.h"

/* Rows of articles of the transaction at work. */
typedef struct bulk bulk;

/* Gathers an article. `*is_new` is false if it is stored, or gathered, already. */
marsad_status bulk_add(store *s, const stored_article *article, const stored_record *records, size_t count, bool *is_new, marsad_error *err);
/* Stores what was gathered; takes the lock of news. */
marsad_status bulk_flush(store *s, marsad_error *err);
/* The transaction at work is over: forgets what was gathered in it. */
void bulk_end(store *s);
void bulk_free(store *s);

#endif
