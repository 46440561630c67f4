/* Questions that every view asks of a statement. */
#include "archive/statement.h"

bool party_is_named(const statement_party *party)
{
    return party->who[0] != 0 && strcmp(party->who, "unknown") != 0 && strcmp(party->who, "other") != 0;
}

/* A smaller number is a finer place; a place without a point says nothing of its size and stands between a town and a district. */
static int fineness(marsad_precision precision)
{
    static const int order[MARSAD_PRECISION_COUNT] = {
        [MARSAD_PRECISION_EXACT] = 0, [MARSAD_PRECISION_TOWN] = 1,        [MARSAD_PRECISION_NONE] = 2,   [MARSAD_PRECISION_DISTRICT] = 3,
        [MARSAD_PRECISION_AREA] = 4,  [MARSAD_PRECISION_GOVERNORATE] = 5, [MARSAD_PRECISION_COUNTRY] = 6};
    return order[precision];
}

/* Lower is nearer to where it happened: in a place, then by it; -1 for a place that something came from or goes to. */
static int nearness(const statement_place *place)
{
    if (place->relation == MARSAD_FROM || place->relation == MARSAD_TO)
        return -1;
    return place->relation == MARSAD_IN ? 0 : 1;
}

static bool is_same_place(const statement_place *a, const statement_place *b)
{
    return a->id[0] != 0 || b->id[0] != 0 ? strcmp(a->id, b->id) == 0 : strcmp(a->norm, b->norm) == 0;
}

/* One number for how well a place says where: lower is better, -1 is not at all. */
static int rank(const statement_place *place)
{
    const int near = nearness(place);
    return near < 0 ? -1 : fineness(place->precision) * 2 + near;
}

size_t statement_scene(const statement *s, const statement_place **out, size_t room)
{
    int best = -1;
    for (uint32_t i = 0; i < s->place_count; i++) {
        const int own = rank(&s->places[i]);
        if (own >= 0 && (best < 0 || own < best))
            best = own;
    }
    size_t count = 0;
    for (uint32_t i = 0; best >= 0 && i < s->place_count; i++) {
        bool is_new = rank(&s->places[i]) == best;
        for (uint32_t k = 0; is_new && k < i; k++)
            is_new = rank(&s->places[k]) != best || !is_same_place(&s->places[k], &s->places[i]);
        if (!is_new)
            continue;
        if (count < room)
            out[count] = &s->places[i];
        count++;
    }
    return count;
}

const char *statement_speaker(const statement *s)
{
    for (uint32_t i = 0; i < s->speaker_count; i++)
        if (party_is_named(&s->speakers[i]))
            return s->speakers[i].who;
    return NULL;
}

const char *review_state_name(review_state state)
{
    static const char *const names[STATE_COUNT] = {"new",          "in work",   "accepted", "needs source", "cannot be verified",
                                                   "contradicted", "duplicate", "rejected"};
    return (unsigned)state < STATE_COUNT ? names[state] : "";
}
