/*
 * The main text of a page, found by how dense text and links are. What is article is told by its paragraphs: running text of some length with few
 * links. Menus, lists of other reports and buttons are short or linked.
 *
 *   1. A block is good if it has at least 40 letters and less than 3 in 10 of them in links, is no heading, and stands in no aside.
 *   2. A good block gives its letters, long ones more than in proportion, to the box around it, half to the next, and so on, for four boxes.
 *   3. The best box by that sum, times the share of its letters that stand in no link, is the article; a box that names itself one counts more.
 *   4. If much good text stands just outside (an article in several boxes side by side), the box around is taken, as long as it is not full of links.
 *   5. Of the article: good blocks; short sentences and unlinked paragraphs between them; headings that a kept block follows.
 */
#include "feed/page.h"

enum { GOOD_LETTERS = 40, LONG_LETTERS = 300, SHORT_PARAGRAPH = 15, REACH = 4 };

#define BOX_NONE UINT32_MAX

/* What stands in a box and all boxes in it. */
typedef struct {
    double score;
    uint64_t letters, linked, good;
    bool is_aside; /* it or a box around it */
} box_sum;

typedef struct {
    const page *page;
    box_sum *sums; /* one a box */
    bool *kept;    /* one a block */
    aside trusts;  /* marks from this one up */
} finder;

static bool is_dense(const page_block *block)
{
    return (uint64_t)block->linked * 10 < (uint64_t)block->letters * 3;
}

static bool is_good(const finder *f, const page_block *block)
{
    return block->letters >= GOOD_LETTERS && is_dense(block) && f->page->boxes[block->box].kind != BOX_HEADING && !f->sums[block->box].is_aside;
}

/* The box that a block is a paragraph of. */
static uint32_t home_of(const page *p, uint32_t box)
{
    while (box > 0 && (p->boxes[box].kind == BOX_PARAGRAPH || p->boxes[box].kind == BOX_HEADING))
        box = p->boxes[box].parent;
    return box;
}

static void sum_boxes(finder *f)
{
    const page *p = f->page;
    for (uint32_t i = 0; i < p->box_count; i++) {
        const page_box *box = &p->boxes[i];
        bool is_aside = box->aside >= f->trusts;
        f->sums[i] = (box_sum){.is_aside = is_aside || (i > 0 && f->sums[box->parent].is_aside)};
    }
    for (uint32_t i = 0; i < p->block_count; i++) {
        const page_block *block = &p->blocks[i];
        box_sum *sum = &f->sums[block->box];
        sum->letters += block->letters;
        sum->linked += block->linked;
        if (!is_good(f, block))
            continue;
        sum->good += block->letters;
        double part = (double)block->letters * (block->letters < LONG_LETTERS ? block->letters : LONG_LETTERS) / LONG_LETTERS;
        uint32_t box = home_of(p, block->box);
        for (int reach = 0; reach < REACH; reach++) {
            f->sums[box].score += part;
            part /= 2;
            if (box == 0)
                break;
            box = p->boxes[box].parent;
        }
    }
    for (uint32_t i = p->box_count; i-- > 1;) {
        box_sum *around = &f->sums[p->boxes[i].parent];
        around->letters += f->sums[i].letters;
        around->linked += f->sums[i].linked;
        around->good += f->sums[i].good;
    }
}

static double value_of(const finder *f, uint32_t box)
{
    const box_sum *sum = &f->sums[box];
    const box_kind kind = f->page->boxes[box].kind;
    if (sum->letters == 0)
        return 0;
    double said = kind == BOX_BODY ? 4 : kind == BOX_ARTICLE ? 1.25 : 1;
    return sum->score * said * (double)(sum->letters - sum->linked) / (double)sum->letters;
}

/* A box around `box`, at most four boxes away, in which a quarter more good text stands, and not many links; BOX_NONE if there is none. */
static uint32_t wider_box(const finder *f, uint32_t box)
{
    const uint64_t good = f->sums[box].good;
    uint32_t around = box;
    for (int reach = 0; reach < REACH && around > 0 && f->page->boxes[around].kind != BOX_BODY; reach++) {
        around = f->page->boxes[around].parent;
        const box_sum *sum = &f->sums[around];
        if (sum->linked * 4 > sum->letters)
            return BOX_NONE;
        if (sum->good * 4 >= good * 5)
            return around;
    }
    return BOX_NONE;
}

/* The box of the article; box 0, with nothing good in it, if there is none. */
static uint32_t best_box(const finder *f)
{
    uint32_t best = 0;
    double most = value_of(f, 0);
    for (uint32_t i = 1; i < f->page->box_count; i++) {
        double value = value_of(f, i);
        if (value > most) {
            best = i;
            most = value;
        }
    }
    for (uint32_t wider = best; wider != BOX_NONE; wider = wider_box(f, best))
        best = wider;
    return best;
}

