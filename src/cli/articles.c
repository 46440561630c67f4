/*
 * Reading articles side by side, shown in the order they came in.
 *
 *   files ─feed→ items, taken one at a time under `intake` and numbered
 *     each thread, with a reader of its own: item ─parse→ article ─prepare→ product
 *   slots[number % SLOTS]: what is ready waits here for its turn; whoever completes the next number hands it to the sink, and all that follow
 *
 * A thread does not take an item more than SLOTS ahead of what was written: memory stays bounded.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"

enum { JOBS_MAX = 64, SLOTS = 4 * JOBS_MAX };

/* What became of one item. */
typedef struct {
    bool is_ready;
    void *product;         /* what the sink made of it; NULL: nothing */
    buffer told, problems; /* notes, and what could not be read: messages, each ended by a NUL */
    bool lacks_date;
} outcome;

typedef struct {
    const invocation *call;
    const article_sink *sink;
    data_set data;
    marsad_article fallback;

    pthread_mutex_t intake; /* over taking items; held while a slow input is waited for, so that output need not wait */
    size_t next_operand;
    int file; /* -1: none open */
    const char *file_name;
    marsad_feed *feed;

    size_t taken; /* items */

    pthread_mutex_t lock; /* over all that follows; taken last */
    pthread_cond_t moved; /* something was written */
    size_t written;       /* items: at most SLOTS behind `taken` */
    bool is_over;         /* no more items, or output is refused */
    outcome slots[SLOTS];

    bool is_partial, is_refused, told_of_dates;

    bool shows_progress;
    struct timespec began, shown;
} session;

/* --- taking items ------------------------------------------------------------------------------------------------------ */

static size_t read_file(void *context, void *bytes, size_t size)
{
    const session *s = context;
    for (;;) {
        ssize_t got = read(s->file, bytes, size);
        if (got >= 0)
            return (size_t)got;
        if (errno != EINTR)
            return SIZE_MAX;
    }
}

#define TELL(told, ...) (buffer_format((told), __VA_ARGS__), buffer_add((told), "", 1))

typedef struct {
    buffer *told;
    const char *file_name;
} telling;

/* The place first, unless the reason names it. */
static void tell(buffer *told, const char *file_name, size_t line, const char *reason)
{
    if (strstr(reason, file_name) != NULL)
        TELL(told, "%s", reason);
    else if (line > 0)
        TELL(told, "%s:%zu: %s", file_name, line, reason);
    else
        TELL(told, "%s: %s", file_name, reason);
}

/* Opens the next file that can be opened; those that cannot are told of. False when there is none left. */
static bool open_next(session *s, outcome *o)
{
    const bool only_stdin = s->call->operand_count == 0;
    while (s->next_operand < (only_stdin ? 1 : s->call->operand_count)) {
        const char *name = only_stdin ? "-" : s->call->operands[s->next_operand];
        const bool is_stdin = strcmp(name, "-") == 0;
        s->next_operand++;

        struct stat about;
        int file = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
        if (file < 0 || fstat(file, &about) != 0) {
            TELL(&o->problems, "cannot open '%s': %s", name, strerror(errno));
        } else if (S_ISDIR(about.st_mode)) {
            TELL(&o->problems, "cannot read '%s': it is a folder", name);
        } else {
            marsad_error err = {0};
            s->file_name = is_stdin ? "stdin" : name;
            if (marsad_feed_new(&s->feed, input_of(s->call, name), s->file_name, &s->fallback, read_file, s, &err) == MARSAD_OK) {
                s->file = file;
                return true;
            }
            tell(&o->problems, name, 0, err.message);
        }
        if (file > STDIN_FILENO)
            close(file);
    }
    return false;
}

static void tell_skipped(void *context, const char *reason, size_t count)
{
    const telling *t = context;
    TELL(t->told, "%s: note: records skipped: %zu: %s", t->file_name, count, reason);
}

static void close_file(session *s)
{
    marsad_feed_free(s->feed);
    s->feed = NULL;
    if (s->file > STDIN_FILENO)
        close(s->file);
    s->file = -1;
}

typedef enum { TAKEN, ONLY_TOLD, OVER } take_result;

