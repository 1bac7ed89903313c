#!/usr/bin/env python3
"""src/write/html_assets.c is what data/html/embed.py makes of the style and the script (TAP)."""
import os, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
fresh = subprocess.run([sys.executable, ROOT + '/data/html/embed.py', '--check']).returncode == 0
print(f"{'ok' if fresh else 'not ok'} - style and script of the pages are embedded as they are; else: data/html/embed.py")
sys.exit(not fresh)
