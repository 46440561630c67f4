/* Which statements are one happening. */
#include "unit.h"

#include "incident/incident.h"
#include "refuse_alloc.h"
#include "statements.h"

static rule_set *rules;

static int rules_read(void **state)
{
    (void)state;
    marsad_error err;
    if (rules_open(&rules, MARSAD_SOURCE_DIR "/rules", &err) != MARSAD_OK) {
        print_error("%s\n", err.message);
        return 1;
    }
    return 0;
}

static int rules_drop(void **state)
{
    (void)state;
    rules_close(rules);
    return 0;
}

enum { STATEMENTS_MAX = 16, DECISIONS_MAX = 4 };

/* Statements joined; `words` ends with a NULL. */
typedef struct {
    arena memory;
    const statement *statements[STATEMENTS_MAX];
    size_t count;
    incident_decision decisions[DECISIONS_MAX];
    size_t decision_count;
    incident_list list;
} joined;

static void join(joined *t, const char *const *words)
{
    for (t->count = 0; words[t->count] != NULL; t->count++)
        t->statements[t->count] = statement_make(&t->memory, words[t->count]);
    assert_true(incidents_join(&t->list, t->statements, t->count, t->decisions, t->decision_count, rules, &t->memory));
}

/* The incident that holds id=`word`. */
static const incident *incident_with(const joined *t, const char *word)
{
    arena memory = {0};
    const char *id = record_id_of(&memory, word);
    const incident *found = NULL;
    for (uint32_t i = 0; i < t->list.count; i++)
        for (uint32_t k = 0; k < t->list.items[i].statement_count; k++)
            if (strcmp(t->list.items[i].statements[k]->id, id) == 0)
                found = &t->list.items[i];
    arena_free(&memory);
    return found;
}

static unsigned why(joined *t, const char *word)
{
    const incident *i = incident_with(t, word);
    assert_non_null(i);
    for (size_t k = 0; k < t->count; k++)
        if (incident_why_of(i, t->statements[k]) != 0 && strstr(t->statements[k]->id, record_id_of(&t->memory, word)) != NULL)
            return incident_why_of(i, t->statements[k]);
    return 0;
}

/* Joins `words` and tells the statements a, b, c ... as the numbers of their incidents: "112" says that a and b are one. */
static void assert_joined(const char *const *words, const char *want)
{
    joined t = {0};
    char got[STATEMENTS_MAX + 1] = {0}, word[2] = "a";
    const incident *seen[STATEMENTS_MAX];
    size_t count = 0;
    join(&t, words);
    for (size_t i = 0; i < t.count; i++) {
        word[0] = (char)('a' + i);
        const incident *own = incident_with(&t, word);
        size_t at = 0;
        while (at < count && seen[at] != own)
            at++;
        if (at == count)
            seen[count++] = own;
        got[i] = own == NULL ? '-' : (char)('1' + at);
    }
    assert_string_equal(got, want);
    arena_free(&t.memory);
}
#define ASSERT_JOINED(want, ...) assert_joined((const char *const[]){__VA_ARGS__, NULL}, want)

#define TOMAN "place=SY-3:town:SY:Aleppo:Simeon "
#define OTHER "place=SY-4:town:SY:Aleppo:Bab "
#define ALEPPO "place=SY-1:governorate:SY:Aleppo "
#define MAY_9 "day=2016-05-09 "

