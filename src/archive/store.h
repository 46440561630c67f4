/*
 * The store: what is kept, as verbs. Knows tables and nothing of what the rows mean together; src/keeping.c says in which order things happen.
 *
 * Transactions  what changes something is called between store_begin() and store_commit(). What is not committed never happened.
 * Errors        MARSAD_ERR_SYSTEM (disk, memory, another writer), MARSAD_ERR_FORMAT (the archive is damaged or of a newer version),
 *               MARSAD_ERR_REFUSED (it does not take what it was given).
 */
#ifndef MARSAD_STORE_H
#define MARSAD_STORE_H

#include "archive/copies.h"
#include "archive/log.h"
#include "archive/statement.h"
#include "marsad_archive.h"

enum { ID_BYTES = 19, PLAIN_ID_BYTES = 17, SHA256_BYTES = 32 }; /* "R-" and 16 digits and a NUL; the digits alone */

/* The search keys of an article that was added in the transaction at work. */
typedef struct waiting_words waiting_words;

typedef struct {
    db *db;
    int64_t now;                   /* the time of the transaction at work */
    bool holds_news, holds_outbox; /* their locks, in the transaction at work */
    int64_t batch;                 /* the batch at work, 0 for none */
    /* Search keys are indexed together before the commit: the engine would write out its index before each row that is added after them. */
    waiting_words *waiting;
    arena waiting_memory;
    /* Articles and incidents of the transaction at work, where the engine takes rows in bulk (bulk.h, incidents_bulk.h). */
    struct bulk *bulk;
    struct incidents_bulk *incidents;
} store;

/* Opens the archive at `where`, brings its schema up to date unless it is opened for reading alone. flags: DB_... */
marsad_status store_open(store *out, const char *where, unsigned flags, marsad_error *err);
void store_close(store *s);

/*
 * `now`: Unix time. One transaction is one step in the archive's life: its log lines carry this time. `locks`: DB_LOCK_..., of what it writes; where they are
 * without NEWS, nothing may be written to the log.
 */
marsad_status store_begin(store *s, int64_t now, unsigned locks, marsad_error *err);
marsad_status store_commit(store *s, marsad_error *err);
void store_rollback(store *s);

/*
 * Begins a transaction that adds articles. Where rows are taken in bulk nothing is locked before they are stored, all together: by store_flush(), or at the end.
 */
marsad_status store_begin_news(store *s, int64_t now, marsad_error *err);
marsad_status store_flush(store *s, marsad_error *err);
/* Takes the lock of news within a transaction that began without it; nothing happens where it holds it. */
marsad_status store_lock_news(store *s, marsad_error *err);
/*
 * Takes the lock of the outbox within a transaction that adds articles, behind that of news: what was added is stored before. Call it late: others mark what they
 * have sent meanwhile.
 */
marsad_status store_lock_outbox(store *s, marsad_error *err);

/* --- articles and their records ------------------------------------------------------------------------------------------- */

typedef struct {
    char id[ID_BYTES]; /* "A-...": article_id() */
    view outlet, given_id, url, title, note;
    int32_t published; /* NO_DAY */
    unsigned char evidence_sha256[SHA256_BYTES], text_sha256[SHA256_BYTES];
    view evidence, text;             /* compressed with zstd */
    size_t evidence_size, text_size; /* before */
    const char *media;               /* "text", "jsonl", "html" ... */
    signature signature;
    view keys;          /* search keys of title and text, each once (words_make_distinct) */
    const char *reader; /* which program read it */
} stored_article;

/* A place as the gazetteer knew it when the record was made. */
typedef struct {
    const char *id, *name, *name_en, *country, *admin1, *admin2, *feature;
    double lat, lon;
} stored_place;

typedef struct {
    char id[ID_BYTES];
    marsad_kind kind;
    marsad_modality modality;
    const char *area; /* its neighbourhood (incident.h) */
    int32_t day;
    const stored_place *place; /* the first of its scene that the gazetteer knows; NULL if none */
    view body;
} stored_record;

