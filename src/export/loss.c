/* The loss report: counting, and telling. */
#include "export/loss.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const section_names[] = {[LOSS_WITHHELD] = "withheld", [LOSS_DROPPED] = "dropped", [LOSS_NOT_CARRIED] = "not_carried"};

bool loss_add(loss_report *report, loss_section section, const char *what, const char *why, uint64_t count, arena *memory)
{
    if (count == 0)
        return true;
    for (uint32_t i = 0; i < report->count; i++) {
        loss_row *row = &report->items[i];
        if (row->section == section && strcmp(row->what, what) == 0 && strcmp(row->why, why) == 0) {
            row->count += count;
            return true;
        }
    }
    if (!ARENA_GROW(memory, report->items, report->count, report->room))
        return false;
    report->items[report->count++] = (loss_row){section, what, why, count};
    return true;
}

static int by_words(const void *a, const void *b)
{
    const loss_row *left = a, *right = b;
    if (left->section != right->section)
        return left->section < right->section ? -1 : 1;
    const int by_what = strcmp(left->what, right->what);
    return by_what != 0 ? by_what : strcmp(left->why, right->why);
}

void loss_sort(loss_report *report)
{
    if (report->count > 1)
        qsort(report->items, report->count, sizeof *report->items, by_words);
}

/* --- for people ------------------------------------------------------------------------------------------------------ */

typedef struct {
    marsad_write *write;
    void *context;
    bool failed;
} lines;

static void put_line(lines *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put_line(lines *out, const char *format, ...)
{
    char line[400];
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof line)
        out->failed = true;
    if (!out->failed && !out->write(out->context, line, (size_t)length))
        out->failed = true;
}

static uint64_t count_of_section(const loss_report *report, loss_section section)
{
    uint64_t rows = 0;
    for (uint32_t i = 0; i < report->count; i++)
        rows += report->items[i].section == section;
    return rows;
}

static void put_section(lines *out, const loss_report *report, loss_section section, const char *title, const char *none)
{
    put_line(out, "\n## %s\n\n", title);
    if (count_of_section(report, section) == 0) {
        put_line(out, "%s\n", none);
        return;
    }
    put_line(out, "| what | why | how many |\n| --- | --- | ---: |\n");
    for (uint32_t i = 0; i < report->count; i++)
        if (report->items[i].section == section)
            put_line(out, "| %s | %s | %" PRIu64 " |\n", report->items[i].what, report->items[i].why, report->items[i].count);
}

/* "0 rows because ...": an empty file is never left to be guessed at. */
static void put_why_empty(lines *out, const loss_report *report)
{
    if (report->incidents == 0)
        put_line(out, "0 rows because no incident was found for what was asked.\n");
    else if (report->public_incidents == 0)
        put_line(out, "0 rows because the profile withholds all %" PRIu64 " incidents: see below.\n", report->incidents);
    else
        put_line(out, "0 rows because the format has no row for any of the %" PRIu64 " incidents that may be published: see below.\n",
                 report->public_incidents);
}

bool loss_write_text(const loss_report *report, marsad_write *write, void *context)
{
    lines out = {.write = write, .context = context};
    put_line(&out, "# What this export does not say\n\n");
    put_line(&out, "Format `%s`, safety profile `%s`, version %" PRId64 ".\n", report->format, report->profile, report->profile_version);
    put_line(&out, "%" PRIu64 " incidents, of which the profile lets out %" PRIu64 "; %" PRIu64 " rows written.\n", report->incidents,
             report->public_incidents, report->rows);
    if (report->rows == 0)
        put_why_empty(&out, report);
    put_section(&out, report, LOSS_WITHHELD, "Withheld by the safety profile", "Nothing.");
    put_section(&out, report, LOSS_DROPPED, "Incidents without a row in this format", "None.");
    put_section(&out, report, LOSS_NOT_CARRIED, "Facts without a column in this format", "None.");
    return !out.failed;
}

/* --- for programs ---------------------------------------------------------------------------------------------------- */

static void put_count(json_out *j, const char *key, uint64_t count)
{
    json_key(j, key);
    json_integer(j, (int64_t)count);
}

static void put_rows(json_out *j, const loss_report *report, loss_section section)
{
    json_key(j, section_names[section]);
    json_array(j);
    for (uint32_t i = 0; i < report->count; i++) {
        if (report->items[i].section != section)
            continue;
        json_object(j);
        json_put_text(j, "what", report->items[i].what);
        json_put_text(j, "why", report->items[i].why);
        put_count(j, "count", report->items[i].count);
        json_end_object(j);
    }
    json_end_array(j);
}

bool loss_write_json(const loss_report *report, marsad_write *write, void *context)
{
    json_out j = {.write = write, .context = context};
    json_object(&j);
    json_put_text(&j, "format", report->format);
    json_put_text(&j, "profile", report->profile);
    put_count(&j, "profile_version", (uint64_t)report->profile_version);
    put_count(&j, "incidents", report->incidents);
    put_count(&j, "public_incidents", report->public_incidents);
    put_count(&j, "rows", report->rows);
    put_rows(&j, report, LOSS_WITHHELD);
    put_rows(&j, report, LOSS_DROPPED);
    put_rows(&j, report, LOSS_NOT_CARRIED);
    json_end_object(&j);
    json_newline(&j);
    return json_flush(&j);
}
