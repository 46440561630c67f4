/*
 * Keys of NATS as text: base32 without padding (RFC 4648) of
 *   a public key   prefix, 32 bytes, CRC                  "U..." for a user's
 *   a seed         two bytes of prefixes, 32 bytes, CRC   "SU..."
 * The CRC is CRC-16/XMODEM, low byte first. A seed makes an Ed25519 key pair (RFC 8032).
 */
#include <sodium.h>
#include <stdio.h>

#include "queue/inside.h"

enum { SEED_TEXT = 58, SEED_RAW = 2 + 32 + 2, PUBLIC_RAW = 1 + 32 + 2, PREFIX_SEED = 18 << 3, PREFIX_USER = 20 << 3, FILE_MOST = 4096 };

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static uint16_t checksum(const unsigned char *bytes, size_t count)
{
    unsigned crc = 0;
    for (size_t i = 0; i < count; i++) {
        crc ^= (unsigned)bytes[i] << 8;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 0x8000U) != 0 ? (crc << 1 ^ 0x1021U) & 0xFFFFU : crc << 1 & 0xFFFFU;
    }
    return (uint16_t)crc;
}

/* `text` has SEED_TEXT letters. */
static bool decode_seed(unsigned char out[SEED_RAW], const char *text)
{
    unsigned bits = 0, held = 0;
    size_t count = 0;
    for (size_t i = 0; i < SEED_TEXT; i++) {
        const char *letter = text[i] == 0 ? NULL : strchr(letters, text[i]);
        if (letter == NULL)
            return false;
        bits = bits << 5 | (unsigned)(letter - letters);
        held += 5;
        if (held >= 8) {
            held -= 8;
            out[count++] = (unsigned char)(bits >> held);
            bits &= (1U << held) - 1;
        }
    }
    /* The kind is spread over two bytes: five bits of the seed's prefix, eight of the user's. */
    const unsigned kind = (out[0] & 7U) << 5 | out[1] >> 3;
    return count == SEED_RAW && (out[0] & 0xF8) == PREFIX_SEED && kind == PREFIX_USER &&
           checksum(out, SEED_RAW - 2) == (out[SEED_RAW - 2] | out[SEED_RAW - 1] << 8);
}

static void encode_public(char out[NKEY_PUBLIC_BYTES], const unsigned char key[32])
{
    unsigned char raw[PUBLIC_RAW] = {PREFIX_USER};
    memcpy(raw + 1, key, 32);
    const uint16_t crc = checksum(raw, PUBLIC_RAW - 2);
    raw[PUBLIC_RAW - 2] = (unsigned char)(crc & 0xFF);
    raw[PUBLIC_RAW - 1] = (unsigned char)(crc >> 8);
    unsigned bits = 0, held = 0;
    size_t count = 0;
    for (size_t i = 0; i < PUBLIC_RAW; i++) {
        bits = bits << 8 | raw[i];
        held += 8;
        while (held >= 5) {
            held -= 5;
            out[count++] = letters[bits >> held & 31];
            bits &= (1U << held) - 1;
        }
    }
    out[count] = 0; /* 35 bytes are 56 letters, with no bit left */
}

/* The first word of the file that begins like a user's seed and is as long. */
static const char *find_seed(const char *text)
{
    for (const char *at = text; *at != 0; at += strspn(at, " \t\r\n")) {
        const size_t len = strcspn(at, " \t\r\n");
        if (len == SEED_TEXT && strncmp(at, "SU", 2) == 0)
            return at;
        at += len;
    }
    return NULL;
}

marsad_status nkey_public(char out[NKEY_PUBLIC_BYTES], const char *file, marsad_error *err)
{
    char text[FILE_MOST] = "";
    unsigned char raw[SEED_RAW], key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    FILE *in = fopen(file, "re");
    if (in == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cannot open '%s'", file);
    const size_t size = fread(text, 1, sizeof text - 1, in);
    fclose(in);
    text[size] = 0;
    const char *seed = find_seed(text);
    const bool ok = sodium_init() >= 0 && seed != NULL && decode_seed(raw, seed);
    if (ok) {
        crypto_sign_seed_keypair(key, secret, raw + 2);
        encode_public(out, key);
    }
    sodium_memzero(text, sizeof text);
    sodium_memzero(raw, sizeof raw);
    sodium_memzero(secret, sizeof secret);
    if (!ok)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no seed of a user (SU...) in '%s'", file);
    return MARSAD_OK;
}
