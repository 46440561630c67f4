/* Unpacking: trusts no byte. What is wrong is found out once, at the end of a piece. */
#include "incident/packed.h"
#include "incident/packed_form.h"

/* A piece that is being read; after a fault it gives zeros and empty words. */
typedef struct {
    view left;
    const char **strings;
    const statement_place *places;
    uint32_t string_count, place_count;
    arena *memory;
    bool is_damaged, is_out_of_memory;
} piece;

static bool has_failed(const piece *p)
{
    return p->is_damaged || p->is_out_of_memory;
}

static uint64_t number(piece *p)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (p->left.len == 0)
            break;
        const unsigned char byte = (unsigned char)*p->left.ptr++;
        p->left.len--;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    p->is_damaged = true;
    p->left.len = 0;
    return 0;
}

/* Below `end`. */
static uint32_t below(piece *p, uint64_t end)
{
    const uint64_t value = number(p);
    if (value < end)
        return (uint32_t)value;
    p->is_damaged = true;
    return 0;
}

/* How many of something follow, each of which takes a byte at least. */
static uint32_t count_of(piece *p)
{
    const uint64_t value = number(p);
    if (value <= p->left.len && value < UINT32_MAX)
        return (uint32_t)value;
    p->is_damaged = true;
    return 0;
}

static int64_t signed_number(piece *p)
{
    const uint64_t bits = number(p), half = bits >> 1;
    return (bits & 1) != 0 ? -(int64_t)half - 1 : (int64_t)half;
}

static int32_t day(piece *p)
{
    const int64_t value = signed_number(p);
    if (value >= INT32_MIN && value <= INT32_MAX)
        return (int32_t)value;
    p->is_damaged = true;
    return NO_DAY;
}

