#include "archive/tables.h"

/* clang-format off */
const archive_table archive_tables[] = {
    {"evidence",           "sha256",                          NULL, false},
    {"batch",              "key",                             "UPDATE (added, known, problems)", false},
    {"problem",            "key",                             NULL, false},
    {"article",            "key",                             "UPDATE (chain)", false},
    {"copy_band",          "season, band, article",           NULL, false},
    {"place",              "key",                             NULL, false},
    {"incident",           "key",                             "UPDATE", false},
    {"record",             "key",                             "UPDATE (kind, modality, area, day, place, state, verified, revision, incident, body)", false},
    {"stale",              "area, day",                       "DELETE", true},
    {"decision",           "key",                             NULL, false},
    {"bond",               "record, other",                   "UPDATE, DELETE", false},
    {"lease",              "record",                          "UPDATE, DELETE", false},
    {"feed",               "key",                             "UPDATE, DELETE", false},
    {"feed_page",          "feed, url",                       "DELETE", false},
    {"release",            "number",                          NULL, false},
    {"truce_mark",         "key",                             NULL, false},
    {"bulletin",           "number",                          NULL, false},
    {"bulletin_file",      "bulletin, form",                  NULL, false},
    {"bulletin_signature", "bulletin",                        NULL, false},
    {"setting",            "key",                             NULL, false},
    {"log",                "line",                            NULL, false},
    {"stamp",              "key",                             NULL, false},
    {"account",            "key",                             "UPDATE (roles, active, password, must_change, last_login)", false},
    {"session",            "secret",                          "UPDATE, DELETE", false},
    {"login_code",         "account",                         "UPDATE, DELETE", false},
    {"token",              "key",                             "UPDATE (last_used), DELETE", false},
    {"attempt",            "who",                             "UPDATE, DELETE", false},
    {"attempt_key",        "made, secret",                    "DELETE", false},
    {"outline",            "day, id",                         "UPDATE, DELETE", false},
    {"incident_change",    "key",                             NULL, false},
    {"neighbourhood",      "area, day",                       "UPDATE, DELETE", false},
    {"truce_cell",         "ledger, governorate, accused, accuser, day, area", "DELETE", false},
    {"town_claim",         "place, record",                   "UPDATE, DELETE", false},
    {"town",               "place, first_day",                "DELETE", false},
    {"made",               "name",                            "UPDATE, DELETE", false},
    {"outbox",             "key",                             "UPDATE (sent), DELETE", false},
    {"dead_letter",        "key",                             "UPDATE, DELETE", false},
    {"backfill",           "source",                          "UPDATE, DELETE", false},
    {NULL, NULL, NULL, false},
};
/* clang-format on */

/* Boxes follow from places, search words from texts; `version` is the schema's. */
const char *const archive_derived[] = {"place_box", "article_words", "version", NULL};

static bool is_derived(view name)
{
    for (size_t i = 0; archive_derived[i] != NULL; i++)
        if (view_equal(name, view_of(archive_derived[i])))
            return true;
    return false;
}

static bool is_listed(view name)
{
    for (const archive_table *t = archive_tables; t->name != NULL; t++)
        if (view_equal(name, view_of(t->name)))
            return true;
    return false;
}

/* What is neither in the list nor follows from what is: the first such table. */
static marsad_status find_strange(db *d, marsad_error *err)
{
    static const char
        in_postgres[] = "SELECT relname FROM pg_class WHERE relnamespace = 'marsad'::regnamespace AND relkind IN ('r', 'p', 'm', 'f')",
        in_sqlite[] = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND substr(name, 1, 7) <> 'sqlite_'";
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, db_is_postgres(d) ? in_postgres : in_sqlite, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view name = db_get_text(rows, 0);
        if (!is_listed(name) && !is_derived(name))
            status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "table '%.*s' is not known: copying would leave it out", (int)name.len, name.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status tables_check(db *d, marsad_error *err)
{
    arena memory = {0};
    marsad_status status = find_strange(d, err);
    for (const archive_table *t = archive_tables; t->name != NULL && status == MARSAD_OK; t++) {
        table_columns columns;
        status = table_columns_of(d, t, &columns, &memory, err);
        arena_reset(&memory);
    }
    arena_free(&memory);
    return status;
}

marsad_status table_columns_of(db *d, const archive_table *table, table_columns *out, arena *memory, marsad_error *err)
{
    static const char in_postgres[] = "SELECT attname, atttypid = 'integer'::regtype FROM pg_attribute WHERE attrelid = CAST('marsad.' || CAST($1 AS "
                                      "TEXT) AS regclass) AND attnum > 0 AND NOT "
                                      "attisdropped AND attgenerated = '' ORDER BY attname COLLATE \"C\"",
                      in_sqlite[] = "SELECT name, 0 FROM pragma_table_info($1) ORDER BY name";
    db_rows *rows;
    *out = (table_columns){.count = 0};
    marsad_status status = db_ask(d, &rows, err, db_is_postgres(d) ? in_postgres : in_sqlite, DB_VALUES(db_text(table->name)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *name = arena_string(memory, db_get_text(rows, 0));
        if (name == NULL)
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the columns of '%s'", table->name);
        else if (out->count == TABLE_COLUMNS_MAX)
            status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "table '%s' has more than %d columns", table->name, TABLE_COLUMNS_MAX);
        else {
            out->is_narrow[out->count] = db_get_int(rows, 1) != 0;
            out->names[out->count++] = name;
        }
    }
    db_end(rows);
    if (status == MARSAD_END && out->count == 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the archive has no table '%s'", table->name);
    return status == MARSAD_END ? MARSAD_OK : status;
}

bool table_select(buffer *out, const archive_table *table, const table_columns *columns)
{
    buffer_text(out, table->is_heap ? "SELECT DISTINCT " : "SELECT ");
    for (size_t i = 0; i < columns->count; i++)
        buffer_format(out, "%s\"%s\"", i == 0 ? "" : ", ", columns->names[i]);
    buffer_format(out, " FROM %s ORDER BY %s", table->name, table->order);
    buffer_add(out, "", 1);
    return !out->failed;
}
