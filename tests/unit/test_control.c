/* Control: what claims on a town come to, over two times. */
#include "unit.h"

#include <stdio.h>

#include "incident/control.h"
#include "incident/rules_tables.h"
#include "refuse_alloc.h"
#include "statements.h"

enum { STATEMENTS_MAX = 64 };

static rule_set *rules;
static arena memory;
static const statement *told[STATEMENTS_MAX];
static size_t told_count;
static control_timeline timeline;

static int open_rules(void **state)
{
    (void)state;
    marsad_error err = {0};
    const bool is_open = rules_open(&rules, MARSAD_SOURCE_DIR "/rules", &err) == MARSAD_OK;
    if (!is_open)
        print_error("%s\n", err.message);
    return is_open ? 0 : 1;
}

static int close_rules(void **state)
{
    (void)state;
    rules_close(rules);
    arena_free(&memory);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    arena_reset(&memory);
    told_count = 0;
    return 0;
}

/* One more statement; the town is SY-1 unless `words` say otherwise. */
static void tell(const char *words)
{
    const char *place = strstr(words, "place=") == NULL ? "place=SY-1" : "";
    const char *all = arena_format(&memory, "id=s%zu %s %s", told_count, place, words);
    assert_non_null(all);
    told[told_count++] = statement_make(&memory, all);
}

static const control_span *at_of(const char *place, const char *day, const char *known)
{
    assert_true(control_derive(&timeline, told, told_count, known == NULL ? INT32_MAX : day_of(known), rules, &memory));
    return control_at(&timeline, place, day_of(day));
}

static void expect(const char *day, const char *holder, const char *rule)
{
    const control_span *span = at_of("SY-1", day, NULL);
    assert_non_null(span);
    assert_string_equal(span->holder, holder);
    assert_string_equal(span->rule, rule);
}

/* --- one claim ----------------------------------------------------------------------------------------------------------- */

static void who_claims_alone_is_told_to_claim(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05");
    expect("2016-05-05", "syria.government", "claimed v1");
    expect("2030-01-01", "syria.government", "claimed v1");
    assert_null(at_of("SY-1", "2016-05-04", NULL));
    assert_string_equal(timeline.items[0].side, "government");
    assert_string_equal(timeline.items[0].status, "claimed");
    assert_int_equal(timeline.items[0].because_count, 1);
    assert_int_equal(timeline.items[0].for_count, 1);
    assert_int_equal(timeline.items[0].to, INT32_MAX);
}

static void allies_word_is_ones_own(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=hezbollah day=2016-05-05");
    expect("2016-05-06", "syria.government", "claimed v1");
}

static void one_report_is_a_report(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government day=2016-05-05");
    expect("2016-05-06", "syria.government", "reported v1");
}

/* «جبهة النصرة وحلفاؤها» */
static void a_party_named_twice_claims_once(void **state)
{
    (void)state;
    tell("kind=hold actor=nusra actor=nusra speaker=sohr day=2016-05-05");
    expect("2016-05-05", "nusra", "observed v1");
    assert_int_equal(timeline.items[0].because_count, 1);
}

static void an_observer_confirms(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05");
    tell("kind=hold actor=syria.government speaker=sohr day=2016-05-07");
    expect("2016-05-06", "syria.government", "claimed v1");
    expect("2016-05-07", "syria.government", "observed v1");
    assert_int_equal(timeline.count, 2);
}

static void two_independent_reports_confirm_and_copies_do_not(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.opposition day=2016-05-05 article=a");
    tell("kind=capture actor=syria.opposition day=2016-05-05 article=b chain=a");
    expect("2016-05-05", "syria.opposition", "reported v1");
    tell("kind=capture actor=syria.opposition day=2016-05-05 article=c");
    expect("2016-05-05", "syria.opposition", "two-chains v1");
}

