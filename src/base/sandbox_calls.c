/*
 * sandbox_calls.c - which system calls are over: a seccomp filter in the kernel's own small language.
 *
 * A list of what is refused, not of what is allowed: libraries and kernels add calls for old purposes, and a program
 * that dies after an upgrade of libc would be run without any filter. What is refused is all that reaches beyond the
 * process: network, programs, processes, the kernel, and changes of files by name that Landlock does not see.
 */
#include "base/sandbox.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif
#define X32_BIT     0x40000000u
#define THREAD_FLAG 0x00010000u /* CLONE_THREAD, which sched.h hides from POSIX programs */
#define NR_CLONE3   435         /* calls younger than 5.0 have the same number everywhere */

/* Refused whatever the arguments. */
static const unsigned refused[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_sendmmsg,
    SYS_execve,
    SYS_execveat,
    SYS_kill,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kcmp,
    SYS_setpgid,
    SYS_setsid,
    SYS_setuid,
    SYS_setgid,
    SYS_setreuid,
    SYS_setregid,
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_setfsuid,
    SYS_setfsgid,
    SYS_capset,
    SYS_personality,
    SYS_unshare,
    SYS_setns,
    SYS_chroot,
    SYS_pivot_root,
    SYS_mount,
    SYS_umount2,
    SYS_swapon,
    SYS_swapoff,
    SYS_reboot,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_syslog,
    SYS_acct,
    SYS_quotactl,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_adjtimex,
    SYS_clock_adjtime,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_name_to_handle_at,
    SYS_open_by_handle_at,
    SYS_fanotify_init,
    SYS_inotify_init1,
    SYS_memfd_create,
    SYS_shmget,
    SYS_shmat,
    SYS_msgget,
    SYS_semget,
    SYS_mq_open,
    SYS_io_setup,
    SYS_mknodat,
    SYS_symlinkat,
    SYS_linkat,
    SYS_truncate,
    SYS_fchmodat,
    SYS_fchownat,
    SYS_fchown,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
    SYS_utimensat,
    425,
    426,
    427, /* io_uring: would do all of the above unseen */
    428,
    429,
    430,
    431,
    432,
    433, /* open_tree move_mount fsopen fsconfig fsmount fspick */
    424,
    434,
    438,
    442,
    448,
    452, /* pidfd_send_signal pidfd_open pidfd_getfd mount_setattr process_mrelease fchmodat2 */
#ifdef __x86_64__
    SYS_fork,
    SYS_vfork,
    SYS_mknod,
    SYS_symlink,
    SYS_link,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
    SYS_iopl,
    SYS_ioperm,
    SYS_modify_ldt,
    SYS_inotify_init,
#endif
};
#define N_REFUSED (sizeof refused / sizeof refused[0])

#define LOAD(field)              BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define ARGUMENT(i)              BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offsetof(struct seccomp_data, args) + 8 * (i)))
#define RETURN(what)             BPF_STMT(BPF_RET | BPF_K, (what))
#define IF(test, value, yes, no) BPF_JUMP(BPF_JMP | (test) | BPF_K, (uint32_t)(value), (yes), (no))
#define REFUSE                   (SECCOMP_RET_ERRNO | EPERM)
/* One call of which only some arguments are good: the low half of argument i, five instructions. */
#define REFUSE_IF(number, i, test, value)                                                                              \
    IF(BPF_JEQ, number, 0, 4), ARGUMENT(i), IF(test, value, 0, 1), RETURN(REFUSE), RETURN(SECCOMP_RET_ALLOW)

bool kiji_sandbox_calls_available(void)
{
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

bool kiji_sandbox_calls_enter(void)
{
    const uint32_t self = (uint32_t)getpid();
    const struct sock_filter special[] = {
        LOAD(arch),
        IF(BPF_JEQ, ARCHITECTURE, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS), /* another calling convention: other numbers */
        LOAD(nr),
        IF(BPF_JGE, X32_BIT, 0, 1),
        RETURN(REFUSE),
        /* Its flags lie in memory, where a filter cannot look; libc then takes clone. */
        IF(BPF_JEQ, NR_CLONE3, 0, 1),
        RETURN(SECCOMP_RET_ERRNO | ENOSYS),
        /* Threads, not processes. */
        IF(BPF_JEQ, SYS_clone, 0, 4),
        ARGUMENT(0),
        IF(BPF_JSET, THREAD_FLAG, 1, 0),
        RETURN(REFUSE),
        RETURN(SECCOMP_RET_ALLOW),
        /* Memory that is code. */
        REFUSE_IF(SYS_mmap, 2, BPF_JSET, PROT_EXEC),
        REFUSE_IF(SYS_mprotect, 2, BPF_JSET, PROT_EXEC),
        REFUSE_IF(SYS_pkey_mprotect, 2, BPF_JSET, PROT_EXEC),
        /* Characters typed into the terminal. */
        REFUSE_IF(SYS_ioctl, 1, BPF_JEQ, TIOCSTI),
        /* Signals to itself alone; raise() needs them. */
        IF(BPF_JEQ, SYS_tgkill, 0, 4),
        ARGUMENT(0),
        IF(BPF_JEQ, self, 1, 0),
        RETURN(REFUSE),
        RETURN(SECCOMP_RET_ALLOW),
    };
    enum { N_SPECIAL = sizeof special / sizeof special[0] };
    struct sock_filter filter[N_SPECIAL + 2 * N_REFUSED + 1];
    size_t n = 0;
    for (; n < N_SPECIAL; n++) {
        filter[n] = special[n];
    }
    for (size_t i = 0; i < N_REFUSED; i++) {
        filter[n++] = (struct sock_filter)IF(BPF_JEQ, refused[i], 0, 1);
        filter[n++] = (struct sock_filter)RETURN(REFUSE);
    }
    filter[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
    const struct sock_fprog program = {.len = (unsigned short)n, .filter = filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

#else

bool kiji_sandbox_calls_available(void)
{
    return false;
}

bool kiji_sandbox_calls_enter(void)
{
    return false;
}

#endif
