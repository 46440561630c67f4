/*
 * Parcels: an item with all that marsad_item_parse() looks at, as bytes and a JSON object:
 *
 *   {"url": "https://...", "charset": "windows-1256", "fallback": {"source": "...", "published": "2016-05-10"}}
 *
 * What is empty is left out. A parcel comes back from a database, which may give anything: unpacking takes what packing makes, and nothing else.
 */
#include <jansson.h> /* before base.h, see there */

#include "base/buffer.h"
#include "feed/feed.h"

#include <libxml/parser.h>
#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *key;
    size_t at; /* a view of item_given */
} given_fields[] = {
    {"id", offsetof(item_given, id)},
    {"url", offsetof(item_given, url)},
    {"source", offsetof(item_given, source)},
    {"title", offsetof(item_given, title)},
    {"published", offsetof(item_given, published)},
    {"content", offsetof(item_given, content)},
    {"charset", offsetof(item_given, charset)},
    {"note", offsetof(item_given, note)},
};

/* Of what the caller gives for articles that give none. */
static const struct {
    const char *key;
    size_t at; /* a view of marsad_article */
} fallback_fields[] = {
    {"id", offsetof(marsad_article, id)},
    {"source", offsetof(marsad_article, source)},
    {"title", offsetof(marsad_article, title)},
    {"url", offsetof(marsad_article, url)},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static view field_at(const void *record, size_t at)
{
    return *(const view *)(const void *)((const char *)record + at);
}

static view *field_place(void *record, size_t at)
{
    return (view *)(void *)((char *)record + at);
}

/* --- kinds of input ------------------------------------------------------------------------------------------------------ */

static const char *const input_names[] = {
    [MARSAD_INPUT_TEXT] = "text", [MARSAD_INPUT_JSONL] = "jsonl", [MARSAD_INPUT_HTML] = "html",
    [MARSAD_INPUT_RSS] = "rss",   [MARSAD_INPUT_WARC] = "warc",
};

const char *marsad_input_name(marsad_input input)
{
    return (size_t)input < COUNT(input_names) ? input_names[input] : "";
}

bool marsad_input_of_name(marsad_input *out, marsad_view name)
{
    for (size_t i = 0; i < COUNT(input_names); i++)
        if (view_equal(name, view_of(input_names[i]))) {
            *out = (marsad_input)i;
            return true;
        }
    return false;
}

/* --- packing -------------------------------------------------------------------------------------------------------------- */

static void hash_part(crypto_hash_sha256_state *state, view part)
{
    crypto_hash_sha256_update(state, (const unsigned char *)part.ptr, part.len);
    crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
}

void parcel_id(marsad_parcel_id out, const marsad_parcel *parcel)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_part(&state, view_of(marsad_input_name(parcel->input)));
    hash_part(&state, parcel->given);
    hash_part(&state, parcel->bytes);
    crypto_hash_sha256_final(&state, hash);
    memset(out, 0, sizeof(marsad_parcel_id));
    out[0] = 'Q';
    out[1] = '-';
    sodium_bin2hex(out + 2, 17, hash, 8);
}

/* What comes back from JSON as it went in. */
static bool is_text(view text)
{
    return text.len == 0 || (utf8_invalid(text) == MARSAD_NOWHERE && memchr(text.ptr, '\0', text.len) == NULL);
}

/* False if it is no text. */
static bool put_field(json_out *j, const char *key, view value)
{
    if (value.len > 0)
        json_put_view(j, key, value);
    return is_text(value);
}

static bool put_day(json_out *j, marsad_date day)
{
    char text[32];
    marsad_date read;
    if (!date_is_given(day))
        return true;
    snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    json_put_text(j, "published", text);
    return marsad_date_parse(&read, view_of(text), NULL) == MARSAD_OK;
}

static bool is_fallback_given(const marsad_article *fallback)
{
    bool is_given = date_is_given(fallback->published);
    for (size_t i = 0; i < COUNT(fallback_fields); i++)
        is_given = is_given || field_at(fallback, fallback_fields[i].at).len > 0;
    return is_given;
}

/* False if something in it cannot be told as JSON. */
static bool put_given(json_out *j, const item_given *given, const marsad_article *fallback)
{
    bool ok = true;
    json_object(j);
    for (size_t i = 0; i < COUNT(given_fields); i++)
        ok = put_field(j, given_fields[i].key, field_at(given, given_fields[i].at)) && ok;
    if (is_fallback_given(fallback)) {
        json_key(j, "fallback");
        json_object(j);
        for (size_t i = 0; i < COUNT(fallback_fields); i++)
            ok = put_field(j, fallback_fields[i].key, field_at(fallback, fallback_fields[i].at)) && ok;
        ok = put_day(j, fallback->published) && ok;
        json_end_object(j);
    }
    json_end_object(j);
    return ok;
}

