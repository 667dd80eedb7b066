"""What tests and benchmarks both draw on: sets labelled by hand, invented rules and firms, a cluster that is thrown away."""
