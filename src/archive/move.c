#include "archive/move.h"

#include <stdio.h>

#include "archive/fill.h"
#include "archive/words.h"

enum { PIECE_BYTES = 4 << 20, ROWS_A_TELLING = 4096 };

/* --- rows on their way to a table ------------------------------------------------------------------------------------------------ */

typedef struct {
    db *db;
    buffer sql;     /* "INSERT ..." of a row, or "COPY ..." of many */
    buffer waiting; /* rows for COPY */
    bool in_bulk;
} row_sink;

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a copy");
}

static bool sink_begin(row_sink *out, db *d, const char *table, const char *const *names, size_t count)
{
    *out = (row_sink){.db = d, .in_bulk = db_takes_bulk(d)};
    buffer_format(&out->sql, "%s %s(", out->in_bulk ? "COPY" : "INSERT INTO", table);
    for (size_t i = 0; i < count; i++)
        buffer_format(&out->sql, "%s\"%s\"", i == 0 ? "" : ", ", names[i]);
    buffer_text(&out->sql, out->in_bulk ? ") FROM STDIN BINARY" : ") VALUES(");
    for (size_t i = 0; i < count && !out->in_bulk; i++)
        buffer_format(&out->sql, "%s$%zu", i == 0 ? "" : ", ", i + 1);
    if (!out->in_bulk)
        buffer_text(&out->sql, ")");
    buffer_add(&out->sql, "", 1);
    return !out->sql.failed;
}

static marsad_status sink_flush(row_sink *s, marsad_error *err)
{
    if (s->waiting.failed)
        return no_memory(err);
    marsad_status status = s->waiting.used == 0 ? MARSAD_OK : db_send(s->db, err, s->sql.bytes, (view){s->waiting.bytes, s->waiting.used});
    s->waiting.used = 0;
    return status;
}

static marsad_status sink_add(row_sink *s, const db_value *values, size_t count, marsad_error *err)
{
    if (!s->in_bulk)
        return db_run(s->db, err, s->sql.bytes, values, count);
    db_bulk_row(&s->waiting, values, count);
    return s->waiting.used < PIECE_BYTES && !s->waiting.failed ? MARSAD_OK : sink_flush(s, err);
}

static void sink_free(row_sink *s)
{
    buffer_free(&s->sql);
    buffer_free(&s->waiting);
}

/* --- tables ------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    db *from, *to;
    const move_listener *listener;
    arena memory; /* of the table at work */
} moving;

static void tell(const moving *m, const char *table, uint64_t rows)
{
    if (m->listener->progress != NULL)
        m->listener->progress(m->listener->context, table, rows);
}

static db_value cell_of(const db_rows *rows, int column, bool is_narrow)
{
    switch (db_type_of(rows, column)) {
    case DB_INTEGER:
        return (db_value){.type = DB_INTEGER, .integer = db_get_int(rows, column), .is_narrow = is_narrow};
    case DB_REAL:
        return db_real(db_get_real(rows, column));
    case DB_TEXT:
        return db_view(db_get_text(rows, column));
    case DB_BLOB:
        return db_blob(db_get_blob(rows, column));
    case DB_NULL:
        break;
    }
    return db_null();
}

static marsad_status send_rows(moving *m, const archive_table *table, const char *sql, const table_columns *columns, row_sink *sink,
                               table_digest *digest, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(m->from, &rows, err, sql, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        db_value values[TABLE_COLUMNS_MAX];
        for (size_t i = 0; i < columns->count; i++)
            values[i] = cell_of(rows, (int)i, columns->is_narrow[i]);
        table_digest_add(digest, rows);
        status = sink_add(sink, values, columns->count, err);
        if (digest->rows % ROWS_A_TELLING == 0)
            tell(m, table->name, digest->rows);
    }
    db_end(rows);
    tell(m, table->name, digest->rows);
    return status == MARSAD_END ? sink_flush(sink, err) : status;
}

static marsad_status check_columns(const archive_table *table, const table_columns *a, const table_columns *b, marsad_error *err)
{
    bool are_same = a->count == b->count;
    for (size_t i = 0; i < a->count && are_same; i++)
        are_same = strcmp(a->names[i], b->names[i]) == 0;
    return are_same ? MARSAD_OK : fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "table '%s' has other columns on the two sides", table->name);
}

/* Copies a table; `hash` receives the digest of what was read. */
static marsad_status move_table(moving *m, const archive_table *table, char hash[SEAL_BYTES], marsad_error *err)
{
    table_columns columns = {0}, there = {0};
    table_digest digest;
    row_sink sink = {0};
    buffer sql = {0};
    table_digest_begin(&digest);
    marsad_status status = table_columns_of(m->from, table, &columns, &m->memory, err);
    if (status == MARSAD_OK)
        status = table_columns_of(m->to, table, &there, &m->memory, err);
    if (status == MARSAD_OK)
        status = check_columns(table, &columns, &there, err);
    if (status == MARSAD_OK && (!table_select(&sql, table, &columns) || !sink_begin(&sink, m->to, table->name, there.names, there.count)))
        status = no_memory(err);
    if (status == MARSAD_OK)
        status = send_rows(m, table, sql.bytes, &there, &sink, &digest, err);
    table_digest_end(&digest, hash);
    sink_free(&sink);
    buffer_free(&sql);
    arena_reset(&m->memory);
    return status;
}

/* --- what follows from tables ------------------------------------------------------------------------------------------------------- */

