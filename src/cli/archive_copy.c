/* marsad archive copy, fingerprint: an archive as a whole, in whichever engine. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/part.h"
#include "marsad_moving.h"

/* --- progress -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    bool is_shown;
    double began, told; /* seconds of the monotonic clock */
    uint64_t rows;      /* that were compared */
    size_t tables;
} watching;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A line that is written over, on a terminal, a few times a second. */
static void show_progress(void *context, const char *table, uint64_t rows)
{
    watching *w = context;
    const double now = seconds();
    if (!w->is_shown || now - w->told < 0.2)
        return;
    w->told = now;
    fprintf(stderr, "\r\033[K%s: %llu rows, %.0f s", table, (unsigned long long)rows, now - w->began);
}

static void end_progress(const watching *w)
{
    if (w->is_shown && w->told > 0)
        fputs("\r\033[K", stderr);
}

static void print_compared(void *context, const char *table, uint64_t rows, const char *from, const char *to)
{
    watching *w = context;
    end_progress(w);
    if (strcmp(from, to) == 0)
        printf("%s %llu %s\n", table, (unsigned long long)rows, from);
    else
        printf("%s %llu %s is not %s\n", table, (unsigned long long)rows, to, from);
    w->rows += rows;
    w->tables++;
}

static marsad_moving watch(watching *w)
{
    *w = (watching){.is_shown = isatty(STDERR_FILENO) == 1, .began = seconds()};
    return (marsad_moving){.progress = show_progress, .compared = print_compared, .context = w};
}

/* --- copy ------------------------------------------------------------------------------------------------------------------------- */

static const option copy_options[] = {
    {0, "force", NULL, "to a file: throw away what is left of a copy that was not finished", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

static exit_status copy(const char *from, const char *to)
{
    watching w;
    marsad_error err = {0};
    const marsad_moving told = watch(&w);
    const marsad_status status = marsad_archive_move(from, to, &told, &err);
    end_progress(&w);
    if (status != MARSAD_OK)
        return status_told(status, &err);
    const double took = seconds() - w.began;
    printf("copied: %zu tables, %llu rows, the same on both sides; %.1f s, %.0f rows/s\n", w.tables, (unsigned long long)w.rows, took,
           (double)w.rows / (took > 0.001 ? took : 0.001));
    return STATUS_OK;
}

/* The place of the new file: nothing, or an archive in which nothing is stored. */
static bool is_free(const char *path)
{
    struct stat about;
    marsad_error err = {0};
    if (stat(path, &about) != 0)
        return true;
    if (marsad_archive_is_empty(path, &err) == MARSAD_OK)
        return true;
    message("'%s' is there already: %s", path, err.message);
    return false;
}

static bool make_part(const char *part, bool is_forced)
{
    if (is_forced && unlink(part) != 0 && errno != ENOENT)
        message("cannot take away '%s': %s", part, strerror(errno));
    return part_make(part, "a copy is being made, or was not finished; --force throws it away");
}

static exit_status copy_to_file(const invocation *call, const char *from, const char *path)
{
    buffer part = {0};
    buffer_format(&part, "%s.part", path);
    buffer_add(&part, "", 1);
    exit_status status = STATUS_DATA;
    if (part.failed)
        message("out of memory");
    else if (is_free(path) && make_part(part.bytes, option_is_given(call, "force"))) {
        status = copy(from, part.bytes);
        if (status != STATUS_OK)
            unlink(part.bytes);
        else if (!part_give_name(part.bytes, path))
            status = STATUS_DATA;
    }
    buffer_free(&part);
    return status;
}

static exit_status run_copy(const invocation *call)
{
    const char *from = call->operands[0], *to = call->operands[1];
    return marsad_archive_is_on_server(to) ? copy(from, to) : copy_to_file(call, from, to);
}

const command command_archive_copy = {
    .name = "archive copy",
    .run = run_copy,
    .options = copy_options,
    .operands = "FROM TO",
    .operand_least = 2,
    .operand_most = 2,
    .complete = COMPLETE_FILE,
    .summary = "copy an archive from a file to a server, or back, or to another",
    .description = "Copies the archive FROM, as it is at one moment, to TO: each a file, or a database of PostgreSQL (postgresql://user@host/name). "
                   "In TO nothing is "
                   "stored yet: it is no file at all, or an archive without a row ('marsad archive init' makes one). Others go on working with FROM; "
                   "nobody writes to TO "
                   "until it is done. Whoever copies to a server is a member of the archive's migrators.\n"
                   "\n"
                   "All tables are copied with their keys, so that the log's seals hold; indexes, boxes and search words are made anew. Then all "
                   "rows of TO are read "
                   "again: a line a table tells its name, its rows, and the SHA-256 of all of them, as 'marsad archive fingerprint' does. Only when "
                   "all are the same "
                   "does the copy count. If it is broken off, TO is as it was; beside a file, FILE.part is left, which is no archive.",
};

/* --- fingerprint ------------------------------------------------------------------------------------------------------------------- */

static const option fingerprint_options[] = {OPTION_HELP, {0}};

static exit_status run_fingerprint(const invocation *call)
{
    watching w;
    char all[65];
    marsad_error err = {0};
    const marsad_moving told = watch(&w);
    const marsad_status status = marsad_archive_fingerprint(call->operands[0], &told, all, &err);
    end_progress(&w);
    if (status == MARSAD_OK)
        printf("all %llu %s\n", (unsigned long long)w.rows, all);
    return status_told(status, &err);
}

const command command_archive_fingerprint = {
    .name = "archive fingerprint",
    .run = run_fingerprint,
    .options = fingerprint_options,
    .operands = "ARCHIVE",
    .operand_least = 1,
    .operand_most = 1,
    .complete = COMPLETE_FILE,
    .summary = "tell what an archive holds, as hashes of its tables",
    .description = "Prints a line a table: its name, its rows, and the SHA-256 of all of them in the order of their keys; then one over all these "
                   "lines. Two archives "
                   "with the same lines hold the same, whichever engine keeps them.",
};
