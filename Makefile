# kiji: make, make demo, make check, make install PREFIX= DESTDIR=
CC ?= cc
PREFIX ?= /usr/local
FLAVOUR ?= release
BUILD := build/$(FLAVOUR)
PKGS := icu-uc icu-i18n yaml-0.1 jansson

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
CFLAGS ?= -O2 -g
KIJI_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -Isrc $(WARN) $(shell pkg-config --cflags $(PKGS)) $(shell mecab-config --cflags 2>/dev/null)
LIBS := $(shell pkg-config --libs $(PKGS)) -lmecab -lm -lpthread

ROOMS := base read words find doc write
LIB_SRC := $(foreach r,$(ROOMS),$(wildcard src/$(r)/*.c))
CLI_SRC := src/main.c $(wildcard src/cli/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/%.o)
TOOLS := $(patsubst src/tools/%.c,$(BUILD)/%,$(wildcard src/tools/*.c))

all: $(BUILD)/kiji

$(BUILD)/kiji: $(CLI_OBJ) $(BUILD)/libkiji.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libkiji.a: $(LIB_OBJ)
	rm -f $@
	ar rcs $@ $^

$(BUILD)/%: $(BUILD)/src/tools/%.o $(BUILD)/libkiji.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

tools: $(TOOLS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(KIJI_CFLAGS) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d)

clean:
	rm -rf build

.PHONY: all tools clean
.SECONDARY:
