/* truce-rules.tsv, read. */
#include "incident/cells.h"
#include "incident/truce.h"

static const char *const wants[] = {"any", "yes", "not_no"};
static const char *const accusers[] = {"any", "named", "independent"};
static const char *const modalities[] = {"asserted", "any"};
static const char *const condition_names[TRUCE_IF_COUNT] = {"period", "kinds", "modality", "window", "area", "bound", "target", "accuser"};

enum {
    COLUMN_RULE,
    COLUMN_ROW,
    COLUMN_KINDS,
    COLUMN_WINDOW,
    COLUMN_AREA,
    COLUMN_BOUND,
    COLUMN_TARGET,
    COLUMN_ACCUSER,
    COLUMN_MODALITY,
    COLUMN_REASON
};
static const char *const columns[] = {"rule", "row", "kinds", "window", "area", "bound", "target", "accuser", "modality", "reason", NULL};

static bool refuse_memory(const char *subject, marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", subject) == MARSAD_OK;
}

static bool kind_add(void *context, const char *name, marsad_error *err)
{
    uint64_t *kinds = context;
    marsad_kind kind;
    if (!rules_kind(&kind, name, err))
        return false;
    *kinds |= UINT64_C(1) << kind;
    return true;
}

static bool kinds_read(uint64_t *kinds, const char *cell, marsad_error *err)
{
    *kinds = strcmp(cell, "*") == 0 ? UINT64_MAX : 0;
    return *kinds != 0 || rules_each(cell, kind_add, kinds, err);
}

static bool want_read(truce_want *out, const char *cell, marsad_error *err)
{
    const int want = rules_word(cell, wants, sizeof wants / sizeof *wants, "answer", err);
    *out = want < 0 ? SCOPE_WANT_ANY : (truce_want)want;
    return want >= 0;
}

static bool conditions_read(truce_rule_row *row, const char *const *cells, marsad_error *err)
{
    if (!kinds_read(&row->kinds, cells[COLUMN_KINDS], err) || !want_read(&row->window, cells[COLUMN_WINDOW], err) ||
        !want_read(&row->area, cells[COLUMN_AREA], err) || !want_read(&row->bound, cells[COLUMN_BOUND], err) ||
        !want_read(&row->target, cells[COLUMN_TARGET], err))
        return false;
    const int accuser = rules_word(cells[COLUMN_ACCUSER], accusers, sizeof accusers / sizeof *accusers, "accuser", err);
    const int modality = accuser < 0 ? -1 : rules_word(cells[COLUMN_MODALITY], modalities, sizeof modalities / sizeof *modalities, "modality", err);
    if (modality < 0)
        return false;
    row->accuser = (truce_accuser)accuser;
    row->is_any_modality = modality == 1;
    return true;
}

static bool whys_make(truce_rule_row *row, rule_set *rules, const char *label)
{
    row->why = arena_format(&rules->memory, "%s/%s", row->rule, label);
    for (int c = 0; row->why != NULL && c < TRUCE_IF_COUNT; c++) {
        row->why_not[c] = arena_format(&rules->memory, "%s: %s", row->why, condition_names[c]);
        if (row->why_not[c] == NULL)
            return false;
    }
    return row->why != NULL;
}

static bool is_second(const truce_rules *table, const truce_rule_row *row)
{
    for (uint32_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].why, row->why) == 0)
            return true;
    return false;
}

static bool name_add(truce_rules *table, const char *name, arena *memory)
{
    for (uint32_t i = 0; i < table->name_count; i++)
        if (strcmp(table->names[i], name) == 0)
            return true;
    if (!ARENA_GROW(memory, table->names, table->name_count, table->name_room))
        return false;
    table->names[table->name_count++] = name;
    return true;
}

static bool row_take(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    truce_rules *table = &rules->truce;
    truce_rule_row row = {.rule = rules_filled(rules, cells[COLUMN_RULE], "rule", err)};
    if (row.rule == NULL || rules_filled(rules, cells[COLUMN_ROW], "row", err) == NULL ||
        (row.reason = rules_filled(rules, cells[COLUMN_REASON], "reason", err)) == NULL || !conditions_read(&row, cells, err))
        return false;
    if (!whys_make(&row, rules, cells[COLUMN_ROW]))
        return refuse_memory(row.rule, err);
    if (is_second(table, &row))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "a second row '%s'", row.why) == MARSAD_OK;
    if (!name_add(table, row.rule, &rules->memory) || !ARENA_GROW(&rules->memory, table->rows, table->count, table->room))
        return refuse_memory(row.rule, err);
    table->rows[table->count++] = row;
    return true;
}

marsad_status truce_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    return rules_read_table(rules, folder, "truce-rules.tsv", columns, row_take, err);
}

const char *truce_rule_name(const rule_set *rules, uint32_t n)
{
    return n < rules->truce.name_count ? rules->truce.names[n] : NULL;
}
