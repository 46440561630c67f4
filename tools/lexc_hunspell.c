/*
 * The open vocabulary: ar.dic and ar.aff of hunspell-ar (Ayaspell, used under MPL-1.1), expanded.
 *
 * ar.dic is four files in a row, each announced by a line "<name>.dic" between lines of colons: stopwords and tools (left out: words.tsv rules those), names
 * (proper names, then nouns, masdars, participles, each part announced by a line of ###) and verbs (already conjugated; the second column is the number
 * of an AM line of ar.aff that tells lemma and tense).
 *
 * A noun's flags are two letters each. The first tells the kind of ending: A as it stands, B with ة, C..G dual, H plural in ات, I and N plural in ون, J tanwin,
 * K without the final ي, L and M nisba; the second what may follow: B nothing. So ?B, JA, KA, IF and IG give the forms that we want, the others are their
 * doubles with ال or for pronouns, which src/morph takes off by itself.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lexc.h"
#include "text/text.h"

typedef struct {
    char strip[16], add[32], condition[40];
} ending_rule;

typedef struct {
    char flag[3];
    ending_rule *rules;
    uint32_t count, room;
} ending_class;

typedef struct {
    char lemma[64]; /* folded */
    unsigned tenses;
} verb_info;

typedef enum { PART_NAMES, PART_NOUNS, PART_MASDARS, PART_PARTICIPLES, PART_MIXED } dic_part;

typedef struct {
    char *word; /* as the dictionary writes it */
    char *folded;
    const char *flags;
    dic_part part;
} dic_noun;

typedef struct {
    lexc *x;
    dic_noun *nouns;
    uint32_t noun_count, noun_room;
    ending_class *classes;
    uint32_t class_count, class_room;
    char **flag_sets; /* AF n -> flags */
    uint32_t flag_set_count, flag_set_room;
    verb_info *verbs; /* AM n */
    uint32_t verb_count, verb_room;
} affixes;

enum { WORD_BYTES = 128, LETTER = 2 /* bytes of an Arabic letter */ };

static size_t fold(char *out, size_t room, view text)
{
    return fold_into(out, room, text);
}

/* --- ar.aff --- */

static void rule_read(affixes *a, char *fields[5])
{
    ending_class *class = NULL;
    for (uint32_t i = 0; i < a->class_count; i++)
        if (strcmp(a->classes[i].flag, fields[1]) == 0)
            class = &a->classes[i];
    if (class == NULL) {
        lexc_grow(a->x, (void **)&a->classes, a->class_count, &a->class_room, sizeof *a->classes);
        class = &a->classes[a->class_count++];
        *class = (ending_class){0};
        snprintf(class->flag, sizeof class->flag, "%s", fields[1]);
    }
    ending_rule rule = {0};
    char *slash = strchr(fields[3], '/');
    if (slash != NULL)
        *slash = '\0';
    if (strcmp(fields[2], "0") != 0)
        snprintf(rule.strip, sizeof rule.strip, "%s", fields[2]);
    if (strcmp(fields[3], "0") != 0)
        snprintf(rule.add, sizeof rule.add, "%s", fields[3]);
    if (strcmp(fields[4], ".") != 0)
        snprintf(rule.condition, sizeof rule.condition, "%s", fields[4]);
    lexc_grow(a->x, (void **)&class->rules, class->count, &class->room, sizeof *class->rules);
    class->rules[class->count++] = rule;
}

static void morphology_read(affixes *a, view line)
{
    verb_info info = {0};
    view rest = line, piece;
    const view lemma = view_of("st:");
    while (lexc_piece(&rest, ' ', &piece)) {
        if (view_starts(piece, lemma))
            fold(info.lemma, sizeof info.lemma, (view){piece.ptr + lemma.len, piece.len - lemma.len});
        else if (view_equal(piece, view_of("is:pst")))
            info.tenses |= FEAT_PAST;
        else if (view_equal(piece, view_of("is:prst")))
            info.tenses |= FEAT_PRES;
        else if (view_equal(piece, view_of("is:imp")))
            info.tenses |= FEAT_IMP;
    }
    lexc_grow(a->x, (void **)&a->verbs, a->verb_count, &a->verb_room, sizeof *a->verbs);
    a->verbs[a->verb_count++] = info;
}

