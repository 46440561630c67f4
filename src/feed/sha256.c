/* SHA-256: by which an article is known for what it was when it arrived. */
#include "feed/feed.h"

#include <sodium.h>

void sha256_hex(char out[65], view bytes)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)bytes.ptr, bytes.len);
    sodium_bin2hex(out, 65, hash, sizeof hash);
}
