/* Which records belong together, as people say: duplicates, merges and splits. */
#include <stdio.h>

#include "review_work.h"

/* Whether merges lead from `from` to `id`, over whatever records: then `id` into `from` would be a ring. */
static marsad_status leads_to(review_work *w, const char *from, const char *id, bool *out)
{
    marsad_status status = MARSAD_OK;
    *out = false;
    for (const char *at = from; status == MARSAD_OK && at != NULL && !*out;) {
        *out = strcmp(at, id) == 0;
        status = store_merged_into(w->store, at, &at, &w->memory, w->err);
    }
    return status;
}

/* The first record of `with` that `id` can be merged into. */
static marsad_status pick_other(review_work *w, const char *id, const char **out)
{
    marsad_status status = MARSAD_OK;
    *out = NULL;
    for (uint32_t i = 0; i < w->with.count && *out == NULL && status == MARSAD_OK; i++) {
        bool is_ring = false;
        status = leads_to(w, w->with.items[i], id, &is_ring);
        if (!is_ring)
            *out = w->with.items[i];
    }
    if (status == MARSAD_OK && *out == NULL)
        status = review_refuse(w, "'%s' is merged into '%s' already", w->said->with, id);
    return status;
}

static marsad_status check_other(review_work *w, const char *other)
{
    review_record r;
    marsad_status status = store_review_record(w->store, other, &r, &w->memory, w->err);
    if (status == MARSAD_OK && (r.state == STATE_REJECTED || r.state == STATE_DUPLICATE))
        status = review_refuse(w, "record '%s' is %s: nothing belongs to it", other, review_state_name(r.state));
    return status;
}

static marsad_status merge(review_work *w, const char *id, id_list *bonds)
{
    const char *other;
    marsad_status status = pick_other(w, id, &other);
    if (status == MARSAD_OK)
        status = check_other(w, other);
    if (status == MARSAD_OK)
        status = store_bonds_clear(w->store, id, w->err);
    if (status == MARSAD_OK)
        status = store_bond_add(w->store, id, other, true, w->err);
    return status == MARSAD_OK && !id_list_add(bonds, view_of(other), &w->memory) ? review_no_memory(w) : status;
}

/* The other records of the incident that `id` is in. */
static marsad_status fellows(review_work *w, const char *id, id_list *out)
{
    char incident[32] = "";
    db_rows *rows;
    marsad_status status = db_ask(w->store->db, &rows, w->err, "SELECT i.id FROM record r JOIN incident i ON i.key = r.incident WHERE r.id = $1",
                                  DB_VALUES(db_text(id)));
    if (status == MARSAD_OK && (status = db_next(rows, w->err)) == MARSAD_OK)
        snprintf(incident, sizeof incident, "%.*s", (int)db_get_text(rows, 0).len, db_get_text(rows, 0).ptr);
    db_end(rows);
    if (status == MARSAD_END)
        return review_refuse(w, "record '%s' is in no incident%s", id, "");
    return status == MARSAD_OK ? store_records_of(w->store, incident, out, &w->memory, w->err) : status;
}

/* A merge is undone; what the rules joined is put apart. */
static marsad_status split(review_work *w, const char *id, id_list *bonds)
{
    const char *other;
    marsad_status status = store_merged_into(w->store, id, &other, &w->memory, w->err);
    if (status == MARSAD_OK && other != NULL)
        return store_bonds_clear(w->store, id, w->err);
    id_list from = w->with;
    if (status == MARSAD_OK && w->said->with == NULL)
        status = fellows(w, id, &from);
    for (uint32_t i = 0; i < from.count && status == MARSAD_OK; i++) {
        if (strcmp(from.items[i], id) == 0)
            continue;
        status = store_bond_add(w->store, id, from.items[i], false, w->err);
        if (status == MARSAD_OK && !id_list_add(bonds, view_of(from.items[i]), &w->memory))
            status = review_no_memory(w);
    }
    if (status == MARSAD_OK && bonds->count == 0)
        status = review_refuse(w, "record '%s' stands alone: there is nothing to put it apart from%s", id, "");
    return status;
}

marsad_status review_change_bonds(review_work *w, const char *id, id_list *bonds)
{
    if (strcmp(w->step->what, "merge") == 0)
        return merge(w, id, bonds);
    if (strcmp(w->step->what, "split") == 0)
        return split(w, id, bonds);
    if ((w->step->flags & STEP_WANTS_WITH) == 0)
        return MARSAD_OK;
    if (strcmp(w->with.items[0], id) == 0)
        return review_refuse(w, "record '%s' is no duplicate of itself%s", id, "");
    return id_list_add(bonds, view_of(w->with.items[0]), &w->memory) ? MARSAD_OK : review_no_memory(w);
}
