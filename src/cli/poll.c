/*
 * Asking feeds: a list of jobs, each one request.
 *
 *   feeds that are due → jobs ─one at a time, a gap for each host→ answer ─items→ drafts → archive
 *                          ↑─ pages that items link to, where the feed wants them ─┘
 *
 * What an answer brought and what is known of its feed are committed together: after a crash the feed is asked again for what is not there.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "fetch/fetch.h"

enum { PAGES_PER_POLL = 20, LONGEST_HOLD = 24 * 60 * 60, STATUS_UNCHANGED = 304, STATUS_ANSWERED = 200 };

typedef struct {
    const marsad_source *source;
    char *link; /* the page that an item links to; NULL: the feed itself */
    char *title;
    marsad_date published; /* of the item */
} job;

typedef struct {
    const poll_settings *settings;
    intake in;
    marsad_reader *reader;
    fetcher *fetcher;
    job *jobs; /* of the same order as `turns` */
    fetch_turn *turns;
    size_t count, room;
    struct timespec began;
    size_t asked, unchanged, failed;
    bool is_broken; /* the archive or memory failed: told already, no more is asked */
} polling;

/* What one answer brought. */
typedef struct {
    size_t added, known, problems, links;
    bool is_damaged; /* as a whole: `why` says how */
    char why[256];
} catch;

/* --- jobs ------------------------------------------------------------------------------------------------------------------------- */

/* Seconds since the polling began, from 1: what turns count in. */
static int64_t clock_of(const polling *p)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - p->began.tv_sec) + 1;
}

static void job_free(job *j)
{
    free(j->link);
    free(j->title);
}

static bool make_room(polling *p)
{
    const size_t room = p->room == 0 ? 64 : 2 * p->room;
    job *jobs = realloc(p->jobs, room * sizeof *jobs);
    if (jobs != NULL)
        p->jobs = jobs;
    fetch_turn *turns = realloc(p->turns, room * sizeof *turns);
    if (turns != NULL)
        p->turns = turns;
    if (jobs == NULL || turns == NULL)
        return false;
    p->room = room;
    return true;
}

/* Takes `j`. */
static void add_job(polling *p, job j, int64_t due)
{
    if (p->count == p->room && !make_room(p)) {
        message("out of memory");
        p->is_broken = true;
        job_free(&j);
        return;
    }
    p->jobs[p->count] = j;
    p->turns[p->count++] = (fetch_turn){.host = url_host(view_of(j.link != NULL ? j.link : j.source->url)), .due = due};
}

static void remove_job(polling *p, size_t at)
{
    job_free(&p->jobs[at]);
    p->jobs[at] = p->jobs[--p->count];
    p->turns[at] = p->turns[p->count];
}

/* Job `at` was done: it stays as the mark of when its host was asked, in place of an earlier one. */
static void end_job(polling *p, size_t at)
{
    p->turns[at].due = INT64_MAX;
    p->turns[at].asked = clock_of(p);
    for (size_t i = 0; i < p->count; i++)
        if (i != at && p->turns[i].due == INT64_MAX && view_equal(p->turns[i].host, p->turns[at].host)) {
            remove_job(p, i);
            return;
        }
}

/* --- items ------------------------------------------------------------------------------------------------------------------------ */

static size_t read_bytes(void *context, void *bytes, size_t size)
{
    marsad_view *rest = context;
    const size_t count = rest->len < size ? rest->len : size;
    memcpy(bytes, rest->ptr, count);
    *rest = (marsad_view){rest->ptr + count, rest->len - count};
    return count;
}

static char *copy_of(marsad_view text)
{
    char *copy = malloc(text.len + 1);
    if (copy == NULL)
        return NULL;
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = 0;
    return copy;
}

/* Pages are looked up by their link, and PostgreSQL looks nothing up by 2.7 kB. */
enum { LINK_MOST_BYTES = 2000 };

