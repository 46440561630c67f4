/* Which engine it is, and what is the same for all of them. */
#include <string.h>

#include "archive/engine.h"

bool db_names_server(const char *where)
{
    return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

static const db_engine *engine_of(const char *where)
{
    return db_names_server(where) ? &postgres_engine : &sqlite_engine;
}

marsad_status db_open(db **out, const char *where, unsigned flags, marsad_error *err)
{
    return engine_of(where)->open(out, where, flags, err);
}

void db_close(db *d)
{
    if (d != NULL)
        d->engine->close(d);
}

bool db_is_postgres(const db *d)
{
    return d->engine == &postgres_engine;
}

void db_shown(buffer *out, const char *where)
{
    if (db_names_server(where))
        postgres_shown(out, where);
    else
        buffer_add(out, where, strlen(where) + 1);
}

bool db_is_read_only(const db *d)
{
    return d->engine->is_read_only(d);
}

bool db_may_pass(const db *d)
{
    return d->engine->may_pass != NULL && d->engine->may_pass(d);
}

/* --- statements ------------------------------------------------------------------------------------------------------------- */

marsad_status db_ask(db *d, db_rows **out, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    return d->engine->ask(d, out, err, sql, values, count);
}

marsad_status db_next(db_rows *rows, marsad_error *err)
{
    return rows->engine->next(rows, err);
}

void db_end(db_rows *rows)
{
    if (rows != NULL)
        rows->engine->end(rows);
}

marsad_status db_run(db *d, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, sql, values, count);
    while (status == MARSAD_OK)
        status = db_next(rows, err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status db_run_now(db *d, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    return d->engine->run_now(d, err, sql, values, count);
}

int64_t db_changed(const db *d)
{
    return d->engine->changed(d);
}

marsad_status db_ask_int(db *d, int64_t *out, int64_t fallback, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    db_rows *rows;
    *out = fallback;
    marsad_status status = db_ask(d, &rows, err, sql, values, count);
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_OK && !db_is_null(rows, 0))
        *out = db_get_int(rows, 0);
    while (status == MARSAD_OK) /* a reference that leads nowhere is told behind the row */
        status = db_next(rows, err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

int db_columns(const db_rows *rows)
{
    return rows->engine->columns(rows);
}

db_type db_type_of(const db_rows *rows, int column)
{
    return rows->engine->type_of(rows, column);
}

bool db_is_null(const db_rows *rows, int column)
{
    return db_type_of(rows, column) == DB_NULL;
}

int64_t db_get_int(const db_rows *rows, int column)
{
    return rows->engine->get_int(rows, column);
}

double db_get_real(const db_rows *rows, int column)
{
    return rows->engine->get_real(rows, column);
}

view db_get_text(const db_rows *rows, int column)
{
    return rows->engine->get_text(rows, column);
}

view db_get_blob(const db_rows *rows, int column)
{
    return rows->engine->get_blob(rows, column);
}

/* --- transactions ------------------------------------------------------------------------------------------------------------- */

marsad_status db_begin(db *d, unsigned locks, marsad_error *err)
{
    return d->engine->begin(d, locks, err);
}

marsad_status db_begin_reading(db *d, marsad_error *err)
{
    return d->engine->begin_reading(d, err);
}

marsad_status db_lock(db *d, unsigned locks, marsad_error *err)
{
    return d->engine->lock(d, locks, err);
}

marsad_status db_commit(db *d, marsad_error *err)
{
    return d->engine->commit(d, err);
}

void db_rollback(db *d)
{
    d->engine->rollback(d);
}

marsad_status db_lead(db *d, bool *is_leading, marsad_error *err)
{
    return d->engine->lead(d, is_leading, err);
}

bool db_takes_bulk(const db *d)
{
    return d->engine->send != NULL;
}

marsad_status db_send(db *d, marsad_error *err, const char *sql, view rows)
{
    return d->engine->send(d, err, sql, rows);
}

/* --- what engines do in their own way ------------------------------------------------------------------------------------------- */

marsad_status db_copy(const char *where, const char *to, marsad_error *err)
{
    return engine_of(where)->copy(where, to, err);
}

marsad_status db_migrate(db *d, marsad_error *err)
{
    return d->engine->migrate(d, err);
}

marsad_status db_check(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    return d->engine->check(d, tell, context, err);
}

marsad_status db_check_schema(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    return d->engine->check_schema(d, tell, context, err);
}
