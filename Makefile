# The commands of this project. CMake does the work; see CMakePresets.json.
#
# make and make install only build, and say what is missing. The targets that set the machine up
# (demo, test, ...) install what is missing first: on Debian 12 or newer, as root or with sudo.
.PHONY: all build check setup deb deb-test tarball tarball-test demo test sandbox-kernels crash bench quality install clean asan tsan clang fuzz coverage format tidy
.DEFAULT_GOAL := all

PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?=
RELEASE := build/release
BUILD := JOBS=$(JOBS) config/build.sh

all: build                 ## a release in build/release, programs in build/release/bin

check:                     ## what is missing on this machine, and the command that installs it
	@config/dependencies.sh --check

setup:                     ## installs what is missing (Debian 12 or newer; root or sudo)
	@config/dependencies.sh

setup-%:
	@config/dependencies.sh $*

build: check
	@$(BUILD) release

install: build             ## PREFIX=/usr/local DESTDIR=
	@DESTDIR=$(DESTDIR) cmake --install $(RELEASE) --prefix $(PREFIX)

deb: setup-deb             ## Debian packages in build/release/packages, checked by lintian
	@$(BUILD) release
	@cd $(RELEASE) && cpack
	@lintian --fail-on error $(RELEASE)/packages/*.deb

deb-test: deb              ## the packages on a bare Debian: install, use, upgrade, purge; a plugin's author (root, network)
	@tests/packaging/packages_test.sh $(RELEASE) build/roots/bookworm
	@tests/packaging/author_test.sh $(RELEASE) build/roots/bookworm

tarball: setup-deb         ## one tar file that brings its libraries along: for systems other than Debian 12
	@$(BUILD) release
	@config/tarball.sh $(RELEASE)

tarball-test: tarball      ## unpacks it on bare Debian 12 and 13, and converts there (root, network)
	@tests/packaging/tarball_test.sh $(RELEASE) build/roots

demo: setup                ## ingest sample documents into a knowledge base and show it
	@$(BUILD) release
	@config/demo.sh $(RELEASE)

test: setup                ## every test
	@$(BUILD) release all tests
	@ctest --preset release --parallel $(JOBS)

quality: setup-quality     ## how well real documents convert, against what others read in them
	@$(BUILD) release
	@python3 tests/quality/quality.py $(RELEASE)
	@python3 tests/bench/converters.py $(RELEASE)

crash: setup               ## every death, power cut and fault, not a sample (an hour or two)
	@$(BUILD) release all tests
	@tests/crash/full.sh $(RELEASE)

sandbox-kernels: setup-kernels ## the escape suite on stock kernels, in QEMU; KERNELS="linux-image-..." for others
	@$(BUILD) release all escape_test
	@tests/sandbox/kernels/run.sh $(RELEASE) $(KERNELS)

.PHONY: faults
faults: setup              ## full disks, little memory, signals, odd users and clocks: a table of what became of each
	@$(BUILD) release all file_systems_test
	@python3 tests/faults/run.py $(RELEASE)
	@$(RELEASE)/tests/file_systems_test --gtest_brief=1

.PHONY: shards
shards: setup              ## the whole corpus in seven shards, on any number of machines: the knowledge base of add
	@$(BUILD) release all
	@python3 tests/cli/sharded_corpus.py $(RELEASE)

.PHONY: queue-faults
queue-faults: setup        ## a queue of 20,000 documents whose hosts are killed, frozen and cut off a hundred times (root)
	@$(BUILD) release all
	@python3 tests/queue/queue_faults_run.py $(RELEASE)/bin/sluice host/docs/schema

.PHONY: sandbox-mutants
sandbox-mutants: setup     ## removes the sandbox's enforcers one by one: doctor and the attacks must notice
	@$(BUILD) release all escape_test
	@python3 tests/sandbox/mutants/run.py $(RELEASE)

bench: setup               ## the benchmarks
	@$(BUILD) release all bench_file_calls
	@python3 tests/bench/bench.py $(RELEASE)

asan tsan: setup           ## every test, under a sanitizer
clang: setup-clang         ## every test, with the other compiler
asan tsan clang:
	@$(BUILD) $@ all tests
	@ctest --preset $@ --parallel $(JOBS)

fuzz: setup-fuzz           ## every fuzz target for FUZZ_SECONDS; FUZZ_TARGETS="wire csv" for some
	@$(BUILD) fuzz fuzzers
	@python3 tests/fuzz/run.py build/fuzz --seconds $(FUZZ_SECONDS) $(FUZZ_TARGETS)

coverage: setup-coverage   ## coverage of the host, the SDK and the plugins, as HTML
	@$(BUILD) coverage all tests
	@ctest --preset coverage --parallel $(JOBS)
	@gcovr --root . --filter 'host/|sdk/|plugins/' --exclude-throw-branches \
	  --html-details build/coverage/report.html --print-summary build/coverage

format:
	@git ls-files '*.cpp' '*.h' '*.hpp' | xargs clang-format-14 -i

tidy: setup-tidy
	@$(BUILD) dev all
	@git ls-files 'host/*.cpp' 'sdk/*.cpp' 'plugins/*.cpp' | xargs clang-tidy-14 -p build/dev --quiet

clean:
	@rm -rf build
