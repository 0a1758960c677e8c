# fu: programs in build/bin, objects beside them, nothing outside build/.
#
#   make            build            make check    install what is missing, build, test
#   make demo       a rehearsal      make SAN=1 …  the same under ASan and UBSan
#   make install PREFIX= DESTDIR=    make uninstall

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
LIBS = $(PKG_LIBS) -lcsv -lm

LIB_SRC := $(sort $(wildcard lib/*/*.c))
SQL_SRC := $(sort $(wildcard lib/store/*.sql))
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) $(B)/lib/store/schema_sql.o
PROGRAMS := $(patsubst cmd/%.c,$(B)/bin/%,$(wildcard cmd/fu*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/*/test_*.c tests/unit/test_*.c))
UNIT := $(UNIT_SRC:%.c=$(B)/%)

all: $(PROGRAMS)

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

$(B)/tests/unit/%: tests/unit/%.c $(B)/libfu.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FU_CFLAGS) -MMD -MP -Itests -o $@ $< $(B)/libfu.a $(LIBS) -lcmocka

units: $(UNIT)

-include $(LIB_OBJ:.o=.d) $(wildcard $(B)/*.d) $(UNIT:=.d)

.PHONY: all units clean
clean:
	rm -rf build build-san
.DELETE_ON_ERROR:
