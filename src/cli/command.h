/*
 * The command `marsad`: a table of commands, each with a table of its options. From these tables come the reading of arguments, --help,
 * the manual page and the shells' completions. A new command is one file and one row of main.c.
 *
 * The command uses the library through its public headers alone; base/ is shared with it.
 */
#ifndef MARSAD_COMMAND_H
#define MARSAD_COMMAND_H

#include "base/buffer.h"
#include "marsad.h"
#include "marsad_archive.h"

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
    command_gazetteer_find, command_ingest, command_feed_add, command_feed_list, command_feed_remove, command_feed_poll, command_problems,
    command_incidents, command_articles, command_records, command_log, command_why, command_tallies, command_control, command_truce,
    command_truce_candidates, command_truce_draft, command_export, command_bulletin, command_queue, command_take, command_leave, command_accept,
    command_edit, command_reject, command_merge, command_split, command_verify_record, command_reopen, command_history, command_backup,
    command_verify, command_rebuild, command_root, command_stamp, command_release, command_verify_release, command_diff, command_serve,
    command_version, command_help, command_truce_mark, command_bulletin_prepare, command_bulletin_sign, command_bulletin_list, command_bulletin_show,
    command_setting, command_account_add, command_account_list, command_account_change, command_account_close, command_token_add, command_token_list,
    command_token_remove, command_archive_init, command_archive_copy, command_archive_fingerprint, command_work, command_queue_status,
    command_enqueue, command_outbox, command_dead_letters, command_dead_letters_back;

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
/* A number from `least` to `most`, or `fallback` where the option is not given. False after a usage error was told. */
bool number_option(const invocation *call, const char *name, unsigned long fallback, unsigned long least, unsigned long most, unsigned long *out);
enum { ADDRESS_BYTES = 64 };
/* "127.0.0.1:8080", "[::1]:0". False after a usage error was told. */
bool address_option(const invocation *call, const char *name, const char *fallback, char address[ADDRESS_BYTES], uint16_t *port);
/* Tells a usage error with a pointer to the help; returns STATUS_USAGE. */
exit_status usage_error(const invocation *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- help.c ----------------------------------------------------------------------------------------------------------- */

void help_print(const command *command);
void help_print_all(void);

/* --- message.c -------------------------------------------------------------------------------------------------------- */

/* One line on stderr, "marsad: ...". Control characters of what is quoted are shown as '?'. */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Tells what a call on the archive came to, if it is not MARSAD_OK; returns the status to end with. */
exit_status status_told(marsad_status status, const marsad_error *err);

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

/* --- files.c: files that operands name ------------------------------------------------------------------------------------ */

typedef struct {
    char **items;
    size_t count, room;
} path_list;

/* A copy of `path`. False after it was told that memory is out. */
bool paths_add(path_list *list, const char *path);
/* All operands of `call` in their order: files and '-' as they are, of folders the files within, by name. */
bool paths_of_operands(path_list *out, const invocation *call);
void paths_free(path_list *list); /* harmless on an empty one */

/* --- articles.c: reading articles side by side -------------------------------------------------------------------------- */

/* An article as it came in. */
typedef struct {
    const marsad_article *article;
    marsad_view bytes; /* that it came in */
    marsad_input input;
    const char *note; /* what was mended, or "" */
} arrived_article;

/* Where articles go. */
typedef struct {
    /* In any thread, in any order: makes of the article what is to be handed over. */
    marsad_status (*prepare)(void *context, marsad_reader *reader, const arrived_article *arrived, void **product, marsad_error *err);
    /* One at a time, in the order of the input; the product is the sink's now. False ends the reading (it has told why). */
    bool (*accept)(void *context, void *product);
    /* Frees a product that nobody takes any more. */
    void (*drop)(void *product);
    /* One at a time, in turn: something could not be read. It was told already. May be NULL. */
    void (*refuse)(void *context, const char *reason);
    void *context;
    bool shows_progress;
} article_sink;

/*
 * Reads all operands (stdin if none) as the options --input --published --source --jobs of `call` say, and hands what `sink` makes of each article over in the
 * order of the input. Tells what could not be read and goes on.
 */
exit_status articles_read(const invocation *call, const article_sink *sink);

/* Writes what is to be shown of one article. */
typedef marsad_status render_article(marsad_reader *reader, const marsad_article *article, buffer *out, marsad_error *err);
/* articles_read() into what -o names (standard output if nothing). */
exit_status articles_render(const invocation *call, render_article *render);

/* --- output.c: where output goes ---------------------------------------------------------------------------------------- */

typedef struct {
    int file;
    bool failed; /* told already */
} output;

/* What --output-file names; '-' and none: standard output. Tells what cannot be opened and returns false. */
bool output_open(output *out, const invocation *call);
bool output_write(output *out, const char *bytes, size_t size);
/* False if anything could not be written. */
bool output_close(output *out);

#define OPTION_OUTPUT_FILE                                                                                                                           \
    {                                                                                                                                                \
        'o', "output-file", "FILE", "write to FILE instead of standard output", COMPLETE_FILE                                                        \
    }
#define OPTIONS_OF_READING                                                                                                                           \
    {'p', "published", "DATE", "day of publication, YYYY-MM-DD, of articles that give none", COMPLETE_NONE},                                         \
        {'s', "source", "NAME", "source of articles that give none", COMPLETE_NONE},                                                                 \
    {                                                                                                                                                \
        'j', "jobs", "N", "read with N threads (default 1)", COMPLETE_NONE                                                                           \
    }
#define OPTIONS_OF_ARTICLES                                                                                                                          \
    {'i', "input", "text|jsonl|html|rss|warc",                                                                                                       \
     "what the files are: each one article in plain text or on a page in HTML, a line of JSON an article, a feed (RSS, Atom), or a web archive "     \
     "(guessed from the name: .jsonl, .html, .htm, .rss, .atom, .xml, .warc, .warc.gz; else text)",                                                  \
     COMPLETE_WORDS},                                                                                                                                \
        OPTIONS_OF_READING

/* --- archive.c: the archive that options name ----------------------------------------------------------------------------- */

#define OPTION_ARCHIVE                                                                                                                               \
    {                                                                                                                                                \
        0, "archive", "FILE",                                                                                                                        \
            "the archive, a file or postgresql://... (default: archive.marsad under $XDG_DATA_HOME/marsad, or ~/.local/share/marsad)", COMPLETE_FILE \
    }

/* Beside the flags of marsad_archive_open(), alone: to read what is there and change nothing; where there is none, an empty one that is gone when it is closed. */
enum { ARCHIVE_TO_TRY = 256 };
/* Beside them too: incidents are left as they are, for somebody else makes them. */
enum { ARCHIVE_AS_IT_IS = 512 };

/*
 * Opens the archive that --archive names. With MARSAD_ARCHIVE_CREATE it is made where there is none; without MARSAD_ARCHIVE_READ_ONLY its incidents are brought
 * up to date, unless ARCHIVE_AS_IT_IS. Tells what is wrong; STATUS_OK and `*out` set, or the status to end with.
 */
exit_status archive_open_for(marsad_archive **out, const invocation *call, unsigned flags);
/* The path that --archive names, or where it lies by default; free() it. NULL after it was told why there is none. */
char *archive_path_for(const invocation *call);
/* The folder of an archive's releases; of one on a server, and where --releases names one, it is there afterwards. free() it. NULL after it was told why there is none. */
char *releases_path_for(const invocation *call, const char *archive);
/* Seconds of Unix time; $SOURCE_DATE_EPOCH where it is set, so that what is made can be made again. */
int64_t time_now(void);

/* --- intake.c: news on its way into the archive ------------------------------------------------------------------------------ */

/* What waits for its commit, so that it can be added again when the connection to a server was lost before. */
typedef struct {
    marsad_draft *draft;  /* an article; NULL: none */
    char *place, *reason; /* what could not be read, and why; its own. NULL: nothing */
    size_t line;
    const marsad_source *source; /* what became of a feed; NULL: nothing */
    const char *feed, *page;     /* a page that a feed led to was fetched; NULL: none */
} intake_item;

enum { INTAKE_MOST = 512, INTAKE_MOST_BYTES = 64 * 1024 * 1024 /* of drafts: then what waits is committed, however few they are */ };

/* Batches of additions, committed every few hundred. Zero it and set `archive` and `what`; intake_end() ends it. */
typedef struct {
    marsad_archive *archive;
    const char *what; /* "ingest", "feed": told in the log */
    intake_item items[INTAKE_MOST];
    size_t count;
    size_t bytes;          /* of drafts since the last commit */
    size_t waiting, fresh; /* articles handed over since the last commit; those of them that were new */
    size_t added, known, problems;
    size_t refused; /* of the problems: articles that the archive does not take */
    bool is_open;   /* a batch */
} intake;

/*
 * All of them tell what went wrong and return false then. Where the archive cannot be reached, or somebody is in the way, that is told once, and what was not
 * committed is tried again for some minutes. Where a server refuses what waits, it gets it in halves, until the article that it refuses stands alone: that one is a
 * problem, and the others are stored.
 */
bool intake_commit(intake *in);
/* Takes the draft in any case. */
bool intake_add(intake *in, marsad_draft *draft);
/* Keeps that something could not be read, at `line` (0: as a whole) of `place`. */
bool intake_problem(intake *in, const char *place, size_t line, const char *reason);
/* Keep what asking a feed came to, and that a page was fetched; what is handed over stays until the next commit has returned. */
bool intake_source(intake *in, const marsad_source *source);
bool intake_page(intake *in, const char *feed, const char *page);
/* A question to the archive came to `status`, for the reason `err`: true when the archive can be asked again, with what was added before. */
bool intake_again(intake *in, marsad_status status, const marsad_error *err);
/* Commits, and brings incidents up to date. STATUS_PARTLY if that did not go well. */
exit_status intake_end(intake *in);

/* --- ingest_csv.c: tables that people filled in --------------------------------------------------------------------------------- */

/* Is the file `name` a table: as --input says, else by the ending of its name? */
bool is_csv(const invocation *call, const char *name);
/* Reads `files` ('-': standard input) as the options --map --source --published --gazetteer of `call` say. A dry run stores nothing, and tells what it would. */
exit_status ingest_tables(const invocation *call, intake *in, char *const *files, size_t count, bool is_dry);

/* --- poll.c: asking feeds ------------------------------------------------------------------------------------------------------ */

typedef struct {
    bool all; /* also those that are not due */
    bool allow_private;
    int64_t gap;      /* seconds between two requests to a host */
    int64_t interval; /* seconds between two good answers of a feed */
    const char *contact;
} poll_settings;

/* Asks the feeds of `archive` that are due and adds what they bring. Tells each one's outcome on standard output. */
exit_status poll_feeds(const invocation *call, marsad_archive *archive, const poll_settings *settings);

/* --- list.c: tables of the archive ------------------------------------------------------------------------------------------ */

/* What the options --from --to --day --kind ... of `call` ask. False after a usage error was told. */
bool question_from(marsad_question *out, const invocation *call);

enum { QUESTION_KINDS_MAX = 32 };
/* The kinds of all options --kind, into `names`, which has room for QUESTION_KINDS_MAX and a NULL. */
void question_kinds(marsad_question *question, const char **names, const invocation *call);

/* Asks the archive for `table` as the options of `call` say, and prints it. The first operand is the id that is asked for. */
exit_status list_run(const invocation *call, const char *table);
/* Two tables; for people, each row of the second is a block of lines. */
exit_status list_run_two(const invocation *call, const char *first, const char *second);

#define OPTION_OUTPUT                                                                                                                                \
    {                                                                                                                                                \
        'f', "output", "table|jsonl|csv", "how rows are shown: a table for people, a line of JSON a row, or CSV (default table)", COMPLETE_WORDS     \
    }
#define OPTIONS_OF_DAYS                                                                                                                              \
    {0, "day", "DATE", "this day alone", COMPLETE_NONE}, {0, "from", "DATE", "this day and later", COMPLETE_NONE},                                   \
    {                                                                                                                                                \
        0, "to", "DATE", "this day and earlier", COMPLETE_NONE                                                                                       \
    }
#define OPTION_NEWEST                                                                                                                                \
    {                                                                                                                                                \
        0, "newest", NULL, "the newest first", COMPLETE_NONE                                                                                         \
    }
#define OPTIONS_OF_PAGES                                                                                                                             \
    {0, "limit", "N", "at most N rows", COMPLETE_NONE},                                                                                              \
    {                                                                                                                                                \
        0, "after", "ID", "the rows behind this one", COMPLETE_NONE                                                                                  \
    }

/* Rows on their way to the output: as a table for people, JSON Lines or CSV, as --output says. */
typedef struct row_printer row_printer;
row_printer *rows_print_begin(const invocation *call);
bool rows_print(void *printer, const char *const *columns, const marsad_cell *cells, size_t count); /* a marsad_row */
/* The rows of another table follow; for people, each row a block of lines if it is so said. */
void rows_print_next(row_printer *printer, bool as_blocks);
/* Writes what waits; `empty` is told where there was no row, unless it is NULL. Returns the status to end with. */
exit_status rows_print_end(row_printer *printer, const char *empty);

/* --- review.c: decisions ---------------------------------------------------------------------------------------------------- */

#define OPTION_PERSON                                                                                                                                \
    {                                                                                                                                                \
        'P', "person", "NAME", "who decides (else $MARSAD_PERSON); a pseudonym is enough, and it is kept for good", COMPLETE_NONE                    \
    }
#define OPTION_REASON                                                                                                                                \
    {                                                                                                                                                \
        'r', "reason", "TEXT", "why, in one line", COMPLETE_NONE                                                                                     \
    }

/* Who decides: --person, else $MARSAD_PERSON; NULL if neither is given. */
const char *review_person(const invocation *call);
/* Decides the same of all operands; each is whole by itself. */
exit_status review_decide(const invocation *call, const marsad_decision *said);

/* --- table.c: text for people ------------------------------------------------------------------------------------------- */

/* Columns of the terminal: $COLUMNS, or 120. */
size_t terminal_columns(void);
/* Adds text with controls and bidi marks taken out and each run of right-to-left words isolated. */
void show_text(buffer *out, marsad_view text);
/* Adds text with controls and bidi marks taken out, for a cell: show_row() isolates. */
void show_words(buffer *out, marsad_view text);
enum { SHOW_CELLS_MAX = 24 };
/* At most SHOW_CELLS_MAX cells beside each other, wrapped to their widths and aligned by display width. A cell's lines are parted by '\n'. */
void show_row(buffer *out, const char *const *cells, const size_t *widths, size_t count);
/* The widest line of a cell, in columns of the terminal. */
size_t shown_width(const char *cell);
/* The table of one article's records. */
void show_reading(buffer *out, const marsad_reading *reading, size_t columns);

#endif
