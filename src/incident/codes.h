/* How event data sets call what records tell: rows of rules/crosswalk.tsv, cameo.tsv, modes.tsv, states.tsv, actor-codes.tsv and airwars.tsv. */
#ifndef MARSAD_CODES_H
#define MARSAD_CODES_H

#include "incident/rules.h"

/* A kind of record, of one phase or of any. */
typedef struct {
    marsad_kind kind;
    marsad_phase phase;                /* MARSAD_NO_PHASE: where no row has the record's own */
    const char *plover, *mode, *cameo; /* plover "": the schemes have nothing for it; mode "": none */
} crosswalk_row;

typedef struct {
    const char *code, *quad, *goldstein;
} cameo_row;

/* An event of PLOVER, alone (mode "") or in one mode. */
typedef struct {
    const char *event, *mode, *quad, *scale; /* scale "": not known */
} mode_row;

typedef struct {
    const char *iso2, *fips, *cow; /* "" where there is none */
} state_row;

typedef struct {
    const char *code, *part, *sector; /* part: "type", "religion", "ethnic", "group", "region" */
} actor_code_row;

typedef struct {
    const char *field, *ours, *name, *slug;
} airwars_row;

#define CODE_TABLE(row)                                                                                                                              \
    struct {                                                                                                                                         \
        row *items;                                                                                                                                  \
        uint32_t count, room;                                                                                                                        \
    }

typedef struct {
    CODE_TABLE(crosswalk_row) crosswalk;
    CODE_TABLE(cameo_row) cameo;
    CODE_TABLE(mode_row) modes;
    CODE_TABLE(state_row) states;
    CODE_TABLE(actor_code_row) actors;
    CODE_TABLE(airwars_row) airwars;
} code_tables;

const code_tables *codes_of(const rule_set *rules);
/* NULL where the schemes have nothing for it. */
const crosswalk_row *codes_crosswalk(const rule_set *rules, marsad_kind kind, marsad_phase phase);
/* Every code of the crosswalk has a row: loading checks it. */
const cameo_row *codes_cameo(const rule_set *rules, const char *code);
/* NULL where the event cannot have the mode; mode "" is the event alone. */
const mode_row *codes_mode(const rule_set *rules, const char *event, const char *mode);
const state_row *codes_state(const rule_set *rules, const char *iso2);
/* `code`: three letters. */
const actor_code_row *codes_actor(const rule_set *rules, const char *code);
const airwars_row *codes_airwars(const rule_set *rules, const char *field, const char *ours);
/* The n-th row of a field, in the order of the table; NULL behind the last. */
const airwars_row *codes_airwars_at(const rule_set *rules, const char *field, uint32_t n);

#endif
