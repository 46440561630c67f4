/* Gathering: incidents of the day, control, the truce table and what was read, each after the profile. */
#include "bulletin_take.h"

#include "publication.h"

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a bulletin");
}

/* What the reports of the day name, and what of that may be told. */
static bool take_names(bulletin_taken *b, const incident_list *raw)
{
    bool ok = true;
    for (uint32_t i = 0; i < raw->count && ok; i++)
        ok = name_set_add(&b->withheld, raw->items[i].statements, raw->items[i].statement_count, b->memory);
    for (uint32_t i = 0; i < b->view.incidents.count && ok; i++)
        ok = name_set_add_shown(&b->shown, b->view.incidents.items[i].statements, b->view.incidents.items[i].statement_count, b->memory);
    return ok;
}

static marsad_status take_incidents(bulletin_taken *b, marsad_error *err)
{
    const marsad_question question = {.from = b->asked->day, .to = b->asked->day};
    incident_list incidents;
    marsad_status status = question_incidents(b->archive, &question, &incidents, b->memory, err);
    if (status != MARSAD_OK)
        return status;
    b->losses.incidents = incidents.count;
    if (!safety_view(&b->view, &incidents, &b->safety, &b->losses, b->memory) || !tally_incidents(&b->totals, &b->view.incidents, 0, b->memory) ||
        !tally_incidents(&b->by_area, &b->view.incidents, TALLY_BY_AREA, b->memory) || !take_names(b, &incidents))
        return no_memory(err);
    b->losses.public_incidents = b->losses.rows = b->view.incidents.count;
    return MARSAD_OK;
}

static marsad_status take_control(bulletin_taken *b, marsad_error *err)
{
    enum { KINDS = 1 << MARSAD_KIND_CAPTURE | 1 << MARSAD_KIND_HOLD | 1 << MARSAD_KIND_WITHDRAW };
    const marsad_question question = {.known = b->asked->day};
    statement_list all;
    const statement *const *shown;
    size_t count;
    marsad_status status = question_statements(b->archive, &question, INT32_MIN, INT32_MAX, KINDS, &all, b->memory, err);
    if (status == MARSAD_OK &&
        (!safety_view_statements(&shown, &count, all.items, all.count, &b->safety, &b->losses, b->memory) ||
         !control_derive(&b->control, shown, count, INT32_MAX, b->archive->rules, b->memory) ||
         !name_set_add(&b->withheld, all.items, all.count, b->memory) || !name_set_add_shown(&b->shown, shown, count, b->memory)))
        status = no_memory(err);
    return status;
}

/* Governorates of the agreement that no report of the day speaks of. */
static marsad_status take_unseen(bulletin_taken *b, const truce_agreement *agreement, const seen_day *seen, size_t seen_count, marsad_error *err)
{
    b->unseen = arena_alloc(b->memory, (agreement->governorate_count + 1) * sizeof *b->unseen);
    if (b->unseen == NULL)
        return no_memory(err);
    for (uint32_t g = 0; g < agreement->governorate_count; g++) {
        if (!name_set_add_name(&b->shown, agreement->governorates[g], b->memory))
            return no_memory(err);
        bool is_seen = false;
        for (size_t i = 0; i < seen_count; i++)
            is_seen = is_seen || (strcmp(seen[i].country, agreement->country) == 0 && strcmp(seen[i].governorate, agreement->governorates[g]) == 0);
        if (!is_seen)
            b->unseen[b->unseen_count++] = (bulletin_unseen){agreement->country, agreement->governorates[g]};
    }
    return MARSAD_OK;
}

