/*
 * The learned joins: of two violent events of a sentence that no rule of join.c made one, whether the first is only a part of the second: its victims («قتل خمسة ... بالقذائف»), or
 * another word for it («غارات ... استهدفت»).
 */
#include "event/see.h"

typedef enum {
    SEES_PART,      /* kind of the one that may be part */
    SEES_WHOLE,     /* kind of the other */
    SEES_PART_WORD, /* their triggers' lemmas */
    SEES_WHOLE_WORD,
    SEES_PART_FORM,
    SEES_WHOLE_FORM,
    SEES_PART_SLOT, /* the preposition over each */
    SEES_WHOLE_SLOT,
    SEES_PART_HAS, /* the roles that are filled */
    SEES_WHOLE_HAS,
    SEES_FIGURES, /* which of them has figures */
    SEES_TIES,    /* how they are tied: subject, described, genitive, conjoined, shared phrase */
    SEES_ORDER,
    SEES_FAR,
    SEES_CLAUSE,
    SEES_BETWEEN,
    SEES_MOOD, /* same modality or not */
    SEES_COUNT
} sees;

static const char *const part_names[SEES_COUNT] = {"part",      "whole",      "part_word", "whole_word", "part_form", "whole_form",
                                                   "part_slot", "whole_slot", "part_has",  "whole_has",  "figures",   "ties",
                                                   "order",     "far",        "clause",    "between",    "mood"};

static const uint8_t templates[][TEMPLATE_PARTS] = {T1(PART),
                                                    T1(WHOLE),
                                                    T1(PART_WORD),
                                                    T1(WHOLE_WORD),
                                                    T1(TIES),
                                                    T1(FAR),
                                                    T1(CLAUSE),
                                                    T1(BETWEEN),
                                                    T1(MOOD),
                                                    T1(FIGURES),
                                                    T1(PART_HAS),
                                                    T1(WHOLE_HAS),
                                                    T2(PART, WHOLE),
                                                    T2(PART, TIES),
                                                    T2(WHOLE, TIES),
                                                    T2(PART_WORD, WHOLE),
                                                    T2(PART, WHOLE_WORD),
                                                    T2(PART_FORM, WHOLE_FORM),
                                                    T2(CLAUSE, ORDER),
                                                    T2(FAR, ORDER),
                                                    T2(PART, WHOLE_SLOT),
                                                    T2(PART_SLOT, WHOLE),
                                                    T2(PART, PART_HAS),
                                                    T2(WHOLE, WHOLE_HAS),
                                                    T2(TIES, CLAUSE),
                                                    T2(BETWEEN, FAR),
                                                    T3(PART, WHOLE, ORDER),
                                                    T3(PART, WHOLE, CLAUSE),
                                                    T3(PART, WHOLE, TIES),
                                                    T3(PART, WHOLE, FAR),
                                                    T3(PART, WHOLE_SLOT, ORDER),
                                                    T3(PART_FORM, WHOLE_SLOT, CLAUSE),
                                                    T3(PART, WHOLE, FIGURES),
                                                    T3(PART, WHOLE, BETWEEN),
                                                    T3(PART_SLOT, ORDER, CLAUSE),
                                                    T4(PART_FORM, WHOLE_FORM, CLAUSE, ORDER),
                                                    T4(PART, WHOLE_SLOT, CLAUSE, ORDER)};
static const model unite = MODEL("unite", part_names, templates);

static bool share_phrase(const event *a, const event *b)
{
    for (uint8_t i = 0; i < a->actor_count; i++)
        if (see_roles(b, a->actors[i]) != 0)
            return true;
    for (uint8_t i = 0; i < a->target_count; i++)
        if (see_roles(b, a->targets[i]) != 0)
            return true;
    return false;
}

static const char *ties(const scene *e, const event *part, const event *whole)
{
    bool before;
    if (part->segment >= 0 && segment_subject(e->p, part->segment, &before) == whole->chunk)
        return "subject";
    const segment *g = &e->p->segments[part->segment];
    if (g->kind == SEGMENT_RELATIVE && g->antecedent == whole->chunk)
        return "described";
    if (e->p->segments[whole->segment].kind == SEGMENT_RELATIVE && e->p->segments[whole->segment].antecedent == part->chunk)
        return "describes";
    for (uint32_t i = 0; i < e->anchor_count; i++)
        if (e->anchors[i].is_governor && e->anchors[i].event == part - e->events && e->anchors[i].governor->effect == EFFECT_CAUSE)
            return "caused";
    if (e->p->chunks[part->chunk].with == whole->chunk || e->p->chunks[whole->chunk].with == part->chunk)
        return "conjoined";
    return share_phrase(part, whole) ? "shared" : "none";
}

static void see_two(const scene *e, const event *part, const event *whole, model_view *seen)
{
    static const char *const figures[] = {"none", "part", "whole", "both"};
    seen->values[SEES_PART] = marsad_kind_name((marsad_kind)part->kind);
    seen->values[SEES_WHOLE] = marsad_kind_name((marsad_kind)whole->kind);
    seen->values[SEES_PART_WORD] = see_word(e, part);
    seen->values[SEES_WHOLE_WORD] = see_word(e, whole);
    seen->values[SEES_PART_FORM] = see_form(e, part);
    seen->values[SEES_WHOLE_FORM] = see_form(e, whole);
    seen->values[SEES_PART_SLOT] = see_top_slot(e, part);
    seen->values[SEES_WHOLE_SLOT] = see_top_slot(e, whole);
    seen->values[SEES_PART_HAS] = see_filled(part);
    seen->values[SEES_WHOLE_HAS] = see_filled(whole);
    seen->values[SEES_FIGURES] = figures[(part->figure_count > 0 ? 1 : 0) + (whole->figure_count > 0 ? 2 : 0)];
    seen->values[SEES_TIES] = ties(e, part, whole);
    seen->values[SEES_ORDER] = part->token < whole->token ? "before" : "after";
    seen->values[SEES_FAR] = see_distance(part->chunk, whole->chunk);
    seen->values[SEES_CLAUSE] = see_clause(e, part->segment, whole->segment);
    seen->values[SEES_BETWEEN] = see_events_between(e, part->chunk, whole->chunk);
    seen->values[SEES_MOOD] = part->modality == whole->modality ? "same" : "other";
}

static bool can_be_one(const event *part, const event *whole)
{
    return part != whole && !part->dropped && !whole->dropped && scene_is_assault(part->kind) && scene_is_assault(whole->kind) &&
           part->segment >= 0 && whole->segment >= 0 && whole->kind != MARSAD_KIND_KILLING;
}

void event_unite(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *best = NULL;
        int32_t best_score = TRUST;
        for (uint32_t k = 0; k < e->count; k++) {
            int32_t scores[MODEL_OUTPUTS];
            model_view seen = {0};
            if (!can_be_one(&e->events[i], &e->events[k]))
                continue;
            see_two(e, &e->events[i], &e->events[k], &seen);
            see_and_score(e, &unite, &seen, &e->events[i], sentence_span(e->s, e->events[k].token, e->events[k].token_end), scores);
            if (scores[0] > best_score) {
                best_score = scores[0];
                best = &e->events[k];
            }
        }
        if (best != NULL)
            event_merge(e, best, &e->events[i]);
    }
}
