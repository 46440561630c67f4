/* The safety profile: it fails closed, and its view coarsens, delays and drafts as its rows say. */
#include "unit.h"

#include <jansson.h> /* before base.h, see there */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

/* --- reading --------------------------------------------------------------------------------------------------------- */

static json_t *public_profile(void)
{
    json_t *root = json_load_file(MARSAD_SOURCE_DIR "/rules/safety/public.json", 0, NULL);
    assert_non_null(root);
    return root;
}

/* Reads `root` as a profile; what is read must not be written when it is refused. */
static marsad_status status_of(json_t *root, marsad_error *err)
{
    char path[] = "/tmp/marsad-profile-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(json_dumpfd(root, file, 0), 0);
    close(file);
    safety_profile profile, before;
    memset(&profile, 0x5A, sizeof profile);
    before = profile;
    const marsad_status status = safety_profile_read(&profile, path, err);
    if (status != MARSAD_OK)
        assert_memory_equal(&profile, &before, sizeof profile);
    unlink(path);
    return status;
}

/* Every key, one after the other, is taken away, given an unknown neighbour, and given a value that it cannot have. */
static int check_object(json_t *root, json_t *object)
{
    int checked = 0;
    marsad_error err;
    json_object_set_new(object, "surprise", json_true());
    assert_int_equal(status_of(root, &err), MARSAD_ERR_FORMAT);
    assert_non_null(strstr(err.message, "'surprise' is not a known key"));
    json_object_del(object, "surprise");

    json_t *copy = json_copy(object);
    const char *key;
    json_t *value;
    json_object_foreach(copy, key, value)
    {
        json_object_del(object, key);
        assert_int_equal(status_of(root, &err), MARSAD_ERR_FORMAT);
        assert_non_null(strstr(err.message, key));
        json_object_set_new(object, key, json_pack("n"));
        assert_int_equal(status_of(root, &err), MARSAD_ERR_FORMAT);
        assert_non_null(strstr(err.message, key));
        json_object_set(object, key, value);
        checked++;
        if (json_is_object(value))
            checked += check_object(root, value);
    }
    json_decref(copy);
    return checked;
}

static void test_a_profile_with_any_fault_is_refused(void **state)
{
    (void)state;
    json_t *root = public_profile();
    marsad_error err;
    assert_int_equal(status_of(root, &err), MARSAD_OK);
    const int rows = MARSAD_KIND_COUNT + SAFETY_OBJECT_COUNT;
    assert_true(check_object(root, root) == 13 + MARSAD_PRECISION_COUNT + 4 * rows);
    json_decref(root);
}

static void test_values_out_of_range_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        double number;
        const char *text;
    } cases[] = {{"version", -1, NULL},          {"version", 0, NULL},         {"grid_degrees", 0, NULL},
                 {"grid_degrees", 90, NULL},     {"grid_degrees", 0.01, NULL}, {"small_cells_below", -1, NULL},
                 {"name", 0, "Öffentlich"},      {"party_words", 0, "maybe"},  {"unreviewed", 0, "Draft"},
                 {"url_of_coarsened", 0, "Show"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *root = public_profile();
        marsad_error err;
        const bool is_whole = strcmp(cases[i].key, "grid_degrees") != 0;
        json_object_set_new(root, cases[i].key,
                            cases[i].text != NULL ? json_pack("s", cases[i].text)
                            : is_whole            ? json_pack("i", (int)cases[i].number)
                                                  : json_pack("f", cases[i].number));
        if (status_of(root, &err) != MARSAD_ERR_FORMAT || strstr(err.message, cases[i].key) == NULL)
            fail_msg("case %zu, %s: %s", i, cases[i].key, err.message);
        json_decref(root);
    }
}

static void test_a_profile_that_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    safety_profile profile;
    marsad_error err;
    assert_int_equal(safety_profile_read(&profile, "/tmp/no-such-marsad-profile.json", &err), MARSAD_ERR_SYSTEM);
    assert_int_equal(safety_profile_read(&profile, MARSAD_SOURCE_DIR "/rules/parties.tsv", &err), MARSAD_ERR_FORMAT);
    assert_non_null(strstr(err.message, "line 1"));
}

static bool never_written(void *context, const char *bytes, size_t size)
{
    (void)bytes;
    *(bool *)context = size > 0;
    return true;
}

