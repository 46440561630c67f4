/*
 * A page is taken apart as libxml2's HTML parser walks through it: no tree is built, so that depth costs nothing that we do not bound.
 * White space is joined, entities are read by the parser, text in scripts and controls is dropped.
 */
#include "feed/page.h"

#include <libxml/HTMLparser.h>

/* The time that the parser takes for an end tag grows with the depth it is at. */
enum { DEPTH_MAX = 512, SCRIPTS_MAX = 16 };

typedef struct {
    const char *name; /* the parser's */
    uint32_t box, links, drops;
    bool breaks;
} open_element;

typedef struct {
    page *page;
    arena *memory;
    htmlParserCtxtPtr parser;
    open_element open[DEPTH_MAX + 1]; /* open[0] is the page */
    size_t depth;
    char *line; /* of the block at work */
    uint32_t used, room, letters, linked;
    bool was_blank;               /* behind the last letter */
    bool is_in_title, is_in_data; /* the text goes into a field */
    bool failed;                  /* memory is out */
} builder;

/* --- text ------------------------------------------------------------------------------------------------------------- */

static bool add_bytes(builder *b, const char *bytes, size_t size)
{
    if (size > UINT32_MAX / 4 - b->used)
        b->failed = true;
    while (!b->failed && b->room - b->used < size) {
        uint32_t room = b->room;
        b->failed = !arena_grow(b->memory, (void **)&b->line, b->room, &room, 1);
        if (!b->failed)
            b->room = room;
    }
    if (b->failed)
        return false;
    memcpy(b->line + b->used, bytes, size);
    b->used += (uint32_t)size;
    return true;
}

/* White space of HTML, and the no-break space that pages are filled with. */
static size_t blank_at(view text, size_t at)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte <= 0x20)
        return 1;
    return byte == 0xC2 && at + 1 < text.len && (unsigned char)text.ptr[at + 1] == 0xA0 ? 2 : 0;
}

static void add_text(builder *b, view text)
{
    const bool is_linked = b->open[b->depth].links > 0;
    for (size_t at = 0; at < text.len && !b->failed;) {
        size_t blank = blank_at(text, at);
        if (blank > 0) {
            b->was_blank = true;
            at += blank;
            continue;
        }
        size_t from = at;
        uint32_t letters = 0;
        for (; at < text.len && blank_at(text, at) == 0; at++)
            letters += ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
        if (b->was_blank && b->used > 0)
            add_bytes(b, " ", 1);
        b->was_blank = false;
        add_bytes(b, text.ptr + from, at - from);
        b->letters += letters;
        b->linked += is_linked ? letters : 0;
    }
}

static view take_line(builder *b)
{
    char *copy = b->failed ? NULL : arena_string(b->memory, (view){b->line, b->used});
    view text = {copy, b->used};
    b->failed = copy == NULL;
    b->used = b->letters = b->linked = 0;
    b->was_blank = false;
    return text;
}

/* The running text is at its end: what there is becomes a block. */
static void end_block(builder *b)
{
    page *p = b->page;
    page_block block = {.letters = b->letters, .linked = b->linked, .box = b->open[b->depth].box};
    b->was_blank = true;
    if (b->used == 0 || b->failed)
        return;
    block.text = take_line(b);
    b->was_blank = true;
    if (b->failed || !ARENA_GROW(b->memory, p->blocks, p->block_count, p->block_room))
        b->failed = true;
    else
        p->blocks[p->block_count++] = block;
}

/* --- attributes ------------------------------------------------------------------------------------------------------- */

static view attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
        if (view_is(view_of((const char *)attributes[0]), name))
            return view_of((const char *)attributes[1]);
    return view_of("");
}

/* The first that is given stays. */
static void keep_field(builder *b, page_field field, view value)
{
    value = view_trim(value);
    if (b->page->fields[field].len > 0 || value.len == 0 || b->failed)
        return;
    const char *copy = arena_string(b->memory, value);
    b->failed = copy == NULL;
    if (copy != NULL)
        b->page->fields[field] = (view){copy, value.len};
}

