/*
 * Measures keeping; `script/bench store` calls it. Each line it prints is a name and numbers.
 *
 *   bench_store ingest LEXICON GAZETTEER RULES ARCHIVE ARTICLES.jsonl     what it takes to read articles into a new archive
 *   bench_store fill RULES ARCHIVE RECORDS TABLE...                       a new archive of so many records (generate.c), places from gazetteer tables
 *   bench_store ask RULES ARCHIVE                                         how long answers take: rows, median and p99 of RUNS in ms
 */
#include "store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "keeping.h"

enum { ARTICLES_PER_COMMIT = 256, RUNS = 60, NOW = 1600000000 };

static double clock_seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double seconds_now(void)
{
    return clock_seconds(CLOCK_MONOTONIC);
}

void stop(const char *what, const char *message)
{
    fprintf(stderr, "bench_store: %s: %s\n", what, message);
    exit(1);
}

void must(marsad_status status, const marsad_error *err, const char *what)
{
    if (status != MARSAD_OK)
        stop(what, err->message);
}

/* --- stopwatches: time on the clock, and of the processor alone ---------------------------------------------------------------- */

typedef struct {
    double wall, cpu, began, began_cpu;
} stopwatch;

static void watch_start(stopwatch *w)
{
    w->began = seconds_now();
    w->began_cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static void watch_stop(stopwatch *w)
{
    w->wall += seconds_now() - w->began;
    w->cpu += clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - w->began_cpu;
}

static void watch_tell(const char *name, const stopwatch *w)
{
    printf("%s %.3f %.3f\n", name, w->wall, w->cpu);
}

/* Resident memory at its highest, less what is mapped of files, in KiB. */
static long peak_kib(void)
{
    char line[256];
    long peak = 0, mapped = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0)
            peak = strtol(line + 6, NULL, 10);
        if (strncmp(line, "RssFile:", 8) == 0)
            mapped = strtol(line + 8, NULL, 10);
    }
    if (status != NULL)
        fclose(status);
    return peak - mapped;
}

static marsad_archive *archive_new(const char *path, const char *rules)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char full[4096];
    for (size_t i = 0; i < 3; i++) {
        snprintf(full, sizeof full, "%s%s", path, endings[i]);
        unlink(full);
    }
    marsad_archive *archive;
    marsad_error err;
    must(marsad_archive_open(&archive, path, MARSAD_ARCHIVE_CREATE, rules, &err), &err, path);
    return archive;
}

static int64_t count_rows(marsad_archive *archive, const char *sql)
{
    int64_t count;
    marsad_error err;
    must(db_ask_int(archive->store.db, &count, 0, &err, sql, DB_NONE), &err, sql);
    return count;
}

static void refresh(marsad_archive *archive)
{
    stopwatch w = {0};
    marsad_error err;
    watch_start(&w);
    must(marsad_archive_refresh(archive, NOW, &err), &err, "refresh");
    watch_stop(&w);
    watch_tell("refresh", &w);
}

static void tell_archive(marsad_archive *archive, const char *path)
{
    struct stat about;
    printf("articles %lld\n", (long long)count_rows(archive, "SELECT count(*) FROM article"));
    printf("records %lld\n", (long long)count_rows(archive, "SELECT count(*) FROM record"));
    printf("incidents %lld\n", (long long)count_rows(archive, "SELECT count(*) FROM incident WHERE gone IS NULL"));
    marsad_archive_close(archive); /* the log of writes is in the file now */
    printf("bytes %lld\n", stat(path, &about) == 0 ? (long long)about.st_size : -1);
    printf("peak %ld\n", peak_kib());
}

/* --- articles of a file ----------------------------------------------------------------------------------------------------------- */

typedef struct {
    marsad_archive *archive;
    marsad_reader *reader;
    marsad_feed *feed;
    stopwatch draft, add, commit;
} intake;

static size_t file_bytes(void *context, void *bytes, size_t size)
{
    ssize_t got = read(*(int *)context, bytes, size);
    return got < 0 ? SIZE_MAX : (size_t)got;
}

static void commit(intake *in)
{
    marsad_error err;
    watch_start(&in->commit);
    must(marsad_archive_commit(in->archive, &err), &err, "commit");
    watch_stop(&in->commit);
}

