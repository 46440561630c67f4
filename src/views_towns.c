/* Timelines of towns, made again where a claim on the town changed. */
#include <assert.h>
#include <stdlib.h>

#include "incident/control.h"
#include "incident/packed.h"
#include "views.h"

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for timelines");
}

/* --- claims -------------------------------------------------------------------------------------------------------------------- */

static bool is_town(const statement_place *place)
{
    return place->id[0] != 0 && (place->precision == MARSAD_PRECISION_TOWN || place->precision == MARSAD_PRECISION_EXACT);
}

static bool has_place(const claim_rows *rows, uint32_t first, const char *place)
{
    for (uint32_t i = first; i < rows->count; i++)
        if (strcmp(rows->items[i].place, place) == 0)
            return true;
    return false;
}

/* Whether the town is left, taken or only passed by is found out when its timeline is made. */
bool views_claims(claim_rows *out, const statement *s, const char *area, int32_t day, buffer *packed, arena *memory)
{
    const uint32_t first = out->count;
    stored_claim claim = {.record = s->id, .area = area, .day = day, .last = s->published > s->end ? s->published : s->end};
    if (!statement_pack(packed, s))
        return false;
    claim.told = (view){arena_string(memory, (view){packed->bytes, packed->used}), packed->used};
    if (claim.told.ptr == NULL)
        return false;
    for (uint32_t i = 0; i <= s->place_count; i++) {
        const bool is_last = i == s->place_count;
        if (is_last ? out->count > first : !is_town(&s->places[i]) || has_place(out, first, s->places[i].id))
            continue;
        if (!ARENA_GROW(memory, out->items, out->count, out->room))
            return false;
        claim.place = is_last ? "" : s->places[i].id;
        out->items[out->count++] = claim;
    }
    return true;
}

static int by_record(const void *a, const void *b)
{
    const stored_claim *x = a, *y = b;
    const int order = strcmp(x->record, y->record);
    return order != 0 ? order : strcmp(x->place, y->place);
}

static bool is_control(const statement *s)
{
    return (CONTROL_KINDS >> s->kind & 1) == 1;
}

/* Claims of `statements`, which are by id, with the days that `days`, by id as well, tells. A record that came in between is stale still: it is passed over. */
static marsad_status claims_of(view_maker *v, const char *area, const statement_list *statements, const claim_rows *days, claim_rows *out,
                               marsad_error *err)
{
    uint32_t at = 0;
    for (size_t i = 0; i < statements->count; i++) {
        const statement *s = statements->items[i];
        while (at < days->count && strcmp(days->items[at].record, s->id) < 0)
            at++;
        if (!is_control(s) || at == days->count || strcmp(days->items[at].record, s->id) != 0)
            continue;
        if (!views_claims(out, s, area, days->items[at].day, &v->told, &v->scratch))
            return no_memory(err);
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof *out->items, by_record);
    return MARSAD_OK;
}

static marsad_status touch(view_maker *v, const char *place, marsad_error *err)
{
    if (place[0] == 0)
        return MARSAD_OK;
    const char *kept = arena_string(&v->town_memory, view_of(place));
    if (kept == NULL || !ARENA_GROW(&v->town_memory, v->towns, v->town_count, v->town_room))
        return no_memory(err);
    v->towns[v->town_count++] = kept;
    return MARSAD_OK;
}

/* `before` or `after` may be NULL: there was none, there is none. */
static marsad_status replace(view_maker *v, const stored_claim *before, const stored_claim *after, marsad_error *err)
{
    assert(before != NULL || after != NULL);
    const bool is_same = before != NULL && after != NULL && view_equal(before->told, after->told);
    if (is_same && before->day == after->day)
        return MARSAD_OK;
    store *s = &v->archive->store;
    const stored_claim *either = after != NULL ? after : before;
    marsad_status status = MARSAD_OK;
    if (after == NULL)
        status = store_drop_claim(s, before->place, before->record, err);
    else if (v->in_bulk)
        views_bulk_claim(&v->bulk, after);
    else
        status = store_put_claim(s, after, err);
    return status == MARSAD_OK && !is_same ? touch(v, either->place, err) : status;
}

static marsad_status replace_all(view_maker *v, const claim_rows *before, const claim_rows *after, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (uint32_t b = 0, a = 0; status == MARSAD_OK && (b < before->count || a < after->count);) {
        const int order = b == before->count ? 1 : a == after->count ? -1 : by_record(&before->items[b], &after->items[a]);
        const stored_claim *old = order <= 0 ? &before->items[b] : NULL, *new = order >= 0 ? &after->items[a] : NULL;
        status = replace(v, old, new, err);
        b += order <= 0;
        a += order >= 0;
    }
    return status;
}

static bool has_control(const statement_list *statements)
{
    for (size_t i = 0; i < statements->count; i++)
        if (is_control(statements->items[i]))
            return true;
    return false;
}

