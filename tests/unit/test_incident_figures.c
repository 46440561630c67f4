/* What statements of one happening say together: figures, grade, tallies. */
#include "unit.h"

#include "incident/tally.h"
#include "refuse_alloc.h"
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

#define HERE "place=SY-3:town:SY:Aleppo day=2016-05-09 "
#define THERE "place=SY-4:town:SY:Aleppo day=2016-05-09 "
enum { STATEMENTS_MAX = 16 };

static incident_list join(arena *memory, const char *const *words)
{
    const statement *list[STATEMENTS_MAX];
    size_t count = 0;
    incident_list incidents;
    for (; words[count] != NULL; count++)
        list[count] = statement_make(memory, words[count]);
    assert_true(incidents_join(&incidents, list, count, NULL, 0, rules, memory));
    return incidents;
}
#define JOIN(memory, ...) join((memory), (const char *const[]){__VA_ARGS__, NULL})

/* "5-7-9" or "5-7-" for an open figure, "!" behind if it is disputed, and the rule. */
static const char *figure_text(arena *memory, const incident_figure *f)
{
    const char *high = f->high == MARSAD_NO_VALUE ? "" : arena_format(memory, "%lld", (long long)f->high);
    return arena_format(memory, "%lld-%lld-%s%s %s", (long long)f->low, (long long)f->best, high, f->is_disputed ? "!" : "", f->rule);
}

static const incident_figure *figure_find(const incident *i, marsad_figure_of of, const char *group)
{
    for (uint32_t k = 0; k < i->figure_count; k++)
        if (i->figures[k].of == of && strcmp(i->figures[k].group, group) == 0)
            return &i->figures[k];
    return NULL;
}

/* Statements of one happening: the figure of `group` is `want`, or there is none. */
static void assert_figure(const char *want, const char *group, const char *const *words)
{
    arena memory = {0};
    const incident_list list = join(&memory, words);
    assert_int_equal(list.count, 1);
    const incident_figure *f = figure_find(&list.items[0], MARSAD_KILLED, group);
    assert_string_equal(f == NULL ? "none" : figure_text(&memory, f), want);
    arena_free(&memory);
}
#define ASSERT_FIGURE(want, group, ...) assert_figure(want, group, (const char *const[]){__VA_ARGS__, NULL})

static void one_statement(void **state)
{
    (void)state;
    ASSERT_FIGURE("5-5-5 all-agree v1", "", HERE "figure=killed:exact:5");
    ASSERT_FIGURE("5-5- all-agree v1", "", HERE "figure=killed:at_least:5");
    ASSERT_FIGURE("6-6- all-agree v1", "", HERE "figure=killed:over:5");
    ASSERT_FIGURE("45-50-55 all-agree v1", "", HERE "figure=killed:about:50:45:55");
    ASSERT_FIGURE("0-10-10 all-agree v1", "", HERE "figure=killed:up_to:10");
    ASSERT_FIGURE("20-20-99 all-agree v1", "", HERE "figure=killed:vague:-:20:99");
    ASSERT_FIGURE("0-0- all-agree v1", "", HERE "figure=killed:vague:-:-:-");
    ASSERT_FIGURE("none", "", HERE "figure=wounded:exact:5");
    ASSERT_FIGURE("none", "", HERE "modality=denied figure=killed:exact:5");
}

