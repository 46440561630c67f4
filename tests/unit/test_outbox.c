/* The outbox: what is put in waits once, is told until it is sent, is taken whole, and is gone when its article is there. */
#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "archives.h"
#include "databases.h"
#include "marsad_outbox.h"
#include "refuse_alloc.h"
#include "stream.h"

/* C before C23 takes an array of ids for no array of ids that are only read. */
#define READ_ONLY(ids) ((const marsad_parcel_id *)(ids))

enum { NOW = 1600000000, MANY = 40 };

/* --- parcels made here ------------------------------------------------------------------------------------------------------ */

typedef struct {
    marsad_item *items[MANY];
    marsad_parcel parcels[MANY];
    marsad_parcel_id ids[MANY];
} letters;

/* Parcels of MANY lines that differ. */
static void letters_make(letters *out)
{
    buffer lines = {0};
    *out = (letters){0};
    for (int i = 0; i < MANY; i++)
        buffer_format(&lines, "{\"source\":\"وكالة\",\"text\":\"قصفت طائرات مدينة حلب وقتلت %d مدنيين\"}\n", i + 3);
    bytes_in in = {.text = {lines.bytes, lines.used}};
    marsad_feed *feed = feed_of(&in, MARSAD_INPUT_JSONL, "news.jsonl", NULL);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(marsad_feed_next(feed, &out->items[i], NULL), MARSAD_OK);
        assert_int_equal(marsad_item_pack(out->items[i], &out->parcels[i], NULL), MARSAD_OK);
        memcpy(out->ids[i], out->parcels[i].id, sizeof out->ids[i]);
    }
    marsad_feed_free(feed);
    buffer_free(&lines);
}

static void letters_free(letters *made)
{
    for (int i = 0; i < MANY; i++)
        marsad_item_free(made->items[i]);
}

