/* Parcels: what is packed and unpacked is read as if it had never been, and what packing does not make is refused. */
#include "unit.h"

#include <jansson.h> /* before base.h, see there */
#include <stdio.h>
#include <stdlib.h>

#include "refuse_alloc.h"
#include "stream.h"

/* --- there and back ------------------------------------------------------------------------------------------------------ */

static void same(view a, view b)
{
    assert_int_equal(a.len, b.len);
    if (a.len > 0)
        assert_memory_equal(a.ptr, b.ptr, a.len);
}

static void same_articles(const marsad_article *a, const marsad_article *b)
{
    same(a->id, b->id);
    same(a->source, b->source);
    same(a->title, b->title);
    same(a->text, b->text);
    same(a->url, b->url);
    assert_memory_equal(&a->published, &b->published, sizeof a->published);
    assert_string_equal(a->sha256, b->sha256);
}

/* Reads `item` and what comes out of its parcel, side by side. Returns whether it is an article. */
static bool compare(marsad_item *item, marsad_item **copy)
{
    marsad_parcel parcel;
    marsad_article before = {0}, after = {0};
    marsad_error err = {0}, err_before = {0}, err_after = {0};
    char note_before[240], note_after[240];
    if (marsad_item_pack(item, &parcel, &err) != MARSAD_OK || marsad_item_unpack(copy, &parcel, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    assert_int_equal(strlen(parcel.id), 18);
    assert_int_equal(marsad_item_line(item), marsad_item_line(*copy));
    same(marsad_item_bytes(item), marsad_item_bytes(*copy));

    const marsad_status status = marsad_item_parse(item, &before, note_before, &err_before);
    assert_int_equal(marsad_item_parse(*copy, &after, note_after, &err_after), status);
    assert_string_equal(note_before, note_after);
    if (status != MARSAD_OK) {
        assert_string_equal(err_before.message, err_after.message);
        assert_int_equal(err_before.offset, err_after.offset);
        return false;
    }
    same_articles(&before, &after);
    return true;
}

/* All items of a file; returns how many are articles. */
static size_t compare_all(const char *file, marsad_input input, const marsad_article *fallback)
{
    view bytes = file_bytes(file);
    bytes_in in = {.text = bytes};
    marsad_feed *feed = feed_of(&in, input, file, fallback);
    marsad_item *item = NULL, *copy = NULL;
    size_t articles = 0;
    for (marsad_status status = MARSAD_OK; status != MARSAD_END;) {
        status = marsad_feed_next(feed, &item, NULL);
        articles += status == MARSAD_OK && compare(item, &copy);
    }
    marsad_item_free(item);
    marsad_item_free(copy);
    marsad_feed_free(feed);
    free((void *)bytes.ptr);
    return articles;
}

static void test_every_input_is_read_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        marsad_input input;
        size_t articles;
    } files[] = {
        {"fuzz/seeds/text/airstrike.txt", MARSAD_INPUT_TEXT, 1},   {"fuzz/seeds/jsonl/windows-1256.txt", MARSAD_INPUT_TEXT, 1},
        {"fuzz/seeds/jsonl/utf-16.txt", MARSAD_INPUT_TEXT, 1},     {"fuzz/seeds/jsonl/two.jsonl", MARSAD_INPUT_JSONL, 2},
        {"fuzz/seeds/jsonl/no-date.jsonl", MARSAD_INPUT_JSONL, 1}, {"fuzz/seeds/html/page.html", MARSAD_INPUT_HTML, 1},
        {"fuzz/seeds/html/page-1256.html", MARSAD_INPUT_HTML, 1},  {"fuzz/seeds/rss/rss.xml", MARSAD_INPUT_RSS, 3},
        {"fuzz/seeds/rss/atom.xml", MARSAD_INPUT_RSS, 2},          {"fuzz/seeds/rss/rdf.xml", MARSAD_INPUT_RSS, 1},
        {"fuzz/seeds/warc/members.warc.gz", MARSAD_INPUT_WARC, 2}, {"fuzz/seeds/warc/four.warc", MARSAD_INPUT_WARC, 3},
        {"../samples/observatory.jsonl", MARSAD_INPUT_JSONL, 39},
    };
    const marsad_article fallback = {.id = view_of("رقم \"٧\""),
                                     .source = view_of("المرصد"),
                                     .title = view_of("a\\b\tc"),
                                     .url = view_of("https://x.example/"),
                                     .published = {2016, 5, 10}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(compare_all(files[i].file, files[i].input, NULL), files[i].articles);
        compare_all(files[i].file, files[i].input, &fallback);
    }
}

