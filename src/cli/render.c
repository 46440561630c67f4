/* Articles read and shown: what a command writes of each, in the order of the input. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/command.h"

typedef struct {
    render_article *render;
    output out;
} rendering;

static void drop(void *product)
{
    buffer_free(product);
    free(product);
}

static marsad_status prepare(void *context, marsad_reader *reader, const arrived_article *arrived, void **product, marsad_error *err)
{
    const rendering *r = context;
    buffer *shown = calloc(1, sizeof *shown);
    marsad_status status = shown == NULL ? MARSAD_ERR_SYSTEM : r->render(reader, arrived->article, shown, err);
    if (status == MARSAD_OK && !shown->failed) {
        *product = shown;
        return MARSAD_OK;
    }
    if (status == MARSAD_OK || shown == NULL) {
        *err = (marsad_error){.offset = MARSAD_NOWHERE, .message = "out of memory"};
        status = MARSAD_ERR_SYSTEM;
    }
    if (shown != NULL)
        drop(shown);
    return status;
}

static bool accept(void *context, void *product)
{
    rendering *r = context;
    const buffer *shown = product;
    const bool ok = output_write(&r->out, shown->bytes, shown->used);
    drop(product);
    return ok;
}

exit_status articles_render(const invocation *call, render_article *render)
{
    rendering r = {.render = render};
    if (!output_open(&r.out, call))
        return STATUS_PARTLY;
    const article_sink sink = {.prepare = prepare, .accept = accept, .drop = drop, .context = &r, .shows_progress = isatty(r.out.file) != 1};
    exit_status status = articles_read(call, &sink);
    if (!output_close(&r.out) && status == STATUS_OK)
        status = STATUS_PARTLY;
    return status;
}
