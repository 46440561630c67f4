/* Questions that every part of the event stage asks of the sentence at work. */
#include "event/event.h"

bool scene_is(const scene *e, int32_t chunk, noun_class class)
{
    return chunk_is(e->p, e->lexicon, chunk, class);
}

bool scene_phrase_has(const scene *e, int32_t chunk, noun_class class)
{
    uint32_t end = chunk_end(e->p, chunk);
    for (uint32_t i = e->p->chunks[chunk].first; i < end; i++) {
        const morph_reading *r = sentence_reading(e->s, i);
        if (r->lemma != 0 && lemma_is(lexicon_lemma(e->lexicon, r->lemma), class))
            return true;
    }
    return false;
}

bool scene_has_phases(uint8_t kind)
{
    return kind == MARSAD_KIND_TRUCE || kind == MARSAD_KIND_TALKS || kind == MARSAD_KIND_AGREEMENT;
}

bool scene_is_assault(uint8_t kind)
{
    return kind <= MARSAD_KIND_DESTRUCTION;
}

frame_role event_role(const event *v, uint8_t slot)
{
    for (uint8_t i = 0; i < v->frame->role_count; i++)
        if (v->frame->roles[i].slot == slot)
            return (frame_role)v->frame->roles[i].role;
    return ROLE_NONE;
}

int32_t scene_event_of(const scene *e, int32_t chunk)
{
    for (uint32_t i = 0; chunk >= 0 && i < e->count; i++)
        if (e->events[i].chunk == chunk && e->events[i].token == e->p->chunks[chunk].head)
            return (int32_t)i;
    return -1;
}

void event_add_rule(event *v, const char *prefix, uint32_t row, uint32_t token)
{
    for (uint8_t i = 0; i < v->rule_count; i++)
        if (v->rules[i].row == row && v->rules[i].token == token)
            return;
    if (v->rule_count < RULES_MAX) {
        v->rules[v->rule_count].prefix = prefix;
        v->rules[v->rule_count].row = row;
        v->rules[v->rule_count++].token = token;
    }
}

bool scene_can_act(const scene *e, int32_t chunk)
{
    static const noun_class acting[] = {CLASS_FORCE, CLASS_FIGHTER, CLASS_AIRCRAFT, CLASS_ARTILLERY, CLASS_GOVERNMENT,
                                        CLASS_BODY,  CLASS_GROUP,   CLASS_OFFICE,   CLASS_SUICIDE,   CLASS_SECTARIAN};
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->name >= 0)
        return e->s->hits[k->name].type == ENTRY_ACTOR;
    for (size_t i = 0; i < sizeof acting / sizeof *acting; i++)
        if (scene_is(e, chunk, acting[i]))
            return true;
    if (sentence_hit(e->s, ENTRY_DEMONYM, k->head) != NULL)
        return true;
    const char *who = k->lemma != 0 ? lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, k->lemma)->who) : "";
    return *who != '\0' && strcmp(who, "civilians") != 0 && strcmp(who, "unknown") != 0;
}
