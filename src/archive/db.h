/*
 * A database engine, as small as the archive needs it: statements in SQL with $1, $2 ... for values, rows out, one transaction at a time.
 * The archive's SQL is written once, in what SQLite and PostgreSQL both understand. The schemas differ (schema/), and so does what is asked by a box.
 *
 * Names      "postgresql://..." and "postgres://..." are PostgreSQL, as libpq reads such a name; all others are a file of SQLite.
 * Threads    a db belongs to one thread.
 * Loss       a connection to a server that is lost is made anew. A question that stood in no transaction is asked again; a transaction is gone, and
 *            what is called next in it fails with MARSAD_ERR_SYSTEM. Of a commit whose answer was lost it is not known whether it was done.
 * Refusal    MARSAD_ERR_REFUSED: what was given breaks a rule or a limit of the engine, and would do so again. The transaction is to be rolled back.
 * Ownership  texts and blobs of a row live until the next db_next() or db_end() of that query.
 */
#ifndef MARSAD_DB_H
#define MARSAD_DB_H

#include "base/base.h"
#include "base/buffer.h"

typedef struct db db;
typedef struct db_rows db_rows;

typedef enum { DB_NULL, DB_INTEGER, DB_REAL, DB_TEXT, DB_BLOB } db_type;

typedef struct {
    db_type type;
    bool is_narrow; /* an integer that goes into a column of four bytes: db_bulk_row() alone asks */
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

/* PRIMARY: a server that follows another, and may be behind it, is none: who may come to one by the name, or comes again after a loss, waits for the one that it follows. */
enum { DB_CREATE = 1, DB_READ_ONLY = 2, DB_PRIMARY = 4 };

/* Is it PostgreSQL? What is asked in its own way there asks this. */
bool db_is_postgres(const db *d);
/* Does the name tell of a server, not of a file? */
bool db_names_server(const char *where);
/* Adds the name for people: that of a server without a password; with a NUL. */
void db_shown(buffer *out, const char *where);
/* Was it opened for reading alone, or may whoever opened it do no more? */
bool db_is_read_only(const db *d);
/*
 * Whether what failed last may go well when it is tried again by and by: the server could not be reached, or somebody was in the way. False where only a person can help, and
 * always of a file: who waited ten seconds for it has tried.
 */
bool db_may_pass(const db *d);

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

/*
 * What a transaction that writes may not do beside another. SQLite has one writer for everything; PostgreSQL one for each of these.
 *   NEWS   articles, records, the log, and the keys of all rows: so that keys rise in the order of commits
 *   VIEWS  incidents and what else is made from records
 *   OUTBOX parcels and dead letters that are there: whether they are sent, that they go. Held for moments, so that who holds NEWS may wait for it
 * Who takes more than one takes them in this order. ALL: what changes what is known, and nothing of the outbox.
 */
enum { DB_LOCK_NEWS = 1, DB_LOCK_VIEWS = 2, DB_LOCK_ALL = 3, DB_LOCK_OUTBOX = 4 };

/* A transaction that writes. Waits up to ten seconds (PostgreSQL: thirty) for who holds one of `locks`. */
marsad_status db_begin(db *d, unsigned locks, marsad_error *err);
/* A transaction that reads alone, all of it as it was at one moment, and hinders nobody. Ends by db_rollback(). */
marsad_status db_begin_reading(db *d, marsad_error *err);
/*
 * Takes more locks within the transaction; those that it holds are held to its end. Waits for NEWS up to five minutes: what was done in the transaction is lost
 * with it, and those who store in turn may be many.
 */
marsad_status db_lock(db *d, unsigned locks, marsad_error *err);
marsad_status db_commit(db *d, marsad_error *err);
void db_rollback(db *d);

/*
 * Of all that work with the archive, one leads: `*is_leading` tells whether it is this connection. Who leads keeps it until the connection ends.
 * Where there is one writer for everything, it is always oneself.
 */
marsad_status db_lead(db *d, bool *is_leading, marsad_error *err);

/* --- rows in bulk ------------------------------------------------------------------------------------------------------------- */

/* Whether rows are taken in bulk: by db_send() into tables of the connection's own, and from there by statements over all of them (bulk.c). */
bool db_takes_bulk(const db *d);
/* Adds a row to `out` as db_send() takes them. */
void db_bulk_row(buffer *out, const db_value *values, size_t count);
/* Sends rows to the COPY statement `sql` ("... FROM STDIN BINARY"). Within a transaction. */
marsad_status db_send(db *d, marsad_error *err, const char *sql, view rows);

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
