/* Places of the gazetteers: by name, by id, and what lies near a point. */
#include <math.h>

#include "server/places.h"
#include "server/serving.h"

enum { FOUND_MAX = 200 };

typedef struct {
    marsad_place_row row; /* its texts are the gazetteer's; `country` the exchange's */
    double km;            /* NAN: not asked */
} found_place;

typedef struct {
    exchange *x;
    const char *id;  /* NULL: all */
    double lat, lon; /* NAN: no point was given */
    found_place items[FOUND_MAX];
    size_t count, most;
} place_search;

/* Great circle, on a sphere: good to half a percent. */
static double kilometres(double lat1, double lon1, double lat2, double lon2)
{
    const double degree = 3.14159265358979323846 / 180, radius = 6371;
    const double a = sin((lat2 - lat1) * degree / 2), b = sin((lon2 - lon1) * degree / 2);
    return 2 * radius * asin(sqrt(a * a + cos(lat1 * degree) * cos(lat2 * degree) * b * b));
}

static bool keep(place_search *s, const marsad_place_row *place, double km, size_t at)
{
    const char *country = arena_string(&s->x->memory, view_of(place->country));
    if (country == NULL)
        return false;
    if (s->count < s->most)
        s->count++;
    memmove(&s->items[at + 1], &s->items[at], (s->count - 1 - at) * sizeof *s->items);
    s->items[at] = (found_place){*place, km};
    s->items[at].row.country = country;
    return true;
}

static bool is_kept(const place_search *s, const char *id)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->items[i].row.id, id) == 0)
            return true;
    return false;
}

/* As the gazetteer has them, the most prominent first. */
static bool see_named(void *context, const marsad_place_row *place)
{
    place_search *s = context;
    const double km = isnan(s->lat) ? NAN : kilometres(s->lat, s->lon, place->lat, place->lon);
    return is_kept(s, place->id) || s->count == s->most || keep(s, place, km, s->count);
}

static bool see_id(void *context, const marsad_place_row *place)
{
    place_search *s = context;
    return strcmp(place->id, s->id) != 0 || (keep(s, place, NAN, 0) && false);
}

/* The nearest first. */
static bool see_near(void *context, const marsad_place_row *place)
{
    place_search *s = context;
    const double km = kilometres(s->lat, s->lon, place->lat, place->lon);
    size_t at = s->count;
    while (at > 0 && s->items[at - 1].km > km)
        at--;
    return at == s->most || is_kept(s, place->id) || keep(s, place, km, at);
}

static bool read_point(exchange *x, place_search *s)
{
    double point[2] = {NAN, NAN};
    const char *near = exchange_query(x, "near");
    const bool ok = near == NULL || (text_numbers(near, point, 2) && fabs(point[0]) <= 90 && fabs(point[1]) <= 180);
    s->lat = point[0];
    s->lon = point[1];
    return ok || refuse(x, 400, "bad-request", "'near' is no LAT,LON in degrees");
}

static void search(place_search *s, const char *name)
{
    const server_settings *settings = s->x->server->settings;
    for (size_t g = 0; g < settings->gazetteer_count; g++) {
        if (name != NULL)
            marsad_gazetteer_find(settings->gazetteers[g], view_of(name), see_named, s);
        else
            marsad_gazetteer_walk(settings->gazetteers[g], s->id != NULL ? see_id : see_near, s);
    }
}

static void put_place(json_out *j, const found_place *found)
{
    const marsad_place_row *place = &found->row;
    json_object(j);
    json_put_text(j, "id", place->id);
    json_put_text(j, "name", place->name);
    json_put_text(j, "name_en", place->name_en);
    json_put_text(j, "country", place->country);
    json_put_text(j, "admin1", place->admin1);
    json_put_text(j, "admin2", place->admin2);
    json_put_text(j, "feature", place->feature);
    json_put_text(j, "source", place->source);
    json_key(j, "lat");
    json_real(j, place->lat, 5);
    json_key(j, "lon");
    json_real(j, place->lon, 5);
    json_key(j, "km");
    json_real(j, found->km, 1);
    json_end_object(j);
}

void places_get(exchange *x)
{
    asked a;
    json_out j;
    const char *name = exchange_query(x, "name");
    place_search *s = arena_alloc(&x->memory, sizeof *s);
    if (s == NULL) {
        refuse(x, 503, "busy", "out of memory");
        return;
    }
    *s = (place_search){.x = x, .id = exchange_query(x, "id")};
    if (!exchange_question(x, &a) || !read_point(x, s))
        return;
    s->most = a.question.limit;
    if (name == NULL && s->id == NULL && isnan(s->lat)) {
        refuse(x, 400, "bad-request", "places are asked for by 'name', 'id' or 'near'");
        return;
    }
    search(s, name);
    answer_json(x, &j);
    json_object(&j);
    json_key(&j, "rows");
    json_array(&j);
    for (size_t i = 0; i < s->count; i++)
        put_place(&j, &s->items[i]);
    json_end_array(&j);
    json_end_object(&j);
    answer_json_end(x, &j);
}

const marsad_place_row *place_by_id(exchange *x, const char *id)
{
    place_search *s = arena_alloc(&x->memory, sizeof *s);
    if (s == NULL)
        return NULL;
    *s = (place_search){.x = x, .id = id, .lat = NAN, .lon = NAN, .most = 1};
    search(s, NULL);
    return s->count > 0 ? &s->items[0].row : NULL;
}
