/* Records as a table for people. Arabic stands in its own direction between marks of isolation, so that it moves nothing around it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

#define ISOLATE "\xE2\x81\xA8"     /* U+2068 first strong isolate */
#define END_ISOLATE "\xE2\x81\xA9" /* U+2069 */

enum { COLUMNS_USUAL = 120, COLUMNS_LEAST = 60 };

size_t terminal_columns(void)
{
    const char *text = getenv("COLUMNS");
    long columns = text != NULL ? strtol(text, NULL, 10) : 0;
    if (columns <= 0 || columns > 10000)
        return COLUMNS_USUAL;
    return columns < COLUMNS_LEAST ? COLUMNS_LEAST : (size_t)columns;
}

/* --- letters on a terminal --------------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t from, to;
} letters;

static bool is_within(uint32_t letter, const letters *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (letter >= ranges[i].from && letter <= ranges[i].to)
            return true;
    return false;
}
#define IS_WITHIN(letter, ranges) is_within((letter), (ranges), sizeof(ranges) / sizeof *(ranges))

/* Marks that stand on a letter, and signs that show nothing. */
static const letters no_width[] = {{0x0300, 0x036F}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC},
                                   {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x200B, 0x200F}, {0x202A, 0x202E},
                                   {0x2060, 0x2069}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};
