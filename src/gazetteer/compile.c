/*
 * Tables of places become one file, in four steps: rows are gathered and namesakes on one spot merged; words are numbered;
 * the names are sorted into a trie; the sections are written. The same tables in the same order give the same bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gazetteer/file.h"
#include "text/text.h"

#define NONE UINT32_MAX
enum { BUCKETS = 1 << 17 };

/* One name of a place. Words are offsets of the string pool until they are numbered. */
typedef struct {
    uint32_t place;
    uint32_t next; /* the next name in the same bucket */
    uint32_t words[GAZETTEER_NAME_WORDS];
    uint8_t count;
    bool cue;
    uint8_t article;
} draft_name;

typedef struct {
    gaz_place row;
    bool is_curated;
    uint32_t rows[2][ARTICLE_NEVER + 1]; /* those it is written as: one for each kind of name, [cue][article]; NONE where it has no such name */
} draft_place;

typedef struct {
    arena memory;
    marsad_error *err;

    draft_place *places;
    draft_name *names;
    uint32_t place_count, place_room, name_count, name_room;
    uint32_t *buckets; /* the first name of each hash */

    char *strings; /* the pool; offset 0 is "" */
    uint32_t string_used, string_room;
    uint32_t *string_slots; /* open addressing: offsets, 0 is free */
    uint32_t string_slot_count, string_count;
} draft;

