"""The matrix of sight: every page, number, export and search hit of every role names only what that account may open."""
