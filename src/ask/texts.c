/* An article as it is read: its text, where it came from, its copies. And the bytes it came in. */
#include <sodium.h>
#include <stdio.h>

#include "ask/list.h"

const char *const text_columns[] = {"id",   "outlet", "published",   "title",  "url",    "text",    "sha256", "media",
                                    "size", "stored", "text_sha256", "reader", "copies", "copy_of", "note",   NULL};

enum { KEY, ID, OUTLET, PUBLISHED, TITLE, URL, CHAIN, STORED, TEXT_HASH, READER, HASH, MEDIA, SIZE, COPY_OF, NOTE };
static const char text_sql[] =
    "SELECT a.key, a.id, a.outlet, a.published, a.title, a.url, a.chain, a.stored, a.text_sha256, a.reader, a.evidence, "
    "e.media, e.size, c.id, a.note FROM article a JOIN evidence e ON e.sha256 = a.evidence JOIN article c ON c.key = a.chain WHERE a.id = $1";

static void put_hash(row_writer *w, view hash)
{
    char hex[2 * SHA256_BYTES + 1] = "";
    if (hash.len == SHA256_BYTES)
        sodium_bin2hex(hex, sizeof hex, (const unsigned char *)hash.ptr, hash.len);
    rows_text(w, hex);
}

/* The other articles of the chain, by when they were published. */
static marsad_status put_copies(marsad_archive *archive, int64_t chain, int64_t own, row_writer *w, marsad_error *err)
{
    buffer text = {0};
    json_out j = {.write = buffer_write, .context = &text};
    db_rows *rows;
    marsad_status status =
        db_ask(archive->store.db, &rows, err,
               "SELECT id, outlet, published FROM article WHERE chain = $1 AND key <> $2 ORDER BY published IS NOT NULL, published, id",
               DB_VALUES(db_int(chain), db_int(own)));
    json_array(&j);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        char day[16] = "";
        if (!db_is_null(rows, 2)) {
            const marsad_date date = day_date((int32_t)db_get_int(rows, 2));
            snprintf(day, sizeof day, "%04d-%02u-%02u", date.year, (unsigned)date.month, (unsigned)date.day);
        }
        json_object(&j);
        json_put_view(&j, "id", db_get_text(rows, 0));
        json_put_view(&j, "outlet", db_get_text(rows, 1));
        json_put_name(&j, "published", day);
        json_end_object(&j);
    }
    json_end_array(&j);
    w->failed = w->failed || !json_flush(&j) || text.failed;
    rows_json(w, (view){text.bytes, text.used});
    db_end(rows);
    buffer_free(&text);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status put_row(marsad_archive *archive, const db_rows *rows, row_writer *w, arena *memory, marsad_error *err)
{
    const char *id = arena_string(memory, db_get_text(rows, ID));
    view text = {0};
    marsad_status status = id == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a text")
                                      : store_article_text(&archive->store, id, &text, memory, err);
    if (status != MARSAD_OK)
        return status;
    rows_text(w, id);
    rows_view(w, db_get_text(rows, OUTLET));
    rows_day(w, db_is_null(rows, PUBLISHED) ? NO_DAY : (int32_t)db_get_int(rows, PUBLISHED));
    rows_view(w, db_get_text(rows, TITLE));
    rows_view(w, db_get_text(rows, URL));
    rows_view(w, text);
    put_hash(w, db_get_blob(rows, HASH));
    rows_view(w, db_get_text(rows, MEDIA));
    rows_integer(w, db_get_int(rows, SIZE));
    rows_time(w, db_get_int(rows, STORED));
    put_hash(w, db_get_blob(rows, TEXT_HASH));
    rows_view(w, db_get_text(rows, READER));
    status = put_copies(archive, db_get_int(rows, CHAIN), db_get_int(rows, KEY), w, err);
    rows_view(w, db_get_text(rows, COPY_OF));
    rows_view(w, db_get_text(rows, NOTE));
    return status;
}

marsad_status list_texts(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    if (question->id == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "name an article by its id");
    arena memory = {0};
    db_rows *rows;
    marsad_status status = db_ask(archive->store.db, &rows, err, text_sql, DB_VALUES(db_text(question->id)));
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_OK)
        status = put_row(archive, rows, w, &memory, err);
    if (status == MARSAD_OK)
        rows_end(w);
    db_end(rows);
    arena_free(&memory);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- evidence --------------------------------------------------------------------------------------------------------------------- */

static marsad_status read_evidence(const db_rows *rows, const char *article, marsad_evidence *out, view *bytes, arena *memory, marsad_error *err)
{
    unsigned char own[SHA256_BYTES];
    const view media = db_get_text(rows, 0), hash = db_get_blob(rows, 2);
    const int64_t size = db_get_int(rows, 1);
    bool is_good = size >= 0 && unpack_bytes(db_get_blob(rows, 3), (size_t)size, bytes, memory);
    if (is_good) {
        crypto_hash_sha256(own, (const unsigned char *)bytes->ptr, bytes->len);
        is_good = hash.len == sizeof own && memcmp(hash.ptr, own, sizeof own) == 0;
    }
    if (!is_good)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the evidence of article '%s' is damaged", article);
    *out = (marsad_evidence){.size = (uint64_t)size};
    snprintf(out->media, sizeof out->media, "%.*s", (int)media.len, media.ptr);
    sodium_bin2hex(out->sha256, sizeof out->sha256, own, sizeof own);
    return MARSAD_OK;
}

marsad_status marsad_archive_evidence(marsad_archive *archive, const char *article, marsad_evidence *out, marsad_write *write, void *context,
                                      marsad_error *err)
{
    arena memory = {0};
    view bytes = {0};
    db_rows *rows;
    marsad_status status = db_ask(archive->store.db, &rows, err,
                                  "SELECT e.media, e.size, e.sha256, e.bytes FROM article a JOIN evidence e ON e.sha256 = a.evidence WHERE a.id = $1",
                                  DB_VALUES(db_text(article)));
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_END)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no article '%s'", article);
    if (status == MARSAD_OK)
        status = read_evidence(rows, article, out, &bytes, &memory, err);
    db_end(rows);
    if (status == MARSAD_OK && !write(context, bytes.ptr, bytes.len))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write the evidence of article '%s'", article);
    arena_free(&memory);
    return status;
}
