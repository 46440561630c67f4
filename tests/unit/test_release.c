/* The archive as it was: whatever is stored, decided and merged later, what follows from an earlier line of the log stays the same. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "archives.h"
#include "trust/asof.h"
#include "trust/diff.h"

enum { NOW = 1463000000 };

static marsad_error err;

/* All that incidents say, with their statements' states and chains. */
static void tell(marsad_archive *a, int64_t line, buffer *out)
{
    arena memory = {0};
    statement_list statements = {0};
    incident_list incidents = {0};
    out->used = 0;
    assert_int_equal(archive_as_of(a, line, &statements, &incidents, &memory, &err), MARSAD_OK);
    for (uint32_t i = 0; i < incidents.count; i++) {
        stored_incident kept;
        assert_true(archive_keep_incident(&kept, &incidents.items[i], "", 0, &memory));
        buffer_format(out, "%s %d %.*s\n", kept.id, kept.grade, (int)kept.body.len, kept.body.ptr);
        for (uint32_t s = 0; s < incidents.items[i].statement_count; s++) {
            const statement *one = incidents.items[i].statements[s];
            buffer_format(out, "  %s %s %d %d %d %d\n", one->id, one->chain, (int)one->state, (int)one->is_verified, (int)one->kind, (int)one->start);
        }
    }
    buffer_add(out, "", 1);
    arena_free(&memory);
}

static int64_t last_line(marsad_archive *a)
{
    int64_t line;
    char root[65];
    assert_int_equal(marsad_archive_root(a, (marsad_date){0}, &line, root, &err), MARSAD_OK);
    return line;
}

/* The ids of records 0 .. count - 1. */
static void read_ids(marsad_archive *a, char ids[][32], size_t count)
{
    buffer all = {0};
    table_text(&all, a, "records", "");
    buffer_add(&all, "", 1);
    const char *at = all.bytes;
    for (size_t i = 0; i < count; i++) {
        snprintf(ids[i], 32, "%.*s", (int)strcspn(at, "|"), at);
        at = strchr(at, '\n') + 1;
    }
    buffer_free(&all);
}

static void each_line_stays_what_it_was(void **state)
{
    (void)state;
    enum { STEPS = 9, RECORDS = 12 };
    static const struct {
        const char *what, *change;
        int record, with; /* -1: none */
    } steps[STEPS] = {{"accept", NULL, 0, -1},
                      {"edit", "days=2016-05-01", 1, -1},
                      {"merge", NULL, 2, 5},
                      {"edit", "figure=killed:9", 1, -1},
                      {"reject", NULL, 5, -1},
                      {"reopen", NULL, 5, -1},
                      {"edit", "kind=shelling", 0, -1},
                      {"split", NULL, 2, -1},
                      {"edit", "as-read", 1, -1}};
    marsad_archive *a = archive_of("asof", 0, 6, NOW);
    char ids[RECORDS][32];
    buffer told[2 * STEPS] = {0}, again = {0};
    int64_t lines[2 * STEPS];
    size_t count = 0;
    read_ids(a, ids, RECORDS);
    for (size_t i = 0; i < STEPS; i++) {
        const char *with = steps[i].with < 0 ? NULL : ids[steps[i].with];
        lines[count] = last_line(a);
        tell(a, lines[count], &told[count]);
        count++;
        if (decide(a, steps[i].what, "amal", ids[steps[i].record], with, steps[i].change, "because", NOW + (int64_t)i, &err) != MARSAD_OK)
            fail_msg("%s: %s", steps[i].what, err.message);
        lines[count] = last_line(a);
        tell(a, lines[count], &told[count]);
        count++;
        archive_add(a, 6 + 3 * i, 3, NOW + (int64_t)i); /* copies of what is there among them */
    }
    for (size_t i = 0; i < count; i++) {
        tell(a, lines[i], &again);
        assert_string_equal(told[i].bytes, again.bytes);
        if (i > 0)
            assert_string_not_equal(told[i - 1].bytes, told[i].bytes);
    }
    for (size_t i = 0; i < count; i++)
        buffer_free(&told[i]);
    buffer_free(&again);
    marsad_archive_close(a);
}

/* --- what differs ----------------------------------------------------------------------------------------------------------------- */

static bool add_change(void *context, const char *id, const char *what, const char *field, const char *before, const char *after)
{
    buffer_format(context, "%s %s %s %s %s\n", id, what, field, before, after);
    return true;
}

static void editions_differ_by_id_and_field(void **state)
{
    (void)state;
    static const char before[] =
        "{\"id\":\"I-1\",\"grade\":\"weak\",\"statements\":[{\"id\":\"R-1\",\"kind\":\"clash\"},{\"id\":\"R-2\",\"kind\":\"clash\"}]}\n"
        "{\"id\":\"I-2\",\"grade\":\"fair\",\"statements\":[]}\n";
    static const char after[] = "{\"id\":\"I-3\",\"grade\":\"fair\",\"statements\":[{\"id\":\"R-2\",\"kind\":\"attack\"}]}\n"
                                "{\"id\":\"I-1\",\"grade\":\"fair\",\"statements\":[{\"id\":\"R-1\",\"kind\":\"clash\"}]}\n";
    buffer told = {0};
    assert_int_equal(editions_diff(view_of(before), view_of(after), add_change, &told, &err), MARSAD_OK);
    buffer_add(&told, "", 1);
    assert_string_equal(told.bytes, "I-1 changed grade \"weak\" \"fair\"\n"
                                    "I-1 changed statements [\"R-1\",\"R-2\"] [\"R-1\"]\n"
                                    "I-2 withdrawn   \n"
                                    "I-3 added   \n"
                                    "R-2 changed kind \"clash\" \"attack\"\n");
    assert_int_equal(editions_diff(view_of(before), view_of("{\"id\":\"I-1\"}\n{\"id\":\n"), add_change, &told, &err), MARSAD_ERR_FORMAT);
    assert_non_null(strstr(err.message, "line 2"));
    told.used = 0;
    assert_int_equal(editions_diff(view_of(before), view_of(before), add_change, &told, &err), MARSAD_OK);
    assert_int_equal(told.used, 0);
    buffer_free(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_stays_what_it_was),
        cmocka_unit_test(editions_differ_by_id_and_field),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
