/* What may be decided of a record in which state, and what follows. */
#ifndef MARSAD_REVIEW_STEPS_H
#define MARSAD_REVIEW_STEPS_H

#include "archive/statement.h"

enum {
    STEP_WANTS_REASON = 1,
    STEP_UNVERIFIES = 2, /* a second person has to look again */
    STEP_ENDS_LEASE = 4,
    STEP_BY_SECOND_PERSON = 8, /* by nobody who is the record's drafter */
    STEP_DRAFTS = 16,          /* makes its person a drafter of the record */
    STEP_WANTS_WITH = 32,
    STEP_LEASES = 64 /* for half an hour from then */
};

enum { STEP_NOT_ALLOWED = -1, LEASE_SECONDS = 30 * 60 };

typedef struct {
    const char *what;    /* NULL ends the table */
    int to[STATE_COUNT]; /* the state that each state becomes */
    unsigned flags;
} review_step;

/* NULL if there is none. */
const review_step *review_step_find(const char *what);
/* Names of all steps with STEP_DRAFTS, parted by ','. */
const char *review_drafting_steps(void);

#endif
