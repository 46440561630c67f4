/* Neighbourhoods packed and cells of truce ledgers, kept with the incidents that they follow from. */
#include "views.h"

#include <sodium.h>
#include <stdlib.h>

#include "archive/decide.h"
#include "ask/ledger.h"
#include "incident/packed.h"

enum { NEIGHBOURHOODS_AT_ONCE = 500 };

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for views");
}

/* --- ledgers ------------------------------------------------------------------------------------------------------------------ */

marsad_status views_agreement(truce_agreement *out, const char **fingerprint, const char *path, arena *memory, marsad_error *err)
{
    mapped_file file = {0};
    char *hash = arena_alloc(memory, 2 * SHA256_BYTES + 1);
    marsad_status status = hash == NULL ? no_memory(err) : truce_agreement_read(out, path, memory, err);
    if (status == MARSAD_OK)
        status = file_map(&file, path, err);
    if (status == MARSAD_OK)
        digest_hex(hash, (view){(const char *)file.bytes, file.size});
    *fingerprint = hash;
    file_unmap(&file);
    return status;
}

const char *views_ledger_name(const char *agreement, const char *rule, arena *memory)
{
    return arena_format(memory, "%s/%s", agreement, rule);
}

static bool has_ledger(const view_maker *v, const char *name)
{
    for (uint32_t i = 0; i < v->ledger_count; i++)
        if (strcmp(v->ledgers[i].name, name) == 0)
            return true;
    return false;
}

static marsad_status add_ledgers(view_maker *v, const truce_agreement *agreement, const char *files, marsad_error *err)
{
    const char *rule;
    for (uint32_t n = 0; (rule = truce_rule_name(v->archive->rules, n)) != NULL; n++) {
        const char *name = views_ledger_name(agreement->id, rule, &v->memory);
        if (name == NULL || !ARENA_GROW(&v->memory, v->ledgers, v->ledger_count, v->ledger_room))
            return no_memory(err);
        if (!has_ledger(v, name))
            v->ledgers[v->ledger_count++] = (view_ledger){.name = name, .files = files, .rule = rule, .agreement = agreement};
    }
    return MARSAD_OK;
}

/* A file that cannot be read is no ledger: who asks for it is told why. */
static marsad_status read_ledgers(view_maker *v, marsad_error *err)
{
    marsad_error unread;
    name_list names = {0};
    const char *folder = arena_format(&v->memory, "%s/../agreements", v->archive->rules_folder);
    if (folder == NULL)
        return no_memory(err);
    if (agreement_names(&names, folder, &v->memory, &unread) != MARSAD_OK)
        return MARSAD_OK;
    marsad_status status = MARSAD_OK;
    for (uint32_t i = 0; i < names.count && status == MARSAD_OK; i++) {
        const char *path = arena_format(&v->memory, "%s/%s.json", folder, names.items[i]), *files;
        truce_agreement *agreement = arena_alloc(&v->memory, sizeof *agreement);
        if (path == NULL || agreement == NULL)
            status = no_memory(err);
        else if (views_agreement(agreement, &files, path, &v->memory, &unread) == MARSAD_OK)
            status = add_ledgers(v, agreement, files, err);
    }
    return status;
}

/* Of the agreement's own governorates there are rows whether there are candidates or not; of no governorate there is none that says nothing. */
static bool has_row_anyway(const truce_agreement *agreement, const char *governorate)
{
    bool is_own = governorate[0] == 0;
    for (uint32_t i = 0; i < agreement->governorate_count && !is_own; i++)
        is_own = strcmp(agreement->governorates[i], governorate) == 0;
    return is_own;
}

