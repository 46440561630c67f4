/* The forms of nouns, adjectives and verbs by the rules of spelling, written folded. */
#include <stdio.h>
#include <stdlib.h>

#include "lexc.h"

enum { WORD_BYTES = 128 };

void lexc_form(lexc *x, view text, uint32_t lemma, part_of_speech pos, unsigned feats, unsigned rank)
{
    char copy[WORD_BYTES]; /* `text` may lie in the pool, which moves as it grows */
    if (text.len == 0 || text.len >= sizeof copy)
        return;
    memcpy(copy, text.ptr, text.len);
    uint32_t string = lexc_string(x, (view){copy, text.len});
    *PUSH(x, forms) = (form){string, lemma, (uint16_t)feats, (uint8_t)pos, (uint8_t)rank};
}

void lexc_form_joined(lexc *x, view stem, const char *ending, uint32_t lemma, part_of_speech pos, unsigned feats, unsigned rank)
{
    char joined[WORD_BYTES];
    const size_t len = strlen(ending);
    if (stem.len + len >= sizeof joined)
        return;
    memcpy(joined, stem.ptr, stem.len);
    memcpy(joined + stem.len, ending, len);
    lexc_form(x, (view){joined, stem.len + len}, lemma, pos, feats, rank);
}

static bool ends(view text, const char *ending)
{
    return view_ends(text, view_of(ending));
}

static view less(view text, const char *ending)
{
    return (view){text.ptr, text.len - strlen(ending)};
}

/* Adds endings to a stem: "ان:D ين:D". */
typedef struct {
    const char *ending;
    unsigned feats;
} inflection;

#define INFLECT(list) for (size_t i = 0; i < sizeof(list) / sizeof *(list); i++)

static const inflection duals[] = {{"ان", FEAT_DUAL}, {"ين", FEAT_DUAL}, {"ا", FEAT_DUAL | FEAT_CONSTRUCT}, {"ي", FEAT_DUAL | FEAT_CONSTRUCT}};
static const inflection sound_plurals[] = {{"ون", FEAT_PLUR | FEAT_MASC},
                                           {"ين", FEAT_PLUR | FEAT_MASC},
                                           {"و", FEAT_PLUR | FEAT_MASC | FEAT_CONSTRUCT},
                                           {"ي", FEAT_PLUR | FEAT_MASC | FEAT_CONSTRUCT}};

/* قتيلا, جزءا, شيئا: only what does not end in ة ا اء takes the alef. */
static void tanwin_form(lexc *x, view stem, uint32_t lemma, part_of_speech pos, unsigned feats, unsigned rank)
{
    if (ends(stem, "ة") || ends(stem, "ا") || ends(stem, "اء") || ends(stem, "ات"))
        return;
    if (ends(stem, "يء")) {
        char changed[WORD_BYTES];
        snprintf(changed, sizeof changed, "%.*sئا", (int)less(stem, "ء").len, stem.ptr);
        lexc_form(x, view_of(changed), lemma, pos, feats | FEAT_TANWIN, rank);
        return;
    }
    lexc_form_joined(x, stem, "ا", lemma, pos, feats | FEAT_TANWIN, rank);
}

static void dual_forms(lexc *x, view stem, uint32_t lemma, part_of_speech pos, unsigned gender, unsigned rank)
{
    char changed[WORD_BYTES];
    if (ends(stem, "ا"))
        return; /* عصا/عصوان, لواء has none here: too rare to guess */
    snprintf(changed, sizeof changed, ends(stem, "ة") ? "%.*sت" : "%.*s", (int)(ends(stem, "ة") ? less(stem, "ة").len : stem.len), stem.ptr);
    INFLECT(duals)
    lexc_form_joined(x, view_of(changed), duals[i].ending, lemma, pos, duals[i].feats | gender,
                     duals[i].feats & FEAT_CONSTRUCT ? rank + (ends(stem, "ة") ? 2u : 3u) : rank); /* بلدتي حلب: the two towns */
}