static marsad_status no_memory(const draft *d)
{
    return fail(d->err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a gazetteer of %u places", (unsigned)d->place_count);
}

/* --- strings, each kept once ------------------------------------------------------------------------------------------ */

static bool strings_grow(draft *d)
{
    uint32_t count = d->string_slot_count == 0 ? 1 << 16 : d->string_slot_count * 2;
    uint32_t *slots = arena_alloc(&d->memory, count * sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < d->string_slot_count; i++) {
        uint32_t offset = d->string_slots[i];
        if (offset == 0)
            continue;
        uint32_t at = (uint32_t)view_hash(view_of(d->strings + offset)) & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = offset;
    }
    d->string_slots = slots;
    d->string_slot_count = count;
    return true;
}

/* Returns the offset of `text` in the pool, 0 for an empty one, NONE when memory is out. */
static uint32_t string_keep(draft *d, view text)
{
    if (text.len == 0)
        return 0;
    if (d->string_count * 2 >= d->string_slot_count && !strings_grow(d))
        return NONE;

    uint32_t at = (uint32_t)view_hash(text) & (d->string_slot_count - 1);
    for (; d->string_slots[at] != 0; at = (at + 1) & (d->string_slot_count - 1))
        if (view_equal(view_of(d->strings + d->string_slots[at]), text))
            return d->string_slots[at];

    while (d->string_used + text.len + 1 > d->string_room) {
        uint32_t room = d->string_room == 0 ? 1 << 20 : d->string_room * 2;
        char *strings = room < GAZETTEER_COUNT_LIMIT ? arena_alloc(&d->memory, room) : NULL;
        if (strings == NULL)
            return NONE;
        if (d->string_room > 0)
            memcpy(strings, d->strings, d->string_used);
        d->strings = strings;
        d->string_room = room;
        if (d->string_used == 0)
            d->string_used = 1; /* the empty string */
    }
    uint32_t offset = d->string_used;
    memcpy(d->strings + offset, text.ptr, text.len);
    d->string_used += (uint32_t)text.len + 1;
    d->string_slots[at] = offset;
    d->string_count++;
    return offset;
}

/* --- merging ---------------------------------------------------------------------------------------------------------- */

/* Classes that can be two views of one thing. A governorate and its seat share a name and stay two places. */
static int family_of(uint8_t feature)
{
    switch ((place_feature)feature) {
    case FEATURE_COUNTRY:
        return 1;
    case FEATURE_ADM1:
        return 2;
    case FEATURE_ADM2:
        return 3;
    case FEATURE_ADM3:
        return 4;
    case FEATURE_CAPITAL:
    case FEATURE_SEAT1:
    case FEATURE_SEAT2:
    case FEATURE_TOWN:
    case FEATURE_QUARTER:
    case FEATURE_LOCALITY:
    case FEATURE_CAMP:
        return 5;
    case FEATURE_FACILITY:
    case FEATURE_ROAD:
        return 6;
    case FEATURE_AREA:
    case FEATURE_HEIGHT:
    case FEATURE_WATER:
    case FEATURE_OTHER:
        return 7;
    }
    return 7;
}

/* Within a family, the more telling class is first. */
static int rank_of(uint8_t feature)
{
    static const uint8_t order[] = {FEATURE_CAPITAL, FEATURE_SEAT1, FEATURE_SEAT2, FEATURE_CAMP, FEATURE_TOWN, FEATURE_QUARTER, FEATURE_LOCALITY};
    for (int i = 0; i < (int)sizeof order; i++)
        if (order[i] == feature)
            return i;
    return feature == FEATURE_OTHER ? 1 : 0;
}

/* Square kilometres between two points, on ground flat enough for the few kilometres that matter. */
static double square_distance(const gaz_place *a, const gaz_place *b)
{
    const double degree = 111.2;
    double north = (double)a->lat - (double)b->lat, east = (double)a->lon - (double)b->lon, lat = (double)a->lat;
    east = east > 180 ? east - 360 : east < -180 ? east + 360 : east;
    east *= 4 * (8100 - lat * lat) / (4 * 8100 + lat * lat); /* cosine after Bhaskara, within 0.2 % */
    return degree * degree * (north * north + east * east);
}

/* How far apart two tables may put one thing: a district's middle is a matter of taste, a village's is not. */
static double tolerance(const gaz_place *a, const gaz_place *b)
{
    const double anywhere = 1e9, district = 25, great_city = 10, village = 3;
    if (a->feature == FEATURE_COUNTRY || a->feature == FEATURE_ADM1)
        return anywhere;
    if (a->feature == FEATURE_ADM2 || a->feature == FEATURE_ADM3)
        return district;
    if (a->feature == FEATURE_CAPITAL || b->feature == FEATURE_CAPITAL || a->feature == FEATURE_SEAT1 || b->feature == FEATURE_SEAT1)
        return great_city;
    return village;
}

static bool is_same_place(const gaz_place *a, const gaz_place *b)
{
    const double apart = tolerance(a, b);
    return memcmp(a->country, b->country, 2) == 0 && family_of(a->feature) == family_of(b->feature) && square_distance(a, b) <= apart * apart;
}

static void merge(draft_place *kept, const gaz_place *other, bool is_curated)
{
    gaz_place *row = &kept->row;
    const bool is_better = kept->is_curated == is_curated ? rank_of(other->feature) < rank_of(row->feature) : is_curated;
    gaz_place better = is_better ? *other : *row, worse = is_better ? *row : *other;

    better.name_en = better.name_en != 0 ? better.name_en : worse.name_en;
    better.admin1 = better.admin1 != 0 ? better.admin1 : worse.admin1;
    better.admin1_folded = better.admin1_folded != 0 ? better.admin1_folded : worse.admin1_folded;
    better.admin2 = better.admin2 != 0 ? better.admin2 : worse.admin2;
    better.population = better.population != 0 ? better.population : worse.population;
    better.prominence = better.prominence > worse.prominence || kept->is_curated || is_curated ? better.prominence : worse.prominence;
    *row = better;
    kept->is_curated = kept->is_curated || is_curated;
}

static uint32_t bucket_of(const uint32_t *words, size_t count)
{
    uint64_t hash = count;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash >> 32) & (BUCKETS - 1);
}

static bool has_words(const draft_name *name, const uint32_t *words, size_t count)
{
    return name->count == count && memcmp(name->words, words, count * sizeof *words) == 0;
}

static uint32_t find_same(const draft *d, const gaz_place *row, const uint32_t *words, size_t count)
{
    for (uint32_t n = d->buckets[bucket_of(words, count)]; n != NONE; n = d->names[n].next)
        if (has_words(&d->names[n], words, count) && is_same_place(&d->places[d->names[n].place].row, row))
            return d->names[n].place;
    return NONE;
}

/* A country is one place however its tables call it. */
static uint32_t find_country(const draft *d, const gaz_place *row)
{
    for (uint32_t p = 0; p < d->place_count; p++)
        if (d->places[p].row.feature == FEATURE_COUNTRY && memcmp(d->places[p].row.country, row->country, 2) == 0)
            return p;
    return NONE;
}

/* --- gathering -------------------------------------------------------------------------------------------------------- */