/* The page of an item that was not fetched yet becomes a job. False: the item has no such page, and is an article itself. */
static bool follow(polling *p, const marsad_source *source, const marsad_article *article, catch *c)
{
    marsad_error err = {0};
    bool is_known = false;
    if (!source->wants_pages || article->url.len == 0 || article->url.len > LINK_MOST_BYTES)
        return false;
    char *link = copy_of(article->url), *title = copy_of(article->title);
    if (link == NULL || title == NULL) {
        message("out of memory");
        p->is_broken = true;
    }
    marsad_status status;
    while (!p->is_broken && (status = marsad_source_has_page(p->in.archive, source->url, link, &is_known, &err)) != MARSAD_OK)
        p->is_broken = !intake_again(&p->in, status, &err);
    is_known = is_known || p->is_broken;
    c->known += is_known && !p->is_broken;
    c->links += !is_known;
    if (is_known || c->links > PAGES_PER_POLL) {
        free(link);
        free(title);
    } else {
        add_job(p, (job){.source = source, .link = link, .title = title, .published = article->published}, clock_of(p));
    }
    return true;
}

/* One line of what became of `url`, which may be any bytes. */
static void tell(const char *url, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void tell(const char *url, const char *format, ...)
{
    char text[160];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buffer line = {0};
    show_words(&line, view_of(url));
    buffer_format(&line, ": %s\n", text);
    fwrite(line.bytes, 1, line.used, stdout);
    buffer_free(&line);
}

static void problem(polling *p, const char *url, size_t line, const char *reason, catch *c)
{
    if (strstr(reason, url) != NULL)
        message("%s", reason);
    else
        message("%s: %s", url, reason);
    c->problems++;
    p->is_broken = !intake_problem(&p->in, url, line, reason) || p->is_broken;
}

static void take_item(polling *p, const job *j, marsad_input input, marsad_item *item, catch *c)
{
    marsad_article article;
    marsad_draft *draft = NULL;
    marsad_error err = {0};
    char note[240] = "";
    const char *url = j->link != NULL ? j->link : j->source->url;
    marsad_status status = marsad_item_parse(item, &article, note, &err);
    if (status == MARSAD_OK && j->link == NULL && follow(p, j->source, &article, c))
        return;
    if (status == MARSAD_OK && j->source->name[0] != 0)
        article.source = view_of(j->source->name);
    if (status == MARSAD_OK)
        status = marsad_draft_new(&draft, p->in.archive, p->reader, &article, marsad_item_bytes(item), marsad_input_name(input), note, &err);
    if (status != MARSAD_OK) {
        problem(p, url, marsad_item_line(item), err.message, c);
        return;
    }
    const size_t added = p->in.added;
    p->is_broken = !intake_add(&p->in, draft) || p->is_broken;
    c->added += p->in.added - added;
    c->known += p->in.added == added;
}

/* Reads all items of an answer. What is damaged ends it; the items before are taken. */
static void take_answer(polling *p, const job *j, const fetch_response *answer, catch *c)
{
    const marsad_input input = j->link != NULL ? MARSAD_INPUT_HTML : MARSAD_INPUT_RSS;
    marsad_article fallback = {.source = view_of(j->source->name), .published = j->published};
    if (j->link != NULL) {
        fallback.url = fallback.id = view_of(j->link);
        fallback.title = view_of(j->title);
    }
    marsad_view rest = answer->bytes;
    marsad_feed *feed = NULL;
    marsad_item *item = NULL;
    marsad_error err = {0};
    marsad_status status = marsad_feed_new(&feed, input, j->link != NULL ? j->link : j->source->url, &fallback, read_bytes, &rest, &err);
    while (status == MARSAD_OK && !p->is_broken && (status = marsad_feed_next(feed, &item, &err)) == MARSAD_OK)
        take_item(p, j, input, item, c);
    if (status != MARSAD_OK && status != MARSAD_END) {
        c->is_damaged = true;
        snprintf(c->why, sizeof c->why, "%s", err.message);
    }
    marsad_item_free(item);
    marsad_feed_free(feed);
}

/* --- what asking came to ------------------------------------------------------------------------------------------------------------ */

/* Commits what the answer brought together with what is known of its feed now; an answer that brought nothing is no batch. */
static void keep(polling *p, const marsad_source *now_known)
{
    marsad_error err = {0};
    if (p->in.is_open)
        p->is_broken = p->is_broken || !intake_source(&p->in, now_known);
    marsad_status status;
    while (!p->is_broken && !p->in.is_open && (status = marsad_source_note(p->in.archive, time_now(), now_known, &err)) != MARSAD_OK)
        p->is_broken = !intake_again(&p->in, status, &err);
    p->is_broken = !intake_commit(&p->in) || p->is_broken;
}

static void note_failure(polling *p, const marsad_source *source, const char *reason, int64_t retry_after, catch *c)
{
    const fetch_pace pace = {p->settings->interval, view_hash(view_of(source->url))};
    const int64_t now = time_now();
    marsad_source noted = *source;
    noted.failed = now;
    noted.failures++;
    noted.note = reason;
    noted.articles += c->added;
    noted.newest = c->added > 0 ? now : source->newest;
    noted.next = fetch_next_try(&pace, noted.failures, retry_after, now);
    noted.hold = retry_after <= 0 ? 0 : now + (retry_after < LONGEST_HOLD ? retry_after : LONGEST_HOLD);
    problem(p, source->url, 0, reason, c);
    keep(p, &noted);
    p->failed++;
    tell(source->url, "failed %u times in a row, asked again in %lld s", (unsigned)noted.failures, (long long)(noted.next - now));
}

static void note_success(polling *p, const marsad_source *source, const fetch_response *answer, const catch *c)
{
    const fetch_pace pace = {p->settings->interval, 0};
    const int64_t now = time_now();
    const bool is_unchanged = answer->status == STATUS_UNCHANGED;
    marsad_source noted = *source;
    noted.worked = now;
    noted.failures = 0;
    noted.note = "";
    noted.hold = 0;
    noted.unchanged += is_unchanged;
    noted.articles += c->added;
    noted.newest = c->added > 0 ? now : source->newest;
    noted.next = fetch_next_try(&pace, 0, 0, now);
    if (!is_unchanged) { /* until all pages are here the feed must tell them again */
        noted.etag = c->links > 0 ? "" : answer->etag.ptr;
        noted.last_modified = c->links > 0 ? "" : answer->last_modified.ptr;
    }
    keep(p, &noted);
    p->unchanged += is_unchanged;
    if (is_unchanged)
        tell(source->url, "nothing has changed");
    else if (source->wants_pages)
        tell(source->url, "%zu pages to fetch, %zu known already, %zu could not be read%s", c->links < PAGES_PER_POLL ? c->links : PAGES_PER_POLL,
             c->known, c->problems, c->links > PAGES_PER_POLL ? "; the rest when it is asked again" : "");
    else
        tell(source->url, "%zu articles added, %zu known already, %zu could not be read", c->added, c->known, c->problems);
}

/* --- requests ----------------------------------------------------------------------------------------------------------------------- */

static void ask_feed(polling *p, const job *j)
{
    const fetch_request request = {j->source->url, j->source->etag, j->source->last_modified};
    fetch_response answer = {0};
    marsad_error err = {0};
    catch c = {0};
    char reason[64];
    p->asked++;
    if (fetch(p->fetcher, &request, &answer, &err) != MARSAD_OK) {
        note_failure(p, j->source, err.message, 0, &c);
        return;
    }
    if (answer.status != STATUS_ANSWERED && answer.status != STATUS_UNCHANGED) {
        snprintf(reason, sizeof reason, "the server answers with status %d", answer.status);
        note_failure(p, j->source, reason, answer.retry_after, &c);
        return;
    }
    if (answer.status == STATUS_ANSWERED)
        take_answer(p, j, &answer, &c);
    if (c.is_damaged)
        note_failure(p, j->source, c.why, 0, &c);
    else
        note_success(p, j->source, &answer, &c);
}

/* A page that is gone for good, or is none, is not asked for again; one that may come back is, with the feed. */
static void ask_page(polling *p, const job *j)
{
    const fetch_request request = {.url = j->link};
    fetch_response answer = {0};
    marsad_error err = {0};
    catch c = {0};
    char reason[64];
    const marsad_status status = fetch(p->fetcher, &request, &answer, &err);
    bool comes_back = status == MARSAD_ERR_SYSTEM || answer.status == 429 || answer.status >= 500;
    if (status != MARSAD_OK) {
        problem(p, j->link, 0, err.message, &c);
    } else if (answer.status != STATUS_ANSWERED) {
        snprintf(reason, sizeof reason, "the server answers with status %d", answer.status);
        problem(p, j->link, 0, reason, &c);
    } else {
        take_answer(p, j, &answer, &c);
        if (c.is_damaged)
            problem(p, j->link, 0, c.why, &c);
    }
    if (!p->is_broken && !comes_back)
        p->is_broken = !intake_page(&p->in, j->source->url, j->link);
    p->is_broken = !intake_commit(&p->in) || p->is_broken;
    tell(j->link, "%s", c.added > 0 ? "added" : c.known > 0 ? "known already" : "could not be read");
}

static void ask_all(polling *p)
{
    while (!p->is_broken) {
        int64_t wait;
        const size_t next = fetch_next_turn(p->turns, p->count, p->settings->gap, clock_of(p), &wait);
        if (next != FETCH_NOBODY) {
            const job j = p->jobs[next]; /* pages that it leads to may move the list */
            j.link != NULL ? ask_page(p, &j) : ask_feed(p, &j);
            end_job(p, next);
        } else if (wait == INT64_MAX) {
            return;
        } else {
            nanosleep(&(struct timespec){.tv_sec = (time_t)wait}, NULL);
        }
    }
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------------- */

/* Feeds that are due, the one that waits longest first; never before the time that its server gave. */
static void add_feeds(polling *p, const marsad_sources *sources)
{
    const int64_t now = time_now();
    for (size_t i = 0; i < sources->count && !p->is_broken; i++) {
        const marsad_source *source = &sources->items[i];
        if (source->hold > now)
            tell(source->url, "not asked: its server asks to wait for %lld s more", (long long)(source->hold - now));
        else if (p->settings->all || source->next <= now)
            add_job(p, (job){.source = source}, source->next < now ? source->next - now : 0);
    }
}

static exit_status poll_sources(polling *p, const marsad_sources *sources)
{
    clock_gettime(CLOCK_MONOTONIC, &p->began);
    add_feeds(p, sources);
    ask_all(p);
    while (p->count > 0)
        remove_job(p, p->count - 1);
    free(p->jobs);
    free(p->turns);
    const exit_status status = intake_end(&p->in);
    printf("%zu of %zu feeds asked: %zu unchanged, %zu failed; %zu articles added, %zu known already, %zu problems\n", p->asked, sources->count,
           p->unchanged, p->failed, p->in.added, p->in.known, p->in.problems);
    return p->is_broken || p->in.problems > 0 ? STATUS_PARTLY : status;
}

exit_status poll_feeds(const invocation *call, marsad_archive *archive, const poll_settings *settings)
{
    polling p = {.settings = settings, .in = {.archive = archive, .what = "feed"}};
    const fetch_settings fetching = {.contact = settings->contact, .allow_private = settings->allow_private};
    data_set data;
    marsad_sources sources = {0};
    marsad_error err = {0};
    if (!data_open(&data, call))
        return STATUS_DATA;
    exit_status status = STATUS_PARTLY;
    if (marsad_reader_new(&p.reader, data.lexicon, (const marsad_gazetteer *const *)data.gazetteers, data.gazetteer_count, &err) == MARSAD_OK &&
        fetcher_new(&p.fetcher, &fetching, &err) == MARSAD_OK && marsad_sources_read(&sources, archive, &err) == MARSAD_OK)
        status = poll_sources(&p, &sources);
    else
        message("%s", err.message);
    marsad_sources_free(&sources);
    fetcher_free(p.fetcher);
    marsad_reader_free(p.reader);
    data_close(&data);
    return status;
}
