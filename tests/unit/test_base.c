/* Memory, views, UTF-8, errors, mapped files, days, JSON out. */
#include "unit.h"

#include <jansson.h> /* before base.h, see there */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "refuse_alloc.h"
#include "rows.h"

/* --- errors ---------------------------------------------------------------------------------------------------------- */

static void test_fail_returns_its_status_with_and_without_a_message(void **state)
{
    (void)state;
    marsad_error err;
    assert_int_equal(fail(NULL, MARSAD_ERR_FORMAT, 3, "x"), MARSAD_ERR_FORMAT);
    assert_int_equal(fail(&err, MARSAD_ERR_SYSTEM, 7, "cannot open '%s'", "أ"), MARSAD_ERR_SYSTEM);
    assert_string_equal(err.message, "cannot open 'أ'");
    assert_true(err.offset == 7);
}

static void test_a_message_is_one_line_of_utf8(void **state)
{
    (void)state;
    marsad_error err;
    fail(&err, MARSAD_ERR_SYSTEM, 0, "%s", "a\nb\tc\x7F\xFFz");
    assert_string_equal(err.message, "a b c ?z");
}

static void test_a_long_message_is_not_cut_inside_a_letter(void **state)
{
    (void)state;
    marsad_error err;
    for (int before = 0; before < 8; before++) {
        char text[400] = "";
        for (int i = 0; i < before; i++)
            text_append(text, sizeof text, view_of("x"));
        for (int i = 0; i < 120; i++)
            text_append(text, sizeof text, view_of(i % 2 == 0 ? "ب" : "€")); /* 2 and 3 bytes */
        fail(&err, MARSAD_ERR_SYSTEM, 0, "%s", text);
        assert_true(utf8_invalid(view_of(err.message)) == MARSAD_NOWHERE);
        assert_true(strlen(err.message) >= sizeof err.message - 4);
        assert_memory_equal(err.message, text, strlen(err.message));
    }
}

/* --- views and spans -------------------------------------------------------------------------------------------------- */

static void test_views(void **state)
{
    (void)state;
    assert_true(view_of(NULL).len == 0 && view_of(NULL).ptr != NULL);
    assert_true(view_equal(view_of("حلب"), (view){"حلب وريفها", 6}));
    assert_false(view_equal(view_of("حلب"), view_of("حمص")));
    assert_true(view_equal((view){NULL, 0}, view_of("")));
    assert_true(view_starts(view_of("القصف"), view_of("ال")));
    assert_false(view_starts(view_of("ا"), view_of("ال")));
    assert_true(view_ends(view_of("مقاتلون"), view_of("ون")));
    assert_false(view_ends(view_of("ن"), view_of("ون")));
}

static void test_the_hash_is_the_same_for_ever(void **state)
{
    (void)state;
    /* These values are in files: if one changes, the version of those files must. */
    assert_true(view_hash(view_of("")) == UINT64_C(0));
    assert_true(view_hash(view_of("a")) == UINT64_C(0xA943A8195440D7A1));
    assert_true(view_hash(view_of("حلب")) == UINT64_C(0x8BE14567A66B5520));
    assert_true(view_hash(view_of("المرصد السوري")) == UINT64_C(0xE48C824802165ECF));
    assert_true(view_hash((view){"a\0", 2}) != view_hash(view_of("a")));
}

static void test_the_hash_spreads_into_its_low_bits(void **state)
{
    (void)state;
    unsigned slots[1024] = {0};
    for (int i = 0; i < 10240; i++) {
        char word[16];
        snprintf(word, sizeof word, "w%d", i);
        slots[view_hash(view_of(word)) & 1023]++;
    }
    for (int i = 0; i < 1024; i++)
        assert_true(slots[i] < 40); /* 10 expected */
}

static void test_spans_join(void **state)
{
    (void)state;
    span joined = span_join((span){4, 8}, (span){10, 12});
    assert_true(joined.start == 4 && joined.end == 12);
    joined = span_join((span){0, 0}, (span){10, 12});
    assert_true(joined.start == 10 && joined.end == 12);
    joined = span_join((span){10, 12}, (span){0, 0});
    assert_true(joined.start == 10 && joined.end == 12);
}

/* --- arena ------------------------------------------------------------------------------------------------------------ */

