/* Review: what may be decided when, by whom, and what follows from it. */
#include "unit.h"

#include <stdio.h>

#include "archive/mend.h"
#include "archives.h"
#include "review_steps.h"

enum { NOW = 1463000000, MINUTE = 60 };

static marsad_error err;
static buffer cell;

/* The id of row `n` (from 0) of a table. */
static const char *id_at(marsad_archive *archive, const char *table, size_t n)
{
    static char ids[4][32];
    static size_t next;
    char *id = ids[next++ % 4];
    buffer all = {0};
    table_text(&all, archive, table, "");
    buffer_add(&all, "", 1);
    const char *at = all.bytes;
    for (size_t i = 0; i < n; i++)
        at = strchr(at, '\n') + 1;
    snprintf(id, 32, "%.*s", (int)strcspn(at, "|"), at);
    buffer_free(&all);
    return id;
}

#define ALLOWED(...)                                                                                                                                 \
    do {                                                                                                                                             \
        if (decide(__VA_ARGS__, &err) != MARSAD_OK)                                                                                                  \
            fail_msg("line %d: %s", __LINE__, err.message);                                                                                          \
    } while (0)
#define REFUSED(words, ...)                                                                                                                          \
    do {                                                                                                                                             \
        assert_int_equal(decide(__VA_ARGS__, &err), MARSAD_ERR_ARGUMENT);                                                                            \
        assert_non_null(strstr(err.message, words));                                                                                                 \
    } while (0)
#define EXPECT_CELL(table, id, column, text) assert_string_equal(cell_of(&cell, a, table, id, column), text)

static void a_second_person_verifies(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("second", 0, 3, NOW);
    const char *r = id_at(a, "records", 0);
    REFUSED("is new", a, "verify", "karim", r, NULL, NULL, NULL, NOW);
    ALLOWED(a, "accept", "amal", r, NULL, NULL, NULL, NOW);
    REFUSED("a second person", a, "verify", "amal", r, NULL, NULL, NULL, NOW);
    REFUSED("a second person", a, "verify", "Amal", r, NULL, NULL, NULL, NOW);
    ALLOWED(a, "verify", "karim", r, NULL, NULL, NULL, NOW);
    EXPECT_CELL("records", r, "verified", "1");
    REFUSED("verified already", a, "verify", "karim", r, NULL, NULL, NULL, NOW);

    ALLOWED(a, "edit", "karim", r, NULL, "figure=killed:7", "counted again", NOW);
    EXPECT_CELL("records", r, "verified", "0"); /* what was changed has to be looked at again */
    REFUSED("a second person", a, "verify", "karim", r, NULL, NULL, NULL, NOW);
    ALLOWED(a, "leave", "karim", r, NULL, NULL, NULL, NOW);
    ALLOWED(a, "edit", "أمل", r, NULL, "figure=killed:8", "and again", NOW);
    ALLOWED(a, "leave", "أمل", r, NULL, NULL, NULL, NOW);
    REFUSED("a second person", a, "verify", "امل", r, NULL, NULL, NULL, NOW);
    REFUSED("a second person", a, "verify", "\uFE83\uFEE3\uFEDE", r, NULL, NULL, NULL, NOW);
    ALLOWED(a, "take", "karim", r, NULL, NULL, NULL, NOW);
    ALLOWED(a, "leave", "karim", r, NULL, NULL, NULL, NOW);
    marsad_archive_close(a);
}

static void a_lease_keeps_others_out_for_half_an_hour(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("lease", 0, 3, NOW);
    const char *r = id_at(a, "records", 1);
    ALLOWED(a, "take", "amal", r, NULL, NULL, NULL, NOW);
    EXPECT_CELL("records", r, "state", "in work");
    REFUSED("leased to 'amal' until 2016-05-11 21:23 UTC", a, "take", "karim", r, NULL, NULL, NULL, NOW);
    REFUSED("leased to 'amal'", a, "accept", "karim", r, NULL, NULL, NULL, NOW + 29 * MINUTE);
    ALLOWED(a, "take", "amal", r, NULL, NULL, NULL, NOW + 29 * MINUTE); /* the half hour begins anew */
    REFUSED("leased to 'amal'", a, "take", "karim", r, NULL, NULL, NULL, NOW + 58 * MINUTE);
    REFUSED("not leased to 'karim'", a, "leave", "karim", r, NULL, NULL, NULL, NOW + 58 * MINUTE);
    ALLOWED(a, "take", "karim", r, NULL, NULL, NULL, NOW + 60 * MINUTE);
    ALLOWED(a, "leave", "karim", r, NULL, NULL, NULL, NOW + 61 * MINUTE);
    EXPECT_CELL("records", r, "state", "new");
    marsad_archive_close(a);
}

