#include "archive/made.h"

marsad_status made_collect(db *d, const char *sql, int column, buffer *out, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, sql, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view text = db_get_text(rows, column);
        buffer_add(out, text.ptr, text.len);
        buffer_add(out, "", 1);
    }
    db_end(rows);
    if (out->failed)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for statements");
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status made_run_each(db *d, const buffer *statements, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (size_t at = 0; at < statements->used && status == MARSAD_OK; at += strlen(statements->bytes + at) + 1)
        status = db_run(d, err, statements->bytes + at, DB_NONE);
    return status;
}

marsad_status made_run(db *d, const char *sql, marsad_error *err)
{
    buffer statements = {0};
    marsad_status status = made_collect(d, sql, 0, &statements, err);
    if (status == MARSAD_OK)
        status = made_run_each(d, &statements, err);
    buffer_free(&statements);
    return status;
}