static void test_arena_memory_is_zero_and_aligned_also_when_used_again(void **state)
{
    (void)state;
    arena a = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 3000; size += 7) {
            unsigned char *memory = arena_alloc(&a, size);
            assert_non_null(memory);
            assert_true((uintptr_t)memory % sizeof(max_align_t) % 16 == 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(memory[i], 0);
            memset(memory, 0xAA, size);
        }
        arena_reset(&a);
    }
    arena_free(&a);
    arena_reset(&a); /* harmless on an empty one */
    arena_free(&a);
}

static void test_arena_refuses_sizes_that_wrap(void **state)
{
    (void)state;
    arena a = {0};
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_alloc(&a, SIZE_MAX - 15));
    assert_null(arena_string(&a, (view){"", SIZE_MAX}));
    arena_free(&a);
}

static void test_arena_in_steady_use_asks_for_no_memory(void **state)
{
    (void)state;
    arena a = {0};
    for (int i = 0; i < 40; i++)
        assert_non_null(arena_alloc(&a, 10000));
    arena_reset(&a);
    for (int round = 0; round < 3; round++) { /* once more memory than the kept block has, then no more */
        for (int i = 0; i < 40; i++)
            assert_non_null(arena_alloc(&a, 10000));
        arena_reset(&a);
    }
    refuse_alloc_at(1);
    for (int i = 0; i < 40; i++)
        assert_non_null(arena_alloc(&a, 10000));
    assert_false(refuse_alloc_stop());
    arena_free(&a);
}

static void test_arena_gives_back_a_very_large_block(void **state)
{
    (void)state;
    arena a = {0};
    const arena_block *usual = NULL;
    assert_non_null(arena_alloc(&a, 100));
    usual = a.newest;
    assert_non_null(arena_alloc(&a, 3 * 1024 * 1024));
    arena_reset(&a);
    assert_ptr_equal(a.newest, usual);
    assert_non_null(arena_alloc(&a, 100));
    arena_free(&a);
}

static void test_arena_strings(void **state)
{
    (void)state;
    arena a = {0};
    assert_string_equal(arena_string(&a, (view){"حلب وريفها", 6}), "حلب");
    assert_string_equal(arena_string(&a, (view){NULL, 0}), "");
    assert_string_equal(arena_format(&a, "%s:%d", "ن", 5), "ن:5");
    arena_free(&a);
}

static void test_arena_lists_grow(void **state)
{
    (void)state;
    arena a = {0};
    span *items = NULL;
    uint32_t count = 0, room = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        assert_true(ARENA_GROW(&a, items, count, room));
        items[count++] = (span){i, i + 1};
    }
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(items[i].end, i + 1);
    room = count = UINT32_MAX;
    assert_false(ARENA_GROW(&a, items, count, room));
    arena_free(&a);
}

static void test_arena_out_of_memory(void **state)
{
    (void)state;
    arena a = {0};
    span *items = NULL;
    uint32_t room = 0;
    refuse_alloc_at(1);
    assert_null(arena_alloc(&a, 1));
    refuse_alloc_at(1);
    assert_null(arena_string(&a, view_of("x")));
    refuse_alloc_at(1);
    assert_null(arena_format(&a, "%d", 1));
    refuse_alloc_at(1);
    assert_false(ARENA_GROW(&a, items, 0, room));
    assert_true(refuse_alloc_stop());
    assert_null(items);
    assert_non_null(arena_alloc(&a, 1)); /* usable again */
    arena_free(&a);
}

/* --- UTF-8 ------------------------------------------------------------------------------------------------------------ */

static void test_every_letter_is_written_and_read(void **state)
{
    (void)state;
    for (uint32_t letter = 0; letter <= 0x10FFFF; letter++) {
        char bytes[4];
        size_t step = 0, size = utf8_put(bytes, letter);
        bool is_surrogate = letter >= 0xD800 && letter <= 0xDFFF;
        assert_true(utf8_at((view){bytes, size}, 0, &step) == (is_surrogate ? 0xFFFD : letter));
        assert_true(step == size);
        assert_true(utf8_invalid((view){bytes, size}) == MARSAD_NOWHERE);
        if (size > 1) { /* cut short */
            assert_true(utf8_at((view){bytes, size - 1}, 0, &step) == 0xFFFD && step == 1);
            assert_true(utf8_invalid((view){bytes, size - 1}) == 0);
        }
    }
}

