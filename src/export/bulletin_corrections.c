/* Corrections in a bulletin: item by item, what differs from the bulletin that it corrects, and after which changes to statements. */
#include "export/bulletin_make.h"

enum { PARTS_MAX = 32 };

/* One item's differences on their way. */
typedef struct {
    bulletin_maker *m;
    const bulletin_item *was, *is; /* `is` NULL: the item is gone */
    page_line parts[PARTS_MAX];
    uint32_t count;
} differences;

static void add_part(differences *d, page_line part)
{
    if (d->count < PARTS_MAX)
        d->parts[d->count++] = part;
}

static const bulletin_item *item_of(const bulletin_items *items, const char *incident)
{
    for (uint32_t i = 0; i < items->count; i++)
        if (strcmp(items->items[i].incident, incident) == 0)
            return &items->items[i];
    return NULL;
}

static const item_statement *statement_in(const bulletin_item *item, const char *id)
{
    for (uint32_t i = 0; item != NULL && i < item->statement_count; i++)
        if (strcmp(item->statements[i].id, id) == 0)
            return &item->statements[i];
    return NULL;
}

static bool stands_in(const bulletin_items *items, const char *id)
{
    for (uint32_t i = 0; i < items->count; i++)
        if (statement_in(&items->items[i], id) != NULL)
            return true;
    return false;
}

/* --- statements ------------------------------------------------------------------------------------------------------------------ */

typedef enum { STATEMENT_WITHDRAWN, STATEMENT_MOVED, STATEMENT_CHANGED, STATEMENT_ADDED, STATEMENT_SAME } difference;

/* What became of a statement of the old item. */
static difference became(const differences *d, const item_statement *s)
{
    const item_statement *now = statement_in(d->is, s->id);
    if (now != NULL)
        return strcmp(now->says, s->says) == 0 ? STATEMENT_SAME : STATEMENT_CHANGED;
    return stands_in(&d->m->in->corrects->now, s->id) ? STATEMENT_MOVED : STATEMENT_WITHDRAWN;
}

static page_line statement_line(bulletin_maker *m, const item_statement *s)
{
    const page_line outlet = s->outlet[0] != 0 ? line_name(&m->page, s->outlet) : line_words(&m->page, "outlet", "none");
    return line_fill(&m->page, "correct.statement", (page_slot[]){{"id", line_name(&m->page, s->id)}, {"outlet", outlet}, {0}});
}

/* "withdrawn: R-… (outlet), R-… (outlet)" of those of `list` that `what` holds for. */
static void add_statements(differences *d, const char *key, const bulletin_item *from, difference what)
{
    bulletin_maker *m = d->m;
    page_line *lines = arena_alloc(m->page.memory, (from->statement_count + (size_t)1) * sizeof *lines);
    uint32_t count = 0;
    if (lines == NULL) {
        page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", key);
        return;
    }
    for (uint32_t i = 0; i < from->statement_count; i++) {
        const item_statement *s = &from->statements[i];
        const difference own = from == d->was ? became(d, s) : statement_in(d->was, s->id) == NULL ? STATEMENT_ADDED : STATEMENT_SAME;
        if (own == what)
            lines[count++] = statement_line(m, s);
    }
    if (count > 0)
        add_part(d, line_fill(&m->page, key, (page_slot[]){{"list", make_list(m, lines, count)}, {0}}));
}

/* --- figures --------------------------------------------------------------------------------------------------------------------- */

static const item_figure *figure_like(const bulletin_item *item, const item_figure *like)
{
    for (uint32_t i = 0; item != NULL && i < item->figure_count; i++)
        if (strcmp(item->figures[i].of, like->of) == 0 && strcmp(item->figures[i].group, like->group) == 0)
            return &item->figures[i];
    return NULL;
}

static page_line figure_line(bulletin_maker *m, const item_figure *figure)
{
    if (figure == NULL)
        return line_words(&m->page, "correct", "none");
    const page_line count = make_range(m, figure->of, figure->low, figure->high);
    if (figure->group[0] == 0)
        return count;
    return line_fill(&m->page, "count.group", (page_slot[]){{"count", count}, {"group", line_words(&m->page, "group", figure->group)}, {0}});
}

/* On whose word: the outlets of the item, as it is now or, if it is gone, as it was. */
static page_line by_item(bulletin_maker *m, const bulletin_item *item)
{
    page_line *names = arena_alloc(m->page.memory, (item->statement_count + (size_t)1) * sizeof *names);
    uint32_t count = 0;
    if (names == NULL) {
        page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", item->incident);
        return (page_line){0};
    }
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const char *outlet = item->statements[i].outlet;
        bool is_new = true;
        names[count] = outlet[0] != 0 ? line_name(&m->page, outlet) : line_words(&m->page, "outlet", "none");
        for (uint32_t k = 0; k < count; k++)
            is_new = is_new && !line_equal(names[k], names[count]);
        count += is_new;
    }
    return line_fill(&m->page, "by.item", (page_slot[]){{"who", make_list(m, names, count)}, {0}});
}

static void add_figure(differences *d, const item_figure *was, const item_figure *is)
{
    const bool is_same = was != NULL && is != NULL && was->low == is->low && was->high == is->high;
    if (is_same)
        return;
    const page_line by = by_item(d->m, d->is != NULL ? d->is : d->was);
    add_part(d, line_fill(&d->m->page, "clause.corrected",
                          (page_slot[]){{"was", figure_line(d->m, was)}, {"now", figure_line(d->m, is)}, {"by", by}, {0}}));
}

/* Where the statements of an item stand in another one now, so do their numbers. */
static bool is_told_elsewhere(const differences *d)
{
    for (uint32_t i = 0; d->is == NULL && i < d->was->statement_count; i++)
        if (became(d, &d->was->statements[i]) == STATEMENT_MOVED)
            return true;
    return false;
}

static void add_figures(differences *d)
{
    if (is_told_elsewhere(d))
        return;
    for (uint32_t i = 0; i < d->was->figure_count; i++)
        add_figure(d, &d->was->figures[i], figure_like(d->is, &d->was->figures[i]));
    for (uint32_t i = 0; d->is != NULL && i < d->is->figure_count; i++)
        if (figure_like(d->was, &d->is->figures[i]) == NULL)
            add_figure(d, NULL, &d->is->figures[i]);
}

/* --- items ----------------------------------------------------------------------------------------------------------------------- */

static void add_grade(differences *d)
{
    page *p = &d->m->page;
    if (d->is != NULL && strcmp(d->was->grade, d->is->grade) != 0)
        add_part(d, line_fill(p, "correct.grade",
                              (page_slot[]){{"was", line_words(p, "grade", d->was->grade)}, {"now", line_words(p, "grade", d->is->grade)}, {0}}));
}

/* False if the item says what it said. */
static bool tell_item(bulletin_maker *m, const bulletin_item *was)
{
    differences d = {.m = m, .was = was, .is = item_of(&m->in->corrects->now, was->incident)};
    page *p = &m->page;
    if (d.is == NULL)
        add_part(&d, line_words(p, "correct", "gone"));
    add_statements(&d, "correct.withdrawn", was, STATEMENT_WITHDRAWN);
    add_statements(&d, "correct.moved", was, STATEMENT_MOVED);
    add_statements(&d, "correct.changed", was, STATEMENT_CHANGED);
    if (d.is != NULL)
        add_statements(&d, "correct.added", d.is, STATEMENT_ADDED);
    add_figures(&d);
    add_grade(&d);
    if (d.count == 0)
        return false;
    page_add(p, BLOCK_SENTENCE,
             line_fill(p, "correct.item",
                       (page_slot[]){{"bulletin", line_number(p, m->in->corrects->number)},
                                     {"item", line_number(p, was->number)},
                                     {"id", line_name(p, was->incident)},
                                     {"changes", line_join(p, d.parts, d.count, "list.claims", "list.claims")},
                                     {0}}));
    return true;
}

static bool tell_new(bulletin_maker *m, const bulletin_item *is)
{
    page *p = &m->page;
    if (item_of(&m->in->corrects->was, is->incident) != NULL)
        return false;
    page_add(p, BLOCK_NOTE,
             line_fill(p, "correct.new",
                       (page_slot[]){{"bulletin", line_number(p, m->in->corrects->number)},
                                     {"item", line_number(p, is->number)},
                                     {"id", line_name(p, is->incident)},
                                     {0}}));
    return true;
}

void bulletin_corrections(bulletin_maker *m)
{
    const bulletin_correction *c = m->in->corrects;
    uint32_t told = 0;
    if (c == NULL)
        return;
    const page_line number = line_number(&m->page, c->number);
    page_add(&m->page, BLOCK_HEADING, line_words(&m->page, "section", "corrections"));
    page_add(&m->page, BLOCK_NOTE, line_fill(&m->page, "note.corrects", (page_slot[]){{"bulletin", number}, {0}}));
    for (uint32_t i = 0; i < c->was.count; i++)
        told += tell_item(m, &c->was.items[i]);
    for (uint32_t i = 0; i < c->now.count; i++)
        told += tell_new(m, &c->now.items[i]);
    if (told == 0)
        page_add(&m->page, BLOCK_NOTE, line_fill(&m->page, "note.corrects_nothing", (page_slot[]){{"bulletin", number}, {0}}));
}
