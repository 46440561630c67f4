/* Packing: strings and places are listed once, items tell their numbers. */
#include <stdlib.h>

#include "incident/packed.h"
#include "incident/packed_form.h"

enum { FIRST_SLOTS = 64 };

/* A piece at work: its lists, and the items that refer to them. */
typedef struct {
    buffer strings, places, items;
    uint32_t string_count, place_count;
    uint32_t *slots; /* of a table of strings by their hash: number + 1; 0: empty */
    uint32_t *at;    /* of string n, where it begins in `strings` */
    uint32_t slot_count;
    const statement_place **known; /* place n */
    arena memory;
    bool failed;
} piece;

static void put_number(buffer *out, uint64_t value)
{
    char bytes[PACKED_NUMBER_MOST];
    size_t used = 0;
    for (; value >= 0x80; value >>= 7)
        bytes[used++] = (char)(value | 0x80);
    bytes[used++] = (char)value;
    buffer_add(out, bytes, used);
}

static void put_signed(buffer *out, int64_t value)
{
    const uint64_t bits = (uint64_t)value << 1;
    put_number(out, value < 0 ? ~bits : bits);
}

static void put_degrees(buffer *out, double value)
{
    uint64_t bits;
    char bytes[sizeof bits];
    memcpy(&bits, &value, sizeof bits);
    for (size_t i = 0; i < sizeof bits; i++)
        bytes[i] = (char)(bits >> (8 * i));
    buffer_add(out, bytes, sizeof bytes);
}

/* --- the list of strings ------------------------------------------------------------------------------------------------- */

static uint32_t *slot_of(const piece *p, const char *text)
{
    const uint32_t mask = p->slot_count - 1;
    uint32_t slot = (uint32_t)view_hash(view_of(text)) & mask;
    while (p->slots[slot] != 0 && strcmp(p->strings.bytes + p->at[p->slots[slot] - 1], text) != 0)
        slot = (slot + 1) & mask;
    return &p->slots[slot];
}

/* Half of the slots stay empty. */
static bool slots_grow(piece *p)
{
    const uint32_t count = p->slot_count == 0 ? FIRST_SLOTS : 2 * p->slot_count;
    uint32_t *slots = arena_alloc(&p->memory, count * sizeof *slots), *at = arena_alloc(&p->memory, count / 2 * sizeof *at);
    if (slots == NULL || at == NULL)
        return false;
    if (p->string_count > 0)
        memcpy(at, p->at, p->string_count * sizeof *at);
    p->slots = slots;
    p->at = at;
    p->slot_count = count;
    for (uint32_t i = 0; i < p->string_count; i++)
        *slot_of(p, p->strings.bytes + at[i]) = i + 1;
    return true;
}

static void put_text(piece *p, buffer *out, const char *text)
{
    if (p->string_count >= p->slot_count / 2 && !slots_grow(p))
        p->failed = true;
    if (p->failed || p->strings.failed)
        return;
    uint32_t *slot = slot_of(p, text);
    if (*slot == 0) {
        p->at[p->string_count++] = (uint32_t)p->strings.used;
        *slot = p->string_count;
        buffer_add(&p->strings, text, strlen(text) + 1);
    }
    put_number(out, *slot - 1);
}

/* --- the list of places ---------------------------------------------------------------------------------------------------- */

static bool is_same_place(const statement_place *a, const statement_place *b)
{
    return a == b || (strcmp(a->id, b->id) == 0 && strcmp(a->norm, b->norm) == 0 && strcmp(a->name_en, b->name_en) == 0 &&
                      strcmp(a->country, b->country) == 0 && strcmp(a->admin1, b->admin1) == 0 && a->relation == b->relation &&
                      a->precision == b->precision && a->lat == b->lat && a->lon == b->lon);
}

static void add_place(piece *p, const statement_place *place)
{
    uint32_t room = p->place_count;
    if ((room & (room - 1)) == 0) { /* a power of two, or none: full */
        const statement_place **known = arena_alloc(&p->memory, (room == 0 ? 1 : 2 * (size_t)room) * sizeof *known);
        if (known == NULL) {
            p->failed = true;
            return;
        }
        if (room > 0)
            memcpy(known, p->known, room * sizeof *known);
        p->known = known;
    }
    p->known[p->place_count++] = place;
    put_text(p, &p->places, place->id);
    put_text(p, &p->places, place->norm);
    put_text(p, &p->places, place->name_en);
    put_text(p, &p->places, place->country);
    put_text(p, &p->places, place->admin1);
    put_number(&p->places, place->relation);
    put_number(&p->places, place->precision);
    put_degrees(&p->places, place->lat);
    put_degrees(&p->places, place->lon);
}

