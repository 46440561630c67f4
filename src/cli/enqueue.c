/* marsad enqueue: news into the outbox, for workers to read. */
#include <stdio.h>

#include "cli/filling.h"
#include "cli/patience.h"
#include "cli/queue_options.h"
#include "marsad_outbox.h"

/* What carried the ids is lost, with all that was on it. */
static exit_status resend(marsad_archive *archive)
{
    size_t count = 0;
    marsad_error err = {0};
    marsad_status status;
    patience left = {0};
    do
        status = marsad_outbox_resend(archive, time_now(), &count, &err);
    while (status != MARSAD_OK && patience_lasts(&left, archive));
    if (status == MARSAD_OK)
        printf("%zu parcels are to be sent\n", count);
    return status_told(status, &err);
}

static exit_status run(const invocation *call)
{
    path_list files = {0};
    marsad_archive *archive = NULL;
    queue_settings settings;
    exit_status status = STATUS_OK;
    if (!queue_settings_from(&settings, call))
        return STATUS_USAGE;
    if (call->operand_count == 0 && !option_is_given(call, "resend") && settings.servers == NULL)
        return usage_error(call, "nothing named: %s", call->command->operands);
    if (!queue_begin(&settings))
        return STATUS_PARTLY;
    if (!paths_of_operands(&files, call))
        status = STATUS_PARTLY;
    if (status == STATUS_OK)
        status = archive_open_for(&archive, call, MARSAD_ARCHIVE_CREATE | ARCHIVE_AS_IT_IS);
    if (status == STATUS_OK && option_is_given(call, "resend"))
        status = resend(archive);
    if (status == STATUS_OK && call->operand_count > 0)
        status = outbox_fill(call, archive, &files);
    if (archive != NULL && (status == STATUS_OK || status == STATUS_PARTLY) && settings.servers != NULL) { /* what could be read is sent */
        const exit_status of_sending = outbox_send(&settings, archive);
        status = of_sending > status ? of_sending : status;
    }
    marsad_archive_close(archive);
    paths_free(&files);
    queue_end(&settings);
    return status;
}

static const option options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_QUEUE,
    {'i', "input", "text|jsonl|html|rss|warc", "what the files are: as for 'marsad read' (guessed from the name)", COMPLETE_WORDS},
    {'p', "published", "DATE", "day of publication, YYYY-MM-DD, of articles that give none", COMPLETE_NONE},
    {'s', "source", "NAME", "source of articles that give none", COMPLETE_NONE},
    {0, "language", "ar", "only items that are Arabic, by a cheap look at their letters", COMPLETE_WORDS},
    {0, "domains", "FILE", "only items of these hosts and of their subdomains: one a line; # begins a comment", COMPLETE_FILE},
    {0, "no-resume", NULL, "begin files anew that an earlier run was ended in, or had done", COMPLETE_NONE},
    {0, "resend", NULL, "take nothing for sent: what carried it is lost", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

const command command_enqueue = {
    .name = "enqueue",
    .run = run,
    .options = options,
    .operands = "[FILE...|FOLDER...|-]",
    .operand_most = SIZE_MAX,
    .complete = COMPLETE_FILE,
    .summary = "put news into the outbox, for workers to read",
    .description =
        "Puts items of files into the archive's outbox as they came, unread: texts, lines, pages, items of feeds, pages of web archives. "
        "Workers ('marsad work') read them from there. With --nats their ids are sent to the workers' queue, until it has acknowledged all of them: "
        "a queue that is "
        "away is waited for. Without files, what was not sent yet is.\n"
        "\n"
        "What is in the outbox is on the disk, once: what is there already is passed over. How far each file came is kept with what it gave. A run "
        "that is ended in the middle is taken up there by the next one over the same files, with the same options; a file that was done is passed "
        "over. On a terminal a line shows how far it is.\n"
        "\n"
        "--language and --domains are for crawls of the web: they look at bytes and addresses, before anything is parsed. An item without an "
        "address is of no host.",
};
