/*
 * Seals: what a row said when the log was written. A line of the log holds the digest of the rows that it tells of, so that whoever changes one without the
 * other is found out. The same SQL makes the digest and checks it.
 */
#ifndef MARSAD_SEAL_H
#define MARSAD_SEAL_H

#include <sodium.h>

#include "archive/store.h"

enum { SEAL_BYTES = 2 * SHA256_BYTES + 1 };

/* What is sealed: the `what` of its log lines, and how its rows are found by their subject. */
typedef struct {
    const char *what;
    const char *sql;     /* all that is sealed, of subject $1 */
    const char *orphans; /* subjects of rows that no line of the log tells of */
    bool is_numbered;    /* its subjects are numbers */
    bool is_changing;    /* its rows change, each time with a line: the last one tells what they are (verify_accounts.c) */
} seal_kind;

/* Ends with a row whose `what` is NULL. */
const seal_kind *seal_kinds(void);

/* Adds a cell to the digest: its type and its bytes, so that neither 1 and '1' nor two cells and one are the same. */
void seal_cell(crypto_hash_sha256_state *state, const db_rows *rows, int column);

/* What is sealed of an article; WHERE, or a join, says of which. */
#define ARTICLE_SEALED                                                                                                                               \
    "SELECT a.key, a.id, a.outlet, a.given_id, a.url, a.title, a.published, a.evidence, a.text_size, a.text_sha256, a.signature, a.batch, "          \
    "a.stored, "                                                                                                                                     \
    "a.reader, a.note, e.size, e.media, e.stored FROM article a JOIN evidence e ON e.sha256 = a.evidence"

/* The seal of the row at hand alone: what seal_of() says where a question gives only this row. */
void seal_of_row(char out[SEAL_BYTES], const db_rows *rows);

/* 64 hexadecimal digits over all cells of all rows that `sql` gives; "" where it gives no row. */
marsad_status seal_of(db *d, char out[SEAL_BYTES], const char *sql, const db_value *values, size_t count, marsad_error *err);

/* The same of a kind's rows under one subject. */
marsad_status seal_of_subject(db *d, char out[SEAL_BYTES], const seal_kind *kind, view subject, marsad_error *err);

/* Adds the line "what subject: seal DIGEST `more`" to the log. */
marsad_status seal_log(store *s, const char *what, const char *subject, const char *more, marsad_error *err);

/* The digest of an article's records as they were read: ids and bodies, in the order of the ids. */
typedef struct {
    crypto_hash_sha256_state state;
} records_digest;
void records_digest_begin(records_digest *d);
void records_digest_add(records_digest *d, const char *id, view body);
void records_digest_end(records_digest *d, char out[2 * SHA256_BYTES + 1]);

/* Of an incident, of which views tell the rest: when it was made, when it went, and what it became. */
int64_t incident_seal(view id, int64_t kind, int64_t first_day, int64_t made, int64_t gone, view became);

#endif
