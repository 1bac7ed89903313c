#!/usr/bin/env python3
"""soak.py KIJI SECONDS: rounds over articles in all formats with -j 2; the same bytes, flat memory, no open files left.

One long-lived process a format is fed through a pipe, round after round, so that a leak has time to show; its memory
and open files are read from /proc between rounds. Folders, lists and -o are runs of their own.
"""
import hashlib, json, os, subprocess, sys, tempfile, threading, time

kiji, seconds = os.path.abspath(sys.argv[1]), float(sys.argv[2])
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
folder = os.path.join(root, 'data', 'articles')
articles = [open(os.path.join(folder, n), encoding='utf-8').read() for n in sorted(os.listdir(folder))]
corpus = os.path.join(os.environ.get('SHARED', os.path.join(root, '..', 'shared')), 'corpus', 'wikinews.jsonl.gz')
if os.path.exists(corpus):
    import gzip
    with gzip.open(corpus, 'rt', encoding='utf-8') as f:
        articles += [json.loads(line)['text'] for line in list(f)[:1500]]
round_ = ''.join(json.dumps({'id': str(i), 'text': t}, ensure_ascii=False) + '\n' for i, t in enumerate(articles)).encode()
FORMATS = ['yaml', 'jsonl', 'json', 'tsv', 'text', 'who', 'conll']
deadline = time.time() + seconds
failed = []


def memory(pid):
    with open(f'/proc/{pid}/status') as f:
        return next(int(line.split()[1]) for line in f if line.startswith('VmRSS'))


def files(pid):
    return len(os.listdir(f'/proc/{pid}/fd'))


class Fed:
    """A kiji that gets the same records again and again; a round is known by the lines of the first one."""

    def __init__(self, form):
        self.form = form
        once = subprocess.run([kiji, '-f', form, '--input=jsonl', '-j2'], input=round_, capture_output=True)
        assert once.returncode == 0, once.stderr
        self.once = once.stdout
        self.process = subprocess.Popen([kiji, '-f', form, '--input=jsonl', '-j2'], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.memory, self.files = [], []
        # Header lines and separators stand only where rounds meet: the first round is compared whole.
        twice = subprocess.run([kiji, '-f', form, '--input=jsonl', '-j2'], input=round_ * 2, capture_output=True).stdout
        self.later = twice[len(self.once):] if form != 'json' else None
        self.rounds = 0

    def feed(self):
        """A round in, as many bytes out as it gives; False: something else came."""
        process = self.process
        writer = threading.Thread(target=lambda: (process.stdin.write(round_), process.stdin.flush()))
        writer.start()
        want = self.once if self.rounds == 0 else self.later
        got = process.stdout.read(len(want))
        writer.join()
        self.rounds += 1
        self.memory.append(memory(process.pid))
        self.files.append(files(process.pid))
        return got == want

    def end(self):
        self.process.stdin.close()
        rest = self.process.stdout.read()
        return self.process.wait() == 0 and rest == b''


def digest(path):
    total = hashlib.sha256()
    for name in sorted(os.listdir(path)):
        with open(os.path.join(path, name), 'rb') as f:
            total.update(name.encode() + b'\0' + f.read())
    return total.hexdigest()


def apart(scratch, number, seen):
    """Runs of their own: folders and a file."""
    with open(os.path.join(scratch, 'in.jsonl'), 'wb') as f:
        f.write(round_)
    for form in ('html', 'brat', 'json'):
        to = os.path.join(scratch, f'{form}-{number}')
        os.mkdir(to)
        target = to if form != 'json' else os.path.join(to, 'out')
        p = subprocess.run([kiji, '-f', form, '-j2', '-o', target, os.path.join(scratch, 'in.jsonl')])
        if p.returncode != 0 or seen.setdefault(form, digest(to)) != digest(to):
            failed.append(f'{form}: round {number} differs (status {p.returncode})')
        subprocess.run(['rm', '-rf', to])


def main():
    feds = [Fed(form) for form in FORMATS if form != 'json']
    number, seen = 0, {}
    with tempfile.TemporaryDirectory(prefix='kiji-soak-') as scratch:
        while (time.time() < deadline or number < 6) and not failed:
            for fed in feds:
                if not fed.feed():
                    failed.append(f'{fed.form}: round {number} differs')
            if number % 10 == 0:
                apart(scratch, number, seen)
            number += 1
    for fed in feds:
        if not fed.end():
            failed.append(f'{fed.form}: the end differs')
        # The first third fills caches; from there on nothing grows by more than 2 MB.
        third = len(fed.memory) // 3
        start = max(fed.memory[third:2 * third])
        last = max(fed.memory[2 * third:])
        print(f'{fed.form}: {fed.rounds} rounds of {len(articles)} articles, memory {fed.memory[0]} KB first, '
              f'{start} KB in the second third, {last} KB in the last, files {min(fed.files)} to {max(fed.files)}')
        if last > start + 2048:
            failed.append(f'{fed.form}: memory grows from {start} KB to {last} KB')
        if max(fed.files) != min(fed.files):
            failed.append(f'{fed.form}: open files {min(fed.files)} to {max(fed.files)}')
    for line in failed:
        print(f'not ok - {line}')
    print('soak: ' + ('failed' if failed else f'{number} rounds, the same bytes, flat memory, no file left open'))
    return 1 if failed else 0


sys.exit(main())
