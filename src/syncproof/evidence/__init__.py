"""The record: journal, pack, reader, verdicts."""
