/* Web archives: plain and compressed, what is skipped and counted, how answers are packed, archives that are cut short or made to do damage. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "feed/warc.h"
#include "stream.h"

enum { MOST = 12 };

#define PARAGRAPH "قصفت طائرات حربية مدينة حلب أمس وقتلت خمسة مدنيين، بحسب مصدر طبي."
#define PAGE "<html><body><p>" PARAGRAPH "</p></body></html>"

/* --- archives made here --------------------------------------------------------------------------------------------------- */

static void add(blob *b, view bytes)
{
    assert_true(blob_append(b, bytes.ptr, bytes.len));
}

static void add_record(blob *b, const char *type, view block)
{
    char head[512];
    snprintf(head, sizeof head,
             "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <https://news.example/a>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
             "Content-Type: application/http; msgtype=%s\r\nContent-Length: %zu\r\n\r\n",
             type, type, block.len);
    add(b, view_of(head));
    add(b, block);
    add(b, view_of("\r\n\r\n"));
}

static void add_answer(blob *b, const char *head, view body)
{
    blob block = {0};
    add(&block, view_of(head));
    add(&block, view_of("\r\n\r\n"));
    add(&block, body);
    add_record(b, "response", blob_view(&block));
    blob_free(&block);
}

#define OK_HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"

static void add_compressed(blob *b, view bytes, int format)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes.ptr, .avail_in = (uInt)bytes.len};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY), Z_OK);
    int result;
    do {
        unsigned char part[4096];
        z.next_out = part;
        z.avail_out = sizeof part;
        result = deflate(&z, Z_FINISH);
        add(b, (view){(const char *)part, sizeof part - z.avail_out});
    } while (result == Z_OK);
    assert_int_equal(result, Z_STREAM_END);
    deflateEnd(&z);
}

enum { GZIP = 15 + 16, ZLIB = 15, RAW = -15 };

/* Page, request, page. */
static void add_three(blob *out, bool is_compressed)
{
    for (int i = 0; i < 3; i++) {
        blob record = {0};
        if (i == 1)
            add_record(&record, "request", view_of("GET / HTTP/1.1\r\n\r\n"));
        else
            add_answer(&record, OK_HTML, view_of(PAGE));
        if (is_compressed)
            add_compressed(out, blob_view(&record), GZIP);
        else
            add(out, blob_view(&record));
        blob_free(&record);
    }
}

static size_t read_archive(copy out[MOST], const blob *archive, size_t step)
{
    return read_some(out, MOST, blob_view(archive), step, MARSAD_INPUT_WARC);
}

static void count_skipped(void *context, const char *reason, size_t count)
{
    char *told = context;
    snprintf(told + strlen(told), 200, "%s: %zu\n", reason, count);
}

/* --- what is read --------------------------------------------------------------------------------------------------------- */

static void assert_page(const copy *c)
{
    char sha256[65];
    assert_int_equal(c->status, MARSAD_OK);
    assert_string_equal(c->text, PARAGRAPH "\n");
    assert_string_equal(c->url, "https://news.example/a");
    assert_string_equal(c->id, c->url);
    assert_string_equal(c->source, "news.example");
    assert_false(date_is_given(c->published)); /* the day of the crawl is none of publication */
    sha256_hex(sha256, view_of(PAGE));
    assert_string_equal(c->sha256, sha256);
}

static void test_records_plain_by_member_and_in_one_member(void **state)
{
    (void)state;
    blob archives[3] = {{0}, {0}, {0}};
    add_three(&archives[0], false);
    add_three(&archives[1], true);
    add_compressed(&archives[2], blob_view(&archives[0]), GZIP);
    for (size_t i = 0; i < 3; i++) {
        for (size_t step = 0; step < 40; step++) {
            copy c[MOST];
            assert_int_equal(read_archive(c, &archives[i], step), 2);
            assert_page(&c[0]);
            assert_page(&c[1]);
        }
        blob_free(&archives[i]);
    }
}

