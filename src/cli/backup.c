/* marsad backup: a copy of the archive, while others work with it, looked at before it gets its name. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/part.h"

static const option backup_options[] = {
    OPTION_ARCHIVE,
    {0, "views", NULL, "make incidents, chains of copies, boxes and search words of the copy again, and compare: takes longer", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

static void tell(void *context, bool is_fault, const char *what)
{
    (void)context;
    printf("%s: %s\n", is_fault ? "wrong" : "note", what);
}

/* Whether the copy is what an archive should be. */
static exit_status check(const char *path, bool wants_views)
{
    char *rules = path_of_data("rules");
    marsad_archive *copy = NULL;
    marsad_verdict verdict = {0};
    marsad_error err = {0};
    marsad_status status = rules == NULL ? MARSAD_ERR_SYSTEM : marsad_archive_open(&copy, path, MARSAD_ARCHIVE_READ_ONLY, rules, &err);
    if (status == MARSAD_OK)
        status = marsad_archive_verify(copy, wants_views ? MARSAD_VERIFY_VIEWS : 0, tell, NULL, &verdict, &err);
    marsad_archive_close(copy);
    free(rules);
    if (status != MARSAD_OK) {
        message("%s", err.message);
        return STATUS_DATA;
    }
    if (verdict.faults == 0)
        printf("ok: %llu articles, %llu records, %llu decisions, %llu log lines, root %s\n", (unsigned long long)verdict.articles,
               (unsigned long long)verdict.records, (unsigned long long)verdict.decisions, (unsigned long long)verdict.log_lines,
               verdict.root[0] == 0 ? "-" : verdict.root);
    return verdict.faults == 0 ? STATUS_OK : STATUS_PARTLY;
}

/* A copy that is not what it should be is kept under its name too: it may be all that is left. */
static exit_status copy_to(marsad_archive *archive, const char *part, const char *path, bool wants_views)
{
    marsad_error err = {0};
    if (!part_make(part, "a backup is being made, or was not finished: take it away if none is being made"))
        return STATUS_DATA;
    exit_status status = STATUS_OK;
    if (marsad_archive_copy(archive, part, &err) != MARSAD_OK) {
        message("%s", err.message);
        status = STATUS_DATA;
    } else {
        status = check(part, wants_views);
    }
    if (status == STATUS_DATA)
        unlink(part);
    else if (!part_give_name(part, path))
        status = STATUS_DATA;
    return status;
}

static exit_status run(const invocation *call)
{
    const char *path = call->operands[0];
    struct stat about;
    marsad_archive *archive;
    buffer part = {0};
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_READ_ONLY);
    if (status != STATUS_OK)
        return status;
    buffer_format(&part, "%s.part", path);
    if (stat(path, &about) == 0) {
        message("'%s' is there already: a backup takes the place of nothing", path);
        status = STATUS_DATA;
    } else if (part.failed) {
        message("out of memory");
        status = STATUS_DATA;
    } else {
        status = copy_to(archive, part.bytes, path, option_is_given(call, "views"));
    }
    marsad_archive_close(archive);
    buffer_free(&part);
    return status;
}

const command command_backup = {
    .name = "backup",
    .run = run,
    .options = backup_options,
    .operands = "FILE",
    .operand_least = 1,
    .operand_most = 1,
    .complete = COMPLETE_FILE,
    .summary = "copy the archive to a file while others work with it",
    .description =
        "Copies the archive as it is at one moment to the new FILE, one file that nobody else may read; people and programs go on writing meanwhile. "
        "The copy is held against itself as 'marsad verify' does before it gets its name: until then it is FILE.part. The status is 1 if anything is "
        "wrong with it. A backup is an archive: to restore it, stop whoever works with the archive and put a copy of FILE in its place, without the "
        "files ARCHIVE-wal and ARCHIVE-shm that lay beside the old one.",
};
