/*
 * What a table holds, as a digest: of all its rows in the order of their keys, all their cells by type and bytes (seal.h). Two archives with the same digests hold the
 * same, whichever engine keeps them.
 */
#ifndef MARSAD_FINGERPRINT_H
#define MARSAD_FINGERPRINT_H

#include "archive/seal.h"
#include "archive/tables.h"

typedef struct {
    crypto_hash_sha256_state state;
    uint64_t rows;
} table_digest;

void table_digest_begin(table_digest *digest);
/* Adds the row at which `rows` stands; they must come as table_select() has them. */
void table_digest_add(table_digest *digest, const db_rows *rows);
void table_digest_end(table_digest *digest, char out[SEAL_BYTES]);

/* Told every some rows of a table, and at its end; NULL: nobody asks. */
typedef void table_progress(void *context, const char *table, uint64_t rows);

/* The digest of the table as the connection sees it. */
marsad_status table_digest_of(db *d, const archive_table *table, uint64_t *rows, char out[SEAL_BYTES], table_progress *progress, void *context,
                              marsad_error *err);

#endif