/* The ledger is made of what may leave: all days of the agreement, after the profile. */
static marsad_status take_truce(bulletin_taken *b, marsad_error *err)
{
    if (b->asked->agreement == NULL)
        return MARSAD_OK;
    const int32_t day = day_number(b->asked->day);
    const marsad_question question = {.agreement = b->asked->agreement, .rule = b->asked->rule, .known = b->asked->day};
    seen_day *seen = NULL;
    size_t seen_count = 0;
    incident_list incidents;
    public_view all;
    marsad_status status = question_ledger(b->archive, &question, &b->ledger, b->memory, err);
    if (status == MARSAD_OK)
        status = question_incidents(b->archive, &question, &incidents, b->memory, err);
    const char *rule = b->asked->rule != NULL ? b->asked->rule : truce_rule_name(b->archive->rules, 0);
    if (status == MARSAD_OK && (!safety_view(&all, &incidents, &b->safety, &b->losses, b->memory) ||
                                !truce_candidates(&b->ledger.ledger, &b->ledger.agreement, &all.incidents, rule, b->archive->rules, b->memory)))
        status = no_memory(err);
    if (status == MARSAD_OK)
        status = question_seen(b->archive, &question, day - 1, day, &seen, &seen_count, b->memory, err);
    if (status == MARSAD_OK &&
        !truce_tabulate(&b->truce, &b->ledger.agreement, &b->ledger.ledger, seen, seen_count, day, day, b->archive->rules, b->memory))
        status = no_memory(err);
    return status == MARSAD_OK ? take_unseen(b, &b->ledger.agreement, seen, seen_count, err) : status;
}

static marsad_status take_coverage(bulletin_taken *b, marsad_error *err)
{
    stored_coverage stored;
    marsad_status status = store_coverage(&b->archive->store, day_number(b->asked->day), &stored, b->memory, err);
    if (status == MARSAD_OK)
        b->coverage = (bulletin_coverage){.articles = stored.articles,
                                          .copies = stored.copies,
                                          .unread = stored.problems,
                                          .outlets = stored.outlets,
                                          .outlet_count = stored.outlet_count,
                                          .silent = stored.silent,
                                          .silent_count = stored.silent_count};
    return status;
}

static uint64_t count_withheld(const loss_report *losses)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < losses->count; i++)
        if (losses->items[i].section == LOSS_WITHHELD)
            sum += losses->items[i].count;
    return sum;
}

static void fill_input(bulletin_taken *b)
{
    const bool has_truce = b->asked->agreement != NULL;
    b->input = (bulletin_input){.day = day_number(b->asked->day),
                                .cutoff = b->asked->cutoff,
                                .zone = b->asked->zone,
                                .release = "",
                                .organisation = "",
                                .root = "",
                                .incidents = &b->view.incidents,
                                .totals = &b->totals,
                                .by_area = &b->by_area,
                                .control = &b->control,
                                .agreement = has_truce ? &b->ledger.agreement : NULL,
                                .truce = has_truce ? &b->truce : NULL,
                                .unseen = b->unseen,
                                .unseen_count = b->unseen_count,
                                .coverage = b->coverage,
                                .withheld = count_withheld(&b->losses),
                                .withheld_names = &b->withheld,
                                .rules = b->archive->rules,
                                .gazetteer = b->publication->gazetteer};
}

marsad_status bulletin_take(bulletin_taken *b, marsad_error *err)
{
    if (!date_is_given(b->asked->day))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a bulletin is of a day");
    marsad_status status = archive_profile(b->archive, b->publication->profile, &b->profile, b->memory, err);
    b->losses = (loss_report){.format = "bulletin", .profile = b->profile.name, .profile_version = b->profile.version};
    b->safety = archive_safety(b->archive, &b->profile, b->publication);
    if (status == MARSAD_OK)
        status = take_incidents(b, err);
    if (status == MARSAD_OK)
        status = take_control(b, err);
    if (status == MARSAD_OK)
        status = take_truce(b, err);
    if (status == MARSAD_OK)
        status = take_coverage(b, err);
    if (status != MARSAD_OK)
        return status;
    name_set_subtract(&b->withheld, &b->shown, b->archive->rules);
    fill_input(b);
    return MARSAD_OK;
}

bulletin_form bulletin_form_named(const char *name)
{
    return strcmp(name, "html") == 0 ? BULLETIN_HTML : strcmp(name, "print") == 0 ? BULLETIN_PRINT : BULLETIN_TEXT;
}

unsigned bulletin_languages_named(const char *name)
{
    return strcmp(name, "ar") == 0 ? BULLETIN_AR : strcmp(name, "en") == 0 ? BULLETIN_EN : BULLETIN_AR | BULLETIN_EN;
}
