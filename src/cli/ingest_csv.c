/* Tables that people filled in, into the archive; or, as a dry run, what would become of them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

enum { READ_BYTES = 256 * 1024, MOST_BYTES = 64 * 1024 * 1024 };

bool is_csv(const invocation *call, const char *name)
{
    const char *said = option_value(call, "input", NULL);
    const size_t len = strlen(name);
    return said != NULL ? strcmp(said, "csv") == 0 : len > 4 && strcmp(name + len - 4, ".csv") == 0;
}

/* One file at work. */
typedef struct {
    intake *in;
    const char *name;
    bool is_dry;
    size_t added, known, refused;
} table_work;

/* The whole of a file, or of one byte more than is read. Tells what is wrong and returns false. */
static bool read_whole(const char *name, buffer *out)
{
    const bool is_stdin = strcmp(name, "-") == 0;
    const int file = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    char *chunk = malloc(READ_BYTES);
    ssize_t got = file < 0 || chunk == NULL ? -1 : 1;
    while (got > 0 && out->used <= MOST_BYTES) {
        got = read(file, chunk, READ_BYTES);
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got > 0)
            buffer_add(out, chunk, (size_t)got);
    }
    if (got < 0 || out->failed)
        message("cannot read '%s': %s", name, out->failed ? "out of memory" : strerror(errno));
    free(chunk);
    if (file > STDIN_FILENO)
        close(file);
    return got >= 0 && !out->failed;
}

static void tell(void *context, size_t row, const char *line, bool is_fault)
{
    table_work *work = context;
    message("%s", line);
    if (is_fault && !work->is_dry)
        intake_problem(work->in, work->name, row, line);
}

static void tell_rows(const table_work *work, const char *what, const marsad_imported_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer line = {0};
        show_words(&line, (marsad_view){rows[i].line, strlen(rows[i].line)});
        buffer_add(&line, "", 1);
        printf("%s:%zu: %s: %s\n", work->name, rows[i].row, what, line.bytes == NULL ? "" : line.bytes);
        buffer_free(&line);
    }
}

/* False if no more can be stored. */
static bool take(table_work *work, marsad_draft *draft, const marsad_imported_row *rows, size_t count)
{
    marsad_error err = {0};
    marsad_presence presence;
    marsad_status status;
    while ((status = marsad_archive_has(work->in->archive, draft, &presence, &err)) != MARSAD_OK)
        if (!intake_again(work->in, status, &err)) {
            marsad_draft_free(draft);
            return false;
        }
    if (presence == MARSAD_THERE_OTHERWISE) {
        for (size_t i = 0; i < count; i++) {
            char line[240];
            snprintf(line, sizeof line, "%s:%zu: the archive has this report with other records: change them in the review, not in a table",
                     work->name, rows[i].row);
            tell(work, rows[i].row, line, true);
        }
        work->refused += count;
    } else {
        *(presence == MARSAD_THERE ? &work->known : &work->added) += count;
    }
    if (work->is_dry && presence == MARSAD_NOT_THERE)
        tell_rows(work, "would be added", rows, count);
    if (!work->is_dry && presence == MARSAD_NOT_THERE)
        return intake_add(work->in, draft);
    marsad_draft_free(draft);
    return true;
}

static bool take_all(table_work *work, marsad_import *import)
{
    marsad_error err = {0};
    marsad_draft *draft;
    const marsad_imported_row *rows;
    size_t count;
    marsad_status status;
    bool goes_on = true;
    while (goes_on && (status = marsad_import_next(import, &draft, &rows, &count, &err)) != MARSAD_END) {
        if (status == MARSAD_OK) {
            goes_on = take(work, draft, rows, count);
            continue;
        }
        tell(work, count > 0 ? rows[0].row : 0, err.message, true);
        work->refused += count;
    }
    return goes_on;
}

/* False if no more can be stored. */
static bool ingest_table(const marsad_import_settings *settings, table_work *work, marsad_view bytes, exit_status *status)
{
    marsad_error err = {0};
    marsad_import *import;
    if (marsad_import_new(&import, work->in->archive, bytes, settings, &err) != MARSAD_OK) {
        tell(work, 0, err.message, true);
        *status = STATUS_PARTLY;
        return true;
    }
    const bool goes_on = take_all(work, import);
    const size_t faulty = marsad_import_faulty(import) + work->refused;
    printf("%s: %zu rows %s, %zu known already, %zu repeated, %zu with errors\n", work->name, work->added, work->is_dry ? "would be added" : "added",
           work->known, marsad_import_repeated(import), faulty);
    if (faulty > 0 || !goes_on)
        *status = STATUS_PARTLY;
    marsad_import_free(import);
    return goes_on;
}

exit_status ingest_tables(const invocation *call, intake *in, char *const *files, size_t count, bool is_dry)
{
    data_set data;
    const char *outlet = option_value(call, "source", ""), *published = option_value(call, "published", NULL);
    marsad_import_settings settings = {.map = option_value(call, "map", NULL), .outlet = {outlet, strlen(outlet)}, .tell = tell};
    if (published != NULL && marsad_date_parse(&settings.published, (marsad_view){published, strlen(published)}, NULL) != MARSAD_OK)
        return usage_error(call, "'--published %s' is no day YYYY-MM-DD", published);
    if (!gazetteers_open_for(&data, call))
        return STATUS_DATA;
    settings.gazetteers = (const marsad_gazetteer *const *)data.gazetteers;
    settings.gazetteer_count = data.gazetteer_count;

    exit_status status = STATUS_OK;
    bool goes_on = true;
    for (size_t i = 0; i < count && goes_on; i++) {
        table_work work = {.in = in, .name = strcmp(files[i], "-") == 0 ? "stdin" : files[i], .is_dry = is_dry};
        buffer bytes = {0};
        settings.name = work.name;
        settings.context = &work;
        if (read_whole(files[i], &bytes))
            goes_on = ingest_table(&settings, &work, (marsad_view){bytes.bytes == NULL ? "" : bytes.bytes, bytes.used}, &status);
        else
            status = STATUS_PARTLY;
        buffer_free(&bytes);
    }
    data_close(&data);
    return status;
}
