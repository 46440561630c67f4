/* Feeds: RSS 2.0, RSS 1.0 and Atom; what an item tells; feeds that are damaged, and such as are made to do damage. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "stream.h"

enum { MOST = 8 };

static size_t read_file(copy out[MOST], const char *name)
{
    view bytes = file_bytes(name);
    size_t count = read_some(out, MOST, bytes, 0, MARSAD_INPUT_RSS);
    free((char *)(uintptr_t)bytes.ptr);
    return count;
}

static bool is_day(const copy *c, int year, int month, int day)
{
    return c->published.year == year && c->published.month == month && c->published.day == day;
}

static void test_rss(void **state)
{
    (void)state;
    copy c[MOST];
    assert_int_equal(read_file(c, "fuzz/seeds/rss/rss.xml"), 4);
    assert_string_equal(c[0].text, "قصفت طائرات حربية البلدة أمس.\nوقتل خمسة مدنيين.\n");
    assert_string_equal(c[0].title, "قصف على \"البلدة\"");
    assert_string_equal(c[0].source, "صحيفة المثال");
    assert_string_equal(c[0].url, "https://news.example/reports/1");
    assert_string_equal(c[0].id, c[0].url);
    assert_true(is_day(&c[0], 2016, 5, 10));

    assert_string_equal(c[1].text, "اعتقلت الشرطة ثلاثة أشخاص في العاصمة صباح الأربعاء.\n");
    assert_string_equal(c[1].id, "https://news.example/reports/2");
    assert_true(is_day(&c[1], 2016, 5, 11));

    assert_int_equal(c[2].status, MARSAD_ERR_FORMAT);
    assert_string_equal(c[2].err.message, "no text at line 23 of 'news'");

    assert_string_equal(c[3].id, "tag-4");
    assert_string_equal(c[3].url, "");
    assert_string_equal(c[3].note, "the day of publication is none that is known: 'البارحة': read without it");
    assert_true(is_day(&c[3], 0, 0, 0));
}

static void test_atom(void **state)
{
    (void)state;
    copy c[MOST];
    assert_int_equal(read_file(c, "fuzz/seeds/rss/atom.xml"), 2);
    assert_string_equal(c[0].text, "دخلت قافلة مساعدات المدينة.\nوفيها غذاء & دواء.\n");
    assert_string_equal(c[0].title, "العدد < عشرة");
    assert_string_equal(c[0].source, "وكالة المثال");
    assert_string_equal(c[0].url, "https://agency.example/1");
    assert_true(is_day(&c[0], 2016, 5, 10));
    assert_string_equal(c[1].text, "قال مصدر إن العدد أقل من <عشرة> قتلى.\n");
    assert_string_equal(c[1].title, "عنوان ثان");
    assert_string_equal(c[1].id, "urn:example:2");
    assert_true(is_day(&c[1], 2016, 5, 11)); /* there is only the day of its last change */
}

static void test_rss_1_in_windows_1256(void **state)
{
    (void)state;
    copy c[MOST];
    assert_int_equal(read_file(c, "fuzz/seeds/rss/rdf.xml"), 1);
    assert_string_equal(c[0].text, "انسحبت القوات من القرية.\n");
    assert_string_equal(c[0].source, "الموقع القديم");
    assert_string_equal(c[0].note, "converted from windows-1256");
    assert_true(is_day(&c[0], 2016, 5, 10));
}

#define RSS(inside) "<rss><channel>" inside "</channel></rss>"
#define ITEM(text) "<item><description>" text "</description></item>"

static void test_the_bytes_of_an_item_are_its_element(void **state)
{
    (void)state;
    bytes_in s = {.text = view_of(RSS("\n" ITEM("واحد") "<item rdf='x'\n><description><![CDATA[</item>اثنان]]></description></item >")), .step = 3};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_RSS, "dir/feed.xml", NULL);
    marsad_item *item = NULL;
    char sha256[65];
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    assert_true(view_equal(marsad_item_bytes(item), view_of(ITEM("واحد"))));
    assert_true(marsad_item_line(item) == 2);
    copy c = parse(item);
    sha256_hex(sha256, view_of("واحد"));
    assert_string_equal(c.sha256, sha256);
    assert_string_equal(c.id, "feed:2");
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    marsad_feed_free(feed); /* an item outlives its feed */
    assert_true(view_equal(marsad_item_bytes(item), view_of("<item rdf='x'\n><description><![CDATA[</item>اثنان]]></description></item >")));
    for (int twice = 0; twice < 2; twice++)
        assert_string_equal(parse(item).text, "اثنان\n");
    marsad_item_free(item);
}

