/* Figures: how many were killed, fired, struck - from quantities, duals, single victims and subsets ("بينهم خمسة أطفال"). */
#include "event/event.h"

static void bounds_of(marsad_figure *f)
{
    f->low = f->high = MARSAD_NO_VALUE;
    if (f->value == MARSAD_NO_VALUE)
        return;
    switch (f->bound) {
    case MARSAD_EXACT:
        f->low = f->high = f->value;
        break;
    case MARSAD_AT_LEAST:
        f->low = f->value;
        break;
    case MARSAD_OVER:
        f->low = f->value + 1;
        break;
    case MARSAD_UP_TO:
        f->high = f->value;
        break;
    default:
        break;
    }
}

static void figure_add(event *v, marsad_figure f, int32_t chunk)
{
    for (uint8_t i = 0; i < v->figure_count; i++)
        if (v->figures[i].span.start == f.span.start && v->figures[i].of == f.of)
            return;
    if (v->figure_count == FIGURES_MAX)
        return;
    bounds_of(&f);
    v->counted[v->figure_count] = chunk;
    v->figures[v->figure_count++] = f;
}

static bool is_human_noun(const scene *e, int32_t chunk)
{
    static const noun_class people[] = {CLASS_FIGHTER,  CLASS_PERSON,   CLASS_CIVILIAN, CLASS_OFFICE,    CLASS_KILLED,  CLASS_WOUNDED,
                                        CLASS_CASUALTY, CLASS_DETAINED, CLASS_ABDUCTED, CLASS_DISPLACED, CLASS_MISSING, CLASS_KIN};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (scene_is(e, chunk, people[i]))
            return true;
    return sentence_hit(e->s, ENTRY_DEMONYM, e->p->chunks[chunk].head) != NULL;
}

/* A victim with a name, beside it or after what completes it: القيادي في تنظيم ... فلان بن فلان. */
static bool has_name_beside(const scene *e, int32_t chunk)
{
    for (uint32_t c = (uint32_t)chunk + 1; c < e->p->count && c < (uint32_t)chunk + 8; c++) {
        const phrase_chunk *k = &e->p->chunks[c];
        if (k->type == CHUNK_VERB || k->type == CHUNK_COMP || k->type == CHUNK_SUB || k->conjoined)
            return false;
        if (k->apposed == chunk)
            return true;
        if (e->p->chunks[chunk].definite && k->type == CHUNK_NOUN && k->slot == SLOT_NONE && k->name < 0 && k->of < 0 &&
            !scene_is_place(e, (int32_t)c) && sentence_reading(e->s, k->head)->pos == POS_NAME)
            return true;
    }
    return false;
}

/* أحد عناصرها، إحدى القذائف. */
static bool is_one_of(const scene *e, int32_t chunk)
{
    static const char *const words[] = {"احد", "احدي"};
    const phrase_chunk *k = &e->p->chunks[chunk];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (uint32_t t = k->first; t <= k->head && t < k->last; t++)
            if (view_equal(e->s->tokens[t].form, view_of(words[i])))
                return true;
    return false;
}

bool scene_is_vague_number(const scene *e, uint32_t token)
{
    const name_hit *hit = sentence_hit(e->s, ENTRY_NUMBER, token);
    return hit != NULL && hit->last == token + 1 && lexicon_number(e->lexicon, hit_row(hit, 0))->class == NUMBER_VAGUE;
}

/* A bound that stands after the noun: خمسة أشخاص على الأقل. */
static void bound_after(const scene *e, int32_t chunk, marsad_figure *f)
{
    uint32_t end = chunk_end(e->p, chunk), row;
    const name_hit *hit = f->bound == MARSAD_EXACT ? sentence_hit(e->s, ENTRY_BOUND, end) : NULL;
    for (uint32_t i = 0; hit != NULL && (row = hit_row(hit, i)) != 0; i++) {
        const lex_bound *bound = lexicon_bound(e->lexicon, row);
        if (bound->after != 0) {
            f->bound = (marsad_bound)bound->bound;
            return;
        }
    }
}