/* Up to five fields parted by white space, cut in place. */
static int fields_of(char *line, char *fields[5])
{
    int count = 0;
    char *at = line;
    while (count < 5) {
        at += strspn(at, " \t");
        if (*at == '\0' || *at == '#')
            break;
        fields[count++] = at;
        at += strcspn(at, " \t");
        if (*at != '\0')
            *at++ = '\0';
    }
    return count;
}

static bool next_line(view *rest, char *line, size_t room)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t len = end == NULL ? rest->len : (size_t)(end - rest->ptr), step = end == NULL ? len : len + 1;
    if (len >= room)
        len = room - 1;
    memcpy(line, rest->ptr, len);
    line[len] = '\0';
    *rest = (view){rest->ptr + step, rest->len - step};
    return true;
}

static void affixes_read(affixes *a, view text)
{
    char line[2048], *fields[5];
    bool first_af = true, first_am = true;
    while (next_line(&text, line, sizeof line)) {
        if (strncmp(line, "AM ", 3) == 0) {
            if (!first_am)
                morphology_read(a, view_of(line + 3));
            first_am = false;
            continue;
        }
        int count = fields_of(line, fields);
        if (count >= 2 && strcmp(fields[0], "AF") == 0) {
            if (!first_af) {
                lexc_grow(a->x, (void **)&a->flag_sets, a->flag_set_count, &a->flag_set_room, sizeof *a->flag_sets);
                a->flag_sets[a->flag_set_count++] = lexc_need(arena_string(&a->x->memory, view_of(fields[1])));
            }
            first_af = false;
        } else if (count == 5 && strcmp(fields[0], "SFX") == 0 && strlen(fields[1]) == 2) {
            rule_read(a, fields);
        }
    }
}

/* Does `word` end as the condition says: letters, [one of], [^none of]? Compared from the end. */
static bool condition_holds(const char *condition, view word)
{
    struct {
        const char *set;
        size_t len;
        bool is_not;
    } parts[8];
    size_t count = 0, step;
    view rest = view_of(condition);
    while (rest.len > 0 && count < 8) {
        if (rest.ptr[0] == '[') {
            const char *close = strchr(rest.ptr, ']');
            if (close == NULL)
                return false;
            const bool is_not = rest.ptr[1] == '^';
            const char *set = rest.ptr + 1 + is_not;
            parts[count].set = set;
            parts[count].len = (size_t)(close - set);
            parts[count++].is_not = is_not;
            step = (size_t)(close + 1 - rest.ptr);
        } else {
            utf8_at(rest, 0, &step);
            parts[count].set = rest.ptr;
            parts[count].len = step;
            parts[count++].is_not = false;
        }
        rest = (view){rest.ptr + step, rest.len - step};
    }
    while (count > 0) {
        count--;
        if (word.len < 2)
            return false;
        size_t start = word.len - 1;
        while (start > 0 && ((unsigned char)word.ptr[start] & 0xC0) == 0x80)
            start--;
        bool found = false;
        for (size_t i = 0; i < parts[count].len && !found;) {
            utf8_at((view){parts[count].set, parts[count].len}, i, &step);
            found = step == word.len - start && memcmp(parts[count].set + i, word.ptr + start, step) == 0;
            i += step;
        }
        if (found == parts[count].is_not)
            return false;
        word.len = start;
    }
    return true;
}

/* --- nouns --- */

static bool ends(view text, const char *ending)
{
    return view_ends(text, view_of(ending));
}

static bool starts(view text, const char *beginning)
{
    return view_starts(text, view_of(beginning));
}

typedef struct {
    dic_part part;
    bool takes_ta;                  /* the stem has a feminine in ة: adjective, participle, person */
    uint32_t noun, adjective, name; /* lemmas, 0 where it is none */
    unsigned rank;
    bool is_plural; /* a broken plural: the lemma is its singular */
} dic_entry;

static void form_both(lexc *x, const dic_entry *entry, view form, unsigned feats, unsigned cost)
{
    if (entry->is_plural && (feats & FEAT_SING) != 0)
        feats = (feats & ~(unsigned)FEAT_SING) | FEAT_PLUR;
    if (entry->noun != 0)
        lexc_form(x, form, entry->noun, POS_NOUN, feats, entry->rank + cost);
    if (entry->adjective != 0)
        lexc_form(x, form, entry->adjective, POS_ADJ, feats, entry->rank + cost);
    if (entry->name != 0)
        lexc_form(x, form, entry->name, POS_NAME, feats, entry->rank + cost);
}

