/*
 * What the sandbox lets through where the archive is on a server: a connection that is lost is made anew, so that names of hosts are looked up, sockets are made and
 * certificates are read while it serves. Of the file system that is little more than lists of hosts; of system calls, sockets of the internet, of this machine and
 * of its interfaces (which the look-up of names asks for).
 */
#include "server/sandbox.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* Names of hosts and services, with the libraries that look them up; certificates that the system trusts. */
static const char *const system_files[] = {"/etc/hosts",
                                           "/etc/host.conf",
                                           "/etc/resolv.conf",
                                           "/etc/nsswitch.conf",
                                           "/etc/gai.conf",
                                           "/etc/services",
                                           "/etc/protocols",
                                           "/etc/ld.so.cache",
                                           "/etc/ssl/openssl.cnf",
                                           "/etc/ssl/certs",
                                           "/usr/share/ca-certificates",
                                           "/usr/local/share/ca-certificates",
                                           "/usr/lib",
                                           "/lib",
                                           "/lib64"};
/* Files of a person, in the home folder, where the archive's name names no others. */
static const char *const home_files[] = {".postgresql", ".pgpass", ".pg_service.conf"};
static const char *const named_files[] = {"sslcert", "sslkey", "sslrootcert", "sslcrl", "sslcrldir", "passfile"};

static bool allow_home(int rules)
{
    const char *home = getenv("HOME");
    bool ok = true;
    for (size_t i = 0; home != NULL && i < sizeof home_files / sizeof *home_files && ok; i++) {
        char path[4096];
        const int len = snprintf(path, sizeof path, "%s/%s", home, home_files[i]);
        ok = len > 0 && (size_t)len < sizeof path && sandbox_allow_reading(rules, path);
    }
    return ok;
}

/* Files that the archive's name names, or the environment. */
static bool allow_named(int rules, const char *archive)
{
    PQconninfoOption *options = PQconninfoParse(archive, NULL);
    bool ok = true;
    for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL && ok; o++)
        for (size_t i = 0; i < sizeof named_files / sizeof *named_files && ok; i++) {
            if (strcmp(o->keyword, named_files[i]) != 0)
                continue;
            const char *path = o->val != NULL ? o->val : o->envvar != NULL ? getenv(o->envvar) : NULL;
            ok = path == NULL || path[0] == 0 || sandbox_allow_reading(rules, path);
        }
    PQconninfoFree(options);
    return ok;
}

bool sandbox_allow_server_files(int rules, const char *archive)
{
    bool ok = allow_home(rules) && allow_named(rules, archive);
    for (size_t i = 0; i < sizeof system_files / sizeof *system_files && ok; i++)
        ok = sandbox_allow_reading(rules, system_files[i]);
    return ok;
}

bool sandbox_allow_connecting(scmp_filter_ctx filter)
{
    static const int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
    const struct scmp_arg_cmp asks_for_bytes = {.arg = 1, .op = SCMP_CMP_EQ, .datum_a = FIONREAD};
    static const char *const calls[] = {"bind", "connect", "recvmmsg", "rt_sigpending", "rt_sigtimedwait", "sendmmsg"};
    bool ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, asks_for_bytes) == 0;
    for (size_t i = 0; i < sizeof families / sizeof *families && ok; i++) {
        const struct scmp_arg_cmp of_family = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)families[i]};
        ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, of_family) == 0;
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls && ok; i++) {
        const int call = seccomp_syscall_resolve_name(calls[i]);
        ok = call == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    }
    return ok;
}
