#include "cli/sieve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { HOST_BYTES = 256 }; /* 253 letters at the most (RFC 1035), and a NUL */

/* --- the list of hosts --------------------------------------------------------------------------------------------------------- */

/* In lower case; false if it is no name of a host. */
static bool read_host(char out[HOST_BYTES], view text)
{
    if (text.len == 0 || text.len >= HOST_BYTES || text.ptr[0] == '.' || text.ptr[text.len - 1] == '.')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char letter = text.ptr[i];
        const bool is_dot_behind_dot = letter == '.' && text.ptr[i - 1] == '.';
        if ((unsigned char)letter <= ' ' || letter == 0x7F || strchr("/:*?#@\\,;\"'", letter) != NULL || is_dot_behind_dot)
            return false;
        out[i] = (char)(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
    }
    out[text.len] = '\0';
    return true;
}

static exit_status read_line(sieve *s, const invocation *call, const char *path, size_t number, view line)
{
    char host[HOST_BYTES];
    const char *comment = memchr(line.ptr, '#', line.len);
    const view text = view_trim((view){line.ptr, comment == NULL ? line.len : (size_t)(comment - line.ptr)});
    if (text.len == 0)
        return STATUS_OK;
    if (!read_host(host, text))
        return usage_error(call, "%s:%zu: '%.*s' is no name of a host", path, number, text.len < 80 ? (int)text.len : 80, text.ptr);
    s->mark = view_hash((view){host, strlen(host)}) + s->mark * 31;
    return paths_add(&s->hosts, host) ? STATUS_OK : STATUS_PARTLY;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static exit_status read_hosts(sieve *s, const invocation *call, const char *path)
{
    mapped_file file = {0};
    marsad_error err = {0};
    exit_status status = STATUS_OK;
    if (file_map(&file, path, &err) != MARSAD_OK) {
        message("%s", err.message);
        return STATUS_USAGE;
    }
    const view all = {(const char *)file.bytes, file.size};
    size_t number = 0;
    for (size_t at = 0; at < all.len && status == STATUS_OK;) {
        const char *newline = memchr(all.ptr + at, '\n', all.len - at);
        const size_t end = newline == NULL ? all.len : (size_t)(newline - all.ptr);
        status = read_line(s, call, path, ++number, (view){all.ptr + at, end - at});
        at = end + 1;
    }
    if (status == STATUS_OK && s->hosts.count == 0)
        status = usage_error(call, "'%s' names no host", path);
    qsort(s->hosts.items, s->hosts.count, sizeof *s->hosts.items, by_name);
    file_unmap(&file);
    return status;
}

/* --- sifting -------------------------------------------------------------------------------------------------------------------- */

/* The host itself, or one that it is part of: "www.news.example" is kept by "news.example". */
static bool is_listed(const sieve *s, view host)
{
    char name[HOST_BYTES];
    if (!read_host(name, host))
        return false;
    for (const char *at = name; at != NULL; at = strchr(at, '.')) {
        at += *at == '.';
        if (bsearch(&at, s->hosts.items, s->hosts.count, sizeof *s->hosts.items, by_name) != NULL)
            return true;
    }
    return false;
}

bool sieve_keeps(const sieve *s, marsad_item *item)
{
    return (!s->has_hosts || is_listed(s, url_host(marsad_item_address(item)))) && (!s->wants_arabic || marsad_item_is_arabic(item));
}

void sieve_describe(const sieve *s, buffer *out)
{
    if (s->wants_arabic)
        buffer_text(out, " language=ar");
    if (s->has_hosts)
        buffer_format(out, " hosts=%zu:%016llx", s->hosts.count, (unsigned long long)s->mark);
}

exit_status sieve_open(sieve *out, const invocation *call)
{
    const char *path = option_value(call, "domains", NULL);
    *out = (sieve){.wants_arabic = option_is_given(call, "language"), .has_hosts = path != NULL};
    return path == NULL ? STATUS_OK : read_hosts(out, call, path);
}

void sieve_close(sieve *s)
{
    paths_free(&s->hosts);
    *s = (sieve){0};
}
