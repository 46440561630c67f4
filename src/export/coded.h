/* What event data sets ask of an incident beside its sides: its code and mode, and the parts of its parties' codes. For formats. */
#ifndef MARSAD_CODED_H
#define MARSAD_CODED_H

#include "export/sides.h"
#include "incident/codes.h"

/* How the schemes call an event. */
typedef struct {
    const crosswalk_row *code; /* NULL: they have nothing for it */
    const cameo_row *cameo;    /* with `code` */
    const mode_row *mode;      /* the event in its mode; the event alone where it has none */
    const char *scale;         /* of the mode, else of the event; "" where neither has one */
} coded_event;

coded_event coded_statement(export_run *run, const statement *s);
/* By the incident's kind, the last phase told of it and the first mode told of it. */
coded_event coded_incident(export_run *run, const incident *item);

/* The parts of a code such as "SYR GOV MIL" or "NGOHRI". */
typedef struct {
    char text[64];   /* without blanks */
    char country[4]; /* ISO 3166-1, three letters; "" where the code begins with none */
    char group[4], ethnic[4], religion[2][4], type[3][4];
    char sectors[3][4]; /* of PLOVER, in the order of the code, each once; "" behind the last */
} coded_actor;

coded_actor coded_party(const export_run *run, const char *code);
/* The code that the incident's statements give to `who`; "" where they give none. */
const char *code_of_party(const incident *item, const char *who);
/* The row of a country by its three letters: for names and numbers. NULL where there is none. */
const country_row *country_of_code(const export_run *run, const char *iso3);

/* Counts what a row of codes cannot carry: figures, grade, whose word it is, a last day. */
void count_what_codes_lose(export_run *run, const incident *item);

#endif
