/* The description of the interface (OpenAPI 3.1), told from the table of routes and from schemas.json: it cannot say another thing than what the server does. */
#include <stdio.h>

#include "server/serving.h"

extern const char server_schemas[]; /* schemas.json */

/* Kinds of parameters, by name; what is not named here is a text. */
static const struct {
    const char *name, *schema;
} parameter_schemas[] = {
    {"from", "{\"type\":\"string\",\"format\":\"date\"}"},
    {"to", "{\"type\":\"string\",\"format\":\"date\"}"},
    {"known", "{\"type\":\"string\",\"format\":\"date\"}"},
    {"at", "{\"type\":\"string\",\"format\":\"date\"}"},
    {"day", "{\"type\":\"string\",\"format\":\"date\"}"},
    {"since", "{\"type\":\"string\",\"format\":\"date\"}"},
    {"grade", "{\"type\":\"string\",\"enum\":[\"draft\",\"discounted\",\"contested\",\"weak\",\"fair\",\"confirmed\"]}"},
    {"languages", "{\"type\":\"string\",\"enum\":[\"ar\",\"en\",\"both\"]}"},
    {"form", "{\"type\":\"string\",\"enum\":[\"html\",\"text\",\"print\"]}"},
    {"box", "{\"type\":\"string\",\"pattern\":\"^-?[0-9.]+(,-?[0-9.]+){3}$\"}"},
    {"near", "{\"type\":\"string\",\"pattern\":\"^-?[0-9.]+,-?[0-9.]+$\"}"},
    {"number", "{\"type\":\"integer\",\"minimum\":1}"},
};

static void put_parameter(json_out *j, const char *name, const char *in, size_t limit_most)
{
    const char *schema = "{\"type\":\"string\"}";
    for (size_t i = 0; i < sizeof parameter_schemas / sizeof *parameter_schemas; i++)
        if (strcmp(parameter_schemas[i].name, name) == 0)
            schema = parameter_schemas[i].schema;
    char limit[96];
    if (strcmp(name, "limit") == 0) {
        snprintf(limit, sizeof limit, "{\"type\":\"integer\",\"minimum\":1,\"maximum\":%zu}", limit_most);
        schema = limit;
    }
    json_object(j);
    json_put_text(j, "name", name);
    json_put_text(j, "in", in);
    json_put_bool(j, "required", strcmp(in, "path") == 0);
    json_key(j, "schema");
    json_raw(j, view_of(schema));
    json_end_object(j);
}

static void put_parameters(json_out *j, const route *r)
{
    json_key(j, "parameters");
    json_array(j);
    for (const char *at = strchr(r->path, '{'); at != NULL; at = strchr(at, '{')) {
        const size_t len = strcspn(++at, "}");
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)len, at);
        put_parameter(j, name, "path", 0);
    }
    for (const char *at = r->parameters; *at != 0;) {
        const size_t len = strcspn(at, " ");
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)len, at);
        put_parameter(j, name, "query", r->limit_most);
        at += len + strspn(at + len, " ");
    }
    json_end_array(j);
}

static void put_reference(json_out *j, const char *schema)
{
    char reference[96];
    snprintf(reference, sizeof reference, "#/components/schemas/%s", schema);
    json_object(j);
    json_put_text(j, "$ref", reference);
    json_end_object(j);
}

static void put_content(json_out *j, const char *type, const char *schema)
{
    json_key(j, "content");
    json_object(j);
    json_key(j, type);
    json_object(j);
    if (schema != NULL) {
        json_key(j, "schema");
        put_reference(j, schema);
    }
    json_end_object(j);
    json_end_object(j);
}

/* "rows" of table "truce-rules" is the schema rows-truce-rules. */
static void put_answer(json_out *j, const route *r)
{
    char schema[64];
    const bool is_text = r->answer != NULL && strchr(r->answer, '/') != NULL, is_rows = r->answer != NULL && strcmp(r->answer, "rows") == 0;
    snprintf(schema, sizeof schema, "%s%s", is_rows ? "rows-" : "", is_rows ? r->table : r->answer == NULL ? "" : r->answer);
    json_object(j);
    json_put_text(j, "description", r->summary);
    if (is_text)
        put_content(j, r->answer, NULL);
    else if (r->answer != NULL)
        put_content(j, "application/json", schema);
    json_end_object(j);
}

static void put_operation(json_out *j, const route *r)
{
    char method[8];
    size_t i = 0;
    for (; i < sizeof method - 1 && r->method[i] != 0; i++)
        method[i] = (char)(r->method[i] | 0x20);
    method[i] = 0;
    json_key(j, method);
    json_object(j);
    json_put_text(j, "summary", r->summary);
    json_put_text(j, "x-allow", allowance_name(r->allow));
    put_parameters(j, r);
    if (r->body != NULL) {
        json_key(j, "requestBody");
        json_object(j);
        json_put_bool(j, "required", true);
        put_content(j, "application/json", r->body);
        json_end_object(j);
    }
    json_key(j, "responses");
    json_object(j);
    json_key(j, r->answer == NULL ? "204" : strcmp(r->method, "POST") == 0 ? "2XX" : "200");
    put_answer(j, r);
    json_key(j, "default");
    json_object(j);
    json_put_text(j, "description", "a refusal, with its reason");
    put_content(j, "application/json", "Error");
    json_end_object(j);
    json_end_object(j);
    json_end_object(j);
}

static bool is_first_of_path(size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(routes[i].path, routes[at].path) == 0)
            return false;
    return true;
}

static void put_paths(json_out *j)
{
    json_key(j, "paths");
    json_object(j);
    for (size_t i = 0; i + 1 < route_count; i++) { /* the last is the page */
        if (!is_first_of_path(i))
            continue;
        json_key(j, routes[i].path);
        json_object(j);
        for (size_t k = i; k + 1 < route_count; k++)
            if (strcmp(routes[k].path, routes[i].path) == 0)
                put_operation(j, &routes[k]);
        json_end_object(j);
    }
    json_end_object(j);
}

void openapi_get(exchange *x)
{
    json_out j;
    answer_json(x, &j);
    json_object(&j);
    json_put_text(&j, "openapi", "3.1.0");
    json_key(&j, "info");
    json_object(&j);
    json_put_text(&j, "title", "Marsad");
    json_put_text(&j, "version", MARSAD_VERSION);
    json_put_text(&j, "description", "Attributed records of an armed conflict. docs/http.md tells how the interface is used.");
    json_end_object(&j);
    put_paths(&j);
    json_key(&j, "components");
    json_object(&j);
    json_key(&j, "schemas");
    json_raw(&j, view_of(server_schemas));
    json_end_object(&j);
    json_end_object(&j);
    answer_json_end(x, &j);
}
