/* Which items of a crawl are worth keeping, by looks that cost little (--language, --domains). */
#ifndef MARSAD_SIEVE_H
#define MARSAD_SIEVE_H

#include "cli/command.h"

typedef struct {
    bool wants_arabic, has_hosts;
    path_list hosts; /* in lower case, sorted */
    uint64_t mark;   /* of the list of hosts: another list has another */
} sieve;

/* As the options say. Tells what is wrong with them; STATUS_OK, or the status to end with. */
exit_status sieve_open(sieve *out, const invocation *call);
void sieve_close(sieve *s); /* harmless on an empty one */
bool sieve_keeps(const sieve *s, marsad_item *item);
/* Adds what it keeps, in a few words that are the same as long as it keeps the same. */
void sieve_describe(const sieve *s, buffer *out);

#endif
