/*
 * Text: the bytes of an article become sentences, and a sentence becomes tokens of folded letters that know their way home.
 * An article is read sentence by sentence, so that memory does not grow with its length.
 */
#ifndef MARSAD_TEXT_H
#define MARSAD_TEXT_H

#include "base/base.h"

enum { SENTENCE_MAX_BYTES = 4 * 1024 }; /* a longer one is cut at its last blank, or in a word: no news sentence is that long */

/*
 * The next sentence of `text` at or after byte `*at`: a line, cut after . ! ? ؟ … (and closing quotes after them) when white space follows.
 * White space at both ends is left out. Moves `*at` behind it. False at the end. Text of 4 GiB and more is not for spans.
 */
bool sentence_next(view text, size_t *at, span *out);

typedef enum { TOKEN_WORD, TOKEN_NUMBER, TOKEN_MARK } token_kind;

enum {
    TOKEN_TANWIN = 1 << 0,      /* the word was written with tanwin: not a verb */
    TOKEN_DAMMA = 1 << 1,       /* a damma on the first letter (also after و ف): passive if it is a past verb */
    TOKEN_SHADDA = 1 << 2,      /* a shadda somewhere */
    TOKEN_HAMZA_UNDER = 1 << 3, /* the first alef (after و ف) was إ */
    TOKEN_HAMZA_OVER = 1 << 4,  /* ... was أ */
    TOKEN_LATIN = 1 << 5,       /* letters of another script */
    TOKEN_GLUED = 1 << 6,       /* no white space between it and the token before (never set on the first of a sentence) */
    TOKEN_MAQSURA = 1 << 7      /* the last letter was ى */
};

typedef struct {
    span home;     /* bytes of the article: first to last letter with the signs in and after it; no direction marks at the edges */
    view form;     /* folded (see fold_into); a number's with its marks ("1,500"); a mark as it is, but quotes « », brackets ( ), comma ، */
    uint8_t kind;  /* token_kind */
    uint8_t flags; /* TOKEN_... */
    int64_t value; /* TOKEN_NUMBER: the integer part, thousands marks read ("1,500" "1.500" "٣٠٠"); -1 if it does not fit or has a fraction */
} token;

/*
 * Cut sentence `where` of the article into tokens, allocated in `a`; forms of marks may point into `text`. Letters of one script in a row are a word
 * ('_' and '#' part words and are no tokens: hashtags are words too), digits a number, anything else a mark of one letter. Diacritics, zero-width characters
 * and direction marks never part a word. Returns false when memory is out.
 * Quotes    Those that tell their side are believed unless they stand the wrong way round (”نعم“). A straight " is given as « or » by turns within the sentence;
 *           if their number is odd and the first stands like a closing one, it closes what an earlier sentence opened. ' ‘ ’ between letters are apostrophes.
 * Numbers   A mark before each three digits parts thousands (1,500 1.500 1٬500 1،500), another one begins a fraction (3.5 3,5 3٫5);
 *           a chain that is neither is a row of numbers and marks: 10.5.2016 is 10 . 5 . 2016.
 */
bool tokens_of(arena *a, view text, span where, token **out, uint32_t *count);

/*
 * Where bytes [from, to) of a token's form stand in the article: "قصف" of "لقصف" when from = 2. With the signs behind its last letter.
 * A letter of which a part is asked for is given whole. from < to <= form.len.
 */
span token_part(view text, const token *t, size_t from, size_t to);

/*
 * Fold letters for comparison: drops diacritics, superscript alef, tatweel, bidi controls, zero-width characters; أإآٱ to ا, ى to ي, Persian ک to ك and ی to ي,
 * presentation forms to their letters, Arabic-Indic and Persian digits to 0-9, Latin to lower case without accents. Keeps ة ء ؤ ئ, marks and white space.
 * `out` has room for text.len + 1 bytes at least (folding never lengthens: except ligatures, cut at room). Returns the length written, NUL-terminated.
 */
size_t fold_into(char *out, size_t room, view text);

/* True if `text` is its own fold: the form in which keys of the lexicon are written. */
bool is_folded(view text);

#endif
