/*
 * One happening told by two words of a sentence is one record: «مقتل خمسة في غارة» is an air strike with five killed; «قصف استهدف موقعا» one shelling.
 * And things that name an event only under a light verb (صاروخ) are none without it.
 */
#include "event/event.h"

static bool is_attack(const event *v)
{
    return v->kind <= MARSAD_KIND_ATTACK;
}

void event_merge(scene *e, event *into, event *from)
{
    if (into->actor_count == 0)
        for (uint8_t i = 0; i < from->actor_count; i++)
            if (from->actors[i] != into->chunk)
                into->actors[into->actor_count++] = from->actors[i];
    for (uint8_t i = 0; i < from->target_count && into->target_count < FILLERS_MAX; i++) {
        bool known = from->targets[i] == into->chunk;
        for (uint8_t k = 0; k < into->target_count; k++)
            known = known || into->targets[k] == from->targets[i];
        if (!known)
            into->targets[into->target_count++] = from->targets[i];
    }
    for (uint8_t i = 0; i < from->place_count; i++)
        event_add_place(e, into, from->places[i].chunk, from->places[i].relation);
    for (uint8_t i = 0; i < from->figure_count && into->figure_count < FIGURES_MAX; i++) {
        into->counted[into->figure_count] = from->counted[i];
        into->figures[into->figure_count++] = from->figures[i];
    }
    for (uint8_t i = 0; i < from->rule_count; i++)
        event_add_rule(into, from->rules[i].prefix, from->rules[i].row, from->rules[i].token);
    if (into->time < 0)
        into->time = from->time;
    if (into->speaker < 0)
        into->speaker = from->speaker;
    into->reported = into->reported || from->reported || e->p->chunks[from->chunk].type == CHUNK_VERB;
    from->dropped = true;
}

/* The event that a thing is the means or matter of: انفجار عبوة، قصف بالبراميل. -1 if none. */
static int32_t host_of_thing(const scene *e, uint32_t index)
{
    const event *v = &e->events[index];
    for (int32_t c = e->p->chunks[v->chunk].of; c >= 0; c = e->p->chunks[c].of) {
        int32_t host = scene_event_of(e, c);
        if (host >= 0 && !e->events[host].dropped)
            return host;
    }
    for (uint32_t back = index; back-- > 0;)
        if (!e->events[back].dropped && e->events[back].segment == v->segment && scene_is_assault(e->events[back].kind))
            return (int32_t)back;
    return -1;
}

/* A thing that can be fired, planted or counted: it names an event only by what is done with it. */
static bool is_thing(const scene *e, const event *v)
{
    static const noun_class things[] = {CLASS_MUNITION, CLASS_ROCKET,   CLASS_EXPLOSIVE, CLASS_VEHICLE,  CLASS_FIRE,
                                        CLASS_ARMS,     CLASS_AIR,      CLASS_KILLED,    CLASS_WOUNDED,  CLASS_CASUALTY,
                                        CLASS_MISSING,  CLASS_DETAINED, CLASS_ABDUCTED,  CLASS_DISPLACED};
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, v->frame->lemma);
    for (size_t i = 0; v->frame->pos == FRAME_THING && i < sizeof things / sizeof *things; i++)
        if (lemma_is(lemma, things[i]))
            return true;
    return false;
}

/* مقتل خمسة بالقذائف، أصيب جراء سقوط صاروخ: what they were killed with or by. */
static bool is_means(const scene *e, const event *v)
{
    const phrase_chunk *top = &e->p->chunks[chunk_top(e->p, v->chunk)];
    return top->slot == SLOT_BI || top->slot == SLOT_MIN || (top->prep != 0 && top->slot == SLOT_NONE);
}

/* What looks for a part finds the whole; anchors of things that are part of nothing are taken away. */
static void redirect_anchors(scene *e)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < e->anchor_count; k++) {
        anchor a = e->anchors[k];
        bool is_part = false;
        for (uint32_t steps = 0; a.event >= 0 && steps < e->count && e->events[a.event].dropped && (is_part || e->events[a.event].is_absorbed);
             steps++) {
            is_part = true;
            a.event = e->events[a.event].host;
        }
        if (a.event >= 0)
            e->anchors[kept++] = a;
    }
    e->anchor_count = kept;
}

/*
 * Things are events only under a governor, or when they are counted victims; and a noun of action that is the matter of another (سقوط صاروخ)
 * is part of it. What belongs to them goes to the event that they are part of.
 */
void event_absorb(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        int32_t of = e->p->chunks[v->chunk].type == CHUNK_NOUN && v->token == e->p->chunks[v->chunk].head ? e->p->chunks[v->chunk].of : -1;
        bool thing = is_thing(e, v) && !v->governed && (v->kind != MARSAD_KIND_KILLING || e->p->chunks[v->chunk].quantity < 0);
        int32_t outer = scene_event_of(e, of);
        bool matter = outer >= 0 && !e->events[outer].dropped && scene_is_assault(v->kind) && scene_is_assault(e->events[outer].kind);
        bool part =
            v->frame->pos == POS_ADJ && scene_is_assault(v->kind) && scene_event_of(e, v->chunk) >= 0 && scene_event_of(e, v->chunk) != (int32_t)i;
        if (v->dropped || (!thing && !matter && !part))
            continue;
        int32_t host = matter ? outer : part ? scene_event_of(e, v->chunk) : host_of_thing(e, i);
        v->dropped = true;
        v->is_absorbed = true;
        v->host = host;
        bool means = host >= 0 && !matter && e->events[host].kind == MARSAD_KIND_KILLING && is_means(e, v);
        if (host >= 0 && (matter || means) && e->events[host].kind >= MARSAD_KIND_ATTACK && v->kind < MARSAD_KIND_ATTACK)
            e->events[host].kind = v->kind;
    }
    redirect_anchors(e);
}

/* The noun that the clause of the event describes, if the clause tells of it itself: «الغارات التي استهدفت ...», «اشتباكات ... قتل فيها». -1 if none. */
static int32_t described_event(const scene *e, const event *v)
{
    if (v->segment < 0 || e->p->segments[v->segment].kind != SEGMENT_RELATIVE || e->p->segments[v->segment].verb != v->chunk)
        return -1;
    return scene_event_of(e, e->p->segments[v->segment].antecedent);
}

/* قصف استهدف موقعا؛ هجوم أوقع قتلى: the verb's subject is the event itself. */
static void join_subjects(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->dropped || e->p->chunks[v->chunk].type != CHUNK_VERB || !scene_is_assault(v->kind))
            continue;
        bool before;
        int32_t subject = segment_subject(e->p, v->segment, &before);
        if (subject < 0)
            subject = e->p->segments[v->segment].kind == SEGMENT_RELATIVE ? e->p->segments[v->segment].antecedent : -1;
        int32_t named = scene_event_of(e, subject);
        if (named < 0)
            named = described_event(e, v); /* غارات استهدفت فيها مواقع */
        if (named < 0 || named == (int32_t)i || e->events[named].dropped || !is_attack(&e->events[named]))
            continue;
        event_merge(e, &e->events[named], v);
    }
}

/* «أسفرت الغارات التي شنتها … عن مقتل»: a clause that describes the attack stands before what the verb leads to. */
static bool led_to(const scene *e, const event *killing, const event *attack)
{
    const segment *g = &e->p->segments[killing->segment];
    uint8_t slot = e->p->chunks[killing->chunk].slot;
    if (g->kind != SEGMENT_RELATIVE || g->antecedent != attack->chunk || g->parent < 0 || slot == SLOT_NONE)
        return false;
    int32_t verb = e->p->segments[g->parent].verb;
    const lex_lemma *lemma = verb >= 0 ? lexicon_lemma(e->lexicon, e->p->chunks[verb].lemma) : NULL;
    for (uint8_t i = 0; lemma != NULL && i < lemma->governor_count; i++) {
        const lex_governor *row = lexicon_governor(e->lexicon, lemma->first_governor + i);
        if (row->pos == POS_VERB && row->via == slot && row->effect == EFFECT_CAUSE)
            return true;
    }
    return false;
}

