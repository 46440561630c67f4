/* Sets of party names. */
#include "incident/join.h"

#include <stdlib.h>

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_once(name_set *set)
{
    if (set->count < 2)
        return;
    qsort(set->names, set->count, sizeof *set->names, by_bytes);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < set->count; i++)
        if (strcmp(set->names[i], set->names[kept - 1]) != 0)
            set->names[kept++] = set->names[i];
    set->count = kept;
}

/* How many names stand in both; the sets are in order. */
static uint32_t common(const name_set *a, const name_set *b)
{
    uint32_t count = 0;
    for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
        const int order = strcmp(a->names[i], b->names[k]);
        count += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return count;
}

bool names_overlap(const name_set *a, const name_set *b)
{
    return common(a, b) > 0;
}

bool names_equal(const name_set *a, const name_set *b)
{
    return a->count == b->count && common(a, b) == a->count;
}

bool names_within(const name_set *few, const name_set *many)
{
    return common(few, many) == few->count;
}

bool names_of_parties(name_set *out, const statement_party *parties, uint32_t count, arena *memory)
{
    *out = (name_set){0};
    if (count == 0)
        return true;
    out->names = arena_alloc(memory, count * sizeof *out->names);
    if (out->names == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (party_is_named(&parties[i]))
            out->names[out->count++] = parties[i].who;
    sort_once(out);
    return true;
}

bool names_unite(name_set *into, const name_set *more, arena *memory)
{
    if (names_within(more, into))
        return true;
    const char **names = arena_alloc(memory, ((size_t)into->count + more->count) * sizeof *names);
    if (names == NULL)
        return false;
    if (into->count > 0)
        memcpy(names, into->names, into->count * sizeof *names);
    memcpy(names + into->count, more->names, more->count * sizeof *names);
    *into = (name_set){names, into->count + more->count};
    sort_once(into);
    return true;
}

const char *names_text(const name_set *set, arena *memory)
{
    size_t size = 1;
    for (uint32_t i = 0; i < set->count; i++)
        size += strlen(set->names[i]) + 1;
    char *text = arena_alloc(memory, size), *end = text;
    for (uint32_t i = 0; text != NULL && i < set->count; i++) {
        if (i > 0)
            *end++ = ',';
        const size_t length = strlen(set->names[i]);
        memcpy(end, set->names[i], length);
        end += length;
    }
    return text;
}
