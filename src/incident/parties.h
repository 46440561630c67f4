/*
 * The parties as they are published: a neutral name in two languages and what other data sets sort them as. Rows of rules/parties.tsv.
 * An identifier without a row is no party that can be published: see safety.h.
 */
#ifndef MARSAD_PARTIES_H
#define MARSAD_PARTIES_H

#include "incident/rules.h"

/* What stands behind an identifier. The order is that of the names in parties.c. */
typedef enum {
    PARTY_STATE,        /* a government and its forces */
    PARTY_ARMED,        /* an armed group */
    PARTY_COALITION,    /* states together */
    PARTY_ORGANISATION, /* of states, or independent */
    PARTY_MEDIA,
    PARTY_PEOPLE, /* people without a name: civilians, witnesses. As speakers they are anonymous sources */
    PARTY_OPEN,   /* the report leaves it open */
    PARTY_TYPE_COUNT
} party_type;

/* How ACLED's layout sorts a party; the numbers are its codes. */
typedef enum {
    INTER_NONE,
    INTER_STATE,
    INTER_REBEL,
    INTER_POLITICAL_MILITIA,
    INTER_IDENTITY_MILITIA,
    INTER_RIOTERS,
    INTER_PROTESTERS,
    INTER_CIVILIANS,
    INTER_EXTERNAL,
    INTER_COUNT
} party_inter;

typedef struct {
    const char *who, *name_ar, *name_en;
    const char *country; /* ISO 3166-1 alpha-2; "" where the party belongs to none */
    party_type type;
    party_inter inter;
} party_row;

typedef struct {
    party_row *items; /* by `who` */
    uint32_t count, room;
} party_table;

const party_table *rules_parties(const rule_set *rules);

/* NULL if `who` has no row. */
const party_row *party_find(const party_table *parties, const char *who);

/* A body that answers for its words, other than people without a name and parties left open. */
bool party_is_institution(const party_row *party);
/* A party that fights. */
bool party_is_armed(const party_row *party);

/* "state", "armed" ... */
const char *party_type_name(party_type type);

/* "State forces" ...; "" for INTER_NONE. */
const char *party_inter_name(party_inter inter);

#endif
