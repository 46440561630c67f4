/* Errors for people: one line of valid UTF-8, whatever a file name or a field of the input brought along. */
#include "base/base.h"

#include <stdio.h>

/* A control character would break the line on the terminal, a byte that is no UTF-8 would break the JSON that quotes it. */
static void make_one_line(char *message)
{
    view text = view_of(message);
    for (size_t at = 0, step = 0; at < text.len; at += step) {
        uint32_t letter = utf8_at(text, at, &step);
        if (letter < 0x20 || letter == 0x7F)
            message[at] = ' ';
        else if (letter == 0xFFFD && step == 1)
            message[at] = '?';
    }
}

/* vsnprintf() cuts at a byte: take back the letter that it cut in two. */
static void drop_cut_letter(char *message, size_t size)
{
    size_t end = size - 1, start = end;
    while (start > 0 && end - start < 3 && ((unsigned char)message[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)message[start - 1] < 0xC0)
        return; /* ends in ASCII, or in bytes that are no letter anyway */
    start--;
    if (utf8_invalid((view){message + start, end - start}) != MARSAD_NOWHERE)
        message[start] = '\0';
}

marsad_status fail(marsad_error *err, marsad_status status, size_t offset, const char *format, ...)
{
    if (err == NULL)
        return status;

    va_list args;
    va_start(args, format);
    int length = vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);

    err->offset = offset;
    if (length < 0)
        err->message[0] = '\0';
    else if ((size_t)length >= sizeof err->message)
        drop_cut_letter(err->message, sizeof err->message);
    make_one_line(err->message);
    return status;
}
