/* Asking: texts and evidence, records by any id, the queue's pages, outlines, the map, series, plans of exports. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "archives.h"

enum { NOW = 1463000000 };

static marsad_error err;
static buffer cell;

#define EXPECT_CELL(table, id, column, text) assert_string_equal(cell_of(&cell, a, table, id, column), text)

/* What a table answered: rows, and one column of them, parted by blanks. */
typedef struct {
    const char *column;
    size_t rows;
    char text[65536];
    size_t used;
} answer;

static bool take_cell(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    answer *out = context;
    out->rows++;
    for (size_t c = 0; c < count; c++)
        if (strcmp(columns[c], out->column) == 0 && out->used < sizeof out->text) {
            if (cells[c].type == MARSAD_CELL_INTEGER)
                out->used += (size_t)snprintf(out->text + out->used, sizeof out->text - out->used, "%lld ", (long long)cells[c].integer);
            else if (cells[c].type == MARSAD_CELL_NULL)
                out->used += (size_t)snprintf(out->text + out->used, sizeof out->text - out->used, "- ");
            else
                out->used += (size_t)snprintf(out->text + out->used, sizeof out->text - out->used, "%.*s ", (int)cells[c].text.len,
                                              cells[c].text.len > 0 ? cells[c].text.ptr : "");
        }
    return true;
}

static const answer *ask(marsad_archive *a, const char *table, marsad_question question, const char *column)
{
    static answer out;
    out = (answer){.column = column};
    if (marsad_archive_list(a, table, &question, take_cell, &out, &err) != MARSAD_OK)
        fail_msg("%s: %s", table, err.message);
    return &out;
}

/* The n-th of the words that `ask` gave. */
static const char *word_at(const char *text, size_t n)
{
    static char words[4][64];
    static size_t next;
    char *word = words[next++ % 4];
    while (n-- > 0)
        text = strchr(text, ' ') + 1;
    snprintf(word, 64, "%.*s", (int)strcspn(text, " "), text);
    return word;
}

static int64_t count(marsad_archive *a, const char *sql)
{
    int64_t out;
    assert_int_equal(db_ask_int(a->store.db, &out, 0, &err, sql, DB_NONE), MARSAD_OK);
    return out;
}

static void outlines_follow_from_incidents_and_records(marsad_archive *a)
{
    int64_t faults;
    assert_int_equal(store_outline_faults(&a->store, &faults, &err), MARSAD_OK);
    assert_int_equal(faults, 0);
    assert_int_equal(count(a, "SELECT count(*) FROM outline"), count(a, "SELECT count(*) FROM incident WHERE gone IS NULL"));
}

/* --- texts ------------------------------------------------------------------------------------------------------------------------ */

