/*
 * Search keys: what a word is found by, whichever way it is written. The same for the index and for the question, and for every engine.
 */
#ifndef MARSAD_WORDS_H
#define MARSAD_WORDS_H

#include "base/buffer.h"
#include "text/text.h"

/*
 * Adds the key of each word of `text`, a blank before each but the first of `out`: letters folded as for comparison (fold_into), then ة as ه, ؤ ئ as their
 * carriers, ء dropped, and without the article and what is written to it (ال وال بال فال كال لل). Numbers are keys too. Marks part words.
 */
void words_add_keys(buffer *out, view text);

/*
 * What an index of words takes of the keys of an article: each once, in the order in which they come first, one blank between them, and of so many different ones that
 * they come to more than WORDS_MOST_BYTES without blanks those that come first. PostgreSQL takes 1,048,575 bytes to a row, counted before repetitions are dropped.
 */
enum { WORDS_MOST_BYTES = 1000000 };
void words_make_distinct(buffer *keys);

/* Blanks instead of signs that no index of words takes for letters ("3×4" is two words there): for a question, whose words must be whole. */
void words_part(char *keys, size_t size);
/* The next key in `keys` at or after `*at`; false at the end. */
bool words_next(view keys, size_t *at, view *out);

#endif
