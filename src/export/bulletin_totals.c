/* The totals of a bulletin: a sentence and a table, from the same two tallies that bulletin_check() compares. */
#include "export/bulletin_make.h"

static const page_slot end = {0};

static const char *noun_of(const tally_row *row)
{
    return marsad_figure_name(row->of);
}

static void say_total(bulletin_maker *m, const tally_row *row)
{
    page *p = &m->page;
    const page_line read = make_count(m, "articles", m->in->coverage.articles);
    const page_line by = line_fill(p, "by.reports", (page_slot[]){{"who", read}, end});
    page_add(p, BLOCK_SENTENCE,
             line_fill(p, "say.total",
                       (page_slot[]){{"by", by},
                                     {"count", make_range(m, noun_of(row), row->low, row->high)},
                                     {"incidents", make_count(m, "incidents", row->incidents)},
                                     end}));
}

static void say_window(bulletin_maker *m, const tally_row *row)
{
    if (row->window_from == NULL)
        return;
    say(m, "say.window", "by", make_by(m, &row->window_from, 1), "count", make_range(m, noun_of(row), row->window_low, MARSAD_NO_VALUE));
}

static page_line number_or_open(bulletin_maker *m, int64_t number)
{
    return number == MARSAD_NO_VALUE ? line_words(&m->page, "cell", "open") : line_number(&m->page, number);
}

static void add_row(bulletin_maker *m, const tally_row *row, page_line area)
{
    const page_line cells[] = {
        line_words(&m->page, "noun", noun_of(row)), area, number_or_open(m, row->low), number_or_open(m, row->best), number_or_open(m, row->high),
        line_number(&m->page, row->incidents)};
    page_add_cells(&m->page, BLOCK_TABLE_ROW, cells, sizeof cells / sizeof *cells);
}

/* "SY/Aleppo": country and governorate; "" where an incident's places share none. */
static page_line area_line(bulletin_maker *m, const char *area)
{
    const char *slash = strchr(area, '/');
    const char *country = slash != NULL ? arena_string(m->page.memory, (view){area, (size_t)(slash - area)}) : "";
    if (country == NULL)
        page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", area);
    return make_governorate(m, country != NULL ? country : "", slash != NULL ? slash + 1 : area);
}

static void add_table(bulletin_maker *m)
{
    static const char *const names[] = {"figure", "area", "low", "best", "high", "incidents"};
    enum { COLUMNS = sizeof names / sizeof *names };
    page_line head[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        head[i] = line_words(&m->page, "column", names[i]);
    page_add_cells(&m->page, BLOCK_TABLE_HEAD, head, COLUMNS);

    for (uint32_t t = 0; t < m->in->totals->count; t++) {
        const tally_row *total = &m->in->totals->items[t];
        for (uint32_t i = 0; i < m->in->by_area->count; i++) {
            const tally_row *row = &m->in->by_area->items[i];
            if (row->of == total->of && row->incidents > 0)
                add_row(m, row, area_line(m, row->area));
        }
        if (total->incidents > 0)
            add_row(m, total, line_words(&m->page, "cell", "all"));
    }
}

void bulletin_totals(bulletin_maker *m)
{
    const tally_table *totals = m->in->totals;
    bool has_rows = false;
    for (uint32_t i = 0; i < totals->count; i++)
        has_rows |= totals->items[i].incidents > 0 || totals->items[i].window_from != NULL;
    if (!has_rows)
        return;

    page_add(&m->page, BLOCK_HEADING, line_words(&m->page, "section", "totals"));
    page_add(&m->page, BLOCK_NOTE, line_words(&m->page, "note", "totals"));
    for (uint32_t i = 0; i < totals->count; i++) {
        if (totals->items[i].incidents > 0)
            say_total(m, &totals->items[i]);
        say_window(m, &totals->items[i]);
    }
    add_table(m);
}
