/* What was read, and of whom nothing was: an outlet that is silent is told, for silence is not calm. */
#include "archive/store.h"

enum { DAYS_BEFORE = 30 };

static marsad_status read_names(store *s, const char *sql, int32_t day, const char *const **out, uint32_t *count, arena *memory, marsad_error *err)
{
    const char **names = NULL;
    uint32_t used = 0, room = 0;
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, sql, DB_VALUES(db_int(day), db_int(day - DAYS_BEFORE)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *name = arena_string(memory, db_get_text(rows, 0));
        if (name == NULL || !ARENA_GROW(memory, names, used, room))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for names of outlets");
        else
            names[used++] = name;
    }
    db_end(rows);
    *out = names;
    *count = used;
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status count(store *s, const char *sql, int32_t day, uint32_t *out, marsad_error *err)
{
    int64_t counted;
    marsad_status status = db_ask_int(s->db, &counted, 0, err, sql, DB_VALUES(db_int(day)));
    *out = (uint32_t)counted;
    return status;
}

marsad_status store_coverage(store *s, int32_t day, stored_coverage *out, arena *memory, marsad_error *err)
{
    *out = (stored_coverage){0};
    marsad_status status = count(s, "SELECT count(*) FROM article WHERE published = $1", day, &out->articles, err);
    if (status == MARSAD_OK)
        status = count(s, "SELECT count(*) FROM article WHERE published = $1 AND chain <> key", day, &out->copies, err);
    if (status == MARSAD_OK)
        status = count(s, "SELECT sum(problems) FROM batch WHERE key IN (SELECT batch FROM article WHERE published = $1)", day, &out->problems, err);
    if (status == MARSAD_OK)
        status = read_names(s, "SELECT DISTINCT outlet FROM article WHERE published = $1 AND outlet <> '' ORDER BY outlet", day, &out->outlets,
                            &out->outlet_count, memory, err);
    if (status == MARSAD_OK)
        status = read_names(s,
                            "SELECT DISTINCT outlet FROM article WHERE published BETWEEN $2 AND $1 AND outlet <> ''"
                            " AND outlet NOT IN (SELECT outlet FROM article WHERE published = $1) ORDER BY outlet",
                            day, &out->silent, &out->silent_count, memory, err);
    return status;
}