static void test_what_is_no_utf8(void **state)
{
    (void)state;
    const char *const wrong[] = {"\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x80\x80",     "\xE0\x9F\xBF",     "\xED\xA0\x80",
                                 "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
                                 "\xD8z",        "\xE2\x80z",        "\xF0\x9F\x98z"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[16] = "ab";
        size_t step;
        text_append(text, sizeof text, view_of(wrong[i]));
        assert_true(utf8_invalid(view_of(text)) == 2);
        assert_true(utf8_at(view_of(text), 2, &step) == 0xFFFD && step == 1);
    }
    assert_true(utf8_invalid(view_of("")) == MARSAD_NOWHERE);
}

/* --- mapped files ----------------------------------------------------------------------------------------------------- */

static void test_a_file_is_mapped(void **state)
{
    (void)state;
    char path[] = "/tmp/marsad_test_base_XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, "حلب", 6), 6);
    close(file);

    mapped_file mapped;
    assert_int_equal(file_map(&mapped, path, NULL), MARSAD_OK);
    assert_int_equal(mapped.size, 6);
    assert_memory_equal(mapped.bytes, "حلب", 6);
    file_unmap(&mapped);
    assert_null(mapped.bytes);
    file_unmap(&mapped);
    unlink(path);
}

static void test_what_cannot_be_mapped_is_named(void **state)
{
    (void)state;
    mapped_file mapped = {(const unsigned char *)"x", 1};
    marsad_error err;
    assert_int_equal(file_map(&mapped, "/no/such/file", &err), MARSAD_ERR_SYSTEM);
    assert_string_equal(err.message, "cannot open '/no/such/file': No such file or directory");
    assert_true(mapped.bytes == NULL && mapped.size == 0);
    assert_int_equal(file_map(&mapped, "/tmp", &err), MARSAD_ERR_SYSTEM);
    assert_string_equal(err.message, "cannot read '/tmp': it is a folder");
    assert_int_equal(file_map(&mapped, "/dev/null", &err), MARSAD_ERR_SYSTEM);
    assert_string_equal(err.message, "cannot read '/dev/null': not a regular file");

    char path[] = "/tmp/marsad_test_base_XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(file_map(&mapped, path, &err), MARSAD_ERR_FORMAT);
    assert_non_null(strstr(err.message, "the file is empty"));
    unlink(path);
}

/* --- days ------------------------------------------------------------------------------------------------------------- */

static void test_days_of_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(day_number((marsad_date){1970, 1, 1}), 0);
    assert_int_equal(day_number((marsad_date){2000, 3, 1}), 11017);
    assert_int_equal(day_number((marsad_date){2016, 5, 10}), 16931);
    assert_int_equal(day_weekday(day_number((marsad_date){2016, 5, 10})), 2); /* a Tuesday */
    assert_int_equal(day_weekday(0), 4);
    assert_int_equal(day_weekday(-4), 7);
}

static void test_every_day_comes_back_and_days_follow_each_other(void **state)
{
    (void)state;
    marsad_date before = day_date(-12687794);
    assert_int_equal(before.year, -32768);
    for (int32_t number = -12687794; number <= 11248737; number++) {
        marsad_date date = day_date(number);
        assert_true(day_number(date) == number);
        assert_true(date.day == before.day + 1 || date.day == 1 || number == -12687794);
        before = date;
    }
    assert_true(before.year == 32767 && before.month == 12 && before.day == 31);
    assert_false(date_is_given(day_date(11248738)));
    assert_false(date_is_given(day_date(INT32_MIN)));
    assert_true(day_weekday(INT32_MAX) >= 1 && day_weekday(INT32_MIN) >= 1);
    assert_true(date_is_given((marsad_date){2016, 5, 10}));
}

/* --- JSON out --------------------------------------------------------------------------------------------------------- */

typedef struct {
    char text[100000];
    size_t used, refuse_after;
} sink;

static bool sink_write(void *context, const char *bytes, size_t size)
{
    sink *s = context;
    if (s->refuse_after != 0 && s->used + size > s->refuse_after)
        return false;
    assert_true(s->used + size < sizeof s->text);
    memcpy(s->text + s->used, bytes, size);
    s->used += size;
    s->text[s->used] = '\0';
    return true;
}

