/* Commands of trust: verify, root, stamp. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

/* --- verify --------------------------------------------------------------------------------------------------------------------- */

static const option verify_options[] = {
    OPTION_ARCHIVE,
    {0, "views", NULL, "make incidents, chains of copies, boxes and search words again, and compare: takes longer", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

static void tell(void *context, bool is_fault, const char *what)
{
    (void)context;
    printf("%s: %s\n", is_fault ? "wrong" : "note", what);
}

static exit_status run_verify(const invocation *call)
{
    marsad_archive *archive;
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_READ_ONLY);
    if (status != STATUS_OK)
        return status;
    marsad_verdict verdict;
    marsad_error err = {0};
    if (marsad_archive_verify(archive, option_is_given(call, "views") ? MARSAD_VERIFY_VIEWS : 0, tell, NULL, &verdict, &err) != MARSAD_OK) {
        message("%s", err.message);
        status = STATUS_DATA;
    } else {
        const bool is_ok = verdict.faults == 0;
        printf("%s: %llu evidence, %llu articles, %llu records, %llu decisions, %llu log lines, root %s\n", is_ok ? "ok" : "not ok",
               (unsigned long long)verdict.evidence, (unsigned long long)verdict.articles, (unsigned long long)verdict.records,
               (unsigned long long)verdict.decisions, (unsigned long long)verdict.log_lines, verdict.root[0] == 0 ? "-" : verdict.root);
        status = is_ok ? STATUS_OK : STATUS_PARTLY;
    }
    marsad_archive_close(archive);
    return status;
}

const command command_verify = {
    .name = "verify",
    .run = run_verify,
    .options = verify_options,
    .operands = "",
    .summary = "check that the archive is what it was",
    .description =
        "Holds evidence, texts, records, decisions and the log against each other, changes nothing, and tells in a line each what is wrong and "
        "where. The last line tells what was looked at and the root: the hash of the last line of the log, which stands for all of it. The status is "
        "1 "
        "if anything is wrong.",
};

/* --- root and stamp ------------------------------------------------------------------------------------------------------------- */

static bool read_root_day(const invocation *call, marsad_date *day)
{
    const char *text = option_value(call, "day", NULL);
    *day = (marsad_date){0};
    if (text == NULL || marsad_date_parse(day, (marsad_view){text, strlen(text)}, NULL) == MARSAD_OK)
        return true;
    usage_error(call, "'--day %s' is no day YYYY-MM-DD", text);
    return false;
}

static const option root_options[] = {
    OPTION_ARCHIVE, {0, "day", "DATE", "as it was at the end of this day (UTC); else as it is", COMPLETE_NONE}, OPTION_HELP, {0}};

static exit_status run_root(const invocation *call)
{
    marsad_archive *archive;
    marsad_date day;
    if (!read_root_day(call, &day))
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_READ_ONLY);
    if (status != STATUS_OK)
        return status;
    int64_t line;
    char root[65];
    marsad_error err = {0};
    if (marsad_archive_root(archive, day, &line, root, &err) != MARSAD_OK) {
        message("%s", err.message);
        status = STATUS_DATA;
    } else if (line == 0) {
        message("the log has no line of that day or before");
        status = STATUS_PARTLY;
    } else {
        printf("%s  log line %lld\n", root, (long long)line);
    }
    marsad_archive_close(archive);
    return status;
}

const command command_root = {
    .name = "root",
    .run = run_root,
    .options = root_options,
    .operands = "",
    .summary = "print the hash that stands for all that happened",
    .description =
        "Prints the hash of the last line of the log. Who has kept it elsewhere, on paper or as a time stamp, can later show that nothing before it "
        "was changed.",
};

static const option stamp_options[] = {
    OPTION_ARCHIVE,
    {0, "token", "FILE", "the time stamp token (RFC 3161, DER)", COMPLETE_FILE},
    {0, "day", "DATE", "the day whose root was stamped; else the root as it is", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

enum { TOKEN_BYTES_MOST = 1 << 20 };

static bool read_token(const char *path, buffer *out)
{
    FILE *file = fopen(path, "rb");
    char piece[4096];
    size_t got;
    if (file == NULL)
        return false;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0 && out->used <= TOKEN_BYTES_MOST)
        buffer_add(out, piece, got);
    const bool ok = ferror(file) == 0 && !out->failed;
    fclose(file);
    return ok;
}

static exit_status run_stamp(const invocation *call)
{
    marsad_archive *archive;
    marsad_date day;
    buffer token = {0};
    const char *path = option_value(call, "token", NULL);
    if (path == NULL)
        return usage_error(call, "--token names the file of the time stamp");
    if (!read_root_day(call, &day))
        return STATUS_USAGE;
    exit_status status = STATUS_OK;
    marsad_error err = {0};
    if (!read_token(path, &token)) {
        message("cannot read '%s'", path);
        status = STATUS_DATA;
    }
    if (status == STATUS_OK)
        status = archive_open_for(&archive, call, 0);
    if (status == STATUS_OK) {
        if (marsad_archive_stamp(archive, day, (marsad_view){token.bytes, token.used}, time_now(), &err) != MARSAD_OK) {
            message("'%s': %s", path, err.message);
            status = STATUS_DATA;
        }
        marsad_archive_close(archive);
    }
    buffer_free(&token);
    return status;
}

const command command_stamp = {
    .name = "stamp",
    .run = run_stamp,
    .options = stamp_options,
    .operands = "",
    .summary = "keep a time stamp of the log by somebody else",
    .description =
        "Keeps a time stamp token (RFC 3161) that an authority gave for the root of a day: 'marsad root --day D' prints it, and it is given to the "
        "authority as the SHA-256 hash itself. The token is checked to be one and to stamp that root; its signature is for 'openssl ts -verify' to "
        "check.",
};
