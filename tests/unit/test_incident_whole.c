/* What holds of incidents whatever the statements are: made at random, from a seed that a failure prints. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "incident/tally.h"
#include "statements.h"

static rule_set *rules;

static int rules_read(void **state)
{
    (void)state;
    marsad_error err;
    return rules_open(&rules, MARSAD_SOURCE_DIR "/rules", &err) == MARSAD_OK ? 0 : -1;
}

static int rules_drop(void **state)
{
    (void)state;
    rules_close(rules);
    return 0;
}

/* --- statements at random ---------------------------------------------------------------------------------------------- */

typedef struct {
    uint64_t seed;
} dice;

/* 0 .. sides - 1 (splitmix64) */
static unsigned roll(dice *d, unsigned sides)
{
    d->seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = d->seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % sides);
}

static const char *const kinds[] = {"airstrike", "airstrike", "airstrike", "shelling", "killing",   "attack",    "clash",      "capture",
                                    "hold",      "talks",     "demand",    "truce",    "abduction", "detention", "destruction"};
static const char *const places[] = {
    "SY-3:town:SY:Aleppo:Simeon", "SY-4:town:SY:Aleppo:Bab", "SY-1:governorate:SY:Aleppo",   "SY-8:district:SY:Aleppo:Bab",
    "SY-7:exact:SY:Aleppo",       "SY-9:town:SY:Idlib",      "SY-4:town:SY:Aleppo:Bab:near", "?مكان"};
static const char *const parties[] = {"russia", "isis", "turkey", "syria.government", "civilians", "unknown"};
static const char *const modalities[] = {"asserted", "asserted", "asserted", "possible", "denied", "planned"};
static const char *const bounds[] = {"exact", "exact", "exact", "at_least", "over", "about", "up_to", "vague"};
static const char *const figures[] = {"killed", "killed", "wounded", "strikes"};
static const char *const victims[] = {"", ":أطفال", ":نساء", ":مدنيين", ":جنود"};
#define ONE_OF(d, list) ((list)[roll((d), sizeof(list) / sizeof *(list))])

enum { WORDS_BYTES = 2048 };

typedef struct {
    char text[WORDS_BYTES];
    size_t used;
} words;

static void said(words *w, int length)
{
    assert_true(length >= 0 && (size_t)length < sizeof w->text - w->used);
    w->used += (size_t)length;
}
#define SAY(w, ...) said((w), snprintf((w)->text + (w)->used, sizeof(w)->text - (w)->used, __VA_ARGS__))

static void say_figures(words *w, dice *d)
{
    for (unsigned i = roll(d, 4); i > 0; i--) {
        const char *of = ONE_OF(d, figures), *bound = ONE_OF(d, bounds), *victim = ONE_OF(d, victims);
        if (victim[0] != 0 || roll(d, 4) == 0) /* any numbers, in any order, open or not */
            SAY(w, " figure=%s:%s:%d:%d:%s%s", of, bound, (int)roll(d, 20) - 1, (int)roll(d, 20) - 1, roll(d, 3) == 0 ? "-" : "9", victim);
        else
            SAY(w, " figure=%s:%s:%s", of, bound, roll(d, 6) == 0 ? "-" : "7");
    }
}

static const statement *statement_at_random(arena *memory, dice *d, unsigned number)
{
    words w = {.used = 0};
    SAY(&w, "id=%u article=%u chain=%u outlet=o%u kind=%s modality=%s", number, number, roll(d, 30), roll(d, 4), ONE_OF(d, kinds),
        ONE_OF(d, modalities));
    if (roll(d, 12) == 0)
        SAY(&w, " published=-");
    else
        SAY(&w, " published=2016-05-%02u", 8 + roll(d, 8));
    switch (roll(d, 5)) {
    case 0:
    case 1:
        break;
    case 2:
        SAY(&w, " start=2016-05-%02u end=2016-05-%02u", 8 + roll(d, 2), 9 + roll(d, 3));
        break;
    default:
        SAY(&w, " day=2016-05-%02u", 8 + roll(d, 7));
    }
    for (unsigned i = roll(d, 8) == 0 ? 0 : roll(d, 5) == 0 ? 2 : 1; i > 0; i--)
        SAY(&w, " place=%s", ONE_OF(d, places));
    for (unsigned i = roll(d, 3); i > 0; i--)
        SAY(&w, " actor=%s", ONE_OF(d, parties));
    for (unsigned i = roll(d, 3); i > 0; i--)
        SAY(&w, " target=%s", ONE_OF(d, parties));
    if (roll(d, 2) == 0)
        SAY(&w, " speaker=%s", ONE_OF(d, parties));
    if (roll(d, 20) == 0)
        SAY(&w, " state=%u", roll(d, STATE_COUNT));
    say_figures(&w, d);
    return statement_make(memory, w.text);
}

