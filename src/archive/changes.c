/* What becomes of an incident's figures and grade when it is made again: rows of incident_change. */
#include <jansson.h>
#include <stdio.h>

#include "archive/store.h"

typedef struct {
    store *store;
    const char *incident;
} change_of;

/* `old` and `new`: "" where there was none. */
static marsad_status put_change(const change_of *c, const char *what, const char *old, const char *new, marsad_error *err)
{
    if (strcmp(old, new) == 0)
        return MARSAD_OK;
    return db_run(c->store->db, err, "INSERT INTO incident_change(time, incident, what, old, new) VALUES($1, $2, $3, nullif($4, ''), nullif($5, ''))",
                  DB_VALUES(db_int(c->store->now), db_text(c->incident), db_text(what), db_text(old), db_text(new)));
}

/* The figure of all people `of` in a body; NULL if it has none. Figures of groups are parts of it. */
static const json_t *find_figure(const json_t *body, const char *of)
{
    const json_t *list = json_object_get(body, "figures"), *figure;
    size_t i;
    json_array_foreach(list, i, figure)
    {
        const char *name = json_string_value(json_object_get(figure, "of")), *group = json_string_value(json_object_get(figure, "group"));
        if (name != NULL && strcmp(name, of) == 0 && (group == NULL || group[0] == 0))
            return figure;
    }
    return NULL;
}

/* {"low":3,"best":5,"high":null}; "" for no figure. */
static void tell_figure(char *out, size_t room, const json_t *figure)
{
    static const char *const ends[] = {"low", "best", "high"};
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; figure != NULL && i < sizeof ends / sizeof *ends && used < room; i++) {
        const json_t *end = json_object_get(figure, ends[i]);
        used += (size_t)snprintf(out + used, room - used, "%s\"%s\":", i == 0 ? "{" : ",", ends[i]);
        if (used < room)
            used += (size_t)(json_is_integer(end) ? snprintf(out + used, room - used, "%lld", (long long)json_integer_value(end))
                                                  : snprintf(out + used, room - used, "null"));
    }
    if (used > 0 && used < room)
        snprintf(out + used, room - used, "}");
}

static marsad_status compare_figures(const change_of *c, view old, view new, marsad_error *err)
{
    static const marsad_figure_of told[] = {MARSAD_KILLED, MARSAD_WOUNDED};
    json_t *before = json_loadb(old.ptr, old.len, 0, NULL), *after = json_loadb(new.ptr, new.len, 0, NULL);
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < sizeof told / sizeof *told && status == MARSAD_OK; i++) {
        char was[112], is[112]; /* three numbers of up to 20 digits and their names */
        const char *of = marsad_figure_name(told[i]);
        tell_figure(was, sizeof was, find_figure(before, of));
        tell_figure(is, sizeof is, find_figure(after, of));
        status = put_change(c, of, was, is, err);
    }
    json_decref(before);
    json_decref(after);
    return status;
}

static marsad_status compare_grades(const change_of *c, int64_t old, int64_t new, marsad_error *err)
{
    char was[24], is[24];
    snprintf(was, sizeof was, "%lld", (long long)old);
    snprintf(is, sizeof is, "%lld", (long long)new);
    return put_change(c, "grade", was, is, err);
}

marsad_status store_note_change(store *s, const told_before *before, const char *id, int64_t grade, view body, marsad_error *err)
{
    const change_of c = {.store = s, .incident = id};
    marsad_status status = compare_grades(&c, before->grade, grade, err);
    return status == MARSAD_OK ? compare_figures(&c, before->body, body, err) : status;
}

marsad_status store_note_changes(store *s, const stored_incident *i, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT grade, body FROM incident WHERE id = $1 AND gone IS NULL", DB_VALUES(db_text(i->id)));
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_OK) {
        const told_before before = {.grade = db_get_int(rows, 0), .body = db_get_text(rows, 1)};
        status = store_note_change(s, &before, i->id, i->grade, i->body, err);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
