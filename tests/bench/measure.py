"""measure.py - a process measured by the kernel's own count: os.wait4, not a stopwatch around a shell."""
import os, statistics, sys, time
from collections import namedtuple

Run = namedtuple('Run', 'user system wall peak')  # seconds, seconds, seconds, MiB


def once(argv, stdin='/dev/null', after=None):
    """-> Run of argv, its output thrown away. `after` is called when the clock has stopped."""
    actions = [(os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, '/dev/null', os.O_WRONLY, 0),
               (os.POSIX_SPAWN_OPEN, 2, '/dev/null', os.O_WRONLY, 0)]
    begin = time.monotonic()
    pid = os.posix_spawnp(argv[0], argv, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - begin
    if status != 0:
        raise SystemExit(f"{' '.join(argv)}: ended with {os.waitstatus_to_exitcode(status)}")
    if after:
        after()
    return Run(usage.ru_utime, usage.ru_stime, wall, usage.ru_maxrss / 1024)


def interleaved(tasks, rounds, quiet=False):
    """tasks: {name: function that makes one Run}, one after the other, round after round. -> {name: Run of medians}"""
    runs = {name: [] for name in tasks}
    for number in range(rounds):
        for name, task in tasks.items():
            runs[name].append(task())
        if not quiet:
            print(f'\rround {number + 1} of {rounds}', end='', file=sys.stderr, flush=True)
    if not quiet:
        print(file=sys.stderr)
    return {name: medians(values) for name, values in runs.items()}


def medians(runs):
    return Run(*(statistics.median(column) for column in zip(*runs)))


def total(runs):
    """The sum of several processes, the largest peak."""
    runs = list(runs)
    return Run(sum(r.user for r in runs), sum(r.system for r in runs), sum(r.wall for r in runs), max(r.peak for r in runs))


def table(head, rows):
    """A table in Markdown, padded to be read as it is."""
    lines = [list(head)] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for number, line in enumerate(lines):
        cells = [line[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(line[1:], widths[1:])]
        print('| ' + ' | '.join(cells) + ' |')
        if number == 0:
            print('|' + '|'.join('-' * (w + 1) + (':' if i else '-') for i, w in enumerate(widths)) + '|')
    print()
