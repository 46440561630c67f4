/* Independence: statements that rest on one report (copies) or on one named speaker are one chain. */
#include "incident/join.h"

#include <stdlib.h>

typedef struct {
    const char *key; /* a chain or a speaker */
    uint32_t at;     /* of the statement */
} chain_link;

static int by_key(const void *a, const void *b)
{
    return strcmp(((const chain_link *)a)->key, ((const chain_link *)b)->key);
}

static uint32_t head_of(uint32_t *head, uint32_t at)
{
    while (head[at] != at)
        at = head[at] = head[head[at]];
    return at;
}

/* Statements of one key get one head: the smallest number. */
static void link_equal(uint32_t *head, chain_link *links, size_t count)
{
    if (count > 1)
        qsort(links, count, sizeof *links, by_key);
    for (size_t i = 1; i < count; i++) {
        const uint32_t a = head_of(head, links[i - 1].at), b = head_of(head, links[i].at);
        if (strcmp(links[i - 1].key, links[i].key) == 0 && a != b)
            head[a > b ? a : b] = a > b ? b : a;
    }
}

uint32_t *statement_chain_heads(const statement *const *statements, size_t count, arena *memory)
{
    uint32_t *head = arena_alloc(memory, count * sizeof *head);
    chain_link *links = arena_alloc(memory, count * sizeof *links);
    if (head == NULL || links == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        head[i] = (uint32_t)i;
        links[i] = (chain_link){statements[i]->chain, (uint32_t)i};
    }
    link_equal(head, links, count);

    size_t spoken = 0;
    for (size_t i = 0; i < count; i++) {
        const char *speaker = statement_speaker(statements[i]);
        if (speaker != NULL)
            links[spoken++] = (chain_link){speaker, (uint32_t)i};
    }
    link_equal(head, links, spoken);
    for (size_t i = 0; i < count; i++)
        head[i] = head_of(head, (uint32_t)i);
    return head;
}

uint32_t statement_chains(const statement *const *statements, size_t count, arena *memory)
{
    const uint32_t *head = statement_chain_heads(statements, count, memory);
    uint32_t chains = 0;
    for (size_t i = 0; head != NULL && i < count; i++)
        chains += head[i] == i;
    return chains;
}
