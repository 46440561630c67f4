#include "rows.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 8 };

/* Replaces escapes in place: what they stand for is never longer. */
static void unescape(char *column)
{
    char *to = column;
    for (const char *from = column; *from != '\0';) {
        if (strncmp(from, "\\u{", 3) == 0) {
            char *end;
            to += utf8_put(to, (uint32_t)strtoul(from + 3, &end, 16));
            from = *end == '}' ? end + 1 : end;
        } else if (from[0] == '\\' && (from[1] == 't' || from[1] == 'n' || from[1] == '\\')) {
            *to++ = from[1] == 't' ? '\t' : from[1] == 'n' ? '\n' : '\\';
            from += 2;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

static int split(char *line, char **column)
{
    int count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; at != NULL && count < MOST_COLUMNS; count++) {
        char *tab = strchr(at, '\t');
        column[count] = at;
        if (tab != NULL)
            *tab++ = '\0';
        at = tab;
    }
    for (int i = 0; i < count; i++)
        unescape(column[i]);
    return count;
}

/* What the rows of one table came to. */
typedef struct {
    const char *name;
    int columns;
    row_check *check;
    bool may_have_gaps;
    int run, failed, gaps;
} table_run;

static bool check_columns(const table_run *t, const char *place, char *const *column)
{
    if (!t->may_have_gaps || column[0][0] != '?')
        return t->check(place, column);
    if (!t->check(NULL, column))
        return true;
    printf("%s: %s\n  passes: no gap any more, take its '?' off\n", place, column[0]);
    return false;
}

static void run_row(table_run *t, const char *place, char *line)
{
    char *column[MOST_COLUMNS];
    t->run++;
    if (split(line, column) != t->columns) {
        printf("%s: a row has %d columns\n", place, t->columns);
        t->failed++;
        return;
    }
    t->failed += !check_columns(t, place, column);
    t->gaps += t->may_have_gaps && column[0][0] == '?';
}

static int run_table(table_run *t)
{
    char path[512], place[600], line[8192];

    snprintf(path, sizeof path, "%s/%s", MARSAD_CORPUS_DIR, t->name);
    FILE *rows = fopen(path, "r");
    if (rows == NULL) {
        printf("%s: cannot open\n", path);
        return 1;
    }
    for (int number = 1; fgets(line, sizeof line, rows) != NULL; number++) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        snprintf(place, sizeof place, "%s:%d", path, number);
        run_row(t, place, line);
    }
    fclose(rows);
    if (t->run == 0)
        printf("%s: no rows\n", path);
    return t->run == 0 ? 1 : t->failed;
}

int rows_run(const char *name, int columns, row_check *check)
{
    table_run t = {.name = name, .columns = columns, .check = check};
    return run_table(&t);
}

int rows_run_with_gaps(const char *name, int columns, row_check *check)
{
    table_run t = {.name = name, .columns = columns, .check = check, .may_have_gaps = true};
    int failed = run_table(&t);
    printf("%s: %d rows, known gaps: %d\n", name, t.run, t.gaps);
    return failed;
}

bool row_same(const char *place, const char *note, const char *want, const char *got)
{
    if (strcmp(want, got) == 0)
        return true;
    if (place != NULL)
        printf("%s: %s\n  want %s\n  got  %s\n", place, note, want, got);
    return false;
}

void text_append(char *out, size_t room, view more)
{
    size_t used = strlen(out), left = room - 1 - used;
    size_t size = more.len < left ? more.len : left;
    memcpy(out + used, more.ptr, size);
    out[used + size] = '\0';
}
