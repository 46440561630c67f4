/*
 * Who speaks. A saying word gives its content a speaker; the speaker holds to the end of what is said: over the clauses that follow in the sentence,
 * until another saying word. "وأضاف" without a subject carries the speaker of the sentence before.
 */
#include "phrase/phrase.h"

typedef struct {
    phrases *p;
    arena *a;
    const sentence *s;
    const marsad_lexicon *lexicon;
    speech *state;
    int32_t now;   /* the speaker that holds, or -1 */
    int32_t outer; /* the one before him */
    bool failed;
} listener;

static int32_t speaker_add(listener *l, const speaker *who)
{
    phrases *p = l->p;
    if (!ARENA_GROW(l->a, p->speakers, p->speaker_count, p->speaker_room)) {
        l->failed = true;
        return -1;
    }
    p->speakers[p->speaker_count] = *who;
    return (int32_t)p->speaker_count++;
}

static int32_t speaker_of_chunk(listener *l, int32_t c, uint32_t row, uint32_t trigger)
{
    for (uint32_t i = 0; i < l->p->speaker_count; i++)
        if (l->p->speakers[i].chunk == c)
            return (int32_t)i;
    speaker who = {.where = chunk_span(l->p, l->s, c), .chunk = c, .row = row, .trigger = trigger};
    return speaker_add(l, &who);
}

/* The speaker carried over from an earlier sentence, as a speaker of this one. */
static int32_t carried(listener *l, uint32_t row, uint32_t trigger)
{
    if (!l->state->has_last)
        return -1;
    speaker who = l->state->last;
    who.chunk = -1;
    who.row = row;
    who.trigger = trigger;
    return speaker_add(l, &who);
}

static int32_t noun_with_slot(const phrases *p, uint32_t from, uint32_t end, uint8_t slot)
{
    for (uint32_t c = from; c < end; c++)
        if (p->chunks[c].type == CHUNK_NOUN && p->chunks[c].slot == slot)
            return (int32_t)c;
    return -1;
}

/* The saying row of a chunk that fits its part of speech, or NULL. */
static const lex_saying *saying_of(const listener *l, const phrase_chunk *k)
{
    if (k->lemma == 0 || (k->type != CHUNK_VERB && k->type != CHUNK_NOUN))
        return NULL;
    const lex_lemma *lemma = lexicon_lemma(l->lexicon, k->lemma);
    for (uint8_t i = 0; i < lemma->saying_count; i++) {
        const lex_saying *row = lexicon_saying(l->lexicon, lemma->first_saying + i);
        if ((row->pos == POS_VERB) == (k->type == CHUNK_VERB))
            return row;
    }
    return NULL;
}

/* «الأمر», «قيمته»: with ال or a pronoun, and no name; an indefinite word alone may be a surname that is spelled so (وأضاف حسن). */
static bool is_plain_word(const listener *l, const phrase_chunk *k)
{
    return k->definite && sentence_hit(l->s, ENTRY_DEMONYM, k->head) == NULL && sentence_hit(l->s, ENTRY_TITLE, k->head) == NULL && k->gen < 0;
}

/* A noun that can speak: no time, no quantity of things. */
static bool can_speak(const listener *l, int32_t c)
{
    if (c < 0)
        return false;
    const phrase_chunk *k = &l->p->chunks[c];
    if (k->name >= 0)
        return true;
    const lex_lemma *lemma = lexicon_lemma(l->lexicon, k->lemma);
    if (k->type == CHUNK_NOUN && sentence_reading(l->s, k->head)->pos == POS_NOUN && k->lemma != 0 && lemma->classes[0] == CLASS_NONE &&
        *lexicon_string(l->lexicon, lemma->who) == '\0' && is_plain_word(l, k))
        return false; /* قيمته، حين، الأمر: a usual noun is nobody */
    static const noun_class silent[] = {CLASS_MEASURE, CLASS_AIRCRAFT, CLASS_ARTILLERY, CLASS_MUNITION, CLASS_EXPLOSIVE,
                                        CLASS_STRIKE,  CLASS_VEHICLE,  CLASS_FIRE,      CLASS_ARMS};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (lemma_is(lemma, silent[i]))
            return false;
    return lemma->frame_count == 0 || lemma->classes[0] != CLASS_NONE;
}

static bool opens_between(const phrases *p, uint32_t first, uint32_t last)
{
    for (uint32_t c = first + 1; c < last; c++)
        if (p->chunks[c].type == CHUNK_COMP)
            return true;
    return false;
}

static bool names_event(const listener *l, const phrase_chunk *n);

static bool has_content_clause(const phrases *p, uint32_t c)
{
    for (uint32_t k = c + 1; k < p->count && k < c + 9; k++) {
        if (p->chunks[k].type == CHUNK_COMP)
            return true;
        if (p->chunks[k].type == CHUNK_VERB || p->chunks[k].type == CHUNK_SUB || p->chunks[k].type == CHUNK_REL)
            return false;
    }
    return false;
}

