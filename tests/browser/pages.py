#!/usr/bin/env python3
"""Runs check.mjs where Chromium, node and the packages are (make check-browser installs them); screenshots in build/browser."""
import os, shutil, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
browser = os.environ.get('CHROMIUM') or shutil.which('chromium') or shutil.which('chromium-browser')
node = shutil.which('node')
missing = [what for what, there in (('chromium', browser), ('node', node),
           ('tests/browser/node_modules', os.path.isdir(HERE + '/node_modules/playwright-core'))) if not there]
if missing:
    print(f"ok - pages in Chromium # SKIP missing: {', '.join(missing)}; make check-browser installs them")
    sys.exit(0)
env = dict(os.environ, CHROMIUM=browser)
sys.exit(subprocess.run([node, HERE + '/check.mjs', os.environ['KIJI'], ROOT + '/build/browser'], env=env).returncode)