/* A document; the texts of its articles and what is wrong with it, each before a '|'. */
static const struct {
    const char *xml, *want;
} rows[] = {
    {RSS(ITEM("نص")), "نص\n|"},
    {" \n\t<?xml version='1.0'?>" RSS(ITEM("نص")), "نص\n|"},
    {"\xEF\xBB\xBF" RSS(ITEM("نص")), "نص\n|"},
    {RSS(""), ""},
    {RSS(ITEM("&#x646;ص &amp;lt;ب&amp;gt;")), "نص <ب>\n|"},
    {RSS(ITEM("واحد") ITEM("اثنان") "<item><description>ثلاثة"), "واحد\n|اثنان\n|!bad XML at line 1 of 'news': |"},
    {RSS(ITEM("واحد") "<item>&nosuch;</item>" ITEM("اثنان")), "واحد\n|!bad XML at line 1 of 'news': Entity 'nosuch' not defined|"},
    {RSS(ITEM("واحد")) "<more/>", "واحد\n|!bad XML at line 1 of 'news': Extra content at the end of the document|"},
    {"", "!cannot read feed 'news': it is empty|"},
    {"  ", "!cannot read feed 'news': it is empty|"},
    {"no xml", "!bad XML at line 1 of 'news': |"},
    {"<html><body><p>نص</p></body></html>", "!cannot read feed 'news': it is no feed: neither <rss> nor <rdf:RDF> nor <feed>|"},
    {"<!DOCTYPE rss SYSTEM 'http://127.0.0.1/rss.dtd'>" RSS(ITEM("نص")),
     "!cannot read feed 'news': it has a document type, which a feed does not need and entities hide in|"},
    {"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>" RSS(ITEM("&c;")),
     "!cannot read feed 'news': it has a document type, which a feed does not need and entities hide in|"},
    {"<!DOCTYPE x [<!ENTITY file SYSTEM 'file:///etc/hostname'>]>" RSS(ITEM("&file;")),
     "!cannot read feed 'news': it has a document type, which a feed does not need and entities hide in|"},
    {RSS("<item><description>نص</description><extra><description>ليس النص</description></extra></item>"), "نص\n|"},
    {RSS("<item><description/><title>عنوان</title></item>" ITEM("نص")), "!no text at line 1 of 'news'|نص\n|"},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t step = 0; step < 3; step++) {
            copy c[MOST];
            char got[8192] = "";
            size_t count = read_some(c, MOST, view_of(rows[i].xml), step * 5, MARSAD_INPUT_RSS);
            const char *want = rows[i].want;
            for (size_t k = 0; k < count; k++) {
                bool is_read = c[k].status == MARSAD_OK;
                snprintf(got, sizeof got, "%s%s", is_read ? "" : "!", is_read ? c[k].text : c[k].err.message);
                size_t len = strcspn(want, "|");
                if (strncmp(got, want, len) != 0 || (is_read && got[len] != '\0'))
                    fail_msg("row %zu, article %zu: want %s\n  got %s", i, k, want, got);
                want += len + (want[len] == '|');
            }
            if (*want != '\0')
                fail_msg("row %zu: too few articles: %zu", i, count);
        }
}

static void test_a_fault_tells_its_place(void **state)
{
    (void)state;
    copy c[MOST];
    const char *const xml = RSS(ITEM("واحد") "<item></wrong>");
    assert_int_equal(read_some(c, MOST, view_of(xml), 0, MARSAD_INPUT_RSS), 2);
    size_t wrong = (size_t)(strstr(xml, "</wrong>") - xml);
    assert_true(c[1].err.offset >= wrong && c[1].err.offset <= wrong + strlen("</wrong>"));
    assert_int_equal(read_some(c, MOST, view_of("<rss><!-- -- --></rss>"), 0, MARSAD_INPUT_RSS), 1);
    /* a fault before the document type: its entities are not read either */
    assert_int_equal(read_some(c, MOST, view_of("<?xml version='1.0' ?x><!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"), 0, MARSAD_INPUT_RSS), 1);
    assert_non_null(strstr(c[0].err.message, "bad XML at line 1"));
}

static void test_hostile_feeds_end_soon(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *part, *end;
        size_t times;
    } feeds[] = {
        {"<rss", " a='1'", "></rss>", 100000},
        {"<rss>", "<a>", "", 100000},
        {"<rss><channel>", ITEM("&lt;div&gt;"), "", 30000},
        {"<rss>", "<item>", "", 200},
        {"<rss>", "<![CDATA[", "", 100000},
        {"<rss><item><description>", "&lt;div&gt;", "</description></item></rss>", 100000},
    };
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
        const size_t size = strlen(feeds[i].part);
        char *xml = malloc(strlen(feeds[i].begin) + size * feeds[i].times + strlen(feeds[i].end) + 1);
        char *at = stpcpy(xml, feeds[i].begin);
        for (size_t k = 0; k < feeds[i].times; k++, at += size)
            memcpy(at, feeds[i].part, size);
        stpcpy(at, feeds[i].end);
        copy c[MOST];
        clock_t began = clock();
        size_t count = read_some(c, MOST, view_of(xml), 0, MARSAD_INPUT_RSS);
        double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
        free(xml);
        if (count == 0 || c[0].status != MARSAD_ERR_FORMAT || seconds > 10)
            fail_msg("feed %zu: %zu items, %.1f s", i, count, seconds);
    }
}

static void test_a_feed_over_the_limit_is_refused(void **state)
{
    (void)state;
    char *mega = malloc(1024 * 1024);
    memset(mega, ' ', 1024 * 1024);
    bytes_in s = {.text = {mega, 1024 * 1024}, .repeat = 64};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_RSS, "long", NULL);
    marsad_item *item = NULL;
    marsad_error err;
    assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_ERR_FORMAT);
    assert_string_equal(err.message, "article at line 1 of 'long' is over the limit of 64 MiB");
    assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_END);
    marsad_item_free(item);
    marsad_feed_free(feed);
    free(mega);
}

static void test_memory_is_refused(void **state)
{
    (void)state;
    refuse_each(view_of(RSS(ITEM("نص") ITEM("نص &lt;p&gt; آخر"))), MARSAD_INPUT_RSS);
    view bytes = file_bytes("fuzz/seeds/rss/atom.xml");
    refuse_each(bytes, MARSAD_INPUT_RSS);
    free((char *)(uintptr_t)bytes.ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rss),
        cmocka_unit_test(test_atom),
        cmocka_unit_test(test_rss_1_in_windows_1256),
        cmocka_unit_test(test_the_bytes_of_an_item_are_its_element),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_a_fault_tells_its_place),
        cmocka_unit_test(test_hostile_feeds_end_soon),
        cmocka_unit_test(test_a_feed_over_the_limit_is_refused),
        cmocka_unit_test(test_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