/* A name as it is looked up. */
typedef struct {
    uint32_t words[GAZETTEER_NAME_WORDS];
    uint8_t count;
    bool cue;
    uint8_t article;
} keyed_name;

/* A name as written, without the word for its kind (محافظة حلب), and with its compound written the other way (كفرنبل). */
enum { KEYS_OF_NAME = 3 };

static bool keep_words(draft *d, keyed_name *out, const gazetteer_name *name, bool cue)
{
    out->count = (uint8_t)name->count;
    out->cue = cue;
    out->article = name->count > 1 ? ARTICLE_ANY : name->first_had_article ? ARTICLE_ALWAYS : ARTICLE_NEVER;
    for (size_t i = 0; i < name->count; i++) {
        out->words[i] = string_keep(d, name->words[i]);
        if (out->words[i] == NONE)
            return false;
    }
    return true;
}

static bool has_type_word(const gazetteer_row *row)
{
    switch (row->feature) {
    case FEATURE_ADM1:
    case FEATURE_ADM2:
    case FEATURE_ADM3:
    case FEATURE_CAPITAL:
    case FEATURE_SEAT1:
        return true;
    default:
        return false; /* مدينة الصدر is a quarter, and الصدر a person */
    }
}

/* Is the name, where nothing points at a place, rather a word or a person? */
static bool needs_cue(const gazetteer_name *name, const gazetteer_row *row, bool is_main)
{
    const uint8_t known = 25;
    if (row->is_curated && is_main)
        return row->cue; /* somebody thought about it */
    if (name->count > 1)
        return row->cue && is_main;
    return row->cue || gazetteer_name_is_common(name) || (row->prominence < known && !row->is_curated); /* مقتل is a village too */
}

/* Reads `text` as keys into `out`; returns how many, or -1 when memory is out. */
static int keys_of(draft *d, keyed_name out[KEYS_OF_NAME], view text, const gazetteer_row *row, bool is_main)
{
    char folded[GAZETTEER_NAME_BYTES], letters[GAZETTEER_NAME_BYTES];
    if (text.len + 1 > sizeof folded)
        return 0; /* no report calls a place so */
    gazetteer_name name, respelt;
    gazetteer_name_read(&name, (view){folded, fold_into(folded, sizeof folded, text)});
    if (name.count == 0)
        return 0;

    const bool cue = needs_cue(&name, row, is_main);
    int count = 0;
    if (!keep_words(d, &out[count++], &name, cue))
        return -1;
    if (gazetteer_name_respell(&respelt, letters, &name) && !keep_words(d, &out[count++], &respelt, cue))
        return -1;
    if (has_type_word(row) && gazetteer_name_strip(&name) && !keep_words(d, &out[count++], &name, gazetteer_name_is_common(&name)))
        return -1;
    return count;
}

static bool name_add(draft *d, uint32_t place, const keyed_name *key)
{
    uint32_t bucket = bucket_of(key->words, key->count);
    for (uint32_t n = d->buckets[bucket]; n != NONE; n = d->names[n].next)
        if (d->names[n].place == place && has_words(&d->names[n], key->words, key->count)) {
            if (d->names[n].article != key->article)
                d->names[n].article = ARTICLE_ANY; /* its tables write it both ways */
            return true;
        }
    if (!ARENA_GROW(&d->memory, d->names, d->name_count, d->name_room))
        return false;
    draft_name *name = &d->names[d->name_count];
    *name = (draft_name){.place = place, .next = d->buckets[bucket], .count = key->count, .cue = key->cue, .article = key->article};
    memcpy(name->words, key->words, key->count * sizeof *key->words);
    d->buckets[bucket] = d->name_count++;
    return true;
}

/* A governorate as its bare words, "دير زور": what the words of a report are compared with. */
static uint32_t keep_bare(draft *d, view text)
{
    char folded[GAZETTEER_NAME_BYTES], bare[GAZETTEER_NAME_BYTES];
    if (text.len + 1 > sizeof folded)
        return 0;
    gazetteer_name name;
    gazetteer_name_read(&name, (view){folded, fold_into(folded, sizeof folded, text)});
    gazetteer_name_strip(&name);
    size_t used = 0;
    for (size_t i = 0; i < name.count; i++) {
        if (i > 0)
            bare[used++] = ' ';
        memcpy(bare + used, name.words[i].ptr, name.words[i].len);
        used += name.words[i].len;
    }
    return string_keep(d, (view){bare, used});
}