static void what_is_no_claim(void **state)
{
    (void)state;
    tell("kind=capture modality=planned actor=syria.government day=2016-05-05");
    tell("kind=capture modality=possible actor=syria.government day=2016-05-05");
    tell("kind=capture actor=unknown day=2016-05-05");
    tell("kind=capture actor=other day=2016-05-05");
    tell("kind=capture actor=civilians day=2016-05-05");
    tell("kind=capture actor=gunmen day=2016-05-05");
    tell("kind=capture actor=un day=2016-05-05");
    tell("kind=capture actor=syria.government day=2016-05-05 place=SY-7:governorate");
    tell("kind=capture actor=syria.government day=2016-05-05 place=SY-7:district");
    tell("kind=capture actor=syria.government day=2016-05-05 place=?خربة");
    tell("kind=capture actor=syria.government day=2016-05-05 place=SY-1:town:SY:Aleppo::near");
    tell("kind=capture actor=syria.government day=2016-05-05 state=7");
    tell("kind=capture actor=syria.government day=2016-05-05 state=6");
    tell("kind=capture actor=syria.government published=-");
    tell("kind=advance actor=syria.government day=2016-05-05");
    assert_null(at_of("SY-1", "2016-05-10", NULL));
    assert_int_equal(timeline.count, 0);
}

static void a_base_is_a_town_here(void **state)
{
    (void)state;
    tell("kind=capture actor=isis day=2016-05-05 place=A-9:exact");
    assert_string_equal(at_of("A-9", "2016-05-05", NULL)->side, "islamic_state");
}

/* --- days ------------------------------------------------------------------------------------------------------------------ */

static void a_claim_without_a_day_has_its_reports(void **state)
{
    (void)state;
    tell("kind=hold actor=isis published=2016-05-08");
    const control_span *span = at_of("SY-1", "2016-05-08", NULL);
    assert_non_null(span);
    assert_false(span->because[0]->is_dated);
    assert_null(at_of("SY-1", "2016-05-07", NULL));
}

static void a_longer_time_is_a_holds_first_day_and_a_captures_last(void **state)
{
    (void)state;
    tell("kind=hold actor=isis start=2016-05-01 end=2016-05-08 published=2016-05-08");
    tell("kind=capture actor=isis start=2016-05-01 end=2016-05-31 published=2016-05-08 place=SY-2");
    assert_non_null(at_of("SY-1", "2016-05-01", NULL));
    assert_null(at_of("SY-2", "2016-05-07", NULL));
    assert_non_null(at_of("SY-2", "2016-05-08", NULL));
}

static void what_was_known_on_a_day(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05 published=2016-05-05");
    tell("kind=capture actor=syria.government speaker=sohr day=2016-05-05 published=2016-05-09");
    tell("kind=capture actor=syria.opposition speaker=sohr day=2016-05-04 published=2016-05-20");
    assert_null(at_of("SY-1", "2016-05-05", "2016-05-04"));
    assert_string_equal(at_of("SY-1", "2016-05-05", "2016-05-08")->rule, "claimed v1");
    assert_string_equal(at_of("SY-1", "2016-05-05", "2016-05-09")->rule, "observed v1");
    assert_null(at_of("SY-1", "2016-05-04", "2016-05-19"));
    assert_string_equal(at_of("SY-1", "2016-05-04", "2016-05-20")->holder, "syria.opposition");
}

static void a_report_without_a_day_is_known_when_all_is(void **state)
{
    (void)state;
    tell("kind=capture actor=isis day=2016-05-05 published=-");
    assert_null(at_of("SY-1", "2016-05-05", "2020-01-01"));
    assert_non_null(at_of("SY-1", "2016-05-05", NULL));
}

/* --- against each other ---------------------------------------------------------------------------------------------------- */

static void two_claimants_contest_a_town(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05");
    tell("kind=capture actor=syria.opposition speaker=syria.opposition day=2016-05-08");
    expect("2016-05-07", "syria.government", "claimed v1");
    expect("2016-05-08", "contested", "opposed v1");
    assert_string_equal(control_at(&timeline, "SY-1", day_of("2016-05-08"))->side, "");
    assert_int_equal(control_at(&timeline, "SY-1", day_of("2016-05-08"))->because_count, 2);
    tell("kind=hold actor=syria.opposition speaker=syria.opposition day=2016-06-20");
    expect("2016-06-20", "contested", "opposed v1"); /* its own word again is no confirmation */
    tell("kind=hold actor=syria.opposition day=2016-06-25");
    expect("2016-06-25", "syria.opposition", "two-chains v1");
}

