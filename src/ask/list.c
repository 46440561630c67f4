/* Asking for a table by its name: by SQL (tables.c), or worked out. */
#include "archive/words.h"
#include "ask/ledger.h"
#include "ask/tables.h"
#include "gazetteer/gazetteer.h"
#include "review_steps.h"

/* --- cells ---------------------------------------------------------------------------------------------------------------------- */

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
    case SHOW_PRECISION:
        rows_text(w, marsad_precision_name(gazetteer_precision(gazetteer_feature_named(db_get_text(rows, column)))));
        break;
    case SHOW_FLAGS:
        rows_flags(w, (unsigned)db_get_int(rows, column));
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
    int64_t number;
    const db_value named = view_number(view_of(after), &number) ? db_int(number) : db_null();
    marsad_status status =
        db_ask_int(archive->store.db, key, 0, err, list->sql_after, DB_VALUES(db_null(), db_null(), db_null(), db_text(after), named));
    if (status == MARSAD_OK && *key == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no row '%s'", after);
    return status;
}

static marsad_status pick_sql(const db *d, const sql_list *list, const marsad_question *q, const char **sql, marsad_error *err)
{
    if (q->newest && list->sql_newest == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "table '%s' cannot be asked for the newest first", list->name);
    if (q->newest)
        *sql = list->sql_newest;
    else if (q->words != NULL)
        *sql = list->sql_words;
    else if (q->has_box)
        *sql = db_is_postgres(d) ? list->sql_box_postgis : list->sql_box;
    else if (q->id != NULL && list->sql_id != NULL)
        *sql = list->sql_id;
    else
        *sql = q->state != NULL && list->sql_state != NULL ? list->sql_state : list->sql;
    if (*sql == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "table '%s' cannot be asked by %s", list->name, q->words != NULL ? "words" : "a box");
    return MARSAD_OK;
}

static void add_words(buffer *keys, const char *words)
{
    words_add_keys(keys, view_of(words));
    words_part(keys->bytes, keys->used);
}

static marsad_status run_list(marsad_archive *archive, const sql_list *list, const marsad_question *q, row_writer *w, marsad_error *err)
{
    question_limits limits;
    const char *sql;
    int64_t before;
    marsad_status status = question_read(&limits, q, err);
    if (status == MARSAD_OK)
        status = pick_sql(archive->store.db, list, q, &sql, err);
    if (status == MARSAD_OK)
        status = key_before(archive, list, q->after, &before, err);
    if (status != MARSAD_OK)
        return status;

    buffer keys = {0};
    if (q->words != NULL)
        add_words(&keys, q->words);
    if (q->words != NULL && view_trim((view){keys.bytes, keys.used}).len == 0) {
        buffer_free(&keys);
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "there is no word in '%s'", q->words);
    }
    db_rows *rows = NULL;
    status = db_ask(archive->store.db, &rows, err, sql,
                    DB_VALUES(db_int(limits.from), db_int(limits.to), db_int(limits.kinds), text_value(q->id), db_view((view){keys.bytes, keys.used}),
                              db_real(q->west), db_real(q->south), db_real(q->east), db_real(q->north),
                              db_int(q->limit == 0 ? INT64_MAX : (int64_t)q->limit), db_int(limits.grade), text_value(q->area), db_int(before),
                              text_value(q->country), text_value(q->place), limits.state < 0 ? db_null() : db_int(limits.state),
                              limits.party[0] == 0 ? db_null() : db_text(limits.party)));
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

/* Who may be told. What is not marked as public is not. */
typedef enum {
    FOR_THOSE_WITHIN,
    FOR_THE_PUBLIC,      /* made of what the safety profile lets out */
    FOR_ALL_OF_THE_RULES /* nothing of the archive is in it */
} list_audience;

