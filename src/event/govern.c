/*
 * What governs an event: a light verb lends it its subject (شن غارة), an aspect verb too (واصل القصف), a phase verb tells its phase (انهارت الهدنة),
 * a verb of wanting keeps it from being a record (دعا إلى وقف القصف), and so on. And the modality that particles give to a verb.
 */
#include "event/event.h"

/* Whether a word's governor row could hold a chunk at `slot` after it. */
static const lex_governor *any_row_for(const scene *e, uint32_t lemma_index, bool is_verb, uint8_t via)
{
    if (lemma_index == 0)
        return NULL;
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, lemma_index);
    for (uint8_t i = 0; i < lemma->governor_count; i++) {
        const lex_governor *row = lexicon_governor(e->lexicon, lemma->first_governor + i);
        if ((row->pos == POS_VERB) == is_verb && row->via == via)
            return row;
    }
    return NULL;
}

/* ... and for this event: only deals and talks have phases. */
static const lex_governor *row_for(const scene *e, const event *v, uint32_t lemma_index, bool is_verb, uint8_t via)
{
    const lex_governor *row = any_row_for(e, lemma_index, is_verb, via);
    bool has_phases = scene_has_phases(v->kind);
    return row != NULL && row->effect == EFFECT_PHASE && !has_phases ? NULL : row;
}

static void anchor_add(scene *e, const anchor *a)
{
    if (!ARENA_GROW(e->scratch, e->anchors, e->anchor_count, e->anchor_room)) {
        e->failed = true;
        return;
    }
    e->anchors[e->anchor_count++] = *a;
}

static void find_anchors(scene *e)
{
    for (uint32_t i = 0; i < e->count && !e->failed; i++)
        anchor_add(e, &(anchor){.chunk = (uint32_t)e->events[i].chunk, .event = (int32_t)i, .segment = e->events[i].segment});
}

/* What a particle of negation makes of a verb: with an exception behind it, it asserts what is left standing, and لن that it is to come. */
static uint8_t negated_modality(const scene *e, int32_t particle, int32_t verb)
{
    if (!event_has_exception(e, verb))
        return MARSAD_DENIED;
    return sentence_reading(e->s, e->p->chunks[particle].head)->pos == POS_NEG_FUTURE ? MARSAD_PLANNED : MARSAD_ASSERTED;
}

/* The modality that the words right before a verb give it. */
static uint8_t verb_modality(const scene *e, int32_t verb)
{
    const phrases *p = e->p;
    const morph_reading *r = sentence_reading(e->s, p->chunks[verb].head);
    uint8_t modality = (r->clitics & CLITIC_SA) != 0 ? MARSAD_PLANNED : MARSAD_ASSERTED;
    int32_t segment = p->chunks[verb].segment;
    for (int32_t c = verb - 1; c >= 0 && c >= verb - 4; c--) {
        const bool is_beside = c == verb - 1; /* «ولم تنسحب»: the conjunction begins a clause, and its particle can be left in the one before */
        if (p->chunks[c].segment != segment && !is_beside)
            break;
        if (p->chunks[c].type == CHUNK_NEG)
            return negated_modality(e, c, verb);
        if (p->chunks[c].type == CHUNK_FUTURE)
            modality = MARSAD_PLANNED;
        else if (p->chunks[c].type == CHUNK_POSSIBLE)
            modality = (r->feats & FEAT_PAST) != 0 && (r->feats & FEAT_PRES) == 0 ? modality : MARSAD_POSSIBLE;
        else if (p->chunks[c].type == CHUNK_VERB)
            break;
    }
    return modality;
}

/* Give the event the role that the governor's subject has in it. */
static void lend_subject(scene *e, event *v, const lex_governor *row, int32_t subject)
{
    if (subject < 0 || subject == v->chunk)
        return;
    if (scene_event_of(e, subject) >= 0)
        return;
    if (row->subject == ROLE_ACTOR)
        event_add_actor(e, v, subject);
    else if (row->subject == ROLE_NONE && scene_is_place(e, subject) && row->effect == EFFECT_LIGHT)
        event_add_place(e, v, subject, MARSAD_IN); /* شهدت المدينة قصفا */
    else if (row->subject == ROLE_TARGET && scene_is_place(e, subject) && !scene_can_act(e, subject))
        event_add_place(e, v, subject, MARSAD_IN);
    else if (row->subject == ROLE_TARGET)
        event_add_target(e, v, subject);
}