static void states_follow_the_table(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("states", 0, 3, NOW);
    const char *r = id_at(a, "records", 0), *other = id_at(a, "records", 1);
    static const struct {
        const char *what, *becomes;
    } way[] = {{"needs-source", "needs source"},
               {"cannot-verify", "cannot be verified"},
               {"contradict", "contradicted"},
               {"reject", "rejected"},
               {"reopen", "new"}};
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        REFUSED("needs a reason", a, way[i].what, "amal", r, NULL, NULL, NULL, NOW);
        ALLOWED(a, way[i].what, "amal", r, NULL, NULL, "because", NOW);
        EXPECT_CELL("records", r, "state", way[i].becomes);
    }
    REFUSED("needs the other record", a, "duplicate", "amal", r, NULL, NULL, "the same", NOW);
    REFUSED("no duplicate of itself", a, "duplicate", "amal", r, r, NULL, "the same", NOW);
    ALLOWED(a, "duplicate", "amal", r, other, NULL, "the same", NOW);
    REFUSED("is duplicate: 'edit'", a, "edit", "amal", r, NULL, "days=2016-05-01", "why", NOW);
    REFUSED("no person named", a, "accept", "", r, NULL, NULL, NULL, NOW);
    REFUSED("no person named", a, "accept", "am\nal", r, NULL, NULL, NULL, NOW);
    REFUSED("no decision is called", a, "bless", "amal", r, NULL, NULL, NULL, NOW);
    REFUSED("no record or incident", a, "accept", "amal", "R-0000000000000000", NULL, NULL, NULL, NOW);
    marsad_archive_close(a);
}

/* --- what follows for incidents ------------------------------------------------------------------------------------------------ */

static void expect_same_views(const buffer *before, marsad_archive *a)
{
    buffer after = {0};
    table_text(&after, a, "incidents", "");
    table_text(&after, a, "records", "");
    buffer_add(&after, "", 1);
    assert_string_equal(before->bytes, after.bytes);
    buffer_free(&after);
}

static void copy_views(buffer *out, marsad_archive *a)
{
    out->used = 0;
    table_text(out, a, "incidents", "");
    table_text(out, a, "records", "");
    buffer_add(out, "", 1);
}

static void what_is_withdrawn_and_put_back_leaves_no_trace(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("withdraw", 0, 39, NOW);
    buffer before = {0}, without = {0};
    copy_views(&before, a);
    buffer records = {0};
    const size_t count = table_text(&records, a, "records", "");
    for (size_t i = 0; i < count; i += 3) {
        const char *r = id_at(a, "records", i);
        ALLOWED(a, "reject", "amal", r, NULL, NULL, "withdrawn", NOW + (int64_t)i);
        copy_views(&without, a);
        assert_string_not_equal(before.bytes, without.bytes);
        EXPECT_CELL("records", r, "incident", "");
        ALLOWED(a, "reopen", "amal", r, NULL, NULL, "put back", NOW + (int64_t)i);
        expect_same_views(&before, a);
    }
    buffer_free(&records);
    buffer_free(&before);
    buffer_free(&without);
    marsad_archive_close(a);
}

static void merged_records_share_an_incident_until_split(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("merge", 0, 39, NOW);
    buffer before = {0}, home = {0};
    copy_views(&before, a);
    const char *r = id_at(a, "records", 0), *other = id_at(a, "records", 20);
    const char *theirs = cell_of(&home, a, "records", other, "incident");
    assert_string_not_equal(theirs, cell_of(&cell, a, "records", r, "incident"));
    ALLOWED(a, "merge", "amal", r, other, NULL, NULL, NOW);
    EXPECT_CELL("records", r, "incident", home.bytes);
    REFUSED("merged into", a, "merge", "amal", other, r, NULL, NULL, NOW);

    /* without what it was merged into it stands where the rules put it */
    ALLOWED(a, "reject", "amal", other, NULL, NULL, "withdrawn", NOW);
    assert_string_not_equal(home.bytes, cell_of(&cell, a, "records", r, "incident"));
    REFUSED("nothing belongs to it", a, "merge", "amal", r, other, NULL, NULL, NOW);
    ALLOWED(a, "reopen", "amal", other, NULL, NULL, "put back", NOW);
    EXPECT_CELL("records", r, "incident", home.bytes);

    ALLOWED(a, "split", "amal", r, NULL, NULL, NULL, NOW);
    expect_same_views(&before, a);
    buffer_free(&home);
    buffer_free(&before);
    marsad_archive_close(a);
}