/* What the words of a vague figure are worth is said by vague.tsv. */
static void vague_words_have_bounds(void **state)
{
    (void)state;
    ASSERT_FIGURE("20-20-99 all-agree v1 of tens v1", "", HERE "figure=killed:vague:-:-:-:عشرات");
    ASSERT_FIGURE("20-20-99 all-agree v1 of tens v1", "", HERE "figure=killed:vague:-:-:-:والعشرات_من_القتلى");
    ASSERT_FIGURE("20000-20000-99999 all-agree v1 of tens-of-thousands v1", "", HERE "figure=killed:vague:-:-:-:عشرات_الآلاف_من");
    ASSERT_FIGURE("2000-2000-9999 all-agree v1 of thousands v1", "", HERE "figure=killed:vague:-:-:-:الآلاف_من");
    ASSERT_FIGURE("3-3-9 all-agree v1 of few v1", "", HERE "figure=killed:vague:-:-:-:بضعة");
    ASSERT_FIGURE("3-3- all-agree v1 of several v1", "", HERE "figure=killed:vague:-:-:-:العديد_من");
    ASSERT_FIGURE("0-0- all-agree v1", "", HERE "figure=killed:vague:-:-:-:عدد_من");
    /* the record's own bounds come first; words that give a number are none of the table's */
    ASSERT_FIGURE("30-30-40 all-agree v1", "", HERE "figure=killed:vague:-:30:40:عشرات");
    ASSERT_FIGURE("27-30-33 all-agree v1", "", HERE "figure=killed:about:30:-:-:نحو_ثلاثين");
    /* two figures of one statement */
    ASSERT_FIGURE("23-23-102 all-agree v1 of tens v1", "", HERE "figure=killed:vague:-:-:-:عشرات_الجنود figure=killed:exact:3:3:3:ثلاثة_مدنيين");
}

static void vague_words_beside_numbers(void **state)
{
    (void)state;
    ASSERT_FIGURE("3-3-99! median-of-exact v1", "", "id=a figure=killed:exact:3 " HERE, "id=b figure=killed:at_least:7 " HERE,
                  "id=c figure=killed:vague:-:-:-:عشرات " HERE);
    ASSERT_FIGURE("7-20-99 greatest-bound v1 of tens v1", "", "id=a figure=killed:at_least:7 " HERE, "id=b figure=killed:vague:-:-:-:عشرات " HERE);
    /* who gives no number does not make the least number nought, and corrects nobody */
    ASSERT_FIGURE("7-7-7 all-agree v1", "", "id=a figure=killed:exact:7 " HERE, "id=b figure=killed:vague:-:-:-:عدد_من " HERE);
    ASSERT_FIGURE("7-7-7 all-agree v1", "", "id=a speaker=sohr published=2016-05-09 figure=killed:exact:7 " HERE,
                  "id=b speaker=sohr published=2016-05-10 figure=killed:vague:-:-:-:عدد_من " HERE);
    arena memory = {0};
    const incident_list list = JOIN(&memory, "id=a figure=killed:exact:7 " HERE, "id=b figure=killed:vague:-:-:-:عدد_من " HERE);
    assert_int_equal(list.items[0].figures[0].from_count, 2);
    arena_free(&memory);
}

static void several_statements(void **state)
{
    (void)state;
    ASSERT_FIGURE("5-5-7! most-chains v1", "", "id=a figure=killed:exact:5 " HERE, "id=b figure=killed:exact:7 " HERE,
                  "id=c figure=killed:exact:5 " HERE);
    ASSERT_FIGURE("5-5-7! median-of-exact v1", "", "id=a figure=killed:exact:5 " HERE, "id=b figure=killed:exact:7 " HERE);
    ASSERT_FIGURE("3-7-9! median-of-exact v1", "", "id=a figure=killed:exact:9 " HERE, "id=b figure=killed:exact:7 " HERE,
                  "id=c figure=killed:exact:3 " HERE);
    /* "at least 5" beside 7 is not open */
    ASSERT_FIGURE("5-7-7 median-of-exact v1", "", "id=a figure=killed:at_least:5 " HERE, "id=b figure=killed:exact:7 " HERE);
    ASSERT_FIGURE("7-7-! median-of-exact v1", "", "id=a figure=killed:over:9 " HERE, "id=b figure=killed:exact:7 " HERE);
    ASSERT_FIGURE("5-10- greatest-bound v1", "", "id=a figure=killed:over:9 " HERE, "id=b figure=killed:at_least:5 " HERE);
    ASSERT_FIGURE("45-50-99 median-of-about v1", "", "id=a figure=killed:about:50:45:55 " HERE,
                  "id=b figure=killed:vague:-:50:99 " HERE "confidence=1", "id=c figure=killed:vague:-:51:99 " HERE);
}

