# fu: programs in build/bin, objects beside them, nothing outside build/.
#
#   make            build            make check    install what is missing, build, test
#   make demo       a rehearsal      make SAN=1 …  the same under ASan and UBSan
#   make demo-web   the widget on a sample site
#   make deps       packages alone   make lint     how the code reads
#   make man        the lists that the code makes
#   make rules      tests/RULES.md, which test shows which rule
#   make bench      beside peers     make fuzz     each target for FUZZ_SECONDS
#   make fmt        clang-format     make clean
#   make install PREFIX= DESTDIR=    make uninstall
#
# Nothing here may call pkg-config or a compiler before `deps` is done: a fresh
# machine has only git and make.

PREFIX ?= /usr/local
VERSION := $(shell cat VERSION)
B := build
ifdef SAN
B := build-san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif

CC ?= cc
PKGS := sqlite3 yaml-0.1 libcurl gmime-3.0 libcmark libidn2 libxxhash
# Recursive on purpose: `make deps` must run before pkg-config is there.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
WARN := -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla
CFLAGS ?= -O2 -g
FU_CFLAGS = -std=c11 -D_GNU_SOURCE -DFU_VERSION='"$(VERSION)"' \
	-DFU_DATADIR='"$(PREFIX)/share/fu"' $(WARN) $(SANFLAGS) -Ilib -I$(B) $(PKG_CFLAGS)
LIBS = $(PKG_LIBS) -lcsv -lstemmer -llapacke -lresolv -lm

LIB_SRC := $(sort $(wildcard lib/*/*.c))
SQL_SRC := $(sort $(wildcard lib/store/*.sql))
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) $(B)/lib/store/schema_sql.o
PROGRAMS := $(patsubst cmd/%.c,$(B)/bin/%,$(wildcard cmd/fu*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/*/test_*.c tests/unit/test_*.c))
UNIT := $(UNIT_SRC:%.c=$(B)/%)

# What building needs, and what demo, tests and fuzzers need besides; all in
# Debian 12.
BUILD_DEPS := gcc libc6-dev pkg-config libsqlite3-dev libyaml-dev libcsv-dev \
	libcurl4-openssl-dev libgmime-3.0-dev libcmark-dev libidn2-dev \
	libxxhash-dev libstemmer-dev liblapacke-dev libmicrohttpd-dev iso-codes \
	tzdata
DEMO_DEPS := jq
TEST_DEPS := bats chromium chromium-driver dovecot-imapd isync jq libcmocka-dev locales mandoc openssl \
	poppler-utils postfix python3 sqlite3
FUZZ_DEPS := clang libclang-rt-14-dev
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

# What shells complete, made from the programs.
COMPLETION := $(B)/completion/bash $(B)/completion/zsh $(B)/completion/fish

all: $(PROGRAMS) $(COMPLETION)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -MMD -MP -c -o $@ $<

# The numbered schema files, as one table of C strings.
$(B)/lib/store/schema_sql.c: $(SQL_SRC) tools/sql2c
	@mkdir -p $(@D)
	sh tools/sql2c $(SQL_SRC) > $@.tmp && mv $@.tmp $@
$(B)/lib/store/schema_sql.o: $(B)/lib/store/schema_sql.c
	$(CC) $(CFLAGS) $(FU_CFLAGS) -c -o $@ $<

$(B)/libfu.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(B)/bin/%: cmd/%.c $(B)/libfu.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -MMD -MP -MF $(B)/$*.d -o $@ $< $(B)/libfu.a $(LIBS)

# The server alone needs a server's library.
$(B)/bin/fu-web: LIBS += -lmicrohttpd -lpthread

$(B)/tests/unit/%: tests/unit/%.c $(B)/libfu.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -MMD -MP -Itests -o $@ $< $(B)/libfu.a $(LIBS) -lcmocka

$(B)/completion/%: $(PROGRAMS) tools/completion lib/base/opt.h
	@mkdir -p $(@D)
	sh tools/completion $* $(B)/bin cmd/fu*.c > $@.tmp && mv $@.tmp $@

# FU_DATADIR is in these: another PREFIX makes them anew.
$(B)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@
$(B)/lib/flow/init.o $(B)/lib/config/config.o $(B)/bin/fu: $(B)/prefix

