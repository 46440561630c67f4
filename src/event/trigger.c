/* Which words name an event: a reading whose lemma has a frame, and whose frame's needs the sentence meets. */
#include "event/event.h"

static bool phrase_has_lemma(const scene *e, int32_t chunk, uint32_t lemma)
{
    uint32_t end = chunk_end(e->p, chunk);
    const char *text = lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, lemma)->text);
    for (uint32_t i = e->p->chunks[chunk].first; i < end; i++) {
        const morph_reading *r = sentence_reading(e->s, i);
        if (r->lemma == lemma || (r->lemma != 0 && strcmp(lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, r->lemma)->text), text) == 0))
            return true;
    }
    return false;
}

/* --- needs --------------------------------------------------------------------------------------------------------------- */

/* A party that has arms: no news outlet, no organisation of states or of relief. */
static bool can_fight(const scene *e, const name_hit *name)
{
    uint8_t kind = lexicon_actor(e->lexicon, hit_row(name, 0))->kind;
    return kind != ACTOR_MEDIA && kind != ACTOR_IGO && kind != ACTOR_NGO;
}

/* A named party meets a need for armed men or a body. */
static bool name_meets(const scene *e, int32_t chunk, uint8_t class)
{
    const chunk_type type = (chunk_type)e->p->chunks[chunk].type;
    if (type != CHUNK_NOUN)
        return false;
    bool wants_party = class == CLASS_FORCE || class == CLASS_FIGHTER || class == CLASS_GROUP || class == CLASS_GOVERNMENT || class == NEED_ACTOR ||
                       class == CLASS_OFFICE || class == CLASS_BODY;
    bool fights = class == CLASS_FORCE || class == CLASS_FIGHTER;
    for (int32_t c = chunk; wants_party && c >= 0; c = e->p->chunks[c].gen) {
        int32_t name = e->p->chunks[c].name;
        if (name >= 0 && e->s->hits[name].type == ENTRY_ACTOR)
            return !fights || can_fight(e, &e->s->hits[name]);
    }
    return false;
}

static bool phrase_meets(const scene *e, int32_t chunk, const lex_need *need)
{
    if (need->class == NEED_PLACE)
        return scene_is_place(e, chunk);
    if (need->lemma != 0)
        return phrase_has_lemma(e, chunk, need->lemma);
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (need->class == CLASS_PERSON && k->type == CHUNK_NOUN && k->quantity >= 0 && k->lemma == 0 && k->name < 0)
        return true; /* إصابة 43 */
    if (need->class == NEED_ACTOR)
        return scene_can_act(e, chunk);
    return scene_phrase_has(e, chunk, (noun_class)need->class) || name_meets(e, chunk, need->class);
}

enum { NEAR_CHUNKS = 24 }; /* how far the words of an event lie from its trigger */

static uint32_t window_first(const segment *g, int32_t chunk)
{
    return chunk > NEAR_CHUNKS && (uint32_t)(chunk - NEAR_CHUNKS) > g->first ? (uint32_t)(chunk - NEAR_CHUNKS) : g->first;
}

static uint32_t window_last(const segment *g, int32_t chunk)
{
    return (uint32_t)chunk + NEAR_CHUNKS < g->last ? (uint32_t)chunk + NEAR_CHUNKS : g->last;
}

static bool is_top_noun(const scene *e, uint32_t c)
{
    return e->p->chunks[c].type == CHUNK_NOUN && e->p->chunks[c].of < 0;
}

