/* marsad feed add | list | remove | poll, and what could not be read. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"

/* --- add ------------------------------------------------------------------------------------------------------------------------- */

static const option add_options[] = {
    OPTION_ARCHIVE,
    {0, "name", "NAME", "the outlet that its articles are of (default: what the feed calls itself)", COMPLETE_NONE},
    {0, "pages", NULL, "fetch the pages that its items link to: for a feed that holds summaries only", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

static exit_status run_add(const invocation *call)
{
    marsad_archive *archive;
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_CREATE);
    if (status != STATUS_OK)
        return status;
    const char *url = call->operands[0];
    marsad_error err = {0};
    bool is_new = false;
    marsad_status added = marsad_source_add(archive, time_now(), url, option_value(call, "name", ""), option_is_given(call, "pages"), &is_new, &err);
    marsad_archive_close(archive);
    if (added != MARSAD_OK) {
        message("%s", err.message);
        return added == MARSAD_ERR_ARGUMENT ? STATUS_USAGE : STATUS_DATA;
    }
    printf(is_new ? "added '%s'\n" : "the archive has '%s' already: nothing changed\n", url);
    return STATUS_OK;
}

const command command_feed_add = {
    .name = "feed add",
    .run = run_add,
    .options = add_options,
    .operands = "URL",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "have a feed asked for news",
    .description = "Adds a feed (RSS, Atom) at an address of the web; 'marsad feed poll' asks it.",
};

/* --- list ------------------------------------------------------------------------------------------------------------------------ */

static const option list_options[] = {OPTION_ARCHIVE, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_list(const invocation *call)
{
    return list_run(call, "feeds");
}

const command command_feed_list = {
    .name = "feed list",
    .run = run_list,
    .options = list_options,
    .operands = "",
    .summary = "list feeds, how they do, and since when they are silent",
    .description = "Lists feeds with the time of the last success and failure, the failures in a row and their reason, the time of the next try, and "
                   "since when each has brought nothing new: what is silent is not calm.",
};

/* --- remove ---------------------------------------------------------------------------------------------------------------------- */

static const option remove_options[] = {OPTION_ARCHIVE, OPTION_HELP, {0}};

static exit_status run_remove(const invocation *call)
{
    marsad_archive *archive;
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    marsad_error err = {0};
    marsad_status removed = marsad_source_remove(archive, time_now(), call->operands[0], &err);
    marsad_archive_close(archive);
    if (removed == MARSAD_OK)
        return STATUS_OK;
    message("%s", err.message);
    return removed == MARSAD_ERR_ARGUMENT ? STATUS_USAGE : STATUS_DATA;
}

const command command_feed_remove = {
    .name = "feed remove",
    .run = run_remove,
    .options = remove_options,
    .operands = "URL",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "ask a feed no more",
    .description = "Removes a feed from those that are asked. Its articles stay.",
};

/* --- poll ------------------------------------------------------------------------------------------------------------------------ */

static const option poll_options[] = {
    OPTION_ARCHIVE,
    {0, "all", NULL, "ask all feeds, also those that are not due; but none before the time that its server gave", COMPLETE_NONE},
    {0, "allow-private", NULL, "allow addresses of this machine and of local networks, for an intranet", COMPLETE_NONE},
    {0, "gap", "SECONDS", "wait so long between two requests to one host (default 2)", COMPLETE_NONE},
    {0, "interval", "MINUTES", "a feed that answered is due again after this time (default 15)", COMPLETE_NONE},
    {0, "contact", "ADDRESS", "how you can be reached, told to the servers: an address of mail or a page", COMPLETE_NONE},
    OPTION_LEXICON,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

/* A whole number from 0 to `most`. */
static bool read_number(const invocation *call, const char *name, const char *usual, long most, int64_t *out)
{
    const char *text = option_value(call, name, usual);
    char *end;
    errno = 0;
    const long value = strtol(text, &end, 10);
    if (errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == 0 && value <= most) {
        *out = value;
        return true;
    }
    usage_error(call, "'--%s %s' is no number from 0 to %ld", name, text, most);
    return false;
}

static exit_status run_poll(const invocation *call)
{
    poll_settings settings = {
        .all = option_is_given(call, "all"), .allow_private = option_is_given(call, "allow-private"), .contact = option_value(call, "contact", NULL)};
    marsad_archive *archive;
    int64_t minutes;
    if (!read_number(call, "gap", "2", 3600, &settings.gap) || !read_number(call, "interval", "15", 7 * 24 * 60, &minutes))
        return STATUS_USAGE;
    settings.interval = minutes * 60;
    exit_status status = archive_open_for(&archive, call, 0);
    if (status == STATUS_OK) {
        status = poll_feeds(call, archive, &settings);
        marsad_archive_close(archive);
    }
    return status;
}

const command command_feed_poll = {
    .name = "feed poll",
    .run = run_poll,
    .options = poll_options,
    .operands = "",
    .summary = "ask feeds for news and read it into the archive",
    .description =
        "Asks each feed that is due, one request at a time, and stores what it brings as 'marsad ingest' does. A server is told which answer "
        "is known already, so that it need not send it again.\n"
        "\n"
        "A feed that fails is asked again after one minute, then two, four, and so on up to six hours, and never before the time that its "
        "server asks for. What could not be read is told and kept: 'marsad problems' lists it, 'marsad feed list' tells how each feed does. "
        "The other feeds go on.",
};

/* --- problems -------------------------------------------------------------------------------------------------------------------- */

static const option problem_options[] = {OPTION_ARCHIVE, OPTION_NEWEST, OPTIONS_OF_PAGES, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_problems(const invocation *call)
{
    return list_run(call, "problems");
}

const command command_problems = {
    .name = "problems",
    .run = run_problems,
    .options = problem_options,
    .operands = "",
    .summary = "list what could not be read",
    .description = "Lists what could not be read on its way into the archive, with the reason.",
};