static void nisba_form(lexc *x, view stem, view add, view form)
{
    /* سياسة: سياسي سياسية سياسيون; the lemma is the stem with ي */
    const char *at = strstr(add.ptr, "ي");
    if (at == NULL)
        return;
    const size_t before = (size_t)(at - add.ptr) + strlen("ي");
    const char *rest = add.ptr + before;
    char lemma_text[WORD_BYTES], folded_lemma[WORD_BYTES];
    snprintf(lemma_text, sizeof lemma_text, "%.*s%.*s", (int)stem.len, stem.ptr, (int)before, add.ptr);
    unsigned feats = FEAT_MASC | FEAT_SING;
    if (strcmp(rest, "ة") == 0)
        feats = FEAT_FEM | FEAT_SING;
    else if (strcmp(rest, "ات") == 0)
        feats = FEAT_FEM | FEAT_PLUR;
    else if (strcmp(rest, "ون") == 0 || strcmp(rest, "ين") == 0)
        feats = FEAT_MASC | FEAT_PLUR;
    else if (strcmp(rest, "و") == 0)
        feats = FEAT_MASC | FEAT_PLUR | FEAT_CONSTRUCT;
    else if (strcmp(rest, "ا") == 0)
        feats = FEAT_MASC | FEAT_SING | FEAT_TANWIN;
    else if (strcmp(rest, "تان") == 0 || strcmp(rest, "تين") == 0)
        feats = FEAT_FEM | FEAT_DUAL;
    else if (rest[0] != '\0')
        return; /* duals and constructs too rare to keep */
    size_t len = fold(folded_lemma, sizeof folded_lemma, view_of(lemma_text));
    uint32_t lemma = lexc_lemma(x, (view){folded_lemma, len}, POS_ADJ);
    x->lemma_known[lemma] |= LEMMA_OPEN;
    lexc_form(x, form, lemma, POS_ADJ, feats, RANK_RARE);
}

static void ending_apply(affixes *a, const dic_entry *entry, char kind, const ending_rule *rule, view word)
{
    char joined[WORD_BYTES], form[WORD_BYTES], add[40];
    if (!condition_holds(rule->condition, word) || !ends(word, rule->strip))
        return;
    const view stem = {word.ptr, word.len - strlen(rule->strip)};
    if (stem.len + strlen(rule->add) >= sizeof joined)
        return;
    snprintf(joined, sizeof joined, "%.*s%s", (int)stem.len, stem.ptr, rule->add);
    size_t len = fold(form, sizeof form, view_of(joined));
    const view folded_form = {form, len};
    fold(add, sizeof add, view_of(rule->add));
    const bool is_fem = ends(word, "ة") || starts(view_of(add), "ة") || (strchr("CD", kind) != NULL && starts(view_of(add), "ت"));
    const unsigned gender = is_fem ? FEAT_FEM : FEAT_MASC;

    switch (kind) {
    case 'A':
        form_both(a->x, entry, folded_form, gender | FEAT_SING, 0);
        break;
    case 'B':
        form_both(a->x, entry, folded_form, gender | FEAT_SING, 0);
        break;
    case 'C':
    case 'D':
    case 'E':
    case 'F':
    case 'G': {
        const bool construct = !ends(folded_form, "ن");
        form_both(a->x, entry, folded_form, gender | FEAT_DUAL | (construct ? FEAT_CONSTRUCT : 0u), construct ? RANK_RARE : 1);
        break;
    }
    case 'H':
        form_both(a->x, entry, folded_form, FEAT_FEM | FEAT_PLUR, 0);
        break;
    case 'I':
    case 'N': {
        const bool construct = !ends(folded_form, "ن");
        form_both(a->x, entry, folded_form, FEAT_MASC | FEAT_PLUR | (construct ? FEAT_CONSTRUCT : 0u), construct ? 1 : 0);
        break;
    }
    case 'J':
        if (!ends(word, "ة"))
            form_both(a->x, entry, folded_form, FEAT_MASC | FEAT_SING | FEAT_TANWIN, 1);
        break;
    case 'K':
        form_both(a->x, entry, folded_form, FEAT_MASC | FEAT_SING, 2);
        break;
    case 'L':
    case 'M':
        nisba_form(a->x, stem, view_of(add), folded_form);
        break;
    default:
        break;
    }
}

static bool is_wanted_flag(const char *flag)
{
    return flag[1] == 'B' || memcmp(flag, "JA", 2) == 0 || memcmp(flag, "KA", 2) == 0 || memcmp(flag, "IF", 2) == 0 || memcmp(flag, "IG", 2) == 0;
}

