/*
 * Filling the outbox from files.
 *
 *   files ─feed→ items ─sieve→ parcels, some hundred at a time, with how far their file came ─→ outbox and backfill, in one transaction
 *
 * So what a file gave is there once, however often this is ended in the middle and begun again.
 */
#include "cli/filling.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "cli/patience.h"
#include "cli/sieve.h"
#include "marsad_outbox.h"

/* Parcels to a transaction; fewer where they are large, or where it takes long to find them. */
enum { WAITING_MAX = 500, WAITING_BYTES = 16 * 1024 * 1024, SECONDS_BETWEEN_COMMITS = 2 };

typedef struct {
    const invocation *call;
    marsad_archive *archive;
    sieve sieve;
    marsad_article fallback;
    buffer filter; /* what decides what is kept, as text */

    /* the file at work */
    const char *name;
    char place[PATH_MAX]; /* its absolute path; "" for standard input */
    int file;
    marsad_feed *feed;
    marsad_backfill progress; /* of what is taken, stored or not */
    int64_t read;             /* bytes of it */

    /* what waits for the next commit */
    marsad_item *items[WAITING_MAX];
    marsad_parcel parcels[WAITING_MAX];
    size_t waiting, waiting_bytes;
    int64_t told; /* items of the file that the archive knows of */
    double committed;

    /* of all files */
    size_t looked_at, kept, added, faulty, files_done;
    bool is_partial;

    bool shows_progress, is_shown;
    double began, shown;
    int64_t all_bytes, done_bytes; /* of files whose size is known; of those that are behind us */
    int64_t passed_bytes;          /* of the second, those that were enqueued by an earlier run */
} filling;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- progress -------------------------------------------------------------------------------------------------------------------- */

static void clear_progress(filling *f)
{
    if (f->is_shown)
        fputs("\r\033[K", stderr);
    f->is_shown = false;
}

/* "2 h 05 min", "3 min", "40 s" */
static void write_span(char out[32], double span)
{
    const long long whole = (long long)span;
    if (whole >= 3600)
        snprintf(out, 32, "%lld h %02lld min", whole / 3600, whole % 3600 / 60);
    else if (whole >= 60)
        snprintf(out, 32, "%lld min", (whole + 59) / 60);
    else
        snprintf(out, 32, "%lld s", whole + 1);
}

static void show_progress(filling *f)
{
    const double now = seconds(), took = now - f->began;
    if (!f->shows_progress || took < 1 || now - f->shown < 0.25)
        return;
    const double behind = (double)(f->done_bytes + f->read - f->passed_bytes), ahead = (double)(f->all_bytes - f->done_bytes - f->read);
    f->shown = now;
    f->is_shown = true;
    fprintf(stderr, "\r%zu items, %zu kept, %.0f/s, %.1f MB/s", f->looked_at, f->kept, (double)f->looked_at / took, behind / 1e6 / took);
    if (f->all_bytes > 0 && behind > 0) {
        char left[32];
        write_span(left, ahead > 0 ? ahead / behind * took : 0);
        fprintf(stderr, ", %.0f %%, %s left", 100 * (double)(f->done_bytes + f->read) / (double)f->all_bytes, left);
    }
    fputs("\033[K", stderr);
}

static void tell_problem(filling *f, const char *reason)
{
    clear_progress(f);
    message("%s", reason);
    f->is_partial = true;
}

/* --- storing --------------------------------------------------------------------------------------------------------------------- */

static void drop_waiting(filling *f)
{
    for (size_t i = 0; i <= f->waiting && i < WAITING_MAX; i++) { /* one more is taken into before it is known whether it stays */
        marsad_item_free(f->items[i]);
        f->items[i] = NULL;
    }
    f->waiting = f->waiting_bytes = 0;
}

/* Parcels that are there already are passed over: they may be put there once more when it is not known what came of them. */
static marsad_status add_waiting(filling *f, const marsad_backfill *progress, size_t *added, marsad_error *err)
{
    patience left = {0};
    marsad_status status;
    do {
        status = marsad_outbox_add(f->archive, time_now(), f->parcels, f->waiting, progress, added, err);
        if (status != MARSAD_OK && !patience_has_begun(&left) && marsad_archive_may_pass(f->archive)) {
            clear_progress(f);
            message("%s: tried again", err->message);
        }
    } while (status != MARSAD_OK && patience_lasts(&left, f->archive));
    return status;
}

