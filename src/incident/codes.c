/* The tables of other data sets' codes. */
#include "incident/codes.h"

#include "incident/rules_tables.h"

static bool no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a table of codes") == MARSAD_OK;
}

/* Keeps `count` cells as the strings of a row; false with `err` filled. */
static bool keep(rule_set *rules, const char *const *cells, const char **out, int count, marsad_error *err)
{
    for (int i = 0; i < count; i++)
        if ((out[i] = rules_keep(rules, cells[i], err)) == NULL)
            return false;
    return true;
}

/* Adds to `list` of `rules`; evaluates to false with `err` filled. */
#define ADD(rules, list, row, err)                                                                                                                   \
    (ARENA_GROW(&(rules)->memory, (list).items, (list).count, (list).room) ? ((list).items[(list).count++] = (row), true) : no_memory(err))

static bool add_crosswalk(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    crosswalk_row row = {.phase = MARSAD_NO_PHASE};
    const char *texts[3];
    if (!rules_kind(&row.kind, cells[0], err))
        return false;
    while (row.phase < MARSAD_PHASE_COUNT && strcmp(marsad_phase_name(row.phase), cells[1]) != 0)
        row.phase++;
    if (row.phase == MARSAD_PHASE_COUNT)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "unknown phase '%s'", cells[1]) == MARSAD_OK;
    const char *const wanted[] = {strcmp(cells[2], "-") == 0 ? "" : cells[2], cells[3], cells[4]};
    if (!keep(rules, wanted, texts, 3, err))
        return false;
    row.plover = texts[0];
    row.mode = texts[1];
    row.cameo = texts[2];
    return ADD(rules, rules->codes.crosswalk, row, err);
}

static bool add_cameo(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    const char *t[3];
    return keep(rules, cells, t, 3, err) && ADD(rules, rules->codes.cameo, ((cameo_row){t[0], t[1], t[2]}), err);
}

static bool add_mode(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    const char *t[4];
    return keep(rules, cells, t, 4, err) && ADD(rules, rules->codes.modes, ((mode_row){t[0], t[1], t[2], t[3]}), err);
}

static bool add_state(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    const char *t[3];
    return keep(rules, cells, t, 3, err) && ADD(rules, rules->codes.states, ((state_row){t[0], t[1], t[2]}), err);
}

static bool add_actor(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    const char *t[3];
    return keep(rules, cells, t, 3, err) && ADD(rules, rules->codes.actors, ((actor_code_row){t[0], t[1], t[2]}), err);
}

static bool add_airwars(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    const char *t[4];
    return keep(rules, cells, t, 4, err) && ADD(rules, rules->codes.airwars, ((airwars_row){t[0], t[1], t[2], t[3]}), err);
}

/* Every kind has a row, every code that a row names is known: then no format can meet one that is not. */
static marsad_status check(const rule_set *rules, marsad_error *err)
{
    for (uint32_t i = 0; i < rules->codes.crosswalk.count; i++) {
        const crosswalk_row *row = &rules->codes.crosswalk.items[i];
        if (row->plover[0] == 0)
            continue;
        if (codes_mode(rules, row->plover, row->mode) == NULL || codes_mode(rules, row->plover, "") == NULL)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "crosswalk.tsv: '%s' has no row in 'modes.tsv' for mode '%s'", row->plover,
                        row->mode);
        if (codes_cameo(rules, row->cameo) == NULL)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "crosswalk.tsv: no row in 'cameo.tsv' for '%s'", row->cameo);
    }
    for (int kind = 0; kind < MARSAD_KIND_COUNT; kind++) {
        bool has_row = false;
        for (uint32_t i = 0; i < rules->codes.crosswalk.count; i++)
            has_row |= (int)rules->codes.crosswalk.items[i].kind == kind && rules->codes.crosswalk.items[i].phase == MARSAD_NO_PHASE;
        if (!has_row)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "crosswalk.tsv: no row for '%s'", marsad_kind_name((marsad_kind)kind));
    }
    return MARSAD_OK;
}

