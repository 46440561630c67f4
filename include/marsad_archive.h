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
 *            MARSAD_ERR_FORMAT: the archive or a rule file is damaged, or of another version; MARSAD_ERR_REFUSED: the archive takes others, but not this.
 *            A batch may be refused as late as at its commit, for one of those that were added: which one is seen by adding them in smaller batches.
 */
#ifndef MARSAD_ARCHIVE_H
#define MARSAD_ARCHIVE_H

#include "marsad.h"

typedef struct marsad_archive marsad_archive;
typedef struct marsad_draft marsad_draft;

enum { MARSAD_ARCHIVE_CREATE = 1, MARSAD_ARCHIVE_READ_ONLY = 2, MARSAD_ARCHIVE_PRIMARY = 4 };

/*
 * Open the archive at `path`.
 *   flags  MARSAD_ARCHIVE_CREATE: make it where there is none. MARSAD_ARCHIVE_READ_ONLY: change nothing. MARSAD_ARCHIVE_PRIMARY: of the servers that the name
 *          tells, none that follows another: what is not there is not only late.
 *   rules  the folder of the rules that views are made by.
 */
marsad_status marsad_archive_open(marsad_archive **out, const char *path, unsigned flags, const char *rules, marsad_error *err);
void marsad_archive_close(marsad_archive *archive);

/*
 * Copy the archive, as it is at one moment, over the file `path`, which is there and empty. Others go on writing meanwhile. The copy is one file and an archive of its
 * own; whether it is whole is for marsad_archive_verify() to say.
 */
marsad_status marsad_archive_copy(const marsad_archive *archive, const char *path, marsad_error *err);

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
/* About the bytes of memory that it takes; and what the article calls itself: its id, which may be its address. */
size_t marsad_draft_size(const marsad_draft *draft);
const char *marsad_draft_given_id(const marsad_draft *draft);

/*
 * A batch of changes: begin, add, commit. What was committed is on the disk; what was not never happened. One batch is open at a time.
 *   what  "ingest", "feed" ...: told in the log.
 */
marsad_status marsad_archive_begin(marsad_archive *archive, int64_t now, const char *what, marsad_error *err);
marsad_status marsad_archive_commit(marsad_archive *archive, marsad_error *err);
void marsad_archive_rollback(marsad_archive *archive);
/*
 * Whether what failed last may go well when all of it is tried again by and by: a server could not be reached or went away, or somebody was in the way. What was not
 * committed is to be added again then, in a new batch; and of a marsad_archive_commit() that failed so it is not known whether it was done, unless it is asked:
 * `*out` is true if it was, and then nothing is to be done again. It may always be asked: MARSAD_OK says that the archive answers.
 */
bool marsad_archive_may_pass(const marsad_archive *archive);
/* Is the archive on a server? Of a file what was added and not refused is not refused at the commit, and no connection to it is lost. */
bool marsad_archive_is_served(const marsad_archive *archive);
marsad_status marsad_archive_was_committed(marsad_archive *archive, bool *out, marsad_error *err);
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
/* The same, but no more than one transaction's worth, so that others can write in between. `*is_done`: nothing was left to do. */
marsad_status marsad_archive_refresh_some(marsad_archive *archive, int64_t now, bool *is_done, marsad_error *err);
/*
 * Of all that have the archive open, one leads: who asks first, until it closes the archive or its connection is lost. It is who refreshes while the others write.
 * An archive that is a file has one writer at a time anyway: there everybody leads.
 */
marsad_status marsad_archive_lead(marsad_archive *archive, bool *is_leading, marsad_error *err);

/* How many neighbourhoods are left to be made. */
typedef void marsad_left(void *context, int64_t left);

/*
 * Make incidents, tallies, control and truce ledgers again from nothing, in several transactions: what is asked meanwhile is worked out from the records. `tell`
 * hears of each step; may be NULL. What is broken off goes on with the next refresh.
 * Errors: MARSAD_ERR_ARGUMENT if another program leads the work with the archive.
 */
marsad_status marsad_archive_remake(marsad_archive *archive, int64_t now, marsad_left *tell, void *context, marsad_error *err);

/* --- Review: what people decide ------------------------------------------------------------------------------------------------ */