bool views_cells(cell_list *out, const view_ledger *ledger, const incident_list *incidents, int32_t day, const rule_set *rules, arena *memory)
{
    truce_ledger candidates;
    truce_table table;
    truce_agreement without_rows = *ledger->agreement;
    without_rows.governorate_count = 0; /* of governorates without candidates: they are made when the table is asked for */
    *out = (cell_list){0};
    if (!truce_candidates(&candidates, ledger->agreement, incidents, ledger->rule, rules, memory) ||
        !truce_tabulate(&table, &without_rows, &candidates, NULL, 0, day, day, rules, memory))
        return false;
    for (uint32_t i = 0; i < table.count; i++) {
        const truce_cell *cell = &table.items[i];
        if (cell->accused_side[0] == 0 && has_row_anyway(ledger->agreement, cell->governorate))
            continue;
        if (!ARENA_GROW(memory, out->items, out->count, out->room))
            return false;
        out->items[out->count++] = (stored_cell){.governorate = cell->governorate,
                                                 .accused = cell->accused_side,
                                                 .accuser = cell->accuser_side,
                                                 .counted = cell->today,
                                                 .killed_low = cell->killed_low,
                                                 .killed_high = cell->killed_high};
    }
    return true;
}

/* --- what is made ----------------------------------------------------------------------------------------------------------------- */

static const stored_made *made_of(const view_maker *v, const char *name)
{
    for (uint32_t i = 0; i < v->made.count; i++)
        if (strcmp(v->made.items[i].name, name) == 0)
            return &v->made.items[i];
    return NULL;
}

static bool is_made_by(const stored_made *made, const char *files)
{
    return made != NULL && strcmp(made->files, files) == 0;
}

marsad_status views_begin(view_maker *v, marsad_archive *archive, marsad_error *err)
{
    *v = (view_maker){.archive = archive, .in_bulk = db_takes_bulk(archive->store.db)};
    marsad_status status = store_made(&archive->store, &v->made, &v->memory, err);
    if (status == MARSAD_OK)
        status = read_ledgers(v, err);
    const stored_made *made = made_of(v, VIEWS_OF_INCIDENTS);
    v->is_whole = is_made_by(made, rules_fingerprint(archive->rules)) && made->is_whole;
    return status;
}

void views_end(view_maker *v)
{
    buffer_free(&v->incidents);
    buffer_free(&v->told);
    views_bulk_free(&v->bulk);
    arena_free(&v->memory);
    arena_free(&v->town_memory);
    arena_free(&v->scratch);
}

static marsad_status put_made(view_maker *v, const char *name, const char *files, bool is_whole, marsad_error *err)
{
    return store_put_made(&v->archive->store, &(stored_made){.name = name, .files = files, .is_whole = is_whole, .day = NO_DAY, .area = ""}, err);
}

/* Ledgers are made with the neighbourhoods then: none needs a look of its own. */
static marsad_status make_all_again(view_maker *v, marsad_error *err)
{
    marsad_status status = store_forget_views(&v->archive->store, err);
    if (status == MARSAD_OK)
        status = put_made(v, VIEWS_OF_INCIDENTS, rules_fingerprint(v->archive->rules), false, err);
    for (uint32_t i = 0; i < v->ledger_count && status == MARSAD_OK; i++)
        status = put_made(v, v->ledgers[i].name, v->ledgers[i].files, true, err);
    return status;
}

static bool is_stranger(const view_maker *v, const stored_made *made)
{
    return strcmp(made->name, VIEWS_OF_INCIDENTS) != 0 && !has_ledger(v, made->name);
}

/* Before a cell is written: what is of another agreement's file is no whole any more. A ledger that is not at hand would not be kept up: it is dropped. */
static marsad_status look_at_ledgers(view_maker *v, marsad_error *err)
{
    store *s = &v->archive->store;
    marsad_status status = MARSAD_OK;
    for (uint32_t i = 0; i < v->ledger_count && status == MARSAD_OK; i++)
        if (!is_made_by(made_of(v, v->ledgers[i].name), v->ledgers[i].files))
            status = put_made(v, v->ledgers[i].name, v->ledgers[i].files, false, err);
    for (uint32_t i = 0; i < v->made.count && status == MARSAD_OK; i++)
        if (is_stranger(v, &v->made.items[i]))
            status = store_drop_ledger(s, v->made.items[i].name, err);
    return status;
}

