/* Streams into items, items into articles: sizes, encodings, JSON, what is mended and what is refused. */
#include "unit.h"

#include <jansson.h> /* before base.h, see there */
#include <stdlib.h>

#include "feed/feed.h"
#include "rows.h"
#include "stream.h"

static copy read_text(view bytes)
{
    return read_one(bytes, MARSAD_INPUT_TEXT, "news/2016-05-10.txt", NULL);
}

static copy read_json(const char *line)
{
    return read_one(view_of(line), MARSAD_INPUT_JSONL, "news.jsonl", NULL);
}

/* --- streams ---------------------------------------------------------------------------------------------------------- */

static void test_a_text_is_one_article(void **state)
{
    (void)state;
    copy c = read_text(view_of("سطر\nسطر\n"));
    assert_int_equal(c.status, MARSAD_OK);
    assert_string_equal(c.text, "سطر\nسطر\n");
    assert_string_equal(c.id, "2016-05-10");
    assert_string_equal(c.title, "");
    assert_string_equal(c.note, "");
    assert_false(date_is_given(c.published));
}

static void test_lines_are_articles_however_they_come_in(void **state)
{
    (void)state;
    const char *lines = "{\"text\":\"one\"}\n\n  \r\n{\"text\":\"two\"}\r\n{\"text\":\"three\"}";
    const char *const texts[] = {"one", "two", "three"};
    const size_t numbers[] = {1, 4, 5};
    for (size_t step = 1; step < 70; step++) {
        bytes_in s = {.text = view_of(lines), .step = step};
        marsad_feed *feed = feed_of(&s, MARSAD_INPUT_JSONL, "a/b.jsonl", NULL);
        marsad_item *item = NULL;
        for (int i = 0; i < 3; i++) {
            char id[16];
            assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
            copy c = parse(item);
            snprintf(id, sizeof id, "b:%zu", numbers[i]);
            assert_string_equal(c.text, texts[i]);
            assert_string_equal(c.id, id);
            assert_true(marsad_item_line(item) == numbers[i]);
        }
        assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_END);
        assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_END);
        marsad_error err;
        marsad_article article;
        assert_int_equal(marsad_item_parse(item, &article, NULL, &err), MARSAD_ERR_FORMAT);
        marsad_item_free(item);
        marsad_feed_free(feed);
    }
}

static void test_an_item_outlives_its_feed(void **state)
{
    (void)state;
    bytes_in s = {.text = view_of("نص")};
    marsad_article fallback = {.id = view_of("x1"), .source = view_of("المرصد"), .title = view_of("ع"), .published = {2016, 5, 10}};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_TEXT, "a.txt", &fallback);
    marsad_item *item = NULL;
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    marsad_feed_free(feed);
    for (int twice = 0; twice < 2; twice++) {
        copy c = parse(item);
        assert_string_equal(c.id, "x1");
        assert_string_equal(c.source, "المرصد");
        assert_string_equal(c.title, "ع");
        assert_string_equal(c.text, "نص");
        assert_true(c.published.year == 2016 && c.published.month == 5 && c.published.day == 10);
    }
    marsad_item_free(item);
}

static void test_ids_from_names(void **state)
{
    (void)state;
    const char *const names[][2] = {
        {"a.txt", "a"}, {"/news/2016.05.10.txt", "2016.05.10"}, {"-", "-"}, {"dir.d/plain", "plain"}, {".hidden", ".hidden"}, {"x/.txt", ".txt"},
        {"", ""}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(read_one(view_of("نص"), MARSAD_INPUT_TEXT, names[i][0], NULL).id, names[i][1]);
    assert_string_equal(read_one(view_of("نص"), MARSAD_INPUT_TEXT, NULL, NULL).id, "");
}

static void test_a_stream_that_breaks(void **state)
{
    (void)state;
    for (int input = MARSAD_INPUT_TEXT; input <= MARSAD_INPUT_JSONL; input++) {
        bytes_in s = {.text = view_of("{\"text\":"), .breaks = true};
        marsad_feed *feed = feed_of(&s, (marsad_input)input, "news", NULL);
        marsad_item *item = NULL;
        marsad_error err;
        assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_ERR_SYSTEM);
        assert_non_null(strstr(err.message, "cannot read 'news'"));
        assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_END);
        marsad_item_free(item);
        marsad_feed_free(feed);
    }
}

static void test_an_empty_text_is_told_and_an_empty_list_is_not(void **state)
{
    (void)state;
    assert_int_equal(read_text(view_of("")).status, MARSAD_ERR_FORMAT);
    copy c = read_text(view_of(" \n\t"));
    assert_int_equal(c.status, MARSAD_ERR_FORMAT);
    assert_string_equal(c.err.message, "no text at line 1 of 'news/2016-05-10.txt'");

    bytes_in s = {.text = view_of("\n\n")};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_JSONL, "empty", NULL);
    marsad_item *item = NULL;
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_END);
    marsad_item_free(item);
    marsad_feed_free(feed);
}