void lexc_noun_plural(lexc *x, uint32_t lemma, view plural, char gender, unsigned rank)
{
    const unsigned by_noun = gender == 'f' ? FEAT_FEM : FEAT_MASC;
    if (ends(plural, "ون")) {
        INFLECT(sound_plurals)
        lexc_form_joined(x, less(plural, "ون"), sound_plurals[i].ending, lemma, POS_NOUN, sound_plurals[i].feats,
                         sound_plurals[i].feats & FEAT_CONSTRUCT ? rank + 1 : rank);
        return;
    }
    lexc_form(x, plural, lemma, POS_NOUN, FEAT_PLUR | (ends(plural, "ات") ? FEAT_FEM : by_noun), rank);
    if (!ends(plural, "ي"))
        tanwin_form(x, plural, lemma, POS_NOUN, FEAT_PLUR | by_noun, rank + 1);
    /* اراضي, ليالي: written without their ي when indefinite */
    if (ends(plural, "ي") && plural.len >= 10)
        lexc_form(x, less(plural, "ي"), lemma, POS_NOUN, FEAT_PLUR | by_noun, rank + RANK_RARE);
}

void lexc_noun_forms(lexc *x, uint32_t lemma, view plurals, char gender, unsigned rank)
{
    char text[WORD_BYTES];
    snprintf(text, sizeof text, "%s", lexc_text(x, x->lemmas[lemma].text));
    const view stem = view_of(text);
    const bool is_fem = gender == 'f' || (gender == 0 && ends(stem, "ة"));
    const unsigned g = is_fem ? FEAT_FEM : FEAT_MASC;
    if (gender == 0)
        gender = is_fem ? 'f' : 'm';
    if (x->lemmas[lemma].gender == 0)
        x->lemmas[lemma].gender = (uint8_t)gender;

    const bool is_plural = ends(stem, "ات") && plurals.len == 0 && is_fem; /* قوات as a lemma */
    lexc_form(x, stem, lemma, POS_NOUN, g | (is_plural ? FEAT_PLUR : FEAT_SING), rank);
    if (!is_plural) {
        tanwin_form(x, stem, lemma, POS_NOUN, g | FEAT_SING, rank);
        dual_forms(x, stem, lemma, POS_NOUN, g, rank);
    }
    view rest = plurals, piece;
    bool has_at = false;
    while (lexc_piece(&rest, '|', &piece)) {
        lexc_noun_plural(x, lemma, piece, gender, rank);
        has_at = has_at || ends(piece, "ات");
        x->lemma_known[lemma] |= LEMMA_HAS_PLURAL;
    }
    if (ends(stem, "ة") && !has_at)
        lexc_form_joined(x, less(stem, "ة"), "ات", lemma, POS_NOUN, FEAT_PLUR | FEAT_FEM, rank);
}

void lexc_adjective_forms(lexc *x, uint32_t lemma, part_of_speech pos, unsigned rank)
{
    char text[WORD_BYTES];
    snprintf(text, sizeof text, "%s", lexc_text(x, x->lemmas[lemma].text));
    view stem = view_of(text);
    if (ends(stem, "ة"))
        stem = less(stem, "ة");
    const bool is_defective = ends(stem, "ي") && stem.len == 8 && memcmp(stem.ptr + 2, "ا", 2) == 0; /* جاري, ماضي */

    lexc_form(x, stem, lemma, pos, FEAT_MASC | FEAT_SING, rank);
    lexc_form_joined(x, stem, "ة", lemma, pos, FEAT_FEM | FEAT_SING, rank);
    if (!ends(stem, "ا"))
        lexc_form_joined(x, stem, "ا", lemma, pos, FEAT_MASC | FEAT_SING | FEAT_TANWIN,
                         ends(stem, "ي") ? rank + 3 : rank); /* سوريا is a country first */
    INFLECT(duals)
    {
        const unsigned cost = duals[i].feats & FEAT_CONSTRUCT ? rank + RANK_RARE : rank;
        char fem[16];
        snprintf(fem, sizeof fem, "ت%s", duals[i].ending);
        lexc_form_joined(x, stem, duals[i].ending, lemma, pos, FEAT_MASC | duals[i].feats, cost);
        lexc_form_joined(x, stem, fem, lemma, pos, FEAT_FEM | duals[i].feats, cost);
    }
    INFLECT(sound_plurals)
    lexc_form_joined(x, is_defective ? less(stem, "ي") : stem, sound_plurals[i].ending, lemma, pos, sound_plurals[i].feats,
                     sound_plurals[i].feats & FEAT_CONSTRUCT ? rank + 3 : rank); /* an adjective seldom has a genitive */
    lexc_form_joined(x, stem, "ات", lemma, pos, FEAT_PLUR | FEAT_FEM, rank);
}

