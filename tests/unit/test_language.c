/* Which items are Arabic by their bytes, and of which address they are. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "stream.h"

#define ARABIC "قصفت طائرات حربية أمس مدينة حلب مما أدى إلى مقتل خمسة مدنيين على الأقل، بحسب مصدر طبي في المدينة."
#define PERSIAN                                                                                                                                               \
    "به گزارش خبرگزاری\u200Cها، جنگنده\u200Cها دیروز شهر حلب را بمباران کردند و دست\u200Cکم پنج " \
    "غیرنظامی "                                                                                                                                       \
    "کشته "                                                                                                                                               \
    "شدند."
#define URDU "جنگی طیاروں نے گزشتہ روز حلب شہر پر بمباری کی جس کے نتیجے میں کم از کم پانچ شہری ہلاک ہو گئے۔"
#define PASHTO "جنګي الوتکو پرون د حلب ښار بمبار کړ چې په پایله کې یې لږ تر لږه پنځه ملکي وګړي ووژل شول."
#define KURDISH "فڕۆکە جەنگییەکان دوێنێ شاری حەلەبیان بۆردومان کرد و لانیکەم پێنج هاووڵاتی مەدەنی کوژران."
#define UYGHUR "ئۇرۇش ئايروپىلانلىرى تۈنۈگۈن ھەلەب شەھىرىنى بومباردىمان قىلدى، ئاز دېگەندە بەش پۇقرا ئۆلدى."
/* As typed on a keyboard that has ي and ك alone. */
#define OLD_PERSIAN "به گزارش خبرگزاريها جنگنده ها ديروز شهر حلب را بمباران كردند و دست كم پنج غيرنظامي كشته شدند"
#define ENGLISH "Warplanes bombed the city of Aleppo yesterday, killing at least five civilians, a medical source in the city said. "
#define RUSSIAN "Военные самолеты вчера бомбили город Алеппо, погибли по меньшей мере пять мирных жителей, сообщил источник."

static marsad_item *item_of(view bytes, marsad_input input, const marsad_article *fallback)
{
    bytes_in in = {.text = bytes};
    marsad_feed *feed = feed_of(&in, input, "x", fallback);
    marsad_item *item = NULL;
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    marsad_feed_free(feed);
    return item;
}

static bool is_arabic_in(view bytes, marsad_input input)
{
    marsad_item *item = item_of(bytes, input, NULL);
    const bool is = marsad_item_is_arabic(item);
    marsad_item_free(item);
    return is;
}

static bool is_arabic(const char *text, marsad_input input)
{
    return is_arabic_in(view_of(text), input);
}

static void test_script_alone_is_not_arabic(void **state)
{
    (void)state;
    static const char *const others[] = {(PERSIAN), URDU, PASHTO, KURDISH, UYGHUR, OLD_PERSIAN, ENGLISH, RUSSIAN, "", "حلب", "2016 - 05 - 10"};
    assert_true(is_arabic(ARABIC, MARSAD_INPUT_TEXT));
    /* Arabic typed in part with the ی of another keyboard */
    assert_true(
        is_arabic("قتل شخص وجرح ثلاثة آخرين بهجوم مسلح استهدف حافلة إيرانية لدى دخولها الأراضی التركية أمس فی ولایة أغرى", MARSAD_INPUT_TEXT));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (is_arabic(others[i], MARSAD_INPUT_TEXT))
            fail_msg("taken for Arabic: %s", others[i]);
}

static void test_what_is_quoted_does_not_decide(void **state)
{
    (void)state;
    assert_true(is_arabic(ARABIC " «" PERSIAN "» " ARABIC ARABIC ARABIC ARABIC ARABIC ARABIC ARABIC ARABIC ARABIC, MARSAD_INPUT_TEXT));
    assert_true(is_arabic(ARABIC ARABIC " Reuters, https://news.example/a/b/c", MARSAD_INPUT_TEXT));
    assert_false(is_arabic(ENGLISH ENGLISH ENGLISH ENGLISH ENGLISH ENGLISH ENGLISH ARABIC, MARSAD_INPUT_TEXT));
    assert_false(is_arabic(PERSIAN PERSIAN ARABIC, MARSAD_INPUT_TEXT));
}

