/* A compiled gazetteer is mapped and wholly checked once; after that its lookups trust it. */
#include <stdlib.h>

#include "gazetteer/file.h"
#include "text/text.h"

struct marsad_gazetteer {
    mapped_file file;
    gazetteer_header header;
    const gaz_place *places;
    const uint32_t *keys;
    const gazetteer_slot *slots;
    const uint32_t *first_edge, *first_item, *edge_keys, *items;
    const char *strings;
};

/* --- the file --------------------------------------------------------------------------------------------------------- */

static uint64_t aligned(uint64_t offset)
{
    return (offset + 7) / 8 * 8;
}

gazetteer_layout gazetteer_layout_of(const gazetteer_header *h)
{
    gazetteer_layout at;
    at.places = aligned(sizeof *h);
    at.keys = aligned(at.places + (uint64_t)h->place_count * sizeof(gaz_place));
    at.slots = aligned(at.keys + ((uint64_t)h->key_count + 1) * sizeof(uint32_t));
    at.first_edge = aligned(at.slots + (uint64_t)h->slot_count * sizeof(gazetteer_slot));
    at.first_item = aligned(at.first_edge + ((uint64_t)h->state_count + 1) * sizeof(uint32_t));
    at.edge_keys = aligned(at.first_item + ((uint64_t)h->state_count + 1) * sizeof(uint32_t));
    at.items = aligned(at.edge_keys + ((uint64_t)h->state_count - 1) * sizeof(uint32_t));
    at.strings = aligned(at.items + (uint64_t)h->item_count * sizeof(uint32_t));
    at.end = at.strings + h->string_bytes;
    return at;
}

static uint64_t mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
    return sum ^ (sum >> 29);
}

/* Four lanes side by side, so that a large file costs little more than looking at it. */
uint64_t gazetteer_sum(const unsigned char *bytes, size_t size)
{
    uint64_t lane[4] = {1, 2, 3, size}, word[4];
    size_t at = 0;
    for (; size - at >= sizeof word; at += sizeof word) {
        memcpy(word, bytes + at, sizeof word);
        for (int i = 0; i < 4; i++)
            lane[i] = mix(lane[i], word[i]);
    }
    for (; at < size; at++)
        lane[at % 4] = mix(lane[at % 4], bytes[at]);
    return mix(mix(lane[0], lane[1]), mix(lane[2], lane[3]));
}

static marsad_status damaged(marsad_error *err, const char *path, size_t offset, const char *what)
{
    return fail(err, MARSAD_ERR_FORMAT, offset, "gazetteer '%s' is damaged: %s", path, what);
}

static marsad_status check_header(const gazetteer_header *h, size_t size, const char *path, marsad_error *err)
{
    const uint32_t other_order = 0x04030201;
    if (memcmp(h->magic, GAZETTEER_MAGIC, sizeof h->magic) != 0)
        return fail(err, MARSAD_ERR_FORMAT, 0, "'%s' is no compiled gazetteer", path);
    if (h->byte_order == other_order)
        return fail(err, MARSAD_ERR_FORMAT, offsetof(gazetteer_header, byte_order), "gazetteer '%s' was compiled on a machine of other byte order",
                    path);
    if (h->byte_order != GAZETTEER_BYTE_ORDER)
        return damaged(err, path, offsetof(gazetteer_header, byte_order), "no byte order mark");
    if (h->version != GAZETTEER_VERSION)
        return fail(err, MARSAD_ERR_FORMAT, offsetof(gazetteer_header, version),
                    "gazetteer '%s' is of version %u, this program reads %u: compile it again", path, (unsigned)h->version,
                    (unsigned)GAZETTEER_VERSION);
    if (h->size > size)
        return fail(err, MARSAD_ERR_FORMAT, size, "gazetteer '%s' is cut short: %zu of %llu bytes", path, size, (unsigned long long)h->size);

    const uint32_t counts[] = {h->place_count, h->key_count, h->slot_count, h->state_count, h->item_count, h->string_bytes};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] == 0 || counts[i] > GAZETTEER_COUNT_LIMIT)
            return damaged(err, path, offsetof(gazetteer_header, place_count), "an impossible count");
    if (h->size != size || gazetteer_layout_of(h).end != size)
        return damaged(err, path, offsetof(gazetteer_header, size), "its counts and its size do not agree");
    if (h->first_words > h->key_count || h->first_words > h->state_count - 1)
        return damaged(err, path, offsetof(gazetteer_header, first_words), "more first words than words");
    if ((h->slot_count & (h->slot_count - 1)) != 0 || h->slot_count <= h->key_count)
        return damaged(err, path, offsetof(gazetteer_header, slot_count), "its hash table is too small");
    return MARSAD_OK;
}

static bool place_is_sound(const gaz_place *place, uint32_t string_bytes)
{
    const uint32_t strings[] = {place->id, place->name, place->name_en, place->admin1, place->admin2, place->source, place->admin1_folded};
    uint32_t last = 0;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        last = strings[i] > last ? strings[i] : last;
    return last < string_bytes && place->lat >= -90 && place->lat <= 90 && place->lon >= -180 && place->lon <= 180 &&
           place->feature <= FEATURE_ROAD && place->prominence <= GAZETTEER_PROMINENCE_LIMIT && place->cue <= 1 && place->article <= ARTICLE_NEVER;
}

