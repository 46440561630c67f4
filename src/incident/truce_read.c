/* Agreements as data files: strict JSON, every key there and known. docs/truce.md describes the format. */
#include <jansson.h> /* before base.h, see there */

#include "incident/truce.h"

/* What is needed to say where something is wrong. */
typedef struct {
    const char *path;
    arena *memory;
    marsad_error *err;
} reading;

static marsad_status refuse(const reading *r, const char *key, const char *reason)
{
    return fail(r->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read agreement '%s': key '%s' %s", r->path, key, reason);
}

static marsad_status refuse_memory(const reading *r)
{
    return fail(r->err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", r->path);
}

/* --- values ------------------------------------------------------------------------------------------------------------- */

/* `value` must be an object with exactly the keys of `keys`, which ends with a NULL. `where` is put before a key in messages: "windows[0]." */
static marsad_status check_keys(const reading *r, const json_t *value, const char *where, const char *const *keys)
{
    char name[128];
    if (!json_is_object(value))
        return refuse(r, where, "is not an object {...}");
    for (size_t k = 0; keys[k] != NULL; k++) {
        snprintf(name, sizeof name, "%s%s", where, keys[k]);
        if (json_object_get(value, keys[k]) == NULL)
            return refuse(r, name, "is missing");
    }
    const char *key;
    json_t *of_key;
    json_object_foreach((json_t *)(uintptr_t)value, key, of_key)
    {
        size_t k = 0;
        while (keys[k] != NULL && strcmp(keys[k], key) != 0)
            k++;
        snprintf(name, sizeof name, "%s%s", where, key);
        if (keys[k] == NULL)
            return refuse(r, name, "is unknown");
    }
    return MARSAD_OK;
}

static marsad_status string_of(const reading *r, const char **out, const json_t *value, const char *name)
{
    if (!json_is_string(value) || json_string_length(value) == 0)
        return refuse(r, name, "is not a string with letters");
    *out = arena_string(r->memory, (view){json_string_value(value), json_string_length(value)});
    return *out != NULL ? MARSAD_OK : refuse_memory(r);
}

static marsad_status read_string(const reading *r, const char **out, const json_t *object, const char *where, const char *key)
{
    char name[128];
    snprintf(name, sizeof name, "%s%s", where, key);
    return string_of(r, out, json_object_get(object, key), name);
}

static marsad_status read_list(const reading *r, const char *const **out, uint32_t *count, const json_t *object, const char *where, const char *key)
{
    char name[128];
    const json_t *list = json_object_get(object, key);
    snprintf(name, sizeof name, "%s%s", where, key);
    if (!json_is_array(list))
        return refuse(r, name, "is not a list [...]");
    const size_t size = json_array_size(list);
    const char **items = arena_alloc(r->memory, size * sizeof *items);
    if (items == NULL)
        return refuse_memory(r);
    for (size_t i = 0; i < size; i++) {
        snprintf(name, sizeof name, "%s%s[%zu]", where, key, i);
        const marsad_status status = string_of(r, &items[i], json_array_get(list, i), name);
        if (status != MARSAD_OK)
            return status;
    }
    *out = items;
    *count = (uint32_t)size;
    return MARSAD_OK;
}

/* A list that must hold something. */
static marsad_status read_filled(const reading *r, const char *const **out, uint32_t *count, const json_t *object, const char *key)
{
    const marsad_status status = read_list(r, out, count, object, "", key);
    return status != MARSAD_OK || *count > 0 ? status : refuse(r, key, "is empty");
}

static marsad_status read_day(const reading *r, int32_t *out, const json_t *object, const char *where, const char *key)
{
    char name[128];
    marsad_date date;
    const json_t *value = json_object_get(object, key);
    snprintf(name, sizeof name, "%s%s", where, key);
    if (!json_is_string(value) || marsad_date_parse(&date, (view){json_string_value(value), json_string_length(value)}, NULL) != MARSAD_OK)
        return refuse(r, name, "is no day \"YYYY-MM-DD\"");
    *out = day_number(date);
    return MARSAD_OK;
}

/* --- parts ----------------------------------------------------------------------------------------------------------------- */

static marsad_status read_window(const reading *r, truce_window *out, const json_t *value, const char *where)
{
    static const char *const keys[] = {"from", "to", "what", "source", NULL};
    marsad_status status = check_keys(r, value, where, keys);
    if (status == MARSAD_OK)
        status = read_day(r, &out->from, value, where, "from");
    out->to = INT32_MAX;
    if (status == MARSAD_OK && !json_is_null(json_object_get(value, "to")))
        status = read_day(r, &out->to, value, where, "to");
    if (status == MARSAD_OK && out->to < out->from)
        status = refuse(r, where, "ends before it begins");
    if (status == MARSAD_OK)
        status = read_string(r, &out->what, value, where, "what");
    return status == MARSAD_OK ? read_string(r, &out->source, value, where, "source") : status;
}

static bool is_kind(const char *name)
{
    for (int kind = 0; kind < MARSAD_KIND_COUNT; kind++)
        if (strcmp(name, marsad_kind_name((marsad_kind)kind)) == 0)
            return true;
    return false;
}

static marsad_status read_term(const reading *r, truce_term *out, const json_t *value, const char *where)
{
    static const char *const keys[] = {"id", "ar", "en", "kinds", NULL};
    marsad_status status = check_keys(r, value, where, keys);
    if (status == MARSAD_OK)
        status = read_string(r, &out->id, value, where, "id");
    if (status == MARSAD_OK)
        status = read_string(r, &out->text_ar, value, where, "ar");
    if (status == MARSAD_OK)
        status = read_string(r, &out->text_en, value, where, "en");
    if (status == MARSAD_OK)
        status = read_list(r, &out->kinds, &out->kind_count, value, where, "kinds");
    for (uint32_t i = 0; status == MARSAD_OK && i < out->kind_count; i++) {
        char name[128];
        snprintf(name, sizeof name, "%skinds[%u]", where, (unsigned)i);
        if (!is_kind(out->kinds[i]))
            status = refuse(r, name, "is no kind of record");
    }
    return status;
}

/* The list of objects under `key`, of which there must be one at least. */
static marsad_status list_of(const reading *r, const json_t **out, size_t *count, const json_t *object, const char *key)
{
    *out = json_object_get(object, key);
    if (!json_is_array(*out))
        return refuse(r, key, "is not a list [...]");
    *count = json_array_size(*out);
    return *count > 0 ? MARSAD_OK : refuse(r, key, "is empty");
}

static marsad_status read_windows(const reading *r, truce_agreement *out, const json_t *object)
{
    const json_t *list;
    size_t count = 0;
    marsad_status status = list_of(r, &list, &count, object, "windows");
    if (status != MARSAD_OK)
        return status;
    out->windows = arena_alloc(r->memory, count * sizeof *out->windows);
    if (out->windows == NULL)
        return refuse_memory(r);
    for (size_t i = 0; status == MARSAD_OK && i < count; i++) {
        char where[32];
        snprintf(where, sizeof where, "windows[%zu].", i);
        status = read_window(r, &out->windows[i], json_array_get(list, i), where);
        if (status == MARSAD_OK && i > 0 && out->windows[i].from < out->windows[i - 1].from)
            status = refuse(r, where, "begins before the window in front of it");
    }
    out->window_count = (uint32_t)count;
    return status;
}

static marsad_status read_terms(const reading *r, truce_agreement *out, const json_t *object)
{
    const json_t *list;
    size_t count = 0;
    marsad_status status = list_of(r, &list, &count, object, "terms");
    if (status != MARSAD_OK)
        return status;
    out->terms = arena_alloc(r->memory, count * sizeof *out->terms);
    if (out->terms == NULL)
        return refuse_memory(r);
    for (size_t i = 0; status == MARSAD_OK && i < count; i++) {
        char where[32];
        snprintf(where, sizeof where, "terms[%zu].", i);
        status = read_term(r, &out->terms[i], json_array_get(list, i), where);
        for (size_t k = 0; status == MARSAD_OK && k < i; k++)
            if (strcmp(out->terms[k].id, out->terms[i].id) == 0)
                status = refuse(r, where, "has the id of another term");
    }
    out->term_count = (uint32_t)count;
    return status;
}

static marsad_status read_names(const reading *r, truce_agreement *out, const json_t *object)
{
    static const char *const keys[] = {"ar", "en", NULL};
    const json_t *name = json_object_get(object, "name");
    marsad_status status = check_keys(r, name, "name.", keys);
    if (status == MARSAD_OK)
        status = read_string(r, &out->name_ar, name, "name.", "ar");
    return status == MARSAD_OK ? read_string(r, &out->name_en, name, "name.", "en") : status;
}

static marsad_status read_format(const reading *r, const json_t *object)
{
    const char *format = json_string_value(json_object_get(object, "format"));
    return format != NULL && strcmp(format, "marsad-agreement-1") == 0 ? MARSAD_OK : refuse(r, "format", "is not \"marsad-agreement-1\"");
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------- */

static marsad_status read_texts(const reading *r, truce_agreement *out, const json_t *object)
{
    marsad_status status = read_format(r, object);
    if (status == MARSAD_OK)
        status = read_string(r, &out->id, object, "", "id");
    if (status == MARSAD_OK)
        status = read_string(r, &out->version, object, "", "version");
    if (status == MARSAD_OK)
        status = read_names(r, out, object);
    return status == MARSAD_OK ? read_string(r, &out->country, object, "", "country") : status;
}

static marsad_status read_lists(const reading *r, truce_agreement *out, const json_t *object)
{
    marsad_status status = read_filled(r, &out->parties, &out->party_count, object, "parties");
    if (status == MARSAD_OK)
        status = read_list(r, &out->sponsors, &out->sponsor_count, object, "", "sponsors");
    if (status == MARSAD_OK)
        status = read_list(r, &out->excluded, &out->excluded_count, object, "", "excluded");
    if (status == MARSAD_OK)
        status = read_list(r, &out->disputed, &out->disputed_count, object, "", "disputed");
    if (status == MARSAD_OK)
        status = read_list(r, &out->areas, &out->area_count, object, "", "areas");
    if (status == MARSAD_OK)
        status = read_filled(r, &out->governorates, &out->governorate_count, object, "governorates");
    return status == MARSAD_OK ? read_filled(r, &out->sources, &out->source_count, object, "sources") : status;
}

static marsad_status read_agreement(const reading *r, truce_agreement *out, const json_t *object)
{
    static const char *const keys[] = {"format",   "id",    "version",      "name",    "country", "parties", "sponsors", "excluded",
                                       "disputed", "areas", "governorates", "windows", "terms",   "sources", NULL};
    if (!json_is_object(object))
        return fail(r->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read agreement '%s': it is not an object {...}", r->path);
    marsad_status status = check_keys(r, object, "", keys);
    if (status == MARSAD_OK)
        status = read_texts(r, out, object);
    if (status == MARSAD_OK)
        status = read_lists(r, out, object);
    if (status == MARSAD_OK)
        status = read_windows(r, out, object);
    return status == MARSAD_OK ? read_terms(r, out, object) : status;
}

marsad_status truce_agreement_read(truce_agreement *out, const char *path, arena *memory, marsad_error *err)
{
    const reading r = {.path = path, .memory = memory, .err = err};
    truce_agreement agreement = {0};
    mapped_file file = {0};
    json_error_t why = {0};
    json_t *json = NULL;

    marsad_status status = file_map(&file, path, err);
    if (status != MARSAD_OK)
        goto done;
    json = json_loadb((const char *)file.bytes, file.size, JSON_REJECT_DUPLICATES, &why);
    if (json == NULL) {
        status = json_error_code(&why) == json_error_out_of_memory
                     ? refuse_memory(&r)
                     : fail(err, MARSAD_ERR_FORMAT, (size_t)why.position, "cannot read agreement '%s', line %d: %s", path, why.line, why.text);
        goto done;
    }
    status = read_agreement(&r, &agreement, json);
    if (status == MARSAD_OK)
        *out = agreement;
done:
    json_decref(json);
    file_unmap(&file);
    return status;
}