/* Ids: the same for the same content, whoever stores it and when. */
void article_id(char out[ID_BYTES], const stored_article *article);
void record_id(char out[ID_BYTES], const char *article, const char *reading_id);
/*
 * The record that has the whole text as its place in the reading: of a row of a table that says no more than its cells. An article with such a record has a text
 * that was made for it, and the signature of its id: lines that are made alike are no copies of each other.
 */
void plain_record_id(char out[ID_BYTES], const char *article, const unsigned char text_sha256[SHA256_BYTES]);
void plain_reading_id(char out[PLAIN_ID_BYTES], const unsigned char text_sha256[SHA256_BYTES]);

/*
 * Stores an article with its records, its evidence, its place among the copies of its text, its search keys, and a log line. `*is_new` is false, and nothing
 * is changed, if it is stored already. Neighbourhoods that it touches are marked as stale.
 */
marsad_status store_add_article(store *s, const stored_article *article, const stored_record *records, size_t count, bool *is_new, marsad_error *err);

/* Indexes what waits; store_commit() does. */
marsad_status store_index_words(store *s, marsad_error *err);
/* The key of a place; it is added where it is not there. */
marsad_status store_place_key(store *s, const stored_place *place, int64_t *key, marsad_error *err);
/* Is the article stored, and how many of `records`? */
marsad_status store_find_article(store *s, const stored_article *article, const stored_record *records, size_t count, bool *is_there, size_t *stored,
                                 marsad_error *err);

/* --- batches: how news came in ---------------------------------------------------------------------------------------------- */

marsad_status store_begin_batch(store *s, const char *what, marsad_error *err);
/* Tells the batch in the log. */
marsad_status store_end_batch(store *s, marsad_error *err);
/* What could not be read, at `line` (0: as a whole) of `place`. */
marsad_status store_add_problem(store *s, const char *place, size_t line, const char *reason, marsad_error *err);

/* --- feeds ------------------------------------------------------------------------------------------------------------------ */

/* `*is_new` is false if there is one of this URL; then nothing is changed. It is due at once. */
marsad_status store_add_feed(store *s, const char *url, const char *name, bool wants_pages, bool *is_new, marsad_error *err);
/* With what is known of its pages; articles stay. `*was_there` is false if there is none of this URL. */
marsad_status store_remove_feed(store *s, const char *url, bool *was_there, marsad_error *err);
/* All, by when they were added. */
marsad_status store_feeds(store *s, marsad_source **out, size_t *count, arena *memory, marsad_error *err);
/* Writes what asking the feed of this URL came to; name, pages and day of adding stay. */
marsad_status store_note_feed(store *s, const marsad_source *feed, marsad_error *err);
/* Was this page of the feed fetched? */
marsad_status store_has_feed_page(store *s, const char *feed, const char *url, bool *out, marsad_error *err);
marsad_status store_add_feed_page(store *s, const char *feed, const char *url, marsad_error *err);

/* --- statements ------------------------------------------------------------------------------------------------------------- */

/* Which statements: what is left out (NULL, NO_DAY, 0) is not asked. */
typedef struct {
    const char *area;         /* its neighbourhood */
    int32_t from_day, to_day; /* neighbourhood days, both included */
    bool has_days;
    const char *incident, *record, *article; /* ids */
    uint32_t kinds;                          /* 1 << kind of those wanted; 0: all */
} statement_query;

typedef struct {
    const statement **items; /* by record id */
    size_t count, room;
} statement_list;

/* Reads statements into `memory`. */
marsad_status store_statements(store *s, const statement_query *query, statement_list *out, arena *memory, marsad_error *err);

/* A governorate and a day that a report speaks of. */
typedef struct {
    const char *country, *admin1;
    int32_t day;
} stored_seen;

