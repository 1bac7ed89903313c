"""Full disks, closed readers, signals; links, names and text that want to reach further than they may."""
import ctypes, os, pty, re, signal, socket, stat, sys, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from libfault import *

folder = os.path.join(root, 'data', 'articles')
articles = [os.path.join(folder, n) for n in sorted(os.listdir(folder))]
env = dict(os.environ, KIJI_DATA=build)


def kiji(*words, **more):
    return subprocess.run([KIJI, *words], capture_output=True, timeout=60, env=env, **more)


def skip(name, why):
    print(f'ok - {name} # SKIP {why}')


def left(where):
    return [n for n in os.listdir(where) if n.endswith('.tmp')]


# --- no room, no reader
for words in (['-f', 'yaml'], ['-f', 'jsonl', '-j2'], ['-f', 'tsv'], ['--version'], ['--help'], ['-o', '/dev/full']):
    with open('/dev/full', 'w') as full:
        inputs = [] if words[0].startswith('--') else articles
        p = subprocess.run([KIJI, *words, *inputs], stdout=full, stderr=subprocess.PIPE, env=env)
    say(p.returncode == 2 and b'cannot be written: No space left' in p.stderr, f'/dev/full, {" ".join(words)}',
        [f'{p.returncode} {p.stderr!r}'])
reader, writer = os.pipe()
os.close(reader)
p = subprocess.run([KIJI, *articles], stdout=writer, stderr=subprocess.PIPE, env=env)
os.close(writer)
say(p.returncode == -signal.SIGPIPE or p.returncode == 2, f'nobody reads: SIGPIPE or status 2 ({p.returncode})')
p = subprocess.run([KIJI, '-o', 'here.yaml', articles[0]], stderr=subprocess.PIPE, env=env, close_fds=True,
                   preexec_fn=lambda: [os.close(fd) for fd in (0, 1)])
say(p.returncode == 0 and os.path.getsize('here.yaml') > 100, 'stdin and stdout closed: -o FILE is written',
    [f'{p.returncode} {p.stderr!r}'])

# --- a small file system
def small():
    """A tmpfs of 64 KB, in a name space of its own."""
    if os.path.isdir('small'):
        return True
    os.mkdir('small')
    return subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', 'small'], capture_output=True).returncode == 0


if small():
    try:
        p = kiji('-f', 'html', '-o', 'small', *articles)
        names = os.listdir('small')
        whole = all(open(f'small/{n}', 'rb').read().rstrip().endswith(b'</html>') for n in names if n.endswith('.html'))
        say(p.returncode == 2 and b'No space left' in p.stderr, 'a full file system, a folder: status 2, said', [repr(p.stderr)])
        say(whole and not left('small'), 'a full file system, a folder: no half file', names)
        for n in names:
            os.unlink(f'small/{n}')
        open('small/old.yaml', 'w').write('old')
        open('small/ballast', 'wb').write(bytes(57344))
        p = kiji('-o', 'small/old.yaml', *articles)
        say(p.returncode == 2 and open('small/old.yaml').read() == 'old' and not left('small'),
            'a full file system, -o FILE: the old file stays', [f'{p.returncode} {p.stderr!r}'])
    finally:
        subprocess.run(['umount', 'small'])
else:
    skip('a full file system', 'no right to mount')

# --- signals in the middle of a folder
os.mkdir('many')
for i in range(400):
    os.symlink(articles[i % len(articles)], f'many/{i}')
with open('list', 'w') as f:
    f.write(''.join(f'many/{i}\n' for i in range(400)))
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
    for i, words in enumerate((['-f', 'html', '-j2', '-o', 'site/'], ['-f', 'jsonl', '-j1', '-o', 'out.jsonl'])):
        p = subprocess.Popen([KIJI, *words, '--files-from=list'], env=env, stderr=subprocess.PIPE)
        begun = time.time()
        while time.time() - begun < 20 and not (os.path.isdir('site') and len(os.listdir('site')) > 5) and i == 0:
            time.sleep(0.002)
        time.sleep(0.03)
        p.send_signal(number)
        p.communicate(timeout=60)
        label = f'{number.name}, {words[-1]}'
        good = p.returncode == -number or p.returncode == 0
        if i == 0:
            pages = [n for n in os.listdir('site') if n.endswith('.html')]
            good = good and all(open(f'site/{n}', 'rb').read().rstrip().endswith(b'</html>') for n in pages)
            good = good and (number == signal.SIGKILL or not left('site'))
            shutil.rmtree('site')
        else:
            good = good and (p.returncode == 0 or not os.path.exists('out.jsonl'))
            good = good and (number == signal.SIGKILL or not left('.'))
        for n in left('.'):
            os.unlink(n)
        if os.path.exists('out.jsonl'):
            os.unlink('out.jsonl')
        say(good, f'{label}: dies of it, whole files, nothing beside them', [f'{p.returncode}', *os.listdir('.')])

# --- links in the output folder lead nowhere
os.makedirs('site')
open('victim', 'w').write('mine')
name = os.path.basename(articles[0]).rsplit('.', 1)[0] + '.html'
p = kiji('-f', 'html', '-o', 'site', articles[0])
pages = os.listdir('site')
for n in pages:
    os.unlink(f'site/{n}')
    os.symlink('../victim', f'site/{n}')