marsad_status views_days(store *s, const char *area, int32_t from, int32_t to, const statement_list *statements, claim_rows *out, arena *memory,
                         marsad_error *err)
{
    *out = (claim_rows){0};
    return has_control(statements) ? store_days_of_kinds(s, area, from, to, CONTROL_KINDS, out, memory, err) : MARSAD_OK;
}

marsad_status views_keep_claims(view_maker *v, const char *area, int32_t from, int32_t to, const statement_list *statements, const claim_rows *days,
                                marsad_error *err)
{
    claim_rows before, after = {0};
    marsad_status status = store_claims_of_days(&v->archive->store, area, from, to, &before, &v->scratch, err);
    if (status == MARSAD_OK)
        status = claims_of(v, area, statements, days, &after, err);
    if (status == MARSAD_OK)
        status = replace_all(v, &before, &after, err);
    arena_reset(&v->scratch);
    return status;
}

/* --- timelines ------------------------------------------------------------------------------------------------------------------- */

static bool put_span(stored_span *out, const control_span *span, arena *memory)
{
    buffer text = {0};
    control_because(&text, span);
    *out = (stored_span){.place = span->place->id,
                         .name = span->place->norm,
                         .name_en = span->place->name_en,
                         .admin1 = span->place->admin1,
                         .country = span->place->country,
                         .from = span->from,
                         .to = span->to,
                         .lat = span->place->lat,
                         .lon = span->place->lon,
                         .side = span->side,
                         .holder = span->holder,
                         .status = span->status,
                         .rule = span->rule,
                         .claims = {text.failed ? NULL : arena_string(memory, (view){text.bytes, text.used}), text.used}};
    buffer_free(&text);
    return out->claims.ptr != NULL;
}

marsad_status views_spans(stored_span **out, uint32_t *count, const control_timeline *timeline, const char *place, arena *memory, marsad_error *err)
{
    stored_span *spans = arena_alloc(memory, timeline->count * sizeof *spans);
    *count = 0;
    if (spans == NULL)
        return no_memory(err);
    for (uint32_t i = 0; i < timeline->count; i++)
        if ((place == NULL || strcmp(timeline->items[i].place->id, place) == 0) && !put_span(&spans[(*count)++], &timeline->items[i], memory))
            return no_memory(err);
    *out = spans;
    return MARSAD_OK;
}

static marsad_status read_claims(view_maker *v, const char *place, const statement ***out, uint32_t *count, marsad_error *err)
{
    claim_rows rows;
    marsad_status status = store_claims_on(&v->archive->store, place, &rows, &v->scratch, err);
    if (status != MARSAD_OK)
        return status;
    statement *items = arena_alloc(&v->scratch, rows.count * sizeof *items);
    *out = arena_alloc(&v->scratch, rows.count * sizeof **out);
    *count = rows.count;
    if (items == NULL || *out == NULL)
        return no_memory(err);
    for (uint32_t i = 0; i < rows.count && status == MARSAD_OK; i++) {
        status = statement_unpack(&items[i], rows.items[i].told, &v->scratch, err);
        (*out)[i] = &items[i];
    }
    return status;
}

static marsad_status make_town(view_maker *v, const char *place, marsad_error *err)
{
    const statement **told;
    control_timeline timeline;
    stored_span *spans = NULL;
    uint32_t count = 0, span_count = 0;
    store *s = &v->archive->store;
    marsad_status status = read_claims(v, place, &told, &count, err);
    if (status == MARSAD_OK && !control_derive(&timeline, told, count, INT32_MAX, v->archive->rules, &v->scratch))
        status = no_memory(err);
    if (status == MARSAD_OK)
        status = views_spans(&spans, &span_count, &timeline, place, &v->scratch, err);
    if (status == MARSAD_OK)
        status = store_drop_town(s, place, err);
    for (uint32_t i = 0; i < span_count && status == MARSAD_OK; i++) {
        if (v->in_bulk)
            views_bulk_span(&v->bulk, &spans[i]);
        else
            status = store_add_span(s, &spans[i], err);
    }
    arena_reset(&v->scratch);
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

marsad_status views_keep_towns(view_maker *v, marsad_error *err)
{
    marsad_status status = views_bulk_flush(&v->archive->store, &v->bulk, err);
    if (v->town_count > 0)
        qsort(v->towns, v->town_count, sizeof *v->towns, by_name);
    for (uint32_t i = 0; i < v->town_count && status == MARSAD_OK; i++)
        if (i == 0 || strcmp(v->towns[i], v->towns[i - 1]) != 0)
            status = make_town(v, v->towns[i], err);
    if (status == MARSAD_OK)
        status = views_bulk_flush_spans(&v->archive->store, &v->bulk, err);
    v->towns = NULL;
    v->town_count = v->town_room = 0;
    arena_reset(&v->town_memory);
    return status;
}