/* Each governorate with each day on which a report that names a place of it was published, within [from, to] and published by `known`. */
marsad_status store_seen(store *s, int32_t from, int32_t to, int32_t known, stored_seen **out, size_t *count, arena *memory, marsad_error *err);

/* What was read of a day: articles published on it. */
typedef struct {
    uint32_t articles, copies, problems;        /* problems: what could not be read in the batches that brought them */
    const char *const *outlets, *const *silent; /* with articles of that day; without, but with one of the 30 days before */
    uint32_t outlet_count, silent_count;
} stored_coverage;

marsad_status store_coverage(store *s, int32_t day, stored_coverage *out, arena *memory, marsad_error *err);

/* --- incidents: views over statements ----------------------------------------------------------------------------------------- */

enum {
    INCIDENT_PLANNED = 1,
    INCIDENT_PERIOD = 2,
    INCIDENT_REPORTED = 4,
    INCIDENT_DENIED = 8,
    INCIDENT_DISPUTED = 16,
    INCIDENT_REVIEWED = 32,
    INCIDENT_VERIFIED = 64
};

typedef struct {
    const char *id, *area;
    int32_t day;
    marsad_kind kind;
    int32_t first_day, last_day;
    const char *place; /* gazetteer id, "" for none */
    unsigned flags;
    uint32_t articles, chains;
    int grade;
    view body;
    const char *const *records; /* ids */
    uint32_t record_count;
} stored_incident;

typedef struct {
    const char *area; /* in `memory` of store_take_stale() */
    int32_t from, to; /* days */
} stale_stretch;

/* Takes the first `most` stale neighbourhoods, joined to stretches of days at most `gap` apart, and forgets them. */
marsad_status store_take_stale(store *s, size_t most, int32_t gap, stale_stretch **out, size_t *count, arena *memory, marsad_error *err);
marsad_status store_mark_stale(store *s, const char *area, int32_t day, marsad_error *err);

/*
 * Makes `incidents` the incidents of area's days [from, to]: new ones are added, changed ones written, those that are not among them become tombstones that
 * name the incidents that hold their records now.
 */
marsad_status store_replace_incidents(store *s, const char *area, int32_t from, int32_t to, const stored_incident *incidents, size_t count,
                                      marsad_error *err);

/* Makes the outline of a living incident anew; a change of its records' states calls for it too. */
marsad_status store_put_outline(store *s, int64_t incident, marsad_error *err);
marsad_status store_drop_outline(store *s, int64_t incident, marsad_error *err);
/* Makes those anew whose keys stand in the connection's table staged_outline, where rows are taken in bulk. */
marsad_status store_put_staged_outlines(store *s, marsad_error *err);
/* How many outlines are not what incidents and records tell, or are missing. */
marsad_status store_outline_faults(store *s, int64_t *out, marsad_error *err);

/* Notes what figures and grade of the incident will no longer be what the store holds of it; before it is written. An incident that is new has no change. */
marsad_status store_note_changes(store *s, const stored_incident *i, marsad_error *err);
/* The same, where it is known what the store holds. */
typedef struct {
    int64_t grade;
    view body;
} told_before;
marsad_status store_note_change(store *s, const told_before *before, const char *id, int64_t grade, view body, marsad_error *err);

/* --- evidence ------------------------------------------------------------------------------------------------------------------ */

/* The text of an article, in `memory`. Errors: MARSAD_ERR_ARGUMENT if there is no such article. */
marsad_status store_article_text(store *s, const char *article, view *out, arena *memory, marsad_error *err);

/* zstd, for what is kept. False when memory is out or `packed` is damaged. */
bool pack_bytes(view bytes, view *out, arena *memory);
bool unpack_bytes(view packed, size_t size, view *out, arena *memory);
/* The same for who must tell them apart: MARSAD_ERR_SYSTEM, MARSAD_ERR_FORMAT. */
marsad_status unpack_kept(view packed, size_t size, view *out, arena *memory);

#endif