static void an_article_is_shown_with_its_text_and_evidence(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("texts", 0, 3, NOW);
    const char *id = word_at(ask(a, "articles", (marsad_question){0}, "id")->text, 1);
    arena memory = {0};
    view text;
    assert_int_equal(store_article_text(&a->store, id, &text, &memory, &err), MARSAD_OK);
    assert_int_equal(strlen(cell_of(&cell, a, "texts", id, "text")), text.len);
    EXPECT_CELL("texts", id, "id", id);
    EXPECT_CELL("texts", id, "copies", "[]");
    EXPECT_CELL("texts", id, "copy_of", id);
    EXPECT_CELL("texts", id, "note", "");
    assert_int_equal(
        db_run(a->store.db, &err, "UPDATE article SET note = 'cut', chain = (SELECT min(key) FROM article) WHERE id = $1", DB_VALUES(db_text(id))),
        MARSAD_OK);
    EXPECT_CELL("texts", id, "copy_of", word_at(ask(a, "articles", (marsad_question){0}, "id")->text, 0));
    EXPECT_CELL("texts", id, "note", "cut");

    marsad_evidence evidence;
    buffer bytes = {0};
    assert_int_equal(marsad_archive_evidence(a, id, &evidence, buffer_write, &bytes, &err), MARSAD_OK);
    assert_int_equal(bytes.used, evidence.size);
    EXPECT_CELL("texts", id, "sha256", evidence.sha256);
    EXPECT_CELL("texts", id, "media", evidence.media);
    buffer_free(&bytes);

    assert_int_equal(marsad_archive_evidence(a, "A-none", &evidence, buffer_write, &bytes, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(db_run(a->store.db, &err, "UPDATE evidence SET size = size - 1", DB_NONE), MARSAD_OK);
    assert_int_equal(marsad_archive_evidence(a, id, &evidence, buffer_write, &bytes, &err), MARSAD_ERR_FORMAT);
    assert_int_equal(bytes.used, 0); /* nothing is written of what is damaged */
    assert_int_equal(ask(a, "texts", (marsad_question){.id = "A-none"}, "id")->rows, 0);
    arena_free(&memory);
    marsad_archive_close(a);
}

/* --- records ---------------------------------------------------------------------------------------------------------------------- */

static void records_are_found_by_any_id_and_state(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("any-id", 0, 10, NOW);
    const char *record = word_at(ask(a, "records", (marsad_question){0}, "id")->text, 0);
    const char *article = word_at(ask(a, "records", (marsad_question){.id = record}, "article")->text, 0);
    const char *incident = word_at(ask(a, "records", (marsad_question){.id = record}, "incident")->text, 0);
    assert_int_equal(ask(a, "records", (marsad_question){.id = record}, "id")->rows, 1);
    char number[32];
    snprintf(number, sizeof number, "%zu ", ask(a, "records", (marsad_question){.id = article}, "id")->rows);
    assert_string_equal(ask(a, "articles", (marsad_question){.id = article}, "records")->text, number);
    snprintf(number, sizeof number, "%zu ", ask(a, "records", (marsad_question){.id = incident}, "id")->rows);
    assert_string_equal(ask(a, "queue", (marsad_question){.id = incident}, "statements")->text, number);
    assert_int_equal(ask(a, "records", (marsad_question){.id = "R-none"}, "id")->rows, 0);

    assert_int_equal(decide(a, "accept", "amal", record, NULL, NULL, NULL, NOW, &err), MARSAD_OK);
    assert_string_equal(ask(a, "records", (marsad_question){.state = "accepted"}, "id")->text,
                        ask(a, "records", (marsad_question){.id = record}, "id")->text);
    assert_int_equal(marsad_archive_list(a, "records", &(marsad_question){.state = "lost"}, take_cell, &(answer){.column = ""}, &err),
                     MARSAD_ERR_ARGUMENT);
    marsad_archive_close(a);
}

/* --- pages --------------------------------------------------------------------------------------------------------------------------- */

/* All rows by pages of one, each asked for behind the row before, are all rows. */
static void expect_pages(marsad_archive *a, const char *table, const char *column, bool newest)
{
    const answer whole = *ask(a, table, (marsad_question){.newest = newest}, column);
    char after[64] = "";
    assert_true(whole.rows > 1);
    for (size_t i = 0; i <= whole.rows; i++) {
        const answer *page = ask(a, table, (marsad_question){.limit = 1, .after = i == 0 ? NULL : after, .newest = newest}, column);
        assert_int_equal(page->rows, i < whole.rows);
        if (page->rows > 0)
            assert_string_equal(word_at(page->text, 0), word_at(whole.text, i));
        snprintf(after, sizeof after, "%s", word_at(whole.text, i < whole.rows ? i : 0));
    }
}

static void every_page_has_a_next_one(void **state)
{
    (void)state;
    static const struct {
        const char *name, *key;
        bool has_newest;
    } tables[] = {
        {"log", "line", true}, {"problems", "problem", true}, {"batches", "batch", true}, {"decisions", "decision", false}, {"feeds", "feed", false}};
    marsad_archive *a = archive_of("pages", 0, 3, NOW);
    const char *record = word_at(ask(a, "records", (marsad_question){0}, "id")->text, 0);
    for (int i = 0; i < 3; i++) {
        char name[64];
        bool is_new;
        snprintf(name, sizeof name, "https://news.example/%d.xml", i);
        assert_int_equal(marsad_source_add(a, NOW, name, "", false, &is_new, &err), MARSAD_OK);
        assert_int_equal(marsad_archive_begin(a, NOW + i, "test", &err), MARSAD_OK);
        for (size_t line = 1; line < 3; line++)
            assert_int_equal(marsad_archive_problem(a, "news.jsonl", line, "no JSON", &err), MARSAD_OK);
        assert_int_equal(marsad_archive_commit(a, &err), MARSAD_OK);
        assert_int_equal(decide(a, i == 1 ? "leave" : "take", "amal", record, NULL, NULL, NULL, NOW + i, &err), MARSAD_OK);
    }
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        static const char *const wrong[] = {"nothing", "1x", "0", "-1", "99999"};
        expect_pages(a, tables[t].name, tables[t].key, false);
        if (tables[t].has_newest)
            expect_pages(a, tables[t].name, tables[t].key, true);
        const marsad_question newest = {.newest = true};
        assert_int_equal(marsad_archive_list(a, tables[t].name, &newest, take_cell, &(answer){.column = ""}, &err) == MARSAD_OK,
                         tables[t].has_newest);
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
            assert_int_equal(marsad_archive_list(a, tables[t].name, &(marsad_question){.after = wrong[i]}, take_cell, &(answer){.column = ""}, &err),
                             MARSAD_ERR_ARGUMENT);
    }
    const answer lines = *ask(a, "log", (marsad_question){0}, "line"), turned = *ask(a, "log", (marsad_question){.newest = true}, "line");
    assert_string_equal(word_at(turned.text, 0), word_at(lines.text, lines.rows - 1));
    marsad_archive_close(a);
}

/* --- the queue --------------------------------------------------------------------------------------------------------------------- */

static void the_queue_has_pages_states_and_persons(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("queue-pages", 0, 20, NOW);
    answer whole = *ask(a, "queue", (marsad_question){.now = NOW}, "id");
    assert_true(whole.rows > 10);
    outlines_follow_from_incidents_and_records(a);
    char paged[sizeof whole.text] = "", after[64] = "";
    size_t used = 0;
    for (size_t rows = 0; rows < whole.rows;) {
        const answer *page = ask(a, "queue", (marsad_question){.now = NOW, .limit = 3, .after = after[0] == 0 ? NULL : after}, "id");
        assert_true(page->rows > 0);
        rows += page->rows;
        snprintf(after, sizeof after, "%s", word_at(page->text, page->rows - 1));
        used += (size_t)snprintf(paged + used, sizeof paged - used, "%s", page->text);
    }
    assert_string_equal(paged, whole.text);
    assert_int_equal(ask(a, "queue", (marsad_question){.after = after}, "id")->rows, 0);

    size_t of_priorities = 0;
    static const char *const priorities[] = {"A", "B", "C"};
    for (size_t p = 0; p < 3; p++)
        of_priorities += ask(a, "queue", (marsad_question){.priority = priorities[p]}, "priority")->rows;
    assert_int_equal(of_priorities, whole.rows);

    const char *first = word_at(whole.text, 0);
    assert_int_equal(decide(a, "take", "amal", first, NULL, NULL, NULL, NOW, &err), MARSAD_OK);
    outlines_follow_from_incidents_and_records(a);
    assert_string_equal(word_at(ask(a, "queue", (marsad_question){.now = NOW, .person = "amal"}, "id")->text, 0), first);
    assert_string_equal(word_at(ask(a, "queue", (marsad_question){.now = NOW, .state = "in work"}, "id")->text, 0), first);
    assert_int_equal(ask(a, "queue", (marsad_question){.now = NOW, .person = "karim"}, "id")->rows, 0);
    assert_int_equal(ask(a, "queue", (marsad_question){.now = NOW + 3600, .person = "amal"}, "id")->rows, 0); /* the lease is over */
    assert_int_equal(ask(a, "queue", (marsad_question){.now = NOW, .state = "new"}, "id")->rows, whole.rows - 1);

    assert_int_equal(decide(a, "reject", "amal", first, NULL, NULL, "not in the report", NOW, &err), MARSAD_OK);
    outlines_follow_from_incidents_and_records(a);
    assert_int_equal(ask(a, "queue", (marsad_question){.now = NOW}, "id")->rows, whole.rows - 1);
    marsad_archive_close(a);
}

/* --- map and series ------------------------------------------------------------------------------------------------------------------ */

static void the_map_shows_what_incidents_tell(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("map", 0, 40, NOW);
    outlines_follow_from_incidents_and_records(a);
    const answer all = *ask(a, "map", (marsad_question){0}, "id");
    assert_int_equal(all.rows, count(a, "SELECT count(*) FROM incident WHERE gone IS NULL AND place IS NOT NULL"));
    assert_true(all.rows > 5);
    for (size_t i = 0; i < all.rows; i++) {
        const char *id = word_at(all.text, i);
        char kind[64];
        snprintf(kind, sizeof kind, "%s ", cell_of(&cell, a, "queue", id, "kind"));
        assert_true(strlen(kind) > 1);
    }
    /* what the point stands for, in whichever way it is asked, is what the records say of their place */
    assert_int_equal(
        db_run(
            a->store.db, &err,
            "UPDATE place SET feature = 'country' WHERE key = (SELECT place FROM outline WHERE place IS NOT NULL ORDER BY day DESC, id DESC LIMIT 1)",
            DB_NONE),
        MARSAD_OK);
    assert_string_equal(word_at(ask(a, "map", (marsad_question){0}, "precision")->text, 0), "country");
    assert_string_equal(
        word_at(ask(a, "map", (marsad_question){.has_box = true, .west = -180, .south = -90, .east = 180, .north = 90}, "precision")->text, 0),
        "country");
    const char *town = word_at(ask(a, "map", (marsad_question){.place = "حلب", .known = {2017, 1, 1}}, "precision")->text, 0);
    assert_string_equal(town, word_at(ask(a, "map", (marsad_question){.place = "حلب"}, "precision")->text, 0));

    const marsad_question box = {.has_box = true, .west = 36, .south = 35, .east = 38, .north = 37};
    const answer in_box = *ask(a, "map", box, "id");
    assert_true(in_box.rows > 0 && in_box.rows < all.rows);
    size_t of_incidents = ask(a, "incidents", box, "id")->rows;
    assert_int_equal(in_box.rows, of_incidents);

    marsad_question page = box;
    page.limit = 1;
    char after[64];
    snprintf(after, sizeof after, "%s", word_at(in_box.text, 0));
    page.after = after;
    assert_string_equal(word_at(ask(a, "map", page, "id")->text, 0), word_at(in_box.text, 1));

    const size_t with_party = ask(a, "map", (marsad_question){.party = "syria.government"}, "id")->rows;
    assert_true(with_party > 0 && with_party < all.rows);
    assert_int_equal(ask(a, "map", (marsad_question){.party = "nobody"}, "id")->rows, 0);
    marsad_archive_close(a);
}

static int64_t sum_of(const char *text)
{
    int64_t sum = 0;
    for (; *text != 0; text += strcspn(text, " ") + 1)
        sum += strtoll(text, NULL, 10);
    return sum;
}

static void series_add_up(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("series", 0, 40, NOW);
    const int64_t incidents = count(a, "SELECT count(*) FROM outline");
    static const char *const keys[] = {"kind", "grade", ""};
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(sum_of(ask(a, "series", (marsad_question){.by = keys[k]}, "incidents")->text), incidents);
        assert_int_equal(sum_of(ask(a, "series", (marsad_question){.by = keys[k]}, "killed_low")->text),
                         count(a, "SELECT sum(killed_low) FROM outline WHERE (flags & 3) = 0"));
    }
    assert_int_equal(sum_of(ask(a, "series", (marsad_question){.by = "party"}, "incidents")->text),
                     count(a, "SELECT sum(json_array_length(body, '$.actors')) FROM incident WHERE gone IS NULL"));
    assert_int_equal(marsad_archive_list(a, "series", &(marsad_question){.by = "weather"}, take_cell, &(answer){.column = ""}, &err),
                     MARSAD_ERR_ARGUMENT);
    marsad_archive_close(a);
}

