/* What formats are written with: cells, text, the loss report, tables of parties and countries; and what the layouts ask of an incident. */
#include "unit.h"

#include <jansson.h> /* before base.h, see there */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/layout.h"
#include "exporting.h"
#include "incident/rules_tables.h"
#include "refuse_alloc.h"

static int set_up(void **state)
{
    static export_fixture fixture;
    exporting_open(&fixture);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    exporting_close(*state);
    return 0;
}

/* --- cells ----------------------------------------------------------------------------------------------------------- */

static const char *cell_of(export_fixture *fixture, cells_style style, const char *text)
{
    byte_sink sink = {.memory = &fixture->memory, .bytes = ""};
    const export_options options = {.write = sink_write, .context = &sink};
    export_run run = {.options = &options, .memory = &fixture->memory, .style = style};
    cell_text(&run, text);
    assert_true(cells_flush(&run));
    return sink.bytes;
}

static void test_cells_are_quoted_as_rfc_4180_says(void **state)
{
    export_fixture *fixture = *state;
    static const struct {
        const char *text, *csv, *tsv;
    } cases[] = {
        {"", "", ""},
        {"حلب", "حلب", "حلب"},
        {"a b", "a b", "a b"},
        {"a,b", "\"a,b\"", "a,b"},
        {"a \"b\"", "\"a \"\"b\"\"\"", "a \"b\""},
        {"a\nb", "\"a\nb\"", "a b"},
        {"a\r\nb", "\"a\r\nb\"", "a  b"},
        {"a\tb", "a\tb", "a b"},
        {"=1+1", "\"'=1+1\"", "=1+1"},
        {"+963", "\"'+963\"", "+963"},
        {"-x", "\"'-x\"", "-x"},
        {"@x", "\"'@x\"", "@x"},
        {"\t=1", "\"'\t=1\"", " =1"},
        {"a=1", "a=1", "a=1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(cell_of(fixture, CELLS_CSV, cases[i].text), cases[i].csv);
        assert_string_equal(cell_of(fixture, CELLS_TSV, cases[i].text), cases[i].tsv);
    }
}

static void test_numbers_and_days_are_never_text(void **state)
{
    export_fixture *fixture = *state;
    byte_sink sink = {.memory = &fixture->memory, .bytes = ""};
    const export_options options = {.write = sink_write, .context = &sink};
    export_run run = {.options = &options, .memory = &fixture->memory};
    cell_integer(&run, -5);
    cell_integer(&run, MARSAD_NO_VALUE);
    cell_real(&run, -36.5, 5);
    cell_real(&run, 0.000001, 5);
    cell_real(&run, -0.000001, 5);
    cell_real(&run, 12.999996, 5);
    cell_real(&run, 1e300, 5);
    cell_day(&run, day_of("2016-05-09"));
    cell_day(&run, NO_DAY);
    cells_end(&run);
    cell_integer(&run, 1);
    cells_end(&run);
    assert_true(cells_flush(&run));
    assert_string_equal(sink.bytes, "-5,,-36.50000,0.00000,0.00000,13.00000,,2016-05-09,\n1\n");
}

static void test_text_parts_stand_once(void **state)
{
    export_fixture *fixture = *state;
    export_run run = {.memory = &fixture->memory};
    export_text text = {.run = &run};
    assert_string_equal(text_done(&text), "");
    const char *const parts[] = {"ab", "b", "", "ab", "a", "b", "ab; b"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_part(&text, "; ", parts[i]);
    assert_string_equal(text_done(&text), "ab; b; a; ab; b");
    export_text long_text = {.run = &run};
    for (int i = 0; i < 1000; i++)
        text_integer(&long_text, i % 10);
    assert_int_equal(strlen(text_done(&long_text)), 1000);
}

/* --- the loss report --------------------------------------------------------------------------------------------------- */

static void test_an_empty_export_says_why(void **state)
{
    export_fixture *fixture = *state;
    static const char *const words[] = {"no incident was found", "the profile withholds all 1 incidents",
                                        "the format has no row for any of the 1 incidents"};
    for (int i = 0; i < 3; i++) {
        incident_list list = {0};
        if (i > 0)
            incident_make(&list, &fixture->memory, "x",
                          (const char *const[]){i == 1 ? "kind=deploy day=2016-05-09" : "kind=talks day=2016-05-09", NULL});
        loss_report report;
        exported(fixture, "ged", &fixture->hidden, &list, day_of("2016-05-10"), &report);
        assert_int_equal(report.rows, 0);
        const char *told = losses_told(fixture, &report);
        if (strstr(told, "0 rows because") == NULL || strstr(told, words[i]) == NULL)
            fail_msg("%s", told);
    }
}

/* Each incident has a row, or is counted as withheld or dropped. */
static void test_no_incident_is_lost_without_a_count(void **state)
{
    export_fixture *fixture = *state;
    static const char *const formats[] = {"acled", "ged", "hxl", "geojson", "csv", "jsonl"}; /* one row an incident */
    incident_list list = {0};
    incidents_of_golden_files(&list, &fixture->memory);
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        loss_report report;
        exported(fixture, formats[f], &fixture->hidden, &list, day_of("2016-05-18"), &report);
        uint64_t counted = report.rows;
        for (uint32_t i = 0; i < report.count; i++)
            if (strcmp(report.items[i].what, "incident") == 0)
                counted += report.items[i].count;
        assert_int_equal(counted, list.count);
    }
}

static void test_the_report_as_json_is_the_report(void **state)
{
    export_fixture *fixture = *state;
    incident_list list = {0};
    incidents_of_golden_files(&list, &fixture->memory);
    loss_report report;
    exported(fixture, "acled", &fixture->hidden, &list, day_of("2016-05-18"), &report);
    byte_sink sink = {.memory = &fixture->memory, .bytes = ""};
    assert_true(loss_write_json(&report, sink_write, &sink));
    json_t *root = json_loads(sink.bytes, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    size_t rows = 0;
    static const char *const sections[] = {"withheld", "dropped", "not_carried"};
    for (size_t i = 0; i < 3; i++)
        rows += json_array_size(json_object_get(root, sections[i]));
    assert_int_equal(rows, report.count);
    assert_int_equal(json_integer_value(json_object_get(root, "rows")), report.rows);
    json_decref(root);
}

/* --- formats whatever goes wrong --------------------------------------------------------------------------------------- */

static bool refusing_write(void *context, const char *bytes, size_t size)
{
    (void)bytes;
    (void)size;
    size_t *left = context;
    return (*left)-- > 1;
}

static void test_a_refused_write_is_told(void **state)
{
    export_fixture *fixture = *state;
    incident_list list = {0};
    incidents_of_golden_files(&list, &fixture->memory);
    for (const export_format *format = export_formats(); format->name != NULL; format++) {
        size_t left = 1;
        loss_report report;
        marsad_error err;
        const export_options options = {
            .write = refusing_write, .context = &left, .profile = &fixture->shown, .rules = fixture->rules, .today = day_of("2016-05-18")};
        assert_int_equal(export_write(format, &list, &options, &report, &fixture->memory, &err), MARSAD_ERR_SYSTEM);
        assert_non_null(strstr(err.message, format->name));
    }
}

static bool counting_write(void *context, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)context += size;
    return true;
}

static void test_formats_survive_any_refused_memory(void **state)
{
    export_fixture *fixture = *state;
    incident_list list = {0};
    incidents_of_golden_files(&list, &fixture->memory);
    for (const export_format *format = export_formats(); format->name != NULL; format++) {
        for (size_t n = 1;; n++) {
            size_t size = 0;
            arena memory = {0};
            loss_report report;
            marsad_error err;
            const export_options options = {
                .write = counting_write, .context = &size, .profile = &fixture->hidden, .rules = fixture->rules, .today = day_of("2016-05-18")};
            refuse_alloc_at(n);
            const marsad_status status = export_write(format, &list, &options, &report, &memory, &err);
            const bool was_refused = refuse_alloc_stop();
            arena_free(&memory);
            assert_int_equal(status, was_refused ? MARSAD_ERR_SYSTEM : MARSAD_OK);
            if (!was_refused)
                break;
        }
    }
}

static void test_headers_are_as_long_as_their_rows(void **state)
{
    export_fixture *fixture = *state;
    static const struct {
        const char *format;
        size_t columns;
    } cases[] = {{"acled", 31}, {"ged", 49}, {"hapi", 19}, {"hxl", 20}};
    incident_list none = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        loss_report report;
        const char *bytes = exported(fixture, cases[i].format, &fixture->shown, &none, 0, &report);
        size_t columns = 1;
        for (; *bytes != '\n'; bytes++)
            columns += *bytes == ',';
        assert_int_equal(columns, cases[i].columns);
    }
}

