"""How well matters end (销号质量): rates with definitions and intervals."""
