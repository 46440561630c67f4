/* Words of a report sought in a table of rules: by whole folded words, one or two at a time. Private to src/incident/. */
#ifndef MARSAD_WORD_KEY_H
#define MARSAD_WORD_KEY_H

#include "base/base.h"

typedef struct {
    const char *key; /* folded, without ال before its first word; or an identifier */
    int value;       /* number of what it stands for, from 0 */
} word_key;

/* Sorts `keys`; two of the same are an error that names `table`. */
marsad_status word_keys_sort(word_key *keys, uint32_t count, const char *table, marsad_error *err);

/* The value of just this key, or -1. */
int word_key_find(const word_key *keys, uint32_t count, const char *key);

/*
 * The value of the first words of a report that are a key, or -1. Two words that are one key come before the first of them alone, and what is written
 * together with a word is left out: «والأطفال», «للمدنيين», «عشرات الآلاف».
 */
int word_key_of(const word_key *keys, uint32_t count, const char *words);

#endif
