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

static bool run_row(const char *place, char *line, int columns, row_check *check)
{
    char *column[MOST_COLUMNS];
    if (split(line, column) == columns)
        return check(place, column);
    printf("%s: a row has %d columns\n", place, columns);
    return false;
}

int rows_run(const char *name, int columns, row_check *check)
{
    char path[512], place[600], line[8192];
    int failed = 0, run = 0;

    snprintf(path, sizeof path, "%s/%s", MARSAD_CORPUS_DIR, name);
    FILE *rows = fopen(path, "r");
    if (rows == NULL) {
        printf("%s: cannot open\n", path);
        return 1;
    }
    for (int number = 1; fgets(line, sizeof line, rows) != NULL; number++) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        snprintf(place, sizeof place, "%s:%d", path, number);
        failed += !run_row(place, line, columns, check);
        run++;
    }
    fclose(rows);
    if (run == 0)
        printf("%s: no rows\n", path);
    return run == 0 ? 1 : failed;
}

void text_append(char *out, size_t room, view more)
{
    size_t used = strlen(out), left = room - 1 - used;
    size_t size = more.len < left ? more.len : left;
    memcpy(out + used, more.ptr, size);
    out[used + size] = '\0';
}
