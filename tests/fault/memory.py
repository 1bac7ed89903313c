"""Each allocation fails, in kiji and in its libraries: a message, the status, nothing half, no crash."""
import errno, gzip, json, os, sys, tarfile
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from libfault import *

folder = os.path.join(root, 'data', 'articles')
names = sorted(os.listdir(folder))[:3]
articles = [os.path.join(folder, n) for n in names]
with open('records.jsonl', 'w', encoding='utf-8') as f:
    for n in names:
        text = open(os.path.join(folder, n), encoding='utf-8').read()
        f.write(json.dumps({'id': n, 'text': text, 'date': '2024-05-01'}, ensure_ascii=False) + '\n')
with open('own.tsv', 'w', encoding='utf-8') as f:
    f.write('weapon\tforms\tkind\tcountry\tcontext\n零式光線砲\tゼロ砲\tレーザー兵器\tJP\t-\n')
with open('sjis.txt', 'wb') as f:
    f.write(open(articles[0], encoding='utf-8').read().encode('shift_jis', 'replace'))

page = '<meta charset=Shift_JIS><title>見出し</title><nav>案内。</nav><p>木原稔防衛相は「守る」と述べた。</p>'.encode('cp932')
with open('page.html', 'wb') as f:
    f.write(page)
with open('feed.xml', 'wb') as f:
    f.write('<?xml version="1.0" encoding="EUC-JP"?><rss><channel><item><guid>1</guid><title>木原稔防衛相が会見</title>'
            '<description>&lt;p&gt;木原氏は「守る」と述べた。</description></item></channel></rss>'.encode('euc-jp'))
with gzip.open('crawl.warc.gz', 'wb') as f:
    body = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n' + gzip.compress(page)
    f.write(b'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: u\r\nContent-Type: application/http\r\n'
            b'Content-Length: %d\r\n\r\n%s\r\n\r\n' % (len(body), body))
with open('chunks.warc', 'wb') as f:
    body = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n' % (len(page), page)
    f.write(b'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: u\r\nContent-Type: application/http\r\n'
            b'Content-Length: %d\r\n\r\n%s\r\n\r\n' % (len(body), body))
with tarfile.open('all.tar.gz', 'w:gz') as archive:
    for n in ('sjis.txt', 'page.html', 'feed.xml', 'records.jsonl'):
        archive.add(n, 'entries/' + n)
subprocess.run([KIJI, '-o', 'asked.db', *articles], env=dict(os.environ, KIJI_DATA=build), check=True)

PATHS = {
    'yaml': articles[:1],
    'yaml, -o, -j 2': ['-j2', '-o', '{to}/out.yaml'] + articles,
    'jsonl from jsonl': ['-f', 'jsonl', '--explain', '--with-text', 'records.jsonl'],
    'tsv': ['-f', 'tsv', '-s', 'quotes'] + articles[:2],
    'text': ['-f', 'text', '--color=always', '--width=60'] + articles[:1],
    'html folder': ['-f', 'html', '-o', '{to}', '-j1'] + articles[:2],
    '--dict': ['--dict', 'own.tsv', '-f', 'jsonl'] + articles[:1],
    'Shift_JIS': ['-f', 'conll', 'sjis.txt'],
    'a folder': ['-f', 'who', '-j1', folder],
    'a page': ['-f', 'jsonl', 'page.html'],
    'a feed': ['-f', 'jsonl', 'feed.xml'],
    'a crawl': ['-f', 'jsonl', 'crawl.warc.gz'],
    'chunks': ['-f', 'jsonl', 'chunks.warc'],
    'an archive': ['-f', 'jsonl', '-j2', '--ext=txt,html,xml,jsonl', 'all.tar.gz'],
    'a database': ['-j1', '-o', '{to}/x.db'] + articles[:2],
    'a query': ['query', 'asked.db', '--about=協力'],
    'terms of all': ['--corpus-keywords', folder],
    'parts': ['-f', 'jsonl', '--split=blank', '--errors={to}/errors'] + articles[:1],
    '--keep': ['-f', 'jsonl', '--keep', '--fields=text=text,title=id', 'records.jsonl'],
    '--version': ['--version'],
}

for name, words in PATHS.items():
    whole, count = counted(words, SEAM)
    if whole.status != 0:
        say(False, f'{name}: the run without failures', [repr(whole.err)])
        continue
    cases = [(f'allocation {n}', lambda n=n: run(words, SEAM, KIJI_FAIL_AT=str(n))) for n in sample(count, 45)]
    sweep(f'allocations of kiji, {name}', cases, whole)

if SANITIZED:
    print('ok - allocations of the libraries # SKIP sanitizers have their own malloc')
else:
    for name in ('yaml', 'yaml, -o, -j 2', 'jsonl from jsonl', 'html folder', 'Shift_JIS', 'a page', 'a feed', 'a crawl',
                 'an archive', 'a database', 'a query'):
        words = PATHS[name]
        fault = f'malloc,0,{errno.ENOMEM},none'
        whole, count = counted(words, KIJI_FAULT=fault, LD_PRELOAD=PRELOAD)
        for mode in ('once', 'on'):
            cases = [(f'malloc {n} {mode}', lambda n=n: run(words, LD_PRELOAD=PRELOAD,
                                                            KIJI_FAULT=f'malloc,{n},{errno.ENOMEM},{mode}'))
                     for n in sample(count, 45)]
            # libarchive 3.6 itself falls where some of its own allocations fail.
            dies = -signal.SIGSEGV if name == 'a crawl' else None
            sweep(f'allocations of all, {mode}, {name}', cases, whole, dies=dies)
end()
