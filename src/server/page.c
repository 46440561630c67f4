/* The page's files. */
#include "server/page.h"
#include "server/serving.h"

static const page_file *file_of(const char *path)
{
    for (size_t i = 0; i < page_file_count; i++)
        if (strcmp(page_files[i].path, path) == 0)
            return &page_files[i];
    return NULL;
}

/* The page keeps its place in the address: what is no file is the page itself, unless it looks like one. */
static const page_file *file_or_page(const char *path)
{
    const page_file *found = file_of(path);
    const char *name = strrchr(path, '/');
    return found != NULL || (name != NULL && strchr(name, '.') != NULL) ? found : file_of("/index.html");
}

void page_get(exchange *x)
{
    const page_file *file = file_or_page(x->path);
    if (file == NULL) {
        refuse(x, 404, "not-there", page_file_count == 0 ? "this program was built without its page" : "there is nothing here");
        return;
    }
    x->status = 200;
    x->type = file->type;
    x->etag = file->etag;
    x->is_immutable = file->is_immutable;
    x->is_fixed = true;
    if (x->if_none_match != NULL && strstr(x->if_none_match, file->etag) != NULL) {
        x->status = 304;
        x->fixed = (view){0};
        return;
    }
    x->is_gzip = file->packed != NULL && x->accepts_gzip;
    x->fixed = x->is_gzip ? (view){file->packed, file->packed_size} : (view){file->bytes, file->size};
}
