/*
 * marsad_archive.h - the public contract of keeping: what marsad.h reads, kept with its evidence, joined into incidents, asked, reviewed, published.
 *
 * An archive holds articles, the bytes that they came in, their records, what people decided about them, and a log of all that happened. Incidents are a view:
 * a function of records, decisions and rules, kept up to date. Words and tables are described in docs/archive.md.
 *
 * Times      seconds of Unix time, handed in: the library reads no clock.
 * Ownership  what a call hands to a callback lives until the callback returns.
 * Threads    an archive belongs to one thread, except marsad_draft_new(), which any number of threads may call side by side. Several programs may have one archive
 *            open: one of them writes at a time, the others wait up to ten seconds.
 * Errors     MARSAD_ERR_ARGUMENT: a rule stated here, or an id that is not there; MARSAD_ERR_SYSTEM: disk, memory, another writer;
 *            MARSAD_ERR_FORMAT: the archive or a rule file is damaged, or of another version.
 */
#ifndef MARSAD_ARCHIVE_H
#define MARSAD_ARCHIVE_H

#include "marsad.h"

typedef struct marsad_archive marsad_archive;
typedef struct marsad_draft marsad_draft;

enum { MARSAD_ARCHIVE_CREATE = 1, MARSAD_ARCHIVE_READ_ONLY = 2 };

/*
 * Open the archive at `path`.
 *   flags  MARSAD_ARCHIVE_CREATE: make it where there is none. MARSAD_ARCHIVE_READ_ONLY: change nothing.
 *   rules  the folder of the rules that views are made by.
 */
marsad_status marsad_archive_open(marsad_archive **out, const char *path, unsigned flags, const char *rules, marsad_error *err);
void marsad_archive_close(marsad_archive *archive);

/* --- Putting news in ------------------------------------------------------------------------------------------------------ */

/*
 * Read an article and make ready all that the archive keeps of it. The costly part, without touching the archive: may run in many threads.
 *   evidence  the bytes that the article came in; kept as they are.
 *   media     what they are: "text", "jsonl", "html" ...
 *   note      what marsad_item_parse() noted, or "".
 */
marsad_status marsad_draft_new(marsad_draft **out, const marsad_archive *archive, marsad_reader *reader, const marsad_article *article,
                               marsad_view evidence, const char *media, const char *note, marsad_error *err);
void marsad_draft_free(marsad_draft *draft);

/*
 * A batch of changes: begin, add, commit. What was committed is on the disk; what was not never happened. One batch is open at a time.
 *   what  "ingest", "feed" ...: told in the log.
 */
marsad_status marsad_archive_begin(marsad_archive *archive, int64_t now, const char *what, marsad_error *err);
marsad_status marsad_archive_commit(marsad_archive *archive, marsad_error *err);
void marsad_archive_rollback(marsad_archive *archive);
/* `*is_new` is false if the archive holds the article already; then nothing is changed. */
marsad_status marsad_archive_add(marsad_archive *archive, const marsad_draft *draft, bool *is_new, marsad_error *err);
/* Keep that something could not be read: `line` of `place` (0: as a whole), and why. */
marsad_status marsad_archive_problem(marsad_archive *archive, const char *place, size_t line, const char *reason, marsad_error *err);

/*
 * Rows of a table that people filled in (CSV, docs/csv.md), as articles with records that no reader made. Every fault is told: a row with one gives nothing,
 * the others go on.
 */
typedef struct {
    const char *name;      /* of the file, for messages */
    const char *map;       /* path of a table that says what its columns and values mean here; NULL: none */
    marsad_view outlet;    /* of rows that give none */
    marsad_date published; /* the same */
    const marsad_gazetteer *const *gazetteers;
    size_t gazetteer_count;
    /* Told: "file:row:column: reason"; or a note, that is no fault. */
    void (*tell)(void *context, size_t row, const char *line, bool is_fault);
    void *context;
} marsad_import_settings;