static double degrees(piece *p)
{
    uint64_t bits = 0;
    double value;
    if (p->left.len < sizeof bits) {
        p->is_damaged = true;
        return 0;
    }
    for (size_t i = 0; i < sizeof bits; i++)
        bits |= (uint64_t)(unsigned char)p->left.ptr[i] << (8 * i);
    p->left.ptr += sizeof bits;
    p->left.len -= sizeof bits;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static const char *text(piece *p)
{
    const uint32_t n = below(p, p->string_count);
    return has_failed(p) ? "" : p->strings[n];
}

static void *room_for(piece *p, size_t count, size_t size)
{
    void *room = has_failed(p) ? NULL : arena_alloc(p->memory, count * size);
    p->is_out_of_memory = p->is_out_of_memory || (room == NULL && !p->is_damaged);
    return room;
}

/* --- the two lists -------------------------------------------------------------------------------------------------------- */

static void read_strings(piece *p)
{
    p->string_count = count_of(p);
    const uint32_t size = count_of(p);
    if (p->is_damaged || (size > 0 && p->left.ptr[size - 1] != 0)) {
        p->is_damaged = true;
        return;
    }
    p->strings = room_for(p, p->string_count, sizeof *p->strings);
    const char *kept = has_failed(p) ? NULL : arena_string(p->memory, (view){p->left.ptr, size}), *end = kept + size;
    p->is_out_of_memory = kept == NULL;
    for (uint32_t i = 0; i < p->string_count && !has_failed(p); i++) {
        p->strings[i] = kept;
        kept = kept < end ? kept + strlen(kept) + 1 : kept;
        p->is_damaged = kept == p->strings[i];
    }
    p->left.ptr += size;
    p->left.len -= size;
}

static void read_place(piece *p, statement_place *out)
{
    out->id = text(p);
    out->norm = text(p);
    out->name_en = text(p);
    out->country = text(p);
    out->admin1 = text(p);
    out->admin2 = "";
    out->relation = (marsad_relation)below(p, MARSAD_RELATION_COUNT);
    out->precision = (marsad_precision)below(p, MARSAD_PRECISION_COUNT);
    out->lat = degrees(p);
    out->lon = degrees(p);
}

static void read_places(piece *p)
{
    const uint32_t count = count_of(p);
    statement_place *places = room_for(p, count, sizeof *places);
    for (uint32_t i = 0; i < count && !has_failed(p); i++)
        read_place(p, &places[i]);
    p->places = places;
    p->place_count = count;
}

static void piece_begin(piece *p)
{
    if (number(p) != PACKED_VERSION)
        p->is_damaged = true;
    if (!p->is_damaged)
        read_strings(p);
    if (!has_failed(p))
        read_places(p);
}

/* All must have been read. */
static marsad_status piece_end(const piece *p, marsad_error *err)
{
    if (p->is_out_of_memory)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
    if (p->is_damaged || p->left.len > 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "what is kept of incidents, packed, is damaged");
    return MARSAD_OK;
}

/* --- incidents -------------------------------------------------------------------------------------------------------------- */

static const statement_place *const *read_scene(piece *p, uint32_t *count)
{
    *count = count_of(p);
    const statement_place **scene = room_for(p, *count, sizeof *scene);
    for (uint32_t i = 0; i < *count && !has_failed(p); i++) {
        const uint32_t n = below(p, p->place_count);
        scene[i] = has_failed(p) ? NULL : &p->places[n];
    }
    return scene;
}

static const incident_party *read_who(piece *p, uint32_t *count)
{
    *count = count_of(p);
    incident_party *parties = room_for(p, *count, sizeof *parties);
    for (uint32_t i = 0; i < *count && !has_failed(p); i++)
        parties[i].who = text(p);
    return parties;
}

static const statement *statement_of_id(piece *p, const char *id)
{
    statement *s = id[0] == 0 ? NULL : room_for(p, 1, sizeof *s);
    if (s != NULL)
        s->id = id;
    return s;
}

static void read_figures(piece *p, incident *out)
{
    out->figure_count = count_of(p);
    incident_figure *figures = room_for(p, out->figure_count, sizeof *figures);
    for (uint32_t i = 0; i < out->figure_count && !has_failed(p); i++) {
        figures[i].of = (marsad_figure_of)below(p, MARSAD_FIGURE_COUNT);
        figures[i].group = text(p);
        figures[i].low = signed_number(p);
        figures[i].best = signed_number(p);
        figures[i].high = signed_number(p);
        if (out->is_period)
            figures[i].low_from = statement_of_id(p, text(p));
    }
    out->figures = figures;
}

static void read_incident(piece *p, incident *out)
{
    out->id = text(p);
    out->kind = (marsad_kind)below(p, MARSAD_KIND_COUNT);
    const uint32_t flags = below(p, 2 * PACKED_DAYS);
    out->is_planned = (flags & PACKED_PLANNED) != 0;
    out->is_period = (flags & PACKED_PERIOD) != 0;
    out->has_days = (flags & PACKED_DAYS) != 0;
    out->start = day(p);
    out->end = day(p);
    out->grade = (incident_grade)below(p, GRADE_COUNT);
    out->places = read_scene(p, &out->place_count);
    out->actors = read_who(p, &out->actor_count);
    out->targets = read_who(p, &out->target_count);
    read_figures(p, out);
}

/* --- statements --------------------------------------------------------------------------------------------------------------- */

static const statement_party *read_parties(piece *p, uint32_t *count)
{
    *count = count_of(p);
    statement_party *parties = room_for(p, *count, sizeof *parties);
    for (uint32_t i = 0; i < *count && !has_failed(p); i++)
        parties[i] = (statement_party){.who = text(p), .code = "", .object = "", .words = ""};
    return parties;
}

static void read_statement(piece *p, statement *out)
{
    *out = (statement){.article = "", .chain = "", .url = "", .mode = "", .time_precision = "", .start = NO_DAY, .end = NO_DAY};
    out->id = text(p);
    out->outlet = text(p);
    out->published = out->known = day(p);
    out->kind = (marsad_kind)below(p, MARSAD_KIND_COUNT);
    out->modality = (marsad_modality)below(p, MARSAD_MODALITY_COUNT);
    const char *speaker = text(p);
    if (speaker[0] != 0) {
        statement_party *party = room_for(p, 1, sizeof *party);
        if (party != NULL)
            *party = (statement_party){.who = speaker, .code = "", .object = "", .words = ""};
        out->speakers = party;
        out->speaker_count = party != NULL;
    }
    out->actors = read_parties(p, &out->actor_count);
    out->targets = read_parties(p, &out->target_count);
}

static void read_statements(piece *p, incident *out)
{
    out->statement_count = count_of(p);
    statement *items = room_for(p, out->statement_count, sizeof *items);
    const statement **list = room_for(p, out->statement_count, sizeof *list);
    for (uint32_t i = 0; i < out->statement_count && !has_failed(p); i++) {
        read_statement(p, &items[i]);
        list[i] = &items[i];
    }
    out->statements = list;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------ */

static marsad_status read_told(incident *items, uint32_t count, view told, arena *memory, marsad_error *err)
{
    piece p = {.left = told, .memory = memory};
    piece_begin(&p);
    if (!has_failed(&p) && number(&p) != count)
        p.is_damaged = true;
    for (uint32_t i = 0; i < count && !has_failed(&p); i++)
        read_statements(&p, &items[i]);
    return piece_end(&p, err);
}

marsad_status incidents_unpack(incident_list *out, view incidents, view told, arena *memory, marsad_error *err)
{
    piece p = {.left = incidents, .memory = memory};
    piece_begin(&p);
    const uint32_t count = has_failed(&p) ? 0 : count_of(&p), first = out->count;
    for (uint32_t i = 0; i < count && !has_failed(&p); i++) {
        if (!ARENA_GROW(memory, out->items, out->count, out->room)) {
            p.is_out_of_memory = true;
            break;
        }
        out->items[out->count] = (incident){0};
        read_incident(&p, &out->items[out->count++]);
    }
    const marsad_status status = piece_end(&p, err);
    return status == MARSAD_OK && told.len > 0 ? read_told(count > 0 ? &out->items[first] : NULL, count, told, memory, err) : status;
}

marsad_status statement_unpack(statement *out, view packed, arena *memory, marsad_error *err)
{
    piece p = {.left = packed, .memory = memory};
    piece_begin(&p);
    read_statement(&p, out);
    out->article = text(&p);
    out->chain = text(&p);
    out->start = day(&p);
    out->end = day(&p);
    out->state = (review_state)below(&p, STATE_COUNT);
    const uint32_t count = count_of(&p);
    statement_place *places = room_for(&p, count, sizeof *places);
    for (uint32_t i = 0; i < count && !has_failed(&p); i++) {
        const uint32_t n = below(&p, p.place_count);
        if (!has_failed(&p))
            places[i] = p.places[n];
    }
    out->places = places;
    out->place_count = places == NULL ? 0 : count;
    return piece_end(&p, err);
}
