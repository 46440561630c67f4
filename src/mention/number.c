/* Quantities: digits and number words with their bound ("ما لا يقل عن خمسة وعشرين"). */
#include "mention/mention.h"

/* One word or digit group of a number. */
typedef struct {
    int64_t value;
    uint8_t class;
    uint32_t row;
    uint32_t last;
    bool conjoined; /* with و before it */
} numeral;

#define LARGEST INT64_C(1000000000000) /* no count in the news is larger; sums and products of such stay in range */

/*
 * What the words are worth. Some are worth another thing where they open a number: آلاف is vague, not the thousand of ثلاثة آلاف;
 * ألفا شخص are two thousand, عشرون ألفا has one.
 */
static const lex_number *worth_of(const marsad_lexicon *lexicon, const name_hit *hit, bool begins)
{
    const lex_number *usual = lexicon_number(lexicon, hit_row(hit, 0));
    uint32_t row;
    for (uint32_t n = 1; begins && (row = hit_row(hit, n)) != 0; n++) {
        const lex_number *opening = lexicon_number(lexicon, row);
        if (opening->class == NUMBER_VAGUE || (opening->class == NUMBER_SCALE && usual->class == NUMBER_SCALE))
            return opening;
    }
    return usual;
}

/* `begins`: no numeral stands before it. */
static bool numeral_read(const sentence *s, const marsad_lexicon *lexicon, uint32_t i, bool begins, numeral *out)
{
    if (i >= s->count || s->time_at[i] >= 0)
        return false;
    const token *t = &s->tokens[i];
    if (t->kind == TOKEN_NUMBER) {
        if (t->value < 0 || t->value > LARGEST)
            return false;
        *out = (numeral){t->value, NUMBER_UNIT, 0, i + 1, false};
        return true;
    }
    const name_hit *hit = sentence_hit(s, ENTRY_NUMBER, i);
    if (hit == NULL)
        return false;
    const lex_number *number = worth_of(lexicon, hit, begins);
    const bool plural = (sentence_reading(s, i)->feats & FEAT_PLUR) != 0 || view_ends(t->form, view_of("ات")) || view_ends(t->form, view_of("الاف"));
    const bool names_many = number->class == NUMBER_VAGUE && (hit->last > i + 1 || plural);
    if ((hit->clitics & CLITIC_AL) != 0 && !names_many) /* العشرات; but الخمسة are known already */
        return false;
    *out = (numeral){number->value, number->class, number->row, hit->last, (hit->clitics & (CLITIC_WA | CLITIC_FA)) != 0};
    return true;
}

/* Digits after و that complete thousands or millions said in words: ستة آلاف و259. */
static bool rest_read(const sentence *s, uint32_t i, const numeral *before, numeral *out)
{
    bool joined = before->class == NUMBER_SCALE && i + 1 < s->count && s->tokens[i].kind == TOKEN_WORD &&
                  view_equal(s->tokens[i].form, view_of("و")) && s->tokens[i + 1].kind == TOKEN_NUMBER && s->tokens[i + 1].value > 0 &&
                  s->tokens[i + 1].value < before->value;
    if (joined)
        *out = (numeral){s->tokens[i + 1].value, NUMBER_UNIT, 0, i + 2, true};
    return joined;
}

