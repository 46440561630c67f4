/* The table of what may be decided when. docs/review.md shows it to people. */
#include "review_steps.h"

enum {
    NO = STEP_NOT_ALLOWED,
    NEW = STATE_NEW,
    WORK = STATE_IN_WORK,
    ACC = STATE_ACCEPTED,
    SRC = STATE_NEEDS_SOURCE,
    CBV = STATE_CANNOT_BE_VERIFIED,
    CON = STATE_CONTRADICTED,
    DUP = STATE_DUPLICATE,
    REJ = STATE_REJECTED,
    SETTLES = STEP_WANTS_REASON | STEP_UNVERIFIES | STEP_ENDS_LEASE
};

static const review_step steps[] = {
    /*                 new   work  acc   src   cbv   con   dup   rej */
    {"take", {WORK, WORK, ACC, SRC, CBV, CON, NO, NO}, STEP_LEASES},
    {"leave", {NO, NEW, ACC, SRC, CBV, CON, NO, NO}, STEP_ENDS_LEASE},
    {"accept", {ACC, ACC, NO, ACC, ACC, ACC, ACC, ACC}, STEP_UNVERIFIES | STEP_ENDS_LEASE | STEP_DRAFTS},
    {"edit", {WORK, WORK, ACC, SRC, CBV, CON, NO, NO}, STEP_UNVERIFIES | STEP_DRAFTS | STEP_LEASES},
    {"needs-source", {SRC, SRC, SRC, NO, SRC, SRC, NO, NO}, SETTLES},
    {"cannot-verify", {CBV, CBV, CBV, CBV, NO, CBV, NO, NO}, SETTLES},
    {"contradict", {CON, CON, CON, CON, CON, NO, NO, NO}, SETTLES},
    {"duplicate", {DUP, DUP, DUP, DUP, DUP, DUP, NO, NO}, SETTLES | STEP_WANTS_WITH},
    {"reject", {REJ, REJ, REJ, REJ, REJ, REJ, REJ, NO}, SETTLES},
    {"verify", {NO, NO, ACC, NO, NO, NO, NO, NO}, STEP_BY_SECOND_PERSON | STEP_ENDS_LEASE},
    {"reopen", {NO, NEW, NEW, NEW, NEW, NEW, NEW, NEW}, SETTLES},
    {"merge", {NEW, WORK, ACC, SRC, CBV, CON, NO, NO}, STEP_UNVERIFIES | STEP_DRAFTS | STEP_WANTS_WITH},
    {"split", {NEW, WORK, ACC, SRC, CBV, CON, NO, NO}, STEP_UNVERIFIES | STEP_DRAFTS},
    {NULL, {0}, 0},
};

const review_step *review_step_find(const char *what)
{
    for (const review_step *s = steps; s->what != NULL; s++)
        if (strcmp(s->what, what) == 0)
            return s;
    return NULL;
}

const char *review_drafting_steps(void)
{
    return "accept,edit,merge,split";
}
