/*
 * Measures reading through marsad.h; script/bench calls it and takes medians. Each line it prints is a name and numbers.
 *
 *   bench_read speed THREADS LEXICON GAZETTEER ARTICLES.jsonl     articles words seconds peak-KiB
 *   bench_read size LEXICON GAZETTEER ARTICLES.jsonl              a line a size: bytes seconds; then the slope of log time over log size
 *   bench_read first COMMAND [ARGUMENT...]                        milliseconds from starting the command to its first byte of output
 */
#include "marsad.h"

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static _Noreturn void stop(const char *what, const char *message)
{
    fprintf(stderr, "bench_read: %s: %s\n", what, message);
    exit(1);
}

static void must(marsad_status status, const marsad_error *err, const char *what)
{
    if (status != MARSAD_OK)
        stop(what, err->message);
}

typedef struct {
    marsad_lexicon *lexicon;
    marsad_gazetteer *gazetteer;
} knowledge;

static knowledge knowledge_open(const char *lexicon, const char *gazetteer)
{
    knowledge k = {0};
    marsad_error err;
    must(marsad_lexicon_open(&k.lexicon, lexicon, &err), &err, lexicon);
    must(marsad_gazetteer_open(&k.gazetteer, gazetteer, &err), &err, gazetteer);
    return k;
}

static void knowledge_close(knowledge *k)
{
    marsad_gazetteer_close(k->gazetteer);
    marsad_lexicon_close(k->lexicon);
}

static marsad_reader *reader_new(const knowledge *k)
{
    const marsad_gazetteer *gazetteers[] = {k->gazetteer};
    marsad_reader *reader;
    marsad_error err;
    must(marsad_reader_new(&reader, k->lexicon, gazetteers, 1, &err), &err, "reader");
    return reader;
}

static size_t file_bytes(void *context, void *bytes, size_t size)
{
    ssize_t got = read(*(int *)context, bytes, size);
    return got < 0 ? SIZE_MAX : (size_t)got;
}

/* --- speed ----------------------------------------------------------------------------------------------------------- */

typedef struct {
    const knowledge *knowledge;
    marsad_feed *feed;
    pthread_mutex_t turn; /* at the feed */
    size_t articles, words, bytes;
} work;

static bool count_bytes(void *context, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)context += size;
    return true;
}

/* What one core does for people: take an article, parse it, read it, write its records as JSON (to nowhere). */
static void *work_read(void *context)
{
    work *w = context;
    marsad_reader *reader = reader_new(w->knowledge);
    marsad_item *item = NULL;
    size_t articles = 0, words = 0, bytes = 0;
    for (;;) {
        marsad_error err;
        pthread_mutex_lock(&w->turn);
        marsad_status status = marsad_feed_next(w->feed, &item, &err);
        pthread_mutex_unlock(&w->turn);
        if (status == MARSAD_END)
            break;
        must(status, &err, "feed");

        marsad_article article;
        const marsad_reading *reading;
        must(marsad_item_parse(item, &article, NULL, &err), &err, "article");
        must(marsad_read(reader, &article, &reading, &err), &err, "read");
        must(marsad_reading_json(reading, count_bytes, &bytes), &err, "write");
        articles++;
        words += reading->word_count;
    }
    marsad_item_free(item);
    marsad_reader_free(reader);

    pthread_mutex_lock(&w->turn);
    w->articles += articles;
    w->words += words;
    w->bytes += bytes;
    pthread_mutex_unlock(&w->turn);
    return NULL;
}

/* A line of /proc/self/status in KiB, such as VmHWM. */
static long status_kib(const char *name)
{
    char line[256];
    long value = -1;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':')
            value = strtol(line + strlen(name) + 1, NULL, 10);
    if (status != NULL)
        fclose(status);
    return value;
}

static void speed(int threads, const char *lexicon, const char *gazetteer, const char *path)
{
    knowledge k = knowledge_open(lexicon, gazetteer);
    work w = {.knowledge = &k, .turn = PTHREAD_MUTEX_INITIALIZER};
    pthread_t thread[64];
    marsad_error err;
    int file = open(path, O_RDONLY);
    if (file < 0)
        stop(path, "cannot be opened");
    if (threads < 1 || threads > 64)
        stop("threads", "1 to 64");
    must(marsad_feed_new(&w.feed, MARSAD_INPUT_JSONL, path, NULL, file_bytes, &file, &err), &err, path);

    double begin = now();
    for (int i = 0; i < threads; i++)
        if (pthread_create(&thread[i], NULL, work_read, &w) != 0)
            stop("thread", "refused");
    for (int i = 0; i < threads; i++)
        pthread_join(thread[i], NULL);
    double seconds = now() - begin;

    /* Mapped pages stay resident once touched, so what the peak held beside them is the peak less what is mapped now. */
    printf("speed %zu %zu %.4f %ld\n", w.articles, w.words, seconds, status_kib("VmHWM") - status_kib("RssFile"));
    marsad_feed_free(w.feed);
    close(file);
    knowledge_close(&k);
}