/* The number that a phrase states: a quantity, a dual, or one by a bare singular. False if it states none. */
static bool number_of(const scene *e, int32_t chunk, bool single, marsad_figure *out)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->quantity >= 0) {
        const quantity *q = &e->s->quantities[k->quantity];
        if (q->ordinal)
            return false;
        *out = (marsad_figure){.span = sentence_span(e->s, q->first, q->last), .value = q->value, .bound = (marsad_bound)q->bound};
        bound_after(e, chunk, out);
        return true;
    }
    if (k->type != CHUNK_NOUN || (k->name >= 0 && k->lemma == 0))
        return false;
    if (single && is_one_of(e, chunk)) { /* أحد عناصرها */
        *out = (marsad_figure){.span = sentence_span(e->s, k->head, k->head + 1), .value = 1, .bound = MARSAD_EXACT};
        return true;
    }
    if (scene_is_vague_number(e, k->head)) {
        *out = (marsad_figure){.span = sentence_span(e->s, k->head, k->head + 1), .value = MARSAD_NO_VALUE, .bound = MARSAD_VAGUE};
        return true;
    }
    const morph_reading *r = sentence_reading(e->s, k->head);
    *out = (marsad_figure){.span = sentence_span(e->s, k->head, k->head + 1), .value = 2, .bound = MARSAD_EXACT};
    if ((r->feats & FEAT_DUAL) != 0 && !k->has_pronoun) {
        bound_after(e, chunk, out);
        return true;
    }
    view form = e->s->tokens[k->head].form;
    if (view_ends(form, view_of("ون")) || view_ends(form, view_of("ين")))
        return false; /* آخرون */
    if (!single || (r->feats & FEAT_PLUR) != 0 || !is_human_noun(e, chunk) || has_name_beside(e, chunk) || k->is_demonstrative)
        return false;
    out->value = 1;
    return (r->feats & FEAT_SING) != 0 || r->rank > 0 || (r->feats & (FEAT_DUAL | FEAT_PLUR)) == 0;
}

/* What the victims of a trigger count as. */
static int counts_as(const scene *e, const event *v, int32_t chunk)
{
    const lex_lemma *trigger = lexicon_lemma(e->lexicon, v->frame->lemma);
    static const struct {
        noun_class class;
        marsad_figure_of of;
    } by_word[] = {
        {CLASS_WOUNDED, MARSAD_WOUNDED}, {CLASS_KILLED, MARSAD_KILLED}, {CLASS_CASUALTY, MARSAD_CASUALTIES}, {CLASS_MISSING, MARSAD_MISSING}};
    for (size_t i = 0; i < sizeof by_word / sizeof *by_word; i++)
        if (chunk >= 0 && scene_is(e, chunk, by_word[i].class))
            return (int)by_word[i].of;
    switch (v->kind) {
    case MARSAD_KIND_DETENTION:
        return MARSAD_DETAINED;
    case MARSAD_KIND_ABDUCTION:
        return MARSAD_ABDUCTED;
    case MARSAD_KIND_DISPLACEMENT:
        return MARSAD_DISPLACED;
    case MARSAD_KIND_RELEASE:
        return MARSAD_RELEASED;
    default:
        break;
    }
    for (size_t i = 0; i < sizeof by_word / sizeof *by_word; i++)
        if (lemma_is(trigger, by_word[i].class))
            return (int)by_word[i].of;
    return v->kind == MARSAD_KIND_KILLING ? MARSAD_KILLED : -1;
}

/* جريحين: two by the form. */
static bool looks_dual(const scene *e, int32_t chunk)
{
    uint32_t head = e->p->chunks[chunk].head;
    view form = e->s->tokens[head].form;
    return (sentence_reading(e->s, head)->feats & FEAT_DUAL) != 0 || view_ends(form, view_of("ين")) || view_ends(form, view_of("ان"));
}

