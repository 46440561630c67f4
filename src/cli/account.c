/* marsad account add | list | change | close: who may come in. Whoever has the file may do all of it. */
#include <stdio.h>
#include <string.h>

#include "cli/account.h"

#define ROLE_NAMES "reader, coder, verifier, editor, releaser, keeper"

static bool read_roles(const invocation *call, marsad_roles *out)
{
    const char *names = option_value(call, "roles", "");
    if (marsad_roles_read(out, names))
        return true;
    usage_error(call, "'--roles %s' is no list of roles, parted by commas: " ROLE_NAMES, names);
    return false;
}

static marsad_status print_code(marsad_archive *archive, const invocation *call, marsad_error *err)
{
    char code[MARSAD_CODE_BYTES];
    marsad_status status = marsad_login_code(archive, review_person(call), call->operands[0], time_now(), code, err);
    if (status == MARSAD_OK)
        printf("login code, once within %d minutes: %s\n", MARSAD_CODE_SECONDS / 60, code);
    return status;
}

/* --- add ------------------------------------------------------------------------------------------------------------------------- */

static const option add_options[] = {
    OPTION_ARCHIVE,
    {0, "roles", "ROLES", "what the person is, parted by commas: " ROLE_NAMES, COMPLETE_NONE},
    {0, "login-code", NULL, "ask for no password; print a code to come in with once, and choose one then", COMPLETE_NONE},
    OPTION_BY,
    OPTION_HELP,
    {0},
};

static marsad_status add(marsad_archive *archive, const invocation *call, marsad_roles roles, marsad_view given, marsad_error *err)
{
    marsad_status status = marsad_account_add(archive, review_person(call), call->operands[0], roles, given, time_now(), err);
    if (status == MARSAD_OK)
        printf("added '%s'\n", call->operands[0]);
    return status == MARSAD_OK && given.ptr == NULL ? print_code(archive, call, err) : status;
}

static exit_status run_add(const invocation *call)
{
    marsad_roles roles;
    marsad_archive *archive;
    marsad_error err = {0};
    password given = {.size = 0};
    const bool by_code = option_is_given(call, "login-code");
    if (!read_roles(call, &roles))
        return STATUS_USAGE;
    if (!by_code && !password_read(&given))
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_CREATE);
    if (status == STATUS_OK) {
        const marsad_view none = {NULL, 0};
        status = status_told(add(archive, call, roles, by_code ? none : (marsad_view){given.bytes, given.size}, &err), &err);
        marsad_archive_close(archive);
    }
    password_forget(&given);
    return status;
}

const command command_account_add = {
    .name = "account add",
    .run = run_add,
    .options = add_options,
    .operands = "NAME",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "let a person work with the archive in the browser",
    .description =
        "Adds an account under a name, for which a pseudonym is enough: it stands with what the person decides, and is kept for good. The password, "
        "10 to 1024 bytes, is asked for, or is a line of standard input.\n"
        "\n"
        "Everybody reads. A coder decides on records, a verifier is the second person, an editor merges, splits and reopens, and writes bulletins, "
        "a releaser lets out what is not public, a keeper keeps accounts and settings.",
};

/* --- list ------------------------------------------------------------------------------------------------------------------------ */

static const option list_options[] = {OPTION_ARCHIVE, OPTIONS_OF_PAGES, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_list(const invocation *call)
{
    return list_run(call, "accounts");
}

const command command_account_list = {
    .name = "account list",
    .run = run_list,
    .options = list_options,
    .operands = "",
    .summary = "list accounts and their roles",
    .description =
        "Lists accounts with their roles, whether they are active, and when somebody last came in. A closed account stays: its name stands "
        "with what it decided.",
};

/* --- change ---------------------------------------------------------------------------------------------------------------------- */

static const option change_options[] = {
    OPTION_ARCHIVE,
    {0, "roles", "ROLES", "what the person is from now on, parted by commas: " ROLE_NAMES, COMPLETE_NONE},
    {0, "password", NULL, "ask for a new password", COMPLETE_NONE},
    {0, "login-code", NULL, "print a code to come in with once, and choose a password then", COMPLETE_NONE},
    {0, "open", NULL, "open an account that was closed", COMPLETE_NONE},
    OPTION_BY,
    OPTION_HELP,
    {0},
};

static marsad_status update(marsad_archive *archive, const invocation *call, const marsad_account_change *change, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    if (change->sets_roles || change->sets_password || change->sets_active)
        status = marsad_account_update(archive, review_person(call), call->operands[0], change, time_now(), err);
    return status == MARSAD_OK && option_is_given(call, "login-code") ? print_code(archive, call, err) : status;
}

static exit_status run_change(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    password given = {.size = 0};
    marsad_account_change change = {.sets_roles = option_is_given(call, "roles"),
                                    .sets_password = option_is_given(call, "password"),
                                    .sets_active = option_is_given(call, "open"),
                                    .is_active = true};
    if (!change.sets_roles && !change.sets_password && !change.sets_active && !option_is_given(call, "login-code"))
        return usage_error(call, "nothing to change is named: --roles, --password, --login-code, --open");
    if ((change.sets_roles && !read_roles(call, &change.roles)) || (change.sets_password && !password_read(&given)))
        return STATUS_USAGE;
    change.password = (marsad_view){given.bytes, given.size};
    exit_status status = archive_open_for(&archive, call, 0);
    if (status == STATUS_OK) {
        status = status_told(update(archive, call, &change, &err), &err);
        marsad_archive_close(archive);
    }
    password_forget(&given);
    return status;
}

const command command_account_change = {
    .name = "account change",
    .run = run_change,
    .options = change_options,
    .operands = "NAME",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "give a person other roles or a new password",
    .description = "Changes roles, password, or opens a closed account. A new password ends the account's sessions. Who forgot a password is given a "
                   "login code.",
};

/* --- close ----------------------------------------------------------------------------------------------------------------------- */

static const option close_options[] = {OPTION_ARCHIVE, OPTION_BY, OPTION_HELP, {0}};

static exit_status run_close(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    const marsad_account_change closed = {.sets_active = true};
    status = status_told(marsad_account_update(archive, review_person(call), call->operands[0], &closed, time_now(), &err), &err);
    marsad_archive_close(archive);
    return status;
}

const command command_account_close = {
    .name = "account close",
    .run = run_close,
    .options = close_options,
    .operands = "NAME",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "let a person in no more",
    .description = "Closes an account: its sessions and API tokens end at once. Its name and what it decided stay. The last keeper cannot be closed.",
};
