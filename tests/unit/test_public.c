/*
 * The public contract when memory is refused: every call is repeated with its 1st, 2nd, 3rd ... allocation refused until it no longer
 * asks for so many. Each time it must fail with a status and a message or succeed all the same, leak nothing, and leave what it was given usable.
 */
#include "unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "marsad.h"
#include "refuse_alloc.h"

static const char report[] = "قال المرصد السوري لحقوق الإنسان أمس الاثنين إن أكثر من 90 غارة جوية استهدفت محيط بلدة خان طومان جنوب غربي حلب.\n"
                             "وأضاف أن خمسة مدنيين على الأقل قتلوا في قصف لقوات الحكومة السورية على مستشفى، بينما نفت وزارة الدفاع الروسية ذلك.\n"
                             "وأعلن وزير الخارجية تمديد نظام التهدئة 48 ساعة اعتبارا من منتصف ليل الثلاثاء.\n";

static marsad_article report_article(void)
{
    marsad_article article = {.published = {.year = 2016, .month = 5, .day = 10}};
    article.id = (marsad_view){"report", strlen("report")};
    article.text = (marsad_view){report, strlen(report)};
    return article;
}

/* What the calls under test stand on; opened before any refusal. */
typedef struct {
    marsad_lexicon *lexicon;
    marsad_gazetteer *gazetteer;
    marsad_reader *reader; /* a new one for each refusal, so that no memory of the last reading helps */
    const marsad_reading *reading;
    size_t records; /* that the report has when nothing is refused */
} world;

static marsad_reader *new_reader(const world *w)
{
    const marsad_gazetteer *gazetteers[] = {w->gazetteer};
    marsad_reader *reader = NULL;
    assert_true(marsad_reader_new(&reader, w->lexicon, gazetteers, 1, NULL) == MARSAD_OK);
    return reader;
}

static void read_report(world *w)
{
    const marsad_article article = report_article();
    marsad_error err = {0};
    marsad_status status = marsad_read(w->reader, &article, &w->reading, &err);
    assert_string_equal(err.message, "");
    assert_true(status == MARSAD_OK);
}

static int world_open(void **state)
{
    static world w;
    json_set_alloc_funcs(malloc, free); /* else the JSON library's own allocations are out of reach */
    assert_true(marsad_lexicon_open(&w.lexicon, MARSAD_LEXICON_FILE, NULL) == MARSAD_OK);
    assert_true(marsad_gazetteer_open(&w.gazetteer, MARSAD_GAZETTEER_FILE, NULL) == MARSAD_OK);
    w.reader = new_reader(&w);
    read_report(&w);
    w.records = w.reading->record_count;
    assert_true(w.records > 0);
    *state = &w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    marsad_reader_free(w->reader);
    marsad_gazetteer_close(w->gazetteer);
    marsad_lexicon_close(w->lexicon);
    return 0;
}

/* A call under test; it frees what it was given, whatever happened. */
typedef marsad_status attempt(world *w, marsad_error *err);

static void refuse_each(world *w, attempt *call)
{
    const size_t enough = 200000;
    for (size_t n = 1; n < enough; n++) {
        marsad_reader_free(w->reader);
        w->reader = new_reader(w);
        read_report(w);

        marsad_error err = {0};
        refuse_alloc_at(n);
        marsad_status status = call(w, &err);
        bool was_refused = refuse_alloc_stop();

        if (status != MARSAD_OK) {
            assert_true(was_refused);
            assert_true(status == MARSAD_ERR_SYSTEM);
            assert_true(err.message[0] != '\0');
        }
        read_report(w);
        assert_int_equal(w->reading->record_count, w->records);
        if (!was_refused)
            return; /* it asks for less than n allocations: all were tried */
    }
    fail_msg("more than %zu allocations", enough);
}

static marsad_status try_lexicon_open(world *w, marsad_error *err)
{
    (void)w;
    marsad_lexicon *lexicon = NULL;
    marsad_status status = marsad_lexicon_open(&lexicon, MARSAD_LEXICON_FILE, err);
    assert_true((lexicon != NULL) == (status == MARSAD_OK));
    marsad_lexicon_close(lexicon);
    return status;
}

