"""Pages of the monthly returns of firms."""
