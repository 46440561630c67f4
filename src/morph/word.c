/*
 * One word taken apart:
 *
 *   و ف | س  ل  ب  ك | ال     bare form with its ending     ه ها هم هن هما ك كم كما كن نا ي ني
 *   \________ proclitics ____/  \___ the lexicon knows it __/ \_________ attached pronoun ______/
 *
 * Every way that the lexicon knows is a reading; the cheapest come first: rank of the form, plus a cost for each part that had to be assumed.
 */
#include "morph/cache.h"

enum { LETTER = 2 /* bytes of an Arabic letter */, LONGEST_WORD = 120 };

enum { COST_WA = 1, COST_FA = 2, COST_PREP = 2, COST_SA = 1, COST_PRON = 1, COST_RESPELLED = 1 };

typedef struct {
    uint8_t len, clitics, cost;
} prefix;

typedef struct {
    const marsad_lexicon *lexicon;
    view form;
    uint8_t flags;
    morph_word *out;
} analysis;

/* Here, not in base/: the compiler then knows the lengths of literals, and these are asked a hundred times for one word. */
static inline bool starts(view text, const char *beginning)
{
    const size_t len = strlen(beginning);
    return text.len >= len && memcmp(text.ptr, beginning, len) == 0;
}

static inline bool ends_with(view text, const char *ending, size_t len)
{
    return text.len >= len && memcmp(text.ptr + (text.len - len), ending, len) == 0;
}

static inline bool ends(view text, const char *ending)
{
    return ends_with(text, ending, strlen(ending));
}

static view from(view text, size_t at)
{
    return (view){text.ptr + at, text.len - at};
}

/* --- proclitics --- */

enum { MOST_PREFIXES = 12 };

static void prefix_add(prefix *list, size_t *count, size_t len, unsigned clitics, unsigned cost, view form)
{
    if (*count < MOST_PREFIXES && len + LETTER <= form.len)
        list[(*count)++] = (prefix){(uint8_t)len, (uint8_t)clitics, (uint8_t)cost};
}

/* What may stand before the stem, after و or ف were taken (`at` bytes). */
static void prefixes_after(prefix *list, size_t *count, view form, size_t at, unsigned clitics, unsigned cost)
{
    const view rest = from(form, at);
    prefix_add(list, count, at, clitics, cost, form);
    if (starts(rest, "ال"))
        prefix_add(list, count, at + 2 * LETTER, clitics | CLITIC_AL, cost, form);
    if (starts(rest, "لل")) {
        prefix_add(list, count, at + 2 * LETTER, clitics | CLITIC_LI | CLITIC_AL, cost, form);
        /* للجنة: the second ل is of the stem, that of ال has gone into it */
        prefix_add(list, count, at + LETTER, clitics | CLITIC_LI | CLITIC_AL, cost, form);
    } else if (starts(rest, "ل")) {
        prefix_add(list, count, at + LETTER, clitics | CLITIC_LI, cost + COST_PREP, form);
    }
    if (starts(rest, "ب") || starts(rest, "ك")) {
        const unsigned preposition = starts(rest, "ب") ? CLITIC_BI : CLITIC_KA;
        prefix_add(list, count, at + LETTER, clitics | preposition, cost + COST_PREP, form);
        if (starts(from(rest, LETTER), "ال"))
            prefix_add(list, count, at + 3 * LETTER, clitics | preposition | CLITIC_AL, cost, form);
    }
    if (starts(rest, "س"))
        prefix_add(list, count, at + LETTER, clitics | CLITIC_SA, cost + COST_SA, form);
}

static size_t prefixes_of(view form, prefix *list)
{
    size_t count = 0;
    prefixes_after(list, &count, form, 0, 0, 0);
    if (starts(form, "و") && form.len > 2 * LETTER)
        prefixes_after(list, &count, form, LETTER, CLITIC_WA, COST_WA);
    else if (starts(form, "ف") && form.len > 2 * LETTER)
        prefixes_after(list, &count, form, LETTER, CLITIC_FA, COST_FA);
    return count;
}

/* --- what may stand together --- */

