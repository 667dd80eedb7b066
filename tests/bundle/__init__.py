"""The bundle: its parts in the suite, the whole of it by `make try-bundle`."""