static void far_apart_claims_follow_each_other(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-01");
    tell("kind=capture actor=syria.opposition speaker=syria.opposition day=2016-05-09");
    expect("2016-05-08", "syria.government", "claimed v1");
    expect("2016-05-09", "syria.opposition", "claimed v1");
}

static void the_losers_own_word_settles_it(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05");
    tell("kind=capture actor=syria.opposition speaker=syria.opposition day=2016-05-06");
    expect("2016-05-06", "contested", "opposed v1");
    tell("kind=withdraw actor=syria.government speaker=syria.government day=2016-05-07 place=SY-1:town:SY:Aleppo::from");
    expect("2016-05-07", "syria.opposition", "conceded v1");
    assert_int_equal(control_at(&timeline, "SY-1", day_of("2016-05-07"))->for_count, 2);
}

static void the_loser_names_the_taker(void **state)
{
    (void)state;
    tell("kind=capture actor=isis target=syria.government speaker=syria.government day=2016-05-05");
    expect("2016-05-05", "isis", "conceded v1");
}

static void a_third_party_is_no_loser(void **state)
{
    (void)state;
    tell("kind=capture actor=isis speaker=turkey day=2016-05-05");
    expect("2016-05-05", "isis", "reported v1");
}

static void an_observer_outweighs_a_party_on_the_same_day(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05");
    tell("kind=hold actor=syria.opposition speaker=sohr day=2016-05-05");
    expect("2016-05-05", "syria.opposition", "observed v1");
    const control_span *span = control_at(&timeline, "SY-1", day_of("2016-05-05"));
    assert_int_equal(span->because_count, 2);
    assert_int_equal(span->for_count, 1);
    assert_string_equal(span->because[1]->holder, "syria.government");
}

static void two_observers_against_each_other(void **state)
{
    (void)state;
    tell("kind=hold actor=syria.government speaker=un day=2016-05-05");
    tell("kind=hold actor=syria.opposition speaker=sohr day=2016-05-05");
    expect("2016-05-05", "contested", "opposed v1");
}

static void an_observer_does_not_outweigh_another_report_of_the_day(void **state)
{
    (void)state;
    tell("kind=hold actor=syria.government day=2016-05-05");
    tell("kind=hold actor=syria.opposition speaker=sohr day=2016-05-05");
    expect("2016-05-05", "contested", "opposed v1"); /* a divided city */
    tell("kind=hold actor=syria.opposition speaker=sohr day=2016-05-06");
    expect("2016-05-06", "syria.opposition", "observed v1");
}

static void parties_of_one_side_agree(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.islamists speaker=syria.islamists day=2016-05-05");
    tell("kind=capture actor=nusra speaker=nusra day=2016-05-06");
    expect("2016-05-06", "syria.islamists", "claimed v1");
    assert_int_equal(timeline.count, 1);
}

static void a_side_changes_in_time(void **state)
{
    (void)state;
    tell("kind=capture actor=nusra speaker=nusra day=2014-05-05");
    tell("kind=hold actor=syria.opposition speaker=syria.opposition day=2014-05-06");
    expect("2014-05-06", "contested", "opposed v1"); /* before the joint operations room they were two */
    told_count = 0;
    tell("kind=capture actor=nusra speaker=nusra day=2016-05-05");
    assert_string_equal(at_of("SY-1", "2017-01-27", NULL)->side, "opposition");
    assert_string_equal(at_of("SY-1", "2017-01-28", NULL)->side, "nusra");
    assert_int_equal(timeline.count, 2);
}

static void who_held_it_before_does_not_contest(void **state)
{
    (void)state;
    tell("kind=hold actor=isis speaker=sohr day=2016-05-04");
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05");
    expect("2016-05-05", "syria.government", "claimed v1");
}

static void a_hold_told_beside_a_capture_is_of_before(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government target=isis day=2016-05-05 article=a");
    tell("kind=hold actor=isis article=a");
    expect("2016-05-05", "syria.government", "reported v1");
    expect("2016-05-04", "isis", "reported v1");
    told_count = 0;
    tell("kind=capture actor=syria.government target=isis article=a");
    tell("kind=hold actor=isis speaker=isis article=a");
    expect("2016-05-10", "contested", "opposed v1"); /* it speaks for itself, against the capture */
}

/* --- denials --------------------------------------------------------------------------------------------------------------- */