/* --- verbs --- */

enum { LETTER = 2 }; /* bytes of an Arabic letter */

static bool letter_is(view text, size_t index, const char *letter)
{
    return text.len >= (index + 1) * LETTER && memcmp(text.ptr + index * LETTER, letter, LETTER) == 0;
}

static size_t letters(view text)
{
    return text.len / LETTER;
}

static bool is_weak_end(view lemma)
{
    return ends(lemma, "ا") || ends(lemma, "ي");
}

/* Person, number and gender of a past form by its ending; the lemma tells where the stem ends. */
static unsigned past_feats(view text, view lemma)
{
    static const inflection endings[] = {{"تما", FEAT_P2 | FEAT_DUAL},
                                         {"تم", FEAT_P2 | FEAT_PLUR | FEAT_MASC},
                                         {"تن", FEAT_P2 | FEAT_PLUR | FEAT_FEM},
                                         {"نا", FEAT_P1 | FEAT_PLUR},
                                         {"وا", FEAT_P3 | FEAT_PLUR | FEAT_MASC},
                                         {"تا", FEAT_P3 | FEAT_DUAL | FEAT_FEM},
                                         {"ا", FEAT_P3 | FEAT_DUAL | FEAT_MASC},
                                         {"ت", FEAT_P3 | FEAT_SING | FEAT_FEM},
                                         {"ن", FEAT_P3 | FEAT_PLUR | FEAT_FEM}};
    if (view_equal(text, lemma))
        return FEAT_P3 | FEAT_SING | FEAT_MASC;
    INFLECT(endings)
    if (ends(text, endings[i].ending) && view_equal(less(text, endings[i].ending), lemma))
        return endings[i].feats;
    /* Weak and passive stems differ from the lemma: the last strong letter shows the end of the stem. */
    if (text.len == lemma.len && !is_weak_end(lemma) && memcmp(text.ptr + text.len - LETTER, lemma.ptr + lemma.len - LETTER, LETTER) == 0)
        return FEAT_P3 | FEAT_SING | FEAT_MASC;
    INFLECT(endings)
    {
        if (!ends(text, endings[i].ending) || less(text, endings[i].ending).len < LETTER)
            continue;
        /* رميت, دعيت: the weak letter stands before the ت of the speaker, not before that of "she" */
        view stem = less(text, endings[i].ending);
        if (strcmp(endings[i].ending, "ت") == 0 && is_weak_end(lemma) && (ends(stem, "ي") || ends(stem, "و")) && letters(stem) >= letters(lemma))
            return FEAT_P1 | FEAT_SING;
        if (strcmp(endings[i].ending, "ت") == 0 && letters(stem) < letters(lemma) && !is_weak_end(lemma))
            return FEAT_P1 | FEAT_SING; /* قلت: a hollow stem is short before the speaker's ت */
        return endings[i].feats;
    }
    return FEAT_P3 | FEAT_SING | FEAT_MASC;
}