static bool is_nominal(uint8_t pos)
{
    return pos == POS_NOUN || pos == POS_ADJ || pos == POS_NAME || pos == POS_QUANT;
}

static bool prefix_fits(const lex_reading *reading, unsigned clitics)
{
    if (clitics & CLITIC_SA)
        return reading->pos == POS_VERB && (reading->feats & FEAT_PRES) != 0;
    if (clitics & CLITIC_AL)
        return is_nominal(reading->pos) && (reading->feats & (FEAT_CONSTRUCT | FEAT_TANWIN)) == 0;
    if (reading->pos == POS_VERB)
        return (clitics & (CLITIC_BI | CLITIC_KA)) == 0 && ((clitics & CLITIC_LI) == 0 || (reading->feats & FEAT_PRES) != 0);
    if ((clitics & CLITIC_KA) != 0 && !is_nominal(reading->pos) && reading->pos != POS_PRON && reading->pos != POS_DEM && reading->pos != POS_REL)
        return false;
    if (clitics & (CLITIC_BI | CLITIC_KA | CLITIC_LI))
        return (reading->feats & FEAT_TANWIN) == 0 && reading->pos != POS_COORD && reading->pos != POS_FUTURE && reading->pos != POS_NEG_FUTURE &&
               reading->pos != POS_INTERJ;
    return true;
}

typedef struct {
    const char *text;
    uint8_t len;
    bool verbs_only, nouns_only;
} pronoun;

#define PRONOUN(text) text, sizeof text - 1
static const pronoun pronouns[] = {{PRONOUN("هما"), false, false}, {PRONOUN("كما"), false, false}, {PRONOUN("ها"), false, false},
                                   {PRONOUN("هم"), false, false},  {PRONOUN("هن"), false, false},  {PRONOUN("كم"), false, false},
                                   {PRONOUN("كن"), false, false},  {PRONOUN("نا"), false, false},  {PRONOUN("ني"), true, false},
                                   {PRONOUN("ه"), false, false},   {PRONOUN("ك"), false, false},   {PRONOUN("ي"), false, true}};

static bool pronoun_fits(const lex_reading *reading, view stem, const pronoun *with)
{
    switch (reading->pos) {
    case POS_VERB:
        return !with->nouns_only && (reading->feats & FEAT_IMP) == 0;
    case POS_NOUN:
    case POS_ADJ:
    case POS_QUANT:
        if (with->verbs_only || (reading->feats & FEAT_TANWIN) != 0 || ends(stem, "ة"))
            return false;
        /* the ن of plural and dual falls away before a pronoun */
        return (reading->feats & FEAT_CONSTRUCT) != 0 || !((reading->feats & (FEAT_PLUR | FEAT_DUAL)) != 0 &&
                                                           (ends(stem, "ين") || ends(stem, "ون") || ends(stem, "ان")) && stem.len > 4 * LETTER);
    case POS_PREP:
    case POS_SUB:
    case POS_COMP:
    case POS_PART:
    case POS_EXCEPT:
    case POS_POSSIBLE:
    case POS_CONTRAST:
    case POS_ADV:
        return !with->nouns_only || reading->pos == POS_PREP;
    default:
        return false;
    }
}

/* --- readings --- */

static void reading_add(morph_word *out, morph_reading reading)
{
    /* Kept in order of rank; equal ranks in the order in which they came. */
    size_t at = out->reading_count;
    for (size_t i = 0; i < out->reading_count; i++) {
        const morph_reading *old = &out->readings[i];
        if (old->lemma == reading.lemma && old->feats == reading.feats && old->clitics == reading.clitics && old->pos == reading.pos)
            return;
    }
    while (at > 0 && out->readings[at - 1].rank > reading.rank)
        at--;
    if (at == MORPH_READINGS)
        return;
    const size_t last = out->reading_count < MORPH_READINGS ? out->reading_count : MORPH_READINGS - 1;
    memmove(&out->readings[at + 1], &out->readings[at], (last - at) * sizeof reading);
    out->readings[at] = reading;
    if (out->reading_count < MORPH_READINGS)
        out->reading_count++;
}