/* --- incidents as text ------------------------------------------------------------------------------------------------- */

static const char *figure_text(arena *memory, const incident_figure *f)
{
    const char *text =
        arena_format(memory, "%s/%s %lld %lld %lld %s%s %s %s %s:", marsad_figure_name(f->of), f->group, (long long)f->low, (long long)f->best,
                     (long long)f->high, f->rule, f->is_disputed ? " disputed" : "", f->low_from->id, f->best_from->id, f->high_from->id);
    for (uint32_t i = 0; i < f->from_count; i++)
        text = arena_format(memory, "%s %s", text, f->from[i]->id);
    return text;
}

static const char *parties_text(arena *memory, const incident_party *list, uint32_t count)
{
    const char *text = "";
    for (uint32_t i = 0; i < count; i++)
        text = arena_format(memory, "%s %s+%u-%u", text, list[i].who, list[i].claim_count, list[i].denial_count);
    return text;
}

static const char *incident_text(arena *memory, const incident *i)
{
    const char *text = arena_format(memory, "%s %s %d %d %d%d%d%d%d n%u d%u a%u o%u c%u %s %s |%s |%s |", i->id, marsad_kind_name(i->kind),
                                    (int)i->start, (int)i->end, i->is_planned, i->is_period, i->has_days, i->is_reviewed, i->is_verified,
                                    i->place_count, i->denials, i->articles, i->outlets, i->chains, incident_grade_name(i->grade), i->grade_rule,
                                    parties_text(memory, i->actors, i->actor_count), parties_text(memory, i->targets, i->target_count));
    for (uint32_t k = 0; k < i->statement_count; k++)
        text = arena_format(memory, "%s %s:%u", text, i->statements[k]->id, i->why[k]);
    for (uint32_t k = 0; k < i->figure_count; k++)
        text = arena_format(memory, "%s | %s", text, figure_text(memory, &i->figures[k]));
    return text;
}

static const char *decided_text(arena *memory, const statement *const *statements, size_t count, const incident_decision *decisions,
                                size_t decision_count)
{
    incident_list list;
    assert_true(incidents_join(&list, statements, count, decisions, decision_count, rules, memory));
    const char *text = "";
    for (uint32_t i = 0; i < list.count; i++)
        text = arena_format(memory, "%s%s\n", text, incident_text(memory, &list.items[i]));
    assert_non_null(text);
    return text;
}

static const char *list_text(arena *memory, const statement *const *statements, size_t count)
{
    return decided_text(memory, statements, count, NULL, 0);
}

enum { MANY = 60, ROUNDS = 60, ROUNDS_OF_PARTS = 12 };

static void fill(arena *memory, dice *d, const statement **out, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        out[i] = statement_at_random(memory, d, i);
}

static void shuffle(dice *d, const statement **list, unsigned count)
{
    for (unsigned i = count; i > 1; i--) {
        const unsigned k = roll(d, i);
        const statement *held = list[i - 1];
        list[i - 1] = list[k];
        list[k] = held;
    }
}

static void order_does_not_matter(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        arena memory = {0};
        dice d = {round};
        const statement *list[MANY];
        fill(&memory, &d, list, MANY);
        const char *want = list_text(&memory, list, MANY);
        shuffle(&d, list, MANY);
        const char *got = list_text(&memory, list, MANY);
        if (strcmp(want, got) != 0)
            fail_msg("seed %u\n%s\n%s", round, want, got);
        arena_free(&memory);
    }
}