static marsad_status try_gazetteer_open(world *w, marsad_error *err)
{
    (void)w;
    marsad_gazetteer *gazetteer = NULL;
    marsad_status status = marsad_gazetteer_open(&gazetteer, MARSAD_GAZETTEER_FILE, err);
    assert_true((gazetteer != NULL) == (status == MARSAD_OK));
    marsad_gazetteer_close(gazetteer);
    return status;
}

static marsad_status try_gazetteer_compile(world *w, marsad_error *err)
{
    (void)w;
    static const char *const tables[] = {MARSAD_SOURCE_DIR "/tests/fuzz/seeds/gazetteer/own.tsv"};
    const char path[] = "test_public_gazetteer.bin";
    marsad_status status = marsad_gazetteer_compile(path, tables, 1, NULL, err);
    assert_true((access(path, F_OK) == 0) == (status == MARSAD_OK)); /* nothing half written is left */
    unlink(path);
    return status;
}

static marsad_status try_reader_new(world *w, marsad_error *err)
{
    const marsad_gazetteer *gazetteers[] = {w->gazetteer};
    marsad_reader *reader = NULL;
    marsad_status status = marsad_reader_new(&reader, w->lexicon, gazetteers, 1, err);
    assert_true((reader != NULL) == (status == MARSAD_OK));
    marsad_reader_free(reader);
    return status;
}

/* A reader's first reading, when it has no memory yet. */
static marsad_status try_first_read(world *w, marsad_error *err)
{
    const marsad_gazetteer *gazetteers[] = {w->gazetteer};
    const marsad_article article = report_article();
    const marsad_reading *reading = NULL;
    marsad_reader *reader = NULL;
    marsad_status status = marsad_reader_new(&reader, w->lexicon, gazetteers, 1, err);
    if (status == MARSAD_OK)
        status = marsad_read(reader, &article, &reading, err);
    if (status == MARSAD_OK)
        assert_int_equal(reading->record_count, w->records);
    marsad_reader_free(reader);
    return status;
}

/* A later reading, of more than the reader has read so far. */
static marsad_status try_longer_read(world *w, marsad_error *err)
{
    static char text[40 * sizeof report];
    marsad_article article = report_article();
    const marsad_reading *reading = NULL;
    for (size_t i = 0; i < 40; i++)
        memcpy(text + i * strlen(report), report, strlen(report));
    article.text = (marsad_view){text, 40 * strlen(report)};
    marsad_status status = marsad_read(w->reader, &article, &reading, err);
    if (status == MARSAD_OK)
        assert_true(reading->record_count >= w->records);
    return status;
}

static bool forget(void *context, const char *bytes, size_t size)
{
    (void)context, (void)bytes, (void)size;
    return true;
}

static marsad_status try_reading_json(world *w, marsad_error *err)
{
    marsad_status status = marsad_reading_json(w->reading, forget, NULL);
    if (status != MARSAD_OK)
        snprintf(err->message, sizeof err->message, "this call has no message");
    return status;
}

static marsad_status try_conllu(world *w, marsad_error *err)
{
    const marsad_article article = report_article();
    return marsad_conllu(w->reader, &article, forget, NULL, err);
}

/* --- the feed -------------------------------------------------------------------------------------------------------- */

static const char lines[] = "{\"id\":\"1\",\"source\":\"own\",\"published\":\"2016-05-10\",\"title\":\"عنوان\",\"text\":\"قصف الطيران حلب.\"}\n"
                            "{\"id\":\"2\",\"text\":\"اشتبكت القوات مع مسلحين.\"}\n";

typedef struct {
    const char *at;
    size_t left;
} bytes_left;

static size_t few_bytes(void *context, void *bytes, size_t size)
{
    bytes_left *b = context;
    size_t part = b->left < 7 ? b->left : 7;
    part = part < size ? part : size;
    memcpy(bytes, b->at, part);
    b->at += part;
    b->left -= part;
    return part;
}

