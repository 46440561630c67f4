/* grades.tsv, and the grade of an incident by it. */
#include "incident/join.h"

enum {
    COLUMN_NAME,
    COLUMN_GRADE,
    COLUMN_GROUP,
    COLUMN_ASSERTED,
    COLUMN_CONTRADICTED,
    COLUMN_SELF,
    COLUMN_DISPUTED,
    COLUMN_DENIED,
    COLUMN_DENIED_BY_ACCUSED,
    COLUMN_LEAST_CHAINS,
    COLUMN_VERSION
};
static const char *const columns[] = {
    "name", "grade", "group", "asserted", "contradicted", "self_claimed", "disputed", "denied", "denied_by_accused", "least_chains", "version", NULL};
static const char *const asked_names[] = {"any", "no", "yes"};
static const char *const grade_names[GRADE_COUNT] = {
    [GRADE_DRAFT] = "draft", [GRADE_DISCOUNTED] = "discounted", [GRADE_CONTESTED] = "contested", [GRADE_WEAK] = "weak",
    [GRADE_FAIR] = "fair",   [GRADE_CONFIRMED] = "confirmed"};

const char *incident_grade_name(incident_grade grade)
{
    return grade_names[grade];
}

/* --- reading ----------------------------------------------------------------------------------------------------------- */

static bool asked_read(grade_asked *out, const char *cell, marsad_error *err)
{
    const int asked = rules_word(cell, asked_names, sizeof asked_names / sizeof *asked_names, "condition", err);
    if (asked >= 0)
        *out = (grade_asked)asked;
    return asked >= 0;
}

/* families.tsv was read before. */
static bool is_group(const rule_set *rules, const char *name)
{
    bool is_known = strcmp(name, "any") == 0;
    for (int kind = 0; !is_known && kind < MARSAD_KIND_COUNT; kind++)
        is_known = strcmp(name, rules->families.of[kind].group) == 0;
    return is_known;
}

static bool grade_row_read(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    enum { CHAINS_MOST = 1000 };
    (void)line;
    rule_set *rules = context;
    grade_rules *grades = &rules->grades;
    grade_row row = {0};
    if (grades->count == GRADE_ROWS_MAX)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "more than %d rows", GRADE_ROWS_MAX) == MARSAD_OK;
    const int grade = rules_word(cells[COLUMN_GRADE], grade_names, GRADE_COUNT, "grade", err);
    if (grade < 0 || !asked_read(&row.asserted, cells[COLUMN_ASSERTED], err) || !asked_read(&row.contradicted, cells[COLUMN_CONTRADICTED], err) ||
        !asked_read(&row.self_claimed, cells[COLUMN_SELF], err) || !asked_read(&row.disputed, cells[COLUMN_DISPUTED], err) ||
        !asked_read(&row.denied, cells[COLUMN_DENIED], err) || !asked_read(&row.denied_by_accused, cells[COLUMN_DENIED_BY_ACCUSED], err) ||
        !rules_number(&row.least_chains, cells[COLUMN_LEAST_CHAINS], CHAINS_MOST, err))
        return false;
    if (grade == GRADE_DRAFT)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no rule gives the grade 'draft'") == MARSAD_OK;
    if (!is_group(rules, cells[COLUMN_GROUP]))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "unknown group '%s'", cells[COLUMN_GROUP]) == MARSAD_OK;
    row.grade = (unsigned)grade;
    row.group = rules_keep(rules, cells[COLUMN_GROUP], err);
    row.label = row.group == NULL ? NULL : rules_label(rules, cells[COLUMN_NAME], cells[COLUMN_VERSION], err);
    if (row.label == NULL)
        return false;
    grades->rows[grades->count++] = row;
    return true;
}

static bool asks_nothing(const grade_row *row)
{
    return strcmp(row->group, "any") == 0 && row->asserted == ASKED_ANY && row->contradicted == ASKED_ANY && row->self_claimed == ASKED_ANY &&
           row->disputed == ASKED_ANY && row->denied == ASKED_ANY && row->denied_by_accused == ASKED_ANY && row->least_chains == 0;
}

marsad_status grade_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    const marsad_status status = rules_read_table(rules, folder, "grades.tsv", columns, grade_row_read, err);
    const grade_rules *grades = &rules->grades;
    if (status == MARSAD_OK && (grades->count == 0 || !asks_nothing(&grades->rows[grades->count - 1])))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s/grades.tsv: the last row must ask nothing", folder);
    return status;
}

/* --- what is asked of an incident -------------------------------------------------------------------------------------- */

typedef struct {
    const char *group;
    bool asserted, contradicted, self_claimed, disputed, denied, denied_by_accused;
    uint32_t chains;
} grade_facts;