/* --- tables -------------------------------------------------------------------------------------------------------------- */

/* A folder with one table of one row. */
static marsad_status load(marsad_status (*loader)(rule_set *, const char *, marsad_error *), const char *name, const char *head, const char *rows,
                          marsad_error *err)
{
    char folder[] = "/tmp/marsad-rules-XXXXXX", path[80];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s\n%s", head, rows);
    assert_int_equal(fclose(file), 0);
    rule_set *rules = calloc(1, sizeof *rules);
    const marsad_status status = loader(rules, folder, err);
    rules_close(rules);
    unlink(path);
    rmdir(folder);
    return status;
}

static void test_faulty_tables_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *message;
    } parties[] = {
        {"x\tس\tX\tstate\tState forces\tSY\town\n", NULL},
        {"x\tس\tX\tstate\t\t\town\n", NULL},
        {"x\tس\tX\tstate\tState forces\tSY\t\n", ":2: empty column 'source'"},
        {"x\t\tX\tstate\tState forces\tSY\town\n", "empty column 'name_ar'"},
        {"x\tس\tX\tempire\tState forces\tSY\town\n", "unknown type 'empire'"},
        {"x\tس\tX\tstate\tForces\tSY\town\n", "unknown inter 'Forces'"},
        {"x\tس\tX\tstate\tState forces\tSyria\town\n", "unknown country 'Syria'"},
        {"x\tس\tX\tstate\tState forces\tSY\town\nx\tص\tY\tstate\t\t\town\n", "two rows for 'x'"},
    };
    marsad_error err;
    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
        err.message[0] = 0;
        const marsad_status status =
            load(party_rules_load, "parties.tsv", "who\tname_ar\tname_en\ttype\tinter\tcountry\tsource", parties[i].rows, &err);
        assert_int_equal(status, parties[i].message == NULL ? MARSAD_OK : MARSAD_ERR_FORMAT);
        if (parties[i].message != NULL && strstr(err.message, parties[i].message) == NULL)
            fail_msg("%s", err.message);
    }
    const char *head = "iso2\tiso3\tiso_number\tname_en\tregion\tged_region\tgw\tsource";
    assert_int_equal(load(country_rules_load, "countries.tsv", head, "SY\tSYR\t760\tSyria\tM\tM\t\town\n", &err), MARSAD_OK);
    assert_int_equal(load(country_rules_load, "countries.tsv", head, "SY\tSYR\t760\t\tM\tM\t\town\n", &err), MARSAD_ERR_FORMAT);
    assert_int_equal(load(country_rules_load, "countries.tsv", head, "SY\tA\t1\tA\tM\tM\t\town\nSY\tB\t1\tB\tM\tM\t\town\n", &err),
                     MARSAD_ERR_FORMAT);
}

