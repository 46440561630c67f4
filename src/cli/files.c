/* Files that operands name: themselves, or all that lie in a folder. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"

bool paths_add(path_list *list, const char *path)
{
    if (list->count == list->room) {
        const size_t room = list->room == 0 ? 16 : 2 * list->room;
        char **items = realloc(list->items, room * sizeof *items);
        if (items == NULL) {
            message("out of memory");
            return false;
        }
        list->items = items;
        list->room = room;
    }
    char *copy = strdup(path);
    if (copy == NULL) {
        message("out of memory");
        return false;
    }
    list->items[list->count++] = copy;
    return true;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool add_folder(path_list *list, const char *path);

/* One entry of a folder. A link to a folder could lead back, and what is neither file nor folder may never end: they are passed over. */
static bool add_entry(path_list *list, const char *path)
{
    struct stat about, link;
    if (stat(path, &about) != 0 || lstat(path, &link) != 0 || S_ISREG(about.st_mode))
        return paths_add(list, path); /* what cannot be opened is told when it is its turn */
    if (S_ISDIR(link.st_mode))
        return add_folder(list, path);
    message("note: '%s' is passed over: %s", path, S_ISDIR(about.st_mode) ? "a link to a folder" : "no file");
    return true;
}

/* A folder's files in the order of their names, and its folders' files. */
static bool add_folder(path_list *list, const char *path)
{
    struct dirent **entries;
    const int count = scandir(path, &entries, is_shown, by_name);
    if (count < 0)
        return paths_add(list, path);
    bool ok = true;
    for (int i = 0; i < count; i++) {
        buffer full = {0};
        buffer_format(&full, "%s/%s", path, entries[i]->d_name);
        buffer_add(&full, "", 1);
        ok = ok && !full.failed && add_entry(list, full.bytes);
        buffer_free(&full);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool add_operand(path_list *list, const char *path)
{
    struct stat about;
    const bool is_folder = strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    return is_folder ? add_folder(list, path) : paths_add(list, path);
}

void paths_free(path_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
}

bool paths_of_operands(path_list *out, const invocation *call)
{
    bool ok = true;
    for (size_t i = 0; i < call->operand_count && ok; i++)
        ok = add_operand(out, call->operands[i]);
    if (ok && out->count == 0 && call->operand_count > 0)
        message("note: there is no file in what is named");
    return ok;
}
