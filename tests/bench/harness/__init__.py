"""The parts of `../run`."""