static void split_records_stand_apart(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("split", 0, 39, NOW);
    buffer incident = {0};
    char r[32] = "", fellow[32] = "";
    for (size_t i = 0; r[0] == 0; i++) { /* one record after the other, until two are of one incident */
        snprintf(fellow, sizeof fellow, "%s", id_at(a, "records", i));
        cell_of(&incident, a, "records", fellow, "incident");
        for (size_t k = 0; k < i && r[0] == 0; k++)
            if (strcmp(cell_of(&cell, a, "records", id_at(a, "records", k), "incident"), incident.bytes) == 0)
                snprintf(r, sizeof r, "%s", id_at(a, "records", k));
    }
    ALLOWED(a, "split", "amal", r, NULL, NULL, NULL, NOW);
    cell_of(&incident, a, "records", fellow, "incident");
    assert_string_not_equal(incident.bytes, cell_of(&cell, a, "records", r, "incident"));
    REFUSED("stands alone", a, "split", "amal", r, NULL, NULL, NULL, NOW);
    ALLOWED(a, "merge", "amal", r, fellow, NULL, NULL, NOW);
    EXPECT_CELL("records", r, "incident", incident.bytes);
    buffer_free(&incident);
    marsad_archive_close(a);
}

/* --- editing --------------------------------------------------------------------------------------------------------------------- */

static void what_is_edited_moves_and_can_go_back(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("edit", 0, 39, NOW);
    buffer before = {0}, body = {0};
    const char *r = id_at(a, "records", 0);
    copy_views(&before, a);
    cell_of(&body, a, "records", r, "record");
    REFUSED("a reason is needed", a, "edit", "amal", r, NULL, "days=2016-05-02", NULL, NOW);
    REFUSED("no day", a, "edit", "amal", r, NULL, "days=2016-02-30", "why", NOW);
    REFUSED("no place 'SY-nowhere'", a, "edit", "amal", r, NULL, "place=SY-nowhere", "why", NOW);
    ALLOWED(a, "edit", "amal", r, NULL, "days=2016-05-02", "the article says so", NOW);
    EXPECT_CELL("records", r, "day", "2016-05-02");
    EXPECT_CELL("decisions", r, "before", body.bytes);
    assert_non_null(strstr(cell_of(&cell, a, "records", r, "record"), "\"start\":\"2016-05-02\""));
    ALLOWED(a, "edit", "amal", r, NULL, "place=SY-0084", "the whole town", NOW);
    EXPECT_CELL("records", r, "place", "حلب");
    ALLOWED(a, "edit", "amal", r, NULL, "as-read", "no, it is right", NOW);
    ALLOWED(a, "reopen", "amal", r, NULL, NULL, "as before", NOW);
    expect_same_views(&before, a);
    buffer_free(&before);
    buffer_free(&body);
    marsad_archive_close(a);
}

