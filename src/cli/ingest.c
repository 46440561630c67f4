/* marsad ingest: articles into the archive. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"

/* --- the sink -------------------------------------------------------------------------------------------------------------------- */

static marsad_status prepare(void *context, marsad_reader *reader, const arrived_article *arrived, void **product, marsad_error *err)
{
    const intake *in = context;
    marsad_draft *draft = NULL;
    marsad_status status =
        marsad_draft_new(&draft, in->archive, reader, arrived->article, arrived->bytes, input_name(arrived->input), arrived->note, err);
    *product = draft;
    return status;
}

static bool accept(void *context, void *product)
{
    return intake_add(context, product);
}

static void drop(void *product)
{
    marsad_draft_free(product);
}

static void refuse(void *context, const char *reason)
{
    intake_problem(context, "", 0, reason);
}

/* --- folders --------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    char **items;
    size_t count, room;
} path_list;

static bool add_path(path_list *list, const char *path)
{
    if (list->count == list->room) {
        const size_t room = list->room == 0 ? 16 : 2 * list->room;
        char **items = realloc(list->items, room * sizeof *items);
        if (items == NULL)
            return false;
        list->items = items;
        list->room = room;
    }
    list->items[list->count] = strdup(path);
    return list->items[list->count++] != NULL;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* A folder's files in the order of their names, and its folders' files; a file itself. */
static bool add_files(path_list *list, const char *path)
{
    struct stat about;
    if (strcmp(path, "-") == 0 || stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return add_path(list, path); /* what cannot be opened is told when it is its turn */
    struct dirent **entries;
    const int count = scandir(path, &entries, is_shown, by_name);
    bool ok = count >= 0;
    for (int i = 0; i < count; i++) {
        buffer full = {0};
        buffer_format(&full, "%s/%s", path, entries[i]->d_name);
        buffer_add(&full, "", 1);
        ok = ok && !full.failed && add_files(list, full.bytes);
        buffer_free(&full);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return ok;
}

static void free_paths(path_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
}

/* --- the command ------------------------------------------------------------------------------------------------------------------ */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static exit_status ingest_files(const invocation *call, intake *in)
{
    const article_sink sink = {.prepare = prepare, .accept = accept, .drop = drop, .refuse = refuse, .context = in, .shows_progress = true};
    const double began = seconds();
    exit_status status = articles_read(call, &sink);
    if (intake_end(in) != STATUS_OK)
        status = STATUS_PARTLY;
    printf("%zu articles added, %zu known already, %zu could not be read, %.1f s\n", in->added, in->known, in->problems, seconds() - began);
    return status;
}

static exit_status run(const invocation *call)
{
    intake in = {.what = "ingest"};
    path_list files = {0};
    invocation whole = *call;
    for (size_t i = 0; i < call->operand_count; i++)
        if (!add_files(&files, call->operands[i]))
            message("cannot list '%s'", call->operands[i]);
    if (call->operand_count > 0) {
        whole.operands = files.items;
        whole.operand_count = files.count;
    }
    exit_status status = archive_open_for(&in.archive, call, MARSAD_ARCHIVE_CREATE);
    if (status == STATUS_OK) {
        status = ingest_files(&whole, &in);
        marsad_archive_close(in.archive);
    }
    free_paths(&files);
    return status;
}

static const option options[] = {
    OPTION_ARCHIVE, OPTIONS_OF_ARTICLES, OPTION_LEXICON, OPTION_GAZETTEER, OPTION_HELP, {0},
};

const command command_ingest = {
    .name = "ingest",
    .run = run,
    .options = options,
    .operands = "[FILE...|FOLDER...|-]",
    .operand_most = SIZE_MAX,
    .complete = COMPLETE_FILE,
    .summary = "read articles into the archive",
    .description = "Reads news into the archive: the bytes as they came, the text, its records, and what follows from them.\n"
                   "\n"
                   "What the archive holds already changes nothing: a file can be given again. An article is stored whole or not at all, and what "
                   "was stored is on the disk. "
                   "What cannot be read is told, kept in the table of problems, and the rest is read.",
};
