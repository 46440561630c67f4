/*
 * Folding: the writing of a word with everything taken off that writers leave out or change at will.
 *   قُصِفَ → قصف     الـــحرب → الحرب     أحمد → احمد     على → علي     ٢٠١٦ → 2016     ﻻ → لا
 */
#include "text/letter.h"
#include "text/text.h"

#include <utf8proc.h>

#define ALEF "\xD8\xA7"
#define WAW "\xD9\x88"
#define YEH "\xD9\x8A"
#define KAF "\xD9\x83"
#define FEH "\xD9\x81"

static void put_letter(folding *f, const char *bytes, size_t size, letter_role role)
{
    if (size > f->room - f->used) {
        f->room = f->used; /* full: a shorter letter after this one must not slip in */
        return;
    }
    for (size_t i = 0; i < size; i++) /* a few bytes: not worth a call of memcpy() */
        f->out[f->used + i] = bytes[i];
    f->used += size;
    f->letters++;
    f->last = role;
}

static bool word_begins(const folding *f, const char *arabic_letter)
{
    return f->used - f->word >= 2 && memcmp(f->out + f->word, arabic_letter, 2) == 0;
}

static bool word_ends(const folding *f, const char *arabic_letter)
{
    return f->used - f->word >= 2 && memcmp(f->out + f->used - 2, arabic_letter, 2) == 0;
}

/* Is the letter number `nth` (from 1) the first of the word, not counting a conjunction و or ف that may stand before it? */
static bool is_first_letter(const folding *f, uint32_t nth)
{
    return nth == 1 || (nth == 2 && (word_begins(f, WAW) || word_begins(f, FEH)));
}

static void note_hamza(folding *f, uint32_t nth, unsigned flag)
{
    if (is_first_letter(f, nth))
        f->flags |= flag;
}

/* A hamza written apart makes one letter with the one before it: و + ٔ is ؤ, but ا + ٔ folds to ا like أ does. */
static void fold_hamza(folding *f, letter_role role)
{
    if (word_ends(f, ALEF)) {
        note_hamza(f, f->letters, role == ROLE_HAMZA_OVER ? TOKEN_HAMZA_OVER : TOKEN_HAMZA_UNDER);
    } else if (role == ROLE_HAMZA_OVER && word_ends(f, WAW)) {
        f->out[f->used - 1] = '\xA4'; /* ؤ D8 A4 */
        f->out[f->used - 2] = '\xD8';
    } else if (role == ROLE_HAMZA_OVER && word_ends(f, YEH)) {
        f->out[f->used - 1] = '\xA6'; /* ئ D8 A6 */
        f->out[f->used - 2] = '\xD8';
        f->last = ROLE_KEPT;
    }
}

static letter letter_of(uint32_t code, char bytes[4])
{
    return (letter){.bytes = bytes, .step = utf8_put(bytes, code), .code = code, .role = role_of(code)};
}

/* ﻻ is ل and ا: a form is what its compatibility decomposition says, folded. Blanks appear only between the words of a phrase. */
static void fold_form(folding *f, letter next)
{
    utf8proc_int32_t parts[32]; /* ﷺ has 18 */
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)next.code, parts, 32, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
        char bytes[4];
        letter part = letter_of((uint32_t)parts[i], bytes);
        if (part.role != ROLE_FORM && part.role != ROLE_PHRASE)
            fold_letter(f, part);
    }
}

/* Scripts whose accents are dropped: Latin, Greek, Cyrillic. */
static bool has_accents(uint32_t code)
{
    return code < 0x530 || (code >= 0x1E00 && code < 0x2000);
}

/* "É" and "é", in one code or two, are "e". What would grow is left as it is, so that folding never lengthens foreign words. */
static void fold_foreign(folding *f, letter next)
{
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t count = 1;
    int boundary = 0;
    char folded_bytes[8 * 4];
    size_t used = 0;

    parts[0] = (utf8proc_int32_t)next.code;
    if (has_accents((uint32_t)utf8proc_tolower(parts[0])))
        count = utf8proc_decompose_char(utf8proc_tolower(parts[0]), parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 8; i++) {
        uint32_t lower = (uint32_t)utf8proc_tolower(parts[i]);
        if (role_is_foreign(role_of(lower)))
            used += utf8_put(folded_bytes + used, lower);
    }
    if (used == 0 || used > next.step)
        put_letter(f, next.bytes, next.step, ROLE_FOREIGN);
    else
        put_letter(f, folded_bytes, used, ROLE_FOREIGN);
}

void fold_letter(folding *f, letter next)
{
    char ascii;
    switch (next.role) {
    case ROLE_KEPT:
        put_letter(f, next.bytes, next.step, ROLE_KEPT);
        break;
    case ROLE_ALEF_OVER:
    case ROLE_ALEF_UNDER:
        note_hamza(f, f->letters + 1, next.role == ROLE_ALEF_OVER ? TOKEN_HAMZA_OVER : TOKEN_HAMZA_UNDER);
        put_letter(f, ALEF, 2, next.role);
        break;
    case ROLE_ALEF:
        put_letter(f, ALEF, 2, next.role);
        break;
    case ROLE_MAQSURA:
    case ROLE_FARSI_YEH:
        put_letter(f, YEH, 2, next.role);
        break;
    case ROLE_KEHEH:
        put_letter(f, KAF, 2, next.role);
        break;
    case ROLE_FORM:
    case ROLE_PHRASE:
        fold_form(f, next);
        break;
    case ROLE_LATIN_CAPITAL:
        ascii = (char)(next.code + ('a' - 'A'));
        put_letter(f, &ascii, 1, next.role);
        break;
    case ROLE_FOREIGN:
        fold_foreign(f, next);
        break;
    case ROLE_DIGIT:
        ascii = (char)('0' + (next.code & 0xF));
        put_letter(f, &ascii, 1, next.role);
        break;
    case ROLE_TANWIN:
        f->flags |= TOKEN_TANWIN;
        break;
    case ROLE_DAMMA:
        if (is_first_letter(f, f->letters))
            f->flags |= TOKEN_DAMMA;
        break;
    case ROLE_SHADDA:
        f->flags |= TOKEN_SHADDA;
        break;
    case ROLE_HAMZA_OVER:
    case ROLE_HAMZA_UNDER:
        fold_hamza(f, next.role);
        break;
    case ROLE_SIGN:
    case ROLE_HIDDEN:
        break;
    case ROLE_LATIN:
    case ROLE_BLANK:
    case ROLE_PART:
    case ROLE_MARK:
        put_letter(f, next.bytes, next.step, next.role);
        break;
    }
}

size_t fold_into(char *out, size_t room, view text)
{
    if (room == 0)
        return 0;
    folding f = {.out = out, .room = room - 1};
    for (size_t at = fold_kept_letters(&f, text, 0); at < text.len; at = fold_kept_letters(&f, text, at)) {
        letter next = letter_at(text, at);
        fold_letter(&f, next);
        at += next.step;
    }
    out[f.used] = '\0';
    return f.used;
}

/* Letter by letter: text is its own fold if each letter is written as itself. */
bool is_folded(view text)
{
    char out[64]; /* what one letter can become */
    folding f = {.out = out, .room = sizeof out};
    for (size_t at = 0; at < text.len;) {
        letter next = letter_at(text, at);
        f.used = 0;
        fold_letter(&f, next);
        if (f.used != next.step || memcmp(out, next.bytes, next.step) != 0)
            return false;
        at += next.step;
    }
    return true;
}