/* --- what of it is kept ------------------------------------------------------------------------------------------------ */

static bool is_within(const page *p, uint32_t box, uint32_t article)
{
    while (box > article) /* parents have lower numbers */
        box = p->boxes[box].parent;
    return box == article;
}

static bool ends_sentence(view text)
{
    static const char *const marks[] = {".", "!", "?", "؟", "…", "»", "”", "\""};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (view_ends(text, view_of(marks[i])))
            return true;
    return false;
}

static bool is_between(const finder *f, const page_block *block)
{
    bool is_paragraph = f->page->boxes[block->box].kind == BOX_PARAGRAPH;
    return is_dense(block) && (ends_sentence(block->text) || (is_paragraph && block->linked == 0 && block->letters >= SHORT_PARAGRAPH));
}

static bool is_heading(const finder *f, const page_block *block)
{
    return block->linked == 0 && (f->page->boxes[block->box].kind == BOX_HEADING || view_ends(block->text, view_of(":")));
}

/* Marks the blocks of the article. Returns the number of bytes that they take as lines. */
static size_t choose_blocks(finder *f, uint32_t article)
{
    const page *p = f->page;
    uint32_t first = p->block_count, last = 0;
    size_t bytes = 0;
    for (uint32_t i = 0; i < p->block_count; i++) {
        f->kept[i] = is_good(f, &p->blocks[i]) && is_within(p, p->blocks[i].box, article);
        if (f->kept[i]) {
            first = i < first ? i : first;
            last = i;
        }
    }
    for (uint32_t i = last + 1; i-- > first;) {
        const page_block *block = &p->blocks[i];
        if (f->kept[i] || f->sums[block->box].is_aside || !is_within(p, block->box, article))
            continue;
        bool is_title = p->boxes[block->box].kind == BOX_HEADING;
        f->kept[i] = (!is_title && is_between(f, block)) || (is_heading(f, block) && i > first && f->kept[i + 1]);
    }
    for (uint32_t i = 0; i < p->block_count; i++)
        bytes += f->kept[i] ? p->blocks[i].text.len + 1 : 0;
    return bytes;
}

/* The kept blocks, a line each. False when memory is out. */
static bool join_blocks(view *out, const page *p, const bool *kept, size_t bytes, arena *memory)
{
    *out = view_of("");
    if (bytes == 0)
        return true;
    char *text = arena_alloc(memory, bytes);
    if (text == NULL)
        return false;
    size_t used = 0;
    for (uint32_t i = 0; i < p->block_count; i++)
        if (kept[i]) {
            memcpy(text + used, p->blocks[i].text.ptr, p->blocks[i].text.len);
            used += p->blocks[i].text.len;
            text[used++] = '\n';
        }
    *out = (view){text, used};
    return true;
}

/* A class that names an aside may stand around everything: then it is not believed. */
static void trust_marks(finder *f)
{
    f->trusts = ASIDE_CLASS;
    sum_boxes(f);
    const uint64_t without_layout = f->sums[0].good;
    f->trusts = ASIDE_LAYOUT;
    sum_boxes(f);
    if (f->sums[0].good > 0 && f->sums[0].good * 4 >= without_layout)
        return;
    f->trusts = without_layout > 0 ? ASIDE_CLASS : ASIDE_TAG;
    sum_boxes(f);
}

bool main_text(view *out, const page *p, arena *memory)
{
    finder f = {.page = p};
    size_t bytes = 0;
    f.sums = arena_alloc(memory, p->box_count * sizeof *f.sums);
    f.kept = arena_alloc(memory, p->block_count * sizeof *f.kept);
    if (f.sums == NULL || f.kept == NULL)
        return false;
    trust_marks(&f);
    if (f.sums[0].good > 0)
        bytes = choose_blocks(&f, best_box(&f));
    return join_blocks(out, p, f.kept, bytes, memory);
}

bool whole_text(view *out, const page *p, arena *memory)
{
    bool *kept = arena_alloc(memory, p->block_count * sizeof *kept);
    size_t bytes = 0;
    if (kept == NULL)
        return false;
    for (int every = 0; bytes == 0 && every < 2; every++) /* links alone are better than nothing */
        for (uint32_t i = 0; i < p->block_count; i++) {
            kept[i] = every || p->blocks[i].linked * (uint64_t)2 <= p->blocks[i].letters;
            bytes += kept[i] ? p->blocks[i].text.len + 1 : 0;
        }
    return join_blocks(out, p, kept, bytes, memory);
}
