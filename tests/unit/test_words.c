/* Search keys: each once in the index, and no more of them than every engine takes. */
#include "unit.h"

#include <stdio.h>

#include "archive/words.h"
#include "refuse_alloc.h"

static void distinct_is(const char *keys, const char *expected)
{
    buffer made = {0};
    buffer_text(&made, keys);
    words_make_distinct(&made);
    assert_false(made.failed);
    if (!view_equal((view){made.bytes, made.used}, view_of(expected)))
        fail_msg("'%s' becomes '%.*s'", keys, (int)made.used, made.bytes);
    buffer_free(&made);
}

static void test_each_key_once(void **state)
{
    (void)state;
    distinct_is("", "");
    distinct_is("  ", "");
    distinct_is("حلب", "حلب");
    distinct_is("حلب حلب حلب", "حلب");
    distinct_is(" قصف مدينه  حلب قصف مدين حلب ادلب", "قصف مدينه حلب مدين ادلب");
    distinct_is("a ab a abc ab b", "a ab abc b");
}

/* `count` numbers, each twice, the second time in the opposite order. */
static void add_numbers(buffer *out, int count)
{
    for (int i = 0; i < count; i++)
        buffer_format(out, "%d ", i);
    for (int i = count - 1; i >= 0; i--)
        buffer_format(out, "%d ", i);
}

static void test_many_keys(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    buffer made = {0};
    add_numbers(&made, MANY);
    words_make_distinct(&made);
    view word;
    size_t at = 0;
    int count = 0;
    for (char expected[16]; words_next((view){made.bytes, made.used}, &at, &word); count++) {
        snprintf(expected, sizeof expected, "%d", count);
        assert_true(view_equal(word, view_of(expected)));
    }
    assert_int_equal(count, MANY);
    buffer_free(&made);
}

/* Those that come first stay; repetitions do not count. */
static void test_limit(void **state)
{
    (void)state;
    buffer made = {0};
    add_numbers(&made, 400000); /* 2.3 MB of digits that differ */
    words_make_distinct(&made);
    view word, last = {0};
    size_t at = 0, bytes = 0;
    int count = 0;
    for (; words_next((view){made.bytes, made.used}, &at, &word); count++) {
        bytes += word.len;
        last = word;
    }
    assert_true(bytes <= WORDS_MOST_BYTES && bytes > WORDS_MOST_BYTES - 6);
    char expected[16];
    snprintf(expected, sizeof expected, "%d", count - 1);
    assert_true(view_equal(last, view_of(expected)));
    buffer_free(&made);

    for (int i = 0; i < 300000; i++)
        buffer_text(&made, "وقالت وكالة ");
    words_make_distinct(&made);
    assert_true(view_equal((view){made.bytes, made.used}, view_of("وقالت وكالة")));
    buffer_free(&made);
}

static void test_refused_memory(void **state)
{
    (void)state;
    bool was_refused = true;
    for (size_t at = 1; was_refused; at++) {
        buffer made = {0};
        add_numbers(&made, 2000);
        refuse_alloc_at(at);
        words_make_distinct(&made);
        was_refused = refuse_alloc_stop();
        assert_int_equal(made.failed, was_refused);
        buffer_free(&made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_key_once),
        cmocka_unit_test(test_many_keys),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
