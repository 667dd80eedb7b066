"""Tests of the offline reading of reports."""
