/* Tables of the archive as commands: incidents, articles, records, log. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "cli/command.h"

static bool read_day(const invocation *call, const char *name, marsad_date *out)
{
    const char *text = option_value(call, name, NULL);
    if (text == NULL || marsad_date_parse(out, view_of(text), NULL) == MARSAD_OK)
        return true;
    usage_error(call, "'--%s %s' is no day YYYY-MM-DD", name, text);
    return false;
}

/* --day and --at are both bounds. */
static bool read_days(const invocation *call, marsad_question *q)
{
    if (!read_day(call, "from", &q->from) || !read_day(call, "to", &q->to) || !read_day(call, "as-known-on", &q->known))
        return false;
    const char *single = option_value(call, "day", NULL) != NULL ? "day" : option_value(call, "at", NULL) != NULL ? "at" : NULL;
    if (single == NULL)
        return true;
    if (!read_day(call, single, &q->from))
        return false;
    q->to = q->from;
    return true;
}

static bool read_limit(const invocation *call, size_t *out)
{
    const char *text = option_value(call, "limit", NULL);
    if (text == NULL)
        return true;
    char *end;
    errno = 0;
    const unsigned long limit = strtoul(text, &end, 10);
    if (errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == 0) {
        *out = limit;
        return true;
    }
    usage_error(call, "'--limit %s' is no number", text);
    return false;
}

static bool read_box(const invocation *call, marsad_question *q)
{
    double edges[4];
    const char *text = option_value(call, "box", NULL);
    if (text == NULL)
        return true;
    q->has_box = text_numbers(text, edges, 4);
    q->west = edges[0];
    q->south = edges[1];
    q->east = edges[2];
    q->north = edges[3];
    if (!q->has_box)
        usage_error(call, "'--box %s' is no WEST,SOUTH,EAST,NORTH in degrees", text);
    return q->has_box;
}

bool question_from(marsad_question *out, const invocation *call)
{
    *out = (marsad_question){.id = call->operand_count > 0 ? call->operands[0] : option_value(call, "id", NULL),
                             .words = option_value(call, "words", NULL),
                             .area = option_value(call, "area", NULL),
                             .country = option_value(call, "country", NULL),
                             .place = option_value(call, "place", NULL),
                             .party = option_value(call, "party", NULL),
                             .grade = option_value(call, "grade", NULL),
                             .by = option_value(call, "by", NULL),
                             .agreement = option_value(call, "agreement", NULL),
                             .rule = option_value(call, "rule", NULL),
                             .state = option_value(call, "state", NULL),
                             .priority = option_value(call, "priority", NULL),
                             .after = option_value(call, "after", NULL),
                             .newest = option_is_given(call, "newest")};
    return read_days(call, out) && read_limit(call, &out->limit) && read_box(call, out);
}

void question_kinds(marsad_question *question, const char **names, const invocation *call)
{
    size_t count = 0;
    for (size_t i = 0; i < call->option_count && count < QUESTION_KINDS_MAX; i++)
        if (strcmp(call->options[i].option->name, "kind") == 0)
            names[count++] = call->options[i].value;
    names[count] = NULL;
    question->kinds = names;
}

exit_status list_run_two(const invocation *call, const char *first, const char *second)
{
    marsad_question question;
    const char *kinds[QUESTION_KINDS_MAX + 1];
    marsad_archive *archive;
    if (!question_from(&question, call))
        return STATUS_USAGE;
    question_kinds(&question, kinds, call);
    question.now = time_now();
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;

    marsad_error err = {0};
    row_printer *printer = rows_print_begin(call);
    if (printer == NULL) {
        status = STATUS_PARTLY;
    } else {
        marsad_status listed = marsad_archive_list(archive, first, &question, rows_print, printer, &err);
        if (listed == MARSAD_OK && second != NULL) {
            rows_print_next(printer, true);
            listed = marsad_archive_list(archive, second, &question, rows_print, printer, &err);
        }
        status = rows_print_end(printer, listed == MARSAD_OK ? "nothing in the archive is so" : NULL);
        if (listed == MARSAD_ERR_ARGUMENT) {
            status = usage_error(call, "%s", err.message);
        } else if (listed != MARSAD_OK) {
            message("%s", err.message); /* whatever was printed before it */
            status = STATUS_DATA;
        }
    }
    marsad_archive_close(archive);
    return status;
}

