/*
 * Sentences: a line of a report, cut after . ! ? ؟ … and the closing quotes after them, when white space follows.
 * The rule is the one by which the gold texts were cut, so that sentence numbers agree; no abbreviations are known, none are needed:
 * "آر.تي.إل" has no white space inside.
 */
#include "text/letter.h"
#include "text/text.h"

/* Length in bytes of the sentence end . ! ? ؟ … at `at`, or 0. */
static size_t stop_at(view text, size_t at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + at;
    size_t left = text.len - at;
    if (byte[0] == '.' || byte[0] == '!' || byte[0] == '?')
        return 1;
    if (byte[0] == 0xD8 && left >= 2 && byte[1] == 0x9F) /* ؟ */
        return 2;
    if (byte[0] == 0xE2 && left >= 3 && byte[1] == 0x80 && byte[2] == 0xA6) /* … */
        return 3;
    return 0;
}

/* Length in bytes of the closing mark » ” " ) ] at `at`, or 0. */
static size_t closing_at(view text, size_t at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + at;
    size_t left = text.len - at;
    if (byte[0] == '"' || byte[0] == ')' || byte[0] == ']')
        return 1;
    if (byte[0] == 0xC2 && left >= 2 && byte[1] == 0xBB) /* » */
        return 2;
    if (byte[0] == 0xE2 && left >= 3 && byte[1] == 0x80 && byte[2] == 0x9D) /* ” */
        return 3;
    return 0;
}

/* Length in bytes of the white space at `at`, or 0. */
static size_t blank_at(view text, size_t at)
{
    size_t step = 1;
    unsigned char lead = (unsigned char)text.ptr[at];
    if (lead < 0x80)
        return is_blank(lead) ? 1 : 0;
    if (lead != 0xC2 && (lead < 0xE1 || lead > 0xE3)) /* no other lead byte begins a blank */
        return 0;
    return is_blank(utf8_at(text, at, &step)) ? step : 0;
}

static size_t skip_blanks(view text, size_t at)
{
    size_t step;
    while (at < text.len && (step = blank_at(text, at)) > 0)
        at += step;
    return at;
}

/* Past all stops and closing marks in a row. */
static size_t skip_stops(view text, size_t at)
{
    size_t step;
    while (at < text.len && (step = stop_at(text, at)) > 0)
        at += step;
    while (at < text.len && (step = closing_at(text, at)) > 0)
        at += step;
    return at;
}

/* Past what is neither white space nor a stop: most letters. */
static size_t skip_letters(view text, size_t at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr;
    while (at < text.len) {
        unsigned char lead = byte[at];
        bool is_question = lead == 0xD8 && at + 1 < text.len && byte[at + 1] == 0x9F; /* ؟ */
        if (lead >= 0xC3 && lead <= 0xDF && !is_question)
            at += 2; /* Arabic */
        else if (is_question || lead <= 0x20 || lead == '.' || lead == '!' || lead == '?' || lead == 0xC2 || (lead >= 0xE1 && lead <= 0xE3))
            return at;
        else
            at++;
    }
    return at < text.len ? at : text.len;
}

/* The start of the letter that byte `at` belongs to. */
static size_t letter_start(view text, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < 3 && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
        start--;
    return start;
}

/*
 * Where the sentence that begins at `start` ends; `*last` is where its last letter that is no blank ends.
 * One that is too long ends at its last blank, or if it has none, in the middle.
 */
static size_t sentence_end(view text, size_t start, size_t *last)
{
    const bool is_long = text.len - start > SENTENCE_MAX_BYTES;
    const view within = {text.ptr, is_long ? letter_start(text, start + SENTENCE_MAX_BYTES) : text.len};
    size_t at = start, step, before_blank = start, after_blank = start; /* the last run of blanks, if any */

    *last = start;
    while (at < within.len) {
        if (text.ptr[at] == '\n')
            return at;
        if ((step = blank_at(within, at)) > 0) {
            if (after_blank != at)
                before_blank = at;
            at += step;
            after_blank = at;
        } else if (stop_at(within, at) > 0) {
            *last = at = skip_stops(within, at);
            if (at < text.len && blank_at(text, at) > 0)
                return at;
        } else {
            *last = at = skip_letters(within, at + 1);
        }
    }
    if (!is_long || after_blank == start)
        return at;
    *last = before_blank;
    return after_blank;
}

bool sentence_next(view text, size_t *at, span *out)
{
    size_t start = skip_blanks(text, *at), end;
    if (start >= text.len) {
        *at = text.len;
        return false;
    }
    *at = sentence_end(text, start, &end);
    *out = (span){(uint32_t)start, (uint32_t)end};
    return true;
}
