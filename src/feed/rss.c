/*
 * Feeds: RSS 2.0 and its forerunners, RSS 1.0 (RDF) and Atom. One walk of libxml2's parser over the document gives all items; each keeps the bytes of its
 * element, and what is to be read of them later.
 *
 * A feed needs no document type: one that has it is refused, and with it every entity of its own. So nothing grows, and nothing outside is read.
 */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

#include "feed/page.h"

/* What an element of an item or of the feed fills; where several fill one, the last row that the item has wins. */
typedef enum { FIELD_NONE, FIELD_ID, FIELD_URL, FIELD_TITLE, FIELD_PUBLISHED, FIELD_UPDATED, FIELD_SUMMARY, FIELD_CONTENT, FIELD_COUNT } field;

typedef enum { ANY_SPACE, SPACE_CONTENT, SPACE_DC } space;

static const struct {
    const char *name;
    space in;
    field fills;
} elements[] = {
    {"guid", ANY_SPACE, FIELD_ID},           {"id", ANY_SPACE, FIELD_ID},
    {"link", ANY_SPACE, FIELD_URL},          {"title", ANY_SPACE, FIELD_TITLE},
    {"pubDate", ANY_SPACE, FIELD_PUBLISHED}, {"published", ANY_SPACE, FIELD_PUBLISHED},
    {"issued", ANY_SPACE, FIELD_PUBLISHED},  {"date", SPACE_DC, FIELD_PUBLISHED},
    {"updated", ANY_SPACE, FIELD_UPDATED},   {"description", ANY_SPACE, FIELD_SUMMARY},
    {"summary", ANY_SPACE, FIELD_SUMMARY},   {"encoded", SPACE_CONTENT, FIELD_CONTENT},
    {"content", ANY_SPACE, FIELD_CONTENT},
};

typedef struct {
    size_t line;
    view bytes; /* of the document */
    view fields[FIELD_COUNT];
} rss_item;

struct rss {
    arena memory;
    rss_item *items;
    uint32_t item_count, item_room, next;
    view title; /* of the feed */
    char note[240];
    marsad_error fault; /* what ended the feed before its end */
    bool has_fault;
};

typedef struct {
    rss *feed;
    xmlParserCtxtPtr parser;
    view document;
    int depth;         /* elements that are open */
    int item_depth;    /* of the item that is open; 0: none */
    int text_depth;    /* of the element whose text is gathered; 0: none */
    int channel_depth; /* of what holds the feed's title */
    field fills;
    bool is_plain; /* the text gathered is text and elements, not HTML in writing: write it as HTML */
    blob text;
    rss_item item;
    bool failed;         /* memory is out */
    const char *refuses; /* why the document is no feed */
    size_t fault;        /* where it is refused */
} walker;

/* --- what is gathered -------------------------------------------------------------------------------------------------- */

static void gather(walker *w, view text)
{
    if (!blob_append(&w->text, text.ptr, text.len))
        w->failed = true;
}

static void gather_plain(walker *w, view text)
{
    for (size_t i = 0; i < text.len; i++) {
        char letter = text.ptr[i];
        gather(w, letter == '<' ? view_of("&lt;") : letter == '>' ? view_of("&gt;") : letter == '&' ? view_of("&amp;") : (view){text.ptr + i, 1});
    }
}

static void gather_tag(walker *w, const char *opening, const xmlChar *name)
{
    gather(w, view_of(opening));
    gather(w, view_of((const char *)name));
    gather(w, view_of(">"));
}

static void keep(walker *w, view *out, view text)
{
    text = view_trim(text);
    const char *copy = arena_string(&w->feed->memory, text);
    if (copy == NULL)
        w->failed = true;
    else
        *out = (view){copy, text.len};
}

/* --- the parser's events ------------------------------------------------------------------------------------------------ */

static bool is_named(const xmlChar *name, const char *wanted)
{
    return strcmp((const char *)name, wanted) == 0;
}

