/* What the rows mean. Lemmas are made on sight; what points at lemmas of the open vocabulary is linked when that is read. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "lexc.h"

typedef struct {
    const char *name;
    uint8_t value;
} named;

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const named class_names[] = {
#define CLASS(constant, name, use) {name, CLASS_##constant},
#include "lexicon/classes.def"
#undef CLASS
};
static const named slot_names[] = {
#define SLOT(constant, name) {name, SLOT_##constant},
#include "lexicon/slots.def"
#undef SLOT
};
static const named kind_names[] = {
#define KIND(constant, name, plover, mode, cameo) {name, MARSAD_KIND_##constant},
    MARSAD_KINDS(KIND)
#undef KIND
};
static const named role_names[] = {{"actor", ROLE_ACTOR}, {"target", ROLE_TARGET}, {"agent", ROLE_AGENT},
                                   {"place", ROLE_PLACE}, {"from", ROLE_FROM},     {"to", ROLE_TO},
                                   {"event", ROLE_EVENT}, {"weapon", ROLE_WEAPON}, {"none", ROLE_NONE}};
static const named phase_names[] = {{"proposed", MARSAD_PROPOSED},   {"planned", MARSAD_PHASE_PLANNED}, {"agreed", MARSAD_AGREED},
                                    {"in_force", MARSAD_IN_FORCE},   {"extended", MARSAD_EXTENDED},     {"violated", MARSAD_VIOLATED},
                                    {"collapsed", MARSAD_COLLAPSED}, {"excludes", MARSAD_EXCLUDES}};
static const named modality_names[] = {
    {"asserted", MARSAD_ASSERTED}, {"planned", MARSAD_PLANNED}, {"denied", MARSAD_DENIED}, {"possible", MARSAD_POSSIBLE}};
static const named effect_names[] = {{"light", EFFECT_LIGHT},   {"aspect", EFFECT_ASPECT}, {"cause", EFFECT_CAUSE},      {"repel", EFFECT_REPEL},
                                     {"wanted", EFFECT_WANTED}, {"claim", EFFECT_CLAIM},   {"includes", EFFECT_INCLUDES}};
static const named actor_kinds[] = {{"state", ACTOR_STATE}, {"government", ACTOR_GOVERNMENT}, {"army", ACTOR_ARMY},
                                    {"group", ACTOR_GROUP}, {"coalition", ACTOR_COALITION},   {"igo", ACTOR_IGO},
                                    {"ngo", ACTOR_NGO},     {"office", ACTOR_OFFICE},         {"person", ACTOR_PERSON},
                                    {"media", ACTOR_MEDIA}, {"people", ACTOR_PEOPLE}};
static const named word_classes[] = {{"prep", POS_PREP},         {"coord", POS_COORD},       {"sub", POS_SUB},
                                     {"comp", POS_COMP},         {"rel", POS_REL},           {"dem", POS_DEM},
                                     {"pron", POS_PRON},         {"neg", POS_NEG},           {"neg_future", POS_NEG_FUTURE},
                                     {"future", POS_FUTURE},     {"possible", POS_POSSIBLE}, {"quant", POS_QUANT},
                                     {"interj", POS_INTERJ},     {"part", POS_PART},         {"adv", POS_ADV},
                                     {"contrast", POS_CONTRAST}, {"vocative", POS_VOCATIVE}, {"except", POS_EXCEPT}};
static const named number_classes[] = {{"unit", NUMBER_UNIT},   {"ten", NUMBER_TEN},         {"hundred", NUMBER_HUNDRED}, {"scale", NUMBER_SCALE},
                                       {"vague", NUMBER_VAGUE}, {"ordinal", NUMBER_ORDINAL}, {"half", NUMBER_HALF}};
static const named bound_names[] = {{"exact", MARSAD_EXACT}, {"at_least", MARSAD_AT_LEAST}, {"over", MARSAD_OVER},
                                    {"about", MARSAD_ABOUT}, {"up_to", MARSAD_UP_TO},       {"vague", MARSAD_VAGUE}};
static const named direction_names[] = {{"in", MARSAD_IN},
                                        {"near", MARSAD_NEAR},
                                        {"north_of", MARSAD_NORTH_OF},
                                        {"south_of", MARSAD_SOUTH_OF},
                                        {"east_of", MARSAD_EAST_OF},
                                        {"west_of", MARSAD_WEST_OF},
                                        {"northeast_of", MARSAD_NORTHEAST_OF},
                                        {"northwest_of", MARSAD_NORTHWEST_OF},
                                        {"southeast_of", MARSAD_SOUTHEAST_OF},
                                        {"southwest_of", MARSAD_SOUTHWEST_OF},
                                        {"from", MARSAD_FROM},
                                        {"to", MARSAD_TO}};
static const named title_classes[] = {{"title", 't'}, {"kunya", 'k'}, {"rank", 'r'}};
static const named time_rules[] = {{"day", TIME_DAY},       {"weekday", TIME_WEEKDAY}, {"month", TIME_MONTH},
                                   {"hijri", TIME_HIJRI},   {"unit", TIME_UNIT},       {"part", TIME_PART},
                                   {"night", TIME_NIGHT},   {"last", TIME_LAST},       {"next", TIME_NEXT},
                                   {"this", TIME_THIS},     {"since", TIME_SINCE},     {"until", TIME_UNTIL},
                                   {"ago", TIME_AGO},       {"after", TIME_AFTER},     {"before", TIME_BEFORE},
                                   {"during", TIME_DURING}, {"early", TIME_EARLY},     {"mid", TIME_MID},
                                   {"late", TIME_LATE},     {"now", TIME_NOW},         {"year_word", TIME_YEAR_WORD}};
static const named time_units[] = {{"minute", UNIT_MINUTE}, {"hour", UNIT_HOUR},   {"day", UNIT_DAY},
                                   {"week", UNIT_WEEK},     {"month", UNIT_MONTH}, {"year", UNIT_YEAR}};
static const named open_pos[] = {{"verb", POS_VERB}, {"masdar", POS_NOUN}, {"noun", POS_NOUN}, {"part", POS_ADJ},
                                 {"adj", POS_ADJ},   {"name", POS_NAME},   {"prep", POS_PREP}};
static const named content_names[] = {{"ان", CONTENT_CLAUSE}, {"ب", CONTENT_BI},   {"obj", CONTENT_OBJ},    {"الي", CONTENT_ILA},
                                      {"عن", CONTENT_AN},     {"من", CONTENT_MIN}, {"quote", CONTENT_QUOTE}};
static const named feature_names[] = {{"past", 0}, {"pres", 1}, {"imp", 2}, {"act", 3}, {"pass", 4}, {"m", 5},          {"f", 6},      {"s", 7},
                                      {"d", 8},    {"p", 9},    {"1", 10},  {"2", 11},  {"3", 12},   {"construct", 13}, {"tanwin", 14}};

/* Words that stand for several classes in `needs` and `variants`. */
static const struct {
    const char *name;
    uint8_t classes[6];
} class_groups[] = {
    {"weapon", {CLASS_MUNITION, CLASS_EXPLOSIVE, CLASS_ARMS, CLASS_ARTILLERY, CLASS_ROCKET, CLASS_FIRE}},
    {"victim", {CLASS_KILLED, CLASS_WOUNDED, CLASS_CASUALTY, CLASS_CIVILIAN, CLASS_PERSON, CLASS_FIGHTER}},
};