static void test_nothing_is_written_without_a_profile_or_rules(void **state)
{
    export_fixture *fixture = *state;
    incident_list incidents = {0};
    incidents_of_golden_files(&incidents, &fixture->memory);
    bool is_written = false;
    for (int missing = 0; missing < 2; missing++) {
        loss_report report;
        marsad_error err;
        const export_options options = {.write = never_written,
                                        .context = &is_written,
                                        .profile = missing == 0 ? NULL : &fixture->shown,
                                        .rules = missing == 1 ? NULL : fixture->rules,
                                        .today = 0};
        assert_int_equal(export_write(export_format_find("jsonl"), &incidents, &options, &report, &fixture->memory, &err), MARSAD_ERR_ARGUMENT);
        assert_false(is_written);
    }
}

/* --- the view -------------------------------------------------------------------------------------------------------- */

static public_view view_of_one(export_fixture *fixture, const safety_profile *profile, const char *today, const char *words, loss_report *losses)
{
    incident_list list = {0};
    incident_make(&list, &fixture->memory, "one", (const char *const[]){words, NULL});
    public_view view;
    const safety_options options = {
        .profile = profile, .rules = fixture->rules, .today = today != NULL ? day_of(today) : NO_DAY, .centre = centre_of_names};
    *losses = (loss_report){0};
    assert_true(safety_view(&view, &list, &options, losses, &fixture->memory));
    return view;
}

static uint64_t lost(const loss_report *losses, const char *what, const char *why)
{
    for (uint32_t i = 0; i < losses->count; i++)
        if (losses->items[i].section == LOSS_WITHHELD && strcmp(losses->items[i].what, what) == 0 && strcmp(losses->items[i].why, why) == 0)
            return losses->items[i].count;
    return 0;
}

static void test_hospitals_are_coarsened_to_their_district(void **state)
{
    export_fixture *fixture = *state;
    loss_report losses;
    const public_view view = view_of_one(fixture, &fixture->hidden, "2016-05-30",
                                         "kind=airstrike target=civilians:hospital place=SY-3:town:SY:Aleppo:Manbij day=2016-05-09", &losses);
    assert_int_equal(view.incidents.count, 1);
    const statement_place *place = view.incidents.items[0].places[0];
    assert_string_equal(view.notes[0].coarsened_to, "admin2");
    assert_string_equal(place->id, "");
    assert_string_equal(place->norm, "Manbij");
    assert_string_equal(place->name_en, "");
    assert_int_equal(place->precision, MARSAD_PRECISION_DISTRICT);
    double lat, lon;
    centre_of_names(NULL, "SY", "Aleppo", "Manbij", &lat, &lon);
    assert_true(fabs(place->lat - lat) < 1e-9 && fabs(place->lon - lon) < 1e-9);
    assert_int_equal(lost(&losses, "place", "coarsened"), 1);
}

static void test_a_place_without_a_district_is_told_by_its_governorate_or_not_at_all(void **state)
{
    export_fixture *fixture = *state;
    loss_report losses;
    const public_view view = view_of_one(fixture, &fixture->hidden, "2016-05-30",
                                         "kind=airstrike target=civilians:hospital place=SY-3:town:SY:Aleppo day=2016-05-09", &losses);
    assert_string_equal(view.notes[0].coarsened_to, "admin1");
    const public_view unknown =
        view_of_one(fixture, &fixture->hidden, "2016-05-30", "kind=airstrike target=civilians:hospital place=?shelter day=2016-05-09", &losses);
    assert_true(unknown.notes[0].is_place_withheld);
    assert_string_equal(unknown.notes[0].coarsened_to, "");
    assert_int_equal(unknown.incidents.items[0].place_count, 0);
    assert_int_equal(lost(&losses, "place", "withheld"), 1);
}

