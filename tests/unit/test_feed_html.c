/* Pages: which of their text is the article, what they say of themselves, in which writing, and what is refused. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "feed/page.h"
#include "stream.h"

static copy read_page(view bytes)
{
    return read_one(bytes, MARSAD_INPUT_HTML, "pages/a.html", NULL);
}

static copy read_file(const char *name)
{
    view bytes = file_bytes(name);
    copy c = read_page(bytes);
    free((char *)(uintptr_t)bytes.ptr);
    return c;
}

static const char report[] = "قال شهود إن معارك عنيفة دارت أمس الاثنين في محيط بلدة المثال بين قوات النظام وفصائل معارضة، "
                             "وأضافوا أن طائرات حربية شنت غارات على البلدة.\n"
                             "ولم يصدر تعليق رسمي.\n"
                             "حصيلة أولية\n"
                             "وقتل خمسة مدنيين وجرح عشرة آخرون، بحسب مصدر طبي في مستشفى ميداني قريب من البلدة.\n"
                             "وقال المصدر إن عدد القتلى مرشح للارتفاع لأن بعض الجرحى في حال خطرة.\n"
                             "ولم يتسن التحقق من ذلك من مصدر مستقل في المنطقة حتى الآن.\n";

static void assert_report(const copy *c)
{
    assert_int_equal(c->status, MARSAD_OK);
    assert_string_equal(c->text, report);
    assert_string_equal(c->title, "معارك في محيط بلدة \"المثال\"");
    assert_string_equal(c->source, "صحيفة المثال");
    assert_string_equal(c->url, "https://news.example/reports/17");
    assert_string_equal(c->id, c->url);
    assert_true(c->published.year == 2016 && c->published.month == 5 && c->published.day == 10);
}

static void test_the_article_is_told_from_what_stands_around_it(void **state)
{
    (void)state;
    copy c = read_file("fuzz/seeds/html/page.html");
    assert_report(&c);
    assert_string_equal(c.note, "");
}

static void test_windows_1256_as_declared(void **state)
{
    (void)state;
    copy c = read_file("fuzz/seeds/html/page-1256.html");
    assert_report(&c);
    assert_string_equal(c.note, "converted from windows-1256");
}

static void test_an_old_page_of_tables_and_line_breaks(void **state)
{
    (void)state;
    copy c = read_file("fuzz/seeds/html/old-table.html");
    assert_int_equal(c.status, MARSAD_OK);
    assert_string_equal(c.text, "شنت طائرات حربية خمس غارات على أطراف مدينة المثال صباح اليوم، بحسب ناشطين.\n"
                                "وقال أحد السكان إن الغارات أصابت مخزنا للحبوب وأدت إلى احتراقه بالكامل قبل وصول الإطفاء.\n"
                                "ولم ترد أنباء عن ضحايا.\n"
                                "وتقع المدينة على الطريق الرئيسي الذي يربط الشمال بالجنوب، وقد تبدلت السيطرة عليها مرات.\n");
    assert_string_equal(c.title, "وكالة المثال - خبر");
    assert_string_equal(c.id, "a");
    assert_string_equal(c.source, "");
}

static void test_a_page_without_an_article_is_refused(void **state)
{
    (void)state;
    const char *const reason = "no main text: no paragraph of 40 letters outside menus and links, at line 1 of 'pages/a.html'";
    copy c = read_file("fuzz/seeds/html/links-only.html");
    assert_int_equal(c.status, MARSAD_ERR_FORMAT);
    assert_string_equal(c.err.message, reason);
    const char *const empty[] = {"", " ", "<html></html>", "<p>نص قصير.</p>",
                                 "<script>var text = 'قصفت طائرات حربية مدينة حلب أمس وقتلت خمسة مدنيين';</script>"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        c = read_page(view_of(empty[i]));
        assert_int_equal(c.status, MARSAD_ERR_FORMAT);
        assert_string_equal(c.err.message, reason);
    }
}

#define PARAGRAPH "قصفت طائرات حربية مدينة حلب أمس وقتلت خمسة مدنيين، بحسب مصدر طبي."
#define OTHER "وأصيب عشرة آخرون بجروح، ونقلوا إلى مستشفى ميداني قريب من مكان الغارة."

/* A page, and its text; "!" where it has none. */
static const struct {
    const char *html, *text;
} rows[] = {
    {"<p>" PARAGRAPH "</p>", PARAGRAPH "\n"},
    {PARAGRAPH, PARAGRAPH "\n"},                              /* no markup at all */
    {"<p>" PARAGRAPH "<p>" OTHER, PARAGRAPH "\n" OTHER "\n"}, /* paragraphs that nobody closed */
    {"<div><div><p>" PARAGRAPH "</p></div><div><p>" OTHER "</p></div></div>", PARAGRAPH "\n" OTHER "\n"},
    {"<div class='sidebar'><p>" PARAGRAPH "</p></div>", PARAGRAPH "\n"}, /* all there is */
    {"<div class='postComments'><p>" OTHER OTHER OTHER "</p></div><div><p>" PARAGRAPH "</p></div>", PARAGRAPH "\n"},
    {"<div class='sidebar-left'><h1>عنوان</h1><p>" PARAGRAPH "</p></div><aside><p>" OTHER OTHER "</p></aside>", PARAGRAPH "\n"},
    /* each paragraph in boxes of its own; a class that stands around everything; a heading is no paragraph */
    {"<h1>" OTHER "</h1><div class='page sidebar-right'><div><div class=r><div><p>" PARAGRAPH "</p></div></div><div class=r><div><p>" OTHER
     "</p></div></div></div></div>",
     PARAGRAPH "\n" OTHER "\n"},
    {"<div class='post has-sidebar no-comments'><p>" PARAGRAPH "</p></div><div id=post_share><p>" OTHER OTHER "</p></div>", PARAGRAPH "\n"},
    /* one long paragraph against many short ones of other reports */
    {"<div><p>" PARAGRAPH PARAGRAPH PARAGRAPH "</p></div><ul><li><a href=x>" OTHER "</a><li><a href=y>" OTHER "</a></ul><div><p>" OTHER
     "</p><p>" OTHER "</p></div>",
     PARAGRAPH PARAGRAPH PARAGRAPH "\n"},
    {"<nav><p>" PARAGRAPH "</p></nav>", "!"},
    {"<p><a href=x>" PARAGRAPH "</a></p>", "!"},
    {"<a href=x><p>" PARAGRAPH "</p></a>", "!"},
    {"<div><p>" OTHER OTHER OTHER "</p></div><div itemprop=articleBody><p>" PARAGRAPH OTHER "</p></div>", PARAGRAPH OTHER "\n"},
    {"<p>" PARAGRAPH "</p><noscript><p>" OTHER "</p></noscript><template><p>" OTHER "</p></template>", PARAGRAPH "\n"},
    {"<p>&#1602;&#1589;&#1601;&#x62A; طائرات حربية مدينة حلب&nbsp;&nbsp;أمس &lt;وقتلت&gt; خمسة مدنيين، بحسب &amp; مصدر.</p>",
     "قصفت طائرات حربية مدينة حلب أمس <وقتلت> خمسة مدنيين، بحسب & مصدر.\n"},
    {"<p>&#0;&#xD800;&#x110000;&nosuch;" PARAGRAPH "</p>", "&nosuch;" PARAGRAPH "\n"},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        copy c = read_page(view_of(rows[i].html));
        if (strcmp(rows[i].text, "!") == 0)
            assert_int_equal(c.status, MARSAD_ERR_FORMAT);
        else if (c.status != MARSAD_OK || strcmp(c.text, rows[i].text) != 0)
            fail_msg("row %zu: want %s  got %s%s", i, rows[i].text, c.text, c.err.message);
    }
}

