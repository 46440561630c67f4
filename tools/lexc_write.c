/* Everything gathered becomes sections: sorted, hashed, written beside the target and renamed. Same input, same bytes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "lexc.h"

/* --- phrases --- */

static bool key_same(const void *context, uint32_t number)
{
    const struct {
        const lexc *x;
        view text;
    } *ask = context;
    return view_equal(view_of(lexc_text(ask->x, ask->x->keys[number])), ask->text);
}

static uint32_t key_of(lexc *x, view word)
{
    const struct {
        const lexc *x;
        view text;
    } ask = {x, word};
    const uint64_t hash = view_hash(word);
    uint32_t found = index_find(&x->key_map, hash, key_same, &ask);
    if (found != 0)
        return found;
    found = x->keys_count;
    uint32_t string = lexc_string(x, word);
    *PUSH(x, keys) = string;
    index_add(x, &x->key_map, hash, found);
    return found;
}

/* Words whose ال is no article, or without which they would be another word. */
static bool keeps_al(view word)
{
    static const char *const kept[] = {"الان",   "الله",   "الاف",    "الاف",   "التي", "الذي",  "الذين", "اللذان", "اللذين",
                                       "اللتان", "اللتين", "اللواتي", "اللاتي", "اليه", "اليها", "اليهم", "الفان",  "الفين",
                                       "الفا",   "الفي",   "التقي",   "الم",    "الا",  "الي",   "الف"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (view_equal(word, view_of(kept[i])))
            return true;
    return false;
}

static view without_al(view word, bool *had_al)
{
    const view al = view_of("ال");
    *had_al = view_starts(word, al) && word.len >= al.len + 4 && !keeps_al(word);
    return *had_al ? (view){word.ptr + al.len, word.len - al.len} : word;
}

enum { MOST_WORDS = 12 };

static void phrase_push(lexc *x, const view *words, size_t count, lex_entry entry)
{
    uint32_t *keys = lexc_need(arena_alloc(&x->memory, count * sizeof *keys));
    for (size_t i = 0; i < count; i++) {
        char copy[128];
        const size_t len = words[i].len < sizeof copy ? words[i].len : sizeof copy - 1;
        memcpy(copy, words[i].ptr, len);
        keys[i] = key_of(x, (view){copy, len});
    }
    *PUSH(x, phrases) = (phrase){keys, (uint32_t)count, entry};
}

/* The name's words as in the nominative, in the other cases, and (the first) before a genitive: المقاتلون المقاتلين مقاتلو مقاتلي. */
static void phrase_inflected(lexc *x, const view *words, size_t count, lex_entry entry)
{
    static const char *const endings[][2] = {{"ون", "ون"}, {"ين", "ين"}, {"و", "ون"}, {"ي", "ين"}};
    char changed[MOST_WORDS][128];
    view with[MOST_WORDS];
    bool inflects = false;
    for (size_t i = 0; i < count; i++)
        inflects = inflects || ((view_ends(words[i], view_of("ون")) || view_ends(words[i], view_of("ين"))) && words[i].len >= 10);
    if (!inflects)
        return;
    for (size_t e = 0; e < 4; e++) {
        bool differs = false;
        for (size_t i = 0; i < count; i++) {
            const bool sound = (view_ends(words[i], view_of("ون")) || view_ends(words[i], view_of("ين"))) && words[i].len >= 10;
            const char *ending = sound ? endings[e][i == 0 ? 0 : 1] : "";
            snprintf(changed[i], sizeof changed[i], "%.*s%s", (int)(sound ? words[i].len - 4 : words[i].len), words[i].ptr, ending);
            with[i] = view_of(changed[i]);
            differs = differs || !view_equal(with[i], words[i]);
        }
        if (differs)
            phrase_push(x, with, count, entry);
    }
}

void lexc_phrase(lexc *x, view text, entry_type type, uint32_t index, bool inflect)
{
    view words[MOST_WORDS], rest = text, word;
    size_t count = 0;
    bool definite_first = false, had_al;
    while (count < MOST_WORDS && lexc_piece(&rest, ' ', &word)) {
        words[count] = without_al(word, &had_al);
        if (count++ == 0)
            definite_first = had_al;
    }
    if (count == 0)
        return;
    const lex_entry entry = {.index = index, .type = (uint8_t)type, .definite_first = definite_first};
    phrase_push(x, words, count, entry);
    if (inflect)
        phrase_inflected(x, words, count, entry);
}

static int phrase_order(const void *a, const void *b)
{
    const phrase *one = a, *two = b;
    for (uint32_t i = 0; i < one->count && i < two->count; i++)
        if (one->keys[i] != two->keys[i])
            return one->keys[i] < two->keys[i] ? -1 : 1;
    if (one->count != two->count)
        return one->count < two->count ? -1 : 1;
    if (one->entry.type != two->entry.type)
        return one->entry.type < two->entry.type ? -1 : 1;
    if (one->entry.index != two->entry.index)
        return one->entry.index < two->entry.index ? -1 : 1;
    return (one->entry.definite_first > two->entry.definite_first) - (one->entry.definite_first < two->entry.definite_first);
}

/* --- forms --- */

static const lexc *ordering; /* qsort has no context; this tool has one thread */

static int form_order(const void *a, const void *b)
{
    const form *one = a, *two = b;
    if (one->text != two->text)
        return strcmp(lexc_text(ordering, one->text), lexc_text(ordering, two->text));
    if (one->lemma != two->lemma) {
        int order = strcmp(lexc_text(ordering, ordering->lemmas[one->lemma].text), lexc_text(ordering, ordering->lemmas[two->lemma].text));
        if (order != 0)
            return order;
    }
    if (one->pos != two->pos)
        return one->pos < two->pos ? -1 : 1;
    if (one->feats != two->feats)
        return one->feats < two->feats ? -1 : 1;
    return (one->rank > two->rank) - (one->rank < two->rank);
}

static int rank_order(const void *a, const void *b)
{
    const form *one = a, *two = b;
    if (one->rank != two->rank)
        return one->rank < two->rank ? -1 : 1;
    const bool itself_one = ordering->lemmas[one->lemma].text == one->text, itself_two = ordering->lemmas[two->lemma].text == two->text;
    if (one->pos == POS_VERB && two->pos == POS_VERB && itself_one == itself_two) {
        /* يظهر is of ظهر rather than of اظهر: the simpler verb first */
        const size_t short_one = strlen(lexc_text(ordering, ordering->lemmas[one->lemma].text)),
                     short_two = strlen(lexc_text(ordering, ordering->lemmas[two->lemma].text));
        if (short_one != short_two)
            return short_one < short_two ? -1 : 1;
    } else {
        /* a word that is a lemma is that lemma, unless our tables know it as a plural; what can be plural or dual is plural */
        const bool by_tables = one->rank == RANK_OWN && one->pos == POS_NOUN && two->pos == POS_NOUN &&
                               ((one->feats | two->feats) & FEAT_PLUR) != 0 && strlen(lexc_text(ordering, one->text)) >= 8;
        if (itself_one != itself_two)
            return itself_one != by_tables ? -1 : 1;
        if (((one->feats ^ two->feats) & FEAT_DUAL) != 0)
            return (one->feats & FEAT_DUAL) != 0 ? 1 : -1;
    }
    return form_order(a, b);
}

static bool is_noun_like(uint8_t pos)
{
    return pos == POS_NOUN || pos == POS_ADJ;
}

/*
 * The readings of one form, doubles out: what our rows say of it stands against what the open vocabulary guesses. صواريخ is the plural of صاروخ in our tables,
 * so that it is no lemma of its own.
 */
static uint32_t readings_settle(const lexc *x, form *readings, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool drop = kept > 0 && readings[kept - 1].lemma == readings[i].lemma && readings[kept - 1].feats == readings[i].feats;
        for (uint32_t k = 0; k < count && !drop; k++)
            drop = readings[i].rank != RANK_OWN && readings[k].rank == RANK_OWN && readings[i].pos == readings[k].pos &&
                   is_noun_like(readings[k].pos) && (readings[k].feats & FEAT_PLUR) != 0 && readings[i].lemma != readings[k].lemma &&
                   x->lemmas[readings[i].lemma].text == readings[i].text;
        if (!drop)
            readings[kept++] = readings[i];
    }
    return kept;
}

