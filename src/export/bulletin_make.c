/* Lines that all sections of a bulletin are made of. */
#include "export/bulletin_make.h"

#include <stdio.h>

enum { NAMES_MAX = 64 }; /* of one list of names; what is over it is not named twice anyway: outlets and speakers are few */

static bool is_arabic(const bulletin_maker *m)
{
    return m->page.language == LANGUAGE_AR;
}

/* A name in Arabic stands after a preposition or a noun: a few change their ending there, as rows say. */
static const char *party_text(bulletin_maker *m, const party_row *party)
{
    if (!is_arabic(m))
        return party->name_en;
    const char *text = wording_text(m->page.wording, m->page.language, page_key(&m->page, "genitive", party->who));
    return text != NULL ? text : party->name_ar;
}

bool make_party(bulletin_maker *m, const char *who, page_line *out)
{
    const party_row *party = party_find(rules_parties(m->in->rules), who);
    if (party == NULL || strcmp(who, "unknown") == 0 || strcmp(who, "other") == 0)
        return false;
    *out = line_name(&m->page, party_text(m, party));
    return true;
}

page_line make_list(bulletin_maker *m, const page_line *lines, uint32_t count)
{
    return line_join(&m->page, lines, count, "list.more", "list.pair");
}

page_line make_holder(bulletin_maker *m, const char *holder)
{
    page_line line = {0};
    if (strcmp(holder, "contested") == 0)
        return line_words(&m->page, "holder", "contested");
    return make_party(m, holder, &line) ? line : line_words(&m->page, "holder", "unknown");
}

page_line make_day(bulletin_maker *m, int32_t day)
{
    const marsad_date date = day_date(day);
    char month[16];
    (void)snprintf(month, sizeof month, "%u", date.month);
    return line_fill(&m->page, "day",
                     (page_slot[]){{"d", line_number(&m->page, date.day)},
                                   {"month", line_words(&m->page, "month", month)},
                                   {"year", line_number(&m->page, date.year)},
                                   {0}});
}

/* --- places ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    page *page;
    const char *country;
    page_line line; /* empty: not found */
} governorate_search;

static bool take_governorate(void *context, const marsad_place_row *place)
{
    governorate_search *search = context;
    if (strcmp(place->feature, "adm1") != 0 || strcmp(place->country, search->country) != 0 || place->name_en[0] == 0)
        return true;
    search->line = line_name(search->page, place->name_en);
    return false;
}

page_line make_governorate(bulletin_maker *m, const char *country, const char *governorate)
{
    governorate_search search = {.page = &m->page, .country = country};
    if (governorate[0] == 0)
        return line_words(&m->page, "place", "none");
    if (!is_arabic(m) && m->in->gazetteer != NULL)
        marsad_gazetteer_find(m->in->gazetteer, view_of(governorate), take_governorate, &search);
    return search.line.count > 0 ? search.line : line_name(&m->page, governorate);
}

page_line make_place(bulletin_maker *m, const statement_place *place)
{
    if (!is_arabic(m) && place->name_en[0] != 0)
        return line_name(&m->page, place->name_en);
    const bool is_governorate = place->admin1[0] != 0 && strcmp(place->norm, place->admin1) == 0;
    if (place->norm[0] != 0 && !is_governorate)
        return line_name(&m->page, place->norm);
    if (place->admin1[0] != 0)
        return make_governorate(m, place->country, place->admin1);
    return place->country[0] != 0 ? line_name(&m->page, place->country) : line_words(&m->page, "place", "none");
}

/* --- numbers --------------------------------------------------------------------------------------------------------- */

page_line make_count(bulletin_maker *m, const char *noun, int64_t number)
{
    const char *form = page_key(&m->page, noun, wording_plural(m->page.wording, m->page.language, number));
    return line_fill(&m->page, page_key(&m->page, "count", form), (page_slot[]){{"n", line_number(&m->page, number)}, {0}});
}