static void a_chain_counts_once_with_its_latest(void **state)
{
    (void)state;
    /* three copies of one report against two */
    ASSERT_FIGURE("5-5-7! median-of-exact v1", "", "id=a article=x figure=killed:exact:7 " HERE, "id=b chain=x figure=killed:exact:7 " HERE,
                  "id=c chain=x figure=killed:exact:7 " HERE, "id=d figure=killed:exact:5 " HERE);
    /* a speaker corrects itself, through another outlet */
    ASSERT_FIGURE("7-7-7 all-agree v1", "", "id=a speaker=sohr published=2016-05-09 figure=killed:exact:5 " HERE,
                  "id=b speaker=sohr published=2016-05-10 figure=killed:exact:7 " HERE);
    arena memory = {0};
    const incident_list list = JOIN(&memory, "id=a speaker=sohr published=2016-05-09 figure=killed:exact:5 " HERE,
                                    "id=b speaker=sohr published=2016-05-10 figure=killed:exact:7 " HERE);
    const incident_figure *f = &list.items[0].figures[0];
    assert_int_equal(f->from_count, 2);
    assert_string_equal(f->best_from->id, record_id_of(&memory, "b"));
    assert_string_equal(f->low_from->id, record_id_of(&memory, "b"));
    arena_free(&memory);
}

static void speakers_in_one_report_stay_side_by_side(void **state)
{
    (void)state;
    ASSERT_FIGURE("3-3-7! median-of-exact v1", "", "id=a article=x speaker=sohr figure=killed:exact:3 " HERE,
                  "id=b article=x speaker=medical figure=killed:exact:7 " HERE);
    /* and are one chain all the same: what both say is not said by two */
    ASSERT_FIGURE("3-5-7! median-of-exact v1", "", "id=a article=x speaker=sohr figure=killed:exact:7 " HERE,
                  "id=b article=x speaker=medical figure=killed:exact:7 " HERE, "id=c figure=killed:exact:3 " HERE,
                  "id=d figure=killed:exact:5 " HERE, "id=e figure=killed:exact:4 " HERE);
}

static void groups_are_within_the_whole(void **state)
{
    (void)state;
    const char *among = HERE "figure=killed:exact:7 figure=killed:exact:3:3:3:ثلاثة_أطفال";
    ASSERT_FIGURE("7-7-7 all-agree v1", "", among);
    ASSERT_FIGURE("3-3-3 all-agree v1", "children", among);
    ASSERT_FIGURE("3-3-3 all-agree v1", "civilians", among);
    ASSERT_FIGURE("none", "women", among);
    /* lots of people beside each other */
    const char *beside = HERE "figure=killed:exact:2:2:2:جنديين figure=killed:exact:3:3:3:والمدنيين";
    ASSERT_FIGURE("5-5-5 all-agree v1", "", beside);
    ASSERT_FIGURE("2-2-2 all-agree v1", "fighters", beside);
    ASSERT_FIGURE("3-3-3 all-agree v1", "civilians", beside);
    /* the victims tell whom a bare number counts: one group, or each its own */
    ASSERT_FIGURE("5-5-5 all-agree v1", "civilians", HERE "target=civilians figure=killed:exact:5");
    ASSERT_FIGURE("none", "civilians", HERE "target=civilians target=x::مقاتلين figure=killed:exact:5");
    ASSERT_FIGURE("3-3-3 all-agree v1", "children", HERE "target=civilians target=civilians::أطفال figure=killed:exact:7 figure=killed:exact:3");
    ASSERT_FIGURE("7-7-7 all-agree v1", "civilians", HERE "target=civilians target=civilians::أطفال figure=killed:exact:7 figure=killed:exact:3");
    ASSERT_FIGURE("7-7-10 all-agree v1", "", HERE "figure=killed:exact:7 figure=killed:exact:3");
    /* one report counts more of a group than others count of all */
    ASSERT_FIGURE("5-5-5! all-agree v1", "civilians",
                  "id=a figure=killed:exact:9:9:9:مدنيين modality=asserted speaker=sohr published=2016-05-09 " HERE,
                  "id=b speaker=sohr published=2016-05-10 figure=killed:exact:5 " HERE);
}