static void add_item(intake *in, marsad_item *item)
{
    marsad_article article;
    marsad_error err;
    marsad_draft *draft;
    char note[240] = "";
    bool is_new;
    watch_start(&in->draft);
    const bool is_read = marsad_item_parse(item, &article, note, &err) == MARSAD_OK &&
                         marsad_draft_new(&draft, in->archive, in->reader, &article, marsad_item_bytes(item), "jsonl", note, &err) == MARSAD_OK;
    watch_stop(&in->draft);
    if (!is_read)
        return;
    watch_start(&in->add);
    must(marsad_archive_add(in->archive, draft, &is_new, &err), &err, "add");
    watch_stop(&in->add);
    marsad_draft_free(draft);
}

static void take_all(intake *in)
{
    marsad_item *item = NULL;
    marsad_error err;
    marsad_status status = MARSAD_OK;
    while (status != MARSAD_END) {
        must(marsad_archive_begin(in->archive, NOW, "bench", &err), &err, "begin");
        for (int i = 0; i < ARTICLES_PER_COMMIT && status != MARSAD_END; i++) {
            status = marsad_feed_next(in->feed, &item, &err);
            if (status == MARSAD_OK)
                add_item(in, item);
        }
        commit(in);
    }
    marsad_item_free(item);
}

static void ingest(char **argv)
{
    const char *lexicon_path = argv[0], *gazetteer_path = argv[1], *rules = argv[2], *path = argv[3], *articles = argv[4];
    marsad_lexicon *lexicon;
    marsad_gazetteer *gazetteer;
    marsad_error err;
    intake in = {.archive = archive_new(path, rules)};
    int file = open(articles, O_RDONLY);
    if (file < 0)
        stop(articles, "cannot be opened");
    must(marsad_lexicon_open(&lexicon, lexicon_path, &err), &err, lexicon_path);
    must(marsad_gazetteer_open(&gazetteer, gazetteer_path, &err), &err, gazetteer_path);
    must(marsad_reader_new(&in.reader, lexicon, (const marsad_gazetteer *const[]){gazetteer}, 1, &err), &err, "reader");
    must(marsad_feed_new(&in.feed, MARSAD_INPUT_JSONL, articles, NULL, file_bytes, &file, &err), &err, articles);

    take_all(&in);
    watch_tell("draft", &in.draft);
    watch_tell("add", &in.add);
    watch_tell("commit", &in.commit);
    refresh(in.archive);
    tell_archive(in.archive, path);
    marsad_feed_free(in.feed);
    marsad_reader_free(in.reader);
    marsad_gazetteer_close(gazetteer);
    marsad_lexicon_close(lexicon);
    close(file);
}

/* --- records out of nothing --------------------------------------------------------------------------------------------------------- */

static void fill(const char *rules_path, const char *path, int64_t wanted, char *const *tables, size_t table_count)
{
    marsad_archive *archive = archive_new(path, rules_path);
    generator *g = generator_new(tables, table_count, archive->rules, wanted);
    stopwatch add = {0}, commits = {0};
    marsad_error err;
    for (int64_t records = 0; records < wanted;) {
        must(marsad_archive_begin(archive, NOW, "bench", &err), &err, "begin");
        for (int i = 0; i < ARTICLES_PER_COMMIT && records < wanted; i++) {
            stored_article article;
            const stored_record *made;
            size_t count;
            bool is_new;
            generator_next(g, &article, &made, &count);
            watch_start(&add);
            must(store_add_article(&archive->store, &article, made, count, &is_new, &err), &err, "add");
            watch_stop(&add);
            records += (int64_t)count;
        }
        watch_start(&commits);
        must(marsad_archive_commit(archive, &err), &err, "commit");
        watch_stop(&commits);
    }
    generator_free(g);
    watch_tell("add", &add);
    watch_tell("commit", &commits);
    refresh(archive);
    tell_archive(archive, path);
}

/* --- answers -------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    size_t rows, bytes;
    char last[64]; /* the id of the last row */
} answer;

static bool count_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    answer *a = context;
    (void)columns;
    a->rows++;
    for (size_t i = 0; i < count; i++)
        a->bytes += cells[i].text.len;
    snprintf(a->last, sizeof a->last, "%.*s", (int)cells[0].text.len, cells[0].text.ptr);
    return true;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The archive, and the days of its articles. */
typedef struct {
    marsad_archive *archive;
    int32_t days[8192];
    size_t day_count;
} asked;

