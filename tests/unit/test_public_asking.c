/*
 * Asking in public: what the safety profile withholds stands in no answer, and asking for it finds nothing. The profile of these tests delays and coarsens more
 * than the public one does, so that there is something to withhold in a few articles.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "archives.h"

enum { NOW = 1463000000, SECRETS = 64 };

static marsad_error err;
static char profile[256];

static const char *const public_tables[] = {"incidents", "tallies", "control", "map", "series", "truce"};
static const char *const inner_tables[] = {"articles", "records", "decisions",  "batches", "problems", "feeds",   "tombstones", "log",
                                           "grounds",  "queue",   "candidates", "texts",   "intake",   "summary", "changed",    "proposals"};

/* The public profile with towns told by their governorate alone, and air strikes held back for ten days. */
static void make_profile(void)
{
    snprintf(profile, sizeof profile, "%s.json", archive_file("profile"));
    char command[1024];
    snprintf(command, sizeof command,
             "sed -e 's/\"town\": \"show\"/\"town\": \"admin1\"/' -e 's/\"airstrike\": .*/\"airstrike\": {\"publish\": true, \"place\": \"show\", "
             "\"delay_days\": 10},/' '%s/rules/safety/public.json' > '%s'",
             MARSAD_SOURCE_DIR, profile);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): a file of this test's own */
}

static bool add_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    buffer *out = context;
    (void)columns;
    for (size_t c = 0; c < count; c++) {
        if (cells[c].type == MARSAD_CELL_INTEGER)
            buffer_format(out, "%lld", (long long)cells[c].integer);
        else if (cells[c].type == MARSAD_CELL_REAL)
            buffer_format(out, "%.5f", cells[c].real);
        else if (cells[c].type != MARSAD_CELL_NULL)
            buffer_add(out, cells[c].text.ptr, cells[c].text.len);
        buffer_text(out, "|");
    }
    buffer_text(out, "\n");
    return true;
}

static marsad_status ask(marsad_archive *a, const char *table, marsad_question question, const marsad_publication *p, buffer *out)
{
    question.publication = p;
    question.by = strcmp(table, "tallies") == 0 ? "day,place,party" : NULL;
    question.agreement = strcmp(table, "truce") == 0 ? "syria-coh-2016-02-27" : NULL;
    const marsad_status status = marsad_archive_list(a, table, &question, add_row, out, &err);
    if (status == MARSAD_OK && !out->failed)
        buffer_add(out, "", 1);
    out->used -= status == MARSAD_OK;
    return status;
}

/* What must not be told: ids of incidents that are held back, and names and points of towns. */
typedef struct {
    char texts[SECRETS][96];
    size_t count;
} secrets;

static void find_secrets(marsad_archive *a, secrets *out, const char *sql, int32_t after)
{
    db_rows *rows;
    assert_int_equal(db_ask(a->store.db, &rows, &err, sql, DB_VALUES(db_int(after))), MARSAD_OK);
    while (out->count < SECRETS && db_next(rows, &err) == MARSAD_OK)
        snprintf(out->texts[out->count++], sizeof out->texts[0], "%.*s", (int)db_get_text(rows, 0).len, db_get_text(rows, 0).ptr);
    db_end(rows);
}

/* The same of degrees, as tables show them. */
static void find_points(marsad_archive *a, secrets *out, const char *sql, int32_t after)
{
    db_rows *rows;
    assert_int_equal(db_ask(a->store.db, &rows, &err, sql, DB_VALUES(db_int(after))), MARSAD_OK);
    while (out->count < SECRETS && db_next(rows, &err) == MARSAD_OK)
        snprintf(out->texts[out->count++], sizeof out->texts[0], "%.5f", db_get_real(rows, 0));
    db_end(rows);
}

static bool tells(const buffer *out, const char *secret)
{
    return out->used > 0 && strstr(out->bytes, secret) != NULL;
}

static void expect_none(const buffer *out, const secrets *s, const char *table)
{
    for (size_t i = 0; i < s->count; i++)
        if (tells(out, s->texts[i]))
            fail_msg("table '%s' tells '%s'", table, s->texts[i]);
}

static void nothing_withheld_is_told(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("public", 0, 60, NOW);
    make_profile();
    const int32_t today = day_number((marsad_date){2016, 5, 14}); /* of the newest of the articles */
    const marsad_publication p = {.profile = profile, .today = day_date(today)};
    secrets s = {0};
    find_secrets(a, &s, "SELECT id FROM outline WHERE kind = 1 AND day > $1 - 10", today);
    const size_t held = s.count;
    assert_true(held > 0);
    find_secrets(a, &s,
                 "SELECT DISTINCT q.value ->> 'id' FROM record r, json_each(r.body, '$.places') q WHERE q.value ->> 'precision' = 'town'"
                 " AND $1 > 0 LIMIT 20",
                 today);
    find_points(a, &s,
                "SELECT DISTINCT q.value ->> 'lat' FROM record r, json_each(r.body, '$.places') q WHERE q.value ->> 'precision' = 'town' AND $1 > 0 "
                "LIMIT 20",
                today);
    assert_true(s.count > held);

    for (size_t t = 0; t < sizeof public_tables / sizeof *public_tables; t++) {
        buffer inside = {0}, outside = {0};
        if (ask(a, public_tables[t], (marsad_question){.from = {2016, 2, 27}, .to = day_date(today)}, &p, &outside) != MARSAD_OK)
            fail_msg("%s: %s", public_tables[t], err.message);
        expect_none(&outside, &s, public_tables[t]);
        if (strcmp(public_tables[t], "incidents") == 0) { /* they are there to be withheld */
            assert_int_equal(ask(a, public_tables[t], (marsad_question){0}, NULL, &inside), MARSAD_OK);
            for (size_t i = 0; i < held; i++)
                assert_true(tells(&inside, s.texts[i]));
            assert_true(outside.used > 0);
        }
        buffer_free(&inside);
        buffer_free(&outside);
    }
    for (size_t i = 0; i < held; i++) { /* nor to those who know the id */
        buffer out = {0};
        assert_int_equal(ask(a, "incidents", (marsad_question){.id = s.texts[i]}, &p, &out), MARSAD_OK);
        assert_int_equal(ask(a, "statements", (marsad_question){.id = s.texts[i]}, &p, &out), MARSAD_OK);
        assert_int_equal(out.used, 0);
        assert_int_equal(ask(a, "incidents", (marsad_question){.after = s.texts[i]}, &p, &out), MARSAD_ERR_ARGUMENT);
        buffer_free(&out);
    }
    marsad_archive_close(a);
}

