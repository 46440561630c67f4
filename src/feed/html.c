/* A page as the fields of an article: its main text, and what its head and its collector say of it. */
#include <stdio.h>

#include "feed/page.h"

static const char too_deep[] = "elements nested over 512 deep are not read";

static void add_note(char note[240], const char *text)
{
    if (note[0] == '\0')
        snprintf(note, 240, "%s", text);
}

static view first_of(const page *p, page_field one, page_field other)
{
    return p->fields[one].len > 0 ? p->fields[one] : p->fields[other];
}

/* A link that can be followed from anywhere. */
static bool is_absolute(view url)
{
    const view http = view_of("http://"), https = view_of("https://");
    return view_starts(url, http) || view_starts(url, https);
}

static view url_of(const page *p, view address)
{
    for (page_field field = PAGE_URL_CANONICAL; field <= PAGE_URL_OG; field++)
        if (is_absolute(p->fields[field]))
            return p->fields[field];
    return address;
}

/* The first day that can be read, in order of trust; one that cannot is told if there is no other. */
static marsad_date published_of(const page *p, char note[240])
{
    marsad_date day = {0};
    view bad = view_of("");
    for (int field = PAGE_DATE_ARTICLE; field <= PAGE_DATE_TIME; field++) {
        view given = p->fields[field];
        if (given.len == 0)
            continue;
        if (date_of_metadata(&day, given))
            return day;
        bad = given;
    }
    if (bad.len > 0 && note[0] == '\0')
        snprintf(note, 240, "the day of publication is none that is known: '%.*s': read without it", bad.len < 40 ? (int)bad.len : 40, bad.ptr);
    return day;
}

static marsad_status take_apart(page *out, marsad_item *item, view html, marsad_error *err)
{
    size_t fault = markup_fault(html, true);
    if (fault != MARSAD_NOWHERE)
        return fail(err, MARSAD_ERR_FORMAT, fault, "bad HTML at " ITEM_PLACE ": a tag with over 1000 attributes at byte %zu", ITEM_PLACE_OF(item),
                    fault);
    if (!page_read(out, &item->memory, html) || !ld_published(&out->fields[PAGE_DATE_LD], out, &item->memory))
        return item_out_of_memory(item, err);
    return MARSAD_OK;
}

marsad_status html_read(item_fields *out, marsad_item *item, char note[240], marsad_error *err)
{
    view bytes = blob_view(&item->bytes), html, label = item->given.charset;
    if (label.len == 0)
        label = charset_of_page(bytes);
    marsad_status status = text_decode(&html, &item->memory, bytes, label, note, err);
    page p = {0};
    if (status == MARSAD_OK)
        status = take_apart(&p, item, html, err);
    if (status != MARSAD_OK)
        return status;
    if (!main_text(&out->text, &p, &item->memory))
        return item_out_of_memory(item, err);
    if (out->text.len == 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no main text: %s, at " ITEM_PLACE,
                    p.is_cut ? too_deep : "no paragraph of 40 letters outside menus and links", ITEM_PLACE_OF(item));

    out->raw_text = bytes;
    out->title = first_of(&p, PAGE_TITLE_OG, PAGE_TITLE);
    out->source = p.fields[PAGE_SITE];
    out->url = url_of(&p, item->given.url);
    out->published = published_of(&p, note);
    if (p.is_cut)
        add_note(note, too_deep);
    return MARSAD_OK;
}

/* --- items of feeds: each a piece of HTML ------------------------------------------------------------------------------- */

/* Lines joined by blanks: a title. */
static view one_line(view text)
{
    char *bytes = (char *)(uintptr_t)text.ptr; /* in the item's own memory */
    for (size_t i = 0; i < text.len; i++)
        if (bytes[i] == '\n')
            bytes[i] = ' ';
    return view_trim(text);
}

static marsad_status read_piece(view *out, marsad_item *item, view html, marsad_error *err)
{
    page p = {0};
    *out = view_of("");
    if (html.len == 0)
        return MARSAD_OK;
    marsad_status status = take_apart(&p, item, html, err);
    if (status == MARSAD_OK && !whole_text(out, &p, &item->memory))
        status = item_out_of_memory(item, err);
    return status;
}

view rss_address(const marsad_item *item)
{
    const item_given *given = &item->given;
    return is_absolute(given->url) ? given->url : is_absolute(given->id) ? given->id : view_of("");
}

marsad_status rss_read(item_fields *out, marsad_item *item, char note[240], marsad_error *err)
{
    const item_given *given = &item->given;
    marsad_status status = read_piece(&out->text, item, given->content, err);
    if (status == MARSAD_OK)
        status = read_piece(&out->title, item, given->title, err);
    if (status == MARSAD_OK)
        status = read_piece(&out->source, item, given->source, err);
    if (status != MARSAD_OK)
        return status;

    out->title = one_line(out->title);
    out->source = one_line(out->source);
    out->raw_text = given->content;
    out->url = rss_address(item);
    out->id = out->url.len > 0 ? out->url : given->id;
    snprintf(note, 240, "%.*s", (int)given->note.len, given->note.ptr);
    if (given->published.len > 0 && !date_of_metadata(&out->published, given->published) && note[0] == '\0')
        snprintf(note, 240, "the day of publication is none that is known: '%.*s': read without it",
                 given->published.len < 40 ? (int)given->published.len : 40, given->published.ptr);
    return MARSAD_OK;
}
