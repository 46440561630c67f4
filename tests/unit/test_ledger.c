/* What people keep beside the records: truce marks, settings, bulletins that are signed and corrected; and the tables of the truce board. */
#include "unit.h"

#include <stdio.h>

#include "archives.h"
#include "marsad_ledger.h"

enum { NOW = 1463000000, ARTICLES = 39 };

static const char agreement[] = "syria-coh-2016-02-27";
static marsad_error err;

/* --- tables by question ------------------------------------------------------------------------------------------------------------ */

typedef struct {
    const char *where, *equals, *column; /* the cell of `column` in rows whose `where` is `equals` */
    char first[128];                     /* of the first of them */
    int64_t sum;
    size_t rows;
} cell_search;

static marsad_cell cell_named(const char *name, const char *const *columns, const marsad_cell *cells, size_t count)
{
    for (size_t c = 0; c < count; c++)
        if (strcmp(columns[c], name) == 0)
            return cells[c];
    fail_msg("no column '%s'", name);
    return (marsad_cell){.type = MARSAD_CELL_NULL};
}

static bool search_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    cell_search *s = context;
    const marsad_cell cell = cell_named(s->column, columns, cells, count);
    if (s->where != NULL && s->equals != NULL) {
        const marsad_cell key = cell_named(s->where, columns, cells, count);
        if (!view_equal(key.text, view_of(s->equals)))
            return true;
    }
    if (s->rows == 0 && cell.type == MARSAD_CELL_TEXT)
        snprintf(s->first, sizeof s->first, "%.*s", (int)cell.text.len, cell.text.ptr);
    s->sum += cell.type == MARSAD_CELL_INTEGER ? cell.integer : 0;
    s->rows++;
    return true;
}

static cell_search search(marsad_archive *a, const char *table, const char *where, const char *equals, const char *column)
{
    cell_search s = {.where = where, .equals = equals, .column = column};
    const marsad_question question = {.agreement = agreement, .from = {2016, 2, 27}, .to = {2016, 6, 30}};
    if (marsad_archive_list(a, table, &question, search_row, &s, &err) != MARSAD_OK)
        fail_msg("%s: %s", table, err.message);
    return s;
}

static int64_t log_lines(marsad_archive *a)
{
    return (int64_t)search(a, "log", NULL, NULL, "line").rows;
}

/* --- marks ------------------------------------------------------------------------------------------------------------------------- */

static marsad_status mark(marsad_archive *a, const char *record, const char *accused, const char *as, const char *reason, const char *person)
{
    const marsad_mark said = {.agreement = agreement, .record = record, .accused = accused, .mark = as, .reason = reason, .person = person};
    return marsad_truce_mark(a, &said, NOW + 10, &err);
}

static void a_mark_stands_beside_what_the_rule_counts(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("marks", 0, ARTICLES, NOW);
    const cell_search counted = search(a, "candidates", "counts", "yes", "record"), not_counted = search(a, "candidates", "counts", "no", "record");
    const char *yes = counted.first, *no = not_counted.first;
    const int64_t period = search(a, "truce", NULL, NULL, "period").sum;
    const cell_search accused = search(a, "candidates", "record", yes, "accused");
    assert_true(counted.rows > 1 && not_counted.rows > 1 && period > 0);
    assert_int_equal(search(a, "truce", NULL, NULL, "unmarked").sum, period);
    assert_int_equal(search(a, "truce", NULL, NULL, "breaches").sum, 0);

    assert_int_equal(mark(a, yes, accused.first, "breach", NULL, "amal"), MARSAD_OK);
    assert_string_equal(search(a, "candidates", "record", yes, "mark").first, "breach");
    assert_string_equal(search(a, "candidates", "record", yes, "marked_by").first, "amal");
    assert_true(search(a, "truce", NULL, NULL, "breaches").sum >= 1);
    assert_true(search(a, "truce", NULL, NULL, "unmarked").sum < period);
    assert_int_equal(search(a, "truce", NULL, NULL, "period").sum, period);

    /* what the rule does not count is confirmed in a column of its own */
    const int64_t breaches = search(a, "truce", NULL, NULL, "breaches").sum, total = search(a, "truce", NULL, NULL, "total").sum;
    const cell_search other = search(a, "candidates", "record", no, "accused");
    assert_int_equal(mark(a, no, other.first, "breach", "our own monitors saw it", "amal"), MARSAD_OK);
    assert_int_equal(search(a, "truce", NULL, NULL, "breaches").sum, breaches + 1);
    assert_int_equal(search(a, "truce", NULL, NULL, "total").sum, total);
    marsad_archive_close(a);
}