/* Asking for what is withheld finds nothing: neither by its place, nor by its box, nor by the words of its report. */
static void what_is_withheld_cannot_be_asked_for(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("public-asked", 0, 60, NOW);
    make_profile();
    const marsad_publication p = {.profile = profile, .today = {2016, 12, 31}};
    secrets towns = {0};
    find_secrets(a, &towns,
                 "SELECT DISTINCT p.id FROM outline o JOIN place p ON p.key = o.place JOIN incident i ON i.key = o.incident WHERE i.body -> "
                 "'places' -> 0 ->> 'precision' = 'town' AND i.body -> 'places' -> 0 ->> 'id' = p.id AND o.day > $1 LIMIT 10",
                 0);
    assert_true(towns.count > 2);
    for (size_t i = 0; i < towns.count; i++) {
        buffer inside = {0}, outside = {0};
        assert_int_equal(ask(a, "incidents", (marsad_question){.place = towns.texts[i]}, NULL, &inside), MARSAD_OK);
        assert_true(inside.used > 0);
        static const char *const tables[] = {"incidents", "map", "series", "control"};
        for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
            assert_int_equal(ask(a, tables[t], (marsad_question){.place = towns.texts[i]}, &p, &outside), MARSAD_OK);
        assert_int_equal(outside.used, 0);
        buffer_free(&inside);
        buffer_free(&outside);
    }
    buffer out = {0};
    assert_int_equal(ask(a, "incidents", (marsad_question){.words = "\330\255\331\204\330\250"}, &p, &out), MARSAD_ERR_ARGUMENT);
    marsad_question path = {.agreement = "../agreements/syria-coh-2016-02-27.json", .publication = &p};
    assert_int_equal(marsad_archive_list(a, "truce", &path, add_row, &out, &err), MARSAD_ERR_ARGUMENT);
    buffer_free(&out);
    marsad_archive_close(a);
}

static void what_is_not_marked_public_is_refused(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("public-closed", 0, 3, NOW);
    const marsad_publication p = {.profile = "internal", .today = {2016, 12, 31}}, none = {.profile = NULL}, lost = {.profile = "lost"};
    buffer out = {0};
    for (size_t t = 0; t < sizeof inner_tables / sizeof *inner_tables; t++)
        assert_int_equal(ask(a, inner_tables[t], (marsad_question){.id = "A-x"}, &p, &out), MARSAD_ERR_ARGUMENT);
    for (size_t t = 0; t < sizeof public_tables / sizeof *public_tables; t++) {
        assert_int_equal(ask(a, public_tables[t], (marsad_question){0}, &none, &out), MARSAD_ERR_ARGUMENT);
        assert_true(ask(a, public_tables[t], (marsad_question){0}, &lost, &out) != MARSAD_OK);
    }
    assert_int_equal(out.used, 0);
    buffer_free(&out);
    marsad_archive_close(a);
}

/* Pages of the public table hold each incident once, in its order; sentences are told only where nothing is withheld. */
static void public_pages_hold_each_incident_once(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("public-pages", 0, 40, NOW);
    const marsad_publication p = {.profile = "public", .today = {2016, 12, 31}}, open = {.profile = "internal", .today = {2016, 12, 31}};
    buffer whole = {0}, pages = {0}, closed = {0}, shown = {0};
    assert_int_equal(ask(a, "incidents", (marsad_question){0}, &p, &whole), MARSAD_OK);
    assert_true(whole.used > 0);
    char after[32] = "", first[32];
    for (size_t before = SIZE_MAX; before != pages.used;) {
        before = pages.used;
        assert_int_equal(ask(a, "incidents", (marsad_question){.limit = 1, .after = after[0] == 0 ? NULL : after}, &p, &pages), MARSAD_OK);
        if (before != pages.used)
            snprintf(after, sizeof after, "%.18s", pages.bytes + before);
    }
    assert_int_equal(pages.used, whole.used);
    assert_memory_equal(pages.bytes, whole.bytes, whole.used);

    snprintf(first, sizeof first, "%.18s", whole.bytes);
    assert_int_equal(ask(a, "statements", (marsad_question){.id = first}, &p, &closed), MARSAD_OK);
    assert_int_equal(ask(a, "statements", (marsad_question){.id = first}, &open, &shown), MARSAD_OK);
    assert_true(closed.used > 0 && shown.used > closed.used);
    buffer_free(&whole);
    buffer_free(&pages);
    buffer_free(&closed);
    buffer_free(&shown);
    marsad_archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_withheld_is_told),
        cmocka_unit_test(what_is_withheld_cannot_be_asked_for),
        cmocka_unit_test(what_is_not_marked_public_is_refused),
        cmocka_unit_test(public_pages_hold_each_incident_once),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
