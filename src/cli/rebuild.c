/* marsad rebuild: what follows from records, made again from nothing. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"

static const option rebuild_options[] = {OPTION_ARCHIVE, OPTION_HELP, {0}};

/* A line that is written over. */
static void show(void *context, int64_t left)
{
    const bool *shows = context;
    if (*shows)
        fprintf(stderr, "\rrebuild: %" PRId64 " neighbourhoods left \033[K", left);
}

static exit_status run_rebuild(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    bool shows = isatty(STDERR_FILENO) == 1;
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    const bool is_made = marsad_archive_remake(archive, time_now(), show, &shows, &err) == MARSAD_OK;
    if (shows)
        fprintf(stderr, "\r\033[K");
    if (!is_made) {
        message("%s", err.message);
        status = STATUS_DATA;
    }
    marsad_archive_close(archive);
    return status;
}

const command command_rebuild = {
    .name = "rebuild",
    .run = run_rebuild,
    .options = rebuild_options,
    .operands = "",
    .summary = "make again what follows from the records",
    .description =
        "Makes incidents, tallies, control and truce ledgers again from the records, with the rules and agreements as they are now. Records, "
        "decisions "
        "and the log stay as they are. What is asked meanwhile is worked out from the records, which takes longer. Where rules or agreements were "
        "changed Marsad does this by itself; the command is for an archive whose 'verify --views' told that something of it is wrong.",
};
