/* An agreement drafted from what `truce` statements tell: a person fills in what is null, and looks at the rest. */
#include <stdio.h>
#include <stdlib.h>

#include "incident/truce.h"

/* Words, each once, sorted. */
typedef struct {
    const char **items;
    uint32_t count, room;
} word_list;

typedef struct {
    const statement **told; /* what says something of an agreement, by record */
    size_t count;
    arena *memory;
    json_out out;
    char *text;
    size_t used, room;
} draft;

static int by_letters(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add(word_list *list, const char *word, arena *memory)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], word) == 0)
            return true;
    if (!ARENA_GROW(memory, list->items, list->count, list->room))
        return false;
    list->items[list->count++] = word;
    return true;
}

static bool write_text(void *context, const char *bytes, size_t size)
{
    draft *d = context;
    if (size >= d->room - d->used) {
        const size_t room = (d->used + size + 1) * 2;
        char *text = arena_alloc(d->memory, room);
        if (text == NULL)
            return false;
        if (d->used > 0)
            memcpy(text, d->text, d->used);
        d->text = text;
        d->room = room;
    }
    memcpy(d->text + d->used, bytes, size);
    d->used += size;
    d->text[d->used] = 0;
    return true;
}

/* --- what is told ---------------------------------------------------------------------------------------------------------- */

static bool tells_of_agreement(const statement *s)
{
    static const bool tells[MARSAD_PHASE_COUNT] = {
        [MARSAD_PROPOSED] = true, [MARSAD_AGREED] = true, [MARSAD_IN_FORCE] = true, [MARSAD_EXTENDED] = true, [MARSAD_EXCLUDES] = true};
    const bool is_kept = s->state != STATE_REJECTED && s->state != STATE_DUPLICATE;
    return is_kept && s->kind == MARSAD_KIND_TRUCE && tells[s->phase] && (s->modality == MARSAD_ASSERTED || s->modality == MARSAD_PLANNED);
}

static int by_record(const void *a, const void *b)
{
    const statement *const *x = a, *const *y = b;
    return strcmp((*x)->id, (*y)->id);
}

static bool collect(draft *d, const statement *const *statements, size_t count)
{
    d->told = arena_alloc(d->memory, count * sizeof(const statement *));
    if (d->told == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (tells_of_agreement(statements[i]))
            d->told[d->count++] = statements[i];
    if (d->count > 0)
        qsort(d->told, d->count, sizeof(const statement *), by_record);
    return true;
}

static bool find_parties(const draft *d, word_list *parties, word_list *excluded)
{
    for (size_t i = 0; i < d->count; i++) {
        const statement *s = d->told[i];
        const bool is_exclusion = s->phase == MARSAD_EXCLUDES;
        const statement_party *of = is_exclusion ? s->targets : s->actors;
        for (uint32_t k = 0; k < (is_exclusion ? s->target_count : s->actor_count); k++)
            if (party_is_named(&of[k]) && !add(is_exclusion ? excluded : parties, of[k].who, d->memory))
                return false;
    }
    return true;
}

/* A country as a whole is no area; a governorate is named, anything finer has its id. */
static bool find_places(const draft *d, word_list *areas, word_list *governorates, word_list *countries)
{
    for (size_t i = 0; i < d->count; i++) {
        for (uint32_t k = 0; k < d->told[i]->place_count; k++) {
            const statement_place *place = &d->told[i]->places[k];
            const bool is_governorate = place->precision == MARSAD_PRECISION_GOVERNORATE;
            const bool is_finer = place->precision == MARSAD_PRECISION_EXACT || place->precision == MARSAD_PRECISION_TOWN ||
                                  place->precision == MARSAD_PRECISION_DISTRICT;
            if ((place->country[0] != 0 && !add(countries, place->country, d->memory)) ||
                (place->admin1[0] != 0 && (is_governorate || is_finer) && !add(governorates, place->admin1, d->memory)) ||
                (is_governorate && place->admin1[0] != 0 && !add(areas, place->admin1, d->memory)) ||
                (is_finer && place->id[0] != 0 && !add(areas, place->id, d->memory)))
                return false;
        }
    }
    return true;
}

/* --- written down -------------------------------------------------------------------------------------------------------------- */

static void put_words(draft *d, const char *key, word_list *list)
{
    json_key(&d->out, key);
    if (list->count == 0) {
        json_null(&d->out);
        return;
    }
    qsort(list->items, list->count, sizeof *list->items, by_letters);
    json_array(&d->out);
    for (uint32_t i = 0; i < list->count; i++)
        json_string(&d->out, view_of(list->items[i]));
    json_end_array(&d->out);
}

static void put_null(draft *d, const char *key)
{
    json_key(&d->out, key);
    json_null(&d->out);
}

static void put_text(draft *d, const char *key, const char *text)
{
    json_key(&d->out, key);
    json_string(&d->out, view_of(text));
}

static void put_day(draft *d, const char *key, int32_t day)
{
    const marsad_date date = day_date(day);
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", date.year % 10000, date.month % 100, date.day % 100);
    put_text(d, key, text);
}

/* One day tells when it begins, not how long it lasts. */
static void put_window(draft *d, const statement *s)
{
    json_object(&d->out);
    put_day(d, "from", s->start);
    if (s->end > s->start)
        put_day(d, "to", s->end);
    else
        put_null(d, "to");
    put_text(d, "what", marsad_phase_name(s->phase));
    put_text(d, "source", s->id);
    json_end_object(&d->out);
}

static int by_window(const void *a, const void *b)
{
    const statement *x = *(const statement *const *)a, *y = *(const statement *const *)b;
    const int by_start = (x->start > y->start) - (x->start < y->start);
    const int by_end = by_start != 0 ? by_start : (x->end > y->end) - (x->end < y->end);
    const int by_phase = by_end != 0 ? by_end : (x->phase > y->phase) - (x->phase < y->phase);
    return by_phase != 0 ? by_phase : strcmp(x->id, y->id);
}

/* Statements that tell the same window give it once, with the first record as its source. */
static bool put_windows(draft *d)
{
    const statement **dated = arena_alloc(d->memory, d->count * sizeof(const statement *));
    size_t count = 0;
    if (dated == NULL)
        return false;
    for (size_t i = 0; i < d->count; i++)
        if (d->told[i]->start != NO_DAY && d->told[i]->end != NO_DAY && d->told[i]->phase != MARSAD_EXCLUDES)
            dated[count++] = d->told[i];
    json_key(&d->out, "windows");
    if (count == 0) {
        json_null(&d->out);
        return true;
    }
    qsort(dated, count, sizeof(const statement *), by_window);
    json_array(&d->out);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || dated[i]->start != dated[i - 1]->start || dated[i]->end != dated[i - 1]->end || dated[i]->phase != dated[i - 1]->phase)
            put_window(d, dated[i]);
    json_end_array(&d->out);
    return true;
}

static bool put_sources(draft *d)
{
    json_key(&d->out, "sources");
    json_array(&d->out);
    for (size_t i = 0; i < d->count; i++) {
        const statement *s = d->told[i];
        const char *text = arena_format(d->memory, "%s %s%s%s", s->id, s->outlet, s->url[0] != 0 ? " " : "", s->url);
        if (text == NULL)
            return false;
        json_string(&d->out, view_of(text));
    }
    json_end_array(&d->out);
    return true;
}

const char *truce_agreement_draft(const statement *const *statements, size_t count, arena *memory)
{
    draft d = {.memory = memory};
    word_list parties = {0}, excluded = {0}, areas = {0}, governorates = {0}, countries = {0};
    d.out.write = write_text;
    d.out.context = &d;
    if (!collect(&d, statements, count) || !find_parties(&d, &parties, &excluded) || !find_places(&d, &areas, &governorates, &countries))
        return NULL;

    json_object(&d.out);
    put_text(&d, "format", "marsad-agreement-1");
    put_null(&d, "id");
    put_text(&d, "version", "draft");
    put_null(&d, "name");
    if (countries.count == 1)
        put_text(&d, "country", countries.items[0]);
    else
        put_null(&d, "country"); /* none told, or several: a person chooses */
    put_words(&d, "parties", &parties);
    put_null(&d, "sponsors");
    put_words(&d, "excluded", &excluded);
    put_null(&d, "disputed");
    put_words(&d, "areas", &areas);
    put_words(&d, "governorates", &governorates);
    const bool is_fine = put_windows(&d);
    put_null(&d, "terms");
    const bool is_whole = is_fine && put_sources(&d);
    json_end_object(&d.out);
    json_newline(&d.out);
    return json_flush(&d.out) && is_whole ? d.text : NULL;
}