/* Both lists that a state has begin where those of the state before end. */
static bool starts_are_sound(const uint32_t *starts, uint32_t state_count, uint32_t total)
{
    for (uint32_t s = 0; s < state_count; s++)
        if (starts[s] > starts[s + 1])
            return false;
    return starts[0] == 0 && starts[state_count] == total;
}

static bool all_below(const uint32_t *values, uint32_t count, uint32_t limit)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < count; i++)
        most = values[i] > most ? values[i] : most;
    return most < limit;
}

/* Edges lead from state s to states after s, in rising order of their words; those of state 0 are the words 1..first_words. */
static bool edges_are_sound(const marsad_gazetteer *g)
{
    const gazetteer_header *h = &g->header;
    if (!starts_are_sound(g->first_edge, h->state_count, h->state_count - 1) || g->first_edge[1] != h->first_words)
        return false;
    for (uint32_t s = 0; s < h->state_count; s++) {
        uint32_t from = g->first_edge[s], to = g->first_edge[s + 1];
        if (from < to && from < s)
            return false;
        for (uint32_t e = from; e < to; e++)
            if (g->edge_keys[e] == 0 || g->edge_keys[e] > h->key_count || (e > from && g->edge_keys[e] <= g->edge_keys[e - 1]))
                return false;
    }
    for (uint32_t e = 0; e < h->first_words; e++)
        if (g->edge_keys[e] != e + 1)
            return false;
    return true;
}

static bool slots_are_sound(const marsad_gazetteer *g)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < g->header.slot_count; i++) {
        if (g->slots[i].key > g->header.key_count)
            return false;
        used += g->slots[i].key != 0;
    }
    return used < g->header.slot_count; /* a free one ends every search */
}

static marsad_status check_sections(const marsad_gazetteer *g, const char *path, marsad_error *err)
{
    const gazetteer_header *h = &g->header;
    const gazetteer_layout at = gazetteer_layout_of(h);

#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION /* a fuzzer would never come past it */
    if (gazetteer_sum(g->file.bytes + sizeof *h, g->file.size - sizeof *h) != h->sum)
        return damaged(err, path, MARSAD_NOWHERE, "its sum does not agree with its bytes");
#endif
    if (g->strings[0] != 0 || g->strings[h->string_bytes - 1] != 0)
        return damaged(err, path, at.strings, "its strings do not end");
    for (uint32_t i = 0; i < h->place_count; i++)
        if (!place_is_sound(&g->places[i], h->string_bytes))
            return damaged(err, path, at.places + i * sizeof(gaz_place), "a place leads outside");
    if (!all_below(g->keys, h->key_count + 1, h->string_bytes))
        return damaged(err, path, at.keys, "a word leads outside");
    if (!slots_are_sound(g))
        return damaged(err, path, at.slots, "its hash table leads outside");
    if (!edges_are_sound(g))
        return damaged(err, path, at.first_edge, "its names lead outside");
    if (!starts_are_sound(g->first_item, h->state_count, h->item_count) || !all_below(g->items, h->item_count, h->place_count))
        return damaged(err, path, at.items, "a name leads to no place");
    return MARSAD_OK;
}

static void point_at_sections(marsad_gazetteer *g)
{
    const gazetteer_layout at = gazetteer_layout_of(&g->header);
    const unsigned char *bytes = g->file.bytes; /* mapped at a page, and every section at a multiple of 8 */
    g->places = (const void *)(bytes + at.places);
    g->keys = (const void *)(bytes + at.keys);
    g->slots = (const void *)(bytes + at.slots);
    g->first_edge = (const void *)(bytes + at.first_edge);
    g->first_item = (const void *)(bytes + at.first_item);
    g->edge_keys = (const void *)(bytes + at.edge_keys);
    g->items = (const void *)(bytes + at.items);
    g->strings = (const char *)(bytes + at.strings);
}

