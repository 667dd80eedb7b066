"""Pages of indicators: the matrix, one indicator, the history of a figure, entry, questions, returns, the catalogue."""
