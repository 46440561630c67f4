#include "archive/kin.h"

#include <stdlib.h>

typedef struct {
    int64_t band;
    uint32_t article;
} band_row;

static int by_band(const void *first, const void *second)
{
    const band_row *a = first, *b = second;
    if (a->band != b->band)
        return a->band < b->band ? -1 : 1;
    return (a->article > b->article) - (a->article < b->article);
}

static uint32_t top_of(const kin_list *list, uint32_t at)
{
    while (list->items[at].up != at)
        at = list->items[at].up;
    return at;
}

/* Earlier published, then lesser id: what stands for its copies. */
static bool is_before(const kin_article *a, const kin_article *b)
{
    if (a->published != b->published)
        return b->published == NO_DAY || (a->published != NO_DAY && a->published < b->published);
    return strcmp(a->id, b->id) < 0;
}

static void unite(kin_list *list, uint32_t a, uint32_t b)
{
    a = top_of(list, a);
    b = top_of(list, b);
    if (a == b)
        return;
    if (is_before(&list->items[a], &list->items[b]))
        list->items[b].up = a;
    else
        list->items[a].up = b;
}

static bool are_copies(const kin_article *a, const kin_article *b)
{
    const int64_t apart = a->published == NO_DAY || b->published == NO_DAY ? 0 : (int64_t)a->published - b->published;
    return apart <= COPY_DAYS && apart >= -COPY_DAYS && signature_is_copy(&a->own, &b->own);
}

/* Articles that share a band are compared. */
static void unite_all(kin_list *list, band_row *bands, size_t count)
{
    qsort(bands, count, sizeof *bands, by_band);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count && bands[k].band == bands[i].band; k++)
            if (bands[k].article != bands[i].article && top_of(list, bands[i].article) != top_of(list, bands[k].article) &&
                are_copies(&list->items[bands[i].article], &list->items[bands[k].article]))
                unite(list, bands[i].article, bands[k].article);
}

static bool read_article(const db_rows *rows, kin_list *list, arena *memory)
{
    const view own = db_get_blob(rows, 3);
    kin_article a = {.key = db_get_int(rows, 0),
                     .id = arena_string(memory, db_get_text(rows, 1)),
                     .published = db_is_null(rows, 2) ? NO_DAY : (int32_t)db_get_int(rows, 2),
                     .up = list->count};
    if (own.len == sizeof a.own.rows)
        memcpy(a.own.rows, own.ptr, own.len);
    if (a.id == NULL || !ARENA_GROW(memory, list->items, list->count, list->room))
        return false;
    list->items[list->count++] = a;
    return true;
}

marsad_status store_kin(store *s, int64_t last_key, kin_list *out, arena *memory, marsad_error *err)
{
    *out = (kin_list){0};
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT key, id, published, signature FROM article WHERE key <= $1 ORDER BY key", DB_VALUES(db_int(last_key)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        if (!read_article(rows, out, memory))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for copies");
    db_end(rows);
    if (status != MARSAD_END)
        return status;

    const size_t count = (size_t)out->count * SIGNATURE_BANDS;
    band_row *bands = malloc((count + 1) * sizeof *bands);
    if (bands == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for copies");
    for (size_t i = 0; i < count; i++)
        bands[i] = (band_row){signature_band(&out->items[i / SIGNATURE_BANDS].own, (int)(i % SIGNATURE_BANDS)), (uint32_t)(i / SIGNATURE_BANDS)};
    unite_all(out, bands, count);
    free(bands);
    return MARSAD_OK;
}

const kin_article *kin_chain(const kin_list *list, const kin_article *a)
{
    return &list->items[top_of(list, (uint32_t)(a - list->items))];
}

const kin_article *kin_find(const kin_list *list, int64_t key)
{
    uint32_t low = 0, high = list->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (list->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->items[low].key == key ? &list->items[low] : NULL;
}