static bool has_flag(const char *flags, const char *flag)
{
    for (; flags[0] != '\0' && flags[1] != '\0'; flags += 2)
        if (memcmp(flags, flag, 2) == 0)
            return true;
    return false;
}

/* --- broken plurals ---
 *
 * The dictionary lists a broken plural as an entry of its own, beside its singular: (ضاغوط ضواغيط), (اصل اصول). Such an entry has no dual, its singular has one,
 * and both have the same consonants.
 */

static bool has_dual(const char *flags)
{
    return has_flag(flags, "CB") || has_flag(flags, "DB") || has_flag(flags, "EB") || has_flag(flags, "FB") || has_flag(flags, "GB");
}

/* The consonants that no pattern of plural changes: all but ا و ي ء ؤ ئ ة, and ا before افعال. */
static size_t consonants(char *out, size_t room, view text)
{
    static const char *const changing[] = {"ا", "و", "ي", "ء", "ؤ", "ئ", "ة"};
    size_t len = 0;
    for (size_t at = 0; at + LETTER <= text.len; at += LETTER) {
        bool changes = false;
        for (size_t i = 0; i < sizeof changing / sizeof *changing; i++)
            changes = changes || memcmp(text.ptr + at, changing[i], LETTER) == 0;
        if (changes || len + LETTER > room)
            continue;
        memcpy(out + len, text.ptr + at, LETTER);
        len += LETTER;
    }
    return len;
}

static bool letter_is(view text, size_t index, const char *letter)
{
    return text.len >= (index + 1) * LETTER && memcmp(text.ptr + index * LETTER, letter, LETTER) == 0;
}

/* Patterns that are plurals nearly always: افعال افعلة فعلاء افعلاء, and those with ا after the second letter (مفاعل مفاعيل فواعل فعائل فعاليل). */
static bool is_plural_pattern(view text)
{
    const size_t n = text.len / LETTER;
    if (n == 5)
        return (letter_is(text, 0, "ا") && (letter_is(text, 3, "ا") || letter_is(text, 4, "ة"))) ||
               (letter_is(text, 3, "ا") && letter_is(text, 4, "ء")) ||
               (letter_is(text, 2, "ا") && !letter_is(text, 0, "ا") && !letter_is(text, 4, "ة"));
    if (n == 6)
        return (letter_is(text, 0, "ا") && letter_is(text, 4, "ا") && letter_is(text, 5, "ء")) ||
               (letter_is(text, 2, "ا") && letter_is(text, 4, "ي"));
    return false;
}

/* The singular that this entry is the plural of, or NULL. */
static const dic_noun *singular_of(const affixes *a, uint32_t at)
{
    enum { NEAR = 3 };
    const dic_noun *plural = &a->nouns[at];
    const view text = view_of(plural->folded);
    char want[WORD_BYTES], have[WORD_BYTES];
    if (has_dual(plural->flags) || plural->part == PART_NAMES || plural->part == PART_MIXED || ends(text, "ي"))
        return NULL;
    if (plural->part != PART_NOUNS && !is_plural_pattern(text))
        return NULL;
    const size_t len = consonants(want, sizeof want, text);
    for (uint32_t distance = 1; len >= 2 * LETTER && distance <= NEAR; distance++)
        for (int side = 0; side < 2; side++) {
            if (side == 0 ? at < distance : at + distance >= a->noun_count)
                continue;
            const dic_noun *other = &a->nouns[side == 0 ? at - distance : at + distance];
            const view other_text = view_of(other->folded);
            if (other->part == plural->part && has_dual(other->flags) && other_text.len <= text.len + 2 * LETTER && !view_equal(other_text, text) &&
                consonants(have, sizeof have, other_text) == len && memcmp(want, have, len) == 0)
                return other;
        }
    return NULL;
}

static void entry_lemmas(affixes *a, dic_entry *entry, view lemma, bool is_nisba)
{
    lexc *x = a->x;
    if (entry->part == PART_NAMES && !is_nisba) {
        entry->name = lexc_lemma(x, lemma, POS_NAME);
        entry->rank += RANK_OPEN_NAME - RANK_OPEN;
    } else if (is_nisba) {
        entry->adjective = lexc_lemma(x, lemma, POS_ADJ);
        entry->noun = entry->part == PART_NAMES ? 0 : lexc_lemma(x, lemma, POS_NOUN);
    } else {
        entry->noun = lexc_lemma(x, lemma, POS_NOUN);
        if (entry->takes_ta)
            entry->adjective = lexc_lemma(x, lemma, POS_ADJ);
    }
    const uint32_t lemmas[] = {entry->noun, entry->adjective, entry->name};
    for (size_t i = 0; i < 3; i++)
        if (lemmas[i] != 0)
            x->lemma_known[lemmas[i]] |= LEMMA_OPEN;
}

