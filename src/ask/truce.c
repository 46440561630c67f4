/* The truce ledger as tables: candidates with the answers to the questions of scope, and the daily table. */
#include <stdio.h>

#include "ask/kept.h"
#include "marking.h"
#include "views.h"

const char *const candidate_columns[] = {"day",      "governorate", "place",   "kind",      "term",        "accused", "accuser",
                                         "counts",   "in_window",   "in_area", "is_bound",  "is_covered",  "why",     "grade",
                                         "incident", "record",      "mark",    "marked_by", "mark_reason", NULL};
const char *const truce_columns[] = {"governorate", "accused_side", "accuser_side", "period",   "previous", "total", "killed_low",
                                     "killed_high", "unseen_days",  "seen",         "breaches", "unmarked", NULL};

/* A path, or a name in the folder of agreements beside the rules. */
static marsad_status read_agreement(marsad_archive *archive, const marsad_question *question, truce_agreement *out, const char **files, arena *memory,
                                    marsad_error *err)
{
    if (question->agreement == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "name an agreement: its file, or a name in the folder of agreements");
    const bool is_path = strchr(question->agreement, '/') != NULL || strstr(question->agreement, ".json") != NULL;
    if (is_path && question->publication != NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "in public an agreement is asked for by its name");
    const char *path = is_path ? question->agreement : arena_format(memory, "%s/../agreements/%s.json", archive->rules_folder, question->agreement);
    if (path == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an agreement");
    return views_agreement(out, files, path, memory, err);
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

marsad_status question_terms(marsad_archive *archive, const marsad_question *question, asked_ledger *out, arena *memory, marsad_error *err)
{
    question_limits limits;
    out->rule = question->rule != NULL ? question->rule : truce_rule_name(archive->rules, 0);
    marsad_status status = read_agreement(archive, question, &out->agreement, &out->files, memory, err);
    if (status == MARSAD_OK && !is_rule(archive->rules, out->rule))
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no counting rule '%s'", out->rule);
    if (status == MARSAD_OK)
        status = question_read(&limits, question, err);
    if (status != MARSAD_OK)
        return status;
    agreement_days(&out->agreement, &out->from, &out->to);
    if (date_is_given(question->from))
        out->from = limits.from;
    if (date_is_given(question->to))
        out->to = limits.to;
    return MARSAD_OK;
}

static marsad_status find_candidates(marsad_archive *archive, asked_ledger *asked, const incident_list *incidents, arena *memory, marsad_error *err)
{
    if (!truce_candidates(&asked->ledger, &asked->agreement, incidents, asked->rule, archive->rules, memory))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the ledger");
    return marking_apply(archive, asked->agreement.id, &asked->ledger, memory, err);
}

/* All that the agreement's days tell: running totals count from its start. */
marsad_status question_ledger(marsad_archive *archive, const marsad_question *question, asked_ledger *out, arena *memory, marsad_error *err)
{
    incident_list incidents;
    marsad_question whole = *question;
    whole.from = whole.to = (marsad_date){0};
    marsad_status status = question_terms(archive, question, out, memory, err);
    if (status == MARSAD_OK)
        status = question_incidents(archive, &whole, &incidents, memory, err);
    return status == MARSAD_OK ? find_candidates(archive, out, &incidents, memory, err) : status;
}

marsad_status question_ledger_around(marsad_archive *archive, const marsad_question *question, const char *record, asked_ledger *out, arena *memory,
                                     marsad_error *err)
{
    bool is_kept;
    incident_list incidents;
    marsad_status status = kept_for(archive, question, &is_kept, err);
    if (status != MARSAD_OK || !is_kept)
        return status != MARSAD_OK ? status : question_ledger(archive, question, out, memory, err);
    status = question_terms(archive, question, out, memory, err);
    if (status == MARSAD_OK)
        status = kept_around(archive, record, &incidents, memory, err);
    return status == MARSAD_OK ? find_candidates(archive, out, &incidents, memory, err) : status;
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

/* False: the caller wants no more. */
static bool put_candidates(row_writer *w, const asked_ledger *asked)
{
    for (uint32_t i = 0; i < asked->ledger.count; i++) {
        const truce_candidate *c = &asked->ledger.items[i];
        if (c->day < asked->from || c->day > asked->to)
            continue;
        put_candidate(w, c);
        if (!rows_end(w))
            return false;
    }
    return true;
}

/* Candidates of whole days, in their order, on their way to the caller. */
typedef struct {
    marsad_archive *archive;
    asked_ledger asked;
    mark_list marks;
    row_writer *w;
} listing;

static marsad_status put_some(void *context, const incident_list *incidents, bool *goes_on, marsad_error *err)
{
    listing *l = context;
    arena memory = {0};
    marsad_status status = MARSAD_OK;
    if (!truce_candidates(&l->asked.ledger, &l->asked.agreement, incidents, l->asked.rule, l->archive->rules, &memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the ledger");
    if (status == MARSAD_OK) {
        marking_put(&l->marks, &l->asked.ledger);
        *goes_on = put_candidates(l->w, &l->asked);
    }
    arena_free(&memory);
    return status;
}

static marsad_status list_kept(marsad_archive *archive, const marsad_question *question, row_writer *w, arena *memory, marsad_error *err)
{
    listing l = {.archive = archive, .w = w};
    marsad_question days = *question;
    marsad_status status = question_terms(archive, question, &l.asked, memory, err);
    if (status == MARSAD_OK)
        status = store_marks(&archive->store, l.asked.agreement.id, &l.marks, memory, err);
    days.from = day_date(l.asked.from);
    days.to = day_date(l.asked.to); /* of an open end: not given */
    return status == MARSAD_OK ? kept_incidents(archive, &days, true, put_some, &l, err) : status;
}

marsad_status list_candidates(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    asked_ledger asked = {0};
    bool is_kept;
    marsad_status status = kept_for(archive, question, &is_kept, err);
    if (status == MARSAD_OK && is_kept) {
        status = list_kept(archive, question, w, &memory, err);
    } else if (status == MARSAD_OK) {
        status = question_ledger(archive, question, &asked, &memory, err);
        if (status == MARSAD_OK)
            put_candidates(w, &asked);
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

static marsad_status check_period(const asked_ledger *asked, marsad_error *err)
{
    return asked->from <= asked->to && asked->to != INT32_MAX
               ? MARSAD_OK
               : fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the table is of a period: give its first and last day");
}

static marsad_status tabulate_anew(marsad_archive *archive, const marsad_question *question, truce_table *out, arena *memory, marsad_error *err)
{
    asked_ledger asked = {0};
    seen_day *seen = NULL;
    size_t seen_count = 0;
    marsad_status status = question_ledger(archive, question, &asked, memory, err);
    if (status == MARSAD_OK)
        status = check_period(&asked, err);
    if (status == MARSAD_OK)
        status = question_seen(archive, question, asked.from, asked.to, &seen, &seen_count, memory, err);
    if (status == MARSAD_OK && !truce_tabulate(out, &asked.agreement, &asked.ledger, seen, seen_count, asked.from, asked.to, archive->rules, memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the table");
    return status;
}

/* The table of a period from the cells of the ledger, where they are kept; `*is_made` is false where they are not. */
static marsad_status tabulate_kept(marsad_archive *archive, const marsad_question *question, truce_table *out, bool *is_made, arena *memory,
                                   marsad_error *err)
{
    asked_ledger asked = {0};
    seen_day *seen = NULL;
    size_t seen_count = 0;
    marsad_status status = question_terms(archive, question, &asked, memory, err);
    if (status == MARSAD_OK)
        status = kept_has_ledger(archive, question, &asked, is_made, err);
    if (status != MARSAD_OK || !*is_made)
        return status;
    status = check_period(&asked, err);
    if (status == MARSAD_OK)
        status = question_seen(archive, question, asked.from, asked.to, &seen, &seen_count, memory, err);
    if (status == MARSAD_OK)
        status = kept_cells(archive, &asked, out, memory, err);
    if (status == MARSAD_OK && !truce_complete(out, &asked.agreement, seen, seen_count, asked.from, asked.to, memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the table");
    return status;
}

marsad_status list_truce(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    truce_table table = {0};
    bool is_made = false;
    marsad_status status = tabulate_kept(archive, question, &table, &is_made, &memory, err);
    if (status == MARSAD_OK && !is_made)
        status = tabulate_anew(archive, question, &table, &memory, err);
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
