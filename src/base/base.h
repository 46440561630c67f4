/* What every stage stands on: memory, views and spans, UTF-8, errors, mapped files. Knows no Arabic. */
#ifndef MARSAD_BASE_H
#define MARSAD_BASE_H

#include <stdarg.h>
#include <string.h>

#include "marsad.h"

typedef marsad_view view;
typedef marsad_span span;

/* --- errors ---------------------------------------------------------------------------------------------------------- */

/*
 * Fills `err` (NULL is allowed) and returns `status`, so that a failure is reported and returned in one line. What is put into the message may be any
 * bytes: control characters become blanks, what is no UTF-8 becomes '?', and a long message is cut between letters.
 */
marsad_status fail(marsad_error *err, marsad_status status, size_t offset, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* --- views ----------------------------------------------------------------------------------------------------------- */

/* A view of a literal or NUL-terminated string; NULL gives an empty view. */
view view_of(const char *text);
bool view_equal(view a, view b);
bool view_starts(view text, view prefix);
bool view_ends(view text, view suffix);
/* Equal but for the case of ASCII letters. */
bool view_is(view text, const char *word);
/* Without ASCII white space at both ends. */
view view_trim(view text);
/* Reads a number from 0 on as programs write it: digits alone, none of them a 0 before others. False if it is none, or more than fits. */
bool view_number(view text, int64_t *out);
/* One line that people wrote: 1 to `most` bytes of UTF-8, no control character, no blank at its ends. */
bool text_is_line(const char *text, size_t most);
/* Reads exactly `count` numbers parted by commas, as edges of a box are given: "35,34.5,42,37.5". */
bool text_numbers(const char *text, double *out, size_t count);
/* 64-bit hash of the bytes, the same on every machine (files hold it: tests/unit/test_base.c pins it). Not for data that an enemy chooses. */
uint64_t view_hash(view text);

/* The smallest span over both; an empty span {0,0} gives the other. */
span span_join(span a, span b);

/* --- arena: what is read out of an article lives here and dies with it ------------------------------------------------ */

typedef struct arena_block arena_block;
typedef struct {
    arena_block *newest; /* zero-initialised is empty and ready */
} arena;

/* `size` zeroed bytes aligned for any type, good until arena_reset() or arena_free(); NULL when memory is out. */
void *arena_alloc(arena *a, size_t size);
/* A NUL-terminated copy; NULL when memory is out. */
char *arena_string(arena *a, view text);
/* printf into the arena; NULL when memory is out. */
char *arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Forget everything but keep one block (up to 1 MiB) for the next use: in steady use an arena asks for no memory. */
void arena_reset(arena *a);
void arena_free(arena *a);

/*
 * A list that grows in an arena: `item` must be a lvalue pointer, `count` and `room` uint32_t. Evaluates to false when memory is out.
 *   if (!ARENA_GROW(a, list->items, list->count, list->room)) return false;
 *   list->items[list->count++] = x;
 */
bool arena_grow(arena *a, void **items, uint32_t count, uint32_t *room, size_t size);
#define ARENA_GROW(a, items, count, room) arena_grow((a), (void **)&(items), (count), &(room), sizeof *(items))

/* --- UTF-8 ----------------------------------------------------------------------------------------------------------- */

/* The letter at `at` and its length in bytes in `*step` (1..4); an invalid byte gives 0xFFFD and step 1. at < text.len. */
uint32_t utf8_at(view text, size_t at, size_t *step);
/* Offset of the first byte that is not valid UTF-8 (also surrogates, overlong forms, > U+10FFFF), or MARSAD_NOWHERE. */
size_t utf8_invalid(view text);
/* Writes 1..4 bytes, returns how many. */
size_t utf8_put(char *out, uint32_t letter);

/* --- web ------------------------------------------------------------------------------------------------------------- */

/* "https://user@news.example:8080/a" gives "news.example"; an address in brackets keeps them; empty where there is no "://". */
view url_host(view url);
/* What the first `name` in any case has behind it: name=value, name="value"; empty if there is none. "text/html; charset=utf-8" */
view named_value(view text, const char *name);

/* --- mapped file ----------------------------------------------------------------------------------------------------- */

typedef struct {
    const unsigned char *bytes;
    size_t size;
} mapped_file;

/* Maps a regular file for reading. Refused with the reason: MARSAD_ERR_FORMAT if it is empty, MARSAD_ERR_SYSTEM if it is a folder, a pipe, unreadable. */
marsad_status file_map(mapped_file *out, const char *path, marsad_error *err);
void file_unmap(mapped_file *file); /* harmless on an empty one */

/* --- days ------------------------------------------------------------------------------------------------------------ */

/* Days since 1970-01-01 of a Gregorian date, and back. A day outside the years that marsad_date holds gives a date not given. */
int32_t day_number(marsad_date date);
/* The years of days that are read from texts and files; what lies outside is no day of news. */
enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };
marsad_date day_date(int32_t number);
/* 1 Monday .. 7 Sunday */
int day_weekday(int32_t number);
bool date_is_given(marsad_date date);

/* --- JSON out -------------------------------------------------------------------------------------------------------- */

/* libjansson exports functions of these names: linked into one program, ours would be called in their place. A file that needs both includes <jansson.h> first. */
#define json_object json_out_object
#define json_array json_out_array
#define json_string json_out_string
#define json_integer json_out_integer
#define json_real json_out_real
#define json_null json_out_null

/* Writes strictly valid JSON through a marsad_write; knows where commas go. Zero it, set write and context, begin. NaN and infinities become null. */
typedef struct {
    marsad_write *write;
    void *context;
    bool failed;
    bool comma; /* a value stands before, on this level */
    char buffer[4096];
    size_t used;
} json_out;

void json_object(json_out *j);     /* { */
void json_end_object(json_out *j); /* } */
void json_array(json_out *j);      /* [ */
void json_end_array(json_out *j);  /* ] */
void json_key(json_out *j, const char *key);
void json_string(json_out *j, view text); /* escapes; invalid UTF-8 becomes U+FFFD */
void json_integer(json_out *j, int64_t value);
void json_real(json_out *j, double value, int decimals); /* trailing zeros dropped */
void json_bool(json_out *j, bool value);
void json_null(json_out *j);
void json_raw(json_out *j, view json); /* a value that is JSON already */
/* A key with its value. */
void json_put_text(json_out *j, const char *key, const char *text);
void json_put_view(json_out *j, const char *key, view text);
void json_put_name(json_out *j, const char *key, const char *name); /* null for NULL and "" */
void json_put_count(json_out *j, const char *key, int64_t value);   /* null for MARSAD_NO_VALUE */
void json_put_bool(json_out *j, const char *key, bool value);
void json_newline(json_out *j);
/* Hands over what is buffered. False if any write was refused. */
bool json_flush(json_out *j);

#endif
