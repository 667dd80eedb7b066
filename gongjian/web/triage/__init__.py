"""The office's triage: everything that waits for a decision, worked through by keyboard."""
