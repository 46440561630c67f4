#include "refuse_alloc.h"

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker chose these names */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

static struct {
    size_t left; /* allocations until the refused one, itself counted; 0: none is */
    bool was_refused;
} plan;

void refuse_alloc_at(size_t n)
{
    plan.left = n;
    plan.was_refused = false;
}

bool refuse_alloc_stop(void)
{
    plan.left = 0;
    return plan.was_refused;
}

static bool is_refused(void)
{
    if (plan.left == 0 || --plan.left > 0)
        return false;
    plan.was_refused = true;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return is_refused() ? NULL : __real_realloc(old, size);
}
