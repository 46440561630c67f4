/* Review as commands: the queue, and a decision a command. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

const char *review_person(const invocation *call)
{
    return option_value(call, "person", getenv("MARSAD_PERSON"));
}

exit_status review_decide(const invocation *call, const marsad_decision *said)
{
    marsad_archive *archive;
    if (said->person == NULL)
        return usage_error(call, "no person named: --person or $MARSAD_PERSON says who decides");
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < call->operand_count; i++) {
        marsad_decision one = *said;
        marsad_error err = {0};
        size_t changed = 0;
        one.id = call->operands[i];
        if (marsad_archive_decide(archive, &one, time_now(), &changed, &err) == MARSAD_OK) {
            printf("%s %s: %zu record%s\n", one.what, one.id, changed, changed == 1 ? "" : "s");
        } else {
            message("%s", err.message);
            status = STATUS_PARTLY;
        }
    }
    marsad_archive_close(archive);
    return status;
}

static exit_status decide_plainly(const invocation *call, const char *what)
{
    return review_decide(call, &(marsad_decision){.what = what, .person = review_person(call), .reason = option_value(call, "reason", NULL)});
}

static const option plain_options[] = {OPTION_ARCHIVE, OPTION_PERSON, OPTION_REASON, OPTION_HELP, {0}};

/* --- queue --------------------------------------------------------------------------------------------------------------------- */

static const option queue_options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_DAYS,
    {0, "id", "ID", "this incident alone", COMPLETE_NONE},
    {0, "kind", "KIND", "of this kind; may be repeated", COMPLETE_NONE},
    {0, "area", "NAME", "in this governorate, by its Arabic name", COMPLETE_NONE},
    {0, "state", "STATE", "in this state of review: 'new', 'in work' ...", COMPLETE_NONE},
    {0, "priority", "LETTER", "of this priority: A, B or C", COMPLETE_NONE},
    OPTIONS_OF_PAGES,
    OPTION_OUTPUT,
    OPTION_OUTPUT_FILE,
    OPTION_HELP,
    {0},
};

static exit_status run_queue(const invocation *call)
{
    return list_run(call, "queue");
}

const command command_queue = {
    .name = "queue",
    .run = run_queue,
    .options = queue_options,
    .operands = "",
    .summary = "list incidents that wait for a person",
    .description =
        "Lists incidents with records that nobody has decided on, or that wait for a second person, the weightiest first: A before B before C.\n"
        "\n"
        "'flag' tells what to look at: figures that exclude each other, denials, a place or day that the report leaves open. 'leased_to' is who "
        "said to be on it, until when.",
};

/* --- decisions without further words ------------------------------------------------------------------------------------------- */

static exit_status run_take(const invocation *call)
{
    return decide_plainly(call, "take");
}

const command command_take = {
    .name = "take",
    .run = run_take,
    .options = plain_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "say that you work on a record or an incident",
    .description = "Leases records for half an hour: others cannot decide on them until then. Taken again, the half hour begins anew.",
};

static exit_status run_leave(const invocation *call)
{
    return decide_plainly(call, "leave");
}

const command command_leave = {
    .name = "leave",
    .run = run_leave,
    .options = plain_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "give back what you took",
    .description = "Ends the lease of records that were taken; those in work are new again.",
};

static exit_status run_accept(const invocation *call)
{
    return decide_plainly(call, "accept");
}

const command command_accept = {
    .name = "accept",
    .run = run_accept,
    .options = plain_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "say that the report says what the record says",
    .description = "Accepts a record, or all records of an incident that wait. A second person then verifies: 'marsad verify-record'.",
};

static exit_status run_verify(const invocation *call)
{
    return decide_plainly(call, "verify");
}

const command command_verify_record = {
    .name = "verify-record",
    .run = run_verify,
    .options = plain_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "confirm, as a second person, what was accepted",
    .description = "Verifies an accepted record, or all of an incident. Who accepted, edited, merged or split it cannot.",
};