/* Whether the words between two events tie the second to the first as its cause or circumstance. */
static bool is_in_attack(const scene *e, const event *killing, const event *attack)
{
    const phrase_chunk *a = &e->p->chunks[attack->chunk];
    int32_t top = chunk_top(e->p, attack->chunk);
    const phrase_chunk *t = &e->p->chunks[top];
    if (attack->token > killing->token) {
        bool oblique =
            a->type == CHUNK_NOUN && (t->slot == SLOT_FI || t->slot == SLOT_BI || t->slot == SLOT_MIN || t->slot == SLOT_ALA_YAD || t->prep != 0);
        if (attack->segment == killing->segment && oblique)
            return true;
        const segment *g = &e->p->segments[attack->segment];
        if (a->type == CHUNK_VERB && (g->kind == SEGMENT_SUBORDINATE) && attack->segment == killing->segment + 1 && g->opener >= 0)
            return e->p->chunks[g->opener].prep != 0 || e->p->chunks[g->opener].type == CHUNK_SUB;
        int32_t verb = scene_event_of(e, g->verb);
        bool verb_is_part = g->verb < 0 || (verb >= 0 && e->events[verb].dropped); /* قتل خمسة وأصيب عشرة في غارة */
        return attack->segment == killing->segment + 1 && oblique && g->kind != SEGMENT_CONTENT && verb_is_part;
    }
    /* after the attack: what it led to */
    int32_t described = described_event(e, killing);
    if (described >= 0 && described == attack - e->events)
        return true;
    for (uint8_t i = 0; i < killing->rule_count; i++)
        if (strcmp(killing->rules[i].prefix, "governor") == 0)
            for (uint32_t k = 0; k < e->anchor_count; k++)
                if (e->anchors[k].is_governor && e->anchors[k].event == killing - e->events && e->anchors[k].governor->effect == EFFECT_CAUSE)
                    return true;
    if (led_to(e, killing, attack))
        return true;
    const segment *g = &e->p->segments[killing->segment];
    bool same_doer = g->shares == attack->segment && e->p->chunks[killing->chunk].type == CHUNK_VERB && !killing->passive;
    return same_doer || (attack->segment == killing->segment && e->p->chunks[killing->chunk].type == CHUNK_NOUN && t->slot == SLOT_NONE &&
                         e->p->chunks[killing->chunk].slot == SLOT_BI);
}

static void join_killings(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->dropped || (v->kind != MARSAD_KIND_KILLING && v->kind != MARSAD_KIND_DESTRUCTION))
            continue;
        event *best = NULL;
        for (uint32_t k = 0; k < e->count; k++) {
            event *a = &e->events[k];
            if (v->kind == MARSAD_KIND_DESTRUCTION && a->token > v->token)
                continue; /* دمرت منازل في القصف is told of by itself */
            if (a->dropped || (!is_attack(a) && a->kind != MARSAD_KIND_ABUSE) || a->modality != MARSAD_ASSERTED || !is_in_attack(e, v, a))
                continue;
            uint32_t distance = a->token > v->token ? a->token - v->token : v->token - a->token;
            uint32_t best_distance = best == NULL ? UINT32_MAX : best->token > v->token ? best->token - v->token : v->token - best->token;
            if (distance < best_distance)
                best = a;
        }
        if (best != NULL)
            event_merge(e, best, v);
    }
}

/* استعادت السيطرة على الحي، أرسل تعزيزات: a verb and its object name one thing. What the noun has is nearer to it. */
static void join_objects(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->dropped || e->p->chunks[v->chunk].type != CHUNK_VERB)
            continue;
        int32_t named = scene_event_of(e, event_object(e, v));
        if (named < 0 || e->events[named].dropped || e->events[named].kind != v->kind || e->events[named].segment != v->segment)
            continue;
        event_merge(e, &e->events[named], v);
    }
}

static bool counts(const event *v, marsad_figure_of of)
{
    for (uint8_t i = 0; i < v->figure_count; i++)
        if (v->figures[i].of == of)
            return true;
    return false;
}

/* «مقتل خمسة وإصابة عشرة»: one record with both numbers. It is joined to an attack with the first of them. */
static void join_casualties(scene *e)
{
    for (uint32_t i = 0; i + 1 < e->count; i++) {
        event *first = &e->events[i];
        if (first->dropped || first->kind != MARSAD_KIND_KILLING)
            continue;
        for (uint32_t k = i + 1; k < e->count; k++) {
            event *second = &e->events[k];
            if (second->dropped || second->kind != MARSAD_KIND_KILLING || second->modality != first->modality)
                continue;
            bool conjoined = e->p->chunks[second->chunk].conjoined || second->segment == first->segment;
            bool other_part = !counts(first, MARSAD_WOUNDED) || !counts(second, MARSAD_WOUNDED);
            bool near = second->segment <= first->segment + 1;
            bool shared = first->figure_count == 0 && first->target_count == 0 && second->figure_count > 0 && second->segment == first->segment &&
                          e->p->chunks[second->chunk].with == first->chunk;
            shared = shared || (first->figure_count == 0 && first->target_count == 0 && second->figure_count > 0 && /* قتل وجرح عدد من الجنود */
                                e->p->chunks[first->chunk].type == CHUNK_VERB && second->chunk == first->chunk + 1);
            if (shared && second->figures[0].of == MARSAD_WOUNDED) /* مقتل وجرح عدد من الجنود */
                second->figures[0].of = MARSAD_CASUALTIES;
            if (conjoined && other_part && near && (second->place_count == 0 || first->place_count == 0))
                event_merge(e, first, second);
            break;
        }
    }
}