/* What stands in the head, and the day that it gives; 0 where it gives none. */
static const struct {
    const char *head;
    int year, month, day;
} days[] = {
    {"<meta name=pubdate content='2016-05-10'>", 2016, 5, 10},
    {"<meta name='DC.date.issued' content='2016/05/10 10:00'>", 2016, 5, 10},
    {"<time datetime='2016-05-10T01:00:00Z'>أمس</time>", 2016, 5, 10},
    {"<aside><time datetime='2015-01-01'></time></aside><time datetime='2016-05-10'></time>", 2016, 5, 10},
    {"<span itemprop=datePublished content='2016-05-10'>أمس</span><time datetime='2015-01-01'></time>", 2016, 5, 10},
    {"<script type='application/ld+json'>[{\"@type\":\"x\"},{\"datePublished\":\"2016-05-10\"}]</script>", 2016, 5, 10},
    {"<script type='application/ld+json'>{\"datePublished\":7}</script><meta name=date content='10 May 2016'>", 2016, 5, 10},
    {"<script type='application/ld+json'>{bad</script>", 0, 0, 0},
    {"<meta property='article:published_time' content='2016-05-10'><meta name=date content='2015-01-01'>", 2016, 5, 10},
    {"<meta property='article:modified_time' content='2016-05-10'>", 0, 0, 0},
    {"<meta property='article:published_time' content='البارحة'><meta name=date content='2016-05-10'>", 2016, 5, 10},
};

