"""The verdict, amounts, explanation and near misses for one firm."""
