/* Where and when: place phrases and time expressions go to the nearest event of their clause; a time holds for the conjoined events, too. */
#include "event/event.h"

/* The event that a phrase in the clause `seg` at chunk `at` belongs to: the nearest before it, else the first after it, else the one described. */
static int32_t nearest_event(const scene *e, int32_t seg, int32_t at)
{
    int32_t before = -1, after = -1;
    for (uint32_t i = 0; i < e->anchor_count; i++) {
        const anchor *a = &e->anchors[i];
        if (a->segment != seg)
            continue;
        if ((int32_t)a->chunk < at && (before < 0 || a->chunk >= e->anchors[before].chunk))
            before = (int32_t)i;
        if ((int32_t)a->chunk > at && (after < 0 || a->chunk < e->anchors[after].chunk))
            after = (int32_t)i;
    }
    if (before >= 0)
        return e->anchors[before].event;
    if (after >= 0)
        return e->anchors[after].event;
    const segment *g = &e->p->segments[seg];
    if (g->kind == SEGMENT_RELATIVE)
        return scene_event_of(e, g->antecedent);
    if (g->kind == SEGMENT_RESUMED && g->parent >= 0)
        return nearest_event(e, g->parent, at);
    return -1;
}

static bool relation_of(const phrase_chunk *k, bool after_distance, uint8_t *out)
{
    *out = MARSAD_IN;
    if (k->has_direction) {
        *out = k->direction;
        return true;
    }
    switch (k->slot) {
    case SLOT_FI:
    case SLOT_BI:
    case SLOT_ALA:
    case SLOT_DAKHIL:
    case SLOT_LADA:
    case SLOT_BAYN:
    case SLOT_INDA:
        return true;
    case SLOT_HAWL:
        *out = MARSAD_NEAR;
        return true;
    case SLOT_MIN:
        *out = after_distance ? MARSAD_NEAR : MARSAD_FROM; /* على بعد عشرة كيلومترات من */
        return true;
    case SLOT_ILA:
    case SLOT_BITTIJAH:
    case SLOT_NAHW:
    case SLOT_LI:
        *out = MARSAD_TO;
        return true;
    default:
        break;
    }
    return k->prep != 0 && k->slot == SLOT_NONE; /* خارج، عند، فوق … */
}

void event_add_place_here(scene *e, event *v, int32_t chunk)
{
    uint8_t relation;
    relation_of(&e->p->chunks[chunk], false, &relation);
    event_add_place_alone(e, v, chunk, relation);
}

/* Where someone stands who speaks is not where the event is. */
static bool belongs_to_speaker(const scene *e, int32_t chunk)
{
    const phrases *p = e->p;
    if (chunk == 0 || p->chunks[chunk - 1].type != CHUNK_NOUN)
        return false;
    int32_t top = chunk_top(p, chunk - 1);
    for (uint32_t i = 0; i < p->speaker_count; i++)
        if (p->speakers[i].chunk == top)
            return true;
    return false;
}

/* Give a place of a describing participle to the event before it in the clause. */
static void share_place(scene *e, int32_t participle, int32_t chunk, uint8_t relation)
{
    const event *v = &e->events[participle];
    for (int32_t back = participle - 1; back >= 0; back--)
        if (e->events[back].segment == v->segment && !e->events[back].dropped && e->events[back].frame->pos != POS_ADJ) {
            event_add_place(e, &e->events[back], chunk, relation);
            return;
        }
}

/* غارات استهدفت مدينة، هدنة تشمل حلب: the place is the object of a verb whose subject is the event. */
static bool is_object_of_governor(const scene *e, int32_t chunk)
{
    const segment *g = &e->p->segments[e->p->chunks[chunk].segment];
    if (g->verb < 0 || chunk < g->verb || !chunk_is_bare_noun(e->p, chunk))
        return false;
    for (uint32_t i = 0; i < e->anchor_count; i++)
        if (e->anchors[i].is_governor && (int32_t)e->anchors[i].chunk == g->verb && e->anchors[i].governor->via == SLOT_SUBJ)
            return true;
    return false;
}

