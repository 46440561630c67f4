/* What the models of the event stage see, as words of their features. */
#include "event/see.h"

static bool in_list(const int32_t *list, uint8_t count, int32_t chunk)
{
    for (uint8_t i = 0; i < count; i++)
        if (list[i] == chunk)
            return true;
    return false;
}

static bool in_places(const event *v, int32_t chunk)
{
    for (uint8_t i = 0; i < v->place_count; i++)
        if (v->places[i].chunk == chunk)
            return true;
    return false;
}

void see_and_score(const scene *e, const model *m, const model_view *seen, const event *v, span filler, int32_t scores[MODEL_OUTPUTS])
{
    model_score(m, e->lexicon, seen, scores);
    if (e->observer != NULL)
        e->observer->see(e->observer->context, m, seen, sentence_span(e->s, v->token, v->token_end), marsad_kind_name((marsad_kind)v->kind), filler);
}

unsigned see_roles(const event *v, int32_t chunk)
{
    return (in_list(v->actors, v->actor_count, chunk) ? IS_ACTOR : 0U) | (in_list(v->targets, v->target_count, chunk) ? IS_TARGET : 0U) |
           (in_places(v, chunk) ? IS_PLACE : 0U);
}

const char *see_role_names(unsigned roles)
{
    static const char *const names[] = {"none", "actor", "target", "actor+target", "place", "actor+place", "target+place", "all"};
    return names[roles & 7];
}

const char *see_form(const scene *e, const event *v)
{
    if (e->p->chunks[v->chunk].type == CHUNK_VERB)
        return v->passive ? "passive" : "verb";
    if (v->frame->pos == POS_ADJ)
        return "participle";
    return v->reported ? "reported" : v->governed ? "governed" : "noun";
}

const char *see_slot(const scene *e, const phrase_chunk *k)
{
    if (k->has_direction)
        return "direction";
    if (k->slot != SLOT_NONE)
        return lexicon_slot_name(k->slot);
    return k->prep != 0 ? lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, k->prep)->text) : "bare";
}

const char *see_class(const scene *e, const phrase_chunk *k)
{
    static const char *const actors[] = {"@other", "@state", "@government", "@army",   "@group", "@coalition",
                                         "@igo",   "@ngo",   "@office",     "@person", "@media", "@people"};
    if (k->name >= 0 && e->s->hits[k->name].type == ENTRY_ACTOR) {
        uint32_t row = hit_row(&e->s->hits[k->name], 0);
        uint8_t kind = lexicon_actor(e->lexicon, row)->kind;
        return kind < sizeof actors / sizeof *actors ? actors[kind] : "@other";
    }
    if (k->name >= 0)
        return "@place";
    uint8_t class = k->lemma != 0 ? lexicon_lemma(e->lexicon, k->lemma)->classes[0] : CLASS_NONE;
    if (class != CLASS_NONE)
        return lexicon_class_name(class);
    if (sentence_hit(e->s, ENTRY_DEMONYM, k->head) != NULL)
        return "@people";
    if (k->lemma == 0)
        return k->quantity >= 0 ? "number" : "unknown";
    switch (sentence_reading(e->s, k->head)->pos) {
    case POS_NAME:
        return "name";
    case POS_ADJ:
        return "adjective";
    case POS_NOUN:
        return lexicon_lemma(e->lexicon, k->lemma)->frame_count > 0 ? "action" : "noun";
    default:
        return "other";
    }
}

const char *see_nature(const scene *e, int32_t chunk)
{
    bool acts = scene_can_act(e, chunk), place = scene_is_place(e, chunk);
    if (acts && (place || scene_could_be_place(e, chunk)))
        return "state";
    if (acts)
        return "actor";
    if (*scene_object(e, chunk) != '\0')
        return place ? "site" : "object";
    if (place)
        return "place";
    const char *who = e->p->chunks[chunk].lemma != 0 ? lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, e->p->chunks[chunk].lemma)->who) : "";
    return *who != '\0' || scene_is(e, chunk, CLASS_PERSON) ? "people" : "thing";
}

