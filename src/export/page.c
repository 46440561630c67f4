/* Builds lines and blocks of a page out of templates, names and numbers. */
#include "export/page.h"

#include <inttypes.h>
#include <stdio.h>

void page_fail(page *p, marsad_status status, const char *what, const char *subject)
{
    if (p->status == MARSAD_OK)
        p->status = fail(&p->err, status, MARSAD_NOWHERE, "%s '%s'", what, subject);
}

static void no_memory(page *p)
{
    page_fail(p, MARSAD_ERR_SYSTEM, "out of memory for the bulletin in", wording_language_code(p->language));
}

static void add_run(page *p, page_line *line, page_run run)
{
    if (p->status != MARSAD_OK || run.text == NULL || !ARENA_GROW(p->memory, line->items, line->count, line->room)) {
        no_memory(p);
        return;
    }
    line->items[line->count++] = run;
}

static void add_line(page *p, page_line *line, page_line more)
{
    for (uint32_t i = 0; i < more.count && p->status == MARSAD_OK; i++)
        add_run(p, line, more.items[i]);
}

/* Marks that change the direction of what stands around them, and byte order marks. */
static bool is_mark(uint32_t letter)
{
    return letter == 0x061C || letter == 0x200E || letter == 0x200F || (letter >= 0x202A && letter <= 0x202E) ||
           (letter >= 0x2066 && letter <= 0x2069) || letter == 0xFEFF;
}

/* Characters that end a line or have no place in one. */
static bool is_control(uint32_t letter)
{
    return letter < 0x20 || (letter >= 0x7F && letter <= 0x9F) || letter == 0x2028 || letter == 0x2029;
}

static const char *clean(page *p, const char *name)
{
    const view text = view_of(name);
    char *out = arena_alloc(p->memory, text.len * 3 + 1); /* a byte that is none becomes U+FFFD: 3 bytes */
    size_t used = 0;
    for (size_t at = 0, step = 0; out != NULL && at < text.len; at += step) {
        const uint32_t letter = utf8_at(text, at, &step);
        if (!is_mark(letter))
            used += utf8_put(out + used, is_control(letter) ? ' ' : letter);
    }
    return out;
}

page_line line_name(page *p, const char *name)
{
    page_line line = {0};
    add_run(p, &line, (page_run){.kind = RUN_NAME, .text = clean(p, name)});
    return line;
}

page_line line_link(page *p, const char *name, const char *url)
{
    page_line line = line_name(p, name);
    const bool is_web = strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
    if (is_web && line.count > 0)
        line.items[0].url = clean(p, url);
    return line;
}

page_line line_number(page *p, int64_t number)
{
    page_line line = {0};
    add_run(p, &line, (page_run){.kind = RUN_NUMBER, .text = arena_format(p->memory, "%" PRId64, number)});
    return line;
}

/* Fills the slot whose name stands between `open` and `close`. */
static void fill_slot(page *p, page_line *line, const char *key, view name, const page_slot *slots)
{
    for (const page_slot *s = slots; s != NULL && s->name != NULL; s++)
        if (view_equal(name, view_of(s->name))) {
            add_line(p, line, s->line);
            return;
        }
    page_fail(p, MARSAD_ERR_FORMAT, "a slot is asked for that is not known there: row", key);
}

static void add_words(page *p, page_line *line, view words)
{
    if (words.len > 0)
        add_run(p, line, (page_run){.kind = RUN_WORDS, .text = arena_string(p->memory, words)});
}

page_line line_fill(page *p, const char *key, const page_slot *slots)
{
    page_line line = {0};
    const char *at = wording_text(p->wording, p->language, key);
    if (at == NULL) {
        page_fail(p, MARSAD_ERR_FORMAT, wording_language_code(p->language)[0] == 'a' ? "bulletin-ar.tsv: no row" : "bulletin-en.tsv: no row", key);
        return line;
    }
    while (*at != 0 && p->status == MARSAD_OK) {
        const char *open = strchr(at, '{'), *close = open != NULL ? strchr(open, '}') : NULL;
        if (close == NULL) {
            add_words(p, &line, view_of(at));
            break;
        }
        add_words(p, &line, (view){at, (size_t)(open - at)});
        fill_slot(p, &line, key, (view){open + 1, (size_t)(close - open - 1)}, slots);
        at = close + 1;
    }
    return line;
}

const char *page_key(page *p, const char *prefix, const char *name)
{
    const char *key = arena_format(p->memory, "%s.%s", prefix, name);
    if (key == NULL)
        no_memory(p);
    return key != NULL ? key : "";
}

page_line line_words(page *p, const char *prefix, const char *name)
{
    return line_fill(p, page_key(p, prefix, name), NULL);
}

page_line line_join(page *p, const page_line *lines, uint32_t count, const char *more, const char *last)
{
    page_line joined = count > 0 ? lines[0] : (page_line){0};
    for (uint32_t i = 1; i < count; i++)
        joined = line_fill(p, i + 1 == count ? last : more, (page_slot[]){{"first", joined}, {"second", lines[i]}, {0}});
    return joined;
}

bool line_equal(page_line a, page_line b)
{
    if (a.count != b.count)
        return false;
    for (uint32_t i = 0; i < a.count; i++)
        if (a.items[i].kind != b.items[i].kind || strcmp(a.items[i].text, b.items[i].text) != 0)
            return false;
    return true;
}

void page_add_cells(page *p, block_kind kind, const page_line *cells, uint32_t count)
{
    page_line *own = p->status == MARSAD_OK ? arena_alloc(p->memory, count * sizeof *own) : NULL;
    if (own == NULL || !ARENA_GROW(p->memory, p->blocks, p->count, p->room)) {
        no_memory(p);
        return;
    }
    memcpy(own, cells, count * sizeof *own);
    p->blocks[p->count++] = (page_block){kind, own, count};
}

void page_add(page *p, block_kind kind, page_line line)
{
    page_add_cells(p, kind, &line, 1);
}