static bool row_strings(draft *d, gaz_place *out, const gazetteer_row *row)
{
    struct {
        uint32_t *to;
        view text;
    } const strings[] = {{&out->id, row->id},         {&out->name, row->name},     {&out->name_en, row->name_en},
                         {&out->admin1, row->admin1}, {&out->admin2, row->admin2}, {&out->source, row->source}};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        *strings[i].to = string_keep(d, strings[i].text);
        if (*strings[i].to == NONE)
            return false;
    }
    out->admin1_folded = keep_bare(d, row->admin1);
    return out->admin1_folded != NONE;
}

/* The keys of one alternative after the other; `*at` moves behind it. */
static bool next_alternative(view *out, const gazetteer_row *row, size_t *at)
{
    if (*at >= row->alternatives.len)
        return false;
    const char *start = row->alternatives.ptr + *at;
    const char *end = memchr(start, row->separator, row->alternatives.len - *at);
    *out = (view){start, end != NULL ? (size_t)(end - start) : row->alternatives.len - *at};
    *at += out->len + 1;
    return true;
}

static marsad_status take_row(void *context, const gazetteer_row *row, marsad_error *err)
{
    draft *d = context;
    (void)err; /* the same as d->err */

    keyed_name main_keys[KEYS_OF_NAME];
    int main_count = keys_of(d, main_keys, row->name, row, true);
    if (main_count < 0)
        return no_memory(d);
    if (main_count == 0)
        return MARSAD_OK; /* written in another script, or in more words than a key has */

    gaz_place place = {.lat = (float)row->lat,
                       .lon = (float)row->lon,
                       .population = row->population,
                       .feature = (uint8_t)row->feature,
                       .prominence = row->prominence,
                       .cue = row->cue};
    memcpy(place.country, row->country.ptr, row->country.len);
    if (!row_strings(d, &place, row))
        return no_memory(d);

    uint32_t at = NONE;
    for (int i = 0; i < main_count && at == NONE; i++)
        at = find_same(d, &place, main_keys[i].words, main_keys[i].count);
    if (at == NONE && place.feature == FEATURE_COUNTRY)
        at = find_country(d, &place);
    if (at != NONE) {
        merge(&d->places[at], &place, row->is_curated);
    } else {
        if (!ARENA_GROW(&d->memory, d->places, d->place_count, d->place_room))
            return no_memory(d);
        at = d->place_count++;
        d->places[at] = (draft_place){.row = place, .is_curated = row->is_curated};
        memset(d->places[at].rows, 0xFF, sizeof d->places[at].rows); /* NONE */
    }

    for (int i = 0; i < main_count; i++)
        if (!name_add(d, at, &main_keys[i]))
            return no_memory(d);
    view alternative;
    for (size_t from = 0; next_alternative(&alternative, row, &from);) {
        keyed_name keys[KEYS_OF_NAME];
        int count = keys_of(d, keys, alternative, row, false);
        for (int i = 0; i < count; i++)
            if (!name_add(d, at, &keys[i]))
                return no_memory(d);
        if (count < 0)
            return no_memory(d);
    }
    return MARSAD_OK;
}

/* --- the file's sections ---------------------------------------------------------------------------------------------- */

typedef struct {
    gazetteer_header header;
    gaz_place *places;
    uint32_t *keys; /* key_count + 1 strings */
    gazetteer_slot *slots;
    uint32_t *first_edge, *first_item, *edge_keys, *items;
} sections;

/* The row of the place that this name leads to. */
static uint32_t *row_of(const draft *d, const draft_name *name)
{
    return &d->places[name->place].rows[name->cue][name->article];
}

/* A place is written once for each kind of name that it has: what is told of the name stands in the row. */
static bool number_places(draft *d, sections *s)
{
    s->places = arena_alloc(&d->memory, ((size_t)d->name_count + 1) * sizeof *s->places);
    if (s->places == NULL)
        return false;
    uint32_t count = 0;
    for (uint32_t n = 0; n < d->name_count; n++) {
        const draft_name *name = &d->names[n];
        if (*row_of(d, name) != NONE)
            continue;
        *row_of(d, name) = count;
        s->places[count] = d->places[name->place].row;
        s->places[count].cue = name->cue;
        s->places[count++].article = name->article;
    }
    s->header.place_count = count;
    return true;
}

