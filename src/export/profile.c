/* Reading a safety profile: every key is there, no other key is, and every value is one that is known. */
#include <jansson.h> /* before base.h, see there */

#include "export/safety.h"

const char *const safety_objects[SAFETY_OBJECT_COUNT] = {"hospital",   "school",         "market",  "worship",  "residential",
                                                         "camp",       "infrastructure", "vehicle", "aircraft", "base",
                                                         "checkpoint", "convoy",         "media",   "prison",   "government_building"};

static const char *const level_names[PLACE_LEVEL_COUNT] = {[PLACE_SHOW] = "show",     [PLACE_GRID] = "grid",       [PLACE_ADMIN2] = "admin2",
                                                           [PLACE_ADMIN1] = "admin1", [PLACE_COUNTRY] = "country", [PLACE_WITHHOLD] = "withhold"};
static const char *const words_names[] = {[WORDS_SHOW] = "show", [WORDS_INSTITUTIONS] = "institutions", [WORDS_WITHHOLD] = "withhold"};
static const char *const unreviewed_names[] = {[UNREVIEWED_KEEP] = "keep", [UNREVIEWED_DRAFT] = "draft", [UNREVIEWED_DROP] = "drop"};
static const char *const show_names[] = {"withhold", "show"};

enum { DELAY_MAX = 3650 }; /* ten years: longer is a slip of the hand */

/* A file on its way: the first fault is kept, and nothing is read after it. */
typedef struct {
    const char *path;
    marsad_error *err;
    marsad_status status;
} reading;

static void fault(reading *in, const char *key, const char *reason)
{
    if (in->status == MARSAD_OK)
        in->status = fail(in->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read safety profile '%s': '%s' %s", in->path, key, reason);
}

/* Each key of `object` must be one of `keys`; that each of them is there, the readers see. */
static void check_keys(reading *in, json_t *object, const char *where, const char *const *keys, size_t count)
{
    if (!json_is_object(object)) {
        fault(in, where, "is not an object");
        return;
    }
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        size_t at = 0;
        while (at < count && strcmp(keys[at], key) != 0)
            at++;
        if (at == count)
            fault(in, key, "is not a known key");
    }
}

/* The value under `key`, or NULL with the fault noted. */
static json_t *value_of(reading *in, json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    if (value == NULL)
        fault(in, key, "is missing");
    return in->status == MARSAD_OK ? value : NULL;
}

static int choice_of(reading *in, json_t *object, const char *key, const char *const *names, size_t count)
{
    const json_t *value = value_of(in, object, key);
    if (value == NULL)
        return 0;
    const char *text = json_string_value(value);
    for (size_t i = 0; text != NULL && i < count; i++)
        if (strcmp(names[i], text) == 0)
            return (int)i;
    fault(in, key, "has a value that is not known");
    return 0;
}
#define CHOICE(in, object, key, names) choice_of((in), (object), (key), (names), sizeof(names) / sizeof *(names))

static int64_t integer_of(reading *in, json_t *object, const char *key, int64_t low, int64_t high)
{
    const json_t *value = value_of(in, object, key);
    if (value == NULL)
        return 0;
    if (!json_is_integer(value) || json_integer_value(value) < low || json_integer_value(value) > high) {
        fault(in, key, "is not a whole number of its range");
        return 0;
    }
    return json_integer_value(value);
}

static bool truth_of(reading *in, json_t *object, const char *key)
{
    const json_t *value = value_of(in, object, key);
    if (value != NULL && !json_is_boolean(value))
        fault(in, key, "is neither true nor false");
    return value != NULL && json_is_true(value);
}

static double degrees_of(reading *in, json_t *object, const char *key)
{
    const json_t *value = value_of(in, object, key);
    if (value == NULL)
        return 1;
    const double degrees = json_number_value(value);
    if (!json_is_number(value) || !(degrees >= 0.05 && degrees <= 10))
        fault(in, key, "is not between 0.05 and 10");
    return degrees;
}

static safety_rule rule_of(reading *in, json_t *rules, const char *name)
{
    static const char *const keys[] = {"publish", "place", "delay_days"};
    json_t *row = value_of(in, rules, name);
    if (row == NULL)
        return (safety_rule){0};
    check_keys(in, row, name, keys, sizeof keys / sizeof *keys);
    return (safety_rule){.is_published = truth_of(in, row, "publish"),
                         .place = (place_level)CHOICE(in, row, "place", level_names),
                         .delay = (int32_t)integer_of(in, row, "delay_days", 0, DELAY_MAX)};
}

static void read_name(reading *in, safety_profile *profile, json_t *root)
{
    const json_t *name = value_of(in, root, "name");
    const char *text = name != NULL ? json_string_value(name) : NULL;
    if (text == NULL || text[0] == 0 || strlen(text) >= sizeof profile->name || strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(text))
        fault(in, "name", "is not a short name of small letters, digits and '-'");
    else
        memcpy(profile->name, text, strlen(text) + 1);
    const json_t *about = value_of(in, root, "about");
    if (about != NULL && !json_is_string(about))
        fault(in, "about", "is not a string");
}

