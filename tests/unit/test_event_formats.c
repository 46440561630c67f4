/* What layouts of coded events hold beyond the golden files: parts of actors' codes, columns, required keys, the crosswalk. */
#include "unit.h"

#include <jansson.h> /* before base.h, see there */
#include <stdio.h>

#include "export/coded.h"
#include "exporting.h"

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

static void set_codes(incident *item, const char *actor, const char *target)
{
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        for (uint32_t k = 0; k < s->actor_count; k++)
            ((statement_party *)(uintptr_t)&s->actors[k])->code = actor;
        for (uint32_t k = 0; k < s->target_count; k++)
            ((statement_party *)(uintptr_t)&s->targets[k])->code = target;
    }
}

static const char *written(export_fixture *fixture, const char *format, const char *words, const char *actor, const char *target)
{
    incident_list list = {0};
    loss_report report;
    set_codes(incident_make(&list, &fixture->memory, "1", (const char *const[]){words, NULL}), actor, target);
    return exported(fixture, format, &fixture->shown, &list, day_of("2016-06-01"), &report);
}

/* The n-th cell, from 1, of a table parted by tabs. */
static const char *cell(export_fixture *fixture, const char *row, int n)
{
    for (int i = 1; i < n; i++) {
        row = strchr(row, '\t');
        assert_non_null(row);
        row++;
    }
    return arena_string(&fixture->memory, (view){row, strcspn(row, "\t\n")});
}

