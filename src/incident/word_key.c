/* Words of a report sought in a table of rules. */
#include "incident/word_key.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/text.h"

static int by_key(const void *a, const void *b)
{
    return strcmp(((const word_key *)a)->key, ((const word_key *)b)->key);
}

marsad_status word_keys_sort(word_key *keys, uint32_t count, const char *table, marsad_error *err)
{
    if (count > 1)
        qsort(keys, count, sizeof *keys, by_key);
    for (uint32_t i = 1; i < count; i++)
        if (strcmp(keys[i - 1].key, keys[i].key) == 0)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s: two rows of '%s'", table, keys[i].key);
    return MARSAD_OK;
}

int word_key_find(const word_key *keys, uint32_t count, const char *key)
{
    const word_key wanted = {.key = key};
    const word_key *found = count == 0 ? NULL : bsearch(&wanted, keys, count, sizeof *keys, by_key);
    return found == NULL ? -1 : found->value;
}

/* As it stands, then without ال and what is written together with it. */
static int find_bare(const word_key *keys, uint32_t count, const char *word)
{
    static const char *const before[] = {"", "ال", "و", "وال", "ب", "بال", "لل", "ل"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const size_t length = strlen(before[i]);
        const int value = strncmp(word, before[i], length) == 0 ? word_key_find(keys, count, word + length) : -1;
        if (value >= 0)
            return value;
    }
    return -1;
}

int word_key_of(const word_key *keys, uint32_t count, const char *words)
{
    enum { WORDS_BYTES = 1024 }; /* a noun phrase is shorter; the end of a longer one is not looked at */
    char folded[WORDS_BYTES], pair[WORDS_BYTES], *rest = NULL;
    int found = -1;
    fold_into(folded, sizeof folded, view_of(words));
    const char *word = strtok_r(folded, " \t\n", &rest);
    while (word != NULL && found < 0) {
        const char *next = strtok_r(NULL, " \t\n", &rest);
        if (next != NULL) {
            snprintf(pair, sizeof pair, "%s %s", word, next);
            found = find_bare(keys, count, pair);
        }
        if (found < 0)
            found = find_bare(keys, count, word);
        word = next;
    }
    return found;
}
