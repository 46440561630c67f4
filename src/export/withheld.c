#include "export/withheld.h"

#include <stdlib.h>

#include "incident/parties.h"

/* --- collecting ----------------------------------------------------------------------------------------------------------------- */

bool name_set_add_name(name_set *set, const char *name, arena *memory)
{
    if (name == NULL || name[0] == 0)
        return true;
    if (!ARENA_GROW(memory, set->items, set->count, set->room))
        return false;
    set->items[set->count++] = name;
    return true;
}

static bool add_words(name_set *set, const statement_party *parties, uint32_t count, arena *memory)
{
    bool ok = true;
    for (uint32_t i = 0; i < count && ok; i++)
        ok = name_set_add_name(set, parties[i].words, memory);
    return ok;
}

static bool add_statement(name_set *set, const statement *s, arena *memory)
{
    bool ok = name_set_add_name(set, s->url, memory) && add_words(set, s->actors, s->actor_count, memory) &&
              add_words(set, s->targets, s->target_count, memory) && add_words(set, s->speakers, s->speaker_count, memory);
    for (uint32_t i = 0; i < s->place_count && ok; i++)
        ok = name_set_add_name(set, s->places[i].norm, memory) && name_set_add_name(set, s->places[i].name_en, memory);
    return ok;
}

bool name_set_add(name_set *set, const statement *const *statements, size_t count, arena *memory)
{
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = add_statement(set, statements[i], memory);
    return ok;
}

bool name_set_add_shown(name_set *set, const statement *const *statements, size_t count, arena *memory)
{
    bool ok = name_set_add(set, statements, count, memory);
    for (size_t i = 0; i < count && ok; i++) {
        const statement *s = statements[i];
        ok = name_set_add_name(set, s->outlet, memory);
        for (uint32_t p = 0; p < s->place_count && ok; p++)
            ok = name_set_add_name(set, s->places[p].admin1, memory) && name_set_add_name(set, s->places[p].admin2, memory);
    }
    return ok;
}

/* --- comparing ------------------------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(name_set *set)
{
    if (set->count > 0)
        qsort(set->items, set->count, sizeof *set->items, by_name);
}

static bool has(const name_set *set, const char *name)
{
    return set->count > 0 && bsearch(&name, set->items, set->count, sizeof *set->items, by_name) != NULL;
}

static bool is_party(const party_table *parties, const char *name)
{
    for (uint32_t i = 0; i < parties->count; i++)
        if (strcmp(parties->items[i].name_ar, name) == 0 || strcmp(parties->items[i].name_en, name) == 0)
            return true;
    return false;
}

void name_set_subtract(name_set *withheld, name_set *shown, const rule_set *rules)
{
    const party_table *parties = rules_parties(rules);
    uint32_t kept = 0;
    sort(withheld);
    sort(shown);
    for (uint32_t i = 0; i < withheld->count; i++) {
        const char *name = withheld->items[i];
        const bool is_again = kept > 0 && strcmp(withheld->items[kept - 1], name) == 0;
        if (!is_again && !has(shown, name) && !is_party(parties, name))
            withheld->items[kept++] = name;
    }
    withheld->count = kept;
}

/* --- looking --------------------------------------------------------------------------------------------------------------------- */

static bool is_withheld(const name_set *withheld, const page_run *run)
{
    return (run->kind == RUN_NAME && has(withheld, run->text)) || (run->url != NULL && has(withheld, run->url));
}

static void check_line(page *p, page_line line, const name_set *withheld)
{
    for (uint32_t r = 0; r < line.count; r++)
        if (is_withheld(withheld, &line.items[r]))
            page_fail(p, MARSAD_ERR_FORMAT, "a name that the safety profile withholds would stand in print, beginning with", line.items[0].text);
}

void page_check_names(page *p, const name_set *withheld)
{
    for (uint32_t b = 0; b < p->count; b++)
        for (uint32_t c = 0; c < p->blocks[b].cell_count; c++)
            check_line(p, p->blocks[b].cells[c], withheld);
}
