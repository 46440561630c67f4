/* victims.tsv: which words and parties are which group of victims. */
#include "incident/rules_tables.h"

#include <stdlib.h>

#include "text/text.h"

enum { COLUMN_MATCH, COLUMN_KEY, COLUMN_GROUP, COLUMN_WITHIN, COLUMN_VERSION, COLUMN_SOURCE };
static const char *const columns[] = {"match", "key", "group", "within", "version", "source", NULL};
static const char *const match_names[] = {"word", "party", "object"};
enum { MATCH_WORD, MATCH_PARTY, MATCH_OBJECT };

/* --- reading ----------------------------------------------------------------------------------------------------------- */

static int group_find(const victim_rules *victims, const char *name)
{
    for (uint32_t i = 0; i < victims->group_count; i++)
        if (strcmp(victims->groups[i].name, name) == 0)
            return (int)i;
    return -1;
}

/* The number of group `name`, made by its first row: a wider group stands above what is within it. -1 with `err` filled. */
static int group_read(rule_set *rules, const char *name, const char *within, marsad_error *err)
{
    victim_rules *v = &rules->victims;
    const int known = group_find(v, name), wider = within[0] == 0 ? -1 : group_find(v, within);
    if (within[0] != 0 && wider < 0) {
        fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no row above for the wider group '%s'", within);
        return -1;
    }
    if (known >= 0) {
        if (v->groups[known].within == wider)
            return known;
        fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "group '%s' is within another group above", name);
        return -1;
    }
    const char *own = rules_keep(rules, name, err);
    if (own == NULL)
        return -1;
    if (!ARENA_GROW(&rules->memory, v->groups, v->group_count, v->group_room)) {
        fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", name);
        return -1;
    }
    v->groups[v->group_count] = (victim_group){.name = own, .within = wider};
    return (int)v->group_count++;
}

static bool victim_row_read(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    victim_rules *v = &rules->victims;
    if (cells[COLUMN_KEY][0] == 0 || cells[COLUMN_GROUP][0] == 0 || cells[COLUMN_SOURCE][0] == 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "empty column in the row of '%s'", cells[COLUMN_KEY]) == MARSAD_OK;
    const int match = rules_word(cells[COLUMN_MATCH], match_names, sizeof match_names / sizeof *match_names, "match", err);
    const int group = match < 0 ? -1 : group_read(rules, cells[COLUMN_GROUP], cells[COLUMN_WITHIN], err);
    const char *key = group < 0 ? NULL : rules_keep(rules, cells[COLUMN_KEY], err);
    if (key == NULL)
        return false;
    if (match == MATCH_WORD && !is_folded(view_of(key)))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "a word is not folded: '%s'", key) == MARSAD_OK;

    const bool has_room = match == MATCH_WORD ? ARENA_GROW(&rules->memory, v->words, v->word_count, v->word_room)
                                              : ARENA_GROW(&rules->memory, v->parties, v->party_count, v->party_room);
    if (!has_room)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", key) == MARSAD_OK;
    *(match == MATCH_WORD ? &v->words[v->word_count++] : &v->parties[v->party_count++]) = (victim_key){.key = key, .group = group};
    return true;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const victim_key *)a)->key, ((const victim_key *)b)->key);
}

/* A key is of one group. */
static marsad_status keys_sort(victim_key *keys, uint32_t count, const char *folder, marsad_error *err)
{
    if (count > 1)
        qsort(keys, count, sizeof *keys, by_key);
    for (uint32_t i = 1; i < count; i++)
        if (strcmp(keys[i - 1].key, keys[i].key) == 0)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s/victims.tsv: two rows of '%s'", folder, keys[i].key);
    return MARSAD_OK;
}

marsad_status victim_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    const victim_rules *v = &rules->victims;
    marsad_status status = rules_read_table(rules, folder, "victims.tsv", columns, victim_row_read, err);
    if (status == MARSAD_OK)
        status = keys_sort(v->words, v->word_count, folder, err);
    if (status == MARSAD_OK)
        status = keys_sort(v->parties, v->party_count, folder, err);
    return status;
}

/* --- questions --------------------------------------------------------------------------------------------------------- */

static int key_find(const victim_key *keys, uint32_t count, const char *key)
{
    const victim_key wanted = {.key = key};
    const victim_key *found = count == 0 ? NULL : bsearch(&wanted, keys, count, sizeof *keys, by_key);
    return found == NULL ? -1 : found->group;
}

/* A folded word as it stands, then without ال and what is written together with it: «والأطفال», «للمدنيين». */
static int group_of_word(const victim_rules *victims, const char *word)
{
    static const char *const before[] = {"", "ال", "و", "وال", "ب", "بال", "لل", "ل"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const size_t length = strlen(before[i]);
        const int group = strncmp(word, before[i], length) == 0 ? key_find(victims->words, victims->word_count, word + length) : -1;
        if (group >= 0)
            return group;
    }
    return -1;
}

int victim_group_of_words(const victim_rules *victims, const char *words)
{
    enum { WORDS_BYTES = 1024 }; /* a noun phrase is shorter; the end of a longer one is not looked at */
    char folded[WORDS_BYTES], *rest = NULL;
    int found = -1;
    fold_into(folded, sizeof folded, view_of(words));
    for (const char *word = strtok_r(folded, " \t\n", &rest); word != NULL && found < 0; word = strtok_r(NULL, " \t\n", &rest))
        found = group_of_word(victims, word);
    return found;
}

int victim_group_of_party(const victim_rules *victims, const char *who, const char *object, const char *words)
{
    const int by_words = victim_group_of_words(victims, words);
    if (by_words >= 0)
        return by_words;
    return key_find(victims->parties, victims->party_count, object[0] != 0 ? object : who);
}

bool victim_group_within(const victim_rules *victims, int group, int wider)
{
    for (int at = group; at >= 0; at = victims->groups[at].within)
        if (at == wider)
            return true;
    return false;
}