/* People's decisions at random, rings and contradictions among them. */
static void order_does_not_matter_with_decisions(void **state)
{
    (void)state;
    enum { DECISIONS = 12 };
    for (unsigned round = 0; round < ROUNDS; round++) {
        arena memory = {0};
        dice d = {round};
        const statement *list[MANY];
        incident_decision decisions[DECISIONS];
        fill(&memory, &d, list, MANY);
        for (unsigned i = 0; i < DECISIONS; i++)
            decisions[i] = (incident_decision){list[roll(&d, 8)]->id, list[roll(&d, 8)]->id, roll(&d, 3) != 0};
        const char *want = decided_text(&memory, list, MANY, decisions, DECISIONS);
        shuffle(&d, list, MANY);
        const char *got = decided_text(&memory, list, MANY, decisions, DECISIONS);
        if (strcmp(want, got) != 0)
            fail_msg("seed %u\n%s\n%s", round, want, got);
        arena_free(&memory);
    }
}

/* What is counted by day and kind adds up to what is counted at once. */
static void tallies_add_up(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        arena memory = {0};
        dice d = {round};
        const statement *list[MANY];
        incident_list incidents;
        tally_table whole, parts;
        fill(&memory, &d, list, MANY);
        assert_true(incidents_join(&incidents, list, MANY, NULL, 0, rules, &memory));
        assert_true(tally_incidents(&whole, &incidents, 0, &memory));
        assert_true(tally_incidents(&parts, &incidents, TALLY_BY_DAY | TALLY_BY_KIND | TALLY_BY_PLACE, &memory));
        for (uint32_t i = 0; i < whole.count; i++) {
            int64_t low = 0, best = 0, window = 0;
            uint32_t count = 0;
            for (uint32_t k = 0; k < parts.count; k++) {
                if (parts.items[k].of != whole.items[i].of)
                    continue;
                low += parts.items[k].low;
                best += parts.items[k].best;
                count += parts.items[k].incidents;
                window = parts.items[k].window_low > window ? parts.items[k].window_low : window;
            }
            assert_int_equal(low, whole.items[i].low);
            assert_int_equal(best, whole.items[i].best);
            assert_int_equal(count, whole.items[i].incidents);
            assert_int_equal(window, whole.items[i].window_low);
            assert_true(low <= best && (whole.items[i].high == MARSAD_NO_VALUE || best <= whole.items[i].high));
        }
        arena_free(&memory);
    }
}

static void every_statement_is_in_one_incident(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        arena memory = {0};
        dice d = {round};
        const statement *list[MANY];
        incident_list incidents;
        fill(&memory, &d, list, MANY);
        assert_true(incidents_join(&incidents, list, MANY, NULL, 0, rules, &memory));
        for (unsigned k = 0; k < MANY; k++) {
            unsigned found = 0;
            for (uint32_t i = 0; i < incidents.count; i++)
                found += incident_why_of(&incidents.items[i], list[k]) != 0;
            assert_int_equal(found, list[k]->state != STATE_REJECTED && list[k]->state != STATE_DUPLICATE);
        }
        for (uint32_t i = 1; i < incidents.count; i++)
            for (uint32_t k = 0; k < i; k++)
                assert_string_not_equal(incidents.items[i].id, incidents.items[k].id);
        arena_free(&memory);
    }
}

static int64_t high_of(const incident_figure *f)
{
    return f->high == MARSAD_NO_VALUE ? INT64_MAX : f->high;
}

static void low_best_high_and_groups_within_the_whole(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        arena memory = {0};
        dice d = {round};
        const statement *list[MANY];
        incident_list incidents;
        fill(&memory, &d, list, MANY);
        assert_true(incidents_join(&incidents, list, MANY, NULL, 0, rules, &memory));
        for (uint32_t i = 0; i < incidents.count; i++) {
            const incident_figure *whole = NULL;
            for (uint32_t k = 0; k < incidents.items[i].figure_count; k++) {
                const incident_figure *f = &incidents.items[i].figures[k];
                if (f->group[0] == 0)
                    whole = f;
                if (whole == NULL || whole->of != f->of)
                    fail_msg("seed %u: no whole before %s", round, figure_text(&memory, f));
                else if (f->low < 0 || f->low > f->best || f->best > high_of(f) || f->low > whole->low || f->best > whole->best ||
                         high_of(f) > high_of(whole))
                    fail_msg("seed %u: %s\nof %s", round, figure_text(&memory, f), figure_text(&memory, whole));
            }
        }
        arena_free(&memory);
    }
}