typedef struct {
    size_t row;       /* as spreadsheets count: the head line is 1 */
    const char *line; /* what it says, in one plain line */
} marsad_imported_row;

typedef struct marsad_import marsad_import;

/*
 * Read all rows of `bytes`. `settings` is kept by reference, as are archive and gazetteers.
 * Errors: MARSAD_ERR_FORMAT (no head line, a column is missing, the map), MARSAD_ERR_ARGUMENT (over 64 MiB), MARSAD_ERR_SYSTEM.
 */
marsad_status marsad_import_new(marsad_import **out, const marsad_archive *archive, marsad_view bytes, const marsad_import_settings *settings,
                                marsad_error *err);
void marsad_import_free(marsad_import *import);
/* The next article and its rows, in the order of the file; the draft is the caller's, the rows live as long as `import`. MARSAD_END behind the last. */
marsad_status marsad_import_next(marsad_import *import, marsad_draft **out, const marsad_imported_row **rows, size_t *count, marsad_error *err);
size_t marsad_import_faulty(const marsad_import *import);   /* rows with a fault */
size_t marsad_import_repeated(const marsad_import *import); /* rows that say what another row says */

typedef enum { MARSAD_NOT_THERE, MARSAD_THERE, MARSAD_THERE_OTHERWISE } marsad_presence;
/* Does the archive hold the draft's article? OTHERWISE: it does, but not all of these records, so that marsad_archive_add() would lose some. */
marsad_status marsad_archive_has(marsad_archive *archive, const marsad_draft *draft, marsad_presence *out, marsad_error *err);

/*
 * Sources: feeds on the web that are asked again and again. The archive keeps what is known of each; who asks them is the caller.
 * Times are 0 where it never was.
 */
typedef struct {
    const char *url;
    const char *name;              /* the outlet of its articles; "": as the feed calls itself */
    bool wants_pages;              /* the pages that its items link to are fetched, for it tells summaries only */
    int64_t added, worked, failed; /* failed: the last time, also where it works now */
    int64_t newest;                /* when it last brought an article that was not known */
    int64_t next;                  /* when to ask again */
    int64_t hold;                  /* never to be asked before: its server says so */
    uint32_t failures;             /* in a row */
    uint64_t articles;             /* that it brought */
    uint64_t unchanged;            /* answers that nothing has changed */
    const char *etag, *last_modified;
    const char *note; /* why it failed; "" where it works */
} marsad_source;

typedef struct {
    marsad_source *items; /* by when they were added */
    size_t count;
    void *memory;
} marsad_sources;

/* `*is_new` is false if the archive has this URL already; then nothing is changed. Errors: MARSAD_ERR_ARGUMENT (no http or https URL). */
marsad_status marsad_source_add(marsad_archive *archive, int64_t now, const char *url, const char *name, bool wants_pages, bool *is_new,
                                marsad_error *err);
/* Its articles stay. Errors: MARSAD_ERR_ARGUMENT (the archive has no such URL). */
marsad_status marsad_source_remove(marsad_archive *archive, int64_t now, const char *url, marsad_error *err);
/* All of them, to be freed by marsad_sources_free() (an empty one is harmless). */
marsad_status marsad_sources_read(marsad_sources *out, marsad_archive *archive, marsad_error *err);
void marsad_sources_free(marsad_sources *sources);
/* Keep what asking a source came to: worked to note. Within the open batch, so that it is kept with the articles or not at all; else by itself. */
marsad_status marsad_source_note(marsad_archive *archive, int64_t now, const marsad_source *source, marsad_error *err);
/* Was the page at `url`, that an item links to, fetched before? And: it was now (within a batch). */
marsad_status marsad_source_has_page(marsad_archive *archive, const char *source, const char *url, bool *out, marsad_error *err);
marsad_status marsad_source_add_page(marsad_archive *archive, const char *source, const char *url, marsad_error *err);

/* Bring incidents up to date with all that was committed. What is asked before is answered as of the last time. */
marsad_status marsad_archive_refresh(marsad_archive *archive, int64_t now, marsad_error *err);