static void a_denied_claim_is_contested(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.opposition speaker=syria.opposition day=2016-05-05");
    tell("kind=capture modality=denied actor=syria.opposition speaker=syria.government day=2016-05-06");
    expect("2016-05-06", "contested", "opposed v1");
    tell("kind=hold actor=syria.opposition speaker=un day=2016-05-08");
    expect("2016-05-08", "syria.opposition", "observed v1");
    assert_int_equal(control_at(&timeline, "SY-1", day_of("2016-05-08"))->for_count, 1);
    assert_int_equal(control_at(&timeline, "SY-1", day_of("2016-05-08"))->because_count, 2);
}

static void an_observers_denial_gives_the_town_back(void **state)
{
    (void)state;
    tell("kind=hold actor=syria.opposition day=2016-04-01");
    tell("kind=capture actor=syria.government speaker=syria.government day=2016-05-05");
    tell("kind=capture modality=denied actor=syria.government speaker=sohr day=2016-05-06");
    expect("2016-05-05", "syria.government", "claimed v1");
    expect("2016-05-06", "syria.opposition", "reported v1");
}

static void a_denial_alone_says_not_who_holds(void **state)
{
    (void)state;
    tell("kind=capture modality=denied actor=syria.opposition speaker=syria.government day=2016-05-06");
    expect("2016-05-06", "unknown", "denied v1");
    tell("kind=capture actor=nusra speaker=nusra day=2016-05-20");
    tell("kind=capture modality=denied actor=nusra speaker=nusra day=2016-05-21");
    expect("2016-05-21", "unknown", "denied v1");
}

static void a_denied_departure_is_a_hold(void **state)
{
    (void)state;
    tell("kind=withdraw modality=denied actor=syria.government speaker=syria.government day=2016-05-06 place=SY-1:town:SY:Aleppo::from");
    expect("2016-05-06", "syria.government", "claimed v1");
}

/* --- who left -------------------------------------------------------------------------------------------------------------- */

static void who_left_holds_no_longer(void **state)
{
    (void)state;
    tell("kind=hold actor=syria.government day=2016-05-01");
    tell("kind=withdraw actor=syria.government speaker=sohr day=2016-05-06 place=SY-1:town:SY:Aleppo::from place=SY-2:town:SY:Idlib::to");
    expect("2016-05-05", "syria.government", "reported v1");
    expect("2016-05-06", "unknown", "left v1");
    assert_null(control_at(&timeline, "SY-2", day_of("2016-05-06")));
}

static void what_an_enemy_says_of_a_departure_is_a_denial(void **state)
{
    (void)state;
    tell("kind=hold actor=syria.government speaker=syria.government day=2016-05-05");
    tell("kind=withdraw actor=syria.government speaker=syria.opposition day=2016-05-06");
    expect("2016-05-06", "contested", "opposed v1");
}

static void a_capture_without_a_taker_tells_who_lost(void **state)
{
    (void)state;
    tell("kind=hold actor=syria.government day=2016-05-01");
    tell("kind=capture target=syria.government day=2016-05-06");
    expect("2016-05-06", "unknown", "left v1");
}

static void who_left_does_not_come_back_by_itself(void **state)
{
    (void)state;
    tell("kind=capture actor=syria.government day=2016-03-01");
    tell("kind=capture actor=isis day=2016-04-01");
    tell("kind=withdraw actor=isis speaker=isis day=2016-05-01");
    expect("2016-04-15", "isis", "reported v1");
    expect("2016-05-01", "unknown", "left v1");
}

/* --- what holds of all --------------------------------------------------------------------------------------------------- */

/* A small generator of its own, so that a failure can be run again: xorshift. */
static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

#define PICK(seed, words) words[next_random(seed) % (sizeof words / sizeof *words)]

