"""The office's triage: what waits for a decision, worked through by keyboard."""
