#include <jansson.h>

#include "archive/body.h"

/* What reading one body needs; the first failure is kept. */
typedef struct {
    arena *memory;
    bool is_out_of_memory;
    const char *fault; /* the key that is not as it should be */
} body_reader;

static const char *keep(body_reader *r, const char *text)
{
    if (text == NULL || text[0] == 0)
        return "";
    const char *kept = arena_string(r->memory, view_of(text));
    if (kept == NULL)
        r->is_out_of_memory = true;
    return kept == NULL ? "" : kept;
}

static const char *text_of(body_reader *r, const json_t *object, const char *key)
{
    return keep(r, json_string_value(json_object_get(object, key)));
}

/* The place of a name in a list of names; -1 where it is in none. */
typedef const char *name_of(int index);

static int index_of(body_reader *r, const json_t *object, const char *key, name_of *names, int count, int none)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (text == NULL)
        return none;
    for (int i = 0; i < count; i++)
        if (strcmp(names(i), text) == 0)
            return i;
    r->fault = key;
    return none;
}

/* The enumerations of marsad.h as lists of names. */
static const char *kind_name(int i)
{
    return marsad_kind_name((marsad_kind)i);
}
static const char *modality_name(int i)
{
    return marsad_modality_name((marsad_modality)i);
}
static const char *phase_name(int i)
{
    return marsad_phase_name((marsad_phase)i);
}
static const char *relation_name(int i)
{
    return marsad_relation_name((marsad_relation)i);
}
static const char *figure_name(int i)
{
    return marsad_figure_name((marsad_figure_of)i);
}
static const char *bound_name(int i)
{
    return marsad_bound_name((marsad_bound)i);
}
static const char *precision_name(int i)
{
    return marsad_precision_name((marsad_precision)i);
}

static span span_of(const json_t *object, const char *key)
{
    const json_t *pair = json_object_get(object, key);
    return (span){(uint32_t)json_integer_value(json_array_get(pair, 0)), (uint32_t)json_integer_value(json_array_get(pair, 1))};
}

static int64_t count_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? json_integer_value(value) : MARSAD_NO_VALUE;
}

static int32_t day_of(body_reader *r, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    marsad_date date;
    if (text == NULL)
        return NO_DAY;
    if (marsad_date_parse(&date, view_of(text), NULL) == MARSAD_OK)
        return day_number(date);
    r->fault = key;
    return NO_DAY;
}

/* Room for all items of list `key`; NULL where it is empty. */
static void *list_of(body_reader *r, const json_t *body, const char *key, size_t size, uint32_t *count)
{
    const json_t *list = json_object_get(body, key);
    *count = 0;
    if (json_array_size(list) == 0)
        return NULL;
    void *items = arena_alloc(r->memory, json_array_size(list) * size);
    if (items == NULL)
        r->is_out_of_memory = true;
    else
        *count = (uint32_t)json_array_size(list);
    return items;
}

static const statement_party *read_parties(body_reader *r, const json_t *body, const char *key, uint32_t *count)
{
    statement_party *parties = list_of(r, body, key, sizeof *parties, count);
    for (uint32_t i = 0; i < *count; i++) {
        const json_t *item = json_array_get(json_object_get(body, key), i);
        parties[i] = (statement_party){.who = text_of(r, item, "who"),
                                       .code = text_of(r, item, "code"),
                                       .object = text_of(r, item, "object"),
                                       .words = text_of(r, item, "words")};
    }
    return parties;
}

static const statement_place *read_places(body_reader *r, const json_t *body, uint32_t *count)
{
    statement_place *places = list_of(r, body, "places", sizeof *places, count);
    for (uint32_t i = 0; i < *count; i++) {
        const json_t *item = json_array_get(json_object_get(body, "places"), i);
        places[i] = (statement_place){
            .id = text_of(r, item, "id"),
            .norm = text_of(r, item, "norm"),
            .name_en = text_of(r, item, "name_en"),
            .country = text_of(r, item, "country"),
            .admin1 = text_of(r, item, "admin1"),
            .admin2 = text_of(r, item, "admin2"),
            .relation = (marsad_relation)index_of(r, item, "relation", relation_name, MARSAD_RELATION_COUNT, MARSAD_IN),
            .precision = (marsad_precision)index_of(r, item, "precision", precision_name, MARSAD_PRECISION_COUNT, MARSAD_PRECISION_NONE),
            .lat = json_number_value(json_object_get(item, "lat")),
            .lon = json_number_value(json_object_get(item, "lon")),
        };
    }
    return places;
}

static const statement_figure *read_figures(body_reader *r, const json_t *body, uint32_t *count)
{
    statement_figure *figures = list_of(r, body, "figures", sizeof *figures, count);
    for (uint32_t i = 0; i < *count; i++) {
        const json_t *item = json_array_get(json_object_get(body, "figures"), i);
        figures[i] = (statement_figure){
            .of = (marsad_figure_of)index_of(r, item, "of", figure_name, MARSAD_FIGURE_COUNT, MARSAD_PEOPLE),
            .bound = (marsad_bound)index_of(r, item, "bound", bound_name, MARSAD_BOUND_COUNT, MARSAD_EXACT),
            .value = count_of(item, "value"),
            .low = count_of(item, "low"),
            .high = count_of(item, "high"),
            .words = text_of(r, item, "words"),
        };
    }
    return figures;
}

static void read_all(body_reader *r, const json_t *body, statement *out)
{
    const json_t *when = json_object_get(body, "when");
    out->kind = (marsad_kind)index_of(r, body, "kind", kind_name, MARSAD_KIND_COUNT, MARSAD_KIND_COUNT);
    if (out->kind == MARSAD_KIND_COUNT)
        r->fault = "kind";
    out->modality = (marsad_modality)index_of(r, body, "modality", modality_name, MARSAD_MODALITY_COUNT, MARSAD_ASSERTED);
    out->phase = (marsad_phase)index_of(r, body, "phase", phase_name, MARSAD_PHASE_COUNT, MARSAD_NO_PHASE);
    out->mode = text_of(r, body, "mode");
    out->is_quoted = json_is_true(json_object_get(body, "quoted"));
    out->confidence = json_number_value(json_object_get(body, "confidence"));
    out->trigger = span_of(body, "trigger");
    out->sentence = span_of(body, "sentence");
    out->start = day_of(r, when, "start");
    out->end = day_of(r, when, "end");
    out->time_precision = text_of(r, when, "precision");
    out->actors = read_parties(r, body, "actors", &out->actor_count);
    out->targets = read_parties(r, body, "targets", &out->target_count);
    out->speakers = read_parties(r, body, "sources", &out->speaker_count);
    out->places = read_places(r, body, &out->place_count);
    out->figures = read_figures(r, body, &out->figure_count);
}

marsad_status body_read(statement *out, view body, arena *memory, marsad_error *err)
{
    json_error_t where;
    json_t *parsed = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(parsed)) {
        json_decref(parsed);
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the body of a record is no JSON object: %s", where.text);
    }
    body_reader r = {.memory = memory};
    read_all(&r, parsed, out);
    json_decref(parsed);
    if (r.is_out_of_memory)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a record");
    if (r.fault != NULL)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the body of a record has a '%s' that is unknown", r.fault);
    return MARSAD_OK;
}
