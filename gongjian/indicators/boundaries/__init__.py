"""Earlier figures of areas whose boundaries changed, restated for today's areas (同口径)."""
