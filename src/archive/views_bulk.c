#include "archive/views_bulk.h"

#include "archive/staging.h"

static const staged_table tables[] = {
    {"staged_neighbourhood", "(n bigint, area text COLLATE \"C\", day bigint, incidents bytea, told bytea) ON COMMIT DELETE ROWS"},
    {"staged_cell", "(n bigint, ledger text COLLATE \"C\", governorate text COLLATE \"C\", accused text COLLATE \"C\", accuser text COLLATE \"C\","
                    " counted bigint, killed_low bigint, killed_high bigint) ON COMMIT DELETE ROWS"},
    {"staged_claim", "(n bigint, place text COLLATE \"C\", record text COLLATE \"C\", area text COLLATE \"C\", day bigint, last bigint, told bytea)"
                     " ON COMMIT DELETE ROWS"},
};

static const char *const statements[] = {
    "DELETE FROM staged_neighbourhood a USING staged_neighbourhood b WHERE a.area = b.area AND a.day = b.day AND a.n < b.n",
    "DELETE FROM truce_cell c USING staged_neighbourhood n WHERE c.area = n.area AND c.day = n.day",
    ("INSERT INTO neighbourhood(area, day, incidents, told) SELECT area, day, incidents, told FROM staged_neighbourhood ON CONFLICT(area, day) DO "
     "UPDATE SET incidents = excluded.incidents, told = excluded.told"),
    ("INSERT INTO truce_cell(ledger, area, day, governorate, accused, accuser, counted, killed_low, killed_high) SELECT c.ledger, n.area, n.day, "
     "c.governorate, c.accused, c.accuser, c.counted, c.killed_low, c.killed_high FROM staged_cell c JOIN staged_neighbourhood n ON n.n = c.n"),
    ("INSERT INTO town_claim(place, record, area, day, last, told) SELECT DISTINCT ON (place, record) place, record, area, day, last, told FROM "
     "staged_claim ORDER BY place, record, n DESC ON CONFLICT(place, record) DO UPDATE SET area = excluded.area, day = excluded.day, last = "
     "excluded.last, told = excluded.told"),
};

#define GATHER(rows, ...)                                                                                                                            \
    do {                                                                                                                                             \
        const db_value values[] = {__VA_ARGS__};                                                                                                     \
        db_bulk_row((rows), values, sizeof values / sizeof *values);                                                                                 \
    } while (0)

void views_bulk_neighbourhood(views_bulk *b, const stored_neighbourhood *n)
{
    GATHER(&b->neighbourhoods, db_int(++b->count), db_text(n->area), db_int(n->day), db_blob(n->incidents), db_blob(n->told));
}

void views_bulk_cells(views_bulk *b, const char *ledger, const stored_cell *cells, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        GATHER(&b->cells, db_int(b->count), db_text(ledger), db_text(cells[i].governorate), db_text(cells[i].accused), db_text(cells[i].accuser),
               db_int(cells[i].counted), db_int(cells[i].killed_low),
               cells[i].killed_high == MARSAD_NO_VALUE ? db_null() : db_int(cells[i].killed_high));
}

void views_bulk_claim(views_bulk *b, const stored_claim *c)
{
    GATHER(&b->claims, db_int(++b->count), db_text(c->place), db_text(c->record), db_text(c->area), db_int(c->day), db_int(c->last),
           db_blob(c->told));
}

void views_bulk_span(views_bulk *b, const stored_span *s)
{
    GATHER(&b->spans, db_text(s->place), db_int(s->from), db_int(s->to), db_text(s->name), db_text(s->name_en), db_text(s->admin1),
           db_text(s->country), db_real(s->lat), db_real(s->lon), db_text(s->side), db_text(s->holder), db_text(s->status), db_text(s->rule),
           db_view(s->claims));
}

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for views");
}

marsad_status views_bulk_flush(store *s, views_bulk *b, marsad_error *err)
{
    const buffer *const rows[] = {&b->neighbourhoods, &b->cells, &b->claims};
    if (b->count == 0)
        return MARSAD_OK;
    if (b->neighbourhoods.failed || b->cells.failed || b->claims.failed)
        return no_memory(err);
    marsad_status status = staging_prepare(s, tables, sizeof tables / sizeof *tables, &b->has_staged, err);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && status == MARSAD_OK; i++)
        status = staging_send(s, tables[i].name, rows[i], err);
    if (status == MARSAD_OK)
        status = staging_run(s, statements, sizeof statements / sizeof *statements, err);
    b->neighbourhoods.used = b->cells.used = b->claims.used = 0;
    b->count = 0;
    return status;
}

marsad_status views_bulk_flush_spans(store *s, views_bulk *b, marsad_error *err)
{
    if (b->spans.failed)
        return no_memory(err);
    const marsad_status status = staging_send(
        s, "town(place, first_day, last_day, name, name_en, admin1, country, lat, lon, side, holder, status, rule, claims)", &b->spans, err);
    b->spans.used = 0;
    return status;
}

void views_bulk_free(views_bulk *b)
{
    buffer_free(&b->neighbourhoods);
    buffer_free(&b->cells);
    buffer_free(&b->claims);
    buffer_free(&b->spans);
}
