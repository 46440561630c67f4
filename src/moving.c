/* What is done to an archive as a whole. */
#include "marsad_moving.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "archive/fill.h"
#include "archive/move.h"
#include "archive/roles.h"

bool marsad_archive_is_on_server(const char *where)
{
    return db_names_server(where);
}

void marsad_archive_shown(char *out, size_t size, const char *where)
{
    buffer shown = {0};
    db_shown(&shown, where);
    snprintf(out, size, "%s", shown.failed ? "" : shown.bytes);
    buffer_free(&shown);
}

/* Of a database that is there: with roles of the prefix `used`, "" where none was given. */
static marsad_status init_with_roles(db *d, char used[ROLES_PREFIX_BYTES], marsad_error *err)
{
    marsad_status status = used[0] == 0 ? roles_find_prefix(d, used, err) : MARSAD_OK;
    if (status == MARSAD_OK)
        status = roles_make(d, used, err);
    return status;
}

static_assert((int)MARSAD_ROLES_PREFIX_BYTES == (int)ROLES_PREFIX_BYTES, "a prefix is as long for callers as it is here");

marsad_status marsad_archive_init(const char *where, const char *prefix, char used[MARSAD_ROLES_PREFIX_BYTES], marsad_error *err)
{
    db *d = NULL;
    marsad_status status = prefix == NULL ? MARSAD_OK : roles_check_prefix(prefix, err);
    used[0] = 0;
    if (status == MARSAD_OK)
        status = db_open(&d, where, DB_CREATE, err);
    if (status == MARSAD_OK && db_is_postgres(d)) {
        snprintf(used, ROLES_PREFIX_BYTES, "%s", prefix == NULL ? "" : prefix);
        status = init_with_roles(d, used, err);
    } else if (status == MARSAD_OK)
        status = db_migrate(d, err);
    db_close(d);
    return status;
}

marsad_status marsad_archive_move(const char *from, const char *to, const marsad_moving *told, marsad_error *err)
{
    const move_listener listener = {told->progress, told->compared, told->context};
    return move_archive(from, to, &listener, err);
}

marsad_status marsad_archive_is_empty(const char *where, marsad_error *err)
{
    db *d = NULL;
    marsad_status status = db_open(&d, where, DB_READ_ONLY, err);
    if (status == MARSAD_OK)
        status = filling_check_empty(d, err);
    db_close(d);
    return status;
}

static marsad_status tell_tables(db *d, const marsad_moving *told, char all[SEAL_BYTES], marsad_error *err)
{
    buffer lines = {0};
    unsigned char digest[SHA256_BYTES];
    marsad_status status = MARSAD_OK;
    for (const archive_table *t = archive_tables; t->name != NULL && status == MARSAD_OK; t++) {
        char hash[SEAL_BYTES];
        uint64_t rows;
        status = table_digest_of(d, t, &rows, hash, told->progress, told->context, err);
        buffer_format(&lines, "%s %" PRIu64 " %s\n", t->name, rows, hash);
        if (status == MARSAD_OK && told->compared != NULL)
            told->compared(told->context, t->name, rows, hash, hash);
    }
    if (status == MARSAD_OK && lines.failed)
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a fingerprint");
    if (status == MARSAD_OK) {
        crypto_hash_sha256(digest, (const unsigned char *)lines.bytes, lines.used);
        sodium_bin2hex(all, SEAL_BYTES, digest, sizeof digest);
    }
    buffer_free(&lines);
    return status;
}

marsad_status marsad_archive_fingerprint(const char *where, const marsad_moving *told, char all[SEAL_BYTES], marsad_error *err)
{
    db *d = NULL;
    marsad_status status = db_open(&d, where, DB_READ_ONLY, err);
    if (status == MARSAD_OK)
        status = db_begin_reading(d, err);
    if (status == MARSAD_OK)
        status = tables_check(d, err);
    if (status == MARSAD_OK)
        status = tell_tables(d, told, all, err);
    if (d != NULL)
        db_rollback(d);
    db_close(d);
    return status;
}
