/* Before a bulletin is written: its totals are the sums of its table, and both are what its incidents give. */
#include <inttypes.h>

#include "export/bulletin.h"

typedef struct {
    uint64_t incidents;
    int64_t low, best, high; /* MARSAD_NO_VALUE: open */
} sum;

static int64_t add(int64_t a, int64_t b)
{
    if (a == MARSAD_NO_VALUE || b == MARSAD_NO_VALUE)
        return MARSAD_NO_VALUE;
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* All rows of a figure together: of a table of totals, its one row. */
static sum sum_of(const tally_table *table, marsad_figure_of of)
{
    sum all = {0};
    for (uint32_t i = 0; i < table->count; i++) {
        const tally_row *row = &table->items[i];
        if (row->of != of)
            continue;
        all.incidents += row->incidents;
        all.low = add(all.low, row->low);
        all.best = add(all.best, row->best);
        all.high = add(all.high, row->high);
    }
    return all;
}

static marsad_status compare_number(marsad_figure_of of, const char *which, int64_t total, int64_t other, const char *where, marsad_error *err)
{
    if (total == other)
        return MARSAD_OK;
    if (total == MARSAD_NO_VALUE || other == MARSAD_NO_VALUE)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "totals do not agree: '%s' (%s) is open in the text or in %s, not in both",
                    marsad_figure_name(of), which, where);
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "totals do not agree: '%s' (%s) is %" PRId64 " in the text and %" PRId64 " in %s",
                marsad_figure_name(of), which, total, other, where);
}

static marsad_status compare(const tally_table *totals, const tally_table *other, const char *where, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (int of = 0; status == MARSAD_OK && of < MARSAD_FIGURE_COUNT; of++) {
        const marsad_figure_of figure = (marsad_figure_of)of;
        const sum a = sum_of(totals, figure), b = sum_of(other, figure);
        status = compare_number(figure, "incidents", (int64_t)a.incidents, (int64_t)b.incidents, where, err);
        if (status == MARSAD_OK)
            status = compare_number(figure, "low", a.low, b.low, where, err);
        if (status == MARSAD_OK)
            status = compare_number(figure, "best", a.best, b.best, where, err);
        if (status == MARSAD_OK)
            status = compare_number(figure, "high", a.high, b.high, where, err);
    }
    return status;
}

marsad_status bulletin_check(const bulletin_input *input, marsad_error *err)
{
    arena memory = {0};
    tally_table again;
    marsad_status status = compare(input->totals, input->by_area, "the table", err);
    if (status == MARSAD_OK && !tally_incidents(&again, input->incidents, 0, &memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the totals of the bulletin");
    if (status == MARSAD_OK)
        status = compare(input->totals, &again, "the incidents", err);
    arena_free(&memory);
    return status;
}
