/*
 * Tables that the archive is asked for. A table that SQL can answer is a row of list.c: its statements, its columns and how each is shown.
 * One that has to be worked out (control, truce, tallies, statements side by side) is a function in a file of its own that hands rows to a row_writer.
 */
#ifndef MARSAD_LIST_H
#define MARSAD_LIST_H

#include "base/buffer.h"
#include "incident/truce.h"
#include "keeping.h"

/* How a column of the store becomes a cell. */
typedef enum {
    SHOW_TEXT,
    SHOW_INTEGER,
    SHOW_REAL,
    SHOW_JSON,
    SHOW_DAY,
    SHOW_TIME,
    SHOW_KIND,
    SHOW_MODALITY,
    SHOW_STATE,
    SHOW_GRADE,
    SHOW_PRECISION, /* of a place's feature: what its point stands for */
    SHOW_FLAGS
} show_as;

enum { LIST_COLUMNS_MAX = 24 };

/* Rows on their way to the caller. `memory` holds what cells point at until the row is handed over. */
typedef struct {
    marsad_row *row;
    void *context;
    const char *columns[LIST_COLUMNS_MAX];
    marsad_cell cells[LIST_COLUMNS_MAX];
    size_t column_count, at;
    arena memory;
    bool is_stopped, failed;
} row_writer;

/* Names the columns, in order; ends with NULL. */
void rows_begin(row_writer *w, marsad_row *row, void *context, const char *const *columns);
void rows_text(row_writer *w, const char *text); /* NULL: a null cell */
void rows_view(row_writer *w, view text);
void rows_integer(row_writer *w, int64_t value); /* MARSAD_NO_VALUE: a null cell */
void rows_real(row_writer *w, double value);
void rows_json(row_writer *w, view value);
void rows_day(row_writer *w, int32_t day);
void rows_time(row_writer *w, int64_t time);
/* Hands the row over. False: the caller wants no more, or memory is out. */
bool rows_end(row_writer *w);
/* Ends the table; `status` is what making it came to. */
marsad_status rows_finish(row_writer *w, marsad_status status, marsad_error *err);

/* A table that is worked out. */
typedef marsad_status list_function(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err);
list_function list_statements, list_grounds, list_tallies, list_control, list_truce, list_candidates;
extern const char *const statement_columns[], *const ground_columns[], *const tally_columns[], *const control_columns[],
                                                                                                   *const truce_columns[], *const candidate_columns[];

list_function list_queue, list_texts, list_series, list_intake, list_summary, list_changed, list_parties, list_kinds, list_proposals;
extern const char *const queue_columns[],
    *const text_columns[], *const series_columns[], *const intake_columns[], *const summary_columns[], *const changed_columns[],
                                                                                                           *const party_columns[],
                                                                                                               *const kind_columns[],
                                                                                                                   *const proposal_columns[];

/* Tables of SQL made anew from the statements: as they may leave, or were known on a day (anew.c). */
list_function list_incidents_anew, list_map_anew;

list_function list_accounts, list_tokens; /* accounts.c */
extern const char *const account_columns[], *const token_columns[];

/* What a question asks for, as the store's SQL takes it. */
typedef struct {
    int32_t from, to; /* INT32_MIN and INT32_MAX where open */
    int64_t kinds;    /* 1 << kind */
    int grade;        /* least */
    int state;        /* of review; -1: any */
    char party[96];   /* as it stands in an incident's body; "": any */
} question_limits;
/*
 * Asking in public: where the question has a publication, all that comes out of the functions below has gone through its safety profile, and is held against the
 * rest of the question behind it, so that asking for what is withheld finds nothing.
 *
 * The incidents that `question` asks for, made in `memory` from the statements themselves, so that they can be had as known on a day: those that begin in its days
 * and fit its kinds, places, party and grade.
 */
marsad_status question_incidents(marsad_archive *archive, const marsad_question *question, incident_list *out, arena *memory, marsad_error *err);
/* Does the incident begin in its days, and fit its kinds, places, party and grade? */
bool question_fits(const incident *i, const marsad_question *question, const question_limits *limits);
/* The incident of the question's id, made anew in `memory`; empty where there is none. */
marsad_status question_incident(marsad_archive *archive, const marsad_question *question, incident_list *out, arena *memory, marsad_error *err);
/* Statements of `kinds` (1 << kind; 0: all) sorted under days [from, to], known on the question's day. */
marsad_status question_statements(marsad_archive *archive, const marsad_question *question, int32_t from, int32_t to, uint32_t kinds,
                                  statement_list *out, arena *memory, marsad_error *err);

marsad_status question_read(question_limits *out, const marsad_question *question, marsad_error *err);

void rows_flags(row_writer *w, unsigned flags); /* INCIDENT_... as words */

/* A ledger as a question asks for it: all that the agreement's days tell, so that running totals count from its start. */
typedef struct {
    truce_agreement agreement;
    const char *files, *rule; /* a fingerprint of the agreement's file; the counting rule */
    truce_ledger ledger;
    int32_t from, to; /* the period; INT32_MIN and INT32_MAX where open */
} asked_ledger;
marsad_status question_ledger(marsad_archive *archive, const marsad_question *question, asked_ledger *out, arena *memory, marsad_error *err);
/* The same without candidates. */
marsad_status question_terms(marsad_archive *archive, const marsad_question *question, asked_ledger *out, arena *memory, marsad_error *err);
/* The same with all candidates that `record` can be a statement of, and perhaps others. */
marsad_status question_ledger_around(marsad_archive *archive, const marsad_question *question, const char *record, asked_ledger *out, arena *memory,
                                     marsad_error *err);
/* Governorates and days that reports speak of. */
marsad_status question_seen(marsad_archive *archive, const marsad_question *question, int32_t from, int32_t to, seen_day **out, size_t *count,
                            arena *memory, marsad_error *err);

#endif
