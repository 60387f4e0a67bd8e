# The commands of this project. CMake does the work; see CMakePresets.json.
.PHONY: all deps build demo test sandbox-kernels crash bench quality install clean asan tsan clang fuzz coverage format tidy
.DEFAULT_GOAL := all

PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?=
RELEASE := build/release

all: deps build            ## a release in build/release, programs in build/release/bin

deps:                      ## what is missing on this machine (Debian 12; root or sudo)
	@config/dependencies.sh

build: $(RELEASE)/build.ninja
	@cmake --build --preset release --parallel $(JOBS)

build/%/build.ninja: | deps
	@cmake --preset $* --log-level=WARNING

demo: all                  ## ingest sample documents into a knowledge base and show it
	@config/demo.sh $(RELEASE)

test: all                  ## every test
	@cmake --build --preset release --parallel $(JOBS) --target tests
	@ctest --preset release --parallel $(JOBS)

quality: all extra-quality ## how well real documents convert, against what others read in them
	@python3 tests/quality/quality.py $(RELEASE)
	@python3 tests/bench/converters.py $(RELEASE)

crash: all                 ## every death, power cut and fault, not a sample (an hour or two)
	@cmake --build --preset release --parallel $(JOBS) --target tests
	@tests/crash/full.sh $(RELEASE)

sandbox-kernels: all extra-kernels ## the escape suite on stock kernels, in QEMU; KERNELS="linux-image-..." for others
	@cmake --build --preset release --parallel $(JOBS) --target escape_test
	@tests/sandbox/kernels/run.sh $(RELEASE) $(KERNELS)

bench: all                 ## the benchmarks
	@cmake --build --preset release --parallel $(JOBS) --target bench_file_calls
	@python3 tests/bench/bench.py $(RELEASE)

build/clang/build.ninja: | extra-clang
build/fuzz/build.ninja: | extra-fuzz
coverage: extra-coverage
tidy: extra-tidy
extra-%:
	@config/dependencies.sh $*

asan tsan clang: %: deps build/%/build.ninja   ## every test, under a sanitizer or another compiler
	@cmake --build --preset $@ --parallel $(JOBS) --target all tests
	@ctest --preset $@ --parallel $(JOBS)

fuzz: deps build/fuzz/build.ninja              ## every fuzz target for FUZZ_SECONDS; FUZZ_TARGETS="wire csv" for some
	@cmake --build --preset fuzz --parallel $(JOBS) --target fuzzers
	@python3 tests/fuzz/run.py build/fuzz --seconds $(FUZZ_SECONDS) $(FUZZ_TARGETS)

coverage: deps build/coverage/build.ninja      ## coverage of the host and the SDK, as HTML
	@cmake --build --preset coverage --parallel $(JOBS) --target all tests
	@ctest --preset coverage --parallel $(JOBS)
	@gcovr --root . --filter 'host/|sdk/|plugins/' --exclude-throw-branches \
	  --html-details build/coverage/report.html --print-summary build/coverage

install: build             ## PREFIX=/usr/local DESTDIR=
	@DESTDIR=$(DESTDIR) cmake --install $(RELEASE) --prefix $(PREFIX)

format:
	@git ls-files '*.cpp' '*.h' '*.hpp' | xargs clang-format-14 -i

tidy: build/dev/build.ninja
	@git ls-files 'host/*.cpp' 'sdk/*.cpp' 'plugins/*.cpp' | xargs clang-tidy-14 -p build/dev --quiet

clean:
	@rm -rf build
