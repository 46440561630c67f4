/* The store: what is put in comes out, once, whole, in whichever order it was put in. */
#include "unit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/body.h"
#include "archive/store.h"
#include "archive/words.h"
#include "databases.h"
#include "refuse_alloc.h"

/* --- an archive of its own, a file or a database -------------------------------------------------------------------------------------------- */

enum { PATH_BYTES = 64, NOW = 1600000000 };

typedef struct {
    char folder[PATH_BYTES], path[512];
    store store;
    arena memory;
} fixture;

static const char no_place[] = "";

static void archive_remove(const fixture *f)
{
    if (databases_are_wanted())
        return;
    static const char *const endings[] = {"", "-wal", "-shm"};
    char full[sizeof f->path + 8];
    for (size_t i = 0; i < 3; i++) {
        snprintf(full, sizeof full, "%s%s", f->path, endings[i]);
        unlink(full);
    }
}

static void name_archive(fixture *f)
{
    if (databases_are_wanted())
        snprintf(f->path, sizeof f->path, "%s", database_anew("store"));
    else
        snprintf(f->path, sizeof f->path, "%s/a.marsad", f->folder);
}

static int begin(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (f == NULL)
        return -1;
    snprintf(f->folder, sizeof f->folder, "/tmp/marsad-store-XXXXXX");
    if (mkdtemp(f->folder) == NULL)
        return -1;
    name_archive(f);
    marsad_error err;
    *state = f;
    return store_open(&f->store, f->path, DB_CREATE, &err) == MARSAD_OK ? 0 : -1;
}

static int end(void **state)
{
    fixture *f = *state;
    store_close(&f->store);
    archive_remove(f);
    rmdir(f->folder);
    arena_free(&f->memory);
    free(f);
    return 0;
}

/* A connection without statements that it keeps. */
static void open_again(fixture *f)
{
    marsad_error err;
    store_close(&f->store);
    assert_int_equal(store_open(&f->store, f->path, DB_CREATE, &err), MARSAD_OK);
}

static void open_anew(fixture *f)
{
    marsad_error err;
    store_close(&f->store);
    archive_remove(f);
    name_archive(f);
    assert_int_equal(store_open(&f->store, f->path, DB_CREATE, &err), MARSAD_OK);
}

/* --- articles made of words ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    stored_article article;
    stored_record records[2];
    size_t count;
} news;

static const char body_of_airstrike[] =
    "{\"id\":\"x\",\"kind\":\"airstrike\",\"trigger\":[3,9],\"sentence\":[0,40],\"modality\":\"denied\",\"phase\":\"violated\","
    "\"actors\":[{\"span\":[1,2],\"who\":\"russia\",\"code\":\"RUS\",\"object\":null,\"words\":\"الطيران\"}],"
    "\"targets\":[{\"span\":[1,2],\"who\":\"civilians\",\"code\":\"CVL\",\"object\":\"hospital\",\"words\":\"مشفى\"}],"
    "\"places\":[{\"span\":[10,20],\"norm\":\"حلب\",\"relation\":\"near\",\"id\":\"SY-0010\",\"lat\":36.2,\"lon\":37.1,\"precision\":\"town\","
    "\"others\":2,"
    "\"name_en\":\"Aleppo\",\"country\":\"SY\",\"admin1\":\"حلب\",\"admin2\":\"جبل سمعان\",\"feature\":\"seat1\"}],"
    "\"when\":{\"span\":[1,2],\"start\":\"2016-05-05\",\"end\":\"2016-05-06\",\"precision\":\"range\"},"
    "\"figures\":[{\"of\":\"killed\",\"value\":5,\"bound\":\"at_least\",\"low\":5,\"high\":null,\"span\":[1,2],\"words\":\"خمسة\"}],"
    "\"sources\":[{\"span\":[1,2],\"who\":\"sohr\",\"code\":\"NGO\",\"object\":null,\"words\":\"المرصد\"}],"
    "\"quoted\":true,\"plover\":\"ASSAULT\",\"mode\":\"aerial\",\"cameo\":\"195\",\"confidence\":0.75,\"rules\":[]}";

static const stored_place aleppo = {.id = "SY-0010",
                                    .name = "حلب",
                                    .name_en = "Aleppo",
                                    .country = "SY",
                                    .admin1 = "حلب",
                                    .admin2 = no_place,
                                    .feature = "seat1",
                                    .lat = 36.2,
                                    .lon = 37.1};

/* An article of `text` with two records, in `memory`. */
static news news_of(arena *memory, const char *title, const char *text, int32_t published)
{
    news n = {.count = 2};
    stored_article *a = &n.article;
    buffer keys = {0};
    *a = (stored_article){.outlet = view_of("outlet"),
                          .given_id = view_of("1"),
                          .url = view_of(""),
                          .title = view_of(title),
                          .note = view_of(""),
                          .published = published,
                          .evidence_size = strlen(text),
                          .text_size = strlen(text),
                          .media = "text",
                          .reader = "test"};
    crypto_hash_sha256(a->evidence_sha256, (const unsigned char *)text, strlen(text));
    crypto_hash_sha256(a->text_sha256, (const unsigned char *)text, strlen(text));
    assert_true(pack_bytes(view_of(text), &a->evidence, memory) && pack_bytes(view_of(text), &a->text, memory));
    words_add_keys(&keys, view_of(text));
    a->keys = (view){arena_string(memory, (view){keys.bytes, keys.used}), keys.used};
    buffer_free(&keys);
    signature_of(&a->signature, a->keys);
    article_id(a->id, a);
    for (size_t i = 0; i < n.count; i++) {
        stored_record *r = &n.records[i];
        *r = (stored_record){
            .kind = MARSAD_KIND_AIRSTRIKE, .modality = MARSAD_DENIED, .area = "SY/حلب", .day = published, .body = view_of(body_of_airstrike)};
        r->place = i == 0 ? &aleppo : NULL;
        record_id(r->id, a->id, i == 0 ? "first" : "second");
    }
    return n;
}

static void add(fixture *f, const news *n, bool expect_new)
{
    marsad_error err = {0};
    bool is_new;
    if (store_add_article(&f->store, &n->article, n->records, n->count, &is_new, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    assert_int_equal(is_new, expect_new);
}

static void batch_begin(fixture *f, int64_t now)
{
    marsad_error err = {0};
    assert_int_equal(store_begin(&f->store, now, DB_LOCK_ALL, &err), MARSAD_OK);
    assert_int_equal(store_begin_batch(&f->store, "test", &err), MARSAD_OK);
}

static void batch_commit(fixture *f)
{
    marsad_error err = {0};
    assert_int_equal(store_commit(&f->store, &err), MARSAD_OK);
}

static int64_t ask_int(fixture *f, const char *sql)
{
    int64_t value;
    marsad_error err = {0};
    if (db_ask_int(f->store.db, &value, -1, &err, sql, DB_NONE) != MARSAD_OK)
        fail_msg("%s: %s", sql, err.message);
    return value;
}

/* --- what comes out ------------------------------------------------------------------------------------------------------------------- */

static const char long_text[] = "قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح بحسب المرصد";

static void test_article_comes_out(void **state)
{
    fixture *f = *state;
    const news n = news_of(&f->memory, "عنوان", long_text, 16926);
    batch_begin(f, NOW);
    add(f, &n, true);
    batch_commit(f);

    view text;
    marsad_error err = {0};
    assert_int_equal(store_article_text(&f->store, n.article.id, &text, &f->memory, &err), MARSAD_OK);
    assert_true(view_equal(text, view_of(long_text)));
    assert_int_equal(store_article_text(&f->store, "A-0000000000000000", &text, &f->memory, &err), MARSAD_ERR_ARGUMENT);

    statement_list list;
    assert_int_equal(store_statements(&f->store, &(statement_query){.article = n.article.id}, &list, &f->memory, &err), MARSAD_OK);
    assert_int_equal(list.count, 2);
    const statement *s = list.items[0];
    assert_string_equal(s->article, n.article.id);
    assert_string_equal(s->chain, n.article.id);
    assert_string_equal(s->outlet, "outlet");
    assert_int_equal(s->published, 16926);
    assert_int_equal(s->kind, MARSAD_KIND_AIRSTRIKE);
    assert_int_equal(s->modality, MARSAD_DENIED);
    assert_int_equal(s->start, 16926 - 0);
    assert_int_equal(s->end, 16927);
    assert_true(s->is_quoted);
    assert_string_equal(s->actors[0].who, "russia");
    assert_string_equal(s->targets[0].object, "hospital");
    assert_string_equal(s->speakers[0].words, "المرصد");
    assert_string_equal(s->places[0].id, "SY-0010");
    assert_int_equal(s->places[0].relation, MARSAD_NEAR);
    assert_int_equal(s->figures[0].bound, MARSAD_AT_LEAST);
    assert_int_equal(s->figures[0].low, 5);
    assert_true(s->figures[0].high == MARSAD_NO_VALUE);
}

/* Whatever way is asked, the same records. */
static void test_statements_are_found_each_way(void **state)
{
    fixture *f = *state;
    const news n = news_of(&f->memory, "عنوان", long_text, 16926);
    batch_begin(f, NOW);
    add(f, &n, true);
    batch_commit(f);
    const struct {
        statement_query query;
        size_t count;
    } cases[] = {
        {{.record = n.records[0].id}, 1},
        {{.record = "R-0000000000000000"}, 0},
        {{.article = n.article.id}, 2},
        {{.area = "SY/حلب", .from_day = 16926, .to_day = 16926}, 2},
        {{.area = "SY/حلب", .from_day = 16927, .to_day = 16999}, 0},
        {{.area = "SY/إدلب", .from_day = 0, .to_day = 20000}, 0},
        {{.has_days = true, .from_day = 16000, .to_day = 17000, .kinds = 1U << MARSAD_KIND_AIRSTRIKE}, 2},
        {{.has_days = true, .from_day = 16000, .to_day = 17000, .kinds = 1U << MARSAD_KIND_CLASH}, 0},
        {{.kinds = 0}, 2},
        {{.incident = "I-0000000000000000"}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        statement_list list;
        marsad_error err = {0};
        assert_int_equal(store_statements(&f->store, &cases[i].query, &list, &f->memory, &err), MARSAD_OK);
        if (list.count != cases[i].count)
            fail_msg("question %zu finds %zu statements, not %zu", i, list.count, cases[i].count);
    }
}

static void test_second_time_changes_nothing(void **state)
{
    fixture *f = *state;
    const news n = news_of(&f->memory, "عنوان", long_text, 16926);
    batch_begin(f, NOW);
    add(f, &n, true);
    add(f, &n, false);
    batch_commit(f);
    batch_begin(f, NOW + 5);
    add(f, &n, false);
    batch_commit(f);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM article"), 1);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM record"), 2);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM evidence"), 1);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM log WHERE what = 'article'"), 1);
    assert_int_equal(ask_int(f, "SELECT sum(known) FROM batch"), 2);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM article_words('حلب')"), 1);
}

static void test_what_is_rolled_back_never_was(void **state)
{
    fixture *f = *state;
    const news n = news_of(&f->memory, "عنوان", long_text, 16926);
    batch_begin(f, NOW);
    add(f, &n, true);
    store_rollback(&f->store);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM article"), 0);
    batch_begin(f, NOW);
    batch_commit(f); /* search keys that waited must not come in now */
    assert_int_equal(ask_int(f, "SELECT count(*) FROM article_words('حلب')"), 0);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM log"), 0);
}

/* Pinned: archives hold them. */
static void test_ids_are_stable(void **state)
{
    fixture *f = *state;
    const news n = news_of(&f->memory, "عنوان", "نص", 16926);
    const news later = news_of(&f->memory, "عنوان", "نص", 16927);
    char id[ID_BYTES];
    assert_string_equal(n.article.id, "A-8e48d60393dbcc51");
    record_id(id, "A-0123456789abcdef", "65f3909b46c99b97");
    assert_string_equal(id, "R-e915ed950123bc8c");
    assert_string_not_equal(n.article.id, later.article.id);
}

