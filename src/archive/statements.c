/* Statements out of the store. */
#include "archive/body.h"
#include "archive/store.h"

#define STATEMENTS                                                                                                                                   \
    "SELECT r.id, a.id, c.id, a.outlet, a.url, a.published, a.stored, r.state, r.verified, r.body FROM record r JOIN article a ON a.key = r.article" \
    " JOIN article c ON c.key = a.chain WHERE "
#define IN_ORDER " ORDER BY r.id"

enum { SECONDS_PER_DAY = 24 * 60 * 60 };

static const char *keep(arena *memory, const db_rows *rows, int column)
{
    const view text = db_get_text(rows, column);
    return text.len == 0 ? "" : arena_string(memory, text);
}

static marsad_status read_row(const db_rows *rows, statement *out, arena *memory, marsad_error *err)
{
    marsad_status status = body_read(out, db_get_text(rows, 9), memory, err);
    if (status != MARSAD_OK)
        return status;
    out->id = keep(memory, rows, 0);
    out->article = keep(memory, rows, 1);
    out->chain = keep(memory, rows, 2);
    out->outlet = keep(memory, rows, 3);
    out->url = keep(memory, rows, 4);
    out->published = db_is_null(rows, 5) ? NO_DAY : (int32_t)db_get_int(rows, 5);
    out->known = out->published != NO_DAY ? out->published : (int32_t)(db_get_int(rows, 6) / SECONDS_PER_DAY);
    const int64_t state = db_get_int(rows, 7);
    out->state = state >= 0 && state < STATE_COUNT ? (review_state)state : STATE_NEW;
    out->is_verified = db_get_int(rows, 8) != 0;
    if (out->id == NULL || out->article == NULL || out->chain == NULL || out->outlet == NULL || out->url == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a record");
    return MARSAD_OK;
}

static marsad_status add_row(const db_rows *rows, statement_list *out, arena *memory, marsad_error *err)
{
    if (out->count == out->room) {
        const size_t room = out->room == 0 ? 64 : 2 * out->room;
        const statement **items = arena_alloc(memory, room * sizeof *items);
        if (items == NULL)
            return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for %zu records", room);
        if (out->count > 0)
            memcpy(items, out->items, out->count * sizeof *items);
        out->items = items;
        out->room = room;
    }
    statement *s = arena_alloc(memory, sizeof *s);
    if (s == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a record");
    marsad_status status = read_row(rows, s, memory, err);
    if (status == MARSAD_OK)
        out->items[out->count++] = s;
    return status;
}

/* One SELECT a way of asking, so that each uses its index. $1 names what is asked for, $2 and $3 are days, $4 is the set of kinds. */
static marsad_status ask(store *s, const statement_query *q, db_rows **rows, marsad_error *err)
{
    const db_value kinds = db_int(q->kinds == 0 ? INT64_MAX : q->kinds), from = db_int(q->from_day), to = db_int(q->to_day);
    if (q->record != NULL)
        return db_ask(s->db, rows, err, STATEMENTS "r.id = $1", DB_VALUES(db_text(q->record)));
    if (q->incident != NULL)
        return db_ask(s->db, rows, err, STATEMENTS "r.incident = (SELECT key FROM incident WHERE id = $1)" IN_ORDER, DB_VALUES(db_text(q->incident)));
    if (q->article != NULL)
        return db_ask(s->db, rows, err, STATEMENTS "r.article = (SELECT key FROM article WHERE id = $1)" IN_ORDER, DB_VALUES(db_text(q->article)));
    if (q->area != NULL)
        return db_ask(s->db, rows, err, STATEMENTS "r.area = $1 AND r.day BETWEEN $2 AND $3" IN_ORDER, DB_VALUES(db_text(q->area), from, to));
    if (q->has_days)
        return db_ask(s->db, rows, err, STATEMENTS "r.day BETWEEN $2 AND $3 AND (($4 >> r.kind) & 1) <> 0" IN_ORDER,
                      DB_VALUES(db_null(), from, to, kinds));
    return db_ask(s->db, rows, err, STATEMENTS "(($4 >> r.kind) & 1) <> 0" IN_ORDER, DB_VALUES(db_null(), db_null(), db_null(), kinds));
}

marsad_status store_statements(store *s, const statement_query *query, statement_list *out, arena *memory, marsad_error *err)
{
    *out = (statement_list){0};
    db_rows *rows;
    marsad_status status = ask(s, query, &rows, err);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        status = add_row(rows, out, memory, err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_article_text(store *s, const char *article, view *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT text, text_size FROM article WHERE id = $1", DB_VALUES(db_text(article)));
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_END)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no article '%s'", article);
    else if (status == MARSAD_OK && !unpack_bytes(db_get_blob(rows, 0), (size_t)db_get_int(rows, 1), out, memory))
        status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the text of article '%s' is damaged", article);
    db_end(rows);
    return status;
}

marsad_status store_seen(store *s, int32_t from, int32_t to, int32_t known, stored_seen **out, size_t *count, arena *memory, marsad_error *err)
{
    stored_seen *list = NULL;
    uint32_t used = 0, room = 0;
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err,
               "SELECT DISTINCT p.country, p.admin1, a.published FROM article a JOIN record r ON r.article = a.key JOIN place p ON p.key = r.place"
               " WHERE a.published BETWEEN $1 AND $2 AND a.published <= $3 ORDER BY 1, 2, 3",
               DB_VALUES(db_int(from), db_int(to), db_int(known)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *country = arena_string(memory, db_get_text(rows, 0)), *admin1 = arena_string(memory, db_get_text(rows, 1));
        if (country == NULL || admin1 == NULL || !ARENA_GROW(memory, list, used, room))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for what was read");
        else
            list[used++] = (stored_seen){country, admin1, (int32_t)db_get_int(rows, 2)};
    }
    db_end(rows);
    *out = list;
    *count = used;
    return status == MARSAD_END ? MARSAD_OK : status;
}