p = kiji('-f', 'html', '-o', 'site', articles[0])
say(p.returncode == 0 and open('victim').read() == 'mine', 'links in an output folder are not followed', [repr(p.stderr)])
say(not any(os.path.islink(f'site/{n}') for n in pages), 'links in an output folder are replaced', pages)
shutil.rmtree('site')
os.makedirs('site')
for n in pages:
    os.mkfifo(f'site/{n}')
p = kiji('-f', 'html', '-o', 'site', articles[0])
say(p.returncode == 0 and all(stat.S_ISREG(os.lstat(f'site/{n}').st_mode) for n in pages),
    'FIFOs in an output folder are replaced', [repr(p.stderr)])
os.makedirs('tree/sub')
os.symlink('../../victim', 'tree/sub/a.txt')
os.symlink('/etc', 'tree/etc')
p = kiji('-f', 'jsonl', 'tree')
say(p.returncode == 0 and p.stdout == b'', 'links in an input folder are not followed', [repr(p.stdout[:200])])

# --- names and text that would steer a terminal
UNSAFE = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]')
evil = '\x1b]0;taken\x07\x1b[2J\x9b31m\u202eltr\u2066\U000e0041\r'
os.makedirs('evil')
names = ['\x1b[31mred.txt', 'two\nlines.txt', 'back\u202etxt.gpj.txt', 'tag\U000e0041\u061c.txt']
for n in names:
    open(f'evil/{n}', 'wb').write(b'\xff\xfe\x00bad')
with open(b'evil/\xff\xfe\x80name.txt', 'wb') as f:
    f.write('首相は「進む」と述べた。'.encode())
with open('evil/text.txt', 'w') as f:
    f.write(f'{evil}首相が演説\n\n　{evil}岸田文雄首相は10日、東京で「協力{evil}を深める」と述べた。\n')
for words in (['-f', 'text', '--color=never'], ['--who', '--color=never'], ['-f', 'tsv'], ['-f', 'conll']):
    p = kiji(*words, 'evil')
    for stream, data in (('output', p.stdout), ('messages', p.stderr)):
        if stream == 'output' and words[1] in ('tsv', 'conll'):
            continue
        text = data.decode('utf-8', 'surrogateescape')
        found = UNSAFE.search(text)
        say(not found and '\udcff' not in text, f'{words[1] if words[0] == "-f" else words[0]}: {stream} steer no terminal',
            [repr(text[max(0, found.start() - 40):found.end() + 40]) if found else 'raw bytes'])
p = kiji('evil/\x1b[2Jmissing', '--format=\x1b[2J')
say(b'\x1b' not in p.stderr and p.returncode == 2, 'words of the command line in messages', [repr(p.stderr)])
p = kiji('evil/\x1b[2Jmissing')
say(b'\x1b' not in p.stderr and b'\\x1B[2Jmissing' in p.stderr, 'a name with ESC is spelt', [repr(p.stderr)])
p = kiji('-f', 'html', '-o', 'evil-site/', 'evil')
say(p.returncode in (0, 1) and not any(UNSAFE.search(n) for n in os.listdir('evil-site')),
    'names in an output folder hold nothing odd', os.listdir('evil-site'))

# --- out of the sandbox, from inside the process
version = kiji('--version').stdout.decode()
os.mkdir('allowed')


def escapes(*words):
    """Names of what a finished run may still do, at its very end."""
    target = os.path.abspath('elsewhere')
    subprocess.run([KIJI, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
                   env=dict(env, LD_PRELOAD=PRELOAD, KIJI_ESCAPE=target, KIJI_FAULT_COUNT=os.path.abspath('told')))
    if os.path.exists(target):
        os.unlink(target)
    return open('told').read().split('\n')[0].split()


if 'Landlock' in version and 'seccomp' in version and not SANITIZED:
    for words in ([articles[0]], ['-f', 'html', '-o', 'allowed', articles[0]], ['-o', 'allowed/x.yaml', '-j2', *articles],
                  ['-f', 'jsonl', '--files-from=list']):
        may = escapes(*words)
        reads = ['read'] if '--files-from=list' in words else []
        say(may == reads, f'kiji {" ".join(words[:3])[:40]}: no writing elsewhere, no socket, no program', may)
    may = escapes('--no-sandbox', articles[0])
    say(may == ['write', 'read', 'socket', 'exec'], '--no-sandbox: all of it', may)
else:
    skip('the sandbox, from inside', 'not on this kernel or not in this build')

# --- a MeCab dictionary that MeCab itself dies over: the first cell of its trie leads nowhere
ipadic = '/var/lib/mecab/dic/ipadic-utf8'
if os.path.exists(os.path.join(ipadic, 'sys.dic')):
    os.mkdir('ipadic')
    for name in os.listdir(ipadic):
        os.symlink(os.path.join(ipadic, name), os.path.join('ipadic', name))
    p = kiji('--mecab-dict', 'ipadic', articles[0])
    say(p.returncode == 0 and len(p.stdout) > 1000, 'a folder of links to the files of a MeCab dictionary', [repr(p.stderr)])
    os.remove('ipadic/sys.dic')
    with open(os.path.join(ipadic, 'sys.dic'), 'rb') as f:
        data = bytearray(f.read())
    data[75] = 0x7F
    with open('ipadic/sys.dic', 'wb') as f:
        f.write(data)
    p = kiji('--mecab-dict', 'ipadic', articles[0])
    say(p.returncode == 2 and b'damaged' in p.stderr and p.stdout == b'', 'a damaged MeCab dictionary: said, status 2',
        [f'{p.returncode} {p.stderr!r}'])
else:
    skip('a damaged MeCab dictionary', f'no {ipadic}')
end()
