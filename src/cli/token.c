/* marsad token add | list | remove: programs that work in a person's name. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/account.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

/* --- add ------------------------------------------------------------------------------------------------------------------------- */

static const option add_options[] = {
    OPTION_ARCHIVE,
    {0, "scopes", "RIGHTS", "what it may do, parted by commas: read, code, verify, edit, release (default: read)", COMPLETE_NONE},
    {0, "days", "N", "it ends after N days, 366 at most (default 90)", COMPLETE_NONE},
    OPTION_BY,
    OPTION_HELP,
    {0},
};

static bool read_days(const invocation *call, int64_t *out)
{
    const char *text = option_value(call, "days", "90");
    char *end;
    errno = 0;
    const long days = strtol(text, &end, 10);
    *out = days;
    if (errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == 0 && days > 0 && days <= MARSAD_TOKEN_SECONDS_MOST / DAY_SECONDS)
        return true;
    usage_error(call, "'--days %s' is no number from 1 to %d", text, MARSAD_TOKEN_SECONDS_MOST / DAY_SECONDS);
    return false;
}

static exit_status run_add(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    marsad_rights scopes;
    int64_t days;
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES];
    const char *names = option_value(call, "scopes", "read");
    if (!marsad_rights_read(&scopes, names))
        return usage_error(call, "'--scopes %s' is no list of rights, parted by commas: read, code, verify, edit, release", names);
    if (!read_days(call, &days))
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    const int64_t now = time_now();
    status = status_told(
        marsad_token_add(archive, review_person(call), call->operands[0], call->operands[1], scopes, now + days * DAY_SECONDS, now, id, token, &err),
        &err);
    marsad_archive_close(archive);
    if (status == STATUS_OK)
        printf("%s %s\n", id, token);
    return status;
}

const command command_token_add = {
    .name = "token add",
    .run = run_add,
    .options = add_options,
    .operands = "NAME LABEL",
    .operand_least = 2,
    .operand_most = 2,
    .summary = "make a token for a program that works in a person's name",
    .description = "Makes an API token of an account; the label says what it is for. Its id and the token itself are printed, this once: the archive "
                   "keeps a hash alone. It may do what its scopes say, and of that what its owner may do at that moment.",
};

/* --- list ------------------------------------------------------------------------------------------------------------------------ */

static const option list_options[] = {OPTION_ARCHIVE, OPTIONS_OF_PAGES, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_list(const invocation *call)
{
    return list_run(call, "tokens");
}

const command command_token_list = {
    .name = "token list",
    .run = run_list,
    .options = list_options,
    .operands = "[NAME]",
    .operand_most = 1,
    .summary = "list API tokens",
    .description = "Lists the API tokens of an account, or all: what they are for, what they may do, until when, and when each was last used.",
};

/* --- remove ---------------------------------------------------------------------------------------------------------------------- */

static const option remove_options[] = {OPTION_ARCHIVE, OPTION_BY, OPTION_HELP, {0}};

static exit_status run_remove(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    status = status_told(marsad_token_remove(archive, review_person(call), NULL, call->operands[0], time_now(), &err), &err);
    marsad_archive_close(archive);
    return status;
}

const command command_token_remove = {
    .name = "token remove",
    .run = run_remove,
    .options = remove_options,
    .operands = "ID",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "take an API token away",
    .description = "Removes an API token: it is good for nothing from the next request on.",
};