/* The attack in whose clause a describing "hold" stands, or -1. */
static int32_t event_around(const scene *e, int32_t index)
{
    const event *v = &e->events[index];
    const segment *g = &e->p->segments[v->segment];
    if (v->kind != MARSAD_KIND_HOLD || g->kind != SEGMENT_RELATIVE || g->parent < 0 || g->antecedent < 0)
        return -1;
    int32_t outer = nearest_event(e, g->parent, g->antecedent);
    return outer >= 0 && scene_is_assault(e->events[outer].kind) && e->events[outer].chunk < g->antecedent ? outer : -1;
}

/* HOLD wants a place: else the nearest one before it in the sentence (تنقسم المدينة إلى مناطق تحت سيطرة الحكومة). */
static void place_holds(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->kind != MARSAD_KIND_HOLD || v->place_count > 0 || v->dropped)
            continue;
        for (int32_t c = v->chunk - 1; c >= 0 && v->place_count == 0; c--)
            if (e->p->chunks[c].type == CHUNK_NOUN && e->p->chunks[c].of < 0 && scene_is_place(e, c))
                event_add_place(e, v, c, MARSAD_IN);
    }
}

static void place_phrases(scene *e)
{
    const phrases *p = e->p;
    for (uint32_t c = 0; c < p->count; c++) {
        const phrase_chunk *k = &p->chunks[c];
        uint8_t relation;
        if (k->type != CHUNK_NOUN || k->of >= 0 || k->apposed >= 0 || k->segment < 0 || e->taken[c] || !scene_is_place(e, (int32_t)c))
            continue;
        bool object = is_object_of_governor(e, (int32_t)c);
        if ((!relation_of(k, c > 0 && scene_is(e, (int32_t)c - 1, CLASS_MEASURE), &relation) && !object) || belongs_to_speaker(e, (int32_t)c))
            continue;
        int32_t lead = k->conjoined && k->with >= 0 ? k->with : (int32_t)c;
        if (relation == MARSAD_FROM && scene_completes_noun(e, lead))
            continue; /* وزراء من فرنسا وألمانيا */
        if (k->conjoined && k->with >= 0 && e->taken[k->with])
            continue;
        int32_t event_index = nearest_event(e, k->segment, (int32_t)c);
        if (event_index < 0)
            continue;
        event_add_place(e, &e->events[event_index], (int32_t)c, relation);
        int32_t around = event_around(e, event_index);
        if (around >= 0 && relation == MARSAD_IN)
            event_add_place(e, &e->events[around], (int32_t)c, relation);
        if (e->events[event_index].frame->pos == POS_ADJ) /* مواقع المتحصنين في المطار: the attack is there, too */
            share_place(e, event_index, (int32_t)c, relation);
    }
}

/* A date beside the saying verb dates the saying: أعلن أمس مقتل. */
static bool dates_the_saying(const scene *e, uint32_t chunk)
{
    const phrases *p = e->p;
    int32_t seg = p->chunks[chunk].segment;
    const segment *g = &p->segments[seg];
    if (g->verb < 0 || lexicon_lemma(e->lexicon, p->chunks[g->verb].lemma)->saying_count == 0)
        return false;
    uint32_t first_event = p->count;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->events[i].segment == seg && e->events[i].chunk > g->verb && (uint32_t)e->events[i].chunk < first_event)
            first_event = (uint32_t)e->events[i].chunk;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->events[i].chunk == g->verb)
            return false; /* a verb that is an event itself */
    return chunk < first_event;
}

/* The clause that a time belongs to: after a comma a relative clause is over (التي تسيطر عليها المعارضة، الخميس). */
static int32_t clause_of_time(const phrases *p, uint32_t chunk)
{
    int32_t at = p->chunks[chunk].segment;
    const segment *g = &p->segments[at];
    bool over = g->kind == SEGMENT_RELATIVE && g->parent >= 0 && chunk > 0 && p->chunks[chunk - 1].type == CHUNK_MARK;
    return over ? g->parent : at;
}

/* A participle that describes takes no date of its own (المتحصنين): the event before it in the clause does. */
static int32_t not_participle(const scene *e, int32_t index)
{
    for (int32_t back = index; back >= 0 && e->events[index].frame->pos == POS_ADJ; back--)
        if (e->events[back].segment == e->events[index].segment && !e->events[back].dropped && e->events[back].frame->pos != POS_ADJ)
            return back;
    return index;
}

