/* The work of cutting a sentence into tokens, shared by token.c, number.c and mark.c. Private to src/text/. */
#ifndef MARSAD_TOKEN_H
#define MARSAD_TOKEN_H

#include "text/letter.h"
#include "text/text.h"

typedef struct {
    arena *memory;
    view text; /* of the article, from its beginning to the end of the sentence */
    token *tokens;
    uint32_t count, room;
    bool is_out_of_memory;
    bool after_blank; /* white space, or nothing, since the last token */
    folding fold;     /* the forms of all words, one behind the other */

    bool in_quote;        /* a mark that opens has been seen, and none that closes it */
    bool in_single_quote; /* the same for ' and ‘ */
    bool in_straight;     /* the same for ", which does not say which it is ... */
    bool has_straight;    /* ... once the first one has been seen */
} tokenizer;

/* Adds a token whose home is bytes [start, end); NULL when memory is out. */
token *token_add(tokenizer *t, token_kind kind, size_t start, size_t end);

/* What fold_letter() appends between these two is one form. */
void form_begin(tokenizer *t);
view form_end(const tokenizer *t);

/* Each reads what begins at `at` and returns where the reading goes on. */
size_t read_number(tokenizer *t, size_t at);
size_t read_mark(tokenizer *t, size_t at, letter next);

#endif
