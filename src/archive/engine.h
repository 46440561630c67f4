/*
 * What an engine does for db.h: a table of functions. db.c chooses one by the archive's name; nobody else knows which it is.
 * Each function keeps the promise of the db_ function of its name.
 */
#ifndef MARSAD_ENGINE_H
#define MARSAD_ENGINE_H

#include "archive/db.h"

typedef struct {
    const char *name;
    marsad_status (*open)(db **out, const char *where, unsigned flags, marsad_error *err);
    void (*close)(db *d);

    marsad_status (*ask)(db *d, db_rows **out, marsad_error *err, const char *sql, const db_value *values, size_t count);
    marsad_status (*next)(db_rows *rows, marsad_error *err);
    void (*end)(db_rows *rows);
    marsad_status (*run_now)(db *d, marsad_error *err, const char *sql, const db_value *values, size_t count);
    int64_t (*changed)(const db *d);

    int (*columns)(const db_rows *rows);
    db_type (*type_of)(const db_rows *rows, int column);
    int64_t (*get_int)(const db_rows *rows, int column);
    double (*get_real)(const db_rows *rows, int column);
    view (*get_text)(const db_rows *rows, int column);
    view (*get_blob)(const db_rows *rows, int column);

    marsad_status (*begin)(db *d, unsigned locks, marsad_error *err);
    marsad_status (*begin_reading)(db *d, marsad_error *err);
    marsad_status (*lock)(db *d, unsigned locks, marsad_error *err);
    marsad_status (*commit)(db *d, marsad_error *err);
    void (*rollback)(db *d);
    marsad_status (*lead)(db *d, bool *is_leading, marsad_error *err);

    marsad_status (*send)(db *d, marsad_error *err, const char *sql, view rows); /* NULL where rows are not taken in bulk */

    marsad_status (*migrate)(db *d, marsad_error *err);
    marsad_status (*check)(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err);
    marsad_status (*check_schema)(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err);
    marsad_status (*copy)(const char *where, const char *to, marsad_error *err);

    bool (*may_pass)(const db *d); /* NULL: never */
    bool (*is_read_only)(const db *d);
} db_engine;

/* What every engine's connection and rows begin with. */
struct db {
    const db_engine *engine;
};
struct db_rows {
    const db_engine *engine;
};

extern const db_engine sqlite_engine, postgres_engine;

/* postgres.c: the name without a password, with a NUL. False if it is none that can be understood. */
bool postgres_shown(buffer *out, const char *where);
/* postgres_files.c: the paths of files that connecting reads, whether they are there or not; `home` may be NULL. */
void postgres_files(const char *where, const char *home, void (*visit)(void *context, const char *path), void *context);
/* sqlite_copy.c */
marsad_status sqlite_copy(const char *where, const char *to, marsad_error *err);

#endif
