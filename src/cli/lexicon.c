/* marsad lexicon check | dump | find */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

static bool print_line(void *context, const char *line)
{
    (void)context;
    puts(line);
    return ferror(stdout) == 0;
}

static const option options[] = {OPTION_LEXICON, OPTION_HELP, {0}};

static exit_status run_dump(const invocation *call)
{
    marsad_lexicon *lexicon;
    if (!lexicon_open_for(&lexicon, call))
        return STATUS_DATA;
    marsad_lexicon_dump(lexicon, print_line, NULL);
    marsad_lexicon_close(lexicon);
    return STATUS_OK;
}

static exit_status run_find(const invocation *call)
{
    marsad_lexicon *lexicon;
    if (!lexicon_open_for(&lexicon, call))
        return STATUS_DATA;
    exit_status status = STATUS_OK;
    for (size_t i = 0; i < call->operand_count; i++) {
        const char *word = call->operands[i];
        if (marsad_lexicon_find(lexicon, (marsad_view){word, strlen(word)}, print_line, NULL) == 0) {
            message("the lexicon does not know '%s'", word);
            status = STATUS_PARTLY;
        }
    }
    marsad_lexicon_close(lexicon);
    return status;
}

static const option check_options[] = {OPTION_HELP, {0}};

/* The checker is the lexicon's compiler, which is a program of its own: it reads tables, this one only their compiled form. */
static exit_status run_check(const invocation *call)
{
    char *checker = path_beside("lexc");
    if (checker == NULL) {
        message("cannot check: the lexicon's compiler 'lexc' is not beside this program");
        return STATUS_DATA;
    }
    char name[] = "lexc", check[] = "--check", usual[] = "lexicon/ar";
    char *const arguments[] = {name, check, call->operand_count > 0 ? call->operands[0] : usual, NULL};
    fflush(stdout);
    execv(checker, arguments);
    message("cannot run '%s': %s", checker, strerror(errno));
    free(checker);
    return STATUS_DATA;
}

const command command_lexicon_check = {
    .name = "lexicon check",
    .run = run_check,
    .options = check_options,
    .operands = "[FOLDER]",
    .operand_most = 1,
    .complete = COMPLETE_FOLDER,
    .summary = "check the tables of a lexicon",
    .description = "Reads the tables of FOLDER (default lexicon/ar) and tells file and line of whatever is wrong in them. Nothing is written.",
};

const command command_lexicon_dump = {
    .name = "lexicon dump",
    .run = run_dump,
    .options = options,
    .operands = "",
    .summary = "print every entry of the compiled lexicon",
    .description = "Prints one line for every entry of the compiled lexicon, in a fixed order, so that two lexicons can be compared with diff.",
};

const command command_lexicon_find = {
    .name = "lexicon find",
    .run = run_find,
    .options = options,
    .operands = "WORD...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "print what the lexicon knows of a word",
    .description = "Prints one line for each thing that the lexicon knows of WORD. The status is 1 if a WORD is not known.",
};
