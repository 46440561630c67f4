/* A row becomes a record, and a plain line that says the same: the text of the report where the row gives none. */
#include <sodium.h>
#include <stdio.h>

#include "archive/store.h"
#include "import/import.h"
#include "text/text.h"

/* A letter or digit, of the scripts that rows are written in. */
static bool is_letter(view text, size_t at)
{
    size_t step;
    if (at >= text.len)
        return false;
    const uint32_t letter = utf8_at(text, at, &step);
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 0x0621 && letter <= 0x0652) || (letter >= 0x0660 && letter <= 0x0669);
}

/* May a word begin at `at`? Arabic writes particles in front of names («بحلب»), but nothing is written in front of a number, or of a Latin word. */
static bool can_begin(view text, size_t at, char first)
{
    const char before = at == 0 ? ' ' : text.ptr[at - 1];
    if (first >= '0' && first <= '9')
        return (before < '0' || before > '9') && before != '.' && before != ',';
    return (unsigned char)before >= 0x80 || !is_letter((view){&before, 1}, 0);
}

/* Where `words` stand in `text`, not within longer ones; {0,0} if nowhere. */
static span find_words(view text, view words)
{
    for (size_t at = 0; words.len > 0 && at + words.len <= text.len; at++)
        if (memcmp(text.ptr + at, words.ptr, words.len) == 0 && can_begin(text, at, words.ptr[0]) && !is_letter(text, at + words.len))
            return (span){(uint32_t)at, (uint32_t)(at + words.len)};
    return (span){0, 0};
}

span row_find(const row_work *w, view words)
{
    return w->out->has_own_text ? find_words(w->out->text, words) : (span){0, 0};
}

span row_say(row_work *w, const char *label, view words)
{
    if (words.len == 0)
        return (span){0, 0};
    buffer_format(&w->plain, "%s%s: ", w->plain.used > 0 ? "; " : "", label);
    const span said = {(uint32_t)w->plain.used, (uint32_t)(w->plain.used + words.len)};
    buffer_add(&w->plain, words.ptr, words.len);
    return w->out->has_own_text ? row_find(w, words) : said;
}

/* The same for the same words, in whichever file and row they stand. */
static const char *reading_id(importer *im, view plain)
{
    unsigned char hash[SHA256_BYTES];
    char *id = arena_alloc(&im->memory, PLAIN_ID_BYTES);
    crypto_hash_sha256(hash, (const unsigned char *)plain.ptr, plain.len);
    if (id != NULL)
        plain_reading_id(id, hash);
    return id;
}

static void finish(row_work *w)
{
    static const marsad_rule by_hand = {.name = "csv", .table = ""};
    import_row *out = w->out;
    out->plain = arena_string(&w->im->memory, (view){w->plain.bytes, w->plain.used});
    out->record.id = out->plain == NULL ? NULL : reading_id(w->im, view_of(out->plain));
    if (out->record.id == NULL || w->plain.failed) {
        w->im->is_out_of_memory = true;
        return;
    }
    if (!out->has_own_text)
        out->text = view_of(out->plain);
    if (out->text.len <= SENTENCE_MAX_BYTES)
        out->record.sentence = (span){0, (uint32_t)out->text.len};
    out->record.confidence = 1;
    out->record.rules = &by_hand;
    out->record.rule_count = 1;
}

bool import_row_read(importer *im, const csv_row *cells, import_row *out)
{
    *out = (import_row){.row = cells->row, .bytes = cells->bytes};
    row_work w = {.im = im, .cells = cells, .out = out};
    im->row = cells->row;
    im->has_faults = false;
    if (cells->count != im->head_count)
        import_fault(im, -1, "it has %lu cells, the head line %lu", (unsigned long)cells->count, (unsigned long)im->head_count);
    else {
        read_article_cells(&w);
        read_kind_cells(&w);
        read_party_cells(&w);
        read_place_cells(&w);
        read_day_cells(&w);
        read_figure_cells(&w);
    }
    if (!im->has_faults)
        finish(&w);
    buffer_free(&w.plain);
    return !im->has_faults && !im->is_out_of_memory;
}
