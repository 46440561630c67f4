/* The table of parties. */
#include "incident/parties.h"

#include <stdlib.h>

#include "incident/rules_tables.h"

enum { WHO, NAME_AR, NAME_EN, TYPE, INTER, COUNTRY, SOURCE };
static const char *const columns[] = {"who", "name_ar", "name_en", "type", "inter", "country", "source", NULL};

static const char *const type_names[PARTY_TYPE_COUNT] = {[PARTY_STATE] = "state",
                                                         [PARTY_ARMED] = "armed",
                                                         [PARTY_COALITION] = "coalition",
                                                         [PARTY_ORGANISATION] = "organisation",
                                                         [PARTY_MEDIA] = "media",
                                                         [PARTY_PEOPLE] = "people",
                                                         [PARTY_OPEN] = "open"};

/* Layout of ACLED's columns inter1 and inter2. */
static const char *const inter_names[INTER_COUNT] = {[INTER_NONE] = "",
                                                     [INTER_STATE] = "State forces",
                                                     [INTER_REBEL] = "Rebel group",
                                                     [INTER_POLITICAL_MILITIA] = "Political militia",
                                                     [INTER_IDENTITY_MILITIA] = "Identity militia",
                                                     [INTER_RIOTERS] = "Rioters",
                                                     [INTER_PROTESTERS] = "Protesters",
                                                     [INTER_CIVILIANS] = "Civilians",
                                                     [INTER_EXTERNAL] = "External/Other forces"};

static bool is_country(const char *code)
{
    const size_t length = strlen(code);
    return length == 0 || (length == 2 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2);
}

static bool has_needed_cells(const char *const *cells, marsad_error *err)
{
    const int needed[] = {WHO, NAME_AR, NAME_EN, SOURCE};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (cells[needed[i]][0] == 0)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "empty column '%s'", columns[needed[i]]) == MARSAD_OK;
    return true;
}

static bool read_row(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    party_table *table = &rules->parties;
    if (!has_needed_cells(cells, err))
        return false;
    const int type = rules_word(cells[TYPE], type_names, PARTY_TYPE_COUNT, "type", err);
    const int inter = type < 0 ? -1 : rules_word(cells[INTER], inter_names, INTER_COUNT, "inter", err);
    if (inter < 0)
        return false;
    if (!is_country(cells[COUNTRY]))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "unknown country '%s'", cells[COUNTRY]) == MARSAD_OK;

    party_row row = {.type = (party_type)type, .inter = (party_inter)inter};
    row.who = rules_keep(rules, cells[WHO], err);
    row.name_ar = rules_keep(rules, cells[NAME_AR], err);
    row.name_en = rules_keep(rules, cells[NAME_EN], err);
    row.country = rules_keep(rules, cells[COUNTRY], err);
    if (row.who == NULL || row.name_ar == NULL || row.name_en == NULL || row.country == NULL)
        return false;
    if (!ARENA_GROW(&rules->memory, table->items, table->count, table->room))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", row.who) == MARSAD_OK;
    table->items[table->count++] = row;
    return true;
}

static int by_who(const void *a, const void *b)
{
    return strcmp(((const party_row *)a)->who, ((const party_row *)b)->who);
}

marsad_status party_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    party_table *table = &rules->parties;
    marsad_status status = rules_read_table(rules, folder, "parties.tsv", columns, read_row, err);
    if (status == MARSAD_OK && table->count > 1)
        qsort(table->items, table->count, sizeof *table->items, by_who);
    for (uint32_t i = 1; status == MARSAD_OK && i < table->count; i++)
        if (strcmp(table->items[i - 1].who, table->items[i].who) == 0)
            status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "parties.tsv: two rows for '%s'", table->items[i].who);
    return status;
}

const party_table *rules_parties(const rule_set *rules)
{
    return &rules->parties;
}

const party_row *party_find(const party_table *parties, const char *who)
{
    const party_row key = {.who = who};
    return parties->count == 0 ? NULL : bsearch(&key, parties->items, parties->count, sizeof key, by_who);
}

bool party_is_institution(const party_row *party)
{
    return party->type != PARTY_PEOPLE && party->type != PARTY_OPEN;
}

bool party_is_armed(const party_row *party)
{
    return party->inter != INTER_NONE && party->inter != INTER_RIOTERS && party->inter != INTER_PROTESTERS && party->inter != INTER_CIVILIANS;
}

const char *party_inter_name(party_inter inter)
{
    return (size_t)inter < INTER_COUNT ? inter_names[inter] : "";
}

const char *party_type_name(party_type type)
{
    return (size_t)type < PARTY_TYPE_COUNT ? type_names[type] : "";
}
