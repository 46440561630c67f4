/* One happening as an incident: what its statements say together. */
#include "incident/join.h"

#include <stdlib.h>

#include "feed/feed.h"

/* --- what it is -------------------------------------------------------------------------------------------------------- */

/*
 * The id follows from what the core is known by, never from which statements are there: a further report of a happening does not rename it. Only where one
 * place and day holds several happenings, the first party that tells it from the others is part of it.
 */
static const char *id_of(const standing *g, arena *memory)
{
    const joinee *core = g->core[0];
    const char *key = arena_format(memory, "%s\n%d\n%d\n%d%d\n%s\n%s\n%s", core->identity, (int)core->day, (int)core->end, core->is_dated,
                                   core->is_planned, core->part, core->area, g->signature);
    if (key == NULL)
        return NULL;
    char sum[65];
    sha256_hex(sum, view_of(key));
    return arena_format(memory, "I-%.16s", sum);
}

/* The kind that most of the core tells; the earlier one of the codebook if two are told as often. */
static marsad_kind kind_of(const standing *g)
{
    uint32_t told[MARSAD_KIND_COUNT] = {0};
    int best = 0;
    for (uint32_t i = 0; i < g->core_count; i++)
        told[g->core[i]->s->kind]++;
    for (int kind = 1; kind < MARSAD_KIND_COUNT; kind++)
        if (told[kind] > told[best])
            best = kind;
    return (marsad_kind)best;
}

/* The scene of the core; where the core says none (talks are known by who met), that of the first statement that says one. */
static const joinee *scene_teller(const standing *g)
{
    const joinee *best = NULL;
    for (uint32_t i = 0; i < g->count; i++) {
        const joinee *j = g->members[i];
        if (g->core[0]->by == BY_PLACE)
            return g->core[0];
        if (j->place_count > 0 && (best == NULL || strcmp(j->s->id, best->s->id) < 0))
            best = j;
    }
    return best;
}

/* --- its statements ---------------------------------------------------------------------------------------------------- */

static int by_published(const void *first, const void *second)
{
    const joinee *a = *(joinee *const *)first, *b = *(joinee *const *)second;
    if (a->s->published != b->s->published)
        return a->s->published < b->s->published ? -1 : 1;
    return strcmp(a->s->id, b->s->id);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static uint32_t count_different(const char **names, uint32_t count)
{
    uint32_t different = count > 0;
    if (count > 1)
        qsort(names, count, sizeof *names, by_bytes);
    for (uint32_t i = 1; i < count; i++)
        different += strcmp(names[i - 1], names[i]) != 0;
    return different;
}

static bool count_sources(incident *i, arena *memory)
{
    const char **names = arena_alloc(memory, i->statement_count * sizeof *names);
    if (names == NULL)
        return false;
    for (uint32_t k = 0; k < i->statement_count; k++)
        names[k] = i->statements[k]->article;
    i->articles = count_different(names, i->statement_count);
    for (uint32_t k = 0; k < i->statement_count; k++)
        names[k] = i->statements[k]->outlet;
    i->outlets = count_different(names, i->statement_count);
    i->chains = statement_chains(i->statements, i->statement_count, memory);
    return i->chains > 0;
}

static void count_reviews(incident *i)
{
    for (uint32_t k = 0; k < i->statement_count; k++) {
        const statement *s = i->statements[k];
        i->denials += s->modality == MARSAD_DENIED;
        i->is_reviewed = i->is_reviewed || s->state == STATE_ACCEPTED;
        i->is_verified = i->is_verified || (s->state == STATE_ACCEPTED && s->is_verified);
    }
}

static bool statements_read(incident *out, const standing *g, arena *memory)
{
    joinee **members = arena_alloc(memory, g->count * sizeof(joinee *));
    const statement **statements = arena_alloc(memory, g->count * sizeof(const statement *));
    unsigned *why = arena_alloc(memory, g->count * sizeof *why);
    if (members == NULL || statements == NULL || why == NULL)
        return false;
    memcpy(members, g->members, g->count * sizeof(joinee *));
    qsort(members, g->count, sizeof(joinee *), by_published);
    for (uint32_t i = 0; i < g->count; i++) {
        statements[i] = members[i]->s;
        why[i] = members[i]->why | (members[i]->s->modality == MARSAD_DENIED ? WHY_DENIES : 0);
    }
    out->statements = statements;
    out->why = why;
    out->statement_count = g->count;
    count_reviews(out);
    return count_sources(out, memory);
}

/* --- who claims and who denies ----------------------------------------------------------------------------------------- */

static bool is_named_in(const char *who, const statement_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(parties[i].who, who) == 0)
            return true;
    return false;
}