/* --- time over size -------------------------------------------------------------------------------------------------- */

enum { RUNS = 5, LARGEST = 10 * 1000 * 1000 };

/* The texts of the articles, one after the other and over again, until `size` bytes are there. */
static char *text_of(const char *path, size_t size)
{
    char *text = malloc(size);
    marsad_item *item = NULL;
    marsad_error err;
    size_t used = 0;
    if (text == NULL)
        stop("text", "out of memory");
    while (used < size) {
        size_t before = used;
        marsad_feed *feed;
        int file = open(path, O_RDONLY);
        if (file < 0)
            stop(path, "cannot be opened");
        must(marsad_feed_new(&feed, MARSAD_INPUT_JSONL, path, NULL, file_bytes, &file, &err), &err, path);
        while (used < size && marsad_feed_next(feed, &item, &err) == MARSAD_OK) {
            marsad_article article;
            must(marsad_item_parse(item, &article, NULL, &err), &err, path);
            size_t part = article.text.len < size - used - 1 ? article.text.len : size - used - 1;
            memcpy(text + used, article.text.ptr, part);
            used += part;
            text[used++] = '\n';
        }
        marsad_feed_free(feed);
        close(file);
        if (used == before)
            stop(path, "no text");
    }
    marsad_item_free(item);
    return text;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The next `bytes` of the text as an article, from the beginning again at its end; no letter is cut. */
static marsad_article next_piece(marsad_view text, size_t *at, size_t bytes)
{
    marsad_article article = {.published = {.year = 2016, .month = 5, .day = 10}};
    size_t end = *at + bytes;
    if (end > text.len) {
        *at = 0;
        end = bytes;
    }
    while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end--;
    article.id = (marsad_view){"size", 4};
    article.text = (marsad_view){text.ptr + *at, end - *at};
    *at = end;
    return article;
}

/* Seconds per reading: median of five runs, each of as many pieces as take 200 ms. Another piece each time: one that is read again is in the caches. */
static double reading_seconds(marsad_reader *reader, marsad_view text, size_t bytes)
{
    double run[RUNS];
    size_t at = 0;
    for (int i = 0; i < RUNS; i++) {
        int readings = 0;
        double begin = now(), passed;
        do {
            const marsad_article article = next_piece(text, &at, bytes);
            const marsad_reading *reading;
            marsad_error err;
            must(marsad_read(reader, &article, &reading, &err), &err, "read");
            readings++;
            passed = now() - begin;
        } while (passed < 0.2);
        run[i] = passed / readings;
    }
    qsort(run, RUNS, sizeof *run, by_value);
    return run[RUNS / 2];
}

static void size(const char *lexicon, const char *gazetteer, const char *path)
{
    knowledge k = knowledge_open(lexicon, gazetteer);
    marsad_reader *reader = reader_new(&k);
    char *text = text_of(path, LARGEST);
    double n = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;

    for (size_t bytes = 1000; bytes <= LARGEST; bytes *= 10) {
        double seconds = reading_seconds(reader, (marsad_view){text, LARGEST}, bytes);
        printf("size %zu %.7f\n", bytes, seconds);
        double x = log10((double)bytes), y = log10(seconds);
        n += 1, sum_x += x, sum_y += y, sum_xx += x * x, sum_xy += x * y;
    }
    printf("slope %.3f\n", (n * sum_xy - sum_x * sum_y) / (n * sum_xx - sum_x * sum_x));
    free(text);
    marsad_reader_free(reader);
    knowledge_close(&k);
}

/* --- first record ---------------------------------------------------------------------------------------------------- */

static void first(char **command)
{
    int end[2];
    char byte;
    if (pipe(end) != 0)
        stop("pipe", "refused");
    double begin = now();
    pid_t child = fork();
    if (child == 0) {
        dup2(end[1], STDOUT_FILENO);
        close(end[0]);
        close(end[1]);
        execv(command[0], command);
        _exit(127);
    }
    close(end[1]);
    ssize_t got = read(end[0], &byte, 1);
    double passed = now() - begin;

    char rest[65536];
    while (got > 0 && read(end[0], rest, sizeof rest) > 0)
        continue;
    int status;
    waitpid(child, &status, 0);
    if (got != 1 || status != 0)
        stop(command[0], "printed nothing or failed");
    printf("first %.3f\n", passed * 1000);
}

int main(int argc, char **argv)
{
    if (argc == 6 && strcmp(argv[1], "speed") == 0)
        speed((int)strtol(argv[2], NULL, 10), argv[3], argv[4], argv[5]);
    else if (argc == 5 && strcmp(argv[1], "size") == 0)
        size(argv[2], argv[3], argv[4]);
    else if (argc > 2 && strcmp(argv[1], "first") == 0)
        first(argv + 2);
    else {
        fprintf(stderr, "usage: bench_read speed THREADS LEXICON GAZETTEER ARTICLES | size LEXICON GAZETTEER ARTICLES | first COMMAND...\n");
        return 2;
    }
    return 0;
}
