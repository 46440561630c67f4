/*
 * A database engine, as small as the archive needs it: statements in SQL with $1, $2 ... for values, rows out, one transaction at a time.
 * The archive's SQL (store*.c) is written once, in what SQLite and PostgreSQL both understand; what differs (schema, full text, boxes) is asked of the engine.
 *
 * Threads    a db belongs to one thread.
 * Ownership  texts and blobs of a row live until the next db_next() or db_end() of that query.
 */
#ifndef MARSAD_DB_H
#define MARSAD_DB_H

#include "base/base.h"

typedef struct db db;
typedef struct db_rows db_rows;

typedef enum { DB_NULL, DB_INTEGER, DB_REAL, DB_TEXT, DB_BLOB } db_type;

typedef struct {
    db_type type;
    int64_t integer;
    double real;
    view bytes; /* of a text or blob; must live until the call that it is given to returns, of db_ask() until db_end() */
} db_value;

static inline db_value db_null(void)
{
    return (db_value){.type = DB_NULL};
}
static inline db_value db_int(int64_t value)
{
    return (db_value){.type = DB_INTEGER, .integer = value};
}
static inline db_value db_real(double value)
{
    return (db_value){.type = DB_REAL, .real = value};
}
static inline db_value db_view(view text)
{
    return (db_value){.type = DB_TEXT, .bytes = text};
}
static inline db_value db_text(const char *text)
{
    return db_view(view_of(text));
}
static inline db_value db_blob(view bytes)
{
    return (db_value){.type = DB_BLOB, .bytes = bytes};
}

/* The values of a statement: db_run(d, err, sql, DB_VALUES(db_int(1), db_text("x"))), or DB_NONE. */
#define DB_VALUES(...) (const db_value[]){__VA_ARGS__}, sizeof((const db_value[]){__VA_ARGS__}) / sizeof(db_value)
#define DB_NONE NULL, 0

/* --- one connection ----------------------------------------------------------------------------------------------------- */

enum { DB_CREATE = 1, DB_READ_ONLY = 2 };

/*
 * Errors: MARSAD_ERR_SYSTEM if it cannot be opened or is busy for longer than ten seconds; MARSAD_ERR_FORMAT if it is no archive, or damaged.
 */
marsad_status db_open(db **out, const char *where, unsigned flags, marsad_error *err);
void db_close(db *d);

/* Runs one statement and drops its rows. `changed` receives the number of rows that it wrote; may be NULL. */
marsad_status db_run(db *d, marsad_error *err, const char *sql, const db_value *values, size_t count);
/* The same, but where another connection writes at this moment it fails at once instead of waiting: for what can as well be written later. */
marsad_status db_run_now(db *d, marsad_error *err, const char *sql, const db_value *values, size_t count);
/* Rows that the last db_run() wrote. */
int64_t db_changed(const db *d);

/* Begins a query. The rows are taken by db_next() until it returns MARSAD_END; db_end() must follow in any case (NULL is harmless). */
marsad_status db_ask(db *d, db_rows **out, marsad_error *err, const char *sql, const db_value *values, size_t count);
marsad_status db_next(db_rows *rows, marsad_error *err);
void db_end(db_rows *rows);

int db_columns(const db_rows *rows);
db_type db_type_of(const db_rows *rows, int column);
bool db_is_null(const db_rows *rows, int column); /* columns from 0 */
int64_t db_get_int(const db_rows *rows, int column);
double db_get_real(const db_rows *rows, int column);
view db_get_text(const db_rows *rows, int column);
view db_get_blob(const db_rows *rows, int column);

/* One integer of one row; `fallback` where there is no row or it is null. */
marsad_status db_ask_int(db *d, int64_t *out, int64_t fallback, marsad_error *err, const char *sql, const db_value *values, size_t count);

/* A transaction that writes. One writer at a time: waits up to ten seconds for another. */
marsad_status db_begin(db *d, marsad_error *err);
marsad_status db_commit(db *d, marsad_error *err);
void db_rollback(db *d);

/* Copies the database `where`, as it is at one moment, over the file `to`, which is there and holds nothing. Who writes to `where` meanwhile goes on. */
marsad_status db_copy(const char *where, const char *to, marsad_error *err);

/* --- what engines do in their own way ------------------------------------------------------------------------------------- */

/* Brings the schema to the newest version, step by step, each in a transaction. Refuses an archive that a newer program made. */
marsad_status db_migrate(db *d, marsad_error *err);
/* Structure, indexes and references as the engine checks them. `tell` gets one line for each fault. */
marsad_status db_check(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err);
/* One line for each difference between the archive's schema and that of a new one. */
marsad_status db_check_schema(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err);

#endif
