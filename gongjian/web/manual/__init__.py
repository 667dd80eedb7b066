"""The manual as pages of the product."""
