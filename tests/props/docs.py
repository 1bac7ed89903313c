#!/usr/bin/env python3
"""Each `$ command` in the console blocks of docs/*.md prints what stands below it (TAP).

tests/props/docs.py --accept      writes what is printed now
"""
import glob, os, re, shutil, subprocess, sys, tempfile

ROOT = os.environ.get('KIJI_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KIJI = os.environ.get('KIJI') or ROOT + '/build/release/kiji'
ACCEPT = sys.argv[1:] == ['--accept']
failed = 0
with tempfile.TemporaryDirectory() as scratch:
    os.mkdir(scratch + '/bin')
    os.symlink(KIJI, scratch + '/bin/kiji')
    env = dict(os.environ, PATH=f"{scratch}/bin:{os.environ['PATH']}",
               KIJI_DATA=os.environ.get('KIJI_BUILD') or ROOT + '/build/release')
    # The commands run in a copy of what they read: they may write, and the sources stay as they are.
    os.mkdir(scratch + '/work')
    for folder in ('tests/browser', 'data'):
        shutil.copytree(f'{ROOT}/{folder}', f'{scratch}/work/{folder}', ignore=shutil.ignore_patterns('node_modules', 'kiji.weights'))
    for path in sorted(glob.glob(ROOT + '/docs/*.md')):
        text = open(path, encoding='utf-8').read()

        def example(m):
            global failed
            command, want = m.group(1), m.group(2)
            got = subprocess.run(['bash', '-c', command], cwd=scratch + '/work', env=env, capture_output=True, text=True)
            printed = got.stdout + got.stderr
            if printed and not printed.endswith('\n'):
                printed += '\n'
            if ACCEPT:
                return f'$ {command}\n{printed}'
            good = printed == want
            failed += not good
            print(f"{'ok' if good else 'not ok'} - {os.path.basename(path)}: {command}")
            if not good:
                print(re.sub('^', '# ', f'--- {path}\n{want}--- now\n{printed}', flags=re.M))
            return m.group(0)

        new = re.sub(r'^```console\n.*?^```', lambda block: re.sub(r'^\$ (.*)\n((?:(?!\$ |```).*\n)*)', example, block.group(0),
                     flags=re.M), text, flags=re.S | re.M)
        if ACCEPT:
            open(path, 'w', encoding='utf-8').write(new)
sys.exit(failed != 0)