marsad_status code_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    static const struct {
        const char *name;
        const char *columns[TSV_COLUMNS_MAX];
        tsv_visit *visit;
    } tables[] = {
        {"crosswalk.tsv", {"kind", "phase", "plover", "mode", "cameo", "source", NULL}, add_crosswalk},
        {"cameo.tsv", {"code", "quad", "goldstein", "source", NULL}, add_cameo},
        {"modes.tsv", {"event", "mode", "quad", "scale", "source", NULL}, add_mode},
        {"states.tsv", {"iso2", "fips", "cow", "source", NULL}, add_state},
        {"actor-codes.tsv", {"code", "part", "sector", "source", NULL}, add_actor},
        {"airwars.tsv", {"field", "ours", "name", "slug", "source", NULL}, add_airwars},
    };
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; status == MARSAD_OK && i < sizeof tables / sizeof *tables; i++)
        status = rules_read_table(rules, folder, tables[i].name, tables[i].columns, tables[i].visit, err);
    return status == MARSAD_OK ? check(rules, err) : status;
}

/* --- asking ---------------------------------------------------------------------------------------------------------- */

const code_tables *codes_of(const rule_set *rules)
{
    return &rules->codes;
}

const crosswalk_row *codes_crosswalk(const rule_set *rules, marsad_kind kind, marsad_phase phase)
{
    const crosswalk_row *found = NULL;
    for (uint32_t i = 0; i < rules->codes.crosswalk.count; i++) {
        const crosswalk_row *row = &rules->codes.crosswalk.items[i];
        if (row->kind == kind && (row->phase == phase || (row->phase == MARSAD_NO_PHASE && found == NULL)))
            found = row;
    }
    return found != NULL && found->plover[0] != 0 ? found : NULL;
}

const cameo_row *codes_cameo(const rule_set *rules, const char *code)
{
    for (uint32_t i = 0; i < rules->codes.cameo.count; i++)
        if (strcmp(rules->codes.cameo.items[i].code, code) == 0)
            return &rules->codes.cameo.items[i];
    return NULL;
}

const mode_row *codes_mode(const rule_set *rules, const char *event, const char *mode)
{
    for (uint32_t i = 0; i < rules->codes.modes.count; i++)
        if (strcmp(rules->codes.modes.items[i].event, event) == 0 && strcmp(rules->codes.modes.items[i].mode, mode) == 0)
            return &rules->codes.modes.items[i];
    return NULL;
}

const state_row *codes_state(const rule_set *rules, const char *iso2)
{
    for (uint32_t i = 0; i < rules->codes.states.count; i++)
        if (strcmp(rules->codes.states.items[i].iso2, iso2) == 0)
            return &rules->codes.states.items[i];
    return NULL;
}

const actor_code_row *codes_actor(const rule_set *rules, const char *code)
{
    for (uint32_t i = 0; i < rules->codes.actors.count; i++)
        if (strcmp(rules->codes.actors.items[i].code, code) == 0)
            return &rules->codes.actors.items[i];
    return NULL;
}

const airwars_row *codes_airwars(const rule_set *rules, const char *field, const char *ours)
{
    for (uint32_t i = 0; i < rules->codes.airwars.count; i++)
        if (strcmp(rules->codes.airwars.items[i].field, field) == 0 && strcmp(rules->codes.airwars.items[i].ours, ours) == 0)
            return &rules->codes.airwars.items[i];
    return NULL;
}

const airwars_row *codes_airwars_at(const rule_set *rules, const char *field, uint32_t n)
{
    for (uint32_t i = 0; i < rules->codes.airwars.count; i++)
        if (strcmp(rules->codes.airwars.items[i].field, field) == 0 && n-- == 0)
            return &rules->codes.airwars.items[i];
    return NULL;
}
