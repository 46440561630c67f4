#include "archive/bulk_rows.h"

#include <stdlib.h>

#include "archive/words.h"

const staged_table bulk_tables[BULK_TABLES] = {
    {"staged_article",
     "(n bigint, id text COLLATE \"C\", outlet text, given_id text, url text, title text, published bigint, evidence bytea, "
     "evidence_size bigint, media text, bytes bytea COMPRESSION lz4, text bytea COMPRESSION lz4, text_size bigint, text_sha256 bytea, "
     "signature bytea, bands bigint[], season bigint, season_first bigint, season_last bigint, reader text, note text, words tsvector, "
     "keys text) ON COMMIT DELETE ROWS"},
    {"staged_record", "(n bigint, id text, article text COLLATE \"C\", kind bigint, modality bigint, area text COLLATE \"C\", day bigint, place text "
                      "COLLATE \"C\", body text COMPRESSION lz4) ON COMMIT DELETE ROWS"},
    {"staged_place", "(n bigint, id text COLLATE \"C\", name text, name_en text, country text, admin1 text, admin2 text, feature text, lat double "
                     "precision, lon double precision) ON COMMIT DELETE ROWS"},
    {"staged_chain", "(chain bigint, part bigint) ON COMMIT DELETE ROWS"},
};

static db_value day_value(int32_t day)
{
    return day == NO_DAY ? db_null() : db_int(day);
}

static db_value hash_value(const unsigned char *hash)
{
    return db_blob((view){(const char *)hash, SHA256_BYTES});
}

/* --- bands --------------------------------------------------------------------------------------------------------------------------- */

static bool is_among(const int64_t *bands, size_t count, int64_t band)
{
    for (size_t i = 0; i < count; i++)
        if (bands[i] == band)
            return true;
    return false;
}

/* Each band once, as the server sends and takes a bigint[]: one dimension, no nulls, items of type 20, how many, from 1; each its size and bytes. */
static void add_bands(buffer *out, const signature *s)
{
    int64_t bands[SIGNATURE_BANDS];
    size_t count = 0;
    for (int i = 0; i < SIGNATURE_BANDS; i++)
        if (!is_among(bands, count, signature_band(s, i)))
            bands[count++] = signature_band(s, i);
    const uint64_t head[] = {1, 0, 20, count, 1};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        buffer_number(out, head[i], 4);
    for (size_t i = 0; i < count; i++) {
        buffer_number(out, 8, 4);
        buffer_number(out, (uint64_t)bands[i], 8);
    }
}

/* --- words --------------------------------------------------------------------------------------------------------------------------- */

/* Keys of Arabic and ASCII letters alone: of these words_of() would find none to part or to change. */
static bool is_plain(view keys)
{
    bool is = true;
    for (size_t i = 0; i < keys.len && is; i++) {
        const unsigned char byte = (unsigned char)keys.ptr[i];
        is = byte < 0xC0 || (byte >= 0xD8 && byte <= 0xDB);
    }
    return is;
}

/* The order of a tsvector. */
static int compare_words(const void *a, const void *b)
{
    const view *x = a, *y = b;
    const int order = memcmp(x->ptr, y->ptr, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* The words in `keys`, each once; NULL when memory is out. */
static view *sorted_words(view keys, size_t *count)
{
    enum { ROOM_FIRST = 512 };
    size_t at = 0, room = ROOM_FIRST, distinct = 0;
    view word, *words = malloc(room * sizeof *words);
    *count = 0;
    while (words != NULL && words_next(keys, &at, &word)) {
        if (*count == room) {
            view *more = realloc(words, (room *= 2) * sizeof *words);
            if (more == NULL)
                free(words);
            words = more;
        }
        if (words != NULL)
            words[(*count)++] = word;
    }
    if (words == NULL)
        return NULL;
    qsort(words, *count, sizeof *words, compare_words);
    for (size_t i = 0; i < *count; i++)
        if (i == 0 || compare_words(&words[distinct - 1], &words[i]) != 0)
            words[distinct++] = words[i];
    *count = distinct;
    return words;
}

/* As the server sends and takes a tsvector: how many words; each with a NUL behind it, and how many places of it follow: none. */
static bool add_words(buffer *out, view keys)
{
    size_t count;
    view *words = sorted_words(keys, &count);
    if (words == NULL)
        return false;
    buffer_number(out, count, 4);
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, words[i].ptr, words[i].len);
        buffer_number(out, 0, 3);
    }
    free(words);
    return !out->failed;
}