static void test_what_is_no_page_is_counted(void **state)
{
    (void)state;
    blob archive = {0};
    char told[1024] = "";
    add_record(&archive, "warcinfo", view_of("software: x\r\n"));
    add_record(&archive, "request", view_of("GET / HTTP/1.1\r\n\r\n"));
    add_answer(&archive, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", view_of(PAGE));
    add_answer(&archive, "HTTP/1.1 301 Moved\r\nLocation: /b", view_of(""));
    add_answer(&archive, "HTTP/1.1 200 OK\r\nContent-Type: image/png", view_of("\x89PNG"));
    add_answer(&archive, "HTTP/1.1 200 OK", view_of(PAGE));
    add_record(&archive, "resource", view_of(PAGE));
    add_answer(&archive, OK_HTML, view_of(PAGE));
    bytes_in s = {.text = blob_view(&archive)};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_WARC, "a.warc", NULL);
    marsad_item *item = NULL;
    assert_int_equal(marsad_feed_skipped(feed, count_skipped, told), 0);
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    assert_true(marsad_item_line(item) == 8);
    assert_true(view_equal(marsad_item_bytes(item), view_of(PAGE)));
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_END);
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_END);
    assert_int_equal(marsad_feed_skipped(feed, count_skipped, told), 3);
    assert_string_equal(told, "no answer of a web server: 3\nthe status of the answer is not 200: 2\nthe answer is no page in HTML: 2\n");
    marsad_item_free(item);
    marsad_feed_free(feed);
    blob_free(&archive);
}

static void test_how_answers_are_packed(void **state)
{
    (void)state;
    char chunks[512];
    blob archive = {0}, packed = {0};
    snprintf(chunks, sizeof chunks, "5\r\n%.5s\r\n%zx;note=1\r\n%s\r\n0\r\n\r\n", PAGE, strlen(PAGE) - 5, &PAGE[5]);
    add_answer(&archive, OK_HTML "\r\nTransfer-Encoding: chunked", view_of(chunks));
    const int formats[] = {GZIP, ZLIB, RAW};
    for (size_t i = 0; i < 3; i++) {
        packed.size = 0;
        add_compressed(&packed, view_of(PAGE), formats[i]);
        add_answer(&archive, i == 0 ? OK_HTML "\r\nContent-Encoding: GZIP" : OK_HTML "\r\nContent-Encoding: deflate", blob_view(&packed));
    }
    packed.size = 0;
    add_compressed(&packed, view_of(PAGE), GZIP);
    blob chunked = {0};
    snprintf(chunks, sizeof chunks, "%zx\r\n", packed.size);
    add(&chunked, view_of(chunks));
    add(&chunked, blob_view(&packed));
    add(&chunked, view_of("\r\n0\r\n\r\n"));
    add_answer(&archive, OK_HTML "\r\nContent-Encoding: gzip\r\ntransfer-encoding:chunked", blob_view(&chunked));
    add_answer(&archive, OK_HTML "\r\nContent-Encoding: gzip", view_of(PAGE)); /* kept unpacked under its old head */
    add_answer(&archive, OK_HTML "\r\nTransfer-Encoding: chunked", view_of(PAGE));
    add_answer(&archive, OK_HTML "\r\nContent-Encoding: identity", view_of(PAGE));
    copy c[MOST];
    assert_int_equal(read_archive(c, &archive, 0), 8);
    for (size_t i = 0; i < 8; i++)
        assert_page(&c[i]);
    blob_free(&archive);
    blob_free(&packed);
    blob_free(&chunked);
}

static void test_the_server_says_the_encoding(void **state)
{
    (void)state;
    blob archive = {0};
    add_answer(&archive, "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=windows-1256",
               view_of("<meta charset=utf-8><p>\xC8 \xE9t\xE9 et encore un paragraphe de quarante lettres au moins, ici.</p>"));
    copy c[MOST];
    assert_int_equal(read_archive(c, &archive, 0), 1);
    assert_string_equal(c[0].text, "ب été et encore un paragraphe de quarante lettres au moins, ici.\n");
    blob_free(&archive);
}

/* --- what is refused ------------------------------------------------------------------------------------------------------ */

