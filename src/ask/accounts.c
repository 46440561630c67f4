/* Who works with the archive, and by which tokens: nothing of what lets them in. */
#include "ask/list.h"
#include "marsad_people.h"

const char *const account_columns[] = {"name", "roles", "active", "created", "last_login", NULL};
const char *const token_columns[] = {"id", "label", "scopes", "created", "expires", "last_used", "owner", NULL};

typedef const char *name_of(unsigned number);

static const char *role_at(unsigned number)
{
    return marsad_role_name((marsad_role)number);
}

static const char *right_at(unsigned number)
{
    return marsad_right_name((marsad_right)number);
}

/* ["coder","verifier"] */
static void rows_set(row_writer *w, int64_t set, name_of *at)
{
    buffer json = {0};
    buffer_text(&json, "[");
    for (unsigned i = 0; at(i)[0] != 0; i++)
        if ((set >> i & 1) != 0)
            buffer_format(&json, "%s\"%s\"", json.used > 1 ? "," : "", at(i));
    buffer_text(&json, "]");
    w->failed = w->failed || json.failed;
    rows_json(w, (view){json.bytes, json.used});
    buffer_free(&json);
}

static int64_t time_or_never(const db_rows *rows, int column)
{
    return db_is_null(rows, column) ? MARSAD_NO_VALUE : db_get_int(rows, column);
}

static bool write_account(row_writer *w, const db_rows *rows)
{
    rows_view(w, db_get_text(rows, 0));
    rows_set(w, db_get_int(rows, 1), role_at);
    rows_integer(w, db_get_int(rows, 2));
    rows_time(w, db_get_int(rows, 3));
    rows_time(w, time_or_never(rows, 4));
    return rows_end(w);
}

static bool write_token(row_writer *w, const db_rows *rows)
{
    rows_view(w, db_get_text(rows, 0));
    rows_view(w, db_get_text(rows, 1));
    rows_set(w, db_get_int(rows, 2), right_at);
    rows_time(w, db_get_int(rows, 3));
    rows_time(w, db_get_int(rows, 4));
    rows_time(w, time_or_never(rows, 5));
    rows_view(w, db_get_text(rows, 6));
    return rows_end(w);
}

static db_value text_value(const char *text)
{
    return text == NULL ? db_null() : db_text(text);
}

/* SQL of a table may use $1 the question's id, $2 the key of the row before, $3 rows at most. */
static marsad_status run(marsad_archive *archive, const marsad_question *q, const char *sql, const char *sql_after,
                         bool (*write)(row_writer *w, const db_rows *rows), row_writer *w, marsad_error *err)
{
    int64_t before = 0;
    marsad_status status = q->after == NULL ? MARSAD_OK : db_ask_int(archive->store.db, &before, 0, err, sql_after, DB_VALUES(db_text(q->after)));
    if (status == MARSAD_OK && q->after != NULL && before == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no row '%s'", q->after);
    if (status != MARSAD_OK)
        return status;
    db_rows *rows;
    status = db_ask(archive->store.db, &rows, err, sql,
                    DB_VALUES(text_value(q->id), db_int(before), db_int(q->limit == 0 ? INT64_MAX : (int64_t)q->limit)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        if (!write(w, rows))
            break;
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* The question as SQL compares names: as they were given when the account was added. */
static marsad_status owner_of(marsad_archive *archive, const marsad_question *asked, marsad_account *owner, marsad_question *out, marsad_error *err)
{
    bool found = false;
    *out = *asked;
    if (asked->id == NULL)
        return MARSAD_OK;
    marsad_status status = marsad_account_find(archive, asked->id, owner, &found, err);
    out->id = found ? owner->name : "";
    return status;
}

/* Rows of `sql` of the account that the question names, or of all. */
static marsad_status list_owned(marsad_archive *archive, const marsad_question *question, const char *sql, const char *sql_after,
                                bool (*write_row)(row_writer *w, const db_rows *rows), row_writer *w, marsad_error *err)
{
    marsad_account owner;
    marsad_question q;
    const marsad_status status = owner_of(archive, question, &owner, &q, err);
    return status == MARSAD_OK ? run(archive, &q, sql, sql_after, write_row, w, err) : status;
}

marsad_status list_accounts(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    return list_owned(archive, question,
                      "SELECT name, roles, active, created, last_login FROM account WHERE (name = $1 OR $1 IS NULL) AND key > $2"
                      " ORDER BY key LIMIT $3",
                      "SELECT key FROM account WHERE name = $1", write_account, w, err);
}

marsad_status list_tokens(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    return list_owned(archive, question,
                      "SELECT t.id, t.label, t.scopes, t.created, t.expires, t.last_used, a.name FROM token t JOIN account a"
                      " ON a.key = t.account WHERE (a.name = $1 OR $1 IS NULL) AND t.key > $2 ORDER BY t.key LIMIT $3",
                      "SELECT key FROM token WHERE id = $1", write_token, w, err);
}
