#include "archive/log.h"

#include <sodium.h>
#include <stdio.h>

static void hash_part(crypto_hash_sha256_state *state, view part)
{
    crypto_hash_sha256_update(state, (const unsigned char *)part.ptr, part.len);
    crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
}

void log_hash(unsigned char out[LOG_HASH_BYTES], const unsigned char before[LOG_HASH_BYTES], const log_line *line)
{
    char number[32], time[32];
    snprintf(number, sizeof number, "%lld", (long long)line->line);
    snprintf(time, sizeof time, "%lld", (long long)line->time);

    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, before, LOG_HASH_BYTES);
    hash_part(&state, view_of(number));
    hash_part(&state, view_of(time));
    hash_part(&state, line->what);
    hash_part(&state, line->subject);
    hash_part(&state, line->detail);
    crypto_hash_sha256_final(&state, out);
}

marsad_status log_head(db *d, log_line *out, marsad_error *err)
{
    *out = (log_line){0};
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, "SELECT line, time, hash FROM log ORDER BY line DESC LIMIT 1", DB_NONE);
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_OK) {
        out->line = db_get_int(rows, 0);
        out->time = db_get_int(rows, 1);
        const view hash = db_get_blob(rows, 2);
        if (hash.len == LOG_HASH_BYTES)
            memcpy(out->hash, hash.ptr, LOG_HASH_BYTES);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* The line that follows `head`. */
static log_line line_after(const log_line *head, int64_t now, const char *what, const char *subject, view detail)
{
    log_line line = {
        .line = head->line + 1, .time = now > head->time ? now : head->time, .what = view_of(what), .subject = view_of(subject), .detail = detail};
    log_hash(line.hash, head->hash, &line);
    return line;
}

void log_batch_add(log_batch *lines, const char *what, const char *subject, view detail)
{
    const log_line line = line_after(&lines->head, lines->now, what, subject, detail);
    const db_value values[] = {db_int(line.line),     db_int(line.time),    db_view(line.what),
                               db_view(line.subject), db_view(line.detail), db_blob((view){(const char *)line.hash, LOG_HASH_BYTES})};
    db_bulk_row(&lines->rows, values, sizeof values / sizeof *values);
    lines->head = line;
}

marsad_status log_batch_send(db *d, log_batch *lines, marsad_error *err)
{
    if (lines->rows.failed)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the log");
    return lines->rows.used == 0
               ? MARSAD_OK
               : db_send(d, err, "COPY log(line, time, what, subject, detail, hash) FROM STDIN BINARY", (view){lines->rows.bytes, lines->rows.used});
}

marsad_status log_add(db *d, int64_t now, const char *what, const char *subject, view detail, marsad_error *err)
{
    log_line head;
    marsad_status status = log_head(d, &head, err);
    if (status != MARSAD_OK)
        return status;
    const log_line line = line_after(&head, now, what, subject, detail);
    return db_run(d, err, "INSERT INTO log(line, time, what, subject, detail, hash) VALUES($1, $2, $3, $4, $5, $6)",
                  DB_VALUES(db_int(line.line), db_int(line.time), db_view(line.what), db_view(line.subject), db_view(line.detail),
                            db_blob((view){(const char *)line.hash, LOG_HASH_BYTES})));
}

marsad_status log_note_clock(db *d, int64_t now, marsad_error *err)
{
    log_line head;
    marsad_status status = log_head(d, &head, err);
    if (status != MARSAD_OK || now >= head.time)
        return status;
    char told[80];
    snprintf(told, sizeof told, "the clock is %lld seconds behind the line before", (long long)(head.time - now));
    return log_add(d, now, "clock", "", view_of(told), err);
}
