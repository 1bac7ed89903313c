# kiji
#   make            build/release/kiji          make check           all tests (installs what is missing, if it may)
#   make demo       the three uses, for real    make check-asan      the same under AddressSanitizer and UBSan
#   make install    PREFIX= DESTDIR=            make check-valgrind  the same under valgrind
#   make lint       format, clang-tidy, layers  make bench           user CPU and memory against bare mecab
#   make fuzz       SECONDS=60 on each target   make bench-check     instructions (callgrind) against what is recorded
#   make bench QUICK=1  the shortest of it      make check-tsan      workers under ThreadSanitizer
#   make afl        SECONDS=60, AFL++ on kiji   make check-linear    hostile texts of 1 MB and 10 MB
#   make coverage   lines and branches tested   make analyze         gcc -fanalyzer and cppcheck
#   make check-spark  on two Spark workers      make check-large     archives of 1 GB, memory and speed
# Honours CC, CFLAGS, LDFLAGS, PREFIX, DESTDIR.

CC      ?= cc
PREFIX  ?= /usr/local
FLAVOUR ?= release
BUILD   := build/$(FLAVOUR)
BINDIR   = $(DESTDIR)$(PREFIX)/bin
DATADIR  = $(DESTDIR)$(PREFIX)/share

# The release is compiled twice by gcc: what is counted over data/articles says which way branches go and what is worth
# inlining (4 % of the time). PGO=no: once. Neither for flags of your own nor for another compiler.
ifeq ($(FLAVOUR)$(origin CFLAGS)$(shell echo __clang__ | $(CC) -E -P - 2>/dev/null),releaseundefined__clang__)
PGO ?= yes
endif
COUNTS := $(if $(filter yes,$(PGO)),$(BUILD)/counts)

CFLAGS_release := -O3 -g $(if $(COUNTS),-fprofile-use -fprofile-partial-training -Wno-missing-profile \
                  -Wno-coverage-mismatch)
CFLAGS_counts  := -O3 -g -fprofile-generate
CFLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_tsan    := -O1 -g -fsanitize=thread
CFLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined \
                  -fno-omit-frame-pointer
CFLAGS_afl     := -O2 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
HARDEN_release := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong
HARDEN_counts  := $(HARDEN_release)
CFLAGS         ?= $(CFLAGS_$(FLAVOUR))

# Empty where nothing is installed yet: `make check` and `make demo` install first and call make again.
# LATE: loaded where they are used (src/base/late.h); tests use them as well, and are linked.
PKGS      := icu-uc icu-i18n yaml-0.1 jansson zlib
LATE_PKGS := gumbo expat libarchive sqlite3
PKG_FLAGS := $(shell pkg-config --cflags $(PKGS) $(LATE_PKGS) 2>/dev/null) $(shell mecab-config --cflags 2>/dev/null)
PKG_LIBS  := $(shell pkg-config --libs $(PKGS) 2>/dev/null || echo -licui18n -licuuc -licudata -lyaml -ljansson -lz)
LATE_LIBS := $(shell pkg-config --libs $(LATE_PKGS) 2>/dev/null || echo -lgumbo -lexpat -larchive -lsqlite3) -lmecab

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(WERROR)
COMPILE := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -Isrc -fPIE $(WARN) $(PKG_FLAGS) \
           $(HARDEN_$(FLAVOUR)) -DKIJI_DATA_DIR='"$(PREFIX)/share/kiji"'
LINK    := -pie -Wl,-z,relro,-z,now
LIBS    := $(PKG_LIBS) -lm -lpthread $(if $(filter Linux,$(shell uname -s)),-ldl)

