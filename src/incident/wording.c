/* Reads the rows that bulletins are worded by, and refuses tables that could leave a sentence without its source. */
#include "incident/wording.h"

#include <stdio.h>
#include <stdlib.h>

#include "incident/rules_tables.h"

typedef struct {
    const char *key, *text;
} row;

typedef struct {
    row *items; /* sorted by key after reading */
    uint32_t count, room;
} row_list;

typedef struct {
    wording_language language;
    const char *category;
    int64_t modulus, from, to;
} plural_row;

struct wording {
    row_list rows[LANGUAGE_COUNT];
    plural_row *plurals;
    uint32_t plural_count, plural_room;
};

/* One table on its way in. */
typedef struct {
    wording *out;
    wording_language language;
    arena *memory;
} table;

static const char *const codes[LANGUAGE_COUNT] = {"ar", "en"};

const char *wording_language_code(wording_language language)
{
    return codes[language];
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const row *)a)->key, ((const row *)b)->key);
}

const char *wording_text(const wording *w, wording_language language, const char *key)
{
    const row_list *rows = &w->rows[language];
    const row wanted = {.key = key};
    const row *found = rows->count > 0 ? bsearch(&wanted, rows->items, rows->count, sizeof *rows->items, by_key) : NULL;
    return found != NULL ? found->text : NULL;
}

const char *wording_plural(const wording *w, wording_language language, int64_t number)
{
    for (uint32_t i = 0; i < w->plural_count; i++) {
        const plural_row *r = &w->plurals[i];
        const int64_t rest = r->modulus > 0 ? number % r->modulus : number;
        if (r->language == language && rest >= r->from && rest <= r->to)
            return r->category;
    }
    return "other";
}

bool wording_each(const wording *w, wording_language language, const char *prefix, bool (*visit)(void *context, const char *key, const char *text),
                  void *context)
{
    const row_list *rows = &w->rows[language];
    for (uint32_t i = 0; i < rows->count; i++)
        if (strncmp(rows->items[i].key, prefix, strlen(prefix)) == 0 && !visit(context, rows->items[i].key, rows->items[i].text))
            return false;
    return true;
}

/* --- reading --------------------------------------------------------------------------------------------------------- */

static bool no_memory(marsad_error *err)
{
    fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory");
    return false;
}

static bool add_row(table *t, wording_language language, const char *key, const char *text, marsad_error *err)
{
    row_list *rows = &t->out->rows[language];
    char *own_key = arena_string(t->memory, view_of(key)), *own_text = arena_string(t->memory, view_of(text));
    if (own_key == NULL || own_text == NULL || !ARENA_GROW(t->memory, rows->items, rows->count, rows->room))
        return no_memory(err);
    rows->items[rows->count++] = (row){own_key, own_text};
    return true;
}

static bool add_sentence(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    table *t = context;
    for (int i = 0; i < 3; i++)
        if (cells[i][0] == 0) {
            fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "empty cell beside '%s'", cells[0]);
            return false;
        }
    return add_row(t, t->language, cells[0], cells[1], err);
}

static bool add_kind(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    table *t = context;
    bool fine = true;
    for (int i = 0; fine && i < LANGUAGE_COUNT; i++) {
        const char *name = arena_format(t->memory, "kind.%s", cells[0]), *frame = arena_format(t->memory, "frame.%s", cells[0]);
        if (name == NULL || frame == NULL)
            return no_memory(err);
        fine = add_row(t, (wording_language)i, name, cells[1 + i], err) && add_row(t, (wording_language)i, frame, cells[3], err);
    }
    return fine;
}

static bool read_number(const char *text, int64_t *out)
{
    char *end = NULL;
    *out = strtoll(text, &end, 10);
    return end != text && *end == 0 && *out >= 0;
}

static bool add_plural(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    table *t = context;
    wording *w = t->out;
    plural_row r = {.language = LANGUAGE_COUNT};
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (strcmp(cells[0], codes[i]) == 0)
            r.language = (wording_language)i;
    if (r.language == LANGUAGE_COUNT || !read_number(cells[2], &r.modulus) || !read_number(cells[3], &r.from) || !read_number(cells[4], &r.to)) {
        fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no plural rule of a known language with numbers: '%s' '%s'", cells[0], cells[1]);
        return false;
    }
    r.category = arena_string(t->memory, view_of(cells[1]));
    if (r.category == NULL || !ARENA_GROW(t->memory, w->plurals, w->plural_count, w->plural_room))
        return no_memory(err);
    w->plurals[w->plural_count++] = r;
    return true;
}

/* --- checking -------------------------------------------------------------------------------------------------------- */

static bool has_slot(const char *text, const char *slot)
{
    return strstr(text, slot) != NULL;
}

static bool starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Has `text` words outside of its slots? Blanks and brackets are none. */
static bool has_words(const char *text)
{
    bool inside = false;
    for (const char *at = text; *at != 0; at++) {
        if (*at == '{' || *at == '}')
            inside = *at == '{';
        else if (!inside && strchr(" ()", *at) == NULL)
            return true;
    }
    return false;
}