static void strikes_have_no_victims(void **state)
{
    (void)state;
    arena memory = {0};
    const incident_list list = JOIN(&memory, HERE "target=civilians figure=strikes:exact:4");
    assert_int_equal(list.items[0].figure_count, 1);
    assert_string_equal(list.items[0].figures[0].group, "");
    arena_free(&memory);
}

/* --- grades ------------------------------------------------------------------------------------------------------------ */

static void assert_grade(const char *want, const char *const *words)
{
    arena memory = {0};
    const incident_list list = join(&memory, words);
    assert_int_equal(list.count, 1);
    assert_string_equal(arena_format(&memory, "%s %s", incident_grade_name(list.items[0].grade), list.items[0].grade_rule), want);
    arena_free(&memory);
}
#define ASSERT_GRADE(want, ...) assert_grade(want, (const char *const[]){__VA_ARGS__, NULL})

static void grades_by_the_first_row_that_fits(void **state)
{
    (void)state;
    ASSERT_GRADE("weak one-chain v1", "id=a " HERE);
    ASSERT_GRADE("weak one-chain v1", "id=a article=x " HERE, "id=b chain=x " HERE);
    ASSERT_GRADE("weak one-chain v1", "id=a speaker=sohr " HERE, "id=b speaker=sohr " HERE);
    ASSERT_GRADE("fair two-chains v1", "id=a " HERE, "id=b " HERE);
    ASSERT_GRADE("confirmed own-acceptance v1", "id=a actor=us_coalition speaker=us_coalition " HERE);
    ASSERT_GRADE("confirmed own-acceptance v1", "id=a actor=syria.government speaker=syria " HERE);
    ASSERT_GRADE("weak one-chain v1", "id=a actor=syria speaker=syriac " HERE);
    ASSERT_GRADE("contested differing-attackers v1", "id=a actor=russia target=civilians " HERE, "id=b actor=turkey target=civilians " HERE);
    ASSERT_GRADE("fair two-chains v1", "id=a actor=russia actor=turkey " HERE, "id=b actor=turkey " HERE);
    ASSERT_GRADE("fair two-chains v1", "id=a actor=russia target=civilians " HERE, "id=b actor=turkey target=civilians " HERE,
                 "id=c actor=turkey actor=russia " HERE);
    ASSERT_GRADE("contested denied-by-accused v1", "id=a actor=russia " HERE, "id=b actor=russia " HERE, "id=c modality=denied speaker=russia " HERE);
    ASSERT_GRADE("fair two-chains v1", "id=a actor=russia " HERE, "id=b actor=russia " HERE, "id=c modality=denied speaker=usa " HERE);
    ASSERT_GRADE("contested denied-by-accused v1", "id=a actor=russia speaker=russia " HERE, "id=c modality=denied speaker=russia " HERE);
    ASSERT_GRADE("discounted only-denied v1", "id=a modality=denied speaker=russia " HERE);
    ASSERT_GRADE("discounted found-contradicted v1", "id=a state=5 " HERE, "id=b state=5 " HERE);
    ASSERT_GRADE("fair two-chains v1", "id=a state=5 " HERE, "id=b " HERE);
    /* who says that it took a town boasts, and does not own up */
    ASSERT_GRADE("weak ground-one-chain v1", "id=a kind=capture actor=isis speaker=isis " HERE);
    ASSERT_GRADE("contested ground-denied v1", "id=a kind=capture actor=isis " HERE,
                 "id=b kind=capture actor=isis modality=denied speaker=nusra " HERE);
    ASSERT_GRADE("fair ground-two-chains v1", "id=a kind=capture actor=isis " HERE, "id=b kind=capture actor=isis " HERE);
}

