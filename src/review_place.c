/* Where records are sorted when people have merged them: with the record that they were merged into, as long as that is in force. */
#include "review.h"

enum { MERGES_MOST = 10000 }; /* in a row: rings are refused when they would be made */

static marsad_status is_in_force(store *s, const char *id, bool *out, arena *memory, marsad_error *err)
{
    review_record r;
    marsad_status status = store_review_record(s, id, &r, memory, err);
    *out = status == MARSAD_OK && r.state != STATE_REJECTED && r.state != STATE_DUPLICATE;
    return status;
}

marsad_status review_root(marsad_archive *archive, const char *id, const char **out, arena *memory, marsad_error *err)
{
    *out = id;
    bool goes_on = true;
    marsad_status status = is_in_force(&archive->store, id, &goes_on, memory, err);
    for (size_t steps = 0; status == MARSAD_OK && goes_on && steps < MERGES_MOST; steps++) {
        const char *next;
        status = store_merged_into(&archive->store, *out, &next, memory, err);
        goes_on = false;
        if (status == MARSAD_OK && next != NULL)
            status = is_in_force(&archive->store, next, &goes_on, memory, err);
        if (goes_on)
            *out = next;
    }
    return status;
}

marsad_status review_neighbourhood(marsad_archive *archive, const char *id, incident_neighbourhood *out, arena *memory, marsad_error *err)
{
    const char *root;
    statement_list found = {0};
    marsad_status status = review_root(archive, id, &root, memory, err);
    if (status == MARSAD_OK)
        status = store_statements(&archive->store, &(statement_query){.record = root}, &found, memory, err);
    if (status == MARSAD_OK && found.count != 1)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no record '%s'", root);
    if (status == MARSAD_OK && !incident_neighbourhood_of(out, found.items[0], archive->rules, memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a record");
    return status;
}

marsad_status review_settle(marsad_archive *archive, const char *id, arena *memory, marsad_error *err)
{
    id_list tied = {0};
    marsad_status status =
        id_list_add(&tied, view_of(id), memory) ? MARSAD_OK : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a decision");
    for (uint32_t i = 0; i < tied.count && status == MARSAD_OK; i++) {
        incident_neighbourhood where;
        status = review_neighbourhood(archive, tied.items[i], &where, memory, err);
        if (status == MARSAD_OK)
            status = store_move_record(&archive->store, tied.items[i], where.area, where.day, err);
        if (status == MARSAD_OK)
            status = store_merged_from(&archive->store, tied.items[i], &tied, memory, err);
    }
    return status;
}
