/* marsad export, marsad bulletin: what leaves, through a safety profile. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"

/* An export on its way: nothing is written before all of it is made, so that what fails leaves no half of a file. */
typedef struct {
    const invocation *call;
    marsad_archive *archive;
    data_set data;
    marsad_publication how;
    buffer made, losses;
} publishing;

#define OPTIONS_OF_PUBLISHING                                                                                                                        \
    {0, "profile", "NAME", "the safety profile: its file, or 'public' or 'internal' (default public)", COMPLETE_FILE},                               \
        {0, "losses", "FILE", "write what was withheld, dropped or could not be carried to FILE (default: standard error)", COMPLETE_FILE},          \
    {                                                                                                                                                \
        0, "today", "DATE", "the day that delays of publication are counted to (default: today)", COMPLETE_NONE                                      \
    }

static marsad_view view_of_text(const char *text)
{
    return (marsad_view){text, strlen(text)};
}

static bool read_today(const invocation *call, marsad_date *out)
{
    const char *text = option_value(call, "today", NULL);
    const time_t now = (time_t)time_now();
    struct tm utc;
    if (text == NULL && gmtime_r(&now, &utc) != NULL) {
        *out = (marsad_date){(int16_t)(utc.tm_year + 1900), (uint8_t)(utc.tm_mon + 1), (uint8_t)utc.tm_mday};
        return true;
    }
    if (text != NULL && marsad_date_parse(out, view_of_text(text), NULL) == MARSAD_OK)
        return true;
    usage_error(call, "'--today %s' is no day YYYY-MM-DD", text == NULL ? "" : text);
    return false;
}

static exit_status begin(publishing *p, const invocation *call)
{
    *p = (publishing){.call = call};
    if (!read_today(call, &p->how.today))
        return STATUS_USAGE;
    p->how.profile = option_value(call, "profile", "public");
    p->how.loss = buffer_write;
    p->how.loss_context = &p->losses;
    if (!gazetteers_open_for(&p->data, call))
        return STATUS_DATA;
    p->how.gazetteer = p->data.gazetteer_count > 0 ? p->data.gazetteers[0] : NULL;
    return archive_open_for(&p->archive, call, 0);
}

static bool write_losses(const publishing *p)
{
    const char *path = option_value(p->call, "losses", NULL);
    output out = {.file = STDERR_FILENO};
    if (path != NULL && (out.file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) < 0) {
        message("cannot write '%s': %s", path, strerror(errno));
        return false;
    }
    bool ok = output_write(&out, p->losses.bytes, p->losses.used);
    if (path != NULL)
        ok = output_close(&out) && ok;
    return ok;
}

static exit_status finish(publishing *p, marsad_status status, const marsad_error *err)
{
    exit_status ended = STATUS_OK;
    output out;
    if (status != MARSAD_OK) {
        message("%s: nothing was written", err->message);
        ended = status == MARSAD_ERR_ARGUMENT ? STATUS_USAGE : STATUS_DATA;
    } else if (p->made.failed || p->losses.failed) {
        message("out of memory: nothing was written");
        ended = STATUS_PARTLY;
    } else if (!output_open(&out, p->call)) {
        ended = STATUS_PARTLY;
    } else {
        const bool is_written = output_write(&out, p->made.bytes, p->made.used);
        if (!output_close(&out) || !is_written || !write_losses(p))
            ended = STATUS_PARTLY;
    }
    return ended;
}

static void end(publishing *p)
{
    marsad_archive_close(p->archive);
    data_close(&p->data);
    buffer_free(&p->made);
    buffer_free(&p->losses);
}

/* --- export ---------------------------------------------------------------------------------------------------------------------- */

