/* Claims on towns, taken out of statements. */
#include "incident/town.h"

#include <stdlib.h>

enum { SCENE_MAX = 32 }; /* places of one statement that are looked at; a sentence has no room for so many towns */

typedef struct {
    town_claims *out;
    const rule_set *rules;
    arena *memory;
} collecting;

bool claim_is_positive(const town_claim *claim)
{
    return claim->claim.what == CLAIM_CAPTURES || claim->claim.what == CLAIM_HOLDS;
}

bool party_agrees(const char *who, const char *side, const char *other, const char *other_side)
{
    return strcmp(who, other) == 0 || (side[0] != 0 && strcmp(side, other_side) == 0);
}

bool claim_agrees(const town_claim *a, const town_claim *b)
{
    return party_agrees(a->claim.holder, a->side, b->claim.holder, b->side);
}

/* --- what a statement claims ------------------------------------------------------------------------------------------- */

/* A denied withdrawal says that its actor is still there. */
static bool claim_of(claim_what *out, const statement *s)
{
    const bool is_denied = s->modality == MARSAD_DENIED;
    if (s->state == STATE_REJECTED || s->state == STATE_DUPLICATE || (s->modality != MARSAD_ASSERTED && !is_denied))
        return false;
    if (s->kind == MARSAD_KIND_CAPTURE)
        *out = is_denied ? CLAIM_DENIES : CLAIM_CAPTURES;
    else if (s->kind == MARSAD_KIND_HOLD)
        *out = is_denied ? CLAIM_DENIES : CLAIM_HOLDS;
    else if (s->kind == MARSAD_KIND_WITHDRAW)
        *out = is_denied ? CLAIM_HOLDS : CLAIM_WITHDRAWS;
    else
        return false;
    return true;
}

/*
 * Of a longer time, a hold is true from its first day, a capture or a departure by its last. A time that runs past its report is cut there.
 * False if neither statement nor report has a day: then nobody can say when it was true.
 */
static bool days_of(control_claim *claim, const statement *s)
{
    claim->known = s->published;
    claim->is_dated = s->start != NO_DAY && s->end != NO_DAY;
    if (!claim->is_dated)
        claim->valid = s->published;
    else if (s->kind == MARSAD_KIND_HOLD)
        claim->valid = s->start;
    else
        claim->valid = s->published != NO_DAY && s->start <= s->published && s->published < s->end ? s->published : s->end;
    return claim->valid != NO_DAY;
}

static bool is_town(const statement_place *place)
{
    return place->id[0] != 0 && (place->precision == MARSAD_PRECISION_TOWN || place->precision == MARSAD_PRECISION_EXACT);
}

/* The towns that a statement speaks of: for a departure those that somebody left "from", else those that it happened in. "Near" a town is not the town. */
static size_t towns_of(const statement *s, const statement_place **out)
{
    size_t count = 0;
    for (uint32_t i = 0; s->kind == MARSAD_KIND_WITHDRAW && i < s->place_count && count < SCENE_MAX; i++)
        if (s->places[i].relation == MARSAD_FROM && is_town(&s->places[i]))
            out[count++] = &s->places[i];
    if (count > 0)
        return count;

    const statement_place *scene[SCENE_MAX];
    size_t told = statement_scene(s, scene, SCENE_MAX);
    for (size_t i = 0; i < told && i < SCENE_MAX; i++)
        if (scene[i]->relation == MARSAD_IN && is_town(scene[i]))
            out[count++] = scene[i];
    return count;
}

static claim_word word_of(const collecting *c, const town_claim *t)
{
    if (t->speaker == NULL)
        return WORD_OUTLET;
    if (party_agrees(t->speaker, t->speaker_side, t->claim.holder, t->side))
        return WORD_OWN;
    const side_row *row = side_find(&c->rules->sides, t->speaker, t->place->country, t->claim.valid);
    if (row != NULL && row->role == SIDE_OBSERVER)
        return WORD_OBSERVER;
    return row != NULL && row->role == SIDE_PUBLIC ? WORD_PUBLIC : WORD_FORCE;
}

/* One claim, if `party` is somebody who can hold a town. */
static bool add(collecting *c, const control_claim *claim, const statement_place *place, const statement_party *party)
{
    const side_row *row = side_find(&c->rules->sides, party->who, place->country, claim->valid);
    if (!party_is_named(party) || (row != NULL && row->role != SIDE_FORCE))
        return true;
    if (!ARENA_GROW(c->memory, c->out->items, c->out->count, c->out->room))
        return false;
    town_claim *own = &c->out->items[c->out->count++];
    *own = (town_claim){.claim = *claim, .place = place, .side = row != NULL ? row->side : "", .answer_from = NO_DAY};
    own->claim.holder = party->who;
    own->speaker = statement_speaker(claim->from);
    own->speaker_side = own->speaker == NULL ? "" : side_of(&c->rules->sides, own->speaker, place->country, claim->valid);
    own->word = word_of(c, own);
    return true;
}

