/* lexc [--check] [--hunspell DIR] [-o FILE] LEXICON_DIR: the folder of the tables, lexicon/ar */
#include <stdio.h>
#include <stdlib.h>

#include "lexc.h"

static const char usage[] = "usage: lexc [--check] [--hunspell DIR] [-o FILE] LEXICON_DIR\n"
                            "  --check         read everything, write nothing\n"
                            "  --hunspell DIR  where ar.dic and ar.aff are (default /usr/share/hunspell; 'none' for our own tables alone)\n"
                            "  -o FILE         the compiled lexicon (default lexicon.bin)\n";

static void blank_rows(lexc *x)
{
    /* Index 0 of every table means "none". */
    lexc_string(x, view_of(""));
    *PUSH(x, rows) = (lexicon_row_place){0};
    *PUSH(x, lemmas) = (lex_lemma){0};
    *PUSH(x, lemma_known) = 0;
    *PUSH(x, frames) = (lex_frame){0};
    *PUSH(x, governors) = (lex_governor){0};
    *PUSH(x, sayings) = (lex_saying){0};
    *PUSH(x, actors) = (lex_actor){0};
    *PUSH(x, demonyms) = (lex_demonym){0};
    *PUSH(x, times) = (lex_time){0};
    *PUSH(x, numbers) = (lex_number){.value = MARSAD_NO_VALUE};
    *PUSH(x, bounds) = (lex_bound){0};
    *PUSH(x, directions) = (lex_direction){0};
    *PUSH(x, titles) = (lex_title){0};
    *PUSH(x, words) = (lex_word){0};
    *PUSH(x, keys) = 0;
    *PUSH(x, weights) = (lex_weight){0};
}

int main(int argc, char **argv)
{
    const char *hunspell = "/usr/share/hunspell", *out = "lexicon.bin", *folder = NULL;
    bool check_only = false;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--check") == 0) {
            check_only = true;
        } else if (strcmp(argv[i], "--hunspell") == 0 && i + 1 < argc) {
            hunspell = argv[++i];
        } else if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) {
            out = argv[++i];
        } else if (strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        } else if (argv[i][0] == '-' || folder != NULL) {
            fputs(usage, stderr);
            return 2;
        } else {
            folder = argv[i];
        }
    }
    if (folder == NULL) {
        fputs(usage, stderr);
        return 2;
    }

    static lexc x;
    int status = 1;
    blank_rows(&x);
    if (!lexc_tables_read(&x, folder))
        goto done;
    lexc_rows_read(&x);
    if (strcmp(hunspell, "none") != 0 && !lexc_hunspell_read(&x, hunspell))
        goto done;
    lexc_rows_link(&x);
    for (uint32_t i = 0; i < x.warnings_count; i++)
        fprintf(stderr, "%s\n", x.warnings[i]);
    for (uint32_t i = 0; i < x.faults_count; i++)
        fprintf(stderr, "%s\n", x.faults[i]);
    if (x.faults_count > 0)
        fprintf(stderr, "%u faults: nothing written\n", (unsigned)x.faults_count);
    else if (check_only || lexc_write(&x, out))
        status = 0;
done:
    arena_free(&x.memory);
    return status;
}
