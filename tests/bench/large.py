#!/usr/bin/env python3
"""large.py KIJI [MB]: archives of a gigabyte, made while they are read, through a pipe (TAP; minutes).

A .tar.gz and a .warc.gz of MB megabytes each (default 1000), which hold MB megabytes of articles or pages among pictures.
What must hold: each article is answered, each round of the same articles with the same records; memory is that of a
small archive; kiji writes its output and nothing else, so that nothing is unpacked to disk.

Articles: the corpus beside this checkout (../shared/corpus, KIJI_SHARED), else data/articles.
large.py --make KIND MB writes such an archive to standard output.
"""
import glob, gzip, hashlib, html, json, os, random, re, subprocess, sys, tarfile, threading, time, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('KIJI_SHARED', os.path.join(ROOT, '../shared'))
CORPUS = os.path.join(SHARED, 'corpus/wikinews.jsonl.gz')
KINDS = ('tar.gz', 'warc.gz')
SMALL = 60  # megabytes: several rounds, so that both workers have met the largest article
EVERY = 40  # articles between two pictures
PAGE = '''<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{title} | 日報</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2024-07-28T10:00:00+09:00">
<script>var page = {{"menu": ["政治", "国際", "防衛"]}};</script></head>
<body><nav><ul><li><a href="/1">政治</a></li><li><a href="/2">国際</a></li><li><a href="/3">防衛</a></li></ul></nav>
<article><h1>{title}</h1>
{body}
</article><aside><h2>関連する記事</h2><ul><li><a href="/4">前の会見</a></li><li><a href="/5">次の会見</a></li></ul></aside>
<form><textarea name="comment">意見を書く</textarea></form><footer>日報社</footer></body></html>
'''


def articles():
    if os.path.exists(CORPUS):
        with gzip.open(CORPUS, 'rt', encoding='utf-8') as f:
            return [json.loads(line)['text'] for line in f]
    return [open(n, encoding='utf-8').read() for n in sorted(glob.glob(f'{ROOT}/data/articles/*.txt'))]


# --- making them, in a process of its own: a large parent would count in the memory of its child