enum { UNKNOWN = -1 };

static int name_value(const named *names, size_t count, view name)
{
    for (size_t i = 0; i < count; i++)
        if (view_equal(view_of(names[i].name), name))
            return names[i].value;
    return UNKNOWN;
}
#define VALUE(names, view) name_value((names), COUNT(names), (view))

/* A name that must be one of a list; a fault if it is not. */
static int value_or_fault(lexc *x, const table *t, const row *r, const named *names, size_t count, view name, const char *what)
{
    int value = name_value(names, count, name);
    if (value == UNKNOWN)
        lexc_fault(x, t, r->line, "unknown %s '%.*s'", what, (int)name.len, name.ptr);
    return value;
}
#define NEED_VALUE(names, view, what) value_or_fault(x, t, r, (names), COUNT(names), (view), (what))

/* --- lemmas --- */

typedef struct {
    const lexc *x;
    view text;
    part_of_speech pos;
} lemma_question;

static bool lemma_same(const void *context, uint32_t number)
{
    const lemma_question *ask = context;
    const lex_lemma *lemma = &ask->x->lemmas[number];
    return lemma->pos == ask->pos && view_equal(view_of(lexc_text(ask->x, lemma->text)), ask->text);
}

uint32_t lexc_lemma_seek(const lexc *x, view text, part_of_speech pos)
{
    lemma_question ask = {x, text, pos};
    return index_find(&x->lemma_map, lexicon_lemma_hash(view_hash(text), (uint8_t)pos), lemma_same, &ask);
}

uint32_t lexc_lemma(lexc *x, view text, part_of_speech pos)
{
    uint32_t found = lexc_lemma_seek(x, text, pos);
    if (found != 0)
        return found;
    const uint64_t hash = lexicon_lemma_hash(view_hash(text), (uint8_t)pos);
    found = x->lemmas_count;
    uint32_t string = lexc_string(x, text);
    *PUSH(x, lemmas) = (lex_lemma){.text = string, .pos = (uint8_t)pos};
    *PUSH(x, lemma_known) = 0;
    index_add(x, &x->lemma_map, hash, found);
    return found;
}

/* The lemma of a row; the first row that speaks of it is the one it is known by. */
static uint32_t row_lemma(lexc *x, const row *r, view text, part_of_speech pos)
{
    uint32_t lemma = lexc_lemma(x, text, pos);
    if (x->lemmas[lemma].row == 0)
        x->lemmas[lemma].row = r->id;
    return lemma;
}

/* The first word, and what follows the blank. */
static view first_word(view text, view *rest)
{
    const char *blank = memchr(text.ptr, ' ', text.len);
    size_t len = blank == NULL ? text.len : (size_t)(blank - text.ptr);
    *rest = blank == NULL ? (view){text.ptr + text.len, 0} : (view){blank + 1, text.len - len - 1};
    return (view){text.ptr, len};
}

static bool is_one_word(view text)
{
    return memchr(text.ptr, ' ', text.len) == NULL;
}

static view cell(const table *t, const row *r, const char *column)
{
    return view_of(lexc_cell(t, r, column));
}

/* --- nouns, adjectives, forms --- */

static void add_class(lexc *x, const table *t, const row *r, uint32_t lemma, int class)
{
    for (size_t i = 0; i < 4; i++) {
        if (x->lemmas[lemma].classes[i] == class)
            return;
        if (x->lemmas[lemma].classes[i] == CLASS_NONE) {
            x->lemmas[lemma].classes[i] = (uint8_t) class;
            return;
        }
    }
    lexc_fault(x, t, r->line, "more than four classes for '%s'", lexc_text(x, x->lemmas[lemma].text));
}

static void add_classes(lexc *x, const table *t, const row *r, uint32_t lemma)
{
    view rest = cell(t, r, "classes"), piece;
    while (lexc_piece(&rest, ' ', &piece)) {
        int class = NEED_VALUE(class_names, piece, "class");
        if (class != UNKNOWN)
            add_class(x, t, r, lemma, class);
    }
}

static void noun_read(lexc *x, const table *t, const row *r)
{
    const view text = cell(t, r, "lemma"), gender = cell(t, r, "gender");
    if (gender.len > 0 && !view_equal(gender, view_of("m")) && !view_equal(gender, view_of("f")))
        lexc_fault(x, t, r->line, "gender is m or f, not '%s'", gender.ptr);
    uint32_t lemma = row_lemma(x, r, text, POS_NOUN);
    x->lemma_known[lemma] |= LEMMA_IN_TABLE;
    if (gender.len > 0)
        x->lemmas[lemma].gender = (uint8_t)gender.ptr[0];
    if (cell(t, r, "who").len > 0) {
        uint32_t who = lexc_string(x, cell(t, r, "who"));
        x->lemmas[lemma].who = who;
    }
    add_classes(x, t, r, lemma);
    if (!is_one_word(text)) {
        lexc_phrase(x, text, ENTRY_NOUN, lemma, true);
        view rest = cell(t, r, "plurals"), piece;
        while (lexc_piece(&rest, '|', &piece))
            lexc_phrase(x, piece, ENTRY_NOUN, lemma, true);
        return;
    }
    lexc_noun_forms(x, lemma, cell(t, r, "plurals"), gender.len > 0 ? gender.ptr[0] : 0, RANK_OWN);
}

/* مضاد للطائرات, مضادة للطائرات ...: the first word inflects. */
static void adjective_phrases(lexc *x, view text, uint32_t lemma)
{
    static const char *const endings[] = {"", "ة", "ون", "ين", "ات", "ان", "تان", "تين", "ا"};
    view rest, word = first_word(text, &rest);
    char joined[256];
    for (size_t i = 0; i < COUNT(endings); i++) {
        int len = snprintf(joined, sizeof joined, "%.*s%s %.*s", (int)word.len, word.ptr, endings[i], (int)rest.len, rest.ptr);
        if (len > 0 && (size_t)len < sizeof joined)
            lexc_phrase(x, (view){joined, (size_t)len}, ENTRY_NOUN, lemma, false);
    }
}

static void adjective_read(lexc *x, const table *t, const row *r)
{
    const view text = cell(t, r, "lemma");
    uint32_t lemma = row_lemma(x, r, text, POS_ADJ);
    x->lemma_known[lemma] |= LEMMA_IN_TABLE;
    add_classes(x, t, r, lemma);
    if (!is_one_word(text)) {
        adjective_phrases(x, text, lemma);
        return;
    }
    lexc_adjective_forms(x, lemma, POS_ADJ, RANK_OWN);
}

/* What the victims of a verb or noun of action are counted as: the class goes to the word itself. */
static void figure_read(lexc *x, const table *t, const row *r)
{
    int pos = NEED_VALUE(open_pos, cell(t, r, "pos"), "pos");
    if (pos != UNKNOWN)
        add_classes(x, t, r, row_lemma(x, r, cell(t, r, "lemma"), (part_of_speech)pos));
}

static void form_read(lexc *x, const table *t, const row *r)
{
    const view text = cell(t, r, "form"), lemma_text = cell(t, r, "lemma"), pos_name = cell(t, r, "pos");
    int pos = VALUE(open_pos, pos_name);
    if (pos == UNKNOWN)
        pos = VALUE(word_classes, pos_name);
    if (pos == UNKNOWN) {
        lexc_fault(x, t, r->line, "unknown pos '%s'", pos_name.ptr);
        return;
    }
    unsigned feats = 0;
    view rest = cell(t, r, "features"), piece;
    while (lexc_piece(&rest, ' ', &piece)) {
        int bit = NEED_VALUE(feature_names, piece, "feature");
        if (bit != UNKNOWN)
            feats |= 1u << bit;
    }
    if (!is_one_word(text) || !is_one_word(lemma_text) || lemma_text.len == 0) {
        lexc_fault(x, t, r->line, "form and lemma are one word each");
        return;
    }
    if (pos == POS_VERB && (feats & (FEAT_P1 | FEAT_P2 | FEAT_P3)) == 0)
        feats |= FEAT_P3;
    uint32_t lemma = row_lemma(x, r, lemma_text, (part_of_speech)pos);
    x->lemma_known[lemma] |= LEMMA_IN_TABLE;
    lexc_form(x, text, lemma, (part_of_speech)pos, feats, RANK_OWN);
}

/* --- grammar words and the small tables --- */

static uint8_t slot_of_phrase(view text)
{
    char name[64];
    if (text.len >= sizeof name)
        return SLOT_NONE;
    for (size_t i = 0; i < text.len; i++)
        name[i] = text.ptr[i] == ' ' ? '_' : text.ptr[i];
    int slot = VALUE(slot_names, ((view){name, text.len}));
    return slot == UNKNOWN ? SLOT_NONE : (uint8_t)slot;
}

/* وقد beside قد: the و is taken off by src/morph, so the joined row would only hide it. */
static bool is_joined_word(const table *t, view text)
{
    if (!view_starts(text, view_of("و")) && !view_starts(text, view_of("ف")))
        return false;
    const view rest = {text.ptr + strlen("و"), text.len - strlen("و")};
    for (uint32_t i = 0; i < t->row_count && rest.len >= 4; i++)
        if (view_equal(cell(t, &t->rows[i], "form"), rest))
            return true;
    return false;
}

static void word_read(lexc *x, const table *t, const row *r)
{
    const view text = cell(t, r, "form");
    view lemma_text = cell(t, r, "lemma");
    int pos = NEED_VALUE(word_classes, cell(t, r, "class"), "class");
    if (pos == UNKNOWN)
        return;
    if (lemma_text.len == 0)
        lemma_text = text;
    uint32_t lemma = row_lemma(x, r, lemma_text, (part_of_speech)pos);
    x->lemma_known[lemma] |= LEMMA_IN_TABLE;
    if (is_one_word(text)) {
        if (!is_joined_word(t, text))
            lexc_form(x, text, lemma, (part_of_speech)pos, 0, RANK_OWN);
        return;
    }
    uint8_t slot = pos == POS_PREP ? slot_of_phrase(lemma_text) : (uint8_t)SLOT_NONE;
    uint32_t index = x->words_count;
    *PUSH(x, words) = (lex_word){.lemma = lemma, .row = r->id, .pos = (uint8_t)pos, .slot = slot};
    lexc_phrase(x, text, ENTRY_WORD, index, false);
}

