/* What the public view is made with: a place, a party, a statement as the profile lets them out. Private to the safety profile. */
#ifndef MARSAD_VEIL_H
#define MARSAD_VEIL_H

#include "export/safety.h"

/* A view on its way. */
typedef struct {
    const safety_options *options;
    loss_report *losses;
    arena *memory;
    bool is_out_of_memory;
} veil;

/* What was done to places; the strongest of all, for the note of the incident. */
typedef struct {
    place_level coarsened;
    bool was_told, is_left;
} place_marks;

/* Counts a value or an incident that is withheld; constants only. */
void veil_count(veil *v, const char *what, const char *why);

/* Adds what the profile says of a kind and of the objects that a statement names. */
void veil_rule_of_kind(const veil *v, safety_rule *rule, marsad_kind kind);
void veil_rule_of_statement(const veil *v, safety_rule *rule, const statement *s);

/* NULL where the event may leave today, else the reason why not. */
const char *veil_refuses(const veil *v, const safety_rule *rule, int32_t last_day);

/* A new statement under `rule`; NULL when memory is out. */
const statement *veil_statement(veil *v, const statement *s, const safety_rule *rule, place_marks *marks);

/* `place` under `level` and its own precision in `*out`; false if nothing of it may be told. */
bool veil_place(const veil *v, statement_place *out, const statement_place *place, place_level level, place_marks *marks);

/* May the identifier be told? One without a row in the table of parties could be anything, also a person's name. */
bool veil_knows_party(const veil *v, const char *who);

#endif
