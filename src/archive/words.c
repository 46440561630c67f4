#include "archive/words.h"

#include <stdlib.h>

/* The article and what is written to it, longest first: taken off where three letters at least stay. */
static const char *const articles[] = {"وبال", "وال", "بال", "فال", "كال", "ولل", "ال", "لل"};
enum { LETTER_BYTES = 2, STEM_LETTERS_LEAST = 3 };

static view without_articles(view word)
{
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        const view article = view_of(articles[i]);
        if (view_starts(word, article) && word.len >= article.len + LETTER_BYTES * STEM_LETTERS_LEAST)
            return (view){word.ptr + article.len, word.len - article.len};
    }
    return word;
}

/* What of a folded letter stands in a key: 0 for none. */
static uint32_t key_letter(uint32_t letter)
{
    switch (letter) {
    case 0x0629: /* ة */
        return 0x0647;
    case 0x0624: /* ؤ */
        return 0x0648;
    case 0x0626: /* ئ */
        return 0x064A;
    case 0x0621: /* ء */
        return 0;
    default:
        return letter;
    }
}

static bool is_word_letter(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 0x0620 && c <= 0x06D3) || (c >= 0xC0 && c <= 0x24F) ||
           (c >= 0x370 && c <= 0x52F);
}

static bool is_arabic_mark(uint32_t c)
{
    return c == 0x0640 || (c >= 0x064B && c <= 0x065F) || (c >= 0x066A && c <= 0x066D) || c == 0x06D4;
}

static void add_word(buffer *out, view word)
{
    char key[256];
    size_t used = 0;
    const view bare = without_articles(word);
    for (size_t at = 0, step; at < bare.len && used + 4 < sizeof key; at += step) {
        const uint32_t letter = key_letter(utf8_at(bare, at, &step));
        if (letter != 0)
            used += utf8_put(key + used, letter);
    }
    if (used == 0)
        return;
    if (out->used > 0)
        buffer_add(out, " ", 1);
    buffer_add(out, key, used);
}

void words_add_keys(buffer *out, view text)
{
    char *folded = malloc(text.len + 1);
    if (folded == NULL) {
        out->failed = true;
        return;
    }
    const view all = {folded, fold_into(folded, text.len + 1, text)};
    size_t start = 0, step;
    for (size_t at = 0; at <= all.len; at += step) {
        step = 1;
        const uint32_t c = at < all.len ? utf8_at(all, at, &step) : 0;
        if (is_word_letter(c) && !is_arabic_mark(c))
            continue;
        if (at > start)
            add_word(out, (view){all.ptr + start, at - start});
        start = at + step;
    }
    free(folded);
}

/* --- each once ------------------------------------------------------------------------------------------------------------------- */

/* Words of one text, by where they stand in it. At most half of the slots are taken; their number is a power of two. */
typedef struct {
    struct {
        uint32_t at, size; /* size 0: free */
    } * slots;
    size_t room, count;
} word_set;

/* The slot of the word, or the free one where it belongs. */
static size_t slot_of(const word_set *set, const char *bytes, view word)
{
    const uint64_t hash = view_hash(word);
    size_t slot = (size_t)(hash ^ hash >> 32) & (set->room - 1);
    while (set->slots[slot].size > 0 && !view_equal((view){bytes + set->slots[slot].at, set->slots[slot].size}, word))
        slot = (slot + 1) & (set->room - 1);
    return slot;
}

static bool make_room(word_set *set, const char *bytes)
{
    enum { ROOM_FIRST = 512 };
    word_set more = {.room = set->room == 0 ? ROOM_FIRST : 2 * set->room, .count = set->count};
    if (set->count * 2 < set->room)
        return true;
    if ((more.slots = calloc(more.room, sizeof *more.slots)) == NULL)
        return false;
    for (size_t i = 0; i < set->room; i++)
        if (set->slots[i].size > 0)
            more.slots[slot_of(&more, bytes, (view){bytes + set->slots[i].at, set->slots[i].size})] = set->slots[i];
    free(set->slots);
    *set = more;
    return true;
}

void words_make_distinct(buffer *keys)
{
    word_set set = {0};
    const view all = {keys->bytes, keys->used};
    view word;
    size_t at = 0, used = 0, bytes = 0;
    while (!keys->failed && words_next(all, &at, &word) && bytes + word.len <= WORDS_MOST_BYTES) {
        if (!make_room(&set, keys->bytes)) {
            keys->failed = true;
            break;
        }
        const size_t slot = slot_of(&set, keys->bytes, word), to = used > 0 ? used + 1 : 0; /* never behind the word */
        if (set.slots[slot].size > 0)
            continue;
        if (used > 0)
            keys->bytes[used] = ' ';
        memmove(keys->bytes + to, word.ptr, word.len);
        set.slots[slot].at = (uint32_t)to;
        set.slots[slot].size = (uint32_t)word.len;
        set.count++;
        used = to + word.len;
        bytes += word.len;
    }
    keys->used = used;
    free(set.slots);
}

/* --- words of a question ------------------------------------------------------------------------------------------------------------ */

/* Those of is_word_letter() that SQLite's unicode61 takes for no letter. */
static bool is_no_letter(uint32_t c)
{
    return c == 0xD7 || c == 0xF7 || c == 0x375 || c == 0x37E || c == 0x384 || c == 0x385 || c == 0x387 || c == 0x3F6 || (c >= 0x482 && c <= 0x489);
}

void words_part(char *keys, size_t size)
{
    for (size_t at = 0, step; at < size; at += step)
        if (is_no_letter(utf8_at((view){keys, size}, at, &step)))
            memset(keys + at, ' ', step);
}

bool words_next(view keys, size_t *at, view *out)
{
    if (keys.len == 0)
        return false; /* a text of marks alone; there may be no bytes at all */
    while (*at < keys.len && keys.ptr[*at] == ' ')
        ++*at;
    const size_t start = *at;
    while (*at < keys.len && keys.ptr[*at] != ' ')
        ++*at;
    *out = (view){keys.ptr + start, *at - start};
    return *at > start;
}
