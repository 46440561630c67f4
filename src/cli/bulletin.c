/* marsad bulletin prepare | sign | list | show: bulletins that are kept. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "marsad_ledger.h"

static bool read_number(const invocation *call, const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    if (errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == 0)
        return true;
    usage_error(call, "'%s' is no number of a bulletin", text);
    return false;
}

static exit_status told(marsad_status status, const marsad_error *err)
{
    if (status == MARSAD_OK)
        return STATUS_OK;
    message("%s", err->message);
    return status == MARSAD_ERR_ARGUMENT ? STATUS_USAGE : STATUS_DATA;
}

/* --- prepare --------------------------------------------------------------------------------------------------------------------- */

static const option prepare_options[] = {
    OPTION_ARCHIVE,
    {0, "day", "DATE", "the day it is of", COMPLETE_NONE},
    {0, "lang", "ar|en|both", "language (default: the setting 'languages')", COMPLETE_WORDS},
    {0, "profile", "NAME", "the safety profile (default: the setting 'profile')", COMPLETE_NONE},
    {0, "cutoff", "TEXT", "when the last report was taken in (default: now, in UTC)", COMPLETE_NONE},
    {0, "zone", "TEXT", "the time zone of --cutoff (default: the setting 'zone')", COMPLETE_NONE},
    {0, "agreement", "NAME", "with the truce table of this agreement: its file, or the name of one that comes with Marsad", COMPLETE_FILE},
    {0, "rule", "NAME", "the counting rule of the truce table", COMPLETE_NONE},
    {0, "corrects", "NUMBER", "the bulletin that it corrects: what differs is told, item by item", COMPLETE_NONE},
    OPTION_PERSON,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

static bool read_plan(const invocation *call, marsad_bulletin_plan *plan)
{
    const char *day = option_value(call, "day", NULL), *corrects = option_value(call, "corrects", NULL);
    *plan = (marsad_bulletin_plan){.bulletin = {.languages = option_value(call, "lang", NULL),
                                                .cutoff = option_value(call, "cutoff", NULL),
                                                .zone = option_value(call, "zone", NULL),
                                                .agreement = option_value(call, "agreement", NULL),
                                                .rule = option_value(call, "rule", NULL)},
                                   .profile = option_value(call, "profile", NULL),
                                   .person = review_person(call)};
    const marsad_view text = {day == NULL ? "" : day, day == NULL ? 0 : strlen(day)};
    if (plan->person == NULL)
        usage_error(call, "no person named: --person or $MARSAD_PERSON says who prepares it");
    else if (day == NULL)
        usage_error(call, "a bulletin is of a day: --day YYYY-MM-DD");
    else if (marsad_date_parse(&plan->bulletin.day, text, NULL) != MARSAD_OK)
        usage_error(call, "'--day %s' is no day YYYY-MM-DD", day);
    else
        return corrects == NULL || read_number(call, corrects, &plan->corrects);
    return false;
}

static exit_status run_prepare(const invocation *call)
{
    marsad_bulletin_plan plan;
    marsad_archive *archive = NULL;
    data_set data = {0};
    marsad_error err = {0};
    int64_t number = 0;
    if (!read_plan(call, &plan))
        return STATUS_USAGE;
    if (!gazetteers_open_for(&data, call))
        return STATUS_DATA;
    plan.gazetteer = data.gazetteer_count > 0 ? data.gazetteers[0] : NULL;
    exit_status status = archive_open_for(&archive, call, 0);
    if (status == STATUS_OK) {
        status = told(marsad_bulletin_prepare(archive, &plan, time_now(), &number, &err), &err);
        marsad_archive_close(archive);
    }
    if (status == STATUS_OK)
        printf("bulletin %lld is kept, unsigned\n", (long long)number);
    data_close(&data);
    return status;
}

const command command_bulletin_prepare = {
    .name = "bulletin prepare",
    .run = run_prepare,
    .options = prepare_options,
    .operands = "",
    .summary = "make a bulletin and keep it under a number",
    .description =
        "Makes the bulletin of a day as text, page and page for paper, checks it, and keeps its bytes in the archive under the next number. "
        "It is not signed: 'marsad bulletin sign' does that, by a second person.\n"
        "\n"
        "With --corrects, its first section tells what differs from the bulletin of that number, which stays kept as it was.",
};

/* --- sign ------------------------------------------------------------------------------------------------------------------------ */

static const option sign_options[] = {OPTION_ARCHIVE, OPTION_PERSON, OPTION_HELP, {0}};

static exit_status run_sign(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    int64_t number;
    const char *person = review_person(call);
    if (person == NULL)
        return usage_error(call, "no person named: --person or $MARSAD_PERSON says who signs");
    if (!read_number(call, call->operands[0], &number))
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    status = told(marsad_bulletin_sign(archive, number, person, time_now(), &err), &err);
    marsad_archive_close(archive);
    return status;
}

const command command_bulletin_sign = {
    .name = "bulletin sign",
    .run = run_sign,
    .options = sign_options,
    .operands = "NUMBER",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "sign a bulletin that another person prepared",
    .description =
        "Signs a kept bulletin: its number, the hash of its files and the root of the log go into the log. Who prepared it cannot sign it.",
};

/* --- list and show --------------------------------------------------------------------------------------------------------------- */

static const option list_options[] = {OPTION_ARCHIVE, OPTIONS_OF_PAGES, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_list(const invocation *call)
{
    return list_run(call, "bulletins");
}

const command command_bulletin_list = {
    .name = "bulletin list",
    .run = run_list,
    .options = list_options,
    .operands = "",
    .summary = "list bulletins that are kept",
    .description = "Lists kept bulletins with who prepared and who signed them, the hash that they are known by, and what they correct.",
};

static const option show_options[] = {OPTION_ARCHIVE,
                                      {0, "form", "text|html|print", "text, a page, or a page for A4 paper (default text)", COMPLETE_WORDS},
                                      OPTION_OUTPUT_FILE,
                                      OPTION_HELP,
                                      {0}};

static exit_status run_show(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    buffer text = {0};
    output out;
    int64_t number;
    if (!read_number(call, call->operands[0], &number))
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_READ_ONLY);
    if (status != STATUS_OK)
        return status;
    status = told(marsad_bulletin_text(archive, number, option_value(call, "form", "text"), buffer_write, &text, &err), &err);
    marsad_archive_close(archive);
    if (status == STATUS_OK && (!output_open(&out, call) || !output_write(&out, text.bytes, text.used) || !output_close(&out)))
        status = STATUS_PARTLY;
    buffer_free(&text);
    return status;
}

const command command_bulletin_show = {
    .name = "bulletin show",
    .run = run_show,
    .options = show_options,
    .operands = "NUMBER",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "print a bulletin as it was kept",
    .description = "Prints the bytes of a kept bulletin, signed or not, after they were held against their hash.",
};
