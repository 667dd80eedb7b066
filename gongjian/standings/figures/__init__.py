"""What the engine reads of an area: months, base, target, error and usual step, as known on a day."""
