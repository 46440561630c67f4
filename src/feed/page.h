/*
 * A page in HTML, taken apart: boxes (elements that stand on lines of their own), and blocks (the running text between their edges).
 *
 *   <div>Menu <a>one</a><p>A report <b>of</b> today.</p></div>
 *   box 1 div -> box 0;  box 2 p -> box 1;  blocks "Menu one" in box 1, "A report of today." in box 2
 */
#ifndef MARSAD_PAGE_H
#define MARSAD_PAGE_H

#include "feed/feed.h"

typedef enum {
    BOX_PLAIN,
    BOX_PARAGRAPH, /* p, li, blockquote ... : its text belongs to what stands around it */
    BOX_HEADING,
    BOX_ARTICLE, /* says itself that it is an article */
    BOX_BODY     /* says itself that it is the text of one */
} box_kind;

/* How sure it is that a box holds no article: a menu, a footer, comments. */
typedef enum {
    ASIDE_NOT,
    ASIDE_LAYOUT, /* a word of its class, which pages also give to what stands around everything: "sidebar", "menu" */
    ASIDE_CLASS,  /* a word of its class: "comments", "related" */
    ASIDE_TAG     /* its element: <nav>, <footer> */
} aside;

typedef struct {
    uint32_t parent; /* a lower index; box 0 is the page and its own parent */
    box_kind kind;
    aside aside;
} page_box;

typedef struct {
    view text;                /* one line, white space joined, never empty */
    uint32_t letters, linked; /* letters without blanks; those within links */
    uint32_t box;
} page_block;

/* What the head of a page says, in order of trust where it is about the same. */
typedef enum {
    PAGE_TITLE_OG,
    PAGE_TITLE,
    PAGE_SITE,
    PAGE_URL_CANONICAL,
    PAGE_URL_OG,
    PAGE_DATE_ARTICLE, /* article:published_time */
    PAGE_DATE_LD,      /* JSON-LD datePublished */
    PAGE_DATE_ITEM,    /* itemprop="datePublished" */
    PAGE_DATE_META,    /* <meta name="pubdate"> and the like */
    PAGE_DATE_TIME,    /* the first <time datetime> outside asides */
    PAGE_FIELD_COUNT
} page_field;

typedef struct {
    page_box *boxes;
    page_block *blocks;
    view *scripts; /* JSON-LD */
    uint32_t box_count, box_room, block_count, block_room, script_count, script_room;
    view fields[PAGE_FIELD_COUNT]; /* the first of each; empty where there is none */
    bool is_cut;                   /* nested too deep: what follows is not read */
} page;

/* Byte of a tag with too many attributes, or MARSAD_NOWHERE: what the parsers cannot read in proportion. */
size_t markup_fault(view text, bool is_html);

/* Take apart `html`, which is UTF-8 without NUL bytes. False when memory is out. */
bool page_read(page *out, arena *memory, view html);

/* What an element is by its name; `tag` is in lower case. */
typedef enum {
    TAG_BOX,       /* also every name that is not known */
    TAG_INLINE,    /* its text runs on */
    TAG_BREAK,     /* ends a line */
    TAG_PARAGRAPH, /* a box whose text belongs to the box around it */
    TAG_HEADING,
    TAG_ARTICLE,
    TAG_ASIDE,   /* never part of an article */
    TAG_DROPPED, /* not even text */
    TAG_LINK,
    TAG_META,
    TAG_TITLE,
    TAG_SCRIPT
} tag_kind;
tag_kind tag_find(const char *tag);

/* What a class or id names: something beside an article ("post-share", "relatedPosts", "comments")? "has-sidebar" and "no-comments" name nothing. */
aside class_aside(view names);

/* The article of the page, a paragraph a line, in `memory`; empty where there is none. False when memory is out. */
bool main_text(view *out, const page *p, arena *memory);
/* All text of the page but lists of links, a block a line; for a page that is nothing but an article. */
bool whole_text(view *out, const page *p, arena *memory);

/* datePublished of the first JSON-LD script that gives one, in `memory`; empty where none does. False when memory is out. */
bool ld_published(view *out, const page *p, arena *memory);

#endif