static void marks_that_are_refused_change_nothing(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("refused", 0, ARTICLES, NOW);
    char yes[128], no[128];
    snprintf(yes, sizeof yes, "%s", search(a, "candidates", "counts", "yes", "record").first);
    snprintf(no, sizeof no, "%s", search(a, "candidates", "counts", "no", "record").first);
    const cell_search accused = search(a, "candidates", "record", yes, "accused"), other = search(a, "candidates", "record", no, "accused");
    const int64_t lines = log_lines(a);
    const struct {
        const char *record, *accused, *mark, *reason, *person, *told;
    } rows[] = {
        {yes, accused.first, "not-in-scope", NULL, "amal", "needs a reason"},
        {yes, accused.first, "insufficient", "", "amal", "needs a reason"},
        {no, other.first, "breach", NULL, "amal", "needs a reason"},
        {yes, accused.first, "violation", "x", "amal", "no mark 'violation'"},
        {yes, accused.first, "none", "x", "amal", "no mark that could be taken back"},
        {yes, "nobody", "breach", "x", "amal", "is no candidate"},
        {"R-0000000000000000", NULL, "breach", "x", "amal", "is no candidate"},
        {yes, accused.first, "breach", "x", "", "no person named"},
        {yes, accused.first, "breach", "two\nlines", "amal", "no line of text"},
        {NULL, NULL, "breach", "x", "amal", "no record named"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(mark(a, rows[i].record, rows[i].accused, rows[i].mark, rows[i].reason, rows[i].person), MARSAD_ERR_ARGUMENT);
        if (strstr(err.message, rows[i].told) == NULL)
            fail_msg("row %zu: %s", i, err.message);
    }
    assert_int_equal(log_lines(a), lines);

    assert_int_equal(mark(a, yes, accused.first, "breach", NULL, "amal"), MARSAD_OK);
    assert_int_equal(mark(a, yes, accused.first, "breach", NULL, "amal"), MARSAD_ERR_ARGUMENT);
    assert_int_equal(mark(a, yes, accused.first, "none", NULL, "karim"), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "to change that needs a reason"));
    assert_int_equal(mark(a, yes, accused.first, "none", NULL, "AMAL"), MARSAD_OK);
    assert_string_equal(search(a, "candidates", "record", yes, "mark").first, "");
    assert_int_equal(log_lines(a), lines + 2);
    marsad_archive_close(a);
}

/* A clash is told by one record of two parties: "breach" has to say whose. */
static void a_breach_is_of_one_party(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("clash", 0, ARTICLES, NOW);
    char record[128];
    snprintf(record, sizeof record, "%s", search(a, "candidates", "kind", "clash", "record").first);
    const cell_search accused = search(a, "candidates", "record", record, "accused");
    assert_true(accused.rows > 1);
    assert_int_equal(mark(a, record, NULL, "breach", "x", "amal"), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "name the one that is meant"));
    assert_int_equal(mark(a, record, accused.first, "breach", "x", "amal"), MARSAD_OK);
    assert_int_equal(search(a, "candidates", "mark", "breach", "record").rows, 1);
    assert_int_equal(mark(a, record, NULL, "insufficient", "x", "amal"), MARSAD_OK);
    assert_int_equal(search(a, "candidates", "mark", "insufficient", "record").rows, accused.rows);
    marsad_archive_close(a);
}

/* --- settings ------------------------------------------------------------------------------------------------------------------------ */

static void settings_have_defaults_and_are_checked(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("settings", 0, 1, NOW);
    static const struct {
        const char *name, *usual, *good, *bad;
    } rows[] = {
        {"organisation", "", "مرصد الهدنة", "two\nlines"},
        {"zone", "UTC", "Asia/Damascus", "Asia/../etc"},
        {"zone", "Asia/Damascus", "Etc/GMT+3", "/UTC"},
        {"zone", "Etc/GMT+3", "UTC", ""},
        {"profile", "public", "internal", "../x"},
        {"profile", "internal", "public", "none"},
        {"languages", "both", "ar", "fr"},
    };
    char value[MARSAD_SETTING_BYTES];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(marsad_setting_get(a, rows[i].name, value, &err), MARSAD_OK);
        assert_string_equal(value, rows[i].usual);
        assert_int_equal(marsad_setting_set(a, rows[i].name, rows[i].bad, "amal", NOW, &err), MARSAD_ERR_ARGUMENT);
        assert_int_equal(marsad_setting_set(a, rows[i].name, rows[i].good, "amal", NOW, &err), MARSAD_OK);
        assert_int_equal(marsad_setting_get(a, rows[i].name, value, &err), MARSAD_OK);
        assert_string_equal(value, rows[i].good);
    }
    const int64_t lines = log_lines(a);
    assert_int_equal(marsad_setting_set(a, "languages", "ar", "karim", NOW, &err), MARSAD_OK); /* as it is: nothing to keep */
    assert_int_equal(log_lines(a), lines);
    assert_string_equal(search(a, "settings", "name", "languages", "changed_by").first, "amal");
    assert_int_equal(marsad_setting_set(a, "colour", "red", "amal", NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_setting_set(a, "languages", "en", NULL, NOW, &err), MARSAD_ERR_ARGUMENT);
    marsad_archive_close(a);
}

