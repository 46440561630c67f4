/*
 * News on its way into the archive, batch by batch. What a batch holds is kept until its commit is acknowledged: when the connection to a server is lost before, all of it
 * is added again. What an article is named by is its content, so that none is stored twice.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/patience.h"

/* Articles to a commit. What was committed is told; what was not is read again next time. */
enum { ARTICLES_PER_COMMIT = 256 };

/* --- what waits -------------------------------------------------------------------------------------------------------------------- */

static void item_free(intake_item *item)
{
    marsad_draft_free(item->draft);
    free(item->place);
    free(item->reason);
    *item = (intake_item){0};
}

/* Nothing waits any more: it is stored, or given up. */
static void forget(intake *in)
{
    for (size_t i = 0; i < in->count; i++)
        item_free(&in->items[i]);
    in->count = in->bytes = in->waiting = in->fresh = 0;
    in->is_open = false;
}

/* What was added since the last commit is not stored: it does not count. */
static void uncount(intake *in)
{
    in->added -= in->fresh;
    in->known -= in->waiting - in->fresh;
    in->waiting = in->fresh = 0;
}

static void lose(intake *in, const char *reason)
{
    message("%s: what was added since the last commit is not stored", reason);
    marsad_archive_rollback(in->archive);
    uncount(in);
    forget(in);
}

/* --- one try ------------------------------------------------------------------------------------------------------------------------- */

static marsad_status begin(intake *in, marsad_error *err)
{
    marsad_status status = in->is_open ? MARSAD_OK : marsad_archive_begin(in->archive, time_now(), in->what, err);
    in->is_open = status == MARSAD_OK;
    return status;
}

static marsad_status put(intake *in, const intake_item *item, marsad_error *err)
{
    bool is_new = false;
    marsad_status status = begin(in, err);
    if (status != MARSAD_OK)
        return status;
    if (item->source != NULL)
        return marsad_source_note(in->archive, time_now(), item->source, err);
    if (item->page != NULL)
        return marsad_source_add_page(in->archive, item->feed, item->page, err);
    if (item->draft == NULL)
        return marsad_archive_problem(in->archive, item->place, item->line, item->reason, err);
    status = marsad_archive_add(in->archive, item->draft, &is_new, err);
    if (status != MARSAD_OK)
        return status;
    in->added += is_new;
    in->fresh += is_new;
    in->known += !is_new;
    in->waiting++;
    return MARSAD_OK;
}

static marsad_status commit(intake *in, marsad_error *err)
{
    in->is_open = false;
    return marsad_archive_commit(in->archive, err);
}

/* Some of what waits, in a batch of its own; committed if that is wanted. */
static marsad_status put_some(intake *in, size_t from, size_t count, bool commits, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    uncount(in);
    for (size_t i = from; i < from + count && status == MARSAD_OK; i++)
        status = put(in, &in->items[i], err);
    return status == MARSAD_OK && commits && in->is_open ? commit(in, err) : status;
}

/* The same after a failure. `*is_done`: the commit that failed was done all the same. */
static marsad_status put_again(intake *in, size_t from, size_t count, bool commits, bool *is_done, marsad_error *err)
{
    marsad_status status = marsad_archive_was_committed(in->archive, is_done, err);
    return status != MARSAD_OK || *is_done ? status : put_some(in, from, count, commits, err);
}

/* --- many tries ---------------------------------------------------------------------------------------------------------------------- */

static void roll_back(intake *in)
{
    marsad_archive_rollback(in->archive);
    in->is_open = false;
}

/* Tries again for some minutes. MARSAD_OK: these stand in a batch again, or are committed. */
static marsad_status persist(intake *in, size_t from, size_t count, bool commits, marsad_error *err)
{
    patience left = {0};
    marsad_status status = MARSAD_ERR_SYSTEM;
    bool is_done = false;
    message("%s: tried again", err->message);
    while (status != MARSAD_OK && patience_lasts(&left, in->archive)) {
        roll_back(in);
        status = put_again(in, from, count, commits, &is_done, err);
    }
    return status;
}

/* An article that the archive does not take becomes a problem that is told and kept. */
static bool refuse(intake *in, intake_item *item, const marsad_error *err)
{
    char *place = strdup(marsad_draft_given_id(item->draft)), *reason = strdup(err->message);
    if (place == NULL || reason == NULL) {
        free(place);
        free(reason);
        return false;
    }
    item_free(item);
    *item = (intake_item){.place = place, .reason = reason};
    in->problems++;
    in->refused++;
    message("article '%s' is not stored: %s", place, reason);
    return true;
}

