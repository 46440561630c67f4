/*
 * A statement: one record as the archive keeps it, with what the archive knows of the article that it stands in.
 * What incidents, tallies, control, the truce ledger and the exports are made of. All of them are functions of statements and of rule files alone:
 * the same set of statements, in any order, gives the same views.
 *
 * Ownership  strings and lists live in the arena that the statement was read into; strings are NUL-terminated UTF-8, never NULL, "" where there is none.
 * Units      days are counted from 1970-01-01 (base.h, "days"); NO_DAY where none is given.
 */
#ifndef MARSAD_STATEMENT_H
#define MARSAD_STATEMENT_H

#include "base/base.h"

#define NO_DAY INT32_MIN

/* An actor, a target or a speaker, with the words that name it in the report. */
typedef struct {
    const char *who;    /* identifier, "unknown" or "other" where the report leaves it open */
    const char *code;   /* CAMEO/PLOVER actor code */
    const char *object; /* "hospital", "school" ... of a target */
    const char *words;
} statement_party;

typedef struct {
    const char *id;   /* in the gazetteer, "" if it does not know the place: then there is no point, country or admin */
    const char *norm; /* bare Arabic name */
    const char *name_en, *country, *admin1, *admin2; /* country: ISO 3166-1 alpha-2; the others: names as in the gazetteer */
    marsad_relation relation;
    marsad_precision precision; /* NONE: lat and lon are not set */
    double lat, lon;
} statement_place;

typedef struct {
    marsad_figure_of of;
    marsad_bound bound;
    int64_t value, low, high; /* MARSAD_NO_VALUE where open, as in marsad_figure */
    const char *words;
} statement_figure;

/* What people have said of a record. The order is kept in archives: add behind. */
typedef enum {
    STATE_NEW,
    STATE_IN_WORK,
    STATE_ACCEPTED,
    STATE_NEEDS_SOURCE,
    STATE_CANNOT_BE_VERIFIED,
    STATE_CONTRADICTED,
    STATE_DUPLICATE,
    STATE_REJECTED,
    STATE_COUNT
} review_state;

/* "in work", "needs source" ...; "" for what is no state. */
const char *review_state_name(review_state state);

typedef struct {
    const char *id;      /* "R-" and 16 hexadecimal digits */
    const char *article; /* "A-" and 16 hexadecimal digits */
    const char *chain;   /* the article that this article is a copy of; its own id where it is the first of its copies */
    const char *outlet;  /* who published the article */
    const char *url;
    int32_t published; /* day */
    int32_t known;     /* the day it became known: `published`, or where no date is given the day it was stored */

    marsad_kind kind;
    marsad_modality modality;
    marsad_phase phase;
    const char *mode; /* PLOVER mode, "suicide-attack" ... */
    bool is_quoted;
    double confidence;
    marsad_span trigger, sentence; /* bytes of the article's text */

    int32_t start, end;         /* first and last day, both included; NO_DAY where the report gives none */
    const char *time_precision; /* "day", "week", "month", "year", "range"; "" without days */

    const statement_party *actors, *targets, *speakers;
    const statement_place *places;
    const statement_figure *figures;
    uint32_t actor_count, target_count, speaker_count, place_count, figure_count;

    review_state state;
    bool is_verified; /* by a second person */
} statement;

/* A party that a record can be sorted by: neither left open nor without an identifier. */
bool party_is_named(const statement_party *party);

/*
 * The places where the statement's event happened: those of the finest precision that stand in no "from" or "to" relation, "in" before "near" and
 * directions, each place once, in the order of the report. Writes at most `room` pointers and returns how many there are (0: the report names none).
 */
size_t statement_scene(const statement *s, const statement_place **out, size_t room);

/* "government", "syria.government" ...: who stands behind a statement. The first named speaker; NULL where the outlet speaks itself or its speaker has no name. */
const char *statement_speaker(const statement *s);

#endif