/* Stores what waits, with how far the file came. False after it was told why it is not stored. */
static bool commit(filling *f)
{
    marsad_error err = {0};
    size_t added = 0;
    const bool tells_file = f->place[0] != '\0' && (f->progress.items > f->told || f->progress.position == f->progress.size);
    f->committed = seconds();
    if (f->waiting == 0 && !tells_file)
        return true;
    const marsad_status status = add_waiting(f, tells_file ? &f->progress : NULL, &added, &err);
    drop_waiting(f);
    f->told = f->progress.items;
    f->added += added;
    if (status != MARSAD_OK)
        tell_problem(f, err.message);
    return status == MARSAD_OK;
}

static bool is_full(const filling *f)
{
    return f->waiting == WAITING_MAX || f->waiting_bytes >= WAITING_BYTES;
}

/* --- items ----------------------------------------------------------------------------------------------------------------------- */

static size_t read_file(void *context, void *bytes, size_t size)
{
    filling *f = context;
    for (;;) {
        const ssize_t got = read(f->file, bytes, size);
        if (got >= 0) {
            f->read += got;
            return (size_t)got;
        }
        if (errno != EINTR)
            return SIZE_MAX;
    }
}

/* The next item, into the place behind those that wait. An item that cannot be taken is told, and counts as one. */
static marsad_status take_item(filling *f, bool is_known)
{
    marsad_error err = {0};
    const marsad_status status = marsad_feed_next(f->feed, &f->items[f->waiting], &err);
    if (status == MARSAD_OK || status == MARSAD_ERR_FORMAT) {
        f->progress.items++;
        f->progress.position = f->read < f->progress.size ? f->read : f->progress.size - 1; /* the whole size is for a file that is done */
    }
    if (status == MARSAD_ERR_FORMAT && !is_known)
        f->faulty++;
    if (status == MARSAD_ERR_SYSTEM || (status == MARSAD_ERR_FORMAT && !is_known))
        tell_problem(f, err.message);
    return status;
}

/* False after it was told that the item cannot be kept. */
static bool keep_item(filling *f)
{
    marsad_error err = {0};
    if (!sieve_keeps(&f->sieve, f->items[f->waiting]))
        return true;
    if (marsad_item_pack(f->items[f->waiting], &f->parcels[f->waiting], &err) != MARSAD_OK) {
        tell_problem(f, err.message);
        return false;
    }
    f->waiting_bytes += f->parcels[f->waiting].bytes.len;
    f->waiting++;
    f->kept++;
    f->progress.taken++;
    return true;
}

/* Over what an earlier run enqueued. */
static marsad_status pass_known(filling *f, int64_t items)
{
    marsad_status status = MARSAD_OK;
    while (f->progress.items < items && (status == MARSAD_OK || status == MARSAD_ERR_FORMAT)) {
        status = take_item(f, true);
        show_progress(f);
    }
    f->passed_bytes += f->read;
    f->told = f->progress.items;
    return status == MARSAD_ERR_FORMAT ? MARSAD_OK : status;
}

/* All items of the file that is open. False ends the run. */
static bool enqueue_items(filling *f, int64_t known)
{
    marsad_status status = pass_known(f, known);
    while (status == MARSAD_OK || status == MARSAD_ERR_FORMAT) {
        status = take_item(f, false);
        f->looked_at += status == MARSAD_OK;
        if (status == MARSAD_OK && !keep_item(f))
            return true; /* it is the file's name that cannot be kept: nothing of it can */
        if ((is_full(f) || seconds() - f->committed >= SECONDS_BETWEEN_COMMITS) && !commit(f))
            return false;
        show_progress(f);
    }
    if (status == MARSAD_END)
        f->progress.position = f->progress.size;
    return commit(f);
}

/* --- files ----------------------------------------------------------------------------------------------------------------------- */

/* How far an earlier run came with this very file. */
static bool find_known(filling *f, const struct stat *about, int64_t *known)
{
    marsad_error err = {0};
    *known = 0;
    if (f->place[0] == '\0')
        return true;
    f->progress = (marsad_backfill){.source = f->place, .filter = f->filter.bytes, .size = about->st_size};
    if (!option_is_given(f->call, "no-resume") && marsad_backfill_find(f->archive, &f->progress, &err) != MARSAD_OK) {
        tell_problem(f, err.message);
        return false;
    }
    *known = f->progress.size > 0 && f->progress.position == f->progress.size ? INT64_MAX : f->progress.items;
    f->progress.items = 0;
    f->progress.position = 0;
    return true;
}

