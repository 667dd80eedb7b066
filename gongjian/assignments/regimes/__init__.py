"""Regimes (时限制度) as the office keeps them: loaded, proposed, adopted, tried in the simulator."""