static bool number_of(view text, int64_t *value)
{
    char buffer[24], *end;
    if (text.len == 0 || text.len >= sizeof buffer)
        return false;
    memcpy(buffer, text.ptr, text.len);
    buffer[text.len] = '\0';
    errno = 0;
    *value = strtoll(buffer, &end, 10);
    return errno == 0 && *end == '\0';
}

static void time_read(lexc *x, const table *t, const row *r)
{
    const view text = cell(t, r, "rule");
    const char *colon = memchr(text.ptr, ':', text.len);
    const view name = {text.ptr, colon == NULL ? text.len : (size_t)(colon - text.ptr)};
    const view rest = colon == NULL ? view_of("") : view_of(colon + 1);
    int rule = NEED_VALUE(time_rules, name, "rule");
    int64_t value = 0;
    if (rule == UNKNOWN)
        return;
    if (rule == TIME_UNIT) {
        value = NEED_VALUE(time_units, rest, "unit");
        if (value == UNKNOWN)
            return;
    } else if (rule >= TIME_DAY && rule <= TIME_HIJRI) {
        const int64_t least = rule == TIME_DAY ? -120 : 1, most = rule == TIME_DAY ? 120 : rule == TIME_WEEKDAY ? 7 : 12;
        if (!number_of(rest, &value) || value < least || value > most) {
            lexc_fault(x, t, r->line, "bad number in rule '%s'", text.ptr);
            return;
        }
    } else if (rest.len > 0) {
        lexc_fault(x, t, r->line, "unknown rule '%s'", text.ptr);
        return;
    }
    const view form = cell(t, r, "form");
    if ((rule == TIME_MONTH || rule == TIME_HIJRI || rule == TIME_WEEKDAY) && is_one_word(form)) {
        const view al = view_of("ال");
        const view bare = view_starts(form, al) ? (view){form.ptr + al.len, form.len - al.len} : form;
        const uint32_t lemma = row_lemma(x, r, bare, POS_NAME);
        x->lemma_known[lemma] |= LEMMA_IN_TABLE;
        lexc_form(x, bare, lemma, POS_NAME, FEAT_MASC | FEAT_SING, rule == TIME_WEEKDAY ? RANK_OWN + 1 : RANK_OWN);
    }
    uint32_t index = x->times_count;
    *PUSH(x, times) = (lex_time){.row = r->id, .rule = (uint8_t)rule, .value = (int8_t)value};
    lexc_phrase(x, cell(t, r, "form"), ENTRY_TIME, index, false);
}

static void number_read(lexc *x, const table *t, const row *r)
{
    int class = NEED_VALUE(number_classes, cell(t, r, "class"), "class");
    int64_t value = MARSAD_NO_VALUE;
    const view text = cell(t, r, "value");
    if (class == UNKNOWN)
        return;
    if (text.len > 0 && !number_of(text, &value) && class != NUMBER_HALF) {
        lexc_fault(x, t, r->line, "'%s' is no whole number", text.ptr);
        return;
    }
    const view form = cell(t, r, "form");
    if (is_one_word(form) && !view_starts(form, view_of("ال"))) {
        const part_of_speech pos = class == NUMBER_ORDINAL ? POS_ADJ : POS_NOUN;
        uint32_t lemma = row_lemma(x, r, form, pos);
        x->lemma_known[lemma] |= LEMMA_IN_TABLE;
        const bool is_fem = view_ends(form, view_of("ة"));
        lexc_form(x, form, lemma, pos, is_fem ? FEAT_FEM | FEAT_SING : FEAT_MASC | FEAT_SING, RANK_OWN);
    }
    uint32_t index = x->numbers_count;
    *PUSH(x, numbers) = (lex_number){.value = value, .row = r->id, .class = (uint8_t) class};
    lexc_phrase(x, cell(t, r, "form"), ENTRY_NUMBER, index, false);
}

static void bound_read(lexc *x, const table *t, const row *r)
{
    static const char gap[] = "…";
    int bound = NEED_VALUE(bound_names, cell(t, r, "bound"), "bound");
    view text = cell(t, r, "form");
    const bool after = view_starts(text, view_of(gap)), before = view_ends(text, view_of(gap));
    if (bound == UNKNOWN)
        return;
    if (after)
        text = (view){text.ptr + sizeof gap - 1, text.len - (sizeof gap - 1)};
    else if (before)
        text.len -= sizeof gap - 1;
    view piece;
    if (!lexc_piece(&text, '\n', &piece) || memchr(piece.ptr, (unsigned char)gap[0], piece.len) != NULL) {
        lexc_fault(x, t, r->line, "the number's place … stands at the beginning or the end");
        return;
    }
    uint32_t index = x->bounds_count;
    *PUSH(x, bounds) = (lex_bound){.row = r->id, .bound = (uint8_t)bound, .after = after};
    lexc_phrase(x, piece, ENTRY_BOUND, index, false);
}

/* A feature as written: parts "name=value" parted by |. 0 when a part is no such pair. */
static uint64_t feature_read(lexc *x, const table *t, const row *r)
{
    uint64_t feature = view_hash(cell(t, r, "model"));
    view rest = cell(t, r, "feature"), piece;
    while (lexc_piece(&rest, '|', &piece)) {
        const char *equals = memchr(piece.ptr, '=', piece.len);
        if (equals == NULL) {
            lexc_fault(x, t, r->line, "a part of a feature is name=value");
            return 0;
        }
        const size_t name = (size_t)(equals - piece.ptr);
        feature = feature_join(feature, feature_part(view_hash((view){piece.ptr, name}), view_hash((view){equals + 1, piece.len - name - 1})));
    }
    return feature;
}

