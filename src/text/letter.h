/* What a letter is, for folding and for cutting words. Private to src/text/. */
#ifndef MARSAD_LETTER_H
#define MARSAD_LETTER_H

#include "base/base.h"

/* The part that a letter plays. Characters, so that a block of Unicode can be drawn as a table (letter.c). */
typedef enum {
    ROLE_KEPT = 'b',          /* an Arabic letter that folds to itself */
    ROLE_ALEF = 'a',          /* آ ٱ: an alef without hamza sign */
    ROLE_ALEF_OVER = 'A',     /* أ */
    ROLE_ALEF_UNDER = 'I',    /* إ */
    ROLE_MAQSURA = 'Y',       /* ى */
    ROLE_FARSI_YEH = 'y',     /* ی */
    ROLE_KEHEH = 'k',         /* ک */
    ROLE_FORM = 'f',          /* a presentation form: one or more letters in the shape they take on paper */
    ROLE_PHRASE = 'p',        /* a presentation form of several words: ﷺ */
    ROLE_LATIN = 'x',         /* a-z */
    ROLE_LATIN_CAPITAL = 'X', /* A-Z */
    ROLE_FOREIGN = 'e',       /* a letter of any other script, or a Latin one with accents */
    ROLE_DIGIT = '0',         /* 0-9 ٠-٩ ۰-۹: the value is the low four bits of the code */
    ROLE_SIGN = '-',          /* dropped but seen: diacritics, tatweel */
    ROLE_TANWIN = 'n',        /* ... those that say something about the word */
    ROLE_DAMMA = 'u',
    ROLE_SHADDA = 'w',
    ROLE_HAMZA_OVER = '^', /* a combining hamza: و and ي with it are the letters ؤ and ئ */
    ROLE_HAMZA_UNDER = 'v',
    ROLE_HIDDEN = '~', /* dropped and not seen: direction marks, zero width, control characters */
    ROLE_BLANK = ' ',
    ROLE_PART = '#', /* # and _: they part words and are no mark of their own */
    ROLE_MARK = '.'  /* all the rest */
} letter_role;

/* Roles of U+0000-007F and U+0600-06FF, nearly all letters of the news. */
extern const char ascii_roles[128 + 1], arabic_roles[256 + 1];

letter_role role_of(uint32_t code);

/* White space as Unicode has it: where a line or sentence is trimmed. */
bool is_blank(uint32_t code);

static inline bool role_is_arabic(letter_role role)
{
    return role == ROLE_KEPT || role == ROLE_ALEF || role == ROLE_ALEF_OVER || role == ROLE_ALEF_UNDER || role == ROLE_MAQSURA ||
           role == ROLE_FARSI_YEH || role == ROLE_KEHEH || role == ROLE_FORM;
}

static inline bool role_is_foreign(letter_role role)
{
    return role == ROLE_LATIN || role == ROLE_LATIN_CAPITAL || role == ROLE_FOREIGN;
}

static inline bool role_is_sign(letter_role role)
{
    return role == ROLE_SIGN || role == ROLE_TANWIN || role == ROLE_DAMMA || role == ROLE_SHADDA || role == ROLE_HAMZA_OVER ||
           role == ROLE_HAMZA_UNDER;
}

/* One letter of a text, as it stands there. */
typedef struct {
    const char *bytes;
    size_t step; /* how many bytes it has */
    uint32_t code;
    letter_role role;
} letter;

/* at < text.len */
static inline letter letter_at(view text, size_t at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + at;
    letter found = {.bytes = text.ptr + at, .step = 1};

    if (byte[0] < 0x80) {
        found.code = byte[0];
        found.role = (letter_role)ascii_roles[byte[0]];
    } else if (byte[0] >= 0xD8 && byte[0] <= 0xDB && text.len - at >= 2 && (byte[1] & 0xC0) == 0x80) {
        unsigned in_block = (byte[0] & 3u) << 6 | (byte[1] & 0x3Fu);
        found.step = 2;
        found.code = 0x600 + in_block;
        found.role = (letter_role)arabic_roles[in_block];
    } else {
        found.code = utf8_at(text, at, &found.step);
        found.role = role_of(found.code);
    }
    return found;
}

/* What has been folded so far, and what the letters told on the way. */
typedef struct {
    char *out;
    size_t used, room; /* bytes */
    size_t word;       /* where the word in work begins in `out` */
    uint32_t letters;  /* of that word, so far */
    letter_role last;  /* role of its last letter */
    unsigned flags;    /* TOKEN_... of that word */
} folding;

/* Append what `next` folds to. From the first letter on that finds no room, nothing is appended. */
void fold_letter(folding *f, letter next);

/*
 * Append the letters of the Arabic block from byte `at` on that fold to themselves, until another one comes; returns where that is.
 * Says nothing that fold_letter() does not; but four letters of five are such, and this is many times as fast.
 */
static inline size_t fold_kept_letters(folding *f, view text, size_t at)
{
    if (at >= text.len)
        return at; /* an empty view may point nowhere */
    const unsigned char *byte = (const unsigned char *)text.ptr + at;
    const size_t left = text.len - at, room = f->room - f->used;
    const size_t most = (left < room ? left : room) & ~(size_t)1;
    size_t done = 0;

    for (; done < most; done += 2) {
        unsigned lead = byte[done], tail = byte[done + 1];
        if (lead < 0xD8 || lead > 0xDB || (tail & 0xC0) != 0x80 || arabic_roles[(lead & 3) << 6 | (tail & 0x3F)] != ROLE_KEPT)
            break;
        memcpy(f->out + f->used + done, byte + done, 2);
    }
    if (done > 0) {
        f->used += done;
        f->letters += (uint32_t)(done / 2);
        f->last = ROLE_KEPT;
    }
    return at + done;
}

#endif
