#include "archive/copies.h"

#include "archive/words.h"

static const double copy_likeness = 0.5;

/* splitmix64: a hash function of its own for each row. */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}

static void add_shingle(signature *s, uint64_t shingle)
{
    for (unsigned row = 0; row < SIGNATURE_ROWS; row++) {
        const uint32_t hash = (uint32_t)(mix(shingle + row * 0x632BE59BD9B4E019U) >> 32);
        if (hash < s->rows[row])
            s->rows[row] = hash;
    }
}

void signature_of(signature *out, view keys)
{
    memset(out->rows, 0xFF, sizeof out->rows);
    uint64_t window[SHINGLE_WORDS] = {0};
    size_t words = 0, at = 0;
    view word;
    while (words_next(keys, &at, &word)) {
        memmove(window, window + 1, sizeof window - sizeof *window);
        window[SHINGLE_WORDS - 1] = view_hash(word);
        if (++words < SHINGLE_WORDS)
            continue;
        uint64_t shingle = 0;
        for (int i = 0; i < SHINGLE_WORDS; i++)
            shingle = mix(shingle ^ window[i]);
        add_shingle(out, shingle);
    }
    if (words < SHINGLE_WORDS)
        add_shingle(out, view_hash(keys));
}

double signature_likeness(const signature *a, const signature *b)
{
    int same = 0;
    for (int row = 0; row < SIGNATURE_ROWS; row++)
        same += a->rows[row] == b->rows[row];
    return (double)same / SIGNATURE_ROWS;
}

bool signature_is_copy(const signature *a, const signature *b)
{
    return signature_likeness(a, b) >= copy_likeness;
}

int64_t signature_band(const signature *s, int band)
{
    uint64_t hash = (uint64_t)band + 1;
    for (int row = 0; row < SIGNATURE_BAND_ROWS; row++)
        hash = mix(hash ^ s->rows[band * SIGNATURE_BAND_ROWS + row]);
    return (int64_t)(hash >> 1); /* positive: short in the index */
}
