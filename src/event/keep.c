/*
 * Whether an event that was read is a record: the learned answer. It is the record's confidence, and what is unlikely is dropped: words that only look like an event,
 * background, another word for what the sentence tells anyway.
 */
#include "event/see.h"

#include <math.h>

typedef enum {
    SEES_KIND,
    SEES_WORD, /* the trigger's lemma */
    SEES_FORM,
    SEES_TENSE,
    SEES_FILLED, /* which roles are filled */
    SEES_TELLS,  /* how many parts beyond the trigger: 0..5 */
    SEES_FIGURES,
    SEES_TIME,
    SEES_SLOT,   /* the preposition over the trigger's phrase */
    SEES_OF,     /* the noun that it completes */
    SEES_GIVEN,  /* definite, demonstrative, counted, indefinite */
    SEES_CLAUSE, /* kind of its clause */
    SEES_VERB,   /* the verb of its clause, where it is a noun */
    SEES_GOVERNOR,
    SEES_MOOD,
    SEES_SPEAKER,
    SEES_LEFT, /* kind of the nearest event before it in the sentence, and how far */
    SEES_RIGHT,
    SEES_FAMILY, /* other events of its family in the sentence */
    SEES_KNOWN,  /* records of its kind so far in the article */
    SEES_RULE,   /* what the rules say: a record, or a mere mention */
    SEES_QUOTED,
    SEES_COUNT
} sees;

static const char *const part_names[SEES_COUNT] = {"kind", "word",  "form",   "tense",  "filled", "tells",    "figures", "time",
                                                   "slot", "of",    "given",  "clause", "verb",   "governor", "mood",    "speaker",
                                                   "left", "right", "family", "known",  "rule",   "quoted"};

static const uint8_t templates[][TEMPLATE_PARTS] = {T1(KIND),
                                                    T1(WORD),
                                                    T1(FORM),
                                                    T1(TENSE),
                                                    T1(FILLED),
                                                    T1(TELLS),
                                                    T1(FIGURES),
                                                    T1(TIME),
                                                    T1(SLOT),
                                                    T1(OF),
                                                    T1(GIVEN),
                                                    T1(CLAUSE),
                                                    T1(VERB),
                                                    T1(GOVERNOR),
                                                    T1(MOOD),
                                                    T1(SPEAKER),
                                                    T1(LEFT),
                                                    T1(RIGHT),
                                                    T1(FAMILY),
                                                    T1(KNOWN),
                                                    T1(RULE),
                                                    T1(QUOTED),
                                                    T2(KIND, FORM),
                                                    T2(KIND, WORD),
                                                    T2(KIND, FILLED),
                                                    T2(KIND, FIGURES),
                                                    T2(KIND, SLOT),
                                                    T2(KIND, GIVEN),
                                                    T2(KIND, LEFT),
                                                    T2(KIND, RIGHT),
                                                    T2(KIND, FAMILY),
                                                    T2(KIND, KNOWN),
                                                    T2(KIND, MOOD),
                                                    T2(KIND, CLAUSE),
                                                    T2(KIND, TELLS),
                                                    T2(WORD, FORM),
                                                    T2(WORD, FILLED),
                                                    T2(WORD, SLOT),
                                                    T2(FORM, TELLS),
                                                    T2(FORM, CLAUSE),
                                                    T2(FORM, SLOT),
                                                    T2(FORM, FILLED),
                                                    T2(GIVEN, TELLS),
                                                    T2(GIVEN, SLOT),
                                                    T2(RULE, KIND),
                                                    T2(RULE, KNOWN),
                                                    T2(SPEAKER, KIND),
                                                    T2(SPEAKER, MOOD),
                                                    T2(OF, KIND),
                                                    T3(KIND, FORM, FILLED),
                                                    T3(KIND, FORM, SLOT),
                                                    T3(KIND, GIVEN, TELLS),
                                                    T3(KIND, LEFT, FIGURES),
                                                    T3(KIND, FAMILY, FIGURES),
                                                    T3(KIND, FORM, KNOWN),
                                                    T3(RULE, KIND, KNOWN)};
static const model keep = MODEL("keep", part_names, templates);

static const char *small(unsigned n)
{
    static const char *const names[] = {"0", "1", "2", "3", "4", "5"};
    return names[n > 5 ? 5 : n];
}

