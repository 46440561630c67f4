/* marsad: the table of commands. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

static const command *const commands[] = {
    &command_read,
    &command_explain,
    &command_lexicon_check,
    &command_lexicon_dump,
    &command_lexicon_find,
    &command_gazetteer_compile,
    &command_gazetteer_find,
    &command_ingest,
    &command_feed_add,
    &command_feed_list,
    &command_feed_remove,
    &command_feed_poll,
    &command_enqueue,
    &command_work,
    &command_queue_status,
    &command_outbox,
    &command_dead_letters,
    &command_dead_letters_back,
    &command_problems,
    &command_incidents,
    &command_articles,
    &command_records,
    &command_log,
    &command_why,
    &command_tallies,
    &command_control,
    &command_truce,
    &command_truce_candidates,
    &command_truce_draft,
    &command_truce_mark,
    &command_export,
    &command_bulletin,
    &command_bulletin_prepare,
    &command_bulletin_sign,
    &command_bulletin_list,
    &command_bulletin_show,
    &command_queue,
    &command_take,
    &command_leave,
    &command_accept,
    &command_edit,
    &command_reject,
    &command_merge,
    &command_split,
    &command_verify_record,
    &command_reopen,
    &command_history,
    &command_verify,
    &command_rebuild,
    &command_backup,
    &command_archive_init,
    &command_archive_copy,
    &command_archive_fingerprint,
    &command_root,
    &command_stamp,
    &command_release,
    &command_verify_release,
    &command_diff,
    &command_serve,
    &command_setting,
    &command_account_add,
    &command_account_list,
    &command_account_change,
    &command_account_close,
    &command_token_add,
    &command_token_list,
    &command_token_remove,
    &command_version,
    &command_help,
    NULL,
};

const command *const *command_table(void)
{
    return commands;
}

const command *command_find(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* "gazetteer" is the first word of "gazetteer compile". */
static bool is_first_word(const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; commands[i] != NULL; i++)
        if (strncmp(commands[i]->name, word, len) == 0 && commands[i]->name[len] == ' ')
            return true;
    return false;
}

static exit_status usage(const char *what, const char *word)
{
    message("%s '%s'; 'marsad help' lists the commands", what, word);
    return STATUS_USAGE;
}

/* Runs `found` with the words behind its name; the archive that was named before it stands behind them. */
static exit_status run_found(const command *found, int argc, char **argv, int name_end, bool names_archive)
{
    if (!names_archive)
        return command_run(found, argc - name_end + 1, argv + name_end - 1);
    char **words = calloc((size_t)argc + 1, sizeof *words);
    if (words == NULL) {
        message("out of memory");
        return STATUS_PARTLY;
    }
    int count = 0;
    words[count++] = argv[name_end - 1];
    words[count++] = argv[1];
    words[count++] = argv[2];
    for (int i = name_end; i < argc; i++)
        words[count++] = argv[i];
    exit_status status = command_run(found, count, words);
    free(words);
    return status;
}

static exit_status run_command(int argc, char **argv, int first, bool names_archive)
{
    char name[64] = "";
    if (argc > first + 1)
        snprintf(name, sizeof name, "%.24s %.24s", argv[first], argv[first + 1]);
    const command *found = command_find(name); /* "truce candidates" before "truce" */
    if (found != NULL)
        return run_found(found, argc, argv, first + 2, names_archive);
    found = command_find(argv[first]);
    if (found != NULL)
        return run_found(found, argc, argv, first + 1, names_archive);
    if (!is_first_word(argv[first]))
        return usage("unknown command", argv[first]);
    return usage("unknown command", argc > first + 1 && argv[first + 1][0] != '-' ? name : argv[first]);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is a write error, told like any other */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow */

    if (argc < 2) {
        message("no command named; 'marsad help' lists them");
        return (int)STATUS_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return (int)command_run(&command_help, 1, argv);
    if (strcmp(argv[1], "--version") == 0)
        return (int)command_run(&command_version, 1, argv);
    /* `marsad --archive FILE command ...` is `marsad command --archive FILE ...` */
    const bool names_archive = strcmp(argv[1], "--archive") == 0;
    if (argv[1][0] == '-' && !names_archive)
        return (int)usage("unknown option", argv[1]);
    const int first = names_archive ? 3 : 1;
    if (argc <= first) {
        message("no command named; 'marsad help' lists them");
        return (int)STATUS_USAGE;
    }
    return (int)run_command(argc, argv, first, names_archive);
}