ROOMS   := base read words find doc write
LIB_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(foreach room,$(ROOMS),$(sort $(wildcard src/$(room)/*.c))))
CLI_OBJ := $(patsubst %.c,$(BUILD)/%.o,src/main.c $(sort $(wildcard src/cli/*.c)))
TRAIN   := $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/tools/dictc.c,$(sort $(wildcard src/tools/*.c))))
UNITS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
DICT    := $(sort $(wildcard dict/*.tsv))
WEIGHTS := $(wildcard data/kiji.weights)
DATA    := $(BUILD)/kiji.dic $(WEIGHTS:data/%=$(BUILD)/%)

all: needed $(BUILD)/kiji $(DATA)

# Names what is missing in one line, and stops there.
needed:
	@sh tests/setup.sh check

$(BUILD)/kiji: $(CLI_OBJ) $(BUILD)/libkiji.a
	$(CC) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libkiji.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/dictc: $(BUILD)/src/tools/dictc.o $(BUILD)/libkiji.a
	$(CC) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/train: $(TRAIN) $(BUILD)/libkiji.a
	$(CC) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/kiji.dic: $(BUILD)/dictc $(DICT)
	$(BUILD)/dictc -o $@ $(DICT)

$(BUILD)/kiji.weights: data/kiji.weights
	@mkdir -p $(@D)
	cp $< $@

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/libkiji.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS) $(LATE_LIBS) -lcmocka

# cli is no part of the library: its tests take the objects they need.
$(BUILD)/tests/test_cli_%: $(BUILD)/tests/unit/test_cli_%.o $(filter-out %/main.o,$(CLI_OBJ)) $(BUILD)/libkiji.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS) $(LATE_LIBS) -lcmocka

# What makes calls fail (tests/fault). Sanitizers bring their own malloc.
FAULTS := $(BUILD)/tests/preload.so $(BUILD)/tests/kiji-seam
$(BUILD)/tests/preload.so: tests/fault/preload.c
	@mkdir -p $(@D)
	$(CC) -O1 -g -shared -fPIC -Wall -Wextra $(if $(filter asan tsan,$(FLAVOUR)),-DWITHOUT_MALLOC) \
	    $(if $(filter cov,$(FLAVOUR)),-DSTOPS_AT_EXIT) -o $@ $< -ldl

$(BUILD)/tests/kiji-seam: tests/fault/seam.c src/main.c $(filter-out %/main.o,$(CLI_OBJ)) $(BUILD)/libkiji.a
	@mkdir -p $(@D)
	$(CC) $(COMPILE) $(CFLAGS) $(CPPFLAGS) -Dmain=kiji_main -Wno-missing-prototypes -c -o $(BUILD)/tests/kiji_main.o src/main.c
	$(CC) $(COMPILE) $(CFLAGS) $(CPPFLAGS) $(LINK) $(LDFLAGS) -o $@ tests/fault/seam.c $(BUILD)/tests/kiji_main.o \
	    $(filter-out src/main.c tests/fault/seam.c,$^) $(LIBS)

$(BUILD)/tests/unit/%.o: tests/unit/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(COMPILE) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/fuzz/%.o: tests/fuzz/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(COMPILE) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.o: %.c $(BUILD)/flags $(COUNTS)
	@mkdir -p $(@D)
	$(if $(COUNTS),@[ ! $< -nt $(@:.o=.gcda) ] || rm -f $(@:.o=.gcda))
	$(CC) $(COMPILE) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

# Objects follow the flags they were made with.
FLAGS := $(CC) $(COMPILE) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS)
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(FLAGS))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(FLAGS))' > $@

# The counts of each object lie beside it, where gcc looks for them. They are taken once: `make clean` forgets them, and
# a file that changed since has none.
$(BUILD)/counts: data/count.sh
	@$(MAKE) --no-print-directory FLAVOUR=counts PGO=no all
	@sh data/count.sh build/counts $(BUILD)
	@touch $@

tools: $(BUILD)/dictc $(BUILD)/train

# Learn data/kiji.weights again from the annotated articles and the news beside this checkout, and from data/annotations:
# the same bytes.
SHARED ?= ../shared
model: tools $(BUILD)/kiji.dic
	zcat $(SHARED)/corpus/wikinews.jsonl.gz > $(BUILD)/news.jsonl
	rm -rf $(BUILD)/quotes
	python3 src/tools/quote_articles.py data/annotations/quotes.tsv $(BUILD)/news.jsonl $(BUILD)/quotes
	$(BUILD)/train -v -q $(BUILD)/quotes -c $(BUILD)/news.jsonl -d $(BUILD)/kiji.dic -o data/kiji.weights \
	    $(SHARED)/gold/train

# kiji beside GiNZA on the annotated articles: installs GiNZA into build/ginza.
compare: all
	@sh tests/setup.sh install venv
	[ -x build/ginza/bin/python ] || python3 -m venv build/ginza
	build/ginza/bin/pip install -q ginza ja-ginza
	build/ginza/bin/python tests/compare/compare.py

# Other ways to learn the model, on the same features (needs liblbfgs-dev): LEARNER=… build/release/learners, as train.
learners: $(BUILD)/learners $(BUILD)/kiji.dic
$(BUILD)/learners: $(BUILD)/tests/compare/learners.o $(filter-out %/crf.o,$(TRAIN)) $(BUILD)/libkiji.a
	$(CC) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS) -llbfgs

$(BUILD)/tests/compare/%.o: tests/compare/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(COMPILE) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

# The first command on a bare machine: install, then start again with what is there now, on all processors.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 2))
demo:
	@sh tests/setup.sh install
	@$(MAKE) --no-print-directory $(JOBS) all
	@sh data/demo.sh $(BUILD)/kiji

# KIJI_CHECK='browser spark': Chromium and the readers of the other formats, Spark are installed first, where they can
# be had.
check:
	@sh tests/setup.sh install
	@for what in $$KIJI_CHECK; do $(MAKE) --no-print-directory $$what-tools || \
	    echo "kiji: what the tests of the $$what need cannot be had here: they will be skipped" >&2; done
	@$(MAKE) --no-print-directory $(JOBS) run-tests

check-asan:
	@sh tests/setup.sh install
	@$(MAKE) --no-print-directory $(JOBS) FLAVOUR=asan run-tests

# The pages in Chromium, the other formats in the programs that they are for. What make check names as skipped.
READERS := spacy brat-peek brat-tools
check-browser: browser-tools
	@$(MAKE) --no-print-directory all
	@tests/run --build $(BUILD) browser props/readers props/schemas

browser-tools:
	@sh tests/setup.sh install chromium node npm venv
	@npm ci --silent --no-audit --no-fund --ignore-scripts --prefix tests/browser
	@[ -x build/tools/bin/python ] || python3 -m venv build/tools
	@build/tools/bin/pip install -q --disable-pip-version-check $(READERS)

# Apache Spark on this machine, two workers. What make check names as skipped.
check-spark: spark-tools
	@$(MAKE) --no-print-directory all
	@tests/run --build $(BUILD) props/spark

# Spark 4 runs on Java 17 and later, which is Debian 12's.
spark-tools:
	@sh tests/setup.sh install java venv
	@[ -x build/spark/venv/bin/python ] || python3 -m venv build/spark/venv
	@build/spark/venv/bin/pip install -q --disable-pip-version-check 'pyspark>=4,<5'

check-valgrind:
	@sh tests/setup.sh install valgrind
	@$(MAKE) --no-print-directory run-tests \
	    TESTS='--exec-prefix "valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite" unit golden cli'

# The workers of -j under ThreadSanitizer: the tests of the command and of the library.
check-tsan:
	@sh tests/setup.sh install
	@$(MAKE) --no-print-directory FLAVOUR=tsan TESTS='unit cli props/order' run-tests

# Lines and branches of src/ (without src/tools) that the tests reach, those that make calls fail among them.
CFLAGS_cov := -O0 -g --coverage -fprofile-update=atomic -DKIJI_COUNTS_DIR='"$(CURDIR)/build/cov"'
coverage:
	@sh tests/setup.sh install gcovr
	@find build/cov -name '*.gcda' -delete 2> /dev/null || true
	@GCOV_ERROR_FILE=/dev/null $(MAKE) --no-print-directory FLAVOUR=cov run-tests \
	    TESTS='unit golden cli fuzz fault props/formats props/hostile props/order'
	@gcovr -r . --object-directory build/cov --filter 'src/' --exclude 'src/tools/' --exclude-throw-branches \
	    --exclude-unreachable-branches --fail-under-line 90 --fail-under-branch 80 \
	    --print-summary --txt build/cov/coverage.txt
	@echo 'file by file: build/cov/coverage.txt'

# gcc's and cppcheck's own analysis. What is passed over, and why: tests/lint/cppcheck.txt and beside the code.
analyze:
	@sh tests/setup.sh install cppcheck
	$(MAKE) --no-print-directory FLAVOUR=analyze CFLAGS='-O1 -fanalyzer' WERROR=-Werror build/analyze/kiji
	cppcheck -q -j 2 --std=c11 --enable=warning,performance,portability --error-exitcode=1 --inline-suppr \
	    --suppressions-list=tests/lint/cppcheck.txt -Iinclude -Isrc src

run-tests: all $(UNITS) $(FAULTS) fuzz-targets
	@tests/run --build $(BUILD) $(TESTS)

# Every call fails once, not a sample of them (minutes).
check-faults: all $(FAULTS)
	@FAULTS_ALL=1 tests/run --build $(BUILD) fault

# Texts made to be slow, of 1 MB and of 10 MB: CPU and memory grow as the text does (minutes).
check-linear: all
	@LINEAR_ALL=1 tests/run --build $(BUILD) props/pathological

# The same articles round after round: make soak SECONDS=7200.
SECONDS := 120
soak: all
	@python3 tests/fault/soak.py $(BUILD)/kiji $(SECONDS)

# All tables: minutes. QUICK=1: the first two, one minute.
bench:
	@sh tests/setup.sh install
	@$(MAKE) --no-print-directory all
	@python3 tests/bench/bench.py $(if $(QUICK),--quick) $(BUILD)/kiji

# A .tar.gz and a .warc.gz of a gigabyte through a pipe: flat memory, nothing unpacked (half an hour; MB=100: shorter).
check-large: all
	@python3 tests/bench/large.py $(BUILD)/kiji $(MB)

# Instructions that fixed inputs take, within 5 % of tests/bench/instructions.tsv; ACCEPT=1 records them.
bench-check:
	@sh tests/setup.sh install valgrind
	@$(MAKE) --no-print-directory all
	@python3 tests/bench/check.py $(if $(ACCEPT),--accept) $(BUILD)/kiji

# Recall of hidden headlines beside tf, tf-idf, TextRank, YAKE and pke's methods: installs YAKE and pke (pke-tool, which
# asks for a name of scikit-learn that is gone and for functions of networkx 2) into build/keywords. Minutes.
RANKERS := yake nltk 'networkx<3' numpy scipy scikit-learn spacy six unidecode future joblib
keywords-measure: all
	@[ -x build/keywords/bin/python ] || python3 -m venv build/keywords
	@build/keywords/bin/pip install -q --disable-pip-version-check $(RANKERS) && \
	    build/keywords/bin/pip install -q --disable-pip-version-check --no-deps pke-tool || \
	    echo 'kiji: YAKE or pke cannot be had here: their rows will be skipped' >&2
	@build/keywords/bin/python tests/compare/keywords.py --all

SOURCES := $(sort $(wildcard include/*.h src/*.c src/*/*.c src/*/*.h tests/unit/*.c tests/unit/*.h))
lint:
	@sh tests/setup.sh install clang-format-14 clang-tidy-14 mandoc
	clang-format-14 --dry-run -Werror $(SOURCES)
	python3 tests/lint/layers.py
	python3 tests/lint/lengths.py
	mandoc -Tlint -Wwarning src/cli/kiji.1
	$(MAKE) --no-print-directory FLAVOUR=lint CFLAGS='-O2' WERROR=-Werror build/lint/kiji
	printf '%s\n' $(filter %.c,$(filter-out tests/% src/tools/train% src/tools/crf.c src/tools/gold.c,$(SOURCES))) | \
	    xargs -P 2 -I{} clang-tidy-14 --quiet --warnings-as-errors='*' {} -- $(COMPILE)

include tests/fuzz/fuzz.mk

install: all
	install -d $(BINDIR) $(DATADIR)/kiji $(DATADIR)/man/man1 $(DATADIR)/bash-completion/completions \
	    $(DATADIR)/zsh/site-functions $(DATADIR)/fish/vendor_completions.d
	install -m 755 $(BUILD)/kiji $(BINDIR)/kiji
	install -m 644 $(DATA) $(DATADIR)/kiji
	install -m 644 src/cli/kiji.1 $(DATADIR)/man/man1/kiji.1
	install -m 644 data/completions/kiji.bash $(DATADIR)/bash-completion/completions/kiji
	install -m 644 data/completions/_kiji $(DATADIR)/zsh/site-functions/_kiji
	install -m 644 data/completions/kiji.fish $(DATADIR)/fish/vendor_completions.d/kiji.fish

uninstall:
	rm -f $(BINDIR)/kiji $(DATADIR)/man/man1/kiji.1 $(DATADIR)/bash-completion/completions/kiji \
	    $(DATADIR)/zsh/site-functions/_kiji $(DATADIR)/fish/vendor_completions.d/kiji.fish
	rm -f $(DATADIR)/kiji/kiji.dic $(DATADIR)/kiji/kiji.weights
	-rmdir $(DATADIR)/kiji

clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TRAIN:.o=.d) $(BUILD)/src/tools/dictc.d $(UNITS:$(BUILD)/tests/%=$(BUILD)/tests/unit/%.d)

.PHONY: bench-check learners check-large check-spark check-faults check-linear afl soak check-tsan coverage analyze check-browser browser-tools spark-tools all needed tools demo check check-asan check-valgrind run-tests bench keywords-measure lint install uninstall clean force
.SECONDARY:
