"""How a target is agreed (目标协商): proposed, countered, accepted, signed, opened again; folded by the engine `cascade`."""