static void test_gdelt_parts_actor_codes(void **state)
{
    export_fixture *f = *state;
    static const struct {
        const char *code, *cells[10]; /* of Actor1Code .. Actor1Type3Code, the name left out */
    } rows[] = {
        {"SYR GOV MIL", {"SYRGOVMIL", "SYR", "", "", "", "", "GOV", "MIL", ""}},
        {"LBN REB HEZ", {"LBNREBHEZ", "LBN", "HEZ", "", "", "", "REB", "", ""}},
        {"IMGMUSISI", {"IMGMUSISI", "", "ISI", "", "MUS", "", "IMG", "", ""}},
        {"NGOHLHIRC", {"NGOHLHIRC", "", "IRC", "", "", "", "NGO", "HLH", ""}},
        {"IRQ KUR SUN SHI", {"IRQKURSUNSHI", "IRQ", "", "KUR", "SUN", "SHI", "", "", ""}},
        {"SYR REB OPP MIL GOV", {"SYRREBOPPMILGOV", "SYR", "", "", "", "", "REB", "OPP", "MIL"}},
        {"XYZ", {"XYZ", "", "", "", "", "", "", "", ""}},
        {"", {"", "", "", "", "", "", "", "", ""}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *row =
            written(f, "gdelt", "id=a kind=shelling actor=syria.government target=civilians place=SY-1 day=2016-05-09", rows[i].code, "SYR CVL");
        assert_string_equal(cell(f, row, 6), rows[i].cells[0]);
        assert_string_equal(cell(f, row, 7), "Government of Syria");
        for (int c = 1; c < 9; c++)
            assert_string_equal(cell(f, row, 7 + c), rows[i].cells[c]);
        assert_string_equal(cell(f, row, 16), "SYRCVL");
    }
}

static void test_gdelt_keeps_zeros_of_codes_and_takes_its_own_countries(void **state)
{
    export_fixture *f = *state;
    const char *row = written(f, "gdelt", "id=a kind=withdraw actor=isis place=IQ-1:town:IQ:x day=2016-02-18", "IRQ REB", "");
    assert_string_equal(cell(f, row, 2), "20160218");
    assert_string_equal(cell(f, row, 5), "2016.1315");
    assert_string_equal(cell(f, row, 27), "0874");
    assert_string_equal(cell(f, row, 28), "087");
    assert_string_equal(cell(f, row, 29), "08");
    assert_string_equal(cell(f, row, 30), "2");
    assert_string_equal(cell(f, row, 31), "10.0");
    assert_string_equal(cell(f, row, 52), "4");
    assert_string_equal(cell(f, row, 54), "IZ");
}

static void test_polecat_tells_sectors_and_numbers_of_states(void **state)
{
    export_fixture *f = *state;
    const char *table =
        written(f, "polecat", "id=a kind=airstrike mode=drone actor=yemen.government target=civilians place=YE-1:town:YE:x day=2016-05-09",
                "YEM GOV MIL", "YEM CVL");
    const char *row = strchr(table, '\n') + 1;
    assert_string_equal(cell(f, row, 4), "drone");
    assert_string_equal(cell(f, row, 5), "-9.5");
    assert_string_equal(cell(f, row, 9), "YEM");
    assert_string_equal(cell(f, row, 10), "679");
    assert_string_equal(cell(f, row, 11), "GOV");
    assert_string_equal(cell(f, row, 12), "GOV; MIL");
    assert_string_equal(cell(f, row, 19), "CVL");
    assert_string_equal(cell(f, row, 40), "Marsad " MARSAD_VERSION);
}

static void test_plover_objects_have_what_is_required(void **state)
{
    export_fixture *f = *state;
    incident_list list = {0};
    loss_report report;
    json_error_t error;
    int objects = 0;
    incidents_of_golden_files(&list, &f->memory);
    const char *lines = exported(f, "plover", &f->shown, &list, day_of("2016-06-01"), &report);
    for (const char *line = lines; *line != 0; line = strchr(line, '\n') + 1, objects++) {
        json_t *object = json_loadb(line, strcspn(line, "\n"), JSON_REJECT_DUPLICATES, &error);
        assert_true(json_is_object(object));
        assert_true(json_is_string(json_object_get(object, "id")) && json_is_string(json_object_get(object, "date")));
        assert_true(json_array_size(json_object_get(object, "actor")) > 0 && json_array_size(json_object_get(object, "event")) == 1);
        assert_non_null(strstr(json_string_value(json_object_get(object, "comment")), "according to "));
        json_decref(object);
    }
    assert_int_equal(objects, report.rows);
    assert_true(objects > 10);
}

static void test_phases_and_modes_choose_the_code(void **state)
{
    export_fixture *f = *state;
    const rule_set *rules = f->rules;
    assert_string_equal(codes_crosswalk(rules, MARSAD_KIND_TRUCE, MARSAD_AGREED)->cameo, "057");
    assert_string_equal(codes_crosswalk(rules, MARSAD_KIND_TRUCE, MARSAD_IN_FORCE)->cameo, "0871");
    assert_string_equal(codes_crosswalk(rules, MARSAD_KIND_TRUCE, MARSAD_NO_PHASE)->mode, "ceasefire");
    assert_null(codes_crosswalk(rules, MARSAD_KIND_TRUCE, MARSAD_COLLAPSED));
    assert_null(codes_crosswalk(rules, MARSAD_KIND_HOLD, MARSAD_NO_PHASE));
    assert_null(codes_mode(rules, "ASSAULT", "ceasefire"));
}

/* Whole 10, of them fighters 4 and civilians 5 with children 3 among them: 1 is of nobody known. */
static void test_airwars_counts_nobody_twice(void **state)
{
    export_fixture *f = *state;
    incident_list list = {0};
    loss_report report;
    incident *item = incident_make(&list, &f->memory, "1",
                                   (const char *const[]){"id=a kind=shelling actor=isis place=SY-1 day=2016-05-09 figure=killed:exact:10", NULL});
    incident_add_figure(item, &f->memory, MARSAD_KILLED, "fighters", 4, 4, 4);
    incident_add_figure(item, &f->memory, MARSAD_KILLED, "civilians", 5, 5, 5);
    incident_add_figure(item, &f->memory, MARSAD_KILLED, "children", 3, 3, 3);
    const char *table = exported(f, "airwars-casualties", &f->shown, &list, day_of("2016-06-01"), &report);
    assert_non_null(strstr(table, ",civilian_non_combatants,,,,5,5,,\n"));
    assert_non_null(strstr(table, ",children,,,,3,3,,\n"));
    assert_non_null(strstr(table, ",belligerents,,,,4,4,,\n"));
    assert_non_null(strstr(table, ",undetermined,,,,1,1,,\n"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_gdelt_parts_actor_codes),
        TEST(test_gdelt_keeps_zeros_of_codes_and_takes_its_own_countries),
        TEST(test_polecat_tells_sectors_and_numbers_of_states),
        TEST(test_plover_objects_have_what_is_required),
        TEST(test_phases_and_modes_choose_the_code),
        TEST(test_airwars_counts_nobody_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