/* قتلى وجرحى in one number. */
static bool is_both(const scene *e, int32_t chunk)
{
    for (uint32_t c = (uint32_t)chunk + 1; c < e->p->count && c <= (uint32_t)chunk + 2; c++)
        if (e->p->chunks[c].with == chunk && e->p->chunks[c].quantity < 0 && !looks_dual(e, (int32_t)c) && scene_is(e, (int32_t)c, CLASS_WOUNDED) &&
            scene_is(e, chunk, CLASS_KILLED))
            return true;
    return false;
}

/* Parties that are counted although nobody harms them: fighters sent, people who protest. */
static void count_parties(scene *e, event *v, const int32_t *chunks, uint8_t count)
{
    for (uint8_t i = 0; i < count; i++) {
        marsad_figure f;
        const phrase_chunk *k = &e->p->chunks[chunks[i]];
        if (k->type != CHUNK_NOUN || k->quantity < 0 || !number_of(e, chunks[i], false, &f))
            continue;
        bool people = scene_is(e, chunks[i], CLASS_CIVILIAN) || scene_is(e, chunks[i], CLASS_PERSON);
        bool fighters =
            scene_is(e, chunks[i], CLASS_FIGHTER) || scene_is(e, chunks[i], CLASS_FORCE) || sentence_hit(e->s, ENTRY_DEMONYM, k->head) != NULL;
        if (scene_is(e, chunks[i], CLASS_VEHICLE))
            f.of = MARSAD_VEHICLES;
        else if (people)
            f.of = MARSAD_PEOPLE;
        else if (fighters)
            f.of = MARSAD_FIGHTERS;
        else
            continue;
        figure_add(v, f, chunks[i]);
    }
}

void event_count_targets(scene *e, event *v)
{
    for (uint8_t t = 0; t < v->target_count; t++) {
        int32_t chunk = v->targets[t];
        marsad_figure f;
        int of = counts_as(e, v, chunk);
        bool counted = false; /* already, for an event that is joined with this one */
        for (uint8_t i = 0; i < v->figure_count; i++)
            counted = counted || v->counted[i] == chunk;
        if (counted)
            continue;
        bool dual = (sentence_reading(e->s, e->p->chunks[chunk].head)->feats & FEAT_DUAL) != 0; /* دبابتين */
        if (scene_is(e, chunk, CLASS_VEHICLE) && !(v->kind == MARSAD_KIND_BOMBING && scene_phrase_has(e, chunk, CLASS_EXPLOSIVE)) &&
            (e->p->chunks[chunk].quantity >= 0 || dual))
            of = MARSAD_VEHICLES;
        if (of < 0 || !number_of(e, chunk, of == MARSAD_KILLED || of == MARSAD_WOUNDED, &f))
            continue;
        f.of = (marsad_figure_of)(of == MARSAD_KILLED && is_both(e, chunk) ? MARSAD_CASUALTIES : of);
        figure_add(v, f, chunk);
    }
}

/* The trigger's own phrase is counted: 90 غارة، ثلاثة قتلى، عبوتين. */
static void count_trigger(scene *e, event *v)
{
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    marsad_figure f;
    if (k->type != CHUNK_NOUN || v->token != k->head || !number_of(e, v->chunk, false, &f))
        return;
    int of = -1;
    if (scene_is(e, v->chunk, CLASS_STRIKE) && v->kind == MARSAD_KIND_AIRSTRIKE)
        of = MARSAD_STRIKES;
    else if (scene_is(e, v->chunk, CLASS_MUNITION) || scene_is(e, v->chunk, CLASS_EXPLOSIVE))
        of = MARSAD_MUNITIONS;
    else if (scene_is(e, v->chunk, CLASS_KILLED) || scene_is(e, v->chunk, CLASS_WOUNDED) || scene_is(e, v->chunk, CLASS_CASUALTY))
        of = counts_as(e, v, v->chunk);
    if (of < 0)
        return;
    f.of = (marsad_figure_of)(of == MARSAD_KILLED && is_both(e, v->chunk) ? MARSAD_CASUALTIES : of);
    figure_add(v, f, v->chunk);
}

