/* Any bytes as a stream of articles, once as JSON Lines and once as text. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_feed(MARSAD_INPUT_JSONL, bytes, size);
    fuzz_feed(MARSAD_INPUT_TEXT, bytes, size);
    return 0;
}
