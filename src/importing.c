/*
 * Importing: rows that people filled in, to drafts.
 *
 *   bytes ─decode→ text ─csv→ rows ─import/→ records ─by outlet, url, day, title, text→ articles ─keeping→ drafts
 */
#include <stdlib.h>

#include "feed/feed.h"
#include "import/import.h"
#include "keeping.h"

/* Rows of one article: a list through `next`. */
typedef struct {
    import_row row;
    size_t next;
    size_t last; /* of a first row: the end of its list */
    bool is_first;
} grouped_row;

static const size_t nobody = SIZE_MAX;

struct marsad_import {
    const marsad_archive *archive;
    importer im;
    view head;
    grouped_row *rows;
    size_t count, room, at;
    size_t *table; /* hash → first row of an article, `nobody` where free; a power of two */
    size_t table_room;
    size_t faulty, repeated;
    char note[240]; /* what was mended */
};

static marsad_status no_memory(const marsad_import *import, marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", import->im.settings->name);
}

/* --- articles --------------------------------------------------------------------------------------------------------------------- */

static bool is_same_article(const import_row *a, const import_row *b)
{
    return view_equal(a->outlet, b->outlet) && view_equal(a->url, b->url) && view_equal(a->title, b->title) && view_equal(a->text, b->text) &&
           memcmp(&a->published, &b->published, sizeof a->published) == 0;
}

/* The place in the table of the article that `row` belongs to, free or not. */
static size_t slot_of(const marsad_import *import, const import_row *row)
{
    const size_t mask = import->table_room - 1;
    size_t slot = (size_t)(view_hash(row->text) ^ view_hash(row->title) ^ view_hash(row->url)) & mask;
    while (import->table[slot] != nobody && !is_same_article(&import->rows[import->table[slot]].row, row))
        slot = (slot + 1) & mask;
    return slot;
}

static bool grow(marsad_import *import)
{
    const size_t room = import->room == 0 ? 256 : 2 * import->room, table_room = 2 * room;
    grouped_row *rows = realloc(import->rows, room * sizeof *rows);
    if (rows != NULL)
        import->rows = rows;
    size_t *table = realloc(import->table, table_room * sizeof *table);
    if (table != NULL)
        import->table = table;
    if (rows == NULL || table == NULL)
        return false;
    import->room = room;
    import->table_room = table_room;
    for (size_t i = 0; i < table_room; i++)
        table[i] = nobody;
    for (size_t i = 0; i < import->count; i++)
        if (rows[i].is_first)
            table[slot_of(import, &rows[i].row)] = i;
    return true;
}

/* A row that says what another row of its article says is told and left out. */
static bool is_repeated(marsad_import *import, size_t first, const import_row *row)
{
    for (size_t i = first; i != nobody; i = import->rows[i].next) {
        if (strcmp(import->rows[i].row.record.id, row->record.id) != 0)
            continue;
        import_note(&import->im, "it says what row %zu says", import->rows[i].row.row);
        import->repeated++;
        return true;
    }
    return false;
}

static bool add_row(marsad_import *import, const import_row *row)
{
    if (import->count == import->room && !grow(import))
        return false;
    const size_t slot = slot_of(import, row), first = import->table[slot], own = import->count;
    if (first != nobody && is_repeated(import, first, row))
        return true;
    import->rows[import->count++] = (grouped_row){.row = *row, .next = nobody, .last = own, .is_first = first == nobody};
    if (first == nobody) {
        import->table[slot] = own;
        return true;
    }
    import->rows[import->rows[first].last].next = own;
    import->rows[first].last = own;
    return true;
}

/* --- reading ----------------------------------------------------------------------------------------------------------------------- */

static marsad_status read_rows(marsad_import *import, csv_reader *reader, marsad_error *err)
{
    importer *im = &import->im;
    csv_row cells = {0};
    for (;;) {
        import_row row;
        marsad_error reason = {0};
        const marsad_status status = csv_next(reader, &cells, &im->memory, &reason);
        if (status == MARSAD_END)
            return MARSAD_OK;
        if (status == MARSAD_ERR_SYSTEM)
            return no_memory(import, err);
        if (status == MARSAD_ERR_FORMAT) {
            im->row = cells.row;
            import_fault(im, -1, "%s", reason.message);
            import->faulty++;
        } else if (import_row_read(im, &cells, &row)) {
            if (!add_row(import, &row))
                return no_memory(import, err);
        } else {
            import->faulty++;
        }
        if (im->is_out_of_memory)
            return no_memory(import, err);
    }
}

static marsad_status read_table(marsad_import *import, view bytes, marsad_error *err)
{
    importer *im = &import->im;
    view text;
    csv_reader reader;
    csv_row head = {0};
    marsad_error reason = {0};
    marsad_status status = text_decode(&text, &im->memory, bytes, view_of(""), import->note, err);
    if (status != MARSAD_OK)
        return status;
    if (import->note[0] != 0)
        import_note(im, "%s", import->note);
    csv_begin(&reader, text);
    status = csv_next(&reader, &head, &im->memory, &reason);
    if (status == MARSAD_END)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read '%s': it has no head line", im->settings->name);
    if (status != MARSAD_OK)
        return fail(err, status, reason.offset, "%s:%zu: %s", im->settings->name, head.row, reason.message);
    import->head = head.bytes;
    status = import_map_read(im, err);
    if (status == MARSAD_OK)
        status = import_head_read(im, &head, err);
    return status == MARSAD_OK ? read_rows(import, &reader, err) : status;
}