/* --- a neighbourhood at a time ----------------------------------------------------------------------------------------- */

/* Incidents as an archive keeps them: made again for one neighbourhood whenever a statement comes or goes. */
typedef struct {
    const char *area, *text;
    int32_t start;
} kept;

typedef struct {
    arena *memory;
    const statement *statements[MANY];
    unsigned count;
    kept incidents[MANY * 4];
    unsigned kept_count;
} archive;

static bool is_near(int32_t day, int32_t middle, int32_t reach)
{
    return day == NO_DAY || middle == NO_DAY ? day == middle : day >= middle - reach && day <= middle + reach;
}

static incident_neighbourhood neighbourhood(const archive *a, const statement *s)
{
    incident_neighbourhood n;
    assert_true(incident_neighbourhood_of(&n, s, rules, a->memory));
    return n;
}

static void make_again(archive *a, incident_neighbourhood changed)
{
    const statement *near[MANY];
    unsigned count = 0, left = 0;
    for (unsigned i = 0; i < a->count; i++) {
        const incident_neighbourhood n = neighbourhood(a, a->statements[i]);
        if (strcmp(n.area, changed.area) == 0 && is_near(n.day, changed.day, 2))
            near[count++] = a->statements[i];
    }
    for (unsigned i = 0; i < a->kept_count; i++)
        if (strcmp(a->incidents[i].area, changed.area) != 0 || !is_near(a->incidents[i].start, changed.day, 1))
            a->incidents[left++] = a->incidents[i];
    a->kept_count = left;

    incident_list list;
    assert_true(incidents_join(&list, near, count, NULL, 0, rules, a->memory));
    for (uint32_t i = 0; i < list.count; i++)
        if (is_near(list.items[i].start, changed.day, 1))
            a->incidents[a->kept_count++] = (kept){changed.area, incident_text(a->memory, &list.items[i]), list.items[i].start};
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const kept *)a)->text, ((const kept *)b)->text);
}

/* All at once gives what was kept. */
static void assert_whole(archive *a, unsigned round)
{
    incident_list list;
    kept whole[MANY];
    assert_true(incidents_join(&list, a->statements, a->count, NULL, 0, rules, a->memory));
    for (uint32_t i = 0; i < list.count; i++)
        whole[i].text = incident_text(a->memory, &list.items[i]);
    qsort(whole, list.count, sizeof *whole, by_text);
    qsort(a->incidents, a->kept_count, sizeof *a->incidents, by_text);
    for (uint32_t i = 0; i < list.count && i < a->kept_count; i++)
        if (strcmp(whole[i].text, a->incidents[i].text) != 0)
            fail_msg("seed %u, %u statements\nwhole %s\nkept  %s", round, a->count, whole[i].text, a->incidents[i].text);
    assert_int_equal(list.count, a->kept_count);
}

static void a_neighbourhood_at_a_time(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS_OF_PARTS; round++) {
        arena memory = {0};
        dice d = {round};
        archive a = {.memory = &memory};
        const statement *list[MANY];
        fill(&memory, &d, list, MANY);
        for (unsigned i = 0; i < MANY; i++) {
            a.statements[a.count++] = list[i];
            make_again(&a, neighbourhood(&a, list[i]));
            assert_whole(&a, round);
        }
        /* taken away, and put back */
        for (unsigned i = 0; i < MANY / 4; i++) {
            const unsigned gone = roll(&d, a.count);
            const statement *s = a.statements[gone];
            const char *before = list_text(&memory, a.statements, a.count);
            a.statements[gone] = a.statements[--a.count];
            make_again(&a, neighbourhood(&a, s));
            assert_whole(&a, round);
            a.statements[a.count++] = s;
            make_again(&a, neighbourhood(&a, s));
            assert_whole(&a, round);
            assert_string_equal(before, list_text(&memory, a.statements, a.count));
        }
        arena_free(&memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(order_does_not_matter_with_decisions),
        cmocka_unit_test(tallies_add_up),
        cmocka_unit_test(every_statement_is_in_one_incident),
        cmocka_unit_test(low_best_high_and_groups_within_the_whole),
        cmocka_unit_test(a_neighbourhood_at_a_time),
    };
    return cmocka_run_group_tests(tests, rules_read, rules_drop);
}
