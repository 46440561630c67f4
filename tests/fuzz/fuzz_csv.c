/* Any bytes as a table of records: what is in it becomes drafts, and what does not has a reason. */
#include "fuzz.h"

#include <string.h>

#include "marsad_archive.h"

static void count_line(void *context, size_t row, const char *line, bool is_fault)
{
    size_t *faults = context;
    MUST(row > 0 && line[0] != '\0' && strchr(line, '\n') == NULL);
    *faults += is_fault;
}

/* In memory, with the real rules; opened once. */
static marsad_archive *archive(void)
{
    static marsad_archive *opened;
    marsad_error err;
    if (opened == NULL && marsad_archive_open(&opened, ":memory:", MARSAD_ARCHIVE_CREATE, MARSAD_SOURCE_DIR "/rules", &err) != MARSAD_OK)
        fuzz_stop(err.message, "rules", 0);
    return opened;
}

static void take_all(marsad_import *import)
{
    size_t count;
    const marsad_imported_row *rows;
    marsad_draft *draft;
    marsad_presence presence;
    marsad_status status;
    while ((status = marsad_import_next(import, &draft, &rows, &count, NULL)) != MARSAD_END) {
        MUST(status == MARSAD_OK);
        MUST(count > 0 && rows[0].row > 1 && rows[0].line[0] != '\0');
        MUST(marsad_archive_has(archive(), draft, &presence, NULL) == MARSAD_OK && presence == MARSAD_NOT_THERE);
        marsad_draft_free(draft);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const marsad_gazetteer *gazetteer = fuzz_gazetteer();
    size_t faults = 0;
    const marsad_import_settings settings = {.name = "fuzz",
                                             .outlet = {"o", 1},
                                             .published = {2016, 5, 10},
                                             .gazetteers = &gazetteer,
                                             .gazetteer_count = 1,
                                             .tell = count_line,
                                             .context = &faults};
    marsad_import *import = NULL;
    marsad_error err = {0};
    if (marsad_import_new(&import, archive(), (marsad_view){(const char *)bytes, size}, &settings, &err) != MARSAD_OK) {
        MUST(err.message[0] != '\0');
        return 0;
    }
    take_all(import);
    MUST((faults > 0) == (marsad_import_faulty(import) > 0));
    marsad_import_free(import);
    return 0;
}
