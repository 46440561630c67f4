/* Any bytes as a feed. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_feed(MARSAD_INPUT_RSS, bytes, size);
    return 0;
}