/* افعال: spelled with إ, like إعلان. */
static bool is_masdar_of_form_iv(const marsad_lexicon *lexicon, uint32_t lemma)
{
    const view text = view_of(lexicon_string(lexicon, lexicon_lemma(lexicon, lemma)->text));
    return text.len == 5 * LETTER && starts(text, "ا") && starts(from(text, 3 * LETTER), "ا");
}

/* What the letters of the article tell beyond the folded ones: a cost, or UINT8_MAX if they speak against it. */
static unsigned marks_cost(const analysis *a, const lex_reading *reading)
{
    if ((a->flags & TOKEN_TANWIN) != 0 && reading->pos == POS_VERB)
        return UINT8_MAX;
    if ((a->flags & TOKEN_HAMZA_UNDER) != 0 && reading->pos == POS_VERB)
        return 6; /* إ begins masdars and names, hardly a verb of the news */
    /* إخبار is a masdar, أخبار a plural: the pattern افعال can be both */
    if ((a->flags & TOKEN_HAMZA_UNDER) != 0 && reading->pos == POS_NOUN && (reading->feats & FEAT_PLUR) != 0 && (reading->feats & FEAT_MASC) != 0)
        return 3;
    if ((a->flags & TOKEN_HAMZA_OVER) != 0 && reading->pos == POS_NOUN && (reading->feats & FEAT_SING) != 0 &&
        is_masdar_of_form_iv(a->lexicon, reading->lemma))
        return 3;
    if ((a->flags & TOKEN_MAQSURA) != 0 && reading->pos == POS_ADJ && (reading->feats & FEAT_MASC) != 0)
        return 3; /* a nisba ends in ي; some papers write it ى */
    return 0;
}

static uint16_t marked_feats(const analysis *a, const lex_reading *reading)
{
    if ((a->flags & TOKEN_DAMMA) != 0 && reading->pos == POS_VERB && (reading->feats & (FEAT_ACT | FEAT_PRES)) == 0)
        return (uint16_t)(reading->feats | FEAT_PASS);
    return reading->feats;
}

static void readings_take(const analysis *a, const lex_reading *list, uint32_t count, const prefix *before, const pronoun *after, size_t suffix_len,
                          view stem, unsigned cost)
{
    for (uint32_t i = 0; i < count; i++) {
        const unsigned marks = marks_cost(a, &list[i]);
        if (marks == UINT8_MAX || !prefix_fits(&list[i], before->clitics) || (after != NULL && !pronoun_fits(&list[i], stem, after)))
            continue;
        const unsigned rank = list[i].rank + before->cost + cost + marks;
        reading_add(a->out, (morph_reading){.lemma = list[i].lemma,
                                            .feats = marked_feats(a, &list[i]),
                                            .pos = list[i].pos,
                                            .clitics = (uint8_t)(before->clitics | (after != NULL ? CLITIC_PRON : 0)),
                                            .prefix_len = before->len,
                                            .suffix_len = (uint8_t)suffix_len,
                                            .rank = (uint8_t)(rank < UINT8_MAX ? rank : UINT8_MAX)});
    }
}

static void stem_try(const analysis *a, const prefix *before, const pronoun *after, size_t suffix_len, view stem, unsigned cost)
{
    uint32_t count;
    const lex_reading *list = lexicon_form(a->lexicon, stem, &count);
    if (list != NULL)
        readings_take(a, list, count, before, after, suffix_len, stem, cost);
}