static size_t add(marsad_archive *archive, const marsad_parcel *parcels, size_t count, int64_t now)
{
    size_t added = 999;
    marsad_error err = {0};
    if (marsad_outbox_add(archive, now, parcels, count, NULL, &added, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    return added;
}

static void count_is(marsad_archive *archive, uint64_t unsent, uint64_t sent, uint64_t dead)
{
    marsad_outbox_figures figures;
    assert_int_equal(marsad_outbox_counts(archive, &figures, NULL), MARSAD_OK);
    assert_int_equal(figures.unsent, unsent);
    assert_int_equal(figures.sent, sent);
    assert_int_equal(figures.dead, dead);
}

static void done(marsad_archive *archive, const marsad_parcel_id *ids, size_t count)
{
    marsad_error err = {0};
    assert_int_equal(marsad_archive_begin(archive, NOW, "test", &err), MARSAD_OK);
    assert_int_equal(marsad_outbox_done(archive, ids, count, &err), MARSAD_OK);
    assert_int_equal(marsad_archive_commit(archive, &err), MARSAD_OK);
}

static void bury(marsad_archive *archive, const char *id, const char *reason)
{
    marsad_error err = {0};
    assert_int_equal(marsad_archive_begin(archive, NOW + 5, "test", &err), MARSAD_OK);
    if (marsad_outbox_bury(archive, NOW + 5, id, 7, reason, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    assert_int_equal(marsad_archive_commit(archive, &err), MARSAD_OK);
}

/* --- filling ------------------------------------------------------------------------------------------------------------------ */

static void test_what_is_there_is_passed_over(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_archive *archive = archive_again(archive_path("fill"), MARSAD_ARCHIVE_CREATE);
    assert_int_equal(add(archive, made.parcels, 30, NOW), 30);
    assert_int_equal(add(archive, made.parcels + 20, 20, NOW + 1), 10);
    const marsad_parcel twice[] = {made.parcels[0], made.parcels[0]};
    assert_int_equal(add(archive, twice, 2, NOW), 0);
    count_is(archive, 40, 0, 0);
    marsad_outbox_figures figures;
    assert_int_equal(marsad_outbox_counts(archive, &figures, NULL), MARSAD_OK);
    assert_int_equal(figures.oldest, NOW);

    bury(archive, made.ids[3], "it is empty");
    assert_int_equal(add(archive, made.parcels, 5, NOW), 0); /* nor is what is dead */
    done(archive, READ_ONLY(made.ids), 3);
    assert_int_equal(add(archive, made.parcels, 5, NOW), 3); /* what is done is not known any more: its article is */
    count_is(archive, 39, 0, 1);
    assert_int_equal(add(archive, NULL, 0, NOW), 0);
    marsad_archive_close(archive);
    letters_free(&made);
}

static void test_a_file_is_taken_up_where_it_was_left(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_archive *archive = archive_again(archive_path("backfill"), MARSAD_ARCHIVE_CREATE);
    marsad_backfill file = {.source = "/data/a.warc.gz", .filter = "ar", .size = 5000, .position = 700, .items = 9, .taken = 4};
    assert_int_equal(marsad_outbox_add(archive, NOW, made.parcels, 4, &file, NULL, NULL), MARSAD_OK);
    file.position = 5000;
    file.items = 12;
    assert_int_equal(marsad_outbox_add(archive, NOW, NULL, 0, &file, NULL, NULL), MARSAD_OK);

    marsad_backfill again = {.source = "/data/a.warc.gz", .filter = "ar", .size = 5000};
    assert_int_equal(marsad_backfill_find(archive, &again, NULL), MARSAD_OK);
    assert_int_equal(again.position, 5000);
    assert_int_equal(again.items, 12);
    assert_int_equal(again.taken, 4);
    static const marsad_backfill others[] = {{.source = "/data/b.warc.gz", .filter = "ar", .size = 5000, .items = 1},
                                             {.source = "/data/a.warc.gz", .filter = "", .size = 5000, .items = 1},
                                             {.source = "/data/a.warc.gz", .filter = "ar", .size = 5001, .items = 1}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        again = others[i];
        assert_int_equal(marsad_backfill_find(archive, &again, NULL), MARSAD_OK);
        assert_int_equal(again.items, 0);
    }
    marsad_archive_close(archive);
    letters_free(&made);
}

/* --- telling workers ------------------------------------------------------------------------------------------------------------- */

static void test_what_is_not_sent_is_told_again(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_parcel_id ids[MANY];
    size_t count;
    marsad_archive *archive = archive_again(archive_path("send"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, MANY, NOW);
    assert_int_equal(marsad_outbox_unsent(archive, ids, 33, &count, NULL), MARSAD_OK);
    assert_int_equal(count, 33);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(ids[i], made.ids[i]); /* the oldest first */
    assert_int_equal(marsad_outbox_sent(archive, NOW + 1, READ_ONLY(ids), 17, NULL), MARSAD_OK);
    count_is(archive, MANY - 17, 17, 0);
    assert_int_equal(marsad_outbox_unsent(archive, ids, MANY, &count, NULL), MARSAD_OK);
    assert_int_equal(count, MANY - 17);
    assert_string_equal(ids[0], made.ids[17]);

    assert_int_equal(marsad_outbox_resend(archive, NOW + 2, &count, NULL), MARSAD_OK);
    assert_int_equal(count, MANY);
    count_is(archive, MANY, 0, 0);

    done(archive, READ_ONLY(made.ids), MANY);
    assert_int_equal(marsad_outbox_sent(archive, NOW + 3, READ_ONLY(made.ids), MANY, NULL), MARSAD_OK); /* done before it was noted as sent */
    count_is(archive, 0, 0, 0);
    marsad_archive_close(archive);
    letters_free(&made);
}

/* --- working ----------------------------------------------------------------------------------------------------------------------- */

static void same_parcels(const marsad_parcel *a, const marsad_parcel *b)
{
    assert_string_equal(a->id, b->id);
    assert_int_equal(a->input, b->input);
    assert_string_equal(a->place, b->place);
    assert_int_equal(a->line, b->line);
    assert_true(view_equal(a->given, b->given));
    assert_true(view_equal(a->bytes, b->bytes));
}

static void test_what_was_put_in_is_taken_out(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_archive *archive = archive_again(archive_path("take"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, 20, NOW);
    /* Behind the twentieth nothing is there; nor is what is no id. */
    marsad_parcel_id asked[MANY + 2];
    memcpy(asked, made.ids, sizeof made.ids);
    memcpy(asked[MANY], "", 1);
    memcpy(asked[MANY + 1], "Q-' OR 1", 9);
    marsad_parcels taken;
    marsad_item *item = NULL;
    size_t looked_at;
    assert_int_equal(marsad_outbox_take(archive, READ_ONLY(asked), MANY + 2, &taken, &looked_at, NULL), MARSAD_OK);
    assert_int_equal(looked_at, MANY + 2);
    assert_int_equal(taken.count, 20);
    for (size_t i = 0; i < taken.count; i++) {
        same_parcels(&taken.items[i], &made.parcels[i]);
        assert_int_equal(taken.items[i].queued, NOW);
        assert_int_equal(marsad_item_unpack(&item, &taken.items[i], NULL), MARSAD_OK);
        assert_int_equal(parse(item).status, MARSAD_OK);
    }
    marsad_item_free(item);
    marsad_parcels_free(&taken);
    marsad_parcels_free(&taken);

    assert_int_equal(marsad_outbox_take(archive, NULL, 0, &taken, &looked_at, NULL), MARSAD_OK);
    assert_int_equal(taken.count, 0);
    marsad_parcels_free(&taken);
    marsad_archive_close(archive);
    letters_free(&made);
}

/* Large ones are not all held at once. */
static void test_no_more_is_taken_than_can_be_held(void **state)
{
    (void)state;
    enum { LARGE = 6 * 1024 * 1024, COUNT = 40 };
    char *bytes = malloc(LARGE);
    memset(bytes, 'x', LARGE);
    marsad_archive *archive = archive_again(archive_path("large"), MARSAD_ARCHIVE_CREATE);
    marsad_parcel_id ids[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        marsad_parcel parcel = {.input = MARSAD_INPUT_TEXT, .place = "x.txt", .line = 1, .given = view_of("{}"), .bytes = {bytes, LARGE - i}};
        parcel_id(parcel.id, &parcel);
        memcpy(ids[i], parcel.id, sizeof ids[i]);
        add(archive, &parcel, 1, NOW);
    }
    size_t all = 0, most = 0;
    for (size_t from = 0; from < COUNT;) {
        marsad_parcels taken;
        size_t looked_at = 0;
        assert_int_equal(marsad_outbox_take(archive, READ_ONLY(ids + from), COUNT - from, &taken, &looked_at, NULL), MARSAD_OK);
        assert_true(looked_at > 0);
        assert_int_equal(taken.count, looked_at);
        most = taken.count > most ? taken.count : most;
        all += taken.count;
        from += looked_at;
        marsad_parcels_free(&taken);
    }
    assert_int_equal(all, COUNT);
    assert_in_range(most, 1, 16);
    marsad_archive_close(archive);
    free(bytes);
}

/* A worker: takes, reads, and stores with what is done. */
static void work(marsad_archive *archive, const marsad_parcel_id *ids, size_t count, bool commits)
{
    marsad_error err = {0};
    assert_int_equal(marsad_archive_begin(archive, NOW, "test", &err), MARSAD_OK);
    assert_int_equal(marsad_archive_problem(archive, "worker", 0, "read", &err), MARSAD_OK);
    assert_int_equal(marsad_outbox_done(archive, ids, count, &err), MARSAD_OK);
    if (commits)
        assert_int_equal(marsad_archive_commit(archive, &err), MARSAD_OK);
    else
        marsad_archive_rollback(archive);
}

static void test_done_is_kept_with_the_batch_or_not_at_all(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_error err = {0};
    marsad_archive *archive = archive_again(archive_path("done"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, MANY, NOW);
    work(archive, READ_ONLY(made.ids), 18, false);
    count_is(archive, MANY, 0, 0);
    work(archive, READ_ONLY(made.ids), 18, true);
    count_is(archive, MANY - 18, 0, 0);
    work(archive, READ_ONLY(made.ids), 19, true); /* what is gone is passed over */
    count_is(archive, MANY - 19, 0, 0);
    assert_int_equal(marsad_outbox_done(archive, READ_ONLY(made.ids), MANY, &err), MARSAD_ERR_ARGUMENT); /* no batch */
    assert_int_equal(marsad_outbox_bury(archive, NOW, made.ids[30], 1, "x", &err), MARSAD_ERR_ARGUMENT);
    marsad_archive_close(archive);

    archive = archive_again(archive_path(NULL), MARSAD_ARCHIVE_READ_ONLY);
    count_is(archive, MANY - 19, 0, 0);
    assert_int_equal(marsad_outbox_add(archive, NOW, made.parcels, 1, NULL, NULL, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_outbox_sent(archive, NOW, READ_ONLY(made.ids), 1, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_outbox_resend(archive, NOW, NULL, &err), MARSAD_ERR_ARGUMENT);
    marsad_archive_close(archive);
    letters_free(&made);
}

static void test_what_cannot_be_read_is_kept_with_the_reason(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    buffer told = {0};
    marsad_archive *archive = archive_again(archive_path("dead"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, 3, NOW);
    bury(archive, made.ids[1], "كل شيء 'مفقود'");
    bury(archive, made.ids[1], "another reason"); /* gone from the outbox: nothing happens */
    bury(archive, "Q-0000000000000000", "never there");
    count_is(archive, 2, 0, 1);
    assert_int_equal(table_text(&told, archive, "dead_letters", ""), 1);
    buffer_add(&told, "", 1);
    char want[256];
    snprintf(want, sizeof want, "%s|jsonl|news.jsonl|2|%zu|2020-09-13T12:26:40Z|2020-09-13T12:26:45Z|7|كل شيء 'مفقود'|\n", made.ids[1],
             made.parcels[1].bytes.len);
    assert_string_equal(told.bytes, want);
    buffer_free(&told);
    marsad_archive_close(archive);
    letters_free(&made);
}

static int64_t store_int(marsad_archive *archive, const char *sql)
{
    int64_t out;
    assert_int_equal(db_ask_int(archive->store.db, &out, -1, NULL, sql, DB_NONE), MARSAD_OK);
    return out;
}

/* What is damaged in the database comes out as something that cannot be unpacked: it can be buried, and stops nobody. */
static void test_what_is_damaged_can_be_buried(void **state)
{
    (void)state;
    static const char *const damages[] = {
        "UPDATE outbox SET bytes = substr(bytes, 2)", "UPDATE outbox SET size = size + 1",  "UPDATE outbox SET size = -1",
        "UPDATE outbox SET size = 9000000000000",     "UPDATE outbox SET input = 'scroll'", "UPDATE outbox SET given = '{\"url\":\"x\"}'",
    };
    letters made;
    letters_make(&made);
    marsad_item *item = NULL;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        marsad_archive *archive = archive_again(archive_path("damage"), MARSAD_ARCHIVE_CREATE);
        add(archive, made.parcels, 1, NOW);
        assert_int_equal(db_run(archive->store.db, NULL, damages[i], DB_NONE), MARSAD_OK);
        marsad_parcels taken;
        marsad_error err = {0};
        size_t looked_at;
        assert_int_equal(marsad_outbox_take(archive, READ_ONLY(made.ids), 1, &taken, &looked_at, NULL), MARSAD_OK);
        assert_int_equal(taken.count, 1);
        assert_int_equal(marsad_item_unpack(&item, &taken.items[0], &err), MARSAD_ERR_FORMAT);
        bury(archive, taken.items[0].id, err.message);
        assert_int_equal(store_int(archive, "SELECT count(*) FROM dead_letter WHERE reason LIKE '%its id is of other content'"), 1);
        marsad_parcels_free(&taken);
        marsad_archive_close(archive);
    }
    marsad_item_free(item);
    letters_free(&made);
}

/* --- side by side ------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    marsad_archive *archive;
    const letters *made;
    marsad_status status;
    marsad_error err;
} sender;

static void *send_all(void *context)
{
    sender *s = context;
    s->status = marsad_outbox_sent(s->archive, NOW, READ_ONLY(s->made->ids), MANY, &s->err);
    return NULL;
}

static void *resend_all(void *context)
{
    sender *s = context;
    s->status = marsad_outbox_resend(s->archive, NOW, NULL, &s->err);
    return NULL;
}

static void add_article(marsad_archive *archive, const letters *made, size_t which)
{
    marsad_article article;
    char note[240];
    marsad_draft *draft;
    bool is_new;
    marsad_error err = {0};
    assert_int_equal(marsad_item_parse(made->items[which], &article, note, &err), MARSAD_OK);
    assert_int_equal(marsad_draft_new(&draft, archive, archives_reader(), &article, marsad_item_bytes(made->items[which]), "jsonl", note, &err),
                     MARSAD_OK);
    if (marsad_archive_add(archive, draft, &is_new, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    marsad_draft_free(draft);
}

/* A batch has taken its parcels away, and is not committed: who marks the same parcels waits for it, and it for nobody. */
static void mark_beside_a_batch(void *(*mark)(void *), bool buries)
{
    letters made;
    letters_make(&made);
    pthread_t thread;
    marsad_error err = {0};
    marsad_archive *worker = archive_again(archive_path("beside"), MARSAD_ARCHIVE_CREATE);
    sender s = {.archive = archive_again(archive_path(NULL), 0), .made = &made};
    add(worker, made.parcels, MANY, NOW);
    assert_int_equal(marsad_outbox_sent(worker, NOW, READ_ONLY(made.ids), 20, NULL), MARSAD_OK);

    assert_int_equal(marsad_archive_begin(worker, NOW, "test", &err), MARSAD_OK);
    add_article(worker, &made, 0);
    if (buries)
        assert_int_equal(marsad_outbox_bury(worker, NOW, made.ids[3], 1, "x", &err), MARSAD_OK);
    else
        assert_int_equal(marsad_outbox_done(worker, READ_ONLY(made.ids + 3), 1, &err), MARSAD_OK);
    assert_int_equal(pthread_create(&thread, NULL, mark, &s), 0);
    nanosleep(&(struct timespec){.tv_nsec = 300 * 1000000L}, NULL); /* it waits, or has come to where it would */
    if (marsad_archive_commit(worker, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    assert_int_equal(pthread_join(thread, NULL), 0);
    if (s.status != MARSAD_OK)
        fail_msg("%s", s.err.message);
    count_is(worker, mark == send_all ? 0 : MANY - 1, mark == send_all ? MANY - 1 : 0, buries);
    marsad_archive_close(s.archive);
    marsad_archive_close(worker);
    letters_free(&made);
}

static void test_senders_and_workers_do_not_wait_for_each_other(void **state)
{
    (void)state;
    mark_beside_a_batch(send_all, false);
    mark_beside_a_batch(send_all, true);
    mark_beside_a_batch(resend_all, false);
}

/* On a server: whoever stores news keeps nobody from sending. */
static void test_sending_waits_for_no_news(void **state)
{
    (void)state;
    if (!databases_are_wanted())
        return;
    letters made;
    letters_make(&made);
    marsad_error err = {0};
    marsad_archive *worker = archive_again(archive_path("news"), MARSAD_ARCHIVE_CREATE);
    sender s = {.archive = archive_again(archive_path(NULL), 0), .made = &made};
    add(worker, made.parcels, MANY, NOW);
    assert_int_equal(marsad_archive_begin(worker, NOW, "test", &err), MARSAD_OK);
    assert_int_equal(store_lock_news(&worker->store, &err), MARSAD_OK);
    send_all(&s);
    assert_int_equal(s.status, MARSAD_OK);
    count_is(s.archive, 0, MANY, 0);
    marsad_archive_rollback(worker);
    marsad_archive_close(s.archive);
    marsad_archive_close(worker);
    letters_free(&made);
}

/* More than are marked in one transaction. */
static void test_all_of_many_are_sent_again(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    size_t count = 0;
    marsad_error err = {0};
    marsad_archive *archive = archive_again(archive_path("many"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, 1, NOW);
    if (db_run(archive->store.db, &err,
               "INSERT INTO outbox(id, input, place, line, size, queued, given, bytes, sent) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
               "FROM n WHERE i < 45000) SELECT 'Q-' || i, input, place, line, size, queued, given, bytes, 1 FROM n CROSS JOIN outbox",
               DB_NONE) != MARSAD_OK)
        fail_msg("%s", err.message);
    count_is(archive, 1, 45000, 0);
    assert_int_equal(marsad_outbox_resend(archive, NOW, &count, &err), MARSAD_OK);
    assert_int_equal(count, 45001);
    count_is(archive, 45001, 0, 0);
    marsad_archive_close(archive);
    letters_free(&made);
}

/* --- dead letters on their way back ------------------------------------------------------------------------------------------------- */

static size_t unbury(marsad_archive *archive, const marsad_parcel_id *ids, size_t count)
{
    size_t unburied = 999;
    marsad_error err = {0};
    if (marsad_outbox_unbury(archive, NOW + 9, ids, count, &unburied, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    return unburied;
}

static void test_dead_letters_come_back(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_parcel_id ids[20] = {"Q-0000000000000000"};
    marsad_archive *archive = archive_again(archive_path("back"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, MANY, NOW);
    assert_int_equal(marsad_outbox_sent(archive, NOW, READ_ONLY(made.ids), MANY, NULL), MARSAD_OK);
    assert_int_equal(unbury(archive, NULL, 0), 0);
    for (size_t i = 0; i < 25; i++)
        bury(archive, made.ids[i], "the program was not up to it");
    count_is(archive, 0, MANY - 25, 25);

    memcpy(ids[1], made.ids[MANY - 1], sizeof ids[1]); /* in the outbox, sent */
    for (size_t i = 2; i < 20; i++)
        memcpy(ids[i], made.ids[i], sizeof ids[i]);
    assert_int_equal(unbury(archive, READ_ONLY(ids), 20), 18);
    count_is(archive, 18, MANY - 25, 7);
    assert_int_equal(unbury(archive, READ_ONLY(ids), 20), 0);
    assert_int_equal(unbury(archive, READ_ONLY(ids), 0), 0); /* none is not all */
    count_is(archive, 18, MANY - 25, 7);
    assert_int_equal(unbury(archive, NULL, 0), 7);
    count_is(archive, 25, MANY - 25, 0);

    marsad_parcels taken;
    size_t looked_at;
    assert_int_equal(marsad_outbox_take(archive, READ_ONLY(made.ids), MANY, &taken, &looked_at, NULL), MARSAD_OK);
    assert_int_equal(taken.count, MANY);
    for (size_t i = 0; i < taken.count; i++) {
        same_parcels(&taken.items[i], &made.parcels[i]);
        assert_int_equal(taken.items[i].queued, i < 25 ? NOW + 9 : NOW);
    }
    marsad_parcels_free(&taken);
    marsad_archive_close(archive);

    archive = archive_again(archive_path(NULL), MARSAD_ARCHIVE_READ_ONLY);
    assert_int_equal(marsad_outbox_unbury(archive, NOW, NULL, 0, NULL, NULL), MARSAD_ERR_ARGUMENT);
    marsad_archive_close(archive);
    letters_free(&made);
}

/* One that was put into the outbox anew since: it is there once, as it is. */
static void test_what_is_in_the_outbox_again_stays(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_archive *archive = archive_again(archive_path("both"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, 2, NOW);
    bury(archive, made.ids[0], "x");
    assert_int_equal(
        db_run(archive->store.db, NULL,
               "INSERT INTO outbox(id, input, place, line, size, queued, given, bytes, sent) SELECT id, input, place, line, size, queued, "
               "given, bytes, 7 FROM dead_letter",
               DB_NONE),
        MARSAD_OK);
    assert_int_equal(unbury(archive, NULL, 0), 1);
    count_is(archive, 1, 1, 0);
    marsad_archive_close(archive);
    letters_free(&made);
}

/* One whose row cannot be read is buried without it. */
static void test_a_damaged_row_is_buried_unread(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_error err = {0};
    marsad_archive *archive = archive_again(archive_path("unread"), MARSAD_ARCHIVE_CREATE);
    add(archive, made.parcels, 2, NOW);
    assert_int_equal(marsad_outbox_bury_damaged(archive, NOW, made.ids[0], 1, "x", &err), MARSAD_ERR_ARGUMENT); /* no batch */
    assert_int_equal(marsad_archive_begin(archive, NOW, "test", &err), MARSAD_OK);
    assert_int_equal(marsad_outbox_bury_damaged(archive, NOW, made.ids[0], 5, "its page is gone", &err), MARSAD_OK);
    assert_int_equal(marsad_archive_commit(archive, &err), MARSAD_OK);
    count_is(archive, 1, 0, 1);
    assert_int_equal(store_int(archive, "SELECT count(*) FROM dead_letter WHERE reason = 'its page is gone' AND length(bytes) = 0 AND line = 1"), 1);
    marsad_archive_close(archive);
    letters_free(&made);
}

static marsad_status fill_and_take(marsad_archive *archive, const letters *made)
{
    marsad_parcels taken = {0};
    size_t looked_at;
    marsad_status status = marsad_outbox_add(archive, NOW, made->parcels, MANY, NULL, NULL, NULL);
    if (status == MARSAD_OK)
        status = marsad_outbox_take(archive, made->ids, MANY, &taken, &looked_at, NULL);
    if (status == MARSAD_OK)
        assert_int_equal(taken.count, MANY);
    marsad_parcels_free(&taken);
    return status;
}

static void test_memory_that_is_refused(void **state)
{
    (void)state;
    letters made;
    letters_make(&made);
    marsad_archive *archive = archive_again(archive_path("memory"), MARSAD_ARCHIVE_CREATE);
    for (size_t n = 1;; n++) {
        refuse_alloc_at(n);
        const marsad_status status = fill_and_take(archive, &made);
        const bool was_refused = refuse_alloc_stop();
        assert_true(status == MARSAD_OK || (was_refused && status == MARSAD_ERR_SYSTEM));
        if (!was_refused)
            break;
    }
    count_is(archive, MANY, 0, 0);
    marsad_archive_close(archive);
    letters_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_there_is_passed_over),
        cmocka_unit_test(test_a_file_is_taken_up_where_it_was_left),
        cmocka_unit_test(test_what_is_not_sent_is_told_again),
        cmocka_unit_test(test_what_was_put_in_is_taken_out),
        cmocka_unit_test(test_no_more_is_taken_than_can_be_held),
        cmocka_unit_test(test_done_is_kept_with_the_batch_or_not_at_all),
        cmocka_unit_test(test_what_cannot_be_read_is_kept_with_the_reason),
        cmocka_unit_test(test_what_is_damaged_can_be_buried),
        cmocka_unit_test(test_senders_and_workers_do_not_wait_for_each_other),
        cmocka_unit_test(test_sending_waits_for_no_news),
        cmocka_unit_test(test_all_of_many_are_sent_again),
        cmocka_unit_test(test_dead_letters_come_back),
        cmocka_unit_test(test_what_is_in_the_outbox_again_stays),
        cmocka_unit_test(test_a_damaged_row_is_buried_unread),
        cmocka_unit_test(test_memory_that_is_refused),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
