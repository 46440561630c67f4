/* The truce ledger as tables: candidates with the answers to the questions of scope, and the daily table. */
#include <stdio.h>

#include "ask/list.h"
#include "marking.h"

const char *const candidate_columns[] = {"day",      "governorate", "place",   "kind",      "term",        "accused", "accuser",
                                         "counts",   "in_window",   "in_area", "is_bound",  "is_covered",  "why",     "grade",
                                         "incident", "record",      "mark",    "marked_by", "mark_reason", NULL};
const char *const truce_columns[] = {"governorate", "accused_side", "accuser_side", "period",   "previous", "total", "killed_low",
                                     "killed_high", "unseen_days",  "seen",         "breaches", "unmarked", NULL};

marsad_status question_agreement(marsad_archive *archive, const marsad_question *question, truce_agreement *out, arena *memory, marsad_error *err)
{
    if (question->agreement == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "name an agreement: its file, or a name in the folder of agreements");
    const bool is_path = strchr(question->agreement, '/') != NULL || strstr(question->agreement, ".json") != NULL;
    if (is_path && question->publication != NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "in public an agreement is asked for by its name");
    const char *path = is_path ? question->agreement : arena_format(memory, "%s/../agreements/%s.json", archive->rules_folder, question->agreement);
    if (path == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an agreement");
    return truce_agreement_read(out, path, memory, err);
}

static bool is_rule(const rule_set *rules, const char *name)
{
    for (uint32_t n = 0; truce_rule_name(rules, n) != NULL; n++)
        if (strcmp(truce_rule_name(rules, n), name) == 0)
            return true;
    return false;
}

/* From the first day of its windows to their last; INT32_MAX while one is open. */
static void agreement_days(const truce_agreement *agreement, int32_t *from, int32_t *to)
{
    *from = INT32_MAX;
    *to = INT32_MIN;
    for (uint32_t i = 0; i < agreement->window_count; i++) {
        *from = agreement->windows[i].from < *from ? agreement->windows[i].from : *from;
        *to = agreement->windows[i].to > *to ? agreement->windows[i].to : *to;
    }
}

/* All that the agreement's days tell: running totals count from its start. */
marsad_status question_ledger(marsad_archive *archive, const marsad_question *question, asked_ledger *out, arena *memory, marsad_error *err)
{
    question_limits limits;
    incident_list incidents;
    const char *rule = question->rule != NULL ? question->rule : truce_rule_name(archive->rules, 0);
    marsad_status status = question_agreement(archive, question, &out->agreement, memory, err);
    if (status == MARSAD_OK && !is_rule(archive->rules, rule))
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no counting rule '%s'", rule);
    if (status == MARSAD_OK)
        status = question_read(&limits, question, err);
    marsad_question whole = *question;
    whole.from = whole.to = (marsad_date){0};
    if (status == MARSAD_OK)
        status = question_incidents(archive, &whole, &incidents, memory, err);
    if (status == MARSAD_OK && !truce_candidates(&out->ledger, &out->agreement, &incidents, rule, archive->rules, memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the ledger");
    if (status == MARSAD_OK)
        status = marking_apply(archive, out->agreement.id, &out->ledger, memory, err);
    if (status != MARSAD_OK)
        return status;
    agreement_days(&out->agreement, &out->from, &out->to);
    if (date_is_given(question->from))
        out->from = limits.from;
    if (date_is_given(question->to))
        out->to = limits.to;
    return MARSAD_OK;
}

/* --- candidates ----------------------------------------------------------------------------------------------------------------- */

static const char *scope_name(truce_scope scope)
{
    return scope == SCOPE_YES ? "yes" : scope == SCOPE_NO ? "no" : "unknown";
}

static void put_candidate(row_writer *w, const truce_candidate *c)
{
    rows_day(w, c->day);
    rows_text(w, c->governorate);
    rows_text(w, c->about->place_count == 0 ? NULL : c->about->places[0]->norm);
    rows_text(w, marsad_kind_name(c->about->kind));
    rows_text(w, c->term == NULL ? NULL : c->term->id);
    rows_text(w, c->accused);
    rows_text(w, c->accuser[0] == 0 ? c->from->outlet : c->accuser);
    rows_text(w, c->counts ? "yes" : "no");
    rows_text(w, scope_name(c->in_window));
    rows_text(w, scope_name(c->in_area));
    rows_text(w, scope_name(c->is_bound));
    rows_text(w, scope_name(c->is_covered));
    rows_text(w, c->why);
    rows_text(w, incident_grade_name(c->about->grade));
    rows_text(w, c->about->id);
    rows_text(w, c->from->id);
    rows_text(w, c->mark);
    rows_text(w, c->marked_by);
    rows_text(w, c->mark_reason);
}

marsad_status list_candidates(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    asked_ledger asked = {0};
    marsad_status status = question_ledger(archive, question, &asked, &memory, err);
    for (uint32_t i = 0; i < asked.ledger.count && status == MARSAD_OK; i++) {
        const truce_candidate *c = &asked.ledger.items[i];
        if (c->day < asked.from || c->day > asked.to)
            continue;
        put_candidate(w, c);
        if (!rows_end(w))
            break;
    }
    arena_free(&memory);
    return status;
}

/* --- the daily table --------------------------------------------------------------------------------------------------------------- */

marsad_status question_seen(marsad_archive *archive, const marsad_question *question, int32_t from, int32_t to, seen_day **out, size_t *count,
                            arena *memory, marsad_error *err)
{
    stored_seen *stored;
    const int32_t known = date_is_given(question->known) ? day_number(question->known) : INT32_MAX;
    marsad_status status = store_seen(&archive->store, from, to, known, &stored, count, memory, err);
    if (status != MARSAD_OK)
        return status;
    seen_day *days = arena_alloc(memory, (*count + 1) * sizeof *days);
    if (days == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for what was read");
    for (size_t i = 0; i < *count; i++)
        days[i] = (seen_day){.country = stored[i].country, .governorate = stored[i].admin1, .day = stored[i].day};
    *out = days;
    return MARSAD_OK;
}

static void put_cell(row_writer *w, const truce_cell *cell)
{
    rows_text(w, cell->governorate);
    rows_text(w, cell->accused_side);
    rows_text(w, cell->accuser_side);
    rows_integer(w, cell->today);
    rows_integer(w, cell->previous);
    rows_integer(w, cell->total);
    rows_integer(w, cell->killed_low);
    rows_integer(w, cell->killed_high);
    rows_integer(w, cell->unseen_days);
    rows_text(w, cell->was_seen ? "yes" : "no report");
    rows_integer(w, cell->breaches);
    rows_integer(w, cell->unmarked);
}

/* Of what names no governorate, a row without a count says nothing. */
static bool is_of_nothing(const truce_cell *cell)
{
    return cell->governorate[0] == 0 && cell->today == 0 && cell->previous == 0 && cell->total == 0 && cell->breaches == 0;
}

marsad_status list_truce(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    asked_ledger asked = {0};
    seen_day *seen = NULL;
    size_t seen_count = 0;
    truce_table table = {0};
    marsad_status status = question_ledger(archive, question, &asked, &memory, err);
    if (status == MARSAD_OK && (asked.from > asked.to || asked.to == INT32_MAX))
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the table is of a period: give its first and last day");
    if (status == MARSAD_OK)
        status = question_seen(archive, question, asked.from, asked.to, &seen, &seen_count, &memory, err);
    if (status == MARSAD_OK &&
        !truce_tabulate(&table, &asked.agreement, &asked.ledger, seen, seen_count, asked.from, asked.to, archive->rules, &memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the table");
    for (uint32_t i = 0; i < table.count && status == MARSAD_OK; i++) {
        if (is_of_nothing(&table.items[i]))
            continue;
        put_cell(w, &table.items[i]);
        if (!rows_end(w))
            break;
    }
    arena_free(&memory);
    return status;
}

/* --- drafts -------------------------------------------------------------------------------------------------------------------------- */

marsad_status marsad_archive_truce_draft(marsad_archive *archive, const marsad_question *question, marsad_write *write, void *context,
                                         marsad_error *err)
{
    arena memory = {0};
    question_limits limits;
    statement_list statements = {0};
    marsad_status status = question_read(&limits, question, err);
    if (status == MARSAD_OK)
        status = question_statements(archive, question, limits.from, limits.to, 1U << MARSAD_KIND_TRUCE, &statements, &memory, err);
    if (status == MARSAD_OK && statements.count == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no record of these days tells of a truce");
    const char *draft = status == MARSAD_OK ? truce_agreement_draft(statements.items, statements.count, &memory) : NULL;
    if (draft == NULL)
        status = status != MARSAD_OK ? status : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a draft");
    else if (!write(context, draft, strlen(draft)))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write the draft");
    arena_free(&memory);
    return status;
}