static space space_of(const xmlChar *uri)
{
    if (uri == NULL)
        return ANY_SPACE;
    if (is_named(uri, "http://purl.org/rss/1.0/modules/content/"))
        return SPACE_CONTENT;
    return is_named(uri, "http://purl.org/dc/elements/1.1/") ? SPACE_DC : ANY_SPACE;
}

/* Modules of feeds (media, itunes ...) have titles and descriptions of their own. */
static bool is_of_feeds(const xmlChar *uri)
{
    return uri == NULL || space_of(uri) != ANY_SPACE || is_named(uri, "http://www.w3.org/2005/Atom") || is_named(uri, "http://purl.org/rss/1.0/") ||
           is_named(uri, "http://purl.org/atom/ns#") || is_named(uri, "http://backend.userland.com/rss2") ||
           is_named(uri, "http://my.netscape.com/rdf/simple/0.9/");
}

static field field_of(const xmlChar *name, const xmlChar *uri)
{
    for (size_t i = 0; is_of_feeds(uri) && i < sizeof elements / sizeof *elements; i++)
        if (is_named(name, elements[i].name) && elements[i].in == space_of(uri))
            return elements[i].fills;
    return FIELD_NONE;
}

/* Attributes come as name, prefix, space, first byte of the value, byte behind it. */
static view attribute(const xmlChar **attributes, int count, const char *name)
{
    for (int i = 0; i < count; i++, attributes += 5)
        if (is_named(attributes[0], name))
            return (view){(const char *)attributes[3], (size_t)(attributes[4] - attributes[3])};
    return view_of("");
}

/* The offset of the parser in the document. */
static size_t here(const walker *w)
{
    long at = xmlByteConsumed(w->parser);
    return at < 0 || (size_t)at > w->document.len ? w->document.len : (size_t)at;
}

/* Nothing behind the place where the parser stands is looked at. */
static void stop(walker *w, const char *why)
{
    w->refuses = why;
    w->fault = here(w);
    xmlStopParser(w->parser);
}

static void begin_item(walker *w)
{
    size_t from = here(w);
    while (from > 0 && w->document.ptr[from] != '<') /* the parser stands behind the attributes, which hold no '<' */
        from--;
    w->item = (rss_item){.line = (size_t)xmlSAX2GetLineNumber(w->parser), .bytes = {w->document.ptr + from, 0}};
    w->item_depth = w->depth;
}

static void end_item(walker *w)
{
    rss *feed = w->feed;
    w->item.bytes.len = (size_t)(w->document.ptr + here(w) - w->item.bytes.ptr);
    w->item_depth = 0;
    if (w->failed || !ARENA_GROW(&feed->memory, feed->items, feed->item_count, feed->item_room))
        w->failed = true;
    else
        feed->items[feed->item_count++] = w->item;
}

/* Atom's links stand in an attribute, and most are not the article's. */
static void read_link(walker *w, const xmlChar **attributes, int count)
{
    view rel = attribute(attributes, count, "rel"), href = attribute(attributes, count, "href");
    if (w->item_depth > 0 && href.len > 0 && (rel.len == 0 || view_is(rel, "alternate")))
        keep(w, &w->item.fields[FIELD_URL], href);
}

/* RSS writes HTML as text; Atom says so, or writes text, or elements. */
static bool writes_plain(field fills, const xmlChar *uri, view type)
{
    bool is_atom = uri != NULL && (is_named(uri, "http://www.w3.org/2005/Atom") || is_named(uri, "http://purl.org/atom/ns#"));
    return is_atom && (fills == FIELD_TITLE || fills == FIELD_SUMMARY || fills == FIELD_CONTENT) && !view_is(type, "html") &&
           !view_is(type, "text/html");
}

