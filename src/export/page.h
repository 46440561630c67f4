/*
 * A page: a bulletin in one language, before it becomes text or HTML. Blocks of cells, cells of runs; a run knows whether it is words of a template, a name or a
 * number that came from outside, so that a writer can escape it and keep its direction from spilling.
 * The first failure (no memory, a row that is missing) stays in `status` and `err`; what follows does nothing.
 */
#ifndef MARSAD_PAGE_H
#define MARSAD_PAGE_H

#include "incident/wording.h"

typedef enum { RUN_WORDS, RUN_NAME, RUN_NUMBER } run_kind;

typedef struct {
    run_kind kind;
    const char *text;
    const char *url; /* http or https, or NULL */
} page_run;

typedef struct {
    page_run *items;
    uint32_t count, room;
} page_line;

typedef enum {
    BLOCK_TITLE,
    BLOCK_HEADING,
    BLOCK_GROUP,    /* a governorate */
    BLOCK_ITEM,     /* where, grade, state of review: no claim */
    BLOCK_SENTENCE, /* a claim: attributed */
    BLOCK_NOTE,     /* what Marsad says of its own work */
    BLOCK_SOURCES,
    BLOCK_TABLE_HEAD,
    BLOCK_TABLE_ROW
} block_kind;

typedef struct {
    block_kind kind;
    page_line *cells;
    uint32_t cell_count;
} page_block;

typedef struct {
    const wording *wording;
    wording_language language;
    arena *memory;
    page_block *blocks;
    uint32_t count, room;
    marsad_status status;
    marsad_error err;
} page;

typedef struct {
    const char *name; /* "who" */
    page_line line;
} page_slot;

/* Nothing, a name, a number. Names are cleaned: no control characters, no invisible marks of direction, no invalid UTF-8. */
page_line line_name(page *p, const char *name);
page_line line_link(page *p, const char *name, const char *url);
page_line line_number(page *p, int64_t number);
/* The template `key` with its slots filled; `slots` ends with a NULL name. A template that asks for a slot that is not given is an error. */
page_line line_fill(page *p, const char *key, const page_slot *slots);
/* "PREFIX.NAME"; "" and a failed page when memory is out. */
const char *page_key(page *p, const char *prefix, const char *name);
/* The template "PREFIX.NAME" without slots. */
page_line line_words(page *p, const char *prefix, const char *name);
/* `count` lines joined two by two: the last two by `last`, the others by `more`. */
page_line line_join(page *p, const page_line *lines, uint32_t count, const char *more, const char *last);
bool line_equal(page_line a, page_line b);

void page_add(page *p, block_kind kind, page_line line);
void page_add_cells(page *p, block_kind kind, const page_line *cells, uint32_t count);
/* Remembers the first failure. */
void page_fail(page *p, marsad_status status, const char *what, const char *subject);

/* Plain text: UTF-8, a line a block, names and numbers between U+2068 and U+2069. */
bool page_write_text(const page *pages, uint32_t count, marsad_write *write, void *context);
/* One HTML document: no script, nothing that is fetched. `is_print`: laid out for A4. */
bool page_write_html(const page *pages, uint32_t count, bool is_print, marsad_write *write, void *context);

#endif
