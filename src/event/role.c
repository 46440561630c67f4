/* Who fills which role: subjects and objects of verbs, genitives of nouns of action, and what prepositions bring. */
#include "event/event.h"

void event_add_filler(int32_t *list, uint8_t *count, int32_t chunk)
{
    for (uint8_t i = 0; i < *count; i++)
        if (list[i] == chunk)
            return;
    if (*count < FILLERS_MAX)
        list[(*count)++] = chunk;
}

void event_remove_filler(int32_t *list, uint8_t *count, int32_t chunk)
{
    uint8_t kept = 0;
    for (uint8_t i = 0; i < *count; i++)
        if (list[i] != chunk)
            list[kept++] = list[i];
    *count = kept;
}

/* Conjoined phrases share the role: X وY. */
static void each_conjunct(scene *e, event *v, int32_t chunk, void (*add)(scene *, event *, int32_t))
{
    for (uint32_t c = (uint32_t)chunk + 1; c < e->p->count && c < (uint32_t)chunk + 24; c++)
        if (e->p->chunks[c].with == chunk && scene_event_of(e, (int32_t)c) < 0 && e->p->chunks[c].type == CHUNK_NOUN)
            add(e, v, (int32_t)c);
}

static bool is_side_word(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    return scene_is(e, chunk, CLASS_SIDE) && k->gen < 0 && k->last == k->first + 1; /* but الجانب الروسي is one */
}

static bool is_plain_thing(const scene *e, int32_t chunk);

static void add_actor_alone(scene *e, event *v, int32_t chunk)
{
    if (is_side_word(e, chunk) || (e->p->chunks[chunk].with >= 0 && is_plain_thing(e, chunk)))
        return;
    event_add_filler(v->actors, &v->actor_count, chunk);
    e->taken[chunk] = true;
}

static void add_target_alone(scene *e, event *v, int32_t chunk)
{
    if (is_side_word(e, chunk))
        return;
    event_add_filler(v->targets, &v->target_count, chunk);
    e->taken[chunk] = true;
}

void event_add_actor(scene *e, event *v, int32_t chunk)
{
    if (chunk < 0)
        return;
    add_actor_alone(e, v, chunk);
    each_conjunct(e, v, chunk, add_actor_alone);
}

void event_add_target(scene *e, event *v, int32_t chunk)
{
    if (chunk < 0)
        return;
    add_target_alone(e, v, chunk);
    each_conjunct(e, v, chunk, add_target_alone);
}

void event_add_place_alone(scene *e, event *v, int32_t chunk, uint8_t relation)
{
    for (uint8_t i = 0; i < v->place_count; i++)
        if (v->places[i].chunk == chunk)
            return;
    if (v->place_count == FILLERS_MAX)
        return;
    v->places[v->place_count].chunk = chunk;
    v->places[v->place_count++].relation = relation;
    e->taken[chunk] = true;
}

void event_add_place(scene *e, event *v, int32_t chunk, uint8_t relation)
{
    if (chunk < 0)
        return;
    event_add_place_alone(e, v, chunk, relation);
    for (uint32_t c = (uint32_t)chunk + 1; c < e->p->count && c < (uint32_t)chunk + 24; c++)
        if (e->p->chunks[c].with == chunk && e->p->chunks[c].type == CHUNK_NOUN && scene_is_place(e, (int32_t)c))
            event_add_place_alone(e, v, (int32_t)c, e->p->chunks[c].has_direction ? e->p->chunks[c].direction : relation);
}

static bool is_object_class(const scene *e, int32_t chunk)
{
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, e->p->chunks[chunk].lemma);
    for (int i = 0; i < 4; i++)
        if (lemma->classes[i] >= CLASS_OBJ_HOSPITAL && lemma->classes[i] <= CLASS_OBJ_OTHER)
            return true;
    return false;
}

static uint8_t place_relation(const scene *e, int32_t chunk, uint8_t plain)
{
    return e->p->chunks[chunk].has_direction ? e->p->chunks[chunk].direction : plain;
}

/* Forces that move, hold or leave have no target, save whom they are set against. */
static bool has_no_target(const scene *e, const event *v, int32_t chunk)
{
    bool moves = v->kind == MARSAD_KIND_HOLD || v->kind == MARSAD_KIND_ADVANCE || v->kind == MARSAD_KIND_WITHDRAW || v->kind == MARSAD_KIND_DEPLOY;
    uint8_t slot = e->p->chunks[chunk].slot;
    return moves && slot != SLOT_DIDD && slot != SLOT_MAA;
}