page_line make_range(bulletin_maker *m, const char *noun, int64_t low, int64_t high)
{
    page *p = &m->page;
    if (low == MARSAD_NO_VALUE && high == MARSAD_NO_VALUE)
        return line_fill(p, "bound.open", (page_slot[]){{"noun", line_words(p, "noun", noun)}, {0}});
    if (low == high)
        return make_count(m, noun, low);
    if (high == MARSAD_NO_VALUE)
        return line_fill(p, "bound.at_least", (page_slot[]){{"count", make_count(m, noun, low)}, {0}});
    if (low == MARSAD_NO_VALUE)
        return line_fill(p, "bound.up_to", (page_slot[]){{"count", make_count(m, noun, high)}, {0}});
    const page_line number = line_fill(p, "number.closed", (page_slot[]){{"low", line_number(p, low)}, {"high", line_number(p, high)}, {0}});
    return line_fill(p, "bound.closed", (page_slot[]){{"noun", line_words(p, "noun", noun)}, {"number", number}, {0}});
}

page_line make_figure(bulletin_maker *m, const statement_figure *figure, const char *group)
{
    const char *noun = marsad_figure_name(figure->of);
    const bool is_about = figure->bound == MARSAD_ABOUT && figure->value != MARSAD_NO_VALUE;
    const page_line count = is_about ? line_fill(&m->page, "bound.about", (page_slot[]){{"count", make_count(m, noun, figure->value)}, {0}})
                                     : make_range(m, noun, figure->low, figure->high);
    if (group[0] == 0)
        return count;
    return line_fill(&m->page, "count.group", (page_slot[]){{"count", count}, {"group", line_words(&m->page, "group", group)}, {0}});
}

/* --- on whose word --------------------------------------------------------------------------------------------------- */

typedef struct {
    page_line items[NAMES_MAX];
    uint32_t count;
} name_list;

static void add_name(name_list *names, page_line name)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (line_equal(names->items[i], name))
            return;
    if (names->count < NAMES_MAX)
        names->items[names->count++] = name;
}

static page_line outlet_line(bulletin_maker *m, const statement *s)
{
    return s->outlet[0] != 0 ? line_name(&m->page, s->outlet) : line_words(&m->page, "outlet", "none");
}

/* Sorts a statement under its named speakers, else under its outlet: quoted there, or in the outlet's own voice. */
static void sort_statement(bulletin_maker *m, const statement *s, name_list *speakers, name_list *own, name_list *quoted)
{
    bool is_named = false;
    for (uint32_t i = 0; i < s->speaker_count; i++) {
        page_line name;
        if (make_party(m, s->speakers[i].who, &name)) {
            add_name(speakers, name);
            is_named = true;
        }
    }
    if (!is_named)
        add_name(s->speaker_count > 0 ? quoted : own, outlet_line(m, s));
}

page_line make_by(bulletin_maker *m, const statement *const *statements, uint32_t count)
{
    name_list names[3] = {0};
    static const char *const keys[] = {"by.speakers", "by.outlets", "by.quoted"};
    for (uint32_t i = 0; i < count; i++)
        sort_statement(m, statements[i], &names[0], &names[1], &names[2]);
    page_line parts[3];
    uint32_t part_count = 0;
    for (int i = 0; i < 3; i++)
        if (names[i].count > 0)
            parts[part_count++] = line_fill(&m->page, keys[i], (page_slot[]){{"who", make_list(m, names[i].items, names[i].count)}, {0}});
    if (part_count == 0)
        page_fail(&m->page, MARSAD_ERR_ARGUMENT, "a claim without a statement in the bulletin in", wording_language_code(m->page.language));
    return make_list(m, parts, part_count);
}

void say(bulletin_maker *m, const char *key, const char *slot, page_line line, const char *other_slot, page_line other)
{
    page_add(&m->page, BLOCK_SENTENCE, line_fill(&m->page, key, (page_slot[]){{slot, line}, {other_slot, other}, {0}}));
}