/* Another phase of the same deal is another record, triggered by the word that tells it: انهيار اتفاق أبرم في شباط. NULL if there is no room. */
static event *second_phase(scene *e, const event *v, int32_t governor_chunk)
{
    event copy = *v;
    copy.token = e->p->chunks[governor_chunk].head;
    copy.token_end = copy.token + 1;
    copy.segment = e->p->chunks[governor_chunk].segment;
    copy.actor_count = copy.target_count = copy.place_count = 0;
    if (e->count == e->room)
        return NULL; /* event_triggers() kept room for one more phase of each event: no list grows while it is walked */
    e->events[e->count] = copy;
    return &e->events[e->count++];
}

/* The objects of the verb that leaves them out: لم يشمل الاتفاق داعش أو النصرة. */
static void add_left_out(scene *e, event *v, int32_t verb)
{
    const segment *g = &e->p->segments[e->p->chunks[verb].segment];
    for (uint32_t c = (uint32_t)verb + 1; c < g->last; c++)
        if (chunk_is_bare_noun(e->p, (int32_t)c) && (int32_t)c != v->chunk && !e->p->chunks[c].conjoined)
            event_add_target(e, v, (int32_t)c);
}

static void apply(scene *e, event *v, const lex_governor *row, int32_t governor_chunk, int32_t subject, uint8_t modality)
{
    v->governed = true;
    event_add_rule(v, "governor", row->row, e->p->chunks[governor_chunk].head);
    bool carries_on = row->effect == EFFECT_ASPECT || row->effect == EFFECT_PHASE; /* "did not stop" is no denial */
    if (modality != MARSAD_ASSERTED && !(modality == MARSAD_DENIED && carries_on))
        v->modality = modality;
    switch (row->effect) {
    case EFFECT_PHASE:
        if (scene_has_phases(v->kind)) {
            if (v->phase != MARSAD_NO_PHASE && v->phase != row->value)
                v = second_phase(e, v, governor_chunk);
            if (v == NULL)
                return;
            v->phase = row->value;
            lend_subject(e, v, row, subject);
        }
        break;
    case EFFECT_MODALITY:
        v->modality = row->value;
        lend_subject(e, v, row, subject);
        break;
    case EFFECT_REPEL:
        v->modality = MARSAD_ASSERTED;                            /* أحبط محاولة تسلل: they did try */
        event_remove_filler(v->actors, &v->actor_count, subject); /* who repels an attack did not make it */
        if (v->kind <= MARSAD_KIND_ATTACK && subject >= 0)
            event_add_target(e, v, subject);
        break;
    case EFFECT_WANTED:
        v->dropped = true;
        break;
    case EFFECT_INCLUDES: /* whom the terms include or, denied, leave out */
        v->modality = MARSAD_ASSERTED;
        if (modality == MARSAD_DENIED) {
            v->phase = MARSAD_EXCLUDES;
            add_left_out(e, v, governor_chunk);
        }
        break;
    case EFFECT_CLAIM:
        v->claimant = subject;
        lend_subject(e, v, row, subject);
        break;
    default:
        lend_subject(e, v, row, subject);
        break;
    }
    anchor_add(e, &(anchor){.chunk = (uint32_t)governor_chunk,
                            .event = (int32_t)(v - e->events),
                            .segment = e->p->chunks[governor_chunk].segment,
                            .is_governor = true,
                            .governor = row});
}

/* The preposition whose pronoun stands for the noun that a clause describes, SLOT_NONE if there is none. */
static uint8_t pronoun_slot(const scene *e, const segment *g)
{
    for (uint32_t c = g->first; c < g->last; c++)
        if (e->p->chunks[c].type == CHUNK_PRONOUN && e->p->chunks[c].slot != SLOT_NONE)
            return e->p->chunks[c].slot;
    return SLOT_NONE;
}