static void weight_read(lexc *x, const table *t, const row *r)
{
    lex_weight weight = {.feature = feature_read(x, t, r)};
    view rest = cell(t, r, "weights"), piece;
    size_t count = 0;
    while (lexc_piece(&rest, ' ', &piece)) {
        int64_t value = 0;
        if (count == MODEL_OUTPUTS || !number_of(piece, &value) || value < INT16_MIN || value > INT16_MAX) {
            lexc_fault(x, t, r->line, "weights are at most %d whole numbers of 16 bits, in thousandths", (int)MODEL_OUTPUTS);
            return;
        }
        weight.values[count++] = (int16_t)value;
    }
    if (weight.feature != 0)
        *PUSH(x, weights) = weight;
}

static void direction_read(lexc *x, const table *t, const row *r)
{
    int relation = NEED_VALUE(direction_names, cell(t, r, "direction"), "direction");
    if (relation == UNKNOWN)
        return;
    uint32_t index = x->directions_count;
    *PUSH(x, directions) = (lex_direction){.row = r->id, .relation = (uint8_t)relation};
    lexc_phrase(x, cell(t, r, "form"), ENTRY_DIRECTION, index, false);
}

static void title_read(lexc *x, const table *t, const row *r)
{
    int class = NEED_VALUE(title_classes, cell(t, r, "class"), "class");
    if (class == UNKNOWN)
        return;
    uint32_t index = x->titles_count;
    *PUSH(x, titles) = (lex_title){.row = r->id, .class = (uint8_t) class};
    lexc_phrase(x, cell(t, r, "form"), ENTRY_TITLE, index, true);
}

/* --- parties --- */

