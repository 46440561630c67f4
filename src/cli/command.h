/*
 * The command `marsad`: a table of commands, each with a table of its options. From these tables come the reading of arguments, --help,
 * the manual page and the shells' completions. A new command is one file and one row of main.c.
 *
 * The command uses the library through its public headers alone; base/buffer.h is shared with it.
 */
#ifndef MARSAD_COMMAND_H
#define MARSAD_COMMAND_H

#include "base/buffer.h"
#include "marsad.h"

typedef enum {
    STATUS_OK = 0,
    STATUS_PARTLY = 1, /* something could not be read or written; what could be was */
    STATUS_USAGE = 2,
    STATUS_DATA = 3 /* the lexicon or a gazetteer cannot be used */
} exit_status;

/* How the shell completes an argument. */
typedef enum { COMPLETE_NONE, COMPLETE_FILE, COMPLETE_FOLDER, COMPLETE_WORDS } completion;

typedef struct {
    char letter;          /* 0: there is only the long form */
    const char *name;     /* NULL ends a table */
    const char *argument; /* its name in the help; NULL for a switch; "a|b|c" where it is one of these */
    const char *help;
    completion complete;
} option;

/* One option as it was given: `option` points into the command's table. */
typedef struct {
    const option *option;
    const char *value;
} given;

typedef struct command command;

typedef struct {
    const command *command;
    const given *options; /* in the order given */
    size_t option_count;
    char **operands;
    size_t operand_count;
} invocation;

struct command {
    const char *name; /* one word, or two: "gazetteer compile" */
    exit_status (*run)(const invocation *call);
    const option *options;
    const char *operands; /* for the synopsis, "" for none */
    size_t operand_least, operand_most;
    completion complete;     /* of operands */
    const char *summary;     /* one line, lower case */
    const char *description; /* paragraphs parted by an empty line; a line that begins with a blank is kept as it is */
};

extern const command command_read, command_explain, command_lexicon_check, command_lexicon_dump, command_lexicon_find, command_gazetteer_compile,
    command_gazetteer_find, command_version, command_help;

/* Ends with a NULL. */
const command *const *command_table(void);
/* NULL if there is none. */
const command *command_find(const char *name);

/* --- options.c -------------------------------------------------------------------------------------------------------- */

/* Reads argv[1..] as the table of `command` says and runs it; a usage error is told on stderr. */
exit_status command_run(const command *command, int argc, char **argv);
/* The value of the last option `name` given, or `fallback`. */
const char *option_value(const invocation *call, const char *name, const char *fallback);
bool option_is_given(const invocation *call, const char *name);
/* Tells a usage error with a pointer to the help; returns STATUS_USAGE. */
exit_status usage_error(const invocation *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- help.c ----------------------------------------------------------------------------------------------------------- */

void help_print(const command *command);
void help_print_all(void);

/* --- message.c -------------------------------------------------------------------------------------------------------- */

/* One line on stderr, "marsad: ...". Control characters of what is quoted are shown as '?'. */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* --- output.c ------------------------------------------------------------------------------------------------------ */

/* All bytes to a file; false with errno when it is refused. */
bool write_all(int file, const char *bytes, size_t size);

/* --- paths.c ---------------------------------------------------------------------------------------------------------- */

/*
 * Where a file of data lies: in the folder $MARSAD_DATA, beside the executable, or in ../share/marsad seen from it. NULL if nowhere; free() it.
 */
char *path_of_data(const char *file);
/* A program of this name beside the executable; NULL if there is none; free() it. */
char *path_beside(const char *program);

/* --- data.c: lexicon and gazetteers as the options say ------------------------------------------------------------------ */

enum { GAZETTEERS_MAX = 8 };

typedef struct {
    marsad_lexicon *lexicon;
    marsad_gazetteer *gazetteers[GAZETTEERS_MAX];
    size_t gazetteer_count;
} data_set;

/* Opens what --lexicon and --gazetteer name, or what path_of_data() finds. Tells what cannot be used and returns false. */
bool lexicon_open_for(marsad_lexicon **out, const invocation *call);
bool gazetteers_open_for(data_set *out, const invocation *call);
bool data_open(data_set *out, const invocation *call);
void data_close(data_set *data);

#define OPTION_LEXICON                                                                                                                               \
    {                                                                                                                                                \
        0, "lexicon", "FILE", "compiled lexicon to use instead of the one that is found", COMPLETE_FILE                                              \
    }
#define OPTION_GAZETTEER                                                                                                                             \
    {                                                                                                                                                \
        0, "gazetteer", "FILE", "compiled gazetteer to use instead of the one that is found; may be repeated: later ones add to earlier ones",       \
            COMPLETE_FILE                                                                                                                            \
    }
#define OPTION_HELP                                                                                                                                  \
    {                                                                                                                                                \
        'h', "help", NULL, "show this help and end", COMPLETE_NONE                                                                                   \
    }

/* --- input.c ---------------------------------------------------------------------------------------------------------- */

/* What the file `name` is: as --input says, else by the ending of its name, else text. */
marsad_input input_of(const invocation *call, const char *name);

/* --- articles.c: reading articles side by side -------------------------------------------------------------------------- */

/* Writes what is to be shown of one article. */
typedef marsad_status render_article(marsad_reader *reader, const marsad_article *article, buffer *out, marsad_error *err);

/*
 * Reads all operands (stdin if none) as the options --input --published --source --jobs -o of `call` say, and writes what `render` makes of each article,
 * in the order of the input. Tells what could not be read and goes on.
 */
exit_status articles_read(const invocation *call, render_article *render);

#define OPTIONS_OF_ARTICLES                                                                                                                          \
    {'i', "input", "text|jsonl|html|rss|warc",                                                                                                       \
     "what the files are: each one article in plain text or on a page in HTML, a line of JSON an article, a feed (RSS, Atom), or a web archive "     \
     "(guessed from the name: .jsonl, .html, .htm, .rss, .atom, .xml, .warc, .warc.gz; else text)",                                                  \
     COMPLETE_WORDS},                                                                                                                                \
        {'p', "published", "DATE", "day of publication, YYYY-MM-DD, of articles that give none", COMPLETE_NONE},                                     \
        {'s', "source", "NAME", "source of articles that give none", COMPLETE_NONE},                                                                 \
        {'j', "jobs", "N", "read with N threads (default 1)", COMPLETE_NONE},                                                                        \
    {                                                                                                                                                \
        'o', "output-file", "FILE", "write to FILE instead of standard output", COMPLETE_FILE                                                        \
    }

/* --- table.c: text for people ------------------------------------------------------------------------------------------- */

/* Columns of the terminal: $COLUMNS, or 120. */
size_t terminal_columns(void);
/* Adds text with controls and bidi marks taken out and each run of right-to-left words isolated. */
void show_text(buffer *out, marsad_view text);
/* Cells beside each other, wrapped to their widths and aligned by display width. A cell's lines are parted by '\n'. */
void show_row(buffer *out, const char *const *cells, const size_t *widths, size_t count);
/* The widest line of a cell, in columns of the terminal. */
size_t shown_width(const char *cell);
/* The table of one article's records. */
void show_reading(buffer *out, const marsad_reading *reading, size_t columns);

#endif