static bool has_changed_ledgers(const view_maker *v)
{
    for (uint32_t i = 0; i < v->ledger_count; i++)
        if (!is_made_by(made_of(v, v->ledgers[i].name), v->ledgers[i].files))
            return true;
    for (uint32_t i = 0; i < v->made.count; i++)
        if (is_stranger(v, &v->made.items[i]))
            return true;
    return false;
}

marsad_status views_look(view_maker *v, bool anew, int64_t now, marsad_error *err)
{
    store *s = &v->archive->store;
    const bool is_all = anew || !is_made_by(made_of(v, VIEWS_OF_INCIDENTS), rules_fingerprint(v->archive->rules));
    if (!is_all && !has_changed_ledgers(v))
        return MARSAD_OK;
    bool may = true;
    marsad_status status = store_begin(s, now, DB_LOCK_VIEWS, err);
    if (status == MARSAD_OK && is_all)
        status = store_may_make_views(s, &may, err);
    if (status == MARSAD_OK && may)
        status = is_all ? make_all_again(v, err) : look_at_ledgers(v, err);
    if (status == MARSAD_OK)
        status = store_commit(s, err);
    if (status != MARSAD_OK)
        store_rollback(s);
    v->is_others = !may;
    v->is_whole = v->is_whole && !(is_all && may);
    return status == MARSAD_OK && may ? store_made(s, &v->made, &v->memory, err) : status;
}

marsad_status views_keep_whole(view_maker *v, marsad_error *err)
{
    const marsad_status status = v->is_whole ? MARSAD_OK : put_made(v, VIEWS_OF_INCIDENTS, rules_fingerprint(v->archive->rules), true, err);
    v->is_whole = v->is_whole || status == MARSAD_OK;
    return status;
}

/* --- neighbourhoods ------------------------------------------------------------------------------------------------------------------ */

static marsad_status put_cells(view_maker *v, const view_ledger *ledger, const char *area, int32_t day, const incident_list *incidents,
                               bool is_gathered, marsad_error *err)
{
    cell_list cells;
    store *s = &v->archive->store;
    if (!views_cells(&cells, ledger, incidents, day, v->archive->rules, &v->scratch))
        return no_memory(err);
    marsad_status status = MARSAD_OK;
    if (v->in_bulk && is_gathered)
        views_bulk_cells(&v->bulk, ledger->name, cells.items, cells.count);
    else
        status = store_add_cells(s, ledger->name, area, day, cells.items, cells.count, err);
    arena_reset(&v->scratch);
    return status;
}

/* One day's incidents, in place of what was kept of it (NULL: nothing was). */
static marsad_status keep_day(view_maker *v, const char *area, int32_t day, const incident_list *incidents, const stored_neighbourhood *before,
                              marsad_error *err)
{
    if (!incidents_pack(&v->incidents, &v->told, incidents->items, incidents->count))
        return no_memory(err);
    const stored_neighbourhood made = {
        .area = area, .day = day, .incidents = {v->incidents.bytes, v->incidents.used}, .told = {v->told.bytes, v->told.used}};
    if (before != NULL && view_equal(before->incidents, made.incidents) && view_equal(before->told, made.told))
        return MARSAD_OK;
    store *s = &v->archive->store;
    marsad_status status = MARSAD_OK;
    if (v->in_bulk)
        views_bulk_neighbourhood(&v->bulk, &made);
    else
        status = store_put_neighbourhood(s, &made, err);
    if (status == MARSAD_OK && before != NULL && !v->in_bulk)
        status = store_drop_cells(s, NULL, area, day, err);
    for (uint32_t i = 0; i < v->ledger_count && status == MARSAD_OK; i++)
        status = put_cells(v, &v->ledgers[i], area, day, incidents, true, err);
    return status;
}

static marsad_status drop_day(view_maker *v, const char *area, int32_t day, marsad_error *err)
{
    store *s = &v->archive->store;
    const marsad_status status = store_drop_neighbourhood(s, area, day, err);
    return status == MARSAD_OK ? store_drop_cells(s, NULL, area, day, err) : status;
}