/* The verb of the clause as governor of a noun event. */
static bool governed_by_verb(scene *e, event *v, int32_t seg, int32_t chunk)
{
    const phrases *p = e->p;
    const segment *g = &p->segments[seg];
    if (g->verb < 0)
        return false;
    const chunk_type type = (chunk_type)p->chunks[g->verb].type;
    uint32_t lemma = p->chunks[g->verb].lemma;
    if (type != CHUNK_VERB || lemma == 0 || lexicon_lemma(e->lexicon, lemma)->governor_count == 0)
        return false;
    bool before;
    int32_t subject = segment_subject(p, seg, &before);
    uint8_t slot = p->chunks[chunk].slot;
    const lex_governor *row = NULL;
    bool topic = p->chunks[g->verb].has_pronoun && chunk < g->verb && chunk_is_bare_noun(p, chunk) && p->chunks[chunk].segment == seg;
    bool described = (g->kind == SEGMENT_RELATIVE && g->antecedent == chunk) || topic; /* الهجوم شنه ... */
    uint8_t modality = verb_modality(e, g->verb);
    if (described && p->chunks[g->verb].has_pronoun)
        row = row_for(e, v, lemma, true, SLOT_OBJ);
    else if (described && pronoun_slot(e, g) != SLOT_NONE) /* عدوان تتعرض له المواقع */
        row = row_for(e, v, lemma, true, pronoun_slot(e, g));
    else if (subject == chunk || described)
        row = row_for(e, v, lemma, true, SLOT_SUBJ);
    else if (slot == SLOT_NONE && chunk > g->verb)
        row = row_for(e, v, lemma, true, SLOT_OBJ);
    else if (slot != SLOT_NONE)
        row = row_for(e, v, lemma, true, slot);
    if (row == NULL && slot == SLOT_NONE) { /* passive: the object stands as subject */
        row = row_for(e, v, lemma, true, SLOT_OBJ);
        if (row != NULL && (subject == chunk || described))
            subject = -1;
    }
    if (row == NULL)
        return false;
    bool announces = row->effect == EFFECT_PHASE && v->phase != MARSAD_NO_PHASE && chunk != v->chunk && !described;
    bool main = g->kind == SEGMENT_MAIN || g->kind == SEGMENT_CONTENT;
    v->reported = v->reported || (row->effect == EFFECT_LIGHT && main && chunk == v->chunk);
    if (announces) /* أعلن تمديد الهدنة: the nearer word tells the phase */
        lend_subject(e, v, row, subject == chunk ? -1 : subject);
    else
        apply(e, v, row, g->verb, subject == chunk ? -1 : subject, modality);
    return true;
}

/* Whose a governing noun is: its genitive, or for مسؤوليته the subject of the clause. -1 if it is not said. */
static int32_t owner_of(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    bool before;
    if (k->gen >= 0 || !k->has_pronoun || k->segment < 0)
        return k->gen;
    return segment_subject(e->p, k->segment, &before);
}

/* A noun before it as governor: انهيار الهدنة, التوصل إلى اتفاق. */
static bool governed_by_noun(scene *e, event *v, int32_t chunk)
{
    const phrases *p = e->p;
    int32_t of = p->chunks[chunk].of;
    for (int32_t c = of; c >= 0; c = p->chunks[c].of) { /* وقف إطلاق الصواريخ: what is wanted is wanted to its last word */
        const lex_governor *wish = row_for(e, v, p->chunks[c].lemma, false, SLOT_GEN);
        v->dropped = v->dropped || (wish != NULL && wish->effect == EFFECT_WANTED);
    }
    if (of >= 0) {
        const lex_governor *row = row_for(e, v, p->chunks[of].lemma, false, SLOT_GEN);
        while (row == NULL && p->chunks[of].of >= 0) { /* تمديد نظام التهدئة */
            of = p->chunks[of].of;
            row = row_for(e, v, p->chunks[of].lemma, false, SLOT_GEN);
        }
        if (row == NULL)
            return false;
        bool before;
        int32_t seg = p->chunks[of].segment;
        int32_t subject = -1;
        if (seg >= 0 && p->segments[seg].verb >= 0) { /* قام بشن غارات: the subject of the light verb over it */
            const segment *g = &p->segments[seg];
            const lex_governor *light =
                row_for(e, v, p->chunks[g->verb].lemma, true, p->chunks[of].slot != SLOT_NONE ? p->chunks[of].slot : SLOT_OBJ);
            if (light != NULL)
                subject = segment_subject(p, seg, &before);
        }
        apply(e, v, row, of, subject == of ? -1 : subject, MARSAD_ASSERTED);
        governed_by_verb(e, v, p->chunks[of].segment, of);
        return true;
    }
    if (p->chunks[chunk].slot == SLOT_NONE || chunk == 0)
        return false;
    for (int32_t c = chunk - 1; c >= 0 && c >= chunk - 7 && p->chunks[c].segment == p->chunks[chunk].segment; c--) {
        if (p->chunks[c].type != CHUNK_NOUN)
            continue;
        int32_t top = chunk_top(p, c);
        const lex_governor *row = row_for(e, v, p->chunks[top].lemma, false, p->chunks[chunk].slot);
        if (row != NULL) {
            apply(e, v, row, top, owner_of(e, top), MARSAD_ASSERTED);
            governed_by_verb(e, v, p->chunks[top].segment, top);
            return true;
        }
    }
    return false;
}