/* The stem with its last letter written as it is without a pronoun: مدينت(ه) مدينة, مستشفا(ه) مستشفي, ابنائ(ه) ابناء, قتلو(ه) قتلوا. */
static void stem_respell(const analysis *a, const prefix *before, const pronoun *after, size_t suffix_len, view stem)
{
    static const char *const spellings[][2] = {{"ت", "ة"}, {"ا", "ي"}, {"ئ", "ء"}, {"ؤ", "ء"}, {"و", "وا"}, {"ي", "ا"}};
    char respelled[LONGEST_WORD + 2 * LETTER];
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (stem.len < 2 * LETTER || !ends_with(stem, spellings[i][0], LETTER))
            continue;
        const char *last = spellings[i][1];
        memcpy(respelled, stem.ptr, stem.len - LETTER);
        memcpy(respelled + stem.len - LETTER, last, strlen(last));
        const view whole = {respelled, stem.len - LETTER + strlen(last)};
        uint32_t count;
        const lex_reading *list = lexicon_form(a->lexicon, whole, &count);
        for (uint32_t k = 0; k < count; k++) {
            /* ة only in nouns, وا only in verbs */
            if ((i == 0 && list[k].pos == POS_VERB) || (i == 4 && list[k].pos != POS_VERB))
                continue;
            readings_take(a, &list[k], 1, before, after, suffix_len, stem, COST_PRON);
        }
    }
}

static void suffixes_try(const analysis *a, const prefix *before)
{
    const view bare = from(a->form, before->len);
    if (before->clitics & CLITIC_AL)
        return; /* what has ال takes no pronoun */
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        const size_t len = pronouns[i].len;
        if (bare.len < len + LETTER || !ends_with(bare, pronouns[i].text, len))
            continue;
        const view stem = {bare.ptr, bare.len - len};
        stem_try(a, before, &pronouns[i], len, stem, COST_PRON + (pronouns[i].nouns_only ? 3u : 0u));
        stem_respell(a, before, &pronouns[i], len, stem);
    }
}

/* Grammar words that words.tsv writes with their pronoun (اليه, انه): tell where the pronoun begins. */
static void grammar_suffixes(const analysis *a)
{
    for (size_t i = 0; i < a->out->reading_count; i++) {
        morph_reading *reading = &a->out->readings[i];
        if (reading->pos < POS_PREP || reading->pos == POS_DEM || reading->pos == POS_REL || reading->pos == POS_PRON ||
            (reading->clitics & CLITIC_PRON) != 0 || reading->lemma == 0)
            continue;
        const view bare = from(a->form, reading->prefix_len);
        const view lemma = view_of(lexicon_string(a->lexicon, lexicon_lemma(a->lexicon, reading->lemma)->text));
        if (bare.len <= lemma.len || memcmp(bare.ptr, lemma.ptr, lemma.len < LETTER ? lemma.len : LETTER) != 0)
            continue;
        for (size_t k = 0; k < sizeof pronouns / sizeof *pronouns; k++) {
            if (!ends_with(bare, pronouns[k].text, pronouns[k].len) || bare.len - pronouns[k].len < lemma.len)
                continue;
            reading->clitics |= CLITIC_PRON;
            reading->suffix_len = pronouns[k].len;
            break;
        }
    }
}

/* المدينه for المدينة: the usual slip of the pen, tried only when nothing else is known. */
static void ta_marbuta_try(const analysis *a, const prefix *prefixes, size_t prefix_count)
{
    char respelled[LONGEST_WORD + LETTER];
    if (!ends(a->form, "ه"))
        return;
    memcpy(respelled, a->form.ptr, a->form.len);
    memcpy(respelled + a->form.len - LETTER, "ة", LETTER);
    for (size_t i = 0; i < prefix_count; i++)
        stem_try(a, &prefixes[i], NULL, 0, from((view){respelled, a->form.len}, prefixes[i].len), COST_RESPELLED);
}

static void unknown_readings(const analysis *a, const prefix *prefixes, size_t prefix_count)
{
    /* A name as it stands, or with what may be a clitic taken off. */
    for (size_t i = 0; i < prefix_count; i++) {
        if ((prefixes[i].clitics & CLITIC_SA) != 0 || a->form.len - prefixes[i].len < 3 * LETTER)
            continue;
        reading_add(a->out,
                    (morph_reading){
                        .pos = POS_NAME, .clitics = prefixes[i].clitics, .prefix_len = prefixes[i].len, .rank = (uint8_t)(20 + prefixes[i].cost)});
    }
    if (a->out->reading_count == 0)
        reading_add(a->out, (morph_reading){.pos = POS_NAME, .rank = 20});
}