static void test_json_is_written(void **state)
{
    (void)state;
    sink s = {0};
    json_out j = {.write = sink_write, .context = &s};
    json_object(&j);
    json_key(&j, "a");
    json_array(&j);
    json_integer(&j, INT64_MIN);
    json_array(&j);
    json_end_array(&j);
    json_bool(&j, true);
    json_bool(&j, false);
    json_null(&j);
    json_end_array(&j);
    json_key(&j, "نص");
    json_string(&j, (view){"\"\\\n\r\t\x01\0é\xFF\xD8", 11});
    json_object(&j);
    json_end_object(&j);
    json_end_object(&j);
    json_newline(&j);
    json_array(&j);
    json_end_array(&j);
    assert_true(json_flush(&j));
    assert_string_equal(
        s.text, "{\"a\":[-9223372036854775808,[],true,false,null],\"نص\":\"\\\"\\\\\\n\\r\\t\\u0001\\u0000é\xEF\xBF\xBD\xEF\xBF\xBD\",{}}\n[]");
}

static const char *real_text(double value, int decimals)
{
    static sink s;
    s = (sink){0};
    json_out j = {.write = sink_write, .context = &s};
    json_real(&j, value, decimals);
    json_flush(&j);
    return s.text;
}

static void test_json_reals(void **state)
{
    (void)state;
    assert_string_equal(real_text(36.1, 6), "36.1");
    assert_string_equal(real_text(37, 4), "37");
    assert_string_equal(real_text(100, 0), "100");
    assert_string_equal(real_text(-0.0001, 2), "0");
    assert_string_equal(real_text(-1.5, 2), "-1.5");
    assert_string_equal(real_text(NAN, 2), "null");
    assert_string_equal(real_text(INFINITY, 2), "null");
    assert_true(strlen(real_text(-1e308, 17)) > 300);
}

static void test_json_reals_have_a_point_in_any_locale(void **state)
{
    (void)state;
    const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8", "fa_IR.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        setlocale(LC_ALL, locales[i]); /* where it is not installed, nothing changes */
        assert_string_equal(real_text(36.25, 6), "36.25");
    }
    setlocale(LC_ALL, "C");
}

static void test_long_json_is_handed_over_in_pieces(void **state)
{
    (void)state;
    sink s = {0};
    json_out j = {.write = sink_write, .context = &s};
    json_array(&j);
    for (int i = 0; i < 3000; i++)
        json_string(&j, view_of("مدينة \"حلب\""));
    json_end_array(&j);
    assert_true(json_flush(&j));
    json_t *read = json_loads(s.text, 0, NULL);
    assert_int_equal(json_array_size(read), 3000);
    json_decref(read);

    s = (sink){.refuse_after = 5000};
    j = (json_out){.write = sink_write, .context = &s};
    for (int i = 0; i < 3000; i++)
        json_string(&j, view_of("x"));
    assert_false(json_flush(&j));
    assert_true(j.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_returns_its_status_with_and_without_a_message),
        cmocka_unit_test(test_a_message_is_one_line_of_utf8),
        cmocka_unit_test(test_a_long_message_is_not_cut_inside_a_letter),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_the_hash_is_the_same_for_ever),
        cmocka_unit_test(test_the_hash_spreads_into_its_low_bits),
        cmocka_unit_test(test_spans_join),
        cmocka_unit_test(test_arena_memory_is_zero_and_aligned_also_when_used_again),
        cmocka_unit_test(test_arena_refuses_sizes_that_wrap),
        cmocka_unit_test(test_arena_in_steady_use_asks_for_no_memory),
        cmocka_unit_test(test_arena_gives_back_a_very_large_block),
        cmocka_unit_test(test_arena_strings),
        cmocka_unit_test(test_arena_lists_grow),
        cmocka_unit_test(test_arena_out_of_memory),
        cmocka_unit_test(test_every_letter_is_written_and_read),
        cmocka_unit_test(test_what_is_no_utf8),
        cmocka_unit_test(test_a_file_is_mapped),
        cmocka_unit_test(test_what_cannot_be_mapped_is_named),
        cmocka_unit_test(test_days_of_the_calendar),
        cmocka_unit_test(test_every_day_comes_back_and_days_follow_each_other),
        cmocka_unit_test(test_json_is_written),
        cmocka_unit_test(test_json_reals),
        cmocka_unit_test(test_json_reals_have_a_point_in_any_locale),
        cmocka_unit_test(test_long_json_is_handed_over_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