/* The search keys of the article at which `rows` (title, text, text_size, id) stands. */
static marsad_status keys_of(buffer *out, const db_rows *rows, arena *memory, marsad_error *err)
{
    view text;
    const int64_t size = db_get_int(rows, 3);
    const view id = db_get_text(rows, 4);
    if (size < 0 || size > INT32_MAX || !unpack_bytes(db_get_blob(rows, 2), (size_t)size, &text, memory))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the text of article '%.*s' is damaged", (int)id.len, id.ptr);
    out->used = 0;
    words_add_keys(out, db_get_text(rows, 1));
    buffer_text(out, " ");
    words_add_keys(out, text);
    words_make_distinct(out);
    return out->failed ? no_memory(err) : MARSAD_OK;
}

static marsad_status send_words(moving *m, row_sink *sink, marsad_error *err)
{
    buffer keys = {0};
    uint64_t count = 0;
    db_rows *rows;
    marsad_status status = db_ask(m->from, &rows, err, "SELECT key, title, text, text_size, id FROM article ORDER BY key", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        status = keys_of(&keys, rows, &m->memory, err);
        if (status == MARSAD_OK)
            status = sink_add(sink, DB_VALUES(db_int(db_get_int(rows, 0)), db_view((view){keys.bytes, keys.used})), err);
        arena_reset(&m->memory);
        if (++count % ROWS_A_TELLING == 0)
            tell(m, "article_words", count);
    }
    db_end(rows);
    buffer_free(&keys);
    tell(m, "article_words", count);
    return status == MARSAD_END ? sink_flush(sink, err) : status;
}

/* Search words are made of the texts. A server takes them in as text first, and makes of it what it searches. */
static marsad_status make_words(moving *m, marsad_error *err)
{
    static const char *const names[] = {"rowid", "words"};
    row_sink sink = {0};
    const bool is_server = db_is_postgres(m->to);
    marsad_status status =
        !is_server ? MARSAD_OK : db_run(m->to, err, "CREATE TEMPORARY TABLE copied_words(rowid BIGINT, words TEXT) ON COMMIT DROP", DB_NONE);
    if (status == MARSAD_OK && !sink_begin(&sink, m->to, is_server ? "copied_words" : "article_words", names, 2))
        status = no_memory(err);
    if (status == MARSAD_OK)
        status = send_words(m, &sink, err);
    if (status == MARSAD_OK && is_server)
        status = db_run(m->to, err, "INSERT INTO article_words(rowid, words) SELECT rowid, words_of(words) FROM copied_words", DB_NONE);
    sink_free(&sink);
    return status;
}

static marsad_status make_boxes(const moving *m, marsad_error *err)
{
    return db_is_postgres(m->to)
               ? MARSAD_OK
               : db_run(m->to, err, "INSERT INTO place_box(key, west, east, south, north) SELECT key, lon, lon, lat, lat FROM place", DB_NONE);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

enum { TABLES_MAX = 64 };

static marsad_status move_tables(moving *m, char (*hashes)[SEAL_BYTES], marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; archive_tables[i].name != NULL && status == MARSAD_OK; i++)
        status = move_table(m, &archive_tables[i], hashes[i], err);
    if (status == MARSAD_OK)
        status = make_words(m, err);
    return status == MARSAD_OK ? make_boxes(m, err) : status;
}

/* What arrived, read again and held against what was sent. */
static marsad_status compare_tables(const moving *m, char (*hashes)[SEAL_BYTES], marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    const char *strange = NULL;
    for (size_t i = 0; archive_tables[i].name != NULL && status == MARSAD_OK; i++) {
        char hash[SEAL_BYTES];
        uint64_t rows;
        status = table_digest_of(m->to, &archive_tables[i], &rows, hash, m->listener->progress, m->listener->context, err);
        if (status != MARSAD_OK)
            break;
        if (m->listener->compared != NULL)
            m->listener->compared(m->listener->context, archive_tables[i].name, rows, hashes[i], hash);
        if (strange == NULL && strcmp(hash, hashes[i]) != 0)
            strange = archive_tables[i].name;
    }
    return status == MARSAD_OK && strange != NULL
               ? fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "table '%s' did not come out as it is: nothing was copied", strange)
               : status;
}

static marsad_status fill(moving *m, filling *f, marsad_error *err)
{
    char hashes[TABLES_MAX][SEAL_BYTES];
    marsad_status status = filling_begin(f, m->to, err);
    if (status == MARSAD_OK)
        status = move_tables(m, hashes, err);
    if (status == MARSAD_OK)
        status = filling_finish(f, err);
    if (status == MARSAD_OK)
        status = compare_tables(m, hashes, err);
    return status == MARSAD_OK ? filling_commit(f, err) : status;
}

marsad_status move_archive(const char *from, const char *to, const move_listener *listener, marsad_error *err)
{
    moving m = {.listener = listener};
    filling f = {0};
    marsad_status status = db_open(&m.from, from, DB_READ_ONLY, err);
    if (status == MARSAD_OK)
        status = db_begin_reading(m.from, err);
    if (status == MARSAD_OK)
        status = tables_check(m.from, err);
    if (status == MARSAD_OK)
        status = db_open(&m.to, to, DB_CREATE, err);
    if (status == MARSAD_OK)
        status = db_migrate(m.to, err);
    if (status == MARSAD_OK)
        status = fill(&m, &f, err);
    filling_free(&f);
    if (m.from != NULL)
        db_rollback(m.from);
    db_close(m.to);
    db_close(m.from);
    arena_free(&m.memory);
    return status;
}
