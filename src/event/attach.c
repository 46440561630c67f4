/*
 * The learned second look at who fills which role. The rules of role.c and scope.c have spoken; here a model asks of every event and every phrase of its sentence
 * whether the phrase is an actor, a target or a place of it. What the rules said is the strongest thing it knows.
 */
#include "event/see.h"

#include <stdlib.h>

typedef enum {
    SEES_RULE,    /* the roles that the rules gave the phrase in this event */
    SEES_KIND,    /* of the event */
    SEES_FORM,    /* verb, passive, noun, participle, and whether it is governed */
    SEES_FILLED,  /* which roles the rules filled at all */
    SEES_SLOT,    /* the phrase's preposition or direction */
    SEES_CLASS,   /* the class of its head, or the type of its name */
    SEES_NATURE,  /* can act, is a place, is a thing that can be hit */
    SEES_COUNTED, /* with a number; definite; indefinite */
    SEES_LINK,    /* genitive of the trigger, conjunct, alone */
    SEES_LEAD,    /* the roles of what it is conjoined with */
    SEES_OTHER,   /* its roles in other events */
    SEES_FRAME,   /* the role that the event's frame has for its preposition */
    SEES_SIDE,    /* before or after the trigger */
    SEES_FAR,     /* how many chunks lie between */
    SEES_CLAUSE,  /* where its clause stands to the event's */
    SEES_SYNTAX,  /* subject, object, what a relative clause describes */
    SEES_BETWEEN, /* other events between them */
    SEES_SPEAKER, /* it is who speaks */
    SEES_CHAIN,   /* the role here of the place or party that stands right before it: بلدة سلحب في ريف حماة */
    SEES_SHARED,  /* kind and role of the nearest other event that has it */
    SEES_COUNT
} sees;

static const char *const part_names[SEES_COUNT] = {"rule",  "kind",  "form", "filled", "slot",   "class",  "nature",  "counted", "link",  "lead",
                                                   "other", "frame", "side", "far",    "clause", "syntax", "between", "speaker", "chain", "shared"};
enum { ASKS_ACTOR, ASKS_TARGET, ASKS_PLACE, ASKS_COUNT };

static const uint8_t templates[][TEMPLATE_PARTS] = {T1(RULE),
                                                    T1(NATURE),
                                                    T1(SYNTAX),
                                                    T1(CLAUSE),
                                                    T1(CLASS),
                                                    T1(SPEAKER),
                                                    T1(LEAD),
                                                    T1(OTHER),
                                                    T1(SLOT),
                                                    T1(FAR),
                                                    T1(LINK),
                                                    T1(COUNTED),
                                                    T2(RULE, KIND),
                                                    T2(RULE, SLOT),
                                                    T2(RULE, NATURE),
                                                    T2(RULE, SYNTAX),
                                                    T2(RULE, CLAUSE),
                                                    T2(RULE, FAR),
                                                    T2(RULE, CLASS),
                                                    T2(RULE, FILLED),
                                                    T2(RULE, BETWEEN),
                                                    T2(RULE, LINK),
                                                    T2(RULE, LEAD),
                                                    T2(RULE, OTHER),
                                                    T2(RULE, SPEAKER),
                                                    T2(RULE, COUNTED),
                                                    T2(RULE, FORM),
                                                    T2(KIND, CLASS),
                                                    T2(LEAD, NATURE),
                                                    T2(FRAME, NATURE),
                                                    T2(SPEAKER, NATURE),
                                                    T3(KIND, SLOT, NATURE),
                                                    T3(SYNTAX, KIND, NATURE),
                                                    T3(SYNTAX, FORM, NATURE),
                                                    T3(CLAUSE, SIDE, NATURE),
                                                    T3(CLAUSE, RULE, NATURE),
                                                    T3(KIND, CLASS, SIDE),
                                                    T3(OTHER, RULE, CLAUSE),
                                                    T3(BETWEEN, RULE, NATURE),
                                                    T3(FAR, SIDE, NATURE),
                                                    T3(FILLED, NATURE, CLAUSE),
                                                    T3(FILLED, NATURE, SYNTAX),
                                                    T3(LINK, SLOT, NATURE),
                                                    T3(FRAME, SLOT, RULE),
                                                    T3(FRAME, SYNTAX, NATURE),
                                                    T3(FRAME, KIND, NATURE),
                                                    T3(OTHER, NATURE, KIND),
                                                    T2(CHAIN, NATURE),
                                                    T2(CHAIN, RULE),
                                                    T3(CHAIN, SLOT, NATURE),
                                                    T3(CHAIN, KIND, RULE),
                                                    T3(CHAIN, FAR, NATURE),
                                                    T2(SHARED, KIND),
                                                    T2(SHARED, CLAUSE),
                                                    T3(SHARED, KIND, RULE),
                                                    T3(SHARED, KIND, NATURE),
                                                    T3(SHARED, BETWEEN, RULE),
                                                    T4(CLAUSE, SYNTAX, NATURE, FORM),
                                                    T4(SLOT, SIDE, BETWEEN, NATURE),
                                                    T4(RULE, KIND, NATURE, FILLED),
                                                    T4(CLAUSE, FAR, NATURE, RULE),
                                                    T4(LINK, FORM, NATURE, KIND)};