static void test_a_bad_record_costs_that_record_alone(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body, *reason;
    } bad[] = {
        {OK_HTML "\r\nContent-Encoding: gzip", "\x1F\x8B\x08 damaged", "its body is damaged"},
        {OK_HTML "\r\nContent-Encoding: br", "\x0B\x02\x80", "the content coding of its body is not known"},
        {OK_HTML "\r\nTransfer-Encoding: chunked", "ff\r\n<p>", "its body is cut short within its chunks"},
        {"no answer", "", "it holds no answer of a web server"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        blob archive = {0};
        copy c[MOST];
        char want[240];
        add_answer(&archive, OK_HTML, view_of(PAGE));
        const size_t at = archive.size;
        add_answer(&archive, bad[i].head, view_of(bad[i].body));
        add_answer(&archive, OK_HTML, view_of(PAGE));
        assert_int_equal(read_archive(c, &archive, 0), 3);
        assert_page(&c[0]);
        assert_page(&c[2]);
        snprintf(want, sizeof want, "cannot read record 2 at byte %zu of 'news': %s", at, bad[i].reason);
        assert_int_equal(c[1].status, MARSAD_ERR_FORMAT);
        assert_string_equal(c[1].err.message, want);
        assert_true(c[1].err.offset == at);
        blob_free(&archive);
    }
}

/* A gigabyte of zeros takes a megabyte; the next record is read. */
static void test_a_gigabyte_of_zeros(void **state)
{
    (void)state;
    const size_t giga = (size_t)1 << 30;
    blob archive = {0}, zeros = {0};
    z_stream z = {0};
    char *mega = calloc(1, 1 << 20);
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY), Z_OK);
    for (size_t i = 0; i < 1024; i++) {
        z.next_in = (unsigned char *)mega;
        z.avail_in = 1 << 20;
        int result;
        do {
            unsigned char part[4096];
            z.next_out = part;
            z.avail_out = sizeof part;
            result = deflate(&z, i == 1023 ? Z_FINISH : Z_NO_FLUSH);
            add(&zeros, (view){(const char *)part, sizeof part - z.avail_out});
        } while (result == Z_OK && z.avail_out == 0);
    }
    assert_true(z.total_in == giga);
    deflateEnd(&z);
    free(mega);
    assert_true(zeros.size < 2 * 1024 * 1024);

    /* as the body of an answer */
    copy c[MOST];
    add_answer(&archive, OK_HTML "\r\nContent-Encoding: gzip", blob_view(&zeros));
    add_answer(&archive, OK_HTML, view_of(PAGE));
    assert_int_equal(read_archive(c, &archive, 0), 2);
    assert_string_equal(c[0].err.message, "cannot read record 1 at byte 0 of 'news': its body is over the limit of 64 MiB once it is unpacked");
    assert_page(&c[1]);

    /* as an archive */
    assert_int_equal(read_archive(c, &zeros, 0), 1);
    assert_string_equal(c[0].err.message, "cannot read record 1 at byte 0 of 'news': it is no WARC record");
    blob_free(&archive);
    blob_free(&zeros);
}

static void test_a_record_over_the_limit_is_passed_over(void **state)
{
    (void)state;
    blob archive = {0}, record = {0}, page = {0};
    const size_t size = ITEM_MAX_BYTES + (size_t)200 * 1024;
    char *spaces = malloc(size);
    memset(spaces, ' ', size);
    add_answer(&record, OK_HTML, (view){spaces, size});
    add_answer(&page, OK_HTML, view_of(PAGE));
    add_compressed(&archive, blob_view(&record), GZIP);
    add_compressed(&archive, blob_view(&page), GZIP);
    copy c[MOST];
    assert_int_equal(read_archive(c, &archive, 0), 2);
    assert_string_equal(c[0].err.message, "cannot read record 1 at byte 0 of 'news': it is over the limit of 64 MiB");
    assert_page(&c[1]);
    free(spaces);
    blob_free(&archive);
    blob_free(&record);
    blob_free(&page);
}

