/*
 * Each format against a file that people have read: tests/export/<profile>/<format><ending>, and its loss report beside it.
 * MARSAD_RENEW_GOLDEN=1 writes them anew; then their diff is what is to be reviewed.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

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

static void renew(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Says where the first difference is. */
static bool is_as_in(const char *path, const char *bytes)
{
    mapped_file file;
    marsad_error err;
    if (file_map(&file, path, &err) != MARSAD_OK) {
        print_error("%s\n", err.message);
        return false;
    }
    const size_t size = strlen(bytes);
    size_t at = 0, line = 1;
    for (; at < size && at < file.size && (unsigned char)bytes[at] == file.bytes[at]; at++)
        line += bytes[at] == '\n';
    const bool is_same = at == size && at == file.size;
    if (!is_same)
        print_error("%s:%zu: differs from byte %zu on: '%.60s'\n", path, line, at, bytes + at);
    file_unmap(&file);
    return is_same;
}

static bool is_golden(const char *path, const char *bytes)
{
    if (getenv("MARSAD_RENEW_GOLDEN") != NULL)
        renew(path, bytes);
    return is_as_in(path, bytes);
}

static int differences(export_fixture *fixture, const safety_profile *profile)
{
    incident_list incidents = {0};
    incidents_of_golden_files(&incidents, &fixture->memory);
    int wrong = 0;
    for (const export_format *format = export_formats(); format->name != NULL; format++) {
        loss_report report;
        const char *bytes = exported(fixture, format->name, profile, &incidents, day_of("2016-05-18"), &report);
        const char *path = arena_format(&fixture->memory, MARSAD_SOURCE_DIR "/tests/export/%s/golden%s", profile->name, format->ending);
        wrong += !is_golden(path, bytes);
        path = arena_format(&fixture->memory, MARSAD_SOURCE_DIR "/tests/export/%s/golden%s.loss.md", profile->name, format->ending);
        byte_sink text = {.memory = &fixture->memory, .bytes = ""};
        assert_true(loss_write_text(&report, sink_write, &text));
        wrong += !is_golden(path, text.bytes);
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