marsad_status marsad_gazetteer_open(marsad_gazetteer **out, const char *path, marsad_error *err)
{
    if (out == NULL || path == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no gazetteer named");
    marsad_gazetteer *g = calloc(1, sizeof *g);
    if (g == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", path);

    marsad_status status = file_map(&g->file, path, err);
    if (status != MARSAD_OK)
        goto done;
    if (g->file.size < sizeof g->header) {
        status = fail(err, MARSAD_ERR_FORMAT, g->file.size, "'%s' is no compiled gazetteer, or cut short", path);
        goto done;
    }
    memcpy(&g->header, g->file.bytes, sizeof g->header);
    status = check_header(&g->header, g->file.size, path, err);
    if (status != MARSAD_OK)
        goto done;
    point_at_sections(g);
    status = check_sections(g, path, err);
    if (status != MARSAD_OK)
        goto done;
    *out = g;
    g = NULL;
done:
    marsad_gazetteer_close(g);
    return status;
}

void marsad_gazetteer_close(marsad_gazetteer *gazetteer)
{
    if (gazetteer == NULL)
        return;
    file_unmap(&gazetteer->file);
    free(gazetteer);
}

/* --- lookups ---------------------------------------------------------------------------------------------------------- */

uint32_t gazetteer_key(const marsad_gazetteer *g, view bare)
{
    const uint32_t mask = g->header.slot_count - 1, hash = (uint32_t)view_hash(bare);
    for (uint32_t at = hash & mask; g->slots[at].key != 0; at = (at + 1) & mask)
        if (g->slots[at].hash == hash && view_equal(view_of(g->strings + g->keys[g->slots[at].key]), bare))
            return g->slots[at].key;
    return 0;
}

uint32_t gazetteer_step(const marsad_gazetteer *g, uint32_t state, uint32_t key)
{
    if (key == 0 || state >= g->header.state_count)
        return 0;
    if (state == 0)
        return key <= g->header.first_words ? key : 0;

    uint32_t low = g->first_edge[state], high = g->first_edge[state + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->edge_keys[middle] == key)
            return middle + 1;
        if (g->edge_keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

const uint32_t *gazetteer_places(const marsad_gazetteer *g, uint32_t state, uint32_t *count)
{
    if (state == 0 || state >= g->header.state_count) {
        *count = 0;
        return g->items;
    }
    *count = g->first_item[state + 1] - g->first_item[state];
    return g->items + g->first_item[state];
}

const gaz_place *gazetteer_place(const marsad_gazetteer *g, uint32_t index)
{
    return index < g->header.place_count ? &g->places[index] : &g->places[0];
}

const char *gazetteer_string(const marsad_gazetteer *g, uint32_t offset)
{
    return offset < g->header.string_bytes ? g->strings + offset : g->strings;
}

uint32_t gazetteer_count(const marsad_gazetteer *g)
{
    return g->header.place_count;
}

/* --- asked by a person ------------------------------------------------------------------------------------------------ */

static uint32_t state_of(const marsad_gazetteer *g, const gazetteer_name *name)
{
    uint32_t state = 0;
    for (size_t i = 0; i < name->count; i++) {
        state = gazetteer_step(g, state, gazetteer_key(g, name->words[i]));
        if (state == 0)
            return 0;
    }
    return state;
}

/* ة and ه at the end of a word change places, in the folded letters themselves: people write الفلوجه too. */
static void swap_last_letters(char *folded, const gazetteer_name *name)
{
    static const char marbuta[] = "ة", ha[] = "ه";
    const size_t letter = 2;
    for (size_t i = 0; i < name->count; i++) {
        view word = name->words[i];
        if (word.len <= 2 * letter)
            continue;
        char *last = folded + (word.ptr - folded) + word.len - letter;
        if (memcmp(last, marbuta, letter) == 0)
            memcpy(last, ha, letter);
        else if (memcmp(last, ha, letter) == 0)
            memcpy(last, marbuta, letter);
    }
}

/* `country` has room for two letters and a NUL, and must live as long as the row. */
static marsad_place_row row_of(const marsad_gazetteer *g, const gaz_place *place, char country[3])
{
    country[0] = place->country[0];
    country[1] = place->country[1];
    country[2] = 0;
    return (marsad_place_row){
        .id = gazetteer_string(g, place->id),
        .name = gazetteer_string(g, place->name),
        .name_en = gazetteer_string(g, place->name_en),
        .country = country,
        .admin1 = gazetteer_string(g, place->admin1),
        .admin2 = gazetteer_string(g, place->admin2),
        .feature = gazetteer_feature_name((place_feature)place->feature),
        .source = gazetteer_string(g, place->source),
        .lat = (double)place->lat,
        .lon = (double)place->lon,
        .population = place->population,
    };
}

size_t marsad_gazetteer_find(const marsad_gazetteer *g, marsad_view name, bool (*visit)(void *context, const marsad_place_row *place), void *context)
{
    char folded[GAZETTEER_NAME_BYTES];
    if (g == NULL || visit == NULL || name.len + 1 > sizeof folded)
        return 0;
    gazetteer_name words;
    gazetteer_name_read(&words, (view){folded, fold_into(folded, sizeof folded, name)});
    uint32_t state = state_of(g, &words), count = 0;
    if (state == 0) {
        swap_last_letters(folded, &words);
        state = state_of(g, &words);
    }

    const uint32_t *found = gazetteer_places(g, state, &count);
    for (uint32_t i = 0; i < count; i++) {
        char country[3];
        const marsad_place_row row = row_of(g, gazetteer_place(g, found[i]), country);
        if (!visit(context, &row))
            return i + 1;
    }
    return count;
}

size_t marsad_gazetteer_walk(const marsad_gazetteer *g, bool (*visit)(void *context, const marsad_place_row *place), void *context)
{
    const uint32_t count = g == NULL ? 0 : gazetteer_count(g);
    for (uint32_t i = 0; i < count; i++) {
        char country[3];
        const marsad_place_row row = row_of(g, gazetteer_place(g, i), country);
        if (!visit(context, &row))
            return i + 1;
    }
    return count;
}
