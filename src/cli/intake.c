/* News on its way into the archive, batch by batch. */
#include "cli/command.h"

/* Articles to a commit. What was committed is told; what was not is read again next time. */
enum { ARTICLES_PER_COMMIT = 256 };

/* What was added since the last commit is not stored: it does not count. */
static void lose(intake *in, const char *reason)
{
    message("%s: what was added since the last commit is not stored", reason);
    in->added -= in->fresh;
    in->known -= in->waiting - in->fresh;
    in->waiting = in->fresh = 0;
    in->is_open = false;
}

bool intake_commit(intake *in)
{
    marsad_error err = {0};
    if (!in->is_open)
        return true;
    if (marsad_archive_commit(in->archive, &err) != MARSAD_OK) {
        lose(in, err.message);
        return false;
    }
    in->waiting = in->fresh = 0;
    in->is_open = false;
    return true;
}

bool intake_begin(intake *in)
{
    marsad_error err = {0};
    if (in->is_open)
        return true;
    in->is_open = marsad_archive_begin(in->archive, time_now(), in->what, &err) == MARSAD_OK;
    if (!in->is_open)
        message("%s", err.message);
    return in->is_open;
}

bool intake_add(intake *in, marsad_draft *draft)
{
    marsad_error err = {0};
    bool is_new = false, ok = intake_begin(in);
    if (ok && marsad_archive_add(in->archive, draft, &is_new, &err) != MARSAD_OK) {
        marsad_archive_rollback(in->archive);
        lose(in, err.message);
        ok = false;
    }
    marsad_draft_free(draft);
    if (!ok)
        return false;
    in->added += is_new;
    in->fresh += is_new;
    in->known += !is_new;
    return ++in->waiting < ARTICLES_PER_COMMIT || intake_commit(in);
}

bool intake_problem(intake *in, const char *place, size_t line, const char *reason)
{
    marsad_error err = {0};
    in->problems++;
    if (!intake_begin(in))
        return false;
    if (marsad_archive_problem(in->archive, place, line, reason, &err) == MARSAD_OK)
        return true;
    message("%s", err.message);
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
