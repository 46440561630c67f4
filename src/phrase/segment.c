/*
 * Chunks to clauses. A clause opens at a joint (أن، الذي، بينما), at a conjoined verb, and at a second verb; a verb that follows a relative clause
 * resumes the clause that the relative clause interrupted.
 */
#include "phrase/phrase.h"

typedef struct {
    phrases *p;
    arena *a;
    const sentence *s;
    const marsad_lexicon *lexicon;
    int32_t at;       /* the open segment */
    bool after_comma; /* a comma stands right before */
    bool failed;
} segmenter;

static segment *open_segment(segmenter *g, segment_kind kind, uint32_t first, int32_t parent)
{
    phrases *p = g->p;
    if (!ARENA_GROW(g->a, p->segments, p->segment_count, p->segment_room)) {
        g->failed = true;
        return NULL;
    }
    if (p->segment_count > 0)
        p->segments[p->segment_count - 1].last = first;
    segment *seg = &p->segments[p->segment_count];
    *seg = (segment){.kind = (uint8_t)kind,
                     .first = first,
                     .last = first,
                     .parent = parent,
                     .antecedent = -1,
                     .verb = -1,
                     .shares = -1,
                     .speaker = -1,
                     .opener = -1,
                     .quoted = p->chunks[first].in_quotes};
    g->at = (int32_t)p->segment_count++;
    return seg;
}

static const segment *current(const segmenter *g)
{
    return &g->p->segments[g->at];
}

/* The innermost clause around the open one that is no relative clause. */
static int32_t outer(const segmenter *g)
{
    int32_t at = g->at;
    while (at >= 0 && g->p->segments[at].kind == SEGMENT_RELATIVE && g->p->segments[at].parent >= 0)
        at = g->p->segments[at].parent;
    return at;
}

static bool introduces_speech(const segmenter *g, const phrase_chunk *k)
{
    return (k->type == CHUNK_VERB || k->type == CHUNK_NOUN) && k->lemma != 0 && lexicon_lemma(g->lexicon, k->lemma)->saying_count > 0;
}

enum { DATELINE_CHUNKS = 10 };

/* True if a word of saying stands in the clause (or in the clause around a relative one) before chunk `end`. */
static bool speech_is_pending(const segmenter *g, uint32_t end)
{
    int32_t at = g->at;
    for (int depth = 0; at >= 0 && depth < 3; depth++) {
        const segment *seg = &g->p->segments[at];
        uint32_t last = at == g->at ? end : seg->last;
        for (uint32_t c = seg->first; c < last; c++)
            if (introduces_speech(g, &g->p->chunks[c]))
                return true;
        if (seg->kind != SEGMENT_RELATIVE && seg->kind != SEGMENT_RESUMED)
            break;
        at = seg->parent;
    }
    return false;
}

/* The noun that a relative pronoun or a describing verb belongs to: the nearest of the chain before it that agrees. */
static int32_t antecedent_of(const segmenter *g, uint32_t end, uint16_t feats)
{
    const phrases *p = g->p;
    int32_t last = -1;
    for (int32_t c = (int32_t)end - 1; c >= 0 && c >= (int32_t)end - 3; c--) {
        if (p->chunks[c].type == CHUNK_MARK || p->chunks[c].type == CHUNK_PRONOUN)
            continue; /* المتحالفة معها والتي */
        if (p->chunks[c].type != CHUNK_NOUN)
            break;
        for (int32_t k = c; k >= 0; k = p->chunks[k].of) {
            if (chunk_agrees(p, g->s, g->lexicon, k, feats))
                return p->chunks[k].apposed >= 0 ? p->chunks[k].apposed : k;
            if (last < 0 || p->chunks[last].of == k)
                last = k;
        }
        int32_t top = chunk_top(p, c);
        if (p->chunks[top].slot == SLOT_NONE) /* else it may complete the noun before: تحالفا بقيادة كردية يسيطر */
            break;
    }
    return last;
}

static uint16_t relative_feats(const segmenter *g, const phrase_chunk *rel)
{
    view form = g->s->tokens[rel->first].form;
    if (view_ends(form, view_of("التي")))
        return FEAT_FEM | FEAT_SING;
    if (view_ends(form, view_of("الذي")))
        return FEAT_MASC | FEAT_SING;
    return FEAT_MASC | FEAT_PLUR;
}