static bool is_assertion(const statement *s)
{
    return s->modality != MARSAD_DENIED;
}

/* "syria" speaks for "syria.government", and it for "syria". */
static bool is_same_party(const char *a, const char *b)
{
    const size_t length_a = strlen(a), length_b = strlen(b), shorter = length_a < length_b ? length_a : length_b;
    if (strncmp(a, b, shorter) != 0)
        return false;
    return length_a == length_b || (length_a > shorter ? a : b)[shorter] == '.';
}

static bool is_said_by_doer(const statement *s)
{
    const char *speaker = statement_speaker(s);
    for (uint32_t i = 0; speaker != NULL && i < s->actor_count; i++)
        if (party_is_named(&s->actors[i]) && is_same_party(s->actors[i].who, speaker))
            return true;
    return false;
}

/* A denial by one whom others name as the doer. */
static bool is_denied_by_accused(const incident *i, const statement *denial)
{
    const char *speaker = statement_speaker(denial);
    for (uint32_t k = 0; speaker != NULL && k < i->actor_count; k++)
        if (i->actors[k].claim_count > 0 && is_same_party(i->actors[k].who, speaker))
            return true;
    return false;
}

/*
 * Assertions name doers that have nothing in common: the doers, linked by the statements that name two of them, fall into several parts. Two doers that
 * never stand in one statement may still be linked by a third.
 */
static bool is_disputed(const incident *i, arena *memory, bool *disputed)
{
    name_set linked = {0};
    *disputed = false;
    for (bool is_growing = true; is_growing;) {
        is_growing = false;
        for (uint32_t k = 0; k < i->statement_count; k++) {
            name_set own;
            if (!is_assertion(i->statements[k]))
                continue;
            if (!names_of_parties(&own, i->statements[k]->actors, i->statements[k]->actor_count, memory))
                return false;
            if (own.count == 0 || names_within(&own, &linked) || (linked.count > 0 && !names_overlap(&own, &linked)))
                continue;
            if (!names_unite(&linked, &own, memory))
                return false;
            is_growing = true;
        }
    }
    for (uint32_t k = 0; k < i->actor_count; k++)
        if (i->actors[k].claim_count > 0 && !names_overlap(&linked, &(name_set){(const char **)&i->actors[k].who, 1}))
            *disputed = true;
    return true;
}

static bool facts_read(grade_facts *out, const incident *i, const rule_set *rules, arena *memory)
{
    const statement **assertions = arena_alloc(memory, i->statement_count * sizeof(const statement *));
    uint32_t count = 0, contradicted = 0;
    if (assertions == NULL)
        return false;
    *out = (grade_facts){.group = rules->families.of[i->kind].group};
    for (uint32_t k = 0; k < i->statement_count; k++) {
        const statement *s = i->statements[k];
        if (!is_assertion(s)) {
            out->denied = true;
            out->denied_by_accused = out->denied_by_accused || is_denied_by_accused(i, s);
            continue;
        }
        assertions[count++] = s;
        contradicted += s->state == STATE_CONTRADICTED;
        out->self_claimed = out->self_claimed || is_said_by_doer(s);
    }
    out->asserted = count > 0;
    out->contradicted = count > 0 && contradicted == count;
    out->chains = statement_chains(assertions, count, memory);
    return (count == 0 || out->chains > 0) && is_disputed(i, memory, &out->disputed);
}

/* --- the grade --------------------------------------------------------------------------------------------------------- */

static bool is_met(grade_asked asked, bool fact)
{
    return asked == ASKED_ANY || (asked == ASKED_YES) == fact;
}

static bool row_fits(const grade_row *row, const grade_facts *facts)
{
    const bool is_asked = strcmp(row->group, "any") == 0 || strcmp(row->group, facts->group) == 0;
    return is_asked && is_met(row->asserted, facts->asserted) && is_met(row->contradicted, facts->contradicted) &&
           is_met(row->self_claimed, facts->self_claimed) && is_met(row->disputed, facts->disputed) && is_met(row->denied, facts->denied) &&
           is_met(row->denied_by_accused, facts->denied_by_accused) && facts->chains >= row->least_chains;
}

bool incident_give_grade(incident *i, const rule_set *rules, arena *memory)
{
    grade_facts facts;
    if (!facts_read(&facts, i, rules, memory))
        return false;
    const grade_row *row = rules->grades.rows;
    while (!row_fits(row, &facts)) /* the last one asks nothing */
        row++;
    i->grade = (incident_grade)row->grade;
    i->grade_rule = row->label;
    return true;
}