static const model attach = MODEL("attach", part_names, templates);

/* --- what is seen ------------------------------------------------------------------------------------------------------------------ */

static const char *link_of(const event *v, const phrase_chunk *k)
{
    if (k->of >= 0)
        return k->of == v->chunk ? "genitive" : "inner";
    if (k->apposed >= 0)
        return "apposed";
    return k->with >= 0 ? "conjunct" : "alone";
}

static const char *syntax_of(const scene *e, const event *v, int32_t chunk)
{
    bool before;
    int32_t subject = segment_subject(e->p, v->segment, &before);
    const segment *g = &e->p->segments[v->segment];
    bool verb = e->p->chunks[v->chunk].type == CHUNK_VERB;
    if (chunk == subject)
        return verb ? "subject" : "subject of clause";
    if (g->kind == SEGMENT_RELATIVE && g->antecedent == chunk)
        return "described";
    if (verb && chunk == event_object(e, v))
        return "object";
    if (e->p->chunks[chunk].of == v->chunk)
        return "genitive";
    for (uint32_t i = 0; i < e->anchor_count; i++)
        if (e->anchors[i].is_governor && e->anchors[i].event == v - e->events) {
            int32_t over = segment_subject(e->p, e->anchors[i].segment, &before);
            if (over == chunk)
                return "subject of governor";
        }
    return "none";
}

static bool is_speaker(const scene *e, int32_t chunk)
{
    for (uint32_t i = 0; i < e->p->speaker_count; i++)
        if (e->p->speakers[i].chunk == chunk)
            return true;
    return false;
}

/* What the phrase is in itself, whatever the event. */
static void see_chunk(const scene *e, int32_t chunk, model_view *seen)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    seen->values[SEES_SLOT] = see_slot(e, k);
    seen->values[SEES_CLASS] = see_class(e, k);
    seen->values[SEES_NATURE] = see_nature(e, chunk);
    seen->values[SEES_COUNTED] = k->quantity >= 0 ? "number" : k->definite ? "definite" : "indefinite";
    seen->values[SEES_SPEAKER] = is_speaker(e, chunk) ? "speaks" : "no";
}

static void see_event(const scene *e, const event *v, model_view *seen)
{
    seen->values[SEES_KIND] = marsad_kind_name((marsad_kind)v->kind);
    seen->values[SEES_FORM] = see_form(e, v);
    seen->values[SEES_FILLED] = see_filled(v);
}

/* The role in this event of the noun phrase that ends right before the chunk. */
static const char *chain_of(const scene *e, const event *v, int32_t chunk)
{
    if (chunk == 0 || e->p->chunks[chunk - 1].type != CHUNK_NOUN)
        return "none";
    int32_t top = chunk_top(e->p, chunk - 1);
    if (top == v->chunk)
        return "trigger";
    if (!scene_is_place(e, top))
        return see_roles(v, top) != 0 ? see_role_names(see_roles(v, top)) : "noun";
    return (see_roles(v, top) & IS_PLACE) != 0 ? "its place" : "a place";
}

/* "capture.place": what the nearest other event does with the chunk. */
static const char *shared_with(const scene *e, const event *v, int32_t chunk)
{
    const event *best = NULL;
    for (uint32_t i = 0; i < e->count; i++) {
        const event *w = &e->events[i];
        if (w == v || w->dropped || see_roles(w, chunk) == 0)
            continue;
        if (best == NULL || abs(w->chunk - v->chunk) < abs(best->chunk - v->chunk))
            best = w;
    }
    if (best == NULL)
        return "none";
    const char *text = arena_format(e->scratch, "%s.%s", marsad_kind_name((marsad_kind)best->kind), see_role_names(see_roles(best, chunk)));
    return text != NULL ? text : "none";
}

