/* What went out, as tables: bulletins, their files, releases. */
#include <errno.h>
#include <stdlib.h>

#include "ask/ledger.h"

const char *const bulletin_columns[] = {"number",      "day",    "agreement", "rule",   "languages", "profile",  "cutoff", "zone", "prepared",
                                        "prepared_by", "signed", "signed_by", "sha256", "root",      "corrects", "line",   NULL};
const char *const bulletin_file_columns[] = {"number", "form", "size", "sha256", NULL};
const char *const release_columns[] = {"number", "made",   "profile",   "title",     "licence", "from",  "to",      "manifest",
                                       "root",   "before", "incidents", "withdrawn", "line",    "rules", "program", NULL};

/* A number as it stands in `id` or `after`; `usual` where there is none. */
static marsad_status read_number(const char *text, int64_t usual, int64_t *out, marsad_error *err)
{
    *out = usual;
    if (text == NULL)
        return MARSAD_OK;
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == 0
               ? MARSAD_OK
               : fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "'%s' is no number of a bulletin or release", text);
}

/* Rows of `sql`, which is given $1 the number wanted (0: all), $2 the number of the row before, $3 how many at most, $4 the profile of a public asker (else null). */
static marsad_status ask(marsad_archive *archive, const marsad_question *question, const char *sql, db_rows **rows, marsad_error *err)
{
    int64_t number, after;
    *rows = NULL;
    marsad_status status = read_number(question->id, 0, &number, err);
    if (status == MARSAD_OK)
        status = read_number(question->after, 0, &after, err);
    if (status == MARSAD_OK)
        status = db_ask(archive->store.db, rows, err, sql,
                        DB_VALUES(db_int(number), db_int(after), db_int(question->limit == 0 ? INT64_MAX : (int64_t)question->limit),
                                  question->publication == NULL ? db_null() : db_text(question->publication->profile)));
    return status;
}

static int64_t integer_or_none(const db_rows *rows, int column)
{
    return db_is_null(rows, column) ? MARSAD_NO_VALUE : db_get_int(rows, column);
}

static void put_day(row_writer *w, const db_rows *rows, int column)
{
    rows_day(w, db_is_null(rows, column) ? NO_DAY : (int32_t)db_get_int(rows, column));
}

/* Null where it is empty: no agreement, no signature. */
static void put_text(row_writer *w, const db_rows *rows, int column)
{
    if (db_is_null(rows, column) || db_get_text(rows, column).len == 0)
        rows_text(w, NULL);
    else
        rows_view(w, db_get_text(rows, column));
}

static void put_bulletin(row_writer *w, const db_rows *rows)
{
    rows_integer(w, db_get_int(rows, 0));
    put_day(w, rows, 1);
    for (int c = 2; c <= 7; c++)
        put_text(w, rows, c);
    rows_time(w, db_get_int(rows, 8));
    put_text(w, rows, 9);
    rows_time(w, integer_or_none(rows, 10));
    for (int c = 11; c <= 13; c++)
        put_text(w, rows, c);
    rows_integer(w, integer_or_none(rows, 14));
    rows_integer(w, db_get_int(rows, 15));
}

static void put_file(row_writer *w, const db_rows *rows)
{
    rows_integer(w, db_get_int(rows, 0));
    put_text(w, rows, 1);
    rows_integer(w, db_get_int(rows, 2));
    put_text(w, rows, 3);
}

static void put_release(row_writer *w, const db_rows *rows)
{
    rows_integer(w, db_get_int(rows, 0));
    rows_time(w, db_get_int(rows, 1));
    for (int c = 2; c <= 4; c++)
        put_text(w, rows, c);
    put_day(w, rows, 5);
    put_day(w, rows, 6);
    put_text(w, rows, 7);
    put_text(w, rows, 8);
    for (int c = 9; c <= 12; c++)
        rows_integer(w, integer_or_none(rows, c));
    put_text(w, rows, 13);
    put_text(w, rows, 14);
}

static marsad_status list_rows(marsad_archive *archive, const marsad_question *question, const char *sql,
                               void (*put_row)(row_writer *w, const db_rows *rows), row_writer *w, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = ask(archive, question, sql, &rows, err);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        put_row(w, rows);
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* The public is told of what was signed for it, without the names of who did. */
marsad_status list_bulletins(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    return list_rows(
        archive, question,
        "SELECT b.number, b.day, b.agreement, b.rule, b.languages, b.profile, b.cutoff, b.zone, b.prepared, CASE WHEN CAST($4 AS TEXT) IS NULL THEN "
        "b.prepared_by END,"
        " s.time, CASE WHEN $4 IS NULL THEN s.person END,"
        " lower(hex(b.sha256)), lower(hex(b.root)), b.corrects, b.log_line FROM bulletin b LEFT JOIN bulletin_signature s ON"
        " s.bulletin = b.number WHERE ($1 = 0 OR b.number = $1) AND b.number > $2 AND (b.profile = $4 OR $4 IS NULL) AND ($4 IS NULL OR (s.time IS "
        "NOT "
        "NULL)) ORDER BY b.number LIMIT $3",
        put_bulletin, w, err);
}

marsad_status list_bulletin_files(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    return list_rows(archive, question,
                     "SELECT bulletin, form, size, lower(hex(sha256)) FROM bulletin_file WHERE ($1 = 0 OR bulletin = $1) AND bulletin > $2"
                     " ORDER BY bulletin, form LIMIT $3",
                     put_file, w, err);
}

/* In public, what was made for the public: a release of another profile is for those whom it was given to. */
marsad_status list_releases(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    return list_rows(archive, question,
                     "SELECT number, time, profile, title, licence, first_day, last_day, manifest, lower(hex(root)), before, incidents, withdrawn,"
                     " log_line, rules, program FROM release WHERE ($1 = 0 OR number = $1) AND number > $2 AND (profile = $4 OR $4 IS NULL) ORDER BY "
                     "number LIMIT $3",
                     put_release, w, err);
}
