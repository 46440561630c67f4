/* UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#include "base/base.h"

enum { REPLACEMENT = 0xFFFD };

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

uint32_t utf8_at(view text, size_t at, size_t *step)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + at;
    const size_t left = text.len - at;
    const unsigned char lead = byte[0];

    *step = 1;
    if (lead < 0x80)
        return lead;

    if (lead >= 0xC2 && lead <= 0xDF) {
        if (left < 2 || !is_continuation(byte[1]))
            return REPLACEMENT;
        *step = 2;
        return (uint32_t)(lead & 0x1F) << 6 | (byte[1] & 0x3F);
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (left < 3 || !is_continuation(byte[1]) || !is_continuation(byte[2]))
            return REPLACEMENT;
        uint32_t letter = (uint32_t)(lead & 0x0F) << 12 | (uint32_t)(byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
        if (letter < 0x800 || (letter >= 0xD800 && letter <= 0xDFFF))
            return REPLACEMENT;
        *step = 3;
        return letter;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (left < 4 || !is_continuation(byte[1]) || !is_continuation(byte[2]) || !is_continuation(byte[3]))
            return REPLACEMENT;
        uint32_t letter = (uint32_t)(lead & 0x07) << 18 | (uint32_t)(byte[1] & 0x3F) << 12 | (uint32_t)(byte[2] & 0x3F) << 6 | (byte[3] & 0x3F);
        if (letter < 0x10000 || letter > 0x10FFFF)
            return REPLACEMENT;
        *step = 4;
        return letter;
    }
    return REPLACEMENT;
}

size_t utf8_invalid(view text)
{
    const unsigned char *byte = (const unsigned char *)text.ptr;
    size_t at = 0;

    while (at < text.len) {
        if (byte[at] < 0x80) {
            at++;
        } else if (byte[at] >= 0xC2 && byte[at] <= 0xDF && text.len - at >= 2 && is_continuation(byte[at + 1])) {
            at += 2; /* Arabic letters, the common case */
        } else {
            size_t step;
            if (utf8_at(text, at, &step) == REPLACEMENT && step == 1)
                return at;
            at += step;
        }
    }
    return MARSAD_NOWHERE;
}

size_t utf8_put(char *out, uint32_t letter)
{
    unsigned char *byte = (unsigned char *)out;
    if (letter < 0x80) {
        byte[0] = (unsigned char)letter;
        return 1;
    }
    if (letter < 0x800) {
        byte[0] = (unsigned char)(0xC0 | letter >> 6);
        byte[1] = (unsigned char)(0x80 | (letter & 0x3F));
        return 2;
    }
    if (letter > 0x10FFFF || (letter >= 0xD800 && letter <= 0xDFFF))
        letter = REPLACEMENT; /* what we write is always valid */
    if (letter < 0x10000) {
        byte[0] = (unsigned char)(0xE0 | letter >> 12);
        byte[1] = (unsigned char)(0x80 | (letter >> 6 & 0x3F));
        byte[2] = (unsigned char)(0x80 | (letter & 0x3F));
        return 3;
    }
    byte[0] = (unsigned char)(0xF0 | letter >> 18);
    byte[1] = (unsigned char)(0x80 | (letter >> 12 & 0x3F));
    byte[2] = (unsigned char)(0x80 | (letter >> 6 & 0x3F));
    byte[3] = (unsigned char)(0x80 | (letter & 0x3F));
    return 4;
}
