/* marsad truce mark, marsad setting: what people keep beside the records. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "marsad_ledger.h"

/* --- truce mark ------------------------------------------------------------------------------------------------------------------ */

static const option mark_options[] = {
    OPTION_ARCHIVE,
    {0, "as", "breach|not-in-scope|self-defence|insufficient|none", "what you hold it for; 'none' takes a mark back", COMPLETE_WORDS},
    {0, "agreement", "NAME", "the agreement: its file, or the name of one that comes with Marsad", COMPLETE_FILE},
    {0, "rule", "NAME", "the counting rule that it is held against (default: the first of rules/truce-rules.tsv)", COMPLETE_NONE},
    {0, "accused", "WHO", "the party that is meant, where the record accuses several", COMPLETE_NONE},
    OPTION_PERSON,
    OPTION_REASON,
    OPTION_HELP,
    {0},
};

static exit_status run_mark(const invocation *call)
{
    marsad_mark mark = {.agreement = option_value(call, "agreement", NULL),
                        .rule = option_value(call, "rule", NULL),
                        .accused = option_value(call, "accused", NULL),
                        .mark = option_value(call, "as", NULL),
                        .reason = option_value(call, "reason", NULL),
                        .person = review_person(call)};
    marsad_archive *archive;
    if (mark.mark == NULL)
        return usage_error(call, "nothing said: --as tells what it is held for");
    if (mark.person == NULL)
        return usage_error(call, "no person named: --person or $MARSAD_PERSON says who decides");
    exit_status status = archive_open_for(&archive, call, 0);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < call->operand_count; i++) {
        marsad_error err = {0};
        mark.record = call->operands[i];
        if (marsad_truce_mark(archive, &mark, time_now(), &err) == MARSAD_OK) {
            printf("%s %s\n", mark.mark, mark.record);
        } else {
            message("%s", err.message);
            status = STATUS_PARTLY;
        }
    }
    marsad_archive_close(archive);
    return status;
}

const command command_truce_mark = {
    .name = "truce mark",
    .run = run_mark,
    .options = mark_options,
    .operands = "RECORD...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "say what you hold an allegation against a truce for",
    .description = "Marks a candidate of the truce ledger, by its record: a breach, not in scope, self-defence, or not enough to tell. The rule goes "
                   "on counting what is alleged; what people confirmed stands beside it.\n"
                   "\n"
                   "Where the rule says otherwise, and where another person's mark is changed, a reason must be given.",
};

/* --- setting ----------------------------------------------------------------------------------------------------------------------- */

static const option setting_options[] = {OPTION_ARCHIVE, OPTION_PERSON, OPTION_OUTPUT, OPTION_OUTPUT_FILE, OPTION_HELP, {0}};

static exit_status set(const invocation *call)
{
    marsad_archive *archive;
    marsad_error err = {0};
    const char *person = review_person(call);
    if (person == NULL)
        return usage_error(call, "no person named: --person or $MARSAD_PERSON says who decides");
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_CREATE);
    if (status != STATUS_OK)
        return status;
    const marsad_status was_set = marsad_setting_set(archive, call->operands[0], call->operands[1], person, time_now(), &err);
    marsad_archive_close(archive);
    if (was_set == MARSAD_OK)
        return STATUS_OK;
    message("%s", err.message);
    return was_set == MARSAD_ERR_ARGUMENT ? STATUS_USAGE : STATUS_DATA;
}

static exit_status run_setting(const invocation *call)
{
    return call->operand_count == 2 ? set(call) : list_run(call, "settings");
}

const command command_setting = {
    .name = "setting",
    .run = run_setting,
    .options = setting_options,
    .operands = "[NAME [VALUE]]",
    .operand_most = 2,
    .summary = "list settings of the archive, or set one",
    .description = "Lists settings with what they may be and who set them; with a value, sets one from now on: 'organisation' that issues bulletins, "
                   "'zone' of times that people give, the safety 'profile' and the 'languages' of bulletins.",
};
