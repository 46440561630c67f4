/* What waits for workers, and what they could not read, as tables. */
#include "cli/command.h"

static const option options[] = {OPTION_ARCHIVE, OPTION_NEWEST, OPTIONS_OF_PAGES, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_outbox(const invocation *call)
{
    return list_run(call, "outbox");
}

const command command_outbox = {
    .name = "outbox",
    .run = run_outbox,
    .options = options,
    .operands = "",
    .summary = "list what waits to be read by workers",
    .description =
        "Lists the parcels that wait in the outbox, the oldest first: what they are, where they came from, when they were put there and sent.",
};

static exit_status run_dead_letters(const invocation *call)
{
    return list_run(call, "dead_letters");
}

const command command_dead_letters = {
    .name = "dead-letters",
    .run = run_dead_letters,
    .options = options,
    .operands = "",
    .summary = "list what workers could not read",
    .description = "Lists the parcels that no worker could read, with the reason and how often one had it. Their bytes are kept.",
};
