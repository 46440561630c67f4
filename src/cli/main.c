/* marsad: the table of commands. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static const command *const commands[] = {
    &command_read,           &command_explain,
    &command_lexicon_check,  &command_lexicon_dump,
    &command_lexicon_find,   &command_gazetteer_compile,
    &command_gazetteer_find, &command_version,
    &command_help,           NULL,
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

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is a write error, told like any other */

    if (argc < 2) {
        message("no command named; 'marsad help' lists them");
        return (int)STATUS_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return (int)command_run(&command_help, 1, argv);
    if (strcmp(argv[1], "--version") == 0)
        return (int)command_run(&command_version, 1, argv);
    if (argv[1][0] == '-')
        return (int)usage("unknown option", argv[1]);

    const command *found = command_find(argv[1]);
    if (found != NULL)
        return (int)command_run(found, argc - 1, argv + 1);
    if (!is_first_word(argv[1]))
        return (int)usage("unknown command", argv[1]);

    char name[64] = "";
    if (argc > 2)
        snprintf(name, sizeof name, "%.24s %.24s", argv[1], argv[2]);
    found = command_find(name);
    if (found != NULL)
        return (int)command_run(found, argc - 2, argv + 2);
    return (int)usage("unknown command", argc > 2 && argv[2][0] != '-' ? name : argv[1]);
}