static void test_markup_is_no_text(void **state)
{
    (void)state;
    assert_true(is_arabic("<html lang=en><head><title>" ARABIC "</title><script>" ENGLISH ENGLISH ENGLISH ENGLISH "if(a<b)" ENGLISH "</script>"
                          "<STYLE>" ENGLISH ENGLISH ENGLISH "</STYLE><!-- " ENGLISH ENGLISH ENGLISH " > " ENGLISH
                          " --></head><body class='" ENGLISH ENGLISH "'>",
                          MARSAD_INPUT_HTML));
    assert_false(is_arabic("<html><!-- " ARABIC " --><script>" ARABIC "</script><p title='" ARABIC "'>" ENGLISH, MARSAD_INPUT_HTML));
    assert_true(is_arabic("<p>1 < 2 " ARABIC, MARSAD_INPUT_HTML));
    assert_false(is_arabic("<script>" ARABIC, MARSAD_INPUT_HTML)); /* without an end */
    assert_false(is_arabic("<", MARSAD_INPUT_HTML));
    assert_false(is_arabic("<!--", MARSAD_INPUT_HTML));
    assert_true(is_arabic("<rss version='2.0'><channel><item><title>Report</title><description><![CDATA[<p class='a'>" ARABIC
                          "</p>]]></description></item></channel></rss>",
                          MARSAD_INPUT_RSS));
}

/* The letters of `text` as format(number) writes them. */
static void write_letters(buffer *out, const char *text, const char *format)
{
    const view all = view_of(text);
    for (size_t at = 0, step; at < all.len; at += step) {
        const uint32_t letter = utf8_at(all, at, &step);
        if (letter < 0x80)
            buffer_add(out, all.ptr + at, 1);
        else
            buffer_format(out, format, letter);
    }
}

static void test_letters_that_are_escaped_count(void **state)
{
    (void)state;
    static const struct {
        const char *format, *before, *behind;
        marsad_input input;
    } ways[] = {{"&#%u;", "<p>", "</p>", MARSAD_INPUT_HTML},
                {"&#x%X;", "<p>", "</p>", MARSAD_INPUT_HTML},
                {"\\u%04x", "{\"text\":\"", "\"}", MARSAD_INPUT_JSONL}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        static const char *const texts[] = {ARABIC, (PERSIAN), URDU};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
            buffer b = {0};
            buffer_text(&b, ways[i].before);
            write_letters(&b, texts[t], ways[i].format);
            buffer_text(&b, ways[i].behind);
            assert_int_equal(is_arabic_in((view){b.bytes, b.used}, ways[i].input), t == 0);
            buffer_free(&b);
        }
    }
    static const char *const cut[] = {"<p>&", "<p>&#", "<p>&#x", "<p>&#99999999999;", "<p>&amp"};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++)
        assert_false(is_arabic(cut[i], MARSAD_INPUT_HTML));
    assert_false(is_arabic("{\"text\":\"\\", MARSAD_INPUT_JSONL));
    assert_false(is_arabic("{\"text\":\"\\u06", MARSAD_INPUT_JSONL));
}

/* --- encodings ------------------------------------------------------------------------------------------------------------- */

/* `text` in an encoding whose letters are found in `letter_of`; what it has not becomes '?'. */
static void encode(buffer *out, const char *text, uint32_t (*letter_of)(unsigned char byte))
{
    const view all = view_of(text);
    for (size_t at = 0, step; at < all.len; at += step) {
        const uint32_t letter = utf8_at(all, at, &step);
        char found = (char)(letter < 0x80 ? letter : '?');
        for (unsigned byte = 0x80; byte <= 0xFF && letter >= 0x80; byte++)
            if (letter_of((unsigned char)byte) == letter)
                found = (char)byte;
        buffer_add(out, &found, 1);
    }
}

static uint32_t in_1256(unsigned char byte)
{
    return text_code_page_letter(byte, view_of("windows-1256"));
}

static uint32_t in_8859_6(unsigned char byte)
{
    return text_code_page_letter(byte, view_of("ISO-8859-6"));
}

/* The letters of windows-1251 and ISO-8859-7 that news is made of. */
static uint32_t in_1251(unsigned char byte)
{
    return byte >= 0xC0 ? 0x0410U + (byte - 0xC0U) : 0;
}

static uint32_t in_8859_7(unsigned char byte)
{
    return byte >= 0xB4 ? 0x0384U + (byte - 0xB4U) : 0;
}

static bool is_arabic_encoded(const char *text, uint32_t (*letter_of)(unsigned char byte), const char *label)
{
    buffer b = {0};
    buffer_format(&b, "<html><head><meta charset=\"%s\"></head><body>", label);
    encode(&b, text, letter_of);
    const bool is = is_arabic_in((view){b.bytes, b.used}, MARSAD_INPUT_HTML);
    buffer_free(&b);
    return is;
}

