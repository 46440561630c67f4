/* An item as an article: its text in UTF-8, and what the stream says where the item itself says nothing. */
#include "feed/feed.h"

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
    return fail(err, MARSAD_ERR_FORMAT, 0, "no text at " ITEM_PLACE, ITEM_PLACE_OF(item));
}

/* The whole item is the text. */
static marsad_status read_text(item_fields *out, marsad_item *item, char note[240], marsad_error *err)
{
    out->raw_text = blob_view(&item->bytes);
    return text_decode(&out->text, &item->memory, out->raw_text, view_of(""), note, err);
}

static marsad_status read_line(item_fields *out, marsad_item *item, char note[240], marsad_error *err)
{
    view line = {0};
    marsad_status status = text_decode(&line, &item->memory, blob_view(&item->bytes), view_of(""), note, err);
    return status == MARSAD_OK ? jsonl_read(out, item, line, note, err) : status;
}

static marsad_status read_fields(item_fields *out, marsad_item *item, char note[240], marsad_error *err)
{
    switch (origin_input(item->origin)) {
    case MARSAD_INPUT_JSONL:
        return read_line(out, item, note, err);
    case MARSAD_INPUT_RSS:
        return rss_read(out, item, note, err);
    case MARSAD_INPUT_HTML:
    case MARSAD_INPUT_WARC:
        return html_read(out, item, note, err);
    default:
        return read_text(out, item, note, err);
    }
}

/* Items of one stream without an id are told apart by their number. */
static marsad_status make_id(view *id, marsad_item *item, marsad_error *err)
{
    view stem = name_stem(view_of(origin_name(item->origin)));
    marsad_input input = origin_input(item->origin);
    *id = stem;
    if (input == MARSAD_INPUT_TEXT || input == MARSAD_INPUT_HTML)
        return MARSAD_OK;
    char *made = arena_format(&item->memory, "%.*s:%zu", stem.len < 200 ? (int)stem.len : 200, stem.ptr, item->line);
    if (made == NULL)
        return item_out_of_memory(item, err);
    *id = view_of(made);
    return MARSAD_OK;
}

marsad_view marsad_item_address(marsad_item *item)
{
    item_fields fields = {0};
    char note[240] = "";
    if (item->origin == NULL)
        return view_of("");
    arena_reset(&item->memory);
    switch (origin_input(item->origin)) {
    case MARSAD_INPUT_JSONL:
        if (read_line(&fields, item, note, NULL) != MARSAD_OK)
            fields.url = view_of("");
        break;
    case MARSAD_INPUT_RSS:
        fields.url = rss_address(item);
        break;
    default:
        fields.url = item->given.url;
    }
    return either(fields.url, origin_fallback(item->origin)->url);
}

marsad_status marsad_item_parse(marsad_item *item, marsad_article *out, char note[240], marsad_error *err)
{
    char own_note[240];
    item_fields fields = {0};
    if (note == NULL)
        note = own_note;
    note[0] = '\0';
    if (item->origin == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the item holds nothing to read");
    arena_reset(&item->memory);

    marsad_status status = read_fields(&fields, item, note, err);
    if (status == MARSAD_OK)
        status = check_text(item, fields.text, err);
    if (status != MARSAD_OK)
        return status;

    const marsad_article *fallback = origin_fallback(item->origin);
    marsad_article article = {.text = fields.text, .published = fields.published};
    article.url = either(fields.url, fallback->url);
    article.id = either(either(fields.id, fallback->id), article.url);
    article.source = either(fields.source, fallback->source);
    if (article.source.len == 0 && origin_input(item->origin) != MARSAD_INPUT_JSONL) /* a line says itself who wrote it, or nobody does */
        article.source = url_host(article.url);
    article.title = either(fields.title, fallback->title);
    if (!date_is_given(article.published))
        article.published = fallback->published;
    if (article.id.len == 0)
        status = make_id(&article.id, item, err);
    if (status != MARSAD_OK)
        return status;
    sha256_hex(article.sha256, fields.raw_text);
    *out = article;
    return MARSAD_OK;
}