/* A word for a deal, also where by itself it would be no event here. */
static bool is_deal(const scene *e, int32_t chunk)
{
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, e->p->chunks[chunk].lemma);
    for (uint8_t i = 0; e->p->chunks[chunk].lemma != 0 && i < lemma->frame_count; i++) {
        uint8_t kind = lexicon_frame(e->lexicon, lemma->first_frame + i)->kind;
        if (kind == MARSAD_KIND_AGREEMENT || kind == MARSAD_KIND_TRUCE)
            return true;
    }
    return false;
}

/* «اتفاق لوقف الأعمال القتالية»: the deal that the truce is named by; its own event is part of the truce. -1 if there is none. */
static int32_t deal_before(scene *e, const event *v)
{
    const phrases *p = e->p;
    if (v->kind != MARSAD_KIND_TRUCE || p->chunks[v->chunk].slot != SLOT_LI || v->chunk == 0 || p->chunks[v->chunk - 1].type != CHUNK_NOUN ||
        !is_deal(e, v->chunk - 1))
        return -1;
    int32_t agreement = scene_event_of(e, v->chunk - 1);
    if (agreement >= 0)
        e->events[agreement].dropped = true;
    return v->chunk - 1;
}

/* قبل اجتماع: the meeting is still to come; من أجل السيطرة، بهدف تفجيرها: what something is done for is meant to happen. */
static bool is_yet_to_come(const scene *e, const event *v)
{
    static const char *const aims[] = {"من اجل", "بهدف", "بغية", "بقصد", "تمهيدا", "تمهيدا ل"};
    uint32_t lemma = e->p->chunks[chunk_top(e->p, v->chunk)].prep;
    const char *prep = lemma != 0 ? lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, lemma)->text) : "";
    bool aim = v->kind == MARSAD_KIND_TALKS && strcmp(prep, "قبل") == 0;
    for (size_t i = 0; i < sizeof aims / sizeof *aims; i++)
        aim = aim || strcmp(prep, aims[i]) == 0;
    return aim;
}

static void govern_noun(scene *e, event *v)
{
    if (is_yet_to_come(e, v))
        v->modality = MARSAD_PLANNED;
    const phrases *p = e->p;
    int32_t chunk = v->chunk;
    for (uint32_t i = 0; i < p->segment_count; i++)
        if (p->segments[i].kind == SEGMENT_RELATIVE && p->segments[i].antecedent == chunk)
            governed_by_verb(e, v, (int32_t)i, chunk);
    int32_t deal = deal_before(e, v);
    if (deal >= 0) {
        for (uint32_t i = 0; i < p->segment_count; i++)
            if (p->segments[i].kind == SEGMENT_RELATIVE && p->segments[i].antecedent == deal)
                governed_by_verb(e, v, (int32_t)i, deal);
        chunk = deal;
    }
    if (governed_by_noun(e, v, chunk))
        return;
    if (governed_by_verb(e, v, v->segment, chunk))
        return;
    if (p->chunks[chunk].with >= 0) /* قصف ... وغارات: the first one's governor holds */
        governed_by_verb(e, v, v->segment, p->chunks[chunk].with);
}

/* توقعت المصادر أن يلتحم الجيش: what is expected of the time to come. */
static bool is_expected(const scene *e, const event *v, const lex_governor *row)
{
    uint16_t feats = sentence_reading(e->s, v->token)->feats;
    return row->value == MARSAD_POSSIBLE && e->p->chunks[v->chunk].type == CHUNK_VERB && (feats & FEAT_PRES) != 0 && (feats & FEAT_PAST) == 0;
}

