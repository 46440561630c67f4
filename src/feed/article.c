/* An item as an article: its text in UTF-8, and what the stream says where the item itself says nothing. */
#include "feed/feed.h"

#include <stdio.h>

view name_stem(view name)
{
    size_t start = name.len, end = name.len;
    while (start > 0 && name.ptr[start - 1] != '/')
        start--;
    for (size_t dot = end; dot > start + 1; dot--)
        if (name.ptr[dot - 1] == '.') {
            end = dot - 1;
            break;
        }
    return (view){name.ptr + start, end - start};
}

static view either(view given, view fallback)
{
    return given.len > 0 ? given : fallback;
}

static bool is_empty(view text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr(" \t\r\n\v\f", text.ptr[i]) == NULL)
            return false;
    return true;
}

static marsad_status check_text(const marsad_item *item, view text, marsad_error *err)
{
    if (!is_empty(text))
        return MARSAD_OK;
    return fail(err, MARSAD_ERR_FORMAT, 0, "no text at line %zu of '%s'", item->line, origin_name(item->origin));
}

/* The whole item is the text. */
static marsad_status read_text(marsad_article *article, marsad_item *item, char note[240], marsad_error *err)
{
    const view bytes = {item->size > 0 ? item->bytes : "", item->size};
    marsad_status status = text_decode(&article->text, &item->memory, bytes, note, err);
    if (status != MARSAD_OK)
        return status;

    sha256_hex(article->sha256, bytes);
    article->id = name_stem(view_of(origin_name(item->origin)));
    if (origin_fallback(item->origin)->id.len > 0)
        article->id = origin_fallback(item->origin)->id;
    return MARSAD_OK;
}

/* Lines without an id are told apart by their number. */
static marsad_status make_id(view *id, marsad_item *item, marsad_error *err)
{
    view stem = name_stem(view_of(origin_name(item->origin)));
    char *made = arena_format(&item->memory, "%.*s:%zu", stem.len < 200 ? (int)stem.len : 200, stem.ptr, item->line);
    if (made == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for line %zu of '%s'", item->line, origin_name(item->origin));
    *id = view_of(made);
    return MARSAD_OK;
}

static marsad_status read_line(marsad_article *article, marsad_item *item, char note[240], marsad_error *err)
{
    view line = {0};
    marsad_status status = text_decode(&line, &item->memory, (view){item->bytes, item->size}, note, err);
    if (status != MARSAD_OK)
        return status;

    jsonl_fields fields = {0};
    status = jsonl_read(&fields, item, line, note, err);
    if (status != MARSAD_OK)
        return status;

    *article = (marsad_article){.id = fields.id, .source = fields.source, .title = fields.title, .text = fields.text, .published = fields.published};
    sha256_hex(article->sha256, fields.raw_text);
    article->id = either(article->id, origin_fallback(item->origin)->id);
    return article->id.len > 0 ? MARSAD_OK : make_id(&article->id, item, err);
}

marsad_status marsad_item_parse(marsad_item *item, marsad_article *out, char note[240], marsad_error *err)
{
    char own_note[240];
    marsad_article article = {0};
    if (note == NULL)
        note = own_note;
    note[0] = '\0';
    if (item->origin == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the item holds nothing to read");
    arena_reset(&item->memory);

    marsad_status status =
        origin_input(item->origin) == MARSAD_INPUT_TEXT ? read_text(&article, item, note, err) : read_line(&article, item, note, err);
    if (status == MARSAD_OK)
        status = check_text(item, article.text, err);
    if (status != MARSAD_OK)
        return status;

    const marsad_article *fallback = origin_fallback(item->origin);
    article.source = either(article.source, fallback->source);
    article.title = either(article.title, fallback->title);
    if (!date_is_given(article.published))
        article.published = fallback->published;
    *out = article;
    return MARSAD_OK;
}
