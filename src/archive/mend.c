#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/mend.h"
#include "event/event.h"
#include "gazetteer/file.h"

enum { REAL_DIGITS = 10, LIST_MAX = 32 };

typedef struct {
    json_t *body;
    const stored_place *place;
    bool overrides;
    marsad_error *err;
} mending;

static marsad_status refuse(const mending *m, const char *field, const char *value)
{
    return fail(m->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "'%s' is no %s that a record can have", value, field);
}

static marsad_status put(const mending *m, json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0 ? MARSAD_OK : fail(m->err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a record");
}

static bool has_span(const json_t *object)
{
    return json_is_array(json_object_get(object, "span"));
}

/* --- names ------------------------------------------------------------------------------------------------------------------------ */

typedef const char *name_of(int index);

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
static const char *figure_name(int i)
{
    return marsad_figure_name((marsad_figure_of)i);
}

static int number_of(const char *name, name_of *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names(i), name) == 0)
            return i;
    return -1;
}

static json_t *text_or_null(const char *text)
{
    return text == NULL || text[0] == 0 ? json_pack("n") : json_pack("s", text);
}

/* What follows from the kind follows from the new one. */
static marsad_status mend_kind(mending *m, const char *value)
{
    const int kind = number_of(value, kind_name, MARSAD_KIND_COUNT);
    if (kind < 0)
        return refuse(m, "kind", value);
    m->overrides = true;
    marsad_status status = put(m, m->body, "kind", json_pack("s", value));
    if (status == MARSAD_OK)
        status = put(m, m->body, "plover", text_or_null(marsad_kind_plover((marsad_kind)kind)));
    if (status == MARSAD_OK)
        status = put(m, m->body, "mode", text_or_null(marsad_kind_mode((marsad_kind)kind)));
    if (status == MARSAD_OK)
        status = put(m, m->body, "cameo", text_or_null(marsad_kind_cameo((marsad_kind)kind)));
    return status;
}

static marsad_status mend_modality(mending *m, const char *value)
{
    m->overrides = true;
    return number_of(value, modality_name, MARSAD_MODALITY_COUNT) < 0 ? refuse(m, "modality", value)
                                                                      : put(m, m->body, "modality", json_pack("s", value));
}

static marsad_status mend_phase(mending *m, const char *value)
{
    m->overrides = true;
    return number_of(value, phase_name, MARSAD_PHASE_COUNT) < 0 ? refuse(m, "phase", value) : put(m, m->body, "phase", text_or_null(value));
}

/* --- parties ------------------------------------------------------------------------------------------------------------------------ */

static bool is_party(view who)
{
    for (size_t i = 0; i < who.len; i++) {
        const char c = who.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
            return false;
    }
    return who.len > 0 && who.len < 64;
}

/* The party read there, with another name; or one that the report has no words for. */
static json_t *party_of(const json_t *read, view who)
{
    json_t *party = read != NULL ? json_deep_copy(read) : json_pack("{s:n,s:n,s:n,s:n,s:s}", "span", "who", "code", "object", "words", "");
    const char *before = json_string_value(json_object_get(party, "who"));
    if (party == NULL || (before != NULL && view_equal(view_of(before), who)))
        return party;
    json_object_set_new(party, "who", json_pack("s%", who.ptr, who.len));
    json_object_set_new(party, "code", json_pack("n"));
    return party;
}

static marsad_status mend_parties(mending *m, const char *key, const char *field, const char *value)
{
    view names[LIST_MAX];
    size_t count = 0;
    for (const char *at = value; at[0] != 0 && count < LIST_MAX;) {
        const size_t len = strcspn(at, ",");
        names[count++] = (view){at, len};
        if (!is_party(names[count - 1]))
            return refuse(m, field, value);
        at += len + (at[len] == ',');
    }
    const json_t *read = json_object_get(m->body, key);
    json_t *list = json_pack("[]");
    for (size_t i = 0; i < json_array_size(read); i++)
        m->overrides = m->overrides || has_span(json_array_get(read, i));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, party_of(json_array_size(read) == count ? json_array_get(read, i) : NULL, names[i]));
    return put(m, m->body, key, list);
}