static void test_wrong_arguments(void **state)
{
    (void)state;
    marsad_feed *feed;
    assert_int_equal(marsad_feed_new(&feed, MARSAD_INPUT_TEXT, "x", NULL, NULL, NULL, NULL), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_feed_new(&feed, (marsad_input)7, "x", NULL, bytes_read, NULL, NULL), MARSAD_ERR_ARGUMENT);
    assert_null(feed);
    marsad_feed_free(NULL);
    marsad_item_free(NULL);
}

/* --- the size limit --------------------------------------------------------------------------------------------------- */

static void test_a_text_over_the_limit_is_refused(void **state)
{
    (void)state;
    char *mega = malloc(1024 * 1024);
    memset(mega, 'x', 1024 * 1024);
    for (size_t over = 0; over < 2; over++) {
        bytes_in s = {.text = {mega, 1024 * 1024}, .repeat = 63 + over};
        marsad_feed *feed = feed_of(&s, MARSAD_INPUT_TEXT, "long", NULL);
        marsad_item *item = NULL;
        assert_int_equal(marsad_feed_next(feed, &item, NULL), over == 0 ? MARSAD_OK : MARSAD_ERR_FORMAT);
        if (over == 0)
            assert_true(parse(item).text_len == ITEM_MAX_BYTES);
        assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_END);
        marsad_item_free(item);
        marsad_feed_free(feed);
    }
    free(mega);
}

static void test_behind_a_line_over_the_limit_the_next_is_read(void **state)
{
    (void)state;
    const view next = view_of("\n{\"text\":\"next\"}\n");
    const size_t over = ITEM_MAX_BYTES + (size_t)1;
    char *text = malloc(over + next.len);
    memset(text, 'x', over);
    memcpy(text + over, next.ptr, next.len);
    bytes_in s = {.text = {text, over + next.len}};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_JSONL, "long", NULL);
    marsad_item *item = NULL;
    marsad_error err;
    assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_ERR_FORMAT);
    assert_string_equal(err.message, "article at line 1 of 'long' is over the limit of 64 MiB");
    assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_OK);
    assert_string_equal(parse(item).text, "next");
    assert_true(marsad_item_line(item) == 2);
    marsad_item_free(item);
    marsad_feed_free(feed);
    free(text);
}

/* --- encodings -------------------------------------------------------------------------------------------------------- */

static void test_utf8_is_kept_and_its_mark_skipped(void **state)
{
    (void)state;
    copy c = read_text(view_of("\xEF\xBB\xBFنص"));
    assert_string_equal(c.text, "نص");
    assert_string_equal(c.note, "");
    assert_string_equal(read_text(view_of("نص\xEF\xBB\xBF")).text, "نص\xEF\xBB\xBF");
}

static void test_utf16(void **state)
{
    (void)state;
    copy c = read_text(LITERAL("\xFF\xFE\x46\x06\x35\x06 \0\x3D\xD8\x00\xDE"));
    assert_string_equal(c.text, "نص 😀");
    assert_string_equal(c.note, "converted from UTF-16 (little-endian)");
    c = read_text(LITERAL("\xFE\xFF\x06\x46\x06\x35\0 \xD8\x3D\xDE\x00"));
    assert_string_equal(c.text, "نص 😀");
    assert_string_equal(c.note, "converted from UTF-16 (big-endian)");
    assert_string_equal(read_text(LITERAL("\x46\x06\x35\x06 \0")).text, "نص ");
    assert_string_equal(read_text(LITERAL("\x06\x46\x06\x35\0 ")).text, "نص ");
    assert_string_equal(read_text(LITERAL("\xFF\xFE\x46\x06\0\0\x35\x06")).text, "ن ص");
    assert_string_equal(read_text(LITERAL("\xFF\xFE\x46\x06\x3D\xD8\x35\x06\x35")).text, "ن\uFFFDص\uFFFD");
    assert_int_equal(read_text(LITERAL("\xFF\xFE")).status, MARSAD_ERR_FORMAT); /* no text */
}

static void test_windows_1256(void **state)
{
    (void)state;
    copy c = read_text(view_of("\xDE\xD5\xDD \xC7\xE1\xD8\xED\xD1\xC7\xE4 (TOW) \xCD\xE1\xC8\xA1 \x93\xE4\xDA\xE3\x94"));
    assert_string_equal(c.text, "قصف الطيران (TOW) حلب، “نعم”");
    assert_string_equal(c.note, "converted from windows-1256");
    c = read_text(view_of("\xDE\xF5\xCA\xF6\xE1\xF3")); /* with vowels */
    assert_string_equal(c.text, "قُتِلَ");
    c = read_one(view_of("{\"text\":\"\xDE\xD5\xDD \xCD\xE1\xC8\"}"), MARSAD_INPUT_JSONL, "x", NULL);
    assert_string_equal(c.text, "قصف حلب");
}

