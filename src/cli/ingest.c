/* marsad ingest: articles into the archive. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
    char *reason; /* its own */
} arrival;

typedef struct {
    intake in;
    arrival waiting[WAITING_MAX];
    size_t waiting_count, waiting_bytes;
    double committed; /* when, in seconds() */
    bool is_verbose;
} arrivals;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- storing --------------------------------------------------------------------------------------------------------------------- */

/* Takes over what the arrival holds. */
static bool store_one(intake *in, arrival *a)
{
    bool ok = a->draft != NULL ? intake_add(in, a->draft) : intake_problem(in, "", 0, a->reason);
    free(a->reason);
    *a = (arrival){0};
    return ok;
}

/* Stores what waits: all of it, or nothing. */
static bool commit(arrivals *all)
{
    bool ok = true;
    for (size_t i = 0; i < all->waiting_count; i++) {
        if (ok)
            ok = store_one(&all->in, &all->waiting[i]);
        marsad_draft_free(all->waiting[i].draft);
        free(all->waiting[i].reason);
    }
    const bool has_news = all->waiting_count > 0;
    all->waiting_count = all->waiting_bytes = 0;
    ok = intake_commit(&all->in) && ok;
    all->committed = seconds();
    if (ok && has_news && all->is_verbose) {
        printf("stored: %zu articles\n", all->in.added + all->in.known);
        fflush(stdout);
    }
    return ok;
}

static bool add_waiting(arrivals *all, arrival arrived)
{
    all->waiting[all->waiting_count++] = arrived;
    all->waiting_bytes += arrived.draft != NULL ? marsad_draft_size(arrived.draft) : 0;
    return (all->waiting_count < WAITING_MAX && all->waiting_bytes < INTAKE_MOST_BYTES && seconds() - all->committed < SECONDS_BETWEEN_COMMITS) ||
           commit(all);
}

/* --- the sink -------------------------------------------------------------------------------------------------------------------- */

static marsad_status prepare(void *context, marsad_reader *reader, const arrived_article *arrived, void **product, marsad_error *err)
{
    const arrivals *all = context;
    marsad_draft *draft = NULL;
    marsad_status status =
        marsad_draft_new(&draft, all->in.archive, reader, arrived->article, arrived->bytes, marsad_input_name(arrived->input), arrived->note, err);
    *product = draft;
    return status;
}

static bool accept(void *context, void *product)
{
    return add_waiting(context, (arrival){.draft = product});
}

static void drop(void *product)
{
    marsad_draft_free(product);
}

static void refuse(void *context, const char *reason)
{
    const arrival told = {.reason = strdup(reason)};
    if (told.reason == NULL || !add_waiting(context, told))
        message("that it could not be read is not stored");
}

/* --- the command ------------------------------------------------------------------------------------------------------------------ */

static exit_status ingest_articles(const invocation *call, marsad_archive *archive)
{
    arrivals *all = calloc(1, sizeof *all);
    if (all == NULL) {
        message("out of memory");
        return STATUS_PARTLY;
    }
    all->in = (intake){.archive = archive, .what = "ingest"};
    all->is_verbose = option_is_given(call, "verbose");
    const article_sink sink = {.prepare = prepare, .accept = accept, .drop = drop, .refuse = refuse, .context = all, .shows_progress = true};
    const double began = all->committed = seconds();
    exit_status status = articles_read(call, &sink);
    if (!commit(all) && status == STATUS_OK)
        status = STATUS_PARTLY;
    if (intake_end(&all->in) != STATUS_OK && status == STATUS_OK)
        status = STATUS_PARTLY;
    printf("%zu articles added, %zu known already, %zu could not be read, %.1f s\n", all->in.added, all->in.known, all->in.problems,
           seconds() - began);
    free(all);
    return status;
}

static exit_status ingest_csv(const invocation *call, marsad_archive *archive, const path_list *tables)
{
    intake in = {.archive = archive, .what = "csv"};
    const bool is_dry = option_is_given(call, "dry-run");
    exit_status status = ingest_tables(call, &in, tables->items, tables->count, is_dry);
    return is_dry || intake_end(&in) == STATUS_OK ? status : STATUS_PARTLY;
}

/* Tables and articles, each in their order. */
static bool sort_files(const invocation *call, path_list *tables, path_list *articles)
{
    path_list all = {0};
    bool ok = call->operand_count > 0 ? paths_of_operands(&all, call) : paths_add(&all, "-");
    for (size_t i = 0; i < all.count && ok; i++)
        ok = paths_add(is_csv(call, all.items[i]) ? tables : articles, all.items[i]);
    paths_free(&all);
    return ok;
}

static exit_status ingest(const invocation *call, const path_list *tables, const path_list *articles)
{
    const bool is_dry = option_is_given(call, "dry-run");
    if (articles->count > 0 && (is_dry || option_value(call, "map", NULL) != NULL))
        return usage_error(call, "'--%s' is for tables (CSV) alone, and '%s' is none", is_dry ? "dry-run" : "map", articles->items[0]);
    marsad_archive *archive;
    exit_status status = archive_open_for(&archive, call, is_dry ? ARCHIVE_TO_TRY : MARSAD_ARCHIVE_CREATE);
    if (status != STATUS_OK)
        return status;
    const exit_status of_tables = tables->count > 0 ? ingest_csv(call, archive, tables) : STATUS_OK;
    if (articles->count > 0 && of_tables != STATUS_USAGE) {
        invocation whole = *call;
        whole.operands = articles->items;
        whole.operand_count = articles->count;
        status = ingest_articles(&whole, archive);
    }
    marsad_archive_close(archive);
    return of_tables > status ? of_tables : status;
}

static exit_status run(const invocation *call)
{
    path_list tables = {0}, articles = {0};
    const exit_status status = sort_files(call, &tables, &articles) ? ingest(call, &tables, &articles) : STATUS_PARTLY;
    paths_free(&tables);
    paths_free(&articles);
    return status;
}

static const option options[] = {
    OPTION_ARCHIVE,
    {'i', "input", "text|jsonl|html|rss|warc|csv",
     "what the files are: as for 'marsad read', or tables of records that people filled in (guessed from the name: .csv is one)", COMPLETE_WORDS},
    OPTIONS_OF_READING,
    {'v', "verbose", NULL, "tell after each commit how many articles are stored", COMPLETE_NONE},
    {0, "dry-run", NULL, "of tables: store nothing, tell what would be added and what is wrong", COMPLETE_NONE},
    {0, "map", "FILE", "of tables: what their columns and values are called here", COMPLETE_FILE},
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
    .description =
        "Reads news into the archive: the bytes as they came, the text, its records, and what follows from them.\n"
        "\n"
        "What the archive holds already changes nothing: a file can be given again. An article is stored whole or not at all, and what "
        "was stored is on the disk. "
        "What cannot be read is told, kept in the table of problems, and the rest is read.\n"
        "\n"
        "A table (CSV) holds a record a row: who says that what happened, where and when. Every cell that is wrong is told; a row with one is "
        "not stored, the others are. Try it with --dry-run first.",
};
