/* Tokens: the words, numbers and marks of a sentence, in one pass. Numbers are read in number.c, marks in mark.c. */
#include "text/token.h"

enum { USUAL_BYTES_A_TOKEN = 8 }; /* Arabic news has about ten, marks and blanks counted */

/* Memory for the whole sentence at once: folding never lengthens, except forms of several letters (at most 8 bytes from 3). */
static size_t room_for_forms(view sentence)
{
    const int lead_of_forms = 0xEF; /* U+F000-FFFF */
    return memchr(sentence.ptr, lead_of_forms, sentence.len) == NULL ? sentence.len : 3 * sentence.len;
}

token *token_add(tokenizer *t, token_kind kind, size_t start, size_t end)
{
    if (!ARENA_GROW(t->memory, t->tokens, t->count, t->room)) {
        t->is_out_of_memory = true;
        return NULL;
    }
    token *added = &t->tokens[t->count++];
    added->home = (span){(uint32_t)start, (uint32_t)end};
    added->kind = (uint8_t)kind;
    added->flags = t->after_blank ? 0 : TOKEN_GLUED;
    t->after_blank = false;
    return added;
}

void form_begin(tokenizer *t)
{
    t->fold.word = t->fold.used;
    t->fold.letters = 0;
    t->fold.flags = 0;
    t->fold.last = ROLE_MARK;
}

view form_end(const tokenizer *t)
{
    return (view){t->fold.out + t->fold.word, t->fold.used - t->fold.word};
}

/* An apostrophe between two Latin letters belongs to the word: "O'Brien", "Alice’s". */
static bool joins_foreign_letters(const tokenizer *t, letter next, size_t at)
{
    if (next.code != '\'' && next.code != 0x2019)
        return false;
    return at + next.step < t->text.len && role_is_foreign(letter_at(t->text, at + next.step).role);
}

/* Whether a letter goes on with the word: a sign and a hidden character always do, but the word's home ends with a letter or sign. */
static bool belongs_to_word(const tokenizer *t, letter next, size_t at, bool is_foreign)
{
    if (role_is_arabic(next.role))
        return !is_foreign;
    if (role_is_foreign(next.role))
        return is_foreign;
    return role_is_sign(next.role) || next.role == ROLE_HIDDEN || (is_foreign && joins_foreign_letters(t, next, at));
}

/* Reads the word that begins at `at`; returns where the reading goes on. */
static size_t read_word(tokenizer *t, size_t at, letter next)
{
    const size_t start = at;
    const bool is_foreign = role_is_foreign(next.role);
    size_t end = at;

    form_begin(t);
    do {
        fold_letter(&t->fold, next);
        at += next.step;
        if (next.role != ROLE_HIDDEN)
            end = at;
        size_t kept = is_foreign ? at : fold_kept_letters(&t->fold, t->text, at);
        if (kept > at)
            end = at = kept;
        if (at >= t->text.len)
            break;
        next = letter_at(t->text, at);
    } while (belongs_to_word(t, next, at, is_foreign));

    token *word = token_add(t, TOKEN_WORD, start, end);
    if (word != NULL) {
        word->form = form_end(t);
        word->flags |= (uint8_t)(t->fold.flags | (is_foreign ? TOKEN_LATIN : 0) | (t->fold.last == ROLE_MAQSURA ? TOKEN_MAQSURA : 0));
    }
    return at;
}

/* One step through the sentence; returns where the next begins. */
static size_t read_token(tokenizer *t, size_t at)
{
    letter next = letter_at(t->text, at);
    if (role_is_arabic(next.role) || role_is_foreign(next.role))
        return read_word(t, at, next);
    if (next.role == ROLE_DIGIT)
        return read_number(t, at);
    if (next.role == ROLE_MARK || next.role == ROLE_PHRASE)
        return read_mark(t, at, next);
    if (next.role == ROLE_BLANK)
        t->after_blank = true;
    return at + next.step; /* signs and hidden characters that belong to no word, '#' and '_' */
}

bool tokens_of(arena *a, view text, span where, token **out, uint32_t *count)
{
    const view sentence = {text.ptr + where.start, where.end - where.start};
    tokenizer t = {.memory = a, .text = {text.ptr, where.end}, .after_blank = true};

    *out = NULL;
    *count = 0;
    if (sentence.len == 0)
        return true;
    t.fold.room = room_for_forms(sentence);
    t.fold.out = arena_alloc(a, t.fold.room);
    t.room = (uint32_t)(sentence.len / USUAL_BYTES_A_TOKEN) + 4;
    t.tokens = arena_alloc(a, t.room * sizeof *t.tokens);
    if (t.fold.out == NULL || t.tokens == NULL)
        return false;

    for (size_t at = where.start; at < t.text.len && !t.is_out_of_memory;)
        at = read_token(&t, at);
    if (t.is_out_of_memory)
        return false;
    *out = t.tokens;
    *count = t.count;
    return true;
}

span token_part(view text, const token *t, size_t from, size_t to)
{
    if (t->kind == TOKEN_MARK)
        return t->home; /* its form is another mark */

    char form[32]; /* one letter at a time: only its length matters */
    view home = {text.ptr, t->home.end};
    span part = {t->home.end, t->home.end};
    size_t done = 0;
    bool has_begun = false;

    for (size_t at = t->home.start; at < home.len;) {
        folding f = {.out = form, .room = sizeof form};
        letter next = letter_at(home, at);
        fold_letter(&f, next);
        if (f.used > 0 && done >= to)
            break;
        if (f.used > 0 && done + f.used > from && !has_begun) {
            part.start = (uint32_t)at;
            has_begun = true;
        }
        at += next.step;
        done += f.used;
        if (has_begun && next.role != ROLE_HIDDEN)
            part.end = (uint32_t)at;
    }
    return part;
}
