/* Cells of rule tables. */
#include "incident/cells.h"

bool rules_day(int32_t *out, const char *cell, int32_t open, marsad_error *err)
{
    marsad_date date;
    *out = open;
    if (cell[0] == 0)
        return true;
    if (marsad_date_parse(&date, view_of(cell), NULL) != MARSAD_OK)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no day YYYY-MM-DD: '%s'", cell) == MARSAD_OK;
    *out = day_number(date);
    return true;
}

const char *rules_filled(rule_set *rules, const char *cell, const char *column, marsad_error *err)
{
    if (cell[0] != 0)
        return rules_keep(rules, cell, err);
    fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "empty column '%s'", column);
    return NULL;
}

bool rules_each(const char *cell, bool (*visit)(void *context, const char *part, marsad_error *err), void *context, marsad_error *err)
{
    char part[64];
    for (const char *at = cell;; at++) {
        const size_t length = strcspn(at, "|");
        if (length == 0 || length >= sizeof part)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no list a|b|c: '%s'", cell) == MARSAD_OK;
        memcpy(part, at, length);
        part[length] = 0;
        if (!visit(context, part, err))
            return false;
        at += length;
        if (*at == 0)
            return true;
    }
}
