/* Files that connecting reads, each time: passwords, certificates, keys. */
#include <stdio.h>
#include <stdlib.h>

#include "archive/postgres.h"

/* What names the file that is read where nothing else is said, beneath the home folder. */
static const char *const usual[] = {".pgpass", ".postgresql"};
static const char *const keywords[] = {"passfile", "sslrootcert", "sslcert", "sslkey", "sslcrl", "sslcrldir", "servicefile"};

static void visit_options(const PQconninfoOption *options, void (*visit)(void *context, const char *path), void *context)
{
    for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++)
        for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
            if (strcmp(o->keyword, keywords[i]) == 0 && o->val != NULL && o->val[0] == '/')
                visit(context, o->val);
}

void postgres_files(const char *where, const char *home, void (*visit)(void *context, const char *path), void *context)
{
    PQconninfoOption *named = PQconninfoParse(where, NULL), *defaults = PQconndefaults();
    visit_options(named, visit, context);
    visit_options(defaults, visit, context);
    PQconninfoFree(named);
    PQconninfoFree(defaults);
    for (size_t i = 0; home != NULL && i < sizeof usual / sizeof *usual; i++) {
        buffer path = {0};
        buffer_format(&path, "%s/%s", home, usual[i]);
        buffer_add(&path, "", 1);
        if (!path.failed)
            visit(context, path.bytes);
        buffer_free(&path);
    }
}