/* --- ids ----------------------------------------------------------------------------------------------------------------- */

/* The parcel of a stream that is one item; `*item` holds what it points at. */
static marsad_parcel pack_one(marsad_item **item, view bytes, marsad_input input, const char *name, const marsad_article *fallback)
{
    bytes_in in = {.text = bytes};
    marsad_parcel parcel;
    marsad_feed *feed = feed_of(&in, input, name, fallback);
    assert_int_equal(marsad_feed_next(feed, item, NULL), MARSAD_OK);
    assert_int_equal(marsad_item_pack(*item, &parcel, NULL), MARSAD_OK);
    marsad_feed_free(feed);
    return parcel;
}

static void pack_id(marsad_parcel_id out, const char *text, marsad_input input, const char *name, const marsad_article *fallback)
{
    marsad_item *item = NULL;
    const marsad_parcel parcel = pack_one(&item, view_of(text), input, name, fallback);
    memcpy(out, parcel.id, sizeof parcel.id);
    marsad_item_free(item);
}

static void test_an_id_is_of_the_content(void **state)
{
    (void)state;
    marsad_parcel_id a, b;
    const marsad_article one = {.source = view_of("ا")}, other = {.source = view_of("ب")};
    pack_id(a, "{\"text\":\"x\"}", MARSAD_INPUT_JSONL, "a.jsonl", &one);
    assert_string_equal(a, "Q-8e31d1a2112a5ec9"); /* the same on every machine: archives hold it */
    pack_id(b, "\n\n{\"text\":\"x\"}", MARSAD_INPUT_JSONL, "b.jsonl", &one);
    assert_string_equal(a, b);
    pack_id(b, "{\"text\":\"x\"}", MARSAD_INPUT_JSONL, "a.jsonl", &other);
    assert_string_not_equal(a, b);
    pack_id(b, "{\"text\":\"y\"}", MARSAD_INPUT_JSONL, "a.jsonl", &one);
    assert_string_not_equal(a, b);
    pack_id(b, "{\"text\":\"x\"}", MARSAD_INPUT_TEXT, "a.jsonl", &one);
    assert_string_not_equal(a, b);
}

/* --- what is refused ------------------------------------------------------------------------------------------------------- */

static marsad_status unpack_given(const char *given, marsad_item **item)
{
    marsad_parcel parcel = {.input = MARSAD_INPUT_TEXT, .place = "x", .line = 1, .given = view_of(given), .bytes = view_of("قصف")};
    marsad_error err = {0};
    parcel_id(parcel.id, &parcel);
    const marsad_status status = marsad_item_unpack(item, &parcel, &err);
    assert_true(status == MARSAD_OK || strstr(err.message, parcel.id) != NULL);
    return status;
}

static void test_only_what_packing_makes_is_unpacked(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "null",
                                      "[]",
                                      "{",
                                      "{} {}",
                                      "{\"url\":1}",
                                      "{\"url\":\"\"}",
                                      "{\"url\":null}",
                                      "{\"url\":\"a\",\"url\":\"b\"}",
                                      "{\"url\":\"a\\u0000\"}",
                                      "{\"url\":\"\xFF\"}",
                                      "{\"other\":\"a\"}",
                                      "{\"fallback\":\"a\"}",
                                      "{\"fallback\":{}}",
                                      "{\"fallback\":{\"content\":\"a\"}}",
                                      "{\"fallback\":{\"published\":\"2016-02-30\"}}",
                                      "{\"fallback\":{\"fallback\":{\"id\":\"a\"}}}"};
    marsad_item *item = NULL;
    assert_int_equal(unpack_given("{}", &item), MARSAD_OK);
    assert_int_equal(unpack_given("{\"url\":\"a\",\"fallback\":{\"published\":\"2016-02-29\"}}", &item), MARSAD_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(unpack_given(bad[i], &item), MARSAD_ERR_FORMAT);
    marsad_item_free(item);
}