static void test_days_of_publication(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char html[1024];
        snprintf(html, sizeof html, "<html><body>%s<p>" PARAGRAPH "</p>", days[i].head);
        copy c = read_page(view_of(html));
        if (c.published.year != days[i].year || c.published.month != days[i].month || c.published.day != days[i].day)
            fail_msg("%s: %04d-%02d-%02d", days[i].head, c.published.year, c.published.month, c.published.day);
        assert_string_equal(c.note, "");
    }
    copy c = read_page(view_of("<meta name=date content='البارحة'><p>" PARAGRAPH "</p>"));
    assert_string_equal(c.note, "the day of publication is none that is known: 'البارحة': read without it");
}

static void test_addresses_and_sources(void **state)
{
    (void)state;
    marsad_article fallback = {.url = view_of("https://user@given.example:8080/x"), .source = view_of("")};
    copy c = read_one(view_of("<p>" PARAGRAPH "</p>"), MARSAD_INPUT_HTML, "a.html", &fallback);
    assert_string_equal(c.url, "https://user@given.example:8080/x");
    assert_string_equal(c.id, c.url);
    assert_string_equal(c.source, "given.example");
    fallback.source = view_of("المثال");
    c = read_one(view_of("<link rel=canonical href='/relative'><meta property=og:url content='http://page.example/1'><p>" PARAGRAPH "</p>"),
                 MARSAD_INPUT_HTML, "a.html", &fallback);
    assert_string_equal(c.url, "http://page.example/1");
    assert_string_equal(c.source, "المثال");
}

static void test_what_is_declared_is_believed_where_bytes_leave_it_open(void **state)
{
    (void)state;
    /* few Arabic letters among French ones: not to be told by their bytes */
    copy c = read_page(view_of("<meta charset=windows-1256><p>\xC8 \xE9t\xE9 et encore un paragraphe de quarante lettres au moins, ici.</p>"));
    assert_string_equal(c.text, "ب été et encore un paragraphe de quarante lettres au moins, ici.\n");
    c = read_page(view_of("<meta http-equiv=content-type content='text/html; CHARSET=ISO-8859-6'><p>\xE2\xD5\xE1\xAC \xC7\xE4\xE2\xD1\xEA\xC9 "
                          "et encore un paragraphe de quarante lettres au moins, ici.</p>"));
    assert_string_equal(c.text, "قصف، القرية et encore un paragraphe de quarante lettres au moins, ici.\n");
    assert_string_equal(c.note, "converted from ISO-8859-6");
    c = read_page(view_of("<meta charset=windows-1256><p>" PARAGRAPH "</p>")); /* valid UTF-8 is UTF-8 */
    assert_string_equal(c.text, PARAGRAPH "\n");
    c = read_page(view_of("<meta charset=no-such-thing><p>" PARAGRAPH "</p>"));
    assert_string_equal(c.text, PARAGRAPH "\n");
}

/* --- what would take for ever ------------------------------------------------------------------------------------------- */

static char *repeat(const char *begin, const char *part, size_t times, const char *end)
{
    const size_t size = strlen(part);
    char *text = malloc(strlen(begin) + size * times + strlen(end) + 1);
    char *at = stpcpy(text, begin);
    for (size_t i = 0; i < times; i++, at += size)
        memcpy(at, part, size);
    stpcpy(at, end);
    return text;
}

