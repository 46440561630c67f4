/* A bulletin's items, read again. */
#include <jansson.h>

#include "export/bulletin_items.h"

typedef struct {
    arena *memory;
    bool is_out_of_memory;
} item_reader;

/* "" where there is none: what is compared is then another, never nothing. */
static const char *text_of(item_reader *r, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    const char *kept = text == NULL ? "" : arena_string(r->memory, view_of(text));
    r->is_out_of_memory = r->is_out_of_memory || kept == NULL;
    return kept == NULL ? "" : kept;
}

static int64_t number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? json_integer_value(value) : MARSAD_NO_VALUE;
}

static void *room_for(item_reader *r, const json_t *array, size_t size, uint32_t *count)
{
    *count = (uint32_t)json_array_size(array);
    void *items = arena_alloc(r->memory, (*count + (size_t)1) * size);
    r->is_out_of_memory = r->is_out_of_memory || items == NULL;
    if (items == NULL)
        *count = 0;
    return items;
}

static void read_item(item_reader *r, bulletin_item *out, const json_t *item)
{
    const json_t *figures = json_object_get(item, "figures"), *statements = json_object_get(item, "statements");
    *out = (bulletin_item){.number = number_of(item, "item"), .incident = text_of(r, item, "incident"), .grade = text_of(r, item, "grade")};
    out->figures = room_for(r, figures, sizeof *out->figures, &out->figure_count);
    out->statements = room_for(r, statements, sizeof *out->statements, &out->statement_count);
    for (uint32_t i = 0; i < out->figure_count; i++) {
        const json_t *f = json_array_get(figures, i);
        out->figures[i] = (item_figure){text_of(r, f, "of"), text_of(r, f, "group"), number_of(f, "low"), number_of(f, "high")};
    }
    for (uint32_t i = 0; i < out->statement_count; i++) {
        const json_t *s = json_array_get(statements, i);
        out->statements[i] = (item_statement){text_of(r, s, "id"), text_of(r, s, "outlet"), text_of(r, s, "says")};
    }
}

marsad_status bulletin_items_read(bulletin_items *out, view json, arena *memory, marsad_error *err)
{
    json_error_t why;
    item_reader r = {.memory = memory};
    *out = (bulletin_items){0};
    json_t *all = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, &why);
    const json_t *items = json_object_get(all, "items");
    marsad_status status =
        json_is_array(items) ? MARSAD_OK : fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the items of a kept bulletin are damaged");
    if (status == MARSAD_OK) {
        out->items = room_for(&r, items, sizeof *out->items, &out->count);
        for (uint32_t i = 0; i < out->count; i++)
            read_item(&r, &out->items[i], json_array_get(items, i));
    }
    json_decref(all);
    if (status == MARSAD_OK && r.is_out_of_memory)
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the items of a bulletin");
    return status;
}
