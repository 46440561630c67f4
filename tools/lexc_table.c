/* The tables as written: columns, lines, and every fault that can be seen without knowing what a row means. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "lexc.h"
#include "text/text.h"

static const table_spec specs[] = {
    {"triggers", true, "lemma pos kind roles variants needs gloss source", "", "lemma", "lemma pos kind roles needs variants"},
    {"governors.tsv", false, "lemma pos via effect subj source", "", "lemma", "lemma pos via effect"},
    {"sayings.tsv", false, "lemma pos speaker content carry source", "", "lemma", "lemma pos speaker content"},
    {"nouns", true, "lemma plurals gender classes who gloss source", "", "lemma plurals", "lemma gender"},
    {"adjectives.tsv", false, "lemma classes gloss source", "", "lemma", "lemma"},
    {"figures.tsv", false, "lemma pos classes gloss source", "", "lemma", "lemma pos"},
    {"actors", true, "name aliases who code kind parent from to gloss source", "context", "name aliases parent context",
     "name who code parent from context"},
    {"demonyms.tsv", false, "lemma country who code gloss source", "", "lemma country", "lemma country"},
    {"titles.tsv", false, "form class gloss source", "", "form", "form class"},
    {"words.tsv", false, "form class lemma gloss source", "", "form lemma", "form class lemma"},
    {"time.tsv", false, "form rule gloss source", "", "form", "form rule"},
    {"numbers.tsv", false, "form value class gloss source", "", "form", "form value class"},
    {"bounds.tsv", false, "form bound gloss source", "", "form", "form bound"},
    {"directions.tsv", false, "form direction gloss source", "", "form", "form direction"},
    {"weights.tsv", false, "model feature weights source", "", "", "model feature"},
    {"forms", false, "form lemma pos features source", "", "form lemma", "form lemma pos features"},
};

void *lexc_need(void *memory)
{
    if (memory == NULL) {
        fputs("lexc: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

void lexc_grow(lexc *x, void **items, uint32_t count, uint32_t *room, size_t size)
{
    if (!arena_grow(&x->memory, items, count, room, size))
        lexc_need(NULL);
}

/* --- hash tables --- */

uint32_t index_find(const index_map *map, uint64_t hash, bool (*same)(const void *context, uint32_t number), const void *context)
{
    if (map->room == 0)
        return 0;
    for (uint32_t at = (uint32_t)hash & (map->room - 1); map->slots[at] != 0; at = (at + 1) & (map->room - 1))
        if (map->hashes[at] == hash && same(context, map->slots[at]))
            return map->slots[at];
    return 0;
}

static void index_put(index_map *map, uint64_t hash, uint32_t number)
{
    uint32_t at = (uint32_t)hash & (map->room - 1);
    while (map->slots[at] != 0)
        at = (at + 1) & (map->room - 1);
    map->slots[at] = number;
    map->hashes[at] = hash;
    map->used++;
}

void index_add(lexc *x, index_map *map, uint64_t hash, uint32_t number)
{
    if (map->used * 2 >= map->room) {
        index_map old = *map;
        *map = (index_map){.room = old.room == 0 ? 1024 : old.room * 2};
        map->slots = lexc_need(arena_alloc(&x->memory, map->room * sizeof *map->slots));
        map->hashes = lexc_need(arena_alloc(&x->memory, map->room * sizeof *map->hashes));
        for (uint32_t i = 0; i < old.room; i++)
            if (old.slots[i] != 0)
                index_put(map, old.hashes[i], old.slots[i]);
    }
    index_put(map, hash, number);
}

/* --- strings --- */

typedef struct {
    const lexc *x;
    view text;
} string_question;

static bool string_same(const void *context, uint32_t number)
{
    const string_question *ask = context;
    return view_equal(view_of(ask->x->strings + number), ask->text);
}

uint32_t lexc_string(lexc *x, view text)
{
    if (text.len == 0 && x->strings_count > 0)
        return 0;
    const uint64_t hash = view_hash(text);
    string_question ask = {x, text};
    uint32_t found = index_find(&x->string_map, hash, string_same, &ask);
    if (found != 0)
        return found;
    const uint32_t at = x->strings_count;
    for (size_t i = 0; i < text.len; i++)
        *PUSH(x, strings) = text.ptr[i];
    *PUSH(x, strings) = '\0';
    if (at != 0)
        index_add(x, &x->string_map, hash, at);
    return at;
}