static void test_hostile_pages_end_soon(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *part, *end;
        size_t times;
        const char *fault; /* "" where the page can be read */
    } pages[] = {
        {"", "<div></b>", "<p>" PARAGRAPH "</p>", 200000, "no main text: elements nested over 512 deep are not read"},
        {"<p>" PARAGRAPH "</p>", "<div>", "", 200000, ""},
        {"<p", " a", ">" PARAGRAPH, 1000000, "over 1000 attributes at byte 0"},
        {"<p", " a='>'b", ">" PARAGRAPH, 100000, "over 1000 attributes at byte 0"},
        {"<p ' ", " a=b", ">" PARAGRAPH, 100000, "over 1000 attributes at byte 0"},
        {"<!-- <p", " a", "> --><p>" PARAGRAPH "</p>", 100000, ""},
        {"<script>if (a <b", " a", ") </script><p>" PARAGRAPH "</p>", 100000, ""},
        {"<p>" PARAGRAPH "</p>", "<!--", "", 200000, ""},
        {"<p>" PARAGRAPH "</p>", "<p ", "", 300000, "over 1000 attributes"},
        {"<p>" PARAGRAPH "</p>", "</p>", "", 300000, ""},
        {"<p>" PARAGRAPH "</p>", "&lt", "", 300000, ""},
        {"<p>" PARAGRAPH "</p>", "<b><p>", "", 100000, ""},
        {"<p>" PARAGRAPH "</p>", "<script type='application/ld+json'>{}</script>", "", 20000, ""},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char *html = repeat(pages[i].begin, pages[i].part, pages[i].times, pages[i].end);
        clock_t began = clock();
        copy c = read_page(view_of(html));
        double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
        free(html);
        if (seconds > 10 || (c.status == MARSAD_OK) != (pages[i].fault[0] == '\0') || strstr(c.err.message, pages[i].fault) == NULL)
            fail_msg("page %zu: %.1f s, status %d, %s", i, seconds, (int)c.status, c.err.message);
    }
}

static void test_the_bytes_are_kept_as_they_arrived(void **state)
{
    (void)state;
    view bytes = file_bytes("fuzz/seeds/html/page-1256.html");
    bytes_in s = {.text = bytes, .step = 7};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_HTML, "a", NULL);
    marsad_item *item = NULL;
    char sha256[65];
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    assert_true(view_equal(marsad_item_bytes(item), bytes));
    sha256_hex(sha256, bytes);
    assert_string_equal(parse(item).sha256, sha256);
    assert_true(view_equal(marsad_item_bytes(item), bytes));
    assert_int_equal(marsad_feed_skipped(feed, NULL, NULL), 0);
    marsad_item_free(item);
    marsad_feed_free(feed);
    free((char *)(uintptr_t)bytes.ptr);
}

/* --- memory refused ------------------------------------------------------------------------------------------------------ */

static void test_memory_is_refused(void **state)
{
    (void)state;
    view bytes = file_bytes("fuzz/seeds/html/page-1256.html");
    refuse_each(bytes, MARSAD_INPUT_HTML);
    refuse_each(view_of("<script type='application/ld+json'>[{\"datePublished\":\"2016-05-10\"}]</script><p>" PARAGRAPH "<p>" OTHER),
                MARSAD_INPUT_HTML);
    free((char *)(uintptr_t)bytes.ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_article_is_told_from_what_stands_around_it),
        cmocka_unit_test(test_windows_1256_as_declared),
        cmocka_unit_test(test_an_old_page_of_tables_and_line_breaks),
        cmocka_unit_test(test_a_page_without_an_article_is_refused),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_days_of_publication),
        cmocka_unit_test(test_addresses_and_sources),
        cmocka_unit_test(test_what_is_declared_is_believed_where_bytes_leave_it_open),
        cmocka_unit_test(test_hostile_pages_end_soon),
        cmocka_unit_test(test_the_bytes_are_kept_as_they_arrived),
        cmocka_unit_test(test_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
