#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "refuse_alloc.h"
#include "stream.h"

size_t bytes_read(void *context, void *bytes, size_t size)
{
    bytes_in *s = context;
    if (s->at == s->text.len && s->repeat > 0) {
        s->repeat--;
        s->at = 0;
    }
    size_t left = s->text.len - s->at;
    if (left == 0)
        return s->breaks ? SIZE_MAX : 0;
    size_t count = left < size ? left : size;
    if (s->step > 0 && count > s->step)
        count = s->step;
    memcpy(bytes, s->text.ptr + s->at, count);
    s->at += count;
    return count;
}

marsad_feed *feed_of(bytes_in *s, marsad_input input, const char *name, const marsad_article *fallback)
{
    marsad_feed *feed = NULL;
    marsad_error err = {0};
    assert_int_equal(marsad_feed_new(&feed, input, name, fallback, bytes_read, s, &err), MARSAD_OK);
    return feed;
}

static void keep(char *out, size_t room, view text)
{
    size_t size = text.len < room ? text.len : room - 1;
    if (size > 0)
        memcpy(out, text.ptr, size);
    out[size] = '\0';
}

copy parse(marsad_item *item)
{
    copy c = {0};
    marsad_article article = {0};
    c.status = marsad_item_parse(item, &article, c.note, &c.err);
    if (c.status != MARSAD_OK)
        return c;
    keep(c.id, sizeof c.id, article.id);
    keep(c.url, sizeof c.url, article.url);
    keep(c.source, sizeof c.source, article.source);
    keep(c.title, sizeof c.title, article.title);
    keep(c.text, sizeof c.text, article.text);
    memcpy(c.sha256, article.sha256, sizeof c.sha256);
    c.published = article.published;
    c.text_len = article.text.len;
    assert_true(utf8_invalid(article.text) == MARSAD_NOWHERE);
    return c;
}

copy read_one(view bytes, marsad_input input, const char *name, const marsad_article *fallback)
{
    bytes_in s = {.text = bytes};
    marsad_feed *feed = feed_of(&s, input, name, fallback);
    marsad_item *item = NULL;
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_OK);
    copy c = parse(item);
    assert_int_equal(marsad_feed_next(feed, &item, NULL), MARSAD_END);
    marsad_item_free(item);
    marsad_feed_free(feed);
    return c;
}

size_t read_some(copy *out, size_t most, view bytes, size_t step, marsad_input input)
{
    bytes_in s = {.text = bytes, .step = step};
    marsad_feed *feed = feed_of(&s, input, "news", NULL);
    marsad_item *item = NULL;
    size_t count = 0;
    for (; count < most; count++) {
        marsad_error err = {0};
        marsad_status status = marsad_feed_next(feed, &item, &err);
        if (status == MARSAD_END)
            break;
        if (status == MARSAD_OK)
            out[count] = parse(item);
        else
            out[count] = (copy){.status = status, .err = err};
    }
    marsad_item_free(item);
    marsad_feed_free(feed);
    return count;
}

static marsad_status read_all(view bytes, marsad_input input)
{
    bytes_in s = {.text = bytes};
    marsad_article fallback = {.source = view_of("المرصد"), .title = view_of("ع")};
    marsad_feed *feed = NULL;
    marsad_item *item = NULL;
    marsad_article article;
    marsad_error err = {0};
    marsad_status status = marsad_feed_new(&feed, input, "news.txt", &fallback, bytes_read, &s, &err);
    while (status == MARSAD_OK && (status = marsad_feed_next(feed, &item, &err)) == MARSAD_OK)
        status = marsad_item_parse(item, &article, NULL, &err);
    if (status != MARSAD_END)
        assert_true(err.message[0] != '\0');
    marsad_item_free(item);
    marsad_feed_free(feed);
    return status;
}

void refuse_each(view bytes, marsad_input input)
{
    for (size_t n = 1;; n++) {
        refuse_alloc_at(n);
        marsad_status status = read_all(bytes, input);
        bool was_refused = refuse_alloc_stop();
        assert_true(status == MARSAD_END || (was_refused && status == MARSAD_ERR_SYSTEM)); /* some can do without */
        if (!was_refused)
            return;
    }
}

view file_bytes(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/tests/%s", MARSAD_SOURCE_DIR, name);
    mapped_file file;
    assert_int_equal(file_map(&file, path, NULL), MARSAD_OK);
    char *bytes = malloc(file.size);
    memcpy(bytes, file.bytes, file.size);
    view out = {bytes, file.size};
    file_unmap(&file);
    return out;
}
