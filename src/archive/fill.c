#include "archive/fill.h"

#include <stdio.h>

#include "archive/made.h"

#define APPLICATION_ID "1297240900" /* "MRSD", of schema/sqlite-1.sql */

/* `sql` gives statements that put something away, and beside each what makes it again. */
static marsad_status put_away(filling *f, const char *sql, marsad_error *err)
{
    marsad_status status = made_collect(f->db, sql, 1, &f->rest, err);
    return status == MARSAD_OK ? made_run(f->db, sql, err) : status;
}

/* --- beginning ------------------------------------------------------------------------------------------------------------------- */

marsad_status filling_check_empty(db *d, marsad_error *err)
{
    marsad_status status = tables_check(d, err);
    for (const archive_table *t = archive_tables; t->name != NULL && status == MARSAD_OK; t++) {
        char sql[80];
        int64_t is_there = 0;
        snprintf(sql, sizeof sql, "SELECT CASE WHEN EXISTS (SELECT 1 FROM %s) THEN 1 ELSE 0 END", t->name);
        status = db_ask_int(d, &is_there, 0, err, sql, DB_NONE);
        if (status == MARSAD_OK && is_there != 0)
            status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "it holds rows already (table '%s'): a copy takes the place of nothing", t->name);
    }
    return status;
}

/* Nobody sees a file before it is done, and one that was left half is no archive: so nothing of it needs to be on the disk before the end. */
static marsad_status begin_file(db *d, marsad_error *err)
{
    static const char *const settings[] = {"PRAGMA foreign_keys=OFF", "PRAGMA journal_mode=MEMORY", "PRAGMA synchronous=OFF",
                                           "PRAGMA temp_store=FILE"};
    marsad_status status = filling_check_empty(d, err);
    for (size_t i = 0; i < sizeof settings / sizeof *settings && status == MARSAD_OK; i++)
        status = db_run(d, err, settings[i], DB_NONE);
    if (status == MARSAD_OK)
        status = db_run(d, err, "PRAGMA application_id=0", DB_NONE);
    return status == MARSAD_OK ? db_begin(d, DB_LOCK_ALL, err) : status;
}

static marsad_status begin_server(db *d, marsad_error *err)
{
    marsad_status status = db_begin(d, DB_LOCK_ALL, err);
    if (status == MARSAD_OK)
        status = made_run(d,
                          "SELECT 'LOCK TABLE ' || string_agg(CAST(oid::regclass AS text), ', ' ORDER BY relname) || ' IN ACCESS EXCLUSIVE MODE' "
                          "FROM pg_class WHERE "
                          "relnamespace = 'marsad'::regnamespace AND relkind = 'r'",
                          err);
    return status == MARSAD_OK ? filling_check_empty(d, err) : status;
}

marsad_status filling_begin(filling *out, db *d, marsad_error *err)
{
    static const char references[] =
        "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname), 'ALTER TABLE ' || conrelid::regclass || ' ADD "
        "CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'marsad'::regnamespace AND "
        "contype = 'f' ORDER BY conrelid, conname",
                      indexes[] =
                          "SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = "
                          "indrelid WHERE c.relnamespace = 'marsad'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = "
                          "indexrelid) ORDER BY indexrelid",
                      indexes_of_file[] =
                          "SELECT 'DROP INDEX ' || name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
    *out = (filling){.db = d};
    const bool is_server = db_is_postgres(d);
    marsad_status status = is_server ? begin_server(d, err) : begin_file(d, err);
    if (status == MARSAD_OK && is_server) /* before the indexes that they rest on */
        status = put_away(out, references, err);
    if (status != MARSAD_OK || !is_server)
        return status == MARSAD_OK ? put_away(out, indexes_of_file, err) : status;
    /* What references rest on is made before them. */
    buffer of_references = out->rest;
    out->rest = (buffer){0};
    status = put_away(out, indexes, err);
    buffer_add(&out->rest, of_references.bytes, of_references.used);
    buffer_free(&of_references);
    return status == MARSAD_OK && out->rest.failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for indexes") : status;
}

/* --- ending ---------------------------------------------------------------------------------------------------------------------- */

/* Keys to come, and what the server knows of how values lie. */
static marsad_status finish_server(db *d, marsad_error *err)
{
    marsad_status status = made_run(d,
                                    "SELECT 'SELECT setval(pg_get_serial_sequence(' || quote_literal(attrelid::regclass) || ', ' || "
                                    "quote_literal(attname) || '), coalesce(max(' || "
                                    "quote_ident(attname) || '), 1), max(' || quote_ident(attname) || ') IS NOT NULL) FROM ' || attrelid::regclass "
                                    "FROM pg_attribute JOIN pg_class c ON c.oid "
                                    "= attrelid WHERE c.relnamespace = 'marsad'::regnamespace AND c.relkind = 'r' AND attidentity <> ''",
                                    err);
    return status == MARSAD_OK
               ? made_run(d, "SELECT 'ANALYZE ' || oid::regclass FROM pg_class WHERE relnamespace = 'marsad'::regnamespace AND relkind = 'r'", err)
               : status;
}

static marsad_status finish_file(db *d, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, "SELECT \"table\", rowid FROM pragma_foreign_key_check LIMIT 1", DB_NONE);
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "a row of '%.*s' points at nothing", (int)db_get_text(rows, 0).len,
                      db_get_text(rows, 0).ptr);
    db_end(rows);
    return status == MARSAD_END ? db_run(d, err, "PRAGMA application_id=" APPLICATION_ID, DB_NONE) : status;
}

marsad_status filling_finish(filling *f, marsad_error *err)
{
    marsad_status status = made_run_each(f->db, &f->rest, err);
    if (status != MARSAD_OK)
        return status;
    return db_is_postgres(f->db) ? finish_server(f->db, err) : finish_file(f->db, err);
}

marsad_status filling_commit(filling *f, marsad_error *err)
{
    marsad_status status = db_commit(f->db, err);
    /* One file, which can be read where nothing can be written. Whoever opens it to write makes it WAL again. */
    if (status == MARSAD_OK && !db_is_postgres(f->db))
        status = db_run(f->db, err, "PRAGMA journal_mode=DELETE", DB_NONE);
    return status;
}

void filling_free(filling *f)
{
    if (f->db != NULL)
        db_rollback(f->db);
    buffer_free(&f->rest);
    *f = (filling){0};
}
