/* Questions about chunks, and the order in which phrases are built. */
#include "phrase/phrase.h"

bool phrase_build(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon)
{
    *p = (phrases){0};
    phrase_verbs(s, lexicon);
    if (!phrase_chunks(p, a, s, lexicon) || !phrase_segments(p, a, s, lexicon))
        return false;
    phrase_subjects(p, s, lexicon);
    return true;
}

int32_t chunk_top(const phrases *p, int32_t c)
{
    while (p->chunks[c].of >= 0)
        c = p->chunks[c].of;
    return c;
}

uint32_t chunk_end(const phrases *p, int32_t c)
{
    int32_t last = c;
    while (p->chunks[last].gen >= 0)
        last = p->chunks[last].gen;
    uint32_t end = p->chunks[last].last;
    for (uint32_t next = (uint32_t)last + 1; next < p->count && next <= (uint32_t)last + 4; next++)
        if (p->chunks[next].apposed == c) {
            end = chunk_end(p, (int32_t)next);
            last = (int32_t)next;
        }
    return end;
}

span chunk_span(const phrases *p, const sentence *s, int32_t c)
{
    const phrase_chunk *k = &p->chunks[c];
    uint32_t first = k->first;
    if (k->quantity >= 0 && s->quantities[k->quantity].first == first && k->head >= s->quantities[k->quantity].last)
        first = k->head; /* the number belongs to the figure */
    uint32_t end = chunk_end(p, c);
    span where = sentence_span(s, first, end);
    /* the clitics و ف ب ل ك in front are not part of it */
    const token *t = &s->tokens[first];
    uint8_t prefix = 0;
    if (t->kind == TOKEN_WORD && s->cover[first] < 0) {
        const morph_reading *r = sentence_reading(s, first);
        prefix = (r->clitics & CLITIC_AL) != 0 ? 0 : r->prefix_len;
        if (r->clitics & (CLITIC_WA | CLITIC_FA))
            prefix = prefix > 2 ? prefix : 2;
    } else if (s->cover[first] >= 0 && (s->hits[s->cover[first]].clitics & (CLITIC_WA | CLITIC_FA)) != 0) {
        prefix = 2;
    }
    if (prefix > 0 && (size_t)(t->home.end - t->home.start) == t->form.len && prefix < t->form.len)
        where.start += prefix;
    return where;
}

bool chunk_is(const phrases *p, const marsad_lexicon *lexicon, int32_t c, noun_class class)
{
    return c >= 0 && p->chunks[c].lemma != 0 && lemma_is(lexicon_lemma(lexicon, p->chunks[c].lemma), class);
}

bool chunk_is_remark(const phrases *p, int32_t c)
{
    int32_t pronoun = c >= 1 && p->chunks[c - 1].type == CHUNK_NEG ? c - 2 : c - 1;
    if (pronoun < 1 || p->chunks[pronoun].type != CHUNK_PRONOUN)
        return false;
    bool follows = p->chunks[pronoun - 1].type == CHUNK_NOUN || p->chunks[pronoun - 1].type == CHUNK_MARK;
    if (p->chunks[pronoun].slot == SLOT_BAYN)
        return follows || p->chunks[c].quantity >= 0;
    return follows && p->chunks[pronoun].slot == SLOT_NONE;
}

bool chunk_is_bare_noun(const phrases *p, int32_t c)
{
    const phrase_chunk *k = &p->chunks[c];
    return k->type == CHUNK_NOUN && k->slot == SLOT_NONE && k->prep == 0 && !k->has_direction && k->of < 0 && k->apposed < 0 &&
           !chunk_is_remark(p, c);
}

static bool is_human(const lex_lemma *lemma)
{
    static const noun_class human[] = {CLASS_FIGHTER, CLASS_PERSON,  CLASS_CIVILIAN, CLASS_OFFICE,
                                       CLASS_KILLED,  CLASS_WOUNDED, CLASS_DETAINED, CLASS_DISPLACED};
    for (size_t i = 0; i < sizeof human / sizeof *human; i++)
        if (lemma_is(lemma, human[i]))
            return true;
    return false;
}

