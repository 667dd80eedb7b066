"""Many firms at once: tables in, verdicts and amounts by column out."""