/* Takes both articles; a refusal in the middle may not stop the feed from being freed. */
static marsad_status try_feed(world *w, marsad_error *err)
{
    bytes_left b = {lines, strlen(lines)};
    marsad_feed *feed = NULL;
    marsad_item *item = NULL;
    size_t articles = 0;
    (void)w;

    marsad_status status = marsad_feed_new(&feed, MARSAD_INPUT_JSONL, "lines", NULL, few_bytes, &b, err);
    while (status == MARSAD_OK) {
        marsad_article article;
        char note[240];
        status = marsad_feed_next(feed, &item, err);
        if (status == MARSAD_OK)
            status = marsad_item_parse(item, &article, note, err);
        articles += status == MARSAD_OK;
    }
    marsad_item_free(item);
    marsad_feed_free(feed);
    if (status == MARSAD_END) {
        assert_int_equal(articles, 2);
        status = MARSAD_OK;
    }
    return status;
}

/* --- the rows -------------------------------------------------------------------------------------------------------- */

#define REFUSED(call)                                                                                                                                \
    static void test_refused_##call(void **state)                                                                                                    \
    {                                                                                                                                                \
        refuse_each(*state, try_##call);                                                                                                             \
    }
REFUSED(lexicon_open)
REFUSED(gazetteer_open)
REFUSED(gazetteer_compile)
REFUSED(reader_new)
REFUSED(first_read)
REFUSED(longer_read)
REFUSED(reading_json)
REFUSED(conllu)
REFUSED(feed)

static bool refuse_write(void *context, const char *bytes, size_t size)
{
    (void)context, (void)bytes, (void)size;
    return false;
}

static void test_refused_write(void **state)
{
    world *w = *state;
    const marsad_article article = report_article();
    assert_true(marsad_reading_json(w->reading, refuse_write, NULL) == MARSAD_ERR_SYSTEM);
    assert_true(marsad_conllu(w->reader, &article, refuse_write, NULL, NULL) == MARSAD_ERR_SYSTEM);
    read_report(w);
}

static void test_text_that_is_not_utf8_is_refused_with_its_place(void **state)
{
    world *w = *state;
    marsad_article article = report_article();
    const marsad_reading *reading = NULL;
    marsad_error err = {0};
    article.text = (marsad_view){"abc\xff", 4};
    assert_true(marsad_read(w->reader, &article, &reading, &err) == MARSAD_ERR_ARGUMENT);
    assert_int_equal(err.offset, 3);
    assert_null(reading);
    read_report(w);
}

static void test_files_that_are_not_there(void **state)
{
    marsad_lexicon *lexicon = NULL;
    marsad_gazetteer *gazetteer = NULL;
    marsad_error err = {0};
    (void)state;
    assert_true(marsad_lexicon_open(&lexicon, "/nowhere/lexicon.bin", &err) == MARSAD_ERR_SYSTEM);
    assert_non_null(strstr(err.message, "/nowhere/lexicon.bin"));
    assert_true(marsad_gazetteer_open(&gazetteer, "/nowhere/gazetteer.bin", &err) == MARSAD_ERR_SYSTEM);
    assert_non_null(strstr(err.message, "/nowhere/gazetteer.bin"));
    assert_true(marsad_lexicon_open(&lexicon, MARSAD_GAZETTEER_FILE, &err) == MARSAD_ERR_FORMAT);
    assert_true(marsad_gazetteer_open(&gazetteer, MARSAD_LEXICON_FILE, &err) == MARSAD_ERR_FORMAT);
    assert_true(lexicon == NULL && gazetteer == NULL);
}

static void test_nothing_is_closed_harmlessly(void **state)
{
    (void)state;
    marsad_item_free(NULL);
    marsad_feed_free(NULL);
    marsad_reader_free(NULL);
    marsad_gazetteer_close(NULL);
    marsad_lexicon_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused_lexicon_open),
        cmocka_unit_test(test_refused_gazetteer_open),
        cmocka_unit_test(test_refused_gazetteer_compile),
        cmocka_unit_test(test_refused_reader_new),
        cmocka_unit_test(test_refused_first_read),
        cmocka_unit_test(test_refused_longer_read),
        cmocka_unit_test(test_refused_reading_json),
        cmocka_unit_test(test_refused_conllu),
        cmocka_unit_test(test_refused_feed),
        cmocka_unit_test(test_refused_write),
        cmocka_unit_test(test_text_that_is_not_utf8_is_refused_with_its_place),
        cmocka_unit_test(test_files_that_are_not_there),
        cmocka_unit_test(test_nothing_is_closed_harmlessly),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
