/* One export on its way: the profile first, then the format, on what is left. */
#include "export/frame.h"

marsad_status export_write(const export_format *format, const incident_list *incidents, const export_options *options, loss_report *report,
                           arena *memory, marsad_error *err)
{
    *report = (loss_report){.format = format->name, .profile = "", .incidents = incidents->count};
    if (options->profile == NULL || options->rules == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cannot export '%s': no %s", format->name,
                    options->profile == NULL ? "safety profile" : "set of rules");
    report->profile = options->profile->name;
    report->profile_version = options->profile->version;

    const safety_options safety = {options->profile, options->rules, options->today, options->centre, options->centre_context};
    public_view view;
    if (!safety_view(&view, incidents, &safety, report, memory))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the export '%s'", format->name);
    report->public_incidents = view.incidents.count;

    export_run run = {
        .options = options, .view = &view, .report = report, .memory = memory, .json = {.write = options->write, .context = options->context}};
    const bool is_written = format->write(&run, &view.incidents) && cells_flush(&run) && export_ok(&run);
    loss_sort(report);
    if (run.is_out_of_memory)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the export '%s'", format->name);
    return is_written ? MARSAD_OK : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write the export '%s'", format->name);
}

bool export_ok(export_run *run)
{
    return !run->is_out_of_memory && !run->is_refused && json_flush(&run->json);
}

static void count(export_run *run, loss_section section, const char *what, const char *why)
{
    if (!loss_add(run->report, section, what, why, 1, run->memory))
        run->is_out_of_memory = true;
}

void export_loss(export_run *run, const char *what, const char *why)
{
    count(run, LOSS_NOT_CARRIED, what, why);
}

void export_drop(export_run *run, const char *why)
{
    count(run, LOSS_DROPPED, "incident", why);
}

void export_row(export_run *run)
{
    run->report->rows++;
}

const safety_note *export_note(const export_run *run, const incident *item)
{
    return &run->view->notes[item - run->view->incidents.items];
}

const char *party_name(const export_run *run, const char *who)
{
    const party_row *row = party_find(rules_parties(run->options->rules), who);
    return row != NULL ? row->name_en : who;
}

const char *party_name_ar(const export_run *run, const char *who)
{
    const party_row *row = party_find(rules_parties(run->options->rules), who);
    return row != NULL ? row->name_ar : who;
}
