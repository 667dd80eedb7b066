"""The rows behind a number, and the address that opens them."""
