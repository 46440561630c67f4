/*
 * marsad_moving.h - the public contract of what is done to an archive as a whole: making one on a server with the roles that work with it, copying it from
 * one engine to another, telling what it holds.
 *
 * An archive is named by the path of a file or by the URL of a database of PostgreSQL (docs/postgresql.md). Errors are those of marsad_archive.h.
 */
#ifndef MARSAD_MOVING_H
#define MARSAD_MOVING_H

#include "marsad_archive.h"

/* Does the name tell of a server, not of a file? */
bool marsad_archive_is_on_server(const char *where);
/* The name of an archive for people, without a password, in `out`. */
void marsad_archive_shown(char *out, size_t size, const char *where);

/*
 * Make an archive where there is none, bring one that is there to the newest version, and on a server make the roles that work with it, without login:
 *   <prefix>reader    reads
 *   <prefix>writer    adds, and changes or deletes where the program does; never the log, evidence, decisions
 *   <prefix>migrator  owns the tables and may change them
 * May be called again. Who calls it on a server may make roles and extensions.
 *   prefix  letters, digits and '_', 1 to 40 bytes; NULL: that of the roles which the archive has, else 'marsad_'
 *   used    receives the prefix that it is; "" for an archive that is a file
 * Errors: MARSAD_ERR_ARGUMENT (the prefix).
 */
enum { MARSAD_ROLES_PREFIX_BYTES = 41 };
marsad_status marsad_archive_init(const char *where, const char *prefix, char used[MARSAD_ROLES_PREFIX_BYTES], marsad_error *err);

typedef struct {
    /* Told now and then: so many rows of a table were done. NULL: nobody asks. */
    void (*progress)(void *context, const char *table, uint64_t rows);
    /* A table as it is on both sides: the SHA-256, in hexadecimal, of all its rows in the order of their keys. NULL: nobody asks. */
    void (*compared)(void *context, const char *table, uint64_t rows, const char *from, const char *to);
    void *context;
} marsad_moving;

/*
 * Copy the archive `from`, as it is at one moment, to `to`, in which nothing is stored yet: an archive without rows, or an empty file. Keys stay. Nothing of it is seen
 * before all of it is there and was read back. Others go on writing to `from`; nobody writes to `to` meanwhile.
 * Errors: MARSAD_ERR_ARGUMENT if `to` holds rows; MARSAD_ERR_FORMAT if what came out is not the same, with the table. A server is then as it was; a file is no archive.
 */
marsad_status marsad_archive_move(const char *from, const char *to, const marsad_moving *told, marsad_error *err);

/* Is there an archive in which nothing is stored? MARSAD_ERR_ARGUMENT if there is anything in it. */
marsad_status marsad_archive_is_empty(const char *where, marsad_error *err);

/* Tell what every table holds, as it is at one moment: `compared` is called with the same hash twice. `all` receives the hash over all lines "table rows hash\n". */
marsad_status marsad_archive_fingerprint(const char *where, const marsad_moving *told, char all[65], marsad_error *err);

#endif
