/* Candidates of the truce ledger: what somebody alleges of what an agreement's terms forbid, with the answers to the questions of scope. */
#include "incident/truce.h"

#include <stdlib.h>

#include "incident/rules_tables.h"

typedef struct {
    truce_ledger *out;
    const truce_agreement *agreement;
    const rule_set *rules;
    const char *rule;
    arena *memory;

    const incident *about;
    const truce_term *term;
    const statement_place *place; /* the one that the candidate is sorted under; NULL: none is known */
    truce_scope in_window, in_area;
} ledger_work;

/* --- in the window? -------------------------------------------------------------------------------------------------------- */

/* The first day from `day` on that no window holds. INT64: a window may be open. */
static int64_t covered_until(const truce_agreement *a, int64_t day)
{
    for (bool is_moved = true; is_moved;) {
        is_moved = false;
        for (uint32_t i = 0; i < a->window_count; i++) {
            if (a->windows[i].from <= day && day <= a->windows[i].to) {
                day = (int64_t)a->windows[i].to + 1;
                is_moved = true;
            }
        }
    }
    return day;
}

static bool touches(const truce_agreement *a, int32_t start, int32_t end)
{
    for (uint32_t i = 0; i < a->window_count; i++)
        if (a->windows[i].from <= end && start <= a->windows[i].to)
            return true;
    return false;
}

/* Days that lie only partly inside leave it open. So does a report that gives no day, unless it is older than the truce: nobody reports what is to come. */
static truce_scope in_window(const truce_agreement *a, const incident *i)
{
    if (i->start == NO_DAY)
        return SCOPE_UNKNOWN;
    if (!i->has_days)
        return i->end < a->windows[0].from ? SCOPE_NO : SCOPE_UNKNOWN;
    if (!touches(a, i->start, i->end))
        return SCOPE_NO;
    return covered_until(a, i->start) > i->end ? SCOPE_YES : SCOPE_UNKNOWN;
}

/* --- in the area? ------------------------------------------------------------------------------------------------------------ */