/* The stem left when a present ending is taken off must still end like the verb, else it was no ending (يعلن). */
static bool stem_ends_like(view stem, view lemma)
{
    if (letters(stem) < 2)
        return false;
    if (is_weak_end(lemma))
        return true;
    return memcmp(stem.ptr + stem.len - LETTER, lemma.ptr + lemma.len - LETTER, LETTER) == 0;
}

static unsigned present_feats(view text, view lemma)
{
    const bool is_ya = letter_is(text, 0, "ي"), is_ta = letter_is(text, 0, "ت");
    const view rest = {text.ptr + LETTER, text.len - LETTER};
    if (!is_ya && !is_ta)
        return letter_is(text, 0, "ن") ? FEAT_P1 | FEAT_PLUR : FEAT_P1 | FEAT_SING;
    const unsigned person = is_ya ? FEAT_P3 | FEAT_MASC : FEAT_P2 | FEAT_MASC;
    if ((ends(rest, "ون") && stem_ends_like(less(rest, "ون"), lemma)) || (ends(rest, "وا") && stem_ends_like(less(rest, "وا"), lemma)))
        return person | FEAT_PLUR;
    if (ends(rest, "ان") && stem_ends_like(less(rest, "ان"), lemma))
        return (is_ya ? FEAT_P3 | FEAT_MASC : FEAT_P3 | FEAT_FEM) | FEAT_DUAL;
    if (ends(rest, "ين") && is_ta && stem_ends_like(less(rest, "ين"), lemma))
        return FEAT_P2 | FEAT_FEM | FEAT_SING;
    if (ends(rest, "ن") && stem_ends_like(less(rest, "ن"), lemma))
        return (is_ya ? FEAT_P3 : FEAT_P2) | FEAT_FEM | FEAT_PLUR;
    if (ends(rest, "ا") && !is_weak_end(lemma) && stem_ends_like(less(rest, "ا"), lemma))
        return (is_ya ? FEAT_P3 | FEAT_MASC : FEAT_P3 | FEAT_FEM) | FEAT_DUAL;
    if (ends(rest, "ي") && is_ta && !is_weak_end(lemma) && stem_ends_like(less(rest, "ي"), lemma))
        return FEAT_P2 | FEAT_FEM | FEAT_SING;
    return FEAT_P3 | FEAT_SING | (is_ya ? FEAT_MASC : FEAT_FEM);
}

/* Active or passive where the letters tell: قيل, اصيب, قوتل, يصاب; most forms can be both. */
static unsigned voice_feats(view text, view lemma, unsigned tense)
{
    const size_t n = letters(lemma);
    const bool is_hollow = n >= 3 && letter_is(lemma, n - 2, "ا") && !(n == 4 && !letter_is(lemma, 0, "ا"));
    if (tense == FEAT_PAST) {
        if (n == 4 && letter_is(lemma, 1, "ا")) /* قاتل قوتل */
            return letter_is(text, 1, "و") ? FEAT_PASS : FEAT_ACT;
        if (n == 5 && letter_is(lemma, 0, "ت") && letter_is(lemma, 2, "ا")) /* تبادل تبودل */
            return letter_is(text, 2, "و") ? FEAT_PASS : FEAT_ACT;
        if (n == 3 && ends(lemma, "ا") && letters(text) >= 3) /* دعا دعي */
            return letter_is(text, 2, "ا") ? FEAT_ACT : letter_is(text, 2, "ي") && text.len == lemma.len ? FEAT_PASS : 0;
        if (is_hollow && letters(text) >= n)
            return letter_is(text, n - 2, "ي") ? FEAT_PASS : letter_is(text, n - 2, "ا") ? FEAT_ACT : 0;
        return 0;
    }
    /* اصاب يصاب, استعاد يستعاد; اغتال يغتال can be both */
    const size_t stem = n == 3 ? 2 : n - 2;
    const bool is_iv_or_x =
        n == 4 ? letter_is(lemma, 0, "ا") : n == 6 && letter_is(lemma, 0, "ا") && letter_is(lemma, 1, "س") && letter_is(lemma, 2, "ت");
    if (is_hollow && is_iv_or_x)
        return letter_is(text, stem, "ا") ? FEAT_PASS : letter_is(text, stem, "ي") ? FEAT_ACT : 0;
    return 0;
}