static void test_what_was_changed_is_refused(void **state)
{
    (void)state;
    marsad_item *item = NULL, *copy = NULL;
    const marsad_parcel good = pack_one(&item, view_of("قصف"), MARSAD_INPUT_TEXT, "a.txt", NULL);
    marsad_parcel bad = good;
    assert_int_equal(marsad_item_unpack(&copy, &good, NULL), MARSAD_OK);
    bad.bytes.len--;
    assert_int_equal(marsad_item_unpack(&copy, &bad, NULL), MARSAD_ERR_FORMAT);
    bad = good;
    bad.input = MARSAD_INPUT_HTML;
    assert_int_equal(marsad_item_unpack(&copy, &bad, NULL), MARSAD_ERR_FORMAT);
    bad = good;
    bad.input = (marsad_input)99;
    assert_int_equal(marsad_item_unpack(&copy, &bad, NULL), MARSAD_ERR_FORMAT);
    bad = good;
    memset(bad.id, 'x', sizeof bad.id); /* without an end */
    assert_int_equal(marsad_item_unpack(&copy, &bad, NULL), MARSAD_ERR_FORMAT);
    marsad_item_free(item);
    marsad_item_free(copy);
}

static void test_what_is_no_text_is_not_packed(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        marsad_article fallback;
    } bad[] = {
        {"\xFF.txt", {.source = {"x", 1}}},
        {"a.txt", {.source = {"\xFF", 1}}},
        {"a.txt", {.source = {"a\0b", 3}}},
        {"a.txt", {.published = {2016, 2, 30}}},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bytes_in in = {.text = view_of("قصف")};
        marsad_feed *feed = feed_of(&in, MARSAD_INPUT_TEXT, bad[i].name, &bad[i].fallback);
        marsad_item *item = NULL;
        marsad_parcel parcel;
        assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
        assert_int_equal(marsad_item_pack(item, &parcel, NULL), MARSAD_ERR_ARGUMENT);
        marsad_item_free(item);
        marsad_feed_free(feed);
    }
}

static void test_memory_that_is_refused(void **state)
{
    (void)state;
    json_set_alloc_funcs(malloc, free);
    const marsad_article fallback = {.source = view_of("المرصد"), .published = {2016, 5, 10}};
    marsad_item *item = NULL;
    const marsad_parcel parcel = pack_one(&item, view_of("قصف"), MARSAD_INPUT_TEXT, "a.txt", &fallback);
    for (size_t n = 1;; n++) {
        marsad_item *copy = NULL;
        marsad_parcel again;
        refuse_alloc_at(n);
        marsad_status status = marsad_item_unpack(&copy, &parcel, NULL);
        if (status == MARSAD_OK)
            status = marsad_item_pack(copy, &again, NULL);
        const bool was_refused = refuse_alloc_stop();
        assert_true(status == MARSAD_OK || (was_refused && status == MARSAD_ERR_SYSTEM));
        if (status == MARSAD_OK)
            assert_string_equal(again.id, parcel.id);
        marsad_item_free(copy);
        if (!was_refused)
            break;
    }
    marsad_item_free(item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_input_is_read_the_same),        cmocka_unit_test(test_an_id_is_of_the_content),
        cmocka_unit_test(test_only_what_packing_makes_is_unpacked), cmocka_unit_test(test_what_was_changed_is_refused),
        cmocka_unit_test(test_what_is_no_text_is_not_packed),       cmocka_unit_test(test_memory_that_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