/* Whatever is cut off: what was whole is read, then the fault is told with its place, then it ends. */
static void test_archives_cut_short(void **state)
{
    (void)state;
    for (int is_compressed = 0; is_compressed < 2; is_compressed++) {
        blob archive = {0}, one = {0};
        add_three(&archive, is_compressed);
        add_answer(&one, OK_HTML, view_of(PAGE));
        blob member = {0};
        add_compressed(&member, blob_view(&one), GZIP);
        const size_t whole = is_compressed ? member.size : one.size;
        for (size_t size = 1; size < archive.size - (is_compressed ? 0 : 4); size++) {
            copy c[MOST];
            blob cut = archive;
            cut.size = size;
            size_t count = read_archive(c, &cut, 0);
            size_t pages = 0;
            while (pages < count && c[pages].status == MARSAD_OK)
                pages++;
            const size_t rest = is_compressed ? 16 : 4; /* empty lines, and the sum of a member: a page is whole without them */
            if (count > pages + 1 || (size >= whole && pages == 0) || (size + rest < whole && pages > 0) || (size + rest < whole && count == 0))
                fail_msg("cut at %zu of %zu: %zu articles, %zu read", size, archive.size, count, pages);
            if (pages > 0)
                assert_page(&c[0]);
            if (count > pages) {
                assert_int_equal(c[pages].status, MARSAD_ERR_FORMAT);
                assert_non_null(strstr(c[pages].err.message, "it is cut short"));
                assert_true(c[pages].err.offset != MARSAD_NOWHERE && c[pages].err.offset < size);
            }
        }
        blob_free(&archive);
        blob_free(&one);
        blob_free(&member);
    }
}

static void test_what_is_no_archive(void **state)
{
    (void)state;
    const struct {
        view bytes;
        const char *reason;
    } bad[] = {
        {LITERAL("<html></html>\n\n"), "it is no WARC record"},
        {LITERAL("WARC/1.0\r\nWARC-Type: response\r\n\r\n"), "its head gives no length"},
        {LITERAL("WARC/1.0\r\nContent-Length: -5\r\n\r\n"), "its head gives no length"},
        {LITERAL("WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n"), "its head gives no length"},
        {LITERAL("WARC/1.0\r\nContent-Length: 5\r\n\r\nab"), "it is cut short"},
        {LITERAL("WARC/1.0"), "it is cut short"},
        {LITERAL("\x1F\x8B\x08\0\0\0\0\0\0\3nonsense"), "its gzip data is damaged"},
        {LITERAL("\x1F"), "it is cut short"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        copy c[MOST];
        size_t count = read_some(c, MOST, bad[i].bytes, 0, MARSAD_INPUT_WARC);
        if (count != 1 || c[0].status != MARSAD_ERR_FORMAT || strstr(c[0].err.message, bad[i].reason) == NULL)
            fail_msg("archive %zu: %zu items, %s", i, count, c[0].err.message);
    }
    copy c[MOST];
    assert_int_equal(read_some(c, MOST, view_of(""), 0, MARSAD_INPUT_WARC), 0);
    assert_int_equal(read_some(c, MOST, view_of("\r\n\r\n"), 0, MARSAD_INPUT_WARC), 0);

    bytes_in s = {.text = view_of("WARC/1.0\r\nContent-Length: 5\r\n\r\nab"), .breaks = true};
    marsad_feed *feed = feed_of(&s, MARSAD_INPUT_WARC, "a.warc", NULL);
    marsad_item *item = NULL;
    marsad_error err;
    assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_ERR_SYSTEM);
    assert_string_equal(err.message, "cannot read 'a.warc' behind record 1");
    assert_int_equal(marsad_feed_next(feed, &item, &err), MARSAD_END);
    marsad_item_free(item);
    marsad_feed_free(feed);
}

static void test_memory_is_refused(void **state)
{
    (void)state;
    blob archive = {0}, packed = {0};
    add_compressed(&packed, view_of(PAGE), GZIP);
    add_answer(&archive, OK_HTML "\r\nContent-Encoding: gzip", blob_view(&packed));
    refuse_each(blob_view(&archive), MARSAD_INPUT_WARC);
    packed.size = 0;
    add_compressed(&packed, blob_view(&archive), GZIP);
    refuse_each(blob_view(&packed), MARSAD_INPUT_WARC);
    blob_free(&archive);
    blob_free(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records_plain_by_member_and_in_one_member),
        cmocka_unit_test(test_what_is_no_page_is_counted),
        cmocka_unit_test(test_how_answers_are_packed),
        cmocka_unit_test(test_the_server_says_the_encoding),
        cmocka_unit_test(test_a_bad_record_costs_that_record_alone),
        cmocka_unit_test(test_a_gigabyte_of_zeros),
        cmocka_unit_test(test_a_record_over_the_limit_is_passed_over),
        cmocka_unit_test(test_archives_cut_short),
        cmocka_unit_test(test_what_is_no_archive),
        cmocka_unit_test(test_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
