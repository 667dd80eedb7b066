"""One file a contender: `prepare(task)` loads what it needs, the function it returns answers all policies."""
