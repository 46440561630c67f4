/*
 * PostgreSQL as an engine, between its own files: postgres_connect.c connections; postgres.c what went wrong, transactions, rows in bulk; postgres_query.c statements and
 * rows; postgres_schema.c what it is made of.
 */
#ifndef MARSAD_POSTGRES_H
#define MARSAD_POSTGRES_H

#include <libpq-fe.h>

#include "archive/engine.h"

enum { STATEMENTS_MAX = 192, VALUES_MAX = 24, POSTGRES_PATIENCE = 30 /* seconds, for locks and for a server that is away */ };

/* A statement that the server keeps prepared for this connection. */
typedef struct {
    char *sql; /* its own */
    const char *address;
    uint32_t connection_number; /* of the connection that it was prepared on */
    uint32_t used;              /* bit n - 1: $n is in the text */
} kept_statement;

typedef struct query query;

typedef struct {
    db base;
    PGconn *link;
    char *where, *shown; /* `shown`: without a password */
    uint32_t number;     /* of connections that were made */
    bool is_read_only, is_in_transaction, is_leading;
    bool is_of_primary; /* DB_PRIMARY */
    bool may_pass;      /* what failed last */
    query *open;        /* whose rows are still coming; NULL: none */
    int64_t changed;
    kept_statement kept[STATEMENTS_MAX];
    arena values; /* of the statement that is being sent */
} connection;

static inline connection *connection_of(db *d)
{
    return (connection *)d;
}

/* --- postgres_connect.c ------------------------------------------------------------------------------------------------------- */

/* Makes the connection. */
marsad_status postgres_connect(connection *c, marsad_error *err);
/* Makes it anew where it is lost, unless a transaction is lost with it. Tries for half a minute. */
marsad_status postgres_connect_again(connection *c, marsad_error *err);
/* It is for reading alone from here on. */
marsad_status postgres_only_read(connection *c, marsad_error *err);

/* --- postgres.c ------------------------------------------------------------------------------------------------------------- */

/* What went wrong, by `result` (NULL: by the connection). */
marsad_status postgres_failed(connection *c, const PGresult *result, marsad_error *err);
/* Runs statements that give nothing. */
marsad_status postgres_run(connection *c, const char *sql, marsad_error *err);
/* The first line of what the server or the library said. */
void postgres_first_line(char out[400], const char *told);
bool postgres_is_lost(const connection *c);

/* --- postgres_query.c --------------------------------------------------------------------------------------------------------- */

marsad_status postgres_ask(db *d, db_rows **out, marsad_error *err, const char *sql, const db_value *values, size_t count);
marsad_status postgres_next(db_rows *rows, marsad_error *err);
void postgres_end(db_rows *rows);
int postgres_columns(const db_rows *rows);
db_type postgres_type_of(const db_rows *rows, int column);
int64_t postgres_get_int(const db_rows *rows, int column);
double postgres_get_real(const db_rows *rows, int column);
view postgres_get_bytes(const db_rows *rows, int column);
/* Takes in what is still coming, so that the connection is free for another statement. */
marsad_status postgres_finish_open(connection *c, marsad_error *err);

/* --- postgres_schema.c -------------------------------------------------------------------------------------------------------- */

/* Whether the connection leads to an archive that this program can work with; nothing is changed. */
marsad_status postgres_check_kind(connection *c, unsigned flags, marsad_error *err);
marsad_status postgres_migrate(db *d, marsad_error *err);
marsad_status postgres_check(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err);
marsad_status postgres_check_schema(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err);

#endif