static void test_a_grid_gives_all_points_of_a_cell_the_same_point(void **state)
{
    export_fixture *fixture = *state;
    safety_profile profile = fixture->shown;
    profile.precisions[MARSAD_PRECISION_TOWN] = PLACE_GRID;
    double seen_lat = 0, seen_lon = 0;
    for (int i = 0; i < 25; i++) {
        incident_list list = {0};
        incident_make(&list, &fixture->memory, "one", (const char *const[]){"place=SY-3:town day=2016-05-09", NULL});
        statement_place *place = (statement_place *)(uintptr_t)list.items[0].places[0];
        place->lat = -36.2499 + 0.0099 * i; /* from -36.25 to -36.00 */
        place->lon = 37.0001 + 0.0099 * i;
        const safety_options options = {.profile = &profile, .rules = fixture->rules, .today = 0};
        loss_report losses = {0};
        public_view view;
        assert_true(safety_view(&view, &list, &options, &losses, &fixture->memory));
        const statement_place *coarse = view.incidents.items[0].places[0];
        assert_string_equal(coarse->norm, "");
        assert_string_equal(coarse->admin1, "");
        assert_string_equal(view.notes[0].coarsened_to, "grid");
        if (i == 0) {
            seen_lat = coarse->lat;
            seen_lon = coarse->lon;
        }
        assert_true(fabs(coarse->lat - seen_lat) < 1e-9 && fabs(coarse->lon - seen_lon) < 1e-9);
    }
    assert_true(fabs(seen_lat + 36.125) < 1e-9 && fabs(seen_lon - 37.125) < 1e-9);
}