static void test_other_bytes_are_read_as_blanks(void **state)
{
    (void)state;
    copy c = read_text(view_of("قصف \xFFحلب\xD8"));
    assert_string_equal(c.text, "قصف  حلب ");
    assert_string_equal(c.note, "not UTF-8 at byte 7: read as a blank (2 such bytes)");
    c = read_text(LITERAL("قصف\0حلب"));
    assert_string_equal(c.text, "قصف حلب");
    assert_string_equal(c.note, "not UTF-8 at byte 6: read as a blank (1 such bytes)");
    assert_string_equal(read_text(view_of("Stra\xDF"
                                          "e M\xE4rz f\xF6r \xE4\xF6"))
                            .text,
                        "Stra e M rz f r   "); /* German is not Arabic */
    assert_string_equal(read_text(view_of("\xE9t\xE9 \xE0 l'\xE9t\xE9")).text, " t    l' t ");
}

/* --- JSON ------------------------------------------------------------------------------------------------------------- */

static bool check_json(const char *place, char *const *column)
{
    copy c = read_one(view_of(column[1]), MARSAD_INPUT_JSONL, "f.jsonl", NULL);
    char got[8192];
    if (c.status == MARSAD_OK)
        snprintf(got, sizeof got, "%s|%s|%04d-%02d-%02d|%s|%s%s%s", c.id, c.source, c.published.year, c.published.month, c.published.day, c.title,
                 c.text, c.note[0] == '\0' ? "" : "|", c.note);
    else
        snprintf(got, sizeof got, "! %s", c.err.message);
    if (strncmp(got, column[2], strlen(column[2])) == 0 && (column[2][0] == '!' || strcmp(got, column[2]) == 0))
        return true;
    printf("%s: %s\n  want %s\n  got  %s\n", place, column[0], column[2], got);
    return false;
}

static void test_jsonl_rows(void **state)
{
    (void)state;
    assert_int_equal(rows_run("jsonl.tsv", 3, check_json), 0);
}

static void test_bad_json_tells_its_place(void **state)
{
    (void)state;
    copy c = read_json("{\"text\":\"a\" \"b\"}");
    assert_int_equal(c.status, MARSAD_ERR_FORMAT);
    assert_true(c.err.offset != MARSAD_NOWHERE && c.err.offset > 10 && c.err.offset < 17);
}

static void test_a_line_without_a_field_takes_the_stream_s(void **state)
{
    (void)state;
    marsad_article fallback = {.id = view_of("x1"), .source = view_of("المرصد"), .title = view_of("ع"), .published = {2016, 5, 10}};
    copy c = read_one(view_of("{\"text\":\"نص\"}"), MARSAD_INPUT_JSONL, "f", &fallback);
    assert_string_equal(c.id, "x1");
    assert_string_equal(c.source, "المرصد");
    assert_string_equal(c.title, "ع");
    assert_int_equal(c.published.year, 2016);
    c = read_one(view_of("{\"text\":\"نص\",\"id\":\"y\",\"source\":\"s\",\"title\":\"t\",\"published\":\"2015-01-02\"}"), MARSAD_INPUT_JSONL, "f",
                 &fallback);
    assert_string_equal(c.id, "y");
    assert_string_equal(c.source, "s");
    assert_string_equal(c.title, "t");
    assert_int_equal(c.published.year, 2015);
}

static void test_a_line_tells_its_address(void **state)
{
    (void)state;
    copy c = read_json("{\"url\":\"https://news.example/1\",\"text\":\"نص\"}");
    assert_string_equal(c.url, "https://news.example/1");
    assert_string_equal(c.id, c.url);
    assert_string_equal(c.source, "");                           /* a host is no source that a line names */
    c = read_json("{\"id\":\"a\",\"url\":[1],\"text\":\"نص\"}"); /* any other key could be anything */
    assert_int_equal(c.status, MARSAD_OK);
    assert_string_equal(c.url, "");
    assert_string_equal(c.id, "a");
}

static void test_the_bytes_of_an_item(void **state)
{
    (void)state;
    bytes_in s = {.text = view_of("{\"text\":\"one\"}\r\n"), .step = 2};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_JSONL, "a", NULL);
    marsad_item *item = NULL;
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    assert_true(view_equal(marsad_item_bytes(item), view_of("{\"text\":\"one\"}\r")));
    marsad_item_free(item);
    marsad_feed_free(feed);
}

