# kiji query: what it finds, and what it must not.
. "$KIJI_ROOT/tests/cli/lib.sh"
cat > a.jsonl <<'END'
{"id": "july", "date": "2024-07-12", "title": "会見", "text": "木原稔防衛相は記者会見で「台湾海峡の平和と安定は重要だ」と述べた。木原氏は「PAC-3を増やす」とも語った。"}
{"id": "august", "date": "2024-08-01", "text": "木原稔防衛相は「台湾海峡の動きを見ている」と述べた。"}
{"id": "other", "date": "2024-07-20", "text": "上川陽子外相は「台湾をめぐる問題は対話で」と強調した。"}
{"id": "undated", "text": "木原稔防衛相は「台湾海峡を100%守る_か」と述べた。"}
{"id": "us", "date": "2024-07-31", "text": "岸田文雄首相は「米国との協力を深める」と述べた。"}
END
run -o x.db a.jsonl
ok '-o FILE.db: status 0, silent' sh -c '[ "$(cat status)" = 0 ] && [ ! -s out ] && [ ! -s err ]'
ok '-o FILE.db: nothing else is left' sh -c '[ "$(echo x.db*)" = x.db ]'

# sources QUERY...: the records that hold what it finds
sources() { "$KIJI" query x.db -f jsonl "$@" > out 2> err; echo $? > status; field out source | tr '\n' ' '; }
finds() { want=$1; shift; got=$(sources "$@"); [ "$got" = "$want" ] || { echo "got: $got"; false; }; }
ok 'no condition: all quotes' finds 'july august other undated us ' 
ok '--who' finds 'july august undated ' --who 木原
ok '--who: an office' finds 'july august undated ' --who 防衛相
ok '--who: a full office' finds 'other ' --who=外務大臣
ok '--who: nobody' finds '' --who 山田
ok 'nothing found: status 0' status_is 0
ok '--about: three characters and more' finds 'july august undated ' --about 台湾海峡
ok '--about: two characters' finds 'july august other undated ' --about 台湾
ok '--about: half of a name that is not there' finds '' --about 湾台
ok '--about: Latin letters of either case' finds 'july ' --about pac-3
ok '--from, --to: both ends count' finds 'july other ' --from 2024-07-12 --to 2024-07-20
ok '--from: undated articles are left out' finds 'july august other us ' --from 2000-01-01
ok '--to: a day before' finds '' --to 2024-07-11
ok 'all conditions hold' finds 'july ' --who 木原 --about 台湾 --from 2024-07-01 --to 2024-07-31
ok 'only the quotes that fit' sh -c '[ "$("$KIJI" query x.db --who 木原 --about 台湾 --to 2024-07-31 -f tsv | wc -l)" = 2 ]'
for word in '%' '_' '%守る_' '100%守'; do
    ok "--about: $word is itself" finds 'undated ' --about "$word"
done
for word in "'" '"' "' OR 1=1 --" '"台湾海峡" OR "PAC-3"' 'text:台湾' '台湾*' '\' '台湾海峡 NOT 平和' 'NEAR(台湾 海峡)'; do
    ok "--about: $word is no query of its own" finds '' --about "$word"
    ok "--who: $word is no query of its own" finds '' --who "$word"
done
"$KIJI" query x.db --who 木原 --to 2024-07-31 > out
"$KIJI" --who=木原 a.jsonl > all
head -n 5 all > all5; head -n 5 out > out5
ok 'text: as --who prints' same out5 all5
ok 'text: it prints something' has out5 台湾海峡
ok 'one SQL line' sh -c 'python3 -c "import sqlite3
print(*[r[0] for r in sqlite3.connect(\"x.db\").execute(\"SELECT source FROM who_said_what WHERE speaker LIKE ? AND text LIKE ? AND date LIKE ?\", (\"%木原%\", \"%台湾%\", \"2024-07-%\"))])" | grep -qx july'
ok 'view people' sh -c 'python3 -c "import sqlite3
print(*sqlite3.connect(\"x.db\").execute(\"SELECT name, documents, quotes FROM people WHERE name = ?\", (\"木原稔\",)))" | grep -qF "('"'木原稔'"', 3, 4)"'

run query --help
ok '--help: status 0, on standard output' sh -c '[ "$(cat status)" = 0 ] && grep -q -- --about out && [ ! -s err ]'
run query
ok 'no database: status 2' status_is 2
run query nowhere.db
ok 'no such database: status 2' status_is 2
ok 'no such database: named' has err 'nowhere.db: the database cannot be read: No such file'
ok 'no such database: none is made' test ! -e nowhere.db
run query a.jsonl
ok 'not a database: said' has err 'a.jsonl: is not a kiji database'
: > empty.db
run query empty.db
ok 'an empty file: said' has err 'empty.db: is not a kiji database'
head -c 30000 x.db > cut.db
run query cut.db --about 台湾
ok 'a damaged database: status 2' status_is 2
ok 'a damaged database: said' has err 'cut.db: is damaged'
run query x.db --from july
ok 'no date: status 2, said' has err "--from: 'july' is not a date"
run query x.db --nonsense
ok 'unknown option: said' has err 'see kiji query --help'
run query x.db y.db
ok 'two databases: status 2' status_is 2
"$KIJI" query x.db > /dev/full 2> err
echo $? > status
ok 'a full disk: status 2' status_is 2
run -f sqlite a.jsonl
ok '-f sqlite without -o: status 2, said' has err '-o FILE.db'
end