static void time_phrases(scene *e)
{
    const phrases *p = e->p;
    for (uint32_t c = 0; c < p->count; c++) {
        const phrase_chunk *k = &p->chunks[c];
        if (k->type != CHUNK_TIME || k->segment < 0 || e->s->time_at[k->first] < 0 || dates_the_saying(e, c))
            continue;
        int32_t index = nearest_event(e, clause_of_time(p, c), (int32_t)c);
        int32_t around = index >= 0 ? event_around(e, index) : -1;
        if (around >= 0)
            index = around; /* مناطق تسيطر عليها المعارضة ... أمس: the date is that of the attack */
        index = not_participle(e, index);
        if (index >= 0 && e->events[index].time < 0)
            e->events[index].time = e->s->time_at[k->first];
    }
}

/* A time at the head of the sentence holds for what is said in it: وأمس، قال المرصد إن ... does not; يوم الاثنين قصفت ... does. */
static bool shares_time(const scene *e, const event *from, const event *to)
{
    const segment *a = &e->p->segments[from->segment], *b = &e->p->segments[to->segment];
    if (to->kind == MARSAD_KIND_HOLD || from->kind == MARSAD_KIND_HOLD)
        return false;
    if (b->kind == SEGMENT_RELATIVE)
        return false;
    if (a->kind == SEGMENT_RELATIVE)
        return false;
    if (!to->governed && e->p->chunks[to->chunk].type == CHUNK_NOUN && e->p->chunks[chunk_top(e->p, to->chunk)].slot == SLOT_LI)
        return false; /* لاستعادة: what is done for is not done then */
    if (to->segment == from->segment) {
        int32_t gap = to->chunk - from->chunk;
        bool conjoined = e->p->chunks[to->chunk].with >= 0 || e->p->chunks[from->chunk].with >= 0;
        return conjoined || (gap < 12 && gap > -12 && e->p->chunks[to->chunk].prep == 0);
    }
    bool noun_in_preposition = e->p->chunks[to->chunk].type == CHUNK_NOUN && e->p->chunks[to->chunk].prep != 0 && !to->governed;
    return !noun_in_preposition && a->speaker == b->speaker;
}

static void share_times(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->time >= 0 || v->kind == MARSAD_KIND_DEMAND)
            continue;
        for (uint32_t back = i; back-- > 0;)
            if (e->events[back].time >= 0 && shares_time(e, &e->events[back], v)) {
                v->time = e->events[back].time;
                break;
            }
        for (uint32_t next = i + 1; v->time < 0 && next < e->count; next++)
            if (e->events[next].time >= 0 && e->events[next].segment == v->segment && shares_time(e, &e->events[next], v))
                v->time = e->events[next].time;
    }
}

/* «وفي محافظة أبين قال مصدر إن …»: a place at the head of a saying holds for all that is said. */
static void place_topic(scene *e)
{
    const phrases *p = e->p;
    uint32_t c = 0;
    while (c < p->count && c < 2 && p->chunks[c].type != CHUNK_NOUN)
        c++;
    if (c >= p->count || c >= 2 || p->chunks[c].slot != SLOT_FI || p->chunks[c].segment != 0 || e->taken[c] || !scene_is_place(e, (int32_t)c))
        return;
    int32_t verb = p->segments[0].verb;
    if (verb < (int32_t)c || lexicon_lemma(e->lexicon, p->chunks[verb].lemma)->saying_count == 0)
        return;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->events[i].segment > 0 && !e->events[i].dropped && scene_is_assault(e->events[i].kind))
            event_add_place(e, &e->events[i], (int32_t)c, MARSAD_IN);
}

void event_places_times(scene *e)
{
    place_phrases(e);
    place_topic(e);
    place_holds(e);
    time_phrases(e);
    share_times(e);
    for (uint32_t i = 0; i < e->count; i++)
        e->events[i].speaker = e->events[i].segment >= 0 ? e->p->segments[e->events[i].segment].speaker : -1;
}
