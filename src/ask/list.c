/* Tables that SQL answers: each a row. */
#include <stdio.h>

#include "archive/words.h"
#include "ask/ledger.h"
#include "ask/list.h"
#include "review_steps.h"

typedef struct {
    const char *name;
    show_as show;
} list_column;

/*
 * Values that a table's SQL may use: $1 first day, $2 last day, $3 set of kinds, $4 id, $5 search keys, $6 west, $7 south, $8 east, $9 north, $10 rows at most,
 * $11 least grade, $12 governorate, $13 the key of the row before (0: from the start), $14 country, $15 place.
 */
typedef struct {
    const char *name;
    const char *sql;       /* asked by days */
    const char *sql_words; /* asked by words; NULL: this table cannot be */
    const char *sql_box;   /* asked by a box */
    const char *sql_after; /* the key of the row whose id is $4 */
    list_column columns[LIST_COLUMNS_MAX];
} sql_list;

#define INCIDENT_COLUMNS                                                                                                                             \
    "SELECT i.id, i.first_day, i.last_day, i.kind, p.name, p.name_en, p.admin1, p.country, p.lat, p.lon, i.body ->> '$.actors', i.body ->> "         \
    "'$.targets',"                                                                                                                                   \
    " i.body ->> '$.figures', i.statements, i.articles, i.chains, i.grade, i.flags FROM incident i LEFT JOIN place p ON p.key = i.place WHERE "      \
    "i.gone IS NULL"
#define INCIDENT_LIMITS                                                                                                                              \
    " AND i.day BETWEEN coalesce((SELECT day FROM incident WHERE key = $13), $1) AND $2 AND (($3 >> i.kind) & 1) = 1 AND i.grade >= $11 AND ($12 "   \
    "IS NULL OR p.admin1 = $12)"                                                                                                                     \
    " AND ($14 IS NULL OR p.country = $14) AND ($15 IS NULL OR p.id = $15 OR p.name = $15)"                                                          \
    " AND ($13 = 0 OR (i.day, i.id) > (SELECT day, id FROM incident WHERE key = $13)) ORDER BY i.day, i.id LIMIT $10"
/* The page of a box, found in an index alone (incident_place) before anything else of its rows is read. */
#define FOUND_IN_BOX                                                                                                                                 \
    "(SELECT b.key FROM incident b WHERE b.gone IS NULL AND b.place IN (SELECT o.key FROM place_box o JOIN place q ON q.key = o.key WHERE"           \
    " o.west >= $6 AND o.south >= $7 AND o.east <= $8 AND o.north <= $9 AND ($12 IS NULL OR q.admin1 = $12) AND ($14 IS NULL OR q.country = $14)"    \
    " AND ($15 IS NULL OR q.id = $15 OR q.name = $15)) AND b.day BETWEEN coalesce((SELECT day FROM incident WHERE key = $13), $1) AND $2"            \
    " AND (($3 >> b.kind) & 1) = 1 AND b.grade >= $11 AND ($13 = 0 OR (b.day, b.id) > (SELECT day, id FROM incident WHERE key = $13))"               \
    " ORDER BY b.day, b.id LIMIT $10)"
#define FOUND_ARTICLES "(SELECT rowid FROM article_words WHERE article_words MATCH $5 ORDER BY rowid DESC LIMIT 1000)"

