/* The public view of incidents: everything that a format can reach is made anew, so that nothing leads back to what is withheld. */
#include "export/veil.h"

/* One incident on its way: its statements and what has become of them, side by side. */
typedef struct {
    veil *v;
    safety_rule rule;
    const statement *const *old;
    const statement **renewed;
    uint32_t count;
    place_marks scene;  /* of the incident's own places: what its note tells */
    place_marks others; /* of all places that its statements name */
} passage;

/* The public statement that stands for `s`; one that no list of the incident names is made when it is asked for. */
static const statement *renewed_statement(passage *p, const statement *s)
{
    if (s == NULL)
        return NULL;
    for (uint32_t i = 0; i < p->count; i++)
        if (p->old[i] == s)
            return p->renewed[i];
    return veil_statement(p->v, s, &p->rule, &p->others);
}

static const statement *const *renewed_list(passage *p, const statement *const *list, uint32_t count)
{
    const statement **out = arena_alloc(p->v->memory, count * sizeof(const statement *));
    if (out == NULL)
        p->v->is_out_of_memory = true;
    for (uint32_t i = 0; out != NULL && i < count; i++)
        out[i] = renewed_statement(p, list[i]);
    return out;
}

static void renew_parties(passage *p, const incident_party **list, uint32_t *count)
{
    const incident_party *old = *list;
    incident_party *out = arena_alloc(p->v->memory, *count * sizeof *out);
    uint32_t kept = 0;
    if (out == NULL)
        p->v->is_out_of_memory = true;
    for (uint32_t i = 0; out != NULL && i < *count; i++) {
        if (!veil_knows_party(p->v, old[i].who)) {
            veil_count(p->v, "party", "not in the table of parties");
            continue;
        }
        out[kept] = old[i];
        out[kept].claims = renewed_list(p, old[i].claims, old[i].claim_count);
        out[kept].denials = renewed_list(p, old[i].denials, old[i].denial_count);
        kept++;
    }
    *list = out;
    *count = kept;
}

static void renew_figures(passage *p, incident *out)
{
    incident_figure *figures = arena_alloc(p->v->memory, out->figure_count * sizeof *figures);
    if (figures == NULL)
        p->v->is_out_of_memory = true;
    for (uint32_t i = 0; figures != NULL && i < out->figure_count; i++) {
        figures[i] = out->figures[i];
        figures[i].low_from = renewed_statement(p, figures[i].low_from);
        figures[i].best_from = renewed_statement(p, figures[i].best_from);
        figures[i].high_from = renewed_statement(p, figures[i].high_from);
        figures[i].from = renewed_list(p, figures[i].from, figures[i].from_count);
    }
    out->figures = figures;
}

static bool is_told(const statement_place *const *places, uint32_t count, const statement_place *place)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(places[i]->norm, place->norm) == 0 && strcmp(places[i]->id, place->id) == 0 && strcmp(places[i]->admin1, place->admin1) == 0 &&
            places[i]->precision == place->precision && (int64_t)(places[i]->lat * 1e6) == (int64_t)(place->lat * 1e6) &&
            (int64_t)(places[i]->lon * 1e6) == (int64_t)(place->lon * 1e6))
            return true;
    return false;
}

static void renew_places(passage *p, incident *out)
{
    const statement_place **places = arena_alloc(p->v->memory, out->place_count * sizeof(const statement_place *));
    statement_place *made = arena_alloc(p->v->memory, out->place_count * sizeof *made);
    uint32_t kept = 0;
    if (places == NULL || made == NULL)
        p->v->is_out_of_memory = true;
    for (uint32_t i = 0; !p->v->is_out_of_memory && i < out->place_count; i++)
        if (veil_place(p->v, &made[kept], out->places[i], p->rule.place, &p->scene) && !is_told(places, kept, &made[kept])) {
            places[kept] = &made[kept];
            kept++;
        }
    out->places = places;
    out->place_count = kept;
}

static void renew_grade(passage *p, incident *out)
{
    if (out->is_reviewed || p->v->options->profile->unreviewed != UNREVIEWED_DRAFT || out->grade == GRADE_DRAFT)
        return;
    veil_count(p->v, "grade", "no person has looked at it");
    out->grade = GRADE_DRAFT;
    out->grade_rule = ""; /* it names the grade */
}

static safety_note note_of(const passage *p)
{
    static const char *const names[PLACE_LEVEL_COUNT] = {"", "grid", "admin2", "admin1", "country", ""};
    const bool is_withheld = p->scene.was_told && !p->scene.is_left;
    return (safety_note){.coarsened_to = is_withheld ? "" : names[p->scene.coarsened], .is_place_withheld = is_withheld};
}

static safety_rule rule_of(const veil *v, const incident *item)
{
    safety_rule rule = {.is_published = true};
    veil_rule_of_kind(v, &rule, item->kind);
    for (uint32_t i = 0; i < item->statement_count; i++)
        veil_rule_of_statement(v, &rule, item->statements[i]);
    return rule;
}

static int32_t last_day_of(const incident *item)
{
    int32_t last = item->end;
    for (uint32_t i = 0; i < item->statement_count; i++)
        last = item->statements[i]->end > last ? item->statements[i]->end : last;
    return last; /* NO_DAY is the smallest number there is */
}

static const char *refusal_of(const veil *v, const incident *item, const safety_rule *rule)
{
    if (!item->is_reviewed && v->options->profile->unreviewed == UNREVIEWED_DROP)
        return "no person has looked at it";
    return veil_refuses(v, rule, last_day_of(item));
}

/* False when memory is out. */
static bool renew(veil *v, incident *out, safety_note *note, const incident *item, const safety_rule *rule)
{
    passage p = {.v = v, .rule = *rule, .old = item->statements};
    p.renewed = arena_alloc(v->memory, item->statement_count * sizeof(const statement *));
    if (p.renewed == NULL)
        return false;
    for (; p.count < item->statement_count; p.count++)
        p.renewed[p.count] = veil_statement(v, item->statements[p.count], rule, &p.others);

    *out = *item;
    out->statements = p.renewed;
    renew_parties(&p, &out->actors, &out->actor_count);
    renew_parties(&p, &out->targets, &out->target_count);
    renew_figures(&p, out);
    renew_places(&p, out);
    renew_grade(&p, out);
    *note = note_of(&p);
    return !v->is_out_of_memory;
}

bool safety_view(public_view *out, const incident_list *incidents, const safety_options *options, loss_report *losses, arena *memory)
{
    veil v = {.options = options, .losses = losses, .memory = memory};
    public_view view = {.incidents = {.items = arena_alloc(memory, incidents->count * sizeof *view.incidents.items), .room = incidents->count}};
    safety_note *notes = arena_alloc(memory, incidents->count * sizeof *notes);
    if (view.incidents.items == NULL || notes == NULL)
        return false;
    for (uint32_t i = 0; i < incidents->count; i++) {
        const incident *item = &incidents->items[i];
        const safety_rule rule = rule_of(&v, item);
        const char *refusal = refusal_of(&v, item, &rule);
        if (refusal != NULL) {
            veil_count(&v, "incident", refusal);
            continue;
        }
        if (!renew(&v, &view.incidents.items[view.incidents.count], &notes[view.incidents.count], item, &rule))
            return false;
        view.incidents.count++;
    }
    view.notes = notes;
    *out = view;
    return !v.is_out_of_memory;
}

bool safety_view_statements(const statement *const **out, size_t *out_count, const statement *const *statements, size_t count,
                            const safety_options *options, loss_report *losses, arena *memory)
{
    veil v = {.options = options, .losses = losses, .memory = memory};
    const statement **kept = arena_alloc(memory, count * sizeof(const statement *));
    size_t kept_count = 0;
    if (kept == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        safety_rule rule = {.is_published = true};
        place_marks marks = {0};
        veil_rule_of_statement(&v, &rule, statements[i]);
        const bool is_unseen = statements[i]->state != STATE_ACCEPTED && options->profile->unreviewed == UNREVIEWED_DROP;
        const int32_t last = statements[i]->end != NO_DAY ? statements[i]->end : statements[i]->published;
        const char *refusal = is_unseen ? "no person has looked at it" : veil_refuses(&v, &rule, last);
        if (refusal != NULL)
            veil_count(&v, "statement", refusal);
        else
            kept[kept_count++] = veil_statement(&v, statements[i], &rule, &marks);
    }
    *out = kept;
    *out_count = kept_count;
    return !v.is_out_of_memory;
}
