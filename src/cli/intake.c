/* News on its way into the archive, batch by batch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/command.h"

enum { SECONDS_BETWEEN_COMMITS = 1 };

double intake_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static marsad_status store_one(intake *in, const arrival *a, size_t *added, marsad_error *err)
{
    if (a->draft == NULL)
        return marsad_archive_problem(in->archive, a->place, a->line, a->reason, err);
    bool is_new = false;
    marsad_status status = marsad_archive_add(in->archive, a->draft, &is_new, err);
    *added += is_new;
    return status;
}

static void forget_waiting(intake *in)
{
    for (size_t i = 0; i < in->waiting_count; i++) {
        marsad_draft_free(in->waiting[i].draft);
        free(in->waiting[i].place);
        free(in->waiting[i].reason);
    }
    in->waiting_count = 0;
}

bool intake_store(intake *in)
{
    marsad_error err = {0};
    size_t added = 0, articles = 0;
    marsad_status status = in->is_open ? MARSAD_OK : marsad_archive_begin(in->archive, time_now(), in->what, &err);
    in->is_open = status == MARSAD_OK;
    for (size_t i = 0; i < in->waiting_count && status == MARSAD_OK; i++) {
        articles += in->waiting[i].draft != NULL;
        status = store_one(in, &in->waiting[i], &added, &err);
    }
    forget_waiting(in);
    if (status == MARSAD_OK) {
        in->added += added;
        in->known += articles - added;
        return true;
    }
    if (in->is_open)
        marsad_archive_rollback(in->archive);
    in->is_open = false;
    message("%s: what was read since the last commit is not stored", err.message);
    return false;
}

bool intake_commit(intake *in)
{
    marsad_error err = {0};
    if (in->waiting_count == 0 && !in->is_open)
        return true;
    if (!intake_store(in))
        return false;
    in->is_open = false;
    in->committed = intake_clock();
    if (marsad_archive_commit(in->archive, &err) != MARSAD_OK) {
        message("%s: what was read since the last commit is not stored", err.message);
        return false;
    }
    if (in->is_verbose) {
        printf("stored: %zu articles\n", in->added + in->known);
        fflush(stdout);
    }
    return true;
}

static bool add_waiting(intake *in, arrival a)
{
    in->waiting[in->waiting_count++] = a;
    return (in->waiting_count < WAITING_MAX && intake_clock() - in->committed < SECONDS_BETWEEN_COMMITS) || intake_commit(in);
}

bool intake_add(intake *in, marsad_draft *draft)
{
    return add_waiting(in, (arrival){.draft = draft});
}

bool intake_problem(intake *in, const char *place, size_t line, const char *reason)
{
    const arrival a = {.place = strdup(place), .line = line, .reason = strdup(reason)};
    in->problems++;
    if (a.place != NULL && a.reason != NULL)
        return add_waiting(in, a);
    free(a.place);
    free(a.reason);
    message("that it could not be read is not stored: out of memory");
    return false;
}

exit_status intake_end(intake *in)
{
    marsad_error err = {0};
    exit_status status = intake_commit(in) ? STATUS_OK : STATUS_PARTLY;
    if (marsad_archive_refresh(in->archive, time_now(), &err) != MARSAD_OK) {
        message("%s: the articles are stored, their incidents are not made", err.message);
        status = STATUS_PARTLY;
    }
    return status;
}
