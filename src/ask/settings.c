/* Settings as a table. */
#include "settings.h"

#include "ask/ledger.h"

const char *const setting_columns[] = {"name", "value", "usual", "allowed", "changed", "changed_by", NULL};

marsad_status list_settings(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    marsad_status status = MARSAD_OK;
    for (const setting_row *row = setting_rows(); row->name != NULL && status == MARSAD_OK; row++) {
        stored_setting stored;
        if (question->id != NULL && strcmp(question->id, row->name) != 0)
            continue;
        status = store_setting(&archive->store, row->name, &stored, &memory, err);
        if (status != MARSAD_OK)
            break;
        rows_text(w, row->name);
        rows_text(w, stored.value != NULL ? stored.value : row->usual);
        rows_text(w, row->usual);
        rows_text(w, row->allowed);
        rows_time(w, stored.value != NULL ? stored.time : MARSAD_NO_VALUE);
        rows_text(w, stored.person);
        if (!rows_end(w))
            break;
    }
    arena_free(&memory);
    return status;
}