/* «وفي السياق أكد المصدر أن ...», «الصقلاوية التي قالت القوات ...»: the noun right after the verb speaks, not one before it. */
static bool speaks_after(const listener *l, const segment *g, uint32_t c, int32_t noun, const lex_saying *row)
{
    const phrases *p = l->p;
    if (g->verb != (int32_t)c || noun < 0 || noun == (int32_t)c + 1 || c + 1 >= p->count || !chunk_is_bare_noun(p, (int32_t)c + 1))
        return false;
    const phrase_chunk *after = &p->chunks[c + 1];
    bool described = g->kind == SEGMENT_RELATIVE && (row->content & CONTENT_OBJ) == 0;
    bool before = noun < (int32_t)c && (p->chunks[noun].slot != SLOT_NONE || has_content_clause(p, c + 1));
    bool object = (sentence_reading(l->s, after->head)->feats & FEAT_TANWIN) != 0 || ((row->content & CONTENT_OBJ) != 0 && names_event(l, after));
    return (described || before) && !object && can_speak(l, (int32_t)c + 1);
}

/* ويذكر أن، ويعتقد أن: nobody in particular says so. */
static bool is_hearsay(const listener *l, const segment *g, uint32_t c, const lex_saying *row)
{
    uint16_t feats = sentence_reading(l->s, l->p->chunks[c].head)->feats;
    return g->verb == (int32_t)c && row->pos == POS_VERB && row->carry == 0 && (feats & FEAT_PRES) != 0 && (feats & FEAT_P3) != 0 &&
           (feats & FEAT_PLUR) == 0;
}

/* في تصريح، في بيان: a noun of saying that stands by does not take the word from who speaks in the clause. */
static bool stands_by(const listener *l, int32_t seg, const phrase_chunk *k, const lex_saying *row)
{
    if (k->type != CHUNK_NOUN || row->pos != POS_NOUN || k->slot == SLOT_NONE || l->now < 0)
        return false;
    int32_t chunk = l->p->speakers[l->now].chunk;
    return chunk >= 0 && l->p->chunks[chunk].segment == seg;
}

enum { NOBODY = -2 };

static int32_t hear(listener *l, int32_t seg, uint32_t c, const lex_saying *row)
{
    phrases *p = l->p;
    const segment *g = &p->segments[seg];
    uint32_t token = p->chunks[c].head;
    if (row->speaker == SPEAKER_LAST) {
        bool before;
        int32_t subject = p->chunks[c].type == CHUNK_NOUN ? segment_subject(p, seg, &before) : -1; /* دعت الأمم المتحدة ...، مشيرة إلى أن */
        if (l->now < 0 && subject >= 0 && subject != (int32_t)c && can_speak(l, subject))
            return speaker_of_chunk(l, subject, row->row, token);
        return l->now >= 0 ? l->now : carried(l, row->row, token);
    }
    int32_t noun = -1;
    if (row->speaker == SLOT_SUBJ) {
        bool before;
        if (p->chunks[c].type == CHUNK_VERB && (sentence_reading(l->s, token)->feats & FEAT_PASS) != 0)
            return l->now >= 0 ? l->now : NOBODY; /* لوحظ أن: who noticed is not told */
        if (g->verb == (int32_t)c)
            noun = segment_subject(p, seg, &before);
        if (noun > (int32_t)c && opens_between(p, c, (uint32_t)noun))
            noun = -1; /* وتابع أن الغارات ...: what follows أن does not speak */
        if (speaks_after(l, g, c, noun, row))
            noun = (int32_t)c + 1;
    } else if (row->speaker == SLOT_GEN) {
        noun = p->chunks[c].gen;
    } else {
        noun = noun_with_slot(p, c + 1, g->last, row->speaker);
        if (noun < 0) {
            bool before;
            noun = g->verb == (int32_t)c ? segment_subject(p, seg, &before) : -1;
        }
    }
    if (stands_by(l, seg, &p->chunks[c], row))
        return l->now;
    if (noun >= 0 && can_speak(l, noun))
        return speaker_of_chunk(l, noun, row->row, token);
    if (noun < 0 && is_hearsay(l, g, c, row))
        return NOBODY;
    if (noun >= 0 || (p->chunks[c].type == CHUNK_NOUN && row->pos != POS_ADJ && !p->chunks[c].has_pronoun))
        return l->now; /* a noun of saying with no speaker of its own */
    return l->now >= 0 ? l->now : carried(l, row->row, token);
}

/* A noun of action, or one that holds an event: مقتل، تعرض. */
static bool names_event(const listener *l, const phrase_chunk *n)
{
    const lex_lemma *lemma = lexicon_lemma(l->lexicon, n->lemma);
    return n->lemma != 0 && (lemma->frame_count > 0 || lemma->governor_count > 0);
}