/* "same 2", "other 8": the nearest live event on one side; "shelling" and the like would be too many. */
static const char *neighbour(const scene *e, const event *v, bool left)
{
    const event *best = NULL;
    for (uint32_t i = 0; i < e->count; i++) {
        const event *w = &e->events[i];
        if (w == v || w->dropped || (w->token < v->token) != left)
            continue;
        if (best == NULL || (left ? w->token > best->token : w->token < best->token))
            best = w;
    }
    if (best == NULL)
        return "none";
    const char *what = best->kind == v->kind                                               ? "same"
                       : scene_is_assault(best->kind) && best->kind != MARSAD_KIND_KILLING ? "attack"
                       : best->kind == MARSAD_KIND_KILLING                                 ? "killing"
                                                                                           : "other";
    const char *text = arena_format(e->scratch, "%s %s %s", what, see_distance(best->chunk, v->chunk), see_clause(e, v->segment, best->segment));
    return text != NULL ? text : "none";
}

static const char *family(const scene *e, const event *v)
{
    unsigned same = 0, assaults = 0;
    for (uint32_t i = 0; i < e->count; i++)
        if (&e->events[i] != v && !e->events[i].dropped) {
            same += e->events[i].kind == v->kind;
            assaults += scene_is_assault(e->events[i].kind);
        }
    return same > 0 ? "same" : assaults > 0 && scene_is_assault(v->kind) ? "assault" : "alone";
}

static const char *known(const record_list *records, const event *v)
{
    if (records->kinds[v->kind] > 0)
        return records->kinds[v->kind] > 2 ? "often" : "yes";
    uint32_t assaults = 0;
    for (uint8_t kind = 0; scene_is_assault(kind); kind++)
        assaults += records->kinds[kind];
    return records->count == 0 ? "first" : assaults > 0 ? "assaults" : "no";
}

static void see_record(scene *e, const event *v, const record_list *records, model_view *seen)
{
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    unsigned tells = (unsigned)((v->actor_count > 0) + (v->target_count > 0) + (v->place_count > 0) + (v->figure_count > 0) + (v->time >= 0));
    seen->values[SEES_KIND] = marsad_kind_name((marsad_kind)v->kind);
    seen->values[SEES_WORD] = see_word(e, v);
    seen->values[SEES_FORM] = see_form(e, v);
    seen->values[SEES_TENSE] = see_tense(e, v);
    seen->values[SEES_FILLED] = see_filled(v);
    seen->values[SEES_TELLS] = small(tells);
    seen->values[SEES_FIGURES] = v->figure_count > 0 ? "yes" : "no";
    seen->values[SEES_TIME] = v->time >= 0 ? "yes" : "no";
    seen->values[SEES_SLOT] = see_top_slot(e, v);
    seen->values[SEES_OF] = see_lemma(e, k->of);
    seen->values[SEES_GIVEN] = see_given(e, v);
    seen->values[SEES_CLAUSE] = see_clause_kind(e, v);
    seen->values[SEES_VERB] = k->type == CHUNK_VERB || v->segment < 0 ? "none" : see_lemma(e, e->p->segments[v->segment].verb);
    seen->values[SEES_GOVERNOR] = see_governor(e, v);
    seen->values[SEES_MOOD] = marsad_modality_name((marsad_modality)v->modality);
    seen->values[SEES_SPEAKER] = v->speaker >= 0 ? "yes" : "no";
    seen->values[SEES_LEFT] = neighbour(e, v, true);
    seen->values[SEES_RIGHT] = neighbour(e, v, false);
    seen->values[SEES_FAMILY] = family(e, v);
    seen->values[SEES_KNOWN] = known(records, v);
    seen->values[SEES_RULE] = v->mere ? "mere" : "record";
    seen->values[SEES_QUOTED] = k->in_quotes ? "yes" : "no";
}

double event_likelihood(scene *e, const event *v, const record_list *records)
{
    int32_t scores[MODEL_OUTPUTS];
    model_view seen = {0};
    see_record(e, v, records, &seen);
    see_and_score(e, &keep, &seen, v, sentence_span(e->s, v->token, v->token_end), scores);
    return 1 / (1 + exp(-(scores[0] + (v->mere ? -TRUST : TRUST)) / 1000.0));
}