/* --- overviews ------------------------------------------------------------------------------------------------------------------------ */

static void intake_and_summary_count_what_is_there(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("overview", 0, 20, NOW);
    assert_int_equal(sum_of(ask(a, "intake", (marsad_question){0}, "articles")->text), 20);
    assert_int_equal(sum_of(ask(a, "intake", (marsad_question){0}, "records")->text), count(a, "SELECT count(*) FROM record"));
    const size_t outlets = ask(a, "intake", (marsad_question){0}, "outlet")->rows;
    const marsad_question later = {.from = {2016, 12, 1}, .to = {2016, 12, 2}};
    assert_int_equal(ask(a, "intake", later, "outlet")->rows, outlets); /* silent, and told so */
    assert_int_equal(sum_of(ask(a, "intake", later, "articles")->text), 0);
    assert_true(sum_of(ask(a, "intake", later, "silent_days")->text) > 200 * (int64_t)outlets);

    assert_int_equal(sum_of(ask(a, "summary", (marsad_question){0}, "records")->text), count(a, "SELECT count(*) FROM record"));
    assert_int_equal(sum_of(ask(a, "summary", (marsad_question){0}, "incidents")->text), count(a, "SELECT count(*) FROM outline"));
    const int64_t open = sum_of(ask(a, "summary", (marsad_question){0}, "open")->text);
    const char *record = word_at(ask(a, "records", (marsad_question){0}, "id")->text, 0);
    assert_int_equal(decide(a, "accept", "amal", record, NULL, NULL, NULL, NOW, &err), MARSAD_OK);
    assert_int_equal(sum_of(ask(a, "summary", (marsad_question){0}, "open")->text), open - 1);
    assert_string_equal(ask(a, "summary", (marsad_question){0}, "to_verify")->text, "1 ");
    assert_int_equal(sum_of(ask(a, "summary", later, "articles")->text), 0);
    marsad_archive_close(a);
}