static bool has_named(const statement_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (party_is_named(&parties[i]))
            return true;
    return false;
}

/* Whether `s` speaks of `who` in this role. A denial that names no doer, by `who` itself, is of its own part. */
static bool speaks_of(const statement *s, const char *who, bool is_actor)
{
    const statement_party *parties = is_actor ? s->actors : s->targets;
    const uint32_t count = is_actor ? s->actor_count : s->target_count;
    if (is_named_in(who, parties, count))
        return true;
    const char *speaker = statement_speaker(s);
    return is_actor && s->modality == MARSAD_DENIED && speaker != NULL && strcmp(speaker, who) == 0 && !has_named(parties, count);
}

static bool party_read(incident_party *out, const char *who, const incident *i, bool is_actor, arena *memory)
{
    const statement **claims = arena_alloc(memory, i->statement_count * sizeof(const statement *));
    const statement **denials = arena_alloc(memory, i->statement_count * sizeof(const statement *));
    if (claims == NULL || denials == NULL)
        return false;
    *out = (incident_party){.who = who, .claims = claims, .denials = denials};
    for (uint32_t k = 0; k < i->statement_count; k++) {
        const statement *s = i->statements[k];
        if (!speaks_of(s, who, is_actor))
            continue;
        if (s->modality == MARSAD_DENIED)
            denials[out->denial_count++] = s;
        else
            claims[out->claim_count++] = s;
    }
    return true;
}

static int by_claims(const void *first, const void *second)
{
    const incident_party *a = first, *b = second;
    if (a->claim_count != b->claim_count)
        return a->claim_count > b->claim_count ? -1 : 1;
    return strcmp(a->who, b->who);
}

static bool role_read(const incident_party **out, uint32_t *count, const incident *i, const name_set *names, bool is_actor, arena *memory)
{
    if (names->count == 0)
        return true;
    incident_party *parties = arena_alloc(memory, names->count * sizeof *parties);
    if (parties == NULL)
        return false;
    for (uint32_t k = 0; k < names->count; k++)
        if (!party_read(&parties[k], names->names[k], i, is_actor, memory))
            return false;
    qsort(parties, names->count, sizeof *parties, by_claims);
    *out = parties;
    *count = names->count;
    return true;
}

static bool parties_read(incident *out, const standing *g, arena *memory)
{
    name_set actors = {0}, targets = {0};
    for (uint32_t i = 0; i < g->count; i++)
        if (!names_unite(&actors, &g->members[i]->actors, memory) || !names_unite(&targets, &g->members[i]->targets, memory))
            return false;
    return role_read(&out->actors, &out->actor_count, out, &actors, true, memory) &&
           role_read(&out->targets, &out->target_count, out, &targets, false, memory);
}

/* --- together ---------------------------------------------------------------------------------------------------------- */

bool incident_assemble(incident *out, const standing *g, const rule_set *rules, arena *memory)
{
    const joinee *core = g->core[0], *teller = scene_teller(g);
    *out = (incident){.id = id_of(g, memory),
                      .kind = kind_of(g),
                      .is_planned = core->is_planned,
                      .is_period = core->is_period,
                      .has_days = core->is_dated,
                      .start = core->day,
                      .end = core->end,
                      .places = teller == NULL ? NULL : teller->places,
                      .place_count = teller == NULL ? 0 : teller->place_count};
    if (out->id == NULL || !statements_read(out, g, memory) || !parties_read(out, g, memory) || !incident_count_figures(out, rules, memory))
        return false;
    return incident_give_grade(out, rules, memory);
}