const char *lexc_text(const lexc *x, uint32_t string)
{
    return x->strings + string;
}

/* --- faults --- */

static char *told(lexc *x, const table *t, uint32_t line, const char *mark, const char *format, va_list args)
{
    char message[400];
    vsnprintf(message, sizeof message, format, args);
    return lexc_need(arena_format(&x->memory, "%s:%u: %s%s", t->file, (unsigned)line, mark, message));
}

void lexc_fault(lexc *x, const table *t, uint32_t line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = told(x, t, line, "", format, args);
    va_end(args);
    *PUSH(x, faults) = text;
}

void lexc_warn(lexc *x, const table *t, uint32_t line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = told(x, t, line, "warning: ", format, args);
    va_end(args);
    *PUSH(x, warnings) = text;
}

/* --- pieces and cells --- */

bool lexc_piece(view *rest, char separator, view *piece)
{
    while (rest->len > 0) {
        const char *end = memchr(rest->ptr, separator, rest->len);
        size_t len = end == NULL ? rest->len : (size_t)(end - rest->ptr);
        *piece = (view){rest->ptr, len};
        size_t step = end == NULL ? len : len + 1;
        *rest = (view){rest->ptr + step, rest->len - step};
        while (piece->len > 0 && piece->ptr[0] == ' ')
            *piece = (view){piece->ptr + 1, piece->len - 1};
        while (piece->len > 0 && piece->ptr[piece->len - 1] == ' ')
            piece->len--;
        if (piece->len > 0)
            return true;
    }
    return false;
}

static bool list_has(const char *list, const char *word)
{
    view rest = view_of(list), piece;
    while (lexc_piece(&rest, ' ', &piece))
        if (view_equal(piece, view_of(word)))
            return true;
    return false;
}

const char *lexc_cell(const table *t, const row *r, const char *column)
{
    for (uint32_t i = 0; i < t->column_count; i++)
        if (strcmp(t->columns[i], column) == 0)
            return r->cells[i];
    return "";
}

/* --- checks of one row --- */

static bool is_invisible(uint32_t letter)
{
    return letter == 0xAD || letter == 0x61C || (letter >= 0x200B && letter <= 0x200F) || (letter >= 0x202A && letter <= 0x202E) ||
           (letter >= 0x2060 && letter <= 0x206F) || letter == 0xFEFF;
}

static void check_letters(lexc *x, const table *t, uint32_t line, view text)
{
    size_t bad = utf8_invalid(text), step;
    if (bad != MARSAD_NOWHERE) {
        lexc_fault(x, t, line, "byte %zu is not UTF-8", bad + 1);
        return;
    }
    for (size_t at = 0; at < text.len; at += step) {
        uint32_t letter = utf8_at(text, at, &step);
        if (is_invisible(letter)) {
            lexc_fault(x, t, line, "invisible mark U+%04X at byte %zu", (unsigned)letter, at + 1);
            return;
        }
    }
}

static void check_folded(lexc *x, const table *t, const row *r)
{
    static const char open_end[] = "…"; /* bounds.tsv: the number stands there */
    for (uint32_t i = 0; i < t->column_count; i++) {
        if (!list_has(t->spec->folded, t->columns[i]))
            continue;
        view rest = view_of(r->cells[i]), piece;
        while (lexc_piece(&rest, '|', &piece)) {
            view text = piece;
            if (view_starts(text, view_of(open_end)))
                text = (view){text.ptr + sizeof open_end - 1, text.len - (sizeof open_end - 1)};
            if (view_ends(text, view_of(open_end)))
                text.len -= sizeof open_end - 1;
            if (!is_folded(text))
                lexc_fault(x, t, r->line, "'%.*s' in column '%s' is not written folded", (int)piece.len, piece.ptr, t->columns[i]);
            if (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' '))
                lexc_fault(x, t, r->line, "a blank at the end of '%.*s'", (int)piece.len, piece.ptr);
            for (size_t k = 0; k + 1 < text.len; k++)
                if (text.ptr[k] == ' ' && text.ptr[k + 1] == ' ')
                    lexc_fault(x, t, r->line, "two blanks in '%.*s'", (int)piece.len, piece.ptr);
        }
    }
    if (r->cells[0][0] == '\0')
        lexc_fault(x, t, r->line, "empty column '%s'", t->columns[0]);
    if (lexc_cell(t, r, "source")[0] == '\0')
        lexc_fault(x, t, r->line, "empty column 'source'");
}