marsad_status marsad_item_pack(marsad_item *item, marsad_parcel *out, marsad_error *err)
{
    if (item->origin == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the item holds nothing to pack");

    buffer given = {0};
    json_out j = {.write = buffer_write, .context = &given};
    const bool is_told = put_given(&j, &item->given, origin_fallback(item->origin)) && is_text(view_of(origin_name(item->origin)));
    const char *kept = json_flush(&j) && !given.failed ? arena_string(&item->own, (view){given.bytes, given.used}) : NULL;
    const size_t size = given.used;
    buffer_free(&given);
    if (kept == NULL)
        return item_out_of_memory(item, err);
    if (!is_told)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE,
                    "cannot pack " ITEM_PLACE ": its name, or what is given for it, is no text in UTF-8 or no day", ITEM_PLACE_OF(item));
    *out = (marsad_parcel){.input = origin_input(item->origin),
                           .place = origin_name(item->origin),
                           .line = item->line,
                           .given = {kept, size},
                           .bytes = blob_view(&item->bytes)};
    parcel_id(out->id, out);
    return MARSAD_OK;
}

/* --- unpacking ------------------------------------------------------------------------------------------------------------ */

static marsad_status refuse(const marsad_parcel *parcel, const char *why, marsad_error *err)
{
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read parcel '%.*s': %s", (int)strnlen(parcel->id, sizeof parcel->id), parcel->id,
                why);
}

static marsad_status no_memory(const marsad_parcel *parcel, marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for parcel '%.*s'", (int)strnlen(parcel->id, sizeof parcel->id), parcel->id);
}

/* The view of `value`, which lives as long as the JSON; false if it is no string, or an empty one, which packing leaves out. */
static bool read_string(view *out, const json_t *value)
{
    *out = json_is_string(value) ? (view){json_string_value(value), json_string_length(value)} : view_of("");
    return out->len > 0;
}

static bool read_fallback_field(marsad_article *out, const char *key, const json_t *value)
{
    view text;
    if (!read_string(&text, value))
        return false;
    if (strcmp(key, "published") == 0)
        return marsad_date_parse(&out->published, text, NULL) == MARSAD_OK;
    for (size_t i = 0; i < COUNT(fallback_fields); i++)
        if (strcmp(key, fallback_fields[i].key) == 0) {
            *field_place(out, fallback_fields[i].at) = text;
            return true;
        }
    return false;
}

static bool read_fallback(marsad_article *out, json_t *fallback)
{
    const char *key;
    json_t *value;
    if (!json_is_object(fallback) || json_object_size(fallback) == 0)
        return false;
    json_object_foreach(fallback, key, value) if (!read_fallback_field(out, key, value)) return false;
    return true;
}

static bool read_given_field(item_given *out, const char *key, const json_t *value)
{
    for (size_t i = 0; i < COUNT(given_fields); i++)
        if (strcmp(key, given_fields[i].key) == 0)
            return read_string(field_place(out, given_fields[i].at), value);
    return false;
}

/* Views into `json`. False if it is not what packing makes. */
static bool read_given(item_given *given, marsad_article *fallback, json_t *json)
{
    const char *key;
    json_t *value;
    if (!json_is_object(json))
        return false;
    json_object_foreach(json, key, value) if (strcmp(key, "fallback") == 0 ? !read_fallback(fallback, value)
                                                                           : !read_given_field(given, key, value)) return false;
    return true;
}

/* Copies into the item what `given` borrows. */
static bool keep_given(marsad_item *item, const item_given *given)
{
    for (size_t i = 0; i < COUNT(given_fields); i++) {
        const view text = field_at(given, given_fields[i].at);
        const char *copy = arena_string(&item->own, text);
        if (copy == NULL)
            return false;
        *field_place(&item->given, given_fields[i].at) = (view){copy, text.len};
    }
    return true;
}

static marsad_status fill(marsad_item *item, const marsad_parcel *parcel, json_t *json, marsad_error *err)
{
    item_given given = {0};
    marsad_article fallback = {0};
    if (!read_given(&given, &fallback, json))
        return refuse(parcel, "what is given with it is not what goes with a parcel", err);
    item_clear(item);
    item->origin = origin_new(parcel->input, parcel->place, &fallback);
    item->line = parcel->line;
    if (item->origin == NULL || !keep_given(item, &given) || !blob_append(&item->bytes, parcel->bytes.ptr, parcel->bytes.len))
        return no_memory(parcel, err);
    return MARSAD_OK;
}

marsad_status marsad_item_unpack(marsad_item **item, const marsad_parcel *parcel, marsad_error *err)
{
    marsad_parcel_id id;
    if (marsad_input_name(parcel->input)[0] == '\0' || parcel->bytes.len > ITEM_MAX_BYTES)
        return refuse(parcel, "it is of no kind that is known, or over the limit of 64 MiB", err);
    parcel_id(id, parcel);
    if (memcmp(id, parcel->id, strlen(id) + 1) != 0)
        return refuse(parcel, "its id is of other content", err);
    if (parcel->input != MARSAD_INPUT_TEXT && parcel->input != MARSAD_INPUT_JSONL)
        xmlInitParser(); /* as marsad_feed_new() does */

    char why[160];
    size_t position;
    json_t *json = json_load_strict(parcel->given, false, why, &position);
    if (json == NULL)
        return why[0] == '\0' ? no_memory(parcel, err) : refuse(parcel, "what is given with it is no JSON", err);
    if (*item == NULL)
        *item = calloc(1, sizeof **item);
    marsad_status status = *item == NULL ? no_memory(parcel, err) : fill(*item, parcel, json, err);
    json_decref(json);
    return status;
}