static bool date_read(lexc *x, const table *t, const row *r, const char *column, marsad_date *out)
{
    const view text = cell(t, r, column);
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    *out = (marsad_date){0};
    if (text.len == 0)
        return true;
    bool good = text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-';
    for (size_t i = 0; good && i < 10; i++)
        good = i == 4 || i == 7 || (text.ptr[i] >= '0' && text.ptr[i] <= '9');
    if (good) {
        const long year = strtol(text.ptr, NULL, 10), month = strtol(text.ptr + 5, NULL, 10), day = strtol(text.ptr + 8, NULL, 10);
        good = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
        if (good && month == 2 && day == 29)
            good = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (good)
            *out = (marsad_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    }
    if (!good)
        lexc_fault(x, t, r->line, "'%s' in column '%s' is no date", text.ptr, column);
    return good;
}

static uint8_t words_in(view text)
{
    uint8_t count = 1;
    for (size_t i = 0; i < text.len; i++)
        count = (uint8_t)(count + (text.ptr[i] == ' ' && count < UINT8_MAX));
    return count;
}

/* parent: a name, or "context:COUNTRY" for a row that holds only in articles about it, or both with | between. */
static void parent_read(lexc *x, const table *t, const row *r, lex_actor *actor)
{
    const view context = view_of("context:");
    view rest = cell(t, r, "parent"), piece;
    actor->context = lexc_string(x, cell(t, r, "context"));
    while (lexc_piece(&rest, '|', &piece)) {
        if (view_starts(piece, context))
            actor->context = lexc_string(x, (view){piece.ptr + context.len, piece.len - context.len});
        else
            actor->parent = lexc_string(x, piece);
    }
}

static void actor_read(lexc *x, const table *t, const row *r)
{
    lex_actor actor = {.row = r->id};
    int kind = NEED_VALUE(actor_kinds, cell(t, r, "kind"), "kind");
    if (!date_read(x, t, r, "from", &actor.from) || !date_read(x, t, r, "to", &actor.to) || kind == UNKNOWN)
        return;
    if (date_is_given(actor.from) && date_is_given(actor.to) && day_number(actor.from) > day_number(actor.to))
        lexc_fault(x, t, r->line, "from is after to");
    if (cell(t, r, "who").len == 0)
        lexc_fault(x, t, r->line, "empty column 'who'");
    actor.kind = (uint8_t)kind;
    actor.name = lexc_string(x, cell(t, r, "name"));
    actor.who = lexc_string(x, cell(t, r, "who"));
    actor.code = lexc_string(x, cell(t, r, "code"));
    parent_read(x, t, r, &actor);
    const uint32_t index = x->actors_count;
    actor.words = words_in(cell(t, r, "name"));
    lexc_phrase(x, cell(t, r, "name"), ENTRY_ACTOR, index, true);
    view rest = cell(t, r, "aliases"), piece;
    while (lexc_piece(&rest, '|', &piece)) {
        if (words_in(piece) > actor.words)
            actor.words = words_in(piece);
        lexc_phrase(x, piece, ENTRY_ACTOR, index, true);
    }
    *PUSH(x, actors) = actor;
}

static void demonym_read(lexc *x, const table *t, const row *r)
{
    const view text = cell(t, r, "lemma");
    const uint32_t index = x->demonyms_count;
    lex_demonym demonym = {.row = r->id};
    demonym.country = lexc_string(x, cell(t, r, "country"));
    demonym.who = lexc_string(x, cell(t, r, "who"));
    demonym.code = lexc_string(x, cell(t, r, "code"));
    *PUSH(x, demonyms) = demonym;
    lexc_phrase(x, text, ENTRY_DEMONYM, index, false);
    if (!is_one_word(text))
        return;
    static const char *const endings[] = {"ة", "ون", "ين", "و", "ات", "ان", "تان", "تين", "ا", "ي"};
    char joined[128];
    for (size_t i = 0; i < COUNT(endings) && text.len + 16 < sizeof joined; i++) {
        int len = snprintf(joined, sizeof joined, "%s%s", text.ptr, endings[i]);
        /* سوريا is a country, not "Syrian": what ends in alef stands for the adjective only as a reading of the word. */
        if (strcmp(endings[i], "ا") != 0)
            lexc_phrase(x, (view){joined, (size_t)len}, ENTRY_DEMONYM, index, false);
    }
    uint32_t lemma = row_lemma(x, r, text, POS_ADJ);
    x->lemma_known[lemma] |= LEMMA_IN_TABLE;
    lexc_adjective_forms(x, lemma, POS_ADJ, RANK_OWN);
}

/* --- triggers --- */

static bool slot_read(lexc *x, const table *t, const row *r, view name, uint8_t *out)
{
    int slot = NEED_VALUE(slot_names, name, "place in the grammar");
    *out = slot == UNKNOWN ? (uint8_t)SLOT_NONE : (uint8_t)slot;
    return slot != UNKNOWN;
}

/* "left=right" in two. */
static bool halves(view text, view *left, view *right)
{
    const char *equal = memchr(text.ptr, '=', text.len);
    if (equal == NULL)
        return false;
    *left = (view){text.ptr, (size_t)(equal - text.ptr)};
    *right = (view){equal + 1, text.len - left->len - 1};
    return left->len > 0 && right->len > 0;
}

static void roles_read(lexc *x, const table *t, const row *r, lex_frame *frame)
{
    view rest = cell(t, r, "roles"), piece, left, right;
    while (lexc_piece(&rest, ' ', &piece)) {
        lex_role role;
        if (!halves(piece, &left, &right)) {
            lexc_fault(x, t, r->line, "'%.*s' is not place=role", (int)piece.len, piece.ptr);
            continue;
        }
        int value = NEED_VALUE(role_names, right, "role");
        if (!slot_read(x, t, r, left, &role.slot) || value == UNKNOWN)
            continue;
        role.role = (uint8_t)value;
        if (frame->role_count == COUNT(frame->roles)) {
            lexc_fault(x, t, r->line, "more than %u roles", (unsigned)COUNT(frame->roles));
            return;
        }
        frame->roles[frame->role_count++] = role;
    }
}

static view without_at(view name)
{
    return name.len > 0 && name.ptr[0] == '@' ? (view){name.ptr + 1, name.len - 1} : name;
}

static const uint8_t *class_group(view name)
{
    for (size_t i = 0; i < COUNT(class_groups); i++)
        if (view_equal(view_of(class_groups[i].name), name))
            return class_groups[i].classes;
    return NULL;
}

static void variant_add(lexc *x, const table *t, const row *r, lex_frame *frame, uint8_t cue, uint8_t kind)
{
    if (frame->variant_count == COUNT(frame->variants))
        lexc_fault(x, t, r->line, "more than %u variants", (unsigned)COUNT(frame->variants));
    else
        frame->variants[frame->variant_count++] = (lex_variant){cue, kind};
}

static void variants_read(lexc *x, const table *t, const row *r, lex_frame *frame)
{
    static const named cues[] = {{"pres", CUE_PRES}, {"present", CUE_PRES}, {"past", CUE_PAST}, {"neg", CUE_NEG}, {"negated", CUE_NEG}};
    view rest = cell(t, r, "variants"), piece, left, right;
    while (lexc_piece(&rest, ' ', &piece)) {
        if (!halves(piece, &left, &right)) {
            lexc_fault(x, t, r->line, "'%.*s' is not cue=kind", (int)piece.len, piece.ptr);
            continue;
        }
        left = without_at(left);
        int kind = NEED_VALUE(kind_names, right, "kind");
        int cue = VALUE(cues, left);
        const uint8_t *group = class_group(left);
        if (kind == UNKNOWN)
            continue;
        if (group != NULL) {
            for (size_t i = 0; i < 6 && group[i] != CLASS_NONE; i++)
                variant_add(x, t, r, frame, group[i], (uint8_t)kind);
            continue;
        }
        if (cue == UNKNOWN)
            cue = NEED_VALUE(class_names, left, "cue");
        if (cue != UNKNOWN)
            variant_add(x, t, r, frame, (uint8_t)cue, (uint8_t)kind);
    }
}

static void need_add(lexc *x, const table *t, const row *r, lex_frame *frame, lex_need need)
{
    if (frame->need_count == COUNT(frame->needs))
        lexc_fault(x, t, r->line, "more than %u needs", (unsigned)COUNT(frame->needs));
    else
        frame->needs[frame->need_count++] = need;
}

/* The lemma that a need names: a noun, or an adjective where one is asked for. */
static uint32_t need_lemma(lexc *x, view text, uint8_t slot)
{
    const part_of_speech likely = slot == SLOT_ADJ ? POS_ADJ : POS_NOUN, other = slot == SLOT_ADJ ? POS_NOUN : POS_ADJ;
    uint32_t lemma = lexc_lemma_seek(x, text, likely);
    if (lemma == 0)
        lemma = lexc_lemma_seek(x, text, other);
    if (lemma == 0)
        lemma = lexc_lemma_seek(x, text, POS_NAME);
    if (lemma == 0)
        lemma = lexc_lemma_seek(x, text, POS_VERB);
    return lemma;
}

static void needs_read(lexc *x, const table *t, const row *r, lex_frame *frame)
{
    view rest = cell(t, r, "needs"), group_text, alternative, left, right;
    for (uint8_t group = 0; lexc_piece(&rest, ' ', &group_text); group++) {
        uint8_t slot = SLOT_ANY;
        while (lexc_piece(&group_text, '|', &alternative)) {
            if (halves(alternative, &left, &right)) {
                if (!slot_read(x, t, r, left, &slot))
                    continue;
            } else {
                right = alternative; /* the place of the alternative before it */
            }
            lex_need need = {.slot = slot, .group = group};
            const view class = without_at(right);
            const uint8_t *classes = class_group(class);
            if (class.len == right.len) {
                need.lemma = need_lemma(x, right, slot);
                if (need.lemma == 0) {
                    lexc_warn(x, t, r->line, "nobody knows the word '%.*s' of needs", (int)right.len, right.ptr);
                    need.lemma = lexc_lemma(x, right, slot == SLOT_ADJ ? POS_ADJ : POS_NOUN);
                    if (slot == SLOT_ADJ)
                        lexc_adjective_forms(x, need.lemma, POS_ADJ, RANK_OWN);
                    else
                        lexc_noun_forms(x, need.lemma, view_of(""), 0, RANK_OWN);
                }
                need_add(x, t, r, frame, need);
            } else if (view_equal(class, view_of("place")) || view_equal(class, view_of("actor"))) {
                need.class = class.ptr[0] == 'p' ? NEED_PLACE : NEED_ACTOR;
                need_add(x, t, r, frame, need);
            } else if (classes != NULL) {
                for (size_t i = 0; i < 6 && classes[i] != CLASS_NONE; i++) {
                    need.class = classes[i];
                    need_add(x, t, r, frame, need);
                }
            } else {
                int value = NEED_VALUE(class_names, class, "class");
                need.class = value == UNKNOWN ? (uint8_t)CLASS_NONE : (uint8_t)value;
                if (value != UNKNOWN)
                    need_add(x, t, r, frame, need);
            }
        }
    }
}

/*
 * A word that a table speaks of must have forms. What the open vocabulary does not have is inflected by rule, and told:
 * a speaker sees whether the lemma is mistyped or merely new.
 */
static void lemma_enliven(lexc *x, const table *t, const row *r, uint32_t lemma, bool is_masdar)
{
    const uint8_t known = x->lemma_known[lemma];
    const lex_lemma entry = x->lemmas[lemma];
    char text[128];
    snprintf(text, sizeof text, "%s", lexc_text(x, entry.text));
    if ((known & (LEMMA_IN_TABLE | LEMMA_OPEN)) == 0)
        lexc_warn(x, t, r->line, "no table and no open vocabulary knows '%s' as a %s", text,
                  entry.pos == POS_VERB   ? "verb"
                  : entry.pos == POS_NOUN ? "noun"
                                          : "adjective");
    if (entry.pos == POS_VERB) {
        if ((known & LEMMA_OPEN) == 0)
            lexc_verb_forms(x, lemma, RANK_OWN);
    } else if (entry.pos == POS_ADJ) {
        if ((known & LEMMA_IN_TABLE) == 0)
            lexc_adjective_forms(x, lemma, POS_ADJ, RANK_OWN);
    } else if (entry.pos == POS_NOUN && (known & LEMMA_IN_TABLE) == 0) {
        char plural[160] = "";
        if (is_masdar && !view_ends(view_of(text), view_of("ة")))
            snprintf(plural, sizeof plural, "%sات", text);
        lexc_noun_forms(x, lemma, view_of(plural), 0, RANK_OWN);
    }
    x->lemma_known[lemma] |= LEMMA_IN_TABLE | LEMMA_OPEN;
}

/*
 * The lemma that a row speaks of. Participles of defective verbs are written in the tables without their last letter, as the dictionary of a speaker has them
 * (مدع, ناف), and in the open vocabulary with it (مدعي, نافي), from which their forms come (مدعيا).
 */
static uint32_t lemma_spoken_of(lexc *x, const row *r, view text, part_of_speech pos)
{
    char with_ya[128];
    const int len = snprintf(with_ya, sizeof with_ya, "%.*sي", (int)text.len, text.ptr);
    if (pos == POS_ADJ && lexc_lemma_seek(x, text, POS_ADJ) == 0 && len > 0 && (size_t)len < sizeof with_ya &&
        lexc_lemma_seek(x, (view){with_ya, (size_t)len}, POS_ADJ) != 0)
        return row_lemma(x, r, (view){with_ya, (size_t)len}, POS_ADJ);
    return row_lemma(x, r, text, pos);
}

static void trigger_read(lexc *x, const table *t, const row *r)
{
    static const named parts[] = {{"verb", POS_VERB}, {"masdar", POS_NOUN}, {"noun", FRAME_THING}, {"part", POS_ADJ}};
    lex_frame frame = {.row = r->id};
    int pos = NEED_VALUE(parts, cell(t, r, "pos"), "pos"), kind = NEED_VALUE(kind_names, cell(t, r, "kind"), "kind");
    view second, word = first_word(cell(t, r, "lemma"), &second);
    if (pos == UNKNOWN || kind == UNKNOWN || word.len == 0)
        return;
    if (!is_one_word(second)) {
        lexc_fault(x, t, r->line, "a trigger is one word or two");
        return;
    }
    const part_of_speech lemma_pos = pos == FRAME_THING ? POS_NOUN : (part_of_speech)pos;
    frame.pos = (uint8_t)pos;
    frame.kind = (uint8_t)kind;
    frame.lemma = lemma_spoken_of(x, r, word, lemma_pos);
    lemma_enliven(x, t, r, frame.lemma, pos == POS_NOUN);
    if (second.len > 0) {
        frame.second = need_lemma(x, second, SLOT_OBJ);
        if (frame.second == 0) {
            frame.second = row_lemma(x, r, second, POS_NOUN);
            lemma_enliven(x, t, r, frame.second, false);
        }
    }
    roles_read(x, t, r, &frame);
    variants_read(x, t, r, &frame);
    needs_read(x, t, r, &frame);
    *PUSH(x, frames) = frame;
}

static void governor_read(lexc *x, const table *t, const row *r)
{
    lex_governor governor = {.row = r->id};
    int pos = NEED_VALUE(open_pos, cell(t, r, "pos"), "pos");
    const view effect = cell(t, r, "effect"), subject = cell(t, r, "subj");
    const view phase = view_of("phase:"), modality = view_of("modality:");
    int value = 0, role = subject.len == 0 ? (int)ROLE_NONE : NEED_VALUE(role_names, subject, "role");
    if (pos == UNKNOWN || role == UNKNOWN || !slot_read(x, t, r, cell(t, r, "via"), &governor.via))
        return;
    if (view_starts(effect, phase)) {
        governor.effect = EFFECT_PHASE;
        value = NEED_VALUE(phase_names, view_of(effect.ptr + phase.len), "phase");
    } else if (view_starts(effect, modality)) {
        governor.effect = EFFECT_MODALITY;
        value = NEED_VALUE(modality_names, view_of(effect.ptr + modality.len), "modality");
    } else {
        int known = NEED_VALUE(effect_names, effect, "effect");
        if (known == UNKNOWN)
            return;
        governor.effect = (uint8_t)known;
    }
    if (value == UNKNOWN)
        return;
    view second, word = first_word(cell(t, r, "lemma"), &second);
    if (second.len > 0) {
        lexc_fault(x, t, r->line, "a governor is one word");
        return;
    }
    governor.value = (uint8_t)value;
    governor.subject = (uint8_t)role;
    governor.pos = (uint8_t)pos;
    governor.lemma = lemma_spoken_of(x, r, word, (part_of_speech)pos);
    if (pos != POS_PREP)
        lemma_enliven(x, t, r, governor.lemma, strcmp(lexc_cell(t, r, "pos"), "masdar") == 0);
    *PUSH(x, governors) = governor;
}

static void saying_read(lexc *x, const table *t, const row *r)
{
    static const named carries[] = {{"yes", 1}, {"no", 0}, {"", 0}};
    lex_saying saying = {.row = r->id};
    const view text = cell(t, r, "lemma"), speaker = cell(t, r, "speaker");
    int pos = NEED_VALUE(open_pos, cell(t, r, "pos"), "pos"), carry = NEED_VALUE(carries, cell(t, r, "carry"), "carry");
    if (pos == UNKNOWN || carry == UNKNOWN)
        return;
    if (view_equal(speaker, view_of("last")))
        saying.speaker = SPEAKER_LAST;
    else if (!slot_read(x, t, r, speaker, &saying.speaker))
        return;
    view rest = cell(t, r, "content"), piece;
    while (lexc_piece(&rest, ' ', &piece)) {
        int bit = NEED_VALUE(content_names, piece, "content");
        if (bit != UNKNOWN)
            saying.content |= (uint8_t)bit;
    }
    saying.pos = (uint8_t)pos;
    saying.carry = (uint8_t)carry;
    if (pos != POS_PREP && is_one_word(text)) {
        saying.lemma = lemma_spoken_of(x, r, text, (part_of_speech)pos);
        lemma_enliven(x, t, r, saying.lemma, true);
    }
    *PUSH(x, sayings) = saying;
}

static int saying_order(const void *a, const void *b)
{
    const lex_saying *one = a, *two = b;
    if (one->lemma != two->lemma)
        return (one->lemma > two->lemma) - (one->lemma < two->lemma);
    return (one->row > two->row) - (one->row < two->row);
}

static int governor_order(const void *a, const void *b)
{
    const lex_governor *one = a, *two = b;
    if (one->lemma != two->lemma)
        return (one->lemma > two->lemma) - (one->lemma < two->lemma);
    return (one->row > two->row) - (one->row < two->row);
}

static int frame_order(const void *a, const void *b)
{
    const lex_frame *one = a, *two = b;
    if (one->lemma != two->lemma)
        return (one->lemma > two->lemma) - (one->lemma < two->lemma);
    return (one->row > two->row) - (one->row < two->row);
}

/* Rows of one lemma stand together and the lemma knows where. */
#define GATHER(x, list, order, first, number)                                                                                                        \
    do {                                                                                                                                             \
        qsort((x)->list + 1, (x)->list##_count - 1, sizeof *(x)->list, (order));                                                                     \
        for (uint32_t i = 1; i < (x)->list##_count; i++) {                                                                                           \
            lex_lemma *lemma = &(x)->lemmas[(x)->list[i].lemma];                                                                                     \
            if ((x)->list[i].lemma == 0)                                                                                                             \
                continue;                                                                                                                            \
            if (lemma->number == 0)                                                                                                                  \
                lemma->first = i;                                                                                                                    \
            if (lemma->number < UINT8_MAX)                                                                                                           \
                lemma->number++;                                                                                                                     \
        }                                                                                                                                            \
    } while (0)

typedef void row_reader(lexc *x, const table *t, const row *r);

static void each_row(lexc *x, const char *table_name, row_reader *read)
{
    for (uint32_t i = 0; i < x->tables_count; i++)
        for (uint32_t k = 0; strcmp(x->tables[i].spec->name, table_name) == 0 && k < x->tables[i].row_count; k++)
            read(x, &x->tables[i], &x->tables[i].rows[k]);
}

void lexc_rows_read(lexc *x)
{
    each_row(x, "words.tsv", word_read);
    each_row(x, "nouns", noun_read);
    each_row(x, "adjectives.tsv", adjective_read);
    each_row(x, "forms", form_read);
    each_row(x, "figures.tsv", figure_read);
    each_row(x, "actors", actor_read);
    each_row(x, "demonyms.tsv", demonym_read);
    each_row(x, "titles.tsv", title_read);
    each_row(x, "time.tsv", time_read);
    each_row(x, "numbers.tsv", number_read);
    each_row(x, "bounds.tsv", bound_read);
    each_row(x, "directions.tsv", direction_read);
    each_row(x, "weights.tsv", weight_read);
}

/* Sayings without a lemma are found by their words; their place in the table is known once it is sorted. */
static void sayings_phrase(lexc *x)
{
    for (uint32_t i = 0; i < x->tables_count; i++) {
        const table *t = &x->tables[i];
        for (uint32_t k = 0; strcmp(t->spec->name, "sayings.tsv") == 0 && k < t->row_count; k++)
            for (uint32_t s = 1; s < x->sayings_count && x->sayings[s].lemma == 0; s++)
                if (x->sayings[s].row == t->rows[k].id)
                    lexc_phrase(x, cell(t, &t->rows[k], "lemma"), ENTRY_SAYING, s, false);
    }
}

void lexc_rows_link(lexc *x)
{
    each_row(x, "triggers", trigger_read);
    each_row(x, "governors.tsv", governor_read);
    each_row(x, "sayings.tsv", saying_read);
    GATHER(x, frames, frame_order, first_frame, frame_count);
    GATHER(x, governors, governor_order, first_governor, governor_count);
    GATHER(x, sayings, saying_order, first_saying, saying_count);
    sayings_phrase(x);
}