/* Two words of one kind for the same thing in one clause: شن هجوما بالقذائف، هجوم انتحاري بسيارة مفخخة. */
static void join_means(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        const phrase_chunk *k = &e->p->chunks[v->chunk];
        if (v->dropped || k->type != CHUNK_NOUN || k->slot != SLOT_BI || !is_attack(v))
            continue;
        for (uint32_t b = i; b-- > 0;) {
            event *a = &e->events[b];
            if (!a->dropped && is_attack(a) && a->segment == v->segment && a->chunk != v->chunk) {
                if (a->kind == MARSAD_KIND_ATTACK || a->kind == v->kind) {
                    a->kind = v->kind;
                    event_merge(e, a, v);
                }
                break;
            }
        }
    }
}

/* «احتدمت الاشتباكات ... في أسوأ قتال»: the same thing named again. */
static void join_repeats(scene *e)
{
    for (uint32_t i = 1; i < e->count; i++) {
        event *v = &e->events[i];
        const phrase_chunk *k = &e->p->chunks[v->chunk];
        if (v->dropped || k->type != CHUNK_NOUN || v->governed || !is_attack(v) || (k->slot != SLOT_FI && (k->prep == 0 || k->slot != SLOT_NONE)))
            continue;
        for (uint32_t b = i; b-- > 0;) {
            event *a = &e->events[b];
            if (!a->dropped && a->kind == v->kind && a->segment == v->segment && a->modality == v->modality) {
                event_merge(e, a, v);
                break;
            }
        }
    }
}

/* A word that only names an event, without who, whom, where, when or how many, is no record. */
void event_mere_mentions(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        bool empty = v->actor_count + v->target_count + v->place_count + v->figure_count == 0 && v->time < 0;
        bool says_enough = (v->kind == MARSAD_KIND_DEMAND && v->speaker >= 0) || v->phase != MARSAD_NO_PHASE;
        if (empty && !says_enough)
            v->mere = true;
    }
}

/* «أصابت الصواريخ أهدافا عسكرية»: hitting things is no killing. */
static void hit_things(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        bool things = v->kind == MARSAD_KIND_KILLING && v->target_count > 0 && v->figure_count == 0;
        for (uint8_t t = 0; things && t < v->target_count; t++)
            things = *scene_object(e, v->targets[t]) != '\0';
        if (things)
            v->kind = MARSAD_KIND_ATTACK;
    }
}

static bool is_armed_group(const scene *e, int32_t chunk)
{
    int32_t name = e->p->chunks[chunk].name;
    uint32_t row = name >= 0 && e->s->hits[name].type == ENTRY_ACTOR ? hit_row(&e->s->hits[name], 0) : 0;
    return row != 0 ? lexicon_actor(e->lexicon, row)->kind == ACTOR_GROUP : scene_is(e, chunk, CLASS_GROUP) || scene_is(e, chunk, CLASS_FIGHTER);
}

/* Civilians held by an armed group are abducted; detention is what an authority does, or what befalls fighters. */
static void name_abductions(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->kind != MARSAD_KIND_DETENTION || v->actor_count == 0 || v->target_count == 0 || !is_armed_group(e, v->actors[0]))
            continue;
        if (scene_is(e, v->targets[0], CLASS_CIVILIAN) || scene_is(e, v->targets[0], CLASS_PERSON) || scene_is(e, v->targets[0], CLASS_OFFICE))
            v->kind = MARSAD_KIND_ABDUCTION;
        for (uint8_t f = 0; v->kind == MARSAD_KIND_ABDUCTION && f < v->figure_count; f++)
            if (v->figures[f].of == MARSAD_DETAINED)
                v->figures[f].of = MARSAD_ABDUCTED;
    }
}

void event_joins(scene *e)
{
    name_abductions(e);
    hit_things(e);
    join_subjects(e);
    join_objects(e);
    join_means(e);
    join_repeats(e);
    join_casualties(e);
    join_killings(e);
}