/* Numbers the words, those that begin a name first, and writes the numbers into the names. */
static bool number_words(draft *d, sections *s)
{
    uint32_t *number = arena_alloc(&d->memory, (size_t)d->string_used * sizeof *number); /* by offset in the pool */
    s->keys = arena_alloc(&d->memory, ((size_t)d->string_count + 1) * sizeof *s->keys);
    if (number == NULL || s->keys == NULL)
        return false;

    uint32_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t n = 0; n < d->name_count; n++)
            for (int w = 0; w < (pass == 0 ? 1 : d->names[n].count); w++) {
                uint32_t word = d->names[n].words[w];
                if (number[word] == 0) {
                    number[word] = ++count;
                    s->keys[count] = word;
                }
            }
        if (pass == 0)
            s->header.first_words = count;
    }
    for (uint32_t n = 0; n < d->name_count; n++)
        for (uint8_t w = 0; w < d->names[n].count; w++)
            d->names[n].words[w] = number[d->names[n].words[w]];
    s->header.key_count = count;
    return true;
}

static bool hash_words(draft *d, sections *s)
{
    uint32_t count = 16;
    while (count < s->header.key_count * 2)
        count *= 2;
    s->slots = arena_alloc(&d->memory, count * sizeof *s->slots);
    if (s->slots == NULL)
        return false;
    for (uint32_t key = 1; key <= s->header.key_count; key++) {
        uint32_t hash = (uint32_t)view_hash(view_of(d->strings + s->keys[key]));
        uint32_t at = hash & (count - 1);
        while (s->slots[at].key != 0)
            at = (at + 1) & (count - 1);
        s->slots[at] = (gazetteer_slot){hash, key};
    }
    s->header.slot_count = count;
    return true;
}

