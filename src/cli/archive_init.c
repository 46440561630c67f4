/* marsad archive init: an archive, and on a server the roles of those who work with it. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "marsad_moving.h"

static const option init_options[] = {
    {0, "roles", "PREFIX", "what the names of roles begin with (default: as in the archive that is there, else 'marsad_')", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

/* What only an administrator can do: passwords are no business of this program. */
static void tell_next(const char *prefix)
{
    printf("roles without login: %sreader reads, %swriter adds and changes, %smigrator owns the tables\n"
           "next, for each who works with it, in psql:\n"
           "  CREATE ROLE name LOGIN;  \\password name\n"
           "  GRANT %sreader TO name;    -- 'marsad serve --read-only', lists, exports, verify, backup\n"
           "  GRANT %swriter TO name;    -- 'marsad ingest', 'marsad serve', review\n"
           "  GRANT %smigrator TO name;  -- 'marsad archive init' again, after an upgrade of the program\n",
           prefix, prefix, prefix, prefix, prefix, prefix);
}

static exit_status run_init(const invocation *call)
{
    const char *where = call->operands[0], *prefix = option_value(call, "roles", NULL);
    marsad_error err = {0};
    char shown[400], used[MARSAD_ROLES_PREFIX_BYTES];
    const marsad_status status = marsad_archive_init(where, prefix, used, &err);
    if (status != MARSAD_OK)
        return status_told(status, &err);
    marsad_archive_shown(shown, sizeof shown, where);
    printf("'%s' is an archive\n", shown);
    if (marsad_archive_is_on_server(where))
        tell_next(used);
    return STATUS_OK;
}

const command command_archive_init = {
    .name = "archive init",
    .run = run_init,
    .options = init_options,
    .operands = "ARCHIVE",
    .operand_least = 1,
    .operand_most = 1,
    .complete = COMPLETE_FILE,
    .summary = "make an archive, and on a server the roles that work with it",
    .description = "Makes the archive, a file or a database of PostgreSQL that is there (postgresql://user@host/name), or brings it to this "
                   "program's version. In a "
                   "database it makes the extension PostGIS, the schema 'marsad', and three roles without login: a reader, a writer, who can never "
                   "change the log, "
                   "evidence or decisions, and a migrator, who owns the tables. It may be called again, and changes nothing then.\n"
                   "\n"
                   "Whoever calls it the first time may make roles and extensions; after an upgrade, a migrator is enough.",
};