/* --- sections --- */

typedef struct {
    const void *data[SECTION_COUNT];
    uint32_t count[SECTION_COUNT];
} sections;

static uint32_t table_size(uint32_t used)
{
    uint32_t size = 16;
    while (size < used + used / 2 + 1)
        size *= 2;
    return size;
}

/* A word that our tables speak of is likelier in the news than one they do not know, also in the forms that the open vocabulary gives it. */
static void own_lemmas_first(lexc *x)
{
    for (uint32_t i = 0; i < x->forms_count; i++) {
        form *f = &x->forms[i];
        if (x->lemmas[f->lemma].row != 0 && f->rank >= RANK_OPEN)
            f->rank = (uint8_t)(f->rank - 1);
    }
}

static void forms_build(lexc *x, sections *out)
{
    ordering = x;
    own_lemmas_first(x);
    if (x->forms_count > 0)
        qsort(x->forms, x->forms_count, sizeof *x->forms, form_order);
    uint32_t forms = 0;
    for (uint32_t i = 0; i < x->forms_count; i++)
        forms += i == 0 || x->forms[i].text != x->forms[i - 1].text;
    const uint32_t size = table_size(forms), mask = size - 1;
    uint8_t *tags = lexc_need(arena_alloc(&x->memory, size));
    lexicon_form_slot *slots = lexc_need(arena_alloc(&x->memory, size * sizeof *slots));
    lex_reading *readings = lexc_need(arena_alloc(&x->memory, (x->forms_count + 1) * sizeof *readings));
    uint32_t reading_count = 1;

    for (uint32_t i = 0, end; i < x->forms_count; i = end) {
        for (end = i + 1; end < x->forms_count && x->forms[end].text == x->forms[i].text; end++) {
        }
        uint32_t count = readings_settle(x, x->forms + i, end - i);
        qsort(x->forms + i, count, sizeof *x->forms, rank_order);
        const uint64_t hash = view_hash(view_of(lexc_text(x, x->forms[i].text)));
        uint32_t at = (uint32_t)hash & mask;
        while (tags[at] != 0)
            at = (at + 1) & mask;
        tags[at] = lexicon_tag(hash);
        slots[at] = (lexicon_form_slot){x->forms[i].text, reading_count, count};
        for (uint32_t k = i; k < i + count; k++)
            readings[reading_count++] = (lex_reading){x->forms[k].lemma, x->forms[k].feats, x->forms[k].pos, x->forms[k].rank};
    }
    out->data[SECTION_FORM_TAGS] = tags;
    out->count[SECTION_FORM_TAGS] = size;
    out->data[SECTION_FORMS] = slots;
    out->count[SECTION_FORMS] = size;
    out->data[SECTION_READINGS] = readings;
    out->count[SECTION_READINGS] = reading_count;
}

