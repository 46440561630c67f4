/* What a statement is known by when statements are joined: its places, its parties, its days, and the neighbourhood that follows from them. */
#include "incident/join.h"

#include <stdlib.h>

#include "text/text.h"

/* --- place ------------------------------------------------------------------------------------------------------------- */

/* The id, or "?" and the folded name of a place that no gazetteer knows: «كفر نُبل» and «كفر نبل» are one. NULL when memory is out. */
static const char *place_name(const statement_place *place, arena *memory)
{
    if (place->id[0] != 0)
        return place->id;
    const view norm = view_of(place->norm);
    const size_t room = norm.len * 2 + 2;
    char *key = arena_alloc(memory, room);
    if (key == NULL)
        return NULL;
    key[0] = '?';
    fold_into(key + 1, room - 1, norm);
    return key;
}

/* North of a town, its south and the town itself are three places. */
static const char *place_key(const statement_place *place, const char *name, arena *memory)
{
    return place->relation == MARSAD_IN ? name : arena_format(memory, "%s~%s", name, marsad_relation_name(place->relation));
}

/* Country and governorate of a known place. */
static const char *place_area(const statement_place *place, const char *name, arena *memory)
{
    return place->id[0] == 0 ? name : arena_format(memory, "%s/%s", place->country, place->admin1);
}

/* Keys and areas of all places of the scene, each set in one string. */
static bool scene_read(joinee *j, arena *memory)
{
    j->scene = j->area = "";
    if (j->s->place_count == 0)
        return true;
    j->places = arena_alloc(memory, j->s->place_count * sizeof(const statement_place *));
    if (j->places == NULL)
        return false;
    j->place_count = (uint32_t)statement_scene(j->s, j->places, j->s->place_count);
    if (j->place_count == 0)
        return true;

    name_set keys = {0}, areas = {0};
    for (uint32_t i = 0; i < j->place_count; i++) {
        const char *name = place_name(j->places[i], memory);
        const char *key = name == NULL ? NULL : place_key(j->places[i], name, memory);
        const char *area = key == NULL ? NULL : place_area(j->places[i], name, memory);
        if (area == NULL || !names_unite(&keys, &(name_set){&key, 1}, memory) || !names_unite(&areas, &(name_set){&area, 1}, memory))
            return false;
    }
    j->scene = names_text(&keys, memory);
    j->area = names_text(&areas, memory);
    return j->scene != NULL && j->area != NULL;
}

/* A larger number for a wider place; near a place is wider than in it. Several places, and one without a point, are taken as they are said. */
static unsigned width(const joinee *j)
{
    static const unsigned of[MARSAD_PRECISION_COUNT] = {
        [MARSAD_PRECISION_EXACT] = 0,    [MARSAD_PRECISION_NONE] = 1,        [MARSAD_PRECISION_TOWN] = 1,   [MARSAD_PRECISION_AREA] = 2,
        [MARSAD_PRECISION_DISTRICT] = 3, [MARSAD_PRECISION_GOVERNORATE] = 4, [MARSAD_PRECISION_COUNTRY] = 5};
    return j->place_count == 1 ? of[j->places[0]->precision] * 2 + (j->places[0]->relation != MARSAD_IN) : 0;
}

/* --- time -------------------------------------------------------------------------------------------------------------- */

static void days_read(joinee *j)
{
    const statement *s = j->s;
    const int32_t start = s->start != NO_DAY ? s->start : s->end;
    j->is_dated = start != NO_DAY;
    j->day = j->end = j->is_dated ? start : s->published;
    j->is_period = j->is_dated && s->end != NO_DAY && s->end > start;
    if (j->is_period)
        j->end = s->end;
}

/* --- parties ----------------------------------------------------------------------------------------------------------- */

static bool parties_read(joinee *j, arena *memory)
{
    const statement *s = j->s;
    return names_of_parties(&j->actors, s->actors, s->actor_count, memory) && names_of_parties(&j->targets, s->targets, s->target_count, memory) &&
           names_unite(&j->sides, &j->actors, memory) && names_unite(&j->sides, &j->targets, memory);
}