static void read_days(asked *a)
{
    db_rows *rows;
    marsad_error err;
    must(db_ask(a->archive->store.db, &rows, &err, "SELECT DISTINCT published FROM article WHERE published IS NOT NULL ORDER BY 1", DB_NONE), &err,
         "days");
    while (a->day_count < sizeof a->days / sizeof *a->days && db_next(rows, &err) == MARSAD_OK)
        a->days[a->day_count++] = (int32_t)db_get_int(rows, 0);
    db_end(rows);
    if (a->day_count == 0)
        stop("archive", "no article has a day");
}

/* Another question each run: `change` turns it. */
typedef void change_question(marsad_question *q, const asked *a, int run);

static answer ask(marsad_archive *archive, const char *table, const marsad_question *q)
{
    answer a = {0};
    marsad_error err;
    must(marsad_archive_list(archive, table, q, count_row, &a, &err), &err, table);
    return a;
}

static void tell_times(const char *name, double *ms, size_t rows)
{
    qsort(ms, RUNS, sizeof *ms, by_value);
    printf("ask %s %zu %.2f %.2f\n", name, rows / RUNS, ms[RUNS / 2], ms[RUNS - 1 - RUNS / 100]);
}

static void measure(const asked *a, const char *name, const char *table, marsad_question q, change_question *change)
{
    double ms[RUNS];
    size_t rows = 0;
    for (int run = 0; run < RUNS; run++) {
        change(&q, a, run);
        const double began = seconds_now();
        rows += ask(a->archive, table, &q).rows;
        ms[run] = (seconds_now() - began) * 1000;
    }
    tell_times(name, ms, rows);
}

static marsad_date some_day(const asked *a, int run)
{
    return day_date(a->days[(size_t)run * 7919 % a->day_count]);
}

static void other_day(marsad_question *q, const asked *a, int run)
{
    q->from = q->to = some_day(a, run);
}

static void other_month(marsad_question *q, const asked *a, int run)
{
    q->from = some_day(a, run);
    q->to = day_date(day_number(q->from) + 29);
}

static void other_box(marsad_question *q, const asked *a, int run)
{
    (void)a;
    q->has_box = true;
    q->west = 35.5 + run % 10 * 0.5;
    const int row = run / 10;
    q->south = 32.5 + row * 0.6;
    q->east = q->west + 1;
    q->north = q->south + 1;
}

static void other_year(marsad_question *q, const asked *a, int run)
{
    q->from = day_date(a->days[(size_t)run * 7919 % (a->day_count > 366 ? a->day_count - 366 : 1)]);
    q->to = day_date(day_number(q->from) + 364);
}

static void same(marsad_question *q, const asked *a, int run)
{
    (void)a;
    (void)q;
    (void)run;
}

/* An incident and all that is said of it, as a page shows it. */
static void measure_incidents(const asked *a)
{
    double ms[RUNS];
    size_t rows = 0;
    for (int run = 0; run < RUNS; run++) {
        const marsad_question q = {.limit = 1 + (size_t)run, .from = some_day(a, run)};
        const answer one = ask(a->archive, "incidents", &q);
        arena memory = {0};
        statement_list list;
        marsad_error err;
        const double began = seconds_now();
        must(store_statements(&a->archive->store, &(statement_query){.incident = one.last}, &list, &memory, &err), &err, "statements");
        ms[run] = (seconds_now() - began) * 1000;
        rows += list.count;
        arena_free(&memory);
    }
    tell_times("incident", ms, rows);
}

/* Pages in the middle: behind a row found before the clock runs. */
static void measure_pages(const asked *a, const char *table)
{
    double ms[RUNS];
    char name[64];
    size_t rows = 0;
    snprintf(name, sizeof name, "page-of-%s", table);
    for (int run = 0; run < RUNS; run++) {
        answer before = ask(a->archive, table, &(marsad_question){.limit = 1, .from = some_day(a, run)});
        if (before.rows == 0)
            before = ask(a->archive, table, &(marsad_question){.limit = 1});
        const marsad_question page = {.limit = 100, .after = before.last};
        const double began = seconds_now();
        rows += ask(a->archive, table, &page).rows;
        ms[run] = (seconds_now() - began) * 1000;
    }
    tell_times(name, ms, rows);
}

