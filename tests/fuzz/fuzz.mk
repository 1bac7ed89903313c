# fuzz.mk - the fuzz targets: with libFuzzer (FLAVOUR=fuzz, clang) or to be replayed over files (any other flavour).
FUZZ_NAMES  := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_BINS   := $(FUZZ_NAMES:%=$(BUILD)/fuzz/%)
FUZZ_DRIVER := $(if $(filter fuzz,$(FLAVOUR)),,$(BUILD)/tests/fuzz/replay.o)

# cli/fields.c and what it needs are no part of the library.
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/fuzz.o $(FUZZ_DRIVER) \
                 $(BUILD)/src/cli/fields.o $(BUILD)/src/cli/flat_json.o $(BUILD)/src/cli/option_values.o \
                 $(BUILD)/libkiji.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(if $(FUZZ_DRIVER),,-fsanitize=fuzzer) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

fuzz-targets: $(FUZZ_BINS)

# Each target for so many seconds, over what it found before (FUZZ_CORPUS); a finding stops it.
SECONDS     ?= 60
FUZZ_CORPUS ?= build/fuzz/corpus
fuzz: all
	@sh tests/setup.sh install clang-14
	@$(MAKE) --no-print-directory FLAVOUR=fuzz CC=clang-14 fuzz-targets
	@for name in $(FUZZ_NAMES); do \
	    KIJI_DATA=build/release tests/fuzz/run $$name $(SECONDS) $(FUZZ_CORPUS) || exit 1; done

# AFL++ on the command itself, each format in turn.
afl: all
	@sh tests/setup.sh install clang-14 afl-fuzz
	@$(MAKE) --no-print-directory FLAVOUR=afl CC=afl-clang-fast build/afl/kiji
	@KIJI_DATA=build/release tests/fuzz/afl $(SECONDS) $(FUZZ_CORPUS)/afl

-include $(wildcard $(BUILD)/tests/fuzz/*.d)

.PHONY: fuzz fuzz-targets afl