static void put_place(piece *p, const statement_place *place)
{
    uint32_t i = 0;
    while (i < p->place_count && !is_same_place(p->known[i], place))
        i++;
    if (i == p->place_count)
        add_place(p, place);
    put_number(&p->items, i);
}

/* --- a piece as a whole ------------------------------------------------------------------------------------------------------ */

static bool piece_end(piece *p, buffer *out)
{
    out->used = 0;
    put_number(out, PACKED_VERSION);
    put_number(out, p->string_count);
    put_number(out, p->strings.used);
    buffer_add(out, p->strings.bytes, p->strings.used);
    put_number(out, p->place_count);
    buffer_add(out, p->places.bytes, p->places.used);
    buffer_add(out, p->items.bytes, p->items.used);
    const bool ok = !p->failed && !p->strings.failed && !p->places.failed && !p->items.failed && !out->failed;
    buffer_free(&p->strings);
    buffer_free(&p->places);
    buffer_free(&p->items);
    arena_free(&p->memory);
    return ok;
}

/* --- incidents ------------------------------------------------------------------------------------------------------------------ */

static void put_who(piece *p, const incident_party *parties, uint32_t count)
{
    put_number(&p->items, count);
    for (uint32_t i = 0; i < count; i++)
        put_text(p, &p->items, parties[i].who);
}

/* Who gives the low bound is asked of periods alone. */
static void put_figure(piece *p, const incident *i, const incident_figure *figure)
{
    put_number(&p->items, figure->of);
    put_text(p, &p->items, figure->group);
    put_signed(&p->items, figure->low);
    put_signed(&p->items, figure->best);
    put_signed(&p->items, figure->high);
    if (i->is_period)
        put_text(p, &p->items, figure->low_from == NULL ? "" : figure->low_from->id);
}

static void put_incident(piece *p, const incident *i)
{
    buffer *out = &p->items;
    put_text(p, out, i->id);
    put_number(out, i->kind);
    put_number(out, (i->is_planned ? PACKED_PLANNED : 0U) | (i->is_period ? PACKED_PERIOD : 0U) | (i->has_days ? PACKED_DAYS : 0U));
    put_signed(out, i->start);
    put_signed(out, i->end);
    put_number(out, i->grade);
    put_number(out, i->place_count);
    for (uint32_t n = 0; n < i->place_count; n++)
        put_place(p, i->places[n]);
    put_who(p, i->actors, i->actor_count);
    put_who(p, i->targets, i->target_count);
    put_number(out, i->figure_count);
    for (uint32_t n = 0; n < i->figure_count; n++)
        put_figure(p, i, &i->figures[n]);
}

static void put_parties(piece *p, const statement_party *parties, uint32_t count)
{
    put_number(&p->items, count);
    for (uint32_t i = 0; i < count; i++)
        put_text(p, &p->items, parties[i].who);
}

static void put_statement(piece *p, const statement *s)
{
    const char *speaker = statement_speaker(s);
    put_text(p, &p->items, s->id);
    put_text(p, &p->items, s->outlet);
    put_signed(&p->items, s->published);
    put_number(&p->items, s->kind);
    put_number(&p->items, s->modality);
    put_text(p, &p->items, speaker == NULL ? "" : speaker);
    put_parties(p, s->actors, s->actor_count);
    put_parties(p, s->targets, s->target_count);
}

static bool is_told(const incident *i)
{
    for (uint32_t k = 0; k < i->statement_count; k++)
        if (i->statements[k]->modality != MARSAD_DENIED)
            return true;
    return false;
}

bool incidents_pack(buffer *incidents, buffer *told, const incident *items, uint32_t count)
{
    piece of = {0}, by = {0};
    uint32_t packed = 0;
    for (uint32_t i = 0; i < count; i++)
        packed += is_told(&items[i]);
    put_number(&of.items, packed);
    put_number(&by.items, packed);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_told(&items[i]))
            continue;
        put_incident(&of, &items[i]);
        put_number(&by.items, items[i].statement_count);
        for (uint32_t k = 0; k < items[i].statement_count; k++)
            put_statement(&by, items[i].statements[k]);
    }
    const bool is_whole = piece_end(&of, incidents);
    return piece_end(&by, told) && is_whole;
}

bool statement_pack(buffer *out, const statement *s)
{
    piece p = {0};
    put_statement(&p, s);
    put_text(&p, &p.items, s->article);
    put_text(&p, &p.items, s->chain);
    put_signed(&p.items, s->start);
    put_signed(&p.items, s->end);
    put_number(&p.items, s->state);
    put_number(&p.items, s->place_count);
    for (uint32_t i = 0; i < s->place_count; i++)
        put_place(&p, &s->places[i]);
    return piece_end(&p, out);
}