bool chunk_agrees(const phrases *p, const sentence *s, const marsad_lexicon *lexicon, int32_t c, uint16_t feats)
{
    const phrase_chunk *k = &p->chunks[c];
    if (k->name >= 0 || k->lemma == 0 || k->type != CHUNK_NOUN)
        return true;
    const morph_reading *r = sentence_reading(s, k->head);
    const lex_lemma *lemma = lexicon_lemma(lexicon, k->lemma);
    if ((r->feats & FEAT_PLUR) != 0 || k->quantity >= 0)
        return is_human(lemma) || (feats & FEAT_MASC) == 0 || (feats & FEAT_PLUR) == 0; /* plurals of things go with the feminine singular */
    bool feminine = lemma->gender == 'f' || (r->feats & FEAT_FEM) != 0 || view_ends(s->tokens[k->head].form, view_of("ة"));
    bool masculine = lemma->gender == 'm' && !feminine;
    if ((feats & FEAT_FEM) != 0 && masculine)
        return false;
    return !((feats & FEAT_MASC) != 0 && feminine && (feats & FEAT_SING) != 0);
}

/* The verb that a pronoun-less verb takes as object by its form alone: the accusative endings tell. */
static bool looks_accusative(const phrases *p, const sentence *s, int32_t c)
{
    const phrase_chunk *k = &p->chunks[c];
    const morph_reading *r = sentence_reading(s, k->head);
    if (k->name >= 0)
        return false;
    if ((r->feats & FEAT_TANWIN) != 0 || (s->tokens[k->head].flags & TOKEN_TANWIN) != 0)
        return k->quantity < 0; /* 18 شخصا is in the accusative of counting */
    view form = s->tokens[k->head].form;
    return (r->feats & (FEAT_PLUR | FEAT_DUAL)) != 0 && (r->feats & FEAT_CONSTRUCT) == 0 && view_ends(form, view_of("ين")) && k->quantity < 0;
}

static int32_t subject_after(const phrases *p, const sentence *s, const marsad_lexicon *lexicon, const segment *g)
{
    uint16_t feats = sentence_reading(s, p->chunks[g->verb].head)->feats;
    if ((feats & (FEAT_P1 | FEAT_P2)) != 0 && (feats & FEAT_P3) == 0)
        return -1;
    view form = s->tokens[p->chunks[g->verb].head].form;
    if ((feats & FEAT_PLUR) != 0 || view_ends(form, view_of("وا")))
        return -1; /* a plural verb has its subject before it */
    for (uint32_t c = (uint32_t)g->verb + 1; c < g->last; c++) {
        if (p->chunks[c].type == CHUNK_VERB)
            return -1;
        if (!chunk_is_bare_noun(p, (int32_t)c) || p->chunks[c].conjoined)
            continue;
        if (looks_accusative(p, s, (int32_t)c) || !chunk_agrees(p, s, lexicon, (int32_t)c, feats))
            return -1;
        return (int32_t)c;
    }
    return -1;
}

static bool names_action(const phrases *p, const marsad_lexicon *lexicon, uint32_t c)
{
    return p->chunks[c].lemma != 0 && lexicon_lemma(lexicon, p->chunks[c].lemma)->frame_count > 0;
}

/* The bare noun before a verb that can be its subject: the first that is no noun of action, else the first; one with و only if there is no other. */
static int32_t bare_noun_before(const phrases *p, const marsad_lexicon *lexicon, uint32_t first, uint32_t end)
{
    int32_t action = -1, conjoined = -1;
    for (uint32_t c = first; c < end; c++) {
        if (!chunk_is_bare_noun(p, (int32_t)c))
            continue;
        if (p->chunks[c].conjoined)
            conjoined = conjoined < 0 ? (int32_t)c : conjoined;
        else if (names_action(p, lexicon, c))
            action = action < 0 ? (int32_t)c : action;
        else
            return (int32_t)c;
    }
    return action >= 0 ? action : conjoined;
}

/* «ومع إعلان التحالف معركة الحديدة، استمرت القوات في التقدم»: what stands before the comma belongs to another phrase. */
static bool is_parted_by_comma(const phrases *p, const sentence *s, int32_t noun, int32_t verb)
{
    return verb > 0 && noun < verb - 1 && p->chunks[verb - 1].type == CHUNK_MARK && token_is_mark(s, p->chunks[verb - 1].first, "،");
}

