/* What follows from the records together, as commands: why, tallies, control, truce. */
#include <string.h>

#include "cli/command.h"

#define OPTION_KNOWN                                                                                                                                 \
    {                                                                                                                                                \
        0, "as-known-on", "DATE", "as it was known on this day: without what was published later", COMPLETE_NONE                                     \
    }

/* --- why ------------------------------------------------------------------------------------------------------------------------- */

static const option why_options[] = {
    OPTION_ARCHIVE,
    {0, "table", "grounds|statements",
     "this alone: what follows by which rule, or the statements (default: both; as JSON Lines and CSV the statements)", COMPLETE_WORDS},
    OPTION_OUTPUT,
    OPTION_OUTPUT_FILE,
    OPTION_HELP,
    {0}};

static exit_status run_why(const invocation *call)
{
    const bool is_for_people = strcmp(option_value(call, "output", "table"), "table") == 0;
    const char *table = option_value(call, "table", is_for_people ? NULL : "statements");
    return table != NULL ? list_run(call, table) : list_run_two(call, "grounds", "statements");
}

const command command_why = {
    .name = "why",
    .run = run_why,
    .options = why_options,
    .operands = "ID",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "show the statements that an incident rests on",
    .description = "Shows what follows from an incident's statements and by which rule: the grade, who is named and who denies, each figure with "
                   "the numbers of all sources and whether they disagree. Then the statements side by side: who says it, of whom, with which "
                   "figures, in which sentence, in which article "
                   "and of which it is a copy, "
                   "and why it was joined.",
};

/* --- tallies ------------------------------------------------------------------------------------------------------------------------ */

static const option tally_options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_DAYS,
    OPTION_KNOWN,
    {0, "by", "KEYS", "one row for each of these, parted by commas: day place area party accuser kind group (default day)", COMPLETE_NONE},
    {0, "kind", "KIND", "of this kind; may be repeated", COMPLETE_NONE},
    {0, "area", "NAME", "in this governorate, by its Arabic name", COMPLETE_NONE},
    {0, "country", "CODE", "in this country, by its two letters", COMPLETE_NONE},
    {0, "place", "NAME", "at this place, by its id or Arabic name", COMPLETE_NONE},
    {0, "party", "WHO", "that this party is named in", COMPLETE_NONE},
    {0, "grade", "GRADE", "of this grade or a better one", COMPLETE_NONE},
    OPTION_OUTPUT,
    OPTION_OUTPUT_FILE,
    OPTION_HELP,
    {0},
};

static exit_status run_tallies(const invocation *call)
{
    return list_run(call, "tallies");
}

const command command_tallies = {
    .name = "tallies",
    .run = run_tallies,
    .options = tally_options,
    .operands = "",
    .summary = "add up figures of incidents",
    .description = "Adds up what incidents tell: strikes, munitions, killed, wounded ... A happening told ten times counts once. A total over a "
                   "longer time, such as \"more than 90 "
                   "strikes since yesterday\", is a bound ('at_least') over its days and is never added to them.",
};

/* --- control ------------------------------------------------------------------------------------------------------------------------- */

static const option control_options[] = {
    OPTION_ARCHIVE,
    {0, "at", "DATE", "on this day", COMPLETE_NONE},
    {0, "from", "DATE", "this day and later", COMPLETE_NONE},
    {0, "to", "DATE", "this day and earlier", COMPLETE_NONE},
    OPTION_KNOWN,
    {0, "area", "NAME", "in this governorate, by its Arabic name", COMPLETE_NONE},
    {0, "country", "CODE", "in this country, by its two letters", COMPLETE_NONE},
    {0, "place", "NAME", "this place, by its id or Arabic name", COMPLETE_NONE},
    OPTION_OUTPUT,
    OPTION_OUTPUT_FILE,
    OPTION_HELP,
    {0},
};

static exit_status run_control(const invocation *call)
{
    return list_run(call, "control");
}

const command command_control = {
    .name = "control",
    .run = run_control,
    .options = control_options,
    .operands = "",
    .summary = "show who is said to hold which town",
    .description = "Shows for each town who is said to hold it, from when to when, how firm that is, and the claims for and against it. Without "
                   "--at: the whole timeline.",
};

/* --- truce -------------------------------------------------------------------------------------------------------------------------- */

#define OPTIONS_OF_TRUCE                                                                                                                             \
    {0, "agreement", "NAME", "the agreement: its file, or the name of one that comes with Marsad", COMPLETE_FILE},                                   \
    {                                                                                                                                                \
        0, "rule", "NAME", "the counting rule (default: the first of rules/truce-rules.tsv)", COMPLETE_NONE                                          \
    }

static const option truce_options[] = {
    OPTION_ARCHIVE, OPTIONS_OF_DAYS, OPTION_KNOWN, OPTIONS_OF_TRUCE, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0},
};

static exit_status run_truce(const invocation *call)
{
    return list_run(call, "truce");
}

const command command_truce = {
    .name = "truce",
    .run = run_truce,
    .options = truce_options,
    .operands = "",
    .summary = "count what is alleged against a truce, by governorate and side",
    .description = "Counts, under a named rule, what somebody alleges against the terms of an agreement: in the period, in the period before, and "
                   "since its start. 'no report' is told "
                   "where nothing was read that speaks of the governorate in these days: silence is not calm.",
};

static exit_status run_candidates(const invocation *call)
{
    return list_run(call, "candidates");
}

const command command_truce_candidates = {
    .name = "truce candidates",
    .run = run_candidates,
    .options = truce_options,
    .operands = "",
    .summary = "list what is alleged against a truce",
    .description = "Lists each allegation with accuser and accused, and whether it is inside the window and the area, by a party that is bound, "
                   "against somebody who is covered; "
                   "and whether the rule counts it, and why.",
};

/* --- truce draft ------------------------------------------------------------------------------------------------------------------------ */

static const option draft_options[] = {OPTION_ARCHIVE, OPTIONS_OF_DAYS, OPTION_KNOWN, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status run_draft(const invocation *call)
{
    marsad_question question;
    marsad_archive *archive;
    if (!question_from(&question, call))
        return STATUS_USAGE;
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    marsad_error err = {0};
    buffer draft = {0};
    output out;
    if (marsad_archive_truce_draft(archive, &question, buffer_write, &draft, &err) != MARSAD_OK) {
        message("%s", err.message);
        status = STATUS_PARTLY;
    } else if (!output_open(&out, call) || !output_write(&out, draft.bytes, draft.used) || !output_close(&out)) {
        status = STATUS_PARTLY;
    }
    buffer_free(&draft);
    marsad_archive_close(archive);
    return status;
}

const command command_truce_draft = {
    .name = "truce draft",
    .run = run_draft,
    .options = draft_options,
    .operands = "",
    .summary = "draft an agreement from what reports tell of a truce",
    .description = "Writes an agreement as JSON from the records that tell of a truce in these days: parties, areas, windows and exclusions, each "
                   "with its records. What they do not tell "
                   "is null. A person completes it; it is then a file for 'marsad truce --agreement'.",
};
