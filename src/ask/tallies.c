/* Tallies as a table. */
#include "ask/list.h"
#include "incident/tally.h"

const char *const tally_columns[] = {"day",       "place", "area", "kind", "party",    "accuser",       "group", "of",
                                     "incidents", "low",   "best", "high", "at_least", "at_least_from", NULL};

static const struct {
    const char *name;
    tally_by by;
} keys[] = {
    {"day", TALLY_BY_DAY},         {"place", TALLY_BY_PLACE}, {"area", TALLY_BY_AREA},   {"party", TALLY_BY_PARTY},
    {"accuser", TALLY_BY_ACCUSER}, {"kind", TALLY_BY_KIND},   {"group", TALLY_BY_GROUP},
};

static marsad_status read_keys(unsigned *out, const char *text, marsad_error *err)
{
    *out = 0;
    while (*text != 0) {
        const size_t len = strcspn(text, ",");
        unsigned by = 0;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (strlen(keys[i].name) == len && strncmp(keys[i].name, text, len) == 0)
                by = keys[i].by;
        if (by == 0)
            return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "tallies are not made by '%.*s'", (int)len, text);
        *out |= by;
        text += len + (text[len] == ',');
    }
    return MARSAD_OK;
}

static void put_row(row_writer *w, const tally_row *t)
{
    rows_day(w, t->day);
    rows_text(w, t->place_name);
    rows_text(w, t->area);
    rows_text(w, t->kind);
    rows_text(w, t->party);
    rows_text(w, t->accuser);
    rows_text(w, t->group);
    rows_text(w, marsad_figure_name(t->of));
    rows_integer(w, t->incidents);
    rows_integer(w, t->low);
    rows_integer(w, t->best);
    rows_integer(w, t->high);
    rows_integer(w, t->window_low == 0 ? MARSAD_NO_VALUE : t->window_low);
    rows_text(w, t->window_from == NULL ? NULL : t->window_from->id);
}

marsad_status list_tallies(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    unsigned by;
    incident_list incidents;
    tally_table table = {0};
    marsad_status status = read_keys(&by, question->by == NULL ? "day" : question->by, err);
    if (status == MARSAD_OK)
        status = question_incidents(archive, question, &incidents, &memory, err);
    if (status == MARSAD_OK && !tally_incidents(&table, &incidents, by, &memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for tallies");
    for (uint32_t i = 0; i < table.count && status == MARSAD_OK; i++) {
        put_row(w, &table.items[i]);
        if (!rows_end(w))
            break;
    }
    arena_free(&memory);
    return status;
}