/* Every identifier that the word lists can give has a name to be published under. */
static bool has_row(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    if (cells[0][0] == 0 || party_find(context, cells[0]) != NULL)
        return true;
    fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no row for '%s'", cells[0]);
    return false;
}

static void test_every_identifier_of_the_word_lists_has_a_name(void **state)
{
    export_fixture *fixture = *state;
    static const char *const tables[] = {
        "actors-international", "actors-iraq",   "actors-levant", "actors-libya-sudan", "actors-media", "actors-other",
        "actors-people",        "actors-states", "actors-syria",  "actors-yemen",       "demonyms",     "nouns-bodies",
        "nouns-forces",         "nouns-general", "nouns-objects", "nouns-people",       "nouns-places"};
    static const char *const columns[] = {"who", NULL};
    const party_table *parties = rules_parties(fixture->rules);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        marsad_error err;
        const char *path = arena_format(&fixture->memory, MARSAD_SOURCE_DIR "/lexicon/ar/%s.tsv", tables[i]);
        if (tsv_read(path, columns, has_row, (void *)(uintptr_t)parties, &err) != MARSAD_OK)
            fail_msg("%s", err.message);
    }
    assert_non_null(party_find(parties, "unknown"));
    assert_null(party_find(parties, "somebody"));
    for (uint32_t i = 0; i < parties->count; i++)
        if (parties->items[i].country[0] != 0)
            assert_non_null(country_find(fixture->rules, parties->items[i].country));
}

/* --- layouts ------------------------------------------------------------------------------------------------------------- */