static void lemmas_build(lexc *x, sections *out)
{
    const uint32_t size = table_size(x->lemmas_count), mask = size - 1;
    uint32_t *slots = lexc_need(arena_alloc(&x->memory, size * sizeof *slots));
    for (uint32_t i = 1; i < x->lemmas_count; i++) {
        uint32_t at = (uint32_t)lexicon_lemma_hash(view_hash(view_of(lexc_text(x, x->lemmas[i].text))), x->lemmas[i].pos) & mask;
        while (slots[at] != 0)
            at = (at + 1) & mask;
        slots[at] = i;
    }
    out->data[SECTION_LEMMA_SLOTS] = slots;
    out->count[SECTION_LEMMA_SLOTS] = size;
}

static void keys_build(lexc *x, sections *out)
{
    const uint32_t size = table_size(x->keys_count), mask = size - 1;
    lexicon_key_slot *slots = lexc_need(arena_alloc(&x->memory, size * sizeof *slots));
    for (uint32_t i = 1; i < x->keys_count; i++) {
        uint32_t at = (uint32_t)view_hash(view_of(lexc_text(x, x->keys[i]))) & mask;
        while (slots[at].key != 0)
            at = (at + 1) & mask;
        slots[at] = (lexicon_key_slot){x->keys[i], i};
    }
    out->data[SECTION_KEYS] = slots;
    out->count[SECTION_KEYS] = size;
}

/* How many words of `a` and `b` are the same from the beginning. */
static uint32_t shared_words(const phrase *a, const phrase *b)
{
    uint32_t n = 0;
    while (n < a->count && n < b->count && a->keys[n] == b->keys[n])
        n++;
    return n;
}

