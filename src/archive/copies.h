/*
 * Near copies of a text: agencies' reports that others print with another headline, or without the last sentence.
 *
 * A signature holds, for each of SIGNATURE_ROWS hash functions, the least hash of the text's shingles (SHINGLE_WORDS words in a row, as search keys). The share of
 * equal rows of two signatures estimates how much of their shingles two texts share (Jaccard; standard error 0.065 at 0.5 with 60 rows). Texts that share a
 * band (SIGNATURE_BAND_ROWS rows in a row) are compared: of two texts that share half, 93 in 100 pairs do.
 * A. Broder: On the resemblance and containment of documents, 1997.
 */
#ifndef MARSAD_COPIES_H
#define MARSAD_COPIES_H

#include "base/base.h"

enum { SHINGLE_WORDS = 4, SIGNATURE_ROWS = 60, SIGNATURE_BAND_ROWS = 3, SIGNATURE_BANDS = SIGNATURE_ROWS / SIGNATURE_BAND_ROWS };
enum { COPY_DAYS = 30 }; /* a text that comes back later is told anew */

/* Days of publication by which bands are kept together; more than COPY_DAYS, so that copies lie in two seasons at most. */
enum { SEASON_DAYS = 64, NO_SEASON = -1 };

/* Two days before 1970 share a season with two behind it: nothing is missed by that. */
static inline int64_t season_of(int64_t day)
{
    return (day < 0 ? -day : day) / SEASON_DAYS;
}

typedef struct {
    uint32_t rows[SIGNATURE_ROWS];
} signature;

/* `keys` as words_add_keys() makes them. A text of fewer than SHINGLE_WORDS words is one shingle. */
void signature_of(signature *out, view keys);
/* 0..1 */
double signature_likeness(const signature *a, const signature *b);
/* Whether texts of this likeness are taken for copies: half of what they say, in the same words. */
bool signature_is_copy(const signature *a, const signature *b);
/* A name of band `band` and its rows. */
int64_t signature_band(const signature *s, int band);

#endif