static void test_sub_events_follow_what_is_told(void **state)
{
    export_fixture *fixture = *state;
    static const struct {
        const char *words, *cells;
    } cases[] = {
        {"kind=capture actor=syria.government", "Battles,Government regains territory"},
        {"kind=capture actor=isis", "Battles,Non-state actor overtakes territory"},
        {"kind=capture actor=turkey", "Battles,Government regains territory"},
        {"kind=capture", "Battles,Armed clash"},
        {"kind=attack target=isis", "Battles,Armed clash"},
        {"kind=attack target=civilians", "Violence against civilians,Attack"},
        {"kind=killing target=media", "Violence against civilians,Attack"},
        {"kind=attack actor=isis", NULL},
        {"kind=bombing mode=suicide", "Explosions/Remote violence,Suicide bomb"},
        {"kind=bombing", "Explosions/Remote violence,Remote explosive/landmine/IED"},
        {"kind=truce phase=in_force actor=usa", "Strategic developments,Agreement"},
        {"kind=truce phase=proposed actor=usa", NULL},
        {"kind=truce phase=violated actor=usa", NULL},
        {"kind=protest actor=protesters", "Protests,Peaceful protest"},
        {"kind=protest actor=protesters figure=killed:exact:1", "Protests,Protest with intervention"},
        {"kind=talks", NULL},
        {"kind=hold actor=isis", NULL},
        {"kind=airstrike modality=planned", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        incident_list list = {0};
        const char *words = arena_format(&fixture->memory, "%s place=SY-3 day=2016-05-09", cases[i].words);
        incident_make(&list, &fixture->memory, "x", (const char *const[]){words, NULL});
        loss_report report;
        const char *bytes = exported(fixture, "acled", &fixture->shown, &list, 0, &report);
        assert_int_equal(report.rows, cases[i].cells != NULL);
        if (cases[i].cells != NULL && strstr(bytes, cases[i].cells) == NULL)
            fail_msg("%s: %s", words, bytes);
    }
}

static void test_the_dead_are_counted_once(void **state)
{
    export_fixture *fixture = *state;
    static const struct {
        struct {
            const char *group;
            int64_t low, best, high;
        } told[4];
        dead want;
    } cases[] = {
        {{{"", 10, 10, 10}}, {.unknown = 10, .low = 10, .best = 10, .high = 10, .is_told = true}},
        {{{"", 10, 10, 12}, {"civilians", 6, 6, 6}, {"children", 3, 3, 3}},
         {.civilians = 6, .unknown = 4, .low = 10, .best = 10, .high = 12, .is_told = true}},
        {{{"civilians", 6, 6, 6}, {"fighters", 4, 5, 6}}, {.civilians = 6, .fighters = 5, .low = 10, .best = 11, .high = 12, .is_told = true}},
        {{{"", 7, 7, MARSAD_NO_VALUE}, {"detainees", 2, 2, 2}}, {.unknown = 7, .low = 7, .best = 7, .high = MARSAD_NO_VALUE, .is_told = true}},
        {{{"", 2, 3, 4}, {"children", 4, 4, 5}}, {.civilians = 4, .low = 4, .best = 4, .high = 5, .is_told = true}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        incident_list list = {0};
        incident *item = incident_make(&list, &fixture->memory, "x", (const char *const[]){"day=2016-05-09 figure=killed:exact:1", NULL});
        item->figure_count = 0;
        for (size_t k = 0; k < 4 && cases[i].told[k].group != NULL; k++)
            incident_add_figure(item, &fixture->memory, MARSAD_KILLED, cases[i].told[k].group, cases[i].told[k].low, cases[i].told[k].best,
                                cases[i].told[k].high);
        const export_options options = {.rules = fixture->rules};
        const export_run run = {.options = &options};
        const dead got = dead_of(&run, item), want = cases[i].want;
        if (got.civilians != want.civilians || got.fighters != want.fighters || got.unknown != want.unknown || got.low != want.low ||
            got.best != want.best || got.high != want.high || !got.is_told)
            fail_msg("case %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cells_are_quoted_as_rfc_4180_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_and_days_are_never_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_text_parts_stand_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_empty_export_says_why, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_incident_is_lost_without_a_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_report_as_json_is_the_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_refused_write_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_formats_survive_any_refused_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_headers_are_as_long_as_their_rows, set_up, tear_down),
        cmocka_unit_test(test_faulty_tables_are_refused),
        cmocka_unit_test_setup_teardown(test_every_identifier_of_the_word_lists_has_a_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sub_events_follow_what_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_dead_are_counted_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
