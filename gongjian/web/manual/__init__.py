"""The manual, inside the product."""