static void begin_text(walker *w, field fills, bool is_plain)
{
    w->fills = fills;
    w->text_depth = w->depth;
    w->is_plain = is_plain;
    w->text.size = 0;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int space_count, const xmlChar **spaces,
                     int count, int defaulted, const xmlChar **attributes)
{
    walker *w = context;
    (void)prefix, (void)space_count, (void)spaces, (void)defaulted;
    w->depth++;
    if (w->failed) {
        xmlStopParser(w->parser);
        return;
    }
    if (w->depth == 1 && !is_named(name, "rss") && !is_named(name, "RDF") && !is_named(name, "feed")) {
        stop(w, "it is no feed: neither <rss> nor <rdf:RDF> nor <feed>");
        return;
    }
    if (w->text_depth > 0) {
        if (w->is_plain)
            gather_tag(w, "<", name);
        return;
    }
    if (is_named(name, "channel") || (w->depth == 1 && is_named(name, "feed")))
        w->channel_depth = w->depth;
    if (w->item_depth == 0 && (is_named(name, "item") || is_named(name, "entry")) && is_of_feeds(uri)) {
        begin_item(w);
        return;
    }
    field fills = field_of(name, uri);
    bool is_of_item = w->item_depth > 0 && w->depth == w->item_depth + 1;
    bool is_of_channel = w->item_depth == 0 && w->channel_depth > 0 && w->depth == w->channel_depth + 1 && fills == FIELD_TITLE;
    if (fills != FIELD_NONE && (is_of_item || is_of_channel)) {
        begin_text(w, fills, writes_plain(fills, uri, attribute(attributes, count, "type")));
        if (fills == FIELD_URL)
            read_link(w, attributes, count);
    }
}

static void end_text(walker *w)
{
    view text = view_trim(blob_view(&w->text));
    view *out = w->item_depth > 0 ? &w->item.fields[w->fills] : &w->feed->title;
    w->text_depth = 0;
    if (out->len == 0 && text.len > 0)
        keep(w, out, text);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    walker *w = context;
    (void)prefix, (void)uri;
    if (w->text_depth > 0 && w->depth == w->text_depth)
        end_text(w);
    else if (w->text_depth > 0 && w->is_plain)
        gather_tag(w, "</", name);
    else if (w->item_depth > 0 && w->depth == w->item_depth)
        end_item(w);
    else if (w->depth == w->channel_depth)
        w->channel_depth = 0;
    w->depth--;
}

static void on_text(void *context, const xmlChar *bytes, int size)
{
    walker *w = context;
    view text = {(const char *)bytes, (size_t)size};
    if (w->text_depth == 0 || w->failed)
        return;
    if (w->is_plain)
        gather_plain(w, text);
    else
        gather(w, text);
}

static void on_document_type(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    stop(context, "it has a document type, which a feed does not need and entities hide in");
}

/* The parser would go on behind what makes the document no XML, only to find more of it. */
static void on_error(void *context, xmlErrorPtr error)
{
    walker *w = context;
    if (error->level != XML_ERR_FATAL)
        return;
    w->fault = here(w);
    xmlStopParser(w->parser);
}

/* --- the document ------------------------------------------------------------------------------------------------------- */

static marsad_status keep_fault(walker *w, const char *name, marsad_error *err)
{
    rss *feed = w->feed;
    const xmlError *why = xmlCtxtGetLastError(w->parser);
    feed->has_fault = true;
    if (w->failed || (why != NULL && why->code == XML_ERR_NO_MEMORY))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the feed '%s'", name);
    if (w->refuses != NULL)
        fail(&feed->fault, MARSAD_ERR_FORMAT, w->fault, "cannot read feed '%s': %s", name, w->refuses);
    else
        fail(&feed->fault, MARSAD_ERR_FORMAT, w->fault, "bad XML at line %d of '%s': %.*s", why == NULL ? 1 : why->line, name,
             why == NULL || why->message == NULL ? 0 : (int)strcspn(why->message, "\n"), why == NULL ? "" : why->message);
    return MARSAD_OK;
}