/* The next item of all files. ONLY_TOLD: there is no item, but something to be told in its place. Called under `intake`. */
static take_result take_item(session *s, marsad_item **item, outcome *o)
{
    for (;;) {
        if (s->feed == NULL && !open_next(s, o))
            return o->problems.used > 0 || o->told.used > 0 ? ONLY_TOLD : OVER;

        marsad_error err = {0};
        marsad_status status = marsad_feed_next(s->feed, item, &err);
        if (status == MARSAD_OK)
            return TAKEN;
        if (status != MARSAD_END)
            tell(&o->problems, s->file_name, 0, err.message);
        if (status == MARSAD_ERR_FORMAT)
            return ONLY_TOLD; /* this item alone was refused */
        telling t = {&o->told, s->file_name};
        marsad_feed_skipped(s->feed, tell_skipped, &t);
        close_file(s);
    }
}

/* --- reading one ------------------------------------------------------------------------------------------------------- */

static void read_item(const session *s, marsad_reader *reader, marsad_item *item, const char *file_name, outcome *o)
{
    marsad_article article;
    marsad_error err = {0};
    char note[240] = "";
    const size_t line = marsad_item_line(item);

    marsad_status status = marsad_item_parse(item, &article, note, &err);
    if (note[0] != 0)
        TELL(&o->told, "%s:%zu: note: %s", file_name, line, note);
    if (status == MARSAD_OK) {
        const arrived_article arrived = {.article = &article, .bytes = marsad_item_bytes(item), .input = input_of(s->call, file_name), .note = note};
        o->lacks_date = article.published.year == 0 && article.published.month == 0;
        status = s->sink->prepare(s->sink->context, reader, &arrived, &o->product, &err);
    }
    if (status != MARSAD_OK)
        tell(&o->problems, file_name, line, err.message);
}

/* --- handing over, in turn -------------------------------------------------------------------------------------------------- */

