/* A decision on its way through review.c and review_bonds.c. */
#ifndef MARSAD_REVIEW_WORK_H
#define MARSAD_REVIEW_WORK_H

#include "review.h"
#include "review_steps.h"

typedef struct {
    marsad_archive *archive;
    store *store;
    const marsad_decision *said;
    const review_step *step;
    const char *reason;
    id_list with; /* records */
    bool is_batch;
    size_t changed;
    arena memory;
    marsad_error *err;
} review_work;

/* `format` takes two strings. Returns MARSAD_ERR_ARGUMENT. */
marsad_status review_refuse(const review_work *w, const char *format, const char *a, const char *b);
marsad_status review_no_memory(const review_work *w);

/* Makes and ends the bonds that the decision says; those that it made are added to `bonds`. */
marsad_status review_change_bonds(review_work *w, const char *id, id_list *bonds);

#endif