/* What follows from incidents and records together: one archive's whole, and what a page asks. */
static void measure_views(const asked *a)
{
    const int32_t first = a->days[0], last = a->days[a->day_count - 1];
    const marsad_question calm = {.agreement = "syria-coh-2016-02-27", .from = {2016, 3, 1}, .to = {2016, 3, 31}};
    marsad_question all = {.from = day_date(first), .to = day_date(last)}, by_area = all, by_party = all, month = {.by = "area,kind"};
    by_area.by = "area,kind,group";
    by_party.by = "party,accuser";
    measure(a, "tallies-of-month", "tallies", (marsad_question){0}, other_month);
    measure(a, "tallies-of-month-by-area", "tallies", month, other_month);
    measure(a, "tallies-of-year", "tallies", (marsad_question){0}, other_year);
    measure(a, "tallies-of-all", "tallies", all, same);
    measure(a, "tallies-of-all-by-area", "tallies", by_area, same);
    measure(a, "tallies-of-all-by-party", "tallies", by_party, same);
    measure(a, "control-at-day", "control", (marsad_question){0}, other_day);
    measure(a, "control-of-all", "control", (marsad_question){0}, same);
    measure(a, "truce-of-month", "truce", calm, same);
    measure(a, "candidates-of-month", "candidates", calm, same);
}

static void ask_all(const char *rules, const char *path)
{
    static asked a;
    marsad_error err;
    must(marsad_archive_open(&a.archive, path, MARSAD_ARCHIVE_READ_ONLY, rules, &err), &err, path);
    read_days(&a);
    const marsad_question page = {.limit = 100};
    marsad_question common = page, rare = page;
    common.words = COMMON_WORD;
    rare.words = RARE_WORD;
    measure(&a, "day", "incidents", (marsad_question){0}, other_day);
    measure(&a, "page-of-day", "incidents", page, other_day);
    measure(&a, "box", "incidents", page, other_box);
    measure(&a, "box-and-month", "incidents", (marsad_question){.limit = 100, .has_box = true, .west = 36, .south = 35, .east = 38, .north = 37},
            other_month);
    measure(&a, "common-word", "incidents", common, same);
    measure(&a, "rare-word", "incidents", rare, same);
    measure(&a, "common-word-articles", "articles", common, same);
    measure(&a, "rare-word-articles", "articles", rare, same);
    measure(&a, "queue", "queue", page, same);
    measure(&a, "queue-of-state", "queue", (marsad_question){.limit = 100, .state = "in work"}, same);
    measure(&a, "map-box", "map", (marsad_question){.limit = 1000}, other_box);
    measure(&a, "map-box-and-year", "map", (marsad_question){.limit = 1000, .has_box = true, .west = 36, .south = 35, .east = 38, .north = 37},
            other_year);
    measure(&a, "map-of-50000", "map", (marsad_question){.limit = 50000}, same);
    measure(&a, "series-kinds-of-year", "series", (marsad_question){.by = "kind"}, other_year);
    measure(&a, "series-grades-of-year", "series", (marsad_question){.by = "grade"}, other_year);
    measure(&a, "series-parties-of-year", "series", (marsad_question){.by = "party"}, other_year);
    measure(&a, "intake-of-day", "intake", (marsad_question){0}, other_day);
    measure(&a, "summary-of-day", "summary", (marsad_question){0}, other_day);
    measure_views(&a);
    measure(&a, "summary", "summary", (marsad_question){0}, same);
    const marsad_publication publication = {.profile = "public", .today = {2026, 1, 1}};
    measure(&a, "public-map-of-month", "map", (marsad_question){.limit = 1000, .publication = &publication}, other_month);
    measure(&a, "public-page", "incidents", (marsad_question){.limit = 100, .publication = &publication}, other_month);
    measure_incidents(&a);
    measure_pages(&a, "incidents");
    measure_pages(&a, "records");
    marsad_archive_close(a.archive);
    printf("peak %ld\n", peak_kib());
}

int main(int argc, char **argv)
{
    if (argc == 7 && strcmp(argv[1], "ingest") == 0)
        ingest(argv + 2);
    else if (argc > 5 && strcmp(argv[1], "fill") == 0)
        fill(argv[2], argv[3], strtoll(argv[4], NULL, 10), argv + 5, (size_t)argc - 5);
    else if (argc == 4 && strcmp(argv[1], "ask") == 0)
        ask_all(argv[2], argv[3]);
    else
        stop("usage", "ingest LEXICON GAZETTEER RULES ARCHIVE ARTICLES | fill RULES ARCHIVE RECORDS TABLE... | ask RULES ARCHIVE");
    return 0;
}