/* --- duplicates --- */

typedef struct {
    const table *t;
    const row *r;
    char *key;
} keyed_row;

static int keyed_row_order(const void *a, const void *b)
{
    const keyed_row *one = a, *two = b;
    int order = strcmp(one->t->spec->name, two->t->spec->name);
    if (order == 0)
        order = strcmp(one->key, two->key);
    if (order == 0)
        order = strcmp(one->t->file, two->t->file);
    return order != 0 ? order : (one->r->line > two->r->line) - (one->r->line < two->r->line);
}

static char *row_key(lexc *x, const table *t, const row *r)
{
    char *key = lexc_need(arena_format(&x->memory, "%s", ""));
    view rest = view_of(t->spec->unique), column;
    char name[32];
    while (lexc_piece(&rest, ' ', &column)) {
        snprintf(name, sizeof name, "%.*s", (int)column.len, column.ptr);
        key = lexc_need(arena_format(&x->memory, "%s\t%s", key, lexc_cell(t, r, name)));
    }
    return key;
}

static void check_duplicates(lexc *x)
{
    uint32_t all = 0, n = 0;
    for (uint32_t i = 0; i < x->tables_count; i++)
        all += x->tables[i].row_count;
    keyed_row *rows = lexc_need(arena_alloc(&x->memory, (all + 1) * sizeof *rows));
    for (uint32_t i = 0; i < x->tables_count; i++)
        for (uint32_t k = 0; k < x->tables[i].row_count; k++)
            rows[n++] = (keyed_row){&x->tables[i], &x->tables[i].rows[k], row_key(x, &x->tables[i], &x->tables[i].rows[k])};
    qsort(rows, n, sizeof *rows, keyed_row_order);
    for (uint32_t i = 1; i < n; i++) {
        if (rows[i].t->spec != rows[i - 1].t->spec || strcmp(rows[i].key, rows[i - 1].key) != 0)
            continue;
        lexc_fault(x, rows[i].t, rows[i].r->line, "'%s' is already in %s:%u", rows[i].r->cells[0], rows[i - 1].t->file,
                   (unsigned)rows[i - 1].r->line);
    }
}

/* --- one table --- */

static const table_spec *spec_of(const char *file)
{
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        const size_t len = strlen(specs[i].name);
        if (strcmp(specs[i].name, file) == 0)
            return &specs[i];
        if (strncmp(specs[i].name, file, len) == 0 && (file[len] == '-' || strcmp(file + len, ".tsv") == 0) && strchr(specs[i].name, '.') == NULL)
            return &specs[i];
    }
    return NULL;
}

/* Cuts `line` at tabs in place. */
static uint32_t split(lexc *x, char *line, const char ***cells)
{
    uint32_t count = 1, at = 0;
    for (const char *p = line; *p != '\0'; p++)
        count += *p == '\t';
    *cells = lexc_need(arena_alloc(&x->memory, count * sizeof **cells));
    for (char *p = line; p != NULL;) {
        (*cells)[at++] = p;
        p = strchr(p, '\t');
        if (p != NULL)
            *p++ = '\0';
    }
    return count;
}