/* --- Asking: every answer is a table ----------------------------------------------------------------------------------------- */

typedef enum { MARSAD_CELL_NULL, MARSAD_CELL_INTEGER, MARSAD_CELL_REAL, MARSAD_CELL_TEXT, MARSAD_CELL_JSON } marsad_cell_type;

typedef struct {
    marsad_cell_type type;
    int64_t integer;
    double real;
    marsad_view text; /* of TEXT; of JSON a whole value */
} marsad_cell;

/* One row. `columns` are the names, the same for all rows of a table. Return false to stop. */
typedef bool marsad_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count);

/* What is left out (NULL, zero) is not asked. Dates: marsad_date, not given is open. */
typedef struct {
    marsad_date from, to;     /* both included */
    marsad_date known;        /* as known on this day: nothing published later; not given: all */
    const char *id;           /* an incident's, record's, article's */
    const char *words;        /* search: all of these words, in any form of writing */
    const char *const *kinds; /* names; ends with NULL */
    const char *area;         /* a governorate's Arabic name as in the gazetteer */
    const char *country;      /* ISO 3166-1 alpha-2 */
    const char *place;        /* gazetteer id or name */
    const char *party;        /* identifier */
    const char *grade;        /* this or better */
    bool has_box;
    double west, south, east, north;
    const char *by;        /* of tallies: "day", "place", "area", "party", "accuser", "kind", "group", parted by commas */
    const char *agreement; /* of the truce ledger: its name, or the path of its file */
    const char *rule;      /* of the truce ledger: the counting rule; NULL: the first */
    const char *after;     /* the `id` of the last row of the page before */
    size_t limit;          /* rows; 0: all */
} marsad_question;

/*
 * Ask for a table by name ("incidents", "statements", "articles" ...; docs/archive.md lists tables and columns). The row callback is called for each row; for a
 * table without rows not at all.
 */
marsad_status marsad_archive_list(marsad_archive *archive, const char *table, const marsad_question *question, marsad_row *row, void *context,
                                  marsad_error *err);

/* --- Publishing: everything that leaves goes through a safety profile (docs/safety.md) ------------------------------------------ */

typedef struct {
    const char *profile;               /* its file, or the name of one that comes with Marsad: "public", "internal" */
    marsad_date today;                 /* delays are counted to this day */
    const marsad_gazetteer *gazetteer; /* points and English names of governorates; NULL: there are none */
    marsad_write *loss;                /* where the loss report goes, as text; NULL: nowhere */
    void *loss_context;
    bool loss_as_json;
} marsad_publication;

/* Call `visit` for each format: name, ending of its files, one line. */
void marsad_export_formats(void (*visit)(void *context, const char *name, const char *ending, const char *summary), void *context);

/*
 * Write the incidents that `question` asks for as `format` (docs/formats.md).
 * Errors: MARSAD_ERR_ARGUMENT (no such format), MARSAD_ERR_FORMAT (the profile: nothing is written), MARSAD_ERR_SYSTEM.
 */
marsad_status marsad_archive_export(marsad_archive *archive, const char *format, const marsad_question *question,
                                    const marsad_publication *publication, marsad_write *write, void *context, marsad_error *err);

typedef struct {
    marsad_date day;
    const char *languages;        /* "ar", "en", "both" */
    const char *form;             /* "text", "html", "print" */
    const char *cutoff;           /* when the last report was taken in, for people */
    const char *zone;             /* of `cutoff`, for people */
    const char *agreement, *rule; /* as in marsad_question; NULL: no truce table */
} marsad_bulletin;

/* Write the bulletin of a day (docs/bulletin.md): every sentence with its source. Errors as for marsad_archive_export(). */
marsad_status marsad_archive_bulletin(marsad_archive *archive, const marsad_bulletin *bulletin, const marsad_publication *publication,
                                      marsad_write *write, void *context, marsad_error *err);

#endif
