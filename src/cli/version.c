/* marsad version */
#include <stdio.h>

#include "cli/command.h"

static const option options[] = {OPTION_HELP, {0}};

static exit_status run(const invocation *call)
{
    (void)call;
    puts("marsad " MARSAD_VERSION);
    return STATUS_OK;
}

const command command_version = {
    .name = "version",
    .run = run,
    .options = options,
    .operands = "",
    .summary = "print the version",
    .description = "Prints the name and version of the program.",
};
