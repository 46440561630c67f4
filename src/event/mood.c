/*
 * Whether an event is only planned: the learned second look at modality. Particles and governors have spoken (govern.c); the model also sees what a noun of
 * action is for («عملية لتحرير», «معركة استعادة»), the verb over it and the joint that opens its clause. It is asked of nouns that no rule found to be anything but asserted.
 */
#include "event/see.h"

typedef enum {
    SEES_KIND,
    SEES_FORM,
    SEES_TENSE,
    SEES_SLOT, /* the preposition over the trigger's phrase */
    SEES_OF,   /* the class, or else the word, of the noun that it completes */
    SEES_GIVEN,
    SEES_CLAUSE,
    SEES_OPENER, /* the joint that opens its clause */
    SEES_VERB,   /* the verb of its clause, or of the clause above */
    SEES_GOVERNOR,
    SEES_BEFORE, /* the word right before */
    SEES_COUNT
} sees;

static const char *const part_names[SEES_COUNT] = {"kind", "form", "tense", "slot", "of", "given", "clause", "opener", "verb", "governor", "before"};

static const uint8_t templates[][TEMPLATE_PARTS] = {T1(KIND),
                                                    T1(FORM),
                                                    T1(TENSE),
                                                    T1(SLOT),
                                                    T1(OF),
                                                    T1(GIVEN),
                                                    T1(OPENER),
                                                    T1(VERB),
                                                    T1(GOVERNOR),
                                                    T1(BEFORE),
                                                    T1(CLAUSE),
                                                    T2(KIND, SLOT),
                                                    T2(KIND, OF),
                                                    T2(KIND, TENSE),
                                                    T2(KIND, GIVEN),
                                                    T2(SLOT, FORM),
                                                    T2(SLOT, GIVEN),
                                                    T2(OPENER, TENSE),
                                                    T2(CLAUSE, TENSE),
                                                    T2(VERB, SLOT),
                                                    T3(KIND, FORM, SLOT),
                                                    T3(KIND, GIVEN, SLOT)};
static const model mood = MODEL("mood", part_names, templates);

static const char *clause_verb(const scene *e, const event *v)
{
    if (v->segment < 0)
        return "none";
    const segment *g = &e->p->segments[v->segment];
    if (g->verb >= 0 && g->verb != v->chunk)
        return see_lemma(e, g->verb);
    return g->parent >= 0 && e->p->segments[g->parent].verb >= 0 ? see_lemma(e, e->p->segments[g->parent].verb) : "none";
}

static const char *completed(const scene *e, int32_t of)
{
    if (of < 0 || e->p->chunks[of].type != CHUNK_NOUN)
        return "none";
    const char *word = see_lemma(e, of);
    return strcmp(word, "none") != 0 ? word : see_class(e, &e->p->chunks[of]);
}

static const char *word_before(const scene *e, const event *v)
{
    const phrase_chunk *top = &e->p->chunks[chunk_top(e->p, v->chunk)];
    uint32_t at = top->prep_first < top->first ? top->prep_first : top->first;
    if (at == 0)
        return "none";
    const morph_reading *r = sentence_reading(e->s, at - 1);
    bool names = e->s->cover[at - 1] >= 0 || sentence_hit(e->s, ENTRY_DEMONYM, at - 1) != NULL;
    return r->lemma != 0 && !names ? lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, r->lemma)->text) : "none";
}

static void see_mood(const scene *e, const event *v, model_view *seen)
{
    int32_t opener = v->segment >= 0 ? e->p->segments[v->segment].opener : -1;
    seen->values[SEES_KIND] = marsad_kind_name((marsad_kind)v->kind);
    seen->values[SEES_FORM] = see_form(e, v);
    seen->values[SEES_TENSE] = see_tense(e, v);
    seen->values[SEES_SLOT] = see_top_slot(e, v);
    seen->values[SEES_OF] = completed(e, e->p->chunks[v->chunk].of);
    seen->values[SEES_GIVEN] = see_given(e, v);
    seen->values[SEES_CLAUSE] = see_clause_kind(e, v);
    seen->values[SEES_OPENER] = opener >= 0 ? see_lemma(e, opener) : "none";
    seen->values[SEES_VERB] = clause_verb(e, v);
    seen->values[SEES_GOVERNOR] = see_governor(e, v);
    seen->values[SEES_BEFORE] = word_before(e, v);
}

void event_moods(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->dropped || v->modality != MARSAD_ASSERTED || e->p->chunks[v->chunk].type == CHUNK_VERB)
            continue; /* what particles and governors say is said */
        int32_t scores[MODEL_OUTPUTS];
        model_view seen = {0};
        see_mood(e, v, &seen);
        see_and_score(e, &mood, &seen, v, sentence_span(e->s, v->token, v->token_end), scores);
        if (scores[0] > TRUST)
            v->modality = MARSAD_PLANNED;
    }
}