static void changed_figures_are_told_with_old_and_new(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("changed", 0, 10, NOW);
    const int64_t before = count(a, "SELECT coalesce(max(time), 0) FROM incident_change");
    assert_true(before == 0 || before == NOW);
    const char *record = word_at(ask(a, "records", (marsad_question){.kinds = (const char *const[]){"airstrike", NULL}}, "id")->text, 0);
    assert_int_equal(decide(a, "edit", "amal", record, NULL, "figure=killed:41", "counted again", NOW + 60, &err), MARSAD_OK);
    assert_int_equal(decide(a, "edit", "amal", record, NULL, "figure=killed:43", "and again", NOW + 120, &err), MARSAD_OK);
    const char *incident = word_at(ask(a, "records", (marsad_question){.id = record}, "incident")->text, 0);
    const marsad_question q = {.since = NOW + 60, .id = incident};
    const answer what = *ask(a, "changed", q, "what");
    assert_non_null(strstr(what.text, "killed"));
    assert_non_null(strstr(ask(a, "changed", q, "new")->text, "43"));
    assert_null(strstr(ask(a, "changed", q, "old")->text, "41")); /* from the first to the last */
    assert_int_equal(ask(a, "changed", (marsad_question){.since = NOW + 121}, "what")->rows, 0);
    marsad_archive_close(a);
}

