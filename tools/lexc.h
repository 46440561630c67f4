/*
 * lexc: the tables of lexicon/ar and hunspell-ar become the mapped file of src/lexicon.
 *
 *   lexc_table.c     read the tables, find what is wrong with them
 *   lexc_rows.c      what the rows mean: lemmas, frames, actors, phrases
 *   lexc_forms.c     the forms of nouns, adjectives and verbs
 *   lexc_hunspell.c  the open vocabulary
 *   lexc_write.c     sorted, hashed, written
 *
 * A tool that runs once: memory is taken from one arena and given back at the end; without memory it stops with a message.
 */
#ifndef LEXC_H
#define LEXC_H

#include "lexicon/format.h"

typedef struct {
    const char **cells;
    uint32_t line, id; /* id: number of the row in the lexicon */
} row;

typedef struct {
    const char *name;    /* file name, or the part before '-' of a family */
    bool is_family;      /* name-*.tsv */
    const char *columns; /* in order, blank-separated */
    const char *optional;
    const char *folded; /* columns that hold keys */
    const char *unique; /* columns that may not be the same in two rows of the table (or of the family) */
} table_spec;

typedef struct {
    const char *file; /* "triggers-attack.tsv" */
    const table_spec *spec;
    const char **columns;
    uint32_t column_count;
    row *rows;
    uint32_t row_count, row_room;
} table;

typedef struct {
    uint32_t text, lemma;
    uint16_t feats;
    uint8_t pos, rank;
} form;

typedef struct {
    uint32_t *keys;
    uint32_t count;
    lex_entry entry;
} phrase;

/* A hash table from 64-bit hashes to numbers > 0; `same` is asked by the caller through the number. */
typedef struct {
    uint32_t *slots;
    uint64_t *hashes;
    uint32_t room, used;
} index_map;

#define LIST(type, name)                                                                                                                             \
    type *name;                                                                                                                                      \
    uint32_t name##_count, name##_room

typedef struct {
    arena memory;
    LIST(char, strings);
    index_map string_map, lemma_map, key_map;
    LIST(table, tables);
    LIST(char *, faults);
    LIST(char *, warnings);
    LIST(lexicon_row_place, rows);
    LIST(lex_lemma, lemmas);
    LIST(lex_frame, frames);
    LIST(lex_governor, governors);
    LIST(lex_saying, sayings);
    LIST(lex_actor, actors);
    LIST(lex_demonym, demonyms);
    LIST(lex_time, times);
    LIST(lex_number, numbers);
    LIST(lex_bound, bounds);
    LIST(lex_direction, directions);
    LIST(lex_title, titles);
    LIST(lex_word, words);
    LIST(lex_weight, weights); /* in the order of the table; 0 is none */
    LIST(form, forms);
    LIST(phrase, phrases);
    LIST(uint32_t, keys);       /* key -> string */
    LIST(uint8_t, lemma_known); /* LEMMA_ bits per lemma */
} lexc;

enum { LEMMA_IN_TABLE = 1, LEMMA_OPEN = 2, LEMMA_HAS_PLURAL = 4 };

/* Ranks of readings: a smaller one is likelier by itself. */
enum { RANK_OWN = 0, RANK_OPEN = 2, RANK_OPEN_NAME = 2, RANK_RARE = 4, RANK_OBSCURE = 6 };

/* Add one element and give its place; stops when memory is out. */
#define PUSH(x, list) (lexc_grow((x), (void **)&(x)->list, (x)->list##_count, &(x)->list##_room, sizeof *(x)->list), &(x)->list[(x)->list##_count++])

/* --- lexc_table.c --- */
void lexc_grow(lexc *x, void **items, uint32_t count, uint32_t *room, size_t size);
void *lexc_need(void *memory); /* stops when it is NULL */
uint32_t lexc_string(lexc *x, view text);
const char *lexc_text(const lexc *x, uint32_t string);
void lexc_fault(lexc *x, const table *t, uint32_t line, const char *format, ...) __attribute__((format(printf, 4, 5)));
void lexc_warn(lexc *x, const table *t, uint32_t line, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Reads every *.tsv of `folder`, in the order of their names. False if the folder cannot be read (told on stderr). */
bool lexc_tables_read(lexc *x, const char *folder);
const char *lexc_cell(const table *t, const row *r, const char *column);
uint32_t index_find(const index_map *map, uint64_t hash, bool (*same)(const void *context, uint32_t number), const void *context);
void index_add(lexc *x, index_map *map, uint64_t hash, uint32_t number);
/* The next piece of `*rest` before one of `separators`, blanks around it left out; false at the end. */
bool lexc_piece(view *rest, char separator, view *piece);

/* --- lexc_rows.c --- */
uint32_t lexc_lemma(lexc *x, view text, part_of_speech pos);            /* made if it is new */
uint32_t lexc_lemma_seek(const lexc *x, view text, part_of_speech pos); /* or 0 */
void lexc_rows_read(lexc *x);                                           /* everything but what needs the open vocabulary */
void lexc_rows_link(lexc *x);                                           /* lemmas of triggers, needs and governors; warnings for those nobody knows */

/* --- lexc_forms.c --- */
void lexc_form(lexc *x, view text, uint32_t lemma, part_of_speech pos, unsigned feats, unsigned rank);
void lexc_form_joined(lexc *x, view stem, const char *ending, uint32_t lemma, part_of_speech pos, unsigned feats, unsigned rank);
void lexc_noun_forms(lexc *x, uint32_t lemma, view plurals, char gender, unsigned rank);
void lexc_noun_plural(lexc *x, uint32_t lemma, view plural, char gender, unsigned rank);
void lexc_adjective_forms(lexc *x, uint32_t lemma, part_of_speech pos, unsigned rank);
void lexc_verb_forms(lexc *x, uint32_t lemma, unsigned rank);
unsigned lexc_verb_feats(view text, view lemma, unsigned tense);
unsigned lexc_verb_cost(view text, view lemma, unsigned feats); /* how much rarer than "he did" the form is in the news */

/* --- lexc_hunspell.c --- */
bool lexc_hunspell_read(lexc *x, const char *folder);

/* --- lexc_write.c --- */
void lexc_phrase(lexc *x, view text, entry_type type, uint32_t index, bool inflect);
bool lexc_write(lexc *x, const char *path);

#endif
