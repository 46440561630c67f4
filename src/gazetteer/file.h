/*
 * Inside the gazetteer: the compiled file, and what its compiler and its reader share. Nobody else includes this.
 *
 * The file, in the byte order of the machine that made it:
 *
 *   header | places | keys | slots | first_edge | first_item | edge_keys | items | strings
 *
 * Every section's place follows from the counts in the header, so there is no offset of a section that could lie.
 *
 * Names stand in a trie over words. Its states are numbered breadth first, and every state but 0 has one edge that leads to it:
 *
 *   state 0 --خان--> 1        edge e leads to state e + 1, so no child is stored,
 *           --حلب--> 2        and no state can lead back: the trie is acyclic by construction
 *   state 1 --طومان--> 3      as long as first_edge[s] >= s, which is checked on open.
 *
 * Words that begin a name have the numbers 1..R in the order of state 0's edges: its edges need no search.
 */
#ifndef MARSAD_GAZETTEER_FILE_H
#define MARSAD_GAZETTEER_FILE_H

#include "gazetteer/gazetteer.h"

#define GAZETTEER_MAGIC "MARSADGZ"
enum {
    GAZETTEER_VERSION = 2,
    GAZETTEER_BYTE_ORDER = 0x01020304,
    GAZETTEER_NAME_WORDS = 6,           /* a longer name is no key */
    GAZETTEER_NAME_BYTES = 256,         /* folded */
    GAZETTEER_COUNT_LIMIT = 0x10000000, /* of anything; keeps every product far from 64 bits */
    GAZETTEER_PROMINENCE_LIMIT = 100
};

typedef struct {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t size; /* of the whole file */
    uint64_t sum;  /* gazetteer_sum() of all that follows the header */
    uint32_t place_count, key_count, slot_count, state_count;
    uint32_t first_words; /* words that begin a name: numbers 1..first_words */
    uint32_t item_count, string_bytes, unused;
} gazetteer_header;

typedef struct {
    uint32_t hash, key; /* key 0: the slot is free */
} gazetteer_slot;

/* Where the sections begin, in bytes of the file. */
typedef struct {
    uint64_t places, keys, slots, first_edge, first_item, edge_keys, items, strings, end;
} gazetteer_layout;

gazetteer_layout gazetteer_layout_of(const gazetteer_header *header);
/* Tells damage, not malice. */
uint64_t gazetteer_sum(const unsigned char *bytes, size_t size);

/* A name in the words of its key. The views look into the folded name. */
typedef struct {
    view words[GAZETTEER_NAME_WORDS];
    size_t count;           /* 0: the name cannot be a key */
    bool first_had_article; /* المنطقة الوسطى, not منطقة حلب */
} gazetteer_name;

/*
 * Part a name that fold_into() made into bare words: blanks and marks part words, what follows a bracket or comma is left out,
 * each word stands without ال when two letters remain (الله stays).
 */
void gazetteer_name_read(gazetteer_name *out, view folded);
/* محافظة حلب becomes حلب. False if nothing was taken off, or if what remains would be a mere adjective or direction (ولاية الشمالية). */
bool gazetteer_name_strip(gazetteer_name *name);
/*
 * The other way to write a compound: كفر نبل and كفرنبل, تل رفعت and تلرفعت. False if the name is no such compound.
 *   letters  room for GAZETTEER_NAME_BYTES; the new word may lie there.
 */
bool gazetteer_name_respell(gazetteer_name *out, char *letters, const gazetteer_name *name);
/* A name that is first of all a common word (العاصمة، الشمال، مالي): to be believed beside a cue only. */
bool gazetteer_name_is_common(const gazetteer_name *name);

/* GeoNames' feature codes, the kinds of the hand-made tables, and the class that they stand for. */
place_feature gazetteer_feature(view code);
/* The class of a GeoNames row whose code is not in the table, by its one-letter class. */
place_feature gazetteer_feature_of_class(char letter);

/* 0..100 of a count of languages (Who's On First), of inhabitants, and the least for a class. */
uint8_t gazetteer_prominence_of_languages(uint32_t languages);
uint8_t gazetteer_prominence_of_people(uint32_t people);
uint8_t gazetteer_prominence_least(place_feature feature);
uint8_t gazetteer_prominence_most(place_feature feature);

/* One row of a table. The views last until the next row. */
typedef struct {
    view id, name, alternatives, name_en, country, admin1, admin2, source;
    char separator; /* between alternatives */
    double lat, lon;
    uint32_t population;
    place_feature feature;
    uint8_t prominence;
    bool cue;
    bool is_curated; /* of Marsad's own tables: its class and point are believed over others' */
} gazetteer_row;

typedef marsad_status gazetteer_take(void *context, const gazetteer_row *row, marsad_error *err);

/* Call `take` for each place of a table of any known form. */
marsad_status gazetteer_table_read(const char *path, gazetteer_take *take, void *context, marsad_error *err);

#endif
