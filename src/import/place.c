/* Places: an id or a name of the gazetteer. A name that several places have is a fault that lists them, never a guess. */
#include <stdio.h>
#include <stdlib.h>

#include "import/import.h"
#include "text/text.h"

enum { CANDIDATES_MAX = 32, TOLD_MAX = 5 };

typedef struct known_place {
    const char *id;
    const gaz_place *place;
    const marsad_gazetteer *gazetteer;
} known_place;

/* --- all places by id ------------------------------------------------------------------------------------------------------------ */

static int by_id(const void *a, const void *b)
{
    return strcmp(((const known_place *)a)->id, ((const known_place *)b)->id);
}

bool import_places_open(importer *im)
{
    size_t count = 0;
    for (size_t g = 0; g < im->settings->gazetteer_count; g++)
        count += gazetteer_count(im->settings->gazetteers[g]);
    im->places = arena_alloc(&im->memory, (count + 1) * sizeof *im->places);
    if (im->places == NULL)
        return false;
    for (size_t g = 0; g < im->settings->gazetteer_count; g++) {
        const marsad_gazetteer *gazetteer = im->settings->gazetteers[g];
        for (uint32_t i = 0; i < gazetteer_count(gazetteer); i++) {
            const gaz_place *place = gazetteer_place(gazetteer, i);
            im->places[im->place_count++] = (known_place){gazetteer_string(gazetteer, place->id), place, gazetteer};
        }
    }
    qsort(im->places, im->place_count, sizeof *im->places, by_id);
    return true;
}

static const known_place *place_by_id(const importer *im, const char *id)
{
    const known_place wanted = {.id = id};
    return im->place_count == 0 ? NULL : bsearch(&wanted, im->places, im->place_count, sizeof *im->places, by_id);
}

/* --- by name ---------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const importer *im;
    const known_place *items[CANDIDATES_MAX];
    size_t count;
} candidates;

static bool add_candidate(void *context, const marsad_place_row *row)
{
    candidates *c = context;
    const known_place *place = place_by_id(c->im, row->id);
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->items[i]->id, row->id) == 0)
            return true;
    if (place != NULL)
        c->items[c->count++] = place;
    return c->count < CANDIDATES_MAX;
}

static const char *admin1_of(const known_place *p)
{
    return gazetteer_string(p->gazetteer, p->place->admin1);
}

static bool is_admin(const known_place *p)
{
    return p->place->feature >= FEATURE_COUNTRY && p->place->feature <= FEATURE_ADM3;
}

static bool is_same_area(const known_place *a, const known_place *b)
{
    return memcmp(a->place->country, b->place->country, sizeof a->place->country) == 0 && strcmp(admin1_of(a), admin1_of(b)) == 0;
}

/* A governorate or district that is called after a town of its own: by its name alone the town is meant. */
static void drop_areas_of_towns(candidates *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->count; i++) {
        bool has_town = false;
        for (size_t k = 0; k < c->count && is_admin(c->items[i]); k++)
            has_town = has_town || (!is_admin(c->items[k]) && is_same_area(c->items[k], c->items[i]));
        if (!has_town)
            c->items[kept++] = c->items[i];
    }
    c->count = kept;
}

static bool is_same_name(const char *a, view b)
{
    char folded_a[128], folded_b[128];
    if (strlen(a) >= sizeof folded_a || b.len >= sizeof folded_b)
        return false;
    fold_into(folded_a, sizeof folded_a, view_of(a));
    fold_into(folded_b, sizeof folded_b, b);
    return strcmp(folded_a, folded_b) == 0;
}

static void keep_governorate(candidates *c, view governorate)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->count; i++)
        if (is_same_name(admin1_of(c->items[i]), governorate))
            c->items[kept++] = c->items[i];
    c->count = kept;
}

/* "SY-0215 (الرقة, SY), SY-0579 (حماة, SY)" */
static void list_candidates(char *out, size_t room, const candidates *c)
{
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; i < c->count && i < TOLD_MAX && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s (%s, %.2s)", i > 0 ? ", " : "", c->items[i]->id, admin1_of(c->items[i]),
                                 c->items[i]->place->country);
    if (c->count > TOLD_MAX && used < room)
        snprintf(out + used, room - used, " and %zu more", c->count - TOLD_MAX);
}

/* The one place that `name` means; NULL after a fault was told. */
static const known_place *place_by_name(importer *im, view name, view governorate)
{
    char list[240];
    candidates c = {.im = im};
    for (size_t g = 0; g < im->settings->gazetteer_count && c.count < CANDIDATES_MAX; g++)
        marsad_gazetteer_find(im->settings->gazetteers[g], name, add_candidate, &c);
    list_candidates(list, sizeof list, &c);
    if (c.count == 0) {
        import_fault(im, COLUMN_PLACE, "no place '%.*s' in the gazetteer, neither an id nor a name", (int)name.len, name.ptr);
        return NULL;
    }
    if (governorate.len > 0)
        keep_governorate(&c, governorate);
    if (c.count == 0) {
        import_fault(im, COLUMN_GOVERNORATE, "no place '%.*s' in '%.*s', but %s", (int)name.len, name.ptr, (int)governorate.len, governorate.ptr,
                     list);
        return NULL;
    }
    drop_areas_of_towns(&c);
    if (c.count == 1)
        return c.items[0];
    list_candidates(list, sizeof list, &c);
    import_fault(im, COLUMN_PLACE, "'%.*s' could be %s: give the id, or the governorate", (int)name.len, name.ptr, list);
    return NULL;
}

static const known_place *find_place(importer *im, view item, view governorate)
{
    char id[64];
    if (item.len < sizeof id) {
        snprintf(id, sizeof id, "%.*s", (int)item.len, item.ptr);
        const known_place *place = place_by_id(im, id);
        if (place != NULL)
            return place;
    }
    return place_by_name(im, item, governorate);
}

/* --- cells ------------------------------------------------------------------------------------------------------------------------- */

static marsad_relation read_relation(row_work *w)
{
    const view word = import_cell(w->im, w->cells, COLUMN_RELATION);
    for (int i = 0; i < MARSAD_RELATION_COUNT && word.len > 0; i++)
        if (view_is(word, marsad_relation_name((marsad_relation)i)))
            return (marsad_relation)i;
    if (word.len > 0)
        import_fault(w->im, COLUMN_RELATION, "no relation '%.*s': in, near, north_of ... from, to", (int)word.len, word.ptr);
    return MARSAD_IN;
}

void read_place_cells(row_work *w)
{
    importer *im = w->im;
    marsad_record *r = &w->out->record;
    const size_t most = count_items(w, COLUMN_PLACE);
    marsad_place *places = most == 0 ? NULL : arena_alloc(&im->memory, most * sizeof *places);
    const view governorate = import_cell(im, w->cells, COLUMN_GOVERNORATE), relation_cell = import_cell(im, w->cells, COLUMN_RELATION);
    const marsad_relation relation = read_relation(w);
    view rest = import_cell(im, w->cells, COLUMN_PLACE), item;
    im->is_out_of_memory = im->is_out_of_memory || (most > 0 && places == NULL);
    while (places != NULL && next_item(&rest, &item)) {
        const known_place *found = find_place(im, item, governorate);
        if (found == NULL)
            continue;
        marsad_place *place = &places[r->place_count++];
        gazetteer_fill(found->gazetteer, found->place, place);
        place->relation = relation;
        place->span = row_say(w, "place", item);
    }
    row_say(w, "relation", relation_cell);
    row_say(w, "governorate", governorate);
    r->places = places;
}