/*
 * One decision of one person, on a record or on all records of an incident. docs/review.md tells what may be decided when.
 *   what     take       lease it for half an hour: "I am on it"         leave        give the lease back
 *            accept     it is in the report as the record says          edit         ... with `changes`
 *            reject     it is not                                       duplicate    `with` tells the same
 *            needs-source, cannot-verify, contradict                    what is in the way
 *            verify     a second person has looked at what was accepted
 *            reopen     as if nobody had looked at it
 *            merge      it belongs to the incident of `with`            split        it is put apart from `with` (NULL: from all of its incident);
 *                                                                                    what was merged goes back to where the rules put it
 *   person   a pseudonym is enough: it is kept in the log for good. 1 to 64 bytes of text.
 *   reason   must be given where words of the report are overruled and where a record is refused; NULL or "" else
 *   changes  "field=value": kind, modality, phase, actor, target, speaker, place, days, figure (docs/review.md); or "as-read" alone: back to what was read
 *   place    of a change "place=ID": what the gazetteer knows of it; NULL if the archive knows the place already
 */
typedef struct {
    const char *what, *person, *id, *reason, *with;
    const char *const *changes;
    size_t change_count;
    const marsad_place_row *place;
} marsad_decision;

/*
 * Decides, whole or not at all, and brings incidents up to date. `changed` receives the number of records that it was said of; may be NULL. Records of an
 * incident that the decision cannot change (accepted already) are passed over, unless that is all of them.
 * Errors: MARSAD_ERR_ARGUMENT with the reason: not allowed in this state, leased to another person, no second person ...
 */
marsad_status marsad_archive_decide(marsad_archive *archive, const marsad_decision *decision, int64_t now, size_t *changed, marsad_error *err);

/* --- Trust: whether the archive is what it was --------------------------------------------------------------------------------- */

typedef struct {
    uint64_t evidence, articles, records, decisions, log_lines; /* looked at */
    uint64_t faults;                                            /* told */
    char root[65];                                              /* the hash of the last line of the log, in hexadecimal; "" in an empty one */
} marsad_verdict;

/* One line of text: what is wrong and where, or (not `is_fault`) what happened. */
typedef void marsad_tell(void *context, bool is_fault, const char *what);

enum { MARSAD_VERIFY_VIEWS = 1 };

/*
 * Holds everything against everything else: the file's structure, the log's chain, evidence and texts against their hashes, rows against the log, records
 * against the decisions on them. docs/trust.md tells what is covered.
 *   flags  MARSAD_VERIFY_VIEWS: what follows from records is made again and compared too (incidents, copies, boxes, search words): takes longer
 * Errors: what is found wrong is no error, it is told; MARSAD_ERR_SYSTEM when memory is out.
 */
marsad_status marsad_archive_verify(marsad_archive *archive, unsigned flags, marsad_tell *tell, void *context, marsad_verdict *verdict,
                                    marsad_error *err);

/*
 * The root of a day: the hash of the last line that the log had at its end (UTC), in `out`; `line` receives its number, 0 and "" if the log was empty then. A day
 * not given: the log as it is.
 */
marsad_status marsad_archive_root(marsad_archive *archive, marsad_date day, int64_t *line, char out[65], marsad_error *err);

/*
 * Keeps a time stamp token (RFC 3161, DER) for the root of `day` in the archive. It must hold that root as the hash that was stamped; whether its signature is
 * good is for other tools to say.
 * Errors: MARSAD_ERR_FORMAT if it is no token, or one of other bytes.
 */
marsad_status marsad_archive_stamp(marsad_archive *archive, marsad_date day, marsad_view token, int64_t now, marsad_error *err);

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
    int64_t now;                                  /* Unix time that leases are asked of; 0: all that were ever given */
    const char *by;                               /* of tallies: "day", "place", "area", "party", "accuser", "kind", "group", parted by commas */
    const char *agreement;                        /* of the truce ledger: its name, or the path of its file */
    const char *rule;                             /* of the truce ledger: the counting rule; NULL: the first */
    const char *state;                            /* of review: "new", "in work" ... */
    const char *person;                           /* of the queue: who leases it at `now` */
    const char *priority;                         /* of the queue: "A", "B", "C" */
    int64_t since;                                /* Unix time, of changes: from then on */
    const char *after;                            /* the `id` of the last row of the page before */
    bool newest;                                  /* of the log, problems and batches: the newest first */
    size_t limit;                                 /* rows; 0: all */
    const struct marsad_publication *publication; /* answer what may leave under its profile, and no more; NULL: to those who work with the archive */
} marsad_question;