/* --- bulletins ------------------------------------------------------------------------------------------------------------------------ */

static void text_of(marsad_archive *a, int64_t number, const char *form, buffer *out)
{
    out->used = 0;
    if (marsad_bulletin_text(a, number, form, buffer_write, out, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    buffer_add(out, "", 1);
}

static void nobody_signs_their_own_by_writing_themselves_otherwise(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("writings", 0, 3, NOW);
    static const char *const otherwise[][2] = {
        {"أمل", "امل"},                /* with a hamza, and without */
        {"أمل", "ا\u0654مل"},          /* written apart */
        {"أمل", "\uFE83\uFEE3\uFEDE"}, /* in forms */
        {"ليلى", "ليلي"},
        {"Élise", "ELISE"},
        {"\uFF21mal", "amal"},
        {"أمل", "أم\u0640ل"} /* drawn out */
    };
    for (size_t i = 0; i < sizeof otherwise / sizeof *otherwise; i++) {
        marsad_bulletin_plan own = {.bulletin = {.day = {2016, 5, 9}, .agreement = agreement}};
        int64_t n;
        own.person = otherwise[i][0];
        own.bulletin.day.day = (uint8_t)(10 + i);
        assert_int_equal(marsad_bulletin_prepare(a, &own, NOW + 21, &n, &err), MARSAD_OK);
        assert_int_equal(marsad_bulletin_sign(a, n, otherwise[i][1], NOW + 30, &err), MARSAD_ERR_ARGUMENT);
        assert_non_null(strstr(err.message, "a second person signs"));
    }
    marsad_archive_close(a);
}

static void a_bulletin_is_kept_signed_and_corrected(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("bulletins", 0, ARTICLES, NOW);
    marsad_bulletin_plan plan = {.bulletin = {.day = {2016, 5, 9}, .agreement = agreement, .languages = "en"}, .person = "amal"};
    buffer kept = {0}, again = {0};
    char record[64], told[128];
    int64_t number = 0;
    assert_int_equal(marsad_bulletin_prepare(a, &plan, NOW + 20, &number, &err), MARSAD_OK);
    assert_int_equal(number, 1);
    text_of(a, 1, "text", &kept);
    assert_non_null(strstr(kept.bytes, search(a, "bulletins", NULL, NULL, "root").first));

    assert_int_equal(marsad_bulletin_sign(a, 1, "Amal", NOW + 30, &err), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "a second person signs"));
    assert_int_equal(marsad_bulletin_sign(a, 1, "karim", NOW + 30, &err), MARSAD_OK);
    assert_int_equal(marsad_bulletin_sign(a, 1, "salma", NOW + 31, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_bulletin_sign(a, 2, "karim", NOW + 31, &err), MARSAD_ERR_ARGUMENT);
    assert_string_equal(search(a, "bulletins", NULL, NULL, "signed_by").first, "karim");

    /* a statement that stands in the bulletin is withdrawn: the next one says so, the first stays */
    const char *at = strstr(kept.bytes, "R-");
    assert_non_null(at);
    snprintf(record, sizeof record, "%.18s", at);
    assert_int_equal(decide(a, "reject", "amal", record, NULL, NULL, "withdrawn by its source", NOW + 40, &err), MARSAD_OK);
    plan.corrects = 1;
    assert_int_equal(marsad_bulletin_prepare(a, &plan, NOW + 50, &number, &err), MARSAD_OK);
    assert_int_equal(number, 2);
    text_of(a, 2, "text", &again);
    snprintf(told, sizeof told, "withdrawn: \u2068%s\u2069", record);
    assert_non_null(strstr(again.bytes, told));
    text_of(a, 1, "text", &again);
    assert_string_equal(again.bytes, kept.bytes);

    plan.profile = "internal";
    assert_int_equal(marsad_bulletin_prepare(a, &plan, NOW + 60, &number, &err), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "through profile 'public'"));
    plan.profile = NULL;
    plan.bulletin.day.day = 10;
    assert_int_equal(marsad_bulletin_prepare(a, &plan, NOW + 60, &number, &err), MARSAD_ERR_ARGUMENT);
    plan.corrects = 9;
    assert_int_equal(marsad_bulletin_prepare(a, &plan, NOW + 60, &number, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(search(a, "bulletins", NULL, NULL, "number").rows, 2);
    assert_int_equal(search(a, "bulletin-files", NULL, NULL, "form").rows, 8);
    assert_int_equal(marsad_bulletin_text(a, 1, "pdf", buffer_write, &again, &err), MARSAD_ERR_ARGUMENT);
    buffer_free(&kept);
    buffer_free(&again);
    marsad_archive_close(a);
}

/* --- tables of the truce board ----------------------------------------------------------------------------------------------------------- */

static void agreements_and_rules_are_data(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("board", 0, 1, NOW);
    assert_int_equal(search(a, "agreements", NULL, NULL, "name").rows, 2);
    assert_string_equal(search(a, "agreements", "name", agreement, "from").first, "2016-02-27");
    assert_string_equal(search(a, "truce-rules", NULL, NULL, "name").first, "strict-fire-v1");
    assert_int_equal(search(a, "truce-rules", NULL, NULL, "version").sum, 4);
    assert_non_null(strstr(search(a, "truce-rules", "name", "territory-v1", "summary").first, "; ground gained"));
    assert_int_equal(search(a, "releases", NULL, NULL, "number").rows, 0);
    marsad_archive_close(a);
}

static void releases_are_a_table_with_pages(void **state)
{
    (void)state;
    const marsad_release_plan plan = {.profile = "public", .title = "One", .licence = "CC BY 4.0", .from = {2016, 5, 1}};
    marsad_archive *a = archive_of("released", 0, ARTICLES, NOW);
    cell_search found = {.column = "number"};
    char folder[512];
    int64_t number;
    snprintf(folder, sizeof folder, "%s.release", archive_file("ledger"));
    marsad_release_remove(folder);
    assert_int_equal(marsad_archive_release(a, &plan, folder, NOW + 5, &number, &err), MARSAD_OK);
    assert_string_equal(search(a, "releases", NULL, NULL, "title").first, "One");
    assert_string_equal(search(a, "releases", NULL, NULL, "from").first, "2016-05-01");
    assert_string_equal(search(a, "releases", NULL, NULL, "made").first, "2016-05-11T20:53:25Z");
    assert_int_equal(strlen(search(a, "releases", NULL, NULL, "root").first), 64);
    assert_true(search(a, "releases", NULL, NULL, "incidents").sum > 10);
    assert_int_equal(search(a, "releases", NULL, NULL, "withdrawn").sum, 0);

    assert_int_equal(marsad_archive_list(a, "releases", &(marsad_question){.after = "1"}, search_row, &found, &err), MARSAD_OK);
    assert_int_equal(found.rows, 0);
    assert_int_equal(marsad_archive_list(a, "releases", &(marsad_question){.id = "1", .limit = 1}, search_row, &found, &err), MARSAD_OK);
    assert_int_equal(found.rows, 1);
    assert_int_equal(marsad_archive_list(a, "releases", &(marsad_question){.id = "one"}, search_row, &found, &err), MARSAD_ERR_ARGUMENT);
    marsad_release_remove(folder);
    marsad_archive_close(a);
}

static void an_archive_for_reading_is_not_changed(void **state)
{
    (void)state;
    const marsad_bulletin_plan plan = {.bulletin = {.day = {2016, 5, 9}}, .person = "amal"};
    int64_t number;
    marsad_archive_close(archive_of("closed", 0, 1, NOW));
    marsad_archive *a = archive_again(archive_path(NULL), MARSAD_ARCHIVE_READ_ONLY);
    assert_int_equal(marsad_setting_set(a, "languages", "ar", "amal", NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "for reading alone"));
    assert_int_equal(marsad_bulletin_prepare(a, &plan, NOW, &number, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_bulletin_sign(a, 1, "karim", NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(mark(a, "R-0000000000000000", NULL, "breach", "x", "amal"), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "for reading alone"));
    marsad_archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_stands_beside_what_the_rule_counts),
        cmocka_unit_test(marks_that_are_refused_change_nothing),
        cmocka_unit_test(a_breach_is_of_one_party),
        cmocka_unit_test(settings_have_defaults_and_are_checked),
        cmocka_unit_test(nobody_signs_their_own_by_writing_themselves_otherwise),
        cmocka_unit_test(a_bulletin_is_kept_signed_and_corrected),
        cmocka_unit_test(agreements_and_rules_are_data),
        cmocka_unit_test(releases_are_a_table_with_pages),
        cmocka_unit_test(an_archive_for_reading_is_not_changed),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
