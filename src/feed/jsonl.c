/* A line of JSON Lines as the fields of an article: {"id", "source", "published", "title", "url", "text"}, other keys passed over. */
#include <jansson.h> /* before base.h, see there */

#include "feed/feed.h"

#include <stdio.h>

void jsonl_free(marsad_item *item)
{
    json_decref(item->json); /* NULL is harmless */
    item->json = NULL;
}

/* NULL with the reason in `why` if the line is no strict JSON in valid UTF-8, or says something twice. */
static json_t *load(view line, json_error_t *why)
{
    return json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, why);
}

static marsad_status parse(marsad_item *item, view line, marsad_error *err)
{
    json_error_t why;
    jsonl_free(item);
    item->json = load(line, &why);
    if (item->json == NULL && why.text[0] != '\0')
        item->json = load(line, &why); /* jansson calls a word wrong when it has no memory to read it: is it wrong again? */
    if (item->json == NULL && why.text[0] == '\0')
        return item_out_of_memory(item, err);
    if (item->json == NULL)
        return fail(err, MARSAD_ERR_FORMAT, why.position < 0 ? MARSAD_NOWHERE : (size_t)why.position, "bad JSON at line %zu of '%s': %s", item->line,
                    origin_name(item->origin), why.text);
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
