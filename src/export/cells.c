/* Cells of tables: RFC 4180, or parted by tabs. */
#include "export/frame.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

bool cells_flush(export_run *run)
{
    if (!run->is_refused && run->used > 0 && !run->options->write(run->options->context, run->buffer, run->used))
        run->is_refused = true;
    run->used = 0;
    return !run->is_refused;
}

static void put(export_run *run, const char *bytes, size_t size)
{
    while (size > 0 && !run->is_refused) {
        if (run->used == sizeof run->buffer)
            cells_flush(run);
        const size_t room = sizeof run->buffer - run->used, part = size < room ? size : room;
        memcpy(run->buffer + run->used, bytes, part);
        run->used += part;
        bytes += part;
        size -= part;
    }
}

static void begin_cell(export_run *run)
{
    if (run->is_row_begun)
        put(run, run->style == CELLS_TSV ? "\t" : ",", 1);
    run->is_row_begun = true;
}

/* A spreadsheet computes what begins like this, and text of a report is nothing that it should compute. */
static bool looks_like_a_formula(const char *text)
{
    return text[0] != 0 && strchr("=+-@\t\r", text[0]) != NULL;
}

static void put_quoted(export_run *run, const char *text)
{
    put(run, "\"", 1);
    if (looks_like_a_formula(text))
        put(run, "'", 1);
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        put(run, text, (size_t)(quote - text) + 1);
        put(run, "\"", 1);
    }
    put(run, text, strlen(text));
    put(run, "\"", 1);
}

static void put_without_tabs(export_run *run, const char *text)
{
    for (size_t step; *text != 0; text += step) {
        step = strcspn(text, "\t\r\n");
        put(run, text, step);
        if (text[step] != 0) {
            put(run, " ", 1);
            step++;
        }
    }
}

void cell_text(export_run *run, const char *text)
{
    begin_cell(run);
    if (run->style == CELLS_TSV)
        put_without_tabs(run, text);
    else if (looks_like_a_formula(text) || strpbrk(text, ",\"\r\n") != NULL)
        put_quoted(run, text);
    else
        put(run, text, strlen(text));
}

void cell_integer(export_run *run, int64_t value)
{
    begin_cell(run);
    if (value == MARSAD_NO_VALUE)
        return;
    char digits[24];
    put(run, digits, (size_t)snprintf(digits, sizeof digits, "%" PRId64, value));
}

/* Digit by digit: a locale may have another decimal mark. */
const char *real_text(char out[40], double value, int decimals)
{
    out[0] = 0;
    if (!isfinite(value) || fabs(value) > 1e9)
        return out;
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    const int64_t parts = llround(fabs(value) * (double)unit);
    const bool is_negative = value < 0 && parts > 0;
    const int length = snprintf(out, 24, "%s%" PRId64, is_negative ? "-" : "", parts / unit);
    char *at = out + length;
    if (decimals > 0)
        *at++ = '.';
    for (int64_t place = unit / 10; place > 0; place /= 10)
        *at++ = (char)('0' + parts / place % 10);
    *at = 0;
    return out;
}

void cell_real(export_run *run, double value, int decimals)
{
    char number[40];
    begin_cell(run);
    real_text(number, value, decimals); /* before its length is asked for */
    put(run, number, strlen(number));
}

const char *day_text(char out[16], int32_t day)
{
    const marsad_date date = day_date(day); /* not given for NO_DAY: no calendar reaches so far back */
    out[0] = 0;
    if (date_is_given(date))
        snprintf(out, 16, "%04d-%02u-%02u", date.year, (unsigned)date.month, (unsigned)date.day);
    return out;
}

void cell_day(export_run *run, int32_t day)
{
    char text[16];
    begin_cell(run);
    day_text(text, day);
    put(run, text, strlen(text));
}

void cell_degrees(export_run *run, const statement_place *place, bool is_latitude)
{
    if (place == NULL || place->precision == MARSAD_PRECISION_NONE)
        cell_text(run, "");
    else
        cell_real(run, is_latitude ? place->lat : place->lon, 5);
}

void cells_end(export_run *run)
{
    put(run, "\n", 1);
    run->is_row_begun = false;
}

void cells_header(export_run *run, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        begin_cell(run);
        put(run, names[i], strlen(names[i]));
    }
    cells_end(run);
}
