/* The tables of sides, control and counting rules: what is refused, and with which words. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "incident/rules_tables.h"

static char folder[32], path[64];

static int folder_make(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/marsad-rules-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int folder_remove(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

typedef marsad_status loader(rule_set *rules, const char *folder, marsad_error *err);

/* Loads a table of `head` and `rows`; the error is in `err`. */
static marsad_status load(loader *table, const char *name, const char *head, const char *rows, marsad_error *err)
{
    rule_set rules = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s\n%s", head, rows);
    assert_int_equal(fclose(file), 0);
    const marsad_status status = table(&rules, folder, err);
    arena_free(&rules.memory);
    return status;
}

static void expect(loader *table, const char *name, const char *head, const char *rows, const char *reason)
{
    marsad_error err = {0};
    assert_int_equal(load(table, name, head, rows, &err), reason == NULL ? MARSAD_OK : MARSAD_ERR_FORMAT);
    if (reason != NULL && strstr(err.message, reason) == NULL)
        fail_msg("'%s' does not say '%s'", err.message, reason);
}

static void sides(const char *rows, const char *reason)
{
    expect(side_rules_load, "sides.tsv", "party\tside\trole\tcountry\tfrom\tto\tsource", rows, reason);
}

static void sides_are_checked(void **state)
{
    (void)state;
    sides("a\tx\tforce\t\t\t\town\n", NULL);
    sides("a\tx\tforce\t\t\t2016-01-01\town\na\ty\tforce\t\t2016-01-02\t\town\n", NULL);
    sides("a\tx\tforce\t\t\t2016-01-01\town\na\ty\tforce\t\t2016-01-01\t\town\n", "days overlap those of another row of 'a'");
    sides("a\tx\tforce\tSY\t\t\town\na\ty\tforce\t\t\t\town\n", NULL);
    sides("a\tx\tking\t\t\t\town\n", "unknown role 'king'");
    sides("a\tx\tforce\t\t2016-13-01\t\town\n", "no day YYYY-MM-DD: '2016-13-01'");
    sides("a\tx\tforce\t\t2016-02-01\t2016-01-01\town\n", "'a' ends before it begins");
    sides("\tx\tforce\t\t\t\town\n", "empty column 'party'");
    sides("a\t\tforce\t\t\t\town\n", "empty column 'side'");
    sides("a\tx\tforce\t\t\t\t\n", "empty column 'source'");
}

#define CONTESTED "opposed\t1\tcontested\tcontested\tanybody\tyes\t0\t7\twhy\n"
#define CLAIMED "claimed\t1\tholder\tclaimed\tanybody\tno\t1\t0\twhy\n"
#define LEFT "left\t1\tunknown\tunknown\tleaver\tany\t0\t0\twhy\n"
#define DENIED "denied\t1\tunknown\tunknown\tdenier\tany\t0\t0\twhy\n"

static void control(const char *rows, const char *reason)
{
    expect(control_rules_load, "control.tsv", "name\tversion\tgives\tstatus\ttold_by\topposed\tchains\tdays\treason", rows, reason);
}

static void every_claim_must_meet_a_row(void **state)
{
    (void)state;
    control(CONTESTED CLAIMED LEFT DENIED, NULL);
    control(CLAIMED LEFT DENIED, "0 rows give 'contested', not one");
    control(CONTESTED CONTESTED CLAIMED LEFT DENIED, "2 rows give 'contested', not one");
    control("opposed\t1\tcontested\tcontested\tobserver\tyes\t0\t7\twhy\n" CLAIMED LEFT DENIED, "'opposed v1' must hold for all opposed claims");
    control(CONTESTED LEFT DENIED, "0 rows give a holder to an unopposed claim of anybody");
    control(CONTESTED CLAIMED DENIED, "0 rows are for 'leaver'");
    control(CONTESTED CLAIMED LEFT, "0 rows are for 'denier'");
}

static void rows_of_control_are_checked(void **state)
{
    (void)state;
    control("\t1\tholder\tx\tanybody\tno\t1\t0\twhy\n", "no name or no version");
    control("a\t1\tking\tx\tanybody\tno\t1\t0\twhy\n", "unknown answer 'king'");
    control("a\t1\tholder\tx\tnobody\tno\t1\t0\twhy\n", "unknown teller 'nobody'");
    control("a\t1\tholder\tx\tanybody\tmaybe\t1\t0\twhy\n", "unknown answer 'maybe'");
    control("a\t1\tholder\tx\tanybody\tno\tmany\t0\twhy\n", "'many'");
    control("a\t1\tholder\tx\tanybody\tno\t1\t-1\twhy\n", "'-1'");
    control("a\t1\tholder\t\tanybody\tno\t1\t0\twhy\n", "empty column 'status'");
    control("a\t1\tholder\tx\tanybody\tno\t1\t0\t\n", "empty column 'reason'");
}

static void truce(const char *rows, const char *reason)
{
    expect(truce_rules_load, "truce-rules.tsv", "rule\trow\tkinds\twindow\tarea\tbound\ttarget\taccuser\tmodality\treason", rows, reason);
}

static void counting_rules_are_checked(void **state)
{
    (void)state;
    truce("a\tx\tshelling|clash\tyes\tyes\tnot_no\tany\tnamed\tasserted\twhy\na\ty\t*\tyes\tyes\tyes\tyes\tany\tany\twhy\n", NULL);
    truce("a\tx\t*\tyes\tyes\tyes\tyes\tany\tany\twhy\na\tx\t*\tyes\tyes\tyes\tyes\tany\tany\twhy\n", "a second row 'a/x'");
    truce("a\tx\tparty\tyes\tyes\tyes\tyes\tany\tany\twhy\n", "unknown kind 'party'");
    truce("a\tx\tclash|\tyes\tyes\tyes\tyes\tany\tany\twhy\n", "no list a|b|c: 'clash|'");
    truce("a\tx\t\tyes\tyes\tyes\tyes\tany\tany\twhy\n", "no list a|b|c: ''");
    truce("a\tx\t*\tperhaps\tyes\tyes\tyes\tany\tany\twhy\n", "unknown answer 'perhaps'");
    truce("a\tx\t*\tyes\tyes\tyes\tyes\teverybody\tany\twhy\n", "unknown accuser 'everybody'");
    truce("a\tx\t*\tyes\tyes\tyes\tyes\tany\tdenied\twhy\n", "unknown modality 'denied'");
    truce("\tx\t*\tyes\tyes\tyes\tyes\tany\tany\twhy\n", "empty column 'rule'");
    truce("a\t\t*\tyes\tyes\tyes\tyes\tany\tany\twhy\n", "empty column 'row'");
    truce("a\tx\t*\tyes\tyes\tyes\tyes\tany\tany\t\n", "empty column 'reason'");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sides_are_checked),
        TEST(every_claim_must_meet_a_row),
        TEST(rows_of_control_are_checked),
        TEST(counting_rules_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