static const option export_options[] = {
    OPTION_ARCHIVE,
    {0, "format", "FORMAT",
     "acled, ged, geojson, plover, polecat, gdelt, hapi, hxl, airwars, airwars-casualties, airwars-statements, csv or jsonl (default jsonl)",
     COMPLETE_NONE},
    OPTIONS_OF_DAYS,
    {0, "as-known-on", "DATE", "as it was known on this day: without what was published later", COMPLETE_NONE},
    {0, "kind", "KIND", "of this kind; may be repeated", COMPLETE_NONE},
    {0, "area", "NAME", "in this governorate, by its Arabic name", COMPLETE_NONE},
    {0, "country", "CODE", "in this country, by its two letters", COMPLETE_NONE},
    {0, "place", "NAME", "at this place, by its id or Arabic name", COMPLETE_NONE},
    {0, "party", "WHO", "that this party is named in", COMPLETE_NONE},
    {0, "grade", "GRADE", "of this grade or a better one", COMPLETE_NONE},
    OPTIONS_OF_PUBLISHING,
    OPTION_OUTPUT_FILE,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

static exit_status run_export(const invocation *call)
{
    publishing p;
    marsad_question question;
    const char *kinds[QUESTION_KINDS_MAX + 1];
    if (!question_from(&question, call))
        return STATUS_USAGE;
    question_kinds(&question, kinds, call);
    exit_status status = begin(&p, call);
    if (status == STATUS_OK) {
        marsad_error err = {0};
        const marsad_status made =
            marsad_archive_export(p.archive, option_value(call, "format", "jsonl"), &question, &p.how, buffer_write, &p.made, &err);
        status = finish(&p, made, &err);
    }
    end(&p);
    return status;
}

const command command_export = {
    .name = "export",
    .run = run_export,
    .options = export_options,
    .operands = "",
    .summary = "write incidents in a format that others read",
    .description = "Writes incidents as ACLED, UCDP GED, GeoJSON, PLOVER, POLECAT, GDELT, HAPI, HXL, Airwars, CSV or JSON Lines: the column layouts, "
                   "with Marsad's own rows and ids.\n"
                   "\n"
                   "Everything passes the safety profile first. What was withheld, what has no row in the format and what the format has no column "
                   "for is counted in the loss report.",
};

/* --- bulletin ----------------------------------------------------------------------------------------------------------------------- */

static const option bulletin_options[] = {
    OPTION_ARCHIVE,
    {0, "day", "DATE", "the day it is of", COMPLETE_NONE},
    {0, "lang", "ar|en|both", "language (default both)", COMPLETE_WORDS},
    {0, "form", "text|html|print", "text, a page, or a page for A4 paper (default text)", COMPLETE_WORDS},
    {0, "cutoff", "TEXT", "when the last report was taken in (default: now)", COMPLETE_NONE},
    {0, "zone", "TEXT", "the time zone of --cutoff (default UTC)", COMPLETE_NONE},
    {0, "agreement", "NAME", "with the truce table of this agreement: its file, or the name of one that comes with Marsad", COMPLETE_FILE},
    {0, "rule", "NAME", "the counting rule of the truce table", COMPLETE_NONE},
    OPTIONS_OF_PUBLISHING,
    OPTION_OUTPUT_FILE,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

static exit_status run_bulletin(const invocation *call)
{
    publishing p;
    marsad_bulletin asked = {.languages = option_value(call, "lang", "both"),
                             .form = option_value(call, "form", "text"),
                             .zone = option_value(call, "zone", "UTC"),
                             .agreement = option_value(call, "agreement", NULL),
                             .rule = option_value(call, "rule", NULL)};
    const char *day = option_value(call, "day", NULL);
    if (day == NULL || marsad_date_parse(&asked.day, view_of_text(day), NULL) != MARSAD_OK)
        return usage_error(call, day == NULL ? "a bulletin is of a day: --day YYYY-MM-DD" : "'--day %s' is no day YYYY-MM-DD", day);
    char cutoff[32] = "";
    const time_t now = (time_t)time_now();
    struct tm utc;
    if (gmtime_r(&now, &utc) != NULL)
        strftime(cutoff, sizeof cutoff, "%Y-%m-%d %H:%M", &utc);
    asked.cutoff = option_value(call, "cutoff", cutoff);

    exit_status status = begin(&p, call);
    if (status == STATUS_OK) {
        marsad_error err = {0};
        status = finish(&p, marsad_archive_bulletin(p.archive, &asked, &p.how, buffer_write, &p.made, &err), &err);
    }
    end(&p);
    return status;
}

const command command_bulletin = {
    .name = "bulletin",
    .run = run_bulletin,
    .options = bulletin_options,
    .operands = "",
    .summary = "write the bulletin of a day",
    .description = "Writes what sources say of a day, in Arabic and English: incidents, totals, towns that changed hands, what is alleged against a "
                   "truce, and what could not be seen. Every "
                   "sentence names its source. What no person has looked at is marked as drafted by machine.",
};