/* Munitions, vehicles and fighters that stand in the event's clause. */
static void count_means(scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    marsad_figure f;
    int32_t own = scene_event_of(e, chunk);
    bool is_event = own >= 0 && !e->events[own].dropped && e->events[own].chunk == chunk;
    if (is_event || !number_of(e, chunk, false, &f))
        return;
    bool munition = scene_is(e, chunk, CLASS_MUNITION) || scene_is(e, chunk, CLASS_EXPLOSIVE);
    bool strike = scene_is(e, chunk, CLASS_STRIKE);
    bool fighters = scene_is(e, chunk, CLASS_FIGHTER) || scene_is(e, chunk, CLASS_FORCE);
    if (!munition && !strike && !fighters)
        return;
    for (uint32_t i = e->count; i-- > 0;) {
        event *v = &e->events[i];
        if (v->dropped || v->segment != k->segment || (k->gen < 0 && k->of == v->chunk && !munition))
            continue;
        bool fires =
            v->kind == MARSAD_KIND_SHELLING || v->kind == MARSAD_KIND_AIRSTRIKE || v->kind == MARSAD_KIND_BOMBING || v->kind == MARSAD_KIND_ATTACK;
        if (munition && fires)
            f.of = MARSAD_MUNITIONS;
        else if (strike && v->kind == MARSAD_KIND_AIRSTRIKE)
            f.of = MARSAD_STRIKES;
        else if (fighters && (v->kind == MARSAD_KIND_DEPLOY || v->kind == MARSAD_KIND_HOLD || v->kind == MARSAD_KIND_WITHDRAW ||
                              v->kind == MARSAD_KIND_MILITARY_AID))
            f.of = MARSAD_FIGHTERS;
        else
            continue;
        figure_add(v, f, chunk);
        return;
    }
}

/* ثلاثة مدنيين بينهم طفلان قتلوا: what it counts stands before the pronoun, though its verb does not. */
static bool counts_before(const event *v, uint32_t pronoun)
{
    int32_t counted = v->counted[v->figure_count - 1];
    return counted >= 0 && (uint32_t)counted < pronoun && (uint32_t)counted + 4 > pronoun;
}

/* "بينهم خمسة أطفال": a part of the figure before it. */
static void count_subset(scene *e, uint32_t pronoun)
{
    const phrases *p = e->p;
    if (pronoun + 1 >= p->count || p->chunks[pronoun + 1].type != CHUNK_NOUN || p->chunks[pronoun].type != CHUNK_PRONOUN)
        return;
    uint8_t slot = p->chunks[pronoun].slot;
    if (slot != SLOT_BAYN && slot != SLOT_MIN)
        return;
    for (uint32_t i = e->count; i-- > 0;) {
        event *v = &e->events[i];
        if (v->figure_count == 0 || (v->token > p->chunks[pronoun].first && !counts_before(v, pronoun)))
            continue;
        marsad_figure_of of = v->figures[v->figure_count - 1].of;
        if (of > MARSAD_RELEASED)
            continue;
        for (uint32_t c = pronoun + 1; c < p->count && p->chunks[c].type == CHUNK_NOUN; c++) {
            marsad_figure f;
            if (p->chunks[c].of >= 0)
                continue;
            if ((c > pronoun + 1 && p->chunks[c].with < 0) || !number_of(e, (int32_t)c, true, &f))
                break;
            f.of = of;
            figure_add(v, f, (int32_t)c);
            event_add_target(e, v, (int32_t)c);
        }
        return;
    }
}

void event_figures(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        count_trigger(e, v);
        event_count_targets(e, v);
        bool harms =
            scene_is_assault(v->kind) || v->kind == MARSAD_KIND_DETENTION || v->kind == MARSAD_KIND_RELEASE || v->kind == MARSAD_KIND_DISPLACEMENT;
        if (!harms)
            count_parties(e, v, v->actors, v->actor_count);
        if (!harms)
            count_parties(e, v, v->targets, v->target_count);
    }
    for (uint32_t c = 0; c < e->p->count; c++) {
        if (e->p->chunks[c].type == CHUNK_NOUN)
            count_means(e, (int32_t)c);
        else if (e->p->chunks[c].type == CHUNK_PRONOUN)
            count_subset(e, c);
    }
}
