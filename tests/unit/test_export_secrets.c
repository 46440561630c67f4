/*
 * What a profile withholds stands nowhere in what leaves: random incidents whose withheld fields are marked, through every format of the table, and the loss
 * reports. All marks begin with "ZQ"; withheld points are 31.xxx7 north, 51.xxx7 east; withheld spans count from 777000000.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "exporting.h"

enum { INCIDENTS = 400, SECRET_SPAN = 777000000 };

typedef struct {
    export_fixture *fixture;
    const safety_profile *profile;
    incident_list list;
    uint64_t random;
    uint32_t marks;
    int32_t today;
} trial;

static uint32_t pick(trial *t, uint32_t below)
{
    t->random = t->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(t->random >> 33) % below;
}

static const char *mark(trial *t)
{
    return arena_format(&t->fixture->memory, "ZQ%u", t->marks++);
}

/* --- what the profile says, asked anew ------------------------------------------------------------------------------- */

static safety_rule rule_of_object(const trial *t, const char *object)
{
    for (int i = 0; i < SAFETY_OBJECT_COUNT; i++)
        if (strcmp(safety_objects[i], object) == 0)
            return t->profile->objects[i];
    int32_t longest = 0;
    for (int i = 0; i < SAFETY_OBJECT_COUNT; i++)
        longest = t->profile->objects[i].delay > longest ? t->profile->objects[i].delay : longest;
    for (int i = 0; i < MARSAD_KIND_COUNT; i++)
        longest = t->profile->kinds[i].delay > longest ? t->profile->kinds[i].delay : longest;
    return (safety_rule){.is_published = true, .place = PLACE_WITHHOLD, .delay = longest};
}

static place_level level_of(const trial *t, const statement *s, marsad_precision precision)
{
    place_level level = t->profile->kinds[s->kind].place;
    for (uint32_t i = 0; i < s->target_count; i++) {
        const place_level own = s->targets[i].object[0] != 0 ? rule_of_object(t, s->targets[i].object).place : PLACE_SHOW;
        level = own > level ? own : level;
    }
    return t->profile->precisions[precision] > level ? t->profile->precisions[precision] : level;
}

static bool is_delayed(const trial *t, const statement *s)
{
    int32_t delay = t->profile->kinds[s->kind].delay;
    for (uint32_t i = 0; i < s->target_count; i++) {
        const int32_t own = s->targets[i].object[0] != 0 ? rule_of_object(t, s->targets[i].object).delay : 0;
        delay = own > delay ? own : delay;
    }
    return delay > 0 && (s->end == NO_DAY || t->today < s->end + delay);
}

/* --- marking --------------------------------------------------------------------------------------------------------- */

static void mark_parties(trial *t, const statement_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        statement_party *party = (statement_party *)(uintptr_t)&parties[i];
        if (t->profile->party_words == WORDS_WITHHOLD)
            party->words = mark(t);
        if (pick(t, 4) == 0) { /* no row: it could be a person's name */
            party->who = mark(t);
            party->code = mark(t);
        }
    }
}

/* Only of a town or finer is anything to hide; what is wider than a level may be told as it is. */
static void mark_place(trial *t, statement_place *place, place_level level)
{
    if (level == PLACE_SHOW)
        return;
    place->id = place->precision == MARSAD_PRECISION_NONE ? "" : mark(t);
    place->norm = mark(t);
    place->name_en = mark(t);
    place->lat = 31 + (double)pick(t, 1000) / 1000 + 0.00071;
    place->lon = 51 + (double)pick(t, 1000) / 1000 + 0.00071;
    const bool has_cell = level == PLACE_GRID && place->precision != MARSAD_PRECISION_NONE; /* without a point, the district stands for the cell */
    if (has_cell || level >= PLACE_ADMIN1)
        place->admin2 = mark(t);
    if (has_cell || level >= PLACE_COUNTRY)
        place->admin1 = mark(t);
    if (level == PLACE_WITHHOLD)
        place->country = "ZQ";
}

