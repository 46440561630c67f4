/* Fetching: from a small server on the loopback, addresses that must not be asked, and whose turn it is. */
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "fetch/fetch.h"

/* --- a server --------------------------------------------------------------------------------------------------------------- */

static struct {
    int listener;
    unsigned port;
    pid_t process;
} server;

static void send_all(int client, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(client, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        size -= (size_t)sent;
    }
}

static void say(int client, const char *text)
{
    send_all(client, text, strlen(text));
}

/* 64 MiB of zeros in 64 KiB, packed; or as they are. */
static void send_zeros(int client, bool is_packed)
{
    static char zeros[1 << 16], part[1 << 16];
    z_stream z = {0};
    if (is_packed && deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    for (int i = 0; i < 1024; i++) {
        z.next_in = (unsigned char *)zeros;
        z.avail_in = sizeof zeros;
        z.next_out = (unsigned char *)part;
        z.avail_out = sizeof part;
        if (is_packed && deflate(&z, i == 1023 ? Z_FINISH : Z_NO_FLUSH) < 0)
            return;
        send_all(client, is_packed ? part : zeros, is_packed ? sizeof part - z.avail_out : sizeof zeros);
    }
    if (is_packed)
        deflateEnd(&z);
}

/* What each path is answered with; "%u" is the port. */
static const struct {
    const char *path, *answer;
} answers[] = {
    {"/429", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"},
    {"/500", "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\nsad\n"},
    {"/moved", "HTTP/1.1 301 Moved\r\nLocation: /feed\r\nContent-Length: 4\r\n\r\nhere"},
    {"/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"},
    {"/to-private", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:%u/feed\r\nContent-Length: 0\r\n\r\n"},
    {"/to-cloud", "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n"},
    {"/to-file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"},
    {"/declared-large", "HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n"},
    {"/cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"},
    {"/damaged", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip"},
    {"/nothing", ""},
};

static void answer(int client, const char *request)
{
    char path[64] = "", text[512];
    sscanf(request, "GET %63s", path);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strcmp(path, answers[i].path) == 0) {
            snprintf(text, sizeof text, answers[i].answer, server.port);
            say(client, text);
            return;
        }
    if (strcmp(path, "/feed") == 0 && strstr(request, "If-None-Match: \"v1\"") != NULL) {
        say(client, "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
    } else if (strcmp(path, "/feed") == 0) {
        say(client, "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nLast-Modified: Tue, 10 May 2016 08:00:00 GMT\r\nContent-Type: text/xml; "
                    "charset=\"windows-1256\"\r\nContent-Length: 6\r\n\r\n<rss/>");
    } else if (strcmp(path, "/echo") == 0) {
        snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%.400s", request);
        say(client, text);
    } else if (strcmp(path, "/slow") == 0) {
        say(client, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        sleep(3);
    } else if (strcmp(path, "/large") == 0 || strcmp(path, "/bomb") == 0) {
        bool is_packed = strcmp(path, "/bomb") == 0;
        say(client,
            is_packed ? "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        send_zeros(client, is_packed);
    }
}

/* One request a connection. Each in a process of its own: a slow one must not hold up the next test. */
static void serve(void)
{
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int client = accept(server.listener, NULL, NULL);
        if (client < 0)
            _exit(0);
        if (fork() == 0) {
            char request[4096] = "";
            size_t used = 0;
            while (used < sizeof request - 1 && strstr(request, "\r\n\r\n") == NULL) {
                ssize_t got = recv(client, request + used, sizeof request - 1 - used, 0);
                if (got <= 0)
                    _exit(0);
                used += (size_t)got;
                request[used] = '\0';
            }
            answer(client, request);
            close(client);
            _exit(0);
        }
        close(client);
    }
}

static int start_server(void **state)
{
    (void)state;
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof any;
    server.listener = socket(AF_INET, SOCK_STREAM, 0);
    if (server.listener < 0 || bind(server.listener, (struct sockaddr *)&any, sizeof any) != 0 || listen(server.listener, 16) != 0 ||
        getsockname(server.listener, (struct sockaddr *)&any, &size) != 0)
        return -1;
    server.port = ntohs(any.sin_port);
    server.process = fork();
    if (server.process == 0)
        serve();
    return server.process < 0 ? -1 : 0;
}

static int stop_server(void **state)
{
    (void)state;
    kill(server.process, SIGTERM);
    waitpid(server.process, NULL, 0);
    close(server.listener);
    return 0;
}

/* --- what is asked ------------------------------------------------------------------------------------------------------------ */

static const fetch_settings here = {.contact = "mailto:desk@news.example", .allow_private = true, .most_bytes = 1 << 20, .seconds = 20};

typedef struct {
    marsad_status status;
    fetch_response response;
    char bytes[512];
    marsad_error err;
    double seconds;
} outcome;

static outcome ask(const fetch_settings *settings, const char *host, const char *path, const char *etag)
{
    outcome o = {0};
    char url[256];
    fetcher *f;
    struct timespec began, ended;
    snprintf(url, sizeof url, "http://%s:%u%s", host, server.port, path);
    assert_int_equal(fetcher_new(&f, settings, NULL), MARSAD_OK);
    clock_gettime(CLOCK_MONOTONIC, &began);
    o.status = fetch(f, &(fetch_request){.url = url, .etag = etag}, &o.response, &o.err);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    o.seconds = (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9;
    if (o.status == MARSAD_OK)
        snprintf(o.bytes, sizeof o.bytes, "%.*s", (int)o.response.bytes.len, o.response.bytes.ptr);
    fetcher_free(f);
    return o;
}

static outcome ask_here(const char *path)
{
    return ask(&here, "127.0.0.1", path, NULL);
}

static void test_answers(void **state)
{
    (void)state;
    fetcher *f;
    fetch_response r;
    char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/feed", server.port);
    assert_int_equal(fetcher_new(&f, &here, NULL), MARSAD_OK);
    assert_int_equal(fetch(f, &(fetch_request){.url = url}, &r, NULL), MARSAD_OK);
    assert_int_equal(r.status, 200);
    assert_true(view_equal(r.bytes, view_of("<rss/>")));
    assert_true(view_equal(r.etag, view_of("\"v1\"")));
    assert_true(view_equal(r.last_modified, view_of("Tue, 10 May 2016 08:00:00 GMT")));
    assert_true(view_equal(r.charset, view_of("windows-1256")));
    assert_true(view_equal(r.url, view_of(url)));
    assert_true(r.retry_after == 0);

    assert_int_equal(fetch(f, &(fetch_request){.url = url, .etag = "\"v1\""}, &r, NULL), MARSAD_OK);
    assert_int_equal(r.status, 304);
    assert_true(r.bytes.len == 0);
    assert_int_equal(fetch(f, &(fetch_request){.url = url}, &r, NULL), MARSAD_OK); /* what was asked before is forgotten */
    assert_int_equal(r.status, 200);
    fetcher_free(f);

    outcome o = ask_here("/429");
    assert_int_equal(o.status, MARSAD_OK);
    assert_int_equal(o.response.status, 429);
    assert_true(o.response.retry_after == 120);
    o = ask_here("/500");
    assert_int_equal(o.response.status, 500);
    assert_string_equal(o.bytes, "sad\n");
}

static void test_who_asks_is_told(void **state)
{
    (void)state;
    outcome o = ask(&here, "127.0.0.1", "/echo", "\"v1\"");
    assert_non_null(strstr(o.bytes, "User-Agent: Marsad/" MARSAD_VERSION " (+mailto:desk@news.example)\r\n"));
    assert_non_null(strstr(o.bytes, "If-None-Match: \"v1\"\r\n"));
    assert_non_null(strstr(o.bytes, "Accept-Encoding: gzip\r\n"));
    o = ask(&here, "127.0.0.1", "/echo", "\"v1\"\r\nX-Evil: 1");
    assert_null(strstr(o.bytes, "X-Evil"));
}

static void test_redirects(void **state)
{
    (void)state;
    fetcher *f;
    fetch_response r;
    char url[128], final[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/moved", server.port);
    snprintf(final, sizeof final, "http://127.0.0.1:%u/feed", server.port);
    assert_int_equal(fetcher_new(&f, &here, NULL), MARSAD_OK);
    assert_int_equal(fetch(f, &(fetch_request){.url = url}, &r, NULL), MARSAD_OK);
    assert_int_equal(r.status, 200);
    assert_true(view_equal(r.bytes, view_of("<rss/>")));
    assert_true(view_equal(r.url, view_of(final)));
    fetcher_free(f);

    static const struct {
        const char *path, *reason;
        marsad_status status;
    } bad[] = {
        {"/loop", "it redirects more than 5 times", MARSAD_ERR_FORMAT},
        {"/to-private", "it leads to the private address 127.0.0.2", MARSAD_ERR_ARGUMENT},
        {"/to-cloud", "it leads to the private address 169.254.169.254", MARSAD_ERR_ARGUMENT},
        {"/to-file", "only http and https are asked", MARSAD_ERR_ARGUMENT},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        outcome o = ask_here(bad[i].path);
        if (o.status != bad[i].status || strstr(o.err.message, bad[i].reason) == NULL)
            fail_msg("%s: status %d, %s", bad[i].path, (int)o.status, o.err.message);
    }
}

static void test_private_addresses_are_refused(void **state)
{
    (void)state;
    const fetch_settings strict = {.seconds = 10};
    const char *const hosts[] = {"127.0.0.1", "localhost",          "2130706433", "0x7f000001", "0177.1",
                                 "[::1]",     "[::ffff:127.0.0.1]", "0.0.0.0",    "10.0.0.1",   "[64:ff9b::10.0.0.1]"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        outcome o = ask(&strict, hosts[i], "/feed", NULL);
        if (o.status != MARSAD_ERR_ARGUMENT || strstr(o.err.message, "it leads to the private address") == NULL)
            fail_msg("%s: status %d, %s", hosts[i], (int)o.status, o.err.message);
    }
    assert_int_equal(ask(&here, "localhost", "/feed", NULL).response.status, 200); /* it is the refusal that refuses */
}

static void test_a_proxy_of_the_environment_is_not_used(void **state)
{
    (void)state;
    setenv("http_proxy", "http://192.0.2.1:9", 1);
    assert_int_equal(ask_here("/feed").response.status, 200);
    unsetenv("http_proxy");
}

static void test_what_is_no_address_of_the_web(void **state)
{
    (void)state;
    const char *const urls[] = {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "", "http://", "http://user:secret@127.0.0.1/"};
    fetcher *f;
    assert_int_equal(fetcher_new(&f, &here, NULL), MARSAD_OK);
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        fetch_response r;
        marsad_error err = {0};
        marsad_status status = fetch(f, &(fetch_request){.url = urls[i]}, &r, &err);
        if (status != MARSAD_ERR_ARGUMENT || err.message[0] == '\0')
            fail_msg("%s: status %d, %s", urls[i], (int)status, err.message);
    }
    fetcher_free(f);
}

static void test_limits(void **state)
{
    (void)state;
    static const struct {
        const char *path, *reason;
        marsad_status status;
    } bad[] = {
        {"/large", "it is over the limit of 1048576 bytes", MARSAD_ERR_FORMAT},
        {"/declared-large", "it is over the limit of 1048576 bytes", MARSAD_ERR_FORMAT},
        {"/bomb", "it is over the limit of 1048576 bytes", MARSAD_ERR_FORMAT},
        {"/damaged", "what was sent is damaged", MARSAD_ERR_FORMAT},
        {"/cut", "the answer is cut short", MARSAD_ERR_SYSTEM},
        {"/nothing", "its host closes the connection without an answer", MARSAD_ERR_SYSTEM},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        outcome o = ask_here(bad[i].path);
        if (o.status != bad[i].status || strstr(o.err.message, bad[i].reason) == NULL)
            fail_msg("%s: status %d, %s", bad[i].path, (int)o.status, o.err.message);
    }
    fetch_settings hurried = here;
    hurried.seconds = 1;
    outcome o = ask(&hurried, "127.0.0.1", "/slow", NULL);
    assert_int_equal(o.status, MARSAD_ERR_SYSTEM);
    assert_non_null(strstr(o.err.message, "it takes too long"));
    assert_true(o.seconds < 4);
}

static void test_nobody_listens(void **state)
{
    (void)state;
    int unused = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof any;
    assert_int_equal(bind(unused, (struct sockaddr *)&any, sizeof any), 0); /* bound, and does not listen */
    assert_int_equal(getsockname(unused, (struct sockaddr *)&any, &size), 0);
    unsigned port = server.port;
    server.port = ntohs(any.sin_port);
    outcome o = ask_here("/feed");
    server.port = port;
    close(unused);
    assert_int_equal(o.status, MARSAD_ERR_SYSTEM);
    assert_non_null(strstr(o.err.message, "its host does not answer"));
}

/* --- addresses ---------------------------------------------------------------------------------------------------------------- */

static bool is_public(const char *text)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (strchr(text, ':') == NULL) {
        assert_int_equal(inet_pton(AF_INET, text, &four.sin_addr), 1);
        return address_is_public((struct sockaddr *)&four);
    }
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return address_is_public((struct sockaddr *)&six);
}

static void test_addresses(void **state)
{
    (void)state;
    const char *const public_ones[] = {"1.1.1.1",          "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",
                                       "126.255.255.255",  "128.0.0.0",       "169.253.255.255", "172.15.255.255", "172.32.0.0",
                                       "192.0.1.0",        "192.167.255.255", "198.17.255.255",  "198.20.0.0",     "223.255.255.255",
                                       "2001:200::1",      "2606:4700::1111", "2a00::1",         "3ffe::1",        "::ffff:1.1.1.1",
                                       "64:ff9b::1.1.1.1", "2002:101:101::1"};
    const char *const others[] = {"0.0.0.0",     "0.1.2.3",         "10.0.0.1",         "10.255.255.255",  "100.64.0.0",        "100.127.255.255",
                                  "127.0.0.1",   "127.255.255.255", "169.254.169.254",  "172.16.0.0",      "172.31.255.255",    "192.0.0.1",
                                  "192.0.2.1",   "192.88.99.1",     "192.168.0.1",      "198.18.0.0",      "198.19.255.255",    "198.51.100.1",
                                  "203.0.113.9", "224.0.0.1",       "239.255.255.255",  "240.0.0.1",       "255.255.255.255",   "::",
                                  "::1",         "::127.0.0.1",     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
                                  "100::1",      "2001::1",         "2001:1ff::1",      "2001:db8::1",     "2002:7f00:1::1",    "2002:a00:1::1",
                                  "3fff::1",     "fc00::1",         "fd12::1",          "fe80::1",         "fec0::1",           "ff02::1",
                                  "4000::1",     "::ffff:0:1.1.1.1"};
    for (size_t i = 0; i < sizeof public_ones / sizeof *public_ones; i++)
        if (!is_public(public_ones[i]))
            fail_msg("%s is public", public_ones[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (is_public(others[i]))
            fail_msg("%s is not public", others[i]);
    assert_false(address_is_public(&(struct sockaddr){.sa_family = AF_UNIX}));
}

/* --- turns -------------------------------------------------------------------------------------------------------------------- */

static void test_next_try(void **state)
{
    (void)state;
    const fetch_pace pace = {.interval = 900, .seed = 7}, other = {.interval = 900, .seed = 8};
    assert_true(fetch_next_try(&pace, 0, 0, 1000) == 1900);
    assert_true(fetch_next_try(&pace, 0, 3600, 1000) == 4600);
    int64_t usual = 60;
    for (unsigned failures = 1; failures < 40; failures++) {
        int64_t wait = fetch_next_try(&pace, failures, 0, 1000) - 1000;
        assert_true(wait >= usual - usual / 4 && wait <= usual + usual / 4 + 1);
        assert_true(wait == fetch_next_try(&pace, failures, 0, 5000) - 5000); /* pure */
        usual = usual * 2 < 6 * 3600 ? usual * 2 : 6 * 3600;
    }
    assert_true(fetch_next_try(&pace, 8, 0, 0) != fetch_next_try(&other, 8, 0, 0));
    assert_true(fetch_next_try(&pace, 1, 600, 0) == 600);                      /* the server's word, if it is later */
    assert_true(fetch_next_try(&pace, 20, 600, 0) > 600);                      /* ours, if that is */
    assert_true(fetch_next_try(&pace, 1, INT64_MAX, 0) == (int64_t)24 * 3600); /* no server silences us for ever */
    assert_true(fetch_next_try(&pace, UINT32_MAX, 0, 0) <= 6 * 3600 * 5 / 4);
}

static void test_turns(void **state)
{
    (void)state;
    const view a = view_of("a.example"), b = view_of("b.example");
    int64_t wait;
    fetch_turn turns[] = {{a, 100, 0, false}, {a, 90, 0, false}, {b, 95, 0, false}};
    assert_true(fetch_next_turn(turns, 3, 10, 80, &wait) == FETCH_NOBODY && wait == 10);
    assert_true(fetch_next_turn(turns, 3, 10, 100, &wait) == 1 && wait == 0); /* who has waited longest */
    turns[1].is_busy = true;
    assert_true(fetch_next_turn(turns, 3, 10, 100, &wait) == 2); /* its host is being asked: another host's turn */
    turns[2].is_busy = true;
    assert_true(fetch_next_turn(turns, 3, 10, 100, &wait) == FETCH_NOBODY && wait == INT64_MAX);
    turns[1] = (fetch_turn){a, 990, 101, false};
    assert_true(fetch_next_turn(turns, 3, 10, 105, &wait) == FETCH_NOBODY && wait == 6); /* the host had its request at 101 */
    assert_true(fetch_next_turn(turns, 3, 10, 111, &wait) == 0 && wait == 0);
    assert_true(fetch_next_turn(turns, 0, 10, 111, &wait) == FETCH_NOBODY && wait == INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_who_asks_is_told),
        cmocka_unit_test(test_redirects),
        cmocka_unit_test(test_private_addresses_are_refused),
        cmocka_unit_test(test_a_proxy_of_the_environment_is_not_used),
        cmocka_unit_test(test_what_is_no_address_of_the_web),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_nobody_listens),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_next_try),
        cmocka_unit_test(test_turns),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