/* --- tallies ----------------------------------------------------------------------------------------------------------- */

static const tally_row *row_find(const tally_table *table, marsad_figure_of of, const char *party, const char *accuser, const char *group)
{
    const tally_row *found = NULL;
    for (uint32_t i = 0; i < table->count; i++) {
        const tally_row *row = &table->items[i];
        if (row->of == of && strcmp(row->party, party) == 0 && strcmp(row->accuser, accuser) == 0 && strcmp(row->group, group) == 0) {
            assert_null(found);
            found = row;
        }
    }
    return found;
}

static void a_happening_counts_once(void **state)
{
    (void)state;
    arena memory = {0};
    tally_table table;
    const incident_list list =
        JOIN(&memory, "id=a figure=killed:exact:5 " HERE, "id=b figure=killed:exact:5 " HERE, "id=c figure=killed:at_least:2 " THERE,
             "id=d modality=planned figure=killed:exact:50 " THERE, "id=e kind=shelling modality=denied figure=killed:exact:50 " THERE);
    assert_true(tally_incidents(&table, &list, 0, &memory));
    const tally_row *killed = row_find(&table, MARSAD_KILLED, "", "", "");
    assert_non_null(killed);
    assert_int_equal(killed->incidents, 2);
    assert_int_equal(killed->low, 7);
    assert_int_equal(killed->best, 7);
    assert_true(killed->high == MARSAD_NO_VALUE);
    const tally_row *strikes = row_find(&table, MARSAD_STRIKES, "", "", "");
    assert_int_equal(strikes->best, 2);
    assert_true(strikes->high == MARSAD_NO_VALUE);
    arena_free(&memory);
}

static void rows_by_place_day_and_kind(void **state)
{
    (void)state;
    arena memory = {0};
    tally_table table;
    const incident_list list = JOIN(&memory, "id=a figure=killed:exact:5 kind=shelling " HERE, "id=b figure=killed:exact:3 kind=shelling " THERE,
                                    "id=c figure=killed:exact:1 kind=shelling place=SY-3:town:SY:Aleppo place=SY-9:town:SY:Idlib day=2016-05-08",
                                    "id=d figure=killed:exact:2 kind=talks actor=un published=-");
    assert_true(tally_incidents(&table, &list, TALLY_BY_DAY | TALLY_BY_PLACE | TALLY_BY_AREA | TALLY_BY_KIND, &memory));
    assert_int_equal(table.count, 4);
    assert_int_equal(table.items[0].day, NO_DAY);
    assert_string_equal(table.items[0].kind, "talks");
    assert_string_equal(table.items[0].place, "");
    assert_string_equal(table.items[1].place, "SY-3,SY-9");
    assert_string_equal(table.items[1].area, "");
    assert_string_equal(table.items[2].place, "SY-3");
    assert_string_equal(table.items[2].area, "SY/Aleppo");
    assert_int_equal(table.items[2].best, 5);
    assert_int_equal(table.items[3].day, day_of("2016-05-09"));
    assert_true(tally_incidents(&table, &list, TALLY_BY_AREA, &memory));
    assert_int_equal(table.count, 2);
    assert_int_equal(table.items[1].best, 8);
    arena_free(&memory);
}

