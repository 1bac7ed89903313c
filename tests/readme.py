#!/usr/bin/env python3
"""The examples of README.md: each `$ command` of a console block prints what stands below it, run in the root of the
sources. --accept writes what is printed now. KIJI is the program, KIJI_BUILD the folder of its data."""
import os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KIJI = os.environ.get('KIJI', os.path.join(ROOT, 'build/release/kiji'))
README = os.path.join(ROOT, 'README.md')
BLOCK = re.compile(r'^```console\n(.*?)^```', re.S | re.M)


def run(command, folder):
    env = dict(os.environ, PATH=f"{folder}:{os.environ['PATH']}", LC_ALL='C.UTF-8',
               KIJI_DATA=os.environ.get('KIJI_BUILD', os.path.dirname(KIJI)))
    p = subprocess.run(['bash', '-c', command], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return f'$ {command}\n' + p.stdout.decode('utf-8')


with open(README, encoding='utf-8') as f:
    text = f.read()
with tempfile.TemporaryDirectory() as folder:
    os.symlink(KIJI, os.path.join(folder, 'kiji'))
    now = BLOCK.sub(lambda m: '```console\n' + ''.join(
        run(c, folder) for c in re.findall(r'^\$ (.*)$', m.group(1), re.M)) + '```', text)
if '--accept' in sys.argv:
    with open(README, 'w', encoding='utf-8') as f:
        f.write(now)
elif not BLOCK.search(text):
    sys.exit('README.md has no examples')
elif now != text:
    sys.exit(subprocess.run(['diff', '-u', README, '-'], input=now.encode('utf-8')).returncode)
