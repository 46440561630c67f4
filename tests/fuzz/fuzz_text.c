/* Any bytes as the text of an article: read, or refused because they are not UTF-8. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    marsad_article article = fuzz_report();
    article.text = (marsad_view){(const char *)bytes, size};
    fuzz_read(fuzz_reader(), &article);
    return 0;
}
