/* Commands of releases: release, verify-release, diff. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

/* --- release ---------------------------------------------------------------------------------------------------------------------- */

static const option release_options[] = {
    OPTION_ARCHIVE,
    {0, "profile", "NAME", "the safety profile that holds for it: a file of rules/safety", COMPLETE_NONE},
    {'o', "output-folder", "FOLDER", "where it goes; a new folder", COMPLETE_FOLDER},
    {0, "from", "DATE", "incidents of this day and later", COMPLETE_NONE},
    {0, "to", "DATE", "incidents of this day and earlier", COMPLETE_NONE},
    {0, "title", "TEXT", "how it is cited", COMPLETE_NONE},
    {0, "licence", "TEXT", "what others may do with it", COMPLETE_NONE},
    {0, "rebuild", "N", "make release N again, byte for byte, as the archive was then", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

static bool read_number(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    *out = value;
    return errno == 0 && text[0] >= '1' && text[0] <= '9' && *end == 0;
}

static bool read_date(const invocation *call, const char *name, marsad_date *out)
{
    const char *text = option_value(call, name, NULL);
    if (text == NULL || marsad_date_parse(out, (marsad_view){text, strlen(text)}, NULL) == MARSAD_OK)
        return true;
    usage_error(call, "'--%s %s' is no day YYYY-MM-DD", name, text);
    return false;
}

static exit_status finish(marsad_archive *archive, marsad_status made, const marsad_error *err, int64_t number, const char *folder)
{
    marsad_archive_close(archive);
    if (made == MARSAD_OK) {
        printf("release %lld in '%s'\n", (long long)number, folder);
        return STATUS_OK;
    }
    message("%s", err->message);
    return made == MARSAD_ERR_SYSTEM ? STATUS_PARTLY : STATUS_DATA;
}

static exit_status run_release(const invocation *call)
{
    const char *folder = option_value(call, "output-folder", NULL), *again = option_value(call, "rebuild", NULL);
    marsad_release_plan plan = {
        .profile = option_value(call, "profile", NULL), .title = option_value(call, "title", ""), .licence = option_value(call, "licence", "")};
    int64_t number = 0;
    marsad_archive *archive;
    marsad_error err = {0};
    if (folder == NULL)
        return usage_error(call, "--output-folder says where the release goes");
    if (again == NULL && plan.profile == NULL)
        return usage_error(call, "nothing leaves without a safety profile: --profile names it");
    if (again != NULL && !read_number(again, &number))
        return usage_error(call, "'--rebuild %s' is no number of a release", again);
    if (!read_date(call, "from", &plan.from) || !read_date(call, "to", &plan.to))
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, again != NULL ? MARSAD_ARCHIVE_READ_ONLY : 0);
    if (status != STATUS_OK)
        return status;
    const marsad_status made = again != NULL ? marsad_archive_rebuild(archive, number, folder, &err)
                                             : marsad_archive_release(archive, &plan, folder, time_now(), &number, &err);
    return finish(archive, made, &err, number, folder);
}

const command command_release = {
    .name = "release",
    .run = run_release,
    .options = release_options,
    .operands = "",
    .summary = "seal and write a release",
    .description =
        "Writes a folder with the incidents in every format, what changed and what was withdrawn since the last release of the same profile, the "
        "codebook, the rules, a loss report, a licence, a citation and a manifest of hashes; and keeps in the log that it was made.\n"
        "\n"
        "A release can be made again from the archive, byte for byte, whatever was stored or decided since.",
};

/* --- verify-release ------------------------------------------------------------------------------------------------------------------ */

static const option plain_options[] = {OPTION_HELP, {0}};

static void tell(void *context, bool is_fault, const char *what)
{
    size_t *faults = context;
    *faults += is_fault;
    printf("wrong: %s\n", what);
}

static exit_status run_verify_release(const invocation *call)
{
    size_t faults = 0;
    char manifest[65];
    marsad_error err = {0};
    if (marsad_release_verify(call->operands[0], tell, &faults, manifest, &err) != MARSAD_OK) {
        message("%s", err.message);
        return STATUS_DATA;
    }
    printf("%s: manifest %s\n", faults == 0 ? "ok" : "not ok", manifest);
    return faults == 0 ? STATUS_OK : STATUS_PARTLY;
}

const command command_verify_release = {
    .name = "verify-release",
    .run = run_verify_release,
    .options = plain_options,
    .operands = "FOLDER",
    .operand_least = 1,
    .operand_most = 1,
    .complete = COMPLETE_FOLDER,
    .summary = "check a release against its manifest",
    .description =
        "Checks every file of a release, and prints the hash of its manifest: that is what the log of the archive tells of it. Needs no archive.",
};

/* --- diff --------------------------------------------------------------------------------------------------------------------------- */

static const option diff_options[] = {OPTION_ARCHIVE, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

/* The folder of a release: as named, or made again of a number into a folder of its own. */
typedef struct {
    char path[64]; /* "" if it was named */
    const char *folder;
} release_folder;

static exit_status find_release(const invocation *call, const char *named, release_folder *out)
{
    int64_t number;
    marsad_archive *archive;
    marsad_error err = {0};
    out->path[0] = 0;
    out->folder = named;
    if (!read_number(named, &number))
        return STATUS_OK;
    snprintf(out->path, sizeof out->path, "/tmp/marsad-release-XXXXXX");
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_READ_ONLY);
    if (status != STATUS_OK)
        return status;
    if (mkdtemp(out->path) == NULL) {
        message("cannot make a folder in '/tmp': %s", strerror(errno));
        out->path[0] = 0;
        status = STATUS_PARTLY;
    } else if (marsad_archive_rebuild(archive, number, out->path, &err) != MARSAD_OK) {
        message("%s", err.message);
        status = STATUS_DATA;
    }
    out->folder = out->path;
    marsad_archive_close(archive);
    return status;
}

static exit_status print_diff(const invocation *call, const char *a, const char *b)
{
    marsad_error err = {0};
    row_printer *printer = rows_print_begin(call);
    if (printer == NULL)
        return STATUS_PARTLY;
    const marsad_status compared = marsad_release_diff(a, b, rows_print, printer, &err);
    const exit_status status = rows_print_end(printer, compared == MARSAD_OK ? "the releases say the same" : NULL);
    if (compared == MARSAD_OK)
        return status;
    message("%s", err.message);
    return STATUS_DATA;
}

static exit_status run_diff(const invocation *call)
{
    release_folder a = {0}, b = {0};
    exit_status status = find_release(call, call->operands[0], &a);
    if (status == STATUS_OK)
        status = find_release(call, call->operands[1], &b);
    if (status == STATUS_OK)
        status = print_diff(call, a.folder, b.folder);
    if (a.path[0] != 0)
        marsad_release_remove(a.path);
    if (b.path[0] != 0)
        marsad_release_remove(b.path);
    return status;
}

const command command_diff = {
    .name = "diff",
    .run = run_diff,
    .options = diff_options,
    .operands = "A B",
    .operand_least = 2,
    .operand_most = 2,
    .complete = COMPLETE_FOLDER,
    .summary = "list what differs between two releases",
    .description =
        "Lists incidents and statements that are added, withdrawn, or changed with the old and the new value of each field. A and B are folders of "
        "releases, or their numbers in the archive.",
};
