/* Reading arguments by a command's table of options, the GNU way. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

enum { OPTIONS_MAX = 32, FIRST_LONG = 256 };

/* getopt's two tables, made from ours. An option without a letter has the number FIRST_LONG + its row. */
typedef struct {
    struct option longs[OPTIONS_MAX + 1];
    char shorts[2 * OPTIONS_MAX + 2];
} getopt_tables;

static void tables_of(getopt_tables *out, const command *command)
{
    *out = (getopt_tables){.shorts = ":"}; /* ':' tells a missing argument apart from an unknown option */
    size_t at = 1;
    for (size_t i = 0; i < OPTIONS_MAX && command->options[i].name != NULL; i++) {
        const option *o = &command->options[i];
        out->longs[i] = (struct option){o->name, o->argument != NULL ? required_argument : no_argument, NULL, FIRST_LONG + (int)i};
        if (o->letter != 0) {
            out->shorts[at++] = o->letter;
            if (o->argument != NULL)
                out->shorts[at++] = ':';
        }
    }
}

static const option *option_of(const command *command, int number)
{
    if (number >= FIRST_LONG)
        return &command->options[number - FIRST_LONG];
    for (const option *o = command->options; o->name != NULL; o++)
        if (o->letter == (char)number)
            return o;
    return NULL;
}

exit_status usage_error(const invocation *call, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    message("%s; see 'marsad help %s'", text, call->command->name);
    return STATUS_USAGE;
}

static exit_status refused(const invocation *call, int number, char **argv)
{
    const char *what = number == ':' ? "no argument to option" : "unknown option";
    if (optopt > 0 && optopt < FIRST_LONG)
        return usage_error(call, "%s '-%c'", what, optopt);
    return usage_error(call, "%s '%s'", optopt == 0 || number == ':' ? what : "no argument is taken by option", argv[optind - 1]);
}

/* "text|jsonl" allows these two words. */
static bool is_one_of(const char *words, const char *value)
{
    size_t len = strlen(value);
    for (const char *at = words; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (len > 0 && strncmp(at, value, len) == 0 && (at[len] == '|' || at[len] == 0))
            return true;
    }
    return false;
}

/* Fills `list` (room for argc) and reorders argv; the operands begin at optind. STATUS_OK, or told. */
static exit_status read_options(invocation *call, given *list, int argc, char **argv)
{
    getopt_tables tables;
    tables_of(&tables, call->command);
    opterr = 0; /* our own words */
    optind = 1;
    for (;;) {
        int number = getopt_long(argc, argv, tables.shorts, tables.longs, NULL);
        if (number == -1)
            return STATUS_OK;
        if (number == '?' || number == ':')
            return refused(call, number, argv);
        const option *o = option_of(call->command, number);
        if (o->complete == COMPLETE_WORDS && !is_one_of(o->argument, optarg))
            return usage_error(call, "option '--%s' takes one of %s, not '%s'", o->name, o->argument, optarg);
        list[call->option_count++] = (given){o, optarg};
    }
}

exit_status command_run(const command *command, int argc, char **argv)
{
    size_t letters = 0; /* "-abc" is three options: never more than letters */
    for (int i = 1; i < argc; i++)
        letters += strlen(argv[i]);
    given *list = calloc(letters + 1, sizeof *list);
    invocation call = {.command = command, .options = list};
    if (list == NULL) {
        message("out of memory");
        return STATUS_PARTLY;
    }

    exit_status status = read_options(&call, list, argc, argv);
    if (status != STATUS_OK)
        goto done;
    call.operands = argv + optind;
    call.operand_count = (size_t)(argc - optind);
    if (option_is_given(&call, "help"))
        help_print(command);
    else if (call.operand_count < command->operand_least)
        status = usage_error(&call, "nothing named: %s", command->operands);
    else if (call.operand_count > command->operand_most)
        status = usage_error(&call, "one too many: '%s'", call.operands[command->operand_most]);
    else
        status = command->run(&call);
    /* What was printed is lost if it cannot be written: a failure like any other. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == STATUS_OK) {
        message("cannot write output");
        status = STATUS_PARTLY;
    }
done:
    free(list);
    return status;
}

const char *option_value(const invocation *call, const char *name, const char *fallback)
{
    for (size_t i = call->option_count; i > 0; i--)
        if (strcmp(call->options[i - 1].option->name, name) == 0)
            return call->options[i - 1].value;
    return fallback;
}

bool option_is_given(const invocation *call, const char *name)
{
    for (size_t i = 0; i < call->option_count; i++)
        if (strcmp(call->options[i].option->name, name) == 0)
            return true;
    return false;
}

bool address_option(const invocation *call, const char *name, const char *fallback, char address[ADDRESS_BYTES], uint16_t *port)
{
    const char *text = option_value(call, name, fallback), *colon = strrchr(text, ':');
    char *end = NULL;
    const unsigned long number = colon == NULL ? 0 : strtoul(colon + 1, &end, 10);
    size_t len = colon == NULL ? 0 : (size_t)(colon - text);
    if (len > 2 && text[0] == '[' && text[len - 1] == ']') {
        text++;
        len -= 2;
    }
    if (colon == NULL || end == colon + 1 || *end != 0 || number > UINT16_MAX || len == 0 || len >= ADDRESS_BYTES) {
        usage_error(call, "'--%s %s' is no ADDRESS:PORT", name, option_value(call, name, fallback));
        return false;
    }
    snprintf(address, ADDRESS_BYTES, "%.*s", (int)len, text);
    *port = (uint16_t)number;
    return true;
}

bool number_option(const invocation *call, const char *name, unsigned long fallback, unsigned long least, unsigned long most, unsigned long *out)
{
    const char *text = option_value(call, name, NULL);
    char *end;
    *out = fallback;
    if (text == NULL)
        return true;
    errno = 0;
    *out = strtoul(text, &end, 10);
    if (errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == 0 && *out >= least && *out <= most)
        return true;
    usage_error(call, "'--%s %s' is no number from %lu to %lu", name, text, least, most);
    return false;
}
