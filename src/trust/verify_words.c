/*
 * Search words against texts. The index is read whole, word by word, and compared with an index made anew of some articles at a time; and each word is looked
 * up as a question would, and must find what the index holds of it.
 *
 * SQLite's index is a table of its own kind, which fts5vocab reads; PostgreSQL's holds the words of each article in a row, with an index by words.
 */
#include <stdio.h>
#include <stdlib.h>

#include "archive/words.h"
#include "trust/verify.h"

enum { ARTICLES_A_TIME = 512 };

/* What an index says of one article, in any order: the sum of hashes of its words. */
typedef struct {
    int64_t key;
    char id[ID_BYTES];
    uint64_t words;
} indexed_article;

typedef struct {
    indexed_article *items;
    size_t count, room;
} indexed_list;

static indexed_article *find(const indexed_list *list, int64_t key)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (list->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->items[low].key == key ? &list->items[low] : NULL;
}

static marsad_status read_articles(store *s, indexed_list *out, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT key, id FROM article ORDER BY key", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        if (out->count == out->room) {
            out->room = out->room == 0 ? 256 : 2 * out->room;
            indexed_article *items = realloc(out->items, out->room * sizeof *items);
            if (items == NULL) {
                status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for search words");
                break;
            }
            out->items = items;
        }
        indexed_article *a = &out->items[out->count++];
        *a = (indexed_article){.key = db_get_int(rows, 0)};
        snprintf(a->id, sizeof a->id, "%.*s", (int)db_get_text(rows, 1).len, db_get_text(rows, 1).ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* Each word with each article that it stands in. */
static marsad_status ask_words(store *s, db_rows **rows, marsad_error *err)
{
    *rows = NULL;
    if (db_is_postgres(s->db))
        return db_ask(s->db, rows, err, "SELECT u.lexeme, w.rowid FROM article_words w, unnest(w.words) u", DB_NONE);
    const marsad_status status =
        db_run(s->db, err, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_places USING fts5vocab(main, article_words, instance)", DB_NONE);
    return status == MARSAD_OK ? db_ask(s->db, rows, err, "SELECT term, doc FROM temp.word_places", DB_NONE) : status;
}

/* Adds, or takes away, what the index of `s` says. */
static marsad_status sum_index(store *s, const indexed_list *list, bool takes, size_t *strange, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = ask_words(s, &rows, err);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        indexed_article *a = find(list, db_get_int(rows, 1));
        const uint64_t hash = view_hash(db_get_text(rows, 0));
        if (a == NULL)
            ++*strange;
        else
            a->words += takes ? 0 - hash : hash;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- an index made anew ----------------------------------------------------------------------------------------------------------- */

static marsad_status index_article(store *from, store *to, int64_t key, arena *memory, marsad_error *err)
{
    buffer keys = {0};
    db_rows *rows;
    marsad_status status = db_ask(from->db, &rows, err, "SELECT title, text, text_size FROM article WHERE key = $1", DB_VALUES(db_int(key)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        view text = {"", 0};
        const int64_t size = db_get_int(rows, 2);
        words_add_keys(&keys, db_get_text(rows, 0));
        if (size >= 0 && size < INT32_MAX && unpack_bytes(db_get_blob(rows, 1), (size_t)size, &text, memory)) {
            buffer_text(&keys, " ");
            words_add_keys(&keys, text);
        }
        words_make_distinct(&keys);
    }
    db_end(rows);
    if (status == MARSAD_OK)
        status = keys.failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for search words")
                             : db_run(to->db, err, "INSERT INTO article_words(rowid, words) VALUES($1, $2)",
                                      DB_VALUES(db_int(key), db_view((view){keys.bytes, keys.used})));
    buffer_free(&keys);
    return status;
}

static marsad_status take_away_anew(verifier *v, const indexed_list *list, marsad_error *err)
{
    store again;
    size_t strange = 0;
    marsad_status status = store_open(&again, ":memory:", DB_CREATE, err);
    for (size_t i = 0; i < list->count && status == MARSAD_OK; i++) {
        status = index_article(v->store, &again, list->items[i].key, &v->memory, err);
        arena_reset(&v->memory);
        if (status == MARSAD_OK && ((i + 1) % ARTICLES_A_TIME == 0 || i + 1 == list->count)) {
            status = sum_index(&again, list, true, &strange, err);
            if (status == MARSAD_OK)
                status = db_run(again.db, err, "INSERT INTO article_words(article_words) VALUES('delete-all')", DB_NONE);
        }
    }
    store_close(&again);
    return status;
}

/* --- looking up ---------------------------------------------------------------------------------------------------------------------- */

/* What a question for one word finds. */
static marsad_status look_up(store *s, view word, int64_t *found, marsad_error *err)
{
    return db_ask_int(s->db, found, 0, err, "SELECT count(*) FROM (SELECT rowid FROM article_words($1) ORDER BY rowid DESC) AS found",
                      DB_VALUES(db_view(word)));
}

/* Each word with the number of articles that it stands in. */
static marsad_status ask_counts(store *s, db_rows **rows, marsad_error *err)
{
    *rows = NULL;
    if (db_is_postgres(s->db))
        return db_ask(s->db, rows, err, "SELECT word, ndoc FROM ts_stat('SELECT words FROM article_words')", DB_NONE);
    const marsad_status status =
        db_run(s->db, err, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_rows USING fts5vocab(main, article_words, row)", DB_NONE);
    return status == MARSAD_OK ? db_ask(s->db, rows, err, "SELECT term, doc FROM temp.word_rows", DB_NONE) : status;
}

static marsad_status look_each_up(verifier *v, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = ask_counts(v->store, &rows, err);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        int64_t found = 0;
        const view word = db_get_text(rows, 0);
        status = look_up(v->store, word, &found, err);
        if (status == MARSAD_OK && found != db_get_int(rows, 1))
            verify_fault(v, "the search word '%.*s' does not find all that it stands in", (int)word.len, word.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* PostgreSQL reads a small table instead of its index, which is what is to be tried here. */
static marsad_status look_all_up(verifier *v, marsad_error *err)
{
    db *d = v->store->db;
    if (!db_is_postgres(d))
        return look_each_up(v, err);
    marsad_status status = db_run(d, err, "SET enable_seqscan = off", DB_NONE);
    if (status == MARSAD_OK)
        status = look_each_up(v, err);
    marsad_error ignored;
    (void)db_run(d, &ignored, "RESET enable_seqscan", DB_NONE);
    return status;
}

marsad_status verify_words(verifier *v, marsad_error *err)
{
    indexed_list list = {0};
    size_t strange = 0;
    marsad_status status = read_articles(v->store, &list, err);
    if (status == MARSAD_OK)
        status = sum_index(v->store, &list, false, &strange, err);
    if (status == MARSAD_OK)
        status = take_away_anew(v, &list, err);
    for (size_t i = 0; i < list.count && status == MARSAD_OK; i++)
        if (list.items[i].words != 0)
            verify_fault(v, "the search words of article '%s' are not those of its text", list.items[i].id);
    if (status == MARSAD_OK && strange > 0)
        verify_fault(v, "%zu search words stand in articles that are not there", strange);
    free(list.items);
    return status == MARSAD_OK ? look_all_up(v, err) : status;
}