static bool has_bare_noun(const segmenter *g, uint32_t end)
{
    for (uint32_t c = current(g)->first; c < end; c++)
        if (chunk_is_bare_noun(g->p, (int32_t)c))
            return true;
    return false;
}

/* A bare noun before that can be the verb's subject: no noun of action. */
static bool has_doer(const segmenter *g, uint32_t end)
{
    for (uint32_t c = current(g)->first; c < end; c++)
        if (chunk_is_bare_noun(g->p, (int32_t)c) &&
            (g->p->chunks[c].lemma == 0 || lexicon_lemma(g->lexicon, g->p->chunks[c].lemma)->frame_count == 0))
            return true;
    return false;
}

/* Another finite verb follows in the sentence, for the noun to be its subject. */
static bool has_verb_after(const segmenter *g, uint32_t c)
{
    for (uint32_t k = c + 1; k < g->p->count && k < c + 8; k++) {
        if (g->p->chunks[k].type == CHUNK_VERB)
            return !g->p->chunks[k].conjoined;
        if (g->p->chunks[k].type == CHUNK_COMP || g->p->chunks[k].type == CHUNK_SUB)
            return false;
    }
    return false;
}

/* A verb right after an indefinite noun describes it: بلدة سيطر عليها، في غارة شنتها طائرات. */
static bool describes_noun_before(const segmenter *g, uint32_t c)
{
    const phrases *p = g->p;
    if (c == 0 || p->chunks[c].conjoined || g->after_comma)
        return false;
    int32_t noun = (int32_t)c - 1;
    while (noun > 0 && p->chunks[noun].type == CHUNK_NEG)
        noun--; /* طائرات لم تعرف هويتها */
    const phrase_chunk *before = &p->chunks[noun];
    if (before->type != CHUNK_NOUN || before->apposed >= 0)
        return false;
    bool negated = noun != (int32_t)c - 1;
    int32_t top = chunk_top(p, noun);
    bool indefinite = !before->definite;
    bool oblique = p->chunks[top].slot != SLOT_NONE || p->chunks[top].has_direction || p->chunks[top].prep != 0;
    bool verb_before = current(g)->verb >= 0;
    if (indefinite && negated && p->chunks[c].type == CHUNK_VERB && has_verb_after(g, c))
        return true;
    if (indefinite && (verb_before || (oblique && (p->chunks[c].has_pronoun || !has_doer(g, c)))))
        return true;
    if (indefinite && p->chunks[c].has_pronoun && has_bare_noun(g, c) && before->lemma != 0)
        return lexicon_lemma(g->lexicon, before->lemma)->frame_count > 0; /* هجوم شنه مسلحون */
    return false;
}

/*
 * «في غارة على موقع للحوثيين أسفرت …»: a verb after what completes an indefinite noun of action describes that noun, if it agrees with it and with none
 * between. -1 if there is none.
 */
static int32_t action_described(const segmenter *g, uint32_t c)
{
    const phrases *p = g->p;
    if (current(g)->verb < 0 || p->chunks[c].conjoined || g->after_comma || c == 0)
        return -1;
    const uint16_t feats = sentence_reading(g->s, p->chunks[c].head)->feats;
    int32_t noun = (int32_t)c - 1;
    for (int steps = 0; steps < 3 && noun >= 0 && p->chunks[noun].type == CHUNK_NOUN; steps++) {
        int32_t top = chunk_top(p, noun);
        const phrase_chunk *k = &p->chunks[top];
        if (top <= current(g)->verb)
            return -1;
        if (!k->definite && k->gen < 0 && k->lemma != 0 && lexicon_lemma(g->lexicon, k->lemma)->frame_count > 0)
            return steps > 0 && chunk_agrees(p, g->s, g->lexicon, top, feats) ? top : -1;
        if (k->slot == SLOT_NONE && !k->has_direction)
            return -1;
        noun = top - 1;
    }
    return -1;
}

/* كان يسيطر، ما زالت تقصف: the first verb only helps the second. */
static bool is_auxiliary(const segmenter *g, int32_t verb)
{
    const lex_lemma *lemma = lexicon_lemma(g->lexicon, g->p->chunks[verb].lemma);
    for (uint8_t i = 0; i < lemma->governor_count; i++)
        if (lexicon_governor(g->lexicon, lemma->first_governor + i)->via == SLOT_VERB)
            return true;
    return false;
}

