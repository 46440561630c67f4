/* One request over HTTP(S) with libcurl, bounded in every way that a server could make it long, large or lead it astray. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <unistd.h>

#include "fetch/fetch.h"

enum { USUAL_BYTES = 16 * 1024 * 1024, USUAL_SECONDS = 30, CONNECT_SECONDS = 10, REDIRECTS_MAX = 5, FIRST_ADDRESSES_MAX = 16 };

struct fetcher {
    CURL *curl;
    fetch_settings settings;
    arena own;    /* what lasts as long as the fetcher */
    arena answer; /* the strings of the response */
    const char *agent;
    char *bytes;
    size_t size, room;
    bool is_too_large, is_out_of_memory;
    char refused[64];                                   /* the private address that was not asked, or "" */
    char firsts[FIRST_ADDRESSES_MAX][INET6_ADDRSTRLEN]; /* where the URL itself led, with allow_private */
    size_t first_count;
    char why[CURL_ERROR_SIZE];
};

/* --- what libcurl calls --------------------------------------------------------------------------------------------------- */

static size_t on_bytes(char *bytes, size_t one, size_t size, void *context)
{
    fetcher *f = context;
    (void)one; /* always 1 */
    if (size > f->settings.most_bytes - f->size) {
        f->is_too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (size > f->room - f->size) {
        size_t room = f->room == 0 ? 64 * 1024 : f->room;
        while (room - f->size < size)
            room *= 2;
        char *larger = realloc(f->bytes, room);
        if (larger == NULL) {
            f->is_out_of_memory = true;
            return CURL_WRITEFUNC_ERROR;
        }
        f->bytes = larger;
        f->room = room;
    }
    if (size > 0)
        memcpy(f->bytes + f->size, bytes, size);
    f->size += size;
    return size;
}

static void write_address(char out[INET6_ADDRSTRLEN], const struct curl_sockaddr *address)
{
    const struct sockaddr *any = &address->addr;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    out[0] = '\0';
    if (any->sa_family == AF_INET) {
        memcpy(&four, any, sizeof four);
        inet_ntop(AF_INET, &four.sin_addr, out, INET6_ADDRSTRLEN);
    } else if (any->sa_family == AF_INET6) {
        memcpy(&six, any, sizeof six);
        inet_ntop(AF_INET6, &six.sin6_addr, out, INET6_ADDRSTRLEN);
    }
}

/* A private address may be asked where the settings allow it and the URL itself led there, or leads back to it. */
static bool may_ask_private(fetcher *f, const char *address)
{
    long redirects = 0;
    if (!f->settings.allow_private)
        return false;
    for (size_t i = 0; i < f->first_count; i++)
        if (strcmp(f->firsts[i], address) == 0)
            return true;
    curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_COUNT, &redirects);
    if (redirects > 0 || f->first_count == FIRST_ADDRESSES_MAX)
        return false;
    memcpy(f->firsts[f->first_count++], address, INET6_ADDRSTRLEN);
    return true;
}

