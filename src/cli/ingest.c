/* marsad ingest: articles into the archive. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"

/*
 * What came in waits until there is enough for a commit, or a second has passed since the last one: then it is stored in one go. So another program can write
 * while articles are read, or waited for.
 */
enum { WAITING_MAX = 256, SECONDS_BETWEEN_COMMITS = 1 };

/* An article, or the reason why something is none. */
typedef struct {
    marsad_draft *draft;
    char *reason;
} arrival;

typedef struct {
    marsad_archive *archive;
    arrival waiting[WAITING_MAX];
    size_t waiting_count;
    double committed; /* when, in seconds() */
    size_t added, known, problems;
    bool is_verbose;
} intake;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- storing ------------------------------------------------------------------------------------------------------------------- */

static marsad_status store_one(intake *in, const arrival *a, size_t *added, marsad_error *err)
{
    if (a->draft == NULL)
        return marsad_archive_problem(in->archive, "", 0, a->reason, err);
    bool is_new = false;
    marsad_status status = marsad_archive_add(in->archive, a->draft, &is_new, err);
    *added += is_new;
    return status;
}

static void forget_waiting(intake *in)
{
    for (size_t i = 0; i < in->waiting_count; i++) {
        marsad_draft_free(in->waiting[i].draft);
        free(in->waiting[i].reason);
    }
    in->waiting_count = 0;
}

/* Stores what waits: all of it, or nothing. */
static bool commit(intake *in)
{
    marsad_error err = {0};
    size_t added = 0, articles = 0;
    if (in->waiting_count == 0)
        return true;
    marsad_status status = marsad_archive_begin(in->archive, time_now(), "ingest", &err);
    for (size_t i = 0; i < in->waiting_count && status == MARSAD_OK; i++) {
        articles += in->waiting[i].draft != NULL;
        status = store_one(in, &in->waiting[i], &added, &err);
    }
    if (status == MARSAD_OK)
        status = marsad_archive_commit(in->archive, &err);
    else
        marsad_archive_rollback(in->archive);
    forget_waiting(in);
    in->committed = seconds();
    if (status != MARSAD_OK) {
        message("%s: what was read since the last commit is not stored", err.message);
        return false;
    }
    in->added += added;
    in->known += articles - added;
    if (in->is_verbose) {
        printf("stored: %zu articles\n", in->added + in->known);
        fflush(stdout);
    }
    return true;
}

static bool add_waiting(intake *in, marsad_draft *draft, char *reason)
{
    in->waiting[in->waiting_count++] = (arrival){draft, reason};
    return (in->waiting_count < WAITING_MAX && seconds() - in->committed < SECONDS_BETWEEN_COMMITS) || commit(in);
}

/* --- the sink -------------------------------------------------------------------------------------------------------------------- */

static const char *input_name(marsad_input input)
{
    static const char *const names[] = {[MARSAD_INPUT_TEXT] = "text",
                                        [MARSAD_INPUT_JSONL] = "jsonl",
                                        [MARSAD_INPUT_HTML] = "html",
                                        [MARSAD_INPUT_RSS] = "rss",
                                        [MARSAD_INPUT_WARC] = "warc"};
    return names[input];
}

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
    return add_waiting(context, product, NULL);
}

static void drop(void *product)
{
    marsad_draft_free(product);
}

static void refuse(void *context, const char *reason)
{
    intake *in = context;
    char *kept = strdup(reason);
    in->problems++;
    if (kept == NULL || !add_waiting(in, NULL, kept))
        message("that it could not be read is not stored");
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

static bool add_folder(path_list *list, const char *path);

/* One entry of a folder. A link to a folder could lead back, and what is neither file nor folder may never end: they are passed over. */
static bool add_entry(path_list *list, const char *path)
{
    struct stat about, link;
    if (stat(path, &about) != 0 || lstat(path, &link) != 0 || S_ISREG(about.st_mode))
        return add_path(list, path); /* what cannot be opened is told when it is its turn */
    if (S_ISDIR(link.st_mode))
        return add_folder(list, path);
    message("note: '%s' is passed over: %s", path, S_ISDIR(about.st_mode) ? "a link to a folder" : "no file");
    return true;
}

/* A folder's files in the order of their names, and its folders' files. */
static bool add_folder(path_list *list, const char *path)
{
    struct dirent **entries;
    const int count = scandir(path, &entries, is_shown, by_name);
    if (count < 0)
        return add_path(list, path);
    bool ok = true;
    for (int i = 0; i < count; i++) {
        buffer full = {0};
        buffer_format(&full, "%s/%s", path, entries[i]->d_name);
        buffer_add(&full, "", 1);
        ok = ok && !full.failed && add_entry(list, full.bytes);
        buffer_free(&full);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool add_operand(path_list *list, const char *path)
{
    struct stat about;
    const bool is_folder = strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    return is_folder ? add_folder(list, path) : add_path(list, path);
}

static void free_paths(path_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
}

/* --- the command ------------------------------------------------------------------------------------------------------------------ */

static exit_status ingest_files(const invocation *call, intake *in)
{
    const article_sink sink = {.prepare = prepare, .accept = accept, .drop = drop, .refuse = refuse, .context = in, .shows_progress = true};
    const double began = in->committed = seconds();
    exit_status status = articles_read(call, &sink);
    if (!commit(in) && status == STATUS_OK)
        status = STATUS_PARTLY;

    marsad_error err = {0};
    if (marsad_archive_refresh(in->archive, time_now(), &err) != MARSAD_OK) {
        message("%s: the articles are stored, their incidents are not made", err.message);
        status = STATUS_PARTLY;
    }
    printf("%zu articles added, %zu known already, %zu could not be read, %.1f s\n", in->added, in->known, in->problems, seconds() - began);
    return status;
}

static exit_status run(const invocation *call)
{
    intake in = {.is_verbose = option_is_given(call, "verbose")};
    path_list files = {0};
    invocation whole = *call;
    bool ok = true;
    for (size_t i = 0; i < call->operand_count && ok; i++)
        ok = add_operand(&files, call->operands[i]);
    if (!ok) {
        message("out of memory for a list of files");
        free_paths(&files);
        return STATUS_PARTLY;
    }
    if (call->operand_count > 0) {
        whole.operands = files.items;
        whole.operand_count = files.count;
    }
    const bool is_empty = call->operand_count > 0 && files.count == 0; /* folders without a file */
    exit_status status = archive_open_for(&in.archive, call, MARSAD_ARCHIVE_CREATE);
    if (status == STATUS_OK) {
        if (is_empty)
            message("note: there is no file in what is named");
        else
            status = ingest_files(&whole, &in);
        marsad_archive_close(in.archive);
    }
    free_paths(&files);
    return status;
}

static const option options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_ARTICLES,
    {'v', "verbose", NULL, "tell after each commit how many articles are stored", COMPLETE_NONE},
    OPTION_LEXICON,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
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