/* A clause after أن under a word that wants it, tries it or threatens with it. */
static void govern_clause(scene *e, event *v)
{
    const phrases *p = e->p;
    const segment *g = &p->segments[v->segment];
    bool clause = g->kind == SEGMENT_SUBORDINATE || g->kind == SEGMENT_CONTENT;
    if (!clause || g->opener < 0 || p->chunks[g->opener].type != CHUNK_COMP || g->parent < 0)
        return;
    if (g->opener > 0 && p->chunks[g->opener - 1].type == CHUNK_POSSIBLE && v->modality == MARSAD_ASSERTED)
        v->modality = MARSAD_POSSIBLE; /* يمكن أن */
    const segment *parent = &p->segments[g->parent];
    if (parent->verb < 0)
        return;
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, p->chunks[parent->verb].lemma);
    for (uint8_t i = 0; i < lemma->governor_count; i++) {
        const lex_governor *row = lexicon_governor(e->lexicon, lemma->first_governor + i);
        if (row->effect == EFFECT_WANTED && g->kind == SEGMENT_SUBORDINATE)
            v->dropped = true;
        else if (row->effect == EFFECT_MODALITY && (g->kind == SEGMENT_SUBORDINATE || row->value == MARSAD_DENIED || is_expected(e, v, row)))
            v->modality = row->value;
    }
}

/* What a demand, refusal or threat is about is no record of its own. */
static void drop_content_of_wishes(scene *e)
{
    const phrases *p = e->p;
    for (uint32_t i = 0; i < e->count; i++) {
        const event *wish = &e->events[i];
        bool wishes = wish->kind == MARSAD_KIND_DEMAND || wish->kind == MARSAD_KIND_REJECT || wish->kind == MARSAD_KIND_THREATEN;
        if (!wishes || wish->dropped)
            continue;
        for (uint32_t k = 0; k < e->count; k++) {
            event *v = &e->events[k];
            if (v == wish || v->token <= wish->token || v->kind == MARSAD_KIND_DEMAND)
                continue;
            const segment *g = &p->segments[v->segment];
            bool clause = g->kind == SEGMENT_SUBORDINATE && g->opener >= 0 && p->chunks[g->opener].type == CHUNK_COMP && g->parent == wish->segment;
            int32_t top = chunk_top(p, v->chunk);
            int32_t lead = p->chunks[top].with >= 0 ? p->chunks[top].with : top;
            bool noun =
                v->segment == wish->segment && event_role(wish, p->chunks[lead].slot != SLOT_NONE ? p->chunks[lead].slot : SLOT_OBJ) == ROLE_EVENT;
            if (clause || noun)
                v->dropped = true;
        }
    }
}

static bool opens_condition(const scene *e, const segment *g)
{
    static const char *const words[] = {"اذا", "لو", "الا اذا", "في حال", "ما لم", "فيما اذا", "ما اذا"};
    if (g->opener < 0 || e->p->chunks[g->opener].lemma == 0)
        return false;
    const char *opener = lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, e->p->chunks[g->opener].lemma)->text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(opener, words[i]) == 0)
            return true;
    return false;
}

/* A question, or any such event at all («أي هجوم»), asserts nothing. */
static bool is_unreal(const scene *e, const event *v)
{
    static const char *const any[] = {"اي", "اية", "كل"};
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    for (size_t i = 0; i < sizeof any / sizeof *any; i++)
        if (k->type == CHUNK_NOUN && view_equal(e->s->tokens[k->first].form, view_of(any[i])))
            return true;
    return token_is_mark(e->s, e->s->count - 1, "؟") || (e->s->count > 1 && token_is_mark(e->s, e->s->count - 2, "؟"));
}

void event_governors(scene *e)
{
    find_anchors(e);
    uint32_t found = e->count; /* second phases, added meanwhile, have their governor */
    for (uint32_t i = 0; i < found && !e->failed; i++) {
        event *v = &e->events[i];
        if (e->p->chunks[v->chunk].type == CHUNK_VERB)
            v->modality = verb_modality(e, v->chunk);
        else
            govern_noun(e, v);
        govern_clause(e, v);
        if (is_unreal(e, v) && v->modality == MARSAD_ASSERTED)
            v->modality = MARSAD_POSSIBLE;
        if (opens_condition(e, &e->p->segments[v->segment]) && v->modality == MARSAD_ASSERTED)
            v->modality = MARSAD_POSSIBLE;
    }
    drop_content_of_wishes(e);
}
