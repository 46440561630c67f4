#include "archive/settings.h"

#include <stdio.h>

#include "archive/seal.h"
#include "base/buffer.h"

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a setting");
}

marsad_status store_add_setting(store *s, const char *name, const char *value, const char *person, marsad_error *err)
{
    int64_t key;
    char subject[32];
    buffer told = {0};
    marsad_status status = db_ask_int(s->db, &key, 0, err, "INSERT INTO setting(time, person, name, value) VALUES($1, $2, $3, $4) RETURNING key",
                                      DB_VALUES(db_int(s->now), db_text(person), db_text(name), db_text(value)));
    snprintf(subject, sizeof subject, "%lld", (long long)key);
    buffer_format(&told, "%s by %s: %s", name, person, value);
    buffer_add(&told, "", 1);
    if (status == MARSAD_OK)
        status = told.failed ? no_memory(err) : seal_log(s, "setting", subject, told.bytes, err);
    buffer_free(&told);
    return status;
}

marsad_status store_setting(store *s, const char *name, stored_setting *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = (stored_setting){0};
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT value, person, time FROM setting WHERE name = $1 ORDER BY key DESC LIMIT 1", DB_VALUES(db_text(name)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        *out = (stored_setting){
            .value = arena_string(memory, db_get_text(rows, 0)), .person = arena_string(memory, db_get_text(rows, 1)), .time = db_get_int(rows, 2)};
        if (out->value == NULL || out->person == NULL)
            status = no_memory(err);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