static void fields_are_mended_in_the_body(void **state)
{
    (void)state;
    static const char body[] =
        "{\"kind\":\"airstrike\",\"trigger\":[0,4],\"modality\":\"asserted\",\"phase\":null,\"actors\":[{\"span\":[5,9],\"who\":"
        "\"russia\",\"code\":\"RUS\",\"object\":null,\"words\":\"x\"}],\"targets\":[],\"places\":[],\"when\":null,\"figures\":[{\"of\":"
        "\"killed\",\"value\":5,\"bound\":\"exact\",\"low\":5,\"high\":5,\"span\":[1,2],\"words\":\"y\"}],\"sources\":[],\"plover\":"
        "\"ASSAULT\",\"mode\":\"aerial\",\"cameo\":\"195\",\"confidence\":0.8}";
    static const struct {
        const char *change;
        bool overrides;
        const char *has; /* NULL: it is refused */
    } rows[] = {
        {"kind=shelling", true, "\"kind\":\"shelling\""},
        {"kind=shelling", true, "\"cameo\":\"194\""},
        {"kind=rain", true, NULL},
        {"modality=denied", true, "\"modality\":\"denied\""},
        {"actor=syria.government", true, "{\"span\":[5,9],\"who\":\"syria.government\",\"code\":null,\"object\":null,\"words\":\"x\"}"},
        {"actor=russia", true, "\"code\":\"RUS\""},
        {"actor=russia,iran", true, "{\"span\":null,\"who\":\"iran\",\"code\":null,\"object\":null,\"words\":\"\"}"},
        {"actor=", true, "\"actors\":[]"},
        {"actor=\"x", true, NULL},
        {"target=civilians", false, "\"who\":\"civilians\""},
        {"days=2016-05-01/2016-05-03", false, "\"start\":\"2016-05-01\",\"end\":\"2016-05-03\",\"precision\":\"range\""},
        {"days=2016-05-03/2016-05-01", false, NULL},
        {"days=2016-05-03/", false, NULL},
        {"days=yesterday", false, NULL},
        {"figure=killed:3:5:7", true, "\"of\":\"killed\",\"value\":5,\"bound\":\"about\",\"low\":3,\"high\":7,\"span\":[1,2],\"words\":\"y\""},
        {"figure=killed:3:5:-", true, "\"bound\":\"at_least\",\"low\":3,\"high\":null"},
        {"figure=killed:", true, "\"figures\":[]"},
        {"figure=wounded:12", false, "\"of\":\"wounded\",\"value\":12,\"bound\":\"exact\",\"low\":12,\"high\":12"},
        {"figure=killed:7:5:3", true, NULL},
        {"figure=killed", true, NULL},
        {"figure=sheep:3", false, NULL},
        {"weather=fine", false, NULL},
        {"kind", false, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena memory = {0};
        view out;
        bool overrides = false;
        const marsad_status status = body_mend(&out, view_of(body), &rows[i].change, 1, NULL, &overrides, &memory, &err);
        if (status != (rows[i].has == NULL ? MARSAD_ERR_ARGUMENT : MARSAD_OK))
            fail_msg("%s: status %d", rows[i].change, status);
        if (rows[i].has != NULL && (strstr(out.ptr, rows[i].has) == NULL || overrides != rows[i].overrides))
            fail_msg("%s: overrides %d: %s", rows[i].change, overrides, out.ptr);
        arena_free(&memory);
    }
}

static void a_batch_is_decided_whole_or_not_at_all(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("batch", 0, 39, NOW);
    buffer incident = {0}, before = {0};
    const char *r = id_at(a, "records", 0);
    cell_of(&incident, a, "records", r, "incident");
    ALLOWED(a, "take", "karim", r, NULL, NULL, NULL, NOW);
    copy_views(&before, a);
    REFUSED("leased to 'karim'", a, "accept", "amal", incident.bytes, NULL, NULL, NULL, NOW);
    expect_same_views(&before, a);
    ALLOWED(a, "accept", "karim", incident.bytes, NULL, NULL, NULL, NOW);
    REFUSED("no record of incident", a, "accept", "karim", incident.bytes, NULL, NULL, NULL, NOW);
    ALLOWED(a, "verify", "amal", incident.bytes, NULL, NULL, NULL, NOW);
    EXPECT_CELL("queue", incident.bytes, "state", "");
    before.used = 0;
    table_text(&before, a, "incidents", "");
    buffer_add(&before, "", 1);
    const char *line = strstr(before.bytes, incident.bytes);
    assert_non_null(line);
    assert_true(strstr(line, "reviewed verified") < strchr(line, '\n'));
    buffer_free(&incident);
    buffer_free(&before);
    marsad_archive_close(a);
}

static int end(void **state)
{
    buffer_free(&cell);
    return archives_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_person_verifies),
        cmocka_unit_test(a_lease_keeps_others_out_for_half_an_hour),
        cmocka_unit_test(states_follow_the_table),
        cmocka_unit_test(what_is_withdrawn_and_put_back_leaves_no_trace),
        cmocka_unit_test(merged_records_share_an_incident_until_split),
        cmocka_unit_test(split_records_stand_apart),
        cmocka_unit_test(what_is_edited_moves_and_can_go_back),
        cmocka_unit_test(fields_are_mended_in_the_body),
        cmocka_unit_test(a_batch_is_decided_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, archives_begin, end);
}