const char *see_distance(int32_t a, int32_t b)
{
    static const struct {
        int32_t limit;
        const char *name;
    } steps[] = {{1, "1"}, {2, "2"}, {4, "4"}, {8, "8"}, {16, "16"}};
    int32_t far = a > b ? a - b : b - a;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (far <= steps[i].limit)
            return steps[i].name;
    return "more";
}

const char *see_clause(const scene *e, int32_t from, int32_t segment)
{
    if (segment == from)
        return "same";
    if (segment < 0 || from < 0)
        return "none";
    const segment_kind kinds[] = {SEGMENT_RELATIVE, SEGMENT_CONTENT, SEGMENT_SUBORDINATE};
    static const char *const below[] = {"relative", "content", "subordinate"}, *const above[] = {"over relative", "over content", "over subordinate"};
    const segment_kind child = (segment_kind)e->p->segments[segment].kind, own = (segment_kind)e->p->segments[from].kind;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (e->p->segments[segment].parent == from && child == kinds[i])
            return below[i];
        if (e->p->segments[from].parent == segment && own == kinds[i])
            return above[i];
    }
    if (e->p->segments[from].shares == segment)
        return "shared";
    if (e->p->segments[segment].parent == e->p->segments[from].parent)
        return segment < from ? "sister before" : "sister after";
    return segment < from ? "before" : "after";
}

const char *see_events_between(const scene *e, int32_t one, int32_t other)
{
    static const char *const names[] = {"0", "1", "2"};
    unsigned found = 0;
    int32_t first = one < other ? one : other, last = one < other ? other : one;
    for (uint32_t i = 0; i < e->count; i++)
        found += !e->events[i].dropped && e->events[i].chunk > first && e->events[i].chunk < last;
    return names[found > 2 ? 2 : found];
}

const char *see_tense(const scene *e, const event *v)
{
    if (e->p->chunks[v->chunk].type != CHUNK_VERB)
        return "none";
    uint16_t feats = sentence_reading(e->s, v->token)->feats;
    return (feats & FEAT_PAST) != 0 ? "past" : (feats & FEAT_PRES) != 0 ? "present" : "other";
}

const char *see_given(const scene *e, const event *v)
{
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    if (k->type != CHUNK_NOUN)
        return "none";
    if (k->is_demonstrative)
        return "this";
    return k->quantity >= 0 ? "counted" : k->has_pronoun ? "pronoun" : k->definite ? "definite" : k->gen >= 0 ? "of" : "indefinite";
}

const char *see_lemma(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = chunk >= 0 ? &e->p->chunks[chunk] : NULL;
    if (k == NULL || k->lemma == 0 || k->name >= 0 || sentence_hit(e->s, ENTRY_DEMONYM, k->head) != NULL)
        return "none";
    return lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, k->lemma)->text);
}

const char *see_clause_kind(const scene *e, const event *v)
{
    static const char *const names[] = {"main", "content", "relative", "subordinate", "coordinate", "resumed"};
    return v->segment >= 0 ? names[e->p->segments[v->segment].kind] : "none";
}

const char *see_governor(const scene *e, const event *v)
{
    static const char *const names[] = {"none", "light", "aspect", "cause", "phase", "modality", "repel", "wanted", "claim", "includes"};
    for (uint32_t i = 0; i < e->anchor_count; i++)
        if (e->anchors[i].is_governor && e->anchors[i].event == v - e->events)
            return names[e->anchors[i].governor->effect];
    return "none";
}

const char *see_filled(const event *v)
{
    return see_role_names((v->actor_count > 0 ? IS_ACTOR : 0U) | (v->target_count > 0 ? IS_TARGET : 0U) | (v->place_count > 0 ? IS_PLACE : 0U));
}

const char *see_word(const scene *e, const event *v)
{
    return lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, v->frame->lemma)->text);
}

const char *see_top_slot(const scene *e, const event *v)
{
    return see_slot(e, &e->p->chunks[chunk_top(e->p, v->chunk)]);
}
