/* The table of countries. */
#include "incident/countries.h"

#include <stdlib.h>

#include "incident/rules_tables.h"

enum { ISO2, ISO3, ISO_NUMBER, NAME_EN, REGION, GED_REGION, GW, SOURCE, COLUMN_COUNT };
static const char *const columns[] = {"iso2", "iso3", "iso_number", "name_en", "region", "ged_region", "gw", "source", NULL};

static bool read_row(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    country_table *table = &rules->countries;
    const char *kept[COLUMN_COUNT];
    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (cells[c][0] == 0 && c != GW)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "empty column '%s'", columns[c]) == MARSAD_OK;
        if ((kept[c] = rules_keep(rules, cells[c], err)) == NULL)
            return false;
    }
    if (!ARENA_GROW(&rules->memory, table->items, table->count, table->room))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", kept[ISO2]) == MARSAD_OK;
    table->items[table->count++] = (country_row){.iso2 = kept[ISO2],
                                                 .iso3 = kept[ISO3],
                                                 .iso_number = kept[ISO_NUMBER],
                                                 .name_en = kept[NAME_EN],
                                                 .region = kept[REGION],
                                                 .ged_region = kept[GED_REGION],
                                                 .gw = kept[GW]};
    return true;
}

static int by_iso2(const void *a, const void *b)
{
    return strcmp(((const country_row *)a)->iso2, ((const country_row *)b)->iso2);
}

marsad_status country_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    country_table *table = &rules->countries;
    marsad_status status = rules_read_table(rules, folder, "countries.tsv", columns, read_row, err);
    if (status == MARSAD_OK && table->count > 1)
        qsort(table->items, table->count, sizeof *table->items, by_iso2);
    for (uint32_t i = 1; status == MARSAD_OK && i < table->count; i++)
        if (strcmp(table->items[i - 1].iso2, table->items[i].iso2) == 0)
            status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "countries.tsv: two rows for '%s'", table->items[i].iso2);
    return status;
}

const country_row *country_find(const rule_set *rules, const char *iso2)
{
    const country_row key = {.iso2 = iso2};
    const country_table *table = &rules->countries;
    return table->count == 0 ? NULL : bsearch(&key, table->items, table->count, sizeof key, by_iso2);
}