static bool is_among(const char *word, const char *const *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* A place so wide that a part of it may lie in the area. */
static bool is_wide(const statement_place *place)
{
    return place->precision != MARSAD_PRECISION_EXACT && place->precision != MARSAD_PRECISION_TOWN;
}

/* "Near" a town of the area may be in it or not. */
static truce_scope place_in_area(const truce_agreement *a, const statement_place *place)
{
    if (place->id[0] == 0 || place->country[0] == 0)
        return SCOPE_UNKNOWN;
    if (strcmp(place->country, a->country) != 0)
        return SCOPE_NO;
    if (a->area_count == 0 || (place->admin1[0] != 0 && is_among(place->admin1, a->areas, a->area_count)))
        return SCOPE_YES;
    if (is_among(place->id, a->areas, a->area_count))
        return place->relation == MARSAD_IN ? SCOPE_YES : SCOPE_UNKNOWN;
    const bool may_hold_it = place->admin1[0] == 0 || is_among(place->admin1, a->governorates, a->governorate_count);
    return is_wide(place) && may_hold_it ? SCOPE_UNKNOWN : SCOPE_NO;
}

/* One place inside is enough; of several, the first that is nearest to a yes stands for the incident. */
static truce_scope in_area(const truce_agreement *a, const incident *i, const statement_place **place)
{
    static const int rank[] = {[SCOPE_NO] = 0, [SCOPE_UNKNOWN] = 1, [SCOPE_YES] = 2};
    truce_scope best = SCOPE_UNKNOWN;
    *place = NULL;
    for (uint32_t p = 0; p < i->place_count; p++) {
        const truce_scope own = place_in_area(a, i->places[p]);
        if (*place == NULL || rank[own] > rank[best]) {
            best = own;
            *place = i->places[p];
        }
    }
    return best;
}

/* --- who is bound, who is covered? ------------------------------------------------------------------------------------------- */

/* The length of the longest identifier of `list` that holds for `who`; 0 if none does. */
static size_t longest(const char *who, const char *const *list, uint32_t count)
{
    size_t best = 0;
    for (uint32_t i = 0; i < count; i++)
        if (side_is_below(who, list[i]) && strlen(list[i]) > best)
            best = strlen(list[i]);
    return best;
}

static bool is_named(const char *who)
{
    return strcmp(who, "unknown") != 0 && strcmp(who, "other") != 0;
}

/* The closest word of the agreement decides; of equals: excluded, disputed, party. */
static truce_scope is_bound(const truce_agreement *a, const char *who)
{
    const size_t excluded = longest(who, a->excluded, a->excluded_count), disputed = longest(who, a->disputed, a->disputed_count);
    const size_t party = longest(who, a->parties, a->party_count);
    if (!is_named(who))
        return SCOPE_UNKNOWN;
    if (excluded > 0 && excluded >= disputed && excluded >= party)
        return SCOPE_NO;
    if (disputed > 0 && disputed >= party)
        return SCOPE_UNKNOWN;
    return party > 0 ? SCOPE_YES : SCOPE_NO;
}

static bool is_excluded(const truce_agreement *a, const char *who)
{
    return longest(who, a->excluded, a->excluded_count) > 0 && is_bound(a, who) == SCOPE_NO;
}

/* NO only where all that it was done to are named and excluded. */
static truce_scope is_covered(const truce_agreement *a, const statement_party *parties, uint32_t count)
{
    bool has_excluded = false, has_unnamed = false;
    for (uint32_t i = 0; i < count; i++) {
        const bool is_out = is_excluded(a, parties[i].who);
        if (party_is_named(&parties[i]) && !is_out)
            return SCOPE_YES;
        has_excluded = has_excluded || is_out;
        has_unnamed = has_unnamed || !is_out;
    }
    return has_excluded && !has_unnamed ? SCOPE_NO : SCOPE_UNKNOWN;
}

/* --- what counts --------------------------------------------------------------------------------------------------------------- */

/* Named, no force, and of no party's side: who bears arms in a war is no bystander, sponsor or not. */
static bool is_independent(const ledger_work *w, const truce_candidate *c)
{
    const truce_agreement *a = w->agreement;
    const side_row *row = side_find(&w->rules->sides, c->accuser, a->country, c->day);
    if (c->accuser[0] == 0 || row == NULL || row->role == SIDE_FORCE || longest(c->accuser, a->parties, a->party_count) > 0 ||
        longest(c->accuser, a->excluded, a->excluded_count) > 0 || longest(c->accuser, a->disputed, a->disputed_count) > 0)
        return false;
    for (uint32_t i = 0; i < a->party_count; i++)
        if (strcmp(side_of(&w->rules->sides, a->parties[i], a->country, c->day), row->side) == 0)
            return false;
    return true;
}

static bool is_met(truce_want want, truce_scope scope)
{
    return want == SCOPE_WANT_ANY || scope == SCOPE_YES || (want == SCOPE_WANT_NOT_NO && scope == SCOPE_UNKNOWN);
}

/* The first condition that the candidate does not meet; TRUCE_IF_COUNT if it meets all. */
static truce_condition unmet(const ledger_work *w, const truce_rule_row *row, const truce_candidate *c)
{
    const bool is_accuser_met = row->accuser == ACCUSER_ANY || (row->accuser == ACCUSER_NAMED ? c->accuser[0] != 0 : is_independent(w, c));
    const bool met[TRUCE_IF_COUNT] = {
        [TRUCE_IF_INCIDENT] = !c->about->is_period,
        [TRUCE_IF_KIND] = (row->kinds >> c->about->kind & 1) != 0,
        [TRUCE_IF_MODALITY] = row->is_any_modality || c->from->modality == MARSAD_ASSERTED,
        [TRUCE_IF_WINDOW] = is_met(row->window, c->in_window),
        [TRUCE_IF_AREA] = is_met(row->area, c->in_area),
        [TRUCE_IF_BOUND] = is_met(row->bound, c->is_bound),
        [TRUCE_IF_TARGET] = is_met(row->target, c->is_covered),
        [TRUCE_IF_ACCUSER] = is_accuser_met,
    };
    int condition = 0;
    while (condition < TRUCE_IF_COUNT && met[condition])
        condition++;
    return (truce_condition)condition;
}

/* If no row holds, the one that held longest tells why not. */
static void count(const ledger_work *w, truce_candidate *c)
{
    int most = -1;
    c->why = "";
    for (uint32_t i = 0; i < w->rules->truce.count && !c->counts; i++) {
        const truce_rule_row *row = &w->rules->truce.rows[i];
        if (strcmp(row->rule, w->rule) != 0)
            continue;
        const truce_condition condition = unmet(w, row, c);
        c->counts = condition == TRUCE_IF_COUNT;
        if ((int)condition > most) {
            most = (int)condition;
            c->why = c->counts ? row->why : row->why_not[condition];
        }
    }
}

/* --- candidates ---------------------------------------------------------------------------------------------------------------- */

static const truce_term *term_of(const truce_agreement *a, marsad_kind kind)
{
    for (uint32_t t = 0; t < a->term_count; t++)
        if (is_among(marsad_kind_name(kind), a->terms[t].kinds, a->terms[t].kind_count))
            return &a->terms[t];
    return NULL;
}

/* Of two statements that say the same, which stands for both. */
static bool is_better(const statement *s, const statement *than)
{
    if (s->modality != than->modality)
        return s->modality == MARSAD_ASSERTED;
    if (s->published != than->published)
        return s->published < than->published;
    return strcmp(s->id, than->id) < 0;
}

static bool add(ledger_work *w, size_t first, const statement *s, const char *accused, truce_scope covered)
{
    const char *speaker = statement_speaker(s), *accuser = speaker != NULL ? speaker : "";
    for (size_t i = first; i < w->out->count; i++) {
        truce_candidate *own = &w->out->items[i];
        if (strcmp(own->accuser, accuser) != 0 || strcmp(own->accused, accused) != 0)
            continue;
        if (is_better(s, own->from)) {
            own->from = s;
            own->is_covered = covered;
        }
        return true;
    }
    if (!ARENA_GROW(w->memory, w->out->items, w->out->count, w->out->room))
        return false;
    w->out->items[w->out->count++] = (truce_candidate){.about = w->about,
                                                       .term = w->term,
                                                       .accused = accused,
                                                       .accuser = accuser,
                                                       .from = s,
                                                       .in_window = w->in_window,
                                                       .in_area = w->in_area,
                                                       .is_bound = is_bound(w->agreement, accused),
                                                       .is_covered = covered,
                                                       .day = w->about->start,
                                                       .governorate = w->place != NULL ? w->place->admin1 : ""};
    return true;
}

static bool add_all(ledger_work *w, size_t first, const statement *s, const statement_party *doers, uint32_t doer_count, truce_scope covered)
{
    for (uint32_t i = 0; i < doer_count; i++)
        if (party_is_named(&doers[i]) && !add(w, first, s, doers[i].who, covered))
            return false;
    return true;
}

/* Which parties the statement tells to have done it; a clash is done by both sides to each other. */
static bool add_named(ledger_work *w, size_t first, const statement *s)
{
    if (!add_all(w, first, s, s->actors, s->actor_count, is_covered(w->agreement, s->targets, s->target_count)))
        return false;
    return s->kind != MARSAD_KIND_CLASH || add_all(w, first, s, s->targets, s->target_count, is_covered(w->agreement, s->actors, s->actor_count));
}

static bool has_accuser(const ledger_work *w, size_t first, const statement *s)
{
    const char *speaker = statement_speaker(s);
    for (size_t i = first; i < w->out->count; i++)
        if (strcmp(w->out->items[i].accuser, speaker != NULL ? speaker : "") == 0)
            return true;
    return false;
}

static bool is_allegation(const statement *s)
{
    return s->modality == MARSAD_ASSERTED || s->modality == MARSAD_POSSIBLE;
}

/* First those who name somebody; then those who do not, each once, against "unknown". */
static bool add_incident(ledger_work *w)
{
    const size_t first = w->out->count;
    for (uint32_t i = 0; i < w->about->statement_count; i++)
        if (is_allegation(w->about->statements[i]) && !add_named(w, first, w->about->statements[i]))
            return false;
    const size_t named = w->out->count;
    for (uint32_t i = 0; i < w->about->statement_count; i++) {
        const statement *s = w->about->statements[i];
        const size_t unnamed = has_accuser(w, first, s) ? SIZE_MAX : named;
        const truce_scope covered = is_covered(w->agreement, s->targets, s->target_count);
        if (is_allegation(s) && unnamed != SIZE_MAX && !add(w, unnamed, s, "unknown", covered))
            return false;
    }
    for (size_t i = first; i < w->out->count; i++)
        count(w, &w->out->items[i]);
    return true;
}

static const char *place_name(const truce_candidate *c)
{
    return c->about->place_count > 0 ? c->about->places[0]->norm : "";
}

static int by_day(const void *a, const void *b)
{
    const truce_candidate *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);
    if (order == 0)
        order = strcmp(place_name(x), place_name(y));
    if (order == 0)
        order = strcmp(x->about->id, y->about->id);
    if (order == 0)
        order = strcmp(x->accuser, y->accuser);
    return order != 0 ? order : strcmp(x->accused, y->accused);
}

bool truce_candidates(truce_ledger *out, const truce_agreement *agreement, const incident_list *incidents, const char *rule, const rule_set *rules,
                      arena *memory)
{
    ledger_work w = {.out = out, .agreement = agreement, .rules = rules, .rule = rule, .memory = memory};
    *out = (truce_ledger){0};
    for (uint32_t i = 0; i < incidents->count; i++) {
        w.about = &incidents->items[i];
        w.term = term_of(agreement, w.about->kind);
        if (w.term == NULL || w.about->is_planned)
            continue;
        w.in_window = in_window(agreement, w.about);
        w.in_area = in_area(agreement, w.about, &w.place);
        if (!add_incident(&w))
            return false;
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof *out->items, by_day);
    return true;
}
