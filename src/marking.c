/* Marks of the truce ledger: a person's word on a candidate, checked against what the rule says, and kept. */
#include "marking.h"

#include "marsad_ledger.h"
#include "said.h"

/* --- which marks are whose ------------------------------------------------------------------------------------------------------- */

/* Is the record one by which the candidate's accuser speaks of the incident? */
static bool rests_on(const truce_candidate *c, const char *record)
{
    for (uint32_t i = 0; i < c->about->statement_count; i++) {
        const statement *s = c->about->statements[i];
        const char *speaker = statement_speaker(s);
        if (strcmp(s->id, record) == 0)
            return strcmp(speaker != NULL ? speaker : "", c->accuser) == 0;
    }
    return false;
}

/* The place of the record's first mark in the list; its count where there is none. */
static uint32_t first_of(const mark_list *marks, const char *record)
{
    uint32_t low = 0, high = marks->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (strcmp(marks->items[middle].record, record) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The newest mark of the candidate; NULL if it has none, or it was taken back. */
static const stored_mark *mark_of(const mark_list *marks, const truce_candidate *c)
{
    const stored_mark *newest = NULL;
    for (uint32_t i = 0; i < c->about->statement_count; i++) {
        const char *record = c->about->statements[i]->id;
        if (!rests_on(c, record))
            continue;
        for (uint32_t m = first_of(marks, record); m < marks->count && strcmp(marks->items[m].record, record) == 0; m++)
            if (strcmp(marks->items[m].accused, c->accused) == 0 && (newest == NULL || marks->items[m].key > newest->key))
                newest = &marks->items[m];
    }
    return newest != NULL && strcmp(newest->mark, "none") != 0 ? newest : NULL;
}

void marking_put(const mark_list *marks, truce_ledger *ledger)
{
    for (uint32_t i = 0; i < ledger->count && marks->count > 0; i++) {
        truce_candidate *c = &ledger->items[i];
        const stored_mark *mark = mark_of(marks, c);
        if (mark != NULL) {
            c->mark = mark->mark;
            c->marked_by = mark->person;
            c->mark_reason = mark->reason;
        }
    }
}

marsad_status marking_apply(marsad_archive *archive, const char *agreement, truce_ledger *ledger, arena *memory, marsad_error *err)
{
    mark_list marks;
    const marsad_status status = store_marks(&archive->store, agreement, &marks, memory, err);
    if (status == MARSAD_OK)
        marking_put(&marks, ledger);
    return status;
}

/* --- marking ------------------------------------------------------------------------------------------------------------------------ */

static bool is_mark(const char *word)
{
    static const char *const marks[] = {"breach", "not-in-scope", "self-defence", "insufficient", "none"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (word != NULL && strcmp(word, marks[i]) == 0)
            return true;
    return false;
}

static marsad_status check_said(const marsad_mark *said, marsad_error *err)
{
    if (said->record == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no record named that is marked");
    if (!is_mark(said->mark))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no mark '%s': breach, not-in-scope, self-defence, insufficient, none",
                    said->mark == NULL ? "" : said->mark);
    if (said->reason != NULL && said->reason[0] != 0 && !text_is_line(said->reason, SIZE_MAX))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the reason is no line of text");
    return said_check_person(said->person, err);
}

static bool is_meant(const marsad_mark *said, const truce_candidate *c)
{
    return (said->accused == NULL || strcmp(said->accused, c->accused) == 0) && rests_on(c, said->record);
}

/* "breach" tells of one side: a statement that accuses several does not say which. */
static marsad_status check_meant(const marsad_mark *said, const truce_ledger *ledger, const char *agreement, marsad_error *err)
{
    const truce_candidate *first = NULL;
    for (uint32_t i = 0; i < ledger->count; i++) {
        const truce_candidate *c = &ledger->items[i];
        if (!is_meant(said, c))
            continue;
        if (first != NULL && strcmp(said->mark, "breach") == 0 && strcmp(first->accused, c->accused) != 0)
            return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "record '%s' accuses '%s' and '%s': name the one that is meant", said->record,
                        first->accused, c->accused);
        first = first == NULL ? c : first;
    }
    if (first == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "record '%s' is no candidate under agreement '%s'", said->record, agreement);
    return MARSAD_OK;
}

static marsad_status check_one(const marsad_mark *said, const truce_candidate *c, marsad_error *err)
{
    const bool takes_back = strcmp(said->mark, "none") == 0, is_breach = strcmp(said->mark, "breach") == 0;
    bool is_same_person = true;
    const marsad_status status = c->mark == NULL ? MARSAD_OK : said_is_same_person(c->marked_by, said->person, &is_same_person, err);
    if (status != MARSAD_OK)
        return status;
    const bool has_reason = said->reason != NULL && said->reason[0] != 0;
    if (c->mark == NULL && takes_back)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "record '%s' has no mark that could be taken back", said->record);
    if (c->mark != NULL && strcmp(c->mark, said->mark) == 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "record '%s' is marked '%s' already, by '%s'", said->record, c->mark, c->marked_by);
    if (!is_same_person && !has_reason)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "'%s' marked record '%s' as '%s': to change that needs a reason", c->marked_by,
                    said->record, c->mark);
    if (!takes_back && c->counts != is_breach && !has_reason && (c->counts || is_breach))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the rule says otherwise (%s): to mark record '%s' as '%s' needs a reason", c->why,
                    said->record, said->mark);
    return MARSAD_OK;
}

static marsad_status mark_all(marsad_archive *archive, const marsad_mark *said, const char *rule, const asked_ledger *asked, marsad_error *err)
{
    marsad_status status = check_meant(said, &asked->ledger, asked->agreement.id, err);
    for (uint32_t i = 0; i < asked->ledger.count && status == MARSAD_OK; i++) {
        const truce_candidate *c = &asked->ledger.items[i];
        if (!is_meant(said, c))
            continue;
        status = check_one(said, c, err);
        if (status == MARSAD_OK)
            status = store_add_mark(&archive->store,
                                    &(stored_mark){.agreement = asked->agreement.id,
                                                   .version = asked->agreement.version,
                                                   .rule = rule,
                                                   .counted = c->counts,
                                                   .record = said->record,
                                                   .accused = c->accused,
                                                   .mark = said->mark,
                                                   .person = said->person,
                                                   .reason = said->reason == NULL ? "" : said->reason},
                                    err);
    }
    return status;
}

marsad_status marsad_truce_mark(marsad_archive *archive, const marsad_mark *mark, int64_t now, marsad_error *err)
{
    arena memory = {0};
    asked_ledger asked = {0};
    const marsad_question question = {.agreement = mark->agreement, .rule = mark->rule};
    const char *rule = mark->rule != NULL ? mark->rule : truce_rule_name(archive->rules, 0);
    marsad_status status = check_said(mark, err);
    if (status == MARSAD_OK) {
        status = archive_begin_step(archive, now, err);
        if (status == MARSAD_OK)
            status = question_ledger_around(archive, &question, mark->record, &asked, &memory, err);
        if (status == MARSAD_OK)
            status = mark_all(archive, mark, rule, &asked, err);
        status = archive_end_step(archive, status, err);
    }
    arena_free(&memory);
    return status;
}