unsigned lexc_verb_feats(view text, view lemma, unsigned tense)
{
    if (text.len < LETTER || lemma.len < LETTER)
        return tense;
    return tense | (tense == FEAT_PAST ? past_feats(text, lemma) : present_feats(text, lemma)) | voice_feats(text, lemma, tense);
}

unsigned lexc_verb_cost(view text, view lemma, unsigned feats)
{
    unsigned cost = 0;
    const size_t n = letters(lemma);
    if (feats & FEAT_P2)
        cost += 3;
    else if (feats & FEAT_P1)
        cost += 1;
    else if ((feats & FEAT_FEM) != 0 && (feats & FEAT_PLUR) != 0)
        cost += 2;
    /* يعد of عاد, يقل of قال: the short form after لم alone */
    const bool is_hollow = n >= 3 && letter_is(lemma, n - 2, "ا") && (n == 3 || letter_is(lemma, 0, "ا"));
    const size_t whole = n == 3 ? 4 : n;
    if (is_hollow && (feats & FEAT_PRES) != 0 && (feats & (FEAT_PLUR | FEAT_DUAL)) == 0 && letters(text) < whole)
        cost += 2;
    return cost;
}

static const inflection past_endings[] = {{"", 0}, {"ت", 0}, {"ا", 0}, {"تا", 0}, {"وا", 0}, {"ن", 0}, {"نا", 0}, {"تم", 0}};
static const inflection present_endings[] = {{"", 0}, {"ون", 0}, {"وا", 0}, {"ان", 0}, {"ا", 0}, {"ن", 0}};

static void present_forms(lexc *x, view stem, view lemma_text, uint32_t lemma, unsigned voice, unsigned rank)
{
    static const char *const prefixes[] = {"ي", "ت", "ن", "ا"};
    const bool is_weak = ends(stem, "ي") || ends(stem, "و");
    char word[WORD_BYTES], base[WORD_BYTES];
    for (size_t p = 0; p < 4; p++) {
        INFLECT(present_endings)
        {
            const char *ending = present_endings[i].ending;
            if (ending[0] != '\0' && p >= 2)
                continue;
            /* يرمي يرمون: the weak end gives way to the ending */
            const bool drops = is_weak && (strcmp(ending, "ون") == 0 || strcmp(ending, "وا") == 0);
            snprintf(base, sizeof base, "%s%.*s", prefixes[p], (int)(drops ? stem.len - LETTER : stem.len), stem.ptr);
            snprintf(word, sizeof word, "%s%s", base, ending);
            unsigned feats = lexc_verb_feats(view_of(word), lemma_text, FEAT_PRES);
            if (voice != 0)
                feats = (feats & ~(unsigned)(FEAT_ACT | FEAT_PASS)) | voice;
            lexc_form(x, view_of(word), lemma, POS_VERB, feats, rank + lexc_verb_cost(view_of(word), lemma_text, feats));
        }
        if (is_weak) { /* the jussive: لم يرم */
            snprintf(word, sizeof word, "%s%.*s", prefixes[p], (int)(stem.len - LETTER), stem.ptr);
            lexc_form(x, view_of(word), lemma, POS_VERB, lexc_verb_feats(view_of(word), lemma_text, FEAT_PRES), rank + RANK_RARE);
        }
    }
}