/* Tables that are worked out. */
static const struct {
    const char *name;
    list_function *list;
    const char *const *columns;
    list_audience audience;
} worked_out[] = {
    {"statements", list_statements, statement_columns, FOR_THE_PUBLIC},
    {"grounds", list_grounds, ground_columns, FOR_THOSE_WITHIN},
    {"tallies", list_tallies, tally_columns, FOR_THE_PUBLIC},
    {"control", list_control, control_columns, FOR_THE_PUBLIC},
    {"truce", list_truce, truce_columns, FOR_THE_PUBLIC},
    {"candidates", list_candidates, candidate_columns, FOR_THOSE_WITHIN},
    {"queue", list_queue, queue_columns, FOR_THOSE_WITHIN},
    {"texts", list_texts, text_columns, FOR_THOSE_WITHIN},
    {"series", list_series, series_columns, FOR_THE_PUBLIC},
    {"intake", list_intake, intake_columns, FOR_THOSE_WITHIN},
    {"summary", list_summary, summary_columns, FOR_THOSE_WITHIN},
    {"changed", list_changed, changed_columns, FOR_THOSE_WITHIN},
    {"parties", list_parties, party_columns, FOR_ALL_OF_THE_RULES},
    {"kinds", list_kinds, kind_columns, FOR_ALL_OF_THE_RULES},
    {"proposals", list_proposals, proposal_columns, FOR_THOSE_WITHIN},
    {"settings", list_settings, setting_columns, FOR_THOSE_WITHIN},
    {"agreements", list_agreements, agreement_columns, FOR_ALL_OF_THE_RULES},
    {"truce-rules", list_truce_rules, truce_rule_columns, FOR_ALL_OF_THE_RULES},
    {"bulletins", list_bulletins, bulletin_columns, FOR_THE_PUBLIC},
    {"bulletin-files", list_bulletin_files, bulletin_file_columns, FOR_THOSE_WITHIN},
    {"releases", list_releases, release_columns, FOR_THE_PUBLIC},
    {"accounts", list_accounts, account_columns, FOR_THOSE_WITHIN},
    {"tokens", list_tokens, token_columns, FOR_THOSE_WITHIN},
};

/* Words of reports would find what is withheld. */
static marsad_status may_ask(const char *table, list_audience audience, const marsad_question *question, marsad_error *err)
{
    if (question->publication == NULL || audience == FOR_ALL_OF_THE_RULES)
        return MARSAD_OK;
    if (audience != FOR_THE_PUBLIC)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "table '%s' is not for the public", table);
    return question->words == NULL ? MARSAD_OK
                                   : fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "in public table '%s' cannot be asked by words", table);
}

static marsad_status list_sql(marsad_archive *archive, const sql_list *list, const marsad_question *question, marsad_row *row, void *context,
                              marsad_error *err)
{
    const char *columns[LIST_COLUMNS_MAX + 1] = {0};
    for (size_t c = 0; c < LIST_COLUMNS_MAX && list->columns[c].name != NULL; c++)
        columns[c] = list->columns[c].name;
    const marsad_status status = may_ask(list->name, list->made_anew == NULL ? FOR_THOSE_WITHIN : FOR_THE_PUBLIC, question, err);
    if (status != MARSAD_OK)
        return status;
    row_writer w;
    rows_begin(&w, row, context, columns);
    const bool is_anew = question->publication != NULL || (date_is_given(question->known) && list->made_anew != NULL && question->words == NULL);
    return rows_finish(&w, is_anew ? list->made_anew(archive, question, &w, err) : run_list(archive, list, question, &w, err), err);
}

marsad_status marsad_archive_list(marsad_archive *archive, const char *table, const marsad_question *question, marsad_row *row, void *context,
                                  marsad_error *err)
{
    for (const sql_list *list = sql_lists; list->name != NULL; list++)
        if (strcmp(list->name, table) == 0)
            return list_sql(archive, list, question, row, context, err);
    for (size_t i = 0; i < sizeof worked_out / sizeof *worked_out; i++) {
        if (strcmp(worked_out[i].name, table) != 0)
            continue;
        const marsad_status status = may_ask(table, worked_out[i].audience, question, err);
        if (status != MARSAD_OK)
            return status;
        row_writer w;
        rows_begin(&w, row, context, worked_out[i].columns);
        return rows_finish(&w, worked_out[i].list(archive, question, &w, err), err);
    }
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no table '%s'", table);
}