exit_status list_run(const invocation *call, const char *table)
{
    return list_run_two(call, table, NULL);
}

/* --- incidents ------------------------------------------------------------------------------------------------------------------ */

static const option incident_options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_DAYS,
    {0, "kind", "KIND", "of this kind; may be repeated", COMPLETE_NONE},
    {0, "area", "NAME", "in this governorate, by its Arabic name", COMPLETE_NONE},
    {0, "country", "CODE", "in this country, by its two letters", COMPLETE_NONE},
    {0, "place", "NAME", "at this place, by its id or Arabic name", COMPLETE_NONE},
    {0, "words", "WORDS", "told in an article with all of these words, in whichever form they are written", COMPLETE_NONE},
    {0, "box", "W,S,E,N", "within this box, in degrees", COMPLETE_NONE},
    {0, "grade", "GRADE", "of this grade or a better one", COMPLETE_NONE},
    OPTIONS_OF_PAGES,
    OPTION_OUTPUT,
    OPTION_OUTPUT_FILE,
    OPTION_HELP,
    {0},
};

static exit_status run_incidents(const invocation *call)
{
    return list_run(call, "incidents");
}

const command command_incidents = {
    .name = "incidents",
    .run = run_incidents,
    .options = incident_options,
    .operands = "",
    .summary = "list incidents: what several reports say of one happening",
    .description = "Lists what the records of the archive tell together: where and when, who is said to have done what to whom, figures from the "
                   "lowest to the highest told, "
                   "how many statements, articles and independent chains it rests on, and the grade that follows.",
};

/* --- articles --------------------------------------------------------------------------------------------------------------------- */

static const option article_options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_DAYS,
    {0, "id", "ID", "this article alone", COMPLETE_NONE},
    {0, "words", "WORDS", "with all of these words", COMPLETE_NONE},
    OPTIONS_OF_PAGES,
    OPTION_OUTPUT,
    OPTION_OUTPUT_FILE,
    OPTION_HELP,
    {0},
};

static exit_status run_articles(const invocation *call)
{
    return list_run(call, "articles");
}

const command command_articles = {
    .name = "articles",
    .run = run_articles,
    .options = article_options,
    .operands = "",
    .summary = "list articles of the archive",
    .description = "Lists articles with outlet, day and title; 'copy_of' names the first of the near copies of a text.",
};

/* --- records ---------------------------------------------------------------------------------------------------------------------- */

static const option record_options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_DAYS,
    {0, "id", "ID", "this record alone, or those of this article or incident", COMPLETE_NONE},
    {0, "kind", "KIND", "of this kind; may be repeated", COMPLETE_NONE},
    {0, "state", "STATE", "in this state of review: 'new', 'in work', 'accepted' ...", COMPLETE_NONE},
    OPTIONS_OF_PAGES,
    OPTION_OUTPUT,
    OPTION_OUTPUT_FILE,
    OPTION_HELP,
    {0},
};

static exit_status run_records(const invocation *call)
{
    return list_run(call, "records");
}

const command command_records = {
    .name = "records",
    .run = run_records,
    .options = record_options,
    .operands = "",
    .summary = "list records of the archive",
    .description = "Lists single statements as they were read or mended, with their state of review.",
};

/* --- log -------------------------------------------------------------------------------------------------------------------------- */

static const option log_options[] = {OPTION_ARCHIVE, OPTION_NEWEST, OPTIONS_OF_PAGES, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_log(const invocation *call)
{
    return list_run(call, "log");
}

const command command_log = {
    .name = "log",
    .run = run_log,
    .options = log_options,
    .operands = "",
    .summary = "list what happened to the archive",
    .description = "Lists the lines of the log, each with the hash that ties it to the line before.",
};
