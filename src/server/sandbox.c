/*
 * What serving does not need is given up before the first request: programs cannot be started, connections cannot be made, other files cannot be opened.
 * Where the archive is on a server, connections can be made, and the files can be read that name hosts and certificates (sandbox_server.c).
 * A kernel without landlock or seccomp (or one that forbids them in a container) leaves that part out; nothing that works depends on it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "marsad_moving.h"
#include "server/sandbox.h"
#include "server/serving.h"

/* --- landlock: files ------------------------------------------------------------------------------------------------------- */

#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define CHANGES                                                                                                                                      \
    (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |                  \
     LANDLOCK_ACCESS_FS_MAKE_REG)
#define ALL_RIGHTS                                                                                                                                   \
    (READS | CHANGES | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |     \
     LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

static bool allow_beneath(int rules, const char *path, uint64_t access)
{
    struct landlock_path_beneath_attr beneath = {.allowed_access = access, .parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (beneath.parent_fd < 0)
        return false;
    const bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
    close(beneath.parent_fd);
    return ok;
}

bool sandbox_allow_reading(int rules, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return true; /* what is not there is not read */
    const uint64_t access = S_ISDIR(about.st_mode) ? READS : LANDLOCK_ACCESS_FS_READ_FILE;
    return allow_beneath(rules, path, access);
}

/* The folder that the archive lies in: SQLite makes files beside it. free() it. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static bool allow_archive(int rules, const server_settings *s)
{
    if (marsad_archive_is_on_server(s->archive))
        return sandbox_allow_server_files(rules, s->archive);
    char *folder = folder_of(s->archive);
    const bool ok = folder != NULL && allow_beneath(rules, folder, s->is_read_only ? READS | LANDLOCK_ACCESS_FS_WRITE_FILE : READS | CHANGES);
    free(folder);
    return ok;
}

/* Beside the archive, the folder of releases is made when it is needed. */
static bool allow_releases(int rules, const server_settings *s)
{
    struct stat about;
    return stat(s->releases, &about) != 0 || allow_beneath(rules, s->releases, s->is_read_only ? READS : READS | CHANGES);
}

/* Agreements lie beside the rules. */
static bool allow_files(int rules, const server_settings *s)
{
    char *data = folder_of(s->rules);
    const bool ok = data != NULL && allow_archive(rules, s) && allow_releases(rules, s) && allow_beneath(rules, data, READS);
    free(data);
    return ok;
}

static marsad_status enter_landlock(const server_settings *s, marsad_error *err)
{
    const struct landlock_ruleset_attr handled = {.handled_access_fs = ALL_RIGHTS};
    const int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0)
        return MARSAD_OK; /* this kernel has none */
    const bool ok = allow_files(rules, s) && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return ok ? MARSAD_OK : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot enter the sandbox: %s", strerror(errno));
}

/* --- seccomp: system calls -------------------------------------------------------------------------------------------------- */

/* What threads, memory, files, epoll, sockets that are open already and SQLite ask for. What is not here fails as if it were not permitted. */
static const char *const allowed_calls[] = {"accept4",
                                            "access",
                                            "brk",
                                            "clock_getres",
                                            "clock_gettime",
                                            "clock_nanosleep",
                                            "close",
                                            "dup",
                                            "epoll_create1",
                                            "epoll_ctl",
                                            "epoll_pwait",
                                            "epoll_wait",
                                            "eventfd2",
                                            "exit",
                                            "exit_group",
                                            "faccessat",
                                            "faccessat2",
                                            "fadvise64",
                                            "fallocate",
                                            "fchmod",
                                            "fchown",
                                            "fcntl",
                                            "fdatasync",
                                            "flock",
                                            "fstat",
                                            "fstatfs",
                                            "fsync",
                                            "ftruncate",
                                            "futex",
                                            "getcwd",
                                            "getdents64",
                                            "getegid",
                                            "geteuid",
                                            "getgid",
                                            "getpeername",
                                            "getpid",
                                            "getrandom",
                                            "getrlimit",
                                            "getrusage",
                                            "getsockname",
                                            "getsockopt",
                                            "gettid",
                                            "gettimeofday",
                                            "getuid",
                                            "listen",
                                            "lseek",
                                            "lstat",
                                            "madvise",
                                            "membarrier",
                                            "mkdir",
                                            "mlock",
                                            "mmap",
                                            "mprotect",
                                            "mremap",
                                            "msync",
                                            "munlock",
                                            "munmap",
                                            "nanosleep",
                                            "newfstatat",
                                            "open",
                                            "openat",
                                            "pipe2",
                                            "poll",
                                            "ppoll",
                                            "pread64",
                                            "prlimit64",
                                            "pselect6",
                                            "pwrite64",
                                            "pwritev",
                                            "read",
                                            "readlink",
                                            "readlinkat",
                                            "readv",
                                            "recvfrom",
                                            "recvmsg",
                                            "rename",
                                            "renameat",
                                            "renameat2",
                                            "restart_syscall",
                                            "rmdir",
                                            "rseq",
                                            "rt_sigaction",
                                            "rt_sigprocmask",
                                            "rt_sigreturn",
                                            "sched_getaffinity",
                                            "sched_yield",
                                            "select",
                                            "sendfile",
                                            "sendmsg",
                                            "sendto",
                                            "set_robust_list",
                                            "setsockopt",
                                            "shutdown",
                                            "sigaltstack",
                                            "stat",
                                            "statfs",
                                            "statx",
                                            "sysinfo",
                                            "tgkill",
                                            "time",
                                            "umask",
                                            "uname",
                                            "unlink",
                                            "unlinkat",
                                            "write",
                                            "writev"};

static bool allow_calls(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof allowed_calls / sizeof *allowed_calls; i++) {
        const int call = seccomp_syscall_resolve_name(allowed_calls[i]);
        if (call != __NR_SCMP_ERROR && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0)
            return false;
    }
    enum { THREAD_FLAG = 0x00010000 }; /* CLONE_THREAD: threads may begin, processes may not */
    const struct scmp_arg_cmp is_thread = SCMP_A0(SCMP_CMP_MASKED_EQ, THREAD_FLAG, THREAD_FLAG);
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, is_thread) == 0 &&
           /* its flags lie in memory, where no filter sees them: the C library then falls back to clone */
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

static marsad_status enter_seccomp(const server_settings *s, marsad_error *err)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL)
        return MARSAD_OK;
    const bool ok = allow_calls(filter) && (!marsad_archive_is_on_server(s->archive) || sandbox_allow_connecting(filter));
    const int loaded = ok ? seccomp_load(filter) : -ENOMEM;
    seccomp_release(filter);
    return ok && (loaded == 0 || loaded == -ENOSYS || loaded == -EINVAL)
               ? MARSAD_OK
               : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot enter the sandbox: %s", strerror(-loaded));
}

marsad_status sandbox_enter(const server_settings *settings, marsad_error *err)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot enter the sandbox: %s", strerror(errno));
    marsad_status status = enter_landlock(settings, err);
    return status == MARSAD_OK ? enter_seccomp(settings, err) : status;
}