static const letters two_wide[] = {{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
                                   {0xFE30, 0xFE4F}, {0xFF00, 0xFF60}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
static const letters right_to_left[] = {{0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
/* They would steer the text around them: dropped. */
static const letters steering[] = {{0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};

/* The letter at `text`, which ends at `end`; its bytes are counted into `*step`. Bytes that are not UTF-8 count one each. */
static uint32_t letter_at(const char *text, const char *end, size_t *step)
{
    const unsigned char *b = (const unsigned char *)text;
    size_t len = b[0] < 0x80 ? 1 : b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : b[0] >= 0xC2 ? 2 : 1;
    *step = 1;
    if (len == 1 || (size_t)(end - text) < len)
        return b[0] < 0x80 ? b[0] : 0xFFFD;
    uint32_t letter = b[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0xFFFD;
        letter = letter << 6 | (b[i] & 0x3Fu);
    }
    *step = len;
    return letter;
}

static size_t width_of(uint32_t letter)
{
    return IS_WITHIN(letter, no_width) ? 0 : IS_WITHIN(letter, two_wide) ? 2 : 1;
}

static size_t width_between(const char *text, const char *end)
{
    size_t width = 0, step;
    for (; text < end; text += step)
        width += width_of(letter_at(text, end, &step));
    return width;
}

size_t shown_width(const char *cell)
{
    size_t most = 0;
    for (;;) {
        const char *end = strchr(cell, '\n');
        size_t width = width_between(cell, end != NULL ? end : cell + strlen(cell));
        most = width > most ? width : most;
        if (end == NULL)
            return most;
        cell = end + 1;
    }
}

static bool has_right_to_left(const char *text, const char *end)
{
    size_t step;
    for (; text < end; text += step)
        if (IS_WITHIN(letter_at(text, end, &step), right_to_left))
            return true;
    return false;
}

/* Words of the article in a cell: one line, nothing that steers. */
void show_words(buffer *out, marsad_view text)
{
    const char *end = text.ptr + text.len;
    size_t step;
    bool blank = true; /* none at the beginning, and one between words */
    for (const char *at = text.ptr; at < end; at += step) {
        uint32_t letter = letter_at(at, end, &step);
        const bool is_blank = letter <= ' ' || letter == 0xA0 || (letter >= 0x7F && letter < 0xA0) || letter == 0x2028 || letter == 0x2029;
        if (IS_WITHIN(letter, steering))
            continue;
        if (!is_blank)
            buffer_add(out, at, step);
        else if (!blank)
            buffer_add(out, " ", 1);
        blank = is_blank;
    }
}

/* [text, end) is one clean line: runs of words with right-to-left letters are isolated. */
static void add_isolated(buffer *out, const char *text, const char *end)
{
    bool is_open = false;
    while (text < end) {
        const char *word_end = memchr(text, ' ', (size_t)(end - text));
        word_end = word_end != NULL ? word_end : end;
        const bool is_arabic = has_right_to_left(text, word_end);
        if (is_arabic != is_open)
            buffer_text(out, is_open ? END_ISOLATE : ISOLATE);
        is_open = is_arabic;
        buffer_add(out, text, (size_t)(word_end - text));
        const char *next = word_end < end ? word_end + 1 : end;
        if (next > word_end) {
            const char *next_end = memchr(next, ' ', (size_t)(end - next));
            if (is_open && !has_right_to_left(next, next_end != NULL ? next_end : end)) {
                buffer_text(out, END_ISOLATE); /* the blank belongs to what is around */
                is_open = false;
            }
            buffer_add(out, " ", 1);
        }
        text = next;
    }
    if (is_open)
        buffer_text(out, END_ISOLATE);
}

void show_text(buffer *out, marsad_view text)
{
    buffer clean = {0};
    show_words(&clean, text);
    add_isolated(out, clean.bytes, clean.bytes + clean.used);
    out->failed = out->failed || clean.failed;
    buffer_free(&clean);
}

/* --- cells ------------------------------------------------------------------------------------------------------------- */

/* Takes one line of at most `width` columns off `*text`, cut at a blank where there is one, else behind a point. */
static const char *take_line(const char **text, size_t width)
{
    const char *start = *text, *at = start, *cut = NULL, *point = NULL, *end = start + strcspn(start, "\n");
    size_t used = 0, step = 1;
    for (; at < end; at += step) {
        used += width_of(letter_at(at, end, &step));
        if (used > width)
            break;
        if (*at == ' ')
            cut = at;
        if (strchr("._/", *at) != NULL && at + 1 < end)
            point = at + 1;
    }
    if (at >= end) {
        *text = *end == '\n' ? end + 1 : end;
        return end;
    }
    if (*at == ' ')
        cut = at;
    if ((cut == NULL || cut == start) && point != NULL) { /* palestine.authority */
        *text = point;
        return point;
    }
    if (cut == NULL || cut == start) { /* one long word */
        *text = at > start ? at : at + step;
        return *text;
    }
    *text = cut + 1;
    return cut;
}

static void add_blanks(buffer *out, size_t count)
{
    while (count-- > 0)
        buffer_add(out, " ", 1);
}

enum { GAP = 2 };

void show_row(buffer *out, const char *const *cells, const size_t *widths, size_t count)
{
    const char *rest[SHOW_CELLS_MAX];
    bool any;
    for (size_t i = 0; i < count; i++)
        rest[i] = cells[i];
    do {
        size_t owed = 0; /* blanks before the next word: none are left at a line's end */
        any = false;
        for (size_t i = 0; i < count; i++) {
            const char *start = rest[i], *end = take_line(&rest[i], widths[i]);
            if (end > start) {
                add_blanks(out, owed);
                owed = 0;
                add_isolated(out, start, end);
            }
            owed += widths[i] - width_between(start, end) + GAP;
            any = any || *rest[i] != 0;
        }
        buffer_add(out, "\n", 1);
    } while (any);
}

/* --- records ------------------------------------------------------------------------------------------------------------ */

enum { WHEN, KIND, WHO, TO_WHOM, WHERE, FIGURES, WORD_OF, TRIGGER, RECORD_CELLS };

static const struct {
    const char *title;
    size_t least; /* columns that it is not narrowed below */
} record_cells[RECORD_CELLS] = {
    [WHEN] = {"when", 10},
    [KIND] = {"kind", 12},
    [WHO] = {"who", 12},
    [TO_WHOM] = {"to whom", 12},
    [WHERE] = {"where", 10},
    [FIGURES] = {"figures", 10},
    [WORD_OF] = {"on whose word", 10},
    [TRIGGER] = {"trigger", 8},
};

static void add_span(buffer *out, const marsad_reading *reading, marsad_span span)
{
    marsad_view text = reading->article.text;
    if (span.start <= span.end && span.end <= text.len)
        show_words(out, (marsad_view){text.ptr + span.start, span.end - span.start});
}

static void add_line_end(buffer *out, size_t start)
{
    if (out->used > start)
        buffer_add(out, "\n", 1);
}

/* "north_of" is read "north of" */
static void add_name(buffer *out, const char *name)
{
    for (; *name != 0; name++)
        buffer_add(out, *name == '_' ? " " : name, 1);
}

static void add_when(buffer *out, const marsad_record *record)
{
    const marsad_date start = record->when.start, end = record->when.end;
    if (!record->has_when)
        return;
    buffer_format(out, "%04d-%02u-%02u", start.year, (unsigned)start.month, (unsigned)start.day);
    if (memcmp(&start, &end, sizeof start) != 0)
        buffer_format(out, "\n%04d-%02u-%02u", end.year, (unsigned)end.month, (unsigned)end.day);
}

static void add_kind(buffer *out, const marsad_record *record)
{
    add_name(out, marsad_kind_name(record->kind));
    if (record->phase != MARSAD_NO_PHASE) {
        buffer_text(out, "\n");
        add_name(out, marsad_phase_name(record->phase));
    }
    if (record->modality != MARSAD_ASSERTED)
        buffer_format(out, "\n%s", marsad_modality_name(record->modality));
}

static void add_parties(buffer *out, const marsad_reading *reading, const marsad_party *parties, size_t count)
{
    const size_t start = out->used;
    for (size_t i = 0; i < count; i++) {
        add_line_end(out, start);
        add_span(out, reading, parties[i].span);
        const char *who = parties[i].object[0] != 0 ? parties[i].object : parties[i].who;
        if (strcmp(who, "unknown") != 0)
            buffer_format(out, "\n%s", who);
    }
}

static void add_places(buffer *out, const marsad_record *record)
{
    const size_t start = out->used;
    for (size_t i = 0; i < record->place_count; i++) {
        add_line_end(out, start);
        if (record->places[i].relation != MARSAD_IN) {
            add_name(out, marsad_relation_name(record->places[i].relation));
            buffer_text(out, " ");
        }
        const char *norm = record->places[i].norm;
        show_words(out, (marsad_view){norm, strlen(norm)});
    }
}

static void add_figures(buffer *out, const marsad_reading *reading, const marsad_record *record)
{
    static const char *const signs[MARSAD_BOUND_COUNT] = {[MARSAD_EXACT] = "",  [MARSAD_AT_LEAST] = "\xE2\x89\xA5", [MARSAD_OVER] = ">",
                                                          [MARSAD_ABOUT] = "~", [MARSAD_UP_TO] = "\xE2\x89\xA4",    [MARSAD_VAGUE] = ""};
    const size_t start = out->used;
    for (size_t i = 0; i < record->figure_count; i++) {
        const marsad_figure *figure = &record->figures[i];
        add_line_end(out, start);
        if (figure->value != MARSAD_NO_VALUE)
            buffer_format(out, "%s%lld ", signs[figure->bound], (long long)figure->value);
        add_name(out, marsad_figure_name(figure->of));
        if (figure->value == MARSAD_NO_VALUE) {
            buffer_text(out, " ");
            add_span(out, reading, figure->span);
        }
    }
}

/* The cells of one record, each NUL-terminated behind the other; `starts` are offsets into `out`. */
static void add_cells(buffer *out, size_t starts[RECORD_CELLS], const marsad_reading *reading, const marsad_record *record)
{
    for (int cell = 0; cell < RECORD_CELLS; cell++) {
        starts[cell] = out->used;
        switch (cell) {
        case WHEN:
            add_when(out, record);
            break;
        case KIND:
            add_kind(out, record);
            break;
        case WHO:
            add_parties(out, reading, record->actors, record->actor_count);
            break;
        case TO_WHOM:
            add_parties(out, reading, record->targets, record->target_count);
            break;
        case WHERE:
            add_places(out, record);
            break;
        case FIGURES:
            add_figures(out, reading, record);
            break;
        case WORD_OF:
            add_parties(out, reading, record->sources, record->source_count);
            break;
        case TRIGGER:
            add_span(out, reading, record->trigger);
            break;
        }
        buffer_add(out, "", 1);
    }
}

/* Narrows the widest column, again and again, until all fit beside each other. */
static void fit_widths(size_t widths[RECORD_CELLS], size_t columns)
{
    for (;;) {
        size_t total = (RECORD_CELLS - 1) * GAP, widest = RECORD_CELLS;
        for (size_t i = 0; i < RECORD_CELLS; i++) {
            total += widths[i];
            if (widths[i] > record_cells[i].least && (widest == RECORD_CELLS || widths[i] > widths[widest]))
                widest = i;
        }
        if (total <= columns || widest == RECORD_CELLS)
            return;
        widths[widest]--;
    }
}

static void show_heading(buffer *out, const marsad_reading *reading)
{
    const marsad_article *article = &reading->article;
    show_text(out, article->id);
    if (article->source.len > 0) {
        buffer_text(out, " | ");
        show_text(out, article->source);
    }
    if (article->published.year != 0)
        buffer_format(out, " | %04d-%02u-%02u", article->published.year, (unsigned)article->published.month, (unsigned)article->published.day);
    if (article->title.len > 0) {
        buffer_text(out, " | ");
        show_text(out, article->title);
    }
    buffer_text(out, "\n");
}

static void show_titles(buffer *out, const size_t widths[RECORD_CELLS])
{
    const char *titles[RECORD_CELLS];
    for (size_t i = 0; i < RECORD_CELLS; i++)
        titles[i] = record_cells[i].title;
    show_row(out, titles, widths, RECORD_CELLS);
    for (size_t i = 0; i < RECORD_CELLS; i++) {
        for (size_t c = 0; c < widths[i]; c++)
            buffer_text(out, "-");
        add_blanks(out, i + 1 < RECORD_CELLS ? GAP : 0);
    }
    buffer_text(out, "\n");
}

void show_reading(buffer *out, const marsad_reading *reading, size_t columns)
{
    buffer cells = {0};
    size_t widths[RECORD_CELLS], starts[RECORD_CELLS];

    show_heading(out, reading);
    for (size_t i = 0; i < RECORD_CELLS; i++)
        widths[i] = strlen(record_cells[i].title);
    for (size_t r = 0; r < reading->record_count; r++) {
        cells.used = 0;
        add_cells(&cells, starts, reading, &reading->records[r]);
        for (size_t i = 0; i < RECORD_CELLS && !cells.failed; i++) {
            size_t width = shown_width(cells.bytes + starts[i]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    fit_widths(widths, columns);

    if (reading->record_count == 0)
        buffer_text(out, "no records\n");
    else
        show_titles(out, widths);
    for (size_t r = 0; r < reading->record_count && !cells.failed; r++) {
        const char *texts[RECORD_CELLS];
        cells.used = 0;
        add_cells(&cells, starts, reading, &reading->records[r]);
        for (size_t i = 0; i < RECORD_CELLS && !cells.failed; i++)
            texts[i] = cells.bytes + starts[i];
        if (!cells.failed)
            show_row(out, texts, widths, RECORD_CELLS);
        if (r + 1 < reading->record_count)
            buffer_text(out, "\n");
    }
    buffer_text(out, "\n");
    out->failed = out->failed || cells.failed;
    buffer_free(&cells);
}
