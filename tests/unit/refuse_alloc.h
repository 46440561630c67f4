/*
 * Memory refused on purpose: link with -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc.
 *
 *   for (size_t n = 1;; n++) {
 *       refuse_alloc_at(n);
 *       ... the call under test: it must succeed, or fail cleanly ...
 *       if (!refuse_alloc_stop())
 *           break; (it asks for less than n allocations: all of them have been refused once)
 *   }
 *
 * Reaches only what is linked statically. Use json_set_alloc_funcs(malloc, free) for libjansson. For one thread.
 */
#ifndef MARSAD_REFUSE_ALLOC_H
#define MARSAD_REFUSE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* From now on, refuse the n-th allocation (n from 1) and grant all others. */
void refuse_alloc_at(size_t n);

/* Grant everything again; was an allocation refused? */
bool refuse_alloc_stop(void);

#endif
