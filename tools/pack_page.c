/*
 * Packs the files of a folder into a C source, for src/server/page.h: pack_page OUT.c FOLDER
 * Each file as it is and, where that is smaller, as gzip; with its media type and a tag of its hash.
 */
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/base.h"
#include "base/buffer.h"

enum { PATH_ROOM = 4096, TAG_BYTES = 16 };

typedef struct {
    FILE *out;
    buffer table;
    size_t count;
    const char *root;
} packing;

static const char *type_of(const char *path)
{
    static const struct {
        const char *ending, *type;
    } types[] = {{".html", "text/html; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".json", "application/json"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"},
                 {".woff2", "font/woff2"},
                 {".ico", "image/x-icon"},
                 {".txt", "text/plain; charset=utf-8"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (view_ends(view_of(path), view_of(types[i].ending)))
            return types[i].type;
    return "application/octet-stream";
}

static void put_bytes(packing *p, const char *name, const unsigned char *bytes, size_t size)
{
    fprintf(p->out, "static const unsigned char %s%zu[] = {", name, p->count);
    for (size_t i = 0; i < size; i++)
        fprintf(p->out, "%s%u,", i % 32 == 0 ? "\n" : "", bytes[i]);
    fputs(" 0};\n", p->out);
}

/* free() it; NULL if it would not be smaller by a tenth. */
static unsigned char *packed_of(const mapped_file *file, size_t *size)
{
    enum { GZIP_WINDOW = 15 + 16 };
    z_stream z = {0};
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    const size_t room = deflateBound(&z, file->size);
    unsigned char *packed = malloc(room);
    z.next_in = (unsigned char *)(uintptr_t)file->bytes;
    z.avail_in = (unsigned)file->size;
    z.next_out = packed;
    z.avail_out = (unsigned)room;
    const bool ok = packed != NULL && deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < file->size - file->size / 10;
    *size = z.total_out;
    deflateEnd(&z);
    if (ok)
        return packed;
    free(packed);
    return NULL;
}

static bool pack_file(packing *p, const char *path)
{
    mapped_file file;
    marsad_error err;
    size_t packed_size = 0;
    unsigned char hash[TAG_BYTES];
    char tag[2 * TAG_BYTES + 1];
    if (file_map(&file, path, &err) != MARSAD_OK) {
        fprintf(stderr, "pack_page: %s\n", err.message);
        return false;
    }
    unsigned char *packed = packed_of(&file, &packed_size);
    crypto_generichash(hash, sizeof hash, file.bytes, file.size, NULL, 0);
    sodium_bin2hex(tag, sizeof tag, hash, sizeof hash);
    put_bytes(p, "bytes", file.bytes, file.size);
    if (packed != NULL)
        put_bytes(p, "packed", packed, packed_size);
    const char *below = path + strlen(p->root);
    buffer_format(&p->table, "    {\"%s\", \"%s\", \"\\\"%s\\\"\", (const char *)bytes%zu, ", below, type_of(path), tag, p->count);
    if (packed != NULL)
        buffer_format(&p->table, "(const char *)packed%zu, ", p->count);
    else
        buffer_text(&p->table, "NULL, ");
    buffer_format(&p->table, "%zu, %zu, %s},\n", file.size, packed != NULL ? packed_size : 0, strncmp(below, "/assets/", 8) == 0 ? "true" : "false");
    p->count++;
    free(packed);
    file_unmap(&file);
    return true;
}

/* In the order of names, so that equal folders give equal programs. */
static bool pack_folder(packing *p, const char *folder)
{
    struct dirent **names = NULL;
    const int count = scandir(folder, &names, NULL, alphasort);
    bool ok = count >= 0;
    if (!ok)
        fprintf(stderr, "pack_page: cannot read '%s': %s\n", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        char path[PATH_ROOM];
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        if (ok && names[i]->d_name[0] != '.' && stat(path, &about) == 0)
            ok = S_ISDIR(about.st_mode) ? pack_folder(p, path) : pack_file(p, path);
        free(names[i]);
    }
    free(names);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc != 3 || sodium_init() < 0) {
        fputs("usage: pack_page OUT.c FOLDER\n", stderr);
        return 2;
    }
    packing p = {.out = fopen(argv[1], "w"), .root = argv[2]};
    if (p.out == NULL) {
        fprintf(stderr, "pack_page: cannot write '%s': %s\n", argv[1], strerror(errno));
        return 1;
    }
    fputs("/* Made by pack_page. */\n#include \"server/page.h\"\n\n", p.out);
    const bool packed = pack_folder(&p, argv[2]) && !p.table.failed;
    fprintf(p.out, "const page_file page_files[] = {\n%.*s};\nconst size_t page_file_count = %zu;\n", (int)p.table.used, p.table.bytes, p.count);
    buffer_free(&p.table);
    const bool closed = fclose(p.out) == 0;
    return packed && closed ? 0 : 1;
}
