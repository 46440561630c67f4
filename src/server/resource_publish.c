/* What leaves: bulletins, exports, releases. */
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "marsad_ledger.h"
#include "server/serving.h"

/* --- documents ------------------------------------------------------------------------------------------------------------------- */

/*
 * A document of ours in a frame of ours: it may hold the style that stands in it and nothing that runs.
 * The style is allowed by its hash, so that the policy needs no 'unsafe-inline'.
 */
static const char *document_policy(exchange *x)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char base64[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL)];
    buffer_add(&x->out, "", 1);
    x->out.used--;
    if (x->out.failed)
        return NULL;
    const char *begin = strstr(x->out.bytes, "<style>"), *end = begin == NULL ? NULL : strstr(begin, "</style>");
    if (end == NULL)
        return "default-src 'none'; frame-ancestors 'self'";
    begin += strlen("<style>");
    crypto_hash_sha256(hash, (const unsigned char *)begin, (size_t)(end - begin));
    sodium_bin2base64(base64, sizeof base64, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
    return arena_format(&x->memory, "default-src 'none'; style-src 'sha256-%s'; img-src data:; frame-ancestors 'self'; sandbox allow-popups", base64);
}

static void begin_document(exchange *x, const char *form)
{
    x->out.used = 0;
    x->status = 200;
    x->type = strcmp(form, "text") == 0 ? "text/plain; charset=utf-8" : "text/html; charset=utf-8";
}

static const char *asked_form(exchange *x)
{
    const char *form = exchange_query(x, "form");
    if (form == NULL)
        return "html";
    if (strcmp(form, "html") == 0 || strcmp(form, "text") == 0 || strcmp(form, "print") == 0)
        return form;
    refuse(x, 400, "bad-request", "'form' is html, text or print");
    return NULL;
}

static bool are_languages(exchange *x, const char *languages)
{
    return languages == NULL || strcmp(languages, "both") == 0 || strcmp(languages, "ar") == 0 || strcmp(languages, "en") == 0 ||
           refuse(x, 400, "bad-request", "'languages' is ar, en or both");
}

static void end_document(exchange *x, marsad_status status, const marsad_error *err)
{
    if (status != MARSAD_OK)
        refuse_status(x, status, err);
    else
        x->policy = document_policy(x);
}

/* What the public profile lets out may go to whoever may read; what another one does is for releasers. A profile is a name: a path would be a file of the server's. */
static bool may_publish(exchange *x)
{
    const char *profile = exchange_query(x, "profile");
    if (profile == NULL || strcmp(profile, "public") == 0)
        return true;
    return exchange_is_profile(x, profile) && ((exchange_may(x, MARSAD_RIGHT_RELEASE) && !x->asker.is_public) ||
                                               refuse(x, 403, "not-allowed", "your roles do not allow another profile than 'public'"));
}

/* --- bulletins ------------------------------------------------------------------------------------------------------------------- */

static bool read_bulletin_day(exchange *x, const char *text, marsad_date *out)
{
    if (text != NULL && marsad_date_parse(out, view_of(text), NULL) == MARSAD_OK)
        return true;
    return refuse(x, 400, "bad-request", "a bulletin is of a 'day' YYYY-MM-DD");
}

/* "2016-05-11 06:00", in UTC. */
static const char *time_text(exchange *x)
{
    const time_t now = (time_t)x->now;
    struct tm utc;
    char text[32];
    if (gmtime_r(&now, &utc) == NULL || strftime(text, sizeof text, "%Y-%m-%d %H:%M", &utc) == 0)
        return "";
    return arena_string(&x->memory, view_of(text));
}