/* --- rows ---------------------------------------------------------------------------------------------------------------------------- */

static bool add_article(bulk_rows *b, const stored_article *a)
{
    buffer words = {0}, bands = {0};
    const bool are_words = is_plain(a->keys); /* and not keys, of which words_of() makes some */
    add_bands(&bands, &a->signature);
    const bool ok = (!are_words || add_words(&words, a->keys)) && !bands.failed;
    const bool is_dated = a->published != NO_DAY;
    const int64_t first = is_dated ? season_of((int64_t)a->published - COPY_DAYS) : NO_SEASON;
    const int64_t last = is_dated ? season_of((int64_t)a->published + COPY_DAYS) : NO_SEASON;
    const db_value values[] = {
        db_int((int64_t)b->article_count++),
        db_text(a->id),
        db_view(a->outlet),
        db_view(a->given_id),
        db_view(a->url),
        db_view(a->title),
        day_value(a->published),
        hash_value(a->evidence_sha256),
        db_int((int64_t)a->evidence_size),
        db_text(a->media),
        db_blob(a->evidence),
        db_blob(a->text),
        db_int((int64_t)a->text_size),
        hash_value(a->text_sha256),
        db_blob((view){(const char *)a->signature.rows, sizeof a->signature.rows}),
        db_blob((view){bands.bytes, bands.used}),
        db_int(is_dated ? season_of(a->published) : NO_SEASON),
        db_int(first),
        first == last ? db_null() : db_int(last), /* a season is looked through once */
        db_text(a->reader),
        db_view(a->note),
        are_words ? db_blob((view){words.bytes, words.used}) : db_null(),
        are_words ? db_null() : db_view(a->keys),
    };
    db_bulk_row(&b->articles, values, sizeof values / sizeof *values);
    buffer_free(&words);
    buffer_free(&bands);
    return ok;
}

static void add_record(bulk_rows *b, const stored_record *r, const char *article)
{
    const stored_place *p = r->place;
    const db_value values[] = {db_int((int64_t)b->record_count++),
                               db_text(r->id),
                               db_text(article),
                               db_int(r->kind),
                               db_int(r->modality),
                               db_text(r->area),
                               db_int(r->day),
                               p == NULL ? db_null() : db_text(p->id),
                               db_view(r->body)};
    db_bulk_row(&b->records, values, sizeof values / sizeof *values);
    if (p == NULL)
        return;
    const db_value place[] = {db_int((int64_t)b->record_count),
                              db_text(p->id),
                              db_text(p->name),
                              db_text(p->name_en),
                              db_text(p->country),
                              db_text(p->admin1),
                              db_text(p->admin2),
                              db_text(p->feature),
                              db_real(p->lat),
                              db_real(p->lon)};
    db_bulk_row(&b->places, place, sizeof place / sizeof *place);
}

bool bulk_rows_add(bulk_rows *b, const stored_article *article, const stored_record *records, size_t count)
{
    const bool ok = add_article(b, article);
    for (size_t i = 0; i < count; i++)
        add_record(b, &records[i], article->id);
    return ok && !b->articles.failed && !b->records.failed && !b->places.failed;
}

marsad_status bulk_rows_send(store *s, const bulk_rows *b, marsad_error *err)
{
    const buffer *const rows[] = {&b->articles, &b->records, &b->places};
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && status == MARSAD_OK; i++)
        status = staging_send(s, bulk_tables[i].name, rows[i], err);
    return status;
}

void bulk_rows_forget(bulk_rows *b)
{
    b->articles.used = b->records.used = b->places.used = b->article_count = b->record_count = 0;
}

void bulk_rows_free(bulk_rows *b)
{
    buffer_free(&b->articles);
    buffer_free(&b->records);
    buffer_free(&b->places);
}