/* Does the saying word have its content in its own clause (أعلن مقتل خمسة، أفاد بمقتل)? */
static bool content_is_near(const listener *l, int32_t seg, uint32_t c, const lex_saying *row)
{
    const segment *g = &l->p->segments[seg];
    for (uint32_t k = c + 1; k < g->last; k++) {
        const phrase_chunk *n = &l->p->chunks[k];
        if (n->type != CHUNK_NOUN)
            continue;
        if ((row->content & CONTENT_BI) != 0 && n->slot == SLOT_BI)
            return true;
        if ((row->content & CONTENT_ILA) != 0 && n->slot == SLOT_ILA)
            return true;
        if ((row->content & CONTENT_AN) != 0 && n->slot == SLOT_AN && names_event(l, n))
            return true;
        if ((row->content & CONTENT_MIN) != 0 && n->slot == SLOT_MIN && names_event(l, n))
            return true;
        if ((row->content & CONTENT_OBJ) != 0 && n->slot == SLOT_NONE && names_event(l, n))
            return true;
    }
    return false;
}

/* بحسب X، وفقا لـ X، بحسب ما أفاد به X: the speaker that a phrase of attribution names, or -1. */
static int32_t phrase_speaker(listener *l, const name_hit *hit)
{
    phrases *p = l->p;
    uint32_t row = lexicon_saying(l->lexicon, hit_row(hit, 0))->row;
    for (uint32_t c = 0; c < p->count; c++) {
        const phrase_chunk *k = &p->chunks[c];
        if (k->first < hit->last)
            continue;
        if (k->type == CHUNK_NOUN)
            return k->first <= hit->last + 1 && can_speak(l, (int32_t)c) ? speaker_of_chunk(l, (int32_t)c, row, hit->first) : -1;
        if (k->type == CHUNK_VERB && k->segment >= 0 && saying_of(l, k) != NULL) {
            bool before;
            int32_t noun = segment_subject(p, k->segment, &before);
            return noun >= 0 && can_speak(l, noun) ? speaker_of_chunk(l, noun, row, hit->first) : -1;
        }
        if (k->first > hit->last + 2)
            return -1;
    }
    return -1;
}

/* «…، يقول ناشطون.»: the saying verb and its subject are all of the last clause. */
static bool closes_speech(const phrases *p, uint32_t seg)
{
    const segment *g = &p->segments[seg];
    bool before;
    int32_t noun = segment_subject(p, (int32_t)seg, &before);
    bool after_mark = g->first > 0 && (p->chunks[g->first - 1].type == CHUNK_MARK || p->chunks[g->first - 1].type == CHUNK_OTHER); /* كما */
    if (seg + 1 != p->segment_count || g->first != (uint32_t)g->verb || !after_mark)
        return false;
    if (noun != g->verb + 1)
        return false;
    for (uint32_t c = (uint32_t)noun + 1; c < g->last; c++)
        if (p->chunks[c].type != CHUNK_MARK && p->chunks[c].type != CHUNK_TIME && p->chunks[c].of < 0)
            return false;
    return true;
}

/* كما أفاد به ناشطون: a saying verb whose content is a pronoun, or stands before it, looks back. */
static int32_t backward_speaker(listener *l)
{
    phrases *p = l->p;
    for (uint32_t i = 1; i < p->segment_count; i++) {
        const segment *g = &p->segments[i];
        if (g->verb < 0 || (uint32_t)g->verb + 1 >= p->count || saying_of(l, &p->chunks[g->verb]) == NULL)
            continue;
        const phrase_chunk *after = &p->chunks[g->verb + 1];
        bool before;
        bool back = (after->type == CHUNK_PRONOUN && after->slot == SLOT_BI) || closes_speech(p, i);
        int32_t noun = back ? segment_subject(p, (int32_t)i, &before) : -1;
        if (noun >= 0 && can_speak(l, noun))
            return speaker_of_chunk(l, noun, saying_of(l, &p->chunks[g->verb])->row, p->chunks[g->verb].head);
    }
    return -1;
}

/* Phrases of attribution hold for the clauses of the sentence that have no speaker yet. */
static int32_t attributed_by_phrase(listener *l)
{
    for (uint32_t i = 0; i < l->s->count; i++) {
        const name_hit *hit = sentence_hit(l->s, ENTRY_SAYING, i);
        int32_t who = hit != NULL ? phrase_speaker(l, hit) : -1;
        if (who >= 0)
            return who;
    }
    return backward_speaker(l);
}

/* A clause of content opens under this one, perhaps after a relative clause. */
static bool content_follows(const phrases *p, int32_t seg)
{
    for (uint32_t i = (uint32_t)seg + 1; i < p->segment_count; i++) {
        if (p->segments[i].kind == SEGMENT_CONTENT)
            return p->segments[i].parent == seg || i == (uint32_t)seg + 1;
        if (p->segments[i].kind != SEGMENT_RELATIVE && p->segments[i].kind != SEGMENT_RESUMED)
            return false;
    }
    return false;
}

/* The clause describes the speaker or what he belongs to. */
static bool describes_speaker(const phrases *p, const segment *g, const speaker *who)
{
    return who->chunk >= 0 && g->antecedent >= who->chunk && p->chunks[g->antecedent].segment == p->chunks[who->chunk].segment &&
           g->antecedent <= who->chunk + 6;
}

/* Listen to one clause: its own saying words, then the speaker that holds for it. */
static void listen_to(listener *l, int32_t seg)
{
    phrases *p = l->p;
    segment *g = &p->segments[seg];
    int32_t before = l->now;
    bool near = false;
    for (uint32_t c = g->first; c < g->last && !l->failed; c++) {
        const lex_saying *row = saying_of(l, &p->chunks[c]);
        if (row == NULL || (g->kind == SEGMENT_RELATIVE && row->pos == POS_VERB && (row->content & CONTENT_CLAUSE) == 0))
            continue;
        if (g->kind == SEGMENT_RELATIVE && p->chunks[c].type == CHUNK_VERB && p->chunks[c].has_pronoun)
            continue; /* البيان الذي بثه التلفزيون: the statement speaks */
        if (p->chunks[c].type == CHUNK_NOUN && row->pos == POS_NOUN && p->chunks[c].of < 0 && p->chunks[c].slot == SLOT_NONE && g->verb >= 0 &&
            !p->chunks[c].has_pronoun)
            continue; /* a statement that is spoken of, not made here */
        bool here = content_is_near(l, seg, c, row);
        bool next = content_follows(p, seg);
        if (!here && !next && row->pos != POS_VERB)
            continue;
        int32_t who = hear(l, seg, c, row);
        if (who == NOBODY)
            l->now = -1;
        if (who >= 0 && (here || next)) /* else he is only remembered: وعبر فلان عن قلقه */
            l->now = who;
        near = near || here;
    }
    if (l->now != before)
        l->outer = before;
    if (g->kind == SEGMENT_RELATIVE && l->now >= 0 && l->now == before && describes_speaker(p, g, &p->speakers[l->now])) {
        g->speaker = l->outer; /* فلان أمين عام الحزب الذي يقاتل في ...: not his own words */
        return;
    }
    bool says = l->now != before;
    g->speaker = says && !near ? (g->kind == SEGMENT_MAIN ? -1 : before) : l->now;
}

/* «ناشطون: …»: who speaks, in a headline. -1 if nobody does. */
static int32_t named_before_colon(listener *l)
{
    const phrases *p = l->p;
    if (p->segment_count < 2 || p->segments[0].verb >= 0 || p->count < 3)
        return -1;
    uint32_t end = p->segments[0].last;
    if (end < 2 || p->chunks[end - 1].type != CHUNK_MARK || !token_is_mark(l->s, p->chunks[end - 1].first, ":"))
        return -1;
    int32_t top = chunk_top(p, (int32_t)end - 2);
    const phrase_chunk *k = &p->chunks[top];
    if (top != 0 || k->type != CHUNK_NOUN || k->slot != SLOT_NONE)
        return -1;
    const lex_lemma *lemma = lexicon_lemma(l->lexicon, k->lemma);
    bool party = k->name >= 0 && l->s->hits[k->name].type == ENTRY_ACTOR;
    bool speaks = k->lemma != 0 && (lemma_is(lemma, CLASS_OFFICE) || lemma_is(lemma, CLASS_MEDIA) || *lexicon_string(l->lexicon, lemma->who) != '\0');
    return party || speaks ? speaker_of_chunk(l, top, 0, k->head) : -1;
}

bool phrase_speakers(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon, speech *state)
{
    listener l = {.p = p, .a = a, .s = s, .lexicon = lexicon, .state = state, .now = -1, .outer = -1};
    if (state->open_quote && state->has_last)
        l.now = carried(&l, 0, 0);
    if (l.now < 0)
        l.now = named_before_colon(&l);
    for (uint32_t i = 0; i < p->segment_count && !l.failed; i++)
        listen_to(&l, (int32_t)i);
    int32_t phrase = attributed_by_phrase(&l);
    if (phrase >= 0)
        for (uint32_t i = 0; i < p->segment_count; i++)
            if (p->segments[i].speaker < 0)
                p->segments[i].speaker = phrase;
    for (uint32_t i = 0; i < s->count; i++) {
        if (token_is_mark(s, i, "«"))
            state->open_quote = true;
        else if (token_is_mark(s, i, "»"))
            state->open_quote = false;
    }
    return !l.failed;
}