static void tell_anything(uint32_t *seed)
{
    static const char *const kinds[] = {"capture", "hold", "withdraw"}, *const modalities[] = {"asserted", "asserted", "asserted", "denied"};
    static const char *const parties[] = {"syria.government", "syria.opposition", "isis", "russia", "nusra", "ypg_sdf"};
    static const char *const speakers[] = {"speaker=sohr",  "speaker=syria.government", "speaker=syria.opposition", "speaker=isis", "speaker=un", "",
                                           "speaker=media", "speaker=unknown"};
    static const char *const places[] = {"place=SY-1", "place=SY-2", "place=SY-1:town:SY:Aleppo::from", "place=SY-2 place=SY-1"};
    const unsigned day = 1 + next_random(seed) % 28, report = 1 + next_random(seed) % 28;
    char when[32] = "";
    if (next_random(seed) % 4 != 0)
        snprintf(when, sizeof when, "day=2016-05-%02u", day);
    tell(arena_format(&memory, "kind=%s modality=%s actor=%s target=%s %s %s %s published=2016-05-%02u article=a%u", PICK(seed, kinds),
                      PICK(seed, modalities), PICK(seed, parties), PICK(seed, parties), PICK(seed, speakers), PICK(seed, places), when, report,
                      (unsigned)(next_random(seed) % 12)));
}

static void shuffle(uint32_t *seed)
{
    for (size_t i = told_count; i > 1; i--) {
        const size_t k = next_random(seed) % i;
        const statement *held = told[i - 1];
        told[i - 1] = told[k];
        told[k] = held;
    }
}

static void assert_same(const control_timeline *a, const control_timeline *b)
{
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        const control_span *x = &a->items[i], *y = &b->items[i];
        assert_string_equal(x->place->id, y->place->id);
        assert_string_equal(x->holder, y->holder);
        assert_string_equal(x->rule, y->rule);
        assert_string_equal(x->side, y->side);
        assert_int_equal(x->from, y->from);
        assert_int_equal(x->to, y->to);
        assert_int_equal(x->because_count, y->because_count);
        assert_int_equal(x->for_count, y->for_count);
        for (uint32_t c = 0; c < x->because_count; c++)
            assert_string_equal(x->because[c]->from->id, y->because[c]->from->id);
    }
}

static void derive(control_timeline *out, int32_t known)
{
    assert_true(control_derive(out, told, told_count, known, rules, &memory));
}

static void the_order_does_not_matter(void **state)
{
    for (uint32_t seed = 1; seed <= 300; seed++, forget(state)) {
        uint32_t random = seed * 2654435761u;
        for (unsigned i = 0; i < 24; i++)
            tell_anything(&random);
        control_timeline first, second;
        derive(&first, INT32_MAX);
        shuffle(&random);
        derive(&second, INT32_MAX);
        assert_same(&first, &second);
    }
}

static void a_statement_taken_out_and_put_back(void **state)
{
    for (uint32_t seed = 1; seed <= 100; seed++, forget(state)) {
        uint32_t random = seed * 2654435761u;
        for (unsigned i = 0; i < 16; i++)
            tell_anything(&random);
        control_timeline first, without, second;
        derive(&first, INT32_MAX);
        told_count--;
        derive(&without, INT32_MAX);
        const statement *out = told[told_count++];
        for (uint32_t i = 0; i < without.count; i++)
            for (uint32_t c = 0; c < without.items[i].because_count; c++)
                assert_true(without.items[i].because[c]->from != out);
        derive(&second, INT32_MAX);
        assert_same(&first, &second);
    }
}

static void what_comes_later_is_not_known(void **state)
{
    for (uint32_t seed = 1; seed <= 200; seed++, forget(state)) {
        uint32_t random = seed * 2654435761u;
        const int32_t known = day_of("2016-05-14");
        for (unsigned i = 0; i < 24; i++)
            tell_anything(&random);
        control_timeline all, early;
        derive(&all, known);
        for (uint32_t i = 0; i < all.count; i++)
            for (uint32_t c = 0; c < all.items[i].because_count; c++)
                assert_true(all.items[i].because[c]->from->published <= known);
        size_t kept = 0;
        for (size_t i = 0; i < told_count; i++)
            if (told[i]->published <= known)
                told[kept++] = told[i];
        told_count = kept;
        derive(&early, INT32_MAX);
        assert_same(&all, &early);
    }
}

