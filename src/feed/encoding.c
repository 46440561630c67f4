/*
 * Encodings of Arabic text on the web: UTF-8 nearly always, UTF-16 of old office programs, windows-1256 and ISO-8859-6 of old sites.
 * All are converted here: iconv() opens files while it runs, which a locked-down server forbids.
 */
#include "feed/feed.h"

#include <stdio.h>

/* windows-1256, 80 to FF: the Arabic code page of Windows, with French letters between. */
static const uint16_t windows_1256[128] = {
    0x20AC, 0x067E, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0679, 0x2039, 0x0152, 0x0686, 0x0698, 0x0688, /* 80 */
    0x06AF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x06A9, 0x2122, 0x0691, 0x203A, 0x0153, 0x200C, 0x200D, 0x06BA, /* 90 */
    0x00A0, 0x060C, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x06BE, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, /* A0 */
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x061B, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x061F, /* B0 */
    0x06C1, 0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627, 0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D, 0x062E, 0x062F, /* C0 */
    0x0630, 0x0631, 0x0632, 0x0633, 0x0634, 0x0635, 0x0636, 0x00D7, 0x0637, 0x0638, 0x0639, 0x063A, 0x0640, 0x0641, 0x0642, 0x0643, /* D0 */
    0x00E0, 0x0644, 0x00E2, 0x0645, 0x0646, 0x0647, 0x0648, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0649, 0x064A, 0x00EE, 0x00EF, /* E0 */
    0x064B, 0x064C, 0x064D, 0x064E, 0x00F4, 0x064F, 0x0650, 0x00F7, 0x0651, 0x00F9, 0x0652, 0x00FB, 0x00FC, 0x200E, 0x200F, 0x06D2, /* F0 */
};

typedef enum { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE, ENCODING_WINDOWS_1256, ENCODING_ISO_8859_6, ENCODING_BROKEN } encoding;

static const char *const encoding_names[] = {"UTF-8", "UTF-16 (little-endian)", "UTF-16 (big-endian)", "windows-1256", "ISO-8859-6", ""};

/* Labels that pages declare, in lower case, of the encodings that can be told from no others by their bytes alone. */
static const struct {
    const char *label;
    encoding means;
} labels[] = {
    {"windows-1256", ENCODING_WINDOWS_1256}, {"cp1256", ENCODING_WINDOWS_1256},  {"x-cp1256", ENCODING_WINDOWS_1256},
    {"iso-8859-6", ENCODING_ISO_8859_6},     {"iso8859-6", ENCODING_ISO_8859_6}, {"iso88596", ENCODING_ISO_8859_6},
    {"asmo-708", ENCODING_ISO_8859_6},       {"ecma-114", ENCODING_ISO_8859_6},  {"arabic", ENCODING_ISO_8859_6},
};

/* --- telling them apart ----------------------------------------------------------------------------------------------- */

/*
 * UTF-16 without a mark: every second byte is 06 (Arabic letters) or 00 (blanks, digits), which no text in UTF-8 or windows-1256 has.
 * Seen on the first bytes; the odd half tells the byte order.
 */
static encoding utf16_by_pattern(view bytes)
{
    const size_t looked_at = (bytes.len < 4096 ? bytes.len : 4096) & ~(size_t)1;
    size_t typical[2] = {0, 0}; /* of even and odd bytes */
    for (size_t i = 0; i < looked_at; i++)
        typical[i & 1] += bytes.ptr[i] == 0x06 || bytes.ptr[i] == 0x00;

    const size_t units = looked_at / 2, most = units - units / 5;
    if (units < 2 || (typical[0] < most && typical[1] < most))
        return ENCODING_BROKEN;
    return typical[1] >= typical[0] ? ENCODING_UTF16_LE : ENCODING_UTF16_BE;
}

static bool is_arabic_in_1256(unsigned char byte)
{
    return byte >= 0xC1 && windows_1256[byte - 0x80] >= 0x0621 && windows_1256[byte - 0x80] <= 0x0652;
}

