/*
 * Each format against a file that people have read: tests/export/<profile>/<format><ending>, and its loss report beside it.
 * MARSAD_RENEW_GOLDEN=1 writes them anew; then their diff is what is to be reviewed.
 */
#include "unit.h"

#include "exporting.h"
#include "golden.h"

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

static int differences(export_fixture *fixture, const safety_profile *profile)
{
    incident_list incidents = {0};
    incidents_of_golden_files(&incidents, &fixture->memory);
    int wrong = 0;
    for (const export_format *format = export_formats(); format->name != NULL; format++) {
        loss_report report;
        const char *bytes = exported(fixture, format->name, profile, &incidents, day_of("2016-05-18"), &report);
        const char *name = arena_format(&fixture->memory, "%s/golden%s", profile->name, format->ending);
        wrong += !is_golden(name, bytes);
        name = arena_format(&fixture->memory, "%s/golden%s.loss.md", profile->name, format->ending);
        byte_sink text = {.memory = &fixture->memory, .bytes = ""};
        assert_true(loss_write_text(&report, sink_write, &text));
        wrong += !is_golden(name, text.bytes);
    }
    return wrong;
}

static void test_formats_are_as_read_by_people(void **state)
{
    export_fixture *fixture = *state;
    assert_int_equal(differences(fixture, &fixture->shown), 0);
}

static void test_formats_after_the_public_profile_are_as_read_by_people(void **state)
{
    export_fixture *fixture = *state;
    assert_int_equal(differences(fixture, &fixture->hidden), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_formats_are_as_read_by_people, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_formats_after_the_public_profile_are_as_read_by_people, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
