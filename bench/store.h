/* What the parts of bench_store share: a clock, a way out, articles made at random. */
#ifndef MARSAD_BENCH_STORE_H
#define MARSAD_BENCH_STORE_H

#include "archive/store.h"
#include "incident/rules.h"

double seconds_now(void);
_Noreturn void stop(const char *what, const char *message);
void must(marsad_status status, const marsad_error *err, const char *what);

/* --- generate.c: news of a war that never was, the same in every run ---------------------------------------------------------- */

typedef struct generator generator;

/* `tables`: files of gazetteer/ whose places are told of; `rules` live longer; `records`: how many there will be. */
generator *generator_new(char *const *tables, size_t count, const rule_set *rules, int64_t records);
void generator_free(generator *g);

/*
 * The next article and its records, good until the next call. Per 100 articles: 350 records, 23 of 100 of them at a place that the gazetteer knows; 15 articles
 * are copies of one before, without its last words. They come by day from 2013 to 2018, one of ten late; words by Zipf's law.
 */
void generator_next(generator *g, stored_article *article, const stored_record **records, size_t *count);

/* Words to search for: in one of three articles, in one of five thousand. */
#define COMMON_WORD "القصف"
#define RARE_WORD "منطاد"

#endif