/* Who, as a part of an identity: both sides in one where it does not matter who is named first. */
static const char *parties_text(const joinee *j, arena *memory)
{
    if (j->row->parting == PARTED_BY_SIDES)
        return names_text(&j->sides, memory);
    const char *actors = names_text(&j->actors, memory), *targets = names_text(&j->targets, memory);
    return actors == NULL || targets == NULL ? NULL : arena_format(memory, "%s>%s", actors, targets);
}

/* --- together ---------------------------------------------------------------------------------------------------------- */

static bool is_known_by_place(const family_row *row)
{
    return row->key == KEY_PLACE;
}

/* Whether the parties named can tell one happening of the kind from another: an actor, or any side where sides are equal. */
static bool has_parties(const joinee *j)
{
    return j->row->parting == PARTED_BY_SIDES ? j->sides.count > 0 : j->actors.count > 0;
}

/* «Fighters of X attacked», in two reports without place and day, may be any two attacks. */
static joined_by known_by(const joinee *j)
{
    if (is_known_by_place(j->row) && j->scene[0] != 0)
        return BY_PLACE;
    return has_parties(j) && (j->is_dated || !is_known_by_place(j->row)) ? BY_PARTIES : BY_CHAIN;
}

static const char *identity_of(const joinee *j, arena *memory)
{
    if (j->by == BY_PLACE)
        return arena_format(memory, "%s@%s", j->row->family, j->scene);
    const char *parties = parties_text(j, memory);
    if (parties == NULL)
        return NULL;
    const char *scene = j->row->key == KEY_PARTIES_PLACE ? j->scene : "";
    const char *phase = is_known_by_place(j->row) ? "" : marsad_phase_name(j->s->phase);
    return arena_format(memory, "%s:%s@%s=%s%s%s", j->row->family, phase, scene, parties, j->by == BY_CHAIN ? "~" : "",
                        j->by == BY_CHAIN ? j->s->chain : "");
}

static const char *area_of(const joinee *j, arena *memory)
{
    const char *period = j->is_period ? "period/" : "";
    if (j->by == BY_PLACE)
        return arena_format(memory, "%s%s", period, j->area);
    return arena_format(memory, "%s%c%s", period, is_known_by_place(j->row) ? '-' : '=', j->row->family);
}

/* How general: a wider place weighs more than a general kind, so that what can mean another is always of a higher rank. */
static unsigned rank_of(const joinee *j)
{
    enum { MANY_PARTIES = 63 };
    if (j->is_period)
        return 0; /* joined by equal bounds only */
    if (j->by == BY_PLACE)
        return width(j) * RULE_LEVELS_MAX + j->row->level;
    const unsigned named = j->sides.count < MANY_PARTIES ? j->sides.count : MANY_PARTIES;
    const bool says_where = j->row->key != KEY_PARTIES_PLACE || j->scene[0] != 0;
    return MANY_PARTIES - named + (says_where ? 0 : MANY_PARTIES + 1);
}

bool joinee_read(joinee *out, const statement *s, const rule_set *rules, arena *memory)
{
    *out = (joinee){.s = s, .row = &rules->families.of[s->kind], .part = "", .is_planned = s->modality == MARSAD_PLANNED};
    days_read(out);
    if (!scene_read(out, memory) || !parties_read(out, memory))
        return false;
    out->by = known_by(out);
    out->rank = rank_of(out);
    out->identity = identity_of(out, memory);
    out->area = area_of(out, memory);
    return out->identity != NULL && out->area != NULL;
}

bool incident_neighbourhood_of(incident_neighbourhood *out, const statement *s, const rule_set *rules, arena *memory)
{
    joinee j;
    if (!joinee_read(&j, s, rules, memory))
        return false;
    *out = (incident_neighbourhood){.area = j.area, .day = j.day};
    return true;
}
