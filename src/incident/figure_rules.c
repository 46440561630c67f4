/* figures.tsv: how the figures of several statements become one. */
#include "incident/rules_tables.h"

enum { COLUMN_STEP, COLUMN_NAME, COLUMN_BOUNDS, COLUMN_TAKE, COLUMN_VERSION };
static const char *const columns[] = {"step", "name", "bounds", "take", "version", NULL};
static const char *const step_names[] = {"read", "choose", "spread"};
enum { STEP_READ, STEP_CHOOSE, STEP_SPREAD };
static const char *const read_names[] = {"value", "low", "high"};
static const char *const choose_names[] = {"same", "most", "middle", "greatest"};

enum { ALL_BOUNDS = (1 << MARSAD_BOUND_COUNT) - 1 };

static bool bound_find(unsigned *bounds, view name, marsad_error *err)
{
    for (int bound = 0; bound < MARSAD_BOUND_COUNT; bound++) {
        if (view_equal(name, view_of(marsad_bound_name((marsad_bound)bound)))) {
            *bounds |= 1U << bound;
            return true;
        }
    }
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "unknown bound '%.*s'", (int)name.len, name.ptr) == MARSAD_OK;
}

/* "any", or names parted by '|'. */
static bool bounds_read(unsigned *bounds, const char *cell, marsad_error *err)
{
    *bounds = 0;
    if (strcmp(cell, "any") == 0) {
        *bounds = ALL_BOUNDS;
        return true;
    }
    for (const char *at = cell; at != NULL;) {
        const char *end = strchr(at, '|');
        if (!bound_find(bounds, (view){at, end == NULL ? strlen(at) : (size_t)(end - at)}, err))
            return false;
        at = end == NULL ? NULL : end + 1;
    }
    return true;
}

static bool read_row(figure_rules *figures, unsigned bounds, const char *take, marsad_error *err)
{
    const int number = rules_word(take, read_names, sizeof read_names / sizeof *read_names, "number of a figure", err);
    if (number < 0)
        return false;
    for (int bound = 0; bound < MARSAD_BOUND_COUNT; bound++)
        if ((bounds & 1U << bound) != 0)
            figures->read[bound] = (figure_read)number;
    figures->is_read |= bounds;
    return true;
}

/* In hundredths of the number. */
static bool spread_row(figure_rules *figures, unsigned bounds, const char *take, marsad_error *err)
{
    unsigned hundredths;
    if (!rules_number(&hundredths, take, 100, err))
        return false;
    for (int bound = 0; bound < MARSAD_BOUND_COUNT; bound++)
        if ((bounds & 1U << bound) != 0)
            figures->spread[bound] = hundredths;
    return true;
}

static bool choose_row(rule_set *rules, unsigned bounds, const char *const *cells, marsad_error *err)
{
    figure_rules *figures = &rules->figures;
    if (figures->count == FIGURE_ROWS_MAX)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "more than %d rows that choose", FIGURE_ROWS_MAX) == MARSAD_OK;
    const int choose = rules_word(cells[COLUMN_TAKE], choose_names, sizeof choose_names / sizeof *choose_names, "choice", err);
    const char *label = choose < 0 ? NULL : rules_label(rules, cells[COLUMN_NAME], cells[COLUMN_VERSION], err);
    if (label == NULL)
        return false;
    figures->rows[figures->count++] = (figure_row){.label = label, .choose = (figure_choose)choose, .bounds = bounds};
    return true;
}

static bool figure_row_read(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    unsigned bounds;
    const int step = rules_word(cells[COLUMN_STEP], step_names, sizeof step_names / sizeof *step_names, "step", err);
    if (step < 0 || !bounds_read(&bounds, cells[COLUMN_BOUNDS], err))
        return false;
    if (step == STEP_CHOOSE)
        return choose_row(rules, bounds, cells, err);
    return step == STEP_READ ? read_row(&rules->figures, bounds, cells[COLUMN_TAKE], err)
                             : spread_row(&rules->figures, bounds, cells[COLUMN_TAKE], err);
}

/* Every bound has a number, and the last row finds an answer whatever the statements say. */
marsad_status figure_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    const marsad_status status = rules_read_table(rules, folder, "figures.tsv", columns, figure_row_read, err);
    if (status != MARSAD_OK)
        return status;
    const figure_rules *figures = &rules->figures;
    if (figures->is_read != ALL_BOUNDS)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s/figures.tsv: a bound without a row that reads it", folder);
    const figure_row *last = figures->count == 0 ? NULL : &figures->rows[figures->count - 1];
    if (last == NULL || last->bounds != ALL_BOUNDS || last->choose < CHOOSE_MIDDLE)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s/figures.tsv: the last row must choose the middle or the greatest of any bound",
                    folder);
    return MARSAD_OK;
}
