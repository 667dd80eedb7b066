"""What stands in the tables otherwise than the events left it (链外改动): the chain protects itself, this compares the data beside it."""