static void test_deep_json_is_refused(void **state)
{
    (void)state;
    char *deep = malloc(200002);
    memset(deep, '[', 200001);
    deep[200001] = '\0';
    assert_int_equal(read_json(deep).status, MARSAD_ERR_FORMAT);
    free(deep);
}

/* --- fingerprints and dates ------------------------------------------------------------------------------------------- */

static void test_sha256_is_of_the_bytes_as_they_arrived(void **state)
{
    (void)state;
    const char *abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; /* FIPS 180-2 */
    assert_string_equal(read_text(view_of("abc")).sha256, abc);
    assert_string_equal(read_json("{\"id\":\"7\",\"text\":\"a\\u0062c\"}").sha256, abc);
    assert_string_not_equal(read_text(view_of("\xEF\xBB\xBF"
                                              "abc"))
                                .sha256,
                            abc);
    char none[65];
    sha256_hex(none, view_of(""));
    assert_string_equal(none, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static bool check_date(const char *place, char *const *column)
{
    marsad_date date = {-1, 1, 1};
    marsad_error err;
    marsad_status status = marsad_date_parse(&date, view_of(column[0]), &err);
    bool is_date = strcmp(column[1], "yes") == 0;
    char got[32];
    snprintf(got, sizeof got, "%04d-%02d-%02d", date.year, date.month, date.day);
    if (is_date ? status == MARSAD_OK && strcmp(got, column[0]) == 0 : status == MARSAD_ERR_FORMAT && date.year == -1)
        return true;
    printf("%s: '%s'\n", place, column[0]);
    return false;
}

static void test_days_of_metadata(void **state)
{
    (void)state;
    const char *const days[] = {"2016-05-10", " 2016-05-10T23:59:59.9+03:00",   "2016/05/10 10:00", "Tue, 10 May 2016 08:00:00 GMT",
                                "10 may 16",  "Tuesday, 10-May-16 08:00:00 GMT"};
    const char *const none[] = {"",       "2016-13-10",   "2016-02-30", "2016-05-100", "20160510", "10 Mai 2016", "Tue, 31 Feb 2016",
                                "10 May", "May 10, 2016", "1 Jan 99999"};
    marsad_date date;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (!date_of_metadata(&date, view_of(days[i])) || date.year != 2016 || date.month != 5 || date.day != 10)
            fail_msg("'%s' is the 10th of May 2016", days[i]);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (date_of_metadata(&date, view_of(none[i])))
            fail_msg("'%s' is no day: %d-%d-%d", none[i], date.year, date.month, date.day);
}

static void test_date_rows(void **state)
{
    (void)state;
    assert_int_equal(rows_run("dates.tsv", 2, check_date), 0);
}

/* --- memory refused --------------------------------------------------------------------------------------------------- */

static void test_memory_is_refused(void **state)
{
    (void)state;
    json_set_alloc_funcs(malloc, free); /* else its own allocations are out of reach */
    refuse_each(view_of("نص"), MARSAD_INPUT_TEXT);
    refuse_each(view_of("نص\xFF"), MARSAD_INPUT_TEXT);
    refuse_each(view_of("\xDE\xD5\xDD \xCD\xE1\xC8"), MARSAD_INPUT_TEXT);
    refuse_each(view_of("{\"id\":\"a\\u0000b\",\"x\":[1,2.5,{\"y\":null}],\"text\":\"نص\"}\n{\"text\":\"\\u0000نص\"}\n"), MARSAD_INPUT_JSONL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_is_one_article),
        cmocka_unit_test(test_lines_are_articles_however_they_come_in),
        cmocka_unit_test(test_an_item_outlives_its_feed),
        cmocka_unit_test(test_ids_from_names),
        cmocka_unit_test(test_a_stream_that_breaks),
        cmocka_unit_test(test_an_empty_text_is_told_and_an_empty_list_is_not),
        cmocka_unit_test(test_wrong_arguments),
        cmocka_unit_test(test_a_text_over_the_limit_is_refused),
        cmocka_unit_test(test_behind_a_line_over_the_limit_the_next_is_read),
        cmocka_unit_test(test_utf8_is_kept_and_its_mark_skipped),
        cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_windows_1256),
        cmocka_unit_test(test_other_bytes_are_read_as_blanks),
        cmocka_unit_test(test_jsonl_rows),
        cmocka_unit_test(test_bad_json_tells_its_place),
        cmocka_unit_test(test_a_line_without_a_field_takes_the_stream_s),
        cmocka_unit_test(test_a_line_tells_its_address),
        cmocka_unit_test(test_the_bytes_of_an_item),
        cmocka_unit_test(test_deep_json_is_refused),
        cmocka_unit_test(test_sha256_is_of_the_bytes_as_they_arrived),
        cmocka_unit_test(test_days_of_metadata),
        cmocka_unit_test(test_date_rows),
        cmocka_unit_test(test_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