static const sql_list lists[] = {
    {.name = "incidents",
     .sql = INCIDENT_COLUMNS INCIDENT_LIMITS,
     .sql_words = INCIDENT_COLUMNS " AND i.key IN (SELECT r.incident FROM record r WHERE r.article IN " FOUND_ARTICLES ")" INCIDENT_LIMITS,
     .sql_box = INCIDENT_COLUMNS " AND i.key IN " FOUND_IN_BOX INCIDENT_LIMITS,
     .sql_after = "SELECT key FROM incident WHERE id = $4",
     .columns = {{"id", SHOW_TEXT},
                 {"first_day", SHOW_DAY},
                 {"last_day", SHOW_DAY},
                 {"kind", SHOW_KIND},
                 {"place", SHOW_TEXT},
                 {"place_en", SHOW_TEXT},
                 {"admin1", SHOW_TEXT},
                 {"country", SHOW_TEXT},
                 {"lat", SHOW_REAL},
                 {"lon", SHOW_REAL},
                 {"actors", SHOW_JSON},
                 {"targets", SHOW_JSON},
                 {"figures", SHOW_JSON},
                 {"statements", SHOW_INTEGER},
                 {"articles", SHOW_INTEGER},
                 {"chains", SHOW_INTEGER},
                 {"grade", SHOW_GRADE},
                 {"flags", SHOW_FLAGS},
                 {NULL, SHOW_TEXT}}},
    {.name = "articles",
     .sql = "SELECT a.id, a.outlet, a.published, a.title, a.url, c.id, a.stored, (SELECT count(*) FROM record r WHERE r.article = a.key), a.note "
            "FROM article a"
            " JOIN article c ON c.key = a.chain WHERE (a.published BETWEEN $1 AND $2 OR (a.published IS NULL AND $1 <= -2147483648)) AND ($4 IS NULL "
            "OR a.id = $4)"
            " AND a.key > $13 ORDER BY a.key LIMIT $10",
     .sql_words = "SELECT a.id, a.outlet, a.published, a.title, a.url, c.id, a.stored, (SELECT count(*) FROM record r WHERE r.article = a.key), "
                  "a.note FROM article a"
                  " JOIN article c ON c.key = a.chain WHERE a.key IN " FOUND_ARTICLES " AND a.key > $13 ORDER BY a.key LIMIT $10",
     .sql_after = "SELECT key FROM article WHERE id = $4",
     .columns = {{"id", SHOW_TEXT},
                 {"outlet", SHOW_TEXT},
                 {"published", SHOW_DAY},
                 {"title", SHOW_TEXT},
                 {"url", SHOW_TEXT},
                 {"copy_of", SHOW_TEXT},
                 {"stored", SHOW_TIME},
                 {"records", SHOW_INTEGER},
                 {"note", SHOW_TEXT},
                 {NULL, SHOW_TEXT}}},
    {.name = "records",
     .sql =
         "SELECT r.id, r.kind, r.modality, r.day, p.name, a.outlet, a.id, i.id, r.state, r.verified, r.body FROM record r JOIN article a ON a.key = "
         "r.article"
         " LEFT JOIN place p ON p.key = r.place LEFT JOIN incident i ON i.key = r.incident WHERE r.day BETWEEN $1 AND $2 AND (($3 >> r.kind) & 1) = 1"
         " AND ($4 IS NULL OR r.id = $4) AND r.key > $13 ORDER BY r.key LIMIT $10",
     .sql_after = "SELECT key FROM record WHERE id = $4",
     .columns = {{"id", SHOW_TEXT},
                 {"kind", SHOW_KIND},
                 {"modality", SHOW_MODALITY},
                 {"day", SHOW_DAY},
                 {"place", SHOW_TEXT},
                 {"outlet", SHOW_TEXT},
                 {"article", SHOW_TEXT},
                 {"incident", SHOW_TEXT},
                 {"state", SHOW_STATE},
                 {"verified", SHOW_INTEGER},
                 {"record", SHOW_JSON},
                 {NULL, SHOW_TEXT}}},
    {.name = "decisions",
     .sql =
         "SELECT d.key, d.time, d.person, d.what, d.record, d.detail ->> '$.from', d.detail ->> '$.state', d.reason, d.detail ->> '$.changes',"
         " d.detail ->> '$.with', d.line, d.detail ->> '$.before' FROM decision d WHERE ($4 IS NULL OR d.record = $4 OR d.record IN (SELECT r.id FROM"
         " record r JOIN incident i ON i.key = r.incident WHERE i.id = $4)) AND d.key > $13 ORDER BY d.key LIMIT $10",
     .columns = {{"decision", SHOW_INTEGER},
                 {"time", SHOW_TIME},
                 {"person", SHOW_TEXT},
                 {"what", SHOW_TEXT},
                 {"record", SHOW_TEXT},
                 {"from", SHOW_TEXT},
                 {"to", SHOW_TEXT},
                 {"reason", SHOW_TEXT},
                 {"changes", SHOW_JSON},
                 {"with", SHOW_JSON},
                 {"line", SHOW_INTEGER},
                 {"before", SHOW_JSON},
                 {NULL, SHOW_TEXT}}},
    {.name = "batches",
     .sql = "SELECT key, begun, what, added, known, problems FROM batch WHERE key > $13 ORDER BY key LIMIT $10",
     .columns = {{"batch", SHOW_INTEGER},
                 {"begun", SHOW_TIME},
                 {"what", SHOW_TEXT},
                 {"added", SHOW_INTEGER},
                 {"known", SHOW_INTEGER},
                 {"problems", SHOW_INTEGER},
                 {NULL, SHOW_TEXT}}},
    {.name = "problems",
     .sql = "SELECT b.begun, b.what, p.place, p.line, p.reason FROM problem p JOIN batch b ON b.key = p.batch WHERE p.key > $13 ORDER BY p.key LIMIT "
            "$10",
     .columns = {{"time", SHOW_TIME}, {"what", SHOW_TEXT}, {"place", SHOW_TEXT}, {"line", SHOW_INTEGER}, {"reason", SHOW_TEXT}, {NULL, SHOW_TEXT}}},
    {.name = "feeds",
     .sql = "SELECT url, name, pages, worked, failed, failures, note, next, COALESCE(newest, added), articles, unchanged FROM feed WHERE key > $13 "
            "ORDER BY key LIMIT "
            "$10",
     .columns = {{"feed", SHOW_TEXT},
                 {"name", SHOW_TEXT},
                 {"pages", SHOW_INTEGER},
                 {"last_success", SHOW_TIME},
                 {"last_failure", SHOW_TIME},
                 {"failures", SHOW_INTEGER},
                 {"reason", SHOW_TEXT},
                 {"next_try", SHOW_TIME},
                 {"silent_since", SHOW_TIME},
                 {"articles", SHOW_INTEGER},
                 {"unchanged", SHOW_INTEGER},
                 {NULL, SHOW_TEXT}}},
    {.name = "tombstones",
     .sql = "SELECT id, first_day, kind, made, gone, became FROM incident WHERE gone IS NOT NULL AND key > $13 ORDER BY key LIMIT $10",
     .columns = {{"id", SHOW_TEXT},
                 {"first_day", SHOW_DAY},
                 {"kind", SHOW_KIND},
                 {"made", SHOW_TIME},
                 {"gone", SHOW_TIME},
                 {"became", SHOW_TEXT},
                 {NULL, SHOW_TEXT}}},
    {.name = "log",
     .sql = "SELECT line, time, what, subject, detail, hex(hash) FROM log WHERE line > $13 ORDER BY line LIMIT $10",
     .columns = {{"line", SHOW_INTEGER},
                 {"time", SHOW_TIME},
                 {"what", SHOW_TEXT},
                 {"subject", SHOW_TEXT},
                 {"detail", SHOW_TEXT},
                 {"hash", SHOW_TEXT},
                 {NULL, SHOW_TEXT}}},
};
enum { LIST_COUNT = sizeof lists / sizeof *lists };