static int by_words(const void *left, const void *right)
{
    const draft_name *a = left, *b = right;
    uint8_t count = a->count < b->count ? a->count : b->count;
    for (uint8_t i = 0; i < count; i++)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* Most prominent first; equals in the order of the tables. */
static void sort_items(const gaz_place *places, uint32_t *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t item = items[i], at = i;
        for (; at > 0; at--) {
            const gaz_place *before = &places[items[at - 1]], *now = &places[item];
            if (before->prominence > now->prominence || (before->prominence == now->prominence && items[at - 1] < item))
                break;
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

/* The sorted names [from, to) share their first `depth` words: one state of the trie. */
typedef struct {
    uint32_t from, to;
    uint8_t depth;
} range;

static bool build_trie(draft *d, sections *s)
{
    qsort(d->names, d->name_count, sizeof *d->names, by_words); /* no two are equal, so any sort gives one order */

    size_t words = 1;
    for (uint32_t n = 0; n < d->name_count; n++)
        words += d->names[n].count;
    range *queue = arena_alloc(&d->memory, words * sizeof *queue); /* one state a word at most, and the start */
    s->first_edge = arena_alloc(&d->memory, (words + 1) * sizeof *s->first_edge);
    s->first_item = arena_alloc(&d->memory, (words + 1) * sizeof *s->first_item);
    s->edge_keys = arena_alloc(&d->memory, words * sizeof *s->edge_keys);
    s->items = arena_alloc(&d->memory, ((size_t)d->name_count + 1) * sizeof *s->items);
    if (queue == NULL || s->first_edge == NULL || s->first_item == NULL || s->edge_keys == NULL || s->items == NULL)
        return false;

    uint32_t states = 1, edges = 0, items = 0;
    queue[0] = (range){0, d->name_count, 0};
    for (uint32_t state = 0; state < states; state++) {
        range r = queue[state];
        s->first_edge[state] = edges;
        s->first_item[state] = items;
        uint32_t n = r.from;
        for (; n < r.to && d->names[n].count == r.depth; n++)
            s->items[items++] = *row_of(d, &d->names[n]);
        sort_items(s->places, s->items + s->first_item[state], items - s->first_item[state]);
        while (n < r.to) {
            uint32_t key = d->names[n].words[r.depth], start = n;
            while (n < r.to && d->names[n].words[r.depth] == key)
                n++;
            s->edge_keys[edges++] = key;
            queue[states++] = (range){start, n, (uint8_t)(r.depth + 1)};
        }
    }
    s->first_edge[states] = edges;
    s->first_item[states] = items;
    s->header.state_count = states;
    s->header.item_count = items;
    return true;
}

/* --- writing ---------------------------------------------------------------------------------------------------------- */

static void put(unsigned char *image, uint64_t at, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(image + at, bytes, size);
}

static unsigned char *make_image(draft *d, sections *s)
{
    gazetteer_header *h = &s->header;
    memcpy(h->magic, GAZETTEER_MAGIC, sizeof h->magic);
    h->version = GAZETTEER_VERSION;
    h->byte_order = GAZETTEER_BYTE_ORDER;
    h->string_bytes = d->string_used;
    gazetteer_layout at = gazetteer_layout_of(h);
    h->size = at.end;

    unsigned char *image = arena_alloc(&d->memory, at.end);
    if (image == NULL)
        return NULL;
    put(image, at.places, s->places, h->place_count * sizeof *s->places);
    put(image, at.keys, s->keys, (h->key_count + 1) * sizeof *s->keys);
    put(image, at.slots, s->slots, h->slot_count * sizeof *s->slots);
    put(image, at.first_edge, s->first_edge, (h->state_count + 1) * sizeof *s->first_edge);
    put(image, at.first_item, s->first_item, (h->state_count + 1) * sizeof *s->first_item);
    put(image, at.edge_keys, s->edge_keys, (h->state_count - 1) * sizeof *s->edge_keys);
    put(image, at.items, s->items, h->item_count * sizeof *s->items);
    put(image, at.strings, d->strings, d->string_used);
    h->sum = gazetteer_sum(image + sizeof *h, at.end - sizeof *h);
    put(image, 0, h, sizeof *h);
    return image;
}

static marsad_status write_failed(const char *path, marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write '%s': %s", path, strerror(errno));
}

/* Written beside `path` and renamed: who opens `path` sees the old file or the new one, never half of it. */
static marsad_status write_beside(const char *path, const unsigned char *image, size_t size, draft *d)
{
    char *beside = arena_format(&d->memory, "%s.%ld.part", path, (long)getpid());
    if (beside == NULL)
        return no_memory(d);
    int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        return write_failed(beside, d->err);

    marsad_status status = MARSAD_OK;
    for (size_t done = 0; done < size && status == MARSAD_OK;) {
        ssize_t wrote = write(file, image + done, size - done);
        if (wrote >= 0)
            done += (size_t)wrote;
        else if (errno != EINTR)
            status = write_failed(beside, d->err);
    }
    if (status == MARSAD_OK && fsync(file) != 0 && errno != EINVAL)
        status = write_failed(beside, d->err);
    if (close(file) != 0 && status == MARSAD_OK)
        status = write_failed(beside, d->err);
    if (status == MARSAD_OK && rename(beside, path) != 0)
        status = write_failed(path, d->err);
    if (status != MARSAD_OK)
        unlink(beside);
    return status;
}

static marsad_status compile(draft *d, const char *path, const char *const *tables, size_t table_count)
{
    d->buckets = arena_alloc(&d->memory, BUCKETS * sizeof *d->buckets);
    if (d->buckets == NULL)
        return no_memory(d);
    memset(d->buckets, 0xFF, BUCKETS * sizeof *d->buckets); /* NONE */

    for (size_t i = 0; i < table_count; i++) {
        marsad_status status = gazetteer_table_read(tables[i], take_row, d, d->err);
        if (status != MARSAD_OK)
            return status;
    }
    if (d->name_count == 0)
        return fail(d->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot compile '%s': no place with an Arabic name in its tables", path);

    sections s = {0};
    if (!number_places(d, &s) || !number_words(d, &s) || !hash_words(d, &s) || !build_trie(d, &s))
        return no_memory(d);
    unsigned char *image = make_image(d, &s);
    return image != NULL ? write_beside(path, image, s.header.size, d) : no_memory(d);
}

marsad_status marsad_gazetteer_compile(const char *path, const char *const *tables, size_t table_count, size_t *places, marsad_error *err)
{
    if (path == NULL || tables == NULL || table_count == 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a gazetteer is compiled from one table at least");
    draft d = {.err = err};
    marsad_status status = compile(&d, path, tables, table_count);
    if (status == MARSAD_OK && places != NULL)
        *places = d.place_count;
    arena_free(&d.memory);
    return status;
}