static marsad_status mend_actors(mending *m, const char *value)
{
    return mend_parties(m, "actors", "actor", value);
}
static marsad_status mend_targets(mending *m, const char *value)
{
    return mend_parties(m, "targets", "target", value);
}
static marsad_status mend_speakers(mending *m, const char *value)
{
    return mend_parties(m, "sources", "speaker", value);
}

/* --- place --------------------------------------------------------------------------------------------------------------------------- */

static bool is_way(const json_t *place)
{
    const char *relation = json_string_value(json_object_get(place, "relation"));
    return relation != NULL && (strcmp(relation, marsad_relation_name(MARSAD_FROM)) == 0 || strcmp(relation, marsad_relation_name(MARSAD_TO)) == 0);
}

/* A metre is as near as any gazetteer comes. */
static double degrees(double value)
{
    return round(value * 1e5) / 1e5;
}

static json_t *place_of(const stored_place *p, const json_t *read)
{
    const marsad_precision precision = gazetteer_precision(gazetteer_feature(view_of(p->feature)));
    json_t *span = json_object_get(read, "span");
    return json_pack("{s:O?,s:s,s:s,s:s,s:f,s:f,s:s,s:i,s:s,s:s,s:s,s:s,s:s}", "span", span, "norm", p->name, "relation",
                     marsad_relation_name(MARSAD_IN), "id", p->id, "lat", degrees(p->lat), "lon", degrees(p->lon), "precision",
                     marsad_precision_name(precision), "others", 0, "name_en", p->name_en, "country", p->country, "admin1", p->admin1, "admin2",
                     p->admin2, "feature", p->feature);
}

/* Places that something came from or went to stay; of the others the new one takes the first one's words. */
static marsad_status mend_place(mending *m, const char *value)
{
    const json_t *read = json_object_get(m->body, "places"), *first = NULL;
    json_t *list = json_pack("[]");
    for (size_t i = 0; i < json_array_size(read); i++) {
        json_t *place = json_array_get(read, i);
        if (is_way(place))
            json_array_append(list, place);
        else if (first == NULL)
            first = place;
    }
    m->overrides = m->overrides || has_span(first);
    if (value[0] != 0 && json_array_insert_new(list, 0, place_of(m->place, first)) != 0) {
        json_decref(list);
        return refuse(m, "place", value);
    }
    return put(m, m->body, "places", list);
}

/* --- days ---------------------------------------------------------------------------------------------------------------------------- */

static bool read_days(const char *value, char first[11], char last[11])
{
    const size_t len = strcspn(value, "/");
    marsad_date a, b;
    snprintf(first, 11, "%.*s", (int)(len < 10 ? len : 10), value);
    snprintf(last, 11, "%.10s", value[len] == '/' ? value + len + 1 : first);
    return len == 10 && (value[10] == 0 || strlen(value) == 21) && marsad_date_parse(&a, view_of(first), NULL) == MARSAD_OK &&
           marsad_date_parse(&b, view_of(last), NULL) == MARSAD_OK && day_number(a) <= day_number(b);
}

static marsad_status mend_days(mending *m, const char *value)
{
    json_t *when = json_object_get(m->body, "when");
    m->overrides = m->overrides || has_span(when);
    if (value[0] == 0)
        return put(m, m->body, "when", json_pack("n"));
    char first[11], last[11];
    if (!read_days(value, first, last))
        return refuse(m, "day or stretch of days", value);
    json_t *span = json_object_get(when, "span");
    return put(m, m->body, "when",
               json_pack("{s:O?,s:s,s:s,s:s}", "span", span, "start", first, "end", last, "precision", strcmp(first, last) == 0 ? "day" : "range"));
}

/* --- figures --------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    char of[32];
    bool is_given;
    int64_t low, best, high;
} new_figure;

/* A count, or "-" for none. */
static bool read_count(const char *text, int64_t *out)
{
    char *end;
    if (strcmp(text, "-") == 0) {
        *out = MARSAD_NO_VALUE;
        return true;
    }
    const long long value = strtoll(text, &end, 10);
    *out = value;
    return text[0] >= '0' && text[0] <= '9' && *end == 0 && strlen(text) <= 15;
}

static bool read_figure(const char *value, new_figure *out)
{
    char parts[3][20] = {"", "", ""}, end;
    if (strchr(value, ':') == NULL)
        return false;
    const int count = sscanf(value, "%31[a-z_]:%19[0-9-]:%19[0-9-]:%19[0-9-]%c", out->of, parts[0], parts[1], parts[2], &end);
    out->is_given = count > 1;
    if (count == 1 || (count == 2 && read_count(parts[0], &out->best))) {
        out->low = out->high = out->best;
        return count == 1 || out->best != MARSAD_NO_VALUE;
    }
    if (count != 4 || !read_count(parts[0], &out->low) || !read_count(parts[1], &out->best) || !read_count(parts[2], &out->high))
        return false;
    const int64_t best = out->best == MARSAD_NO_VALUE ? out->low : out->best;
    return out->low != MARSAD_NO_VALUE && out->low <= best && (out->high == MARSAD_NO_VALUE || best <= out->high);
}

static json_t *count_or_null(int64_t value)
{
    return value == MARSAD_NO_VALUE ? json_pack("n") : json_pack("I", (json_int_t)value);
}

static marsad_bound bound_of(const new_figure *f)
{
    if (f->low == f->high)
        return MARSAD_EXACT;
    return f->high == MARSAD_NO_VALUE ? MARSAD_AT_LEAST : f->best == MARSAD_NO_VALUE ? MARSAD_VAGUE : MARSAD_ABOUT;
}

static json_t *figure_of(const new_figure *f, const json_t *read)
{
    json_t *span = json_object_get(read, "span");
    const char *words = json_string_value(json_object_get(read, "words"));
    return json_pack("{s:s,s:o,s:s,s:o,s:o,s:O?,s:s}", "of", f->of, "value", count_or_null(f->best), "bound", marsad_bound_name(bound_of(f)), "low",
                     count_or_null(f->low), "high", count_or_null(f->high), "span", span, "words", words == NULL ? "" : words);
}

static marsad_status mend_figure(mending *m, const char *value)
{
    new_figure f = {0};
    if (!read_figure(value, &f) || number_of(f.of, figure_name, MARSAD_FIGURE_COUNT) < 0)
        return refuse(m, "figure", value);
    const json_t *read = json_object_get(m->body, "figures"), *first = NULL;
    json_t *list = json_pack("[]");
    for (size_t i = 0; i < json_array_size(read); i++) {
        json_t *figure = json_array_get(read, i);
        const char *of = json_string_value(json_object_get(figure, "of"));
        if (of == NULL || strcmp(of, f.of) != 0)
            json_array_append(list, figure);
        else if (first == NULL)
            first = figure;
    }
    m->overrides = m->overrides || has_span(first);
    if (f.is_given)
        json_array_append_new(list, figure_of(&f, first));
    return put(m, m->body, "figures", list);
}

/* --- fields ------------------------------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *field;
    marsad_status (*mend)(mending *m, const char *value);
} fields[] = {
    {"kind", mend_kind},        {"modality", mend_modality}, {"phase", mend_phase}, {"actor", mend_actors},  {"target", mend_targets},
    {"speaker", mend_speakers}, {"place", mend_place},       {"days", mend_days},   {"figure", mend_figure},
};

static marsad_status apply(mending *m, const char *change)
{
    const size_t len = strcspn(change, "=");
    for (size_t i = 0; change[len] == '=' && i < sizeof fields / sizeof *fields; i++)
        if (strlen(fields[i].field) == len && strncmp(fields[i].field, change, len) == 0)
            return fields[i].mend(m, change + len + 1);
    return fail(m->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "'%s' names no field of a record and its value", change);
}

marsad_status body_mend(view *out, view body, const char *const *changes, size_t count, const stored_place *place, bool *overrides, arena *memory,
                        marsad_error *err)
{
    mending m = {.body = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, NULL), .place = place, .err = err};
    marsad_status status =
        json_is_object(m.body) ? MARSAD_OK : fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the body of a record is no JSON object");
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = apply(&m, changes[i]);
    char *text = status == MARSAD_OK ? json_dumps(m.body, JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS)) : NULL;
    const char *kept = text == NULL ? NULL : arena_string(memory, view_of(text));
    if (status == MARSAD_OK && kept == NULL)
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a record");
    *out = view_of(kept);
    *overrides = m.overrides;
    free(text);
    json_decref(m.body);
    return status;
}
