# The two commands of the README, and what they are made of.
.PHONY: edition test setup lint check-plain bench

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