static void same_family_place_and_day(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a " TOMAN MAY_9, "id=b " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN MAY_9, "id=b " OTHER MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN MAY_9, "id=b day=2016-05-08 " TOMAN);
    ASSERT_JOINED("12", "id=a " TOMAN MAY_9, "id=b kind=shelling " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN MAY_9, "id=b modality=planned " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a " TOMAN MAY_9, "id=b modality=possible " TOMAN MAY_9);
    ASSERT_JOINED("1-", "id=a " TOMAN MAY_9, "id=b state=7 " TOMAN MAY_9);
    ASSERT_JOINED("1-", "id=a " TOMAN MAY_9, "id=b state=6 " TOMAN MAY_9);
}

static void several_places_are_one_set(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a " TOMAN OTHER MAY_9, "id=b " OTHER TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN OTHER MAY_9, "id=b " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN OTHER MAY_9, "id=b " ALEPPO MAY_9);
}

static void a_place_that_no_gazetteer_knows(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a place=?كفر_نُبل " MAY_9, "id=b place=?كفر_نبل " MAY_9);
    ASSERT_JOINED("12", "id=a place=?كفر_نبل " MAY_9, "id=b place=?كفر_سجنة " MAY_9);
}

static void a_general_kind_joins_the_only_one(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a kind=killing " TOMAN MAY_9, "id=b " TOMAN MAY_9);
    ASSERT_JOINED("123", "id=a kind=killing " TOMAN MAY_9, "id=b " TOMAN MAY_9, "id=c kind=shelling " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a kind=killing " TOMAN MAY_9, "id=b kind=attack " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a kind=killing " TOMAN MAY_9, "id=b kind=killing " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a kind=killing " TOMAN MAY_9, "id=b kind=displacement " TOMAN MAY_9);
}

static void a_wider_place_joins_the_only_one(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a " ALEPPO MAY_9, "id=b " TOMAN MAY_9);
    ASSERT_JOINED("123", "id=a " ALEPPO MAY_9, "id=b " TOMAN MAY_9, "id=c " OTHER MAY_9);
    ASSERT_JOINED("1123", "id=a " ALEPPO MAY_9, "id=b " ALEPPO MAY_9, "id=c " TOMAN MAY_9, "id=d " OTHER MAY_9);
    ASSERT_JOINED("12", "id=a " ALEPPO MAY_9, "id=b place=SY-9:town:SY:Idlib " MAY_9);
    ASSERT_JOINED("122", "id=a place=SY-8:district:SY:Aleppo:Bab " MAY_9, "id=b " TOMAN MAY_9, "id=c " TOMAN MAY_9);
    ASSERT_JOINED("121", "id=a place=SY-8:district:SY:Aleppo:Bab " MAY_9, "id=b " TOMAN MAY_9, "id=c " OTHER MAY_9);
    /* the town of a quarter, because one who names the quarter names the town */
    ASSERT_JOINED("11", "id=a " TOMAN MAY_9, "id=b place=SY-7:exact:SY:Aleppo " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN MAY_9, "id=b place=SY-7:exact:SY:Aleppo " MAY_9);
    /* to hold a governorate is not to hold a town in it */
    ASSERT_JOINED("12", "id=a kind=hold " ALEPPO MAY_9, "id=b kind=hold " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a kind=killing " ALEPPO MAY_9, "id=b " TOMAN MAY_9);
}

static void near_a_place_is_not_in_it(void **state)
{
    (void)state;
#define NEAR_TOMAN "place=SY-3:town:SY:Aleppo:Simeon:near "
#define NORTH_OF_TOMAN "place=SY-3:town:SY:Aleppo:Simeon:north_of "
    ASSERT_JOINED("11", "id=a " NEAR_TOMAN MAY_9, "id=b " NEAR_TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a " NEAR_TOMAN MAY_9, "id=b " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " NEAR_TOMAN MAY_9, "id=b " NORTH_OF_TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a kind=hold " NEAR_TOMAN MAY_9, "id=b kind=hold " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " NEAR_TOMAN MAY_9, "id=b " OTHER MAY_9);
    ASSERT_JOINED("11", "id=a " NEAR_TOMAN MAY_9, "id=b " ALEPPO MAY_9);
}

static void a_statement_without_a_day(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a " TOMAN "published=2016-05-09", "id=b " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a " TOMAN "published=2016-05-10", "id=b " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN "published=2016-05-11", "id=b " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a " TOMAN "published=2016-05-08", "id=b " TOMAN MAY_9);
    ASSERT_JOINED("123", "id=a " TOMAN "published=2016-05-10", "id=b " TOMAN MAY_9, "id=c day=2016-05-10 " TOMAN);
    ASSERT_JOINED("11", "id=a " TOMAN "published=2016-05-10", "id=b " TOMAN "published=2016-05-10");
    ASSERT_JOINED("12", "id=a " TOMAN "published=2016-05-10", "id=b " TOMAN "published=2016-05-11");
    ASSERT_JOINED("11", "id=a kind=killing " TOMAN "published=2016-05-10", "id=b " TOMAN "published=2016-05-10");
    ASSERT_JOINED("11", "id=a " TOMAN "published=-", "id=b " TOMAN "published=-");
    ASSERT_JOINED("12", "id=a " TOMAN "published=-", "id=b " TOMAN "published=2016-05-10");
    /* its equal comes before a narrower place */
    ASSERT_JOINED("1123", "id=a " ALEPPO "published=2016-05-09", "id=b " ALEPPO MAY_9, "id=c " TOMAN MAY_9, "id=d " OTHER MAY_9);
}

static void opposed_parties_are_parted(void **state)
{
    (void)state;
    /* nothing in common */
    ASSERT_JOINED("12", "id=a actor=russia target=isis " TOMAN MAY_9, "id=b actor=turkey target=ypg_sdf " TOMAN MAY_9);
    /* the same victims: one happening, a disputed doer */
    ASSERT_JOINED("11", "id=a actor=russia target=civilians " TOMAN MAY_9, "id=b actor=turkey target=civilians " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a actor=russia " TOMAN MAY_9, "id=b actor=turkey target=civilians " TOMAN MAY_9);
    /* a third statement links two */
    ASSERT_JOINED("111", "id=a actor=russia target=isis " TOMAN MAY_9, "id=b actor=turkey target=ypg_sdf " TOMAN MAY_9,
                  "id=c actor=russia target=ypg_sdf " TOMAN MAY_9);
    /* what names less joins what it shares a party with, else what more chains tell */
    ASSERT_JOINED("122", "id=a actor=russia target=isis " TOMAN MAY_9, "id=b actor=turkey target=ypg_sdf " TOMAN MAY_9,
                  "id=c actor=turkey " TOMAN MAY_9);
    ASSERT_JOINED("1222", "id=a actor=russia target=isis " TOMAN MAY_9, "id=b actor=turkey target=ypg_sdf " TOMAN MAY_9,
                  "id=c actor=turkey target=ypg_sdf " TOMAN MAY_9, "id=d " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a kind=capture actor=isis " TOMAN MAY_9, "id=b kind=capture actor=nusra target=isis " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a kind=clash actor=isis target=nusra " TOMAN MAY_9, "id=b kind=clash actor=nusra target=isis " TOMAN MAY_9);
    ASSERT_JOINED("12", "id=a kind=clash actor=isis target=nusra " TOMAN MAY_9, "id=b kind=clash actor=hezbollah target=turkey " TOMAN MAY_9);
    /* a general statement is not joined to what it excludes */
    ASSERT_JOINED("12", "id=a kind=killing actor=russia target=isis " TOMAN MAY_9, "id=b actor=turkey target=ypg_sdf " TOMAN MAY_9);
}

static void denials_join_what_they_deny(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a actor=russia " TOMAN MAY_9, "id=b modality=denied actor=russia speaker=russia " TOMAN MAY_9);
    ASSERT_JOINED("11", "id=a actor=russia " TOMAN MAY_9, "id=b modality=denied speaker=russia published=2016-05-10 " TOMAN);
    joined t = {0};
    join(&t, (const char *const[]){"id=a actor=russia speaker=sohr " TOMAN MAY_9, "id=b modality=denied speaker=russia " TOMAN MAY_9, NULL});
    const incident *i = incident_with(&t, "a");
    assert_int_equal(i->denials, 1);
    assert_int_equal(i->actor_count, 1);
    assert_int_equal(i->actors[0].claim_count, 1);
    assert_int_equal(i->actors[0].denial_count, 1);
    assert_int_equal(why(&t, "b"), WHY_SAME_PLACE_AND_DAY | WHY_DENIES);
    arena_free(&t.memory);

    t = (joined){0};
    join(&t, (const char *const[]){"id=a modality=denied actor=russia speaker=russia " TOMAN MAY_9, NULL});
    assert_int_equal(t.list.count, 1);
    assert_int_equal(t.list.items[0].actors[0].claim_count, 0);
    assert_int_equal(t.list.items[0].grade, GRADE_DISCOUNTED);
    arena_free(&t.memory);
}

static void periods_are_joined_by_equal_bounds(void **state)
{
    (void)state;
    ASSERT_JOINED("112", "id=a start=2016-05-08 end=2016-05-09 " TOMAN, "id=b start=2016-05-08 end=2016-05-09 " TOMAN,
                  "id=c start=2016-05-08 end=2016-05-10 " TOMAN);
    ASSERT_JOINED("12", "id=a start=2016-05-08 end=2016-05-09 " TOMAN, "id=b day=2016-05-08 " TOMAN);
    ASSERT_JOINED("12", "id=a start=2016-05-08 end=2016-05-09 kind=killing " TOMAN, "id=b start=2016-05-08 end=2016-05-09 " TOMAN);
    joined t = {0};
    join(&t, (const char *const[]){"id=a start=2016-05-08 end=2016-05-09 " TOMAN, NULL});
    assert_true(t.list.items[0].is_period);
    assert_int_equal(t.list.items[0].start, day_of("2016-05-08"));
    assert_int_equal(t.list.items[0].end, day_of("2016-05-09"));
    arena_free(&t.memory);
}

static void kinds_known_by_parties(void **state)
{
    (void)state;
    ASSERT_JOINED("11", "id=a kind=talks actor=russia actor=usa place=CH-1:town:CH:Geneva " MAY_9,
                  "id=b kind=talks actor=usa target=russia place=AT-1:town:AT:Vienna " MAY_9);
    ASSERT_JOINED("12", "id=a kind=talks actor=russia actor=usa " MAY_9, "id=b kind=talks actor=russia actor=iran " MAY_9);
    ASSERT_JOINED("11", "id=a kind=talks actor=russia " MAY_9, "id=b kind=talks actor=russia actor=iran " MAY_9);
    ASSERT_JOINED("123", "id=a kind=talks actor=russia " MAY_9, "id=b kind=talks actor=russia actor=iran " MAY_9,
                  "id=c kind=talks actor=russia actor=usa " MAY_9);
    ASSERT_JOINED("12", "id=a kind=demand actor=russia target=usa " MAY_9, "id=b kind=demand actor=usa target=russia " MAY_9);
    ASSERT_JOINED("11", "id=a kind=demand actor=russia " MAY_9, "id=b kind=demand actor=russia target=usa " MAY_9);
    ASSERT_JOINED("12", "id=a kind=truce actor=russia phase=agreed " MAY_9, "id=b kind=truce actor=russia phase=violated " MAY_9);
    ASSERT_JOINED("12", "id=a kind=truce actor=russia phase=agreed " TOMAN MAY_9, "id=b kind=truce actor=russia phase=agreed " OTHER MAY_9);
    ASSERT_JOINED("11", "id=a kind=truce actor=russia phase=agreed " TOMAN MAY_9, "id=b kind=truce actor=russia phase=agreed " MAY_9);
}

static void statements_without_a_place(void **state)
{
    (void)state;
    ASSERT_JOINED("12", "id=a " MAY_9, "id=b " MAY_9);
    ASSERT_JOINED("11", "id=a article=x " MAY_9, "id=b article=y chain=x " MAY_9);
    ASSERT_JOINED("11", "id=a actor=russia target=isis " MAY_9, "id=b actor=russia target=isis " MAY_9);
    ASSERT_JOINED("12", "id=a actor=russia target=isis " MAY_9, "id=b actor=russia " MAY_9);
    ASSERT_JOINED("12", "id=a actor=russia target=isis", "id=b actor=russia target=isis");
    ASSERT_JOINED("112", "id=a article=x actor=russia", "id=b chain=x actor=russia", "id=c chain=x actor=turkey");
    ASSERT_JOINED("12", "id=a actor=russia target=isis " MAY_9, "id=b actor=russia target=isis " TOMAN MAY_9);
}

static void ids_stay_when_reports_are_added(void **state)
{
    (void)state;
    joined one = {0}, more = {0}, parted = {0};
    join(&one, (const char *const[]){"id=a actor=russia target=isis " TOMAN MAY_9, NULL});
    join(&more, (const char *const[]){"id=a actor=russia target=isis " TOMAN MAY_9, "id=b " TOMAN MAY_9, "id=c kind=killing " TOMAN MAY_9, NULL});
    assert_int_equal(more.list.count, 1);
    assert_string_equal(one.list.items[0].id, more.list.items[0].id);
    assert_int_equal(strlen(one.list.items[0].id), 18);
    assert_memory_equal(one.list.items[0].id, "I-", 2);
    join(&parted, (const char *const[]){"id=a actor=russia target=isis " TOMAN MAY_9, "id=b actor=turkey target=ypg_sdf " TOMAN MAY_9, NULL});
    assert_string_not_equal(parted.list.items[0].id, parted.list.items[1].id);
    arena_free(&one.memory);
    arena_free(&more.memory);
    arena_free(&parted.memory);
}

static void it_says_why(void **state)
{
    (void)state;
    joined t = {0};
    join(&t, (const char *const[]){"id=a " TOMAN MAY_9, "id=b kind=killing " ALEPPO "published=2016-05-10", NULL});
    assert_int_equal(t.list.count, 1);
    assert_int_equal(t.list.items[0].kind, MARSAD_KIND_AIRSTRIKE);
    assert_string_equal(t.list.items[0].places[0]->id, "SY-3");
    assert_int_equal(why(&t, "a"), WHY_SAME_PLACE_AND_DAY);
    assert_int_equal(why(&t, "b"), WHY_GENERAL_KIND | WHY_WIDER_PLACE | WHY_NO_DAY);
    assert_int_equal(incident_why_of(&t.list.items[0], statement_make(&t.memory, "id=z")), 0);
    assert_string_equal(incident_why_name(WHY_WIDER_PLACE), "wider_place");
    for (unsigned bit = 1; bit < 1U << WHY_COUNT; bit <<= 1)
        assert_true(incident_why_name((incident_why)bit)[0] != 0 && incident_why_words((incident_why)bit)[0] != 0);
    arena_free(&t.memory);
}

/* Two statements far apart, and what people say of them. */
static void people_decide(void **state)
{
    (void)state;
    joined t = {0};
    const char *const words[] = {"id=a " TOMAN MAY_9, "id=b " OTHER "day=2016-05-01", "id=c " TOMAN MAY_9, "id=d " TOMAN MAY_9, NULL};
    const char *a = record_id_of(&t.memory, "a"), *b = record_id_of(&t.memory, "b"), *c = record_id_of(&t.memory, "c"),
               *d = record_id_of(&t.memory, "d");
    t.decisions[0] = (incident_decision){.record = b, .with = a, .is_merge = true};
    t.decision_count = 1;
    join(&t, words);
    assert_ptr_equal(incident_with(&t, "a"), incident_with(&t, "b"));
    assert_int_equal(t.list.count, 1);
    assert_int_equal(why(&t, "b"), WHY_PERSON);
    assert_int_equal(t.list.items[0].start, day_of("2016-05-09"));

    t.decisions[1] = (incident_decision){.record = b, .with = a, .is_merge = false};
    t.decision_count = 2;
    join(&t, words);
    assert_ptr_not_equal(incident_with(&t, "a"), incident_with(&t, "b"));

    /* two that were split from one stay together; a ring of merges is one incident */
    t.decisions[0] = (incident_decision){.record = c, .with = a, .is_merge = false};
    t.decisions[1] = (incident_decision){.record = d, .with = a, .is_merge = false};
    join(&t, words);
    assert_ptr_not_equal(incident_with(&t, "a"), incident_with(&t, "c"));
    assert_ptr_equal(incident_with(&t, "c"), incident_with(&t, "d"));
    assert_string_not_equal(incident_with(&t, "a")->id, incident_with(&t, "c")->id);

    t.decisions[0] = (incident_decision){.record = a, .with = b, .is_merge = true};
    t.decisions[1] = (incident_decision){.record = b, .with = a, .is_merge = true};
    t.decisions[2] = (incident_decision){.record = c, .with = b, .is_merge = true};
    t.decisions[3] = (incident_decision){.record = c, .with = "R-nowhere", .is_merge = true};
    t.decision_count = 4;
    join(&t, words);
    assert_ptr_equal(incident_with(&t, "a"), incident_with(&t, "b"));
    assert_ptr_equal(incident_with(&t, "a"), incident_with(&t, "c"));
    arena_free(&t.memory);
}

static void what_is_counted(void **state)
{
    (void)state;
    joined t = {0};
    join(&t, (const char *const[]){"id=a article=x outlet=p speaker=sohr " TOMAN MAY_9, "id=b article=y outlet=q speaker=sohr " TOMAN MAY_9,
                                   "id=c article=z chain=y outlet=r state=2 verified=1 " TOMAN MAY_9, "id=d article=w outlet=r " TOMAN MAY_9, NULL});
    const incident *i = &t.list.items[0];
    assert_int_equal(i->articles, 4);
    assert_int_equal(i->outlets, 3);
    assert_int_equal(i->chains, 2);
    assert_true(i->is_reviewed);
    assert_true(i->is_verified);
    assert_int_equal(statement_chains(t.statements, 0, &t.memory), 0);
    arena_free(&t.memory);
}

static void nothing_makes_nothing(void **state)
{
    (void)state;
    joined t = {0};
    join(&t, (const char *const[]){NULL});
    assert_int_equal(t.list.count, 0);
    arena_free(&t.memory);
}

static void memory_refused(void **state)
{
    (void)state;
    joined t = {0};
    join(&t, (const char *const[]){"id=a actor=russia target=isis figure=killed:exact:5 " TOMAN MAY_9,
                                   "id=b actor=turkey target=ypg_sdf figure=killed:exact:5 " TOMAN MAY_9, "id=c kind=killing " ALEPPO, NULL});
    for (size_t n = 1;; n++) {
        arena memory = {0};
        incident_list list;
        refuse_alloc_at(n);
        const bool is_done = incidents_join(&list, t.statements, t.count, NULL, 0, rules, &memory);
        const bool was_refused = refuse_alloc_stop();
        arena_free(&memory);
        assert_int_equal(is_done, !was_refused);
        if (!was_refused)
            break;
    }
    arena_free(&t.memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_family_place_and_day),
        cmocka_unit_test(several_places_are_one_set),
        cmocka_unit_test(a_place_that_no_gazetteer_knows),
        cmocka_unit_test(a_general_kind_joins_the_only_one),
        cmocka_unit_test(a_wider_place_joins_the_only_one),
        cmocka_unit_test(near_a_place_is_not_in_it),
        cmocka_unit_test(a_statement_without_a_day),
        cmocka_unit_test(opposed_parties_are_parted),
        cmocka_unit_test(denials_join_what_they_deny),
        cmocka_unit_test(periods_are_joined_by_equal_bounds),
        cmocka_unit_test(kinds_known_by_parties),
        cmocka_unit_test(statements_without_a_place),
        cmocka_unit_test(ids_stay_when_reports_are_added),
        cmocka_unit_test(it_says_why),
        cmocka_unit_test(people_decide),
        cmocka_unit_test(what_is_counted),
        cmocka_unit_test(nothing_makes_nothing),
        cmocka_unit_test(memory_refused),
    };
    return cmocka_run_group_tests(tests, rules_read, rules_drop);
}
