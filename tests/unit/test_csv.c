/* CSV as programs and people write it, and bytes that are none. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"

/* All rows as "cell|cell/" in `out`; a fault as "!row/". */
static void read_all(char *out, size_t room, const char *bytes, size_t size)
{
    csv_reader reader;
    csv_row row = {0};
    arena memory = {0};
    marsad_error err = {0};
    size_t used = 0;
    csv_begin(&reader, (view){bytes, size});
    for (marsad_status status; (status = csv_next(&reader, &row, &memory, &err)) != MARSAD_END;) {
        if (status != MARSAD_OK) {
            assert_int_equal(status, MARSAD_ERR_FORMAT);
            assert_true(err.offset <= size);
            used += (size_t)snprintf(out + used, room - used, "!%zu/", row.row);
            continue;
        }
        for (uint32_t c = 0; c < row.count; c++)
            used += (size_t)snprintf(out + used, room - used, "%s%.*s", c > 0 ? "|" : "", (int)row.cells[c].len, row.cells[c].ptr);
        used += (size_t)snprintf(out + used, room - used, "/");
    }
    out[used] = 0;
    arena_free(&memory);
}

static void assert_rows(const char *text, const char *expected)
{
    char out[1024];
    read_all(out, sizeof out, text, strlen(text));
    assert_string_equal(out, expected);
}

static void test_cells(void **state)
{
    (void)state;
    assert_rows("", "");
    assert_rows("\n\r\n\n", "");
    assert_rows("a,b\n1,2", "a|b/1|2/");
    assert_rows("a,b\r\n1,2\r\n", "a|b/1|2/");
    assert_rows("a,b\r1,2\r", "a|b/1|2/");
    assert_rows("a,b\n,\n", "a|b/|/");
    assert_rows("a,b\n\"\",\"x\"\n", "a|b/|x/");
    assert_rows("a,b\n\"x,y\",\"2\n3\"\n4,5", "a|b/x,y|2\n3/4|5/");
    assert_rows("a,b\n\"he said \"\"no\"\"\",\"\"\"\"\n", "a|b/he said \"no\"|\"/");
}

static void test_delimiters(void **state)
{
    (void)state;
    assert_rows("a;b;c,d\n1,5;2;3", "a|b|c,d/1,5|2|3/");
    assert_rows("a\tb\n1;2\t3,4", "a|b/1;2|3,4/");
    assert_rows("\"a,b,c,d\";b\n1;2", "a,b,c,d|b/1|2/");
    assert_rows("kind\n1,2", "kind/1|2/");
}

static void test_faults(void **state)
{
    (void)state;
    assert_rows("a,b\nx\"y,2\n3,4", "a|b/!2/3|4/");
    assert_rows("a,b\n\"x\"y,2\n3,4", "a|b/!2/3|4/");
    assert_rows("a,b\n\"x,2\n3,4\n", "a|b/!2/3|4/"); /* nothing closes: the next line is a row again */
    assert_rows("a,b\n1,\"", "a|b/!2/");
    assert_rows("a,b\n\n\n1,\"x\" \n5,6", "a|b/!4/5|6/"); /* empty lines are rows of a spreadsheet */
}

static void test_rows_and_bytes(void **state)
{
    (void)state;
    csv_reader reader;
    csv_row row = {0};
    arena memory = {0};
    const char *text = "a,b\n\n\"1\n2\",3\r\n4,5\n";
    csv_begin(&reader, view_of(text));
    assert_int_equal(csv_next(&reader, &row, &memory, NULL), MARSAD_OK);
    assert_int_equal(row.row, 1);
    assert_int_equal(csv_next(&reader, &row, &memory, NULL), MARSAD_OK);
    assert_int_equal(row.row, 3);
    assert_true(view_equal(row.bytes, view_of("\"1\n2\",3")));
    assert_int_equal(csv_next(&reader, &row, &memory, NULL), MARSAD_OK);
    assert_int_equal(row.row, 4);
    assert_int_equal(csv_next(&reader, &row, &memory, NULL), MARSAD_END);
    arena_free(&memory);
}

/* Any bytes end, and every byte of a cell stands in the text. */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char letters[] = "\"\"\"\n\r,;\ta\xD8\0";
    char text[64], out[1024];
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        const size_t size = (size_t)round % sizeof text;
        for (size_t i = 0; i < size; i++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            text[i] = letters[(seed >> 33) % (sizeof letters - 1)];
        }
        char *exact = malloc(size + 1); /* so that a byte too far is seen */
        assert_non_null(exact);
        memcpy(exact, text, size);
        char *end = realloc(exact, size == 0 ? 1 : size);
        read_all(out, sizeof out, end, size);
        free(end);
    }
}

/* Quotes that nothing closes, a line each: not a time in the square. */
static void test_many_open_quotes(void **state)
{
    (void)state;
    const size_t lines = 200000;
    char *text = malloc(lines * 4), *out = malloc(lines * 12);
    assert_non_null(text);
    assert_non_null(out);
    for (size_t i = 0; i < lines; i++)
        memcpy(text + 4 * i, i % 2 == 0 ? "\"a,\n" : "\"\"a\n", 4);
    read_all(out, lines * 12, text, lines * 4);
    free(text);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),          cmocka_unit_test(test_delimiters), cmocka_unit_test(test_faults),
        cmocka_unit_test(test_rows_and_bytes), cmocka_unit_test(test_any_bytes),  cmocka_unit_test(test_many_open_quotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