static double seconds_between(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void show_progress(session *s)
{
    struct timespec now;
    if (!s->shows_progress || clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return;
    if (seconds_between(s->began, now) < 1 || seconds_between(s->shown, now) < 0.25)
        return;
    s->shown = now;
    fprintf(stderr, "\r%zu articles read, %.0f s\033[K", s->written, seconds_between(s->began, now));
}

static void clear_progress(const session *s)
{
    if (s->shows_progress && (s->shown.tv_sec != s->began.tv_sec || s->shown.tv_nsec != s->began.tv_nsec))
        fputs("\r\033[K", stderr);
}

static void tell_all(const buffer *told)
{
    for (size_t at = 0; at < told->used; at += strlen(told->bytes + at) + 1)
        message("%s", told->bytes + at);
}

static void tell_problems(session *s, const buffer *problems)
{
    tell_all(problems);
    for (size_t at = 0; s->sink->refuse != NULL && at < problems->used; at += strlen(problems->bytes + at) + 1)
        s->sink->refuse(s->sink->context, problems->bytes + at);
    s->is_partial = s->is_partial || problems->used > 0;
}

static void take_outcome(session *s, outcome *o)
{
    if (o->told.used > 0 || o->problems.used > 0)
        clear_progress(s);
    tell_all(&o->told);
    tell_problems(s, &o->problems);
    if (o->told.failed || o->problems.failed) {
        message("out of memory: a message is lost");
        s->is_partial = true;
    }
    if (o->lacks_date && !s->told_of_dates) {
        clear_progress(s);
        message("note: an article without a day of publication: 'yesterday' and the like stay unread; give the day with --published");
        s->told_of_dates = true;
    }
    if (o->product != NULL && !s->is_refused && !s->sink->accept(s->sink->context, o->product))
        s->is_refused = s->is_over = true;
    else if (o->product != NULL && s->is_refused)
        s->sink->drop(o->product);
    o->product = NULL;
    o->is_ready = o->lacks_date = false;
    o->told.used = o->problems.used = 0;
    o->told.failed = o->problems.failed = false;
}

/* `*done` becomes the outcome of item `number`; whatever is next in turn is written. */
static void hand_over(session *s, size_t number, outcome *done)
{
    pthread_mutex_lock(&s->lock);
    outcome *slot = &s->slots[number % SLOTS];
    outcome empty = *slot; /* its memory is used again */
    *slot = *done;
    slot->is_ready = true;
    *done = empty;

    while (s->slots[s->written % SLOTS].is_ready) {
        take_outcome(s, &s->slots[s->written % SLOTS]);
        s->written++;
    }
    show_progress(s);
    pthread_cond_broadcast(&s->moved);
    pthread_mutex_unlock(&s->lock);
}

/* --- threads ----------------------------------------------------------------------------------------------------------- */

/* Waits until there is a slot for one more item. False when it is over. */
static bool wait_for_slot(session *s)
{
    pthread_mutex_lock(&s->lock);
    while (!s->is_over && s->taken - s->written >= SLOTS)
        pthread_cond_wait(&s->moved, &s->lock);
    bool goes_on = !s->is_over;
    pthread_mutex_unlock(&s->lock);
    return goes_on;
}

static void end_it(session *s, const char *reason)
{
    pthread_mutex_lock(&s->lock);
    s->is_over = true;
    if (reason != NULL) {
        message("%s", reason);
        s->is_partial = true;
    }
    pthread_cond_broadcast(&s->moved);
    pthread_mutex_unlock(&s->lock);
}

static take_result take_turn(session *s, marsad_item **item, outcome *o, size_t *number, const char **file_name)
{
    pthread_mutex_lock(&s->intake);
    take_result taken = wait_for_slot(s) ? take_item(s, item, o) : OVER;
    *file_name = s->file_name;
    *number = s->taken;
    s->taken += taken != OVER;
    pthread_mutex_unlock(&s->intake);
    return taken;
}

static void *work(void *context)
{
    session *s = context;
    marsad_error err = {0};
    marsad_reader *reader = NULL;
    marsad_item *item = NULL;
    outcome mine = {0};

    if (marsad_reader_new(&reader, s->data.lexicon, (const marsad_gazetteer *const *)s->data.gazetteers, s->data.gazetteer_count, &err) !=
        MARSAD_OK) {
        end_it(s, err.message);
        return NULL;
    }
    for (;;) {
        size_t number;
        const char *file_name;
        take_result taken = take_turn(s, &item, &mine, &number, &file_name);
        if (taken == OVER)
            break;
        if (taken == TAKEN)
            read_item(s, reader, item, file_name, &mine);
        hand_over(s, number, &mine);
    }
    end_it(s, NULL);

    marsad_item_free(item);
    marsad_reader_free(reader);
    buffer_free(&mine.told);
    buffer_free(&mine.problems);
    return NULL;
}

/* This thread works too; threads that the system refuses are done without. */
static void work_together(session *s, size_t jobs)
{
    pthread_t threads[JOBS_MAX];
    size_t started = 0;
    while (started + 1 < jobs && pthread_create(&threads[started], NULL, work, s) == 0)
        started++;
    work(s);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

static bool read_jobs(const invocation *call, size_t *out)
{
    const char *text = option_value(call, "jobs", "1");
    char *end;
    errno = 0;
    unsigned long jobs = strtoul(text, &end, 10);
    if (errno != 0 || text[0] < '0' || text[0] > '9' || *end != 0 || jobs < 1 || jobs > JOBS_MAX)
        return false;
    *out = jobs;
    return true;
}

static marsad_view view_of_text(const char *text)
{
    return (marsad_view){text, strlen(text)};
}

static exit_status read_settings(session *s, size_t *jobs)
{
    if (!read_jobs(s->call, jobs))
        return usage_error(s->call, "'--jobs %s' is no number from 1 to %d", option_value(s->call, "jobs", ""), JOBS_MAX);
    s->fallback.source = view_of_text(option_value(s->call, "source", ""));
    const char *published = option_value(s->call, "published", NULL);
    if (published != NULL && marsad_date_parse(&s->fallback.published, view_of_text(published), NULL) != MARSAD_OK)
        return usage_error(s->call, "'--published %s' is no day YYYY-MM-DD", published);
    return STATUS_OK;
}

exit_status articles_read(const invocation *call, const article_sink *sink)
{
    size_t jobs = 1;
    session *s = calloc(1, sizeof *s);
    if (s == NULL) {
        message("out of memory");
        return STATUS_PARTLY;
    }
    s->call = call;
    s->sink = sink;
    s->file = -1;

    exit_status status = read_settings(s, &jobs);
    if (status != STATUS_OK)
        goto done;
    if (!data_open(&s->data, call)) {
        status = STATUS_DATA;
        goto done;
    }
    s->shows_progress = sink->shows_progress && isatty(STDERR_FILENO) == 1;
    clock_gettime(CLOCK_MONOTONIC, &s->began);
    s->shown = s->began;
    pthread_mutex_init(&s->intake, NULL); /* none of these can fail on Linux with default attributes */
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->moved, NULL);
    work_together(s, jobs);
    clear_progress(s);
    pthread_cond_destroy(&s->moved);
    pthread_mutex_destroy(&s->lock);
    pthread_mutex_destroy(&s->intake);

    close_file(s);
    for (size_t i = 0; i < SLOTS; i++) {
        buffer_free(&s->slots[i].told);
        buffer_free(&s->slots[i].problems);
    }
    if (s->is_partial || s->is_refused)
        status = STATUS_PARTLY;
    data_close(&s->data);
done:
    free(s);
    return status;
}