/* All forms of an entry, as of the lemma of the entry `speaks`: itself, or its singular. */
static void noun_expand_as(affixes *a, const dic_noun *noun, const dic_noun *speaks, unsigned cost)
{
    const view word = view_of(noun->word), folded = view_of(noun->folded), lemma = view_of(speaks->folded);
    dic_entry entry = {.part = noun->part, .takes_ta = has_flag(speaks->flags, "BB"), .rank = RANK_OPEN + cost, .is_plural = speaks != noun};

    entry_lemmas(a, &entry, lemma, entry.takes_ta && ends(lemma, "ي") && has_flag(speaks->flags, "NB"));
    for (const char *flag = noun->flags; flag[0] != '\0' && flag[1] != '\0'; flag += 2) {
        if (!is_wanted_flag(flag))
            continue;
        for (uint32_t c = 0; c < a->class_count; c++)
            for (uint32_t r = 0; memcmp(a->classes[c].flag, flag, 2) == 0 && r < a->classes[c].count; r++)
                ending_apply(a, &entry, flag[0], &a->classes[c].rules[r], word);
    }
    if (noun->flags[0] == '\0')
        form_both(a->x, &entry, folded, FEAT_SING | FEAT_MASC, 0);
}

static void noun_expand(affixes *a, uint32_t at)
{
    const dic_noun *noun = &a->nouns[at], *singular = singular_of(a, at);
    const bool is_sure = singular != NULL && is_plural_pattern(view_of(noun->folded));
    if (singular != NULL)
        noun_expand_as(a, noun, singular, is_sure ? 0 : 1);
    if (!is_sure) /* دعم beside دعمة: as likely a masdar */
        noun_expand_as(a, noun, noun, 0);
}

static void noun_read(affixes *a, dic_part part, view word, const char *flags)
{
    char folded[WORD_BYTES];
    if (word.len < 2 || word.len > 60)
        return;
    const size_t len = fold(folded, sizeof folded, word);
    lexc_grow(a->x, (void **)&a->nouns, a->noun_count, &a->noun_room, sizeof *a->nouns);
    dic_noun *noun = &a->nouns[a->noun_count++];
    noun->word = lexc_need(arena_string(&a->x->memory, word));
    noun->folded = lexc_need(arena_string(&a->x->memory, (view){folded, len}));
    noun->flags = flags;
    noun->part = part;
}

/* --- verbs --- */

/* The tenses that a form with this ending can have: قصفت قصفنا are past, يقصفون present, of قصفوا the beginning decides. */
static unsigned tenses_of_ending(const char *ending, view word)
{
    static const char *const past[] = {"ت", "تا", "تم", "تما", "تن", "نا", "م", "ما"}, *const present[] = {"ون", "ان", "ين", "نان"};
    for (size_t i = 0; i < sizeof past / sizeof *past; i++)
        if (strcmp(ending, past[i]) == 0)
            return FEAT_PAST;
    for (size_t i = 0; i < sizeof present / sizeof *present; i++)
        if (strcmp(ending, present[i]) == 0)
            return FEAT_PRES;
    const bool has_prefix = starts(word, "ي") || starts(word, "ت");
    if (strcmp(ending, "ي") == 0)
        return starts(word, "ت") ? FEAT_PRES : 0;
    return has_prefix ? FEAT_PAST | FEAT_PRES : FEAT_PAST;
}

static void verb_form(affixes *a, uint32_t lemma, const verb_info *info, const char *text, unsigned tenses_allowed)
{
    static const unsigned tenses[] = {FEAT_PAST, FEAT_PRES};
    for (size_t i = 0; i < 2; i++) {
        if ((info->tenses & tenses_allowed & tenses[i]) == 0)
            continue;
        unsigned feats = lexc_verb_feats(view_of(text), view_of(info->lemma), tenses[i]);
        lexc_form(a->x, view_of(text), lemma, POS_VERB, feats, RANK_OPEN + lexc_verb_cost(view_of(text), view_of(info->lemma), feats));
    }
}

