/* The truce in a bulletin: what each side alleges of the other, by governorate, and where nothing was seen. */
#include "export/bulletin_make.h"

static const page_slot end = {0};

/* A side of rules/sides.tsv, or a party that has none; "" and "unknown" are nobody that was named. */
static page_line side_line(bulletin_maker *m, const char *side)
{
    page_line party;
    const char *key = page_key(&m->page, "side", side);
    if (wording_text(m->page.wording, m->page.language, key) != NULL)
        return line_fill(&m->page, key, NULL);
    return make_party(m, side, &party) ? party : line_words(&m->page, "side", "none");
}

static page_line by_side(bulletin_maker *m, const truce_cell *cell)
{
    page *p = &m->page;
    if (cell->accuser_side[0] != 0)
        return line_fill(p, "by.allegation", (page_slot[]){{"who", side_line(m, cell->accuser_side)}, end});
    return line_fill(p, "by.press", (page_slot[]){{"who", make_count(m, "articles", m->in->coverage.articles)}, end});
}

static bool has_numbers(const truce_cell *cell)
{
    return cell->today > 0 || cell->previous > 0 || cell->total > 0;
}

static void say_cell(bulletin_maker *m, const truce_cell *cell)
{
    page *p = &m->page;
    page_add(p, BLOCK_SENTENCE,
             line_fill(p, "say.truce",
                       (page_slot[]){{"by", by_side(m, cell)},
                                     {"count", make_count(m, "candidates", cell->today)},
                                     {"accused", side_line(m, cell->accused_side)},
                                     {"place", make_governorate(m, m->in->agreement->country, cell->governorate)},
                                     {"previous", make_count(m, "candidates", cell->previous)},
                                     {"total", make_count(m, "candidates", cell->total)},
                                     end}));
}

static page_line killed_cell(bulletin_maker *m, const truce_cell *cell)
{
    page *p = &m->page;
    if (cell->killed_high == MARSAD_NO_VALUE)
        return line_fill(p, "number.at_least", (page_slot[]){{"low", line_number(p, cell->killed_low)}, end});
    if (cell->killed_low == cell->killed_high)
        return line_number(p, cell->killed_low);
    return line_fill(p, "number.closed", (page_slot[]){{"low", line_number(p, cell->killed_low)}, {"high", line_number(p, cell->killed_high)}, end});
}

static void add_row(bulletin_maker *m, const truce_cell *cell)
{
    page *p = &m->page;
    const page_line none = line_words(p, "cell", "none");
    const bool has = has_numbers(cell);
    const page_line cells[] = {make_governorate(m, m->in->agreement->country, cell->governorate),
                               has ? side_line(m, cell->accuser_side) : none,
                               has ? side_line(m, cell->accused_side) : none,
                               line_number(p, cell->today),
                               line_number(p, cell->previous),
                               line_number(p, cell->total),
                               has ? killed_cell(m, cell) : none,
                               line_words(p, "cell", cell->was_seen ? "seen" : "unseen")};
    page_add_cells(p, BLOCK_TABLE_ROW, cells, sizeof cells / sizeof *cells);
}

void bulletin_truce(bulletin_maker *m)
{
    static const char *const names[] = {"area", "accuser", "accused", "today", "previous", "total", "killed", "seen"};
    enum { COLUMNS = sizeof names / sizeof *names };
    page *p = &m->page;
    const truce_table *table = m->in->truce;
    if (table == NULL || m->in->agreement == NULL)
        return;

    const char *name = p->language == LANGUAGE_AR ? m->in->agreement->name_ar : m->in->agreement->name_en;
    page_add(p, BLOCK_HEADING, line_fill(p, "section.truce", (page_slot[]){{"name", line_name(p, name)}, end}));
    page_add(p, BLOCK_NOTE, line_words(p, "note", "truce"));
    for (uint32_t i = 0; i < table->count; i++)
        if (has_numbers(&table->items[i]))
            say_cell(m, &table->items[i]);

    page_line head[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        head[i] = line_words(p, "column", names[i]);
    page_add_cells(p, BLOCK_TABLE_HEAD, head, COLUMNS);
    for (uint32_t i = 0; i < table->count; i++)
        add_row(m, &table->items[i]);
}