marsad_status marsad_import_new(marsad_import **out, const marsad_archive *archive, marsad_view bytes, const marsad_import_settings *settings,
                                marsad_error *err)
{
    *out = NULL;
    if (bytes.len > ITEM_MAX_BYTES)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cannot read '%s': it is over 64 MiB; cut it in parts", settings->name);
    marsad_import *import = calloc(1, sizeof *import);
    if (import == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", settings->name);
    import->archive = archive;
    import->im = (importer){.settings = settings, .parties = rules_parties(archive->rules), .row = 1};
    marsad_status status = import_places_open(&import->im) ? read_table(import, bytes, err) : no_memory(import, err);
    if (status != MARSAD_OK) {
        marsad_import_free(import);
        return status;
    }
    *out = import;
    return MARSAD_OK;
}

void marsad_import_free(marsad_import *import)
{
    if (import == NULL)
        return;
    arena_free(&import->im.memory);
    free(import->rows);
    free(import->table);
    free(import);
}

size_t marsad_import_faulty(const marsad_import *import)
{
    return import->faulty;
}

size_t marsad_import_repeated(const marsad_import *import)
{
    return import->repeated;
}

/* --- drafts ------------------------------------------------------------------------------------------------------------------------ */

/* The rows of the article that begins with row `first`: what they say, their records, and as evidence the head line and the rows as they stand. */
typedef struct {
    marsad_imported_row *said;
    marsad_record *records;
    size_t count;
    buffer evidence, note;
} article_rows;

static bool gather(marsad_import *import, size_t first, article_rows *out)
{
    arena *memory = &import->im.memory;
    for (size_t i = first; i != nobody; i = import->rows[i].next)
        out->count++;
    out->said = arena_alloc(memory, out->count * sizeof *out->said);
    out->records = arena_alloc(memory, out->count * sizeof *out->records);
    if (out->said == NULL || out->records == NULL)
        return false;
    buffer_add(&out->evidence, import->head.ptr, import->head.len);
    buffer_text(&out->note, import->note);
    size_t at = 0;
    for (size_t i = first; i != nobody; i = import->rows[i].next, at++) {
        const import_row *row = &import->rows[i].row;
        out->said[at] = (marsad_imported_row){row->row, row->plain};
        out->records[at] = row->record;
        buffer_text(&out->evidence, "\n");
        buffer_add(&out->evidence, row->bytes.ptr, row->bytes.len);
        if (row->note.len > 0 && out->note.used > 0)
            buffer_text(&out->note, "; ");
        buffer_add(&out->note, row->note.ptr, row->note.len);
    }
    buffer_add(&out->note, "", 1);
    return !out->evidence.failed && !out->note.failed;
}

/* Is the text what one of its rows says, in a line that was made for it? */
static bool is_plain_line(const marsad_draft *draft)
{
    char id[ID_BYTES];
    plain_record_id(id, draft->article.id, draft->article.text_sha256);
    for (size_t i = 0; i < draft->record_count; i++)
        if (strcmp(draft->records[i].id, id) == 0)
            return true;
    return false;
}

static marsad_status make_draft(marsad_import *import, const import_row *row, const article_rows *rows, marsad_draft **out, marsad_error *err)
{
    const marsad_reading reading = {
        .article = {.source = row->outlet, .title = row->title, .text = row->text, .url = row->url, .published = row->published},
        .records = rows->records,
        .record_count = rows->count,
    };
    marsad_status status =
        draft_of_reading(out, import->archive, &reading, (view){rows->evidence.bytes, rows->evidence.used}, "csv", rows->note.bytes, "csv", err);
    if (status == MARSAD_OK && is_plain_line(*out))
        signature_of(&(*out)->article.signature, view_of((*out)->article.id));
    return status;
}

marsad_status marsad_import_next(marsad_import *import, marsad_draft **out, const marsad_imported_row **rows, size_t *count, marsad_error *err)
{
    *out = NULL;
    while (import->at < import->count && !import->rows[import->at].is_first)
        import->at++;
    if (import->at == import->count)
        return MARSAD_END;
    article_rows gathered = {0};
    const size_t first = import->at++;
    marsad_status status =
        gather(import, first, &gathered) ? make_draft(import, &import->rows[first].row, &gathered, out, err) : no_memory(import, err);
    *rows = gathered.said;
    *count = gathered.count;
    buffer_free(&gathered.evidence);
    buffer_free(&gathered.note);
    return status;
}

marsad_status marsad_archive_has(marsad_archive *archive, const marsad_draft *draft, marsad_presence *out, marsad_error *err)
{
    bool is_there;
    size_t stored;
    marsad_status status = store_find_article(&archive->store, &draft->article, draft->records, draft->record_count, &is_there, &stored, err);
    if (status == MARSAD_OK)
        *out = !is_there ? MARSAD_NOT_THERE : stored == draft->record_count ? MARSAD_THERE : MARSAD_THERE_OTHERWISE;
    return status;
}