/* --- copies: chains are the same in whichever order articles come ------------------------------------------------------------------------ */

enum { FAMILY = 8 };

static void family_make(fixture *f, news *out)
{
    static const char *const texts[FAMILY] = {
        "قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح بحسب المرصد السوري لحقوق الإنسان",
        "قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح بحسب المرصد",
        "عاجل قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح",
        "اجتمع وزراء الخارجية في فيينا لبحث سبل العودة إلى الهدنة والمفاوضات بين الأطراف السورية في جنيف",
        "قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح بحسب المرصد",
        "قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح بحسب مصادر",
        "قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح بحسب المرصد",
        "قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين بجروح بحسب المرصد",
    };
    static const int32_t days[FAMILY] = {16926, 16927, 16910, 16926, 17200 /* told anew */, NO_DAY, 16927, NO_DAY};
    static const char *const titles[FAMILY] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    for (size_t i = 0; i < FAMILY; i++)
        out[i] = news_of(&f->memory, titles[i], texts[i], days[i]);
}

/* "id<chain" of all articles by id, in `memory`. */
static const char *chains_of(fixture *f)
{
    db_rows *rows;
    marsad_error err = {0};
    const char *all = "";
    assert_int_equal(db_ask(f->store.db, &rows, &err, "SELECT a.id, c.id FROM article a JOIN article c ON c.key = a.chain ORDER BY a.id", DB_NONE),
                     MARSAD_OK);
    while (db_next(rows, &err) == MARSAD_OK) {
        const view id = db_get_text(rows, 0), chain = db_get_text(rows, 1);
        all = arena_format(&f->memory, "%s%.*s<%.*s ", all, (int)id.len, id.ptr, (int)chain.len, chain.ptr);
    }
    db_end(rows);
    return all;
}

static void test_chains_do_not_depend_on_order(void **state)
{
    fixture *f = *state;
    news family[FAMILY];
    unsigned order[FAMILY];
    const char *expected = NULL;
    family_make(f, family);
    for (unsigned round = 0, seed = 7; round < (databases_are_wanted() ? 10 : 40); round++) {
        for (unsigned i = 0; i < FAMILY; i++)
            order[i] = i;
        for (unsigned i = FAMILY; i > 1; i--) {
            seed = seed * 1103515245 + 12345;
            const unsigned j = (seed >> 16) % i, other = order[i - 1];
            order[i - 1] = order[j];
            order[j] = other;
        }
        open_anew(f);
        batch_begin(f, NOW);
        for (unsigned i = 0; i < FAMILY; i++) {
            add(f, &family[order[i]], true);
            if (i == (seed >> 8) % FAMILY) { /* what comes later finds it stored */
                batch_commit(f);
                batch_begin(f, NOW);
            }
        }
        batch_commit(f);
        const char *chains = chains_of(f);
        if (expected == NULL)
            expected = chains;
        else
            assert_string_equal(chains, expected);
    }
    assert_int_equal(ask_int(f, "SELECT count(DISTINCT chain) FROM article WHERE published < 17000 AND title <> 'd'"), 1);
    assert_int_equal(ask_int(f, "SELECT count(*) FROM article WHERE chain = key AND title IN ('c', 'd')"), 2);
}

/* --- the log --------------------------------------------------------------------------------------------------------------------------- */