static void past_forms(lexc *x, view stem, view lemma_text, uint32_t lemma, unsigned voice, unsigned rank)
{
    char word[WORD_BYTES];
    INFLECT(past_endings)
    {
        const char *ending = past_endings[i].ending;
        /* رمي رمت رموا: the weak end gives way, or becomes ي before a consonant */
        const bool is_weak = is_weak_end(stem) && ending[0] != '\0';
        const bool drops = is_weak && (strcmp(ending, "ت") == 0 || strcmp(ending, "تا") == 0 || strcmp(ending, "وا") == 0);
        snprintf(word, sizeof word, "%.*s%s%s", (int)(is_weak ? stem.len - LETTER : stem.len), stem.ptr, is_weak && !drops ? "ي" : "", ending);
        unsigned feats = lexc_verb_feats(view_of(word), lemma_text, FEAT_PAST);
        if (voice != 0)
            feats = (feats & ~(unsigned)(FEAT_ACT | FEAT_PASS)) | voice;
        lexc_form(x, view_of(word), lemma, POS_VERB, feats, rank + lexc_verb_cost(view_of(word), lemma_text, feats));
    }
}

/*
 * The conjugation of a verb that the open vocabulary lacks, by the shape of its lemma: forms I (sound), II, III, IV, V, VI, VII, VIII, X and four radicals.
 * Hollow and defective verbs of form I have an unforeseeable vowel: both are made.
 */
void lexc_verb_forms(lexc *x, uint32_t lemma, unsigned rank)
{
    char text[WORD_BYTES], stem[WORD_BYTES], passive[WORD_BYTES];
    snprintf(text, sizeof text, "%s", lexc_text(x, x->lemmas[lemma].text));
    const view word = view_of(text);
    const size_t n = letters(word);
    if (n < 2 || n > 7)
        return;
    past_forms(x, word, word, lemma, 0, rank);

    const bool drops_alef = letter_is(word, 0, "ا") && n >= 4;
    const char *rest = drops_alef ? text + LETTER : text;
    const bool is_hollow = n >= 3 && letter_is(word, n - 2, "ا") && (n == 3 || drops_alef);
    const bool is_x = n == 6 && drops_alef && letter_is(word, 1, "س") && letter_is(word, 2, "ت");
    snprintf(stem, sizeof stem, "%s", rest);
    const size_t stem_len = strlen(stem);

    if (is_hollow && (n == 3 || n == 4 || is_x)) {
        memcpy(stem + stem_len - 2 * LETTER, "ي", LETTER);
        present_forms(x, view_of(stem), word, lemma, FEAT_ACT, rank);
        if (n == 3) {
            memcpy(stem + stem_len - 2 * LETTER, "و", LETTER);
            present_forms(x, view_of(stem), word, lemma, FEAT_ACT, rank);
        }
        memcpy(stem + stem_len - 2 * LETTER, "ا", LETTER);
        present_forms(x, view_of(stem), word, lemma, FEAT_PASS, rank);
    } else if (n == 3 && is_weak_end(word)) {
        memcpy(stem + stem_len - LETTER, "ي", LETTER);
        present_forms(x, view_of(stem), word, lemma, 0, rank);
        memcpy(stem + stem_len - LETTER, "و", LETTER);
        present_forms(x, view_of(stem), word, lemma, FEAT_ACT, rank);
    } else {
        if (ends(view_of(stem), "ا") && n > 3)
            memcpy(stem + stem_len - LETTER, "ي", LETTER);
        present_forms(x, view_of(stem), word, lemma, 0, rank);
    }
    /* The passives that are spelled differently. */
    snprintf(passive, sizeof passive, "%s", text);
    if (is_hollow) {
        memcpy(passive + word.len - 2 * LETTER, "ي", LETTER);
        past_forms(x, view_of(passive), word, lemma, FEAT_PASS, rank);
    } else if (n == 4 && letter_is(word, 1, "ا")) {
        memcpy(passive + LETTER, "و", LETTER);
        past_forms(x, view_of(passive), word, lemma, FEAT_PASS, rank);
    }
}
