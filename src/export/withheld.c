#include "export/withheld.h"

#include <stdlib.h>

#include "incident/parties.h"

/* --- collecting ----------------------------------------------------------------------------------------------------------------- */

static bool add(name_set *set, const char *name, const char *twin, arena *memory)
{
    if (name == NULL || name[0] == 0)
        return true;
    if (!ARENA_GROW(memory, set->items, set->count, set->room))
        return false;
    set->items[set->count++] = (set_name){name, twin};
    return true;
}

bool name_set_add_name(name_set *set, const char *name, arena *memory)
{
    return add(set, name, NULL, memory);
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
        ok = name_set_add_name(set, s->places[i].norm, memory) && add(set, s->places[i].name_en, s->places[i].norm, memory);
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
    return strcmp(((const set_name *)a)->name, ((const set_name *)b)->name);
}

static void sort(name_set *set)
{
    if (set->count > 0)
        qsort(set->items, set->count, sizeof *set->items, by_name);
}

static bool has(const name_set *set, const char *name)
{
    const set_name wanted = {name, NULL};
    return name != NULL && set->count > 0 && bsearch(&wanted, set->items, set->count, sizeof *set->items, by_name) != NULL;
}

typedef struct {
    const char *name;
    bool is_found;
} form_search;

static bool is_form(void *context, const char *key, const char *text)
{
    form_search *search = context;
    (void)key;
    search->is_found = strcmp(text, search->name) == 0;
    return !search->is_found;
}

static bool is_party(const rule_set *rules, const char *name)
{
    const party_table *parties = rules_parties(rules);
    form_search search = {.name = name};
    for (uint32_t i = 0; i < parties->count; i++)
        if (strcmp(parties->items[i].name_ar, name) == 0 || strcmp(parties->items[i].name_en, name) == 0)
            return true;
    (void)wording_each(rules_wording(rules), LANGUAGE_AR, "genitive.", is_form, &search);
    return search.is_found;
}

void name_set_subtract(name_set *withheld, name_set *shown, const rule_set *rules)
{
    uint32_t kept = 0;
    sort(withheld);
    sort(shown);
    for (uint32_t i = 0, next; i < withheld->count; i = next) {
        const char *name = withheld->items[i].name;
        bool is_shown = has(shown, name);
        for (next = i; next < withheld->count && strcmp(withheld->items[next].name, name) == 0; next++)
            is_shown = is_shown || has(shown, withheld->items[next].twin);
        if (!is_shown && !is_party(rules, name))
            withheld->items[kept++] = withheld->items[i];
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