/* «قصف مناطق في بلدة …»: the area is only where. And words such as كل are no one. */
static bool is_mere_area(const scene *e, int32_t chunk, bool place)
{
    if (place || is_object_class(e, chunk))
        return false;
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->name < 0 && sentence_reading(e->s, k->head)->pos == POS_QUANT && k->last == k->first + 1)
        return !scene_is_vague_number(e, k->head);
    return scene_is(e, chunk, CLASS_PLACE_AREA) || scene_is(e, chunk, CLASS_PLACE_SITE) || scene_is(e, chunk, CLASS_PLACE_COUNTRYSIDE);
}

/* A usual noun that is neither a person nor a body nor a name. */
static bool is_plain_thing(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    return k->name < 0 && k->lemma != 0 && lexicon_lemma(e->lexicon, k->lemma)->classes[0] == CLASS_NONE &&
           sentence_reading(e->s, k->head)->pos != POS_NAME;
}

/* A meeting that calls on somebody, a state's intervention that helps: an event can be the doer. */
static bool acts_as_event(const scene *e, const event *v, int32_t chunk)
{
    if (chunk == v->chunk || e->p->chunks[v->chunk].type != CHUNK_VERB)
        return false;
    if (v->kind >= MARSAD_KIND_DEMAND && v->kind <= MARSAD_KIND_SUPPORT)
        return true;
    for (uint32_t i = e->p->chunks[chunk].first; v->kind == MARSAD_KIND_MILITARY_AID && i < e->p->chunks[chunk].last; i++)
        if (sentence_hit(e->s, ENTRY_DEMONYM, i) != NULL)
            return true;
    return false;
}

/* Demands, accusations, sanctions: they are set against a state, not done in it. */
static bool is_word_not_deed(const event *v)
{
    return v->kind >= MARSAD_KIND_DEMAND;
}

/* A thing that is hit and hits nobody: a school, a bridge; but not a tank. */
static bool is_hit_not_hitting(const scene *e, int32_t chunk)
{
    static const noun_class doers[] = {CLASS_AIRCRAFT, CLASS_ARTILLERY, CLASS_VEHICLE, CLASS_FORCE, CLASS_BODY, CLASS_GOVERNMENT, CLASS_GROUP};
    for (size_t i = 0; i < sizeof doers / sizeof *doers; i++)
        if (scene_is(e, chunk, doers[i]))
            return false;
    return e->p->chunks[chunk].name < 0 && is_object_class(e, chunk);
}

/* محادثات جنيف، اشتباكات طرابلس: a town does not talk or fight; a state or a capital that stands for one can. */
static bool is_meeting_place(const scene *e, const event *v, int32_t chunk)
{
    bool sides = scene_has_phases(v->kind) || v->kind == MARSAD_KIND_CLASH;
    return sides && e->p->chunks[chunk].of == v->chunk && scene_is_place(e, chunk) && !scene_could_be_place(e, chunk);
}

/* «اجتماع لوزراء من قطر وتركيا»: of officials who are not named the states meet that they come from. The first of these, else the phrase itself. */
static int32_t who_meets(const scene *e, const event *v, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    const uint32_t next = (uint32_t)chunk + 1;
    if (!scene_has_phases(v->kind) || k->name >= 0 || k->definite || k->gen >= 0 || !scene_is(e, chunk, CLASS_OFFICE) || next >= e->p->count)
        return chunk;
    bool of_state = e->p->chunks[next].type == CHUNK_NOUN && e->p->chunks[next].slot == SLOT_MIN && scene_could_be_place(e, (int32_t)next);
    return of_state ? (int32_t)next : chunk;
}

/* Put a phrase into a role; places among targets become places. */
static void fill(scene *e, event *v, int32_t chunk, frame_role role)
{
    if (chunk < 0 || (scene_event_of(e, chunk) >= 0 && !(role == ROLE_ACTOR && acts_as_event(e, v, chunk))))
        return;
    bool place = scene_is_place(e, chunk);
    if (role == ROLE_PLACE || role == ROLE_FROM || role == ROLE_TO)
        place = place || scene_could_be_place(e, chunk);
    switch (role) {
    case ROLE_ACTOR:
        if (is_meeting_place(e, v, chunk)) {
            event_add_place(e, v, chunk, MARSAD_IN);
            break;
        }
        if (scene_can_act(e, chunk) || !is_plain_thing(e, chunk) || acts_as_event(e, v, chunk)) /* محادثات السلام: peace does not talk */
            event_add_actor(e, v, who_meets(e, v, chunk));
        break;
    case ROLE_TARGET:
        if (has_no_target(e, v, chunk) || is_mere_area(e, chunk, place))
            break;
        if (place && !is_object_class(e, chunk) && !(is_word_not_deed(v) && scene_could_be_place(e, chunk)))
            event_add_place(e, v, chunk, place_relation(e, chunk, MARSAD_IN));
        else
            event_add_target(e, v, chunk);
        if (place && is_object_class(e, chunk))
            event_add_place(e, v, chunk, place_relation(e, chunk, MARSAD_IN));
        break;
    case ROLE_AGENT:
        if (scene_can_act(e, chunk) && v->actor_count == 0 && !is_hit_not_hitting(e, chunk))
            event_add_actor(e, v, chunk);
        else
            fill(e, v, chunk, ROLE_TARGET);
        break;
    case ROLE_PLACE:
        if (place)
            event_add_place(e, v, chunk, place_relation(e, chunk, MARSAD_IN));
        else if (scene_can_act(e, chunk))
            event_add_target(e, v, chunk);
        break;
    case ROLE_FROM:
    case ROLE_TO:
        if (place)
            event_add_place(e, v, chunk, role == ROLE_FROM ? MARSAD_FROM : MARSAD_TO);
        break;
    default:
        break;
    }
}

/* --- verbs ------------------------------------------------------------------------------------------------------------------- */

/* قسريا، جوا: an accusative adjective alone tells how. */
static bool is_adverb(const scene *e, uint32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    const morph_reading *r = sentence_reading(e->s, k->head);
    return k->name < 0 && k->quantity < 0 && k->last == k->first + 1 && r->pos == POS_ADJ && (r->feats & FEAT_TANWIN) != 0;
}

static int32_t object_beside(const scene *e, const event *v, int32_t subject)
{
    const phrases *p = e->p;
    const segment *g = &p->segments[v->segment];
    for (uint32_t c = (uint32_t)v->chunk + 1; c < g->last; c++) {
        bool oblique = p->chunks[c].slot != SLOT_NONE || p->chunks[c].prep != 0;
        if (oblique && (int32_t)c != subject && scene_event_of(e, (int32_t)c) >= 0)
            return -1; /* قتل مسلحون خلال تطهير القوات مناطق: that noun has its own object */
        if ((int32_t)c == subject || !chunk_is_bare_noun(p, (int32_t)c))
            continue;
        if (p->chunks[c].conjoined && p->chunks[c].with >= 0)
            continue;
        if (p->chunks[c].lemma != 0 && sentence_reading(e->s, p->chunks[c].head)->pos == POS_ADJ &&
            lexicon_lemma(e->lexicon, p->chunks[c].lemma)->saying_count > 0)
            continue; /* مضيفا، مشيرا */
        if (is_adverb(e, c) && c + 1 < g->last && chunk_is_bare_noun(p, (int32_t)c + 1))
            continue; /* هجرت قسريا 33 أسرة */
        return (int32_t)c;
    }
    return -1;
}

int32_t event_object(const scene *e, const event *v)
{
    bool before;
    return object_beside(e, v, segment_subject(e->p, v->segment, &before));
}

static bool object_is_pronoun(const scene *e, const event *v)
{
    return e->p->chunks[v->chunk].has_pronoun;
}

/* Harm is done to the subject when a transitive verb has no object. */
static bool reads_as_passive(const scene *e, const event *v, int32_t subject, int32_t object)
{
    if (v->passive)
        return true;
    if (object >= 0 || object_is_pronoun(e, v) || subject < 0)
        return false;
    if (event_role(v, SLOT_OBJ) != ROLE_TARGET)
        return false;
    if (v->kind >= MARSAD_KIND_KILLING && v->kind <= MARSAD_KIND_DETENTION)
        return !scene_is(e, subject, CLASS_AIRCRAFT);
    return !scene_can_act(e, subject) || is_hit_not_hitting(e, subject);
}

/* A subject that cannot act and an open object place: the noun after the verb is its object (دمرت مباني). */
static bool subject_is_object(const scene *e, const event *v, int32_t subject, bool before)
{
    if (subject < 0 || before || event_role(v, SLOT_OBJ) != ROLE_TARGET || scene_can_act(e, subject))
        return false;
    const segment *g = &e->p->segments[v->segment];
    return g->shares >= 0 && e->p->chunks[v->chunk].conjoined && is_object_class(e, subject);
}

static void fill_verb(scene *e, event *v)
{
    bool before;
    int32_t subject = segment_subject(e->p, v->segment, &before);
    int32_t object = object_beside(e, v, subject);
    frame_role subject_role = event_role(v, SLOT_SUBJ), object_role = event_role(v, SLOT_OBJ);
    if (subject == v->chunk)
        subject = -1;
    if (subject_is_object(e, v, subject, before)) {
        bool ignored;
        object = subject;
        subject = segment_subject(e->p, e->p->segments[v->segment].shares, &ignored);
    }
    if (object_role != ROLE_NONE && reads_as_passive(e, v, subject, object)) {
        v->passive = true;
        fill(e, v, subject, object_role);
        return;
    }
    const segment *g = &e->p->segments[v->segment];
    if (object_is_pronoun(e, v) && g->kind == SEGMENT_RELATIVE && g->antecedent >= 0)
        object = g->antecedent;
    else if (object_is_pronoun(e, v))
        object = -1;
    fill(e, v, subject, subject_role);
    if (object != subject)
        fill(e, v, object, object_role);
}

/* --- nouns of action ------------------------------------------------------------------------------------------------------------ */

/* The noun that an attached pronoun stands for: the subject of the clause, or the nearest party before. */
static int32_t antecedent_of_pronoun(const scene *e, const event *v)
{
    bool before;
    int32_t subject = segment_subject(e->p, v->segment, &before);
    if (subject >= 0 && subject < v->chunk && scene_can_act(e, subject))
        return subject;
    for (int32_t c = v->chunk - 1; c >= 0; c--)
        if (e->p->chunks[c].type == CHUNK_NOUN && e->p->chunks[c].of < 0 && scene_can_act(e, c))
            return c;
    return -1;
}

/* A relational adjective as a phrase of its own: الضربة الإسرائيلية. Returns its chunk, or -1. */
static int32_t adjective_party(scene *e, const event *v)
{
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    for (uint32_t i = k->head + 1; i < k->last; i++) {
        if (sentence_hit(e->s, ENTRY_DEMONYM, i) == NULL)
            continue;
        int32_t word = phrase_note_word(e->p, e->scratch, i);
        e->failed = e->failed || word < 0;
        return word;
    }
    return -1;
}

/* The bare noun after a noun of action and its doer is what it is done to: قصف الطيران الحربي مواقع ... */
static int32_t object_of_noun(const scene *e, const event *v)
{
    const phrases *p = e->p;
    int32_t last = v->chunk;
    while (p->chunks[last].gen >= 0)
        last = p->chunks[last].gen;
    uint32_t next = (uint32_t)last + 1;
    if (next >= p->count || p->chunks[next].segment != v->segment || !chunk_is_bare_noun(p, (int32_t)next) || p->chunks[next].conjoined)
        return -1;
    return e->taken[next] ? -1 : (int32_t)next;
}

static void fill_noun(scene *e, event *v)
{
    frame_role role = event_role(v, SLOT_GEN);
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    uint8_t actors_before = v->actor_count;
    if (v->token != k->head)
        return;
    if (k->gen >= 0 && role != ROLE_NONE) {
        fill(e, v, k->gen, role);
        for (uint32_t c = (uint32_t)k->gen + 1; c < e->p->count && c < (uint32_t)k->gen + 12; c++) /* X of A and B */
            if (e->p->chunks[c].with == v->chunk && scene_event_of(e, (int32_t)c) < 0 && e->p->chunks[c].segment == v->segment &&
                e->p->chunks[c].slot == k->slot && !is_plain_thing(e, (int32_t)c))
                fill(e, v, (int32_t)c, v->actor_count > actors_before ? ROLE_ACTOR : role == ROLE_AGENT ? ROLE_TARGET : role);
        if (v->actor_count > actors_before && event_role(v, SLOT_GEN) == ROLE_AGENT)
            fill(e, v, object_of_noun(e, v), ROLE_TARGET);
    } else if (k->has_pronoun && (role == ROLE_AGENT || role == ROLE_ACTOR) && v->actor_count == 0) {
        int32_t party = antecedent_of_pronoun(e, v);
        if (party >= 0)
            add_actor_alone(e, v, party);
    } else if (k->gen < 0 && k->quantity >= 0 && role == ROLE_TARGET) {
        add_target_alone(e, v, v->chunk);
    }
    if (v->actor_count == 0 && event_role(v, SLOT_ADJ) == ROLE_ACTOR) {
        int32_t adjective = adjective_party(e, v);
        if (adjective >= 0)
            event_add_filler(v->actors, &v->actor_count, adjective);
    }
}

/* What a party does a thing for, it means to do itself: تنفذ المعارضة خطة لتحرير المدينة. */
static bool is_done_by_subject(uint8_t kind)
{
    return kind == MARSAD_KIND_CAPTURE || kind == MARSAD_KIND_ATTACK || kind == MARSAD_KIND_WITHDRAW || kind == MARSAD_KIND_DEPLOY ||
           kind == MARSAD_KIND_ADVANCE || kind == MARSAD_KIND_HOLD || kind == MARSAD_KIND_SIEGE || kind == MARSAD_KIND_DESTRUCTION ||
           kind == MARSAD_KIND_MILITARY_AID || kind == MARSAD_KIND_DETENTION;
}

static void lend_clause_subject(scene *e, event *v)
{
    const phrase_chunk *top = &e->p->chunks[chunk_top(e->p, v->chunk)];
    bool purpose =
        top->slot == SLOT_LI || top->slot == SLOT_ILA || top->slot == SLOT_HATTA || (top->prep != 0 && top->slot == SLOT_NONE && !top->has_direction);
    const segment *g = &e->p->segments[v->segment];
    if (v->actor_count > 0 || v->governed || !purpose || !is_done_by_subject(v->kind) || g->verb < 0 || g->verb > v->chunk)
        return;
    if (lexicon_lemma(e->lexicon, e->p->chunks[g->verb].lemma)->saying_count > 0)
        return;
    bool before;
    int32_t subject = segment_subject(e->p, v->segment, &before);
    if (subject >= 0 && scene_event_of(e, subject) < 0 && scene_can_act(e, subject))
        event_add_actor(e, v, subject);
}

/* Who is accused of a thing is its doer: تتهم الرياض طهران بتزويد الحوثيين. */
static void lend_accused(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        const event *accusation = &e->events[i];
        if (accusation->kind != MARSAD_KIND_ACCUSE || accusation->target_count == 0)
            continue;
        for (uint32_t k = 0; k < e->count; k++) {
            event *v = &e->events[k];
            bool matter = v->segment == accusation->segment && v->token > accusation->token && e->p->chunks[v->chunk].type == CHUNK_NOUN &&
                          e->p->chunks[chunk_top(e->p, v->chunk)].slot == SLOT_BI;
            if (matter && v->actor_count == 0)
                add_actor_alone(e, v, accusation->targets[0]);
        }
    }
}

/* Participles beside a noun describe it: الأحياء الخاضعة لسيطرة، القوات المتمركزة في. */
static void fill_participle(scene *e, event *v)
{
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    frame_role role = event_role(v, SLOT_SUBJ);
    int32_t described = v->token == k->head ? -1 : v->chunk;
    if (described < 0 && v->chunk > 0 && e->p->chunks[v->chunk - 1].type == CHUNK_NOUN)
        described = chunk_top(e->p, v->chunk - 1);
    else if (described >= 0)
        described = k->of >= 0 && k->last - k->first == 1 ? k->of : described;
    if (described < 0)
        return;
    if (role == ROLE_NONE)
        role = event_role(v, SLOT_OBJ);
    if (role == ROLE_NONE)
        role = scene_can_act(e, described) ? ROLE_ACTOR : ROLE_PLACE;
    fill(e, v, described, role);
}

/* --- prepositions ----------------------------------------------------------------------------------------------------------------- */

