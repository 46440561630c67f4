/*
 * With what it was done: an air strike, shelling, a bombing, or an attack of another kind. The frame and its variants have spoken from the words beside the trigger; here a
 * model weighs them against what the sentence and the article speak of («الضربة», «استهدفت» after planes were named).
 */
#include "event/see.h"

typedef enum {
    SEES_RULE,
    SEES_WORD,
    SEES_FORM,
    SEES_GIVEN, /* definite or not */
    SEES_CLAUSE_CUES,
    SEES_CUES,    /* weapons named in the sentence */
    SEES_ARTICLE, /* weapons named most in the article */
    SEES_LAST,    /* kind of the latest record of the four */
    SEES_OTHERS,  /* kinds of the other such events of the sentence */
    SEES_ACTOR,
    SEES_TARGET,
    SEES_SLOT,
    SEES_COUNT
} sees;

static const char *const part_names[SEES_COUNT] = {"rule",    "word", "form",   "given", "clause_cues", "cues",
                                                   "article", "last", "others", "actor", "target",      "slot"};
enum { ATTACK, SHELLING, AIRSTRIKE, BOMBING, WEAPONS };
static const char *const questions[WEAPONS] = {"attack", "shelling", "airstrike", "bombing"};
static const marsad_kind kinds[WEAPONS] = {MARSAD_KIND_ATTACK, MARSAD_KIND_SHELLING, MARSAD_KIND_AIRSTRIKE, MARSAD_KIND_BOMBING};

static const uint8_t templates[][TEMPLATE_PARTS] = {T1(RULE),
                                                    T1(WORD),
                                                    T1(CLAUSE_CUES),
                                                    T1(CUES),
                                                    T1(ARTICLE),
                                                    T1(LAST),
                                                    T1(OTHERS),
                                                    T1(ACTOR),
                                                    T1(TARGET),
                                                    T1(GIVEN),
                                                    T1(SLOT),
                                                    T2(RULE, CLAUSE_CUES),
                                                    T2(RULE, CUES),
                                                    T2(RULE, ARTICLE),
                                                    T2(RULE, LAST),
                                                    T2(RULE, OTHERS),
                                                    T2(RULE, ACTOR),
                                                    T2(RULE, GIVEN),
                                                    T2(WORD, CUES),
                                                    T2(WORD, ARTICLE),
                                                    T2(WORD, LAST),
                                                    T2(WORD, OTHERS),
                                                    T2(WORD, ACTOR),
                                                    T2(WORD, GIVEN),
                                                    T2(LAST, GIVEN),
                                                    T3(RULE, CUES, ARTICLE),
                                                    T3(RULE, GIVEN, LAST),
                                                    T3(RULE, FORM, CUES),
                                                    T3(WORD, GIVEN, LAST)};
static const model weapon = MODEL("weapon", part_names, templates);

static int weapon_of(marsad_kind kind)
{
    for (int i = 0; i < WEAPONS; i++)
        if (kinds[i] == kind)
            return i;
    return -1;
}

static const char *cue_names(unsigned cues)
{
    static const char *const names[] = {"none", "air", "fire", "air fire", "explosive", "air explosive", "fire explosive", "air fire explosive"};
    return names[cues & 7];
}

/* Weapons among the tokens, CUE_ bits. */
static unsigned cues_in(const scene *e, uint32_t first, uint32_t end)
{
    unsigned cues = 0;
    for (uint32_t i = first; i < end; i++)
        cues |= memory_weapon_cue(e->s, e->lexicon, i);
    return cues;
}

static unsigned clause_cues(const scene *e, const event *v)
{
    const segment *g = &e->p->segments[v->segment];
    if (g->first >= g->last)
        return 0;
    return cues_in(e, e->p->chunks[g->first].first, e->p->chunks[g->last - 1].last);
}

static const char *others(const scene *e, const event *v)
{
    unsigned found = 0;
    for (uint32_t i = 0; i < e->count; i++) {
        int w = e->events[i].dropped || &e->events[i] == v ? -1 : weapon_of((marsad_kind)e->events[i].kind);
        found |= w > 0 ? 1U << (w == AIRSTRIKE ? 0 : w == SHELLING ? 1 : 2) : 0;
    }
    return cue_names(found);
}

static void see_weapon(const scene *e, const event *v, const record_list *records, model_view *seen)
{
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    seen->values[SEES_RULE] = questions[weapon_of((marsad_kind)v->kind)];
    seen->values[SEES_WORD] = see_word(e, v);
    seen->values[SEES_FORM] = see_form(e, v);
    seen->values[SEES_GIVEN] = k->type == CHUNK_VERB ? "verb" : k->quantity >= 0 ? "counted" : k->definite ? "definite" : "indefinite";
    seen->values[SEES_CLAUSE_CUES] = cue_names(clause_cues(e, v));
    seen->values[SEES_CUES] = cue_names(cues_in(e, 0, e->s->count));
    seen->values[SEES_ARTICLE] = memory_main_weapon(e->memory);
    seen->values[SEES_LAST] = records->last_attack >= 0 ? questions[weapon_of((marsad_kind)records->last_attack)] : "none";
    seen->values[SEES_OTHERS] = others(e, v);
    seen->values[SEES_ACTOR] = v->actor_count > 0 ? see_class(e, &e->p->chunks[v->actors[0]]) : "none";
    seen->values[SEES_TARGET] = v->target_count > 0 ? see_class(e, &e->p->chunks[v->targets[0]]) : "none";
    seen->values[SEES_SLOT] = see_top_slot(e, v);
}

void event_weapons(scene *e, const record_list *records)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        int rule = v->dropped || v->segment < 0 ? -1 : weapon_of((marsad_kind)v->kind);
        if (rule < 0)
            continue;
        int32_t scores[MODEL_OUTPUTS];
        model_view seen = {0};
        see_weapon(e, v, records, &seen);
        see_and_score(e, &weapon, &seen, v, sentence_span(e->s, v->token, v->token_end), scores);
        int best = rule;
        scores[rule] += 2 * TRUST;
        for (int w = 0; w < WEAPONS; w++)
            best = scores[w] > scores[best] ? w : best;
        v->kind = (uint8_t)kinds[best];
    }
}
