/* Control in a bulletin: what the rule lists since yesterday, with the claims and denials that it rests on; contested towns apart. */
#include "export/bulletin_make.h"

/* Claims of one town that say the same stand in one sentence. */
enum { CLAIMS_MAX = 64 };

static page_line claim_line(bulletin_maker *m, const control_claim *claim, const statement_place *place)
{
    static const char *const keys[] = {
        [CLAIM_CAPTURES] = "claim.captures", [CLAIM_HOLDS] = "claim.holds", [CLAIM_WITHDRAWS] = "claim.withdraws", [CLAIM_DENIES] = "claim.denies"};
    return line_fill(&m->page, keys[claim->what], (page_slot[]){{"holder", make_holder(m, claim->holder)}, {"place", make_place(m, place)}, {0}});
}

static bool is_same_claim(const control_claim *a, const control_claim *b)
{
    return a->what == b->what && strcmp(a->holder, b->holder) == 0;
}

static void say_claims(bulletin_maker *m, const control_span *span)
{
    for (uint32_t i = 0; i < span->because_count; i++) {
        const control_claim *claim = span->because[i];
        bool is_first = true;
        for (uint32_t k = 0; k < i; k++)
            is_first = is_first && !is_same_claim(span->because[k], claim);
        if (!is_first)
            continue;
        const statement *from[CLAIMS_MAX];
        uint32_t count = 0;
        for (uint32_t k = i; k < span->because_count && count < CLAIMS_MAX; k++)
            if (is_same_claim(span->because[k], claim))
                from[count++] = span->because[k]->from;
        say(m, "say.claim", "by", make_by(m, from, count), "what", claim_line(m, claim, span->place));
    }
}

static page_line by_rule(bulletin_maker *m, const control_span *span)
{
    return line_fill(&m->page, "by.rule", (page_slot[]){{"who", line_name(&m->page, span->rule)}, {0}});
}

static bool is_contested(const control_span *span)
{
    return strcmp(span->holder, "contested") == 0;
}

static void say_change(bulletin_maker *m, const control_span *span)
{
    const control_span *before = control_at(m->in->control, span->place->id, span->from - 1);
    page_add(&m->page, BLOCK_SENTENCE,
             line_fill(&m->page, "say.control",
                       (page_slot[]){{"by", by_rule(m, span)},
                                     {"place", make_place(m, span->place)},
                                     {"holder", make_holder(m, span->holder)},
                                     {"before", make_holder(m, before != NULL ? before->holder : "unknown")},
                                     {0}}));
    say_claims(m, span);
}

static void add_changes(bulletin_maker *m)
{
    bool has_changes = false;
    page_add(&m->page, BLOCK_HEADING, line_words(&m->page, "section", "control"));
    for (uint32_t i = 0; i < m->in->control->count; i++) {
        const control_span *span = &m->in->control->items[i];
        if (span->from != m->in->day || is_contested(span))
            continue;
        say_change(m, span);
        has_changes = true;
    }
    if (!has_changes)
        page_add(&m->page, BLOCK_NOTE, line_words(&m->page, "note", "control"));
}

static void add_contested(bulletin_maker *m)
{
    bool has_heading = false;
    for (uint32_t i = 0; i < m->in->control->count; i++) {
        const control_span *span = &m->in->control->items[i];
        if (!is_contested(span) || span->from > m->in->day || span->to < m->in->day)
            continue;
        if (!has_heading)
            page_add(&m->page, BLOCK_HEADING, line_words(&m->page, "section", "contested"));
        has_heading = true;
        say(m, "say.contested", "by", by_rule(m, span), "place", make_place(m, span->place));
        say_claims(m, span);
    }
}

void bulletin_control(bulletin_maker *m)
{
    if (m->in->control == NULL)
        return;
    add_changes(m);
    add_contested(m);
}
