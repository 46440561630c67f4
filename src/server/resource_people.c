/* Sessions, passwords, accounts, API tokens. */
#include <sodium.h>
#include <stdio.h>

#include "server/serving.h"

/* --- sessions ---------------------------------------------------------------------------------------------------------------- */

static void put_roles(json_out *j, marsad_roles roles)
{
    json_key(j, "roles");
    json_array(j);
    for (int r = 0; r < MARSAD_ROLE_COUNT; r++)
        if ((roles >> r & 1U) != 0)
            json_string(j, view_of(marsad_role_name((marsad_role)r)));
    json_end_array(j);
}

static void put_rights(json_out *j, marsad_rights rights)
{
    json_key(j, "rights");
    json_array(j);
    for (int r = 0; r < MARSAD_RIGHT_COUNT; r++)
        if (marsad_rights_allow(rights, (marsad_right)r))
            json_string(j, view_of(marsad_right_name((marsad_right)r)));
    json_end_array(j);
}

static void answer_session(exchange *x, const char *session)
{
    const server_settings *s = x->server->settings;
    const marsad_person *who = &x->asker.person;
    char csrf[MARSAD_SECRET_BYTES] = "";
    json_out j;
    if (session != NULL)
        marsad_session_csrf(csrf, session);
    answer_json(x, &j);
    json_object(&j);
    json_put_name(&j, "person", exchange_person(x));
    put_roles(&j, who->roles);
    put_rights(&j, who->rights);
    json_put_name(&j, "csrf", csrf);
    json_put_text(&j, "mode", s->is_read_only ? "read-only" : "team");
    json_put_bool(&j, "public", s->is_public);
    json_put_bool(&j, "must_change", who->must_change);
    json_put_text(&j, "version", MARSAD_VERSION);
    json_end_object(&j);
    answer_json_end(x, &j);
}

void session_get(exchange *x)
{
    answer_session(x, x->asker.has_session ? x->session : NULL);
}

static void set_cookie(exchange *x, const char *session, int seconds)
{
    answer_header(x, "Set-Cookie",
                  arena_format(&x->memory, "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", server_cookie(x->server), session, seconds,
                               x->server->settings->certificate != NULL ? "; Secure" : ""));
}

static void refuse_login(exchange *x, const marsad_login *login)
{
    if (login->result == MARSAD_LOGIN_WAIT) {
        answer_header(x, "Retry-After", arena_format(&x->memory, "%lld", (long long)login->wait));
        refuse(x, 429, "wait", "too many attempts: try again in %lld seconds", (long long)login->wait);
    } else {
        refuse(x, 401, "wrong", "name and password, or the code, do not fit");
    }
}

/* What the session that a login made is answered with; or that there is none. */
static void answer_login(exchange *x, const marsad_login *login)
{
    marsad_error err = {0};
    if (login->result != MARSAD_LOGIN_OK) {
        refuse_login(x, login);
        return;
    }
    const char *session = arena_string(&x->memory, view_of(login->session));
    x->asker = (asker){0};
    const marsad_status status =
        session == NULL ? MARSAD_ERR_SYSTEM : marsad_session_find(x->archive, session, x->now, &x->asker.person, &x->asker.is_known, &err);
    if (status != MARSAD_OK) {
        refuse_status(x, status, &err);
        return;
    }
    set_cookie(x, session, MARSAD_SESSION_SECONDS);
    answer_session(x, session);
}

/* A body that told a password does not stay in memory. */
static void forget_body(exchange *x)
{
    if (x->body.bytes != NULL)
        sodium_memzero(x->body.bytes, x->body.room);
}

/* A page of elsewhere could log the browser in under another name: it may not. The old session ends, so that nobody's session is handed on. */
void session_post(exchange *x)
{
    marsad_error err = {0};
    marsad_login login = {0};
    if (exchange_json(x) == NULL)
        return;
    if (x->server->settings->is_read_only || (x->fetch_site != NULL && strcmp(x->fetch_site, "same-origin") != 0)) {
        refuse(x, 403, "not-allowed", x->server->settings->is_read_only ? "nobody logs in here" : "log in on the page itself");
        return;
    }
    const char *name = exchange_text(x, "name"), *password = exchange_text(x, "password"), *code = exchange_text(x, "code");
    marsad_status status = MARSAD_OK;
    if (code != NULL) {
        status = marsad_session_login_by_code(x->archive, code, x->address, x->now, &login, &err);
    } else if (name != NULL && password != NULL) {
        status = marsad_session_login(x->archive, name, view_of(password), x->address, x->now, &login, &err);
    } else {
        refuse(x, 400, "bad-request", "a login is 'name' and 'password', or 'code'");
        return;
    }
    if (status == MARSAD_OK && login.result == MARSAD_LOGIN_OK && x->session != NULL)
        status = marsad_session_end(x->archive, x->session, &err);
    if (status == MARSAD_OK)
        answer_login(x, &login);
    else
        refuse_status(x, status, &err);
    forget_body(x);
    sodium_memzero(&login, sizeof login);
}

void session_delete(exchange *x)
{
    marsad_error err = {0};
    const marsad_status status = marsad_session_end(x->archive, x->session, &err);
    if (status != MARSAD_OK) {
        refuse_status(x, status, &err);
        return;
    }
    set_cookie(x, "", 0);
    answer_empty(x, 204);
}

void password_post(exchange *x)
{
    marsad_error err = {0};
    marsad_login login = {0};
    if (exchange_json(x) == NULL)
        return;
    const char *old = exchange_text(x, "old"), *fresh = exchange_text(x, "new");
    if (fresh == NULL) {
        refuse(x, 400, "bad-request", "'new' is missing");
        return;
    }
    const marsad_status status = marsad_session_password(x->archive, x->session, view_of(old), view_of(fresh), x->address, x->now, &login, &err);
    if (status != MARSAD_OK)
        refuse_status(x, status, &err);
    else if (login.result == MARSAD_LOGIN_OK)
        answer_empty(x, 204); /* the session stays as it is */
    else
        refuse_login(x, &login);
    forget_body(x);
}

/* --- accounts ------------------------------------------------------------------------------------------------------------------ */

/* ["coder","verifier"] as names parted by commas; false after a refusal. */
static bool read_names(exchange *x, const char *key, buffer *out)
{
    json_t *list = json_object_get(x->json, key), *name;
    size_t i;
    if (!json_is_array(list))
        return refuse(x, 400, "bad-request", "'%s' is a list", key);
    json_array_foreach(list, i, name)
    {
        buffer_text(out, i > 0 ? "," : "");
        buffer_text(out, json_is_string(name) ? json_string_value(name) : "?");
    }
    buffer_add(out, "", 1);
    return !out->failed || refuse(x, 503, "busy", "out of memory");
}

static bool read_roles(exchange *x, marsad_roles *out)
{
    buffer names = {0};
    bool ok = read_names(x, "roles", &names);
    if (ok && !marsad_roles_read(out, names.bytes))
        ok = refuse(x, 400, "bad-request", "no such roles: '%s'", names.bytes);
    buffer_free(&names);
    return ok;
}

static void answer_code(exchange *x, const char *name, const char *code)
{
    json_out j;
    answer_json(x, &j);
    x->status = 201;
    json_object(&j);
    json_put_text(&j, "name", name);
    json_put_name(&j, "code", code);
    json_end_object(&j);
    answer_json_end(x, &j);
}

/* Without a password the account is entered by a login code, which is told this once. */
void accounts_post(exchange *x)
{
    marsad_error err = {0};
    marsad_roles roles;
    char code[MARSAD_CODE_BYTES] = "";
    if (exchange_json(x) == NULL || !read_roles(x, &roles))
        return;
    const char *name = exchange_text(x, "name"), *password = exchange_text(x, "password");
    if (name == NULL) {
        refuse(x, 400, "bad-request", "'name' is missing");
        return;
    }
    marsad_status status =
        marsad_account_add(x->archive, exchange_person(x), name, roles, (view){password, password == NULL ? 0 : strlen(password)}, x->now, &err);
    if (status == MARSAD_OK && password == NULL)
        status = marsad_login_code(x->archive, exchange_person(x), name, x->now, code, &err);
    forget_body(x);
    if (status != MARSAD_OK) {
        refuse_status(x, status, &err);
        return;
    }
    answer_code(x, name, code);
    sodium_memzero(code, sizeof code);
}

/* Another code for an account that is there: whoever lost a password comes in again. */
void account_code_post(exchange *x)
{
    marsad_error err = {0};
    char code[MARSAD_CODE_BYTES] = "";
    const marsad_status status = marsad_login_code(x->archive, exchange_person(x), x->segments[0], x->now, code, &err);
    if (status == MARSAD_OK)
        answer_code(x, x->segments[0], code);
    else
        refuse_status(x, status, &err);
    sodium_memzero(code, sizeof code);
}

void account_patch(exchange *x)
{
    marsad_error err = {0};
    marsad_account_change change = {0};
    if (exchange_json(x) == NULL)
        return;
    const json_t *active = json_object_get(x->json, "active");
    const char *password = exchange_text(x, "password");
    change.sets_active = json_is_boolean(active);
    change.is_active = json_is_true(active);
    change.sets_password = password != NULL;
    change.password = view_of(password);
    change.sets_roles = json_object_get(x->json, "roles") != NULL;
    if (change.sets_roles && !read_roles(x, &change.roles))
        return;
    const marsad_status status = marsad_account_update(x->archive, exchange_person(x), x->segments[0], &change, x->now, &err);
    forget_body(x);
    if (status == MARSAD_OK)
        answer_empty(x, 204);
    else
        refuse_status(x, status, &err);
}

/* --- API tokens ----------------------------------------------------------------------------------------------------------------- */

void tokens_get(exchange *x)
{
    asked a;
    if (!exchange_question(x, &a))
        return;
    a.question.id = exchange_person(x);
    answer_table(x, "tokens", &a.question);
}

void tokens_post(exchange *x)
{
    enum { DAY = 24 * 60 * 60 };
    marsad_error err = {0};
    marsad_rights scopes = 0;
    buffer names = {0};
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES];
    json_out j;
    if (exchange_json(x) == NULL)
        return;
    const char *label = exchange_text(x, "label");
    const json_int_t days = json_integer_value(json_object_get(x->json, "days"));
    bool ok = label != NULL && days > 0 && days <= 366;
    if (!ok)
        refuse(x, 400, "bad-request", "a token has a 'label' and 'days' from 1 to 366");
    ok = ok && read_names(x, "scopes", &names);
    if (ok && !marsad_rights_read(&scopes, names.bytes))
        ok = refuse(x, 400, "bad-request", "no such scopes: '%s'", names.bytes);
    buffer_free(&names);
    if (!ok)
        return;
    const char *person = exchange_person(x);
    const marsad_status status = marsad_token_add(x->archive, person, person, label, scopes, x->now + days * DAY, x->now, id, token, &err);
    if (status != MARSAD_OK) {
        refuse_status(x, status, &err);
        return;
    }
    answer_json(x, &j);
    x->status = 201;
    json_object(&j);
    json_put_text(&j, "id", id);
    json_put_text(&j, "token", token);
    json_end_object(&j);
    answer_json_end(x, &j);
    sodium_memzero(token, sizeof token);
}

void token_delete(exchange *x)
{
    marsad_error err = {0};
    const char *person = exchange_person(x);
    const marsad_status status = marsad_token_remove(x->archive, person, person, x->segments[0], x->now, &err);
    if (status == MARSAD_OK)
        answer_empty(x, 204);
    else
        refuse_status(x, status, &err);
}