# Every statement of the store, for the test that looks at their plans: each
# file beside a table of the texts that it holds.
PLAN_SRC := $(filter-out lib/store/engine.c,$(wildcard lib/store/*.c))
PLAN_OBJ := $(PLAN_SRC:lib/store/%.c=$(B)/tests/plans/%.o)
$(B)/tests/plans/%.c: lib/store/%.c tools/sql2plans
	@mkdir -p $(@D)
	sh tools/sql2plans $< > $@.tmp && mv $@.tmp $@
$(B)/tests/plans/%.o: $(B)/tests/plans/%.c
	$(CC) $(CFLAGS) $(FU_CFLAGS) -Itests -MMD -MP -c -o $@ $<
$(B)/tests/plans/all.c: $(PLAN_SRC) tools/sql2plans
	@mkdir -p $(@D)
	sh tools/sql2plans --all $(PLAN_SRC) > $@.tmp && mv $@.tmp $@
.PRECIOUS: $(B)/tests/plans/%.c $(B)/tests/plans/%.o
$(B)/tests/unit/store/test_query_plans: tests/unit/store/test_query_plans.c $(PLAN_OBJ) \
    $(B)/tests/plans/all.o $(B)/libfu.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -MMD -MP -Itests -o $@ $< $(PLAN_OBJ) \
	    $(B)/tests/plans/all.o $(B)/libfu.a $(LIBS) -lcmocka

units: $(UNIT) $(B)/tools/keys

# The lists of the manual that the code's tables make.
$(B)/tools/keys: tools/keys.c $(B)/libfu.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -MMD -MP -o $@ $< $(B)/libfu.a $(LIBS)
man: $(B)/tools/keys
	sh tools/manlists $(B)/tools/keys $(MAN)

# Which test shows which rule.
rules:
	sh tools/rules > tests/RULES.md.tmp && mv tests/RULES.md.tmp tests/RULES.md

deps:
	@sh tools/deps $(BUILD_DEPS)

check:
	@sh tools/deps $(BUILD_DEPS) $(TEST_DEPS)
	@$(MAKE) -s --no-print-directory $(JOBS) all units
	@FU_BIN='$(CURDIR)/$(B)/bin' sh tests/run $(TESTS)

demo:
	@sh tools/deps $(BUILD_DEPS) $(DEMO_DEPS) jq
	@$(MAKE) -s --no-print-directory $(JOBS) all
	@FU_BIN='$(CURDIR)/$(B)/bin' sh demo/run $(B)/demo

# The widget on a sample site, until Ctrl-C.
demo-web:
	@sh tools/deps $(BUILD_DEPS)
	@$(MAKE) -s --no-print-directory $(JOBS) all
	@FU_BIN='$(CURDIR)/$(B)/bin' sh demo/web $(B)/demo-web

lint: $(B)/tools/keys
	@sh tests/lint/house
	@FU_BIN='$(CURDIR)/$(B)/bin' sh tests/lint/manual
	@sh tests/lint/rules

# Leaves tabs between a type and its name to the hand: not checked.
fmt:
	clang-format -i cmd/*.c lib/*/*.[ch]

BENCH_SRC := $(sort $(wildcard tests/bench/*.c))
BENCH := $(BENCH_SRC:%.c=$(B)/%)
$(B)/tests/bench/%: tests/bench/%.c $(B)/libfu.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -MMD -MP -Itests -o $@ $< $(B)/libfu.a $(LIBS)
bench:
	@sh tools/deps $(BUILD_DEPS) $(TEST_DEPS)
	@$(MAKE) -s --no-print-directory $(JOBS) all benches
	@FU_BIN='$(CURDIR)/$(B)/bin' FU_BENCH='$(CURDIR)/$(B)/tests/bench' \
	    sh tests/bench/run $(BENCHES)
benches: $(BENCH)

# The library once more, under clang's fuzzer and sanitizers.
FUZZ_SECONDS ?= 5
FUZZ := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fuzz/*.c)))
$(B)/tests/fuzz/%: tests/fuzz/%.c $(B)/libfu.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -fsanitize=fuzzer -MMD -MP -Itests -o $@ \
	    $< $(B)/libfu.a $(LIBS)
fuzzers: $(FUZZ)
fuzz:
	@sh tools/deps $(BUILD_DEPS) $(FUZZ_DEPS)
	@$(MAKE) -s --no-print-directory $(JOBS) B=build-fuzz CC=clang \
	    CFLAGS='-O1 -g' SANFLAGS='-fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize-recover=undefined' fuzzers
	@sh tools/fuzz build-fuzz/tests/fuzz $(FUZZ_SECONDS)

INSTALLED_BIN = $(DESTDIR)$(PREFIX)/bin
INSTALLED_MAN = $(DESTDIR)$(PREFIX)/share/man
INSTALLED_DATA = $(DESTDIR)$(PREFIX)/share/fu
# Each shell looks for a file that has the name of the program.
INSTALLED_BASH = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
INSTALLED_ZSH = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
INSTALLED_FISH = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
MAN := $(sort $(wildcard man/*.[157]))
install: all
	install -d '$(INSTALLED_BIN)' '$(INSTALLED_DATA)'
	install -m 755 $(PROGRAMS) '$(INSTALLED_BIN)'
	@for page in $(MAN); do \
		dir='$(INSTALLED_MAN)'/man$${page##*.}; \
		install -d "$$dir" && install -m 644 $$page "$$dir" || exit 1; \
	done
	cp -R templates '$(INSTALLED_DATA)'
	install -d '$(INSTALLED_BASH)' '$(INSTALLED_ZSH)' '$(INSTALLED_FISH)'
	install -m 644 $(B)/completion/bash '$(INSTALLED_BASH)/fu'
	install -m 644 $(B)/completion/zsh '$(INSTALLED_ZSH)/_fu'
	install -m 644 $(B)/completion/fish '$(INSTALLED_FISH)/fu.fish'
	@for program in $(filter fu-%,$(notdir $(PROGRAMS))); do \
		ln -sf fu '$(INSTALLED_BASH)'/$$program && \
		ln -sf fu.fish '$(INSTALLED_FISH)'/$$program.fish || exit 1; \
	done

uninstall:
	rm -f $(PROGRAMS:$(B)/bin/%='$(INSTALLED_BIN)/%')
	@for page in $(MAN); do \
		rm -f '$(INSTALLED_MAN)'/man$${page##*.}/$${page#man/}; \
	done
	rm -rf '$(INSTALLED_DATA)'
	rm -f '$(INSTALLED_ZSH)/_fu'
	@for program in $(notdir $(PROGRAMS)); do \
		rm -f '$(INSTALLED_BASH)'/$$program \
		    '$(INSTALLED_FISH)'/$$program.fish; \
	done

-include $(LIB_OBJ:.o=.d) $(wildcard $(B)/*.d) $(UNIT:=.d) \
    $(wildcard $(B)/tests/plans/*.d) $(BENCH:=.d) $(FUZZ:=.d)

.PHONY: all units deps check demo demo-web lint man rules fmt bench benches fuzz fuzzers \
    install uninstall clean FORCE
clean:
	rm -rf build build-san build-fuzz
.DELETE_ON_ERROR:
