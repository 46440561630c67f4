/* What waits for workers, and what they could not read, as tables; and dead letters on their way back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/patience.h"
#include "marsad_outbox.h"

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
    .description =
        "Lists the parcels that no worker could read, with the reason and how often one had it. Their bytes are kept: 'marsad dead-letters "
        "back' lets workers try again.",
};

/* --- back ------------------------------------------------------------------------------------------------------------------------ */

static const option back_options[] = {OPTION_ARCHIVE, OPTION_HELP, {0}};

/* The ids named; NULL after it was told what is wrong with one. */
static marsad_parcel_id *ids_from(const invocation *call)
{
    marsad_parcel_id *ids = calloc(call->operand_count + 1, sizeof *ids);
    if (ids == NULL)
        message("out of memory");
    for (size_t i = 0; i < call->operand_count && ids != NULL; i++) {
        const size_t len = strlen(call->operands[i]);
        if (len > 0 && len < sizeof *ids) {
            memcpy(ids[i], call->operands[i], len + 1);
            continue;
        }
        usage_error(call, "'%s' is no id of a dead letter", call->operands[i]);
        free(ids);
        ids = NULL;
    }
    return ids;
}

static exit_status put_back(marsad_archive *archive, const marsad_parcel_id *ids, size_t count)
{
    size_t unburied = 0;
    marsad_error err = {0};
    marsad_status status;
    patience left = {0};
    do
        status = marsad_outbox_unbury(archive, time_now(), ids, count, &unburied, &err);
    while (status != MARSAD_OK && patience_lasts(&left, archive));
    if (status == MARSAD_OK)
        printf("%zu dead letters are in the outbox again\n", unburied);
    return status_told(status, &err);
}

static exit_status run_back(const invocation *call)
{
    marsad_archive *archive;
    marsad_parcel_id *ids = ids_from(call);
    if (ids == NULL)
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, ARCHIVE_AS_IT_IS);
    if (status == STATUS_OK) {
        status = put_back(archive, call->operand_count > 0 ? (const marsad_parcel_id *)ids : NULL, call->operand_count);
        marsad_archive_close(archive);
    }
    free(ids);
    return status;
}

const command command_dead_letters_back = {
    .name = "dead-letters back",
    .run = run_back,
    .options = back_options,
    .operands = "[ID...]",
    .operand_most = SIZE_MAX,
    .summary = "let workers read dead letters once more",
    .description =
        "Puts the dead letters of these ids back into the outbox, or all of them: when what kept workers from reading them is mended. What is "
        "no dead letter is passed over, so that the same may be said twice. They are sent as others are: by 'marsad enqueue --nats URL', or "
        "by the worker that leads, when it has seen them wait.",
};
