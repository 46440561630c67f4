/* Walk the tries over the words: which names begin where. The longest of each type is kept. */
#include "mention/mention.h"

enum { PREPOSITIONS = CLITIC_BI | CLITIC_KA | CLITIC_LI };

/* A hit that is being built while a trie is walked from one start. */
typedef struct {
    sentence *s;
    arena *a;
    uint32_t first;
    uint8_t clitics;
    bool definite;
} walk;

static name_hit *hit_for(walk *w, uint8_t type, uint32_t last)
{
    sentence *s = w->s;
    int32_t at = s->hit_at[type][w->first];
    if (at >= 0) {
        name_hit *old = &s->hits[at];
        if (old->last > last)
            return NULL;
        if (old->last < last || old->clitics != w->clitics) {
            bool longer = old->last < last;
            bool plainer = (w->clitics & PREPOSITIONS) == 0 && (old->clitics & PREPOSITIONS) != 0;
            if (!longer && !plainer)
                return NULL;
            *old = (name_hit){.first = w->first, .last = last, .type = type, .clitics = w->clitics, .definite = w->definite};
        }
        return old;
    }
    if (!ARENA_GROW(w->a, s->hits, s->hit_count, s->hit_room))
        return NULL;
    s->hit_at[type][w->first] = (int32_t)s->hit_count;
    name_hit *hit = &s->hits[s->hit_count++];
    *hit = (name_hit){.first = w->first, .last = last, .type = type, .clitics = w->clitics, .definite = w->definite};
    return hit;
}

/* A generic name such as الجيش is a name only with its article, and so is a weekday (الاحد, not احد). */
static bool entry_fits(const lex_entry *entry, bool definite, uint32_t words)
{
    bool needs_article = entry->definite_first != 0 && words == 1 && (entry->type == ENTRY_ACTOR || entry->type == ENTRY_TIME);
    return !needs_article || definite;
}

uint32_t hit_row(const name_hit *hit, uint32_t n)
{
    for (uint32_t i = 0; i < hit->entry_count; i++) {
        if (hit->entries[i].type != hit->type || !entry_fits(&hit->entries[i], hit->definite, hit->last - hit->first))
            continue;
        if (n-- == 0)
            return hit->entries[i].index;
    }
    return 0;
}

static void take_entries(walk *w, const marsad_lexicon *lexicon, uint32_t state, uint32_t last)
{
    uint32_t count;
    const lex_entry *entries = lexicon_entries(lexicon, state, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!entry_fits(&entries[i], w->definite, last - w->first))
            continue;
        name_hit *hit = hit_for(w, entries[i].type, last);
        if (hit != NULL && hit->entries == NULL) {
            hit->entries = entries;
            hit->entry_count = count;
        }
    }
}

/* A place that every table writes with ال is not meant by the bare word: التل is a town, تل a hill. */
static bool place_fits(const walk *w, const gaz_place *place, uint32_t last)
{
    return w->definite || place->article != ARTICLE_ALWAYS || last > w->first + 1;
}

static void take_places(walk *w, const marsad_gazetteer *gazetteer, uint8_t number, uint32_t state, uint32_t last)
{
    uint32_t count;
    const uint32_t *places = gazetteer_places(gazetteer, state, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!place_fits(w, gazetteer_place(gazetteer, places[i]), last))
            continue;
        name_hit *hit = hit_for(w, HIT_PLACE, last);
        if (hit == NULL)
            return;
        hit->places_total++;
        if (hit->count < HIT_ENTRIES)
            hit->places[hit->count++] = (place_ref){places[i], number};
    }
}

/* The next word of a name at or after token `i`: quotation marks inside a name are passed over (تنظيم «الدولة الإسلامية»). */
static uint32_t next_word(const sentence *s, uint32_t i)
{
    if (i + 1 < s->count && s->tokens[i].kind == TOKEN_MARK && (token_is_mark(s, i, "«") || token_is_mark(s, i, "»")))
        i++;
    return i < s->count && s->tokens[i].kind == TOKEN_WORD ? i : s->count;
}

/* Bare forms that a word inside a name can have: as it stands, or without ال. */
static bool is_inner(const morph_bare *bare)
{
    return (bare->clitics & ~CLITIC_AL) == 0;
}

static void walk_lexicon(walk *w, const marsad_lexicon *lexicon, uint32_t state, uint32_t after)
{
    const sentence *s = w->s;
    for (;;) {
        take_entries(w, lexicon, state, after);
        uint32_t i = next_word(s, after);
        if (i >= s->count)
            return;
        const morph_word *word = &s->words[i];
        uint32_t next = 0;
        for (uint8_t b = 0; b < word->bare_count && next == 0; b++)
            if (is_inner(&word->bares[b]) && word->bares[b].key != 0)
                next = lexicon_step(lexicon, state, word->bares[b].key);
        if (next == 0)
            return;
        state = next;
        after = i + 1;
    }
}

static view bare_view(const sentence *s, uint32_t i, const morph_bare *bare)
{
    return (view){s->tokens[i].form.ptr + bare->start, (size_t)(bare->end - bare->start)};
}

static void walk_gazetteer(walk *w, const marsad_gazetteer *gazetteer, uint8_t number, uint32_t state, uint32_t after)
{
    const sentence *s = w->s;
    for (;;) {
        take_places(w, gazetteer, number, state, after);
        uint32_t i = next_word(s, after);
        if (i >= s->count || i != after)
            return;
        const morph_word *word = &s->words[i];
        uint32_t next = 0;
        for (uint8_t b = 0; b < word->bare_count && next == 0; b++)
            if (is_inner(&word->bares[b])) {
                uint32_t key = gazetteer_key(gazetteer, bare_view(s, i, &word->bares[b]));
                if (key != 0)
                    next = gazetteer_step(gazetteer, state, key);
            }
        if (next == 0)
            return;
        state = next;
        after = i + 1;
    }
}

static void scan_from(sentence *s, arena *a, const sources_of_names *names, uint32_t first)
{
    const morph_word *word = &s->words[first];
    for (uint8_t b = 0; b < word->bare_count; b++) {
        const morph_bare *bare = &word->bares[b];
        if ((bare->clitics & CLITIC_PRON) != 0)
            continue;
        walk w = {s, a, first, bare->clitics, (bare->clitics & CLITIC_AL) != 0};
        if (bare->key != 0) {
            uint32_t state = lexicon_step(names->lexicon, 0, bare->key);
            if (state != 0)
                walk_lexicon(&w, names->lexicon, state, first + 1);
        }
        for (size_t g = 0; g < names->gazetteer_count; g++) {
            uint32_t key = gazetteer_key(names->gazetteers[g], bare_view(s, first, bare));
            uint32_t state = key != 0 ? gazetteer_step(names->gazetteers[g], 0, key) : 0;
            if (state != 0)
                walk_gazetteer(&w, names->gazetteers[g], (uint8_t)g, state, first + 1);
        }
    }
}

bool mention_scan(sentence *s, arena *a, const sources_of_names *names)
{
    for (int type = 0; type < HIT_TYPES; type++) {
        s->hit_at[type] = arena_alloc(a, (s->count + 1) * sizeof *s->hit_at[type]);
        if (s->hit_at[type] == NULL)
            return false;
        memset(s->hit_at[type], 0xFF, (s->count + 1) * sizeof *s->hit_at[type]);
    }
    for (uint32_t i = 0; i < s->count; i++)
        if (s->tokens[i].kind == TOKEN_WORD)
            scan_from(s, a, names, i);
    return true;
}