static void verb_read(affixes *a, view word, const char *flags, uint32_t morphology)
{
    char text[WORD_BYTES], joined[WORD_BYTES];
    if (morphology == 0 || morphology > a->verb_count || word.len < 2 || word.len > 60)
        return;
    const verb_info *info = &a->verbs[morphology - 1];
    if (info->lemma[0] == '\0' || (info->tenses & (FEAT_PAST | FEAT_PRES)) == 0)
        return;
    fold(text, sizeof text, word);
    uint32_t lemma = lexc_lemma(a->x, view_of(info->lemma), POS_VERB);
    a->x->lemma_known[lemma] |= LEMMA_OPEN;
    if (word.len >= 4)
        verb_form(a, lemma, info, text, FEAT_PAST | FEAT_PRES);
    /* The endings without a pronoun are the flags ?x. */
    for (const char *flag = flags; flag[0] != '\0' && flag[1] != '\0'; flag += 2)
        for (uint32_t c = 0; flag[1] == 'x' && c < a->class_count; c++)
            for (uint32_t r = 0; memcmp(a->classes[c].flag, flag, 2) == 0 && r < a->classes[c].count; r++) {
                const char *add = a->classes[c].rules[r].add;
                const size_t len = strlen(text), more = strlen(add);
                if (len + more >= sizeof joined)
                    continue;
                memcpy(joined, text, len);
                memcpy(joined + len, add, more + 1);
                verb_form(a, lemma, info, joined, tenses_of_ending(add, word));
            }
}

/* --- ar.dic --- */

static dic_part part_of_marker(const char *line, dic_part now)
{
    if (strstr(line, "الأسماء") != NULL)
        return PART_NOUNS;
    if (strstr(line, "المصادر") != NULL)
        return PART_MASDARS;
    if (strstr(line, "الفاعل") != NULL)
        return PART_PARTICIPLES;
    if (strstr(line, "مختلفات") != NULL)
        return PART_MIXED;
    return now;
}

static void dictionary_read(affixes *a, view text)
{
    char line[512];
    enum { LEFT_OUT, NOUNS, VERBS } file = LEFT_OUT;
    dic_part part = PART_NAMES;
    while (next_line(&text, line, sizeof line)) {
        if (strstr(line, ".dic") != NULL) {
            file = strncmp(line, "names", 5) == 0 ? NOUNS : strncmp(line, "verb", 4) == 0 ? VERBS : LEFT_OUT;
            continue;
        }
        if (line[0] == '#') {
            part = part_of_marker(line, part);
            continue;
        }
        char *slash = strchr(line, '/'), *tab = strchr(line, '\t');
        const size_t len = slash != NULL ? (size_t)(slash - line) : tab != NULL ? (size_t)(tab - line) : strlen(line);
        const view word = {line, len};
        if (file == LEFT_OUT || len == 0 || (unsigned char)line[0] < 0x80)
            continue;
        const unsigned long set = slash == NULL ? 0 : strtoul(slash + 1, NULL, 10);
        const char *flags = set == 0 || set > a->flag_set_count ? "" : a->flag_sets[set - 1];
        if (file == VERBS)
            verb_read(a, word, flags, tab == NULL ? 0 : (uint32_t)strtoul(tab + 1, NULL, 10));
        else
            noun_read(a, part, word, flags);
    }
}

static bool read_file(lexc *x, const char *folder, const char *name, mapped_file *file)
{
    marsad_error err;
    char *path = lexc_need(arena_format(&x->memory, "%s/%s", folder, name));
    if (file_map(file, path, &err) == MARSAD_OK)
        return true;
    fprintf(stderr, "lexc: %s (it is in the package hunspell-ar)\n", err.message);
    return false;
}

bool lexc_hunspell_read(lexc *x, const char *folder)
{
    affixes a = {.x = x};
    mapped_file aff = {0}, dic = {0};
    bool good = read_file(x, folder, "ar.aff", &aff) && read_file(x, folder, "ar.dic", &dic);
    if (good) {
        affixes_read(&a, (view){(const char *)aff.bytes, aff.size});
        dictionary_read(&a, (view){(const char *)dic.bytes, dic.size});
        for (uint32_t i = 0; i < a.noun_count; i++)
            noun_expand(&a, i);
    }
    file_unmap(&aff);
    file_unmap(&dic);
    return good;
}
