# The examples of README.md are real: each `$ command` of a console block prints what stands below it.
. "$KIJI_ROOT/tests/cli/lib.sh"
mkdir bin
ln -s "$KIJI" bin/kiji
python3 - > log 2>&1 <<'PY'
import os, re, subprocess
root = os.environ['KIJI_ROOT']
env = dict(os.environ, PATH=os.getcwd() + '/bin:' + os.environ['PATH'], KIJI_DATA=os.environ['KIJI_BUILD'])
blocks = re.findall(r'^```console\n(.*?)^```', open(f'{root}/README.md', encoding='utf-8').read(), re.S | re.M)
assert blocks, 'README.md has no console blocks'
n = 0
for block in blocks:
    for m in re.finditer(r'^\$ (.*)\n((?:(?!\$ ).*\n)*)', block, re.M):
        command, want = m.groups()
        if command.startswith(('make', 'sudo', 'git ')):
            continue
        got = subprocess.run(['bash', '-c', command], cwd=root, env=env, capture_output=True, text=True)
        n += 1
        if got.stdout + got.stderr != want:
            print(f'$ {command}\n--- README.md\n{want}--- now\n{got.stdout}{got.stderr}')
assert n >= 3, 'fewer than three examples'
PY
ok 'the examples of README.md' test ! -s log
[ ! -s log ] || sed 's/^/# /' log
end