void preview_get(exchange *x)
{
    marsad_error err = {0};
    const char *form = asked_form(x), *languages = exchange_query(x, "languages"), *zone = exchange_query(x, "zone");
    marsad_bulletin bulletin = {.languages = languages == NULL ? "both" : languages,
                                .form = form,
                                .cutoff = time_text(x),
                                .zone = zone == NULL ? "UTC" : zone,
                                .agreement = exchange_query(x, "agreement"),
                                .rule = exchange_query(x, "rule")};
    if (form == NULL || !are_languages(x, languages) || !read_bulletin_day(x, exchange_query(x, "day"), &bulletin.day) ||
        !exchange_is_agreement(x, bulletin.agreement) || !may_publish(x))
        return;
    const marsad_publication publication = server_publication(x, exchange_query(x, "profile"));
    begin_document(x, form);
    end_document(x, marsad_archive_bulletin(x->archive, &bulletin, &publication, buffer_write, &x->out, &err), &err);
}

static void answer_number(exchange *x, int64_t number)
{
    json_out j;
    answer_json(x, &j);
    x->status = 201;
    json_object(&j);
    json_put_count(&j, "number", number);
    json_end_object(&j);
    answer_json_end(x, &j);
}

void bulletins_post(exchange *x)
{
    marsad_error err = {0};
    int64_t number = 0;
    const server_settings *s = x->server->settings;
    if (exchange_json(x) == NULL)
        return;
    marsad_bulletin_plan plan = {.bulletin = {.languages = exchange_text(x, "languages"),
                                              .zone = exchange_text(x, "zone"),
                                              .agreement = exchange_text(x, "agreement"),
                                              .rule = exchange_text(x, "rule")},
                                 .profile = exchange_text(x, "profile"),
                                 .gazetteer = s->gazetteer_count > 0 ? s->gazetteers[0] : NULL,
                                 .person = exchange_person(x),
                                 .corrects = json_integer_value(json_object_get(x->json, "corrects"))};
    if (!read_bulletin_day(x, exchange_text(x, "day"), &plan.bulletin.day) || !exchange_is_agreement(x, plan.bulletin.agreement) ||
        !exchange_is_profile(x, plan.profile))
        return;
    const marsad_status status = marsad_bulletin_prepare(x->archive, &plan, x->now, &number, &err);
    if (status == MARSAD_OK)
        answer_number(x, number);
    else
        refuse_status(x, status, &err);
}

/* The number of the path; 0 after a refusal. */
static int64_t number_of(exchange *x)
{
    char *end;
    const long long number = strtoll(x->segments[0], &end, 10);
    if (*end == 0 && number > 0)
        return number;
    refuse(x, 404, "not-there", "'%s' is no number", x->segments[0]);
    return 0;
}

static bool see_listed(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    bool *is_there = context;
    (void)columns;
    (void)cells;
    (void)count;
    *is_there = true;
    return false;
}

/* Whoever asks finds the bulletins and releases that the table tells them of, and no others. */
static bool may_see(exchange *x, const char *table)
{
    asked a;
    marsad_error err = {0};
    bool is_there = false;
    if (number_of(x) == 0 || !exchange_question(x, &a))
        return false;
    const marsad_status status = marsad_archive_list(x->archive, table, &a.question, see_listed, &is_there, &err);
    if (status != MARSAD_OK)
        return refuse_status(x, status, &err);
    return is_there || refuse(x, 404, "not-there", "nothing of number %s here", x->segments[0]);
}

void bulletin_get(exchange *x)
{
    marsad_error err = {0};
    const char *form = asked_form(x);
    const int64_t number = form == NULL || !may_see(x, "bulletins") ? 0 : number_of(x);
    if (number == 0)
        return;
    begin_document(x, form);
    const marsad_status status = marsad_bulletin_text(x->archive, number, form, buffer_write, &x->out, &err);
    if (status == MARSAD_ERR_ARGUMENT)
        refuse(x, 404, "not-there", "%s", err.message);
    else
        end_document(x, status, &err);
}

void sign_post(exchange *x)
{
    marsad_error err = {0};
    const int64_t number = exchange_has_nothing(x) ? number_of(x) : 0;
    if (number == 0)
        return;
    const marsad_status status = marsad_bulletin_sign(x->archive, number, exchange_person(x), x->now, &err);
    if (status == MARSAD_ERR_ARGUMENT)
        refuse(x, 409, "conflict", "%s", err.message);
    else if (status != MARSAD_OK)
        refuse_status(x, status, &err);
    else
        answer_empty(x, 204);
}

/* --- exports ---------------------------------------------------------------------------------------------------------------------- */

static void put_format(void *context, const char *name, const char *ending, const char *summary)
{
    json_out *j = context;
    json_object(j);
    json_put_text(j, "name", name);
    json_put_text(j, "ending", ending);
    json_put_text(j, "summary", summary);
    json_end_object(j);
}

void formats_get(exchange *x)
{
    json_out j;
    answer_json(x, &j);
    json_object(&j);
    json_key(&j, "formats");
    json_array(&j);
    marsad_export_formats(put_format, &j);
    json_end_array(&j);
    json_key(&j, "profiles");
    json_array(&j);
    json_string(&j, view_of("public"));
    if (exchange_may(x, MARSAD_RIGHT_RELEASE))
        json_string(&j, view_of("internal"));
    json_end_array(&j);
    json_end_object(&j);
    answer_json_end(x, &j);
}

typedef struct {
    const char *name, *ending;
    const char *wanted;
} format_search;

static void see_format(void *context, const char *name, const char *ending, const char *summary)
{
    (void)summary;
    format_search *s = context;
    if (s->wanted != NULL && strcmp(name, s->wanted) == 0) {
        s->name = name;
        s->ending = ending;
    }
}

static bool find_format(exchange *x, const char *wanted, format_search *out)
{
    *out = (format_search){.wanted = wanted};
    marsad_export_formats(see_format, out);
    return out->name != NULL || refuse(x, 404, "not-there", "no format '%s'", wanted == NULL ? "" : wanted);
}

static bool begin_export(exchange *x, const char *wanted, format_search *format, asked *a)
{
    if (!find_format(x, wanted, format) || !may_publish(x) || !exchange_question(x, a))
        return false;
    a->question.id = NULL;
    a->question.limit = 0;
    return a->question.words == NULL || refuse(x, 400, "bad-request", "an export cannot be asked by words");
}

void export_get(exchange *x)
{
    asked a;
    format_search format;
    marsad_error err = {0};
    if (!begin_export(x, x->segments[0], &format, &a))
        return;
    answer_download(x, "application/octet-stream", arena_format(&x->memory, "marsad-%s%s", format.name, format.ending));
    const marsad_status status = marsad_archive_export(x->archive, format.name, &a.question, &a.publication, buffer_write, &x->out, &err);
    if (status != MARSAD_OK)
        refuse_status(x, status, &err);
}

void plan_get(exchange *x)
{
    asked a;
    format_search format;
    marsad_error err = {0};
    if (!begin_export(x, exchange_query(x, "format"), &format, &a))
        return;
    x->out.used = 0;
    x->status = 200;
    x->type = "application/json";
    a.publication.loss = buffer_write;
    a.publication.loss_context = &x->out;
    a.publication.loss_as_json = true;
    const marsad_status status = marsad_archive_export(x->archive, format.name, &a.question, &a.publication, NULL, NULL, &err);
    if (status != MARSAD_OK)
        refuse_status(x, status, &err);
}

/* --- releases: folders in one folder ------------------------------------------------------------------------------------------------ */

void releases_post(exchange *x)
{
    marsad_error err = {0};
    int64_t number = 0;
    if (exchange_json(x) == NULL)
        return;
    const char *profile = exchange_text(x, "profile"), *title = exchange_text(x, "title"), *licence = exchange_text(x, "licence"),
               *from = exchange_text(x, "from"), *to = exchange_text(x, "to");
    marsad_release_plan plan = {
        .profile = profile == NULL ? "public" : profile, .title = title == NULL ? "" : title, .licence = licence == NULL ? "" : licence};
    if ((from != NULL && from[0] != 0 && marsad_date_parse(&plan.from, view_of(from), NULL) != MARSAD_OK) ||
        (to != NULL && to[0] != 0 && marsad_date_parse(&plan.to, view_of(to), NULL) != MARSAD_OK)) {
        refuse(x, 400, "bad-request", "a release has days 'from' and 'to' YYYY-MM-DD, or none");
        return;
    }
    if (!exchange_is_profile(x, plan.profile))
        return;
    const char *folder = x->server->settings->releases, *made = arena_format(&x->memory, "%s/making", folder);
    if (made == NULL || (mkdir(folder, 0700) != 0 && errno != EEXIST)) {
        refuse(x, 503, "busy", "cannot make the folder of releases: %s", strerror(errno));
        return;
    }
    marsad_release_remove(made); /* of one that was broken off */
    const marsad_status status = marsad_archive_release(x->archive, &plan, made, x->now, &number, &err);
    const char *final = arena_format(&x->memory, "%s/%lld", folder, (long long)number);
    if (status != MARSAD_OK)
        refuse_status(x, status, &err);
    else if (final == NULL || rename(made, final) != 0)
        refuse(x, 503, "busy", "release %lld was made, but its folder is still called '%s'", (long long)number, made);
    else
        answer_number(x, number);
}

/* A file of a release has a plain name, and so have the folders that it lies in: nothing that could lead out. "rules/safety/public.json" lies deepest. */
static bool is_plain_path(const char *path)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    for (size_t depth = 0; depth < 3; depth++) {
        const size_t len = strspn(path, letters);
        if (len == 0 || path[0] == '.')
            return false;
        if (path[len] == 0)
            return true;
        if (path[len] != '/')
            return false;
        path += len + 1;
    }
    return false;
}

/* NULL after a refusal. */
static const char *release_folder(exchange *x)
{
    const int64_t number = may_see(x, "releases") ? number_of(x) : 0;
    return number == 0 ? NULL : arena_format(&x->memory, "%s/%lld", x->server->settings->releases, (long long)number);
}

static void put_files(exchange *x, json_out *j, const char *folder, const char *below);

static void put_file(exchange *x, json_out *j, const char *folder, const char *name)
{
    const char *path = arena_format(&x->memory, "%s/%s", folder, name);
    struct stat about;
    if (path == NULL || !is_plain_path(name) || stat(path, &about) != 0)
        return;
    if (S_ISDIR(about.st_mode)) {
        put_files(x, j, folder, name);
        return;
    }
    json_object(j);
    json_put_text(j, "name", name);
    json_put_count(j, "size", about.st_size);
    json_end_object(j);
}

/* The files of `folder`, or of its folder `below`. */
static void put_files(exchange *x, json_out *j, const char *folder, const char *below)
{
    struct dirent **names = NULL;
    const char *path = below == NULL ? folder : arena_format(&x->memory, "%s/%s", folder, below);
    const int count = path == NULL ? 0 : scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = below == NULL ? names[i]->d_name : arena_format(&x->memory, "%s/%s", below, names[i]->d_name);
        if (name != NULL)
            put_file(x, j, folder, name);
        free(names[i]);
    }
    free(names);
}

void release_files_get(exchange *x)
{
    json_out j;
    struct stat about;
    const char *folder = release_folder(x);
    if (folder == NULL)
        return;
    if (stat(folder, &about) != 0) {
        refuse(x, 404, "not-there", "the files of release %s are not here", x->segments[0]);
        return;
    }
    answer_json(x, &j);
    json_object(&j);
    json_key(&j, "files");
    json_array(&j);
    put_files(x, &j, folder, NULL);
    json_end_array(&j);
    json_end_object(&j);
    answer_json_end(x, &j);
}

void release_file_get(exchange *x)
{
    marsad_error err = {0};
    mapped_file file;
    const char *folder = release_folder(x);
    if (folder == NULL)
        return;
    const char *name = x->segments[1] + 1; /* behind its slash */
    const char *path = is_plain_path(name) ? arena_format(&x->memory, "%s/%s", folder, name) : NULL;
    if (path == NULL || file_map(&file, path, &err) != MARSAD_OK) {
        refuse(x, 404, "not-there", "no file '%s' in release %s", name, x->segments[0]);
        return;
    }
    const char *slash = strrchr(name, '/');
    answer_download(x, "application/octet-stream", slash == NULL ? name : slash + 1);
    buffer_add(&x->out, (const char *)file.bytes, file.size);
    file_unmap(&file);
}