static void names_are_those_of_the_rules(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("names", 0, 1, NOW);
    assert_int_equal(ask(a, "kinds", (marsad_question){0}, "kind")->rows, MARSAD_KIND_COUNT);
    assert_string_equal(ask(a, "kinds", (marsad_question){.kinds = (const char *const[]){"airstrike", NULL}}, "name_en")->text, "air strike ");
    const size_t all = ask(a, "parties", (marsad_question){0}, "who")->rows;
    const answer found = *ask(a, "parties", (marsad_question){.words = "hezboll"}, "who");
    assert_true(found.rows >= 1 && found.rows < all);
    assert_non_null(strstr(found.text, "hezbollah"));
    marsad_archive_close(a);
}

static void corrections_propose_rows(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("proposals", 0, 10, NOW);
    assert_int_equal(ask(a, "proposals", (marsad_question){0}, "table")->rows, 0);
    const answer records = *ask(a, "records", (marsad_question){.kinds = (const char *const[]){"airstrike", NULL}}, "id");
    const char *record = word_at(records.text, 0);
    assert_int_equal(decide(a, "edit", "amal", record, NULL, "kind=shelling", "guns, not planes", NOW, &err), MARSAD_OK);
    assert_string_equal(ask(a, "proposals", (marsad_question){0}, "table")->text, "triggers ");
    assert_string_equal(ask(a, "proposals", (marsad_question){0}, "read_as")->text, "airstrike ");
    assert_string_equal(ask(a, "proposals", (marsad_question){0}, "corrected_to")->text, "shelling ");
    assert_true(strlen(ask(a, "proposals", (marsad_question){0}, "words")->text) > 2);
    assert_non_null(strstr(ask(a, "proposals", (marsad_question){0}, "records")->text, record));
    assert_int_equal(decide(a, "edit", "amal", record, NULL, "figure=killed:3", "counted", NOW, &err), MARSAD_OK);
    assert_int_equal(ask(a, "proposals", (marsad_question){0}, "table")->rows, 1); /* a number is no word of the lexicon */
    marsad_archive_close(a);
}