static bool verb_slot_meets(const scene *e, const event *v, const lex_need *need)
{
    const segment *g = &e->p->segments[v->segment];
    bool before;
    int32_t subject = segment_subject(e->p, v->segment, &before);
    if (need->slot == SLOT_SUBJ) {
        if (subject >= 0 && phrase_meets(e, subject, need))
            return true;
        for (int32_t c = subject; c >= 0 && c + 1 < (int32_t)e->p->count && c < subject + NEAR_CHUNKS; c++) /* conjoined subjects */
            if (e->p->chunks[c + 1].with == subject && phrase_meets(e, c + 1, need))
                return true;
        return false;
    }
    if (g->kind == SEGMENT_RELATIVE && g->antecedent >= 0 && e->p->chunks[v->chunk].has_pronoun && phrase_meets(e, g->antecedent, need))
        return true; /* مواقع خسرتها */
    /* objects: the bare nouns of the clause; without one the subject can be a passive's */
    bool has_object = false;
    for (uint32_t c = window_first(g, v->chunk); c < window_last(g, v->chunk); c++)
        if (is_top_noun(e, c) && e->p->chunks[c].slot == SLOT_NONE && (int32_t)c != v->chunk && (int32_t)c != subject) {
            has_object = has_object || ((int32_t)c > v->chunk && chunk_is_bare_noun(e->p, (int32_t)c)); /* not جراء سقوط */
            if (phrase_meets(e, (int32_t)c, need))
                return true;
        }
    return subject >= 0 && !has_object && !e->p->chunks[v->chunk].has_pronoun && phrase_meets(e, subject, need);
}

/* Words of the trigger's own phrase: adjectives and genitives. */
static bool own_phrase_meets(const scene *e, const event *v, const lex_need *need)
{
    return e->p->chunks[v->chunk].type == CHUNK_NOUN && phrase_meets(e, v->chunk, need);
}

static bool need_is_met(const scene *e, const event *v, const lex_need *need)
{
    const segment *g = &e->p->segments[v->segment];
    bool is_verb = e->p->chunks[v->chunk].type == CHUNK_VERB;
    switch (need->slot) {
    case SLOT_SUBJ:
    case SLOT_OBJ:
    case SLOT_OBJ2:
        return is_verb && verb_slot_meets(e, v, need);
    case SLOT_GEN: {
        int32_t gen = e->p->chunks[v->chunk].gen;
        return gen >= 0 && phrase_meets(e, gen, need);
    }
    case SLOT_ADJ:
        return own_phrase_meets(e, v, need);
    case SLOT_ANY:
        for (uint32_t c = window_first(g, v->chunk); c < window_last(g, v->chunk); c++)
            if (e->p->chunks[c].lemma != 0 || e->p->chunks[c].type == CHUNK_NOUN)
                if (((int32_t)c != v->chunk || e->p->chunks[c].last > e->p->chunks[c].first + 1) && phrase_meets(e, (int32_t)c, need))
                    return true;
        return false;
    default:
        for (uint32_t c = (uint32_t)v->chunk + 1; c < window_last(g, v->chunk); c++)
            if (e->p->chunks[c].type == CHUNK_NOUN && e->p->chunks[c].slot == need->slot && phrase_meets(e, (int32_t)c, need))
                return true;
        return false;
    }
}

static bool needs_are_met(const scene *e, const event *v)
{
    const lex_frame *f = v->frame;
    for (uint8_t i = 0; i < f->need_count;) {
        bool met = false;
        uint8_t group = f->needs[i].group;
        for (; i < f->need_count && f->needs[i].group == group; i++)
            met = met || need_is_met(e, v, &f->needs[i]);
        if (!met)
            return false;
    }
    return true;
}

/* --- variants -------------------------------------------------------------------------------------------------------------- */

/* بإسناد من طيران التحالف: the planes that help are not what attacks. */
static bool gives_help(const scene *e, uint32_t c)
{
    if (e->p->chunks[c].slot != SLOT_MIN || c == 0)
        return false;
    const lex_lemma *help = lexicon_lemma(e->lexicon, e->p->chunks[c - 1].lemma);
    for (uint8_t i = 0; e->p->chunks[c - 1].lemma != 0 && i < help->frame_count; i++)
        if (lexicon_frame(e->lexicon, help->first_frame + i)->kind == MARSAD_KIND_MILITARY_AID)
            return true;
    return false;
}

/* Words that belong to the event by their place: its clause, and for a noun its own phrase and what follows it. */
static bool cue_is_near(const scene *e, const event *v, uint8_t cue)
{
    const segment *g = &e->p->segments[v->segment];
    if (cue == CUE_PRES || cue == CUE_PAST) {
        uint16_t feats = sentence_reading(e->s, v->token)->feats;
        return e->p->chunks[v->chunk].type == CHUNK_VERB && (feats & (cue == CUE_PRES ? FEAT_PRES : FEAT_PAST)) != 0;
    }
    if (cue == CUE_NEG)
        return v->chunk > 0 && e->p->chunks[v->chunk - 1].type == CHUNK_NEG;
    if (cue >= CLASS_COUNT)
        return false;
    uint32_t first = window_first(g, v->chunk), last = window_last(g, v->chunk);
    for (uint32_t c = first; c < last; c++) {
        if (e->p->chunks[c].type != CHUNK_NOUN || e->p->chunks[c].of >= 0 || !scene_phrase_has(e, (int32_t)c, (noun_class)cue) || gives_help(e, c))
            continue;
        bool other = false; /* another event's word, as in: قصفت المدفعية ... وشن الطيران غارات */
        for (uint32_t k = 0; k < e->count; k++)
            other = other || (&e->events[k] != v && e->events[k].chunk == (int32_t)c);
        if (!other)
            return true;
    }
    /* شنتها طائرات: the clause that describes the noun */
    for (uint32_t k = 0; k < e->p->segment_count; k++) {
        const segment *r = &e->p->segments[k];
        if (r->kind != SEGMENT_RELATIVE || r->antecedent != v->chunk)
            continue;
        for (uint32_t c = r->first; c < r->last; c++)
            if (e->p->chunks[c].type == CHUNK_NOUN && scene_phrase_has(e, (int32_t)c, (noun_class)cue))
                return true;
    }
    if (g->kind == SEGMENT_RELATIVE && g->antecedent >= 0 && scene_phrase_has(e, g->antecedent, (noun_class)cue))
        return true;
    bool before;
    int32_t subject = segment_subject(e->p, v->segment, &before);
    return subject >= 0 && scene_phrase_has(e, subject, (noun_class)cue);
}

static void choose_kind(const scene *e, event *v)
{
    v->kind = v->frame->kind;
    for (uint8_t i = 0; i < v->frame->variant_count; i++)
        if (cue_is_near(e, v, v->frame->variants[i].cue)) {
            v->kind = v->frame->variants[i].kind;
            return;
        }
}

/* --- finding ---------------------------------------------------------------------------------------------------------------- */

static bool pos_fits(uint8_t frame_pos, uint8_t reading_pos)
{
    if (frame_pos == POS_VERB)
        return reading_pos == POS_VERB;
    if (frame_pos == POS_ADJ)
        return reading_pos == POS_ADJ || reading_pos == POS_NOUN;
    return reading_pos == POS_NOUN || reading_pos == POS_NAME;
}

/* The other word of a fixed phrase stands within a few words after: اطلق ... نار. */
static uint32_t second_word(const scene *e, uint32_t token, uint32_t lemma)
{
    const char *text = lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, lemma)->text);
    for (uint32_t i = token + 1; i < e->s->count && i <= token + 6; i++) {
        if (e->s->tokens[i].kind != TOKEN_WORD)
            continue;
        for (uint8_t r = 0; r < e->s->words[i].reading_count; r++) {
            const morph_reading *reading = &e->s->words[i].readings[r];
            if (reading->lemma == lemma ||
                (reading->lemma != 0 && strcmp(lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, reading->lemma)->text), text) == 0))
                return i;
        }
    }
    return 0;
}

/* A noun of action that is only part of the name of a body or thing: وزارة الدفاع، مركز التدريب. */
static bool names_a_body(const scene *e, int32_t chunk, uint8_t kind)
{
    static const noun_class bodies[] = {
        CLASS_BODY,           CLASS_OFFICE,   CLASS_DOCUMENT, CLASS_GOVERNMENT, CLASS_MEDIA, CLASS_OBJ_BASE, CLASS_OBJ_INFRASTRUCTURE,
        CLASS_OBJ_GOVERNMENT, CLASS_AIRCRAFT, CLASS_FORCE,    CLASS_GROUP,      CLASS_ARMS};
    int32_t of = e->p->chunks[chunk].of;
    if (of < 0 || e->p->chunks[of].type != CHUNK_NOUN)
        return false;
    if (kind == MARSAD_KIND_TRUCE && scene_is(e, of, CLASS_GOVERNMENT))
        return false; /* نظام التهدئة is no government */
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (scene_is(e, of, bodies[i]))
            return true;
    return false;
}

enum { TRIGGERS_MAX = 48 }; /* of one sentence: a text that has more is no report, and the work on pairs of them stays bounded */

static bool event_add(scene *e, const event *v)
{
    if (e->count == TRIGGERS_MAX)
        return false;
    if (!ARENA_GROW(e->scratch, e->events, e->count, e->room)) {
        e->failed = true;
        return false;
    }
    e->events[e->count++] = *v;
    return true;
}

/* The best frame of one lemma: a fixed phrase before one with needs before a plain one. Returns its score, -1 if none fits. */
static int try_lemma(const scene *e, uint32_t lemma_index, uint8_t pos, event *v)
{
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, lemma_index);
    int best = -1;
    event trial = *v;
    for (uint8_t i = 0; i < lemma->frame_count; i++) {
        const lex_frame *f = lexicon_frame(e->lexicon, lemma->first_frame + i);
        if (!pos_fits(f->pos, pos))
            continue;
        trial.frame = f;
        trial.token_end = trial.token + 1;
        int score = f->need_count > 0 ? 1 : 0;
        uint32_t second = 0;
        if (f->second != 0) {
            second = second_word(e, trial.token, f->second);
            if (second == 0)
                continue;
            trial.token_end = second == trial.token + 1 ? second + 1 : trial.token_end;
            score += 4;
        }
        trial.second = f->second != 0 ? second : 0;
        if (score <= best || !needs_are_met(e, &trial))
            continue;
        best = score;
        v->frame = f;
        v->token_end = trial.token_end;
        v->second = trial.second;
    }
    return best;
}

/* The frame of a word: of its chosen reading, or of another one spelled and built alike (الضربات is of ضرب and of ضربة). */
static bool choose_frame(const scene *e, uint32_t token, event *v)
{
    const morph_reading *chosen = sentence_reading(e->s, token);
    const morph_word *word = &e->s->words[token];
    int best = chosen->lemma != 0 ? try_lemma(e, chosen->lemma, chosen->pos, v) : -1;
    for (uint8_t i = 0; i < word->reading_count; i++) {
        const morph_reading *r = &word->readings[i];
        bool alike = r != chosen && r->lemma != 0 && r->pos == chosen->pos && r->clitics == chosen->clitics &&
                     r->rank <= chosen->rank + (r->pos == POS_VERB ? 0 : 1);
        if (!alike || lexicon_lemma(e->lexicon, r->lemma)->frame_count == 0)
            continue;
        event trial = *v;
        int score = try_lemma(e, r->lemma, r->pos, &trial);
        if (score > best) {
            best = score;
            *v = trial;
        }
    }
    return best >= 0;
}

/* The second word of a noun of several words: عبوة ناسفة. */
static bool is_inside_noun(const scene *e, int32_t chunk, uint32_t token)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    const name_hit *noun = sentence_hit(e->s, ENTRY_NOUN, k->head);
    return token > k->head && noun != NULL && token < noun->last;
}

/* A verb that only tells what somebody said here: نقلت القناة عن المتحدث. */
static bool only_tells(const scene *e, const phrase_chunk *k)
{
    if (k->type != CHUNK_VERB || k->segment < 0)
        return false;
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, k->lemma);
    const segment *g = &e->p->segments[k->segment];
    for (uint8_t i = 0; i < lemma->saying_count; i++) {
        uint8_t speaker = lexicon_saying(e->lexicon, lemma->first_saying + i)->speaker;
        if (speaker == SLOT_SUBJ || speaker == SPEAKER_LAST)
            continue;
        for (uint32_t c = g->first; c < g->last; c++)
            if (e->p->chunks[c].type == CHUNK_NOUN && e->p->chunks[c].slot == speaker)
                return true;
    }
    return false;
}

/* خارج سيطرة الحكومة: what lies outside is not held. */
static bool stands_outside(const scene *e, const phrase_chunk *k)
{
    return k->prep != 0 && strcmp(lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, k->prep)->text), "خارج") == 0;
}

static void try_token(scene *e, uint32_t i)
{
    const sentence *s = e->s;
    if (s->tokens[i].kind != TOKEN_WORD || s->time_at[i] >= 0 || e->p->chunk_at[i] < 0)
        return;
    if (s->cover[i] >= 0)
        return;
    const morph_reading *r = sentence_reading(s, i);
    if (r->lemma == 0)
        return;
    int32_t c = e->p->chunk_at[i];
    const phrase_chunk *k = &e->p->chunks[c];
    if (k->type != CHUNK_NOUN && k->type != CHUNK_VERB)
        return;
    for (uint32_t k = 0; k < e->count; k++)
        if (e->events[k].second == i)
            return; /* إطلاق in وقف إطلاق النار */
    event v = {.token = i, .token_end = i + 1, .chunk = c, .segment = k->segment, .time = -1, .speaker = -1, .claimant = -1, .host = -1};
    if (v.segment < 0 || is_inside_noun(e, c, i) || only_tells(e, k))
        return;
    if (!choose_frame(e, i, &v))
        return;
    if (k->type == CHUNK_NOUN && i == k->head && v.frame->pos != POS_ADJ && names_a_body(e, c, v.frame->kind))
        return;
    if (v.frame->kind == MARSAD_KIND_HOLD && stands_outside(e, k))
        return;
    if (k->type == CHUNK_NOUN && i != k->head && v.frame->pos != POS_ADJ)
        return; /* a noun of action inside a phrase as its adjective */
    v.passive = (r->feats & FEAT_PASS) != 0 || (s->tokens[i].flags & TOKEN_DAMMA) != 0;
    event_add_rule(&v, "frame", v.frame->row, i);
    event_add(e, &v);
}

/* «شابة تدعى فلانة»: called, not called on: nothing follows that she could be called on to do. */
static bool is_only_called(const scene *e, const event *v)
{
    const segment *g = &e->p->segments[v->segment];
    for (uint32_t c = (uint32_t)v->chunk + 1; c < g->last; c++)
        if (e->p->chunks[c].slot != SLOT_NONE && event_role(v, e->p->chunks[c].slot) == ROLE_EVENT)
            return false;
    return v->kind == MARSAD_KIND_DEMAND && v->passive && event_role(v, SLOT_OBJ) == ROLE_TARGET;
}

bool event_triggers(scene *e)
{
    for (uint32_t i = 0; i < e->s->count && !e->failed; i++)
        try_token(e, i);
    while (!e->failed && e->room < 2 * e->count) /* room for second phases: see govern.c */
        e->failed = !arena_grow(e->scratch, (void **)&e->events, e->room, &e->room, sizeof *e->events);
    for (uint32_t k = 0; k < e->count && !e->failed; k++) {
        event *v = &e->events[k];
        choose_kind(e, v);
        v->dropped = is_only_called(e, v);
        const phrase_chunk *c = &e->p->chunks[v->chunk];
        if (v->kind == MARSAD_KIND_AGREEMENT && e->memory->has_truce && c->definite && c->gen < 0)
            v->kind = MARSAD_KIND_TRUCE; /* ذلك الاتفاق, after a truce */
        e->memory->has_truce = e->memory->has_truce || v->kind == MARSAD_KIND_TRUCE;
    }
    return !e->failed;
}