/* The role that the event's frame has for the place in grammar where the phrase stands. */
static const char *frame_of(const scene *e, const event *v, int32_t chunk, const char *syntax)
{
    static const char *const roles[ROLE_COUNT] = {"none", "actor", "target", "agent", "place", "from", "to", "event", "weapon"};
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->slot != SLOT_NONE)
        return roles[event_role(v, k->slot)];
    if (strcmp(syntax, "subject") == 0)
        return roles[event_role(v, v->passive ? SLOT_OBJ : SLOT_SUBJ)];
    if (strcmp(syntax, "object") == 0)
        return roles[event_role(v, SLOT_OBJ)];
    return k->of == v->chunk ? roles[event_role(v, SLOT_GEN)] : "bare";
}

static void see_pair(const scene *e, const event *v, int32_t chunk, model_view *seen)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    unsigned other = 0;
    for (uint32_t i = 0; i < e->count; i++)
        if (&e->events[i] != v && !e->events[i].dropped)
            other |= see_roles(&e->events[i], chunk);
    seen->values[SEES_RULE] = see_role_names(see_roles(v, chunk));
    seen->values[SEES_LINK] = link_of(v, k);
    seen->values[SEES_LEAD] = k->with >= 0 ? see_role_names(see_roles(v, k->with)) : "alone";
    seen->values[SEES_OTHER] = see_role_names(other);
    seen->values[SEES_SIDE] = chunk < v->chunk ? "before" : "after";
    seen->values[SEES_FAR] = see_distance(chunk, v->chunk);
    seen->values[SEES_CLAUSE] = see_clause(e, v->segment, k->segment);
    seen->values[SEES_SYNTAX] = syntax_of(e, v, chunk);
    seen->values[SEES_FRAME] = frame_of(e, v, chunk, seen->values[SEES_SYNTAX]);
    seen->values[SEES_BETWEEN] = see_events_between(e, v->chunk, chunk);
    seen->values[SEES_CHAIN] = chain_of(e, v, chunk);
    seen->values[SEES_SHARED] = shared_with(e, v, chunk);
}

/* --- what is done ------------------------------------------------------------------------------------------------------------------- */

/* A phrase that can fill a role: not one inside another phrase, a time, or another event. */
static bool is_candidate(const scene *e, const event *v, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->type != CHUNK_NOUN || chunk == v->chunk)
        return see_roles(v, chunk) != 0;
    if (see_roles(v, chunk) != 0)
        return true;
    if (k->quantity < 0 && chunk_is_remark(e->p, chunk))
        return false; /* معظمهم أطفال */
    bool inner = k->of >= 0 && k->of != v->chunk;
    int32_t own = scene_event_of(e, chunk);
    return !inner && k->apposed < 0 && (own < 0 || e->events[own].dropped);
}

static void remove_place(event *v, int32_t chunk)
{
    uint8_t kept = 0;
    for (uint8_t i = 0; i < v->place_count; i++)
        if (v->places[i].chunk != chunk)
            v->places[kept++] = v->places[i];
    v->place_count = kept;
}

enum {
    REACH = 40,            /* chunks: what stands farther away is of another event */
    LEAN = 300,            /* thousandths of a logit towards yes: a role that is missed costs more than one too many */
    CERTAIN_DOER = 1500,   /* a deed is laid at another door, beside that of the doer who was found, only if the model is this sure */
    SURE = 500,            /* what the rules found goes only if the model is surer than that */
    SURE_OF_OBJECT = 1200, /* and the object of a verb that has a target, or the place after في, only if it is this sure */
    CERTAIN_TARGET = 1000  /* behind a preposition that brings no role to the event */
};

/* The same words name one of its places already. */
static bool is_named_already(const scene *e, const event *v, int32_t chunk)
{
    const uint32_t head = e->p->chunks[chunk].head;
    for (uint8_t i = 0; i < v->place_count; i++)
        if (view_equal(e->s->tokens[e->p->chunks[v->places[i].chunk].head].form, e->s->tokens[head].form) && e->p->chunks[chunk].gen < 0)
            return true;
    return false;
}

/* How likely the answer is yes: above 0 it is. */
static int32_t answer(int32_t score, bool by_rule)
{
    return score + LEAN + (by_rule ? TRUST : -TRUST);
}

