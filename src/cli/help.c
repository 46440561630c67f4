/* marsad help: the tables of commands and options as help, as a manual page, and as completions for two shells. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

enum { TEXT_COLUMNS = 96 };

/* --- for a terminal ---------------------------------------------------------------------------------------------------- */

/* Prints `text` wrapped at blanks, every line but the first behind `indent` blanks; `at` columns are already used. */
static void print_wrapped(const char *text, size_t len, size_t indent, size_t at)
{
    while (len > 0) {
        const char *blank = memchr(text, ' ', len);
        size_t word = blank != NULL ? (size_t)(blank - text) : len;
        if (at > indent && at + 1 + word > TEXT_COLUMNS) {
            printf("\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)word, text);
        at += word;
        word += word < len;
        text += word;
        len -= word;
    }
    putchar('\n');
}

static void print_paragraphs(const char *text)
{
    while (*text != 0) {
        size_t len = strcspn(text, "\n");
        print_wrapped(text, len, 0, 0);
        text += len + (text[len] != 0);
    }
}

/* "  -i, --input=text|jsonl" */
static size_t option_title(char *out, size_t room, const option *o)
{
    char letter[8] = "    ";
    if (o->letter != 0)
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    return (size_t)snprintf(out, room, "  %s--%s%s%s", letter, o->name, o->argument != NULL ? "=" : "", o->argument != NULL ? o->argument : "");
}

static void print_options(const option *options)
{
    enum { TEXT_AT = 30 };
    for (; options->name != NULL; options++) {
        char title[128];
        size_t at = option_title(title, sizeof title, options);
        fputs(title, stdout);
        if (at + 2 > TEXT_AT) {
            printf("\n%*s", TEXT_AT, "");
            at = TEXT_AT;
        } else {
            at += (size_t)printf("%*s", (int)(TEXT_AT - at), "");
        }
        print_wrapped(options->help, strlen(options->help), TEXT_AT, at);
    }
}

void help_print(const command *command)
{
    printf("usage: marsad %s [OPTION]...%s%s\n\n", command->name, command->operands[0] != 0 ? " " : "", command->operands);
    print_paragraphs(command->description);
    printf("\noptions:\n");
    print_options(command->options);
}

static const char *const statuses[] = {
    [STATUS_OK] = "everything was read and written",
    [STATUS_PARTLY] = "something could not be read, found or written; the rest was",
    [STATUS_USAGE] = "the command was not understood; nothing was read",
    [STATUS_DATA] = "the lexicon or a gazetteer cannot be used",
};

static const struct {
    const char *name, *text;
} variables[] = {
    {"MARSAD_DATA", "the folder of lexicon.bin and gazetteer.bin; else they are sought beside the program and in ../share/marsad"},
    {"COLUMNS", "the width of tables in columns (120 if not set)"},
};

static const char about[] = "reads news of an armed conflict, in Arabic, into attributed records";

void help_print_all(void)
{
    printf("usage: marsad COMMAND [OPTION]... [OPERAND]...\n\nMarsad %s.\n\ncommands:\n", about);
    for (const command *const *c = command_table(); *c != NULL; c++)
        printf("  %-20s %s\n", (*c)->name, (*c)->summary);
    printf("\n'marsad help COMMAND' tells more of one.\n\nexit status:\n");
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        printf("  %zu  %s\n", i, statuses[i]);
    printf("\nenvironment:\n");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        size_t at = (size_t)printf("  %-12s", variables[i].name);
        print_wrapped(variables[i].text, strlen(variables[i].text), 14, at);
    }
}

/* --- the manual page ---------------------------------------------------------------------------------------------------- */

/* Text in roff: hyphens are hyphens, backslashes and leading dots are themselves. */
static void roff(const char *text)
{
    bool line_begins = true;
    for (; *text != 0; text++) {
        if (line_begins && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        line_begins = *text == '\n';
        if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '\n' && text[1] == '\n') {
            fputs("\n.PP", stdout);
        } else
            putchar(*text);
    }
    putchar('\n');
}

static void roff_option(const option *o)
{
    printf(".TP\n.B ");
    if (o->letter != 0)
        printf("\\-%c\\fR, \\fB", o->letter);
    printf("\\-\\-");
    for (const char *c = o->name; *c != 0; c++)
        fputs(*c == '-' ? "\\-" : (char[]){*c, 0}, stdout);
    if (o->argument != NULL)
        printf("\\fR=\\fI%s\\fR", o->argument);
    putchar('\n');
    roff(o->help);
}

static void print_manual(void)
{
    printf(".\\\" Made by 'marsad help --man' from the tables of src/cli. Do not edit.\n"
           ".TH MARSAD 1 \"\" \"marsad " MARSAD_VERSION "\" \"Marsad\"\n.ad l\n.SH NAME\nmarsad \\- %s\n.SH SYNOPSIS\n",
           about);
    for (const command *const *c = command_table(); *c != NULL; c++)
        printf("%s.B marsad %s\n[\\fIOPTION\\fR]...%s%s\n", c == command_table() ? "" : ".br\n", (*c)->name, (*c)->operands[0] != 0 ? " " : "",
               (*c)->operands);
    printf(".SH DESCRIPTION\nMarsad %s: who did what to whom, where and when, with which figures, and on whose word.\n.SH COMMANDS\n", about);
    for (const command *const *c = command_table(); *c != NULL; c++) {
        printf(".SS marsad %s\n", (*c)->name);
        roff((*c)->description);
        for (const option *o = (*c)->options; o->name != NULL; o++)
            roff_option(o);
    }
    printf(".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        printf(".TP\n.B %zu\n%s\n", i, statuses[i]);
    printf(".SH ENVIRONMENT\n");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        printf(".TP\n.B %s\n", variables[i].name);
        roff(variables[i].text);
    }
}

/* --- completions -------------------------------------------------------------------------------------------------------- */

/* The first words of all commands, each once, and the second words of one. */
static void print_words(const char *first)
{
    const size_t first_len = first != NULL ? strlen(first) : 0;
    const char *last = "", *blank = "";
    for (const command *const *c = command_table(); *c != NULL; c++) {
        const char *name = (*c)->name;
        if (first != NULL && (strncmp(name, first, first_len) != 0 || name[first_len] != ' '))
            continue;
        name += first != NULL ? first_len + 1 : 0;
        size_t len = strcspn(name, " ");
        if (strncmp(last, name, len) == 0 && last[0] != 0)
            continue;
        printf("%s%.*s", blank, (int)len, name);
        last = name;
        blank = " ";
    }
}

/* Each "first word" that has second words: fn(first, its length). */
static bool begins_family(const command *const *c)
{
    const size_t len = strcspn((*c)->name, " ");
    return (*c)->name[len] == ' ' && (c == command_table() || strncmp(c[-1]->name, (*c)->name, len + 1) != 0);
}

static const char *bash_completion(completion complete)
{
    return complete == COMPLETE_FILE ? "-f" : complete == COMPLETE_FOLDER ? "-d" : "-W ''";
}

static void bash_option_cases(const command *command)
{
    for (const option *o = command->options; o->name != NULL; o++) {
        if (o->argument == NULL)
            continue;
        printf("        '%s --%s'", command->name, o->name);
        if (o->letter != 0)
            printf(" | '%s -%c'", command->name, o->letter);
        printf(") COMPREPLY=($(compgen ");
        if (o->complete == COMPLETE_WORDS) {
            printf("-W '");
            for (const char *a = o->argument; *a != 0; a++)
                putchar(*a == '|' ? ' ' : *a);
            putchar('\'');
        } else {
            fputs(bash_completion(o->complete), stdout);
        }
        printf(" -- \"$word\")); return ;;\n");
    }
}

static void print_bash(void)
{
    printf("# Made by 'marsad help --bash' from the tables of src/cli. Do not edit.\n"
           "_marsad()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} name=${COMP_WORDS[1]}\n"
           "    [[ $before == '=' ]] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
           "    [[ $word == '=' ]] && { word=; before=${COMP_WORDS[COMP_CWORD-1]}; }\n"
           "    if ((COMP_CWORD == 1)); then\n        COMPREPLY=($(compgen -W '");
    print_words(NULL);
    printf(" --help --version' -- \"$word\"))\n        return\n    fi\n    case $name in\n");
    for (const command *const *c = command_table(); *c != NULL; c++) {
        if (!begins_family(c))
            continue;
        char first[32];
        snprintf(first, sizeof first, "%.*s", (int)strcspn((*c)->name, " "), (*c)->name);
        printf("        %s)\n            if ((COMP_CWORD == 2)); then\n                COMPREPLY=($(compgen -W '", first);
        print_words(first);
        printf("' -- \"$word\"))\n                return\n            fi\n            name+=\" ${COMP_WORDS[2]}\" ;;\n");
    }
    printf("    esac\n    case \"$name $before\" in\n");
    for (const command *const *c = command_table(); *c != NULL; c++)
        bash_option_cases(*c);
    printf("    esac\n    case $name in\n");
    for (const command *const *c = command_table(); *c != NULL; c++) {
        printf("        '%s')\n            if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '", (*c)->name);
        for (const option *o = (*c)->options; o->name != NULL; o++)
            printf("%s--%s", o == (*c)->options ? "" : " ", o->name);
        printf("' -- \"$word\")); return; fi\n            COMPREPLY=($(compgen ");
        if ((*c)->complete == COMPLETE_WORDS) {
            printf("-W '");
            print_words(NULL);
            putchar('\'');
        } else {
            fputs(bash_completion((*c)->complete), stdout);
        }
        printf(" -- \"$word\")) ;;\n");
    }
    printf("    esac\n}\ncomplete -o filenames -F _marsad marsad\n");
}

/* Within '...[...]' of zsh's _arguments. */
static void zsh_text(const char *text)
{
    for (; *text != 0; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr("[]:\\", *text) != NULL)
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void zsh_argument(const option *o)
{
    if (o->argument == NULL)
        return;
    printf(":%s:", o->complete == COMPLETE_WORDS ? "one of" : o->argument);
    if (o->complete == COMPLETE_FILE || o->complete == COMPLETE_FOLDER) {
        fputs(o->complete == COMPLETE_FILE ? "_files" : "_files -/", stdout);
    } else if (o->complete == COMPLETE_WORDS) {
        putchar('(');
        for (const char *a = o->argument; *a != 0; a++)
            putchar(*a == '|' ? ' ' : *a);
        putchar(')');
    }
}

static void print_zsh(void)
{
    printf("#compdef marsad\n# Made by 'marsad help --zsh' from the tables of src/cli. Do not edit.\n"
           "_marsad()\n{\n    local name=${words[2]}\n    if ((CURRENT == 2)); then\n        compadd -- ");
    print_words(NULL);
    printf(" --help --version\n        return\n    fi\n    shift words\n    ((CURRENT--))\n    case $name in\n");
    for (const command *const *c = command_table(); *c != NULL; c++) {
        if (!begins_family(c))
            continue;
        char first[32];
        snprintf(first, sizeof first, "%.*s", (int)strcspn((*c)->name, " "), (*c)->name);
        printf("        %s)\n            if ((CURRENT == 2)); then\n                compadd -- ", first);
        print_words(first);
        printf(
            "\n                return\n            fi\n            name+=\" ${words[2]}\"\n            shift words\n            ((CURRENT--)) ;;\n");
    }
    printf("    esac\n    case $name in\n");
    for (const command *const *c = command_table(); *c != NULL; c++) {
        printf("        '%s')\n            _arguments -s", (*c)->name);
        for (const option *o = (*c)->options; o->name != NULL; o++) {
            printf(" \\\n                '*");
            if (o->letter != 0)
                printf("'{-%c%s,--%s%s}'", o->letter, o->argument != NULL ? "+" : "", o->name, o->argument != NULL ? "=" : "");
            else
                printf("--%s%s", o->name, o->argument != NULL ? "=" : "");
            putchar('[');
            zsh_text(o->help);
            putchar(']');
            zsh_argument(o);
            putchar('\'');
        }
        if ((*c)->complete == COMPLETE_FILE || (*c)->complete == COMPLETE_FOLDER)
            printf(" \\\n                '*:file:%s'", (*c)->complete == COMPLETE_FILE ? "_files" : "_files -/");
        printf(" ;;\n");
    }
    printf("    esac\n}\n_marsad \"$@\"\n");
}

/* --- the command ------------------------------------------------------------------------------------------------------- */

static const option options[] = {
    {0, "man", NULL, "print the manual page (roff)", COMPLETE_NONE},
    {0, "bash", NULL, "print the completion for bash", COMPLETE_NONE},
    {0, "zsh", NULL, "print the completion for zsh", COMPLETE_NONE},
    OPTION_HELP,
    {0},
};

static exit_status run(const invocation *call)
{
    if (option_is_given(call, "man"))
        print_manual();
    else if (option_is_given(call, "bash"))
        print_bash();
    else if (option_is_given(call, "zsh"))
        print_zsh();
    else if (call->operand_count == 0)
        help_print_all();
    else {
        char name[64];
        snprintf(name, sizeof name, "%.24s%s%.24s", call->operands[0], call->operand_count > 1 ? " " : "",
                 call->operand_count > 1 ? call->operands[1] : "");
        const command *asked = command_find(name);
        if (asked == NULL && call->operand_count == 1) { /* "gazetteer": all that begin with it */
            const size_t len = strlen(name);
            bool any = false;
            for (const command *const *c = command_table(); *c != NULL; c++)
                if (strncmp((*c)->name, name, len) == 0 && (*c)->name[len] == ' ') {
                    printf("  marsad %-20s %s\n", (*c)->name, (*c)->summary);
                    any = true;
                }
            if (any)
                return STATUS_OK;
        }
        if (asked == NULL)
            return usage_error(call, "no command '%s'", name);
        help_print(asked);
    }
    return STATUS_OK;
}

const command command_help = {
    .name = "help",
    .run = run,
    .options = options,
    .operands = "[COMMAND]",
    .operand_most = 2,
    .complete = COMPLETE_WORDS,
    .summary = "tell how a command is used",
    .description = "Tells how COMMAND is used, or lists the commands. The manual page and the shells' completions come from the same tables.",
};
