#include "archive/staging.h"

#include <stdio.h>

marsad_status staging_run(store *s, const char *const *statements, size_t count, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = db_run(s->db, err, statements[i], DB_NONE);
    return status;
}

static marsad_status run_on(store *s, const char *before, const staged_table *table, const char *behind, marsad_error *err)
{
    char sql[1024];
    const int length = snprintf(sql, sizeof sql, "%s%s%s", before, table->name, behind);
    return length < (int)sizeof sql ? db_run(s->db, err, sql, DB_NONE)
                                    : fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the columns of '%s' are too long", table->name);
}

marsad_status staging_prepare(store *s, const staged_table *tables, size_t count, bool *has_staged, marsad_error *err)
{
    static const char *const looked_up[] = {"SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off"};
    const bool is_again = *has_staged;
    marsad_status status = is_again ? MARSAD_OK : staging_run(s, looked_up, sizeof looked_up / sizeof *looked_up, err);
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = is_again ? run_on(s, "DELETE FROM ", &tables[i], "", err)
                          : run_on(s, "CREATE TEMP TABLE IF NOT EXISTS ", &tables[i], tables[i].columns, err);
    *has_staged = true;
    return status;
}

marsad_status staging_send(store *s, const char *table, const buffer *rows, marsad_error *err)
{
    char sql[256];
    snprintf(sql, sizeof sql, "COPY %s FROM STDIN BINARY", table);
    return rows->used == 0 ? MARSAD_OK : db_send(s->db, err, sql, (view){rows->bytes, rows->used});
}