def tar_entry(name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info.tobuf() + data + bytes(-len(data) % 512)


def page(text):
    title, _, rest = text.strip().partition('\n')
    body = ''.join(f'<p>{html.escape(line)}</p>\n' for line in (rest or title).split('\n') if line.strip())
    return PAGE.format(title=html.escape(title), body=body).encode()


def warc_record(name, data, kind):
    body = f'HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n'.encode() + data
    head = (f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.jp/{name}\r\n'
            f'Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n')
    return gzip.compress(head.encode() + body + b'\r\n\r\n', 1)


class Squeezed:
    """A stream in gzip; records of a crawl are members of their own and come as they are."""

    def __init__(self, kind):
        self.gzip = zlib.compressobj(1, wbits=31) if kind == 'tar.gz' else None
        self.nbytes = 0

    def put(self, data, last=False):
        if self.gzip:
            data = self.gzip.compress(data) + (self.gzip.flush() if last else b'')
        self.nbytes += len(data)
        sys.stdout.buffer.write(data)


def make(kind, megabytes):
    """Whole rounds of the articles until the archive and what it holds are that large."""
    pictures, out = random.Random(1), Squeezed(kind)
    plain = [text.encode() if kind == 'tar.gz' else page(text) for text in articles()]
    entry = tar_entry if kind == 'tar.gz' else lambda name, data: warc_record(name, data, 'text/html; charset=utf-8')
    held = rounds = 0
    while held < megabytes * 1e6:
        for number, data in enumerate(plain):
            out.put(entry(f'{rounds}/{number}.{"txt" if kind == "tar.gz" else "html"}', data))
            held += len(data)
            if number % EVERY == 0:
                # As much as the archive is behind what it holds: its own size comes out the same.
                picture = pictures.randbytes(max(4096, held - out.nbytes))
                name = f'{rounds}/{number}.png'
                out.put(tar_entry(name, picture) if kind == 'tar.gz' else warc_record(name, picture, 'image/png'))
        rounds += 1
    out.put(bytes(1024) if kind == 'tar.gz' else b'', last=True)
    sys.stdout.flush()
    print(json.dumps({'rounds': rounds, 'articles': rounds * len(plain), 'held': held, 'nbytes': out.nbytes}), file=sys.stderr)


# --- reading them

class Reader(threading.Thread):
    """Takes the records as they come: how many, and a digest of each round without the names."""

    def __init__(self, pipe):
        super().__init__()
        self.pipe, self.records, self.nbytes, self.rounds = pipe, 0, 0, {}
        self.start()

    def run(self):
        source = re.compile(rb'"source":"(?:-!|https://example\.jp/)(\d+)/[^"]*"')
        for line in self.pipe:
            self.records += 1
            self.nbytes += len(line)
            found = source.search(line)
            digest = self.rounds.setdefault(found.group(1), hashlib.blake2b())
            digest.update(line[:found.start()] + line[found.end():])


def write_calls(pid):
    """Bytes that a process that has ended, and has not been waited for, gave to write and to disks."""
    with open(f'/proc/{pid}/io', encoding='ascii') as f:
        found = dict(line.split(': ') for line in f)
    return int(found['wchar']), int(found['write_bytes'])


def run(kiji, kind, megabytes, jobs):
    """-> what was made, what was read, the kernel's count of kiji, seconds."""
    maker = subprocess.Popen([sys.executable, __file__, '--make', kind, str(megabytes)], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    begin = time.monotonic()
    child = subprocess.Popen([kiji, '-f', 'jsonl', f'-j{jobs}', '-'], stdin=maker.stdout, stdout=subprocess.PIPE)
    maker.stdout.close()
    reader = Reader(child.stdout)
    made = json.loads(maker.stderr.read())
    maker.wait()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    reader.join()
    wrote = write_calls(child.pid)
    _, status, usage = os.wait4(child.pid, 0)
    return made, reader, wrote, usage, os.waitstatus_to_exitcode(status), time.monotonic() - begin


passed = failed = 0


def ok(good, name, detail=''):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f'{"ok" if good else "not ok"} - {name}' + ('' if good else f'\n# {detail}'), flush=True)


def check(kiji, kind, megabytes):
    small = run(kiji, kind, min(SMALL, megabytes / 2), 2)[3].ru_maxrss
    made, read, wrote, usage, status, wall = run(kiji, kind, megabytes, 2)
    cpu = usage.ru_utime + usage.ru_stime
    label = f'{made["nbytes"] / 1e6:.0f} MB of .{kind}'
    ok(made['nbytes'] >= megabytes * 1e6, f'{label}: it is that large')
    ok(status == 0 and read.records == made['articles'], f'{label}: {read.records} articles, all answered',
       (status, read.records, made))
    ok(len(read.rounds) == made['rounds'] and len({d.digest() for d in read.rounds.values()}) == 1,
       f'{label}: {made["rounds"]} rounds, the same records each')
    ok(usage.ru_maxrss <= small * 1.1, f'{label}: peak memory {usage.ru_maxrss / 1024:.0f} MiB, of a small one {small / 1024:.0f} MiB')
    ok(usage.ru_maxrss <= 150 * 1024, f'{label}: no more than 150 MiB', usage.ru_maxrss)
    # The disk's own books (when was this file read?) count a page or two.
    ok(wrote[0] <= read.nbytes + 4096 and wrote[1] <= 1 << 20, f'{label}: {read.nbytes / 1e6:.0f} MB of records and nothing else is written',
       (wrote, read.nbytes))
    text = made['held'] / 1e6
    return [f'.{kind}', f'{made["nbytes"] / 1e6:.0f}', f'{text:.0f}', read.records, f'{cpu:.0f}', f'{wall:.0f}', f'{text / cpu:.1f}',
            f'{read.records / cpu:.0f}', f'{small / 1024:.0f}', f'{usage.ru_maxrss / 1024:.0f}']


def main():
    if sys.argv[1] == '--make':
        make(sys.argv[2], float(sys.argv[3]))
        return 0
    from measure import table
    kiji, megabytes = os.path.abspath(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rows = [check(kiji, kind, megabytes) for kind in KINDS]
    print(f'\nkiji -f jsonl -j2 - beside the process that makes the archive; load {os.getloadavg()[0]:.1f}\n')
    table(['archive', 'MB', 'MB of text', 'articles', 'CPU s', 'wall s', 'text MB/s', 'articles/s', f'MiB, {SMALL} MB', 'peak MiB'], rows)
    print('MB/s and articles/s are by CPU, user and system; kiji had two workers.\n')
    print(f'{passed} passed, {failed} failed')
    return failed != 0


if __name__ == '__main__':
    sys.exit(main())