static marsad_status walk(rss *feed, view xml, const char *name, marsad_error *err)
{
    const int options = XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    walker w = {.feed = feed, .document = xml};
    marsad_status status = MARSAD_OK;
    w.parser = xmlCreateMemoryParserCtxt(xml.ptr, (int)xml.len);
    if (w.parser == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the feed '%s'", name);
    xmlCtxtUseOptions(w.parser, options);
    *w.parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                                     .startElementNs = on_start,
                                     .endElementNs = on_end,
                                     .characters = on_text,
                                     .ignorableWhitespace = on_text,
                                     .cdataBlock = on_text,
                                     .internalSubset = on_document_type,
                                     .serror = on_error};
    w.parser->userData = &w;
    int result = xmlParseDocument(w.parser);
    if (result != 0 || w.failed || w.refuses != NULL)
        status = keep_fault(&w, name, err);
    xmlFreeDoc(w.parser->myDoc); /* the handlers above build none, but the parser may for what it reads before it stops */
    w.parser->myDoc = NULL;
    xmlFreeParserCtxt(w.parser);
    blob_free(&w.text);
    return status;
}

marsad_status rss_new(rss **out, view document, const char *name, marsad_error *err)
{
    view xml = {0};
    *out = NULL;
    rss *feed = calloc(1, sizeof *feed);
    if (feed == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the feed '%s'", name);
    marsad_status status = text_decode(&xml, &feed->memory, document, charset_of_xml(document), feed->note, err);
    if (status != MARSAD_OK)
        goto done;
    size_t fault = markup_fault(xml, false);
    if (fault == MARSAD_NOWHERE) {
        xml = view_trim(xml); /* blanks before <?xml are a common slip */
        status = xml.len > 0 ? walk(feed, xml, name, err) : fail(err, MARSAD_ERR_FORMAT, 0, "cannot read feed '%s': it is empty", name);
    } else {
        status = fail(err, MARSAD_ERR_FORMAT, fault, "cannot read feed '%s': a tag with over 1000 attributes at byte %zu", name, fault);
    }
    if (status != MARSAD_OK)
        goto done;
    *out = feed;
    feed = NULL;
done:
    rss_free(feed);
    return status;
}

void rss_free(rss *feed)
{
    if (feed == NULL)
        return;
    arena_free(&feed->memory);
    free(feed);
}

/* Copies what an item of the feed has into the item that leaves it. */
static bool give(marsad_item *item, const rss *feed, const rss_item *from)
{
    const view *fields = from->fields;
    item_given *to = &item->given;
    const struct {
        view *to;
        view from;
    } parts[] = {
        {&to->id, fields[FIELD_ID]},
        {&to->url, fields[FIELD_URL]},
        {&to->title, fields[FIELD_TITLE]},
        {&to->published, fields[fields[FIELD_PUBLISHED].len > 0 ? FIELD_PUBLISHED : FIELD_UPDATED]},
        {&to->content, fields[fields[FIELD_CONTENT].len > 0 ? FIELD_CONTENT : FIELD_SUMMARY]},
        {&to->source, feed->title},
        {&to->note, view_of(feed->note)},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *copy = arena_string(&item->own, parts[i].from);
        if (copy == NULL)
            return false;
        *parts[i].to = (view){copy, parts[i].from.len};
    }
    item->line = from->line;
    return blob_append(&item->bytes, from->bytes.ptr, from->bytes.len);
}

marsad_status rss_next(rss *feed, marsad_item *item, marsad_error *err)
{
    if (feed->next < feed->item_count)
        return give(item, feed, &feed->items[feed->next++]) ? MARSAD_OK : item_out_of_memory(item, err);
    if (!feed->has_fault)
        return MARSAD_END;
    feed->has_fault = false;
    return fail(err, MARSAD_ERR_FORMAT, feed->fault.offset, "%s", feed->fault.message);
}
