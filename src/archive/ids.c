/* Ids are hashes of content: the same news gives the same ids in every archive. */
#include <sodium.h>
#include <stdio.h>

#include "archive/store.h"

static void hash_part(crypto_hash_sha256_state *state, view part)
{
    crypto_hash_sha256_update(state, (const unsigned char *)part.ptr, part.len);
    crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
}

static void finish_id(char out[ID_BYTES], char letter, crypto_hash_sha256_state *state)
{
    unsigned char hash[SHA256_BYTES];
    crypto_hash_sha256_final(state, hash);
    out[0] = letter;
    out[1] = '-';
    sodium_bin2hex(out + 2, ID_BYTES - 2, hash, 8);
}

void article_id(char out[ID_BYTES], const stored_article *article)
{
    char published[16];
    snprintf(published, sizeof published, "%ld", (long)article->published);
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_part(&state, article->outlet);
    hash_part(&state, article->url);
    hash_part(&state, view_of(published));
    hash_part(&state, article->title);
    hash_part(&state, (view){(const char *)article->text_sha256, SHA256_BYTES});
    finish_id(out, 'A', &state);
}

void record_id(char out[ID_BYTES], const char *article, const char *reading_id)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_part(&state, view_of(article));
    hash_part(&state, view_of(reading_id));
    finish_id(out, 'R', &state);
}

void plain_reading_id(char out[PLAIN_ID_BYTES], const unsigned char text_sha256[SHA256_BYTES])
{
    sodium_bin2hex(out, PLAIN_ID_BYTES, text_sha256, (PLAIN_ID_BYTES - 1) / 2);
}

void plain_record_id(char out[ID_BYTES], const char *article, const unsigned char text_sha256[SHA256_BYTES])
{
    char reading_id[PLAIN_ID_BYTES];
    plain_reading_id(reading_id, text_sha256);
    record_id(out, article, reading_id);
}