static uint32_t trie_build(lexc *x, sections *out)
{
    if (x->phrases_count > 0)
        qsort(x->phrases, x->phrases_count, sizeof *x->phrases, phrase_order);
    uint32_t nodes = 0, longest = 0;
    for (uint32_t i = 0; i < x->phrases_count; i++)
        nodes += x->phrases[i].count;
    const uint32_t size = table_size(nodes), mask = size - 1;
    lexicon_step_slot *steps = lexc_need(arena_alloc(&x->memory, size * sizeof *steps));
    lexicon_state *states = lexc_need(arena_alloc(&x->memory, (nodes + 1) * sizeof *states));
    lex_entry *entries = lexc_need(arena_alloc(&x->memory, (x->phrases_count + 1) * sizeof *entries));
    uint32_t state_count = 1, entry_count = 1, path[MOST_WORDS + 1] = {0};

    for (uint32_t i = 0; i < x->phrases_count; i++) {
        const phrase *p = &x->phrases[i];
        if (i > 0 && phrase_order(p, p - 1) == 0)
            continue;
        for (uint32_t n = i == 0 ? 0 : shared_words(p, p - 1); n < p->count; n++) {
            path[n + 1] = state_count++;
            uint32_t at = (uint32_t)lexicon_step_hash(path[n], p->keys[n]) & mask;
            while (steps[at].next != 0)
                at = (at + 1) & mask;
            steps[at] = (lexicon_step_slot){path[n], p->keys[n], path[n + 1]};
        }
        lexicon_state *state = &states[path[p->count]];
        if (state->count == 0)
            state->first = entry_count;
        state->count++;
        entries[entry_count++] = p->entry;
        longest = p->count > longest ? p->count : longest;
    }
    out->data[SECTION_STEPS] = steps;
    out->count[SECTION_STEPS] = size;
    out->data[SECTION_STATES] = states;
    out->count[SECTION_STATES] = state_count;
    out->data[SECTION_ENTRIES] = entries;
    out->count[SECTION_ENTRIES] = entry_count;
    return longest;
}

/* Two features with one hash would share a slot: the chance is that of 64 bits, and the first one then holds. */
static void weights_build(lexc *x, sections *out)
{
    uint32_t room = 16;
    while (room < 2 * x->weights_count)
        room *= 2;
    lex_weight *slots = lexc_need(arena_alloc(&x->memory, room * sizeof *slots));
    memset(slots, 0, room * sizeof *slots);
    for (uint32_t i = 1; i < x->weights_count; i++) {
        uint32_t at = (uint32_t)x->weights[i].feature & (room - 1);
        while (slots[at].feature != 0)
            at = (at + 1) & (room - 1);
        slots[at] = x->weights[i];
    }
    out->data[SECTION_WEIGHTS] = slots;
    out->count[SECTION_WEIGHTS] = room;
}

static bool file_write(const char *path, const lexicon_header *header, const sections *all)
{
    static const char zeros[8];
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    uint64_t at = sizeof *header;
    bool good = fwrite(header, sizeof *header, 1, file) == 1;
    for (size_t i = 0; i < SECTION_COUNT && good; i++) {
        const lexicon_section_place *place = &header->sections[i];
        const size_t gap = (size_t)(place->offset - at);
        good = (gap == 0 || fwrite(zeros, gap, 1, file) == 1) && fwrite(all->data[i], place->element, place->count, file) == place->count;
        at = place->offset + (uint64_t)place->count * place->element;
    }
    return (fclose(file) == 0) && good;
}

bool lexc_write(lexc *x, const char *path)
{
    sections all = {0};
    forms_build(x, &all);
    lemmas_build(x, &all);
    keys_build(x, &all);
    weights_build(x, &all);
    lexicon_header header = {.version = LEXICON_VERSION, .byte_order = LEXICON_BYTE_ORDER, .section_count = SECTION_COUNT};
    memcpy(header.magic, LEXICON_MAGIC, sizeof header.magic);
    header.longest_phrase = trie_build(x, &all);
    header.key_count = x->keys_count - 1;

#define TABLE(section, list)                                                                                                                         \
    all.data[SECTION_##section] = x->list;                                                                                                           \
    all.count[SECTION_##section] = x->list##_count;
    TABLE(STRINGS, strings)
    TABLE(ROWS, rows)
    TABLE(LEMMAS, lemmas)
    TABLE(FRAMES, frames)
    TABLE(GOVERNORS, governors)
    TABLE(SAYINGS, sayings)
    TABLE(ACTORS, actors)
    TABLE(DEMONYMS, demonyms)
    TABLE(TIMES, times)
    TABLE(NUMBERS, numbers)
    TABLE(BOUNDS, bounds)
    TABLE(DIRECTIONS, directions)
    TABLE(TITLES, titles)
    TABLE(WORDS, words)
#undef TABLE

    static const uint32_t elements[SECTION_COUNT] = {
#define SECTION(constant, type) sizeof(type),
        LEXICON_SECTIONS(SECTION)
#undef SECTION
    };
    uint64_t at = sizeof header;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        at = (at + 7) / 8 * 8;
        header.sections[i] = (lexicon_section_place){at, all.count[i], elements[i]};
        at += (uint64_t)all.count[i] * elements[i];
    }
    header.size = at;

    char *beside = lexc_need(arena_format(&x->memory, "%s.part", path));
    if (!file_write(beside, &header, &all) || rename(beside, path) != 0) {
        fprintf(stderr, "lexc: cannot write '%s': %s\n", path, strerror(errno));
        remove(beside);
        return false;
    }
    return true;
}
