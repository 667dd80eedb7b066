"""Figures: written once, superseded and never overwritten; odd ones are asked about first."""