/* Each slot of `a` stands in `b`. */
static bool same_slots(const char *a, const char *b)
{
    for (const char *open = strchr(a, '{'); open != NULL; open = strchr(open + 1, '{')) {
        const char *close = strchr(open, '}');
        char slot[32];
        if (close == NULL || (size_t)(close - open) + 2 > sizeof slot)
            return false;
        (void)snprintf(slot, sizeof slot, "%.*s", (int)(close - open + 1), open);
        if (!has_slot(b, slot))
            return false;
    }
    return true;
}

/* What a row must hold so that no claim can lose its source; NULL if it does. */
static const char *fault_of(const row *r)
{
    if (starts(r->key, "say.") && !has_slot(r->text, "{by}") && !has_slot(r->text, "{claims}"))
        return "has neither {by} nor {claims}";
    if (starts(r->key, "clause.") && !has_slot(r->text, "{by}"))
        return "has no {by}";
    if (starts(r->key, "by.") && (!has_slot(r->text, "{who}") || !has_words(r->text)))
        return "has no {who} or no words of its own";
    return NULL;
}

/* Forms of counted nouns differ between languages, and English has no cases. */
static bool is_form(const char *key)
{
    return starts(key, "genitive.") || (starts(key, "count.") && strcmp(key, "count.group") != 0);
}

static marsad_status refuse(wording_language language, const char *key, const char *fault, marsad_error *err)
{
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "bulletin-%s.tsv: '%s' %s", codes[language], key, fault);
}

static marsad_status check_rows(const wording *w, wording_language language, marsad_error *err)
{
    const row_list *rows = &w->rows[language];
    for (uint32_t i = 0; i < rows->count; i++) {
        const char *key = rows->items[i].key, *fault = fault_of(&rows->items[i]);
        if (i > 0 && strcmp(key, rows->items[i - 1].key) == 0)
            fault = "stands there twice";
        if (fault != NULL)
            return refuse(language, key, fault, err);
    }
    for (int k = 0; k < MARSAD_KIND_COUNT; k++) {
        char key[64];
        (void)snprintf(key, sizeof key, "kind.%s", marsad_kind_name((marsad_kind)k));
        if (wording_text(w, language, key) == NULL)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "kinds.tsv: no row for '%s'", marsad_kind_name((marsad_kind)k));
    }
    return MARSAD_OK;
}

/* Each row stands in the other language too, with the same slots. */
static marsad_status check_twins(const wording *w, wording_language language, marsad_error *err)
{
    const wording_language other = language == LANGUAGE_AR ? LANGUAGE_EN : LANGUAGE_AR;
    const row_list *rows = &w->rows[language];
    for (uint32_t i = 0; i < rows->count; i++) {
        const row *r = &rows->items[i];
        if (is_form(r->key))
            continue;
        const char *twin = wording_text(w, other, r->key);
        if (twin == NULL)
            return refuse(language, r->key, "is missing in the other language", err);
        if (!same_slots(r->text, twin))
            return refuse(language, r->key, "has other slots in the other language", err);
    }
    return MARSAD_OK;
}

static marsad_status read_table(table *t, const char *folder, const char *name, const char *const *columns, tsv_visit *visit, marsad_error *err)
{
    const char *path = arena_format(t->memory, "%s/%s", folder, name);
    if (path == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory");
    return tsv_read(path, columns, visit, t, err);
}

marsad_status wording_read(wording **out, const char *folder, arena *memory, marsad_error *err)
{
    static const char *const sentence[] = {"key", "text", "source", NULL}, *const kind[] = {"kind", "ar", "en", "frame", "source", NULL},
                             *const plural[] = {"language", "category", "modulus", "from", "to", "source", NULL};
    wording *w = arena_alloc(memory, sizeof *w);
    if (w == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory");
    table t = {.out = w, .memory = memory};

    marsad_status status = read_table(&t, folder, "kinds.tsv", kind, add_kind, err);
    if (status == MARSAD_OK)
        status = read_table(&t, folder, "plurals.tsv", plural, add_plural, err);
    for (int i = 0; status == MARSAD_OK && i < LANGUAGE_COUNT; i++) {
        t.language = (wording_language)i;
        status = read_table(&t, folder, i == LANGUAGE_AR ? "bulletin-ar.tsv" : "bulletin-en.tsv", sentence, add_sentence, err);
        if (status == MARSAD_OK)
            qsort(w->rows[i].items, w->rows[i].count, sizeof *w->rows[i].items, by_key);
    }
    for (int i = 0; status == MARSAD_OK && i < LANGUAGE_COUNT; i++)
        status = check_rows(w, (wording_language)i, err);
    for (int i = 0; status == MARSAD_OK && i < LANGUAGE_COUNT; i++)
        status = check_twins(w, (wording_language)i, err);
    if (status == MARSAD_OK)
        *out = w;
    return status;
}

marsad_status wording_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    return wording_read(&rules->wording, folder, &rules->memory, err);
}

const wording *rules_wording(const rule_set *rules)
{
    return rules->wording;
}