/* --- cells ---------------------------------------------------------------------------------------------------------------------- */

static void show_flags(row_writer *w, unsigned flags)
{
    static const char *const names[] = {"planned", "period", "reported", "denied", "disputed", "reviewed", "verified"};
    char text[96] = "";
    size_t used = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((flags >> i & 1U) != 0)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? " " : "", names[i]);
    rows_text(w, text);
}

static void show(row_writer *w, const db_rows *rows, int column, show_as as)
{
    if (db_is_null(rows, column)) {
        rows_text(w, NULL);
        return;
    }
    switch (as) {
    case SHOW_TEXT:
        rows_view(w, db_get_text(rows, column));
        break;
    case SHOW_JSON:
        rows_json(w, db_get_text(rows, column));
        break;
    case SHOW_INTEGER:
        rows_integer(w, db_get_int(rows, column));
        break;
    case SHOW_REAL:
        rows_real(w, db_get_real(rows, column));
        break;
    case SHOW_DAY:
        rows_day(w, (int32_t)db_get_int(rows, column));
        break;
    case SHOW_TIME:
        rows_time(w, db_get_int(rows, column));
        break;
    case SHOW_KIND:
        rows_text(w, marsad_kind_name((marsad_kind)db_get_int(rows, column)));
        break;
    case SHOW_MODALITY:
        rows_text(w, marsad_modality_name((marsad_modality)db_get_int(rows, column)));
        break;
    case SHOW_STATE:
        rows_text(w, review_state_name((review_state)db_get_int(rows, column)));
        break;
    case SHOW_GRADE:
        rows_text(w, incident_grade_name((incident_grade)db_get_int(rows, column)));
        break;
    case SHOW_FLAGS:
        show_flags(w, (unsigned)db_get_int(rows, column));
        break;
    }
}

/* --- asking --------------------------------------------------------------------------------------------------------------------- */