static const struct {
    const char *name;
    page_field field;
} metas[] = {
    {"og:title", PAGE_TITLE_OG},
    {"og:site_name", PAGE_SITE},
    {"og:url", PAGE_URL_OG},
    {"article:published_time", PAGE_DATE_ARTICLE},
    {"og:published_time", PAGE_DATE_ARTICLE},
    {"datePublished", PAGE_DATE_ITEM},
    {"pubdate", PAGE_DATE_META},
    {"publishdate", PAGE_DATE_META},
    {"publish-date", PAGE_DATE_META},
    {"publish_date", PAGE_DATE_META},
    {"publication_date", PAGE_DATE_META},
    {"date", PAGE_DATE_META},
    {"dc.date", PAGE_DATE_META},
    {"dc.date.issued", PAGE_DATE_META},
    {"dcterms.created", PAGE_DATE_META},
    {"dcterms.date", PAGE_DATE_META},
    {"sailthru.date", PAGE_DATE_META},
    {"parsely-pub-date", PAGE_DATE_META},
};

static void read_meta(builder *b, const xmlChar **attributes)
{
    const char *const names[] = {"property", "name", "itemprop"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        view name = attribute(attributes, names[n]);
        for (size_t i = 0; name.len > 0 && i < sizeof metas / sizeof *metas; i++)
            if (view_is(name, metas[i].name))
                keep_field(b, metas[i].field, attribute(attributes, "content"));
    }
    if (view_is(attribute(attributes, "rel"), "canonical"))
        keep_field(b, PAGE_URL_CANONICAL, attribute(attributes, "href"));
}

static bool is_in_aside(const builder *b)
{
    for (size_t i = 0; i <= b->depth; i++)
        if (b->page->boxes[b->open[i].box].aside != ASIDE_NOT)
            return true;
    return false;
}

static void read_time(builder *b, const char *tag, const xmlChar **attributes)
{
    view when = attribute(attributes, "datetime");
    if (view_is(attribute(attributes, "itemprop"), "datePublished"))
        keep_field(b, PAGE_DATE_ITEM, when.len > 0 ? when : attribute(attributes, "content"));
    else if (strcmp(tag, "time") == 0 && when.len > 0 && b->page->fields[PAGE_DATE_TIME].len == 0 && !is_in_aside(b))
        keep_field(b, PAGE_DATE_TIME, when);
}

/* --- elements --------------------------------------------------------------------------------------------------------- */

static box_kind kind_of_box(tag_kind tag, const xmlChar **attributes)
{
    view property = attribute(attributes, "itemprop");
    if (view_is(property, "articleBody"))
        return BOX_BODY;
    if (tag == TAG_ARTICLE)
        return BOX_ARTICLE;
    return tag == TAG_PARAGRAPH ? BOX_PARAGRAPH : tag == TAG_HEADING ? BOX_HEADING : BOX_PLAIN;
}

static uint32_t new_box(builder *b, tag_kind tag, const xmlChar **attributes)
{
    page *p = b->page;
    page_box box = {.parent = b->open[b->depth].box, .kind = kind_of_box(tag, attributes), .aside = tag == TAG_ASIDE ? ASIDE_TAG : ASIDE_NOT};
    if (box.aside == ASIDE_NOT) {
        aside by_class = class_aside(attribute(attributes, "class")), by_id = class_aside(attribute(attributes, "id"));
        box.aside = by_class > by_id ? by_class : by_id;
    }
    if (b->failed || !ARENA_GROW(b->memory, p->boxes, p->box_count, p->box_room)) {
        b->failed = true;
        return box.parent;
    }
    p->boxes[p->box_count] = box;
    return p->box_count++;
}

/* What holds the headline or the body of an article is no aside, whatever its class says: "page has-sidebar". */
static void trust_open_boxes(builder *b)
{
    for (size_t i = 0; i <= b->depth; i++) {
        page_box *box = &b->page->boxes[b->open[i].box];
        if (box->aside != ASIDE_TAG)
            box->aside = ASIDE_NOT;
    }
}

