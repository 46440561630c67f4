/* What refresh keeps of incidents and statements (src/views.h), made again beside the archive and compared. */
#include <stdio.h>

#include "trust/verify.h"
#include "views.h"

/* A second archive of nothing but these views, in memory. */
typedef struct {
    verifier *v;
    marsad_archive again;
    view_maker maker;
    arena memory; /* of the area at work */
} remaking;

static marsad_status remake_area(remaking *r, const char *area, marsad_error *err)
{
    const statement_query query = {.area = area, .from_day = INT32_MIN, .to_day = INT32_MAX};
    statement_list statements;
    incident_list incidents;
    claim_rows days;
    marsad_status status = store_statements(r->v->store, &query, &statements, &r->memory, err);
    if (status == MARSAD_OK)
        status = views_days(r->v->store, area, INT32_MIN, INT32_MAX, &statements, &days, &r->memory, err);
    if (status == MARSAD_OK)
        status = archive_join(r->v->archive, &statements, &incidents, &r->memory, err);
    if (status == MARSAD_OK)
        status = views_keep_days(&r->maker, area, INT32_MIN, INT32_MAX, &incidents, err);
    if (status == MARSAD_OK)
        status = views_keep_claims(&r->maker, area, INT32_MIN, INT32_MAX, &statements, &days, err);
    arena_reset(&r->memory);
    return status;
}

static marsad_status areas_of(store *s, made_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = (made_list){0};
    marsad_status status = db_ask(s->db, &rows, err, "SELECT DISTINCT area FROM record ORDER BY area", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *area = arena_string(memory, db_get_text(rows, 0));
        if (area == NULL || !ARENA_GROW(memory, out->items, out->count, out->room))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for areas");
        else
            out->items[out->count++] = (stored_made){.area = area};
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status remake(remaking *r, marsad_error *err)
{
    made_list areas = {0};
    marsad_status status = areas_of(r->v->store, &areas, &r->v->memory, err);
    if (status == MARSAD_OK)
        status = store_begin(&r->again.store, 0, DB_LOCK_VIEWS, err);
    for (uint32_t i = 0; i < areas.count && status == MARSAD_OK; i++)
        status = remake_area(r, areas.items[i].area, err);
    if (status == MARSAD_OK)
        status = views_keep_towns(&r->maker, err);
    return status == MARSAD_OK ? store_commit(&r->again.store, err) : status;
}

/* --- comparing ---------------------------------------------------------------------------------------------------------------------- */

/* Tells the first row in which they differ by its first two columns. */
static marsad_status compare(remaking *r, const char *what, const char *sql, const db_value *values, size_t count, marsad_error *err)
{
    db_rows *ours = NULL, *theirs = NULL;
    marsad_status status = db_ask(r->v->store->db, &ours, err, sql, values, count), left = MARSAD_OK, right = MARSAD_OK;
    if (status == MARSAD_OK)
        status = db_ask(r->again.store.db, &theirs, err, sql, values, count);
    bool is_same = true;
    while (status == MARSAD_OK && is_same && left == MARSAD_OK && right == MARSAD_OK) {
        char one[SEAL_BYTES] = "", other[SEAL_BYTES] = "";
        left = db_next(ours, err);
        right = db_next(theirs, err);
        if ((left != MARSAD_OK && left != MARSAD_END) || (right != MARSAD_OK && right != MARSAD_END)) {
            status = left != MARSAD_OK && left != MARSAD_END ? left : right;
            break;
        }
        if (left == MARSAD_OK)
            seal_of_row(one, ours);
        if (right == MARSAD_OK)
            seal_of_row(other, theirs);
        is_same = strcmp(one, other) == 0;
        const db_rows *row = left == MARSAD_OK ? ours : theirs;
        if (!is_same)
            verify_fault(r->v, "%s of '%.*s' is not what follows from the records (%.*s): 'marsad rebuild' makes it again", what,
                         (int)db_get_text(row, 0).len, db_get_text(row, 0).ptr, (int)db_get_text(row, 1).len, db_get_text(row, 1).ptr);
    }
    db_end(ours);
    db_end(theirs);
    return status;
}

/* Ledgers of agreements that are not at hand, or were changed since, are not compared. */
static marsad_status compare_ledgers(remaking *r, const made_list *made, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (uint32_t i = 0; i < r->maker.ledger_count && status == MARSAD_OK; i++) {
        const view_ledger *ledger = &r->maker.ledgers[i];
        for (uint32_t m = 0; m < made->count && status == MARSAD_OK; m++)
            if (strcmp(made->items[m].name, ledger->name) == 0 && strcmp(made->items[m].files, ledger->files) == 0 && made->items[m].is_whole)
                status =
                    compare(r, "the truce ledger's part",
                            "SELECT area, CAST(day AS TEXT), governorate, accused, accuser, counted, killed_low, killed_high FROM truce_cell WHERE"
                            " ledger = $1 ORDER BY area, day, governorate, accused, accuser",
                            DB_VALUES(db_text(ledger->name)), err);
    }
    return status;
}

static marsad_status compare_all(remaking *r, const made_list *made, marsad_error *err)
{
    marsad_status status =
        compare(r, "the neighbourhood", "SELECT area, CAST(day AS TEXT), incidents, told FROM neighbourhood ORDER BY area, day", DB_NONE, err);
    if (status == MARSAD_OK)
        status = compare(r, "a claim", "SELECT record, place, area, day, last, told FROM town_claim ORDER BY record, place", DB_NONE, err);
    if (status == MARSAD_OK)
        status = compare(r, "the timeline",
                         "SELECT place, name, first_day, last_day, name_en, admin1, country, lat, lon, side, holder, status, rule, claims FROM town"
                         " ORDER BY place, first_day",
                         DB_NONE, err);
    return status == MARSAD_OK ? compare_ledgers(r, made, err) : status;
}

static marsad_status check(verifier *v, const made_list *made, marsad_error *err)
{
    remaking r = {.v = v, .again = *v->archive};
    r.again.store = (store){0};
    marsad_status status = store_open(&r.again.store, ":memory:", DB_CREATE, err);
    if (status == MARSAD_OK)
        status = views_begin(&r.maker, &r.again, err);
    if (status == MARSAD_OK)
        status = remake(&r, err);
    if (status == MARSAD_OK)
        status = compare_all(&r, made, err);
    views_end(&r.maker);
    store_close(&r.again.store);
    arena_free(&r.memory);
    return status;
}

marsad_status verify_kept(verifier *v, marsad_error *err)
{
    made_list made;
    int64_t stale = 0;
    const char *rules = rules_fingerprint(v->archive->rules);
    marsad_status status = store_made(v->store, &made, &v->memory, err);
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &stale, 0, err, "SELECT count(*) FROM stale", DB_NONE);
    const stored_made *of = NULL;
    for (uint32_t i = 0; i < made.count; i++)
        of = strcmp(made.items[i].name, VIEWS_OF_INCIDENTS) == 0 ? &made.items[i] : of;
    if (status != MARSAD_OK || stale > 0)
        return status; /* told with the incidents */
    if (of == NULL || !of->is_whole || strcmp(of->files, rules) != 0) {
        verify_note(v, "tallies, control and truce ledgers are not kept by the rules at hand: they are worked out when they are asked for");
        return MARSAD_OK;
    }
    return check(v, &made, err);
}