static void mark_statement(trial *t, statement *s)
{
    mark_parties(t, s->actors, s->actor_count);
    mark_parties(t, s->targets, s->target_count);
    mark_parties(t, s->speakers, s->speaker_count);
    for (uint32_t i = 0; i < s->figure_count; i++)
        if (!t->profile->shows_figure_words)
            ((statement_figure *)(uintptr_t)&s->figures[i])->words = mark(t);
    if (pick(t, 6) == 0 && s->target_count > 0) /* an object that the profile does not know */
        ((statement_party *)(uintptr_t)&s->targets[0])->object = mark(t);

    bool is_coarse = false;
    for (uint32_t i = 0; i < s->place_count; i++) {
        const place_level level = level_of(t, s, s->places[i].precision);
        mark_place(t, (statement_place *)(uintptr_t)&s->places[i], level);
        is_coarse = is_coarse || level != PLACE_SHOW;
    }
    if (is_coarse && !t->profile->shows_url_of_coarsened) {
        s->url = mark(t);
        s->trigger = (marsad_span){SECRET_SPAN + pick(t, 1000), SECRET_SPAN + 1000 + pick(t, 1000)};
        s->sentence = (marsad_span){SECRET_SPAN, SECRET_SPAN + 5000};
    }
}

/* An incident that is not published at all: whatever it holds. */
static void mark_all(trial *t, incident *item, statement *s)
{
    item->id = mark(t);
    s->id = mark(t);
    s->article = mark(t);
    s->chain = mark(t);
    s->outlet = mark(t);
    s->url = mark(t);
    s->mode = mark(t);
}

/* --- random incidents ------------------------------------------------------------------------------------------------ */

static const char *random_object(trial *t)
{
    return pick(t, 2) == 0 ? "" : safety_objects[pick(t, SAFETY_OBJECT_COUNT)];
}

static void add_random(trial *t)
{
    static const char *const who[] = {"syria.government", "isis", "civilians", "witnesses", "activists", "sohr", "unknown", "hamas"};
    static const char *const precisions[] = {"town", "exact", "none"};
    static const char *const figures[] = {"killed", "wounded", "detained", "displaced"};
    const char *precision = precisions[pick(t, 3)];
    char words[600];
    snprintf(words, sizeof words, "id=r%u kind=%s actor=%s target=%s:%s speaker=%s place=%s:%s:SY:Aleppo:Manbij day=2016-05-%02u figure=%s:exact:%u",
             t->list.count, marsad_kind_name((marsad_kind)pick(t, MARSAD_KIND_COUNT)), who[pick(t, 8)], who[pick(t, 8)], random_object(t),
             who[pick(t, 8)], precision[0] == 'n' ? "?somewhere" : "SY-9", precision, 1 + pick(t, 30), figures[pick(t, 4)], 1 + pick(t, 20));
    statement *s = statement_make(&t->fixture->memory, words);
    if (precision[0] == 'n')
        ((statement_place *)(uintptr_t)&s->places[0])->precision = MARSAD_PRECISION_NONE;
    s->url = "https://example.org/";
    mark_statement(t, s);
    const bool is_reviewed = pick(t, 2) == 0;

    /* The incident is made of the marked statement: it holds the marks too. */
    incident *item = incident_of_statement(&t->list, &t->fixture->memory, words, s);
    item->is_reviewed = is_reviewed;
    item->grade = GRADE_CONFIRMED;
    if (!is_reviewed)
        item->grade_rule = mark(t);
    if (is_delayed(t, s) || (!is_reviewed && t->profile->unreviewed == UNREVIEWED_DROP))
        mark_all(t, item, s);
}

/* --- looking --------------------------------------------------------------------------------------------------------- */

/* "31." and three digits and a 7: a point that only a withheld place has. */
static const char *find_point(const char *bytes, const char *degrees)
{
    for (const char *at = bytes; (at = strstr(at, degrees)) != NULL; at++)
        if (strspn(at + 3, "0123456789") >= 4 && at[6] == '7')
            return at;
    return NULL;
}

