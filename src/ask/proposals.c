/*
 * Rows that corrections propose for the lexicon: where people edited who the report names, where it happened, or of which kind it is, the report's words with
 * what they were read as and what a person made of them. Only what can be laid to words: as many parties as were read, a place with a name, a trigger.
 */
#include <jansson.h>
#include <stdlib.h>

#include "archive/body.h"
#include "ask/list.h"

const char *const proposal_columns[] = {"table", "words", "read_as", "corrected_to", "times", "records", NULL};

/* One correction; `table` first, for the order. */
typedef struct {
    const char *table, *words, *read_as, *corrected_to, *record;
} proposal;

typedef struct {
    marsad_archive *archive;
    proposal *items;
    uint32_t count, room;
    arena memory;
    bool is_out_of_memory;
} proposals;

static void add(proposals *p, const char *table, view words, const char *read_as, view corrected_to, const char *record)
{
    if (words.len == 0 || view_equal(view_of(read_as), corrected_to))
        return;
    const proposal item = {table, arena_string(&p->memory, words), read_as, arena_string(&p->memory, corrected_to), record};
    if (item.words == NULL || item.corrected_to == NULL || !ARENA_GROW(&p->memory, p->items, p->count, p->room))
        p->is_out_of_memory = true;
    else
        p->items[p->count++] = item;
}

/* "who,who" instead of as many parties as were read: each in its place. */
static void add_parties(proposals *p, const statement_party *parties, uint32_t count, const char *said, const char *record)
{
    uint32_t named = said[0] != 0;
    for (const char *at = said; *at != 0; at++)
        named += *at == ',';
    for (uint32_t i = 0; i < count && named == count; i++) {
        const size_t len = strcspn(said, ",");
        add(p, "actors", view_of(parties[i].words), parties[i].who, (view){said, len}, record);
        said += len + (said[len] == ',');
    }
}

/* The words that the record's kind was read from. */
static marsad_status add_trigger(proposals *p, const statement *before, const char *kind, const char *record, marsad_error *err)
{
    view text;
    const char *article = NULL;
    db_rows *rows;
    marsad_status status = db_ask(p->archive->store.db, &rows, err, "SELECT a.id FROM record r JOIN article a ON a.key = r.article WHERE r.id = $1",
                                  DB_VALUES(db_text(record)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        article = arena_string(&p->memory, db_get_text(rows, 0));
        p->is_out_of_memory = p->is_out_of_memory || article == NULL;
    }
    db_end(rows);
    if (article != NULL)
        status = store_article_text(&p->archive->store, article, &text, &p->memory, err);
    if (article != NULL && status == MARSAD_OK && before->trigger.start < before->trigger.end && before->trigger.end <= text.len)
        add(p, "triggers", (view){text.ptr + before->trigger.start, before->trigger.end - before->trigger.start}, marsad_kind_name(before->kind),
            view_of(kind), record);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status add_change(proposals *p, const statement *before, const char *change, const char *record, marsad_error *err)
{
    const statement_place *scene;
    const char *value = strchr(change, '=');
    if (value == NULL || value[1] == 0)
        return MARSAD_OK; /* "as-read", or nothing instead: no word is read otherwise */
    value++;
    if (strncmp(change, "actor=", 6) == 0)
        add_parties(p, before->actors, before->actor_count, value, record);
    else if (strncmp(change, "target=", 7) == 0)
        add_parties(p, before->targets, before->target_count, value, record);
    else if (strncmp(change, "speaker=", 8) == 0)
        add_parties(p, before->speakers, before->speaker_count, value, record);
    else if (strncmp(change, "place=", 6) == 0 && statement_scene(before, &scene, 1) > 0)
        add(p, "places", view_of(scene->norm), scene->id, view_of(value), record);
    else if (strncmp(change, "kind=", 5) == 0)
        return add_trigger(p, before, value, record, err);
    return MARSAD_OK;
}

static marsad_status add_edit(proposals *p, const db_rows *rows, marsad_error *err)
{
    statement before = {0};
    const view changes = db_get_text(rows, 1), body = db_get_text(rows, 2);
    const char *record = arena_string(&p->memory, db_get_text(rows, 0)), *kept = arena_string(&p->memory, body);
    if (record == NULL || kept == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for proposals");
    marsad_status status = body_read(&before, (view){kept, body.len}, &p->memory, err);
    json_t *list = json_loadb(changes.ptr, changes.len, 0, NULL);
    const json_t *change;
    size_t i;
    json_array_foreach(list, i, change)
    {
        if (status == MARSAD_OK && json_is_string(change))
            status = add_change(p, &before, json_string_value(change), record, err);
    }
    json_decref(list);
    return status;
}

/* --- the same proposal once ------------------------------------------------------------------------------------------------------- */

static int compare_words(const proposal *x, const proposal *y)
{
    int order = strcmp(x->table, y->table);
    order = order != 0 ? order : strcmp(x->words, y->words);
    order = order != 0 ? order : strcmp(x->read_as, y->read_as);
    return order != 0 ? order : strcmp(x->corrected_to, y->corrected_to);
}

static int compare(const void *a, const void *b)
{
    const proposal *x = a, *y = b;
    const int order = compare_words(x, y);
    return order != 0 ? order : strcmp(x->record, y->record);
}

/* [first, end) say the same. */
static void put_row(row_writer *w, const proposal *first, const proposal *end)
{
    buffer records = {0};
    json_out j = {.write = buffer_write, .context = &records};
    int64_t times = 0;
    json_array(&j);
    for (const proposal *at = first; at < end; at++) {
        if (at > first && strcmp(at->record, at[-1].record) == 0)
            continue; /* a person changed her mind, and back */
        json_string(&j, view_of(at->record));
        times++;
    }
    json_end_array(&j);
    w->failed = w->failed || !json_flush(&j) || records.failed;
    rows_text(w, first->table);
    rows_text(w, first->words);
    rows_text(w, first->read_as[0] == 0 ? NULL : first->read_as);
    rows_text(w, first->corrected_to);
    rows_integer(w, times);
    rows_json(w, (view){records.bytes, records.used});
    buffer_free(&records);
}

marsad_status list_proposals(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    proposals p = {.archive = archive};
    db_rows *rows;
    marsad_status status = db_ask(archive->store.db, &rows, err,
                                  "SELECT record, detail ->> 'changes', detail ->> 'before' FROM decision WHERE what = 'edit' AND detail ->> "
                                  "'before' IS NOT NULL AND (record = $1 OR $1 IS NULL) ORDER BY key",
                                  DB_VALUES(question->id == NULL ? db_null() : db_text(question->id)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        status = add_edit(&p, rows, err);
    db_end(rows);
    status = status == MARSAD_END ? MARSAD_OK : status;
    w->failed = w->failed || p.is_out_of_memory;
    if (status == MARSAD_OK && p.count > 0)
        qsort(p.items, p.count, sizeof *p.items, compare);
    for (uint32_t i = 0, end; status == MARSAD_OK && i < p.count; i = end) {
        for (end = i + 1; end < p.count && compare_words(&p.items[i], &p.items[end]) == 0;)
            end++;
        put_row(w, &p.items[i], &p.items[end]);
        if (!rows_end(w))
            break;
    }
    arena_free(&p.memory);
    return status;
}
