/* What cells say: outlets, kinds, parties, days, figures. Every fault is told and the next cell is read. */
#include <stdio.h>

#include "import/import.h"
#include "text/text.h"

enum { MOST_COUNTED = 1000000000 };

static view cell_of(const row_work *w, int column)
{
    return import_cell(w->im, w->cells, column);
}

bool next_item(view *rest, view *out)
{
    while (rest->len > 0) {
        const char *bar = memchr(rest->ptr, '|', rest->len);
        const size_t len = bar == NULL ? rest->len : (size_t)(bar - rest->ptr), passed = bar == NULL ? len : len + 1;
        *out = view_trim((view){rest->ptr, len});
        *rest = (view){rest->ptr + passed, rest->len - passed};
        if (out->len > 0)
            return true;
    }
    return false;
}

size_t count_items(const row_work *w, int column)
{
    view rest = cell_of(w, column), item;
    size_t count = 0;
    while (next_item(&rest, &item))
        count++;
    if (count <= IMPORT_ITEMS_MAX)
        return count;
    import_fault(w->im, column, "it names %zu, more than %d", count, IMPORT_ITEMS_MAX);
    return 0;
}

/* --- article -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    marsad_date start, end;
    const char *precision; /* "day", "month", "year" */
} day_range;

static bool is_digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

/* "2016", "2016-05", "2016-05-06", with any digits that Arabic is written with. */
static bool read_range(view cell, day_range *out)
{
    char text[32], first[20];
    if (cell.len >= sizeof text)
        return false;
    const size_t len = fold_into(text, sizeof text, cell);
    if ((len != 4 && len != 7 && len != 10) || !is_digits(text, 4))
        return false;
    snprintf(first, sizeof first, "%.10s%s", text, len == 4 ? "-01-01" : len == 7 ? "-01" : "");
    if (marsad_date_parse(&out->start, view_of(first), NULL) != MARSAD_OK)
        return false;
    out->end = out->start;
    out->precision = len == 4 ? "year" : len == 7 ? "month" : "day";
    if (len == 10)
        return true;
    marsad_date next = {.year = (int16_t)(out->start.year + (len == 4 || out->start.month == 12)),
                        .month = (uint8_t)(len == 4 || out->start.month == 12 ? 1 : out->start.month + 1),
                        .day = 1};
    out->end = day_date(day_number(next) - 1);
    return true;
}

static const char date_rule[] = "is no day: write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known";

void read_article_cells(row_work *w)
{
    import_row *out = w->out;
    const marsad_import_settings *settings = w->im->settings;
    const view outlet = cell_of(w, COLUMN_OUTLET), published = cell_of(w, COLUMN_PUBLISHED);
    day_range day = {0};
    out->outlet = outlet.len > 0 ? outlet : settings->outlet;
    if (out->outlet.len == 0)
        import_fault(w->im, COLUMN_OUTLET, "it is empty: who says it must be told");
    out->url = cell_of(w, COLUMN_URL);
    if (out->url.len > 0 && url_host(out->url).len == 0)
        import_fault(w->im, COLUMN_URL, "'%.*s' is no address of the web", (int)out->url.len, out->url.ptr);
    out->title = cell_of(w, COLUMN_TITLE);
    out->note = cell_of(w, COLUMN_NOTE);
    out->text = cell_of(w, COLUMN_TEXT);
    out->has_own_text = out->text.len > 0;
    out->published = settings->published;
    if (published.len > 0 && (!read_range(published, &day) || strcmp(day.precision, "day") != 0))
        import_fault(w->im, COLUMN_PUBLISHED, "'%.*s' is no day YYYY-MM-DD", (int)published.len, published.ptr);
    else if (published.len > 0)
        out->published = day.start;
}

/* --- kind ----------------------------------------------------------------------------------------------------------------------- */

static const char *name_of_kind(const void *context, size_t index)
{
    (void)context;
    return marsad_kind_name((marsad_kind)index);
}
static const char *name_of_modality(const void *context, size_t index)
{
    (void)context;
    return marsad_modality_name((marsad_modality)index);
}
static const char *name_of_phase(const void *context, size_t index)
{
    (void)context;
    return marsad_phase_name((marsad_phase)index);
}

/* The index of the cell's word among `count` names; `otherwise` where it is empty or a fault. */
static size_t read_word(const row_work *w, int column, const char *(*name)(const void *, size_t), size_t count, size_t otherwise)
{
    const view word = cell_of(w, column);
    for (size_t i = 0; i < count && word.len > 0; i++)
        if (view_is(word, name(NULL, i)))
            return i;
    const char *nearest = nearest_name(word, name, NULL, count);
    char label[32];
    column_name(label, column);
    if (word.len > 0 && nearest != NULL && nearest[0] != 0)
        import_fault(w->im, column, "no %s '%.*s'; is it '%s'?", label, (int)word.len, word.ptr, nearest);
    else if (word.len > 0)
        import_fault(w->im, column, "no %s '%.*s'", label, (int)word.len, word.ptr);
    return otherwise;
}

