"""Faults made on purpose, on the production topology, with figures (docs/operation.md tells what each must show)."""