static void rows_by_party_and_accuser(void **state)
{
    (void)state;
    arena memory = {0};
    tally_table table;
    const incident_list list = JOIN(&memory, "id=a kind=shelling actor=russia target=civilians speaker=sohr figure=killed:exact:5 " HERE,
                                    "id=b kind=shelling actor=turkey target=civilians figure=killed:exact:5 " HERE,
                                    "id=c kind=shelling figure=killed:exact:5 speaker=medical " HERE);
    assert_true(tally_incidents(&table, &list, TALLY_BY_PARTY, &memory));
    assert_int_equal(table.count, 2);
    assert_int_equal(row_find(&table, MARSAD_KILLED, "russia", "", "")->best, 5);
    assert_int_equal(row_find(&table, MARSAD_KILLED, "turkey", "", "")->best, 5);
    assert_true(tally_incidents(&table, &list, TALLY_BY_PARTY | TALLY_BY_ACCUSER, &memory));
    assert_int_equal(table.count, 3);
    assert_non_null(row_find(&table, MARSAD_KILLED, "russia", "sohr", ""));
    assert_non_null(row_find(&table, MARSAD_KILLED, "turkey", "", ""));
    assert_non_null(row_find(&table, MARSAD_KILLED, "", "medical", ""));
    assert_true(tally_incidents(&table, &list, TALLY_BY_GROUP, &memory));
    assert_int_equal(row_find(&table, MARSAD_KILLED, "", "", "civilians")->best, 5);
    assert_int_equal(row_find(&table, MARSAD_KILLED, "", "", "")->best, 5);
    arena_free(&memory);
}

static void a_period_is_a_bound_and_never_added(void **state)
{
    (void)state;
    arena memory = {0};
    tally_table table;
    const char *const words[] = {"id=a figure=strikes:exact:10 " HERE, "id=b figure=strikes:exact:20 " THERE,
                                 "id=p start=2016-05-08 end=2016-05-09 place=SY-1:governorate:SY:Aleppo figure=strikes:over:90",
                                 "id=q start=2016-05-07 end=2016-05-09 place=SY-1:governorate:SY:Aleppo figure=strikes:over:50", NULL};
    const incident_list list = join(&memory, words);
    assert_true(tally_incidents(&table, &list, TALLY_BY_AREA, &memory));
    assert_int_equal(table.count, 1);
    assert_int_equal(table.items[0].best, 30);
    assert_int_equal(table.items[0].incidents, 2);
    assert_int_equal(table.items[0].window_low, 91);
    assert_string_equal(table.items[0].window_from->id, record_id_of(&memory, "p"));
    /* by day it is of no single day */
    assert_true(tally_incidents(&table, &list, TALLY_BY_AREA | TALLY_BY_DAY, &memory));
    assert_int_equal(table.count, 2);
    assert_int_equal(table.items[0].day, NO_DAY);
    assert_int_equal(table.items[0].incidents, 0);
    assert_int_equal(table.items[0].window_low, 91);
    assert_int_equal(table.items[1].window_low, 0);
    assert_null(table.items[1].window_from);
    arena_free(&memory);
}

static void memory_refused(void **state)
{
    (void)state;
    arena memory = {0};
    const incident_list list = JOIN(&memory, "id=a actor=russia figure=killed:exact:5 " HERE THERE, "id=b figure=strikes:exact:5 " THERE);
    for (size_t n = 1;; n++) {
        arena own = {0};
        tally_table table;
        refuse_alloc_at(n);
        const bool is_done = tally_incidents(&table, &list, TALLY_BY_PLACE | TALLY_BY_AREA | TALLY_BY_PARTY, &own);
        const bool was_refused = refuse_alloc_stop();
        arena_free(&own);
        assert_int_equal(is_done, !was_refused);
        if (!was_refused)
            break;
    }
    arena_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_statement),
        cmocka_unit_test(vague_words_have_bounds),
        cmocka_unit_test(vague_words_beside_numbers),
        cmocka_unit_test(several_statements),
        cmocka_unit_test(a_chain_counts_once_with_its_latest),
        cmocka_unit_test(speakers_in_one_report_stay_side_by_side),
        cmocka_unit_test(groups_are_within_the_whole),
        cmocka_unit_test(strikes_have_no_victims),
        cmocka_unit_test(grades_by_the_first_row_that_fits),
        cmocka_unit_test(a_happening_counts_once),
        cmocka_unit_test(rows_by_place_day_and_kind),
        cmocka_unit_test(rows_by_party_and_accuser),
        cmocka_unit_test(a_period_is_a_bound_and_never_added),
        cmocka_unit_test(memory_refused),
    };
    return cmocka_run_group_tests(tests, rules_read, rules_drop);
}
