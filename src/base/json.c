/* JSON out, through one buffer. The writer knows where commas go; the caller pairs its brackets. */
#include "base/base.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

bool json_flush(json_out *j)
{
    if (!j->failed && j->used > 0 && !j->write(j->context, j->buffer, j->used))
        j->failed = true;
    j->used = 0;
    return !j->failed;
}

static void put(json_out *j, const char *bytes, size_t size)
{
    while (size > 0 && !j->failed) {
        size_t part = sizeof j->buffer - j->used;
        if (part == 0) {
            json_flush(j);
            continue;
        }
        if (part > size)
            part = size;
        memcpy(j->buffer + j->used, bytes, part);
        j->used += part;
        bytes += part;
        size -= part;
    }
}

/* Every value begins here. */
static void begin_value(json_out *j)
{
    if (j->comma)
        put(j, ",", 1);
    j->comma = true;
}

static void open_level(json_out *j, const char *bracket)
{
    begin_value(j);
    put(j, bracket, 1);
    j->comma = false;
}

static void close_level(json_out *j, const char *bracket)
{
    put(j, bracket, 1);
    j->comma = true; /* the whole level was a value of the one around it */
}

void json_object(json_out *j)
{
    open_level(j, "{");
}
void json_end_object(json_out *j)
{
    close_level(j, "}");
}
void json_array(json_out *j)
{
    open_level(j, "[");
}
void json_end_array(json_out *j)
{
    close_level(j, "]");
}

static bool needs_escape(unsigned char byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\';
}

static void put_escaped(json_out *j, unsigned char byte)
{
    char escape[7];
    switch (byte) {
    case '"':
        put(j, "\\\"", 2);
        return;
    case '\\':
        put(j, "\\\\", 2);
        return;
    case '\n':
        put(j, "\\n", 2);
        return;
    case '\r':
        put(j, "\\r", 2);
        return;
    case '\t':
        put(j, "\\t", 2);
        return;
    default:
        snprintf(escape, sizeof escape, "\\u%04x", (unsigned)byte);
        put(j, escape, 6);
    }
}

/* Runs that need nothing done go out in one piece. */
static void put_quoted(json_out *j, view text)
{
    size_t done = 0, at = 0;
    put(j, "\"", 1);
    while (at < text.len) {
        unsigned char byte = (unsigned char)text.ptr[at];
        size_t step = 1;
        bool is_broken = byte >= 0x80 && utf8_at(text, at, &step) == 0xFFFD && step == 1;
        if (is_broken || needs_escape(byte)) {
            put(j, text.ptr + done, at - done);
            if (is_broken)
                put(j, "\xEF\xBF\xBD", 3); /* U+FFFD */
            else
                put_escaped(j, byte);
            done = at + 1;
        }
        at += step;
    }
    if (at > done)
        put(j, text.ptr + done, at - done);
    put(j, "\"", 1);
}

void json_key(json_out *j, const char *key)
{
    json_string(j, view_of(key));
    put(j, ":", 1);
    j->comma = false;
}

void json_string(json_out *j, view text)
{
    begin_value(j);
    put_quoted(j, text);
}

void json_integer(json_out *j, int64_t value)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, value);
    begin_value(j);
    put(j, digits, (size_t)length);
}

/* A program around the library may have set a locale whose decimal mark is "," or "٫": whatever it is, JSON has a point. */
static size_t with_point(char *number)
{
    size_t used = 0;
    for (size_t at = 0; number[at] != '\0'; at++) {
        bool is_mark = number[at] != '-' && (number[at] < '0' || number[at] > '9');
        if (!is_mark)
            number[used++] = number[at];
        else if (number[used - 1] != '.')
            number[used++] = '.';
    }
    return used;
}

void json_real(json_out *j, double value, int decimals)
{
    if (!isfinite(value)) { /* JSON has no word for it */
        json_null(j);
        return;
    }
    decimals = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;

    char number[400]; /* the largest double has 309 digits before the point */
    snprintf(number, sizeof number, "%.*f", decimals, value);
    size_t length = with_point(number);
    if (decimals > 0) {
        while (number[length - 1] == '0')
            length--;
        if (number[length - 1] == '.')
            length--;
    }
    begin_value(j);
    if (length == 2 && number[0] == '-' && number[1] == '0')
        put(j, "0", 1);
    else
        put(j, number, length);
}

void json_bool(json_out *j, bool value)
{
    begin_value(j);
    put(j, value ? "true" : "false", value ? 4 : 5);
}

void json_raw(json_out *j, view json)
{
    begin_value(j);
    put(j, json.ptr, json.len);
}

void json_null(json_out *j)
{
    begin_value(j);
    put(j, "null", 4);
}

void json_newline(json_out *j)
{
    put(j, "\n", 1);
    j->comma = false; /* JSON Lines: the next value stands alone */
}

void json_put_view(json_out *j, const char *key, view text)
{
    json_key(j, key);
    json_string(j, text);
}

void json_put_text(json_out *j, const char *key, const char *text)
{
    json_put_view(j, key, view_of(text));
}

void json_put_name(json_out *j, const char *key, const char *name)
{
    json_key(j, key);
    if (name == NULL || name[0] == 0)
        json_null(j);
    else
        json_string(j, view_of(name));
}

void json_put_count(json_out *j, const char *key, int64_t value)
{
    json_key(j, key);
    if (value == MARSAD_NO_VALUE)
        json_null(j);
    else
        json_integer(j, value);
}

void json_put_bool(json_out *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}