void read_kind_cells(row_work *w)
{
    marsad_record *r = &w->out->record;
    const view kind = cell_of(w, COLUMN_KIND), modality = cell_of(w, COLUMN_MODALITY), phase = cell_of(w, COLUMN_PHASE);
    if (kind.len == 0)
        import_fault(w->im, COLUMN_KIND, "it is empty");
    r->kind = (marsad_kind)read_word(w, COLUMN_KIND, name_of_kind, MARSAD_KIND_COUNT, 0);
    r->modality = (marsad_modality)read_word(w, COLUMN_MODALITY, name_of_modality, MARSAD_MODALITY_COUNT, MARSAD_ASSERTED);
    r->phase = (marsad_phase)read_word(w, COLUMN_PHASE, name_of_phase, MARSAD_PHASE_COUNT, MARSAD_NO_PHASE);
    r->mode = marsad_kind_mode(r->kind);
    const bool has_phases = r->kind == MARSAD_KIND_TRUCE || r->kind == MARSAD_KIND_TALKS || r->kind == MARSAD_KIND_AGREEMENT;
    if (r->phase != MARSAD_NO_PHASE && !has_phases)
        import_fault(w->im, COLUMN_PHASE, "'%s' has no phases: truce, talks and agreement have", marsad_kind_name(r->kind));
    r->trigger = row_say(w, "kind", kind);
    row_say(w, "modality", modality);
    row_say(w, "phase", phase);
}

/* --- parties -------------------------------------------------------------------------------------------------------------------- */

static const char *name_of_party(const void *context, size_t index)
{
    const party_table *parties = context;
    return parties->items[index].who;
}

/* By identifier, or by one of its names. NULL if there is none. */
static const party_row *find_party(const row_work *w, view item)
{
    const party_table *parties = w->im->parties;
    for (uint32_t i = 0; i < parties->count; i++)
        if (view_is(item, parties->items[i].who) || view_is(item, parties->items[i].name_en) || view_equal(item, view_of(parties->items[i].name_ar)))
            return &parties->items[i];
    return NULL;
}

/* The identifier that `item` stands for; NULL after a fault was told. */
static const char *who_of(const row_work *w, int column, view item)
{
    if (view_is(item, "unknown") || view_is(item, "other"))
        return view_is(item, "other") ? "other" : "unknown";
    const party_row *party = find_party(w, item);
    if (party != NULL)
        return party->who;
    const char *nearest = nearest_name(item, name_of_party, w->im->parties, w->im->parties->count);
    if (nearest != NULL)
        import_fault(w->im, column, "no party '%.*s'; is it '%s'?", (int)item.len, item.ptr, nearest);
    else
        import_fault(w->im, column, "no party '%.*s': rules/parties.tsv has them, 'other' is one that it does not have", (int)item.len, item.ptr);
    return NULL;
}

static const marsad_party *read_parties(row_work *w, int column, size_t *count)
{
    const size_t most = count_items(w, column);
    view rest = cell_of(w, column), item;
    char label[32];
    column_name(label, column);
    *count = 0;
    marsad_party *parties = most == 0 ? NULL : arena_alloc(&w->im->memory, most * sizeof *parties);
    w->im->is_out_of_memory = w->im->is_out_of_memory || (most > 0 && parties == NULL);
    while (parties != NULL && next_item(&rest, &item)) {
        const char *who = who_of(w, column, item);
        if (who == NULL)
            continue;
        marsad_party *party = &parties[(*count)++];
        *party = (marsad_party){.span = row_say(w, label, item), .who = who, .code = "", .object = ""};
        const party_row *known = find_party(w, item);
        if (party->span.end == 0 && known != NULL) /* a report calls it by its name */
            party->span = row_find(w, view_of(known->name_ar));
    }
    return parties;
}

void read_party_cells(row_work *w)
{
    marsad_record *r = &w->out->record;
    r->actors = read_parties(w, COLUMN_ACTOR, &r->actor_count);
    r->targets = read_parties(w, COLUMN_TARGET, &r->target_count);
    r->sources = read_parties(w, COLUMN_SPEAKER, &r->source_count);
}

/* --- days ----------------------------------------------------------------------------------------------------------------------- */

/* False where the cell is empty or a fault. */
static bool read_day_cell(row_work *w, int column, day_range *out, span *where)
{
    const view cell = cell_of(w, column);
    char label[32];
    if (cell.len == 0)
        return false;
    column_name(label, column);
    *where = row_say(w, label, cell);
    if (read_range(cell, out))
        return true;
    import_fault(w->im, column, "'%.*s' %s", (int)cell.len, cell.ptr, date_rule);
    return false;
}

void read_day_cells(row_work *w)
{
    marsad_record *r = &w->out->record;
    day_range day = {0}, start = {0}, end = {0};
    span day_span = {0}, start_span = {0}, end_span = {0};
    const bool has_day = read_day_cell(w, COLUMN_DAY, &day, &day_span), has_start = read_day_cell(w, COLUMN_START, &start, &start_span),
               has_end = read_day_cell(w, COLUMN_END, &end, &end_span);
    if (has_day && (has_start || has_end))
        import_fault(w->im, has_start ? COLUMN_START : COLUMN_END, "there is a day already: give a day, or a start and an end");
    else if (has_start != has_end && !w->im->has_faults)
        import_fault(w->im, has_start ? COLUMN_END : COLUMN_START, "it is empty: a start needs an end, and an end a start");
    else if (has_start && has_end && day_number(end.end) < day_number(start.start))
        import_fault(w->im, COLUMN_END, "the end is before the start");
    if (has_day)
        r->when = (marsad_when){day_span, day.start, day.end, day.precision};
    else if (has_start && has_end)
        r->when =
            (marsad_when){span_join(start_span, end_span), start.start, end.end, day_number(start.start) == day_number(end.end) ? "day" : "range"};
    r->has_when = has_day || (has_start && has_end);
    if (!r->has_when && !date_is_given(w->out->published) && !w->im->has_faults)
        import_fault(w->im, COLUMN_DAY, "neither a day of the event nor one of publication is given");
}

/* --- figures -------------------------------------------------------------------------------------------------------------------- */

/* MARSAD_NO_VALUE where the cell is empty or a fault. */
static int64_t read_count(const row_work *w, int column)
{
    const view cell = cell_of(w, column);
    char text[32];
    int64_t value = 0;
    const size_t len = cell.len < sizeof text ? fold_into(text, sizeof text, cell) : 0;
    if (cell.len == 0)
        return MARSAD_NO_VALUE;
    for (size_t i = 0; i < len && value <= MOST_COUNTED && is_digits(text + i, 1); i++)
        value = value * 10 + (text[i] - '0');
    if (len > 0 && is_digits(text, len) && value <= MOST_COUNTED)
        return value;
    import_fault(w->im, column, "'%.*s' is no whole number from 0 to %d", (int)cell.len, cell.ptr, MOST_COUNTED);
    return MARSAD_NO_VALUE;
}

/* What one number, or two bounds, allow. */
static marsad_figure figure_of(marsad_figure_of of, int64_t exact, int64_t low, int64_t high)
{
    const int64_t none = MARSAD_NO_VALUE;
    if (exact == none && low == high)
        exact = low;
    if (exact != none)
        return (marsad_figure){.of = of, .bound = MARSAD_EXACT, .value = exact, .low = exact, .high = exact};
    if (high == none)
        return (marsad_figure){.of = of, .bound = MARSAD_AT_LEAST, .value = low, .low = low, .high = none};
    if (low == none)
        return (marsad_figure){.of = of, .bound = MARSAD_UP_TO, .value = high, .low = none, .high = high};
    return (marsad_figure){.of = of, .bound = MARSAD_VAGUE, .value = none, .low = low, .high = high};
}

static span say_figure(row_work *w, const marsad_figure *f)
{
    char words[64];
    if (f->bound == MARSAD_VAGUE)
        snprintf(words, sizeof words, "%lld-%lld", (long long)f->low, (long long)f->high);
    else
        snprintf(words, sizeof words, "%lld", (long long)f->value);
    const char *bound = f->bound == MARSAD_AT_LEAST ? " at least" : f->bound == MARSAD_UP_TO ? " up to" : "";
    char label[48];
    snprintf(label, sizeof label, "%s%s", marsad_figure_name(f->of), bound);
    return row_say(w, label, view_of(words));
}

void read_figure_cells(row_work *w)
{
    const int64_t none = MARSAD_NO_VALUE;
    marsad_record *r = &w->out->record;
    marsad_figure figures[MARSAD_FIGURE_COUNT];
    size_t count = 0;
    for (int of = 0; of < MARSAD_FIGURE_COUNT; of++) {
        const int column = COLUMN_FIGURES + 3 * of;
        const int64_t exact = read_count(w, column), low = read_count(w, column + 1), high = read_count(w, column + 2);
        if (exact != none && (low != none || high != none))
            import_fault(w->im, column, "there are bounds already: give one number, or a low and a high one");
        else if (low != none && high != none && low > high)
            import_fault(w->im, column + 1, "%lld is more than the high number, %lld", (long long)low, (long long)high);
        if (exact == none && low == none && high == none)
            continue;
        figures[count] = figure_of((marsad_figure_of)of, exact, low, high);
        figures[count].span = say_figure(w, &figures[count]);
        count++;
    }
    marsad_figure *kept = count == 0 ? NULL : arena_alloc(&w->im->memory, count * sizeof *kept);
    w->im->is_out_of_memory = w->im->is_out_of_memory || (count > 0 && kept == NULL);
    if (kept == NULL)
        return;
    memcpy(kept, figures, count * sizeof *kept);
    r->figures = kept;
    r->figure_count = count;
}
