/* Rows on their way to whoever asked. */
#include <stdio.h>
#include <time.h>

#include "ask/list.h"

void rows_begin(row_writer *w, marsad_row *row, void *context, const char *const *columns)
{
    *w = (row_writer){.row = row, .context = context};
    while (columns[w->column_count] != NULL && w->column_count < LIST_COLUMNS_MAX) {
        w->columns[w->column_count] = columns[w->column_count];
        w->column_count++;
    }
}

static void put(row_writer *w, marsad_cell cell)
{
    if (w->at < w->column_count)
        w->cells[w->at++] = cell;
}

static void put_bytes(row_writer *w, marsad_cell_type type, view text)
{
    const char *kept = arena_string(&w->memory, text);
    w->failed = w->failed || kept == NULL;
    put(w, (marsad_cell){.type = kept == NULL ? MARSAD_CELL_NULL : type, .text = {kept, text.len}});
}

void rows_view(row_writer *w, view text)
{
    put_bytes(w, MARSAD_CELL_TEXT, text);
}

void rows_json(row_writer *w, view value)
{
    put_bytes(w, MARSAD_CELL_JSON, value);
}

void rows_text(row_writer *w, const char *text)
{
    if (text == NULL)
        put(w, (marsad_cell){.type = MARSAD_CELL_NULL});
    else
        rows_view(w, view_of(text));
}

void rows_integer(row_writer *w, int64_t value)
{
    put(w, (marsad_cell){.type = value == MARSAD_NO_VALUE ? MARSAD_CELL_NULL : MARSAD_CELL_INTEGER, .integer = value});
}

void rows_real(row_writer *w, double value)
{
    put(w, (marsad_cell){.type = MARSAD_CELL_REAL, .real = value});
}

void rows_day(row_writer *w, int32_t day)
{
    marsad_date date = {0};
    if (day != NO_DAY && day != INT32_MAX)
        date = day_date(day);
    if (!date_is_given(date)) {
        rows_text(w, NULL);
        return;
    }
    char text[24];
    snprintf(text, sizeof text, "%04d-%02u-%02u", date.year, (unsigned)date.month, (unsigned)date.day);
    rows_text(w, text);
}

void rows_time(row_writer *w, int64_t time)
{
    const time_t moment = (time_t)time;
    struct tm utc;
    char text[32] = "";
    if (time == MARSAD_NO_VALUE || gmtime_r(&moment, &utc) == NULL || strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        rows_text(w, NULL);
    else
        rows_text(w, text);
}

void rows_flags(row_writer *w, unsigned flags)
{
    static const char *const names[] = {"planned", "period", "reported", "denied", "disputed", "reviewed", "verified"};
    char text[96] = "";
    size_t used = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((flags >> i & 1U) != 0)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? " " : "", names[i]);
    rows_text(w, text);
}

bool rows_end(row_writer *w)
{
    if (!w->failed && !w->is_stopped)
        w->is_stopped = !w->row(w->context, w->columns, w->cells, w->at);
    w->at = 0;
    arena_reset(&w->memory);
    return !w->failed && !w->is_stopped;
}

marsad_status rows_finish(row_writer *w, marsad_status status, marsad_error *err)
{
    arena_free(&w->memory);
    return status == MARSAD_OK && w->failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a table") : status;
}
