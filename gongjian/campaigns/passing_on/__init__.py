"""A target passed on to the areas or units below (目标分解): previewed beside its parent, saved as targets."""