/* --- plans ----------------------------------------------------------------------------------------------------------------------------- */

static void a_plan_tells_what_the_export_loses(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("plan", 0, 20, NOW);
    static const char *const formats[] = {"acled", "geojson", "jsonl"};
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        buffer bytes = {0}, planned = {0}, real = {0};
        marsad_publication p = {.profile = "public", .today = {2016, 6, 1}, .loss = buffer_write, .loss_context = &planned, .loss_as_json = true};
        assert_int_equal(marsad_archive_export(a, formats[f], &(marsad_question){0}, &p, NULL, NULL, &err), MARSAD_OK);
        p.loss_context = &real;
        assert_int_equal(marsad_archive_export(a, formats[f], &(marsad_question){0}, &p, buffer_write, &bytes, &err), MARSAD_OK);
        assert_true(bytes.used > 0 && planned.used > 0);
        assert_int_equal(planned.used, real.used);
        assert_memory_equal(planned.bytes, real.bytes, real.used);
        buffer_free(&bytes);
        buffer_free(&planned);
        buffer_free(&real);
    }
    marsad_archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_is_shown_with_its_text_and_evidence),
        cmocka_unit_test(records_are_found_by_any_id_and_state),
        cmocka_unit_test(every_page_has_a_next_one),
        cmocka_unit_test(the_queue_has_pages_states_and_persons),
        cmocka_unit_test(the_map_shows_what_incidents_tell),
        cmocka_unit_test(series_add_up),
        cmocka_unit_test(intake_and_summary_count_what_is_there),
        cmocka_unit_test(changed_figures_are_told_with_old_and_new),
        cmocka_unit_test(names_are_those_of_the_rules),
        cmocka_unit_test(corrections_propose_rows),
        cmocka_unit_test(a_plan_tells_what_the_export_loses),
    };
    const int failed = cmocka_run_group_tests(tests, archives_begin, archives_end);
    buffer_free(&cell);
    return failed;
}