/* Commits some of what waits; where that is refused, in halves. A server tells of one article at the commit of many. */
static marsad_status commit_parts(intake *in, size_t from, size_t count, marsad_error *err)
{
    roll_back(in);
    marsad_status status = put_some(in, from, count, true, err);
    if (status != MARSAD_OK && marsad_archive_may_pass(in->archive))
        status = persist(in, from, count, true, err);
    if (status == MARSAD_ERR_REFUSED && count > 1) {
        status = commit_parts(in, from, count / 2, err);
        return status == MARSAD_OK ? commit_parts(in, from + count / 2, count - count / 2, err) : status;
    }
    if (status == MARSAD_ERR_REFUSED && in->items[from].draft != NULL && refuse(in, &in->items[from], err))
        return commit_parts(in, from, 1, err);
    if (status == MARSAD_OK)
        in->waiting = in->fresh = 0;
    return status;
}

/* What a step came to: tried again if that can help, without what is refused, given up if not. */
static bool settle(intake *in, marsad_status status, bool commits, marsad_error *err)
{
    if (status != MARSAD_OK && marsad_archive_may_pass(in->archive))
        status = persist(in, 0, in->count, commits, err);
    if (status == MARSAD_ERR_REFUSED && in->count > 0 && marsad_archive_is_served(in->archive)) {
        status = commit_parts(in, 0, in->count, err);
        if (status == MARSAD_OK)
            forget(in);
    }
    if (status != MARSAD_OK)
        lose(in, err->message);
    return status == MARSAD_OK;
}

/* --- steps --------------------------------------------------------------------------------------------------------------------------- */

bool intake_commit(intake *in)
{
    marsad_error err = {0};
    if (!in->is_open)
        return true;
    if (!settle(in, commit(in, &err), true, &err))
        return false;
    forget(in);
    return true;
}

/* Takes the item over. */
static bool take(intake *in, intake_item item)
{
    marsad_error err = {0};
    if (in->count == INTAKE_MOST && !intake_commit(in)) {
        item_free(&item);
        return false;
    }
    const marsad_status status = put(in, &item, &err);
    in->bytes += item.draft != NULL ? marsad_draft_size(item.draft) : 0;
    if (!marsad_archive_is_served(in->archive))
        item_free(&item); /* it will not be asked for again */
    in->items[in->count++] = item;
    return settle(in, status, false, &err);
}

bool intake_add(intake *in, marsad_draft *draft)
{
    return take(in, (intake_item){.draft = draft}) && ((in->waiting < ARTICLES_PER_COMMIT && in->bytes < INTAKE_MOST_BYTES) || intake_commit(in));
}

bool intake_problem(intake *in, const char *place, size_t line, const char *reason)
{
    const intake_item item = {.place = strdup(place), .line = line, .reason = strdup(reason)};
    in->problems++;
    if (item.place != NULL && item.reason != NULL)
        return take(in, item);
    message("out of memory");
    free(item.place);
    free(item.reason);
    return false;
}

bool intake_source(intake *in, const marsad_source *source)
{
    return take(in, (intake_item){.source = source});
}

bool intake_page(intake *in, const char *feed, const char *page)
{
    return take(in, (intake_item){.feed = feed, .page = page});
}

bool intake_again(intake *in, marsad_status status, const marsad_error *err)
{
    marsad_error why = *err;
    if (marsad_archive_may_pass(in->archive) || (status == MARSAD_ERR_REFUSED && in->count > 0))
        return settle(in, status, false, &why);
    message("%s", why.message);
    return false;
}

exit_status intake_end(intake *in)
{
    marsad_error err = {0};
    const bool is_committed = intake_commit(in);
    exit_status status = is_committed && in->refused == 0 ? STATUS_OK : STATUS_PARTLY;
    patience left = {0};
    while (marsad_archive_refresh(in->archive, time_now(), &err) != MARSAD_OK) {
        if (patience_lasts(&left, in->archive))
            continue;
        message("%s: the articles are stored, their incidents are not made", err.message);
        return STATUS_PARTLY;
    }
    return status;
}
