/*
 * Exceptions: «لا يسيطرون سوى على حيين»، «لم يسقط إلا قتيل واحد» deny nothing, they assert what stands behind the exception.
 */
#include "event/event.h"

static bool begins_noun(const scene *e, int32_t c)
{
    if ((uint32_t)c >= e->p->count || e->p->chunks[c].type != CHUNK_NOUN)
        return false;
    return e->p->chunks[c].quantity >= 0 || sentence_reading(e->s, e->p->chunks[c].head)->pos != POS_ADJ;
}

/* «لم يقتل غير مدني واحد»: before a noun, and not the "un-" of «مواقع غير عسكرية» and «الأشخاص غير المدنيين», which describes the noun before it. */
static bool is_other_than(const scene *e, int32_t c)
{
    const phrase_chunk *k = &e->p->chunks[c];
    if (!view_equal(e->s->tokens[k->first].form, view_of("غير")) || k->last != k->first + 1 || !begins_noun(e, c + 1))
        return false;
    const phrase_chunk *before = &e->p->chunks[c - 1], *after = &e->p->chunks[c + 1];
    return before->type != CHUNK_NOUN || (before->definite && (sentence_reading(e->s, after->first)->clitics & CLITIC_AL) == 0);
}

/* «وإلا» is "or else", «ألا» "not to"; «إلا أن»، «إلا إذا» are joints and open a clause of their own. */
static bool is_exception(const scene *e, int32_t c)
{
    const phrase_chunk *k = &e->p->chunks[c];
    if (k->type == CHUNK_NEG)
        return is_other_than(e, c);
    const morph_reading *r = sentence_reading(e->s, k->first);
    return k->type == CHUNK_OTHER && r->pos == POS_EXCEPT && (r->clitics & (CLITIC_WA | CLITIC_FA)) == 0 &&
           (e->s->tokens[k->first].flags & TOKEN_HAMZA_OVER) == 0;
}

/* In the clause of a chunk, or in one with الذي behind it: an exception that stands there can still be the outer clause's. */
static bool is_in_clause(const phrases *p, int32_t c, int32_t of)
{
    const int32_t at = p->chunks[c].segment;
    return at == p->chunks[of].segment || (at >= 0 && p->segments[at].kind == SEGMENT_RELATIVE && p->segments[at].opener >= 0);
}

bool event_has_exception(const scene *e, int32_t verb)
{
    const phrases *p = e->p;
    for (int32_t c = verb + 1; (uint32_t)c < p->count && is_in_clause(p, c, verb); c++) {
        if (is_exception(e, c))
            return true;
        if (p->chunks[c].type == CHUNK_NEG && (uint32_t)c + 1 < p->count && p->chunks[c + 1].type == CHUNK_VERB)
            return false; /* what follows belongs to the nearer negation */
    }
    return false;
}