static void test_a_delay_ends_on_its_day(void **state)
{
    export_fixture *fixture = *state;
    static const struct {
        const char *today, *words;
        uint32_t left;
    } cases[] = {
        {"2016-05-22", "kind=deploy day=2016-05-09", 0},
        {"2016-05-23", "kind=deploy day=2016-05-09", 1},
        {"2016-05-23", "kind=deploy start=2016-05-09 end=2016-05-10", 0},
        {"2016-05-11", "kind=airstrike target=other:hospital day=2016-05-09", 0},
        {"2016-05-12", "kind=airstrike target=other:hospital day=2016-05-09", 1},
        {"2016-05-09", "kind=airstrike day=2016-05-09", 1},
        {NULL, "kind=deploy day=2016-05-09", 0},
        {NULL, "kind=airstrike day=2016-05-09", 1},
        {"2016-05-30", "kind=deploy published=-", 0},
        {"2016-05-24", "kind=deploy published=2016-05-10", 1},
        {"2016-05-23", "kind=deploy published=2016-05-10", 0},
        {"2016-06-30", "kind=airstrike target=other:submarine day=2016-05-09", 1},
        {"2016-05-12", "kind=airstrike target=other:submarine day=2016-05-09", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        loss_report losses;
        const public_view view = view_of_one(fixture, &fixture->hidden, cases[i].today, cases[i].words, &losses);
        if (view.incidents.count != cases[i].left)
            fail_msg("%s on %s", cases[i].words, cases[i].today != NULL ? cases[i].today : "no day");
        assert_true(view.incidents.count == 1 || losses.count == 1);
    }
}

static void test_what_no_person_has_looked_at_is_a_draft(void **state)
{
    export_fixture *fixture = *state;
    loss_report losses;
    const public_view unseen = view_of_one(fixture, &fixture->hidden, "2016-05-30", "kind=airstrike day=2016-05-09", &losses);
    assert_int_equal(unseen.incidents.items[0].grade, GRADE_DRAFT);
    assert_string_equal(unseen.incidents.items[0].grade_rule, "");
    assert_int_equal(lost(&losses, "grade", "no person has looked at it"), 1);
    const public_view seen = view_of_one(fixture, &fixture->hidden, "2016-05-30", "kind=airstrike day=2016-05-09 state=2", &losses);
    assert_int_equal(seen.incidents.items[0].grade, GRADE_WEAK);
    safety_profile strict = fixture->hidden;
    strict.unreviewed = UNREVIEWED_DROP;
    assert_int_equal(view_of_one(fixture, &strict, "2016-05-30", "kind=airstrike day=2016-05-09", &losses).incidents.count, 0);
}

static void test_sources_without_a_name_are_not_told(void **state)
{
    export_fixture *fixture = *state;
    loss_report losses;
    const public_view view = view_of_one(fixture, &fixture->hidden, "2016-05-30",
                                         "kind=airstrike day=2016-05-09 speaker=witnesses speaker=sohr speaker=nobody-of-a-table", &losses);
    const statement *s = view.incidents.items[0].statements[0];
    assert_string_equal(s->speakers[0].who, "unknown");
    assert_string_equal(s->speakers[1].who, "sohr");
    assert_string_equal(s->speakers[2].who, "unknown");
    assert_int_equal(lost(&losses, "speaker", "source without a name"), 1);
    assert_int_equal(lost(&losses, "speaker", "not in the table of parties"), 1);
}

static void test_words_are_told_of_institutions_only_where_the_profile_says_so(void **state)
{
    export_fixture *fixture = *state;
    static const struct {
        words_rule rule;
        const char *party, *people;
    } cases[] = {{WORDS_SHOW, "army", "somebody"}, {WORDS_INSTITUTIONS, "army", ""}, {WORDS_WITHHOLD, "", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        safety_profile profile = fixture->shown;
        profile.party_words = cases[i].rule;
        loss_report losses;
        const public_view view = view_of_one(fixture, &profile, "2016-05-30", "actor=iran::army target=civilians::somebody day=2016-05-09", &losses);
        const statement *s = view.incidents.items[0].statements[0];
        assert_string_equal(s->actors[0].words, cases[i].party);
        assert_string_equal(s->targets[0].words, cases[i].people);
    }
}

/* Figures, claims and lists of the view point into the view. */
static void test_nothing_of_the_view_leads_back(void **state)
{
    export_fixture *fixture = *state;
    incident_list list = {0};
    incidents_of_golden_files(&list, &fixture->memory);
    const safety_options options = {.profile = &fixture->hidden, .rules = fixture->rules, .today = day_of("2017-01-01")};
    loss_report losses = {0};
    public_view view;
    assert_true(safety_view(&view, &list, &options, &losses, &fixture->memory));
    assert_int_equal(view.incidents.count, list.count);
    for (uint32_t i = 0; i < view.incidents.count; i++) {
        const incident *out = &view.incidents.items[i], *in = &list.items[i];
        for (uint32_t s = 0; s < in->statement_count; s++) {
            assert_ptr_not_equal(out->statements[s], in->statements[s]);
            for (uint32_t f = 0; f < out->figure_count; f++) {
                assert_ptr_not_equal(out->figures[f].low_from, in->statements[s]);
                assert_ptr_not_equal(out->figures[f].best_from, in->statements[s]);
                assert_ptr_not_equal(out->figures[f].high_from, in->statements[s]);
                for (uint32_t k = 0; k < out->figures[f].from_count; k++)
                    assert_ptr_not_equal(out->figures[f].from[k], in->statements[s]);
            }
            for (uint32_t p = 0; p < out->actor_count; p++)
                for (uint32_t k = 0; k < out->actors[p].claim_count; k++)
                    assert_ptr_not_equal(out->actors[p].claims[k], in->statements[s]);
        }
        for (uint32_t p = 0; p < out->place_count; p++)
            for (uint32_t k = 0; k < in->place_count; k++)
                assert_ptr_not_equal(out->places[p], in->places[k]);
    }
}

static void test_statements_alone_are_treated_the_same(void **state)
{
    export_fixture *fixture = *state;
    const statement *const told[] = {
        statement_make(&fixture->memory, "id=a kind=airstrike target=civilians:hospital place=SY-3:town:SY:Aleppo:Manbij day=2016-05-09"),
        statement_make(&fixture->memory, "id=b kind=deploy day=2016-05-28"),
        statement_make(&fixture->memory, "id=c kind=deploy published=2016-05-29"),
        statement_make(&fixture->memory, "id=d kind=clash day=2016-05-28"),
    };
    const safety_options options = {.profile = &fixture->hidden, .rules = fixture->rules, .today = day_of("2016-05-30")};
    loss_report losses = {0};
    const statement *const *out;
    size_t count;
    assert_true(safety_view_statements(&out, &count, told, 4, &options, &losses, &fixture->memory));
    assert_int_equal(count, 2);
    assert_string_equal(out[0]->id, told[0]->id);
    assert_string_equal(out[0]->places[0].norm, "Manbij");
    assert_string_equal(out[1]->id, told[3]->id);
    assert_int_equal(lost(&losses, "statement", "delayed"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_profile_with_any_fault_is_refused),
        cmocka_unit_test(test_values_out_of_range_are_refused),
        cmocka_unit_test(test_a_profile_that_cannot_be_read_is_an_error),
        cmocka_unit_test_setup_teardown(test_nothing_is_written_without_a_profile_or_rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hospitals_are_coarsened_to_their_district, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_place_without_a_district_is_told_by_its_governorate_or_not_at_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_grid_gives_all_points_of_a_cell_the_same_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_delay_ends_on_its_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_no_person_has_looked_at_is_a_draft, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sources_without_a_name_are_not_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words_are_told_of_institutions_only_where_the_profile_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_of_the_view_leads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_statements_alone_are_treated_the_same, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