/* «قتلت بعض من …»: the object of a verb whose object is its target. */
static bool is_object(const scene *e, const event *v, int32_t chunk)
{
    return e->p->chunks[v->chunk].type == CHUNK_VERB && event_role(v, SLOT_OBJ) == ROLE_TARGET && event_object(e, v) == chunk;
}

/* Behind a preposition that the event has no role for. */
static bool is_strange(const scene *e, const event *v, int32_t chunk)
{
    uint8_t slot = e->p->chunks[chunk].slot;
    return slot != SLOT_NONE && event_role(v, slot) == ROLE_NONE;
}

static void decide(scene *e, event *v, int32_t chunk, const int32_t scores[MODEL_OUTPUTS])
{
    unsigned had = see_roles(v, chunk);
    int32_t actor = answer(scores[ASKS_ACTOR], (had & IS_ACTOR) != 0), target = answer(scores[ASKS_TARGET], (had & IS_TARGET) != 0),
            place = answer(scores[ASKS_PLACE], (had & IS_PLACE) != 0);
    bool both = actor > 0 && target > 0 && had != (IS_ACTOR | IS_TARGET);
    bool is_actor = actor > 0 && !(both && target > actor), is_target = target > 0 && !(both && target <= actor);
    int32_t with = e->p->chunks[chunk].with;
    bool another = v->actor_count > 0 && (with < 0 || (see_roles(v, with) & IS_ACTOR) == 0);
    if (is_actor && (had & IS_ACTOR) == 0 && (!another || actor > CERTAIN_DOER))
        event_add_filler(v->actors, &v->actor_count, chunk);
    else if (!is_actor && (had & IS_ACTOR) != 0 && actor < -SURE)
        event_remove_filler(v->actors, &v->actor_count, chunk);
    if (is_target && (had & IS_TARGET) == 0 && (!is_strange(e, v, chunk) || target > CERTAIN_TARGET))
        event_add_filler(v->targets, &v->target_count, chunk);
    else if (!is_target && (had & IS_TARGET) != 0 && target < -(is_object(e, v, chunk) ? SURE_OF_OBJECT : SURE))
        event_remove_filler(v->targets, &v->target_count, chunk);
    if (place > 0 && (had & IS_PLACE) == 0 && !is_named_already(e, v, chunk) && (scene_is_place(e, chunk) || scene_could_be_place(e, chunk)))
        event_add_place_here(e, v, chunk);
    else if (place < -(e->p->chunks[chunk].slot == SLOT_FI ? SURE_OF_OBJECT : SURE) && (had & IS_PLACE) != 0)
        remove_place(v, chunk);
}

/* Ask the model about one phrase and every event that it stands near to. */
static void look_again(scene *e, int32_t chunk, int32_t (*scores)[MODEL_OUTPUTS], bool *asked)
{
    model_view seen = {0};
    bool known = false;
    const uint32_t count = e->p->count;
    for (uint32_t i = 0; i < e->count; i++) {
        const event *v = &e->events[i];
        const size_t at = (size_t)i * count + (size_t)chunk;
        asked[at] = !v->dropped && abs(v->chunk - chunk) <= REACH && is_candidate(e, v, chunk);
        if (!asked[at])
            continue;
        if (!known)
            see_chunk(e, chunk, &seen);
        known = true;
        see_event(e, v, &seen);
        see_pair(e, v, chunk, &seen);
        see_and_score(e, &attach, &seen, v, chunk_span(e->p, e->s, chunk), scores[at]);
    }
}

void event_attach(scene *e)
{
    const uint32_t count = e->p->count;
    int32_t(*scores)[MODEL_OUTPUTS] = arena_alloc(e->scratch, (size_t)(count + 1) * (e->count + 1) * sizeof *scores);
    bool *asked = arena_alloc(e->scratch, (size_t)(count + 1) * (e->count + 1));
    if (scores == NULL || asked == NULL) {
        e->failed = true;
        return;
    }
    for (uint32_t c = 0; c < count; c++) /* all are seen before any is changed */
        look_again(e, (int32_t)c, scores, asked);
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->events[i].dropped)
            continue;
        for (uint32_t c = 0; c < count; c++)
            if (asked[(size_t)i * count + c])
                decide(e, &e->events[i], (int32_t)c, scores[(size_t)i * count + c]);
        event_count_targets(e, &e->events[i]);
    }
}