/* --- bares --- */

static void bare_add(const analysis *a, size_t start, size_t end, unsigned clitics)
{
    morph_word *out = a->out;
    if (out->bare_count == MORPH_BARES || end > UINT8_MAX || end < start + 2 * LETTER)
        return;
    for (size_t i = 0; i < out->bare_count; i++)
        if (out->bares[i].start == start && out->bares[i].end == end)
            return;
    out->bares[out->bare_count++] = (morph_bare){.key = lexicon_key(a->lexicon, (view){a->form.ptr + start, end - start}),
                                                 .start = (uint8_t)start,
                                                 .end = (uint8_t)end,
                                                 .clitics = (uint8_t)clitics};
}

static void bares_of(const analysis *a, const prefix *prefixes, size_t prefix_count)
{
    const size_t len = a->form.len;
    a->out->bares[a->out->bare_count++] = (morph_bare){.key = lexicon_key(a->lexicon, a->form), .end = (uint8_t)(len <= UINT8_MAX ? len : UINT8_MAX)};
    for (size_t i = 0; i < prefix_count; i++)
        if ((prefixes[i].clitics & CLITIC_SA) == 0)
            bare_add(a, prefixes[i].len, len, prefixes[i].clitics);
    /* ... and without the alef of tanwin or a pronoun: قتيلا, رئيسها */
    static const char *const endings[] = {"ا", "ه", "ها", "هم"};
    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++)
        for (size_t i = 0; i < prefix_count && ends(a->form, endings[e]); i++) {
            const size_t cut = strlen(endings[e]);
            if ((prefixes[i].clitics & (CLITIC_SA | CLITIC_AL)) != 0 || len < cut + prefixes[i].len + 3 * LETTER)
                continue;
            const view stem = {a->form.ptr + prefixes[i].len, len - cut - prefixes[i].len};
            if (lexicon_key(a->lexicon, stem) != 0)
                bare_add(a, prefixes[i].len, len - cut, prefixes[i].clitics);
        }
}

/* --- the word --- */

static void analyse(const marsad_lexicon *lexicon, view form, uint8_t flags, morph_word *out)
{
    prefix prefixes[MOST_PREFIXES];
    const analysis a = {lexicon, form, flags, out};

    memset(out, 0, sizeof *out);
    if (form.len == 0 || form.len > LONGEST_WORD || (flags & TOKEN_LATIN) != 0) {
        reading_add(out, (morph_reading){.pos = POS_NAME, .rank = 20});
        out->bares[out->bare_count++] =
            (morph_bare){.key = lexicon_key(lexicon, form), .end = (uint8_t)(form.len <= UINT8_MAX ? form.len : UINT8_MAX)};
        return;
    }
    const size_t prefix_count = prefixes_of(form, prefixes);
    for (size_t i = 0; i < prefix_count; i++)
        stem_try(&a, &prefixes[i], NULL, 0, from(form, prefixes[i].len), 0);
    for (size_t i = 0; i < prefix_count; i++)
        suffixes_try(&a, &prefixes[i]);
    if (out->reading_count == 0)
        ta_marbuta_try(&a, prefixes, prefix_count);
    out->known = out->reading_count > 0;
    if (out->known)
        grammar_suffixes(&a);
    else
        unknown_readings(&a, prefixes, prefix_count);
    bares_of(&a, prefixes, prefix_count);
}

void morph_word_read(const marsad_lexicon *lexicon, morph_cache *cache, view form, uint8_t token_flags, morph_word *out)
{
    const uint8_t flags = token_flags & (TOKEN_TANWIN | TOKEN_DAMMA | TOKEN_HAMZA_UNDER | TOKEN_HAMZA_OVER | TOKEN_LATIN | TOKEN_MAQSURA);
    bool hit;
    morph_word *slot = morph_cache_slot(cache, lexicon, form, flags, &hit);
    if (slot == NULL) {
        analyse(lexicon, form, flags, out);
        return;
    }
    if (!hit)
        analyse(lexicon, form, flags, slot);
    *out = *slot;
}
