# The two commands of the README, and what they are made of.
.PHONY: edition test setup lint check-plain bench heard

CARGO ?= cargo

# Speaks the sample issue into output/.
edition: setup
	$(CARGO) run --release -- build issues/2026-11-hewan

# Passes every test.
test:
	tools/setup.sh test
	$(MAKE) lint check-plain
	$(CARGO) test

setup:
	tools/setup.sh build

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --document-private-items

# The crate also builds where no speech service is installed.
check-plain:
	$(CARGO) check --no-default-features

PAGE ?= ../shared/pages/xinmin-8545

# Speed and memory of the front end, the voice and the exports; wants a quiet machine.
bench: setup
	$(CARGO) run --release -- voices install
	$(CARGO) bench --bench frontend
	$(CARGO) bench --bench speech -- $(PAGE).txt
	$(CARGO) run --release -- build issues/2026-11-hewan
	$(CARGO) bench --bench export -- output/2026-11-hewan

# What a speech recogniser hears of a real page, against its gold text.
EAR ?= $(CURDIR)/target/ear
heard: setup
	EAR=$(EAR) ../shared/ear/setup.sh
	$(CARGO) run --release -- build $(PAGE).txt --output target/heard
	EAR=$(EAR) $(EAR)/venv/bin/python ../shared/ear/heard.py target/heard $(PAGE).gold.json