/* Every connection is opened here, also those of redirects: the address is the one that the name was resolved to. */
static curl_socket_t on_connection(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    fetcher *f = context;
    char text[INET6_ADDRSTRLEN];
    write_address(text, address);
    if (purpose != CURLSOCKTYPE_IPCXN || (!address_is_public(&address->addr) && !may_ask_private(f, text))) {
        memcpy(f->refused, text, sizeof text);
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* --- a fetcher ------------------------------------------------------------------------------------------------------------ */

static bool set_up(fetcher *f)
{
    CURL *c = f->curl;
    /* An empty proxy: with one, the address that is checked would be the proxy's. */
    return curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") == CURLE_OK && curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK && curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long)REDIRECTS_MAX) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_connection) == CURLE_OK && curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_bytes) == CURLE_OK && curl_easy_setopt(c, CURLOPT_WRITEDATA, f) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)f->settings.most_bytes) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)f->settings.seconds) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK && curl_easy_setopt(c, CURLOPT_USERAGENT, f->agent) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_ERRORBUFFER, f->why) == CURLE_OK && curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK;
}

marsad_status fetcher_new(fetcher **out, const fetch_settings *settings, marsad_error *err)
{
    *out = NULL;
    fetcher *f = calloc(1, sizeof *f);
    if (f != NULL) {
        f->settings = *settings;
        f->settings.most_bytes = settings->most_bytes == 0 ? USUAL_BYTES : settings->most_bytes;
        f->settings.seconds = settings->seconds == 0 ? USUAL_SECONDS : settings->seconds;
        bool has_contact = settings->contact != NULL && settings->contact[0] != '\0';
        f->agent = has_contact ? arena_format(&f->own, "Marsad/" MARSAD_VERSION " (+%s)", settings->contact) : "Marsad/" MARSAD_VERSION;
        f->settings.contact = NULL; /* the caller's */
        f->curl = curl_easy_init();
    }
    if (f == NULL || f->agent == NULL || f->curl == NULL || !set_up(f)) {
        fetcher_free(f);
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for fetching");
    }
    *out = f;
    return MARSAD_OK;
}

void fetcher_free(fetcher *f)
{
    if (f == NULL)
        return;
    curl_easy_cleanup(f->curl);
    arena_free(&f->own);
    arena_free(&f->answer);
    free(f->bytes);
    free(f);
}

/* --- a request ------------------------------------------------------------------------------------------------------------ */

/* Adds "name: value" to `*list`; a value that could break out of its line is refused by taking it for none. False when memory is out. */
static bool add_field(fetcher *f, struct curl_slist **list, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0' || strpbrk(value, "\r\n") != NULL)
        return true;
    const char *line = arena_format(&f->answer, "%s: %s", name, value);
    struct curl_slist *longer = line == NULL ? NULL : curl_slist_append(*list, line);
    if (longer != NULL)
        *list = longer;
    return longer != NULL;
}

static marsad_status explain(const fetcher *f, CURLcode code, const char *url, marsad_error *err)
{
    static const struct {
        CURLcode code;
        marsad_status status;
        const char *reason;
    } reasons[] = {
        {CURLE_UNSUPPORTED_PROTOCOL, MARSAD_ERR_ARGUMENT, "only http and https are asked"},
        {CURLE_URL_MALFORMAT, MARSAD_ERR_ARGUMENT, "it is no address of the web"},
        {CURLE_LOGIN_DENIED, MARSAD_ERR_ARGUMENT, "a name or password in an address is not sent"},
        {CURLE_TOO_MANY_REDIRECTS, MARSAD_ERR_FORMAT, "it redirects more than 5 times"},
        {CURLE_BAD_CONTENT_ENCODING, MARSAD_ERR_FORMAT, "what was sent is damaged"},
        {CURLE_COULDNT_RESOLVE_HOST, MARSAD_ERR_SYSTEM, "its host is not known"},
        {CURLE_COULDNT_CONNECT, MARSAD_ERR_SYSTEM, "its host does not answer"},
        {CURLE_OPERATION_TIMEDOUT, MARSAD_ERR_SYSTEM, "it takes too long"},
        {CURLE_PEER_FAILED_VERIFICATION, MARSAD_ERR_SYSTEM, "its certificate is not valid"},
        {CURLE_GOT_NOTHING, MARSAD_ERR_SYSTEM, "its host closes the connection without an answer"},
        {CURLE_PARTIAL_FILE, MARSAD_ERR_SYSTEM, "the answer is cut short"},
    };
    if (f->is_out_of_memory || code == CURLE_OUT_OF_MEMORY)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", url);
    if (code == CURLE_COULDNT_CONNECT && f->refused[0] != '\0')
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cannot fetch '%s': it leads to the private address %s", url, f->refused);
    if (f->is_too_large || code == CURLE_FILESIZE_EXCEEDED)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot fetch '%s': it is over the limit of %zu bytes", url, f->settings.most_bytes);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return fail(err, reasons[i].status, MARSAD_NOWHERE, "cannot fetch '%s': %s", url, reasons[i].reason);
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot fetch '%s': %s", url, f->why[0] != '\0' ? f->why : curl_easy_strerror(code));
}

static bool keep(fetcher *f, view *out, const char *text)
{
    const char *copy = text == NULL ? "" : arena_string(&f->answer, view_of(text));
    *out = view_of(copy);
    return copy != NULL;
}

/* A field of the last answer, behind all redirects. */
static bool keep_field(fetcher *f, view *out, const char *name)
{
    struct curl_header *field;
    return keep(f, out, curl_easy_header(f->curl, name, 0, CURLH_HEADER, -1, &field) == CURLHE_OK ? field->value : NULL);
}

static marsad_status read_answer(fetcher *f, const char *url, fetch_response *out, marsad_error *err)
{
    fetch_response answer = {.bytes = {f->size > 0 ? f->bytes : "", f->size}};
    long status = 0;
    curl_off_t retry_after = 0;
    const char *final = NULL;
    curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(f->curl, CURLINFO_RETRY_AFTER, &retry_after);
    curl_easy_getinfo(f->curl, CURLINFO_EFFECTIVE_URL, &final);
    answer.status = (int)status;
    answer.retry_after = retry_after > 0 ? retry_after : 0;
    if (!keep(f, &answer.url, final == NULL ? url : final) || !keep_field(f, &answer.type, "content-type") || !keep_field(f, &answer.etag, "etag") ||
        !keep_field(f, &answer.last_modified, "last-modified"))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", url);
    answer.charset = named_value(answer.type, "charset");
    *out = answer;
    return MARSAD_OK;
}

marsad_status fetch(fetcher *f, const fetch_request *request, fetch_response *out, marsad_error *err)
{
    struct curl_slist *fields = NULL;
    marsad_status status;
    arena_reset(&f->answer);
    f->size = f->first_count = 0;
    f->is_too_large = f->is_out_of_memory = false;
    f->refused[0] = f->why[0] = '\0';

    if (!add_field(f, &fields, "If-None-Match", request->etag) || !add_field(f, &fields, "If-Modified-Since", request->last_modified)) {
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", request->url);
        goto done;
    }
    CURLcode code = curl_easy_setopt(f->curl, CURLOPT_URL, request->url);
    if (code == CURLE_OK)
        code = curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, fields);
    if (code == CURLE_OK)
        code = curl_easy_perform(f->curl);
    status = code == CURLE_OK ? read_answer(f, request->url, out, err) : explain(f, code, request->url, err);
done:
    curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(fields);
    return status;
}