static bool header_read(lexc *x, table *t, char *line)
{
    t->column_count = split(x, line, &t->columns);
    bool good = true;
    for (uint32_t i = 0; i < t->column_count; i++) {
        if (!list_has(t->spec->columns, t->columns[i]) && !list_has(t->spec->optional, t->columns[i])) {
            lexc_fault(x, t, 1, "unknown column '%s'", t->columns[i]);
            good = false;
        }
        for (uint32_t k = 0; k < i; k++)
            if (strcmp(t->columns[i], t->columns[k]) == 0) {
                lexc_fault(x, t, 1, "column '%s' stands twice", t->columns[i]);
                good = false;
            }
    }
    view rest = view_of(t->spec->columns), column;
    while (lexc_piece(&rest, ' ', &column)) {
        bool found = false;
        for (uint32_t i = 0; i < t->column_count; i++)
            found = found || view_equal(column, view_of(t->columns[i]));
        if (!found) {
            lexc_fault(x, t, 1, "column '%.*s' is missing", (int)column.len, column.ptr);
            good = false;
        }
    }
    if (good && strcmp(t->columns[t->column_count - 1], "source") != 0)
        lexc_fault(x, t, 1, "the last column is 'source'");
    return good;
}

static void row_read(lexc *x, table *t, char *line, uint32_t number)
{
    row r = {.line = number};
    uint32_t count = split(x, line, &r.cells);
    if (count != t->column_count) {
        lexc_fault(x, t, number, "%u columns, the first line names %u", (unsigned)count, (unsigned)t->column_count);
        return;
    }
    r.id = x->rows_count;
    uint32_t file = lexc_string(x, view_of(t->file));
    *PUSH(x, rows) = (lexicon_row_place){file, number};
    check_folded(x, t, &r);
    lexc_grow(x, (void **)&t->rows, t->row_count, &t->row_room, sizeof *t->rows);
    t->rows[t->row_count++] = r;
}

static void table_read(lexc *x, table *t, view text)
{
    view rest = text;
    bool good = false;
    for (uint32_t number = 1; rest.len > 0; number++) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t len = end == NULL ? rest.len : (size_t)(end - rest.ptr), step = end == NULL ? len : len + 1;
        char *line = lexc_need(arena_string(&x->memory, (view){rest.ptr, len}));
        rest = (view){rest.ptr + step, rest.len - step};
        check_letters(x, t, number, (view){line, len});
        if (strlen(line) != len || strchr(line, '\r') != NULL) {
            lexc_fault(x, t, number, "a NUL or carriage return in the line");
            continue;
        }
        if (number == 1)
            good = header_read(x, t, line);
        else if (good && len > 0 && line[0] != '#')
            row_read(x, t, line, number);
    }
    if (text.len == 0)
        lexc_fault(x, t, 1, "the table is empty: the first line names its columns");
}

static int name_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool folder_list(lexc *x, const char *folder, char ***names, uint32_t *count)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        fprintf(stderr, "lexc: cannot read folder '%s': %s\n", folder, strerror(errno));
        return false;
    }
    uint32_t room = 0;
    *names = NULL;
    *count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        lexc_grow(x, (void **)names, *count, &room, sizeof **names);
        (*names)[(*count)++] = lexc_need(arena_string(&x->memory, view_of(entry->d_name)));
    }
    closedir(dir);
    if (*count > 0)
        qsort(*names, *count, sizeof **names, name_order);
    return true;
}

bool lexc_tables_read(lexc *x, const char *folder)
{
    char **names;
    uint32_t count;
    if (!folder_list(x, folder, &names, &count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        table t = {.file = names[i], .spec = spec_of(names[i])};
        const size_t len = strlen(names[i]);
        if (len < 4 || strcmp(names[i] + len - 4, ".tsv") != 0 || t.spec == NULL) {
            lexc_fault(x, &t, 1, "unknown table");
            continue;
        }
        char *path = lexc_need(arena_format(&x->memory, "%s/%s", folder, names[i]));
        mapped_file file;
        marsad_error err;
        if (file_map(&file, path, &err) != MARSAD_OK) {
            lexc_fault(x, &t, 1, "%s", err.message);
            continue;
        }
        table_read(x, &t, (view){(const char *)file.bytes, file.size});
        file_unmap(&file);
        *PUSH(x, tables) = t;
    }
    if (count == 0) {
        fprintf(stderr, "lexc: no tables in '%s'\n", folder);
        return false;
    }
    check_duplicates(x);
    return true;
}
