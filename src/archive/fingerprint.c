#include "archive/fingerprint.h"

enum { ROWS_A_TELLING = 4096 };

void table_digest_begin(table_digest *digest)
{
    digest->rows = 0;
    crypto_hash_sha256_init(&digest->state);
}

void table_digest_add(table_digest *digest, const db_rows *rows)
{
    digest->rows++;
    for (int c = 0; c < db_columns(rows); c++)
        seal_cell(&digest->state, rows, c);
}

void table_digest_end(table_digest *digest, char out[SEAL_BYTES])
{
    unsigned char hash[SHA256_BYTES];
    crypto_hash_sha256_final(&digest->state, hash);
    sodium_bin2hex(out, SEAL_BYTES, hash, sizeof hash);
}

static marsad_status digest_rows(db *d, const char *sql, const archive_table *table, table_digest *digest, table_progress *progress, void *context,
                                 marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, sql, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        table_digest_add(digest, rows);
        if (progress != NULL && digest->rows % ROWS_A_TELLING == 0)
            progress(context, table->name, digest->rows);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status table_digest_of(db *d, const archive_table *table, uint64_t *rows, char out[SEAL_BYTES], table_progress *progress, void *context,
                              marsad_error *err)
{
    arena memory = {0};
    buffer sql = {0};
    table_columns columns;
    table_digest digest;
    table_digest_begin(&digest);
    marsad_status status = table_columns_of(d, table, &columns, &memory, err);
    if (status == MARSAD_OK && !table_select(&sql, table, &columns))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the rows of '%s'", table->name);
    if (status == MARSAD_OK)
        status = digest_rows(d, sql.bytes, table, &digest, progress, context, err);
    table_digest_end(&digest, out);
    *rows = digest.rows;
    if (progress != NULL)
        progress(context, table->name, digest.rows);
    buffer_free(&sql);
    arena_free(&memory);
    return status;
}