static const char *find_secret(const char *bytes)
{
    const char *const found[] = {strstr(bytes, "ZQ"), strstr(bytes, "777000"), strstr(bytes, "777001"), find_point(bytes, "31."),
                                 find_point(bytes, "51.")};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        if (found[i] != NULL)
            return found[i];
    return NULL;
}

static int leaks_of(const char *format, const char *bytes)
{
    const char *secret = find_secret(bytes);
    if (secret != NULL)
        print_error("%s: '%.80s'\n", format, secret);
    return secret != NULL;
}

/* How many of the outputs hold a secret. */
static int leaks(export_fixture *fixture, const safety_profile *profile, const safety_profile *written_with, uint64_t seed, uint64_t *rows)
{
    trial t = {.fixture = fixture, .profile = profile, .random = seed, .today = day_of("2016-05-25")};
    for (int i = 0; i < INCIDENTS; i++)
        add_random(&t);
    int found = 0;
    for (const export_format *format = export_formats(); format->name != NULL; format++) {
        loss_report report;
        found += leaks_of(format->name, exported(fixture, format->name, written_with, &t.list, t.today, &report));
        found += leaks_of("loss report", losses_told(fixture, &report));
        *rows += report.rows;
    }
    return found;
}

static void test_what_the_public_profile_withholds_is_nowhere(void **state)
{
    (void)state;
    export_fixture fixture;
    exporting_open(&fixture);
    uint64_t rows = 0;
    for (uint64_t seed = 1; seed <= 3; seed++)
        assert_int_equal(leaks(&fixture, &fixture.hidden, &fixture.hidden, seed, &rows), 0);
    assert_true(rows > INCIDENTS); /* it is not for want of rows */
    exporting_close(&fixture);
}

static void test_what_other_profiles_withhold_is_nowhere(void **state)
{
    (void)state;
    export_fixture fixture;
    exporting_open(&fixture);
    uint64_t rows = 0;
    for (int level = PLACE_GRID; level < PLACE_LEVEL_COUNT; level++) {
        safety_profile profile = fixture.shown;
        for (int kind = 0; kind < MARSAD_KIND_COUNT; kind++)
            profile.kinds[kind] = (safety_rule){.is_published = true, .place = (place_level)level, .delay = kind % 7};
        profile.shows_url_of_coarsened = false;
        profile.unreviewed = level % 2 == 0 ? UNREVIEWED_DROP : UNREVIEWED_DRAFT;
        profile.strictest.delay = 6;
        assert_int_equal(leaks(&fixture, &profile, &profile, 7, &rows), 0);
    }
    assert_true(rows > INCIDENTS);
    exporting_close(&fixture);
}

/* The looking is put to the test: written without the profile, every format that tells places or parties holds marks. */
static void test_marks_are_found_where_nothing_is_withheld(void **state)
{
    (void)state;
    export_fixture fixture;
    exporting_open(&fixture);
    trial t = {.fixture = &fixture, .profile = &fixture.hidden, .random = 1, .today = day_of("2016-05-25")};
    for (int i = 0; i < INCIDENTS; i++)
        add_random(&t);
    loss_report report;
    safety_profile open = fixture.shown;
    for (int i = 0; i < SAFETY_OBJECT_COUNT; i++)
        open.objects[i].place = PLACE_SHOW;
    const char *bytes = exported(&fixture, "jsonl", &open, &t.list, t.today, &report);
    assert_non_null(strstr(bytes, "ZQ"));
    assert_non_null(strstr(bytes, "777000"));
    assert_non_null(find_point(bytes, "31."));
    assert_non_null(find_point(bytes, "51."));
    assert_non_null(strstr(exported(&fixture, "acled", &open, &t.list, t.today, &report), "ZQ"));
    exporting_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_public_profile_withholds_is_nowhere),
        cmocka_unit_test(test_what_other_profiles_withhold_is_nowhere),
        cmocka_unit_test(test_marks_are_found_where_nothing_is_withheld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
