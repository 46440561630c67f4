/* Any bytes as a web archive. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_feed(MARSAD_INPUT_WARC, bytes, size);
    return 0;
}