static void spans_lie_end_to_end(void **state)
{
    for (uint32_t seed = 1; seed <= 200; seed++, forget(state)) {
        uint32_t random = seed * 2654435761u;
        for (unsigned i = 0; i < 24; i++)
            tell_anything(&random);
        derive(&timeline, INT32_MAX);
        for (uint32_t i = 0; i < timeline.count; i++) {
            const control_span *span = &timeline.items[i], *next = i + 1 < timeline.count ? span + 1 : NULL;
            const bool is_last = next == NULL || strcmp(next->place->id, span->place->id) != 0;
            assert_true(span->from <= span->to);
            assert_true(is_last ? span->to == INT32_MAX : next->from == span->to + 1);
            assert_true(span->because_count > 0);
            assert_true(span->for_count > 0 && span->for_count <= span->because_count);
        }
    }
}

static void memory_refused(void **state)
{
    (void)state;
    uint32_t random = 7;
    for (unsigned i = 0; i < 24; i++)
        tell_anything(&random);
    for (size_t n = 1;; n++) {
        arena own = {0};
        control_timeline out;
        refuse_alloc_at(n);
        const bool is_fine = control_derive(&out, told, told_count, INT32_MAX, rules, &own);
        const bool was_refused = refuse_alloc_stop();
        arena_free(&own);
        assert_int_equal(is_fine, !was_refused);
        if (!was_refused)
            break;
    }
}

/* --- sides ----------------------------------------------------------------------------------------------------------------- */

static void sides_by_country_and_day(void **state)
{
    (void)state;
    const side_table *sides = &rules->sides;
    assert_string_equal(side_of(sides, "russia", "SY", day_of("2015-09-29")), "russia");
    assert_string_equal(side_of(sides, "russia", "SY", day_of("2015-09-30")), "government");
    assert_string_equal(side_of(sides, "russia", "LY", day_of("2016-01-01")), "russia");
    assert_string_equal(side_of(sides, "russia", "SY", NO_DAY), "russia");
    assert_string_equal(side_of(sides, "syria.government", "", NO_DAY), "government");
    assert_string_equal(side_of(sides, "syria.government.army", "SY", NO_DAY), "government");
    assert_string_equal(side_of(sides, "syria.governments", "SY", NO_DAY), "");
    assert_string_equal(side_of(sides, "other", "SY", NO_DAY), "");
    assert_int_equal(side_next_change(sides, "nusra", day_of("2016-01-01")), day_of("2017-01-28"));
    assert_int_equal(side_next_change(sides, "isis", day_of("2016-01-01")), INT32_MAX);
}

#define TEST(function) cmocka_unit_test_setup(function, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_claims_alone_is_told_to_claim),
        TEST(allies_word_is_ones_own),
        TEST(one_report_is_a_report),
        TEST(a_party_named_twice_claims_once),
        TEST(an_observer_confirms),
        TEST(two_independent_reports_confirm_and_copies_do_not),
        TEST(what_is_no_claim),
        TEST(a_base_is_a_town_here),
        TEST(a_claim_without_a_day_has_its_reports),
        TEST(a_longer_time_is_a_holds_first_day_and_a_captures_last),
        TEST(what_was_known_on_a_day),
        TEST(a_report_without_a_day_is_known_when_all_is),
        TEST(two_claimants_contest_a_town),
        TEST(far_apart_claims_follow_each_other),
        TEST(the_losers_own_word_settles_it),
        TEST(the_loser_names_the_taker),
        TEST(a_third_party_is_no_loser),
        TEST(an_observer_outweighs_a_party_on_the_same_day),
        TEST(two_observers_against_each_other),
        TEST(an_observer_does_not_outweigh_another_report_of_the_day),
        TEST(parties_of_one_side_agree),
        TEST(a_side_changes_in_time),
        TEST(who_held_it_before_does_not_contest),
        TEST(a_hold_told_beside_a_capture_is_of_before),
        TEST(a_denied_claim_is_contested),
        TEST(an_observers_denial_gives_the_town_back),
        TEST(a_denial_alone_says_not_who_holds),
        TEST(a_denied_departure_is_a_hold),
        TEST(who_left_holds_no_longer),
        TEST(what_an_enemy_says_of_a_departure_is_a_denial),
        TEST(a_capture_without_a_taker_tells_who_lost),
        TEST(who_left_does_not_come_back_by_itself),
        TEST(the_order_does_not_matter),
        TEST(a_statement_taken_out_and_put_back),
        TEST(what_comes_later_is_not_known),
        TEST(spans_lie_end_to_end),
        TEST(memory_refused),
        TEST(sides_by_country_and_day),
    };
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