static void test_log_is_a_chain(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 5; i++) {
        char title[8];
        snprintf(title, sizeof title, "%d", i);
        const news n = news_of(&f->memory, title, long_text, 16926);
        batch_begin(f, i == 3 ? NOW - 100 : NOW + i); /* the clock goes back once */
        add(f, &n, true);
        batch_commit(f);
    }
    db_rows *rows;
    marsad_error err = {0};
    unsigned char before[LOG_HASH_BYTES] = {0};
    int64_t lines = 0, articles = 0, clocks = 0, newest = 0;
    assert_int_equal(db_ask(f->store.db, &rows, &err, "SELECT line, time, what, subject, detail, hash FROM log ORDER BY line", DB_NONE), MARSAD_OK);
    while (db_next(rows, &err) == MARSAD_OK) {
        const log_line line = {.line = db_get_int(rows, 0),
                               .time = db_get_int(rows, 1),
                               .what = db_get_text(rows, 2),
                               .subject = db_get_text(rows, 3),
                               .detail = db_get_text(rows, 4)};
        unsigned char hash[LOG_HASH_BYTES];
        log_hash(hash, before, &line);
        assert_int_equal(line.line, ++lines);
        assert_true(line.time >= newest);
        assert_memory_equal(hash, db_get_blob(rows, 5).ptr, LOG_HASH_BYTES);
        newest = line.time;
        clocks += view_equal(line.what, view_of("clock"));
        articles += view_equal(line.what, view_of("article"));
        memcpy(before, hash, sizeof before);
    }
    db_end(rows);
    assert_int_equal(articles, 5);
    assert_int_equal(clocks, 1);
}

/* --- refused memory: the article is stored whole, or the failure is told and nothing of it is there ------------------------------------------ */

static void test_refused_memory(void **state)
{
    fixture *f = *state;
    const news n = news_of(&f->memory, "عنوان", long_text, 16926);
    bool was_refused = true, is_stored = false;
    for (size_t at = 1; was_refused; at++) {
        marsad_error err = {0};
        bool is_new = false;
        if (is_stored)
            open_anew(f);
        else
            open_again(f);
        refuse_alloc_at(at);
        marsad_status status = store_begin(&f->store, NOW, DB_LOCK_ALL, &err);
        if (status == MARSAD_OK)
            status = store_begin_batch(&f->store, "test", &err);
        if (status == MARSAD_OK)
            status = store_add_article(&f->store, &n.article, n.records, n.count, &is_new, &err);
        if (status == MARSAD_OK)
            status = store_commit(&f->store, &err);
        if (status != MARSAD_OK)
            store_rollback(&f->store);
        was_refused = refuse_alloc_stop();
        is_stored = status == MARSAD_OK;
        assert_int_equal(ask_int(f, "SELECT count(*) FROM article"), is_stored);
        assert_int_equal(ask_int(f, "SELECT count(*) FROM record"), status == MARSAD_OK ? 2 : 0);
        assert_true(status == MARSAD_OK || err.message[0] != 0);
    }
}

static void test_refused_memory_of_bodies(void **state)
{
    fixture *f = *state;
    bool was_refused = true;
    for (size_t at = 1; was_refused; at++) {
        arena memory = {0};
        statement s;
        marsad_error err = {0};
        refuse_alloc_at(at);
        const marsad_status status = body_read(&s, view_of(body_of_airstrike), &memory, &err);
        was_refused = refuse_alloc_stop();
        assert_true(status == MARSAD_OK || err.message[0] != 0);
        if (!was_refused)
            assert_int_equal(status, MARSAD_OK);
        arena_free(&memory);
    }
    (void)f;
}

static void test_bodies_that_are_none(void **state)
{
    fixture *f = *state;
    static const char *const bodies[] = {"", "{", "[]", "{}", "{\"kind\":\"nothing\"}", "{\"kind\":\"airstrike\",\"modality\":\"sure\"}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        statement s;
        marsad_error err = {0};
        if (body_read(&s, view_of(bodies[i]), &f->memory, &err) != MARSAD_ERR_FORMAT)
            fail_msg("'%s' is taken for a body", bodies[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_article_comes_out, begin, end),
        cmocka_unit_test_setup_teardown(test_statements_are_found_each_way, begin, end),
        cmocka_unit_test_setup_teardown(test_second_time_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(test_what_is_rolled_back_never_was, begin, end),
        cmocka_unit_test_setup_teardown(test_ids_are_stable, begin, end),
        cmocka_unit_test_setup_teardown(test_chains_do_not_depend_on_order, begin, end),
        cmocka_unit_test_setup_teardown(test_log_is_a_chain, begin, end),
        cmocka_unit_test_setup_teardown(test_refused_memory, begin, end),
        cmocka_unit_test_setup_teardown(test_refused_memory_of_bodies, begin, end),
        cmocka_unit_test_setup_teardown(test_bodies_that_are_none, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, databases_end);
}