static bool is_json_ld(const xmlChar **attributes)
{
    return view_is(view_trim(attribute(attributes, "type")), "application/ld+json");
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    builder *b = context;
    const char *tag = (const char *)name;
    if (b->failed || b->depth == DEPTH_MAX) {
        b->page->is_cut = !b->failed;
        xmlStopParser(b->parser);
        return;
    }
    tag_kind kind = tag_find(tag);
    const open_element *around = &b->open[b->depth];
    open_element element = {.name = tag, .box = around->box, .links = around->links, .drops = around->drops};
    switch (kind) {
    case TAG_META:
        read_meta(b, attributes);
        break;
    case TAG_DROPPED:
        element.drops++;
        break;
    case TAG_SCRIPT:
        element.drops++;
        b->is_in_data = is_json_ld(attributes) && b->page->script_count < SCRIPTS_MAX;
        if (b->is_in_data)
            end_block(b);
        break;
    case TAG_TITLE:
        end_block(b);
        b->is_in_title = element.drops == 0;
        break;
    case TAG_LINK:
        element.links++;
        break;
    case TAG_INLINE:
        read_time(b, tag, attributes);
        break;
    case TAG_BREAK:
        end_block(b);
        break;
    default:
        end_block(b);
        element.breaks = true;
        element.box = new_box(b, kind, attributes);
        read_time(b, tag, attributes);
    }
    b->open[++b->depth] = element;
    if (!b->failed && (strcmp(tag, "h1") == 0 || (element.breaks && b->page->boxes[element.box].kind == BOX_BODY)))
        trust_open_boxes(b);
}

/* Text that was gathered for a field, not for a block. */
static void end_field(builder *b)
{
    page *p = b->page;
    view text = b->used > 0 ? take_line(b) : view_of("");
    if (b->is_in_title && text.len > 0)
        keep_field(b, PAGE_TITLE, text);
    else if (text.len > 0 && !b->failed && ARENA_GROW(b->memory, p->scripts, p->script_count, p->script_room))
        p->scripts[p->script_count++] = text;
    b->is_in_title = b->is_in_data = false;
}

static void close_element(builder *b)
{
    if (b->open[b->depth].breaks)
        end_block(b);
    else if (b->is_in_title || b->is_in_data)
        end_field(b);
    b->depth--;
}

static void on_end(void *context, const xmlChar *name)
{
    builder *b = context;
    size_t at = b->depth;
    while (at > 0 && strcmp(b->open[at].name, (const char *)name) != 0)
        at--;
    while (at > 0 && b->depth >= at)
        close_element(b);
}

static void on_text(void *context, const xmlChar *bytes, int size)
{
    builder *b = context;
    if (b->open[b->depth].drops == 0 || b->is_in_data)
        add_text(b, (view){(const char *)bytes, (size_t)size});
}

static htmlParserCtxtPtr parser_new(builder *b)
{
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (parser == NULL)
        return NULL;
    *parser->sax =
        (xmlSAXHandler){.startElement = on_start, .endElement = on_end, .characters = on_text, .ignorableWhitespace = on_text, .cdataBlock = on_text};
    parser->userData = b;
    return parser;
}

bool page_read(page *out, arena *memory, view html)
{
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
    *out = (page){0};
    builder *b = arena_alloc(memory, sizeof *b);
    if (b == NULL || !ARENA_GROW(memory, out->boxes, out->box_count, out->box_room))
        return false;
    b->page = out;
    b->memory = memory;
    out->boxes[out->box_count++] = (page_box){0};
    b->parser = parser_new(b);
    if (b->parser == NULL)
        return false;

    htmlDocPtr no_tree = htmlCtxtReadMemory(b->parser, html.ptr, (int)html.len, NULL, "UTF-8", options);
    bool is_read = b->parser->errNo != XML_ERR_NO_MEMORY;
    xmlFreeDoc(no_tree); /* NULL: the handlers above build none */
    b->depth = 0;
    if (is_read)
        end_block(b);
    htmlFreeParserCtxt(b->parser);
    return is_read && !b->failed;
}
