#!/usr/bin/env python3
"""Run kiji over an archive on an Apache Spark cluster.

    spark-submit --master spark://… kiji_spark.py --kiji /usr/local/bin/kiji --data /usr/local/share/kiji \\
        --output hdfs:///news/kiji hdfs:///news/*.jsonl.gz

Reads JSON Lines (`id`, `title`, `text`, `date`) or, with --text, folders of articles in UTF-8; writes Parquet:

    OUT/records    source, record         the whole record (schema kiji/1) as JSON
    OUT/entities   source, id, type, name, key, country, kind, offices, mentions
    OUT/quotes     source, kind, speaker, speaker_text, speaker_name, verb, addressee, occasion, start, end, text
    OUT/errors     source, reason, line   articles that failed, as they were read

The program, its data and --dict files travel to the workers with addFile; the workers need the libraries that kiji is
linked with and IPADIC (Debian: libmecab2, libicu72, libyaml-0-2, libjansson4, mecab-ipadic-utf8). A failed article
is a row of `errors`, never a failed task; a task fails where nothing could work, e.g. without a dictionary.
"""
import argparse
import itertools
import json
import os
import re
import subprocess
import sys

BATCH = 1000  # articles a process: what starting kiji costs is spread over them, and memory stays small
MESSAGE = re.compile(r'kiji: -: line (\d+): (.*)')

RECORDS = 'source string, record string, reason string, line string'
RECORD = '''
    entities array<struct<id: string, type: string, name: string, reading: string, key: string, country: string,
        kind: string, offices: array<struct<title: string, country: string, status: string>>,
        mentions: array<struct<start: int, end: int, text: string>>>>,
    quotes array<struct<kind: string, speaker: string, speaker_text: string, verb: string, addressee: string,
        occasion: string, start: int, end: int, text: string>>'''


def identity(line):
    """The name of an article that failed, where its line says one."""
    try:
        record = json.loads(line)
        name = record.get('id', record.get('source'))
        return None if name is None else str(name)
    except (ValueError, AttributeError):
        return None


def run_batch(command, environment, lines):
    """-> rows of RECORDS. The program answers each line in turn, with a record or a message."""
    done = subprocess.run(command, env=environment, input='\n'.join(lines).encode() + b'\n', capture_output=True)
    messages = done.stderr.decode('utf-8', 'replace')
    if done.returncode >= 2:
        raise RuntimeError(f'kiji cannot work here: {messages[-2000:]}')
    failed = {int(m.group(1)): m.group(2) for m in map(MESSAGE.fullmatch, messages.split('\n')) if m}
    # A process that was killed may leave half a record.
    records = [r for r in done.stdout.decode().split('\n')[:-1]]
    rows = [(json.loads(r)['source'], r, None, None) for r in records]
    rows += [(identity(lines[n - 1]), None, why, lines[n - 1]) for n, why in failed.items()]
    if done.returncode < 0:
        # Killed: by the first article that it did not answer. The ones behind it get another process.
        at = len(records) + len(failed)
        rows += [(identity(line), None, f'kiji was ended by signal {-done.returncode}', line)
                 for line in lines[at:at + 1]]
        rest = lines[at + 1:]
        rows += run_batch(command, environment, rest) if rest else []
    return rows


def analyze(dictionaries, options):
    """-> what a partition of lines becomes; runs on the workers."""
    def partition(lines):
        from pyspark import SparkFiles
        kiji = SparkFiles.get('kiji')
        if not os.access(kiji, os.X_OK):
            os.chmod(kiji, 0o755)
        environment = dict(os.environ, KIJI_DATA=SparkFiles.getRootDirectory())
        command = [kiji, '-f', 'jsonl', '--input=jsonl', '-j1', '-q', '-v', *options]
        command += [f'--dict={SparkFiles.get(name)}' for name in dictionaries]
        full = (line for line in lines if line.strip(' \t\r'))
        while batch := list(itertools.islice(full, BATCH)):
            yield from run_batch(command, environment, batch)
    return partition


def article(path_and_text):
    path, text = path_and_text
    return json.dumps({'id': path, 'text': text}, ensure_ascii=False)


def read_lines(context, options):
    if options.text:
        lines = context.wholeTextFiles(','.join(options.input), options.partitions).map(article)
    else:
        lines = context.textFile(','.join(options.input), options.partitions)
    # A compressed file is one partition: deal its lines out.
    return lines.repartition(options.partitions)


def write(spark, rows, output):
    from pyspark.sql import functions as f
    # To disk first: what follows reads it again and does not analyze again.
    rows.write.parquet(f'{output}/work')
    done = spark.read.parquet(f'{output}/work')
    good = done.where('record is not null').select('source', 'record')
    good.write.parquet(f'{output}/records')
    done.where('record is null').select('source', 'reason', 'line').write.parquet(f'{output}/errors')
    found = good.select('source', f.from_json('record', RECORD).alias('r'))
    entities = found.select('source', f.explode('r.entities').alias('e')).select('source', 'e.*')
    entities.write.parquet(f'{output}/entities')
    quotes = found.select('source', f.col('r.entities').alias('entities'), f.explode('r.quotes').alias('q'))
    name = f.expr('get(filter(entities, e -> e.id = q.speaker), 0).name')
    quotes.select('source', 'q.*', name.alias('speaker_name')).write.parquet(f'{output}/quotes')


def remove(spark, path):
    jvm = spark.sparkContext._jvm
    folder = jvm.org.apache.hadoop.fs.Path(path)
    folder.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).delete(folder, True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--kiji', default='kiji', help='the program, a path of this machine')
    parser.add_argument('--data', required=True, help='folder of kiji.dic and kiji.weights')
    parser.add_argument('--dict', action='append', default=[], help='a dictionary of your own; may be repeated')
    parser.add_argument('--output', required=True, help='folder for the Parquet tables; must not be there yet')
    parser.add_argument('--partitions', type=int, default=64, help='pieces of work; several a core')
    parser.add_argument('--text', action='store_true', help='the inputs are articles, not JSON Lines')
    parser.add_argument('--option', action='append', default=[], help='for kiji, e.g. --option=--max-size=1M')
    parser.add_argument('input', nargs='+')
    options = parser.parse_args()

    from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName('kiji').getOrCreate()
    context = spark.sparkContext
    for path in [options.kiji, f'{options.data}/kiji.dic', f'{options.data}/kiji.weights', *options.dict]:
        context.addFile(path)
    names = [os.path.basename(path) for path in options.dict]
    rows = read_lines(context, options).mapPartitions(analyze(names, options.option))
    write(spark, spark.createDataFrame(rows, RECORDS), options.output)
    remove(spark, f'{options.output}/work')
    spark.stop()
    return 0


if __name__ == '__main__':
    sys.exit(main())
