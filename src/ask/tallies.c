/* Tallies as a table. */
#include "ask/kept.h"
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

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for tallies");
}

static marsad_status add_kept(void *context, const incident_list *incidents, bool *goes_on, marsad_error *err)
{
    *goes_on = tally_add(context, incidents->items, incidents->count);
    return *goes_on ? MARSAD_OK : no_memory(err);
}

/* Who tells what is asked only where it is counted by. */
static marsad_status tally_kept(marsad_archive *archive, const marsad_question *question, unsigned by, tally_table *out, arena *memory,
                                marsad_error *err)
{
    tally_sum sum;
    tally_begin(&sum, by, memory);
    const marsad_status status = kept_incidents(archive, question, (by & (TALLY_BY_PARTY | TALLY_BY_ACCUSER)) != 0, add_kept, &sum, err);
    tally_end(&sum, out);
    return status;
}

static marsad_status tally_anew(marsad_archive *archive, const marsad_question *question, unsigned by, tally_table *out, arena *memory,
                                marsad_error *err)
{
    incident_list incidents;
    const marsad_status status = question_incidents(archive, question, &incidents, memory, err);
    return status != MARSAD_OK || tally_incidents(out, &incidents, by, memory) ? status : no_memory(err);
}

marsad_status list_tallies(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    unsigned by = 0;
    bool is_kept = false;
    tally_table table = {0};
    marsad_status status = read_keys(&by, question->by == NULL ? "day" : question->by, err);
    if (status == MARSAD_OK)
        status = kept_for(archive, question, &is_kept, err);
    if (status == MARSAD_OK)
        status = is_kept ? tally_kept(archive, question, by, &table, &memory, err) : tally_anew(archive, question, by, &table, &memory, err);
    for (uint32_t i = 0; i < table.count && status == MARSAD_OK; i++) {
        put_row(w, &table.items[i]);
        if (!rows_end(w))
            break;
    }
    arena_free(&memory);
    return status;
}