/* Sum up numerals from token `i`: "ثلاثة آلاف ومئتين وخمسين". Returns the token after, or `i` if there is no number. */
static uint32_t number_read(const sentence *s, const marsad_lexicon *lexicon, uint32_t i, quantity *out)
{
    int64_t total = 0, group = 0;
    uint32_t at = i;
    numeral n, before = {0};
    bool any = false, vague = false;

    while (numeral_read(s, lexicon, at, !any, &n) || rest_read(s, at, &before, &n)) {
        if (any && n.class == NUMBER_ORDINAL)
            break;
        if (any && !n.conjoined && n.class != NUMBER_SCALE && n.class != NUMBER_HUNDRED)
            break;
        if (any && n.conjoined && (vague || n.class == NUMBER_VAGUE))
            break;
        if (any && n.conjoined && before.class == NUMBER_TEN && n.class != NUMBER_SCALE)
            break; /* عشرين وثلاثة is two numbers */
        if (n.class == NUMBER_ORDINAL) {
            *out = (quantity){.first = i, .last = n.last, .value = n.value, .bound = MARSAD_EXACT, .ordinal = true, .row = n.row};
            return n.last;
        }
        if (n.class == NUMBER_VAGUE || n.value == MARSAD_NO_VALUE) {
            vague = true;
        } else if (n.class == NUMBER_SCALE) {
            if (any && !n.conjoined) {
                if (group > LARGEST / n.value)
                    return i; /* not a number of the news */
                total += (group == 0 ? 1 : group) * n.value;
                group = 0;
            } else {
                group += n.value;
            }
        } else if (n.class == NUMBER_HUNDRED && any && !n.conjoined && group > 0 && group < 10) {
            group *= n.value;
        } else {
            group += n.value;
        }
        out->row = n.row;
        any = true;
        at = n.last;
        before = n;
        if (total > LARGEST || group > LARGEST)
            return i;
    }
    if (!any)
        return i;
    out->first = i;
    out->last = at;
    out->value = vague ? MARSAD_NO_VALUE : total + group;
    out->bound = vague ? MARSAD_VAGUE : MARSAD_EXACT;
    out->ordinal = false;
    return at;
}

/* The bound whose words begin at token `i` and stand before a number, or NULL. */
static const lex_bound *bound_at(const sentence *s, const marsad_lexicon *lexicon, uint32_t i, bool after, uint32_t *last)
{
    const name_hit *hit = sentence_hit(s, ENTRY_BOUND, i);
    if (hit == NULL)
        return NULL;
    uint32_t row;
    for (uint32_t e = 0; (row = hit_row(hit, e)) != 0; e++) {
        const lex_bound *bound = lexicon_bound(lexicon, row);
        if ((bound->after != 0) == after) {
            *last = hit->last;
            return bound;
        }
    }
    return NULL;
}

static bool quantity_add(sentence *s, arena *a, const quantity *q)
{
    if (!ARENA_GROW(a, s->quantities, s->quantity_count, s->quantity_room))
        return false;
    for (uint32_t i = q->first; i < q->last; i++)
        s->quantity_at[i] = (int32_t)s->quantity_count;
    s->quantities[s->quantity_count++] = *q;
    return true;
}

/* مقتل «15» مسلحا: quotation marks around the number alone are part of it. */
static void take_quotes(const sentence *s, quantity *q)
{
    if (q->first > 0 && token_is_mark(s, q->first - 1, "«") && token_is_mark(s, q->last, "»") && s->quantity_at[q->first - 1] < 0) {
        q->first--;
        q->last++;
    }
}

bool mention_numbers(sentence *s, arena *a, const sources_of_names *names)
{
    s->quantity_at = arena_alloc(a, (s->count + 1) * sizeof *s->quantity_at);
    if (s->quantity_at == NULL)
        return false;
    memset(s->quantity_at, 0xFF, (s->count + 1) * sizeof *s->quantity_at);

    for (uint32_t i = 0; i < s->count;) {
        quantity q = {0};
        uint32_t start = i;
        const lex_bound *bound = bound_at(s, names->lexicon, i, false, &start);
        uint32_t end = number_read(s, names->lexicon, start, &q);
        if (end == start && bound != NULL) {
            bound = NULL;
            start = i;
            end = number_read(s, names->lexicon, start, &q);
        }
        if (end == start) {
            i++;
            continue;
        }
        if (bound != NULL) {
            q.first = i;
            if (q.bound == MARSAD_EXACT)
                q.bound = bound->bound;
            q.row = bound->row;
        } else if ((bound = bound_at(s, names->lexicon, end, true, &end)) != NULL) {
            q.last = end;
            if (q.bound == MARSAD_EXACT)
                q.bound = bound->bound;
            q.row = bound->row;
        }
        take_quotes(s, &q);
        if (!quantity_add(s, a, &q))
            return false;
        i = q.last;
    }
    return true;
}