/* Both lists are by day. A day that nothing is kept of and that has no incidents any more is dropped. */
marsad_status views_keep_days(view_maker *v, const char *area, int32_t from, int32_t to, const incident_list *incidents, marsad_error *err)
{
    arena memory = {0};
    neighbourhood_list before;
    marsad_status status = store_neighbourhoods(&v->archive->store, area, from, to, &before, &memory, err);
    uint32_t at = 0, old = 0;
    while (at < incidents->count && incidents->items[at].start < from)
        at++;
    while (status == MARSAD_OK) {
        const bool has_new = at < incidents->count && incidents->items[at].start <= to, has_old = old < before.count;
        if (!has_new && !has_old)
            break;
        const int32_t day =
            !has_old || (has_new && incidents->items[at].start <= before.items[old].day) ? incidents->items[at].start : before.items[old].day;
        incident_list own = {.items = incidents->items + at};
        while (at < incidents->count && incidents->items[at].start == day) {
            own.count++;
            at++;
        }
        const stored_neighbourhood *kept = has_old && before.items[old].day == day ? &before.items[old++] : NULL;
        status = own.count > 0 ? keep_day(v, area, day, &own, kept, err) : drop_day(v, area, day, err);
    }
    arena_free(&memory);
    return status;
}

/* --- ledgers made again --------------------------------------------------------------------------------------------------------------- */

static marsad_status make_cells(view_maker *v, const view_ledger *ledger, const neighbourhood_list *list, marsad_error *err)
{
    arena memory = {0};
    marsad_status status = MARSAD_OK;
    for (uint32_t i = 0; i < list->count && status == MARSAD_OK; i++) {
        const stored_neighbourhood *n = &list->items[i];
        incident_list incidents = {0};
        status = incidents_unpack(&incidents, n->incidents, n->told, &memory, err);
        if (status == MARSAD_OK)
            status = store_drop_cells(&v->archive->store, ledger->name, n->area, n->day, err);
        if (status == MARSAD_OK)
            status = put_cells(v, ledger, n->area, n->day, &incidents, false, err);
        arena_reset(&memory);
    }
    arena_free(&memory);
    return status;
}

/* Some neighbourhoods behind `made`, which is moved on. */
static marsad_status make_some(view_maker *v, const view_ledger *ledger, stored_made *made, int64_t now, marsad_error *err)
{
    arena memory = {0};
    neighbourhood_list list = {0};
    store *s = &v->archive->store;
    marsad_status status = store_begin(s, now, DB_LOCK_VIEWS, err);
    if (status == MARSAD_OK && made->day == NO_DAY && made->area[0] == 0)
        status = store_drop_ledger(s, ledger->name, err); /* and it is put there again below */
    if (status == MARSAD_OK)
        status = store_neighbourhoods_behind(s, made->day, made->area, NEIGHBOURHOODS_AT_ONCE, &list, &memory, err);
    if (status == MARSAD_OK)
        status = make_cells(v, ledger, &list, err);
    made->is_whole = list.count < NEIGHBOURHOODS_AT_ONCE;
    if (list.count > 0) {
        made->day = list.items[list.count - 1].day;
        made->area = arena_string(&v->memory, view_of(list.items[list.count - 1].area));
    }
    if (status == MARSAD_OK)
        status = made->area == NULL ? no_memory(err) : store_put_made(s, made, err);
    if (status == MARSAD_OK)
        status = store_commit(s, err);
    if (status != MARSAD_OK)
        store_rollback(s);
    arena_free(&memory);
    return status;
}

marsad_status views_make_ledgers(view_maker *v, int64_t now, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (uint32_t i = 0; i < v->ledger_count && status == MARSAD_OK; i++) {
        const view_ledger *ledger = &v->ledgers[i];
        const stored_made *before = made_of(v, ledger->name);
        stored_made made = {.name = ledger->name, .files = ledger->files, .day = NO_DAY, .area = ""};
        if (is_made_by(before, ledger->files))
            made = *before;
        while (status == MARSAD_OK && !made.is_whole)
            status = make_some(v, ledger, &made, now, err);
    }
    return status;
}
