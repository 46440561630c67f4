/* The incidents of a bulletin: under each governorate, what was said of each happening, by whom, with which numbers, and who denies it. */
#include "export/bulletin_make.h"

#include <stdlib.h>

enum { SCENE_MAX = 16, PARTIES_MAX = 32 };

/* --- what a statement says ------------------------------------------------------------------------------------------- */

static page_line where_of(bulletin_maker *m, const statement *s)
{
    const statement_place *scene[SCENE_MAX];
    page_line lines[SCENE_MAX];
    size_t count = statement_scene(s, scene, SCENE_MAX);
    count = count < SCENE_MAX ? count : SCENE_MAX;
    for (size_t i = 0; i < count; i++) {
        const char *key = page_key(&m->page, "where", marsad_relation_name(scene[i]->relation));
        lines[i] = line_fill(&m->page, key, (page_slot[]){{"place", make_place(m, scene[i])}, {0}});
    }
    return make_list(m, lines, (uint32_t)count);
}

/* "a hospital", else the party's name; false if the report leaves it open. */
static bool party_or_object(bulletin_maker *m, const statement_party *party, page_line *out)
{
    if (party->object[0] == 0)
        return make_party(m, party->who, out);
    *out = line_words(&m->page, "object", party->object);
    return true;
}

static page_line parties_of(bulletin_maker *m, const statement_party *parties, uint32_t count)
{
    page_line lines[PARTIES_MAX];
    uint32_t used = 0;
    for (uint32_t i = 0; i < count && used < PARTIES_MAX; i++) {
        bool is_new = party_or_object(m, &parties[i], &lines[used]);
        for (uint32_t k = 0; is_new && k < used; k++)
            is_new = !line_equal(lines[k], lines[used]);
        used += is_new;
    }
    return make_list(m, lines, used);
}

/* Adds ", attributed to X" where X is known: the row "ROLE.FRAME" of the kind's frame. */
static page_line with_parties(bulletin_maker *m, page_line what, const char *role, const char *frame, page_line who)
{
    if (who.count == 0)
        return what;
    const page_line part = line_fill(&m->page, page_key(&m->page, role, frame), (page_slot[]){{"who", who}, {0}});
    return line_fill(&m->page, "what.part", (page_slot[]){{"first", what}, {"second", part}, {0}});
}

/* Of what was done to somebody, it is told to whom before by whom. */
static bool tells_target_first(const char *frame)
{
    return strcmp(frame, "deed") == 0 || strcmp(frame, "harm") == 0 || strcmp(frame, "damage") == 0;
}

/* "air strike in X, on Y, attributed to Z": a noun, never a verb. */
static page_line what_of(bulletin_maker *m, const statement *s)
{
    const char *kind = marsad_kind_name(s->kind);
    const char *frame = wording_text(m->page.wording, m->page.language, page_key(&m->page, "frame", kind));
    const page_line where = where_of(m, s);
    page_line what = line_words(&m->page, "kind", kind);
    if (where.count > 0)
        what = line_fill(&m->page, "what.where", (page_slot[]){{"kind", what}, {"where", where}, {0}});
    if (frame == NULL)
        return what;
    const page_line actors = parties_of(m, s->actors, s->actor_count), targets = parties_of(m, s->targets, s->target_count);
    if (!tells_target_first(frame))
        return with_parties(m, with_parties(m, what, "actors", frame, actors), "targets", frame, targets);
    return with_parties(m, with_parties(m, what, "targets", frame, targets), "actors", frame, actors);
}

static const char *sentence_key(marsad_modality modality)
{
    static const char *const keys[MARSAD_MODALITY_COUNT] = {
        [MARSAD_ASSERTED] = "say.claim", [MARSAD_PLANNED] = "say.planned", [MARSAD_DENIED] = "say.denied", [MARSAD_POSSIBLE] = "say.possible"};
    return keys[modality];
}

/* --- statements that say the same stand in one sentence ------------------------------------------------------------- */

typedef struct {
    page_line what;
    const char *key; /* of the sentence or clause */
    const statement **from;
    uint32_t count, room;
} saying;

typedef struct {
    saying *items;
    uint32_t count, room;
} saying_list;

static void add_saying(bulletin_maker *m, saying_list *list, const char *key, page_line what, const statement *s)
{
    uint32_t i = 0;
    while (i < list->count && (strcmp(list->items[i].key, key) != 0 || !line_equal(list->items[i].what, what)))
        i++;
    if (i == list->count) {
        if (!ARENA_GROW(m->page.memory, list->items, list->count, list->room)) {
            page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", key);
            return;
        }
        list->items[list->count++] = (saying){.what = what, .key = key};
    }
    saying *to = &list->items[i];
    if (!ARENA_GROW(m->page.memory, to->from, to->count, to->room)) {
        page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", key);
        return;
    }
    to->from[to->count++] = s;
}

/* Claims first, then what is possible or planned, denials last. */
static void say_claims(bulletin_maker *m, const incident *item)
{
    static const marsad_modality order[] = {MARSAD_ASSERTED, MARSAD_POSSIBLE, MARSAD_PLANNED, MARSAD_DENIED};
    for (size_t o = 0; o < sizeof order / sizeof *order; o++) {
        saying_list list = {0};
        for (uint32_t i = 0; i < item->statement_count; i++)
            if (item->statements[i]->modality == order[o])
                add_saying(m, &list, sentence_key(order[o]), what_of(m, item->statements[i]), item->statements[i]);
        for (uint32_t i = 0; i < list.count; i++)
            say(m, list.items[i].key, "by", make_by(m, list.items[i].from, list.items[i].count), "what", list.items[i].what);
    }
}

/* --- figures --------------------------------------------------------------------------------------------------------- */

static bool is_bound_of(const statement_figure *f, const incident_figure *figure)
{
    return f->low == figure->low || f->high == figure->high || (f->value != MARSAD_NO_VALUE && f->value == figure->best);
}

/* What a statement says of an incident's figure lies within its bounds; vague words may mean anything. */
static bool is_within(const statement_figure *f, const incident_figure *figure)
{
    const int64_t least = f->low != MARSAD_NO_VALUE ? f->low : f->value, most = f->high != MARSAD_NO_VALUE ? f->high : least;
    const bool is_high_enough = least == MARSAD_NO_VALUE || least >= figure->low;
    return is_high_enough && (figure->high == MARSAD_NO_VALUE || most == MARSAD_NO_VALUE || most <= figure->high);
}

/*
 * The figure that a statement gives to an incident's figure: the only one within its bounds, else the one that made a bound. NULL where that cannot be told:
 * the words that say whom a figure counts may be withheld. Where it can be told of nobody, the sources are said to give the bounds together.
 */
static const statement_figure *figure_given(const statement *s, const incident_figure *figure)
{
    const statement_figure *only = NULL, *bound = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->figure_count; i++) {
        const statement_figure *f = &s->figures[i];
        if (f->of != figure->of || !is_within(f, figure))
            continue;
        count++;
        only = f;
        if (bound == NULL && is_bound_of(f, figure))
            bound = f;
    }
    return count == 1 ? only : bound;
}

/* "3 killed according to A; 7 killed according to B; the accounts differ." */
static void say_figure(bulletin_maker *m, const incident_figure *figure)
{
    saying_list list = {0};
    for (uint32_t i = 0; i < figure->from_count; i++) {
        const statement_figure *given = figure_given(figure->from[i], figure);
        if (given != NULL)
            add_saying(m, &list, "clause.count", make_figure(m, given, figure->group), figure->from[i]);
    }
    const bool is_clear = list.count > 0;
    const statement_figure together = {
        .of = figure->of, .bound = MARSAD_EXACT, .value = figure->best, .low = figure->low, .high = figure->high, .words = ""};
    for (uint32_t i = 0; i < figure->from_count && !is_clear; i++)
        add_saying(m, &list, "clause.count", make_figure(m, &together, figure->group), figure->from[i]);
    if (list.count == 0)
        return;
    page_line *clauses = arena_alloc(m->page.memory, list.count * sizeof *clauses);
    if (clauses == NULL) {
        page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", figure->group);
        return;
    }
    for (uint32_t i = 0; i < list.count; i++)
        clauses[i] = line_fill(&m->page, "clause.count",
                               (page_slot[]){{"count", list.items[i].what}, {"by", make_by(m, list.items[i].from, list.items[i].count)}, {0}});
    const page_line claims = line_join(&m->page, clauses, list.count, "list.claims", "list.claims");
    page_add(&m->page, BLOCK_SENTENCE,
             line_fill(&m->page, figure->is_disputed ? "say.disputed" : "say.counts", (page_slot[]){{"claims", claims}, {0}}));
}

/* --- an item --------------------------------------------------------------------------------------------------------- */

static void add_head(bulletin_maker *m, const incident *item, uint32_t number)
{
    page *p = &m->page;
    page_line places[SCENE_MAX];
    uint32_t count = 0;
    for (; count < item->place_count && count < SCENE_MAX; count++)
        places[count] = make_place(m, item->places[count]);
    const page_line place = count > 0 ? make_list(m, places, count) : line_words(p, "place", "none");
    const char *review = item->is_verified ? "two" : item->is_reviewed ? "one" : "none";
    const incident_grade grade = item->is_reviewed ? item->grade : GRADE_DRAFT;
    page_add(p, BLOCK_ITEM,
             line_fill(p, "item.head",
                       (page_slot[]){{"number", line_number(p, number)},
                                     {"place", place},
                                     {"id", line_name(p, item->id)},
                                     {"grade", line_words(p, "grade", incident_grade_name(grade))},
                                     {"review", line_words(p, "review", review)},
                                     {0}}));
}

static void add_days(bulletin_maker *m, const incident *item)
{
    page *p = &m->page;
    if (!item->has_days)
        page_add(p, BLOCK_NOTE, line_fill(p, "item.undated", NULL));
    else if (item->start != item->end && item->start != NO_DAY && item->end != NO_DAY)
        page_add(p, BLOCK_NOTE, line_fill(p, "item.days", (page_slot[]){{"from", make_day(m, item->start)}, {"to", make_day(m, item->end)}, {0}}));
}

static void add_sources(bulletin_maker *m, const incident *item)
{
    page *p = &m->page;
    page_line *list = arena_alloc(p->memory, item->statement_count * sizeof *list);
    if (list == NULL) {
        page_fail(p, MARSAD_ERR_SYSTEM, "out of memory for", item->id);
        return;
    }
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        const page_line outlet = s->outlet[0] != 0 ? line_link(p, s->outlet, s->url) : line_words(p, "outlet", "none");
        const page_line day = s->published != NO_DAY ? make_day(m, s->published) : line_words(p, "day", "none");
        list[i] = line_fill(p, "source.one", (page_slot[]){{"outlet", outlet}, {"id", line_name(p, s->id)}, {"day", day}, {0}});
    }
    const page_line sources = line_join(p, list, item->statement_count, "list.claims", "list.claims");
    page_add(p, BLOCK_SOURCES, line_fill(p, "item.sources", (page_slot[]){{"list", sources}, {0}}));
}

static void add_item(bulletin_maker *m, const incident *item, uint32_t number)
{
    add_head(m, item, number);
    add_days(m, item);
    say_claims(m, item);
    for (uint32_t i = 0; i < item->figure_count; i++)
        say_figure(m, &item->figures[i]);
    add_sources(m, item);
}

/* --- the sections ---------------------------------------------------------------------------------------------------- */

static const char *country_of(const incident *item)
{
    return item->place_count > 0 ? item->places[0]->country : "";
}

static const char *governorate_of(const incident *item)
{
    return item->place_count > 0 ? item->places[0]->admin1 : "";
}

/* By country and governorate, without one last; within one as in the list: by start, then id. */
static int by_governorate(const void *a, const void *b)
{
    const incident *x = *(const incident *const *)a, *y = *(const incident *const *)b;
    const bool has_x = governorate_of(x)[0] != 0, has_y = governorate_of(y)[0] != 0;
    if (has_x != has_y)
        return has_x ? -1 : 1;
    int order = strcmp(country_of(x), country_of(y));
    if (order == 0)
        order = strcmp(governorate_of(x), governorate_of(y));
    return order != 0 ? order : (x > y) - (x < y);
}

static bool is_same_governorate(const incident *a, const incident *b)
{
    return strcmp(governorate_of(a), governorate_of(b)) == 0 && strcmp(country_of(a), country_of(b)) == 0;
}

/* Adds those of `all` that are (not) of a period to `items`, in their order; returns how many there are now. */
static uint32_t add_ordered(const incident **items, uint32_t count, const incident_list *all, bool is_period)
{
    const uint32_t first = count;
    for (uint32_t i = 0; i < all->count; i++)
        if (all->items[i].is_period == is_period)
            items[count++] = &all->items[i];
    if (count > first)
        qsort(items + first, count - first, sizeof *items, by_governorate);
    return count;
}

const incident **bulletin_order(const incident_list *all, uint32_t *count, arena *memory)
{
    const incident **items = arena_alloc(memory, (all->count + (size_t)1) * sizeof *items);
    *count = items == NULL ? 0 : add_ordered(items, add_ordered(items, 0, all, false), all, true);
    return items;
}

/* The items [from, to) of the order: their numbers are their places in it. */
static void add_section(bulletin_maker *m, const char *heading, const incident *const *items, uint32_t from, uint32_t to)
{
    if (from == to)
        return;
    page_add(&m->page, BLOCK_HEADING, line_words(&m->page, "section", heading));
    if (items[from]->is_period)
        page_add(&m->page, BLOCK_NOTE, line_words(&m->page, "note", "periods"));
    for (uint32_t i = from; i < to; i++) {
        if (i == from || !is_same_governorate(items[i], items[i - 1]))
            page_add(&m->page, BLOCK_GROUP, make_governorate(m, country_of(items[i]), governorate_of(items[i])));
        add_item(m, items[i], i + 1);
    }
}

void bulletin_incidents(bulletin_maker *m)
{
    uint32_t count, periods = 0;
    const incident **items = bulletin_order(m->in->incidents, &count, m->page.memory);
    if (items == NULL) {
        page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", "incidents");
        return;
    }
    while (periods < count && !items[periods]->is_period)
        periods++;
    add_section(m, "incidents", items, 0, periods);
    add_section(m, "periods", items, periods, count);
}