static db_value text_value(const char *text)
{
    return text == NULL ? db_null() : db_text(text);
}

/* The key of the row that the page before ended with. */
static marsad_status key_before(marsad_archive *archive, const sql_list *list, const char *after, int64_t *key, marsad_error *err)
{
    *key = 0;
    if (after == NULL)
        return MARSAD_OK;
    if (list->sql_after == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "table '%s' has no pages", list->name);
    marsad_status status = db_ask_int(archive->store.db, key, 0, err, list->sql_after, DB_VALUES(db_null(), db_null(), db_null(), db_text(after)));
    if (status == MARSAD_OK && *key == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no row '%s'", after);
    return status;
}

static marsad_status pick_sql(const sql_list *list, const marsad_question *q, const char **sql, marsad_error *err)
{
    *sql = q->words != NULL ? list->sql_words : q->has_box ? list->sql_box : list->sql;
    if (*sql == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "table '%s' cannot be asked by %s", list->name, q->words != NULL ? "words" : "a box");
    return MARSAD_OK;
}

static marsad_status run_list(marsad_archive *archive, const sql_list *list, const marsad_question *q, row_writer *w, marsad_error *err)
{
    question_limits limits;
    const char *sql;
    int64_t before;
    marsad_status status = question_read(&limits, q, err);
    if (status == MARSAD_OK)
        status = pick_sql(list, q, &sql, err);
    if (status == MARSAD_OK)
        status = key_before(archive, list, q->after, &before, err);
    if (status != MARSAD_OK)
        return status;

    buffer keys = {0};
    if (q->words != NULL)
        words_add_keys(&keys, view_of(q->words));
    if (q->words != NULL && keys.used == 0) {
        buffer_free(&keys);
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "there is no word in '%s'", q->words);
    }
    db_rows *rows = NULL;
    status = db_ask(archive->store.db, &rows, err, sql,
                    DB_VALUES(db_int(limits.from), db_int(limits.to), db_int(limits.kinds), text_value(q->id), db_view((view){keys.bytes, keys.used}),
                              db_real(q->west), db_real(q->south), db_real(q->east), db_real(q->north),
                              db_int(q->limit == 0 ? INT64_MAX : (int64_t)q->limit), db_int(limits.grade), text_value(q->area), db_int(before),
                              text_value(q->country), text_value(q->place)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        for (size_t c = 0; c < w->column_count; c++)
            show(w, rows, (int)c, list->columns[c].show);
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    buffer_free(&keys);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static const struct {
    const char *name;
    list_function *list;
    const char *const *columns;
} worked_out[] = {
    {"statements", list_statements, statement_columns},
    {"grounds", list_grounds, ground_columns},
    {"tallies", list_tallies, tally_columns},
    {"control", list_control, control_columns},
    {"truce", list_truce, truce_columns},
    {"candidates", list_candidates, candidate_columns},
    {"queue", list_queue, queue_columns},
    {"settings", list_settings, setting_columns},
    {"agreements", list_agreements, agreement_columns},
    {"truce-rules", list_truce_rules, truce_rule_columns},
    {"bulletins", list_bulletins, bulletin_columns},
    {"bulletin-files", list_bulletin_files, bulletin_file_columns},
    {"releases", list_releases, release_columns},
    {"accounts", list_accounts, account_columns},
    {"tokens", list_tokens, token_columns},
};

marsad_status marsad_archive_list(marsad_archive *archive, const char *table, const marsad_question *question, marsad_row *row, void *context,
                                  marsad_error *err)
{
    const sql_list *list = NULL;
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (strcmp(lists[i].name, table) == 0)
            list = &lists[i];
    for (size_t i = 0; list == NULL && i < sizeof worked_out / sizeof *worked_out; i++)
        if (strcmp(worked_out[i].name, table) == 0) {
            row_writer w;
            rows_begin(&w, row, context, worked_out[i].columns);
            return rows_finish(&w, worked_out[i].list(archive, question, &w, err), err);
        }
    if (list == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no table '%s'", table);

    const char *columns[LIST_COLUMNS_MAX + 1] = {0};
    for (size_t c = 0; c < LIST_COLUMNS_MAX && list->columns[c].name != NULL; c++)
        columns[c] = list->columns[c].name;
    row_writer w;
    rows_begin(&w, row, context, columns);
    return rows_finish(&w, run_list(archive, list, question, &w, err), err);
}