/*
 * The bytes that an article came in, held against their hash.
 *   media   "text", "jsonl", "html" ...; in `out`, as is the hash in hexadecimal
 * Errors: MARSAD_ERR_ARGUMENT (no such article), MARSAD_ERR_FORMAT (they are not the bytes that were stored), MARSAD_ERR_SYSTEM.
 */
typedef struct {
    char media[16], sha256[65];
    uint64_t size;
} marsad_evidence;
marsad_status marsad_archive_evidence(marsad_archive *archive, const char *article, marsad_evidence *out, marsad_write *write, void *context,
                                      marsad_error *err);

/*
 * In public (`publication` of the question): the tables "incidents", "statements", "tallies", "control", "truce", "map" and "series", made of what the safety
 * profile lets out, and "parties" and "kinds", which are of the rules alone; the rest of the question is held against that. Every other table, asking by words, and agreements by their path are MARSAD_ERR_ARGUMENT.
 *
 * Ask for a table by name ("incidents", "statements", "articles" ...; docs/archive.md lists tables and columns). The row callback is called for each row; for a
 * table without rows not at all.
 */
marsad_status marsad_archive_list(marsad_archive *archive, const char *table, const marsad_question *question, marsad_row *row, void *context,
                                  marsad_error *err);

/*
 * Draft an agreement (docs/truce.md) from what the archive's truce records of the question's days tell: parties, areas, windows and exclusions, each with the
 * records that tell it; what they do not tell is null. JSON, for a person to complete.
 */
marsad_status marsad_archive_truce_draft(marsad_archive *archive, const marsad_question *question, marsad_write *write, void *context,
                                         marsad_error *err);

/* --- Publishing: everything that leaves goes through a safety profile (docs/safety.md) ------------------------------------------ */

typedef struct marsad_publication {
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
 *   write  NULL: nothing leaves; the loss report tells what it would have been
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

/* --- Releases: what goes out, sealed ------------------------------------------------------------------------------------------ */

/*
 * A release is a folder: incidents in every format, changes and what was withdrawn since the last release of the same profile, codebook, rules, loss report, and
 * a manifest of hashes. docs/trust.md describes the files. It is a function of the archive as of a line of the log, of rules, program and the release's own time:
 * made again it is the same, byte for byte.
 */
typedef struct {
    const char *profile;         /* its name: a file of rules/safety */
    const char *title, *licence; /* "" for none */
    marsad_date from, to;        /* of incidents, both included; not given: open */
} marsad_release_plan;

/* Makes release `*number` into `folder`, which must not be there or be empty, and tells it in the log. */
marsad_status marsad_archive_release(marsad_archive *archive, const marsad_release_plan *plan, const char *folder, int64_t now, int64_t *number,
                                     marsad_error *err);
/* Makes release `number` again. Errors: MARSAD_ERR_ARGUMENT if rules or program are others than then; MARSAD_ERR_FORMAT if what comes out is not the same. */
marsad_status marsad_archive_rebuild(marsad_archive *archive, int64_t number, const char *folder, marsad_error *err);
/* Whether all files of `folder` are those of its manifest; what is not is told. `manifest` receives the hash of the manifest itself. Needs no archive. */
marsad_status marsad_release_verify(const char *folder, marsad_tell *tell, void *context, char manifest[65], marsad_error *err);
/* Takes away a release: the files that its manifest names, and its folders where nothing else is left in them. */
void marsad_release_remove(const char *folder);
/* What is added, changed (field by field) and withdrawn from the release in folder `a` to that in folder `b`, as a table "id", "what", "field", "old", "new". */
marsad_status marsad_release_diff(const char *a, const char *b, marsad_row *row, void *context, marsad_error *err);

#endif
