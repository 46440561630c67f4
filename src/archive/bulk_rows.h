/* Articles and their records as rows of staged tables. */
#ifndef MARSAD_BULK_ROWS_H
#define MARSAD_BULK_ROWS_H

#include "archive/staging.h"

typedef struct {
    buffer articles, records, places; /* as db_send() takes them */
    size_t article_count, record_count;
} bulk_rows;

/* staged_article, staged_record, staged_place; and staged_chain, for chains that become one: those of the same `part` (chains_bulk.h). */
enum { BULK_TABLES = 4 };
extern const staged_table bulk_tables[BULK_TABLES];

/* False when memory is out. */
bool bulk_rows_add(bulk_rows *b, const stored_article *article, const stored_record *records, size_t count);
/* To the first three tables, which staging_prepare() has made. */
marsad_status bulk_rows_send(store *s, const bulk_rows *b, marsad_error *err);
void bulk_rows_forget(bulk_rows *b);
void bulk_rows_free(bulk_rows *b);

#endif
