/* Sides by party, country and day. */
#include "incident/sides.h"

#include "incident/cells.h"

static bool overlaps(const side_row *a, const side_row *b)
{
    return strcmp(a->party, b->party) == 0 && strcmp(a->country, b->country) == 0 && a->from <= b->to && b->from <= a->to;
}

static bool is_alone(const side_table *table, const side_row *row, marsad_error *err)
{
    for (uint32_t i = 0; i < table->count; i++)
        if (overlaps(&table->rows[i], row))
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "days overlap those of another row of '%s'", row->party) == MARSAD_OK;
    return true;
}

enum { COLUMN_PARTY, COLUMN_SIDE, COLUMN_ROLE, COLUMN_COUNTRY, COLUMN_FROM, COLUMN_TO, COLUMN_SOURCE };
static const char *const columns[] = {"party", "side", "role", "country", "from", "to", "source", NULL};
static const char *const roles[] = {[SIDE_FORCE] = "force", [SIDE_OBSERVER] = "observer", [SIDE_PUBLIC] = "public"};

static bool row_read(side_row *row, rule_set *rules, const char *const *cells, marsad_error *err)
{
    const int role = rules_word(cells[COLUMN_ROLE], roles, sizeof roles / sizeof *roles, "role", err);
    if (role < 0 || !rules_day(&row->from, cells[COLUMN_FROM], INT32_MIN, err) || !rules_day(&row->to, cells[COLUMN_TO], INT32_MAX, err))
        return false;
    row->role = (side_role)role;
    row->party = rules_filled(rules, cells[COLUMN_PARTY], "party", err);
    row->side = row->party == NULL ? NULL : rules_filled(rules, cells[COLUMN_SIDE], "side", err);
    row->country = row->side == NULL ? NULL : rules_keep(rules, cells[COLUMN_COUNTRY], err);
    if (row->country == NULL || rules_filled(rules, cells[COLUMN_SOURCE], "source", err) == NULL)
        return false;
    if (row->from > row->to)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "'%s' ends before it begins", row->party) == MARSAD_OK;
    return true;
}

static bool row_take(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    side_table *table = &rules->sides;
    side_row row;
    if (!row_read(&row, rules, cells, err) || !is_alone(table, &row, err))
        return false;
    if (!ARENA_GROW(&rules->memory, table->rows, table->count, table->room))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", row.party) == MARSAD_OK;
    table->rows[table->count++] = row;
    return true;
}

marsad_status side_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    return rules_read_table(rules, folder, "sides.tsv", columns, row_take, err);
}

bool side_is_below(const char *who, const char *party)
{
    const size_t length = strlen(party);
    return strncmp(who, party, length) == 0 && (who[length] == 0 || who[length] == '.');
}

static bool holds_on(const side_row *row, int32_t day)
{
    return day == NO_DAY ? row->from == INT32_MIN && row->to == INT32_MAX : row->from <= day && day <= row->to;
}

/* Higher is closer to what was asked. */
static size_t closeness(const side_row *row)
{
    return strlen(row->party) * 2 + (row->country[0] != 0);
}

const side_row *side_find(const side_table *table, const char *who, const char *country, int32_t day)
{
    const side_row *best = NULL;
    for (uint32_t i = 0; i < table->count; i++) {
        const side_row *row = &table->rows[i];
        if (!side_is_below(who, row->party) || (row->country[0] != 0 && strcmp(row->country, country) != 0) || !holds_on(row, day))
            continue;
        if (best == NULL || closeness(row) > closeness(best))
            best = row;
    }
    return best;
}

const char *side_of(const side_table *table, const char *who, const char *country, int32_t day)
{
    const side_row *row = side_find(table, who, country, day);
    return row != NULL ? row->side : "";
}

int32_t side_next_change(const side_table *table, const char *who, int32_t day)
{
    int32_t next = INT32_MAX;
    for (uint32_t i = 0; i < table->count; i++) {
        const side_row *row = &table->rows[i];
        if (!side_is_below(who, row->party))
            continue;
        if (row->from > day && row->from < next)
            next = row->from;
        if (row->to >= day && row->to < INT32_MAX && row->to + 1 < next)
            next = row->to + 1;
    }
    return next;
}

const side_table *rules_sides(const rule_set *rules)
{
    return &rules->sides;
}
