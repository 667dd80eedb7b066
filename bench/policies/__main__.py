"""`python -m bench.policies [--firms N] [--rounds K] [--dry]`: run, and write the section of docs/benchmarks.md."""

from argparse import ArgumentParser

from bench.document import section, write
from bench.policies.whole import tables

if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m bench.policies")
    parser.add_argument("--firms", type=int, default=1_000_000, help="a number divisible by 64")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dry", action="store_true", help="print only")
    arguments = parser.parse_args()
    results = tables(firms=arguments.firms, rounds=arguments.rounds)
    print(section("policies", results) if arguments.dry else write("policies", results))
