#include <jansson.h>
#include <stdlib.h>

#include "trust/diff.h"

/* An edition by id. The statements of an incident stand by themselves; the incident holds their ids. */
typedef struct {
    json_t *incidents, *statements;
} edition;

static void edition_free(edition *e)
{
    json_decref(e->incidents);
    json_decref(e->statements);
}

/* Parts the statements from their incident. */
static bool part(edition *e, json_t *incident)
{
    json_t *ids = json_pack("[]"), *list = json_object_get(incident, "statements"), *item;
    const char *id = json_string_value(json_object_get(incident, "id"));
    size_t i;
    bool ok = id != NULL && ids != NULL;
    json_array_foreach(list, i, item)
    {
        const char *own = json_string_value(json_object_get(item, "id"));
        ok = ok && own != NULL && json_array_append_new(ids, json_pack("s", own)) == 0 && json_object_set(e->statements, own, item) == 0;
    }
    ok = ok && json_object_set_new(incident, "statements", ids) == 0;
    return ok && json_object_set(e->incidents, id, incident) == 0;
}

static marsad_status edition_read(edition *out, view bytes, marsad_error *err)
{
    *out = (edition){.incidents = json_pack("{}"), .statements = json_pack("{}")};
    size_t line = 1;
    for (size_t at = 0; at < bytes.len; line++) {
        const char *end = memchr(bytes.ptr + at, '\n', bytes.len - at);
        const size_t len = end == NULL ? bytes.len - at : (size_t)(end - (bytes.ptr + at));
        json_t *incident = json_loadb(bytes.ptr + at, len, JSON_REJECT_DUPLICATES, NULL);
        const bool ok = json_is_object(incident) && part(out, incident);
        json_decref(incident);
        if (!ok)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "line %zu of incidents.jsonl is no incident", line);
        at += len + 1;
    }
    return MARSAD_OK;
}

/* --- comparing ---------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    diff_visit *visit;
    void *context;
    bool is_stopped, is_out_of_memory;
} comparison;

static void tell(comparison *c, const char *id, const char *what, const char *field, const json_t *before, const json_t *after)
{
    char *old = before == NULL ? strdup("") : json_dumps(before, JSON_COMPACT | JSON_ENCODE_ANY);
    char *new = after == NULL ? strdup("") : json_dumps(after, JSON_COMPACT | JSON_ENCODE_ANY);
    if (old == NULL || new == NULL)
        c->is_out_of_memory = true;
    else if (!c->is_stopped)
        c->is_stopped = !c->visit(c->context, id, what, field, old, new);
    free(old);
    free(new);
}

static void compare_fields(comparison *c, const char *id, json_t *before, json_t *after)
{
    const char *field;
    json_t *value;
    json_object_foreach(after, field, value)
    {
        const json_t *old = json_object_get(before, field);
        if (!json_equal(old, value))
            tell(c, id, "changed", field, old, value);
    }
    json_object_foreach(before, field, value)
    {
        if (json_object_get(after, field) == NULL)
            tell(c, id, "changed", field, value, NULL);
    }
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The ids of both, each once, ascending; free() the list. */
static const char **ids_of(json_t *before, json_t *after, size_t *count)
{
    const char **ids = malloc((json_object_size(before) + json_object_size(after) + 1) * sizeof *ids), *id;
    json_t *value;
    *count = 0;
    if (ids == NULL)
        return NULL;
    json_object_foreach(before, id, value) ids[(*count)++] = id;
    json_object_foreach(after, id, value)
    {
        if (json_object_get(before, id) == NULL)
            ids[(*count)++] = id;
    }
    qsort(ids, *count, sizeof *ids, by_bytes);
    return ids;
}

static void compare(comparison *c, json_t *before, json_t *after)
{
    size_t count;
    const char **ids = ids_of(before, after, &count);
    c->is_out_of_memory = c->is_out_of_memory || ids == NULL;
    for (size_t i = 0; ids != NULL && i < count && !c->is_stopped; i++) {
        json_t *old = json_object_get(before, ids[i]), *new = json_object_get(after, ids[i]);
        if (old == NULL)
            tell(c, ids[i], "added", "", NULL, NULL);
        else if (new == NULL)
            tell(c, ids[i], "withdrawn", "", NULL, NULL);
        else
            compare_fields(c, ids[i], old, new);
    }
    free(ids);
}

marsad_status editions_diff(view before, view after, diff_visit *visit, void *context, marsad_error *err)
{
    edition a = {0}, b = {0};
    comparison c = {.visit = visit, .context = context};
    marsad_status status = edition_read(&a, before, err);
    if (status == MARSAD_OK)
        status = edition_read(&b, after, err);
    if (status == MARSAD_OK) {
        compare(&c, a.incidents, b.incidents);
        compare(&c, a.statements, b.statements);
    }
    edition_free(&a);
    edition_free(&b);
    if (status == MARSAD_OK && c.is_out_of_memory)
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a comparison");
    return status;
}
