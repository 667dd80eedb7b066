"""Key tasks of a battle (重点任务): handed over as assignments, so that the clock, the lights and the ladder are the usual ones."""
