"""Areas that merge, or one that is divided, in the course of a year (区划调整): their targets and earlier figures follow."""