static bool enqueue_open(filling *f, const struct stat *about)
{
    int64_t known;
    marsad_error err = {0};
    if (!find_known(f, about, &known))
        return false;
    if (known == INT64_MAX) {
        f->files_done++;
        f->passed_bytes += f->progress.size;
        f->done_bytes += f->progress.size;
        return true;
    }
    if (marsad_feed_new(&f->feed, input_of(f->call, f->name), f->name, &f->fallback, read_file, f, &err) != MARSAD_OK) {
        tell_problem(f, err.message);
        return true;
    }
    const bool goes_on = enqueue_items(f, known);
    marsad_feed_free(f->feed);
    f->feed = NULL;
    f->done_bytes += f->progress.size;
    f->read = 0;
    return goes_on;
}

/* One file; one that cannot be opened is told and passed over. False ends the run. */
static bool enqueue_file(filling *f, const char *path)
{
    struct stat about;
    const bool is_stdin = strcmp(path, "-") == 0;
    f->name = is_stdin ? "stdin" : path;
    f->progress = (marsad_backfill){0};
    f->read = f->told = 0;
    f->place[0] = '\0';
    f->file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (f->file < 0 || fstat(f->file, &about) != 0 || (S_ISREG(about.st_mode) && !is_stdin && realpath(path, f->place) == NULL)) {
        clear_progress(f);
        message("cannot open '%s': %s", path, strerror(errno));
        f->is_partial = true;
        if (f->file > STDIN_FILENO)
            close(f->file);
        return true;
    }
    const bool goes_on = enqueue_open(f, &about);
    if (f->file > STDIN_FILENO)
        close(f->file);
    return goes_on;
}

static int64_t bytes_of(const path_list *files)
{
    struct stat about;
    int64_t all = 0;
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i], "-") != 0 && stat(files->items[i], &about) == 0 && S_ISREG(about.st_mode))
            all += about.st_size;
    return all;
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------ */

static exit_status read_settings(filling *f)
{
    const char *published = option_value(f->call, "published", NULL), *input = option_value(f->call, "input", "");
    f->fallback.source = view_of(option_value(f->call, "source", ""));
    if (published != NULL && marsad_date_parse(&f->fallback.published, view_of(published), NULL) != MARSAD_OK)
        return usage_error(f->call, "'--published %s' is no day YYYY-MM-DD", published);
    if (utf8_invalid(f->fallback.source) != MARSAD_NOWHERE)
        return usage_error(f->call, "'--source' is no text in UTF-8");
    const exit_status status = sieve_open(&f->sieve, f->call);
    buffer_format(&f->filter, "input=%s source=%s published=%s", input, f->fallback.source.ptr, published == NULL ? "" : published);
    sieve_describe(&f->sieve, &f->filter);
    buffer_add(&f->filter, "", 1);
    if (status == STATUS_OK && f->filter.failed)
        return status_told(MARSAD_ERR_SYSTEM, &(marsad_error){.message = "out of memory"});
    return status;
}

static exit_status fill(filling *f, const path_list *files)
{
    f->all_bytes = bytes_of(files);
    f->shows_progress = isatty(STDERR_FILENO) == 1;
    f->began = f->committed = seconds();
    bool goes_on = true;
    for (size_t i = 0; i < files->count && goes_on; i++)
        goes_on = enqueue_file(f, files->items[i]);
    drop_waiting(f);
    clear_progress(f);
    printf("%zu items, %zu kept, %zu added, %zu could not be taken", f->looked_at, f->kept, f->added, f->faulty);
    if (f->files_done > 0)
        printf(", %zu files done before", f->files_done);
    printf(", %.1f s\n", seconds() - f->began);
    return f->is_partial ? STATUS_PARTLY : STATUS_OK;
}

exit_status outbox_fill(const invocation *call, marsad_archive *archive, const path_list *files)
{
    filling *f = calloc(1, sizeof *f);
    if (f == NULL) {
        message("out of memory");
        return STATUS_PARTLY;
    }
    f->call = call;
    f->archive = archive;
    exit_status status = read_settings(f);
    if (status == STATUS_OK)
        status = fill(f, files);
    sieve_close(&f->sieve);
    buffer_free(&f->filter);
    free(f);
    return status;
}