static void open_verb(segmenter *g, uint32_t c)
{
    phrases *p = g->p;
    phrase_chunk *k = &p->chunks[c];
    segment *seg = NULL;
    int32_t around = current(g)->parent;

    if (current(g)->verb >= 0 && !k->conjoined && !g->after_comma && is_auxiliary(g, current(g)->verb) && c <= (uint32_t)current(g)->verb + 5) {
        p->chunks[current(g)->verb].type = CHUNK_OTHER;
        p->segments[g->at].verb = (int32_t)c;
        return;
    }

    if (describes_noun_before(g, c)) {
        uint32_t end = c;
        while (end > 1 && p->chunks[end - 1].type == CHUNK_NEG)
            end--;
        int32_t antecedent = antecedent_of(g, end, sentence_reading(g->s, k->head)->feats);
        seg = open_segment(g, SEGMENT_RELATIVE, c, g->at);
        if (seg != NULL)
            seg->antecedent = antecedent >= 0 ? antecedent : (int32_t)c - 1;
    } else if (action_described(g, c) >= 0) {
        int32_t antecedent = action_described(g, c);
        seg = open_segment(g, SEGMENT_RELATIVE, c, g->at);
        if (seg != NULL)
            seg->antecedent = antecedent;
    } else if (k->conjoined && current(g)->verb >= 0) {
        int32_t shares = g->at;
        seg = open_segment(g, SEGMENT_COORDINATE, c, p->segments[shares].kind == SEGMENT_RELATIVE ? p->segments[shares].parent : around);
        if (seg != NULL)
            seg->shares = shares;
    } else if (current(g)->verb >= 0) {
        int32_t at = g->at;
        bool interrupted = p->segments[at].kind == SEGMENT_RELATIVE && around >= 0 && p->segments[around].verb < 0;
        seg = open_segment(g, interrupted ? SEGMENT_RESUMED : SEGMENT_COORDINATE, c, around >= 0 ? around : at);
        if (seg != NULL && !interrupted)
            seg->shares = at;
    }
    if (!g->failed)
        p->segments[g->at].verb = (int32_t)c;
}

static void open_joint(segmenter *g, uint32_t c)
{
    phrases *p = g->p;
    phrase_chunk *k = &p->chunks[c];
    segment *seg = NULL;
    if (k->type == CHUNK_REL) {
        int32_t antecedent = antecedent_of(g, c, relative_feats(g, k));
        seg = open_segment(g, SEGMENT_RELATIVE, c, g->at);
        if (seg != NULL)
            seg->antecedent = antecedent;
    } else if (k->type == CHUNK_COMP) {
        bool speech = speech_is_pending(g, c);
        int32_t shares = g->at;
        seg = open_segment(g, speech ? SEGMENT_CONTENT : SEGMENT_SUBORDINATE, c, speech ? outer(g) : g->at);
        if (seg != NULL && !speech)
            seg->shares = shares;
    } else {
        int32_t around = outer(g);
        seg = open_segment(g, SEGMENT_SUBORDINATE, c, around);
        if (seg != NULL)
            seg->shares = around;
    }
    if (seg != NULL)
        seg->opener = (int32_t)c;
}

/* واصلت قصف المنطقة “…: the verb has its object, the quotation is not what it says. */
static bool names_event_before(const segmenter *g, uint32_t end)
{
    const segment *seg = current(g);
    for (uint32_t c = seg->verb >= 0 ? (uint32_t)seg->verb + 1 : end; c < end; c++) {
        const phrase_chunk *k = &g->p->chunks[c];
        if (k->type == CHUNK_NOUN && k->slot == SLOT_NONE && k->lemma != 0 && lexicon_lemma(g->lexicon, k->lemma)->frame_count > 0)
            return true;
    }
    return false;
}

