/*
 * Bodies of requests against schemas.json: what the description of the interface says of a body is what is taken. A member that is misspelt or of another type would else
 * be left out in silence, and something else be done than was asked: an account that is to be closed ("active": "no") would stay open.
 *
 * Of JSON Schema, what those schemas use: $ref, type, enum, required, properties (others are refused), items, minimum, maximum.
 */
#include "server/serving.h"

extern const char server_schemas[]; /* schemas.json */

marsad_status bodies_open(server *s, marsad_error *err)
{
    json_error_t wrong;
    s->schemas = json_loads(server_schemas, JSON_REJECT_DUPLICATES, &wrong);
    return s->schemas != NULL ? MARSAD_OK : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read the schemas of the interface: %s", wrong.text);
}

void bodies_close(server *s)
{
    json_decref(s->schemas);
}

static const json_t *resolved(const exchange *x, const json_t *schema)
{
    static const char here[] = "#/components/schemas/";
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    return reference == NULL ? schema : json_object_get(x->server->schemas, reference + sizeof here - 1);
}

static bool is_of_type(const char *type, const json_t *value)
{
    static const struct {
        const char *name;
        json_type type;
    } types[] = {{"string", JSON_STRING}, {"integer", JSON_INTEGER}, {"array", JSON_ARRAY}, {"object", JSON_OBJECT}, {"null", JSON_NULL}};
    if (strcmp(type, "boolean") == 0)
        return json_is_boolean(value);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, type) == 0)
            return json_typeof(value) == types[i].type;
    return false;
}

/* `type` is a name, or a list of which one is enough. */
static bool has_type(const json_t *type, const json_t *value)
{
    const json_t *one;
    size_t i;
    if (json_is_string(type))
        return is_of_type(json_string_value(type), value);
    json_array_foreach(type, i, one) if (is_of_type(json_string_value(one), value)) return true;
    return type == NULL;
}

static bool is_in_range(const json_t *schema, const json_t *value)
{
    const json_t *least = json_object_get(schema, "minimum"), *most = json_object_get(schema, "maximum"), *choices = json_object_get(schema, "enum"),
                 *one;
    size_t i;
    if (json_is_integer(value) && ((least != NULL && json_integer_value(value) < json_integer_value(least)) ||
                                   (most != NULL && json_integer_value(value) > json_integer_value(most))))
        return false;
    json_array_foreach(choices, i, one) if (json_equal(one, value)) return true;
    return choices == NULL;
}

/* A member of the body, called `name`. */
static bool member_fits(exchange *x, const json_t *schema, const char *name, const json_t *value)
{
    const json_t *one, *items;
    size_t i;
    schema = resolved(x, schema);
    if (!has_type(json_object_get(schema, "type"), value) || !is_in_range(schema, value))
        return refuse(x, 400, "bad-request", "'%s' is not what it must be (openapi.json tells what)", name);
    items = json_object_get(schema, "items");
    if (items == NULL)
        return true;
    json_array_foreach(value, i, one) if (!member_fits(x, items, name, one)) return false;
    return true;
}

bool body_fits(exchange *x)
{
    const json_t *schema = json_object_get(x->server->schemas, x->route->body), *properties = json_object_get(schema, "properties"), *name;
    const char *key;
    json_t *value;
    size_t i;
    json_array_foreach(json_object_get(schema, "required"), i, name)
    {
        if (json_object_get(x->json, json_string_value(name)) == NULL)
            return refuse(x, 400, "bad-request", "'%s' is missing", json_string_value(name));
    }
    json_object_foreach(x->json, key, value)
    {
        const json_t *member = json_object_get(properties, key);
        if (member == NULL)
            return refuse(x, 400, "bad-request", "no member '%s' here", key);
        if (!member_fits(x, member, key, value))
            return false;
    }
    return true;
}
