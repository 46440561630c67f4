/* control.tsv: read and checked. */
#include "incident/cells.h"

static const char *const answers[] = {"holder", "contested", "unknown"};
static const char *const tellers[] = {"anybody", "loser", "observer", "other", "leaver", "denier"};
static const char *const opposed[] = {"any", "yes", "no"};

enum { COLUMN_NAME, COLUMN_VERSION, COLUMN_GIVES, COLUMN_STATUS, COLUMN_TOLD_BY, COLUMN_OPPOSED, COLUMN_CHAINS, COLUMN_DAYS, COLUMN_REASON };
static const char *const columns[] = {"name", "version", "gives", "status", "told_by", "opposed", "chains", "days", "reason", NULL};

static bool refuse(marsad_error *err, const char *reason, const char *name)
{
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s '%s'", reason, name) == MARSAD_OK;
}

static bool words_read(control_rule *row, rule_set *rules, const char *const *cells, marsad_error *err)
{
    const int gives = rules_word(cells[COLUMN_GIVES], answers, sizeof answers / sizeof *answers, "answer", err);
    const int told_by = gives < 0 ? -1 : rules_word(cells[COLUMN_TOLD_BY], tellers, sizeof tellers / sizeof *tellers, "teller", err);
    const int against = told_by < 0 ? -1 : rules_word(cells[COLUMN_OPPOSED], opposed, sizeof opposed / sizeof *opposed, "answer", err);
    if (against < 0)
        return false;
    row->gives = (control_answer)gives;
    row->told_by = (control_teller)told_by;
    row->opposed = (control_opposed)against;
    row->status = rules_filled(rules, cells[COLUMN_STATUS], "status", err);
    return row->status != NULL && rules_filled(rules, cells[COLUMN_REASON], "reason", err) != NULL;
}

static bool row_take(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    enum { CHAINS_MAX = 100, DAYS_MAX = 3650 };
    rule_set *rules = context;
    control_rules *table = &rules->control;
    if (table->count == CONTROL_RULES_MAX)
        return refuse(err, "too many rows before", cells[COLUMN_NAME]);
    if (cells[COLUMN_NAME][0] == 0 || cells[COLUMN_VERSION][0] == 0)
        return refuse(err, "no name or no version in row", cells[COLUMN_NAME]);

    control_rule *row = &table->rows[table->count];
    if (!words_read(row, rules, cells, err) || !rules_number(&row->chains, cells[COLUMN_CHAINS], CHAINS_MAX, err) ||
        !rules_number(&row->days, cells[COLUMN_DAYS], DAYS_MAX, err))
        return false;
    row->name = arena_format(&rules->memory, "%s v%s", cells[COLUMN_NAME], cells[COLUMN_VERSION]);
    if (row->name == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", cells[COLUMN_NAME]) == MARSAD_OK;
    table->count++;
    return true;
}

/* The one row that `fits`; NULL with `err` filled if there is none, or more than one. */
static const control_rule *only_row(const control_rules *table, bool (*fits)(const control_rule *), const char *what, marsad_error *err)
{
    const control_rule *found = NULL;
    unsigned count = 0;
    for (unsigned i = 0; i < table->count; i++) {
        if (fits(&table->rows[i])) {
            found = &table->rows[i];
            count++;
        }
    }
    if (count == 1)
        return found;
    fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "control.tsv: %u rows %s, not one", count, what);
    return NULL;
}

static bool is_contested(const control_rule *row)
{
    return row->gives == CONTROL_CONTESTED;
}

static bool is_left(const control_rule *row)
{
    return row->gives == CONTROL_UNKNOWN && row->told_by == TOLD_BY_LEAVER;
}

static bool is_denied(const control_rule *row)
{
    return row->gives == CONTROL_UNKNOWN && row->told_by == TOLD_BY_DENIER;
}

static bool is_last_resort(const control_rule *row)
{
    return row->gives == CONTROL_HOLDER && row->told_by == TOLD_BY_ANYBODY && row->opposed == OPPOSED_NO && row->chains <= 1;
}

marsad_status control_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    control_rules *table = &rules->control;
    const marsad_status status = rules_read_table(rules, folder, "control.tsv", columns, row_take, err);
    if (status != MARSAD_OK)
        return status;
    table->contested = only_row(table, is_contested, "give 'contested'", err);
    table->left = table->contested == NULL ? NULL : only_row(table, is_left, "are for 'leaver'", err);
    table->denied = table->left == NULL ? NULL : only_row(table, is_denied, "are for 'denier'", err);
    if (table->denied == NULL || only_row(table, is_last_resort, "give a holder to an unopposed claim of anybody", err) == NULL)
        return MARSAD_ERR_FORMAT;
    const control_rule *row = table->contested;
    if (row->told_by != TOLD_BY_ANYBODY || row->opposed != OPPOSED_YES || row->chains != 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "control.tsv: '%s' must hold for all opposed claims", row->name);
    return MARSAD_OK;
}
