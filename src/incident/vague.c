/* vague.tsv: the bounds of words that give no number. */
#include "incident/rules_tables.h"

#include "text/text.h"

enum { COLUMN_WORDS, COLUMN_LOW, COLUMN_HIGH, COLUMN_NAME, COLUMN_VERSION, COLUMN_SOURCE };
static const char *const columns[] = {"words", "low", "high", "name", "version", "source", NULL};

static bool bound_read(int64_t *out, const char *cell, marsad_error *err)
{
    enum { MOST = 1000000000 };
    unsigned number;
    *out = MARSAD_NO_VALUE;
    if (cell[0] == 0)
        return true;
    if (!rules_number(&number, cell, MOST, err))
        return false;
    *out = number;
    return true;
}

static bool vague_row_read(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    vague_rules *v = &rules->vague;
    vague_row row;
    if (cells[COLUMN_WORDS][0] == 0 || cells[COLUMN_LOW][0] == 0 || cells[COLUMN_NAME][0] == 0 || cells[COLUMN_SOURCE][0] == 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "empty column in the row of '%s'", cells[COLUMN_WORDS]) == MARSAD_OK;
    if (!is_folded(view_of(cells[COLUMN_WORDS])))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "words are not folded: '%s'", cells[COLUMN_WORDS]) == MARSAD_OK;
    if (!bound_read(&row.low, cells[COLUMN_LOW], err) || !bound_read(&row.high, cells[COLUMN_HIGH], err))
        return false;
    if (row.high != MARSAD_NO_VALUE && row.high < row.low)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "high is below low in the row of '%s'", cells[COLUMN_WORDS]) == MARSAD_OK;
    row.label = rules_label(rules, cells[COLUMN_NAME], cells[COLUMN_VERSION], err);
    const char *words = row.label == NULL ? NULL : rules_keep(rules, cells[COLUMN_WORDS], err);
    if (words == NULL)
        return false;
    if (!ARENA_GROW(&rules->memory, v->rows, v->row_count, v->row_room) || !ARENA_GROW(&rules->memory, v->words, v->word_count, v->word_room))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", words) == MARSAD_OK;
    v->words[v->word_count++] = (word_key){.key = words, .value = (int)v->row_count};
    v->rows[v->row_count++] = row;
    return true;
}

marsad_status vague_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    const marsad_status status = rules_read_table(rules, folder, "vague.tsv", columns, vague_row_read, err);
    return status != MARSAD_OK ? status : word_keys_sort(rules->vague.words, rules->vague.word_count, "vague.tsv", err);
}

const vague_row *vague_row_of(const vague_rules *vague, const char *words)
{
    const int row = word_key_of(vague->words, vague->word_count, words);
    return row < 0 ? NULL : &vague->rows[row];
}
