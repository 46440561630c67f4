/* What the fuzz targets share: the real word lists, and what must hold for every reading whatever the bytes were. */
#ifndef MARSAD_FUZZ_H
#define MARSAD_FUZZ_H

#include "marsad.h"

/* libFuzzer's entry, also called by replay.c: reads one input and returns 0; a fault stops the program. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Say what does not hold and stop, so that the fuzzer keeps the input. */
#define MUST(claim) ((claim) ? (void)0 : fuzz_stop(#claim, __FILE__, __LINE__))
_Noreturn void fuzz_stop(const char *claim, const char *file, int line);

/* Opened once; stops if they are not there. */
const marsad_lexicon *fuzz_lexicon(void);
const marsad_gazetteer *fuzz_gazetteer(void);

/* A reader for the whole run, with the real word lists and places. */
marsad_reader *fuzz_reader(void);

/* Read the article with all outputs. Spans must lie in the text and between letters, JSON must be JSON. Returns the number of records. */
size_t fuzz_read(marsad_reader *reader, const marsad_article *article);

/* Read any bytes as a stream of articles: what comes out of it must be readable, and what does not must have a reason. */
void fuzz_feed(marsad_input input, const uint8_t *bytes, size_t size);

/* A report that uses every list, for lexicons and gazetteers that came from the fuzzer. */
marsad_article fuzz_report(void);

/* The path of a file that holds `bytes`; the same path each time, removed at the end of the program. */
const char *fuzz_file(const uint8_t *bytes, size_t size);

#endif
