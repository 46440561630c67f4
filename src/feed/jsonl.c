/* A line of JSON Lines as the fields of an article: {"id", "source", "published", "title", "url", "text"}, other keys passed over. */
#include <jansson.h> /* before base.h, see there */

#include "feed/feed.h"

#include <stdio.h>

void jsonl_free(marsad_item *item)
{
    json_decref(item->json); /* NULL is harmless */
    item->json = NULL;
}

void *json_load_strict(view text, bool allows_nul, char why[160], size_t *position)
{
    json_error_t error;
    const size_t flags = JSON_REJECT_DUPLICATES | (allows_nul ? JSON_ALLOW_NUL : 0U);
    json_t *json = json_loadb(text.ptr, text.len, flags, &error);
    if (json == NULL && error.text[0] != '\0')
        json = json_loadb(text.ptr, text.len, flags, &error); /* jansson calls a word wrong when it has no memory to read it: is it wrong again? */
    snprintf(why, 160, "%s", json == NULL ? error.text : "");
    *position = json == NULL && error.position >= 0 ? (size_t)error.position : MARSAD_NOWHERE;
    return json;
}

static marsad_status parse(marsad_item *item, view line, marsad_error *err)
{
    char why[160];
    size_t position;
    jsonl_free(item);
    item->json = json_load_strict(line, true, why, &position);
    if (item->json == NULL && why[0] == '\0')
        return item_out_of_memory(item, err);
    if (item->json == NULL)
        return fail(err, MARSAD_ERR_FORMAT, position, "bad JSON at line %zu of '%s': %s", item->line, origin_name(item->origin), why);
    if (!json_is_object((const json_t *)item->json))
        return fail(err, MARSAD_ERR_FORMAT, 0, "bad JSON at line %zu of '%s': an article is an object {...}", item->line, origin_name(item->origin));
    return MARSAD_OK;
}

/* The string under `key`; empty where there is none or null. */
static marsad_status read_string(view *out, const marsad_item *item, const char *key, marsad_error *err)
{
    const json_t *value = json_object_get(item->json, key);
    *out = view_of("");
    if (value == NULL || json_is_null(value))
        return MARSAD_OK;
    if (!json_is_string(value))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "'%s' is not a string at line %zu of '%s'", key, item->line, origin_name(item->origin));
    *out = (view){json_string_value(value), json_string_length(value)};
    return MARSAD_OK;
}

/* A string may hold \u0000, which nothing behind expects: it is read as a blank. */
static marsad_status mend(view *text, marsad_item *item, const char *key, char note[240], marsad_error *err)
{
    const char *nul = text->len == 0 ? NULL : memchr(text->ptr, '\0', text->len);
    if (nul == NULL)
        return MARSAD_OK;
    if (note[0] == '\0')
        snprintf(note, 240, "NUL character at byte %zu of '%s': read as a blank", (size_t)(nul - text->ptr), key);
    if (!text_without_nul(text, &item->memory))
        return item_out_of_memory(item, err);
    return MARSAD_OK;
}

/* A day that is none is left out with a note: the report can be read, only the days relative to it cannot. */
static void read_published(marsad_date *out, view text, char note[240])
{
    *out = (marsad_date){0};
    if (text.len > 0 && marsad_date_parse(out, text, NULL) != MARSAD_OK && note[0] == '\0')
        snprintf(note, 240, "'published' is no date YYYY-MM-DD: '%.*s': read without it", text.len < 40 ? (int)text.len : 40, text.ptr);
}

/* One that is no string is passed over like any other key: lines had it before Marsad read it. */
static marsad_status read_url(view *out, marsad_item *item, char note[240], marsad_error *err)
{
    const json_t *value = json_object_get(item->json, "url");
    if (!json_is_string(value))
        return MARSAD_OK;
    *out = (view){json_string_value(value), json_string_length(value)};
    return mend(out, item, "url", note, err);
}

marsad_status jsonl_read(item_fields *out, marsad_item *item, view line, char note[240], marsad_error *err)
{
    view published;
    const struct {
        const char *key;
        view *value;
    } fields[] = {{"id", &out->id}, {"source", &out->source}, {"title", &out->title}, {"published", &published}, {"text", &out->text}};

    marsad_status status = parse(item, line, err);
    if (status != MARSAD_OK)
        return status;

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        status = read_string(fields[i].value, item, fields[i].key, err);
        if (status != MARSAD_OK)
            return status;
        if (fields[i].value == &out->text)
            out->raw_text = out->text;
        status = mend(fields[i].value, item, fields[i].key, note, err);
        if (status != MARSAD_OK)
            return status;
    }
    read_published(&out->published, published, note);
    return read_url(&out->url, item, note, err);
}
