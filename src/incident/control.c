/* Control: statements to claims, claims to towns, towns to a timeline. */
#include "incident/control.h"

#include <stdlib.h>

#include "incident/town.h"

static int by_name(const void *a, const void *b)
{
    const control_span *x = a, *y = b;
    const int by_norm = strcmp(x->place->norm, y->place->norm);
    const int by_id = by_norm != 0 ? by_norm : strcmp(x->place->id, y->place->id);
    return by_id != 0 ? by_id : (x->from > y->from) - (x->from < y->from);
}

bool control_derive(control_timeline *out, const statement *const *statements, size_t count, int32_t known, const rule_set *rules, arena *memory)
{
    town_claims claims;
    *out = (control_timeline){0};
    if (!town_claims_collect(&claims, statements, count, known, rules, memory))
        return false;
    for (size_t begin = 0, end; begin < claims.count; begin = end) {
        end = begin + 1;
        while (end < claims.count && strcmp(claims.items[end].place->id, claims.items[begin].place->id) == 0)
            end++;
        if (!town_derive(out, claims.items + begin, end - begin, rules, memory))
            return false;
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof *out->items, by_name);
    return true;
}

void control_because(buffer *out, const control_span *span)
{
    static const char *const what[] = {
        [CLAIM_CAPTURES] = "captured by", [CLAIM_HOLDS] = "held by", [CLAIM_WITHDRAWS] = "left by", [CLAIM_DENIES] = "not held by"};
    buffer_text(out, "[");
    for (uint32_t i = 0; i < span->because_count; i++) {
        const control_claim *claim = span->because[i];
        const char *speaker = statement_speaker(claim->from);
        buffer_format(out, "%s\"%s %s %s, according to %s (%s)\"", i == 0 ? "" : ",", i < span->for_count ? "for:" : "against:", what[claim->what],
                      claim->holder, speaker == NULL ? "the report" : speaker, claim->from->id);
    }
    buffer_text(out, "]");
}

const control_span *control_at(const control_timeline *timeline, const char *place_id, int32_t day)
{
    for (uint32_t i = 0; i < timeline->count; i++) {
        const control_span *span = &timeline->items[i];
        if (span->from <= day && day <= span->to && strcmp(span->place->id, place_id) == 0)
            return span;
    }
    return NULL;
}