static void read_values(reading *in, safety_profile *profile, json_t *root)
{
    profile->version = integer_of(in, root, "version", 1, INT32_MAX);
    profile->grid_degrees = degrees_of(in, root, "grid_degrees");
    profile->small_cells_below = integer_of(in, root, "small_cells_below", 0, 1000);
    profile->party_words = (words_rule)CHOICE(in, root, "party_words", words_names);
    profile->shows_figure_words = CHOICE(in, root, "figure_words", show_names) == 1;
    profile->shows_anonymous = CHOICE(in, root, "anonymous_speakers", show_names) == 1;
    profile->shows_url_of_coarsened = CHOICE(in, root, "url_of_coarsened", show_names) == 1;
    profile->unreviewed = (unreviewed_rule)CHOICE(in, root, "unreviewed", unreviewed_names);
}

static void read_kinds(reading *in, safety_profile *profile, json_t *root)
{
    const char *names[MARSAD_KIND_COUNT];
    for (int kind = 0; kind < MARSAD_KIND_COUNT; kind++)
        names[kind] = marsad_kind_name((marsad_kind)kind);
    json_t *rules = value_of(in, root, "kinds");
    check_keys(in, rules, "kinds", names, MARSAD_KIND_COUNT);
    for (int kind = 0; in->status == MARSAD_OK && kind < MARSAD_KIND_COUNT; kind++)
        profile->kinds[kind] = rule_of(in, rules, names[kind]);
}

static void read_objects(reading *in, safety_profile *profile, json_t *root)
{
    json_t *rules = value_of(in, root, "objects");
    check_keys(in, rules, "objects", safety_objects, SAFETY_OBJECT_COUNT);
    for (int object = 0; in->status == MARSAD_OK && object < SAFETY_OBJECT_COUNT; object++)
        profile->objects[object] = rule_of(in, rules, safety_objects[object]);
}

/* A place without a point has no precision; its key is "none". */
static void read_precisions(reading *in, safety_profile *profile, json_t *root)
{
    const char *names[MARSAD_PRECISION_COUNT] = {"none"};
    for (int precision = 1; precision < MARSAD_PRECISION_COUNT; precision++)
        names[precision] = marsad_precision_name((marsad_precision)precision);
    json_t *levels = value_of(in, root, "precisions");
    check_keys(in, levels, "precisions", names, MARSAD_PRECISION_COUNT);
    for (int precision = 0; in->status == MARSAD_OK && precision < MARSAD_PRECISION_COUNT; precision++)
        profile->precisions[precision] = (place_level)CHOICE(in, levels, names[precision], level_names);
}

static void take_strictest(safety_rule *strictest, const safety_rule *rule)
{
    strictest->is_published = strictest->is_published && rule->is_published;
    strictest->delay = rule->delay > strictest->delay ? rule->delay : strictest->delay;
}

static void read_profile(reading *in, safety_profile *profile, json_t *root)
{
    static const char *const keys[] = {"name",         "about",      "version",    "grid_degrees",       "small_cells_below", "party_words",
                                       "figure_words", "unreviewed", "precisions", "anonymous_speakers", "url_of_coarsened",  "kinds",
                                       "objects"};
    check_keys(in, root, "profile", keys, sizeof keys / sizeof *keys);
    read_name(in, profile, root);
    read_values(in, profile, root);
    read_precisions(in, profile, root);
    read_kinds(in, profile, root);
    read_objects(in, profile, root);
    profile->strictest = (safety_rule){.is_published = true, .place = PLACE_WITHHOLD};
    for (int kind = 0; kind < MARSAD_KIND_COUNT; kind++)
        take_strictest(&profile->strictest, &profile->kinds[kind]);
    for (int object = 0; object < SAFETY_OBJECT_COUNT; object++)
        take_strictest(&profile->strictest, &profile->objects[object]);
}

marsad_status safety_profile_read(safety_profile *out, const char *path, marsad_error *err)
{
    mapped_file file;
    marsad_status status = file_map(&file, path, err);
    if (status != MARSAD_OK)
        return status;
    json_error_t why;
    json_t *root = json_loadb((const char *)file.bytes, file.size, JSON_REJECT_DUPLICATES, &why);
    file_unmap(&file);
    if (root == NULL)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read safety profile '%s': line %d: %s", path, why.line, why.text);

    reading in = {.path = path, .err = err};
    safety_profile profile = {0};
    read_profile(&in, &profile, root);
    json_decref(root);
    if (in.status == MARSAD_OK)
        *out = profile;
    return in.status;
}

static bool shows_all(const safety_rule *rules, int count)
{
    for (int i = 0; i < count; i++)
        if (!rules[i].is_published || rules[i].place != PLACE_SHOW || rules[i].delay != 0)
            return false;
    return true;
}

bool safety_shows_texts(const safety_profile *profile)
{
    bool shows = shows_all(profile->kinds, MARSAD_KIND_COUNT) && shows_all(profile->objects, SAFETY_OBJECT_COUNT) &&
                 profile->party_words == WORDS_SHOW && profile->shows_figure_words && profile->shows_anonymous &&
                 profile->unreviewed != UNREVIEWED_DROP;
    for (int i = 0; i < MARSAD_PRECISION_COUNT; i++)
        shows = shows && profile->precisions[i] == PLACE_SHOW;
    return shows;
}