static exit_status run_reopen(const invocation *call)
{
    return decide_plainly(call, "reopen");
}

const command command_reopen = {
    .name = "reopen",
    .run = run_reopen,
    .options = plain_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "put a record back into the queue",
    .description =
        "Makes a record new again, whatever was decided of it; the decisions stay in its history. A record that was rejected is counted again.",
};

/* --- reject, merge, split --------------------------------------------------------------------------------------------------------- */

static const option reject_options[] = {
    OPTION_ARCHIVE,
    OPTION_PERSON,
    OPTION_REASON,
    {0, "as", "rejected|needs-source|cannot-verify|contradicted|duplicate", "what is in the way (default rejected: the report does not say it)",
     COMPLETE_WORDS},
    {0, "of", "ID", "the record that a duplicate is of", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

static exit_status run_reject(const invocation *call)
{
    const char *as = option_value(call, "as", "rejected"), *other = option_value(call, "of", NULL);
    const char *what = strcmp(as, "rejected") == 0 ? "reject" : strcmp(as, "contradicted") == 0 ? "contradict" : as;
    if ((other != NULL) != (strcmp(what, "duplicate") == 0))
        return usage_error(call, "--as duplicate and --of go together");
    return review_decide(
        call, &(marsad_decision){.what = what, .person = review_person(call), .reason = option_value(call, "reason", NULL), .with = other});
}

const command command_reject = {
    .name = "reject",
    .run = run_reject,
    .options = reject_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "say what is in the way of accepting a record",
    .description =
        "Rejected and duplicate records leave their incidents: figures and grades are made without them. Those that need a source, cannot be "
        "verified or are contradicted stay, in that state. A reason is needed.",
};

static const option merge_options[] = {
    OPTION_ARCHIVE, OPTION_PERSON, OPTION_REASON, {0, "with", "ID", "the record or incident that they belong to", COMPLETE_NONE}, OPTION_HELP, {0}};

static exit_status run_merge(const invocation *call)
{
    if (option_value(call, "with", NULL) == NULL)
        return usage_error(call, "--with says what they belong to");
    return review_decide(call, &(marsad_decision){.what = "merge",
                                                  .person = review_person(call),
                                                  .reason = option_value(call, "reason", NULL),
                                                  .with = option_value(call, "with", NULL)});
}

const command command_merge = {
    .name = "merge",
    .run = run_merge,
    .options = merge_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "say that records tell the same happening",
    .description = "Puts records, or all of an incident, into the incident of another record. 'marsad split' undoes it.",
};

static const option split_options[] = {
    OPTION_ARCHIVE, OPTION_PERSON,
    OPTION_REASON,  {0, "from", "ID", "the record or incident that they do not belong to (default: all others of their incident)", COMPLETE_NONE},
    OPTION_HELP,    {0},
};

static exit_status run_split(const invocation *call)
{
    return review_decide(call, &(marsad_decision){.what = "split",
                                                  .person = review_person(call),
                                                  .reason = option_value(call, "reason", NULL),
                                                  .with = option_value(call, "from", NULL)});
}

const command command_split = {
    .name = "split",
    .run = run_split,
    .options = split_options,
    .operands = "ID...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "say that a record tells another happening",
    .description =
        "Puts a record apart from the others of its incident. What was merged goes back to where the rules put it. Records that are put apart "
        "from the same ones by --from may be joined with each other.",
};

/* --- history ------------------------------------------------------------------------------------------------------------------------ */

static const option history_options[] = {OPTION_ARCHIVE, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_history(const invocation *call)
{
    return list_run(call, "decisions");
}

const command command_history = {
    .name = "history",
    .run = run_history,
    .options = history_options,
    .operands = "ID",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "list what people decided of a record or an incident",
    .description =
        "Lists decisions in their order: who, when, what, from which state to which, why, and in which line of the log. With --output jsonl also "
        "the record as it was before an edit.",
};