static void test_code_pages_are_told_apart(void **state)
{
    (void)state;
    static const char greek[] = "Πολεμικά αεροσκάφη βομβάρδισαν χθες την πόλη του Χαλεπίου, σκοτώνοντας τουλάχιστον πέντε πολίτες";
    assert_true(is_arabic_encoded(ARABIC, in_1256, "windows-1256"));
    assert_true(is_arabic_encoded(ARABIC, in_1256, ""));
    assert_true(is_arabic_encoded(ARABIC, in_1256, "utf-8")); /* declared by mistake */
    assert_true(is_arabic_encoded(ARABIC, in_8859_6, "ISO-8859-6"));
    assert_false(is_arabic_encoded(URDU, in_1256, "windows-1256"));
    assert_false(is_arabic_encoded(OLD_PERSIAN, in_1256, "windows-1256"));
    assert_false(is_arabic_encoded(RUSSIAN, in_1251, "windows-1251"));
    assert_false(is_arabic_encoded(RUSSIAN, in_1251, ""));
    assert_false(is_arabic_encoded(greek, in_8859_7, "iso-8859-7"));
    assert_false(is_arabic_encoded("Les avions de guerre ont bombard\u00e9 hier la ville, \u00e0 l'\u00e9tranger, o\u00f9 l'arm\u00e9e \u00e9tait",
                                   in_1256, ""));
}

static void test_utf_16_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {ARABIC, (PERSIAN)};
    for (size_t t = 0; t < 2; t++) {
        buffer b = {0};
        buffer_add(&b, "\xFF\xFE", 2);
        const view all = view_of(texts[t]);
        for (size_t at = 0, step; at < all.len; at += step) {
            const uint32_t letter = utf8_at(all, at, &step);
            buffer_add(&b, (const char[]){(char)(letter & 0xFF), (char)(letter >> 8)}, 2);
        }
        assert_int_equal(is_arabic_in((view){b.bytes, b.used}, MARSAD_INPUT_TEXT), t == 0);
        buffer_free(&b);
    }
}

/* Every article that Marsad is tested on is Arabic. */
static void test_reports_are_arabic(void **state)
{
    (void)state;
    view bytes = file_bytes("../samples/observatory.jsonl");
    bytes_in in = {.text = bytes};
    marsad_feed *feed = feed_of(&in, MARSAD_INPUT_JSONL, "observatory.jsonl", NULL);
    marsad_item *item = NULL;
    size_t count = 0;
    for (; marsad_feed_next(feed, &item, NULL) == MARSAD_OK; count++)
        assert_true(marsad_item_is_arabic(item));
    assert_int_equal(count, 39);
    marsad_item_free(item);
    marsad_feed_free(feed);
    free((void *)bytes.ptr);
}

/* --- addresses ------------------------------------------------------------------------------------------------------------- */

static void address_is(const char *bytes, marsad_input input, const char *fallback, const char *want)
{
    const marsad_article given = {.url = view_of(fallback)};
    marsad_item *item = item_of(view_of(bytes), input, &given);
    const view address = marsad_item_address(item);
    assert_int_equal(address.len, strlen(want));
    assert_memory_equal(address.ptr, want, address.len);
    marsad_item_free(item);
}

static void test_addresses_are_given(void **state)
{
    (void)state;
    static const char feed[] =
        "<rss version='2.0'><channel><item><link>https://news.example/1</link><description>x</description></item></channel></rss>";
    static const char archive[] = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/2\r\nContent-Type: application/http\r\n"
                                  "Content-Length: 45\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nxy";
    address_is("x", MARSAD_INPUT_TEXT, "", "");
    address_is("x", MARSAD_INPUT_HTML, "https://given.example/", "https://given.example/");
    address_is("{\"url\":\"https://news.example/0\",\"text\":\"x\"}", MARSAD_INPUT_JSONL, "https://given.example/", "https://news.example/0");
    address_is("{\"text\":\"x\"}", MARSAD_INPUT_JSONL, "https://given.example/", "https://given.example/");
    address_is("{\"url\":\"https://news.example/0\",", MARSAD_INPUT_JSONL, "", "");
    address_is(feed, MARSAD_INPUT_RSS, "", "https://news.example/1");
    address_is(archive, MARSAD_INPUT_WARC, "", "https://news.example/2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script_alone_is_not_arabic), cmocka_unit_test(test_what_is_quoted_does_not_decide),
        cmocka_unit_test(test_markup_is_no_text),          cmocka_unit_test(test_letters_that_are_escaped_count),
        cmocka_unit_test(test_code_pages_are_told_apart),  cmocka_unit_test(test_utf_16_is_read),
        cmocka_unit_test(test_reports_are_arabic),         cmocka_unit_test(test_addresses_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
