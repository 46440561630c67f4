/* victims.tsv: which words and parties are which group of victims. */
#include "incident/rules_tables.h"

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
    *(match == MATCH_WORD ? &v->words[v->word_count++] : &v->parties[v->party_count++]) = (word_key){.key = key, .value = group};
    return true;
}

marsad_status victim_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    const victim_rules *v = &rules->victims;
    marsad_status status = rules_read_table(rules, folder, "victims.tsv", columns, victim_row_read, err);
    if (status == MARSAD_OK)
        status = word_keys_sort(v->words, v->word_count, "victims.tsv", err);
    if (status == MARSAD_OK)
        status = word_keys_sort(v->parties, v->party_count, "victims.tsv", err);
    return status;
}

/* --- questions --------------------------------------------------------------------------------------------------------- */

int victim_group_of_words(const victim_rules *victims, const char *words)
{
    return word_key_of(victims->words, victims->word_count, words);
}

int victim_group_of_party(const victim_rules *victims, const char *who, const char *object, const char *words)
{
    const int by_words = victim_group_of_words(victims, words);
    if (by_words >= 0)
        return by_words;
    return word_key_find(victims->parties, victims->party_count, object[0] != 0 ? object : who);
}

bool victim_group_within(const victim_rules *victims, int group, int wider)
{
    for (int at = group; at >= 0; at = victims->groups[at].within)
        if (at == wider)
            return true;
    return false;
}