/*
 * Does text that is no UTF-8 look like Arabic in windows-1256? Then most of its bytes from 80 up are Arabic letters there, and they stand side by side.
 * In damaged UTF-8 half of these bytes are D8 and D9 (in windows-1256 the rare ط and ظ), and in German or French accented letters stand alone.
 */
static bool looks_like_1256(view bytes)
{
    size_t high = 0, arabic = 0, utf8_leads = 0, behind_arabic = 0;
    bool was_arabic = false;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        bool is_arabic = is_arabic_in_1256(byte);
        high += byte >= 0x80;
        arabic += is_arabic;
        behind_arabic += is_arabic && was_arabic;
        utf8_leads += byte == 0xD8 || byte == 0xD9;
        was_arabic = is_arabic;
    }
    return high >= 4 && arabic * 4 >= high * 3 && utf8_leads * 4 <= high && behind_arabic * 2 >= arabic;
}

/* What a label means; ENCODING_BROKEN where the bytes must tell. */
static encoding declared(view label)
{
    char lower[16];
    if (label.len >= sizeof lower)
        return ENCODING_BROKEN;
    for (size_t i = 0; i < label.len; i++)
        lower[i] = (char)(label.ptr[i] >= 'A' && label.ptr[i] <= 'Z' ? label.ptr[i] + ('a' - 'A') : label.ptr[i]);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (view_equal((view){lower, label.len}, view_of(labels[i].label)))
            return labels[i].means;
    return ENCODING_BROKEN;
}

/* UTF-16 by its mark or its pattern; ENCODING_BROKEN if it is none. */
static encoding utf16_of(view bytes)
{
    if (view_starts(bytes, view_of("\xFF\xFE")))
        return ENCODING_UTF16_LE;
    if (view_starts(bytes, view_of("\xFE\xFF")))
        return ENCODING_UTF16_BE;
    return utf16_by_pattern(bytes);
}

bool text_is_utf16(view bytes)
{
    return utf16_of(bytes) != ENCODING_BROKEN;
}

/* Valid UTF-8 is believed against any label: a few letters of another encoding are never valid UTF-8 by chance. */
static encoding guess(view bytes, view label)
{
    encoding utf16 = utf16_of(bytes);
    if (utf16 != ENCODING_BROKEN)
        return utf16;
    if (utf8_invalid(bytes) == MARSAD_NOWHERE)
        return ENCODING_UTF8;
    encoding said = declared(label);
    if (said != ENCODING_BROKEN)
        return said;
    return looks_like_1256(bytes) ? ENCODING_WINDOWS_1256 : ENCODING_BROKEN;
}

/* --- converting ------------------------------------------------------------------------------------------------------- */

static unsigned utf16_unit(view bytes, size_t at, bool is_big_endian)
{
    unsigned first = (unsigned char)bytes.ptr[at], second = (unsigned char)bytes.ptr[at + 1];
    return is_big_endian ? first << 8 | second : second << 8 | first;
}

