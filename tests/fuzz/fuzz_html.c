/* Any bytes as a page. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_feed(MARSAD_INPUT_HTML, bytes, size);
    return 0;
}
