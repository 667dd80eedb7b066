"""How often what counted as sure was right (把握准不准): on reports kept apart, and in what this office confirmed."""