/* A lone half of a pair, and a lone last byte, become U+FFFD. */
static uint32_t utf16_at(view bytes, size_t at, bool is_big_endian, size_t *step)
{
    *step = bytes.len - at < 2 ? 1 : 2;
    if (*step == 1)
        return 0xFFFD;
    unsigned unit = utf16_unit(bytes, at, is_big_endian);
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    unsigned low = unit <= 0xDBFF && bytes.len - at >= 4 ? utf16_unit(bytes, at + 2, is_big_endian) : 0;
    if (low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *step = 4;
    return 0x10000 + ((unit & 0x3FFu) << 10 | (low & 0x3FFu));
}

static bool is_utf16(encoding from)
{
    return from == ENCODING_UTF16_LE || from == ENCODING_UTF16_BE;
}

/* ISO-8859-6 has the letters of Unicode's Arabic block in their order, and little else from 80 up. */
static uint32_t iso_8859_6_letter(unsigned char byte)
{
    if (byte <= 0xA0 || byte == 0xA4 || byte == 0xAD)
        return byte;
    bool is_assigned = byte == 0xAC || byte == 0xBB || byte == 0xBF || (byte >= 0xC1 && byte <= 0xDA) || (byte >= 0xE0 && byte <= 0xF2);
    return is_assigned ? 0x0600u + (byte - 0xA0u) : 0xFFFD;
}

uint32_t text_code_page_letter(unsigned char byte, view label)
{
    return declared(label) == ENCODING_ISO_8859_6 ? iso_8859_6_letter(byte) : windows_1256[byte - 0x80];
}

static uint32_t letter_in(encoding from, view bytes, size_t at, size_t *step)
{
    unsigned char byte = (unsigned char)bytes.ptr[at];
    if (is_utf16(from))
        return utf16_at(bytes, at, from == ENCODING_UTF16_BE, step);
    *step = 1;
    if (from == ENCODING_ISO_8859_6)
        return iso_8859_6_letter(byte);
    return byte < 0x80 ? byte : windows_1256[byte - 0x80];
}

/* Converts to UTF-8, NUL read as a blank; returns the size. `out` may be NULL: then only the size is counted. */
static size_t convert(char *out, encoding from, view bytes)
{
    size_t used = 0;
    for (size_t at = 0, step = 0; at < bytes.len; at += step) {
        char letter[4];
        uint32_t code = letter_in(from, bytes, at, &step);
        size_t size = utf8_put(letter, code == 0 ? ' ' : code);
        if (out != NULL)
            memcpy(out + used, letter, size);
        used += size;
    }
    return used;
}

static marsad_status convert_all(view *out, arena *memory, encoding from, view bytes, char note[240], marsad_error *err)
{
    if (is_utf16(from) && utf16_at(bytes, 0, from == ENCODING_UTF16_BE, &(size_t){0}) == 0xFEFF)
        bytes = (view){bytes.ptr + 2, bytes.len - 2}; /* the mark */

    size_t size = convert(NULL, from, bytes);
    if (size > ITEM_MAX_BYTES)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "text over 64 MiB once converted from %s", encoding_names[from]);
    char *text = arena_alloc(memory, size);
    if (text == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for %zu bytes of text", size);
    convert(text, from, bytes);
    *out = (view){text, size};
    snprintf(note, 240, "converted from %s", encoding_names[from]);
    return MARSAD_OK;
}

/* --- mending ---------------------------------------------------------------------------------------------------------- */

bool text_without_nul(view *text, arena *memory)
{
    if (text->len == 0 || memchr(text->ptr, '\0', text->len) == NULL)
        return true;
    char *copy = arena_string(memory, *text);
    if (copy == NULL)
        return false;
    for (size_t i = 0; i < text->len; i++)
        if (copy[i] == '\0')
            copy[i] = ' ';
    text->ptr = copy;
    return true;
}

/* Reads each byte that is no UTF-8, and each NUL, as a blank, so that all others keep their place. */
static marsad_status mend(view *out, arena *memory, view bytes, char note[240], marsad_error *err)
{
    char *text = arena_string(memory, bytes);
    if (text == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for %zu bytes of text", bytes.len);

    size_t first = 0, count = 0;
    for (size_t at = 0, step = 0; at < bytes.len; at += step) {
        uint32_t code = utf8_at(bytes, at, &step);
        if (code != 0 && (code != 0xFFFD || step > 1))
            continue;
        text[at] = ' ';
        if (count++ == 0)
            first = at;
    }
    snprintf(note, 240, "not UTF-8 at byte %zu: read as a blank (%zu such bytes)", first, count);
    *out = (view){text, bytes.len};
    return MARSAD_OK;
}

marsad_status text_decode(view *out, arena *memory, view bytes, view label, char note[240], marsad_error *err)
{
    const view mark = view_of("\xEF\xBB\xBF");
    note[0] = '\0';
    if (view_starts(bytes, mark))
        bytes = (view){bytes.ptr + mark.len, bytes.len - mark.len};

    encoding from = guess(bytes, label);
    bool has_nul = bytes.len > 0 && memchr(bytes.ptr, '\0', bytes.len) != NULL;
    if (from == ENCODING_BROKEN || (from == ENCODING_UTF8 && has_nul))
        return mend(out, memory, bytes, note, err);
    if (from != ENCODING_UTF8)
        return convert_all(out, memory, from, bytes, note, err);
    *out = bytes;
    return MARSAD_OK;
}
