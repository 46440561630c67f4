/* The folder of rules: what it must hold, and its fingerprint. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "incident/rules_tables.h"
#include "refuse_alloc.h"
#include "statements.h"

static char folder[64];

static int run(const char *command)
{
    return system(command); /* NOLINT(cert-env33-c): of a test's own folder */
}

/* A copy of the rules that ship, to be spoilt. */
static int folder_make(void **state)
{
    (void)state;
    char command[256];
    strcpy(folder, "/tmp/marsad-rules-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "cp -r '%s/rules/.' '%s'", MARSAD_SOURCE_DIR, folder);
    return run(command);
}

static int folder_remove(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return run(command);
}

static void append(const char *table, const char *line)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, table);
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs(line, file);
    assert_int_equal(fclose(file), 0);
}

static void rules_that_ship_open(void **state)
{
    (void)state;
    marsad_error err;
    rule_set *rules;
    if (rules_open(&rules, MARSAD_SOURCE_DIR "/rules", &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    assert_int_equal(strlen(rules_fingerprint(rules)), 64);
    assert_string_equal(rules->families.of[MARSAD_KIND_AIRSTRIKE].family, "airstrike");
    assert_int_equal(rules->families.of[MARSAD_KIND_KILLING].level, 2);
    rules_close(rules);
    rules_close(NULL);
}

static void fingerprint_of(const char *of, char out[65])
{
    rule_set *rules;
    marsad_error err;
    if (rules_open(&rules, of, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    strcpy(out, rules_fingerprint(rules));
    rules_close(rules);
}

static void fingerprint_is_of_names_and_bytes(void **state)
{
    (void)state;
    char shipped[65], same[65], changed[65], further[65];
    fingerprint_of(MARSAD_SOURCE_DIR "/rules", shipped);
    fingerprint_of(folder, same);
    assert_string_equal(shipped, same);
    append("families.tsv", "# a remark\n");
    fingerprint_of(folder, changed);
    assert_string_not_equal(shipped, changed);
    append("further.json", "");
    fingerprint_of(folder, further);
    assert_string_not_equal(changed, further);
}

static void assert_refused(const char *part)
{
    rule_set *rules;
    marsad_error err = {0};
    assert_int_equal(rules_open(&rules, folder, &err), MARSAD_ERR_FORMAT);
    assert_null(rules);
    if (strstr(err.message, part) == NULL)
        fail_msg("'%s' is not in '%s'", part, err.message);
}

static void a_row_that_cannot_be_is_refused(void **state)
{
    (void)state;
    append("families.tsv", "party\tx\tx\t0\tplace\tboth\tyes\t1\n");
    assert_refused("unknown kind 'party'");
}

/* A table of the shipped rules with one more line is refused for the reason given. */
static void other_tables_refuse(void **state)
{
    static const char *const cases[][3] = {
        {"families.tsv", "clash\tx\tx\t9\tplace\tboth\tyes\t1\n", "no number from 0 to 3: '9'"},
        {"families.tsv", "clash\tx\tx\t0\tday\tboth\tyes\t1\n", "a second row of kind 'clash'"},
        {"figures.tsv", "guess\tx\tany\tvalue\t1\n", "unknown step 'guess'"},
        {"figures.tsv", "read\tx\texact|some\tvalue\t1\n", "unknown bound 'some'"},
        {"figures.tsv", "read\tx\texact\tsame\t1\n", "unknown number of a figure 'same'"},
        {"figures.tsv", "choose\tx\tany\tvalue\t1\n", "unknown choice 'value'"},
        {"figures.tsv", "choose\tx\texact\tgreatest\t1\n", "the last row must choose"},
        {"figures.tsv", "choose\tx\tany\tmost\t1\n", "the last row must choose"},
        {"figures.tsv", "spread\tx\tabout\t101\t1\n", "no number from 0 to 100: '101'"},
        {"vague.tsv", "عشراتٌ\t20\t99\tx\t1\town\n", "words are not folded"},
        {"vague.tsv", "عشرات\t20\t99\tx\t1\town\n", "two rows of 'عشرات'"},
        {"vague.tsv", "احد\t\t99\tx\t1\town\n", "empty column in the row of 'احد'"},
        {"vague.tsv", "احد\t5\t4\tx\t1\town\n", "high is below low in the row of 'احد'"},
        {"vague.tsv", "احد\tfew\t4\tx\t1\town\n", "no number from 0 to 1000000000: 'few'"},
        {"victims.tsv", "word\tأطفال\tchildren\tcivilians\t1\town\n", "a word is not folded: 'أطفال'"},
        {"victims.tsv", "word\tاحد\tchildren\t\t1\town\n", "group 'children' is within another group above"},
        {"victims.tsv", "word\tاحد\tsome\tnobody\t1\town\n", "no row above for the wider group 'nobody'"},
        {"victims.tsv", "word\tاحد\tchildren\tcivilians\t1\t\n", "empty column in the row of 'احد'"},
        {"victims.tsv", "word\tاطفال\tfighters\t\t1\town\n", "two rows of 'اطفال'"},
        {"victims.tsv", "name\tاحد\tchildren\tcivilians\t1\town\n", "unknown match 'name'"},
        {"grades.tsv", "x\tsure\tany\tany\tany\tany\tany\tany\tany\t0\t1\n", "unknown grade 'sure'"},
        {"grades.tsv", "x\tdraft\tany\tany\tany\tany\tany\tany\tany\t0\t1\n", "no rule gives the grade 'draft'"},
        {"grades.tsv", "x\tweak\tsea\tany\tany\tany\tany\tany\tany\t0\t1\n", "unknown group 'sea'"},
        {"grades.tsv", "x\tweak\tany\tmaybe\tany\tany\tany\tany\tany\t0\t1\n", "unknown condition 'maybe'"},
        {"grades.tsv", "x\tweak\tany\tany\tany\tany\tany\tany\tany\tone\t1\n", "no number from 0 to 1000: 'one'"},
        {"grades.tsv", "x\tweak\tany\tany\tany\tany\tany\tany\tany\t3\t1\n", "the last row must ask nothing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(folder_make(state), 0);
        append(cases[i][0], cases[i][1]);
        assert_refused(cases[i][2]);
        assert_int_equal(folder_remove(state), 0);
    }
}

static void tables_have_an_end(void **state)
{
    (void)state;
    for (int i = 0; i <= GRADE_ROWS_MAX; i++)
        append("grades.tsv", "x\tweak\tany\tany\tany\tany\tany\tany\tany\t0\t1\n");
    assert_refused("more than 32 rows");
}

static void every_bound_is_read(void **state)
{
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "sed -i '/^read.*vague/d' '%s/figures.tsv'", folder);
    assert_int_equal(run(command), 0);
    assert_refused("a bound without a row that reads it");
}

static void victims_by_words_then_by_party(void **state)
{
    (void)state;
    rule_set *rules;
    assert_int_equal(rules_open(&rules, MARSAD_SOURCE_DIR "/rules", NULL), MARSAD_OK);
    const victim_rules *v = &rules->victims;
    const int children = victim_group_of_words(v, "خمسة أطفال");
    assert_true(children >= 0);
    assert_string_equal(v->groups[children].name, "children");
    assert_int_equal(victim_group_of_words(v, "والأطفال"), children);
    assert_int_equal(victim_group_of_words(v, "خمسة"), -1);
    assert_int_equal(victim_group_of_words(v, ""), -1);
    assert_int_equal(victim_group_of_party(v, "syria.opposition", "", "طفلين"), children);
    assert_int_equal(victim_group_of_party(v, "syria.opposition", "", ""), -1);
    const int civilians = victim_group_of_party(v, "civilians", "", "السكان");
    assert_true(victim_group_within(v, children, civilians));
    assert_false(victim_group_within(v, civilians, children));
    assert_int_equal(victim_group_of_party(v, "civilians", "hospital", ""), -1);
    rules_close(rules);
}

static void a_kind_has_one_row(void **state)
{
    (void)state;
    append("families.tsv", "clash\tx\tx\t0\tplace\tboth\tyes\t1\n");
    assert_refused("a second row of kind 'clash'");
}

static void every_kind_has_a_row(void **state)
{
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "sed -i '/^clash/d' '%s/families.tsv'", folder);
    assert_int_equal(run(command), 0);
    assert_refused("no row of kind 'clash'");
}

static void a_folder_that_is_not_there(void **state)
{
    (void)state;
    rule_set *rules;
    marsad_error err = {0};
    assert_int_equal(rules_open(&rules, "/nowhere", &err), MARSAD_ERR_SYSTEM);
    assert_null(rules);
}

static void memory_refused(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        rule_set *rules;
        refuse_alloc_at(n);
        const marsad_status status = rules_open(&rules, MARSAD_SOURCE_DIR "/rules", NULL);
        const bool was_refused = refuse_alloc_stop();
        rules_close(rules);
        if (!was_refused) {
            assert_int_equal(status, MARSAD_OK);
            break;
        }
    }
}

static void a_statement_is_made_of_words(void **state)
{
    (void)state;
    arena memory = {0};
    const statement *s = statement_make(&memory, "id=a article=x kind=shelling place=SY-3:district:SY:Idlib day=2016-05-09 actor=russia "
                                                 "target=civilians:school:تلاميذ_مدرسة figure=killed:over:4 speaker=sohr modality=denied");
    assert_int_equal(s->kind, MARSAD_KIND_SHELLING);
    assert_int_equal(s->modality, MARSAD_DENIED);
    assert_int_equal(s->start, day_of("2016-05-09"));
    assert_string_equal(s->places[0].admin1, "Idlib");
    assert_string_equal(s->targets[0].words, "تلاميذ مدرسة");
    assert_int_equal(s->figures[0].low, 5);
    assert_true(s->figures[0].high == MARSAD_NO_VALUE);
    assert_string_equal(statement_speaker(s), "sohr");
    assert_string_equal(s->chain, s->article);
    arena_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_that_ship_open),
        cmocka_unit_test_setup_teardown(fingerprint_is_of_names_and_bytes, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_row_that_cannot_be_is_refused, folder_make, folder_remove),
        cmocka_unit_test(other_tables_refuse),
        cmocka_unit_test_setup_teardown(tables_have_an_end, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(every_bound_is_read, folder_make, folder_remove),
        cmocka_unit_test(victims_by_words_then_by_party),
        cmocka_unit_test_setup_teardown(a_kind_has_one_row, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(every_kind_has_a_row, folder_make, folder_remove),
        cmocka_unit_test(a_folder_that_is_not_there),
        cmocka_unit_test(memory_refused),
        cmocka_unit_test(a_statement_is_made_of_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