static void take_mark(segmenter *g, uint32_t c)
{
    const phrase_chunk *k = &g->p->chunks[c];
    bool colon = token_is_mark(g->s, k->first, ":"), quote = token_is_mark(g->s, k->first, "«");
    bool has_more = c + 1 < g->p->count;
    bool is_glued = k->last < g->s->count && (g->s->tokens[k->last].flags & TOKEN_GLUED) != 0; /* a point inside a name */
    bool speech = (colon || (quote && !names_event_before(g, c))) && speech_is_pending(g, c);
    if (has_more && speech && g->p->chunks[c + 1].type != CHUNK_COMP) {
        segment *seg = open_segment(g, SEGMENT_CONTENT, c + 1, outer(g));
        if (seg != NULL)
            seg->opener = (int32_t)c;
    } else if (has_more && (token_is_mark(g->s, k->first, "؛") || (token_is_mark(g->s, k->first, ".") && !is_glued))) {
        open_segment(g, SEGMENT_COORDINATE, c + 1, -1);
    }
}

/* Between the last two marks stands nothing but a time. */
static bool is_aside(const phrases *p, uint32_t c)
{
    return c >= 3 && p->chunks[c - 1].type == CHUNK_MARK && p->chunks[c - 2].type == CHUNK_TIME && p->chunks[c - 3].type == CHUNK_MARK;
}

/* After a comma a relative clause is over, unless a noun or conjoined noun goes on. */
static void close_relative(segmenter *g, uint32_t c)
{
    phrases *p = g->p;
    const phrase_chunk *k = &p->chunks[c];
    const segment *seg = current(g);
    if (is_aside(p, c))
        return; /* ضربة استهدفت، الاثنين، مطار ... */
    if (!g->after_comma || seg->kind != SEGMENT_RELATIVE || seg->verb < 0 || seg->parent < 0 || k->conjoined)
        return;
    const segment *parent = &p->segments[seg->parent];
    if (k->type == CHUNK_NOUN && k->slot == SLOT_NONE)
        open_segment(g, SEGMENT_RESUMED, c, seg->parent);
    else if (k->type == CHUNK_VERB && parent->verb < 0)
        open_segment(g, SEGMENT_RESUMED, c, seg->parent);
}

/* The chunk after a dateline («بيروت (رويترز) -»، «واس - صنعاء:»), 0 if the sentence has none: names and marks only, no verb, no event. */
static uint32_t after_dateline(const segmenter *g)
{
    static const char *const ends[] = {"-", "–", "—", ":"};
    const phrases *p = g->p;
    uint32_t after = 0;
    for (uint32_t c = 0; c + 1 < p->count && c < DATELINE_CHUNKS; c++) {
        const phrase_chunk *k = &p->chunks[c];
        bool plain = k->type == CHUNK_MARK || k->type == CHUNK_OTHER || k->type == CHUNK_TIME || k->type == CHUNK_NOUN;
        bool tells = k->lemma != 0 && (lexicon_lemma(g->lexicon, k->lemma)->frame_count > 0 || introduces_speech(g, k));
        if (!plain || tells || k->slot != SLOT_NONE)
            break;
        for (size_t i = 0; k->type == CHUNK_MARK && c > 0 && i < sizeof ends / sizeof *ends; i++)
            if (token_is_mark(g->s, k->first, ends[i]))
                after = c + 1;
    }
    return after;
}

bool phrase_segments(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon)
{
    segmenter g = {.p = p, .a = a, .s = s, .lexicon = lexicon};
    if (p->count == 0)
        return true;
    open_segment(&g, SEGMENT_MAIN, 0, -1);
    const uint32_t body = after_dateline(&g);
    for (uint32_t c = 0; c < p->count && !g.failed; c++) {
        phrase_chunk *k = &p->chunks[c];
        if (c < body) {
            k->segment = g.at;
            continue;
        }
        if (c == body && body > 0 && open_segment(&g, SEGMENT_MAIN, c, -1) == NULL)
            return false;
        close_relative(&g, c);
        if (k->type == CHUNK_VERB)
            open_verb(&g, c);
        else if (k->type == CHUNK_REL || k->type == CHUNK_COMP || k->type == CHUNK_SUB)
            open_joint(&g, c);
        if (g.failed)
            return false;
        if (p->segments[g.at].first <= c)
            k->segment = g.at;
        g.after_comma = k->type == CHUNK_MARK && token_is_mark(s, k->first, "،");
        if (k->type == CHUNK_MARK)
            take_mark(&g, c);
    }
    if (!g.failed)
        p->segments[p->segment_count - 1].last = p->count;
    return !g.failed;
}
