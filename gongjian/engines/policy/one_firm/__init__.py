"""Verdict, amounts, explanation and near misses of one firm."""