/* «قالت الكتيبة إنها سيطرت»: the pronoun of إن stands for who speaks. */
static int32_t speaker_himself(const phrases *p, const sentence *s, const marsad_lexicon *lexicon, int32_t seg)
{
    const segment *g = &p->segments[seg];
    if (g->opener < 0 || !p->chunks[g->opener].has_pronoun)
        return -1;
    for (int32_t k = seg - 1; k >= 0; k--) {
        int32_t verb = p->segments[k].verb;
        bool speaks = verb >= 0 && p->chunks[verb].lemma != 0 && lexicon_lemma(lexicon, p->chunks[verb].lemma)->saying_count > 0;
        if (!speaks && k != g->parent)
            continue;
        int32_t c = p->segments[k].subject;
        return c >= 0 && chunk_agrees(p, s, lexicon, c, sentence_reading(s, p->chunks[g->verb].head)->feats) ? c : -1;
    }
    return -1;
}

/* «أنها قتلت 15 جنديا», «أنهم …»: the pronoun is the subject; but أنه may stand for nothing. */
static bool names_them(const phrases *p, const sentence *s, const segment *g)
{
    view form = s->tokens[p->chunks[g->opener].first].form;
    bool passive = (sentence_reading(s, p->chunks[g->verb].head)->feats & FEAT_PASS) != 0;
    return !passive && (view_ends(form, view_of("ها")) || view_ends(form, view_of("هم")) || view_ends(form, view_of("هما")));
}

static int32_t find_subject(const phrases *p, const sentence *s, const marsad_lexicon *lexicon, int32_t seg, bool *before)
{
    *before = false;
    if (seg < 0)
        return -1;
    const segment *g = &p->segments[seg];
    if (g->verb < 0)
        return -1;
    bool object_pronoun = p->chunks[g->verb].has_pronoun;
    int32_t c = bare_noun_before(p, lexicon, g->first, (uint32_t)g->verb);
    bool look_after = c >= 0 && (object_pronoun || is_parted_by_comma(p, s, c, g->verb));
    int32_t after = look_after ? subject_after(p, s, lexicon, g) : -1;
    if (after >= 0)
        return after; /* الهجوم شنه مسلحون: the pronoun stands for the noun before */
    *before = true;
    if (c >= 0)
        return c;
    if (g->kind == SEGMENT_RELATIVE && g->antecedent >= 0 && !object_pronoun) {
        /* التي قصفت حلب: the antecedent acts, unless a pronoun after a preposition stands for it */
        bool resumed = false;
        for (uint32_t k = g->first; k < g->last; k++)
            resumed = resumed || (p->chunks[k].type == CHUNK_PRONOUN && p->chunks[k].slot != SLOT_NONE);
        bool noun_after = subject_after(p, s, lexicon, g) >= 0;
        if (!(resumed && noun_after) && chunk_agrees(p, s, lexicon, g->antecedent, sentence_reading(s, p->chunks[g->verb].head)->feats))
            return g->antecedent;
    }
    if (g->kind == SEGMENT_RESUMED && g->parent >= 0) {
        const segment *parent = &p->segments[g->parent];
        c = bare_noun_before(p, lexicon, parent->first, parent->last);
        if (c >= 0)
            return c;
    }
    int32_t himself = speaker_himself(p, s, lexicon, seg);
    *before = false;
    c = himself >= 0 && names_them(p, s, g) ? -1 : subject_after(p, s, lexicon, g);
    if (c >= 0)
        return c;
    *before = true;
    c = himself;
    if (c >= 0)
        return c;
    if (g->shares >= 0 && g->shares < seg) {
        return p->segments[g->shares].subject;
    }
    return -1;
}

void phrase_subjects(phrases *p, const sentence *s, const marsad_lexicon *lexicon)
{
    for (uint32_t i = 0; i < p->segment_count; i++) { /* each looks only at those before it */
        p->segments[i].subject = -1;
        p->segments[i].subject = find_subject(p, s, lexicon, (int32_t)i, &p->segments[i].subject_before);
    }
}

int32_t segment_subject(const phrases *p, int32_t seg, bool *before)
{
    *before = seg >= 0 && p->segments[seg].subject_before;
    return seg >= 0 ? p->segments[seg].subject : -1;
}