/* «جبهة النصرة وحلفاؤها»: two phrases can name one party. */
static bool is_named_before(const statement_party *parties, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (strcmp(parties[i].who, parties[at].who) == 0)
            return true;
    return false;
}

static bool add_all(collecting *c, const control_claim *claim, const statement_place *place, const statement_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!is_named_before(parties, i) && !add(c, claim, place, &parties[i]))
            return false;
    return true;
}

static bool has_named(const statement_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (party_is_named(&parties[i]))
            return true;
    return false;
}

/* A capture that names no taker still says who lost the town. */
static bool add_statement(collecting *c, const statement *s, int32_t known)
{
    const statement_place *towns[SCENE_MAX];
    control_claim claim = {.from = s};
    if (!claim_of(&claim.what, s) || !days_of(&claim, s) || (known != INT32_MAX && (claim.known == NO_DAY || claim.known > known)))
        return true;
    const bool is_loss = claim.what == CLAIM_CAPTURES && !has_named(s->actors, s->actor_count);
    if (is_loss)
        claim.what = CLAIM_WITHDRAWS;

    const size_t count = towns_of(s, towns);
    for (size_t i = 0; i < count; i++) {
        if (is_loss ? !add_all(c, &claim, towns[i], s->targets, s->target_count) : !add_all(c, &claim, towns[i], s->actors, s->actor_count))
            return false;
    }
    return true;
}

/* --- in order ---------------------------------------------------------------------------------------------------------- */

static int by_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* No two claims are equal unless one statement says the same twice; then it does not matter which comes first. */
static int by_record(const town_claim *x, const town_claim *y)
{
    const int by_id = strcmp(x->claim.from->id, y->claim.from->id);
    const int by_holder = by_id != 0 ? by_id : strcmp(x->claim.holder, y->claim.holder);
    return by_holder != 0 ? by_holder : by_number(x->claim.what, y->claim.what);
}

static int by_article(const void *a, const void *b)
{
    const town_claim *x = a, *y = b;
    const int by_place = strcmp(x->place->id, y->place->id);
    const int by_text = by_place != 0 ? by_place : strcmp(x->claim.from->article, y->claim.from->article);
    return by_text != 0 ? by_text : by_record(x, y);
}

static int by_day(const void *a, const void *b)
{
    const town_claim *x = a, *y = b;
    const int by_place = strcmp(x->place->id, y->place->id);
    const int by_valid = by_place != 0 ? by_place : by_number(x->claim.valid, y->claim.valid);
    return by_valid != 0 ? by_valid : by_record(x, y);
}

/* The first day on which claims[begin..end), of one article and town, tell that others than `hold` took the town; NO_DAY if they do not. */
static int32_t taken_on(const town_claim *claims, size_t begin, size_t end, const town_claim *hold)
{
    int32_t day = NO_DAY;
    for (size_t i = begin; i < end; i++)
        if (claims[i].claim.what == CLAIM_CAPTURES && !claim_agrees(&claims[i], hold) && (day == NO_DAY || claims[i].claim.valid < day))
            day = claims[i].claim.valid;
    return day;
}

/*
 * "The army took X, which the opposition held": a hold without a day, beside a capture in the same article, tells of the time before it. What the
 * holder says himself does not: he may speak against the capture.
 */
static void date_back(town_claim *claims, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        town_claim *hold = &claims[i];
        if (hold->claim.what != CLAIM_HOLDS || hold->claim.is_dated || hold->word == WORD_OWN)
            continue;
        const int32_t day = taken_on(claims, begin, end, hold);
        if (day != NO_DAY)
            hold->claim.valid = day - 1;
    }
}

bool town_claims_collect(town_claims *out, const statement *const *statements, size_t count, int32_t known, const rule_set *rules, arena *memory)
{
    collecting c = {.out = out, .rules = rules, .memory = memory};
    *out = (town_claims){0};
    for (size_t i = 0; i < count; i++)
        if (!add_statement(&c, statements[i], known))
            return false;
    if (out->count == 0)
        return true;

    qsort(out->items, out->count, sizeof *out->items, by_article);
    for (size_t begin = 0, end; begin < out->count; begin = end) {
        const town_claim *first = &out->items[begin];
        end = begin + 1;
        while (end < out->count && strcmp(out->items[end].place->id, first->place->id) == 0 &&
               strcmp(out->items[end].claim.from->article, first->claim.from->article) == 0)
            end++;
        date_back(out->items, begin, end);
    }
    qsort(out->items, out->count, sizeof *out->items, by_day);
    return true;
}