/* Roles that a preposition gives to every event. */
static frame_role general_role(const event *v, uint8_t slot)
{
    bool deal = scene_has_phases(v->kind);
    switch (slot) {
    case SLOT_MIN_QIBAL:
    case SLOT_ALA_YAD:
    case SLOT_ALA_AYDI:
    case SLOT_MIN_JANIB:
        return ROLE_ACTOR;
    case SLOT_DIDD:
        return ROLE_TARGET;
    case SLOT_FI_SUFUF:
    case SLOT_BI_HAQQ:
        return scene_is_assault(v->kind) ? ROLE_TARGET : ROLE_NONE;
    case SLOT_BI_RIAYA:
    case SLOT_BI_WASATA:
    case SLOT_BI_HUDUR:
    case SLOT_BI_MUSHARAKA:
        return deal ? ROLE_ACTOR : ROLE_NONE;
    case SLOT_BAYN:
        return deal || v->kind == MARSAD_KIND_CLASH ? ROLE_ACTOR : ROLE_NONE;
    default:
        return ROLE_NONE;
    }
}

/* A phrase that only completes the one before it: مصدر في الشرطة، متحدث باسم، عناصر من حزب الله. */
bool scene_completes_noun(const scene *e, int32_t chunk)
{
    const phrases *p = e->p;
    if (chunk == 0 || p->chunks[chunk - 1].type != CHUNK_NOUN)
        return false;
    int32_t top = chunk_top(p, chunk - 1);
    uint8_t slot = p->chunks[chunk].slot;
    bool speaker = scene_is(e, top, CLASS_OFFICE) || scene_is(e, top, CLASS_DOCUMENT) || scene_is(e, top, CLASS_MEDIA);
    if (speaker && (slot == SLOT_FI || slot == SLOT_MIN || slot == SLOT_LI || slot == SLOT_BI || slot == SLOT_LADA))
        return true;
    bool men = scene_is(e, top, CLASS_FIGHTER) || scene_is(e, top, CLASS_FORCE) || scene_is(e, top, CLASS_PERSON) || scene_is(e, top, CLASS_GROUP) ||
               scene_is(e, top, CLASS_CIVILIAN) || is_object_class(e, top);
    bool origin = scene_is_place(e, chunk) && p->chunks[top].quantity >= 0; /* نزح ألف مدني من حلب */
    if (men && slot == SLOT_MIN && scene_event_of(e, top) < 0 && !origin)
        return true;
    return men && slot == SLOT_LI && !scene_is_place(e, chunk) && scene_event_of(e, top) < 0;
}

/* تعرض لقصف من قوات النظام: what one is exposed to comes from its doer. */
static bool is_doer_after(const scene *e, const event *v, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk], *trigger = &e->p->chunks[v->chunk];
    return k->slot == SLOT_MIN && trigger->type == CHUNK_NOUN && trigger->slot == SLOT_LI && v->reported && scene_is_assault(v->kind) &&
           v->actor_count == 0 && scene_can_act(e, chunk) && !scene_is_place(e, chunk);
}

static bool try_preposition(scene *e, const anchor *a, int32_t chunk)
{
    event *v = &e->events[a->event];
    uint8_t slot = e->p->chunks[chunk].slot;
    frame_role role = event_role(v, slot);
    if (role == ROLE_NONE)
        role = general_role(v, slot);
    if (role == ROLE_NONE && is_doer_after(e, v, chunk))
        role = ROLE_ACTOR;
    if (role == ROLE_NONE || role == ROLE_EVENT || role == ROLE_WEAPON)
        return false;
    if (role == ROLE_TARGET && slot == SLOT_LI && is_plain_thing(e, chunk))
        return false; /* للتوصل لحل */
    if ((role == ROLE_FROM || role == ROLE_TO || role == ROLE_PLACE) && !scene_is_place(e, chunk))
        return false;
    if (slot == SLOT_BAYN && v->kind == MARSAD_KIND_CLASH) { /* the first side acts, the second is set against it */
        add_actor_alone(e, v, chunk);
        for (uint32_t c = (uint32_t)chunk + 1; c < e->p->count; c++)
            if (e->p->chunks[c].with == chunk)
                add_target_alone(e, v, (int32_t)c);
        return true;
    }
    if (role == ROLE_ACTOR && slot == SLOT_LI && v->kind == MARSAD_KIND_TALKS && v->actor_count > 0)
        role = ROLE_TARGET; /* يستضيف اجتماعا للمعارضة */
    fill(e, v, chunk, role);
    return true;
}

/* The nearest event before the phrase, in its clause or in the clause that it describes, that has a place for the preposition. */
static void attach_preposition(scene *e, int32_t chunk)
{
    const phrases *p = e->p;
    int32_t seg = p->chunks[chunk].segment;
    if (seg < 0 || scene_completes_noun(e, chunk))
        return;
    for (int32_t end = chunk; end > 0;) {
        int32_t best = -1;
        for (uint32_t i = 0; i < e->anchor_count; i++)
            if ((int32_t)e->anchors[i].chunk < end && e->anchors[i].segment == seg && (best < 0 || e->anchors[i].chunk > e->anchors[best].chunk))
                best = (int32_t)i;
        if (best < 0)
            break;
        if (try_preposition(e, &e->anchors[best], chunk))
            return;
        end = (int32_t)e->anchors[best].chunk;
    }
    const segment *g = &p->segments[seg];
    int32_t described = g->kind == SEGMENT_RELATIVE ? scene_event_of(e, g->antecedent) : -1;
    if (described >= 0) {
        anchor a = {.event = described};
        try_preposition(e, &a, chunk);
    }
}

static bool is_where(const scene *e, int32_t chunk)
{
    return scene_is_place(e, chunk) || scene_is(e, chunk, CLASS_PLACE_AREA) || scene_is(e, chunk, CLASS_PLACE_TOWN) ||
           scene_is(e, chunk, CLASS_PLACE_VILLAGE);
}

/* A preposition with a pronoun brings the noun that the clause describes: بلدة سيطر عليها. */
static void attach_pronoun(scene *e, int32_t chunk)
{
    int32_t seg = e->p->chunks[chunk].segment;
    if (seg < 0 || e->p->segments[seg].kind != SEGMENT_RELATIVE || e->p->segments[seg].antecedent < 0)
        return;
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (v->segment != seg)
            continue;
        uint8_t slot = e->p->chunks[chunk].slot;
        frame_role role = event_role(v, slot);
        int32_t antecedent = e->p->segments[seg].antecedent;
        bool taken = e->taken[antecedent];
        bool around = role == ROLE_NONE && (slot == SLOT_HAWL || slot == SLOT_FI) && is_where(e, antecedent);
        if (role == ROLE_PLACE || around)
            event_add_place(e, v, antecedent, slot == SLOT_HAWL ? MARSAD_NEAR : MARSAD_IN);
        else if (role != ROLE_NONE)
            fill(e, v, antecedent, role);
        e->taken[antecedent] = taken; /* its own clause can use it, too */
    }
}

/* Who holds the area that is hit is hit: قصفت الطائرات مناطق تسيطر عليها المعارضة. */
static void hit_holders(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (!scene_is_assault(v->kind) || v->dropped)
            continue;
        for (uint32_t h = 0; h < e->count; h++) {
            const event *hold = &e->events[h];
            if (hold->kind != MARSAD_KIND_HOLD || hold->actor_count == 0 || hold->segment < 0)
                continue;
            const segment *g = &e->p->segments[hold->segment];
            int32_t area = g->kind == SEGMENT_RELATIVE ? g->antecedent : -1;
            bool hit = area >= 0 && e->p->chunks[area].segment == v->segment && is_mere_area(e, area, false) && area > v->chunk;
            if (hit && v->target_count == 0)
                add_target_alone(e, v, hold->actors[0]);
        }
    }
}

void event_roles(scene *e)
{
    for (uint32_t i = 0; i < e->count; i++)
        if (e->p->chunks[e->events[i].chunk].type == CHUNK_VERB)
            fill_verb(e, &e->events[i]);
    for (uint32_t i = 0; i < e->count; i++) {
        event *v = &e->events[i];
        if (e->p->chunks[v->chunk].type != CHUNK_NOUN)
            continue;
        if (v->frame->pos == POS_ADJ)
            fill_participle(e, v);
        else
            fill_noun(e, v);
    }
    for (uint32_t i = 0; i < e->count; i++)
        if (e->p->chunks[e->events[i].chunk].type == CHUNK_NOUN && e->events[i].frame->pos != POS_ADJ)
            lend_clause_subject(e, &e->events[i]);
    lend_accused(e);
    uint32_t count = e->p->count;
    for (uint32_t c = 0; c < count; c++) {
        const phrase_chunk *k = &e->p->chunks[c];
        if (k->type == CHUNK_PRONOUN)
            attach_pronoun(e, (int32_t)c);
        else if (k->type == CHUNK_NOUN && k->of < 0 && k->slot != SLOT_NONE && !e->taken[c] && !(k->conjoined && k->with >= 0 && e->taken[k->with]))
            attach_preposition(e, (int32_t)c);
    }
    hit_holders(e);
}
